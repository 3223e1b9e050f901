// SPDX-License-Identifier: MIT
// Runs on both sides of the centre line. Anhøj & Olesen 2014, doi:10.1371/journal.pone.0113825;
// the number of runs by its exact distribution, Swed & Eisenhart 1943, doi:10.1214/aoms/1177731436.
#include "method/chart/chart_parts.h"

#include <math.h>

enum { EXACT = 10000 }; // beyond this many points the normal distribution is close enough

static const double BELOW_5 = -1.6448536269514722, BELOW_2_5 = -1.959963984540054;

int chart_longest_limit(int useful)
{
	return useful < 1 ? -1 : (int)lround(log2(useful)) + 3;
}

// The smallest k for which P(Bin(useful - 1, 1/2) <= k) >= 0.05.
int chart_crossings_limit(int useful)
{
	int n = useful - 1;
	if (n < 0)
		return -1;
	if (n > EXACT)
		return (int)ceil(n / 2.0 + BELOW_5 * sqrt(n) / 2 - 0.5);
	long double term = ldexpl(1, -n), sum = term;
	int k = 0;
	while (sum < 0.05L && k < n) {
		term = term * (n - k) / (k + 1);
		sum += term;
		k++;
	}
	return k;
}

// How many arrangements of a and b have r runs, r = 2 .. 2 min(a, b) + 1, one after the other. The
// numbers are exact while they fit.
struct arrangements {
	int a, b, k;
	long double of_a, of_b; // C(a - 1, k - 1), C(b - 1, k - 1)
	bool odd;
};

static long double chart_runs_next_count(struct arrangements *s)
{
	long double even = s->of_a * s->of_b;
	if (!s->odd) {
		s->odd = true;
		return 2 * even;
	}
	long double more_a = s->of_a * (s->a - s->k) / s->k;
	long double more_b = s->of_b * (s->b - s->k) / s->k;
	long double odd = s->of_a * more_b + more_a * s->of_b;
	s->of_a = more_a;
	s->of_b = more_b;
	s->k++;
	s->odd = false;
	return odd;
}

static void runs_normal(double a, double b, int *low, int *high)
{
	double n = a + b, mean = 2 * a * b / n + 1;
	double sigma = sqrt((mean - 1) * (mean - 2) / (n - 1));
	*low = (int)ceil(mean + BELOW_2_5 * sigma - 0.5);
	*high = (int)floor(mean - BELOW_2_5 * sigma + 0.5);
}

bool chart_runs_limits(int above, int below, int *low, int *high)
{
	*low = *high = -1;
	if (above < 1 || below < 1)
		return false;
	if (above + below > EXACT) {
		runs_normal(above, below, low, high);
		return true;
	}
	int most = above == below ? 2 * above : 2 * (above < below ? above : below) + 1;
	struct arrangements s = { above, below, 1, 1, 1, false };
	long double all = 0, up_to = 0;
	for (int r = 2; r <= most; r++)
		all += chart_runs_next_count(&s);
	s = (struct arrangements){ above, below, 1, 1, 1, false };
	*high = most;
	for (int r = 2; r <= most; r++) {
		long double before = up_to;
		up_to += chart_runs_next_count(&s);
		if (*low < 0 && 40 * up_to > all)
			*low = r;
		if (40 * (all - before) > all) // P(R >= r)
			*high = r;
	}
	return true;
}

struct chart_runs_run {
	int side, length, longest, crossings;
};

static void run_step(struct chart_runs_run *r, int side)
{
	r->crossings += r->side && r->side != side;
	r->length = r->side == side ? r->length + 1 : 1;
	r->side = side;
	if (r->length > r->longest)
		r->longest = r->length;
}

static void chart_runs_phase_sides(
    struct chart_work *w, struct chart_phase *ph, struct chart_runs_run *run)
{
	for (size_t i = ph->from; i < ph->to; i++) {
		struct chart_point *p = &w->chart->point[i];
		double over = p->y - p->centre;
		p->side = over > w->close ? 1 : over < -w->close ? -1 : 0;
		if (!chart_counts(p) || !p->side)
			continue;
		run_step(run, p->side);
		ph->above += p->side > 0;
		ph->below += p->side < 0;
	}
}

void chart_runs(struct chart_work *w, struct chart_phase *ph)
{
	struct chart_runs_run run = { 0 };
	chart_runs_phase_sides(w, ph, &run);
	ph->longest = ph->longest_limit = ph->crossings = ph->crossings_limit = -1;
	ph->runs_low = ph->runs_high = -1;
	ph->useful = ph->above + ph->below;
	// The ranges of an MR chart hang together, each with the next: runs mean nothing there.
	if (ph->useful == 0 || w->chart->type == CHART_MR)
		return;
	ph->longest = run.longest;
	ph->longest_limit = chart_longest_limit(ph->useful);
	ph->crossings = run.crossings;
	ph->crossings_limit = chart_crossings_limit(ph->useful);
	ph->runs_signal = ph->longest > ph->longest_limit || ph->crossings < ph->crossings_limit;
	ph->runs = run.crossings + 1;
	chart_runs_limits(ph->above, ph->below, &ph->runs_low, &ph->runs_high);
	ph->ihi_runs_signal =
	    ph->runs_low >= 0 && (ph->runs < ph->runs_low || ph->runs > ph->runs_high);
}
