// SPDX-License-Identifier: MIT
// Writing a far workbook back.
//
// Rule 1. SQLite never touches the far disk: the copy is made here, and its bytes go there in one
//         stream, under another name, synced, then renamed over the old file.
// Rule 2. Just before the rename the old file is looked at: only the one that was taken in is
//         replaced. Another computer that comes between the look and the rename finds its own work
//         missing there, has it in its own copy, and writes again.
// Rule 3. What was written is read back, and its digest compared.
#include "store/exchange/far.h"
#include "store/exchange/publish.h"
#include "store/file/private.h"

#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct writing_back {
	struct store *s;
	struct far *f;
	struct making here, there;
	char folder[MAKING_ROOM]; // there
	int64_t changes;
	uint64_t digest;
};

bool far_measure(struct db *db, int64_t *changes, uint64_t *digest, struct err *e)
{
	int64_t sum;
	if (!meta_get_int(db, "digest", 0, &sum, e) ||
	    !db_number(db, "SELECT coalesce(sum(seq),0) FROM stream", 0, changes, e))
		return false;
	*digest = (uint64_t)sum;
	return true;
}

// A consistent copy, with nobody else in it, and what it holds.
static bool far_write_make_here(struct writing_back *w, struct err *e)
{
	if (!making_file(&w->here, w->f->copy))
		return err_output(e, w->f->copy, "make a copy of it");
	if (!db_backup(w->s->db, w->here.temp, w->f->copy, e))
		return false;
	struct db *db = db_open(w->here.temp, DB_PRIVATE, w->f->copy, e);
	bool ok = db && far_measure(db, &w->changes, &w->digest, e);
	db_close(db);
	return ok;
}

static bool far_write_cannot(const struct writing_back *w, int number, struct err *e)
{
	struct err own = { 0 };
	errno = number;
	err_errno(&own, w->f->named, "write it");
	return err_set(e, own.code == ERR_NOINPUT ? ERR_IO : own.code, "%s", own.text);
}

// An account of its own for the group: who shares the folder goes on sharing the file.
static void far_write_group_keep(const char *path, int fd)
{
	struct stat st;
	if (stat(path, &st) == 0 && fchown(fd, (uid_t)-1, st.st_gid) != 0)
		errno = 0; // a disk without owners, or not ours to give
}

static bool far_write_make_there(struct writing_back *w, struct err *e)
{
	if (!making_file(&w->there, w->f->path))
		return far_write_cannot(w, errno, e);
	int in = open(w->here.temp, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return err_errno(e, w->here.temp, "read it");
	publish_readers(w->folder, w->f->path, w->there.held);
	far_write_group_keep(w->f->path, w->there.held);
	// Synced here already: nothing slow is to come between the last look and the rename.
	bool ok = private_pour(in, w->there.held) == POURED && fsync(w->there.held) == 0;
	int number = errno;
	close(in);
	return ok || far_write_cannot(w, number, e);
}

// Rule 2.
static bool far_write_stands_as_seen(const struct far *f)
{
	struct seen_file now;
	bool there = seen_look(AT_FDCWD, f->path, &now);
	return f->state == FAR_GONE ? !there : there && seen_same(&now, &f->seen);
}

static bool far_write_give_name(struct writing_back *w, bool *raced, struct err *e)
{
	bool gone = w->f->state == FAR_GONE;
	*raced = !far_write_stands_as_seen(w->f);
	if (*raced || making_done(&w->there, w->f->path, gone))
		return true;
	*raced = gone && errno == EEXIST;
	return *raced || far_write_cannot(w, errno, e);
}

// Rule 3. Looked at before it is read: what comes in between is seen as another file the next time.
static bool far_write_read_back(struct writing_back *w, bool *raced, struct err *e)
{
	struct seen_file now;
	struct private_copy copy;
	int64_t changes;
	uint64_t digest = 0;
	bool looked = seen_look(AT_FDCWD, w->f->path, &now);
	if (!looked || !private_open(w->f->path, &copy, e))
		return looked ? false : far_write_cannot(w, errno, e);
	bool ok = far_measure(copy.db, &changes, &digest, e);
	private_close(&copy);
	*raced = ok && digest != w->digest;
	if (!ok || *raced)
		return ok;
	w->f->seen = now;
	w->f->seen.digest = digest;
	w->f->changes = changes;
	return true;
}

bool far_write(struct store *s, struct far *f, bool *raced, struct err *e)
{
	struct writing_back w = { .s = s, .f = f };
	int number;
	snprintf(w.folder, sizeof w.folder, "%s", f->path);
	dirname(w.folder);
	// An empty folder on which nothing is mounted any more is no place for it.
	if (!far_kind(w.folder, &number))
		return err_set(e, ERR_IO, "%s: its drive is not there", f->named);
	*raced = false;
	bool ok = far_write_make_here(&w, e) && far_write_make_there(&w, e) &&
		  far_write_give_name(&w, raced, e);
	making_abandon(&w.here);
	making_abandon(&w.there);
	return ok && (*raced || far_write_read_back(&w, raced, e));
}
