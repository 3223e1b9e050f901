// SPDX-License-Identifier: MIT
// Text for reading on a screen, wrapped.
#ifndef PLANDO_TUI_PARAGRAPH_H
#define PLANDO_TUI_PARAGRAPH_H

#include "tui/loop/app.h"

// In as many rows as it needs and the area has; where more would be needed, the last one ends in
// " …". Line feeds in it begin a new row. Returns the rows used; 0 for an empty or NULL text.
int paragraph_draw(struct app *app, struct area area, enum role role, const char *text);

#endif
