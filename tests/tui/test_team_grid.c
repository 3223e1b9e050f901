// SPDX-License-Identifier: MIT
// The data grid of a team: measures of months and of weeks, groups, values of the whole; typed,
// corrected, emptied, undone; where a new value falls; notes; drafts; and that a screen costs as
// much as it shows.
#include "harness.h"

#include "tui/data/team_grid.h"

#include <plando/str.h>

#include <string.h>

static struct harness h;
static struct id team;

static void measure(const char *name, const char *more)
{
	char id[ID_TEXT];
	id_print(&team, id);
	harness_records(&h, h.app.store,
	    (const char *[]){
		arena_printf(&h.arena, "m measure team=%s|name=%s|%s", id, name, more), NULL });
}

// "2026-01-01=41 2026-02-01@East=3/10"
static void points(const char *name, const char *list)
{
	const char *line[64];
	char id[ID_TEXT], *copy = arena_strdup(&h.arena, list);
	struct id of = harness_find(&h, "measure", name);
	size_t n = 0;
	id_print(&of, id);
	for (char *at = strtok(copy, " "); at; at = strtok(NULL, " ")) {
		char *value = strchr(at, '='), *group = strchr(at, '@'), *over;
		*value++ = '\0';
		if (group)
			*group++ = '\0';
		over = strchr(value, '/');
		if (over)
			*over++ = '\0';
		line[n++] = arena_printf(&h.arena, "- point measure=%s|date=%s%s%s|%s=%s%s%s", id,
		    at, group ? "|stratum=" : "", group ? group : "", over ? "numerator" : "value",
		    value, over ? "|denominator=" : "", over ? over : "");
	}
	line[n] = NULL;
	harness_records(&h, h.app.store, line);
}

static struct team_grid *grid(void)
{
	return (struct team_grid *)app_top(&h.app);
}

static void grid_open(void)
{
	MUST(team_grid_open(&h.app, &team, NULL, &e));
	app_draw(&h.app);
}

static void open_at(int rows, int cols, enum harness_look look)
{
	static const char *const LINES[] = { "team team name=Advice line", NULL };
	harness_open(&h, rows, cols, look);
	harness_records(&h, h.app.store, LINES);
	team = harness_find(&h, "team", "Advice line");
	measure("Mean wait for advice", "type=outcome|unit=days|direction=down|interval=month");
	points("Mean wait for advice",
	    "2026-05-01=41 2026-06-01=38.5 2026-07-01=40 2026-08-01=37 2026-09-01=31");
	measure("Answered the same day",
	    "type=process|data=percent|direction=up|interval=month|goal=80");
	points("Answered the same day",
	    "2026-06-30=11/40 2026-07-31=15/38 2026-08-31=21/44 2026-09-30=1024/1300");
	measure("Families asked", "type=process|data=percent|direction=up|interval=month");
	points("Families asked", "2026-07-01@East=3/9 2026-07-01@West=4/10 2026-08-01@East=5/9 "
				 "2026-08-01@West=6/10 2026-09-01@East=5/8 2026-09-01@West=7/10");
	measure("Complaints", "type=balancing|data=count|direction=down|interval=week");
	points("Complaints", "2026-10-26=2 2026-11-02=1 2026-11-09=0");
	grid_open();
}

static void start(void)
{
	open_at(24, 80, LOOK_PLAIN);
}

static void stop(void)
{
	harness_close(&h);
}

// "date@group=value(note)" of all points from that date on.
static const char *kept(const char *name, const char *from)
{
	struct id id = harness_find(&h, "measure", name);
	struct entries all;
	struct str out = STR_IN(&h.arena);
	MUST(entries_load(h.app.store, &h.arena, &id, &all, &e));
	for (size_t i = 0; i < all.count; i++) {
		const char *const *f = all.item[i].field;
		if (strcmp(f[ENTRY_DATE], from) < 0)
			continue;
		str_printf(&out, "%s%s%s%s=%s", out.length ? " " : "", f[ENTRY_DATE],
		    *f[ENTRY_STRATUM] ? "@" : "", f[ENTRY_STRATUM], f[ENTRY_VALUE]);
		if (*f[ENTRY_NUMERATOR] || *f[ENTRY_DENOMINATOR])
			str_printf(&out, "%s/%s", f[ENTRY_NUMERATOR], f[ENTRY_DENOMINATOR]);
		if (*f[ENTRY_NOTE])
			str_printf(&out, "(%s)", f[ENTRY_NOTE]);
	}
	return str_done(&out);
}

