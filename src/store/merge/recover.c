// SPDX-License-Identifier: MIT
// What can be saved of a damaged file. Its pages are read one by one (salvage.c); then what is there is held
// against its chains.
//
// Rule 1. A run of changes proves itself from any cid on: each names, hashed, the one before it. A run that
//         begins at a stream's own seed stands under that stream; any other under a fork of it, from the cid of
//         the last change before the run, so that it meets the same changes of other copies as the same.
// Rule 2. Where it is lost who wrote a stream, its runs are somebody's, in the scope of most of their records.
// Rule 3. What no chain proves (the change before a run, a save without its end) and what nothing later replaced
//         is written anew, as of its own time, by whom its stream names: it has seen the change that it stands for.
// Rule 4. What its chain shows to be altered is lost.
#include "store/exchange/extract.h"
#include "store/file/private.h"
#include "store/merge/absorb.h"
#include "store/merge/salvage.h"

#include <plando/kind.h>
#include <plando/recover.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

// A change that rule 3 is about.
struct loose {
	struct change c;
	size_t writer; // in recovering.writer
	size_t loss;   // in recover_report.loss; SIZE_MAX: none is told of its stream
};

// Who wrote in which scope.
struct writer {
	struct id scope;
	const char *author, *device; // NULL: not known
};

struct recovering {
	struct absorbing w;
	struct extract extract;
	struct salvage salvage;
	struct arena *a; // the caller's, for what is told
	struct recover_report *out;
	size_t loss_cap;
	struct index by_writer; // of out->loss
	struct arena keep;
	struct loose *loose;
	size_t looses, loose_cap;
	struct writer *writer;
	size_t writers, writer_cap;
	struct index seen; // the cids that some change names as seen
	uint64_t *cid;
	size_t cids, cid_cap;
};

// One stream while it is read.
struct recovered {
	struct stream t;
	bool known;	  // its row in the table of streams is there
	bool placed;	  // its scope is known
	struct stream at; // where the run goes
	struct change_list run;
	bool chained, seeded; // there is a cid to follow; it is the stream's seed
	uint64_t before, next;
	int64_t rows, kept;
	uint64_t first;
	int64_t last_at;
	size_t loose; // the first of its loose changes
};

// --- whose, and where

