// SPDX-License-Identifier: MIT
// Reading records: one, all of a kind, those that refer to another; and the parts of one.
#include "store/log/tie.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The row that q stands on: name, value, heads.
static bool record_cell_take(
    struct arena *a, struct ask *q, struct record *out, size_t *cap, struct err *e)
{
	if (!arena_grow(a, (void **)&out->cells, out->count, cap, sizeof *out->cells))
		return err_memory(e);
	struct cell *c = &out->cells[out->count++];
	*c = (struct cell){ .field = arena_copy(a, col_text(q, 0), col_size(q, 0)),
		.value = arena_copy(a, col_text(q, 1), col_size(q, 1)),
		.heads = (unsigned)col_int(q, 2) };
	return (c->field && c->value) || err_memory(e);
}

static bool record_head(
    struct store *s, struct arena *a, const struct id *id, struct record *out, struct err *e)
{
	struct ask *q = db_ask(s->db, "SELECT kind,alive,flag FROM rec WHERE ent=?", e);
	struct err own = { 0 };
	if (!q)
		return false;
	*out = (struct record){ .id = *id };
	ask_id(q, 1, id);
	if (ask_step(q, &own)) {
		out->kind = arena_strdup(a, col_text(q, 0));
		out->deleted = col_int(q, 1) == 0;
		out->flag = arena_strdup(a, col_text(q, 2));
	}
	if (!ask_end(q, &own, e))
		return false;
	struct id shown;
	bool joined = false;
	if (out->kind && out->deleted && !tie_shown(s->db, id, &shown, &joined, e))
		return false;
	if (joined)
		return record_head(s, a, &shown, out, e);
	if (!out->kind)
		return err_set(e, ERR_NOINPUT,
		    "there is no such record in this copy; list the kind to see what is there");
	return true;
}

bool record_load(
    struct store *s, struct arena *a, const struct id *id, struct record *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	if (!record_head(s, a, id, out, e))
		return false;
	struct ask *q = db_ask(s->db, "SELECT fld,val,n FROM cell WHERE ent=? ORDER BY fld", e);
	if (!q)
		return false;
	ask_id(q, 1, &out->id);
	while (ask_step(q, &own) && record_cell_take(a, q, out, &cap, &own))
		continue;
	return ask_end(q, &own, e);
}

bool record_load_some(struct store *s, struct arena *a, const struct id *id,
    const char *const fields[], struct record *out, struct err *e)
{
	size_t cap = 0;
	if (!record_head(s, a, id, out, e))
		return false;
	for (size_t i = 0; fields[i]; i++) {
		struct err own = { 0 };
		struct ask *q =
		    db_ask(s->db, "SELECT fld,val,n FROM cell WHERE ent=? AND fld=?", e);
		if (!q)
			return false;
		ask_id(q, 1, &out->id);
		ask_text(q, 2, fields[i]);
		if (ask_step(q, &own))
			record_cell_take(a, q, out, &cap, &own);
		if (!ask_end(q, &own, e))
			return false;
	}
	return true;
}

// --- lists

// How records of a kind follow each other; the id settles ties. Kinds not named: by id.
static const struct record_order {
	const char *kind, *by;
} orders[] = {
	{ "system", "name" },
	{ "workstream", "name" },
	{ "component", "code,text" },
	{ "person", "name" },
	{ "team", "name" },
	{ "membership", "from_" },
	{ "driver", "position,code,text" },
	{ "idea", "position,code,text" },
	{ "ramp", "position,title" },
	{ "measure", "name" },
	{ "pdsa", "do_start IS NULL,do_start,planned_from,length(cycle_no),cycle_no,title" },
	{ "point", "date,stratum,length(nth),nth" },
	{ "mark", "date" },
	{ "assessment", "date" },
	{ "spread", "date" },
	{ "meeting", "date" },
	{ "coaching", "date" },
	{ "action", "due IS NULL,due,what" },
	{ "event", "date,number" },
	{ "involvement", "date" },
	{ "highlight", "period" },
	{ "note", "date" },
	{ "form", "name" },
};

static const char *record_order_of(const char *kind)
{
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		if (strcmp(orders[i].kind, kind) == 0)
			return orders[i].by;
	return NULL;
}

static bool record_records_load(
    struct store *s, struct arena *a, struct ask *q, struct records *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*out = (struct records){ 0 };
	while (ask_step(q, &own)) {
		struct id id;
		if (!arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item)) {
			err_memory(&own);
			break;
		}
		if (id_parse(col_text(q, 0), &id) &&
		    !record_load(s, a, &id, &out->item[out->count++], &own))
			break;
	}
	return ask_end(q, &own, e);
}

