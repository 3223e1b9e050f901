// SPDX-License-Identifier: MIT
// The folder of tables that an export as CSV makes (sheet.h says what stands in it), turned into
// the records of a JSON export. Files are told by their first columns: "id" a row a record,
// "record, id" a row an entry of a list, "record, kind" a row a cell that no column could hold.
// Lines are counted through all files, so that each node knows its place (bundle_file_of).
#include "store/bundle/bundle.h"

#include <plando/block.h>
#include <plando/file.h>
#include <plando/str.h>
#include <plando/text.h>

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 256 << 20 };

struct folder {
	struct bundle *b;
	struct yaml *root, *records;
	struct index by_id; // of the records
	struct bundle_file *file;
	size_t files, cap;
	unsigned lines; // so far
};

struct folder_table { // the file at hand
	const char *name, *stem;
	struct block_reader *reader;
	struct block_row row;
	struct yaml **head;
	size_t columns;
	unsigned before;
};

bool bundle_is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

// --- cells

static struct yaml *folder_text(
    const struct folder *f, const struct folder_table *t, const char *text, size_t column)
{
	bool ours = *text == '\'' && text_runs(text + 1);
	struct yaml *y = yaml_new_text(f->b->arena, text + ours, strlen(text + ours),
	    t->before + t->row.line, (unsigned)column + 1);
	if (!y)
		bundle_fail(f->b);
	return y;
}

static const char *folder_cell(const struct folder_table *t, size_t column)
{
	return column < t->row.cells ? t->row.cell[column] : "";
}

static bool folder_add(const struct folder *f, struct yaml *to, struct yaml *key, struct yaml *item)
{
	return yaml_add(f->b->arena, to, key, item) || bundle_fail(f->b);
}

static bool folder_add_word(const struct folder *f, const struct folder_table *t, struct yaml *to,
    const char *word, struct yaml *item)
{
	return folder_add(f, to, folder_text(f, t, word, 0), item);
}

static struct yaml *folder_map(const struct folder *f, const struct folder_table *t)
{
	struct yaml *y = yaml_new(f->b->arena, YAML_MAP, t->before + t->row.line, 1);
	if (!y)
		bundle_fail(f->b);
	return y;
}

// --- records by their ids

static uint64_t folder_hash(const char *id)
{
	return index_hash(id, strlen(id), 3);
}

static struct yaml *folder_record(const struct folder *f, const char *id)
{
	size_t walk = 0, at;
	while ((at = index_next(&f->by_id, folder_hash(id), &walk)) != SIZE_MAX)
		if (str_equal(yaml_get(f->records->item[at], "id")->text, id))
			return f->records->item[at];
	return NULL;
}

static struct yaml *folder_record_of_row(const struct folder *f, const struct folder_table *t)
{
	struct yaml *id = folder_text(f, t, folder_cell(t, 0), 0);
	struct yaml *record = id ? folder_record(f, id->text) : NULL;
	if (id && !record)
		bundle_fault(f->b, id, "no file of this folder has a record with the id \"%.60s\"",
		    id->text);
	return record;
}

// The map or list under a key of a record, made where it is missing or a cell stands there.
static struct yaml *folder_below(const struct folder *f, const struct folder_table *t,
    struct yaml *map, const char *key, enum yaml_kind kind)
{
	for (size_t i = 0; i < map->count; i++)
		if (str_equal(map->key[i]->text, key)) {
			if (map->item[i]->kind != kind)
				map->item[i] = yaml_new(
				    f->b->arena, kind, map->item[i]->line, map->item[i]->column);
			return map->item[i];
		}
	struct yaml *y = yaml_new(f->b->arena, kind, t->before + t->row.line, 1);
	return folder_add_word(f, t, map, key, y) ? y : NULL;
}

// --- a row a record

static bool folder_has_column(const struct folder_table *t, const char *name)
{
	for (size_t i = 0; i < t->columns; i++)
		if (str_equal(t->head[i]->text, name))
			return true;
	return false;
}

// The answers of an own form stand in a file of its name; the record says which form it is of.
static const char *folder_kind(const struct folder_table *t)
{
	static const char *const NAMED[] = { "note", "assessment" };
	if (kind_find(t->stem))
		return t->stem;
	for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++)
		if (folder_has_column(t, form_naming(NAMED[i])))
			return NAMED[i];
	return NULL;
}