static bool recover_stream_row(
    struct recovering *x, struct arena *a, int64_t sid, struct recovered *r, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(x->salvage.db, "SELECT " LOG_STREAM " FROM stream WHERE sid=?", e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	r->known = ask_step(q, &own) && log_stream_read(q, a, &r->t, &own);
	r->placed = r->known;
	if (!r->known)
		r->t = (struct stream){ .sid = sid };
	return ask_end(q, &own, e);
}

// The id, as bytes or as text, in the only row; *found.
static bool recover_id(
    struct recovering *x, const char *sql, int64_t sid, struct id *out, bool *found, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(x->salvage.db, sql, e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	*found = ask_step(q, &own) && (col_id(q, 0, out) || id_parse(col_text(q, 0), out));
	return ask_end(q, &own, e);
}

// What all share is of kinds that no team has.
static bool recover_is_shared(struct recovering *x, int64_t sid, bool *shared, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(x->salvage.db, "SELECT DISTINCT kind FROM change WHERE sid=?", e);
	*shared = false;
	if (!q)
		return false;
	ask_int(q, 1, sid);
	while (!*shared && ask_step(q, &own)) {
		const struct kind *k = kind_find(col_text(q, 0));
		*shared = k && k->scope == SCOPE_SHARED;
	}
	return ask_end(q, &own, e);
}

// Rule 2. Where nothing says it, nobody can be shown what was written.
static bool recover_place(struct recovering *x, struct recovered *r, struct err *e)
{
	static const char BY_RECORDS[] =
	    "SELECT scope FROM place JOIN change USING(ent) WHERE sid=? GROUP BY scope "
	    "ORDER BY count(*) DESC, scope LIMIT 1";
	static const char BY_TEAM[] =
	    "SELECT val FROM change WHERE fld='team' AND val<>'' AND ent IN "
	    "(SELECT ent FROM change WHERE sid=?) ORDER BY hlc DESC LIMIT 1";
	bool shared = false;
	if (r->placed)
		return true;
	if (!recover_id(x, BY_RECORDS, r->t.sid, &r->t.scope, &r->placed, e) ||
	    (!r->placed && !recover_is_shared(x, r->t.sid, &shared, e)))
		return false;
	if (shared)
		r->t.scope = ID_COLLABORATIVE;
	r->placed = r->placed || shared;
	return r->placed || recover_id(x, BY_TEAM, r->t.sid, &r->t.scope, &r->placed, e);
}

// --- what no chain proves

static struct writer *recover_writer(struct recovering *x, const struct stream *t, struct err *e)
{
	struct writer *w = x->writers ? &x->writer[x->writers - 1] : NULL;
	if (w && id_equal(&w->scope, &t->scope) && str_equal(w->author, t->author) &&
	    str_equal(w->device, t->device))
		return w;
	if (!arena_grow(
		&x->keep, (void **)&x->writer, x->writers, &x->writer_cap, sizeof *x->writer))
		return err_memory(e), NULL;
	w = &x->writer[x->writers++];
	*w = (struct writer){ .scope = t->scope,
		.author = t->author ? arena_strdup(&x->keep, t->author) : NULL,
		.device = t->device ? arena_strdup(&x->keep, t->device) : NULL };
	if ((t->author && !w->author) || (t->device && !w->device))
		return err_memory(e), NULL;
	return w;
}

static bool recover_loose(
    struct recovering *x, const struct recovered *r, const struct change *c, struct err *e)
{
	if (!c->val || !absorb_change_allowed(c) || !scope_kind_fits(&r->t.scope, c->kind))
		return true;
	if (!recover_writer(x, &r->t, e))
		return false;
	uint64_t *seen = arena_array(&x->keep, c->prevs + 1, sizeof *seen);
	if (!seen ||
	    !arena_grow(&x->keep, (void **)&x->loose, x->looses, &x->loose_cap, sizeof *x->loose))
		return err_memory(e);
	if (c->prevs)
		memcpy(seen, c->prev, c->prevs * sizeof *seen);
	seen[c->prevs] = c->cid;
	struct loose *l = &x->loose[x->looses++];
	*l = (struct loose){ .c = *c, .writer = x->writers - 1, .loss = SIZE_MAX };
	l->c.prev = seen;
	l->c.prevs = c->prevs + 1;
	l->c.kind = arena_strdup(&x->keep, c->kind);
	l->c.fld = arena_strdup(&x->keep, c->fld);
	l->c.val = arena_strdup(&x->keep, c->val);
	return (l->c.kind && l->c.fld && l->c.val) || err_memory(e);
}

// --- runs

// The run ends here: its whole saves are taken in, what is there of one more is loose.
static bool recover_run_end(struct recovering *x, struct recovered *r, struct err *e)
{
	size_t all = r->run.count, whole = all;
	while (whole && !r->run.item[whole - 1].last)
		whole--;
	for (size_t i = whole; i < all; i++)
		if (!recover_loose(x, r, &r->run.item[i], e))
			return false;
	r->run.count = whole;
	r->kept += (int64_t)whole;
	r->last_at = whole ? r->run.item[whole - 1].at : r->last_at;
	bool ok = absorb_list(&x->w, &r->at, &r->run, e);
	r->run = (struct change_list){ 0 };
	return ok;
}

// Rule 1. c is the first that the chain proves.
static void recover_run_begin(struct recovered *r, const struct change *c)
{
	struct id from = r->t.id, derived = chain_fork_id(&r->t.fork_of, c->cid);
	r->run = (struct change_list){ .before = r->before };
	r->at = r->t;
	if (r->seeded && (!r->t.forked || id_equal(&derived, &r->t.id)))
		return;
	if (!r->known) {
		char cid[24];
		snprintf(cid, sizeof cid, "%016llx", (unsigned long long)r->before);
		from = id_natural((const char *[]){ "recovered", cid }, 2);
	}
	r->at.forked = true;
	r->at.fork_of = from;
	r->at.fork_base = r->before;
	r->at.id = chain_fork_id(&from, c->cid);
}

static bool recover_change(
    struct recovering *x, struct recovered *r, const struct change *c, struct err *e)
{
	struct err own = { 0 };
	bool follows = r->chained && c->seq == r->next;
	bool proven = follows && absorb_change_verify(&x->w, &r->t, c, r->before, r->next, &own);
	if (own.code == ERR_MEMORY)
		return err_memory(e);
	if (proven) {
		if (!r->run.count)
			recover_run_begin(r, c);
		if (!arena_grow(x->w.a, (void **)&r->run.item, r->run.count, &r->run.cap,
			sizeof *r->run.item))
			return err_memory(e);
		r->run.item[r->run.count++] = *c;
	} else if (!recover_run_end(x, r, e) || (!follows && !recover_loose(x, r, c, e))) {
		return false; // one that follows and is not proven was altered: rule 4
	}
	r->seeded = r->seeded && proven;
	r->chained = true;
	r->before = c->cid;
	r->next = c->seq + 1;
	return true;
}

static bool recover_changes(struct recovering *x, struct recovered *r, struct err *e)
{
	struct err own = { 0 };
	struct ask *q =
	    db_ask(x->salvage.db, "SELECT " LOG_CHANGE " FROM change WHERE sid=? ORDER BY seq", e);
	if (!q)
		return false;
	ask_int(q, 1, r->t.sid);
	while (!own.code && ask_step(q, &own)) {
		struct change c;
		if (!log_change_read(q, x->w.a, &c, &own))
			continue; // not in plando's form
		if (!r->rows++) {
			r->first = r->t.forked ? c.seq : 1;
			r->next = r->first;
		}
		recover_change(x, r, &c, &own);
	}
	return ask_end(q, &own, e) && recover_run_end(x, r, e);
}

// --- one stream after the other

// The loss of this person on this computer, over all their runs of the program. NULL: no memory.
static struct recover_loss *recover_loss_of(struct recovering *x, const struct stream *t)
{
	struct recover_report *out = x->out;
	const char *author = t->author ? t->author : "somebody";
	const char *device = t->device ? t->device : "a computer";
	uint64_t hash = index_hash(author, strlen(author), index_hash(device, strlen(device), 1));
	size_t walk = 0, at;
	while ((at = index_next(&x->by_writer, hash, &walk)) != SIZE_MAX)
		if (str_equal(out->loss[at].author, author) &&
		    str_equal(out->loss[at].device, device))
			return &out->loss[at];
	if (!arena_grow(x->a, (void **)&out->loss, out->losses, &x->loss_cap, sizeof *out->loss) ||
	    !index_put(&x->by_writer, hash, out->losses))
		return NULL;
	struct recover_loss *l = &out->loss[out->losses++];
	*l = (struct recover_loss){ .author = arena_strdup(x->a, author),
		.device = arena_strdup(x->a, device) };
	return l->author && l->device ? l : NULL;
}

static bool recover_lost(struct recovering *x, const struct recovered *r, struct err *e)
{
	int64_t before = r->first ? (int64_t)r->first - 1 : 0;
	int64_t said = r->known ? (int64_t)r->t.seq - before : r->rows;
	if (said <= r->kept)
		return true;
	struct recover_loss *l = recover_loss_of(x, &r->t);
	if (!l)
		return err_memory(e);
	l->lost += said - r->kept;
	l->kept += r->kept;
	l->after = r->last_at > l->after ? r->last_at : l->after;
	for (size_t i = r->loose; i < x->looses; i++)
		x->loose[i].loss = (size_t)(l - x->out->loss);
	return true;
}

static bool recover_stream(struct recovering *x, int64_t sid, struct err *e)
{
	struct recovered r = { .loose = x->looses };
	if (!recover_stream_row(x, x->w.a, sid, &r, e) || !recover_place(x, &r, e))
		return false;
	r.chained = r.seeded = r.known;
	r.before = chain_seed(&r.t);
	if (!recover_changes(x, &r, e))
		return false;
	x->out->strays += !r.known;
	x->out->nameless += r.known ? 0 : r.kept;
	x->out->writers += r.kept > 0;
	x->out->changes += r.kept;
	return recover_lost(x, &r, e);
}

static bool recover_streams(struct recovering *x, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(x->salvage.db,
	    "SELECT sid FROM stream UNION SELECT DISTINCT sid FROM change ORDER BY sid", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct arena scratch = { 0 };
		x->w.a = &scratch;
		recover_stream(x, col_int(q, 0), &own);
		x->w.a = NULL;
		arena_free(&scratch);
	}
	return ask_end(q, &own, e);
}

// --- rule 3

static bool recover_seen_add(struct recovering *x, uint64_t cid, struct err *e)
{
	if (!arena_grow(&x->keep, (void **)&x->cid, x->cids, &x->cid_cap, sizeof *x->cid))
		return err_memory(e);
	x->cid[x->cids] = cid;
	return index_put(&x->seen, cid, x->cids++) || err_memory(e);
}

static bool recover_was_seen(const struct recovering *x, uint64_t cid)
{
	size_t walk = 0, at;
	while ((at = index_next(&x->seen, cid, &walk)) != SIZE_MAX)
		if (x->cid[at] == cid)
			return true;
	return false;
}

// Also what is kept: a fork may hold what is loose in another line of it.
static bool recover_seen_read(struct recovering *x, struct err *e)
{
	struct err own = { 0 };
	x->seen = INDEX_IN(&x->keep);
	struct ask *q = db_ask(x->salvage.db, "SELECT prev FROM change WHERE prev NOT NULL", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct arena a = { 0 };
		const uint64_t *prev = NULL;
		size_t n = 0;
		prev_read(&a, col_blob(q, 0), col_size(q, 0), &prev, &n);
		for (size_t i = 0; prev && i < n && !own.code; i++)
			recover_seen_add(x, prev[i], &own);
		arena_free(&a);
	}
	if (!ask_end(q, &own, e) || !(q = db_ask(x->extract.s->db, "SELECT cid FROM change", e)))
		return false;
	while (!own.code && ask_step(q, &own))
		recover_seen_add(x, (uint64_t)col_int(q, 0), &own);
	return ask_end(q, &own, e);
}

// The loose changes of one writer, as one save of a stream of its own.
static bool recover_write_anew(
    struct recovering *x, const struct env *env, size_t writer, struct err *e)
{
	const struct writer *w = &x->writer[writer];
	struct arena a = { 0 };
	struct change_list list = { 0 };
	struct stream t = { .id = id_random(env),
		.scope = w->scope,
		.author = w->author ? w->author : "somebody",
		.device = w->device ? w->device : "a damaged file",
		.program = "plando recover",
		.opened = store_now(x->extract.s) };
	bool ok = true;
	for (size_t i = 0; ok && i < x->looses; i++) {
		const struct loose *l = &x->loose[i];
		if (l->writer != writer || recover_was_seen(x, l->c.cid))
			continue;
		ok = arena_grow(&a, (void **)&list.item, list.count, &list.cap, sizeof *list.item);
		if (ok)
			list.item[list.count++] = l->c;
		if (ok && l->loss != SIZE_MAX)
			x->out->loss[l->loss].lost--;
	}
	uint64_t before = list.before = chain_seed(&t);
	for (size_t i = 0; i < list.count; i++) {
		struct change *c = &list.item[i];
		c->seq = i + 1;
		c->grp = 1;
		c->last = i + 1 == list.count;
		before = c->cid = chain_next(before, c);
	}
	x->w.a = &a;
	ok = ok ? !list.count || absorb_list(&x->w, &t, &list, e) : err_memory(e);
	x->w.a = NULL;
	x->out->anew += (int64_t)list.count;
	x->out->changes += (int64_t)list.count;
	arena_free(&a);
	return ok;
}

static bool recover_rest(struct recovering *x, const struct env *env, struct err *e)
{
	bool ok = !x->looses || recover_seen_read(x, e);
	for (size_t i = 0; ok && i < x->writers; i++)
		ok = recover_write_anew(x, env, i, e);
	size_t left = 0;
	for (size_t i = 0; i < x->out->losses; i++)
		if (x->out->loss[i].lost)
			x->out->loss[left++] = x->out->loss[i];
	x->out->losses = left;
	return ok;
}

// --- all of it

// Whose it was, and which teams it held. Where that is lost: a stranger's, all of them.
static bool recover_facts(struct recovering *x, const struct env *env, struct id *collab,
    struct scopes *held, struct err *e)
{
	struct err own = { 0 }, other = { 0 };
	x->out->stranger = !merge_identity(x->salvage.db, "", collab, &own);
	if (x->out->stranger)
		*collab = id_random(env);
	if (!scopes_read(x->salvage.db, &x->keep, held, &other))
		*held = (struct scopes){ .all = true };
	return own.code == ERR_MEMORY || other.code == ERR_MEMORY ? err_memory(e) : true;
}

static bool recover_into(struct recovering *x, const struct env *env, const char *to, struct err *e)
{
	struct scopes held;
	struct id collab;
	if (!recover_facts(x, env, &collab, &held, e) ||
	    !extract_begin(&x->extract, env, to, &collab, e))
		return false;
	x->w.s = x->extract.s;
	bool ok = recover_streams(x, e) && recover_rest(x, env, e);
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
	struct err own = { 0 };
	struct recovering x = { .a = a, .out = out };
	*out = (struct recover_report){ 0 };
	if (!salvage_read(from, &x.salvage, e))
		return false;
	out->unread = x.salvage.unread;
	x.w = (struct absorbing){ .theirs = x.salvage.db,
		.keep = &x.keep,
		.by_ent = INDEX_IN(&x.keep),
		.batch = 1,
		.forked = true };
	x.by_writer = INDEX_IN(&x.keep);
	bool ok = recover_into(&x, env, to, &own);
	if (!ok && own.code == ERR_DATA && !str_starts(own.text, from))
		err_place(&own, from, 0, 0);
	arena_free(&x.keep);
	salvage_close(&x.salvage);
	return ok || err_set(e, own.code, "%s", own.text);
}
