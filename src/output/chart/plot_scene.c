// SPDX-License-Identifier: MIT
#include "output/chart/plot_scene.h"

#include <plando/str.h>

#include <math.h>

enum { MARK_ROWS = 3 };
#define INSET 1.4 // sizes between the axes and the first and last point
#define FLOOR 0.9 // and between the x axis and the lowest value

static double plot_scene_panel_x(const struct panel *p, double x)
{
	double inset = INSET * p->size, span = (double)(p->plot->to - p->plot->from);
	double place = span > 0 ? (x - (double)p->plot->from) / span : 0.5;
	return p->at.x + inset + place * (p->at.w - 2 * inset);
}

static double plot_scene_panel_y(const struct panel *p, double v)
{
	return p->at.y + (p->at.h - FLOOR * p->size) * (1 - axis_place(&p->plot->axis, v));
}

static double plot_scene_panel_point_x(const struct panel *p, size_t i)
{
	return plot_scene_panel_x(p, (double)p->plot->chart->point[i].x);
}

// The text, or "" where memory ran out, which the scene remembers.
static const char *plot_scene_panel_kept(const struct panel *p, const char *text)
{
	p->scene->failed = p->scene->failed || !text;
	return text ? text : "";
}

static struct scene_font plot_scene_panel_font(
    const struct panel *p, enum scene_role role, enum scene_anchor anchor)
{
	return (struct scene_font){ .size = p->size, .role = role, .anchor = anchor };
}

// --- the y axis

double panel_left(const struct panel *p)
{
	struct scene_font f = plot_scene_panel_font(p, SCENE_FAINT, SCENE_END);
	double widest = 0;
	for (size_t i = 0; i < p->plot->ticks; i++)
		widest = fmax(widest, scene_text_width(p->scene, &f, p->plot->tick[i].text));
	return p->values ? widest + 0.8 * p->size : 0;
}

static void plot_scene_panel_draw_values(const struct panel *p)
{
	struct scene_font f = plot_scene_panel_font(p, SCENE_FAINT, SCENE_END);
	struct scene_pen rule = { SCENE_RULE, SCENE_SOLID, 0.5 };
	scene_group(p->scene, "values", NULL);
	for (size_t i = 0; i < p->plot->ticks; i++) {
		const struct plot_tick *t = &p->plot->tick[i];
		double y = plot_scene_panel_y(p, t->value);
		scene_line(p->scene, rule, p->at.x, y, p->at.x + p->at.w, y);
		if (p->values)
			scene_text(
			    p->scene, &f, p->at.x - 0.6 * p->size, y + 0.35 * p->size, t->text);
	}
	scene_group_end(p->scene);
}

// --- the x axis

static void plot_scene_panel_draw_date(const struct panel *p, const struct axis_tick *t)
{
	struct scene_font f = plot_scene_panel_font(p, SCENE_FAINT, SCENE_MIDDLE);
	double x = plot_scene_panel_x(p, (double)t->at), y = p->at.y + p->at.h;
	scene_line(p->scene, (struct scene_pen){ SCENE_INK, SCENE_SOLID, 0.6 }, x, y, x,
	    y + 0.4 * p->size);
	if (!p->dates)
		return;
	scene_text(p->scene, &f, x, y + 1.5 * p->size, t->label);
	if (t->year)
		scene_text(p->scene, &f, x, y + 2.7 * p->size,
		    plot_scene_panel_kept(p, arena_printf(p->scene->arena, "%d", t->year)));
}

// A date that is due and has no value is a gap in the axis too, as wide as half a step.
static void plot_scene_panel_draw_gap(const struct panel *p, size_t i)
{
	double x = plot_scene_panel_point_x(p, i), y = p->at.y + p->at.h;
	double wide = fmin(p->size, 0.5 * p->at.w / (double)p->plot->chart->count);
	scene_line(p->scene, (struct scene_pen){ SCENE_PAPER, SCENE_SOLID, 1.6 }, x - wide / 2, y,
	    x + wide / 2, y);
}

static void plot_scene_panel_draw_dates(const struct panel *p)
{
	double y = p->at.y + p->at.h;
	size_t most = (size_t)fmax(2, p->at.w / (4.6 * p->size));
	struct axis_ticks t =
	    plot_dates(p->scene->arena, p->plot, p->plot->from, p->plot->to, most);
	scene_group(p->scene, "dates", NULL);
	scene_line(p->scene, (struct scene_pen){ SCENE_INK, SCENE_SOLID, 0.8 }, p->at.x, y,
	    p->at.x + p->at.w, y);
	for (size_t i = 0; i < p->plot->chart->count; i++)
		if (p->plot->point[i].gap)
			plot_scene_panel_draw_gap(p, i);
	for (size_t i = 0; t.tick && p->plot->from < p->plot->to && i < t.count; i++)
		plot_scene_panel_draw_date(p, &t.tick[i]);
	p->scene->failed = p->scene->failed || !t.tick;
	scene_group_end(p->scene);
}

