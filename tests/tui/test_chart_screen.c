// SPDX-License-Identifier: MIT
// The chart under a person's keys: reading points, baseline, goal, phases, points left out or
// marked, other types and rules; every change is one that u takes back.
#include "harness.h"
#include "tui/screens/screens.h"

#include <plando/chart_measure.h>
#include <plando/str.h>

#include <string.h>

static struct harness h;

// Mean wait of Child health hubs: 24 months, about 40, about 28 from the thirteenth on.
static void points(struct harness *to)
{
	static const int WAIT[] = { 41, 38, 42, 40, 37, 43, 39, 41, 40, 38, 42, 39, 30, 28, 27, 29,
		26, 28, 30, 27, 25, 28, 29, 26 };
	enum { COUNT = sizeof WAIT / sizeof *WAIT };
	const char *line[COUNT + 6];
	char id[ID_TEXT];
	struct id measure = harness_find(to, "measure", "Mean wait");
	id_print(&measure, id);
	size_t n = 0;
	for (int i = 0; i < COUNT; i++)
		line[n++] =
		    arena_printf(&to->arena, "p%d point measure=%s|date=%04d-%02d-01|value=%d", i,
			id, 2024 + (i + 10) / 12, (i + 10) % 12 + 1, WAIT[i]);
	for (int i = 0; i < 3; i++)
		line[n++] = arena_printf(&to->arena,
		    "g%d point measure=%s|date=2026-0%d-01|stratum=Fenwick|value=%d", i, id, i + 6,
		    20 + i);
	line[n] = NULL;
	harness_records(to, to->app.store, line);
	app_saved(&to->app);
}

static void open_at(int rows, int cols)
{
	struct err e = { 0 };
	harness_open(&h, rows, cols, LOOK_PLAIN);
	points(&h);
	struct id measure = harness_find(&h, "measure", "Mean wait");
	ck_assert_msg(chart_screen_open(&h.app, &measure, &e), "%s", e.text);
	harness_keys(&h, "");
}

static void begin(void)
{
	open_at(24, 80);
}

static void end(void)
{
	harness_close(&h);
}

static const char *field(const char *kind, const char *name, const char *field)
{
	struct record r;
	struct id id = harness_find(&h, kind, name);
	MUST(record_load(h.app.store, &h.arena, &id, &r, &e));
	return record_get(&r, field);
}

START_TEST(a_chart_looks_as_its_picture)
{
	static const int SIZE[][2] = { { 24, 80 }, { 40, 120 }, { 60, 200 } };
	end();
	open_at(SIZE[_i][0], SIZE[_i][1]);
	harness_expect(&h, "chart");
}
END_TEST

START_TEST(the_finding_stands_first_and_the_point_is_read_below)
{
	harness_shows(&h, "Improvement signal since Oct 2025: 13 points in a row below the median");
	harness_shows(&h, "Oct 2026: 26 days");
	harness_keys(&h, "Left");
	harness_shows(&h, "Sep 2026: 29 days");
	harness_keys(&h, "Home");
	harness_shows(&h, "Nov 2024: 41 days");
	harness_keys(&h, "Left End");
	harness_shows(&h, "Oct 2026: 26 days");
}
END_TEST

START_TEST(the_baseline_ends_at_the_cursor_and_u_takes_it_back)
{
	harness_keys(&h, "Home Right Right Right Right Right Right Right Right Right b");
	harness_shows(&h, "The baseline ends at Aug 2025; u undoes.");
	ck_assert_str_eq(field("measure", "Mean wait", "baseline_end"), "2025-08-01");
	harness_shows(&h, "median of the first 10 points (to Aug");
	harness_keys(&h, "u");
	ck_assert_ptr_null(field("measure", "Mean wait", "baseline_end"));
	harness_keys(&h, "b b");
	ck_assert_ptr_null(field("measure", "Mean wait", "baseline_end"));
}
END_TEST

START_TEST(points_are_joined_in_braille_dots_when_somebody_asks_and_in_lines_again)
{
	const char *lines = harness_picture(&h);
	ck_assert_ptr_null(strstr(lines, "\u28c0"));
	harness_keys(&h, "B");
	harness_shows(&h, "Points are joined in braille dots; B goes back to lines.");
	harness_expect(&h, "chart-braille");
	harness_keys(&h, "B Left Right");
	ck_assert_str_eq(harness_picture(&h), lines);
}
END_TEST

// In the state folder, where the next run of the app finds it.
START_TEST(braille_dots_are_remembered)
{
	struct app next;
	h.env.state_home = test_path(&h.arena, "state");
	harness_keys(&h, "B");
	MUST(app_open(&next, &APP_SCREENS, h.term, &h.env, NULL, &e));
	ck_assert(next.braille);
	app_close(&next);
	harness_keys(&h, "B");
	MUST(app_open(&next, &APP_SCREENS, h.term, &h.env, NULL, &e));
	ck_assert(!next.braille);
	app_close(&next);
}
END_TEST

