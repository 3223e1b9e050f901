// SPDX-License-Identifier: MIT
// A data point's cell under a person's keys, for both grids (grid.h, team_grid.h): the line that is
// typed, and the drafts of what was typed and not saved. A draft is found again by measure, date,
// group and nth, in whichever grid it was typed.
#ifndef PLANDO_TUI_POINT_CELL_H
#define PLANDO_TUI_POINT_CELL_H

#include "tui/loop/app.h"

#include <plando/draft.h>
#include <plando/entry.h>

// --- keys of a cell

// Left, Right, Home, End and the like belong to the line while a cell is typed into.
bool point_edit_key(enum special key);
// Keys that leave the cell and go on.
bool point_move_key(enum special key);
// A paste without what ends its last line; true: it is a single cell, to be typed in.
bool point_paste_one(const struct key *key, size_t *length);

// A date, a group or a note as it is stored; numbers are entry_cell_read's. column: enum
// entry_field.
bool point_text_read(struct app *app, struct arena *a, int column, const char *text,
    const char **out, struct err *e);

// Is the record this measure, or one of its points?
bool point_is_of(struct app *app, const struct id *id, const struct id *measure);
// Says that what was typed in a cell is dropped and nothing else undone; true.
bool point_dropped(struct app *app);
// --- what was there

// What was seen of a point when its cell was begun: what comes from elsewhere while it is typed in
// stands beside what is saved, as a conflict.
struct point_typed {
	struct arena arena;
	struct saw saw;
	bool known;		// else a save sees what is held then
	const char *was, *text; // what the cell held, and what the typing began with
};
// shown: the point as the grid shows it; NULL: there is none.
void point_typed_begin(struct point_typed *t, struct app *app, const struct id *point,
    const struct entry *shown, const char *was, const char *text);
// It was begun when its draft was.
void point_typed_draft(struct point_typed *t, const struct draft *d);
bool point_typed_same(const struct point_typed *t, const char *text); // nothing was changed
const struct saw *point_typed_saw(const struct point_typed *t);
void point_typed_free(struct point_typed *t);

// --- drafts

struct point_name {
	struct id measure;
	const char *date, *stratum, *nth;
};

struct id point_name_id(const struct point_name *name);
bool point_draft_keep(struct app *app, const struct point_name *name, int column, const char *text,
    const struct saw *saw, struct err *e);
void point_draft_drop(struct app *app, const struct point_name *name, int column);

// What was kept before, offered one after the other when a grid is opened.
struct point_offers {
	struct drafts all;
	size_t at;
	void *context;
	bool (*mine)(void *context, const struct draft *d, const struct point_name *name);
	// It was wanted: put it into its cell.
	void (*take)(
	    void *context, struct app *app, const struct draft *d, const struct point_name *n);
};
// The callbacks are set before. Its drafts lie in the arena.
bool point_offers_find(
    struct app *app, struct arena *a, struct point_offers *offers, struct err *e);
void point_offers_next(struct app *app, struct point_offers *offers);

#endif
