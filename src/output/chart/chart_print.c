// SPDX-License-Identifier: MIT
#include <plando/chart_print.h>

#include "output/table/page.h"

#include <plando/chart_groups.h>
#include <plando/plot_canvas.h>

enum { TICKS = 6 };

struct print {
	struct arena *arena;
	const struct chart_sheet *sheet;
	const struct chart_face *face;
	struct str *out;
};

static bool print_add(struct print *g, const char *text, int indent, struct err *e)
{
	return page_add(g->arena, g->out, text, g->sheet->width, indent, g->sheet->ascii, e);
}

static bool print_plot(struct print *g, const struct plot *p, struct err *e)
{
	struct canvas c;
	struct plot_view v = { .plot = p,
		.rows = g->sheet->rows,
		.cols = g->sheet->width,
		.cursor = SIZE_MAX,
		.ascii = g->sheet->ascii,
		.braille = g->sheet->braille };
	plot_view_fit(&v);
	if (!canvas_init(&c, g->arena, v.rows, v.cols, v.ascii, e) ||
	    !plot_view_draw(&c, g->arena, &v, e))
		return false;
	canvas_print(&c, g->out);
	if (v.shown < p->chart->count)
		str_printf(g->out, "The last %zu of %zu points.\n", v.shown, p->chart->count);
	str_add_char(g->out, '\n');
	return true;
}

static bool print_marks(struct print *g, const struct plot_marks *marks, struct err *e)
{
	for (size_t i = 0; i < marks->count; i++)
		if (!print_add(g, plot_mark_words(g->arena, &marks->mark[i]), 4, e))
			return false;
	if (marks->count)
		str_add_char(g->out, '\n');
	return true;
}

// What the shapes mean, of those that are there; ordinary points alone explain themselves.
static bool print_key(struct print *g, const bool seen[PLOT_SHAPES], struct err *e)
{
	struct str s = STR_IN(g->arena);
	size_t n = 0;
	for (size_t i = 0; i < PLOT_SHAPES; i++) {
		const struct plot_sign *sign = &PLOT_SIGN[i];
		if (seen[i])
			str_printf(&s, "%s%s %s", n++ ? "  " : "",
			    g->sheet->ascii ? sign->ascii : sign->glyph, sign->words);
	}
	return n <= seen[PLOT_ORDINARY] || print_add(g, str_done(&s), 0, e);
}

static bool print_table(struct print *g, const struct chart *c, struct err *e)
{
	str_add_char(g->out, '\n');
	for (size_t i = 0; i < c->count; i++) {
		const char *when = chart_when(g->arena, c, g->face, c->point[i].x);
		const char *words = chart_point_words(g->arena, c, g->face, i);
		if (!when || !words)
			return err_memory(e);
		if (!print_add(
			g, arena_printf(g->arena, "%4zu  %-12s %s", i + 1, when, words), 19, e))
			return false;
	}
	return true;
}

static bool print_one(struct print *g, const struct chart_notes *notes, struct err *e)
{
	const struct chart *c = g->sheet->part[0];
	struct plot_source of = plot_source_of(c, g->face, TICKS);
	struct plot p;
	bool seen[PLOT_SHAPES] = { false };
	of.notes = notes;
	of.unusual = g->sheet->unusual[0];
	const char *icons = chart_icons(g->arena, c),
		   *hint = chart_suggestion(g->arena, c, g->face);
	if (!icons || !hint)
		return err_memory(e);
	if (!plot_make(g->arena, &of, &p, e) ||
	    !print_add(g, chart_finding(g->arena, c, g->face), 0, e) ||
	    (*icons && !print_add(g, icons, 0, e)))
		return false;
	str_add_char(g->out, '\n');
	plot_seen(&p, seen);
	return (!c->count || print_plot(g, &p, e)) && print_marks(g, &p.marks, e) &&
	       print_key(g, seen, e) && (!*hint || print_add(g, hint, 0, e)) &&
	       print_add(g, chart_footer(g->arena, c, g->face), 0, e) &&
	       (!g->sheet->table || print_table(g, c, e));
}

// Small multiples, then what each of them shows in words.
static bool print_parts(struct print *g, const struct chart_notes *notes, struct err *e)
{
	const struct chart_sheet *s = g->sheet;
	struct chart_groups groups = chart_sheet_groups(s, g->face, notes);
	struct chart_grid grid;
	struct canvas c;
	bool seen[PLOT_SHAPES] = { false };
	if (!chart_grid_fit(g->arena, &groups, s->width, 0, &grid, e) ||
	    !canvas_init(
		&c, g->arena, chart_grid_height(&grid, grid.rows), s->width, s->ascii, e) ||
	    !print_add(g, chart_groups_finding(g->arena, &groups), 0, e) ||
	    !chart_grid_draw(&c, g->arena, &grid, 0, grid.rows, SIZE_MAX, e))
		return false;
	str_add_char(g->out, '\n');
	canvas_print(&c, g->out);
	str_add_char(g->out, '\n');
	for (size_t i = 0; i < s->parts; i++) {
		const char *finding = chart_finding(g->arena, s->part[i], g->face);
		plot_seen(&grid.plots.plot[i], seen);
		if (!finding ||
		    !print_add(g, arena_printf(g->arena, "%s: %s", s->name[i], finding), 2, e))
			return false;
	}
	str_add_char(g->out, '\n');
	return print_marks(g, &grid.plots.marks, e) && print_key(g, seen, e) &&
	       print_add(g, chart_groups_footer(g->arena, &groups), 0, e);
}

bool chart_print(struct arena *a, const struct chart_sheet *s, const struct chart_face *f,
    const struct chart_notes *notes, struct str *out, struct err *e)
{
	struct print g = { a, s, f, out };
	const char *title = page_title(a, chart_title(a, f), f->team, s->ascii);
	return print_add(&g, title, 0, e) &&
	       (s->parts == 1 ? print_one(&g, notes, e) : print_parts(&g, notes, e));
}
