// SPDX-License-Identifier: MIT
// The groups of one measure beside each other, over recent dates: a funnel, an interval for each,
// and the gap between two of them. The arithmetic is chart.h's; this says which data it is done
// with and what may be said of them.
//
// Rules (docs/charts.md, e):
// 1. Groups stand by the size of their denominator, smallest first, never by their value.
// 2. A group is different from the rest only where it lies outside the funnel.
// 3. A group whose numerator or denominator is below the collaborative's smallest number
//    (EQUITY_LEAST where it says none) is not shown and not judged: of it there is its name alone,
//    also in this struct (its numbers are NAN, its place is no size). It counts in no mean and in
//    no limit: from an exact mean of all beside one hidden group the hidden number could be worked
//    out. So the mean is that of the groups shown, and is said to be. What other queries of the
//    same person tell (the whole's own chart, other dates) is not looked at.
// 4. A group whose own chart shows a signal within these dates is named: it is changing, and what
//    it is compared by may be past.
// 5. A group without a denominator on these dates (0 of 0) stays, as having no data.
// 6. With fewer than two groups shown there is nothing to compare with: no mean, no limits.
#ifndef PLANDO_EQUITY_H
#define PLANDO_EQUITY_H

#include <plando/chart_measure.h>

enum { EQUITY_DATES = 12, EQUITY_LEAST = 5 };

// The collaborative's smallest number that may be shown of a group; 0: all are shown.
bool equity_least_load(struct store *s, int *out, struct err *e);

struct equity_window {
	bool has_from, has_until; // else: the last EQUITY_DATES dates, from the last phase on
	date_t from, until;	  // both in it
	int least;		  // numbers below it are not shown
};

struct equity_group {
	const char *name;
	struct chart_group in; // all dates together; values are multiplied, as the measure shows
	bool changing;
};

struct equity {
	const char *measure;
	enum chart_type type;	    // CHART_P of percentages, CHART_U of rates
	double multiply;	    // 100, or what rates are per
	date_t from, until;	    // the first and the last date that has data of a group
	size_t dates;		    // different ones
	struct equity_group *group; // those not shown, then smallest denominator first
	size_t count, shown, small, empty, outside, changing;
	double centre; // the groups shown together; NAN: there are no two
	int least;     // numbers below it are not shown
};

// False: out of memory, or ERR_DATA: these data cannot be compared so, and why. `m` outlives it.
bool equity_make(struct arena *a, const struct measure *m, const struct equity_window *w,
    struct equity *out, struct err *e);
// Neither small nor empty.
bool equity_shown(const struct equity_group *g);
// -1 below the funnel, 1 above; 0 within it, or not judged.
int equity_side(const struct equity_group *g);
// The group of that name; NULL: none.
const struct equity_group *equity_find(const struct equity *q, const char *name);

struct equity_gap {
	const struct equity_group *of, *to; // of minus to, of divided by to
	bool known;			    // false: one of them is not shown
	struct chart_gap
	    in; // the difference multiplied: percentage points, so many per. Where known
};
struct equity_gap equity_gap(
    const struct equity *q, const struct equity_group *of, const struct equity_group *to);

#endif
