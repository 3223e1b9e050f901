// SPDX-License-Identifier: MIT
// Any bytes as a driver diagram that was pasted as an outline or came as a sheet: refused in words
// with the line, or boxes with words, each under one that stands nearer the aim; what is saved is
// sound.
#include "fuzz.h"
#include "store/log/store.h"
#include "world.h"

#include <plando/driver_plan.h>
#include <plando/text.h>

#include <string.h>

static struct store *still;
static struct id team;

static void prepare(void)
{
	world_begin();
	still = world_store();
	team = world_put(still, "team", "name", "North", NULL);
	world_put(still, "driver", "text", "Families know what to expect", &team);
}

static void plan_holds(const struct driver_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_item *item = &plan->item[i];
		HOLDS(
		    item->text && *item->text && text_valid(item->text, strlen(item->text), NULL));
		for (size_t k = 0; k < item->feeds; k++)
			HOLDS(
			    item->feed[k].item == DRIVER_NONE || item->feed[k].item < plan->count);
	}
}

static void saved(struct arena *a, const struct driver_plan *plan)
{
	struct err e = { 0 };
	struct driver_diagram d;
	struct store *s = store_twin(still, &FUZZ_ENV, &e);
	HOLDS(s && driver_load(s, a, &team, &d, &e));
	struct save *v = save_begin(s, a, &e);
	HOLDS(v);
	if (plan_save(v, s, a, &d, plan, NULL, &e)) {
		HOLDS(save_commit(v, NULL, &e));
		world_sound(s);
		HOLDS(driver_load(s, a, &team, &d, &e));
	} else {
		HOLDS(e.code && *e.text);
	}
	store_close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (!still)
		prepare();
	for (int sheet = 0; sheet < 2; sheet++) {
		struct arena a = { 0 };
		struct err e = { 0 };
		struct driver_diagram d;
		struct driver_plan plan;
		const char *text = arena_copy(&a, (const char *)bytes, n);
		world_begin();
		HOLDS(driver_load(still, &a, &team, &d, &e));
		bool good = sheet ? plan_csv(&a, &d, text, n, "seed.csv", 0, &plan, &e)
				  : plan_outline(&a, &d, 0, text, n, &plan, &e);
		if (good) {
			plan_holds(&plan);
			saved(&a, &plan);
		} else {
			HOLDS(e.code && *e.text);
		}
		arena_free(&a);
	}
	return 0;
}
