// SPDX-License-Identifier: MIT
// Bringing copies together: a union of logs, then a fold of what was touched. The other file is
// never written to, opened in place or trusted. A merge never writes a change of its own.
#ifndef PLANDO_MERGE_H
#define PLANDO_MERGE_H

#include <plando/store.h>

struct merge_report {
	const char *path;
	int64_t changes;   // that were new here
	int64_t records;   // that they touch
	int64_t conflicts; // open ones on these records afterwards that were not open before
	int64_t forks;	   // streams that had gone two ways
};

// Merges one file into s. dry_run: everything but the commit. Nothing is done by halves.
bool merge_file(
    struct store *s, const char *path, bool dry_run, struct merge_report *out, struct err *e);

#endif
