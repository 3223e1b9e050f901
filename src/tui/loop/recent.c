// SPDX-License-Identifier: MIT
#include "tui/loop/recent.h"

#include <plando/far.h>
#include <plando/file.h>
#include <plando/str.h>
#include <plando/text.h>

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *recent_place(const struct env *env, struct arena *a)
{
	if (str_empty(env->state_home))
		return NULL;
	return arena_printf(a, "%s/recent", env->state_home);
}

static void recent_take(struct recent *out, struct arena *a, const char *line)
{
	size_t n = strlen(line);
	if (n == 0 || !text_valid(line, n, NULL) || out->count == RECENT_MOST)
		return;
	const char *copy = arena_strdup(a, line);
	if (copy)
		out->path[out->count++] = copy;
}

void recent_read(const struct env *env, struct arena *a, struct recent *out)
{
	const char *path = recent_place(env, a);
	FILE *f = path ? fopen(path, "re") : NULL;
	char line[PATH_MAX + 2];
	*out = (struct recent){ 0 };
	if (!f)
		return;
	while (out->count < RECENT_MOST && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = '\0';
		recent_take(out, a, line);
	}
	fclose(f);
}

const char *recent_last(const struct env *env, struct arena *a)
{
	struct recent recent;
	recent_read(env, a, &recent);
	for (size_t i = 0; i < recent.count; i++)
		if (access(recent.path[i], R_OK) == 0 || far_kept(env, recent.path[i]))
			return recent.path[i];
	return NULL;
}

void recent_add(const struct env *env, const char *path)
{
	struct arena a = { 0 };
	struct recent old;
	struct file_out f;
	struct err ignored = { 0 };
	const char *to = recent_place(env, &a), *whole = file_real(&a, path);
	recent_read(env, &a, &old);
	if (to && whole && access(whole, F_OK) == 0 && !strchr(whole, '\n') &&
	    !(old.count && str_equal(old.path[0], whole)) && file_folders(to, &ignored) &&
	    file_begin(&f, &a, to, &ignored)) {
		fprintf(f.stream, "%s\n", whole);
		for (size_t i = 0; i < old.count && i + 1 < RECENT_MOST; i++)
			if (!str_equal(old.path[i], whole))
				fprintf(f.stream, "%s\n", old.path[i]);
		file_commit(&f, &ignored);
	}
	arena_free(&a);
}
