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

// Undo appends the opposite. Where somebody has changed the same cell since, it is refused with
// their name and value; so is emptying what names a record (delete it instead). *did (may be NULL):
// the changes that the undo wrote, in their order; the first one's cid names it.
bool history_undo(
    struct store *s, struct arena *a, uint64_t cid, struct history *did, struct err *e);
// The whole save that wrote this change.
bool history_undo_save(
    struct store *s, struct arena *a, uint64_t cid, struct history *did, struct err *e);
// The newest save of this author on this computer that was not taken back as a whole; so again and
// again it goes further back. ERR_NOINPUT: none is left.
bool history_undo_newest(struct store *s, struct arena *a, struct history *did, struct err *e);
// The newest save of this run.
bool history_undo_last(struct store *s, struct arena *a, struct history *did, struct err *e);
// The opposite of the last undo of this run; saving anything else ends what can be redone.
bool history_redo_last(struct store *s, struct arena *a, struct history *did, struct err *e);
// What history_undo_last would take back: the changes of that save. Empty: nothing.
bool history_last(struct store *s, struct arena *a, struct history *out, struct err *e);
// What a save has written: its changes in their order. Empty: nothing had to be written.
bool history_saved(
    struct store *s, struct arena *a, const struct save *v, struct history *out, struct err *e);

#endif
