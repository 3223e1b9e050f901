// SPDX-License-Identifier: MIT
// What a person means by a file or a folder to merge.
#include "store/file/looks.h"
#include "store/merge/merge.h"

#include <plando/merge.h>
#include <plando/str.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES_MOST = 10000 };

bool merge_looks_like(const char *path)
{
	return looks_at(path) == NULL;
}

static bool merge_sources_called_workbook(const char *name)
{
	return str_ends(name, ".plando");
}

// What iCloud leaves in the place of a file that it keeps elsewhere.
static bool merge_sources_called_elsewhere(const char *name)
{
	return *name == '.' && str_ends(name, ".plando.icloud");
}

static bool merge_sources_add(struct arena *a, const char ***list, size_t *count, size_t *cap,
    const char *text, struct err *e)
{
	if (!text || !arena_grow(a, (void **)list, *count, cap, sizeof **list))
		return err_memory(e);
	(*list)[(*count)++] = text;
	return true;
}

struct gathering {
	struct arena *a;
	struct merge_sources *out;
	size_t paths_cap, lefts_cap;
	struct stat own;
};

static bool merge_sources_left_add(
    struct gathering *g, const char *path, const char *why, struct err *e)
{
	struct merge_sources *out = g->out;
	if (!path || !why ||
	    !arena_grow(g->a, (void **)&out->left, out->lefts, &g->lefts_cap, sizeof *out->left))
		return err_memory(e);
	out->left[out->lefts++] = (struct merge_left_out){ path, why };
	return true;
}

static bool merge_sources_gather_file(
    struct gathering *g, const char *folder, const char *name, struct err *e)
{
	struct stat st;
	char *path = arena_printf(g->a, "%s/%s", folder, name);
	if (!path)
		return err_memory(e);
	if (merge_sources_called_elsewhere(name))
		return merge_sources_left_add(g, path, "it was not downloaded yet", e);
	bool there = stat(path, &st) == 0;
	if (there &&
	    (S_ISDIR(st.st_mode) || (st.st_dev == g->own.st_dev && st.st_ino == g->own.st_ino)))
		return true;
	const char *why = looks_at(path);
	if (!why)
		return merge_sources_add(
		    g->a, &g->out->path, &g->out->count, &g->paths_cap, path, e);
	return !merge_sources_called_workbook(name) || merge_sources_left_add(g, path, why, e);
}

static int merge_sources_by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// The names in a folder that are not hidden, sorted.
static bool merge_sources_names_read(
    struct arena *a, const char *folder, const char ***names, size_t *n, struct err *e)
{
	size_t cap = 0;
	bool good = true;
	DIR *d = opendir(folder);
	if (!d)
		return err_errno(e, folder, "read");
	*names = NULL;
	*n = 0;
	for (struct dirent *x; good && (x = readdir(d));)
		if ((*x->d_name != '.' && *x->d_name != '~') ||
		    merge_sources_called_elsewhere(x->d_name))
			good = merge_sources_add(a, names, n, &cap, arena_strdup(a, x->d_name), e);
	closedir(d);
	if (good && *n > FILES_MOST)
		return err_set(e, ERR_DATA,
		    "%s: there are more than %d files in it; choose the folder in which the "
		    "copies lie",
		    folder, FILES_MOST);
	if (*n)
		qsort(*names, *n, sizeof **names, merge_sources_by_name);
	return good;
}

static bool merge_sources_gather_folder(struct gathering *g, const char *folder, struct err *e)
{
	const char **name = NULL;
	size_t before = g->out->count, n = 0;
	if (!merge_sources_names_read(g->a, folder, &name, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!merge_sources_gather_file(g, folder, name[i], e))
			return false;
	g->out->found = true;
	if (g->out->count == before && !g->out->lefts)
		return err_set(e, ERR_NOINPUT,
		    "%s: there is no other workbook in this folder; choose another one", folder);
	return true;
}

bool merge_sources(struct store *s, struct arena *a, const char *const named[], size_t n,
    struct merge_sources *out, struct err *e)
{
	struct gathering g = { .a = a, .out = out };
	*out = (struct merge_sources){ 0 };
	if (store_path(s))
		(void)!stat(store_path(s), &g.own);
	for (size_t i = 0; i < n; i++) {
		struct stat st;
		bool folder = stat(named[i], &st) == 0 && S_ISDIR(st.st_mode);
		if (!(folder ? merge_sources_gather_folder(&g, named[i], e)
			     : merge_sources_add(a, &out->path, &out->count, &g.paths_cap,
				   arena_strdup(a, named[i]), e)))
			return false;
	}
	return true;
}

// What was left out goes to the others that were.
static bool merge_sources_sift(
    struct arena *a, struct merge_sources *from, struct merge_report *report, struct err *e)
{
	size_t kept = 0;
	const char *backup = from->count ? report[0].backup : NULL;
	struct merge_left_out *left = arena_array(a, from->lefts + from->count + 1, sizeof *left);
	if (!left)
		return err_memory(e);
	for (size_t i = 0; i < from->lefts; i++)
		left[i] = from->left[i];
	for (size_t i = 0; i < from->count; i++) {
		if (report[i].left_out) {
			left[from->lefts++] =
			    (struct merge_left_out){ from->path[i], report[i].left_out };
			continue;
		}
		from->path[kept] = from->path[i];
		report[kept++] = report[i];
	}
	from->count = kept;
	from->left = left;
	if (kept)
		report[0].backup = backup;
	return true;
}

bool merge_gathered(struct store *s, struct arena *a, struct merge_sources *from, bool dry_run,
    const struct merge_watch *watch, struct merge_report *report, struct err *e)
{
	bool ok = from->found
		      ? merge_found(s, a, from->path, from->count, dry_run, watch, report, e)
		      : merge_files(s, a, from->path, from->count, dry_run, watch, report, e);
	return ok && merge_sources_sift(a, from, report, e) &&
	       (dry_run || merge_left_keep(s, from->left, from->lefts, e));
}

// --- the kept account of what was left out

static bool merge_sources_left_known(struct store *s, const char *words, bool *known, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db, "SELECT 1 FROM batch WHERE how='left out' AND source=?", e);
	if (!q)
		return false;
	ask_text(q, 1, words);
	*known = ask_step(q, &own);
	return ask_end(q, &own, e);
}

static bool merge_sources_left_keep_one(
    struct store *s, struct arena *a, const struct merge_left_out *x, struct err *e)
{
	bool known;
	int64_t batch;
	const char *words = arena_printf(a, "%s: %s", x->path, x->why);
	if (!words)
		return err_memory(e);
	return merge_sources_left_known(s, words, &known, e) &&
	       (known || log_batch_add(s, "left out", words, 0, &batch, e));
}

bool merge_left_keep(struct store *s, const struct merge_left_out *left, size_t n, struct err *e)
{
	struct arena a = { 0 };
	if (!n)
		return true;
	bool ok = store_fence(s, e) && db_begin(s->db, e);
	for (size_t i = 0; ok && i < n; i++)
		ok = merge_sources_left_keep_one(s, &a, &left[i], e);
	ok = ok && db_commit(s->db, e);
	if (!ok)
		db_rollback(s->db);
	store_look(s);
	arena_free(&a);
	return ok;
}
