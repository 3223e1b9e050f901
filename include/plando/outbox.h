// SPDX-License-Identifier: MIT
// The outbox: what was written on this computer is also kept beside the workbook, in the state
// folder, until the files of two other devices hold it. Where a tool, a stick or a person put an
// older copy over the workbook, what it lacks can be put back (data.md, section 9).
#ifndef PLANDO_OUTBOX_H
#define PLANDO_OUTBOX_H

#include <plando/store.h>

struct outbox_gap {
	int64_t changes;  // written here, in no stream of the file; 0: it has all
	int64_t newest;	  // wall clock (ms) of the newest of them
	const char *path; // of the outbox, which merges like a copy; in the arena
};

// What the workbook lacks of what was written on this computer, and nobody said no to. Where the
// outbox is off, missing, damaged or another user's: nothing.
bool outbox_missing(struct store *s, struct arena *a, struct outbox_gap *out, struct err *e);
// Merges it into the workbook.
bool outbox_put_back(struct store *s, int64_t *changes, struct err *e);
// It is not asked for again.
bool outbox_refuse(struct store *s, struct err *e);

// Off on a computer that several people share: by PLANDO_OUTBOX=off, or by this setting, which
// stays with the login. Turning it off removes what was kept for this workbook.
bool outbox_is_on(const struct store *s);
bool outbox_turn(struct store *s, bool on, struct err *e);

#endif
