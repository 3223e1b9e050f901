// SPDX-License-Identifier: MIT
// Charts on paper: a kept picture of each kind, and what must be in every one of them. LOOK=FOLDER
// writes them as PNG, with this machine's typeface.
#include "../support.h"
#include "even_type.h"
#include "scene_dump.h"
#include "svg_sound.h"

#include <plando/chart_groups.h>
#include <plando/chart_scene.h>
#include <plando/picture.h>
#include <plando/str.h>

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 60 };

static struct arena arena;
static struct chart_datum data[MANY];
static size_t count;
static struct chart_options options;
static struct chart_face face;
static struct chart chart;
static struct chart_notes notes;
static struct chart_note note[MANY];
static struct scene scene;

static date_t day(const char *iso)
{
	date_t d;
	ck_assert(date_parse_iso(iso, &d));
	return d;
}

static void begin(void)
{
	count = 0;
	options = chart_defaults();
	notes = (struct chart_notes){ .note = note };
	face = (struct chart_face){ .name = "Mean wait",
		.team = "Child health hubs",
		.unit = "days",
		.decimals = -1,
		.interval = "month" };
}

static void end(void)
{
	arena_free(&arena);
}

static void month(double y, double n)
{
	data[count] = (struct chart_datum){
		.x = date_add_months(day("2024-01-01"), (int)count), .y = y, .n = n, .sd = NAN
	};
	count++;
}

// A level, then another one, with what looks like chance.
static void months(size_t n, double first, double second, size_t step)
{
	static const double CHANCE[] = { 0.3, -1.1, 0.9, -0.4, 1.3, -0.8, 0.1, 1.0, -1.4, 0.5, -0.2,
		0.7 };
	for (size_t i = 0; i < n; i++)
		month((i < step ? first : second) * (1 + CHANCE[i * 7 % 12] / 12), NAN);
}

static void mark(const char *iso, const char *text, bool cycle)
{
	note[notes.count++] = (struct chart_note){ .date = day(iso), .text = text, .cycle = cycle };
}

static void make(struct chart *out)
{
	size_t place;
	MUST(chart_make(&arena, data, count, &options, out, &place, &e));
}

static const struct scene_type *type(void)
{
	return getenv("LOOK") ? picture_type(NULL) : &EVEN_TYPE;
}

static void draw_sheet(const struct chart_sheet *sheet)
{
	MUST(chart_scene(&arena, sheet, &face, &notes, "22 Nov 2026", type(), &scene, &e));
}

static void draw(void)
{
	struct chart_sheet sheet = { .part = { &chart }, .name = { "" }, .parts = 1 };
	make(&chart);
	draw_sheet(&sheet);
}

static struct svg svg(void)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	MUST(scene_svg(&scene, out, &e));
	fclose(out);
	struct svg s = svg_read(&arena, arena_copy(&arena, text, n));
	free(text);
	ck_assert_msg(!s.fault, "%s", s.fault);
	return s;
}

static size_t points(const struct svg *s, const char *what)
{
	return svg_count(s, "g", "class", what);
}

// The text of the group of that name, all of it.
static const char *group(const struct svg *s, const char *name)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_equal(svg_attribute(&s->element[i], "class"), name))
			return s->element[i].text;
	return "";
}

static bool said(const char *where, const char *what)
{
	return strstr(where, what) != NULL;
}

static void looks(const char *name)
{
	scene_same(&arena, &scene, name);
}

START_TEST(a_run_chart_with_all_that_can_be_on_it)
{
	months(24, 40, 28, 13);
	data[7].excluded = true;
	data[17].y = NAN;
	options.direction = CHART_DOWN_IS_GOOD;
	options.baseline = CHART_AUTO;
	options.target = 20;
	face.has_goal_by = true;
	face.goal_by = day("2027-03-31");
	mark("2024-06-10", "Advice line opened", false);
	mark("2025-01-20", "Consultant on the line from 8 to 6", true);
	mark("2025-01-27", "Card with names and direct numbers for every practice", true);
	mark("2025-02-03", "Strike of the porters, two weeks with fewer clinics than usual", false);
	draw();
	looks("chart-run");
	struct svg s = svg();
	ck_assert_uint_eq(points(&s, "point"), 23);
	ck_assert_uint_eq(points(&s, "point excluded"), 1);
	ck_assert(said(group(&s, "head"), "Improvement signal since"));
	ck_assert(said(group(&s, "names"), "goal 20 days by 31 Mar 2027"));
	ck_assert(said(group(&s, "names"), "median "));
	ck_assert(said(group(&s, "list"), "PDSA cycle: Consultant on the line"));
	ck_assert(said(group(&s, "foot"), "down is good"));
	ck_assert(said(group(&s, "dates"), "2025"));
	ck_assert(said(s.element[2].text, "no value")); // in words
}
END_TEST

