// SPDX-License-Identifier: MIT
// One line of typed text: for questions in the footer and for filters. (Fields of a form are
// field.h.)
#ifndef PLANDO_TUI_LINE_H
#define PLANDO_TUI_LINE_H

#include "tui/term/term.h"

enum { LINE_MOST = 512 };

struct line {
	char text[LINE_MOST]; // valid UTF-8, one line
	size_t length, at;    // bytes; at: the cursor, a cluster boundary
	bool selected;	      // all of it: what is typed next takes its place
};

void line_set(struct line *l, const char *text); // cursor at the end
// Printable keys, pastes (line ends become blanks), Left Right Home End Backspace Delete Ctrl-U
// Ctrl-W. False: not a key of a line.
bool line_key(struct line *l, const struct key *key);
// Shows the part around the cursor in `width` columns and puts the cursor there.
void line_draw(const struct line *l, struct term *t, int row, int col, int width);

#endif
