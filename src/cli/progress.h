// SPDX-License-Identifier: MIT
// What the bar of long work says: cli_progress() in verbs.h puts it on the terminal.
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <plando/arena.h>

#include <stddef.h>
#include <stdint.h>

// The line for a terminal of `width` columns, `ms` after the work began: "[####....] 200 of 500, 3
// min left  taking it in". One column at least stays free. NULL: out of memory.
char *progress_line(
    struct arena *a, size_t done, size_t total, const char *what, int64_t ms, int width);

#endif
