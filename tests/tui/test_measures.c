// SPDX-License-Identifier: MIT
// The summary table of measures: of a team and of all, at three sizes and in ASCII, drawn at every
// size, and what its keys do.
#include "harness.h"

#include <plando/str.h>
#include <plando/summary.h>

#include <math.h>
#include <string.h>

static struct harness h;

static void add(const char *line)
{
	harness_records(&h, h.app.store, (const char *const[]){ line, NULL });
}

// A month a value, from October 2026 backwards by `late` months.
static void points(const char *measure, const int *value, int count, int late)
{
	const char *line[40];
	char id[ID_TEXT];
	struct id of = harness_find(&h, "measure", measure);
	id_print(&of, id);
	for (int i = 0; i < count; i++) {
		int month = 2026 * 12 + 9 - late - (count - 1 - i);
		line[i] = arena_printf(&h.arena, "- point measure=%s|date=%04d-%02d-01|value=%d",
		    id, month / 12, month % 12 + 1, value[i]);
	}
	line[count] = NULL;
	harness_records(&h, h.app.store, line);
}

static void open(int rows, int cols, enum harness_look look)
{
	static const int DOWN[] = { 41, 38, 42, 40, 37, 43, 39, 41, 40, 38, 42, 39, 30, 28, 27, 29,
		26, 28, 30, 27, 25, 28, 29, 26 };
	static const int EVEN[] = { 5, 7, 4, 6, 5, 8, 4, 6, 7, 5, 6, 4, 7, 5 };
	harness_open(&h, rows, cols, look);
	add("- measure team=@door|name=Weeks until a first "
	    "look|type=outcome|unit=weeks|direction=down|goal=20|goal_by=2027-03-31|"
	    "baseline_end=2025-10-01|rules=mdc");
	add("- measure "
	    "team=@door|name=日本語で聞いた家族の数と、その後の|type=process|direction=up");
	add("- measure team=@door|name=Complaints|type=balancing|direction=down");
	points("Weeks until a first look", DOWN, 24, 0);
	points("日本語で聞いた家族の数と、その後の", EVEN, 14, 4);
	points("Mean wait", DOWN, 24, 0);
	app_saved(&h.app);
	app_draw(&h.app);
}

static void setup(void)
{
	open(24, 80, LOOK_PLAIN);
}

static void teardown(void)
{
	harness_close(&h);
}

static void all(void)
{
	MUST(measures_screen_open(&h.app, NULL, &e));
	harness_keys(&h, "Ctrl-L");
}

static void of_team(void)
{
	struct id team = harness_find(&h, "team", "One front door");
	MUST(measures_screen_open(&h.app, &team, &e));
	harness_keys(&h, "Ctrl-L");
}

static const struct {
	const char *name;
	void (*show)(void);
} SCREENS[] = { { "summary", all }, { "summary-team", of_team } };
enum { SCREENS_COUNT = sizeof SCREENS / sizeof *SCREENS };

START_TEST(each_looks_as_its_picture)
{
	for (size_t i = 0; i < sizeof HARNESS_SIZES / sizeof *HARNESS_SIZES; i++) {
		const struct harness_size *size = &HARNESS_SIZES[i];
		open(size->rows, size->cols, size->look);
		SCREENS[_i].show();
		harness_expect(&h, arena_printf(&h.arena, "%s%s", SCREENS[_i].name, size->suffix));
		harness_close(&h);
	}
}
END_TEST

START_TEST(each_is_drawn_at_every_size)
{
	static const int ROWS[] = { 1, 2, 5, 9, 10, 14, 20, 60, 0 };
	static const int COLS[] = { 1, 2, 7, 20, 40, 53, 61, 70, 79, 99, 104, 138, 200, 0 };
	open(24, 80, LOOK_PLAIN);
	SCREENS[_i].show();
	harness_every_size(&h, ROWS, COLS);
	harness_close(&h);
}
END_TEST

