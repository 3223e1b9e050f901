// SPDX-License-Identifier: MIT
// Saving: what was collected is written in one transaction, log first, fold after it.
//
// Rule 1. Each change names the heads it saw (prev), read inside the transaction; where a person
//         saw less (save_saw), those that this person saw.
// Rule 2. hlc = max(wall, newest hlc of the file + 1); a wall clock that cannot be right does not
//         count.
// Rule 3. A cell that shows the value already, undisputed, is not written again.
#include "store/record/save_write.h"
#include "store/log/tie.h"

#include <string.h>

// --- clock (rule 2)

static int64_t save_write_clock_wall(struct store *s)
{
	return clock_believed(s->env) ? store_now(s) : 0;
}

static int64_t save_write_clock_next(int64_t wall, int64_t newest)
{
	static const int64_t most = 4102444800000 + ((int64_t)1 << 40) - 1;
	int64_t next = wall > newest ? wall : newest + 1;
	return next < most ? next : most;
}

// --- writing

static struct writing_stream *save_write_writing_stream(
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

static bool save_write_writing_flush(
    struct writing *w, struct writing_stream *t, bool last, struct err *e)
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

static bool save_write_writing_prev(
    struct writing *w, struct change *c, const struct save_edit *d, bool *skip, struct err *e)
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
	const struct saw *saw = w->v->touched[d->on].saw;
	if (saw && !d->always)
		return saw_prev(w->v->store, w->v->a, saw, d->cell, &h, c, e);
	uint64_t *prev = arena_array(w->v->a, h.count ? h.count : 1, sizeof *prev);
	if (!prev)
		return err_memory(e);
	for (size_t i = 0; i < h.count; i++)
		prev[i] = h.item[i].cid;
	c->prev = prev;
	c->prevs = h.count;
	return true;
}

static bool save_write_writing_put(
    struct writing *w, const struct touched *on, struct change c, const char *value, struct err *e)
{
	struct writing_stream *t = save_write_writing_stream(w, &on->scope, e);
	if (!t || !save_write_writing_flush(w, t, false, e))
		return false;
	c.val = value;
	c.sid = t->session.sid;
	c.seq = t->session.seq + 1;
	c.grp = t->first;
	c.hlc = w->newest = save_write_clock_next(w->wall, w->newest);
	t->held = c;
	t->holding = true;
	w->written++;
	return true;
}

// Values side by side have all seen the same, and not each other.
static bool save_write_writing_edit(struct writing *w, const struct save_edit *d, struct err *e)
{
	const struct touched *on = &w->v->touched[d->on];
	struct change c = { .at = store_now(w->v->store),
		.ent = on->id,
		.kind = on->kind,
		.fld = d->cell,
		.batch = w->batch };
	bool skip = d->elsewhere || (on->fresh && !d->always && !*d->value);
	if (!skip && !on->fresh && !save_write_writing_prev(w, &c, d, &skip, e))
		return false;
	if (skip)
		return true;
	for (size_t i = 0; i < d->sides; i++)
		if (!save_write_writing_put(w, on, c, d->side[i], e))
			return false;
	return save_write_writing_put(w, on, c, d->value, e);
}

// A fresh record is folded from what was written just now; there is nothing else of it.
static bool save_write_fold_touched(
    struct save *v, const struct touched *t, struct arena *a, struct err *e)
{
	struct fresh f = { .id = t->id, .scope = t->scope, .kind = t->kind };
	size_t cap = 0;
	if (!t->fresh || tie_any(v->store) || strcmp(t->kind, "same") == 0)
		return fold_record(v->store, &t->id, 0, e);
	for (size_t i = t->first; i != NO_EDIT; i = v->edit[i].next) {
		const struct save_edit *d = &v->edit[i];
		if (d->elsewhere || (!*d->value && !d->always))
			continue;
		if (!arena_grow(a, (void **)&f.cell, f.count, &cap, sizeof *f.cell))
			return err_memory(e);
		f.cell[f.count++] = (struct fresh_cell){ d->cell, d->value };
	}
	return fold_fresh(v->store, a, &f, e);
}

