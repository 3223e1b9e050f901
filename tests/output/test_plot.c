// SPDX-License-Identifier: MIT
// One model of a plot: worked cases of what it holds, and that cells and picture draw all of it and
// nothing else.
#include "../support.h"
#include "even_type.h"

#include "output/chart/plot_scene.h"

#include <plando/plot_canvas.h>
#include <plando/str.h>

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 64 };

static struct arena arena;
static struct chart_datum data[MANY];
static size_t count;
static struct chart_options options;
static struct chart_face face;
static struct chart chart;
static struct chart_note note[MANY];
static struct chart_notes notes;
static bool unusual[MANY];
static struct plot plot;

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
	face = (struct chart_face){
		.name = "Wait", .unit = "days", .decimals = -1, .interval = "month"
	};
	memset(unusual, 0, sizeof unusual);
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

// Up and down, so that nothing signals by itself.
static void months(size_t n)
{
	for (size_t i = 0; i < n; i++)
		month(40 + (double)(i * 7 % 12), NAN);
}

static void make(void)
{
	size_t place;
	MUST(chart_make(&arena, data, count, &options, &chart, &place, &e));
	struct plot_source of = plot_source_of(&chart, &face, 6);
	of.notes = &notes;
	of.unusual = unusual;
	MUST(plot_make(&arena, &of, &plot, &e));
}

// "centre 0-11, centre dashed 12-23", points counted from 0.
static const char *segments(enum plot_line line)
{
	struct str s = STR_IN(&arena);
	for (size_t i = 0; i < plot.segments; i++) {
		const struct plot_segment *g = &plot.segment[i];
		if (g->line == line)
			str_printf(&s, "%s%s%zu-%zu", s.length ? " " : "", g->dashed ? "~" : "",
			    g->from, g->to);
	}
	return str_done(&s);
}

static const char *label(enum plot_line line)
{
	for (size_t i = 0; i < plot.labels; i++)
		if (plot.label[i].line == line)
			return plot.label[i].text;
	return "";
}

START_TEST(points_are_joined_but_for_gaps_and_phases)
{
	static const size_t AFTER[] = { 8 };
	months(24);
	data[3].y = NAN;
	data[15].y = NAN;
	data[16].y = NAN;
	options.phase_after = AFTER;
	options.phase_afters = 1;
	make();
	ck_assert_str_eq(segments(PLOT_SERIES), "0-2 4-7 8-14 17-23");
	ck_assert(plot.point[3].gap && plot.point[15].gap && !plot.point[4].gap);
	ck_assert(isnan(plot.point[3].y));
}
END_TEST

START_TEST(a_point_alone_between_gaps_is_joined_to_nothing)
{
	months(5);
	data[1].y = data[3].y = NAN;
	make();
	ck_assert_str_eq(segments(PLOT_SERIES), "");
}
END_TEST

START_TEST(the_centre_is_solid_over_its_baseline_and_dashed_beyond)
{
	months(24);
	options.baseline = CHART_AUTO;
	make();
	ck_assert_str_eq(segments(PLOT_CENTRE), "0-11 ~12-23");
	ck_assert_str_eq(label(PLOT_CENTRE), "median 45.5 days");
}
END_TEST

// Ten points have a line; from twelve on it is solid; limits are on trial under thirteen.
START_TEST(a_phase_of_few_points_is_dashed_and_of_fewer_has_none)
{
	static const struct {
		size_t points;
		enum chart_type type;
		const char *centre, *upper;
	} ROWS[] = { { 9, CHART_RUN, "", "" }, { 10, CHART_RUN, "~0-9", "" },
		{ 11, CHART_RUN, "~0-10", "" }, { 12, CHART_RUN, "0-11", "" },
		{ 9, CHART_I, "", "" }, { 11, CHART_I, "~0-10", "~0-10" },
		{ 12, CHART_I, "0-11", "~0-11" }, { 13, CHART_I, "0-12", "0-12" } };
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		begin();
		months(ROWS[i].points);
		options.type = ROWS[i].type;
		make();
		ck_assert_str_eq(segments(PLOT_CENTRE), ROWS[i].centre);
		ck_assert_str_eq(segments(PLOT_UPPER), ROWS[i].upper);
	}
}
END_TEST

