// SPDX-License-Identifier: MIT
// Exact decimals and fractions (decimal.h), up to their bounds and beyond.
#include "../support.h"

#include <plando/decimal.h>

#include <stdio.h>

static struct arena a;

static void teardown(void)
{
	arena_free(&a);
}

static struct decimal dec(const char *text)
{
	struct decimal d;
	ck_assert_msg(decimal_parse(text, &d), "%s", text);
	return d;
}

static struct fraction frac(const char *text)
{
	return fraction_of(dec(text));
}

START_TEST(what_is_typed_is_kept_exactly)
{
	static const char *const cases[][2] = { { "12.50", "12.5" }, { "+7", "7" }, { "-0.0", "0" },
		{ "0.001", "0.001" }, { "1.5e3", "1500" }, { "15e-1", "1.5" }, { "0007", "7" },
		{ "33.333333333333336", "33.333333333333336" },
		{ "999999999999999999", "999999999999999999" },
		{ "-0.000000000000000001", "-0.000000000000000001" },
		{ "30.500000000000000000000000000000000000", "30.5" }, { "0e999", "0" },
		{ "100000000000000000000000000000e-20", "1000000000" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_str_eq(decimal_show(&a, dec(cases[i][0])), cases[i][1]);
}
END_TEST

START_TEST(what_is_no_number_or_beyond_the_bounds_is_refused)
{
	static const char *const wrong[] = { "", "-", ".5", "1.2.3", "1,5", "1e", "1e+", " 1", "1 ",
		"nan", "inf", "0x10", "1e400", "-1e400", "1e-400", "1e99999999999999999999",
		"1234567890123456789", "0.1234567890123456789", "1e18", "1e-19" };
	char most[4096];
	struct decimal d;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		ck_assert_msg(!decimal_parse(wrong[i], &d), "%s", wrong[i]);
	for (size_t i = 0; i < sizeof most; i++)
		most[i] = i + 1 < sizeof most ? '9' : '\0';
	ck_assert(!decimal_parse(most, &d));
	ck_assert(!decimal_parse(NULL, &d));
}
END_TEST

START_TEST(comparing_never_goes_through_a_double)
{
	ck_assert_int_eq(decimal_compare(dec("0.1"), dec("0.10")), 0);
	ck_assert_int_lt(decimal_compare(dec("999999999999999998"), dec("999999999999999999")), 0);
	ck_assert_int_gt(decimal_compare(dec("-1"), dec("-1.00000000000000001")), 0);
	ck_assert_int_lt(
	    decimal_compare(dec("-999999999999999999"), dec("0.000000000000000001")), 0);
	struct decimal sum;
	ck_assert(decimal_add(dec("0.1"), dec("0.2"), &sum));
	ck_assert_int_eq(decimal_compare(sum, dec("0.3")), 0);
	ck_assert(!decimal_add(dec("999999999999999999"), dec("1"), &sum));
	ck_assert(!decimal_add(dec("999999999999999999"), dec("0.5"), &sum));
}
END_TEST

START_TEST(a_ratio_is_a_fraction_in_lowest_terms)
{
	struct fraction f, g;
	ck_assert(fraction_ratio(dec("1"), dec("3"), dec("100"), &f));
	ck_assert_int_eq(f.over, 100);
	ck_assert_int_eq(f.under, 3);
	ck_assert(fraction_ratio(dec("12.5"), dec("-37.5"), dec("100"), &g));
	ck_assert_int_eq(g.over, -100);
	ck_assert_int_eq(g.under, 3);
	ck_assert(!fraction_ratio(dec("1"), dec("0"), dec("100"), &f));
	ck_assert(!fraction_ratio(
	    dec("999999999999999999"), dec("0.000000000000000001"), dec("1000"), &f));
	// A third of a hundred, three times, is a hundred.
	const struct decimal_part third = { 3, { 100, 3 } }, hundred = { -1, { 100, 1 } };
	ck_assert_int_eq(parts_sign((const struct decimal_part[]){ third, hundred }, 2), 0);
}
END_TEST

START_TEST(the_sign_of_a_sum_is_exact_where_nothing_else_would_be)
{
	const struct fraction tiny = { 1, INT64_MAX }, less = { 1, INT64_MAX - 2 };
	struct decimal_part p[PARTS_MOST];
	for (int i = 0; i < PARTS_MOST; i++)
		p[i] = (struct decimal_part){ i % 2 ? INT64_MAX : -INT64_MAX, tiny };
	ck_assert_int_eq(parts_sign(p, PARTS_MOST), 0);
	p[7].value = less;
	ck_assert_int_eq(parts_sign(p, PARTS_MOST), 1);
	p[7].value = tiny;
	p[6].value = less;
	ck_assert_int_eq(parts_sign(p, PARTS_MOST), -1);
}
END_TEST

START_TEST(a_fraction_is_shown_rounded_half_away_from_zero)
{
	static const struct {
		struct fraction f;
		int decimals;
		bool trim;
		const char *shown;
	} cases[] = { { { 1, 3 }, 2, true, "0.33" }, { { 2, 3 }, 2, true, "0.67" },
		{ { 61, 2 }, 2, true, "30.5" }, { { 61, 2 }, 2, false, "30.50" },
		{ { 61, 2 }, 0, false, "31" }, { { -61, 2 }, 0, true, "-31" },
		{ { 1999, 2000 }, 2, true, "1" }, { { -1, 1000 }, 2, true, "0" },
		{ { 100, 1 }, 2, true, "100" }, { { 100, 1 }, 0, true, "100" },
		{ { INT64_MAX - 1, INT64_MAX }, 3, true, "1" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_str_eq(fraction_show(&a, cases[i].f, cases[i].decimals, cases[i].trim),
		    cases[i].shown);
}
END_TEST

START_TEST(sums_that_fit_are_fractions_and_others_say_so)
{
	struct fraction f;
	const struct decimal_part two[] = { { 1, frac("30") }, { 1, frac("31") } };
	ck_assert(parts_sum(two, 2, 2, &f));
	ck_assert_str_eq(fraction_show(&a, f, 2, true), "30.5");
	ck_assert_double_eq(fraction_real(f), 30.5);
	const struct decimal_part odd[] = { { 1, { 1, INT64_MAX } }, { 1, { 1, INT64_MAX - 2 } } };
	ck_assert(!parts_sum(odd, 2, 1, &f));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("decimal");
	TCase *t = tcase_create("decimal");
	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, what_is_typed_is_kept_exactly);
	tcase_add_test(t, what_is_no_number_or_beyond_the_bounds_is_refused);
	tcase_add_test(t, comparing_never_goes_through_a_double);
	tcase_add_test(t, a_ratio_is_a_fraction_in_lowest_terms);
	tcase_add_test(t, the_sign_of_a_sum_is_exact_where_nothing_else_would_be);
	tcase_add_test(t, a_fraction_is_shown_rounded_half_away_from_zero);
	tcase_add_test(t, sums_that_fit_are_fractions_and_others_say_so);
	suite_add_tcase(s, t);
	return test_run(s);
}
