// SPDX-License-Identifier: MIT
// The groups of a measure as small multiples: one chart a group, all on one scale, what they show
// said first. Enter opens a group's own chart. Reading only.
#include "tui/loop/export.h"
#include "tui/loop/paint.h"
#include "tui/screens/screens.h"

#include <plando/chart_groups.h>
#include <plando/chart_scene.h>
#include <plando/equity.h>
#include <plando/str.h>
#include <plando/text.h>

enum { FOOTER_MOST_ROWS = 3, TEXT_WIDTH = 78 };

struct groups_screen_reading {
	struct arena data;
	struct measure m;
	struct chart_strata strata;
	struct chart_notes notes;
};

struct groups_screen {
	struct screen screen;
	struct id id; // of the measure
	struct groups_screen_reading read;
	struct chart_face face;
	struct chart_groups groups;
	struct chart_grid grid; // as drawn last
	int row;		// of its first row on the screen
	size_t at, top, shown;	// panel under the cursor; rows of panels: first in view, in view
};

static struct groups_screen *groups_screen_self(struct screen *s)
{
	return (struct groups_screen *)s;
}

// --- reading

static bool groups_screen_read_all(
    struct app *app, const struct id *id, struct groups_screen_reading *r, struct err *e)
{
	enum chart_rules usual;
	date_t today = store_today(app->store);
	if (!measure_load(app->store, &r->data, id, today, &r->m, e) ||
	    !chart_rules_load(app->store, &usual, e) ||
	    !chart_notes_load(app->store, &r->data, &r->m, today, &r->notes, e) ||
	    !chart_strata_make(&r->data, &r->m, usual, &r->strata, e))
		return false;
	for (size_t i = 0; i < r->strata.count; i++) { // drawn as they are: made safe once
		r->strata.name[i] = text_safe(&r->data, r->strata.name[i], false);
		if (!r->strata.name[i])
			return err_memory(e);
	}
	return true;
}

static bool groups_screen_load(struct app *app, struct screen *screen, struct err *e)
{
	struct groups_screen *s = groups_screen_self(screen);
	struct groups_screen_reading r = { 0 };
	if (!groups_screen_read_all(app, &s->id, &r, e)) {
		arena_free(&r.data);
		return false;
	}
	arena_free(&s->read.data);
	s->read = r;
	chart_face_of(&s->read.m, &s->read.m.whole, &s->face);
	s->groups = (struct chart_groups){ .part = r.strata.part,
		.name = r.strata.name,
		.unusual = r.strata.unusual,
		.parts = r.strata.count,
		.whole = r.strata.whole,
		.face = &s->face };
	if (s->at >= r.strata.count)
		s->at = r.strata.count ? r.strata.count - 1 : 0;
	return true;
}

// --- drawing

static void groups_screen_keep_in_view(struct groups_screen *s)
{
	size_t row = s->at / s->grid.columns;
	if (s->top + s->shown > s->grid.rows)
		s->top = s->grid.rows > s->shown ? s->grid.rows - s->shown : 0;
	if (row < s->top)
		s->top = row;
	if (row >= s->top + s->shown)
		s->top = row + 1 - s->shown;
}

static void groups_screen_draw_more(struct app *app, const struct groups_screen *s, struct area at)
{
	bool ascii = term_is_ascii(app->term);
	int col = at.col + at.cols - 1;
	if (s->top)
		term_put(app->term, at.row, col, 1, ROLE_KEY, ascii ? "^" : "↑");
	if (s->top + s->shown < s->grid.rows)
		term_put(app->term, at.row + at.rows - 1, col, 1, ROLE_KEY, ascii ? "v" : "↓");
}

static void groups_screen_draw_panels(struct app *app, struct groups_screen *s, struct area at)
{
	struct canvas v;
	int row, col;
	if (!chart_grid_fit(&app->frame, &s->groups, at.cols - 2, at.rows, &s->grid, NULL))
		return;
	int each = s->grid.high, fit = (at.rows - chart_grid_height(&s->grid, 0)) / each;
	s->shown = fit < 1 ? 1 : (size_t)fit < s->grid.rows ? (size_t)fit : s->grid.rows;
	s->row = at.row;
	groups_screen_keep_in_view(s);
	if (canvas_init(&v, &app->frame, at.rows, at.cols - 2, s->face.ascii, NULL) &&
	    chart_grid_draw(&v, &app->frame, &s->grid, s->top, s->shown, s->at, NULL))
		paint_canvas(app, &v, (struct area){ at.row, at.col + 1, at.rows, at.cols - 2 });
	chart_grid_place(&s->grid, s->top, s->at, &row, &col);
	term_cursor(app->term, at.row + row, at.col + 1 + col);
	groups_screen_draw_more(app, s, at);
}

static void groups_screen_draw(struct app *app, struct screen *screen, struct area area)
{
	struct groups_screen *s = groups_screen_self(screen);
	struct arena *a = &app->frame;
	s->face.ascii = s->groups.ascii = term_is_ascii(app->term);
	int row = area.row, end = area.row + area.rows;
	const char *footer = chart_groups_footer(a, &s->groups);
	int below = paint_rows(app, area, FOOTER_MOST_ROWS, footer);
	row += paint_words(app, area, row, 2, ROLE_TITLE, chart_groups_finding(a, &s->groups));
	term_cursor(app->term, area.row, 1);
	if (s->groups.parts && end - below > row)
		groups_screen_draw_panels(
		    app, s, (struct area){ row, area.col, end - below - row, area.cols });
	paint_words(app, area, end - below, below, ROLE_DIM, footer);
}

