// SPDX-License-Identifier: MIT
#include "output/diagram/diagram_shape.h"

#include <stdlib.h>

// --- places: the tree as it is read, with references (rule 1)

static size_t diagram_add_place(
    struct diagram *g, size_t node, size_t parent, bool reference, bool weak)
{
	struct diagram_place *p = &g->place[g->count];
	*p = (struct diagram_place){ .node = node,
		.parent = parent,
		.first = DRIVER_NONE,
		.next = DRIVER_NONE,
		.own = g->count,
		.reference = reference,
		.weak = weak };
	return g->count++;
}

// A node's children as they are stacked: its own first, in their order, then the others.
struct stacked {
	size_t rank;
	bool other;
	const struct driver_edge *edge;
};

static int diagram_compare_stacked(const void *x, const void *y)
{
	const struct stacked *a = x, *b = y;
	if (a->other != b->other)
		return a->other ? 1 : -1;
	return a->rank < b->rank ? -1 : a->rank > b->rank;
}

// In the scratch array from `at` on; a branch uses what lies behind.
static size_t diagram_stack_of(const struct diagram *g, size_t node, struct stacked *stacked)
{
	const struct driver_node *n = &g->of->node[node];
	for (size_t i = 0; i < n->child_count; i++) {
		size_t child = n->children[i].node;
		stacked[i] = (struct stacked){ g->order.rank[child], g->order.home[child] != node,
			&n->children[i] };
	}
	qsort(stacked, n->child_count, sizeof *stacked, diagram_compare_stacked);
	return n->child_count;
}

static size_t diagram_count_below(const struct diagram *g, size_t node)
{
	size_t count = 0;
	const struct driver_node *n = &g->of->node[node];
	for (size_t i = 0; i < n->child_count; i++)
		if (g->order.home[n->children[i].node] == node)
			count += 1 + diagram_count_below(g, n->children[i].node);
	return count;
}

static void diagram_add_branch(
    struct diagram *g, size_t node, size_t parent, bool weak, struct stacked *scratch)
{
	size_t at = diagram_add_place(g, node, parent, false, weak), last = DRIVER_NONE;
	if (g->options.folded && g->options.folded[node]) {
		g->place[at].folded = diagram_count_below(g, node);
		if (g->place[at].folded)
			return;
	}
	size_t count = diagram_stack_of(g, node, scratch);
	for (size_t i = 0; i < count; i++) {
		const struct driver_edge *edge = scratch[i].edge;
		size_t child = g->count;
		if (scratch[i].other)
			diagram_add_place(g, edge->node, at, true, edge->weak);
		else
			diagram_add_branch(g, edge->node, at, edge->weak, scratch + count);
		if (last == DRIVER_NONE)
			g->place[at].first = child;
		else
			g->place[last].next = child;
		last = child;
	}
}

// References lead to the node's own place, or to the fold that hides it.
static bool diagram_lead_references(struct arena *a, struct diagram *g)
{
	size_t *own = arena_array(a, g->of->count, sizeof *own);
	if (!own)
		return false;
	for (size_t i = 0; i < g->of->count; i++)
		own[i] = DRIVER_NONE;
	for (size_t i = 0; i < g->count; i++)
		if (!g->place[i].reference)
			own[g->place[i].node] = i;
	for (size_t i = 0; i < g->count; i++) {
		size_t node = g->place[i].node;
		while (own[node] == DRIVER_NONE && g->order.home[node] != DRIVER_NONE)
			node = g->order.home[node];
		g->place[i].own = own[node];
	}
	return true;
}

// What has no home begins a branch: the aim, then what is not linked.
static bool diagram_make_places(struct arena *a, struct diagram *g)
{
	size_t links = 0;
	for (size_t i = 0; i < g->of->count; i++)
		links += g->of->node[i].child_count;
	g->place = arena_array(a, g->of->count + links, sizeof *g->place);
	struct stacked *scratch = arena_array(a, links + 1, sizeof *scratch);
	if (!g->place || !scratch)
		return false;
	for (int level = 0; level < DRIVER_LEVELS; level++)
		for (size_t i = 0; i < g->order.count[level]; i++)
			if (g->order.home[g->order.node[level][i]] == DRIVER_NONE)
				diagram_add_branch(
				    g, g->order.node[level][i], DRIVER_NONE, false, scratch);
	return diagram_lead_references(a, g);
}

// --- what is shown

static void diagram_show_below(struct diagram *g, size_t place)
{
	g->place[place].shown = true;
	for (size_t c = g->place[place].first; c != DRIVER_NONE; c = g->place[c].next)
		diagram_show_below(g, c);
}

