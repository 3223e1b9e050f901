// SPDX-License-Identifier: MIT
// Finding a place in a caller's array by a hash of its key: open addressing over 64-bit hashes.
// The caller keeps the array and compares the keys; the index only says where to look.
#ifndef PLANDO_INDEX_H
#define PLANDO_INDEX_H

#include <plando/arena.h>

#include <stdint.h>

struct index {
	struct arena *arena;
	struct index_slot *slot;
	size_t cap, count;
};

#define INDEX_IN(arena_) ((struct index){ .arena = (arena_) })

// Walks the places that were put under a hash: start with *walk = 0; SIZE_MAX = no more.
size_t index_next(const struct index *x, uint64_t hash, size_t *walk);
bool index_put(struct index *x, uint64_t hash, size_t place); // false: out of memory

uint64_t index_hash(const void *bytes, size_t n, uint64_t seed);

#endif
