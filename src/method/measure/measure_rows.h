// SPDX-License-Identifier: MIT
// The rows of a measure as they stand in the workbook, and the series that they make.
#ifndef PLANDO_METHOD_MEASURE_ROWS_H
#define PLANDO_METHOD_MEASURE_ROWS_H

#include <plando/measure.h>

struct measure_row {
	struct id id;
	date_t date;
	const char *stratum; // "" = the whole
	const char *nth;     // of its date; "" = the first, or the only one
	const char *value, *numerator, *denominator, *note, *excluded_why; // NULL = none
};

struct measure_rows {
	struct measure_row *row;
	size_t count;
};

// Fills in whole, stratum, strata and asks. Rows may come in any order; they are sorted here.
// False: out of memory.
bool measure_series(struct arena *a, struct measure *m, struct measure_rows *rows);

#endif
