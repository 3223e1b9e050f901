// SPDX-License-Identifier: MIT
// Undo appends the opposite; it never takes a change away.
//
// Rule 1. A cell is put back only where the change is still its only head, or an undo of this copy
//         has just brought its value back: what somebody wrote since is never overwritten, the undo
//         is refused with their name.
// Rule 2. A record that the save made is deleted; a deletion is undone by a "~" of 1.
//         What was settled is open again: the values that the settler saw stand side by side.
// Rule 3. All of a save or nothing of it.
// Rule 4. What names a record or puts it in its place is never emptied: the record as a whole goes,
// or nothing.
#include "store/log/store.h"

#include <plando/below.h>
#include <plando/history.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// One undo on its way.
struct undoing {
	struct store *s;
	struct save *v;
	struct history_save of;
	bool whole;
	struct id at; // the record that was looked at last, and whether the save made it
	bool made;
};

static bool undo_ends_existence(const char *field)
{
	size_t n = strlen(field);
	return n >= 1 && field[n - 1] == '~';
}

static bool undo_restored(struct store *s, int64_t batch, bool *is, struct err *e)
{
	struct ask *q = db_ask(s->db, "SELECT 1 FROM batch WHERE id=? AND how='undo'", e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_int(q, 1, batch);
	*is = ask_step(q, &own);
	return ask_end(q, &own, e);
}

// Did one save write all that stands side by side in a cell? Then it was an undo that reopened a
// conflict.
static bool undo_of_batch(struct store *s, struct arena *a, const struct heads *h, int64_t batch,
    bool *all, struct err *e)
{
	*all = h->count > 1;
	for (size_t i = 0; *all && i < h->count; i++) {
		struct history one;
		if (!history_of_cid(s, a, h->item[i].cid, &one, e))
			return false;
		*all = one.count && one.item[0].batch == batch;
	}
	return true;
}

// Rule 1.
static bool undo_allowed(
    struct store *s, struct arena *a, const struct history_change *c, struct err *e)
{
	struct heads h;
	struct history later;
	bool restored;
	if (!fold_heads(s->db, a, &c->id, c->field, &h, e))
		return false;
	if (h.count == 1 && h.item[0].cid == c->cid)
		return true;
	bool reopened;
	if (!undo_of_batch(s, a, &h, c->batch, &reopened, e))
		return false;
	if (reopened)
		return true;
	const struct head *top = h.count ? &h.item[h.count - 1] : NULL;
	if (!top || !history_of_cid(s, a, top->cid, &later, e) || !later.count ||
	    !undo_restored(s, later.item[0].batch, &restored, e))
		return err_set(e, ERR_DATA, "%s was changed since; look at its history", c->field);
	if (restored && h.count == 1 && strcmp(top->val, c->new ? c->new : "") == 0)
		return true;
	return err_set(e, ERR_DATA, "%s was changed since by %s to \"%.60s\"; change it by hand",
	    c->field, later.item[0].author ? later.item[0].author : "someone", top->val);
}

// Is this a change of the save that is undone?
static bool undo_within(const struct undoing *u, struct ask *q)
{
	return col_int(q, 0) == u->of.batch &&
	       (u->of.sid == 0 || (col_int(q, 1) == u->of.sid && col_int(q, 2) == u->of.grp));
}

// Did this save make the record? Then the oldest change of the record is its own.
static bool undo_made(struct undoing *u, const struct id *id, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(
	    u->s->db, "SELECT batch,sid,grp FROM change WHERE ent=? ORDER BY hlc,cid LIMIT 1", e);
	if (!q)
		return false;
	ask_id(q, 1, id);
	u->made = ask_step(q, &own) && undo_within(u, q);
	u->at = *id;
	return ask_end(q, &own, e);
}

static bool undo_is_head(const uint64_t *cid, size_t n, uint64_t one)
{
	for (size_t i = 0; i < n; i++)
		if (cid[i] == one)
			return true;
	return false;
}

// A record that was made may go where nobody has written into it since.
static bool undo_alone(struct undoing *u, const struct id *id, struct err *e)
{
	struct err own = { 0 };
	const uint64_t *head;
	size_t heads;
	struct arena *a = save_arena(u->v);
	struct ask *q = NULL;
	if (fold_seen(u->s->db, a, id, "", &head, &heads, e))
		q = db_ask(u->s->db,
		    "SELECT c.batch,c.sid,c.grp,c.cid,coalesce(b.how='undo',0),s.author,c.fld"
		    " FROM change c JOIN stream s ON s.sid=c.sid LEFT JOIN batch b ON b.id=c.batch"
		    " WHERE c.ent=? ORDER BY c.hlc",
		    e);
	if (!q)
		return false;
	ask_id(q, 1, id);
	while (!own.code && ask_step(q, &own))
		if (!undo_within(u, q) && !col_int(q, 4) &&
		    undo_is_head(head, heads, (uint64_t)col_int(q, 3)))
			err_set(&own, ERR_DATA,
			    "%s has written %s in it since; delete the record if it is to go",
			    col_size(q, 5) ? col_text(q, 5) : "someone", col_text(q, 6));
	return ask_end(q, &own, e);
}

// Who made a record; "somebody" where the log does not say.
static const char *undo_maker(struct undoing *u, const struct id *id, struct err *e)
{
	struct err own = { 0 };
	const char *who = "somebody";
	struct ask *q = db_ask(u->s->db,
	    "SELECT s.author FROM change c JOIN stream s USING(sid) WHERE c.ent=?"
	    " ORDER BY c.hlc,c.cid LIMIT 1",
	    e);
	if (!q)
		return NULL;
	ask_id(q, 1, id);
	if (ask_step(q, &own) && col_size(q, 0))
		who = arena_copy(save_arena(u->v), col_text(q, 0), col_size(q, 0));
	return ask_end(q, &own, e) ? who : NULL;
}

// Nor where somebody has written below it since: their work would hang below nothing.
static bool undo_bare(struct undoing *u, const struct id *id, const char *kind, struct err *e)
{
	struct arena *a = save_arena(u->v);
	struct below below, later = { 0 };
	if (!below_list(u->s, a, id, kind, true, &below, e))
		return false;
	later.item = arena_array(a, below.count + 1, sizeof *later.item);
	if (!later.item)
		return err_memory(e);
	for (size_t i = 0; i < below.count; i++) {
		struct undoing other = *u;
		if (!undo_made(&other, &below.item[i].id, e))
			return false;
		if (!other.made)
			later.item[later.count++] = below.item[i];
	}
	if (!later.count)
		return true;
	const char *words = below_words(a, &later), *who = undo_maker(u, &later.item[0].id, e);
	if (!words || !who)
		return e->code ? false : err_memory(e);
	return err_set(e, ERR_DATA,
	    "%s has written below it since (%s); delete the record if all of it is to go", who,
	    words);
}

// What the change replaced: one value, or several that stood side by side.
static bool undo_value(struct save *v, const struct history_change *c, struct err *e)
{
	struct heads seen;
	const char *old = c->old ? c->old : "";
	if (!save_cell_over(v, &c->id, c->kind, c->field, old, e) ||
	    !history_seen(save_store(v), save_arena(v), c, &seen, e))
		return false;
	if (fold_distinct(&seen, c->field) < 2)
		return true;
	for (size_t i = 0; i < seen.count; i++)
		if (strcmp(seen.item[i].val, old) != 0 &&
		    !save_cell_beside(v, &c->id, c->field, seen.item[i].val, e))
			return false;
	return true;
}

// Is this the only reference that says to which team the record belongs?
static bool undo_only_place(
    const struct undoing *u, const struct kind *k, const struct history_change *c)
{
	struct record r;
	if (k->scope != SCOPE_TEAM || !kind_places(k, c->field) ||
	    !record_load(u->s, save_arena(u->v), &c->id, &r, NULL))
		return false;
	for (size_t i = 0; i < sizeof k->via / sizeof *k->via && k->via[i]; i++)
		if (!str_equal(k->via[i], c->field) && record_get(&r, k->via[i]))
			return false;
	return true;
}

// Rule 4.
static bool undo_empties_key(const struct undoing *u, const struct history_change *c)
{
	const struct kind *k = kind_find(c->kind);
	return k && str_empty(c->old) && (kind_names(k, c->field) || undo_only_place(u, k, c));
}

static bool undo_change(struct undoing *u, const struct history_change *c, struct err *e)
{
	struct save *v = u->v;
	if (*c->field == '!')
		return err_set(e, ERR_DATA, "an erasure cannot be undone: the text is gone");
	if (!undo_allowed(u->s, save_arena(v), c, e))
		return false;
	if (u->whole && !id_equal(&u->at, &c->id)) {
		if (!undo_made(u, &c->id, e) ||
		    (u->made && (!undo_alone(u, &c->id, e) || !undo_bare(u, &c->id, c->kind, e))))
			return false;
	}
	if (u->whole && u->made)
		return save_delete(v, &c->id, e);
	if (undo_empties_key(u, c))
		return u->whole ||
		       err_set(e, ERR_DATA,
			   "%s is part of what the record is and cannot be emptied; undo its whole "
			   "save (--save), or delete the record",
			   c->field);
	if (!undo_ends_existence(c->field))
		return undo_value(v, c, e);
	if (c->new &&strcmp(c->new, "0") == 0)
		return save_cell_over(v, &c->id, c->kind, c->field, "1", e);
	return save_bury(v, &c->id, c->kind, c->field, e);
}

// A whole save tells in the table of batches which one it takes back.
static bool undo_begin(struct undoing *u, struct arena *a, struct err *e)
{
	u->v = save_begin(u->s, a, e);
	if (!u->v)
		return false;
	save_quiet(u->v, "undo");
	save_raw(u->v);
	const char *source =
	    u->whole && !u->of.sid ? arena_printf(a, "%" PRId64, u->of.batch) : NULL;
	if (u->whole && !u->of.sid && !source)
		return err_memory(e);
	save_source(u->v, source);
	return true;
}

static bool undo_history(
    struct undoing *u, struct arena *a, const struct history *h, struct history *did, struct err *e)
{
	if (!undo_begin(u, a, e))
		return false;
	for (size_t i = 0; i < h->count; i++)
		if (!undo_change(u, &h->item[i], e))
			return false;
	if (!save_commit(u->v, NULL, e))
		return false;
	const struct history_save made = { .batch = save_batch(u->v) };
	return !did || history_of_save(u->s, a, &made, did, e);
}

static bool undo_unknown(uint64_t cid, struct err *e)
{
	return err_set(
	    e, ERR_NOINPUT, "there is no change %016" PRIx64 "; plando log lists them", cid);
}

bool history_undo(
    struct store *s, struct arena *a, uint64_t cid, struct history *did, struct err *e)
{
	struct history h;
	struct undoing u = { .s = s };
	if (!store_fence(s, e) || !history_of_cid(s, a, cid, &h, e))
		return false;
	return h.count ? undo_history(&u, a, &h, did, e) : undo_unknown(cid, e);
}

static bool undo_save(struct undoing *u, struct arena *a, struct history *did, struct err *e)
{
	struct history h;
	u->whole = true;
	return history_of_save(u->s, a, &u->of, &h, e) && undo_history(u, a, &h, did, e);
}

bool history_undo_save(
    struct store *s, struct arena *a, uint64_t cid, struct history *did, struct err *e)
{
	struct undoing u = { .s = s };
	if (!store_fence(s, e) || !history_save_of(s, cid, &u.of, e))
		return false;
	return u.of.batch ? undo_save(&u, a, did, e) : undo_unknown(cid, e);
}

// --- the newest save that stands

struct undo_walk {
	int64_t *gone; // batches that a later undo took back
	size_t count, cap;
};

static bool undo_is_gone(const struct undo_walk *w, int64_t batch)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->gone[i] == batch)
			return true;
	return false;
}

