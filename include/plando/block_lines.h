// SPDX-License-Identifier: MIT
// All rows of a CSV file at once, by the names of its columns; read as block.h reads everything
// that other programs wrote, in whatever coding and with whatever delimiter.
#ifndef PLANDO_BLOCK_LINES_H
#define PLANDO_BLOCK_LINES_H

#include <plando/arena.h>
#include <plando/err.h>

struct block_line {
	const char **cell;  // NFC, LF; never NULL
	size_t count, line; // line: of the file, from 1
};

struct block_lines {
	struct block_line *item; // blank lines are left out; the first is the heading
	size_t count;
};

// `name` stands in messages. delimiter: 0 = as it is found. ERR_DATA: no text, a quote that never
// ends, more cells than that.
enum { BLOCK_LINES_CELLS = 2000000 };
bool block_lines_read(struct arena *a, const char *text, size_t n, const char *name, char delimiter,
    struct block_lines *out, struct err *e);

// The cell under a heading (case does not matter), "" where the line is short; NULL: no such
// column.
const char *block_lines_get(const struct block_lines *all, size_t line, const char *heading);

#endif
