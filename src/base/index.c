// SPDX-License-Identifier: MIT
#include <plando/index.h>

struct index_slot {
	uint64_t hash;
	size_t place; // + 1; 0 = free
};

uint64_t index_hash(const void *bytes, size_t n, uint64_t seed)
{
	const unsigned char *p = bytes;
	uint64_t h = 14695981039346656037u ^ (seed * 0x9e3779b97f4a7c15u); // FNV-1a
	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 1099511628211u;
	return h ^ (h >> 29);
}

size_t index_next(const struct index *x, uint64_t hash, size_t *walk)
{
	while (x->cap && *walk < x->cap) {
		const struct index_slot *s = &x->slot[(hash + (*walk)++) & (x->cap - 1)];
		if (!s->place)
			break;
		if (s->hash == hash)
			return s->place - 1;
	}
	return SIZE_MAX;
}

static void index_set(struct index *x, uint64_t hash, size_t place)
{
	size_t i = 0;
	while (x->slot[(hash + i) & (x->cap - 1)].place)
		i++;
	x->slot[(hash + i) & (x->cap - 1)] = (struct index_slot){ hash, place };
}

bool index_put(struct index *x, uint64_t hash, size_t place)
{
	if (x->count * 2 >= x->cap) {
		struct index old = *x;
		x->cap = old.cap ? old.cap * 2 : 64;
		x->slot = arena_array(x->arena, x->cap, sizeof *x->slot);
		if (!x->slot) {
			*x = old;
			return false;
		}
		for (size_t i = 0; i < old.cap; i++)
			if (old.slot[i].place)
				index_set(x, old.slot[i].hash, old.slot[i].place);
	}
	index_set(x, hash, place + 1);
	x->count++;
	return true;
}
