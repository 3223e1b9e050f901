// SPDX-License-Identifier: MIT
// Taking in a log stream by stream: what is kept on this computer goes between it and the workbook
// so, for there one bad stream must not keep back the rest.
//
// Rule 1. A stream comes whole, by the rules of absorb.c, or not at all.
// Rule 2. A blanked change stays only where the change that blanked it is here too (absorb.c, rule
//         5): its stream may be one of those that are left. Then they are taken again in rounds,
//         each only after what it needs.
#include "store/merge/absorb.h"

// Everything of w that a stream's rows change. Records that were touched stay so: folding one more
// is no harm.
static void each_restore(struct absorbing *w, const struct absorbing *before)
{
	w->digest = before->digest;
	w->newest = before->newest;
	w->changes = before->changes;
	w->rows = before->rows;
	w->forks = before->forks;
	w->forked = before->forked;
	w->by_cid = (struct index){ 0 }; // read again when it is asked for
	w->cids = 0;
}

static bool each_undo(
    struct absorbing *w, const struct absorbing *before, const char *sql, struct err *e)
{
	each_restore(w, before);
	return db_exec(w->s->db, sql, e);
}

// Rule 2, of all that came so far.
static bool absorb_each_blanks_stand(struct absorbing *w, bool *stand, struct err *e)
{
	struct err own = { 0 };
	*stand = true;
	struct ask *q =
	    db_ask(w->s->db, "SELECT ent,cid FROM change WHERE batch=? AND val IS NULL", e);
	if (!q)
		return false;
	ask_int(q, 1, w->batch);
	while (*stand && !own.code && ask_step(q, &own)) {
		struct change c = { .cid = (uint64_t)col_int(q, 1) };
		*stand = col_id(q, 0, &c.ent) && log_erased(w->s->db, &c, stand, &own) && *stand;
	}
	return ask_end(q, &own, e);
}

static bool each_one(struct absorbing *w, struct absorb_item *x, bool strict, struct err *e)
{
	struct absorbing before = *w;
	struct err own = { 0 };
	bool stand = true;
	if (!db_exec(w->s->db, "SAVEPOINT one", e))
		return false;
	x->done = absorb_wanted(w, x->sid, x->known, &own);
	if (x->done && strict && !absorb_each_blanks_stand(w, &stand, e))
		return false;
	if (x->done && stand)
		return db_exec(w->s->db, "RELEASE one", e);
	if (!x->done && (own.code != ERR_DATA || BREAK_boxeach))
		return err_set(e, own.code, "%s", own.text);
	if (!w->why.code && own.code)
		w->why = own;
	x->done = false;
	return each_undo(w, &before, "ROLLBACK TO one; RELEASE one", e);
}

// *any: one more was taken.
static bool each_pass(
    struct absorbing *w, struct absorb_items *all, bool strict, bool *any, struct err *e)
{
	*any = false;
	for (size_t i = 0; i < all->count; i++) {
		if (all->item[i].done)
			continue;
		if (!each_one(w, &all->item[i], strict, e))
			return false;
		*any = *any || all->item[i].done;
		if (w->step)
			w->step(w, i + 1, all->count);
	}
	return true;
}

static bool each_in_rounds(struct absorbing *w, struct absorb_items *all, struct err *e)
{
	bool any = true;
	for (size_t i = 0; i < all->count; i++)
		all->item[i].done = false;
	while (any)
		if (!each_pass(w, all, true, &any, e))
			return false;
	if (!w->why.code)
		err_set(&w->why, ERR_DATA, "what blanked some of their texts is not there");
	return true;
}

// How much of a stream that was left is not here.
static bool absorb_each_left_count(struct absorbing *w, int64_t sid, struct err *e)
{
	struct err own = { 0 };
	struct id id = { 0 };
	struct ask *q = db_ask(w->theirs, "SELECT id,seq FROM stream WHERE sid=?", e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	bool found = ask_step(q, &own) && col_id(q, 0, &id);
	int64_t seq = found ? col_int(q, 1) : 1;
	if (!ask_end(q, &own, e))
		return false;
	q = db_ask(w->s->db, "SELECT seq FROM stream WHERE id=?", e);
	if (!q)
		return false;
	ask_id(q, 1, &id);
	int64_t mine = ask_step(q, &own) ? col_int(q, 0) : 0;
	w->left += seq > mine ? seq - mine : 1;
	return ask_end(q, &own, e);
}

bool absorb_each(struct absorbing *w, struct absorb_items *all, struct err *e)
{
	struct absorbing before = *w;
	bool any, stand = true;
	if (!db_exec(w->s->db, "SAVEPOINT every", e) || !each_pass(w, all, false, &any, e) ||
	    !absorb_each_blanks_stand(w, &stand, e))
		return false;
	if (!stand && !BREAK_boxblank &&
	    (!each_undo(w, &before, "ROLLBACK TO every", e) || !each_in_rounds(w, all, e)))
		return false;
	for (size_t i = 0; i < all->count; i++)
		if (!all->item[i].done && !absorb_each_left_count(w, all->item[i].sid, e))
			return false;
	return db_exec(w->s->db, "RELEASE every", e);
}
