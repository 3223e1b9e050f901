// SPDX-License-Identifier: MIT
// Conflicts in the app: listed, marked, settled by keys (conflicts.c, resolver.c).
#include "harness.h"

#include <plando/below.h>
#include <plando/conflict.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

static struct harness h;
static struct env sam; // who edits the other copy

static void teardown(void)
{
	harness_close(&h);
}

// A minute passes after it.
static void edit(
    struct store *s, const char *kind, const char *name, const char *field, const char *value)
{
	harness_edit(&h, s, kind, name, field, value);
	h.world.now += 60000;
}

static void erase(struct store *s, const char *kind, const char *name)
{
	struct err why = { 0 };
	struct record r;
	MUST(record_find(s, &h.arena, kind, name, &r, &e));
	struct save *v = save_begin(s, &h.arena, &why);
	MUST(save_delete(v, &r.id, &e));
	MUST(save_commit(v, NULL, &e));
	h.world.now += 60000;
}

// The app's workbook and a copy that Sam edits; both changed apart, then merged here.
static const char *copy_begin(int rows, int cols, enum harness_look look, struct store **other)
{
	harness_open(&h, rows, cols, look);
	const char *path = test_path(&h.arena, "copy.plando");
	*other = harness_copy(&h, path, &sam);
	return path;
}

static void copy_end(struct store *other, const char *path)
{
	struct merge_report r;
	store_close(other);
	MUST(merge_file(h.app.store, path, false, &r, &e));
	h.world.now = 1795356120000;
	app_saved(&h.app);
	harness_keys(&h, ""); // the board has looked at its teams
}

static void apart(int rows, int cols, enum harness_look look)
{
	static const char TITLE[] = "All of Tuesday's clinic";
	struct store *other;
	const char *path = copy_begin(rows, cols, look, &other);
	h.world.now -= 4 * 86400000LL;
	edit(h.app.store, "pdsa", TITLE, "what_happened",
	    "Rang 10 families. 7 answered, 6 were glad of it.");
	edit(h.app.store, "pdsa", TITLE, "do_end", "2026-11-13");
	edit(h.app.store, "team", "Early help at home", "name", "Early help, at home");
	edit(other, "pdsa", TITLE, "what_happened",
	    "Rang 10 families. 7 answered. Two asked for a text instead.");
	edit(other, "pdsa", TITLE, "do_end", "2026-11-14");
	edit(other, "team", "Early help at home", "name", "Early help in the home");
	copy_end(other, path);
}

START_TEST(the_list_and_the_resolver_look_like_their_pictures)
{
	const struct harness_size *size = &HARNESS_SIZES[_i];
	apart(size->rows, size->cols, size->look);
	harness_keys(&h, "!");
	harness_expect(&h, arena_printf(&h.arena, "conflicts%s", size->suffix));
	harness_keys(&h, "Down Enter");
	harness_expect(&h, arena_printf(&h.arena, "resolver%s", size->suffix));
}
END_TEST

START_TEST(two_texts_are_offered_together_and_taken_by_a_key)
{
	apart(24, 80, LOOK_PLAIN);
	harness_shows(&h, "3 conflicts");
	harness_keys(&h, "! Down Enter");
	harness_shows(&h, "from Sam Okoro: “Two asked for a text");
	harness_keys(&h, "t");
	harness_shows(&h, "Settled; u undoes.");
	harness_shows(&h, "2 conflicts");
	struct record r;
	struct id id = harness_find(&h, "pdsa", "All of Tuesday's clinic");
	MUST(record_load(h.app.store, &h.arena, &id, &r, &e));
	ck_assert_str_eq(record_get(&r, "what_happened"),
	    "Rang 10 families. 7 answered, 6 were glad of it. Two asked for a text instead.");
	harness_keys(&h, "Esc u");
	harness_shows(&h, "3 conflicts");
	harness_keys(&h, "Home Down Enter"); // … between the same two people
	harness_shows(&h, "Wed 14:02, clinic-laptop");
	harness_shows(&h, "from Sam Okoro: “Two asked for a text");
}
END_TEST

