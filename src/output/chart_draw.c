// SPDX-License-Identifier: MIT
// One chart on a canvas. Text stands over lines there, so all that must stay readable where lines
// cross is drawn as text: points, what joins them, the goal.
#include <plando/chart_draw.h>

#include "output/chart_dots.h"

#include <plando/axis_days.h>
#include <plando/str.h>
#include <plando/text.h>

#include <math.h>
#include <string.h>

enum { RIGHT_MOST = 24, STEP_MOST = 6, LABEL_GAP = 2, LABEL_ROOM = 7 };

struct glyphs {
	const char *meaning[5]; // by enum chart_meaning
	const char *excluded, *unusual, *join, *goal, *limit, *tick, *corner, *base, *cursor;
};
static const struct glyphs PLAIN = { { "●", "▲", "▼", "◆", "◆" }, "○", "×", "│", "┄", "·", "┤", "└",
	"─", "▲" };
static const struct glyphs ASCII = { { "o", "^", "v", "+", "+" }, ".", "x", "|", "'", ".", "+", "+",
	"-", "^" };

static enum canvas_role role_of(enum chart_meaning m)
{
	static const enum canvas_role ROLE[] = { CANVAS_PLAIN, CANVAS_GOOD, CANVAS_BAD,
		CANVAS_CHANGE, CANVAS_CHANGE };
	return ROLE[m];
}

struct drawing {
	struct canvas *v;
	struct arena *arena;
	const struct chart_plot *p;
	const struct glyphs *g;
	int x0, x1;   // first and last column of the plot
	int y0, rows; // top row; rows of the plot
	int *col;     // by shown point
	bool starved;
};

static const char *kept(struct drawing *d, const char *text)
{
	d->starved = d->starved || !text;
	return text ? text : "";
}

static int row_of(const struct drawing *d, double v)
{
	double place = axis_place(&d->p->axis, v);
	return d->y0 + (int)lround((1 - place) * (d->rows - 1));
}

static const struct chart_point *shown(const struct drawing *d, size_t i)
{
	return &d->p->chart->point[d->p->first + i];
}

static size_t last_shown(const struct drawing *d)
{
	return d->p->shown - 1;
}

// What is drawn of a point: NAN where it has no value, or one that is not shown.
static double drawn(const struct drawing *d, const struct chart_point *p)
{
	return chart_hides(d->p->chart, d->p->face, p) ? NAN : p->y;
}

// --- margins

static char *tick_text(struct arena *a, const struct chart_plot *p, double v)
{
	if (fabs(v) < p->axis.step / 1000)
		v = 0;
	return arena_printf(a, "%.*f%s", p->axis.decimals, v, p->face->percent ? "%" : "");
}

// Steps between the ends of the axis.
static int ticks(const struct chart_plot *p)
{
	return (int)lround((p->axis.high - p->axis.low) / p->axis.step);
}

int chart_plot_margin(struct arena *a, const struct chart_plot *p)
{
	int widest = 0;
	for (int i = ticks(p); i >= 0; i--) {
		const char *text = tick_text(a, p, p->axis.low + i * p->axis.step);
		int width = text ? text_width(text, strlen(text)) : 0;
		widest = width > widest ? width : widest;
	}
	return widest + 2;
}

struct label {
	const char *text;
	double value;
};
enum { LABELS = 4 };

// Of a small one; all that stand beside each other have them, and so the same width.
static size_t short_labels(const struct chart_plot *p, struct label out[LABELS])
{
	size_t n = 0;
	if (!isnan(p->target))
		out[n++] = (struct label){ "goal", p->target };
	if (!isnan(p->reference))
		out[n++] = (struct label){ "all", p->reference };
	return n;
}

