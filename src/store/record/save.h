// SPDX-License-Identifier: MIT
// A save on its way: save.c collects the edits, save_write.c writes them.
#ifndef PLANDO_STORE_SAVE_H
#define PLANDO_STORE_SAVE_H

#include "store/log/scope.h"

#include <plando/index.h>

// A record that this save touches.
struct touched {
	struct id id;
	const char *kind;
	struct id scope;
	bool fresh;	    // the log knows nothing of it, and it is not deleted or redacted here
	size_t first, last; // its edits
	const struct saw *saw; // when they were begun; NULL: what the file holds
};

struct save_edit {
	size_t on, next; // which touched record; its next edit
	const char *cell, *value;
	bool tombstone; // "0" of "~" or "list.key.~": has seen all that it buries
	bool always;	// written also where the value is shown already
	bool elsewhere; // another record of its circle has that cell, and gets the edit
	bool erasure;	// of "!redact": stands beside the others, has seen nothing
	const char *
	    *side; // values that stand side by side with it: a conflict that an undo reopens
	size_t sides, side_cap;
};

struct save {
	struct store *store;
	struct arena *a;
	struct touched *touched;
	size_t touched_count, touched_cap;
	struct save_edit *edit;
	size_t count, cap;
	struct index by_id, by_cell;
	bool quiet;
	bool raw;		  // writes into the very records that it names, joined or not
	const char *how, *source; // as in the table batch
	int64_t batch;
	struct arena_mark begun;  // what a part lets go of
	struct id via, via_scope; // the record through which a scope was found last, and the scope
	struct writing *spilled;  // the transaction is open, and some of it is written
};

#define NO_EDIT SIZE_MAX

// The same edit of another record, unless the save has one for that cell of it already.
bool save_also(struct save *v, const struct id *id, const char *kind, const struct save_edit *d,
    struct err *e);
// The touched record is this one from now on.
bool save_retarget(struct save *v, size_t touched, const struct id *id);
// save_spread.c, in the transaction: what is written into a joined record goes to all of its circle.
bool save_spread(struct save *v, struct err *e);

// What the log knows of a record; *found false: nothing. kind may be NULL.
bool save_stored_rec(struct store *s, const struct id *id, struct arena *a, const char **kind,
    struct id *scope, bool *found, struct err *e);

#endif
