// SPDX-License-Identifier: MIT
// A good workbook in which one value is not what it should be: each column of each table, each kind
// of value that SQLite can keep there. It is opened, checked, exported and merged: each answers or
// refuses in words, it is not written to, and the workbook into which it was merged stands whole.
#include "../support.h"
#include "store/log/store.h"

#include <plando/bundle.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const VALUES[] = { "NULL", "''", "x''", "x'00'", "x'ff'", "-1", "0",
	"9223372036854775807", "-9223372036854775808", "1e308", "'text'", "zeroblob(1000000)",
	"replace(hex(zeroblob(50000)),'00','x')", "char(27)||'[2J'||char(8238)", "'%s%n'",
	"'../../etc/passwd'", "'99999999999999999999'", "x'00112233445566778899aabbccddeeff'" };
enum { VALUES_TRIED = sizeof VALUES / sizeof *VALUES };

// The log, what lies beside it, and some of what is made of it.
static const char *const TABLES[] = { "stream", "change", "meta", "batch", "rec", "cell", "team",
	"event" };
enum { TABLES_TRIED = sizeof TABLES / sizeof *TABLES, COLUMNS_MOST = 64 };

static struct arena a;
static struct world world;
static struct env env;
static const char *path, *good, *mine;

static void name_team(struct store *s, const char *name)
{
	struct id id, event;
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_new(v, "team", NULL, &id, &e));
	MUST(save_cell(v, &id, "team", "name", name, &e));
	MUST(save_new(v, "event", NULL, &event, &e));
	MUST(save_cell(v, &event, "event", "title", name, &e));
	MUST(save_commit(v, NULL, &e));
}

static void copy(const char *from, const char *to)
{
	size_t n;
	char *bytes = test_read(&a, from, &n);
	test_write(to, bytes, n);
}

static void setup(void)
{
	struct store *s;
	world = (struct world){ .now = 1795600000000, .seed = 5, .tick = 1 };
	env = world_env(&world);
	good = test_path(&a, arena_printf(&a, "good-%d.plando", (int)getpid()));
	path = test_path(&a, arena_printf(&a, "mutated-%d.plando", (int)getpid()));
	mine = test_path(&a, arena_printf(&a, "mine-%d.plando", (int)getpid()));
	MUST(store_create(good, &env, "Hubs", &e));
	MUST((s = store_open(good, STORE_WRITE, &env, &e)) != NULL);
	name_team(s, "First");
	store_close(s);
	copy(good, mine);
	MUST((s = store_open(mine, STORE_WRITE, &env, &e)) != NULL);
	name_team(s, "Mine");
	store_close(s);
	MUST((s = store_open(good, STORE_WRITE, &env, &e)) != NULL);
	name_team(s, "Second");
	name_team(s, "Third");
	store_close(s);
}

static void teardown(void)
{
	arena_free(&a);
}

// --- the mutation

static size_t columns_of(const char *table, const char *out[COLUMNS_MOST])
{
	sqlite3 *db;
	sqlite3_stmt *q;
	size_t n = 0;
	ck_assert_int_eq(sqlite3_open(good, &db), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_prepare_v2(db,
		arena_printf(&a, "SELECT name FROM pragma_table_info('%s')", table), -1, &q, NULL),
	    SQLITE_OK);
	while (sqlite3_step(q) == SQLITE_ROW && n < COLUMNS_MOST)
		out[n++] = arena_strdup(&a, (const char *)sqlite3_column_text(q, 0));
	sqlite3_finalize(q);
	sqlite3_close(db);
	ck_assert_uint_gt(n, 0);
	return n;
}

// One row in the middle. False: the table does not take that there.
static bool mutate(const char *table, const char *column, const char *value)
{
	sqlite3 *db;
	copy(good, path);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	const char *sql = arena_printf(&a,
	    "UPDATE %s SET \"%s\"=%s WHERE (\"%s\") IN (SELECT \"%s\" FROM %s LIMIT 1 OFFSET (SELECT"
	    " count(*)/2 FROM %s))",
	    table, column, value, column, column, table, table);
	bool done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK && sqlite3_changes(db) > 0;
	sqlite3_close(db);
	return done;
}

// --- what is asked

static void asked(const char *what)
{
	struct err e = { 0 };
	struct store_problems p;
	struct str text = STR_IN(&a);
	struct store *s = store_open(path, STORE_READ, &env, &e);
	ck_assert_msg(s || (e.code && *e.text), "%s: refused without words", what);
	if (!s)
		return;
	e = (struct err){ 0 };
	ck_assert_msg(store_check(s, &a, &p, &e) || (e.code && *e.text), "%s: check", what);
	e = (struct err){ 0 };
	ck_assert_msg(bundle_export(s, &a, &text, &e) || (e.code && *e.text), "%s: export", what);
	store_close(s);
}

static bool has_team(struct store *s, const char *name)
{
	struct record r;
	struct err e = { 0 };
	return record_find(s, &a, "team", name, &r, &e);
}

static void merged(const char *what)
{
	struct err e = { 0 };
	struct merge_report r;
	struct store_problems p;
	const char *into = arena_printf(&a, "%s.into", mine);
	copy(mine, into);
	struct store *s = store_open(into, STORE_WRITE, &env, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	bool ok = merge_file(s, path, false, &r, &e);
	ck_assert_msg(ok || (e.code && *e.text), "%s: refused without words", what);
	ck_assert_msg(has_team(s, "First") && has_team(s, "Mine"), "%s: rows are lost", what);
	ck_assert_msg(
	    store_check(s, &a, &p, &e) && !p.count, "%s: %s", what, p.count ? p.line[0] : e.text);
	store_close(s);
}

static void judge(const char *what)
{
	size_t n, m;
	const char *before = test_read(&a, path, &n);
	asked(what);
	merged(what);
	const char *after = test_read(&a, path, &m);
	ck_assert_msg(n == m && memcmp(before, after, n) == 0, "%s: it was written to", what);
}

// A short run tries a third of them, some 300.
START_TEST(F11_any_value_in_any_column_is_refused_in_words_or_harmless)
{
	const char *column[COLUMNS_MOST];
	size_t n = columns_of(TABLES[_i], column), tried = 0;
	for (size_t c = 0; c < n; c++)
		for (size_t v = 0; v < VALUES_TRIED; v++) {
			if ((long)(c + v) % long_amount(3, 1))
				continue;
			struct arena_mark mark = arena_mark(&a);
			const char *what =
			    arena_printf(&a, "%s.%s=%s", TABLES[_i], column[c], VALUES[v]);
			if (mutate(TABLES[_i], column[c], VALUES[v])) {
				judge(what);
				tried++;
			}
			arena_release(&a, mark);
		}
	ck_assert_uint_gt(tried, 5);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mutated");
	TCase *c = tcase_create("mutated");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 0);
	tcase_add_loop_test(
	    c, F11_any_value_in_any_column_is_refused_in_words_or_harmless, 0, TABLES_TRIED);
	suite_add_tcase(s, c);
	return test_run(s);
}
