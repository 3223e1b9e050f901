// SPDX-License-Identifier: MIT
// Text tables that fit, and CSV that no spreadsheet obeys.
#include "../support.h"

#include <plando/table.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const struct table_column COLUMNS[] = {
	{ "name", false, 0 },
	{ "n", true, 1 },
	{ "what it is about", false, 0 },
};

static const char *const ROWS[][3] = {
	{ "Child health hubs", "12", "shorter wait" },
	{ "東京", "3", "Zoë said \033[31mno\033[0m" },
	{ NULL, NULL, "two\nlines" },
	{ "last", "1000", NULL },
};

static char *printed(int width, bool ascii)
{
	struct arena a = { 0 };
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	struct table t = table_new(&a, COLUMNS, 3, ascii);
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
		table_row(&t, ROWS[i]);
	MUST(table_print(&t, out, width, &e));
	fclose(out);
	arena_free(&a);
	return text;
}

START_TEST(columns_fit_what_stands_in_them)
{
	char *text = printed(0, false);
	ck_assert_str_eq(text, "name                  n  what it is about\n"
			       "─────────────────  ────  ──────────────────────\n"
			       "Child health hubs    12  shorter wait\n"
			       "東京                  3  Zoë said ^[[31mno^[[0m\n"
			       "                         two lines\n"
			       "last               1000\n");
	free(text);
}
END_TEST

START_TEST(a_narrow_page_cuts_the_widest_with_a_sign)
{
	char *text = printed(30, false);
	ck_assert_str_eq(text, "name            n  what it is…\n"
			       "───────────  ────  ───────────\n"
			       "Child heal…    12  shorter wa…\n"
			       "東京            3  Zoë said ^…\n"
			       "                   two lines\n"
			       "last         1000\n");
	free(text);
}
END_TEST

START_TEST(ascii_is_ascii)
{
	char *text = printed(30, true);
	for (const char *p = text; *p; p++)
		ck_assert_int_lt((unsigned char)*p, 0x80);
	ck_assert_ptr_nonnull(strstr(text, "Zoe said ^~"));
	ck_assert_ptr_nonnull(strstr(text, "-----------  ----"));
	free(text);
}
END_TEST

static const struct {
	const char *cell, *csv;
} CELLS[] = {
	{ "plain", "plain" },
	{ "", "" },
	{ NULL, "" },
	{ "a,b", "\"a,b\"" },
	{ "say \"hi\"", "\"say \"\"hi\"\"\"" },
	{ "two\nlines", "\"two\nlines\"" },
	{ " blank ", "\" blank \"" },
	{ "=1+1", "'=1+1" },
	{ "+44 20 7946", "'+44 20 7946" },
	{ "-2+3", "'-2+3" },
	{ "@SUM(A1)", "'@SUM(A1)" },
	{ "\t=1", "\"'    =1\"" },
	{ "  =1", "\"'  =1\"" },
	{ "\u00a0=1", "'\u00a0=1" },
	{ "\uff1d1", "'\uff1d1" },
	{ "\uff0b1", "'\uff0b1" },
	{ "\uff0d1", "'\uff0d1" },
	{ "\uff201", "'\uff201" },
	{ "'=1", "''=1" },
	{ "'twas", "'twas" },
	{ "-12.50", "-12.50" },
	{ "-3", "-3" },
	{ "-", "'-" },
	{ "- a list", "'- a list" },
	{ "a=b", "a=b" },
	{ "\033]52;c;x\007", "^[]52;c;x^G" },
	{ "agree\u202e0.1", "agree‹RLO›0.1" },
};

START_TEST(a_cell_is_quoted_and_no_formula)
{
	struct arena a = { 0 };
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	struct csv c = csv_new(&a, out);
	csv_cell(&c, CELLS[_i].cell);
	csv_cell(&c, "x");
	csv_end_row(&c);
	MUST(csv_done(&c, &e));
	fclose(out);
	ck_assert_str_eq(text, arena_printf(&a, "%s,x\r\n", CELLS[_i].csv));
	free(text);
	arena_free(&a);
}
END_TEST

// --- columns that may be left out

static const struct table_column RANKED[] = {
	{ "system", false, 0, 2 },
	{ "team", false, 6, 0 },
	{ "cycles open", true, 0, 1 },
	{ "look at", false, 0, 0 },
};

static const struct {
	int width;
	const char *head, *end;
} PAGES[] = {
	{ 0, "system     team            cycles open  look at\n", "1/2  gone quiet\n" },
	{ 80, "system     team            cycles open  look at\n", "1/2  gone quiet\n" },
	{ 39, "system    team    cycles open  look at\n", "\n" },
	{ 30, "team     cycles open  look at\n", "\nNot shown for want of room: system\n" },
	{ 16, "team    look at\n", "\nNot shown for want of room: system, cycles open\n" },
	{ 5, "team    look at\n", "\nNot shown for want of room: system, cycles open\n" },
};

START_TEST(headings_stay_whole_and_columns_are_left_out_by_rank)
{
	struct arena a = { 0 };
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	struct table t = table_new(&a, RANKED, 4, false);
	table_row(&t, (const char *const[]){ "Eastholme", "One front door", "1/2", "gone quiet" });
	MUST(table_print(&t, out, PAGES[_i].width, &e));
	fclose(out);
	const char *got = arena_copy(&a, text, strcspn(text, "\n") + 1);
	ck_assert_str_eq(got, PAGES[_i].head);
	ck_assert_str_eq(text + n - strlen(PAGES[_i].end), PAGES[_i].end);
	arena_free(&a);
	free(text);
}
END_TEST

START_TEST(a_mark_for_excel_stands_before_the_first_cell)
{
	struct arena a = { 0 };
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	struct csv csv = csv_new(&a, out);
	csv_mark(&csv);
	csv_row(&csv, (const char *const[]){ "Zo\u00eb", "1" }, 2);
	MUST(csv_done(&csv, &e));
	fclose(out);
	ck_assert_str_eq(text, "\ufeffZo\u00eb,1\r\n");
	arena_free(&a);
	free(text);
}
END_TEST

int main(void)
{
	setlocale(LC_ALL, "");
	Suite *s = suite_create("table");
	TCase *t = tcase_create("table");
	tcase_add_test(t, columns_fit_what_stands_in_them);
	tcase_add_test(t, a_narrow_page_cuts_the_widest_with_a_sign);
	tcase_add_test(t, ascii_is_ascii);
	tcase_add_loop_test(t, a_cell_is_quoted_and_no_formula, 0, sizeof CELLS / sizeof *CELLS);
	tcase_add_loop_test(t, headings_stay_whole_and_columns_are_left_out_by_rank, 0,
	    sizeof PAGES / sizeof *PAGES);
	tcase_add_test(t, a_mark_for_excel_stands_before_the_first_cell);
	suite_add_tcase(s, t);
	return test_run(s);
}
