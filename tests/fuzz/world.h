// SPDX-License-Identifier: MIT
// Workbooks for harnesses, in a world that stands still: equal bytes, equal runs.
#ifndef PLANDO_TESTS_FUZZ_WORLD_H
#define PLANDO_TESTS_FUZZ_WORLD_H

#include <plando/record.h>

extern const struct env FUZZ_ENV;
void world_begin(void); // chance begins anew

struct store *world_store(void); // in memory; close it
// A new record with one field filled in and saved.
struct id world_put(
    struct store *s, const char *kind, const char *field, const char *value, const struct id *team);
void world_sound(struct store *s); // store_check finds nothing

#endif
