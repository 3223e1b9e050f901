// SPDX-License-Identifier: MIT
// References that name what does not belong there, and records that lead back to themselves by
// them. No save makes either, but a merge brings what others wrote: it is kept, shown as what it
// is, and told here. All in one walk over the references, and what grows with their number.
#include "store/log/store.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

static const char ANSWERS[] = "answers.";

struct edge {
	struct id from, to;
	size_t a, b; // the places of the two among the records that name others
};

struct straying {
	struct store *s;
	struct arena *a;
	struct store_problems *out;
	size_t cap, strays;
	struct edge *edge;
	size_t edges, edge_cap;
};

enum { STRAYS_TOLD = 50, RING_TOLD = 5 };

static bool check_refs_stray_line(struct straying *k, const char *line, struct err *e)
{
	if (!line ||
	    !arena_grow(k->a, (void **)&k->out->line, k->out->count, &k->cap, sizeof *k->out->line))
		return err_memory(e);
	k->out->line[k->out->count++] = line;
	return true;
}

static bool check_refs_stray_kind(
    struct straying *k, const struct id *id, char *out, size_t room, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(k->s->db, "SELECT kind FROM rec WHERE ent=?", e);
	if (!q)
		return false;
	ask_id(q, 1, id);
	*out = '\0';
	if (ask_step(q, &own) && col_size(q, 0) < room)
		memcpy(out, col_text(q, 0), col_size(q, 0) + 1);
	return ask_end(q, &own, e);
}

// --- one reference

// The form whose field a cell is: that of the kind, or of a record's answers the one that it names.
static const struct form *check_refs_stray_form(
    struct straying *k, const struct id *owner, const char *kind, bool answer)
{
	struct record r;
	const char *by = answer ? form_naming(kind) : NULL;
	if (!answer)
		return forms_find(store_forms(k->s), kind, NULL);
	if (!by || !record_load(k->s, k->a, owner, &r, NULL) || !record_get(&r, by))
		return NULL;
	return forms_find(store_forms(k->s), record_get(&r, by), NULL);
}

// The field that the cell is of, where it names a record; *to: that record.
static const struct form_field *check_refs_stray_field(struct straying *k, const struct id *owner,
    const char *kind, const char *cell, const char *value, struct id *to)
{
	bool answer = str_starts(cell, ANSWERS);
	const char *name = answer ? cell + strlen(ANSWERS) : cell, *dot = strchr(name, '.');
	bool member = dot && str_equal(value, "1") && id_parse(dot + 1, to);
	if (!member && !id_parse(value, to))
		return NULL;
	const struct form *form = check_refs_stray_form(k, owner, kind, answer);
	const char *id = member ? arena_copy(k->a, name, (size_t)(dot - name)) : name;
	const struct form_field *f = form && id ? form_field(form, id) : NULL;
	return f && f->type == (member ? FIELD_REFS : FIELD_REF) ? f : NULL;
}

static bool check_refs_stray_tell(struct straying *k, const struct id *owner,
    const struct form_field *f, const struct id *to, struct err *e)
{
	struct record r, names;
	if (k->strays++ >= STRAYS_TOLD)
		return true;
	if (!record_load(k->s, k->a, owner, &r, e) || !record_load(k->s, k->a, to, &names, e))
		return false;
	const struct kind *kind = kind_find(r.kind), *is = kind_find(names.kind);
	const char *title = record_title(k->s, k->a, &r);
	const char *named = record_title(k->s, k->a, &names);
	if (!title || !named)
		return err_memory(e);
	return check_refs_stray_line(k,
	    arena_printf(k->a,
		"%s %s: \"%s\" names %s, which is of kind %.64s; choose another, or empty it",
		kind ? kind->label : r.kind, title, f->label, named, is ? is->label : names.kind),
	    e);
}

static bool check_refs_stray_note(struct straying *k, const struct id *owner, const char *kind,
    const char *cell, const char *value, struct err *e)
{
	struct id to;
	char is[128];
	struct arena_mark mark = arena_mark(k->a);
	const struct form_field *f = check_refs_stray_field(k, owner, kind, cell, value, &to);
	const char *of = f ? f->of : NULL;
	if (!f)
		arena_release(k->a, mark);
	if (!f || !check_refs_stray_kind(k, &to, is, sizeof is, e))
		return !f;
	if (*is && !kind_among(of, is) && !check_refs_stray_tell(k, owner, f, &to, e))
		return false;
	if (!arena_grow(k->a, (void **)&k->edge, k->edges, &k->edge_cap, sizeof *k->edge))
		return err_memory(e);
	k->edge[k->edges++] = (struct edge){ .from = *owner, .to = to };
	return true;
}

static bool check_refs_stray_walk(struct straying *k, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(k->s->db,
	    "SELECT r.ent,r.kind,c.fld,c.val FROM rec r JOIN cell c ON c.ent=r.ent WHERE r.alive"
	    " AND (length(c.val)=36 OR (c.val='1' AND length(c.fld)>36)) ORDER BY r.ent",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct id owner;
		if (col_id(q, 0, &owner))
			check_refs_stray_note(
			    k, &owner, col_text(q, 1), col_text(q, 2), col_text(q, 3), &own);
	}
	return ask_end(q, &own, e);
}

