// SPDX-License-Identifier: MIT
#include <plando/block_lines.h>

#include <plando/block.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>
#include <strings.h>

static bool line_keep(struct arena *a, const struct block_row *row, struct block_line *to)
{
	*to = (struct block_line){ .count = row->cells, .line = row->line };
	to->cell = arena_array(a, row->cells + 1, sizeof *to->cell);
	for (size_t i = 0; to->cell && i < row->cells; i++)
		if (!(to->cell[i] = text_normal(a, row->cell[i], strlen(row->cell[i]))))
			return false;
	return to->cell != NULL;
}

static bool lines_read(struct arena *a, struct block_reader *r, const char *name,
    struct block_lines *out, struct err *e)
{
	struct block_row row;
	struct err own = { 0 };
	size_t cap = 0, cells = 0;
	while (block_next(r, &row, &own)) {
		if (row.fault) {
			err_set(e, ERR_DATA, "%s", row.fault);
			return err_place(e, name, row.line, 0);
		}
		cells += row.cells;
		if (cells > BLOCK_LINES_CELLS)
			return err_set(e, ERR_DATA, "%s:%u: more than %d cells; split it", name,
			    row.line, BLOCK_LINES_CELLS);
		if (!arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item) ||
		    !line_keep(a, &row, &out->item[out->count]))
			return err_memory(e);
		out->count++;
	}
	return own.code ? err_set(e, own.code, "%s: %s", name, own.text) : true;
}

bool block_lines_read(struct arena *a, const char *text, size_t n, const char *name, char delimiter,
    struct block_lines *out, struct err *e)
{
	struct block_bytes bytes = { .text = text, .length = n };
	struct block_reader *r = arena_alloc(a, sizeof *r);
	struct block_shape shape;
	*out = (struct block_lines){ 0 };
	if (!r)
		return err_memory(e);
	if (!block_look(block_more_bytes, &bytes, false, &shape, e))
		return err_place(e, name, 0, 0);
	if (delimiter)
		shape.delimiter = delimiter;
	bytes.at = 0;
	block_open(r, block_more_bytes, &bytes, shape);
	bool good = lines_read(a, r, name, out, e);
	block_close(r);
	return good;
}

const char *block_lines_get(const struct block_lines *all, size_t line, const char *heading)
{
	if (!all->count)
		return NULL;
	for (size_t i = 0; i < all->item[0].count; i++) {
		size_t n;
		const char *name = block_plain(all->item[0].cell[i], &n);
		if (strlen(heading) == n && strncasecmp(name, heading, n) == 0)
			return i < all->item[line].count ? all->item[line].cell[i] : "";
	}
	return NULL;
}
