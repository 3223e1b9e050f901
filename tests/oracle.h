// SPDX-License-Identifier: MIT
// What the reference programs return for a series: a line of the design's oracle-shared.jsonl, as
// its README describes it; then those of tests/data/charts/worked.jsonl, in the same form, which a
// separate program worked from the text of docs/charts.md (edges, and what comparing the two found).
#ifndef PLANDO_TESTS_ORACLE_H
#define PLANDO_TESTS_ORACLE_H

#include "json_read.h"

#include <plando/chart.h>

struct oracle {
	struct arena arena;
	const struct node *line;
	const char *name, *chart, *peer;
	const struct node *params, *expected, *recommended;
	struct chart_datum *data;
	size_t count;
};

// How many lines there are; fewer where the design's data are not beside the source.
int oracle_count(void);
// The line i from 0. Freed by arena_free(&o->arena).
void oracle_read(struct oracle *o, int i);
// What is expected: what is recommended wins over what the peer returns.
const struct node *oracle_want(const struct oracle *o, const char *key);
// The numbers of a list, NAN for null; NULL where there is none.
double *oracle_numbers(struct oracle *o, const struct node *list, size_t *n);
bool oracle_is(const struct oracle *o, const char *chart);
// By the peer's name: "qicharts2".
bool oracle_from(const struct oracle *o, const char *peer);
// Equal within 1e-9 of their size; NAN equals NAN.
bool oracle_near(double a, double b);

#endif
