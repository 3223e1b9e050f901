// SPDX-License-Identifier: MIT
// Groups beside each other: funnel plots, confidence intervals, the gap between two groups.
// Wilson 1927; Byar's approximation and the exact interval below 10, as the Office for Health
// Improvement and Disparities computes them (PHEindicatormethods); Newcombe 1998,
// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10; Katz 1978.
#include <plando/chart.h>

#include <math.h>
#include <stdlib.h>

static const struct interval NO_INTERVAL = { NAN, NAN };

struct interval chart_wilson(double count, double n, double z)
{
	if (!(n > 0) || !(count >= 0) || count > n)
		return NO_INTERVAL;
	double p = count / n, zz = z * z;
	double middle = p + zz / (2 * n), under = 1 + zz / n;
	double half = z * sqrt(p * (1 - p) / n + zz / (4 * n * n));
	return (
	    struct interval){ fmax(0, (middle - half) / under), fmin(1, (middle + half) / under) };
}

// --- the exact interval of a small count: halves of quantiles of chi-squared, found by halving

// P(Poisson(mean) <= count), for whole counts.
static double chart_equity_poisson_up_to(double count, double mean)
{
	double term = exp(-mean), sum = term;
	for (int k = 1; k <= (int)count; k++) {
		term *= mean / k;
		sum += term;
	}
	return sum;
}

