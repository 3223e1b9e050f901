// SPDX-License-Identifier: MIT
// The chart engine's own rules: what docs/charts.md says beside the reference results, edge cases, and
// properties that hold for any series.
#include "../support.h"

#include <plando/chart.h>

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MOST = 400 };

static struct arena arena;
static struct chart c;
static struct chart_datum data[MOST];
static size_t count;
static struct chart_options o;

static void begin(void)
{
	count = 0;
	o = chart_defaults();
}

static void end(void)
{
	arena_free(&arena);
}

static void add(double y)
{
	data[count] = (struct chart_datum){ .x = (int64_t)count + 1, .y = y, .n = NAN, .sd = NAN };
	count++;
}

static void add_of(double y, double n)
{
	add(y);
	data[count - 1].n = n;
}

static void each(const char *digits)
{
	for (; *digits; digits++)
		add(*digits == '-' ? NAN : *digits - '0');
}

static void make(void)
{
	MUST(chart_make(&arena, data, count, &o, &c, NULL, &e));
}

static void refused(void)
{
	size_t place;
	REFUSES(ERR_DATA, chart_make(&arena, data, count, &o, &c, &place, &e));
}

// --- limits against counting

static double choose(int n, int k)
{
	double v = 1;
	for (int i = 1; i <= k; i++)
		v = v * (n - k + i) / i;
	return v;
}

START_TEST(the_limit_of_crossings_is_that_of_the_binomial_distribution)
{
	for (int useful = 2; useful <= 60; useful++) {
		double sum = 0, all = pow(2, useful - 1);
		int k = -1;
		while (sum < 0.05 * all)
			sum += choose(useful - 1, ++k);
		ck_assert_int_eq(chart_crossings_limit(useful), k);
		ck_assert_int_eq(chart_longest_limit(useful), (int)round(log2(useful)) + 3);
	}
}
END_TEST

// Every arrangement of a and b, their runs counted one by one.
static void count_runs(int a, int b, long seen[])
{
	int n = a + b;
	for (unsigned set = 0; set < 1u << n; set++) {
		int ones = 0, runs = 1;
		for (int i = 0; i < n; i++) {
			ones += (int)((set >> i) & 1);
			runs += i && ((set >> i) & 1) != ((set >> (i - 1)) & 1);
		}
		if (ones == a)
			seen[runs]++;
	}
}

START_TEST(the_limits_of_runs_are_those_of_all_arrangements)
{
	for (int a = 1; a <= 7; a++)
		for (int b = 1; b <= 7; b++) {
			long seen[20] = { 0 }, all = 0, below = 0;
			int low = 0, high = 0, got_low, got_high;
			count_runs(a, b, seen);
			for (int r = 0; r < 20; r++)
				all += seen[r];
			for (int r = 0; r < 20; r++) {
				if (40 * (all - below) > all)
					high = r;
				below += seen[r];
				if (!low && 40 * below > all)
					low = r;
			}
			ck_assert(chart_runs_limits(a, b, &got_low, &got_high));
			ck_assert_msg(low == got_low && high == got_high,
			    "%d above, %d below: %d..%d, not %d..%d", a, b, got_low, got_high, low,
			    high);
		}
	int low, high;
	ck_assert(!chart_runs_limits(5, 0, &low, &high));
}
END_TEST

START_TEST(many_points_do_not_overflow)
{
	int low, high;
	ck_assert(chart_runs_limits(4000, 4000, &low, &high));
	ck_assert(low > 3850 && low < 4001 && high > 4001 && high < 4150);
	ck_assert(chart_runs_limits(400000, 400000, &low, &high));
	ck_assert(low > 390000 && high < 410000);
	ck_assert_int_eq(chart_crossings_limit(9000) / 100, 44);
	ck_assert(chart_crossings_limit(1000000) > 490000);
}
END_TEST

// --- properties

static struct world world = { .seed = 7 };

static double chance(void)
{
	return (double)(world_next(&world) >> 40) / (1 << 24);
}

static void random_series(void)
{
	begin();
	size_t n = 1 + world_next(&world) % 40;
	for (size_t i = 0; i < n; i++)
		add(world_next(&world) % 9 == 0 ? NAN : floor(chance() * 12) / 4);
}

