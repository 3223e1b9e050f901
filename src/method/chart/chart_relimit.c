// SPDX-License-Identifier: MIT
// Where new limits would be possible: the Stable Shift Algorithm of autospc, for I charts. It is
// slow to propose: a shift must last a whole period and must not turn back.
#include "method/chart/chart_parts.h"

#include <math.h>
#include <string.h>

static const double D2 = 1.128, D4 = 3.267;

struct relimit {
	const double *y;
	size_t count, period, run, exclusions;
	struct chart_relimits now; // as established
	struct chart_relimits may; // the same with a candidate period
	int *side, *may_side;	   // 2: missing
	bool *begins, *may_begins; // a run of one side begins there
	bool *drop;		   // of the period that is looked at: extreme
	double *scratch;
};

// --- the limits of one period

static void chart_relimit_period_limits(
    struct relimit *r, size_t from, double *centre, double *half)
{
	size_t n = 0;
	bool flat;
	for (size_t i = from; i < from + r->period; i++)
		if (!r->drop[i - from])
			r->scratch[n++] = r->y[i];
	*centre = number_mean(r->scratch, n);
	for (size_t i = 0; i + 1 < n; i++)
		r->scratch[i] = fabs(r->scratch[i + 1] - r->scratch[i]);
	*half = 3 * number_screened(r->scratch, n ? n - 1 : 0, true, D4, false, &flat) / D2;
}

static double chart_relimit_beyond(double y, double centre, double half)
{
	return isnan(y) ? -INFINITY : fabs(y - centre) - half;
}

// Leaves out the farthest points beyond the limits, one distance after the other.
static void chart_relimit_period_drop(struct relimit *r, size_t from)
{
	size_t dropped = 0;
	memset(r->drop, 0, r->period * sizeof *r->drop);
	for (size_t round = 0; round < r->exclusions && dropped < r->exclusions; round++) {
		double centre, half, most = 0;
		chart_relimit_period_limits(r, from, &centre, &half);
		for (size_t i = 0; i < r->period; i++)
			if (!r->drop[i])
				most =
				    fmax(most, chart_relimit_beyond(r->y[from + i], centre, half));
		if (!(most > 0))
			return;
		for (size_t i = 0; i < r->period && dropped < r->exclusions; i++) {
			bool farthest = chart_relimit_beyond(r->y[from + i], centre, half) >= most;
			dropped += farthest && !r->drop[i];
			r->drop[i] = r->drop[i] || farthest;
		}
	}
}

// --- sides and runs of one stretch

static void chart_relimit_stretch_runs(const struct relimit *r, struct chart_relimits *l, int *side,
    bool *begins, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		double over = r->y[i] - l->centre[i];
		side[i] = isnan(over) ? 2 : (over > 0) - (over < 0);
		l->outside[i] = r->y[i] > l->upper[i] || r->y[i] < l->lower[i];
		begins[i] = i == from || side[i] != side[i - 1];
	}
	for (size_t i = from, end; i < to; i = end) {
		for (end = i + 1; end < to && !begins[end];)
			end++;
		for (size_t k = i; k < end; k++)
			l->shift[k] = end - i >= r->run && (side[k] == 1 || side[k] == -1);
	}
}

// A period that begins at `from`, drawn on to the end; what stood before it stands.
static void chart_relimit_propose(
    struct relimit *r, struct chart_relimits *l, int *side, bool *begins, size_t from)
{
	double centre, half;
	chart_relimit_period_drop(r, from);
	chart_relimit_period_limits(r, from, &centre, &half);
	for (size_t i = from; i < r->count; i++) {
		l->centre[i] = centre;
		l->lower[i] = centre - half;
		l->upper[i] = centre + half;
	}
	size_t before = l->starts ? l->start[l->starts - 1] : 0;
	if (from)
		chart_relimit_stretch_runs(r, l, side, begins, before, from);
	chart_relimit_stretch_runs(r, l, side, begins, from, r->count);
}

// --- may it stand?

// A run the other way within the period, the first run not counted.
static bool chart_relimit_turns_back(const struct relimit *r, size_t from, int way)
{
	size_t runs = 1;
	for (size_t i = from; i < from + r->period; i++) {
		int side = r->may_side[i];
		if (i > from && side != 0 && side != r->may_side[i - 1])
			runs++;
		if (r->may.shift[i] && side != way && runs > 1)
			return true;
	}
	return false;
}

// The last run of the period goes the other way, and nothing has ended it yet.
static bool chart_relimit_may_turn_back(const struct relimit *r, size_t from, int way)
{
	size_t last = from + r->period;
	while (last > from && (r->may_side[last - 1] == 0 || r->may_side[last - 1] == 2))
		last--;
	if (last == from || r->may_side[last - 1] == way)
		return false;
	int side = r->may_side[last - 1];
	for (size_t i = last; i < r->count; i++)
		if (r->may_side[i] == -side)
			return false;
	return true;
}

