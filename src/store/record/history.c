// SPDX-License-Identifier: MIT
// Every change, with what its writer saw before it.
#include "store/log/store.h"

#include <plando/history.h>
#include <plando/index.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

#define COLUMNS                                                                                    \
	"SELECT c.cid," CLOCK_SHOWN ",s.author,s.device,c.kind,c.ent,c.fld,c.val,c.prev,c.batch"   \
	" FROM change c JOIN stream s ON s.sid=c.sid"

// A record, or a team, and those that are read as it.
#define OF_RECORD(id)                                                                              \
	"(SELECT " id " UNION SELECT ent FROM tie WHERE shown="                                    \
	"coalesce((SELECT shown FROM tie WHERE ent=" id ")," id "))"

// All changes of one cell, by cid: each cell is read once, however many of its changes are told.
struct past_change {
	uint64_t cid;
	int64_t hlc;
	const char *val; // NULL: it emptied the cell, or was erased
};

struct past {
	struct id ent;
	const char *fld;
	struct past_change *item;
	size_t count;
};

struct pasts {
	struct arena arena;
	struct index index;
	struct past *cell;
	size_t count, cap;
};

static int history_compare_past(const void *a, const void *b)
{
	uint64_t x = ((const struct past_change *)a)->cid, y = ((const struct past_change *)b)->cid;
	return (x > y) - (x < y);
}

static bool history_past_read(struct store *s, struct arena *a, struct past *p, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	struct ask *q = db_ask(s->db, "SELECT cid,hlc,val FROM change WHERE ent=? AND fld=?", e);
	if (!q)
		return false;
	ask_id(q, 1, &p->ent);
	ask_text(q, 2, p->fld);
	while (ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&p->item, p->count, &cap, sizeof *p->item)) {
			err_memory(&own);
			break;
		}
		p->item[p->count++] = (struct past_change){ .cid = (uint64_t)col_int(q, 0),
			.hlc = col_int(q, 1),
			.val =
			    col_size(q, 2) ? arena_copy(a, col_text(q, 2), col_size(q, 2)) : NULL };
	}
	if (p->count)
		qsort(p->item, p->count, sizeof *p->item, history_compare_past);
	return ask_end(q, &own, e);
}

// NULL: e says why.
static const struct past *history_past_of(
    struct store *s, struct pasts *all, const struct id *ent, const char *fld, struct err *e)
{
	uint64_t seed = index_hash(ent->b, sizeof ent->b, 0);
	uint64_t hash = index_hash(fld, strlen(fld), seed);
	size_t walk = 0, at;
	while (all->cell && (at = index_next(&all->index, hash, &walk)) != SIZE_MAX) {
		const struct past *known = &all->cell[at];
		if (known->fld && id_equal(&known->ent, ent) && strcmp(known->fld, fld) == 0)
			return known;
	}
	struct past p = { .ent = *ent, .fld = arena_strdup(&all->arena, fld) };
	all->index.arena = &all->arena;
	if (!p.fld ||
	    !arena_grow(&all->arena, (void **)&all->cell, all->count, &all->cap, sizeof p) ||
	    !index_put(&all->index, hash, all->count))
		return err_memory(e), NULL;
	if (!history_past_read(s, &all->arena, &p, e))
		return NULL;
	all->cell[all->count] = p;
	return &all->cell[all->count++];
}

// What stood in the cell for this writer: of several heads the one that was shown.
static bool history_old_value(struct store *s, struct arena *a, struct pasts *pasts,
    const struct history_change *c, const uint64_t *prev, size_t n, const char **old, struct err *e)
{
	const struct past_change *shown = NULL;
	*old = NULL;
	if (!n || strcmp(c->field, "~") == 0 || strcmp(c->field, "!redact") == 0)
		return true;
	const struct past *p = history_past_of(s, pasts, &c->id, c->field, e);
	if (!p)
		return false;
	for (size_t i = 0; i < n && p->count; i++) {
		const struct past_change key = { .cid = prev[i] };
		const struct past_change *seen =
		    bsearch(&key, p->item, p->count, sizeof key, history_compare_past);
		if (seen && (!shown || seen->hlc > shown->hlc ||
				(seen->hlc == shown->hlc && seen->cid > shown->cid)))
			shown = seen;
	}
	if (shown && shown->val && !(*old = arena_strdup(a, shown->val)))
		return err_memory(e);
	return true;
}

