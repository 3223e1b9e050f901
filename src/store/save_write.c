// SPDX-License-Identifier: MIT
// Saving: what was collected is written in one transaction, log first, fold after it.
//
// Rule 1. Each change names the heads it saw (prev), read inside the transaction.
// Rule 2. One stream touches one scope; a save across scopes is one group in each stream.
// Rule 3. hlc = max(wall, newest hlc of the file + 1); a wall clock that cannot be right does not
// count. Rule 4. Our stream must be as we left it (seq and tip); else the file is an older copy or
// a clone went on:
//         this run goes on in a new stream.
// Rule 5. A cell that shows the value already, undisputed, is not written again.
// Rule 6. A save that is too much for memory is written in parts (save_spill) within the one
//         transaction: parts go by the order of ids, which the trees on the disk are in.
#include "store/save.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

// --- scope

static bool scope_find(struct save *v, const struct id *id, const char *kind, int depth,
    struct id *scope, bool *stored, struct err *e);

// The scope of a record that another one names; *scope stays the shared one where it leads nowhere.
// Many records in a row name the same one, which is in the workbook.
static bool scope_via(
    struct save *v, const struct id *to, int depth, struct id *scope, struct err *e)
{
	const char *kind = save_pending_kind(v, to);
	bool stored = false;
	struct id own;
	if (!kind && !id_zero(to) && id_equal(&v->via, to)) {
		*scope = v->via_scope;
		return true;
	}
	if (!kind && !save_stored_rec(v->store, to, v->a, &kind, &own, &stored, e))
		return false;
	if (str_equal(kind, "team"))
		*scope = *to;
	else if (kind && depth < 8 && !scope_find(v, to, kind, depth + 1, scope, &stored, e))
		return false;
	if (stored) {
		v->via = *to;
		v->via_scope = *scope;
	}
	return true;
}

// A record keeps the scope it was made in. A new one is of the team that its references lead to.
static bool scope_find(struct save *v, const struct id *id, const char *kind, int depth,
    struct id *scope, bool *stored, struct err *e)
{
	const struct kind *k = kind_find(kind);
	if (!save_stored_rec(v->store, id, v->a, NULL, scope, stored, e))
		return false;
	if (*stored)
		return true;
	*scope = ID_COLLABORATIVE;
	if (k && k->scope == SCOPE_PRIVATE) {
		*scope = scope_of_author(v->store->env->author);
		return true;
	}
	for (size_t i = 0; k && k->scope != SCOPE_SHARED && i < 4 && k->via[i]; i++) {
		struct id to;
		if (!id_parse(save_pending(v, id, k->via[i]), &to))
			continue;
		if (!scope_via(v, &to, depth, scope, e))
			return false;
		if (!id_equal(scope, &ID_COLLABORATIVE))
			return true;
	}
	return true;
}

// Of a record that is nowhere in the log all is known that its fold needs. A tombstone and a
// redaction look into the log all the same.
static bool plain_edits(const struct save *v, const struct touched *t)
{
	for (size_t i = t->first; i != NO_EDIT; i = v->edit[i].next)
		if (v->edit[i].tombstone || v->edit[i].sides || strchr("~!", v->edit[i].cell[0]))
			return false;
	return true;
}

static bool scope_refuse(struct save *v, const struct id *scope, struct err *e)
{
	char uuid[ID_TEXT];
	id_print(scope, uuid);
	const char *name = record_ref_title(v->store, v->a, uuid);
	return err_set(e, ERR_DATA,
	    "this is a part of the workbook, without what belongs to %s; ask for a copy with it",
	    name ? name : "that team");
}

// In a part of a workbook: only what it holds, teams that are made in it, and one's own notes.
static bool save_held(struct save *v, struct err *e)
{
	struct scopes held;
	if (!scopes_read(v->store->db, v->a, &held, e))
		return false;
	if (held.all)
		return true;
	size_t before = held.count;
	struct id own = scope_of_author(v->store->env->author);
	for (size_t i = 0; i < v->touched_count; i++) {
		const struct touched *t = &v->touched[i];
		if (id_equal(&t->scope, &own) && !scopes_add(v->a, &held, &own, e))
			return false;
		if (str_equal(t->kind, "team") && !save_stored(v, &t->id) &&
		    !scopes_add(v->a, &held, &t->id, e))
			return false;
	}
	for (size_t i = 0; i < v->touched_count; i++)
		if (!scopes_hold(&held, &v->touched[i].scope))
			return scope_refuse(v, &v->touched[i].scope, e);
	return held.count == before || scopes_write(v->store->db, &held, e);
}

