// SPDX-License-Identifier: MIT
// The first screen where no workbook is named: those opened last, another one, a new one.
#include "tui/loop/path.h"
#include "tui/loop/recent.h"
#include "tui/screens/screens.h"

#include <plando/far.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct start_start {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct recent recent;
	char path[LINE_MOST]; // of the workbook that is being made
};

enum { OPEN_ROW, NEW_ROW, EXTRA_ROWS };

static bool start_load(struct app *app, struct screen *s, struct err *e)
{
	struct start_start *st = (struct start_start *)s;
	(void)e;
	arena_free(&st->rows);
	recent_read(app->env, &st->rows, &st->recent);
	list_set(&st->list, st->recent.count + EXTRA_ROWS);
	return true;
}

static const char *start_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	(void)s;
	(void)a;
	return "plando: the workbook of an improvement collaborative";
}

struct start_drawing {
	struct app *app;
	struct start_start *st;
};

static void start_row_draw(void *context, struct term *t, size_t i, struct area row, bool selected)
{
	struct start_drawing *d = context;
	struct start_start *st = d->st;
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	static const char *const EXTRA[] = { "Open a workbook …", "Make a new workbook …" };
	if (i >= st->recent.count) {
		term_put(t, row.row, row.col, row.cols, role, EXTRA[i - st->recent.count]);
		return;
	}
	const char *path = st->recent.path[i];
	bool there = access(path, R_OK) == 0;
	int name = row.cols / 3;
	term_put(t, row.row, row.col, name - 2, role, path_file(path));
	term_printf(t, row.row, row.col + name, row.cols - name, ROLE_DIM, "%s%s",
	    path_short(&d->app->frame, path),
	    there			  ? ""
	    : far_kept(d->app->env, path) ? "  (not there now; a copy is here)"
					  : "  (not there now)");
}

static void start_draw(struct app *app, struct screen *s, struct area area)
{
	struct start_start *st = (struct start_start *)s;
	struct start_drawing d = { app, st };
	term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_TEXT,
	    st->recent.count ? "Workbooks that were opened last:"
			     : "No workbook was opened on this computer yet.");
	list_draw(&st->list, app->term,
	    (struct area){ area.row + 3, area.col, area.rows - 3, area.cols }, start_row_draw, &d);
}

static void start_open_path(struct app *app, const char *path)
{
	struct err e = { 0 };
	if (app_open_file(app, path, &e))
		recent_add(app->env, path);
	else
		app_fail(app, &e);
}

static void start_path_given(struct app *app, void *context, const char *answer)
{
	struct arena a = { 0 };
	const char *path = path_whole(&a, answer);
	(void)context;
	if (path)
		start_open_path(app, path);
	arena_free(&a);
}

static void start_name_given(struct app *app, void *context, const char *answer)
{
	struct start_start *st = context;
	struct err e = { 0 };
	char path[LINE_MOST];
	if (str_empty(answer))
		return;
	memcpy(path, st->path, sizeof path); // the screen goes when the workbook opens
	if (store_create(path, app->env, answer, &e))
		start_open_path(app, path);
	else
		app_fail(app, &e);
}

static void start_new_path_given(struct app *app, void *context, const char *answer)
{
	struct start_start *st = context;
	struct arena a = { 0 };
	const char *path = path_whole(&a, answer);
	bool bare = path && !strchr(path_file(path), '.');
	const char *whole = bare ? arena_printf(&a, "%s.plando", path) : path;
	if (whole && strlen(whole) < sizeof st->path) {
		memcpy(st->path, whole, strlen(whole) + 1);
		app_ask(app, "What is the collaborative called?", "", start_name_given, st);
	}
	arena_free(&a);
}

static void start_open(struct app *app, struct start_start *st)
{
	if (st->list.at < st->recent.count) {
		struct arena a = { 0 };
		const char *path = arena_strdup(&a, st->recent.path[st->list.at]);
		if (path)
			start_open_path(app, path);
		arena_free(&a);
	} else if (st->list.at - st->recent.count == OPEN_ROW) {
		app_ask(app, "Which file?", "", start_path_given, st);
	} else {
		app_ask(app, "Where shall the new workbook be?", "", start_new_path_given, st);
	}
}

static bool start_act(struct app *app, struct screen *s, enum action action)
{
	struct start_start *st = (struct start_start *)s;
	if (action == ACT_OPEN)
		start_open(app, st);
	else if (action == ACT_OPEN_FILE)
		app_ask(app, "Which file?", "", start_path_given, st);
	else if (action == ACT_NEW_FILE)
		app_ask(app, "Where shall the new workbook be?", "", start_new_path_given, st);
	else
		return false;
	return true;
}

static struct list *start_list(struct screen *s)
{
	return &((struct start_start *)s)->list;
}

static const char *start_row(struct app *app, struct screen *s, size_t i)
{
	const struct start_start *st = (const struct start_start *)s;
	(void)app;
	return i < st->recent.count ? st->recent.path[i] : "";
}

static void start_close(struct screen *s)
{
	arena_free(&((struct start_start *)s)->rows);
}

static const struct screen_ops START = {
	.on = ON_START,
	.load = start_load,
	.title = start_title,
	.draw = start_draw,
	.act = start_act,
	.list = start_list,
	.row_text = start_row,
	.close = start_close,
};

bool start_screen_open(struct app *app, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct start_start), &START, e);
	return s && app_push(app, s, e);
}
