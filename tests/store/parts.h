// SPDX-License-Identifier: MIT
// Random histories of workbooks that leave in part and come back. One seed = one history = one
// verdict: NULL, or which property did not hold, in words that live in the arena.
#ifndef PLANDO_TESTS_PARTS_H
#define PLANDO_TESTS_PARTS_H

#include <plando/arena.h>

#include <stdint.h>

const char *parts_share(struct arena *a, uint64_t seed);   // P10
const char *parts_erase(struct arena *a, uint64_t seed);   // P17
const char *parts_newer(struct arena *a, uint64_t seed);   // P20
const char *parts_parcels(struct arena *a, uint64_t seed); // P21

#endif
