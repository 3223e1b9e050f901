// SPDX-License-Identifier: MIT
// What the files of the intake of tables share: intake_table.c finds what stands where,
// intake_table_heads.c reads names and dates, intake_table_cells.c weighs and saves.
#ifndef PLANDO_METHOD_INTAKE_TABLE_H
#define PLANDO_METHOD_INTAKE_TABLE_H

#include <plando/intake_table.h>

enum { TABLE_LEADS = 16 };

struct table_line {
	const char **cell;
	size_t cells;
	unsigned line; // in what was given
};

struct table_head { // of a row
	const struct period_measure *of;
	const char *stratum;
	enum entry_field part;
	const char *why; // NULL: it can be read
	bool blank;	 // nothing stands before its numbers
	size_t target;	 // the first row that means the same measure and group
};

struct table_date { // of a column
	date_t day;
	const char *why;
	bool said; // why was said
};

struct intake_table {
	struct store *store;
	struct arena *arena;
	const char *name;
	struct block_shape shape;
	struct table_line *line;
	size_t lines, line_cap, widest;
	bool turned, dated, named;
	size_t lead; // columns before the numbers
	int field[TABLE_LEADS];
	enum block_order said, order;
	struct block_style dates, numbers;
	struct table_head *head; // one a row of the body
	struct table_date *date; // one a column
	const struct period_table *periods;
	struct period_table own; // of measures named by REF
	const struct intake_corner *corner;
	struct intake_table_cell *cell;
	size_t cells, cell_cap;
	struct intake_counts counts;
};

// As if dates went across: rows and columns with heads and all; "" beyond.
size_t table_rows(const struct intake_table *t);
size_t table_columns(const struct intake_table *t);
const char *table_at(const struct intake_table *t, size_t row, size_t column);
// Where that stands in what was given.
void table_place(
    const struct intake_table *t, size_t row, size_t column, unsigned *line, unsigned *at);
bool table_blank(const char *cell);
bool table_month(struct arena *a, const char *cell); // "Apr": a month without its year

// Reads all names and dates. False: e says what is missing altogether. Without periods they are
// those of the measures that are named.
bool table_heads_read(struct intake_table *t, struct err *e);

#endif
