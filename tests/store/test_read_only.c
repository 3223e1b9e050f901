// SPDX-License-Identifier: MIT
// F7: where nothing may be written. A disk mounted read-only, the immutable flag on the file and on
// its folder: the workbook is opened to read and review, says why nothing can be saved and what to
// do, and a copy elsewhere goes on. Root passes permissions, but neither of these. (Permissions are
// in test_under.c, the app in tui/test_under_terminal.c.)
#include "../support.h"
#include "cli/cli.h"
#include "desk.h"
#include "store/log/store.h"

#include <plando/history.h>
#include <plando/merge.h>
#include <plando/outbox.h>
#include <plando/record.h>
#include <plando/str.h>

#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena a;
static struct world world;
static struct env env;
static const char *folder, *path, *elsewhere;

static void setup(void)
{
	world = (struct world){ .now = 1795600000000, .seed = 91, .tick = 1 };
	env = world_env(&world);
	env.state_home = arena_printf(&a, "%s/state-%d", test_folder(), (int)getpid());
	folder = arena_printf(&a, "%s/locked-%d", test_folder(), (int)getpid());
	elsewhere = arena_printf(&a, "%s/elsewhere-%d.plando", test_folder(), (int)getpid());
	mkdir(folder, 0700);
	path = arena_printf(&a, "%s/hubs.plando", folder);
	MUST(store_create(path, &env, "Hubs", &e));
	MUST(team_add(&env, path, "Mine", &e));
}

static void teardown(void)
{
	arena_free(&a);
}

// --- the locks; false: not to be had here, which is said

static bool flag(const char *name, int on)
{
	int bits = 0, fd = open(name, O_RDONLY);
	bool ok = fd >= 0 && ioctl(fd, FS_IOC_GETFLAGS, &bits) == 0;
	bits = on ? bits | FS_IMMUTABLE_FL : bits & ~FS_IMMUTABLE_FL;
	ok = ok && ioctl(fd, FS_IOC_SETFLAGS, &bits) == 0;
	if (fd >= 0)
		close(fd);
	if (!ok)
		printf("# skipped: only root may set the immutable flag, and not on every disk\n");
	return ok;
}

static bool flag_file(bool on)
{
	return flag(path, on);
}

static bool flag_folder(bool on)
{
	return flag(folder, on);
}

static bool mounted(bool on)
{
	if (!on)
		test_unlock_folder(folder);
	return !on || test_lock_folder(folder);
}

typedef bool lock_fn(bool on);
static const struct {
	lock_fn *lock;
	const char *why;
} LOCKS[] = { { mounted, "may not be written to" }, { flag_file, "the file may not be written to" },
	{ flag_folder, "its folder may not be written to" } };
enum { LOCK_COUNT = sizeof LOCKS / sizeof *LOCKS };

// --- what must hold

static struct store *opened(const char *file)
{
	struct err err = { 0 };
	struct store *s = store_open(file, STORE_WRITE, &env, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	return s;
}

static void is_shown(struct store *s, const char *why)
{
	struct err err = { 0 };
	struct history log;
	struct outbox_gap gap;
	bool changed = true;
	ck_assert(team_found(s, "Mine"));
	is_sound(s);
	MUST(history_list(s, &a, &(struct history_filter){ .after_batch = -1 }, &log, &e));
	ck_assert_uint_ge(log.count, 2);
	MUST(store_refresh(s, &changed, &e));
	MUST(outbox_missing(s, &a, &gap, &e));
	ck_assert(!store_writable(s, &err));
	ck_assert_msg(
	    strstr(err.text, why) && strstr(err.text, "save a copy elsewhere"), "%s", err.text);
	ck_assert(str_starts(err.text, path));
	struct save *v = save_begin(s, &a, &err);
	struct id id;
	ck_assert(!v || !save_new(v, "team", NULL, &id, &err) || !save_commit(v, NULL, &err));
	ck_assert_int_eq(err.code, ERR_NOPERM);
}

static void copy_goes_on(struct store *s)
{
	unlink(elsewhere);
	MUST(store_copy(s, elsewhere, &e));
	MUST(team_add(&env, elsewhere, "In the copy", &e));
	struct store *copy = opened(elsewhere);
	ck_assert(team_found(copy, "Mine") && team_found(copy, "In the copy"));
	is_sound(copy);
	store_close(copy);
}

START_TEST(F7_what_may_not_be_written_to_is_shown_says_why_and_can_be_copied)
{
	size_t n, m;
	char *before = test_read(&a, path, &n);
	if (!LOCKS[_i].lock(true))
		return;
	struct store *s = opened(path);
	is_shown(s, LOCKS[_i].why);
	copy_goes_on(s);
	store_close(s);
	char *after = test_read(&a, path, &m);
	ck_assert(n == m && memcmp(before, after, n) == 0);
	ck_assert(LOCKS[_i].lock(false));
	// What was written in the copy comes home.
	struct merge_report r;
	s = opened(path);
	MUST(merge_file(s, elsewhere, false, &r, &e));
	ck_assert(team_found(s, "In the copy"));
	store_close(s);
}
END_TEST

// Tables that another version of plando made cannot be made anew there: they are in memory.
START_TEST(F7_a_workbook_of_another_version_is_shown_where_nothing_may_be_written)
{
	struct err err = { 0 };
	struct db *db = db_open(path, DB_WRITE, path, &err);
	MUST(db_begin(db, &e));
	MUST(db_exec(db, "UPDATE meta SET v=12345 WHERE k='state'; DROP TABLE cell;", &e));
	MUST(db_commit(db, &e));
	db_close(db);
	if (!LOCKS[_i].lock(true))
		return;
	struct store *s = opened(path);
	is_shown(s, LOCKS[_i].why);
	copy_goes_on(s);
	store_close(s);
	ck_assert(LOCKS[_i].lock(false));
}
END_TEST

// The last save was cut off, and its journal cannot be rolled back in that place.
START_TEST(F7_a_save_that_was_cut_off_is_rolled_back_in_a_copy_where_nothing_may_be_written)
{
	static const char hot[] = "hubs.plando-journal";
	struct err err = { 0 };
	size_t n;
	char *journal = arena_printf(&a, "%s/%s", folder, hot);
	struct db *db = db_open(path, DB_WRITE, path, &err);
	MUST(db_exec(db, "PRAGMA cache_size=2", &e)); // what is written spills into the file
	MUST(db_begin(db, &e));
	MUST(db_exec(db,
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<500)"
	    " INSERT INTO meta SELECT 'x'||i,zeroblob(400) FROM n",
	    &e));
	char *torn = test_read(&a, path, &n), *kept = test_read(&a, journal, NULL);
	struct stat st;
	ck_assert(stat(journal, &st) == 0 && st.st_size > 512);
	char *bytes = arena_copy(&a, kept, (size_t)st.st_size);
	db_rollback(db);
	db_close(db);
	test_write(path, torn, n);
	test_write(journal, bytes, (size_t)st.st_size);
	if (!LOCKS[_i].lock(true))
		return;
	struct store *s = opened(path);
	is_shown(s, LOCKS[_i].why);
	copy_goes_on(s);
	store_close(s);
	ck_assert_int_eq(access(journal, F_OK), 0);
	ck_assert(LOCKS[_i].lock(false));
	s = opened(path); // and where it may, in its place
	is_sound(s);
	ck_assert(team_found(s, "Mine") && store_writable(s, NULL));
	store_close(s);
}
END_TEST

