// SPDX-License-Identifier: MIT
#include <plando/equity.h>

#include "method/query.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <limits.h>
#include <math.h>
#include <stdlib.h>

bool equity_least_load(struct store *s, int *out, struct err *e)
{
	struct err own = { 0 };
	*out = EQUITY_LEAST;
	struct ask *q = db_ask(s->db,
	    "SELECT small_numbers_typed FROM collaborative WHERE small_numbers_typed IS NOT NULL",
	    e);
	if (!q)
		return false;
	if (ask_step(q, &own)) {
		const char *text = col_text(q, 0);
		long least = text ? strtol(text, NULL, 10) : EQUITY_LEAST;
		*out = least < 0 || least > INT_MAX ? EQUITY_LEAST : (int)least;
	}
	return ask_end(q, &own, e);
}

// --- the dates

static bool equity_counts(const struct measure_point *p)
{
	return p->state == POINT_GOOD && !p->excluded_why && p->denominator > 0;
}

static bool equity_within(const struct equity_window *w, date_t day)
{
	return (!w->has_from || day >= w->from) && (!w->has_until || day <= w->until);
}

static int equity_by_date(const void *a, const void *b)
{
	date_t p = *(const date_t *)a, q = *(const date_t *)b;
	return (p > q) - (p < q);
}

// Different dates of the window on which some group has data, in order. NULL: out of memory.
static date_t *equity_dates_of(
    struct arena *a, const struct measure *m, const struct equity_window *w, size_t *count)
{
	size_t n = 0, kept = 0;
	for (size_t k = 0; k < m->strata; k++)
		n += m->stratum[k].count;
	date_t *day = arena_array(a, n + 1, sizeof *day);
	if (!day)
		return NULL;
	n = 0;
	for (size_t k = 0; k < m->strata; k++)
		for (size_t i = 0; i < m->stratum[k].count; i++) {
			const struct measure_point *p = &m->stratum[k].point[i];
			if (equity_counts(p) && equity_within(w, p->date))
				day[n++] = p->date;
		}
	qsort(day, n, sizeof *day, equity_by_date);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || day[i] != day[kept - 1])
			day[kept++] = day[i];
	*count = kept;
	return day;
}

// What was before the last phase is another process.
static size_t equity_first_of_phase(const struct measure *m, const date_t *day, size_t count)
{
	size_t first = 0;
	for (size_t i = 0; i < m->marks; i++)
		for (size_t k = first; str_equal(m->mark[i].type, "phase") && k < count; k++)
			if (day[k] >= m->mark[i].date) {
				first = k;
				break;
			}
	return first;
}

static bool equity_choose_dates(struct arena *a, const struct measure *m,
    const struct equity_window *w, struct equity *q, struct err *e)
{
	size_t count, first = 0;
	const date_t *day = equity_dates_of(a, m, w, &count);
	if (!day)
		return err_memory(e);
	if (!count)
		return err_set(e, ERR_DATA, "no group has data with a denominator %s",
		    w->has_from || w->has_until ? "on these dates; give others" : "yet");
	if (!w->has_from) {
		first = equity_first_of_phase(m, day, count);
		if (count - first > EQUITY_DATES)
			first = count - EQUITY_DATES;
	}
	q->from = day[first];
	q->until = day[count - 1];
	q->dates = count - first;
	return true;
}

// --- the groups

// Does its own run chart, of these dates alone, show a signal? Too few points cannot say.
static bool equity_is_changing(struct arena *a, const struct measure *m,
    const struct measure_series *s, const struct equity *q, bool *out, struct err *e)
{
	struct chart_source source;
	struct chart chart;
	struct chart_options o = chart_defaults();
	struct err why = { 0 };
	size_t n = 0, place;
	*out = false;
	if (!chart_source(a, m, s, CHART_ANHOEJ, &source, e))
		return false;
	for (size_t i = 0; i < source.count; i++)
		if (source.data[i].x >= q->from && source.data[i].x <= q->until)
			source.data[n++] = source.data[i];
	if (!chart_make(a, source.data, n, &o, &chart, &place, &why))
		return why.code == ERR_DATA || err_memory(e);
	*out = chart.enough && chart.signal;
	return true;
}

