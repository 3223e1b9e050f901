// SPDX-License-Identifier: MIT
#include "store/log/db.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 160, BUSY_MS = 5000 };

struct ask {
	struct db *db;
	sqlite3_stmt *stmt;
	const char *sql; // of a kept statement; NULL = finalised when done
	bool lent;
	int unbound; // why a value could not be bound: SQLite would ask with NULL in its place
};

struct db {
	sqlite3 *lite;
	char *path;
	bool moved;
	int64_t steps; // rows and ends that were asked for
	unsigned held; // db_hold without its db_release
	bool reading;  // the transaction that is open is db_hold's
	size_t kept;
	struct ask *asks[KEPT];
};

// What SQLite says, and what a person can do about it.
static const struct trouble {
	int code;
	enum err_code exit;
	const char *words;
} troubles[] = {
	{ SQLITE_BUSY, ERR_BUSY, "another plando is saving; try again in a moment" },
	{ SQLITE_LOCKED, ERR_BUSY, "another plando is saving; try again in a moment" },
	{ SQLITE_FULL, ERR_IO, "the disk is full; make room and try again" },
	{ SQLITE_NOMEM, ERR_MEMORY, "out of memory; close other programs and try again" },
	{ SQLITE_READONLY, ERR_NOPERM, "it cannot be written to; save a copy elsewhere" },
	{ SQLITE_PERM, ERR_NOPERM, "no permission; ask its owner, or save a copy elsewhere" },
	{ SQLITE_AUTH, ERR_NOPERM, "no permission; ask its owner, or save a copy elsewhere" },
	{ SQLITE_CANTOPEN, ERR_NOINPUT,
	    "it cannot be opened; check that it is there and yours to read" },
	{ SQLITE_NOTADB, ERR_DATA, "it is not a plando workbook; check the name" },
	{ SQLITE_CORRUPT, ERR_DATA,
	    "the file is damaged; take your last good copy, or save what is left with plando recover" },
	{ SQLITE_IOERR, ERR_IO,
	    "the disk reported an error; check that it has room and may be written to, and try "
	    "again" },
	{ SQLITE_TOOBIG, ERR_DATA, "a value is too large; shorten it" },
	{ SQLITE_INTERRUPT, ERR_DATA, "it took too long; the file may be damaged or hostile" },
};

// Where the system said more than SQLite's code does.
static bool db_system_says(struct db *db, int code, const char *path, struct err *e)
{
	int number = db->lite ? sqlite3_system_errno(db->lite) : 0;
	if ((code & 0xff) != SQLITE_IOERR && (code & 0xff) != SQLITE_CANTOPEN)
		return false;
	if (number != ENOSPC && number != EDQUOT && number != EROFS && number != EFBIG)
		return false;
	errno = number;
	err_errno(e, path, "write to it");
	return true;
}

// SQLite reads a value whole before it looks at its length. A value is 1 MB at most, a page far
// less: only a hostile file asks for a piece of memory like this, and it is not given.
enum { PIECE_MOST = 64 << 20 };
static sqlite3_mem_methods library_memory;
static bool piece_refused;

static bool db_piece_is_large(int n)
{
	piece_refused = n > PIECE_MOST;
	return piece_refused;
}

static void *db_piece_get(int n)
{
	return db_piece_is_large(n) ? NULL : library_memory.xMalloc(n);
}

static void *db_piece_resize(void *piece, int n)
{
	return db_piece_is_large(n) ? NULL : library_memory.xRealloc(piece, n);
}

static bool db_fail(struct db *db, int code, struct err *e)
{
	if (code == SQLITE_NOMEM && piece_refused)
		code = SQLITE_TOOBIG;
	int extended = db->lite ? sqlite3_extended_errcode(db->lite) : code;
	db->moved = extended == SQLITE_READONLY_DBMOVED;
	const char *path = db->path ? db->path : "memory";
	if (db_system_says(db, code, path, e))
		return false;
	for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
		if (troubles[i].code == (code & 0xff))
			return err_set(e, troubles[i].exit, "%s: %s", path, troubles[i].words);
	const char *says = db->lite ? sqlite3_errmsg(db->lite) : "no memory";
	return err_set(e, ERR_INTERNAL, "%s: %s; please report this", path, says);
}

