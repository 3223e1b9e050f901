// SPDX-License-Identifier: MIT
// Run and control charts as numbers: a series and options go in, centre lines, limits, signals and
// what they mean come out. It knows no workbook and draws nothing; docs/charts.md is the
// specification, and the tests hold it against what the reference programs return.
//
// Conventions: "not available" is NAN; counts of runs are -1 where there is nothing to count.
// Points are counted from 0 here (what people see counts from 1). x is a day (date_t) or a whole
// number. A useful point has a value, is not excluded and is not on the centre line. What is
// multiplied (options.multiply) is multiplied last, so limits and target are in the unit that
// people see.
#ifndef PLANDO_CHART_H
#define PLANDO_CHART_H

#include <plando/arena.h>
#include <plando/err.h>

#include <stddef.h>
#include <stdint.h>

enum chart_type {
	CHART_RUN,
	CHART_I,    // individual values
	CHART_MR,   // moving ranges
	CHART_P,    // proportions
	CHART_PP,   // proportions, corrected for more variation than chance (P prime)
	CHART_U,    // rates
	CHART_UP,   // rates, corrected (U prime)
	CHART_C,    // counts
	CHART_G,    // cases between events
	CHART_T,    // time between events
	CHART_XBAR, // means of groups
	CHART_S,    // standard deviations of groups
	CHART_IP,   // individual values with denominators (I prime)
	CHART_TYPES
};

enum chart_rules {
	CHART_ANHOEJ,	// longest run and crossings; 3 sigma where there are limits
	CHART_IHI,	// shift, trend, number of runs; 3 sigma where there are limits
	CHART_MDC,	// Making Data Count: one label a point, icons
	CHART_SHEWHART, // 3 sigma only
	CHART_RULES
};

enum chart_direction { CHART_NEITHER, CHART_UP_IS_GOOD, CHART_DOWN_IS_GOOD };
// Of several values on one date; usual: the mean, of counts (C chart) the sum, from event to event
// (G and T chart) each a point of its own. Groups of values (means, deviations) are made of all of
// them.
enum chart_aggregate { CHART_USUAL, CHART_MEAN, CHART_SUM, CHART_MEDIAN, CHART_EACH };

// How the words of cli.md and kinds.md name them ("pp", "anhoej"); the title is for people.
struct chart_name {
	const char *id, *title;
};
extern const struct chart_name CHART_TYPE[CHART_TYPES];
extern const struct chart_name CHART_RULE[CHART_RULES];
bool chart_type_of(const char *id, enum chart_type *out);
bool chart_rules_of(const char *id, enum chart_rules *out);
bool chart_has_limits(enum chart_type type); // all but the run chart
bool chart_wants_n(enum chart_type type);    // cannot be drawn without denominators or group sizes
// Ranges and deviations (MR, S): tested against their limits alone, by whatever rules; no goal, no
// assurance, no direction are theirs. chart_make leaves those of the options aside.
bool chart_limits_only(enum chart_type type);

// --- what goes in

// One row of the series, in any order. Where the series has denominators y is the numerator; for
// means and standard deviations of groups y is the group's mean, n its size, sd its deviation.
struct chart_datum {
	int64_t x;
	double y, n, sd; // NAN: missing, or none
	bool ready;	 // y is the value itself, though others have a denominator
	bool excluded;
	bool due; // nothing was recorded of what was due: made by chart_due_fill
};

enum chart_baseline {
	CHART_ALL,   // no freezing
	CHART_FIRST, // the first baseline_points points, missing ones counted
	CHART_UNTIL, // points up to baseline_until, that one included
	CHART_AUTO,  // the first CHART_FROZEN points that have a value, once there are so many
};
enum { CHART_FROZEN = 12, CHART_LEAST = 10, CHART_TRIAL = 13 };

// Why a baseline that was asked for (CHART_FIRST, CHART_UNTIL) is not the one in use: all points
// that count are taken instead.
enum chart_unkept {
	CHART_KEPT,   // it is in use, or none was asked for
	CHART_AHEAD,  // it reaches past `until`: it is not complete yet
	CHART_LONGER, // it wants more points than there are
	CHART_EARLY,  // it ends before the first point
	CHART_PHASED, // there are phases, each with a centre line of its own
	CHART_SHORT   // MDC fixes limits on CHART_FROZEN points or more
};
const char *chart_unkept_id(enum chart_unkept u); // "ahead"; NULL where it is kept

