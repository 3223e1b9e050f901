// SPDX-License-Identifier: MIT
// Which baseline a chart stands on where another was asked for, and that it says why.
#include "../support.h"

#include <plando/chart.h>

#include <math.h>
#include <stdint.h>

enum { COUNT = 20 };

static struct arena arena;
static struct chart_datum data[COUNT];

static void stop(void)
{
	arena_free(&arena);
}

// Twenty points, of which the last three lie ahead.
START_TEST(a_baseline_that_is_not_kept_says_why)
{
	for (size_t i = 0; i < COUNT; i++)
		data[i] = (struct chart_datum){
			.x = (int64_t)i + 1, .y = (double)(i * 7 % 10), .n = NAN, .sd = NAN
		};
	struct chart_options o = chart_defaults();
	struct chart c;
	static const struct {
		enum chart_baseline baseline;
		int64_t points, last; // of the baseline; a point, from 0
		bool mdc, phased;
		enum chart_unkept want;
	} CASES[] = { { CHART_FIRST, 12, 0, false, false, CHART_KEPT },
		{ CHART_FIRST, 17, 0, false, false, CHART_KEPT },
		{ CHART_FIRST, 18, 0, false, false, CHART_AHEAD },
		{ CHART_FIRST, 21, 0, false, false, CHART_LONGER },
		{ CHART_UNTIL, 0, 16, false, false, CHART_KEPT },
		{ CHART_UNTIL, 0, 17, false, false, CHART_AHEAD },
		{ CHART_UNTIL, 0, -1, false, false, CHART_EARLY },
		{ CHART_FIRST, 12, 0, false, true, CHART_PHASED },
		{ CHART_FIRST, 11, 0, true, false, CHART_SHORT },
		{ CHART_FIRST, 12, 0, true, false, CHART_KEPT },
		{ CHART_AUTO, 0, 0, false, false, CHART_KEPT },
		{ CHART_AUTO, 0, 0, false, true, CHART_KEPT } };
	o.until = data[16].x;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		int64_t last = CASES[i].last;
		int64_t phase = data[8].x;
		o.baseline = CASES[i].baseline;
		o.baseline_points = (size_t)CASES[i].points;
		o.baseline_until = last < 0 ? data[0].x - 1 : data[last].x;
		o.rules = CASES[i].mdc ? CHART_MDC : CHART_ANHOEJ;
		o.type = CASES[i].mdc ? CHART_I : CHART_RUN;
		o.phase_at = &phase;
		o.phase_ats = CASES[i].phased;
		MUST(chart_make(&arena, data, COUNT, &o, &c, NULL, &e));
		ck_assert_msg(c.unkept == CASES[i].want, "case %zu: %d", i, (int)c.unkept);
		bool all = c.phase[c.phases - 1].baseline_to == c.count;
		ck_assert(all || !c.unkept);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("chart_baseline");
	TCase *t = tcase_create("chart_baseline");
	tcase_add_checked_fixture(t, NULL, stop);
	tcase_add_test(t, a_baseline_that_is_not_kept_says_why);
	suite_add_tcase(s, t);
	return test_run(s);
}
