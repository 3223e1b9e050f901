// SPDX-License-Identifier: MIT
// A file that is damaged, page by page and cut by cut: what is saved of it, what is told to be lost, and that what is
// saved meets the good copy as the same changes. Which table stands on a page is told by SQLite's dbstat.
#include "../support.h"
#include "desk.h"
#include "store/log/store.h"

#include <plando/merge.h>
#include <plando/recover.h>
#include <plando/str.h>

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PAGE = 4096, RUNS = 9, RECORDS = 7 };

static struct world world = { .now = 1795000000000, .seed = 23, .tick = 1 };
static struct env env;
static struct arena a;
static const char *good;
static char *bytes;
static size_t size;
static struct store_facts all;
static struct id records[RUNS * RECORDS];

static void put(struct store *s, const char *kind, const struct id *team, struct id *id, int n)
{
	struct save *v;
	char team_text[ID_TEXT];
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_new(v, kind, NULL, id, &e));
	if (team) {
		id_print(team, team_text);
		MUST(save_cell(v, id, kind, "team", team_text, &e));
	}
	MUST(save_cell(v, id, kind, str_equal(kind, "event") ? "note" : "title",
	    arena_printf(&a, "%0180d", n), &e));
	MUST(save_commit(v, NULL, &e));
}

static void change_value(struct store *s, const struct id *id, const char *kind, const char *value)
{
	struct save *v;
	MUST((v = save_begin(s, &a, &e)) != NULL);
	MUST(save_cell(v, id, kind, str_equal(kind, "event") ? "note" : "title", value, &e));
	MUST(save_commit(v, NULL, &e));
}

static struct store *opened(const char *path)
{
	struct store *s;
	MUST((s = store_open(path, STORE_WRITE, &env, &e)) != NULL);
	return s;
}

// Two teams and what all share, written in many runs of the program; each run also changes what the one before wrote.
static void set_up(void)
{
	struct id team[2];
	a = (struct arena){ 0 };
	env = world_env(&world);
	good = test_path(&a, "good.plando");
	unlink(good);
	MUST(store_create(good, &env, "Hubs", &e));
	for (int run = 0; run < RUNS; run++) {
		struct store *s = opened(good);
		for (int i = 0; run == 0 && i < 2; i++)
			put(s, "team", NULL, &team[i], i);
		for (int i = 0; i < RECORDS; i++) {
			bool shared = run % 3 == 2;
			put(s, shared ? "event" : "driver", shared ? NULL : &team[run % 3],
			    &records[run * RECORDS + i], i);
			if (run && i % 2)
				change_value(s, &records[(run - 1) * RECORDS + i],
				    run % 3 == 0 ? "event" : "driver", "said again");
		}
		store_close(s);
	}
	struct store *s = opened(good);
	all = facts_of(s);
	store_close(s);
	bytes = test_read(&a, good, &size);
}

static void tear_down(void)
{
	arena_free(&a);
}

