// SPDX-License-Identifier: MIT
// Parcels: the ends of streams in a file for e-mail.
//
// Rule 1. What arrived here after a mark goes: marks are batches (arrival), not clocks.
// Rule 2. A device surely has all that this file held when it was last saved on that device (a file
//         that came from there brings its batches along), all that an earlier parcel for it took,
//         and what it wrote itself.
// Rule 3. A stream is as long as one run of the program, so chains alone do not show that a parcel
//         was left out. The streams that were newest at the mark go along by name, and so do the
//         device's own: who lacks them is told so.
// Rule 4. A parcel is no workbook: it has no tables, and only merges.
#include "store/exchange/extract.h"

#include <plando/share.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

enum { NAMED_MOST = 200 };

// A stream that goes along by name (rule 3), up to this change.
struct parcel_named {
	struct stream stream;
	int64_t batch; // in which that change came
};

struct packing {
	struct extract extract;
	struct store *s;
	const struct parcel_wish *wish;
	const char *bookmark; // NULL: none is kept
	int64_t mark;	      // for every scope
	struct id *scope;     // of what went
	size_t scopes, scope_cap;
	struct parcel_named *named;
	size_t nameds, named_cap;
	struct arena *keep;
	int64_t changes;
};

// --- marks

static bool parcel_mark_of_device(struct packing *p, int64_t *mark, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(p->s->db,
	    "SELECT max(c.batch) FROM change c JOIN stream t ON t.sid=c.sid JOIN batch b ON "
	    "b.id=c.batch WHERE t.device=? AND b.how NOT IN ('merge','share')",
	    e);
	*mark = 0;
	if (!q)
		return false;
	ask_text(q, 1, p->wish->device);
	if (ask_step(q, &own))
		*mark = col_int(q, 0);
	return ask_end(q, &own, e);
}

static bool parcel_mark_of_moment(struct packing *p, int64_t *mark, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(p->s->db, "SELECT max(id) FROM batch WHERE at<?", e);
	*mark = 0;
	if (!q)
		return false;
	ask_int(q, 1, p->wish->since);
	if (ask_step(q, &own))
		*mark = col_int(q, 0);
	return ask_end(q, &own, e);
}

// What an earlier parcel for this device took of a scope.
static bool parcel_mark_of_scope(
    struct packing *p, const struct id *scope, int64_t *mark, struct err *e)
{
	struct err own = { 0 };
	*mark = p->mark;
	if (!p->bookmark)
		return true;
	struct ask *q = db_ask(p->s->db, "SELECT batch FROM bookmark WHERE name=? AND scope=?", e);
	if (!q)
		return false;
	ask_text(q, 1, p->bookmark);
	ask_id(q, 2, scope);
	if (ask_step(q, &own) && col_int(q, 0) > *mark)
		*mark = col_int(q, 0);
	return ask_end(q, &own, e);
}

static bool parcel_bookmark_set(
    struct packing *p, const struct id *scope, int64_t batch, struct err *e)
{
	struct ask *q = db_ask(
	    p->s->db, "INSERT OR REPLACE INTO bookmark(name,scope,batch,at) VALUES(?,?,?,?)", e);
	if (!q)
		return false;
	ask_text(q, 1, p->bookmark);
	ask_id(q, 2, scope);
	ask_int(q, 3, batch);
	ask_int(q, 4, store_now(p->s));
	return ask_run(q, e);
}

static bool parcel_bookmarks_set(struct packing *p, int64_t batch, struct err *e)
{
	bool ok = db_begin(p->s->db, e);
	for (size_t i = 0; ok && i < p->scopes; i++)
		ok = parcel_bookmark_set(p, &p->scope[i], batch, e);
	if (ok && db_commit(p->s->db, e)) {
		store_look(p->s);
		return true;
	}
	db_rollback(p->s->db);
	return false;
}

// --- packing

static bool parcel_scope_note(struct packing *p, const struct id *scope, struct err *e)
{
	for (size_t i = 0; i < p->scopes; i++)
		if (id_equal(&p->scope[i], scope))
			return true;
	if (!arena_grow(p->keep, (void **)&p->scope, p->scopes, &p->scope_cap, sizeof *p->scope))
		return err_memory(e);
	p->scope[p->scopes++] = *scope;
	return true;
}

// The last change of a stream that came no later than the mark. *batch 0: there is none.
static bool parcel_stream_at_mark(
    struct packing *p, struct stream *t, int64_t mark, int64_t *batch, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(p->s->db,
	    "SELECT seq,cid,batch FROM change WHERE sid=? AND batch<=? ORDER BY seq DESC LIMIT 1",
	    e);
	*batch = 0;
	if (!q)
		return false;
	ask_int(q, 1, t->sid);
	ask_int(q, 2, mark);
	if (ask_step(q, &own)) {
		t->seq = (uint64_t)col_int(q, 0);
		t->tip = (uint64_t)col_int(q, 1);
		*batch = col_int(q, 2);
	}
	return ask_end(q, &own, e);
}

static bool parcel_name_stream(
    struct packing *p, const struct stream *t, int64_t batch, struct err *e)
{
	if (!arena_grow(p->keep, (void **)&p->named, p->nameds, &p->named_cap, sizeof *p->named))
		return err_memory(e);
	struct parcel_named *n = &p->named[p->nameds++];
	*n = (struct parcel_named){ .stream = *t, .batch = batch };
	n->stream.author = arena_strdup(p->keep, t->author);
	n->stream.device = arena_strdup(p->keep, t->device);
	n->stream.program = arena_strdup(p->keep, t->program);
	return true;
}

