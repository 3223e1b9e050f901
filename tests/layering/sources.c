// SPDX-License-Identifier: MIT
#include "sources.h"

#include "../support.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
	struct arena *arena;
	struct sources *found;
	size_t cap, root_length;
} walk; // nftw hands nothing on to its callback

static bool is_c(const char *path)
{
	size_t n = strlen(path);
	return n > 2 && path[n - 2] == '.' && (path[n - 1] == 'c' || path[n - 1] == 'h');
}

static int take_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)ftw;
	if (type != FTW_F || !is_c(path))
		return 0;
	struct sources *f = walk.found;
	ck_assert(
	    arena_grow(walk.arena, (void **)&f->item, f->count, &walk.cap, sizeof f->item[0]));
	f->item[f->count++] =
	    (struct source){ .path = arena_strdup(walk.arena, path + walk.root_length + 1),
		    .text = test_read(walk.arena, path, NULL) };
	return 0;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct source *)a)->path, ((const struct source *)b)->path);
}

struct sources sources_read(struct arena *a, const char *const folders[])
{
	struct sources found = { 0 };
	walk.arena = a;
	walk.found = &found;
	walk.cap = 0;
	walk.root_length = strlen(test_source(a, "")) - 1;
	for (size_t i = 0; folders[i]; i++)
		ck_assert_int_eq(nftw(test_source(a, folders[i]), take_one, 16, FTW_PHYS), 0);
	ck_assert_uint_gt(found.count, 0);
	qsort(found.item, found.count, sizeof found.item[0], by_path);
	return found;
}

char *source_line(struct arena *a, const char **at)
{
	if (!**at)
		return NULL;
	size_t n = strcspn(*at, "\n");
	char *line = arena_copy(a, *at, n);
	*at += n + ((*at)[n] == '\n');
	return line;
}

void sources_obey(struct arena *a, const struct sources *all, source_rule *rule)
{
	struct str faults = STR_IN(a);
	for (size_t i = 0; i < all->count; i++)
		rule(a, &all->item[i], &faults);
	fputs(str_done(&faults), stderr);
	ck_assert_msg(faults.length == 0, "faults are listed on standard error");
}

bool source_breaks(source_rule *rule, const char *path, const char *text, const char *words)
{
	struct arena a = { 0 };
	struct str faults = STR_IN(&a);
	struct source s = { .path = path, .text = text };
	rule(&a, &s, &faults);
	bool found = strstr(str_done(&faults), words) != NULL;
	arena_free(&a);
	return found;
}