// The batch stands: if it took back another one, that one does not.
static bool undo_took_back(struct undo_walk *w, struct arena *a, const char *source, bool *took)
{
	*took = source && *source;
	if (!source || !*took)
		return true;
	if (!arena_grow(a, (void **)&w->gone, w->count, &w->cap, sizeof *w->gone))
		return false;
	w->gone[w->count++] = strtoll(source, NULL, 10);
	return true;
}

static bool undo_newest(struct store *s, struct arena *a, int64_t *batch, struct err *e)
{
	struct err own = { 0 };
	struct undo_walk w = { 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT b.id, CASE WHEN b.how='undo' THEN b.source END FROM batch b"
	    " WHERE b.how NOT IN ('merge','share') AND EXISTS (SELECT 1 FROM change c JOIN stream s"
	    "  ON s.sid=c.sid WHERE c.batch=b.id AND s.author=?1 AND s.device=?2)"
	    " ORDER BY b.id DESC",
	    e);
	*batch = 0;
	if (!q)
		return false;
	ask_text(q, 1, s->env->author);
	ask_text(q, 2, s->env->device);
	while (!*batch && !own.code && ask_step(q, &own)) {
		bool took = false;
		if (undo_is_gone(&w, col_int(q, 0)))
			continue;
		if (!undo_took_back(&w, a, col_size(q, 1) ? col_text(q, 1) : NULL, &took))
			err_memory(&own);
		*batch = took ? 0 : col_int(q, 0);
	}
	return ask_end(q, &own, e);
}