static bool same(double a, double b, double close)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) <= close;
}

START_TEST(rows_in_another_order_make_the_same_chart)
{
	for (int run = 0; run < 200; run++) {
		struct chart first;
		random_series();
		o.type = run % 2 ? CHART_I : CHART_RUN;
		make();
		first = c;
		for (size_t i = count; i > 1; i--) {
			size_t k = world_next(&world) % i;
			struct chart_datum d = data[i - 1];
			data[i - 1] = data[k];
			data[k] = d;
		}
		make();
		ck_assert_uint_eq(first.count, c.count);
		ck_assert_int_eq(first.signal, c.signal);
		for (size_t i = 0; i < c.count; i++) {
			ck_assert(same(first.point[i].y, c.point[i].y, 0));
			ck_assert(same(first.point[i].upper, c.point[i].upper, 0));
			ck_assert_uint_eq(first.point[i].signals, c.point[i].signals);
		}
		arena_free(&arena);
	}
}
END_TEST

// Quarters stay exact when they are moved by whole numbers.
START_TEST(moving_all_values_moves_lines_and_changes_no_signal)
{
	static const enum chart_type TYPES[] = { CHART_RUN, CHART_I, CHART_MR };
	for (int run = 0; run < 200; run++) {
		struct chart first;
		double by = run % 2 ? 1000 : -64;
		random_series();
		o.type = TYPES[run % 3];
		o.rules = o.type == CHART_I && run % 2 ? CHART_MDC : CHART_IHI;
		make();
		first = c;
		for (size_t i = 0; i < count; i++)
			data[i].y += by;
		make();
		for (size_t i = 0; i < c.count; i++) {
			double moved = o.type == CHART_MR ? 0 : by;
			ck_assert(same(first.point[i].centre + moved, c.point[i].centre, 1e-9));
			ck_assert(same(first.point[i].upper + moved, c.point[i].upper, 1e-9));
			ck_assert_uint_eq(first.point[i].signals, c.point[i].signals);
		}
		arena_free(&arena);
	}
}
END_TEST

START_TEST(upside_down_an_improvement_is_a_concern)
{
	for (int run = 0; run < 200; run++) {
		struct chart first;
		random_series();
		o.direction = CHART_UP_IS_GOOD;
		o.type = run % 2 ? CHART_I : CHART_RUN;
		o.rules = run % 4 == 1 ? CHART_MDC : CHART_ANHOEJ;
		make();
		first = c;
		for (size_t i = 0; i < count; i++)
			data[i].y = 20 - data[i].y;
		make();
		ck_assert_int_eq(first.signal, c.signal);
		ck_assert_int_eq(first.way, -c.way);
		ck_assert_int_eq(first.meaning == CHART_IMPROVEMENT, c.meaning == CHART_CONCERN);
		arena_free(&arena);
	}
}
END_TEST

START_TEST(multiplying_is_the_same_as_multiplied_values)
{
	each("234352435264");
	o.type = CHART_I;
	o.multiply = 100;
	make();
	struct chart first = c;
	for (size_t i = 0; i < count; i++)
		data[i].y *= 100;
	o.multiply = 1;
	make();
	for (size_t i = 0; i < c.count; i++)
		ck_assert(same(first.point[i].upper, c.point[i].upper, 1e-9));
}
END_TEST

// --- what is missing, left out, double

START_TEST(a_missing_value_is_never_zero_and_keeps_its_place)
{
	each("23-42");
	make();
	ck_assert_uint_eq(c.count, 5);
	ck_assert(isnan(c.point[2].y));
	ck_assert_int_eq(c.point[2].missing, CHART_EMPTY);
	ck_assert_double_eq(c.phase[0].centre, 2.5);
}
END_TEST

START_TEST(nothing_over_nothing_is_missing_and_something_over_nothing_is_a_slip)
{
	add_of(0, 0);
	add_of(3, 0);
	add_of(1, 4);
	add_of(NAN, 4);
	o.type = CHART_P;
	make();
	ck_assert_int_eq(c.point[0].missing, CHART_ZERO_DENOMINATOR);
	ck_assert_int_eq(c.point[1].missing, CHART_COUNT_OVER_ZERO);
	ck_assert(isnan(c.point[0].upper) && isnan(c.point[1].y));
	ck_assert_int_eq(c.point[3].missing, CHART_EMPTY);
	ck_assert_double_eq(c.phase[0].centre, 0.25);
}
END_TEST

