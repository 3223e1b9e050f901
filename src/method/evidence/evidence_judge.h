// SPDX-License-Identifier: MIT
// One criterion while it is judged: facts go in; a status, words and the place to mend it come out.
#ifndef PLANDO_METHOD_EVIDENCE_JUDGE_H
#define PLANDO_METHOD_EVIDENCE_JUDGE_H

#include "method/evidence/evidence_facts.h"

#include <plando/record.h>
#include <plando/str.h>

struct judge {
	const struct facts *f;
	const struct instrument_rules *rules;
	const struct form_criterion *rule;
	struct str words;
	struct evidence_mend mend;
};

typedef enum evidence_status proof_check(struct judge *j);

// One row a proof, in the order of enum proof: how it is judged, which data it looks at (bits of
// DATA_*), how easily it is mended (evidence.h, ease).
struct proof_row {
	proof_check *check;
	unsigned data;
	unsigned ease;
};
extern const struct proof_row PROOF_ROWS[PROOFS_COUNT];

// Words of the criteria about measures; evidence_words.c.
void say_measure(
    struct judge *j, const struct evidence_measure *v);		 // "Wait: 7 in a row below 40.5"
void say_gap(struct judge *j, const struct evidence_measure *v); // "Wait: 46% of the way to 20"
// Adds to the words where they are asked for (printf form).
void say(struct judge *j, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

// evidence.c: was this assessment given by the instrument of v?
bool evidence_by(const struct evidence *v, const struct record *r);

// evidence_warn.c
bool facts_warnings(const struct facts *f, struct evidence *out, struct err *e);

// evidence_results.c: what measures show.
proof_check judge_baseline, judge_reported, judge_process_better, judge_process_keeps,
    judge_outcome_better, judge_outcome_lasts, judge_goals_begun, judge_goals_half, judge_goals_met,
    judge_benchmark;

#endif
