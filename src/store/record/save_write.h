// SPDX-License-Identifier: MIT
// A save while it is written: save_write.c writes it, into the streams of session.c, in parts where
// it is long (save_spill.c).
#ifndef PLANDO_STORE_SAVE_WRITE_H
#define PLANDO_STORE_SAVE_WRITE_H

#include "store/record/save.h"

// One stream while a save is written. The newest change is held back until it is known whether it
// is the last.
struct writing_stream {
	struct session session;
	uint64_t first;
	struct change held;
	struct arena kept; // of what is held while its part is let go of
	bool holding;
};

struct writing {
	struct save *v;
	struct arena own; // of the streams
	int64_t wall, newest, batch;
	uint64_t digest;
	size_t written;
	struct writing_stream *stream;
	size_t streams, cap;
	struct id *again; // records whose newest change was held back when they were folded
	size_t agains, again_cap;
};

// save_scope.c: finds the scope of each record that is touched; refuses what a part of a workbook
// may not hold.
bool save_scopes(struct save *v, struct err *e);

// session.c: the stream of this run in a scope, as the file has it; a new one where there is none
// or it moved on.
bool session_find(struct store *s, const struct id *scope, struct session *out, struct err *e);
// After the commit. False where memory runs out: the next save begins a new stream.
bool session_keep(struct store *s, const struct session *n);

// saw.c: the prev of an edit of that cell by somebody who saw this.
bool saw_prev(struct store *s, struct arena *a, const struct saw *saw, const char *field,
    const struct heads *h, struct change *c, struct err *e);
// Was this stream written by this run?
bool saw_own(struct store *s, int64_t sid, bool *own, struct err *e);

// save_write.c, within the transaction. order: of the touched records; NULL: as they came.
bool writing_begin(struct writing *w, struct err *e);
bool writing_part(struct writing *w, const size_t *order, struct err *e);
bool writing_end(struct writing *w, struct err *e);
bool save_fold(struct save *v, const size_t *order, struct err *e);
void writing_close(struct writing *w);
// After the commit: the streams as they are now, and what can be undone.
void save_remember(struct writing *w);

// save_spill.c: the end of a save of which parts are written.
bool save_spilled(struct save *v, size_t *written, struct err *e);

#endif
