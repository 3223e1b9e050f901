// SPDX-License-Identifier: MIT
// Centre lines and limits, one function a type of chart: docs/charts.md, sections a and b.
// The constants are the usual ones of control charts (Montgomery, Introduction to Statistical
// Quality Control): 1.128 = d2 for two values, 3.267 = D4.
#include "method/chart/chart_parts.h"

#include <math.h>

static const double D2 = 1.128, D4 = 3.267, D4_EXACT = 3.2665, MDC = 2.66;

// What makes the centre line: points of the baseline that are not excluded, missing ones too.
static size_t chart_limits_base_points(struct chart_work *w, const struct chart_phase *ph)
{
	size_t n = 0;
	for (size_t i = ph->from; i < ph->baseline_to; i++)
		if (!w->chart->point[i].excluded)
			w->at[n++] = i;
	return n;
}

static size_t chart_limits_base_values(struct chart_work *w, const struct chart_phase *ph)
{
	size_t n = chart_limits_base_points(w, ph);
	for (size_t i = 0; i < n; i++)
		w->scratch[i] = w->chart->point[w->at[i]].y;
	return n;
}

static double chart_limits_base_mean(struct chart_work *w, const struct chart_phase *ph)
{
	size_t n = chart_limits_base_values(w, ph);
	return number_mean(w->scratch, n);
}

static double chart_limits_base_median(struct chart_work *w, const struct chart_phase *ph)
{
	size_t n = chart_limits_base_values(w, ph);
	return number_median(w->scratch, n);
}

static double chart_limits_given_or(const struct chart_work *w, double centre)
{
	return isnan(w->options->centre) ? centre : w->options->centre;
}

// The mean moving range of the values in scratch[0..n), screened where wanted.
static double chart_limits_moving_range(struct chart_work *w, size_t n, bool *flat)
{
	for (size_t i = 0; i + 1 < n; i++)
		w->scratch[i] = fabs(w->scratch[i + 1] - w->scratch[i]);
	return number_screened(w->scratch, n ? n - 1 : 0, !w->options->unscreened, D4, false, flat);
}

struct bounds {
	double low, high;
};
static const struct bounds OPEN = { -INFINITY, INFINITY };
static const struct bounds COUNTS = { 0, INFINITY };
static const struct bounds SHARES = { 0, 1 };

static double chart_limits_within(double v, struct bounds b)
{
	return isnan(v) ? v : fmin(fmax(v, b.low), b.high);
}

// Limits k sigma around the centre, k = 3 and 2.
static void chart_limits_around(struct chart_point *p, double centre, double sigma, struct bounds b)
{
	p->lower = chart_limits_within(centre - 3 * sigma, b);
	p->upper = chart_limits_within(centre + 3 * sigma, b);
	p->lower2 = chart_limits_within(centre - 2 * sigma, b);
	p->upper2 = chart_limits_within(centre + 2 * sigma, b);
}

static void chart_limits_all_around(
    struct chart_work *w, const struct chart_phase *ph, double sigma, struct bounds b)
{
	for (size_t i = ph->from; i < ph->to; i++)
		chart_limits_around(&w->chart->point[i], ph->centre, sigma, b);
}

// --- the types

static void limits_run(struct chart_work *w, struct chart_phase *ph)
{
	size_t n = chart_limits_base_values(w, ph);
	ph->centre = chart_limits_given_or(w, number_median(w->scratch, n));
}

static void limits_i(struct chart_work *w, struct chart_phase *ph)
{
	ph->centre = chart_limits_given_or(w, chart_limits_base_mean(w, ph));
	size_t n = chart_limits_base_values(w, ph);
	double range = chart_limits_moving_range(w, n, &ph->narrow);
	double sigma = w->options->rules == CHART_MDC ? range * MDC / 3 : range / D2;
	chart_limits_all_around(w, ph, sigma, OPEN);
}

static void limits_mr(struct chart_work *w, struct chart_phase *ph)
{
	ph->centre = chart_limits_given_or(w, chart_limits_base_mean(w, ph));
	ph->narrow = ph->centre == 0;
	for (size_t i = ph->from; i < ph->to; i++) {
		struct chart_point *p = &w->chart->point[i];
		p->lower = p->lower2 = 0;
		p->upper = D4 * ph->centre;
		p->upper2 = D4 / 3 * 2 * ph->centre;
	}
}

// Numerators over denominators of the whole baseline.
static double chart_limits_pooled(struct chart_work *w, const struct chart_phase *ph)
{
	long double top = 0, bottom = 0;
	size_t n = chart_limits_base_points(w, ph);
	for (size_t i = 0; i < n; i++) {
		const struct chart_point *p = &w->chart->point[w->at[i]];
		if (isnan(p->y) || isnan(p->n))
			continue;
		top += p->numerator;
		bottom += p->n;
	}
	return bottom > 0 ? (double)(top / bottom) : NAN;
}

static double chart_limits_share_sigma(double centre, double n)
{
	return sqrt(centre * (1 - centre) / n);
}

static double chart_limits_rate_sigma(double centre, double n)
{
	return sqrt(centre / n);
}

