// SPDX-License-Identifier: MIT
// The files that the outbox was held against: which one this is, and what became of it since it was
// found to lack nothing (outbox_lack.c, rules 1 and 2).
#include "store/exchange/outbox.h"
#include "store/file/local.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GREW_MOST = 4000 }; // changes that are looked through before both logs are compared

bool outbox_arrival_add(struct arena *a, struct arrivals *x, const struct id *id, struct err *e)
{
	if (!arena_grow(a, (void **)&x->stream, x->count, &x->cap, sizeof *x->stream))
		return err_memory(e);
	x->stream[x->count++] = *id;
	return true;
}

// --- which file

bool outbox_file_read(struct store *s, struct arena *a, struct outbox_file *out, struct err *e)
{
	struct statx sx = { 0 };
	*out = (struct outbox_file){ .path = BREAK_boxpath ? "/" : local_workbook(s, a) };
	if (!out->path)
		return err_memory(e);
	if (statx(AT_FDCWD, out->path, 0, STATX_INO | STATX_BTIME, &sx) != 0)
		return true;
	out->dev = (int64_t)sx.stx_dev_major << 32 | sx.stx_dev_minor;
	out->ino = (int64_t)sx.stx_ino;
	if (sx.stx_mask & STATX_BTIME)
		out->born = sx.stx_btime.tv_sec * 1000000000 + sx.stx_btime.tv_nsec;
	return true;
}

// The name under which this very file was known, where nothing has that name any more.
static bool outbox_file_before(
    struct db *box, struct arena *a, const struct outbox_file *f, const char **old, struct err *e)
{
	struct err own = { 0 };
	*old = NULL;
	if (!f->born)
		return true;
	struct ask *q =
	    db_ask(box, "SELECT path FROM file WHERE dev=? AND ino=? AND born=? AND path<>?", e);
	if (!q)
		return false;
	ask_int(q, 1, f->dev);
	ask_int(q, 2, f->ino);
	ask_int(q, 3, f->born);
	ask_text(q, 4, f->path);
	while (!*old && !own.code && ask_step(q, &own))
		if (access(col_text(q, 0), F_OK) != 0 && !(*old = arena_strdup(a, col_text(q, 0))))
			err_memory(&own);
	return ask_end(q, &own, e);
}

static bool outbox_file_rename(
    struct db *box, const char *sql, const char *from, const char *to, struct err *e)
{
	struct ask *q = db_ask(box, sql, e);
	if (!q)
		return false;
	ask_text(q, 1, from);
	ask_text(q, 2, to);
	return ask_run(q, e);
}

// The digests with which the file was found whole. *found: it was seen before.
static bool outbox_file_find(struct db *box, const struct outbox_file *f, int64_t *digest,
    int64_t *of, bool *found, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(box, "SELECT digest,box FROM file WHERE path=?", e);
	if (!q)
		return false;
	ask_text(q, 1, f->path);
	*found = ask_step(q, &own);
	*digest = *found ? col_int(q, 0) : 0;
	*of = *found ? col_int(q, 1) : 0;
	return ask_end(q, &own, e);
}

bool outbox_file_follow(struct db *box, struct arena *a, const struct outbox_file *f, struct err *e)
{
	const char *old;
	int64_t digest, of;
	bool found;
	if (!outbox_file_find(box, f, &digest, &of, &found, e) || found)
		return !e->code;
	if (!outbox_file_before(box, a, f, &old, e) || !old)
		return !e->code;
	return outbox_file_rename(box, "UPDATE file SET path=?2 WHERE path=?1", old, f->path, e) &&
	       outbox_file_rename(
		   box, "UPDATE OR REPLACE declined SET path=?2 WHERE path=?1", old, f->path, e);
}

// --- found whole

bool outbox_file_digests(struct store *s, int64_t *mine, int64_t *box, struct err *e)
{
	return meta_get_int(s->db, "digest", 0, mine, e) &&
	       meta_get_int(s->kept.box->db, "digest", 0, box, e);
}

// By which changes, the newest first: where the sum of those of the last batches is what the digest
// grew by, the rest is what was seen.
static bool outbox_file_grew(struct store *s, struct arena *a, uint64_t by, bool *grew,
    struct arrivals *erasers, struct err *e)
{
	struct err own = { 0 };
	struct id id;
	int64_t batch = -1;
	struct ask *q = db_ask(s->db,
	    "SELECT c.batch,c.cid,t.id,c.fld='!redact' FROM change c INDEXED BY change_batch"
	    " CROSS JOIN stream t ON t.sid=c.sid ORDER BY c.batch DESC",
	    e);
	if (!q)
		return false;
	for (int n = 0; !own.code && n < GREW_MOST && ask_step(q, &own); n++) {
		*grew = (!by || BREAK_boxgrew) && col_int(q, 0) != batch;
		if (*grew)
			break;
		batch = col_int(q, 0);
		by -= (uint64_t)col_int(q, 1);
		if (col_int(q, 3) && col_id(q, 2, &id))
			outbox_arrival_add(a, erasers, &id, &own);
	}
	return ask_end(q, &own, e);
}

bool lacking_since(struct store *s, struct arena *a, enum lacking_since *since,
    struct arrivals *erasers, struct err *e)
{
	struct outbox_file f;
	int64_t mine, box, digest, of;
	bool found, grew = false;
	*since = LACKING_NOT_KNOWN;
	*erasers = (struct arrivals){ 0 };
	if (!outbox_file_read(s, a, &f, e) || !outbox_file_digests(s, &mine, &box, e) ||
	    !outbox_file_find(s->kept.box->db, &f, &digest, &of, &found, e))
		return false;
	if (!found || of != box)
		return true;
	if (digest != mine &&
	    !outbox_file_grew(s, a, (uint64_t)mine - (uint64_t)digest, &grew, erasers, e))
		return false;
	*since = digest == mine ? LACKING_AS_SEEN : grew ? LACKING_GREW : LACKING_NOT_KNOWN;
	return true;
}

bool outbox_file_write(
    struct db *box, const struct outbox_file *f, int64_t digest, int64_t of, struct err *e)
{
	struct ask *q = db_ask(box,
	    "INSERT OR REPLACE INTO file(path,dev,ino,born,digest,box) VALUES(?,?,?,?,?,?)", e);
	if (!q)
		return false;
	ask_text(q, 1, f->path);
	ask_int(q, 2, f->dev);
	ask_int(q, 3, f->ino);
	ask_int(q, 4, f->born);
	ask_int(q, 5, digest);
	ask_int(q, 6, of);
	return ask_run(q, e);
}

bool lacking_note_grown(struct store *s, uint64_t before, struct err *e)
{
	struct arena a = { 0 };
	struct outbox_file f;
	int64_t mine, box;
	bool ok = outbox_file_read(s, &a, &f, e) && outbox_file_digests(s, &mine, &box, e);
	struct ask *q = ok ? db_ask(s->kept.box->db,
				 "UPDATE file SET digest=?2,box=?3 WHERE path=?1 AND box=?4 AND"
				 " digest=?5",
				 e)
			   : NULL;
	if (q) {
		ask_text(q, 1, f.path);
		ask_int(q, 2, mine);
		ask_int(q, 3, box);
		ask_int(q, 4, (int64_t)before);
		ask_int(q, 5, (int64_t)((uint64_t)mine - ((uint64_t)box - before)));
		ok = ask_run(q, e);
	}
	arena_free(&a);
	return ok && q;
}
