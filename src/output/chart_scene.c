// SPDX-License-Identifier: MIT
// The page of a chart: words above, the chart or one for each group, notes, footer.
#include "output/chart_panel.h"

#include <plando/str.h>

#include <math.h>

enum { WIDTH = 842, HEIGHT = 595, LIST_MOST = 40, TICKS = 7, PART_TICKS = 5 };
#define MARGIN	    34.0
#define TITLE	    11.0
#define FINDING	    15.0
#define BODY	    9.5
#define SMALL	    8.0
#define PLOT_LEAST  210.0 // the page grows before the chart becomes lower
#define PANEL_LEAST 90.0

struct sheet {
	struct scene *s;
	const struct chart_sheet *sheet;
	const struct chart_face *face;
	const struct chart_notes *notes;
	struct chart_groups groups; // where there are several parts
	const char *when;
	int64_t from, to; // days of all its charts
};

static const char *kept(struct sheet *w, const char *text)
{
	w->s->failed = w->s->failed || !text;
	return text ? text : "";
}

// --- above

static const char *title_of(struct sheet *w)
{
	const char *title = kept(w, chart_title(w->s->arena, w->face));
	if (str_empty(w->face->team))
		return title;
	return kept(w, arena_printf(w->s->arena, "%s · %s", title, w->face->team));
}

static const char *finding_of(struct sheet *w)
{
	if (w->sheet->parts == 1)
		return kept(w, chart_finding(w->s->arena, w->sheet->part[0], w->face));
	return kept(w, chart_groups_finding(w->s->arena, &w->groups));
}

// Returns where it ends.
static double draw_head(struct sheet *w)
{
	struct scene_font title = { .size = TITLE, .role = SCENE_FAINT };
	struct scene_font finding = { .size = FINDING, .bold = true };
	struct scene_font icons = { .size = BODY };
	double y = MARGIN, width = WIDTH - 2 * MARGIN;
	scene_group(w->s, "head", NULL);
	y += scene_block(w->s, &title, MARGIN, y, width, title_of(w)) + 2;
	y += scene_block(w->s, &finding, MARGIN, y, width, finding_of(w)) + 2;
	const char *words =
	    w->sheet->parts == 1 ? kept(w, chart_icons(w->s->arena, w->sheet->part[0])) : "";
	if (*words)
		y += scene_block(w->s, &icons, MARGIN, y, width, words);
	scene_group_end(w->s);
	return y + 12;
}

// --- below: notes, key, footer

static const char *note_words(struct sheet *w, const struct chart_note *n, size_t number)
{
	const char *when = kept(w, date_show(w->s->arena, n->date, n->date + 366));
	return kept(w, arena_printf(w->s->arena, "%zu  %s  %s%s", number, when,
			   n->cycle ? "PDSA cycle: " : "", n->text));
}

// The numbered list in columns, each note in the lowest column so far. Returns where it ends.
static double draw_list(struct sheet *w, double y)
{
	struct scene_font f = { .size = SMALL };
	size_t shown = 0, more = 0;
	for (size_t i = 0; w->notes && i < w->notes->count; i++)
		shown += chart_note_within(w->from, w->to, w->notes, i) > 0;
	size_t columns = shown > 12 ? 3 : shown > 3 ? 2 : 1, each = (shown + columns - 1) / columns;
	double gap = 16, width = (WIDTH - 2 * MARGIN + gap) / (double)columns - gap;
	double end = y, at = y;
	scene_group(w->s, "list", NULL);
	for (size_t i = 0, n = 0; shown && i < w->notes->count; i++) {
		size_t number = chart_note_within(w->from, w->to, w->notes, i);
		if (!number)
			continue;
		if (n >= LIST_MOST) {
			more++;
			continue;
		}
		if (n % each == 0)
			at = y;
		size_t column = n / each;
		double x = MARGIN + (double)column * (width + gap);
		at +=
		    scene_block(w->s, &f, x, at, width, note_words(w, &w->notes->note[i], number));
		end = fmax(end, at);
		n++;
	}
	if (more)
		end += scene_block(w->s, &f, MARGIN, end, WIDTH - 2 * MARGIN,
		    kept(w, arena_printf(w->s->arena, "and %zu more", more)));
	scene_group_end(w->s);
	return shown ? end + 6 : y;
}

