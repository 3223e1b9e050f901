// SPDX-License-Identifier: MIT
// What the two previews of a paste say alike: of rows (intake_screen.c) and of a table
// (table_screen.c).
#ifndef PLANDO_TUI_INTAKE_WORDS_H
#define PLANDO_TUI_INTAKE_WORDS_H

#include "tui/app.h"

#include <plando/intake.h>

extern const char *const INTAKE_VERDICT[ENTRY_VERDICTS]; // "add", "left out"
// The word in its colour; the columns that it takes with a gap after it.
int intake_verdict_draw(struct term *t, int row, int col, enum entry_verdict verdict);
// "2 to add · 1 to correct · 0 the same · 1 cannot be taken"; never NULL.
const char *intake_counts_words(struct arena *a, const struct intake_counts *counts);
// After the save.
void intake_taken_say(struct app *app, const struct intake_counts *counts);

#endif
