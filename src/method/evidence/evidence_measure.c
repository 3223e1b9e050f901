// SPDX-License-Identifier: MIT
// Measure functions of the evidence engine (docs/evidence.md, 3): baseline, signals, whether a
// gain holds and lasts, the way to the goal. Every comparison is exact.
#include "method/evidence/evidence_facts.h"

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

static const char *const STATES[] = { [STATE_UNKNOWN] = "unknown",
	[STATE_CONTRARY] = "contrary",
	[STATE_STRONG] = "strong",
	[STATE_WEAK] = "weak",
	[STATE_NONE] = "none" };

const char *evidence_state_id(enum evidence_state s)
{
	return STATES[s];
}

// --- exact comparisons

static bool evidence_measure_has_way(const struct measure *m)
{
	return m->way == MEASURE_UP || m->way == MEASURE_DOWN;
}

// 1 where `sign` (of a - b) says that a is better, -1 where worse, 0 where equal.
static int evidence_measure_wanted(const struct measure *m, int sign)
{
	return m->way == MEASURE_DOWN ? -sign : sign;
}

// Is x better (1), worse (-1) than the median, or on it?
static int evidence_measure_against(
    const struct measure *m, struct fraction x, const struct evidence_median *median)
{
	const struct decimal_part parts[] = { { 2, x }, { -1, median->a }, { -1, median->b } };
	return evidence_measure_wanted(m, parts_sign(parts, 3));
}

static int evidence_measure_compare(const struct measure *m, struct fraction a, struct fraction b)
{
	return evidence_measure_wanted(m, fraction_compare(a, b));
}

static int evidence_measure_by_value(const void *x, const void *y)
{
	return fraction_compare(*(const struct fraction *)x, *(const struct fraction *)y);
}

static bool evidence_measure_median_of(
    struct arena *a, const struct evidence_value *value, size_t n, struct evidence_median *out)
{
	struct fraction *sorted = arena_array(a, n, sizeof *sorted);
	if (!sorted)
		return false;
	for (size_t i = 0; i < n; i++)
		sorted[i] = value[i].value;
	qsort(sorted, n, sizeof *sorted, evidence_measure_by_value);
	*out = (struct evidence_median){ sorted[(n - 1) / 2], sorted[n / 2] };
	return true;
}

char *evidence_median_show(
    struct arena *a, const struct measure *m, const struct evidence_median *median)
{
	const struct decimal_part two[] = { { 1, median->a }, { 1, median->b } };
	struct fraction middle;
	if (parts_sum(two, 2, 2, &middle))
		return measure_show(a, m, middle);
	return arena_printf(a, "%.6g", (fraction_real(median->a) + fraction_real(median->b)) / 2);
}

// --- points and baseline

static bool evidence_measure_take_values(struct arena *a, struct evidence_measure *v)
{
	const struct measure_series *all = &v->m->whole;
	v->value = arena_array(a, all->count + 1, sizeof *v->value);
	if (!v->value)
		return false;
	for (size_t i = 0; i < all->count; i++)
		if (all->point[i].state == POINT_GOOD && !all->point[i].excluded_why)
			v->value[v->count++] =
			    (struct evidence_value){ all->point[i].date, all->point[i].value };
	return true;
}

// To the day that the measure says, else to the team's first test, else all of them.
static void evidence_measure_split(const struct facts *f, struct evidence_measure *v)
{
	while (v->base < v->count) {
		date_t day = v->value[v->base].date;
		if (v->m->has_baseline_end ? day > v->m->baseline_end
					   : f->tested && day >= f->first_test)
			return;
		v->base++;
	}
}

// --- signals

struct evidence_measure_runs {
	size_t good, bad;	// lengths so far
	size_t good_at, bad_at; // 1 + index of the newest signal's last point; 0 = none
};

static void evidence_measure_shifts(
    const struct facts *f, const struct evidence_measure *v, struct evidence_measure_runs *out)
{
	size_t need = (size_t)f->p[P_SHIFT];
	for (size_t i = v->base; i < v->count; i++) {
		int side = evidence_measure_against(v->m, v->value[i].value, &v->median);
		if (side == 0)
			continue;
		out->good = side > 0 ? out->good + 1 : 0;
		out->bad = side < 0 ? out->bad + 1 : 0;
		if (out->good >= need)
			out->good_at = i + 1;
		if (out->bad >= need)
			out->bad_at = i + 1;
	}
}

