// SPDX-License-Identifier: MIT
#include "tui/loop/path.h"

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

const char *path_whole(struct arena *a, const char *typed)
{
	const char *home = getenv("HOME");
	if (str_empty(typed))
		return NULL;
	if (str_empty(home) || strncmp(typed, "~/", 2) != 0)
		return typed;
	return arena_printf(a, "%s%s", home, typed + 1);
}

const char *path_file(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

const char *path_short(struct arena *a, const char *path)
{
	const char *home = getenv("HOME");
	size_t n = home ? strlen(home) : 0;
	if (!n || !str_starts(path, home) || !strchr("/", path[n]))
		return path;
	const char *text = arena_printf(a, "~%s", path + n);
	return text ? text : path;
}