static void equity_sum_of(
    const struct measure_series *s, const struct equity *q, double *count, double *n)
{
	*count = *n = 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct measure_point *p = &s->point[i];
		if (equity_counts(p) && p->date >= q->from && p->date <= q->until) {
			*count += p->numerator;
			*n += p->denominator;
		}
	}
}

static bool equity_fill(struct arena *a, const struct measure *m, struct equity *q, struct err *e)
{
	struct chart_funnel funnel;
	double *count = arena_array(a, m->strata + 1, sizeof *count);
	double *n = arena_array(a, m->strata + 1, sizeof *n);
	q->group = arena_array(a, m->strata + 1, sizeof *q->group);
	if (!count || !n || !q->group)
		return err_memory(e);
	for (size_t k = 0; k < m->strata; k++)
		equity_sum_of(&m->stratum[k], q, &count[k], &n[k]);
	if (!chart_funnel(a, q->type, count, n, m->strata, q->multiply, q->least, &funnel, e))
		return false;
	for (size_t i = 0; i < funnel.count; i++) {
		const struct measure_series *s = &m->stratum[funnel.group[i].datum];
		struct equity_group *g = &q->group[q->count++];
		*g = (struct equity_group){ .name = s->stratum, .in = funnel.group[i] };
		if (equity_shown(g) && !equity_is_changing(a, m, s, q, &g->changing, e))
			return false;
		q->small += g->in.small;
		q->empty += g->in.empty;
		q->changing += g->changing;
		q->outside += equity_side(g) != 0;
	}
	q->shown = funnel.shown;
	q->centre = funnel.centre;
	return true;
}

bool equity_make(struct arena *a, const struct measure *m, const struct equity_window *w,
    struct equity *out, struct err *e)
{
	bool share = m->data == MEASURE_PERCENT;
	*out = (struct equity){ .measure = m->name,
		.type = share ? CHART_P : CHART_U,
		.multiply = share ? 100 : decimal_real(m->per),
		.least = w->least,
		.centre = NAN };
	if (!share && m->data != MEASURE_RATE)
		return err_set(e, ERR_DATA,
		    "groups are compared by percentages or rates with their denominators; this "
		    "measure has neither");
	if (m->strata < 2)
		return err_set(e, ERR_DATA,
		    "this measure has %s; its data points name one as their stratum",
		    m->strata ? "only one group" : "no groups");
	return equity_choose_dates(a, m, w, out, e) && equity_fill(a, m, out, e);
}

bool equity_shown(const struct equity_group *g)
{
	return !g->in.small && !g->in.empty;
}

int equity_side(const struct equity_group *g)
{
	if (!g->in.outside)
		return 0;
	return g->in.value > g->in.upper ? 1 : -1;
}

const struct equity_group *equity_find(const struct equity *q, const char *name)
{
	for (size_t i = 0; i < q->count; i++)
		if (str_equal(q->group[i].name, name))
			return &q->group[i];
	return NULL;
}

struct equity_gap equity_gap(
    const struct equity *q, const struct equity_group *of, const struct equity_group *to)
{
	const struct chart_group *a = &of->in, *b = &to->in;
	struct equity_gap g = { .of = of, .to = to, .known = equity_shown(of) && equity_shown(to) };
	g.in = q->type == CHART_P ? chart_gap(a->count, a->n, b->count, b->n, CHART_Z95)
				  : chart_gap_rates(a->count, a->n, b->count, b->n, CHART_Z95);
	g.in.difference *= q->multiply;
	g.in.difference_ci.lower *= q->multiply;
	g.in.difference_ci.upper *= q->multiply;
	return g;
}
