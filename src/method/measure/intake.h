// SPDX-License-Identifier: MIT
// What the files of the intake share: intake.c opens it and tells what it is, intake_columns.c
// knows and maps columns, intake_table.c keeps a table and intake_heads.c reads its edges,
// intake_melt.c makes one stream of rows and tables, intake_weigh.c settles, weighs and saves that
// stream.
#ifndef PLANDO_METHOD_INTAKE_H
#define PLANDO_METHOD_INTAKE_H

#include <plando/intake.h>
#include <plando/spelling.h>

enum { INTAKE_SAMPLE = 200, INTAKE_COLUMNS = 64, INTAKE_MEASURES = 4096, INTAKE_LEADS = 16 };

struct intake_measure {
	const char *ref; // as it stands in the file, "" = the one of the whole intake
	struct measure measure;
	bool found, some;	 // some: there are points of it already
	const char *why;	 // not found
	bool looked;		 // groups and low_known are read
	bool low_known;		 // it holds percentages of at most 1
	struct spellings groups; // those that are stored come first
	size_t stored_groups;
	struct block_percents percents[2]; // as read with a decimal point, with a comma
	enum block_scale scale;
	// of a table:
	const struct period_measure *periods;
};

struct intake_line {
	const char **cell;
	size_t cells;
	unsigned line; // in what was given
};

struct intake_head { // of a row of a table
	struct intake_measure *of;
	const char *stratum;
	enum entry_field part;
	const char *why; // NULL: it can be read
	bool blank;	 // nothing stands before its numbers
	bool first;	 // of those that mean the same measure and group
	size_t next;	 // the next such one; 0 = none
};

struct intake_table {
	struct intake_line *line;
	size_t lines, line_cap, widest;
	bool turned, dated, named;
	size_t lead; // columns before the numbers
	int field[INTAKE_LEADS];
	struct intake_head *head; // one a row
	struct block_date *date;  // one a column
	enum block_got *date_got;
	const struct period_table *periods;
	struct period_table own; // of measures named by REF
	const struct intake_corner *corner;
};

struct intake {
	struct store *store;
	struct arena *arena;
	struct intake_source source;
	struct block_bytes text;
	struct block_shape shape;
	struct block_reader *reader;
	struct intake_said said;
	struct intake_line sample[INTAKE_SAMPLE]; // the first rows, names and all
	size_t samples, head;			  // head: the row that holds the names
	bool headed, is_table;
	struct intake_column column[INTAKE_COLUMNS];
	const char *twice[INTAKE_COLUMNS]; // it could be that field too, which another column is
	bool chosen[INTAKE_COLUMNS];	   // a person said what it is
	size_t columns;
	struct intake_table table;
	size_t rows;
	struct block_numbers numbers;
	struct block_dates dates;
	struct block_reading reading; // in force
	struct intake_measure *measure[INTAKE_MEASURES];
	size_t measures;
	const struct intake_place *place;
	size_t places;
};

// One point as it stands in what was given.
struct intake_item {
	unsigned line;
	unsigned at[INTAKE_FIELDS];	 // column of each cell, 0 = none
	const char *cell[INTAKE_FIELDS]; // "" or NULL: nothing there
	struct intake_measure *of;	 // NULL: `why` says why
	const char *stratum;		 // of a table; the whole is ""
	const char *fault, *why;
	enum intake_question asks;     // what would answer `why`
	int why_field;		       // what is wrong is this one's, -1 the row's
	const struct block_date *date; // of a table: that of its column
	bool placed;		       // of a table without dates: it stands for `period`
	int period;
	bool blank; // no cell of it holds anything
	bool due;   // a blank of a table that stands for a number: its row has begun before it
};
typedef bool (*intake_item_fn)(
    struct intake *in, const struct intake_item *item, void *context, struct err *e);

// --- intake.c
bool intake_rewind(struct intake *in, struct err *e);

// --- intake_columns.c
bool intake_names_take(struct intake *in, struct err *e);
void intake_fields_guess(struct intake *in);
void intake_value_find(struct intake *in);
bool intake_head_is(const struct intake *in, size_t row, bool known_only);
// The column of a field; columns where there is none.
size_t intake_find(const struct intake *in, int field);
bool intake_map_complete(const struct intake *in, struct err *e);
bool intake_order_named(const char *name, enum block_order *out); // "dmy"

// --- intake_table.c
// As if dates went across: rows and columns with heads and all; "" beyond.
size_t intake_table_rows(const struct intake *in);
size_t intake_table_columns(const struct intake *in);
const char *intake_table_at(const struct intake *in, size_t row, size_t column);
// Where that stands in what was given.
void intake_table_place(
    const struct intake *in, size_t row, size_t column, unsigned *line, unsigned *at);
// Which way round it is, by its first rows; dated false: it is no table with dates.
void intake_table_way(struct intake *in);
// Reads all of its rows.
bool intake_table_read(struct intake *in, struct err *e);
bool intake_table_of_rows(const struct intake *in); // turned, and called as rows are
bool intake_table_map(struct intake *in, const char *spec, struct err *e);
bool intake_looks_month(struct arena *a, const char *cell); // "Apr": a month without its year

// --- intake_heads.c
// All names. False: e says what is missing altogether.
bool intake_heads_read(struct intake *in, struct err *e);
void intake_dates_read(struct intake *in);

// --- intake_melt.c
// The measure of a row by what stands in its columns; NULL: out of memory, or too many.
struct intake_measure *intake_measure_of(struct intake *in, const char *team, const char *ref);
struct intake_measure *intake_measure_add(struct intake *in, const char *ref);
bool intake_measure_look(struct intake *in, struct intake_measure *m, struct err *e);
bool intake_each(struct intake *in, intake_item_fn each, void *context, struct err *e);

#endif
