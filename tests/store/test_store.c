// SPDX-License-Identifier: MIT
// The workbook as its callers see it: made, opened, written, read, undone, copied, merged, checked.
#include "../support.h"
#include "desk.h"

#include <plando/conflict.h>
#include <plando/draft.h>
#include <plando/history.h>
#include <plando/merge.h>
#include <plando/record.h>
#include <plando/search.h>
#include <plando/str.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena a;
static struct world world;
static struct env env;

static void setup(void)
{
	world = (struct world){ .now = 1795600000000, .seed = 7, .tick = 1000 }; // 2026-11-25
	env = world_env(&world);
}

static void teardown(void)
{
	arena_free(&a);
}

static struct store *open_at(const char *path)
{
	struct err e = { 0 };
	struct store *s = store_open(path, STORE_WRITE, &env, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	return s;
}

static const char *new_at(const char *name)
{
	const char *path = test_path(&a, name);
	unlink(path);
	MUST(store_create(path, &env, "Capital Children's Collaborative", &e));
	return path;
}

// A team and a PDSA cycle in it.
static struct id add(struct store *s, const char *kind, const char *const key[])
{
	struct id id;
	struct err why = { 0 };
	struct save *v = save_begin(s, &a, &why);
	ck_assert_msg(v != NULL, "%s", why.text);
	MUST(save_new(v, kind, NULL, &id, &e));
	for (size_t i = 0; key[i]; i += 2)
		MUST(save_field(v, &id, kind, key[i], key[i + 1], &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}

static void set(
    struct store *s, const struct id *id, const char *kind, const char *field, const char *value)
{
	struct err why = { 0 };
	struct save *v = save_begin(s, &a, &why);
	ck_assert_msg(v != NULL, "%s", why.text);
	MUST(save_field(v, id, kind, field, value, &e));
	MUST(save_commit(v, NULL, &e));
}

START_TEST(a_new_workbook_holds_its_collaborative_and_is_sound)
{
	const char *path = new_at("new.plando");
	struct stat st;
	stat(path, &st);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	struct store *s = open_at(path);
	ck_assert_str_eq(
	    value_of(&a, s, &ID_COLLABORATIVE, "name"), "Capital Children's Collaborative");
	is_sound(s);
	store_close(s);
	REFUSES(ERR_CANTCREAT, store_create(path, &env, "again", &e));
}
END_TEST

START_TEST(what_is_saved_is_read_back_after_reopening)
{
	const char *path = new_at("saved.plando");
	struct store *s = open_at(path);
	struct id team = add(s, "team", (const char *[]){ "name", "Child health hubs", NULL });
	char uuid[ID_TEXT];
	id_print(&team, uuid);
	struct id cycle = add(s, "pdsa",
	    (const char *[]){ "team", "Child health hubs", "objective",
		"Ring f\xc3\xa4milies\nthe day before", NULL });
	store_close(s);
	s = open_at(path);
	ck_assert_str_eq(
	    value_of(&a, s, &cycle, "objective"), "Ring f\xc3\xa4milies\nthe day before");
	ck_assert_str_eq(value_of(&a, s, &cycle, "team"), uuid);
	struct records all;
	MUST(record_list(s, &a, "pdsa", &team, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	is_sound(s);
	store_close(s);
}
END_TEST

START_TEST(opening_and_looking_changes_no_byte)
{
	const char *path = new_at("look.plando");
	size_t n, m;
	char *before = test_read(&a, path, &n);
	struct stat st, now;
	stat(path, &st);
	struct store *s = open_at(path);
	struct records all;
	MUST(record_list(s, &a, "team", NULL, &all, &e));
	store_close(s);
	char *after = test_read(&a, path, &m);
	stat(path, &now);
	ck_assert(n == m && memcmp(before, after, n) == 0);
	ck_assert_int_eq(st.st_mtim.tv_nsec, now.st_mtim.tv_nsec);
}
END_TEST

START_TEST(two_copies_edited_apart_merge_in_both_orders_to_the_same_state_with_a_conflict)
{
	const char *left = new_at("left.plando"), *right = test_path(&a, "right.plando");
	unlink(right);
	struct store *s = open_at(left);
	struct id team = add(s, "team", (const char *[]){ "name", "Hubs", NULL });
	MUST(store_copy(s, right, &e));
	struct store *t = open_at(right);
	set(s, &team, "team", "name", "Hubs of the north");
	set(t, &team, "team", "name", "Hubs, all of them");
	set(t, &team, "team", "started", "2026-01-10");
	struct id other = add(t, "team", (const char *[]){ "name", "One front door", NULL });
	struct merge_report r;
	MUST(merge_file(s, right, false, &r, &e));
	ck_assert_int_eq(r.changes, 3);
	ck_assert_int_eq(r.conflicts, 1);
	MUST(merge_file(t, left, false, &r, &e));
	ck_assert_str_eq(state_of(&a, s), state_of(&a, t));
	ck_assert_str_eq(value_of(&a, s, &other, "name"), "One front door");
	ck_assert_str_eq(value_of(&a, s, &team, "started"), "2026-01-10");
	struct conflicts c;
	MUST(conflict_list(s, &a, &c, &e));
	ck_assert_uint_eq(c.count, 1);
	ck_assert_str_eq(c.item[0].field, "name");
	ck_assert_str_eq(c.item[0].base, "Hubs");
	ck_assert_uint_eq(c.item[0].count, 2);
	MUST(merge_file(s, right, false, &r, &e));
	ck_assert_int_eq(r.changes, 0);
	MUST(conflict_resolve(s, &a, &team, "name", 0, "Hubs, north and south", &e));
	MUST(merge_file(t, left, false, &r, &e));
	ck_assert_str_eq(value_of(&a, t, &team, "name"), "Hubs, north and south");
	ck_assert_str_eq(state_of(&a, s), state_of(&a, t));
	is_sound(s);
	is_sound(t);
	store_close(s);
	store_close(t);
}
END_TEST

START_TEST(a_delete_that_did_not_see_an_edit_keeps_the_record_and_says_so)
{
	const char *left = new_at("del.plando"), *right = test_path(&a, "del2.plando");
	unlink(right);
	struct store *s = open_at(left);
	struct id team = add(s, "team", (const char *[]){ "name", "Hubs", NULL });
	MUST(store_copy(s, right, &e));
	struct store *t = open_at(right);
	struct err err = { 0 };
	struct save *v = save_begin(s, &a, &err);
	MUST(save_delete(v, &team, &e));
	MUST(save_commit(v, NULL, &e));
	set(t, &team, "team", "name", "Hubs again");
	struct merge_report rep;
	MUST(merge_file(s, right, false, &rep, &e));
	ck_assert_int_eq(rep.conflicts, 1);
	struct record r;
	MUST(record_load(s, &a, &team, &r, &e));
	ck_assert(!r.deleted);
	ck_assert_str_eq(r.flag, "deleted-but-edited");
	struct conflicts c;
	MUST(conflict_list(s, &a, &c, &e));
	ck_assert_str_eq(c.item[0].field, "~");
	ck_assert_str_eq(c.item[0].values[0].value, "delete");
	ck_assert_str_eq(c.item[0].values[1].value, "keep");
	MUST(conflict_resolve(s, &a, &team, "~", 0, "keep", &e));
	MUST(conflict_list(s, &a, &c, &e));
	ck_assert_uint_eq(c.count, 0);
	is_sound(s);
	store_close(s);
	store_close(t);
}
END_TEST

START_TEST(undo_takes_back_a_whole_save_and_redo_brings_it_again)
{
	struct store *s = open_at(new_at("undo.plando"));
	struct id team = add(s, "team", (const char *[]){ "name", "Hubs", NULL });
	const char *first = state_of(&a, s);
	struct id cycle =
	    add(s, "pdsa", (const char *[]){ "team", "Hubs", "objective", "Ring first", NULL });
	set(s, &cycle, "pdsa", "objective", "Ring the day before");
	const char *last = state_of(&a, s);
	MUST(history_undo_last(s, &a, NULL, &e));
	ck_assert_str_eq(value_of(&a, s, &cycle, "objective"), "Ring first");
	MUST(history_undo_last(s, &a, NULL, &e));
	ck_assert_str_eq(state_of(&a, s), first);
	MUST(history_redo_last(s, &a, NULL, &e));
	MUST(history_redo_last(s, &a, NULL, &e));
	ck_assert_str_eq(state_of(&a, s), last);
	ck_assert_str_eq(value_of(&a, s, &team, "name"), "Hubs");
	is_sound(s);
	store_close(s);
}
END_TEST

START_TEST(a_list_keeps_its_order_and_two_people_fill_in_two_results_without_a_clash)
{
	const char *left = new_at("list.plando"), *right = test_path(&a, "list2.plando"), *key[3];
	unlink(right);
	struct store *s = open_at(left);
	struct id team = add(s, "team", (const char *[]){ "name", "Hubs", NULL });
	(void)team;
	struct id cycle = add(s, "pdsa", (const char *[]){ "team", "Hubs", NULL });
	struct err err = { 0 };
	struct save *v = save_begin(s, &a, &err);
	for (int i = 0; i < 3; i++) {
		MUST(save_element(v, &cycle, "pdsa", "predictions", NULL, &key[i], &e));
		MUST(save_field(v, &cycle, "pdsa",
		    arena_printf(&a, "predictions.%s.question", key[i]),
		    (const char *[]){ "one", "two", "three" }[i], &e));
	}
	MUST(save_commit(v, NULL, &e));
	MUST(store_copy(s, right, &e));
	struct store *t = open_at(right);
	set(s, &cycle, "pdsa", arena_printf(&a, "predictions.%s.result", key[0]), "8 of 10");
	set(t, &cycle, "pdsa", arena_printf(&a, "predictions.%s.result", key[1]), "none");
	struct merge_report rep;
	MUST(merge_file(s, right, false, &rep, &e));
	ck_assert_int_eq(rep.conflicts, 0);
	struct record r;
	struct elements el;
	MUST(record_load(s, &a, &cycle, &r, &e));
	ck_assert(record_elements(&r, &a, "predictions", &el));
	ck_assert_uint_eq(el.count, 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_str_eq(el.key[i], key[i]);
	ck_assert_str_eq(record_element_get(&r, "predictions", key[0], "result"), "8 of 10");
	ck_assert_str_eq(record_element_get(&r, "predictions", key[1], "result"), "none");
	v = save_begin(s, &a, &err);
	MUST(save_element_remove(v, &cycle, "pdsa", "predictions", key[1], &e));
	MUST(save_commit(v, NULL, &e));
	MUST(record_load(s, &a, &cycle, &r, &e));
	ck_assert(record_elements(&r, &a, "predictions", &el));
	ck_assert_uint_eq(el.count, 2);
	MUST(history_undo_last(s, &a, NULL, &e));
	MUST(record_load(s, &a, &cycle, &r, &e));
	ck_assert_str_eq(record_element_get(&r, "predictions", key[1], "result"), "none");
	is_sound(s);
	store_close(s);
	store_close(t);
}
END_TEST

START_TEST(the_workbook_as_it_was_shows_old_values_and_refuses_to_be_written)
{
	struct store *s = open_at(new_at("past.plando"));
	struct id team = add(s, "team", (const char *[]){ "name", "Before", NULL });
	int64_t then = world.now;
	set(s, &team, "team", "name", "After");
	MUST(store_as_of(s, then, &e));
	ck_assert_str_eq(value_of(&a, s, &team, "name"), "Before");
	struct err e = { 0 };
	ck_assert_ptr_null(save_begin(s, &a, &e));
	ck_assert_int_eq(e.code, ERR_NOPERM);
	store_close(s);
}
END_TEST

START_TEST(a_file_replaced_under_the_program_gets_the_next_save_and_loses_nothing)
{
	const char *path = new_at("under.plando"), *copy = test_path(&a, "under2.plando");
	unlink(copy);
	struct store *s = open_at(path);
	struct id team = add(s, "team", (const char *[]){ "name", "Hubs", NULL });
	MUST(store_copy(s, copy, &e));
	struct store *t = open_at(copy);
	struct id other = add(t, "team", (const char *[]){ "name", "From the other copy", NULL });
	store_close(t);
	ck_assert_int_eq(rename(copy, path), 0);
	set(s, &team, "team", "name", "After the swap");
	ck_assert_str_eq(value_of(&a, s, &other, "name"), "From the other copy");
	store_close(s);
	s = open_at(path);
	ck_assert_str_eq(value_of(&a, s, &team, "name"), "After the swap");
	ck_assert_str_eq(value_of(&a, s, &other, "name"), "From the other copy");
	is_sound(s);
	store_close(s);
}
END_TEST

START_TEST(a_ref_is_found_by_name_by_team_and_name_and_by_the_first_digits_of_its_id)
{
	struct store *s = open_at(new_at("ref.plando"));
	struct id team = add(s, "team", (const char *[]){ "name", "Hubs", NULL });
	add(s, "team", (const char *[]){ "name", "Doors", NULL });
	struct id idea =
	    add(s, "idea", (const char *[]){ "team", "Hubs", "text", "Ring first", NULL });
	add(s, "idea", (const char *[]){ "team", "Doors", "text", "Ring first", NULL });
	struct record r;
	char uuid[ID_TEXT];
	MUST(record_find(s, &a, "team", "Hubs", &r, &e));
	ck_assert(id_equal(&r.id, &team));
	MUST(record_find(s, &a, "idea", "Hubs/Ring first", &r, &e));
	ck_assert(id_equal(&r.id, &idea));
	id_print(&idea, uuid);
	uuid[8] = '\0';
	MUST(record_find(s, &a, NULL, uuid, &r, &e));
	ck_assert(id_equal(&r.id, &idea));
	REFUSES(ERR_USAGE, record_find(s, &a, "idea", "Ring first", &r, &e));
	REFUSES(ERR_NOINPUT, record_find(s, &a, "team", "Nobody", &r, &e));
	store_close(s);
}
END_TEST

START_TEST(a_draft_outlives_the_program_and_goes_when_dropped)
{
	env.state_home = test_path(&a, "state");
	struct store *s = open_at(new_at("draft.plando"));
	struct id id = id_random(&env);
	struct draft d = { .id = id,
		.kind = "pdsa",
		.field = "objective",
		.text = "half a sen\n\nt\xc3\xa9nce",
		.at = 5,
		.refs = "team=x" };
	struct drafts all;
	MUST(draft_keep(s, &d, &e));
	store_close(s);
	s = open_at(test_path(&a, "draft.plando"));
	MUST(draft_list(s, &a, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	ck_assert_str_eq(all.item[0].text, d.text);
	ck_assert_str_eq(all.item[0].refs, d.refs);
	ck_assert_str_eq(all.item[0].field, "objective");
	ck_assert(id_equal(&all.item[0].id, &id));
	MUST(draft_drop(s, &id, "objective", &e));
	MUST(draft_list(s, &a, &all, &e));
	ck_assert_uint_eq(all.count, 0);
	store_close(s);
}
END_TEST

START_TEST(a_change_altered_by_hand_is_found_by_check)
{
	const char *path = new_at("altered.plando");
	struct store *s = open_at(path);
	add(s, "team", (const char *[]){ "name", "Hubs", NULL });
	store_close(s);
	sqlite3 *hand;
	ck_assert_int_eq(sqlite3_open(path, &hand), SQLITE_OK);
	const char *sql = "UPDATE change SET val='Hacks' WHERE val='Hubs'";
	ck_assert_int_eq(sqlite3_exec(hand, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(hand);
	s = open_at(path);
	struct store_problems p;
	MUST(store_check(s, &a, &p, &e));
	ck_assert_uint_ge(p.count, 1);
	ck_assert_ptr_nonnull(strstr(p.line[0], "altered"));
	store_close(s);
}
END_TEST

static struct search_hits hits(struct store *s, const char *words)
{
	struct search_hits h;
	MUST(search_find(s, &a, words, 20, &h, &e));
	return h;
}

START_TEST(search_finds_what_people_typed_whatever_the_case_and_the_accents)
{
	struct store *s = open_at(new_at("search.plando"));
	add(s, "team", (const char *[]){ "name", "Child health hubs", NULL });
	struct id cycle = add(s, "pdsa",
	    (const char *[]){ "team", "Child health hubs", "objective",
		"Ring f\xc3\xa4milies the day before", "type", "test", NULL });
	add(s, "idea",
	    (const char *[]){ "team", "Child health hubs", "text", "Families ring us", NULL });
	ck_assert_uint_eq(hits(s, "").count, 0);
	ck_assert_uint_eq(hits(s, "FAMIL").count, 2);
	ck_assert_uint_eq(hits(s, "ring famil").count, 2);
	ck_assert_uint_eq(hits(s, "day ring").count, 1);
	ck_assert_uint_eq(hits(s, "test").count, 0); // a choice is not text
	struct search_hit h = hits(s, "f\xc3\xa4mil").item[1];
	ck_assert(id_equal(&h.id, &cycle));
	ck_assert_str_eq(h.field, "objective");
	ck_assert_str_eq(h.team, "Child health hubs");
	ck_assert_str_eq(arena_copy(&a, h.excerpt + h.from, h.to - h.from), "f\xc3\xa4milies");
	ck_assert_uint_eq(
	    hits(s, "hubs \"* \xe2\x80\x94 (").count, 1); // nothing in it is an operator
	set(s, &cycle, "pdsa", "objective", "Write letters");
	ck_assert_uint_eq(hits(s, "day").count, 0);
	ck_assert_uint_eq(hits(s, "letter").count, 1);
	struct err why = { 0 };
	struct save *v = save_begin(s, &a, &why);
	MUST(save_delete(v, &cycle, &e));
	MUST(save_commit(v, NULL, &e));
	ck_assert_uint_eq(hits(s, "letter").count, 0);
	is_sound(s);
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("store");
	TCase *t = tcase_create("store");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_new_workbook_holds_its_collaborative_and_is_sound);
	tcase_add_test(t, what_is_saved_is_read_back_after_reopening);
	tcase_add_test(t, opening_and_looking_changes_no_byte);
	tcase_add_test(
	    t, two_copies_edited_apart_merge_in_both_orders_to_the_same_state_with_a_conflict);
	tcase_add_test(t, a_delete_that_did_not_see_an_edit_keeps_the_record_and_says_so);
	tcase_add_test(t, undo_takes_back_a_whole_save_and_redo_brings_it_again);
	tcase_add_test(
	    t, a_list_keeps_its_order_and_two_people_fill_in_two_results_without_a_clash);
	tcase_add_test(t, the_workbook_as_it_was_shows_old_values_and_refuses_to_be_written);
	tcase_add_test(t, a_file_replaced_under_the_program_gets_the_next_save_and_loses_nothing);
	tcase_add_test(
	    t, a_ref_is_found_by_name_by_team_and_name_and_by_the_first_digits_of_its_id);
	tcase_add_test(t, a_draft_outlives_the_program_and_goes_when_dropped);
	tcase_add_test(t, a_change_altered_by_hand_is_found_by_check);
	tcase_add_test(t, search_finds_what_people_typed_whatever_the_case_and_the_accents);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
