// SPDX-License-Identifier: MIT
// Boxes in columns; lanes where they pass a column by, and the points where they meet a box. A
// lane stands where its line crosses fewest others.
#include "output/diagram/diagram_page.h"

#include <stdlib.h>
#include <string.h>

struct lanes {
	struct page *p;
	size_t *place; // by slot: among the boxes of its column
	long *sink;    // what it changes when a lane sinks below that box
};

static long diagram_lanes_sinks(size_t at, size_t other)
{
	return (long)(at > other) - (long)(at < other);
}

// Lines that a lane of the column would cross on one side: every box that it sinks below turns its
// lines from "below me" to "above me".
static void diagram_lanes_weigh(
    struct lanes *w, size_t column, bool right, size_t column_there, size_t other)
{
	for (size_t i = 0; i < w->p->links; i++) {
		const struct page_link *l = &w->p->link[i];
		size_t here = right ? l->to : l->from, there = right ? l->from : l->to;
		if (w->p->slot[here].column != column || w->p->slot[there].column != column_there)
			continue;
		w->sink[w->place[here]] += diagram_lanes_sinks(w->place[there], other);
	}
}

// In front of which box the lane crosses fewest lines; of equal places the one at the height of the
// line's lower end.
static size_t diagram_lanes_best_place(struct lanes *w, size_t column, const struct page_link *l)
{
	const struct page_column *c = &w->p->column[column];
	size_t from = w->p->slot[l->from].column, best = 0;
	size_t ideal = (2 * w->place[l->from] + 2) * c->boxes / (2 * w->p->column[from].boxes);
	long cost = 0, least = 0;
	memset(w->sink, 0, (c->boxes + 1) * sizeof *w->sink);
	diagram_lanes_weigh(w, column, true, from, w->place[l->from]);
	diagram_lanes_weigh(w, column, false, w->p->slot[l->to].column, w->place[l->to]);
	for (size_t i = 1; i <= c->boxes; i++) {
		cost += w->sink[i - 1];
		if (cost < least || (cost == least && i <= ideal)) {
			least = cost;
			best = i;
		}
	}
	return best;
}

struct lane { // to be put into a column
	size_t slot, before, order;
};

static int compare_lanes(const void *a, const void *b)
{
	const struct lane *x = a, *y = b;
	if (x->before != y->before)
		return x->before < y->before ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->slot < y->slot ? -1 : x->slot > y->slot;
}

static bool put_lanes(struct page *p, struct page_column *c, struct lane *lane, size_t lanes)
{
	size_t *slot = arena_array(p->a, c->count + lanes + 1, sizeof *slot), n = 0, next = 0;
	if (!slot)
		return false;
	qsort(lane, lanes, sizeof *lane, compare_lanes);
	for (size_t i = 0; i <= c->count; i++) {
		for (; next < lanes && lane[next].before == i; next++)
			slot[n++] = lane[next].slot;
		if (i < c->count)
			slot[n++] = c->slot[i];
	}
	c->slot = slot;
	c->count = n;
	return true;
}

// All links that pass this column by.
static bool lanes_of_column(struct lanes *w, size_t column)
{
	struct page *p = w->p;
	struct lane *lane = arena_array(p->a, p->links + 1, sizeof *lane);
	size_t lanes = 0;
	if (!lane)
		return false;
	for (size_t i = 0; i < p->links; i++) {
		struct page_link *l = &p->link[i];
		if (p->slot[l->from].column <= column || p->slot[l->to].column >= column)
			continue;
		l->lane[l->lanes++] = p->slots;
		lane[lanes++] = (struct lane){ .slot = p->slots,
			.before = diagram_lanes_best_place(w, column, l),
			.order = p->order.rank[l->child] };
		p->slot[p->slots++] = (struct page_slot){ .node = DRIVER_NONE, .column = column };
	}
	return !lanes || put_lanes(p, &p->column[column], lane, lanes);
}

