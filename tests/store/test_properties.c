// SPDX-License-Identifier: MIT
// P1, P3 to P7, P9 and P11 to P13 on random histories (model.h says what each is), P2 on all
// orders, P8 on storms of links. PLANDO_RUNS=N tries N histories. A seed that fails is printed, and
// goes into `kept` below so that it is tried for ever.
#include "../support.h"
#include "model.h"

#include <stdio.h>
#include <stdlib.h>

// So many histories are one test in Check's account: it keeps a test's duration in 32 bits of
// microseconds, and a night's histories in one would take longer than that can say.
enum { SLICE = 1000 };

// Seeds that once found a fault.
static const uint64_t kept[] = { 1304, 2737 };

static long histories_wanted(void)
{
	const char *given = getenv("PLANDO_RUNS");
	return given && *given ? strtol(given, NULL, 10) : long_amount(2000, 200000);
}

static void lives(const struct model_run *run)
{
	struct arena a = { 0 };
	const char *wrong = model_check(&a, run);
	ck_assert_msg(wrong == NULL, "seed %llu: %s", (unsigned long long)run->seed, wrong);
	arena_free(&a);
}

static void holds(uint64_t seed, bool full)
{
	lives(&(struct model_run){ .seed = seed,
	    .copies = 2 + (unsigned)(seed % 4),
	    .full_check = full,
	    .operations = 40 + (unsigned)(seed * 2654435761u % 160) });
}

// Half of the histories each, so that two cores share them: PLANDO_HALF is 0 or 1. Half of them
// have clocks that are wrong (P11), one in ten is also checked against a fresh fold (P9).
START_TEST(P1_P3_P4_P5_P6_P7_P9_P11_P12_P13_hold_in_random_histories_of_copies_that_meet)
{
	long n = histories_wanted(), first = 2L * SLICE * _i;
	for (long i = first + test_half(); i < n && i < first + 2L * SLICE; i += 2)
		holds(1000 + (uint64_t)i, i / 2 % 10 == 0);
}
END_TEST

START_TEST(P1_holds_in_histories_of_five_copies_and_up_to_four_hundred_operations)
{
	for (long seed = test_half(), n = long_amount(40, 4000); seed < n; seed += 2)
		lives(&(struct model_run){ .seed = 1000000 + (uint64_t)seed,
		    .copies = 5,
		    .full_check = seed / 2 % 10 == 0,
		    .operations = 40 + (unsigned)((uint64_t)seed * 2654435761u % 361) });
}
END_TEST

// What joins make of the tables is also held against a fresh fold, each time.
START_TEST(P1_P4_P5_P9_hold_where_records_are_joined_and_parted)
{
	for (long seed = test_half(), n = long_amount(400, 40000); seed < n; seed += 2)
		lives(&(struct model_run){ .seed = 2000000 + (uint64_t)seed,
		    .copies = 2 + (unsigned)(seed / 2 % 4),
		    .joins = true,
		    .full_check = true,
		    .operations = 40 + (unsigned)((uint64_t)seed * 2654435761u % 160) });
}
END_TEST

START_TEST(P1_seeds_that_once_found_a_fault_hold)
{
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		holds(kept[i], true);
}
END_TEST

START_TEST(P2_every_order_of_merging_five_copies_gives_the_same)
{
	for (uint64_t seed = 77; seed < 77 + 200; seed++) { // of 120 orders each
		struct arena a = { 0 };
		const char *wrong = model_orders(&a, seed, 5);
		ck_assert_msg(wrong == NULL, "seed %llu: %s", (unsigned long long)seed, wrong);
		arena_free(&a);
	}
}
END_TEST

START_TEST(P8_links_in_any_storm_are_drawn_without_a_cycle_or_listed)
{
	for (uint64_t seed = 0; seed < 100000; seed++) {
		struct arena a = { 0 };
		const char *wrong = model_storm(&a, seed);
		ck_assert_msg(wrong == NULL, "storm %llu: %s", (unsigned long long)seed, wrong);
		arena_free(&a);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("properties");
	TCase *histories = tcase_create("histories"), *orders = tcase_create("orders");
	tcase_set_timeout(histories, 0);
	tcase_set_timeout(orders, 0);
	tcase_add_test(histories, P1_seeds_that_once_found_a_fault_hold);
	tcase_add_test(histories, P1_P4_P5_P9_hold_where_records_are_joined_and_parted);
	tcase_add_test(
	    histories, P1_holds_in_histories_of_five_copies_and_up_to_four_hundred_operations);
	tcase_add_loop_test(histories,
	    P1_P3_P4_P5_P6_P7_P9_P11_P12_P13_hold_in_random_histories_of_copies_that_meet, 0,
	    (int)((histories_wanted() + 2L * SLICE - 1) / (2L * SLICE)));
	tcase_add_test(orders, P2_every_order_of_merging_five_copies_gives_the_same);
	suite_add_tcase(suite, histories);
	suite_add_tcase(suite, orders);
	TCase *storms = tcase_create("storms");
	tcase_set_timeout(storms, 0);
	tcase_add_test(storms, P8_links_in_any_storm_are_drawn_without_a_cycle_or_listed);
	suite_add_tcase(suite, storms);
	return test_run(suite);
}
