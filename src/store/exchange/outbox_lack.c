// SPDX-License-Identifier: MIT
// What a workbook lacks of the outbox, what was declined, and when a change was kept for long
// enough.
//
// Rule 1. Asking costs nothing where nothing happened: the outbox notes for each file the digests
//         with which it was found whole. A save adds to both the same. Where others wrote into the
//         file, asking costs what they wrote; where another copy took its place, one reading of
//         both tables of streams.
// Rule 2. A no is kept for the file for which it was given, by its real path, and for those
//         changes. The inode only follows a rename.
// Rule 3. Kept for thirty days of a believed clock, and until a workbook of this collaborative was
//         opened on three later days: a clock that is years ahead empties nothing. What goes must
//         stand in the workbook that is open.
// Rule 4. A stream that blanked something stays as long as what it blanked.
#include "store/exchange/outbox.h"
#include "store/file/local.h"
#include "store/log/scope.h"

#include <plando/index.h>

#include <stdlib.h>

enum { KEEP_DAYS = 30, KEEP_OPENINGS = 3, DAYS_NOTED = 60, DAY_MS = 86400000 };

static const char LACKING_TABLES[] =
    "CREATE TABLE IF NOT EXISTS file(path TEXT PRIMARY KEY, dev INTEGER, ino INTEGER, born INTEGER,"
    " digest INTEGER, box INTEGER) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS declined(path TEXT, stream BLOB, seq INTEGER,"
    " PRIMARY KEY(path,stream)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS day(day INTEGER PRIMARY KEY);";

bool lacking_tables(struct db *box, struct err *e)
{
	return db_exec(box, LACKING_TABLES, e);
}

// --- found whole (rule 1)

static int outbox_lack_compare_ids(const void *a, const void *b)
{
	return id_compare(a, b);
}

// What was declined and came all the same: whoever loses it again is asked again. all: sorted.
static bool outbox_lack_declined_tidy(
    struct db *box, const struct outbox_file *f, const struct lacking *all, struct err *e)
{
	struct err own = { 0 };
	struct id id = { 0 };
	struct ask *q = db_ask(box, "SELECT stream FROM declined WHERE path=?", e);
	if (!q)
		return false;
	ask_text(q, 1, f->path);
	while (!own.code && ask_step(q, &own)) {
		if (col_id(q, 0, &id) && all->count &&
		    bsearch(&id, all->stream, all->count, sizeof id, outbox_lack_compare_ids))
			continue;
		struct ask *drop =
		    db_ask(box, "DELETE FROM declined WHERE path=? AND stream=?", &own);
		if (!drop)
			break;
		ask_text(drop, 1, f->path);
		ask_id(drop, 2, &id);
		ask_run(drop, &own);
	}
	return ask_end(q, &own, e);
}

bool lacking_note_none(struct store *s, struct err *e)
{
	struct arena a = { 0 };
	struct outbox_file f;
	struct lacking all = { 0 };
	int64_t mine, box;
	struct db *db = s->kept.box->db;
	int64_t declined;
	bool ok = outbox_file_read(s, &a, &f, e) && outbox_file_digests(s, &mine, &box, e) &&
		  db_number(db, "SELECT EXISTS(SELECT 1 FROM declined)", 0, &declined, e);
	if (ok && declined)
		ok = lacking_find(s, &a, LACKING_ALL, &all, e);
	ok = ok && db_begin(db, e);
	if (ok && all.count > 1)
		qsort(all.stream, all.count, sizeof *all.stream, outbox_lack_compare_ids);
	ok = ok && outbox_lack_declined_tidy(db, &f, &all, e) &&
	     outbox_file_write(db, &f, mine, box, e) && db_commit(db, e);
	if (!ok)
		db_rollback(db);
	arena_free(&a);
	return ok;
}

// --- what it lacks

// The streams of the workbook, read once: of nearly all there is nothing more to ask.
struct outbox_lack_mine {
	struct outbox_lack_end {
		struct id id;
		int64_t sid;
		uint64_t seq, tip;
	} * item;
	size_t count, cap;
	struct index by_id;
};

static uint64_t outbox_lack_hash(const struct id *id)
{
	return index_hash(id, sizeof *id, 0);
}

