// SPDX-License-Identifier: MIT
// What the signals of a chart mean: is there one, is it an improvement, since when. The direction
// is that of medians, not of the longest run: without freezing the old level is just as long a run.
#include "method/chart_parts.h"

#include <math.h>
#include <string.h>

const struct chart_signal CHART_SIGNAL[] = {
	{ CHART_OUTSIDE, "outside_3_sigma", "beyond the limits" },
	{ CHART_LONG_RUN, "long_run", "in an unusually long run" },
	{ CHART_SHIFT, "shift", "in a shift" },
	{ CHART_TREND, "trend", "in a trend" },
	{ CHART_TWO_IN_THREE, "two_in_three", "two of three near a limit" },
	{ 0, NULL, NULL },
};

const char *chart_meaning_id(enum chart_meaning m)
{
	static const char *const ID[] = { NULL, "improvement", "concern", "change", "unclear" };
	return ID[m];
}

// --- marks

static void mark_outside(struct chart_work *w, const struct chart_phase *ph)
{
	for (size_t i = ph->from; i < ph->to && !ph->flat; i++) {
		struct chart_point *p = &w->chart->point[i];
		double least = fabs(p->y) * 1e-14; // what rounding makes of a point on its limit
		if (!chart_counts(p) || !(p->y > p->upper + least || p->y < p->lower - least))
			continue;
		p->signals |= CHART_OUTSIDE;
		p->high = p->y > p->upper;
		p->low = !p->high;
	}
}

static void mark_runs(struct chart_work *w, const struct chart_phase *ph)
{
	size_t run = 0;
	int side = 0;
	for (size_t i = ph->from; i <= ph->to; i++) {
		const struct chart_point *p = i < ph->to ? &w->chart->point[i] : NULL;
		if (p && (!chart_counts(p) || !p->side))
			continue;
		if (p && p->side == side) {
			w->at[run++] = i;
			continue;
		}
		for (size_t k = 0; k < run && (int)run > ph->longest_limit; k++) {
			struct chart_point *q = &w->chart->point[w->at[k]];
			q->signals |= CHART_LONG_RUN;
			q->high = side > 0;
			q->low = side < 0;
		}
		run = 0;
		if (p) {
			side = p->side;
			w->at[run++] = i;
		}
	}
}

void chart_mark(struct chart_work *w, struct chart_phase *ph)
{
	if (w->chart->rules == CHART_ANHOEJ && ph->longest >= 0)
		mark_runs(w, ph);
	if (chart_has_limits(w->chart->type))
		mark_outside(w, ph);
}

// --- which way

static double median_of(
    struct chart_work *w, size_t from, size_t to, bool useful, size_t skip, size_t most)
{
	size_t n = 0, seen = 0;
	for (size_t i = from; i < to && n < most; i++) {
		const struct chart_point *p = &w->chart->point[i];
		if (!chart_counts(p) || (useful && !p->side) || seen++ < skip)
			continue;
		w->scratch[n++] = p->y;
	}
	return number_median(w->scratch, n);
}

// NAN: nothing came after the baseline yet, or nothing that counts.
static double step_after(struct chart_work *w, const struct chart_phase *ph)
{
	double before = median_of(w, ph->from, ph->baseline_to, false, 0, SIZE_MAX);
	return median_of(w, ph->baseline_to, ph->to, false, 0, SIZE_MAX) - before;
}

static double step_between_halves(struct chart_work *w, const struct chart_phase *ph)
{
	size_t half = (size_t)ph->useful / 2, rest = (size_t)ph->useful - half;
	double before = median_of(w, ph->from, ph->to, true, 0, half);
	return median_of(w, ph->from, ph->to, true, rest, SIZE_MAX) - before;
}

static int way_of(struct chart_work *w, const struct chart_phase *ph)
{
	double step = step_after(w, ph);
	if (isnan(step))
		step = step_between_halves(w, ph);
	return step > w->close ? 1 : step < -w->close ? -1 : 0;
}

static enum chart_meaning meaning_of(const struct chart *c, int way)
{
	if (c->direction == CHART_NEITHER)
		return CHART_CHANGE;
	if (way == 0)
		return CHART_UNCLEAR;
	return (way > 0) == (c->direction == CHART_UP_IS_GOOD) ? CHART_IMPROVEMENT : CHART_CONCERN;
}

// --- what points mean

// Runs and shifts of an old level say nothing: without freezing the centre line lies between the
// levels, and a change leaves a run on both sides of it.
static bool old_level(
    const struct chart *c, const struct chart_phase *ph, const struct chart_point *p)
{
	bool only_runs = (p->signals & ~(unsigned)(CHART_LONG_RUN | CHART_SHIFT)) == 0;
	bool frozen = ph->baseline_to < ph->to;
	return only_runs && c->rules != CHART_MDC && !frozen &&
	       !(c->way > 0 ? p->high : c->way < 0 && p->low);
}