#define KEPT(name, from, want) ck_assert_str_eq(kept(name, from), want)

START_TEST(a_sheet_of_paper_is_typed_down_the_column_of_the_last_period)
{
	harness_type(&h, "29");
	harness_keys(&h, "Enter");
	harness_type(&h, "30/41");
	harness_keys(&h, "Enter Down");
	harness_type(&h, "6 of 9");
	harness_keys(&h, "Enter");
	harness_type(&h, "8/10");
	harness_keys(&h, "Enter");
	harness_type(&h, "3");
	harness_keys(&h, "Enter");
	KEPT("Mean wait for advice", "2026-10", "2026-10-01=29");
	KEPT("Answered the same day", "2026-10", "2026-10-31=30/41");
	KEPT("Families asked", "2026-10", "2026-10-01@East=6/9 2026-10-01@West=8/10");
	KEPT("Complaints", "2026-11-09", "2026-11-09=3");
	harness_keys(&h, "Home");
	harness_hides(&h, "due");
	for (int i = 0; i < 5; i++)
		harness_keys(&h, "F3");
	KEPT("Mean wait for advice", "2026-10", "");
	KEPT("Answered the same day", "2026-10", "");
	KEPT("Families asked", "2026-10", "");
	KEPT("Complaints", "2026-11-09", "2026-11-09=0");
	harness_shows(&h, "4 due");
}
END_TEST

START_TEST(a_new_value_falls_where_the_others_do_and_that_is_said_before)
{
	harness_shows(&h, "Mean wait for advice · 1 Oct 2026 · days · down is better");
	harness_shows(&h, "Due; falls on the first day of the month, as those before");
	harness_keys(&h, "Down");
	harness_shows(&h, "Answered the same day · 31 Oct 2026 · % · up is better");
	harness_shows(&h, "Due; falls on the last day of the month, as those before");
	harness_keys(&h, "End");
	harness_shows(&h, "Answered the same day · 30 Nov 2026");
	harness_shows(&h, "Nothing yet; falls on the last day of the month");
	harness_keys(&h, "PgDn");
	harness_shows(&h, "Complaints · 16 Nov 2026");
	measure("Brand new", "interval=quarter|type=outcome");
	harness_keys(&h, "PgDn");
	app_saved(&h.app);
	harness_keys(&h, "PgDn End");
	harness_shows(&h, "Brand new · 1 Jul 2026");
	harness_shows(&h, "falls on the first day of the quarter, no point says otherwise");
}
END_TEST

START_TEST(a_date_that_is_there_stays_whatever_the_habit)
{
	points("Mean wait for advice", "2026-10-17=20");
	app_saved(&h.app);
	harness_keys(&h, "Ctrl-L");
	harness_shows(&h, "17 Oct 2026");
	harness_type(&h, "21");
	harness_keys(&h, "Enter Up");
	KEPT("Mean wait for advice", "2026-10", "2026-10-17=21");
	harness_shows(&h, "21 · before: 20");
	harness_keys(&h, "F2");
	harness_type(&h, ".5");
	harness_keys(&h, "Enter");
	harness_shows(&h, "17 Oct: 21.5, was 21; F3 undoes.");
	KEPT("Mean wait for advice", "2026-10", "2026-10-17=21.5");
}
END_TEST