START_TEST(each_phase_has_its_lines_and_one_that_is_over_keeps_its_value)
{
	static const size_t AFTER[] = { 12, 17 };
	months(36);
	for (size_t i = 12; i < 36; i++)
		data[i].y -= 20;
	options.type = CHART_I;
	options.phase_after = AFTER;
	options.phase_afters = 2;
	make();
	ck_assert_str_eq(segments(PLOT_CENTRE), "0-11 17-35"); // five points make none
	ck_assert_str_eq(segments(PLOT_LOWER), "~0-11 17-35");
	ck_assert_uint_eq(plot.pasts, 1);
	ck_assert_uint_eq(plot.past[0].to, 11);
	ck_assert_str_eq(plot.past[0].text, "45.5 days");
	ck_assert_double_eq(chart.phase[0].centre, 45.5);
}
END_TEST

START_TEST(limits_step_where_group_sizes_change)
{
	for (size_t i = 0; i < 14; i++)
		month(20 + (double)(i % 3), i < 6 ? 100 : i < 9 ? 50 : 100);
	data[11].y = data[11].n = NAN;
	options.type = CHART_P;
	options.multiply = 100;
	make();
	ck_assert_str_eq(segments(PLOT_UPPER), "0-5 6-8 9-10 12-13");
	ck_assert_str_eq(segments(PLOT_SERIES), "0-10 12-13");
}
END_TEST

START_TEST(shapes_tell_what_people_and_rules_said_of_a_point)
{
	months(24);
	for (size_t i = 12; i < 24; i++)
		data[i].y -= 20;
	options.baseline = CHART_AUTO;
	options.direction = CHART_DOWN_IS_GOOD;
	data[20].excluded = true;
	unusual[3] = unusual[20] = true;
	make();
	ck_assert_int_eq(plot.point[0].shape, PLOT_ORDINARY);
	ck_assert_int_eq(plot.point[14].shape, PLOT_IMPROVEMENT);
	ck_assert_int_eq(plot.point[3].shape, PLOT_UNUSUAL);
	ck_assert_int_eq(plot.point[20].shape, PLOT_LEFT_OUT);
}
END_TEST

START_TEST(points_after_today_have_a_shape_of_their_own_and_no_line_runs_into_them)
{
	bool seen[PLOT_SHAPES] = { false };
	months(16);
	data[4].excluded = data[14].excluded = true;
	options.until = data[12].x;
	make();
	ck_assert_int_eq(plot.point[4].shape, PLOT_LEFT_OUT);
	ck_assert_int_eq(plot.point[12].shape, PLOT_ORDINARY);
	for (size_t i = 13; i < 16; i++)
		ck_assert_int_eq(plot.point[i].shape, PLOT_AHEAD);
	ck_assert_str_eq(segments(PLOT_SERIES), "0-12 13-15");
	plot_seen(&plot, seen);
	ck_assert(seen[PLOT_AHEAD] && seen[PLOT_LEFT_OUT]);
	ck_assert_str_eq(PLOT_SIGN[PLOT_AHEAD].words, "after today");
	ck_assert_str_ne(PLOT_SIGN[PLOT_AHEAD].glyph, PLOT_SIGN[PLOT_LEFT_OUT].glyph);
	ck_assert_str_ne(PLOT_SIGN[PLOT_AHEAD].ascii, PLOT_SIGN[PLOT_LEFT_OUT].ascii);
	ck_assert_int_ne(PLOT_SIGN[PLOT_AHEAD].shape, PLOT_SIGN[PLOT_LEFT_OUT].shape);
}
END_TEST

START_TEST(percentages_that_are_all_0_have_an_axis_without_values_below_0)
{
	for (size_t i = 0; i < 14; i++)
		month(0, 40);
	options.type = CHART_P;
	options.multiply = 100;
	face.percent = true;
	make();
	ck_assert_double_eq(plot.axis.low, 0);
	ck_assert_double_eq(plot.axis.high, 100);
}
END_TEST

START_TEST(small_numbers_are_no_points_and_no_gaps)
{
	for (size_t i = 0; i < 14; i++)
		month(i == 5 ? 4 : 10, 40);
	options.type = CHART_P;
	face.least = 5;
	make();
	ck_assert_str_eq(segments(PLOT_SERIES), "0-4 6-13");
	ck_assert(isnan(plot.point[5].y) && !plot.point[5].gap);
}
END_TEST