struct chart_options {
	enum chart_type type;
	enum chart_rules rules;
	enum chart_direction direction;
	enum chart_aggregate aggregate; // of several values of one date, without denominators
	enum chart_baseline baseline;	// phases win over it; under MDC it holds in each phase
	size_t baseline_points;
	int64_t baseline_until;
	// A new phase begins after these points (counted from 1, after sorting), and at these x;
	// an x between two points begins it at the next one. Any order.
	const size_t *phase_after;
	size_t phase_afters;
	const int64_t *phase_at;
	size_t phase_ats;
	// Points after it lie in the future: drawn, but no rule counts them.
	int64_t until;
	const size_t *exclude; // points counted from 1, after sorting
	size_t excludes;
	int run_length;	  // points that make a shift: 6 or 7; 0: the rules' own (IHI 6, MDC 7)
	int trend_length; // points that make a trend; 0: the rules' own (IHI 5, MDC as the shift)
	bool unscreened;  // extreme moving ranges stay (Nelson's screening is usual)
	bool two_in_three_2013; // MDC's rule before November 2023, for comparison only
	double target;		// NAN: none; in the unit that people see, after multiplying
	double centre;		// NAN: none; before multiplying
	double multiply;	// 0 counts as 1
};
// A run chart by Anhøj's rules, nothing frozen, no target, no future.
struct chart_options chart_defaults(void);

// --- what comes out

// Why a point signals, as bits; CHART_SIGNAL names them.
enum {
	CHART_OUTSIDE = 1,  // beyond a 3-sigma limit
	CHART_LONG_RUN = 2, // in a run longer than Anhøj's limit
	CHART_SHIFT = 4,
	CHART_TREND = 8,
	CHART_TWO_IN_THREE = 16, // two of three beyond 2 sigma
};
struct chart_signal {
	unsigned bit;
	const char *id, *words;
};
extern const struct chart_signal CHART_SIGNAL[]; // ends with bit 0

struct chart;

// MDC's label of a point.
enum chart_label {
	CHART_COMMON,
	CHART_ABOVE,
	CHART_BELOW,
	CHART_TREND_UP,
	CHART_TREND_DOWN,
	CHART_TWO_ABOVE,
	CHART_TWO_BELOW,
	CHART_SHIFT_ABOVE,
	CHART_SHIFT_BELOW,
	CHART_LABELS
};
// "7_points_above_cl": in JSON; the lengths in use stand in it. NULL: out of memory.
const char *chart_label_id(struct arena *a, const struct chart *c, enum chart_label label);

// What a point or a chart says about the measure. Shapes, colours and words go by this.
enum chart_meaning {
	CHART_ORDINARY,
	CHART_IMPROVEMENT,
	CHART_CONCERN,
	CHART_CHANGE,
	CHART_UNCLEAR
};
const char *chart_meaning_id(enum chart_meaning m); // "improvement"; NULL for ordinary

enum chart_missing {
	CHART_THERE,
	CHART_EMPTY,
	CHART_ZERO_DENOMINATOR,
	CHART_COUNT_OVER_ZERO,
	CHART_SMALL // of numbers too small to be shown; never of chart_make
};

struct chart_point {
	int64_t x;
	double y;		     // as plotted
	double numerator, n, sd;     // n: denominator or group size
	double centre, lower, upper; // 3 sigma
	double lower2, upper2;	     // 2 sigma
	enum chart_missing missing;
	bool excluded; // by people, or because it lies in the future
	bool future;
	bool frozen;		// beyond the baseline: its centre line is an extension (dashed)
	int side;		// of the centre line: -1, 0, 1; 0 also where there is no value
	unsigned signals;	// bits
	bool high, low;		// where its signals point to; under MDC to one only
	enum chart_label label; // under MDC
	enum chart_meaning meaning;
	size_t phase;
	size_t first, rows; // chart.row[first .. first + rows) are its data
	size_t values;	    // of these, such as have a value
};

