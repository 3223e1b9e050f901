// SPDX-License-Identifier: MIT
// Series of exact points made of rows: each row's value, several rows on one date, the whole out of
// its groups.
#include "method/measure/measure_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const STATES[POINT_STATES] = {
	[POINT_GOOD] = "",
	[POINT_EMPTY] = "nothing recorded",
	[POINT_HALF] = "a numerator or a denominator is missing",
	[POINT_NONE_SEEN] = "nobody was counted: 0 out of 0",
	[POINT_IMPOSSIBLE] = "some out of 0 cannot be",
	[POINT_LONG] = "too many digits to compute with",
	[POINT_ASK] = "groups without denominators: say on the measure how they make a whole",
};

const char *point_state_words(enum point_state state)
{
	return STATES[state];
}

// --- one row

enum part_state { PART_NONE, PART_GOOD, PART_LONG };

// What can be computed with of one row.
struct parts {
	enum part_state has[3];
	struct decimal value, over, under;
	bool excluded;
};

static enum part_state measure_series_part(const char *text, struct decimal *out)
{
	*out = decimal_whole(0);
	if (!text)
		return PART_NONE;
	return decimal_parse(text, out) ? PART_GOOD : PART_LONG;
}

static struct parts measure_series_parts_of(const struct measure_row *row)
{
	struct parts p = { .excluded = row->excluded_why != NULL };
	p.has[0] = measure_series_part(row->value, &p.value);
	p.has[1] = measure_series_part(row->numerator, &p.over);
	p.has[2] = measure_series_part(row->denominator, &p.under);
	return p;
}

static bool measure_series_has_ratio(const struct parts *p)
{
	return p->has[1] == PART_GOOD && p->has[2] == PART_GOOD;
}

static enum point_state measure_series_ratio(
    const struct measure *m, struct decimal over, struct decimal under, struct fraction *out)
{
	if (under.digits == 0)
		return over.digits ? POINT_IMPOSSIBLE : POINT_NONE_SEEN;
	return fraction_ratio(over, under, m->per, out) ? POINT_GOOD : POINT_LONG;
}

static enum point_state measure_series_row_state(
    const struct measure *m, const struct parts *p, struct fraction *out)
{
	for (int i = 0; i < 3; i++)
		if (p->has[i] == PART_LONG)
			return POINT_LONG;
	if (measure_series_has_ratio(p))
		return measure_series_ratio(m, p->over, p->under, out);
	if (p->has[0] == PART_GOOD) {
		*out = fraction_of(p->value);
		return POINT_GOOD;
	}
	return p->has[1] || p->has[2] ? POINT_HALF : POINT_EMPTY;
}

// --- several rows on one date

struct group {
	struct arena *a;
	const struct measure *m;
	const struct measure_row *row;
	size_t count;
	bool ask; // the measure must say how, else nobody knows
};

static int measure_series_compare_values(const void *x, const void *y)
{
	return fraction_compare(*(const struct fraction *)x, *(const struct fraction *)y);
}

// The mean of some fractions, a few at a time.
static bool measure_series_mean(
    const struct fraction *value, size_t n, int64_t by, struct fraction *out)
{
	struct fraction sum = { 0, 1 };
	for (size_t i = 0; i < n; i++) {
		const struct decimal_part two[] = { { 1, sum }, { 1, value[i] } };
		if (!parts_sum(two, 2, 1, &sum))
			return false;
	}
	return parts_sum(&(struct decimal_part){ 1, sum }, 1, by, out);
}

static enum point_state measure_series_by_rule(
    const struct group *g, struct fraction *value, size_t n, struct fraction *out)
{
	enum measure_rule rule = g->m->aggregate;
	bool ok;
	if (rule == MEASURE_RULE_UNSAID && g->ask)
		return POINT_ASK;
	if (rule == MEASURE_MEDIAN) {
		qsort(value, n, sizeof *value, measure_series_compare_values);
		ok = measure_series_mean(value + (n - 1) / 2, n % 2 ? 1 : 2, n % 2 ? 1 : 2, out);
	} else {
		ok = measure_series_mean(value, n, rule == MEASURE_SUM ? 1 : (int64_t)n, out);
	}
	return ok ? POINT_GOOD : POINT_LONG;
}

// All have denominators: sum over sum.
static enum point_state measure_series_pooled(
    const struct group *g, const struct parts *p, struct measure_point *out)
{
	struct decimal over = decimal_whole(0), under = over;
	for (size_t i = 0; i < g->count; i++)
		if (!decimal_add(over, p[i].over, &over) || !decimal_add(under, p[i].under, &under))
			return POINT_LONG;
	out->numerator = decimal_real(over);
	out->denominator = decimal_real(under);
	return measure_series_ratio(g->m, over, under, &out->value);
}

