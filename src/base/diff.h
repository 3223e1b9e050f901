// SPDX-License-Identifier: MIT
// What two sequences have in common, for blend.c. An element is a number; equal numbers are equal
// things.
#ifndef PLANDO_BASE_DIFF_H
#define PLANDO_BASE_DIFF_H

#include <plando/arena.h>

#include <stdint.h>

struct sequence {
	const uint32_t *at;
	size_t count;
	bool *changed; // has no counterpart in the other; [-1] and [count] may be read: false
};

// Sets `changed` of both, in the arena. What is left pairs up in order. The pairing is that of
// Myers, "An O(ND) Difference Algorithm and Its Variations" (Algorithmica 1, 1986), in linear
// space; runs of changes are then moved as far down as equal neighbours allow, so that alike
// changes of two people lie alike. Beyond a bound of work what is left counts as changed: never
// wrong, only coarser. False: out of memory.
bool diff_sequences(struct arena *a, struct sequence *x, struct sequence *y);

#endif