// The table or index that a page belongs to; "" for what belongs to none. *cells: rows on it.
static const char *page_owner(int64_t page, int64_t *cells)
{
	sqlite3 *db;
	sqlite3_stmt *q;
	const char *owner = "";
	*cells = 0;
	ck_assert_int_eq(sqlite3_open_v2(good, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_prepare_v2(db, "SELECT name,ncell FROM dbstat WHERE pageno=?", -1, &q, NULL),
	    SQLITE_OK);
	sqlite3_bind_int64(q, 1, page);
	if (sqlite3_step(q) == SQLITE_ROW) {
		owner = arena_strdup(&a, (const char *)sqlite3_column_text(q, 0));
		*cells = sqlite3_column_int64(q, 1);
	}
	sqlite3_finalize(q);
	sqlite3_close(db);
	return owner;
}

static const char *saved_of(const char *copy, size_t n, struct recover_report *r)
{
	const char *bad = test_path(&a, "bad.plando"), *saved = test_path(&a, "saved.plando");
	unlink(saved);
	test_write(bad, copy, n);
	MUST(store_recover(&env, &a, bad, saved, r, &e));
	return saved;
}

static int64_t lost_of(const struct recover_report *r)
{
	int64_t lost = 0;
	for (size_t i = 0; i < r->losses; i++)
		lost += r->loss[i].lost;
	return lost;
}

// What was saved is a sound workbook; where it may be merged, it brings the good copy nothing new and no conflict.
static void meets_the_good_one(const char *saved, const struct recover_report *r)
{
	struct store *s = opened(saved);
	is_sound(s);
	ck_assert_int_eq(facts_of(s).changes, r->changes);
	store_close(s);
	if (r->stranger)
		return;
	char *copy = test_path(&a, "met.plando");
	struct merge_report merged;
	file_copied(good, copy);
	s = opened(copy);
	MUST(merge_file(s, saved, false, &merged, &e));
	ck_assert_int_eq(facts_of(s).conflicts, 0);
	ck_assert_str_eq(state_of(&a, s), all.state);
	is_sound(s);
	store_close(s);
}

static bool is_as_it_was(const char *saved)
{
	struct store *s = opened(saved);
	bool same = str_equal(state_of(&a, s), all.state);
	store_close(s);
	return same;
}

START_TEST(whatever_page_is_lost_all_that_stood_on_others_is_saved)
{
	int64_t cells;
	size_t of_log = 0, of_writers = 0;
	for (size_t page = 1; page <= size / PAGE; page++) {
		struct recover_report r;
		char *copy = arena_copy(&a, bytes, size);
		const char *owner = page_owner((int64_t)page, &cells);
		bool log = str_equal(owner, "change") || str_equal(owner, "stream");
		if (!log && page % 4 != 1)
			continue; // of the others a sample is enough
		memset(copy + (page - 1) * PAGE, page % 2 ? 0 : 0x5a, PAGE);
		const char *saved = saved_of(copy, size, &r);
		meets_the_good_one(saved, &r);
		if (str_equal(owner, "change")) {
			of_log++;
			ck_assert_int_eq(r.changes + lost_of(&r), all.changes);
			// Each run that was split may lose the change before its rest, where that was replaced later.
			ck_assert_int_le(lost_of(&r), 2 * cells + 2);
		} else {
			of_writers += str_equal(owner, "stream");
			ck_assert_msg(is_as_it_was(saved), "page %zu of %s", page, owner);
			ck_assert(str_equal(owner, "stream") || !r.losses);
			ck_assert(str_equal(owner, "stream") || r.changes == all.changes);
		}
	}
	ck_assert_uint_gt(of_log, 3);
	ck_assert_uint_gt(of_writers, 0);
}
END_TEST

START_TEST(what_stands_before_a_cut_is_saved)
{
	static const int PER_CENT[] = { 1, 2, 5, 10, 25, 50, 75 };
	for (size_t i = 0; i < sizeof PER_CENT / sizeof *PER_CENT; i++) {
		struct recover_report r;
		size_t n = size - size * (size_t)PER_CENT[i] / 100;
		int64_t cells, whole = 0;
		for (size_t page = 1; page <= n / PAGE; page++)
			if (str_equal(page_owner((int64_t)page, &cells), "change"))
				whole += cells;
		const char *saved = saved_of(bytes, n, &r);
		meets_the_good_one(saved, &r);
		// As above: the first of each run is known to nobody once its writer is, and one of each run that is cut.
		ck_assert_int_ge(r.changes, whole - 2 * RUNS - 2);
		ck_assert_int_gt(r.changes, 0);
	}
}
END_TEST

static void by_sqlite(const char *path, const char *sql)
{
	sqlite3 *db;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static const char *altered(const char *sql)
{
	char *path = test_path(&a, "altered.plando");
	file_copied(good, path);
	by_sqlite(path, sql);
	return path;
}

START_TEST(what_was_altered_is_lost_and_the_rest_is_saved)
{
	struct recover_report r;
	size_t n;
	const char *path = altered("UPDATE change SET val='forged' WHERE sid=3 AND seq=5");
	char *copy = test_read(&a, path, &n);
	const char *saved = saved_of(copy, n, &r);
	struct store *s = opened(saved);
	is_sound(s);
	int64_t forged;
	MUST(db_number(s->db, "SELECT count(*) FROM change WHERE val='forged'", 0, &forged, &e));
	ck_assert_int_eq(forged, 0);
	ck_assert_int_eq(r.changes + lost_of(&r), all.changes);
	ck_assert_int_ge(r.changes, all.changes - 3);
	store_close(s);
}
END_TEST

START_TEST(runs_whose_writer_is_lost_are_somebodys)
{
	struct recover_report r;
	size_t n;
	const char *path = altered("DELETE FROM stream");
	char *copy = test_read(&a, path, &n);
	const char *saved = saved_of(copy, n, &r);
	meets_the_good_one(saved, &r);
	ck_assert(is_as_it_was(saved));
	ck_assert_int_gt(r.strays, 2);
	ck_assert_int_gt(r.nameless, all.changes / 2);
	ck_assert_int_gt(r.anew, 0);
}
END_TEST

START_TEST(what_is_no_workbook_is_said_and_nothing_is_made)
{
	static const char *const TEXT[] = { "", "a letter to a friend",
		"<!DOCTYPE html><html>sign in</html>" };
	const char *bad = test_path(&a, "no.plando"), *to = test_path(&a, "none.plando");
	for (size_t i = 0; i < sizeof TEXT / sizeof *TEXT; i++) {
		struct recover_report r;
		test_write(bad, TEXT[i], strlen(TEXT[i]));
		REFUSES(ERR_DATA, store_recover(&env, &a, bad, to, &r, &e));
		ck_assert_int_ne(access(to, F_OK), 0);
	}
}
END_TEST

// check tells a file that cannot be trusted from tables that only need to be made again.
static const struct {
	const char *sql;
	bool damaged;
} FAULTS[] = {
	{ "UPDATE change SET val='forged' WHERE sid=3 AND seq=5", true },
	{ "DELETE FROM change WHERE sid=3 AND seq=5", true },
	{ "DELETE FROM stream WHERE sid=3", true },
	{ "UPDATE meta SET v=v+1 WHERE k='digest'", true },
	{ "UPDATE cell SET val='forged' WHERE fld='note'", false },
	{ "DELETE FROM rec", false },
};

START_TEST(check_tells_damage_from_tables_that_are_wrong)
{
	struct store_problems p;
	struct store *s;
	const char *path = altered(FAULTS[_i].sql);
	MUST((s = store_open(path, STORE_READ, &env, &e)) != NULL);
	MUST(store_check(s, &a, &p, &e));
	ck_assert_uint_gt(p.count, 0);
	ck_assert_int_eq(p.damaged, FAULTS[_i].damaged);
	store_close(s);
}
END_TEST

START_TEST(check_finds_every_page_that_is_damaged_and_writes_nothing)
{
	int64_t cells;
	for (size_t page = 2; page <= size / PAGE; page++) {
		struct store_problems p = { 0 };
		struct err e = { 0 };
		char *copy = arena_copy(&a, bytes, size);
		const char *bad = test_path(&a, "bad.plando"),
			   *owner = page_owner((int64_t)page, &cells);
		if (!*owner)
			continue; // a page that is free
		memset(copy + (page - 1) * PAGE, 0x5a, PAGE);
		test_write(bad, copy, size);
		struct store *s = store_open(bad, STORE_READ, &env, &e);
		bool done = s && store_check(s, &a, &p, &e);
		ck_assert_msg(done ? p.count && p.damaged : e.code == ERR_DATA,
		    "page %zu of %s: %d %s", page, owner, (int)e.code, e.text);
		store_close(s);
		size_t n;
		ck_assert_int_eq(memcmp(test_read(&a, bad, &n), copy, size), 0);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("recover");
	TCase *t = tcase_create("recover");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_set_timeout(t, 240);
	tcase_add_test(t, whatever_page_is_lost_all_that_stood_on_others_is_saved);
	tcase_add_test(t, what_stands_before_a_cut_is_saved);
	tcase_add_test(t, what_was_altered_is_lost_and_the_rest_is_saved);
	tcase_add_test(t, runs_whose_writer_is_lost_are_somebodys);
	tcase_add_test(t, what_is_no_workbook_is_said_and_nothing_is_made);
	tcase_add_loop_test(t, check_tells_damage_from_tables_that_are_wrong, 0,
	    (int)(sizeof FAULTS / sizeof *FAULTS));
	tcase_add_test(t, check_finds_every_page_that_is_damaged_and_writes_nothing);
	suite_add_tcase(s, t);
	return test_run(s);
}