// What stands at the right end of its line.
static size_t labels(struct arena *a, const struct chart_plot *p, struct label out[LABELS])
{
	const struct chart *c = p->chart;
	const struct chart_face *f = p->face;
	size_t n = 0;
	if (p->small)
		return short_labels(p, out);
	if (!c->count)
		return 0;
	const struct chart_point *last = &c->point[c->count - 1];
	if (!isnan(c->target)) {
		const char *by = "";
		if (f->has_goal_by) {
			struct civil day = date_to_civil(f->goal_by);
			static const char *const MONTH = "JanFebMarAprMayJunJulAugSepOctNovDec";
			by = arena_printf(a, " by %.3s %02d",
			    MONTH + (ptrdiff_t)3 * (day.month - 1), day.year % 100);
		}
		out[n++] = (struct label){ arena_printf(a, "%s %s%s", f->goal ? f->goal : "goal",
					       chart_line_value(a, c, f, c->target), by ? by : ""),
			c->target };
	}
	if (c->phase[last->phase].points < CHART_LEAST)
		return n;
	if (!isnan(last->centre))
		out[n++] = (struct label){ arena_printf(a, "%s %s", chart_centre_name(c),
					       chart_line_value(a, c, f, last->centre)),
			last->centre };
	if (!isnan(last->upper) && last->upper > last->centre)
		out[n++] =
		    (struct label){ arena_printf(a, "limit %s", chart_number(a, c, f, last->upper)),
			    last->upper };
	if (!isnan(last->lower) && last->lower < last->centre)
		out[n++] =
		    (struct label){ arena_printf(a, "limit %s", chart_number(a, c, f, last->lower)),
			    last->lower };
	return n;
}

int chart_plot_ends(struct arena *a, const struct chart_plot *p)
{
	struct label l[LABELS];
	size_t n = labels(a, p, l);
	int widest = 0;
	for (size_t i = 0; i < n; i++) {
		int width = l[i].text ? text_width(l[i].text, strlen(l[i].text)) : 0;
		widest = width > widest ? width : widest;
	}
	if (widest > RIGHT_MOST)
		widest = RIGHT_MOST;
	return widest ? widest + 1 : 0;
}

static int left_cols(struct arena *a, const struct chart_plot *p)
{
	return p->margin ? p->margin : chart_plot_margin(a, p);
}

static int plot_cols(struct arena *a, const struct chart_plot *p)
{
	int right = p->ends ? p->ends : chart_plot_ends(a, p);
	int cols = p->cols - left_cols(a, p) - right;
	return cols < 4 ? 4 : cols;
}

void chart_plot_fit(struct chart_plot *p, struct arena *a)
{
	size_t room = (size_t)plot_cols(a, p), count = p->chart->count;
	p->shown = count < room || p->small ? count : room;
	if (p->cursor != SIZE_MAX && p->cursor >= count)
		p->cursor = count ? count - 1 : SIZE_MAX;
	p->first = count - p->shown;
	if (p->cursor != SIZE_MAX && p->cursor < p->first)
		p->first = p->cursor;
}

// --- columns: at their dates, each a column of its own but where the plot is small

// The column of a day of a small plot.
static int true_col(const struct drawing *d, int64_t x)
{
	double span = (double)(d->p->x_to - d->p->x_from);
	double place = span > 0 ? (double)(x - d->p->x_from) / span : 0;
	return d->x0 + (int)lround(place * (d->x1 - d->x0));
}

static void place_points(struct drawing *d)
{
	size_t n = d->p->shown;
	int cols = d->x1 - d->x0 + 1;
	for (size_t i = 0; d->p->small && i < n; i++)
		d->col[i] = true_col(d, shown(d, i)->x);
	if (d->p->small)
		return;
	bool given = d->p->x_from < d->p->x_to && n == d->p->chart->count;
	double from = (double)(given ? d->p->x_from : shown(d, 0)->x);
	double span = (double)(given ? d->p->x_to : shown(d, n - 1)->x) - from;
	int most = (int)(n - 1) * STEP_MOST + 1;
	if (most < cols && !given)
		cols = most;
	for (size_t i = 0; i < n; i++) {
		double place = span > 0 ? ((double)shown(d, i)->x - from) / span : 0;
		d->col[i] = d->x0 + (int)lround(place * (cols - 1));
		if (i && d->col[i] <= d->col[i - 1])
			d->col[i] = d->col[i - 1] + 1;
	}
	for (size_t i = n, edge = 0; i-- > 0; edge++)
		if (d->col[i] > d->x0 + cols - 1 - (int)edge)
			d->col[i] = d->x0 + cols - 1 - (int)edge;
}

