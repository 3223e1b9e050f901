// SPDX-License-Identifier: MIT
// A private copy of somebody's file: the way in which plando looks into one that is not its own.
// Only whether there is anything new in it is asked of the file itself.
#ifndef PLANDO_STORE_PRIVATE_H
#define PLANDO_STORE_PRIVATE_H

#include "store/log/store.h"

struct merge_report;

struct private_copy {
	struct db *db;
	const char *path; // of the original, for messages
};

// Copies the bytes (and nothing beside them) to a folder of our own, opens the copy hardened and
// read-only, and takes its name away again: nothing is left behind however we end. Refuses what is
// not a workbook, or changes while it is read, or was taken in mid-save.
bool private_open(const char *path, struct private_copy *out, struct err *e);
// Does the file hold the very changes that this workbook holds? Told by its first pages, read where
// it lies without a lock or a journal, so that a large file far away need not be fetched to learn
// that it brings nothing. False too where that cannot be told.
bool private_equal(const char *path, const struct id *collab, int64_t digest);
// A folder for copies that nobody else can look into, in the one that goes with the login where there is one.
bool private_folder(struct making *m, struct err *e);
// Every page and index of the log: for a copy that is to be worked with as it is.
bool private_verify(struct private_copy *c, struct err *e);
// Is all there that a merge takes, and nothing lost of what they wrote?
bool private_whole(struct private_copy *c, struct err *e);
// whole.c: the same of an open log. Says whose changes are missing.
bool log_whole(struct db *db, struct err *e);
void private_close(struct private_copy *c);

// All bytes from one file to another. errno says what went wrong.
enum poured { POURED, POUR_READ, POUR_WRITE };
enum poured private_pour(int from, int to);

// SQLite rolls back whatever journal lies beside a file, also another file's, and destroys it so.
// Tried on copies first: what comes out must be a sound workbook. True too where nothing can be
// said, because somebody is writing.
bool private_rolls_back(const char *path, const struct env *env, struct err *e);
// What that workbook is after the journal was rolled back, in memory: where it may not be written
// to.
struct db *private_rolled_back(const char *path, struct err *e);

// merge.c: merges what is open already; refuses as merge_file does.
bool merge_private(struct store *s, struct private_copy *copy, bool dry_run,
    struct merge_report *out, struct err *e);
// merge.c, for tests and private copies alike: an open log, in a transaction of its own, or
// (within) in one that the caller has begun. *rows: rows that were added to the log.
bool merge_from(struct store *s, struct db *theirs, const char *source, bool dry_run,
    struct merge_report *out, struct err *e);
bool merge_within(struct store *s, struct db *theirs, const char *source, struct merge_report *out,
    int64_t *rows, struct err *e);

// merge.c: whose workbook an open log is; refuses what is none, or of a newer format.
bool merge_identity(struct db *theirs, const char *path, struct id *out, struct err *e);

// open.c
bool file_check(const char *path, struct stat *st, bool *hot, struct err *e);
bool file_plain(const char *path, struct stat *st, struct err *e); // a file, and not an empty one
// watch.c
bool same_file(const struct stat *a, const struct stat *b);

#endif
