// SPDX-License-Identifier: MIT
// Import of many data points from CSV, beside bare INSERTs of the same changes into the same two
// tables of a log, with the same settings.
// bench_import FOLDER [ROWS]
#include "samples.h"

#include <plando/intake.h>
#include <plando/record.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 100000, TURNS = 3, COLUMNS = 13, DAYS = 1000 };

static struct samples importing = { .what = "importing 100,000 points from CSV", .bar = 3.33 };

static void stop(const char *words)
{
	fprintf(stderr, "bench_import: %s\n", words);
	exit(1);
}

static void csv_write(const char *path, int rows)
{
	FILE *out = fopen(path, "w");
	if (!out)
		stop(path);
	fputs("date,group,numerator,denominator\n", out);
	for (int i = 0; i < rows; i++) {
		char iso[DATE_TEXT];
		date_print_iso(10000 + i % DAYS, iso);
		fprintf(out, "%s,Ward %d,%d,%d\n", iso, i / DAYS, i * 7 % 50, 50 + i % 49);
	}
	fclose(out);
}

// ---- plando

static void measure_make(struct store *s, struct id *measure)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct id team;
	char id[ID_TEXT];
	struct save *v = save_begin(s, &a, &e);
	if (!v || !save_new(v, "team", NULL, &team, &e) ||
	    !save_cell(v, &team, "team", "name", "Hubs", &e) ||
	    !save_new(v, "measure", NULL, measure, &e))
		stop(e.text);
	id_print(&team, id);
	if (!save_cell(v, measure, "measure", "team", id, &e) ||
	    !save_cell(v, measure, "measure", "data", "percent", &e) || !save_commit(v, NULL, &e))
		stop(e.text);
	arena_free(&a);
}

static double plando_import(const char *path, const char *csv, const struct env *env)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct id measure;
	struct intake_counts counts;
	size_t changes;
	FILE *in = fopen(csv, "r");
	struct store *s =
	    store_create(path, env, "Bench", &e) ? store_open(path, STORE_WRITE, env, &e) : NULL;
	if (!s || !in)
		stop(e.text);
	measure_make(s, &measure);
	double begun = clock_ms();
	struct intake *n = intake_open(s, &a, &(struct intake_source){ .name = csv, .in = in },
	    &(struct intake_target){ .measure = &measure }, NULL, &e);
	if (!n || !intake_settle(n, &e) || !intake_rows(n, NULL, NULL, &counts, &e) ||
	    !intake_save(n, false, NULL, NULL, &changes, &e))
		stop(e.text);
	double took = clock_ms() - begun;
	intake_close(n);
	store_close(s);
	fclose(in);
	arena_free(&a);
	return took;
}

// ---- the floor

struct row {
	sqlite3_value *cell[COLUMNS];
};

static struct row *rows_read(sqlite3 *db, size_t *n)
{
	sqlite3_stmt *q;
	struct row *all = NULL;
	if (sqlite3_prepare_v2(db, "SELECT * FROM change", -1, &q, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	for (*n = 0; sqlite3_step(q) == SQLITE_ROW; ++*n) {
		if (*n % 65536 == 0 && !(all = realloc(all, (*n + 65536) * sizeof *all)))
			stop("no memory");
		for (int c = 0; c < COLUMNS; c++)
			all[*n].cell[c] = sqlite3_value_dup(sqlite3_column_value(q, c));
	}
	sqlite3_finalize(q);
	return all;
}

static sqlite3 *floor_open(const char *path, sqlite3 *like)
{
	sqlite3 *db;
	sqlite3_stmt *q;
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
		"PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;"
		"PRAGMA cache_size = -65536",
		NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(like,
		"SELECT sql FROM sqlite_schema WHERE tbl_name = 'change' AND sql NOT NULL", -1, &q,
		NULL) != SQLITE_OK)
		stop("the floor cannot be made");
	while (sqlite3_step(q) == SQLITE_ROW)
		if (sqlite3_exec(db, (const char *)sqlite3_column_text(q, 0), NULL, NULL, NULL) !=
		    SQLITE_OK)
			stop(sqlite3_errmsg(db));
	sqlite3_finalize(q);
	return db;
}

static double floor_insert(const char *path, const char *imported)
{
	sqlite3 *like, *db;
	sqlite3_stmt *q;
	size_t n;
	if (sqlite3_open(imported, &like) != SQLITE_OK)
		stop(imported);
	struct row *all = rows_read(like, &n);
	db = floor_open(path, like);
	double begun = clock_ms();
	sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	if (sqlite3_prepare_v2(db, "INSERT INTO change VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &q,
		NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	for (size_t i = 0; i < n; i++) {
		for (int c = 0; c < COLUMNS; c++)
			sqlite3_bind_value(q, c + 1, all[i].cell[c]);
		if (sqlite3_step(q) != SQLITE_DONE)
			stop(sqlite3_errmsg(db));
		sqlite3_reset(q);
	}
	sqlite3_finalize(q);
	if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		stop(sqlite3_errmsg(db));
	double took = clock_ms() - begun;
	for (size_t i = 0; i < n; i++)
		for (int c = 0; c < COLUMNS; c++)
			sqlite3_value_free(all[i].cell[c]);
	free(all);
	sqlite3_close(db);
	sqlite3_close(like);
	return took;
}

int main(int argc, char **argv)
{
	char csv[4096], file[4096], floor[4096];
	if (argc < 2)
		return 64;
	struct env env = env_real("Bench");
	int rows = argc > 2 ? atoi(argv[2]) : ROWS;
	snprintf(csv, sizeof csv, "%s/points.csv", argv[1]);
	csv_write(csv, rows);
	for (int i = 0; i < TURNS; i++) {
		snprintf(file, sizeof file, "%s/import%d.plando", argv[1], i);
		snprintf(floor, sizeof floor, "%s/import%d.db", argv[1], i);
		double took = plando_import(file, csv, &env);
		samples_add(&importing, floor_insert(floor, file), took);
		remove(file);
		remove(floor);
	}
	samples_print(&importing);
	remove(csv);
	return 0;
}
