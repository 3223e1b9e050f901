// SPDX-License-Identifier: MIT
// The data grid of a measure: numbers typed, corrected, undone, pasted and read from a file; halves
// that wait; drafts; and that a screen costs as much as it shows.
#include "harness.h"

#include "tui/data/grid.h"

#include <plando/bundle.h>
#include <plando/entry.h>
#include <plando/history.h>
#include <plando/str.h>

#include <string.h>

static struct harness h;

static void start(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
}

static void stop(void)
{
	harness_close(&h);
}

static void measure_make(const char *line)
{
	const char *const lines[] = { "team team name=Numbers", line, NULL };
	harness_records(&h, h.app.store, lines);
}

static void grid_open(const char *measure)
{
	struct id id = harness_find(&h, "measure", measure);
	MUST(grid_screen_open(&h.app, &id, &e));
	app_draw(&h.app);
}

static struct grid_screen *grid(void)
{
	return (struct grid_screen *)app_top(&h.app);
}

// "date group=value/…" of all points.
static const char *points(const char *measure)
{
	struct id id = harness_find(&h, "measure", measure);
	struct entries all;
	struct str out = STR_IN(&h.arena);
	MUST(entries_load(h.app.store, &h.arena, &id, &all, &e));
	for (size_t i = 0; i < all.count; i++) {
		const char *const *f = all.item[i].field;
		str_printf(
		    &out, "%s%s%s", i ? " " : "", f[ENTRY_DATE], *f[ENTRY_STRATUM] ? "@" : "");
		str_printf(&out, "%s=%s", f[ENTRY_STRATUM], f[ENTRY_VALUE]);
		if (*f[ENTRY_NUMERATOR] || *f[ENTRY_DENOMINATOR])
			str_printf(&out, "%s/%s", f[ENTRY_NUMERATOR], f[ENTRY_DENOMINATOR]);
		if (*f[ENTRY_NOTE])
			str_printf(&out, "(%s)", f[ENTRY_NOTE]);
	}
	return str_done(&out);
}

#define POINTS(measure, want) ck_assert_str_eq(points(measure), want)

static const char WAIT[] =
    "m measure team=@team|name=Wait|data=value|interval=month|unit=days|direction=down";
static const char SEEN[] = "m measure team=@team|name=Seen|data=percent|interval=week|direction=up";

START_TEST(numbers_are_typed_below_each_other)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_shows(&h, "Type the first number and press Enter");
	harness_type(&h, "41");
	harness_keys(&h, "Enter");
	harness_type(&h, "1,040.5");
	harness_keys(&h, "Enter");
	harness_type(&h, "£39");
	harness_keys(&h, "Tab");
	harness_type(&h, "new desk");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-11-01=41 2026-12-01=1040.5 2027-01-01=39(new desk)");
	harness_expect(&h, "grid-typed");
}
END_TEST

START_TEST(a_correction_keeps_the_old_value_and_undo_brings_it_back)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_type(&h, "41");
	harness_keys(&h, "Enter Up");
	harness_type(&h, "14");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-11-01=14");
	harness_keys(&h, "F3");
	POINTS("Wait", "2026-11-01=41");
	harness_keys(&h, "Up F2");
	harness_type(&h, ".5");
	harness_keys(&h, "Esc");
	POINTS("Wait", "2026-11-01=41");
	struct id id = entry_id(&grid()->id, "2026-11-01", "", "");
	struct history_filter f = HISTORY_ALL;
	struct history all;
	f.id = &id;
	f.field = "value";
	MUST(history_list(h.app.store, &h.arena, &f, &all, &e));
	ck_assert_uint_eq(all.count, 3);
}
END_TEST

START_TEST(another_date_is_a_deletion_and_a_new_point_in_one_save)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_type(&h, "41");
	harness_keys(&h, "Enter Up Left");
	harness_type(&h, "1 oct 2026");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-10-01=41");
	harness_keys(&h, "F3");
	POINTS("Wait", "2026-11-01=41");
	harness_keys(&h, "Up Ctrl-X Right");
	POINTS("Wait", "");
	harness_type(
	    &h, "7"); // entered again under the same name, it is there again, empty but for this
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-11-01=7");
	struct store_facts facts;
	MUST(store_facts(h.app.store, &facts, &e));
	ck_assert_int_eq(facts.conflicts, 0);
}
END_TEST

START_TEST(a_month_is_typed_as_it_is_shown)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_keys(&h, "Left");
	harness_type(&h, "Dec 2025");
	harness_keys(&h, "Tab");
	harness_type(&h, "7,5");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2025-12-01=7.5");
}
END_TEST

