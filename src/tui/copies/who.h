// SPDX-License-Identifier: MIT
// Who writes on this computer: asked once, before the first save, and changed whenever somebody wants to.
#ifndef PLANDO_TUI_WHO_H
#define PLANDO_TUI_WHO_H

#include "tui/loop/app.h"

// A name that is left with Esc stays a guess; it is asked for the next time.
void who_ask(struct app *app);

#endif
