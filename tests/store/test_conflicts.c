// SPDX-License-Identifier: MIT
// The directed cases of copies that come together (C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11,
// C12, C14, C15, C16, C18; C13 and C17 are in test_copies.c), and the properties of undo (P15), of
// the past (P16) and of order keys (P19). Copies in memory, edited apart.
#include "../support.h"
#include "desk.h"

#include "store/file/private.h"

#include <plando/conflict.h>
#include <plando/doubles.h>
#include <plando/driver.h>
#include <plando/history.h>
#include <plando/merge.h>
#include <plando/pdsa.h>
#include <plando/share.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdio.h>
#include <string.h>

static struct arena a;
static struct world world[3];
static struct env env[3];
static struct store *copy[3];
static struct id team, cycle;

static struct id new_in(struct store *s, const char *kind, const char *const key[])
{
	struct id id;
	struct err why = { 0 };
	struct save *v = save_begin(s, &a, &why);
	ck_assert_msg(v != NULL, "%s", why.text);
	bool natural =
	    str_equal(kind, "point") || str_equal(kind, "link") || str_equal(kind, "attendance");
	MUST(save_new(v, kind, natural ? key : NULL, &id, &e));
	for (size_t i = 0; key[i] && !natural; i += 2)
		MUST(save_cell(v, &id, kind, key[i], key[i + 1], &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}

static void put(
    struct store *s, const struct id *id, const char *kind, const char *field, const char *value)
{
	struct err why = { 0 };
	struct save *v = save_begin(s, &a, &why);
	ck_assert_msg(v != NULL, "%s", why.text);
	MUST(save_cell(v, id, kind, field, value, &e));
	MUST(save_commit(v, NULL, &e));
}

static void bury(struct store *s, const struct id *id)
{
	struct err why = { 0 };
	struct save *v = save_begin(s, &a, &why);
	MUST(save_delete(v, id, &e));
	MUST(save_commit(v, NULL, &e));
}

static size_t open_in(struct store *s)
{
	struct conflicts c;
	MUST(conflict_list(s, &a, &c, &e));
	return c.count;
}

static void take(struct store *to, struct store *from)
{
	struct merge_report r;
	MUST(merge_from(to, from->db, "copy", false, &r, &e));
}

// Everybody merges from everybody; then all are equal.
static void join(size_t n)
{
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				if (i != j)
					take(copy[i], copy[j]);
	for (size_t i = 1; i < n; i++)
		ck_assert_str_eq(state_of(&a, copy[0]), state_of(&a, copy[i]));
}

static const char *uuid(const struct id *id)
{
	char *text = arena_alloc(&a, ID_TEXT);
	id_print(id, text);
	return text;
}

static void setup(void)
{
	struct err why = { 0 };
	static const char *const authors[] = { "Ana Silva", "Sam Okoro", "Ben" };
	for (size_t i = 0; i < 3; i++) {
		world[i] = (struct world){ .now = 1795600000000, .seed = 7 + i, .tick = 7 };
		env[i] = world_env(&world[i]);
		env[i].author = authors[i];
		copy[i] = i ? NULL : store_memory(&env[0], "X", &why);
	}
	ck_assert_msg(copy[0] != NULL, "%s", why.text);
	team = new_in(copy[0], "team", (const char *[]){ "name", "Hubs", NULL });
	cycle = new_in(
	    copy[0], "pdsa", (const char *[]){ "team", uuid(&team), "title", "Five calls", NULL });
	for (size_t i = 1; i < 3; i++)
		copy[i] = store_twin(copy[0], &env[i], &why);
}

static void teardown(void)
{
	for (size_t i = 0; i < 3; i++)
		store_close(copy[i]);
	arena_free(&a);
}

START_TEST(C1_edits_in_the_same_second_are_a_conflict_and_none_is_lost)
{
	world[0].now = world[1].now = 1795600001000;
	world[0].tick = world[1].tick = 0;
	put(copy[0], &cycle, "pdsa", "title", "One");
	put(copy[1], &cycle, "pdsa", "title", "Two");
	join(2);
	struct conflict c;
	MUST(conflict_find(copy[0], &a, &cycle, "title", &c, &e));
	ck_assert_uint_eq(c.count, 2);
	ck_assert_str_eq(c.base, "Five calls");
	ck_assert_str_eq(c.base_author, "Ana Silva");
}
END_TEST

START_TEST(C2_the_same_value_on_both_sides_is_agreement)
{
	put(copy[0], &cycle, "pdsa", "title", "Ten calls");
	put(copy[1], &cycle, "pdsa", "title", " Ten calls ");
	join(2);
	ck_assert_uint_eq(open_in(copy[0]), 0);
}
END_TEST

START_TEST(C3_different_fields_do_not_conflict)
{
	put(copy[0], &cycle, "pdsa", "title", "Ten calls");
	put(copy[1], &cycle, "pdsa", "objective", "Do they like it?");
	join(2);
	ck_assert_uint_eq(open_in(copy[1]), 0);
	ck_assert_str_eq(value_of(&a, copy[0], &cycle, "objective"), "Do they like it?");
	ck_assert_str_eq(value_of(&a, copy[1], &cycle, "title"), "Ten calls");
}
END_TEST

START_TEST(C4_twelve_edits_on_each_side_are_all_in_the_history)
{
	for (int i = 0; i < 12; i++)
		for (size_t side = 0; side < 2; side++)
			put(copy[side], &cycle, "pdsa", "title",
			    arena_printf(&a, "%s %d", env[side].author, i));
	join(2);
	struct history h;
	struct history_filter f = HISTORY_ALL;
	f.id = &cycle;
	f.field = "title";
	MUST(history_list(copy[0], &a, &f, &h, &e));
	ck_assert_uint_eq(h.count, 25);
	f.author = "Sam Okoro";
	MUST(history_list(copy[0], &a, &f, &h, &e));
	ck_assert_uint_eq(h.count, 12);
	struct conflict c;
	MUST(conflict_find(copy[0], &a, &cycle, "title", &c, &e));
	ck_assert_uint_eq(c.count, 2);
}
END_TEST

START_TEST(C5_a_conflict_of_three_settled_differently_on_two_copies_is_one_of_two)
{
	for (size_t i = 0; i < 3; i++)
		put(copy[i], &cycle, "pdsa", "title", arena_printf(&a, "Value %zu", i));
	join(3);
	struct conflict c;
	MUST(conflict_find(copy[0], &a, &cycle, "title", &c, &e));
	ck_assert_uint_eq(c.count, 3);
	MUST(conflict_resolve(copy[0], &a, &cycle, "title", 1, NULL, &e));
	MUST(conflict_resolve(copy[1], &a, &cycle, "title", 0, "Another", &e));
	join(3);
	MUST(conflict_find(copy[2], &a, &cycle, "title", &c, &e));
	ck_assert_uint_eq(c.count, 2);
	MUST(conflict_resolve(copy[2], &a, &cycle, "title", 2, NULL, &e));
	join(3);
	ck_assert_uint_eq(open_in(copy[0]), 0);
}
END_TEST

START_TEST(C6_a_fourth_value_that_the_settler_had_not_seen_stays_open)
{
	put(copy[0], &cycle, "pdsa", "title", "One");
	put(copy[1], &cycle, "pdsa", "title", "Two");
	take(copy[0], copy[1]);
	MUST(conflict_resolve(copy[0], &a, &cycle, "title", 0, "One and two", &e));
	put(copy[2], &cycle, "pdsa", "title", "Four");
	join(3);
	struct conflict c;
	MUST(conflict_find(copy[1], &a, &cycle, "title", &c, &e));
	ck_assert_uint_eq(c.count, 2);
}
END_TEST

static struct id link_in(struct store *s, const struct id *from, const struct id *to)
{
	return new_in(s, "link", (const char *[]){ "from", uuid(from), "to", uuid(to), NULL });
}

static struct id driver_in(struct store *s, const char *type, const char *text)
{
	return new_in(
	    s, "driver", (const char *[]){ "team", uuid(&team), "type", type, "text", text, NULL });
}

START_TEST(C7_moves_deletes_and_promotions_never_close_a_circle_or_lose_a_box)
{
	struct id p1 = driver_in(copy[0], "primary", "P1"),
		  p2 = driver_in(copy[0], "primary", "P2");
	struct id p3 = driver_in(copy[0], "primary", "P3"),
		  s1 = driver_in(copy[0], "secondary", "S1");
	struct id s2 = driver_in(copy[0], "secondary", "S2"), old = link_in(copy[0], &s1, &p1);
	take(copy[1], copy[0]);
	bury(copy[0], &old); // both move S1, each to another place
	link_in(copy[0], &s1, &p2);
	bury(copy[1], &old);
	link_in(copy[1], &s1, &p3);
	put(copy[0], &s1, "driver", "type", "primary"); // promote and promote
	put(copy[1], &s2, "driver", "type", "primary");
	bury(copy[0], &p3);	    // delete the parent …
	link_in(copy[1], &s2, &p3); // … while the other hangs a child below it
	put(copy[1], &p3, "driver", "text", "P3, still needed");
	join(2);
	struct driver_diagram d;
	MUST(driver_load(copy[0], &a, &team, &d, &e));
	ck_assert_uint_ne(driver_find(&d, &s1), DRIVER_NONE);
	ck_assert_uint_ne(driver_find(&d, &s2), DRIVER_NONE);
	ck_assert_uint_ne(driver_find(&d, &p3), DRIVER_NONE); // the edit wins
	struct conflict c;
	MUST(conflict_find(copy[0], &a, &p3, "~", &c, &e));
	ck_assert_uint_eq(c.count, 2);
	ck_assert_str_eq(c.values[1].value, "keep");
	ck_assert_str_eq(c.values[1].author, "Sam Okoro");
	struct doubles twice;
	MUST(doubles_find(copy[0], &a, &twice, &e));
	ck_assert_uint_eq(twice.count, 1);
	ck_assert_int_eq(twice.item[0].what, DOUBLE_MOVE);
	bury(copy[1], &old); // "keep both": somebody who knows of both says it once more
	join(2);
	MUST(doubles_find(copy[0], &a, &twice, &e));
	ck_assert_uint_eq(twice.count, 0);
}
END_TEST

static struct id point_in(
    struct store *s, const struct id *measure, const char *date, const char *value)
{
	struct id id = new_in(s, "point",
	    (const char *[]){ "measure", uuid(measure), "date", date, "stratum", "", NULL });
	put(s, &id, "point", "value", value);
	return id;
}

START_TEST(C8_one_point_entered_twice_is_one_point_and_conflicts_where_values_differ)
{
	struct id m = new_in(
	    copy[0], "measure", (const char *[]){ "team", uuid(&team), "name", "Wait", NULL });
	take(copy[1], copy[0]);
	for (size_t i = 0; i < 2; i++) {
		point_in(copy[i], &m, "2026-01-01", "41");
		point_in(copy[i], &m, "2026-02-01", i ? "39" : "40");
	}
	join(2);
	struct records all;
	MUST(record_list_by(copy[0], &a, "point", "measure", &m, &all, &e));
	ck_assert_uint_eq(all.count, 2);
	ck_assert_uint_eq(open_in(copy[0]), 1);
}
END_TEST

START_TEST(C9_a_date_corrected_while_another_enters_the_old_one_loses_neither)
{
	struct id m = new_in(
	    copy[0], "measure", (const char *[]){ "team", uuid(&team), "name", "Wait", NULL });
	struct id wrong = point_in(copy[0], &m, "2026-01-01", "41");
	take(copy[1], copy[0]);
	bury(copy[0], &wrong);
	point_in(copy[0], &m, "2026-01-02", "41");
	put(copy[1], &wrong, "point", "value", "44");
	join(2);
	struct records all;
	MUST(record_list_by(copy[0], &a, "point", "measure", &m, &all, &e));
	ck_assert_uint_eq(all.count, 2);
	struct conflict c;
	MUST(conflict_find(copy[0], &a, &wrong, "~", &c, &e));
}
END_TEST

START_TEST(C10_one_number_given_to_two_cycles_is_shown_as_two_and_neither_is_lost)
{
	struct id idea =
	    new_in(copy[0], "idea", (const char *[]){ "team", uuid(&team), "text", "Calls", NULL });
	take(copy[1], copy[0]);
	for (size_t i = 0; i < 2; i++)
		new_in(copy[i], "pdsa",
		    (const char *[]){ "team", uuid(&team), "idea", uuid(&idea), "cycle_no", "3",
			"title", i ? "Sam's" : "Ana's", NULL });
	join(2);
	struct pdsa_log log[2];
	for (size_t i = 0; i < 2; i++)
		MUST(pdsa_log(copy[i], &a, &team, false, &log[i], &e));
	size_t seen = 0;
	for (size_t i = 0; i < log[0].count; i++) {
		const char *no = log[0].cycle[i].cycle_no;
		ck_assert_str_eq(no, log[1].cycle[i].cycle_no);
		seen += (str_equal(no, "3a") ? 1u : 0u) + (str_equal(no, "3b") ? 10u : 0u);
		if (str_equal(no, "3a"))
			ck_assert_str_eq(
			    value_of(&a, copy[0], &log[0].cycle[i].id, "cycle_no"), "3");
	}
	ck_assert_uint_eq(seen, 11);
	struct doubles d;
	MUST(doubles_find(copy[0], &a, &d, &e));
	ck_assert_uint_eq(d.count, 1);
	ck_assert_int_eq(d.item[0].what, DOUBLE_CYCLE);
}
END_TEST

START_TEST(C11_two_teams_of_one_name_are_listed_and_both_kept)
{
	new_in(copy[0], "team", (const char *[]){ "name", "Lewisham", NULL });
	new_in(copy[1], "team", (const char *[]){ "name", "LEWISHAM ", NULL });
	join(2);
	struct doubles d;
	MUST(doubles_find(copy[1], &a, &d, &e));
	ck_assert_uint_eq(d.count, 1);
	ck_assert_int_eq(d.item[0].what, DOUBLE_RECORD);
	ck_assert_uint_eq(open_in(copy[0]), 0);
}
END_TEST

START_TEST(C12_attendance_ticked_on_both_sides_is_one_attendance)
{
	struct id event = new_in(copy[0], "event", (const char *[]){ "title", "LS 4", NULL });
	struct id ana = new_in(copy[0], "person", (const char *[]){ "name", "Ana", NULL });
	take(copy[1], copy[0]);
	for (size_t i = 0; i < 2; i++)
		new_in(copy[i], "attendance",
		    (const char *[]){ "event", uuid(&event), "person", uuid(&ana), NULL });
	join(2);
	struct records all;
	MUST(record_list_by(copy[0], &a, "attendance", "event", &event, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	ck_assert_uint_eq(open_in(copy[0]), 0);
}
END_TEST

START_TEST(C14_texts_of_every_kind_come_over_byte_by_byte)
{
	struct str big = STR_IN(&a);
	str_add_times(&big, "A line of a long note.\n", TEXT_MOST / 23);
	const char *texts[] = { "tab\there", "e\xcc\x81 combining",
		"\xf0\x9f\x91\xa9\xe2\x80\x8d"
		"\xf0\x9f\x91\xa7",
		"a\nb\n\nc", str_done(&big) };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		put(copy[0], &cycle, "pdsa", "what_happened", texts[i]);
		join(2);
		ck_assert_str_eq(value_of(&a, copy[1], &cycle, "what_happened"), texts[i]);
	}
	ck_assert_uint_eq(open_in(copy[0]), 0);
}
END_TEST

START_TEST(C15_emptied_and_never_written_are_told_apart_where_it_matters)
{
	put(copy[0], &cycle, "pdsa", "title", "");
	put(copy[1], &cycle, "pdsa", "objective", "x");
	join(2);
	ck_assert_ptr_null(value_of(&a, copy[1], &cycle, "title"));
	ck_assert_uint_eq(open_in(copy[1]), 0);
	put(copy[0], &cycle, "pdsa", "objective", "");
	put(copy[1], &cycle, "pdsa", "objective", "y");
	join(2);
	struct conflict c;
	MUST(conflict_find(copy[0], &a, &cycle, "objective", &c, &e));
	ck_assert_uint_eq(c.count, 2);
	ck_assert(!c.values[0].value != !c.values[1].value);
}
END_TEST

START_TEST(C16_numbers_stay_as_they_were_typed)
{
	static const char *const numbers[] = { "12.50", "0.1", "1e400", "-0",
		"12345678901234567890.12345678901234567890" };
	struct id m = new_in(
	    copy[0], "measure", (const char *[]){ "team", uuid(&team), "name", "Wait", NULL });
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		put(copy[0], &m, "measure", "goal", numbers[i]);
		join(2);
		ck_assert_str_eq(value_of(&a, copy[1], &m, "goal"), numbers[i]);
	}
	put(copy[0], &m, "measure", "goal", "12.50");
	put(copy[1], &m, "measure", "goal", "12.5");
	join(2);
	ck_assert_uint_eq(open_in(copy[0]), 1); // two ways to write it: a person says which
}
END_TEST

START_TEST(C18_two_windows_that_save_one_form_overwrite_nothing_unseen)
{
	const char *path = test_path(&a, "windows.plando");
	struct err why = { 0 };
	remove(path);
	MUST(store_create(path, &env[0], "X", &e));
	struct store *one = store_open(path, STORE_WRITE, &env[0], &why);
	struct id t = new_in(one, "team", (const char *[]){ "name", "Hubs", NULL });
	struct store *two = store_open(path, STORE_WRITE, &env[1], &why);
	ck_assert(one && two);
	put(one, &t, "team", "name", "From the first window");
	put(two, &t, "team", "status", "paused");
	put(one, &t, "team", "started", "2026-01-10");
	put(two, &t, "team", "name", "From the second");
	bool changed;
	MUST(store_refresh(one, &changed, &e));
	ck_assert_str_eq(value_of(&a, one, &t, "name"), "From the second");
	ck_assert_str_eq(value_of(&a, one, &t, "status"), "paused");
	ck_assert_str_eq(value_of(&a, two, &t, "started"), "2026-01-10");
	struct history h;
	struct history_filter f = HISTORY_ALL;
	f.id = &t;
	f.field = "name";
	MUST(history_list(one, &a, &f, &h, &e));
	ck_assert_uint_eq(h.count, 3); // what was overwritten stands in the history
	store_close(one);
	store_close(two);
	remove(path);
}
END_TEST

START_TEST(a_settlement_that_is_undone_opens_the_conflict_again_as_it_was)
{
	put(copy[0], &cycle, "pdsa", "title", "One");
	put(copy[1], &cycle, "pdsa", "title", "Two");
	take(copy[0], copy[1]);
	struct conflict before, after;
	MUST(conflict_find(copy[0], &a, &cycle, "title", &before, &e));
	const char *open = state_of(&a, copy[0]);
	MUST(conflict_resolve(copy[0], &a, &cycle, "title", 0, "Three", &e));
	MUST(history_undo_last(copy[0], &a, NULL, &e));
	ck_assert_str_eq(state_of(&a, copy[0]), open);
	MUST(conflict_find(copy[0], &a, &cycle, "title", &after, &e));
	ck_assert_uint_eq(after.count, 2);
	ck_assert_str_eq(after.base, "Five calls");
	for (size_t i = 0; i < 2; i++) {
		const struct conflict_value *v = &after.values[i];
		ck_assert_str_eq(v->author, str_equal(v->value, "One") ? "Ana Silva" : "Sam Okoro");
	}
	MUST(history_redo_last(copy[0], &a, NULL, &e));
	ck_assert_str_eq(value_of(&a, copy[0], &cycle, "title"), "Three");
	ck_assert_uint_eq(open_in(copy[0]), 0);
	join(2);
}
END_TEST

// Saved by a browser: "post", "post (1)", "post (2)", which sort the other way round.
START_TEST(parcels_come_in_one_go_in_any_order_of_their_names)
{
	static const char *const names[] = { "c.plando", "b.plando", "a.plando" };
	const char *mine = test_path(&a, "parcels.plando"), *from = test_path(&a, "from.plando");
	const char *path[3];
	struct err err = { 0 };
	struct parcel_report r;
	struct parcel_wish wish = { .device = "sam-pc" };
	env[1].device = wish.device;
	remove(mine);
	remove(from);
	MUST(store_create(from, &env[0], "X", &e));
	struct store *s = store_open(from, STORE_WRITE, &env[0], &err);
	new_in(s, "team", (const char *[]){ "name", "First", NULL });
	MUST(store_copy(s, mine, &e));
	struct store *t = store_open(mine, STORE_WRITE, &env[1], &err);
	new_in(t, "team", (const char *[]){ "name", "Sam's", NULL });
	struct merge_report report[3];
	MUST(merge_file(s, mine, false, report, &e));
	for (int i = 0; i < 3; i++) {
		path[2 - i] = test_path(&a, names[i]);
		remove(path[2 - i]);
		new_in(s, "team", (const char *[]){ "name", names[i], NULL });
		MUST(store_parcel(s, &wish, path[2 - i], &r, &e));
	}
	MUST(merge_files(t, &a, path, 3, false, NULL, report, &e));
	for (int i = 0; i < 3; i++)
		ck_assert_msg(!report[i].left_out, "%s", report[i].left_out);
	ck_assert_str_eq(state_of(&a, t), state_of(&a, s));
	store_close(s);
	store_close(t);
}
END_TEST

START_TEST(a_file_that_cannot_be_taken_is_left_out_and_the_others_come)
{
	const char *path = test_path(&a, "several.plando"), *good = test_path(&a, "good.plando"),
		   *bad = test_path(&a, "bad.plando");
	struct err why = { 0 };
	remove(path);
	remove(good);
	MUST(store_create(path, &env[0], "X", &e));
	struct store *s = store_open(path, STORE_WRITE, &env[0], &why);
	MUST(store_copy(s, good, &e));
	struct store *t = store_open(good, STORE_WRITE, &env[1], &why);
	new_in(t, "team", (const char *[]){ "name", "Hubs", NULL });
	store_close(t);
	test_write(bad, "no workbook", 11);
	struct merge_report report[2];
	const char *before = state_of(&a, s), *both[] = { bad, good };
	REFUSES(ERR_DATA, merge_files(s, &a, both, 1, false, NULL, report, &e));
	ck_assert_str_eq(state_of(&a, s), before);
	MUST(merge_files(s, &a, both, 2, false, NULL, report, &e));
	ck_assert_str_eq(report[0].left_out, "it is not a plando workbook; check the name");
	ck_assert(!report[1].left_out && report[1].changes == 1);
	report[0] = report[1];
	ck_assert_str_eq(report[0].part[0].author, "Sam Okoro");
	struct merge_accounts kept;
	MUST(merge_accounts(s, &a, &kept, &e));
	ck_assert_uint_eq(kept.count, 1);
	ck_assert_str_eq(kept.item[0].source, good);
	store_close(s);
}
END_TEST

// --- properties

static const char *word(struct world *w)
{
	static const char *const words[] = { "Ring first", "Card", "Inbox", "", "Huddle" };
	return words[world_next(w) % 5];
}

static void random_edit(struct store *s, struct world *w)
{
	static const char *const fields[] = { "title", "objective", "note", "what_happened" };
	const char *field = fields[world_next(w) % 4];
	if (str_equal(
		value_of(&a, s, &cycle, field) ? value_of(&a, s, &cycle, field) : "", word(w)))
		return;
	put(s, &cycle, "pdsa", field, word(w));
}

START_TEST(P15_undo_and_redo_give_the_same_and_never_overwrite_a_foreign_edit)
{
	long n = long_amount(100, 2000), refused = 0;
	for (unsigned seed = 1; seed <= n; seed++) {
		struct world w = { .seed = seed };
		for (int i = 0; i < 3; i++)
			random_edit(copy[0], &w);
		const char *before = state_of(&a, copy[0]);
		struct err none = { 0 };
		if (history_undo_last(copy[0], &a, NULL, &none)) {
			MUST(history_redo_last(copy[0], &a, NULL, &e));
			ck_assert_str_eq(state_of(&a, copy[0]), before);
		}
		take(copy[1], copy[0]);
		put(copy[1], &cycle, "pdsa", "title", arena_printf(&a, "Sam %u", seed));
		take(copy[0], copy[1]);
		const char *theirs = arena_printf(&a, "Sam %u", seed);
		if (!history_undo_last(copy[0], &a, NULL, &none))
			refused++;
		ck_assert_str_eq(value_of(&a, copy[0], &cycle, "title"), theirs);
		take(copy[1], copy[0]);
		if (seed % 20 == 0) {
			teardown();
			setup();
		}
	}
	ck_assert_int_gt(refused, 0);
}
END_TEST

START_TEST(P16_the_past_is_the_same_on_all_copies_and_its_end_is_now)
{
	long n = long_amount(20, 500);
	for (unsigned seed = 1; seed <= n; seed++) {
		struct world w = { .seed = seed };
		int64_t moment = 0, last = 0;
		for (int i = 0; i < 12; i++) {
			size_t at = world_next(&w) % 3;
			world[at].now += (int64_t)(world_next(&w) % 5000);
			random_edit(copy[at], &w);
			last = world[at].now > last ? world[at].now : last;
			if (i == 6)
				moment = world[at].now;
			if (world_next(&w) % 3 == 0)
				take(copy[at], copy[(at + 1) % 3]);
		}
		join(3);
		const char *now = state_of(&a, copy[0]);
		struct store *then[4];
		struct err why = { 0 };
		for (size_t i = 0; i < 4; i++) {
			then[i] = store_twin(copy[i % 3], &env[0], &why);
			MUST(store_as_of(then[i], i < 3 ? moment : last + 1000000, &e));
		}
		ck_assert_str_eq(state_of(&a, then[0]), state_of(&a, then[1]));
		ck_assert_str_eq(state_of(&a, then[0]), state_of(&a, then[2]));
		ck_assert_str_eq(state_of(&a, then[3]), now);
		for (size_t i = 0; i < 4; i++)
			store_close(then[i]);
		teardown();
		setup();
	}
}
END_TEST

START_TEST(P19_a_thousand_inserts_between_neighbours_keep_their_order)
{
	enum { KEYS = 1000 };
	static char *key[KEYS];
	for (unsigned seed = 1; seed <= 3; seed++) {
		struct world w = { .seed = seed };
		size_t count = 0;
		for (; count < KEYS; count++) {
			size_t at = seed == 3 ? count / 2 : world_next(&w) % (count + 1);
			char *new = order_between(&a, &env[seed % 2], at ? key[at - 1] : NULL,
			    at < count ? key[at] : NULL);
			ck_assert_ptr_nonnull(new);
			ck_assert(!at || strcmp(key[at - 1], new) < 0);
			ck_assert(at == count || strcmp(new, key[at]) < 0);
			memmove(&key[at + 1], &key[at], (count - at) * sizeof *key);
			key[at] = new;
		}
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("conflicts");
	TCase *cases = tcase_create("cases"), *random = tcase_create("random");
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, C1_edits_in_the_same_second_are_a_conflict_and_none_is_lost);
	tcase_add_test(cases, C2_the_same_value_on_both_sides_is_agreement);
	tcase_add_test(cases, C3_different_fields_do_not_conflict);
	tcase_add_test(cases, C4_twelve_edits_on_each_side_are_all_in_the_history);
	tcase_add_test(
	    cases, C5_a_conflict_of_three_settled_differently_on_two_copies_is_one_of_two);
	tcase_add_test(cases, C6_a_fourth_value_that_the_settler_had_not_seen_stays_open);
	tcase_add_test(cases, C7_moves_deletes_and_promotions_never_close_a_circle_or_lose_a_box);
	tcase_add_test(
	    cases, C8_one_point_entered_twice_is_one_point_and_conflicts_where_values_differ);
	tcase_add_test(cases, C9_a_date_corrected_while_another_enters_the_old_one_loses_neither);
	tcase_add_test(
	    cases, C10_one_number_given_to_two_cycles_is_shown_as_two_and_neither_is_lost);
	tcase_add_test(cases, C11_two_teams_of_one_name_are_listed_and_both_kept);
	tcase_add_test(cases, C12_attendance_ticked_on_both_sides_is_one_attendance);
	tcase_add_test(cases, C14_texts_of_every_kind_come_over_byte_by_byte);
	tcase_add_test(cases, C15_emptied_and_never_written_are_told_apart_where_it_matters);
	tcase_add_test(cases, C16_numbers_stay_as_they_were_typed);
	tcase_add_test(cases, C18_two_windows_that_save_one_form_overwrite_nothing_unseen);
	tcase_add_test(cases, a_settlement_that_is_undone_opens_the_conflict_again_as_it_was);
	tcase_add_test(cases, parcels_come_in_one_go_in_any_order_of_their_names);
	tcase_add_test(cases, a_file_that_cannot_be_taken_is_left_out_and_the_others_come);
	suite_add_tcase(suite, cases);
	tcase_add_checked_fixture(random, setup, teardown);
	tcase_set_timeout(random, 0);
	tcase_add_test(random, P15_undo_and_redo_give_the_same_and_never_overwrite_a_foreign_edit);
	tcase_add_test(random, P16_the_past_is_the_same_on_all_copies_and_its_end_is_now);
	tcase_add_test(random, P19_a_thousand_inserts_between_neighbours_keep_their_order);
	suite_add_tcase(suite, random);
	return test_run(suite);
}