START_TEST(going_through_all_of_them_ends_where_one_began)
{
	apart(24, 80, LOOK_PLAIN);
	harness_keys(&h, "! Enter");
	harness_shows(&h, "Conflict 1 of 3");
	harness_keys(&h, "l");
	harness_shows(&h, "Conflict 2 of 3");
	harness_keys(&h, "b 2");
	harness_shows(&h, "1 conflict");
	harness_keys(&h, "Enter 1");
	harness_shows(&h, "All conflicts are settled");
	harness_shows(&h, "No conflicts are open");
}
END_TEST

START_TEST(another_value_is_checked_like_any_other)
{
	apart(24, 80, LOOK_PLAIN);
	harness_keys(&h, "! Enter");
	harness_shows(&h, "› Done un");
	harness_keys(&h, "t");
	harness_shows(&h, "Only texts can be put together");
	harness_keys(&h, "e Ctrl-U");
	harness_type(&h, "never");
	harness_keys(&h, "Enter");
	harness_shows(&h, "is not a date");
	harness_keys(&h, "e Ctrl-U");
	harness_type(&h, "15 Nov");
	harness_keys(&h, "Enter");
	harness_shows(&h, "2 conflicts");
	struct record r;
	struct id id = harness_find(&h, "pdsa", "All of Tuesday's clinic");
	MUST(record_load(h.app.store, &h.arena, &id, &r, &e));
	ck_assert_str_eq(record_get(&r, "do_end"), "2026-11-15");
}
END_TEST

START_TEST(both_texts_go_into_the_field_to_be_edited)
{
	apart(24, 80, LOOK_PLAIN);
	harness_keys(&h, "! Down Enter e");
	harness_shows(&h, "Both are in the field now");
	harness_shows(&h, "What happened");
	harness_keys(&h, "End");
	harness_type(&h, " And so on.");
	harness_keys(&h, "Esc");
	struct record r;
	struct id id = harness_find(&h, "pdsa", "All of Tuesday's clinic");
	MUST(record_load(h.app.store, &h.arena, &id, &r, &e));
	ck_assert_ptr_nonnull(strstr(record_get(&r, "what_happened"), "And so on."));
}
END_TEST

START_TEST(lists_the_board_and_the_team_carry_marks)
{
	apart(24, 80, LOOK_PLAIN);
	harness_shows(&h, "!Child health hubs");
	harness_shows(&h, "!Early help");
	harness_hides(&h, "!One front door");
	harness_keys(&h, "Down Enter");
	harness_shows(&h, "! Two people changed the same thing differently");
	harness_keys(&h, "!");
	harness_shows(&h, "Child health hubs › Conflicts");
	harness_shows(&h, "2 of this team");
	harness_keys(&h, "Esc p");
	harness_shows(&h, "!└─2");
}
END_TEST

START_TEST(from_the_form_of_a_record_its_conflict_is_one_key_away)
{
	apart(24, 80, LOOK_PLAIN);
	struct id id = harness_find(&h, "pdsa", "All of Tuesday's clinic");
	MUST(form_screen_open(&h.app, "pdsa", &id, NULL, &e));
	app_draw(&h.app);
	harness_keys(&h, "F7");
	harness_shows(&h, "Take what Ana Silva says");
	harness_keys(&h, "Esc");
	id = harness_find(&h, "pdsa", "Rota on paper");
	MUST(form_screen_open(&h.app, "pdsa", &id, NULL, &e));
	harness_keys(&h, "F7");
	harness_shows(&h, "Nobody's words stand against another's");
}
END_TEST

START_TEST(a_delete_against_an_edit_keeps_the_record_and_says_what_was_edited)
{
	struct store *other;
	const char *path = copy_begin(24, 80, LOOK_PLAIN, &other);
	erase(h.app.store, "idea", "Weekly huddle");
	edit(other, "idea", "Weekly huddle", "text", "Weekly huddle, standing");
	copy_end(other, path);
	harness_keys(&h, "! Enter");
	harness_shows(&h, "Deleted it, not knowing of the change below.");
	harness_shows(&h, "Change idea: “Weekly huddle” → “Weekly huddle,");
	harness_keys(&h, "e");
	harness_shows(&h, "Keep it or delete it");
	harness_keys(&h, "2");
	harness_find(&h, "idea", "Weekly huddle, standing");
	ck_assert_int_eq(h.app.conflicts, 0);
}
END_TEST

