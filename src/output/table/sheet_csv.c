// SPDX-License-Identifier: MIT
// Sheets as rows: list --csv, and the folder that export --format csv makes.
#include "output/table/sheet.h"

#include <plando/file.h>
#include <plando/kind.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

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

// --- the folder

struct csv_export { // where the rows of an export go, and how
	const char *folder;
	bool marked;
	struct arena *arena;	// of the whole export
	struct file_out others; // _cells.csv, begun when the first such cell is met
	struct csv cells;
	bool begun;
};

static bool sheet_csv_begin(const struct csv_export *x, struct arena *a, const char *name,
    struct file_out *f, struct csv *c, struct err *e)
{
	char *path = arena_printf(a, "%s/%s.csv", x->folder, name);
	if (!path)
		return err_memory(e);
	if (!file_export_begin(f, a, path, e))
		return false;
	*c = csv_new(a, f->stream);
	if (x->marked)
		csv_mark(c);
	return true;
}

// --- what no column can hold

// The first character of text that is stored, hence valid UTF-8; how many bytes it has.
static size_t sheet_csv_character(const char *text, unsigned *code)
{
	unsigned lead = (unsigned char)*text;
	size_t n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	*code = n == 1 ? lead : lead & (0x7fu >> n);
	for (size_t i = 1; i < n && text[i]; i++)
		*code = *code << 6 | ((unsigned char)text[i] & 0x3f);
	return n;
}

// A string of JSON, in ASCII where the text is not safe to look at.
static const char *sheet_csv_quoted(struct arena *a, const char *text, bool hidden)
{
	struct str s = STR_IN(a);
	unsigned code;
	str_add(&s, "\"");
	for (size_t at = 0, n; text[at]; at += n) {
		n = sheet_csv_character(text + at, &code);
		if (code == '"' || code == '\\')
			str_add_char(&s, '\\');
		if (code >= ' ' && code != 0x7f && (!hidden || code < 0x7f))
			str_add_n(&s, text + at, n);
		else if (code > 0xffff)
			str_printf(&s, "\\u%04x\\u%04x", 0xd800 + ((code - 0x10000) >> 10),
			    0xdc00 + ((code - 0x10000) & 0x3ff));
		else
			str_printf(&s, "\\u%04x", code);
	}
	str_add(&s, "\"");
	return str_done(&s);
}

static bool sheet_csv_cell_row(struct csv_export *x, const struct sheet *t, const struct record *r,
    const struct cell *cell, struct err *e)
{
	static const char *const HEAD[] = { "record", "kind", "cell", "value" };
	struct arena_mark mark = arena_mark(x->arena);
	char id[ID_TEXT];
	if (!x->begun && !sheet_csv_begin(x, x->arena, "_cells", &x->others, &x->cells, e))
		return false;
	if (!x->begun) {
		csv_row(&x->cells, HEAD, sizeof HEAD / sizeof *HEAD);
		mark = arena_mark(x->arena);
	}
	x->begun = true;
	const char *safe = text_safe(x->arena, cell->value, true);
	const char *value =
	    safe ? sheet_csv_quoted(x->arena, cell->value, strcmp(safe, cell->value) != 0) : NULL;
	if (!value)
		return err_memory(e);
	id_print(&t->record.id, id);
	csv_row(&x->cells, (const char *const[]){ id, r->kind, cell->field, value }, 4);
	arena_release(x->arena, mark);
	return true;
}

static bool sheet_csv_cells(struct csv_export *x, const struct sheet *t, struct arena *a,
    const struct record *r, struct err *e)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct cell *c = &r->cells[i];
		const char *safe = text_safe(a, c->value, true);
		if (!safe)
			return err_memory(e);
		bool hidden = strcmp(safe, c->value) != 0 && *c->field != '~' && *c->field != '!';
		if ((hidden || !sheet_returns(t, a, r, c)) && !sheet_csv_cell_row(x, t, r, c, e))
			return false;
	}
	return true;
}

// --- a file a kind, and one a list

typedef bool sheet_csv_fn(struct csv_export *x, const struct sheet *t, const struct sheet_field *f,
    struct arena *a, struct csv *c, struct err *e);

static bool sheet_csv_kind_row(struct csv_export *x, const struct sheet *t,
    const struct sheet_field *f, struct arena *a, struct csv *c, struct err *e)
{
	(void)f;
	return sheet_csv_row(t, a, c, e) && sheet_csv_cells(x, t, a, &t->record, e) &&
	       sheet_csv_cells(x, t, a, &t->charter, e);
}

// An entry without a place goes by its cells.
static bool sheet_csv_entry_rows(struct csv_export *x, const struct sheet *t,
    const struct sheet_field *f, struct arena *a, struct csv *c, struct err *e)
{
	struct elements m;
	char id[ID_TEXT];
	(void)x;
	if (!record_elements(f->record, a, f->cell, &m))
		return err_memory(e);
	id_print(&t->record.id, id);
	for (size_t i = 0; i < m.count; i++) {
		if (!record_element_get(f->record, f->cell, m.key[i], "pos"))
			continue;
		csv_cell(c, id);
		csv_cell(c, m.key[i]);
		for (size_t k = 0; k < f->field->field_count; k++)
			csv_cell(c, record_element_get(
					f->record, f->cell, m.key[i], f->field->fields[k].id));
		csv_end_row(c);
	}
	return true;
}