START_TEST(the_median_is_solid_where_points_made_it_and_dashed_beyond)
{
	months(24, 40, 40, 24);
	options.baseline = CHART_AUTO;
	draw();
	size_t solid = 0, dashed = 0;
	bool inside = false;
	for (size_t i = 0; i < scene.count; i++) {
		const struct scene_item *item = &scene.item[i];
		inside = item->kind == SCENE_GROUP ? str_equal(item->name, "centre") : inside;
		if (inside && item->kind == SCENE_LINE) {
			solid += item->style == SCENE_SOLID;
			dashed += item->style == SCENE_DASHED;
		}
	}
	ck_assert_uint_eq(solid, 1);
	ck_assert_uint_eq(dashed, 1);
}
END_TEST

START_TEST(points_are_not_joined_across_a_missing_one)
{
	months(12, 40, 40, 12);
	data[5].y = NAN;
	draw();
	struct svg s = svg();
	size_t lines = 0;
	for (size_t i = 0; i < s.count; i++)
		lines +=
		    str_equal(s.element[i].name, "path") &&
		    str_equal(svg_attribute(&s.element[s.element[i].inside], "class"), "series");
	ck_assert_uint_eq(lines, 2);
}
END_TEST

START_TEST(under_ten_points_there_are_points_and_goal_only)
{
	months(7, 40, 40, 7);
	options.target = 20;
	draw();
	looks("chart-few");
	struct svg s = svg();
	ck_assert(said(group(&s, "head"), "not on the median are needed"));
	ck_assert_uint_eq(svg_count(&s, "g", "class", "centre"), 0);
	ck_assert(said(group(&s, "names"), "goal 20 days"));
	ck_assert(!said(group(&s, "names"), "median"));
}
END_TEST

START_TEST(no_points_are_a_page_too)
{
	draw();
	struct svg s = svg();
	ck_assert(said(group(&s, "head"), "No data points yet"));
}
END_TEST

START_TEST(phases_break_the_lines_and_keep_their_values)
{
	static const size_t AFTER[] = { 14 };
	months(30, 60, 42, 14);
	options.type = CHART_I;
	options.phase_after = AFTER;
	options.phase_afters = 1;
	mark("2025-03-01", "New booking system", false);
	draw();
	looks("chart-phases");
	struct svg s = svg();
	ck_assert_uint_eq(svg_count(&s, "g", "class", "centre"), 2);
	ck_assert_uint_eq(svg_count(&s, "g", "class", "limits"), 2);
}
END_TEST

START_TEST(limits_step_with_the_size_of_groups)
{
	for (size_t i = 0; i < 24; i++)
		month(40 + (double)(i * 7 % 13) + (i > 15 ? 25 : 0), 70 + (double)(i * 37 % 61));
	options.type = CHART_P;
	options.multiply = 100;
	options.direction = CHART_UP_IS_GOOD;
	options.target = 85;
	face.name = "Same-day answers";
	face.percent = true;
	draw();
	looks("chart-p");
	struct svg s = svg();
	ck_assert(said(group(&s, "foot"), "limits vary because group sizes vary"));
	ck_assert(said(group(&s, "values"), "%"));
	ck_assert_uint_ge(points(&s, "point improvement"), 1);
}
END_TEST

START_TEST(making_data_count_has_its_icons_in_words)
{
	months(26, 30, 37, 18);
	options.type = CHART_I;
	options.rules = CHART_MDC;
	options.direction = CHART_DOWN_IS_GOOD;
	options.target = 25;
	draw();
	looks("chart-mdc");
	struct svg s = svg();
	ck_assert(said(group(&s, "head"), "Variation: concern"));
	ck_assert_uint_ge(points(&s, "point concern"), 1);
	ck_assert(said(group(&s, "key"), "signal of concern"));
}
END_TEST

START_TEST(a_goal_on_a_limit_is_said_to_lie_there)
{
	for (size_t i = 0; i < 20; i++)
		month(100 + (double)(i * 7 % 5), NAN);
	options.type = CHART_I;
	options.direction = CHART_UP_IS_GOOD;
	options.target = 1;
	make(&chart);
	options.target = chart.point[19].upper;
	make(&chart);
	ck_assert_str_eq(chart_icons(&arena, &chart),
	    "The goal is met and missed by chance. It lies on a limit.");
}
END_TEST

