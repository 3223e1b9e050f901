// SPDX-License-Identifier: MIT
// The driver diagram's screen, shared by its files: diagram_screen.c (what the keys do),
// diagram_view.c (how it is seen), diagram_edit.c (typing into a box), diagram_save.c (what becomes
// a save).
#ifndef PLANDO_TUI_DIAGRAM_SCREEN_H
#define PLANDO_TUI_DIAGRAM_SCREEN_H

#include "tui/screens/screens.h"

#include <plando/diagram.h>
#include <plando/record.h>

enum entry { ENTRY_NONE, ENTRY_TEXT, ENTRY_NEW };

// A box that does not exist yet. By ids: the diagram may be read again while it is typed.
struct new_box {
	struct id parent; // zero: not linked
	enum driver_level level;
	struct id after; // sibling; zero: behind all
};

struct seen_box { // where a box stands now
	struct id id;
	size_t rank;
};

struct diagram_screen {
	struct screen screen;
	struct id team;
	struct arena data, shape; // the model; its layout
	struct driver_diagram d;
	struct diagram g;
	const struct form_field *status;
	size_t at;	 // place that has the focus
	struct id focus; // its record, and the one above it: they outlast a reload
	struct id above; // zero: none
	int rows, cols;	 // of the drawing's window
	int top, left;
	enum diagram_density density;
	bool chosen;	       // the density was, by a person
	bool fewest;	       // crossings, whatever order people gave
	bool carrying;	       // a box is on its way to another parent
	bool knows;	       // what was held of the record under edit (`saw`) could be read
	struct arena memory;   // of `seen`
	struct seen_box *seen; // by id
	size_t seen_count;
	struct id *fold; // records that are folded
	size_t folds, fold_cap;
	enum entry entry;
	struct line line;
	struct new_box box;
	struct id edited; // the box under edit
	struct id draft;  // the record that the typed text is for
	char before[LINE_MOST];
	struct arena typed; // of `saw`
	struct saw saw;	    // what was held of that record when the typing began
	int64_t moment;	    // ms: it is shown as it was then; 0: as it is
	int64_t since;	    // ms: what changed since then is marked; 0: no
	struct arena past;
	struct driver_diagram before_d; // as it was at `since`
	struct driver_diff diff;
	struct id carried, carried_from;
	struct arena paste; // of an outline that was pasted and is shown
	const char *pasted;
	struct id paste_under;
};

// One save in the making.
struct diagram_making {
	struct app *app;
	struct diagram_screen *s;
	struct arena a;
	struct save *v;
};
bool making_begin(
    struct diagram_making *m, struct app *app, struct diagram_screen *s, struct err *e);
// Saves it where all went well so far; the focus goes to `focus` (NULL: stays) under `above`.
bool making_end(struct diagram_making *m, bool good, const struct id *focus, const struct id *above,
    struct err *e);
bool making_link(
    struct diagram_making *m, const struct id *from, const struct id *to, struct err *e);
// The order key behind all that stand under a node at that level. NULL: e says why.
const char *making_last_key(struct diagram_making *m, size_t parent, enum driver_level level,
    size_t without, struct err *e);
const char *diagram_kind(enum driver_level level);
// The screen that asked, where it is still on top; else NULL.
struct diagram_screen *diagram_on_top(struct app *app, void *context);

// The node under the focus.
const struct driver_node *diagram_focus(const struct diagram_screen *s);
// Reads and lays out again, at once: the next key may come before the next frame. The focus goes to
// `focus` under `above` where they are given.
bool diagram_reload(struct app *app, struct diagram_screen *s, const struct id *focus,
    const struct id *above, struct err *e);

// diagram_view.c
bool diagram_view_load(struct app *app, struct screen *screen, struct err *e);
bool diagram_view_lay(struct app *app, struct diagram_screen *s, struct err *e);
// The focus to another place.
bool diagram_view_go(struct app *app, struct diagram_screen *s, size_t at, struct err *e);
void diagram_view_draw(struct app *app, struct screen *screen, struct area area);
const char *diagram_view_title(struct app *app, struct screen *screen, struct arena *a);
const char *diagram_view_facts(struct app *app, struct screen *screen, struct arena *a);

// diagram_edit.c
bool diagram_typing(const struct screen *screen);
bool diagram_key(struct app *app, struct screen *screen, const struct key *key);
bool diagram_leave(struct app *app, struct screen *screen, struct err *e);
void diagram_keep(struct app *app, struct screen *screen);
void diagram_draw_entry(struct app *app, struct diagram_screen *s, struct area body);
bool diagram_edit_text(struct app *app, struct diagram_screen *s, struct err *e);
bool diagram_new_child(struct app *app, struct diagram_screen *s, struct err *e);
bool diagram_new_idea(struct app *app, struct diagram_screen *s, struct err *e);
bool diagram_new_sibling(struct app *app, struct diagram_screen *s, struct err *e);

// diagram_export.c
bool diagram_export(struct app *app, struct diagram_screen *s, struct err *e);

// diagram_save.c: each is one save.
bool diagram_save_text(struct app *app, struct diagram_screen *s, const struct id *box,
    const char *text, struct err *e);
bool diagram_save_new(struct app *app, struct diagram_screen *s, const struct new_box *box,
    const char *text, struct id *id, struct err *e);
bool diagram_move_up(struct app *app, struct diagram_screen *s, struct err *e);
bool diagram_move_down(struct app *app, struct diagram_screen *s, struct err *e);

// diagram_links.c: each is one save.
bool diagram_strength(struct app *app, struct diagram_screen *s, struct err *e);
bool diagram_carry(struct app *app, struct diagram_screen *s, struct err *e);
bool diagram_drop(struct app *app, struct diagram_screen *s, struct err *e);
void diagram_carry_end(struct diagram_screen *s);
bool diagram_link(struct app *app, struct diagram_screen *s, struct err *e);
bool diagram_unlink(struct app *app, struct diagram_screen *s, struct err *e);

// diagram_past.c
bool diagram_past_load(struct app *app, const struct id *team, int64_t moment, struct arena *a,
    struct driver_diagram *out, struct err *e);
bool diagram_past_compare(struct app *app, struct diagram_screen *s, struct err *e);
bool diagram_past_notes(struct diagram_screen *s, const char *const **notes);
// "as it was on 1 May 2026"; NULL: nothing to say.
const char *diagram_past_facts(struct app *app, const struct diagram_screen *s, struct arena *a);
bool diagram_as_of(struct app *app, struct diagram_screen *s, struct err *e);
bool diagram_since(struct app *app, struct diagram_screen *s, struct err *e);
bool diagram_is_past(struct app *app, const struct diagram_screen *s); // then it says so

// diagram_paste.c
bool diagram_paste(
    struct app *app, struct screen *screen, const char *text, size_t n, struct err *e);

#endif
