// SPDX-License-Identifier: MIT
// The preview of what comes in, for the files that make it up: intake_screen.c (reading, answers,
// opening) and intake_draw.c.
#ifndef PLANDO_TUI_INTAKE_SCREEN_H
#define PLANDO_TUI_INTAKE_SCREEN_H

#include "tui/loop/app.h"

#include <plando/intake.h>

struct intake_shown {
	enum entry_verdict verdict;
	unsigned line, column;
	const char *measure, *date, *stratum, *value, *note, *typed;
};

struct intake_screen {
	struct screen screen;
	struct list list;
	struct id id;	  // of the measure, or the team
	const char *name; // of it
	const char *from; // "the clipboard", or the file's name
	bool team;	  // a table, for the measures of a team
	bool copied;
	struct block_bytes text;
	FILE *file;
	struct intake_said said;
	struct intake *in; // NULL: it could not be opened, `missing` says why
	// of a measure:
	struct intake_place *place; // the rows of the grid from the cursor on
	size_t places;
	const char *ends; // a column without dates into a measure without points: where it ends
	// of a team:
	struct arena data;
	struct period_table periods;
	struct intake_corner corner;
	struct id put_measure; // where the block was put
	const char *put_stratum;
	int put_period;
	bool placed;
	// what it would do
	struct arena rows;
	struct intake_shown *row;
	size_t count, cap, more; // more: rows that are not kept to be shown
	struct intake_counts counts;
	const char *missing; // what must be said or mended first; NULL = nothing
	size_t column;	     // under the cursor
};

enum { INTAKE_SHOWN_MOST = 5000 };
extern const char *const INTAKE_VERDICT[ENTRY_VERDICTS]; // "add", "left out"
void intake_draw(struct app *app, struct screen *screen, struct area area);
// What is asked, and which key answers; "" where nothing is.
const char *intake_asks(const struct intake_screen *s);

#endif