static bool outbox_lack_mine_read(
    struct store *s, struct arena *a, struct outbox_lack_mine *out, struct err *e)
{
	struct err own = { 0 };
	*out = (struct outbox_lack_mine){ .by_id = INDEX_IN(a) };
	struct ask *q = db_ask(s->db, "SELECT id,sid,seq,tip FROM stream", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct outbox_lack_end x = { .sid = col_int(q, 1),
			.seq = (uint64_t)col_int(q, 2),
			.tip = (uint64_t)col_int(q, 3) };
		if (!col_id(q, 0, &x.id))
			continue;
		if (!arena_grow(a, (void **)&out->item, out->count, &out->cap, sizeof *out->item) ||
		    !index_put(&out->by_id, outbox_lack_hash(&x.id), out->count))
			err_memory(&own);
		else
			out->item[out->count++] = x;
	}
	return ask_end(q, &own, e);
}

static const struct outbox_lack_end *outbox_lack_mine_find(
    const struct outbox_lack_mine *m, const struct id *id)
{
	size_t at, walk = 0;
	while ((at = index_next(&m->by_id, outbox_lack_hash(id), &walk)) != SIZE_MAX)
		if (id_equal(&m->item[at].id, id))
			return &m->item[at];
	return NULL;
}

// Does the stream of `db` go through this cid there? Else it forked.
static bool outbox_lack_goes_through(
    struct db *db, int64_t sid, uint64_t seq, uint64_t cid, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT cid FROM change WHERE sid=? AND seq=?", e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	ask_int(q, 2, (int64_t)seq);
	bool same = ask_step(q, &own) && (uint64_t)col_int(q, 0) == cid;
	return ask_end(q, &own, e) && same;
}

static void outbox_lack_lacking_count(struct lacking *out, int64_t at, bool merged)
{
	out->changes++;
	out->merged += merged;
	out->newest = at > out->newest ? at : out->newest;
}

static bool outbox_lack_holds_cid(struct store *s, struct ask *of, bool *holds, struct err *e)
{
	struct err own = { 0 };
	struct id ent = { 0 };
	struct ask *q = db_ask(s->db, "SELECT 1 FROM change WHERE ent=? AND fld=? AND cid=?", e);
	if (!q)
		return false;
	col_id(of, 0, &ent);
	ask_id(q, 1, &ent);
	ask_text(q, 2, col_text(of, 1));
	ask_int(q, 3, col_int(of, 2));
	*holds = ask_step(q, &own);
	return ask_end(q, &own, e);
}

// Of a stream that went on differently in the workbook (a home that was copied, a clone of a
// running program) it lacks what stands there in no stream, for a fork is kept under another id. Of
// any other it lacks the end.
static bool outbox_lack_stream_lacks(struct store *s, const struct stream *t, uint64_t after,
    bool forked, struct lacking *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->kept.box->db,
	    "SELECT c.ent,c.fld,c.cid,c.at,b.source IS '" OUTBOX_MERGED "' FROM change c"
	    " LEFT JOIN batch b ON b.id=c.batch WHERE c.sid=? AND c.seq>?",
	    e);
	if (!q)
		return false;
	ask_int(q, 1, t->sid);
	ask_int(q, 2, (int64_t)after);
	while (!own.code && ask_step(q, &own)) {
		bool holds = false;
		if (!forked || (outbox_lack_holds_cid(s, q, &holds, &own) && !holds))
			outbox_lack_lacking_count(out, col_int(q, 3), col_int(q, 4) != 0);
	}
	return ask_end(q, &own, e);
}

static bool outbox_lack_lacking_add(
    struct arena *a, const struct stream *t, struct lacking *out, struct err *e)
{
	if (!arena_grow(a, (void **)&out->stream, out->count, &out->cap, sizeof *out->stream) ||
	    !arena_grow(a, (void **)&out->seq, out->count, &out->seq_cap, sizeof *out->seq))
		return err_memory(e);
	out->stream[out->count] = t->id;
	out->seq[out->count++] = t->seq;
	return true;
}

// A part takes what it holds; a copy for others has no private notes, and is not to get any.
struct outbox_lack_taking {
	struct scopes held;
	bool public;
	struct outbox_lack_mine mine;
};

