// SPDX-License-Identifier: MIT
// The outbox as the store's own files use it: what is committed fills it, a replaced file is mended
// from it.
#ifndef PLANDO_STORE_OUTBOX_H
#define PLANDO_STORE_OUTBOX_H

#include "store/log/store.h"

#include <plando/outbox.h>

// After a commit: what arrived in the workbook, by writing or by merging. Where it cannot be kept
// on the disk, what this run wrote is kept in memory, so that this run can mend a file that is
// replaced.
void outbox_take(struct store *s);
void outbox_close(struct store *s);

// Puts into the workbook what this run wrote or merged into it and it lacks.
void outbox_mend(struct store *s, struct outbox_mended *out);

// What it holds of texts that were erased in the workbook goes.
void outbox_scrub(struct store *s);

// Is that file the outbox of this workbook?
bool outbox_is(struct store *s, const char *path);

// How what is in it came (batch.source there).
#define OUTBOX_WRITTEN "written here"
#define OUTBOX_MERGED  "merged here"

// Streams by their ids.
struct arrivals {
	struct id *stream;
	size_t count, cap;
};
bool outbox_arrival_add(struct arena *a, struct arrivals *x, const struct id *id, struct err *e);

// --- outbox_file.c: which file, and what became of it since it was found whole
struct outbox_file {
	const char *path;
	int64_t dev, ino, born; // born 0: this disk does not say
};
bool outbox_file_read(struct store *s, struct arena *a, struct outbox_file *out, struct err *e);
// A file that was renamed since is known on.
bool outbox_file_follow(
    struct db *box, struct arena *a, const struct outbox_file *f, struct err *e);
// The digests with which it was found whole: its own, and that of the outbox. 0, 0: it is to be
// looked at anew.
bool outbox_file_write(
    struct db *box, const struct outbox_file *f, int64_t digest, int64_t of, struct err *e);
bool outbox_file_digests(struct store *s, int64_t *mine, int64_t *box, struct err *e);
// What became of this file since it was seen to lack nothing of just this outbox.
enum lacking_since {
	LACKING_AS_SEEN,   // nothing
	LACKING_GREW,	   // it holds what it held, and some changes more: it lacks nothing
	LACKING_NOT_KNOWN, // it was not seen so, or too much happened: it is to be compared
};
// erasers: where it grew, the streams that blanked something since. Reads what came since, and
// neither log.
bool lacking_since(struct store *s, struct arena *a, enum lacking_since *since,
    struct arrivals *erasers, struct err *e);
// The file was seen whole before this outbox grew from the digest `before`: it still is, where both
// grew by the same.
bool lacking_note_grown(struct store *s, uint64_t before, struct err *e);

// --- outbox_lack.c: what a workbook lacks of it
struct lacking {
	struct id *stream;
	uint64_t *seq; // of the outbox
	size_t count, cap, seq_cap;
	int64_t changes, merged, newest; // merged: of the changes, those that came by merging
};
enum lacking_of {
	LACKING_ALL,	  // also what somebody declined
	LACKING_WANTED,	  // nothing that was declined for this file
	LACKING_THIS_RUN, // of what this run put into the outbox
};
bool lacking_find(
    struct store *s, struct arena *a, enum lacking_of of, struct lacking *out, struct err *e);
// The tables beside the log: which files were seen whole, what was declined for which, on which
// days a workbook was opened.
bool lacking_tables(struct db *box, struct err *e);
bool lacking_note_none(struct store *s, struct err *e);
bool lacking_decline(struct store *s, const struct lacking *l, struct err *e);
// Nothing counts as declined for this file any more.
bool lacking_recall(struct store *s, struct err *e);
// Once a day: what was kept for long enough and stands in this workbook goes.
bool lacking_expire(struct store *s, bool *any, struct err *e);

#endif
