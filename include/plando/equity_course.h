// SPDX-License-Identifier: MIT
// The gap between two groups over time, date by date: a run chart of the difference and one of the
// ratio, for they can move in opposite directions when the level of all changes.
//
// Rules:
// 1. The group that has more, all dates together, is first: the gap is its value minus, or divided
//    by, the other's, so that a gap that closes goes down to 0, or to 1.
// 2. A date on which one of them counts fewer than the smallest number shown has no value.
// 3. A date that was due by the measure's interval, and on which neither has data, has no value
//    either; a date after today has one that no rule counts.
// 4. Baseline and rules are the measure's; phases are not: a gap has none of its own.
#ifndef PLANDO_EQUITY_COURSE_H
#define PLANDO_EQUITY_COURSE_H

#include <plando/equity.h>

struct equity_pair {
	date_t date;
	double count[2], n[2]; // of the first, of the second group; NAN: it has no data
	bool small;	       // not shown
};

struct equity_course {
	const char *of, *to;
	enum chart_type data; // CHART_P of percentages, CHART_U of rates
	int least;
	struct equity_pair *pair; // by date; the points of both charts are these
	size_t count, small;
	struct chart difference, ratio;
};

// ERR_DATA: no such group, the same one twice, or data that cannot be compared so.
bool equity_course_make(struct arena *a, const struct measure *m, const char *one,
    const char *other, enum chart_rules usual, int least, struct equity_course *out, struct err *e);

#endif
