// SPDX-License-Identifier: MIT
// The held file: texts that another copy's erasures blanked here, kept beside the workbook in the
// state folder so that this computer can bring them back.
//
// Rule 1. A merge holds a text before it is blanked: what cannot be held is not merged. Where there
//         is no state folder at all nothing is held, and the merge says so.
// Rule 2. Held is what stood here: a text that comes in with its erasure, or after it, is not.
// Rule 3. It goes after thirty days of a believed clock, three of them days on which the workbook
//         was opened, so a clock that is years ahead empties nothing; the backups lose it then too.
#ifndef PLANDO_STORE_HELD_H
#define PLANDO_STORE_HELD_H

#include "store/log/store.h"

enum { HELD_DAYS = 30, HELD_OPENED = 3 };

struct held_text {
	uint64_t cid;
	struct id ent;
	int64_t hlc, came;
	const char *kind, *fld, *val, *by;
	bool head; // it was shown, or stood beside what was shown
	bool done; // it was brought back
};
struct held_texts {
	struct held_text *item; // by record, cell and age
	size_t count;
};

// What a merge blanks from now on is held; s->taking is its batch.
void held_begin(struct store *s, int64_t batch);
// One text, before it is blanked.
bool held_keep(struct store *s, const struct held_text *t, struct err *e);
// Before the merge's commit: makes what was held durable, or (keep false) lets go of it.
bool held_end(struct store *s, bool keep, struct err *e);

// The file for questions: that of the merge which goes on, or else *opened, to be closed. NULL:
// there is none (or e says why it cannot be read).
struct db *held_lend(struct store *s, struct db **opened, struct err *e);
// What became of a text whose erasure came in: "held", "restored" or "blank" (it is not here).
const char *held_state(struct db *held, uint64_t cid);
// All that is held of this workbook. None where there is no such file, or it is not ours; false
// where it cannot be read.
bool held_list(struct store *s, struct arena *a, struct held_texts *out, struct err *e);
// They were brought back: told no more, and gone with the rest.
bool held_restored(struct store *s, const struct held_texts *texts, struct err *e);
// They go for good; from the backups too.
bool held_purge(struct store *s, const struct held_texts *texts, struct err *e);
// What is held of a record, or of one of its fields, was erased on this computer: it goes.
void held_forget(struct store *s, const struct id *ent, const char *field);

// The workbook was opened: notes the day, and lets go of what was held long enough (rule 3).
void held_opened(struct store *s);

#endif
