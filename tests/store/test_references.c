// SPDX-License-Identifier: MIT
// References name a record of a kind that belongs there. What others wrote otherwise is kept, shown
// as what it is, and told by check; titles that follow references come to an end.
#include "../support.h"
#include "desk.h"

#include <plando/history.h>
#include <plando/record.h>
#include <plando/str.h>
#include <plando/words.h>

#include <string.h>
#include <unistd.h>

static struct world world = { .now = 1795000000000, .seed = 8, .tick = 1 };
static struct env env;
static struct arena a;
static struct store *s;
static struct id team, ana, ring, cycle, idea;

static const char *uuid(const struct id *id)
{
	char text[ID_TEXT];
	id_print(id, text);
	return arena_strdup(&a, text);
}

static struct id put(const char *kind, const char *field, const char *value)
{
	struct id id;
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_new(v, kind, NULL, &id, &e));
	MUST(save_cell(v, &id, kind, field, value, &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}

// As an older program, or a hand, may have written it: nothing is asked of the cell.
static void forge(const struct id *id, const char *kind, const char *cell, const char *value)
{
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_cell(v, id, kind, cell, value, &e));
	MUST(save_commit(v, NULL, &e));
}

static bool set(
    const struct id *id, const char *kind, const char *field, const char *typed, struct err *e)
{
	struct save *v = save_begin(s, &a, e);
	return v && save_field(v, id, kind, field, typed, e) && save_commit(v, NULL, e);
}

static void set_up(void)
{
	a = (struct arena){ 0 };
	env = world_env(&world);
	MUST((s = store_memory(&env, "Hubs", &e)) != NULL);
	team = put("team", "name", "North");
	ana = put("person", "name", "Ana");
	ring = put("membership", "team", uuid(&team));
	cycle = put("pdsa", "title", "Reminder calls");
	idea = put("idea", "text", "Ring the day before");
}

static void tear_down(void)
{
	store_close(s);
	arena_free(&a);
}

// --- what is refused

START_TEST(a_reference_to_a_record_of_another_kind_is_refused_with_its_name)
{
	struct err why = { 0 };
	ck_assert(!set(&cycle, "pdsa", "idea", uuid(&ana), &why));
	ck_assert_int_eq(why.code, ERR_DATA);
	ck_assert_str_eq(why.text, "\"Ana\" is of kind person; choose a change idea");
	REFUSES(ERR_DATA, set(&ring, "membership", "person", uuid(&ring), &e));
	REFUSES(ERR_DATA, set(&ring, "membership", "person", uuid(&cycle), &e));
	MUST(set(&cycle, "pdsa", "idea", uuid(&idea), &e));
	MUST(set(&ring, "membership", "person", uuid(&ana), &e));
}
END_TEST

START_TEST(one_of_several_kinds_and_one_that_is_not_in_this_copy_are_taken)
{
	struct id action = put("action", "what", "Write");
	MUST(set(&action, "action", "from_record", uuid(&cycle), &e));
	REFUSES(ERR_DATA, set(&action, "action", "from_record", uuid(&ana), &e));
	MUST(set(&cycle, "pdsa", "idea", "00000000-0000-4000-8000-000000000001", &e));
}
END_TEST

START_TEST(a_record_made_in_the_same_save_is_judged_too)
{
	struct id person;
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_new(v, "person", NULL, &person, &e));
	MUST(save_cell(v, &person, "person", "name", "Ben", &e));
	REFUSES(ERR_DATA, save_field(v, &cycle, "pdsa", "idea", uuid(&person), &e));
	MUST(save_field(v, &cycle, "pdsa", "leader", uuid(&person), &e));
	MUST(save_commit(v, NULL, &e));
}
END_TEST

// --- what others wrote

static struct store_problems strays(void)
{
	struct store_problems out;
	MUST(store_strays(s, &a, &out, &e));
	return out;
}

START_TEST(what_came_by_a_merge_is_shown_as_what_it_is_and_told_by_check)
{
	forge(&cycle, "pdsa", "idea", uuid(&ana));
	ck_assert_str_eq(words_value(s, &a, &cycle, "pdsa", "idea", uuid(&ana)),
	    "Ana (person, not change idea)");
	struct store_problems p = strays();
	ck_assert_uint_eq(p.count, 1);
	ck_assert_str_eq(p.line[0],
	    "PDSA cycle Reminder calls: \"Change idea\" names Ana, which is of kind person; choose "
	    "another, or empty it");
	is_sound(s); // the file itself is
	MUST(set(&cycle, "pdsa", "idea", uuid(&idea), &e));
	ck_assert_uint_eq(strays().count, 0);
}
END_TEST

START_TEST(references_of_answers_and_of_sets_are_looked_at_too)
{
	struct id note = put("note", "form", "charter-on-a-page");
	forge(&note, "note", "answers.sponsor", uuid(&team));
	forge(&note, "note", arena_printf(&a, "answers.people.%s", uuid(&cycle)), "1");
	forge(&note, "note", arena_printf(&a, "answers.people.%s", uuid(&ana)), "1");
	ck_assert_uint_eq(strays().count, 2);
}
END_TEST

START_TEST(a_record_that_names_itself_has_a_title_and_is_told)
{
	forge(&ring, "membership", "person", uuid(&ring));
	struct record r;
	MUST(record_load(s, &a, &ring, &r, &e));
	ck_assert(str_starts(record_title(s, &a, &r), "Membership "));
	struct store_problems p = strays();
	ck_assert_uint_eq(p.count, 2);
	ck_assert(str_starts(p.line[1], "1 record leads back to itself by its references: "));
}
END_TEST

