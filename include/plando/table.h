// SPDX-License-Identifier: MIT
// Rows and columns for people (text tables) and for spreadsheets (CSV).
#ifndef PLANDO_TABLE_H
#define PLANDO_TABLE_H

#include <plando/arena.h>
#include <plando/err.h>

#include <stdio.h>

// --- text tables: collected first, so that columns fit what stands in them
struct table_column {
	const char *heading;
	bool right; // numbers stand to the right
	int least;  // is never made narrower than this to fit the page (0: 8)
	int drop; // where one column has a rank: headings stay whole, and where they do not all fit
		  // the columns of the highest ranks are left out, which is said (0: stays)
};

struct table {
	struct arena *arena;
	const struct table_column *column;
	size_t columns;
	char **cell; // rows * columns, safe to show
	size_t rows, cap;
	bool ascii; // a terminal that shows ASCII only
	bool failed;
};

// `column` must outlive the table. Cells go through text_safe(); a line feed shows as a blank.
struct table table_new(
    struct arena *a, const struct table_column *column, size_t columns, bool ascii);
void table_row(struct table *t, const char *const cell[]); // one a column; NULL = empty
// Headings, a line, the rows. What does not fit in `width` columns (0: as wide as it needs) is cut
// with a sign, in the widest columns first. False: out of memory or a write failed.
bool table_print(struct table *t, FILE *out, int width, struct err *e);

// --- CSV: RFC 4180, UTF-8, CRLF. A cell that a spreadsheet would take for a formula gets a '
// before it, unless it is a plain negative number. Control characters are made visible.
struct csv {
	FILE *out;
	struct arena *arena; // scratch; given back after each cell
	bool some;	     // a cell stands on this line already
	bool failed;
};

struct csv csv_new(struct arena *a, FILE *out);
// First of all: the mark (U+FEFF) by which Excel tells UTF-8. Whoever reads it back skips it.
void csv_mark(struct csv *c);
void csv_cell(struct csv *c, const char *text); // NULL = empty
void csv_end_row(struct csv *c);
void csv_row(struct csv *c, const char *const cell[], size_t n); // a whole line
bool csv_done(struct csv *c, struct err *e);

#endif