static bool outbox_lack_taking_read(
    struct store *s, struct arena *a, struct outbox_lack_taking *out, struct err *e)
{
	int64_t public;
	if (!meta_get_int(s->db, "public", 0, &public, e) || !scopes_read(s->db, a, &out->held, e))
		return false;
	out->public = public != 0;
	return outbox_lack_mine_read(s, a, &out->mine, e);
}

static bool outbox_lack_stream_compare(struct store *s, struct arena *a,
    const struct outbox_lack_taking *takes, const struct stream *t, struct lacking *out,
    struct err *e)
{
	int64_t before = out->changes;
	const struct outbox_lack_end *mine = outbox_lack_mine_find(&takes->mine, &t->id);
	if (!scopes_hold(&takes->held, &t->scope) || (takes->public && scope_is_private(&t->scope)))
		return true;
	bool all = mine && mine->seq >= t->seq;
	if (all && outbox_lack_goes_through(s->db, mine->sid, t->seq, t->tip, e))
		return true;
	bool follows = mine && !all &&
		       outbox_lack_goes_through(s->kept.box->db, t->sid, mine->seq, mine->tip, e);
	bool forked = mine ? !follows : t->forked;
	return !e->code &&
	       outbox_lack_stream_lacks(s, t, follows ? mine->seq : 0, forked, out, e) &&
	       (out->changes == before || outbox_lack_lacking_add(a, t, out, e));
}

static bool outbox_lack_of_this_run(
    struct store *s, const struct stream *t, bool *is, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->kept.box->db, "SELECT DISTINCT batch FROM change WHERE sid=?", e);
	*is = false;
	if (!q)
		return false;
	ask_int(q, 1, t->sid);
	while (!*is && ask_step(q, &own))
		for (size_t i = s->kept.batches; !*is && i-- > 0;)
			*is = s->kept.batch[i] == col_int(q, 0);
	return ask_end(q, &own, e);
}

static struct ask *outbox_lack_streams_ask(
    struct store *s, enum lacking_of of, const struct outbox_file *f, struct err *e)
{
	static const char *const sql[] = { [LACKING_ALL] = "SELECT " LOG_STREAM " FROM stream",
		[LACKING_WANTED] =
		    "SELECT " LOG_STREAM " FROM stream WHERE seq>coalesce((SELECT"
		    " d.seq FROM declined d WHERE d.path=? AND d.stream=stream.id),0)",
		[LACKING_THIS_RUN] = "SELECT " LOG_STREAM " FROM stream WHERE sid IN"
				     " (SELECT sid FROM change WHERE batch>=?)" };
	struct ask *q = db_ask(s->kept.box->db, sql[of], e);
	if (q && of == LACKING_WANTED)
		ask_text(q, 1, f->path);
	if (q && of == LACKING_THIS_RUN)
		ask_int(q, 1, s->kept.batch[0]);
	return q;
}

// The row of a stream that stands in the workbook up to the same change: its chain proves the rest.
enum { STREAM_ID = 1, STREAM_SEQ = 9, STREAM_TIP = 10 }; // of LOG_STREAM
static bool outbox_lack_stands(struct ask *q, const struct outbox_lack_mine *m)
{
	struct id id;
	const struct outbox_lack_end *x =
	    col_id(q, STREAM_ID, &id) ? outbox_lack_mine_find(m, &id) : NULL;
	return x && x->seq == (uint64_t)col_int(q, STREAM_SEQ) &&
	       x->tip == (uint64_t)col_int(q, STREAM_TIP);
}

static bool outbox_lack_lacking_of_streams(struct store *s, struct arena *a, enum lacking_of of,
    const struct outbox_file *f, const struct outbox_lack_taking *takes, struct lacking *out,
    struct err *e)
{
	struct err own = { 0 };
	struct ask *q = outbox_lack_streams_ask(s, of, f, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct stream t;
		bool is = true;
		if (outbox_lack_stands(q, &takes->mine))
			continue;
		if (!log_stream_read(q, a, &t, &own)) {
			if (own.code)
				break;
			continue; // not in plando's form: nothing can be given back of it
		}
		if ((of != LACKING_THIS_RUN || outbox_lack_of_this_run(s, &t, &is, &own)) && is)
			outbox_lack_stream_compare(s, a, takes, &t, out, &own);
	}
	return ask_end(q, &own, e);
}

