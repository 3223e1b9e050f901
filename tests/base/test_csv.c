// SPDX-License-Identifier: MIT
// CSV as spreadsheets write it, and as nobody should.
#include "../support.h"

#include <plando/csv.h>
#include <plando/str.h>

#include <string.h>

static struct arena arena;
static struct csv_lines all;

static void end(void)
{
	arena_free(&arena);
}

static void read(const char *text)
{
	MUST(csv_read(&arena, text, strlen(text), "x.csv", &all, &e));
}

START_TEST(quotes_hold_commas_line_breaks_and_quotes)
{
	read("\xEF\xBB\xBF"
	     "Code,text\r\nP1,\"a, \"\"b\"\"\r\nc\"\r\n\r\nP2,d");
	ck_assert_uint_eq(all.count, 3);
	ck_assert_str_eq(csv_get(&all, 1, "TEXT"), "a, \"b\"\nc");
	ck_assert_str_eq(csv_get(&all, 2, "code"), "P2");
	ck_assert_uint_eq(all.item[2].line, 5);
	ck_assert_ptr_null(csv_get(&all, 1, "nothing"));
}
END_TEST

START_TEST(semicolons_and_tabs_separate_where_the_heading_has_them)
{
	read("a;b\n1,5;2\n");
	ck_assert_str_eq(csv_get(&all, 1, "a"), "1,5");
	read("a\tb\n1\n");
	ck_assert_str_eq(csv_get(&all, 1, "b"), ""); // a short line
}
END_TEST

START_TEST(what_is_no_csv_is_refused)
{
	REFUSES(ERR_DATA, csv_read(&arena, "a\n\"b", 4, "x.csv", &all, &e));
	REFUSES(ERR_DATA, csv_read(&arena, "a\xff", 2, "x.csv", &all, &e));
	REFUSES(ERR_DATA, csv_read(&arena, "a\0b", 3, "x.csv", &all, &e));
	read("");
	ck_assert_uint_eq(all.count, 0);
	ck_assert_ptr_null(csv_get(&all, 0, "a"));
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
		if (csv_read(&arena, text, n, "x.csv", &all, &e))
			for (size_t i = 0; i < all.count; i++)
				ck_assert_uint_gt(all.item[i].count, 0);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("csv");
	TCase *t = tcase_create("csv");
	tcase_add_checked_fixture(t, NULL, end);
	tcase_add_test(t, quotes_hold_commas_line_breaks_and_quotes);
	tcase_add_test(t, semicolons_and_tabs_separate_where_the_heading_has_them);
	tcase_add_test(t, what_is_no_csv_is_refused);
	tcase_add_test(t, any_bytes_end);
	suite_add_tcase(s, t);
	return test_run(s);
}
