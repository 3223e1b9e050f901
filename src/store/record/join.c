// SPDX-License-Identifier: MIT
#include "store/log/tie.h"

#include <plando/join.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

bool join_allows(const char *kind)
{
	return tie_joins(kind);
}

static const char *join_label(const char *kind)
{
	const struct kind *k = kind_find(kind);
	return k ? k->label : kind;
}

static bool join_may(const struct record *x, const struct record *y, struct err *e)
{
	if (x->deleted || y->deleted)
		return err_set(
		    e, ERR_DATA, "one of the two is deleted; bring it back first (undo)");
	if (!str_equal(x->kind, y->kind))
		return err_set(e, ERR_DATA, "a %s and a %s cannot be one; give two of one kind",
		    join_label(x->kind), join_label(y->kind));
	if (!join_allows(x->kind))
		return err_set(e, ERR_DATA,
		    "a %s is not joined by itself: it follows what it belongs to",
		    join_label(x->kind));
	return !id_equal(&x->id, &y->id) ||
	       err_set(e, ERR_DATA, "these two are one already; name two records");
}

bool join_records(
    struct store *s, struct arena *a, const struct id *one, const struct id *other, struct err *e)
{
	struct record x, y;
	char lesser[ID_TEXT], greater[ID_TEXT];
	struct id made;
	if (!record_load(s, a, one, &x, e) || !record_load(s, a, other, &y, e) ||
	    !join_may(&x, &y, e))
		return false;
	bool first = id_compare(&x.id, &y.id) < 0;
	id_print(first ? &x.id : &y.id, lesser);
	id_print(first ? &y.id : &x.id, greater);
	const char *const key[] = { "one", lesser, "other", greater, NULL };
	struct save *v = save_begin(s, a, e);
	if (!v)
		return false;
	save_how(v, "join");
	return save_new(v, "same", key, &made, e) && save_commit(v, NULL, e);
}

static bool join_among(const struct tied *circle, const struct record *r, const char *field)
{
	struct id id;
	for (size_t i = 0; record_ref(r, field, &id) && i < circle->count; i++)
		if (id_equal(&circle->id[i], &id))
			return true;
	return false;
}

bool join_part(struct store *s, struct arena *a, const struct id *id, size_t *parted, struct err *e)
{
	struct records joins;
	struct tied circle;
	size_t gone = 0;
	if (!store_fence(s, e) || !tie_members(s->db, a, id, &circle, e) ||
	    !record_list(s, a, "same", NULL, &joins, e))
		return false;
	struct save *v = save_begin(s, a, e);
	if (!v)
		return false;
	save_how(v, "part");
	for (size_t i = 0; i < joins.count; i++) {
		const struct record *r = &joins.item[i];
		if (!join_among(&circle, r, "one") && !join_among(&circle, r, "other"))
			continue;
		if (!save_delete(v, &r->id, e))
			return false;
		gone++;
	}
	*parted = circle.count;
	if (!gone)
		return err_set(e, ERR_NOINPUT, "it is joined with no other record");
	return save_commit(v, NULL, e);
}

bool join_list(struct store *s, struct arena *a, struct join_circles *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0, ids = 0;
	*out = (struct join_circles){ 0 };
	struct ask *q =
	    db_ask(s->db, "SELECT shown,ent,kind FROM tie WHERE alive ORDER BY shown,ent", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct id shown, id;
		if (!join_allows(col_text(q, 2)) || !col_id(q, 0, &shown) || !col_id(q, 1, &id))
			continue;
		struct join_circle *c = out->count ? &out->item[out->count - 1] : NULL;
		if (!c || !id_equal(&c->shown, &shown)) {
			if (c && c->count < 2)
				out->count--;
			if (!arena_grow(
				a, (void **)&out->item, out->count, &cap, sizeof *out->item)) {
				err_memory(&own);
				break;
			}
			c = &out->item[out->count++];
			*c = (struct join_circle){ .shown = shown };
			ids = 0;
		}
		if (!arena_grow(a, (void **)&c->id, c->count, &ids, sizeof *c->id))
			err_memory(&own);
		else
			c->id[c->count++] = id;
	}
	if (out->count && out->item[out->count - 1].count < 2)
		out->count--;
	return ask_end(q, &own, e);
}
