// SPDX-License-Identifier: MIT
// Everything that writes, on every bad day. F1: killed before each step that it takes, and the
// power cut there, with what no sync had made durable lost, halved or written by chance. F2: each
// step fails, and each allocation, once and for ever. Afterwards the workbook opens, is sound, is
// as before or as after, holds what was reported as done, and no half-made file lies about.
// A short run takes every early step and a sample of the others; PLANDO_LONG=1 takes each.
#include "../support.h"
#include "disk.h"
#include "store/store.h"

#include <plando/merge.h>
#include <plando/record.h>
#include <plando/redact.h>
#include <plando/share.h>
#include <plando/str.h>
#include <plando/sync.h>

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char SECRET[] = "QQzerasedwords";
static struct arena a;
static struct world world;
static struct env env;
static const char *folder, *shelf, *path, *other, *out;
static char *before, *theirs, *aged;
static size_t before_size, theirs_size, aged_size;
static struct id event, team;

// --- memory: SQLite's allocations and, by -Wl,--wrap=malloc, our own
static long allocs, alloc_fail;
static bool alloc_for_ever;
static sqlite3_mem_methods system_memory;

static bool starved(void)
{
	allocs++;
	return alloc_fail && (alloc_for_ever ? allocs >= alloc_fail : allocs == alloc_fail);
}

