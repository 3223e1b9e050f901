// SPDX-License-Identifier: MIT
// Rule 1. The outbox is a workbook without tables: the streams that were written on this computer.
//         So it merges like any copy, also by hand, where all else failed.
// Rule 2. Its journal guards it against a kill; it is synced once a save, after the workbook. A
//         power cut in between may cost it, never the workbook: what is damaged is set aside.
// Rule 3. Nothing here stops a save: without a disk for it, it is kept in memory.
// Rule 4. It is this user's and nobody else's (0600, same owner), or it is not used.
#include "store/outbox.h"

#include "store/local.h"
#include "store/private.h"
#include "store/scope.h"

#include "base/embedded.h"

#include <plando/file.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char NAME[] = "outbox.plando", OFF[] = "no-outbox";
enum { BULK = 20000 }; // changes of a stream: an import, whose data is in a file already

// --- on or off

static const char *off_path(const struct store *s, struct arena *a)
{
	return str_empty(s->env->state_home) ? NULL
					     : arena_printf(a, "%s/%s", s->env->state_home, OFF);
}

bool outbox_is_on(const struct store *s)
{
	struct arena a = { 0 };
	const char *path = off_path(s, &a);
	bool on = path && !s->env->no_outbox && access(path, F_OK) != 0;
	arena_free(&a);
	return on;
}

static bool marker_write(struct arena *a, const char *path, struct err *e)
{
	struct file_out f;
	return file_folders(path, e) && file_begin(&f, a, path, e) && file_commit(&f, e);
}

bool outbox_turn(struct store *s, bool on, struct err *e)
{
	struct arena a = { 0 };
	const char *off = off_path(s, &a), *kept = local_path(s, &a, NAME, false);
	bool ok = true;
	if (!off)
		ok = err_set(e, ERR_UNAVAILABLE,
		    "there is no folder to keep anything in; set HOME or XDG_STATE_HOME");
	else if (on)
		ok = unlink(off) == 0 || errno == ENOENT || err_errno(e, off, "remove it");
	else
		ok = marker_write(&a, off, e);
	outbox_close(s);
	if (ok && !on && kept && unlink(kept) != 0 && errno != ENOENT)
		ok = err_errno(e, kept, "remove it");
	arena_free(&a);
	return ok;
}

// --- opening

static bool tables_make(struct store *s, struct db *db, struct err *e)
{
	static const char own[] =
	    "CREATE TABLE held(stream BLOB, holder TEXT, seq INTEGER, PRIMARY KEY(stream,holder))"
	    " WITHOUT ROWID;"
	    "CREATE TABLE refused(stream BLOB PRIMARY KEY, seq INTEGER) WITHOUT ROWID;";
	char pragma[64];
	snprintf(pragma, sizeof pragma, "PRAGMA application_id=%d;", APPLICATION_ID);
	return db_exec(db, pragma, e) && db_begin(db, e) &&
	       db_exec(db, embedded_find("log.sql")->text, e) &&
	       db_exec(db, embedded_find("local.sql")->text, e) && db_exec(db, own, e) &&
	       schema_meta_id(db, "collab", &s->collab, e) &&
	       meta_set_int(db, "log_format", LOG_FORMAT, e) && db_commit(db, e);
}

// False with e->code ERR_NONE: another collaborative's, or not an outbox.
static bool is_ours(struct store *s, struct db *db, struct err *e)
{
	struct err own = { 0 };
	struct id collab = { 0 };
	int64_t n;
	if (!schema_is_log(db, e))
		return false;
	struct ask *q = db_ask(db, "SELECT v FROM meta WHERE k='collab'", e);
	if (!q)
		return false;
	bool found = ask_step(q, &own) && col_id(q, 0, &collab);
	return ask_end(q, &own, e) && found && id_equal(&collab, &s->collab) &&
	       db_number(db, "SELECT count(*) FROM held,refused", 0, &n, e);
}

// Rule 4. *fresh: there is none yet.
static bool may_use(const char *path, bool *fresh)
{
	struct stat st;
	*fresh = false;
	if (lstat(path, &st) != 0) {
		*fresh = errno == ENOENT;
		return *fresh;
	}
	*fresh = S_ISREG(st.st_mode) && st.st_size == 0;
	return S_ISREG(st.st_mode) && st.st_uid == geteuid();
}