struct chart_phase {
	size_t from, to;    // points [from, to)
	size_t baseline_to; // the centre line is made of [from, baseline_to)
	double centre;	    // multiplied; NAN: none
	int useful, longest, longest_limit, crossings, crossings_limit; // -1: not available
	bool runs_signal;
	size_t points; // that have a value and are not excluded
	bool trial;    // fewer than CHART_TRIAL points make the limits
	// What makes the limits does not vary: they are the centre line, and whatever lies off it
	// is beyond them.
	bool narrow;
	bool flat; // no variation at all: every point that counts is the same
	// IHI: the runs test by the exact distribution (Swed & Eisenhart 1943)
	int above, below, runs, runs_low, runs_high; // low and high -1: not available
	bool ihi_runs_signal;
};

struct chart_trend {
	size_t *point; // in order, those that repeat a value among them
	size_t count;
	int length; // without those that repeat a value
	bool up;
};

// A signal of the last phase. Its points lie on one side of the centre line (of a trend: go one
// way); CROSSINGS and RUNS are of the whole phase and have no side.
enum chart_found_kind {
	CHART_FOUND_RUN,   // Anhøj: longer than expected
	CHART_FOUND_SHIFT, // IHI, MDC
	CHART_FOUND_TREND,
	CHART_FOUND_OUTSIDE, // all points beyond the limits on that side; of MDC the newest in a
			     // row
	CHART_FOUND_TWO,     // two of three near a limit
	CHART_FOUND_CROSSINGS,
	CHART_FOUND_RUNS
};
struct chart_found {
	enum chart_found_kind kind;
	size_t from, to; // points, both in it; of one without a side the newest longest run
	int count;	 // of its points that count; crossings, runs
	int side;	 // 1 above, or up; -1; 0 none
};

// MDC's icons.
enum chart_assurance { CHART_NO_ASSURANCE, CHART_PASS, CHART_HIT_AND_MISS, CHART_FAIL };

struct chart {
	enum chart_type type;
	enum chart_rules rules;
	enum chart_direction direction;
	int shift_length, trend_length; // in use
	bool screened;
	bool numbered; // the data have denominators
	double target, multiply;
	struct chart_point *point; // sorted by x, one an x (or more: CHART_EACH)
	size_t count;
	size_t *row; // of the data, sorted: which datum is row i
	struct chart_phase *phase;
	size_t phases;
	size_t snapped;	 // phases whose x was none of a point: begun at the next one
	size_t unphased; // phases that would hold nothing, left out
	size_t useful;	 // useful points of the last phase
	// Signals may be announced: at least CHART_LEAST of them; of a chart with limits (or where
	// nothing varies) as many points, on the line or off it.
	bool enough;
	bool frozen; // the centre line stands on a part of the points
	enum chart_unkept unkept;
	struct chart_trend *trend; // IHI's trends, in order
	size_t trends;
	size_t *shift; // IHI's points of a shift (on-line points within it too)
	size_t shifts;
	// The finding: verdict, side, count and dates are those of found[said]. `signal` is
	// computed whatever `enough` says.
	bool signal;
	enum chart_meaning meaning; // CHART_ORDINARY where there is no signal
	int way;		    // 1 up, -1 down, 0 unclear
	struct chart_found *found;
	size_t founds, said;
	size_t since; // point where that began; valid where signal
	unsigned why; // bits of the signal; 0 with signal: too few crossings, or runs
	enum chart_meaning variation; // MDC's icon: of the last included point
	bool variation_high;
	enum chart_assurance assurance; // by the limits, whatever `withheld` says
	// It is not to be said: a signal came after the frozen baseline, or points have left limits
	// without width. Until a new phase is begun.
	bool withheld;
};

// The most points of one series; more is refused.
enum { CHART_MOST = 1000000 };

// False: out of memory, or ERR_DATA: the data cannot be drawn so (a T chart with values of 0 or
// less, a P chart without denominators, a negative denominator, a numerator above it …) and what to
// do instead. place: names the datum at fault, its index; SIZE_MAX where no single one is.
bool chart_make(struct arena *a, const struct chart_datum *data, size_t count,
    const struct chart_options *o, struct chart *out, size_t *place, struct err *e);

// "special_cause_improvement_high", "common_cause"; NULL where there is none.
const char *chart_variation_id(const struct chart *c);
// "consistent_pass", "inconsistent" …; NULL where there is none, or it is withheld. Making Data
// Count's icon is what its tools show, also then.
const char *chart_assurance_id(const struct chart *c);

// --- the pieces, for tests and for other rules

