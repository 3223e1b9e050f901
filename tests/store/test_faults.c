// SPDX-License-Identifier: MIT
// What ordinary bad days do to a save: the disk fails at any step, memory runs out at any
// allocation, the process is killed at any moment. Afterwards the workbook is sound and is as
// before or as after; what was reported as saved is there; the message says what to do.
#include "../support.h"
#include "disk.h"

#include <plando/merge.h>
#include <plando/record.h>
#include <plando/str.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena a;
static struct world world;
static struct env env;

// --- memory: link with -Wl,--wrap=malloc; our own calls fail from the one with that number
static long alloc_count, alloc_fail;
static bool alloc_for_ever;

void *__real_malloc(size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_malloc(size_t n)
{
	alloc_count++;
	bool fails =
	    alloc_fail && (alloc_for_ever ? alloc_count >= alloc_fail : alloc_count == alloc_fail);
	return fails ? NULL : __real_malloc(n);
}

static void setup(void)
{
	world = (struct world){ .now = 1795600000000, .seed = 11, .tick = 1 };
	env = world_env(&world);
}

static void teardown(void)
{
	arena_free(&a);
}

static const char *fresh(const char *name)
{
	const char *path = test_path(&a, name);
	unlink(path);
	MUST(store_create(path, &env, "Before", &e));
	return path;
}

// A save of several cells in two scopes. True: it was reported as saved.
static bool save_some(const char *path, const char *name, struct err *e)
{
	struct arena own = { 0 };
	struct id team, cycle;
	char uuid[ID_TEXT];
	struct store *s = store_open(path, STORE_WRITE, &env, e);
	struct save *v = s ? save_begin(s, &own, e) : NULL;
	bool ok = v && save_cell(v, &ID_COLLABORATIVE, "collaborative", "name", name, e) &&
		  save_new(v, "team", NULL, &team, e) &&
		  save_cell(v, &team, "team", "name", "Hubs", e);
	if (ok) {
		id_print(&team, uuid);
		ok = save_new(v, "pdsa", NULL, &cycle, e) &&
		     save_cell(v, &cycle, "pdsa", "team", uuid, e) &&
		     save_cell(v, &cycle, "pdsa", "objective", "Ring families the day before", e) &&
		     save_commit(v, NULL, e);
	}
	store_close(s);
	arena_free(&own);
	return ok;
}

// The collaborative's name in a workbook that must be sound.
static const char *name_of(const char *path)
{
	struct err e = { 0 };
	struct record r;
	struct store_problems p;
	struct store *s = store_open(path, STORE_WRITE, &env, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	ck_assert_msg(record_load(s, &a, &ID_COLLABORATIVE, &r, &e), "%s", e.text);
	ck_assert_msg(store_check(s, &a, &p, &e), "%s", e.text);
	ck_assert_msg(!p.count, "%s", p.count ? p.line[0] : "");
	store_close(s);
	return record_get(&r, "name");
}

static void judge(const char *path, bool saved, const struct err *e, const char *what, long step)
{
	const char *name = name_of(path);
	if (saved)
		ck_assert_msg(str_equal(name, "After"),
		    "%s at step %ld: reported as saved, is not there", what, step);
	else
		ck_assert_msg(
		    e->code && *e->text && (str_equal(name, "Before") || str_equal(name, "After")),
		    "%s at step %ld: neither before nor after", what, step);
}

// Each step; in a short run the first few, then ever rarer (test_deeds.c goes on from there).
static long next(long step)
{
	return step + long_amount(step < 8 ? 1 : step / 4, 1);
}

START_TEST(a_disk_that_fails_at_any_step_of_a_save_leaves_before_or_after)
{
	bool for_ever = _i & 1;
	enum disk_fault fault = _i & 2 ? DISK_FULL : DISK_ERROR;
	disk_install();
	long step = 1;
	for (bool passed = false; !passed; step = next(step)) {
		struct err e = { 0 };
		const char *path = fresh("disk.plando");
		disk_fail(step, for_ever, fault);
		bool saved = save_some(path, "After", &e);
		passed = disk_steps() < step;
		disk_fail(0, false, fault);
		if (!saved && fault == DISK_FULL && for_ever)
			ck_assert_msg(e.code == ERR_IO || e.code == ERR_NOINPUT, "step %ld: %d %s",
			    step, (int)e.code, e.text);
		judge(path, saved, &e, for_ever ? "disk, for ever" : "disk, once", step);
		ck_assert(!passed || saved);
	}
	ck_assert_int_gt(step, 10);
}
END_TEST

START_TEST(memory_that_runs_out_at_any_allocation_of_a_save_leaves_before_or_after)
{
	alloc_for_ever = _i & 1;
	long step = 1;
	for (bool passed = false; !passed; step = next(step)) {
		struct err e = { 0 };
		const char *path = fresh("memory.plando");
		alloc_count = 0;
		alloc_fail = step;
		bool saved = save_some(path, "After", &e);
		passed = alloc_count < step;
		alloc_fail = 0;
		ck_assert_msg(
		    saved || e.code == ERR_MEMORY, "step %ld: %d %s", step, (int)e.code, e.text);
		judge(path, saved, &e, "memory", step);
	}
	ck_assert_int_gt(step, 4);
}
END_TEST

START_TEST(a_disk_that_fails_during_a_merge_leaves_all_of_it_or_nothing)
{
	disk_install();
	long step = 1;
	for (bool passed = false; !passed; step = next(step)) {
		struct err e = { 0 };
		struct merge_report r;
		const char *path = fresh("into.plando"), *other = test_path(&a, "other.plando");
		unlink(other);
		struct store *s = store_open(path, STORE_WRITE, &env, &e);
		ck_assert_msg(s && store_copy(s, other, &e), "%s", e.text);
		ck_assert_msg(save_some(other, "After", &e), "%s", e.text);
		disk_fail(step, _i & 1, DISK_ERROR);
		bool merged = merge_file(s, other, false, &r, &e);
		store_close(s);
		passed = disk_steps() < step;
		disk_fail(0, false, DISK_ERROR);
		judge(path, merged, &e, "merge", step);
		ck_assert(!passed || merged);
	}
}
END_TEST

// The child says each number that was saved; the parent kills it somewhere.
START_TEST(a_process_killed_at_any_moment_loses_nothing_that_it_reported)
{
	const char *path = fresh("killed.plando");
	for (int round = 0; round < long_amount(20, 1000); round++) {
		int say[2];
		ck_assert_int_eq(pipe(say), 0);
		pid_t child = fork();
		if (child == 0) {
			world.seed = (uint64_t)round + 100;
			for (unsigned char n = 1;; n++) {
				struct err e = { 0 };
				char name[32];
				snprintf(name, sizeof name, "round %d save %d", round, n);
				if (!save_some(path, name, &e) || write(say[1], &n, 1) != 1)
					_exit(1);
			}
		}
		close(say[1]);
		unsigned char last = 0;
		ck_assert_int_eq(read(say[0], &last, 1), 1);
		usleep((useconds_t)(world_next(&world) % 20000));
		kill(child, SIGKILL);
		for (unsigned char n; read(say[0], &n, 1) == 1;)
			last = n;
		close(say[0]);
		waitpid(child, NULL, 0);
		int in_round = -1, in_save = -1;
		ck_assert_int_eq(sscanf(name_of(path), "round %d save %d", &in_round, &in_save), 2);
		ck_assert_int_eq(in_round, round);
		ck_assert_int_ge(in_save, last); // the one after it may have arrived unreported
		ck_assert_int_le(in_save, last + 1);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("faults");
	TCase *t = tcase_create("faults");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 0);
	tcase_add_loop_test(
	    t, a_disk_that_fails_at_any_step_of_a_save_leaves_before_or_after, 0, 4);
	tcase_add_loop_test(
	    t, memory_that_runs_out_at_any_allocation_of_a_save_leaves_before_or_after, 0, 2);
	tcase_add_loop_test(t, a_disk_that_fails_during_a_merge_leaves_all_of_it_or_nothing, 0, 2);
	tcase_add_test(t, a_process_killed_at_any_moment_loses_nothing_that_it_reported);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
