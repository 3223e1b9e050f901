// SPDX-License-Identifier: MIT
// What a person saw when a text was begun is what the save of it has seen: nothing that came
// meanwhile is overwritten, and nothing that was seen comes back.
#include "../support.h"

#include <plando/conflict.h>
#include <plando/merge.h>
#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

enum { WRITERS = 3, FIELDS = 2, VALUES = 64 };

static const char *const FIELD[FIELDS] = { "name", "purpose" };

static struct arena a;
static struct world world;
static struct env env[WRITERS];
static struct store *writer[WRITERS]; // all of one file
static struct id team;

static void start(void)
{
	static const char *const NAMES[WRITERS] = { "Ana Silva", "Sam Okoro", "Jo Bell" };
	const char *path = test_path(&a, "saw.plando");
	world = (struct world){ .now = 1790000000000, .seed = 7, .tick = 1000 };
	remove(path);
	for (size_t i = 0; i < WRITERS; i++) {
		env[i] = world_env(&world);
		env[i].author = NAMES[i];
		if (i == 0)
			MUST(store_create(path, &env[0], "Saw", &e));
		MUST((writer[i] = store_open(path, STORE_WRITE, &env[i], &e)) != NULL);
	}
	struct err why = { 0 };
	struct save *v = save_begin(writer[0], &a, &why);
	MUST(save_new(v, "team", NULL, &team, &e));
	MUST(save_cell(v, &team, "team", "name", "first", &e) && save_commit(v, NULL, &e));
}

static void stop(void)
{
	for (size_t i = 0; i < WRITERS; i++)
		store_close(writer[i]);
	arena_free(&a);
}

static struct saw look(size_t w)
{
	struct saw saw;
	bool changed;
	MUST(store_refresh(writer[w], &changed, &e));
	MUST(record_saw(writer[w], &a, &team, &saw, &e));
	return saw;
}

static size_t put(size_t w, const char *field, const char *value, const struct saw *saw)
{
	struct err e = { 0 };
	size_t written;
	struct save *v = save_begin(writer[w], &a, &e);
	ck_assert_msg(v && save_cell(v, &team, "team", field, value, &e) &&
			  (!saw || save_saw(v, &team, saw, &e)) && save_commit(v, &written, &e),
	    "%s", e.text);
	return written;
}

// What stands in a field, sorted: "mine|theirs".
static const char *standing(size_t w, const char *field)
{
	struct conflict c;
	struct err why = { 0 };
	struct record r;
	bool changed;
	struct str out = STR_IN(&a);
	MUST(store_refresh(writer[w], &changed, &e));
	MUST(record_load(writer[w], &a, &team, &r, &e));
	if (!conflict_find(writer[w], &a, &team, field, &c, &why)) {
		const char *value = record_get(&r, field);
		return value ? value : "";
	}
	const char *last = NULL;
	for (size_t i = 0; i < c.count; i++) {
		const char *next = NULL;
		for (size_t j = 0; j < c.count; j++) {
			const char *v = c.values[j].value ? c.values[j].value : "";
			if ((!last || strcmp(v, last) > 0) && (!next || strcmp(v, next) < 0))
				next = v;
		}
		if (next)
			str_printf(&out, "%s%s", i ? "|" : "", next);
		last = next ? next : last;
	}
	return str_done(&out);
}

START_TEST(what_came_while_one_typed_stands_beside_what_was_typed)
{
	struct saw ana = look(0);
	put(1, "name", "Sam's", NULL);
	ck_assert_uint_eq(put(0, "name", "Ana's", &ana), 1);
	for (size_t w = 0; w < WRITERS; w++)
		ck_assert_str_eq(standing(w, "name"), "Ana's|Sam's");
	struct arrived got;
	MUST(saw_arrived(writer[0], &a, &team, "name", &ana, &got, &e));
	ck_assert_str_eq(got.value, "Sam's");
	ck_assert_str_eq(got.author, "Sam Okoro");
	struct store_problems bad;
	MUST(store_check(writer[2], &a, &bad, &e));
	ck_assert_uint_eq(bad.count, 0);
	// Who has seen both settles it.
	struct saw jo = look(2);
	put(2, "name", "both", &jo);
	ck_assert_str_eq(standing(0, "name"), "both");
}
END_TEST

START_TEST(ones_own_saves_since_are_seen)
{
	struct saw ana = look(0);
	put(0, "name", "one", &ana);
	put(0, "name", "two", &ana);
	put(0, "purpose", "why", &ana);
	ck_assert_str_eq(standing(1, "name"), "two");
	ck_assert_str_eq(standing(1, "purpose"), "why");
}
END_TEST

START_TEST(the_same_words_from_both_are_no_conflict_and_are_not_written_twice)
{
	struct saw ana = look(0);
	put(1, "name", "the same", NULL);
	ck_assert_uint_eq(put(0, "name", "the same", &ana), 0);
	ck_assert_str_eq(standing(2, "name"), "the same");
}
END_TEST

