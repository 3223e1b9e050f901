// SPDX-License-Identifier: MIT
// A workbook with its outbox, and an older copy of it, for the tests of the outbox.
#ifndef PLANDO_TESTS_OUTBOX_DESK_H
#define PLANDO_TESTS_OUTBOX_DESK_H

#include "../support.h"
#include "store/exchange/outbox.h"

extern struct arena a;
extern struct world world;
extern struct env env;
extern const char *path, *older; // older: without what a test wrote

void box_setup(void);
void box_teardown(void);
struct store *box_open_it(const struct env *as);
struct store *box_open_as(const struct env *as, const char *file);
void box_add_here(struct store *s, const char *name); // a team
int64_t box_missing(const struct env *as);	      // changes that the workbook lacks
bool box_has(const char *name);			      // a team of that name
const char *box_path(void);
int64_t box_kept(void); // changes in the outbox
void box_sound(void);	// the workbook passes its check
struct outbox_mended box_put_back(void);

#endif
