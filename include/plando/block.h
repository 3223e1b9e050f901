// SPDX-License-Identifier: MIT
// Rows of cells out of what other programs wrote: CSV files and what was copied in a spreadsheet.
// Reads a row at a time, however long the file is, and turns cells into numbers and dates. Pure:
// knows neither measures nor workbooks.
//
// Nothing is guessed: what can be read in two ways (1/2/2026, 1,234) is counted first over all
// cells of a column (struct block_style), and what the column does not decide is said so.
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

// What the cells of a column prove, counted over all of them.
struct block_style {
	size_t points, commas;	 // numbers that have a decimal point, or comma, beyond doubt
	size_t days, months;	 // dates with the day, or the month, first beyond doubt
	size_t open;		 // dates that can be read either way
	int first[2], second[2]; // lowest and highest of the two numbers of those dates
};
void block_see_number(struct block_style *s, const char *cell);
void block_see_date(struct block_style *s, const char *cell);

enum block_order { BLOCK_ORDER_OPEN, BLOCK_DAY_FIRST, BLOCK_MONTH_FIRST };

// The order that the cells prove. `monthly`: one date a month or quarter is expected, so that a
// column whose first number never changes (1/1, 1/2, 1/3) has the day first.
enum block_order block_order(const struct block_style *s, bool monthly);
// Some dates can be read in one order only, and others only in the other.
bool block_torn(const struct block_style *s);
// Numbers have a decimal comma: some must, and none has a decimal point.
bool block_comma(const struct block_style *s);

enum block_got { BLOCK_BLANK, BLOCK_GOOD, BLOCK_BAD };
enum { BLOCK_NUMBER = 64 };

struct block_number {
	char text[BLOCK_NUMBER]; // sign, digits, point, digits: exact
	bool percent;		 // a percent sign stood there
	const char *why;	 // BLOCK_BAD: "is no number"; stands after the cell
};
// Thousands separators, percent and currency signs, brackets for negative; "-", "n/a" and ".." are
// blank.
enum block_got block_number(const char *cell, bool comma, struct block_number *out);

struct block_date {
	date_t date;
	const char *why;
};
// ISO, 1/2/2026, 1.2.26, 1 Feb 26, Feb-26 (its first day), 2026-02, also with a time of day, which
// is dropped. Two-digit years are the nearest to `today`.
enum block_got block_date(
    const char *cell, enum block_order order, date_t today, struct block_date *out);

// A cell without the sign that spreadsheets put before text that looks like a formula ('=1 → =1),
// and without blanks at its ends. Points into the cell; *n is its length.
const char *block_plain(const char *cell, size_t *n);

#endif
