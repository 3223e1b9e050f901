// SPDX-License-Identifier: MIT
// What the ways to read a file of data have in common: import (import_points.c) and chart --csv.
#ifndef PLANDO_CLI_IMPORT_POINTS_H
#define PLANDO_CLI_IMPORT_POINTS_H

#include "cli/verbs.h"

#include <plando/intake.h>

// How the file is written, as --delimiter, --header, --decimal, --dates, --percent and --suppressed
// say. False: one of them says nothing, in words.
bool import_said(struct cli *c, struct intake_said *out, struct err *e);
// Which option answers it: "nothing in it says …; say so with --dates dmy, mdy or ymd".
const char *import_question_hint(enum intake_question question);

#endif
