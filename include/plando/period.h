// SPDX-License-Identifier: MIT
// Days, weeks, months and quarters of the calendar, numbered, so that a date has its column in a
// grid; and on which day of its period a measure is dated.
//
// A week begins on Monday; fortnights follow each other from Monday, 5 January 1970 on; a quarter
// begins in January, April, July or October. Periods are named by their months, never "Q3", which
// is another quarter of the calendar than of the financial year.
#ifndef PLANDO_PERIOD_H
#define PLANDO_PERIOD_H

#include <plando/date.h>

#include <stddef.h>

enum period_kind {
	PERIOD_DAY,
	PERIOD_WEEK,
	PERIOD_FORTNIGHT,
	PERIOD_MONTH,
	PERIOD_QUARTER,
	PERIOD_KINDS
};
extern const char *const PERIOD_NAME[PERIOD_KINDS];  // "month"
extern const char *const PERIOD_EVERY[PERIOD_KINDS]; // "Every month"

// By the days of a measure's interval (measure.h).
enum period_kind period_kind_of(int interval_days);
int period_of(enum period_kind kind, date_t day);
date_t period_first(enum period_kind kind, int period);
date_t period_last(enum period_kind kind, int period);
// "Oct 2026", "week of 19 Oct 2026", "Jul–Sep 2026", "19 Oct 2026". NULL: out of memory.
char *period_show(struct arena *a, enum period_kind kind, int period);
// The same for the head of a column, in ten columns or less: "19 Oct 26".
char *period_head(struct arena *a, enum period_kind kind, int period);

// Where in their periods the newest dates of a measure lie: the commonest day, counted from the
// first one on or from the last one back, whichever more dates agree on, else whichever is nearer.
struct period_habit {
	size_t points; // that it was read from; 0: the first day
	int days;      // from the first, or the last
	bool from_last;
};
struct period_habit period_habit(enum period_kind kind, const date_t day[], size_t count);
// The day of a period by a habit; a day that the period does not have is its last.
date_t period_day(enum period_kind kind, int period, const struct period_habit *habit);
// "the first day of the month", "day 15 of the month", "Sunday"; NULL: out of memory.
char *period_habit_show(struct arena *a, enum period_kind kind, const struct period_habit *habit);

#endif