bool lacking_find(
    struct store *s, struct arena *a, enum lacking_of of, struct lacking *out, struct err *e)
{
	struct outbox_file f;
	struct outbox_lack_taking takes;
	struct err own = { 0 };
	*out = (struct lacking){ 0 };
	bool ok = outbox_file_read(s, a, &f, &own);
	if (ok && of == LACKING_WANTED)
		outbox_file_follow(s->kept.box->db, a, &f, &(struct err){ 0 });
	db_hold(s->db); // one lock, not one a question
	db_hold(s->kept.box->db);
	ok = ok && outbox_lack_taking_read(s, a, &takes, &own) &&
	     outbox_lack_lacking_of_streams(s, a, of, &f, &takes, out, &own);
	db_release(s->kept.box->db);
	db_release(s->db);
	return ok || err_set(e, own.code, "%s", own.text);
}

// --- a no

bool lacking_decline(struct store *s, const struct lacking *l, struct err *e)
{
	struct arena a = { 0 };
	struct outbox_file f;
	struct db *box = s->kept.box->db;
	bool ok = outbox_file_read(s, &a, &f, e) && db_begin(box, e) &&
		  outbox_file_write(box, &f, 0, 0, e);
	for (size_t i = 0; ok && i < l->count; i++) {
		struct ask *q = db_ask(
		    box, "INSERT OR REPLACE INTO declined(path,stream,seq) VALUES(?,?,?)", e);
		if (q) {
			ask_text(q, 1, f.path);
			ask_id(q, 2, &l->stream[i]);
			ask_int(q, 3, (int64_t)l->seq[i]);
		}
		ok = q && ask_run(q, e);
	}
	ok = ok && db_commit(box, e);
	if (!ok)
		db_rollback(box);
	arena_free(&a);
	return ok;
}

bool lacking_recall(struct store *s, struct err *e)
{
	struct arena a = { 0 };
	struct outbox_file f;
	struct db *box = s->kept.box->db;
	// The file's row says that it was seen to lack nothing that is wanted: it is to be seen
	// anew.
	bool ok = outbox_file_read(s, &a, &f, e) && db_begin(box, e) &&
		  outbox_file_write(box, &f, 0, 0, e);
	struct ask *q = ok ? db_ask(box, "DELETE FROM declined WHERE path=?", e) : NULL;
	if (q)
		ask_text(q, 1, f.path);
	ok = q && ask_run(q, e) && db_commit(box, e);
	if (!ok)
		db_rollback(box);
	arena_free(&a);
	return ok;
}

// --- long enough (rule 3)

static bool outbox_lack_day_known(struct db *box, int64_t day, bool *known, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(box, "SELECT 1 FROM day WHERE day=?", e);
	if (!q)
		return false;
	ask_int(q, 1, day);
	*known = ask_step(q, &own);
	return ask_end(q, &own, e);
}

static bool outbox_lack_day_note(struct db *box, int64_t day, struct err *e)
{
	struct ask *q = db_ask(box, "INSERT OR IGNORE INTO day(day) VALUES(?)", e);
	if (!q)
		return false;
	ask_int(q, 1, day);
	if (!ask_run(q, e))
		return false;
	q = db_ask(box,
	    "DELETE FROM day WHERE day NOT IN (SELECT day FROM day ORDER BY day DESC"
	    " LIMIT ?)",
	    e);
	if (!q)
		return false;
	ask_int(q, 1, DAYS_NOTED);
	return ask_run(q, e);
}

// What came with a clock that could not be right, or was ahead, came today.
static bool outbox_lack_batches_date(struct store *s, struct err *e)
{
	struct ask *q = db_ask(s->kept.box->db, "UPDATE batch SET at=?1 WHERE at>?1", e);
	if (!q)
		return false;
	ask_int(q, 1, store_now(s));
	return ask_run(q, e);
}

static bool outbox_lack_stream_drop(struct db *box, int64_t sid, struct err *e)
{
	static const char *const sql[] = { "DELETE FROM change WHERE sid=?",
		"DELETE FROM declined WHERE stream=(SELECT id FROM stream WHERE sid=?)",
		"DELETE FROM stream WHERE sid=?" };
	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
		struct ask *q = db_ask(box, sql[i], e);
		if (!q)
			return false;
		ask_int(q, 1, sid);
		if (!ask_run(q, e))
			return false;
	}
	return true;
}

