// SPDX-License-Identifier: MIT
// The groups of a measure as its workbook writes them. By every door a group that differs in case,
// accents or outer blanks alone is the one that is there (spelling.h).
#ifndef PLANDO_POINT_GROUPS_H
#define PLANDO_POINT_GROUPS_H

#include <plando/spelling.h>
#include <plando/store.h>

// Adds the groups of the measure's points, by name, archived ones left out; a kept.
bool point_groups_load(struct store *s, struct arena *a, const struct id *measure,
    struct spellings *out, struct err *e);
// The group as `known` has it; a new one without outer blanks, and known from now on. NULL: out of
// memory.
const char *point_group_known(struct spellings *known, struct arena *a, const char *group);
// The same by what the workbook has. NULL: e says why.
const char *point_group_written(
    struct store *s, struct arena *a, const struct id *measure, const char *group, struct err *e);

#endif