// The child of the aim in whose branch a node stands; 0: the aim itself; DRIVER_NONE: not linked.
static size_t diagram_branch_of(const struct diagram *g, size_t node)
{
	const size_t *home = g->order.home;
	while (node && home[node] != DRIVER_NONE && home[node] != 0)
		node = home[node];
	if (node && home[node] == DRIVER_NONE)
		return DRIVER_NONE;
	return g->of->node[node].level == DRIVER_IDEA ? 0 : node;
}

static void diagram_show_branch(struct shape *s)
{
	struct diagram *g = s->g;
	size_t focus = g->options.focus < s->d->count ? g->options.focus : 0;
	size_t branch = diagram_branch_of(g, focus);
	s->flat = branch == 0;
	g->place[0].shown = g->place[0].heading = true;
	for (size_t i = 1; i < g->count; i++) {
		struct diagram_place *p = &g->place[i];
		if (branch == 0 && (p->parent == 0 || p->parent == DRIVER_NONE))
			p->shown = true;
		else if (branch == DRIVER_NONE && p->parent == DRIVER_NONE)
			diagram_show_below(g, i);
		else if (p->node == branch && !p->reference) {
			diagram_show_below(g, i);
			p->heading = true;
		}
	}
}

static void diagram_show_places(struct shape *s)
{
	if (s->g->options.density == DIAGRAM_BRANCH)
		diagram_show_branch(s);
	else
		for (size_t i = 0; i < s->g->count; i++)
			s->g->place[i].shown = true;
}

// --- rows

// Of the children that stand beside their parent.
static size_t diagram_shown_child(const struct diagram *g, size_t c)
{
	while (c != DRIVER_NONE && (!g->place[c].shown || g->place[c].heading || g->place[c].lined))
		c = g->place[c].next;
	return c;
}

static size_t diagram_first_shown(const struct diagram *g, const struct diagram_place *p)
{
	return diagram_shown_child(g, p->first);
}

static size_t diagram_next_shown(const struct diagram *g, size_t c)
{
	return diagram_shown_child(g, g->place[c].next);
}

// PAGE: references under one parent stand side by side. Does `c` go on in the row of `before`?
static bool diagram_flows(const struct shape *s, size_t before, size_t c, int used)
{
	const struct diagram_place *p = &s->g->place[c], *b = &s->g->place[before];
	return s->g->options.density == DIAGRAM_PAGE && p->reference && b->reference &&
	       s->d->node[p->node].level == s->d->node[b->node].level &&
	       used + 2 + p->cols <= shape_width(s, p);
}

static int diagram_gap_before(const struct shape *s, size_t place)
{
	const struct diagram_place *p = &s->g->place[place];
	bool apart = p->parent == 0 && !s->flat && s->g->options.density == DIAGRAM_NORMAL;
	return apart && s->g->place[0].first != place && !p->reference ? 1 : 0;
}

// The height of all branches under a place, children measured first.
static bool diagram_measure(struct shape *s, size_t place);

static bool diagram_measure_children(struct shape *s, size_t place, int *rows)
{
	struct diagram *g = s->g;
	size_t before = DRIVER_NONE;
	int used = 0;
	*rows = 0;
	for (size_t c = diagram_first_shown(g, &g->place[place]); c != DRIVER_NONE;
	     c = diagram_next_shown(g, c)) {
		if (!diagram_measure(s, c))
			return false;
		if (before != DRIVER_NONE && diagram_flows(s, before, c, used)) {
			used += 2 + g->place[c].cols;
		} else {
			*rows += g->place[c].block_rows + diagram_gap_before(s, c);
			used = g->place[c].cols;
		}
		before = c;
	}
	return true;
}

static bool diagram_measure(struct shape *s, size_t place)
{
	struct diagram_place *p = &s->g->place[place];
	if (!diagram_measure_children(s, place, &p->below) || !shape_text(s, p, p->below))
		return false;
	if (p->heading)
		p->block_rows = p->rows + 1 + p->below;
	else
		p->block_rows = p->rows > p->below ? p->rows : p->below;
	return true;
}

static void diagram_stack(struct shape *s, size_t place, int y);

