// SPDX-License-Identifier: MIT
// Two diagrams of a team compared: how its theory changed.
#include <plando/driver.h>

#include <plando/str.h>

#include <stdlib.h>

struct spot { // where a node stands in the diagram before
	struct id id;
	size_t node;
};

static int driver_diff_compare_spots(const void *x, const void *y)
{
	return id_compare(&((const struct spot *)x)->id, &((const struct spot *)y)->id);
}

static size_t driver_diff_find_spot(const struct spot *spot, size_t count, const struct id *id)
{
	struct spot key = { .id = *id };
	const struct spot *found =
	    bsearch(&key, spot, count, sizeof key, driver_diff_compare_spots);
	return found ? found->node : DRIVER_NONE;
}

static bool driver_diff_feeds(
    const struct driver_diagram *d, size_t node, const struct id *to, bool weak)
{
	const struct driver_node *n = &d->node[node];
	for (size_t i = 0; i < n->parent_count; i++)
		if (id_equal(&d->node[n->parents[i].node].id, to) && n->parents[i].weak == weak)
			return true;
	return false;
}

static bool driver_diff_moved(
    const struct driver_diagram *before, size_t was, const struct driver_diagram *after, size_t is)
{
	const struct driver_node *n = &after->node[is];
	if (n->parent_count != before->node[was].parent_count ||
	    n->level != before->node[was].level)
		return true;
	for (size_t i = 0; i < n->parent_count; i++)
		if (!driver_diff_feeds(
			before, was, &after->node[n->parents[i].node].id, n->parents[i].weak))
			return true;
	return false;
}

static void driver_diff_add(struct driver_diff *out, size_t before, size_t after, unsigned change)
{
	out->item[out->count++] = (struct driver_difference){ before, after, change };
	out->added += (change & DRIVER_ADDED) != 0;
	out->retired += (change & DRIVER_RETIRED) != 0;
	out->moved += (change & DRIVER_MOVED) != 0;
	out->reworded += (change & DRIVER_REWORDED) != 0;
}

bool driver_diff(struct arena *a, const struct driver_diagram *before,
    const struct driver_diagram *after, struct driver_diff *out, struct err *e)
{
	struct spot *was = arena_array(a, before->count, sizeof *was);
	bool *kept = arena_array(a, before->count, sizeof *kept);
	*out = (struct driver_diff){ .before = before, .after = after };
	out->item = arena_array(a, before->count + after->count, sizeof *out->item);
	out->mark = arena_array(a, after->count, sizeof *out->mark);
	if (!was || !kept || !out->item || !out->mark)
		return err_memory(e);
	for (size_t i = 0; i < before->count; i++)
		was[i] = (struct spot){ before->node[i].id, i };
	qsort(was, before->count, sizeof *was, driver_diff_compare_spots);
	for (size_t i = 0; i < after->count; i++) {
		const struct driver_node *n = &after->node[i];
		size_t then = driver_diff_find_spot(was, before->count, &n->id);
		bool there = then != DRIVER_NONE && !before->node[then].archived;
		if (n->archived)
			continue;
		if (there) {
			kept[then] = true;
			out->mark[i] =
			    (driver_diff_moved(before, then, after, i) ? DRIVER_MOVED : 0u) |
			    (str_equal(n->text, before->node[then].text) ? 0u : DRIVER_REWORDED);
		} else {
			out->mark[i] = DRIVER_ADDED;
		}
		if (out->mark[i])
			driver_diff_add(out, there ? then : DRIVER_NONE, i, out->mark[i]);
	}
	for (size_t i = 0; i < before->count; i++)
		if (!kept[i] && !before->node[i].archived)
			driver_diff_add(
			    out, i, driver_find(after, &before->node[i].id), DRIVER_RETIRED);
	return true;
}

const char *driver_diff_words(struct arena *a, const struct driver_diff *diff)
{
	const struct {
		size_t count;
		const char *word;
	} PARTS[] = { { diff->added, "added" }, { diff->retired, "retired" },
		{ diff->moved, "moved" }, { diff->reworded, "reworded" } };
	struct str s = STR_IN(a);
	for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
		if (PARTS[i].count)
			str_printf(
			    &s, "%s%zu %s", s.length ? ", " : "", PARTS[i].count, PARTS[i].word);
	if (!s.length)
		str_add(&s, "nothing changed");
	return str_done(&s);
}
