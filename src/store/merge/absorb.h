// SPDX-License-Identifier: MIT
// Taking in another log (absorb.c), for merge.c.
#ifndef PLANDO_STORE_ABSORB_H
#define PLANDO_STORE_ABSORB_H

#include "store/log/scope.h"

#include <plando/index.h>

struct change_list {
	struct change *item;
	size_t count, cap;
	uint64_t before; // the cid onto which the first is chained
};

struct absorbing {
	struct store *s;
	struct db *theirs;
	struct arena *keep; // for what the whole merge needs
	struct arena *a;    // for one stream
	int64_t batch;
	bool forked;	       // a cid may stand in more than one stream
	bool parcel;	       // theirs holds only the ends of streams
	bool each;	       // a stream that cannot be taken is left, and stops no other
	const struct id *only; // these streams alone; NULL: all that are in scope
	size_t only_count;
	struct scopes held, sent; // mine, theirs
	struct index by_cid;	  // all of mine, filled at the first question
	uint64_t *cid;
	size_t cids, cid_cap;
	// results
	uint64_t digest; // mine, going on
	int64_t newest;	 // hlc
	int64_t changes, rows, forks;
	int64_t left;	    // changes of streams that were left
	struct err why;	    // of the first of them
	bool gap;	    // a parcel builds on what is not here
	struct id *touched; // records to fold again
	size_t touched_count, touched_cap;
	struct index by_ent;
	// told now and then; may be NULL
	void (*step)(struct absorbing *w, size_t done, size_t of);
	const void *watch;
};

// Their changes after `after` (a seq), verified onto `before`; an unfinished last save is left out.
bool absorb_read(struct absorbing *w, const struct stream *t, uint64_t after, uint64_t before,
    struct change_list *out, struct err *e);
// Is it within the limits of plando's form?
bool absorb_change_allowed(const struct change *c);
// Is this change what its writer wrote: the one numbered `seq`, chained onto the cid `before`, within the limits,
// and blank only where it was erased?
bool absorb_change_verify(struct absorbing *w, const struct stream *t, const struct change *c,
    uint64_t before, uint64_t seq, struct err *e);
// Writes a list that was read so under the stream t, or the fork of it that it turns out to be.
bool absorb_list(
    struct absorbing *w, const struct stream *t, const struct change_list *list, struct err *e);
// Refuses a stream: says whose it is, what its changes do or are, and what to do. Always false.
bool absorb_refuse(const struct stream *t, const char *what, struct err *e);
// Is theirs a parcel?
bool absorb_is_parcel(struct db *theirs, bool *is, struct err *e);

// Within a transaction of w->s. The caller folds, and sets meta.
bool absorb_all(struct absorbing *w, struct err *e);
// absorb_each.c: the same stream by stream, for absorb_all.
struct absorb_item {
	int64_t sid; // theirs
	bool known;  // it stands here, but ends elsewhere
	bool done;
};
struct absorb_items {
	struct absorb_item *item;
	size_t count, cap;
};
bool absorb_each(struct absorbing *w, struct absorb_items *all, struct err *e);
// absorb.c: one of their streams.
bool absorb_wanted(struct absorbing *w, int64_t sid, bool known, struct err *e);

#endif
