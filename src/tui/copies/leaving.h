// SPDX-License-Identifier: MIT
// What leaves the workbook, asked for in the app: some teams' part, a parcel of changes, and what
// is blanked for good; and the code by which two people know that their copies are equal.
#ifndef PLANDO_TUI_LEAVING_H
#define PLANDO_TUI_LEAVING_H

#include "tui/loop/app.h"

void share_begin(struct app *app);  // which teams, then where to
void parcel_begin(struct app *app); // for which computer, then where to
void code_show(struct app *app);
// Says what would go and asks; No is the default. field NULL: the whole record.
bool redact_begin(struct app *app, const struct id *id, const char *field, struct err *e);

#endif
