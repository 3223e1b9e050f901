// SPDX-License-Identifier: MIT
// The data grid of a measure, for the files that make it up: grid_screen.c (keys, moving, opening),
// grid_draw.c, grid_save.c (saving, what cannot be saved yet, drafts).
//
// Rules:
// 1. A cell is saved when it is left, by one save; the last row is the point that comes next.
// 2. What cannot be saved yet (a numerator without its denominator) stays in its cell with the
//    reason, is kept as a draft, and blocks nothing.
// 3. Only what is in view is formatted and drawn, however many points there are.
#ifndef PLANDO_TUI_GRID_H
#define PLANDO_TUI_GRID_H

#include "tui/data/point_cell.h"

enum { GRID_COLUMNS = ENTRY_FIELDS + 1, GRID_RESULT = ENTRY_FIELDS };

// Typed and not to be saved yet.
struct grid_waiting {
	struct id id;			 // of its point
	const char *field[ENTRY_FIELDS]; // NULL: as stored
	const char *why;
	const struct saw *saw; // when the first of it was begun
	bool gone;	       // settled
	struct grid_waiting *next;
};

struct grid_screen {
	struct screen screen;
	struct id id; // the measure
	struct arena rows;
	struct measure measure;
	const char *team; // its name
	struct entries entries;
	int column[GRID_COLUMNS]; // enum entry_field or GRID_RESULT, from the left
	size_t columns;
	size_t at, top, in_view; // entries.count: the point that comes next
	size_t col;		 // under the cursor
	char next_date[DATE_TEXT];
	const char *next_stratum; // of the point that comes next
	char next_nth[ENTRY_NTH_TEXT];
	struct id focus; // after a save the cursor goes to this point; all zero = stays
	struct line line;
	bool editing;
	struct point_typed typed;
	struct grid_waiting *waiting;
	struct point_offers offers;
	char kept[LINE_MOST]; // the draft of the cell under the cursor, as it was kept last
	size_t formatted;     // rows, by the last draw
	int row_first, col_from[GRID_COLUMNS], col_width[GRID_COLUMNS]; // where they were drawn
};

// --- grid_save.c
// The point under the cursor, NULL: the one that comes next.
const struct entry *grid_entry(const struct grid_screen *g);
const char *grid_date(const struct grid_screen *g, size_t row);
const char *grid_stratum(const struct grid_screen *g, size_t row);
struct id grid_id(const struct grid_screen *g, size_t row);
struct grid_waiting *grid_waiting_of(const struct grid_screen *g, size_t row);
// What a cell holds: typed and waiting, else stored.
const char *grid_value(const struct grid_screen *g, size_t row, int column);
// Takes `text` for the cell under the cursor. False: it cannot be read, e says why; what can be
// read and cannot be saved yet waits.
bool grid_take(struct grid_screen *g, struct app *app, const char *text, struct err *e);
bool grid_delete(struct grid_screen *g, struct app *app, struct err *e);
void grid_keep(struct app *app, struct screen *s);
void grid_forget_draft(struct grid_screen *g, struct app *app);
// What was typed here before and not saved, one question after the other.
void grid_offer(struct grid_screen *g, struct app *app);

// --- grid_draw.c
void grid_draw(struct app *app, struct screen *s, struct area area);

// --- grid_screen.c
void grid_begin(struct grid_screen *g, struct app *app, const char *text);
bool grid_go(struct grid_screen *g, const struct id *point);

#endif
