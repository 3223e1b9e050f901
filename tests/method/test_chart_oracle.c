// SPDX-License-Identifier: MIT
// The chart engine against what the reference programs return. tests/cli/test_chart_oracle.c holds
// the command line against the same lines; here is also what the command line has no options for.
#include "../oracle.h"
#include "../support.h"

#include <plando/date.h>

#include <math.h>
#include <stdint.h>
#include <string.h>

static struct oracle o;
static struct chart c;

static void end(void)
{
	arena_free(&o.arena);
}

static size_t *places(const char *key, size_t *n)
{
	double *v = oracle_numbers(&o, node_get(o.params, key), n);
	size_t *out = arena_array(&o.arena, *n + 1, sizeof *out);
	for (size_t i = 0; i < *n; i++)
		out[i] = (size_t)v[i];
	return out;
}

static double param(const char *key, double usual)
{
	double v = node_number(node_get(o.params, key));
	return isnan(v) ? usual : v;
}

static enum chart_direction direction_of(void)
{
	const struct node *n = node_get(o.params, "improvement_direction");
	bool up = n && strcmp(n->text, "increase") == 0,
	     down = n && strcmp(n->text, "decrease") == 0;
	return up ? CHART_UP_IS_GOOD : down ? CHART_DOWN_IS_GOOD : CHART_NEITHER;
}

static struct chart_options options(enum chart_type type, enum chart_rules rules)
{
	struct chart_options to = chart_defaults();
	const struct node *screen = node_get(o.params, "screened_mr");
	if (!screen)
		screen = node_get(o.params, "screen_outliers");
	to.type = type;
	to.rules = rules;
	to.direction = direction_of();
	to.target = param("target", NAN);
	to.centre = param("cl_fixed", NAN);
	to.multiply = param("multiply", 1);
	to.unscreened = screen && screen->kind == NODE_FALSE;
	to.phase_after = places("part", &to.phase_afters);
	to.exclude = places("exclude", &to.excludes);
	double freeze = param("freeze", param("fix_after_n_points", NAN));
	if (!isnan(freeze)) {
		to.baseline = CHART_FIRST;
		to.baseline_points = (size_t)freeze;
	}
	return to;
}

static void make(const struct chart_options *to)
{
	struct err e = { 0 };
	bool good = chart_make(&o.arena, o.data, o.count, to, &c, NULL, &e);
	ck_assert_msg(good, "%s: %s", o.name, e.text);
}

typedef double point_number(const struct chart_point *p);
static double get_y(const struct chart_point *p)
{
	return p->y;
}
static double get_centre(const struct chart_point *p)
{
	return p->centre;
}
static double get_lower(const struct chart_point *p)
{
	return p->lower;
}
static double get_upper(const struct chart_point *p)
{
	return p->upper;
}
static double get_lower2(const struct chart_point *p)
{
	return p->lower2;
}
static double get_upper2(const struct chart_point *p)
{
	return p->upper2;
}
static double get_side(const struct chart_point *p)
{
	return p->side;
}

static void same_numbers(const char *key, point_number *get)
{
	size_t n;
	double *want = oracle_numbers(&o, oracle_want(&o, key), &n);
	if (!want)
		return;
	ck_assert_msg(n == c.count, "%s: %s: %zu points, not %zu", o.name, key, c.count, n);
	for (size_t i = 0; i < n; i++)
		ck_assert_msg(oracle_near(want[i], get(&c.point[i])),
		    "%s: %s of point %zu: %.17g, not %.17g", o.name, key, i + 1, get(&c.point[i]),
		    want[i]);
}

// The positions, from 1, of points that a list names.
static bool listed(const char *key, size_t at)
{
	const struct node *list = oracle_want(&o, key);
	for (const struct node *n = list ? list->child : NULL; n; n = n->next)
		if ((size_t)n->number == at + 1)
			return true;
	return false;
}

static void same_count(const struct node *n, const char *key, int got)
{
	const struct node *want = node_get(n, key);
	if (!want)
		return;
	int number = want->kind == NODE_NUMBER ? (int)want->number : -1;
	ck_assert_msg(number == got, "%s: %s: %d, not %d", o.name, key, got, number);
}

