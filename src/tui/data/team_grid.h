// SPDX-License-Identifier: MIT
// The data grid of a team, for the files that make it up: team_grid.c (reading, moving, keys),
// team_grid_draw.c, team_grid_save.c (what is typed into a cell, notes, drafts).
//
// Rules:
// 1. A row is a measure or a group of it, a column a period. Measures of one interval stand
//    together, with the dates of their columns above them; the last period that has ended stands in
//    the same place in each.
// 2. A cell is one point: a value, or numerator and denominator in one ("3/10"), so that a sheet of
//    paper is typed in with one Enter a measure. A cell is saved when it is left, by one save.
// 3. A period that holds several points is shown and not edited here: nobody can know which of them
//    is meant. It is edited in the measure's own grid.
// 4. A point that is there keeps its date; a new one falls where the measure's other points do, and
//    the line below the table says where.
// 5. Only what is in view is formatted and drawn, however many points there are.
#ifndef PLANDO_TUI_TEAM_GRID_H
#define PLANDO_TUI_TEAM_GRID_H

#include "tui/data/point_cell.h"

#include <plando/conflict.h>
#include <plando/period_table.h>

struct team_grid {
	struct screen screen;
	struct id team;
	const char *name;
	struct arena data; // what load reads
	struct period_table table;
	struct conflict_marks marks;
	size_t due; // rows of which the last period that has ended is due and blank
	// the cursor
	size_t row;
	bool on_head;		  // on the name of the row, not on a cell
	int period[PERIOD_KINDS]; // of each group, by its kind
	int run;		  // where going right began
	struct id focus;	  // the measure and group of the row, over a reload
	const char *focus_stratum;
	// the view
	int left[PERIOD_KINDS]; // the first column in view
	bool placed;		// left is set
	size_t top, lines;	// the first line in view and how many are; a heading is a line too
	int columns, name_widest, name_width, cell_width, cell_step, cell_col, body_row;
	size_t formatted; // cells, by the last draw
	// typing
	struct line line;
	bool editing;
	struct point_typed typed;
	char kept[LINE_MOST]; // the draft of the cell under the cursor, as it was kept last
	struct point_offers offers;
	struct id before_id; // whose earlier value `before` is
	const char *before;
};

// --- team_grid.c
struct period_cell team_grid_cell(const struct team_grid *g);
const struct period_group *team_grid_group(const struct team_grid *g);
int *team_grid_period(struct team_grid *g); // under the cursor
void team_grid_begin(struct team_grid *g, struct app *app, const char *text);
// Where a measure's group and a date are; false: not here. team_grid_go takes the cursor there.
bool team_grid_find(
    const struct team_grid *g, const struct point_name *name, size_t *row, int *period);
bool team_grid_go(struct team_grid *g, const struct point_name *name);

// --- team_grid_save.c
struct id team_grid_point(const struct team_grid *g); // under the cursor, also where it is none yet
// Takes `text` for the cell under the cursor. False: it cannot be taken, e says why.
bool team_grid_take(struct team_grid *g, struct app *app, const char *text, struct err *e);
// Empties the cell; a point that says nothing more goes. `whole`: its note goes too.
bool team_grid_clear(struct team_grid *g, struct app *app, bool whole, struct err *e);
void team_grid_note_ask(struct team_grid *g, struct app *app);
void team_grid_keep(struct app *app, struct screen *s);
void team_grid_forget_draft(struct team_grid *g, struct app *app);
void team_grid_offer(struct team_grid *g, struct app *app);

// --- team_grid_draw.c
void team_grid_draw(struct app *app, struct screen *s, struct area area);
// What the names and the numbers that were read need.
void team_grid_widths(struct team_grid *g, struct app *app);
// Lines of the table as if it were drawn whole: headings and rows.
size_t team_grid_line_of(const struct team_grid *g, size_t row);
// The row of a line; false: it is a heading, *row is the first below it.
bool team_grid_row_at(const struct team_grid *g, size_t line, size_t *row);

#endif
