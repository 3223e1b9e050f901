// SPDX-License-Identifier: MIT
// The groups of a measure beside each other: a row a group, smallest first, the one under the
// cursor in words below; with a group marked, the gap between the two. Reading only.
#include "tui/loop/export.h"
#include "tui/loop/paint.h"
#include "tui/screens/screens.h"

#include <plando/equity_draw.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { BELOW = 4, FOOTER_ROWS = 5, TEXT_WIDTH = 78 };

struct equity_screen {
	struct screen screen;
	struct id id; // of the measure
	struct arena data;
	struct measure m;
	struct equity q;
	struct chart_face face;
	struct equity_plot plot; // as drawn last
	struct list list;
	char *marked; // a group's name; NULL: none. In the screen's arena
};

static struct equity_screen *equity_screen_self(struct screen *s)
{
	return (struct equity_screen *)s;
}

static bool equity_screen_load(struct app *app, struct screen *screen, struct err *e)
{
	struct equity_screen *s = equity_screen_self(screen);
	struct equity_window usual = { 0 };
	struct arena data = { 0 };
	struct measure m;
	struct equity q;
	if (!measure_load(app->store, &data, &s->id, store_today(app->store), &m, e) ||
	    !equity_least_load(app->store, &usual.least, e) ||
	    !equity_make(&data, &m, &usual, &q, e)) {
		arena_free(&data);
		return false;
	}
	arena_free(&s->data);
	s->data = data;
	s->m = m;
	s->q = q;
	chart_face_of(&s->m, &s->m.whole, &s->face);
	list_set(&s->list, q.count);
	return true;
}

// --- drawing

struct equity_screen_drawing {
	struct app *app;
	struct equity_screen *s;
};

static void equity_screen_row_draw(
    void *context, struct term *t, size_t i, struct area row, bool selected)
{
	struct equity_screen_drawing *d = context;
	struct canvas v;
	(void)t, (void)selected;
	if (!canvas_init(&v, &d->app->frame, 1, d->s->plot.cols, d->s->plot.ascii, NULL))
		return;
	equity_plot_row(&v, &d->app->frame, &d->s->plot, i, 0);
	paint_canvas(d->app, &v, (struct area){ row.row, row.col, 1, row.cols });
}

static void equity_screen_axis_draw(struct app *app, struct equity_screen *s, struct area at)
{
	struct canvas v;
	if (!canvas_init(&v, &app->frame, 2, s->plot.cols, s->plot.ascii, NULL))
		return;
	equity_plot_axis(&v, &app->frame, &s->plot, 0);
	paint_canvas(app, &v, at);
}

static const char *equity_screen_words_of(struct app *app, struct equity_screen *s)
{
	struct arena *a = &app->frame;
	const struct equity_group *at = &s->q.group[s->list.at];
	const struct equity_group *marked = s->marked ? equity_find(&s->q, s->marked) : NULL;
	if (!marked || marked == at) {
		const char *words = equity_group_words(a, &s->q, &s->face, at);
		return arena_printf(a, "%s: %s%s", at->name, words ? words : "",
		    marked ? ". Go to another group for the gap" : "");
	}
	struct equity_gap gap = equity_gap(&s->q, marked, at);
	const char *words = equity_gap_words(a, &s->q, &s->face, &gap);
	return words ? arena_printf(a, "%s Enter: over time.", words) : NULL;
}

static void equity_screen_draw(struct app *app, struct screen *screen, struct area area)
{
	struct equity_screen *s = equity_screen_self(screen);
	struct arena *a = &app->frame;
	struct equity_screen_drawing d = { app, s };
	s->face.ascii = term_is_ascii(app->term);
	const char *footer = equity_footer(a, &s->q, &s->face);
	int foot = paint_rows(app, area, FOOTER_ROWS, footer);
	int row = area.row, end = area.row + area.rows - foot;
	row += paint_words(app, area, row, 3, ROLE_TITLE, equity_finding(a, &s->q, &s->face)) + 1;
	int room = end - row - BELOW - 2, rows = (int)s->q.count < room ? (int)s->q.count : room;
	if (rows < 1 ||
	    !equity_plot_fit(a, &s->q, &s->face, area.cols - 5, s->face.ascii, &s->plot))
		return;
	list_draw(&s->list, app->term, (struct area){ row, area.col, rows, area.cols },
	    equity_screen_row_draw, &d);
	row += rows;
	equity_screen_axis_draw(app, s, (struct area){ row, area.col + 3, 2, area.cols - 5 });
	paint_words(app, area, row + 3, 3, ROLE_LABEL, equity_screen_words_of(app, s));
	paint_words(app, area, end, foot, ROLE_DIM, footer);
}

