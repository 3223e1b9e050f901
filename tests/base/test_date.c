// SPDX-License-Identifier: MIT
// Calendar arithmetic, dates as people type them, moments (date.h).
#include "../support.h"

#include <plando/date.h>

#include <string.h>

static struct arena a;

static void teardown(void)
{
	arena_free(&a);
}

static date_t iso(const char *text)
{
	date_t d;
	ck_assert_msg(date_parse_iso(text, &d), "%s", text);
	return d;
}

static struct civil day_after(struct civil c)
{
	if (++c.day <= date_month_days(c.year, c.month))
		return c;
	return c.month < 12 ? (struct civil){ c.year, c.month + 1, 1 }
			    : (struct civil){ c.year + 1, 1, 1 };
}

static bool same(struct civil a_, struct civil b)
{
	return a_.year == b.year && a_.month == b.month && a_.day == b.day;
}

START_TEST(days_of_ten_thousand_years_go_there_and_back)
{
	ck_assert_int_eq(date_from_civil((struct civil){ 1970, 1, 1 }), 0);
	ck_assert_int_eq(date_from_civil((struct civil){ 2000, 2, 29 }), 11016);
	ck_assert_int_eq(iso("0001-01-01"), -719162);
	ck_assert_int_eq(iso("9999-12-31"), 2932896);
	date_t recent = iso("1890-01-01"), far = iso("2110-01-01");
	for (date_t d = -719162; d < 2932896; d += d >= recent && d < far ? 1 : 7) {
		struct civil c = date_to_civil(d);
		if (date_from_civil(c) != d || !same(date_to_civil(d + 1), day_after(c)))
			ck_abort_msg("%d: %d-%d-%d", d, c.year, c.month, c.day);
	}
}
END_TEST

START_TEST(weekdays_begin_on_monday)
{
	ck_assert_int_eq(date_weekday(iso("2026-11-22")), 6);
	ck_assert_int_eq(date_weekday(0), 3);
	ck_assert_int_eq(date_weekday(iso("1900-01-01")), 0);
}
END_TEST

START_TEST(adding_months_stays_in_the_month)
{
	ck_assert_int_eq(date_add_months(iso("2024-01-31"), 1), iso("2024-02-29"));
	ck_assert_int_eq(date_add_months(iso("2023-01-31"), 1), iso("2023-02-28"));
	ck_assert_int_eq(date_add_months(iso("2023-01-31"), -2), iso("2022-11-30"));
	ck_assert_int_eq(date_add_months(iso("2023-12-15"), 14), iso("2025-02-15"));
}
END_TEST

START_TEST(iso_dates_are_read_strictly)
{
	static const char *const bad[] = { "", "2026-5-3", "2026-02-30", "2026-13-01", "0000-01-01",
		"2026-05-03 ", " 2026-05-03", "20260503", "2026-05-00", "2026-05-031" };
	date_t d;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!date_parse_iso(bad[i], &d), "%s", bad[i]);
	char text[DATE_TEXT];
	date_print_iso(iso("0987-06-05"), text);
	ck_assert_str_eq(text, "0987-06-05");
}
END_TEST

START_TEST(in_a_field_for_what_is_to_come_a_day_is_the_next_one)
{
	static const char *const rows[][2] = { { "fri", "2026-11-27" }, { "sun", "2026-11-29" },
		{ "mon", "2026-11-23" }, { "20 nov", "2027-11-20" }, { "22 nov", "2026-11-22" },
		{ "3/5", "2027-05-03" }, { "last fri", "2026-11-20" },
		{ "yesterday", "2026-11-21" }, { "3 May 2026", "2026-05-03" }, { "29 feb", "" } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		date_t d;
		char text[DATE_TEXT] = "";
		if (date_parse_ahead(rows[i][0], iso("2026-11-22"), &d))
			date_print_iso(d, text);
		ck_assert_msg(strcmp(text, rows[i][1]) == 0, "%s: %s", rows[i][0], text);
	}
}
END_TEST

// Today is Sunday, 22 November 2026.
START_TEST(dates_are_understood_as_people_type_them)
{
	static const char *const rows[][2] = { { "3 May", "2027-05-03" },
		{ "3 may 26", "2026-05-03" }, { " 3RD of  May, 2025 ", "2025-05-03" },
		{ "May 3", "2027-05-03" }, { "may 3, 2027", "2027-05-03" },
		{ "1 jan", "2027-01-01" }, { "1 sept 99", "1999-09-01" },
		{ "03/05/2026", "2026-05-03" }, { "3.5.", "2027-05-03" },
		{ "3.5.2026", "2026-05-03" }, { "3/5", "2027-05-03" }, { "3-5-26", "2026-05-03" },
		{ "2026/5/3", "2026-05-03" }, { "2026-05-03", "2026-05-03" },
		{ "today", "2026-11-22" }, { "Yesterday", "2026-11-21" },
		{ "tomorrow", "2026-11-23" }, { "tue", "2026-11-24" }, { "fri", "2026-11-20" },
		{ "last tue", "2026-11-17" }, { "next Tuesday", "2026-11-24" },
		{ "next sun", "2026-11-29" }, { "last sunday", "2026-11-15" },
		{ "this mon", "2026-11-16" }, { "+3", "2026-11-25" }, { "-2 weeks", "2026-11-08" },
		{ "in 2 weeks", "2026-12-06" }, { "3 days ago", "2026-11-19" },
		{ "a month ago", "2026-10-22" }, { "in a year", "2027-11-22" },
		{ "next week", "2026-11-29" }, { "last month", "2026-10-22" },
		{ "end of month", "2026-11-30" }, { "end of the month", "2026-11-30" },
		{ "start of next month", "2026-12-01" }, { "end of last year", "2025-12-31" },
		{ "end of week", "2026-11-22" }, { "Tue 24 Nov", "2026-11-24" } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		date_t d;
		char text[DATE_TEXT];
		ck_assert_msg(
		    date_parse_human(rows[i][0], iso("2026-11-22"), &d), "%s", rows[i][0]);
		date_print_iso(d, text);
		ck_assert_msg(strcmp(text, rows[i][1]) == 0, "%s: %s", rows[i][0], text);
	}
}
END_TEST

