// SPDX-License-Identifier: MIT
// Rule 1. What a row is, is told by its columns alone: their number, types and sizes.
// Rule 2. Where a row stands twice, the first stands: a page that was given up is filled with zeros.
// Rule 3. Of the facts beside the log only those are taken without which it could not be used: whose workbook it
//         is, which teams it holds, and to which team a record belongs.
#include "store/merge/salvage.h"
#include "base/embedded.h"
#include "store/file/looks.h"
#include "store/file/pages.h"
#include "store/file/private.h"

#include <plando/str.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct salvaging {
	struct salvage *out;
	struct arena a; // for one row
};

// The columns of a row by letters: i number, I number that may be missing, t text, T text that may be missing,
// d id (16 bytes), D id that may be missing, B bytes that may be missing, ? anything.
static bool salvage_fits(const struct page_row *row, const char *columns)
{
	if (row->count != strlen(columns))
		return false;
	for (size_t i = 0; i < row->count; i++) {
		const struct page_value *v = &row->value[i];
		bool none = v->type == PAGE_NULL;
		bool fits = columns[i] == 'i'	? v->type == PAGE_INT
			    : columns[i] == 'I' ? none || v->type == PAGE_INT
			    : columns[i] == 't' ? v->type == PAGE_TEXT
			    : columns[i] == 'T' ? none || v->type == PAGE_TEXT
			    : columns[i] == 'd' ? v->type == PAGE_BLOB && v->n == 16
			    : columns[i] == 'D' ? none || (v->type == PAGE_BLOB && v->n == 16)
			    : columns[i] == 'B' ? none || v->type == PAGE_BLOB
						: true;
		if (!fits || (v->type == PAGE_TEXT && memchr(v->bytes, '\0', v->n)))
			return false;
	}
	return true;
}

static bool salvage_bind(
    struct salvaging *w, struct ask *q, int at, const struct page_value *v, struct err *e)
{
	const char *text =
	    v->type == PAGE_TEXT ? arena_copy(&w->a, (const char *)v->bytes, v->n) : NULL;
	if (v->type == PAGE_TEXT && !text)
		return err_memory(e);
	if (v->type == PAGE_INT)
		ask_int(q, at, v->number);
	else if (v->type == PAGE_BLOB)
		ask_blob(q, at, v->bytes, v->n);
	else
		ask_text(q, at, text);
	return true;
}

static bool salvage_put(
    struct salvaging *w, const struct page_row *row, const char *sql, struct err *e)
{
	struct ask *q = db_ask(w->out->db, sql, e);
	bool ok = q != NULL;
	for (size_t i = 0; ok && i < row->count; i++)
		ok = salvage_bind(w, q, (int)i + 1, &row->value[i], e);
	if (ok)
		ok = ask_run(q, e);
	else
		ask_done(q);
	return ok;
}

static bool salvage_is_fact(const struct page_row *row)
{
	static const char *const FACTS[] = { "collab", "log_format", "scopes" };
	for (size_t i = 0; i < sizeof FACTS / sizeof *FACTS; i++)
		if (row->value[0].n == strlen(FACTS[i]) &&
		    memcmp(row->value[0].bytes, FACTS[i], row->value[0].n) == 0)
			return true;
	return false;
}

static bool salvage_take(void *context, const struct page_row *row, struct err *e)
{
	struct salvaging *w = context;
	struct page_row named = *row;
	bool ok = true, log = true;
	if (row->keyed && salvage_fits(row, "?ddTTTIIBii")) {
		named.value[0] = (struct page_value){ .type = PAGE_INT, .number = row->rowid };
		ok = salvage_put(w, &named,
		    "INSERT OR IGNORE INTO stream(" LOG_STREAM ") VALUES(?,?,?,?,?,?,?,?,?,?,?)",
		    e);
	} else if (!row->keyed && salvage_fits(row, "iiiiiiidttTBi")) {
		ok = salvage_put(w, row,
		    "INSERT OR IGNORE INTO change(" LOG_CHANGE
		    ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
		    e);
	} else {
		log = false;
		if (!row->keyed && salvage_fits(row, "dtDIT") && row->value[2].type == PAGE_BLOB)
			ok = salvage_put(w,
			    &(struct page_row){
				.value = { row->value[0], row->value[2] }, .count = 2 },
			    "INSERT OR IGNORE INTO place(ent,scope) VALUES(?,?)", e);
		else if (!row->keyed && salvage_fits(row, "t?") && salvage_is_fact(row))
			ok = salvage_put(w, row, "INSERT OR IGNORE INTO meta(k,v) VALUES(?,?)", e);
	}
	w->out->rows += log;
	arena_free(&w->a);
	return ok;
}

// A file that loses its name at once: as large as the log, it has no place in memory.
static struct db *salvage_db(const char *path, struct err *e)
{
	struct making m;
	char file[MAKING_ROOM + 8];
	if (!private_folder(&m, e))
		return NULL;
	snprintf(file, sizeof file, "%s/log", m.temp);
	int fd = open(file, O_CREAT | O_EXCL | O_CLOEXEC | O_WRONLY, 0600);
	struct db *db = fd >= 0 ? db_open(file, DB_SCRATCH, path, e)
				: (err_output(e, path, "make a private copy of it"), NULL);
	if (fd >= 0)
		close(fd);
	if (db && !db_exec(db, "SELECT count(*) FROM sqlite_schema", e)) {
		db_close(db);
		db = NULL;
	}
	making_abandon(&m);
	return db;
}

static bool salvage_tables(const char *path, struct salvage *x, struct err *e)
{
	x->db = salvage_db(path, e);
	return x->db && db_begin(x->db, e) && db_exec(x->db, embedded_find("log.sql")->text, e) &&
	       db_exec(x->db, embedded_find("local.sql")->text, e) &&
	       db_exec(
		   x->db, "CREATE TABLE place(ent BLOB PRIMARY KEY, scope BLOB) WITHOUT ROWID", e);
}

// Nothing of a log in it: because it is something else, or because nothing is left.
static bool salvage_empty(const char *path, struct err *e)
{
	const char *looks = looks_at(path);
	return err_set(e, ERR_DATA, "%s: %s", path,
	    looks ? looks : "nothing of a workbook can be read in it; take your last good copy");
}

bool salvage_read(const char *path, struct salvage *out, struct err *e)
{
	struct salvaging w = { .out = out };
	struct stat before, after;
	*out = (struct salvage){ 0 };
	if (!file_plain(path, &before, e))
		return false;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, path, "open");
	bool ok = salvage_tables(path, out, e) &&
		  pages_read(fd, salvage_take, &w, &out->unread, e) && db_commit(out->db, e);
	if (ok && (fstat(fd, &after) != 0 || !same_file(&before, &after)))
		ok = err_set(e, ERR_BUSY,
		    "%s: it is still being copied; try again when it has arrived", path);
	if (ok && !out->rows)
		ok = salvage_empty(path, e);
	close(fd);
	if (!ok)
		salvage_close(out);
	return ok;
}

void salvage_close(struct salvage *x)
{
	db_close(x->db);
	x->db = NULL;
}