static void same_truth(const struct node *n, const char *key, bool got)
{
	const struct node *want = node_get(n, key);
	if (want)
		ck_assert_msg((want->kind == NODE_TRUE) == got, "%s: %s: %d", o.name, key, got);
}

static void same_part(const struct node *n, const struct chart_phase *ph)
{
	same_count(n, "first", (int)ph->from + 1);
	same_count(n, "last", (int)ph->to);
	if (node_get(n, "n_useful"))
		ck_assert_int_eq((int)node_number(node_get(n, "n_useful")), ph->useful);
	same_count(n, "longest_run", ph->longest);
	same_count(n, "longest_run_max", ph->longest_limit);
	same_count(n, "n_crossings", ph->crossings);
	same_count(n, "n_crossings_min", ph->crossings_limit);
	same_truth(n, "runs_signal", ph->runs_signal);
	double centre = node_number(node_get(n, "cl"));
	if (node_get(n, "cl") && node_get(n, "cl")->kind == NODE_NUMBER)
		ck_assert(oracle_near(centre, ph->centre));
}

static void same_ihi(const struct node *n)
{
	const struct chart_phase *ph = &c.phase[0];
	if (!n)
		return;
	same_count(n, "n_above", ph->above);
	same_count(n, "n_below", ph->below);
	same_count(n, "n_runs", ph->runs);
	same_count(n, "runs_low_exact", ph->runs_low);
	same_count(n, "runs_high_exact", ph->runs_high);
	same_truth(n, "runs_signal_exact", ph->ihi_runs_signal);
	const struct node *shift = node_get(n, "shift_points_runchart");
	if (shift) {
		ck_assert_msg(shift->count == c.shifts, "%s: shift", o.name);
		for (size_t i = 0; i < c.shifts; i++)
			ck_assert_uint_eq((size_t)node_at(shift, i)->number, c.shift[i] + 1);
	}
	const struct node *trend = node_get(n, "trend_points_runchart");
	for (size_t k = 0; trend && k < trend->count; k++) {
		const struct node *one = node_at(trend, k);
		ck_assert_uint_eq(trend->count, c.trends);
		ck_assert_msg(one->count == c.trend[k].count, "%s: trend %zu", o.name, k);
		for (size_t i = 0; i < one->count; i++)
			ck_assert_uint_eq((size_t)node_at(one, i)->number, c.trend[k].point[i] + 1);
	}
	if (trend && !trend->count)
		ck_assert_uint_eq(c.trends, 0);
}

// An excluded point: qicharts2 flags it beyond the limits, plando draws it hollow and does not.
static void same_signals(void)
{
	const struct node *want = oracle_want(&o, "sigma_signals");
	for (size_t i = 0; want && i < c.count; i++) {
		const struct chart_point *p = &c.point[i];
		bool outside = p->excluded ? p->y > p->upper || p->y < p->lower
					   : (p->signals & CHART_OUTSIDE) != 0;
		ck_assert_msg(outside == listed("sigma_signals", i), "%s: signal of point %zu",
		    o.name, i + 1);
		ck_assert(!p->excluded || p->signals == 0);
	}
}

static void same_chart(void)
{
	same_numbers("y", get_y);
	same_numbers("cl", get_centre);
	same_numbers("mean", get_centre);
	same_numbers("lcl", get_lower);
	same_numbers("ucl", get_upper);
	same_numbers("lpl", get_lower);
	same_numbers("upl", get_upper);
	same_numbers("lcl_2s", get_lower2);
	same_numbers("ucl_2s", get_upper2);
	same_numbers("relative_to_mean", get_side);
	same_signals();
	const struct node *parts = oracle_want(&o, "parts");
	for (size_t k = 0; parts && k < parts->count; k++) {
		ck_assert_uint_eq(parts->count, c.phases);
		same_part(node_at(parts, k), &c.phase[k]);
	}
	same_part(o.expected, &c.phase[0]);
	same_ihi(oracle_want(&o, "ihi"));
}

// --- Making Data Count