static void mark(const char *iso, const char *text)
{
	note[notes.count++] = (struct chart_note){ .date = day(iso), .text = text };
}

START_TEST(changes_are_numbered_among_those_that_the_chart_spans)
{
	months(12);
	mark("2023-12-31", "before");
	mark("2024-01-01", "first day");
	mark("2024-02-03", "second");
	mark("2025-01-01", "a month after the last point");
	mark("2025-01-02", "too late");
	make();
	ck_assert_uint_eq(plot.marks.count, 3);
	ck_assert_uint_eq(plot.marks.mark[0].number, 1);
	ck_assert_str_eq(plot.marks.mark[0].note->text, "first day");
	ck_assert_str_eq(plot_mark_words(&arena, &plot.marks.mark[1]), " 2  3 Feb 2024  second");
}
END_TEST

START_TEST(the_goal_is_named_with_its_date_and_in_fewer_words)
{
	months(3);
	options.target = 20;
	face.has_goal_by = true;
	face.goal_by = day("2026-12-31");
	make();
	ck_assert_str_eq(label(PLOT_GOAL), "goal 20 days by 31 Dec 2026");
	ck_assert_str_eq(plot.label[0].brief, "goal 20 days by Dec 26");
	ck_assert_str_eq(label(PLOT_CENTRE), "");
}
END_TEST

// --- in cells

static const char *printed(struct plot_view *v, int rows, int cols)
{
	struct canvas c;
	struct str out = STR_IN(&arena);
	v->plot = &plot;
	v->rows = rows;
	v->cols = cols;
	plot_view_fit(v);
	MUST(canvas_init(&c, &arena, rows, cols, v->ascii, &e));
	MUST(plot_view_draw(&c, &arena, v, &e));
	canvas_print(&c, &out);
	return str_done(&out);
}

START_TEST(points_are_joined_by_lines_that_meet_and_a_gap_is_one_of_the_axis_too)
{
	struct plot_view v = { .cursor = SIZE_MAX };
	static const double Y[] = { 10, 14, 14, NAN, 18, 10 };
	for (size_t i = 0; i < 6; i++)
		month(Y[i], NAN);
	make();
	ck_assert_str_eq(printed(&v, 7, 30), " 18┤                    ●──┐\n"
					     " 16┤                       │\n"
					     " 14┤   ┌─●────●            │\n"
					     " 12┤   │                   │\n"
					     " 10┤●──┘                   └─●\n"
					     "   └──────────────   ─────────\n"
					     "    Jan 2024  Mar       May\n");
}
END_TEST

START_TEST(a_number_without_room_is_a_plus_after_a_whole_number)
{
	struct plot_view v = { .cursor = SIZE_MAX };
	months(24);
	for (int i = 0; i < 9; i++)
		mark("2024-01-01", "first");
	mark("2025-06-01", "tenth");
	mark("2025-06-15", "too near");
	mark("2025-12-01", "last");
	make();
	const char *page = printed(&v, 12, 60);
	ck_assert_ptr_nonnull(strstr(page, "10+"));
	ck_assert_ptr_nonnull(strstr(page, "12"));
	ck_assert_ptr_nonnull(strstr(page, "1+"));
}
END_TEST

// What does not fit is before or after, and the axis goes on there.
START_TEST(a_window_shows_the_points_around_the_cursor)
{
	struct plot_view v = { .cursor = SIZE_MAX };
	months(60);
	make();
	ck_assert_ptr_nonnull(strstr(printed(&v, 12, 40), "‹"));
	ck_assert_uint_eq(v.first + v.shown, 60);
	v.cursor = 3;
	const char *page = printed(&v, 12, 40);
	ck_assert_uint_eq(v.first, 3);
	ck_assert_ptr_nonnull(strstr(page, "‹"));
	ck_assert_ptr_nonnull(strstr(page, "›"));
	ck_assert_ptr_nonnull(strstr(page, "┊"));
}
END_TEST

// --- what is drawn is what it holds

static unsigned long state;

static size_t chance(size_t below)
{
	state = state * 6364136223846793005UL + 1442695040888963407UL;
	return (size_t)(state >> 33) % below;
}