typedef double sigma_of(double centre, double n);

// How much more (or less) the points vary than chance: Laney's correction.
static double chart_limits_laney(struct chart_work *w, struct chart_phase *ph, sigma_of *sigma)
{
	size_t n = chart_limits_base_points(w, ph);
	for (size_t i = 0; i < n; i++) {
		const struct chart_point *p = &w->chart->point[w->at[i]];
		w->scratch[i] = (p->y - ph->centre) / sigma(ph->centre, p->n);
	}
	return chart_limits_moving_range(w, n, &ph->narrow) / D2;
}

static void limits_pooled(
    struct chart_work *w, struct chart_phase *ph, sigma_of *sigma, struct bounds b, bool prime)
{
	ph->centre = chart_limits_given_or(w, chart_limits_pooled(w, ph));
	double factor = prime ? chart_limits_laney(w, ph, sigma) : 1;
	if (sigma(ph->centre, 1) == 0) { // all or nothing: no variation by chance
		ph->narrow = true;
		factor = 1;
	}
	for (size_t i = ph->from; i < ph->to; i++) {
		struct chart_point *p = &w->chart->point[i];
		chart_limits_around(p, ph->centre, factor * sigma(ph->centre, p->n), b);
	}
}

static void limits_p(struct chart_work *w, struct chart_phase *ph)
{
	limits_pooled(w, ph, chart_limits_share_sigma, SHARES, false);
}

static void limits_pp(struct chart_work *w, struct chart_phase *ph)
{
	limits_pooled(w, ph, chart_limits_share_sigma, SHARES, true);
}

static void limits_u(struct chart_work *w, struct chart_phase *ph)
{
	limits_pooled(w, ph, chart_limits_rate_sigma, COUNTS, false);
}

static void limits_up(struct chart_work *w, struct chart_phase *ph)
{
	limits_pooled(w, ph, chart_limits_rate_sigma, COUNTS, true);
}

static void limits_c(struct chart_work *w, struct chart_phase *ph)
{
	ph->centre = chart_limits_given_or(w, chart_limits_base_mean(w, ph));
	ph->narrow = ph->centre == 0;
	chart_limits_all_around(w, ph, sqrt(ph->centre), COUNTS);
}

// The line that is drawn is the median (of a geometric distribution: 0.693 of a given mean).
static void limits_g(struct chart_work *w, struct chart_phase *ph)
{
	double given = w->options->centre,
	       mean = chart_limits_given_or(w, chart_limits_base_mean(w, ph));
	ph->centre = mean;
	ph->narrow = mean == 0;
	chart_limits_all_around(w, ph, sqrt(mean * (mean + 1)), COUNTS);
	ph->centre = isnan(given) ? chart_limits_base_median(w, ph) : 0.693 * given;
}

static double chart_limits_back(double v)
{
	return isnan(v) || v < 0 ? 0 : pow(v, 3.6);
}

// Nelson's transformation makes times between events nearly normal.
static void limits_t(struct chart_work *w, struct chart_phase *ph)
{
	size_t n = chart_limits_base_values(w, ph);
	for (size_t i = 0; i < n; i++)
		w->scratch[i] = pow(w->scratch[i], 1 / 3.6);
	double mean = chart_limits_given_or(w, number_mean(w->scratch, n));
	if (!isnan(w->options->centre))
		mean = pow(mean, 1 / 3.6);
	double sigma = chart_limits_moving_range(w, n, &ph->narrow) / D2;
	ph->centre = pow(mean, 3.6);
	for (size_t i = ph->from; i < ph->to && !isnan(sigma); i++) {
		struct chart_point *p = &w->chart->point[i];
		chart_limits_around(p, mean, sigma, OPEN);
		p->lower = chart_limits_back(p->lower);
		p->upper = chart_limits_back(p->upper);
		p->lower2 = chart_limits_back(p->lower2);
		p->upper2 = chart_limits_back(p->upper2);
	}
}

static double chart_limits_c4(double n)
{
	return sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2));
}

// The deviation within groups: the mean of theirs, pooled where they differ in size.
static double chart_limits_within_groups(struct chart_work *w, const struct chart_phase *ph)
{
	size_t n = chart_limits_base_points(w, ph), have = 0;
	bool equal = true;
	long double squares = 0, freedom = 0;
	double size = NAN;
	// Sizes are compared over the whole phase, as the reference does.
	for (size_t i = ph->from; i < ph->to; i++) {
		const struct chart_point *p = &w->chart->point[i];
		if (isnan(p->n))
			continue;
		equal = equal && (isnan(size) || p->n == size);
		size = p->n;
	}
	for (size_t i = 0; i < n; i++) {
		const struct chart_point *p = &w->chart->point[w->at[i]];
		if (isnan(p->sd))
			continue;
		squares += (p->n - 1) * (long double)p->sd * p->sd;
		freedom += p->n - 1;
		w->scratch[have++] = p->sd;
	}
	if (equal)
		return number_mean(w->scratch, have);
	return freedom > 0 ? (double)sqrtl(squares / freedom) : NAN;
}

