// SPDX-License-Identifier: MIT
// Circles: found from the joins that stand, and folded as one record each.
#include "store/log/tie.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

// --- sets of ids

struct tie_ids {
	struct id *item;
	size_t count, cap;
};

static int tie_make_id_compare(const void *a, const void *b)
{
	return id_compare(a, b);
}

static bool tie_make_ids_add(struct arena *a, struct tie_ids *x, const struct id *id)
{
	return arena_grow(a, (void **)&x->item, x->count, &x->cap, sizeof *x->item) &&
	       ((x->item[x->count++] = *id), true);
}

// Sorted, each once.
static size_t tie_make_ids_sort(struct id *id, size_t count)
{
	size_t n = 0;
	if (count > 1)
		qsort(id, count, sizeof *id, tie_make_id_compare);
	for (size_t i = 0; i < count; i++)
		if (!n || !id_equal(&id[n - 1], &id[i]))
			id[n++] = id[i];
	return n;
}

static size_t tie_make_ids_at(const struct tie_ids *x, const struct id *id)
{
	const struct id *at = x->item && x->count
				  ? bsearch(id, x->item, x->count, sizeof *id, tie_make_id_compare)
				  : NULL;
	return at ? (size_t)(at - x->item) : SIZE_MAX;
}

// --- one circle

static bool tie_make_archived(const struct folded *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->cell[i].fld, "archived") == 0)
			return f->cell[i].heads.count &&
			       *f->cell[i].heads.item[f->cell[i].heads.count - 1].val;
	return false;
}

// What one that stands lends to its circle.
static bool tie_make_lend(struct folded *all, const struct folded *one)
{
	for (size_t i = 0; i < one->count; i++) {
		if (strcmp(one->cell[i].fld, "~") == 0)
			continue;
		if (!arena_grow(
			all->a, (void **)&all->cell, all->count, &all->cap, sizeof *all->cell))
			return false;
		all->cell[all->count++] = one->cell[i];
	}
	return true;
}

// Put away is a circle only where each of it is.
static void tie_make_unarchive(struct folded *all)
{
	size_t n = 0;
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->cell[i].fld, "archived") != 0)
			all->cell[n++] = all->cell[i];
	all->count = n;
}

struct tie_circle {
	struct arena *a;
	struct folded all;
	size_t living, archived;
	const char *flag;
};

static bool tie_make_circle_read(struct store *s, struct tie_circle *c,
    const struct tie_ids *members, int64_t until, struct err *e)
{
	for (size_t i = 0; i < members->count; i++) {
		struct folded f = { .a = c->a };
		if (!fold_load(s, &members->item[i], until, &f, e))
			return false;
		struct existence x = fold_existence(&f, 0, f.count, "~");
		if (!f.count || !x.alive)
			continue;
		if (!c->living++) {
			c->all.kind = f.kind;
			c->all.scope = f.scope;
		}
		c->archived += tie_make_archived(&f);
		c->flag = c->flag ? c->flag : x.flag;
		if (!tie_make_lend(&c->all, &f))
			return err_memory(e);
	}
	if (c->archived < c->living)
		tie_make_unarchive(&c->all);
	return fold_unite(&c->all) || err_memory(e);
}

// Where none stands each is written by itself, as what was deleted is.
static bool tie_make_circle_write(struct store *s, struct tie_circle *c, const struct id *shown,
    const struct tie_ids *members, int64_t until, struct err *e)
{
	if (tie_make_ids_at(members, shown) == SIZE_MAX && !fold_wipe(s, shown, e))
		return false;
	for (size_t i = 0; i < members->count; i++) {
		struct folded f = { .a = c->a };
		const struct id *ent = &members->item[i];
		if (c->living && id_equal(ent, shown))
			continue;
		if (!fold_load(s, ent, until, &f, e))
			return false;
		if (!f.count)
			continue;
		if (c->living ? !fold_hide(s, ent, &f, e) : !fold_write(s, ent, &f, e))
			return false;
	}
	if (!c->living)
		return true;
	return tie_lay_over(s, &c->all) ? fold_show(s, shown, &c->all, c->flag, e) : err_memory(e);
}

static bool tie_make_circle_fold(
    struct store *s, const struct id *shown, int64_t until, struct err *e)
{
	struct arena a = { 0 };
	struct err own = { 0 };
	struct tie_ids members = { 0 };
	struct tie_circle c = { .a = &a, .all = { .a = &a } };
	struct ask *q = db_ask(s->db, "SELECT ent FROM tie WHERE shown=? ORDER BY ent", e);
	if (!q)
		return false;
	ask_id(q, 1, shown);
	while (!own.code && ask_step(q, &own)) {
		struct id id;
		if (col_id(q, 0, &id) && !tie_make_ids_add(&a, &members, &id))
			err_memory(&own);
	}
	bool ok = ask_end(q, &own, e) && tie_make_circle_read(s, &c, &members, until, e) &&
		  tie_make_circle_write(s, &c, shown, &members, until, e);
	arena_free(&a);
	return ok;
}

