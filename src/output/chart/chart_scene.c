// SPDX-License-Identifier: MIT
// The page of a chart: words above, the chart or one for each group, changes, key, footer.
#include <plando/chart_scene.h>

#include "output/chart/plot_scene.h"
#include "output/table/page.h"

#include <plando/chart_groups.h>

#include <math.h>

enum { LIST_MOST = 40, TICKS = 7, PART_TICKS = 5 };
#define PLOT_LEAST  210.0 // the page grows before the chart becomes lower
#define PANEL_LEAST 90.0

struct chart_page {
	struct scene *s;
	const struct chart_sheet *sheet;
	const struct chart_face *face;
	struct chart_groups groups; // where there are several parts
	struct plot one;	    // where there is one
	struct chart_plots plots;   // of each part
	const char *when;
};

// --- below: changes, key, footer

// The numbered list in columns, each in the lowest row so far. Returns where it ends.
static double chart_page_list(struct chart_page *w, double y)
{
	struct scene_font f = { .size = PAGE_SMALL };
	const struct plot_marks *marks = &w->plots.marks;
	size_t shown = marks->count, listed = shown < LIST_MOST ? shown : LIST_MOST;
	size_t columns = shown > 12  ? 3
			 : shown > 3 ? 2
				     : 1,
	       each = (listed + columns - 1) / columns;
	double gap = 16, width = (PAGE_WIDTH - 2 * PAGE_MARGIN + gap) / (double)columns - gap;
	double end = y, at = y;
	scene_group(w->s, "list", NULL);
	for (size_t i = 0; i < listed; i++) {
		if (i % each == 0)
			at = y;
		size_t column = i / each;
		double x = PAGE_MARGIN + (double)column * (width + gap);
		at += scene_block(w->s, &f, x, at, width,
		    page_kept(w->s, plot_mark_words(w->s->arena, &marks->mark[i])));
		end = fmax(end, at);
	}
	if (shown > listed)
		end += scene_block(w->s, &f, PAGE_MARGIN, end, PAGE_WIDTH - 2 * PAGE_MARGIN,
		    page_kept(w->s, arena_printf(w->s->arena, "and %zu more", shown - listed)));
	scene_group_end(w->s);
	return shown ? end + 6 : y;
}

// The signs of the points, and of the groups.
static void chart_page_seen(const struct chart_page *w, bool seen[PLOT_SHAPES])
{
	for (size_t k = 0; k < w->sheet->parts; k++) {
		const struct chart *c = w->sheet->part[k];
		plot_seen(&w->plots.plot[k], seen);
		if (w->sheet->parts > 1 && c->enough && c->signal)
			seen[c->meaning] = true;
	}
}

static double chart_page_below(struct chart_page *w, double y)
{
	struct arena *a = w->s->arena;
	const struct chart *c = w->sheet->part[0];
	bool one = w->sheet->parts == 1, seen[PLOT_SHAPES] = { false };
	chart_page_seen(w, seen);
	y = page_keys(w->s, chart_page_list(w, y), seen);
	return page_foot(w->s, y, one ? chart_suggestion(a, c, w->face) : "",
	    one ? chart_footer(a, c, w->face) : chart_groups_footer(a, &w->groups), w->when);
}

// How high all of it is: drawn once on a page that is thrown away.
static double chart_page_height_below(struct chart_page *w)
{
	size_t count = w->s->count;
	double height = chart_page_below(w, 0);
	w->s->count = count;
	return height;
}

// --- one chart

static void chart_page_one(struct chart_page *w, double top)
{
	struct panel p = { .scene = w->s,
		.plot = &w->plots.plot[0],
		.size = PAGE_BODY,
		.values = true,
		.dates = true,
		.marks = true };
	double below = chart_page_height_below(w), left = panel_left(&p);
	p.at.x = PAGE_MARGIN + left;
	p.at.w = PAGE_WIDTH - 2 * PAGE_MARGIN - left - panel_right(&p);
	double room = panel_below(&p);
	double height = w->s->height - PAGE_MARGIN - below - 8 - room - top;
	if (height < PLOT_LEAST) {
		w->s->height += PLOT_LEAST - height;
		height = PLOT_LEAST;
	}
	p.at.y = top;
	p.at.h = height;
	panel_draw(&p);
	chart_page_below(w, top + height + room + 8);
}

