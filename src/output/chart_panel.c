// SPDX-License-Identifier: MIT
#include "output/chart_panel.h"

#include <plando/axis_days.h>
#include <plando/str.h>

#include <math.h>

enum { LABELS = 4, NOTE_ROWS = 3 };
#define INSET 1.4 // sizes between the axes and the first and last point
#define FLOOR 0.9 // and between the x axis and the lowest value

static double x_of(const struct panel *p, double x)
{
	double inset = INSET * p->size, span = (double)(p->to - p->from);
	double place = span > 0 ? (x - (double)p->from) / span : 0.5;
	return p->plot.x + inset + place * (p->plot.w - 2 * inset);
}

static double y_of(const struct panel *p, double v)
{
	return p->plot.y + (p->plot.h - FLOOR * p->size) * (1 - axis_place(&p->axis, v));
}

// What is drawn of a point: NAN where it has no value, or one that is not shown.
static double drawn(const struct panel *p, size_t i)
{
	const struct chart_point *point = &p->chart->point[i];
	return chart_hides(p->chart, p->face, point) ? NAN : point->y;
}

static double point_x(const struct panel *p, size_t i)
{
	return x_of(p, (double)p->chart->point[i].x);
}

// The text, or "" where memory ran out, which the scene remembers.
static const char *kept(const struct panel *p, const char *text)
{
	p->scene->failed = p->scene->failed || !text;
	return text ? text : "";
}

static struct scene_font font(const struct panel *p, enum scene_role role, enum scene_anchor anchor)
{
	return (struct scene_font){ .size = p->size, .role = role, .anchor = anchor };
}

// --- the y axis

static const char *tick_text(const struct panel *p, double v)
{
	if (fabs(v) < p->axis.step / 1000)
		v = 0;
	return kept(p, arena_printf(p->scene->arena, "%.*f%s", p->axis.decimals, v,
			   p->face->percent ? "%" : ""));
}

static size_t ticks(const struct panel *p)
{
	double n = (p->axis.high - p->axis.low) / p->axis.step;
	return n > 0 && n < 100 ? (size_t)(n + 1.001) : 1;
}

double panel_left(const struct panel *p)
{
	struct scene_font f = font(p, SCENE_FAINT, SCENE_END);
	double widest = 0;
	for (size_t i = 0; i < ticks(p); i++)
		widest = fmax(widest, scene_text_width(p->scene, &f,
					  tick_text(p, p->axis.low + (double)i * p->axis.step)));
	return p->values ? widest + 0.8 * p->size : 0;
}

static void draw_values(const struct panel *p)
{
	struct scene_font f = font(p, SCENE_FAINT, SCENE_END);
	struct scene_pen rule = { SCENE_RULE, SCENE_SOLID, 0.5 };
	scene_group(p->scene, "values", NULL);
	for (size_t i = 0; i < ticks(p); i++) {
		double v = p->axis.low + (double)i * p->axis.step, y = y_of(p, v);
		scene_line(p->scene, rule, p->plot.x, y, p->plot.x + p->plot.w, y);
		if (p->values)
			scene_text(p->scene, &f, p->plot.x - 0.6 * p->size, y + 0.35 * p->size,
			    tick_text(p, v));
	}
	scene_group_end(p->scene);
}

// --- the x axis

static void draw_date(const struct panel *p, const struct axis_tick *t)
{
	struct scene_font f = font(p, SCENE_FAINT, SCENE_MIDDLE);
	double x = x_of(p, (double)t->at), y = p->plot.y + p->plot.h;
	scene_line(p->scene, (struct scene_pen){ SCENE_INK, SCENE_SOLID, 0.6 }, x, y, x,
	    y + 0.4 * p->size);
	if (!p->dates)
		return;
	scene_text(p->scene, &f, x, y + 1.5 * p->size, t->label);
	if (t->year)
		scene_text(p->scene, &f, x, y + 2.7 * p->size,
		    kept(p, arena_printf(p->scene->arena, "%d", t->year)));
}

// Days between the two nearest points.
static int64_t apart(const struct panel *p)
{
	int64_t least = INT64_MAX;
	for (size_t i = 1; i < p->chart->count; i++) {
		int64_t days = p->chart->point[i].x - p->chart->point[i - 1].x;
		least = days < least ? days : least;
	}
	return least == INT64_MAX ? 1 : least;
}

