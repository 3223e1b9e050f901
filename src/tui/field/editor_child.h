// SPDX-License-Identifier: MIT
// The editor's process: a job of its own in the foreground of the terminal, with signals as they
// are by default. Knows no text and no file.
#ifndef PLANDO_TUI_EDITOR_CHILD_H
#define PLANDO_TUI_EDITOR_CHILD_H

#include "tui/term/term.h"

enum child_end {
	CHILD_WELL,
	CHILD_FAILED, // it said so, or a signal ended it
	CHILD_ABSENT, // there is no such program
	CHILD_LEFT,   // we are to end: it was told, and has ended or will not in time
};

// Runs it and waits. It may be stopped (Ctrl-Z): then this whole process stops, as a program
// without an editor would, and both go on together. The terminal was given back before
// (term_leave). False: it could not be started at all.
bool child_run(struct term *t, char *const word[], enum child_end *end, struct err *e);

#endif
