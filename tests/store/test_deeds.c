// SPDX-License-Identifier: MIT
// Everything that writes, on every bad day. F1: killed before each step that it takes and at any
// moment, and the power cut at each step, with what no sync had made durable lost, halved or
// written by chance. F2, F12: each step fails, and each allocation, once and for ever. Afterwards
// the workbook opens, is sound, is as before or as after, holds what was reported as done, what was
// published stands whole, and no half-made file lies about.
// A short run takes the first steps and a sample of the others; a long one takes each.
#include "../support.h"
#include "calls.h"
#include "deeds.h"
#include "disk.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

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

// --- tests: one a deed

// Each step; in a short run the first few, then ever rarer.
static long next(long step)
{
	return step + long_amount(step < 4 ? 1 : step / 2, 1);
}

// The cause, or, where SQLite does not hand it on, what it may be.
static bool names(const struct err *e, enum disk_fault fault)
{
	static const char *const cause[] = { "rror", "disk is full", "share of the disk is used up",
		"disk is read-only" };
	return strstr(e->text, cause[fault]) || strstr(e->text, "has room and may be written to") ||
	       strstr(e->text, "it cannot be opened; check that it is there and yours to read");
}

static void fail_at(
    const struct deed *d, long step, bool for_ever, enum disk_fault fault, bool *passed)
{
	struct err e;
	deed_begin(d);
	disk_fail(step, for_ever, fault);
	bool done = deed_act(d, &e);
	*passed = disk_steps() < step;
	disk_fail(0, false, DISK_ERROR);
	ck_assert_msg(done || names(&e, fault), "%s at step %ld, fault %d: %s", d->name, step,
	    (int)fault, e.text);
	deed_judge(d, done, &e, step);
	ck_assert_msg(!*passed || done, "%s: %s", d->name, e.text);
	const char *left = deed_stray();
	ck_assert_msg(!left, "%s at step %ld: %s is left", d->name, step, left);
}

// A short run has the causes take turns.
START_TEST(F2_a_disk_that_fails_at_any_step_leaves_before_or_after_and_the_cause_is_told)
{
	const struct deed *d = &DEEDS[_i / 2];
	disk_install();
	long step = 1;
	for (bool passed = false; !passed; step = next(step))
		for (long i = 0; i < long_amount(1, 4); i++)
			fail_at(d, step, _i & 1, (enum disk_fault)((step + i + _i) % 4), &passed);
	ck_assert_int_gt(step, 5);
}
END_TEST

// Once and for ever are tests of their own; a night, which tries each allocation, shares them among
// more, for Check counts a test's duration in 32 bits of microseconds.
static int slices(void)
{
	return (int)long_amount(2, 16);
}

START_TEST(F2_memory_that_runs_out_at_any_allocation_leaves_before_or_after)
{
	const struct deed *d = &DEEDS[_i / slices()];
	int slice = _i % slices();
	long step = 1 + slice / 2;
	for (bool passed = false; !passed; step += long_amount(step, slices() / 2)) {
		struct err e;
		deed_begin(d);
		alloc_for_ever = slice & 1;
		allocs = 0;
		alloc_fail = step;
		bool done = deed_act(d, &e);
		passed = allocs < step;
		alloc_fail = 0;
		deed_judge(d, done, &e, step);
		ck_assert_msg(!passed || done, "%s: %s", d->name, e.text);
	}
	ck_assert_int_gt(step, 100);
}
END_TEST

// One row is there: it comes, or the lack of memory is told; never no row, never an empty text.
START_TEST(F2_a_question_without_memory_for_its_values_is_not_another_question)
{
	struct world world = { .now = 1795600000000, .seed = 3, .tick = 1 };
	struct env env = world_env(&world);
	struct store *s;
	long step = 1, refused = 0;
	MUST((s = store_memory(&env, "Hubs", &e)) != NULL);
	for (bool passed = false; !passed; step++) {
		struct err own = { 0 }, e = { 0 };
		char name[16] = "";
		allocs = 0;
		alloc_fail = step;
		struct ask *q = db_ask(s->db, "SELECT val FROM change WHERE ent=?", &e);
		bool good = q != NULL;
		if (q) {
			ask_id(q, 1, &ID_COLLABORATIVE);
			const char *text = ask_step(q, &own) ? col_text(q, 0) : NULL;
			snprintf(name, sizeof name, "%s", text ? text : "");
			good = ask_end(q, &own, &e);
		}
		passed = allocs < step;
		alloc_fail = 0;
		ck_assert_msg(good ? str_equal(name, "Hubs") : e.code == ERR_MEMORY,
		    "step %ld: \"%s\", %s", step, name, e.text);
		refused += !good;
	}
	ck_assert_int_gt(refused, 0);
	store_close(s);
}
END_TEST

