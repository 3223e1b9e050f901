// SPDX-License-Identifier: MIT
// Groups beside each other on a canvas and as a page of text.
#include <plando/equity_draw.h>

#include "output/table/page.h"

#include <plando/text.h>

#include <math.h>
#include <string.h>

enum { GAP = 2, NAME_LEAST = 8, PLOT_LEAST = 20, TICKS = 6, TICK_ROOM = 8 };

static const char *equity_draw_shown_name(struct arena *a, const struct equity_group *g, bool ascii)
{
	const char *safe = text_safe(a, g->name, false);
	return safe && ascii ? text_ascii(a, safe) : safe;
}

static int equity_draw_width_of(const char *text)
{
	return text ? text_width(text, strlen(text)) : 0;
}

struct axis equity_axis(const struct equity *q, const struct chart_face *f, int ticks)
{
	double low = q->centre, high = low, whole = f->percent ? 100 : 1;
	for (size_t i = 0; i < q->count; i++) { // fmin and fmax pass over what is NAN
		const struct chart_group *g = &q->group[i].in;
		low = fmin(low, fmin(g->ci.lower, g->lower));
		high = fmax(high, fmax(g->ci.upper, g->upper));
	}
	if (!(high > low) || low < (high - low) / 3)
		low = 0;
	if (!(high > low))
		high = whole;
	struct axis x = axis_round(low, high, ticks);
	if (f->percent && x.high > 100)
		x.high = 100;
	return x;
}

static int equity_draw_plot_cols(const struct equity_plot *p)
{
	int cols = p->cols - p->left - p->size - p->right - 3 * GAP;
	return cols < 2 ? 2 : cols;
}

bool equity_plot_fit(struct arena *a, const struct equity *q, const struct chart_face *f, int cols,
    bool ascii, struct equity_plot *out)
{
	int names = NAME_LEAST, values = 0;
	*out = (struct equity_plot){ .equity = q, .face = f, .cols = cols, .ascii = ascii };
	for (size_t i = 0; i < q->count; i++) {
		const char *name = equity_draw_shown_name(a, &q->group[i], ascii);
		const char *value = equity_group_value(a, q, f, &q->group[i]);
		const char *size = equity_group_size(a, &q->group[i]);
		if (!name || !value || !size)
			return false;
		out->size =
		    equity_draw_width_of(size) > out->size ? equity_draw_width_of(size) : out->size;
		names = equity_draw_width_of(name) > names ? equity_draw_width_of(name) : names;
		values =
		    equity_draw_width_of(value) > values ? equity_draw_width_of(value) : values;
	}
	int most = cols - values - out->size - 3 * GAP - PLOT_LEAST;
	out->left = names > most ? most : names;
	out->left = out->left < NAME_LEAST ? NAME_LEAST : out->left;
	out->right = values;
	int ticks = equity_draw_plot_cols(out) / TICK_ROOM;
	out->axis = equity_axis(q, f, ticks < 2 ? 2 : ticks > TICKS ? TICKS : ticks);
	return true;
}

static int equity_draw_col_of(const struct equity_plot *p, double v)
{
	return p->left + GAP +
	       (int)lround(axis_place(&p->axis, v) * (equity_draw_plot_cols(p) - 1));
}

static void draw_group(
    struct canvas *v, const struct equity_plot *p, const struct equity_group *g, int y)
{
	const struct plot_sign *sign = &PLOT_SIGN[equity_side(g) ? PLOT_CHANGE : PLOT_ORDINARY];
	const char *limit = p->ascii ? ":" : "┊";
	int low = equity_draw_col_of(p, g->in.ci.lower),
	    high = equity_draw_col_of(p, g->in.ci.upper);
	for (int x = low; x <= high; x++)
		canvas_text(v, y, x, p->ascii ? "-" : "─", sign->cell);
	if (!isnan(g->in.upper)) {
		canvas_text(v, y, equity_draw_col_of(p, g->in.lower), limit, CANVAS_FAINT);
		canvas_text(v, y, equity_draw_col_of(p, g->in.upper), limit, CANVAS_FAINT);
	}
	canvas_text(v, y, equity_draw_col_of(p, g->in.value), p->ascii ? sign->ascii : sign->glyph,
	    sign->cell);
}

