// SPDX-License-Identifier: MIT
// What spreadsheets write and copy: rows in every coding and with every delimiter, numbers and
// dates as people write them, and what is refused in words.
#include "../support.h"

#include <plando/block.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

static struct arena arena;
static struct block_reader *reader;
static struct block_shape shape;
static date_t today;

static void start(void)
{
	arena = (struct arena){ 0 };
	reader = arena_alloc(&arena, sizeof *reader);
	today = date_from_civil((struct civil){ 2026, 11, 22 });
}

static void stop(void)
{
	block_close(reader);
	arena_free(&arena);
}

// --- rows

// All rows as "line:cell|cell" lines, a fault behind "!".
static const char *rows(const char *text, size_t n, bool copied)
{
	struct block_bytes b = { .text = text, .length = n };
	struct block_row row;
	struct err e = { 0 };
	struct str out = STR_IN(&arena);
	if (!block_look(block_more_bytes, &b, copied, &shape, &e))
		return arena_strdup(&arena, e.text);
	b.at = 0;
	block_open(reader, block_more_bytes, &b, shape);
	while (block_next(reader, &row, &e)) {
		str_printf(&out, "%u:", row.line);
		for (size_t i = 0; i < row.cells; i++)
			str_printf(&out, "%s%s", i ? "|" : "", row.cell[i]);
		str_printf(&out, "%s%s\n", row.fault ? "!" : "", row.fault ? row.fault : "");
	}
	if (e.code)
		str_add(&out, e.text);
	block_close(reader);
	return str_done(&out);
}

#define ROWS(text, want)   ck_assert_str_eq(rows(text, sizeof(text) - 1, false), want)
#define COPIED(text, want) ck_assert_str_eq(rows(text, sizeof(text) - 1, true), want)

START_TEST(rows_are_read_with_the_delimiter_that_they_have)
{
	ROWS("date,value\n2026-01-01,4\n", "1:date|value\n2:2026-01-01|4\n");
	ROWS("date;value\r\n2026-01-01;4,5\r\n", "1:date|value\n2:2026-01-01|4,5\n");
	ROWS("date\tvalue\r2026-01-01\t1,234\r", "1:date|value\n2:2026-01-01|1,234\n");
	ROWS("date|value\n2026-01-01|4", "1:date|value\n2:2026-01-01|4\n");
	ROWS("sep=;\r\na,b;c\r\n", "2:a,b|c\n");
	ROWS("value\n4\n", "1:value\n2:4\n");
}
END_TEST

START_TEST(quotes_hold_delimiters_line_ends_and_quotes)
{
	ROWS("a,b\n\"x, \"\"y\"\"\nz\",2\n3,4\n", "1:a|b\n2:x, \"y\"\nz|2\n4:3|4\n");
	ROWS("a,b\n5\" pipe,2\n", "1:a|b\n2:5\" pipe|2\n");
	ROWS("a,b\n\"x\"y,2\n",
	    "1:a|b\n2:xy|2!there is text after a closing quote; double the quotes "
	    "inside a cell\n");
	ROWS("a,b\n\"x,2\n", "1:a|b\n2:x,2\n!a quote is opened and never closed\n");
	ROWS("a,b\n\"\",\"\"\n", "1:a|b\n2:|\n");
}
END_TEST

START_TEST(empty_lines_are_left_out_and_lines_are_counted_on)
{
	ROWS("a,b\n\n , \n1,2\n,,\n3,4\n", "1:a|b\n4:1|2\n6:3|4\n");
	ROWS("", "");
	ROWS("\n\n", "");
}
END_TEST

START_TEST(byte_order_marks_and_codings_are_recognised)
{
	ROWS("\xef\xbb\xbf"
	     "a,b\n1,\xc3\xa9\n",
	    "1:a|b\n2:1|é\n");
	ck_assert_int_eq(shape.coding, BLOCK_UTF8);
	ROWS("a,b\n\xa3"
	     "5,caf\xe9 \x93q\x94 \x80\n",
	    "1:a|b\n2:£5|café “q” €\n");
	ck_assert_int_eq(shape.coding, BLOCK_CP1252);
	ROWS("\xff\xfe"
	     "a\0\t\0b\0\r\0\n\0\xe9\0\t\0\x3d\xd8\x00\xde\r\0\n\0",
	    "1:a|b\n2:é|😀\n");
	ck_assert_int_eq(shape.coding, BLOCK_UTF16LE);
	ROWS("\0d\0a\0t\0e\0,\0v\0\n\0x\0,\0y", "1:date|v\n2:x|y\n");
	ck_assert_int_eq(shape.coding, BLOCK_UTF16BE);
}
END_TEST

