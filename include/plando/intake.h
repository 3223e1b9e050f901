// SPDX-License-Identifier: MIT
// Data points out of a CSV file or a paste: which column is what, what each row would do, and then
// all of it in one save, or nothing. Reads a row at a time; what it keeps in memory grows by some
// forty bytes a row.
//
// In order: intake_open, then map what is not mapped rightly by the names of the columns,
// intake_settle, intake_rows once to see what the rows would do, intake_save.
#ifndef PLANDO_INTAKE_H
#define PLANDO_INTAKE_H

#include <plando/block.h>
#include <plando/entry.h>

#include <stdio.h>

enum intake_field { // beyond those of a point
	INTAKE_MEASURE = ENTRY_FIELDS,
	INTAKE_TEAM, // narrows the measure's name
	INTAKE_FIELDS,
	INTAKE_LEFT = INTAKE_FIELDS, // left out
};
const char *intake_field_name(int field);  // "date"; "-" for INTAKE_LEFT
const char *intake_field_label(int field); // "Date"; "left out"
int intake_field_named(const char *name);  // by name or "-"; -1 = none
// By what people call a column ("Week commencing"), whatever its case; INTAKE_LEFT: nobody knows.
int intake_field_called(const char *heading);

struct intake_column {
	const char *name; // "" where the first row holds no names
	int field;	  // enum entry_field or intake_field
};

// Rows that have no date of their own stand below each other in a grid: the i-th is place[i]'s, or
// follows in the measure's interval.
struct intake_place {
	const char *date, *stratum, *nth;
};

struct intake_row {
	unsigned line;
	enum entry_verdict verdict;
	const char *field[ENTRY_FIELDS]; // "" = empty
	const char *was;		 // what a correction takes the place of, in words
	const char *measure;		 // its name
	const char *why;		 // ENTRY_BAD: a sentence; else NULL
	unsigned column;		 // of what is wrong, from 1; 0 = the row as a whole
};

struct intake_counts {
	size_t rows, verdict[ENTRY_VERDICTS];
};

struct intake;

// `text`: in memory; else `in`, which can be read again from its beginning. `copied`: from a
// clipboard. measure: NULL, where a column says which. All must live as long as the intake, which
// lives in the arena. `name` stands in messages.
struct intake *intake_open(struct store *s, struct arena *a, const char *name,
    const struct block_bytes *text, FILE *in, bool copied, const struct id *measure, struct err *e);
void intake_close(struct intake *in); // frees what it holds beside the arena; NULL is allowed

size_t intake_columns(const struct intake *in);
struct intake_column *intake_column(struct intake *in, size_t i);
// Is it a value beside numerator and denominator? Where a row has all three it is only checked
// against them; what differs is bad.
bool intake_checks(const struct intake *in, size_t i);
const struct block_shape *intake_shape(const struct intake *in);
bool intake_headed(const struct intake *in);
// "COLUMN=FIELD": COLUMN is a name, or a number from 1 where no name is so; FIELD as in
// intake_field_name, "date:dmy" or "date:mdy" says what comes first in a date.
bool intake_map(struct intake *in, const char *spec, struct err *e);
// For a person to look at: columns that no name says are what stands in them, where only one
// reading is left.
void intake_suggest(struct intake *in);
void intake_places(struct intake *in, const struct intake_place *place, size_t count);
void intake_set_order(struct intake *in, enum block_order order); // OPEN: as the cells prove
enum block_order intake_order(const struct intake *in);		  // in force; OPEN: nobody knows
bool intake_dates_open(const struct intake *in); // some dates can be read in two ways
bool intake_decimal_comma(const struct intake *in);

// All cells are counted, so that numbers and dates can be read. False: what is missing of the map.
bool intake_settle(struct intake *in, struct err *e);
// The first i-th data rows as they are, for people to see; NULL: no such row or cell.
const char *intake_sample(const struct intake *in, size_t row, size_t column);

// Called for each row; false ends the reading.
typedef bool (*intake_fn)(void *context, const struct intake_row *row, size_t done, size_t rows);
// What each row would do. False: it could not be read to its end, or `each` ended it (e is then
// untouched).
bool intake_rows(
    struct intake *in, intake_fn each, void *context, struct intake_counts *out, struct err *e);
// Takes what is to be added and corrected, in one save. A row that is bad: nothing is taken
// (ERR_DATA), or where `good_only` it is left out. *changes: entries written to the log.
bool intake_save(struct intake *in, bool good_only, intake_fn each, void *context, size_t *changes,
    struct err *e);

#endif
