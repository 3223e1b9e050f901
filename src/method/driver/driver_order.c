// SPDX-License-Identifier: MIT
// The order in which a picture of a driver diagram stacks its boxes: a layered layout whose layers
// are the levels, and whose boxes stand together where they feed the same one.
//
// From a sequence for each level everything else follows, from the aim outwards (derive): under
// which of its parents a box stands, and where among those. The search changes the sequences only.
// It ends when nothing helps any more or after a fixed amount of work, so that a large diagram is
// ordered in a time that grows with its size and not with its square.
#include <plando/driver.h>

#include <stdlib.h>
#include <string.h>

enum { SWEEPS = 4, REACH = 3, STEPS_MOST = 200000 };

struct driver_order_list { // of the boxes under one box
	size_t first, last;
};

struct sibling {
	size_t home, at, node;
};

struct seat { // of a box in its level, before anything moved
	const char *position;
	size_t node, last, at;
};

struct lean { // where a box would stand by what it feeds
	double mean;
	size_t node, at;
};

struct work {
	const struct driver_diagram *d;
	const struct driver_order_options *o;
	struct driver_order *out;
	size_t n, steps;
	size_t *seq[DRIVER_LEVELS];
	struct driver_order_list *below, roots;
	size_t *next;
	size_t *given;	// by node: its place in its level as people gave it
	size_t *kept;	// a sequence, while another one is tried
	size_t *mark;	// scratch
	size_t *bucket; // how many lines began there, as sums (a Fenwick tree)
	struct lean *lean;
	struct sibling *sibling;
	struct seat *seat;
	enum driver_level deepest;
};

static int driver_order_compare_sizes(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static const struct driver_node *driver_order_node_at(const struct work *w, size_t node)
{
	return &w->d->node[node];
}

// --- from sequences to an order

// Does `a` come before `b` as the box under which a node stands? (driver.h, rule 3)
static int driver_order_compare_tier(
    const struct work *w, const struct driver_edge *a, const struct driver_edge *b)
{
	const struct driver_node *x = driver_order_node_at(w, a->node),
				 *y = driver_order_node_at(w, b->node);
	if (x->unplaced != y->unplaced)
		return x->unplaced ? 1 : -1;
	if (a->weak != b->weak)
		return a->weak ? 1 : -1;
	return driver_order_compare_sizes(y->level, x->level);
}

static int driver_order_compare_marks(const void *x, const void *y)
{
	return driver_order_compare_sizes(*(const size_t *)x, *(const size_t *)y);
}

// The middle one of the parents that come into question, counted from the top.
static size_t driver_order_find_home(struct work *w, size_t node)
{
	const struct driver_node *n = driver_order_node_at(w, node);
	const struct driver_edge *best = n->parents;
	size_t count = 0;
	if (!n->parent_count)
		return DRIVER_NONE;
	for (size_t i = 1; i < n->parent_count; i++)
		if (driver_order_compare_tier(w, &n->parents[i], best) < 0)
			best = &n->parents[i];
	for (size_t i = 0; i < n->parent_count; i++)
		if (driver_order_compare_tier(w, &n->parents[i], best) == 0)
			w->mark[count++] = w->out->rank[n->parents[i].node];
	w->steps += n->parent_count;
	qsort(w->mark, count, sizeof *w->mark, driver_order_compare_marks);
	size_t middle = w->mark[count / 2];
	for (size_t i = 0; i < n->parent_count; i++)
		if (w->out->rank[n->parents[i].node] == middle)
			return n->parents[i].node;
	return DRIVER_NONE;
}

static int driver_order_compare_lean(const void *x, const void *y)
{
	const struct lean *a = x, *b = y;
	if (a->mean != b->mean)
		return a->mean < b->mean ? -1 : 1;
	return driver_order_compare_sizes(a->at, b->at);
}

static double driver_order_mean_of(
    const struct work *w, const struct driver_edge *edge, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += (double)w->out->rank[edge[i].node];
	return count ? sum / (double)count : (double)w->n;
}

static void driver_order_sort_by_mean(
    struct work *w, enum driver_level level, bool of_children, size_t *into)
{
	for (size_t i = 0; i < w->out->count[level]; i++) {
		const struct driver_node *n = driver_order_node_at(w, w->seq[level][i]);
		double mean = of_children ? driver_order_mean_of(w, n->children, n->child_count)
					  : driver_order_mean_of(w, n->parents, n->parent_count);
		if (of_children && !n->child_count)
			mean = (double)w->out->rank[w->seq[level][i]];
		w->lean[i] = (struct lean){ mean, w->seq[level][i], i };
		w->steps += 1 + (of_children ? n->child_count : n->parent_count);
	}
	qsort(w->lean, w->out->count[level], sizeof *w->lean, driver_order_compare_lean);
	for (size_t i = 0; i < w->out->count[level]; i++)
		into[i] = w->lean[i].node;
}

static bool driver_order_is_fixed(const struct work *w, size_t node)
{
	return !w->o->fewest && driver_order_node_at(w, node)->position;
}

static int driver_order_compare_given(const void *x, const void *y)
{
	const struct lean *a = x, *b = y;
	return driver_order_compare_sizes(a->at, b->at);
}

// Those whose place people gave stand in that order, in the places that such ones have taken.
static void driver_order_put_right(struct work *w, size_t *row, size_t count)
{
	size_t fixed = 0, taken = 0;
	for (size_t i = 0; i < count; i++)
		if (driver_order_is_fixed(w, row[i]))
			w->lean[fixed++] = (struct lean){ 0, row[i], w->given[row[i]] };
	qsort(w->lean, fixed, sizeof *w->lean, driver_order_compare_given);
	for (size_t i = 0; i < count; i++)
		if (driver_order_is_fixed(w, row[i]))
			row[i] = w->lean[taken++].node;
}

static int driver_order_compare_homes(const void *x, const void *y)
{
	const struct sibling *a = x, *b = y;
	int order = driver_order_compare_sizes(a->home, b->home);
	return order ? order : driver_order_compare_sizes(a->at, b->at);
}

// Brings the boxes of a level together where they stand under the same one. DRIVER_NONE is last.
static void driver_order_gather(struct work *w, size_t *row, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t home = w->out->home[row[i]];
		home = home == DRIVER_NONE ? home : w->out->rank[home];
		w->sibling[i] = (struct sibling){ home, i, row[i] };
	}
	qsort(w->sibling, count, sizeof *w->sibling, driver_order_compare_homes);
	for (size_t i = 0; i < count; i++)
		row[i] = w->sibling[i].node;
	for (size_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && w->sibling[to].home == w->sibling[from].home;)
			to++;
		driver_order_put_right(w, row + from, to - from);
	}
	w->steps += count;
}

