// SPDX-License-Identifier: MIT
// Which records are one: from the `same` records that stand to the table `tie`.
//
// Rule 1. A join counts that stands in the shared scope and names two records of one kind that may
//         be joined; one of them may be unknown here (a part of a workbook).
// Rule 2. A circle is read under the least id of those of it that stand in this copy.
// Rule 3. A record whose natural key names one of a circle is read under the id that the key makes
//         with what that one is read under: so two of them are one, and a third made later is too.
// Rule 4. All of it is a function of the set of changes; nothing of it is written into the log.
#include "store/log/tie.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

// --- what is joined, in memory

static int tie_compare(const void *a, const void *b)
{
	return id_compare(&((const struct tie *)a)->ent, &((const struct tie *)b)->ent);
}

static const struct tie *tie_find(const struct store *s, const struct id *ent)
{
	const struct tie key = { .ent = *ent };
	return s->ties.count ? bsearch(&key, s->ties.item, s->ties.count, sizeof key, tie_compare)
			     : NULL;
}

void tie_sort(struct ties *t)
{
	if (t->count > 1)
		qsort(t->item, t->count, sizeof *t->item, tie_compare);
}

bool tie_any(const struct store *s)
{
	return s->ties.count > 0;
}

void tie_forget(struct store *s)
{
	arena_free(&s->ties.arena);
	s->ties = (struct ties){ 0 };
}

// Kinds with a natural key are joined only by what their keys name, and are not kept in memory:
// they can be many.
static bool tie_by_key(const char *kind)
{
	const struct kind *k = kind_find(kind);
	return k && k->natural[0];
}

static bool tie_add(struct ties *t, const struct tie *one)
{
	return arena_grow(&t->arena, (void **)&t->item, t->count, &t->cap, sizeof *t->item) &&
	       ((t->item[t->count++] = *one), true);
}

bool tie_know(struct store *s, struct err *e)
{
	struct ties *t = &s->ties;
	struct err own = { 0 };
	if (t->known)
		return true;
	tie_forget(s);
	struct ask *q = db_ask(s->db, "SELECT ent,shown,kind,alive FROM tie ORDER BY ent", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct tie one = { .alive = col_int(q, 3) != 0 };
		if (tie_by_key(col_text(q, 2)) || !col_id(q, 0, &one.ent) ||
		    !col_id(q, 1, &one.shown))
			continue;
		if (!col_null(q, 2))
			one.kind = arena_copy(&t->arena, col_text(q, 2), col_size(q, 2));
		if ((!col_null(q, 2) && !one.kind) || !tie_add(t, &one))
			err_memory(&own);
	}
	t->known = true;
	return ask_end(q, &own, e);
}

// --- names and values

// The id that a cell's name ends with: "members.<uuid>".
static const char *tie_named(const char *fld, struct id *id)
{
	const char *dot = strrchr(fld, '.');
	return dot && id_parse(dot + 1, id) ? dot + 1 : NULL;
}

// NULL in *out: as it is.
static bool tie_value(struct store *s, struct arena *a, const char *val, const char **out)
{
	struct id id;
	char text[ID_TEXT];
	*out = NULL;
	const struct tie *t = id_parse(val, &id) ? tie_find(s, &id) : NULL;
	if (!t || id_equal(&t->shown, &id))
		return true;
	id_print(&t->shown, text);
	return (*out = arena_strdup(a, text)) != NULL;
}

static int tie_by_name(const void *a, const void *b)
{
	return strcmp(((const struct fold_cell *)a)->fld, ((const struct fold_cell *)b)->fld);
}

static bool tie_name_over(struct store *s, struct folded *f, struct fold_cell *c, bool *renamed)
{
	struct id id;
	const char *was = tie_named(c->fld, &id), *is = NULL;
	if (!was || !tie_value(s, f->a, was, &is))
		return !was;
	if (!is)
		return true;
	c->fld = arena_printf(f->a, "%.*s%s", (int)(was - c->fld), c->fld, is);
	*renamed = true;
	return c->fld != NULL;
}

