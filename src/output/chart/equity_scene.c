// SPDX-License-Identifier: MIT
// Groups beside each other as a page: the finding, a row a group with the funnel behind it, the
// gap, what it stands on.
#include "output/table/page.h"

#include <plando/equity_draw.h>

#include <math.h>

enum { TICKS = 7 };
#define ROW_MOST  32.0
#define ROW_LEAST 15.0
#define NAME_MOST 210.0

struct equity_page {
	struct scene *s;
	const struct equity_sheet *sheet;
	const char *when;
	struct axis axis;
	struct scene_rect plot;
	double row, size; // height of one; the right edge of the sizes
};

// --- below

static double equity_draw_key(struct equity_page *w, double y)
{
	struct scene_font f = { .size = PAGE_SMALL, .role = SCENE_FAINT };
	if (!w->sheet->equity->outside)
		return y;
	scene_group(w->s, "key", NULL);
	double x =
	    page_key(w->s, PAGE_MARGIN, y, SCENE_DIAMOND, SCENE_NEUTRAL, "different from the rest");
	x = page_key(w->s, x, y, SCENE_DISC, SCENE_COMMON, "within the limits");
	scene_box(w->s, (struct scene_pen){ 0 }, SCENE_WASH,
	    (struct scene_rect){ x, y, PAGE_SMALL * 1.4, PAGE_SMALL * 1.1 }, 0);
	scene_text(w->s, &f, x + PAGE_SMALL * 1.9, y + PAGE_SMALL * SCENE_ASCENT,
	    "where chance alone would put a group of this size");
	scene_group_end(w->s);
	return y + PAGE_SMALL * SCENE_LEADING + 3;
}

static double equity_draw_below(struct equity_page *w, double y)
{
	const struct equity_sheet *s = w->sheet;
	struct scene_font gap = { .size = PAGE_BODY };
	double width = PAGE_WIDTH - 2 * PAGE_MARGIN;
	y = equity_draw_key(w, y);
	if (s->gap) {
		scene_group(w->s, "gap", NULL);
		y += scene_block(w->s, &gap, PAGE_MARGIN, y, width,
			 page_kept(
			     w->s, equity_gap_words(w->s->arena, s->equity, s->face, s->gap))) +
		     4;
		scene_group_end(w->s);
	}
	return page_foot(w->s, y, "", equity_footer(w->s->arena, s->equity, s->face), w->when);
}

// How high all of it is: drawn once on a page that is thrown away.
static double equity_height_below(struct equity_page *w)
{
	size_t count = w->s->count;
	double height = equity_draw_below(w, 0);
	w->s->count = count;
	return height;
}

// --- the plot

static double equity_x_of(const struct equity_page *w, double v)
{
	return w->plot.x + w->plot.w * axis_place(&w->axis, v);
}

static double equity_row_y(const struct equity_page *w, size_t i)
{
	return w->plot.y + ((double)i + 0.5) * w->row;
}

static void equity_draw_axis(struct equity_page *w)
{
	struct scene_font f = { .size = PAGE_BODY, .role = SCENE_FAINT, .anchor = SCENE_MIDDLE };
	struct scene_pen rule = { SCENE_RULE, SCENE_SOLID, 0.5 };
	double bottom = w->plot.y + w->plot.h;
	scene_group(w->s, "values", NULL);
	for (int i = 0; i <= axis_steps(&w->axis); i++) {
		double x = equity_x_of(w, axis_tick(&w->axis, i));
		scene_line(w->s, rule, x, w->plot.y, x, bottom);
		scene_text(w->s, &f, x, bottom + 1.4 * PAGE_BODY,
		    page_kept(w->s, axis_label(w->s->arena, &w->axis, i, w->sheet->face->percent)));
	}
	scene_line(w->s, (struct scene_pen){ SCENE_INK, SCENE_SOLID, 0.8 }, w->plot.x, bottom,
	    w->plot.x + w->plot.w, bottom);
	scene_group_end(w->s);
}