static void draw_dates(const struct panel *p)
{
	double y = p->plot.y + p->plot.h;
	size_t most = (size_t)fmax(2, p->plot.w / (4.6 * p->size));
	struct axis_ticks t = p->face->numbers
				  ? axis_numbers(p->scene->arena, p->from, p->to, most)
				  : axis_days(p->scene->arena, p->from, p->to, apart(p), most);
	scene_group(p->scene, "dates", NULL);
	scene_line(p->scene, (struct scene_pen){ SCENE_INK, SCENE_SOLID, 0.8 }, p->plot.x, y,
	    p->plot.x + p->plot.w, y);
	for (size_t i = 0; i < t.count; i++)
		draw_date(p, &t.tick[i]);
	p->scene->failed = p->scene->failed || !t.tick;
	scene_group_end(p->scene);
}

// --- numbers of notes

static void draw_note(const struct panel *p, size_t number, double x, double y, bool line)
{
	struct scene_font f = {
		.size = 0.85 * p->size, .bold = true, .role = SCENE_INK, .anchor = SCENE_MIDDLE
	};
	const char *text = kept(p, arena_printf(p->scene->arena, "%zu", number));
	double w = fmax(1.3 * p->size, scene_text_width(p->scene, &f, text) + 0.5 * p->size);
	struct scene_rect box = { x - w / 2, y - 0.65 * p->size, w, 1.3 * p->size };
	if (line)
		scene_line(p->scene, (struct scene_pen){ SCENE_FAINT, SCENE_DOTTED, 0.6 }, x,
		    p->plot.y, x, p->plot.y + p->plot.h);
	scene_box(p->scene, (struct scene_pen){ SCENE_INK, SCENE_SOLID, 0.6 }, SCENE_PAPER, box,
	    0.65 * p->size);
	scene_text(p->scene, &f, x, y + 0.31 * p->size, text);
}

struct note_rows {
	double end[NOTE_ROWS];
	size_t used;
};

// The row of the next number at x: those that would lie on each other take the next one. NOTE_ROWS:
// there is none; it stands in the list only.
static size_t note_row(const struct panel *p, struct note_rows *rows, double x)
{
	size_t row = 0;
	while (row < NOTE_ROWS && row < rows->used && x - p->size < rows->end[row])
		row++;
	if (row == NOTE_ROWS)
		return row;
	rows->end[row] = x + p->size;
	rows->used = row + 1 > rows->used ? row + 1 : rows->used;
	return row;
}

static double note_x(const struct panel *p, size_t note)
{
	return fmin(x_of(p, (double)p->notes->note[note].date), p->plot.x + p->plot.w);
}

double panel_below(const struct panel *p)
{
	struct note_rows rows = { .used = 0 };
	for (size_t i = 0; p->notes && p->chart->count && i < p->notes->count; i++)
		if (chart_note_within(p->from, p->to, p->notes, i))
			note_row(p, &rows, note_x(p, i));
	double notes = rows.used ? (double)rows.used * 1.6 + 0.6 : 0;
	return ((p->dates ? 3.2 : 0.8) + notes) * p->size;
}

static void draw_notes(const struct panel *p)
{
	struct note_rows rows = { .used = 0 };
	double top = p->plot.y + p->plot.h + 4 * p->size, before = -1;
	scene_group(p->scene, "notes", NULL);
	for (size_t i = 0; i < p->notes->count; i++) {
		size_t number = chart_note_within(p->from, p->to, p->notes, i);
		double x = note_x(p, i);
		size_t row = number ? note_row(p, &rows, x) : NOTE_ROWS;
		if (row == NOTE_ROWS)
			continue;
		draw_note(p, number, x, top + (double)row * 1.6 * p->size, x > before + 0.5);
		before = x;
	}
	scene_group_end(p->scene);
}

// --- lines

enum panel_line panel_centre_line(const struct chart *c, const struct chart_phase *phase)
{
	if (phase->points < CHART_LEAST || isnan(phase->centre))
		return PANEL_NO_LINE;
	size_t enough = chart_has_limits(c->type) ? (size_t)CHART_TRIAL : (size_t)CHART_FROZEN;
	return phase->points < enough ? PANEL_TRIAL : PANEL_LINE;
}

static double centre_of(const struct chart_point *p)
{
	return p->centre;
}

static double lower_of(const struct chart_point *p)
{
	return p->lower;
}

static double upper_of(const struct chart_point *p)
{
	return p->upper;
}