bool tie_lay_over(struct store *s, struct folded *f)
{
	bool renamed = false;
	if (!tie_any(s) || !f->count || str_equal(f->kind, "same"))
		return true;
	for (size_t i = 0; i < f->count; i++) {
		struct fold_cell *c = &f->cell[i];
		for (size_t j = 0; j < c->heads.count; j++) {
			const char *is;
			if (!tie_value(s, f->a, c->heads.item[j].val, &is))
				return false;
			if (is)
				c->heads.item[j].val = is;
		}
		if (!tie_name_over(s, f, c, &renamed))
			return false;
	}
	return !renamed || fold_unite(f);
}

// --- a record that was folded

static const char *tie_cell(const struct folded *f, const char *fld)
{
	const struct fold_cell key = { .fld = fld };
	const struct fold_cell *c =
	    f->count ? bsearch(&key, f->cell, f->count, sizeof key, tie_by_name) : NULL;
	return c && c->heads.count ? c->heads.item[c->heads.count - 1].val : "";
}

// Rule 3. *named: the key names one of a circle.
static bool tie_key(
    struct store *s, const struct folded *f, const struct kind *k, struct id *out, bool *named)
{
	const char *value[8] = { 0 };
	*named = false;
	for (size_t i = 0; i < sizeof k->natural / sizeof *k->natural && k->natural[i]; i++) {
		struct id id;
		const char *val = tie_cell(f, k->natural[i]), *is;
		if (!tie_value(s, f->a, val, &is))
			return false;
		*named = *named || (id_parse(val, &id) && tie_find(s, &id));
		value[i] = is ? is : val;
	}
	if (*named)
		*out = kind_natural_id(k, value);
	return true;
}

static bool tie_circle(struct store *s, const struct id *shown, struct err *e)
{
	struct ties *t = &s->ties;
	if (!arena_grow(
		&t->arena, (void **)&t->circle, t->circles, &t->circle_cap, sizeof *t->circle))
		return err_memory(e);
	t->circle[t->circles++] = *shown;
	return true;
}

bool tie_put(struct db *db, const struct tie *t, struct err *e)
{
	struct ask *q =
	    db_ask(db, "INSERT OR REPLACE INTO tie(ent,shown,kind,alive) VALUES(?,?,?,?)", e);
	if (!q)
		return false;
	ask_id(q, 1, &t->ent);
	ask_id(q, 2, &t->shown);
	ask_text(q, 3, t->kind);
	ask_int(q, 4, t->alive);
	return ask_run(q, e);
}

// Under what it stands in the table; *found false: it is not there.
static bool tie_row(
    struct db *db, const struct id *ent, struct id *shown, bool *found, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT shown FROM tie WHERE ent=?", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	*found = ask_step(q, &own) && col_id(q, 0, shown);
	return ask_end(q, &own, e);
}

static bool tie_takes_key(struct store *s, const struct id *ent, const struct folded *f,
    const struct kind *k, bool *tied, struct err *e)
{
	struct id was;
	bool found;
	struct tie t = {
		.ent = *ent, .kind = f->kind, .alive = fold_existence(f, 0, f->count, "~").alive
	};
	if (!tie_key(s, f, k, &t.shown, tied))
		return err_memory(e);
	if (!tie_row(s->db, ent, &was, &found, e))
		return false;
	// Its key changed, which only a forged log can do.
	s->ties.anew = s->ties.anew || (found && (!*tied || !id_equal(&was, &t.shown)));
	return !*tied || (tie_put(s->db, &t, e) && tie_circle(s, &t.shown, e));
}

bool tie_takes(struct store *s, const struct id *ent, struct folded *f, bool *tied, struct err *e)
{
	*tied = false;
	if (s->untied || !f->count)
		return true;
	if (!tie_know(s, e))
		return false;
	bool join = str_equal(f->kind, "same");
	s->ties.anew = s->ties.anew || join;
	if (join || !tie_any(s))
		return true;
	const struct tie *t = tie_find(s, ent);
	const struct kind *k = kind_find(f->kind);
	if (!t && k && k->natural[0])
		return tie_takes_key(s, ent, f, k, tied, e);
	if (!t)
		return true;
	bool alive = fold_existence(f, 0, f->count, "~").alive;
	s->ties.anew = s->ties.anew || alive != t->alive || !str_equal(t->kind, f->kind);
	*tied = true;
	return tie_circle(s, &t->shown, e);
}