static void point_meanings(struct chart_work *w)
{
	struct chart *c = w->chart;
	for (size_t i = 0; i < c->count; i++) {
		struct chart_point *p = &c->point[i];
		const struct chart_phase *ph = &c->phase[p->phase];
		bool said = c->rules == CHART_MDC ? p->label != CHART_COMMON : p->signals != 0;
		bool good = c->direction == CHART_UP_IS_GOOD ? p->high : p->low;
		if (said && chart_counts(p) && !old_level(c, ph, p))
			p->meaning = c->direction == CHART_NEITHER ? CHART_CHANGE
				     : good			   ? CHART_IMPROVEMENT
								   : CHART_CONCERN;
	}
}

// --- since when

// The first of the unbroken stretch of signalling points that ends last, on the side `way`.
static bool since_points(const struct chart *c, const struct chart_phase *ph, int way, size_t *out)
{
	bool found = false;
	for (size_t i = ph->to; i-- > ph->from;) {
		const struct chart_point *p = &c->point[i];
		bool on = chart_counts(p) && p->signals &&
			  (way > 0	? p->high
			      : way < 0 ? p->low
					: true);
		if (on)
			*out = i;
		else if (found && chart_counts(p) && p->side)
			break;
		found = found || on;
	}
	return found;
}

// The first point of the longest run on the side `way` (0: either), the later of two.
static size_t since_run(const struct chart *c, const struct chart_phase *ph, int way)
{
	size_t first = ph->from, best = ph->from;
	int side = 0, length = 0, most = 0;
	for (size_t i = ph->from; i < ph->to; i++) {
		const struct chart_point *p = &c->point[i];
		if (!chart_counts(p) || !p->side)
			continue;
		if (p->side != side) {
			side = p->side;
			length = 0;
			first = i;
		}
		if (++length >= most && (way == 0 || side == way)) {
			most = length;
			best = first;
		}
	}
	return best;
}

// --- icons

static const struct chart_point *last_point(const struct chart *c)
{
	for (size_t i = c->count; i-- > 0;)
		if (chart_counts(&c->point[i]))
			return &c->point[i];
	return NULL;
}

static enum chart_assurance assure(const struct chart *c, const struct chart_point *p)
{
	if (!p || c->direction == CHART_NEITHER || isnan(c->target) || isnan(p->upper))
		return CHART_NO_ASSURANCE;
	double target = c->target / c->multiply;
	bool up = c->direction == CHART_UP_IS_GOOD;
	if (c->phase[p->phase].flat)
		return (up ? p->centre >= target : p->centre <= target) ? CHART_PASS : CHART_FAIL;
	if (target > p->upper)
		return up ? CHART_FAIL : CHART_PASS;
	if (target < p->lower)
		return up ? CHART_PASS : CHART_FAIL;
	return CHART_HIT_AND_MISS;
}

const char *chart_assurance_id(const struct chart *c)
{
	static const char *const ID[] = { NULL, "consistent_pass", "inconsistent",
		"consistent_fail" };
	return ID[c->assurance];
}

const char *chart_variation_id(const struct chart *c)
{
	bool said = c->rules == CHART_MDC || c->rules == CHART_SHEWHART;
	if (!said || !chart_has_limits(c->type) || !last_point(c))
		return NULL;
	switch (c->variation) {
	case CHART_IMPROVEMENT: return "special_cause_improvement";
	case CHART_CONCERN: return "special_cause_concern";
	case CHART_CHANGE:
		return c->variation_high ? "special_cause_neutral_high"
					 : "special_cause_neutral_low";
	case CHART_ORDINARY:
	case CHART_UNCLEAR: break;
	}
	return "common_cause";
}

// --- all of it

static void count_bits(struct chart *c, const struct chart_phase *ph)
{
	for (size_t i = ph->from; i < ph->to; i++)
		if (chart_counts(&c->point[i]))
			c->why |= c->point[i].signals;
}

static bool signals(const struct chart *c, const struct chart_phase *ph)
{
	switch (c->rules) {
	case CHART_MDC: return c->variation != CHART_ORDINARY;
	case CHART_ANHOEJ: return ph->runs_signal || c->why;
	case CHART_IHI: return ph->ihi_runs_signal || c->why;
	case CHART_SHEWHART:
	case CHART_RULES: break;
	}
	return c->why != 0;
}

void chart_find(struct chart_work *w)
{
	struct chart *c = w->chart;
	const struct chart_phase *last = &c->phase[c->phases - 1];
	const struct chart_point *p = last_point(c);
	c->useful = (size_t)last->useful;
	c->enough = c->useful >= CHART_LEAST;
	c->way = way_of(w, last);
	point_meanings(w);
	if (p) {
		c->variation = p->meaning;
		c->variation_high = p->high;
	}
	c->assurance = assure(c, p);
	count_bits(c, last);
	c->signal = signals(c, last);
	if (!c->signal)
		return;
	// MDC's word is the icon's: that of the last point.
	c->meaning = c->rules == CHART_MDC ? c->variation : meaning_of(c, c->way);
	if (c->rules == CHART_MDC)
		c->way = c->variation_high ? 1 : -1;
	if (!since_points(c, last, c->way, &c->since) && !since_points(c, last, 0, &c->since))
		c->since = since_run(c, last, c->way);
}