static void random_series(unsigned long seed)
{
	static const enum chart_type TYPES[] = { CHART_RUN, CHART_I, CHART_P, CHART_C };
	static size_t after[2];
	begin();
	state = seed;
	size_t n = 1 + chance(40);
	options.type = TYPES[chance(4)];
	options.baseline = chance(2) ? CHART_AUTO : CHART_ALL;
	options.direction = (enum chart_direction)chance(3);
	options.target = chance(2) ? (double)chance(20) : NAN;
	for (size_t i = 0; i < n; i++) {
		bool sized = options.type == CHART_P;
		month((double)chance(20), sized ? 20 + (double)chance(30) : NAN);
		data[i].excluded = chance(12) == 0;
		unusual[i] = chance(12) == 0;
		if (chance(7) == 0)
			data[i].y = NAN;
	}
	if (chance(3) == 0)
		options.until = data[chance(n)].x;
	after[0] = 1 + chance(n);
	after[1] = 1 + chance(n);
	options.phase_after = after;
	options.phase_afters = after[0] < n && after[1] < n ? chance(3) : 0;
	for (size_t k = chance(4); k > 0; k--)
		mark("2024-03-10", "change");
}

// Points by shape, in the picture.
static size_t scene_points(const struct scene *s, const char *name)
{
	size_t n = 0;
	for (size_t i = 0; i < s->count; i++)
		n += s->item[i].kind == SCENE_GROUP && str_equal(s->item[i].name, name);
	return n;
}

// Lines in groups of that name: corners of all of them, and how many are dashed.
static size_t scene_corners(const struct scene *s, const char *name, size_t *dashed)
{
	size_t n = 0;
	bool inside = false;
	*dashed = 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct scene_item *item = &s->item[i];
		if (item->kind == SCENE_GROUP || item->kind == SCENE_GROUP_END)
			inside = item->kind == SCENE_GROUP && str_equal(item->name, name);
		if (inside && item->kind == SCENE_LINE) {
			n += item->points;
			*dashed += item->style == SCENE_DASHED ? item->points : 0;
		}
	}
	return n;
}

static bool scene_says(const struct scene *s, const char *text)
{
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = 0; k < s->item[i].rows; k++)
			if (strstr(s->item[i].row[k].text, text))
				return true;
	return false;
}

static void check_scene(void)
{
	struct scene s = scene_begin(&arena, &EVEN_TYPE, 842, 595);
	struct panel p = { .scene = &s,
		.plot = &plot,
		.at = { 60, 40, 600, 400 },
		.size = 9.5,
		.values = true,
		.dates = true,
		.marks = true };
	panel_draw(&p);
	MUST(scene_done(&s, &e));
	size_t want[PLOT_LINES] = { 0 }, dashes[PLOT_LINES] = { 0 }, shape[PLOT_SHAPES] = { 0 };
	for (size_t i = 0; i < plot.segments; i++) {
		const struct plot_segment *g = &plot.segment[i];
		size_t corners = g->line == PLOT_SERIES ? g->to - g->from + 1 : 2;
		want[g->line] += corners;
		dashes[g->line] += g->dashed ? corners : 0;
	}
	for (size_t i = 0; i < chart.count; i++)
		shape[plot.point[i].shape] += isnan(plot.point[i].y) ? 0 : 1;
	size_t dashed;
	ck_assert_uint_eq(scene_corners(&s, "series", &dashed), want[PLOT_SERIES]);
	ck_assert_uint_eq(scene_corners(&s, "goal", &dashed), want[PLOT_GOAL]);
	ck_assert_uint_eq(
	    scene_corners(&s, "limits", &dashed), want[PLOT_LOWER] + want[PLOT_UPPER]);
	ck_assert_uint_eq(dashed, dashes[PLOT_LOWER] + dashes[PLOT_UPPER]);
	ck_assert_uint_eq(scene_corners(&s, "centre", &dashed), want[PLOT_CENTRE]);
	ck_assert_uint_eq(dashed, dashes[PLOT_CENTRE]);
	for (size_t i = 0; i < PLOT_SHAPES; i++)
		ck_assert_uint_eq(scene_points(&s, PLOT_SIGN[i].name), shape[i]);
	for (size_t i = 0; i < plot.labels; i++)
		ck_assert(scene_says(&s, plot.label[i].text));
	for (size_t i = 0; i < plot.pasts; i++)
		ck_assert(scene_says(&s, plot.past[i].text));
}

