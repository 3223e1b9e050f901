// SPDX-License-Identifier: MIT
// What two people made twice without a clash of values: nothing of it is lost
// or changed by itself; it is listed until a person puts it right.
#ifndef PLANDO_DOUBLES_H
#define PLANDO_DOUBLES_H

#include <plando/store.h>

enum double_what {
	DOUBLE_CYCLE, // two PDSA cycles of one ramp have one number
	DOUBLE_RECORD, // two people, systems, teams, measures … have one name (case and accents apart)
	DOUBLE_MOVE,   // two people moved a box: it hangs below both
	DOUBLE_ORPHAN, // one deleted a record, another wrote below it (below.h)
};

struct double_found {
	enum double_what what;
	// Records; of a move: the box, and the link that both took away; of an orphan: what was deleted, and the
	// first that stands below it.
	struct id first, second;
	const char *kind;   // of DOUBLE_RECORD
	uint64_t cid;	    // of an orphan: the deletion
	const char *says;   // one sentence
	const char *remedy; // what to do
};

struct doubles {
	struct double_found *item;
	size_t count;
};

// Those of which each next one could be joined with the one before (join.h) are DOUBLE_RECORD.
bool doubles_find(struct store *s, struct arena *a, struct doubles *out, struct err *e);

// How many pairs of one name there are.
bool doubles_alike(struct store *s, struct arena *a, size_t *out, struct err *e);

#endif
