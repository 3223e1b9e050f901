// SPDX-License-Identifier: MIT
// The chart of a measure: its series, its options and what else stands on its chart, out of the
// workbook. A team's chart differs from another's only by what its measure says; what it does not
// say the collaborative's rules say.
#ifndef PLANDO_CHART_MEASURE_H
#define PLANDO_CHART_MEASURE_H

#include <plando/chart.h>
#include <plando/measure.h>
#include <plando/period.h>

// What stands under the axis with a number, and in the list below.
struct chart_note {
	struct id id; // a mark, or a PDSA cycle
	date_t date;
	const char *text;
	bool cycle;
	const char *type; // of a mark, as stored
};

struct chart_notes {
	struct chart_note *note; // by date; phases and unusual points are among them
	size_t count;
};
// Marks of the measure, and the team's PDSA cycles whose Do began by `on`: those that name this
// measure, and those that name none.
bool chart_notes_load(struct store *s, struct arena *a, const struct measure *m, date_t on,
    struct chart_notes *out, struct err *e);

// The rules that hold where a measure says none: the collaborative's, else Anhøj's.
bool chart_rules_load(struct store *s, enum chart_rules *out, struct err *e);

struct chart_source {
	const struct measure_series *series;
	// One a point of the series, in its order, those that lie ahead too; then one of each date
	// that was due by the measure's interval and has no point.
	struct chart_datum *data;
	size_t count;
	struct chart_options options;
	int64_t *phase_at;
};

// The series of a measure as the engine takes it, with the measure's own options. series: the
// measure's whole, or one of its groups. False: out of memory.
bool chart_source(struct arena *a, const struct measure *m, const struct measure_series *series,
    enum chart_rules usual, struct chart_source *out, struct err *e);

// The rows, in any order, and behind them one without a value for each period between the first and
// the last of them (no later than `until`) that has none, on the day of the period that the others
// are on. Of a gap of more than 120 periods one. Daily data owe nothing on a weekday that they
// never have. False: out of memory.
bool chart_due_fill(struct arena *a, enum period_kind kind, int64_t until,
    struct chart_datum **data, size_t *count, struct err *e);
// The same by the interval of a measure, where it says one and its points are no events.
bool chart_due_of(struct arena *a, const struct measure *m, struct chart_datum **data,
    size_t *count, struct err *e);

// The chart of all groups together, whose median is a thin line in each of theirs. *out NULL: it
// has too few points, cannot be drawn so, or is no figure to compare a group with (a sum). False:
// out of memory.
bool chart_of_all(struct arena *a, const struct measure *m, enum chart_rules usual,
    const struct chart **out, struct err *e);

// One chart a group, by the options of the measure.
struct chart_strata {
	const struct chart **part; // one without points: it cannot be charted so
	const char **name;
	const bool **unusual; // by point
	size_t count;
	const struct chart *whole; // as above
};
bool chart_strata_make(struct arena *a, const struct measure *m, enum chart_rules usual,
    struct chart_strata *out, struct err *e);

// Somebody marked a point of that day as unusual.
bool chart_unusual(const struct measure *m, date_t day);
// Why a phase begins on that day: the text of its mark, or "".
const char *chart_phase_why(const struct measure *m, date_t day);
// The type of chart that the data of a measure ask for where rules need limits: I, P, U, C or T.
enum chart_type chart_type_for(const struct measure *m, enum chart_rules rules);

#endif