// --- rings

static int check_refs_compare_ids(const void *a, const void *b)
{
	return id_compare(a, b);
}

// What is left once everything is taken away that nothing left names (or, backwards, that names
// nothing left). Each reference is looked at twice.
static bool check_refs_ring_peel(
    struct straying *k, size_t nodes, bool backwards, bool *gone, struct err *e)
{
	size_t *degree = arena_array(k->a, nodes + 1, sizeof *degree);
	size_t *first = arena_array(k->a, nodes + 2, sizeof *first);
	size_t *out = arena_array(k->a, k->edges + 1, sizeof *out);
	size_t *queue = arena_array(k->a, nodes + 1, sizeof *queue), queued = 0;
	if (!degree || !first || !out || !queue)
		return err_memory(e);
	memset(degree, 0, (nodes + 1) * sizeof *degree);
	memset(first, 0, (nodes + 2) * sizeof *first);
	for (size_t i = 0; i < k->edges; i++) {
		const struct edge *x = &k->edge[i];
		if (x->b == nodes || gone[x->a] || gone[x->b])
			continue;
		degree[backwards ? x->a : x->b]++;
		first[(backwards ? x->b : x->a) + 2]++;
	}
	for (size_t i = 2; i < nodes + 2; i++)
		first[i] += first[i - 1];
	for (size_t i = 0; i < k->edges; i++) {
		const struct edge *x = &k->edge[i];
		if (x->b != nodes && !gone[x->a] && !gone[x->b])
			out[first[(backwards ? x->b : x->a) + 1]++] = backwards ? x->a : x->b;
	}
	for (size_t i = 0; i < nodes; i++)
		if (!gone[i] && !degree[i])
			queue[queued++] = i;
	for (size_t at = 0; at < queued; at++) {
		gone[queue[at]] = true;
		for (size_t i = first[queue[at]]; i < first[queue[at] + 1]; i++)
			if (--degree[out[i]] == 0)
				queue[queued++] = out[i];
	}
	return true;
}

static bool check_refs_ring_tell(
    struct straying *k, const struct id *node, size_t nodes, const bool *gone, struct err *e)
{
	struct str names = STR_IN(k->a);
	size_t n = 0;
	for (size_t i = 0; i < nodes; i++) {
		struct record r;
		if (gone[i] || n++ >= RING_TOLD)
			continue;
		if (!record_load(k->s, k->a, &node[i], &r, e))
			return false;
		const char *title = record_title(k->s, k->a, &r);
		const struct kind *kind = kind_find(r.kind);
		str_printf(&names, "%s%s %s", names.length ? ", " : "", kind ? kind->label : r.kind,
		    title ? title : "");
	}
	if (!n)
		return true;
	return check_refs_stray_line(k,
	    arena_printf(k->a, "%zu record%s to %s by %s references: %s%s", n,
		n == 1 ? " leads back" : "s lead back", n == 1 ? "itself" : "themselves",
		n == 1 ? "its" : "their", str_done(&names), n > RING_TOLD ? " …" : ""),
	    e);
}

static bool check_refs_stray_rings(struct straying *k, struct err *e)
{
	size_t nodes = 0;
	struct id *node = arena_array(k->a, k->edges + 1, sizeof *node);
	bool *gone = arena_array(k->a, k->edges + 1, sizeof *gone);
	if (!node || !gone)
		return err_memory(e);
	for (size_t i = 0; i < k->edges; i++) { // in the order of the records
		if (!nodes || !id_equal(&node[nodes - 1], &k->edge[i].from))
			node[nodes++] = k->edge[i].from;
		k->edge[i].a = nodes - 1;
	}
	for (size_t i = 0; i < k->edges; i++) {
		const struct id *to =
		    bsearch(&k->edge[i].to, node, nodes, sizeof *node, check_refs_compare_ids);
		k->edge[i].b = to ? (size_t)(to - node) : nodes;
	}
	memset(gone, 0, (k->edges + 1) * sizeof *gone);
	return check_refs_ring_peel(k, nodes, false, gone, e) &&
	       check_refs_ring_peel(k, nodes, true, gone, e) &&
	       check_refs_ring_tell(k, node, nodes, gone, e);
}

bool store_strays(struct store *s, struct arena *a, struct store_problems *out, struct err *e)
{
	struct straying k = { .s = s, .a = a, .out = out };
	*out = (struct store_problems){ 0 };
	if (!check_refs_stray_walk(&k, e))
		return false;
	if (k.strays > STRAYS_TOLD &&
	    !check_refs_stray_line(&k,
		arena_printf(a, "and %zu more references name what does not belong there",
		    k.strays - STRAYS_TOLD),
		e))
		return false;
	return check_refs_stray_rings(&k, e);
}
