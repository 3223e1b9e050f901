// SPDX-License-Identifier: MIT
// Lines join, text stands over them, and nothing is drawn outside.
#include "../support.h"

#include <plando/canvas.h>

#include <locale.h>

static struct arena arena;

static void end(void)
{
	arena_free(&arena);
}

static struct canvas canvas_of(int rows, int cols, bool ascii)
{
	struct canvas c;
	MUST(canvas_init(&c, &arena, rows, cols, ascii, &e));
	return c;
}

static const char *printed(const struct canvas *c)
{
	struct str s = STR_IN(&arena);
	canvas_print(c, &s);
	return str_done(&s);
}

static void cross(struct canvas *c)
{
	canvas_across(c, 0, 0, 4, false, CANVAS_LINE);
	canvas_across(c, 1, 0, 2, false, CANVAS_LINE);
	canvas_across(c, 2, 0, 4, false, CANVAS_LINE);
	canvas_down(c, 0, 0, 2, false, CANVAS_LINE);
	canvas_down(c, 2, 0, 2, false, CANVAS_LINE);
	canvas_down(c, 4, 0, 2, false, CANVAS_LINE);
}

START_TEST(lines_join_where_they_meet)
{
	struct canvas c = canvas_of(3, 5, false);
	cross(&c);
	ck_assert_str_eq(printed(&c), "┌─┬─┐\n"
				      "├─┤ │\n"
				      "└─┴─┘\n");
}
END_TEST

START_TEST(lines_are_drawn_in_ascii_where_asked)
{
	struct canvas c = canvas_of(3, 5, true);
	cross(&c);
	ck_assert_str_eq(printed(&c), "+-+-+\n"
				      "+-+ |\n"
				      "+-+-+\n");
}
END_TEST

START_TEST(weak_lines_are_dashed_until_a_solid_one_joins)
{
	struct canvas c = canvas_of(2, 6, false), a = canvas_of(1, 3, true);
	canvas_across(&c, 0, 0, 3, true, CANVAS_LINE);
	canvas_down(&c, 5, 0, 1, true, CANVAS_LINE);
	ck_assert_str_eq(printed(&c), "╌╌╌╌ ╎\n     ╎\n");
	canvas_across(&c, 0, 0, 1, false, CANVAS_LINE);
	ck_assert_str_eq(printed(&c), "──╌╌ ╎\n     ╎\n");
	canvas_across(&a, 0, 0, 2, true, CANVAS_LINE);
	ck_assert_str_eq(printed(&a), "...\n");
}
END_TEST

START_TEST(a_heavy_line_joins_what_crosses_it_and_a_dashed_one_runs_below)
{
	struct canvas c = canvas_of(3, 9, false), a = canvas_of(1, 6, true);
	canvas_bar(&c, 1, 0, 3, false, CANVAS_LINE);
	canvas_bar(&c, 1, 5, 8, true, CANVAS_LINE);
	canvas_down(&c, 0, 0, 1, false, CANVAS_LINE);
	canvas_down(&c, 1, 1, 2, false, CANVAS_LINE);
	canvas_down(&c, 3, 0, 2, false, CANVAS_LINE);
	canvas_down(&c, 6, 0, 2, false, CANVAS_LINE);
	canvas_across(&c, 1, 7, 8, false, CANVAS_LINE);
	ck_assert_str_eq(printed(&c), "│  │  │\n"
				      "┷┯━┿ ╍│──\n"
				      " │ │  │\n");
	canvas_bar(&a, 0, 0, 2, false, CANVAS_LINE);
	canvas_bar(&a, 0, 3, 5, true, CANVAS_LINE);
	ck_assert_str_eq(printed(&a), "=== =\n");
	ck_assert(canvas_is_blank(&c, 0, 1) && !canvas_is_blank(&c, 1, 5));
	ck_assert(!canvas_is_blank(&c, 0, 9) && canvas_find(&c, 3, 0) == NULL);
}
END_TEST