START_TEST(what_is_no_text_is_refused_in_words)
{
	ROWS("PK\3\4....",
	    "this is an Excel workbook, not text; in Excel choose Save As, CSV UTF-8");
	ROWS("a,b\n1,\0\x01\x02\n", "this is no text; in a spreadsheet choose Save As, CSV UTF-8");
}
END_TEST

START_TEST(a_coding_is_found_wherever_its_first_odd_byte_stands)
{
	size_t n = 3 * BLOCK_PIECE;
	char *text = arena_alloc(&arena, n + 1);
	memset(text, '1', n);
	for (size_t i = 40; i < n; i += 41)
		text[i] = '\n';
	memcpy(text + BLOCK_PIECE - 1, "\xc3\xa9", 2); // across two pieces
	rows(text, n, false);
	ck_assert_int_eq(shape.coding, BLOCK_UTF8);
	text[2 * BLOCK_PIECE + 7] = '\xe9';
	rows(text, n, false);
	ck_assert_int_eq(shape.coding, BLOCK_CP1252);
}
END_TEST

START_TEST(a_row_without_an_end_is_refused)
{
	size_t n = 2 * BLOCK_ROW;
	char *text = arena_alloc(&arena, n);
	memset(text, 'x', n);
	ck_assert_str_eq(rows(text, n, false),
	    "line 1: this row is longer than a megabyte; is a quote never closed?");
	memset(text, ',', n);
	ck_assert_str_eq(
	    rows(text, n, false), "line 1: more than 1000 cells in a row; is this the right file?");
}
END_TEST

START_TEST(in_what_was_copied_only_tabs_part_cells)
{
	COPIED("1,234\n2,345\n", "1:1,234\n2:2,345\n");
	COPIED("1/2/2026\t1,234\n", "1:1/2/2026|1,234\n");
	COPIED("1\r\n\r\n3\r\n", "1:1\n2:\n3:3\n");
	COPIED("date,value\n2026-01-01,4\n", "1:date|value\n2:2026-01-01|4\n");
}
END_TEST

// --- delimiters, told by what they leave

START_TEST(the_delimiter_is_the_one_that_leaves_numbers_and_dates)
{
	ROWS("Month;Waits, mean\n2026-01-01;1,5\n2026-02-01;1,7\n",
	    "1:Month|Waits, mean\n2:2026-01-01|1,5\n3:2026-02-01|1,7\n");
	ROWS("date;value\r2026-01-01;1,5\r2026-02-01;1,7\r",
	    "1:date|value\n2:2026-01-01|1,5\n3:2026-02-01|1,7\n");
	ROWS("A title; with a sign\n\ndate,value\n2026-01-01,1\n2026-02-01,2\n",
	    "1:A title; with a sign\n3:date|value\n4:2026-01-01|1\n5:2026-02-01|2\n");
	ROWS("date,value,note\n2026-01-01,1,a; b\n2026-02-01,2,c; d\n",
	    "1:date|value|note\n2:2026-01-01|1|a; b\n3:2026-02-01|2|c; d\n");
	ROWS("date|site, ward|value\n2026-01-01|A, 1|1\n2026-02-01|A, 2|2\n",
	    "1:date|site, ward|value\n2:2026-01-01|A, 1|1\n3:2026-02-01|A, 2|2\n");
}
END_TEST

// --- numbers

static const char *number(const char *cell, enum block_decimal decimal)
{
	struct block_number n;
	enum block_got got = block_number(cell, decimal, &n);
	return got == BLOCK_BLANK ? "blank"
	       : got == BLOCK_BAD
		   ? arena_printf(&arena, "%s %s", cell, n.why)
		   : arena_printf(&arena, "%s%s", n.text, n.percent ? " percent" : "");
}

#define NUMBER(cell, want) ck_assert_str_eq(number(cell, BLOCK_POINT), want)
#define COMMA(cell, want)  ck_assert_str_eq(number(cell, BLOCK_COMMA), want)
#define OPEN(cell, want)   ck_assert_str_eq(number(cell, BLOCK_DECIMAL_OPEN), want)

