// SPDX-License-Identifier: MIT
// A workbook on a network drive, where things fail: every call and every write in turn, and a kill
// at any moment. The file there is whole at all times, and has all that was saved in the end.
#include "disk.h"
#include "drive.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// --- what fails

// Every open, fsync and rename in turn, once and for ever.
START_TEST(a_call_that_fails_while_it_is_written_is_told_and_leaves_all_whole)
{
	long step = 1;
	for_ever = _i;
	one = opened(0, STORE_WRITE);
	for (bool passed = false; !passed; step++) {
		struct err err = { 0 };
		const char *name = arena_printf(&a, "Edit %ld", step);
		MUST(add(one, name, &e));
		calls = 0;
		call_fails = step;
		bool ok = far_bring(one, NULL, &err);
		passed = calls < step;
		call_fails = 0;
		ck_assert_msg(ok || *err.text, "step %ld", step);
		there((const char *const[]){ NULL });
		ck_assert(has(one, name));
		bring(one);
		THERE(name);
		ck_assert_uint_eq(names_in(drive), 1);
	}
	ck_assert_int_gt(step, 8);
}
END_TEST

// The disk here is full, or fails, at any step of SQLite's.
START_TEST(a_disk_here_that_fails_while_it_is_written_back_leaves_the_file_there)
{
	long step = 1;
	disk_install();
	one = opened(0, STORE_WRITE);
	for (bool passed = false; !passed; step++) {
		struct err err = { 0 };
		const char *name = arena_printf(&a, "Edit %ld", step);
		MUST(add(one, name, &e));
		disk_fail(step, _i & 1, _i & 2 ? DISK_FULL : DISK_ERROR);
		bool ok = far_bring(one, NULL, &err);
		passed = disk_steps() < step;
		disk_fail(0, false, DISK_ERROR);
		ck_assert_msg(ok || *err.text, "step %ld", step);
		bring(one);
		THERE(name);
		if (step > 20)
			step += 9;
	}
}
END_TEST

START_TEST(killed_at_any_moment_all_that_was_saved_is_there_after_the_next_opening)
{
	const char *given = getenv("PLANDO_LONG");
	int rounds = given && *given ? 500 : 20;
	one = opened(0, STORE_WRITE);
	store_close(one);
	for (int round = 0; round < rounds; round++) {
		int told[2];
		ck_assert_int_eq(pipe(told), 0);
		pid_t child = fork();
		if (child == 0) {
			world.seed += (uint64_t)round * 1000;
			for (int i = 0;; i++) {
				struct err err = { 0 };
				struct store *s = store_open(file, STORE_WRITE, &env[0], &err);
				if (!s || !add(s, arena_printf(&a, "R%d.%d", round, i), &err) ||
				    write(told[1], &i, sizeof i) != sizeof i ||
				    !far_bring(s, NULL, &err))
					_exit(1);
				store_close(s);
			}
		}
		close(told[1]);
		usleep((useconds_t)(world_next(&world) % 120000));
		kill(child, SIGKILL);
		int status, last = -1, next;
		waitpid(child, &status, 0);
		ck_assert(WIFSIGNALED(status));
		while (read(told[0], &next, sizeof next) == sizeof next)
			last = next;
		close(told[0]);
		one = opened(0, STORE_WRITE);
		bring(one);
		store_close(one);
		const char **name = arena_array(&a, (size_t)last + 2, sizeof *name);
		for (int i = 0; i <= last; i++)
			name[i] = arena_printf(&a, "R%d.%d", round, i);
		there(name);
		ck_assert_uint_eq(names_in(drive), 1);
	}
	one = NULL;
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("far_faults");
	TCase *t = tcase_create("far_faults");
	tcase_add_checked_fixture(t, drive_setup, drive_teardown);
	tcase_set_timeout(t, 0);
	tcase_add_loop_test(
	    t, a_call_that_fails_while_it_is_written_is_told_and_leaves_all_whole, 0, 2);
	tcase_add_loop_test(
	    t, a_disk_here_that_fails_while_it_is_written_back_leaves_the_file_there, 0, 4);
	tcase_add_test(t, killed_at_any_moment_all_that_was_saved_is_there_after_the_next_opening);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