// Every defence that does not depend on what is in the file.
static void db_harden(sqlite3 *lite)
{
	static const int on[] = { SQLITE_DBCONFIG_DEFENSIVE };
	static const int off[] = { SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER,
		SQLITE_DBCONFIG_ENABLE_VIEW, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER,
		SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_DQS_DML,
		SQLITE_DBCONFIG_DQS_DDL };
	for (size_t i = 0; i < sizeof on / sizeof *on; i++)
		sqlite3_db_config(lite, on[i], 1, NULL);
	for (size_t i = 0; i < sizeof off / sizeof *off; i++)
		sqlite3_db_config(lite, off[i], 0, NULL);
	sqlite3_limit(lite, SQLITE_LIMIT_LENGTH, 256 * 1024 * 1024);
	sqlite3_limit(lite, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(lite, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
	sqlite3_extended_result_codes(lite, 1);
	sqlite3_busy_timeout(lite, BUSY_MS);
}

static const char PRAGMAS[] =
    "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
    "PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON; PRAGMA foreign_keys=OFF;";
// Read from end to end once, then closed.
static const char PRIVATE_PRAGMAS[] = "PRAGMA cache_size=-65536;";
static const char KEPT_PRAGMAS[] = "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=OFF;";
static const char SCRATCH_PRAGMAS[] = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;";

// "./" or the absolute path before the name, so that no name means anything but a file; a private
// copy is opened by a URI, which is the only way to say immutable.
static char *db_name(const char *path, enum db_mode mode)
{
	if (mode == DB_MEMORY || !path)
		return sqlite3_mprintf(":memory:");
	if (mode != DB_PRIVATE)
		return sqlite3_mprintf("%s%s", *path == '/' ? "" : "./", path);
	sqlite3_str *s = sqlite3_str_new(NULL);
	sqlite3_str_appendall(s, *path == '/' ? "file://" : "file:./");
	for (const char *p = path; *p; p++)
		sqlite3_str_appendf(s, strchr("?#%", *p) ? "%%%02x" : "%c", (unsigned char)*p);
	sqlite3_str_appendall(s, "?immutable=1");
	return sqlite3_str_finish(s);
}

// plando has one thread: no locks around each piece of memory and each page, and nobody asks for
// the counts that need them.
static void db_library_begin(void)
{
	static bool begun;
	if (!begun) {
		sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
		if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &library_memory) == SQLITE_OK) {
			sqlite3_mem_methods own = library_memory;
			own.xMalloc = db_piece_get;
			own.xRealloc = db_piece_resize;
			sqlite3_config(SQLITE_CONFIG_MALLOC, &own);
		}
	}
	begun = true;
}

struct db *db_open(const char *path, enum db_mode mode, const char *shown, struct err *e)
{
	static const int flags[] = {
		[DB_READ] = SQLITE_OPEN_READONLY,
		[DB_WRITE] = SQLITE_OPEN_READWRITE,
		[DB_SCRATCH] = SQLITE_OPEN_READWRITE,
		[DB_KEPT] = SQLITE_OPEN_READWRITE,
		[DB_PRIVATE] = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
		[DB_MEMORY] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY,
	};
	db_library_begin();
	struct db *db = sqlite3_malloc64(sizeof *db);
	if (!db)
		return err_memory(e), NULL;
	*db = (struct db){ .path = shown ? sqlite3_mprintf("%s", shown) : NULL };
	char *name = db_name(path, mode);
	int rc = name ? sqlite3_open_v2(name, &db->lite, flags[mode] | SQLITE_OPEN_NOMUTEX, NULL)
		      : SQLITE_NOMEM;
	sqlite3_free(name);
	if (rc == SQLITE_OK)
		db_harden(db->lite);
	if (rc == SQLITE_OK && mode == DB_PRIVATE) // a value is 1 MB at most; this is never held
		sqlite3_limit(db->lite, SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024);
	if (rc == SQLITE_OK && db_exec(db, PRAGMAS, e) &&
	    (mode != DB_SCRATCH || db_exec(db, SCRATCH_PRAGMAS, e)) &&
	    (mode != DB_KEPT || db_exec(db, KEPT_PRAGMAS, e)) &&
	    (mode != DB_PRIVATE || db_exec(db, PRIVATE_PRAGMAS, e)))
		return db;
	if (rc != SQLITE_OK)
		db_fail(db, rc, e);
	db_close(db);
	return NULL;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->kept; i++) {
		sqlite3_finalize(db->asks[i]->stmt);
		sqlite3_free(db->asks[i]);
	}
	sqlite3_close_v2(db->lite);
	sqlite3_free(db->path);
	sqlite3_free(db);
}

