// SPDX-License-Identifier: MIT
// A workbook of a test's own, on Sun 22 Nov 2026, and records made in it in one line.
#ifndef PLANDO_TESTS_METHOD_MADE_H
#define PLANDO_TESTS_METHOD_MADE_H

#include "../support.h"

#include <plando/record.h>

extern struct arena made_arena;
extern struct store *made_store;

void made_setup(void); // for a checked fixture
void made_teardown(void);
// field, value, … NULL; what a person would type. A link needs its natural key: made_link.
struct id made(const char *kind, const char *const pairs[]);
#define MADE(kind, ...) made(kind, (const char *const[]){ __VA_ARGS__, NULL })
void made_link(struct id from, struct id to);
void made_set(struct id id, const char *kind, const char *field, const char *value);
// The id as text, as a reference field takes it.
const char *made_ref(struct id id);

#endif