// Places the children from row y on; sets the rows of the first and the last line to them.
static void diagram_stack_children(struct shape *s, size_t place, int y, int *first, int *last)
{
	struct diagram *g = s->g;
	size_t before = DRIVER_NONE;
	for (size_t c = diagram_first_shown(g, &g->place[place]); c != DRIVER_NONE;
	     c = diagram_next_shown(g, c)) {
		struct diagram_place *p = &g->place[c];
		const struct diagram_place *b = before == DRIVER_NONE ? NULL : &g->place[before];
		if (b &&
		    diagram_flows(s, before, c, b->x + b->cols - g->x[s->d->node[p->node].level])) {
			diagram_stack(s, c, b->y);
			p->x = b->x + b->cols + 2;
		} else {
			y += diagram_gap_before(s, c);
			diagram_stack(s, c, y);
			y += p->block_rows;
		}
		if (before == DRIVER_NONE)
			*first = p->line;
		*last = p->line;
		before = c;
	}
}

static int diagram_clamp(int value, int low, int high)
{
	return value > high ? (high > low ? high : low) : value < low ? low : value;
}

// The row of a place's own text at which lines meet it: the one with its code; the aim, which shows
// none, is met in the middle.
static int diagram_anchor_row(const struct diagram_place *p, bool on_top)
{
	bool coded = p->node != 0 || on_top;
	return coded ? 0 : (p->text_rows - 1) / 2;
}

static void diagram_find_exit(struct diagram_place *p)
{
	p->exit = p->x;
	for (size_t i = 0; i < p->run_count; i++) {
		const struct diagram_run *r = &p->run[i];
		int end = p->x + r->dx + r->cols;
		if (p->y + r->dy == p->line && end > p->exit)
			p->exit = end;
	}
}

// Rows between the top of a branch and its children.
static int diagram_rows_before(const struct diagram_place *p, int anchor, bool on_top)
{
	if (p->heading)
		return p->rows + 1;
	return on_top ? 0 : diagram_clamp(anchor - (p->below - 1) / 2, 0, p->block_rows - p->below);
}

static void diagram_stack(struct shape *s, size_t place, int y)
{
	struct diagram *g = s->g;
	struct diagram_place *p = &g->place[place];
	bool on_top = p->heading || (g->options.page > 0 && p->block_rows > g->options.page);
	int anchor = diagram_anchor_row(p, on_top), first = y + anchor, last = first;
	p->top = y;
	p->x = p->heading ? DIAGRAM_MARGIN : g->x[s->d->node[p->node].level];
	p->trunk = shape_trunk(s, p);
	diagram_stack_children(s, place, y + diagram_rows_before(p, anchor, on_top), &first, &last);
	p->y = p->heading ? y : (on_top ? first : first + (last - first) / 2) - anchor;
	p->y = diagram_clamp(p->y, y, y + p->block_rows - p->rows);
	p->line = p->y + anchor;
	diagram_find_exit(p);
}

// --- the whole

// Does a branch begin here: the aim, a heading, or what is not linked?
static bool diagram_begins(const struct diagram *g, size_t place)
{
	const struct diagram_place *p = &g->place[place];
	return p->shown && (p->heading || p->parent == DRIVER_NONE);
}

static bool diagram_stack_all(struct shape *s)
{
	struct diagram *g = s->g;
	int y = 0;
	g->loose = -1;
	for (size_t i = 0; i < g->count; i++) {
		if (!diagram_begins(g, i))
			continue;
		if (i && g->place[i].parent == DRIVER_NONE && g->loose < 0) {
			g->loose = y + 1;
			y += 3;
		}
		if (!diagram_measure(s, i))
			return false;
		diagram_stack(s, i, y);
		y += g->place[i].block_rows;
	}
	g->rows = y;
	for (size_t i = 0; i < g->count; i++)
		if (shape_stands(&g->place[i]) && g->place[i].x + g->place[i].cols > g->cols)
			g->cols = g->place[i].x + g->place[i].cols;
	return true;
}

// Rows may show that two lines would be taken for one: then links become references, and all is
// stacked again.
static bool diagram_settle(struct shape *s)
{
	for (;;) {
		s->g->cols = 0;
		if (!lines_choose(s) || !shape_columns(s) || !diagram_stack_all(s))
			return false;
		bool clear;
		if (!lines_clear(s, &clear))
			return false;
		if (clear)
			return true;
	}
}

bool diagram_lay(struct arena *a, const struct driver_diagram *d, const struct diagram_options *o,
    struct diagram *out, struct err *e)
{
	*out = (struct diagram){ .of = d, .options = *o };
	struct shape s = { .a = a, .g = out, .d = d };
	struct driver_order_options order = { o->fewest, o->last };
	if (!driver_order(a, d, &order, &out->order, e))
		return false;
	if (!diagram_make_places(a, out))
		return err_memory(e);
	diagram_show_places(&s);
	if (!shape_codes(&s) || !diagram_settle(&s))
		return err_memory(e);
	return true;
}
