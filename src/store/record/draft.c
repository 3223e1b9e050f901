// SPDX-License-Identifier: MIT
// Drafts: one small file a field, "key value" lines, an empty line, then the text as typed.
// Written to a temporary name and renamed, so a killed process leaves the old draft or the new one.
#include "store/log/store.h"

#include <plando/draft.h>
#include <plando/file.h>
#include <plando/str.h>
#include <plando/text.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4200, SAW_MOST = 1 << 15 }; // what was seen beyond that was not seen
static const char MAGIC[] = "plando draft 1";

static bool draft_folder_make(const char *path, struct err *e)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return true;
	return err_errno(e, path, "make");
}

// The folder of this collaborative's drafts. Made where `make`.
static bool draft_folder(struct store *s, bool make, char out[PATH_ROOM], struct err *e)
{
	char collab[ID_TEXT];
	const char *home = s->env->state_home;
	if (str_empty(home))
		return err_set(e, ERR_UNAVAILABLE,
		    "there is no folder for drafts; set HOME or XDG_STATE_HOME");
	id_print(&s->collab, collab);
	if (snprintf(out, PATH_ROOM, "%s/drafts/%s", home, collab) >= PATH_ROOM)
		return err_set(
		    e, ERR_CANTCREAT, "%s: the name of the folder for drafts is too long", home);
	for (char *p = out + 1; make && (p = strchr(p, '/')); p++) {
		*p = '\0';
		bool ok = draft_folder_make(out, e);
		*p = '/';
		if (!ok)
			return false;
	}
	return !make || draft_folder_make(out, e);
}

static bool draft_path(struct store *s, const struct id *id, const char *field, bool make,
    char out[PATH_ROOM], struct err *e)
{
	char uuid[ID_TEXT], folder[PATH_ROOM];
	id_print(id, uuid);
	if (!draft_folder(s, make, folder, e))
		return false;
	if (strchr(field, '/') ||
	    snprintf(out, PATH_ROOM, "%s/%s.%s", folder, uuid, field) >= PATH_ROOM)
		return err_set(e, ERR_INTERNAL, "%s: not a field's name", field);
	return true;
}

// The draft in the making: hidden, so that it is in no list.
static void draft_part_path(const char *path, char part[PATH_ROOM + 8])
{
	int folder = (int)(strrchr(path, '/') - path);
	snprintf(part, PATH_ROOM + 8, "%.*s/.%s.part", folder, path, path + folder + 1);
}

// Not synced: a kill loses nothing, and a key must never wait for a disk. What a killed process
// left in the making is written over, or goes with the draft.
static bool draft_write(const char *path, const char *text, size_t n, struct err *e)
{
	char part[PATH_ROOM + 8];
	draft_part_path(path, part);
	int fd = open(part, O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0600);
	if (fd < 0)
		return err_errno(e, path, "keep the draft");
	bool ok = true;
	for (size_t done = 0; ok && done < n;) {
		ssize_t put = write(fd, text + done, n - done);
		ok = put > 0 || (put < 0 && errno == EINTR);
		done += put > 0 ? (size_t)put : 0;
	}
	ok = close(fd) == 0 && ok;
	if (ok && rename(part, path) == 0)
		return true;
	err_errno(e, path, "keep the draft");
	unlink(part);
	return false;
}

// --- whose they are: a run's name is a file that it holds locked while it lives

static bool draft_run_locked(const char *path)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool locked = flock(fd, LOCK_EX | LOCK_NB) != 0;
	if (!locked)
		unlink(path); // of a run that was killed
	close(fd);
	return locked;
}

// "" where that cannot be: the draft is kept all the same.
static const char *draft_run_name(struct store *s)
{
	char path[PATH_ROOM + 32], folder[PATH_ROOM];
	if (*s->draft_run)
		return s->draft_run;
	if (!draft_folder(s, true, folder, NULL))
		return "";
	snprintf(path, sizeof path, "%s/.run-XXXXXX", folder);
	s->draft_lock = mkostemp(path, O_CLOEXEC);
	if (s->draft_lock < 0)
		return "";
	snprintf(s->draft_run, sizeof s->draft_run, "%s", strrchr(path, '/') + 1);
	flock(s->draft_lock, LOCK_EX | LOCK_NB);
	return s->draft_run;
}

void draft_run_end(struct store *s)
{
	char path[PATH_ROOM + 32], folder[PATH_ROOM];
	if (!*s->draft_run)
		return;
	if (draft_folder(s, false, folder, NULL)) {
		snprintf(path, sizeof path, "%s/%s", folder, s->draft_run);
		unlink(path);
	}
	close(s->draft_lock);
	*s->draft_run = '\0';
}

static bool draft_run_is_another(struct store *s, const char *folder, const char *run)
{
	char path[PATH_ROOM + 64];
	if (str_empty(run) || str_equal(run, s->draft_run) || strlen(run) > 32 ||
	    strchr(run, '/') || !str_starts(run, ".run-"))
		return false;
	snprintf(path, sizeof path, "%s/%s", folder, run);
	return draft_run_locked(path);
}

static bool draft_print(const struct draft *d, const char *place, struct str *out)
{
	str_printf(out, "%s\nkind %s\nat %lld\nrefs %s\n%s", MAGIC, d->kind, (long long)d->at,
	    d->refs ? d->refs : "", place);
	if (d->saw)
		str_printf(out, "saw %.*s\n", SAW_MOST, d->saw);
	str_add(out, "\n");
	str_add(out, d->text);
	return str_done(out) != NULL;
}

