// SPDX-License-Identifier: MIT
#include <plando/driver.h>

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

// -DBREAK_tree=1 draws every link, to prove that the property tests notice.
#ifndef BREAK_tree
#define BREAK_tree 0
#endif

// Inside, a node is a number: 0 is the aim, i + 1 is fact[i].
struct driver_place {
	struct id id;
	size_t node;
};

struct driver_join_of { // a link whose ends are known and whose direction is right
	size_t from, to;
	bool weak;
};

struct ranked {
	const struct driver_fact *fact; // NULL: the aim
	size_t node;
};

struct driver_build {
	struct arena *a;
	const struct driver_facts *facts;
	size_t n;
	struct driver_place *place;  // by id
	struct ranked *ranked;	     // by level, then as siblings stand (rule 2)
	struct driver_join_of *join; // by from
	size_t join_count;
	size_t *first; // join[first[node] .. first[node + 1]) are a node's links towards the aim
	// The tree, made level by level.
	bool *live;	// is considered at all
	bool *placed;	// has a path to the aim
	size_t *parent; // in the tree
	size_t *child;	// first child, in ranked order
	size_t *next;	// next sibling
	size_t *order;	// nodes in reading order
	size_t order_count;
	size_t *read; // node -> its place in order
	char **code;  // node -> automatic code, or NULL
};

const char *driver_level_name(enum driver_level level)
{
	static const char *const NAMES[] = { "aim", "primary", "secondary", "idea" };
	return NAMES[level];
}

const char *driver_level_title(enum driver_level level)
{
	static const char *const TITLES[] = { "Aim", "Primary drivers", "Secondary drivers",
		"Change ideas" };
	return TITLES[level];
}

const char *driver_reason_text(enum driver_reason reason)
{
	static const char *const TEXT[] = { "the other end is not nearer the aim",
		"the other end is deleted, or not in this copy", "the other end is archived" };
	return TEXT[reason];
}

// --- order

