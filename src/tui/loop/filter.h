// SPDX-License-Identifier: MIT
// `/` in a list: only the rows whose text holds the words typed, whatever their case and accents,
// as one types. Enter keeps them, Esc shows all again; the selection stays on its row.
//
// Rules: 1. Rows are matched once before they are drawn or acted on, however many keys came.
// 2. A heading is shown where a row below it is.
#ifndef PLANDO_TUI_FILTER_H
#define PLANDO_TUI_FILTER_H

#include "tui/loop/app.h"

void filter_ask(struct app *app);
bool filter_open(const struct screen *s); // every key is its own
bool filter_on(const struct screen *s);	  // is something hidden, or being typed?
void filter_key(struct app *app, const struct key *key);
void filter_clear(struct app *app);
// Brings what is shown in line with what is typed, and with rows that were read again.
void filter_settle(struct app *app, struct screen *s);
void filter_draw(struct app *app, int row, int cols);

// Does `text` hold all of `folded`'s words? (folded: text_fold of what was typed)
bool filter_holds(struct arena *a, const char *text, const char *folded);

#endif
