// SPDX-License-Identifier: MIT
#include "cli/links.h"

#include <plando/str.h>

#include <string.h>

bool links_kind(const char *kind)
{
	return str_equal(kind, "driver") || str_equal(kind, "idea");
}

// A node of this team's diagram first, then anywhere; the team itself is its aim.
static bool links_find_node(
    const struct links *l, const char *ref, struct record *node, struct err *e)
{
	static const char nodes[] = "driver idea team";
	struct arena *a = l->arena;
	struct record own;
	struct err why = { 0 };
	if (!record_load(l->store, a, &l->team, &own, e))
		return false;
	const char *name = record_get(&own, "name");
	char *inside = name ? arena_printf(a, "%s/%s", name, ref) : NULL;
	if (inside && record_find(l->store, a, "driver idea", inside, node, &why))
		return true;
	return record_find(l->store, a, nodes, ref, node, e);
}

// The longest run of comma-separated parts that names a node: a driver's text may hold commas.
// Returns the bytes used, 0 = none (e says why for the first part).
static size_t links_find_longest(
    const struct links *l, const char *list, struct record *node, struct err *e)
{
	for (size_t n = strlen(list); n > 0;) {
		struct err why = { 0 };
		char *ref = arena_copy(l->arena, list, n);
		if (ref && links_find_node(l, ref, node, &why))
			return n;
		while (n > 0 && list[n - 1] != ',')
			n--;
		if (n == 0)
			*e = why;
		else
			n--;
	}
	return 0;
}

static bool links_find_nodes(
    const struct links *l, const char *list, struct record **nodes, size_t *count, struct err *e)
{
	size_t cap = 0, used;
	for (const char *p = list; *p; p += used + (p[used] == ',')) {
		void *items = *nodes;
		p += strspn(p, " ,");
		if (!*p)
			return true;
		if (!arena_grow(l->arena, &items, *count, &cap, sizeof **nodes))
			return err_memory(e);
		*nodes = items;
		used = links_find_longest(l, p, &(*nodes)[*count], e);
		if (!used)
			return false;
		++*count;
	}
	return true;
}

// `set feeds=` says all of them: a link that is not named goes.
static bool drop_links(
    const struct links *l, const struct record *keep, size_t count, struct err *e)
{
	struct records links;
	if (!record_list_by(l->store, l->arena, "link", "from", &l->from, &links, e))
		return false;
	for (size_t i = 0; i < links.count; i++) {
		struct id to;
		bool kept = false;
		for (size_t k = 0; k < count && record_ref(&links.item[i], "to", &to); k++)
			kept = kept || id_equal(&keep[k].id, &to);
		if (!kept && !save_delete(l->save, &links.item[i].id, e))
			return false;
	}
	return true;
}

bool links_set(const struct links *l, const char *list, struct err *e)
{
	struct record *nodes = NULL;
	size_t count = 0;
	char from[ID_TEXT], to[ID_TEXT];
	if (!links_find_nodes(l, list, &nodes, &count, e) || !drop_links(l, nodes, count, e))
		return false;
	id_print(&l->from, from);
	for (size_t i = 0; i < count; i++) {
		struct id link;
		id_print(&nodes[i].id, to);
		if (!save_new(l->save, "link",
			(const char *const[]){ "from", from, "to", to, NULL }, &link, e))
			return false;
	}
	return true;
}

bool links_place_last(const struct links *l, const char *kind, struct err *e)
{
	struct records all;
	if (!record_list(l->store, l->arena, kind, &l->team, &all, e))
		return false;
	const char *last = all.count ? record_get(&all.item[all.count - 1], "position") : NULL;
	char *key = order_between(l->arena, store_env(l->store), last, NULL);
	return key ? save_cell(l->save, &l->from, kind, "position", key, e) : err_memory(e);
}
