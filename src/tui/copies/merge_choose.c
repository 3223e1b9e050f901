// SPDX-License-Identifier: MIT
// Which copies to merge: the workbooks of a folder, its folders, places used before; several can be
// marked, or all of a folder taken. What is typed narrows the list; a path leads to its folder.
// Below, the merges that were done.
#include "tui/loop/filter.h"
#include "tui/loop/path.h"
#include "tui/loop/recent.h"
#include "tui/loop/when.h"
#include "tui/screens/screens.h"

#include <plando/merge.h>
#include <plando/str.h>

#include <dirent.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum entry_type { HEADING, ALL_HERE, FOLDER, COPY, ACCOUNT };

struct merge_choose_entry {
	enum entry_type type;
	const char *name, *note, *path;
	int64_t batch;
	bool marked;
};

struct chooser {
	struct screen screen;
	struct list list;
	struct line line;
	struct arena rows;
	char folder[PATH_MAX];
	struct merge_choose_entry *entry;
	size_t count, cap;
	size_t *shown; // those that the typed words leave
	bool failed;
};

// --- gathering

static struct merge_choose_entry *merge_choose_entry_add(
    struct chooser *c, enum entry_type type, const char *name, const char *path)
{
	if (!name || !path ||
	    !arena_grow(&c->rows, (void **)&c->entry, c->count, &c->cap, sizeof *c->entry)) {
		c->failed = true;
		return NULL;
	}
	struct merge_choose_entry *x = &c->entry[c->count++];
	*x = (struct merge_choose_entry){ .type = type,
		.name = arena_strdup(&c->rows, name),
		.path = arena_strdup(&c->rows, path),
		.note = "" };
	c->failed = c->failed || !x->name || !x->path;
	return x;
}

static int merge_choose_by_name(const void *a, const void *b)
{
	return strcmp(((const struct merge_choose_entry *)a)->name,
	    ((const struct merge_choose_entry *)b)->name);
}

