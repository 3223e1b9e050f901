// SPDX-License-Identifier: MIT
// A workbook on a network drive, or on another disk whose locks and caches SQLite cannot trust
//, is worked on in a copy on this computer. What others wrote there is merged
// into the copy, and the copy is written back there, whole or not at all. store_open does this by
// itself; here is what may be asked and wished besides.
#ifndef PLANDO_FAR_H
#define PLANDO_FAR_H

#include <plando/merge.h>

struct far_facts {
	const char *path; // of the workbook there, as it was named
	const char *kind; // of its disk: "network drive (NFS)"
	const char *copy; // here, that is worked on; NULL: none (it was opened for reading)
	int64_t waiting;  // changes that are here and not yet there
	const char
	    *trouble; // why the two were not brought together at the last try; NULL: they were
	const struct merge_report *merge; // what came in from there since it was opened, opening
	size_t merges;			  // included; without parts; live as long as the store
};
// False: the workbook lies on this computer, and there is nothing to tell.
bool far_facts(struct store *s, struct far_facts *out);

// Is there something here that is not yet there? Asks nobody.
bool far_waits(const struct store *s);

struct far_brought {
	int64_t came, conflicts; // changes that came from there, and new conflicts by them
	int64_t went;		 // changes that went there
};
// Brings the two together now: theirs in first, then ours there. At once where nothing is to do.
// False: it cannot be now, e says why; what was saved is safe here, and goes there later.
bool far_bring(struct store *s, struct far_brought *out, struct err *e);

// Is there a copy on this computer of what lay at this path?
bool far_kept(const struct env *env, const char *path);

#endif
