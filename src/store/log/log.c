// SPDX-License-Identifier: MIT
// Rows of the log, in and out. Knows columns, no rules.
#include "store/log/store.h"

#include <plando/hash.h>

#include <string.h>

// NULL where there is none. A text that there is no memory for is not that: *starved.
static const char *log_copy_text(struct ask *q, struct arena *a, int at, bool *starved)
{
	if (col_null(q, at))
		return NULL;
	const char *text = col_text(q, at),
		   *copy = text ? arena_copy(a, text, col_size(q, at)) : NULL;
	*starved = *starved || !copy;
	return copy;
}

static bool log_fork_read(struct ask *q, struct arena *a, struct stream *out, struct err *e)
{
	const uint64_t *base;
	size_t n;
	const uint8_t *blob = col_blob(q, 8);
	if (!blob || col_size(q, 8) != 24)
		return false;
	if (!prev_read(a, blob + 16, 8, &base, &n))
		return err_memory(e);
	memcpy(out->fork_of.b, blob, 16);
	out->fork_base = base[0];
	return true;
}

bool log_stream_read(struct ask *q, struct arena *a, struct stream *out, struct err *e)
{
	bool starved = false;
	*out = (struct stream){ .sid = col_int(q, 0),
		.author = log_copy_text(q, a, 3, &starved),
		.device = log_copy_text(q, a, 4, &starved),
		.program = log_copy_text(q, a, 5, &starved),
		.opened = col_int(q, 6),
		.utcoff = col_int(q, 7),
		.forked = !col_null(q, 8),
		.seq = (uint64_t)col_int(q, 9),
		.tip = (uint64_t)col_int(q, 10) };
	if (starved)
		return err_memory(e);
	return col_id(q, 1, &out->id) && col_id(q, 2, &out->scope) &&
	       (!out->forked || log_fork_read(q, a, out, e));
}

bool log_change_read(struct ask *q, struct arena *a, struct change *out, struct err *e)
{
	bool starved = false;
	*out = (struct change){ .sid = col_int(q, 0),
		.seq = (uint64_t)col_int(q, 1),
		.cid = (uint64_t)col_int(q, 2),
		.hlc = col_int(q, 3),
		.at = col_int(q, 4),
		.grp = (uint64_t)col_int(q, 5),
		.last = col_int(q, 6) != 0,
		.kind = log_copy_text(q, a, 8, &starved),
		.fld = log_copy_text(q, a, 9, &starved),
		.val = log_copy_text(q, a, 10, &starved),
		.batch = col_int(q, 12) };
	if (starved)
		return err_memory(e);
	size_t n = col_size(q, 11);
	if (!col_id(q, 7, &out->ent) || !out->kind || !out->fld || n % 8)
		return false;
	return prev_read(a, n ? col_blob(q, 11) : NULL, n, &out->prev, &out->prevs) ||
	       err_memory(e);
}

bool log_stream_add(struct db *db, struct stream *s, struct err *e)
{
	struct ask *q = db_ask(db,
	    "INSERT INTO stream(id,scope,author,device,program,opened,utcoff,fork_of,seq,tip)"
	    " VALUES(?,?,?,?,?,?,?,?,?,?)",
	    e);
	uint8_t fork[24];
	if (!q)
		return false;
	memcpy(fork, s->fork_of.b, 16);
	prev_write(fork + 16, &s->fork_base, 1);
	ask_id(q, 1, &s->id);
	ask_id(q, 2, &s->scope);
	ask_text(q, 3, s->author);
	ask_text(q, 4, s->device);
	ask_text(q, 5, s->program);
	ask_int(q, 6, s->opened);
	ask_int(q, 7, s->utcoff);
	ask_blob(q, 8, fork, s->forked ? sizeof fork : 0);
	ask_int(q, 9, (int64_t)s->seq);
	ask_int(q, 10, (int64_t)s->tip);
	if (!ask_run(q, e))
		return false;
	s->sid = db_rowid(db);
	return true;
}

bool log_change_add(struct db *db, const struct change *c, struct err *e)
{
	enum { INLINE = 64 };
	uint8_t few[8 * INLINE];
	struct arena a = { 0 };
	uint8_t *prev = c->prevs <= INLINE ? few : arena_array(&a, c->prevs, 8);
	struct ask *q =
	    prev ? db_ask(db,
		       "INSERT INTO change(" LOG_CHANGE ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)", e)
		 : (err_memory(e), NULL);
	bool ok = q != NULL;
	if (ok) {
		prev_write(prev, c->prev, c->prevs);
		ask_int(q, 1, c->sid);
		ask_int(q, 2, (int64_t)c->seq);
		ask_int(q, 3, (int64_t)c->cid);
		ask_int(q, 4, c->hlc);
		ask_int(q, 5, c->at);
		ask_int(q, 6, (int64_t)c->grp);
		ask_int(q, 7, c->last);
		ask_id(q, 8, &c->ent);
		ask_text(q, 9, c->kind);
		ask_text(q, 10, c->fld);
		ask_text(q, 11, c->val);
		ask_blob(q, 12, prev, 8 * c->prevs);
		ask_int(q, 13, c->batch);
		ok = ask_run(q, e);
	}
	arena_free(&a);
	return ok;
}

bool log_erased(struct db *db, const struct change *c, bool *is, struct err *e)
{
	char hex[20];
	uint8_t bytes[8];
	struct err own = { 0 };
	struct ask *q =
	    db_ask(db, "SELECT 1 FROM change WHERE ent=? AND fld='!redact' AND val=?", e);
	if (!q)
		return false;
	prev_write(bytes, &c->cid, 1);
	hash_hex(bytes, 8, hex);
	ask_id(q, 1, &c->ent);
	ask_text(q, 2, hex);
	*is = ask_step(q, &own);
	return ask_end(q, &own, e);
}

bool log_digest(struct db *db, uint64_t *sum, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT DISTINCT cid FROM change", e);
	*sum = 0;
	if (!q)
		return false;
	while (ask_step(q, &own))
		*sum += (uint64_t)col_int(q, 0);
	return ask_end(q, &own, e);
}

bool log_stream_tip(struct db *db, int64_t sid, uint64_t seq, uint64_t tip, struct err *e)
{
	struct ask *q = db_ask(db, "UPDATE stream SET seq=?2, tip=?3 WHERE sid=?1", e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	ask_int(q, 2, (int64_t)seq);
	ask_int(q, 3, (int64_t)tip);
	return ask_run(q, e);
}

bool log_batch_add(
    struct store *s, const char *how, const char *source, int64_t n, int64_t *id, struct err *e)
{
	struct ask *q = db_ask(s->db, "INSERT INTO batch(at,how,source,by,n) VALUES(?,?,?,?,?)", e);
	if (!q)
		return false;
	ask_int(q, 1, store_now(s));
	ask_text(q, 2, how);
	ask_text(q, 3, source);
	ask_text(q, 4, s->env->author);
	ask_int(q, 5, n);
	if (!ask_run(q, e))
		return false;
	*id = db_rowid(s->db);
	return true;
}

bool log_batch_count(struct db *db, int64_t batch, int64_t n, struct err *e)
{
	struct ask *q = db_ask(db, "UPDATE batch SET n=?2 WHERE id=?1", e);
	if (!q)
		return false;
	ask_int(q, 1, batch);
	ask_int(q, 2, n);
	return ask_run(q, e);
}
