// SPDX-License-Identifier: MIT
// Open conflicts: who wrote which value side by side, and what stood there before both.
#include "store/store.h"

#include <plando/conflict.h>
#include <plando/history.h>
#include <plando/index.h>

#include <string.h>

// All changes of one cell, as a graph.
struct node {
	uint64_t cid;
	int64_t hlc;
	const char *val;
	const uint64_t *prev;
	size_t prevs;
	unsigned seen_by; // how many heads have it among their ancestors
	size_t walk;	  // last walk that passed here
};

struct graph {
	struct node *node;
	size_t count, cap;
	struct index by_cid;
};

static struct node *graph_find(const struct graph *g, uint64_t cid)
{
	size_t walk = 0, at = index_next(&g->by_cid, cid, &walk);
	return at == SIZE_MAX ? NULL : &g->node[at];
}

static bool graph_read(struct store *s, struct arena *a, const struct id *ent, const char *fld,
    struct graph *g, struct err *e)
{
	struct err own = { 0 };
	*g = (struct graph){ .by_cid = INDEX_IN(a) };
	struct ask *q =
	    db_ask(s->db, "SELECT cid,hlc,val,prev FROM change WHERE ent=? AND fld=?", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	ask_text(q, 2, fld);
	while (!own.code && ask_step(q, &own)) {
		size_t n = col_size(q, 3);
		if (graph_find(g, (uint64_t)col_int(q, 0)))
			continue;
		if (!arena_grow(a, (void **)&g->node, g->count, &g->cap, sizeof *g->node) ||
		    !index_put(&g->by_cid, (uint64_t)col_int(q, 0), g->count)) {
			err_memory(&own);
			break;
		}
		struct node *x = &g->node[g->count++];
		*x = (struct node){ .cid = (uint64_t)col_int(q, 0),
			.hlc = col_int(q, 1),
			.val =
			    col_size(q, 2) ? arena_copy(a, col_text(q, 2), col_size(q, 2)) : "" };
		if (!x->val || !prev_read(a, n ? col_blob(q, 3) : NULL, n, &x->prev, &x->prevs))
			err_memory(&own);
	}
	return ask_end(q, &own, e);
}

// Counts every ancestor of a head once, on an explicit stack (histories can be long).
static bool graph_walk(struct graph *g, struct arena *a, uint64_t head, size_t walk)
{
	struct node **stack = arena_array(a, g->count + 1, sizeof(struct node *));
	struct node *start = graph_find(g, head);
	size_t n = 0;
	if (!stack)
		return false;
	if (start) {
		start->walk = walk;
		stack[n++] = start;
	}
	while (n) {
		struct node *x = stack[--n];
		for (size_t i = 0; i < x->prevs; i++) {
			struct node *p = graph_find(g, x->prev[i]);
			if (!p || p->walk == walk)
				continue;
			p->walk = walk;
			p->seen_by++;
			stack[n++] = p;
		}
	}
	return true;
}

static bool conflict_base(
    struct store *s, struct arena *a, struct conflict *c, const struct heads *h, struct err *e)
{
	struct graph g;
	const struct node *best = NULL;
	if (!graph_read(s, a, &c->id, c->field, &g, e))
		return false;
	for (size_t i = 0; i < h->count; i++)
		if (!graph_walk(&g, a, h->item[i].cid, i + 1))
			return err_memory(e);
	for (size_t i = 0; i < g.count; i++) {
		const struct node *x = &g.node[i];
		if (x->seen_by == h->count &&
		    (!best || x->hlc > best->hlc || (x->hlc == best->hlc && x->cid > best->cid)))
			best = x;
	}
	c->base = best && *best->val ? best->val : NULL;
	return true;
}

static bool value_from(struct store *s, struct arena *a, uint64_t cid, const char *value,
    struct conflict *c, struct err *e)
{
	struct history h;
	if (!history_of_cid(s, a, cid, &h, e))
		return false;
	struct conflict_value *v = &c->values[c->count];
	*v = (struct conflict_value){ .n = (unsigned)++c->count,
		.value = value && *value ? value : NULL };
	if (h.count) {
		v->author = h.item[0].author;
		v->device = h.item[0].device;
		v->at = h.item[0].at;
	}
	return true;
}

// Each distinct value once, by its newest writer, in the order of (hlc, cid).
static bool conflict_values(struct store *s, struct arena *a, struct conflict *c, struct err *e)
{
	struct heads h;
	if (!fold_heads(s->db, a, &c->id, c->field, &h, e) || !conflict_base(s, a, c, &h, e))
		return false;
	c->values = arena_array(a, h.count + 1, sizeof *c->values);
	if (!c->values)
		return err_memory(e);
	for (size_t i = 0; i < h.count; i++) {
		struct heads pair = { (struct head[]){ h.item[i], h.item[i] }, 2 };
		bool again = false;
		for (size_t j = i + 1; j < h.count && !again; j++) {
			pair.item[1] = h.item[j];
			again = fold_distinct(&pair, c->field) == 1;
		}
		if (!again && !value_from(s, a, h.item[i].cid, h.item[i].val, c, e))
			return false;
	}
	return true;
}

// "~": who deleted, and who changed what the deleter had not seen.
static bool conflict_existence(struct store *s, struct arena *a, struct conflict *c, struct err *e)
{
	size_t n = strlen(c->field);
	struct heads h;
	const char *prefix = n > 1 ? arena_copy(a, c->field, n - 1) : NULL;
	c->values = arena_array(a, 2, sizeof *c->values);
	if (!c->values || !fold_heads(s->db, a, &c->id, c->field, &h, e))
		return c->values ? false : err_memory(e);
	for (size_t i = h.count; i-- > 0 && !c->count;)
		if (strcmp(h.item[i].val, "0") == 0 &&
		    !value_from(s, a, h.item[i].cid, "delete", c, e))
			return false;
	struct history all;
	struct history_filter f = HISTORY_ALL;
	f.id = &c->id;
	if (!history_list(s, a, &f, &all, e))
		return false;
	for (size_t i = 0; i < all.count && c->count < 2; i++) {
		const struct history_change *x = &all.item[i];
		bool tombstone =
		    strcmp(x->field, c->field) == 0 && x->new &&strcmp(x->new, "0") == 0;
		if (!tombstone && (!prefix || strncmp(x->field, prefix, n - 1) == 0) &&
		    !value_from(s, a, x->cid, "keep", c, e))
			return false;
	}
	return true;
}

static bool conflict_fill(struct store *s, struct arena *a, struct conflict *c, struct err *e)
{
	size_t n = strlen(c->field);
	return c->field[n - 1] == '~' ? conflict_existence(s, a, c, e)
				      : conflict_values(s, a, c, e);
}

bool conflict_list(struct store *s, struct arena *a, struct conflicts *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*out = (struct conflicts){ 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT c.ent,r.kind,c.fld FROM clash c JOIN rec r ON r.ent=c.ent WHERE r.alive ORDER "
	    "BY c.ent,c.fld",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item)) {
			err_memory(&own);
			break;
		}
		struct conflict *c = &out->item[out->count++];
		*c = (struct conflict){ .kind = arena_strdup(a, col_text(q, 1)),
			.field = arena_strdup(a, col_text(q, 2)) };
		if (!c->kind || !c->field || !col_id(q, 0, &c->id))
			err_memory(&own);
		else
			conflict_fill(s, a, c, &own);
	}
	return ask_end(q, &own, e);
}

