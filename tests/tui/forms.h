// SPDX-License-Identifier: MIT
// What the tests of forms share: the app on its board, a form on top of it, and what is stored.
#ifndef PLANDO_TESTS_TUI_FORMS_H
#define PLANDO_TESTS_TUI_FORMS_H

#include "harness.h"

extern struct harness h;

void form_setup(void); // 80x24, with a state folder of this process's own
void form_teardown(void);
void open_form(const char *kind, const struct id *id, const char *const given[]);
struct id open_cycle(const char *title);
struct record load(const struct id *id);
const char *stored(const struct id *id, const char *field);
// Tab until that label is under the cursor.
void go_to(const char *label);
// The team that most tests are about, as UUID text.
const char *hubs(void);

#endif
