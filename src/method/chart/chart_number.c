// SPDX-License-Identifier: MIT
// Sums as the reference programs make them: a plain sum of doubles can move a mean by one unit in
// the last place, and a point that lies on the line would lie above it.
#include "method/chart/chart_parts.h"

#include <math.h>
#include <stdlib.h>

double number_mean(const double *v, size_t n)
{
	long double sum = 0, rest = 0;
	size_t count = 0;
	for (size_t i = 0; i < n; i++)
		if (!isnan(v[i])) {
			sum += v[i];
			count++;
		}
	if (count == 0)
		return NAN;
	long double mean = sum / (long double)count;
	for (size_t i = 0; i < n; i++)
		if (!isnan(v[i]))
			rest += v[i] - mean;
	return (double)(mean + rest / (long double)count);
}

static int chart_number_by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

double number_median(double *v, size_t n)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++)
		if (!isnan(v[i]))
			v[count++] = v[i];
	if (count == 0)
		return NAN;
	qsort(v, count, sizeof *v, chart_number_by_size);
	return count % 2 ? v[count / 2] : number_mean(v + count / 2 - 1, 2);
}

double number_close(double most)
{
	return fmax(1e-9 * fmin(1, most), 64 * 2.220446049250313e-16 * most);
}

double number_screened(double *v, size_t n, bool screen, double most, bool keep, bool *flat)
{
	double mean = number_mean(v, n), limit = most * mean;
	*flat = mean == 0;
	if (!screen || isnan(mean) || *flat)
		return mean;
	for (size_t i = 0; i < n; i++)
		if (v[i] > limit || (!keep && v[i] >= limit))
			v[i] = NAN;
	return number_mean(v, n);
}
