// SPDX-License-Identifier: MIT
// What nearly every test of workbooks does: a team is written, looked for; a workbook is asked what
// it shows and whether it is sound; a file is copied as a sync program copies it.
#ifndef PLANDO_TESTS_DESK_H
#define PLANDO_TESTS_DESK_H

#include "store/log/store.h"

// A team of that name, saved alone.
bool team_put(struct store *s, const char *name, struct err *e);
// The same in a run of the program of its own.
bool team_add(const struct env *as, const char *file, const char *name, struct err *e);
bool team_found(struct store *s, const char *name);
bool team_found_in(const struct env *as, const char *file, const char *name);

void file_copied(const char *from, const char *to);

const char *value_of(struct arena *a, struct store *s, const struct id *id, const char *field);
const char *state_of(struct arena *a, struct store *s);
struct store_facts facts_of(struct store *s);
void is_sound(struct store *s);

#endif