START_TEST(values_of_one_date_are_put_together_as_declared)
{
	static const double WANT[] = { 4, 4, 12, 3 };
	for (int how = 0; how < 4; how++) {
		begin();
		each("237");
		for (size_t i = 0; i < count; i++)
			data[i].x = 1;
		o.aggregate = (enum chart_aggregate)how;
		make();
		ck_assert_uint_eq(c.count, 1);
		ck_assert_uint_eq(c.point[0].values, 3);
		ck_assert_double_eq(c.point[0].y, WANT[how]);
	}
}
END_TEST

START_TEST(what_is_left_out_is_drawn_and_signals_nothing)
{
	each("5656565565656");
	data[6].y = 9 + 11;
	o.type = CHART_I;
	make();
	ck_assert(c.point[6].signals & CHART_OUTSIDE);
	o.exclude = (const size_t[]){ 7 };
	o.excludes = 1;
	make();
	ck_assert(c.point[6].excluded && c.point[6].signals == 0 && !c.signal);
	ck_assert_double_eq(c.point[6].y, 20);
}
END_TEST

// --- no variation, few points

START_TEST(no_variation_is_no_signal)
{
	for (int type = 0; type < CHART_TYPES; type++) {
		bool groups = type == CHART_XBAR || type == CHART_S;
		begin();
		for (int i = 0; i < 14; i++)
			add_of(groups ? 5 : 4, groups ? 3 : 4);
		for (size_t i = 0; i < count; i++)
			data[i].sd = groups ? 0 : NAN;
		o.type = (enum chart_type)type;
		o.target = 3;
		o.direction = CHART_UP_IS_GOOD;
		make();
		ck_assert_msg(!c.signal, "%s", CHART_TYPE[type].id);
	}
}
END_TEST

START_TEST(under_ten_useful_points_nothing_is_announced)
{
	each("555555555");
	each("9");
	o.baseline = CHART_FIRST;
	o.baseline_points = 4;
	make();
	ck_assert(!c.enough);
	begin();
	each("1212129999999");
	o.baseline = CHART_FIRST;
	o.baseline_points = 6;
	make();
	ck_assert(c.enough && c.signal);
}
END_TEST

START_TEST(an_empty_series_is_a_chart_without_points)
{
	for (int type = 0; type < CHART_TYPES; type++) {
		o.type = (enum chart_type)type;
		if (chart_wants_n(o.type) && o.type != CHART_IP)
			continue;
		make();
		ck_assert(c.count == 0 && c.phases == 1 && !c.signal);
	}
}
END_TEST

// --- direction

START_TEST(the_direction_is_that_of_medians_not_of_the_longest_run)
{
	each("565656555656"); // the old level is as long a run as the new one
	each("989898989898");
	o.direction = CHART_UP_IS_GOOD;
	make();
	ck_assert_int_eq(c.meaning, CHART_IMPROVEMENT);
	ck_assert_uint_eq(c.since, 12);
	ck_assert_int_eq(c.point[3].meaning, CHART_ORDINARY);
	ck_assert_int_eq(c.point[20].meaning, CHART_IMPROVEMENT);
	o.direction = CHART_DOWN_IS_GOOD;
	make();
	ck_assert_int_eq(c.meaning, CHART_CONCERN);
	o.direction = CHART_NEITHER;
	make();
	ck_assert_int_eq(c.meaning, CHART_CHANGE);
}
END_TEST

START_TEST(the_first_twelve_values_freeze_the_median_once_they_are_there)
{
	each("5-656565656");
	o.baseline = CHART_AUTO;
	make();
	ck_assert(!c.frozen);
	each("565699");
	make();
	ck_assert(c.frozen);
	ck_assert_uint_eq(c.phase[0].baseline_to, 13);
	ck_assert_double_eq(c.phase[0].centre, 5.5);
}
END_TEST

