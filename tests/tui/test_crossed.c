// SPDX-License-Identifier: MIT
// Two people in one place: what Sam writes into the workbook while a field, a box or a cell of it
// is being typed in stands beside what is typed, and that is said in words that stay.
#include "harness.h"
#include "tui/screens/screens.h"

#include <plando/conflict.h>
#include <plando/entry.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

static struct harness h;

static void start(void)
{
	harness_open(&h, 30, 100, LOOK_PLAIN);
	h.env.state_home = test_path(&h.arena, "state");
}

static void stop(void)
{
	harness_close(&h);
}

static void sam_writes(const char *kind, const struct id *id, const char *field, const char *value)
{
	struct env sam = h.env;
	struct err why = { 0 };
	struct arena a = { 0 };
	sam.author = "Sam Okoro";
	struct store *s = store_open(h.path, STORE_WRITE, &sam, &why);
	struct save *v = s ? save_begin(s, &a, &why) : NULL;
	ck_assert_msg(
	    v && save_field(v, id, kind, field, value, &why) && save_commit(v, NULL, &why), "%s",
	    why.text);
	store_close(s);
	arena_free(&a);
}

// "mine|theirs" of that cell, as its conflict has them; else what it holds.
static const char *standing(const struct id *id, const char *field)
{
	struct conflict c;
	struct err none = { 0 };
	struct record r;
	if (conflict_find(h.app.store, &h.arena, id, field, &c, &none))
		return arena_printf(&h.arena, "%s|%s", c.values[0].value, c.values[1].value);
	MUST(record_load(h.app.store, &h.arena, id, &r, &e));
	return record_get(&r, field) ? record_get(&r, field) : "";
}

// Its words stand through the keys that follow, until the conflicts are looked at.
static void told_for_good(const char *words, const char *keys)
{
	harness_shows(&h, words);
	harness_keys(&h, keys);
	harness_shows(&h, words);
}

// Told of it at once, or only when it is saved: by the tick of a second, or none.
static void seconds(int ticks)
{
	while (ticks-- > 0) {
		app_tick(&h.app);
		app_draw(&h.app);
	}
}

START_TEST(a_field_of_a_form)
{
	struct id id = harness_find(&h, "pdsa", "Both clinics, one week");
	MUST(form_screen_open(&h.app, "pdsa", &id, NULL, &e));
	app_draw(&h.app);
	harness_type(&h, "Mine");
	sam_writes("pdsa", &id, "objective", "Theirs");
	seconds(_i);
	harness_keys(&h, "Tab");
	ck_assert_str_eq(standing(&id, "objective"), "Theirs|Mine");
	told_for_good("While you typed, Sam Okoro changed", "Tab");
	harness_shows(&h, "F7 shows them");
	harness_keys(&h, "F7");
	harness_keys(&h, "Esc");
	harness_hides(&h, "While you typed");
}
END_TEST

START_TEST(a_field_that_was_only_looked_at_writes_nothing)
{
	struct id id = harness_find(&h, "pdsa", "Both clinics, one week");
	MUST(form_screen_open(&h.app, "pdsa", &id, NULL, &e));
	app_draw(&h.app);
	sam_writes("pdsa", &id, "objective", "Theirs");
	seconds(_i);
	harness_keys(&h, "Tab");
	ck_assert_str_eq(standing(&id, "objective"), "Theirs");
	harness_hides(&h, "While you typed");
}
END_TEST

// The program dies with the text typed; Sam's comes before it is taken up again.
START_TEST(a_draft_of_a_field_was_begun_before_what_came_since)
{
	struct id id = harness_find(&h, "pdsa", "Both clinics, one week");
	MUST(form_screen_open(&h.app, "pdsa", &id, NULL, &e));
	app_draw(&h.app);
	harness_type(&h, "Mine");
	app_tick(&h.app);
	app_close(&h.app);
	MUST((h.app.store = store_open(h.path, STORE_WRITE, &h.env, &e)) != NULL);
	sam_writes("pdsa", &id, "objective", "Theirs");
	MUST(app_open(&h.app, &APP_SCREENS, h.term, &h.env, h.app.store, &e));
	MUST(form_screen_open(&h.app, "pdsa", &id, NULL, &e));
	app_draw(&h.app);
	harness_keys(&h, "y");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(standing(&id, "objective"), "Theirs|Mine");
}
END_TEST