// The flag is set while the workbook is open: each save is there, or was refused in words.
START_TEST(F7_a_lock_that_comes_while_it_is_open_loses_no_save)
{
	struct err err = { 0 };
	bool changed;
	struct id id;
	struct store *s = opened(path);
	if (!LOCKS[1 + _i].lock(true))
		return;
	struct save *v = save_begin(s, &a, &err);
	bool saved = v && save_new(v, "team", NULL, &id, &err) &&
		     save_cell(v, &id, "team", "name", "While locked", &err) &&
		     save_commit(v, NULL, &err);
	ck_assert_msg(saved || *err.text, "refused without words");
	const char *where = arena_strdup(&a, store_path(s));
	ck_assert(LOCKS[1 + _i].lock(false));
	MUST(store_refresh(s, &changed, &e));
	v = save_begin(s, &a, &err);
	MUST(v && save_new(v, "team", NULL, &id, &e) &&
	     save_cell(v, &id, "team", "name", "After", &e) && save_commit(v, NULL, &e));
	ck_assert(team_found(s, "Mine") && team_found(s, "After") &&
		  team_found(s, "While locked") == saved);
	is_sound(s);
	store_close(s);
	s = opened(where);
	ck_assert(team_found(s, "Mine") && team_found(s, "While locked") == saved);
	store_close(s);
}
END_TEST

static int run(const char *verb, const char *more, const char *last, char **told)
{
	char *out, program[] = "plando";
	char *words[] = { program, arena_strdup(&a, verb), arena_strdup(&a, path),
		more ? arena_strdup(&a, more) : NULL, last ? arena_strdup(&a, last) : NULL, NULL };
	size_t n, m;
	FILE *to = open_memstream(&out, &n), *complaint = open_memstream(told, &m);
	int status =
	    cli_run(&env, 3 + (more != NULL) + (last != NULL), words, stdin, to, complaint);
	fclose(to);
	fclose(complaint);
	free(out);
	return status;
}

START_TEST(F7_the_command_line_reads_and_copies_and_refuses_to_write_in_a_line)
{
	static const char *const reads[] = { "status", "log", "check", "measures", "learned" };
	char *told;
	if (!LOCKS[_i].lock(true))
		return;
	for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
		ck_assert_msg(run(reads[i], NULL, NULL, &told) == 0, "%s: %s", reads[i], told);
		ck_assert_str_eq(told, "");
		free(told);
	}
	ck_assert_int_eq(run("add", "team", "name=More", &told), ERR_NOPERM);
	ck_assert_msg(strstr(told, "save a copy elsewhere to go on"), "%s", told);
	ck_assert_ptr_eq(strchr(told, '\n'), told + strlen(told) - 1);
	free(told);
	unlink(elsewhere);
	ck_assert_int_eq(run("copy", elsewhere, NULL, &told), 0);
	free(told);
	ck_assert(LOCKS[_i].lock(false));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("read-only");
	TCase *t = tcase_create("read-only");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(
	    t, F7_what_may_not_be_written_to_is_shown_says_why_and_can_be_copied, 0, LOCK_COUNT);
	tcase_add_loop_test(t,
	    F7_a_workbook_of_another_version_is_shown_where_nothing_may_be_written, 0, LOCK_COUNT);
	tcase_add_loop_test(t,
	    F7_a_save_that_was_cut_off_is_rolled_back_in_a_copy_where_nothing_may_be_written, 0,
	    LOCK_COUNT);
	tcase_add_loop_test(t, F7_a_lock_that_comes_while_it_is_open_loses_no_save, 0, 2);
	tcase_add_loop_test(
	    t, F7_the_command_line_reads_and_copies_and_refuses_to_write_in_a_line, 0, LOCK_COUNT);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
