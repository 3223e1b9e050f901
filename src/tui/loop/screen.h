// SPDX-License-Identifier: MIT
// One screen of the app. How to add one:
//   1. a struct whose FIRST member is `struct screen screen`, in an own file named after it;
//   2. a const struct screen_ops (most of it may be NULL), with an own bit in actions.h;
//   3. X_screen_open(app, …, e): screen_new(sizeof(struct X), &ops, e), fill it in, app_push().
//   4. rows in ACTION_ROWS for what it can do, and a case for each in its act().
// The screen draws only the area it is given; title line, status, message and footer are app's.
#ifndef PLANDO_TUI_SCREEN_H
#define PLANDO_TUI_SCREEN_H

#include "tui/loop/line.h"
#include "tui/loop/list.h"

struct app;
struct id;
struct screen;

struct screen_ops {
	uint64_t on; // its bit in the table of actions
	// Reads from the store what it shows. Called before the first draw and whenever the
	// workbook has changed (by another screen, an undo, another program). Keeps the focus on
	// the same record. False: the screen keeps what it had; app says why.
	bool (*load)(struct app *app, struct screen *s, struct err *e);
	// Where you are, for the title line: "Child health hubs › Ring families". In the arena.
	const char *(*title)(struct app *app, struct screen *s, struct arena *a);
	// At the right of the title line, before the status; may be NULL or return NULL.
	const char *(*facts)(struct app *app, struct screen *s, struct arena *a);
	// Draws everything and calls term_cursor on what has the focus.
	void (*draw)(struct app *app, struct screen *s, struct area area);
	// Does it, or says with app_say why it is not to be had now. False: not an action of this
	// screen (app says so).
	bool (*act)(struct app *app, struct screen *s, enum action action);
	// Is a text field under the cursor? Then every key goes to `key` first, and printable keys
	// and pastes go nowhere else.
	bool (*typing)(const struct screen *s);
	bool (*key)(struct app *app, struct screen *s, const struct key *key); // true: taken
	// Its list, where it has one: app then moves in it, filters it and takes the mouse.
	struct list *(*list)(struct screen *s);
	const char *(*row_text)(struct app *app, struct screen *s, size_t i); // what `/` looks into
	// A click that no list took; row and col of the screen.
	void (*click)(struct app *app, struct screen *s, int row, int col);
	// Pasted text where no field is open. False: e says why nothing was taken.
	bool (*paste)(struct app *app, struct screen *s, const char *text, size_t n, struct err *e);
	// The screen is about to be covered or closed: save what is typed. False: it cannot be
	// saved now; e says why. (The draft stays; app says so and goes on where it must.)
	bool (*leave)(struct app *app, struct screen *s, struct err *e);
	// We are ending at once (signal, closed terminal): keep typed text as drafts. Quick, no
	// talk.
	void (*keep)(struct app *app, struct screen *s);
	// A piece of work that the first picture should not wait for, done when no key waits.
	// True: there is something new to draw; it is called again after that.
	bool (*idle)(struct app *app, struct screen *s);
	// Is this record one of those that the screen is of? NULL: it shows many. What was saved
	// elsewhere is not undone from here unasked.
	bool (*shows)(struct app *app, const struct screen *s, const struct id *id);
	// Opens the same on top of the others, from the store as app has it now: the workbook as it
	// was (past.h). NULL: it is of no use there.
	bool (*again)(struct app *app, const struct screen *s, struct err *e);
	// Frees what the screen's arena does not hold; may be NULL.
	void (*close)(struct screen *s);
};

struct filter {	    // see filter.h
	bool open;  // being typed
	bool stale; // the rows shown are not yet those of `line`
	struct line line;
	size_t *map, cap;
	size_t fits, all; // rows
	size_t home;	  // the row chosen last, for when none is left
};

struct screen {
	const struct screen_ops *ops;
	struct arena arena; // the screen itself lives in it
	bool stale;	    // load before the next draw
	struct filter filter;
};

// Zeroed, in an arena of its own. NULL: out of memory.
struct screen *screen_new(size_t size, const struct screen_ops *ops, struct err *e);
void screen_free(struct screen *s); // app does this for what was pushed

#endif
