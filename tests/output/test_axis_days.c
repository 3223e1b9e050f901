// SPDX-License-Identifier: MIT
// Where the labels of the x axis stand.
#include "../support.h"

#include <plando/axis_days.h>
#include <plando/str.h>

static struct arena arena;

static void end(void)
{
	arena_free(&arena);
}

static const char *days_apart(const char *from, const char *to, int64_t apart, size_t most)
{
	date_t a, b;
	struct str s = STR_IN(&arena);
	ck_assert(date_parse_iso(from, &a) && date_parse_iso(to, &b));
	struct axis_ticks t = axis_days(&arena, a, b, apart, most);
	for (size_t i = 0; i < t.count; i++) {
		ck_assert(t.tick[i].at >= a && t.tick[i].at <= b);
		str_printf(&s, "%s%s", i ? " " : "", t.tick[i].label);
		if (t.tick[i].year)
			str_printf(&s, "/%d", t.tick[i].year);
	}
	return str_done(&s);
}

static const char *days(const char *from, const char *to, size_t most)
{
	return days_apart(from, to, 1, most);
}

START_TEST(days_get_as_many_labels_as_there_is_room_for)
{
	ck_assert_str_eq(days("2026-01-01", "2026-12-01", 12),
	    "Jan/2026 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec");
	ck_assert_str_eq(days("2025-11-01", "2026-10-01", 6), "Nov/2025 Jan/2026 Mar May Jul Sep");
	ck_assert_str_eq(days("2020-03-01", "2026-03-01", 7), "2021 2022 2023 2024 2025 2026");
	ck_assert_str_eq(days("2026-03-02", "2026-03-05", 9), "2 Mar/2026 3 Mar 4 Mar 5 Mar");
	ck_assert_str_eq(
	    days("2026-03-02", "2026-04-06", 6), "2 Mar/2026 9 Mar 16 Mar 23 Mar 30 Mar 6 Apr");
	ck_assert_str_eq(days("2026-03-02", "2026-03-02", 1), "2 Mar/2026");
	ck_assert_str_eq(days("2026-03-02", "2026-03-20", 1), "2 Mar/2026");
	ck_assert_str_eq(days("0001-01-01", "9999-01-01", 3), "500 1000 1500");
}
END_TEST

START_TEST(labels_are_not_closer_than_points)
{
	ck_assert_str_eq(days_apart("2026-01-01", "2026-04-01", 28, 30), "Jan/2026 Feb Mar Apr");
	ck_assert_str_eq(days_apart("2026-03-02", "2026-03-16", 7, 30), "2 Mar/2026 9 Mar 16 Mar");
	ck_assert_str_eq(days_apart("2026-01-01", "2026-07-01", 90, 30), "Jan/2026 Jul");
}
END_TEST

START_TEST(whole_numbers_are_labelled_in_round_steps)
{
	struct axis_ticks t = axis_numbers(&arena, 1, 24, 6);
	ck_assert_uint_eq(t.count, 4);
	ck_assert_str_eq(t.tick[0].label, "5");
	t = axis_numbers(&arena, 7, 7, 3);
	ck_assert_uint_eq(t.count, 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("output-axis_days");
	TCase *t = tcase_create("axis");
	tcase_add_checked_fixture(t, NULL, end);
	tcase_add_test(t, days_get_as_many_labels_as_there_is_room_for);
	tcase_add_test(t, labels_are_not_closer_than_points);
	tcase_add_test(t, whole_numbers_are_labelled_in_round_steps);
	suite_add_tcase(s, t);
	return test_run(s);
}
