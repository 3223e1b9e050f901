// SPDX-License-Identifier: MIT
// A drawing of cells, made without a terminal, and wrapped words on the screen.
#ifndef PLANDO_TUI_PAINT_H
#define PLANDO_TUI_PAINT_H

#include "tui/loop/app.h"

#include <plando/canvas.h>

// The canvas at the area's top left; what does not fit is cut.
void paint_canvas(struct app *app, const struct canvas *c, struct area area);

// Words, made safe and wrapped into at most `most` rows of the area from `row` on. Returns how
// many.
int paint_words(
    struct app *app, struct area area, int row, int most, enum role role, const char *text);
// How many that would be.
int paint_rows(struct app *app, struct area area, int most, const char *text);

#endif