// --- small multiples

struct grid {
	size_t columns, rows;
	double left, top, width, height; // of one panel with what belongs to it
	double head, below;		 // above and below its plot
	double gap;			 // at its right, for the name of the thin line
	double foot;			 // dates and numbers of notes below the last row
};

static struct grid chart_page_grid(
    struct chart_page *w, double top, const struct panel *of, double bottom)
{
	struct grid g = { .left = PAGE_MARGIN + panel_left(of),
		.top = top,
		.gap = 12 + panel_right(of),
		.head = (PAGE_BODY + PAGE_SMALL) * SCENE_LEADING + 0.6 * PAGE_SMALL,
		.below = 1.2 * PAGE_SMALL };
	struct panel last = *of;
	size_t n = w->sheet->parts;
	g.columns = n <= 3 ? n : n <= 4 ? 2 : n <= 9 ? 3 : 4;
	g.rows = (n + g.columns - 1) / g.columns;
	g.width = (PAGE_WIDTH - PAGE_MARGIN - g.left) / (double)g.columns;
	last.dates = last.marks = true;
	last.at = (struct scene_rect){ g.left, top, g.width - g.gap, 0 };
	g.foot = fmax(panel_below(&last) - g.below, 2 * PAGE_SMALL) + PAGE_SMALL;
	double least = PANEL_LEAST + g.head + g.below;
	double room = w->s->height - PAGE_MARGIN - bottom - top;
	g.height = fmax(least, (room - g.foot) / (double)g.rows);
	w->s->height =
	    fmax(w->s->height, top + g.height * (double)g.rows + g.foot + bottom + PAGE_MARGIN);
	return g;
}

// The mark of what a chart shows as a whole; none where it has too few points to tell.
static void chart_page_sign(struct chart_page *w, const struct chart *c, double x, double y)
{
	const struct plot_sign *sign = &PLOT_SIGN[c->signal ? c->meaning : CHART_ORDINARY];
	if (c->enough)
		scene_mark(w->s, sign->shape, sign->role, x, y, sign->size * PAGE_BODY);
}

// Name and mark; what it shows, and the last value. All of it is in the words of the picture too.
static void chart_page_part_head(struct chart_page *w, size_t i, struct scene_rect at)
{
	struct arena *a = w->s->arena;
	struct scene_font name = { .size = PAGE_BODY, .bold = true };
	struct scene_font found = { .size = PAGE_SMALL, .role = SCENE_FAINT };
	struct scene_font last = { .size = PAGE_SMALL, .anchor = SCENE_END };
	const char *value = page_kept(w->s, chart_group_last(a, &w->groups, i));
	const char *words = page_kept(w->s, chart_group_words(a, &w->groups, i));
	double wide = scene_text_width(w->s, &last, value), right = at.x + at.w;
	double base = at.y + PAGE_BODY * SCENE_LEADING + PAGE_SMALL;
	scene_text(w->s, &name, at.x, at.y + PAGE_BODY,
	    page_kept(w->s, scene_cut(w->s, &name, w->sheet->name[i], at.w - 1.5 * PAGE_BODY)));
	chart_page_sign(w, w->sheet->part[i], right - 0.5 * PAGE_BODY, at.y + 0.65 * PAGE_BODY);
	scene_text(w->s, &found, at.x, base,
	    page_kept(w->s, scene_cut(w->s, &found, words, at.w - wide - 0.4 * PAGE_SMALL)));
	scene_text(w->s, &last, right, base, value);
}

