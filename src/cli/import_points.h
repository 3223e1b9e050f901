// SPDX-License-Identifier: MIT
// What the two ways to import data points have in common: rows with a date each (import_points.c),
// and tables with months across (import_table.c). Both look at all of it first.
#ifndef PLANDO_CLI_IMPORT_POINTS_H
#define PLANDO_CLI_IMPORT_POINTS_H

#include "cli/verbs.h"

#include <plando/intake.h>

struct importing {
	struct cli *c;
	const char *name, *what; // of the file; "row" or "cell"
	struct intake *in;
	struct intake_counts counts;
	const char *doing;
	const char **line; // what is wrong, one after the other
	size_t lines, cap;
	size_t changes;
	bool starved;
};

// One thing that is wrong; beyond a thousand they are only counted. False: out of memory.
bool import_line_add(struct importing *i, unsigned line, unsigned column, const char *why);
// How it was read: "Read as UTF-8, comma, dates with the day first".
void import_shape_print(
    struct cli *c, const struct block_shape *shape, enum block_order order, bool comma);
// "3 rows: 2 to add, …", and what came of it.
void import_counts_print(struct importing *i);
// Begins the document: counts and how it was read; import_json_end lists what is wrong.
void import_json_begin(struct importing *i, struct json *j);
void import_json_shape(
    struct json *j, const struct block_shape *shape, enum block_order order, bool comma);
bool import_json_end(struct importing *i, struct json *j, struct err *e);
// Everything that is wrong, on standard error. hint: how to say what comes first in a date; NULL
// where nobody asks.
void import_complain(struct importing *i, const char *hint);

// A table with months across, where it is one: *is.
bool import_table(struct importing *i, struct store *s, const struct block_bytes *text, FILE *in,
    bool *is, struct err *e);

#endif
