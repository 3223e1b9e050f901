// SPDX-License-Identifier: MIT
// Backups of one's own file before the first merge of a day: the last ten of each file, in what
// this computer remembers of the collaborative. They are for people who merged what they should not
// have; nothing in plando depends on them, so what cannot be made is left out.
#include "store/file/local.h"
#include "store/merge/held.h"

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

static bool backup_ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);
	return n > m && strcmp(text + n - m, end) == 0;
}

static int backup_newest_first(const void *a, const void *b)
{
	return strcmp(*(const char *const *)b, *(const char *const *)a);
}

// Removes all but the newest `keep` files of the folder whose names end so.
static void backup_backups_cut(struct arena *a, const char *folder, const char *end, size_t keep)
{
	const char **name = NULL;
	size_t n = 0, cap = 0;
	DIR *dir = opendir(folder);
	if (!dir)
		return;
	for (struct dirent *f; (f = readdir(dir));)
		if (backup_ends_with(f->d_name, end) &&
		    arena_grow(a, (void **)&name, n, &cap, sizeof *name) &&
		    (name[n] = arena_strdup(a, f->d_name)))
			n++;
	if (n > 1)
		qsort(name, n, sizeof *name, backup_newest_first);
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
	backup_backups_cut(a, folder, end, KEEP);
	*path = to;
}

void backup_purge(struct store *s)
{
	struct arena a = { 0 };
	const char *folder = local_path(s, &a, "backups", false);
	if (folder)
		backup_backups_cut(&a, folder, ".plando", 0);
	arena_free(&a);
}

// --- blanking some texts of them

// One text of a backup; *any: it stands there.
static bool backup_text_blank(
    struct store *b, struct save *v, const struct held_text *t, bool *any, struct err *e)
{
	struct err own = { 0 };
	struct ask *q =
	    db_ask(b->db, "SELECT 1 FROM change WHERE ent=? AND fld=? AND cid=? AND val<>''", e);
	if (!q)
		return false;
	ask_id(q, 1, &t->ent);
	ask_text(q, 2, t->fld);
	ask_int(q, 3, (int64_t)t->cid);
	bool found = ask_step(q, &own);
	*any = *any || found;
	return ask_end(q, &own, e) && (!found || save_erasure(v, &t->ent, t->kind, t->cid, e));
}

static bool backup_blank_open(struct store *b, const struct held_texts *texts, struct err *e)
{
	struct arena a = { 0 };
	bool any = false;
	struct save *v = save_begin(b, &a, e);
	bool ok = v != NULL;
	if (ok)
		save_quiet(v, "redact");
	for (size_t i = 0; ok && i < texts->count; i++)
		ok = backup_text_blank(b, v, &texts->item[i], &any, e);
	ok = ok && (!any || save_commit(v, NULL, e));
	arena_free(&a);
	return ok;
}

// It is a workbook like any, without a place of its own for what this computer keeps.
static bool backup_blank_one(
    struct store *s, const char *path, const struct held_texts *texts, struct err *e)
{
	struct env alone = *s->env;
	struct err own = { 0 };
	alone.state_home = "";
	alone.no_outbox = true;
	struct store *b = store_open(path, STORE_WRITE, &alone, &own);
	bool ok = b && backup_blank_open(b, texts, &own);
	store_close(b);
	if (!ok && own.code == ERR_DATA) // it is of no use, and nobody can say what it holds
		return unlink(path) == 0 || errno == ENOENT || err_errno(e, path, "remove it");
	return ok || err_set(e, own.code, "%s", own.text);
}

bool backup_blank(struct store *s, const struct held_texts *texts, struct err *e)
{
	struct arena a = { 0 };
	const char *folder = local_path(s, &a, "backups", false);
	DIR *dir = folder && texts->count ? opendir(folder) : NULL;
	bool ok = true;
	for (struct dirent *f; ok && dir && (f = readdir(dir));) {
		const char *path = backup_ends_with(f->d_name, ".plando")
				       ? arena_printf(&a, "%s/%s", folder, f->d_name)
				       : NULL;
		ok = !path || backup_blank_one(s, path, texts, e);
	}
	if (dir)
		closedir(dir);
	arena_free(&a);
	return ok;
}