// Halfway to the neighbour, at the ends of a phase half a step beyond.
static double edge_x(const struct panel *p, size_t from, size_t to, size_t i, bool right)
{
	double x = point_x(p, i), step = 0.6 * p->size;
	if (right && i + 1 < to)
		return (x + point_x(p, i + 1)) / 2;
	if (!right && i > from)
		return (x + point_x(p, i - 1)) / 2;
	return right ? x + step : x - step;
}

// Through the points [from, to) of one phase, in steps where the value changes.
static void draw_steps(const struct panel *p, struct scene_pen pen, size_t from, size_t to,
    double (*value)(const struct chart_point *))
{
	const struct chart_phase *ph = &p->chart->phase[p->chart->point[from].phase];
	struct scene_point *at = arena_array(p->scene->arena, 2 * (to - from) + 1, sizeof *at);
	size_t n = 0;
	if (!at) {
		p->scene->failed = true;
		return;
	}
	for (size_t i = from; i < to; i++) {
		double v = value(&p->chart->point[i]);
		if (isnan(v))
			continue;
		double y = y_of(p, v), right = edge_x(p, ph->from, ph->to, i, true);
		if (n && fabs(at[n - 1].y - y) < 0.001) {
			at[n - 1].x = right;
			continue;
		}
		at[n++] = (struct scene_point){ edge_x(p, ph->from, ph->to, i, false), y };
		at[n++] = (struct scene_point){ right, y };
	}
	if (n)
		scene_lines(p->scene, pen, at, n);
}

// The centre line is solid over the points that made it and dashed beyond.
static void draw_centre(const struct panel *p, const struct chart_phase *ph, enum panel_line line)
{
	for (size_t i = ph->from, to; i < ph->to; i = to) {
		bool frozen = p->chart->point[i].frozen;
		for (to = i; to < ph->to && p->chart->point[to].frozen == frozen;)
			to++;
		struct scene_pen pen = { SCENE_INK,
			frozen || line == PANEL_TRIAL ? SCENE_DASHED : SCENE_SOLID,
			0.13 * p->size };
		draw_steps(p, pen, i, to, centre_of);
	}
}

static void draw_phase(const struct panel *p, const struct chart_phase *ph)
{
	enum panel_line line = panel_centre_line(p->chart, ph);
	struct scene_pen limit = { SCENE_FAINT, ph->trial ? SCENE_DASHED : SCENE_SOLID,
		0.075 * p->size };
	if (line == PANEL_NO_LINE || ph->from == ph->to)
		return;
	scene_group(p->scene, "limits", NULL);
	draw_steps(p, limit, ph->from, ph->to, lower_of);
	draw_steps(p, limit, ph->from, ph->to, upper_of);
	scene_group_end(p->scene);
	scene_group(p->scene, "centre", chart_centre_name(p->chart));
	draw_centre(p, ph, line);
	scene_group_end(p->scene);
}

static void draw_across(const struct panel *p, const char *name, struct scene_pen pen, double v)
{
	if (isnan(v))
		return;
	scene_group(p->scene, name, NULL);
	scene_line(p->scene, pen, p->plot.x, y_of(p, v), p->plot.x + p->plot.w, y_of(p, v));
	scene_group_end(p->scene);
}

static void draw_lines(const struct panel *p)
{
	struct scene_pen goal = { SCENE_GOAL, SCENE_DOTTED, 0.14 * p->size };
	struct scene_pen whole = { SCENE_FAINT, SCENE_SOLID, 0.06 * p->size };
	draw_across(p, "whole", whole, p->reference);
	draw_across(p, "goal", goal, p->chart->target);
	for (size_t i = 0; i < p->chart->phases; i++)
		draw_phase(p, &p->chart->phase[i]);
}

// --- points

// A line through neighbours [from, to).
static void draw_join(const struct panel *p, size_t from, size_t to)
{
	struct scene_pen pen = { SCENE_COMMON, SCENE_SOLID, 0.09 * p->size };
	struct scene_point *at = arena_array(p->scene->arena, to - from, sizeof *at);
	p->scene->failed = p->scene->failed || !at;
	for (size_t i = from; at && i < to; i++)
		at[i - from] = (struct scene_point){ point_x(p, i), y_of(p, p->chart->point[i].y) };
	if (at)
		scene_lines(p->scene, pen, at, to - from);
}

// A missing value is a gap.
static void draw_joins(const struct panel *p)
{
	const struct chart *c = p->chart;
	scene_group(p->scene, "series", NULL);
	for (size_t i = 0, to; i < c->count; i = to + 1) {
		for (to = i; to < c->count && !isnan(drawn(p, to));)
			to++;
		if (to > i + 1)
			draw_join(p, i, to);
	}
	scene_group_end(p->scene);
}

