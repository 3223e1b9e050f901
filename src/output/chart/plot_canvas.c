// SPDX-License-Identifier: MIT
// What stands first in a cell keeps it: lines are drawn before what is only text in what they leave
// blank (limits, goal); points stand over all of them.
#include <plando/plot_canvas.h>

#include "output/chart/chart_dots.h"

#include <plando/str.h>
#include <plando/text.h>

#include <math.h>
#include <string.h>

enum { ENDS_MOST = 24, ENDS_WIDE = 32, WIDE = 100, STEP_MOST = 6, LABEL_GAP = 2, LABEL_ROOM = 7 };

// What is drawn as text: [1] in ASCII.
static const char *const LIMIT[] = { "·", "." }, *const GOAL[] = { "┄", "'" };
static const char *const TICK[] = { "┤", "+" }, *const HAIR[] = { "┊", ":" },
			 *const FOOT[] = { "┴", "+" };
static const char *const BEFORE[] = { "‹", "<" }, *const AFTER[] = { "›", ">" };

struct view_drawing {
	struct canvas *c;
	struct arena *arena;
	const struct plot_view *v;
	const struct plot *p;
	int x0, x1;   // first and last column of the plot
	int y0, rows; // top row; rows of the plot
	int *col;     // by shown point
	bool starved;
};

static const char *plot_canvas_view_kept(struct view_drawing *d, const char *text)
{
	d->starved = d->starved || !text;
	return text ? text : "";
}

static int plot_canvas_view_width(const char *text)
{
	return text_width(text, strlen(text));
}

static int plot_canvas_view_row(const struct view_drawing *d, double value)
{
	return d->y0 + (int)lround((1 - axis_place(&d->p->axis, value)) * (d->rows - 1));
}

static const struct plot_point *plot_canvas_view_point(const struct view_drawing *d, size_t i)
{
	return &d->p->point[d->v->first + i];
}

static int64_t plot_canvas_view_x(const struct view_drawing *d, size_t i)
{
	return d->p->chart->point[d->v->first + i].x;
}

static size_t plot_canvas_view_last(const struct view_drawing *d)
{
	return d->v->shown - 1;
}

// --- margins

int plot_view_margin(const struct plot *p)
{
	int widest = 0;
	for (size_t i = 0; i < p->ticks; i++) {
		int width = plot_canvas_view_width(p->tick[i].text);
		widest = width > widest ? width : widest;
	}
	return widest + 2;
}

static int plot_canvas_view_ends_most(const struct plot_view *v)
{
	return v->cols < WIDE ? ENDS_MOST : ENDS_WIDE;
}

static const char *plot_canvas_view_name(const struct plot_view *v, const struct plot_label *l)
{
	return v->cols < WIDE ? l->brief : l->text;
}

int plot_view_ends(const struct plot_view *v)
{
	int widest = 0;
	for (size_t i = 0; i < v->plot->labels; i++) {
		int width = plot_canvas_view_width(plot_canvas_view_name(v, &v->plot->label[i]));
		widest = width > widest ? width : widest;
	}
	widest = widest > plot_canvas_view_ends_most(v) ? plot_canvas_view_ends_most(v) : widest;
	return widest ? widest + 1 : 0;
}

int plot_view_below(const struct plot_view *v)
{
	return v->bare ? 1 : v->plot->marks.count ? 3 : 2;
}

static int plot_canvas_view_margin(const struct plot_view *v)
{
	return v->margin ? v->margin : plot_view_margin(v->plot);
}

static int plot_canvas_view_cols(const struct plot_view *v)
{
	int cols = v->cols - plot_canvas_view_margin(v) - (v->ends ? v->ends : plot_view_ends(v));
	return cols < 4 ? 4 : cols;
}

void plot_view_fit(struct plot_view *v)
{
	size_t room = (size_t)plot_canvas_view_cols(v), count = v->plot->chart->count;
	v->shown = count < room || v->plot->small ? count : room;
	if (v->cursor != SIZE_MAX && v->cursor >= count)
		v->cursor = count ? count - 1 : SIZE_MAX;
	v->first = count - v->shown;
	if (v->cursor != SIZE_MAX && v->cursor < v->first)
		v->first = v->cursor;
}

// --- columns: at their dates, each point has one of its own but where the plot is small

static int plot_canvas_view_true_col(const struct view_drawing *d, int64_t x)
{
	double span = (double)(d->p->to - d->p->from);
	double place = span > 0 ? (double)(x - d->p->from) / span : 0;
	return d->x0 + (int)lround(place * (d->x1 - d->x0));
}

