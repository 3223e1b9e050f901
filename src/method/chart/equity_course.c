// SPDX-License-Identifier: MIT
#include <plando/equity_course.h>

#include <plando/str.h>

#include <math.h>
#include <stdlib.h>

static const struct measure_series *equity_course_find(const struct measure *m, const char *name)
{
	for (size_t i = 0; i < m->strata; i++)
		if (str_equal(m->stratum[i].stratum, name))
			return &m->stratum[i];
	return NULL;
}

static bool equity_course_counts(const struct measure_point *p)
{
	return p->state == POINT_GOOD && !p->excluded_why && p->denominator > 0;
}

static double equity_course_rate_of(const struct measure_series *s)
{
	double count = 0, n = 0;
	for (size_t i = 0; i < s->count; i++)
		if (equity_course_counts(&s->point[i])) {
			count += s->point[i].numerator;
			n += s->point[i].denominator;
		}
	return n > 0 ? count / n : 0;
}

static size_t equity_course_points(const struct measure_series *s)
{
	return s->count + s->ahead;
}

// Dates of either group in order, what each counts on them.
static bool equity_course_pair_up(struct arena *a, const struct measure_series *const s[2],
    struct equity_course *c, struct err *e)
{
	size_t at[2] = { 0, 0 }, n[2] = { equity_course_points(s[0]), equity_course_points(s[1]) };
	c->pair = arena_array(a, n[0] + n[1] + 1, sizeof *c->pair);
	if (!c->pair)
		return err_memory(e);
	while (at[0] < n[0] || at[1] < n[1]) {
		struct equity_pair p = { .count = { NAN, NAN }, .n = { NAN, NAN } };
		bool first = at[1] >= n[1] ||
			     (at[0] < n[0] && s[0]->point[at[0]].date <= s[1]->point[at[1]].date);
		p.date = first ? s[0]->point[at[0]].date : s[1]->point[at[1]].date;
		for (int k = 0; k < 2; k++) {
			if (at[k] >= n[k] || s[k]->point[at[k]].date != p.date)
				continue;
			const struct measure_point *q = &s[k]->point[at[k]++];
			p.count[k] = equity_course_counts(q) ? q->numerator : NAN;
			p.n[k] = equity_course_counts(q) ? q->denominator : NAN;
			p.small = p.small || p.count[k] < c->least || p.n[k] < c->least;
		}
		c->small += p.small;
		c->pair[c->count++] = p;
	}
	return true;
}

static int equity_course_by_date(const void *a, const void *b)
{
	const struct equity_pair *p = a, *q = b;
	return (p->date > q->date) - (p->date < q->date);
}

// What was due and neither group has stands at its date without a value.
static bool equity_course_fill_due(
    struct arena *a, const struct measure *m, struct equity_course *c, struct err *e)
{
	size_t count = c->count;
	struct chart_datum *data = arena_array(a, count + 1, sizeof *data);
	if (!data)
		return err_memory(e);
	for (size_t i = 0; i < count; i++)
		data[i].x = c->pair[i].date;
	if (!chart_due_of(a, m, &data, &count, e))
		return false;
	struct equity_pair *all = arena_array(a, count + 1, sizeof *all);
	if (!all)
		return err_memory(e);
	for (size_t i = 0; i < count; i++)
		all[i] = i < c->count ? c->pair[i]
				      : (struct equity_pair){ .date = (date_t)data[i].x,
						.count = { NAN, NAN },
						.n = { NAN, NAN } };
	if (count)
		qsort(all, count, sizeof *all, equity_course_by_date);
	c->pair = all;
	c->count = count;
	return true;
}

static struct chart_options equity_course_options_of(
    const struct measure *m, enum chart_rules usual)
{
	struct chart_options o = chart_defaults();
	o.rules = usual;
	chart_rules_of(m->rules, &o.rules);
	if (o.rules != CHART_IHI) // the others need limits
		o.rules = CHART_ANHOEJ;
	o.direction = CHART_DOWN_IS_GOOD;
	o.baseline = m->has_baseline_end ? CHART_UNTIL : CHART_AUTO;
	o.baseline_until = m->has_baseline_end ? m->baseline_end : 0;
	o.until = m->on;
	return o;
}

// ratio: of the two values; else their difference, `times` as large.
static bool equity_course_chart(struct arena *a, const struct equity_course *c,
    struct chart_options o, bool ratio, double times, struct chart *out, struct err *e)
{
	struct chart_datum *data = arena_array(a, c->count + 1, sizeof *data);
	if (!data)
		return err_memory(e);
	for (size_t i = 0; i < c->count; i++) {
		const struct equity_pair *p = &c->pair[i];
		double one = p->count[0] / p->n[0], other = p->count[1] / p->n[1];
		double y = !ratio ? (one - other) * times : other > 0 ? one / other : NAN;
		data[i] = (struct chart_datum){
			.x = p->date, .y = p->small ? NAN : y, .n = NAN, .sd = NAN
		};
	}
	o.target = ratio ? 1 : 0;
	if (!chart_make(a, data, c->count, &o, out, NULL, e))
		return false;
	for (size_t i = 0; i < c->count; i++)
		if (c->pair[i].small)
			out->point[i].missing = CHART_SMALL;
	return true;
}

static bool equity_course_check(
    const struct measure *m, const struct measure_series *const s[2], struct err *e)
{
	if (s[0] == s[1])
		return err_set(e, ERR_DATA, "%.60s: name two different groups", s[0]->stratum);
	if (m->data != MEASURE_PERCENT && m->data != MEASURE_RATE)
		return err_set(e, ERR_DATA,
		    "groups are compared by percentages or rates with their denominators; this "
		    "measure has neither");
	return true;
}

bool equity_course_make(struct arena *a, const struct measure *m, const char *one,
    const char *other, enum chart_rules usual, int least, struct equity_course *out, struct err *e)
{
	const struct measure_series *s[2] = { equity_course_find(m, one),
		equity_course_find(m, other) };
	if (!s[0] || !s[1])
		return err_set(
		    e, ERR_DATA, "%.60s is no group of this measure", s[0] ? other : one);
	if (!equity_course_check(m, s, e))
		return false;
	if (equity_course_rate_of(s[0]) < equity_course_rate_of(s[1])) {
		const struct measure_series *first = s[0];
		s[0] = s[1];
		s[1] = first;
	}
	bool share = m->data == MEASURE_PERCENT;
	*out = (struct equity_course){ .of = s[0]->stratum,
		.to = s[1]->stratum,
		.data = share ? CHART_P : CHART_U,
		.least = least };
	struct chart_options o = equity_course_options_of(m, usual);
	return equity_course_pair_up(a, s, out, e) && equity_course_fill_due(a, m, out, e) &&
	       equity_course_chart(
		   a, out, o, false, share ? 100 : decimal_real(m->per), &out->difference, e) &&
	       equity_course_chart(a, out, o, true, 1, &out->ratio, e);
}
