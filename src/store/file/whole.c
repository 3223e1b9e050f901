// SPDX-License-Identifier: MIT
// Is the log of somebody's copy whole? A torn copy, one with pages of two times in it, must not
// pass for all that they wrote: whoever merged it would throw the good one away.
//
// Rule 1. Each stream's changes stand there without a gap, up to the one that the stream names as
//         its last, by number and cid. There are no others.
// Rule 2. A fork begins where it split off; a parcel's streams begin where the other side ends, and
//         some of them only say what it builds on. An older plando's outbox may keep nothing of a
//         stream, and says so (seq 0).
// Rule 3. The sum of the cids is the digest that the file names. (An older plando's outbox names
//         none. Not asked where streams are forked: a fork may repeat a cid, which counts once.)
//
// That is more than integrity_check proves, for a fraction of its time: it looks up every row in
// two indexes that a merge does not walk. What the rows say is proved by their chain as they are
// taken in (absorb.c).
#include "store/file/private.h"
#include "store/merge/absorb.h"

struct whole {
	struct ask *streams, *changes;
	bool parcel, forks;
	bool any; // the change that `changes` stands on is still to be counted
	uint64_t sum;
	int64_t torn; // sid of the stream that is not; 0: none was found
};

static bool whole_begins_rightly(const struct whole *w, uint64_t seq, bool forked)
{
	return seq == 1 || forked || w->parcel;
}

// The changes of the stream that `streams` stands on.
static bool stream_whole(struct whole *w, struct err *e)
{
	int64_t sid = col_int(w->streams, 0);
	bool forked = col_int(w->streams, 3) != 0, empty = true;
	uint64_t seq = 0, cid = 0;
	for (; w->any && col_int(w->changes, 0) == sid; empty = false) {
		uint64_t next = (uint64_t)col_int(w->changes, 1);
		if (empty ? !whole_begins_rightly(w, next, forked) : next != seq + 1)
			return false;
		seq = next;
		cid = (uint64_t)col_int(w->changes, 2);
		w->sum += cid;
		w->any = ask_step(w->changes, e);
	}
	w->forks = w->forks || forked;
	if (empty && w->parcel)
		return true;
	return seq == (uint64_t)col_int(w->streams, 1) &&
	       (empty || cid == (uint64_t)col_int(w->streams, 2));
}

static bool streams_whole(struct whole *w, int64_t digest, struct err *e)
{
	bool whole = true;
	w->any = ask_step(w->changes, e);
	while (whole && !e->code && ask_step(w->streams, e)) {
		if (w->any && col_int(w->changes, 0) < col_int(w->streams, 0))
			break; // of no stream
		if (!(whole = stream_whole(w, e)))
			w->torn = col_int(w->streams, 0);
	}
	return whole && !e->code && !w->any && (w->forks || !digest || w->sum == (uint64_t)digest);
}

// Says whose changes they are, where that can be read.
static void whole_say_whose(struct db *db, int64_t sid, struct err *e)
{
	struct arena a = { 0 };
	struct stream t;
	struct err ignored = { 0 };
	struct ask *q = db_ask(db, "SELECT " LOG_STREAM " FROM stream WHERE sid=?", &ignored);
	if (!q)
		return;
	ask_int(q, 1, sid);
	if (ask_step(q, &ignored) && log_stream_read(q, &a, &t, &ignored))
		absorb_refuse(&t, "are not all there", e);
	ask_done(q);
	arena_free(&a);
}

bool log_whole(struct db *db, struct err *e)
{
	struct whole w = { 0 };
	struct err own = { 0 };
	int64_t digest;
	if (!absorb_is_parcel(db, &w.parcel, e) || !meta_get_int(db, "digest", 0, &digest, e))
		return false;
	w.streams =
	    db_ask(db, "SELECT sid,seq,tip,fork_of NOT NULL FROM stream ORDER BY sid", &own);
	w.changes = db_ask(db, "SELECT sid,seq,cid FROM change NOT INDEXED ORDER BY sid,seq", &own);
	bool whole = w.streams && w.changes && streams_whole(&w, digest, &own);
	ask_done(w.streams);
	ask_done(w.changes);
	if (!whole && !own.code && w.torn)
		whole_say_whose(db, w.torn, &own);
	if (!whole && !own.code)
		err_set(&own, ERR_DATA, "the file is damaged; copy it again from where it came");
	return whole || err_set(e, own.code, "%s", own.text);
}