START_TEST(a_period_with_several_points_is_edited_in_the_grid_of_the_measure)
{
	points("Mean wait for advice", "2026-10-01=20 2026-10-17=22");
	app_saved(&h.app);
	harness_keys(&h, "Ctrl-L");
	harness_shows(&h, "2 points");
	harness_shows(&h, "2 points in this month; Ctrl-G opens the grid of the measure");
	harness_type(&h, "9");
	harness_keys(&h, "Enter");
	harness_shows(&h, "There are 2 points in this month; Ctrl-G opens the grid");
	harness_keys(&h, "Esc Del");
	KEPT("Mean wait for advice", "2026-10", "2026-10-01=20 2026-10-17=22");
	harness_keys(&h, "Ctrl-G");
	harness_shows(&h, "Mean wait for advice · Advice line");
}
END_TEST

START_TEST(what_is_no_number_stays_in_its_cell_with_the_reason)
{
	harness_type(&h, "about 9");
	harness_keys(&h, "Enter");
	harness_shows(&h, "“about 9” is no number.");
	ck_assert(grid()->editing);
	harness_keys(&h, "Esc");
	harness_type(&h, "85%");
	harness_keys(&h, "Down");
	harness_shows(&h, "has a percent sign, and this is no percentage.");
	harness_keys(&h, "Esc Down");
	harness_type(&h, "12/10");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Not saved: the numerator is larger than the denominator.");
	harness_keys(&h, "Esc");
	harness_type(&h, "12/");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Not saved: a numerator needs its denominator.");
	harness_keys(&h, "Esc");
	harness_type(&h, "85%");
	harness_keys(&h, "Enter");
	KEPT("Mean wait for advice", "2026-10", "");
	KEPT("Answered the same day", "2026-10", "2026-10-31=85");
}
END_TEST

START_TEST(enter_goes_to_the_right_where_that_was_asked_for)
{
	harness_keys(&h, "Left Left Ctrl-T");
	harness_shows(&h, "Enter goes to the right");
	harness_type(&h, "36");
	harness_keys(&h, "Enter");
	harness_type(&h, "30");
	harness_keys(&h, "Enter Enter Enter");
	harness_type(&h, "20/44");
	harness_keys(&h, "Enter");
	KEPT("Mean wait for advice", "2026-08", "2026-08-01=36 2026-09-01=30");
	KEPT("Answered the same day", "2026-08", "2026-08-31=20/44 2026-09-30=1024/1300");
	harness_keys(&h, "Ctrl-T");
	harness_shows(&h, "Enter goes down from now on.");
}
END_TEST

START_TEST(tab_and_the_arrows_move_and_the_future_is_not_typed_into)
{
	harness_type(&h, "29");
	harness_keys(&h, "Tab");
	KEPT("Mean wait for advice", "2026-10", "2026-10-01=29");
	harness_shows(&h, "1 Nov 2026");
	harness_keys(&h, "Right");
	harness_shows(&h, "The month after this one has not begun.");
	harness_keys(&h, "Shift-Tab Left Left Left Left Left Left");
	harness_shows(&h, "1 Apr 2026");
	harness_keys(&h, "Home Home");
	harness_shows(&h, "1 Nov 2025");
	harness_keys(&h, "Home Enter");
	harness_shows(&h, "Mean wait for advice · Advice line");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Data grid");
	harness_type(&h, "5");
	harness_shows(&h, "This is the name of the measure; Right goes to its numbers.");
}
END_TEST

START_TEST(an_emptied_cell_is_deleted_and_what_has_a_note_keeps_it)
{
	harness_keys(&h, "Left Del");
	harness_shows(&h, "1 Sep: 31 is deleted; F3 undoes.");
	KEPT("Mean wait for advice", "2026-09", "");
	harness_keys(&h, "F3");
	KEPT("Mean wait for advice", "2026-09", "2026-09-01=31");
	harness_keys(&h, "F8");
	harness_type(&h, "new desk");
	harness_keys(&h, "Enter");
	KEPT("Mean wait for advice", "2026-09", "2026-09-01=31(new desk)");
	harness_shows(&h, "31*");
	harness_shows(&h, "note: new desk");
	harness_keys(&h, "Del");
	harness_shows(&h, "1 Sep: 31 is taken out, the note stays; F3 undoes.");
	KEPT("Mean wait for advice", "2026-09", "2026-09-01=(new desk)");
	harness_keys(&h, "F3 Ctrl-X");
	KEPT("Mean wait for advice", "2026-09", "");
	harness_keys(&h, "F3 F2 Ctrl-U Enter");
	KEPT("Mean wait for advice", "2026-09", "2026-09-01=(new desk)");
}
END_TEST

