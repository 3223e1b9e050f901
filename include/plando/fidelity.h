// SPDX-License-Identifier: MIT
// Was it a PDSA cycle? Seven checks, each provable from fields, for a cycle, a team, the
// collaborative, and by quarter; beside them what front-line teams achieved who were studied.
// Source: McNicholas C, Lennox L, Woodcock T, Bell D, Reed JE. Evolving quality improvement support
// strategies to improve Plan–Do–Study–Act cycle fidelity. BMJ Qual Saf 2019;28:356–365, tables 1
// and 2 (421 cycles, 39 teams, 64 series).
//
// Rules (each has a test):
// 1. A cycle that is not there yet is neither right nor wrong: what cannot be known so far is
//    FIDELITY_OPEN and counts in no total.
// 2. "Before" is a day before: a prediction written on the day of doing proves nothing.
// 3. A series is a ramp with two cycles or more. Scale and data are asked of a series, once; each
//    of its cycles carries the answer.
// 4. Archived cycles do not count.
#ifndef PLANDO_FIDELITY_H
#define PLANDO_FIDELITY_H

#include <plando/date.h>
#include <plando/store.h>

enum fidelity_check {
	FIDELITY_STAGES,    // all four filled
	FIDELITY_STUDIED,   // something learned, on or after the day that doing began
	FIDELITY_LEARNING,  // of type learn, develop, test or implement
	FIDELITY_PREDICTED, // a prediction, before doing began
	FIDELITY_SERIES,    // one of a series
	FIDELITY_SCALE,	    // of a series: its scale grew from the first to the last cycle
	FIDELITY_DATA,	    // of a series: three points or more of a linked measure while it ran
	FIDELITY_CHECKS
};

enum fidelity_answer { FIDELITY_OPEN, FIDELITY_NO, FIDELITY_YES };

struct fidelity_words {
	const char *id;	    // "predicted"
	const char *words;  // "Predicted before doing"
	const char *proof;  // what proves it
	const char *prompt; // what to do about it, beside the field below
	const char *field;  // of the cycle's form; NULL: none
	double published;   // percent of those studied
	int of;		    // how many were studied
	bool series;	    // asked of series
};
extern const struct fidelity_words FIDELITY[FIDELITY_CHECKS];

struct fidelity_cycle {
	struct id id, team, ramp; // all zero: none
	const char *cycle_no, *title;
	date_t began; // valid where has_begun
	bool has_begun;
	enum fidelity_answer answer[FIDELITY_CHECKS];
};

struct fidelity_tally {
	size_t yes, of;
};

struct fidelity_period { // a quarter, by the day that doing began (of a series: first began)
	date_t from;	 // its first day
	struct fidelity_tally tally[FIDELITY_CHECKS];
};

struct fidelity {
	struct fidelity_cycle *cycle; // by team, ramp, number
	size_t count, series;
	struct fidelity_tally tally[FIDELITY_CHECKS];
	struct fidelity_period *period; // those in which anything began, oldest first
	size_t periods;
};

// Of a team; NULL: of the whole workbook.
bool fidelity_read(
    struct store *s, struct arena *a, const struct id *team, struct fidelity *out, struct err *e);
// The one cycle among them; NULL: it is not there.
const struct fidelity_cycle *fidelity_of(const struct fidelity *f, const struct id *cycle);

#endif
