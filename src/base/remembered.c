// SPDX-License-Identifier: MIT
#include <plando/remembered.h>

#include <plando/file.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { REMEMBERED_MOST = 1 << 20 };

// The lines of the file that are not `key`'s go to `rest`; its value is returned.
static const char *remembered_split(struct arena *a, char *text, const char *key, struct str *rest)
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

static char *remembered_read(struct arena *a, const char *path)
{
	char *text;
	size_t n;
	struct err ignored = { 0 };
	bool read = path && file_read(a, path, REMEMBERED_MOST, &text, &n, &ignored);
	return read && text_valid(text, n, NULL) ? text : NULL;
}

const char *remembered_get(struct arena *a, const char *path, const char *key)
{
	char *text = remembered_read(a, path);
	return text ? remembered_split(a, text, key, NULL) : NULL;
}

static bool remembered_write(
    struct arena *a, const char *path, const char *key, const char *value, struct err *e)
{
	struct str rest = STR_IN(a);
	char *old = remembered_read(a, path);
	if (old)
		remembered_split(a, old, key, &rest);
	if (!str_empty(value))
		str_printf(&rest, "%s\t%s\n", key, value);
	const char *text = str_done(&rest);
	return text ? file_write(a, path, text, strlen(text), e) : err_memory(e);
}

bool remembered_put(const char *path, const char *key, const char *value, struct err *e)
{
	struct arena a = { 0 };
	if (!path)
		return err_set(e, ERR_UNAVAILABLE,
		    "there is no folder to remember this in; set HOME or XDG_STATE_HOME");
	if (strpbrk(key, "\t\n") || (value && strpbrk(value, "\t\n")))
		return err_set(e, ERR_DATA,
		    "a path with a tab or a line feed in it cannot be remembered; rename it");
	bool ok = file_folders(path, e) && remembered_write(&a, path, key, value, e);
	arena_free(&a);
	return ok;
}