// --- lines

static void line_across(struct drawing *d, double v, size_t from, size_t to, bool dashed)
{
	int a = d->col[from], b = d->col[to];
	if (isnan(v))
		return;
	canvas_across(
	    d->v, row_of(d, v), a > d->x0 ? a - 1 : a, b < d->x1 ? b + 1 : b, dashed, CANVAS_LINE);
}

// The centre line by phase, solid over its baseline.
static void draw_centre(struct drawing *d)
{
	for (size_t i = 0; i < d->p->shown;) {
		const struct chart_point *p = shown(d, i);
		size_t to = i;
		while (to + 1 < d->p->shown && shown(d, to + 1)->phase == p->phase &&
		       shown(d, to + 1)->frozen == p->frozen)
			to++;
		const struct chart_phase *ph = &d->p->chart->phase[p->phase];
		if (ph->points >= CHART_LEAST)
			line_across(d, p->centre, i, to, p->frozen || ph->points < CHART_FROZEN);
		i = to + 1;
	}
}

static bool is_blank(const struct drawing *d, int y, int x, int width)
{
	for (int i = 0; i < width; i++) {
		int row = y - d->v->top, col = x + i - d->v->left;
		if (y < d->y0 || y >= d->y0 + d->rows || row < 0 || row >= d->v->rows || col < 0 ||
		    col >= d->v->cols)
			return false;
		const struct canvas_cell *cell = canvas_at(d->v, row, col);
		if (cell->text || cell->lines)
			return false;
	}
	return true;
}

// The value of a phase that is over, so that "from x to y" can be read off: above or below its line
// where nothing else stands, as far right as may be.
static void draw_old_value(struct drawing *d, size_t from, size_t to)
{
	const struct chart *c = d->p->chart;
	double centre = shown(d, to)->centre;
	const char *text = kept(d, chart_line_value(d->arena, c, d->p->face, centre));
	int width = text_width(text, strlen(text)), line = row_of(d, centre);
	for (int x = d->col[to] - width + 1; x >= d->col[from]; x--)
		for (int side = 0; side < 2; side++) {
			int y = line + (side ? 1 : -1);
			if (!is_blank(d, y, x - 1, width + 2))
				continue;
			canvas_text(d->v, y, x, text, CANVAS_FAINT);
			return;
		}
}

static void draw_old_values(struct drawing *d)
{
	size_t last = shown(d, last_shown(d))->phase;
	for (size_t i = 0, to; i < d->p->shown; i = to + 1) {
		size_t phase = shown(d, i)->phase;
		for (to = i; to < last_shown(d) && shown(d, to + 1)->phase == phase;)
			to++;
		if (phase != last && d->p->chart->phase[phase].points >= CHART_LEAST)
			draw_old_value(d, i, to);
	}
}

static void put_across(
    struct drawing *d, int y, int a, int b, const char *glyph, enum canvas_role role)
{
	for (int x = a; x <= b; x++)
		canvas_text(d->v, y, x, glyph, role);
}

