// SPDX-License-Identifier: MIT
// A drawing of cells, made without a terminal, on the screen.
#ifndef PLANDO_TUI_PAINT_H
#define PLANDO_TUI_PAINT_H

#include "tui/app.h"

#include <plando/canvas.h>

// The canvas at the area's top left; what does not fit is cut.
void paint_canvas(struct app *app, const struct canvas *c, struct area area);

#endif
