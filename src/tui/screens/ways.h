// SPDX-License-Identifier: MIT
// Where each kind of record is found: ONE table of ways in. The programme's stand on a screen of
// their own behind the board, a team's on the team's screen, those of a measure, an event, a
// session … behind that record. A new kind is one row.
#ifndef PLANDO_TUI_WAYS_H
#define PLANDO_TUI_WAYS_H

#include "tui/loop/app.h"

struct way {
	const char *from;  // the kind of record that it starts at; NULL: the programme
	const char *kinds; // to which it leads, blank separated; the first is what a list shows
	const char *field; // of that kind, the reference back to where it starts; NULL: none
	const char *label; // "Data points"
	const char *about; // what one finds there
	bool (*open)(struct app *app, const struct id *from, struct err *e); // NULL: the list
};

extern const struct way WAYS[]; // ends with label NULL

// Where one starts at the programme, `id` is ignored.
bool way_open(struct app *app, const struct way *way, const struct id *id, struct err *e);
// The ways that start at a record, to choose from; the only one is taken at once. from NULL: the
// programme's. Says so where there is none.
bool ways_screen_open(struct app *app, const char *from, const struct id *id, struct err *e);

#endif
