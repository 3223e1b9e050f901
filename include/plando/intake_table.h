// SPDX-License-Identifier: MIT
// Data points out of a table, measures down and periods across or the other way round, as it is
// copied in a spreadsheet or saved as CSV: what stands where, what each cell would do, and then all
// of it in one save.
//
// A first row of dates and a first column of names are found by what stands in them; more columns
// may stand between them and the numbers ("Group", "Team", others are left out and said). Where
// there are no dates or no names, cells go where the block is put. A name ending in "numerator" or
// "denominator" is that half of its measure; "Measure / East", or "East" below its measure, is a
// group. In order: intake_table_open, a corner or none, intake_table_weigh, intake_table_save.
#ifndef PLANDO_INTAKE_TABLE_H
#define PLANDO_INTAKE_TABLE_H

#include <plando/intake.h>
#include <plando/period_table.h>

// Where the first cell of a block goes that does not say so itself.
struct intake_corner {
	size_t row; // of the period table
	int period;
};

struct intake_table_cell {
	unsigned line, column;		 // where it stands in what was given, from 1
	const char *typed;		 // what stands there
	const struct period_measure *of; // NULL: its row or column cannot be read
	const char *stratum;		 // "" = the whole
	int period;
	const char *given[ENTRY_FIELDS];
	enum entry_verdict verdict;
	const char *was; // of ENTRY_CORRECTED; else ""
	const char *why; // of ENTRY_BAD a sentence; of ENTRY_ADDED where a group is new; else NULL
	struct entry old;
	bool stored; // old is there
};

struct intake_table;

// Reads all of a source, given as in intake_open. NULL: e says why.
struct intake_table *intake_table_open(struct store *s, struct arena *a, const char *name,
    const struct block_bytes *text, FILE *in, bool copied, struct err *e);
// Dates were found in its first row or column: it is such a table.
bool intake_table_dated(const struct intake_table *t);
bool intake_table_turned(const struct intake_table *t); // dates go down
// Turned, and called so that it may be rows with a date each instead: "value", "measure".
bool intake_table_of_rows(const struct intake_table *t);
const struct block_shape *intake_table_shape(const struct intake_table *t);
// A column before the numbers (a row, where turned): "COLUMN=FIELD" as in intake_map, for measure,
// stratum, team and "-"; "dates=dmy" or "dates=mdy".
bool intake_table_map(struct intake_table *t, const char *spec, struct err *e);
size_t intake_table_leads(const struct intake_table *t); // columns before the numbers
struct intake_column intake_table_lead(const struct intake_table *t, size_t i);
void intake_table_set_order(struct intake_table *t, enum block_order order);
enum block_order intake_table_order(const struct intake_table *t);
bool intake_table_dates_open(const struct intake_table *t); // some can be read in two ways
bool intake_table_decimal_comma(const struct intake_table *t);

// What each cell would do. of: the measures of a team, by their names; NULL: of the whole workbook,
// by REF. corner: NULL where there is none. False: it says neither which measures nor which dates,
// or something failed.
bool intake_table_weigh(struct intake_table *t, const struct period_table *of,
    const struct intake_corner *corner, struct err *e);
// Cells that are not blank, in their order; a row or column that cannot be read is one of them.
size_t intake_table_cells(const struct intake_table *t);
const struct intake_table_cell *intake_table_cell(const struct intake_table *t, size_t i);
const struct intake_counts *intake_table_counts(const struct intake_table *t);
// Takes what is to be added and corrected, in one save; what is bad is left out.
bool intake_table_save(struct intake_table *t, size_t *changes, struct err *e);

#endif
