// SPDX-License-Identifier: MIT
// Undo and redo of this run's saves, from every screen: what was undone is said by record and
// field.
#ifndef PLANDO_TUI_UNDO_H
#define PLANDO_TUI_UNDO_H

#include "tui/loop/app.h"

// Takes back the last save. Where the screen on top is of one record (screen_ops.shows) and the
// save wrote elsewhere, that is asked first.
void undo_last(struct app *app);
void undo_redo(struct app *app);

#endif