static void merge_choose_folders_add(struct chooser *c)
{
	size_t first = c->count;
	DIR *d = opendir(c->folder);
	for (struct dirent *x; d && (x = readdir(d));) {
		struct stat st;
		const char *path = arena_printf(&c->rows, "%s/%s", c->folder, x->d_name);
		if (*x->d_name != '.' && path && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
			merge_choose_entry_add(
			    c, FOLDER, arena_printf(&c->rows, "%s/", x->d_name), path);
	}
	if (d)
		closedir(d);
	if (c->count > first)
		qsort(c->entry + first, c->count - first, sizeof *c->entry, merge_choose_by_name);
}

static void merge_choose_copies_add(struct app *app, struct chooser *c)
{
	struct merge_sources found;
	struct err none = { 0 };
	const char *folder = c->folder;
	if (!merge_sources(app->store, &c->rows, &folder, 1, &found, &none))
		return;
	if (found.count > 1) {
		struct merge_choose_entry *all =
		    merge_choose_entry_add(c, ALL_HERE, "All copies in this folder", folder);
		if (all)
			all->note = arena_printf(&c->rows, "%zu", found.count);
	}
	for (size_t i = 0; i < found.count; i++) {
		struct stat st;
		struct merge_choose_entry *x =
		    merge_choose_entry_add(c, COPY, path_file(found.path[i]), found.path[i]);
		if (x && stat(x->path, &st) == 0)
			x->note = arena_strdup(
			    &c->rows, when_told(app, (int64_t)st.st_mtime * 1000, &app->frame));
	}
}

// The folders in which workbooks were opened before.
static void merge_choose_places_add(struct app *app, struct chooser *c)
{
	struct recent recent;
	size_t first = c->count;
	recent_read(app->env, &c->rows, &recent);
	for (size_t i = 0; i < recent.count; i++) {
		char *copy = arena_strdup(&c->rows, recent.path[i]);
		const char *folder = copy ? dirname(copy) : c->folder;
		bool again = str_equal(folder, c->folder);
		for (size_t k = first; k < c->count; k++)
			again = again || str_equal(c->entry[k].path, folder);
		if (again)
			continue;
		if (c->count == first)
			merge_choose_entry_add(c, HEADING, "Other places", "");
		merge_choose_entry_add(
		    c, FOLDER, arena_printf(&c->rows, "%s/", path_short(&c->rows, folder)), folder);
	}
}

static void merge_choose_accounts_add(struct app *app, struct chooser *c)
{
	struct merge_accounts all;
	struct err none = { 0 };
	if (!merge_accounts(app->store, &c->rows, &all, &none) || !all.count)
		return;
	merge_choose_entry_add(c, HEADING, "Merged before", "");
	for (size_t i = 0; i < all.count; i++) {
		const struct merge_account *m = &all.item[i];
		struct merge_choose_entry *x =
		    merge_choose_entry_add(c, ACCOUNT, path_file(m->source), m->source);
		if (!x)
			return;
		x->batch = m->left_out ? 0 : m->batch;
		x->note = m->left_out ? arena_printf(&c->rows, "left out, %s",
					    when_told(app, m->at, &app->frame))
				      : arena_printf(&c->rows, "%lld %s, %s", (long long)m->changes,
					    m->changes == 1 ? "change" : "changes",
					    when_told(app, m->at, &app->frame));
	}
}

// The part of what is typed after its last slash narrows the list.
static const char *merge_choose_typed_name(const struct chooser *c)
{
	return path_file(c->line.text);
}

static void merge_choose_narrow(struct chooser *c)
{
	struct arena scratch = { 0 };
	const char *folded = text_fold(&scratch, merge_choose_typed_name(c));
	size_t n = 0;
	for (size_t i = 0; i < c->count; i++) {
		bool plain = c->entry[i].type == HEADING || c->entry[i].type == ALL_HERE;
		if (!folded || !*folded ||
		    (!plain && filter_holds(&scratch, c->entry[i].name, folded)))
			c->shown[n++] = i;
	}
	list_set(&c->list, n);
	arena_free(&scratch);
}

static bool merge_choose_heading(void *context, size_t i)
{
	const struct chooser *c = context;
	return c->entry[c->shown[i]].type == HEADING;
}

static bool merge_choose_chooser_load(struct app *app, struct screen *screen, struct err *e)
{
	struct chooser *c = (struct chooser *)screen;
	arena_free(&c->rows);
	c->entry = NULL;
	c->count = c->cap = 0;
	c->failed = false;
	c->list.heading = merge_choose_heading;
	c->list.context = c;
	merge_choose_entry_add(c, HEADING, path_short(&c->rows, c->folder), "");
	merge_choose_copies_add(app, c);
	merge_choose_entry_add(c, FOLDER, "../", arena_printf(&c->rows, "%s/..", c->folder));
	merge_choose_folders_add(c);
	merge_choose_places_add(app, c);
	merge_choose_accounts_add(app, c);
	c->shown = arena_array(&c->rows, c->count + 1, sizeof *c->shown);
	if (!c->shown || c->failed)
		return err_memory(e);
	merge_choose_narrow(c);
	return true;
}

// --- drawing

static void merge_choose_row_draw(
    void *context, struct term *t, size_t i, struct area row, bool selected)
{
	const struct chooser *c = context;
	const struct merge_choose_entry *x = &c->entry[c->shown[i]];
	if (x->type == HEADING) {
		term_put(t, row.row, row.col - 1, row.cols, ROLE_HEAD, x->name);
		return;
	}
	int at = term_put_right(
	    t, row.row, row.col + row.cols / 2, row.cols - row.cols / 2, ROLE_DIM, x->note);
	term_put(t, row.row, row.col, 2, ROLE_GOOD, x->marked ? "*" : " ");
	term_put(t, row.row, row.col + 2, at - row.col - 4, selected ? ROLE_SELECTED : ROLE_TEXT,
	    x->name);
}

static void merge_choose_chooser_draw(struct app *app, struct screen *screen, struct area area)
{
	struct chooser *c = (struct chooser *)screen;
	struct area rows = { area.row + 2, area.col, area.rows - 2, area.cols };
	int used = term_put(app->term, area.row, 3, area.cols, ROLE_LABEL, "Name or path ");
	line_draw(&c->line, app->term, area.row, 3 + used, area.cols - used - 6);
	if (!list_empty(&c->list)) // after the line: the cursor follows the choice
		list_draw(&c->list, app->term, rows, merge_choose_row_draw, c);
}

static const char *merge_choose_chooser_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	(void)s;
	(void)a;
	return "Merge: which copies?";
}

// --- acting

static bool merge_choose_folder_go(struct chooser *c, const char *path, struct err *e)
{
	char whole[PATH_MAX];
	if (!realpath(path, whole))
		return err_errno(e, path, "open");
	memcpy(c->folder, whole, sizeof whole);
	line_set(&c->line, "");
	c->screen.stale = true;
	c->list.at = 0;
	return true;
}

static bool merge_marked(struct app *app, struct chooser *c, struct err *e)
{
	const char **path = arena_array(&c->rows, c->count + 1, sizeof *path);
	size_t n = 0;
	for (size_t i = 0; path && i < c->count; i++)
		if (c->entry[i].marked)
			path[n++] = c->entry[i].path;
	return path ? app->open->merge_preview(app, path, n, e) : err_memory(e);
}

