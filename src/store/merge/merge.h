// SPDX-License-Identifier: MIT
// Who wrote, and erased, what came in one batch (merge_account.c), for merge.c.
#ifndef PLANDO_STORE_MERGE_H
#define PLANDO_STORE_MERGE_H

#include "store/log/store.h"

#include <plando/merge.h>

bool merge_parts(
    struct store *s, struct arena *a, int64_t batch, struct merge_report *out, struct err *e);

// Which texts the changes of a batch erase.
bool merge_erasures(
    struct store *s, struct arena *a, int64_t batch, struct merge_report *out, struct err *e);

// How many of them stand in a stream of another scope than their record (fold.c, rule 7).
bool merge_outside(struct store *s, int64_t batch, struct merge_report *out, struct err *e);

// merge.c: takes these streams of an open log one by one, in a transaction of its own or (within)
// in the caller's: one that cannot be taken is left, and counted in out->left. s may be bare.
bool merge_streams(struct store *s, struct db *theirs, const char *source, const struct id *stream,
    size_t n, struct merge_report *out, struct err *e);
bool merge_streams_within(struct store *s, struct db *theirs, const char *source,
    const struct id *stream, size_t n, struct merge_report *out, int64_t *rows, struct err *e);

// merge.c: merge_files, of files that were found: also where there is but one, it is left out and
// not refused.
bool merge_found(struct store *s, struct arena *a, const char *const path[], size_t n, bool dry_run,
    const struct merge_watch *watch, struct merge_report *report, struct err *e);

// merge.c: is it a copy of this workbook? e says whose it is.
bool merge_same_collaborative(struct store *s, struct db *theirs, const char *path, struct err *e);

#endif
