// SPDX-License-Identifier: MIT
// A chart as a page of text, for terminals, e-mail and screen readers: the finding first.
#include <plando/chart_groups.h>

#include <plando/text.h>

#include <math.h>
#include <string.h>

enum { TICKS = 6 };

struct page {
	struct arena *arena;
	const struct chart_sheet *sheet;
	const struct chart_face *face;
	const struct chart_notes *notes;
	struct str *out;
	int64_t from, to; // days of all its charts
};

// Wrapped, with what follows the first line set in.
static bool add_wrapped(struct page *g, const char *text, int indent, struct err *e)
{
	struct text_lines lines;
	if (!text)
		return err_memory(e);
	const char *shown = g->sheet->ascii ? text_ascii(g->arena, text) : text;
	if (!shown || !text_wrap(g->arena, shown, strlen(shown), g->sheet->width - indent, &lines))
		return err_memory(e);
	for (size_t i = 0; i < lines.count; i++) {
		const struct text_line *l = &lines.line[i];
		str_printf(g->out, "%*s%.*s\n", i ? indent : 0, "", (int)(l->end - l->start),
		    shown + l->start);
	}
	return true;
}

static bool add_plot(struct page *g, size_t part, const struct axis *axis, int rows, struct err *e)
{
	struct canvas v;
	struct chart_plot p = { .chart = g->sheet->part[part],
		.face = g->face,
		.notes = g->notes,
		.unusual = g->sheet->unusual[part],
		.axis = *axis,
		.rows = rows,
		.cols = g->sheet->width,
		.cursor = SIZE_MAX,
		.ascii = g->sheet->ascii,
		.braille = g->sheet->braille };
	if (!canvas_init(&v, g->arena, rows, g->sheet->width, g->sheet->ascii, e))
		return false;
	chart_plot_fit(&p, g->arena);
	if (!chart_plot_draw(&v, g->arena, &p, e))
		return false;
	canvas_print(&v, g->out);
	if (p.shown < p.chart->count)
		str_printf(g->out, "The last %zu of %zu points.\n", p.shown, p.chart->count);
	return true;
}

static bool add_notes(struct page *g, struct err *e)
{
	bool any = false;
	for (size_t i = 0; g->notes && i < g->notes->count; i++) {
		const struct chart_note *n = &g->notes->note[i];
		size_t number = chart_note_within(g->from, g->to, g->notes, i);
		const char *when = date_show(g->arena, n->date, 0);
		if (number == 0)
			continue;
		if (!add_wrapped(g,
			arena_printf(g->arena, "%2zu  %s  %s%s", number, when ? when : "",
			    n->cycle ? "PDSA cycle: " : "", n->text),
			4, e))
			return false;
		any = true;
	}
	if (any)
		str_add_char(g->out, '\n');
	return true;
}

// What the shapes mean, of those that are there.
static bool add_key(struct page *g, struct err *e)
{
	bool seen[5] = { false }, excluded = false, unusual = false;
	for (size_t k = 0; k < g->sheet->parts; k++)
		for (size_t i = 0; i < g->sheet->part[k]->count; i++) {
			const struct chart_point *p = &g->sheet->part[k]->point[i];
			seen[p->meaning] = seen[p->meaning] || !isnan(p->y);
			excluded = excluded || p->excluded;
			unusual = unusual || (g->sheet->unusual[k] && g->sheet->unusual[k][i]);
		}
	bool a = g->sheet->ascii, signal = seen[1] || seen[2] || seen[3] || seen[4];
	if (!signal && !excluded && !unusual)
		return true;
	const struct {
		bool there;
		const char *sign, *ascii, *words;
	} KEY[] = { { seen[CHART_IMPROVEMENT], "▲", "^", "improvement" },
		{ seen[CHART_CONCERN], "▼", "v", "concern" },
		{ seen[CHART_CHANGE] || seen[CHART_UNCLEAR], "◆", "+", "change" },
		{ seen[CHART_ORDINARY], "●", "o", "ordinary" }, { excluded, "○", ".", "left out" },
		{ unusual, "×", "x", "unusual" } };
	struct str s = STR_IN(g->arena);
	for (size_t i = 0; i < sizeof KEY / sizeof *KEY; i++)
		if (KEY[i].there)
			str_printf(&s, "%s%s %s", s.length ? "  " : "",
			    a ? KEY[i].ascii : KEY[i].sign, KEY[i].words);
	return add_wrapped(g, str_done(&s), 0, e);
}

