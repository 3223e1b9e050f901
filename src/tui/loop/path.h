// SPDX-License-Identifier: MIT
// The name of a file as a person types it.
#ifndef PLANDO_TUI_PATH_H
#define PLANDO_TUI_PATH_H

#include <plando/arena.h>

// "~/forms/visit.yaml" with the home folder in place of ~; anything else as it is. NULL: nothing
// was typed, or out of memory.
const char *path_whole(struct arena *a, const char *typed);
// The other way: "~/…" for what lies below the home folder.
const char *path_short(struct arena *a, const char *path);
// What follows the last slash.
const char *path_file(const char *path);

#endif