static const char *equity_screen_title(struct app *app, struct screen *screen, struct arena *a)
{
	const char *name = chart_title(a, &equity_screen_self(screen)->face);
	(void)app;
	return name ? name : "";
}

static const char *equity_screen_facts(struct app *app, struct screen *screen, struct arena *a)
{
	(void)app;
	return arena_printf(a, "%zu groups", equity_screen_self(screen)->q.count);
}

// --- acting

static bool equity_screen_make_scene(struct app *app, struct screen *screen, struct arena *a,
    const struct scene_type *type, struct scene *out, struct err *e)
{
	struct equity_screen *s = equity_screen_self(screen);
	struct equity_sheet sheet = { .equity = &s->q, .face = &s->face };
	date_t today = store_today(app->store);
	return equity_scene(a, &sheet, date_show(a, today, today + 366), type, out, e);
}

static bool equity_screen_make_text(struct app *app, struct screen *screen, struct arena *a,
    const char *ending, struct str *out, struct err *e)
{
	struct equity_screen *s = equity_screen_self(screen);
	struct equity_sheet sheet = {
		.equity = &s->q, .face = &s->face, .width = TEXT_WIDTH, .table = true
	};
	(void)app, (void)ending;
	return equity_print(a, &sheet, out, e);
}

// Marks the group under the cursor, or no group any more.
static bool equity_screen_mark(struct equity_screen *s, struct err *e)
{
	const char *name = s->q.group[s->list.at].name;
	bool same = s->marked && str_equal(s->marked, name);
	s->marked = same ? NULL : arena_strdup(&s->screen.arena, name);
	return same || s->marked || err_memory(e);
}

// With a group marked the gap to it over time, else the group's own chart.
static bool equity_screen_open_chart(struct app *app, struct equity_screen *s, struct err *e)
{
	const char *name = s->q.group[s->list.at].name;
	if (s->marked && !str_equal(s->marked, name))
		return app->open->gap(app, &s->id, s->marked, name, e);
	return app->open->chart_group(app, &s->id, name, e);
}

static bool equity_screen_act(struct app *app, struct screen *screen, enum action action)
{
	static const struct exporter EXPORTER = { "groups", "txt", equity_screen_make_scene,
		equity_screen_make_text };
	struct equity_screen *s = equity_screen_self(screen);
	struct err e = { 0 };
	bool good = true;
	if (action == ACT_EXPORT)
		export_ask(app, screen, &EXPORTER, s->m.name);
	else if (action == ACT_OPEN)
		good = equity_screen_open_chart(app, s, &e);
	else if (action == ACT_NEXT)
		good = equity_screen_mark(s, &e);
	else
		return false;
	if (!good)
		app_fail(app, &e);
	return true;
}

static struct list *equity_screen_rows_of(struct screen *s)
{
	return &equity_screen_self(s)->list;
}

static void equity_screen_close(struct screen *s)
{
	arena_free(&equity_screen_self(s)->data);
}

static bool equity_screen_again(struct app *app, const struct screen *s, struct err *e)
{
	return equity_screen_open(app, &((const struct equity_screen *)s)->id, e);
}

static const struct screen_ops EQUITY = {
	.on = ON_EQUITY,
	.load = equity_screen_load,
	.title = equity_screen_title,
	.facts = equity_screen_facts,
	.draw = equity_screen_draw,
	.act = equity_screen_act,
	.list = equity_screen_rows_of,
	.close = equity_screen_close,
	.again = equity_screen_again,
};

bool equity_screen_open(struct app *app, const struct id *measure, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct equity_screen), &EQUITY, e);
	if (!screen)
		return false;
	equity_screen_self(screen)->id = *measure;
	return app_push(app, screen, e);
}
