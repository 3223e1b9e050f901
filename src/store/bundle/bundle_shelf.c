// SPDX-License-Identifier: MIT
// What an export has to write: the records of the workbook by kind, and by the record below which
// they stand.
#include "store/bundle/bundle_out.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

bool out_fail(struct out *o)
{
	if (!o->failed)
		err_memory(o->e);
	o->failed = true;
	return false;
}

struct shelf *out_shelf(struct out *o, const char *kind)
{
	for (size_t i = 0; i < o->shelves; i++)
		if (str_equal(o->shelf[i].kind, kind))
			return &o->shelf[i];
	return NULL;
}

// --- children of a record

static int bundle_shelf_by_parent(const void *a, const void *b)
{
	const struct child *x = a, *y = b;
	int order = strcmp(x->parent, y->parent);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

struct sorted *out_sorted(struct out *o, const struct shelf *shelf, const char *field)
{
	for (size_t i = 0; i < o->sorts; i++)
		if (o->sorted[i].shelf == shelf && str_equal(o->sorted[i].field, field))
			return &o->sorted[i];
	if (o->sorts == SORTED_MOST)
		return NULL;
	struct sorted *s = &o->sorted[o->sorts];
	*s = (struct sorted){ .shelf = shelf, .field = field };
	s->child = arena_array(o->arena, shelf->records.count, sizeof *s->child);
	if (!s->child) {
		out_fail(o);
		return NULL;
	}
	for (size_t i = 0; i < shelf->records.count; i++) {
		const char *parent = record_get(&shelf->records.item[i], field);
		if (parent)
			s->child[s->count++] = (struct child){ parent, i };
	}
	qsort(s->child, s->count, sizeof *s->child, bundle_shelf_by_parent);
	o->sorts++;
	return s;
}

size_t out_first_child(const struct sorted *s, const char *parent)
{
	size_t low = 0, high = s->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(s->child[middle].parent, parent) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t out_each_child(struct out *o, struct shelf *shelf, const char *field,
    const struct id *parent, each_fn *each, const struct place *place)
{
	char uuid[ID_TEXT];
	id_print(parent, uuid);
	struct sorted *s = shelf && shelf->records.count ? out_sorted(o, shelf, field) : NULL;
	size_t n = 0;
	for (size_t i = s ? out_first_child(s, uuid) : 0;
	     s && i < s->count && strcmp(s->child[i].parent, uuid) == 0; i++) {
		if (shelf->written[s->child[i].at])
			continue;
		if (each)
			each(o, shelf, s->child[i].at, place);
		n++;
	}
	return n;
}

// --- what there is

static bool shelf_fill(struct out *o, const char *kind)
{
	struct shelf *s = &o->shelf[o->shelves];
	*s = (struct shelf){ .kind = kind };
	if (!record_list(o->store, o->arena, kind, NULL, &s->records, o->e))
		return false;
	s->written = arena_array(o->arena, s->records.count + 1, sizeof *s->written);
	o->shelves++;
	return s->written || out_fail(o);
}

// Kinds that a newer program wrote, none of whose records is in somebody's private scope.
static bool bundle_shelf_unknown_kinds(struct out *o, struct elements *out)
{
	size_t cap = 0;
	struct err own = { 0 };
	struct ask *q = db_ask(o->store->db,
	    "SELECT kind FROM rec WHERE alive GROUP BY kind HAVING"
	    " sum(NOT (scope=? OR scope IN (SELECT ent FROM rec WHERE kind='team')))=0",
	    o->e);
	if (!q)
		return false;
	ask_id(q, 1, &ID_COLLABORATIVE);
	while (ask_step(q, &own)) {
		const char *kind = arena_strdup(o->arena, col_text(q, 0));
		if (!kind || !arena_grow(o->arena, (void **)&out->key, out->count, &cap,
				 sizeof(const char *))) {
			err_memory(&own);
			break;
		}
		if (!kind_find(kind))
			out->key[out->count++] = kind;
	}
	return ask_end(q, &own, o->e);
}

bool out_fill(struct out *o)
{
	struct elements unknown = { 0 };
	size_t kinds = 0;
	while (KINDS[kinds].name)
		kinds++;
	if (!bundle_shelf_unknown_kinds(o, &unknown))
		return false;
	o->shelf = arena_array(o->arena, kinds + unknown.count, sizeof *o->shelf);
	if (!o->shelf)
		return out_fail(o);
	for (size_t i = 0; i < kinds; i++)
		if (KINDS[i].scope != SCOPE_PRIVATE && !shelf_fill(o, KINDS[i].name))
			return false;
	for (size_t i = 0; i < unknown.count; i++)
		if (!shelf_fill(o, unknown.key[i]))
			return false;
	return true;
}
