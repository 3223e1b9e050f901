// SPDX-License-Identifier: MIT
// P22 on random histories (guard.h). A seed that fails is printed.
#include "../support.h"
#include "disk.h"
#include "guard.h"

#include <stdlib.h>

// So many seeds are one test in Check's account, which cannot say durations over half an hour.
enum { SLICE = 500 };

static long guard_histories(void)
{
	const char *given = getenv("PLANDO_RUNS");
	return given && *given ? strtol(given, NULL, 10) : long_amount(60, 3000);
}

START_TEST(P22_whatever_lies_over_the_file_what_was_typed_comes_back_and_what_was_erased_does_not)
{
	long first = (long)SLICE * _i, n = guard_histories();
	disk_install();
	for (long seed = first; seed < n && seed < first + SLICE; seed++) {
		struct arena a = { 0 };
		const char *wrong = guard_check(&a, 1 + (uint64_t)seed);
		ck_assert_msg(wrong == NULL, "seed %ld: %s", 1 + seed, wrong);
		arena_free(&a);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("guard");
	TCase *t = tcase_create("guard");
	tcase_set_timeout(t, 0);
	tcase_add_loop_test(t,
	    P22_whatever_lies_over_the_file_what_was_typed_comes_back_and_what_was_erased_does_not,
	    0, (int)((guard_histories() + SLICE - 1) / SLICE));
	suite_add_tcase(suite, t);
	return test_run(suite);
}
