// SPDX-License-Identifier: MIT
// The form of a record on the screen, for the files that make it up: form_screen.c (opening, the
// field under the cursor), form_keys.c (moving, typing), form_acts.c (actions), form_items.c (which
// fields are there), form_missing.c, form_draw.c, form_save.c (saving, drafts), form_pick.c
// (references).
//
// Rules:
// 1. A field is saved when it is left, by one save; what is unchanged is not saved.
// 2. What cannot be saved stays on the screen with the reason, is kept as a draft, and blocks
//    nothing.
// 3. Drafts are offered, never put in unasked.
// 4. A new record is saved with its first field that holds something, not before.
#ifndef PLANDO_TUI_FORM_SCREEN_H
#define PLANDO_TUI_FORM_SCREEN_H

#include "tui/field/field.h"
#include "tui/loop/app.h"

#include <plando/aim.h>
#include <plando/board.h>
#include <plando/conflict.h>
#include <plando/draft.h>
#include <plando/fidelity.h>

enum { PARTS_MOST = 3, CELL_MOST = 128, GIVEN_MOST = 72 };

// A record on the form: a team has its charter as a second part; a note or an instrument the
// answers that its own form asks for.
struct form_part {
	const char *kind;
	const char *prefix; // of its cells: "" or "answers."
	const struct form *form;
	struct id id;
	bool exists;
	struct record record;		       // no cells where it does not exist
	struct saw saw;			       // what is held of it
	const struct fidelity_cycle *fidelity; // of a PDSA cycle that exists; else NULL
};

enum item_type { ITEM_SECTION, ITEM_LIST, ITEM_FIELD };

struct form_item {
	enum item_type type;
	size_t part;
	const struct form_section *section;
	const struct form_field *field;
	const char
	    *cell; // "predictions.3fa90b12.result"; of an element to be: "predictions..question"
	const char *text; // what is stored, as text under edit
	// of an element of a list
	const struct form_field *list;
	const char *key; // "" = one to be
	size_t number;	 // from 1
	bool first;	 // its first field
	// of a section: fields asked for, those of them filled, and any filled
	unsigned asked, filled, any;
};

// Typed, left, and not to be saved: what, and why not.
struct unsaved {
	size_t part;
	const char *cell, *text, *why; // text NULL: settled
	const char *saw;	       // when it was begun
	bool kept;		       // as a draft too
	struct unsaved *next;
};

// What the answer to a question of a name will make (form_pick.c).
struct form_making {
	struct form_screen *f;
	const struct maker *maker;
};

struct form_screen {
	struct screen screen;
	const char *kind;
	const char *given[GIVEN_MOST + 1]; // of a new record: field, value, …, NULL
	const char *refs;		   // the same for its drafts
	bool quick;			   // only the fields of the form's quick log
	struct form_part part[PARTS_MOST];
	size_t parts;

	struct arena work; // what was loaded last: records, items, conflicts
	struct form_item *item;
	size_t count;
	struct conflicts conflicts;
	struct aim aim;	       // of a team that there is already
	struct records scores; // of an assessment's team, oldest first

	size_t at;	      // the item under the cursor
	char cell[CELL_MOST]; // its cell: found again after loading
	size_t cell_part;
	struct edit edit;
	const char *seen; // what the edit began with; in the edit's arena
	struct saw saw;	  // … and what its record held then
	size_t inner;	  // choice or member that keys act on
	struct calendar calendar;
	struct form_making making;
	struct id named; // the record that was made last by naming it here; all zero: none
	struct unsaved *unsaved;
	int64_t kept_at; // when the draft of this field was kept last
	bool kept;	 // there is a draft of it
	unsigned kept_version;

	const char *left; // by an editor that failed: asked about
	struct drafts offers;
	size_t offered;

	bool begun_new; // opened for a record that was not there yet
	bool closing;	// being left for good, not covered
	int top, page;	// first line in view; lines in view
	int *row_item;	// for clicks: the item of each screen row, -1 = none
	int rows, row_first;
};