void *__real_malloc(size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_malloc(size_t n)
{
	return starved() ? NULL : __real_malloc(n);
}

static void *lite_malloc(int n)
{
	return starved() ? NULL : system_memory.xMalloc(n);
}

static void *lite_realloc(void *p, int n)
{
	return starved() ? NULL : system_memory.xRealloc(p, n);
}

static void memory_install(void)
{
	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
	sqlite3_mem_methods mine = system_memory;
	mine.xMalloc = lite_malloc;
	mine.xRealloc = lite_realloc;
	sqlite3_config(SQLITE_CONFIG_MALLOC, &mine);
}

// --- the deeds

static bool rename_collaborative(const char *file, struct err *e)
{
	struct arena own = { 0 };
	struct store *s = store_open(file, STORE_WRITE, &env, e);
	struct save *v = s ? save_begin(s, &own, e) : NULL;
	bool ok = v && save_cell(v, &ID_COLLABORATIVE, "collaborative", "name", "After", e) &&
		  save_cell(v, &ID_COLLABORATIVE, "collaborative", "note", "After too", e) &&
		  save_commit(v, NULL, e);
	store_close(s);
	arena_free(&own);
	return ok;
}

static bool do_save(struct err *e)
{
	return rename_collaborative(path, e);
}

static bool do_merge(struct err *e)
{
	struct merge_report r;
	struct store *s = store_open(path, STORE_WRITE, &env, e);
	bool ok = s && merge_file(s, other, false, &r, e);
	store_close(s);
	return ok;
}

static bool do_sync(struct err *e)
{
	struct arena own = { 0 };
	struct sync_report r;
	struct store *s = store_open(path, STORE_WRITE, &env, e);
	bool ok = s && sync_folder(s, &own, shelf, NULL, &r, e);
	if (ok && r.skipped) // it could not be read this time: told, and tried again
		ok = err_set(e, ERR_IO, "%s", r.file[0].skipped);
	store_close(s);
	arena_free(&own);
	return ok;
}

static bool do_share(struct err *e)
{
	struct share_report r;
	struct store *s = store_open(path, STORE_WRITE, &env, e);
	bool ok = s && store_share(s, &team, 1, out, &r, e);
	store_close(s);
	return ok;
}

static bool do_parcel(struct err *e)
{
	struct parcel_report r;
	struct parcel_wish wish = { .since = 1 };
	struct store *s = store_open(path, STORE_WRITE, &env, e);
	bool ok = s && store_parcel(s, &wish, out, &r, e);
	store_close(s);
	return ok;
}

static bool do_redact(struct err *e)
{
	struct arena own = { 0 };
	struct redact_report r;
	struct store *s = store_open(path, STORE_WRITE, &env, e);
	bool ok = s && store_redact(s, &own, &event, "note", false, &r, e);
	store_close(s);
	arena_free(&own);
	return ok;
}

static bool do_rebuild(struct err *e)
{
	struct store *s = store_open(path, STORE_WRITE, &env, e);
	store_close(s);
	return s != NULL;
}

struct deed {
	const char *name;
	bool (*act)(struct err *e);
	bool renames; // what is reported as done has the name "After"
	bool makes;   // a file of its own
	bool erases, rebuilds;
};
static const struct deed DEEDS[] = {
	{ "save", do_save, .renames = true },
	{ "merge", do_merge, .renames = true },
	{ "sync", do_sync, .renames = true },
	{ "share", do_share, .makes = true },
	{ "parcel", do_parcel, .makes = true },
	{ "redact and VACUUM", do_redact, .erases = true },
	{ "rebuild of the tables", do_rebuild, .rebuilds = true },
};
enum { DEED_COUNT = sizeof DEEDS / sizeof *DEEDS };

// --- the world before each

static struct id put(struct store *s, const char *kind, const char *field, const char *value)
{
	struct id id;
	struct err err = { 0 };
	struct save *v = save_begin(s, &a, &err);
	MUST(save_new(v, kind, NULL, &id, &e));
	MUST(save_cell(v, &id, kind, field, value, &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}

static void setup(void)
{
	struct err err = { 0 };
	world = (struct world){ .now = 1795600000000, .seed = 61, .tick = 1 };
	env = world_env(&world);
	folder = test_path(&a, arena_printf(&a, "deeds-%d", (int)getpid()));
	shelf = arena_printf(&a, "%s/shelf", folder);
	path = arena_printf(&a, "%s/hubs.plando", folder);
	other = arena_printf(&a, "%s/shelf/theirs.plando", folder);
	out = arena_printf(&a, "%s/out.plando", folder);
	mkdir(folder, 0700);
	mkdir(shelf, 0700);
	MUST(store_create(path, &env, "Before", &e));
	struct store *s = store_open(path, STORE_WRITE, &env, &err);
	team = put(s, "team", "name", "North");
	event = put(s, "event", "note", SECRET);
	MUST(store_copy(s, other, &e));
	store_close(s);
	MUST(rename_collaborative(other, &e));
	before = test_read(&a, path, &before_size);
	theirs = test_read(&a, other, &theirs_size);
	sqlite3 *db;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db,
			     "UPDATE meta SET v=12345 WHERE k='state'; DROP TABLE cell;"
			     "CREATE TABLE cell(ent,fld,val,n,newer)",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	aged = test_read(&a, path, &aged_size);
}

static void teardown(void)
{
	arena_free(&a);
}

static void empty(const char *dir)
{
	DIR *d = opendir(dir);
	for (struct dirent *f; (f = readdir(d));)
		if (!str_equal(f->d_name, ".") && !str_equal(f->d_name, ".."))
			unlink(arena_printf(&a, "%s/%s", dir, f->d_name));
	closedir(d);
}

static void begin(const struct deed *d)
{
	empty(folder);
	empty(shelf);
	if (d->rebuilds)
		test_write(path, aged, aged_size);
	else
		test_write(path, before, before_size);
	test_write(other, theirs, theirs_size);
}

// --- what must hold after each

static const char *stray(const char *dir)
{
	const char *found = NULL;
	DIR *d = opendir(dir);
	for (struct dirent *f; (f = readdir(d));) {
		const char *n = f->d_name;
		if (str_equal(n, ".") || str_equal(n, "..") || str_equal(n, "shelf"))
			continue;
		if (*n == '.' || strstr(n, "-journal") || strstr(n, ".tmp"))
			found = arena_printf(&a, "%s/%s", dir, n);
	}
	closedir(d);
	return found;
}

// A file of its own is whole, or not there.
static bool made_whole(void)
{
	struct merge_report r;
	struct err err = { 0 };
	if (access(out, F_OK) != 0)
		return false;
	const char *copy = arena_printf(&a, "%s/check.plando", folder);
	test_write(copy, before, before_size);
	struct store *s = store_open(copy, STORE_WRITE, &env, &err);
	ck_assert_msg(s && merge_file(s, out, false, &r, &err), "%s", err.text);
	store_close(s);
	unlink(copy);
	return true;
}

static void judge(const struct deed *d, bool done, const struct err *why, long step)
{
	struct err err = { 0 };
	struct record r;
	struct store_problems p;
	struct store *s = store_open(path, STORE_WRITE, &env, &err);
	ck_assert_msg(s != NULL, "%s at step %ld: %s", d->name, step, err.text);
	MUST(store_check(s, &a, &p, &e));
	ck_assert_msg(!p.count, "%s at step %ld: %s", d->name, step, p.count ? p.line[0] : "");
	MUST(record_load(s, &a, &ID_COLLABORATIVE, &r, &e));
	bool after = str_equal(record_get(&r, "name"), "After");
	ck_assert_msg(
	    after || str_equal(record_get(&r, "name"), "Before"), "%s at step %ld", d->name, step);
	ck_assert_msg(after == str_equal(record_get(&r, "note"), "After too"),
	    "%s at step %ld: half of a save", d->name, step);
	ck_assert_msg(!done || after == d->renames,
	    "%s at step %ld: reported as done, is not there", d->name, step);
	MUST(record_load(s, &a, &event, &r, &e));
	bool erased = !str_equal(record_get(&r, "note"), SECRET);
	ck_assert_msg(
	    erased ? d->erases : !(done && d->erases), "%s at step %ld: erasure", d->name, step);
	store_close(s);
	if (erased) {
		size_t n;
		char *bytes = test_read(&a, path, &n);
		ck_assert_msg(!memmem(bytes, n, SECRET, strlen(SECRET)),
		    "%s at step %ld: the words are still in the file", d->name, step);
	}
	bool whole = made_whole();
	ck_assert_msg(
	    !done || whole == d->makes, "%s at step %ld: no file was made", d->name, step);
	ck_assert_msg(
	    done || !why || (why->code && *why->text), "%s at step %ld: no words", d->name, step);
}

static long next(long step)
{
	return step + long_amount(step < 8 ? 1 : step / 2, 1);
}

static bool attempt(const struct deed *d, struct err *e)
{
	*e = (struct err){ 0 };
	world.seed = 62;
	return d->act(e);
}

// --- tests: one a deed

START_TEST(F2_a_disk_that_fails_or_fills_at_any_step_leaves_before_or_after)
{
	const struct deed *d = &DEEDS[_i % DEED_COUNT];
	int how = _i / DEED_COUNT;
	disk_install();
	long step = 1;
	for (bool passed = false; !passed; step = next(step)) {
		struct err e;
		begin(d);
		disk_fail(step, how & 1, how & 2 ? DISK_FULL : DISK_ERROR);
		bool done = attempt(d, &e);
		passed = disk_steps() < step;
		disk_fail(0, false, DISK_ERROR);
		judge(d, done, &e, step);
		ck_assert_msg(!passed || done, "%s: %s", d->name, e.text);
		const char *left = stray(folder) ? stray(folder) : stray(shelf);
		// A journal that could not be taken away is empty, and goes with the next save.
		if (left && str_equal(left, arena_printf(&a, "%s-journal", path)))
			left = NULL;
		ck_assert_msg(!left, "%s at step %ld: %s is left", d->name, step, left);
	}
	ck_assert_int_gt(step, 5);
}
END_TEST

START_TEST(F2_memory_that_runs_out_at_any_allocation_leaves_before_or_after)
{
	const struct deed *d = &DEEDS[_i % DEED_COUNT];
	alloc_for_ever = _i >= DEED_COUNT;
	long step = 1;
	for (bool passed = false; !passed; step = next(step)) {
		struct err e;
		begin(d);
		allocs = 0;
		alloc_fail = step;
		bool done = attempt(d, &e);
		passed = allocs < step;
		alloc_fail = 0;
		judge(d, done, &e, step);
		ck_assert_msg(!passed || done, "%s: %s", d->name, e.text);
	}
	ck_assert_int_gt(step, 100);
}
END_TEST

START_TEST(F1_killed_before_any_step_the_workbook_is_as_before_or_as_after)
{
	const struct deed *d = &DEEDS[_i];
	disk_install();
	long step = 1;
	for (bool passed = false; !passed; step = next(step)) {
		begin(d);
		pid_t child = fork();
		if (child == 0) {
			struct err e;
			disk_fail(step, false, DISK_KILL);
			_exit(attempt(d, &e) ? 0 : 1);
		}
		int status;
		waitpid(child, &status, 0);
		passed = WIFEXITED(status);
		ck_assert_msg(!passed || WEXITSTATUS(status) == 0, "%s ended with %d", d->name,
		    WEXITSTATUS(status));
		judge(d, passed, NULL, step);
		struct err e = {
			0
		}; // the next time it is done, and the leavings of the last are gone
		if (!d->makes)
			ck_assert_msg(d->erases || d->act(&e), "%s", e.text);
		ck_assert_msg(
		    !stray(shelf), "%s at step %ld: %s is left", d->name, step, stray(shelf));
	}
	ck_assert_int_gt(step, 5);
}
END_TEST

START_TEST(F1_a_power_cut_at_any_step_loses_nothing_that_was_reported)
{
	const struct deed *d = &DEEDS[_i];
	int lost = 0, chances = (int)long_amount(2, 20);
	disk_install();
	long step = 1;
	for (bool passed = false; !passed; step = next(step))
		for (int chance = 0; chance < chances; chance++) {
			struct err e;
			begin(d);
			disk_fail(step, true, DISK_CUT);
			bool done = attempt(d, &e);
			passed = disk_steps() < step;
			lost += disk_power_cut((unsigned)(step * 31 + chance));
			disk_fail(0, false, DISK_ERROR);
			judge(d, done, NULL, step);
		}
	ck_assert_int_gt(step, 5);
	ck_assert_int_gt(lost, 0);
}
END_TEST

int main(void)
{
	memory_install();
	Suite *suite = suite_create("deeds");
	TCase *t = tcase_create("deeds");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 0);
	tcase_add_loop_test(
	    t, F2_a_disk_that_fails_or_fills_at_any_step_leaves_before_or_after, 0, 4 * DEED_COUNT);
	tcase_add_loop_test(
	    t, F2_memory_that_runs_out_at_any_allocation_leaves_before_or_after, 0, 2 * DEED_COUNT);
	tcase_add_loop_test(
	    t, F1_killed_before_any_step_the_workbook_is_as_before_or_as_after, 0, DEED_COUNT);
	tcase_add_loop_test(
	    t, F1_a_power_cut_at_any_step_loses_nothing_that_was_reported, 0, DEED_COUNT);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
