// SPDX-License-Identifier: MIT
// Reading CSV as spreadsheets write it (RFC 4180): quoted cells with line breaks and doubled
// quotes, CRLF or LF, a byte order mark, comma or semicolon or tab, whichever the first line holds
// most. (Writing is in table.h.)
#ifndef PLANDO_CSV_H
#define PLANDO_CSV_H

#include <plando/arena.h>
#include <plando/err.h>

struct csv_line {
	const char **cell;  // NFC, LF; never NULL
	size_t count, line; // line: of the file, from 1
};

struct csv_lines {
	struct csv_line *item; // blank lines are left out; the first is the heading
	size_t count;
};

// `name` stands in messages. ERR_DATA: not UTF-8, a quote that never ends, more than CSV_CELLS
// cells.
enum { CSV_CELLS = 2000000 };
bool csv_read(struct arena *a, const char *text, size_t n, const char *name, struct csv_lines *out,
    struct err *e);

// The cell under a heading (case does not matter), "" where the line is short; NULL: no such
// column.
const char *csv_get(const struct csv_lines *all, size_t line, const char *heading);

#endif