START_TEST(what_was_refused_is_replaced_by_what_is_typed_next)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_type(&h, "12,875");
	harness_keys(&h, "Enter");
	harness_shows(&h, "“12,875” can be a decimal, or thousands; for thousands type no sign");
	POINTS("Wait", "");
	harness_type(&h, "12875");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-11-01=12875");
	harness_type(&h, "x1");
	harness_keys(&h, "Enter Home Del"); // a key that moves leaves it as it is
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-11-01=12875 2026-12-01=1");
	harness_keys(&h, "Up Left");
	harness_type(&h, "2204-05-01");
	harness_keys(&h, "Enter");
	harness_shows(&h, "“2204-05-01” lies more than a year ahead; check the year.");
}
END_TEST

START_TEST(a_numerator_waits_for_its_denominator)
{
	measure_make(SEEN);
	grid_open("Seen");
	harness_type(&h, "3");
	harness_keys(&h, "Tab");
	harness_shows(&h, "Not saved yet: a numerator needs its denominator.");
	POINTS("Seen", "");
	harness_type(&h, "2");
	harness_keys(&h, "Enter");
	harness_shows(&h, "the numerator is larger than the denominator");
	POINTS("Seen", "");
	harness_keys(&h, "Up");
	harness_type(&h, "12");
	harness_keys(&h, "Enter");
	POINTS("Seen", "2026-11-22=3/12");
	harness_shows(&h, " 25");
	harness_keys(&h, "Shift-Tab");
	harness_type(&h, "4/9");
	harness_keys(&h, "Enter");
	POINTS("Seen", "2026-11-22=3/12 2026-11-29=4/9");
}
END_TEST

START_TEST(what_is_no_number_stays_in_its_cell_with_the_reason)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_type(&h, "twelve");
	harness_keys(&h, "Enter");
	harness_shows(&h, "“twelve” is no number.");
	ck_assert(grid()->editing);
	harness_keys(&h, "Esc");
	POINTS("Wait", "");
}
END_TEST

START_TEST(a_percent_sign_is_taken_where_percentages_are_and_refused_elsewhere)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_type(&h, "85%");
	harness_keys(&h, "Enter");
	harness_shows(&h, "“85%” has a percent sign, and this is no percentage.");
	harness_keys(&h, "Esc");
	POINTS("Wait", "");
}
END_TEST

START_TEST(leaving_a_point_out_is_undone_in_the_grid)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_type(&h, "41");
	harness_keys(&h, "Enter Up F8");
	harness_type(&h, "a note");
	harness_keys(&h, "Enter F3 Up End Up Right");
	harness_type(&h, "flu week");
	harness_keys(&h, "Enter Up");
	harness_shows(&h, "Left out of the rules: flu week");
	harness_keys(&h, "F3 Up");
	harness_hides(&h, "flu week");
	POINTS("Wait", "2026-11-01=41");
}
END_TEST

START_TEST(a_value_beside_numerator_and_denominator_is_checked_and_that_is_said)
{
	measure_make(SEEN);
	grid_open("Seen");
	harness_paste(&h, "Date\tValue\tNumerator\tDenominator\n2026-11-01\t25\t1\t4\n"
			  "2026-11-08\t26\t1\t4\n");
	harness_shows(&h, "Value: Value, to be checked");
	harness_shows(&h, "Values are checked against numerator and denominator, which are kept.");
	harness_shows(&h, "1 to add");
	harness_shows(&h, "line 3: the value 26 is not 1 out of 4");
	harness_keys(&h, "Enter");
	POINTS("Seen", "2026-11-01=1/4");
}
END_TEST

static const char EVENTS[] = "m measure team=@team|name=Falls|data=time_between|interval=month";

START_TEST(a_second_event_of_one_date_is_typed_below_the_first)
{
	measure_make(EVENTS);
	grid_open("Falls");
	harness_type(&h, "12");
	harness_keys(&h, "Enter");
	harness_keys(&h, "Left");
	harness_type(&h, "2026-11-01");
	harness_keys(&h, "Tab");
	harness_shows(&h, "One more on this date");
	harness_type(&h, "3");
	harness_keys(&h, "Enter");
	POINTS("Falls", "2026-11-01=12 2026-11-01=3");
	harness_keys(&h, "Up"); // Enter went to the row that comes next
	harness_type(&h, "4");	// the second one is corrected, not the first
	harness_keys(&h, "Enter");
	POINTS("Falls", "2026-11-01=12 2026-11-01=4");
}
END_TEST

