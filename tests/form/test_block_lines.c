// SPDX-License-Identifier: MIT
// CSV as spreadsheets write it, and as nobody should.
#include "../support.h"

#include <plando/block_lines.h>
#include <plando/str.h>

#include <string.h>

static struct arena arena;
static struct block_lines all;

static void end(void)
{
	arena_free(&arena);
}

static void read(const char *text)
{
	MUST(block_lines_read(&arena, text, strlen(text), "x.csv", 0, &all, &e));
}

START_TEST(quotes_hold_commas_line_breaks_and_quotes)
{
	read("\xEF\xBB\xBF"
	     "Code,text\r\nP1,\"a, \"\"b\"\"\r\nc\"\r\n\r\nP2,d");
	ck_assert_uint_eq(all.count, 3);
	ck_assert_str_eq(block_lines_get(&all, 1, "TEXT"), "a, \"b\"\nc");
	ck_assert_str_eq(block_lines_get(&all, 2, "code"), "P2");
	ck_assert_uint_eq(all.item[2].line, 5);
	ck_assert_ptr_null(block_lines_get(&all, 1, "nothing"));
}
END_TEST

START_TEST(semicolons_and_tabs_separate_where_the_heading_has_them)
{
	read("a;b\n1,5;2\n");
	ck_assert_str_eq(block_lines_get(&all, 1, "a"), "1,5");
	read("a\tb\n1\n");
	ck_assert_str_eq(block_lines_get(&all, 1, "b"), ""); // a short line
}
END_TEST

START_TEST(codings_and_line_ends_are_those_of_all_files)
{
	static const char WIDE[] = "\xff\xfe"
				   "t\0y\0p\0e\0;\0t\0e\0x\0t\0\r\0i\0;\0\xe9\0";
	MUST(block_lines_read(&arena, WIDE, sizeof WIDE - 1, "x.csv", 0, &all, &e));
	ck_assert_str_eq(block_lines_get(&all, 1, "text"), "é");
	read("type;text\ridea;caf\xe9\r"); // lines end in CR, letters are of Windows-1252
	ck_assert_str_eq(block_lines_get(&all, 1, "text"), "café");
	MUST(block_lines_read(&arena, "a,b;c\n1,2;3", 11, "x.csv", ';', &all, &e));
	ck_assert_str_eq(block_lines_get(&all, 1, "a,b"), "1,2"); // as was said
}
END_TEST

START_TEST(what_is_no_csv_is_refused)
{
	REFUSES(ERR_DATA, block_lines_read(&arena, "a\n\"b", 4, "x.csv", 0, &all, &e));
	REFUSES(ERR_DATA, block_lines_read(&arena, "a\0b", 3, "x.csv", 0, &all, &e));
	read("");
	ck_assert_uint_eq(all.count, 0);
	ck_assert_ptr_null(block_lines_get(&all, 0, "a"));
}
END_TEST

START_TEST(any_bytes_end)
{
	struct world w = { .seed = 7 };
	static const char SOME[] = "a,;\t\"\n\r ";
	for (int round = 0; round < 2000; round++) {
		char text[32];
		size_t n = world_next(&w) % sizeof text;
		struct err e = { 0 };
		for (size_t i = 0; i < n; i++)
			text[i] = SOME[world_next(&w) % (sizeof SOME - 1)];
		if (block_lines_read(&arena, text, n, "x.csv", 0, &all, &e))
			for (size_t i = 0; i < all.count; i++)
				ck_assert_uint_gt(all.item[i].count, 0);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("block_lines");
	TCase *t = tcase_create("block_lines");
	tcase_add_checked_fixture(t, NULL, end);
	tcase_add_test(t, quotes_hold_commas_line_breaks_and_quotes);
	tcase_add_test(t, semicolons_and_tabs_separate_where_the_heading_has_them);
	tcase_add_test(t, codings_and_line_ends_are_those_of_all_files);
	tcase_add_test(t, what_is_no_csv_is_refused);
	tcase_add_test(t, any_bytes_end);
	suite_add_tcase(s, t);
	return test_run(s);
}