// --- numbers of changes

static void plot_scene_panel_draw_mark(
    const struct panel *p, size_t number, double x, double y, bool line)
{
	struct scene_font f = {
		.size = 0.85 * p->size, .bold = true, .role = SCENE_INK, .anchor = SCENE_MIDDLE
	};
	const char *text = plot_scene_panel_kept(p, arena_printf(p->scene->arena, "%zu", number));
	double w = fmax(1.3 * p->size, scene_text_width(p->scene, &f, text) + 0.5 * p->size);
	struct scene_rect box = { x - w / 2, y - 0.65 * p->size, w, 1.3 * p->size };
	if (line)
		scene_line(p->scene, (struct scene_pen){ SCENE_FAINT, SCENE_DOTTED, 0.6 }, x,
		    p->at.y, x, p->at.y + p->at.h);
	scene_box(p->scene, (struct scene_pen){ SCENE_INK, SCENE_SOLID, 0.6 }, SCENE_PAPER, box,
	    0.65 * p->size);
	scene_text(p->scene, &f, x, y + 0.31 * p->size, text);
}

struct mark_rows {
	double end[MARK_ROWS];
	size_t used;
};

// The row of the next number at x: those that would lie on each other take the next one. MARK_ROWS:
// there is none; it stands in the list only.
static size_t plot_scene_panel_mark_row(const struct panel *p, struct mark_rows *rows, double x)
{
	size_t row = 0;
	while (row < MARK_ROWS && row < rows->used && x - p->size < rows->end[row])
		row++;
	if (row == MARK_ROWS)
		return row;
	rows->end[row] = x + p->size;
	rows->used = row + 1 > rows->used ? row + 1 : rows->used;
	return row;
}

static double plot_scene_panel_mark_x(const struct panel *p, const struct plot_mark *m)
{
	return fmin(plot_scene_panel_x(p, (double)m->note->date), p->at.x + p->at.w);
}

static size_t plot_scene_panel_marks(const struct panel *p)
{
	return p->marks ? p->plot->marks.count : 0;
}

double panel_below(const struct panel *p)
{
	struct mark_rows rows = { .used = 0 };
	for (size_t i = 0; i < plot_scene_panel_marks(p); i++)
		plot_scene_panel_mark_row(
		    p, &rows, plot_scene_panel_mark_x(p, &p->plot->marks.mark[i]));
	double marks = rows.used ? (double)rows.used * 1.6 + 0.6 : 0;
	return ((p->dates ? 3.2 : 0.8) + marks) * p->size;
}

static void plot_scene_panel_draw_marks(const struct panel *p)
{
	struct mark_rows rows = { .used = 0 };
	double top = p->at.y + p->at.h + 4 * p->size, before = -1;
	scene_group(p->scene, "notes", NULL);
	for (size_t i = 0; i < plot_scene_panel_marks(p); i++) {
		const struct plot_mark *m = &p->plot->marks.mark[i];
		double x = plot_scene_panel_mark_x(p, m);
		size_t row = plot_scene_panel_mark_row(p, &rows, x);
		if (row == MARK_ROWS)
			continue;
		plot_scene_panel_draw_mark(
		    p, m->number, x, top + (double)row * 1.6 * p->size, x > before + 0.5);
		before = x;
	}
	scene_group_end(p->scene);
}

// --- lines

// Half-way to the neighbour; where the phase ends a little beyond, short of the next one.
static double plot_scene_panel_edge_x(const struct panel *p, size_t i, bool right)
{
	const struct chart *c = p->plot->chart;
	double x = plot_scene_panel_point_x(p, i), beyond = 0.6 * p->size;
	if (right ? i + 1 == c->count : i == 0)
		return right ? x + beyond : x - beyond;
	size_t next = right ? i + 1 : i - 1;
	double half = (plot_scene_panel_point_x(p, next) - x) / 2;
	if (c->point[next].phase == c->point[i].phase)
		return x + half;
	return x + (half < 0 ? -1 : 1) * fmin(beyond, 0.8 * fabs(half));
}

static const struct panel_look {
	const char *name;
	enum scene_role role;
	enum scene_style style; // where it is not dashed
	double width;		// in sizes
} PANEL_LOOK[PLOT_LINES] = {
	[PLOT_SERIES] = { "series", SCENE_COMMON, SCENE_SOLID, 0.09 },
	[PLOT_CENTRE] = { "centre", SCENE_INK, SCENE_SOLID, 0.13 },
	[PLOT_LOWER] = { "limits", SCENE_FAINT, SCENE_SOLID, 0.075 },
	[PLOT_UPPER] = { "limits", SCENE_FAINT, SCENE_SOLID, 0.075 },
	[PLOT_GOAL] = { "goal", SCENE_GOAL, SCENE_DOTTED, 0.14 },
	[PLOT_REFERENCE] = { "whole", SCENE_FAINT, SCENE_SOLID, 0.06 },
};

