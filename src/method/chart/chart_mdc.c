// SPDX-License-Identifier: MIT
// Making Data Count's labels: one a point, of four tests. NHSRplotthedots 0.2 is the reference, but
// for "two in three", which NHS England changed in November 2023: points beyond the limits count.
#include "method/chart/chart_parts.h"

#include <stdlib.h>

// The points of a phase that are not excluded, missing ones among them: those break every window.
struct window {
	struct chart *chart;
	const size_t *at;
	size_t count;
};

static struct chart_point *chart_mdc_point_at(const struct window *v, size_t i)
{
	return &v->chart->point[v->at[i]];
}

static void chart_mdc_flag(const struct window *v, size_t first, size_t count, unsigned bit)
{
	for (size_t i = first; i < first + count; i++)
		chart_mdc_point_at(v, i)->signals |= bit;
}

// The direction of the step to point i: 0 where it repeats the value before, or one is missing.
static int chart_mdc_step_to(const struct window *v, size_t i)
{
	if (i == 0 || i >= v->count)
		return 0;
	double step = chart_mdc_point_at(v, i)->y - chart_mdc_point_at(v, i - 1)->y;
	return (step > 0) - (step < 0);
}

static void chart_mdc_find_shifts(const struct window *v)
{
	size_t need = (size_t)v->chart->shift_length, run = 0;
	for (size_t i = 0; i < v->count; i++) {
		int side = chart_mdc_point_at(v, i)->side;
		run = side == 0						  ? 0
		      : run && side == chart_mdc_point_at(v, i - 1)->side ? run + 1
									  : 1;
		if (run >= need)
			chart_mdc_flag(v, i + 1 - need, need, CHART_SHIFT);
	}
}

static void chart_mdc_find_trends(const struct window *v)
{
	size_t need = (size_t)v->chart->trend_length, run = 0;
	for (size_t i = 1; i < v->count; i++) {
		int step = chart_mdc_step_to(v, i);
		run = step == 0 ? 0 : run && step == chart_mdc_step_to(v, i - 1) ? run + 1 : 1;
		if (run + 1 >= need)
			chart_mdc_flag(v, i + 1 - need, need, CHART_TREND);
	}
}

static bool chart_mdc_beyond_two(const struct chart_point *p, bool old)
{
	bool outside = p->y > p->upper || p->y < p->lower;
	return (p->y > p->upper2 || p->y < p->lower2) && !(old && outside);
}

static void chart_mdc_find_two_in_three(const struct window *v, bool old)
{
	for (size_t i = 2; i < v->count; i++) {
		int sides = 0, beyond = 0;
		for (size_t k = i - 2; k <= i; k++) {
			sides += chart_mdc_point_at(v, k)->side;
			beyond += chart_mdc_beyond_two(chart_mdc_point_at(v, k), old);
		}
		for (size_t k = i - 2; k <= i && abs(sides) == 3 && beyond >= 2; k++)
			if (chart_mdc_beyond_two(chart_mdc_point_at(v, k), old))
				chart_mdc_flag(v, k, 1, CHART_TWO_IN_THREE);
	}
}

// A point may stand in two trends: the step to the next one counts if that is in a trend too.
static bool chart_mdc_trend_up(const struct window *v, size_t i)
{
	bool next = i + 1 < v->count && (chart_mdc_point_at(v, i + 1)->signals & CHART_TREND) &&
		    chart_mdc_step_to(v, i + 1) != 0;
	return chart_mdc_step_to(v, next ? i + 1 : i) > 0;
}

static enum chart_label chart_mdc_label_of(const struct window *v, size_t i, bool *high)
{
	const struct chart_point *p = chart_mdc_point_at(v, i);
	*high = p->side > 0;
	if (p->signals & CHART_OUTSIDE) {
		*high = p->y > p->upper;
		return *high ? CHART_ABOVE : CHART_BELOW;
	}
	if (p->signals & CHART_TREND) {
		*high = chart_mdc_trend_up(v, i);
		return *high ? CHART_TREND_UP : CHART_TREND_DOWN;
	}
	if (p->signals & CHART_TWO_IN_THREE)
		return *high ? CHART_TWO_ABOVE : CHART_TWO_BELOW;
	if (p->signals & CHART_SHIFT)
		return *high ? CHART_SHIFT_ABOVE : CHART_SHIFT_BELOW;
	return CHART_COMMON;
}

void chart_mdc(struct chart_work *w, struct chart_phase *ph)
{
	struct chart *c = w->chart;
	struct window v = { c, w->at, 0 };
	for (size_t i = ph->from; i < ph->to; i++)
		if (!c->point[i].excluded)
			w->at[v.count++] = i;
	chart_mdc_find_shifts(&v);
	chart_mdc_find_trends(&v);
	if (!ph->narrow)
		chart_mdc_find_two_in_three(&v, w->options->two_in_three_2013);
	for (size_t i = 0; i < v.count; i++) {
		struct chart_point *p = chart_mdc_point_at(&v, i);
		p->label = chart_mdc_label_of(&v, i, &p->high);
		p->low = !p->high;
	}
}

const char *chart_label_id(struct arena *a, const struct chart *c, enum chart_label label)
{
	static const struct {
		const char *rest;
		bool trend, shift;
	} LABEL[CHART_LABELS] = {
		[CHART_COMMON] = { .rest = "common_cause" },
		[CHART_ABOVE] = { .rest = "above_ucl" },
		[CHART_BELOW] = { .rest = "below_lcl" },
		[CHART_TREND_UP] = { .rest = "_point_trend_increasing", .trend = true },
		[CHART_TREND_DOWN] = { .rest = "_point_trend_decreasing", .trend = true },
		[CHART_TWO_ABOVE] = { .rest = "2_in_3_above_cl" },
		[CHART_TWO_BELOW] = { .rest = "2_in_3_below_cl" },
		[CHART_SHIFT_ABOVE] = { .rest = "_points_above_cl", .shift = true },
		[CHART_SHIFT_BELOW] = { .rest = "_points_below_cl", .shift = true },
	};
	if (!LABEL[label].trend && !LABEL[label].shift)
		return LABEL[label].rest;
	return arena_printf(
	    a, "%d%s", LABEL[label].trend ? c->trend_length : c->shift_length, LABEL[label].rest);
}