void equity_plot_row(
    struct canvas *v, struct arena *a, const struct equity_plot *p, size_t group, int y)
{
	const struct equity_group *g = &p->equity->group[group];
	const char *name = equity_draw_shown_name(a, g, p->ascii),
		   *value = equity_group_value(a, p->equity, p->face, g);
	const char *size = equity_group_size(a, g);
	const char *cut = name ? text_cut(a, name, p->left, p->ascii) : NULL;
	if (!isnan(p->equity->centre))
		canvas_down(
		    v, equity_draw_col_of(p, p->equity->centre), y - 1, y + 1, true, CANVAS_LINE);
	if (cut)
		canvas_text(v, y, 0, cut, !equity_shown(g) ? CANVAS_FAINT : CANVAS_PLAIN);
	if (size)
		canvas_text(v, y, p->cols - p->right - GAP - equity_draw_width_of(size), size,
		    CANVAS_FAINT);
	if (value)
		canvas_text(v, y, p->cols - equity_draw_width_of(value), value,
		    equity_side(g) ? CANVAS_CHANGE : CANVAS_PLAIN);
	if (equity_shown(g))
		draw_group(v, p, g, y);
}

void equity_plot_axis(struct canvas *v, struct arena *a, const struct equity_plot *p, int y)
{
	int from = p->left + GAP, to = from + equity_draw_plot_cols(p) - 1;
	canvas_across(v, y, from, to, false, CANVAS_LINE);
	for (int i = 0; i <= axis_steps(&p->axis); i++) {
		int x = equity_draw_col_of(p, axis_tick(&p->axis, i));
		const char *text = axis_label(a, &p->axis, i, p->face->percent);
		int width = equity_draw_width_of(text), left = x - width / 2;
		if (left + width > p->cols)
			left = p->cols - width;
		canvas_text(v, y, x, p->ascii ? "+" : "┴", CANVAS_LINE);
		if (text)
			canvas_text(v, y + 1, left, text, CANVAS_FAINT);
	}
}

// --- a page

struct equity_text {
	struct arena *arena;
	const struct equity_sheet *sheet;
	struct str *out;
};

static bool equity_draw_add_wrapped(
    struct equity_text *g, const char *text, int indent, struct err *e)
{
	const char *safe = text ? text_safe(g->arena, text, false) : NULL;
	return page_add(g->arena, g->out, safe, g->sheet->width, indent, g->sheet->ascii, e);
}

static bool equity_draw_add_plot(struct equity_text *g, struct err *e)
{
	const struct equity_sheet *s = g->sheet;
	struct canvas v;
	struct equity_plot p;
	int rows = (int)s->equity->count;
	if (!equity_plot_fit(g->arena, s->equity, s->face, s->width, s->ascii, &p))
		return err_memory(e);
	if (!canvas_init(&v, g->arena, rows + 2, s->width, s->ascii, e))
		return false;
	for (int i = 0; i < rows; i++)
		equity_plot_row(&v, g->arena, &p, (size_t)i, i);
	equity_plot_axis(&v, g->arena, &p, rows);
	canvas_print(&v, g->out);
	return true;
}

static bool equity_draw_add_table(struct equity_text *g, struct err *e)
{
	const struct equity *q = g->sheet->equity;
	str_add_char(g->out, '\n');
	for (size_t i = 0; i < q->count; i++) {
		const char *words = equity_group_words(g->arena, q, g->sheet->face, &q->group[i]);
		if (!words)
			return err_memory(e);
		if (!equity_draw_add_wrapped(
			g, arena_printf(g->arena, "%s: %s", q->group[i].name, words), 4, e))
			return false;
	}
	return true;
}

bool equity_print(struct arena *a, const struct equity_sheet *s, struct str *out, struct err *e)
{
	struct equity_text g = { a, s, out };
	const char *title = page_title(a, chart_title(a, s->face), s->face->team, s->ascii);
	if (!equity_draw_add_wrapped(&g, title, 0, e) ||
	    !equity_draw_add_wrapped(&g, equity_finding(a, s->equity, s->face), 0, e))
		return false;
	str_add_char(out, '\n');
	if (!equity_draw_add_plot(&g, e))
		return false;
	str_add_char(out, '\n');
	if (s->equity->outside &&
	    !equity_draw_add_wrapped(&g,
		s->ascii ? "+ different from the rest  o within the limits  : limits"
			 : "◆ different from the rest  ● within the limits  ┊ limits",
		0, e))
		return false;
	return (!s->gap || equity_draw_add_wrapped(
			       &g, equity_gap_words(a, s->equity, s->face, s->gap), 0, e)) &&
	       equity_draw_add_wrapped(&g, equity_footer(a, s->equity, s->face), 0, e) &&
	       (!s->table || equity_draw_add_table(&g, e));
}
