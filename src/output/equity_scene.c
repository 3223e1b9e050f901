// SPDX-License-Identifier: MIT
// Groups beside each other as a page: the finding, a row a group with the funnel behind it, the
// gap, what it stands on.
#include <plando/equity_draw.h>

#include <plando/str.h>

#include <math.h>

enum { WIDTH = 842, HEIGHT = 595, TICKS = 7 };
#define MARGIN	  34.0
#define TITLE	  11.0
#define FINDING	  15.0
#define BODY	  9.5
#define SMALL	  8.0
#define ROW_MOST  32.0
#define ROW_LEAST 15.0
#define NAME_MOST 210.0

struct sheet {
	struct scene *s;
	const struct equity_sheet *sheet;
	const char *when;
	struct axis axis;
	struct scene_rect plot;
	double row, size; // height of one; the right edge of the sizes
};

static const char *kept(struct sheet *w, const char *text)
{
	w->s->failed = w->s->failed || !text;
	return text ? text : "";
}

static const char *title_of(struct sheet *w)
{
	const struct chart_face *f = w->sheet->face;
	const char *title = kept(w, chart_title(w->s->arena, f));
	return str_empty(f->team) ? title
				  : kept(w, arena_printf(w->s->arena, "%s · %s", title, f->team));
}

static double draw_head(struct sheet *w)
{
	struct scene_font title = { .size = TITLE, .role = SCENE_FAINT };
	struct scene_font finding = { .size = FINDING, .bold = true };
	double y = MARGIN, width = WIDTH - 2 * MARGIN;
	const char *found = equity_finding(w->s->arena, w->sheet->equity, w->sheet->face);
	scene_group(w->s, "head", NULL);
	y += scene_block(w->s, &title, MARGIN, y, width, title_of(w)) + 2;
	y += scene_block(w->s, &finding, MARGIN, y, width, kept(w, found));
	scene_group_end(w->s);
	return y + 14;
}

// --- below

static double draw_key(struct sheet *w, double y)
{
	static const struct {
		enum scene_shape shape;
		enum scene_role role;
		const char *words;
	} KEY[] = { { SCENE_DIAMOND, SCENE_NEUTRAL, "different from the rest" },
		{ SCENE_DISC, SCENE_COMMON, "within the limits" } };
	struct scene_font f = { .size = SMALL, .role = SCENE_FAINT };
	double x = MARGIN;
	if (!w->sheet->equity->outside)
		return y;
	scene_group(w->s, "key", NULL);
	for (size_t i = 0; i < sizeof KEY / sizeof *KEY; i++) {
		scene_mark(
		    w->s, KEY[i].shape, KEY[i].role, x + SMALL / 2, y + SMALL * 0.6, SMALL * 0.8);
		x += SMALL * 1.2;
		x += scene_text(w->s, &f, x, y + SMALL * SCENE_ASCENT, KEY[i].words) + SMALL * 1.6;
	}
	scene_box(w->s, (struct scene_pen){ 0 }, SCENE_WASH,
	    (struct scene_rect){ x, y, SMALL * 1.4, SMALL * 1.1 }, 0);
	scene_text(w->s, &f, x + SMALL * 1.9, y + SMALL * SCENE_ASCENT,
	    "where chance alone would put a group of this size");
	scene_group_end(w->s);
	return y + SMALL * SCENE_LEADING + 3;
}

static double draw_below(struct sheet *w, double y)
{
	struct arena *a = w->s->arena;
	const struct equity_sheet *s = w->sheet;
	struct scene_font gap = { .size = BODY }, foot = { .size = SMALL, .role = SCENE_FAINT };
	double width = WIDTH - 2 * MARGIN;
	y = draw_key(w, y);
	if (s->gap) {
		scene_group(w->s, "gap", NULL);
		y += scene_block(w->s, &gap, MARGIN, y, width,
			 kept(w, equity_gap_words(a, s->equity, s->face, s->gap))) +
		     4;
		scene_group_end(w->s);
	}
	const char *words = kept(w, equity_footer(a, s->equity, s->face));
	if (w->when)
		words = kept(w, arena_printf(a, "%s Made %s.", words, w->when));
	scene_group(w->s, "foot", NULL);
	y += scene_block(w->s, &foot, MARGIN, y, width, words);
	scene_group_end(w->s);
	return y;
}

