// SPDX-License-Identifier: MIT
// Every change, by whom, on which device; and its opposite.
#ifndef PLANDO_HISTORY_H
#define PLANDO_HISTORY_H

#include <plando/record.h>

struct history_change {
	uint64_t cid; // names the change; printed as 16 hex digits
	int64_t at;   // the writer's wall clock, ms
	const char *author, *device;
	const char *kind;
	struct id id;
	const char *field;     // cell name; "~" is existence, "!redact" an erasure
	const char *old, *new; // NULL: no value (old: the value this writer saw)
	int64_t batch;	       // how it came into this copy
	bool erased;	       // what it said was blanked for good
};

struct history {
	struct history_change *item;
	size_t count;
};

struct history_filter {
	int64_t since, until;  // 0 = open; ms, inclusive and exclusive
	const struct id *id;   // only this record; NULL = all
	uint64_t cid;	       // only this change; 0 = all
	const char *field;     // only this cell (needs id)
	const char *author;    // exact
	const struct id *team; // only what belongs to this team
	int64_t after_batch;   // only what arrived after this batch; -1 = all
	int64_t batch;	       // only what arrived with this batch; 0 = all
	size_t most;	       // newest first, at most so many; 0 = all
};
#define HISTORY_ALL ((struct history_filter){ .after_batch = -1 })

bool history_list(struct store *s, struct arena *a, const struct history_filter *f,
    struct history *out, struct err *e);

// Undoes one change (by cid) or the newest save of this run: appends the opposite. Where somebody
// has changed the same cell since, it is refused with their name and value. *undone (may be NULL)
// counts cells.
bool history_undo(struct store *s, struct arena *a, uint64_t cid, struct err *e);
bool history_undo_last(struct store *s, struct arena *a, size_t *undone, struct err *e);
// The opposite of the last undo of this run; saving anything else ends what can be redone.
bool history_redo_last(struct store *s, struct arena *a, size_t *redone, struct err *e);

#endif
