// SPDX-License-Identifier: MIT
// What hangs below a record (KIND_BELOW): it is deleted with it, and comes back with it. What another copy wrote below
// something that was deleted here stands, and is told. All of it is worked out when it is asked for: it is no
// conflict in the tables and no part of `state`, so that parts of a workbook and older programs agree.
#ifndef PLANDO_BELOW_H
#define PLANDO_BELOW_H

#include <plando/record.h>

struct below_item {
	struct id id;
	const char *kind;
};
struct below {
	struct below_item *item; // each once, those nearer to the record first
	size_t count;
};

// What is there below a record, however deep. `stays` too: also what a deletion leaves standing. Private notes of others
// are not looked at.
bool below_list(struct store *s, struct arena *a, const struct id *id, const char *kind, bool stays,
    struct below *out, struct err *e);
// "31 data points and 2 chart annotations"; "" for nothing. NULL: out of memory.
char *below_words(struct arena *a, const struct below *b);

// Deletes a record with all that hangs below it, in this save. Of one that is deleted already, all that stands
// below it. *took (may be NULL): what that is.
bool below_delete(struct save *v, const struct id *id, struct below *took, struct err *e);

// A record that was deleted while something below it stands.
struct below_orphans {
	struct id id; // the deleted record
	const char *kind;
	const char *by; // who deleted it
	uint64_t cid;	// the change that did: its save can be undone
	int64_t at;	// when, ms
	struct below stands;
};
struct below_all {
	struct below_orphans *item;
	size_t count;
};
bool below_orphans(struct store *s, struct arena *a, struct below_all *out, struct err *e);
// Brings back all that the save deleted to which the change `cid` belongs: an ordinary save, which can be undone.
bool below_keep(struct store *s, struct arena *a, uint64_t cid, struct err *e);
// "Ana deleted the measure “Mean wait”; 2 data points below it stand." NULL: out of memory.
char *below_says(struct store *s, struct arena *a, const struct below_orphans *o);

#endif
