// SPDX-License-Identifier: MIT
#include "store/local.h"

#include <plando/file.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

enum { LOCAL_MOST = 1 << 20 };

const char *local_path(struct store *s, struct arena *a, const char *name, bool make)
{
	char collab[ID_TEXT];
	struct err ignored = { 0 };
	if (str_empty(s->env->state_home))
		return NULL;
	id_print(&s->collab, collab);
	const char *path = arena_printf(a, "%s/%s/%s", s->env->state_home, collab, name);
	return path && (!make || file_folders(path, &ignored)) ? path : NULL;
}

const char *local_workbook(struct store *s, struct arena *a)
{
	return file_real(a, store_path(s));
}

// The lines of the file that are not `key`'s go to `rest`; its value is returned.
static const char *split(struct arena *a, char *text, const char *key, struct str *rest)
{
	const char *found = NULL;
	size_t n = strlen(key);
	for (char *line = text, *next; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (strncmp(line, key, n) == 0 && line[n] == '\t')
			found = arena_strdup(a, line + n + 1);
		else if (rest)
			str_printf(rest, "%s\n", line);
	}
	return found;
}

static char *read_all(struct arena *a, const char *path)
{
	char *text;
	size_t n;
	struct err ignored = { 0 };
	bool read = path && file_read(a, path, LOCAL_MOST, &text, &n, &ignored);
	return read && text_valid(text, n, NULL) ? text : NULL;
}

const char *local_get(struct store *s, struct arena *a, const char *name, const char *key)
{
	char *text = read_all(a, local_path(s, a, name, false));
	return text ? split(a, text, key, NULL) : NULL;
}

static bool put(struct store *s, struct arena *a, const char *name, const char *key,
    const char *value, struct err *e)
{
	const char *path = local_path(s, a, name, true);
	if (!path)
		return err_set(e, ERR_UNAVAILABLE,
		    "there is no folder to remember this in; set HOME or XDG_STATE_HOME");
	if (strpbrk(key, "\t\n") || (value && strpbrk(value, "\t\n")))
		return err_set(e, ERR_DATA,
		    "a path with a tab or a line feed in it cannot be remembered; rename it");
	struct str rest = STR_IN(a);
	char *old = read_all(a, path);
	if (old)
		split(a, old, key, &rest);
	if (!str_empty(value))
		str_printf(&rest, "%s\t%s\n", key, value);
	const char *text = str_done(&rest);
	return text ? file_write(a, path, text, strlen(text), e) : err_memory(e);
}

bool local_put(struct store *s, const char *name, const char *key, const char *value, struct err *e)
{
	struct arena a = { 0 };
	bool ok = put(s, &a, name, key, value, e);
	arena_free(&a);
	return ok;
}