// "7 Points Above CL" as cli.md writes it: 7_points_above_cl.
static const char *small_word(const char *text)
{
	char *out = arena_strdup(&o.arena, text);
	size_t n = 0;
	for (const char *p = text; *p; p++) {
		bool letter = (*p >= 'A' && *p <= 'Z');
		if (letter)
			out[n++] = (char)(*p - 'A' + 'a');
		else if (*p == ' ')
			out[n++] = '_';
		else if (*p != '(' && *p != ')')
			out[n++] = *p;
	}
	out[n] = 0;
	return out;
}

static const char *meaning_word(const struct chart_point *p)
{
	switch (p->meaning) {
	case CHART_IMPROVEMENT: return "special_cause_improvement";
	case CHART_CONCERN: return "special_cause_concern";
	case CHART_CHANGE:
		return p->high ? "special_cause_neutral_high" : "special_cause_neutral_low";
	case CHART_ORDINARY:
	case CHART_UNCLEAR: break;
	}
	return "common_cause";
}

static void same_text(const char *what, size_t i, const struct node *want, const char *got)
{
	const char *text = want && want->kind == NODE_TEXT ? want->text : NULL;
	ck_assert_msg((text && got && strcmp(text, got) == 0) || (!text && !got),
	    "%s: %s of point %zu: %s, not %s", o.name, what, i + 1, got ? got : "none",
	    text ? text : "none");
}

static void check_mdc(bool new_rule)
{
	struct chart_options to = options(CHART_I, CHART_MDC);
	int64_t rebase[8];
	const struct node *at = node_get(o.params, "rebase");
	for (const struct node *n = at ? at->child : NULL; n; n = n->next) {
		date_t day;
		ck_assert(date_parse_iso(n->text, &day));
		rebase[to.phase_ats++] = day;
	}
	to.phase_at = rebase;
	to.two_in_three_2013 = !new_rule;
	make(&to);
	same_chart();
	const struct node *label = oracle_want(&o, "special_cause_type");
	for (size_t i = 0; label && i < c.count; i++) {
		struct node want = *node_at(label, i);
		want.text = want.kind == NODE_TEXT ? small_word(want.text) : NULL;
		same_text("label", i, &want, chart_label_id(&o.arena, &c, c.point[i].label));
		same_text("type", i, node_at(oracle_want(&o, "point_type"), i),
		    meaning_word(&c.point[i]));
	}
	for (size_t i = 0; i < c.count; i++)
		ck_assert(
		    listed("outside_limits", i) == ((c.point[i].signals & CHART_OUTSIDE) != 0));
	for (size_t i = 0; new_rule && i < c.count; i++)
		ck_assert(
		    listed("two_in_three", i) == ((c.point[i].signals & CHART_TWO_IN_THREE) != 0));
	if (new_rule)
		return;
	same_text("variation", 0, oracle_want(&o, "variation_type"), chart_variation_id(&c));
	same_text("assurance", 0, oracle_want(&o, "assurance_type"), chart_assurance_id(&c));
}

// mean, lpl and upl of these lines are one number each.
static void check_two_in_three(void)
{
	check_mdc(true);
	ck_assert(oracle_near(node_number(oracle_want(&o, "mean")), c.point[0].centre));
	ck_assert(oracle_near(node_number(oracle_want(&o, "lpl")), c.point[0].lower));
	ck_assert(oracle_near(node_number(oracle_want(&o, "upl")), c.point[0].upper));
}

// --- PowerBI-SPC: every test of its own, on limits of qicharts2's kind

static void same_flags(const char *key, unsigned bit)
{
	const struct node *want = oracle_want(&o, key);
	for (size_t i = 0; want && i < c.count; i++) {
		const char *text = node_at(want, i)->text;
		ck_assert_msg((strcmp(text, "none") != 0) == ((c.point[i].signals & bit) != 0),
		    "%s: %s of point %zu is %s", o.name, key, i + 1, text);
	}
}

