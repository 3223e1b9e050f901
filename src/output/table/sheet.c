// SPDX-License-Identifier: MIT
#include "output/table/sheet.h"

#include <plando/bundle.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

bool sheet_own_part(const char *cell)
{
	return str_equal(cell, "archived") || str_equal(cell, "archived_why");
}

bool sheet_is_set(const struct form_field *field)
{
	return field->type == FIELD_CHOICES || field->type == FIELD_REFS;
}

bool sheet_is_list(const struct form_field *field)
{
	return field->type == FIELD_LIST || field->type == FIELD_PAIRS;
}

bool sheet_is_ref(const struct form_field *field)
{
	return field->type == FIELD_REF || field->type == FIELD_REFS;
}

static bool sheet_has_name(const struct sheet *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (str_equal(t->field[i].name, name))
			return true;
	return false;
}

// A field's cell, or a part of it.
static bool sheet_has_cell(const struct sheet *t, const char *cell)
{
	for (size_t i = 0; i < t->count; i++) {
		size_t n = strlen(t->field[i].cell);
		if (strncmp(t->field[i].cell, cell, n) == 0 && (!cell[n] || cell[n] == '.'))
			return true;
	}
	return false;
}

bool sheet_unknown(const struct sheet *t, const struct record *r, const struct cell *cell)
{
	if (sheet_own_part(cell->field) || *cell->field == '~' || *cell->field == '!')
		return false;
	if (r == &t->charter && str_equal(cell->field, "team"))
		return false;
	return !sheet_has_cell(t, cell->field);
}

// The field that a cell is of, or of a part of; *rest: what its name says of the part.
static const struct sheet_field *sheet_field_of(
    const struct sheet *t, const struct record *r, const char *cell, const char **rest)
{
	for (size_t i = 0; i < t->count; i++) {
		size_t n = strlen(t->field[i].cell);
		if (t->field[i].record != r || strncmp(t->field[i].cell, cell, n) != 0 ||
		    (cell[n] && cell[n] != '.'))
			continue;
		*rest = cell + n + (cell[n] == '.');
		return &t->field[i];
	}
	return NULL;
}

static bool sheet_value_returns(
    struct arena *a, const struct form_field *f, enum field_type as, const char *value)
{
	struct form_field one = *f;
	one.type = as;
	return as == FIELD_SCALE || bundle_reads_back(a, &one, value);
}

// "3fa90b12.result": of an entry that has a place.
static bool sheet_entry_returns(
    struct arena *a, const struct sheet_field *f, const char *rest, const char *value)
{
	const char *dot = strchr(rest, '.');
	char *key = dot ? arena_printf(a, "%.*s", (int)(dot - rest), rest) : NULL;
	if (!key || !record_element_get(f->record, f->cell, key, "pos"))
		return false;
	for (size_t i = 0; i < f->field->field_count; i++)
		if (str_equal(f->field->fields[i].id, dot + 1))
			return sheet_value_returns(
			    a, &f->field->fields[i], f->field->fields[i].type, value);
	return str_equal(dot + 1, "pos");
}

bool sheet_returns(
    const struct sheet *t, struct arena *a, const struct record *r, const struct cell *cell)
{
	const char *rest = "";
	if (!*cell->value || *cell->field == '~' || *cell->field == '!' ||
	    (r == &t->record && str_equal(cell->field, "archived")) ||
	    (r == &t->charter && str_equal(cell->field, "team")))
		return true;
	const struct sheet_field *f = sheet_field_of(t, r, cell->field, &rest);
	if (!f)
		return false;
	if (sheet_is_set(f->field))
		return str_equal(cell->value, "1") &&
		       sheet_value_returns(a, f->field,
			   f->field->type == FIELD_REFS ? FIELD_REF : FIELD_CHOICE, rest);
	return sheet_is_list(f->field)
		   ? sheet_entry_returns(a, f, rest, cell->value)
		   : !*rest && sheet_value_returns(a, f->field, f->field->type, cell->value);
}

