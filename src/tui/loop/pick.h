// SPDX-License-Identifier: MIT
// Choosing one of many by typing part of its name: `?`, the palette, references of a form.
// Enter takes the selected one, Esc takes none.
#ifndef PLANDO_TUI_PICK_H
#define PLANDO_TUI_PICK_H

#include "tui/loop/app.h"

struct pick_item {
	const char *text; // what is chosen by
	const char *note; // at the right: its key, its kind; NULL = none
	long tag;	  // yours
	struct id id;	  // yours
	bool makes;	  // always there, whatever is typed: what is typed is its name
};

// item NULL: left without choosing. The text of one that makes is what was typed. Called after the
// picker has gone from the stack.
typedef void (*pick_fn)(struct app *app, void *context, const struct pick_item *item);

// Texts must live as long as the picker: make them in the arena of the screen that pick_new gives.
struct screen *pick_new(const char *title, pick_fn chosen, void *context, struct err *e);
// Another title, kept by the caller (in the picker's arena).
void pick_title_set(struct screen *pick, const char *title);
bool pick_add(struct screen *pick, struct pick_item item, struct err *e); // copies both texts
// Then app_push(app, pick, e).

// Called with the words whenever they change: adds (pick_add) what it finds for them after what was
// there at first. Its own judgement counts: what it adds is shown.
typedef bool (*pick_source_fn)(
    struct app *app, struct screen *pick, const char *words, struct err *e);
void pick_from(struct screen *pick, pick_source_fn source);

bool help_open(struct app *app, struct err *e);
bool palette_open(struct app *app, struct err *e);

#endif
