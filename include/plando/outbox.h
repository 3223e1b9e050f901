// SPDX-License-Identifier: MIT
// The outbox: what is written on this computer, or taken in by merging, is also kept beside the
// workbook, in the state folder, for thirty days. Where a tool, a stick or a person put an older
// copy over the workbook, what it lacks can be put back.
#ifndef PLANDO_OUTBOX_H
#define PLANDO_OUTBOX_H

#include <plando/store.h>

struct outbox_gap {
	int64_t changes;  // kept here, in no stream of the file; 0: it has all
	int64_t merged;	  // of these, what came by merging; the others were written here
	int64_t newest;	  // wall clock (ms) of the newest of them
	const char *path; // of the outbox, which merges like a copy; in the arena
};

// What the workbook lacks of what was kept on this computer, and nobody declined for this file.
// Where the outbox is off, missing, damaged or another user's: nothing.
bool outbox_missing(struct store *s, struct arena *a, struct outbox_gap *out, struct err *e);

struct outbox_mended {
	int64_t changes; // that were put back
	int64_t merged;	 // of what was lacking, what came by merging
	int64_t left;	 // that could not be: they stay in the outbox
	const char *why; // of the first of these; NULL: none. Lives as long as the store
};
// Merges it into the workbook, stream by stream: what cannot be put back stops nothing else.
bool outbox_put_back(struct store *s, struct outbox_mended *out, struct err *e);
// It is not asked for again for this file, by its path.
bool outbox_refuse(struct store *s, struct err *e);
// … and again: no refusal counts any more.
bool outbox_ask_again(struct store *s, struct err *e);

// Off on a computer that several people share: by PLANDO_OUTBOX=off, or by this setting, which
// stays with the login. Turning it off removes what was kept for this workbook.
bool outbox_is_on(const struct store *s);
bool outbox_turn(struct store *s, bool on, struct err *e);

#endif
