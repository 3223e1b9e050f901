// SPDX-License-Identifier: MIT
// F11: files that are large to do harm. A value far over what a value may be, and very many rows
// whose chain does not hold, are refused in words, by a process that never holds them in memory.
#include "../support.h"
#include "store/log/store.h"

#include <plando/merge.h>
#include <plando/recover.h>
#include <plando/str.h>

#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MEMORY_MOST_KB = 256 << 10 };

static struct world world = { .now = 1795000000000, .seed = 14, .tick = 1 };
static struct env env;
static struct arena a;
static const char *mine, *theirs, *saved;

static void setup(void)
{
	struct err err = { 0 };
	env = world_env(&world);
	mine = test_path(&a, "mine.plando");
	theirs = test_path(&a, "theirs.plando");
	saved = test_path(&a, "saved.plando");
	unlink(mine);
	unlink(theirs);
	unlink(saved);
	MUST(store_create(mine, &env, "Hubs", &e));
	struct store *s = store_open(mine, STORE_READ, &env, &err);
	MUST(store_copy(s, theirs, &e));
	store_close(s);
}

static void teardown(void)
{
	unlink(theirs);
	arena_free(&a);
}

// By SQLite alone, without a journal, with the memory that plando does not give it.
static void swell(const char *sql, int64_t n)
{
	sqlite3_mem_methods plandos, its_own = { 0 };
	sqlite3 *db;
	sqlite3_stmt *q;
	sqlite3_shutdown();
	ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plandos), SQLITE_OK);
	ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &its_own), SQLITE_OK);
	ck_assert_int_eq(sqlite3_open(theirs, &db), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", NULL, NULL, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
	sqlite3_bind_int64(q, 1, n);
	ck_assert_int_eq(sqlite3_step(q), SQLITE_DONE);
	sqlite3_finalize(q);
	ck_assert_int_eq(sqlite3_exec(db,
			     "UPDATE stream SET seq=(SELECT max(seq) FROM change c WHERE "
			     "c.sid=stream.sid);UPDATE meta SET v=v+1 WHERE k='digest'",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	sqlite3_shutdown();
	ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &plandos), SQLITE_OK);
}

static bool merged(struct err *e)
{
	struct merge_report r;
	struct store *s = store_open(mine, STORE_WRITE, &env, e);
	bool ok = s && merge_file(s, theirs, false, &r, e);
	store_close(s);
	return ok;
}

static bool opened(struct err *e)
{
	struct store_problems p;
	struct store *s = store_open(theirs, STORE_READ, &env, e);
	bool ok =
	    s && store_check(s, &a, &p, e) && (!p.count || err_set(e, ERR_FOUND, "%s", p.line[0]));
	store_close(s);
	return ok;
}

static bool recovered(struct err *e)
{
	struct recover_report r;
	if (!store_recover(&env, &a, theirs, saved, &r, e))
		return false;
	theirs = saved;
	return opened(e);
}

static const struct {
	bool (*go)(struct err *e);
	bool works; // what stands before it is saved
} ways[] = { { merged }, { opened }, { recovered, .works = true } };
enum { WAYS = sizeof ways / sizeof *ways };

// In a process of its own, which says no in words, or saves the rest, and stays small.
static void refused_small(int way)
{
	struct rusage used;
	pid_t child = fork();
	if (child == 0) {
		struct err e = { 0 };
		struct rusage before, after;
		getrusage(RUSAGE_SELF, &before);
		bool ok = ways[way].go(&e);
		getrusage(RUSAGE_SELF, &after);
		if (after.ru_maxrss - before.ru_maxrss > MEMORY_MOST_KB)
			_exit(3);
		_exit(ok ? 2 * !ways[way].works : e.code && *e.text ? ways[way].works : 1);
	}
	int status;
	ck_assert_int_eq(wait4(child, &status, 0, &used), child);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
	    "way %d: status %d (1 no words, 2 taken, 3 too much memory: %ld KB)", way, status,
	    used.ru_maxrss);
}

// A long run takes nearly the longest that SQLite writes.
START_TEST(F11_a_value_of_a_gigabyte_is_refused_and_never_held)
{
	swell("INSERT INTO change SELECT sid,seq+1,1,hlc+1,at,seq+1,1,ent,kind,fld,zeroblob(?),"
	      "prev,batch FROM change ORDER BY seq DESC LIMIT 1",
	    long_amount(24 << 20, 900000000));
	refused_small(_i);
}
END_TEST

START_TEST(F11_ten_million_rows_are_refused_and_never_held)
{
	swell("WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<?)"
	      "INSERT INTO change SELECT sid,seq+i,i,hlc+i,at,seq+i,1,ent,kind,fld,'more',prev,"
	      "batch FROM n,(SELECT * FROM change ORDER BY seq DESC LIMIT 1)",
	    long_amount(20000, 10000000));
	refused_small(_i);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("huge");
	TCase *t = tcase_create("huge");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 3600);
	tcase_add_loop_test(t, F11_a_value_of_a_gigabyte_is_refused_and_never_held, 0, WAYS);
	tcase_add_loop_test(t, F11_ten_million_rows_are_refused_and_never_held, 0, WAYS);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
