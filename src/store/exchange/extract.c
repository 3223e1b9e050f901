// SPDX-License-Identifier: MIT
// A part of a workbook in a file of its own. It is filled row by row and never a copy of pages:
// what was not written into it cannot be found in its free pages, its index or anywhere else.
#include "store/exchange/extract.h"

#include <plando/kind.h>

// --- a file in the making

bool extract_begin(struct extract *p, const struct env *env, const char *to,
    const struct id *collab, struct err *e)
{
	*p = (struct extract){ .to = to };
	if (!new_file_begin(env, to, &p->making, e))
		return false;
	p->s = store_new(env, p->making.temp, e);
	if (p->s) {
		p->s->mode = STORE_WRITE;
		p->s->writable = true;
		p->s->collab = *collab;
		p->s->db = db_open(p->making.temp, DB_SCRATCH, to, e);
	}
	int64_t batch;
	if (p->s && p->s->db && schema_log_make(p->s, e) &&
	    log_batch_add(p->s, "share", NULL, 0, &batch, e))
		return true;
	extract_abandon(p);
	return false;
}

void extract_abandon(struct extract *p)
{
	store_close(p->s);
	making_abandon(&p->making);
	p->s = NULL;
}

static bool extract_facts(struct extract *p, const struct scopes *held, bool parcel, struct err *e)
{
	struct db *db = p->s->db;
	uint64_t digest;
	int64_t newest;
	return log_digest(db, &digest, e) &&
	       db_number(db, "SELECT max(hlc) FROM change", 0, &newest, e) &&
	       meta_set_int(db, "digest", (int64_t)digest, e) &&
	       meta_set_int(db, "hlc_max", newest, e) &&
	       (!parcel || meta_set_int(db, "parcel", 1, e)) &&
	       (held->all || scopes_write(db, held, e));
}

bool extract_end(struct extract *p, const struct scopes *held, bool parcel, struct err *e)
{
	bool ok = extract_facts(p, held, parcel, e) && (parcel || state_make(p->s, 0, e)) &&
		  db_commit(p->s->db, e);
	store_close(p->s);
	p->s = NULL;
	ok = ok && new_file_done(&p->making, p->to, e);
	extract_abandon(p);
	return ok;
}

// Unless it is known already that there was no memory.
static void extract_damaged(struct err *e)
{
	if (!e->code)
		err_set(e, ERR_DATA, "its log is damaged; run plando check on it");
}

bool extract_name(struct extract *p, struct stream *t, struct err *e)
{
	return log_stream_add(p->s->db, t, e);
}

bool extract_stream(
    struct extract *p, struct db *from, struct stream *t, uint64_t after, int64_t *n, struct err *e)
{
	struct arena a = { 0 };
	struct err own = { 0 };
	int64_t sid = t->sid, first = *n;
	struct ask *q =
	    db_ask(from, "SELECT " LOG_CHANGE " FROM change WHERE sid=? AND seq>? ORDER BY seq", e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	ask_int(q, 2, (int64_t)after);
	while (!own.code && ask_step(q, &own)) {
		struct change c;
		struct arena_mark mark = arena_mark(&a);
		if (*n == first && !extract_name(p, t, &own))
			break;
		if (!log_change_read(q, &a, &c, &own)) {
			extract_damaged(&own);
			break;
		}
		c.sid = t->sid;
		c.batch = 1;
		log_change_add(p->s->db, &c, &own);
		++*n;
		arena_release(&a, mark);
	}
	arena_free(&a);
	return ask_end(q, &own, e);
}

// --- what may leave

static bool extract_holds_private(
    struct store *s, const struct stream *t, bool *holds, struct err *e)
{
	*holds = false;
	for (const struct kind *k = KINDS; k->name && !*holds; k++) {
		struct err own = { 0 };
		if (k->scope != SCOPE_PRIVATE)
			continue;
		struct ask *q =
		    db_ask(s->db, "SELECT 1 FROM change WHERE sid=? AND kind=? LIMIT 1", e);
		if (!q)
			return false;
		ask_int(q, 1, t->sid);
		ask_text(q, 2, k->name);
		*holds = ask_step(q, &own);
		if (!ask_end(q, &own, e))
			return false;
	}
	return true;
}

static bool extract_streams_walk(struct store *s, struct arena *a, const struct scopes *held,
    extract_take *take, void *ctx, struct err *e)
{
	struct scopes mine;
	struct err own = { 0 };
	if (!scopes_read(s->db, a, &mine, e))
		return false;
	struct ask *q = db_ask(s->db, "SELECT " LOG_STREAM " FROM stream ORDER BY sid", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct stream t;
		bool private;
		struct arena_mark mark = arena_mark(a);
		if (!log_stream_read(q, a, &t, &own))
			extract_damaged(&own);
		else if (scopes_hold(held, &t.scope) && scopes_hold(&mine, &t.scope) &&
			 extract_holds_private(s, &t, &private, &own) && !private)
			take(ctx, &t, &own);
		arena_release(a, mark);
	}
	return ask_end(q, &own, e);
}

bool extract_streams(
    struct store *s, const struct scopes *held, extract_take *take, void *ctx, struct err *e)
{
	struct arena a = { 0 };
	bool ok = extract_streams_walk(s, &a, held, take, ctx, e);
	arena_free(&a);
	return ok;
}