START_TEST(a_phase_between_two_points_begins_at_the_next_one)
{
	each("5656565656");
	data[9].x = 40;
	o.phase_at = (const int64_t[]){ 20, 99, 1 };
	o.phase_ats = 3;
	make();
	ck_assert_uint_eq(c.phases, 2);
	ck_assert_uint_eq(c.phase[1].from, 9);
	ck_assert_uint_eq(c.snapped, 1);
	ck_assert_uint_eq(c.unphased, 2);
}
END_TEST

// --- refusals

START_TEST(what_cannot_be_charted_so_is_refused_in_words)
{
	each("120");
	o.type = CHART_T;
	refused();
	o.type = CHART_P;
	refused();
	o.type = CHART_RUN;
	o.rules = CHART_MDC;
	refused();
	begin();
	add_of(5, 4);
	o.type = CHART_P;
	refused();
	begin();
	add_of(5, -4);
	refused();
	begin();
	add(INFINITY);
	refused();
	begin();
	add(-1);
	o.type = CHART_C;
	refused();
}
END_TEST

// --- Making Data Count

START_TEST(two_in_three_counts_points_beyond_the_limits_since_2023)
{
	static const double Y[] = { 50, 52, 48, 51, 49, 50, 52, 48, 50, 51, 49, 50, 51, 49, 50, 62,
		57.3, 51.5, 49, 50 };
	for (size_t i = 0; i < sizeof Y / sizeof *Y; i++)
		add(Y[i]);
	o.type = CHART_I;
	o.rules = CHART_MDC;
	make();
	ck_assert_int_eq(c.point[15].label, CHART_ABOVE);
	ck_assert(c.point[16].signals & CHART_TWO_IN_THREE);
	o.two_in_three_2013 = true;
	make();
	ck_assert(!(c.point[16].signals & CHART_TWO_IN_THREE));
}
END_TEST

START_TEST(runs_and_trends_of_six_are_a_setting)
{
	each("5656565655");
	each("666666");
	each("5555");
	o.type = CHART_I;
	o.rules = CHART_MDC;
	make();
	ck_assert_int_eq(c.point[12].label, CHART_COMMON);
	o.run_length = 6;
	make();
	ck_assert_int_eq(c.point[12].label, CHART_SHIFT_ABOVE);
	ck_assert_str_eq(chart_label_id(&arena, &c, CHART_SHIFT_ABOVE), "6_points_above_cl");
}
END_TEST

// --- intervals

START_TEST(small_counts_have_the_exact_interval)
{
	struct interval i = chart_byar(0, CHART_Z95);
	ck_assert(same(i.lower, 0, 1e-12) && same(i.upper, 3.6888794541139363, 1e-9));
	i = chart_byar(5, CHART_Z95);
	ck_assert(same(i.lower, 1.6234863901184, 1e-9) && same(i.upper, 11.6683320793227, 1e-9));
	i = chart_byar(10, CHART_Z95);
	ck_assert(same(i.lower, 4.79, 1e-2) && same(i.upper, 18.39, 1e-2));
	i = chart_wilson(0, 10, CHART_Z95);
	ck_assert(i.lower == 0 && i.upper > 0.27 && i.upper < 0.28);
	ck_assert(isnan(chart_wilson(1, 0, CHART_Z95).lower));
}
END_TEST

START_TEST(groups_that_are_small_or_have_no_denominator_stay_and_count_in_nothing)
{
	struct chart_funnel f;
	const double x[] = { 2, 30, 0, 40 }, n[] = { 20, 100, 0, 80 };
	MUST(chart_funnel(&arena, CHART_P, x, n, 4, 100, 5, &f, &e));
	ck_assert_uint_eq(f.count, 4);
	ck_assert_uint_eq(f.shown, 2);
	ck_assert(f.group[0].empty && f.group[0].datum == 2 && !f.group[0].small);
	ck_assert(f.group[1].small && f.group[1].datum == 0 && !f.group[2].small);
	ck_assert(isnan(f.group[1].n) && isnan(f.group[1].count) && isnan(f.group[1].upper));
	ck_assert_double_eq_tol(f.centre, 100 * 70 / 180.0, 1e-9);
}
END_TEST

// --- without variation: every type by every rules, three series

enum flat_case { FLAT_THEN_MOVING, FLAT_THROUGHOUT, FLAT_ACROSS_A_GAP, FLAT_CASES };

