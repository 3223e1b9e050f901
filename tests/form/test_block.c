// SPDX-License-Identifier: MIT
// What spreadsheets write and copy: rows in every coding and with every delimiter, numbers and
// dates as people write them, and what is refused in words.
#include "../support.h"

#include <plando/block.h>
#include <plando/str.h>

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

// --- numbers

static const char *number(const char *cell, bool comma)
{
	struct block_number n;
	enum block_got got = block_number(cell, comma, &n);
	return got == BLOCK_BLANK ? "blank"
	       : got == BLOCK_BAD
		   ? arena_printf(&arena, "%s %s", cell, n.why)
		   : arena_printf(&arena, "%s%s", n.text, n.percent ? " percent" : "");
}

#define NUMBER(cell, want) ck_assert_str_eq(number(cell, false), want)
#define COMMA(cell, want)  ck_assert_str_eq(number(cell, true), want)

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
	NUMBER("12,5", "12,5 has a decimal comma; write a point, as in 12.5");
	NUMBER("1,23,456", "1,23,456 is no number");
	NUMBER("1.234.567", "1.234.567 has a decimal comma; write a point, as in 12.5");
	NUMBER("<5", "<5 is a number held back; leave the cell empty");
	NUMBER("*", "* is a number held back; leave the cell empty");
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
	NUMBER("１２", "１２ is no number");
	NUMBER("99999999999999999999999999999999999999999999",
	    "99999999999999999999999999999999999999999999 is no number");
	COMMA("12.55", "12.55 has a decimal point, and others in this column have a comma");
}
END_TEST

START_TEST(a_column_says_whether_its_commas_are_decimal)
{
	struct block_style s = { 0 };
	block_see_number(&s, "1,234");
	ck_assert(!block_comma(&s)); // could be either: a thousand, and shown so
	block_see_number(&s, "12,5");
	ck_assert(block_comma(&s));
	block_see_number(&s, "12.5");
	ck_assert(!block_comma(&s));
}
END_TEST

// --- dates

static const char *date_as(const char *cell, enum block_order order)
{
	struct block_date d;
	char iso[DATE_TEXT];
	enum block_got got = block_date(cell, order, today, &d);
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
	DATE("02/2026", "2026-02-01");
	DATE("13/2/26", "2026-02-13");
	DATE("2/13/2026", "2026-02-13");
	DATE("3/3/2026", "2026-03-03");
	DATE("", "blank");
	DATE("29 Feb 2024", "2024-02-29");
}
END_TEST

START_TEST(dates_that_can_be_read_in_two_ways_are_not_guessed)
{
	DATE("1/2/2026", "can be read with the day or with the month first");
	ck_assert_str_eq(date_as("1/2/2026", BLOCK_DAY_FIRST), "2026-02-01");
	ck_assert_str_eq(date_as("1/2/2026", BLOCK_MONTH_FIRST), "2026-01-02");
	ck_assert_str_eq(date_as("1/13/2026", BLOCK_DAY_FIRST),
	    "has no such month; other dates here have the day first");
	ck_assert_str_eq(date_as("13/1/2026", BLOCK_MONTH_FIRST),
	    "has no such month; other dates here have the month first");
}
END_TEST

START_TEST(what_is_no_date_is_refused_with_its_reason)
{
	DATE("29 Feb 2026", "is no day of the calendar");
	DATE("2026-13-01", "is no day of the calendar");
	DATE("3 May", "has no year");
	DATE("46054", "is a spreadsheet's number of a day; format the column as dates there");
	DATE("Q1 2026", "is no date");
	DATE("2025/26", "is no date");
	DATE("tomorrow", "is no date");
	DATE("+3", "is no date");
	DATE("12", "is no date");
	DATE("1.2.3.4.5.6.7.8", "is no date");
	DATE("Feb Feb Feb", "is no date");
}
END_TEST

static enum block_order order_of(const char *const cells[], bool monthly)
{
	struct block_style s = { 0 };
	for (size_t i = 0; cells[i]; i++)
		block_see_date(&s, cells[i]);
	return block_order(&s, monthly);
}

START_TEST(a_column_says_what_comes_first_in_its_dates)
{
	ck_assert_int_eq(
	    order_of((const char *[]){ "1/2/2026", "13/2/2026", NULL }, false), BLOCK_DAY_FIRST);
	ck_assert_int_eq(
	    order_of((const char *[]){ "1/2/2026", "2/13/2026", NULL }, false), BLOCK_MONTH_FIRST);
	ck_assert_int_eq(
	    order_of((const char *[]){ "13/2/2026", "2/13/2026", NULL }, true), BLOCK_ORDER_OPEN);
	const char *const firsts[] = { "1/1/2026", "1/2/2026", "1/3/2026", NULL };
	ck_assert_int_eq(order_of(firsts, false), BLOCK_ORDER_OPEN);
	ck_assert_int_eq(order_of(firsts, true), BLOCK_DAY_FIRST);
	const char *const american[] = { "1/1/2026", "2/1/2026", "3/1/2026", NULL };
	ck_assert_int_eq(order_of(american, true), BLOCK_MONTH_FIRST);
	ck_assert_int_eq(order_of((const char *[]){ "1/2/2026", NULL }, true), BLOCK_ORDER_OPEN);
	ck_assert_int_eq(
	    order_of((const char *[]){ "1/2/2026", "3/4/2026", NULL }, true), BLOCK_ORDER_OPEN);
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
	tcase_add_test(t, numbers_are_read_as_people_write_them);
	tcase_add_test(t, blank_cells_are_not_zero);
	tcase_add_test(t, what_is_no_number_is_refused_with_its_reason);
	tcase_add_test(t, a_column_says_whether_its_commas_are_decimal);
	tcase_add_test(t, dates_are_read_as_people_and_spreadsheets_write_them);
	tcase_add_test(t, dates_that_can_be_read_in_two_ways_are_not_guessed);
	tcase_add_test(t, what_is_no_date_is_refused_with_its_reason);
	tcase_add_test(t, a_column_says_what_comes_first_in_its_dates);
	suite_add_tcase(s, t);
	return test_run(s);
}
