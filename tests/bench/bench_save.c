// SPDX-License-Identifier: MIT
// Leaving a field until it is durable: a save of one cell, beside one bare SQLite transaction that
// writes the same rows with the same settings (journal deleted, extra sync, secure delete). What
// plando does besides is its own: the hash, the fold, the search index, the outbox.
// bench_save FOLDER
#include "samples.h"

#include <plando/record.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { SAVES = 200 };

static const char *const ANSWERS[] = { "We rang ten families; seven answered.",
	"We rang ten families; eight answered." };

static void stop(const char *words)
{
	fprintf(stderr, "bench_save: %s\n", words);
	exit(1);
}

// ---- the floor

static sqlite3 *floor_open(const char *path)
{
	sqlite3 *db;
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
		"PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;"
		"PRAGMA secure_delete = ON;"
		"CREATE TABLE stream(sid INTEGER PRIMARY KEY, seq, tip);"
		"CREATE TABLE change(sid, seq, cid, at, ent, fld, val, batch,"
		" PRIMARY KEY(sid, seq)) WITHOUT ROWID;"
		"CREATE INDEX change_ent ON change(ent, fld);"
		"CREATE INDEX change_batch ON change(batch);"
		"CREATE TABLE batch(id INTEGER PRIMARY KEY, at, how, by, n);"
		"CREATE TABLE meta(k PRIMARY KEY, v) WITHOUT ROWID;"
		"CREATE TABLE cell(ent, fld, val, PRIMARY KEY(ent, fld)) WITHOUT ROWID;"
		"CREATE TABLE pdsa(id PRIMARY KEY, what_happened);"
		"INSERT INTO stream VALUES(1, 0, 0); INSERT INTO pdsa VALUES(1, '')",
		NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	return db;
}

static void floor_save(sqlite3 *db, int i)
{
	char *sql = sqlite3_mprintf("BEGIN IMMEDIATE;"
				    "INSERT INTO batch VALUES(%d, 0, 'save', 'Bench', 1);"
				    "INSERT INTO change VALUES(1, %d, random(), 0, 1, 'f', %Q, %d);"
				    "REPLACE INTO meta VALUES('hlc_max', random());"
				    "REPLACE INTO meta VALUES('digest', random());"
				    "UPDATE stream SET seq = %d, tip = random();"
				    "INSERT OR REPLACE INTO cell VALUES(1, 'f', %Q);"
				    "UPDATE pdsa SET what_happened = %Q;"
				    "COMMIT",
	    i + 1, i + 1, ANSWERS[i % 2], i + 1, i + 1, ANSWERS[i % 2], ANSWERS[i % 2]);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	sqlite3_free(sql);
}

// ---- plando

static void plando_save(struct store *s, struct id *id, const char *answer)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct save *v = save_begin(s, &a, &e);
	bool made = v && (!id_zero(id) || save_new(v, "pdsa", NULL, id, &e));
	if (!made || !save_cell(v, id, "pdsa", "what_happened", answer, &e) ||
	    !save_commit(v, NULL, &e))
		stop(e.text);
	arena_free(&a);
}

static struct store *plando_open(const char *path, const struct env *env)
{
	struct err e = { 0 };
	struct store *s =
	    store_create(path, env, "Bench", &e) ? store_open(path, STORE_WRITE, env, &e) : NULL;
	if (!s)
		stop(e.text);
	return s;
}

static struct samples saving = { .what = "leaving a field until durable", .bar = 1.5 };

int main(int argc, char **argv)
{
	char path[4096];
	if (argc != 2)
		return 64;
	struct env env = env_real("Bench");
	snprintf(path, sizeof path, "%s/save.plando", argv[1]);
	struct store *s = plando_open(path, &env);
	snprintf(path, sizeof path, "%s/save.db", argv[1]);
	sqlite3 *db = floor_open(path);
	struct id id = { 0 };
	plando_save(s, &id, "");
	for (int i = 0; i < SAVES; i++) {
		double begun = clock_ms();
		floor_save(db, i);
		double between = clock_ms();
		plando_save(s, &id, ANSWERS[i % 2]);
		samples_add(&saving, between - begun, clock_ms() - between);
	}
	samples_print(&saving);
	sqlite3_close(db);
	store_close(s);
	return 0;
}
