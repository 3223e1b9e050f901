// SPDX-License-Identifier: MIT
// Who wrote what came in one batch (merge_account.c), for merge.c.
#ifndef PLANDO_STORE_MERGE_H
#define PLANDO_STORE_MERGE_H

#include "store/store.h"

#include <plando/merge.h>

bool merge_parts(
    struct store *s, struct arena *a, int64_t batch, struct merge_report *out, struct err *e);

#endif