struct sign {
	enum scene_shape shape;
	enum scene_role role;
	const char *words;
};

static size_t signs(struct sheet *w, struct sign out[7])
{
	static const struct sign MEANINGS[] = { { SCENE_DISC, SCENE_COMMON, "ordinary" },
		{ SCENE_UP, SCENE_IMPROVEMENT, "signal of improvement" },
		{ SCENE_DOWN, SCENE_CONCERN, "signal of concern" },
		{ SCENE_DIAMOND, SCENE_NEUTRAL, "signal of a change" },
		{ SCENE_DIAMOND, SCENE_NEUTRAL, "signal, direction unclear" },
		{ SCENE_RING, SCENE_COMMON, "left out" }, { SCENE_CROSS, SCENE_INK, "unusual" } };
	bool seen[7] = { false };
	size_t n = 0;
	for (size_t k = 0; k < w->sheet->parts; k++) {
		const struct chart *c = w->sheet->part[k];
		if (w->sheet->parts > 1 && c->enough && c->signal)
			seen[c->meaning] = true;
		for (size_t i = 0; i < c->count; i++) {
			const struct chart_point *p = &w->sheet->part[k]->point[i];
			bool odd = w->sheet->unusual[k] && w->sheet->unusual[k][i];
			if (!isnan(p->y))
				seen[p->excluded ? 5 : odd ? 6 : (size_t)p->meaning] = true;
		}
	}
	for (size_t i = 0; i < 7; i++)
		if (seen[i])
			out[n++] = MEANINGS[i];
	return n > 1 ? n : 0; // ordinary points alone explain themselves
}

static double draw_key(struct sheet *w, double y)
{
	struct scene_font f = { .size = SMALL, .role = SCENE_FAINT };
	struct sign sign[7];
	size_t n = signs(w, sign);
	double x = MARGIN;
	scene_group(w->s, "key", NULL);
	for (size_t i = 0; i < n; i++) {
		scene_mark(
		    w->s, sign[i].shape, sign[i].role, x + SMALL / 2, y + SMALL * 0.6, SMALL * 0.8);
		x += SMALL * 1.2;
		x += scene_text(w->s, &f, x, y + SMALL * SCENE_ASCENT, sign[i].words) + SMALL * 1.6;
	}
	scene_group_end(w->s);
	return n ? y + SMALL * SCENE_LEADING + 3 : y;
}

static double draw_foot(struct sheet *w, double y)
{
	struct scene_font f = { .size = SMALL, .role = SCENE_FAINT };
	struct arena *a = w->s->arena;
	const struct chart *c = w->sheet->part[0];
	bool one = w->sheet->parts == 1;
	const char *foot =
	    kept(w, one ? chart_footer(a, c, w->face) : chart_groups_footer(a, &w->groups));
	const char *hint = one ? kept(w, chart_suggestion(a, c, w->face)) : "";
	scene_group(w->s, "foot", NULL);
	if (*hint)
		y += scene_block(w->s, &f, MARGIN, y, WIDTH - 2 * MARGIN, hint);
	if (w->when)
		foot = kept(w, arena_printf(a, "%s Made %s.", foot, w->when));
	y += scene_block(w->s, &f, MARGIN, y, WIDTH - 2 * MARGIN, foot);
	scene_group_end(w->s);
	return y;
}

static double draw_below(struct sheet *w, double y)
{
	return draw_foot(w, draw_key(w, draw_list(w, y)));
}

// How high all of it is: drawn once on a page that is thrown away.
static double height_below(struct sheet *w)
{
	size_t count = w->s->count;
	double height = draw_below(w, 0);
	w->s->count = count;
	return height;
}