static void check_powerbi(enum chart_type type)
{
	struct chart_options to = options(type, CHART_ANHOEJ);
	make(&to);
	same_chart();
	if (type == CHART_RUN)
		return;
	const char *assurance = oracle_want(&o, "assurance_icon")->text;
	ck_assert_str_eq(
	    *assurance == 'i' ? "inconsistent" : "consistent_fail", chart_assurance_id(&c));
	to.rules = CHART_MDC;
	to.run_length = (int)param("shift_n", 7);
	to.trend_length = (int)param("trend_n", 7);
	make(&to);
	same_flags("shift", CHART_SHIFT);
	same_flags("trend", CHART_TREND);
	same_flags("two_in_three", CHART_TWO_IN_THREE);
	const char *icon = node_at(oracle_want(&o, "variation_icons_last"), 0)->text;
	ck_assert_int_eq(strcmp(icon, "commonCause") == 0, c.variation == CHART_ORDINARY);
}

// --- suggestions

static double *values(void)
{
	double *y = arena_array(&o.arena, o.count + 1, sizeof *y);
	for (size_t i = 0; i < o.count; i++)
		y[i] = o.data[i].y;
	return y;
}

static int64_t day_of(const struct node *n)
{
	date_t day;
	ck_assert(date_parse_iso(n->text, &day));
	return day;
}

static void check_rebase(void)
{
	struct chart_rebases found;
	const char *way = node_get(o.params, "direction")->text;
	enum chart_side side = strcmp(way, "both") == 0	   ? CHART_EITHER
			       : strcmp(way, "above") == 0 ? CHART_ONLY_ABOVE
							   : CHART_ONLY_BELOW;
	MUST(chart_suggest_rebase(&o.arena, values(), o.count, (size_t)param("med_rows", 13),
	    (size_t)param("runlength", 9), side, &found, &e));
	const struct node *list = node_get(o.expected, "phases");
	ck_assert_uint_eq(found.count, list->count);
	for (size_t i = 0; i < found.count; i++) {
		const struct node *want = node_at(list, i);
		const struct chart_rebase *got = &found.item[i];
		ck_assert(oracle_near(node_number(node_get(want, "median")), got->median));
		ck_assert_int_eq(day_of(node_get(want, "start_date")), o.data[got->from].x);
		ck_assert_int_eq(day_of(node_get(want, "end_date")), o.data[got->to].x);
		ck_assert_int_eq(day_of(node_get(want, "extend_to")), o.data[got->extended].x);
	}
}

static void check_rephase(void)
{
	struct chart_rephase found;
	size_t n;
	MUST(chart_suggest_rephase(&o.arena, values(), o.count, (size_t)param("trigger", 9),
	    (size_t)param("shift_trigger", 6), &found, &e));
	double *base = oracle_numbers(&o, node_get(o.expected, "base"), &n);
	double *extended = oracle_numbers(&o, node_get(o.expected, "base_ext"), &n);
	ck_assert_uint_eq(n, o.count);
	for (size_t i = 0; i < n; i++) {
		ck_assert_msg(oracle_near(base[i], found.base[i]), "%s: base %zu", o.name, i + 1);
		ck_assert(oracle_near(extended[i], found.extended[i]));
		ck_assert_msg(
		    listed("shift_points", i) == found.shift[i], "%s: shift %zu", o.name, i + 1);
	}
}

static void check_relimit(void)
{
	struct chart_relimits found;
	size_t n;
	MUST(chart_suggest_relimits(&o.arena, values(), o.count, (size_t)param("period_min", 21),
	    (size_t)param("shift_rule_threshold", 8), (size_t)param("max_exclusions", 3), &found,
	    &e));
	const struct node *starts = node_get(o.expected, "new_period_starts");
	ck_assert_uint_eq(found.starts, starts->count);
	for (size_t i = 0; i < found.starts; i++)
		ck_assert_uint_eq((size_t)node_at(starts, i)->number, found.start[i] + 1);
	double *cl = oracle_numbers(&o, node_get(o.expected, "cl"), &n);
	double *lcl = oracle_numbers(&o, node_get(o.expected, "lcl"), &n);
	double *ucl = oracle_numbers(&o, node_get(o.expected, "ucl"), &n);
	for (size_t i = 0; i < n; i++) {
		ck_assert_msg(oracle_near(cl[i], found.centre[i]), "%s: cl %zu", o.name, i + 1);
		ck_assert(oracle_near(lcl[i], found.lower[i]));
		ck_assert(oracle_near(ucl[i], found.upper[i]));
		ck_assert(listed("rule1", i) == found.outside[i]);
		ck_assert_msg(listed("rule2", i) == found.shift[i], "%s: rule2 %zu", o.name, i + 1);
	}
}

