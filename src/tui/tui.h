// SPDX-License-Identifier: MIT
// The app as main and the command line see it.
#ifndef PLANDO_TUI_TUI_H
#define PLANDO_TUI_TUI_H

#include <plando/env.h>
#include <plando/err.h>

struct app_start {
	const char *file; // NULL: the last workbook, or the start screen
	bool ascii;	  // --ascii
};

// Runs the app until it is left. Returns the exit status; where that is not 0, e says why.
int app_run(const struct app_start *start, const struct env *env, struct err *e);

#endif