// Rules 3 and 4, but for what the workbook holds.
static struct ask *outbox_lack_aged_ask(struct db *box, int64_t today, struct err *e)
{
	struct ask *q = db_ask(box,
	    "SELECT " LOG_STREAM " FROM stream s WHERE (SELECT max(b.at) FROM change c LEFT JOIN"
	    " batch b ON b.id=c.batch WHERE c.sid=s.sid)<?1 AND (SELECT count(*) FROM day WHERE"
	    " day>(SELECT max(b.at) FROM change c JOIN batch b ON b.id=c.batch WHERE"
	    " c.sid=s.sid)/?2)>=?3 AND NOT EXISTS(SELECT 1 FROM change r JOIN change c ON"
	    " c.ent=r.ent WHERE r.sid=s.sid AND r.fld='!redact' AND c.val IS NULL AND"
	    " c.sid<>r.sid)",
	    e);
	if (q) {
		ask_int(q, 1, (today - KEEP_DAYS) * DAY_MS);
		ask_int(q, 2, DAY_MS);
		ask_int(q, 3, KEEP_OPENINGS);
	}
	return q;
}

static bool outbox_lack_aged_drop(
    struct store *s, struct arena *a, int64_t today, bool *any, struct err *e)
{
	struct err own = { 0 };
	struct outbox_lack_taking takes;
	struct db *box = s->kept.box->db;
	int64_t *sid = NULL;
	size_t n = 0, cap = 0;
	int64_t oldest;
	*any = false;
	if (!db_number(box, "SELECT min(at) FROM batch", 0, &oldest, e))
		return false;
	if (oldest >= (today - KEEP_DAYS) * DAY_MS) // nothing is old enough: nothing is read
		return true;
	if (!outbox_lack_taking_read(s, a, &takes, e))
		return false;
	struct ask *q = outbox_lack_aged_ask(box, today, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct stream t;
		struct lacking l = { 0 };
		if (!log_stream_read(q, a, &t, &own) || !scopes_hold(&takes.held, &t.scope) ||
		    !outbox_lack_stream_compare(s, a, &takes, &t, &l, &own) ||
		    (l.count && !BREAK_boxaged))
			continue;
		if (arena_grow(a, (void **)&sid, n, &cap, sizeof *sid))
			sid[n++] = t.sid;
		else
			err_memory(&own);
	}
	bool ok = ask_end(q, &own, e);
	for (size_t i = 0; ok && i < n; i++)
		ok = outbox_lack_stream_drop(box, sid[i], e);
	*any = ok && n;
	return ok;
}

// The file that is open stays whole without what went.
static bool outbox_lack_digest_renew(struct store *s, struct err *e)
{
	struct db *box = s->kept.box->db;
	uint64_t digest;
	int64_t before;
	if (!meta_get_int(box, "digest", 0, &before, e) || !log_digest(box, &digest, e) ||
	    !meta_set_int(box, "digest", (int64_t)digest, e) ||
	    !db_exec(box, "DELETE FROM batch WHERE id NOT IN (SELECT batch FROM change)", e))
		return false;
	struct ask *q = db_ask(box, "UPDATE file SET box=?2 WHERE box=?1", e);
	if (!q)
		return false;
	ask_int(q, 1, before);
	ask_int(q, 2, (int64_t)digest);
	return ask_run(q, e);
}

bool lacking_expire(struct store *s, bool *any, struct err *e)
{
	struct arena a = { 0 };
	struct db *box = s->kept.box->db;
	int64_t today = store_now(s) / DAY_MS;
	bool known;
	*any = false;
	if (!clock_believed(s->env) || !outbox_lack_day_known(box, today, &known, e) || known)
		return false;
	db_hold(s->db);
	bool ok = db_begin(box, e) && outbox_lack_day_note(box, today, e) &&
		  outbox_lack_batches_date(s, e) && outbox_lack_aged_drop(s, &a, today, any, e) &&
		  (!*any || outbox_lack_digest_renew(s, e)) && db_commit(box, e);
	if (!ok)
		db_rollback(box);
	db_release(s->db);
	*any = *any && ok;
	arena_free(&a);
	return ok;
}