// How high all of it is: drawn once on a page that is thrown away.
static double height_below(struct sheet *w)
{
	size_t count = w->s->count;
	double height = draw_below(w, 0);
	w->s->count = count;
	return height;
}

// --- the plot

static double x_of(const struct sheet *w, double v)
{
	return w->plot.x + w->plot.w * axis_place(&w->axis, v);
}

static double row_y(const struct sheet *w, size_t i)
{
	return w->plot.y + ((double)i + 0.5) * w->row;
}

static void draw_axis(struct sheet *w)
{
	struct scene_font f = { .size = BODY, .role = SCENE_FAINT, .anchor = SCENE_MIDDLE };
	struct scene_pen rule = { SCENE_RULE, SCENE_SOLID, 0.5 };
	double bottom = w->plot.y + w->plot.h;
	size_t steps = (size_t)lround((w->axis.high - w->axis.low) / w->axis.step);
	scene_group(w->s, "values", NULL);
	for (size_t i = 0; i <= steps; i++) {
		double v = w->axis.low + (double)i * w->axis.step;
		if (fabs(v) < w->axis.step / 1000)
			v = 0;
		scene_line(w->s, rule, x_of(w, v), w->plot.y, x_of(w, v), bottom);
		scene_text(w->s, &f, x_of(w, v), bottom + 1.4 * BODY,
		    kept(w, arena_printf(w->s->arena, "%.*f%s", w->axis.decimals, v,
				w->sheet->face->percent ? "%" : "")));
	}
	scene_line(w->s, (struct scene_pen){ SCENE_INK, SCENE_SOLID, 0.8 }, w->plot.x, bottom,
	    w->plot.x + w->plot.w, bottom);
	scene_group_end(w->s);
}

// Where chance alone would put each group: narrower the larger it is.
static void draw_funnel(struct sheet *w)
{
	const struct equity *q = w->sheet->equity;
	struct scene_pen limit = { SCENE_FAINT, SCENE_DOTTED, 0.8 };
	scene_group(w->s, "funnel", NULL);
	for (size_t i = 0; i < q->count; i++) {
		const struct chart_group *g = &q->group[i].in;
		double left = x_of(w, g->lower), right = x_of(w, g->upper);
		double top = row_y(w, i) - w->row / 2, bottom = top + w->row;
		if (g->small)
			continue;
		scene_box(w->s, (struct scene_pen){ 0 }, SCENE_WASH,
		    (struct scene_rect){ left, top, right - left, w->row }, 0);
		scene_line(w->s, limit, left, top, left, bottom);
		scene_line(w->s, limit, right, top, right, bottom);
	}
	scene_group_end(w->s);
}

static void draw_centre(struct sheet *w)
{
	struct scene_font f = { .size = SMALL, .role = SCENE_INK, .anchor = SCENE_MIDDLE };
	double x = x_of(w, w->sheet->equity->centre);
	const char *value =
	    kept(w, equity_value(w->s->arena, w->sheet->face, w->sheet->equity->centre));
	scene_group(w->s, "centre", NULL);
	scene_line(w->s, (struct scene_pen){ SCENE_INK, SCENE_DASHED, 0.8 }, x, w->plot.y, x,
	    w->plot.y + w->plot.h);
	scene_text(w->s, &f, x, w->plot.y - 0.5 * SMALL,
	    kept(w, arena_printf(w->s->arena, "mean of all %s", value)));
	scene_group_end(w->s);
}

static void draw_interval(struct sheet *w, const struct equity_group *g, double y)
{
	bool apart = equity_side(g) != 0;
	enum scene_role role = apart ? SCENE_NEUTRAL : SCENE_COMMON;
	struct scene_pen pen = { role, SCENE_SOLID, 1.2 };
	double low = x_of(w, g->in.ci.lower), high = x_of(w, g->in.ci.upper), end = 0.25 * BODY;
	scene_line(w->s, pen, low, y, high, y);
	scene_line(w->s, pen, low, y - end, low, y + end);
	scene_line(w->s, pen, high, y - end, high, y + end);
	scene_mark(w->s, apart ? SCENE_DIAMOND : SCENE_DISC, role, x_of(w, g->in.value), y,
	    (apart ? 1.0 : 0.75) * BODY);
}