START_TEST(a_point_that_was_archived_and_is_typed_again_is_there_again)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_type(&h, "41");
	harness_keys(&h, "Enter");
	struct id id = entry_id(&grid()->id, "2026-11-01", "", "");
	MUST(archive_record(&h.app, &id, &e));
	harness_keys(&h, "Home");
	POINTS("Wait", "");
	harness_type(&h, "40");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-11-01=40");
}
END_TEST

static const char PASTE[] = "Month\tDays\r\n1/7/2026\t17\r\n1/8/2026\t\"1,014.0\"\r\n1/9/2026\t\r\n"
			    "1/10/2026\tabout 9\r\n1/11/2026\t41\r\n";

START_TEST(a_paste_is_shown_first_and_taken_as_one_save)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_type(&h, "41");
	harness_keys(&h, "Enter");
	harness_paste(&h, PASTE);
	harness_shows(&h, "3 to add · 0 to correct · 1 the same · 1 cannot be taken");
	harness_expect(&h, "grid-paste");
	POINTS("Wait", "2026-11-01=41");
	harness_keys(&h, "Esc");
	POINTS("Wait", "2026-11-01=41");
	harness_paste(&h, PASTE);
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-07-01=17 2026-08-01=1014.0 2026-09-01= 2026-11-01=41");
	harness_keys(&h, "F3");
	POINTS("Wait", "2026-11-01=41");
}
END_TEST

START_TEST(a_column_without_dates_goes_down_from_the_cursor)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_paste(&h, "1\n2\n\nx\n5\n");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-07-01=1 2026-08-01=2 2026-11-01=5"); // what is past ends now
	harness_keys(&h, "Home Down");
	harness_paste(&h, "20\tsnow\n30\t\n");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-07-01=1 2026-08-01=20(snow) 2026-11-01=30");
}
END_TEST

START_TEST(dates_that_can_be_read_in_two_ways_are_asked_about)
{
	measure_make(SEEN);
	grid_open("Seen");
	harness_paste(&h, "1/2/2026\t3\t10\n2/3/2026\t4\t10\n");
	harness_shows(&h, "What comes first in a date such as 1/2/2026?");
	harness_keys(&h, "Enter");
	POINTS("Seen", "");
	harness_keys(&h, "o Enter");
	POINTS("Seen", "2026-02-01=3/10 2026-03-02=4/10");
}
END_TEST

START_TEST(a_column_can_be_made_something_else)
{
	measure_make(WAIT);
	grid_open("Wait");
	harness_paste(&h, "2026-01-01\t3\tEast\n2026-01-01\t4\tWest\n");
	harness_shows(&h, "1 to add");
	harness_keys(&h, "Right Right c");
	while (!harness_has(&h, "East: Group"))
		harness_keys(&h, "c");
	harness_shows(&h, "2 to add");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-01-01@East=3 2026-01-01@West=4");
	harness_shows(&h, "Group");
}
END_TEST

START_TEST(a_file_is_looked_at_first_and_mapped)
{
	const char *path = test_path(&h.arena, "points.csv");
	const char text[] =
	    "Site;Week beginning;Days waited\nEast;2026-01-05;4,5\nWest;2026-01-05;5\n";
	measure_make(WAIT);
	test_write(path, text, sizeof text - 1);
	grid_open("Wait");
	harness_keys(&h, "F7");
	harness_type(&h, path);
	harness_keys(&h, "Enter");
	harness_shows(&h, "Week beginning: Date");
	harness_shows(&h, "Days waited: Value");
	harness_keys(&h, "c c");
	while (!harness_has(&h, "Site: Group"))
		harness_keys(&h, "c");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-01-05@East=4.5 2026-01-05@West=5");
}
END_TEST

START_TEST(a_value_half_typed_is_offered_again)
{
	h.env.state_home = test_path(&h.arena, "state");
	measure_make(WAIT);
	grid_open("Wait");
	harness_type(&h, "4");
	app_tick(&h.app);
	grid()->editing = false; // as if the program had been killed
	harness_keys(&h, "Esc");
	grid_open("Wait");
	harness_shows(&h, "Typed for 2026-11-01, not saved: “4”. Take it?");
	harness_keys(&h, "y");
	harness_type(&h, "1");
	harness_keys(&h, "Enter");
	POINTS("Wait", "2026-11-01=41");
	harness_keys(&h, "Esc");
	grid_open("Wait");
	harness_hides(&h, "Take it?");
}
END_TEST