static bool add_table(struct page *g, const struct chart *c, struct err *e)
{
	str_add_char(g->out, '\n');
	for (size_t i = 0; i < c->count; i++) {
		const char *when = chart_when(g->arena, c, g->face, c->point[i].x);
		const char *words = chart_point_words(g->arena, c, g->face, i);
		if (!when || !words)
			return err_memory(e);
		if (!add_wrapped(
			g, arena_printf(g->arena, "%4zu  %-12s %s", i + 1, when, words), 19, e))
			return false;
	}
	return true;
}

static bool add_one(struct page *g, struct err *e)
{
	const struct chart *c = g->sheet->part[0];
	struct axis axis = axis_of(&c, 1, g->face, TICKS);
	const char *icons = chart_icons(g->arena, c);
	if (!add_wrapped(g, chart_finding(g->arena, c, g->face), 0, e))
		return false;
	if (!icons)
		return err_memory(e);
	if (*icons && !add_wrapped(g, icons, 0, e))
		return false;
	str_add_char(g->out, '\n');
	if ((c->count && !add_plot(g, 0, &axis, g->sheet->rows, e)) || !add_notes(g, e) ||
	    !add_key(g, e))
		return false;
	const char *hint = chart_suggestion(g->arena, c, g->face);
	if (!hint)
		return err_memory(e);
	return (!*hint || add_wrapped(g, hint, 0, e)) &&
	       add_wrapped(g, chart_footer(g->arena, c, g->face), 0, e) &&
	       (!g->sheet->table || add_table(g, c, e));
}

// Small multiples, then what each of them shows in words.
static bool add_parts(struct page *g, struct err *e)
{
	const struct chart_sheet *s = g->sheet;
	struct chart_groups groups = chart_sheet_groups(s, g->face, g->notes);
	struct chart_grid grid;
	struct canvas v;
	if (!chart_grid_fit(g->arena, &groups, s->width, 0, &grid))
		return err_memory(e);
	int rows = chart_grid_height(&grid, grid.rows);
	if (!add_wrapped(g, chart_groups_finding(g->arena, &groups), 0, e) ||
	    !canvas_init(&v, g->arena, rows, s->width, s->ascii, e) ||
	    !chart_grid_draw(&v, g->arena, &grid, 0, grid.rows, SIZE_MAX, e))
		return false;
	str_add_char(g->out, '\n');
	canvas_print(&v, g->out);
	str_add_char(g->out, '\n');
	for (size_t i = 0; i < s->parts; i++) {
		const char *finding = chart_finding(g->arena, s->part[i], g->face);
		if (!finding ||
		    !add_wrapped(g, arena_printf(g->arena, "%s: %s", s->name[i], finding), 2, e))
			return false;
	}
	str_add_char(g->out, '\n');
	return add_notes(g, e) && add_key(g, e) &&
	       add_wrapped(g, chart_groups_footer(g->arena, &groups), 0, e);
}

bool chart_print(struct arena *a, const struct chart_sheet *s, const struct chart_face *f,
    const struct chart_notes *notes, struct str *out, struct err *e)
{
	struct page g = { a, s, f, notes, out, 0, 0 };
	struct chart_groups groups = chart_sheet_groups(s, f, notes);
	chart_groups_span(&groups, &g.from, &g.to);
	const char *title = chart_title(a, f);
	if (title && f->team && *f->team)
		title = arena_printf(a, "%s%s%s", title, s->ascii ? " - " : " · ", f->team);
	if (!add_wrapped(&g, title, 0, e))
		return false;
	return s->parts == 1 ? add_one(&g, e) : add_parts(&g, e);
}