static void driver_order_append(struct work *w, size_t home, size_t node)
{
	struct driver_order_list *list = home == DRIVER_NONE ? &w->roots : &w->below[home];
	w->next[node] = DRIVER_NONE;
	if (list->first == DRIVER_NONE)
		list->first = node;
	else
		w->next[list->last] = node;
	list->last = node;
}

// Numbers what has a place so far as a tree is read.
static void driver_order_number_below(struct work *w, size_t node, size_t *rank)
{
	w->out->rank[node] = (*rank)++;
	for (size_t c = w->below[node].first; c != DRIVER_NONE; c = w->next[c])
		driver_order_number_below(w, c, rank);
}

static void driver_order_number(struct work *w)
{
	size_t rank = 0;
	for (size_t c = w->roots.first; c != DRIVER_NONE; c = w->next[c])
		driver_order_number_below(w, c, &rank);
	w->steps += rank;
}

static void driver_order_derive(struct work *w)
{
	struct driver_order *out = w->out;
	w->roots = (struct driver_order_list){ DRIVER_NONE, DRIVER_NONE };
	for (size_t i = 0; i < w->n; i++)
		w->below[i] = (struct driver_order_list){ DRIVER_NONE, DRIVER_NONE };
	driver_order_append(w, DRIVER_NONE, 0);
	out->node[DRIVER_AIM][0] = 0;
	driver_order_number(w);
	for (enum driver_level level = DRIVER_PRIMARY; level < DRIVER_LEVELS; level++) {
		size_t *row = out->node[level], count = out->count[level];
		for (size_t i = 0; i < count; i++)
			out->home[w->seq[level][i]] = driver_order_find_home(w, w->seq[level][i]);
		if (level == w->deepest && !w->o->last)
			driver_order_sort_by_mean(w, level, false, row);
		else
			memcpy(row, w->seq[level], count * sizeof *row);
		driver_order_gather(w, row, count);
		for (size_t i = 0; i < count; i++)
			driver_order_append(w, out->home[row[i]], row[i]);
		driver_order_number(w);
	}
}

// --- crossings

static void driver_order_bucket_add(struct work *w, size_t rank)
{
	for (size_t i = rank + 1; i <= w->n; i += i & -i)
		w->bucket[i]++;
}

static size_t driver_order_bucket_up_to(const struct work *w, size_t rank)
{
	size_t sum = 0;
	for (size_t i = rank + 1; i > 0; i -= i & -i)
		sum += w->bucket[i];
	return sum;
}

