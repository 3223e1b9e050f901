// SPDX-License-Identifier: MIT
// What the files of `plando chart` share.
#ifndef CLI_VERB_CHART_H
#define CLI_VERB_CHART_H

#include "cli/verbs.h"

#include <plando/chart_measure.h>
#include <plando/chart_words.h>

// One series to chart: of a CSV file, or of a measure.
struct charted {
	const char *stratum; // "" = the whole
	struct chart_datum *data;
	size_t count, read;	 // read: of the file, the others were due
	const unsigned *line;	 // of the file, by datum; NULL: of a workbook
	const char *const *note; // by datum; NULL where there is none
	struct chart_options options;
	struct chart chart;
};

struct charteds {
	struct charted *item;
	size_t count;
	const struct chart *whole; // of all groups together; NULL: none
	bool many;		   // several groups were asked for, though there may be one
	const char *path;	   // of the file, for messages; NULL: a workbook
};

// The series of a CSV file: the whole, one group, or all of them. `type` says what n
// stands for. False: ERR_DATA with the line, ERR_NOINPUT …
bool chart_csv(struct cli *c, const char *path, const char *stratum, enum chart_type type,
    struct charteds *out, struct chart_face *face, struct err *e);

// One series as a document; of several series {"strata": [...]}.
bool chart_json(
    struct cli *c, const struct charteds *all, const struct chart_face *f, struct err *e);

// The gap between two groups, the words after the measure, over time.
bool equity_over_time(struct cli *c, struct store *s, const struct measure *m, const char *team,
    int least, struct err *e);

// The members of one chart's object.
void chart_json_put(
    struct cli *c, struct json *j, const struct chart *k, const struct chart_face *f);

#endif