static void groups(size_t n, struct chart_sheet *sheet)
{
	static const char *const NAMES[] = { "Fenwick", "Marlow Green",
		"Eastholme and the villages around it", "Docks", "Northmarsh", "Westhaven",
		"Southbrook", "Hill" };
	for (size_t k = 0; k < n; k++) {
		struct chart *c = arena_alloc(&arena, sizeof *c);
		count = 0;
		months(k == 3 ? 6 : 24, 30 + 4 * (double)k, k == 1 ? 20 : 30 + 4 * (double)k, 12);
		make(c);
		sheet->part[k] = c;
		sheet->name[k] = NAMES[k];
	}
	sheet->parts = n;
}

START_TEST(groups_have_one_scale)
{
	struct chart_sheet sheet = { .whole = &chart };
	options.direction = CHART_DOWN_IS_GOOD;
	options.target = 20;
	months(24, 40, 36, 12);
	make(&chart);
	groups(8, &sheet);
	draw_sheet(&sheet);
	looks("chart-groups");
	struct svg s = svg();
	ck_assert_uint_eq(svg_count(&s, "g", "class", "part"), 8);
	ck_assert_uint_eq(svg_count(&s, "g", "class", "whole"), 8);
}
END_TEST

static struct chart_groups groups_of(const struct chart_sheet *sheet)
{
	return chart_sheet_groups(sheet, &face, NULL);
}

START_TEST(what_groups_show_is_said_without_a_rank)
{
	struct chart_sheet sheet = { .name = { "A", "Marlow Green", "C", "D", "E" }, .parts = 5 };
	options.direction = CHART_DOWN_IS_GOOD;
	options.baseline = CHART_AUTO;
	for (size_t k = 0; k < 5; k++) {
		struct chart *c = arena_alloc(&arena, sizeof *c);
		count = 0;
		for (size_t i = 0; i < (k == 3 ? 6 : 24); i++)
			month((k == 1 && i > 11 ? 20 : 30) +
				  (i * 5 % 3 ? 1 : -1) * (double)(i % 2 + 1),
			    NAN);
		make(c);
		sheet.part[k] = c;
	}
	struct chart_groups g = groups_of(&sheet);
	ck_assert_str_eq(chart_groups_finding(&arena, &g),
	    "1 of 5 groups shows a signal: improvement in Marlow Green; 1 has too few points to "
	    "tell");
	ck_assert_str_eq(chart_group_words(&arena, &g, 1), "Improvement since Jan 2025");
	ck_assert_str_eq(
	    chart_group_words(&arena, &g, 3), "6 more points not on the median are needed");
	g.parts = 1;
	ck_assert_str_eq(chart_groups_finding(&arena, &g), "None of 1 groups shows a signal");
	g.part = &sheet.part[3];
	ck_assert_str_eq(
	    chart_groups_finding(&arena, &g), "The one group has too few points to tell a signal");
}
END_TEST

START_TEST(points_of_small_numbers_do_not_leave)
{
	for (size_t i = 0; i < 14; i++)
		month(i == 5 ? 4 : 10, i == 9 ? 4 : 40);
	data[9].y = 3;
	options.multiply = 100;
	face.percent = true;
	face.least = 5;
	draw();
	struct svg s = svg();
	ck_assert_uint_eq(points(&s, "point"), 12);
	ck_assert(said(group(&s, "foot"), "2 of numbers below 5 not shown"));
	ck_assert(said(s.element[2].text, "Jun 2024: <5"));
	ck_assert(!said(s.element[2].text, "4 of 40"));
	ck_assert(!said(s.element[2].text, "75"));
	face.least = 0;
	draw();
	s = svg();
	ck_assert_uint_eq(points(&s, "point"), 14);
	ck_assert(said(s.element[2].text, "4 of 40"));
}
END_TEST

START_TEST(the_thin_line_is_the_median_of_all_where_there_is_one)
{
	struct chart_sheet sheet = { .whole = &chart };
	months(24, 40, 40, 24);
	make(&chart);
	groups(3, &sheet);
	struct chart_groups g = groups_of(&sheet);
	ck_assert_double_eq(chart_groups_reference(&g), chart.phase[0].centre);
	ck_assert(said(chart_groups_footer(&arena, &g), "all: the median of all groups, 4"));
	g.whole = NULL;
	ck_assert(isnan(chart_groups_reference(&g)));
	ck_assert(!said(chart_groups_footer(&arena, &g), "all groups"));
}
END_TEST

