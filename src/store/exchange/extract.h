// SPDX-License-Identifier: MIT
// A new workbook file filled from streams of another's log (share, parcel, recover), for those.
#ifndef PLANDO_STORE_EXTRACT_H
#define PLANDO_STORE_EXTRACT_H

#include "store/log/scope.h"

// A file in the making beside `to`; nothing is there under that name before extract_end.
struct extract {
	struct store *s;
	struct making making;
	const char *to;
};

// An empty log of the collaborative `collab`, in a transaction. Refuses where `to` exists.
bool extract_begin(struct extract *p, const struct env *env, const char *to,
    const struct id *collab, struct err *e);
// Digest, clock and tables (a parcel has none) by what is in the log now; then the name. True:
// `to` is there, whole. False: nothing is.
bool extract_end(struct extract *p, const struct scopes *held, bool parcel, struct err *e);
void extract_abandon(struct extract *p); // does nothing after extract_end

// The bare row of a stream: it is there up to t->seq, t->tip. Sets t->sid.
bool extract_name(struct extract *p, struct stream *t, struct err *e);
// One stream of `from` with its changes after seq `after`, as they are. *n counts them.
bool extract_stream(struct extract *p, struct db *from, struct stream *t, uint64_t after,
    int64_t *n, struct err *e);
// Every stream that may leave this computer, of scopes that `held` names and s holds: calls `take`.
// Streams that hold private notes do not leave, in whatever scope they claim to be.
typedef bool extract_take(void *ctx, struct stream *t, struct err *e);
bool extract_streams(
    struct store *s, const struct scopes *held, extract_take *take, void *ctx, struct err *e);

#endif