// --- one chart

static struct panel panel_of(struct sheet *w, size_t part, const struct axis *axis)
{
	const struct chart *c = w->sheet->part[part];
	return (struct panel){ .scene = w->s,
		.chart = c,
		.face = w->face,
		.unusual = w->sheet->unusual[part],
		.axis = *axis,
		.from = c->count ? c->point[0].x : 0,
		.to = c->count ? c->point[c->count - 1].x : 1,
		.size = BODY,
		.reference = NAN,
		.values = true,
		.dates = true,
		.ends = true };
}

static void draw_one(struct sheet *w, double top)
{
	const struct chart *c = w->sheet->part[0];
	struct axis axis = axis_of(&c, 1, w->face, TICKS);
	struct panel p = panel_of(w, 0, &axis);
	double below = height_below(w);
	p.notes = w->notes;
	double left = panel_left(&p);
	p.plot.x = MARGIN + left;
	p.plot.w = WIDTH - 2 * MARGIN - left - panel_right(&p);
	double room = panel_below(&p);
	double height = w->s->height - MARGIN - below - 8 - room - top;
	if (height < PLOT_LEAST) {
		w->s->height += PLOT_LEAST - height;
		height = PLOT_LEAST;
	}
	p.plot.y = top;
	p.plot.h = height;
	panel_draw(&p);
	draw_below(w, top + height + room + 8);
}

// --- small multiples

struct grid {
	size_t columns, rows;
	double left, top, width, height; // of one panel with what belongs to it
	double head, below;		 // above and below its plot
	double gap;			 // at its right, for the name of the thin line
	double foot;			 // dates and numbers of notes below the last row
};

static struct grid grid_of(struct sheet *w, double top, const struct panel *of, double bottom)
{
	struct grid g = { .left = MARGIN + panel_left(of),
		.top = top,
		.gap = 12 + panel_right(of),
		.head = (BODY + SMALL) * SCENE_LEADING + 0.6 * SMALL,
		.below = 1.2 * SMALL };
	struct panel last = *of;
	size_t n = w->sheet->parts;
	g.columns = n <= 3 ? n : n <= 4 ? 2 : n <= 9 ? 3 : 4;
	g.rows = (n + g.columns - 1) / g.columns;
	g.width = (WIDTH - MARGIN - g.left) / (double)g.columns;
	last.notes = w->notes;
	last.plot = (struct scene_rect){ g.left, top, g.width - g.gap, 0 };
	g.foot = fmax(panel_below(&last) - g.below, 2 * SMALL) + SMALL;
	double least = PANEL_LEAST + g.head + g.below, room = w->s->height - MARGIN - bottom - top;
	g.height = fmax(least, (room - g.foot) / (double)g.rows);
	w->s->height =
	    fmax(w->s->height, top + g.height * (double)g.rows + g.foot + bottom + MARGIN);
	return g;
}

// Name and mark; what it shows, and the last value. All of it is in the words of the picture too.
static void draw_part_head(struct sheet *w, size_t i, struct scene_rect at)
{
	struct arena *a = w->s->arena;
	struct scene_font name = { .size = BODY, .bold = true };
	struct scene_font found = { .size = SMALL, .role = SCENE_FAINT };
	struct scene_font last = { .size = SMALL, .anchor = SCENE_END };
	const char *value = kept(w, chart_group_last(a, &w->groups, i));
	const char *words = kept(w, chart_group_words(a, &w->groups, i));
	double wide = scene_text_width(w->s, &last, value), right = at.x + at.w;
	double base = at.y + BODY * SCENE_LEADING + SMALL;
	scene_text(w->s, &name, at.x, at.y + BODY,
	    kept(w, scene_cut(w->s, &name, w->sheet->name[i], at.w - 1.5 * BODY)));
	panel_sign(w->s, w->sheet->part[i], right - 0.5 * BODY, at.y + 0.65 * BODY, BODY);
	scene_text(w->s, &found, at.x, base,
	    kept(w, scene_cut(w->s, &found, words, at.w - wide - 0.4 * SMALL)));
	scene_text(w->s, &last, right, base, value);
}

