// SPDX-License-Identifier: MIT
// Sheets as JSON: get, list, export --format json.
#include "output/table/sheet.h"

#include <plando/kind.h>
#include <plando/str.h>

static void members_json(const struct elements *m, struct json *j)
{
	json_array(j);
	for (size_t i = 0; i < m->count; i++)
		json_text(j, m->key[i]);
	json_end(j);
}

static void value_json(const struct form_field *f, const char *value, struct json *j)
{
	if (field_is_number(f))
		json_decimal(j, value);
	else
		json_text(j, value);
}

static void elements_json(const struct sheet_field *f, const struct elements *m, struct json *j)
{
	json_array(j);
	for (size_t i = 0; i < m->count; i++) {
		json_object(j);
		json_put_text(j, "id", m->key[i]);
		for (size_t k = 0; k < f->field->field_count; k++) {
			const struct form_field *sub = &f->field->fields[k];
			json_key(j, sub->id);
			value_json(
			    sub, record_element_get(f->record, f->cell, m->key[i], sub->id), j);
		}
		json_end(j);
	}
	json_end(j);
}

static bool field_json(const struct sheet_field *f, struct arena *a, struct json *j, struct err *e)
{
	struct elements m = { 0 };
	json_key(j, f->name);
	if (sheet_is_set(f->field)) {
		if (!record_members(f->record, a, f->cell, &m))
			return err_memory(e);
		members_json(&m, j);
	} else if (sheet_is_list(f->field)) {
		if (!record_elements(f->record, a, f->cell, &m))
			return err_memory(e);
		elements_json(f, &m, j);
	} else {
		value_json(f->field, record_get(f->record, f->cell), j);
	}
	return true;
}

static void unknown_json(const struct sheet *t, const struct record *r, struct json *j)
{
	for (size_t i = 0; i < r->count; i++)
		if (sheet_unknown(t, r, &r->cells[i]))
			json_put_text(j, r->cells[i].field, r->cells[i].value);
}

// The cells that the fields above do not bring back: an import keeps them as they stand.
static void sheet_json_more(
    const struct sheet *t, struct arena *a, const struct record *r, const char *key, struct json *j)
{
	size_t written = 0;
	for (size_t i = 0; i < r->count; i++) {
		const struct cell *c = &r->cells[i];
		if (sheet_returns(t, a, r, c) || (r == &t->record && sheet_own_part(c->field)))
			continue;
		if (written++ == 0)
			json_put_object(j, key);
		json_put_text(j, c->field, c->value);
	}
	if (written)
		json_end(j);
}

static void conflicts_json(const struct record *r, struct json *j)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->cells[i].heads > 1)
			json_text(j, r->cells[i].field);
}

bool sheet_json(const struct sheet *t, struct arena *a, struct json *j, struct err *e)
{
	char id[ID_TEXT];
	id_print(&t->record.id, id);
	json_object(j);
	json_put_text(j, "id", id);
	json_put_text(j, "kind", t->record.kind);
	json_put_text(j, "archived", record_get(&t->record, "archived"));
	if (record_get(&t->record, "archived_why"))
		json_put_text(j, "archived_why", record_get(&t->record, "archived_why"));
	if (t->record.deleted)
		json_put_bool(j, "deleted", true);
	json_put_object(j, "fields");
	for (size_t i = 0; i < t->count; i++)
		if (!field_json(&t->field[i], a, j, e))
			return false;
	unknown_json(t, &t->record, j);
	unknown_json(t, &t->charter, j);
	json_end(j);
	sheet_json_more(t, a, &t->record, "more", j);
	sheet_json_more(t, a, &t->charter, "charter", j);
	json_put_array(j, "conflicts");
	if (t->record.flag)
		json_text(j, "~");
	conflicts_json(&t->record, j);
	conflicts_json(&t->charter, j);
	json_end(j);
	json_end(j);
	return true;
}

static bool kind_json(
    struct store *s, struct arena *a, const char *kind, struct json *j, struct err *e)
{
	struct records all;
	if (!record_list(s, a, kind, NULL, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		struct arena_mark mark = arena_mark(a);
		struct sheet t;
		if (!sheet_read(s, a, &all.item[i], &t, e) || !sheet_json(&t, a, j, e))
			return false;
		arena_release(a, mark);
	}
	return true;
}

// A charter stands in its team's sheet.
static bool sheet_json_exported(const struct kind *k)
{
	return k->scope != SCOPE_PRIVATE && !str_equal(k->name, "charter");
}

bool sheet_export_json(struct store *s, FILE *out, struct err *e)
{
	struct json j;
	bool good = true;
	json_init(&j, out);
	json_object(&j);
	json_put_int(&j, "plando", 1);
	json_put_array(&j, "records");
	for (const struct kind *k = KINDS; good && k->name; k++) {
		struct arena a = { 0 };
		good = !sheet_json_exported(k) || kind_json(s, &a, k->name, &j, e);
		arena_free(&a);
	}
	json_end(&j);
	json_end(&j);
	return good && json_done(&j, e);
}