static bool history_change_read(struct store *s, struct arena *a, struct pasts *pasts,
    struct ask *q, struct history_change *c, struct err *e)
{
	const uint64_t *prev;
	size_t n = col_size(q, 8);
	*c = (struct history_change){ .cid = (uint64_t)col_int(q, 0),
		.at = col_int(q, 1),
		.author = arena_strdup(a, col_text(q, 2)),
		.device = arena_strdup(a, col_text(q, 3)),
		.kind = arena_strdup(a, col_text(q, 4)),
		.field = arena_strdup(a, col_text(q, 6)),
		.new = col_size(q, 7) ? arena_copy(a, col_text(q, 7), col_size(q, 7)) : NULL,
		.batch = col_int(q, 9),
		.erased = col_null(q, 7) };
	if (!c->kind || !c->field || !col_id(q, 5, &c->id) ||
	    !prev_read(a, n ? col_blob(q, 8) : NULL, n, &prev, &n))
		return err_memory(e);
	return history_old_value(s, a, pasts, c, prev, n, &c->old, e);
}

// The conditions of a filter, in the order in which bind_filter binds them.
static const char *history_filter_sql(struct arena *a, const struct history_filter *f)
{
	struct str sql = STR_IN(a);
	str_add(&sql, COLUMNS " WHERE 1");
	str_add(&sql, f->since ? " AND " CLOCK_SHOWN ">=?1" : "");
	str_add(&sql, f->until ? " AND " CLOCK_SHOWN "<?2" : "");
	str_add(&sql, f->id ? " AND c.ent IN " OF_RECORD("?3") : "");
	str_add(&sql, f->field ? " AND c.fld=?4" : "");
	str_add(&sql, f->author ? " AND s.author=?5" : "");
	str_add(&sql,
	    f->team ? " AND (s.scope IN " OF_RECORD("?6") " OR c.ent IN " OF_RECORD("?6") ")" : "");
	str_add(&sql, f->after_batch >= 0 ? " AND c.batch>?7" : "");
	str_add(&sql, f->batch ? " AND c.batch=?9" : "");
	str_add(&sql, f->cid ? " AND c.cid=?8" : "");
	str_add(&sql, " ORDER BY c.hlc DESC, c.cid DESC");
	if (f->most)
		str_printf(&sql, " LIMIT %zu", f->most);
	return str_done(&sql);
}

static void history_filter_bind(struct ask *q, const struct history_filter *f)
{
	if (f->since)
		ask_int(q, 1, f->since);
	if (f->until)
		ask_int(q, 2, f->until);
	if (f->id)
		ask_id(q, 3, f->id);
	if (f->field)
		ask_text(q, 4, f->field);
	if (f->author)
		ask_text(q, 5, f->author);
	if (f->team)
		ask_id(q, 6, f->team);
	if (f->after_batch >= 0)
		ask_int(q, 7, f->after_batch);
	if (f->batch)
		ask_int(q, 9, f->batch);
	if (f->cid)
		ask_int(q, 8, (int64_t)f->cid);
}

static bool history_read(
    struct store *s, struct arena *a, struct ask *q, struct history *out, struct err *e)
{
	struct err own = { 0 };
	struct pasts pasts = { 0 };
	size_t cap = 0;
	*out = (struct history){ 0 };
	while (ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item)) {
			err_memory(&own);
			break;
		}
		if (!history_change_read(s, a, &pasts, q, &out->item[out->count++], &own))
			break;
	}
	arena_free(&pasts.arena);
	return ask_end(q, &own, e);
}

bool history_list(struct store *s, struct arena *a, const struct history_filter *f,
    struct history *out, struct err *e)
{
	const char *sql = history_filter_sql(a, f);
	struct ask *q = sql ? db_ask(s->db, sql, e) : (err_memory(e), NULL);
	if (!q)
		return false;
	history_filter_bind(q, f);
	return history_read(s, a, q, out, e);
}

