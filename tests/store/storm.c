// SPDX-License-Identifier: MIT
// P8 without a workbook: levels and links at random, judged by a search for cycles that knows no
// levels.
#include "../support.h"
#include "model.h"

#include <plando/driver.h>

#include <string.h>

enum { NODES = 12, LINKS = 40 };

// 0 unseen, 1 on the way, 2 done.
static bool reaches_itself(const struct driver_diagram *d, size_t node, unsigned char *colour)
{
	if (colour[node])
		return colour[node] == 1;
	colour[node] = 1;
	for (size_t i = 0; i < d->node[node].parent_count; i++)
		if (reaches_itself(d, d->node[node].parents[i].node, colour))
			return true;
	colour[node] = 2;
	return false;
}

static bool told(const struct driver_diagram *d, const struct driver_join *join)
{
	size_t from = driver_find(d, &join->from), to = driver_find(d, &join->to);
	for (size_t i = 0; from != DRIVER_NONE && i < d->node[from].parent_count; i++)
		if (d->node[from].parents[i].node == to)
			return true;
	for (size_t i = 0; i < d->refused_count; i++)
		if (id_equal(&d->refused[i].from, &join->from) &&
		    id_equal(&d->refused[i].to, &join->to))
			return true;
	return false;
}

const char *model_storm(struct arena *a, uint64_t seed)
{
	struct world dice = { .seed = seed };
	struct env env = world_env(&dice);
	struct driver_fact fact[NODES] = { 0 };
	struct driver_join join[LINKS];
	struct driver_facts facts = { .team = id_random(&env),
		.fact = fact,
		.fact_count = NODES,
		.join = join,
		.join_count = LINKS };
	struct driver_diagram d;
	struct err e = { 0 };
	for (size_t i = 0; i < NODES; i++)
		fact[i] = (struct driver_fact){ .id = id_random(&env),
			.text = "node",
			.level = (enum driver_level)(1 + world_next(&dice) % 3) };
	for (size_t i = 0; i < LINKS; i++) {
		size_t to = world_next(&dice) % (NODES + 1);
		join[i] = (struct driver_join){ .from = fact[world_next(&dice) % NODES].id,
			.to = to == NODES ? facts.team : fact[to].id };
	}
	if (!driver_build(a, &facts, &d, &e))
		return arena_strdup(a, e.text);
	if (d.count != NODES + 1)
		return "P8: a node is not among the nodes";
	unsigned char colour[NODES + 1] = { 0 };
	for (size_t i = 0; i < d.count; i++)
		if (reaches_itself(&d, i, colour))
			return "P8: the drawn links close a cycle";
	for (size_t i = 0; i < LINKS; i++)
		if (!told(&d, &join[i]))
			return "P8: a link is neither drawn nor listed";
	return NULL;
}