bool save_fold(struct save *v, const size_t *order, struct err *e)
{
	struct arena a = { 0 };
	bool good = true;
	for (size_t i = 0; good && i < v->touched_count; i++) {
		struct arena_mark mark = arena_mark(&a);
		good = save_write_fold_touched(v, &v->touched[order ? order[i] : i], &a, e);
		arena_release(&a, mark);
	}
	arena_free(&a);
	return good && state_follow(v->store, e);
}

bool writing_begin(struct writing *w, struct err *e)
{
	struct store *s = w->v->store;
	int64_t digest;
	w->wall = save_write_clock_wall(s);
	tie_forget(s);
	if (!tie_know(s, e) || !meta_get_int(s->db, "hlc_max", 0, &w->newest, e) ||
	    !meta_get_int(s->db, "digest", 0, &digest, e) ||
	    !log_batch_add(s, w->v->how, w->v->source, (int64_t)w->v->count, &w->batch, e))
		return false;
	w->digest = (uint64_t)digest;
	return true;
}

static bool save_write_writing_edits(struct writing *w, const size_t *order, struct err *e)
{
	const struct save *v = w->v;
	for (size_t i = 0; !order && i < v->count; i++)
		if (!save_write_writing_edit(w, &v->edit[i], e))
			return false;
	for (size_t n = 0; order && n < v->touched_count; n++)
		for (size_t i = v->touched[order[n]].first; i != NO_EDIT; i = v->edit[i].next)
			if (!save_write_writing_edit(w, &v->edit[i], e))
				return false;
	return true;
}

bool writing_part(struct writing *w, const size_t *order, struct err *e)
{
	return save_scopes(w->v, e) && save_write_writing_edits(w, order, e);
}

bool writing_end(struct writing *w, struct err *e)
{
	struct store *s = w->v->store;
	for (size_t i = 0; i < w->streams; i++) {
		const struct session *n = &w->stream[i].session;
		if (!save_write_writing_flush(w, &w->stream[i], true, e) ||
		    !log_stream_tip(s->db, n->sid, n->seq, n->tip, e))
			return false;
	}
	return meta_set_int(s->db, "hlc_max", w->newest, e) &&
	       meta_set_int(s->db, "digest", (int64_t)w->digest, e);
}

static bool save_write(struct writing *w, struct err *e)
{
	return writing_begin(w, e) && save_spread(w->v, e) && writing_part(w, NULL, e) &&
	       writing_end(w, e) && save_fold(w->v, NULL, e);
}

void save_remember(struct writing *w)
{
	struct store *s = w->v->store;
	for (size_t i = 0; i < w->streams; i++)
		session_keep(s, &w->stream[i].session);
	w->v->batch = w->batch;
	if (w->v->quiet)
		return;
	if (s->undos == UNDO_DEPTH)
		memmove(s->undo, s->undo + 1, --s->undos * sizeof *s->undo);
	s->undo[s->undos++] = w->batch;
	s->redos = 0;
}

void writing_close(struct writing *w)
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
	if (ok && s->erased)
		store_scrub_note(s, true);
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
		store_scrub(s, true);
	return true;
}

static bool save_try(struct save *v, struct writing *w, size_t *written, bool *again, struct err *e)
{
	bool ok = save_once(v, w, written, again, e);
	if (v->store->db)
		db_exec(v->store->db, "PRAGMA cache_spill=ON", NULL);
	return ok;
}

bool save_commit(struct save *v, size_t *written, struct err *e)
{
	size_t n;
	bool again, ok = false;
	struct err own = { 0 };
	struct writing w;
	if (v->spilled)
		return save_spilled(v, written ? written : &n, e);
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