START_TEST(text_stands_over_lines_whichever_comes_first)
{
	struct canvas c = canvas_of(1, 7, false);
	canvas_text(&c, 0, 2, "ab", CANVAS_PLAIN);
	canvas_across(&c, 0, 0, 6, false, CANVAS_LINE);
	canvas_text(&c, 0, 5, "c", CANVAS_PLAIN);
	ck_assert_str_eq(printed(&c), "──ab─c─\n");
}
END_TEST

START_TEST(a_window_shows_its_part_of_a_large_drawing)
{
	struct canvas c = canvas_of(2, 4, false);
	canvas_move(&c, 1000, 500);
	canvas_text(&c, 1000, 498, "abcdef", CANVAS_PLAIN);
	canvas_text(&c, 999, 500, "above", CANVAS_PLAIN);
	canvas_down(&c, 500, 0, 1000000, false, CANVAS_LINE);
	canvas_across(&c, 1001, -1000000, 1000000, false, CANVAS_LINE);
	ck_assert_str_eq(printed(&c), "cdef\n┼───\n");
}
END_TEST

START_TEST(a_wide_cluster_stands_whole_or_not_at_all)
{
	struct canvas c = canvas_of(1, 5, false);
	canvas_text(&c, 0, 0, "日本語", CANVAS_PLAIN); // the third has one column of its two
	ck_assert_str_eq(printed(&c), "日本\n");
	canvas_text(&c, 0, 1, "x", CANVAS_PLAIN);
	ck_assert_str_eq(printed(&c), " x本\n");
	canvas_text(&c, 0, 2, "y", CANVAS_PLAIN);
	ck_assert_str_eq(printed(&c), " xy\n");
	size_t n;
	canvas_text(&c, 0, 3, "本", CANVAS_PLAIN);
	ck_assert_ptr_null(canvas_glyph(&c, 0, 4, &n));
}
END_TEST

START_TEST(marks_stay_with_their_letter_and_endless_ones_do_not)
{
	struct canvas c = canvas_of(1, 4, false);
	ck_assert_int_eq(canvas_text(&c, 0, 0, "e\u0301a", CANVAS_PLAIN), 2);
	ck_assert_str_eq(printed(&c), "e\u0301a\n");
	struct str tall = STR_IN(&arena);
	str_add(&tall, "o");
	str_add_times(&tall, "\u0302", 5000);
	canvas_text(&c, 0, 2, str_done(&tall), CANVAS_PLAIN);
	ck_assert_str_eq(printed(&c), "e\u0301a?\n");
}
END_TEST

START_TEST(a_canvas_without_cells_takes_everything)
{
	struct canvas c = canvas_of(0, 0, false);
	cross(&c);
	canvas_text(&c, 0, 0, "日", CANVAS_PLAIN);
	ck_assert_str_eq(printed(&c), "");
}
END_TEST

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	Suite *s = suite_create("canvas");
	TCase *t = tcase_create("canvas");
	tcase_add_checked_fixture(t, NULL, end);
	tcase_add_test(t, lines_join_where_they_meet);
	tcase_add_test(t, lines_are_drawn_in_ascii_where_asked);
	tcase_add_test(t, weak_lines_are_dashed_until_a_solid_one_joins);
	tcase_add_test(t, a_heavy_line_joins_what_crosses_it_and_a_dashed_one_runs_below);
	tcase_add_test(t, text_stands_over_lines_whichever_comes_first);
	tcase_add_test(t, a_window_shows_its_part_of_a_large_drawing);
	tcase_add_test(t, a_wide_cluster_stands_whole_or_not_at_all);
	tcase_add_test(t, marks_stay_with_their_letter_and_endless_ones_do_not);
	tcase_add_test(t, a_canvas_without_cells_takes_everything);
	suite_add_tcase(s, t);
	return test_run(s);
}