static void draw_part(struct sheet *w, const struct grid *g, size_t i, struct panel p)
{
	struct arena *a = w->s->arena;
	size_t row = i / g->columns, column = i % g->columns;
	double x = g->left + (double)column * g->width, wide = g->width - g->gap;
	double y = g->top + (double)row * g->height;
	const char *found = kept(w, chart_finding(a, p.chart, w->face));
	p.values = column == 0;
	p.dates = i + g->columns >= w->sheet->parts;
	p.notes = p.dates ? w->notes : NULL;
	p.plot = (struct scene_rect){ x, y + g->head, wide, g->height - g->head - g->below };
	scene_group(w->s, "part", kept(w, arena_printf(a, "%s: %s", w->sheet->name[i], found)));
	draw_part_head(w, i, (struct scene_rect){ x, y, wide, g->head });
	panel_draw(&p);
	scene_group_end(w->s);
}

static void draw_parts(struct sheet *w, double top)
{
	struct axis axis = chart_groups_axis(w->s->arena, &w->groups, PART_TICKS);
	struct panel first = panel_of(w, 0, &axis);
	first.size = SMALL;
	first.reference = chart_groups_reference(&w->groups);
	first.from = w->from;
	first.to = w->to;
	first.ends = false;
	double below = height_below(w);
	struct grid g = grid_of(w, top, &first, below);
	for (size_t i = 0; i < w->sheet->parts; i++) {
		struct panel p = first;
		p.chart = w->sheet->part[i];
		p.unusual = w->sheet->unusual[i];
		draw_part(w, &g, i, p);
	}
	draw_below(w, g.top + g.height * (double)g.rows + g.foot);
}

// --- the whole

static void add_table(struct sheet *w, const struct chart *c, struct str *out)
{
	for (size_t i = 0; i < c->count; i++)
		str_printf(out, "%s: %s\n",
		    kept(w, chart_when(w->s->arena, c, w->face, c->point[i].x)),
		    kept(w, chart_point_words(w->s->arena, c, w->face, i)));
}

// The alternative text: finding, footer, notes and every point.
static void name(struct sheet *w)
{
	struct arena *a = w->s->arena;
	struct str words = STR_IN(a);
	for (size_t k = 0; k < w->sheet->parts; k++) {
		const struct chart *c = w->sheet->part[k];
		if (w->sheet->parts > 1)
			str_printf(&words, "%s\n", w->sheet->name[k]);
		str_printf(&words, "%s.\n", kept(w, chart_finding(a, c, w->face)));
		add_table(w, c, &words);
	}
	const struct chart *first = w->sheet->part[0];
	str_printf(&words, "%s\n",
	    kept(w, w->sheet->parts == 1 ? chart_footer(a, first, w->face)
					 : chart_groups_footer(a, &w->groups)));
	for (size_t i = 0; w->notes && i < w->notes->count; i++) {
		size_t number = chart_note_within(w->from, w->to, w->notes, i);
		if (number)
			str_printf(&words, "%s\n", note_words(w, &w->notes->note[i], number));
	}
	scene_name(w->s, title_of(w), kept(w, str_done(&words)));
}

bool chart_scene(struct arena *a, const struct chart_sheet *sheet, const struct chart_face *face,
    const struct chart_notes *notes, const char *when, const struct scene_type *type,
    struct scene *out, struct err *e)
{
	struct sheet w = { out, sheet, face, notes, chart_sheet_groups(sheet, face, notes), when, 0,
		0 };
	chart_groups_span(&w.groups, &w.from, &w.to);
	*out = scene_begin(a, type, WIDTH, HEIGHT);
	name(&w);
	double top = draw_head(&w);
	if (sheet->parts == 1)
		draw_one(&w, top);
	else
		draw_parts(&w, top);
	return scene_done(out, e);
}
