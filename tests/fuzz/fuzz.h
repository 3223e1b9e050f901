// SPDX-License-Identifier: MIT
// What a harness offers: one function that must survive any bytes, and hold to its promises on
// them. Called by libFuzzer (./dev fuzz) or by replay.c (every test run).
#ifndef PLANDO_TESTS_FUZZ_H
#define PLANDO_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

// A promise of the code under test; where it is broken, the run ends at once with the words.
#define HOLDS(condition)                                                                           \
	do {                                                                                       \
		if (!(condition))                                                                  \
			fuzz_broken(#condition, __FILE__, __LINE__);                               \
	} while (0)

static inline void fuzz_broken(const char *promise, const char *file, int line)
{
	fprintf(stderr, "%s:%d: broken: %s\n", file, line, promise);
	__builtin_trap();
}

#endif
