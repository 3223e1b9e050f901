// SPDX-License-Identifier: MIT
// What others erased: their erasures blank a text at once, in the file and in whatever leaves, and
// this computer holds the text for thirty days. Until then whoever works here can bring it back,
// or agree that it goes.
#ifndef PLANDO_ERASED_H
#define PLANDO_ERASED_H

#include <plando/store.h>

// A field whose text somebody else erased.
struct erased_text {
	struct id id;
	const char *kind, *field; // field: a cell's name
	const char *by;		  // who erased it
	const char *text;	  // what it said last
	int64_t at, until;	  // came here; held until then at least. ms, 0: not known yet
	int64_t earlier;	  // versions before that, held too
};
struct erased_texts {
	struct erased_text *item; // by record and field
	size_t count;
};
bool erased_list(struct store *s, struct arena *a, struct erased_texts *out, struct err *e);

struct erased_report {
	int64_t restored, kept; // fields written again; left, because something stands there now
	int64_t purged;		// texts that went for good, earlier versions counted
};
// Writes what was erased of these records again, as a new change of whoever restores: one save,
// which can be undone. ERR_NOINPUT: nothing is held of them.
bool erased_restore(struct store *s, struct arena *a, const struct id *record, size_t n,
    struct erased_report *out, struct err *e);
// Lets go of what is held of these records (n 0: of all), here and in the backups. Cannot be
// undone.
bool erased_agree(struct store *s, struct arena *a, const struct id *record, size_t n,
    struct erased_report *out, struct err *e);

#endif