static bool file_make(const char *path)
{
	int fd = open(path, O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_RDWR, 0600);
	return fd >= 0 && close(fd) == 0;
}

// Opens what is there, or makes it. *damaged: it is to be set aside.
static struct db *box_try(struct store *s, const char *path, bool fresh, bool *damaged)
{
	struct err own = { 0 };
	struct db *db = db_open(path, DB_KEPT, path, &own);
	if (db && (fresh ? tables_make(s, db, &own) : is_ours(s, db, &own)))
		return db;
	db_close(db);
	*damaged = !fresh && (own.code == ERR_DATA || own.code == ERR_NONE);
	return NULL;
}

// NULL: it cannot be had from the disk. Not made anew: `make` false.
static struct db *disk_open(struct store *s, bool make)
{
	struct arena a = { 0 };
	struct db *db = NULL;
	bool fresh = false, damaged = false;
	const char *path = outbox_is_on(s) ? local_path(s, &a, NAME, make) : NULL;
	if (path && may_use(path, &fresh) && (!fresh || (make && file_make(path))))
		db = box_try(s, path, fresh, &damaged);
	const char *aside = damaged ? arena_printf(&a, "%s.damaged", path) : NULL;
	if (aside && rename(path, aside) == 0 && make && file_make(path))
		db = box_try(s, path, true, &damaged);
	arena_free(&a);
	return db;
}

static struct db *memory_open(struct store *s)
{
	struct err own = { 0 };
	struct db *db = db_open(NULL, DB_MEMORY, NULL, &own);
	if (db && tables_make(s, db, &own))
		return db;
	db_close(db);
	return NULL;
}

void outbox_close(struct store *s)
{
	db_close(s->outbox);
	s->outbox = NULL;
}

// --- copying streams

static bool stream_find(struct db *db, struct arena *a, const struct id *id, struct stream *out,
    bool *found, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT " LOG_STREAM " FROM stream WHERE id=?", e);
	if (!q)
		return false;
	ask_id(q, 1, id);
	*found = ask_step(q, &own) && log_stream_read(q, a, out, &own);
	return ask_end(q, &own, e);
}

// Does the stream of `db` go through this cid there? Else it forked, and is left as it is.
static bool goes_through(struct db *db, int64_t sid, uint64_t seq, uint64_t cid, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT cid FROM change WHERE sid=? AND seq=?", e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	ask_int(q, 2, (int64_t)seq);
	bool same = ask_step(q, &own) && (uint64_t)col_int(q, 0) == cid;
	return ask_end(q, &own, e) && same;
}