START_TEST(numbers_are_read_as_people_write_them)
{
	NUMBER("12.50", "12.50");
	NUMBER(" 12 ", "12");
	NUMBER("1,234,567.8", "1234567.8");
	NUMBER("1 234", "1234");
	NUMBER("1\u00a0234", "1234");
	NUMBER("1'234", "1234");
	NUMBER("£1,200.00", "1200.00");
	NUMBER("-£5", "-5");
	NUMBER("5 €", "5");
	NUMBER("45%", "45 percent");
	NUMBER("45.5 %", "45.5 percent");
	NUMBER("85％", "85 percent");
	NUMBER("\u22123", "-3");
	NUMBER("(12)", "-12");
	NUMBER("+3", "3");
	NUMBER("'-3", "-3");
	NUMBER("007", "7");
	NUMBER("0.050", "0.050");
	NUMBER(".5", "0.5");
	NUMBER("5.", "5");
	NUMBER("-0", "0");
	COMMA("12,5", "12.5");
	COMMA("1.234,5", "1234.5");
	COMMA("1 234,5", "1234.5");
	COMMA("1.204", "1204");
}
END_TEST

// What can be read in one way only is read so, whatever nobody said.
START_TEST(a_number_that_can_be_a_decimal_or_thousands_is_not_guessed)
{
	OPEN("12,5", "12.5");
	OPEN("12.5", "12.5");
	OPEN("0,875", "0.875");
	OPEN("1234,567", "1234.567");
	OPEN("1,234,567", "1234567");
	OPEN("1.234,5", "1234.5");
	OPEN("12,875", "12,875 can be a decimal, or thousands: nothing here says which");
	OPEN("1.204", "1.204 can be a decimal, or thousands: nothing here says which");
	OPEN("-1.204", "-1.204 can be a decimal, or thousands: nothing here says which");
}
END_TEST

START_TEST(blank_cells_are_not_zero)
{
	NUMBER("", "blank");
	NUMBER("  ", "blank");
	NUMBER("-", "blank");
	NUMBER("\u2013", "blank");
	NUMBER("n/a", "blank");
	NUMBER("NA", "blank");
	NUMBER("0", "0");
}
END_TEST

START_TEST(what_is_no_number_is_refused_with_its_reason)
{
	NUMBER(
	    "12,5", "12,5 has a comma where others here have a decimal point; write it as in 12.5");
	NUMBER("1,23,456", "1,23,456 is no number");
	NUMBER(
	    "#DIV/0!", "#DIV/0! is an error of the spreadsheet; mend it there, or empty the cell");
	NUMBER("1.2E+05",
	    "1.2E+05 is a shortened number; widen the column in the spreadsheet and copy again");
	NUMBER("twelve", "twelve is no number");
	NUMBER("1-2", "1-2 is no number");
	NUMBER("--5", "--5 is no number");
	NUMBER("5%%", "5%% is no number");
	NUMBER("%", "% is no number");
	NUMBER("nan", "nan is no number");
	NUMBER("0x10", "0x10 is no number");
	NUMBER("１２", "１２ is no number: a character in it is no plain digit or sign");
	NUMBER("5½", "5½ is no number: a character in it is no plain digit or sign");
	NUMBER("5²", "5² is no number: a character in it is no plain digit or sign");
	NUMBER("99999999999999999999999999999999999999999999",
	    "99999999999999999999999999999999999999999999 is no number");
	COMMA("12.55", "12.55 has a decimal point, and others here have a decimal comma");
}
END_TEST

START_TEST(numbers_that_were_held_back_are_known_as_such)
{
	static const char *const CELLS[] = { "[c]", "[low]", "(c)", "*", "**", ":", "..", "<5",
		"< 5", "<=5", "≤5", ">95%", "c", "[x]", "suppressed", NULL };
	static const char *const OTHERS[] = { "five", "[5]", "<five", "(12)", "*5", "5*", NULL };
	struct block_number n;
	for (size_t i = 0; CELLS[i]; i++)
		ck_assert_msg(block_number(CELLS[i], BLOCK_POINT, &n) == BLOCK_BAD && n.suppressed,
		    "%s", CELLS[i]);
	for (size_t i = 0; OTHERS[i]; i++) {
		block_number(OTHERS[i], BLOCK_POINT, &n);
		ck_assert_msg(!n.suppressed, "%s", OTHERS[i]);
	}
}
END_TEST

