// SPDX-License-Identifier: MIT
#include "world.h"

#include "fuzz.h"
#include "store/log/store.h"

#include <string.h>

static uint64_t seed;

static int64_t world_now(void *world)
{
	(void)world;
	return 1795600000000; // 2026-11-25
}

static bool world_random(void *world, void *bytes, size_t n)
{
	unsigned char *p = bytes;
	(void)world;
	for (size_t i = 0; i < n; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		p[i] = (unsigned char)(seed >> 56);
	}
	return true;
}

const struct env FUZZ_ENV = { .now = world_now,
	.random = world_random,
	.author = "Ana",
	.device = "laptop",
	.data_home = "",
	.state_home = "" };

void world_begin(void)
{
	seed = 20261122;
}

struct store *world_store(void)
{
	struct err e = { 0 };
	struct store *s = store_memory(&FUZZ_ENV, "Fuzz", &e);
	HOLDS(s != NULL);
	return s;
}

struct id world_put(
    struct store *s, const char *kind, const char *field, const char *value, const struct id *team)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct id id;
	char uuid[ID_TEXT];
	struct save *v = save_begin(s, &a, &e);
	HOLDS(v && save_new(v, kind, NULL, &id, &e) && save_cell(v, &id, kind, field, value, &e));
	if (team) {
		id_print(team, uuid);
		HOLDS(save_cell(v, &id, kind, "team", uuid, &e));
	}
	HOLDS(save_commit(v, NULL, &e));
	arena_free(&a);
	return id;
}

void world_sound(struct store *s)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct store_problems p;
	HOLDS(store_check(s, &a, &p, &e));
	for (size_t i = 0; i < p.count; i++)
		fprintf(stderr, "%s\n", p.line[i]);
	HOLDS(p.count == 0);
	arena_free(&a);
}