// --- where to look next

static bool chart_relimit_enough(const struct relimit *r, size_t from)
{
	size_t n = 0;
	for (size_t i = from; i < r->count; i++)
		n += isnan(r->y[i]) ? 0 : 1;
	return n >= r->period && from + r->period <= r->count;
}

// In the middle of a run, with enough of it to come.
static bool chart_relimit_within_run(const struct relimit *r, size_t at)
{
	size_t next = at;
	if (!r->now.shift[at])
		return false;
	while (next < r->count && !r->begins[next])
		next++;
	return next - at >= r->run;
}

static size_t chart_relimit_next_run(const struct relimit *r, size_t at)
{
	for (; at < r->count; at++) {
		bool before = at > 0 && r->now.shift[at - 1];
		if (r->now.shift[at] && (!before || r->side[at] == -r->side[at - 1]))
			return at;
	}
	return at;
}

static void chart_relimit_copy(struct relimit *r)
{
	size_t n = r->count;
	memcpy(r->may.centre, r->now.centre, n * sizeof(double));
	memcpy(r->may.lower, r->now.lower, n * sizeof(double));
	memcpy(r->may.upper, r->now.upper, n * sizeof(double));
	memcpy(r->may.outside, r->now.outside, n);
	memcpy(r->may.shift, r->now.shift, n);
	memcpy(r->may_side, r->side, n * sizeof *r->side);
	memcpy(r->may_begins, r->begins, n);
	r->may.start = r->now.start;
	r->may.starts = r->now.starts;
}

static void chart_relimit_take(struct relimit *r, size_t from)
{
	struct relimit old = *r;
	r->now = old.may;
	r->may = old.now;
	r->side = old.may_side;
	r->may_side = old.side;
	r->begins = old.may_begins;
	r->may_begins = old.begins;
	r->now.start[r->now.starts++] = from;
}

static void chart_relimit_search(struct relimit *r)
{
	size_t at = r->period;
	while (at + 1 < r->count && chart_relimit_enough(r, at)) {
		size_t found = chart_relimit_within_run(r, at) ? at : chart_relimit_next_run(r, at);
		if (found + 1 >= r->count || !chart_relimit_enough(r, found))
			return;
		int way = r->side[found];
		chart_relimit_copy(r);
		chart_relimit_propose(r, &r->may, r->may_side, r->may_begins, found);
		at = found + 1;
		if (!chart_relimit_turns_back(r, found, way) &&
		    !chart_relimit_may_turn_back(r, found, way)) {
			chart_relimit_take(r, found);
			at = found + r->period;
		}
	}
}

static bool chart_relimit_room(struct arena *a, size_t n, struct chart_relimits *l)
{
	l->centre = arena_array(a, n + 1, sizeof *l->centre);
	l->lower = arena_array(a, n + 1, sizeof *l->lower);
	l->upper = arena_array(a, n + 1, sizeof *l->upper);
	l->outside = arena_array(a, n + 1, sizeof *l->outside);
	l->shift = arena_array(a, n + 1, sizeof *l->shift);
	return l->centre && l->lower && l->upper && l->outside && l->shift;
}

bool chart_suggest_relimits(struct arena *a, const double *y, size_t count, size_t period,
    size_t run, size_t exclusions, struct chart_relimits *out, struct err *e)
{
	struct relimit r = {
		.y = y, .count = count, .period = period, .run = run, .exclusions = exclusions
	};
	r.side = arena_array(a, count + 1, sizeof *r.side);
	r.may_side = arena_array(a, count + 1, sizeof *r.may_side);
	r.begins = arena_array(a, count + 1, sizeof *r.begins);
	r.may_begins = arena_array(a, count + 1, sizeof *r.may_begins);
	r.drop = arena_array(a, period + 1, sizeof *r.drop);
	r.scratch = arena_array(a, period + 1, sizeof *r.scratch);
	if (!chart_relimit_room(a, count, &r.now) || !chart_relimit_room(a, count, &r.may) ||
	    !r.side || !r.may_side || !r.begins || !r.may_begins || !r.drop || !r.scratch)
		return err_memory(e);
	r.now.start = arena_array(a, period ? count / period + 1 : 1, sizeof *r.now.start);
	if (!r.now.start)
		return err_memory(e);
	for (size_t i = 0; i < count; i++)
		r.now.centre[i] = r.now.lower[i] = r.now.upper[i] = NAN;
	if (period > 1 && run > 0 && chart_relimit_enough(&r, 0)) {
		chart_relimit_propose(&r, &r.now, r.side, r.begins, 0);
		chart_relimit_search(&r);
	}
	*out = r.now;
	return true;
}