static const char *const DECIMAL[] = { "asked", "point", "comma", "torn" };

// The cells of a file (';' between them), what they are numbers of, what parts its cells, and what
// that says of its decimal mark.
START_TEST(the_decimal_mark_is_proved_or_asked)
{
	static const struct {
		const char *cells;
		enum block_holds holds;
		char delimiter;
		const char *want;
	} CASES[] = {
		{ "12;13", BLOCK_ANYTHING, ',', "point" },
		{ "12.5;1.204", BLOCK_ANYTHING, ';', "point" },
		{ "12,5;1,204", BLOCK_ANYTHING, ',', "comma" },
		{ "12,5;1.5", BLOCK_ANYTHING, ';', "torn" },
		{ "12,875;13,250", BLOCK_ANYTHING, ';', "asked" },
		{ "12,875;13,250", BLOCK_ANYTHING, '\t', "asked" },
		{ "12,875;13,250", BLOCK_ANYTHING, ',', "asked" },
		{ "1.204;1.310", BLOCK_ANYTHING, ';', "asked" },
		{ "1.204;1.310", BLOCK_ANYTHING, '\t', "asked" },
		{ "1.204;1.310", BLOCK_ANYTHING, ',', "point" },     // a comma would have parted it
		{ "1.204;987;1.310", BLOCK_ANYTHING, ',', "asked" }, // but who writes 987 so?
		{ "1.204;987;1.310", BLOCK_ANYTHING, ';', "comma" },
		{ "12,875;1204", BLOCK_ANYTHING, ';', "comma" }, // thousands have no mark
		{ "12,875;1204", BLOCK_ANYTHING, '\t', "comma" },
		{ "1.234", BLOCK_COUNT, ',', "asked" }, // a count is whole
		{ "1.234", BLOCK_COUNT, '\t', "asked" },
		{ "1.234", BLOCK_COUNT, ';', "comma" },
		{ "1,234", BLOCK_COUNT, ',', "point" },
		{ "1,234", BLOCK_COUNT, '\t', "point" },
		{ "1,234", BLOCK_COUNT, ';', "asked" },
		{ "1.234;1.5", BLOCK_COUNT, ',', "asked" },
		{ "12,875", BLOCK_PERCENTAGE, '\t', "comma" }, // no percentage is in the thousands
		{ "12.875", BLOCK_PERCENTAGE, ';', "point" },
		{ "12,875", BLOCK_ANYTHING, BLOCK_TYPED, "asked" },
		{ "1.204", BLOCK_ANYTHING, BLOCK_TYPED, "point" },
		{ "1.204", BLOCK_COUNT, BLOCK_TYPED, "asked" },
		{ "7,5", BLOCK_ANYTHING, BLOCK_TYPED, "comma" },
	};
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct block_numbers s = { 0 };
		char *cells = arena_strdup(&arena, CASES[i].cells), *rest = cells;
		for (char *cell = strtok_r(cells, ";", &rest); cell;
		     cell = strtok_r(NULL, ";", &rest))
			block_see_number(&s, cell, CASES[i].holds);
		ck_assert_msg(
		    str_equal(DECIMAL[block_decimal(&s, CASES[i].delimiter)], CASES[i].want),
		    "case %zu: %s", i, CASES[i].cells);
	}
}
END_TEST

START_TEST(percentages_are_of_a_hundred_or_of_one_or_asked)
{
	static const struct {
		const char *cells;
		bool low_known;
		const char *want;
	} CASES[] = {
		{ "85;90;100", false, "hundredths" }, { "0;0", false, "hundredths" },
		{ "85%;90%", false, "hundredths" }, { "0.4%;0.2%", false, "hundredths" },
		{ "0.85;0.9;1", false, "asked" }, { "1;1;0", false, "asked" },
		{ "85%;0.875;90%", false, "asked" }, { "85;0.875;90", false, "asked" },
		{ "0.5;2.1;1.4;3", false, "hundredths" },
		{ "0.85;0.9;0.95;1.2", false, "asked" }, // one above 1 is a slip as well
		{ "0.5;0.4", true, "hundredths" },	 // the measure has such ones
	};
	static const char *const SCALE[] = { "asked", "hundredths", "fractions" };
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct block_percents s = { 0 };
		char *cells = arena_strdup(&arena, CASES[i].cells), *rest = cells;
		for (char *cell = strtok_r(cells, ";", &rest); cell;
		     cell = strtok_r(NULL, ";", &rest))
			block_see_percent(&s, cell, BLOCK_POINT);
		ck_assert_msg(str_equal(SCALE[block_scale(&s, CASES[i].low_known)], CASES[i].want),
		    "case %zu: %s", i, CASES[i].cells);
	}
}
END_TEST

