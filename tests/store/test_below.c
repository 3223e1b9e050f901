// SPDX-License-Identifier: MIT
// What hangs below a record goes with it and comes back with it; what another copy wrote below it stands and is told.
#include "../support.h"
#include "desk.h"
#include "store/log/store.h"

#include <plando/below.h>
#include <plando/form.h>
#include <plando/history.h>
#include <plando/kind.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <string.h>
#include <unistd.h>

static struct world world = { .now = 1795000000000, .seed = 31, .tick = 1 };
static struct env env, bens;
static struct arena a;

static void set_up(void)
{
	a = (struct arena){ 0 };
	env = world_env(&world);
	env.author = "Ana";
	bens = env;
	bens.author = "Ben";
	bens.device = "ben-laptop";
}

static void tear_down(void)
{
	arena_free(&a);
}

static struct id put(struct store *s, const char *kind, const char *const cells[])
{
	struct id id;
	struct save *v;
	const struct kind *k = kind_find(kind);
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_new(v, kind, k->natural[0] ? cells : NULL, &id, &e));
	for (size_t i = 0; cells[i]; i += 2)
		MUST(save_cell(v, &id, kind, cells[i], cells[i + 1], &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}

static const char *ref(const struct id *id)
{
	char text[ID_TEXT];
	id_print(id, text);
	return arena_strdup(&a, text);
}

#define PUT(s, kind, ...) put(s, kind, (const char *const[]){ __VA_ARGS__, NULL })

struct book {
	struct store *s;
	struct id team, measure, idea;
};

static struct book made(const char *name)
{
	char *path = test_path(&a, name);
	struct book b;
	unlink(path);
	MUST(store_create(path, &env, "Hubs", &e));
	MUST((b.s = store_open(path, STORE_WRITE, &env, &e)) != NULL);
	b.team = PUT(b.s, "team", "name", "North");
	b.measure = PUT(b.s, "measure", "team", ref(&b.team), "name", "Mean wait");
	PUT(b.s, "point", "measure", ref(&b.measure), "date", "2026-01-01", "value", "3");
	PUT(b.s, "point", "measure", ref(&b.measure), "date", "2026-02-01", "value", "4");
	b.idea = PUT(b.s, "idea", "team", ref(&b.team), "text", "Ring them");
	PUT(b.s, "pdsa", "team", ref(&b.team), "idea", ref(&b.idea), "title", "Ring ten");
	return b;
}

static struct store *copy_of(struct store *s, const char *name)
{
	char *path = test_path(&a, name);
	struct store *copy;
	unlink(path);
	MUST(store_copy(s, path, &e));
	MUST((copy = store_open(path, STORE_WRITE, &bens, &e)) != NULL);
	return copy;
}

static void delete_whole(struct store *s, const struct id *id, size_t took)
{
	struct save *v;
	struct below below;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(below_delete(v, id, &below, &e));
	MUST(save_commit(v, NULL, &e));
	ck_assert_uint_eq(below.count, took);
}

static size_t alive(struct store *s)
{
	int64_t n;
	MUST(db_number(
	    s->db, "SELECT count(*) FROM rec WHERE alive AND kind<>'collaborative'", 0, &n, &e));
	return (size_t)n;
}

static void bring(struct store *to, struct store *from)
{
	struct merge_report r;
	MUST(merge_file(to, store_path(from), false, &r, &e));
}

START_TEST(every_row_names_kinds_and_a_reference_of_one_to_the_other)
{
	struct book b = made("rows.plando");
	for (const struct kind_below *row = KIND_BELOW; row->of; row++) {
		ck_assert_ptr_nonnull(kind_find(row->of));
		ck_assert_ptr_nonnull(kind_find(row->kind));
		const struct form *form = forms_find(store_forms(b.s), row->kind, NULL);
		ck_assert_msg(form != NULL, "%s", row->kind);
		const struct form_field *f = form_field(form, row->field);
		ck_assert_msg(
		    f && (!f->of || kind_among(f->of, row->of)), "%s.%s", row->kind, row->field);
	}
	store_close(b.s);
}
END_TEST

START_TEST(what_hangs_below_goes_along_and_one_undo_brings_all_of_it_back)
{
	struct book b = made("along.plando");
	const char *before = state_of(&a, b.s);
	delete_whole(b.s, &b.team, 5);
	ck_assert_uint_eq(alive(b.s), 0);
	MUST(history_undo_last(b.s, &a, NULL, &e));
	ck_assert_str_eq(state_of(&a, b.s), before);
	delete_whole(b.s, &b.measure, 2);
	ck_assert_uint_eq(alive(b.s), 3);
	is_sound(b.s);
	store_close(b.s);
}
END_TEST

START_TEST(the_cycles_of_an_idea_stay_when_it_goes_and_that_is_told)
{
	struct book b = made("stays.plando");
	struct below_all all;
	delete_whole(b.s, &b.idea, 0);
	MUST(below_orphans(b.s, &a, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	ck_assert_str_eq(below_says(b.s, &a, &all.item[0]),
	    "Ana deleted the change idea “Ring them”; 1 PDSA cycle below it stands.");
	delete_whole(b.s, &b.idea, 1); // it is gone already: what stands goes too
	MUST(below_orphans(b.s, &a, &all, &e));
	ck_assert_uint_eq(all.count, 0);
	store_close(b.s);
}
END_TEST

START_TEST(what_another_copy_wrote_below_it_is_told_on_both_and_is_kept_or_deleted)
{
	struct book b = made("told.plando");
	struct store *ben = copy_of(b.s, "told-ben.plando");
	delete_whole(b.s, &b.measure, 2);
	PUT(ben, "point", "measure", ref(&b.measure), "date", "2026-03-01", "value", "5");
	bring(b.s, ben);
	bring(ben, b.s);
	ck_assert_str_eq(state_of(&a, b.s), state_of(&a, ben));
	struct below_all all;
	MUST(below_orphans(ben, &a, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	ck_assert_str_eq(below_says(ben, &a, &all.item[0]),
	    "Ana deleted the measure “Mean wait”; 1 data point below it stands.");
	MUST(below_orphans(b.s, &a, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	// Ana keeps it: the measure is there with all three points.
	MUST(history_undo_save(b.s, &a, all.item[0].cid, NULL, &e));
	MUST(below_orphans(b.s, &a, &all, &e));
	ck_assert_uint_eq(all.count, 0);
	ck_assert_uint_eq(alive(b.s), 7);
	// Ben deletes what stands, not knowing of that: nothing of the measure is lost, and it is told.
	delete_whole(ben, &b.measure, 1);
	MUST(below_orphans(ben, &a, &all, &e));
	ck_assert_uint_eq(all.count, 0);
	bring(b.s, ben);
	bring(ben, b.s);
	ck_assert_str_eq(state_of(&a, b.s), state_of(&a, ben));
	is_sound(b.s);
	store_close(ben);
	store_close(b.s);
}
END_TEST

START_TEST(a_creation_below_which_others_wrote_is_not_undone)
{
	struct book b = made("undo.plando");
	struct id measure = PUT(b.s, "measure", "team", ref(&b.team), "name", "Calls");
	struct store *ben = copy_of(b.s, "undo-ben.plando");
	PUT(ben, "point", "measure", ref(&measure), "date", "2026-03-01", "value", "5");
	bring(b.s, ben);
	struct err e = { 0 };
	ck_assert(!history_undo_last(b.s, &a, NULL, &e));
	ck_assert_msg(
	    strstr(e.text, "Ben has written below it since (1 data point)"), "%s", e.text);
	store_close(ben);
	store_close(b.s);
}
END_TEST

START_TEST(a_private_note_of_somebody_else_is_left)
{
	struct book b = made("private.plando");
	struct id session = PUT(b.s, "coaching", "team", ref(&b.team), "date", "2026-03-01");
	PUT(b.s, "coach_note", "coaching", ref(&session), "note", "mine");
	struct store *ben = copy_of(b.s, "private-ben.plando");
	PUT(ben, "coach_note", "coaching", ref(&session), "note", "his");
	delete_whole(ben, &session, 1); // his own
	int64_t notes;
	MUST(db_number(
	    ben->db, "SELECT count(*) FROM rec WHERE alive AND kind='coach_note'", 0, &notes, &e));
	ck_assert_int_eq(notes, 1);
	struct below_all all;
	MUST(below_orphans(ben, &a, &all, &e));
	ck_assert_uint_eq(all.count, 0); // nor is he told of it
	store_close(ben);
	store_close(b.s);
}
END_TEST

START_TEST(numbers_of_kinds_are_said_in_plain_words)
{
	struct below_item item[] = { { .kind = "point" }, { .kind = "point" }, { .kind = "spread" },
		{ .kind = "spread" }, { .kind = "attendance" }, { .kind = "attendance" } };
	struct below b = { item, 6 };
	ck_assert_str_eq(below_words(&a, &b), "2 data points, 2 spread entries and 2 attendance");
	b.count = 1;
	ck_assert_str_eq(below_words(&a, &b), "1 data point");
	b.count = 0;
	ck_assert_str_eq(below_words(&a, &b), "");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("below");
	TCase *t = tcase_create("below");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, every_row_names_kinds_and_a_reference_of_one_to_the_other);
	tcase_add_test(t, what_hangs_below_goes_along_and_one_undo_brings_all_of_it_back);
	tcase_add_test(t, the_cycles_of_an_idea_stay_when_it_goes_and_that_is_told);
	tcase_add_test(t, what_another_copy_wrote_below_it_is_told_on_both_and_is_kept_or_deleted);
	tcase_add_test(t, a_creation_below_which_others_wrote_is_not_undone);
	tcase_add_test(t, a_private_note_of_somebody_else_is_left);
	tcase_add_test(t, numbers_of_kinds_are_said_in_plain_words);
	suite_add_tcase(s, t);
	return test_run(s);
}
