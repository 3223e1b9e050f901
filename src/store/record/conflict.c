// SPDX-License-Identifier: MIT
// Open conflicts: who wrote which value side by side, and what stood there before both.
#include "store/log/tie.h"

#include <plando/conflict.h>
#include <plando/history.h>
#include <plando/index.h>
#include <plando/str.h>

#include <stdlib.h>
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

struct conflict_graph {
	struct node *node;
	size_t count, cap;
	struct index by_cid;
};

static struct node *conflict_graph_find(const struct conflict_graph *g, uint64_t cid)
{
	size_t walk = 0, at = index_next(&g->by_cid, cid, &walk);
	return at == SIZE_MAX ? NULL : &g->node[at];
}

static bool conflict_graph_add(struct store *s, struct arena *a, const struct id *ent,
    const char *fld, struct conflict_graph *g, struct err *e)
{
	struct err own = { 0 };
	struct ask *q =
	    db_ask(s->db, "SELECT cid,hlc,val,prev FROM change WHERE ent=? AND fld=?", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	ask_text(q, 2, fld);
	while (!own.code && ask_step(q, &own)) {
		size_t n = col_size(q, 3);
		if (conflict_graph_find(g, (uint64_t)col_int(q, 0)))
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

// Of a joined record: the changes of all cells that are read as this one.
static bool conflict_graph_read(struct store *s, struct arena *a, const struct id *ent,
    const char *fld, struct conflict_graph *g, struct err *e)
{
	struct tied_cells cells;
	*g = (struct conflict_graph){ .by_cid = INDEX_IN(a) };
	if (!tie_cells(s->db, a, ent, fld, &cells, e))
		return false;
	for (size_t i = 0; i < cells.count; i++)
		if (!conflict_graph_add(s, a, &cells.item[i].id, cells.item[i].fld, g, e))
			return false;
	return true;
}

// Counts every ancestor of a head once, on an explicit stack (histories can be long).
static bool conflict_graph_walk(
    struct conflict_graph *g, struct arena *a, uint64_t head, size_t walk)
{
	struct node **stack = arena_array(a, g->count + 1, sizeof(struct node *));
	struct node *start = conflict_graph_find(g, head);
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
			struct node *p = conflict_graph_find(g, x->prev[i]);
			if (!p || p->walk == walk)
				continue;
			p->walk = walk;
			p->seen_by++;
			stack[n++] = p;
		}
	}
	return true;
}

static bool conflict_base(struct store *s, struct arena *a, struct conflict *c,
    const struct heads *h, struct conflict_graph *g, struct err *e)
{
	const struct node *best = NULL;
	for (size_t i = 0; i < h->count; i++)
		if (!conflict_graph_walk(g, a, h->item[i].cid, i + 1))
			return err_memory(e);
	for (size_t i = 0; i < g->count; i++) {
		const struct node *x = &g->node[i];
		if (x->seen_by == h->count &&
		    (!best || x->hlc > best->hlc || (x->hlc == best->hlc && x->cid > best->cid)))
			best = x;
	}
	if (!best)
		return true;
	struct history before;
	if (!history_of_cid(s, a, best->cid, &before, e))
		return false;
	c->base = *best->val ? best->val : NULL;
	if (before.count) {
		c->base_author = before.item[0].author;
		c->base_device = before.item[0].device;
		c->base_at = before.item[0].at;
	}
	return true;
}

// A settlement that was undone: its values stand side by side again, written by one hand. They
// are shown as those whose they were.
static bool conflict_heads_original(
    struct arena *a, const struct conflict_graph *g, struct heads *h)
{
	struct head *own = arena_array(a, h->count + 1, sizeof *own);
	const struct node *first = h->count ? conflict_graph_find(g, h->item[0].cid) : NULL;
	const struct node *settled =
	    first && first->prevs == 1 ? conflict_graph_find(g, first->prev[0]) : NULL;
	if (!own)
		return false;
	for (size_t i = 0; i < h->count; i++) {
		const struct node *x = conflict_graph_find(g, h->item[i].cid), *was = NULL;
		bool same = x && settled && x->prevs == 1 && x->prev[0] == settled->cid &&
			    h->item[i].sid == h->item[0].sid;
		for (size_t k = 0; same && k < settled->prevs; k++) {
			const struct node *p = conflict_graph_find(g, settled->prev[k]);
			if (p && strcmp(p->val, x->val) == 0)
				was = p;
		}
		if (!was)
			return true;
		own[i] = h->item[i];
		own[i].cid = was->cid;
		own[i].hlc = was->hlc;
	}
	h->item = own;
	return true;
}

static bool conflict_value_from(struct store *s, struct arena *a, uint64_t cid, const char *value,
    struct conflict *c, struct err *e)
{
	struct history h;
	if (!history_of_cid(s, a, cid, &h, e))
		return false;
	struct conflict_value *v = &c->values[c->count];
	*v = (struct conflict_value){
		.n = (unsigned)++c->count, .value = value && *value ? value : NULL, .cid = cid
	};
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
	struct conflict_graph g;
	if (!tie_heads(s, a, &c->id, c->field, &h, e) ||
	    !conflict_graph_read(s, a, &c->id, c->field, &g, e))
		return false;
	if (!conflict_heads_original(a, &g, &h))
		return err_memory(e);
	if (!conflict_base(s, a, c, &h, &g, e))
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
		if (!again && !conflict_value_from(s, a, h.item[i].cid, h.item[i].val, c, e))
			return false;
	}
	return true;
}