bool history_save_of(struct store *s, uint64_t cid, struct history_save *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT c.batch,c.sid,c.grp,coalesce(b.how,'merge') IN ('merge','share') FROM change c"
	    " LEFT JOIN batch b ON b.id=c.batch WHERE c.cid=? LIMIT 1",
	    e);
	*out = (struct history_save){ 0 };
	if (!q)
		return false;
	ask_int(q, 1, (int64_t)cid);
	if (ask_step(q, &own))
		*out = (struct history_save){ .batch = col_int(q, 0),
			.sid = col_int(q, 3) ? col_int(q, 1) : 0,
			.grp = col_int(q, 3) ? col_int(q, 2) : 0 };
	return ask_end(q, &own, e);
}

bool history_of_save(struct store *s, struct arena *a, const struct history_save *save,
    struct history *out, struct err *e)
{
	struct ask *q = db_ask(s->db,
	    COLUMNS " WHERE c.batch=?1 AND (?2=0 OR (c.sid=?2 AND c.grp=?3)) ORDER BY c.hlc,c.cid",
	    e);
	if (!q)
		return false;
	ask_int(q, 1, save->batch);
	ask_int(q, 2, save->sid);
	ask_int(q, 3, save->grp);
	return history_read(s, a, q, out, e);
}

bool history_saved(
    struct store *s, struct arena *a, const struct save *v, struct history *out, struct err *e)
{
	const struct history_save save = { .batch = save_batch(v) };
	*out = (struct history){ 0 };
	return !save.batch || history_of_save(s, a, &save, out, e);
}

bool history_of_cid(
    struct store *s, struct arena *a, uint64_t cid, struct history *out, struct err *e)
{
	struct ask *q = db_ask(s->db, COLUMNS " WHERE c.cid=? LIMIT 1", e);
	if (!q)
		return false;
	ask_int(q, 1, (int64_t)cid);
	return history_read(s, a, q, out, e);
}

static bool history_seen_read(struct store *s, struct arena *a, const struct history_change *c,
    const uint64_t *prev, size_t prevs, struct heads *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(
	    s->db, "SELECT DISTINCT cid,hlc,val FROM change WHERE ent=? AND fld=? ORDER BY hlc", e);
	if (!q)
		return false;
	ask_id(q, 1, &c->id);
	ask_text(q, 2, c->field);
	while (!own.code && ask_step(q, &own)) {
		bool seen = false;
		for (size_t i = 0; i < prevs; i++)
			seen = seen || prev[i] == (uint64_t)col_int(q, 0);
		if (!seen || !out->item || out->count == prevs)
			continue;
		struct head *h = &out->item[out->count++];
		*h = (struct head){ .cid = (uint64_t)col_int(q, 0),
			.hlc = col_int(q, 1),
			.val =
			    col_size(q, 2) ? arena_copy(a, col_text(q, 2), col_size(q, 2)) : "" };
		if (!h->val)
			err_memory(&own);
	}
	return ask_end(q, &own, e);
}

bool history_seen(struct store *s, struct arena *a, const struct history_change *c,
    struct heads *out, struct err *e)
{
	struct err own = { 0 };
	const uint64_t *prev = NULL;
	size_t prevs = 0;
	*out = (struct heads){ 0 };
	struct ask *q =
	    db_ask(s->db, "SELECT prev FROM change WHERE ent=? AND fld=? AND cid=? LIMIT 1", e);
	if (!q)
		return false;
	ask_id(q, 1, &c->id);
	ask_text(q, 2, c->field);
	ask_int(q, 3, (int64_t)c->cid);
	if (ask_step(q, &own)) {
		size_t n = col_size(q, 0);
		if (!prev_read(a, n ? col_blob(q, 0) : NULL, n, &prev, &prevs))
			err_memory(&own);
	}
	out->item = arena_array(a, prevs + 1, sizeof *out->item);
	if (!out->item)
		err_memory(&own);
	return ask_end(q, &own, e) && history_seen_read(s, a, c, prev, prevs, out, e);
}