// A baseline of twelve points without variation that gives limits of no width: nothing counted, or
// the same measured. What is added to it from the thirteenth point on.
static const double MOVES[12] = { 0, 1, 1, 0, 2, 2, 0, 3, 3, 0, 4, 4 };

static double flat_move(enum flat_case k, size_t i)
{
	return k == FLAT_THEN_MOVING && i >= 12 ? MOVES[i - 12] : 0;
}

static void flat_add(enum chart_type type, enum flat_case k, size_t i)
{
	bool counted = type == CHART_P || type == CHART_PP || type == CHART_U || type == CHART_UP ||
		       type == CHART_C || type == CHART_G;
	double y = (counted ? 0 : 5) + flat_move(k, i);
	if (k == FLAT_ACROSS_A_GAP && i == 6) {
		add(NAN);
		return;
	}
	if (type == CHART_XBAR || type == CHART_S) {
		add_of(type == CHART_XBAR ? y : 7, 4);
		data[count - 1].sd = type == CHART_S ? flat_move(k, i) : 0;
	} else if (chart_wants_n(type)) {
		add_of(type == CHART_IP ? y * 20 : y, 20);
	} else {
		add(y);
	}
}

// Is the point off the line? Of moving ranges: does it differ from the one before?
static bool flat_off(enum chart_type type, size_t i)
{
	double was = i ? flat_move(FLAT_THEN_MOVING, i - 1) : 0;
	double now = flat_move(FLAT_THEN_MOVING, i);
	return type == CHART_MR ? now != was : now != 0;
}

static void flat_moves(enum chart_type type)
{
	ck_assert(!c.phase[0].flat);
	ck_assert(!chart_has_limits(type) || (c.phase[0].narrow && c.enough && c.signal));
	for (size_t i = 0; i < c.count; i++) {
		bool beyond = chart_has_limits(type) && flat_off(type, i);
		ck_assert_msg(((c.point[i].signals & CHART_OUTSIDE) != 0) == beyond,
		    "%s by %s: point %zu", CHART_TYPE[type].id, CHART_RULE[c.rules].id, i + 1);
	}
	ck_assert_int_eq(c.assurance, CHART_NO_ASSURANCE);
}

static void flat_stays(enum chart_type type)
{
	bool goal = chart_has_limits(type) && !chart_limits_only(type);
	ck_assert(c.phase[0].flat && !c.signal && c.enough);
	for (size_t i = 0; i < c.count; i++)
		ck_assert(!c.point[i].signals && c.point[i].meaning == CHART_ORDINARY);
	ck_assert_int_eq(c.assurance, goal ? CHART_FAIL : CHART_NO_ASSURANCE);
	ck_assert(!c.withheld);
}

START_TEST(limits_of_no_width_have_an_outside_and_no_variation_is_said_of_all_points)
{
	enum chart_type type = (enum chart_type)(_i % CHART_TYPES);
	enum chart_rules rules = (enum chart_rules)(_i / CHART_TYPES % CHART_RULES);
	enum flat_case k = (enum flat_case)(_i / CHART_TYPES / CHART_RULES);
	if (type == CHART_RUN && (rules == CHART_MDC || rules == CHART_SHEWHART))
		return; // refused: they need limits
	begin();
	for (size_t i = 0; i < 24; i++)
		flat_add(type, k, i);
	o.type = type;
	o.rules = rules;
	o.direction = CHART_UP_IS_GOOD;
	o.target = 1000;
	o.baseline = CHART_FIRST;
	o.baseline_points = 12;
	make();
	if (k == FLAT_THEN_MOVING)
		flat_moves(type);
	else
		flat_stays(type);
}
END_TEST

// Levels that differ on both sides of a gap have no range between them, and are not the same.
START_TEST(two_flat_levels_are_no_lack_of_variation)
{
	begin();
	each("555555-777777");
	o.type = CHART_I;
	make();
	ck_assert(c.phase[0].narrow && !c.phase[0].flat && c.signal);
}
END_TEST

// --- the verdict and the signal are of one side

