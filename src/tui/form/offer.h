// SPDX-License-Identifier: MIT
// Drafts that a killed program or a closed terminal left behind, told of when a workbook is opened.
#ifndef PLANDO_TUI_OFFER_H
#define PLANDO_TUI_OFFER_H

#include "tui/loop/app.h"

// Asks whether to go to the newest one, where there is any. Its form then offers the text.
void offer_drafts(struct app *app);

#endif
