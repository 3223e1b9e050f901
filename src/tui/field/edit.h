// SPDX-License-Identifier: MIT
// Text under edit: one line or a memo. Knows keys, not a terminal, a form or a store: field_text.c
// draws it, tests type into it.
//
// Rules:
// 1. `at` is a boundary of clusters (what a person calls a character), whatever is typed or
//    deleted beside it; text is stored in reading order and never reordered.
// 2. What cannot be taken is refused whole, with words; nothing is cut in silence.
// 3. One undo takes back what a person would call one thing: a word, a run of deletions, a paste.
// 4. Some of it may be selected: from `mark` to `at`. What is typed or pasted takes its place;
//    every change ends it.
// 5. A key costs time in proportion to the text at most (measured: 0.6 ms for 64 kB).
#ifndef PLANDO_TUI_EDIT_H
#define PLANDO_TUI_EDIT_H

#include "tui/term/keys.h"

#include <plando/err.h>

struct edit_change;

// What was cut or copied last, for every field of the app; the terminal's own clipboard is left to
// the terminal.
struct clip {
	struct arena arena;
	const char *text; // NULL: nothing yet
	size_t length;
};

struct edit {
	struct arena arena; // its own
	bool lines;	    // a memo; else line feeds become blanks
	size_t most;	    // characters
	char *text;	    // valid UTF-8, NUL-terminated; never NULL
	size_t length, cap;
	size_t at;  // the cursor
	bool late;  // at a soft line end, not at the beginning of the line after it
	int goal;   // column that Up and Down keep to; -1 = none
	size_t top; // first line in view, or the first byte of a single line

	size_t mark;	   // the end of the selection that does not move
	bool selects;	   // there is a mark
	bool sticky;	   // moves without Shift select too
	struct clip *clip; // NULL: nothing can be cut, copied or pasted by keys

	struct edit_change *changes; // [0, done) are in the text, [done, count) can be redone
	size_t done, count, changes_cap;
	unsigned version; // another number after every change
	unsigned step;	  // changes of one undo have the same number
	char last;	  // what the last key did: 'i' typed, 'b' blank typed, 'd' deleted, 0 other

	struct text_line *line; // soft lines at `columns`
	size_t line_count, line_cap;
	int columns;
	bool stale; // the lines are those of another text
};

// most: characters, 0 = no limit but TEXT_MOST bytes. Empty until edit_set.
void edit_init(struct edit *d, bool lines, size_t most);
void edit_free(struct edit *d);

// Another text, the cursor at its end; nothing can be undone then. Longer texts than `most` are
// taken: they are in the workbook already.
bool edit_set(struct edit *d, const char *text, struct err *e);
// Another text as one step that can be undone.
bool edit_replace(struct edit *d, const char *text, struct err *e);
// What was typed: one code point. Control characters but LF are refused.
bool edit_type(struct edit *d, const char *text, struct err *e);
// What was pasted. CRLF and CR become LF; *dropped = control characters that were left out.
bool edit_paste(struct edit *d, const char *text, size_t n, size_t *dropped, struct err *e);
// `text` where [from, to) was, as one step.
bool edit_put(struct edit *d, size_t from, size_t to, const char *text, size_t n, struct err *e);
bool edit_undo(struct edit *d, struct err *e); // false with ERR_NONE: nothing to undo
bool edit_redo(struct edit *d, struct err *e);
// The text as it is stored: NFC. NULL: out of memory.
char *edit_done(const struct edit *d, struct arena *a);

enum edit_did {
	EDIT_NOT, // not a key of this text (Up in its first line, Enter in a single line …)
	EDIT_MOVED,
	EDIT_CHANGED,
	EDIT_REFUSED, // e says why
};
// Typed text, pastes, and the keys of moving, deleting and undo. rows: of the view, for PgUp.
enum edit_did edit_key(struct edit *d, const struct key *key, int rows, struct err *e);

// --- selecting (edit_select.c)
// False: nothing is selected, and both are the cursor.
bool edit_selected(const struct edit *d, size_t *from, size_t *to);
// How many characters are.
size_t edit_selected_count(const struct edit *d);
// Before a move by this key: it selects, goes on with it, or ends it. True: it has moved already.
bool edit_select_move(struct edit *d, const struct key *key);
// Ctrl-Space, Ctrl-A, and those of the clipboard.
enum edit_did edit_select_key(struct edit *d, const struct key *key, struct err *e);
void clip_free(struct clip *clip);

// --- what is to be seen
// The soft lines of a memo for that many columns (the cursor may stand in one more).
bool edit_layout(struct edit *d, int columns, struct err *e);
// Where the cursor is among them.
void edit_cursor(const struct edit *d, size_t *line, int *column);
// Moves d->top so that the cursor is within `rows` lines.
void edit_settle(struct edit *d, int rows);
// A single line: the bytes from d->top that are in view, and the cursor's column.
struct text_line edit_window(struct edit *d, int columns, int *column);

// --- moves (edit_key's; also for the form: from above the cursor enters at the top)
void edit_move_to(struct edit *d, size_t at);
bool edit_move_lines(struct edit *d, int by); // false: there is no such line
size_t edit_word_left(const struct edit *d);
size_t edit_word_right(const struct edit *d);
void edit_line_ends(const struct edit *d, size_t *start, size_t *end);

#endif