// From the top of the axis to its dates.
START_TEST(more_than_half_of_24_rows_are_the_plots_and_a_hair_shows_the_point)
{
	int rows = 0, hair = 0;
	bool plot = false;
	harness_keys(&h, "Left Left Left");
	for (const char *line = harness_picture(&h); *line; line += strcspn(line, "\n") + 1) {
		const char *end = line + strcspn(line, "\n"), *dates = strstr(line, "Jan 2025");
		const char *axis = strstr(line, "┤"), *at = strstr(line, "┊");
		plot = plot || (axis && axis < end);
		rows += plot;
		hair += at && at < end;
		if (dates && dates < end)
			break;
	}
	ck_assert_int_gt(rows, 24 / 2);
	ck_assert_int_gt(hair, rows / 2);
}
END_TEST

START_TEST(a_phase_needs_a_reason)
{
	harness_keys(&h,
	    "Home Right Right Right Right Right Right Right Right Right Right Right Right p Enter");
	harness_shows(&h, "No phase: it needs a reason.");
	harness_keys(&h, "p");
	harness_type(&h, "The advice line is normal work");
	harness_keys(&h, "Enter");
	harness_shows(&h, "2 phases, each analysed alone");
	harness_shows(&h, "A new phase: The advice line is normal work");
	ck_assert_str_eq(field("mark", "The advice line is normal work", "type"), "phase");
	harness_keys(&h, "u");
	harness_hides(&h, "2 phases");
	harness_keys(&h, "Home p");
	harness_shows(&h, "The first phase begins with the first point");
}
END_TEST

START_TEST(a_point_is_left_out_with_a_reason_and_taken_in_again_and_u_takes_either_back)
{
	harness_keys(&h, "x");
	harness_type(&h, "Flu week");
	harness_keys(&h, "Enter");
	harness_shows(&h, "left out: Flu week");
	harness_shows(&h, "1 left out");
	harness_keys(&h, "u");
	harness_hides(&h, "left out: Flu week");
	harness_keys(&h, "Ctrl-Y");
	harness_shows(&h, "left out: Flu week");
	harness_keys(&h, "x");
	harness_hides(&h, "left out: Flu week");
	harness_keys(&h, "u");
	harness_shows(&h, "left out: Flu week");
}
END_TEST

START_TEST(an_unusual_point_is_marked_by_people_and_u_takes_either_back)
{
	harness_keys(&h, "*");
	harness_type(&h, "Strike");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Oct 2026: 26 days, in an unusually long run, unusual");
	harness_shows(&h, "×");
	harness_keys(&h, "u");
	harness_hides(&h, "run, unusual");
	harness_keys(&h, "Ctrl-Y");
	harness_shows(&h, "run, unusual");
	harness_keys(&h, "*");
	harness_shows(&h, "Not marked as unusual any more");
	harness_keys(&h, "u");
	harness_shows(&h, "run, unusual");
}
END_TEST

START_TEST(a_goal_is_set_where_it_is_seen)
{
	harness_keys(&h, "=");
	harness_keys(&h, "Ctrl-U");
	harness_type(&h, "25");
	harness_keys(&h, "Enter");
	ck_assert_str_eq(field("measure", "Mean wait", "goal"), "25");
	harness_shows(&h, "goal 25 days");
	harness_keys(&h, "=");
	harness_type(&h, "x");
	harness_keys(&h, "Enter");
	ck_assert_str_eq(field("measure", "Mean wait", "goal"), "25");
	harness_keys(&h, "u");
	ck_assert_str_eq(field("measure", "Mean wait", "goal"), "20");
}
END_TEST

START_TEST(other_types_and_rules_are_shown_and_saved_only_on_purpose)
{
	harness_keys(&h, "t");
	harness_shows(&h, "I chart, Anhøj (not saved)");
	ck_assert_ptr_null(field("measure", "Mean wait", "chart"));
	harness_keys(&h, "r r");
	harness_shows(&h, "I chart, Making Data Count (not saved)");
	harness_shows(&h, "Variation: improvement.");
	harness_keys(&h, "s");
	ck_assert_str_eq(field("measure", "Mean wait", "chart"), "i");
	ck_assert_str_eq(field("measure", "Mean wait", "rules"), "mdc");
	harness_hides(&h, "(not saved)");
	harness_keys(&h, "u");
	ck_assert_ptr_null(field("measure", "Mean wait", "rules"));
}
END_TEST

START_TEST(each_type_that_t_comes_to_can_be_drawn)
{
	for (int i = 0; i < CHART_TYPES; i++) {
		harness_keys(&h, "t");
		harness_hides(&h, "It cannot be charted so");
	}
}
END_TEST

START_TEST(a_group_has_a_chart_of_its_own_and_few_points_say_how_many_more)
{
	harness_keys(&h, "Tab");
	harness_shows(&h, "Mean wait, days · Fenwick");
	harness_shows(&h, "8 more points not on the median are needed before a signal can be told");
	harness_keys(&h, "Tab");
	harness_hides(&h, "Fenwick");
}
END_TEST

