// SPDX-License-Identifier: MIT
// What changed in a team since a day: record by record, in words a coach would use. "S3 Timely
// referral: moved under P2; 2 new ideas; cycle 4 finished: Adapt (Ana Silva)". The one function for
// the screen, `log --summary` and every room that asks.
//
// A record with a date of its own counts by that date, as what it was on that day: a cycle begun,
// done or studied, a data point, an action done, a score, people who joined or left. All else
// counts by when it was written. What was typed in since and dates from before is counted, not
// told.
#ifndef PLANDO_SINCE_H
#define PLANDO_SINCE_H

#include <plando/store.h>

struct since_line {
	struct id id; // the record to open; all zero: none in particular
	const char *kind;
	const char *title; // "S3 Timely referral", "Actions"
	const char *text;  // "moved under P2; 2 new ideas (Ana Silva)"
};

// One record, for programs.
struct since_item {
	struct id id;
	const char *kind, *title;
	const char *what; // late done finished studied begun planned new moved changed scored heard
			  // joined left met archived restored deleted …
	const char *by;	  // who wrote it; of what is late: who promised it; "" = not known
	date_t date;	  // by which it counts
};

struct since {
	struct since_line *line; // actions, the aim, drivers, measures, then the rest by kind
	size_t count;
	struct since_item *item; // late, done, begun and changed, scores, people
	size_t items;
	bool begun;	    // false: since the beginning
	date_t from;	    // counted from that day on; valid where begun
	struct id session;  // the coaching session of that day; all zero: none
	size_t typed_since; // records typed in since that date from before
	const char *older;  // "3 data points and 1 PDSA cycle"; "" = none
};

// from NULL: since the coaching session before the one that is held today, which is the newest of
// an earlier day; without one since the beginning.
bool since_find(struct store *s, struct arena *a, const struct id *team, const date_t *from,
    struct since *out, struct err *e);

#endif