// Ten thousand points cost a key what is in view, not what is there.
START_TEST(only_what_is_in_view_is_formatted)
{
	enum { MANY = 10000 };
	struct str text = STR_IN(&h.arena);
	measure_make("m measure team=@team|name=Daily|data=value|interval=day");
	for (int i = 0; i < MANY; i++) {
		char iso[DATE_TEXT];
		date_print_iso(10000 + i, iso);
		str_printf(&text, "%s\t%d\n", iso, i % 90);
	}
	grid_open("Daily");
	harness_paste(&h, str_done(&text));
	harness_keys(&h, "Enter");
	ck_assert_uint_eq(grid()->entries.count, MANY);
	static const char *const KEYS[] = { "Home", "PgDn", "Down", "End", "Up", "PgUp", "Right" };
	for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
		harness_keys(&h, KEYS[i]);
		ck_assert_uint_le(grid()->formatted, 24);
		ck_assert(!app_top(&h.app)->stale);
	}
	ck_assert_uint_gt(grid()->formatted, 10);
}
END_TEST

// Emergency departments by month, Danish hospitals by group.
START_TEST(published_measures_open_in_the_grid_and_as_a_chart)
{
	const char *path = test_published(&h.arena, "measures.yaml");
	struct bundle_report report;
	struct records all;
	size_t n;
	char *text = test_read(&h.arena, path, &n);
	ck_assert_ptr_nonnull(text);
	MUST(bundle_import(h.app.store, text, n, "measures.yaml", false, &report, &h.arena, &e));
	MUST(record_list(h.app.store, &h.arena, "measure", NULL, &all, &e));
	ck_assert_uint_gt(all.count, 10);
	for (size_t i = 0; i < all.count; i++) {
		MUST(grid_screen_open(&h.app, &all.item[i].id, &e));
		app_draw(&h.app);
		ck_assert_uint_le(grid()->formatted, 24);
		harness_keys(&h, "Home F4");
		harness_hides(&h, "Enter next");
		harness_keys(&h, "Esc Esc");
	}
}
END_TEST

START_TEST(every_size_is_drawn)
{
	static const int SIZE[][2] = { { 1, 1 }, { 5, 20 }, { 14, 50 }, { 24, 80 }, { 40, 120 },
		{ 60, 200 } };
	measure_make(SEEN);
	grid_open("Seen");
	harness_type(&h, "3/4");
	harness_keys(&h, "Enter");
	for (size_t i = 0; i < sizeof SIZE / sizeof *SIZE; i++) {
		harness_resize(&h, SIZE[i][0], SIZE[i][1]);
		harness_keys(&h, "Up Down Left Right");
		if (SIZE[i][0] >= 24)
			harness_expect(&h, "grid");
	}
	harness_resize(&h, 24, 80);
	harness_paste(&h, "2026-01-01\t1\t2\n");
	for (size_t i = 0; i < sizeof SIZE / sizeof *SIZE; i++) {
		harness_resize(&h, SIZE[i][0], SIZE[i][1]);
		harness_keys(&h, "Right Left Down");
		if (SIZE[i][0] >= 24)
			harness_expect(&h, "grid-intake");
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("grid");
	TCase *t = tcase_create("grid");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, numbers_are_typed_below_each_other);
	tcase_add_test(t, a_second_event_of_one_date_is_typed_below_the_first);
	tcase_add_test(t, a_correction_keeps_the_old_value_and_undo_brings_it_back);
	tcase_add_test(t, another_date_is_a_deletion_and_a_new_point_in_one_save);
	tcase_add_test(t, a_month_is_typed_as_it_is_shown);
	tcase_add_test(t, what_was_refused_is_replaced_by_what_is_typed_next);
	tcase_add_test(t, a_numerator_waits_for_its_denominator);
	tcase_add_test(t, what_is_no_number_stays_in_its_cell_with_the_reason);
	tcase_add_test(t, a_percent_sign_is_taken_where_percentages_are_and_refused_elsewhere);
	tcase_add_test(t, leaving_a_point_out_is_undone_in_the_grid);
	tcase_add_test(t, a_value_beside_numerator_and_denominator_is_checked_and_that_is_said);
	tcase_add_test(t, a_point_that_was_archived_and_is_typed_again_is_there_again);
	tcase_add_test(t, a_paste_is_shown_first_and_taken_as_one_save);
	tcase_add_test(t, a_column_without_dates_goes_down_from_the_cursor);
	tcase_add_test(t, dates_that_can_be_read_in_two_ways_are_asked_about);
	tcase_add_test(t, a_column_can_be_made_something_else);
	tcase_add_test(t, a_file_is_looked_at_first_and_mapped);
	tcase_add_test(t, a_value_half_typed_is_offered_again);
	tcase_add_test(t, only_what_is_in_view_is_formatted);
	tcase_add_test(t, published_measures_open_in_the_grid_and_as_a_chart);
	tcase_add_test(t, every_size_is_drawn);
	suite_add_tcase(s, t);
	return test_run(s);
}