static void plot_canvas_view_place_points(struct view_drawing *d)
{
	size_t n = d->v->shown;
	int cols = d->x1 - d->x0 + 1, most = (int)n * STEP_MOST - STEP_MOST + 1;
	for (size_t i = 0; d->p->small && i < n; i++)
		d->col[i] = plot_canvas_view_true_col(d, plot_canvas_view_x(d, i));
	if (d->p->small || !n)
		return;
	cols = most < cols ? most : cols;
	double from = (double)plot_canvas_view_x(d, 0),
	       span = (double)plot_canvas_view_x(d, n - 1) - from;
	for (size_t i = 0; i < n; i++) {
		double place = span > 0 ? ((double)plot_canvas_view_x(d, i) - from) / span : 0;
		d->col[i] = d->x0 + (int)lround(place * (cols - 1));
		if (i && d->col[i] <= d->col[i - 1])
			d->col[i] = d->col[i - 1] + 1;
	}
	for (size_t i = n, edge = 0; i-- > 0; edge++)
		if (d->col[i] > d->x0 + cols - 1 - (int)edge)
			d->col[i] = d->x0 + cols - 1 - (int)edge;
}

// The column of a day, between the points before and after it; -1: before the first one.
static int plot_canvas_view_day_col(const struct view_drawing *d, int64_t x)
{
	if (d->p->small)
		return plot_canvas_view_true_col(d, x < d->p->to ? x : d->p->to);
	size_t n = d->v->shown, i = 0;
	if (x < plot_canvas_view_x(d, 0))
		return -1;
	while (i + 1 < n && plot_canvas_view_x(d, i + 1) <= x)
		i++;
	if (i + 1 >= n)
		return d->col[i];
	double part = (double)(x - plot_canvas_view_x(d, i)) /
		      (double)(plot_canvas_view_x(d, i + 1) - plot_canvas_view_x(d, i));
	return d->col[i] + (int)(part * (d->col[i + 1] - d->col[i]));
}

// --- lines

// Of a segment what is shown: points counted from the first one shown. False: nothing.
static bool plot_canvas_view_part(
    const struct view_drawing *d, size_t from, size_t to, size_t out[2])
{
	size_t first = d->v->first, end = first + d->v->shown;
	if (to < first || from >= end)
		return false;
	out[0] = from < first ? 0 : from - first;
	out[1] = to >= end ? plot_canvas_view_last(d) : to - first;
	return true;
}

static bool plot_canvas_view_same_phase(const struct view_drawing *d, size_t i, size_t j)
{
	const struct chart_point *p = &d->p->chart->point[d->v->first];
	return p[i].phase == p[j].phase;
}

// The columns of a line across: half-way to neighbours of the phase, one beyond at the edges.
static void plot_canvas_view_level_cols(
    const struct view_drawing *d, const size_t at[2], int out[2])
{
	size_t i = at[0], j = at[1];
	out[0] = d->col[i];
	out[1] = d->col[j];
	if (i == 0)
		out[0] -= out[0] > d->x0;
	else if (plot_canvas_view_same_phase(d, i - 1, i))
		out[0] = (d->col[i - 1] + d->col[i]) / 2 + 1;
	if (j == plot_canvas_view_last(d))
		out[1] += out[1] < d->x1;
	else if (plot_canvas_view_same_phase(d, j, j + 1))
		out[1] = (d->col[j] + d->col[j + 1]) / 2;
}

// Where nothing else is, in every `step`th column.
static void plot_canvas_view_dot_across(
    struct view_drawing *d, double value, int from, int to, int step, const char *glyph)
{
	int y = plot_canvas_view_row(d, value);
	for (int x = from; x <= to; x++)
		if ((x - d->x0) % step == 0 && canvas_is_blank(d->c, y, x))
			canvas_text(d->c, y, x, glyph, CANVAS_FAINT);
}

// Seen with a centre line in the same row, too.
static void plot_canvas_view_goal(struct view_drawing *d, double value)
{
	int y = plot_canvas_view_row(d, value);
	for (int x = d->x0; x <= d->x1; x++) {
		const struct canvas_cell *cell = canvas_find(d->c, y, x);
		bool on_bar = cell && cell->bar && !cell->lines && (x - d->x0) % 2;
		if (on_bar || canvas_is_blank(d->c, y, x))
			canvas_text(d->c, y, x, GOAL[d->v->ascii], CANVAS_LINE);
	}
}