static bool conflict_find(struct store *s, struct arena *a, const struct id *id, const char *field,
    struct conflict *out, struct err *e)
{
	struct conflicts all;
	if (!conflict_list(s, a, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++)
		if (id_equal(&all.item[i].id, id) && strcmp(all.item[i].field, field) == 0) {
			*out = all.item[i];
			return true;
		}
	return err_set(e, ERR_NOINPUT,
	    "%s of this record has no open conflict; plando conflicts lists them", field);
}

bool conflict_resolve(struct store *s, struct arena *a, const struct id *id, const char *field,
    unsigned n, const char *value, struct err *e)
{
	struct conflict c = { 0 };
	if (!conflict_find(s, a, id, field, &c, e))
		return false;
	if (n > c.count)
		return err_set(
		    e, ERR_USAGE, "there is no value %u of %s; there are %zu", n, field, c.count);
	if (n)
		value = c.values[n - 1].value ? c.values[n - 1].value : "";
	struct save *v = save_begin(s, a, e);
	if (!v)
		return false;
	bool existence = field[strlen(field) - 1] == '~';
	if (existence && strcmp(value, "keep") != 0 && strcmp(value, "delete") != 0)
		return err_set(e, ERR_USAGE, "say keep or delete, or the number of a side");
	bool ok = existence && strcmp(value, "delete") == 0
		      ? save_bury(v, id, c.kind, field, e)
		      : save_cell_over(v, id, c.kind, field, existence ? "1" : value, e);
	return ok && save_commit(v, NULL, e);
}