// The mean for which P(Poisson <= count) is p; it falls as the mean grows.
static double chart_equity_poisson_mean(double count, double p)
{
	double low = 0, high = 4 * count + 60;
	for (int i = 0; i < 200 && high - low > 1e-15 * high; i++) {
		double middle = (low + high) / 2;
		if (chart_equity_poisson_up_to(count, middle) > p)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

static struct interval chart_equity_exact(double count, double z)
{
	double tail = erfc(z / sqrt(2)) / 2;
	return (struct interval){ count > 0 ? chart_equity_poisson_mean(count - 1, 1 - tail) : 0,
		chart_equity_poisson_mean(count, tail) };
}

struct interval chart_byar(double count, double z)
{
	if (!(count >= 0))
		return NO_INTERVAL;
	if (count < 10)
		return chart_equity_exact(floor(count), z);
	double x = count, up = x + 1;
	double low = pow(1 - 1 / (9 * x) - z / (3 * sqrt(x)), 3);
	double high = pow(1 - 1 / (9 * up) + z / (3 * sqrt(up)), 3);
	return (struct interval){ x * low, up * high };
}

// --- funnel

static int chart_equity_funnel_rank(const struct chart_group *g)
{
	return g->empty ? 0 : g->small ? 1 : 2;
}

// Of those that are not shown not even the size is told, by their place.
static int chart_equity_by_size(const void *a, const void *b)
{
	const struct chart_group *p = a, *q = b;
	if (chart_equity_funnel_rank(p) != chart_equity_funnel_rank(q))
		return chart_equity_funnel_rank(p) - chart_equity_funnel_rank(q);
	if (p->n < q->n || p->n > q->n)
		return p->n < q->n ? -1 : 1;
	return (p->datum > q->datum) - (p->datum < q->datum);
}

static struct chart_group chart_equity_group_of(size_t datum, double count, double n, double small)
{
	struct chart_group g = { NAN, NAN, datum, NAN, NAN, NAN, NO_INTERVAL, .outside = false };
	g.empty = !(n > 0) || !(count >= 0);
	g.small = !g.empty && (count < small || n < small);
	if (!g.empty && !g.small) {
		g.count = count;
		g.n = n;
	}
	return g;
}

static void chart_equity_group_limit(
    struct chart_group *g, enum chart_type type, double centre, double multiply)
{
	bool share = type == CHART_P;
	double sigma = sqrt((share ? centre * (1 - centre) : centre) / g->n);
	double upper = centre + 3 * sigma, value = g->count / g->n;
	g->lower = multiply * fmax(0, centre - 3 * sigma);
	g->upper = multiply * (share ? fmin(1, upper) : upper);
	g->outside = value * multiply > g->upper || value * multiply < g->lower;
}

static void chart_equity_group_fill(struct chart_group *g, enum chart_type type, double multiply)
{
	bool share = type == CHART_P;
	double under = share ? 1 : g->n;
	g->ci = share ? chart_wilson(g->count, g->n, CHART_Z95) : chart_byar(g->count, CHART_Z95);
	g->ci.lower = g->ci.lower / under * multiply;
	g->ci.upper = g->ci.upper / under * multiply;
	g->value = g->count / g->n * multiply;
}

bool chart_funnel(struct arena *a, enum chart_type type, const double *count, const double *n,
    size_t groups, double multiply, double small, struct chart_funnel *out, struct err *e)
{
	long double top = 0, bottom = 0;
	*out = (struct chart_funnel){ .centre = NAN, .count = groups };
	out->group = arena_array(a, groups + 1, sizeof *out->group);
	if (!out->group)
		return err_memory(e);
	for (size_t i = 0; i < groups; i++) {
		if (type == CHART_P && count[i] > n[i])
			return err_set(e, ERR_DATA,
			    "a group counts more than its denominator; correct it, or take rates");
		struct chart_group *g = &out->group[i];
		*g = chart_equity_group_of(i, count[i], n[i], small);
		if (g->empty || g->small)
			continue;
		chart_equity_group_fill(g, type, multiply);
		out->shown++;
		top += count[i];
		bottom += n[i];
	}
	qsort(out->group, out->count, sizeof *out->group, chart_equity_by_size);
	if (out->shown < 2)
		return true;
	double centre = (double)(top / bottom);
	for (size_t i = groups - out->shown; i < groups; i++)
		chart_equity_group_limit(&out->group[i], type, centre, multiply);
	out->centre = centre * multiply;
	return true;
}

// --- gap

// Of p minus q, from the intervals of both.
static struct interval chart_equity_of_difference(
    double p, struct interval a, double q, struct interval b)
{
	double low = hypot(p - a.lower, b.upper - q), high = hypot(a.upper - p, q - b.lower);
	return (struct interval){ p - q - low, p - q + high };
}

// variance: of the logarithm of the ratio of counts x1 and x2.
static void chart_equity_add_ratio(
    struct chart_gap *g, double ratio, double x1, double x2, double variance, double z)
{
	double factor = exp(z * sqrt(variance));
	g->ratio = x2 > 0 ? ratio : NAN;
	if (x1 > 0 && x2 > 0)
		g->ratio_ci = (struct interval){ ratio / factor, ratio * factor };
}

struct chart_gap chart_gap(double x1, double n1, double x2, double n2, double z)
{
	struct chart_gap g = { NAN, NAN, NO_INTERVAL, NO_INTERVAL };
	struct interval a = chart_wilson(x1, n1, z), b = chart_wilson(x2, n2, z);
	if (isnan(a.lower) || isnan(b.lower))
		return g;
	double p = x1 / n1, q = x2 / n2;
	g.difference = p - q;
	g.difference_ci = chart_equity_of_difference(p, a, q, b);
	chart_equity_add_ratio(&g, p / q, x1, x2, 1 / x1 - 1 / n1 + 1 / x2 - 1 / n2, z);
	return g;
}

struct chart_gap chart_gap_rates(double x1, double n1, double x2, double n2, double z)
{
	struct chart_gap g = { NAN, NAN, NO_INTERVAL, NO_INTERVAL };
	struct interval a = chart_byar(x1, z), b = chart_byar(x2, z);
	if (isnan(a.lower) || isnan(b.lower) || !(n1 > 0) || !(n2 > 0))
		return g;
	double p = x1 / n1, q = x2 / n2;
	g.difference = p - q;
	g.difference_ci =
	    chart_equity_of_difference(p, (struct interval){ a.lower / n1, a.upper / n1 }, q,
		(struct interval){ b.lower / n2, b.upper / n2 });
	chart_equity_add_ratio(&g, p / q, x1, x2, 1 / x1 + 1 / x2, z);
	return g;
}
