// SPDX-License-Identifier: MIT
// What the record of a team proves: an instrument's criteria held against recorded data as of a
// day, and the levels that follow. docs/evidence.md is the specification; where IHI gives
// words ("several", "sustained") the numbers are thresholds in the instrument's file.
//
//   supported = the highest level up to which every criterion is met
//   possible  = the same where weak, stale and unknown count too
//   agreed    = the same by a coach's word where one attested, else by what is met
//
// The same content, day and instrument give the same bytes: exact numbers only, no clock, no
// locale, no order of rows; ties in dates go by record id.
//
// Recording more never lowers a level, but for this (a property test adds at random and knows no
// other exception):
//   1. a point that is worse: it can end a signal, a gain or a goal that was met
//   2. a point, or a baseline's end, in the baseline: the median that all is held against moves
//   3. a first test that begins earlier: the baseline ends there
//   4. a measure: more key measures have to be reported, more processes and outcomes improved, more
//      goals met; the first one flagged as key takes the place of all of them
//   5. a goal or a benchmark: one more to be reached
//   6. a driver or an item of the change package: one more part to be tested and put in place; the
//      first secondary driver under a primary one takes its place, the first item that of all
//      drivers
//   7. a membership that ends; what is archived; an attestation that says "does not hold", or that
//      is newer than one that said "holds" (agreed only)
//   8. the day itself: data grow stale, attestations lapse
#ifndef PLANDO_EVIDENCE_H
#define PLANDO_EVIDENCE_H

#include <plando/form.h>
#include <plando/measure.h>

enum evidence_status {
	EVIDENCE_MET,
	EVIDENCE_NOT,
	EVIDENCE_WEAK,	  // some sign: a person must confirm
	EVIDENCE_STALE,	  // was shown, the data are too old
	EVIDENCE_UNKNOWN, // nothing to judge on
	EVIDENCE_STATUSES
};
const char *evidence_status_id(enum evidence_status s); // "met": in JSON

// --- a measure as the engine sees it

enum evidence_state {
	STATE_UNKNOWN, // no way that is better, no baseline or nothing after it
	STATE_CONTRARY,
	STATE_STRONG,
	STATE_WEAK,
	STATE_NONE
};
const char *evidence_state_id(enum evidence_state s);

// What a measure counts as, as bits.
enum { AS_KEY = 1, AS_PROCESS = 2, AS_OUTCOME = 4, AS_GOAL = 8 };

struct evidence_value { // a point that counts: it has a value and is not left out
	date_t date;
	struct fraction value;
};

struct evidence_median { // (a + b) / 2: exact also where the sum would not fit
	struct fraction a, b;
};

struct evidence_measure {
	const struct measure *m;
	unsigned roles;
	struct evidence_value *value; // the first `base` of them are the baseline
	size_t count, base;
	struct evidence_median median, current; // where base > 0; where has_current
	bool has_current;
	enum evidence_state state;
	bool good_signal, bad_signal; // seen at some time after the baseline
	date_t good_on, bad_on;	      // the last point of the newest
	bool good_shift;	      // the newest good one is a shift, not a trend
	bool fresh, sustained;
	size_t run; // better points at the end, those on the median skipped
	date_t run_from;
	bool has_gap;
	int gap;		   // per cent of the way to the goal, rounded down; within ±9999
	struct fraction gap_value; // the same exactly; rounded down where beyond the bounds
	bool gap_weak, gap_half;   // reached the thresholds of that name
	bool goal_met;
	bool benchmark_known, at_benchmark;
};
// The median in the measure's own decimals. NULL: out of memory.
char *evidence_median_show(
    struct arena *a, const struct measure *m, const struct evidence_median *median);

// --- criteria and levels

// Where to mend it: a record, or (id all zero) the team's list of that kind.
struct evidence_mend {
	const char *kind; // "charter", "membership", "measure", "pdsa", "driver", "spread", …;
			  // NULL: nowhere
	struct id id;
};

struct evidence_word { // a person's word on a criterion: the newest up to that day
	bool given, holds, lapsed;
	const char *lapsed_why; // where lapsed
	const char *by, *why;
	date_t date;
	struct id assessment;
};

struct evidence_criterion {
	const struct form_criterion *rule;
	enum evidence_status status;
	const char *shows; // what the record shows, with its numbers; a sentence or several
	struct evidence_mend mend;
	unsigned ease; // 0 = can be written down today … 3 = needs results
	struct evidence_word coach;
	char fingerprint[17]; // of the criterion's own data
};

struct evidence_level {
	const struct form_level *level;
	bool met;     // all of its criteria are
	size_t shown; // of its criteria
	struct evidence_criterion *criterion;
	size_t count;
};