// The first point of a run counts; a point equal to the one before is skipped.
static void evidence_measure_trends(
    const struct facts *f, const struct evidence_measure *v, struct evidence_measure_runs *out)
{
	size_t need = (size_t)f->p[P_TREND];
	out->good = out->bad = v->base < v->count;
	for (size_t i = v->base + 1; i < v->count; i++) {
		int step = evidence_measure_compare(v->m, v->value[i].value, v->value[i - 1].value);
		if (step == 0)
			continue;
		out->good = step > 0 ? out->good + 1 : 1;
		out->bad = step < 0 ? out->bad + 1 : 1;
		int side = evidence_measure_against(v->m, v->value[i].value, &v->median);
		if (out->good >= need && side >= 0)
			out->good_at = i + 1;
		if (out->bad >= need && side <= 0)
			out->bad_at = i + 1;
	}
}

static bool evidence_measure_holds(const struct facts *f, const struct evidence_measure *v)
{
	size_t post = v->count - v->base, last = (size_t)f->p[P_HOLDS_POINTS], missed = 0;
	for (size_t i = v->count - (post < last ? post : last); i < v->count; i++)
		missed += evidence_measure_against(v->m, v->value[i].value, &v->median) <= 0;
	return missed <= (size_t)f->p[P_HOLDS_MISS];
}

// Walking back from the last point: better ones in a row, those on the median skipped.
static void evidence_measure_tail(struct evidence_measure *v, date_t *last)
{
	for (size_t i = v->count; i-- > v->base;) {
		int side = evidence_measure_against(v->m, v->value[i].value, &v->median);
		if (side < 0)
			return;
		if (side == 0)
			continue;
		if (v->run++ == 0)
			*last = v->value[i].date;
		v->run_from = v->value[i].date;
	}
}

// --- the way to the goal

// The sign of gap - percent, as parts over the (positive) way from the median to the goal.
static bool evidence_measure_gap_at_least(
    const struct evidence_measure *v, struct fraction goal, int percent)
{
	const struct decimal_part parts[] = { { 100, v->current.a }, { 100, v->current.b },
		{ percent - 100, v->median.a }, { percent - 100, v->median.b },
		{ -2 * (int64_t)percent, goal } };
	return evidence_measure_wanted(v->m, parts_sign(parts, 5)) >= 0;
}

enum { GAP_MOST = 9999 };

