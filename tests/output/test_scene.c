// SPDX-License-Identifier: MIT
// A picture as data: how texts are wrapped, and that what is written as SVG is sound whatever was
// typed.
#include "../support.h"
#include "even_type.h"
#include "svg_sound.h"

#include <plando/scene.h>
#include <plando/str.h>

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;

static void end(void)
{
	arena_free(&arena);
}

static const char *rows(const char *text, double width)
{
	struct scene_words words;
	struct scene_rows got;
	struct str s = STR_IN(&arena);
	ck_assert(scene_words(&arena, &EVEN_TYPE, text, false, &words));
	ck_assert(scene_wrap(&arena, &words, 10, width, &got));
	ck_assert_uint_eq(scene_rows_needed(&words, 10, width), got.count);
	for (size_t i = 0; i < got.count; i++)
		str_printf(&s, "%s%s", i ? "|" : "", got.row[i].text);
	return str_done(&s);
}

START_TEST(words_go_to_the_next_row_where_they_do_not_fit)
{
	ck_assert_str_eq(rows("one two three", 44), "one two|three"); // 8 letters
	ck_assert_str_eq(rows("one two three", 500), "one two three");
	ck_assert_str_eq(rows("one\ntwo", 500), "one|two");
	ck_assert_str_eq(rows("", 50), "");
	ck_assert_str_eq(rows("   ", 50), "");
	ck_assert_str_eq(rows("well-known", 40), "well-|known");
}
END_TEST

START_TEST(a_word_longer_than_a_row_is_broken_between_characters)
{
	ck_assert_str_eq(rows("abcdefghijklmnop", 44), "abcdefgh|ijklmnop");
	ck_assert_str_eq(rows("so abcdefghijklmnop", 44), "so abcde|fghijklm|nop");
	ck_assert_str_eq(rows("漢字漢字漢字漢字", 44), "漢字漢字|漢字漢字");
	ck_assert_str_eq(rows("a\u0301b\u0301c\u0301d\u0301e\u0301f\u0301g\u0301h\u0301i\u0301j"
			      "\u0301k\u0301l\u0301",
			     33),
	    "a\u0301b\u0301c\u0301d\u0301e\u0301f\u0301|"
	    "g\u0301h\u0301i\u0301j\u0301k\u0301l\u0301");
}
END_TEST

START_TEST(a_row_narrower_than_a_letter_still_ends)
{
	ck_assert_str_eq(rows("abcdefghijkl m", 1), "a|b|c|d|e|f|g|h|i|j|k|l|m");
	ck_assert_str_eq(rows("ab", -5), "ab");
}
END_TEST

static const char *svg_of(const struct scene *s)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	MUST(scene_svg(s, out, &e));
	fclose(out);
	const char *copy = arena_copy(&arena, text, n);
	free(text);
	return copy;
}

static struct scene page(void)
{
	return scene_begin(&arena, &EVEN_TYPE, 200, 100);
}

static const char HOSTILE[] =
    "\"<script>alert('&amp;')</script>]]>-->\x1b[31m\x01\n\xe2\x80\xae"
    "\xef\xbf\xbe \xef\xbf\xbf \xff &#x3c; \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d";

START_TEST(what_was_typed_cannot_leave_its_place_in_the_svg)
{
	struct scene s = page();
	struct scene_font f = { .size = 10 };
	scene_name(&s, HOSTILE, HOSTILE);
	scene_link(&s, "node", HOSTILE, "a\"b<", NULL);
	scene_text(&s, &f, 1, 10, HOSTILE);
	scene_block(&s, &f, 1, 20, 60, HOSTILE);
	scene_group_end(&s);
	struct svg svg = svg_read(&arena, svg_of(&s));
	ck_assert_msg(!svg.fault, "%s", svg.fault);
	ck_assert_uint_eq(svg_count(&svg, "script", NULL, NULL), 0);
	ck_assert_uint_eq(svg_count(&svg, "text", NULL, NULL), 2);
	ck_assert_uint_eq(svg_count(&svg, "title", NULL, NULL), 2);
	ck_assert_str_eq(svg_attribute(&svg.element[4], "data-from"), "a\"b<");
	ck_assert_ptr_nonnull(strstr(svg.element[1].text, "<script>alert('&amp;')</script>"));
	ck_assert_ptr_null(strstr(svg.element[1].text, "\xe2\x80\xae"));
}
END_TEST