static const struct {
	enum scene_shape shape;
	enum scene_role role;
	const char *name;
	double size;
} LOOKS[] = {
	[CHART_ORDINARY] = { SCENE_DISC, SCENE_COMMON, "point", 0.62 },
	[CHART_IMPROVEMENT] = { SCENE_UP, SCENE_IMPROVEMENT, "point improvement", 0.95 },
	[CHART_CONCERN] = { SCENE_DOWN, SCENE_CONCERN, "point concern", 0.95 },
	[CHART_CHANGE] = { SCENE_DIAMOND, SCENE_NEUTRAL, "point change", 0.9 },
	[CHART_UNCLEAR] = { SCENE_DIAMOND, SCENE_NEUTRAL, "point unclear", 0.9 },
};

void panel_sign(struct scene *s, const struct chart *c, double x, double y, double size)
{
	enum chart_meaning m = c->signal ? c->meaning : CHART_ORDINARY;
	if (c->enough)
		scene_mark(s, LOOKS[m].shape, LOOKS[m].role, x, y, LOOKS[m].size * size);
}

static void draw_point(const struct panel *p, size_t i)
{
	const struct chart_point *point = &p->chart->point[i];
	struct arena *a = p->scene->arena;
	if (isnan(drawn(p, i)))
		return;
	enum scene_shape shape = LOOKS[point->meaning].shape;
	enum scene_role role = LOOKS[point->meaning].role;
	const char *name = LOOKS[point->meaning].name;
	double size = LOOKS[point->meaning].size, room = p->plot.w / (double)p->chart->count;
	if (point->excluded) {
		shape = SCENE_RING;
		name = "point excluded";
	} else if (p->unusual && p->unusual[i]) {
		shape = SCENE_CROSS;
		role = SCENE_INK;
		name = "point unusual";
	}
	const char *when = kept(p, chart_when(a, p->chart, p->face, point->x));
	const char *words = kept(p, chart_point_words(a, p->chart, p->face, i));
	scene_group(p->scene, name, kept(p, arena_printf(a, "%s: %s", when, words)));
	scene_mark(p->scene, shape, role, point_x(p, i), y_of(p, point->y),
	    fmax(fmin(size * p->size, 1.6 * room), 1.5));
	scene_group_end(p->scene);
}

// --- names at the right ends of lines

struct label {
	const char *text;
	double value, y;
	enum scene_role role;
};

static const char *goal_text(const struct panel *p)
{
	struct arena *a = p->scene->arena;
	const char *value = kept(p, chart_line_value(a, p->chart, p->face, p->chart->target));
	if (!p->face->has_goal_by)
		return kept(
		    p, arena_printf(a, "%s %s", p->face->goal ? p->face->goal : "goal", value));
	const char *by = kept(p, date_show(a, p->face->goal_by, p->face->goal_by + 366));
	return kept(p, arena_printf(a, "goal %s by %s", value, by));
}

// Of one panel among several the footer tells the values.
static size_t short_labels(const struct panel *p, struct label out[LABELS])
{
	size_t n = 0;
	if (!isnan(p->chart->target))
		out[n++] = (struct label){ "goal", p->chart->target, 0, SCENE_GOAL };
	if (!isnan(p->reference))
		out[n++] = (struct label){ "all", p->reference, 0, SCENE_FAINT };
	return n;
}

static size_t labels(const struct panel *p, struct label out[LABELS])
{
	const struct chart *c = p->chart;
	struct arena *a = p->scene->arena;
	size_t n = 0;
	if (!p->ends)
		return short_labels(p, out);
	if (!isnan(c->target))
		out[n++] = (struct label){ goal_text(p), c->target, 0, SCENE_GOAL };
	if (!c->count || panel_centre_line(c, &c->phase[c->phases - 1]) == PANEL_NO_LINE)
		return n;
	const struct chart_point *last = &c->point[c->count - 1];
	const struct {
		const char *name;
		double value;
		bool there;
	} LINES[] = { { "upper limit", last->upper, last->upper > last->centre },
		{ chart_centre_name(c), last->centre, !isnan(last->centre) },
		{ "lower limit", last->lower, last->lower < last->centre } };
	for (size_t i = 0; i < 3; i++)
		if (LINES[i].there)
			out[n++] = (struct label){
				kept(p,
				    arena_printf(a, "%s %s", LINES[i].name,
					kept(p, chart_line_value(a, c, p->face, LINES[i].value)))),
				LINES[i].value, 0, SCENE_INK
			};
	return n;
}

