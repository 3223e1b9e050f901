// SPDX-License-Identifier: MIT
// What a person means by a file or a folder to merge.
#include "store/merge.h"

#include <plando/merge.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEADER = 72, APPLICATION_AT = 68, FILES_MOST = 10000 };

enum looks { OTHER, WORKBOOK, EMPTY, UNREADABLE };

// By its first bytes: SQLite's words, and our mark in its header.
static enum looks looks_like(const char *path)
{
	static const char sqlite[] = "SQLite format 3";
	static const unsigned char mark[] = { 0x70, 0x6c, 0x6e, 0x64 };
	unsigned char head[HEADER];
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return UNREADABLE;
	ssize_t n = read(fd, head, sizeof head);
	close(fd);
	if (n <= 0)
		return n == 0 ? EMPTY : UNREADABLE;
	bool ours = n == HEADER && memcmp(head, sqlite, sizeof sqlite) == 0 &&
		    memcmp(head + APPLICATION_AT, mark, sizeof mark) == 0;
	return ours ? WORKBOOK : OTHER;
}

bool merge_looks_like(const char *path)
{
	return looks_like(path) == WORKBOOK;
}

static bool called_workbook(const char *name)
{
	size_t n = strlen(name), m = strlen(".plando");
	return n > m && strcmp(name + n - m, ".plando") == 0;
}

static bool add(struct arena *a, const char ***list, size_t *count, size_t *cap, const char *text,
    struct err *e)
{
	if (!text || !arena_grow(a, (void **)list, *count, cap, sizeof **list))
		return err_memory(e);
	(*list)[(*count)++] = text;
	return true;
}

struct gathering {
	struct arena *a;
	struct merge_sources *out;
	size_t paths_cap, loose_cap, skips_cap;
	struct stat own;
};

static bool source_add(struct gathering *g, const char *path, bool loose, struct err *e)
{
	struct merge_sources *out = g->out;
	if (!arena_grow(g->a, (void **)&out->loose, out->count, &g->loose_cap, sizeof *out->loose))
		return err_memory(e);
	out->loose[out->count] = loose;
	return add(g->a, &out->path, &out->count, &g->paths_cap, path, e);
}

static bool gather_file(struct gathering *g, const char *folder, const char *name, struct err *e)
{
	static const char *const why[] = { [OTHER] = "is not a plando workbook",
		[EMPTY] = "is empty; it may not have been downloaded yet",
		[UNREADABLE] = "cannot be read; it may not have been downloaded yet" };
	struct stat st;
	char *path = arena_printf(g->a, "%s/%s", folder, name);
	if (!path)
		return err_memory(e);
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (st.st_dev == g->own.st_dev && st.st_ino == g->own.st_ino))
		return true;
	enum looks looks = looks_like(path);
	if (looks == WORKBOOK)
		return source_add(g, path, true, e);
	if (!called_workbook(name))
		return true;
	return add(g->a, &g->out->skipped, &g->out->skips, &g->skips_cap,
	    arena_printf(g->a, "%s %s", path, why[looks]), e);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// The names in a folder that are not hidden, sorted.
static bool names_read(
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
		if (*x->d_name != '.' && *x->d_name != '~')
			good = add(a, names, n, &cap, arena_strdup(a, x->d_name), e);
	closedir(d);
	if (good && *n > FILES_MOST)
		return err_set(e, ERR_DATA,
		    "%s: there are more than %d files in it; choose the folder in which the "
		    "copies lie",
		    folder, FILES_MOST);
	if (*n)
		qsort(*names, *n, sizeof **names, by_name);
	return good;
}

static bool gather_folder(struct gathering *g, const char *folder, struct err *e)
{
	const char **name = NULL;
	size_t before = g->out->count, n = 0;
	if (!names_read(g->a, folder, &name, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!gather_file(g, folder, name[i], e))
			return false;
	if (g->out->count == before && !g->out->skips)
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
		if (!(folder ? gather_folder(&g, named[i], e)
			     : source_add(&g, arena_strdup(a, named[i]), false, e)))
			return false;
	}
	return true;
}

// What was left out goes to the others that were.
static bool sift(struct arena *a, struct merge_sources *from, struct merge_report *report,
    const char *const why[], struct err *e)
{
	size_t kept = 0, cap = 0, skips = 0;
	const char **skipped = NULL, *backup = from->count ? report[0].backup : NULL;
	for (size_t i = 0; i < from->skips; i++)
		if (!add(a, &skipped, &skips, &cap, from->skipped[i], e))
			return false;
	for (size_t i = 0; i < from->count; i++) {
		if (why[i] && !add(a, &skipped, &skips, &cap, why[i], e))
			return false;
		if (why[i])
			continue;
		from->path[kept] = from->path[i];
		from->loose[kept] = from->loose[i];
		report[kept++] = report[i];
	}
	from->count = kept;
	from->skipped = skipped;
	from->skips = skips;
	if (kept)
		report[0].backup = backup;
	return true;
}

bool merge_gathered(struct store *s, struct arena *a, struct merge_sources *from, bool dry_run,
    const struct merge_watch *watch, struct merge_report *report, struct err *e)
{
	const char **why = arena_array(a, from->count + 1, sizeof *why);
	if (!why)
		return err_memory(e);
	for (size_t i = 0; i < from->count; i++)
		why[i] = from->loose[i] ? "" : NULL;
	return merge_leaving_out(s, a, from->path, from->count, dry_run, watch, report, why, e) &&
	       sift(a, from, report, why, e);
}
