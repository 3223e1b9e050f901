// SPDX-License-Identifier: MIT
// Bringing copies together: a union of logs, then a fold of what was touched. The other file is
// never written to, locked or trusted. A merge never writes a change of its own.
#ifndef PLANDO_MERGE_H
#define PLANDO_MERGE_H

#include <plando/store.h>

// What came from one person for one team.
struct merge_part {
	struct id team;	    // all zero: what all teams share
	const char *author; // never NULL
	int64_t changes, records;
};

// Texts that came blanked by one person, of records of one kind.
struct merge_erasure {
	const char *by, *kind; // never NULL
	const char *state;     // "held" on this computer for 30 days (erased.h), "restored", or
			       // "blank": not here, or no more
	int64_t count;
};

struct merge_report {
	const char *path;
	int64_t changes;	 // that were new here
	int64_t records;	 // that they touch
	int64_t conflicts;	 // open ones on these records afterwards that were not open before
	int64_t forks;		 // streams that had gone two ways
	const char *left_out;	 // nothing of it was taken, and why; NULL: it was taken
	bool gap;		 // a parcel that builds on what is not here
	int64_t left;		 // of what this computer keeps: changes that could not be taken
	const char *why;	 // of the first of them; lives as long as the store
	int64_t batch;		 // under which it is kept; 0: nothing came, or it was only tried
	struct merge_part *part; // by team and author; in the arena of merge_files
	size_t parts;
	struct merge_erasure *erasure; // by person, kind and state; lives as long as the store, or
				       // (of an account) in the arena
	size_t erasures;
	int64_t outside;    // changes written for another team than their record's: kept, not shown
	const char *backup; // as the workbook was before today's first merge; NULL: none was made
};

// Told while it goes on: file number `file` of `files`, `done` of `of` steps of it.
struct merge_watch {
	void (*step)(void *context, size_t file, size_t files, size_t done, size_t of);
	void *context;
};

// Merges several files into s, each whole or not at all, all in one transaction; in any order of
// their names: a parcel waits for those that it builds on. One that cannot be taken is left out,
// and its report says why; where it is the only one it is refused. dry_run: everything but the
// commit. report: one a path. watch may be NULL.
bool merge_files(struct store *s, struct arena *a, const char *const path[], size_t n, bool dry_run,
    const struct merge_watch *watch, struct merge_report *report, struct err *e);
// Copies another collaborative's teams in as new records, with what belongs to them and the shared
// records that this leads to; what was copied before stays as it is now. Refuses a copy of s
// itself. changes and records count what is new; there are no parts.
bool merge_as_new(struct store *s, struct arena *a, const char *path, bool dry_run,
    struct merge_report *out, struct err *e);
// Do a file's first bytes say that it is a workbook, or a parcel?
bool merge_looks_like(const char *path);
// One file, without the parts.
bool merge_file(
    struct store *s, const char *path, bool dry_run, struct merge_report *out, struct err *e);

// What a person names: files as they are; of a folder all workbooks that lie in it (by content, not
// by name), s itself apart. left: what is called a workbook and was not taken, each with the
// reason.
struct merge_left_out {
	const char *path, *why;
};
struct merge_sources {
	const char **path;
	size_t count;
	bool found; // some are of a folder
	struct merge_left_out *left;
	size_t lefts;
};
bool merge_sources(struct store *s, struct arena *a, const char *const named[], size_t n,
    struct merge_sources *out, struct err *e);
// Merges them as merge_files does, with room for one report each. What was left out goes from
// `path` to `left`, and into the account that is kept; reports are of those that stay.
bool merge_gathered(struct store *s, struct arena *a, struct merge_sources *from, bool dry_run,
    const struct merge_watch *watch, struct merge_report *report, struct err *e);
// Keeps in the workbook what was left out, each once.
bool merge_left_keep(struct store *s, const struct merge_left_out *left, size_t n, struct err *e);

// The accounts of merges done in this copy, the newest first.
struct merge_account {
	int64_t batch, at;
	const char *source, *by;
	int64_t changes;
	bool left_out; // source says why, too
};
struct merge_accounts {
	struct merge_account *item;
	size_t count;
};
bool merge_accounts(struct store *s, struct arena *a, struct merge_accounts *out, struct err *e);
// The parts of one, and how many of its records have an open conflict now.
bool merge_account_parts(
    struct store *s, struct arena *a, int64_t batch, struct merge_report *out, struct err *e);

#endif
