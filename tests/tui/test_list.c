// SPDX-License-Identifier: MIT
// The one engine of scrolling and selecting.
#include "../support.h"

#include "tui/loop/list.h"

static bool every_fifth(void *context, size_t i)
{
	(void)context;
	return i % 5 == 0;
}

static struct list fives(size_t count, size_t rows)
{
	struct list l = { .heading = every_fifth };
	list_set(&l, count);
	list_settle(&l, rows);
	return l;
}

static void moved(struct list *l, enum action action, size_t to)
{
	ck_assert(list_move(l, action));
	list_settle(l, l->rows);
	ck_assert_uint_eq(l->at, to);
	ck_assert(l->at >= l->top && l->at < l->top + l->rows);
}

START_TEST(headings_are_stepped_over_both_ways)
{
	struct list l = fives(23, 6);
	ck_assert_uint_eq(l.at, 1);
	ck_assert_uint_eq(l.top, 0);
	list_select(&l, 4);
	moved(&l, ACT_DOWN, 6);
	moved(&l, ACT_UP, 4);
	moved(&l, ACT_LAST, 22);
	moved(&l, ACT_DOWN, 22);
	moved(&l, ACT_FIRST, 1);
	moved(&l, ACT_UP, 1);
	moved(&l, ACT_PAGE_DOWN, 6);
	moved(&l, ACT_PAGE_UP, 1);
	ck_assert(!list_move(&l, ACT_OPEN));
}
END_TEST

START_TEST(the_heading_above_the_first_row_stays_in_view)
{
	struct list l = fives(23, 6);
	moved(&l, ACT_LAST, 22);
	for (int i = 0; i < 30; i++)
		list_move(&l, ACT_UP), list_settle(&l, 6);
	ck_assert_uint_eq(l.at, 1);
	ck_assert_uint_eq(l.top, 0);
}
END_TEST

START_TEST(a_list_that_shrinks_keeps_a_row_chosen_and_in_view)
{
	struct list l = { 0 };
	list_set(&l, 100);
	list_settle(&l, 10);
	moved(&l, ACT_LAST, 99);
	list_set(&l, 4);
	list_settle(&l, 10);
	ck_assert_uint_eq(l.at, 3);
	ck_assert_uint_eq(l.top, 0);
	list_set(&l, 0);
	ck_assert(list_move(&l, ACT_DOWN));
	ck_assert_uint_eq(l.at, 0);
}
END_TEST

START_TEST(a_view_of_any_height_shows_what_is_chosen)
{
	struct list l = fives(40, 1);
	for (size_t rows = 1; rows < 50; rows++)
		for (size_t at = 0; at < 40; at++) {
			list_select(&l, at);
			list_settle(&l, rows);
			ck_assert(l.at >= l.top && l.at < l.top + rows);
			ck_assert_uint_ne(l.at % 5, 0);
		}
	list_settle(&l, 0);
}
END_TEST

START_TEST(a_place_on_the_screen_is_a_row_or_none)
{
	struct list l = fives(23, 6);
	size_t at = 99;
	l.row = 3;
	l.cols = 40;
	ck_assert(list_at(&l, 4, 10, &at));
	ck_assert_uint_eq(at, 1);
	ck_assert(!list_at(&l, 3, 10, &at)); // a heading
	ck_assert(!list_at(&l, 2, 10, &at)); // above
	ck_assert(!list_at(&l, 9, 10, &at)); // below the view
	ck_assert(!list_at(&l, 4, 40, &at)); // beside
}
END_TEST

START_TEST(a_filter_hides_rows_and_the_selection_stays_on_its_own)
{
	static const size_t MAP[] = { 5, 7, 10, 12, 13 };
	struct list l = fives(23, 30);
	list_select(&l, 12);
	list_filter(&l, MAP, 5);
	ck_assert_uint_eq(l.at, 12);
	moved(&l, ACT_DOWN, 13);
	moved(&l, ACT_DOWN, 13);
	moved(&l, ACT_FIRST, 7);
	list_filter(&l, NULL, 0);
	ck_assert_uint_eq(l.at, 7);
	list_select(&l, 9);
	list_filter(&l, MAP, 5);
	ck_assert_uint_eq(l.at, 12);
}
END_TEST

START_TEST(a_filter_that_leaves_nothing_leaves_nothing_chosen)
{
	static const size_t NONE[] = { 0 };
	struct list l = fives(23, 6);
	size_t at;
	list_filter(&l, NONE, 0);
	list_settle(&l, 6);
	ck_assert(list_empty(&l));
	ck_assert_uint_eq(l.at, 23);
	for (enum action a = ACT_UP; a <= ACT_LAST; a++)
		list_move(&l, a);
	ck_assert_uint_eq(l.at, 23);
	l.cols = 80;
	ck_assert(!list_at(&l, 0, 10, &at));
	list_filter(&l, NULL, 0);
	ck_assert(!list_empty(&l));
	ck_assert_uint_eq(l.at, 22);
}
END_TEST

START_TEST(rows_of_two_lines_are_found_by_either)
{
	struct list l = { .high = 2, .row = 4, .cols = 80 };
	size_t at = 0;
	list_set(&l, 9);
	list_settle(&l, 3);
	ck_assert(list_at(&l, 4, 1, &at));
	ck_assert_uint_eq(at, 0);
	ck_assert(list_at(&l, 7, 1, &at));
	ck_assert_uint_eq(at, 1);
	ck_assert(!list_at(&l, 10, 1, &at));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("list");
	TCase *c = tcase_create("list");
	tcase_add_test(c, headings_are_stepped_over_both_ways);
	tcase_add_test(c, the_heading_above_the_first_row_stays_in_view);
	tcase_add_test(c, a_list_that_shrinks_keeps_a_row_chosen_and_in_view);
	tcase_add_test(c, a_view_of_any_height_shows_what_is_chosen);
	tcase_add_test(c, a_place_on_the_screen_is_a_row_or_none);
	tcase_add_test(c, a_filter_hides_rows_and_the_selection_stays_on_its_own);
	tcase_add_test(c, a_filter_that_leaves_nothing_leaves_nothing_chosen);
	tcase_add_test(c, rows_of_two_lines_are_found_by_either);
	suite_add_tcase(s, c);
	return test_run(s);
}