static bool conflict_was_seen(const struct conflict_graph *tombstones, uint64_t cid)
{
	for (size_t i = 0; tombstones->node && i < tombstones->count; i++)
		for (size_t j = 0; j < tombstones->node[i].prevs; j++) {
			const uint64_t *seen = tombstones->node[i].prev;
			if (seen && seen[j] == cid)
				return true;
		}
	return false;
}

// The newest change that no deleter had seen: an edit, or a "keep".
struct conflict_unseen {
	uint64_t cid; // 0: none
	int64_t at;
};

static bool conflict_unseen_edit(struct store *s, struct arena *a, const struct conflict *c,
    const struct id *id, const struct conflict_graph *tombstones, struct conflict_unseen *out,
    struct err *e)
{
	size_t n = strlen(c->field), count;
	const uint64_t *heads;
	const char *prefix = n > 1 ? arena_copy(a, c->field, n - 1) : NULL;
	if ((n > 1 && !prefix) || !fold_seen(s->db, a, id, prefix, &heads, &count, e))
		return n > 1 && !prefix ? err_memory(e) : false;
	for (size_t i = 0; i < count; i++) {
		const struct node *own = conflict_graph_find(tombstones, heads[i]);
		struct history h;
		if ((own && strcmp(own->val, "0") == 0) ||
		    (!own && conflict_was_seen(tombstones, heads[i])))
			continue;
		if (!history_of_cid(s, a, heads[i], &h, e))
			return false;
		if (h.count && (!out->cid || h.item[0].at > out->at ||
				   (h.item[0].at == out->at && heads[i] > out->cid)))
			*out = (struct conflict_unseen){ heads[i], h.item[0].at };
	}
	return true;
}

// "~": who deleted, and who changed what the deleter had not seen.
static bool conflict_existence(struct store *s, struct arena *a, struct conflict *c, struct err *e)
{
	struct conflict_graph tombstones;
	struct heads h;
	struct conflict_unseen edit = { 0 };
	struct tied members;
	c->values = arena_array(a, 2, sizeof *c->values);
	if (!c->values)
		return err_memory(e);
	if (!tie_heads(s, a, &c->id, c->field, &h, e) ||
	    !conflict_graph_read(s, a, &c->id, c->field, &tombstones, e))
		return false;
	for (size_t i = h.count; i-- > 0 && !c->count;)
		if (strcmp(h.item[i].val, "0") == 0 &&
		    !conflict_value_from(s, a, h.item[i].cid, "delete", c, e))
			return false;
	if (!tie_members(s->db, a, &c->id, &members, e))
		return false;
	for (size_t i = 0; i < members.count; i++)
		if (!conflict_unseen_edit(s, a, c, &members.id[i], &tombstones, &edit, e))
			return false;
	return !edit.cid || conflict_value_from(s, a, edit.cid, "keep", c, e);
}

bool conflict_is_existence(const char *field)
{
	size_t n = strlen(field);
	return n && field[n - 1] == '~';
}

static bool conflict_fill(struct store *s, struct arena *a, struct conflict *c, struct err *e)
{
	return conflict_is_existence(c->field) ? conflict_existence(s, a, c, e)
					       : conflict_values(s, a, c, e);
}

// All, those of one record (id), or the one of its cells (field too).
static struct ask *conflict_ask(
    struct store *s, const struct id *id, const char *field, struct err *e)
{
	static const char all[] = "SELECT c.ent,r.kind,c.fld FROM clash c JOIN rec r ON"
				  " r.ent=c.ent WHERE r.alive ORDER BY c.ent,c.fld";
	static const char some[] =
	    "SELECT DISTINCT c.ent,r.kind,c.fld FROM clash c JOIN rec r ON r.ent=c.ent"
	    " WHERE r.alive AND c.ent=?1 AND (?2 IS NULL OR c.fld=?2) ORDER BY c.fld";
	struct ask *q = db_ask(s->db, id ? some : all, e);
	if (q && id) {
		ask_id(q, 1, id);
		ask_text(q, 2, field);
	}
	return q;
}