static bool save_scopes(struct save *v, struct err *e)
{
	for (size_t i = 0; i < v->touched_count; i++) {
		struct touched *t = &v->touched[i];
		bool stored;
		if (!scope_find(v, &t->id, t->kind, 0, &t->scope, &stored, e))
			return false;
		t->fresh = !stored && plain_edits(v, t);
	}
	return save_held(v, e);
}

// --- clock (rule 3)

static int64_t clock_wall(struct store *s)
{
	return clock_believed(s->env) ? store_now(s) : 0;
}

static int64_t clock_next(int64_t wall, int64_t newest)
{
	static const int64_t most = 4102444800000 + ((int64_t)1 << 40) - 1;
	int64_t next = wall > newest ? wall : newest + 1;
	return next < most ? next : most;
}

// --- streams (rules 2 and 4)

static bool session_holds(struct store *s, const struct session *n, bool *holds, struct err *e)
{
	struct ask *q = db_ask(s->db, "SELECT sid,seq,tip FROM stream WHERE id=?", e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_id(q, 1, &n->stream);
	*holds = ask_step(q, &own) && col_int(q, 0) == n->sid &&
		 (uint64_t)col_int(q, 1) == n->seq && (uint64_t)col_int(q, 2) == n->tip;
	return ask_end(q, &own, e);
}

static bool session_mint(struct store *s, const struct id *scope, struct session *n, struct err *e)
{
	int64_t now = store_now(s);
	struct stream t = { .id = id_random(s->env),
		.scope = *scope,
		.author = s->env->author,
		.device = s->env->device,
		.program = "plando " PLANDO_VERSION,
		.opened = now,
		.utcoff = env_offset(s->env, now) };
	if (id_zero(&t.id))
		return err_set(
		    e, ERR_IO, "this computer gives no random numbers; nothing was written");
	t.tip = chain_seed(&t);
	if (!log_stream_add(s->db, &t, e))
		return false;
	*n = (struct session){ .scope = *scope, .stream = t.id, .sid = t.sid, .tip = t.tip };
	return true;
}

// The stream of this run in a scope, as the file has it; a new one where there is none or it moved
// on.
static bool session_find(
    struct store *s, const struct id *scope, struct session *out, struct err *e)
{
	for (size_t i = 0; i < s->sessions; i++) {
		bool holds;
		if (!BREAK_scope && !id_equal(&s->session[i].scope, scope))
			continue;
		if (!session_holds(s, &s->session[i], &holds, e))
			return false;
		if (holds) {
			*out = s->session[i];
			return true;
		}
		s->lost = true;
	}
	return session_mint(s, scope, out, e);
}

static bool wrote_keep(struct store *s, const struct session *n)
{
	size_t i = 0;
	while (i < s->wrote_count && !id_equal(&s->wrote[i].stream, &n->stream))
		i++;
	if (i == s->wrote_count && !arena_grow(&s->arena, (void **)&s->wrote, s->wrote_count,
				       &s->wrote_cap, sizeof *s->wrote))
		return false;
	s->wrote[i] = (struct wrote){ n->stream, n->seq, n->tip, true };
	s->wrote_count += i == s->wrote_count;
	return true;
}

static bool session_keep(struct store *s, const struct session *n)
{
	size_t i = 0;
	while (i < s->sessions && !id_equal(&s->session[i].scope, &n->scope))
		i++;
	if (i == s->sessions && !arena_grow(&s->arena, (void **)&s->session, s->sessions,
				    &s->session_cap, sizeof *s->session))
		return false;
	s->session[i] = *n;
	s->sessions += i == s->sessions;
	return wrote_keep(s, n);
}

// --- writing

// One stream while a save is written. The newest change is held back until it is known whether it
// is the last.
struct writing_stream {
	struct session session;
	uint64_t first;
	struct change held;
	struct arena kept; // of what is held while its part is let go of
	bool holding;
};

struct writing {
	struct save *v;
	struct arena own; // of the streams
	int64_t wall, newest, batch;
	uint64_t digest;
	size_t written;
	struct writing_stream *stream;
	size_t streams, cap;
	struct id *again; // records whose newest change was held back when they were folded
	size_t agains, again_cap;
};

static struct writing_stream *writing_stream(
    struct writing *w, const struct id *scope, struct err *e)
{
	for (size_t i = w->streams; i-- > 0;) // edits of one scope mostly come together
		if (BREAK_scope || id_equal(&w->stream[i].session.scope, scope))
			return &w->stream[i];
	if (!arena_grow(&w->own, (void **)&w->stream, w->streams, &w->cap, sizeof *w->stream))
		return err_memory(e), NULL;
	struct writing_stream *t = &w->stream[w->streams];
	*t = (struct writing_stream){ 0 };
	if (!session_find(w->v->store, scope, &t->session, e))
		return NULL;
	t->first = t->session.seq + 1;
	w->streams++;
	return t;
}

static bool writing_flush(struct writing *w, struct writing_stream *t, bool last, struct err *e)
{
	if (!t->holding)
		return true;
	t->held.last = last;
	t->held.cid = t->session.tip = chain_next(t->session.tip, &t->held);
	t->session.seq = t->held.seq;
	w->digest += t->held.cid;
	t->holding = false;
	return log_change_add(w->v->store->db, &t->held, e);
}

static bool writing_prev(
    struct writing *w, struct change *c, const struct edit *d, bool *skip, struct err *e)
{
	struct db *db = w->v->store->db;
	struct heads h;
	if (d->erasure)
		return true;
	if (d->tombstone) {
		size_t n =
		    strlen(d->cell); // "~" buries all, "list.key.~" what begins with "list.key."
		const char *prefix = n > 1 ? arena_copy(w->v->a, d->cell, n - 1) : NULL;
		return fold_seen(db, w->v->a, &c->ent, prefix, &c->prev, &c->prevs, e);
	}
	if (!fold_heads(db, w->v->a, &c->ent, d->cell, &h, e))
		return false;
	const char *shown = h.count ? h.item[h.count - 1].val : "";
	*skip = !d->always && fold_distinct(&h, d->cell) <= 1 && strcmp(shown, d->value) == 0;
	uint64_t *prev = arena_array(w->v->a, h.count ? h.count : 1, sizeof *prev);
	if (!prev)
		return err_memory(e);
	for (size_t i = 0; i < h.count; i++)
		prev[i] = h.item[i].cid;
	c->prev = prev;
	c->prevs = h.count;
	return true;
}

static bool writing_put(
    struct writing *w, const struct touched *on, struct change c, const char *value, struct err *e)
{
	struct writing_stream *t = writing_stream(w, &on->scope, e);
	if (!t || !writing_flush(w, t, false, e))
		return false;
	c.val = value;
	c.sid = t->session.sid;
	c.seq = t->session.seq + 1;
	c.grp = t->first;
	c.hlc = w->newest = clock_next(w->wall, w->newest);
	t->held = c;
	t->holding = true;
	w->written++;
	return true;
}

// Values side by side have all seen the same, and not each other.
static bool writing_edit(struct writing *w, const struct edit *d, struct err *e)
{
	const struct touched *on = &w->v->touched[d->on];
	struct change c = { .at = store_now(w->v->store),
		.ent = on->id,
		.kind = on->kind,
		.fld = d->cell,
		.batch = w->batch };
	bool skip = on->fresh && !d->always && !*d->value;
	if (!on->fresh && !writing_prev(w, &c, d, &skip, e))
		return false;
	if (skip)
		return true;
	for (size_t i = 0; i < d->sides; i++)
		if (!writing_put(w, on, c, d->side[i], e))
			return false;
	return writing_put(w, on, c, d->value, e);
}

// A fresh record is folded from what was written just now; there is nothing else of it.
static bool fold_touched(struct save *v, const struct touched *t, struct arena *a, struct err *e)
{
	struct fresh f = { .id = t->id, .scope = t->scope, .kind = t->kind };
	size_t cap = 0;
	if (!t->fresh)
		return fold_record(v->store, &t->id, 0, e);
	for (size_t i = t->first; i != NO_EDIT; i = v->edit[i].next) {
		const struct edit *d = &v->edit[i];
		if (!*d->value && !d->always)
			continue;
		if (!arena_grow(a, (void **)&f.cell, f.count, &cap, sizeof *f.cell))
			return err_memory(e);
		f.cell[f.count++] = (struct fresh_cell){ d->cell, d->value };
	}
	return fold_fresh(v->store, a, &f, e);
}

static bool save_fold(struct save *v, const size_t *order, struct err *e)
{
	struct arena a = { 0 };
	bool good = true;
	for (size_t i = 0; good && i < v->touched_count; i++) {
		struct arena_mark mark = arena_mark(&a);
		good = fold_touched(v, &v->touched[order ? order[i] : i], &a, e);
		arena_release(&a, mark);
	}
	arena_free(&a);
	return good && state_follow_forms(v->store, e);
}

static bool writing_begin(struct writing *w, struct err *e)
{
	struct store *s = w->v->store;
	int64_t digest;
	w->wall = clock_wall(s);
	if (!meta_get_int(s->db, "hlc_max", 0, &w->newest, e) ||
	    !meta_get_int(s->db, "digest", 0, &digest, e) ||
	    !log_batch_add(s, w->v->how, NULL, (int64_t)w->v->count, &w->batch, e))
		return false;
	w->digest = (uint64_t)digest;
	return true;
}

static bool writing_edits(struct writing *w, const size_t *order, struct err *e)
{
	const struct save *v = w->v;
	for (size_t i = 0; !order && i < v->count; i++)
		if (!writing_edit(w, &v->edit[i], e))
			return false;
	for (size_t n = 0; order && n < v->touched_count; n++)
		for (size_t i = v->touched[order[n]].first; i != NO_EDIT; i = v->edit[i].next)
			if (!writing_edit(w, &v->edit[i], e))
				return false;
	return true;
}

// All that was collected; order NULL: as it came.
static bool writing_part(struct writing *w, const size_t *order, struct err *e)
{
	return save_scopes(w->v, e) && writing_edits(w, order, e);
}

static bool writing_end(struct writing *w, struct err *e)
{
	struct store *s = w->v->store;
	for (size_t i = 0; i < w->streams; i++) {
		const struct session *n = &w->stream[i].session;
		if (!writing_flush(w, &w->stream[i], true, e) ||
		    !log_stream_tip(s->db, n->sid, n->seq, n->tip, e))
			return false;
	}
	return meta_set_int(s->db, "hlc_max", w->newest, e) &&
	       meta_set_int(s->db, "digest", (int64_t)w->digest, e);
}

static bool save_write(struct writing *w, struct err *e)
{
	return writing_begin(w, e) && writing_part(w, NULL, e) && writing_end(w, e) &&
	       save_fold(w->v, NULL, e);
}

static void save_remember(struct writing *w)
{
	struct store *s = w->v->store;
	for (size_t i = 0; i < w->streams; i++)
		session_keep(
		    s, &w->stream[i]
			    .session); // where memory runs out, the next save begins a new stream
	w->v->batch = w->batch;
	if (w->v->quiet)
		return;
	if (s->undos == UNDO_DEPTH)
		memmove(s->undo, s->undo + 1, --s->undos * sizeof *s->undo);
	s->undo[s->undos++] = w->batch;
	s->redos = 0;
}

static void writing_close(struct writing *w)
{
	for (size_t i = 0; i < w->streams; i++)
		arena_free(&w->stream[i].kept);
	arena_free(&w->own);
}

// One try. A file that was renamed or replaced between the look and the write tells so: *again.
static bool save_once(
    struct save *v, struct writing *w, size_t *written, bool *again, struct err *e)
{
	struct store *s = v->store;
	*again = false;
	*w = (struct writing){ .v = v };
	// Nothing may reach the file before the end, however long a text: it would look like a
	// stranger's hand.
	if (!store_fence(s, e) || !store_writable(s, e) ||
	    !db_exec(s->db, "PRAGMA cache_spill=OFF", e) || !db_begin(s->db, e))
		return false;
	bool ok = save_write(w, e);
	if (ok && !w->written) {
		db_rollback(s->db);
		*written = 0;
		return true;
	}
	bool stands = !ok || store_stands(s);
	if (!ok || !stands || !db_commit(s->db, e)) {
		*again = !stands || db_moved(s->db);
		db_rollback(s->db);
		store_forget(s);
		return false;
	}
	save_remember(w);
	store_written(s);
	*written = w->written;
	if (s->erased)
		store_scrub(s);
	return true;
}

static bool save_try(struct save *v, struct writing *w, size_t *written, bool *again, struct err *e)
{
	bool ok = save_once(v, w, written, again, e);
	if (v->store->db)
		db_exec(v->store->db, "PRAGMA cache_spill=ON", NULL);
	return ok;
}

static bool spilled_commit(struct save *v, size_t *written, struct err *e);

bool save_commit(struct save *v, size_t *written, struct err *e)
{
	size_t n;
	bool again, ok = false;
	struct err own = { 0 };
	struct writing w;
	if (v->spilled)
		return spilled_commit(v, written ? written : &n, e);
	for (int turn = 0; turn < 2 && !ok; turn++) {
		ok = save_try(v, &w, written ? written : &n, &again, &own);
		writing_close(&w);
		if (!again)
			break;
	}
	if (!ok && !own.code)
		err_set(&own, ERR_BUSY,
		    "%s: the file was replaced while this was being saved, twice; try again",
		    store_path(v->store));
	return ok || err_set(e, own.code, "%s", own.text);
}

// --- a save in parts

struct sorted {
	struct id id;
	size_t at;
};

static int compare_sorted(const void *a, const void *b)
{
	return id_compare(&((const struct sorted *)a)->id, &((const struct sorted *)b)->id);
}

static size_t *spill_order(const struct save *v)
{
	size_t n = v->touched_count, *order = arena_array(v->a, n + 1, sizeof *order);
	struct sorted *sorted = arena_array(v->a, n + 1, sizeof *sorted);
	if (!order || !sorted)
		return NULL;
	for (size_t i = 0; i < n; i++)
		sorted[i] = (struct sorted){ v->touched[i].id, i };
	qsort(sorted, n, sizeof *sorted, compare_sorted);
	for (size_t i = 0; i < n; i++)
		order[i] = sorted[i].at;
	return order;
}

// The change that is held back must outlive its part.
static bool held_keep(struct writing_stream *t)
{
	struct change *c = &t->held;
	struct arena kept = { 0 };
	uint64_t *prev = arena_array(&kept, c->prevs + 1, sizeof *prev);
	const char *kind = arena_strdup(&kept, c->kind), *fld = arena_strdup(&kept, c->fld),
		   *val = arena_strdup(&kept, c->val);
	if (!prev || !kind || !fld || !val) {
		arena_free(&kept);
		return false;
	}
	if (c->prevs)
		memcpy(prev, c->prev, c->prevs * sizeof *prev);
	c->prev = prev;
	c->kind = kind;
	c->fld = fld;
	c->val = val;
	arena_free(&t->kept);
	t->kept = kept;
	return true;
}

static bool spill_begin(struct save *v, struct err *e)
{
	struct store *s = v->store;
	v->spilled = arena_alloc(&s->arena, sizeof *v->spilled);
	if (!v->spilled)
		return err_memory(e);
	v->spilled->v = v;
	if (!store_fence(s, e) || !store_writable(s, e) || !db_begin(s->db, e))
		return false;
	db_room(s->db, true);
	return writing_begin(v->spilled, e);
}

static void spill_end(struct save *v)
{
	writing_close(v->spilled);
	v->spilled = NULL;
	db_room(v->store->db, false);
}

// What is held back is kept, and its record is folded again at the end.
static bool spill_hold(struct writing *w)
{
	for (size_t i = 0; i < w->streams; i++) {
		if (!w->stream[i].holding)
			continue;
		if (!held_keep(&w->stream[i]) || !arena_grow(&w->own, (void **)&w->again, w->agains,
						     &w->again_cap, sizeof *w->again))
			return false;
		w->again[w->agains++] = w->stream[i].held.ent;
	}
	return true;
}

static bool spill_part(struct save *v, struct err *e)
{
	const size_t *order = spill_order(v);
	if (!order)
		return err_memory(e);
	return writing_part(v->spilled, order, e) && save_fold(v, order, e) &&
	       (spill_hold(v->spilled) || err_memory(e));
}

bool save_spill(struct save *v, struct err *e)
{
	bool good = (v->spilled || spill_begin(v, e)) && spill_part(v, e);
	if (!good) {
		save_drop(v);
		return false;
	}
	arena_release(v->a, v->begun);
	v->touched = NULL;
	v->edit = NULL;
	v->touched_count = v->touched_cap = v->count = v->cap = 0;
	v->by_id = v->by_cell = INDEX_IN(v->a);
	return true;
}

void save_drop(struct save *v)
{
	if (!v->spilled)
		return;
	db_rollback(v->store->db);
	store_forget(v->store);
	spill_end(v);
}

static bool spilled_end(struct save *v, struct err *e)
{
	struct writing *w = v->spilled;
	struct store *s = v->store;
	if (!spill_part(v, e) || !writing_end(w, e))
		return false;
	for (size_t i = 0; i < w->agains; i++)
		if (!fold_record(s, &w->again[i], 0, e))
			return false;
	return state_follow_forms(s, e) &&
	       log_batch_count(s->db, w->batch, (int64_t)w->written, e) && db_commit(s->db, e);
}

static bool spilled_commit(struct save *v, size_t *written, struct err *e)
{
	*written = 0;
	if (!spilled_end(v, e)) {
		save_drop(v);
		return false;
	}
	*written = v->spilled->written;
	save_remember(v->spilled);
	store_written(v->store);
	spill_end(v);
	return true;
}