// One row a panel at the least; the same columns of the plot stand for the same days in all.
START_TEST(a_page_of_groups_has_the_same_days_under_each_other)
{
	struct chart_sheet sheet = { .width = 78 };
	struct str out = STR_IN(&arena);
	groups(4, &sheet);
	MUST(chart_print(&arena, &sheet, &face, &notes, &out, &e));
	const char *page = str_done(&out);
	ck_assert(said(page, "Docks"));
	ck_assert(said(page, "Docks: 4 more points needed before a signal can be told"));
	// Its line ends after a quarter of the days: no point of it stands further right.
	const char *docks = strstr(page, "Docks");
	ck_assert_ptr_nonnull(docks);
	ck_assert(said(docks, "Jan 2025"));
}
END_TEST

// Every kind must be drawn without a fault.
START_TEST(every_kind_of_chart_is_drawn)
{
	for (size_t i = 0; i < 24; i++) {
		month(8 + (double)(i * 7 % 13), 20 + (double)(i * 5 % 11));
		data[i].sd = 2 + (double)(i % 4);
	}
	options.type = (enum chart_type)_i;
	options.target = 10;
	draw();
	looks(arena_printf(&arena, "chart-kind-%s", CHART_TYPE[_i].id));
	svg();
}
END_TEST

START_TEST(hostile_words_stay_words)
{
	months(14, 40, 40, 14);
	face.name = "<b>\"Wait\"</b> & more\x1b[31m";
	face.team = "\xe2\x80\xaeteam";
	face.unit = "<unit>";
	mark("2024-06-10", "]]> <script>alert(1)</script> \x01", true);
	for (int i = 0; i < 50; i++)
		mark("2024-07-10",
		    "Many notes on one day, each of them long enough for two rows in a column of "
		    "the list",
		    false);
	draw();
	struct svg s = svg();
	ck_assert_uint_eq(svg_count(&s, "script", NULL, NULL), 0);
	ck_assert(said(group(&s, "list"), "and 11 more"));
}
END_TEST

START_TEST(all_words_stay_on_the_page)
{
	months(30, 60, 42, 14);
	options.type = CHART_I;
	face.unit = "working days between referral and the first letter to the family";
	mark("2024-06-10", "Something", false);
	draw();
	for (size_t i = 0; i < scene.count; i++) {
		const struct scene_item *t = &scene.item[i];
		if (t->kind != SCENE_TEXT)
			continue;
		double left = t->x - (t->anchor == SCENE_END	     ? t->w
					 : t->anchor == SCENE_MIDDLE ? t->w / 2
								     : 0);
		ck_assert_msg(left >= 0 && left + t->w <= scene.width, "%s", t->row[0].text);
		ck_assert_msg(t->y <= scene.height, "%s", t->row[0].text);
	}
}
END_TEST

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	Suite *s = suite_create("output-chart_scene");
	TCase *t = tcase_create("chart");
	tcase_add_checked_fixture(t, begin, end);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_run_chart_with_all_that_can_be_on_it);
	tcase_add_test(t, the_median_is_solid_where_points_made_it_and_dashed_beyond);
	tcase_add_test(t, points_are_not_joined_across_a_missing_one);
	tcase_add_test(t, under_ten_points_there_are_points_and_goal_only);
	tcase_add_test(t, no_points_are_a_page_too);
	tcase_add_test(t, phases_break_the_lines_and_keep_their_values);
	tcase_add_test(t, limits_step_with_the_size_of_groups);
	tcase_add_test(t, making_data_count_has_its_icons_in_words);
	tcase_add_test(t, a_goal_on_a_limit_is_said_to_lie_there);
	tcase_add_test(t, groups_have_one_scale);
	tcase_add_test(t, what_groups_show_is_said_without_a_rank);
	tcase_add_test(t, points_of_small_numbers_do_not_leave);
	tcase_add_test(t, the_thin_line_is_the_median_of_all_where_there_is_one);
	tcase_add_test(t, a_page_of_groups_has_the_same_days_under_each_other);
	tcase_add_loop_test(t, every_kind_of_chart_is_drawn, 0, CHART_TYPES);
	tcase_add_test(t, hostile_words_stay_words);
	tcase_add_test(t, all_words_stay_on_the_page);
	suite_add_tcase(s, t);
	return test_run(s);
}