START_TEST(a_fraction_becomes_a_percentage_exactly)
{
	static const char *const CASES[][2] = { { "0.85", "85" }, { "0.875", "87.5" },
		{ "1", "100" }, { "0", "0" }, { "0.9", "90" }, { "0.005", "0.5" },
		{ "1.00", "100" }, { "-0.5", "-50" }, { "0.0625", "6.25" },
		{ "12.345", "1234.5" } };
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		char text[BLOCK_NUMBER];
		snprintf(text, sizeof text, "%s", CASES[i][0]);
		ck_assert(block_times_hundred(text));
		ck_assert_str_eq(text, CASES[i][1]);
	}
}
END_TEST

// --- dates

static const char *date_as(const char *cell, enum block_order order)
{
	struct block_reading reading = { .order = order, .today = today };
	struct block_date d;
	char iso[DATE_TEXT];
	enum block_got got = block_date(cell, &reading, &d);
	if (got == BLOCK_GOOD)
		date_print_iso(d.date, iso);
	return got == BLOCK_BLANK ? "blank" : got == BLOCK_BAD ? d.why : arena_strdup(&arena, iso);
}

#define DATE(cell, want) ck_assert_str_eq(date_as(cell, BLOCK_ORDER_OPEN), want)

START_TEST(dates_are_read_as_people_and_spreadsheets_write_them)
{
	DATE("2026-02-01", "2026-02-01");
	DATE("2026/2/1", "2026-02-01");
	DATE("20260201", "2026-02-01");
	DATE("202602", "2026-02-01");
	DATE("2026-02-01 00:00:00", "2026-02-01");
	DATE("2026-02-01T09:30:00Z", "2026-02-01");
	DATE("13/02/2026 0:00", "2026-02-13");
	DATE("1 Feb 26", "2026-02-01");
	DATE("1-Feb-2026", "2026-02-01");
	DATE("1st February 2026", "2026-02-01");
	DATE("Mon 2 Feb 2026", "2026-02-02");
	DATE("Feb 1, 2026", "2026-02-01");
	DATE("2026 Feb 1", "2026-02-01");
	DATE("Feb-26", "2026-02-01");
	DATE("February 2026", "2026-02-01");
	DATE("Sept 26", "2026-09-01");
	DATE("2026-02", "2026-02-01");
	DATE("2026/02", "2026-02-01");
	DATE("02/2026", "2026-02-01");
	DATE("2/13/2026", "2026-02-13");
	DATE("3/3/2026", "2026-03-03");
	DATE("", "blank");
	DATE("29 Feb 2024", "2024-02-29");
	DATE("13/05/99", "1999-05-13");
	DATE("45292", "2024-01-01");
	DATE("45292.75", "2024-01-01");
	DATE("46054", "2026-02-01");
}
END_TEST

START_TEST(weeks_quarters_and_months_are_read_by_their_number)
{
	DATE("2024-W01", "2024-01-01");
	DATE("2024W01", "2024-01-01");
	DATE("2026-W01", "2025-12-29");
	DATE("2020-W53", "2020-12-28");
	DATE("2024-W01-3", "2024-01-03");
	DATE("W1 2024", "2024-01-01");
	DATE("Week 6 2024", "2024-02-05");
	DATE("w/c 01 Apr 2024", "2024-04-01");
	DATE("w/c 1 Apr 24", "2024-04-01");
	DATE("Week commencing 1 April 2024", "2024-04-01");
	DATE("W/E 07/04/2024", "can be read with the day or with the month first");
	DATE("week ending 17/04/2024", "2024-04-17");
	DATE("Q1 2024", "2024-01-01");
	DATE("Q2 2024", "2024-04-01");
	DATE("2024 Q3", "2024-07-01");
	DATE("2024-Q4", "2024-10-01");
	DATE("2024Q4", "2024-10-01");
	DATE("Q1-24", "2024-01-01");
	DATE("1Q24", "2024-01-01");
	DATE("2024M02", "2024-02-01");
	DATE("Q5 2024", "is no part of a year");
	DATE("2024-W54", "is no week of the year");
	DATE("Q1", "has no year");
}
END_TEST

