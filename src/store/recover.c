// SPDX-License-Identifier: MIT
// Reading a damaged file as far as it can be read, stream by stream, by key and never by walking
// whole tables: a lost page costs the streams that stood on it and no others.
#include "store/absorb.h"
#include "store/extract.h"
#include "store/private.h"

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

static int64_t number(struct db *db, const char *sql)
{
	int64_t n;
	return db_number(db, sql, 0, &n, NULL) ? n : 0;
}

// True also where the row cannot be read: *found says.
static bool stream_at(struct db *db, struct arena *a, int64_t sid, struct stream *out, bool *found)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT " LOG_STREAM " FROM stream WHERE sid=?", NULL);
	*found = false;
	if (!q)
		return false;
	ask_int(q, 1, sid);
	*found = ask_step(q, &own) && log_stream_read(q, a, out);
	ask_done(q);
	return own.code != ERR_MEMORY;
}

static bool has_changes(struct db *db, int64_t sid)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT 1 FROM change WHERE sid=? LIMIT 1", NULL);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	bool has = ask_step(q, &own) || own.code;
	ask_done(q);
	return has;
}

static bool loss_add(struct recovering *x, const struct stream *t, const struct change_list *list,
    int64_t before, struct err *e)
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

static uint64_t first_of(struct db *db, int64_t sid)
{
	struct err own = { 0 };
	uint64_t first = 1;
	struct ask *q = db_ask(db, "SELECT seq FROM change WHERE sid=? ORDER BY seq LIMIT 1", NULL);
	if (!q)
		return first;
	ask_int(q, 1, sid);
	if (ask_step(q, &own))
		first = (uint64_t)col_int(q, 0);
	ask_done(q);
	return first ? first : 1;
}

// A stream begins at its first change, a fork where it was split; from there on all or a beginning.
static bool recover_stream(struct recovering *x, const struct stream *t, struct err *e)
{
	struct change_list list;
	struct err own = { 0 };
	uint64_t after = t->forked ? first_of(x->w.theirs, t->sid) - 1 : 0;
	if (!absorb_read(&x->w, t, after, chain_seed(t), &list, &own) && own.code == ERR_MEMORY)
		return err_memory(e);
	if (t->forked && list.count) {
		struct id derived = chain_fork_id(&t->fork_of, list.item[0].cid);
		list.count = id_equal(&derived, &t->id) ? list.count : 0;
	}
	x->out->writers += list.count > 0;
	x->out->changes += (int64_t)list.count;
	return loss_add(x, t, &list, (int64_t)after, e) && absorb_list(&x->w, t, &list, e);
}

static bool recover_streams(struct recovering *x, struct err *e)
{
	struct db *db = x->w.theirs;
	int64_t last = number(db, "SELECT max(sid) FROM stream");
	int64_t other = number(db, "SELECT max(sid) FROM change");
	last = other > last ? other : last;
	bool ok = true;
	for (int64_t sid = 1; ok && sid <= last && sid <= SIDS_MOST; sid++) {
		struct arena scratch = { 0 };
		struct stream t;
		bool found;
		x->w.a = &scratch;
		ok = stream_at(db, &scratch, sid, &t, &found) || err_memory(e);
		if (ok && found)
			ok = recover_stream(x, &t, e);
		else if (ok)
			x->out->strays += has_changes(db, sid);
		arena_free(&scratch);
	}
	x->w.a = NULL;
	return ok;
}

static struct id identity(const struct env *env, struct db *db, bool *stranger)
{
	struct id collab = { 0 };
	*stranger = !merge_identity(db, "", &collab, NULL);
	return *stranger ? id_random(env) : collab;
}

static bool recover_into(struct recovering *x, const struct env *env, const char *to, struct err *e)
{
	struct scopes held;
	struct id collab = identity(env, x->w.theirs, &x->out->stranger);
	if (!scopes_read(x->w.theirs, x->a, &held, NULL))
		held = (struct scopes){ .all = true };
	if (!extract_begin(&x->extract, env, to, &collab, e))
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
