// SPDX-License-Identifier: MIT
// P1–P9, P11–P13 on random histories. PLANDO_RUNS sets how many (./dev test --long sets more); a
// seed that fails is printed, and goes into `kept` below so that it is tried for ever.
#include "../support.h"
#include "model.h"

#include <stdio.h>
#include <stdlib.h>

// Seeds that once found a fault.
static const uint64_t kept[] = { 1 };

static unsigned runs(unsigned small)
{
	const char *given = getenv("PLANDO_RUNS");
	return given && *given ? (unsigned)strtoul(given, NULL, 10) : small;
}

static void holds(uint64_t seed, bool full)
{
	struct arena a = { 0 };
	struct model_run run = { .seed = seed,
		.copies = 2 + (unsigned)(seed % 4),
		.full_check = full,
		.operations = 40 + (unsigned)(seed * 2654435761u % 160) };
	const char *wrong = model_check(&a, &run);
	ck_assert_msg(wrong == NULL, "seed %llu: %s", (unsigned long long)seed, wrong);
	arena_free(&a);
}

// In slices, so that a fault is told early and memory goes back between them.
START_TEST(copies_that_meet_are_equal_and_nothing_is_lost)
{
	unsigned n = runs(2000) / 4;
	for (unsigned i = 0; i < n; i++)
		holds(1000 + (uint64_t)_i + 4 * (uint64_t)i, i % 10 == 0);
}
END_TEST

START_TEST(seeds_that_once_found_a_fault_hold)
{
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		holds(kept[i], true);
}
END_TEST

START_TEST(every_order_of_merging_five_copies_gives_the_same)
{
	unsigned n = runs(200) < 200 ? runs(200) : 200;
	for (unsigned i = 0; i < n / 4; i++) {
		struct arena a = { 0 };
		const char *wrong = model_orders(&a, 77 + (uint64_t)_i + 4 * (uint64_t)i, 5);
		ck_assert_msg(wrong == NULL, "seed %u: %s", 77 + (unsigned)_i + 4 * i, wrong);
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
	tcase_add_test(histories, seeds_that_once_found_a_fault_hold);
	tcase_add_loop_test(histories, copies_that_meet_are_equal_and_nothing_is_lost, 0, 4);
	tcase_add_loop_test(orders, every_order_of_merging_five_copies_gives_the_same, 0, 4);
	suite_add_tcase(suite, histories);
	suite_add_tcase(suite, orders);
	return test_run(suite);
}
