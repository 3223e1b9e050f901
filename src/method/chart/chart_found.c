// SPDX-License-Identifier: MIT
// The signals of a chart's last phase, each with its side, its dates and its count, so that what is
// said of one is never put together with what is said of another.
#include "method/chart/chart_parts.h"

#include <math.h>

static bool found_add(struct chart_work *w, struct chart_found f, struct err *e)
{
	struct chart *c = w->chart;
	size_t cap = c->founds; // exact: there are few
	if (!arena_grow(w->arena, (void **)&c->found, c->founds, &cap, sizeof f))
		return err_memory(e);
	c->found[c->founds++] = f;
	return true;
}

// --- runs

// The run of useful points on one side that begins at `from`.
static struct chart_found found_run_at(
    const struct chart *c, const struct chart_phase *ph, size_t from)
{
	struct chart_found f = { .from = from, .to = from, .side = c->point[from].side };
	for (size_t i = from; i < ph->to; i++) {
		const struct chart_point *p = &c->point[i];
		if (!chart_counts(p) || !p->side)
			continue;
		if (p->side != f.side)
			break;
		f.to = i;
		f.count++;
	}
	return f;
}

static bool found_useful(const struct chart *c, size_t i)
{
	return chart_counts(&c->point[i]) && c->point[i].side;
}

// Runs of so many points at least.
static bool found_runs(struct chart_work *w, const struct chart_phase *ph, int least,
    enum chart_found_kind kind, struct err *e)
{
	const struct chart *c = w->chart;
	for (size_t i = ph->from; i < ph->to; i++) {
		if (!found_useful(c, i))
			continue;
		struct chart_found f = found_run_at(c, ph, i);
		f.kind = kind;
		if (f.count >= least && !found_add(w, f, e))
			return false;
		i = f.to;
	}
	return true;
}

struct chart_found chart_longest_run(const struct chart *c, const struct chart_phase *ph, int side)
{
	struct chart_found best = { 0 };
	for (size_t i = ph->from; i < ph->to; i++) {
		if (!found_useful(c, i))
			continue;
		struct chart_found f = found_run_at(c, ph, i);
		if (f.count >= best.count && (!side || f.side == side))
			best = f;
		i = f.to;
	}
	return best;
}

// A signal of the whole phase: too few crossings, too few or too many runs.
static bool found_whole(struct chart_work *w, const struct chart_phase *ph,
    enum chart_found_kind kind, int count, struct err *e)
{
	struct chart_found f = chart_longest_run(w->chart, ph, w->chart->way);
	f.kind = kind;
	f.count = count;
	f.side = 0;
	return found_add(w, f, e);
}

// --- trends and points beyond the limits

static bool found_trends(struct chart_work *w, const struct chart_phase *ph, struct err *e)
{
	const struct chart *c = w->chart;
	for (size_t i = 0; i < c->trends; i++) {
		const struct chart_trend *t = &c->trend[i];
		struct chart_found f = { CHART_FOUND_TREND, t->point[0], t->point[t->count - 1],
			t->length, t->up ? 1 : -1 };
		if (f.from >= ph->from && !found_add(w, f, e))
			return false;
	}
	return true;
}

static bool found_outside(
    struct chart_work *w, const struct chart_phase *ph, int side, struct err *e)
{
	struct chart_found f = { .kind = CHART_FOUND_OUTSIDE, .side = side };
	for (size_t i = ph->from; i < ph->to; i++) {
		const struct chart_point *p = &w->chart->point[i];
		bool here = (p->signals & CHART_OUTSIDE) && (p->y > p->upper) == (side > 0);
		if (!here)
			continue;
		f.from = f.count ? f.from : i;
		f.to = i;
		f.count++;
	}
	return !f.count || found_add(w, f, e);
}

// --- Making Data Count: what the label of the last point stands for

static size_t found_before(const struct chart *c, const struct chart_phase *ph, size_t i)
{
	while (i-- > ph->from)
		if (!c->point[i].excluded)
			return i;
	return SIZE_MAX;
}

static int found_step(const struct chart *c, size_t from, size_t to)
{
	double step = c->point[to].y - c->point[from].y;
	return (step > 0) - (step < 0);
}

// How far back what is true of the last point is true without a break.
static bool found_goes_on(const struct chart *c, const struct chart_found *f, size_t at, size_t was)
{
	const struct chart_point *p = &c->point[at];
	if (p->missing)
		return false;
	if (f->kind == CHART_FOUND_OUTSIDE)
		return (p->signals & CHART_OUTSIDE) && (p->y > p->upper) == (f->side > 0);
	if (f->kind == CHART_FOUND_TREND)
		return found_step(c, at, was) == f->side;
	return p->side == f->side;
}

static bool found_label(struct chart_work *w, const struct chart_phase *ph, struct err *e)
{
	static const struct {
		enum chart_found_kind kind;
		int side;
	} OF[CHART_LABELS] = { [CHART_ABOVE] = { CHART_FOUND_OUTSIDE, 1 },
		[CHART_BELOW] = { CHART_FOUND_OUTSIDE, -1 },
		[CHART_TREND_UP] = { CHART_FOUND_TREND, 1 },
		[CHART_TREND_DOWN] = { CHART_FOUND_TREND, -1 },
		[CHART_TWO_ABOVE] = { CHART_FOUND_TWO, 1 },
		[CHART_TWO_BELOW] = { CHART_FOUND_TWO, -1 },
		[CHART_SHIFT_ABOVE] = { CHART_FOUND_SHIFT, 1 },
		[CHART_SHIFT_BELOW] = { CHART_FOUND_SHIFT, -1 } };
	const struct chart *c = w->chart;
	size_t last = ph->to;
	while (last-- > ph->from && !chart_counts(&c->point[last])) {
	}
	if (last < ph->from || last >= ph->to || !OF[c->point[last].label].side)
		return true;
	enum chart_label label = c->point[last].label;
	struct chart_found f = { OF[label].kind, last, last, 1, OF[label].side };
	for (size_t was = last, at; (at = found_before(c, ph, was)) != SIZE_MAX; was = at) {
		if (!found_goes_on(c, &f, at, was) || (f.kind == CHART_FOUND_TWO && f.count == 3))
			break;
		f.from = at;
		f.count++;
	}
	return found_add(w, f, e);
}

// --- all of them

bool chart_found(struct chart_work *w, const struct chart_phase *ph, struct err *e)
{
	const struct chart *c = w->chart;
	// Runs need useful points; what a limit says, and a trend, does not.
	bool runs = ph->longest >= 0 && (c->useful >= CHART_LEAST || !chart_has_limits(c->type));
	if (c->rules == CHART_MDC)
		return found_label(w, ph, e);
	if (c->rules == CHART_ANHOEJ && runs &&
	    (!found_runs(w, ph, ph->longest_limit + 1, CHART_FOUND_RUN, e) ||
		(ph->crossings < ph->crossings_limit &&
		    !found_whole(w, ph, CHART_FOUND_CROSSINGS, ph->crossings, e))))
		return false;
	if (c->rules == CHART_IHI &&
	    ((runs && !found_runs(w, ph, c->shift_length, CHART_FOUND_SHIFT, e)) ||
		!found_trends(w, ph, e) ||
		(runs && ph->ihi_runs_signal &&
		    !found_whole(w, ph, CHART_FOUND_RUNS, ph->runs, e))))
		return false;
	return found_outside(w, ph, 1, e) && found_outside(w, ph, -1, e);
}