static int driver_compare_sizes(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int driver_fold_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

static bool driver_digit(char c)
{
	return c >= '0' && c <= '9';
}

// Compares two runs of digits by value, whatever their length; moves both behind their run.
static int driver_compare_numbers(const char **a, const char **b)
{
	while (**a == '0')
		(*a)++;
	while (**b == '0')
		(*b)++;
	const char *x = *a, *y = *b;
	while (driver_digit(**a))
		(*a)++;
	while (driver_digit(**b))
		(*b)++;
	size_t n = (size_t)(*a - x);
	int by_length = driver_compare_sizes(n, (size_t)(*b - y));
	return by_length ? by_length : memcmp(x, y, n);
}

int driver_code_compare(const char *a, const char *b)
{
	if (!a || !b)
		return (a == NULL) - (b == NULL);
	while (*a && *b) {
		int order;
		if (driver_digit(*a) && driver_digit(*b))
			order = driver_compare_numbers(&a, &b);
		else
			order = driver_fold_ascii(*a++) - driver_fold_ascii(*b++);
		if (order)
			return order;
	}
	return (*a != '\0') - (*b != '\0');
}

static const char *driver_filled(const char *text)
{
	return text && text[strspn(text, " \t\n")] ? text : NULL;
}

static int driver_compare_text(const char *a, const char *b)
{
	if (!a || !b)
		return (a == NULL) - (b == NULL);
	return strcmp(a, b);
}

static int driver_compare_ranked(const void *x, const void *y)
{
	const struct driver_fact *a = ((const struct ranked *)x)->fact;
	const struct driver_fact *b = ((const struct ranked *)y)->fact;
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	int order = (int)a->level - (int)b->level;
	if (!order)
		order = driver_compare_text(driver_filled(a->position), driver_filled(b->position));
	if (!order)
		order = driver_code_compare(driver_filled(a->code), driver_filled(b->code));
	if (!order)
		order = driver_code_compare(driver_filled(a->text), driver_filled(b->text));
	return order ? order : id_compare(&a->id, &b->id);
}

static int driver_compare_places(const void *x, const void *y)
{
	const struct driver_place *a = x, *b = y;
	int order = id_compare(&a->id, &b->id);
	return order ? order : driver_compare_sizes(a->node, b->node);
}

static int driver_compare_joins(const void *x, const void *y)
{
	const struct driver_join_of *a = x, *b = y;
	int order = driver_compare_sizes(a->from, b->from);
	if (!order)
		order = driver_compare_sizes(a->to, b->to);
	return order ? order : (int)a->weak - (int)b->weak;
}

static int driver_compare_refused(const void *x, const void *y)
{
	const struct driver_refused *a = x, *b = y;
	int order = id_compare(&a->from, &b->from);
	return order ? order : id_compare(&a->to, &b->to);
}

// --- facts

static const struct driver_fact *driver_fact_of(const struct driver_build *b, size_t node)
{
	return node ? &b->facts->fact[node - 1] : NULL;
}

static enum driver_level driver_level_of(const struct driver_build *b, size_t node)
{
	return node ? driver_fact_of(b, node)->level : DRIVER_AIM;
}

static bool driver_archived(const struct driver_build *b, size_t node)
{
	return node && driver_fact_of(b, node)->archived;
}

static bool driver_build_init(
    struct driver_build *b, struct arena *a, const struct driver_facts *facts)
{
	size_t n = facts->fact_count + 1;
	*b = (struct driver_build){ .a = a, .facts = facts, .n = n };
	b->place = arena_array(a, n, sizeof *b->place);
	b->ranked = arena_array(a, n, sizeof *b->ranked);
	b->join = arena_array(a, facts->join_count + 1, sizeof *b->join);
	b->first = arena_array(a, n + 1, sizeof *b->first);
	b->live = arena_array(a, n, sizeof *b->live);
	b->placed = arena_array(a, n, sizeof *b->placed);
	b->parent = arena_array(a, n, sizeof *b->parent);
	b->child = arena_array(a, n, sizeof *b->child);
	b->next = arena_array(a, n, sizeof *b->next);
	b->order = arena_array(a, n, sizeof *b->order);
	b->read = arena_array(a, n, sizeof *b->read);
	b->code = arena_array(a, n, sizeof *b->code);
	return b->place && b->ranked && b->join && b->first && b->live && b->placed && b->parent &&
	       b->child && b->next && b->order && b->read && b->code;
}

static void driver_rank_nodes(struct driver_build *b)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct driver_fact *fact = driver_fact_of(b, i);
		b->place[i] = (struct driver_place){ fact ? fact->id : b->facts->team, i };
		b->ranked[i] = (struct ranked){ fact, i };
	}
	qsort(b->place, b->n, sizeof *b->place, driver_compare_places);
	qsort(b->ranked, b->n, sizeof *b->ranked, driver_compare_ranked);
}