static void chart_page_part(struct chart_page *w, const struct grid *g, size_t i, struct panel p)
{
	struct arena *a = w->s->arena;
	size_t row = i / g->columns, column = i % g->columns;
	double x = g->left + (double)column * g->width, wide = g->width - g->gap;
	double y = g->top + (double)row * g->height;
	const char *found = page_kept(w->s, chart_finding(a, w->sheet->part[i], w->face));
	p.plot = &w->plots.plot[i];
	p.values = column == 0;
	p.dates = p.marks = i + g->columns >= w->sheet->parts;
	p.at = (struct scene_rect){ x, y + g->head, wide, g->height - g->head - g->below };
	scene_group(
	    w->s, "part", page_kept(w->s, arena_printf(a, "%s: %s", w->sheet->name[i], found)));
	chart_page_part_head(w, i, (struct scene_rect){ x, y, wide, g->head });
	panel_draw(&p);
	scene_group_end(w->s);
}

static void chart_page_parts(struct chart_page *w, double top)
{
	struct panel p = {
		.scene = w->s, .plot = &w->plots.plot[0], .size = PAGE_SMALL, .values = true
	};
	struct grid g = chart_page_grid(w, top, &p, chart_page_height_below(w));
	for (size_t i = 0; i < w->sheet->parts; i++)
		chart_page_part(w, &g, i, p);
	chart_page_below(w, g.top + g.height * (double)g.rows + g.foot);
}

// --- the whole

// The alternative text: finding, every point, footer and changes.
static void chart_page_name(struct chart_page *w, const char *title)
{
	struct arena *a = w->s->arena;
	struct str words = STR_IN(a);
	bool many = w->sheet->parts > 1;
	for (size_t k = 0; k < w->sheet->parts; k++) {
		const struct chart *c = w->sheet->part[k];
		if (many)
			str_printf(&words, "%s\n", w->sheet->name[k]);
		str_printf(&words, "%s.\n", page_kept(w->s, chart_finding(a, c, w->face)));
		for (size_t i = 0; i < c->count; i++)
			str_printf(&words, "%s: %s\n",
			    page_kept(w->s, chart_when(a, c, w->face, c->point[i].x)),
			    page_kept(w->s, chart_point_words(a, c, w->face, i)));
	}
	str_printf(&words, "%s\n",
	    page_kept(w->s, many ? chart_groups_footer(a, &w->groups)
				 : chart_footer(a, w->sheet->part[0], w->face)));
	for (size_t i = 0; i < w->plots.marks.count; i++)
		str_printf(
		    &words, "%s\n", page_kept(w->s, plot_mark_words(a, &w->plots.marks.mark[i])));
	scene_name(w->s, title, page_kept(w->s, str_done(&words)));
}

static bool chart_page_plots(struct chart_page *w, const struct chart_notes *notes, struct err *e)
{
	struct arena *a = w->s->arena;
	if (w->sheet->parts > 1)
		return chart_groups_plots(a, &w->groups, PART_TICKS, &w->plots, e);
	struct plot_source of = plot_source_of(w->sheet->part[0], w->face, TICKS);
	of.notes = notes;
	of.unusual = w->sheet->unusual[0];
	if (!plot_make(a, &of, &w->one, e))
		return false;
	w->plots = (struct chart_plots){ &w->one, w->one.marks, w->one.from, w->one.to };
	return true;
}

bool chart_scene(struct arena *a, const struct chart_sheet *sheet, const struct chart_face *face,
    const struct chart_notes *notes, const char *when, const struct scene_type *type,
    struct scene *out, struct err *e)
{
	struct chart_page w = { .s = out,
		.sheet = sheet,
		.face = face,
		.groups = chart_sheet_groups(sheet, face, notes),
		.when = when };
	bool one = sheet->parts == 1;
	*out = scene_begin(a, type, PAGE_WIDTH, PAGE_HEIGHT);
	if (!chart_page_plots(&w, notes, e))
		return false;
	const char *title = page_kept(out, page_title(a, chart_title(a, face), face->team, false));
	chart_page_name(&w, title);
	const char *finding =
	    one ? chart_finding(a, sheet->part[0], face) : chart_groups_finding(a, &w.groups);
	double top = page_head(out, title, finding, one ? chart_icons(a, sheet->part[0]) : "") + 12;
	if (one)
		chart_page_one(&w, top);
	else
		chart_page_parts(&w, top);
	return scene_done(out, e);
}