// --- in cells: wide enough that no two points share a column

enum { ROWS = 24, COLS = 200, LEFT = 10 };

static struct plot_view view_of(bool ascii)
{
	struct plot_view v = { .plot = &plot,
		.rows = ROWS,
		.cols = COLS,
		.margin = LEFT,
		.ends = 40,
		.cursor = SIZE_MAX,
		.ascii = ascii };
	plot_view_fit(&v);
	ck_assert_uint_eq(v.shown, chart.count);
	return v;
}

static bool is_glyph(const struct canvas *c, int row, int col, const char *glyph)
{
	size_t n;
	const char *is = canvas_glyph(c, row, col, &n);
	return is && n == strlen(glyph) && memcmp(is, glyph, n) == 0;
}

static bool is_point(const struct canvas *c, int row, int col, bool ascii)
{
	for (size_t i = 0; i < PLOT_SHAPES; i++)
		if (is_glyph(c, row, col, ascii ? PLOT_SIGN[i].ascii : PLOT_SIGN[i].glyph))
			return true;
	return false;
}

// Whether anything of the series is in a column of the plot.
static bool has_series(const struct canvas *c, int rows, int col)
{
	for (int row = 0; row < rows; row++)
		if (canvas_at(c, row, col)->lines)
			return true;
	return false;
}

// The columns of points, found in the cells by their signs.
static size_t find_points(const struct canvas *c, int rows, bool ascii, int *col, int *row)
{
	size_t n = 0;
	for (int x = LEFT; x < COLS - 40; x++)
		for (int y = 0; y < rows; y++)
			if (is_point(c, y, x, ascii)) {
				col[n] = x;
				row[n++] = y;
			}
	return n;
}

// Followed from cell to cell: from a point to the next one, by arms that meet.
static bool is_connected(const struct canvas *c, int row, int col, int to_row, int to_col)
{
	enum { UP = 1, DOWN = 2, WEST = 4, EAST = 8 };
	int way = EAST;
	col++;
	for (int steps = 0; steps < 500; steps++) {
		if (row == to_row && col == to_col)
			return true;
		unsigned arms = canvas_at(c, row, col)->lines;
		unsigned back = way == EAST ? WEST : way == UP ? DOWN : UP;
		if (!(arms & back))
			return false;
		way = way != EAST && (arms & (unsigned)way) ? way
		      : way == EAST && (arms & UP)	    ? UP
		      : way == EAST && (arms & DOWN)	    ? DOWN
		      : (arms & EAST)			    ? EAST
							    : 0;
		if (!way)
			return false;
		col += way == EAST;
		row += way == DOWN ? 1 : way == UP ? -1 : 0;
	}
	return false;
}

static void check_joins(const struct canvas *c, const int *col, const int *row)
{
	size_t drawn[MANY], n = 0;
	for (size_t i = 0; i < chart.count; i++)
		if (!isnan(plot.point[i].y))
			drawn[n++] = i;
	for (size_t k = 0; k + 1 < n; k++) {
		bool joined = false;
		for (size_t i = 0; i < plot.segments; i++) {
			const struct plot_segment *g = &plot.segment[i];
			joined = joined || (g->line == PLOT_SERIES && g->from <= drawn[k] &&
					       g->to >= drawn[k + 1]);
		}
		ck_assert_int_eq(is_connected(c, row[k], col[k], row[k + 1], col[k + 1]), joined);
		for (int x = col[k] + 1; !joined && x < col[k + 1]; x++)
			ck_assert(!has_series(c, ROWS - 3, x));
	}
}

static size_t count_bars(const struct canvas *c, int rows, int which)
{
	size_t n = 0;
	for (int y = 0; y < rows; y++)
		for (int x = LEFT; x < COLS - 40; x++)
			n += canvas_at(c, y, x)->bar == which;
	return n;
}