// The lines of one box in the gap behind a level: from the height of the parent where that stands
// there, else level with the box itself. `lines`: how many are in the buckets.
static size_t driver_order_cross_box(
    struct work *w, size_t node, enum driver_level gap, size_t *lines)
{
	const struct driver_node *n = driver_order_node_at(w, node);
	size_t crossed = 0;
	for (int put = 0; put < 2; put++)
		for (size_t i = 0; i < n->parent_count; i++) {
			size_t parent = n->parents[i].node;
			if (driver_order_node_at(w, parent)->level > gap)
				continue;
			bool long_one = driver_order_node_at(w, parent)->level < gap;
			size_t from = w->out->rank[long_one ? node : parent];
			if (put)
				driver_order_bucket_add(w, from);
			else
				crossed += *lines - driver_order_bucket_up_to(w, from);
			w->steps++;
			*lines += put ? 1 : 0;
		}
	return crossed;
}

// w->mark: the nodes by rank; DRIVER_NONE behind the last.
static void driver_order_read_ranks(struct work *w)
{
	for (size_t i = 0; i < w->n; i++)
		w->mark[i] = DRIVER_NONE;
	for (size_t i = 0; i < w->n; i++)
		if (w->out->rank[i] != DRIVER_NONE)
			w->mark[w->out->rank[i]] = i;
}

static size_t driver_order_count_crossings(struct work *w)
{
	size_t crossings = 0;
	driver_order_read_ranks(w);
	for (enum driver_level gap = DRIVER_AIM; gap < DRIVER_IDEA; gap++) {
		size_t lines = 0;
		memset(w->bucket, 0, (w->n + 1) * sizeof *w->bucket);
		for (size_t i = 0; i < w->n && w->mark[i] != DRIVER_NONE; i++)
			if (driver_order_node_at(w, w->mark[i])->level > gap)
				crossings += driver_order_cross_box(w, w->mark[i], gap, &lines);
	}
	return crossings;
}

// --- the search

static bool driver_order_is_worth(const struct work *w)
{
	return w->out->crossings > 0 && w->steps < STEPS_MOST;
}

// Derives the order and counts. False: it is not better than the best so far.
static bool driver_order_improves(struct work *w)
{
	driver_order_derive(w);
	size_t crossings = driver_order_count_crossings(w);
	if (crossings >= w->out->crossings)
		return false;
	w->out->crossings = crossings;
	return true;
}

// A level sorted by what feeds it, as long as that helps.
static void driver_order_sweep(struct work *w)
{
	for (int i = 0; i < SWEEPS && driver_order_is_worth(w); i++) {
		bool better = false;
		for (enum driver_level level = w->deepest; level-- > DRIVER_PRIMARY;) {
			size_t bytes = w->out->count[level] * sizeof *w->seq[level];
			memcpy(w->kept, w->seq[level], bytes);
			driver_order_sort_by_mean(w, level, true, w->seq[level]);
			if (driver_order_improves(w)) {
				better = true;
				continue;
			}
			memcpy(w->seq[level], w->kept, bytes);
			driver_order_derive(w);
		}
		if (!better)
			break;
	}
}

static void driver_order_exchange(size_t *a, size_t *b)
{
	size_t c = *a;
	*a = *b;
	*b = c;
}

// Near boxes of a level change places where that helps.
static bool driver_order_exchange_level(struct work *w, enum driver_level level)
{
	size_t *seq = w->seq[level];
	bool better = false;
	driver_order_derive(w); // what was tried last may have left other homes
	for (size_t i = 0; i < w->out->count[level]; i++)
		for (size_t j = i + 1; j <= i + REACH && j < w->out->count[level]; j++) {
			if (!driver_order_is_worth(w))
				return false;
			if (w->out->home[seq[i]] != w->out->home[seq[j]] ||
			    (driver_order_is_fixed(w, seq[i]) && driver_order_is_fixed(w, seq[j])))
				continue;
			driver_order_exchange(&seq[i], &seq[j]);
			if (driver_order_improves(w))
				better = true;
			else
				driver_order_exchange(&seq[i], &seq[j]);
		}
	return better;
}

// Is there a box that may change places at all?
static bool driver_order_may_move(const struct work *w)
{
	for (size_t i = 1; i < w->n; i++)
		if (w->out->rank[i] != DRIVER_NONE && !driver_order_is_fixed(w, i))
			return true;
	return false;
}

static void driver_order_search(struct work *w)
{
	w->out->crossings = DRIVER_NONE;
	driver_order_improves(w);
	if (!driver_order_may_move(w))
		return;
	driver_order_sweep(w);
	for (bool better = true; better;) {
		better = false;
		for (enum driver_level l = DRIVER_PRIMARY; l <= w->deepest; l++)
			better = driver_order_exchange_level(w, l) || better;
	}
	driver_order_derive(w);
}