static bool folder_take_record(struct folder *f, const struct folder_table *t)
{
	struct yaml *record = folder_map(f, t), *fields = record ? folder_map(f, t) : NULL;
	const char *kind = folder_kind(t);
	if (!kind) {
		bundle_fault(f->b, t->head[0],
		    "no kind of record is called \"%.60s\", as this file is; plando kinds lists "
		    "them",
		    t->stem);
		return false;
	}
	for (size_t i = 0; fields && i < t->columns; i++) {
		struct yaml *value = folder_text(f, t, folder_cell(t, i), i);
		bool own = i == 0 || str_equal(t->head[i]->text, "archived");
		if (!folder_add(f, own ? record : fields, t->head[i], value))
			return false;
	}
	return fields && folder_add_word(f, t, record, "kind", folder_text(f, t, kind, 0)) &&
	       folder_add_word(f, t, record, "fields", fields) &&
	       (index_put(&f->by_id, folder_hash(record->item[0]->text), f->records->count) ||
		   bundle_fail(f->b)) &&
	       folder_add(f, f->records, NULL, record);
}

// --- a row an entry of a list; the file is called KIND.FIELD.csv

static bool folder_take_entry(struct folder *f, const struct folder_table *t)
{
	struct yaml *record = folder_record_of_row(f, t), *entry = folder_map(f, t);
	const char *dot = strchr(t->stem, '.');
	if (!record || !entry)
		return !f->b->failed;
	if (!dot) {
		bundle_fault(f->b, t->head[0],
		    "a file of entries is called KIND.FIELD.csv, as in pdsa.predictions.csv");
		return false;
	}
	struct yaml *list = folder_below(f, t, yaml_get(record, "fields"), dot + 1, YAML_LIST);
	for (size_t i = 1; list && i < t->columns; i++) {
		struct yaml *value = folder_text(f, t, folder_cell(t, i), i);
		bool fresh =
		    i == 1 && value && value->plain; // a row that was added in a spreadsheet
		if (!fresh && !folder_add(f, entry, t->head[i], value))
			return false;
	}
	return list && folder_add(f, list, NULL, entry);
}

// --- a row a cell that no column could hold: its value is written as in JSON

static bool folder_take_cell(struct folder *f, const struct folder_table *t)
{
	struct yaml *record = folder_record_of_row(f, t);
	struct yaml *kind = folder_text(f, t, folder_cell(t, 1), 1);
	struct yaml *cell = folder_text(f, t, folder_cell(t, 2), 2);
	const char *text = folder_cell(t, 3);
	struct err why = { 0 };
	if (!record || !kind || !cell)
		return !f->b->failed;
	struct yaml *value =
	    yaml_read(f->b->arena, text, strlen(text), t->name, &YAML_BUNDLE, &why);
	if (!value || value->kind != YAML_SCALAR) {
		bundle_fault(f->b, cell, "its value is to be written in double quotes, as in JSON");
		return why.code != ERR_MEMORY || bundle_fail(f->b);
	}
	value->line = cell->line;
	value->column = 4;
	const char *under = str_equal(kind->text, "charter") ? "charter" : "more";
	struct yaml *map = folder_below(f, t, record, under, YAML_MAP);
	return map && folder_add(f, map, cell, value);
}

// --- a file

typedef bool folder_row_fn(struct folder *f, const struct folder_table *t);

static folder_row_fn *folder_sort_of(const struct folder_table *t)
{
	const char *first = t->columns > 0 ? t->head[0]->text : "",
		   *second = t->columns > 1 ? t->head[1]->text : "";
	if (str_equal(first, "id"))
		return folder_take_record;
	if (!str_equal(first, "record"))
		return NULL;
	return str_equal(second, "id")			      ? folder_take_entry
	       : str_equal(second, "kind") && t->columns >= 4 ? folder_take_cell
							      : NULL;
}

static bool folder_read_head(const struct folder *f, struct folder_table *t)
{
	t->columns = t->row.cells;
	t->head = arena_array(f->b->arena, t->columns + 1, sizeof(struct yaml *));
	if (!t->head)
		return bundle_fail(f->b);
	for (size_t i = 0; i < t->columns; i++)
		if (!(t->head[i] = folder_text(f, t, t->row.cell[i], i)))
			return false;
	return true;
}

static bool folder_row_whole(const struct folder *f, const struct folder_table *t)
{
	const char *fault = t->row.fault;
	if (!fault && t->row.cells > t->columns)
		fault = "this row has more cells than there are columns";
	if (!fault)
		return true;
	struct err *e = f->b->e;
	f->b->failed = true;
	err_set(e, ERR_DATA, "%s; nothing was imported", fault);
	return err_place(e, t->name, t->row.line, 0);
}

