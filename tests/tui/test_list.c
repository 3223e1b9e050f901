// SPDX-License-Identifier: MIT
// The one engine of scrolling and selecting.
#include "../support.h"

#include "tui/list.h"

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

static bool is_seven(void *context, size_t i)
{
	(void)context;
	return i == 7;
}

static bool is_none(void *context, size_t i)
{
	(void)context;
	return i == 10; // a heading: cannot be chosen
}

START_TEST(finding_goes_around_the_end_both_ways)
{
	struct list l = fives(23, 6);
	list_select(&l, 9);
	ck_assert(list_find(&l, 1, is_seven, NULL));
	ck_assert_uint_eq(l.at, 7);
	ck_assert(list_find(&l, -1, is_seven, NULL));
	ck_assert_uint_eq(l.at, 7);
	ck_assert(!list_find(&l, 1, is_none, NULL));
	ck_assert_uint_eq(l.at, 7);
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
	tcase_add_test(c, finding_goes_around_the_end_both_ways);
	suite_add_tcase(s, c);
	return test_run(s);
}
