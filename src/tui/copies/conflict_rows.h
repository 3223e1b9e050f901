// SPDX-License-Identifier: MIT
// The open conflicts in the order in which they are shown and gone through: by team, record, field.
#ifndef PLANDO_TUI_CONFLICT_ROWS_H
#define PLANDO_TUI_CONFLICT_ROWS_H

#include "tui/loop/app.h"

#include <plando/conflict.h>

struct conflict_row {
	const struct conflict *conflict;
	struct id team_id;
	const char *team; // its name; "": what all share
	const char *where, *what;
};

struct conflict_rows {
	struct conflict_row *row;
	size_t count;
};

// team: only this one's; NULL: all.
bool conflict_rows(struct app *app, struct arena *a, const struct id *team,
    struct conflict_rows *out, struct err *e);

#endif
