// SPDX-License-Identifier: MIT
// Where the labels of a chart stand.
#include "../support.h"

#include <plando/axis.h>
#include <plando/str.h>

#include <math.h>

static struct arena arena;

static void end(void)
{
	arena_free(&arena);
}

START_TEST(all_numbers_are_held_by_round_steps)
{
	static const double RANGES[][2] = { { 0, 1 }, { 3, 97 }, { -4, 5 }, { 0.001, 0.0042 },
		{ 1e6, 1.3e6 }, { 7, 7 }, { 0, 0 }, { -3, -3 }, { 99.99, 100.01 }, { 0, 1e-12 } };
	for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++)
		for (int steps = 2; steps <= 10; steps++) {
			struct axis_values v = axis_values(RANGES[i][0], RANGES[i][1], steps);
			ck_assert_double_le(v.low, RANGES[i][0] + 1e-9 * v.step);
			ck_assert_double_ge(v.high, RANGES[i][1] - 1e-9 * v.step);
			ck_assert_double_gt(v.high, v.low);
			ck_assert_double_le((v.high - v.low) / v.step, steps + 1e-6);
		}
	ck_assert_double_eq(axis_values(3, 97, 5).step, 20);
	ck_assert_int_eq(axis_values(0, 0.4, 4).decimals, 1);
	ck_assert_double_eq(axis_values(NAN, NAN, 5).high, 1);
}
END_TEST

START_TEST(percentages_show_all_of_it_where_they_use_most_of_it)
{
	struct axis_values v = axis_percent(22, 95, 6);
	ck_assert(v.low == 0 && v.high == 100 && v.step == 20);
	v = axis_percent(61, 72, 6);
	ck_assert(v.low >= 50 && v.high <= 80);
	v = axis_percent(97, 100, 3);
	ck_assert_double_le(v.high, 100);
	v = axis_percent(20, 112, 6);
	ck_assert_double_ge(v.high, 112);
}
END_TEST

static const char *days(const char *from, const char *to, size_t most)
{
	date_t a, b;
	struct str s = STR_IN(&arena);
	ck_assert(date_parse_iso(from, &a) && date_parse_iso(to, &b));
	struct axis_ticks t = axis_days(&arena, a, b, most);
	for (size_t i = 0; i < t.count; i++) {
		ck_assert(t.tick[i].at >= a && t.tick[i].at <= b);
		str_printf(&s, "%s%s", i ? " " : "", t.tick[i].label);
		if (t.tick[i].year)
			str_printf(&s, "/%d", t.tick[i].year);
	}
	return str_done(&s);
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
	Suite *s = suite_create("output-axis");
	TCase *t = tcase_create("axis");
	tcase_add_checked_fixture(t, NULL, end);
	tcase_add_test(t, all_numbers_are_held_by_round_steps);
	tcase_add_test(t, percentages_show_all_of_it_where_they_use_most_of_it);
	tcase_add_test(t, days_get_as_many_labels_as_there_is_room_for);
	tcase_add_test(t, whole_numbers_are_labelled_in_round_steps);
	suite_add_tcase(s, t);
	return test_run(s);
}
