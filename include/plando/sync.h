// SPDX-License-Identifier: MIT
// Keeping copies together through any folder that something carries between computers: Syncthing,
// OneDrive, Nextcloud, a network drive, a memory stick. Each device writes one file there, its own;
// every other copy in the folder is merged, whatever it is called; no file of others is touched.
#ifndef PLANDO_SYNC_H
#define PLANDO_SYNC_H

#include <plando/merge.h>

struct sync_file {
	const char *name;	    // in the folder
	const char *skipped;	    // NULL, or why it was left for the next time, in words
	bool unchanged;		    // as at the last time: not read again
	struct merge_report report; // what it brought
};

struct sync_report {
	struct sync_file *file; // by name
	size_t count;
	const char *published; // the name of this device's file
	bool wrote;	       // it was written now; else what stood there is what it would be
	int64_t changes, records, conflicts; // of all files together
	size_t skipped;
	struct merge_left_out *left; // of the skipped, what is called a workbook or looks like one
	size_t lefts;
};

// Called before each file, and with name NULL while this device's own is written.
struct sync_progress {
	void (*tell)(void *context, size_t done, size_t total, const char *name);
	void *context;
};

// Merges every copy in the folder into s, then writes this device's file, whole or not at all,
// where what it holds would differ. Private notes of coaches stay out of it. On failure `out` still
// says what was merged. progress may be NULL.
bool sync_folder(struct store *s, struct arena *a, const char *folder,
    const struct sync_progress *progress, struct sync_report *out, struct err *e);

// The folder that the person chose for this workbook on this computer; NULL: none. Setting NULL
// forgets it.
const char *sync_remembered(struct store *s, struct arena *a);
bool sync_remember(struct store *s, const char *folder, struct err *e);

#endif
