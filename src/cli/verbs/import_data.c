// SPDX-License-Identifier: MIT
#include "cli/verbs/import_data.h"

#include <plando/block_lines.h>
#include <plando/file.h>
#include <plando/str.h>

#include <string.h>
#include <strings.h>

enum { STDIN_MOST = 256 << 20, LOOKED = 1 << 15, ROWS_LOOKED = 40 };

static bool data_called(const char *path, const char *const ends[])
{
	size_t n = strlen(path);
	for (size_t i = 0; ends[i]; i++)
		if (n > strlen(ends[i]) && strcasecmp(path + n - strlen(ends[i]), ends[i]) == 0)
			return true;
	return false;
}

static enum import_kind data_kind_called(const char *path)
{
	static const char *const TABLES[] = { ".csv", ".tsv", ".tab", NULL };
	static const char *const BUNDLES[] = { ".yaml", ".yml", ".json", NULL };
	return data_called(path, TABLES)    ? IMPORT_TABLE
	       : data_called(path, BUNDLES) ? IMPORT_BUNDLE
					    : IMPORT_UNKNOWN;
}

// A bundle says so on a line of its own, or is an export as JSON.
static bool data_is_bundle(const char *text, size_t n)
{
	static const char WORD[] = "plando:";
	size_t length = sizeof WORD - 1,
	       at = n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	if (at < n && text[at] == '{')
		return true;
	for (; at + length <= n; at++) {
		const char *end = memchr(text + at, '\n', n - at);
		if (memcmp(text + at, WORD, length) == 0)
			return true;
		if (!end)
			return false;
		at = (size_t)(end - text);
	}
	return false;
}

static bool data_cell_reads(const char *cell, date_t today)
{
	return block_looks_number(cell) || block_looks_date(cell, today);
}

// Most rows below the first have several cells, and a number or a date among them.
static enum import_kind data_table_kind(const struct block_lines *all, date_t today)
{
	size_t rows = all->count < ROWS_LOOKED ? all->count : ROWS_LOOKED, data = 0;
	if (rows && block_lines_get(all, 0, "type") && block_lines_get(all, 0, "text"))
		return IMPORT_DIAGRAM;
	for (size_t i = 0; i < rows; i++) {
		bool reads = false;
		for (size_t k = 0; k < all->item[i].count; k++)
			reads |= data_cell_reads(all->item[i].cell[k], today);
		data += reads && all->item[i].count > 1;
	}
	return data && data * 2 >= rows - 1 ? IMPORT_POINTS : IMPORT_UNKNOWN;
}

static enum import_kind data_kind(struct cli *c, const char *path, const char *text, size_t n)
{
	struct arena a = { 0 };
	struct block_lines all;
	struct err unread = { 0 };
	enum import_kind called = data_kind_called(path), kind = IMPORT_UNKNOWN;
	size_t end = n < LOOKED ? n : LOOKED;
	while (n > LOOKED && end && text[end - 1] != '\n' && text[end - 1] != '\r')
		end--;
	if (called == IMPORT_BUNDLE || data_is_bundle(text, n))
		return IMPORT_BUNDLE;
	if (block_lines_read(&a, text, end, path, 0, &all, &unread))
		kind = data_table_kind(&all, env_today(&c->env));
	arena_free(&a);
	return kind ? kind : called;
}

bool import_data_look(struct cli *c, const char *path, struct import_data *out, struct err *e)
{
	char *text = NULL;
	*out = (struct import_data){ .path = path, .name = path };
	if (str_equal(path, "-")) {
		out->standard = true;
		out->name = "standard input";
		if (!file_read_stream(
			c->arena, c->in, out->name, STDIN_MOST, &text, &out->text.length, e))
			return false;
		out->text.text = text;
		out->kind = data_kind(c, path, text, out->text.length);
		return true;
	}
	FILE *in = file_open(path, e);
	text = arena_alloc(c->arena, LOOKED + 1);
	if (in && text)
		out->kind = data_kind(c, path, text, fread(text, 1, LOOKED + 1, in));
	if (in)
		fclose(in);
	return in && (text || err_memory(e));
}

bool import_text(struct cli *c, const struct import_data *data, size_t most, char **text, size_t *n,
    struct err *e)
{
	if (!data->standard)
		return file_read(c->arena, data->path, most, text, n, e);
	if (data->text.length > most)
		return err_set(e, ERR_DATA, "%s: it is longer than %zu KB", data->name, most >> 10);
	*text = arena_copy(c->arena, data->text.text, data->text.length);
	*n = data->text.length;
	return *text || err_memory(e);
}
