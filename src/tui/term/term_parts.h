// SPDX-License-Identifier: MIT
// The terminal from inside, for the files that make it up: term.c (starting, stopping, giving it
// back), term_keys.c (waiting and reading), term_draw.c (a frame), and for the editor that gets the
// terminal for a while (editor_child.c). Of them term.c and term_draw.c know curses: curses draws;
// keys are read from the terminal itself, so that Esc is quick, a paste of a megabyte is one read
// after another, and no signal is lost.
#ifndef PLANDO_TUI_TERM_PARTS_H
#define PLANDO_TUI_TERM_PARTS_H

#include "tui/term/term.h"

#include <stdio.h>

enum { ESC_MS = 25, ESC_MS_MOST = 5000, OWN_KEYS = 40 };

struct term {
	struct arena arena; // holds the term itself and the terminal's keys
	struct arena grid;  // holds arms
	struct arena scratch;
	void *screen; // curses' own
	FILE *in, *out;
	bool null, ascii, colour, mouse, gone;
	enum scheme scheme;
	int rows, cols;
	int cursor_row, cursor_col;
	unsigned char
	    *arms; // of the lines in each cell; NULL: no memory for them, lines do not join
	struct key_reader keys;
	struct key_sequence own[OWN_KEYS];
	bool leaving, resized, stopping; // signals not handed on yet
	bool rest_lost; // nothing came for a while: what has begun will not be whole any more
	int esc_ms;	// how long a lone Esc waits for what may follow it
};

// term_draw.c: the colours of the roles. False: this terminal has too few.
bool term_colours_begin(void);
// Takes the size that the terminal has now. True: it is another.
bool term_size_ask(struct term *t);

#endif
