// SPDX-License-Identifier: MIT
// What keeps copies together while the app runs: sync with a folder (on request, on opening, on
// leaving), what the file lacks of one's own work, clocks that are wrong, a copy elsewhere.
#ifndef PLANDO_TUI_TOGETHER_H
#define PLANDO_TUI_TOGETHER_H

#include "tui/loop/app.h"

// A workbook was opened: what there is to say, ask and do is done in the first idle seconds.
void together_opened(struct app *app);
// True: something to draw.
bool together_tick(struct app *app);
// Before leaving: syncs where the person chose a folder. False: it failed, and was said; leaving
// again leaves.
bool together_leave(struct app *app);

// The actions.
void together_sync(struct app *app);
void together_folder(struct app *app);
void together_outbox(struct app *app);
void together_refuse(struct app *app);
void together_offer_again(struct app *app);
void together_copy(struct app *app);

#endif