static bool parcel_pack_stream(void *ctx, struct stream *t, struct err *e)
{
	struct packing *p = ctx;
	int64_t mark, batch, before = p->changes;
	struct stream held = *t;
	bool own = p->wish->device && str_equal(t->device, p->wish->device);
	if (!parcel_scope_note(p, &t->scope, e) || !parcel_mark_of_scope(p, &t->scope, &mark, e) ||
	    !parcel_stream_at_mark(p, &held, own ? INT64_MAX : mark, &batch, e))
		return false;
	if (!own && !extract_stream(&p->extract, p->s->db, t, batch ? held.seq : 0, &p->changes, e))
		return false;
	return p->changes > before || !batch || parcel_name_stream(p, &held, batch, e);
}

static int parcel_newest_first(const void *a, const void *b)
{
	const struct parcel_named *x = a, *y = b;
	if (x->batch != y->batch)
		return x->batch < y->batch ? 1 : -1;
	return id_compare(&x->stream.id, &y->stream.id);
}

static bool parcel_pack_named(struct packing *p, struct err *e)
{
	if (p->nameds)
		qsort(p->named, p->nameds, sizeof *p->named, parcel_newest_first);
	for (size_t i = 0; i < p->nameds && i < NAMED_MOST; i++)
		if (!extract_name(&p->extract, &p->named[i].stream, e))
			return false;
	return true;
}

static bool parcel_pack_scopes(struct packing *p, struct scopes *held, struct err *e)
{
	const struct parcel_wish *w = p->wish;
	*held = (struct scopes){ .all = w->team_count == 0 };
	for (size_t i = 0; i < w->team_count; i++)
		if (!scopes_add(p->keep, held, &w->teams[i], e))
			return false;
	struct scopes mine;
	if (!held->all || !scopes_read(p->s->db, p->keep, &mine, e))
		return !held->all;
	*held = mine;
	return true;
}

static bool parcel_pack(struct packing *p, const char *to, int64_t *newest, struct err *e)
{
	struct scopes held;
	bool marked = p->wish->device ? parcel_mark_of_device(p, &p->mark, e)
				      : parcel_mark_of_moment(p, &p->mark, e);
	if (!marked || !db_number(p->s->db, "SELECT max(id) FROM batch", 0, newest, e) ||
	    !parcel_pack_scopes(p, &held, e) ||
	    !extract_begin(&p->extract, p->s->env, to, &p->s->collab, e))
		return false;
	bool ok = extract_streams(p->s, &held, parcel_pack_stream, p, e);
	if (ok && p->changes)
		ok = parcel_pack_named(p, e) && extract_end(&p->extract, &held, true, e);
	extract_abandon(&p->extract);
	return ok;
}

static bool parcel_device_known(struct packing *p, struct err *e)
{
	struct devices all;
	const char *device = p->wish->device;
	if (str_equal(device, p->s->env->device))
		return err_set(e, ERR_USAGE,
		    "%s is this computer; name the one that the parcel is for", device);
	if (!store_devices(p->s, p->keep, &all, e))
		return false;
	struct str names = STR_IN(p->keep);
	for (size_t i = 0; i < all.count; i++) {
		if (str_equal(all.name[i], device))
			return true;
		str_printf(&names, "%s%s", i ? ", " : "", all.name[i]);
	}
	return err_set(e, ERR_NOINPUT,
	    "no change of this copy was made on a computer called %s, so what it lacks is not "
	    "known; these are: %s (or say from when on: --since)",
	    device, names.length ? str_done(&names) : "none");
}

bool store_parcel(struct store *s, const struct parcel_wish *wish, const char *to,
    struct parcel_report *out, struct err *e)
{
	struct arena keep = { 0 };
	struct packing p = { .s = s, .wish = wish, .keep = &keep };
	int64_t newest = 0;
	*out = (struct parcel_report){ 0 };
	bool ok = !wish->device || parcel_device_known(&p, e);
	if (ok && wish->device) {
		p.bookmark = arena_printf(&keep, "sent to %s", wish->device);
		ok = p.bookmark || err_memory(e);
	}
	if (ok) {
		db_hold(s->db);
		ok = parcel_pack(&p, to, &newest, e);
		db_release(s->db);
	}
	out->changes = ok ? p.changes : 0;
	// The file is made; where the mark cannot be kept, the next parcel only takes more.
	if (ok && p.changes && p.bookmark && s->writable)
		out->noted = store_fence(s, NULL) && parcel_bookmarks_set(&p, newest, NULL);
	arena_free(&keep);
	return ok;
}

// --- devices, code

bool store_devices(struct store *s, struct arena *a, struct devices *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*out = (struct devices){ 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT DISTINCT device FROM stream WHERE device<>'' ORDER BY device LIMIT 200", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own))
		if (!arena_grow(a, (void **)&out->name, out->count, &cap, sizeof *out->name) ||
		    !(out->name[out->count++] = arena_strdup(a, col_text(q, 0))))
			err_memory(&own);
	return ask_end(q, &own, e);
}

void store_copy_code(uint64_t digest, char out[COPY_CODE])
{
	static const char signs[] =
	    "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: no I, L, O, U
	for (int i = 0, at = 0; i < 8; i++) {
		if (i == 4)
			out[at++] = '-';
		out[at++] = signs[digest >> (59 - 5 * i) & 31];
	}
	out[COPY_CODE - 1] = '\0';
}