static bool folder_read_rows(struct folder *f, struct folder_table *t)
{
	folder_row_fn *take = NULL;
	struct err why = { 0 };
	bool good = true;
	while (good && !bundle_stopped(f->b) && block_next(t->reader, &t->row, &why)) {
		bool first = !t->columns;
		good = first ? folder_read_head(f, t) : folder_row_whole(f, t);
		if (good && first && !(take = folder_sort_of(t))) {
			bundle_fault(f->b, t->head[0],
			    "this is no file of an export: its first column is not called id");
			break;
		}
		if (good && !first && take)
			good = take(f, t);
	}
	if (why.code && !f->b->failed) {
		f->b->failed = true;
		err_set(f->b->e, why.code, "%s: %s", t->name, why.text);
	}
	f->lines += t->row.line + 1;
	return !f->b->failed;
}

// In a file of ours the first column says what parts the columns.
static char folder_delimiter(const struct block_bytes *bytes, const struct block_shape *shape)
{
	static const char *const FIRST[] = { "id", "record" };
	const char *at = bytes->text + shape->skip;
	for (size_t i = 0; i < sizeof FIRST / sizeof *FIRST; i++)
		if (shape->coding == BLOCK_UTF8 && str_starts(at, FIRST[i]) &&
		    at[strlen(FIRST[i])] && strchr(",;\t|", at[strlen(FIRST[i])]))
			return at[strlen(FIRST[i])];
	return shape->delimiter;
}

static bool folder_read_file(struct folder *f, const char *folder, const char *name)
{
	struct arena *a = f->b->arena;
	struct folder_table t = { .name = name, .before = f->lines };
	struct block_bytes bytes = { 0 };
	struct block_shape shape;
	char *text = NULL;
	const char *path = arena_printf(a, "%s/%s", folder, name);
	t.stem = arena_printf(a, "%.*s", (int)(strlen(name) - strlen(".csv")), name);
	t.reader = arena_alloc(a, sizeof *t.reader);
	if (!path || !t.stem || !t.reader ||
	    !arena_grow(a, (void **)&f->file, f->files, &f->cap, sizeof *f->file))
		return bundle_fail(f->b);
	f->file[f->files++] = (struct bundle_file){ name, t.before };
	f->b->file = f->file;
	f->b->files = f->files;
	if (!file_read(a, path, FILE_MOST, &text, &bytes.length, f->b->e))
		return f->b->failed = true, false;
	bytes.text = text;
	if (bytes.length == 0)
		return true;
	if (!block_look(block_more_bytes, &bytes, false, &shape, f->b->e)) {
		f->b->failed = true;
		return err_place(f->b->e, name, 0, 0);
	}
	shape.delimiter = folder_delimiter(&bytes, &shape);
	bytes.at = 0;
	block_open(t.reader, block_more_bytes, &bytes, shape);
	bool good = folder_read_rows(f, &t);
	block_close(t.reader);
	return good;
}

// --- the folder

// Records come before what belongs to them.
static int folder_by_name(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	bool later_x = *x == '_' || strchr(x, '.') != strrchr(x, '.'),
	     later_y = *y == '_' || strchr(y, '.') != strrchr(y, '.');
	return later_x != later_y ? later_x - later_y : strcmp(x, y);
}

static bool folder_names(struct bundle *b, const char *folder, const char ***name, size_t *count)
{
	size_t cap = 0;
	DIR *dir = opendir(folder);
	if (!dir) {
		b->failed = true;
		return err_errno(b->e, folder, "reading");
	}
	for (struct dirent *d; !b->failed && (d = readdir(dir));) {
		if (*d->d_name == '.' || *d->d_name == '~' || !str_ends(d->d_name, ".csv"))
			continue;
		if (!arena_grow(b->arena, (void **)name, *count, &cap, sizeof **name) ||
		    !((*name)[*count] = arena_strdup(b->arena, d->d_name)))
			bundle_fail(b);
		else
			++*count;
	}
	closedir(dir);
	if (*count)
		qsort(*name, *count, sizeof **name, folder_by_name);
	return !b->failed;
}

const struct yaml *bundle_folder_read(struct bundle *b, const char *folder)
{
	struct folder f = { .b = b, .by_id = INDEX_IN(b->arena) };
	struct folder_table none = { .before = 0 };
	const char **name = NULL;
	size_t count = 0;
	if (!folder_names(b, folder, &name, &count))
		return NULL;
	if (!count) {
		err_set(b->e, ERR_DATA,
		    "%s: there is no CSV file in this folder; plando export --format csv makes such a "
		    "folder",
		    folder);
		return NULL;
	}
	f.root = folder_map(&f, &none);
	f.records = yaml_new(b->arena, YAML_LIST, 0, 0);
	bool good = f.root &&
		    folder_add_word(&f, &none, f.root, "plando", folder_text(&f, &none, "1", 0)) &&
		    folder_add_word(&f, &none, f.root, "records", f.records);
	for (size_t i = 0; good && i < count && !bundle_stopped(b); i++)
		good = folder_read_file(&f, folder, name[i]);
	return b->failed ? NULL : f.root;
}
