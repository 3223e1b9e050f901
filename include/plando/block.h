// SPDX-License-Identifier: MIT
// Rows of cells out of what other programs wrote: CSV files and what was copied in a spreadsheet.
// Reads a row at a time, however long the file is, and turns cells into numbers and dates. Pure:
// knows neither measures nor workbooks.
//
// Nothing is guessed: what can be read in two ways (1/2/2026, 1,234) is counted first over all
// cells (struct block_numbers, struct block_dates), and what they do not decide is said to be open.
#ifndef PLANDO_BLOCK_H
#define PLANDO_BLOCK_H

#include <plando/date.h>
#include <plando/err.h>

#include <stddef.h>

// Where bytes come from: fills at most n bytes, returns how many; 0 = the end.
typedef size_t (*block_more)(void *context, char *buffer, size_t n);

// Bytes in memory as such a source; `at` begins at 0.
struct block_bytes {
	const char *text;
	size_t length, at;
};
size_t block_more_bytes(void *context, char *buffer, size_t n);

enum block_coding { BLOCK_UTF8, BLOCK_CP1252, BLOCK_UTF16LE, BLOCK_UTF16BE };

struct block_shape {
	enum block_coding coding;
	char delimiter; // ',', ';', TAB or '|'
	unsigned skip;	// bytes of a byte order mark
	bool blanks; // rows without anything in them count: what was copied is a column as it stood
	bool names_itself; // the first line is Excel's "sep=;"
};
const char *block_coding_name(enum block_coding coding); // "UTF-8"
const char *block_delimiter_name(char delimiter);	 // "semicolon"

// Looks through all of a source once. `copied`: it comes from a clipboard, where a cell may hold
// commas and only a tab (or a line of names) parts cells. Refused: what is no text, and an Excel
// workbook, in words.
bool block_look(
    block_more more, void *context, bool copied, struct block_shape *out, struct err *e);

enum { BLOCK_CELLS = 1000, BLOCK_ROW = 1 << 20, BLOCK_PIECE = 1 << 16 };

struct block_row {
	const char *const *cell; // valid UTF-8 without NUL, until the next row is read
	size_t cells;
	unsigned line;	   // where it begins, from 1
	const char *fault; // NULL, or what is wrong with the row as a whole
};

struct block_reader {
	block_more more;
	void *context;
	struct block_shape shape;
	struct arena arena;
	unsigned char piece[BLOCK_PIECE];
	size_t from, to;
	unsigned line;
	int held; // a character that was read too far; -1 = none
	char *text;
	size_t length, cap;
	size_t start[BLOCK_CELLS];
	const char *cell[BLOCK_CELLS];
};

// From the beginning of a source that block_look went through. It is large: keep it in an arena.
void block_open(struct block_reader *r, block_more more, void *context, struct block_shape shape);
// False: the end (e untouched), or e says what cannot be gone on from. Rows without anything in
// them are left out where shape.blanks does not keep them.
bool block_next(struct block_reader *r, struct block_row *row, struct err *e);
void block_close(struct block_reader *r);

// --- cells

enum block_decimal { BLOCK_DECIMAL_OPEN, BLOCK_POINT, BLOCK_COMMA, BLOCK_DECIMAL_TORN };
enum block_order {
	BLOCK_ORDER_OPEN,
	BLOCK_DAY_FIRST,
	BLOCK_MONTH_FIRST,
	BLOCK_YEAR_FIRST,
	BLOCK_ORDER_TORN // no order fits all of them
};
enum { BLOCK_ORDERS_SEEN = 3 };
// What percentages are written as: 85, or 0.85.
enum block_scale { BLOCK_SCALE_OPEN, BLOCK_HUNDREDTHS, BLOCK_FRACTIONS };

// How cells are read: what was said, or what the columns prove. All zero: nothing is known.
struct block_reading {
	enum block_decimal decimal;
	enum block_order order;
	bool months;  // 2011-12 is December, not a financial year
	date_t today; // data are of no day more than a year after it
};

enum block_got { BLOCK_BLANK, BLOCK_GOOD, BLOCK_BAD };
enum { BLOCK_NUMBER = 64 };