static void draw_limits(struct drawing *d)
{
	for (size_t i = 0; i < d->p->shown; i++) {
		const struct chart_point *p = shown(d, i);
		if (d->p->chart->phase[p->phase].points < CHART_LEAST)
			continue;
		int a = i ? (d->col[i - 1] + d->col[i]) / 2 + 1 : d->col[i];
		int b = i < last_shown(d) ? (d->col[i] + d->col[i + 1]) / 2 : d->col[i];
		if (!isnan(p->upper))
			put_across(d, row_of(d, p->upper), a, b, d->g->limit, CANVAS_FAINT);
		if (!isnan(p->lower))
			put_across(d, row_of(d, p->lower), a, b, d->g->limit, CANVAS_FAINT);
	}
}

static bool has_line(const struct drawing *d, int y, int x)
{
	int row = y - d->v->top, col = x - d->v->left;
	return row >= 0 && row < d->v->rows && col >= 0 && col < d->v->cols &&
	       canvas_at(d->v, row, col)->lines;
}

// Where the median lies in the same row both are seen.
static void draw_goal(struct drawing *d)
{
	double goal = d->p->chart->target;
	int y = isnan(goal) ? 0 : row_of(d, goal);
	for (int x = d->x0; !isnan(goal) && x <= d->x1; x++)
		if ((x - d->x0) % 2 == 0 || !has_line(d, y, x))
			canvas_text(d->v, y, x, d->g->goal, CANVAS_LINE);
}

// Every second column, so that it is not taken for a limit, and only where no other line is.
static void draw_reference(struct drawing *d)
{
	if (!d->p->small || isnan(d->p->reference))
		return;
	int y = row_of(d, d->p->reference);
	for (int x = d->x0; x <= d->x1; x += 2)
		if (!has_line(d, y, x))
			canvas_text(d->v, y, x, d->g->limit, CANVAS_FAINT);
}

// --- points

// Not across a missing value, nor across phases.
static bool joined(const struct drawing *d, size_t i)
{
	const struct chart_point *p = shown(d, i - 1), *q = shown(d, i);
	return !isnan(drawn(d, p)) && !isnan(drawn(d, q)) && p->phase == q->phase;
}

// The middle of a point's column, and its value, in dots.
static double dot_x(const struct drawing *d, size_t i)
{
	return (d->col[i] - d->x0) * DOTS_ACROSS + (DOTS_ACROSS - 1) / 2.0;
}

static double dot_y(const struct drawing *d, size_t i)
{
	double place = axis_place(&d->p->axis, shown(d, i)->y);
	return (1 - place) * (d->rows - 1) * DOTS_DOWN + (DOTS_DOWN - 1) / 2.0;
}

static void draw_dots(struct drawing *d)
{
	struct dots dots;
	bool enough = dots_init(&dots, d->arena, d->rows, d->x1 - d->x0 + 1);
	for (size_t i = 1; enough && i < d->p->shown; i++)
		if (joined(d, i))
			dots_line(
			    &dots, dot_x(d, i - 1), dot_y(d, i - 1), dot_x(d, i), dot_y(d, i));
	if (!enough || !dots_put(&dots, d->v, d->arena, d->y0, d->x0, CANVAS_FAINT))
		d->starved = true;
}

static void draw_join(struct drawing *d, size_t i)
{
	const struct chart_point *p = shown(d, i - 1), *q = shown(d, i);
	if (!joined(d, i))
		return;
	int a = row_of(d, p->y), b = row_of(d, q->y), low = a < b ? a : b, high = a < b ? b : a;
	int x = d->col[i] - d->col[i - 1] > 1 ? (d->col[i] + d->col[i - 1]) / 2 : d->col[i];
	for (int y = low + 1; y < high; y++)
		canvas_text(d->v, y, x, d->g->join, CANVAS_FAINT);
}

static void draw_point(struct drawing *d, size_t i)
{
	const struct chart_point *p = shown(d, i);
	size_t at = d->p->first + i;
	bool unusual = d->p->unusual && d->p->unusual[at];
	const char *glyph = p->excluded ? d->g->excluded
			    : unusual	? d->g->unusual
					: d->g->meaning[p->meaning];
	enum canvas_role role = p->excluded ? CANVAS_FAINT : role_of(p->meaning);
	if (!isnan(drawn(d, p)))
		canvas_text(d->v, row_of(d, p->y), d->col[i], glyph,
		    at == d->p->cursor ? CANVAS_FOCUS : role);
}

