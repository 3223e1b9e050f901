// SPDX-License-Identifier: MIT
// Backups of one's own file before the first merge of a day: the last ten of each file, in what
// this computer remembers of the collaborative. They are for people who merged what they should not
// have; nothing in plando depends on them, so what cannot be made is left out.
#include "store/local.h"

#include <plando/date.h>
#include <plando/hash.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEEP = 10 };

// Two files of one collaborative on this computer have backups of their own.
static char *backup_end(struct store *s, struct arena *a)
{
	struct hash h;
	uint8_t sum[32];
	char hex[65];
	const char *whole = local_workbook(s, a);
	if (!whole)
		return NULL;
	hash_init(&h);
	hash_text(&h, whole);
	hash_done(&h, sum);
	hash_hex(sum, 4, hex);
	return arena_printf(a, ".%s.plando", hex);
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);
	return n > m && strcmp(text + n - m, end) == 0;
}

static int newest_first(const void *a, const void *b)
{
	return strcmp(*(const char *const *)b, *(const char *const *)a);
}

// Removes all but the newest `keep` files of the folder whose names end so.
static void backups_cut(struct arena *a, const char *folder, const char *end, size_t keep)
{
	const char **name = NULL;
	size_t n = 0, cap = 0;
	DIR *dir = opendir(folder);
	if (!dir)
		return;
	for (struct dirent *f; (f = readdir(dir));)
		if (ends_with(f->d_name, end) &&
		    arena_grow(a, (void **)&name, n, &cap, sizeof *name) &&
		    (name[n] = arena_strdup(a, f->d_name)))
			n++;
	if (n > 1)
		qsort(name, n, sizeof *name, newest_first);
	for (size_t i = keep; i < n; i++)
		unlinkat(dirfd(dir), name[i], 0);
	closedir(dir);
}

void backup_make(struct store *s, struct arena *a, const char **path)
{
	char day[DATE_TEXT];
	struct stat st;
	*path = NULL;
	const char *folder = s->path ? local_path(s, a, "backups", true) : NULL;
	char *end = folder ? backup_end(s, a) : NULL;
	date_print_iso(store_today(s), day);
	char *to = end ? arena_printf(a, "%s/%s%s", folder, day, end) : NULL;
	if (!to || (mkdir(folder, 0700) != 0 && errno != EEXIST) || lstat(to, &st) == 0 ||
	    !store_copy(s, to, NULL))
		return;
	making_tidy(folder, ""); // of other days too: nobody but plando writes here
	backups_cut(a, folder, end, KEEP);
	*path = to;
}

void backup_purge(struct store *s)
{
	struct arena a = { 0 };
	const char *folder = local_path(s, &a, "backups", false);
	if (folder)
		backups_cut(&a, folder, ".plando", 0);
	arena_free(&a);
}