START_TEST(what_groups_make_is_shown_and_a_whole_typed_over_it_is_said)
{
	harness_keys(&h, "Down Down Left");
	harness_shows(&h, "=66.67");
	harness_shows(&h, "66.67: made of its groups; a number typed here stands in place of that");
	harness_type(&h, "13/20");
	harness_keys(&h, "Enter");
	harness_shows(&h, "1 Sep: 13/20 stands in place of what its groups make (66.67); F3");
	KEPT("Families asked", "2026-09",
	    "2026-09-01=13/20 2026-09-01@East=5/8 2026-09-01@West=7/10");
}
END_TEST

START_TEST(a_value_half_typed_is_offered_again_in_either_grid)
{
	h.env.state_home = test_path(&h.arena, "state");
	harness_keys(&h, "Down");
	harness_type(&h, "3/1");
	app_tick(&h.app);
	grid()->editing = false; // as if the program had been killed
	harness_keys(&h, "Esc");
	grid_open();
	harness_shows(&h, "Typed for 2026-10-31, not saved: “3/1”. Take it?");
	harness_keys(&h, "Esc Esc");
	struct id id = harness_find(&h, "measure", "Answered the same day");
	MUST(grid_screen_open(&h.app, &id, &e));
	app_draw(&h.app);
	harness_shows(&h, "Typed for 2026-10-31, not saved: “3/1”. Take it?");
	harness_keys(&h, "y");
	harness_type(&h, "0");
	harness_keys(&h, "Enter");
	KEPT("Answered the same day", "2026-10", "2026-10-31=3/10");
	harness_keys(&h, "Esc");
	grid_open();
	harness_hides(&h, "Take it?");
}
END_TEST

// As Excel copies it: blanks, a percent sign, thousands, a bad cell, a row of nobody's.
static const char BLOCK[] = "Measure\tUnit\tJul-26\tAug-26\tSep-26\tOct-26\tTotal\r\n"
			    "mean wait for advice\tdays\t40\t\t\"1,031\"\t29.5\t\r\n"
			    "Answered the same day\t%\t\t55%\tn/a\tabout 9\t\r\n"
			    "Families asked / east\t%\t3/9\t\t\t6/8\t9\r\n"
			    "Process\t\t\t\t\t\t\r\n"
			    "Somebody else's\t\t1\t2\t\t3\t\r\n";

START_TEST(a_block_is_shown_first_with_the_place_of_what_cannot_be_read)
{
	harness_paste(&h, BLOCK);
	harness_shows(&h, "Measures go down, dates across; “Unit” is left out");
	harness_shows(&h, "2 to add · 2 to correct · 2 the same · 5 blank · 3 cannot be taken");
	harness_shows(&h, "correct   Mean wait for advice  1 Sep 2026          1031  was 31");
	harness_shows(&h, "“about 9” is");
	harness_expect(&h, "team-grid-paste");
	KEPT("Mean wait for advice", "2026-09", "2026-09-01=31");
	harness_keys(&h, "Esc");
	KEPT("Mean wait for advice", "2026-09", "2026-09-01=31");
	harness_paste(&h, BLOCK);
	harness_keys(&h, "End");
	harness_shows(&h, "row 6, column 1: “Somebody else's” is no measure of this team");
	harness_keys(&h, "Enter");
	harness_shows(&h, "2 added, 2 corrected; what could not be taken was left out.");
	KEPT("Mean wait for advice", "2026-07",
	    "2026-07-01=40 2026-08-01=37 2026-09-01=1031 2026-10-01=29.5");
	KEPT("Answered the same day", "2026-07",
	    "2026-07-31=15/38 2026-08-31=55 2026-09-30=1024/1300");
	KEPT("Families asked", "2026-10", "2026-10-01@East=6/8");
	harness_keys(&h, "F3");
	KEPT("Mean wait for advice", "2026-07", "2026-07-01=40 2026-08-01=37 2026-09-01=31");
	KEPT("Answered the same day", "2026-08", "2026-08-31=21/44 2026-09-30=1024/1300");
	KEPT("Families asked", "2026-10", "");
}
END_TEST

