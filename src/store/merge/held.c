// SPDX-License-Identifier: MIT
#include "store/merge/held.h"
#include "store/file/local.h"

#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char HELD_NAME[] = "held.db";
enum { HELD_DAY = 86400000 };

static const char HELD_TABLES[] =
    "CREATE TABLE IF NOT EXISTS text(cid INTEGER PRIMARY KEY, ent BLOB NOT NULL, kind TEXT,"
    " fld TEXT, val TEXT, hlc INTEGER, head INTEGER, by TEXT, came INTEGER, done INTEGER);"
    "CREATE TABLE IF NOT EXISTS day(day INTEGER PRIMARY KEY);";

#define HELD_COLUMNS "cid,ent,kind,fld,val,hlc,head,by,came,done"

// --- the file: this user's and nobody else's (0600, same owner), or it is not used

static bool held_is_there(const char *path)
{
	struct stat st;
	return path && lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid();
}

static bool held_make(const char *path, struct err *e)
{
	int fd = open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_RDWR, 0600);
	if (fd < 0)
		return err_errno(e, path, "make it");
	bool durable = fsync(fd) == 0;
	return (close(fd) == 0 && durable) || err_errno(e, path, "make it");
}

// NULL: in memory.
static struct db *held_try(const char *path, struct err *e)
{
	struct db *db = db_open(path, path ? DB_WRITE : DB_MEMORY, path, e);
	if (db && db_exec(db, HELD_TABLES, e))
		return db;
	db_close(db);
	return NULL;
}

// For a question. NULL without an error: there is none, or it is not ours.
static struct db *held_open(struct store *s, struct err *e)
{
	struct arena a = { 0 };
	struct db *db = NULL;
	bool asks = s->path && !s->past && !str_empty(s->env->state_home);
	const char *path = asks ? local_path(s, &a, HELD_NAME, false) : NULL;
	if (asks && !path)
		err_memory(e);
	else if (asks && held_is_there(path))
		db = held_try(path, e);
	arena_free(&a);
	return db;
}

// To hold something. What is damaged is set aside.
static struct db *held_open_to_write(struct store *s, struct err *e)
{
	struct arena a = { 0 };
	struct err own = { 0 };
	struct db *db = NULL;
	const char *path = local_path(s, &a, HELD_NAME, true);
	const char *aside = path ? arena_printf(&a, "%s.damaged", path) : NULL;
	if (!path)
		err_memory(e);
	else if (held_is_there(path) || held_make(path, e))
		db = held_try(path, &own);
	if (!db && own.code == ERR_DATA && aside && rename(path, aside) == 0 && held_make(path, e))
		db = held_try(path, e);
	else if (!db && own.code)
		err_set(e, own.code, "%s", own.text);
	arena_free(&a);
	return db;
}

// For a merge that is only told: nothing is made, and nothing set aside.
static struct db *held_open_to_try(struct store *s, struct err *e)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	const char *path = local_path(s, &a, HELD_NAME, false);
	struct db *db = held_is_there(path) ? held_try(path, &ignored) : NULL;
	arena_free(&a);
	return db ? db : held_try(NULL, e);
}

// --- holding (rules 1 and 2)

void held_begin(struct store *s, int64_t batch)
{
	s->taking = batch;
}

static bool held_take(struct store *s, struct err *e)
{
	s->held = s->trial ? held_open_to_try(s, e) : held_open_to_write(s, e);
	return s->held && db_begin(s->held, e);
}

bool held_keep(struct store *s, const struct held_text *t, struct err *e)
{
	if (!s->path || str_empty(s->env->state_home))
		return true;
	if (!s->held && !held_take(s, e))
		return false;
	struct ask *q = db_ask(s->held,
	    "INSERT OR REPLACE INTO text(" HELD_COLUMNS ") VALUES(?,?,?,?,?,?,?,?,?,0)", e);
	if (!q)
		return false;
	ask_int(q, 1, (int64_t)t->cid);
	ask_id(q, 2, &t->ent);
	ask_text(q, 3, t->kind);
	ask_text(q, 4, t->fld);
	ask_text(q, 5, t->val);
	ask_int(q, 6, t->hlc);
	ask_int(q, 7, t->head);
	ask_text(q, 8, t->by);
	ask_int(q, 9, clock_believed(s->env) ? store_now(s) : 0);
	return ask_run(q, e);
}

bool held_end(struct store *s, bool keep, struct err *e)
{
	bool ok = true;
	s->taking = 0;
	s->trial = false;
	if (!s->held)
		return true;
	if (keep)
		ok = db_commit(s->held, e);
	else
		db_rollback(s->held);
	db_close(s->held);
	s->held = NULL;
	return ok;
}

// --- asking

struct db *held_lend(struct store *s, struct db **opened, struct err *e)
{
	*opened = s->held ? NULL : held_open(s, e);
	return s->held ? s->held : *opened;
}

const char *held_state(struct db *held, uint64_t cid)
{
	struct err ignored = { 0 };
	const char *state = "blank";
	struct ask *q = held ? db_ask(held, "SELECT done FROM text WHERE cid=?", &ignored) : NULL;
	if (!q)
		return state;
	ask_int(q, 1, (int64_t)cid);
	if (ask_step(q, &ignored))
		state = col_int(q, 0) ? "restored" : "held";
	ask_done(q);
	return state;
}

