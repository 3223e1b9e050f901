// SPDX-License-Identifier: MIT
// What a merge brought, by team and person; the accounts of those that were done.
#include "store/merge/held.h"
#include "store/merge/merge.h"

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

static bool merge_account_part_read(
    struct ask *q, struct arena *a, struct merge_part *p, struct err *e)
{
	const char *author = col_text(q, 1);
	*p = (struct merge_part){ .author = arena_strdup(a, author ? author : "someone"),
		.changes = col_int(q, 2),
		.records = col_int(q, 3) };
	if (!p->author)
		return err_memory(e);
	if (!col_id(q, 0, &p->team) || id_equal(&p->team, &ID_COLLABORATIVE))
		p->team = (struct id){ 0 };
	return true;
}

bool merge_parts(
    struct store *s, struct arena *a, int64_t batch, struct merge_report *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	out->part = NULL;
	out->parts = 0;
	struct ask *q = db_ask(s->db,
	    "SELECT s.scope, s.author, count(*), count(DISTINCT c.ent) FROM change c"
	    " JOIN stream s ON s.sid=c.sid WHERE c.batch=? GROUP BY s.scope, s.author"
	    " ORDER BY s.scope, s.author",
	    e);
	if (!q)
		return false;
	ask_int(q, 1, batch);
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&out->part, out->parts, &cap, sizeof *out->part))
			err_memory(&own);
		else
			merge_account_part_read(q, a, &out->part[out->parts++], &own);
	}
	return ask_end(q, &own, e);
}

// The row of that person, kind and state; a new one where there is none.
static struct merge_erasure *merge_account_erasure_row(struct arena *a, struct merge_report *out,
    size_t *cap, const struct merge_erasure *like, struct err *e)
{
	for (size_t i = out->erasures; i-- > 0;) {
		struct merge_erasure *r = &out->erasure[i];
		if (str_equal(r->by, like->by) && str_equal(r->kind, like->kind) &&
		    str_equal(r->state, like->state))
			return r;
	}
	struct merge_erasure new = { .by = arena_strdup(a, like->by),
		.kind = arena_strdup(a, like->kind),
		.state = like->state };
	if (!new.by || !new.kind ||
	    !arena_grow(a, (void **)&out->erasure, out->erasures, cap, sizeof *out->erasure))
		return err_memory(e), NULL;
	out->erasure[out->erasures] = new;
	return &out->erasure[out->erasures++];
}

static bool merge_account_erasures_read(struct store *s, struct db *held, struct arena *a,
    int64_t batch, struct merge_report *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	struct ask *q = db_ask(s->db,
	    "SELECT DISTINCT coalesce(s.author,'someone'),c.kind,c.val FROM change c"
	    " JOIN stream s ON s.sid=c.sid JOIN rec r ON r.ent=c.ent AND r.scope=s.scope"
	    " WHERE c.batch=? AND c.fld='!redact' ORDER BY 1,2",
	    e);
	if (!q)
		return false;
	ask_int(q, 1, batch);
	while (!own.code && ask_step(q, &own)) {
		const char *cid = col_null(q, 2) ? "" : col_text(q, 2);
		struct merge_erasure like = { .by = col_text(q, 0),
			.kind = col_text(q, 1),
			.state = held_state(held, strtoull(cid, NULL, 16)) };
		struct merge_erasure *r = merge_account_erasure_row(a, out, &cap, &like, &own);
		if (r)
			r->count++;
	}
	return ask_end(q, &own, e);
}

bool merge_erasures(
    struct store *s, struct arena *a, int64_t batch, struct merge_report *out, struct err *e)
{
	struct err ignored = { 0 }; // a held file that cannot be read holds nothing to offer
	struct db *opened, *held = held_lend(s, &opened, &ignored);
	out->erasure = NULL;
	out->erasures = 0;
	bool ok = merge_account_erasures_read(s, held, a, batch, out, e);
	db_close(opened);
	return ok;
}

static bool merge_account_number(
    struct store *s, const char *sql, int64_t batch, int64_t *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db, sql, e);
	if (!q)
		return false;
	ask_int(q, 1, batch);
	*out = ask_step(q, &own) ? col_int(q, 0) : 0;
	return ask_end(q, &own, e);
}

bool merge_outside(struct store *s, int64_t batch, struct merge_report *out, struct err *e)
{
	return merge_account_number(s,
	    "SELECT count(DISTINCT c.cid) FROM change c JOIN stream s ON s.sid=c.sid"
	    " JOIN rec r ON r.ent=c.ent WHERE c.batch=? AND s.scope<>r.scope",
	    batch, &out->outside, e);
}

bool store_outside(struct store *s, int64_t *changes, struct err *e)
{
	return db_number(s->db,
	    "SELECT count(DISTINCT c.cid) FROM stream s JOIN change c ON c.sid=s.sid"
	    " JOIN rec r ON r.ent=c.ent WHERE s.scope<>r.scope",
	    0, changes, e);
}

static bool account_read(struct ask *q, struct arena *a, struct merge_account *out, struct err *e)
{
	*out = (struct merge_account){ .batch = col_int(q, 0),
		.at = col_int(q, 1),
		.source = arena_strdup(a, col_text(q, 2) ? col_text(q, 2) : ""),
		.by = arena_strdup(a, col_text(q, 3) ? col_text(q, 3) : ""),
		.changes = col_int(q, 4),
		.left_out = col_int(q, 5) != 0 };
	return (out->source && out->by) || err_memory(e);
}

bool merge_accounts(struct store *s, struct arena *a, struct merge_accounts *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*out = (struct merge_accounts){ 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT id,at,source,by,n,how='left out' FROM batch WHERE (how='merge' AND n>0) OR"
	    " how='left out' ORDER BY id DESC",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item))
			err_memory(&own);
		else
			account_read(q, a, &out->item[out->count++], &own);
	}
	return ask_end(q, &own, e);
}

bool merge_account_parts(
    struct store *s, struct arena *a, int64_t batch, struct merge_report *out, struct err *e)
{
	*out = (struct merge_report){ .batch = batch };
	return merge_account_number(
		   s, "SELECT count(*) FROM change WHERE batch=?", batch, &out->changes, e) &&
	       merge_account_number(s, "SELECT count(DISTINCT ent) FROM change WHERE batch=?",
		   batch, &out->records, e) &&
	       merge_account_number(s,
		   "SELECT count(*) FROM clash k WHERE EXISTS (SELECT 1 FROM change c WHERE"
		   " c.batch=? AND c.ent=k.ent)",
		   batch, &out->conflicts, e) &&
	       merge_parts(s, a, batch, out, e) && merge_erasures(s, a, batch, out, e) &&
	       merge_outside(s, batch, out, e);
}
