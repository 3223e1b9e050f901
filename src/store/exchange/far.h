// SPDX-License-Identifier: MIT
// What the files about far workbooks share, and what open.c and watch.c ask of them.
#ifndef PLANDO_STORE_FAR_H
#define PLANDO_STORE_FAR_H

#include "store/exchange/sync_seen.h"
#include "store/log/store.h"

#include <plando/far.h>

enum far_state { FAR_THERE, FAR_AWAY, FAR_GONE, FAR_REFUSED };

struct far {
	const char *named;     // as the person called it
	const char *path;      // the same, whole and without links
	const char *kind;      // of its disk
	const char *place;     // here: <state home>/far/<16 hex>; NULL: there is no place
	const char *copy;      // <place>/<its name>
	struct seen_file seen; // the file there when it was taken in, or written; name NULL: never
	int64_t changes;       // that it held then
	enum far_state state;
	uint64_t gone; // digest of what was here when it was found gone there
	bool read_only, waits;
	bool other;		    // another collaborative's workbook stands there
	unsigned looks;		    // idle seconds since the last save, or the last try
	struct arena *arena;	    // of the store that was opened, for what comes in
	struct merge_report *merge; // that brought something, since it was opened
	size_t merges, merge_cap;
	struct err trouble;
};

// --- far.c, for open.c and watch.c
// Before s->path is opened: where it lies far, s->far is set and s->path is the copy's, or NULL
// where it is to be shown from memory (far_twin). Near, or not there at all: nothing happens.
bool far_begin(struct store *s, struct err *e);
// After it was opened: what others wrote comes in.
bool far_opened(struct store *s, struct err *e);
void far_saved(struct store *s);	       // a save was committed
void far_tick(struct store *s, bool *changed); // an idle second

// --- far_came.c
// Remembers what a merge of the file there brought, where it brought anything.
bool far_came(struct far *f, const struct merge_report *r, struct err *e);
// " Sam erased 2 texts: 2 of person. They are held on this computer for 30 days.": by the merges
// from that one on. "": nothing was erased. Lives as long as the store.
const char *far_came_erased(const struct far *f, size_t from);

// --- far_disk.c
// The kind of a far disk on which the path lies. NULL: it lies near, or (*number: errno) it cannot
// be reached.
const char *far_kind(const char *path, int *number);
// Nothing is at the path: is its disk there all the same?
bool far_disk_stands(const char *path);
// The whole path without links, as far as it can be followed. NULL: out of memory.
char *far_real(struct arena *a, const char *path);

// --- far_lock.c: one computer at a time writes there
enum { FAR_LOCK_ROOM = 4300 };
// patient: waits for another one for some seconds.
bool far_lock(
    const struct env *env, const char *path, bool patient, char lock[FAR_LOCK_ROOM], struct err *e);
// Removes what a killed process of this computer left.
void far_lock_tidy(const struct env *env, const char *path);
void far_unlock(const char lock[FAR_LOCK_ROOM]);

// --- far_write.c
// Writes what s holds there, whole or not at all, and only over the file that f->seen tells of.
// *raced: another computer was quicker; its file stands untouched, or in place of ours.
bool far_write(struct store *s, struct far *f, bool *raced, struct err *e);

// The number of changes, and their digest.
bool far_measure(struct db *db, int64_t *changes, uint64_t *digest, struct err *e);

#endif
