// SPDX-License-Identifier: MIT
// Clusters, widths, wrapping and folding of text (text.h).
#include "../support.h"

#include <plando/str.h>
#include <plando/text.h>

#include <locale.h>
#include <string.h>

static struct arena a;

static void setup(void)
{
	ck_assert_ptr_nonnull(setlocale(LC_ALL, "C.UTF-8"));
}

static void teardown(void)
{
	arena_free(&a);
}

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"
#define WALES  "\U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F"

START_TEST(bad_bytes_are_found_where_they_stand)
{
	static const struct {
		const char *text;
		size_t n, bad;
	} rows[] = { { "ab\xff", 3, 2 }, { "\xc0\xaf", 2, 0 }, { "x\xed\xa0\x80", 4, 1 },
		{ "\xf4\x90\x80\x80", 4, 0 }, { "a\0b", 3, 1 }, { "\xe2\x82", 2, 0 } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t bad = 99;
		ck_assert(!text_valid(rows[i].text, rows[i].n, &bad));
		ck_assert_uint_eq(bad, rows[i].bad);
	}
	ck_assert(text_valid("Ŵyneb " FAMILY, strlen("Ŵyneb " FAMILY), NULL));
}
END_TEST

START_TEST(stored_text_is_composed_and_has_line_feeds_only)
{
	ck_assert_str_eq(text_normal(&a, "e\u0301\r\nb\rc\r\r\n", 11), "é\nb\nc\n\n");
	ck_assert_str_eq(text_normal(&a, "", 0), "");
	ck_assert_ptr_null(text_normal(&a, "a\xff", 2));
	ck_assert_ptr_null(text_normal(&a, "a\0b", 3));
}
END_TEST

START_TEST(folding_makes_what_people_search_for_equal)
{
	static const char *const pairs[][2] = { { "  Élan  VITAL\t\n", "elan vital" },
		{ "Straße", "strasse" }, { "ŴYNEB", "wyneb" }, { "İstanbul", "istanbul" },
		{ "a\u00a0b", "a b" }, { "ﬁne", "fine" }, { "हिंदी", "हिंदी" }, { "", "" } };
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		ck_assert_str_eq(text_fold(&a, pairs[i][0]), pairs[i][1]);
	ck_assert_str_eq(text_fold(&a, "שָׁלוֹם"), text_fold(&a, "שלום"));
	ck_assert_str_eq(text_fold(&a, "مُحَمَّد"), text_fold(&a, "محمد"));
}
END_TEST

START_TEST(trimming_takes_every_kind_of_blank)
{
	const char *text = " \t\u00a0\u3000word two\u2009\n";
	size_t n = strlen(text);
	const char *start = text_trim(text, &n);
	ck_assert_uint_eq(n, 8);
	ck_assert(memcmp(start, "word two", 8) == 0);
	n = 3;
	text_trim(" \n ", &n);
	ck_assert_uint_eq(n, 0);
}
END_TEST

START_TEST(a_cluster_is_what_a_person_calls_a_character)
{
	static const struct {
		const char *text;
		size_t count;
	} rows[] = { { "", 0 }, { "abc", 3 }, { "e\u0301x", 2 }, { FAMILY "!", 2 }, { WALES, 1 },
		{ "\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7", 2 }, { "한글", 2 },
		{ "\u1112\u1161\u11ab", 1 }, { "a\r\nb", 3 }, { "\xff\xfe", 2 },
		{ "\U0001F44D\U0001F3FD", 1 }, { "❤\uFE0F", 1 } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *t = rows[i].text;
		ck_assert_uint_eq(text_count(t, strlen(t)), rows[i].count);
	}
}
END_TEST

START_TEST(going_back_visits_the_same_boundaries_as_going_on)
{
	const char *texts[] = { "a" FAMILY "b" WALES WALES
				"e\u0301\u0302 \U0001F1E9\U0001F1EA\U0001F1EB"
				"\U0001F1F7\U0001F1EC x",
		"\xff\xc3 \xe2\x82z", "\u0301\u0302ab", "\u200d\U0001F469\u200d\U0001F469",
		"नमस्ते \u1112\u1161\u11ab\r\n\n\r" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		size_t n = strlen(texts[i]), on[64], count = 0;
		for (size_t at = 0; at < n; at = text_next(texts[i], n, at))
			on[count++] = at;
		for (size_t at = n; at > 0; at = text_prev(texts[i], at))
			ck_assert_uint_eq(text_prev(texts[i], at), on[--count]);
		ck_assert_uint_eq(count, 0);
	}
	ck_assert_uint_eq(text_prev("a", 0), 0);
	ck_assert_uint_eq(text_next("a", 1, 1), 1);
}
END_TEST

