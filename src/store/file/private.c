// SPDX-License-Identifier: MIT
#include "store/file/private.h"

#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char COPYING[] = "make a private copy of it";

enum poured private_pour(int from, int to)
{
	char bytes[1 << 16];
	for (;;) {
		ssize_t n = read(from, bytes, sizeof bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0 ? POURED : POUR_READ;
		for (ssize_t done = 0; done < n;) {
			ssize_t put = write(to, bytes + done, (size_t)(n - done));
			if (put < 0 && errno != EINTR)
				return POUR_WRITE;
			done += put > 0 ? put : 0;
		}
	}
}

static bool private_copy_bytes(const char *path, int from, int to, struct err *e)
{
	enum poured how = private_pour(from, to);
	if (how == POUR_READ)
		return err_set(
		    e, ERR_IO, "%s: it cannot be read; it may not have been downloaded yet", path);
	return how == POURED || err_output(e, path, COPYING);
}

static bool private_copy_file(const char *path, const char *to, struct stat *before, struct err *e)
{
	struct stat after;
	int in = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (in < 0)
		return err_errno(e, path, "open");
	int out = open(to, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0600);
	bool ok =
	    (out >= 0 || err_output(e, path, COPYING)) && private_copy_bytes(path, in, out, e);
	if (ok && (stat(path, &after) != 0 || !same_file(before, &after)))
		ok = err_set(e, ERR_BUSY,
		    "%s: it is still being copied; try again when it has arrived", path);
	if (out >= 0 && close(out) != 0 && ok)
		ok = err_output(e, path, COPYING);
	close(in);
	return ok;
}

static bool private_copy_open(struct private_copy *c, const char *copy, struct err *e)
{
	struct err own = { 0 };
	c->db = db_open(copy, DB_PRIVATE, c->path, e);
	// The schema is read here, so the file is open before its name goes.
	if (c->db && schema_is_log(c->db, &own))
		return true;
	if (c->db && !str_starts(own.text, c->path))
		err_place(&own, c->path, 0, 0);
	if (c->db)
		err_set(e, own.code, "%s", own.text);
	db_close(c->db);
	c->db = NULL;
	return false;
}

bool private_folder(struct making *m, struct err *e)
{
	const char *own = getenv("XDG_RUNTIME_DIR");
	char place[64] = "/tmp/plando";
	if (own && *own == '/' && strlen(own) < 40)
		snprintf(place, sizeof place, "%s/plando", own);
	return making_folder(m, place) || err_output(e, place, "make a folder for a copy");
}

static bool private_take(const char *path, struct stat *st, struct private_copy *out, struct err *e)
{
	struct making m;
	char copy[MAKING_ROOM + 8];
	if (!private_folder(&m, e))
		return false;
	snprintf(copy, sizeof copy, "%s/copy", m.temp);
	bool ok = private_copy_file(path, copy, st, e) && private_copy_open(out, copy, e);
	making_abandon(&m);
	return ok;
}

bool private_open(const char *path, struct private_copy *out, struct err *e)
{
	struct stat st;
	bool hot;
	*out = (struct private_copy){ .path = path };
	if (!file_check(path, &st, &hot, e))
		return false;
	if (hot)
		return err_set(e, ERR_BUSY,
		    "%s: it was taken in the middle of a save; open it once where it came from, "
		    "or try again later",
		    path);
	return private_take(path, &st, out, e);
}

bool private_equal(const char *path, const struct id *collab, int64_t digest)
{
	struct err ignored = { 0 };
	struct stat before, after;
	struct id other;
	int64_t sum;
	bool hot;
	if (!file_check(path, &before, &hot, &ignored) || hot)
		return false;
	struct db *db = db_open(path, DB_PRIVATE, path, &ignored);
	bool equal = db && schema_is_log(db, &ignored) &&
		     merge_identity(db, path, &other, &ignored) && id_equal(&other, collab) &&
		     meta_get_int(db, "digest", 0, &sum, &ignored) && sum == digest;
	db_close(db);
	return equal && stat(path, &after) == 0 && same_file(&before, &after);
}

// --- a journal beside a workbook

// A save that is going on keeps a journal too: its lock says so (SQLite's reserved byte).
static bool private_being_written(const char *path)
{
	struct flock lock = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000001, .l_len = 1
	};
	int fd = open(path, O_RDWR | O_CLOEXEC);
	bool held = fd >= 0 && fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
	if (fd >= 0)
		close(fd);
	return held;
}

