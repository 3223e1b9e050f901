// SPDX-License-Identifier: MIT
// The loop: wait for keys and signals together, take all that is there, paint once.
#include "tui/tui.h"

#include "tui/loop/app.h"
#include "tui/loop/recent.h"
#include "tui/screens/screens.h"

enum { IDLE_MS = 1000, BATCH_MOST = 4096 };

static void tui_loop(struct app *app)
{
	bool draw = true;
	while (!app->ending) {
		if (draw)
			app_draw(app);
		draw = true;
		if (term_idle(app->term) && app_idle(app))
			continue;
		if (!term_wait(app->term, IDLE_MS)) {
			draw = app_tick(app);
			continue;
		}
		struct key key;
		for (int n = 0; n < BATCH_MOST && !app->ending && term_read(app->term, &key); n++)
			app_key(app, &key);
	}
}

// The workbook that was asked for, or the last one; NULL with e->code 0: the start screen.
static struct store *tui_first_store(const char *file, const struct env *env, struct err *e)
{
	struct arena a = { 0 };
	const char *path = file ? file : recent_last(env, &a);
	struct store *store = path ? store_open(path, STORE_WRITE, env, e) : NULL;
	if (store)
		recent_add(env, path);
	else if (!file) // the last one has gone: the start screen says which there are
		*e = (struct err){ 0 };
	arena_free(&a);
	return store;
}

int app_run(const struct app_start *start, const struct env *world, struct err *e)
{
	struct err first = { 0 };
	struct env own = *world, *env = &own; // who one is may change while it runs
	struct store *store = tui_first_store(start->file, env, &first);
	struct app app;
	if (first.code)
		*e = first;
	struct term *t =
	    first.code
		? NULL
		: term_start(&(struct term_setup){ .ascii = start->ascii, .mouse = true }, e);
	if (!t) {
		store_close(store);
		return (int)e->code;
	}
	bool opened = app_open(&app, &APP_SCREENS, t, env, store, e);
	if (opened)
		tui_loop(&app);
	app_close(&app);
	term_stop(t);
	return opened ? 0 : (int)e->code;
}