START_TEST(the_cursor_goes_from_measure_to_measure_and_says_what_its_chart_says)
{
	all();
	harness_shows(&h, "> Mean wait");
	harness_shows(&h, "Improvement signal since");
	harness_keys(&h, "End");
	harness_shows(&h, "> Complaints");
	harness_shows(&h, "No data points yet");
	harness_keys(&h, "Up");
	harness_shows(&h, "two intervals ago or more");
	harness_keys(&h, "Up c");
	harness_shows(&h, "Weeks until a first look, weeks");
	harness_keys(&h, "q d");
	harness_shows(&h, "Weeks until a first look · One front door");
	harness_keys(&h, "Esc Enter");
	harness_shows(&h, "Outcome");
	harness_keys(&h, "Esc /");
	harness_type(&h, "stale");
	harness_keys(&h, "Enter");
	harness_hides(&h, "Mean wait");
	harness_shows(&h, "日本語");
}
END_TEST

START_TEST(a_new_measure_is_the_teams_under_the_cursor_and_is_found_again)
{
	all();
	harness_keys(&h, "End n");
	harness_type(&h, "Rung back");
	harness_keys(&h, "Esc");
	harness_shows(&h, "> Rung back");
	struct record r;
	struct id id = harness_find(&h, "measure", "Rung back");
	struct id team = harness_find(&h, "team", "One front door");
	char door[ID_TEXT];
	id_print(&team, door);
	MUST(record_load(h.app.store, &h.arena, &id, &r, &e));
	ck_assert_str_eq(record_get(&r, "team"), door);
}
END_TEST

START_TEST(an_archived_measure_goes_and_is_shown_on_request)
{
	of_team();
	harness_keys(&h, "End x");
	harness_hides(&h, "> Complaints");
	harness_keys(&h, "a");
	harness_shows(&h, "(archived) Complaints");
	harness_keys(&h, "u a");
	harness_shows(&h, "Complaints");
	harness_hides(&h, "(archived)");
}
END_TEST

START_TEST(a_row_says_what_the_chart_of_its_measure_says)
{
	struct summary s;
	MUST(summary_load(h.app.store, &h.arena, NULL, false, false, &s, &e));
	ck_assert_uint_eq(s.count, 5);
	for (size_t i = 0; i < s.count; i++) {
		struct measure m;
		struct chart_source source;
		struct chart chart;
		struct chart_face face;
		enum chart_rules usual;
		MUST(chart_rules_load(h.app.store, &usual, &e));
		MUST(measure_load(
		    h.app.store, &h.arena, &s.row[i].id, store_today(h.app.store), &m, &e));
		MUST(chart_source(&h.arena, &m, &m.whole, usual, &source, &e));
		MUST(chart_make(
		    &h.arena, source.data, source.count, &source.options, &chart, NULL, &e));
		chart_face_of(&m, &m.whole, &face);
		ck_assert_str_eq(s.row[i].finding, chart_finding(&h.arena, &chart, &face));
		ck_assert_str_eq(s.row[i].sign, chart_sign(&chart, false));
	}
}
END_TEST

START_TEST(a_course_is_bars_between_its_least_and_its_greatest)
{
	struct summary_row r = { .course = { 9, 1, 2, NAN, 3 }, .courses = 5 };
	ck_assert_str_eq(summary_spark(&h.arena, &r, 4, false), "▁▅ █");
	ck_assert_str_eq(summary_spark(&h.arena, &r, 24, true), "901 2");
	r = (struct summary_row){ .course = { 7, 7 }, .courses = 2 };
	ck_assert_str_eq(summary_spark(&h.arena, &r, 24, true), "55");
	r.courses = 0;
	ck_assert_str_eq(summary_spark(&h.arena, &r, 24, false), "");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("measures");
	TCase *t = tcase_create("pictures");
	tcase_add_loop_test(t, each_looks_as_its_picture, 0, SCREENS_COUNT);
	tcase_add_loop_test(t, each_is_drawn_at_every_size, 0, SCREENS_COUNT);
	tcase_set_timeout(t, 120);
	suite_add_tcase(s, t);
	t = tcase_create("keys");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_cursor_goes_from_measure_to_measure_and_says_what_its_chart_says);
	tcase_add_test(t, a_new_measure_is_the_teams_under_the_cursor_and_is_found_again);
	tcase_add_test(t, an_archived_measure_goes_and_is_shown_on_request);
	tcase_add_test(t, a_row_says_what_the_chart_of_its_measure_says);
	tcase_add_test(t, a_course_is_bars_between_its_least_and_its_greatest);
	suite_add_tcase(s, t);
	return test_run(s);
}