// --- around it

static void draw_left(struct drawing *d)
{
	const struct chart_plot *p = d->p;
	int base = d->y0 + d->rows, before = -1;
	canvas_down(d->v, d->x0 - 1, d->y0, base, false, CANVAS_LINE);
	canvas_across(d->v, base, d->x0 - 1, d->x1, false, CANVAS_LINE);
	for (int i = ticks(p); i >= 0; i--) {
		double v = p->axis.low + i * p->axis.step;
		int y = row_of(d, v);
		if (y == before)
			continue;
		const char *text = kept(d, tick_text(d->arena, p, v));
		if (p->margin != 1)
			canvas_text(d->v, y, d->x0 - 1 - text_width(text, strlen(text)), text,
			    CANVAS_FAINT);
		canvas_text(d->v, y, d->x0 - 1, d->g->tick, CANVAS_LINE);
		before = y;
	}
}

// A label keeps its line's row, or the next free one; a small plot has one in a row.
static void draw_right(struct drawing *d)
{
	struct label l[LABELS];
	size_t n = labels(d->arena, d->p, l);
	int used[LABELS];
	for (size_t i = 0; i < n; i++) {
		int y = row_of(d, l[i].value);
		for (int step = 1; step < d->rows; step++) {
			bool free = y >= d->y0 && y < d->y0 + d->rows;
			for (size_t k = 0; k < i; k++)
				free = free && used[k] != y;
			if (free || d->p->small)
				break;
			y = row_of(d, l[i].value) + (step % 2 ? (step + 1) / 2 : -step / 2);
		}
		used[i] = y;
		const char *cut =
		    kept(d, text_cut(d->arena, kept(d, l[i].text), RIGHT_MOST, d->p->ascii));
		canvas_text(d->v, y, d->x1 + 2, cut, CANVAS_FAINT);
	}
}

// The column of a day, between the points before and after it; -1: before the first one.
static int day_col(const struct drawing *d, int64_t x)
{
	if (d->p->small)
		return true_col(d, x < d->p->x_to ? x : d->p->x_to);
	size_t n = d->p->shown, i = 0;
	if (x < shown(d, 0)->x)
		return -1;
	while (i + 1 < n && shown(d, i + 1)->x <= x)
		i++;
	if (i + 1 >= n)
		return d->col[i];
	double part = (double)(x - shown(d, i)->x) / (double)(shown(d, i + 1)->x - shown(d, i)->x);
	return d->col[i] + (int)(part * (d->col[i + 1] - d->col[i]));
}

static void draw_dates(struct drawing *d, int y)
{
	bool small = d->p->small;
	int64_t from = small ? d->p->x_from : shown(d, 0)->x;
	int64_t to = small ? d->p->x_to : shown(d, last_shown(d))->x;
	int wide = small ? d->x1 - d->x0 + 1 : d->col[last_shown(d)] - d->col[0] + 1;
	int free = d->x0 - 1;
	size_t most = (size_t)wide / LABEL_ROOM + 1;
	int64_t gaps = (int64_t)d->p->shown - 1, apart = gaps > 0 ? (to - from) / gaps : 1;
	struct axis_ticks t = d->p->face->numbers ? axis_numbers(d->arena, from, to, most)
						  : axis_days(d->arena, from, to, apart, most);
	d->starved = d->starved || !t.tick;
	for (size_t i = 0; t.tick && i < t.count; i++) {
		const struct axis_tick *k = &t.tick[i];
		int x = day_col(d, k->at);
		const char *text = k->year
				       ? kept(d, arena_printf(d->arena, "%s %d", k->label, k->year))
				       : kept(d, arena_strdup(d->arena, k->label));
		int end = x + text_width(text, strlen(text));
		if (x < free || end > d->p->left + d->p->cols)
			continue;
		canvas_text(d->v, y, x, text, CANVAS_FAINT);
		free = end + LABEL_GAP;
	}
}

