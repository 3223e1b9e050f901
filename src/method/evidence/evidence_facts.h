// SPDX-License-Identifier: MIT
// The recorded data of a team as of a day, as the criteria use them (docs/evidence.md, 2).
#ifndef PLANDO_METHOD_EVIDENCE_FACTS_H
#define PLANDO_METHOD_EVIDENCE_FACTS_H

#include <plando/evidence.h>
#include <plando/hash.h>

// Data are hashed in groups; a criterion's fingerprint is made of the groups that it looks at.
enum {
	DATA_TEAM,
	DATA_CHARTER,
	DATA_CYCLES,
	DATA_PARTS,
	DATA_ACTIVITY,
	DATA_SPREAD,
	DATA_KEY,
	DATA_PROCESS,
	DATA_OUTCOME,
	DATA_GOAL,
	DATA_GROUPS
};

struct facts_cycle {
	struct id id, idea;
	date_t do_start; // where `done`
	bool planned, done, test, full;
};

struct facts_idea {
	struct id id, component;
	bool begun, implemented, in_focus, full; // full: a full cycle is on it
};

struct facts_part { // a component: c of the specification
	struct id id;
	bool package;	  // an item of the change package, else a driver
	const char *name; // its code, or its text
	bool begun, tested, implemented, in_focus;
};

struct facts {
	struct store *s;
	struct arena *a;
	struct id team;
	date_t on;
	char on_text[DATE_TEXT];
	const int *p; // thresholds
	bool brief;   // words, warnings, fingerprints and what is implied are not asked for

	const char *name;
	size_t members;
	bool lead;
	bool population, what, how_much, by_when, for_whom;
	struct facts_cycle *cycle; // by Do date (those without one first), ties by id
	size_t cycles, tests, full, planned;
	bool tested;
	date_t first_test; // where tested
	struct facts_idea *idea;
	size_t ideas;
	struct facts_part *part;
	size_t parts;
	bool package; // the collaborative has a change package
	size_t meetings, involved;
	date_t *act; // dated activity, sorted
	size_t acts;
	size_t spreads, spreads_begun, spreads_elsewhere;
	struct measures measure;
	struct evidence_measure *seen; // one a measure
	bool no_key;
	uint8_t hash[DATA_GROUPS][32];
};

// Reads all. ERR_NOINPUT: no such team.
bool facts_load(struct facts *f, struct err *e);
// evidence_parts.c: ideas, components and what they have come to; cycles must be there.
bool facts_parts(struct facts *f, struct err *e);
// evidence_measure.c: looks at all measures; the first test must be known.
bool facts_measures(struct facts *f, struct err *e);

// How many of the measures in a role are in a state; all of a role.
size_t facts_in(const struct facts *f, unsigned role);
size_t facts_state(const struct facts *f, unsigned role, enum evidence_state state);

#endif
