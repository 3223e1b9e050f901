// SPDX-License-Identifier: MIT
// The cells of a record in a bundle, each once: by the fields of its form where the import would
// take them as they are, else by the names of the cells.
#include "store/bundle/bundle_out.h"

#include <plando/str.h>
#include <plando/yaml.h>

#include <string.h>

void out_pair(struct out *o, const char *key, const char *value)
{
	if (!yaml_write_pair(o->w, key, value))
		out_fail(o);
}

void out_begin(struct out *o, const char *key, bool map)
{
	if ((key && !yaml_write_text(o->w, key)) ||
	    !(map ? yaml_write_map(o->w) : yaml_write_list(o->w)))
		out_fail(o);
}

void out_end(struct out *o)
{
	if (!yaml_write_end(o->w))
		out_fail(o);
}

bool bundle_reads_back(struct arena *a, const struct form_field *f, const char *value)
{
	struct id id;
	char *stored = NULL;
	date_t d = 0;
	if (f->type == FIELD_REF)
		return id_parse(value, &id);
	if (f->type == FIELD_DATE && !date_parse_iso(value, &d))
		return false;
	if (f->type == FIELD_MONTH && strlen(value) != strlen("2026-05"))
		return false;
	return field_parse(a, f, value, 0, &stored, NULL) && str_equal(stored, value);
}

static size_t cell_at(const struct record *r, const char *name)
{
	const struct cell *c = record_cell(r, name);
	return c ? (size_t)(c - r->cells) : SIZE_MAX;
}

static void bundle_cells_write_one(struct out *o, const struct record *r, const char *key,
    const char *cell, const struct form_field *f)
{
	size_t at = cell_at(r, cell);
	if (at == SIZE_MAX || o->cell_done[at] || !*r->cells[at].value ||
	    !bundle_reads_back(o->arena, f, r->cells[at].value))
		return;
	out_pair(o, key, r->cells[at].value);
	o->cell_done[at] = true;
}

// Members whose cell says 1; a member that was taken out says 0 and stays a cell.
static void bundle_cells_write_members(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f)
{
	size_t n = strlen(cell), written = 0;
	struct form_field one = *f;
	one.type = f->type == FIELD_REFS ? FIELD_REF : FIELD_CHOICE;
	for (size_t i = 0; i < r->count; i++) {
		const char *name = r->cells[i].field;
		if (strncmp(name, cell, n) != 0 || name[n] != '.' ||
		    !str_equal(r->cells[i].value, "1") ||
		    !bundle_reads_back(o->arena, &one, name + n + 1))
			continue;
		if (written++ == 0)
			out_begin(o, f->id, false);
		if (!yaml_write_text(o->w, name + n + 1))
			out_fail(o);
		o->cell_done[i] = true;
	}
	if (written)
		out_end(o);
}

static void bundle_cells_write_element(struct out *o, const struct record *r, const char *list,
    const struct form_field *f, const char *key)
{
	out_begin(o, NULL, true);
	out_pair(o, "id", key);
	char *cell = arena_printf(o->arena, "%s.%s.pos", list, key);
	if (cell && cell_at(r, cell) != SIZE_MAX)
		o->cell_done[cell_at(r, cell)] = true;
	for (size_t i = 0; i < f->field_count; i++) {
		cell = arena_printf(o->arena, "%s.%s.%s", list, key, f->fields[i].id);
		if (cell)
			bundle_cells_write_one(o, r, f->fields[i].id, cell, &f->fields[i]);
		else
			out_fail(o);
	}
	out_end(o);
}

// An element without a place of its own (a newer copy's, or damaged) goes by its cells.
static void bundle_cells_write_list(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f)
{
	struct elements list = { 0 };
	size_t written = 0;
	if (!record_elements(r, o->arena, cell, &list)) {
		out_fail(o);
		return;
	}
	for (size_t i = 0; i < list.count; i++) {
		if (!record_element_get(r, cell, list.key[i], "pos"))
			continue;
		if (written++ == 0)
			out_begin(o, f->id, false);
		bundle_cells_write_element(o, r, cell, f, list.key[i]);
	}
	if (written)
		out_end(o);
}