static void plot_canvas_view_join(struct view_drawing *d, size_t i, size_t j)
{
	int a = plot_canvas_view_row(d, plot_canvas_view_point(d, i)->y),
	    b = plot_canvas_view_row(d, plot_canvas_view_point(d, j)->y);
	int from = d->col[i], to = d->col[j], x = (from + to + 1) / 2;
	canvas_across(d->c, a, from, x, false, CANVAS_FAINT);
	canvas_down(d->c, x, a < b ? a : b, a < b ? b : a, false, CANVAS_FAINT);
	canvas_across(d->c, b, x, to, false, CANVAS_FAINT);
}

// The middle of a point's column, and its value, in dots.
static double plot_canvas_view_dot_x(const struct view_drawing *d, size_t i)
{
	return (d->col[i] - d->x0) * DOTS_ACROSS + (DOTS_ACROSS - 1) / 2.0;
}

static double plot_canvas_view_dot_y(const struct view_drawing *d, size_t i)
{
	double place = axis_place(&d->p->axis, plot_canvas_view_point(d, i)->y);
	return (1 - place) * (d->rows - 1) * DOTS_DOWN + (DOTS_DOWN - 1) / 2.0;
}

static void plot_canvas_view_series(struct view_drawing *d)
{
	struct dots dots;
	size_t at[2];
	bool braille = d->v->braille && !d->v->ascii, fine = true;
	if (braille)
		fine = dots_init(&dots, d->arena, d->rows, d->x1 - d->x0 + 1);
	for (size_t k = 0; fine && k < d->p->segments; k++) {
		const struct plot_segment *s = &d->p->segment[k];
		if (s->line != PLOT_SERIES || !plot_canvas_view_part(d, s->from, s->to, at))
			continue;
		for (size_t i = at[0]; i < at[1]; i++)
			if (braille)
				dots_line(&dots, plot_canvas_view_dot_x(d, i),
				    plot_canvas_view_dot_y(d, i), plot_canvas_view_dot_x(d, i + 1),
				    plot_canvas_view_dot_y(d, i + 1));
			else
				plot_canvas_view_join(d, i, i + 1);
	}
	if (braille && fine)
		fine = dots_put(&dots, d->c, d->arena, d->y0, d->x0, CANVAS_FAINT);
	d->starved = d->starved || !fine;
}

static void plot_canvas_view_level(struct view_drawing *d, const struct plot_segment *s)
{
	size_t at[2];
	int x[2];
	bool ascii = d->v->ascii;
	if (s->line == PLOT_GOAL)
		plot_canvas_view_goal(d, s->value);
	else if (s->line == PLOT_REFERENCE)
		plot_canvas_view_dot_across(d, s->value, d->x0, d->x1, 2, LIMIT[ascii]);
	else if (plot_canvas_view_part(d, s->from, s->to, at)) {
		plot_canvas_view_level_cols(d, at, x);
		if (s->line == PLOT_CENTRE)
			canvas_bar(d->c, plot_canvas_view_row(d, s->value), x[0], x[1], s->dashed,
			    CANVAS_LINE);
		else
			plot_canvas_view_dot_across(
			    d, s->value, x[0], x[1], s->dashed ? 2 : 1, LIMIT[ascii]);
	}
}

static void plot_canvas_view_lines(struct view_drawing *d)
{
	static const enum plot_line ORDER[] = { PLOT_CENTRE, PLOT_SERIES, PLOT_GOAL, PLOT_LOWER,
		PLOT_UPPER, PLOT_REFERENCE };
	for (size_t k = 0; k < sizeof ORDER / sizeof *ORDER; k++)
		if (ORDER[k] == PLOT_SERIES)
			plot_canvas_view_series(d);
		else
			for (size_t i = 0; i < d->p->segments; i++)
				if (d->p->segment[i].line == ORDER[k])
					plot_canvas_view_level(d, &d->p->segment[i]);
}

// --- points

// What signals stands over what does not, where they share a cell.
static void plot_canvas_view_points(struct view_drawing *d)
{
	for (int signal = 0; signal < 2; signal++)
		for (size_t i = 0; i < d->v->shown; i++) {
			const struct plot_point *p = plot_canvas_view_point(d, i);
			const struct plot_sign *sign = &PLOT_SIGN[p->shape];
			bool focus = d->v->first + i == d->v->cursor;
			if ((p->shape != PLOT_ORDINARY) == signal && !isnan(p->y))
				canvas_text(d->c, plot_canvas_view_row(d, p->y), d->col[i],
				    d->v->ascii ? sign->ascii : sign->glyph,
				    focus ? CANVAS_FOCUS : sign->cell);
		}
}