START_TEST(a_draft_keeps_what_was_seen_of_its_field)
{
	struct saw ana = look(0), again;
	const char *kept = saw_print(&a, &ana, "name");
	put(1, "name", "Sam's", NULL);
	put(1, "purpose", "Sam's too", NULL);
	struct saw now = look(0);
	ck_assert(saw_of_draft(&a, &now, "name", kept, &again));
	put(0, "name", "Ana's", &again);
	put(0, "purpose", "seen", &again);
	ck_assert_str_eq(standing(2, "name"), "Ana's|Sam's");
	ck_assert_str_eq(standing(2, "purpose"), "seen");
	ck_assert(saw_of_draft(&a, &now, "name", NULL, &again));
	put(0, "name", "settled", &again);
	ck_assert_str_eq(standing(2, "name"), "settled");
	ck_assert(saw_of_draft(&a, &now, "name", "name:zz nonsense :1 name:", &again));
}
END_TEST

START_TEST(a_record_that_was_deleted_meanwhile_is_flagged_and_keeps_the_words)
{
	struct saw ana = look(0);
	struct err why = { 0 };
	struct save *v = save_begin(writer[1], &a, &why);
	MUST(save_delete(v, &team, &e) && save_commit(v, NULL, &e));
	put(0, "name", "Ana's", &ana);
	struct record r;
	bool changed;
	MUST(store_refresh(writer[2], &changed, &e));
	MUST(record_load(writer[2], &a, &team, &r, &e));
	ck_assert(!r.deleted && r.flag);
	ck_assert_str_eq(record_get(&r, "name"), "Ana's");
}
END_TEST

// --- any people at any pace

// What stands in a field by the rule, in words of sets: what a save had seen and what its writer
// wrote before makes place for it, all else stays.
struct model {
	struct live {
		char value[16];
		size_t by;
		bool live;
	} item[FIELDS][VALUES];
	size_t count[FIELDS];
	bool seen[WRITERS][FIELDS][VALUES];
};

static void model_look(struct model *m, size_t w, size_t f)
{
	for (size_t i = 0; i < m->count[f]; i++)
		m->seen[w][f][i] = m->item[f][i].live;
}

static void model_put(struct model *m, size_t w, size_t f, const char *value)
{
	for (size_t i = 0; i < m->count[f]; i++)
		if (m->seen[w][f][i] || m->item[f][i].by == w)
			m->item[f][i].live = false;
	struct live *new = &m->item[f][m->count[f]++];
	*new = (struct live){ .by = w, .live = true };
	snprintf(new->value, sizeof new->value, "%s", value);
}

static const char *model_standing(const struct model *m, size_t f)
{
	struct str out = STR_IN(&a);
	for (size_t i = 0; i < m->count[f]; i++) // their names rise with their number
		if (m->item[f][i].live)
			str_printf(&out, "%s%s", out.length ? "|" : "", m->item[f][i].value);
	return str_done(&out);
}

// Properties of point 1 of what use has taught: no text that its writer's successor had not seen is
// ever gone, and none that was seen comes back.
START_TEST(no_text_goes_that_was_not_seen_and_none_comes_back_that_was)
{
	for (long round = 0; round < long_amount(12, 400); round++) {
		start();
		struct model m = { 0 };
		struct world dice = { .seed = (uint64_t)(1000 * _i + round) };
		struct saw saw[WRITERS][FIELDS];
		for (size_t w = 0; w < WRITERS; w++)
			for (size_t f = 0; f < FIELDS; f++)
				saw[w][f] = look(w);
		model_put(&m, 0, 0, "first");
		for (size_t w = 0; w < WRITERS; w++)
			model_look(&m, w, 0);
		for (int step = 0; step < 40; step++) {
			size_t w = world_next(&dice) % WRITERS, f = world_next(&dice) % FIELDS;
			char value[16];
			snprintf(value, sizeof value, "v%03d", step);
			if (world_next(&dice) % 2) {
				saw[w][f] = look(w);
				model_look(&m, w, f);
			} else {
				put(w, FIELD[f], value, &saw[w][f]);
				model_put(&m, w, f, value);
			}
			ck_assert_msg(str_equal(standing(world_next(&dice) % WRITERS, FIELD[f]),
					  model_standing(&m, f)),
			    "seed %d, round %ld, step %d: %s, not %s", _i, round, step,
			    standing(w, FIELD[f]), model_standing(&m, f));
		}
		stop();
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("saw");
	TCase *c = tcase_create("saw");
	tcase_add_checked_fixture(c, start, stop);
	tcase_add_test(c, what_came_while_one_typed_stands_beside_what_was_typed);
	tcase_add_test(c, ones_own_saves_since_are_seen);
	tcase_add_test(c, the_same_words_from_both_are_no_conflict_and_are_not_written_twice);
	tcase_add_test(c, a_draft_keeps_what_was_seen_of_its_field);
	tcase_add_test(c, a_record_that_was_deleted_meanwhile_is_flagged_and_keeps_the_words);
	suite_add_tcase(s, c);
	TCase *p = tcase_create("property");
	tcase_set_timeout(p, 300);
	tcase_add_loop_test(p, no_text_goes_that_was_not_seen_and_none_comes_back_that_was, 0, 3);
	suite_add_tcase(s, p);
	return test_run(s);
}
