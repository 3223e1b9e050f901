// SPDX-License-Identifier: MIT
#include "samples.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double read_ms(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

double clock_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}

double cpu_ms(void)
{
	return read_ms(CLOCK_PROCESS_CPUTIME_ID);
}

void samples_add(struct samples *s, double floor, double plando)
{
	if (s->count == SAMPLES_MOST)
		return;
	s->floor[s->count] = floor;
	s->plando[s->count++] = plando;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static double middle(double *values, size_t n)
{
	qsort(values, n, sizeof values[0], by_value);
	return values[n / 2];
}

void samples_heading(void)
{
	printf(
	    "%-30s %6s %10s %10s %7s %6s\n", "", "pairs", "floor ms", "plando ms", "ratio", "bar");
}

void samples_print(struct samples *s)
{
	static double ratio[SAMPLES_MOST];
	if (s->count == 0) {
		printf("%-30s not measured\n", s->what);
		return;
	}
	for (size_t i = 0; i < s->count; i++)
		ratio[i] = s->plando[i] / s->floor[i];
	double mid = middle(ratio, s->count);
	printf("%-30s %6zu %10.3f %10.3f %7.2f %6.2f%s\n", s->what, s->count,
	    middle(s->floor, s->count), middle(s->plando, s->count), mid, s->bar,
	    mid > s->bar ? "  over" : "");
	fflush(stdout);
}
