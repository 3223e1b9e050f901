// SPDX-License-Identifier: MIT
// P10, P17, P20, P21 on random histories: parts that leave and come back, erasure, newer programs,
// parcels. A seed that fails is printed.
#include "../support.h"
#include "parts.h"

// So many seeds are one test in Check's account, which cannot say durations over half an hour.
enum { SLICE = 1000 };

typedef const char *property(struct arena *a, uint64_t seed);

static void holds(property *check, long first, long last, long step)
{
	for (long seed = first; seed <= last; seed += step) {
		struct arena a = { 0 };
		const char *wrong = check(&a, (uint64_t)seed);
		ck_assert_msg(wrong == NULL, "seed %ld: %s", seed, wrong);
		arena_free(&a);
	}
}

static long shares(void)
{
	return long_amount(500, 20000);
}

// Half of them each, so that two cores share them.
START_TEST(P10_a_part_is_the_whole_restricted_to_its_teams_and_holds_nothing_else)
{
	long first = (long)SLICE * _i, last = first + SLICE;
	holds(parts_share, first + 1 + test_half(), last < shares() ? last : shares(), 2);
}
END_TEST

START_TEST(P17_an_erased_text_is_in_no_page_of_any_copy_after_they_meet)
{
	holds(parts_erase, 1, 200, 1);
}
END_TEST

START_TEST(P20_kinds_and_fields_of_a_newer_program_survive_an_older_one)
{
	holds(parts_newer, 1, 500, 1);
}
END_TEST

START_TEST(P21_parcels_come_in_order_are_refused_out_of_order_and_do_nothing_twice)
{
	holds(parts_parcels, 1, 500, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("parts");
	const struct {
		const char *name;
		const TTest *test;
		int slices;
	} cases[] = {
		{ "share", P10_a_part_is_the_whole_restricted_to_its_teams_and_holds_nothing_else,
		    (int)((shares() + SLICE - 1) / SLICE) },
		{ "erase", P17_an_erased_text_is_in_no_page_of_any_copy_after_they_meet, 1 },
		{ "newer", P20_kinds_and_fields_of_a_newer_program_survive_an_older_one, 1 },
		{ "parcels",
		    P21_parcels_come_in_order_are_refused_out_of_order_and_do_nothing_twice, 1 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		TCase *t = tcase_create(cases[i].name);
		tcase_set_timeout(t, 0);
		tcase_add_loop_test(t, cases[i].test, 0, cases[i].slices);
		suite_add_tcase(suite, t);
	}
	return test_run(suite);
}
