// SPDX-License-Identifier: MIT
// Undo appends the opposite; it never takes a change away.
//
// Rule 1. A cell is put back only where the change is still its only head, or an undo of this copy
// has just
//         brought its value back: what somebody wrote since is never overwritten, the undo is
//         refused with their name.
// Rule 2. A record that the save made is deleted; a deletion is undone by a "~" of 1.
//         What was settled is open again: the values that the settler saw stand side by side.
// Rule 3. All of a save or nothing of it.
#include "store/store.h"

#include <plando/history.h>

#include <string.h>

static bool ends_existence(const char *field)
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

// Did this batch make the record? Then no change of another batch is older than it.
static bool undo_made(struct store *s, const struct history_change *c, bool *made, struct err *e)
{
	struct ask *q = db_ask(s->db, "SELECT 1 FROM change WHERE ent=? AND batch<? LIMIT 1", e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_id(q, 1, &c->id);
	ask_int(q, 2, c->batch);
	*made = !ask_step(q, &own);
	return ask_end(q, &own, e);
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

static bool undo_change(struct save *v, const struct history_change *c, bool whole, struct err *e)
{
	struct store *s = save_store(v);
	bool made = false;
	if (*c->field == '!')
		return err_set(e, ERR_DATA, "an erasure cannot be undone: the text is gone");
	if (!undo_allowed(s, save_arena(v), c, e) || (whole && !undo_made(s, c, &made, e)))
		return false;
	if (made)
		return save_delete(v, &c->id, e);
	if (!ends_existence(c->field))
		return undo_value(v, c, e);
	if (c->new &&strcmp(c->new, "0") == 0)
		return save_cell_over(v, &c->id, c->kind, c->field, "1", e);
	return save_bury(v, &c->id, c->kind, c->field, e);
}

static bool undo_history(struct store *s, struct arena *a, const struct history *h, bool whole,
    int64_t *batch, size_t *count, struct err *e)
{
	struct save *v = save_begin(s, a, e);
	if (!v)
		return false;
	save_quiet(v, "undo");
	for (size_t i = 0; i < h->count; i++)
		if (!undo_change(v, &h->item[i], whole, e))
			return false;
	size_t written;
	if (!save_commit(v, &written, e))
		return false;
	*batch = save_batch(v);
	if (count)
		*count = written;
	return true;
}

bool history_undo(struct store *s, struct arena *a, uint64_t cid, struct err *e)
{
	struct history h;
	int64_t batch;
	if (!store_fence(s, e) || !history_of_cid(s, a, cid, &h, e))
		return false;
	if (!h.count)
		return err_set(e, ERR_NOINPUT, "there is no change %016llx; plando log lists them",
		    (unsigned long long)cid);
	return undo_history(s, a, &h, false, &batch, NULL, e);
}

static bool undo_batch(struct store *s, struct arena *a, int64_t batch, int64_t *opposite,
    size_t *count, struct err *e)
{
	struct history h;
	return store_fence(s, e) && history_of_batch(s, a, batch, &h, e) &&
	       undo_history(s, a, &h, true, opposite, count, e);
}

bool history_undo_last(struct store *s, struct arena *a, size_t *undone, struct err *e)
{
	int64_t opposite;
	if (!s->undos)
		return err_set(
		    e, ERR_USAGE, "there is nothing to undo since this workbook was opened");
	if (!undo_batch(s, a, s->undo[s->undos - 1], &opposite, undone, e))
		return false;
	s->undos--;
	s->redo[s->redos++] = opposite;
	return true;
}

bool history_redo_last(struct store *s, struct arena *a, size_t *redone, struct err *e)
{
	int64_t opposite;
	if (!s->redos)
		return err_set(e, ERR_USAGE, "there is nothing to redo");
	if (!undo_batch(s, a, s->redo[s->redos - 1], &opposite, redone, e))
		return false;
	s->redos--;
	s->undo[s->undos++] = opposite;
	return true;
}