START_TEST(numbers_alone_go_from_the_cursor_on_within_one_interval)
{
	harness_keys(&h, "Left");
	harness_paste(&h, "30\t29\n12/40\t\n\t\n5/9\t6/9\n\t8/9\n4\t5\n");
	harness_shows(&h, "No dates and no names in it: it begins at the cursor");
	harness_shows(&h, "there are no more rows of Every month below it");
	harness_keys(&h, "Enter");
	KEPT("Mean wait for advice", "2026-09", "2026-09-01=30 2026-10-01=29");
	KEPT("Answered the same day", "2026-09", "2026-09-30=12/40");
	KEPT("Families asked", "2026-09",
	    "2026-09-01@East=5/9 2026-09-01@West=7/10 2026-10-01@East=6/9 2026-10-01@West=8/9");
	KEPT("Complaints", "2026-11-02", "2026-11-02=1 2026-11-09=0");
}
END_TEST

START_TEST(a_table_with_dates_down_is_read_turned)
{
	harness_paste(&h, "Month\tAnswered the same day numerator\tAnswered the same day "
			  "denominator\tMean wait for advice\n"
			  "01/10/2026\t30\t41\t29\n01/11/2026\t4\t\t28\n");
	harness_shows(&h, "Dates go down, measures across");
	harness_shows(&h, "3 to add");
	harness_shows(&h, "row 3, column 2: a numerator");
	harness_keys(&h, "Enter");
	KEPT("Mean wait for advice", "2026-10", "2026-10-01=29 2026-11-01=28");
	KEPT("Answered the same day", "2026-10", "2026-10-31=30/41");
}
END_TEST

START_TEST(names_without_dates_and_dates_without_names_take_the_rest_from_the_cursor)
{
	harness_keys(&h, "Left");
	harness_paste(&h, "Complaints\t7\t8\nMean wait for advice\t30\t\n");
	harness_shows(&h, "No dates in it: it begins at the cursor's column");
	harness_keys(&h, "Esc");
	harness_paste(&h, "Sep-26\tOct-26\n30\t29\n\t31/41\n");
	harness_shows(&h, "Measures go down, dates across; no names in it");
	harness_keys(&h, "Enter");
	KEPT("Mean wait for advice", "2026-09", "2026-09-01=30 2026-10-01=29");
	KEPT("Answered the same day", "2026-10", "2026-10-31=31/41");
}
END_TEST

START_TEST(what_can_be_read_in_two_ways_is_asked_and_what_stands_twice_is_told)
{
	harness_paste(&h, "\t2/11/2026\t11/11/2026\nComplaints\t3\t4\n");
	harness_shows(&h, "What comes first in a date such as 1/2/2026?");
	harness_keys(&h, "Enter");
	harness_shows(&h, "o says: day, month or year.");
	harness_keys(&h, "o");
	harness_shows(&h, "2 to correct");
	harness_keys(&h, "Esc");
	harness_paste(
	    &h, "\tSep-26\t15 Sep 2026\tOct\tDec-26\nMean wait for advice\t30\t31\t4\t5\n");
	harness_shows(&h, "row 1, column 4: “Oct” has no year");
	harness_keys(&h, "Down Down");
	harness_shows(&h, "Sep 2026 stands twice; it is already in row 2, column 2");
	harness_keys(&h, "End");
	harness_shows(&h, "row 2, column 5: Dec 2026 has not begun");
	harness_keys(&h, "Enter");
	KEPT("Mean wait for advice", "2026-09", "2026-09-01=30");
}
END_TEST