struct block_number {
	char text[BLOCK_NUMBER]; // sign, digits, point, digits: exact
	bool percent;		 // a percent sign stood there
	bool open;		 // BLOCK_BAD because 1,234 may be a decimal or thousands
	bool suppressed;	 // BLOCK_BAD because it was held back: "[c]", "*", "<5", ":", ".."
	const char *why;	 // BLOCK_BAD: "is no number"; stands after the cell
};
// Thousands separators, percent and currency signs, brackets for negative; "-" and "n/a" are blank.
enum block_got block_number(const char *cell, enum block_decimal decimal, struct block_number *out);

enum block_grain { BLOCK_DAY, BLOCK_WEEK, BLOCK_MONTH, BLOCK_QUARTER };

struct block_date {
	date_t date;		// the first day of what is named
	enum block_grain grain; // what is named
	bool open;		// BLOCK_BAD because it can be read in more than one way
	bool serial;		// a spreadsheet's number of a day
	const char *why;
};
// ISO, 1/2/2026, 1.2.26, 1 Feb 26, Feb-26, 2026-02, 202602, 20260201, 2026-W05, w/c 2 Feb 2026,
// Q1 2026 (of the calendar), a spreadsheet's number of a day; also with a time of day, which is
// dropped. Years of two digits are the latest that data can be of. Days before 1800 or more than a
// year ahead are none.
enum block_got block_date(
    const char *cell, const struct block_reading *reading, struct block_date *out);

// Some reading of the cell is a number, or a date that is not a bare number of five or six digits.
bool block_looks_number(const char *cell);
bool block_looks_date(const char *cell, date_t today);

// A cell without the sign that spreadsheets put before text that looks like a formula ('=1 → =1),
// and without blanks at its ends. Points into the cell; *n is its length.
const char *block_plain(const char *cell, size_t *n);

// --- what the cells of columns prove, counted over all of them

// What can stand in a column of numbers: it is evidence of how they are written.
enum block_holds { BLOCK_ANYTHING, BLOCK_COUNT, BLOCK_PERCENTAGE };

struct block_numbers {
	size_t points, commas; // with a decimal point, or comma, beyond doubt
	size_t open[2][2];     // either way, by their sign (point, comma), and of those counts
	size_t large, small;   // whole numbers of four digits and more, and less, without a sign
};
void block_see_number(struct block_numbers *s, const char *cell, enum block_holds holds);
// `delimiter` of the file; BLOCK_TYPED: a person typed it.
enum { BLOCK_TYPED = 't' };
enum block_decimal block_decimal(const struct block_numbers *s, char delimiter);
bool block_decimal_open(const struct block_numbers *s); // some cell can be read either way

struct block_percents {
	size_t signs, low, middle, high; // with a sign; at most 1; less than 10; 10 and more
};
void block_see_percent(struct block_percents *s, const char *cell, enum block_decimal decimal);
// `low_known`: the measure holds percentages of at most 1 already.
enum block_scale block_scale(const struct block_percents *s, bool low_known);
// "0.85" becomes "85". False: it is too long.
bool block_times_hundred(char text[BLOCK_NUMBER]);

struct block_dates_as { // the dates of a column, read in one order
	size_t good;
	bool day_stays, end_stays, weekday_stays;
	date_t oldest, newest;
};
struct block_dates {
	size_t cells, open;			     // in figures; of those with two readings
	struct block_dates_as as[BLOCK_ORDERS_SEEN]; // from BLOCK_DAY_FIRST on
	date_t today;
	unsigned not_line[BLOCK_ORDERS_SEEN]; // the first one that cannot be read so; 0: none
	size_t months, financial;	      // "2011-01" beyond doubt; "2011-12"
};
void block_see_date(struct block_dates *s, const char *cell, unsigned line, date_t today);
// The order that the cells prove, or that all evidence speaks for. `interval`: days from one date
// to the next, 0 = unknown.
enum block_order block_order(const struct block_dates *s, int interval);
bool block_dates_are_months(const struct block_dates *s);

#endif
