// SPDX-License-Identifier: MIT
// From rows in any order to one point a date (or number): docs/charts.md, section 0.
#include "method/chart/chart_parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

struct chart_data_row {
	int64_t x;
	size_t datum;
};

static int chart_data_by_x(const void *a, const void *b)
{
	const struct chart_data_row *p = a, *q = b;
	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	return (p->datum > q->datum) - (p->datum < q->datum);
}

static bool chart_data_groups(enum chart_type type)
{
	return type == CHART_XBAR || type == CHART_S;
}

// --- what cannot be charted so

static const char *chart_data_row_fault(const struct chart_datum *d, enum chart_type type)
{
	bool share = type == CHART_P || type == CHART_PP;
	bool counted =
	    share || type == CHART_U || type == CHART_UP || type == CHART_C || type == CHART_G;
	if (isinf(d->y) || isinf(d->n) || isinf(d->sd))
		return "a number is too large; correct it";
	if (d->n < 0)
		return "the denominator is below 0; correct it";
	if (d->sd < 0)
		return "the standard deviation is below 0; correct it";
	if (d->excluded)
		return NULL;
	if (type == CHART_T && d->y <= 0)
		return "a T chart needs times above 0; count in hours instead of days, or take a "
		       "G chart";
	if (counted && d->y < 0)
		return "a count is below 0; correct it, or take a run chart";
	if (share && !d->ready && d->n > 0 && d->y > d->n)
		return "the numerator is larger than the denominator; correct it, or take a U "
		       "chart, which counts events";
	if (chart_data_groups(type) && d->n > 1 && isnan(d->sd) && !isnan(d->y))
		return "the standard deviation is missing; give it in a column sd, or give each "
		       "value a row of its own";
	return NULL;
}

static bool chart_data_check_rows(const struct chart_datum *data, size_t count,
    enum chart_type type, size_t *place, struct err *e)
{
	for (size_t i = 0; i < count; i++) {
		const char *fault = chart_data_row_fault(&data[i], type);
		if (fault && place)
			*place = i;
		if (fault)
			return err_set(e, ERR_DATA, "%s", fault);
	}
	return true;
}

static bool chart_data_check_whole(const struct chart *c, struct err *e)
{
	if (chart_wants_n(c->type) && !c->numbered && c->type != CHART_IP)
		return err_set(e, ERR_DATA,
		    "a %s needs denominators, and there are none; take a run chart or an I chart",
		    CHART_TYPE[c->type].title);
	return true;
}

// --- one point

// Those of its rows that count: where some are excluded, the others.
struct chart_data_rows {
	const struct chart_datum *data;
	const size_t *row;
	size_t count;
	bool all; // excluded ones too: there are no others
};

static const struct chart_datum *chart_data_row_at(const struct chart_data_rows *r, size_t i)
{
	const struct chart_datum *d = &r->data[r->row[i]];
	return r->all || !d->excluded ? d : NULL;
}

static void chart_data_point_fraction(const struct chart_data_rows *r, struct chart_point *p)
{
	long double top = 0, bottom = 0;
	bool odd = false, some = false;
	for (size_t i = 0; i < r->count; i++) {
		const struct chart_datum *d = chart_data_row_at(r, i);
		if (!d || d->ready || isnan(d->y) || isnan(d->n))
			continue;
		odd = odd || (d->n <= 0 && d->y > 0);
		some = true;
		top += d->y;
		bottom += d->n;
		p->values++;
	}
	if (!some)
		return;
	p->missing = odd	  ? CHART_COUNT_OVER_ZERO
		     : bottom > 0 ? CHART_THERE
				  : CHART_ZERO_DENOMINATOR;
	if (p->missing != CHART_THERE)
		return;
	p->numerator = (double)top;
	p->n = (double)bottom;
	p->y = p->numerator / p->n;
}

