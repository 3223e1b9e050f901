// SPDX-License-Identifier: MIT
// The one engine of scrolling and selecting: every list of the app is one of these. It knows
// neither records nor a terminal; list_draw in app's terms paints it.
//
// Rules: 1. `at` is a row that can be chosen, or 0 where there is none (`count` where a filter
// leaves none). 2. After list_settle, `at` is in view. 3. The selected row carries a ">" and the
// cursor. 4. Rows are numbered by the screen; a filter hides some of them and renumbers none.
#ifndef PLANDO_TUI_LIST_H
#define PLANDO_TUI_LIST_H

#include "tui/loop/actions.h"
#include "tui/term/term.h"

struct list {
	size_t count;
	size_t at;				  // selected
	size_t top;				  // first in view, counted among those shown
	size_t rows;				  // of the view when it was last drawn
	int high;				  // lines that each takes; 0 is 1
	int row, col, cols;			  // where it was last drawn
	bool (*heading)(void *context, size_t i); // rows that cannot be chosen; NULL = none
	void *context;
	const size_t *map; // the rows that a filter leaves, ascending; NULL = all
	size_t mapped;
};

// The rows are others now, `count` of them: keeps `at` near where it was. A filter must be set
// anew.
void list_set(struct list *l, size_t count);
// Moves for ACT_UP … ACT_LAST; false where the action is not a move.
bool list_move(struct list *l, enum action action);
void list_select(struct list *l, size_t at);
// A view of `rows` rows that shows `at`.
void list_settle(struct list *l, size_t rows);
// Rows by the wheel, the selection follows into view.
void list_scroll(struct list *l, int by);
// The row at a place on the screen; false: none that can be chosen.
bool list_at(const struct list *l, int row, int col, size_t *at);
// Shows these rows only (kept by the caller), NULL = all; `at` stays where it is still shown.
void list_filter(struct list *l, const size_t *map, size_t mapped);
// Does a filter leave no row?
bool list_empty(const struct list *l);

// Draws the rows in view: calls draw for each with the area to the right of the mark (`high`
// lines). Marks what is out of view above and below on the area's right edge.
typedef void (*list_row_fn)(
    void *context, struct term *t, size_t i, struct area row, bool selected);
void list_draw(struct list *l, struct term *t, struct area area, list_row_fn draw, void *context);

#endif
