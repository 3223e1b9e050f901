// SPDX-License-Identifier: MIT
// What is in the making: a file or a folder beside its place, called .NAME.XXXXXX.tmp until it is
// whole, and held by a lock while somebody works on it. One of ours that nobody holds was left by a
// process that was killed or by a power cut: it goes when the next is begun under that name.
#ifndef PLANDO_MAKING_H
#define PLANDO_MAKING_H

#include <stdbool.h>

enum { MAKING_ROOM = 4300 };

struct making {
	char temp[MAKING_ROOM]; // its path; "" = there is none
	int held;		// what holds the lock: open to write where it is a file
};

// Begun, empty, for its owner only (0600, 0700). False: errno says why.
bool making_file(struct making *m, const char *place);
bool making_folder(struct making *m, const char *place);
// Its content is made durable, it gets its name, and the name is made durable. fresh: refused
// (EEXIST) where something stands there; else a file is replaced. False: errno says why, what
// stood there stands, and the making is abandoned.
bool making_done(struct making *m, const char *place, bool fresh);
// Makes the name of what was made at this path durable.
void making_named(const char *path);
// Removes it, and what lies in it; does nothing after making_done, and on a zeroed struct.
void making_abandon(struct making *m);

// Removes what was left of all that was to get a name that begins so; "" = any.
void making_tidy(const char *folder, const char *begins);

#endif
