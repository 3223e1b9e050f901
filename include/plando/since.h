// SPDX-License-Identifier: MIT
// What changed in a team since a day, or since it was last coached: record by record, in words a
// coach would use. "S3 Timely referral: moved under P2; 2 new ideas; cycle 4 finished: Adapt".
#ifndef PLANDO_SINCE_H
#define PLANDO_SINCE_H

#include <plando/store.h>

struct since_line {
	struct id id; // the record to open; all zero: none in particular
	const char *kind;
	const char *title; // "S3 Timely referral", "Actions"
	const char *text;  // "moved under P2; 2 new ideas"
};

struct since {
	struct since_line *line; // the aim, drivers in their order, measures, then the rest by kind
	size_t count;
	size_t changes;	 // behind them
	int64_t from;	 // ms; 0: the beginning
	bool by_arrival; // what came into this copy since then, whenever it was written
	bool coached;	 // from is a coaching session
};

// moment 0: since the last coaching session that was written down, by arrival where this copy knows
// when that was (data.md, section 10), else by the clock.
bool since_find(struct store *s, struct arena *a, const struct id *team, int64_t moment,
    struct since *out, struct err *e);

#endif