static void check_cells(bool ascii)
{
	struct plot_view v = view_of(ascii);
	struct canvas c;
	int col[MANY], row[MANY];
	MUST(canvas_init(&c, &arena, ROWS, COLS, ascii, &e));
	MUST(plot_view_draw(&c, &arena, &v, &e));
	size_t points = 0, solid = 0, dashed = 0;
	for (size_t i = 0; i < chart.count; i++)
		points += isnan(plot.point[i].y) ? 0 : 1;
	for (size_t i = 0; i < plot.segments; i++) {
		solid += plot.segment[i].line == PLOT_CENTRE && !plot.segment[i].dashed;
		dashed += plot.segment[i].line == PLOT_CENTRE && plot.segment[i].dashed;
	}
	int rows = ROWS - plot_view_below(&v);
	if (!ascii) { // letters of ASCII stand in the values of phases too
		ck_assert_uint_eq(find_points(&c, rows, ascii, col, row), points);
		check_joins(&c, col, row);
	}
	ck_assert_int_eq(count_bars(&c, rows, 1) > 0, solid > 0);
	ck_assert_int_eq(count_bars(&c, rows, 2) > 0, dashed > 0);
	struct str out = STR_IN(&arena);
	canvas_print(&c, &out);
	const char *page = str_done(&out);
	for (size_t i = 0; i < plot.labels; i++)
		ck_assert_msg(strstr(page, plot.label[i].text), "%s\n%s", plot.label[i].text, page);
	for (size_t i = 0; i < plot.pasts; i++)
		ck_assert_msg(strstr(page, plot.past[i].text), "%s\n%s", plot.past[i].text, page);
	const char *numbers = strrchr(arena_copy(&arena, page, strlen(page) - 1), '\n');
	ck_assert(plot.marks.count == 0 || strchr(numbers, '1'));
}

START_TEST(cells_and_picture_draw_what_the_plot_holds)
{
	for (long i = 0; i < long_amount(150, 20000); i++) {
		random_series((unsigned long)i * 977 + 1);
		make();
		check_scene();
		check_cells(false);
		check_cells(true);
		arena_free(&arena);
	}
}
END_TEST

START_TEST(numbers_below_a_millionth_are_not_shown_as_0)
{
	struct chart_point two[] = { { .x = 1, .y = 2e-9 }, { .x = 2, .y = 3e-9 } };
	const struct chart tiny = { .point = two, .count = 2 };
	const struct chart_face plain = { .decimals = -1 };
	ck_assert_str_eq(chart_number(&arena, &tiny, &plain, 2e-9), "0.000000002");
	two[0].y = 0.1 + 0.2;
	two[1].y = 0.3; // the same but for its last bit
	ck_assert_str_eq(chart_number(&arena, &tiny, &plain, two[0].y), "0.3");
}
END_TEST

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	Suite *s = suite_create("output-plot");
	TCase *t = tcase_create("plot");
	tcase_add_checked_fixture(t, begin, end);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, numbers_below_a_millionth_are_not_shown_as_0);
	tcase_add_test(t, points_are_joined_but_for_gaps_and_phases);
	tcase_add_test(t, a_point_alone_between_gaps_is_joined_to_nothing);
	tcase_add_test(t, the_centre_is_solid_over_its_baseline_and_dashed_beyond);
	tcase_add_test(t, a_phase_of_few_points_is_dashed_and_of_fewer_has_none);
	tcase_add_test(t, each_phase_has_its_lines_and_one_that_is_over_keeps_its_value);
	tcase_add_test(t, limits_step_where_group_sizes_change);
	tcase_add_test(t, shapes_tell_what_people_and_rules_said_of_a_point);
	tcase_add_test(t, points_after_today_have_a_shape_of_their_own_and_no_line_runs_into_them);
	tcase_add_test(t, percentages_that_are_all_0_have_an_axis_without_values_below_0);
	tcase_add_test(t, small_numbers_are_no_points_and_no_gaps);
	tcase_add_test(t, changes_are_numbered_among_those_that_the_chart_spans);
	tcase_add_test(t, the_goal_is_named_with_its_date_and_in_fewer_words);
	tcase_add_test(t, points_are_joined_by_lines_that_meet_and_a_gap_is_one_of_the_axis_too);
	tcase_add_test(t, a_number_without_room_is_a_plus_after_a_whole_number);
	tcase_add_test(t, a_window_shows_the_points_around_the_cursor);
	tcase_add_test(t, cells_and_picture_draw_what_the_plot_holds);
	suite_add_tcase(s, t);
	return test_run(s);
}
