// SPDX-License-Identifier: MIT
// Sheets as rows: list --csv, and the folder that export --format csv makes.
#include "output/table/sheet.h"

#include <plando/file.h>
#include <plando/kind.h>
#include <plando/str.h>

bool sheet_csv_head(const struct sheet *t, struct arena *a, struct csv *c, struct err *e)
{
	csv_cell(c, "id");
	csv_cell(c, "archived");
	for (size_t i = 0; i < t->count; i++) {
		const struct sheet_field *f = &t->field[i];
		csv_cell(c, f->name);
		if (sheet_is_ref(f->field)) {
			char *title = arena_printf(a, "%s_title", f->name);
			if (!title)
				return err_memory(e);
			csv_cell(c, title);
		}
	}
	csv_end_row(c);
	return true;
}

static const char *sheet_csv_members_cell(const struct sheet_field *f, struct arena *a)
{
	struct elements m;
	struct str s = STR_IN(a);
	if (!record_members(f->record, a, f->cell, &m))
		return NULL;
	for (size_t i = 0; i < m.count; i++)
		str_printf(&s, "%s%s", i ? ", " : "", m.key[i]);
	return str_done(&s);
}

// One element a line: "question=…; result=…".
static const char *sheet_csv_elements_cell(const struct sheet_field *f, struct arena *a)
{
	struct elements m;
	struct str s = STR_IN(a);
	if (!record_elements(f->record, a, f->cell, &m))
		return NULL;
	for (size_t i = 0; i < m.count; i++) {
		const char *between = i ? "\n" : "";
		for (size_t k = 0; k < f->field->field_count; k++) {
			const char *sub = f->field->fields[k].id;
			const char *value = record_element_get(f->record, f->cell, m.key[i], sub);
			if (!value)
				continue;
			str_printf(&s, "%s%s=%s", between, sub, value);
			between = "; ";
		}
	}
	return str_done(&s);
}

static bool sheet_csv_field_cells(
    const struct sheet *t, const struct sheet_field *f, struct arena *a, struct csv *c)
{
	const char *value = "";
	if (sheet_is_set(f->field))
		value = sheet_csv_members_cell(f, a);
	else if (sheet_is_list(f->field))
		value = sheet_csv_elements_cell(f, a);
	else if (record_get(f->record, f->cell))
		value = record_get(f->record, f->cell);
	if (!value)
		return false;
	csv_cell(c, value);
	if (!sheet_is_ref(f->field))
		return true;
	char *title = sheet_show(t, a, f);
	csv_cell(c, title);
	return title != NULL;
}

bool sheet_csv_row(const struct sheet *t, struct arena *a, struct csv *c, struct err *e)
{
	char id[ID_TEXT];
	id_print(&t->record.id, id);
	csv_cell(c, id);
	csv_cell(c, record_get(&t->record, "archived"));
	for (size_t i = 0; i < t->count; i++)
		if (!sheet_csv_field_cells(t, &t->field[i], a, c))
			return err_memory(e);
	csv_end_row(c);
	return true;
}

// Where the rows of an export go, and how.
struct csv_export {
	const char *folder;
	bool marked;
};

static bool sheet_csv_kind_rows(struct store *s, struct arena *a, const struct records *all,
    const struct form *own, struct csv *c, struct err *e)
{
	for (size_t i = 0; i < all->count; i++) {
		struct arena_mark mark = arena_mark(a);
		struct sheet t;
		if (!sheet_read_as(s, a, &all->item[i], own, &t, e))
			return false;
		if (i == 0 && !sheet_csv_head(&t, a, c, e))
			return false;
		if (!sheet_csv_row(&t, a, c, e))
			return false;
		arena_release(a, mark);
	}
	return csv_done(c, e);
}

// Notes of one form are a file of their own (own NULL: what no form here explains).
static bool sheet_csv_kind_file(struct store *s, struct arena *a, const char *kind,
    const struct form *own, const struct csv_export *x, struct err *e)
{
	struct records all;
	struct file_out f = { 0 };
	if (!record_list(s, a, kind, NULL, &all, e))
		return false;
	if (form_naming(kind))
		sheet_keep_own(s, &all, own);
	if (all.count == 0)
		return true;
	char *path = arena_printf(a, "%s/%s.csv", x->folder, own ? own->id : kind);
	if (!path)
		return err_memory(e);
	if (!file_export_begin(&f, a, path, e))
		return false;
	struct csv c = csv_new(a, f.stream);
	if (x->marked)
		csv_mark(&c);
	bool good = sheet_csv_kind_rows(s, a, &all, own, &c, e) && file_commit(&f, e);
	file_abandon(&f);
	return good;
}

static bool sheet_csv_own_files(
    struct store *s, const char *kind, const struct csv_export *x, struct err *e)
{
	struct forms *forms = store_forms(s);
	bool good = true;
	for (size_t i = 0; good && i < forms_count(forms); i++) {
		struct arena one = { 0 };
		const struct form *own = forms_find(forms, forms_id(forms, i), e);
		good = own && (!str_equal(own->edits, kind) || str_equal(own->id, kind) ||
				  sheet_csv_kind_file(s, &one, kind, own, x, e));
		arena_free(&one);
	}
	return good;
}

bool sheet_export_csv(struct store *s, const char *folder, bool marked, struct err *e)
{
	struct arena a = { 0 };
	struct file_folder f;
	bool good = file_folder_begin(&f, &a, folder, e);
	const struct csv_export x = { f.making.temp, marked };
	for (const struct kind *k = KINDS; good && k->name; k++) {
		struct arena one = { 0 };
		if (k->scope != SCOPE_PRIVATE && !str_equal(k->name, "charter"))
			good = sheet_csv_kind_file(s, &one, k->name, NULL, &x, e) &&
			       (!form_naming(k->name) || sheet_csv_own_files(s, k->name, &x, e));
		arena_free(&one);
	}
	good = good && file_folder_commit(&f, e);
	file_folder_abandon(&f);
	arena_free(&a);
	return good;
}