// --- the beginning

// By position where people gave one, then as they are read (driver.h, rule 2).
static int driver_order_compare_siblings(const void *x, const void *y)
{
	const struct seat *a = x, *b = y;
	if (a->position && b->position) {
		int order = strcmp(a->position, b->position);
		if (order)
			return order;
	}
	if (!a->position != !b->position)
		return a->position ? -1 : 1;
	return driver_order_compare_sizes(a->node, b->node);
}

static int driver_order_compare_last(const void *x, const void *y)
{
	const struct seat *a = x, *b = y;
	int order = driver_order_compare_sizes(a->last, b->last);
	return order ? order : driver_order_compare_sizes(a->at, b->at);
}

// The level as people gave it; over that, as it was drawn before. What is new stands behind the one
// that people see it behind.
static void driver_order_begin_level(struct work *w, enum driver_level level)
{
	size_t count = 0, last = 0;
	for (size_t i = 0; i < w->n; i++)
		if (!driver_order_node_at(w, i)->archived &&
		    driver_order_node_at(w, i)->level == level)
			w->seat[count++] =
			    (struct seat){ driver_order_node_at(w, i)->position, i, 0, 0 };
	qsort(w->seat, count, sizeof *w->seat, driver_order_compare_siblings);
	for (size_t i = 0; i < count; i++) {
		struct seat *s = &w->seat[i];
		w->given[s->node] = i;
		if (w->o->last && w->o->last[s->node] != DRIVER_NONE)
			last = w->o->last[s->node];
		s->last = last;
		s->at = i;
	}
	if (w->o->last)
		qsort(w->seat, count, sizeof *w->seat, driver_order_compare_last);
	for (size_t i = 0; i < count; i++)
		w->seq[level][i] = w->seat[i].node;
	w->out->count[level] = count;
	if (count)
		w->deepest = level;
}

static bool driver_order_make_room(struct work *w, struct arena *a)
{
	struct driver_order *out = w->out;
	size_t n = w->n;
	out->home = arena_array(a, n, sizeof *out->home);
	out->rank = arena_array(a, n, sizeof *out->rank);
	w->below = arena_array(a, n, sizeof *w->below);
	w->next = arena_array(a, n, sizeof *w->next);
	w->given = arena_array(a, n, sizeof *w->given);
	w->kept = arena_array(a, n, sizeof *w->kept);
	w->mark = arena_array(a, n + 1, sizeof *w->mark);
	w->bucket = arena_array(a, n + 1, sizeof *w->bucket);
	w->lean = arena_array(a, n, sizeof *w->lean);
	w->sibling = arena_array(a, n, sizeof *w->sibling);
	w->seat = arena_array(a, n, sizeof *w->seat);
	bool good = out->home && out->rank && w->below && w->next && w->given && w->kept &&
		    w->mark && w->bucket && w->lean && w->sibling && w->seat;
	for (int level = 0; level < DRIVER_LEVELS && good; level++) {
		size_t room = w->d->shown[level] + 1;
		w->seq[level] = arena_array(a, room, sizeof *w->seq[level]);
		out->node[level] = arena_array(a, room, sizeof *out->node[level]);
		good = w->seq[level] && out->node[level];
	}
	return good;
}

// A box that skips a level stands below those that do not: only the ranks know where.
static void driver_order_list_levels(struct work *w)
{
	size_t at[DRIVER_LEVELS] = { 0 };
	driver_order_read_ranks(w);
	for (size_t i = 0; i < w->n && w->mark[i] != DRIVER_NONE; i++) {
		enum driver_level level = driver_order_node_at(w, w->mark[i])->level;
		w->out->node[level][at[level]++] = w->mark[i];
	}
}

bool driver_order(struct arena *a, const struct driver_diagram *d,
    const struct driver_order_options *o, struct driver_order *out, struct err *e)
{
	*out = (struct driver_order){ 0 };
	struct work w = { .d = d, .o = o, .out = out, .n = d->count };
	if (!driver_order_make_room(&w, a))
		return err_memory(e);
	for (size_t i = 0; i < w.n; i++)
		out->home[i] = out->rank[i] = DRIVER_NONE;
	for (enum driver_level level = DRIVER_AIM; level < DRIVER_LEVELS; level++)
		driver_order_begin_level(&w, level);
	if (o->last) {
		driver_order_derive(&w);
		out->crossings = driver_order_count_crossings(&w);
	} else {
		driver_order_search(&w);
	}
	driver_order_list_levels(&w);
	out->steps = w.steps;
	return true;
}
