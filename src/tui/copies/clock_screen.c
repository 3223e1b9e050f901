// SPDX-License-Identifier: MIT
// The runs of plando, by computer and clock: where a clock was wrong, a person says by how much,
// and the times of that run are shown right. Nothing that was written changes.
#include "tui/screens/screens.h"

#include <plando/clock.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

struct clock_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct clock_runs runs;
	struct id of;	  // the run that is asked about
	char device[256]; // its computer, where all of it is meant; "" = the run alone
};

static struct clock_screen *clock_screen_self(struct screen *s)
{
	return (struct clock_screen *)s;
}

static const struct clock_run *clock_screen_chosen(const struct clock_screen *s)
{
	return s->list.at < s->runs.count ? &s->runs.item[s->list.at] : NULL;
}

static bool clock_screen_load(struct app *app, struct screen *screen, struct err *e)
{
	struct clock_screen *s = clock_screen_self(screen);
	const struct clock_run *r = clock_screen_chosen(s);
	struct id at = r ? r->stream : (struct id){ 0 };
	arena_free(&s->rows);
	s->runs = (struct clock_runs){ 0 };
	bool read = clock_list(app->store, &s->rows, NULL, &s->runs, e);
	list_set(&s->list, s->runs.count);
	for (size_t i = 0; i < s->runs.count; i++)
		if (id_equal(&s->runs.item[i].stream, &at))
			list_select(&s->list, i);
	app->clock_wrong = clock_trouble(app->store, &s->rows) != NULL;
	return read;
}

static const char *clock_screen_title(struct app *app, struct screen *screen, struct arena *a)
{
	(void)app, (void)screen, (void)a;
	return "Clocks: when each computer wrote";
}

static const char *clock_screen_facts(struct app *app, struct screen *screen, struct arena *a)
{
	size_t n = clock_screen_self(screen)->runs.count;
	(void)app;
	return arena_printf(a, "%zu %s", n, n == 1 ? "run" : "runs");
}

// --- drawing

// "3 May 2027, 14:00", as it is shown everywhere.
static const char *clock_screen_moment(struct app *app, int64_t at)
{
	struct arena *a = &app->frame;
	const char *day = date_show(a, env_date(app->env, at), store_today(app->store));
	const char *text = arena_printf(a, "%s, %s", day ? day : "", app_clock(app, at, a));
	return text ? text : "";
}

static const char *clock_screen_ahead(struct app *app, const struct clock_run *r)
{
	bool future = r->last + r->shift > store_now(app->store) + 86400000;
	const char *shift = r->shift ? clock_shift_text(&app->frame, r->shift) : "";
	const char *text =
	    future ? arena_printf(&app->frame, "%s%sahead of now", shift, *shift ? ", " : "")
		   : shift;
	return text ? text : "";
}

struct clock_screen_columns {
	int when, computer, who, about, shift;
};

static struct clock_screen_columns clock_screen_columns_of(struct area row)
{
	enum { WHEN = 20, SHIFT = 13 };
	int rest = row.cols - WHEN - SHIFT, left = row.col + WHEN;
	return (struct clock_screen_columns){ row.col, left, left + rest * 9 / 25,
		left + rest * 3 / 5, left + rest };
}

struct clock_screen_drawing {
	struct app *app;
	struct clock_screen *s;
};

static void clock_screen_row_draw(
    void *context, struct term *t, size_t i, struct area row, bool selected)
{
	struct clock_screen_drawing *d = context;
	const struct clock_run *r = &d->s->runs.item[i];
	struct clock_screen_columns c = clock_screen_columns_of(row);
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	term_put(t, row.row, c.when, 19, role, clock_screen_moment(d->app, r->last + r->shift));
	term_put(t, row.row, c.computer, c.who - c.computer - 1, role, r->device);
	term_put(t, row.row, c.who, c.about - c.who - 1, ROLE_TEXT, r->author);
	term_put(t, row.row, c.about, c.shift - c.about - 1, ROLE_DIM,
	    clock_about(d->app->store, &d->app->frame, r));
	term_put(t, row.row, c.shift, row.col + row.cols - c.shift, ROLE_WARN,
	    clock_screen_ahead(d->app, r));
}