// --- form_items.c
bool form_items_load(struct form_screen *f, struct app *app, struct err *e);
bool form_filled(const struct form_part *p, const struct form_field *field, struct arena *a);
// The name of a part's cell: answers have a prefix.
char *form_cell(struct arena *a, const struct form_part *p, const char *field);
// What speaks up beside a field (field NULL: beside the whole form), the i-th; NULL = no more.
const char *form_prompt_at(const struct form_part *p, const char *field, size_t i, struct arena *a);

// --- form_screen.c
struct form_item *form_focus(struct form_screen *f);
struct face form_face(struct form_screen *f, struct app *app, const struct form_item *item,
    struct arena *a, bool focused);
bool form_changed(const struct form_screen *f);
// Begins to edit the item at f->at (its text was left before).
bool form_begin(struct form_screen *f, struct err *e);
// What is under edit was begun when this was seen of its field (NULL: what is held now).
bool form_saw(struct form_screen *f, const char *saw, struct err *e);
struct unsaved *form_unsaved(const struct form_screen *f, size_t part, const char *cell);
bool form_goto_cell(struct form_screen *f, size_t part, const char *cell);
bool form_load(struct app *app, struct screen *s, struct err *e);
// The record was deleted since the form was opened: nothing is saved into it.
bool form_gone(const struct form_screen *f, struct app *app);
// The field at or after item i (dir 1), at or before it (-1); count: none.
size_t form_field_from(const struct form_screen *f, size_t i, int dir);

// --- form_keys.c
bool form_key(struct app *app, struct screen *s, const struct key *key);
void form_click(struct app *app, struct screen *s, int row, int col);
// The field under the cursor is left; the app says why not.
bool form_leave_here(struct form_screen *f, struct app *app);
bool form_go(struct form_screen *f, struct app *app, size_t at); // to that item, once it is left
void form_move(struct form_screen *f, struct app *app, int dir); // a field on (1) or back (-1)
void form_move_section(struct form_screen *f, struct app *app, int dir);
// Can this field be typed in? The app says why not.
bool form_writable(struct form_screen *f, struct app *app, const struct form_item *item);

// --- form_acts.c
bool form_act(struct app *app, struct screen *s, enum action action);

// --- form_missing.c
// The next field that is asked for and empty, from the cursor on and round; count: there is none.
// *missing: how many there are.
size_t form_missing_next(struct form_screen *f, size_t *missing);

// --- form_draw.c
void form_draw(struct app *app, struct screen *s, struct area area);

// --- form_save.c
// Saves what is typed in the field under the cursor. What cannot be saved becomes `unsaved` and a
// draft, and *message says so. False: not even a draft could be kept.
bool form_leave_field(struct form_screen *f, struct app *app, struct err *e);
// The whole form is left: what waited for its natural key is saved now.
bool form_leave(struct form_screen *f, struct app *app, struct err *e);
bool form_remove_element(struct form_screen *f, struct app *app, struct err *e);
// One place up (-1) or down (1) in its list.
bool form_move_element(struct form_screen *f, struct app *app, int by, struct err *e);
void form_keep(struct app *app, struct screen *s);
// The draft of a text for that field; its words lie in the arena.
struct draft form_draft_of(struct form_screen *f, struct app *app, const struct form_item *item,
    const char *text, struct arena *a);
// Puts back what was stored, and forgets the draft.
bool form_discard(struct form_screen *f, struct app *app, struct err *e);

// --- form_offer.c
// Asks about the next draft of this form, if there is one.
bool form_offers_find(struct form_screen *f, struct app *app, struct err *e);
void form_offer_next(struct form_screen *f, struct app *app);

// --- form_pick.c
// Opens the list of records that the field under the cursor may name; `first` (may be NULL) is the
// key that began it.
bool form_pick_open(struct form_screen *f, struct app *app, const struct key *first, struct err *e);

#endif