START_TEST(an_old_run_gives_no_verdict_of_the_other_side)
{
	begin();
	each("353535353535");
	each("5555555533333333533333333");
	o.baseline = CHART_FIRST;
	o.baseline_points = 12;
	o.direction = CHART_UP_IS_GOOD;
	make();
	ck_assert(c.signal && c.founds == 1);
	ck_assert_int_eq(c.found[c.said].side, 1);
	ck_assert_int_eq(c.meaning, CHART_UNCLEAR);
}
END_TEST

START_TEST(what_lies_ahead_is_drawn_and_counts_in_no_rule)
{
	begin();
	each("123212321232");
	make();
	struct chart was = c;
	each("999999999999");
	o.until = 12;
	make();
	ck_assert_uint_eq(c.count, 24);
	ck_assert_int_eq(c.phase[0].useful, was.phase[0].useful);
	ck_assert(!c.signal && c.phase[0].centre == was.phase[0].centre);
	ck_assert(!c.point[11].future && c.point[12].future && c.point[12].excluded);
}
END_TEST

START_TEST(ranges_and_deviations_have_no_goal_and_no_direction)
{
	begin();
	each("1928374655647382911928374655");
	o.type = _i ? CHART_S : CHART_MR;
	for (size_t i = 0; _i && i < count; i++) {
		data[i].n = 4;
		data[i].sd = data[i].y;
	}
	o.rules = _i ? CHART_IHI : CHART_MDC;
	o.direction = CHART_DOWN_IS_GOOD;
	o.target = 3;
	make();
	ck_assert(isnan(c.target) && !c.withheld && c.direction == CHART_NEITHER);
	ck_assert_int_eq(c.assurance, CHART_NO_ASSURANCE);
	for (size_t i = 0; i < c.count; i++)
		ck_assert((c.point[i].signals & ~(unsigned)CHART_OUTSIDE) == 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("chart");
	TCase *t = tcase_create("chart");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, the_limit_of_crossings_is_that_of_the_binomial_distribution);
	tcase_add_test(t, the_limits_of_runs_are_those_of_all_arrangements);
	tcase_add_test(t, many_points_do_not_overflow);
	tcase_add_test(t, rows_in_another_order_make_the_same_chart);
	tcase_add_test(t, moving_all_values_moves_lines_and_changes_no_signal);
	tcase_add_test(t, upside_down_an_improvement_is_a_concern);
	tcase_add_test(t, multiplying_is_the_same_as_multiplied_values);
	tcase_add_test(t, a_missing_value_is_never_zero_and_keeps_its_place);
	tcase_add_test(t, nothing_over_nothing_is_missing_and_something_over_nothing_is_a_slip);
	tcase_add_test(t, values_of_one_date_are_put_together_as_declared);
	tcase_add_test(t, what_is_left_out_is_drawn_and_signals_nothing);
	tcase_add_test(t, no_variation_is_no_signal);
	tcase_add_test(t, under_ten_useful_points_nothing_is_announced);
	tcase_add_test(t, an_empty_series_is_a_chart_without_points);
	tcase_add_test(t, the_direction_is_that_of_medians_not_of_the_longest_run);
	tcase_add_test(t, the_first_twelve_values_freeze_the_median_once_they_are_there);
	tcase_add_test(t, a_phase_between_two_points_begins_at_the_next_one);
	tcase_add_test(t, what_cannot_be_charted_so_is_refused_in_words);
	tcase_add_test(t, two_in_three_counts_points_beyond_the_limits_since_2023);
	tcase_add_test(t, runs_and_trends_of_six_are_a_setting);
	tcase_add_test(t, small_counts_have_the_exact_interval);
	tcase_add_test(t, groups_that_are_small_or_have_no_denominator_stay_and_count_in_nothing);
	tcase_add_loop_test(t,
	    limits_of_no_width_have_an_outside_and_no_variation_is_said_of_all_points, 0,
	    CHART_TYPES * CHART_RULES * FLAT_CASES);
	tcase_add_test(t, two_flat_levels_are_no_lack_of_variation);
	tcase_add_test(t, an_old_run_gives_no_verdict_of_the_other_side);
	tcase_add_test(t, what_lies_ahead_is_drawn_and_counts_in_no_rule);
	tcase_add_loop_test(t, ranges_and_deviations_have_no_goal_and_no_direction, 0, 2);
	suite_add_tcase(s, t);
	return test_run(s);
}
