// SPDX-License-Identifier: MIT
// Exact numbers: decimals as people type them, and fractions made of them. Scores, medians and
// percentages are compared here and never as doubles, so that a value on the median is on the
// median on every machine.
//
// Bounds: a decimal has at most 18 significant digits and 18 decimals; a fraction's two parts are
// 64-bit. What lies beyond (1e400, forty digits) is refused by whoever makes the number, never cut
// or rounded.
#ifndef PLANDO_DECIMAL_H
#define PLANDO_DECIMAL_H

#include <plando/arena.h>

#include <stdint.h>

enum { DECIMAL_DIGITS = 18 };

struct decimal { // digits / 10^scale
	int64_t digits;
	int scale; // 0..18, the least that will do: 12.50 is 125 and 1
};

struct fraction {	     // over / under
	int64_t over, under; // in lowest terms; under > 0
};

// "12.50", "-3", "+7", "1.5e3". False: no number, or beyond the bounds.
bool decimal_parse(const char *text, struct decimal *out);
struct decimal decimal_whole(int64_t number);		 // |number| < 10^18
int decimal_compare(struct decimal a, struct decimal b); // < 0, 0, > 0
bool decimal_add(
    struct decimal a, struct decimal b, struct decimal *out); // false: beyond the bounds
char *decimal_show(struct arena *a, struct decimal d);	      // "12.5"; NULL: out of memory
double decimal_real(struct decimal d);			      // the nearest double

struct fraction fraction_of(struct decimal d);
// over / under * times. False: under is 0, or the result is beyond the bounds.
bool fraction_ratio(
    struct decimal over, struct decimal under, struct decimal times, struct fraction *out);
// a / b. False: b is 0, or beyond the bounds.
bool fraction_divide(struct fraction a, struct fraction b, struct fraction *out);
int fraction_compare(struct fraction a, struct fraction b);
double fraction_real(struct fraction f);
// Rounded to so many decimals (0..18), half away from zero; `trim` drops zeros at the end of the
// decimals. NULL: out of memory.
char *fraction_show(struct arena *a, struct fraction f, int decimals, bool trim);

// --- sums of a few fractions, each so many times: exact whatever their denominators are
enum { PARTS_MOST = 8 };
struct decimal_part {
	int64_t times;
	struct fraction value;
};
// -1, 0 or 1: the sign of the sum. n <= PARTS_MOST.
int parts_sign(const struct decimal_part part[], size_t n);
// The sum divided by `by` (> 0). False: beyond the bounds.
bool parts_sum(const struct decimal_part part[], size_t n, int64_t by, struct fraction *out);

#endif