bool draft_keep(struct store *s, const struct draft *d, struct err *e)
{
	char path[PATH_ROOM];
	struct arena a = { 0 };
	struct str text = STR_IN(&a);
	const char *run = arena_printf(&a, "run %s\n", draft_run_name(s));
	bool ok = run && draft_print(d, run, &text)
		      ? draft_path(s, &d->id, d->field, true, path, e) &&
			    draft_write(path, text.text, text.length, e)
		      : err_memory(e);
	arena_free(&a);
	return ok;
}

// "field objective\nrecord <uuid>\nworkbook <uuid>\n"
bool draft_keep_at(struct store *s, const struct draft *d, const char *path, struct err *e)
{
	char record[ID_TEXT], collab[ID_TEXT];
	struct arena a = { 0 };
	struct str text = STR_IN(&a);
	id_print(&d->id, record);
	id_print(&s->collab, collab);
	const char *place =
	    arena_printf(&a, "field %s\nrecord %s\nworkbook %s\n", d->field, record, collab);
	bool ok = place && draft_print(d, place, &text)
		      ? draft_write(path, text.text, text.length, e)
		      : err_memory(e);
	arena_free(&a);
	return ok;
}

bool draft_drop(struct store *s, const struct id *id, const char *field, struct err *e)
{
	char path[PATH_ROOM], part[PATH_ROOM + 8];
	if (str_empty(s->env->state_home))
		return true;
	if (!draft_path(s, id, field, false, path, e))
		return false;
	draft_part_path(path, part);
	unlink(part);
	return unlink(path) == 0 || errno == ENOENT || err_errno(e, path, "remove");
}

// "kind pdsa\nat 123\nrefs …\n\ntext": false where it is not ours (a stranger's file is left
// alone).
static bool draft_parse(struct arena *a, char *text, struct draft *d)
{
	char *body = strstr(text, "\n\n");
	if (!str_starts(text, MAGIC) || !body)
		return false;
	*body = '\0';
	d->text = body + 2;
	d->refs = "";
	for (char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		size_t n = strcspn(line, "\n");
		if (str_starts(line, "kind "))
			d->kind = arena_copy(a, line + 5, n - 5);
		else if (str_starts(line, "at "))
			d->at = strtoll(line + 3, NULL, 10);
		else if (str_starts(line, "refs "))
			d->refs = arena_copy(a, line + 5, n - 5);
		else if (str_starts(line, "run "))
			d->run = arena_copy(a, line + 4, n - 4);
		else if (str_starts(line, "saw "))
			d->saw = arena_copy(a, line + 4, n - 4);
	}
	return d->kind && d->refs && text_valid(d->text, strlen(d->text), NULL);
}

static bool draft_read(struct arena *a, const char *folder, const char *name, struct draft *d)
{
	char uuid[ID_TEXT] = { 0 };
	size_t n;
	if (strlen(name) <= ID_TEXT || name[ID_TEXT - 1] != '.')
		return false;
	memcpy(uuid, name, ID_TEXT - 1);
	*d = (struct draft){ .field = arena_strdup(a, name + ID_TEXT) };
	const char *path = arena_printf(a, "%s/%s", folder, name);
	char *text = NULL;
	return path && file_read(a, path, TEXT_MOST + SAW_MOST + 1024, &text, &n, NULL) &&
	       d->field && id_parse(uuid, &d->id) && draft_parse(a, text, d);
}

// The rest of the line that begins so; NULL: there is none.
static const char *draft_line(struct arena *a, const char *head, const char *name)
{
	for (const char *line = head; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		size_t n = strlen(name);
		if (strncmp(line, name, n) == 0 && line[n] == ' ')
			return arena_copy(a, line + n + 1, strcspn(line + n + 1, "\n"));
	}
	return NULL;
}

bool draft_load_at(struct store *s, struct arena *a, const char *path, struct draft *out)
{
	struct id collab;
	char *text = NULL;
	size_t n;
	*out = (struct draft){ 0 };
	if (!file_read(a, path, TEXT_MOST + SAW_MOST + 1024, &text, &n, NULL) ||
	    !draft_parse(a, text, out)) // it has cut the head from the text
		return false;
	const char *record = draft_line(a, text, "record"),
		   *workbook = draft_line(a, text, "workbook");
	out->field = draft_line(a, text, "field");
	return record && workbook && out->field && id_parse(record, &out->id) &&
	       id_parse(workbook, &collab) && id_equal(&collab, &s->collab);
}

static int draft_compare_drafts(const void *a, const void *b)
{
	const struct draft *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return strcmp(x->field, y->field);
}

bool draft_list(struct store *s, struct arena *a, struct drafts *out, struct err *e)
{
	char folder[PATH_ROOM];
	size_t cap = 0;
	*out = (struct drafts){ 0 };
	if (str_empty(s->env->state_home))
		return true;
	if (!draft_folder(s, false, folder, e))
		return false;
	DIR *dir = opendir(folder);
	if (!dir)
		return errno == ENOENT || err_errno(e, folder, "read");
	bool ok = true;
	for (struct dirent *f; ok && (f = readdir(dir));) {
		struct draft d;
		if (!draft_read(a, folder, f->d_name, &d) || draft_run_is_another(s, folder, d.run))
			continue;
		ok = arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item) ||
		     err_memory(e);
		if (ok)
			out->item[out->count++] = d;
	}
	closedir(dir);
	if (out->count > 1)
		qsort(out->item, out->count, sizeof *out->item, draft_compare_drafts);
	return ok;
}