// Where chance alone would put each group: narrower the larger it is.
static void equity_draw_funnel(struct equity_page *w)
{
	const struct equity *q = w->sheet->equity;
	struct scene_pen limit = { SCENE_FAINT, SCENE_DOTTED, 0.8 };
	scene_group(w->s, "funnel", NULL);
	for (size_t i = 0; i < q->count; i++) {
		const struct chart_group *g = &q->group[i].in;
		double left = equity_x_of(w, g->lower), right = equity_x_of(w, g->upper);
		double top = equity_row_y(w, i) - w->row / 2, bottom = top + w->row;
		if (isnan(g->upper))
			continue;
		scene_box(w->s, (struct scene_pen){ 0 }, SCENE_WASH,
		    (struct scene_rect){ left, top, right - left, w->row }, 0);
		scene_line(w->s, limit, left, top, left, bottom);
		scene_line(w->s, limit, right, top, right, bottom);
	}
	scene_group_end(w->s);
}

static void equity_draw_centre(struct equity_page *w)
{
	struct scene_font f = { .size = PAGE_SMALL, .role = SCENE_INK, .anchor = SCENE_MIDDLE };
	const struct equity *q = w->sheet->equity;
	if (isnan(q->centre))
		return;
	double x = equity_x_of(w, q->centre);
	scene_group(w->s, "centre", NULL);
	scene_line(w->s, (struct scene_pen){ SCENE_INK, SCENE_DASHED, 0.8 }, x, w->plot.y, x,
	    w->plot.y + w->plot.h);
	scene_text(w->s, &f, x, w->plot.y - 0.5 * PAGE_SMALL,
	    page_kept(w->s, equity_mean_name(w->s->arena, q, w->sheet->face)));
	scene_group_end(w->s);
}

static void equity_draw_interval(struct equity_page *w, const struct equity_group *g, double y)
{
	const struct plot_sign *sign = &PLOT_SIGN[equity_side(g) ? PLOT_CHANGE : PLOT_ORDINARY];
	struct scene_pen pen = { sign->role, SCENE_SOLID, 1.2 };
	double low = equity_x_of(w, g->in.ci.lower), high = equity_x_of(w, g->in.ci.upper);
	double end = 0.25 * PAGE_BODY;
	scene_line(w->s, pen, low, y, high, y);
	scene_line(w->s, pen, low, y - end, low, y + end);
	scene_line(w->s, pen, high, y - end, high, y + end);
	scene_mark(w->s, sign->shape, sign->role, equity_x_of(w, g->in.value), y,
	    1.15 * sign->size * PAGE_BODY);
}

static void equity_draw_group(struct equity_page *w, size_t i)
{
	const struct equity_sheet *s = w->sheet;
	const struct equity_group *g = &s->equity->group[i];
	struct arena *a = w->s->arena;
	enum scene_role role = !equity_shown(g) ? SCENE_FAINT : SCENE_INK;
	struct scene_font name = { .size = PAGE_BODY, .role = role, .bold = equity_side(g) != 0 };
	struct scene_font value = { .size = PAGE_BODY, .role = role, .anchor = SCENE_END };
	struct scene_font size = { .size = PAGE_BODY, .role = SCENE_FAINT, .anchor = SCENE_END };
	double y = equity_row_y(w, i), base = y + 0.35 * PAGE_BODY;
	const char *words = page_kept(w->s, equity_group_words(a, s->equity, s->face, g));
	scene_group(w->s, equity_side(g) ? "group different" : "group",
	    page_kept(w->s, arena_printf(a, "%s: %s", g->name, words)));
	scene_text(w->s, &name, PAGE_MARGIN, base,
	    page_kept(w->s, scene_cut(w->s, &name, g->name, NAME_MOST)));
	scene_text(w->s, &value, PAGE_WIDTH - PAGE_MARGIN, base,
	    page_kept(w->s, equity_group_value(a, s->equity, s->face, g)));
	scene_text(w->s, &size, w->size, base, page_kept(w->s, equity_group_size(a, g)));
	if (equity_shown(g))
		equity_draw_interval(w, g, y);
	scene_group_end(w->s);
}