bool db_exec(struct db *db, const char *sql, struct err *e)
{
	int rc = sqlite3_exec(db->lite, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK || db_fail(db, rc, e);
}

// blamed: the one of the two that is a file of its own.
static bool db_copy_into(struct db *db, struct db *to, struct db *blamed, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(to->lite, "main", db->lite, "main");
	int rc = b ? sqlite3_backup_step(b, -1) : sqlite3_errcode(to->lite);
	sqlite3_backup_finish(b);
	if (rc == SQLITE_DONE)
		return true;
	return db_fail(blamed, rc, e);
}

bool db_backup(struct db *db, const char *to, const char *shown, struct err *e)
{
	struct db *copy = db_open(to, DB_SCRATCH, shown, e);
	bool ok = copy && db_copy_into(db, copy, copy, e);
	db_close(copy);
	return ok;
}

struct db *db_twin(struct db *db, struct err *e)
{
	struct db *twin = db_open(NULL, DB_MEMORY, NULL, e);
	if (twin && !db_copy_into(db, twin, db, e)) {
		db_close(twin);
		return NULL;
	}
	return twin;
}

void db_sync(struct db *db)
{
	sqlite3_file *file = NULL;
	int rc = sqlite3_file_control(db->lite, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (rc == SQLITE_OK && file && file->pMethods)
		file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}

void db_fresh(struct db *db)
{
	sqlite3_db_release_memory(db->lite);
}

void db_room(struct db *db, bool wide)
{
	sqlite3_exec(db->lite, wide ? "PRAGMA cache_size=-65536" : "PRAGMA cache_size=-2000", NULL,
	    NULL, NULL);
}

bool db_moved(const struct db *db)
{
	return db->moved;
}

static void db_hold_end(struct db *db)
{
	if (db->reading)
		sqlite3_exec(db->lite, "COMMIT", NULL, NULL, NULL);
	db->reading = false;
}

bool db_vacuum(struct db *db, struct err *e)
{
	db_hold_end(db);
	// The only statement that needs a second database: the one into which it copies.
	sqlite3_limit(db->lite, SQLITE_LIMIT_ATTACHED, 1);
	bool ok = db_exec(db, "VACUUM", e);
	sqlite3_limit(db->lite, SQLITE_LIMIT_ATTACHED, 0);
	return ok;
}

bool db_read_only(const struct db *db)
{
	return sqlite3_db_readonly(db->lite, "main") == 1;
}

void db_hold(struct db *db)
{
	if (!db->held++)
		db->reading = sqlite3_get_autocommit(db->lite) &&
			      sqlite3_exec(db->lite, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
}

void db_release(struct db *db)
{
	if (db->held && !--db->held)
		db_hold_end(db);
}

bool db_begin(struct db *db, struct err *e)
{
	db_hold_end(db);
	return db_exec(db, "BEGIN IMMEDIATE", e);
}

void db_rollback(struct db *db)
{
	if (!sqlite3_get_autocommit(db->lite))
		sqlite3_exec(db->lite, "ROLLBACK", NULL, NULL, NULL);
}

bool db_commit(struct db *db, struct err *e)
{
	if (db_exec(db, "COMMIT", e))
		return true;
	db_rollback(db);
	return false;
}

static struct ask *db_ask_kept(struct db *db, const char *sql)
{
	for (size_t i = 0; i < db->kept; i++) {
		struct ask *q = db->asks[i];
		if (q->lent || strcmp(q->sql, sql) != 0)
			continue;
		if (i > 0) { // what is asked again and again comes to stand first
			db->asks[i] = db->asks[i - 1];
			db->asks[i - 1] = q;
		}
		return q;
	}
	return NULL;
}

static struct ask *db_ask_new(struct db *db, const char *sql, struct err *e)
{
	struct ask *q = sqlite3_malloc64(sizeof *q);
	if (!q)
		return err_memory(e), NULL;
	*q = (struct ask){ .db = db };
	int rc = sqlite3_prepare_v3(db->lite, sql, -1, SQLITE_PREPARE_PERSISTENT, &q->stmt, NULL);
	if (rc != SQLITE_OK) {
		db_fail(db, rc, e);
		sqlite3_free(q);
		return NULL;
	}
	if (db->kept < KEPT) {
		q->sql = sqlite3_sql(q->stmt);
		db->asks[db->kept++] = q;
	}
	return q;
}

struct ask *db_ask(struct db *db, const char *sql, struct err *e)
{
	struct ask *q = db_ask_kept(db, sql);
	if (!q)
		q = db_ask_new(db, sql, e);
	if (q)
		q->lent = true;
	return q;
}

static void db_bound(struct ask *q, int rc)
{
	if (rc != SQLITE_OK)
		q->unbound = rc;
}

void ask_int(struct ask *q, int at, int64_t value)
{
	db_bound(q, sqlite3_bind_int64(q->stmt, at, value));
}

void ask_text(struct ask *q, int at, const char *text)
{
	db_bound(q, sqlite3_bind_text(q->stmt, at, text, -1, SQLITE_STATIC));
}

void ask_blob(struct ask *q, int at, const void *bytes, size_t n)
{
	db_bound(q, n ? sqlite3_bind_blob64(q->stmt, at, bytes, n, SQLITE_STATIC)
		      : sqlite3_bind_null(q->stmt, at));
}

void ask_id(struct ask *q, int at, const struct id *id)
{
	db_bound(q, sqlite3_bind_blob64(q->stmt, at, id->b, sizeof id->b, SQLITE_TRANSIENT));
}

static int db_stepped(struct ask *q)
{
	q->db->steps++;
	return q->unbound ? q->unbound : sqlite3_step(q->stmt);
}

bool ask_step(struct ask *q, struct err *e)
{
	int rc = db_stepped(q);
	if (rc == SQLITE_ROW)
		return true;
	return rc == SQLITE_DONE ? false : db_fail(q->db, rc, e);
}

int64_t db_steps(const struct db *db)
{
	return db->steps;
}

bool ask_run(struct ask *q, struct err *e)
{
	int rc = db_stepped(q);
	bool ok = rc == SQLITE_DONE || rc == SQLITE_ROW || db_fail(q->db, rc, e);
	ask_done(q);
	return ok;
}

// What SQLite says of the statement at its end: also that a column of the last row could not be
// handed out, which then looked as if it were NULL.
static int db_given_back(struct ask *q)
{
	int rc;
	if (!q->sql) {
		rc = sqlite3_finalize(q->stmt);
		sqlite3_free(q);
		return rc;
	}
	rc = sqlite3_reset(q->stmt);
	sqlite3_clear_bindings(q->stmt);
	q->lent = false;
	q->unbound = SQLITE_OK;
	return rc;
}

void ask_done(struct ask *q)
{
	if (q)
		db_given_back(q);
}

bool ask_end(struct ask *q, const struct err *own, struct err *e)
{
	struct db *db = q->db;
	int rc = db_given_back(q);
	if (own->code != ERR_NONE)
		return err_set(e, own->code, "%s", own->text);
	return rc != SQLITE_NOMEM || db_fail(db, rc, e);
}

int64_t col_int(struct ask *q, int at)
{
	return sqlite3_column_int64(q->stmt, at);
}

const char *col_text(struct ask *q, int at)
{
	return (const char *)sqlite3_column_text(q->stmt, at);
}

size_t col_size(struct ask *q, int at)
{
	return (size_t)sqlite3_column_bytes(q->stmt, at);
}

const void *col_blob(struct ask *q, int at)
{
	return sqlite3_column_blob(q->stmt, at);
}

bool col_id(struct ask *q, int at, struct id *out)
{
	const void *bytes = col_blob(q, at);
	if (!bytes || col_size(q, at) != sizeof out->b)
		return false;
	memcpy(out->b, bytes, sizeof out->b);
	return true;
}

bool col_null(struct ask *q, int at)
{
	return sqlite3_column_type(q->stmt, at) == SQLITE_NULL;
}

int col_count(struct ask *q)
{
	return sqlite3_column_count(q->stmt);
}

int64_t db_rowid(struct db *db)
{
	return sqlite3_last_insert_rowid(db->lite);
}

int64_t db_changed(struct db *db)
{
	return sqlite3_changes64(db->lite);
}

bool db_number(struct db *db, const char *sql, int64_t none, int64_t *out, struct err *e)
{
	struct ask *q = db_ask(db, sql, e);
	if (!q)
		return false;
	struct err own = { 0 };
	*out = ask_step(q, &own) && !col_null(q, 0) ? col_int(q, 0) : none;
	return ask_end(q, &own, e);
}