// --- of the tables as they are

bool tie_members(
    struct db *db, struct arena *a, const struct id *id, struct tied *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*out = (struct tied){ 0 };
	struct ask *q = db_ask(db,
	    "SELECT ent FROM tie WHERE alive AND"
	    " shown=coalesce((SELECT shown FROM tie WHERE ent=?1),?1) ORDER BY ent",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, id);
	while (!own.code && ask_step(q, &own))
		if (!arena_grow(a, (void **)&out->id, out->count, &cap, sizeof *out->id))
			err_memory(&own);
		else
			out->count += col_id(q, 0, &out->id[out->count]);
	if (!own.code && !out->count) {
		if (!arena_grow(a, (void **)&out->id, 0, &cap, sizeof *out->id))
			err_memory(&own);
		else
			out->id[out->count++] = *id;
	}
	return ask_end(q, &own, e);
}

static bool tie_cells_add(struct arena *a, struct tied_cells *out, const struct tied *members,
    const char *fld, struct err *e)
{
	for (size_t i = 0; i < members->count; i++) {
		if (!arena_grow(a, (void **)&out->item, out->count, &out->cap, sizeof *out->item))
			return err_memory(e);
		out->item[out->count++] = (struct tied_cell){ members->id[i], fld };
	}
	return true;
}

bool tie_cells(struct db *db, struct arena *a, const struct id *id, const char *fld,
    struct tied_cells *out, struct err *e)
{
	struct tied members, named;
	struct id in_name;
	char text[ID_TEXT];
	*out = (struct tied_cells){ 0 };
	if (!tie_members(db, a, id, &members, e))
		return false;
	const char *at = tie_named(fld, &in_name);
	if (!at)
		return tie_cells_add(a, out, &members, fld, e);
	if (!tie_members(db, a, &in_name, &named, e))
		return false;
	for (size_t i = 0; i < named.count; i++) {
		id_print(&named.id[i], text);
		const char *name = arena_printf(a, "%.*s%s", (int)(at - fld), fld, text);
		if (!name)
			return err_memory(e);
		if (!tie_cells_add(a, out, &members, name, e))
			return false;
	}
	return true;
}

bool tie_heads(struct store *s, struct arena *a, const struct id *id, const char *fld,
    struct heads *out, struct err *e)
{
	struct tied_cells cells;
	struct folded f = { .a = a };
	*out = (struct heads){ 0 };
	if (!tie_know(s, e) || !tie_cells(s->db, a, id, fld, &cells, e))
		return false;
	if (cells.count == 1)
		return fold_heads(s->db, a, &cells.item[0].id, cells.item[0].fld, out, e);
	for (size_t i = 0; i < cells.count; i++) {
		struct fold_cell c = { .fld = fld };
		if (!fold_heads(s->db, a, &cells.item[i].id, cells.item[i].fld, &c.heads, e))
			return false;
		if (!c.heads.count)
			continue;
		if (!arena_grow(a, (void **)&f.cell, f.count, &f.cap, sizeof *f.cell))
			return err_memory(e);
		f.cell[f.count++] = c;
	}
	if (!fold_unite(&f) || !tie_lay_over(s, &f))
		return err_memory(e);
	if (f.count)
		*out = f.cell[0].heads;
	return true;
}

bool tie_shown(struct db *db, const struct id *id, struct id *shown, bool *found, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db,
	    "SELECT t.shown FROM tie t JOIN rec r ON r.ent=t.shown WHERE t.ent=? AND r.alive"
	    " AND t.shown<>t.ent",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, id);
	*found = ask_step(q, &own) && col_id(q, 0, shown);
	return ask_end(q, &own, e);
}