// Rounded down: what is shown never claims more than there is.
static int evidence_measure_gap_floor(const struct evidence_measure *v, struct fraction goal)
{
	int low = -GAP_MOST, high = GAP_MOST;
	while (low < high) {
		int middle = low + (high - low + 1) / 2;
		if (evidence_measure_gap_at_least(v, goal, middle))
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

static struct fraction evidence_measure_gap_exact(
    const struct evidence_measure *v, struct fraction goal)
{
	const struct decimal_part gone[] = { { 100, v->current.a }, { 100, v->current.b },
		{ -100, v->median.a }, { -100, v->median.b } };
	const struct decimal_part way[] = { { 2, goal }, { -1, v->median.a }, { -1, v->median.b } };
	struct fraction a, b, gap;
	if (parts_sum(gone, 4, 1, &a) && parts_sum(way, 3, 1, &b) && fraction_divide(a, b, &gap))
		return gap;
	return (struct fraction){ v->gap, 1 };
}

static void evidence_measure_goal(const struct facts *f, struct evidence_measure *v)
{
	if (!v->m->has_goal || !v->has_current || !evidence_measure_has_way(v->m))
		return;
	struct fraction goal = fraction_of(v->m->goal);
	v->goal_met = evidence_measure_against(v->m, goal, &v->current) <= 0;
	if (v->base == 0)
		return;
	v->has_gap = true;
	if (evidence_measure_against(v->m, goal, &v->median) <= 0) {
		v->gap = v->goal_met ? 100 : 0;
		v->gap_value = (struct fraction){ v->gap, 1 };
		v->gap_weak = v->gap >= f->p[P_GAP_WEAK];
		v->gap_half = v->gap >= f->p[P_HALF];
		return;
	}
	v->gap = evidence_measure_gap_floor(v, goal);
	v->gap_value = evidence_measure_gap_exact(v, goal);
	v->gap_weak = evidence_measure_gap_at_least(v, goal, f->p[P_GAP_WEAK]);
	v->gap_half = evidence_measure_gap_at_least(v, goal, f->p[P_HALF]);
}

static void evidence_measure_benchmark(struct evidence_measure *v)
{
	v->benchmark_known =
	    v->m->has_benchmark && v->has_current && evidence_measure_has_way(v->m);
	if (v->benchmark_known)
		v->at_benchmark =
		    evidence_measure_against(v->m, fraction_of(v->m->benchmark), &v->current) <= 0;
}

// --- all of it

static enum evidence_state evidence_measure_state_of(const struct facts *f,
    const struct evidence_measure *v, const struct evidence_measure_runs *seen)
{
	if (seen->bad_at && seen->good_at <= seen->bad_at)
		return STATE_CONTRARY;
	if (seen->good_at && evidence_measure_holds(f, v))
		return v->base >= (size_t)f->p[P_MIN_BASE] ? STATE_STRONG : STATE_WEAK;
	return v->has_gap && v->gap_weak ? STATE_WEAK : STATE_NONE;
}

static void evidence_measure_signals(const struct facts *f, struct evidence_measure *v)
{
	struct evidence_measure_runs shift = { 0 }, trend = { 0 }, both = { 0 };
	date_t last = 0;
	evidence_measure_shifts(f, v, &shift);
	evidence_measure_trends(f, v, &trend);
	both.good_at = shift.good_at > trend.good_at ? shift.good_at : trend.good_at;
	both.bad_at = shift.bad_at > trend.bad_at ? shift.bad_at : trend.bad_at;
	v->good_signal = both.good_at > 0;
	v->bad_signal = both.bad_at > 0;
	v->good_shift = shift.good_at && shift.good_at == both.good_at;
	if (v->good_signal)
		v->good_on = v->value[both.good_at - 1].date;
	if (v->bad_signal)
		v->bad_on = v->value[both.bad_at - 1].date;
	evidence_measure_tail(v, &last);
	v->state = evidence_measure_state_of(f, v, &both);
	v->sustained = v->state == STATE_STRONG && v->fresh &&
		       v->run >= (size_t)f->p[P_SUS_POINTS] &&
		       last - v->run_from >= f->p[P_SUS_DAYS];
}

static bool evidence_measure_look(const struct facts *f, struct evidence_measure *v)
{
	if (!evidence_measure_take_values(f->a, v))
		return false;
	evidence_measure_split(f, v);
	size_t post = v->count - v->base, last = (size_t)f->p[P_GOAL_POINTS];
	if (v->base && !evidence_measure_median_of(f->a, v->value, v->base, &v->median))
		return false;
	v->has_current = post >= last;
	if (v->has_current &&
	    !evidence_measure_median_of(f->a, v->value + v->count - last, last, &v->current))
		return false;
	v->fresh =
	    v->count && f->on - v->value[v->count - 1].date <= f->p[P_FRESH] * v->m->interval_days;
	evidence_measure_goal(f, v);
	evidence_measure_benchmark(v);
	if (v->base && post && evidence_measure_has_way(v->m))
		evidence_measure_signals(f, v);
	return true;
}

// --- which measures count as what

static bool evidence_measure_improves(const struct measure *m)
{
	return m->type == MEASURE_OUTCOME || m->type == MEASURE_PROCESS;
}

static void evidence_measure_give_keys(struct facts *f)
{
	f->no_key = true;
	for (size_t i = 0; i < f->measure.count; i++)
		if (f->measure.item[i].key && f->measure.item[i].type != MEASURE_BALANCING)
			f->no_key = false;
	for (size_t i = 0; i < f->measure.count; i++) {
		const struct measure *m = f->seen[i].m;
		bool key = f->no_key ? evidence_measure_improves(m)
				     : m->key && m->type != MEASURE_BALANCING;
		f->seen[i].roles = !key				? 0
				   : m->type == MEASURE_OUTCOME ? AS_KEY | AS_OUTCOME
				   : m->type == MEASURE_PROCESS ? AS_KEY | AS_PROCESS
								: AS_KEY;
	}
}

// The goals of the aim: key measures that say so; else key outcomes; else key measures.
static void evidence_measure_give_goals(struct facts *f)
{
	for (int rule = 0; rule < 3; rule++) {
		bool any = false;
		for (size_t i = 0; i < f->measure.count; i++) {
			struct evidence_measure *v = &f->seen[i];
			bool may =
			    v->roles & AS_KEY && v->m->has_goal && evidence_measure_has_way(v->m);
			bool fits = rule == 0	? v->m->aim_goal
				    : rule == 1 ? (v->roles & AS_OUTCOME) != 0
						: true;
			if (!may || !fits)
				continue;
			v->roles |= AS_GOAL;
			any = true;
		}
		if (any)
			return;
	}
}

size_t facts_in(const struct facts *f, unsigned role)
{
	size_t n = 0;
	for (size_t i = 0; i < f->measure.count; i++)
		n += (f->seen[i].roles & role) != 0;
	return n;
}

size_t facts_state(const struct facts *f, unsigned role, enum evidence_state state)
{
	size_t n = 0;
	for (size_t i = 0; i < f->measure.count; i++)
		n += f->seen[i].roles & role && f->seen[i].state == state;
	return n;
}

// --- fingerprints

static void hash_measure(struct hash *h, const struct evidence_measure *v)
{
	const struct measure *m = v->m;
	hash_bytes(h, m->id.b, sizeof m->id.b);
	hash_u64(h, (uint64_t)m->way);
	hash_u64(h, (uint64_t)m->interval_days);
	hash_text(h, m->goal_typed);
	hash_text(h, m->benchmark_typed);
	hash_u64(h, v->base);
	hash_u64(h, v->count);
	for (size_t i = 0; i < v->count; i++) {
		hash_u64(h, (uint64_t)v->value[i].date);
		hash_u64(h, (uint64_t)v->value[i].value.over);
		hash_u64(h, (uint64_t)v->value[i].value.under);
	}
}

// By id, so that a name that changes moves nothing.
static void evidence_measure_hash_role(struct facts *f, unsigned role, int group)
{
	struct hash h;
	const struct id *before = NULL;
	hash_init(&h);
	for (size_t n = facts_in(f, role); n > 0; n--) {
		const struct evidence_measure *least = NULL;
		for (size_t i = 0; i < f->measure.count; i++) {
			const struct evidence_measure *v = &f->seen[i];
			if (v->roles & role && (!before || id_compare(&v->m->id, before) > 0) &&
			    (!least || id_compare(&v->m->id, &least->m->id) < 0))
				least = v;
		}
		if (!least)
			break;
		hash_measure(&h, least);
		before = &least->m->id;
	}
	hash_done(&h, f->hash[group]);
}

bool facts_measures(struct facts *f, struct err *e)
{
	if (!measures_load(f->s, f->a, &f->team, f->on, &f->measure, e))
		return false;
	f->seen = arena_array(f->a, f->measure.count + 1, sizeof *f->seen);
	if (!f->seen)
		return err_memory(e);
	for (size_t i = 0; i < f->measure.count; i++) {
		f->seen[i].m = &f->measure.item[i];
		if (!evidence_measure_look(f, &f->seen[i]))
			return err_memory(e);
	}
	evidence_measure_give_keys(f);
	evidence_measure_give_goals(f);
	for (size_t i = 0; i < f->measure.count && !f->how_much; i++)
		f->how_much = f->measure.item[i].aim_goal && f->measure.item[i].has_goal;
	if (f->brief)
		return true;
	evidence_measure_hash_role(f, AS_KEY, DATA_KEY);
	evidence_measure_hash_role(f, AS_PROCESS, DATA_PROCESS);
	evidence_measure_hash_role(f, AS_OUTCOME, DATA_OUTCOME);
	evidence_measure_hash_role(f, AS_GOAL, DATA_GOAL);
	return true;
}
