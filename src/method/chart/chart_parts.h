// SPDX-License-Identifier: MIT
// What the files of the chart engine share. All works on a chart whose points are not multiplied
// yet; chart_make() does that last.
#ifndef METHOD_CHART_PARTS_H
#define METHOD_CHART_PARTS_H

#include <plando/chart.h>

struct chart_work {
	struct arena *arena;
	const struct chart_options *options;
	struct chart *chart;
	double *scratch; // room for one number a point
	size_t *at;	 // room for one index a point
	double close;	 // number_close() of the points
};

// --- numbers, as the reference programs compute them
// The mean of what is not NAN, in long double, corrected once; NAN where there is nothing.
double number_mean(const double *v, size_t n);
// The median; sorts v[0..n) and drops what is NAN.
double number_median(double *v, size_t n);
// Differences up to this are none, of numbers up to `most`: rounding must not put a point above a
// line that it lies on, whatever the unit. A T chart's line goes through two powers, which lose
// some digits more.
double number_close(double most);
// The mean of moving ranges (or their like) v[0..n), once without those at or above `most` times
// their mean (`keep` keeps what is equal to it). NAN: there is none. *flat: every one is 0.
double number_screened(double *v, size_t n, bool screen, double most, bool keep, bool *flat);

// Sorts, puts together what has one x, and fills x, y, numerator, n, sd, missing, excluded.
bool chart_prepare(struct chart_work *w, const struct chart_datum *data, size_t count,
    size_t *place, struct err *e);
// A point that takes part in everything: it has a value and is not excluded.
static inline bool chart_counts(const struct chart_point *p)
{
	return p->missing == CHART_THERE && !p->excluded;
}

// Centre lines and limits of one phase.
void chart_limits(struct chart_work *w, struct chart_phase *ph);
// Sides, runs and the limits of their number.
void chart_runs(struct chart_work *w, struct chart_phase *ph);
// IHI's shifts and trends of one phase; the lists grow in the arena. Points are marked under
// IHI's rules only.
bool chart_ihi(struct chart_work *w, struct chart_phase *ph, struct err *e);
// MDC's labels of one phase.
void chart_mdc(struct chart_work *w, struct chart_phase *ph);
// Signals of points beyond the limits, and of long runs.
void chart_mark(struct chart_work *w, struct chart_phase *ph);
// The signals of the last phase, on both sides; point meanings must not be known for it.
bool chart_found(struct chart_work *w, const struct chart_phase *ph, struct err *e);
// What it all means, and since when.
bool chart_find(struct chart_work *w, struct err *e);

#endif
