// SPDX-License-Identifier: MIT
// The axes of a chart: which part of the numbers is shown, and where its labels stand. The same for
// the terminal and for the page; neither cells nor points are known here.
#ifndef PLANDO_AXIS_H
#define PLANDO_AXIS_H

#include <plando/date.h>

struct axis_values {
	double low, high, step; // low and high are multiples of step
	int decimals;		// that its labels need
};
// Round steps (1, 2, 5, 10 …) that hold all of [low, high] in at most `steps` of them (>= 2).
// Nothing to hold (NAN, or infinite): 0 to 1.
struct axis_values axis_values(double low, double high, int steps);
// Percentages: 0 to 100 where the numbers use most of that, else a window that is not wider than it
// unless the numbers are.
struct axis_values axis_percent(double low, double high, int steps);

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
// some of them. NULL ticks: out of memory.
struct axis_ticks axis_days(struct arena *a, int64_t from, int64_t to, size_t most);
// The same for whole numbers.
struct axis_ticks axis_numbers(struct arena *a, int64_t from, int64_t to, size_t most);

#endif
