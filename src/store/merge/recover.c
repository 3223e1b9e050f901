// SPDX-License-Identifier: MIT
// Reading a damaged file as far as it can be read, stream by stream, by key and never by walking
// whole tables: a lost page costs the streams that stood on it and no others.
#include "store/exchange/extract.h"
#include "store/file/private.h"
#include "store/merge/absorb.h"

#include <plando/recover.h>
#include <plando/str.h>

#include <string.h>

enum { SIDS_MOST = 1000000 };

struct recovering {
	struct absorbing w;
	struct extract extract;
	struct arena *a;
	struct recover_report *out;
	size_t loss_cap;
};

// What cannot be read is lost; but what could not be read for want of memory may be there.
static bool recover_starved(const struct err *own, struct err *e)
{
	return own->code == ERR_MEMORY && !err_memory(e);
}

static bool recover_number(struct db *db, const char *sql, int64_t *n, struct err *e)
{
	struct err own = { 0 };
	if (!db_number(db, sql, 0, n, &own))
		*n = 0;
	return !recover_starved(&own, e);
}

static bool recover_stream_at(
    struct db *db, struct arena *a, int64_t sid, struct stream *out, bool *found, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT " LOG_STREAM " FROM stream WHERE sid=?", &own);
	*found = false;
	if (!q)
		return !recover_starved(&own, e);
	ask_int(q, 1, sid);
	*found = ask_step(q, &own) && log_stream_read(q, a, out, &own);
	struct err all = { 0 };
	ask_end(q, &own, &all);
	return !recover_starved(&all, e);
}

static bool recover_has_changes(struct db *db, int64_t sid, bool *has, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT 1 FROM change WHERE sid=? LIMIT 1", &own);
	if (!q)
		return !recover_starved(&own, e);
	ask_int(q, 1, sid);
	*has = ask_step(q, &own) || own.code;
	ask_done(q);
	return !recover_starved(&own, e);
}

static bool recover_loss_add(struct recovering *x, const struct stream *t,
    const struct change_list *list, int64_t before, struct err *e)
{
	struct recover_report *out = x->out;
	int64_t kept = (int64_t)list->count, said = (int64_t)t->seq - before;
	if (said <= kept)
		return true;
	if (!arena_grow(x->a, (void **)&out->loss, out->losses, &x->loss_cap, sizeof *out->loss))
		return err_memory(e);
	out->loss[out->losses++] = (struct recover_loss){
		.author = arena_strdup(x->a, t->author ? t->author : "someone"),
		.device = arena_strdup(x->a, t->device ? t->device : "a computer"),
		.kept = kept,
		.lost = said - kept,
		.after = kept ? list->item[kept - 1].at : 0,
	};
	return true;
}

static bool recover_first_of(struct db *db, int64_t sid, uint64_t *first, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT seq FROM change WHERE sid=? ORDER BY seq LIMIT 1", &own);
	*first = 1;
	if (!q)
		return !recover_starved(&own, e);
	ask_int(q, 1, sid);
	if (ask_step(q, &own) && col_int(q, 0))
		*first = (uint64_t)col_int(q, 0);
	ask_done(q);
	return !recover_starved(&own, e);
}

// A stream begins at its first change, a fork where it was split; from there on all or a beginning.
static bool recover_stream(struct recovering *x, const struct stream *t, struct err *e)
{
	struct change_list list;
	struct err own = { 0 };
	uint64_t first = 1;
	if (t->forked && !recover_first_of(x->w.theirs, t->sid, &first, e))
		return false;
	uint64_t after = first - 1;
	if (!absorb_read(&x->w, t, after, chain_seed(t), &list, &own) && recover_starved(&own, e))
		return false;
	if (t->forked && list.count) {
		struct id derived = chain_fork_id(&t->fork_of, list.item[0].cid);
		list.count = id_equal(&derived, &t->id) ? list.count : 0;
	}
	x->out->writers += list.count > 0;
	x->out->changes += (int64_t)list.count;
	return recover_loss_add(x, t, &list, (int64_t)after, e) && absorb_list(&x->w, t, &list, e);
}

static bool recover_streams(struct recovering *x, struct err *e)
{
	struct db *db = x->w.theirs;
	int64_t last, other;
	bool ok = recover_number(db, "SELECT max(sid) FROM stream", &last, e) &&
		  recover_number(db, "SELECT max(sid) FROM change", &other, e);
	last = ok && other > last ? other : last;
	for (int64_t sid = 1; ok && sid <= last && sid <= SIDS_MOST; sid++) {
		struct arena scratch = { 0 };
		struct stream t;
		bool found, stray = false;
		x->w.a = &scratch;
		ok = recover_stream_at(db, &scratch, sid, &t, &found, e) &&
		     (found ? recover_stream(x, &t, e) : recover_has_changes(db, sid, &stray, e));
		x->out->strays += stray;
		arena_free(&scratch);
	}
	x->w.a = NULL;
	return ok;
}

// Whose it was, and which teams it held. Where that is lost: a stranger's, all of them.
static bool recover_facts_read(struct recovering *x, const struct env *env, struct id *collab,
    struct scopes *held, struct err *e)
{
	struct err own = { 0 }, other = { 0 };
	x->out->stranger = !merge_identity(x->w.theirs, "", collab, &own);
	if (x->out->stranger)
		*collab = id_random(env);
	if (!scopes_read(x->w.theirs, x->a, held, &other))
		*held = (struct scopes){ .all = true };
	return !recover_starved(&own, e) && !recover_starved(&other, e);
}

static bool recover_into(struct recovering *x, const struct env *env, const char *to, struct err *e)
{
	struct scopes held;
	struct id collab;
	if (!recover_facts_read(x, env, &collab, &held, e) ||
	    !extract_begin(&x->extract, env, to, &collab, e))
		return false;
	x->w.s = x->extract.s;
	bool ok = recover_streams(x, e);
	if (ok && !x->out->changes)
		ok = err_set(e, ERR_DATA,
		    "nothing in it can be proven to be as it was written; take your last good "
		    "copy");
	if (ok)
		ok = db_number(x->extract.s->db, "SELECT count(DISTINCT ent) FROM change", 0,
			 &x->out->records, e) &&
		     extract_end(&x->extract, &held, false, e);
	extract_abandon(&x->extract);
	return ok;
}

bool store_recover(const struct env *env, struct arena *a, const char *from, const char *to,
    struct recover_report *out, struct err *e)
{
	struct private_copy copy;
	struct arena keep = { 0 };
	struct err own = { 0 };
	struct recovering x = { .a = a, .out = out };
	*out = (struct recover_report){ 0 };
	if (!private_open_damaged(from, &copy, e))
		return false;
	x.w = (struct absorbing){
		.theirs = copy.db, .keep = &keep, .by_ent = INDEX_IN(&keep), .batch = 1
	};
	bool ok = recover_into(&x, env, to, &own);
	if (!ok && own.code == ERR_DATA && !str_starts(own.text, from))
		err_place(&own, from, 0, 0);
	arena_free(&keep);
	private_close(&copy);
	return ok || err_set(e, own.code, "%s", own.text);
}
