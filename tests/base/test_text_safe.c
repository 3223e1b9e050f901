// SPDX-License-Identifier: MIT
// Hostile text is shown by name; honest text of many scripts passes as it is (trust.md B1-B3).
#include "../support.h"

#include <plando/str.h>
#include <plando/text.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

static struct arena a;

static void setup(void)
{
	ck_assert_ptr_nonnull(setlocale(LC_ALL, "C.UTF-8"));
}

static void teardown(void)
{
	arena_free(&a);
}

#define WALES "\U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F"

START_TEST(honest_text_passes_unchanged)
{
	static const char *const texts[] = { "Gŵyl y Banc: ŵ ŷ â ê î ô û ï", "مرحبا بالأسرة",
		"می\u200Cخواهم", "שָׁלוֹם משפחה", "আমাদের দল ক্\u200Dষ র\u200D্য",
		"हिंदी क्\u200Cष क्\u200Dष",
		"\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466",
		"\U0001F469\U0001F3FD\u200D\u2695\uFE0F", "❤\uFE0F\u200D\U0001F525",
		"1\uFE0F\u20E3", WALES, "\U0001F1EC\U0001F1E7", "Zürich – “quoted” … 30 % → 15 %",
		"漢字\U000E0100 かな", "Tiếng Việt", "Ελληνικά", "Українська", "ไทย ที่นี่", "தமிழ்",
		"සිංහල ක්\u200Dෂ", "e\u0301\u0302", "ʼokina’s", "½ ° µ £ €", "\u00a0", "" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		ck_assert_str_eq(text_safe(&a, texts[i], false), texts[i]);
}
END_TEST

START_TEST(hostile_characters_are_named)
{
	static const char *const rows[][2] = { { "\x1b]52;c;ZXZpbA==\x07", "^[]52;c;ZXZpbA==^G" },
		{ "\x1b[2J", "^[[2J" }, { "a\rb", "a^Mb" }, { "a\x7f", "a^?" },
		{ "\xc2\x85", "<U+0085>" },
		{ "\xc2\x9b"
		  "31m",
		    "<U+009B>31m" },
		{ "\u202E0.1", "‹RLO›0.1" }, { "\u2066x\u2069", "‹LRI›x‹PDI›" },
		{ "a\u200Eb\u200F", "a‹LRM›b‹RLM›" }, { "\u061Ca", "‹ALM›a" },
		{ "ag\u200Bree", "ag‹ZWSP›ree" }, { "ag\u200Dree", "ag‹ZWJ›ree" },
		{ "\u200C", "‹ZWNJ›" }, { "\U0001F469\u200D", "\U0001F469‹ZWJ›" },
		{ "م\u200C\u200C", "م\u200C‹ZWNJ›" }, { "\uFEFFx", "‹BOM›x" },
		{ "a\u00ADb", "a‹SHY›b" }, { "a\U000E0041", "a‹U+E0041›" },
		{ "\U0001F3F4\U000E0067", "\U0001F3F4‹U+E0067›" }, { "\uFE0F", "‹U+FE0F›" },
		{ "a\uFE0F\uFE0F", "a\uFE0F‹U+FE0F›" }, { "a\U000E0101", "a‹U+E0101›" },
		{ "\u2028", "‹LS›" }, { "\u3164", "‹U+3164›" }, { "x\u2064y", "x‹U+2064›y" },
		{ "\xff\xc3", "\uFFFD\uFFFD" }, { "\uFFFE", "\uFFFD" },
		{ "\u0301x", "\u25CC\u0301x" }, { "a\u034Fb", "a‹CGJ›b" } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_str_eq(text_safe(&a, rows[i][0], false), rows[i][1]);
}
END_TEST

START_TEST(lines_stay_only_where_they_are_wanted)
{
	ck_assert_str_eq(text_safe(&a, "one\ntwo\tx", true), "one\ntwo    x");
	ck_assert_str_eq(text_safe(&a, "one\ntwo", false), "one two");
}
END_TEST

static bool quiet(const char *safe)
{
	for (const unsigned char *c = (const unsigned char *)safe; *c; c++)
		if (*c < 0x20 || *c == 0x7f || (*c == 0xc2 && c[1] < 0xa0))
			return false;
	return text_valid(safe, strlen(safe), NULL);
}

START_TEST(no_code_point_lets_a_control_through)
{
	for (int32_t cp = 1; cp <= 0x10ffff; cp++) {
		char text[8];
		if (snprintf(text, sizeof text, "%lc", (wint_t)cp) <= 0)
			continue;
		struct arena_mark mark = arena_mark(&a);
		const char *safe = text_safe(&a, text, false);
		if (!quiet(safe) || !str_equal(text_safe(&a, safe, false), safe))
			ck_abort_msg("U+%04X: %s", (unsigned)cp, safe);
		arena_release(&a, mark);
	}
}
END_TEST

START_TEST(a_tower_of_marks_is_cut)
{
	struct str s = STR_IN(&a);
	str_add(&s, "Z");
	str_add_times(&s, "\u0335", 5000);
	const char *safe = text_safe(&a, str_done(&s), false);
	ck_assert_uint_eq(strlen(safe), 1 + 30 * 2);
}
END_TEST

START_TEST(ascii_terminals_get_what_can_be_read)
{
	static const char *const rows[][2] = { { "Café – 30 % → 15 %", "Cafe - 30 % -> 15 %" },
		{ "Gŵyl", "Gwyl" }, { "‘a’ “b” …", "'a' \"b\" ..." }, { "漢\U0001F469", "??" },
		{ "\x1b\u202Ea\nb", "^[<RLO>a\nb" }, { "Straße", "Strasse" } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_str_eq(text_ascii(&a, rows[i][0]), rows[i][1]);
}
END_TEST

START_TEST(the_width_of_a_cluster_is_that_of_its_safe_form)
{
	static const char *const texts[] = { "\u202E", "a\u200Db", "\x1b", "\u0301", "e\u0301",
		"漢", "\t", "\xff", WALES, "\U0001F469\u200D\U0001F469" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *safe = text_safe(&a, texts[i], true);
		ck_assert_int_eq(
		    text_width(texts[i], strlen(texts[i])), text_width(safe, strlen(safe)));
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("text_safe");
	TCase *c = tcase_create("text_safe");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, honest_text_passes_unchanged);
	tcase_add_test(c, hostile_characters_are_named);
	tcase_add_test(c, lines_stay_only_where_they_are_wanted);
	tcase_add_test(c, no_code_point_lets_a_control_through);
	tcase_add_test(c, a_tower_of_marks_is_cut);
	tcase_add_test(c, ascii_terminals_get_what_can_be_read);
	tcase_add_test(c, the_width_of_a_cluster_is_that_of_its_safe_form);
	suite_add_tcase(s, c);
	return test_run(s);
}
