// SPDX-License-Identifier: MIT
// The workbook as it was: another store, in memory, with screens of its own; those of today wait
// below, as they were left. Nothing can be changed there.
#ifndef PLANDO_TUI_PAST_H
#define PLANDO_TUI_PAST_H

#include "tui/loop/app.h"

// Asks for the day or moment, then goes there.
void past_ask(struct app *app);
bool past_enter(struct app *app, int64_t moment, struct err *e);
// Back to today; nothing where one is there.
void past_leave(struct app *app);
// The line that stands on every screen there.
const char *past_banner(struct app *app);

#endif