static double chart_data_aggregate(
    enum chart_aggregate how, enum chart_type type, double *v, size_t n)
{
	bool sum = how == CHART_SUM || (how == CHART_USUAL && type == CHART_C);
	long double total = 0;
	if (how == CHART_MEDIAN)
		return number_median(v, n);
	for (size_t i = 0; i < n; i++)
		total += v[i];
	return sum ? (double)total : number_mean(v, n);
}

// ready: only rows whose y is the value itself.
static void chart_data_point_values(
    struct chart_work *w, const struct chart_data_rows *r, bool ready, struct chart_point *p)
{
	size_t n = 0;
	for (size_t i = 0; i < r->count; i++) {
		const struct chart_datum *d = chart_data_row_at(r, i);
		if (d && !isnan(d->y) && (!ready || d->ready))
			w->scratch[n++] = d->y;
	}
	if (n == 0)
		return;
	p->values = n;
	p->missing = CHART_THERE;
	p->y = chart_data_aggregate(w->options->aggregate, w->chart->type, w->scratch, n);
	p->numerator = p->y;
	if (w->chart->type == CHART_IP && !ready)
		p->n = (double)n;
}

// Groups by size, mean and deviation; a row without a size is one value.
static void chart_data_point_group(
    const struct chart_data_rows *r, enum chart_type type, struct chart_point *p)
{
	const struct chart_datum *last = NULL;
	long double size = 0, sum = 0, squares = 0;
	for (size_t i = 0; i < r->count; i++) {
		const struct chart_datum *d = chart_data_row_at(r, i);
		double n = d && !isnan(d->n) ? d->n : 1;
		if (!d || isnan(d->y) || n <= 0)
			continue;
		size += n;
		sum += n * d->y;
		p->values++;
		last = d;
	}
	if (size <= 0)
		return;
	long double mean = sum / size;
	for (size_t i = 0; i < r->count; i++) {
		const struct chart_datum *d = chart_data_row_at(r, i);
		double n = d && !isnan(d->n) ? d->n : 1;
		if (!d || isnan(d->y) || n <= 0)
			continue;
		squares += n > 1 ? (n - 1) * (long double)d->sd * d->sd : 0;
		squares += n * (d->y - mean) * (d->y - mean);
	}
	p->n = (double)size;
	p->numerator = (double)mean;
	p->sd = size > 1 ? (double)sqrtl(squares / (size - 1)) : NAN;
	// One alone is as it was written: n times its mean, over n, need not be that mean again.
	if (last && p->values == 1) {
		p->numerator = last->y;
		p->sd = size > 1 ? last->sd : NAN;
	}
	p->y = type == CHART_S ? p->sd : p->numerator;
	p->missing = isnan(p->y) ? CHART_EMPTY : CHART_THERE;
}

static void chart_data_point_fill(
    struct chart_work *w, const struct chart_datum *data, struct chart_point *p)
{
	struct chart *c = w->chart;
	struct chart_data_rows r = { data, c->row + p->first, p->rows, true };
	for (size_t i = 0; i < p->rows; i++)
		r.all = r.all && data[r.row[i]].excluded;
	p->excluded = r.all;
	p->missing = CHART_EMPTY;
	if (chart_data_groups(c->type))
		chart_data_point_group(&r, c->type, p);
	else if (c->numbered && c->type != CHART_C)
		chart_data_point_fraction(&r, p);
	else
		chart_data_point_values(w, &r, false, p);
	if (c->numbered && p->missing == CHART_EMPTY)
		chart_data_point_values(w, &r, true, p);
	if (p->missing != CHART_THERE)
		p->y = p->numerator = NAN;
	if (p->missing != CHART_THERE &&
	    !chart_data_groups(c->type)) // one alone is a group without deviation
		p->n = NAN;
}

// --- moving ranges are the points of an MR chart

