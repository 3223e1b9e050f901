// SPDX-License-Identifier: MIT
#include "output/sheet.h"

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

static bool has_field(const struct sheet *t, const char *id, size_t n)
{
	for (size_t i = 0; i < t->count; i++)
		if (strlen(t->field[i].field->id) == n &&
		    strncmp(t->field[i].field->id, id, n) == 0)
			return true;
	return false;
}

bool sheet_unknown(const struct sheet *t, const struct record *r, const struct cell *cell)
{
	if (sheet_own_part(cell->field) || *cell->field == '~' || *cell->field == '!')
		return false;
	if (r == &t->charter && str_equal(cell->field, "team"))
		return false;
	return !has_field(t, cell->field, strcspn(cell->field, "."));
}

static bool add_fields(struct arena *a, struct sheet *t, const struct form *form,
    const struct record *r, size_t *cap, struct err *e)
{
	for (const struct form_field *f = NULL; (f = form_next(form, f));) {
		void *fields = t->field;
		if (sheet_own_part(f->id) || has_field(t, f->id, strlen(f->id)))
			continue;
		if (r == &t->charter && str_equal(f->id, "team"))
			continue;
		if (!arena_grow(a, &fields, t->count, cap, sizeof *t->field))
			return err_memory(e);
		t->field = fields;
		t->field[t->count++] = (struct sheet_field){ f, r };
	}
	return true;
}

static bool add_charter(struct arena *a, struct sheet *t, size_t *cap, struct err *e)
{
	struct records found;
	if (!record_list_by(t->store, a, "charter", "team", &t->record.id, &found, e))
		return false;
	t->charter = found.count ? found.item[0] : (struct record){ .kind = "charter" };
	const struct form *form = forms_find(store_forms(t->store), "charter", e);
	return form && add_fields(a, t, form, &t->charter, cap, e);
}

bool sheet_read(
    struct store *s, struct arena *a, const struct record *r, struct sheet *out, struct err *e)
{
	size_t cap = 0;
	*out = (struct sheet){ .store = s, .record = *r };
	// A kind from a newer program has no form here: all its cells are shown as they are.
	const struct form *form =
	    kind_find(r->kind) ? forms_find(store_forms(s), r->kind, e) : NULL;
	if (!form)
		return !kind_find(r->kind);
	if (!add_fields(a, out, form, &out->record, &cap, e))
		return false;
	return !str_equal(r->kind, "team") || add_charter(a, out, &cap, e);
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