static bool tie_make_circles_fold(struct store *s, int64_t until, struct err *e)
{
	struct ties *t = &s->ties;
	size_t n = tie_make_ids_sort(t->circle, t->circles);
	for (size_t i = 0; i < n; i++)
		if (!tie_make_circle_fold(s, &t->circle[i], until, e))
			return false;
	t->circles = 0;
	return true;
}

// --- all of them

// What a join names, and what is known of it here.
struct tie_end {
	struct id id;
	const char *kind; // NULL: not in this copy
	bool alive;
	size_t above; // towards the one that stands for all that it is joined with
};

struct tie_edge {
	struct id one, other;
};

struct tie_making {
	struct store *s;
	struct arena a;
	int64_t until;
	struct tie_edge *edge;
	size_t edges, edge_cap;
	struct tie_ids ids; // of the ends, sorted
	struct tie_end *end;
	struct tie_ids again; // to be folded again
};

static bool tie_make_edges_read(struct tie_making *m, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(m->s->db,
	    "SELECT a.val,b.val FROM rec r JOIN cell a ON a.ent=r.ent AND a.fld='one'"
	    " JOIN cell b ON b.ent=r.ent AND b.fld='other'"
	    " WHERE r.kind='same' AND r.alive AND r.scope=?",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, &ID_COLLABORATIVE);
	while (!own.code && ask_step(q, &own)) {
		struct tie_edge x;
		if (!id_parse(col_text(q, 0), &x.one) || !id_parse(col_text(q, 1), &x.other))
			continue;
		if (!arena_grow(
			&m->a, (void **)&m->edge, m->edges, &m->edge_cap, sizeof *m->edge) ||
		    !tie_make_ids_add(&m->a, &m->ids, &x.one) ||
		    !tie_make_ids_add(&m->a, &m->ids, &x.other))
			err_memory(&own);
		else
			m->edge[m->edges++] = x;
	}
	m->ids.count = tie_make_ids_sort(m->ids.item, m->ids.count);
	return ask_end(q, &own, e);
}

static bool tie_make_ends_read(struct tie_making *m, struct err *e)
{
	m->end = arena_array(&m->a, m->ids.count + 1, sizeof *m->end);
	if (!m->end)
		return err_memory(e);
	for (size_t i = 0; i < m->ids.count; i++) {
		struct arena a = { 0 };
		struct folded f = { .a = &a };
		struct tie_end x = { .id = m->ids.item[i], .above = i };
		bool ok = fold_read(m->s->db, &f, &x.id, NULL, NULL, m->until, e);
		if (ok && f.count) {
			x.alive = fold_existence(&f, 0, f.count, "~").alive;
			x.kind = arena_strdup(&m->a, f.kind);
			ok = x.kind || err_memory(e);
		}
		arena_free(&a);
		if (!ok)
			return false;
		m->end[i] = x;
	}
	return true;
}

bool tie_joins(const char *kind)
{
	static const char *const not [] = { "collaborative", "form", "coach_note" };
	const struct kind *k = kind_find(kind);
	for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
		if (str_equal(kind, not [i]))
			return false;
	return k && !k->natural[0];
}

static size_t tie_make_top(struct tie_end *end, size_t i)
{
	while (end[i].above != i)
		i = end[i].above = end[end[i].above].above;
	return i;
}

// Rule 1.
static void tie_make_edges_follow(struct tie_making *m)
{
	for (size_t i = 0; i < m->edges; i++) {
		size_t x = tie_make_ids_at(&m->ids, &m->edge[i].one);
		size_t y = tie_make_ids_at(&m->ids, &m->edge[i].other);
		const char *kx = m->end[x].kind, *ky = m->end[y].kind;
		if ((kx && !tie_joins(kx)) || (ky && !tie_joins(ky)) ||
		    (kx && ky && strcmp(kx, ky) != 0))
			continue;
		x = tie_make_top(m->end, x);
		y = tie_make_top(m->end, y);
		if (x < y)
			m->end[y].above = x;
		else
			m->end[x].above = y;
	}
}

// By what they are joined with, then by kind; the first of each run is the one that is shown.
static int tie_make_end_compare(const void *a, const void *b)
{
	const struct tie_end *x = a, *y = b;
	if (x->above != y->above)
		return x->above < y->above ? -1 : 1;
	if (!x->kind != !y->kind)
		return x->kind ? -1 : 1;
	int by_kind = x->kind ? strcmp(x->kind, y->kind) : 0;
	if (by_kind)
		return by_kind;
	return x->alive != y->alive ? (x->alive ? -1 : 1) : id_compare(&x->id, &y->id);
}

