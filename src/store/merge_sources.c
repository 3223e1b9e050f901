// SPDX-License-Identifier: MIT
// What a person means by a file or a folder to merge.
#include "store/merge.h"
#include "store/private.h"

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
	size_t paths_cap, skips_cap;
	struct store *s; // that they are to come into
	struct stat own;
	bool check;
};

static bool is_copy(struct gathering *g, const char *path, struct err *why)
{
	struct private_copy copy;
	if (!private_open(path, &copy, why))
		return false;
	bool is = merge_same_collaborative(g->s, copy.db, path, why);
	private_close(&copy);
	return is;
}

static bool gather_file(struct gathering *g, const char *folder, const char *name, struct err *e)
{
	static const char *const why[] = { [OTHER] = "is not a plando workbook",
		[EMPTY] = "is empty; it may not have been downloaded yet",
		[UNREADABLE] = "cannot be read; it may not have been downloaded yet" };
	struct stat st;
	struct err refused = { 0 };
	char *path = arena_printf(g->a, "%s/%s", folder, name);
	if (!path)
		return err_memory(e);
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (st.st_dev == g->own.st_dev && st.st_ino == g->own.st_ino))
		return true;
	enum looks looks = looks_like(path);
	if (looks == WORKBOOK && g->check && !is_copy(g, path, &refused))
		return add(g->a, &g->out->skipped, &g->out->skips, &g->skips_cap,
		    arena_strdup(g->a, refused.text), e);
	if (looks == WORKBOOK)
		return add(g->a, &g->out->path, &g->out->count, &g->paths_cap, path, e);
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
    bool check, struct merge_sources *out, struct err *e)
{
	struct gathering g = { .a = a, .out = out, .s = s, .check = check };
	*out = (struct merge_sources){ 0 };
	if (store_path(s))
		(void)!stat(store_path(s), &g.own);
	for (size_t i = 0; i < n; i++) {
		struct stat st;
		bool folder = stat(named[i], &st) == 0 && S_ISDIR(st.st_mode);
		if (!(folder ? gather_folder(&g, named[i], e)
			     : add(a, &out->path, &out->count, &g.paths_cap,
				   arena_strdup(a, named[i]), e)))
			return false;
	}
	return true;
}