START_TEST(widths_are_those_of_ncurses)
{
	static const struct {
		const char *text;
		int width;
	} rows[] = { { "abc", 3 }, { "é", 1 }, { "e\u0301", 1 }, { "漢字", 4 }, { "\U0001F469", 2 },
		{ "a\u200Bb", 8 }, { "\x1b", 2 }, { "\n", 0 }, { "\t", 4 }, { "\xff", 1 },
		{ "\xc2\x85", 8 }, { "नी", 2 } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_int_eq(text_width(rows[i].text, strlen(rows[i].text)), rows[i].width);
}
END_TEST

START_TEST(cutting_never_halves_a_character_and_marks_the_cut)
{
	ck_assert_str_eq(text_cut(&a, "Ring families", 13, false), "Ring families");
	ck_assert_str_eq(text_cut(&a, "Ring families", 8, false), "Ring fa…");
	ck_assert_str_eq(text_cut(&a, "Ring families", 8, true), "Ring fa~");
	ck_assert_str_eq(text_cut(&a, "漢字漢字", 4, false), "漢…");
	ck_assert_str_eq(text_cut(&a, "e\u0301e\u0301e\u0301", 2, false), "e\u0301…");
	ck_assert_str_eq(text_cut(&a, "abc", 0, false), "");
	int used = -1;
	ck_assert_uint_eq(text_fit("漢字", 6, 3, &used), 3);
	ck_assert_int_eq(used, 2);
}
END_TEST

static char *wrapped(const char *text, int columns)
{
	struct text_lines lines;
	ck_assert(text_wrap(&a, text, strlen(text), columns, &lines));
	struct str out = STR_IN(&a);
	for (size_t i = 0; i < lines.count; i++) {
		str_add(&out, i ? "|" : "");
		str_add_n(
		    &out, text + lines.line[i].start, lines.line[i].end - lines.line[i].start);
		int width =
		    text_width(text + lines.line[i].start, lines.line[i].end - lines.line[i].start);
		ck_assert_int_le(width, columns > 2 ? columns : 2);
	}
	return str_done(&out);
}

START_TEST(lines_break_at_words_hyphens_and_line_feeds)
{
	static const struct {
		const char *text;
		int columns;
		const char *lines;
	} rows[] = { { "", 5, "" }, { "one two", 7, "one two" }, { "one two", 6, "one|two" },
		{ "one   two", 4, "one|two" }, { "a\n\nb\n", 9, "a||b|" },
		{ "abcdefgh", 3, "abc|def|gh" }, { "follow-up call", 8, "follow-|up call" },
		{ "from -5 to", 6, "from|-5 to" }, { "ab      ", 4, "ab  " },
		{ "漢字漢", 5, "漢字|漢" }, { "漢", 1, "漢" }, { "one – two", 5, "one –|two" } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_str_eq(wrapped(rows[i].text, rows[i].columns), rows[i].lines);
}
END_TEST

START_TEST(wrapping_loses_nothing_but_blanks_at_any_width)
{
	const char *text = "Rang 10 families – 7 answered,\n  " FAMILY " pawb yn hapus; e\u0301 "
			   "漢字漢字 x-y supercalifragilistic   \n\nend ";
	for (int columns = 1; columns < 40; columns++) {
		struct text_lines lines;
		ck_assert(text_wrap(&a, text, strlen(text), columns, &lines));
		size_t at = 0;
		for (size_t i = 0; i < lines.count; i++) {
			for (; at < lines.line[i].start; at++)
				ck_assert(strchr(" \n", text[at]) != NULL);
			ck_assert_uint_ge(lines.line[i].end, at);
			at = lines.line[i].end;
		}
		for (; text[at]; at++)
			ck_assert(strchr(" \n", text[at]) != NULL);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("text");
	TCase *c = tcase_create("text");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, bad_bytes_are_found_where_they_stand);
	tcase_add_test(c, stored_text_is_composed_and_has_line_feeds_only);
	tcase_add_test(c, folding_makes_what_people_search_for_equal);
	tcase_add_test(c, trimming_takes_every_kind_of_blank);
	tcase_add_test(c, a_cluster_is_what_a_person_calls_a_character);
	tcase_add_test(c, going_back_visits_the_same_boundaries_as_going_on);
	tcase_add_test(c, widths_are_those_of_ncurses);
	tcase_add_test(c, cutting_never_halves_a_character_and_marks_the_cut);
	tcase_add_test(c, lines_break_at_words_hyphens_and_line_feeds);
	tcase_add_test(c, wrapping_loses_nothing_but_blanks_at_any_width);
	suite_add_tcase(s, c);
	return test_run(s);
}
