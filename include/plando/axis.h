// SPDX-License-Identifier: MIT
// Ticks at round numbers, for charts on a terminal and on a page.
#ifndef PLANDO_AXIS_H
#define PLANDO_AXIS_H

#include <plando/chart_words.h>

enum { AXIS_TICKS = 12 };

struct axis {
	double low, high; // ends of the axis, both at a tick
	double step;
	int decimals; // that ticks need
};

// An axis of round steps around low..high with at most `ticks` (2..AXIS_TICKS) of them.
struct axis axis_round(double low, double high, int ticks);
// The same for a chart, with all that is drawn on it; nothing is clipped, but that percentages end
// at 0 and 100 (what lies beyond is drawn at the edge). Several charts share one axis.
struct axis axis_of(
    const struct chart *const c[], size_t charts, const struct chart_face *f, int ticks);
// Ticks lie at 0..axis_steps: the value of each, and how it is written ("40%"; NULL: out of
// memory).
int axis_steps(const struct axis *x);
double axis_tick(const struct axis *x, int step);
char *axis_label(struct arena *a, const struct axis *x, int step, bool percent);
// Where v stands from 0 (low) to 1 (high); what lies outside stands at the edge.
double axis_place(const struct axis *x, double v);

#endif
