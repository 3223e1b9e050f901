// SPDX-License-Identifier: MIT
#include "tui/recent.h"

#include <plando/str.h>
#include <plando/text.h>

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *place(const struct env *env, struct arena *a)
{
	if (str_empty(env->state_home))
		return NULL;
	return arena_printf(a, "%s/recent", env->state_home);
}

static void take(struct recent *out, struct arena *a, const char *line)
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
	const char *path = place(env, a);
	FILE *f = path ? fopen(path, "re") : NULL;
	char line[PATH_MAX + 2];
	*out = (struct recent){ 0 };
	if (!f)
		return;
	while (out->count < RECENT_MOST && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = '\0';
		take(out, a, line);
	}
	fclose(f);
}

const char *recent_last(const struct env *env, struct arena *a)
{
	struct recent recent;
	recent_read(env, a, &recent);
	for (size_t i = 0; i < recent.count; i++)
		if (access(recent.path[i], R_OK) == 0)
			return recent.path[i];
	return NULL;
}

static bool folder_make(const char *path)
{
	char part[PATH_MAX];
	if ((size_t)snprintf(part, sizeof part, "%s", path) >= sizeof part)
		return false;
	for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(part, 0700);
		*slash = '/';
	}
	mkdir(part, 0700);
	return access(part, W_OK) == 0;
}

static bool write_all(const char *temporary, const char *first, const struct recent *rest)
{
	int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	if (!f)
		return false;
	fprintf(f, "%s\n", first);
	for (size_t i = 0; i < rest->count && i + 1 < RECENT_MOST; i++)
		if (!str_equal(rest->path[i], first))
			fprintf(f, "%s\n", rest->path[i]);
	bool written = !ferror(f);
	return (fclose(f) == 0) && written;
}

void recent_add(const struct env *env, const char *path)
{
	struct arena a = { 0 };
	struct recent old;
	char whole[PATH_MAX];
	const char *to = place(env, &a);
	const char *temporary = to ? arena_printf(&a, "%s.%ld", to, (long)getpid()) : NULL;
	recent_read(env, &a, &old);
	if (temporary && realpath(path, whole) && !strchr(whole, '\n') &&
	    !(old.count && str_equal(old.path[0], whole)) && folder_make(env->state_home) &&
	    (!write_all(temporary, whole, &old) || rename(temporary, to) != 0))
		unlink(temporary);
	arena_free(&a);
}