static struct scene_pen plot_scene_panel_pen(const struct panel *p, const struct plot_segment *s)
{
	const struct panel_look *look = &PANEL_LOOK[s->line];
	return (struct scene_pen){ look->role, s->dashed ? SCENE_DASHED : look->style,
		look->width * p->size };
}

// Whether b goes on where a ends: then a step joins them. The series ends where it ends.
static bool plot_scene_panel_goes_on(
    const struct panel *p, const struct plot_segment *a, const struct plot_segment *b)
{
	const struct chart_point *of = p->plot->chart->point;
	return a->line != PLOT_SERIES && a->line == b->line && a->dashed == b->dashed &&
	       b->from == a->to + 1 && of[a->to].phase == of[b->from].phase;
}

// An end of a line across.
static struct scene_point plot_scene_panel_end(
    const struct panel *p, const struct plot_segment *s, bool right)
{
	bool edge = s->line == PLOT_GOAL || s->line == PLOT_REFERENCE;
	double x = edge ? p->at.x + right * p->at.w
			: plot_scene_panel_edge_x(p, right ? s->to : s->from, right);
	return (struct scene_point){ x, plot_scene_panel_y(p, s->value) };
}

// Segments [from, to), which go on from each other: through points, or in steps.
static void plot_scene_panel_draw_line(const struct panel *p, size_t from, size_t to)
{
	const struct plot_segment *s = &p->plot->segment[from];
	bool series = s->line == PLOT_SERIES;
	size_t n = series ? s->to - s->from + 1 : 2 * (to - from);
	struct scene_point *at = arena_array(p->scene->arena, n, sizeof *at);
	p->scene->failed = p->scene->failed || !at;
	for (size_t i = 0; at && i < n; i++)
		if (series)
			at[i] = (struct scene_point){ plot_scene_panel_point_x(p, s->from + i),
				plot_scene_panel_y(p, p->plot->point[s->from + i].y) };
		else
			at[i] = plot_scene_panel_end(p, &s[i / 2], i % 2);
	if (at)
		scene_lines(p->scene, plot_scene_panel_pen(p, s), at, n);
}

// The plot has them in the order in which they are drawn; a group holds those of one line.
static void plot_scene_panel_draw_lines(const struct panel *p)
{
	const struct plot_segment *s = p->plot->segment;
	size_t n = p->plot->segments;
	for (size_t i = 0, to; i < n; i = to) {
		const char *name = PANEL_LOOK[s[i].line].name;
		bool begins = i == 0 || !str_equal(name, PANEL_LOOK[s[i - 1].line].name);
		if (begins && i)
			scene_group_end(p->scene);
		if (begins)
			scene_group(p->scene, name,
			    s[i].line == PLOT_CENTRE ? chart_centre_name(p->plot->chart) : NULL);
		for (to = i + 1; to < n && plot_scene_panel_goes_on(p, &s[to - 1], &s[to]);)
			to++;
		plot_scene_panel_draw_line(p, i, to);
	}
	if (n)
		scene_group_end(p->scene);
}

// --- points

static void plot_scene_panel_draw_point(const struct panel *p, size_t i)
{
	const struct plot_point *point = &p->plot->point[i];
	const struct plot_sign *sign = &PLOT_SIGN[point->shape];
	const struct chart *c = p->plot->chart;
	struct arena *a = p->scene->arena;
	double room = p->at.w / (double)c->count;
	const char *when = plot_scene_panel_kept(p, chart_when(a, c, p->plot->face, c->point[i].x));
	const char *words = plot_scene_panel_kept(p, chart_point_words(a, c, p->plot->face, i));
	scene_group(
	    p->scene, sign->name, plot_scene_panel_kept(p, arena_printf(a, "%s: %s", when, words)));
	scene_mark(p->scene, sign->shape, sign->role, plot_scene_panel_point_x(p, i),
	    plot_scene_panel_y(p, point->y), fmax(fmin(sign->size * p->size, 1.6 * room), 1.5));
	scene_group_end(p->scene);
}

static void plot_scene_panel_draw_points(const struct panel *p)
{
	scene_group(p->scene, "dots", NULL);
	for (size_t i = 0; i < p->plot->chart->count; i++)
		if (!isnan(p->plot->point[i].y))
			plot_scene_panel_draw_point(p, i);
	scene_group_end(p->scene);
}

// --- names at the right ends of lines