static enum point_state measure_series_together(
    const struct group *g, const struct parts *p, struct measure_point *out)
{
	struct fraction *value = arena_array(g->a, g->count + 1, sizeof *value);
	enum point_state worst = POINT_EMPTY;
	size_t n = 0, ratios = 0, empty = 0;
	if (!value)
		return POINT_STATES;
	for (size_t i = 0; i < g->count; i++) {
		enum point_state state = measure_series_row_state(g->m, &p[i], &value[n]);
		ratios += measure_series_has_ratio(&p[i]);
		n += state == POINT_GOOD;
		empty += state == POINT_EMPTY;
		if (state != POINT_GOOD && state != POINT_EMPTY)
			worst = state;
	}
	if (ratios && ratios + empty == g->count)
		return measure_series_pooled(g, p, out);
	// One of them cannot be read: so neither can what they make.
	return n + empty < g->count || n == 0 ? worst
					      : measure_series_by_rule(g, value, n, &out->value);
}

static void measure_series_single(
    const struct group *g, const struct parts *p, struct measure_point *out)
{
	out->state = measure_series_row_state(g->m, p, &out->value);
	out->typed =
	    out->state == POINT_GOOD && !measure_series_has_ratio(p) ? g->row->value : NULL;
	if (p->has[1] == PART_GOOD)
		out->numerator = decimal_real(p->over);
	if (p->has[2] == PART_GOOD)
		out->denominator = decimal_real(p->under);
}

// Rows that are left out do not count where others are there.
static size_t measure_series_counted(struct group *g, struct measure_row *kept)
{
	size_t n = 0;
	for (size_t i = 0; i < g->count; i++)
		if (!g->row[i].excluded_why)
			kept[n++] = g->row[i];
	return n;
}

static bool measure_series_make_point(struct group g, struct measure_point *out)
{
	struct measure_row only, *kept = &only; // most dates have one row
	struct parts of_only, *p = &of_only;
	if (g.count > 1) {
		kept = arena_array(g.a, g.count, sizeof *kept);
		p = arena_array(g.a, g.count, sizeof *p);
	}
	if (!kept || !p)
		return false;
	*out = (struct measure_point){ .id = g.row->id,
		.date = g.row->date,
		.note = g.row->note,
		.excluded_why = g.row->excluded_why,
		.numerator = NAN,
		.denominator = NAN,
		.rows = (unsigned)g.count };
	size_t n = measure_series_counted(&g, kept);
	if (n) {
		g.row = kept;
		g.count = n;
		out->excluded_why = NULL;
	}
	for (size_t i = 0; i < g.count; i++)
		p[i] = measure_series_parts_of(&g.row[i]);
	if (g.count == 1 && !g.ask)
		measure_series_single(&g, p, out);
	else
		out->state = measure_series_together(&g, p, out);
	out->y = out->state == POINT_GOOD ? fraction_real(out->value) : NAN;
	return out->state != POINT_STATES;
}

// --- series

static int measure_series_compare_dates(const struct measure_row *a, const struct measure_row *b)
{
	return (a->date > b->date) - (a->date < b->date);
}

// "" before "2" before "10" before eight digits by chance.
static int measure_series_compare_nth(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	return n == m ? strcmp(a, b) : n < m ? -1 : 1;
}

static int measure_series_by_stratum(const void *x, const void *y)
{
	const struct measure_row *a = x, *b = y;
	int order = strcmp(a->stratum, b->stratum);
	if (!order)
		order = measure_series_compare_dates(a, b);
	if (!order)
		order = measure_series_compare_nth(a->nth, b->nth);
	return order ? order : id_compare(&a->id, &b->id);
}

static int measure_series_by_date(const void *x, const void *y)
{
	int order = measure_series_compare_dates(x, y);
	return order ? order : measure_series_by_stratum(x, y);
}

// Rows come by date: most often there is nothing to sort.
static void measure_series_sort_rows(
    struct measure_rows *rows, int (*order)(const void *, const void *))
{
	size_t i = 1;
	while (i < rows->count && order(&rows->row[i - 1], &rows->row[i]) <= 0)
		i++;
	if (i < rows->count)
		qsort(rows->row, rows->count, sizeof *rows->row, order);
}

static size_t measure_series_same_date(const struct measure_row *row, size_t n)
{
	size_t i = 1;
	while (i < n && row[i].date == row[0].date)
		i++;
	return i;
}