START_TEST(a_new_group_is_said_and_a_first_point_takes_the_day_of_its_column)
{
	measure("Brand new", "interval=month|type=outcome");
	app_saved(&h.app);
	harness_keys(&h, "Ctrl-L");
	harness_paste(&h, "Measure\tGroup\t31/08/2026\t30/09/2026\nBrand new\t\t5\t6\n"
			  "Families asked\tNorth\t\t4/9\n\teast\t\t5/9\n");
	harness_shows(&h, "“Group” is the stratum");
	harness_shows(&h, "a new group of");
	harness_keys(&h, "Enter");
	KEPT("Brand new", "2026", "2026-08-31=5 2026-09-30=6");
	KEPT("Families asked", "2026-09",
	    "2026-09-01@East=5/9 2026-09-01@North=4/9 2026-09-01@West=7/10");
}
END_TEST

START_TEST(a_file_is_looked_at_first_as_a_paste_is)
{
	const char *path = test_path(&h.arena, "table.csv");
	static const char TEXT[] = "Measure,Sep 2026,Oct 2026\nMean wait for advice,31,29\n";
	test_write(path, TEXT, sizeof TEXT - 1);
	harness_keys(&h, "F7");
	harness_type(&h, path);
	harness_keys(&h, "Enter");
	harness_shows(&h, "1 to add · 0 to correct · 1 the same");
	harness_keys(&h, "Enter");
	KEPT("Mean wait for advice", "2026-10", "2026-10-01=29");
	harness_keys(&h, "F7");
	harness_type(&h, "/nowhere/at/all.csv");
	harness_keys(&h, "Enter");
	harness_shows(&h, "/nowhere/at/all.csv");
}
END_TEST

START_TEST(the_keys_of_the_point_and_its_measure_open_what_they_say)
{
	harness_keys(&h, "Left F4");
	harness_shows(&h, "needed before a signal can be told");
	harness_keys(&h, "Esc F5");
	harness_shows(&h, "Numerator");
	harness_keys(&h, "Esc F9");
	harness_shows(&h, "History");
	harness_keys(&h, "Esc F6");
	harness_shows(&h, "Mean wait for advice");
	harness_keys(&h, "Esc F1");
	harness_shows(&h, "Keys on this screen");
	harness_shows(&h, "Enter goes to the right instead of down");
	harness_keys(&h, "Esc Right F5");
	harness_shows(&h, "There is no point in this cell yet.");
}
END_TEST

START_TEST(it_is_reached_from_the_team_and_from_its_measures)
{
	harness_keys(&h, "Esc");
	MUST(team_screen_open(&h.app, &team, &e));
	harness_keys(&h, "D");
	harness_shows(&h, "Advice line › Data grid");
	harness_keys(&h, "Esc Esc");
	MUST(measures_screen_open(&h.app, &team, &e));
	harness_keys(&h, "End D");
	harness_shows(&h, "Complaints · 9 Nov 2026");
}
END_TEST

START_TEST(a_team_without_measures_says_what_to_do)
{
	team = harness_find(&h, "team", "Sleep and settle");
	grid_open();
	harness_shows(&h, "This team has no measure yet.");
	harness_keys(&h, "Enter Down F8 Esc");
	harness_hides(&h, "This team has no measure yet.");
}
END_TEST

// Sixty measures of two hundred months cost a key what is in view, not what is there.
START_TEST(only_what_is_in_view_is_formatted)
{
	static const char *const KEYS[] = { "Home", "Home", "PgDn", "Down", "End", "Up", "Left" };
	char id[ID_TEXT];
	struct err e = { 0 };
	struct save *v = save_begin(h.app.store, &h.arena, &e);
	id_print(&team, id);
	for (int m = 0; m < 60; m++) {
		struct id of;
		ck_assert(save_new(v, "measure", NULL, &of, &e));
		ck_assert(save_cell(v, &of, "measure", "team", id, &e));
		ck_assert(save_cell(
		    v, &of, "measure", "name", arena_printf(&h.arena, "Measure %02d", m), &e));
		struct measure head = { .id = of };
		for (int k = 0; k < 200; k++) {
			char date[DATE_TEXT];
			date_print_iso(period_first(PERIOD_MONTH, 2026 * 12 + 9 - k), date);
			const char *given[ENTRY_FIELDS] = {
				[ENTRY_DATE] = date, [ENTRY_STRATUM] = "", [ENTRY_VALUE] = "41"
			};
			ck_assert(entry_put(v, &head, NULL, given, &e));
		}
	}
	ck_assert(save_commit(v, NULL, &e));
	app_saved(&h.app);
	harness_keys(&h, "Ctrl-L");
	ck_assert_uint_gt(grid()->table.rows, 60);
	for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
		harness_keys(&h, KEYS[i]);
		ck_assert_uint_le(grid()->formatted, 24 * 6);
		ck_assert(!app_top(&h.app)->stale);
	}
}
END_TEST

