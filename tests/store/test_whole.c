// SPDX-License-Identifier: MIT
// A copy that is a sound database and yet not all that they wrote: refused, and nothing taken.
#include "../support.h"
#include "store/file/private.h"
#include "store/log/store.h"

#include <plando/merge.h>
#include <plando/share.h>

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

static struct world world = { .now = 1795000000000, .seed = 5, .tick = 1 };
static struct env env;
static struct arena a;
static struct store *mine;
static const char *theirs;

enum { RUNS = 4 }; // of the program, each with a stream of three changes

static char *fresh(const char *name)
{
	char *path = test_path(&a, name);
	unlink(path);
	return path;
}

static void put(struct store *s, const char *name)
{
	static const char *const cells[] = { "name", "contact", "started" };
	static const char *const rest[] = { "", "Ann", "2026-05-01" };
	struct id id;
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_new(v, "team", NULL, &id, &e));
	for (int i = 0; i < 3; i++)
		MUST(save_cell(v, &id, "team", cells[i], i ? rest[i] : name, &e));
	MUST(save_commit(v, NULL, &e));
}

static void set_up(void)
{
	a = (struct arena){ 0 };
	env = world_env(&world);
	char *path = fresh("mine.plando");
	theirs = fresh("theirs.plando");
	MUST(store_create(path, &env, "Hubs", &e));
	MUST((mine = store_open(path, STORE_WRITE, &env, &e)) != NULL);
	MUST(store_copy(mine, theirs, &e));
	struct store *s;
	MUST((s = store_open(theirs, STORE_WRITE, &env, &e)) != NULL);
	for (int i = 0; i < RUNS; i++) {
		put(s, arena_printf(&a, "Team %d", i));
		s->sessions = 0; // the next save is another run of the program
	}
	store_close(s);
}

static void tear_down(void)
{
	store_close(mine);
	arena_free(&a);
}

static void run(const char *path, const char *sql)
{
	sqlite3 *db;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_msg(
	    sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	ck_assert_int_gt(sqlite3_total_changes(db), 0);
	sqlite3_close(db);
}

#define LAST "(SELECT max(sid) FROM stream)"

// What is done to their file, and what the refusal says. Each leaves a database that
// integrity_check calls sound.
static const struct loss {
	const char *sql, *says;
} losses[] = {
	{ "DELETE FROM change WHERE sid=" LAST " AND seq=3", "are not all there" },
	{ "DELETE FROM change WHERE sid=" LAST " AND seq=2", "are not all there" },
	{ "DELETE FROM change WHERE sid=" LAST " AND seq=1", "are not all there" },
	{ "DELETE FROM change WHERE sid=" LAST, "are not all there" },
	{ "UPDATE stream SET seq=seq+1 WHERE sid=" LAST, "are not all there" },
	{ "UPDATE stream SET tip=tip+1 WHERE sid=" LAST, "are not all there" },
	{ "DELETE FROM stream WHERE sid=" LAST, "the file is damaged" },
	{ "DELETE FROM stream WHERE sid=(SELECT min(sid) FROM stream)", "the file is damaged" },
	{ "DELETE FROM change WHERE sid=" LAST "; DELETE FROM stream WHERE sid=" LAST,
	    "the file is damaged" },
	{ "UPDATE meta SET v=v+1 WHERE k='digest'", "the file is damaged" },
};

START_TEST(a_copy_from_which_something_is_missing_is_refused_whole)
{
	const struct loss *l = &losses[_i];
	struct merge_report r;
	struct err err = { 0 };
	struct store_facts before, after;
	run(theirs, l->sql);
	MUST(store_facts(mine, &before, &e));
	ck_assert_msg(!merge_file(mine, theirs, false, &r, &err), "%s: taken in", l->sql);
	ck_assert_int_eq(err.code, ERR_DATA);
	ck_assert_msg(strstr(err.text, l->says) && strstr(err.text, theirs), "%s", err.text);
	MUST(store_facts(mine, &after, &e));
	ck_assert_str_eq(before.state, after.state);
	ck_assert_int_eq(before.changes, after.changes);
}
END_TEST

START_TEST(a_copy_that_is_whole_is_taken_and_so_is_a_parcel_of_the_end_of_a_stream)
{
	struct merge_report r;
	struct store *s;
	MUST((s = store_open(theirs, STORE_WRITE, &env, &e)) != NULL);
	put(s, "Before the parcel");
	MUST(merge_file(mine, theirs, false, &r, &e));
	ck_assert_int_eq(r.changes, 3 * (RUNS + 1));
	struct parcel_wish wish = { .since = world.now };
	put(s, "In the parcel");
	char *parcel = fresh("ends.plando");
	struct parcel_report sent;
	MUST(store_parcel(s, &wish, parcel, &sent, &e));
	ck_assert_int_eq(sent.changes, 3);
	MUST(merge_file(mine, parcel, false, &r, &e));
	ck_assert_int_eq(r.changes, 3);
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("whole");
	TCase *t = tcase_create("whole");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_loop_test(t, a_copy_from_which_something_is_missing_is_refused_whole, 0,
	    sizeof losses / sizeof *losses);
	tcase_add_test(t, a_copy_that_is_whole_is_taken_and_so_is_a_parcel_of_the_end_of_a_stream);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
