// SPDX-License-Identifier: MIT
// The assessment screen, for the two files that make it up: assess.c (reading, acting) and
// assess_draw.c.
#ifndef PLANDO_TUI_ASSESS_H
#define PLANDO_TUI_ASSESS_H

#include "tui/loop/app.h"

#include <plando/evidence.h>

enum { ASSESS_MONTHS = 24, DETAIL_ROWS = 7, WIDE = 110, CHART_COLS = 42 };

struct rung { // a line of the ladder: a level, or (criterion set) one of its criteria
	const struct evidence_level *level;
	const struct evidence_criterion *criterion;
};

struct assess_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct id team;
	char by[64]; // the instrument's form; "": the one that the team's newest score was given by
	struct evidence v;
	struct evidence_agenda agenda;
	struct evidence_month month[ASSESS_MONTHS];
	const char *draft; // the team's private score; NULL = none
	struct id draft_id;
	struct rung *rung;
	size_t count;
	unsigned folded;    // levels, as bits
	bool known;	    // folded was set
	bool charts;	    // the charts instead of the ladder, where both have no room
	const char *chosen; // level's score or criterion's id
	// a question under way
	bool coach, holds;
	char asked[64], score[16];
};

void assess_draw(struct app *app, struct screen *s, struct area area);
const struct rung *assess_chosen(const struct assess_screen *x);

#endif
