// SPDX-License-Identifier: MIT
// `/` in a list: rows whose text holds the words typed, whatever their case and accents.
#ifndef PLANDO_TUI_FIND_H
#define PLANDO_TUI_FIND_H

#include "tui/app.h"

void find_ask(struct app *app);
void find_next(struct app *app);
void find_previous(struct app *app);

// Does `text` hold all of `folded`'s words? (folded: text_fold of what was typed)
bool find_holds(struct arena *a, const char *text, const char *folded);

#endif
