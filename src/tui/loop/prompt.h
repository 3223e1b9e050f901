// SPDX-License-Identifier: MIT
// A question in the line above the footer: one line of text, or yes/no with No as the default.
// app.h has the calls that ask (app_ask, app_confirm).
#ifndef PLANDO_TUI_PROMPT_H
#define PLANDO_TUI_PROMPT_H

#include "tui/loop/app.h"

// While a question is open every key is its own.
// False: it was no answer to an offer, which is put off; the key is for the screen.
bool prompt_key(struct app *app, const struct key *key);
void prompt_draw(struct app *app, int row, int cols);

#endif