struct evidence_score {		// the newest recorded one of the team, or of a coach; not private
	const char *assessor;	// "team", "coach"
	const char *score, *by; // as stored
	date_t date;
	struct id id;
};

struct evidence_warning {
	const char *text;
	struct evidence_mend mend;
};

struct evidence {
	struct id team;
	const char *name;
	date_t on;
	const struct form *form;		   // the instrument
	const char *instrument;			   // its id: "ihi"
	const char *scale;			   // for people: what the instrument is called
	const char *supported, *possible, *agreed; // scores
	struct evidence_level *level;		   // from the lowest
	size_t count;
	size_t next; // the first level that is not supported; == count where all are
	struct evidence_score recorded[2];
	size_t recorded_count;
	struct evidence_warning *warning;
	size_t warnings;
	struct evidence_measure *measure; // the team's, by name
	size_t measures;
	bool no_key; // no measure is flagged as key: all outcomes and processes count as such
};

// The instrument of that id ("ihi", or a form's id; NULL = "ihi"). NULL: e says which there are.
const struct form *evidence_instrument(struct store *s, const char *id, struct err *e);
// The instrument by which the team's newest score was given; without one, the IHI scale. NULL: e.
const struct form *evidence_instrument_of(
    struct store *s, struct arena *a, const struct id *team, struct err *e);
// The one after it, the first again after the last.
const struct form *evidence_instrument_after(struct store *s, const struct form *form);
// ERR_NOINPUT: no such team.
bool evidence_assess(struct store *s, struct arena *a, const struct id *team, date_t on,
    const struct form *instrument, struct evidence *out, struct err *e);
// Only the supported score: no words, no attestations, and nothing read that is not needed.
bool evidence_supported(struct store *s, struct arena *a, const struct id *team, date_t on,
    const struct form *instrument, const char **score, struct err *e);

// What a board tells of a team: cheap enough for every team of a workbook.
struct evidence_brief {
	const char *supported;
	bool stale;   // a key measure had no data for two intervals
	bool stalled; // see evidence_stalled
};
bool evidence_brief(struct store *s, struct arena *a, const struct id *team, date_t on,
    const struct form *instrument, struct evidence_brief *out, struct err *e);
// Has it stood on that level for P.stall_days? Not where nothing or everything is reached.
bool evidence_stalled(struct store *s, struct arena *a, const struct id *team, date_t on,
    const struct form *instrument, const char *supported, bool *out, struct err *e);

// How a claimed score stands to the record.
enum evidence_claim { CLAIM_SUPPORTED, CLAIM_TO_CONFIRM, CLAIM_BEYOND };
enum evidence_claim evidence_claim(const struct evidence *v, const char *score);
// The same in words: "needs your confirmation on 3.0 c". NULL: out of memory.
char *evidence_claim_words(struct arena *a, const struct evidence *v, const char *score);

// What the engine found, as JSON on one line: kept with an assessment (`computed`).
char *evidence_computed(struct arena *a, const struct evidence *v);

// --- the agenda: what stands between a team and its next level

struct evidence_step {
	const char *text;      // what it is about and what the record shows
	const char *criterion; // its id; NULL: not a criterion
	enum evidence_status status;
	struct evidence_mend mend;
	bool stall;
};
struct evidence_agenda {
	struct evidence_step *step;
	size_t count;
	bool stalled; // on one level for P.stall_days, or no data for two intervals
};
// Stalls first, then the unmet criteria of the first level that is not reached: what can be written
// down today before what needs data, tests, results.
bool evidence_agenda(struct store *s, struct arena *a, const struct evidence *v,
    struct evidence_agenda *out, struct err *e);

// --- over time

struct evidence_month { // as things stood at its end; of the month of `on`: on that day
	date_t end;
	const char *supported; // by what is dated by then; what has no date counts as it is today
	const char *team, *coach; // the newest recorded by then, not private; NULL = none
};
// The last `count` months up to v->on, the oldest first. out has room for them.
bool evidence_history(struct store *s, struct arena *a, const struct evidence *v,
    struct evidence_month *out, size_t count, struct err *e);

// --- writing it down; each is one save. `by` is who writes (env's author).

// A coach's word on a criterion, in today's assessment by that coach (made where there is none).
bool evidence_attest(struct store *s, struct arena *a, const struct evidence *v,
    const char *criterion, bool holds, const char *why, struct err *e);
// The score of the team ("team") or a coach ("coach") as of v->on, with what the engine found. why
// NULL or empty: a first draft of the reasons is written from the criteria.
bool evidence_score_save(struct store *s, struct arena *a, const struct evidence *v,
    const char *assessor, const char *score, const char *why, struct err *e);

#endif
