// SPDX-License-Identifier: MIT
// Instruments: a scale of levels, each with the criteria that recorded data can prove. They are
// form files with `levels`; which fact proves a criterion, how much of it is needed and the
// thresholds P.* are data in the file, what a fact is stands in evidence.h.
//
//   instrument: ihi               what it is called on the command line; the form's id where left
//   out below: "0.5"                  the score of a team that does not reach the first level
//   half_rule: each               "half way to all goals": each | mean | count
//   thresholds: {shift: 6, …}     see THRESHOLDS; what is left out has the value there
//   levels:
//     - score: "3.0"
//       title: …
//       criteria:
//         - {id: 3.0 c, says: …, proof: process_better, need: 1, judge: what a person still judges}
// need: a number, several, many, most, all, or 75%; of facts that count nothing there is none.
#ifndef PLANDO_INSTRUMENT_H
#define PLANDO_INSTRUMENT_H

#include <stdbool.h>
#include <stddef.h>

// What the record can show, in the order of the scale. A row each in PROOFS.
enum proof {
	PROOF_MEMBERS,
	PROOF_TEAM,
	PROOF_POPULATION,
	PROOF_AIM,
	PROOF_BASELINE,
	PROOF_MEETS,
	PROOF_AIM_WHOLE,
	PROOF_PLAN,
	PROOF_ACTIVE,
	PROOF_DEVELOPED,
	PROOF_TESTS,
	PROOF_REPORTED,
	PROOF_FULL_CYCLES,
	PROOF_BEGUN,
	PROOF_COMPONENTS_TESTED,
	PROOF_IMPLEMENTED,
	PROOF_IN_FOCUS,
	PROOF_PROCESS_BETTER,
	PROOF_PROCESS_KEEPS,
	PROOF_OUTCOME_BETTER,
	PROOF_OUTCOME_LASTS,
	PROOF_GOALS_BEGUN,
	PROOF_GOALS_HALF,
	PROOF_GOALS_MET,
	PROOF_SPREAD_PLANNED,
	PROOF_SPREAD_BEGUN,
	PROOF_SPREAD_ELSEWHERE,
	PROOF_BENCHMARK,
	PROOF_PERSON, // nothing recorded can show it: a person judges
	PROOFS_COUNT
};

struct proof_name {
	const char *id;
	bool counts; // has a need
};
extern const struct proof_name PROOFS[PROOFS_COUNT];

// P.* of the method: whole numbers. A row each in THRESHOLDS.
enum threshold {
	P_TEAM_MIN,
	P_ACT_RECORDS,
	P_ACT_DAYS,
	P_DEV_POINTS,
	P_FIRST_CYCLES,
	P_SHIFT,
	P_TREND,
	P_HOLDS_POINTS,
	P_HOLDS_MISS,
	P_GOAL_POINTS,
	P_FRESH,
	P_MIN_BASE,
	P_GOOD_BASE,
	P_GAP_WEAK,
	P_HALF,
	P_SUS_POINTS,
	P_SUS_DAYS,
	P_ATTEST_DAYS,
	P_STALL_DAYS,
	P_COUNT
};

struct threshold_name {
	const char *id;
	int usual;
	const char *means; // for people
};
extern const struct threshold_name THRESHOLDS[P_COUNT];

enum half_rule { HALF_EACH, HALF_MEAN, HALF_COUNT };

enum need_kind { NEED_NUMBER, NEED_SEVERAL, NEED_MANY, NEED_MOST, NEED_ALL, NEED_PERCENT };
struct need {
	enum need_kind kind;
	int number; // of NEED_NUMBER and NEED_PERCENT
};
// How many of n are needed: several = min(n, max(2, n/4 upwards)), many = n/2, most = 2n/3, each
// upwards.
size_t need_of(struct need need, size_t n);

struct form_criterion {
	const char *id;	   // "3.0 c"
	const char *says;  // in our words
	const char *judge; // what a person still judges; NULL = nothing
	enum proof proof;
	struct need need;
};

struct instrument_rules {
	const char *id;	   // "ihi"; NULL = the form's
	const char *below; // NULL = "0"
	enum half_rule half_rule;
	int p[P_COUNT]; // 0: not said, until the form was read; then all are set
};

#endif