// --- equity

static void check_funnel(enum chart_type type)
{
	struct chart_funnel f;
	double *x = values(), *n = arena_array(&o.arena, o.count + 1, sizeof *n);
	for (size_t i = 0; i < o.count; i++)
		n[i] = o.data[i].n;
	MUST(chart_funnel(&o.arena, type, x, n, o.count, param("multiply", 1), 0, &f, &e));
	ck_assert_uint_eq(f.count, o.count);
	ck_assert(oracle_near(node_number(node_get(o.expected, "cl")), f.centre));
	for (size_t i = 0; i < f.count; i++) {
		const struct chart_group *g = &f.group[i];
		const struct {
			const char *key;
			double got;
		} NUMBERS[] = { { "value", g->value }, { "ci95_lower", g->ci.lower },
			{ "ci95_upper", g->ci.upper }, { "lcl", g->lower }, { "ucl", g->upper } };
		for (size_t k = 0; k < sizeof NUMBERS / sizeof *NUMBERS; k++)
			ck_assert_msg(oracle_near(node_number(node_at(
						      node_get(o.expected, NUMBERS[k].key), i)),
					  NUMBERS[k].got),
			    "%s: %s of group %zu", o.name, NUMBERS[k].key, i + 1);
		ck_assert(listed("outside", i) == g->outside);
	}
}

static void check_gap(void)
{
	struct chart_gap g =
	    chart_gap(o.data[0].y, o.data[0].n, o.data[1].y, o.data[1].n, CHART_Z95);
	const struct node *d = node_get(o.expected, "difference_ci95"),
			  *r = node_get(o.expected, "ratio_ci95");
	ck_assert(oracle_near(node_number(node_get(o.expected, "difference")), g.difference));
	ck_assert(oracle_near(node_number(node_get(o.expected, "ratio")), g.ratio));
	ck_assert(oracle_near(node_number(node_at(d, 0)), g.difference_ci.lower));
	ck_assert(oracle_near(node_number(node_at(d, 1)), g.difference_ci.upper));
	ck_assert(oracle_near(node_number(node_at(r, 0)), g.ratio_ci.lower));
	ck_assert(oracle_near(node_number(node_at(r, 1)), g.ratio_ci.upper));
}

static void check_usual(enum chart_type type)
{
	struct chart_options to = options(type, CHART_ANHOEJ);
	struct err e = { 0 };
	if (node_get(o.expected, "error")) {
		ck_assert(!chart_make(&o.arena, o.data, o.count, &to, &c, NULL, &e));
		ck_assert_int_eq(e.code, ERR_DATA);
		return;
	}
	make(&to);
	same_chart();
}

START_TEST(a_reference_result_is_reproduced)
{
	enum chart_type type;
	oracle_read(&o, _i);
	if (oracle_is(&o, "mdc_xmr"))
		check_mdc(false);
	else if (oracle_is(&o, "mdc_two_in_three_2023"))
		check_two_in_three();
	else if (oracle_is(&o, "run_rebase_runcharter"))
		check_rebase();
	else if (oracle_is(&o, "run_rephase_his"))
		check_rephase();
	else if (oracle_is(&o, "auto_relimit_suggestion"))
		check_relimit();
	else if (oracle_is(&o, "funnel_p") || oracle_is(&o, "funnel_u"))
		check_funnel(oracle_is(&o, "funnel_p") ? CHART_P : CHART_U);
	else if (oracle_is(&o, "gap"))
		check_gap();
	else if (!chart_type_of(o.chart, &type))
		ck_abort_msg("%s: no such chart: %s", o.name, o.chart);
	else if (oracle_from(&o, "PowerBI-SPC"))
		check_powerbi(type);
	else
		check_usual(type);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("chart_oracle");
	TCase *t = tcase_create("lines");
	tcase_add_checked_fixture(t, NULL, end);
	tcase_add_loop_test(t, a_reference_result_is_reproduced, 0, oracle_count());
	suite_add_tcase(s, t);
	return test_run(s);
}