static bool merge_choose_any_marked(const struct chooser *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->entry[i].marked)
			return true;
	return false;
}

static bool merge_choose_is_folder(const char *path)
{
	struct stat st;
	return path && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

// What is typed, where it is a path of its own and nothing in the list fits.
static bool merge_choose_typed_open(struct app *app, struct chooser *c, struct err *e)
{
	const char *path = path_whole(&c->rows, c->line.text);
	if (!path)
		return true;
	if (*path != '/')
		path = arena_printf(&c->rows, "%s/%s", c->folder, path);
	if (!path)
		return err_memory(e);
	return merge_choose_is_folder(path) ? merge_choose_folder_go(c, path, e)
					    : app->open->merge_preview(app, &path, 1, e);
}

static bool merge_choose_chosen_open(struct app *app, struct chooser *c, struct err *e)
{
	if (merge_choose_any_marked(c))
		return merge_marked(app, c, e);
	if (c->list.at >= c->list.count)
		return merge_choose_typed_open(app, c, e);
	const struct merge_choose_entry *x = &c->entry[c->shown[c->list.at]];
	if (x->type == FOLDER)
		return merge_choose_folder_go(c, x->path, e);
	if (x->type == ACCOUNT && !x->batch)
		app_say(app, "Left out: %s", x->path);
	if (x->type == ACCOUNT)
		return !x->batch || app->open->merge_account(app, x->batch, x->path, e);
	return app->open->merge_preview(app, &x->path, 1, e);
}

static void merge_choose_mark(struct app *app, struct chooser *c)
{
	struct merge_choose_entry *x =
	    c->list.at < c->list.count ? &c->entry[c->shown[c->list.at]] : NULL;
	if (!x || x->type != COPY) {
		app_say(app, "Only copies can be marked; Enter opens a folder.");
		return;
	}
	x->marked = !x->marked;
	list_move(&c->list, ACT_DOWN);
}

static bool merge_choose_chooser_act(struct app *app, struct screen *screen, enum action action)
{
	struct chooser *c = (struct chooser *)screen;
	struct err e = { 0 };
	if (action == ACT_NEXT)
		merge_choose_mark(app, c);
	else if (action != ACT_OPEN)
		return false;
	else if (!merge_choose_chosen_open(app, c, &e))
		app_fail(app, &e);
	return true;
}

// "~/shared/" leads there as soon as its slash is typed.
static void merge_choose_follow(struct chooser *c)
{
	struct err none = { 0 };
	size_t n = strlen(c->line.text);
	const char *path = n ? path_whole(&c->rows, c->line.text) : NULL;
	if (!path || c->line.text[n - 1] != '/')
		return;
	if (*path != '/')
		path = arena_printf(&c->rows, "%s/%s", c->folder, path);
	if (merge_choose_is_folder(path))
		merge_choose_folder_go(c, path, &none);
}

static bool merge_choose_chooser_key(struct app *app, struct screen *screen, const struct key *key)
{
	struct chooser *c = (struct chooser *)screen;
	(void)app;
	bool moves = key->type == PRESS_SPECIAL && action_for_key(ON_CHOOSE, key);
	if (moves || !line_key(&c->line, key))
		return false;
	merge_choose_follow(c);
	merge_choose_narrow(c);
	list_select(&c->list, 0);
	return true;
}

static bool merge_choose_chooser_typing(const struct screen *s)
{
	(void)s;
	return true;
}

static struct list *merge_choose_chooser_list(struct screen *s)
{
	return &((struct chooser *)s)->list;
}

static void merge_choose_chooser_close(struct screen *s)
{
	arena_free(&((struct chooser *)s)->rows);
}

static const struct screen_ops CHOOSER = {
	.on = ON_CHOOSE,
	.load = merge_choose_chooser_load,
	.title = merge_choose_chooser_title,
	.draw = merge_choose_chooser_draw,
	.act = merge_choose_chooser_act,
	.typing = merge_choose_chooser_typing,
	.key = merge_choose_chooser_key,
	.list = merge_choose_chooser_list,
	.close = merge_choose_chooser_close,
};

bool merge_screen_open(struct app *app, struct err *e)
{
	char whole[PATH_MAX];
	struct err why = { 0 };
	if (!store_writable(app->store, &why))
		return err_set(e, why.code, "%s", why.text);
	struct screen *s = screen_new(sizeof(struct chooser), &CHOOSER, e);
	struct chooser *c = (struct chooser *)s;
	if (!s)
		return false;
	if (!realpath(store_path(app->store), whole))
		snprintf(whole, sizeof whole, "/");
	snprintf(c->folder, sizeof c->folder, "%s", dirname(whole));
	return app_push(app, s, e);
}