static void equity_measure_sides(struct equity_page *w, double *left, double *size, double *right)
{
	const struct equity_sheet *s = w->sheet;
	struct scene_font f = { .size = PAGE_BODY, .bold = true };
	*left = *size = *right = 0;
	for (size_t i = 0; i < s->equity->count; i++) {
		const struct equity_group *g = &s->equity->group[i];
		*left = fmax(*left, scene_text_width(w->s, &f, g->name));
		*size = fmax(*size,
		    scene_text_width(w->s, &f, page_kept(w->s, equity_group_size(w->s->arena, g))));
		*right = fmax(*right,
		    scene_text_width(w->s, &f,
			page_kept(w->s, equity_group_value(w->s->arena, s->equity, s->face, g))));
	}
	*left = fmin(*left, NAME_MOST);
}

static void equity_draw_plot(struct equity_page *w, double top)
{
	size_t n = w->sheet->equity->count;
	double left, size, right, below = equity_height_below(w), foot = 2.6 * PAGE_BODY;
	equity_measure_sides(w, &left, &size, &right);
	w->size = PAGE_WIDTH - PAGE_MARGIN - right - 1.5 * PAGE_BODY;
	top += 1.2 * PAGE_SMALL;
	double room = w->s->height - PAGE_MARGIN - below - foot - top;
	w->row = fmax(ROW_LEAST, fmin(ROW_MOST, room / (double)n));
	w->plot = (struct scene_rect){ PAGE_MARGIN + left + 1.5 * PAGE_BODY, top,
		PAGE_WIDTH - 2 * PAGE_MARGIN - left - size - right - 4.5 * PAGE_BODY,
		w->row * (double)n };
	double end = top + w->plot.h + foot;
	w->s->height = fmax(w->s->height, end + below + PAGE_MARGIN);
	w->axis = equity_axis(w->sheet->equity, w->sheet->face, TICKS);
	equity_draw_funnel(w);
	equity_draw_axis(w);
	equity_draw_centre(w);
	for (size_t i = 0; i < n; i++)
		equity_draw_group(w, i);
	equity_draw_below(w, end);
}

// --- the whole

// The alternative text: finding, every group, gap and footer.
static void equity_name(struct equity_page *w, const char *title)
{
	struct arena *a = w->s->arena;
	const struct equity_sheet *s = w->sheet;
	struct str words = STR_IN(a);
	str_printf(&words, "%s.\n", page_kept(w->s, equity_finding(a, s->equity, s->face)));
	for (size_t i = 0; i < s->equity->count; i++)
		str_printf(&words, "%s: %s\n", s->equity->group[i].name,
		    page_kept(
			w->s, equity_group_words(a, s->equity, s->face, &s->equity->group[i])));
	if (s->gap)
		str_printf(&words, "%s\n",
		    page_kept(w->s, equity_gap_words(a, s->equity, s->face, s->gap)));
	str_printf(&words, "%s\n", page_kept(w->s, equity_footer(a, s->equity, s->face)));
	scene_name(w->s, title, page_kept(w->s, str_done(&words)));
}

bool equity_scene(struct arena *a, const struct equity_sheet *s, const char *when,
    const struct scene_type *type, struct scene *out, struct err *e)
{
	struct equity_page w = { .s = out, .sheet = s, .when = when };
	*out = scene_begin(a, type, PAGE_WIDTH, PAGE_HEIGHT);
	const char *title =
	    page_kept(out, page_title(a, chart_title(a, s->face), s->face->team, false));
	equity_name(&w, title);
	equity_draw_plot(&w, page_head(out, title, equity_finding(a, s->equity, s->face), "") + 12);
	return scene_done(out, e);
}