typedef void write_fn(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f);

static void bundle_cells_write_answers(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f);

static write_fn *const WRITES[FIELD_TYPES] = {
	[FIELD_CHOICES] = bundle_cells_write_members,
	[FIELD_REFS] = bundle_cells_write_members,
	[FIELD_LIST] = bundle_cells_write_list,
	[FIELD_PAIRS] = bundle_cells_write_list,
	[FIELD_ANSWERS] = bundle_cells_write_answers,
};

static void bundle_cells_write_field(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f)
{
	if (WRITES[f->type])
		WRITES[f->type](o, r, cell, f);
	else
		bundle_cells_write_one(o, r, f->id, cell, f);
}

// Would the import of a map take any of it?
static bool bundle_cells_any_answer(const struct record *r, const char *cell)
{
	size_t n = strlen(cell);
	for (size_t i = 0; i < r->count; i++)
		if (strncmp(r->cells[i].field, cell, n) == 0 && r->cells[i].field[n] == '.' &&
		    *r->cells[i].value)
			return true;
	return false;
}

// Answers to a form that is not here, as they stand; lists among them go by their cells.
static void bundle_cells_write_unknown_answers(
    struct out *o, const struct record *r, const char *cell)
{
	size_t n = strlen(cell);
	for (size_t i = 0; i < r->count; i++) {
		const char *name = r->cells[i].field;
		if (strncmp(name, cell, n) != 0 || name[n] != '.' || strchr(name + n + 1, '.') ||
		    !*r->cells[i].value)
			continue;
		out_pair(o, name + n + 1, r->cells[i].value);
		o->cell_done[i] = true;
	}
}

static void bundle_cells_write_answers(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f)
{
	const char *by = form_naming(r->kind), *id = by ? record_get(r, by) : NULL;
	const struct form *form = id ? forms_find(store_forms(o->store), id, NULL) : NULL;
	if (!bundle_cells_any_answer(r, cell))
		return;
	out_begin(o, f->id, true);
	if (!form)
		bundle_cells_write_unknown_answers(o, r, cell);
	for (const struct form_field *a = NULL; form && !o->failed && (a = form_next(form, a));) {
		const char *name = arena_printf(o->arena, "%s.%s", cell, a->id);
		if (name)
			bundle_cells_write_field(o, r, name, a);
		else
			out_fail(o);
	}
	out_end(o);
}

// A score reads back by the steps of the record's own instrument.
void out_fields(struct out *o, const struct record *r, const struct form *form)
{
	const char *by = form_naming(r->kind), *id = by ? record_get(r, by) : NULL;
	const struct form *own = id ? forms_find(store_forms(o->store), id, NULL) : NULL;
	for (const struct form_field *f = NULL; !o->failed && (f = form_next(form, f));) {
		const struct form_field *on = field_on_scale(o->arena, f, own);
		if (on)
			bundle_cells_write_field(o, r, f->id, on);
		else
			out_fail(o);
	}
}

bool out_cells_begin(struct out *o, const struct record *r)
{
	o->cell_done = arena_array(o->arena, r->count + 1, sizeof *o->cell_done);
	return o->cell_done || out_fail(o);
}

void out_cell_skip(struct out *o, const struct record *r, const char *field)
{
	size_t at = field ? cell_at(r, field) : SIZE_MAX;
	if (at != SIZE_MAX)
		o->cell_done[at] = true;
}

// Cells that no key above has written. Records' own existence is no cell of a bundle.
void out_rest(struct out *o, const struct record *r, const char *key)
{
	size_t written = 0;
	for (size_t i = 0; i < r->count; i++) {
		const struct cell *c = &r->cells[i];
		if (o->cell_done[i] || !*c->value || *c->field == '~' || *c->field == '!')
			continue;
		if (written++ == 0)
			out_begin(o, key, true);
		out_pair(o, c->field, c->value);
		o->cell_done[i] = true;
	}
	if (written)
		out_end(o);
}
