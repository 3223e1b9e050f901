// SPDX-License-Identifier: MIT
// What the signals of a chart mean: is there one, is it an improvement, since when. The direction
// is that of medians, not of the longest run: without freezing the old level is just as long a run.
#include "method/chart/chart_parts.h"

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

static void chart_find_mark_outside(struct chart_work *w, const struct chart_phase *ph)
{
	for (size_t i = ph->from; i < ph->to; i++) {
		struct chart_point *p = &w->chart->point[i];
		// What rounding makes of a point on its limit, or on a line that is its limits.
		double least = ph->narrow ? w->close : fabs(p->y) * 1e-14;
		if (!chart_counts(p) || !(p->y > p->upper + least || p->y < p->lower - least))
			continue;
		p->signals |= CHART_OUTSIDE;
		p->high = p->y > p->upper;
		p->low = !p->high;
	}
}

static void chart_find_mark_runs(struct chart_work *w, const struct chart_phase *ph)
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
		chart_find_mark_runs(w, ph);
	if (chart_has_limits(w->chart->type))
		chart_find_mark_outside(w, ph);
}

// --- which way

static double chart_find_median_of(
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
static double chart_find_step_after(struct chart_work *w, const struct chart_phase *ph)
{
	double before = chart_find_median_of(w, ph->from, ph->baseline_to, false, 0, SIZE_MAX);
	return chart_find_median_of(w, ph->baseline_to, ph->to, false, 0, SIZE_MAX) - before;
}

static double chart_find_step_between_halves(struct chart_work *w, const struct chart_phase *ph)
{
	size_t half = (size_t)ph->useful / 2, rest = (size_t)ph->useful - half;
	double before = chart_find_median_of(w, ph->from, ph->to, true, 0, half);
	return chart_find_median_of(w, ph->from, ph->to, true, rest, SIZE_MAX) - before;
}

static int chart_find_way_of(struct chart_work *w, const struct chart_phase *ph)
{
	double step = chart_find_step_after(w, ph);
	if (isnan(step))
		step = chart_find_step_between_halves(w, ph);
	return step > w->close ? 1 : step < -w->close ? -1 : 0;
}

static enum chart_meaning chart_find_meaning_of(const struct chart *c, int way)
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
static bool chart_find_old_level(
    const struct chart *c, const struct chart_phase *ph, const struct chart_point *p)
{
	bool only_runs = (p->signals & ~(unsigned)(CHART_LONG_RUN | CHART_SHIFT)) == 0;
	bool frozen = ph->baseline_to < ph->to;
	return only_runs && c->rules != CHART_MDC && !frozen &&
	       !(c->way > 0 ? p->high : c->way < 0 && p->low);
}

static void chart_find_point_meanings(struct chart_work *w)
{
	struct chart *c = w->chart;
	for (size_t i = 0; i < c->count; i++) {
		struct chart_point *p = &c->point[i];
		const struct chart_phase *ph = &c->phase[p->phase];
		bool said = c->rules == CHART_MDC ? p->label != CHART_COMMON : p->signals != 0;
		bool good = c->direction == CHART_UP_IS_GOOD ? p->high : p->low;
		if (said && chart_counts(p) && !chart_find_old_level(c, ph, p))
			p->meaning = c->direction == CHART_NEITHER ? CHART_CHANGE
				     : good			   ? CHART_IMPROVEMENT
								   : CHART_CONCERN;
	}
}

// --- icons

static const struct chart_point *chart_find_last_point(const struct chart *c)
{
	for (size_t i = c->count; i-- > 0;)
		if (chart_counts(&c->point[i]))
			return &c->point[i];
	return NULL;
}

// Has a signal come after the frozen baseline? Then the limits tell of what was, not of what the
// measure does now.
static bool find_left_behind(const struct chart *c, const struct chart_phase *ph)
{
	bool any = ph->baseline_to < ph->to && c->signal;
	for (size_t i = ph->baseline_to; i < ph->to; i++) {
		const struct chart_point *p = &c->point[i];
		any = any || (chart_counts(p) && (c->rules == CHART_MDC ? p->label != CHART_COMMON
									: p->signals != 0));
	}
	return any;
}

static enum chart_assurance chart_find_assure(const struct chart *c, const struct chart_point *p)
{
	double target = c->target / c->multiply;
	bool up = c->direction == CHART_UP_IS_GOOD;
	if (c->phase[p->phase].narrow)
		return (up ? p->centre >= target : p->centre <= target) ? CHART_PASS : CHART_FAIL;
	if (target > p->upper)
		return up ? CHART_FAIL : CHART_PASS;
	if (target < p->lower)
		return up ? CHART_PASS : CHART_FAIL;
	return CHART_HIT_AND_MISS;
}

// Limits without width that points have left say nothing.
static void find_assurance(struct chart *c, const struct chart_point *p)
{
	if (!p || c->direction == CHART_NEITHER || isnan(c->target) || isnan(p->upper))
		return;
	const struct chart_phase *ph = &c->phase[p->phase];
	bool moved = ph->narrow && !ph->flat;
	c->withheld = moved || find_left_behind(c, ph);
	c->assurance = moved ? CHART_NO_ASSURANCE : chart_find_assure(c, p);
}

const char *chart_assurance_id(const struct chart *c)
{
	static const char *const ID[] = { NULL, "consistent_pass", "inconsistent",
		"consistent_fail" };
	return c->withheld && c->rules != CHART_MDC ? NULL : ID[c->assurance];
}

const char *chart_variation_id(const struct chart *c)
{
	bool said = c->rules == CHART_MDC || c->rules == CHART_SHEWHART;
	if (!said || !chart_has_limits(c->type) || !chart_find_last_point(c))
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

static void chart_find_count_bits(struct chart *c, const struct chart_phase *ph)
{
	for (size_t i = ph->from; i < ph->to; i++)
		if (chart_counts(&c->point[i]))
			c->why |= c->point[i].signals;
}

// Runs that are too many speak of no level.
static bool find_speaks(const struct chart *c, const struct chart_found *f)
{
	const struct chart_phase *ph = &c->phase[c->phases - 1];
	return f->kind != CHART_FOUND_RUNS || f->count < ph->runs_low;
}

static bool find_is_newer(const struct chart_found *f, const struct chart_found *than)
{
	if (!f->side != !than->side) // what has a side goes first
		return f->side != 0;
	return f->to != than->to ? f->to > than->to : f->kind < than->kind;
}

// The newest signal on a side, else one that has none and speaks of the phase; side 0: of all.
static bool find_newest(const struct chart *c, int side, size_t *out)
{
	bool any = false;
	for (size_t i = 0; i < c->founds; i++) {
		const struct chart_found *f = &c->found[i];
		bool on = !side || f->side == side || (!f->side && find_speaks(c, f));
		if (on && (!any || find_is_newer(f, &c->found[*out])))
			*out = i;
		any = any || on;
	}
	return any;
}

// Of the signals one is spoken of, and the verdict is on its side. Where none lies on the side that
// the measure has gone to (an old level that was a run, and no run since), nobody can tell.
static void find_verdict(struct chart *c)
{
	bool told = c->rules == CHART_MDC || c->direction == CHART_NEITHER;
	if (c->rules == CHART_MDC)
		c->way = c->found->side;
	if (told || c->way == 0 || !find_newest(c, c->way, &c->said)) {
		find_newest(c, 0, &c->said);
		c->way = told ? c->found[c->said].side : 0;
	}
	c->since = c->found[c->said].from;
	c->meaning = chart_find_meaning_of(c, c->way);
}

static bool find_enough(const struct chart *c, const struct chart_phase *ph)
{
	bool limits = chart_has_limits(c->type) || ph->flat;
	return c->useful >= CHART_LEAST || (limits && ph->points >= CHART_LEAST);
}

bool chart_find(struct chart_work *w, struct err *e)
{
	struct chart *c = w->chart;
	const struct chart_phase *last = &c->phase[c->phases - 1];
	const struct chart_point *p = chart_find_last_point(c);
	c->useful = (size_t)last->useful;
	c->enough = find_enough(c, last);
	c->way = chart_find_way_of(w, last);
	chart_find_point_meanings(w);
	if (p) {
		c->variation = p->meaning;
		c->variation_high = p->high;
	}
	chart_find_count_bits(c, last);
	// Making Data Count speaks of the last point, wherever it lies.
	if (!chart_found(w, c->rules == CHART_MDC && p ? &c->phase[p->phase] : last, e))
		return false;
	c->signal = c->founds > 0;
	if (c->signal)
		find_verdict(c);
	find_assurance(c, p);
	return true;
}
