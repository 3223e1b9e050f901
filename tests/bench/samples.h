// SPDX-License-Identifier: MIT
// Pairs of measurements, plando's and the floor's, taken in turn so that drift falls on both; and
// the line that says what came of them.
#ifndef PLANDO_BENCH_SAMPLES_H
#define PLANDO_BENCH_SAMPLES_H

#include <stddef.h>

enum { SAMPLES_MOST = 4096 };

struct samples {
	const char *what, *floor_is;
	double bar; // plando should stay within so many times the floor
	size_t count;
	double floor[SAMPLES_MOST], plando[SAMPLES_MOST]; // ms
};

double clock_ms(void);
// What this process computed for, user and system; a busy machine does not move it.
double cpu_ms(void);
void samples_add(struct samples *s, double floor, double plando);
void samples_heading(void);
// Medians of both, the median of the ratios of the pairs, and whether that is within the bar.
void samples_print(struct samples *s);

#endif