static void limits_xbar(struct chart_work *w, struct chart_phase *ph)
{
	long double sum = 0, size = 0;
	size_t n = chart_limits_base_points(w, ph);
	for (size_t i = 0; i < n; i++) {
		const struct chart_point *p = &w->chart->point[w->at[i]];
		if (isnan(p->y))
			continue;
		sum += p->n * (long double)p->y;
		size += p->n;
	}
	ph->centre = chart_limits_given_or(w, size > 0 ? (double)(sum / size) : NAN);
	double s = chart_limits_within_groups(w, ph);
	ph->narrow = s == 0;
	for (size_t i = ph->from; i < ph->to; i++) {
		struct chart_point *p = &w->chart->point[i];
		chart_limits_around(
		    p, ph->centre, p->n > 1 ? s / (chart_limits_c4(p->n) * sqrt(p->n)) : NAN, OPEN);
	}
}

static void limits_s(struct chart_work *w, struct chart_phase *ph)
{
	ph->centre = chart_limits_given_or(w, chart_limits_within_groups(w, ph));
	ph->narrow = ph->centre == 0;
	for (size_t i = ph->from; i < ph->to; i++) {
		struct chart_point *p = &w->chart->point[i];
		double c = p->n > 1 ? chart_limits_c4(p->n) : NAN;
		chart_limits_around(p, ph->centre, ph->centre * sqrt(1 - c * c) / c, COUNTS);
	}
}

// Taylor's I' chart, as pbcharts computes it: ranges of the baseline only, weighted by size.
static void limits_ip(struct chart_work *w, struct chart_phase *ph)
{
	long double sum = 0, size = 0;
	size_t n = chart_limits_base_points(w, ph);
	for (size_t i = 0; i < n; i++) {
		const struct chart_point *p = &w->chart->point[w->at[i]];
		if (isnan(p->y) || isnan(p->n))
			continue;
		sum += (long double)p->y * p->n;
		size += p->n;
	}
	ph->centre = chart_limits_given_or(w, size > 0 ? (double)(sum / size) : NAN);
	for (size_t i = 0; i + 1 < n; i++) {
		const struct chart_point *p = &w->chart->point[w->at[i]];
		const struct chart_point *q = &w->chart->point[w->at[i + 1]];
		w->scratch[i] = sqrt(acos(-1) / 2) * fabs(q->y - p->y) / sqrt(1 / p->n + 1 / q->n);
	}
	double s = number_screened(
	    w->scratch, n ? n - 1 : 0, !w->options->unscreened, D4_EXACT, true, &ph->narrow);
	for (size_t i = ph->from; i < ph->to; i++) {
		struct chart_point *p = &w->chart->point[i];
		chart_limits_around(p, ph->centre, s / sqrt(p->n), OPEN);
	}
}

static void (*const LIMITS[CHART_TYPES])(struct chart_work *, struct chart_phase *) = {
	[CHART_RUN] = limits_run,
	[CHART_I] = limits_i,
	[CHART_MR] = limits_mr,
	[CHART_P] = limits_p,
	[CHART_PP] = limits_pp,
	[CHART_U] = limits_u,
	[CHART_UP] = limits_up,
	[CHART_C] = limits_c,
	[CHART_G] = limits_g,
	[CHART_T] = limits_t,
	[CHART_XBAR] = limits_xbar,
	[CHART_S] = limits_s,
	[CHART_IP] = limits_ip,
};

// Every point that counts is the same, whatever makes the limits.
static bool limits_flat(const struct chart_work *w, const struct chart_phase *ph)
{
	double low = INFINITY, high = -INFINITY;
	for (size_t i = ph->from; i < ph->to; i++) {
		const struct chart_point *p = &w->chart->point[i];
		low = chart_counts(p) ? fmin(low, p->y) : low;
		high = chart_counts(p) ? fmax(high, p->y) : high;
	}
	return high - low <= w->close;
}

// No variation in what makes them: the limits are the centre line. Where every moving range is 0
// screening drops them all, and there is nothing that a second sigma could be made of.
static void chart_limits_flatten(struct chart_point *p, double centre, bool screened)
{
	if (p->missing != CHART_THERE)
		return;
	p->lower = p->upper = centre;
	p->lower2 = p->upper2 = screened ? NAN : centre;
}

void chart_limits(struct chart_work *w, struct chart_phase *ph)
{
	struct chart *c = w->chart;
	LIMITS[c->type](w, ph);
	size_t made = 0;
	bool ranges = c->type == CHART_I || c->type == CHART_T || c->type == CHART_IP;
	for (size_t i = ph->from; i < ph->to; i++) {
		struct chart_point *p = &c->point[i];
		p->centre = ph->centre;
		ph->points += chart_counts(p);
		made += chart_counts(p) && i < ph->baseline_to;
		if (ph->narrow && c->type != CHART_RUN)
			chart_limits_flatten(p, ph->centre, ranges && !w->options->unscreened);
		if (isnan(p->lower) || isnan(p->upper))
			p->lower = p->upper = p->lower2 = p->upper2 = NAN;
	}
	ph->trial = made < CHART_TRIAL;
	ph->flat = limits_flat(w, ph);
}
