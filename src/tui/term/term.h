// SPDX-License-Identifier: MIT
// The terminal: the only room with curses. Starts and stops it, reads keys, draws text and lines
// in roles. Knows nothing of plando.
//
// Rules:
// 1. A frame is drawn whole, from term_begin to term_end, for the size at term_begin.
// 2. Whatever is put is clipped to its width and to the screen, at any size from 1x1 up.
// 3. All text goes through text_safe (and text_ascii where the terminal shows ASCII only).
// 4. The cursor ends where term_cursor said last; it is always to be seen.
// 5. term_stop leaves the terminal as it was found, on every way out, crashes included.
#ifndef PLANDO_TUI_TERM_H
#define PLANDO_TUI_TERM_H

#include "tui/term/keys.h"

#include <plando/err.h>

enum role {
	ROLE_TEXT,
	ROLE_DIM,      // less important
	ROLE_TITLE,    // where you are
	ROLE_HEAD,     // a heading above a group or a column
	ROLE_SELECTED, // the row with the > mark
	ROLE_LABEL,    // what stands beside a value
	ROLE_HINT,     // an example where nothing is typed yet
	ROLE_FIELD,    // text that is being typed
	ROLE_MARKED,   // … and selected: reversed, with or without colour
	ROLE_KEY,      // a key in the footer
	ROLE_GOOD,     // roles are never the only sign: a word or a mark says the same
	ROLE_WARN,
	ROLE_BAD,
	ROLE_AIM,
	ROLE_PRIMARY,
	ROLE_SECONDARY,
	ROLE_IDEA,
	ROLES
};

enum scheme { SCHEME_COLOUR, SCHEME_MONO, SCHEME_CONTRAST, SCHEMES };

struct term_setup {
	bool null;	  // a terminal that is not there, for tests: no keys, no signals
	int rows, cols;	  // of a null terminal
	bool ascii;	  // ASCII only; also where the locale is not UTF-8
	bool mono;	  // no colour; also where NO_COLOR is set or the terminal has none
	bool mouse;	  // take the mouse
	const char *type; // NULL: $TERM
};

struct area {
	int row, col, rows, cols;
};

struct term;

// One at a time. NULL: e says what this terminal lacks.
struct term *term_start(const struct term_setup *setup, struct err *e);
void term_stop(struct term *t); // NULL is allowed

bool term_is_ascii(const struct term *t);
enum scheme term_scheme(const struct term *t);
// A colour of the table that terminals of 256 have; -1: the terminal's own.
short term_role_colour(enum scheme scheme, enum role role);
void term_set_scheme(struct term *t, enum scheme scheme); // ignored where there is no colour
// A null terminal gets another size; a real one says so itself, by PRESS_RESIZE.
void term_resize(struct term *t, int rows, int cols);
// Gives the terminal back for a while (Ctrl-Z, an editor); the next frame is drawn whole.
void term_suspend(struct term *t); // stops this process; returns when it goes on
void term_redraw(struct term *t);  // the next frame is drawn whole, whatever others wrote there
void term_set_mouse(struct term *t, bool on);
bool term_mouse(const struct term *t);
void term_leave(struct term *t); // … and term_return around another program
void term_return(struct term *t);
bool term_typed_ahead(struct term *t); // keys wait that nobody has read yet
struct area term_whole(const struct term *t);
// Are we to end? For whoever waits for something else than keys.
bool term_leaving(struct term *t);
// What was typed and not read yet was meant for what stood there before: it is forgotten.
void term_flush(struct term *t);

// Nothing waits to be read or done, and no paste is half way.
bool term_idle(struct term *t);
// --- keys
// Waits until a key may be there or `ms` have gone (-1: no limit). False: time is up.
bool term_wait(struct term *t, int ms);
// The next key that is already there, without waiting (a lone Esc: $ESCDELAY or 25 ms). False: no
// more for now.
bool term_read(struct term *t, struct key *key);

// --- drawing

struct area term_begin(struct term *t); // an empty frame; the whole screen
void term_end(struct term *t);		// shows it

// One line of text from row, col in at most `width` columns; where it is longer it ends in "…".
// Returns the columns used.
int term_put(struct term *t, int row, int col, int width, enum role role, const char *text);
// The same for text[0..n), cut without a sign: for text under edit, which scrolls.
int term_put_n(
    struct term *t, int row, int col, int width, enum role role, const char *text, size_t n);
int term_printf(struct term *t, int row, int col, int width, enum role role, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
// Right-aligned in width; returns the column where it begins.
int term_put_right(struct term *t, int row, int col, int width, enum role role, const char *text);
// The role on what is drawn already.
void term_paint(struct term *t, int row, int col, int width, enum role role);

// A cell of a line that has these arms; put on another line, the arms add up. Weak is dashed.
enum {
	ARM_UP = 1,
	ARM_DOWN = 2,
	ARM_LEFT = 4,
	ARM_RIGHT = 8,
	ARM_WEAK = 16,
};
void term_line(struct term *t, int row, int col, unsigned arms, enum role role);
void term_rule(struct term *t, int row, int col, int width); // a horizontal line

// The columns that text takes here (after making it safe).
int term_width(struct term *t, const char *text);
void term_cursor(struct term *t, int row, int col);

#endif