static const char *groups_screen_title(struct app *app, struct screen *screen, struct arena *a)
{
	const char *name = chart_title(a, &groups_screen_self(screen)->face);
	(void)app;
	return name ? name : "";
}

static const char *groups_screen_facts(struct app *app, struct screen *screen, struct arena *a)
{
	size_t n = groups_screen_self(screen)->groups.parts;
	(void)app;
	return arena_printf(a, "%zu group%s", n, n == 1 ? "" : "s");
}

// --- a file

// With the face that leaves: small numbers do not.
static bool groups_screen_sheet_of(struct app *app, struct groups_screen *s,
    struct chart_sheet *sheet, struct chart_face *face, struct err *e)
{
	*face = s->face;
	if (!equity_least_load(app->store, &face->least, e))
		return false;
	if (s->groups.parts > CHART_PARTS)
		return err_set(e, ERR_DATA, "%zu groups are too many for one page; %d fit",
		    s->groups.parts, (int)CHART_PARTS);
	*sheet = (struct chart_sheet){
		.parts = s->groups.parts, .whole = s->groups.whole, .width = TEXT_WIDTH
	};
	for (size_t i = 0; i < sheet->parts; i++) {
		sheet->part[i] = s->read.strata.part[i];
		sheet->name[i] = s->read.strata.name[i];
		sheet->unusual[i] = s->read.strata.unusual[i];
	}
	return true;
}

static bool groups_screen_make_scene(struct app *app, struct screen *screen, struct arena *a,
    const struct scene_type *type, struct scene *out, struct err *e)
{
	struct groups_screen *s = groups_screen_self(screen);
	struct chart_sheet sheet;
	struct chart_face face;
	date_t today = store_today(app->store);
	const char *when = date_show(a, today, today + 366); // with the year
	return groups_screen_sheet_of(app, s, &sheet, &face, e) &&
	       chart_scene(a, &sheet, &face, &s->read.notes, when, type, out, e);
}

static bool groups_screen_make_text(struct app *app, struct screen *screen, struct arena *a,
    const char *ending, struct str *out, struct err *e)
{
	struct groups_screen *s = groups_screen_self(screen);
	struct chart_sheet sheet;
	struct chart_face face;
	(void)ending;
	return groups_screen_sheet_of(app, s, &sheet, &face, e) &&
	       chart_print(a, &sheet, &face, &s->read.notes, out, e);
}

// --- acting

static bool groups_screen_move(struct groups_screen *s, enum action action)
{
	size_t wide = s->grid.columns, page = wide * (s->shown ? s->shown : 1);
	const struct {
		enum action action;
		long by;
	} MOVES[] = { { ACT_LEFT, -1 }, { ACT_RIGHT, 1 }, { ACT_UP, -(long)wide },
		{ ACT_DOWN, (long)wide }, { ACT_PAGE_UP, -(long)page },
		{ ACT_PAGE_DOWN, (long)page }, { ACT_FIRST, -(long)s->groups.parts },
		{ ACT_LAST, (long)s->groups.parts } };
	for (size_t i = 0; i < sizeof MOVES / sizeof *MOVES; i++) {
		if (MOVES[i].action != action)
			continue;
		long to = (long)s->at + MOVES[i].by, last = (long)s->groups.parts - 1;
		s->at = (size_t)(to < 0 ? 0 : to > last ? last : to);
		return true;
	}
	return false;
}

static bool groups_screen_act(struct app *app, struct screen *screen, enum action action)
{
	static const struct exporter EXPORTER = { "groups", "txt", groups_screen_make_scene,
		groups_screen_make_text };
	struct groups_screen *s = groups_screen_self(screen);
	struct err e = { 0 };
	bool good = true;
	if (!s->groups.parts) {
		app_say(app, "This measure has no groups any more.");
		return true;
	}
	if (groups_screen_move(s, action))
		return true;
	if (action == ACT_OPEN)
		good = app->open->chart_group(app, &s->id, s->read.m.stratum[s->at].stratum, &e);
	else if (action == ACT_EQUITY)
		good = app->open->equity(app, &s->id, &e);
	else if (action == ACT_EXPORT)
		export_ask(app, screen, &EXPORTER, s->read.m.name);
	else
		return false;
	if (!good)
		app_fail(app, &e);
	return true;
}

static void groups_screen_click(struct app *app, struct screen *screen, int row, int col)
{
	struct groups_screen *s = groups_screen_self(screen);
	(void)app;
	for (size_t i = s->top * s->grid.columns; i < s->groups.parts; i++) {
		int top, left;
		chart_grid_place(&s->grid, s->top, i, &top, &left);
		if (row >= s->row + top && row < s->row + top + s->grid.high && col > left &&
		    col <= left + s->grid.wide)
			s->at = i;
	}
}

static void groups_screen_close(struct screen *s)
{
	arena_free(&groups_screen_self(s)->read.data);
}

static const struct screen_ops GROUPS = {
	.on = ON_GROUPS,
	.load = groups_screen_load,
	.title = groups_screen_title,
	.facts = groups_screen_facts,
	.draw = groups_screen_draw,
	.act = groups_screen_act,
	.click = groups_screen_click,
	.close = groups_screen_close,
};

bool groups_screen_open(struct app *app, const struct id *measure, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct groups_screen), &GROUPS, e);
	if (!screen)
		return false;
	groups_screen_self(screen)->id = *measure;
	return app_push(app, screen, e);
}