START_TEST(dates_that_can_be_read_in_two_ways_are_not_guessed)
{
	DATE("1/2/2026", "can be read with the day or with the month first");
	DATE("13/2/26", "can be read with the day or with the year first");
	DATE("24/02/03", "can be read with the day or with the year first");
	ck_assert_str_eq(date_as("1/2/2026", BLOCK_DAY_FIRST), "2026-02-01");
	ck_assert_str_eq(date_as("1/2/2026", BLOCK_MONTH_FIRST), "2026-01-02");
	ck_assert_str_eq(date_as("24/02/03", BLOCK_YEAR_FIRST), "2024-02-03");
	ck_assert_str_eq(date_as("24/02/03", BLOCK_DAY_FIRST), "2003-02-24");
	ck_assert_str_eq(date_as("1/13/2026", BLOCK_DAY_FIRST),
	    "has no such month; other dates here have the day first");
	ck_assert_str_eq(date_as("13/1/2026", BLOCK_MONTH_FIRST),
	    "has no such month; other dates here have the month first");
	ck_assert_str_eq(date_as("1/2/2026", BLOCK_YEAR_FIRST),
	    "has its year last, and others here have it first");
}
END_TEST

START_TEST(what_is_no_date_is_refused_with_its_reason)
{
	DATE("29 Feb 2026", "is no day of the calendar");
	DATE("2026-13-01", "is no day of the calendar");
	DATE("3 May", "has no year");
	DATE("May", "has no year");
	DATE("2025/26", "is a financial year; write the first day of what it stands for");
	DATE("2025-26", "is a financial year; write the first day of what it stands for");
	DATE("2024/2025", "is a financial year; write the first day of what it stands for");
	DATE("2010-11", "can be a month, or a financial year");
	DATE("FY24", "is of a financial year; write the first day of what it stands for");
	DATE("Q1 2024/25", "is of a financial year; write the first day of what it stands for");
	DATE("2204-05-01", "lies more than a year ahead; check the year");
	DATE("1024-02-01", "lies centuries back; check the year");
	DATE("01/05/70", "has a year that could be of either century; write it with four digits");
	DATE("2024", "is a year; write a day of it, as in 2026-01-01");
	DATE("04/24", "has no year, or no day");
	DATE("tomorrow", "is no date");
	DATE("+3", "is no date");
	DATE("12", "is no date");
	DATE("99999", "is no date");
	DATE("1.2.3.4.5.6.7.8", "is no date");
	DATE("Feb Feb Feb", "is no date");
}
END_TEST

// The cells of a column, the days from one date to the next, and what comes first in them.
START_TEST(a_column_says_what_comes_first_in_its_dates)
{
	static const struct {
		const char *cells;
		int interval;
		const char *want;
	} CASES[] = {
		{ "1/2/2026;13/2/2026", 7, "day" }, { "1/2/2026;2/13/2026", 7, "month" },
		{ "13/02/2024;02/14/2024", 31, "torn" },
		{ "1/1/2026;1/2/2026;1/3/2026", 0, "asked" },
		{ "1/1/2026;1/2/2026;1/3/2026", 31, "day" },
		{ "1/1/2026;2/1/2026;3/1/2026", 31, "month" },
		{ "1/2/2026;8/2/2026", 7, "day" },	// a week later, not six months
		{ "2/11/2026;11/11/2026", 7, "asked" }, // two Wednesdays nine months apart
		{ "1/2/2026", 31, "asked" }, { "1/2/2026;3/4/2026", 31, "asked" },
		{ "03/10/2026;04/10/2026", 7, "asked" }, { "02/10/2026;03/10/2026", 1, "asked" },
		{ "01/12/2026;01/11/2026;01/10/2026", 31, "day" },
		{ "10/12/2025;11/12/2026", 1, "month" }, // 11 December has not been yet
		{ "24/01/31;24/02/29;24/03/31", 31, "year" },
		{ "24/02/03", 0, "year" }, // the other is twenty years back
		{ "20/05/24", 0, "asked" },
		{ "03/05/24;20/05/24", 7, "day" }, // else it leaps over years
		{ "13/05/24;27/05/24", 7, "day" }, { "31/01/24;29/02/24;31/03/24", 31, "day" },
		{ "3/3/2026;4/4/2026", 31, "day" },    // the same either way
		{ "13/13/2026;14/2/2026", 31, "day" }, // the one that is no date has no say
	};
	static const char *const ORDER[] = { "asked", "day", "month", "year", "torn" };
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct block_dates s = { 0 };
		char *cells = arena_strdup(&arena, CASES[i].cells), *rest = cells;
		unsigned line = 1;
		for (char *cell = strtok_r(cells, ";", &rest); cell;
		     cell = strtok_r(NULL, ";", &rest))
			block_see_date(&s, cell, ++line, today);
		enum block_order got = block_order(&s, CASES[i].interval);
		ck_assert_msg(str_equal(ORDER[got], CASES[i].want), "case %zu: %s: %s", i,
		    CASES[i].cells, ORDER[got]);
	}
}
END_TEST