static bool make_lanes(struct page *p)
{
	struct lanes w = { .p = p };
	w.place = arena_array(p->a, p->slots + 1, sizeof *w.place);
	w.sink = arena_array(p->a, p->slots + 1, sizeof *w.sink);
	if (!w.place || !w.sink)
		return false;
	for (size_t c = 0; c < p->columns; c++)
		for (size_t i = 0; i < p->column[c].count; i++)
			w.place[p->column[c].slot[i]] = i;
	for (size_t c = p->columns; c-- > 1;)
		if (!lanes_of_column(&w, c))
			return false;
	return true;
}

// --- boxes

static bool diagram_lanes_add_column(
    struct page *p, enum driver_level level, size_t first, size_t step)
{
	size_t count = p->order.count[level];
	struct page_column *c = &p->column[p->columns];
	*c = (struct page_column){ .level = level };
	c->slot = arena_array(p->a, count + 1, sizeof *c->slot);
	if (!c->slot)
		return false;
	for (size_t i = first; i < count; i += step) {
		size_t node = p->order.node[level][i];
		p->slot[p->slots] = (struct page_slot){ .node = node, .column = p->columns };
		p->slot_of[node] = c->slot[c->count++] = p->slots++;
	}
	c->boxes = c->count;
	p->columns += c->count > 0;
	return true;
}

bool page_arrange(struct page *p, size_t split)
{
	p->slots = p->columns = 0;
	for (int level = 0; level < DRIVER_LEVELS; level++) {
		size_t step = level == DRIVER_IDEA ? split : 1;
		for (size_t i = 0; i < step; i++)
			if (!diagram_lanes_add_column(p, (enum driver_level)level, i, step))
				return false;
	}
	for (size_t i = 0; i < p->links; i++) {
		struct page_link *l = &p->link[i];
		l->from = p->slot_of[l->child];
		l->to = p->slot_of[l->parent];
		l->lanes = 0;
		for (size_t c = p->slot[l->from].column; c > p->slot[l->to].column; c--)
			p->column[c].lines++;
	}
	return make_lanes(p);
}

// --- where lines meet boxes

struct diagram_lanes_end {
	size_t slot, link;
	double other; // the height of what is at the line's next point
	double *y;
};

static int diagram_lanes_compare_ends(const void *a, const void *b)
{
	const struct diagram_lanes_end *x = a, *y = b;
	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	if (x->other != y->other)
		return x->other < y->other ? -1 : 1;
	return x->link < y->link ? -1 : x->link > y->link;
}

static double diagram_lanes_middle(const struct page *p, size_t slot)
{
	return p->slot[slot].y + p->slot[slot].h / 2;
}

// Spreads the ends at one side of each box over its height, in the order in which lines arrive.
static void diagram_lanes_spread(const struct page *p, struct diagram_lanes_end *end, size_t ends)
{
	qsort(end, ends, sizeof *end, diagram_lanes_compare_ends);
	for (size_t i = 0, next; i < ends; i = next) {
		const struct page_slot *s = &p->slot[end[i].slot];
		for (next = i; next < ends && end[next].slot == end[i].slot;)
			next++;
		double n = (double)(next - i), step = 0.5 * p->size;
		if (n > 1 && step * (n - 1) > s->h * 0.7)
			step = s->h * 0.7 / (n - 1);
		for (size_t k = i; k < next; k++)
			*end[k].y = diagram_lanes_middle(p, end[i].slot) +
				    ((double)(k - i) - (n - 1) / 2) * step;
	}
}

bool page_ports(struct page *p)
{
	struct diagram_lanes_end *end = arena_array(p->a, p->links + 1, sizeof *end);
	if (!end)
		return false;
	for (size_t i = 0; i < p->links; i++) {
		struct page_link *l = &p->link[i];
		size_t next = l->lanes ? l->lane[0] : l->to;
		end[i] = (struct diagram_lanes_end){ l->from, i, diagram_lanes_middle(p, next),
			&l->from_y };
	}
	diagram_lanes_spread(p, end, p->links);
	for (size_t i = 0; i < p->links; i++) {
		struct page_link *l = &p->link[i];
		size_t next = l->lanes ? l->lane[l->lanes - 1] : l->from;
		end[i] =
		    (struct diagram_lanes_end){ l->to, i, diagram_lanes_middle(p, next), &l->to_y };
	}
	diagram_lanes_spread(p, end, p->links);
	return true;
}