// A hair in the column of the point that is pointed at, from edge to edge: it is found without
// colour, and where it has no value.
static void plot_canvas_view_cursor(struct view_drawing *d)
{
	if (d->v->cursor < d->v->first || d->v->cursor >= d->v->first + d->v->shown)
		return;
	int x = d->col[d->v->cursor - d->v->first];
	for (int y = d->y0; y < d->y0 + d->rows; y++)
		if (canvas_is_blank(d->c, y, x))
			canvas_text(d->c, y, x, HAIR[d->v->ascii], CANVAS_FAINT);
	canvas_text(d->c, d->y0 + d->rows, x, FOOT[d->v->ascii], CANVAS_FOCUS);
}

// --- around them

static void plot_canvas_view_left(struct view_drawing *d)
{
	int base = d->y0 + d->rows, before = -1;
	canvas_down(d->c, d->x0 - 1, d->y0, base, false, CANVAS_LINE);
	canvas_across(d->c, base, d->x0 - 1, d->x1, false, CANVAS_LINE);
	for (size_t i = d->p->ticks; i-- > 0;) {
		const struct plot_tick *t = &d->p->tick[i];
		int y = plot_canvas_view_row(d, t->value);
		if (y == before)
			continue;
		if (d->v->margin != 1)
			canvas_text(d->c, y, d->x0 - 1 - plot_canvas_view_width(t->text), t->text,
			    CANVAS_FAINT);
		canvas_text(d->c, y, d->x0 - 1, TICK[d->v->ascii], CANVAS_LINE);
		before = y;
	}
}

// A date that is due and has no value is a gap in the axis too, a quarter of the way to each side.
static void plot_canvas_view_gap(struct view_drawing *d, size_t i)
{
	int from = i ? d->col[i] - (d->col[i] - d->col[i - 1]) / 4 : d->col[i];
	int to =
	    i < plot_canvas_view_last(d) ? d->col[i] + (d->col[i + 1] - d->col[i]) / 4 : d->col[i];
	for (int x = from; x <= to; x++)
		canvas_text(d->c, d->y0 + d->rows, x, " ", CANVAS_PLAIN);
}

// Where points are before or after those shown, the axis goes on.
static void plot_canvas_view_axis(struct view_drawing *d)
{
	int y = d->y0 + d->rows;
	for (size_t i = 0; !d->p->small && i < d->v->shown; i++)
		if (plot_canvas_view_point(d, i)->gap)
			plot_canvas_view_gap(d, i);
	if (d->v->first > 0)
		canvas_text(d->c, y, d->x0 - 1, BEFORE[d->v->ascii], CANVAS_TITLE);
	if (d->v->first + d->v->shown < d->p->chart->count)
		canvas_text(d->c, y, d->x1 + 1, AFTER[d->v->ascii], CANVAS_TITLE);
}

// A label keeps its line's row, or the next free one; a small plot has one in a row.
static void plot_canvas_view_names(struct view_drawing *d)
{
	int used[PLOT_LABELS];
	for (size_t i = 0; i < d->p->labels; i++) {
		const struct plot_label *l = &d->p->label[i];
		int y = plot_canvas_view_row(d, l->value);
		for (int step = 1; step < 2 * d->rows; step++) {
			bool free = y >= d->y0 && y < d->y0 + d->rows;
			for (size_t k = 0; k < i; k++)
				free = free && used[k] != y;
			if (free || d->p->small)
				break;
			y = plot_canvas_view_row(d, l->value) +
			    (step % 2 ? (step + 1) / 2 : -step / 2);
		}
		used[i] = y;
		const char *cut = text_cut(d->arena, plot_canvas_view_name(d->v, l),
		    plot_canvas_view_ends_most(d->v), d->v->ascii);
		canvas_text(d->c, y, d->x1 + 2, plot_canvas_view_kept(d, cut), CANVAS_FAINT);
	}
}

// Room for a text with a blank at each side; `over`: lines may run below it.
static bool plot_canvas_view_is_free(
    const struct view_drawing *d, int y, int x, int width, bool over)
{
	if (y < d->y0 || y >= d->y0 + d->rows || x < d->x0 || x + width - 1 > d->x1)
		return false;
	for (int i = 0; i < width; i++) {
		const struct canvas_cell *cell = canvas_find(d->c, y, x + i);
		if (over ? !cell || cell->text : !canvas_is_blank(d->c, y, x + i))
			return false;
	}
	return true;
}

