// SPDX-License-Identifier: MIT
// A team's aim in one sentence, and four lamps for what it says and leaves open. They tell and
// never block.
#ifndef PLANDO_TUI_AIM_H
#define PLANDO_TUI_AIM_H

#include "tui/loop/app.h"

#include <plando/aim.h>

enum { AIM_LINES = 3 }; // of the sentence, at most

// From the top of the area: the sentence, or `none` where there is none, and a line of lamps.
// Returns the rows used.
int aim_draw(struct app *app, const struct aim *aim, const char *none, struct area area);

#endif