// Rule 2. What is not here is read under what is, where that is of one kind.
static bool tie_make_ends_keep(struct tie_making *m, struct err *e)
{
	struct ties *t = &m->s->ties;
	for (size_t i = 0; i < m->ids.count; i++)
		m->end[i].above = tie_make_top(m->end, i);
	if (m->ids.count > 1)
		qsort(m->end, m->ids.count, sizeof *m->end, tie_make_end_compare);
	size_t first = 0, kinds = 0;
	for (size_t i = 0; i < m->ids.count; i++) {
		const struct tie_end *x = &m->end[i], *before = i ? x - 1 : NULL;
		bool ring = before && before->above == x->above;
		if (!ring)
			kinds = 0;
		if (!ring || !str_equal(before->kind, x->kind)) {
			kinds += x->kind != NULL;
			first = x->kind || kinds != 1 ? i : first;
		}
		size_t shown = x->kind || kinds == 1 ? first : i;
		const struct tie one = { .ent = x->id,
			.shown = m->end[shown].id,
			.kind = x->kind ? arena_strdup(&t->arena, x->kind) : NULL,
			.alive = x->alive };
		if ((x->kind && !one.kind) ||
		    !arena_grow(&t->arena, (void **)&t->item, t->count, &t->cap, sizeof one))
			return err_memory(e);
		t->item[t->count++] = one;
		if (!tie_put(m->s->db, &one, e))
			return false;
	}
	tie_sort(t);
	return true;
}

// All that was read through the circles until now, and is from now on.
static bool tie_make_old_read(struct tie_making *m, struct tie_ids *shown, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(m->s->db, "SELECT ent,shown FROM tie", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct id ent, under;
		if (!col_id(q, 0, &ent) || !col_id(q, 1, &under))
			continue;
		if (!tie_make_ids_add(&m->a, &m->again, &ent) ||
		    !tie_make_ids_add(&m->a, shown, &under))
			err_memory(&own);
	}
	shown->count = tie_make_ids_sort(shown->item, shown->count);
	return ask_end(q, &own, e);
}

static bool tie_make_refers(const struct tie_ids *among, const char *fld, const char *val)
{
	struct id id;
	const char *dot = strrchr(fld, '.');
	return (val && id_parse(val, &id) && tie_make_ids_at(among, &id) != SIZE_MAX) ||
	       (dot && id_parse(dot + 1, &id) && tie_make_ids_at(among, &id) != SIZE_MAX);
}

static bool tie_make_referrers_read(
    struct tie_making *m, const struct tie_ids *among, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(
	    m->s->db, "SELECT ent,fld,val FROM change WHERE length(val)=36 OR length(fld)>36", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct id ent;
		if (tie_make_refers(among, col_text(q, 1), col_text(q, 2)) && col_id(q, 0, &ent) &&
		    !tie_make_ids_add(&m->a, &m->again, &ent))
			err_memory(&own);
	}
	return ask_end(q, &own, e);
}

static bool tie_make_again(struct tie_making *m, struct err *e)
{
	struct ties *t = &m->s->ties;
	m->again.count = tie_make_ids_sort(m->again.item, m->again.count);
	for (size_t i = 0; i < m->again.count; i++)
		if (!fold_record(m->s, &m->again.item[i], m->until, e))
			return false;
	t->anew = false; // the joins were among them
	return tie_make_circles_fold(m->s, m->until, e);
}

static bool tie_make_all(struct tie_making *m, struct err *e)
{
	struct store *s = m->s;
	struct tie_ids shown = { 0 }, among = { 0 };
	if (!tie_make_edges_read(m, e) || !tie_make_ends_read(m, e) ||
	    !tie_make_old_read(m, &shown, e))
		return false;
	for (size_t i = 0; i < m->again.count + m->ids.count; i++)
		if (!tie_make_ids_add(&m->a, &among,
			i < m->again.count ? &m->again.item[i] : &m->ids.item[i - m->again.count]))
			return err_memory(e);
	among.count = tie_make_ids_sort(among.item, among.count);
	if (among.count && !tie_make_referrers_read(m, &among, e))
		return false;
	for (size_t i = 0; i < m->ids.count; i++)
		if (!tie_make_ids_add(&m->a, &m->again, &m->ids.item[i]))
			return err_memory(e);
	for (size_t i = 0; i < shown.count; i++)
		if (!fold_wipe(s, &shown.item[i], e))
			return false;
	tie_forget(s);
	s->ties.known = true;
	if (!db_exec(s->db, "DELETE FROM tie", e))
		return false;
	tie_make_edges_follow(m);
	return tie_make_ends_keep(m, e) && tie_make_again(m, e);
}

static bool tie_make_anew(struct store *s, int64_t until, struct err *e)
{
	struct tie_making m = { .s = s, .until = until };
	bool ok = tie_make_all(&m, e);
	arena_free(&m.a);
	return ok;
}

bool tie_follow(struct store *s, int64_t until, struct err *e)
{
	struct ties *t = &s->ties;
	if (s->untied || (!t->anew && !t->circles))
		return true;
	if (t->anew)
		return tie_make_anew(s, until, e);
	return tie_make_circles_fold(s, until, e);
}