// Forks a process that does it. step: it kills itself before that one.
static pid_t begun(const struct deed *d, long step)
{
	deed_begin(d);
	pid_t child = fork();
	if (child == 0) {
		struct err e;
		disk_fail(step, false, DISK_KILL);
		_exit(deed_act(d, &e) ? 0 : 1);
	}
	return child;
}

static bool ended(pid_t child, const char *name)
{
	int status;
	waitpid(child, &status, 0);
	bool whole = WIFEXITED(status);
	ck_assert_msg(
	    !whole || WEXITSTATUS(status) == 0, "%s ended with %d", name, WEXITSTATUS(status));
	return whole;
}

START_TEST(F1_killed_before_any_step_the_workbook_is_as_before_or_as_after)
{
	const struct deed *d = &DEEDS[_i];
	disk_install();
	long step = 1;
	for (bool passed = false; !passed; step = next(step)) {
		passed = ended(begun(d, step), d->name);
		deed_judge(d, passed, NULL, step);
		deed_again(d, step);
	}
	ck_assert_int_gt(step, 5);
}
END_TEST

static int64_t clock_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

// How long it takes says only where the moments lie; whatever comes of it must be right.
START_TEST(F1_killed_at_any_moment_the_workbook_is_as_before_or_as_after)
{
	const struct deed *d = &DEEDS[_i];
	struct world chance = { .seed = 300 + (uint64_t)_i };
	int64_t from = clock_us();
	ck_assert(ended(begun(d, 0), d->name));
	uint64_t span = (uint64_t)(clock_us() - from) + 1;
	for (long i = 0; i < long_amount(4, 1000); i++) {
		pid_t child = begun(d, 0);
		usleep((useconds_t)(world_next(&chance) % span));
		kill(child, SIGKILL);
		deed_judge(d, ended(child, d->name), NULL, i);
		deed_again(d, i);
	}
}
END_TEST

START_TEST(F1_a_power_cut_at_any_step_loses_nothing_that_was_reported)
{
	const struct deed *d = &DEEDS[_i];
	int lost = 0;
	disk_install();
	long step = 1;
	for (bool passed = false; !passed; step = next(step))
		for (long chance = 0; chance < long_amount(1, 20); chance++) {
			struct err e;
			deed_begin(d);
			disk_fail(step, true, DISK_CUT);
			bool done = deed_act(d, &e);
			passed = disk_steps() < step;
			lost += disk_power_cut((unsigned)(step * 31 + chance));
			lost += calls_power_cut((unsigned)(step * 37 + chance));
			disk_fail(0, false, DISK_ERROR);
			deed_judge(d, done, passed ? NULL : &e, step);
			deed_again(d, step);
		}
	ck_assert_int_gt(step, 5);
	ck_assert_int_gt(lost, 0);
}
END_TEST

static void add(Suite *suite, const char *name, const TTest *test, int loops)
{
	TCase *t = tcase_create(name);
	tcase_add_checked_fixture(t, deeds_setup, deeds_teardown);
	tcase_set_timeout(t, 0);
	tcase_add_loop_test(t, test, 0, loops);
	suite_add_tcase(suite, t);
}

int main(void)
{
	memory_install();
	Suite *suite = suite_create("deeds");
	add(suite, "fails",
	    F2_a_disk_that_fails_at_any_step_leaves_before_or_after_and_the_cause_is_told,
	    2 * DEED_COUNT);
	add(suite, "memory", F2_memory_that_runs_out_at_any_allocation_leaves_before_or_after,
	    slices() * DEED_COUNT);
	add(suite, "memory", F2_a_question_without_memory_for_its_values_is_not_another_question,
	    1);
	add(suite, "killed", F1_killed_before_any_step_the_workbook_is_as_before_or_as_after,
	    DEED_COUNT);
	add(suite, "moments", F1_killed_at_any_moment_the_workbook_is_as_before_or_as_after,
	    DEED_COUNT);
	add(suite, "cut", F1_a_power_cut_at_any_step_loses_nothing_that_was_reported, DEED_COUNT);
	return test_run(suite);
}