START_TEST(months_and_financial_years_are_told_apart_by_their_column)
{
	struct block_dates s = { 0 };
	struct block_date d;
	struct block_reading reading = { .today = today };
	block_see_date(&s, "2011-11", 1, today);
	block_see_date(&s, "2011-12", 2, today);
	reading.months = block_dates_are_months(&s);
	ck_assert(reading.months && block_date("2011-12", &reading, &d) == BLOCK_GOOD);
	ck_assert_int_eq(d.grain, BLOCK_MONTH);
	s = (struct block_dates){ 0 };
	block_see_date(&s, "2009-10", 1, today);
	block_see_date(&s, "2010-11", 2, today);
	ck_assert(!block_dates_are_months(&s));
	reading = (struct block_reading){ .order = BLOCK_YEAR_FIRST, .today = today };
	ck_assert_int_eq(block_date("2009-10", &reading, &d), BLOCK_GOOD); // as was said
}
END_TEST

int main(void)
{
	Suite *s = suite_create("block");
	TCase *t = tcase_create("block");
	tcase_add_checked_fixture(t, start, stop);
	tcase_add_test(t, rows_are_read_with_the_delimiter_that_they_have);
	tcase_add_test(t, quotes_hold_delimiters_line_ends_and_quotes);
	tcase_add_test(t, empty_lines_are_left_out_and_lines_are_counted_on);
	tcase_add_test(t, byte_order_marks_and_codings_are_recognised);
	tcase_add_test(t, what_is_no_text_is_refused_in_words);
	tcase_add_test(t, a_coding_is_found_wherever_its_first_odd_byte_stands);
	tcase_add_test(t, a_row_without_an_end_is_refused);
	tcase_add_test(t, in_what_was_copied_only_tabs_part_cells);
	tcase_add_test(t, the_delimiter_is_the_one_that_leaves_numbers_and_dates);
	tcase_add_test(t, numbers_are_read_as_people_write_them);
	tcase_add_test(t, a_number_that_can_be_a_decimal_or_thousands_is_not_guessed);
	tcase_add_test(t, blank_cells_are_not_zero);
	tcase_add_test(t, what_is_no_number_is_refused_with_its_reason);
	tcase_add_test(t, numbers_that_were_held_back_are_known_as_such);
	tcase_add_test(t, the_decimal_mark_is_proved_or_asked);
	tcase_add_test(t, percentages_are_of_a_hundred_or_of_one_or_asked);
	tcase_add_test(t, a_fraction_becomes_a_percentage_exactly);
	tcase_add_test(t, dates_are_read_as_people_and_spreadsheets_write_them);
	tcase_add_test(t, weeks_quarters_and_months_are_read_by_their_number);
	tcase_add_test(t, dates_that_can_be_read_in_two_ways_are_not_guessed);
	tcase_add_test(t, what_is_no_date_is_refused_with_its_reason);
	tcase_add_test(t, a_column_says_what_comes_first_in_its_dates);
	tcase_add_test(t, months_and_financial_years_are_told_apart_by_their_column);
	suite_add_tcase(s, t);
	return test_run(s);
}
