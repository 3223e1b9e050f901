// SPDX-License-Identifier: MIT
// Rule 1. Every file of the folder that is a copy of this workbook by content is merged, under any
//         name; so conflict copies of any tool need no list. What cannot be read now (empty, half
//         copied, not downloaded, damaged) is told in a line and tried again the next time.
// Rule 2. Nothing is deleted, renamed or written to but this device's own file.
// Rule 3. It is written only where what it holds would differ from what it holds: then devices fall
//         quiet, each after it has seen the others'.
// Rule 4. A file of others that is refused stops nobody; a fault of this computer's own stops all.
#include "store/exchange/part.h"
#include "store/exchange/publish.h"
#include "store/exchange/sync_seen.h"
#include "store/file/local.h"
#include "store/file/private.h"

#include <plando/file.h>
#include <plando/str.h>
#include <plando/sync.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char REMEMBERED[] = "sync";
enum { FILES_MOST = 10000 };

struct syncing {
	struct store *s;
	struct arena *a;
	const char *folder, *mine; // mine: the name of this device's file
	int fd;			   // the folder
	struct seen before, now;
	struct sync_report *out;
	size_t cap;
	bool known;	  // what this device's file holds
	uint64_t holding; // its digest
};

// --- the folder

static int sync_by_name(const void *a, const void *b)
{
	const struct sync_file *x = a, *y = b;
	return strcmp(x->name, y->name);
}

// The workbook itself may lie in the folder.
static bool sync_is_the_workbook(struct syncing *w, const struct stat *st)
{
	return st->st_dev == w->s->seen.st_dev && st->st_ino == w->s->seen.st_ino;
}

static bool sync_list_add(struct syncing *w, const char *name, struct err *e)
{
	struct stat st;
	struct sync_report *out = w->out;
	bool known = fstatat(w->fd, name, &st, 0) == 0;
	if (known && (S_ISDIR(st.st_mode) || sync_is_the_workbook(w, &st)))
		return true;
	if (out->count == FILES_MOST)
		return err_set(e, ERR_DATA,
		    "%s: there are more than %d files in it; make a folder for the workbook alone",
		    w->folder, FILES_MOST);
	if (!arena_grow(w->a, (void **)&out->file, out->count, &w->cap, sizeof *out->file))
		return err_memory(e);
	struct sync_file *f = &out->file[out->count++];
	*f = (struct sync_file){ .name = arena_strdup(w->a, name) };
	if (known && !S_ISREG(st.st_mode))
		f->skipped = "not a plain file; left alone";
	return f->name || err_memory(e);
}

static bool sync_list_read(struct syncing *w, struct err *e)
{
	int fd = dup(w->fd);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		err_errno(e, w->folder, "read it");
		if (fd >= 0)
			close(fd);
		return false;
	}
	bool ok = true;
	for (struct dirent *f; ok && (f = readdir(dir));)
		if (!str_equal(f->d_name, ".") && !str_equal(f->d_name, ".."))
			ok = sync_list_add(w, f->d_name, e);
	closedir(dir);
	if (ok && w->out->count > 1)
		qsort(w->out->file, w->out->count, sizeof *w->out->file, sync_by_name);
	return ok;
}