// Records of a kind that this program does not know have no table of their own: all of them, by id.
static bool record_records_unknown(
    struct store *s, struct arena *a, const char *kind, struct records *out, struct err *e)
{
	struct ask *q = db_ask(s->db,
	    "SELECT "
	    "lower(substr(h,1,8)||'-'||substr(h,9,4)||'-'||substr(h,13,4)||'-'||substr(h,17,4)||'-'"
	    "||substr(h,21))"
	    " FROM (SELECT hex(ent) AS h FROM rec WHERE kind=? AND alive ORDER BY ent)",
	    e);
	if (!q)
		return false;
	ask_text(q, 1, kind);
	return record_records_load(s, a, q, out, e);
}

bool record_list_by(struct store *s, struct arena *a, const char *kind, const char *field,
    const struct id *target, struct records *out, struct err *e)
{
	char uuid[ID_TEXT];
	const char *by = record_order_of(kind);
	if (!kind_find(kind))
		return record_records_unknown(s, a, kind, out, e);
	struct str sql = STR_IN(a);
	str_printf(&sql, "SELECT id FROM \"%s\"", kind);
	if (target)
		str_printf(&sql, " WHERE \"%s\"=?", schema_column(a, field));
	str_printf(&sql, " ORDER BY %s%sid", by ? by : "", by ? "," : "");
	const char *text = str_done(&sql);
	struct ask *q = text ? db_ask(s->db, text, e) : (err_memory(e), NULL);
	if (!q)
		return false;
	if (target) {
		id_print(target, uuid);
		ask_text(q, 1, uuid);
	}
	return record_records_load(s, a, q, out, e);
}

bool record_list(struct store *s, struct arena *a, const char *kind, const struct id *team,
    struct records *out, struct err *e)
{
	return record_list_by(s, a, kind, "team", team, out, e);
}

// --- parts of a record

static int record_compare_field(const void *key, const void *cell)
{
	return strcmp(key, ((const struct cell *)cell)->field);
}

const struct cell *record_cell(const struct record *r, const char *field)
{
	return r->count ? bsearch(field, r->cells, r->count, sizeof *r->cells, record_compare_field)
			: NULL;
}

const char *record_get(const struct record *r, const char *field)
{
	const struct cell *c = record_cell(r, field);
	return c && *c->value ? c->value : NULL;
}

bool record_ref(const struct record *r, const char *field, struct id *out)
{
	return id_parse(record_get(r, field), out);
}

bool record_archived(const struct record *r, date_t on)
{
	date_t from;
	const char *archived = record_get(r, "archived");
	return archived && date_parse_iso(archived, &from) && from <= on;
}

struct placed {
	const char *key, *pos;
};

static int record_compare_placed(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	int by_pos = strcmp(x->pos, y->pos);
	return by_pos ? by_pos : strcmp(x->key, y->key);
}

bool record_elements(
    const struct record *r, struct arena *a, const char *list, struct elements *out)
{
	struct placed *p = arena_array(a, r->count ? r->count : 1, sizeof *p);
	size_t n = strlen(list), count = 0;
	*out = (struct elements){ 0 };
	if (!p)
		return false;
	for (size_t i = 0; i < r->count; i++) {
		const char *field = r->cells[i].field;
		if (strncmp(field, list, n) != 0 || field[n] != '.' ||
		    fold_element_prefix(field) != n + 9)
			continue;
		if (!count || strncmp(p[count - 1].key, field + n + 1, 8) != 0)
			p[count++] = (struct placed){ arena_copy(a, field + n + 1, 8), "" };
		if (strcmp(field + n + 9, ".pos") == 0)
			p[count - 1].pos = r->cells[i].value;
		if (!p[count - 1].key)
			return false;
	}
	qsort(p, count, sizeof *p, record_compare_placed);
	out->key = arena_array(a, count ? count : 1, sizeof *out->key);
	for (size_t i = 0; out->key && i < count; i++)
		out->key[i] = p[i].key;
	out->count = out->key ? count : 0;
	return out->key != NULL;
}

const char *record_element_get(
    const struct record *r, const char *list, const char *key, const char *sub)
{
	char name[160];
	if (snprintf(name, sizeof name, "%s.%s.%s", list, key, sub) >= (int)sizeof name)
		return NULL;
	return record_get(r, name);
}

bool record_members(
    const struct record *r, struct arena *a, const char *field, struct elements *out)
{
	size_t n = strlen(field);
	*out =
	    (struct elements){ .key = arena_array(a, r->count ? r->count : 1, sizeof *out->key) };
	for (size_t i = 0; out->key && i < r->count; i++) {
		const char *name = r->cells[i].field;
		if (strncmp(name, field, n) == 0 && name[n] == '.' && !strchr(name + n + 1, '.') &&
		    strcmp(r->cells[i].value, "1") == 0)
			out->key[out->count++] = name + n + 1;
	}
	return out->key != NULL;
}