double panel_right(const struct panel *p)
{
	struct scene_font f = plot_scene_panel_font(p, SCENE_INK, SCENE_START);
	double widest = 0;
	for (size_t i = 0; i < p->plot->labels; i++)
		widest = fmax(widest, scene_text_width(p->scene, &f, p->plot->label[i].text));
	return p->plot->labels ? widest + 0.8 * p->size : 0;
}

// By height, then apart from each other: first pushed down, then up from the bottom.
static void plot_scene_panel_part_labels(
    const struct panel *p, const struct plot_label *l[], double y[], size_t n)
{
	double step = 1.2 * p->size, bottom = p->at.y + p->at.h;
	for (size_t i = 0; i < n; i++) {
		l[i] = &p->plot->label[i];
		for (size_t k = i; k > 0 && l[k]->value > l[k - 1]->value; k--) {
			const struct plot_label *higher = l[k];
			l[k] = l[k - 1];
			l[k - 1] = higher;
		}
	}
	for (size_t i = 0; i < n; i++) {
		y[i] = plot_scene_panel_y(p, l[i]->value);
		if (i && y[i] < y[i - 1] + step)
			y[i] = y[i - 1] + step;
	}
	for (size_t i = n; i-- > 0;)
		y[i] = fmin(y[i], i + 1 < n ? y[i + 1] - step : bottom);
}

static void plot_scene_panel_draw_names(const struct panel *p)
{
	const struct plot_label *l[PLOT_LABELS];
	double y[PLOT_LABELS];
	plot_scene_panel_part_labels(p, l, y, p->plot->labels);
	scene_group(p->scene, "names", NULL);
	for (size_t i = 0; i < p->plot->labels; i++) {
		enum scene_role role = l[i]->line == PLOT_GOAL	      ? SCENE_GOAL
				       : l[i]->line == PLOT_REFERENCE ? SCENE_FAINT
								      : SCENE_INK;
		struct scene_font f = plot_scene_panel_font(p, role, SCENE_START);
		scene_text(p->scene, &f, p->at.x + p->at.w + 0.6 * p->size, y[i] + 0.35 * p->size,
		    l[i]->text);
	}
	scene_group_end(p->scene);
}

// How much lies under a label: points, and quarters of the way from each to the next.
static size_t plot_scene_panel_under(
    const struct panel *p, const struct plot_past *past, struct scene_rect at)
{
	size_t n = 0;
	double r = 0.4 * p->size;
	for (size_t i = past->from; i <= past->to; i++)
		for (size_t k = 0; k < (i < past->to ? 4 : 1); k++) {
			double part = (double)k / 4;
			size_t next = k ? i + 1 : i;
			double x = plot_scene_panel_point_x(p, i) * (1 - part) +
				   plot_scene_panel_point_x(p, next) * part;
			double y = plot_scene_panel_y(p, p->plot->point[i].y) * (1 - part) +
				   plot_scene_panel_y(p, p->plot->point[next].y) * part;
			n += x > at.x - r && x < at.x + at.w + r && y > at.y - r &&
			     y < at.y + at.h + r;
		}
	return n;
}

// Above or below its line, at one of its ends, where least is.
static void plot_scene_panel_draw_past(const struct panel *p, const struct plot_past *past)
{
	struct scene_font f = plot_scene_panel_font(p, SCENE_INK, SCENE_START);
	double w = scene_text_width(p->scene, &f, past->text),
	       line = plot_scene_panel_y(p, past->value);
	double left = plot_scene_panel_edge_x(p, past->from, false);
	double right = plot_scene_panel_edge_x(p, past->to, true) - w;
	const struct scene_rect PLACES[] = { { right, line - 1.4 * p->size, w, p->size },
		{ left, line - 1.4 * p->size, w, p->size },
		{ right, line + 0.4 * p->size, w, p->size },
		{ left, line + 0.4 * p->size, w, p->size } };
	size_t best = 0, least = SIZE_MAX;
	for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
		size_t under = plot_scene_panel_under(p, past, PLACES[i]);
		if (under < least) {
			least = under;
			best = i;
		}
	}
	struct scene_rect under = PLACES[best];
	under.h *= 1.15;
	scene_box(p->scene, (struct scene_pen){ 0 }, SCENE_PAPER, under, 0); // read before lines
	scene_text(p->scene, &f, PLACES[best].x, PLACES[best].y + p->size, past->text);
}

void panel_draw(const struct panel *p)
{
	plot_scene_panel_draw_values(p);
	plot_scene_panel_draw_dates(p);
	plot_scene_panel_draw_marks(p);
	plot_scene_panel_draw_lines(p);
	plot_scene_panel_draw_points(p);
	plot_scene_panel_draw_names(p);
	for (size_t i = 0; i < p->plot->pasts; i++)
		plot_scene_panel_draw_past(p, &p->plot->past[i]);
}