static bool conflict_collect(struct store *s, struct arena *a, const struct id *id,
    const char *field, struct conflicts *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*out = (struct conflicts){ 0 };
	struct ask *q = conflict_ask(s, id, field, e);
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

bool conflict_list(struct store *s, struct arena *a, struct conflicts *out, struct err *e)
{
	return conflict_collect(s, a, NULL, NULL, out, e);
}

bool conflict_of_record(
    struct store *s, struct arena *a, const struct id *id, struct conflicts *out, struct err *e)
{
	return conflict_collect(s, a, id, NULL, out, e);
}

bool conflict_find(struct store *s, struct arena *a, const struct id *id, const char *field,
    struct conflict *out, struct err *e)
{
	struct conflicts one;
	if (!conflict_collect(s, a, id, field, &one, e))
		return false;
	if (!one.count)
		return err_set(e, ERR_NOINPUT,
		    "%s of this record has no open conflict; plando conflicts lists them", field);
	*out = one.item[0];
	return true;
}

// --- marks

static int conflict_compare_ids(const void *a, const void *b)
{
	return id_compare(a, b);
}

bool conflict_marks(struct store *s, struct arena *a, struct conflict_marks *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*out = (struct conflict_marks){ 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT DISTINCT c.ent FROM clash c CROSS JOIN rec r WHERE r.ent=c.ent AND r.alive"
	    " ORDER BY c.ent",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own))
		if (!arena_grow(a, (void **)&out->id, out->count, &cap, sizeof *out->id))
			err_memory(&own);
		else
			out->count += col_id(q, 0, &out->id[out->count]);
	return ask_end(q, &own, e);
}

bool conflict_marked(const struct conflict_marks *m, const struct id *id)
{
	return m->count && bsearch(id, m->id, m->count, sizeof *m->id, conflict_compare_ids);
}

// --- settling

static bool conflict_read_existence(const char *typed, const char **stored, struct err *e)
{
	*stored = typed;
	return strcmp(typed, "keep") == 0 || strcmp(typed, "delete") == 0 ||
	       err_set(e, ERR_USAGE, "say keep or delete, or the number of a side");
}

static bool conflict_read_member(const char *typed, const char **stored, struct err *e)
{
	static const struct {
		const char *typed, *stored;
	} words[] = { { "yes", "1" }, { "no", "0" }, { "1", "1" }, { "0", "0" }, { "keep", "1" },
		{ "remove", "0" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].typed, typed) == 0) {
			*stored = words[i].stored;
			return true;
		}
	return err_set(e, ERR_DATA, "%s: say yes (it is part of it) or no", typed);
}

// Is the cell a member of a choices or refs field?
static bool conflict_is_member(struct store *s, const struct conflict *c)
{
	struct err ignored = { 0 };
	const struct form *form = forms_find(store_forms(s), c->kind, &ignored);
	const char *dot = strchr(c->field, '.');
	char name[64];
	if (!form || !dot || (size_t)(dot - c->field) >= sizeof name)
		return false;
	memcpy(name, c->field, (size_t)(dot - c->field));
	name[dot - c->field] = '\0';
	const struct form_field *f = form_field(form, name);
	return f && (f->type == FIELD_CHOICES || f->type == FIELD_REFS);
}

bool conflict_read(struct store *s, struct arena *a, const struct conflict *c, const char *typed,
    const char **stored, struct err *e)
{
	struct err why = { 0 };
	if (conflict_is_existence(c->field))
		return conflict_read_existence(typed, stored, e);
	if (conflict_is_member(s, c))
		return conflict_read_member(typed, stored, e);
	struct save *v = save_begin(s, a, e); // only to read it; it is not committed
	if (!v)
		return false;
	*stored = typed;
	if (save_field(v, &c->id, c->kind, c->field, typed, &why)) {
		const char *kept = save_pending(v, &c->id, c->field);
		*stored = kept ? kept : typed;
		return true;
	}
	// A field that only a newer plando knows is taken as it is.
	const struct form *form = forms_find(store_forms(s), c->kind, NULL);
	bool known = form && (form_field(form, c->field) || str_starts(c->field, "answers."));
	return !known || err_set(e, why.code, "%s", why.text);
}

bool conflict_resolve(struct store *s, struct arena *a, const struct id *id, const char *field,
    unsigned n, const char *value, struct err *e)
{
	struct conflict c = { 0 };
	if (!*field || !conflict_find(s, a, id, field, &c, e))
		return *field ? false : err_set(e, ERR_USAGE, "say which field");
	if (n > c.count)
		return err_set(
		    e, ERR_USAGE, "there is no value %u of %s; there are %zu", n, field, c.count);
	if (n)
		value = c.values[n - 1].value ? c.values[n - 1].value : "";
	bool existence = conflict_is_existence(field);
	struct save *v = save_begin(s, a, e);
	if (!v || (existence && !conflict_read_existence(value, &value, e)))
		return false;
	save_how(v, "resolve");
	bool ok = existence && strcmp(value, "delete") == 0
		      ? save_bury(v, id, c.kind, field, e)
		      : save_cell_over(v, id, c.kind, field, existence ? "1" : value, e);
	return ok && save_commit(v, NULL, e);
}