// Above or below its line where nothing else stands, as far right as may be.
static void plot_canvas_view_past(struct view_drawing *d, const struct plot_past *past)
{
	static const int AWAY[] = { -1, 1, -2, 2 };
	size_t at[2];
	int width = plot_canvas_view_width(past->text), line = plot_canvas_view_row(d, past->value);
	if (!plot_canvas_view_part(d, past->from, past->to, at))
		return;
	for (int k = 0; k < 8; k++)
		for (int x = d->col[at[1]] - width + 1; x >= d->col[at[0]]; x--) {
			int y = line + AWAY[k % 4];
			if (!plot_canvas_view_is_free(d, y, x - 1, width + 2, k >= 4))
				continue;
			canvas_text(d->c, y, x, past->text, CANVAS_FAINT);
			return;
		}
}

static void plot_canvas_view_dates(struct view_drawing *d, int y)
{
	bool small = d->p->small;
	int64_t from = small ? d->p->from : plot_canvas_view_x(d, 0);
	int64_t to = small ? d->p->to : plot_canvas_view_x(d, plot_canvas_view_last(d));
	int wide = small ? d->x1 - d->x0 + 1 : d->col[plot_canvas_view_last(d)] - d->col[0] + 1;
	int free = d->x0 - 1;
	struct axis_ticks t = plot_dates(d->arena, d->p, from, to, (size_t)wide / LABEL_ROOM + 1);
	d->starved = d->starved || !t.tick;
	for (size_t i = 0; t.tick && i < t.count; i++) {
		const struct axis_tick *k = &t.tick[i];
		const char *text =
		    k->year ? arena_printf(d->arena, "%s %d", k->label, k->year) : k->label;
		int x = plot_canvas_view_day_col(d, k->at),
		    end = x + plot_canvas_view_width(plot_canvas_view_kept(d, text));
		if (x < free || end > d->v->left + d->v->cols)
			continue;
		canvas_text(d->c, y, x, plot_canvas_view_kept(d, text), CANVAS_FAINT);
		free = end + LABEL_GAP;
	}
}

// A number needs a blank before it; where it has no room the one before has a sign after it.
static void plot_canvas_view_marks(struct view_drawing *d, int y)
{
	int end = d->x0 - 1; // after the last one
	bool more = false;
	for (size_t i = 0; i < d->p->marks.count; i++) {
		const struct plot_mark *m = &d->p->marks.mark[i];
		int x = plot_canvas_view_day_col(d, m->note->date);
		const char *text =
		    plot_canvas_view_kept(d, arena_printf(d->arena, "%zu", m->number));
		if (x < 0)
			continue;
		if (x > end) {
			end = x + canvas_text(d->c, y, x, text, CANVAS_TITLE);
			more = false;
		} else if (!more) {
			end += canvas_text(d->c, y, end, "+", CANVAS_TITLE);
			more = true;
		}
	}
}

// --- the whole

static bool plot_canvas_view_begin(struct view_drawing *d, struct canvas *c, struct arena *a,
    const struct plot_view *v, struct err *e)
{
	*d = (struct view_drawing){ .c = c, .arena = a, .v = v, .p = v->plot };
	d->x0 = v->left + plot_canvas_view_margin(v);
	d->x1 = d->x0 + plot_canvas_view_cols(v) - 1;
	d->y0 = v->top;
	d->rows = v->rows - plot_view_below(v);
	d->col = arena_array(a, v->shown + 1, sizeof *d->col);
	return d->col || err_memory(e);
}

// Below them the axis; a plot without points has one where others share it.
static void plot_canvas_view_below(struct view_drawing *d, int y)
{
	if (!d->v->shown && !d->p->small)
		return;
	plot_canvas_view_dates(d, y);
	plot_canvas_view_marks(d, y + 1);
}

bool plot_view_dates(
    struct canvas *c, struct arena *a, const struct plot_view *v, int y, struct err *e)
{
	struct view_drawing d;
	if (!plot_canvas_view_begin(&d, c, a, v, e))
		return false;
	plot_canvas_view_below(&d, y);
	return !d.starved || err_memory(e);
}

bool plot_view_draw(struct canvas *c, struct arena *a, const struct plot_view *v, struct err *e)
{
	struct view_drawing d;
	if (!plot_canvas_view_begin(&d, c, a, v, e))
		return false;
	plot_canvas_view_left(&d);
	plot_canvas_view_place_points(&d);
	plot_canvas_view_lines(&d);
	plot_canvas_view_points(&d);
	plot_canvas_view_axis(&d);
	plot_canvas_view_names(&d);
	for (size_t i = 0; i < d.p->pasts; i++)
		plot_canvas_view_past(&d, &d.p->past[i]);
	plot_canvas_view_cursor(&d);
	if (!v->bare)
		plot_canvas_view_below(&d, d.y0 + d.rows + 1);
	return !d.starved || err_memory(e);
}