double panel_right(const struct panel *p)
{
	struct scene_font f = font(p, SCENE_INK, SCENE_START);
	struct label l[LABELS];
	size_t n = labels(p, l);
	double widest = 0;
	for (size_t i = 0; i < n; i++)
		widest = fmax(widest, scene_text_width(p->scene, &f, l[i].text));
	return n ? widest + 0.8 * p->size : 0;
}

// By height, then apart from each other: first pushed down, then up from the bottom.
static void part_labels(const struct panel *p, struct label *l, size_t n)
{
	double step = 1.2 * p->size, bottom = p->plot.y + p->plot.h;
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && l[k].value > l[k - 1].value; k--) {
			struct label higher = l[k];
			l[k] = l[k - 1];
			l[k - 1] = higher;
		}
	for (size_t i = 0; i < n; i++) {
		l[i].y = y_of(p, l[i].value);
		if (i && l[i].y < l[i - 1].y + step)
			l[i].y = l[i - 1].y + step;
	}
	for (size_t i = n; i-- > 0;) {
		double most = i + 1 < n ? l[i + 1].y - step : bottom;
		l[i].y = fmin(l[i].y, most);
	}
}

static void draw_ends(const struct panel *p)
{
	struct label l[LABELS];
	size_t n = labels(p, l);
	part_labels(p, l, n);
	scene_group(p->scene, "names", NULL);
	for (size_t i = 0; i < n; i++) {
		struct scene_font f = font(p, l[i].role, SCENE_START);
		scene_text(p->scene, &f, p->plot.x + p->plot.w + 0.6 * p->size,
		    l[i].y + 0.35 * p->size, l[i].text);
	}
	scene_group_end(p->scene);
}

// How many points lie under a label.
static size_t points_under(
    const struct panel *p, const struct chart_phase *ph, struct scene_rect at)
{
	size_t n = 0;
	double r = 0.4 * p->size;
	for (size_t i = ph->from; i < ph->to; i++) {
		double x = point_x(p, i), y = y_of(p, drawn(p, i));
		n += x > at.x - r && x < at.x + at.w + r && y > at.y - r && y < at.y + at.h + r;
	}
	return n;
}

// The value of a phase that is over, so that "from x to y" can be read off: above or below its
// line, at one of its ends, where fewest points are.
static void draw_old_value(const struct panel *p, const struct chart_phase *ph)
{
	struct scene_font f = font(p, SCENE_INK, SCENE_START);
	const char *text =
	    kept(p, chart_line_value(p->scene->arena, p->chart, p->face, ph->centre));
	double w = scene_text_width(p->scene, &f, text), line = y_of(p, ph->centre);
	double left = edge_x(p, ph->from, ph->to, ph->from, false);
	double right = edge_x(p, ph->from, ph->to, ph->to - 1, true) - w;
	const struct scene_rect PLACES[] = { { right, line - 1.4 * p->size, w, p->size },
		{ left, line - 1.4 * p->size, w, p->size },
		{ right, line + 0.4 * p->size, w, p->size },
		{ left, line + 0.4 * p->size, w, p->size } };
	size_t best = 0, least = SIZE_MAX;
	for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
		size_t under = points_under(p, ph, PLACES[i]);
		if (under < least) {
			least = under;
			best = i;
		}
	}
	struct scene_rect under = PLACES[best];
	under.h *= 1.15;
	scene_box(p->scene, (struct scene_pen){ 0 }, SCENE_PAPER, under, 0); // read before lines
	scene_text(p->scene, &f, PLACES[best].x, PLACES[best].y + p->size, text);
}

static void draw_old_values(const struct panel *p)
{
	const struct chart *c = p->chart;
	for (size_t i = 0; i + 1 < c->phases; i++) {
		const struct chart_phase *ph = &c->phase[i];
		if (ph->from < ph->to && panel_centre_line(c, ph) != PANEL_NO_LINE)
			draw_old_value(p, ph);
	}
}

void panel_draw(const struct panel *p)
{
	draw_values(p);
	draw_dates(p);
	if (p->notes && p->chart->count)
		draw_notes(p);
	draw_lines(p);
	draw_joins(p);
	scene_group(p->scene, "dots", NULL);
	for (size_t i = 0; i < p->chart->count; i++)
		draw_point(p, i);
	scene_group_end(p->scene);
	draw_ends(p);
	if (p->ends)
		draw_old_values(p);
}