struct csv_rows { // of one file
	const struct records *all;
	const struct form *own;
	const char *list; // of the entries of this field; NULL: the records
};

static const struct sheet_field *sheet_csv_list_field(const struct sheet *t, const char *name)
{
	for (size_t i = 0; name && i < t->count; i++)
		if (str_equal(t->field[i].name, name))
			return &t->field[i];
	return NULL;
}

static bool sheet_csv_head_of(const struct sheet *t, const struct sheet_field *f, struct arena *a,
    struct csv *c, struct err *e)
{
	if (!f)
		return sheet_csv_head(t, a, c, e);
	csv_cell(c, "record");
	csv_cell(c, "id");
	for (size_t k = 0; k < f->field->field_count; k++)
		csv_cell(c, f->field->fields[k].id);
	csv_end_row(c);
	return true;
}

static bool sheet_csv_rows(struct store *s, struct arena *a, const struct csv_rows *rows,
    struct csv_export *x, struct csv *c, struct err *e)
{
	sheet_csv_fn *row = rows->list ? sheet_csv_entry_rows : sheet_csv_kind_row;
	for (size_t i = 0; i < rows->all->count; i++) {
		struct arena_mark mark = arena_mark(a);
		struct sheet t;
		if (!sheet_read_as(s, a, &rows->all->item[i], rows->own, &t, e))
			return false;
		const struct sheet_field *f = sheet_csv_list_field(&t, rows->list);
		if ((i == 0 && !sheet_csv_head_of(&t, f, a, c, e)) || !row(x, &t, f, a, c, e))
			return false;
		arena_release(a, mark);
	}
	return csv_done(c, e);
}

static bool sheet_csv_file(struct store *s, struct arena *a, const char *name,
    const struct csv_rows *rows, struct csv_export *x, struct err *e)
{
	struct file_out f = { 0 };
	struct csv c;
	bool good = sheet_csv_begin(x, a, name, &f, &c, e) &&
		    sheet_csv_rows(s, a, rows, x, &c, e) && file_commit(&f, e);
	file_abandon(&f);
	return good;
}

static bool sheet_csv_has_entries(const struct records *all, const char *list)
{
	size_t n = strlen(list);
	for (size_t i = 0; i < all->count; i++)
		for (size_t k = 0; k < all->item[i].count; k++) {
			const struct cell *c = &all->item[i].cells[k];
			if (strncmp(c->field, list, n) == 0 && c->field[n] == '.' &&
			    str_ends(c->field, ".pos") && *c->value)
				return true;
		}
	return false;
}

static bool sheet_csv_list_files(struct store *s, struct arena *a, const char *stem,
    struct csv_rows rows, struct csv_export *x, struct err *e)
{
	struct sheet t;
	if (!sheet_read_as(s, a, &rows.all->item[0], rows.own, &t, e))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		if (!sheet_is_list(t.field[i].field) ||
		    !sheet_csv_has_entries(rows.all, t.field[i].cell))
			continue;
		rows.list = t.field[i].name;
		char *name = arena_printf(a, "%s.%s", stem, rows.list);
		if (!name)
			return err_memory(e);
		if (!sheet_csv_file(s, a, name, &rows, x, e))
			return false;
	}
	return true;
}

// Notes of one form are a file of their own (own NULL: what no form here explains).
static bool sheet_csv_kind_file(struct store *s, struct arena *a, const char *kind,
    const struct form *own, struct csv_export *x, struct err *e)
{
	struct records all;
	const struct csv_rows rows = { .all = &all, .own = own };
	const char *stem = own ? own->id : kind;
	if (!record_list(s, a, kind, NULL, &all, e))
		return false;
	if (form_naming(kind))
		sheet_keep_own(s, &all, own);
	return all.count == 0 || (sheet_csv_file(s, a, stem, &rows, x, e) &&
				     sheet_csv_list_files(s, a, stem, rows, x, e));
}

static bool sheet_csv_own_files(
    struct store *s, const char *kind, struct csv_export *x, struct err *e)
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

static bool sheet_csv_kinds(struct store *s, struct csv_export *x, struct err *e)
{
	bool good = true;
	for (const struct kind *k = KINDS; good && k->name; k++) {
		struct arena one = { 0 };
		if (k->scope != SCOPE_PRIVATE && !str_equal(k->name, "charter"))
			good = sheet_csv_kind_file(s, &one, k->name, NULL, x, e) &&
			       (!form_naming(k->name) || sheet_csv_own_files(s, k->name, x, e));
		arena_free(&one);
	}
	return good;
}

bool sheet_export_csv(struct store *s, const char *folder, bool marked, struct err *e)
{
	struct arena a = { 0 };
	struct file_folder f;
	bool good = file_folder_begin(&f, &a, folder, e);
	struct csv_export x = { .folder = f.making.temp, .marked = marked, .arena = &a };
	good = good && sheet_csv_kinds(s, &x, e) &&
	       (!x.begun || (csv_done(&x.cells, e) && file_commit(&x.others, e))) &&
	       file_folder_commit(&f, e);
	file_abandon(&x.others);
	file_folder_abandon(&f);
	arena_free(&a);
	return good;
}
