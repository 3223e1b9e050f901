// SPDX-License-Identifier: MIT
// Periods of the calendar: every day lies in one of each kind, they follow each other without a
// gap, are named as people name them, and a measure's habit finds its day in each.
#include "../support.h"

#include <plando/period.h>

static struct arena arena;

static void stop(void)
{
	arena_free(&arena);
}

static date_t day(int year, int month, int of)
{
	return date_from_civil((struct civil){ year, month, of });
}

START_TEST(every_day_lies_in_its_period_and_periods_follow_each_other)
{
	for (int kind = 0; kind < PERIOD_KINDS; kind++)
		for (date_t d = day(1968, 12, 20); d < day(1973, 3, 5); d++) {
			int n = period_of((enum period_kind)kind, d);
			ck_assert_int_le(period_first((enum period_kind)kind, n), d);
			ck_assert_int_ge(period_last((enum period_kind)kind, n), d);
			ck_assert_int_eq(period_of((enum period_kind)kind,
					     period_last((enum period_kind)kind, n) + 1),
			    n + 1);
		}
}
END_TEST

START_TEST(they_are_named_by_their_dates_never_by_a_number)
{
	static const struct {
		enum period_kind kind;
		const char *shown, *head;
	} ROWS[] = { { PERIOD_DAY, "22 Oct 2026", "22 Oct 26" },
		{ PERIOD_WEEK, "week of 19 Oct 2026", "19 Oct 26" },
		{ PERIOD_MONTH, "Oct 2026", "Oct 2026" },
		{ PERIOD_QUARTER, "Oct–Dec 2026", "Oct–Dec 26" } };
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		int n = period_of(ROWS[i].kind, day(2026, 10, 22));
		ck_assert_str_eq(period_show(&arena, ROWS[i].kind, n), ROWS[i].shown);
		ck_assert_str_eq(period_head(&arena, ROWS[i].kind, n), ROWS[i].head);
	}
}
END_TEST

static const char *habit(enum period_kind kind, const date_t *days, size_t n, date_t *october)
{
	struct period_habit h = period_habit(kind, days, n);
	*october = period_day(kind, period_of(kind, day(2026, 10, 5)), &h);
	return period_habit_show(&arena, kind, &h);
}

START_TEST(a_new_date_falls_where_the_newest_ones_lie)
{
	const date_t ends[] = { day(2026, 2, 28), day(2026, 4, 30), day(2026, 5, 31) };
	const date_t middle[] = { day(2026, 2, 1), day(2026, 4, 15), day(2026, 5, 15) };
	const date_t once[] = { day(2026, 2, 28) };
	const date_t sundays[] = { day(2026, 9, 6), day(2026, 9, 13) };
	date_t at;
	ck_assert_str_eq(habit(PERIOD_MONTH, ends, 3, &at), "the last day of the month");
	ck_assert_int_eq(at, day(2026, 10, 31));
	ck_assert_str_eq(habit(PERIOD_MONTH, middle, 3, &at), "day 15 of the month");
	ck_assert_int_eq(at, day(2026, 10, 15));
	ck_assert_str_eq(habit(PERIOD_MONTH, once, 1, &at), "the last day of the month");
	ck_assert_str_eq(habit(PERIOD_WEEK, sundays, 2, &at), "Sunday");
	ck_assert_int_eq(at, day(2026, 10, 11));
	ck_assert_str_eq(habit(PERIOD_QUARTER, NULL, 0, &at), "the first day of the quarter");
	ck_assert_int_eq(at, day(2026, 10, 1));
}
END_TEST

START_TEST(a_day_that_a_month_does_not_have_is_its_last)
{
	const date_t days[] = { day(2026, 3, 30), day(2026, 5, 30), day(2026, 7, 30) };
	struct period_habit h = period_habit(PERIOD_MONTH, days, 3);
	int february = period_of(PERIOD_MONTH, day(2027, 2, 1));
	ck_assert_int_eq(period_day(PERIOD_MONTH, february, &h), day(2027, 2, 27));
	h = (struct period_habit){ .days = 30 };
	ck_assert_int_eq(period_day(PERIOD_MONTH, february, &h), day(2027, 2, 28));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("period");
	TCase *t = tcase_create("period");
	tcase_add_checked_fixture(t, NULL, stop);
	tcase_add_test(t, every_day_lies_in_its_period_and_periods_follow_each_other);
	tcase_add_test(t, they_are_named_by_their_dates_never_by_a_number);
	tcase_add_test(t, a_new_date_falls_where_the_newest_ones_lie);
	tcase_add_test(t, a_day_that_a_month_does_not_have_is_its_last);
	suite_add_tcase(s, t);
	return test_run(s);
}