// Of rows that are all of one group, by date.
static bool one_series(struct arena *a, const struct measure *m, const struct measure_row *row,
    size_t n, struct measure_series *out)
{
	*out = (struct measure_series){ .stratum = row->stratum };
	out->point = arena_array(a, n, sizeof *out->point);
	if (!out->point)
		return false;
	for (size_t i = 0, k; i < n; i += k) {
		k = measure_each(m) ? 1 : measure_series_same_date(row + i, n - i);
		if (!measure_series_make_point(
			(struct group){ a, m, row + i, k, false }, &out->point[out->count++]))
			return false;
	}
	return true;
}

static bool measure_series_strata(struct arena *a, struct measure *m, struct measure_rows *rows)
{
	measure_series_sort_rows(rows, measure_series_by_stratum);
	m->stratum = arena_array(a, rows->count + 1, sizeof *m->stratum);
	if (!m->stratum)
		return false;
	for (size_t i = 0, k; i < rows->count; i += k) {
		for (k = 1; i + k < rows->count &&
			    strcmp(rows->row[i].stratum, rows->row[i + k].stratum) == 0;)
			k++;
		if (*rows->row[i].stratum &&
		    !one_series(a, m, rows->row + i, k, &m->stratum[m->strata++]))
			return false;
	}
	return true;
}

// Of one date: its rows without a group come first. Where they hold nothing, the groups speak.
static bool measure_series_whole_point(struct arena *a, const struct measure *m,
    const struct measure_row *row, size_t n, struct measure_point *out)
{
	size_t own = 0;
	while (own < n && !*row[own].stratum)
		own++;
	struct measure_point made;
	if (own && !measure_series_make_point((struct group){ a, m, row, own, false }, out))
		return false;
	if (own == n || (own && out->state != POINT_EMPTY))
		return true;
	if (!measure_series_make_point((struct group){ a, m, row + own, n - own, true }, &made))
		return false;
	if (!own || made.state != POINT_EMPTY)
		*out = made;
	return true;
}

// Of one date, where each of its rows is a point: those without a group, else those of the groups.
// *out 0: the groups' are no points of the whole, and the date makes one as any other.
static bool measure_series_whole_each(
    struct arena *a, struct measure *m, const struct measure_row *row, size_t n, size_t *out)
{
	size_t own = 0, from = 0;
	*out = 0;
	while (own < n && !*row[own].stratum)
		own++;
	if (!measure_each(m) || (!own && m->aggregate != MEASURE_EACH))
		return true;
	for (size_t to = own ? own : n; from < to; from++) {
		struct measure_point *p = &m->whole.point[m->whole.count + from];
		if (!measure_series_make_point((struct group){ a, m, row + from, 1, false }, p))
			return false;
	}
	*out = from;
	return true;
}

static bool measure_series_whole(struct arena *a, struct measure *m, struct measure_rows *rows)
{
	size_t each;
	measure_series_sort_rows(rows, measure_series_by_date);
	m->whole.stratum = "";
	m->whole.point = arena_array(a, rows->count, sizeof *m->whole.point);
	if (!m->whole.point)
		return false;
	for (size_t i = 0, k; i < rows->count; i += k) {
		k = measure_series_same_date(rows->row + i, rows->count - i);
		if (!measure_series_whole_each(a, m, rows->row + i, k, &each))
			return false;
		m->whole.count += each;
		if (each)
			continue;
		struct measure_point *p = &m->whole.point[m->whole.count++];
		if (!measure_series_whole_point(a, m, rows->row + i, k, p))
			return false;
		m->asks += p->state == POINT_ASK && p->date <= m->on;
	}
	return true;
}

// What lies ahead stands behind the others, and is counted apart.
static void measure_series_ahead(const struct measure *m, struct measure_series *s)
{
	size_t all = s->count;
	while (s->count && s->point[s->count - 1].date > m->on)
		s->count--;
	s->ahead = all - s->count;
}

bool measure_series(struct arena *a, struct measure *m, struct measure_rows *rows)
{
	size_t kept = 0;
	if (!measure_series_strata(a, m, rows) || !measure_series_whole(a, m, rows))
		return false;
	measure_series_ahead(m, &m->whole);
	for (size_t i = 0; i < m->strata; i++) {
		measure_series_ahead(m, &m->stratum[i]);
		if (m->stratum[i].count) // else there is no such group yet
			m->stratum[kept++] = m->stratum[i];
	}
	m->strata = kept;
	return true;
}
