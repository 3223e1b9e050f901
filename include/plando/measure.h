// SPDX-License-Identifier: MIT
// A measure with all that a chart, a grid and the evidence engine need of it: its options, its
// series of points and its marks, read at once. What is deleted, archived by that day, or dated
// after it is not there (of today: is behind the others, as `ahead`).
//
// A point's value is exact: with a denominator it is numerator / denominator as a fraction (of a
// percentage times 100, of a rate times `per`), else the decimal as typed. The whole is what was
// recorded without a group; on dates where only groups were recorded it is made of them:
//   all have denominators      the sum of numerators over the sum of denominators
//   the measure says how       their mean, sum or median (`aggregate`)
//   else                       nobody can know: POINT_ASK
// Several rows of one group on one date are taken together in the same way; their mean where the
// measure does not say. Where each is a point of its own (measure_each) they stand after each
// other, by nth and id; of groups they make a whole only where the measure says so itself.
#ifndef PLANDO_MEASURE_H
#define PLANDO_MEASURE_H

#include <plando/decimal.h>
#include <plando/store.h>

enum measure_type { MEASURE_UNTYPED, MEASURE_OUTCOME, MEASURE_PROCESS, MEASURE_BALANCING };
enum measure_data {
	MEASURE_VALUE, // also where the measure does not say
	MEASURE_COUNT,
	MEASURE_PERCENT,
	MEASURE_RATE,
	MEASURE_TIME_BETWEEN
};
enum measure_rule {
	MEASURE_RULE_UNSAID,
	MEASURE_MEAN,
	MEASURE_SUM,
	MEASURE_MEDIAN,
	MEASURE_EACH // is a point of its own: one event, one patient
};
enum measure_way { MEASURE_WAY_UNSAID, MEASURE_NEITHER, MEASURE_UP, MEASURE_DOWN };

enum point_state {
	POINT_GOOD,	  // has a value
	POINT_EMPTY,	  // nothing was recorded: not zero
	POINT_HALF,	  // a numerator without denominator, or the other way round
	POINT_NONE_SEEN,  // 0 out of 0: the date stands, there is no value
	POINT_IMPOSSIBLE, // some out of 0: a slip, to be asked about
	POINT_LONG,	  // more digits than are computed with (decimal.h)
	POINT_ASK, // groups without denominators, and the measure does not say how they make a
		   // whole
	POINT_STATES
};
// In words for people: "a numerator without denominator"; "" for POINT_GOOD.
const char *point_state_words(enum point_state state);

struct measure_point {
	struct id id; // of its record; of the first one where it is made of several
	date_t date;
	enum point_state state;
	struct fraction value;		  // where POINT_GOOD
	double y, numerator, denominator; // NAN where there is none; y is the value
	const char *typed; // the value as typed, where it is one row that has one; else NULL
	const char *note, *excluded_why; // NULL = none. Excluded: drawn, but no rule counts it
	unsigned rows;			 // records that it is made of
};

struct measure_series {
	const char *stratum;	     // "" = the whole
	struct measure_point *point; // by date; each date once, but for measure_each
	size_t count;
	size_t ahead; // more points behind those: dated after the day, where that is today
};

struct measure_mark {
	struct id id;
	date_t date;
	const char *text, *type; // as stored, "" = none
};

struct measure {
	struct id id, team, driver; // driver: all zero = none
	const char *name;	    // "" = none, as all texts here
	const char *unit;
	enum measure_type type;
	enum measure_data data;
	enum measure_rule aggregate;
	enum measure_way way;
	bool key, aim_goal;
	const char
	    *interval;	   // "day", "week", "fortnight", "month", "quarter"; month where not said
	int interval_days; // 1, 7, 14, 31, 92
	bool interval_said;
	date_t on;    // the day as of which it was read
	int decimals; // shown; -1 = the measure does not say
	bool has_goal, has_benchmark, has_baseline_end, has_goal_by;
	struct decimal per; // 1 where not said
	struct decimal goal, benchmark;
	const char *goal_typed, *benchmark_typed, *benchmark_source, *benchmark_date;
	date_t goal_by, baseline_end;
	const char *chart, *rules, *run_length, *screening, *y_axis; // as stored

	struct measure_series whole;
	struct measure_series *stratum; // groups by name
	size_t strata;
	size_t asks;		   // points of the whole that are POINT_ASK
	struct measure_mark *mark; // by date
	size_t marks;
};

struct measures {
	struct measure *item;
	size_t count;
};

// As of the day `on`. ERR_NOINPUT: no such measure.
bool measure_load(struct store *s, struct arena *a, const struct id *id, date_t on,
    struct measure *out, struct err *e);
// Those of a team that are not archived by then, by name (ties by id).
bool measures_load(struct store *s, struct arena *a, const struct id *team, date_t on,
    struct measures *out, struct err *e);

// The same without points and marks: the options only, as of today.
bool measure_head(
    struct store *s, struct arena *a, const struct id *id, struct measure *out, struct err *e);
bool measure_heads(
    struct store *s, struct arena *a, const struct id *team, struct measures *out, struct err *e);

// Each of several values of one date is a point of its own: where the measure says so, and where it
// says nothing and counts from event to event (time between events, a G or T chart).
bool measure_each(const struct measure *m);

// A value as the measure shows it: its decimals (else up to two), without unit. NULL: no memory.
char *measure_show(struct arena *a, const struct measure *m, struct fraction value);

#endif
