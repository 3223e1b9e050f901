// SPDX-License-Identifier: MIT
// What the bar of long work says, at every width: tests/long and a terminal have the rest.
#include "../support.h"

#include "cli/progress.h"

#include <plando/text.h>

#include <string.h>

static const int64_t MINUTE = 60000;

static struct arena arena;

static void end(void)
{
	arena_free(&arena);
}

START_TEST(a_bar_says_how_many_how_long_and_what)
{
	ck_assert_str_eq(progress_line(&arena, 250000, 1000000, "taking it in", MINUTE, 80),
	    "[#####...............] 250000 of 1000000, 3 min left  taking it in");
	ck_assert_str_eq(progress_line(&arena, 90, 100, "x.plando", MINUTE, 80),
	    "[##################..] 90 of 100, 10 s left  x.plando");
}
END_TEST

START_TEST(a_bar_promises_no_time_at_the_beginning_or_the_end)
{
	ck_assert_ptr_null(strstr(progress_line(&arena, 5, 100, "w", 500, 80), "left"));
	ck_assert_ptr_null(strstr(progress_line(&arena, 0, 100, "w", MINUTE, 80), "left"));
	ck_assert_ptr_null(strstr(progress_line(&arena, 100, 100, "w", MINUTE, 80), "left"));
}
END_TEST

START_TEST(a_narrow_terminal_gets_the_numbers_and_a_shorter_bar)
{
	ck_assert_str_eq(progress_line(&arena, 250000, 1000000, "taking it in", MINUTE, 40),
	    "[#......] 250000 of 1000000, 3 min left");
	ck_assert_str_eq(progress_line(&arena, 250000, 1000000, "taking it in", MINUTE, 34),
	    "250000 of 1000000, 3 min left");
}
END_TEST

START_TEST(a_bar_never_fills_its_line_so_that_it_can_be_taken_back)
{
	const char *what =
	    "\xe7\x97\x85\xe9\x99\xa2\xe7\x97\x85\xe9\x99\xa2 a long name of a copy.plando";
	for (int width = 2; width < 200; width++)
		for (size_t done = 0; done <= 1000000; done += 125000) {
			const char *line =
			    progress_line(&arena, done, 1000000, what, 7 * MINUTE, width);
			ck_assert_int_lt(text_width(line, strlen(line)), width);
		}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("progress");
	TCase *t = tcase_create("line");
	tcase_add_checked_fixture(t, NULL, end);
	tcase_add_test(t, a_bar_says_how_many_how_long_and_what);
	tcase_add_test(t, a_bar_promises_no_time_at_the_beginning_or_the_end);
	tcase_add_test(t, a_narrow_terminal_gets_the_numbers_and_a_shorter_bar);
	tcase_add_test(t, a_bar_never_fills_its_line_so_that_it_can_be_taken_back);
	suite_add_tcase(s, t);
	return test_run(s);
}