static bool private_rolls_back_sound(const char *copy, const char *journal, const struct env *env)
{
	struct err own = { 0 };
	struct arena a = { 0 };
	struct store_problems p = { 0 };
	struct id before, after;
	struct db *raw = db_open(copy, DB_PRIVATE, copy, &own); // as it stands
	bool known = raw && merge_identity(raw, copy, &before, &own);
	db_close(raw);
	struct db *db = db_open(copy, DB_WRITE, copy, &own);
	bool ok = db && schema_is_log(db, &own); // the first read rolls back
	db_close(db);
	unlink(journal); // one that nothing came of
	struct store *s = ok ? store_open(copy, STORE_READ, env, &own) : NULL;
	ok = s && store_check(s, &a, &p, &own) && !p.count;
	after = ok ? store_collaborative(s) : (struct id){ 0 };
	store_close(s);
	arena_free(&a);
	return ok && (!known || id_equal(&before, &after));
}

// A workbook and its journal, and a private copy of both.
struct pair {
	const char *path;
	char beside[4200], copy[MAKING_ROOM + 8], journal[MAKING_ROOM + 16];
	struct stat file, own;
	struct making making;
};

static bool private_pair_take(struct pair *p, const char *path, struct err *e)
{
	*p = (struct pair){ .path = path };
	snprintf(p->beside, sizeof p->beside, "%s-journal", path);
	if (stat(path, &p->file) != 0 || stat(p->beside, &p->own) != 0)
		return err_errno(e, path, "read");
	if (!private_folder(&p->making, e))
		return false;
	snprintf(p->copy, sizeof p->copy, "%s/copy", p->making.temp);
	snprintf(p->journal, sizeof p->journal, "%s-journal", p->copy);
	return private_copy_file(path, p->copy, &p->file, e) &&
	       private_copy_file(p->beside, p->journal, &p->own, e);
}

static bool private_pair_stands(const struct pair *p)
{
	struct stat file, own;
	return stat(p->path, &file) == 0 && stat(p->beside, &own) == 0 &&
	       same_file(&p->file, &file) && same_file(&p->own, &own);
}

bool private_rolls_back(const char *path, const struct env *env, struct err *e)
{
	struct pair p;
	struct err ignored = { 0 };
	if (private_being_written(path))
		return true;
	// A copy that cannot be made, or that somebody wrote to meanwhile, proves nothing.
	bool fits = !private_pair_take(&p, path, &ignored) ||
		    private_rolls_back_sound(p.copy, p.journal, env) ||
		    private_being_written(path) || !private_pair_stands(&p);
	making_abandon(&p.making);
	return fits || err_set(e, ERR_DATA,
			   "%s: it is not the journal of this workbook, or one of them is damaged; "
			   "move it away and open the workbook again",
			   p.beside);
}

struct db *private_rolled_back(const char *path, struct err *e)
{
	struct pair p;
	struct db *db = private_pair_take(&p, path, e) ? db_open(p.copy, DB_WRITE, path, e) : NULL;
	struct db *twin = db && schema_is_log(db, e) ? db_twin(db, e) : NULL; // the read rolls back
	db_close(db);
	making_abandon(&p.making);
	return twin;
}

// Every page of a table and its indexes.
static bool private_pages_sound(struct private_copy *c, const char *check, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(c->db, check, e);
	if (!q)
		return false;
	bool sound = ask_step(q, &own) && strcmp(col_text(q, 0), "ok") == 0;
	ask_done(q);
	return sound || err_set(e, ERR_DATA,
			    "%s: the file is damaged; copy it again from where it came", c->path);
}

bool private_verify(struct private_copy *c, struct err *e)
{
	return private_pages_sound(c, "PRAGMA integrity_check('stream')", e) &&
	       private_pages_sound(c, "PRAGMA integrity_check('change')", e);
}

bool private_whole(struct private_copy *c, struct err *e)
{
	return private_pages_sound(c, "PRAGMA integrity_check('stream')", e) && log_whole(c->db, e);
}

void private_close(struct private_copy *c)
{
	db_close(c->db);
	c->db = NULL;
}
