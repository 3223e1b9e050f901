// SPDX-License-Identifier: MIT
// The outbox as the store's own files use it: saving fills it, a replaced file is mended from it, a
// sync empties it.
#ifndef PLANDO_STORE_OUTBOX_H
#define PLANDO_STORE_OUTBOX_H

#include "store/store.h"

#include <plando/outbox.h>

// After a commit: what this run's streams wrote. Where it cannot be kept on the disk it is kept in
// memory, so that this run can mend a file that is replaced.
void outbox_take(struct store *s);
void outbox_close(struct store *s);

// Puts into the workbook what this run wrote and it lacks. *changes: how many there were.
bool outbox_mend(struct store *s, int64_t *changes, struct err *e);

// The file of another device was read: what it holds of ours, two of them make superfluous here.
void outbox_held(struct store *s, struct db *theirs, const char *holder);

// What was kept of records that somebody erased goes.
void outbox_scrub(struct store *s);

#endif