static bool held_read(struct ask *q, struct arena *a, struct held_text *t, struct err *e)
{
	*t = (struct held_text){ .cid = (uint64_t)col_int(q, 0),
		.kind = arena_strdup(a, col_text(q, 2)),
		.fld = arena_strdup(a, col_text(q, 3)),
		.val = arena_copy(a, col_text(q, 4), col_size(q, 4)),
		.hlc = col_int(q, 5),
		.head = col_int(q, 6) != 0,
		.by = arena_strdup(a, col_null(q, 7) ? "someone" : col_text(q, 7)),
		.came = col_int(q, 8),
		.done = col_int(q, 9) != 0 };
	return (col_id(q, 1, &t->ent) && t->kind && t->fld && t->val && t->by) || err_memory(e);
}

// Is it blank in this workbook? Another one of this collaborative may lie on this computer, and a
// merge that held it may have been cut off before its commit.
static bool held_here(struct store *s, const struct held_text *t, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(
	    s->db, "SELECT 1 FROM change WHERE ent=? AND fld=? AND cid=? AND val IS NULL", e);
	if (!q)
		return false;
	ask_id(q, 1, &t->ent);
	ask_text(q, 2, t->fld);
	ask_int(q, 3, (int64_t)t->cid);
	bool here = ask_step(q, &own);
	return ask_end(q, &own, e) && here;
}

static bool held_gather(struct store *s, struct db *db, const char *sql, struct arena *a,
    struct held_texts *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	struct ask *q = db_ask(db, sql, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct held_text t;
		if (!held_read(q, a, &t, &own) || !held_here(s, &t, &own))
			continue;
		if (arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item))
			out->item[out->count++] = t;
		else
			err_memory(&own);
	}
	return ask_end(q, &own, e);
}

bool held_list(struct store *s, struct arena *a, struct held_texts *out, struct err *e)
{
	struct err own = { 0 };
	struct db *opened, *db = held_lend(s, &opened, &own);
	*out = (struct held_texts){ 0 };
	if (!db)
		return !own.code || err_set(e, own.code, "%s", own.text);
	bool ok = held_gather(s, db,
	    "SELECT " HELD_COLUMNS " FROM text WHERE NOT done ORDER BY ent,fld,hlc,cid", a, out, e);
	db_close(opened);
	return ok;
}

// --- letting go

static bool held_each(
    struct store *s, const struct held_texts *texts, const char *sql, struct err *e)
{
	struct err own = { 0 };
	struct db *db = held_open(s, &own);
	if (!db)
		return !own.code || err_set(e, own.code, "%s", own.text);
	bool ok = db_begin(db, e);
	for (size_t i = 0; ok && i < texts->count; i++) {
		struct ask *q = db_ask(db, sql, e);
		ok = q != NULL;
		if (ok) {
			ask_int(q, 1, (int64_t)texts->item[i].cid);
			ok = ask_run(q, e);
		}
	}
	ok = ok && db_commit(db, e);
	if (!ok)
		db_rollback(db);
	db_close(db);
	return ok;
}

bool held_restored(struct store *s, const struct held_texts *texts, struct err *e)
{
	return held_each(s, texts, "UPDATE text SET done=1 WHERE cid=?", e);
}

bool held_purge(struct store *s, const struct held_texts *texts, struct err *e)
{
	return backup_blank(s, texts, e) && held_each(s, texts, "DELETE FROM text WHERE cid=?", e);
}

void held_forget(struct store *s, const struct id *ent, const char *field)
{
	struct err ignored = { 0 };
	struct db *db = held_open(s, &ignored);
	struct ask *q = db ? db_ask(db,
				 "DELETE FROM text WHERE ent=?1 AND (?2 IS NULL OR fld=?2 OR"
				 " substr(fld,1,length(?2)+1)=?2||'.')",
				 &ignored)
			   : NULL;
	if (q) {
		ask_id(q, 1, ent);
		ask_text(q, 2, field);
		ask_run(q, &ignored);
	}
	db_close(db);
}

// --- thirty days (rule 3)

static bool held_day(struct db *db, const char *sql, int64_t now, struct err *e)
{
	struct ask *q = db_ask(db, sql, e);
	if (!q)
		return false;
	ask_int(q, 1, now);
	return ask_run(q, e);
}

#define HELD_LONG_ENOUGH "came+%lld<=%lld AND (SELECT count(*) FROM day WHERE day*%d>came)>=%d"

static void held_expire(struct store *s, struct db *db, int64_t now)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	struct held_texts old = { 0 };
	const char *sql =
	    arena_printf(&a, "SELECT " HELD_COLUMNS " FROM text WHERE " HELD_LONG_ENOUGH,
		(long long)HELD_DAYS * HELD_DAY, (long long)now, HELD_DAY, HELD_OPENED);
	if (sql && held_gather(s, db, sql, &a, &old, &ignored) && old.count)
		held_purge(s, &old, &ignored);
	arena_free(&a);
}

void held_opened(struct store *s)
{
	struct err ignored = { 0 };
	int64_t now = store_now(s), days = 0;
	struct db *db = s->writable && clock_believed(s->env) ? held_open(s, &ignored) : NULL;
	if (!db)
		return;
	// The days are noted as days of UTC: what counts is that they differ.
	if (held_day(db, "INSERT OR IGNORE INTO day(day) VALUES(?/86400000)", now, &ignored) &&
	    held_day(db, "UPDATE text SET came=? WHERE came=0", now, &ignored) &&
	    db_number(db, "SELECT count(*) FROM day", 0, &days, &ignored) && days >= HELD_OPENED)
		held_expire(s, db, now);
	db_close(db);
}
