// SPDX-License-Identifier: MIT
#include "tui/past.h"

#include "tui/screens.h"

#include <plando/date.h>

#include <stdio.h>
#include <string.h>

static void screens_swap(struct app *app)
{
	struct today *t = &app->today;
	for (size_t i = 0; i < SCREENS_MOST; i++) {
		struct screen *s = app->stack[i];
		app->stack[i] = t->stack[i];
		t->stack[i] = s;
	}
	size_t depth = app->depth;
	struct store *store = app->store;
	app->depth = t->depth;
	app->store = t->store;
	t->depth = depth;
	t->store = store;
}

static void past_close(struct app *app)
{
	while (app->depth)
		screen_free(app->stack[--app->depth]);
	store_close(app->store);
	app->store = NULL;
	screens_swap(app);
	app->past = 0;
	app_changed(app);
}

bool past_enter(struct app *app, int64_t moment, struct err *e)
{
	if (app->past)
		past_close(app);
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
	screens_swap(app);
	app->store = then;
	app->past = moment;
	app_changed(app);
	if (board_screen_open(app, e))
		return true;
	past_close(app);
	return false;
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
static bool moment_read(struct app *app, const char *typed, int64_t *out)
{
	date_t day;
	if (!date_parse_human(typed, store_today(app->store), &day))
		return moment_parse(typed, out);
	*out = env_midnight(app->env, day + 1) - 1;
	return true;
}

static void moment_given(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	int64_t moment;
	(void)context;
	if (!answer || !*answer)
		return;
	if (!moment_read(app, answer, &moment))
		app_say(app, "“%s” is not a day; write 3 May, last tue or 2026-05-03.", answer);
	else if (!past_enter(app, moment, &e))
		app_fail(app, &e);
}

void past_ask(struct app *app)
{
	if (!app->store)
		app_say(app, "Open a workbook first.");
	else
		app_ask(app, "As it was on which day?", "", moment_given, NULL);
}
