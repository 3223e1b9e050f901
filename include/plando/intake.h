// SPDX-License-Identifier: MIT
// Data points out of a file or a paste, whatever its shape: rows with a date each, or a table with
// measures down and periods across or the other way round. Both become one stream of
// {place, measure, date, group, number}, which is looked through once to learn how its numbers and
// dates are written, weighed against what is there, shown, and then saved in one save, or not at
// all.
//
// What the columns do not decide is open: it is refused and said which question stands
// (intake_question), never guessed; an answer is put into intake_said.
//
// Rows are read one at a time; what is kept in memory grows by some forty bytes a row. A table is
// kept whole (200,000 cells at most).
//
// In order: intake_open, then map what is not mapped rightly by the names of the columns,
// intake_settle, intake_rows once to see what they would do, intake_save.
#ifndef PLANDO_INTAKE_H
#define PLANDO_INTAKE_H

#include <plando/block.h>
#include <plando/entry.h>
#include <plando/period_table.h>

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
// By what people call a column ("Week commencing", "Month (dd/mm/yyyy)"), whatever its case;
// INTAKE_LEFT: nobody knows.
int intake_field_called(const char *heading);

struct intake_column {
	const char *name; // "" where the first row holds no names
	int field;	  // enum entry_field or intake_field
};

// Where it comes from; all of it must live as long as the intake. `text`: in memory; else `in`,
// which can be read again from its beginning. `copied`: from a clipboard. `name` stands in
// messages.
struct intake_source {
	const char *name;
	const struct block_bytes *text;
	FILE *in;
	bool copied;
};

// Where it goes. One measure (then it is rows); or the measures of a team, by their names (then it
// is a table, and a corner says where cells go that have no date or no name); or neither: measures
// are named by REF, and what it is is told by what stands in it.
struct intake_corner {
	size_t row; // of the period table
	int period;
};
struct intake_target {
	const struct id *measure;
	const struct period_table *team;
	const struct intake_corner *corner;
	bool rows; // it is rows, whatever stands in its first column
};

// Answers of a person; all zero: as the cells prove.
struct intake_said {
	char delimiter;	 // these two before intake_open
	unsigned header; // the line that holds the names of the columns
	enum block_decimal decimal;
	enum block_order order;
	enum block_scale scale;
	bool suppressed_blank; // cells that were held back are left blank, with a note
};

enum intake_question {
	INTAKE_NO_QUESTION,
	INTAKE_DATES,	   // day, month or year first; a month or a financial year
	INTAKE_DECIMAL,	   // 1,234: a decimal, or thousands
	INTAKE_SCALE,	   // 0.85: of 1, or per cent
	INTAKE_SUPPRESSED, // leave them blank?
	INTAKE_QUESTIONS
};

// Rows that have no date of their own stand below each other in a grid: the i-th is place[i]'s, or
// follows in the measure's interval.
struct intake_place {
	const char *date, *stratum, *nth;
};

struct intake_row {
	unsigned line, column; // where it stands, from 1; column 0 = the row as a whole
	enum entry_verdict verdict;
	const char *typed;		 // of a table's cell: what stands there; else ""
	const char *field[ENTRY_FIELDS]; // "" = empty
	const char *was;		 // what a correction takes the place of, in words
	const char *measure;		 // its name; "" where it cannot be read
	const char *when;		 // what its date says, in words, where it has none
	const char *note;		 // what is to be said of it though it is good; else ""
	const char *why;		 // ENTRY_BAD: a sentence; else NULL
};

struct intake_counts {
	size_t rows, verdict[ENTRY_VERDICTS];
	size_t gaps;		       // to be added without a number, of periods that have ended
	size_t ahead;		       // to be added, of days in the future
	size_t open[INTAKE_QUESTIONS]; // bad because of a question
};

// "# made on 3 May, by Robin": a row that is no data in any file; "#" alone may be a column's name.
bool intake_is_comment(const struct block_row *row);

struct intake;

// Lives in the arena. NULL: e says why.
struct intake *intake_open(struct store *s, struct arena *a, const struct intake_source *source,
    const struct intake_target *target, const struct intake_said *said, struct err *e);
void intake_close(struct intake *in); // frees what it holds beside the arena; NULL is allowed

// --- what it was taken for
bool intake_is_table(const struct intake *in);
bool intake_is_turned(const struct intake *in); // a table whose dates go down
bool intake_is_dated(const struct intake *in);	// dates stand in it
const struct block_shape *intake_shape(const struct intake *in);
bool intake_headed(const struct intake *in);
size_t intake_skipped(const struct intake *in); // lines above the names, left out
// The columns of rows; of a table those before its numbers (rows, where it is turned).
size_t intake_columns(const struct intake *in);
struct intake_column intake_column(const struct intake *in, size_t i);
void intake_column_set(struct intake *in, size_t i, int field);
// Is it a value beside numerator and denominator? Where a row has all three it is only checked
// against them; what differs is bad.
bool intake_checks(const struct intake *in, size_t i);
// "COLUMN=FIELD": COLUMN is a name, or a number from 1 where no name is so; FIELD as in
// intake_field_name. "date:dmy", "dates=dmy" (mdy, ymd) say what comes first in a date.
bool intake_map(struct intake *in, const char *spec, struct err *e);
// For a person to look at: columns that no name says are what stands in them, where only one
// reading is left.
void intake_suggest(struct intake *in);
void intake_places(struct intake *in, const struct intake_place *place, size_t count);
// The first i-th data rows as they are, for people to see; NULL: no such row or cell.
const char *intake_sample(const struct intake *in, size_t row, size_t column);

// --- how it is read
struct intake_said *intake_said(struct intake *in); // settle again after a change
// In force after intake_settle.
enum block_order intake_order(const struct intake *in);
enum block_decimal intake_decimal(const struct intake *in);
bool intake_percents_are_fractions(const struct intake *in);

// All cells are counted, so that numbers and dates can be read. False: what is missing of the map,
// or what cannot be (dates of two orders).
bool intake_settle(struct intake *in, struct err *e);

// Called for each row; false ends the reading.
typedef bool (*intake_fn)(void *context, const struct intake_row *row, size_t done, size_t rows);
// What each row would do; blank cells of a table are only counted. False: it could not be read to
// its end, or `each` ended it (e is then untouched).
bool intake_rows(
    struct intake *in, intake_fn each, void *context, struct intake_counts *out, struct err *e);
// The question that keeps rows from being read, by the counts; the first of several.
enum intake_question intake_question(const struct intake_counts *counts);
// Takes what is to be added and corrected, in one save. A row that is bad: nothing is taken
// (ERR_DATA), or where `good_only` it is left out. *changes: entries written to the log.
bool intake_save(struct intake *in, bool good_only, intake_fn each, void *context, size_t *changes,
    struct err *e);

#endif
