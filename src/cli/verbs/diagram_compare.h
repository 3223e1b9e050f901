// SPDX-License-Identifier: MIT
// diagram --compare: what became of a theory since a date.
#ifndef PLANDO_CLI_DIAGRAM_COMPARE_H
#define PLANDO_CLI_DIAGRAM_COMPARE_H

#include "cli/verbs.h"

#include <plando/driver.h>

// What changed in a team's diagram since the date of --compare; `before` is what it was.
bool diagram_compare_load(struct cli *c, const struct id *team, const struct driver_diagram *after,
    struct driver_diagram *before, struct driver_diff *diff, struct err *e);
// Prints what changed in a team's diagram since the date of --compare, as text or with --json.
bool diagram_compare(
    struct cli *c, const struct id *team, const struct driver_diagram *after, struct err *e);

#endif