static void draw_group(struct sheet *w, size_t i)
{
	const struct equity_sheet *s = w->sheet;
	const struct equity_group *g = &s->equity->group[i];
	struct arena *a = w->s->arena;
	enum scene_role role = g->in.small ? SCENE_FAINT : SCENE_INK;
	struct scene_font name = { .size = BODY, .role = role, .bold = equity_side(g) != 0 };
	struct scene_font value = { .size = BODY, .role = role, .anchor = SCENE_END };
	struct scene_font size = { .size = BODY, .role = SCENE_FAINT, .anchor = SCENE_END };
	double y = row_y(w, i), base = y + 0.35 * BODY;
	const char *words = kept(w, equity_group_words(a, s->equity, s->face, g));
	scene_group(w->s, equity_side(g) ? "group different" : "group",
	    kept(w, arena_printf(a, "%s: %s", g->name, words)));
	scene_text(w->s, &name, MARGIN, base, kept(w, scene_cut(w->s, &name, g->name, NAME_MOST)));
	scene_text(w->s, &value, WIDTH - MARGIN, base,
	    kept(w, equity_group_value(a, s->equity, s->face, g)));
	scene_text(w->s, &size, w->size, base, kept(w, equity_group_size(a, g)));
	if (!g->in.small)
		draw_interval(w, g, y);
	scene_group_end(w->s);
}

static void measure_sides(struct sheet *w, double *left, double *size, double *right)
{
	const struct equity_sheet *s = w->sheet;
	struct scene_font f = { .size = BODY, .bold = true };
	*left = *size = *right = 0;
	for (size_t i = 0; i < s->equity->count; i++) {
		const struct equity_group *g = &s->equity->group[i];
		*left = fmax(*left, scene_text_width(w->s, &f, g->name));
		*size = fmax(
		    *size, scene_text_width(w->s, &f, kept(w, equity_group_size(w->s->arena, g))));
		*right = fmax(
		    *right, scene_text_width(w->s, &f,
				kept(w, equity_group_value(w->s->arena, s->equity, s->face, g))));
	}
	*left = fmin(*left, NAME_MOST);
}

static void draw_plot(struct sheet *w, double top)
{
	size_t n = w->sheet->equity->count;
	double left, size, right, below = height_below(w), foot = 2.6 * BODY;
	measure_sides(w, &left, &size, &right);
	w->size = WIDTH - MARGIN - right - 1.5 * BODY;
	top += 1.2 * SMALL;
	double room = w->s->height - MARGIN - below - foot - top;
	w->row = fmax(ROW_LEAST, fmin(ROW_MOST, room / (double)n));
	w->plot = (struct scene_rect){ MARGIN + left + 1.5 * BODY, top,
		WIDTH - 2 * MARGIN - left - size - right - 4.5 * BODY, w->row * (double)n };
	double end = top + w->plot.h + foot;
	w->s->height = fmax(w->s->height, end + below + MARGIN);
	w->axis = equity_axis(w->sheet->equity, w->sheet->face, TICKS);
	draw_funnel(w);
	draw_axis(w);
	draw_centre(w);
	for (size_t i = 0; i < n; i++)
		draw_group(w, i);
	draw_below(w, end);
}

// --- the whole

// The alternative text: finding, every group, gap and footer.
static void name(struct sheet *w)
{
	struct arena *a = w->s->arena;
	const struct equity_sheet *s = w->sheet;
	struct str words = STR_IN(a);
	str_printf(&words, "%s.\n", kept(w, equity_finding(a, s->equity, s->face)));
	for (size_t i = 0; i < s->equity->count; i++)
		str_printf(&words, "%s: %s\n", s->equity->group[i].name,
		    kept(w, equity_group_words(a, s->equity, s->face, &s->equity->group[i])));
	if (s->gap)
		str_printf(
		    &words, "%s\n", kept(w, equity_gap_words(a, s->equity, s->face, s->gap)));
	str_printf(&words, "%s\n", kept(w, equity_footer(a, s->equity, s->face)));
	scene_name(w->s, title_of(w), kept(w, str_done(&words)));
}

bool equity_scene(struct arena *a, const struct equity_sheet *s, const char *when,
    const struct scene_type *type, struct scene *out, struct err *e)
{
	struct sheet w = { .s = out, .sheet = s, .when = when };
	*out = scene_begin(a, type, WIDTH, HEIGHT);
	name(&w);
	draw_plot(&w, draw_head(&w));
	return scene_done(out, e);
}