// Anhøj & Olesen 2014, doi:10.1371/journal.pone.0113825. useful >= 1.
int chart_longest_limit(int useful);
int chart_crossings_limit(int useful);
// Limits for the number of runs among a points above and b below the line. False: a or b is 0 and
// there is nothing to test.
bool chart_runs_limits(int above, int below, int *low, int *high);

// The longest run of useful points of a phase on a side (0: either), the newer of two; count 0:
// none.
struct chart_found chart_longest_run(const struct chart *c, const struct chart_phase *ph, int side);

// --- suggestions: never done by themselves

// Sustained runs, as runcharter 0.2: the first `median_points` points give a median; from then on
// each run of exactly `run` useful points on the wanted side begins a new one.
enum chart_side { CHART_EITHER, CHART_ONLY_ABOVE, CHART_ONLY_BELOW };
struct chart_rebase {
	size_t from, to; // points, both in it
	size_t extended; // the median is drawn on to here
	double median;
};
struct chart_rebases {
	struct chart_rebase *item;
	size_t count;
};
bool chart_suggest_rebase(struct arena *a, const double *y, size_t count, size_t median_points,
    size_t run, enum chart_side side, struct chart_rebases *out, struct err *e);

// Rephasing as Healthcare Improvement Scotland does it: a median of the first trigger - 1 values;
// `trigger` useful points on one side begin a new one, made of all of them but the last.
// base: the medians over the points that made them (NAN between); extended: drawn on.
struct chart_rephase {
	double *base, *extended;
	bool *shift; // >= shift_trigger points on one side, outside the solid medians
};
bool chart_suggest_rephase(struct arena *a, const double *y, size_t count, size_t trigger,
    size_t shift_trigger, struct chart_rephase *out, struct err *e);

// New limits as the Stable Shift Algorithm would propose them (autospc, HorridTom/autospc on
// GitHub, I chart): the first `period` values give limits; a run of `run` points on one side begins
// a candidate period of as many values, which is dropped where a run in the other direction follows
// within it, or may. Up to `exclusions` of the most extreme points of a period do not count.
struct chart_relimits {
	size_t *start; // first points of the new periods
	size_t starts;
	double *centre, *lower, *upper;
	bool *outside, *shift;
};
bool chart_suggest_relimits(struct arena *a, const double *y, size_t count, size_t period,
    size_t run, size_t exclusions, struct chart_relimits *out, struct err *e);

// --- equity

struct interval {
	double lower, upper; // NAN: not available
};
#define CHART_Z95 1.959963984540054
struct interval chart_wilson(double count, double n, double z); // a proportion
// A rate's count: Byar's method, exact chi-squared below 10 (as OHID does). Divide by the
// denominator.
struct interval chart_byar(double count, double z);

// All its numbers are NAN where it is small or empty.
struct chart_group {
	double count, n;
	size_t datum; // which one it was
	double value, lower, upper;
	struct interval ci;
	bool outside; // different from the rest
	bool small;   // count or n is below `small`
	bool empty;   // no denominator
};
struct chart_funnel {
	struct chart_group
	    *group;	     // the empty ones, the small ones, then smallest denominator first
	size_t count, shown; // shown: neither empty nor small
	double centre;	     // of those shown; NAN, as all limits: there are no two
};
// type: CHART_P or CHART_U. A small group counts in nothing that is here: centre and limits with it
// in them would tell its number to whoever takes off the groups that are shown.
bool chart_funnel(struct arena *a, enum chart_type type, const double *count, const double *n,
    size_t groups, double multiply, double small, struct chart_funnel *out, struct err *e);

struct chart_gap {
	double difference, ratio;
	struct interval difference_ci, ratio_ci; // Newcombe's hybrid score; log (Katz)
};
// Between the proportions x1/n1 and x2/n2.
struct chart_gap chart_gap(double x1, double n1, double x2, double n2, double z);
// Between the rates x1/n1 and x2/n2. The interval of the difference comes from those of the two
// rates (chart_byar) as Newcombe's does from Wilson's: the method of variance estimates recovery,
// Zou & Donner 2008, doi:10.1002/sim.3095. That of the ratio is the log one, with the variance 1/x1
// + 1/x2 of a ratio of Poisson counts.
struct chart_gap chart_gap_rates(double x1, double n1, double x2, double n2, double z);

#endif