size_t chart_note_within(int64_t from, int64_t to, const struct chart_notes *notes, size_t note)
{
	size_t n = 0;
	for (size_t i = 0; i <= note; i++) {
		bool on = notes->note[i].date >= from && notes->note[i].date <= to + 31;
		n += on;
		if (i == note)
			return on ? n : 0;
	}
	return 0;
}

size_t chart_note_number(const struct chart *c, const struct chart_notes *notes, size_t note)
{
	return c->count ? chart_note_within(c->point[0].x, c->point[c->count - 1].x, notes, note)
			: 0;
}

static void draw_notes(struct drawing *d, int y)
{
	const struct chart_plot *p = d->p;
	const struct chart_notes *notes = p->notes;
	int before = -1;
	for (size_t i = 0; notes && i < notes->count; i++) {
		size_t number = p->small ? chart_note_within(p->x_from, p->x_to, notes, i)
					 : chart_note_number(p->chart, notes, i);
		int x = number ? day_col(d, notes->note[i].date) : -1;
		if (x < 0)
			continue;
		const char *text = kept(d, arena_printf(d->arena, "%zu", number));
		if (x <= before + 1) // several in one place: the first one's number, and a sign
			canvas_text(d->v, y, before, "+", CANVAS_TITLE);
		else
			canvas_text(d->v, y, x, text, CANVAS_TITLE);
		before = x <= before ? before : x + (int)strlen(text) - 1 + (strlen(text) == 1);
	}
}

static bool begin(
    struct drawing *d, struct canvas *v, struct arena *a, const struct chart_plot *p, struct err *e)
{
	*d = (struct drawing){ .v = v, .arena = a, .p = p, .g = p->ascii ? &ASCII : &PLAIN };
	d->x0 = p->left + left_cols(a, p);
	d->x1 = d->x0 + plot_cols(a, p) - 1;
	d->y0 = p->top;
	d->rows = p->rows - (p->bare ? 1 : 3);
	d->col = arena_array(a, p->shown + 1, sizeof *d->col);
	return d->col || err_memory(e);
}

// What signals stands over what does not, where they share a cell.
static void draw_points(struct drawing *d)
{
	bool braille = d->p->braille && !d->p->ascii;
	if (braille)
		draw_dots(d);
	for (size_t i = 1; !braille && i < d->p->shown; i++)
		draw_join(d, i);
	for (int signal = 0; signal < 2; signal++)
		for (size_t i = 0; i < d->p->shown; i++)
			if ((shown(d, i)->meaning != CHART_ORDINARY) == signal)
				draw_point(d, i);
}

bool chart_plot_dates(
    struct canvas *v, struct arena *a, const struct chart_plot *p, int y, struct err *e)
{
	struct drawing d;
	if (!begin(&d, v, a, p, e))
		return false;
	if (p->shown) {
		draw_dates(&d, y);
		draw_notes(&d, y + 1);
	}
	return !d.starved || err_memory(e);
}

bool chart_plot_draw(struct canvas *v, struct arena *a, const struct chart_plot *p, struct err *e)
{
	struct drawing d;
	if (!begin(&d, v, a, p, e))
		return false;
	draw_left(&d);
	if (p->shown == 0)
		return !d.starved || err_memory(e);
	place_points(&d);
	draw_centre(&d);
	draw_reference(&d);
	draw_goal(&d);
	draw_limits(&d);
	draw_points(&d);
	draw_right(&d);
	if (!p->small)
		draw_old_values(&d);
	if (!p->bare) {
		draw_dates(&d, d.y0 + d.rows + 1);
		draw_notes(&d, d.y0 + d.rows + 2);
	}
	return !d.starved || err_memory(e);
}