START_TEST(what_is_no_date_is_not_guessed)
{
	static const char *const bad[] = { "", " ", "may", "32 may", "30 feb 2026", "31/13/2026",
		"soon", "3 maybe", "mon tue", "+", "+999999", "+99999 y", "in weeks", "12", "2026",
		"3 May 2026 x", "Mon 24 Nov", "3\n5", "3//5", "1.2.3.4", "\xff",
		"aaaaaaaaaaaaaaaaaaaaaaaa", "٣ مايو", "29/2/2026" };
	date_t d;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!date_parse_human(bad[i], iso("2026-11-22"), &d), "%s", bad[i]);
}
END_TEST

START_TEST(months_are_understood_too)
{
	static const char *const rows[][2] = { { "2026-05", "2026-05-01" },
		{ "May 2026", "2026-05-01" }, { "may", "2027-05-01" }, { "jan 27", "2027-01-01" },
		{ "this month", "2026-11-01" }, { "last month", "2026-10-01" },
		{ "next month", "2026-12-01" }, { "05/2026", "2026-05-01" },
		{ "3 May 2026", "2026-05-01" }, { "2026-05-03", "2026-05-01" } };
	date_t d;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_msg(
		    date_parse_month(rows[i][0], iso("2026-11-22"), &d), "%s", rows[i][0]);
		ck_assert_msg(d == iso(rows[i][1]), "%s", rows[i][0]);
	}
	ck_assert(!date_parse_month("2026-13", iso("2026-11-22"), &d));
	ck_assert(!date_parse_month("", iso("2026-11-22"), &d));
}
END_TEST

START_TEST(dates_are_shown_short_and_distances_in_words)
{
	date_t today = iso("2026-11-22");
	ck_assert_str_eq(date_show(&a, iso("2026-05-03"), today), "3 May");
	ck_assert_str_eq(date_show(&a, iso("2025-05-03"), today), "3 May 2025");
	static const struct {
		int days;
		const char *text;
	} rows[] = { { 0, "today" }, { 1, "yesterday" }, { 4, "4 d" }, { 13, "13 d" },
		{ 21, "3 wk" }, { 62, "8 wk" }, { 63, "2 mo" }, { 153, "5 mo" }, { 729, "23 mo" },
		{ 731, "2 y" }, { -1, "tomorrow" }, { -4, "in 4 d" }, { -400, "in 13 mo" } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_str_eq(date_ago(&a, today - rows[i].days, today), rows[i].text);
}
END_TEST

START_TEST(moments_are_read_and_printed)
{
	static const struct {
		const char *text;
		int64_t ms;
	} rows[] = { { "1970-01-01T00:00:00Z", 0 }, { "2026-05-03", 1777766400000 },
		{ "2026-05-03T14:02:11.25+01:00", 1777813331250 },
		{ "2026-05-03t14:02:11z", 1777816931000 }, { "1969-12-31T23:59:59.999Z", -1 },
		{ "2016-12-31T23:59:60Z", 1483228800000 } };
	int64_t ms;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_msg(moment_parse(rows[i].text, &ms), "%s", rows[i].text);
		ck_assert_msg(ms == rows[i].ms, "%s: %lld", rows[i].text, (long long)ms);
	}
	static const char *const bad[] = { "", "2026-05-03T", "2026-05-03T14:02",
		"2026-05-03T24:00:00Z", "2026-05-03T14:02:11", "2026-05-03T14:02:11Zx",
		"2026-05-03T14:02:11.Z", "now" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!moment_parse(bad[i], &ms), "%s", bad[i]);
	char text[MOMENT_TEXT];
	moment_print(1777816931999, text);
	ck_assert_str_eq(text, "2026-05-03T14:02:11Z");
	moment_print(-1, text);
	ck_assert_str_eq(text, "1969-12-31T23:59:59Z");
	moment_print(INT64_MAX, text);
	ck_assert_str_eq(text, "9999-12-31T23:59:59Z");
	moment_print(INT64_MIN, text);
	ck_assert_str_eq(text, "0000-01-01T00:00:00Z");
	ck_assert_int_eq(moment_date(-1, 0), -1);
	ck_assert_int_eq(moment_date(-1, 1), 0);
	ck_assert_int_eq(moment_date(1777766400000, -1), iso("2026-05-02"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("date");
	TCase *c = tcase_create("date");
	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, days_of_ten_thousand_years_go_there_and_back);
	tcase_add_test(c, weekdays_begin_on_monday);
	tcase_add_test(c, adding_months_stays_in_the_month);
	tcase_add_test(c, iso_dates_are_read_strictly);
	tcase_add_test(c, dates_are_understood_as_people_type_them);
	tcase_add_test(c, in_a_field_for_what_is_to_come_a_day_is_the_next_one);
	tcase_add_test(c, what_is_no_date_is_not_guessed);
	tcase_add_test(c, months_are_understood_too);
	tcase_add_test(c, dates_are_shown_short_and_distances_in_words);
	tcase_add_test(c, moments_are_read_and_printed);
	suite_add_tcase(s, c);
	return test_run(s);
}
