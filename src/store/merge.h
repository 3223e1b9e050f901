// SPDX-License-Identifier: MIT
// Who wrote what came in one batch (merge_account.c), for merge.c.
#ifndef PLANDO_STORE_MERGE_H
#define PLANDO_STORE_MERGE_H

#include "store/store.h"

#include <plando/merge.h>

bool merge_parts(
    struct store *s, struct arena *a, int64_t batch, struct merge_report *out, struct err *e);

// merge.c: is it a copy of this workbook? e says whose it is.
bool merge_same_collaborative(struct store *s, struct db *theirs, const char *path, struct err *e);

#endif
