// SPDX-License-Identifier: MIT
// Measures as charts, grids and the evidence engine read them (measure.h).
#include "../support.h"

#include <plando/bundle.h>
#include <plando/measure.h>
#include <plando/record.h>
#include <plando/str.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct arena a;
static struct world w;
static struct env env;
static struct store *s;

static void setup(void)
{
	struct err e = { 0 };
	char *path = test_path(&a, "measure.plando");
	w = (struct world){ .now = 1795356120000, .seed = 7 }; // 22 Nov 2026
	env = world_env(&w);
	remove(path);
	ck_assert_msg(store_create(path, &env, "Test", &e), "%s", e.text);
	s = store_open(path, STORE_WRITE, &env, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
}

static void teardown(void)
{
	store_close(s);
	arena_free(&a);
}

static date_t day(const char *iso)
{
	date_t d = 0;
	ck_assert_msg(date_parse_iso(iso, &d), "%s", iso);
	return d;
}

// A measure with the options and points given in YAML's flow style, as it stands on that day.
static struct measure read(const char *options, const char *points, const char *on)
{
	struct bundle_report report;
	struct record r;
	struct measure m;
	char *text = arena_printf(&a,
	    "plando: 1\nteams:\n  - name: Hubs\n    measures:\n      - {name: Wait%s,\n"
	    "         points: [%s],\n         marks: [{date: 2022-03-05, text: Test, type: "
	    "test_started}, {date: 2022-09-05, text: Later}]}\n",
	    options, points);
	MUST(bundle_import(s, text, strlen(text), "test", false, &report, &a, &e));
	MUST(record_find(s, &a, "measure", "Wait", &r, &e));
	MUST(measure_load(s, &a, &r.id, day(on), &m, &e));
	return m;
}

// "2022-01-01=30.5 2022-02-01=? …": what the series shows; ? is a point without a value.
static const char *shown(const struct measure *m, const struct measure_series *of)
{
	struct str text = STR_IN(&a);
	for (size_t i = 0; i < of->count; i++) {
		char date[DATE_TEXT];
		const struct measure_point *p = &of->point[i];
		date_print_iso(p->date, date);
		str_printf(&text, "%s%s=%s", i ? " " : "", date + 5,
		    p->state == POINT_GOOD ? measure_show(&a, m, p->value) : "?");
		ck_assert(p->state == POINT_GOOD ? !isnan(p->y) : isnan(p->y));
	}
	return str_done(&text);
}

START_TEST(points_are_read_by_date_up_to_the_day_asked_for)
{
	struct measure m = read(", type: outcome, key_measure: true, direction: down, goal: 20, "
				"interval: week",
	    "{date: 2022-03-01, value: \"40.50\"}, {date: 2022-01-01, value: 41, note: first},"
	    " {date: 2022-02-01}, {date: 2022-04-01, value: 38}",
	    "2022-03-31");
	ck_assert_str_eq(shown(&m, &m.whole), "01-01=41 02-01=? 03-01=40.5");
	ck_assert_int_eq(m.whole.point[1].state, POINT_EMPTY);
	ck_assert_str_eq(m.whole.point[2].typed, "40.50");
	ck_assert_str_eq(m.whole.point[0].note, "first");
	ck_assert(m.type == MEASURE_OUTCOME && m.key && !m.aim_goal && m.way == MEASURE_DOWN);
	ck_assert(m.has_goal && decimal_compare(m.goal, decimal_whole(20)) == 0);
	ck_assert_int_eq(m.interval_days, 7);
	ck_assert_uint_eq(m.marks, 1);
	ck_assert_str_eq(m.mark[0].type, "test_started");
}
END_TEST

START_TEST(with_a_denominator_the_value_is_an_exact_fraction)
{
	struct measure m = read(", data: percent",
	    "{date: 2022-01-01, numerator: 1, denominator: 3},"
	    " {date: 2022-02-01, numerator: 0, denominator: 0},"
	    " {date: 2022-03-01, numerator: 2, denominator: 0}, {date: 2022-04-01, numerator: 2},"
	    " {date: 2022-05-01, value: 33.5}",
	    "2022-12-31");
	ck_assert_str_eq(shown(&m, &m.whole), "01-01=33.33 02-01=? 03-01=? 04-01=? 05-01=33.5");
	ck_assert_int_eq(m.whole.point[0].value.over, 100);
	ck_assert_int_eq(m.whole.point[0].value.under, 3);
	ck_assert_double_eq(m.whole.point[0].denominator, 3);
	ck_assert_int_eq(m.whole.point[1].state, POINT_NONE_SEEN);
	ck_assert_int_eq(m.whole.point[2].state, POINT_IMPOSSIBLE);
	ck_assert_int_eq(m.whole.point[3].state, POINT_HALF);
	for (int i = 0; i < POINT_STATES; i++)
		ck_assert_int_eq(*point_state_words((enum point_state)i) == '\0', i == POINT_GOOD);
}
END_TEST

START_TEST(a_rate_is_per_what_the_measure_says)
{
	struct measure m = read(", data: rate, per: 1000, decimals: 1",
	    "{date: 2022-01-01, numerator: 7, denominator: 2000}", "2022-12-31");
	ck_assert_str_eq(shown(&m, &m.whole), "01-01=3.5");
}
END_TEST

START_TEST(the_whole_is_the_sum_over_the_sum_where_only_groups_were_recorded)
{
	struct measure m = read(", data: percent",
	    "{date: 2022-01-01, stratum: A, numerator: 1, denominator: 2},"
	    " {date: 2022-01-01, stratum: B, numerator: 9, denominator: 98},"
	    " {date: 2022-02-01, stratum: A, numerator: 1, denominator: 2},"
	    " {date: 2022-02-01, numerator: 3, denominator: 4},"
	    " {date: 2022-03-01, stratum: B, numerator: 0, denominator: 0},"
	    " {date: 2022-03-01, stratum: A, numerator: 1, denominator: 4}",
	    "2022-12-31");
	ck_assert_str_eq(shown(&m, &m.whole), "01-01=10 02-01=75 03-01=25");
	ck_assert_uint_eq(m.whole.point[0].rows, 2);
	ck_assert_double_eq(m.whole.point[0].denominator, 100);
	ck_assert_uint_eq(m.strata, 2);
	ck_assert_str_eq(m.stratum[0].stratum, "A");
	ck_assert_str_eq(shown(&m, &m.stratum[0]), "01-01=50 02-01=50 03-01=25");
	ck_assert_str_eq(shown(&m, &m.stratum[1]), "01-01=9.18 03-01=?");
}
END_TEST

START_TEST(groups_without_denominators_are_asked_about)
{
	static const char points[] = "{date: 2022-01-01, stratum: A, value: 10},"
				     " {date: 2022-01-01, stratum: B, value: 21}";
	struct measure m = read("", points, "2022-12-31");
	ck_assert_str_eq(shown(&m, &m.whole), "01-01=?");
	ck_assert_int_eq(m.whole.point[0].state, POINT_ASK);
	ck_assert_uint_eq(m.asks, 1);
}
END_TEST

START_TEST(unless_the_measure_says_how_they_make_a_whole)
{
	static const char points[] = "{date: 2022-01-01, stratum: A, value: 10},"
				     " {date: 2022-01-01, stratum: B, value: 20},"
				     " {date: 2022-01-01, stratum: C, value: 60.5}";
	static const char *const rules[][2] = { { ", aggregate: mean", "01-01=30.17" },
		{ ", aggregate: sum", "01-01=90.5" }, { ", aggregate: median", "01-01=20" } };
	struct measure m = read(rules[_i][0], points, "2022-12-31");
	ck_assert_str_eq(shown(&m, &m.whole), rules[_i][1]);
	ck_assert_uint_eq(m.asks, 0);
}
END_TEST

// By nth: the first, "2", "10", eight digits; whatever order they come in.
static const char EVENTS[] =
    "{date: 2022-01-02, value: 5}, {date: 2022-01-01, value: 40, nth: 3fa90b12},"
    " {date: 2022-01-01, value: 30, nth: \"10\"}, {date: 2022-01-01, value: 20, nth: \"2\"},"
    " {date: 2022-01-01, value: 10}";

START_TEST(each_event_of_a_date_is_a_point_where_the_measure_says_so)
{
	static const char EACH[] = "01-01=10 01-01=20 01-01=30 01-01=40 01-02=5";
	static const char *const rules[][2] = { { ", data: time_between", EACH },
		{ ", aggregate: each", EACH }, { ", chart: g", EACH },
		{ ", data: time_between, aggregate: mean", "01-01=25 01-02=5" },
		{ "", "01-01=25 01-02=5" } };
	struct measure m = read(rules[_i][0], EVENTS, "2022-12-31");
	ck_assert_str_eq(shown(&m, &m.whole), rules[_i][1]);
}
END_TEST

START_TEST(patients_of_groups_are_points_of_the_whole_where_it_is_said)
{
	static const char points[] = "{date: 2022-01-01, stratum: B, value: 21},"
				     " {date: 2022-01-01, stratum: A, value: 11, nth: \"2\"},"
				     " {date: 2022-01-01, stratum: A, value: 10},"
				     " {date: 2022-01-02, value: 7}";
	// The times between the events of two groups are none between those of both.
	static const char *const rules[][2] = { { ", aggregate: each",
						    "01-01=10 01-01=11 01-01=21 01-02=7" },
		{ ", data: time_between", "01-01=? 01-02=7" } };
	struct measure m = read(rules[_i][0], points, "2022-12-31");
	ck_assert_str_eq(shown(&m, &m.whole), rules[_i][1]);
	ck_assert_uint_eq(m.strata, 2);
	ck_assert_str_eq(shown(&m, &m.stratum[0]), "01-01=10 01-01=11");
}
END_TEST

START_TEST(what_is_left_out_stays_on_the_chart_and_out_of_the_whole)
{
	struct measure m = read(", data: percent",
	    "{date: 2022-01-01, numerator: 1, denominator: 2, excluded_why: strike},"
	    " {date: 2022-02-01, stratum: A, numerator: 1, denominator: 2, excluded_why: strike},"
	    " {date: 2022-02-01, stratum: B, numerator: 1, denominator: 10}",
	    "2022-12-31");
	ck_assert_str_eq(shown(&m, &m.whole), "01-01=50 02-01=10");
	ck_assert_str_eq(m.whole.point[0].excluded_why, "strike");
	ck_assert_ptr_null(m.whole.point[1].excluded_why);
}
END_TEST

START_TEST(numbers_beyond_the_bounds_have_no_value_and_say_so)
{
	struct measure m = read(", data: percent",
	    "{date: 2022-01-01, value: \"1234567890123456789012345\"},"
	    " {date: 2022-02-01, numerator: \"999999999999999999\", denominator: "
	    "\"0.000000000000000001\"}",
	    "2022-12-31");
	ck_assert_int_eq(m.whole.point[0].state, POINT_LONG);
	ck_assert_int_eq(m.whole.point[1].state, POINT_LONG);
}
END_TEST

START_TEST(a_team_s_measures_come_by_name_and_what_is_archived_or_deleted_does_not_count)
{
	static const char text[] =
	    "plando: 1\nteams:\n  - key: t\n    name: Hubs\n    measures:\n"
	    "      - {name: wait, points: [{date: 2022-01-01, value: 1},"
	    " {date: 2022-02-01, value: 2, archived: 2022-06-01}]}\n"
	    "      - {name: Calls, points: [{date: 2022-01-01, value: 3}]}\n"
	    "      - {name: Gone, archived: 2022-06-01, points: [{date: 2022-01-01, value: 3}]}\n";
	struct bundle_report report;
	struct record team, point;
	struct measures all;
	MUST(bundle_import(s, text, strlen(text), "test", false, &report, &a, &e));
	MUST(record_find(s, &a, "team", "Hubs", &team, &e));
	MUST(measures_load(s, &a, &team.id, day("2022-05-31"), &all, &e));
	ck_assert_uint_eq(all.count, 3);
	ck_assert_str_eq(all.item[0].name, "Calls");
	ck_assert_uint_eq(all.item[2].whole.count, 2);
	MUST(measures_load(s, &a, &team.id, day("2022-06-01"), &all, &e));
	ck_assert_uint_eq(all.count, 2);
	ck_assert_uint_eq(all.item[1].whole.count, 1);
	struct id id = all.item[1].whole.point[0].id;
	MUST(record_load(s, &a, &id, &point, &e));
	struct save *v = save_begin(s, &a, NULL);
	MUST(v && save_delete(v, &id, &e) && save_commit(v, NULL, &e));
	MUST(measures_load(s, &a, &team.id, day("2022-06-01"), &all, &e));
	ck_assert_uint_eq(all.item[1].whole.count, 0);
	REFUSES(ERR_NOINPUT, measure_load(s, &a, &team.id, day("2022-06-01"), all.item, &e));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("measure");
	TCase *c = tcase_create("measure");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, points_are_read_by_date_up_to_the_day_asked_for);
	tcase_add_test(c, with_a_denominator_the_value_is_an_exact_fraction);
	tcase_add_test(c, a_rate_is_per_what_the_measure_says);
	tcase_add_test(c, the_whole_is_the_sum_over_the_sum_where_only_groups_were_recorded);
	tcase_add_test(c, groups_without_denominators_are_asked_about);
	tcase_add_loop_test(c, each_event_of_a_date_is_a_point_where_the_measure_says_so, 0, 5);
	tcase_add_loop_test(c, patients_of_groups_are_points_of_the_whole_where_it_is_said, 0, 2);
	tcase_add_loop_test(c, unless_the_measure_says_how_they_make_a_whole, 0, 3);
	tcase_add_test(c, what_is_left_out_stays_on_the_chart_and_out_of_the_whole);
	tcase_add_test(c, numbers_beyond_the_bounds_have_no_value_and_say_so);
	tcase_add_test(
	    c, a_team_s_measures_come_by_name_and_what_is_archived_or_deleted_does_not_count);
	suite_add_tcase(suite, c);
	return test_run(suite);
}