static void chart_data_ranges(struct chart_work *w)
{
	struct chart *c = w->chart;
	for (size_t k = 0; k < c->phases; k++) {
		double before = NAN;
		for (size_t i = c->phase[k].from; i < c->phase[k].to; i++) {
			struct chart_point *p = &c->point[i];
			double y = p->y;
			if (p->excluded) {
				p->y = NAN;
			} else {
				p->y = fabs(y - before);
				before = y;
			}
			if (isnan(p->y))
				p->missing = CHART_EMPTY;
		}
	}
}

// --- phases

static int chart_data_by_place(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	return (x > y) - (x < y);
}

static size_t chart_data_point_from(const struct chart *c, int64_t x)
{
	size_t i = 0;
	while (i < c->count && c->point[i].x < x)
		i++;
	return i;
}

static size_t chart_data_auto_baseline(const struct chart *c)
{
	size_t have = 0;
	for (size_t i = 0; i < c->count; i++) {
		have += chart_counts(&c->point[i]);
		if (have == CHART_FROZEN)
			return i + 1;
	}
	return c->count;
}

const char *chart_unkept_id(enum chart_unkept u)
{
	static const char *const ID[] = { NULL, "ahead", "longer", "early", "phased", "short" };
	return ID[u];
}

// `n` points make the baseline that was asked for: what is in the way of it?
static enum chart_unkept chart_data_unkept(
    const struct chart *c, const struct chart_options *o, size_t n)
{
	bool until = o->baseline == CHART_UNTIL, first = o->baseline == CHART_FIRST;
	if (!c->count || (!until && !first))
		return CHART_KEPT;
	if (o->rules != CHART_MDC && c->phases > 1) // under MDC it holds in each of them
		return CHART_PHASED;
	if (until ? o->baseline_until > o->until : n <= c->count && c->point[n - 1].future)
		return CHART_AHEAD;
	if (n > c->count)
		return CHART_LONGER;
	if (!n)
		return CHART_EARLY;
	return o->rules == CHART_MDC && n < CHART_FROZEN ? CHART_SHORT : CHART_KEPT;
}

// How many points from the beginning of a phase (of the chart) make its centre line.
static size_t chart_data_baseline(struct chart *c, const struct chart_options *o)
{
	size_t n = o->baseline == CHART_FIRST	? o->baseline_points
		   : o->baseline == CHART_UNTIL ? chart_data_point_from(c, o->baseline_until + 1)
		   : o->baseline == CHART_AUTO	? chart_data_auto_baseline(c)
						: c->count;
	c->unkept = chart_data_unkept(c, o, n);
	bool whole = o->rules == CHART_MDC ? n < CHART_FROZEN : c->phases > 1;
	return n && !whole && !c->unkept ? n : c->count;
}

static size_t chart_data_phase_starts(struct chart *c, const struct chart_options *o, size_t *start)
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < o->phase_afters; i++)
		start[n++] = o->phase_after[i];
	for (size_t i = 0; i < o->phase_ats; i++) {
		size_t at = chart_data_point_from(c, o->phase_at[i]);
		c->snapped += at > 0 && at < c->count && c->point[at].x != o->phase_at[i];
		start[n++] = at;
	}
	qsort(start, n, sizeof *start, chart_data_by_place);
	for (size_t i = 0; i < n; i++) {
		bool holds = start[i] > 0 && start[i] < c->count;
		bool again = kept && start[kept - 1] == start[i];
		c->unphased += !holds;
		if (holds && !again)
			start[kept++] = start[i];
	}
	return kept;
}

static bool chart_data_phases_make(struct chart_work *w, struct err *e)
{
	struct chart *c = w->chart;
	const struct chart_options *o = w->options;
	size_t *start = arena_array(w->arena, o->phase_afters + o->phase_ats + 1, sizeof *start);
	if (!start)
		return err_memory(e);
	size_t more = chart_data_phase_starts(c, o, start), from = 0;
	c->phase = arena_array(w->arena, more + 1, sizeof *c->phase);
	if (!c->phase)
		return err_memory(e);
	c->phases = more + 1;
	size_t base = chart_data_baseline(c, o);
	for (size_t k = 0; k < c->phases; k++) {
		struct chart_phase *ph = &c->phase[k];
		ph->from = from;
		ph->to = k < more ? start[k] : c->count;
		ph->baseline_to = ph->to - from > base ? from + base : ph->to;
		for (size_t i = from; i < ph->to; i++) {
			c->point[i].phase = k;
			c->point[i].frozen = i >= ph->baseline_to;
		}
		from = ph->to;
	}
	c->frozen = c->phase[c->phases - 1].baseline_to < c->count;
	return true;
}

