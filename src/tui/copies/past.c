// SPDX-License-Identifier: MIT
#include "tui/copies/past.h"

#include "tui/screens/screens.h"

#include <plando/date.h>

#include <stdio.h>
#include <string.h>

// What is shown, put aside: the store and its screens.
static struct today past_shown(const struct app *app)
{
	struct today t = { .store = app->store, .depth = app->depth };
	memcpy(t.stack, app->stack, sizeof t.stack);
	return t;
}

static void past_show(struct app *app, const struct today *t)
{
	app->store = t->store;
	app->depth = t->depth;
	memcpy(app->stack, t->stack, sizeof app->stack);
}

static void past_let_go(struct today *t)
{
	while (t->depth)
		screen_free(t->stack[--t->depth]);
	store_close(t->store);
	*t = (struct today){ 0 };
}

static void past_close(struct app *app)
{
	struct today then = past_shown(app);
	past_let_go(&then);
	past_show(app, &app->today);
	app->today = (struct today){ 0 };
	app->past = 0;
	app_changed(app);
}

// The same place at the other moment: the screens in their order, as far as what they are about was
// there.
static void past_go_there(struct app *app, const struct today *from)
{
	for (size_t i = 1; i < from->depth; i++) {
		const struct screen *s = from->stack[i];
		struct err why = { 0 };
		if (s->ops->again && !s->ops->again(app, s, &why)) {
			app_say(app, "What you were at was not there on that day.");
			return;
		}
	}
}

bool past_enter(struct app *app, int64_t moment, struct err *e)
{
	struct screen *top = app_top(app);
	if (top->ops->leave && !top->ops->leave(app, top, e))
		return false;
	struct store *then = store_open(store_path(app->store), STORE_READ, app->env, e);
	if (!then)
		return false;
	if (!store_as_of(then, moment, e)) {
		store_close(then);
		return false;
	}
	struct today from = past_shown(app);
	int64_t before = app->past;
	past_show(app, &(struct today){ .store = then });
	app->past = moment;
	if (!app->open->board(app, e)) {
		store_close(then);
		past_show(app, &from);
		app->past = before;
		return false;
	}
	app_changed(app);
	past_go_there(app, &from);
	if (before)
		past_let_go(&from);
	else
		app->today = from;
	return true;
}

void past_leave(struct app *app)
{
	if (!app->past) {
		app_say(app, "This is today.");
		return;
	}
	past_close(app);
	app_say(app, "Back to today.");
}

const char *past_banner(struct app *app)
{
	struct arena *a = &app->frame;
	date_t day = env_date(app->env, app->past);
	const char *when = date_show(a, day, store_today(app->store));
	const char *text =
	    arena_printf(a, "As it was on %s, %s. To read only; Esc on the board comes back.",
		when ? when : "", app_clock(app, app->past, a));
	return text ? text : "";
}

// A day means its end, a moment itself.
static bool past_moment_read(struct app *app, const char *typed, int64_t *out)
{
	date_t day;
	if (!date_parse_human(typed, store_today(app->store), &day))
		return moment_parse(typed, out);
	*out = env_midnight(app->env, day + 1) - 1;
	return true;
}

static void past_moment_given(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	int64_t moment;
	(void)context;
	if (!answer || !*answer)
		return;
	if (!past_moment_read(app, answer, &moment))
		app_say(app, "“%s” is not a day; write 3 May, last tue or 2026-05-03.", answer);
	else if (!past_enter(app, moment, &e))
		app_fail(app, &e);
}

void past_ask(struct app *app)
{
	if (!app->store)
		app_say(app, "Open a workbook first.");
	else
		app_ask(app, "As it was on which day?", "", past_moment_given, NULL);
}