static bool sheet_add_field(
    struct arena *a, struct sheet *t, struct sheet_field field, size_t *cap, struct err *e)
{
	void *fields = t->field;
	if (!field.cell || !field.name || !arena_grow(a, &fields, t->count, cap, sizeof field))
		return err_memory(e);
	t->field = fields;
	t->field[t->count++] = field;
	return true;
}

static bool sheet_add_fields(struct arena *a, struct sheet *t, const struct form *form,
    const struct record *r, size_t *cap, struct err *e)
{
	for (const struct form_field *f = NULL; (f = form_next(form, f));) {
		if (sheet_own_part(f->id) || sheet_has_name(t, f->id) || f->type == FIELD_ANSWERS)
			continue;
		if (r == &t->charter && str_equal(f->id, "team"))
			continue;
		if (!sheet_add_field(a, t, (struct sheet_field){ f, r, f->id, f->id }, cap, e))
			return false;
	}
	return true;
}

// An answer that is called as a field of the record itself goes by its cell.
static bool sheet_add_answers(
    struct arena *a, struct sheet *t, const struct form *own, size_t *cap, struct err *e)
{
	for (const struct form_field *f = NULL; (f = form_next(own, f));) {
		const char *cell = arena_printf(a, "answers.%s", f->id);
		const char *name = sheet_has_name(t, f->id) ? cell : f->id;
		if (!sheet_add_field(
			a, t, (struct sheet_field){ f, &t->record, cell, name }, cap, e))
			return false;
	}
	return true;
}

static bool sheet_add_charter(struct arena *a, struct sheet *t, size_t *cap, struct err *e)
{
	struct records found;
	if (!record_list_by(t->store, a, "charter", "team", &t->record.id, &found, e))
		return false;
	t->charter = found.count ? found.item[0] : (struct record){ .kind = "charter" };
	const struct form *form = forms_find(store_forms(t->store), "charter", e);
	return form && sheet_add_fields(a, t, form, &t->charter, cap, e);
}

const struct form *sheet_own_form(struct store *s, const struct record *r)
{
	const char *by = form_naming(r->kind), *id = by ? record_get(r, by) : NULL;
	const struct form *own = id ? forms_find(store_forms(s), id, NULL) : NULL;
	return own && str_equal(own->edits, r->kind) && !str_equal(own->id, r->kind) ? own : NULL;
}

void sheet_keep_own(struct store *s, struct records *all, const struct form *own)
{
	size_t kept = 0;
	for (size_t i = 0; i < all->count; i++)
		if (sheet_own_form(s, &all->item[i]) == own)
			all->item[kept++] = all->item[i];
	all->count = kept;
}

bool sheet_read_as(struct store *s, struct arena *a, const struct record *r, const struct form *own,
    struct sheet *out, struct err *e)
{
	size_t cap = 0;
	*out = (struct sheet){ .store = s, .record = *r };
	// A kind from a newer program has no form here: all its cells are shown as they are.
	const struct form *form =
	    kind_find(r->kind) ? forms_find(store_forms(s), r->kind, e) : NULL;
	if (!form)
		return !kind_find(r->kind);
	if (!sheet_add_fields(a, out, form, &out->record, &cap, e) ||
	    (own && !sheet_add_answers(a, out, own, &cap, e)))
		return false;
	return !str_equal(r->kind, "team") || sheet_add_charter(a, out, &cap, e);
}

bool sheet_read(
    struct store *s, struct arena *a, const struct record *r, struct sheet *out, struct err *e)
{
	return sheet_read_as(s, a, r, sheet_own_form(s, r), out, e);
}

const struct form_field *sheet_charter_field(struct store *s, const char *kind, const char *id)
{
	if (!str_equal(kind, "team") || str_equal(id, "team"))
		return NULL;
	const struct form *team = forms_find(store_forms(s), "team", NULL);
	const struct form *charter = forms_find(store_forms(s), "charter", NULL);
	if (!team || !charter || form_field(team, id))
		return NULL;
	return form_field(charter, id);
}