static bool sync_folder_open(struct syncing *w, struct err *e)
{
	w->fd = open(w->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (w->fd < 0 && errno == ENOTDIR)
		return err_set(
		    e, ERR_USAGE, "%s: this is no folder; name the shared folder", w->folder);
	if (w->fd < 0)
		return err_errno(e, w->folder, "open it");
	return faccessat(w->fd, ".", W_OK, 0) == 0 ||
	       err_set(e, ERR_NOPERM,
		   "%s: nothing can be written there; plando merge brings in what others put there",
		   w->folder);
}

// --- one file of others

// "FOLDER/name: what is wrong" -> "what is wrong".
static bool sync_skip(
    struct syncing *w, struct sync_file *f, const char *path, const struct err *why, struct err *e)
{
	const char *words = why->text;
	if (str_starts(words, path) && str_starts(words + strlen(path), ": "))
		words += strlen(path) + 2;
	if (str_starts(words, "it is not a plando workbook"))
		words = "not a plando workbook; left alone";
	f->skipped = arena_strdup(w->a, words);
	w->out->skipped++;
	return f->skipped || err_memory(e);
}

static void sync_note_folder(struct syncing *w, const struct seen_file *now)
{
	seen_add(&w->now, w->a, now); // without memory it is read again the next time
	if (str_equal(now->name, w->mine)) {
		w->known = true;
		w->holding = now->digest;
	}
}

static void sync_count(struct syncing *w, const struct merge_report *r)
{
	w->out->changes += r->changes;
	w->out->records += r->records;
	w->out->conflicts += r->conflicts;
}

// Rule 4.
static bool sync_is_their_fault(enum err_code code)
{
	return code == ERR_DATA || code == ERR_NOINPUT;
}

static bool sync_take_copy(struct syncing *w, struct sync_file *f, struct seen_file *now,
    struct private_copy *copy, struct err *e)
{
	struct err why = { 0 };
	int64_t digest;
	if (!meta_get_int(copy->db, "digest", 0, &digest, &why) ||
	    !merge_private(w->s, copy, false, &f->report, &why))
		return sync_is_their_fault(why.code) ? sync_skip(w, f, copy->path, &why, e)
						     : err_set(e, why.code, "%s", why.text);
	now->digest = (uint64_t)digest;
	sync_note_folder(w, now);
	sync_count(w, &f->report);
	return true;
}

static bool sync_take(struct syncing *w, struct sync_file *f, struct err *e)
{
	struct private_copy copy;
	struct seen_file now;
	struct err why = { 0 };
	const char *path = arena_printf(w->a, "%s/%s", w->folder, f->name);
	if (!path)
		return err_memory(e);
	bool looked = seen_look(w->fd, f->name, &now);
	const struct seen_file *old = looked ? seen_find(&w->before, &now) : NULL;
	if (old) {
		f->unchanged = true;
		sync_note_folder(w, old);
		return true;
	}
	if (!private_open(path, &copy, &why))
		return why.code == ERR_MEMORY ? err_memory(e) : sync_skip(w, f, path, &why, e);
	bool ok = sync_take_copy(w, f, &now, &copy, e);
	private_close(&copy);
	return ok;
}

static void sync_tell(const struct sync_progress *p, size_t done, size_t total, const char *name)
{
	if (p)
		p->tell(p->context, done, total, name);
}

static bool sync_take_all(struct syncing *w, const struct sync_progress *p, struct err *e)
{
	size_t n = w->out->count;
	for (size_t i = 0; i < n; i++) {
		struct sync_file *f = &w->out->file[i];
		sync_tell(p, i, n, f->name);
		if (f->skipped)
			w->out->skipped++;
		else if (!sync_take(w, f, e))
			return false;
	}
	return true;
}

// Parcels build on one another, and their names say nothing of the order.
static bool sync_take_waiting(struct syncing *w, struct err *e)
{
	for (bool came = true; came;) {
		came = false;
		for (size_t i = 0; i < w->out->count; i++) {
			struct sync_file *f = &w->out->file[i];
			if (!f->skipped || !f->report.gap)
				continue;
			f->skipped = NULL;
			w->out->skipped--;
			if (!sync_take(w, f, e))
				return false;
			came = came || !f->skipped;
		}
	}
	return true;
}

// --- this device's file (rule 3)

static bool sync_publish_mine(struct syncing *w, struct err *e)
{
	struct seen_file now;
	uint64_t digest;
	const char *name;
	w->out->published = w->mine;
	if (!part_digest(w->s, &PART_PUBLIC, &digest, e))
		return false;
	if (w->known && w->holding == digest)
		return true;
	if (!publish(w->s, w->a, w->folder, w->mine, &name, e))
		return false;
	w->out->published = name;
	w->out->wrote = true;
	for (size_t i = 0; i < w->now.count; i++)
		if (str_equal(w->now.item[i].name, name))
			w->now.item[i].name = "/"; // as it was before
	if (seen_look(w->fd, name, &now)) {
		now.digest = digest;
		seen_add(&w->now, w->a, &now);
	}
	return true;
}

static bool sync_go(struct syncing *w, const struct sync_progress *p, struct err *e)
{
	w->mine = publish_name(w->s, w->a);
	if (!w->mine)
		return err_memory(e);
	making_tidy(w->folder, w->mine); // also where nothing is new to publish
	seen_read(w->s, w->a, w->folder, &w->before);
	if (!sync_list_read(w, e) || !sync_take_all(w, p, e) || !sync_take_waiting(w, e))
		return false;
	sync_tell(p, w->out->count, w->out->count, NULL);
	bool ok = sync_publish_mine(w, e);
	seen_write(w->s, w->a, w->folder, &w->now);
	return ok;
}

// Other things may lie in the folder, too: they are no loss.
static bool sync_left_out_gather(struct syncing *w, struct err *e)
{
	struct sync_report *out = w->out;
	out->left = arena_array(w->a, out->count + 1, sizeof *out->left);
	if (!out->left)
		return err_memory(e);
	for (size_t i = 0; i < out->count; i++) {
		const struct sync_file *f = &out->file[i];
		const char *path =
		    f->skipped ? arena_printf(w->a, "%s/%s", w->folder, f->name) : "";
		if (!path)
			return err_memory(e);
		if (f->skipped && *f->name != '.' &&
		    (str_ends(f->name, ".plando") || merge_looks_like(path)))
			out->left[out->lefts++] = (struct merge_left_out){ f->name, f->skipped };
	}
	return merge_left_keep(w->s, out->left, out->lefts, e);
}

bool sync_folder(struct store *s, struct arena *a, const char *folder,
    const struct sync_progress *progress, struct sync_report *out, struct err *e)
{
	struct syncing w = { .s = s, .a = a, .folder = folder, .fd = -1, .out = out };
	*out = (struct sync_report){ 0 };
	bool ok = store_writable(s, e) && sync_folder_open(&w, e) && sync_go(&w, progress, e) &&
		  sync_left_out_gather(&w, e);
	if (w.fd >= 0)
		close(w.fd);
	return ok;
}

// --- remembered

const char *sync_remembered(struct store *s, struct arena *a)
{
	const char *workbook = s->path ? local_workbook(s, a) : NULL;
	return workbook ? local_get(s, a, REMEMBERED, workbook) : NULL;
}

bool sync_remember(struct store *s, const char *folder, struct err *e)
{
	struct arena a = { 0 };
	const char *real = folder ? file_real(&a, folder) : NULL;
	const char *workbook = local_workbook(s, &a);
	bool ok = workbook ? local_put(s, REMEMBERED, workbook, real, e) : err_memory(e);
	arena_free(&a);
	return ok;
}