// --- all of it

// Is each of several values of one x a point of its own?
static bool chart_data_each_alone(enum chart_type type, enum chart_aggregate aggregate)
{
	bool events = type == CHART_G || type == CHART_T;
	return !chart_data_groups(type) &&
	       (aggregate == CHART_EACH || (aggregate == CHART_USUAL && events));
}

static bool chart_data_rows_sort(
    struct chart_work *w, const struct chart_datum *data, size_t count, struct err *e)
{
	struct chart *c = w->chart;
	struct chart_data_row *row = arena_array(w->arena, count + 1, sizeof *row);
	c->row = arena_array(w->arena, count + 1, sizeof *c->row);
	c->point = arena_array(w->arena, count + 1, sizeof *c->point);
	w->scratch = arena_array(w->arena, count + 1, sizeof *w->scratch);
	w->at = arena_array(w->arena, count + 1, sizeof *w->at);
	if (!row || !c->row || !c->point || !w->scratch || !w->at)
		return err_memory(e);
	bool each = chart_data_each_alone(c->type, w->options->aggregate);
	bool sorted = true; // as they come from a workbook
	for (size_t i = 0; i < count; i++) {
		row[i] = (struct chart_data_row){ data[i].x, i };
		sorted = sorted && (i == 0 || data[i - 1].x <= data[i].x);
	}
	if (!sorted)
		qsort(row, count, sizeof *row, chart_data_by_x);
	for (size_t i = 0; i < count; i++) {
		c->row[i] = row[i].datum;
		if (c->count == 0 || each || c->point[c->count - 1].x != row[i].x)
			c->point[c->count++] = (struct chart_point){ .x = row[i].x, .first = i };
		c->point[c->count - 1].rows++;
	}
	return true;
}

bool chart_prepare(struct chart_work *w, const struct chart_datum *data, size_t count,
    size_t *place, struct err *e)
{
	struct chart *c = w->chart;
	const struct chart_options *o = w->options;
	for (size_t i = 0; i < count; i++)
		c->numbered = c->numbered || (!chart_data_groups(c->type) && !isnan(data[i].n));
	if (count > CHART_MOST)
		return err_set(e, ERR_DATA,
		    "more than %d rows are too many for one chart; chart a part of them",
		    (int)CHART_MOST);
	if (!chart_data_check_rows(data, count, c->type, place, e) ||
	    !chart_data_check_whole(c, e) || !chart_data_rows_sort(w, data, count, e))
		return false;
	double most = 0;
	for (size_t i = 0; i < c->count; i++) {
		struct chart_point *p = &c->point[i];
		p->y = p->numerator = p->n = p->sd = NAN;
		p->centre = p->lower = p->upper = p->lower2 = p->upper2 = NAN;
		chart_data_point_fill(w, data, p);
		most = fmax(most, fabs(isnan(p->y) ? 0 : p->y));
	}
	for (size_t i = 0; i < o->excludes; i++)
		if (o->exclude[i] >= 1 && o->exclude[i] <= c->count)
			c->point[o->exclude[i] - 1].excluded = true;
	for (size_t i = 0; i < c->count; i++) {
		c->point[i].future = c->point[i].x > o->until;
		c->point[i].excluded |= c->point[i].future;
	}
	w->close = number_close(most);
	if (!chart_data_phases_make(w, e))
		return false;
	if (c->type == CHART_MR)
		chart_data_ranges(w);
	return true;
}