START_TEST(enter_edits_the_point_and_n_enters_one)
{
	harness_keys(&h, "Enter");
	harness_shows(&h, "2026");
	harness_shows(&h, "Numerator");
	harness_keys(&h, "Esc n");
	harness_shows(&h, "Date");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Improvement signal");
}
END_TEST

START_TEST(a_measure_without_points_says_what_to_do)
{
	struct err e = { 0 };
	struct id measure = harness_find(&h, "measure", "Same-day answers");
	ck_assert(chart_screen_open(&h.app, &measure, &e));
	harness_keys(&h, "Left End b p x *");
	harness_shows(&h, "No data points yet");
	harness_shows(&h, "n enters the first one");
}
END_TEST

START_TEST(the_chart_is_opened_from_the_list_of_measures)
{
	harness_keys(&h, "Esc Down Enter");
	while (!harness_has(&h, "> Measures"))
		harness_keys(&h, "Down");
	harness_keys(&h, "Enter c");
	harness_shows(&h, "Improvement signal");
}
END_TEST

START_TEST(the_board_counts_signals_by_sign)
{
	harness_keys(&h, "Esc");
	harness_shows(&h, "Signals");
	harness_shows(&h, "▲1 …1");
}
END_TEST

START_TEST(v_shows_the_groups_beside_each_other_and_the_gap_to_the_marked_one)
{
	static const char *const LINE[] = {
		"a point measure=@m|date=2026-06-01|stratum=North|numerator=40|denominator=80",
		"b point measure=@m|date=2026-06-01|stratum=South|numerator=20|denominator=100",
		"c point measure=@m|date=2026-06-01|stratum=Isle|numerator=1|denominator=9", NULL
	};
	const char *line[8];
	char id[ID_TEXT];
	struct err e = { 0 };
	harness_keys(&h, "v");
	harness_shows(&h, "groups are compared by percentages or rates");
	struct id team = harness_find(&h, "team", "Child health hubs");
	id_print(&team, id);
	harness_records(&h, h.app.store,
	    (const char *const[]){
		arena_printf(
		    &h.arena, "m measure team=%s|name=Seen in time|type=process|data=percent", id),
		NULL });
	struct id measure = harness_find(&h, "measure", "Seen in time");
	id_print(&measure, id);
	for (size_t i = 0; i < 4; i++)
		line[i] =
		    LINE[i] ? arena_printf(&h.arena, "%.16s%s%s", LINE[i], id, strchr(LINE[i], '|'))
			    : NULL;
	harness_records(&h, h.app.store, line);
	ck_assert_msg(chart_screen_open(&h.app, &measure, &e), "%s", e.text);
	harness_keys(&h, "v");
	harness_shows(&h, "1 of 2 groups differs from the rest: North above the limits");
	harness_shows(&h, "Isle: fewer than 5 counted; not shown");
	harness_hides(&h, "11.1");
	harness_keys(&h, "Down Tab Down");
	harness_shows(&h, "Gap between North (40 of 80) and South (20 of 100)");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Seen in time");
	harness_hides(&h, "Gap between");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("chart_screen");
	TCase *t = tcase_create("keys");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_loop_test(t, a_chart_looks_as_its_picture, 0, 3);
	tcase_add_test(t, the_finding_stands_first_and_the_point_is_read_below);
	tcase_add_test(t, the_baseline_ends_at_the_cursor_and_u_takes_it_back);
	tcase_add_test(t, points_are_joined_in_braille_dots_when_somebody_asks_and_in_lines_again);
	tcase_add_test(t, braille_dots_are_remembered);
	tcase_add_test(t, more_than_half_of_24_rows_are_the_plots_and_a_hair_shows_the_point);
	tcase_add_test(t, a_phase_needs_a_reason);
	tcase_add_test(
	    t, a_point_is_left_out_with_a_reason_and_taken_in_again_and_u_takes_either_back);
	tcase_add_test(t, an_unusual_point_is_marked_by_people_and_u_takes_either_back);
	tcase_add_test(t, a_goal_is_set_where_it_is_seen);
	tcase_add_test(t, other_types_and_rules_are_shown_and_saved_only_on_purpose);
	tcase_add_test(t, each_type_that_t_comes_to_can_be_drawn);
	tcase_add_test(t, a_group_has_a_chart_of_its_own_and_few_points_say_how_many_more);
	tcase_add_test(t, enter_edits_the_point_and_n_enters_one);
	tcase_add_test(t, a_measure_without_points_says_what_to_do);
	tcase_add_test(t, the_chart_is_opened_from_the_list_of_measures);
	tcase_add_test(t, the_board_counts_signals_by_sign);
	tcase_add_test(t, v_shows_the_groups_beside_each_other_and_the_gap_to_the_marked_one);
	suite_add_tcase(s, t);
	return test_run(s);
}
