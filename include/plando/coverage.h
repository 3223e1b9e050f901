// SPDX-License-Identifier: MIT
// The change package across teams: which team tests which of its items, and how far each has come;
// and what a team's own diagram leaves open.
//
// Rules (each has a test):
// 1. An idea tests an item where its `component` is it, or where it feeds, by any path, a driver
//    whose component is it (as in learned.h). A driver of that item alone makes it planned.
// 2. How far an idea has come is its status; one that says less than its cycles do counts as being
//    tested (driver.h, rule 6). An item has come as far in a team as the farthest of its ideas.
// 3. What is archived does not count, nor do teams that are. An item that a team set aside is "not
//    applicable" there while nothing is done about it.
// 4. A driver is measured where a measure of the team names it.
#ifndef PLANDO_COVERAGE_H
#define PLANDO_COVERAGE_H

#include <plando/driver.h>

enum coverage_state { // the later, the farther
	COVERAGE_NOT_APPLICABLE,
	COVERAGE_UNTOUCHED,
	COVERAGE_PLANNED,
	COVERAGE_LEFT, // tested and given up
	COVERAGE_TESTING,
	COVERAGE_IMPLEMENTING,
	COVERAGE_IMPLEMENTED,
	COVERAGE_STATES
};
const char *coverage_state_name(enum coverage_state state);  // "not_applicable", in JSON and CSV
const char *coverage_state_words(enum coverage_state state); // "not applicable", for people

struct coverage_cell { // of an item and a team
	enum coverage_state state;
	unsigned ideas, cycles, tests;
	unsigned learned; // cycles that taught something
	size_t first;	  // node of the farthest idea in the team's diagram; DRIVER_NONE
};

struct coverage_item {
	struct id id;
	const char *code, *text; // "" = none
	size_t teams[COVERAGE_STATES];
};

struct coverage_team {
	struct id id;
	const char *name;
	struct driver_diagram d;
	const size_t *untested, *unmeasured, *unlinked; // nodes of d
	size_t untested_count, unmeasured_count, unlinked_count;
};

struct coverage {
	struct coverage_item *item;
	size_t items;
	struct coverage_team *team;
	size_t teams;
	struct coverage_cell *cell; // [item * teams + team]
};

// team: only that one; NULL = all that are not archived, in the order of the board.
bool coverage_load(
    struct store *s, struct arena *a, const struct id *team, struct coverage *out, struct err *e);

#endif
