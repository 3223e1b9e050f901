// SPDX-License-Identifier: MIT
// A small vocabulary over SQLite, and the only room that knows it: open hardened, ask, bind, step,
// read columns, begin and end transactions. Callers are the store's files and the queries of
// method.
//
// Statements are prepared once per text and kept. `db_ask` lends one out; `ask_done` gives it back.
// A statement that is asked for again while it is lent out is prepared a second time, so recursion
// is safe.
#ifndef PLANDO_STORE_DB_H
#define PLANDO_STORE_DB_H

#include <plando/arena.h>
#include <plando/err.h>
#include <plando/id.h>

struct db;
struct ask; // a prepared statement on loan

enum db_mode {
	DB_READ,    // read-only, nothing is created beside the file
	DB_WRITE,   // read and write; the file must exist
	DB_SCRATCH, // read and write a file that has no name yet for others: no journal beside it,
		    // and nothing is synced (the caller does it once, at the end)
	DB_KEPT,    // read and write, safe against a kill; durable after db_sync, and not before
	DB_PRIVATE, // read-only and immutable: a private copy that nobody else can change
	DB_MEMORY,  // no file
};

// Opens `path` (any name is taken as a file's name, also ":memory:" and "file:…") with every
// defence of SQLite on: defensive, no trusted schema, no triggers, no views, cell size checks, no
// memory map. `shown` stands in messages in its place (a private copy goes by its original's name).
struct db *db_open(const char *path, enum db_mode mode, const char *shown, struct err *e);
void db_close(struct db *db);

bool db_exec(struct db *db, const char *sql, struct err *e); // several statements are allowed
// Copies all pages into the empty file `to` (the backup interface: consistent while others write).
// Not synced: the caller does it before the file gets its name.
bool db_backup(struct db *db, const char *to, const char *shown, struct err *e);
// A second database in memory with the same content.
struct db *db_twin(struct db *db, struct err *e);
// Makes what was committed to a DB_KEPT durable: one sync.
void db_sync(struct db *db);
// What was read of the file is read again: after this, nothing depends on what it was before.
void db_fresh(struct db *db);
// More pages are kept in memory (64 MB of them instead of 2) while much is read and written at
// random.
void db_room(struct db *db, bool wide);
// The file was renamed, replaced or deleted under the open handle (the last error was of that
// kind).
bool db_moved(const struct db *db);

// Writes the file anew without free pages. Fails while somebody else reads or writes it.
bool db_vacuum(struct db *db, struct err *e);
bool db_read_only(const struct db *db); // the file was opened for writing but cannot be written to

// Between these all reads see one state, under one lock on the file instead of one a question. They
// nest. A transaction that begins in between ends it: what follows is read under locks of its own
// again.
void db_hold(struct db *db);
void db_release(struct db *db);

// Transactions. begin waits up to 5 s for another writer, then ERR_BUSY.
bool db_begin(struct db *db, struct err *e);
bool db_commit(struct db *db, struct err *e); // on failure the transaction is rolled back
void db_rollback(struct db *db);

struct ask *db_ask(struct db *db, const char *sql, struct err *e);
void ask_int(struct ask *q, int at, int64_t value);
void ask_text(struct ask *q, int at,
    const char *text); // not copied: must live until ask_done; NULL binds NULL
void ask_blob(struct ask *q, int at, const void *bytes, size_t n);
void ask_id(struct ask *q, int at, const struct id *id);

// True: a row is there. False: no more rows, or an error (then e->code is set; it must be ERR_NONE
// before).
bool ask_step(struct ask *q, struct err *e);
// Runs a statement that gives no rows (or whose rows do not matter) and gives it back.
bool ask_run(struct ask *q, struct err *e);
void ask_done(struct ask *q); // NULL is allowed
// The end of a loop over rows: gives q back and passes on what ask_step left in `own`, or that
// there was no memory to bind a value or to hand out a column. True: no error.
bool ask_end(struct ask *q, const struct err *own, struct err *e);

int64_t col_int(struct ask *q, int at);
const char *col_text(
    struct ask *q, int at); // NULL for NULL; until the next step; bytes after a NUL are cut
size_t col_size(struct ask *q, int at); // bytes of text or blob
const void *col_blob(struct ask *q, int at);
bool col_id(struct ask *q, int at, struct id *out); // false: not 16 bytes
bool col_null(struct ask *q, int at);
int col_count(struct ask *q);
int64_t db_changed(struct db *db);     // rows changed by the last statement
int64_t db_rowid(struct db *db);       // of the row inserted last
int64_t db_steps(const struct db *db); // asked so far: what tests hold work against

// One number, or `none` where there is no row.
bool db_number(struct db *db, const char *sql, int64_t none, int64_t *out, struct err *e);

#endif
