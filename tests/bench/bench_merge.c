// SPDX-License-Identifier: MIT
// Merging, beside bare SQL that brings the same rows over: nothing new, a week's changes,
// everything into an empty copy; and the fold of the whole log, beside the least that finds the
// shown value of every cell. A workbook of 15 teams and three years: about 94,000 changes in 13,400
// streams. bench_merge FOLDER [STREAMS]
#include "samples.h"
#include "store/log/store.h"

#include <plando/merge.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STREAMS = 13400, CELLS = 7, WEEK = 86, TURNS = 5, ROOM = 4096 };

static struct samples same = { .what = "merge: nothing new", .bar = 1.5 };
static struct samples week = { .what = "merge: a week (600 changes)", .bar = 3 };
static struct samples all = { .what = "merge: all into an empty copy", .bar = 3 };
static struct samples refold = { .what = "fold: the whole log again", .bar = 2 };

static void stop(const char *words)
{
	fprintf(stderr, "bench_merge: %s\n", words);
	exit(1);
}

static void write_one(struct store *s, int i)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct id id;
	struct save *v = save_begin(s, &a, &e);
	bool ok = v && save_new(v, "event", NULL, &id, &e);
	for (int c = 0; ok && c < CELLS; c++) {
		const char *cell = arena_printf(&a, "note%d", c);
		const char *text =
		    arena_printf(&a, "We rang %d families; %d answered and came.", i, c);
		ok = save_cell(v, &id, "event", cell, text, &e);
	}
	if (!ok || !save_commit(v, NULL, &e))
		stop(e.text);
	s->sessions = 0; // the next save is another run of the program
	arena_free(&a);
}

static const char *path_in(const char *folder, const char *name)
{
	static char path[4][ROOM];
	static int at;
	at = (at + 1) % 4;
	snprintf(path[at], ROOM, "%s/%s", folder, name);
	return path[at];
}

static void keep(struct store *s, const char *path)
{
	struct err e = { 0 };
	unlink(path);
	if (!store_copy(s, path, &e))
		stop(e.text);
}

// ---- the floor: rows of theirs that mine lacks, and the cells that they show

static const char JOIN[] = "SELECT count(*) FROM theirs.stream o LEFT JOIN stream m ON m.id=o.id "
			   "WHERE m.id IS NULL OR m.seq<o.seq";
static const char BRING[] =
    "CREATE TEMP TABLE need AS SELECT o.sid AS their, o.id AS id, coalesce(m.seq,0) AS have"
    " FROM theirs.stream o LEFT JOIN stream m ON m.id=o.id WHERE m.id IS NULL OR m.seq<o.seq;"
    "BEGIN IMMEDIATE;"
    "INSERT INTO stream SELECT NULL,id,scope,author,device,program,opened,utcoff,fork_of,seq,tip "
    "FROM theirs.stream WHERE sid IN (SELECT their FROM need WHERE have=0);"
    "INSERT INTO change SELECT m.sid,c.seq,cid,hlc,at,grp,last,ent,kind,fld,val,prev,-1 FROM need n"
    " JOIN theirs.change c ON c.sid=n.their AND c.seq>n.have JOIN stream m ON m.id=n.id;"
    "INSERT OR REPLACE INTO cell SELECT ent,fld,val,1 FROM change WHERE batch=-1;"
    "COMMIT";