START_TEST(the_picture_says_what_it_is_to_who_cannot_see_it)
{
	struct scene s = page();
	scene_name(&s, "Waits", "A line that falls");
	struct svg svg = svg_read(&arena, svg_of(&s));
	ck_assert_str_eq(svg_attribute(&svg.element[0], "role"), "img");
	ck_assert_str_eq(svg_attribute(&svg.element[0], "aria-labelledby"), "title words");
	ck_assert_str_eq(svg.element[1].name, "title");
	ck_assert_str_eq(svg.element[1].text, "Waits");
	ck_assert_str_eq(svg.element[2].name, "desc");
	ck_assert_str_eq(svg.element[2].text, "A line that falls");
}
END_TEST

START_TEST(numbers_have_a_point_in_every_country)
{
	struct scene s = page();
	scene_line(&s, (struct scene_pen){ .width = 0.5 }, -1.256, 0.004, 12.3, 100);
	setlocale(LC_NUMERIC, "de_DE.UTF-8");
	ck_assert_ptr_nonnull(strstr(svg_of(&s), "d=\"M-1.26 0L12.3 100\""));
	setlocale(LC_NUMERIC, "C");
}
END_TEST

START_TEST(what_is_written_from_right_to_left_stands_at_the_right)
{
	struct scene s = page();
	struct scene_font f = { .size = 10 };
	scene_block(&s, &f, 10, 0, 80, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d abc");
	ck_assert_int_eq(s.item[0].anchor, SCENE_END);
	ck_assert_double_eq_tol(s.item[0].x, 90, 0.01);
	struct svg svg = svg_read(&arena, svg_of(&s));
	ck_assert_uint_eq(svg_count(&svg, "text", "direction", "rtl"), 1);
	ck_assert_uint_eq(svg_count(&svg, "text", "text-anchor", NULL), 0); // its own beginning
}
END_TEST

START_TEST(marks_differ_in_shape_and_lines_in_dashes)
{
	struct scene s = page();
	for (int shape = 0; shape < SCENE_SHAPES; shape++)
		scene_mark(&s, (enum scene_shape)shape, SCENE_COMMON, 10, 10, 5);
	for (int style = 0; style < SCENE_STYLES; style++)
		scene_line(
		    &s, (struct scene_pen){ SCENE_INK, (enum scene_style)style, 1 }, 0, 0, 9, 9);
	struct svg svg = svg_read(&arena, svg_of(&s));
	ck_assert_uint_eq(svg_count(&svg, "circle", NULL, NULL), 2);
	ck_assert_uint_eq(svg_count(&svg, "circle", "stroke", "#"), 1); // the ring
	ck_assert_uint_eq(svg_count(&svg, "polygon", NULL, NULL), 4);
	ck_assert_uint_eq(svg_count(&svg, "polygon", "stroke", "#"), 1); // the square
	ck_assert_uint_eq(svg_count(&svg, "path", "stroke-dasharray", NULL), 2);
}
END_TEST

// WCAG 2.1: relative luminance.
static double luminance(unsigned colour)
{
	static const double PART[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double c = (colour >> (16 - 8 * i) & 255) / 255.0;
		double linear = c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
		sum += PART[i] * linear;
	}
	return sum;
}

START_TEST(every_colour_that_must_be_read_stands_out_from_paper)
{
	for (int role = 0; role < SCENE_ROLES; role++) {
		if (role == SCENE_PAPER || role == SCENE_WASH || role == SCENE_RULE)
			continue;
		double contrast = 1.05 / (luminance(scene_colour((enum scene_role)role)) + 0.05);
		ck_assert_msg(contrast >= (role == SCENE_COMMON ? 4 : 4.5), "%s: %.2f",
		    scene_role_name((enum scene_role)role), contrast);
	}
}
END_TEST

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	Suite *s = suite_create("output-scene");
	TCase *t = tcase_create("scene");
	tcase_add_checked_fixture(t, NULL, end);
	tcase_add_test(t, words_go_to_the_next_row_where_they_do_not_fit);
	tcase_add_test(t, a_word_longer_than_a_row_is_broken_between_characters);
	tcase_add_test(t, a_row_narrower_than_a_letter_still_ends);
	tcase_add_test(t, what_was_typed_cannot_leave_its_place_in_the_svg);
	tcase_add_test(t, the_picture_says_what_it_is_to_who_cannot_see_it);
	tcase_add_test(t, numbers_have_a_point_in_every_country);
	tcase_add_test(t, what_is_written_from_right_to_left_stands_at_the_right);
	tcase_add_test(t, marks_differ_in_shape_and_lines_in_dashes);
	tcase_add_test(t, every_colour_that_must_be_read_stands_out_from_paper);
	suite_add_tcase(s, t);
	return test_run(s);
}