static bool changes_copy(
    struct db *from, struct db *to, int64_t sid, int64_t to_sid, uint64_t after, struct err *e)
{
	struct err own = { 0 };
	struct ask *q =
	    db_ask(from, "SELECT " LOG_CHANGE " FROM change WHERE sid=? AND seq>? ORDER BY seq", e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	ask_int(q, 2, (int64_t)after);
	while (!own.code && ask_step(q, &own)) {
		struct arena a = { 0 };
		struct change c;
		if (log_change_read(q, &a, &c, &own)) {
			c.sid = to_sid;
			log_change_add(to, &c, &own);
		} else {
			err_memory(&own);
		}
		arena_free(&a);
	}
	return ask_end(q, &own, e);
}

// What `to` lacks of the end of a stream of `from`, within a transaction of `to`.
static bool stream_copy(struct db *from, struct db *to, const struct id *id, struct err *e)
{
	struct arena a = { 0 };
	struct stream t, there;
	bool found, known = false;
	bool ok = stream_find(from, &a, id, &t, &found, e) && found &&
		  stream_find(to, &a, id, &there, &known, e);
	if (ok && !known) {
		there = t;
		there.seq = 0;
		there.tip = chain_seed(&t);
		ok = log_stream_add(to, &there, e);
	}
	bool more = ok && t.seq > there.seq && t.seq - there.seq < BULK &&
		    (!there.seq || goes_through(from, t.sid, there.seq, there.tip, e));
	if (more)
		ok = changes_copy(from, to, t.sid, there.sid, there.seq, e) &&
		     log_stream_tip(to, there.sid, t.seq, t.tip, e);
	arena_free(&a);
	return ok;
}

static bool take(struct store *s, struct err *e)
{
	if (!db_begin(s->outbox, e))
		return false;
	for (size_t i = 0; i < s->wrote_count; i++)
		if (s->wrote[i].touched && !stream_copy(s->db, s->outbox, &s->wrote[i].stream, e)) {
			db_rollback(s->outbox);
			return false;
		}
	return db_commit(s->outbox, e);
}

void outbox_take(struct store *s)
{
	struct err own = { 0 };
	if (!s->path)
		return;
	if (!s->outbox)
		s->outbox = disk_open(s, true);
	if (s->outbox && take(s, &own)) {
		db_sync(s->outbox);
	} else {
		outbox_close(s);
		s->outbox = memory_open(s);
		for (size_t i = 0; i < s->wrote_count; i++)
			s->wrote[i].touched = true;
		if (s->outbox)
			take(s, &own);
	}
	for (size_t i = 0; i < s->wrote_count; i++)
		s->wrote[i].touched = false;
}

// --- what the workbook lacks

struct lacking {
	struct id *stream;
	uint64_t *seq; // of the outbox
	size_t count, cap, seq_cap;
	int64_t changes, newest;
};

static bool wrote_it(const struct store *s, const struct id *stream)
{
	for (size_t i = 0; i < s->wrote_count; i++)
		if (id_equal(&s->wrote[i].stream, stream))
			return true;
	return false;
}

static bool gap_count(
    struct db *box, const struct stream *t, uint64_t after, struct lacking *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q =
	    db_ask(box, "SELECT count(*),coalesce(max(at),0) FROM change WHERE sid=? AND seq>?", e);
	if (!q)
		return false;
	ask_int(q, 1, t->sid);
	ask_int(q, 2, (int64_t)after);
	if (ask_step(q, &own)) {
		out->changes += col_int(q, 0);
		out->newest = col_int(q, 1) > out->newest ? col_int(q, 1) : out->newest;
	}
	return ask_end(q, &own, e);
}

// A part takes what it holds; a copy for others has no private notes, and is not to get any.
static bool scope_fits(
    struct store *s, struct arena *a, const struct id *scope, bool *fits, struct err *e)
{
	int64_t public;
	struct scopes held;
	if (!meta_get_int(s->db, "public", 0, &public, e) || !scopes_read(s->db, a, &held, e))
		return false;
	*fits = scopes_hold(&held, scope) && !(public && scope_is_private(scope));
	return true;
}

// The stream went on differently in the workbook (a home that was copied, a clone of a running
// program): what it lacks is what stands there in no stream, for a fork is kept under another id.
static bool fork_count(struct store *s, struct db *box, const struct stream *t, struct lacking *out,
    int64_t *lacks, struct err *e)
{
	struct err own = { 0 };
	struct id ent;
	*lacks = 0;
	struct ask *q = db_ask(box, "SELECT ent,fld,cid,at FROM change WHERE sid=?", e);
	if (!q)
		return false;
	ask_int(q, 1, t->sid);
	while (!own.code && ask_step(q, &own)) {
		struct ask *mine =
		    db_ask(s->db, "SELECT 1 FROM change WHERE ent=? AND fld=? AND cid=?", &own);
		if (!mine)
			break;
		col_id(q, 0, &ent);
		ask_id(mine, 1, &ent);
		ask_text(mine, 2, col_text(q, 1));
		ask_int(mine, 3, col_int(q, 2));
		if (!ask_step(mine, &own) && !own.code) {
			(*lacks)++;
			out->newest = col_int(q, 3) > out->newest ? col_int(q, 3) : out->newest;
		}
		ask_done(mine);
	}
	out->changes += *lacks;
	return ask_end(q, &own, e);
}

static bool lacking_add(struct store *s, struct arena *a, struct db *box, const struct stream *t,
    struct lacking *out, struct err *e)
{
	struct stream mine = { 0 };
	bool found, fits;
	int64_t lacks = 1;
	if (!stream_find(s->db, a, &t->id, &mine, &found, e) ||
	    !scope_fits(s, a, &t->scope, &fits, e))
		return false;
	bool all = found && mine.seq >= t->seq;
	if (!fits || (all && goes_through(s->db, mine.sid, t->seq, t->tip, e)))
		return true;
	bool forked = found && (all || !goes_through(box, t->sid, mine.seq, mine.tip, e));
	if (forked ? !fork_count(s, box, t, out, &lacks, e)
		   : !gap_count(box, t, found ? mine.seq : 0, out, e))
		return false;
	if (!lacks)
		return true;
	if (!arena_grow(a, (void **)&out->stream, out->count, &out->cap, sizeof *out->stream) ||
	    !arena_grow(a, (void **)&out->seq, out->count, &out->seq_cap, sizeof *out->seq))
		return err_memory(e);
	out->stream[out->count] = t->id;
	out->seq[out->count++] = t->seq;
	return true;
}

// of_this_run: only what this run wrote; else all that nobody said no to.
static bool lacking_find(struct store *s, struct arena *a, struct db *box, bool of_this_run,
    struct lacking *out, struct err *e)
{
	struct err own = { 0 };
	*out = (struct lacking){ 0 };
	struct ask *q = db_ask(box,
	    "SELECT " LOG_STREAM " FROM stream WHERE seq>coalesce("
	    "(SELECT refused.seq FROM refused WHERE refused.stream=stream.id),0)",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct stream t;
		if (!log_stream_read(q, a, &t, &own))
			err_memory(&own);
		else if (!of_this_run || wrote_it(s, &t.id))
			lacking_add(s, a, box, &t, out, &own);
	}
	return ask_end(q, &own, e);
}

// --- putting back

static bool streams_gather(
    struct db *box, struct db *to, const struct lacking *lacking, struct err *e)
{
	if (!db_begin(to, e))
		return false;
	for (size_t i = 0; i < lacking->count; i++)
		if (!stream_copy(box, to, &lacking->stream[i], e))
			return false;
	return db_commit(to, e);
}

static bool put_back(
    struct store *s, struct db *box, bool of_this_run, int64_t *changes, struct err *e)
{
	struct arena a = { 0 };
	struct lacking lacking;
	struct merge_report r = { 0 };
	struct db *part = NULL;
	bool ok = lacking_find(s, &a, box, of_this_run, &lacking, e);
	if (ok && lacking.count) {
		part = memory_open(s);
		ok = (part || err_memory(e)) && streams_gather(box, part, &lacking, e) &&
		     merge_from(s, part, "kept on this computer", false, &r, e);
	}
	db_close(part);
	arena_free(&a);
	*changes = r.changes;
	return ok;
}

bool outbox_mend(struct store *s, int64_t *changes, struct err *e)
{
	*changes = 0;
	return !s->outbox || !s->wrote_count || put_back(s, s->outbox, true, changes, e);
}

// The outbox for a question: that of this run, or the one on the disk.
static struct db *box_open(struct store *s, struct db **opened)
{
	*opened = s->outbox || !s->path || s->past ? NULL : disk_open(s, false);
	return s->outbox && !s->past ? s->outbox : *opened;
}

bool outbox_missing(struct store *s, struct arena *a, struct outbox_gap *out, struct err *e)
{
	struct db *opened, *box = box_open(s, &opened);
	struct lacking lacking = { 0 };
	*out = (struct outbox_gap){ 0 };
	bool ok = !box || lacking_find(s, a, box, false, &lacking, e);
	db_close(opened);
	out->changes = lacking.changes;
	out->newest = lacking.newest;
	out->path = local_path(s, a, NAME, false);
	return ok;
}

bool outbox_put_back(struct store *s, int64_t *changes, struct err *e)
{
	struct db *opened, *box = box_open(s, &opened);
	*changes = 0;
	bool ok = !box || put_back(s, box, false, changes, e);
	db_close(opened);
	return ok;
}

static bool refuse_all(struct db *box, const struct lacking *lacking, struct err *e)
{
	if (!db_begin(box, e))
		return false;
	for (size_t i = 0; i < lacking->count; i++) {
		struct ask *q =
		    db_ask(box, "INSERT OR REPLACE INTO refused(stream,seq) VALUES(?,?)", e);
		if (q) {
			ask_id(q, 1, &lacking->stream[i]);
			ask_int(q, 2, (int64_t)lacking->seq[i]);
		}
		if (!q || !ask_run(q, e)) {
			db_rollback(box);
			return false;
		}
	}
	return db_commit(box, e);
}

bool outbox_refuse(struct store *s, struct err *e)
{
	struct db *opened, *box = box_open(s, &opened);
	struct arena a = { 0 };
	struct lacking lacking;
	bool ok =
	    !box || (lacking_find(s, &a, box, false, &lacking, e) && refuse_all(box, &lacking, e));
	if (ok && box)
		db_sync(box);
	db_close(opened);
	arena_free(&a);
	return ok;
}

// --- emptying

static bool held_note(
    struct db *box, const struct id *stream, const char *holder, uint64_t seq, struct err *e)
{
	struct ask *q =
	    db_ask(box, "INSERT OR REPLACE INTO held(stream,holder,seq) VALUES(?,?,?)", e);
	if (!q)
		return false;
	ask_id(q, 1, stream);
	ask_text(q, 2, holder);
	ask_int(q, 3, (int64_t)seq);
	return ask_run(q, e);
}

static bool held_find(struct db *box, struct db *theirs, const char *holder, struct err *e)
{
	struct arena a = { 0 };
	struct err own = { 0 };
	struct ask *q = db_ask(box, "SELECT " LOG_STREAM " FROM stream", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct stream t, there;
		bool found;
		if (log_stream_read(q, &a, &t, &own) &&
		    stream_find(theirs, &a, &t.id, &there, &found, &own) && found &&
		    there.seq >= t.seq && goes_through(theirs, there.sid, t.seq, t.tip, &own))
			held_note(box, &t.id, holder, t.seq, &own);
	}
	arena_free(&a);
	return ask_end(q, &own, e);
}

static bool empty(struct db *box, const char *which, struct err *e)
{
	struct arena a = { 0 };
	const char *sql = arena_printf(&a,
	    "DELETE FROM change WHERE sid IN (SELECT sid FROM stream WHERE %s);"
	    "DELETE FROM stream WHERE %s;"
	    "DELETE FROM held WHERE stream NOT IN (SELECT id FROM stream);"
	    "DELETE FROM refused WHERE stream NOT IN (SELECT id FROM stream);",
	    which, which);
	bool ok = sql ? db_exec(box, sql, e) : err_memory(e);
	arena_free(&a);
	return ok;
}

void outbox_held(struct store *s, struct db *theirs, const char *holder)
{
	static const char twice[] =
	    "(SELECT count(*) FROM held WHERE held.stream=stream.id AND held.seq>=stream.seq)>=2";
	struct err ignored = { 0 };
	struct db *opened, *box = box_open(s, &opened);
	if (box && (!db_begin(box, &ignored) || !held_find(box, theirs, holder, &ignored) ||
		       !empty(box, twice, &ignored) || !db_commit(box, &ignored)))
		db_rollback(box);
	db_close(opened);
}

static void erase(struct db *box, const struct id *ent)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	char uuid[ID_TEXT], hex[33] = { 0 };
	id_print(ent, uuid);
	for (size_t i = 0, n = 0; uuid[i]; i++)
		if (uuid[i] != '-')
			hex[n++] = uuid[i];
	const char *which =
	    arena_printf(&a, "sid IN (SELECT sid FROM change WHERE ent=x'%s')", hex);
	if (which &&
	    (!db_begin(box, &ignored) || !empty(box, which, &ignored) || !db_commit(box, &ignored)))
		db_rollback(box);
	arena_free(&a);
}

// The streams that go are in the workbook, so nothing is lost with them.
void outbox_scrub(struct store *s)
{
	struct err ignored = { 0 };
	struct id ent;
	struct db *opened, *box = box_open(s, &opened);
	struct ask *q =
	    box ? db_ask(s->db, "SELECT DISTINCT ent FROM change WHERE fld='!redact'", &ignored)
		: NULL;
	while (q && ask_step(q, &ignored))
		if (col_id(q, 0, &ent))
			erase(box, &ent);
	ask_done(q);
	db_close(opened);
}