START_TEST(a_box_of_the_diagram)
{
	struct id id = harness_find(&h, "driver", "Early, right advice");
	struct record was;
	MUST(record_load(h.app.store, &h.arena, &id, &was, &e));
	harness_keys(&h, "Down d Right Enter");
	harness_shows(&h, record_get(&was, "text"));
	harness_type(&h, " mine");
	sam_writes("driver", &id, "text", "Theirs");
	seconds(_i);
	harness_keys(&h, "Enter");
	ck_assert_str_eq(standing(&id, "text"),
	    arena_printf(&h.arena, "Theirs|%s mine", record_get(&was, "text")));
	told_for_good("While you typed, Sam Okoro changed", "Down");
}
END_TEST

static struct id wait_point(const char *date)
{
	struct id measure = harness_find(&h, "measure", "Wait");
	return entry_id(&measure, date, "", "");
}

static void measure_make(void)
{
	static const char *const LINES[] = { "w team name=Numbers",
		"m measure team=@w|name=Wait|data=value|interval=month|unit=days|direction=down",
		"p point measure=@m|date=2026-11-01|value=25", NULL };
	harness_records(&h, h.app.store, LINES);
}

START_TEST(a_cell_of_a_measure_s_grid)
{
	measure_make();
	struct id measure = harness_find(&h, "measure", "Wait"), id = wait_point("2026-11-01");
	MUST(grid_screen_open(&h.app, &measure, &e));
	app_draw(&h.app);
	harness_keys(&h, "Up");
	harness_type(&h, "29");
	sam_writes("point", &id, "value", "31");
	seconds(_i);
	harness_keys(&h, "Enter");
	ck_assert_str_eq(standing(&id, "value"), "31|29");
	told_for_good("While you typed, Sam Okoro changed", "Up");
}
END_TEST

START_TEST(a_cell_of_a_team_s_grid)
{
	measure_make();
	struct id team = harness_find(&h, "team", "Numbers"), id = wait_point("2026-11-01");
	MUST(team_grid_open(&h.app, &team, NULL, &e));
	app_draw(&h.app);
	harness_keys(&h, "Right");
	harness_shows(&h, "1 Nov 2026");
	harness_type(&h, "29");
	sam_writes("point", &id, "value", "31");
	seconds(_i);
	harness_keys(&h, "Enter");
	ck_assert_str_eq(standing(&id, "value"), "31|29");
	told_for_good("While you typed, Sam Okoro changed", "Left");
}
END_TEST

// The grid shows 25; 31 came before the first key, unseen.
START_TEST(what_came_before_the_first_key_and_was_not_shown_was_not_seen)
{
	measure_make();
	struct id measure = harness_find(&h, "measure", "Wait"), id = wait_point("2026-11-01");
	MUST(grid_screen_open(&h.app, &measure, &e));
	app_draw(&h.app);
	harness_keys(&h, "Up");
	sam_writes("point", &id, "value", "31");
	harness_type(&h, "29");
	harness_keys(&h, "Enter");
	ck_assert_str_eq(standing(&id, "value"), "31|29");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("crossed");
	TCase *c = tcase_create("crossed");
	tcase_add_checked_fixture(c, start, stop);
	tcase_add_loop_test(c, a_field_of_a_form, 0, 2);
	tcase_add_loop_test(c, a_field_that_was_only_looked_at_writes_nothing, 0, 2);
	tcase_add_test(c, a_draft_of_a_field_was_begun_before_what_came_since);
	tcase_add_loop_test(c, a_box_of_the_diagram, 0, 2);
	tcase_add_loop_test(c, a_cell_of_a_measure_s_grid, 0, 2);
	tcase_add_loop_test(c, a_cell_of_a_team_s_grid, 0, 2);
	tcase_add_test(c, what_came_before_the_first_key_and_was_not_shown_was_not_seen);
	suite_add_tcase(s, c);
	return test_run(s);
}