// Each names the next, the last nobody: rings are told from chains, however long.
START_TEST(a_ring_is_told_and_a_chain_is_none)
{
	enum { LONG = 3000 };
	struct id *id = arena_array(&a, LONG, sizeof *id);
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	for (int i = 0; i < LONG; i++)
		MUST(save_new(v, "membership", NULL, &id[i], &e));
	for (int i = 0; i < LONG; i++)
		MUST(save_cell(v, &id[i], "membership", i + 1 < LONG ? "person" : "role",
		    i + 1 < LONG ? uuid(&id[i + 1]) : "lead", &e));
	MUST(save_commit(v, NULL, &e));
	struct record r;
	MUST(record_load(s, &a, &id[0], &r, &e));
	ck_assert(str_starts(record_title(s, &a, &r), "Membership "));
	struct store_problems p = strays();
	ck_assert_uint_eq(p.count, 51);
	ck_assert_str_eq(p.line[50], "and 2949 more references name what does not belong there");
	forge(&id[LONG - 1], "membership", "person", uuid(&id[LONG / 2]));
	p = strays();
	ck_assert_uint_eq(p.count, 52);
	ck_assert(str_starts(p.line[51], "1500 records lead back to themselves"));
}
END_TEST

// --- titles

START_TEST(a_title_follows_three_records_and_no_more)
{
	struct id link[5];
	const char *to = uuid(&ana);
	for (int i = 0; i < 5; i++) {
		link[i] = put("membership", "person", to);
		to = uuid(&link[i]);
	}
	static const bool named[] = { true, true, true, false, false };
	for (int i = 0; i < 5; i++) {
		struct record r;
		MUST(record_load(s, &a, &link[i], &r, &e));
		ck_assert_int_eq(str_equal(record_title(s, &a, &r), "Ana"), named[i]);
	}
}
END_TEST

START_TEST(a_title_has_a_budget_of_bytes_however_little_it_shows)
{
	struct str marks = STR_IN(&a);
	str_add(&marks, "a");
	str_add_times(&marks, "\u0301", 200000);
	forge(&team, "team", "name", str_done(&marks));
	struct record r;
	MUST(record_load(s, &a, &team, &r, &e));
	ck_assert_uint_lt(strlen(record_title(s, &a, &r)), 5000);
}
END_TEST

// --- much of it: what is asked takes the time of what is there, not its square

START_TEST(twenty_thousand_rows_of_one_list_are_hashed_in_their_order)
{
	enum { ROWS = 20000 };
	struct store_facts forth, back;
	struct save *v;
	for (int turn = 0; turn < 2; turn++) {
		struct store *t;
		MUST((t = store_memory(&env, "Hubs", &e)) != NULL);
		MUST((v = save_begin(t, &a, &e)) != NULL);
		for (int i = 0; i < ROWS; i++) {
			// other places, the same order: of the second turn every key is longer
			const char *cell =
			    arena_printf(&a, "predictions.%08x", (unsigned)i * 7919u);
			MUST(save_cell(v, &cycle, "pdsa", arena_printf(&a, "%s.pos", cell),
			    arena_printf(&a, turn ? "k%05dz" : "b%05d", i), &e));
			MUST(save_cell(v, &cycle, "pdsa", arena_printf(&a, "%s.question", cell),
			    arena_printf(&a, "Why %d?", i), &e));
		}
		MUST(save_commit(v, NULL, &e));
		MUST(store_facts(t, turn ? &back : &forth, &e));
		store_close(t);
	}
	ck_assert_str_eq(forth.state, back.state);
}
END_TEST

// Each edit saw the one before.
START_TEST(edits_of_one_cell_are_told_with_what_stood_before)
{
	enum { EDITS = 200 };
	for (int i = 0; i < EDITS; i++)
		forge(&team, "team", "contact", arena_printf(&a, "Ann %d", i));
	struct history_filter f = HISTORY_ALL;
	struct history all;
	f.id = &team;
	f.field = "contact";
	MUST(history_list(s, &a, &f, &all, &e));
	ck_assert_uint_eq(all.count, EDITS);
	ck_assert_str_eq(all.item[0].new, arena_printf(&a, "Ann %d", EDITS - 1));
	ck_assert_str_eq(all.item[0].old, arena_printf(&a, "Ann %d", EDITS - 2));
	ck_assert_str_eq(all.item[EDITS - 2].old, "Ann 0");
	ck_assert_ptr_null(all.item[EDITS - 1].old);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("references");
	TCase *t = tcase_create("references");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, a_reference_to_a_record_of_another_kind_is_refused_with_its_name);
	tcase_add_test(t, one_of_several_kinds_and_one_that_is_not_in_this_copy_are_taken);
	tcase_add_test(t, a_record_made_in_the_same_save_is_judged_too);
	tcase_add_test(t, what_came_by_a_merge_is_shown_as_what_it_is_and_told_by_check);
	tcase_add_test(t, references_of_answers_and_of_sets_are_looked_at_too);
	tcase_add_test(t, a_record_that_names_itself_has_a_title_and_is_told);
	tcase_add_test(t, a_title_follows_three_records_and_no_more);
	tcase_add_test(t, a_title_has_a_budget_of_bytes_however_little_it_shows);
	suite_add_tcase(suite, t);
	TCase *much = tcase_create("much");
	tcase_set_timeout(much, 60); // the square of it takes minutes
	tcase_add_checked_fixture(much, set_up, tear_down);
	tcase_add_test(much, a_ring_is_told_and_a_chain_is_none);
	tcase_add_test(much, twenty_thousand_rows_of_one_list_are_hashed_in_their_order);
	tcase_add_test(much, edits_of_one_cell_are_told_with_what_stood_before);
	suite_add_tcase(suite, much);
	return test_run(suite);
}