static void clock_screen_heads_draw(struct app *app, struct area row)
{
	struct clock_screen_columns c = clock_screen_columns_of(row);
	term_put(app->term, row.row, c.when, 19, ROLE_HEAD, "Last change");
	term_put(app->term, row.row, c.computer, c.who - c.computer - 1, ROLE_HEAD, "Computer");
	term_put(app->term, row.row, c.who, c.about - c.who - 1, ROLE_HEAD, "Who");
	term_put(app->term, row.row, c.about, c.shift - c.about - 1, ROLE_HEAD, "Wrote for");
	term_put(app->term, row.row, c.shift, row.col + row.cols - c.shift, ROLE_HEAD, "Added");
}

static void clock_screen_draw(struct app *app, struct screen *screen, struct area area)
{
	struct clock_screen *s = clock_screen_self(screen);
	struct clock_screen_drawing d = { app, s };
	const char *trouble = clock_trouble(app->store, &app->frame);
	const char *says = trouble ? trouble : "No clock looks wrong.";
	struct text_lines lines = { 0 };
	if (!text_wrap(&app->frame, says, strlen(says), area.cols - 4, &lines))
		return;
	int row = area.row;
	for (size_t i = 0; i < lines.count && i < 3; i++)
		term_put_n(app->term, row++, 3, area.cols - 4, trouble ? ROLE_WARN : ROLE_TEXT,
		    says + lines.line[i].start, lines.line[i].end - lines.line[i].start);
	clock_screen_heads_draw(app, (struct area){ row + 1, area.col + 3, 1, area.cols - 5 });
	list_draw(&s->list, app->term,
	    (struct area){ row + 2, area.col, area.row + area.rows - row - 2, area.cols },
	    clock_screen_row_draw, &d);
}

// --- acting

static bool clock_screen_shift_run(
    struct app *app, struct clock_screen *s, int64_t shift, struct err *e)
{
	for (size_t i = 0; i < s->runs.count; i++) {
		const struct clock_run *r = &s->runs.item[i];
		bool meant =
		    *s->device ? str_equal(r->device, s->device) : id_equal(&r->stream, &s->of);
		if (meant && r->shift != shift && !clock_shift(app->store, &r->stream, shift, e))
			return false;
	}
	return true;
}

static void clock_screen_shift_given(struct app *app, void *context, const char *answer)
{
	struct clock_screen *s = context;
	struct err e = { 0 };
	int64_t shift;
	if (!answer || !*answer)
		return;
	bool ok =
	    clock_shift_parse(answer, &shift, &e) && clock_screen_shift_run(app, s, shift, &e);
	app_saved(app);
	if (!ok)
		app_fail(app, &e);
	else
		app_say(app, shift ? "Its times are shown, and counted, that much later or earlier."
				   : "Its times are shown as its clock said.");
}

static void clock_screen_ask(struct app *app, struct clock_screen *s, bool all)
{
	struct err why = { 0 };
	const struct clock_run *r = clock_screen_chosen(s);
	if (!store_writable(app->store, &why)) {
		app_fail(app, &why);
		return;
	}
	if (!r)
		return;
	s->of = r->stream;
	snprintf(s->device, sizeof s->device, "%s", all ? r->device : "");
	const char *now = r->shift ? clock_shift_text(&app->frame, r->shift) : "";
	app_ask(app,
	    all ? "Add to all its times (-365d, 2h30m; 0: nothing):"
		: "Add to the times of this run (-365d, 2h30m; 0: nothing):",
	    now, clock_screen_shift_given, s);
}

static bool clock_screen_act(struct app *app, struct screen *screen, enum action action)
{
	if (action != ACT_OPEN && action != ACT_SHIFT_ALL)
		return false;
	clock_screen_ask(app, clock_screen_self(screen), action == ACT_SHIFT_ALL);
	return true;
}

static struct list *clock_screen_list_of(struct screen *s)
{
	return &clock_screen_self(s)->list;
}

static const char *clock_screen_row_text(struct app *app, struct screen *s, size_t i)
{
	const struct clock_run *r = &clock_screen_self(s)->runs.item[i];
	return arena_printf(&app->frame, "%s %s", r->device, r->author);
}

static void clock_screen_close_rows(struct screen *s)
{
	arena_free(&clock_screen_self(s)->rows);
}

static const struct screen_ops CLOCK = {
	.on = ON_CLOCK,
	.load = clock_screen_load,
	.title = clock_screen_title,
	.facts = clock_screen_facts,
	.draw = clock_screen_draw,
	.act = clock_screen_act,
	.list = clock_screen_list_of,
	.row_text = clock_screen_row_text,
	.close = clock_screen_close_rows,
};

bool clock_screen_open(struct app *app, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct clock_screen), &CLOCK, e);
	return s && app_push(app, s, e);
}
