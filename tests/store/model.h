// SPDX-License-Identifier: MIT
// Random histories on several copies of one workbook, and a model that knows for each change what
// its writer had seen, independently of the log's own `prev`. One seed = one history = one verdict.
#ifndef PLANDO_TESTS_MODEL_H
#define PLANDO_TESTS_MODEL_H

#include <plando/arena.h>

#include <stdint.h>

// What a run does and checks; each is a property of the test plan.
struct model_run {
	uint64_t seed;
	unsigned copies;     // 2..5
	unsigned operations; // over all copies
	bool joins;	     // people also join records and part them
	bool full_check;     // also chain, and tables against a fresh fold (P9); slow
};

// NULL: every property held. Else which one did not, in words that live in the arena.
const char *model_check(struct arena *a, const struct model_run *run);

// P2: `copies` copies of one workbook, edited apart, merged into another in every order.
const char *model_orders(struct arena *a, uint64_t seed, unsigned copies);

// P8: random levels and links on 12 nodes, in memory: what is drawn has no cycle, what is not is
// listed.
const char *model_storm(struct arena *a, uint64_t seed);

#endif