START_TEST(what_was_made_twice_is_listed_until_somebody_puts_it_right)
{
	static const char *const MINE[] = { "- team name=Lewisham", NULL };
	static const char *const THEIRS[] = { "- team name=LEWISHAM", NULL };
	struct store *other;
	const char *path = copy_begin(24, 80, LOOK_PLAIN, &other);
	harness_records(&h, h.app.store, MINE);
	harness_records(&h, other, THEIRS);
	edit(h.app.store, "pdsa", "Rota on paper", "cycle_no", "7");
	copy_end(other, path);
	harness_keys(&h, "!");
	harness_shows(&h, "Two teams are called");
	harness_shows(&h, "Rename one");
}
END_TEST

START_TEST(the_list_is_calm_when_there_is_nothing_to_settle)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	harness_keys(&h, "!");
	harness_shows(&h, "No conflicts are open");
	harness_keys(&h, "Enter Esc");
}
END_TEST

// Sam deleted a measure with its points; here a point was typed below it.
static void orphaned(void)
{
	struct store *other;
	const char *path = copy_begin(24, 80, LOOK_PLAIN, &other);
	struct id id = harness_find(&h, "measure", "Mean wait");
	char text[ID_TEXT];
	struct save *v = save_begin(other, &h.arena, &(struct err){ 0 });
	MUST(below_delete(v, &id, NULL, &e));
	MUST(save_commit(v, NULL, &e));
	id_print(&id, text);
	v = save_begin(h.app.store, &h.arena, &(struct err){ 0 });
	struct id point;
	MUST(save_new(v, "point",
	    (const char *const[]){ "measure", text, "date", "2026-11-20", NULL }, &point, &e));
	MUST(save_cell(v, &point, "point", "value", "9", &e));
	MUST(save_commit(v, NULL, &e));
	copy_end(other, path);
}

START_TEST(what_stands_below_something_deleted_is_listed_kept_or_deleted)
{
	orphaned();
	harness_keys(&h, "!");
	harness_shows(&h, "Below something deleted");
	harness_shows(&h, "Sam Okoro deleted the measure “Mean wait”; 1 data point");
	harness_shows(&h, "b keeps it");
	harness_keys(&h, "b");
	harness_shows(&h, "It is there again, with all that was deleted with it; u undoes.");
	harness_shows(&h, "No conflicts are open");
	harness_keys(&h, "u");
	harness_shows(&h, "1 data point");
	harness_keys(&h, "Del");
	harness_shows(&h, "Deleted: 1 data point; u undoes.");
	harness_shows(&h, "No conflicts are open");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("conflict");
	TCase *cases = tcase_create("app");
	tcase_add_checked_fixture(cases, NULL, teardown);
	tcase_add_loop_test(cases, the_list_and_the_resolver_look_like_their_pictures, 0, 4);
	tcase_add_test(cases, two_texts_are_offered_together_and_taken_by_a_key);
	tcase_add_test(cases, going_through_all_of_them_ends_where_one_began);
	tcase_add_test(cases, another_value_is_checked_like_any_other);
	tcase_add_test(cases, both_texts_go_into_the_field_to_be_edited);
	tcase_add_test(cases, lists_the_board_and_the_team_carry_marks);
	tcase_add_test(cases, from_the_form_of_a_record_its_conflict_is_one_key_away);
	tcase_add_test(cases, a_delete_against_an_edit_keeps_the_record_and_says_what_was_edited);
	tcase_add_test(cases, what_was_made_twice_is_listed_until_somebody_puts_it_right);
	tcase_add_test(cases, the_list_is_calm_when_there_is_nothing_to_settle);
	tcase_add_test(cases, what_stands_below_something_deleted_is_listed_kept_or_deleted);
	suite_add_tcase(suite, cases);
	return test_run(suite);
}
