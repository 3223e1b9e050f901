// SPDX-License-Identifier: MIT
// Moments as people tell them: "14:02" today, "Tue 14:05" this week, "12 Nov" before.
#ifndef PLANDO_TUI_WHEN_H
#define PLANDO_TUI_WHEN_H

#include "tui/loop/app.h"

// Never NULL.
const char *when_told(const struct app *app, int64_t ms, struct arena *a);

#endif