START_TEST(it_looks_as_its_picture)
{
	static const int SIZES[][2] = { { 24, 80 }, { 40, 120 }, { 60, 200 } };
	stop();
	for (size_t i = 0; i < 3; i++) {
		open_at(SIZES[i][0], SIZES[i][1], LOOK_PLAIN);
		harness_keys(&h, "Left Left F8");
		harness_type(&h, "bank holiday");
		harness_keys(&h, "Enter Down");
		harness_expect(&h, "team-grid");
		stop();
	}
	open_at(24, 80, LOOK_ASCII);
	harness_expect(&h, "team-grid-ascii");
}
END_TEST

START_TEST(every_size_is_drawn)
{
	static const int ROWS[] = { 1, 5, 9, 14, 16, 24, 60 };
	static const int COLS[] = { 1, 7, 20, 40, 50, 53, 61, 79, 120, 200 };
	for (size_t r = 0; r < sizeof ROWS / sizeof *ROWS; r++)
		for (size_t c = 0; c < sizeof COLS / sizeof *COLS; c++) {
			harness_resize(&h, ROWS[r], COLS[c]);
			harness_keys(&h, (r + c) % 2 ? "Down Left" : "Up Right 4");
			harness_keys(&h, "Esc");
			if (app_top(&h.app)->ops->on != ON_TEAM_GRID)
				grid_open();
		}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("team_grid");
	TCase *t = tcase_create("team_grid");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, a_sheet_of_paper_is_typed_down_the_column_of_the_last_period);
	tcase_add_test(t, a_new_value_falls_where_the_others_do_and_that_is_said_before);
	tcase_add_test(t, a_date_that_is_there_stays_whatever_the_habit);
	tcase_add_test(t, a_period_with_several_points_is_edited_in_the_grid_of_the_measure);
	tcase_add_test(t, what_is_no_number_stays_in_its_cell_with_the_reason);
	tcase_add_test(t, enter_goes_to_the_right_where_that_was_asked_for);
	tcase_add_test(t, tab_and_the_arrows_move_and_the_future_is_not_typed_into);
	tcase_add_test(t, an_emptied_cell_is_deleted_and_what_has_a_note_keeps_it);
	tcase_add_test(t, what_groups_make_is_shown_and_a_whole_typed_over_it_is_said);
	tcase_add_test(t, a_value_half_typed_is_offered_again_in_either_grid);
	tcase_add_test(t, a_block_is_shown_first_with_the_place_of_what_cannot_be_read);
	tcase_add_test(t, numbers_alone_go_from_the_cursor_on_within_one_interval);
	tcase_add_test(t, a_table_with_dates_down_is_read_turned);
	tcase_add_test(
	    t, names_without_dates_and_dates_without_names_take_the_rest_from_the_cursor);
	tcase_add_test(t, what_can_be_read_in_two_ways_is_asked_and_what_stands_twice_is_told);
	tcase_add_test(t, a_new_group_is_said_and_a_first_point_takes_the_day_of_its_column);
	tcase_add_test(t, a_file_is_looked_at_first_as_a_paste_is);
	tcase_add_test(t, the_keys_of_the_point_and_its_measure_open_what_they_say);
	tcase_add_test(t, it_is_reached_from_the_team_and_from_its_measures);
	tcase_add_test(t, a_team_without_measures_says_what_to_do);
	tcase_add_test(t, only_what_is_in_view_is_formatted);
	tcase_add_test(t, it_looks_as_its_picture);
	tcase_add_test(t, every_size_is_drawn);
	suite_add_tcase(s, t);
	return test_run(s);
}
