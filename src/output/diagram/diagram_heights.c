// SPDX-License-Identifier: MIT
// How high everything stands on the page. Each box would like to be beside the middle of what it is
// linked with; the order in a column and the gaps between its boxes are given. For one column the
// best heights under these rules are found exactly (weighted isotonic regression, "pool adjacent
// violators": Ayer et al. 1955), then the columns are adjusted to each other a few times.
#include "output/diagram/diagram_page.h"

#include <math.h>

enum { ROUNDS = 8 };
#define AIRY 2.6 // at most so many gaps between boxes, where the page has room

struct pool { // neighbours that move together
	double value, weight;
	size_t count;
};

struct stack {
	struct page *p;
	struct pool *pool;
	double *sum, *weight; // by slot: of the middles that it is linked with
	double airy;	      // gaps of this layout, as a multiple of the least ones
};

static double diagram_heights_gap_above(
    const struct stack *s, const struct page_column *c, size_t i)
{
	return i ? s->airy * s->p->size * page_gap(s->p, c->slot[i - 1], c->slot[i]) : 0;
}

static double diagram_heights_total(const struct stack *s, const struct page_column *c)
{
	double h = 0;
	for (size_t i = 0; i < c->count; i++)
		h += diagram_heights_gap_above(s, c, i) + s->p->slot[c->slot[i]].h;
	return h;
}

// The heights nearest to what the column's slots want, within the page.
static void diagram_heights_settle(struct stack *s, struct page_column *c)
{
	struct page *p = s->p;
	double before = 0, room = fmax(0, p->bottom - p->top - diagram_heights_total(s, c));
	size_t pools = 0;
	for (size_t i = 0; i < c->count; i++) {
		const struct page_slot *slot = &p->slot[c->slot[i]];
		before += diagram_heights_gap_above(s, c, i);
		s->pool[pools++] = (struct pool){ slot->want - slot->h / 2 - p->top - before,
			slot->node == DRIVER_NONE ? 2 : 1, 1 };
		before += slot->h;
		for (; pools > 1 && s->pool[pools - 2].value > s->pool[pools - 1].value; pools--) {
			struct pool *a = &s->pool[pools - 2], *b = a + 1;
			a->value =
			    (a->value * a->weight + b->value * b->weight) / (a->weight + b->weight);
			a->weight += b->weight;
			a->count += b->count;
		}
	}
	before = p->top;
	for (size_t i = 0, k = 0; k < pools; k++)
		for (size_t n = 0; n < s->pool[k].count; n++, i++) {
			struct page_slot *slot = &p->slot[c->slot[i]];
			before += diagram_heights_gap_above(s, c, i);
			slot->y = before + fmin(fmax(s->pool[k].value, 0), room);
			before += slot->h;
		}
}

static double diagram_heights_middle(const struct page_slot *s)
{
	return s->y + s->h / 2;
}

static void diagram_heights_pull(struct stack *s, size_t a, size_t b)
{
	s->sum[a] += diagram_heights_middle(&s->p->slot[b]);
	s->weight[a] += 1;
	s->sum[b] += diagram_heights_middle(&s->p->slot[a]);
	s->weight[b] += 1;
}

// What everybody wants now: the middle of all that it is linked with.
static void diagram_heights_ask(struct stack *s)
{
	struct page *p = s->p;
	for (size_t i = 0; i < p->slots; i++)
		s->sum[i] = s->weight[i] = 0;
	for (size_t i = 0; i < p->links; i++) {
		const struct page_link *l = &p->link[i];
		size_t at = l->from;
		for (size_t k = 0; k < l->lanes; k++) {
			diagram_heights_pull(s, at, l->lane[k]);
			at = l->lane[k];
		}
		diagram_heights_pull(s, at, l->to);
	}
	for (size_t i = 0; i < p->slots; i++)
		p->slot[i].want = s->weight[i] > 0 ? s->sum[i] / s->weight[i] : p->bottom;
}

// The column with the least freedom, stacked evenly about the middle of the page.
static void diagram_heights_begin(struct stack *s, const struct page_column *c)
{
	double y = s->p->top + fmax(0, s->p->bottom - s->p->top - diagram_heights_total(s, c)) / 2;
	for (size_t i = 0; i < c->count; i++) {
		struct page_slot *slot = &s->p->slot[c->slot[i]];
		y += diagram_heights_gap_above(s, c, i);
		slot->y = y;
		y += slot->h;
	}
}

// Gaps as wide as the fullest column allows.
static void diagram_heights_air(struct stack *s)
{
	double most = AIRY;
	for (size_t i = 0; i < s->p->columns; i++) {
		const struct page_column *c = &s->p->column[i];
		s->airy = 0;
		double boxes = diagram_heights_total(s, c);
		s->airy = 1;
		double gaps = diagram_heights_total(s, c) - boxes;
		if (gaps > 0)
			most = fmin(most, (s->p->bottom - s->p->top - boxes) / gaps);
	}
	s->airy = fmax(1, most);
}

bool page_stack(struct page *p)
{
	struct stack s = { .p = p };
	s.pool = arena_array(p->a, p->slots + 1, sizeof *s.pool);
	s.sum = arena_array(p->a, p->slots + 1, sizeof *s.sum);
	s.weight = arena_array(p->a, p->slots + 1, sizeof *s.weight);
	if (!s.pool || !s.sum || !s.weight)
		return false;
	diagram_heights_air(&s);
	for (size_t i = 0; i < p->columns; i++)
		diagram_heights_begin(&s, &p->column[i]);
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = p->columns; i-- > 0;) {
			diagram_heights_ask(&s);
			diagram_heights_settle(&s, &p->column[i]);
		}
	return true;
}
