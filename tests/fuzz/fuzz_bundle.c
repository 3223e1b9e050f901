// SPDX-License-Identifier: MIT
// Any bytes as a bundle: refused with words and nothing changed, or taken whole; then what goes out
// comes in again as the same state, and once more as nothing new.
#include "fuzz.h"
#include "store/store.h"

#include <plando/bundle.h>
#include <plando/str.h>

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

static const struct env ENV = { .now = world_now,
	.random = world_random,
	.author = "Ana",
	.device = "laptop",
	.data_home = "",
	.state_home = "" };

static bool take(struct store *s, struct arena *a, const char *text, size_t n,
    struct bundle_report *report, struct err *e)
{
	bool good = bundle_import(s, text, n, "seed.yaml", false, report, a, e);
	HOLDS(good || (e->code != ERR_NONE && *e->text));
	HOLDS(good == (e->code == ERR_NONE));
	return good;
}

static void comes_in_again(struct store *s, struct arena *a)
{
	struct str out = STR_IN(a);
	struct err e = { 0 };
	struct store_facts was, is;
	struct bundle_report report;
	HOLDS(bundle_export(s, a, &out, &e));
	struct store *other = store_memory(&ENV, "Other", &e);
	HOLDS(other && take(other, a, str_done(&out), out.length, &report, &e));
	HOLDS(store_facts(s, &was, &e) && store_facts(other, &is, &e));
	HOLDS(str_equal(was.state, is.state));
	HOLDS(take(other, a, str_done(&out), out.length, &report, &e));
	HOLDS(report.written == 0);
	store_close(other);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct store_facts before, after;
	struct bundle_report report;
	seed = 20261122;
	struct store *s = store_memory(&ENV, "Fuzz", &e);
	HOLDS(s && store_facts(s, &before, &e));
	if (take(s, &a, (const char *)bytes, n, &report, &e)) {
		comes_in_again(s, &a);
	} else {
		struct err none = { 0 };
		HOLDS(store_facts(s, &after, &none) && str_equal(before.state, after.state));
	}
	store_close(s);
	arena_free(&a);
	return 0;
}