bool history_undo_newest(struct store *s, struct arena *a, struct history *did, struct err *e)
{
	struct undoing u = { .s = s };
	if (!store_fence(s, e) || !undo_newest(s, a, &u.of.batch, e))
		return false;
	if (!u.of.batch)
		return err_set(e, ERR_NOINPUT,
		    "nothing that %s saved on this computer is left to undo; plando log lists who "
		    "saved what",
		    s->env->author);
	return undo_save(&u, a, did, e);
}

// --- of this run

static bool undo_batch(struct store *s, struct arena *a, int64_t batch, int64_t *opposite,
    struct history *did, struct err *e)
{
	struct undoing u = { .s = s, .of = { .batch = batch } };
	if (!store_fence(s, e) || !undo_save(&u, a, did, e))
		return false;
	*opposite = save_batch(u.v);
	return true;
}

bool history_undo_last(struct store *s, struct arena *a, struct history *did, struct err *e)
{
	int64_t opposite;
	if (!s->undos)
		return err_set(
		    e, ERR_USAGE, "there is nothing to undo since this workbook was opened");
	if (!undo_batch(s, a, s->undo[s->undos - 1], &opposite, did, e))
		return false;
	s->undos--;
	s->redo[s->redos++] = opposite;
	return true;
}

bool history_redo_last(struct store *s, struct arena *a, struct history *did, struct err *e)
{
	int64_t opposite;
	if (!s->redos)
		return err_set(e, ERR_USAGE, "there is nothing to redo");
	if (!undo_batch(s, a, s->redo[s->redos - 1], &opposite, did, e))
		return false;
	s->redos--;
	s->undo[s->undos++] = opposite;
	return true;
}

bool history_last(struct store *s, struct arena *a, struct history *out, struct err *e)
{
	*out = (struct history){ 0 };
	const struct history_save last = { .batch = s->undos ? s->undo[s->undos - 1] : 0 };
	return !last.batch || history_of_save(s, a, &last, out, e);
}