static size_t driver_find_node(const struct driver_build *b, const struct id *id)
{
	size_t low = 0, high = b->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (id_compare(&b->place[middle].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < b->n && id_equal(&b->place[low].id, id) ? b->place[low].node : DRIVER_NONE;
}

static void driver_refuse(struct driver_diagram *out, const struct driver_join *join, size_t from,
    size_t to, enum driver_reason reason)
{
	out->refused[out->refused_count++] =
	    (struct driver_refused){ join->from, join->to, from, to, reason };
}

// Rule 1: sorts links into those that can be drawn and those that are refused. (A link of an
// archived node itself is not worth telling.)
static bool driver_sort_links(struct driver_build *b, struct driver_diagram *out)
{
	out->refused = arena_array(b->a, b->facts->join_count + 1, sizeof *out->refused);
	if (!out->refused)
		return false;
	for (size_t i = 0; i < b->facts->join_count; i++) {
		const struct driver_join *join = &b->facts->join[i];
		size_t from = driver_find_node(b, &join->from), to = driver_find_node(b, &join->to);
		if (from == DRIVER_NONE || to == DRIVER_NONE)
			driver_refuse(out, join, from, to, DRIVER_MISSING);
		else if (driver_level_of(b, to) >= driver_level_of(b, from) && !BREAK_tree)
			driver_refuse(out, join, from, to, DRIVER_BACKWARD);
		else
			b->join[b->join_count++] = (struct driver_join_of){ from, to, join->weak };
		if (from != DRIVER_NONE && to != DRIVER_NONE &&
		    driver_level_of(b, to) < driver_level_of(b, from) && driver_archived(b, to) &&
		    !driver_archived(b, from))
			driver_refuse(out, join, from, to, DRIVER_ARCHIVED);
	}
	qsort(b->join, b->join_count, sizeof *b->join, driver_compare_joins);
	qsort(out->refused, out->refused_count, sizeof *out->refused, driver_compare_refused);
	size_t kept = 0;
	for (size_t i = 0; i < out->refused_count; i++)
		if (!kept || driver_compare_refused(&out->refused[kept - 1], &out->refused[i]))
			out->refused[kept++] = out->refused[i];
	out->refused_count = kept;
	return true;
}

// Equal links are one (a strong one stands first); then where each node's links begin.
static void driver_index_links(struct driver_build *b)
{
	size_t kept = 0;
	for (size_t i = 0; i < b->join_count; i++) {
		const struct driver_join_of *join = &b->join[i],
					    *last = kept ? &b->join[kept - 1] : NULL;
		if (!last || last->from != join->from || last->to != join->to)
			b->join[kept++] = *join;
	}
	b->join_count = kept;
	for (size_t i = 0; i < kept; i++)
		b->first[b->join[i].from + 1]++;
	for (size_t i = 0; i < b->n; i++)
		b->first[i + 1] += b->first[i];
}

// --- the tree

// Rule 3: does `a` come before `b` as the parent under which a node stands?
static bool driver_better_parent(
    const struct driver_build *w, const struct driver_join_of *a, const struct driver_join_of *b)
{
	if (w->placed[a->to] != w->placed[b->to])
		return w->placed[a->to];
	if (a->weak != b->weak)
		return b->weak;
	enum driver_level of_a = driver_level_of(w, a->to), of_b = driver_level_of(w, b->to);
	return of_a != of_b ? of_a > of_b : w->read[a->to] < w->read[b->to];
}

static void driver_choose_parent(struct driver_build *b, size_t node)
{
	const struct driver_join_of *best = NULL;
	for (size_t i = b->first[node]; i < b->first[node + 1]; i++)
		if (b->live[b->join[i].to] && (!best || driver_better_parent(b, &b->join[i], best)))
			best = &b->join[i];
	b->parent[node] = best ? best->to : DRIVER_NONE;
	b->placed[node] = best && b->placed[best->to];
}

// Depth is at most the number of levels: parents are nearer the aim.
static void driver_read_tree(struct driver_build *b, size_t node)
{
	b->read[node] = b->order_count;
	b->order[b->order_count++] = node;
	for (size_t c = b->child[node]; c != DRIVER_NONE; c = b->next[c])
		driver_read_tree(b, c);
}

// Rule 4, for the levels down to `level`.
static void driver_read_levels(struct driver_build *b, enum driver_level level)
{
	for (size_t i = 0; i < b->n; i++)
		b->child[i] = DRIVER_NONE;
	for (size_t i = b->n; i-- > 0;) { // backwards: each goes in front of its siblings
		size_t node = b->ranked[i].node;
		if (!b->live[node] || driver_level_of(b, node) > level ||
		    b->parent[node] == DRIVER_NONE)
			continue;
		b->next[node] = b->child[b->parent[node]];
		b->child[b->parent[node]] = node;
	}
	b->order_count = 0;
	for (size_t i = 0; i < b->n; i++) {
		size_t node = b->ranked[i].node;
		if (b->live[node] && driver_level_of(b, node) <= level &&
		    b->parent[node] == DRIVER_NONE)
			driver_read_tree(b, node);
	}
}

static void driver_grow_tree(struct driver_build *b)
{
	b->parent[0] = DRIVER_NONE;
	b->placed[0] = true;
	driver_read_levels(b, DRIVER_AIM);
	size_t i = 1;
	for (enum driver_level level = DRIVER_PRIMARY; level < DRIVER_LEVELS; level++) {
		for (; i < b->n && driver_level_of(b, b->ranked[i].node) == level; i++)
			if (b->live[b->ranked[i].node])
				driver_choose_parent(b, b->ranked[i].node);
		driver_read_levels(b, level);
	}
}

static void driver_consider(struct driver_build *b, bool also_archived)
{
	for (size_t i = 0; i < b->n; i++)
		b->live[i] = also_archived || !driver_archived(b, i);
}

// --- rule 5

static int driver_compare_codes(const void *x, const void *y)
{
	return strcasecmp(*(const char *const *)x, *(const char *const *)y);
}

static bool driver_given_codes(struct driver_build *b, const char ***out, size_t *count)
{
	const char **given = arena_array(b->a, b->n, sizeof *given);
	if (!given)
		return false;
	*count = 0;
	for (size_t i = 1; i < b->n; i++)
		if (driver_filled(driver_fact_of(b, i)->code))
			given[(*count)++] = driver_fact_of(b, i)->code;
	qsort(given, *count, sizeof *given, driver_compare_codes);
	*out = given;
	return true;
}

static bool driver_number_nodes(struct driver_build *b)
{
	static const char LETTERS[] = "APSC";
	const char **given;
	size_t given_count, next[DRIVER_LEVELS] = { 0 };
	if (!driver_given_codes(b, &given, &given_count))
		return false;
	for (size_t i = 0; i < b->order_count; i++) {
		size_t node = b->order[i];
		enum driver_level level = driver_level_of(b, node);
		if (!node || driver_filled(driver_fact_of(b, node)->code))
			continue;
		do {
			b->code[node] = arena_printf(b->a, "%c%zu", LETTERS[level], ++next[level]);
			if (!b->code[node])
				return false;
		} while (bsearch(
		    &b->code[node], given, given_count, sizeof *given, driver_compare_codes));
	}
	return true;
}

// --- the result

static struct driver_node driver_make_node(const struct driver_build *b, size_t node)
{
	const struct driver_fact *f = driver_fact_of(b, node);
	if (!f)
		return (struct driver_node){ .id = b->facts->team,
			.level = DRIVER_AIM,
			.code = "A",
			.text = b->facts->aim ? b->facts->aim : "",
			.conflict = b->facts->aim_conflict,
			.parent = DRIVER_NONE };
	return (struct driver_node){ .id = f->id,
		.level = f->level,
		.code = b->code[node] ? b->code[node] : f->code,
		.own_code = !b->code[node],
		.text = f->text ? f->text : "",
		.status = f->status,
		.position = f->position,
		.cycles = f->cycles,
		.tests = f->tests,
		.archived = f->archived,
		.conflict = f->conflict,
		.unplaced = !f->archived && !b->placed[node],
		.parent = DRIVER_NONE };
}

static void driver_add_archived(struct driver_build *b)
{
	for (size_t i = 0; i < b->n; i++) {
		size_t node = b->ranked[i].node;
		if (!driver_archived(b, node))
			continue;
		b->read[node] = b->order_count;
		b->order[b->order_count++] = node;
	}
}

static void driver_count_node(struct driver_diagram *out, const struct driver_node *n)
{
	out->archived += n->archived;
	out->unplaced += n->unplaced;
	if (n->archived)
		return;
	out->shown[n->level]++;
	out->tested += n->level == DRIVER_IDEA && n->tests > 0;
}

static bool driver_make_nodes(struct driver_build *b, struct driver_diagram *out)
{
	driver_add_archived(b);
	out->node = arena_array(b->a, b->n, sizeof *out->node);
	if (!out->node)
		return false;
	out->count = b->n;
	for (size_t i = 0; i < b->n; i++) {
		size_t node = b->order[i];
		out->node[i] = driver_make_node(b, node);
		if (b->live[node] && b->parent[node] != DRIVER_NONE)
			out->node[i].parent = b->read[b->parent[node]];
		driver_count_node(out, &out->node[i]);
	}
	return true;
}

static bool driver_drawn(const struct driver_build *b, const struct driver_join_of *join)
{
	return b->live[join->from] && b->live[join->to];
}

// Room for each node's edges, cut from two arrays.
static bool driver_make_room(struct driver_build *b, struct driver_diagram *out)
{
	struct driver_edge *up = arena_array(b->a, b->join_count + 1, sizeof *up);
	struct driver_edge *down = arena_array(b->a, b->join_count + 1, sizeof *down);
	if (!up || !down)
		return false;
	for (size_t i = 0; i < b->join_count; i++)
		if (driver_drawn(b, &b->join[i])) {
			out->node[b->read[b->join[i].from]].parent_count++;
			out->node[b->read[b->join[i].to]].child_count++;
		}
	for (size_t i = 0; i < out->count; i++) {
		struct driver_node *node = &out->node[i];
		node->parents = up;
		node->children = down;
		up += node->parent_count;
		down += node->child_count;
		node->parent_count = node->child_count = 0;
	}
	return true;
}

// Children in reading order: those that stand under the node in the tree, or the others.
static void driver_add_children(struct driver_build *b, struct driver_diagram *out, bool own)
{
	for (size_t i = 0; i < out->count; i++) {
		size_t node = b->order[i];
		for (size_t j = b->first[node]; j < b->first[node + 1]; j++) {
			const struct driver_join_of *join = &b->join[j];
			if (!driver_drawn(b, join) || (b->parent[node] == join->to) != own)
				continue;
			struct driver_node *to = &out->node[b->read[join->to]];
			to->children[to->child_count++] = (struct driver_edge){ i, join->weak };
		}
	}
}

static void driver_add_parents(struct driver_diagram *out, bool own)
{
	for (size_t i = 0; i < out->count; i++)
		for (size_t j = 0; j < out->node[i].child_count; j++) {
			struct driver_edge edge = out->node[i].children[j];
			struct driver_node *child = &out->node[edge.node];
			if ((child->parent == i) == own)
				child->parents[child->parent_count++] =
				    (struct driver_edge){ i, edge.weak };
		}
}

static void driver_name_refused(struct driver_build *b, struct driver_diagram *out)
{
	for (size_t i = 0; i < out->refused_count; i++) {
		struct driver_refused *r = &out->refused[i];
		if (r->from_node != DRIVER_NONE)
			r->from_node = b->read[r->from_node];
		if (r->to_node != DRIVER_NONE)
			r->to_node = b->read[r->to_node];
	}
}

// --- rule 6

static void driver_cover_above(struct driver_diagram *out, size_t node, size_t idea, size_t *seen)
{
	for (size_t i = 0; i < out->node[node].parent_count; i++) {
		size_t above = out->node[node].parents[i].node;
		if (seen[above] == idea)
			continue;
		seen[above] = idea;
		out->node[above].ideas++;
		out->node[above].ideas_tested += out->node[idea].tests > 0;
		driver_cover_above(out, above, idea, seen);
	}
}

static bool driver_cover(struct arena *a, struct driver_diagram *out)
{
	size_t *seen = arena_array(a, out->count, sizeof *seen); // no idea is node 0
	if (!seen)
		return false;
	for (size_t i = 0; i < out->count; i++)
		if (out->node[i].level == DRIVER_IDEA)
			driver_cover_above(out, i, i, seen);
	return true;
}

static bool driver_build_steps(struct driver_build *b, struct driver_diagram *out)
{
	driver_rank_nodes(b);
	if (!driver_sort_links(b, out))
		return false;
	driver_index_links(b);
	driver_consider(b, true);
	driver_grow_tree(b);
	if (!driver_number_nodes(b))
		return false;
	driver_consider(b, false);
	driver_grow_tree(b);
	if (!driver_make_nodes(b, out) || !driver_make_room(b, out))
		return false;
	driver_add_children(b, out, true);
	driver_add_children(b, out, false);
	driver_add_parents(out, true);
	driver_add_parents(out, false);
	driver_name_refused(b, out);
	return driver_cover(b->a, out);
}

bool driver_build(
    struct arena *a, const struct driver_facts *facts, struct driver_diagram *out, struct err *e)
{
	struct driver_build b;
	*out =
	    (struct driver_diagram){ .team = facts->team, .name = facts->name ? facts->name : "" };
	return driver_build_init(&b, a, facts) && driver_build_steps(&b, out) ? true
									      : err_memory(e);
}

size_t driver_find(const struct driver_diagram *d, const struct id *id)
{
	for (size_t i = 0; i < d->count; i++)
		if (id_equal(&d->node[i].id, id))
			return i;
	return DRIVER_NONE;
}