static double floor_run(const char *mine, const char *theirs, const char *sql)
{
	sqlite3 *db;
	double begun = clock_ms();
	char *attach = sqlite3_mprintf("ATTACH %Q AS theirs", theirs);
	if (sqlite3_open(mine, &db) != SQLITE_OK ||
	    sqlite3_exec(db, attach, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	sqlite3_close(db);
	sqlite3_free(attach);
	return clock_ms() - begun;
}

// ---- the floor of the fold: heads by hash, the last of them by (hlc, cid), into the table of
// cells

enum { CELL_MOST = 64, ID_BYTES = 16 };

struct one_cell {
	unsigned char ent[ID_BYTES];
	char fld[64], val[CELL_MOST][256];
	int64_t cid[CELL_MOST], hlc[CELL_MOST], seen[CELL_MOST];
	size_t count, seen_count;
};

static bool was_seen(const struct one_cell *c, int64_t cid)
{
	for (size_t i = 0; i < c->seen_count; i++)
		if (c->seen[i] == cid)
			return true;
	return false;
}

static void cell_write(const struct one_cell *c, sqlite3_stmt *put)
{
	size_t best = 0;
	int heads = 0;
	for (size_t i = 0; i < c->count; i++) {
		if (was_seen(c, c->cid[i]))
			continue;
		if (!heads++ || c->hlc[i] > c->hlc[best] ||
		    (c->hlc[i] == c->hlc[best] && c->cid[i] > c->cid[best]))
			best = i;
	}
	sqlite3_bind_blob(put, 1, c->ent, ID_BYTES, SQLITE_STATIC);
	sqlite3_bind_text(put, 2, c->fld, -1, SQLITE_STATIC);
	sqlite3_bind_text(put, 3, c->val[best], -1, SQLITE_STATIC);
	sqlite3_bind_int(put, 4, heads);
	if (sqlite3_step(put) != SQLITE_DONE)
		stop("the floor cannot write");
	sqlite3_reset(put);
}

static void cell_take(struct one_cell *c, sqlite3_stmt *row)
{
	const unsigned char *prev = sqlite3_column_blob(row, 5);
	size_t prevs = (size_t)sqlite3_column_bytes(row, 5) / 8;
	if (c->count == CELL_MOST || c->seen_count + prevs > CELL_MOST)
		stop("more changes of one cell than the floor has room for");
	c->cid[c->count] = sqlite3_column_int64(row, 2);
	c->hlc[c->count] = sqlite3_column_int64(row, 3);
	snprintf(c->val[c->count++], sizeof c->val[0], "%s", sqlite3_column_text(row, 4));
	for (size_t i = 0; i < prevs; i++) {
		uint64_t cid = 0;
		for (int b = 0; b < 8; b++)
			cid = cid << 8 | prev[8 * i + (size_t)b];
		c->seen[c->seen_count++] = (int64_t)cid;
	}
}

static void fold_rows(sqlite3_stmt *row, sqlite3_stmt *put)
{
	static struct one_cell c;
	c.count = c.seen_count = 0;
	while (sqlite3_step(row) == SQLITE_ROW) {
		const void *ent = sqlite3_column_blob(row, 0);
		const char *fld = (const char *)sqlite3_column_text(row, 1);
		if (c.count && (memcmp(c.ent, ent, ID_BYTES) != 0 || strcmp(c.fld, fld) != 0)) {
			cell_write(&c, put);
			c.count = c.seen_count = 0;
		}
		memcpy(c.ent, ent, ID_BYTES);
		snprintf(c.fld, sizeof c.fld, "%s", fld);
		cell_take(&c, row);
	}
	if (c.count)
		cell_write(&c, put);
}

static double floor_fold(const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *row, *put;
	double begun = clock_ms();
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, "BEGIN IMMEDIATE; DELETE FROM cell", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT ent,fld,cid,hlc,val,prev FROM change ORDER BY ent,fld",
		-1, &row, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO cell VALUES(?,?,?,?)", -1, &put, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	fold_rows(row, put);
	sqlite3_finalize(row);
	sqlite3_finalize(put);
	if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	sqlite3_close(db);
	return clock_ms() - begun;
}

static double plando_fold(const char *path, const struct env *env)
{
	struct err e = { 0 };
	double begun = clock_ms();
	struct store *s = store_open(path, STORE_WRITE, env, &e);
	if (!s || !state_renew(s, &e))
		stop(e.text);
	store_close(s);
	return clock_ms() - begun;
}

static void pair_fold(
    struct samples *to, struct store *before, const char *folder, const struct env *env)
{
	const char *mine = path_in(folder, "mine.plando");
	keep(before, mine);
	double floor = floor_fold(mine);
	keep(before, mine);
	samples_add(to, floor, plando_fold(mine, env));
}

static double plando_run(const char *mine, const char *theirs, const struct env *env)
{
	struct err e = { 0 };
	struct merge_report r;
	double begun = clock_ms();
	struct store *s = store_open(mine, STORE_WRITE, env, &e);
	if (!s || !merge_file(s, theirs, false, &r, &e))
		stop(e.text);
	store_close(s);
	return clock_ms() - begun;
}

static void pair(struct samples *to, struct store *before, const char *folder, const char *theirs,
    const char *sql, const struct env *env)
{
	const char *mine = path_in(folder, "mine.plando");
	keep(before, mine);
	double floor = floor_run(mine, theirs, sql);
	keep(before, mine);
	samples_add(to, floor, plando_run(mine, theirs, env));
}

int main(int argc, char **argv)
{
	struct err e = { 0 };
	if (argc < 2)
		return 64;
	struct env env = env_real("Bench");
	env.state_home = ""; // no backup, no outbox: they are not what is measured
	int streams = argc > 2 ? atoi(argv[2]) : STREAMS;
	struct store *empty = store_memory(&env, "Bench", &e);
	struct store *old = empty ? store_twin(empty, &env, &e) : NULL;
	for (int i = 0; old && i < streams; i++)
		write_one(old, i);
	struct store *new = old ? store_twin(old, &env, &e) : NULL;
	if (!new)
		stop(e.text);
	for (int i = 0; i < WEEK; i++)
		write_one(new, i);
	char theirs[ROOM], equal[ROOM];
	snprintf(theirs, ROOM, "%s/theirs.plando", argv[1]);
	snprintf(equal, ROOM, "%s/equal.plando", argv[1]);
	keep(new, theirs);
	keep(old, equal);
	for (int i = 0; i < TURNS; i++) {
		pair(&same, old, argv[1], equal, JOIN, &env);
		pair(&week, old, argv[1], theirs, BRING, &env);
		pair(&all, empty, argv[1], equal, BRING, &env);
		pair_fold(&refold, old, argv[1], &env);
	}
	samples_print(&same);
	samples_print(&week);
	samples_print(&all);
	samples_print(&refold);
	store_close(empty);
	store_close(old);
	store_close(new);
	return 0;
}
