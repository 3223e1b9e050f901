// SPDX-License-Identifier: MIT
// Where the labels of the x axis of a chart stand, and what they say. The same for the terminal and
// for the page; neither cells nor points are known here.
#ifndef PLANDO_AXIS_DAYS_H
#define PLANDO_AXIS_DAYS_H

#include <plando/date.h>

enum { AXIS_LABEL = 16 };
struct axis_tick {
	int64_t at;
	char label[AXIS_LABEL]; // "Mar", "3 Mar", "2026"; of numbers the number
	int year; // to be shown with it, because it is the first label of that year; 0
};
struct axis_ticks {
	struct axis_tick *tick;
	size_t count;
};
// At most `most` (>= 1) labels for the days from..to: every day, week, month, quarter or year, or
// some of them; not closer than points that are `apart` days apart. NULL ticks: out of memory.
struct axis_ticks axis_days(struct arena *a, int64_t from, int64_t to, int64_t apart, size_t most);
// The same for whole numbers.
struct axis_ticks axis_numbers(struct arena *a, int64_t from, int64_t to, size_t most);

#endif
