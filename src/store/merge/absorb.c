// SPDX-License-Identifier: MIT
// Taking in the changes of another copy's open log. The steps are those of docs/merging.md.
//
// Rule 1. For streams that both have, my cid at the shorter length must equal theirs; then their
//         longer end is appended. Unknown streams come whole.
// Rule 2. What comes is verified: gapless, chained, whole saves, within limits. Any violation
//         refuses all.
// Rule 3. A difference is a fork: the rest of their list goes, by the same rule, under an id
//         derived from the stream's and the first differing cid. Recursive: forks fork.
// Rule 4. A cid that stands here already (in another line of a fork) is stored but not counted
//         again.
// Rule 5. An erased change is accepted only with the change that erased it.
#include "store/merge/absorb.h"

#include <plando/text.h>

#include <string.h>

// --- reading and verifying one of their streams

bool absorb_refuse(const struct stream *t, const char *what, struct err *e)
{
	char id[ID_TEXT];
	id_print(&t->id, id);
	return err_set(e, ERR_DATA, "the changes of %s on %s (%.8s) %s; ask them for a fresh copy",
	    t->author ? t->author : "someone", t->device ? t->device : "a computer", id, what);
}

// Unless it is known already that there was no memory.
static void absorb_refuse_form(const struct stream *t, struct err *e)
{
	if (!e->code)
		absorb_refuse(t, "are not in plando's form", e);
}

bool absorb_change_allowed(const struct change *c)
{
	static const int64_t most = 4102444800000 + ((int64_t)1 << 40);
	size_t k = strlen(c->kind), f = strlen(c->fld), n = c->val ? strlen(c->val) : 0;
	return k && k <= 64 && text_valid(c->kind, k, NULL) && f && f <= 128 &&
	       text_valid(c->fld, f, NULL) && n <= TEXT_MOST &&
	       (!c->val || text_valid(c->val, n, NULL)) && c->hlc >= 0 && c->hlc < most && c->grp &&
	       c->grp <= c->seq;
}

bool absorb_change_verify(struct absorbing *w, const struct stream *t, const struct change *c,
    uint64_t before, uint64_t seq, struct err *e)
{
	bool is = false;
	if (c->seq != seq)
		return absorb_refuse(t, "have a gap", e);
	if (!absorb_change_allowed(c))
		return absorb_refuse(t, "are not in plando's form", e);
	if (!scope_kind_fits(&t->scope, c->kind))
		return absorb_refuse(t, "put private notes where others would see them", e);
	if (c->val)
		return chain_next(before, c) == c->cid || absorb_refuse(t, "were altered", e);
	if (!log_erased(w->theirs, c, &is, e) || (!is && !log_erased(w->s->db, c, &is, e)))
		return false;
	return is || absorb_refuse(t, "were blanked by hand", e);
}

bool absorb_read(struct absorbing *w, const struct stream *t, uint64_t after, uint64_t before,
    struct change_list *out, struct err *e)
{
	struct err own = { 0 };
	size_t whole = 0;
	*out = (struct change_list){ .before = before };
	struct ask *q = db_ask(
	    w->theirs, "SELECT " LOG_CHANGE " FROM change WHERE sid=? AND seq>? ORDER BY seq", e);
	if (!q)
		return false;
	ask_int(q, 1, t->sid);
	ask_int(q, 2, (int64_t)after);
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(
			w->a, (void **)&out->item, out->count, &out->cap, sizeof *out->item)) {
			err_memory(&own);
			break;
		}
		struct change *c = &out->item[out->count];
		if (!log_change_read(q, w->a, c, &own))
			absorb_refuse_form(t, &own);
		else if (absorb_change_verify(w, t, c, before, after + 1 + out->count, &own)) {
			before = c->cid;
			out->count++;
			whole = c->last ? out->count : whole;
		}
	}
	out->count = whole;
	return ask_end(q, &own, e);
}

// --- comparing with mine

static bool absorb_mine_find(struct store *s, struct arena *a, const struct id *id,
    struct stream *out, bool *found, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db, "SELECT " LOG_STREAM " FROM stream WHERE id=?", e);
	if (!q)
		return false;
	ask_id(q, 1, id);
	*found = ask_step(q, &own) && log_stream_read(q, a, out, &own);
	return ask_end(q, &own, e);
}

static bool absorb_cid_at(
    struct db *db, int64_t sid, uint64_t seq, uint64_t *cid, bool *found, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, "SELECT cid FROM change WHERE sid=? AND seq=?", e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	ask_int(q, 2, (int64_t)seq);
	*found = ask_step(q, &own);
	*cid = *found ? (uint64_t)col_int(q, 0) : 0;
	return ask_end(q, &own, e);
}

// --- appending

static bool absorb_cid_keep(struct absorbing *w, uint64_t cid, struct err *e)
{
	if (!arena_grow(w->keep, (void **)&w->cid, w->cids, &w->cid_cap, sizeof *w->cid))
		return err_memory(e);
	w->cid[w->cids] = cid;
	return index_put(&w->by_cid, cid, w->cids++) || err_memory(e);
}

// Asked only where something is forked, then for every change: so all of mine are read once,
// instead of looking through a cell's changes for each (10^5 forks of one cell would take hours).
static bool absorb_cids_read(struct absorbing *w, struct err *e)
{
	struct err own = { 0 };
	w->by_cid = INDEX_IN(w->keep);
	struct ask *q = db_ask(w->s->db, "SELECT cid FROM change", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own))
		absorb_cid_keep(w, (uint64_t)col_int(q, 0), &own);
	return ask_end(q, &own, e);
}

static bool absorb_already_here(
    struct absorbing *w, const struct change *c, bool *here, struct err *e)
{
	size_t walk = 0, at;
	*here = false;
	if (!w->by_cid.arena && !absorb_cids_read(w, e))
		return false;
	while (!*here && (at = index_next(&w->by_cid, c->cid, &walk)) != SIZE_MAX)
		*here = w->cid[at] == c->cid;
	return *here || absorb_cid_keep(w, c->cid, e);
}

static bool absorb_touched_add(struct absorbing *w, const struct id *ent)
{
	uint64_t hash = index_hash(ent->b, sizeof ent->b, 1);
	size_t walk = 0, at;
	while ((at = index_next(&w->by_ent, hash, &walk)) != SIZE_MAX)
		if (id_equal(&w->touched[at], ent))
			return true;
	if (!arena_grow(w->keep, (void **)&w->touched, w->touched_count, &w->touched_cap,
		sizeof *w->touched))
		return false;
	w->touched[w->touched_count] = *ent;
	return index_put(&w->by_ent, hash, w->touched_count++);
}

static bool absorb_append_rows(
    struct absorbing *w, int64_t sid, const struct change_list *list, size_t from, struct err *e)
{
	for (size_t i = from; i < list->count; i++) {
		struct change c = list->item[i];
		bool here = false;
		c.sid = sid;
		c.batch = w->batch;
		if (w->forked && !absorb_already_here(w, &c, &here, e))
			return false;
		if (!here) {
			w->digest += c.cid;
			w->changes++;
		}
		w->rows++;
		w->newest = c.hlc > w->newest ? c.hlc : w->newest;
		if (!log_change_add(w->s->db, &c, e))
			return false;
		if (!absorb_touched_add(w, &c.ent))
			return err_memory(e);
	}
	return true;
}

static bool absorb_append(struct absorbing *w, const struct stream *mine,
    const struct change_list *list, size_t from, struct err *e)
{
	if (from == list->count)
		return true;
	const struct change *last = &list->item[list->count - 1];
	return absorb_append_rows(w, mine->sid, list, from, e) &&
	       log_stream_tip(w->s->db, mine->sid, last->seq, last->cid, e);
}

// A list that is not empty, under a stream of its own.
static bool absorb_stream_new(
    struct absorbing *w, const struct stream *t, const struct change_list *list, struct err *e)
{
	struct stream mine = *t;
	mine.seq = list->item[list->count - 1].seq;
	mine.tip = list->item[list->count - 1].cid;
	return log_stream_add(w->s->db, &mine, e) && absorb_append_rows(w, mine.sid, list, 0, e);
}

// How many of the list's first changes stand in my stream; *end: it holds no more than those.
static bool absorb_count_same(struct absorbing *w, const struct stream *mine,
    const struct change_list *list, size_t *same, bool *end, struct err *e)
{
	*end = false;
	for (*same = 0; *same < list->count; ++*same) {
		uint64_t cid;
		bool here;
		if (!absorb_cid_at(w->s->db, mine->sid, list->item[*same].seq, &cid, &here, e))
			return false;
		*end = !here;
		if (!here || cid != list->item[*same].cid)
			return true;
	}
	return true;
}

static void absorb_fork_off(struct stream *fork, struct change_list *rest, size_t same)
{
	struct id from = fork->id;
	rest->before = same ? rest->item[same - 1].cid : rest->before;
	rest->item += same;
	rest->count -= same;
	fork->id = chain_fork_id(&from, rest->item[0].cid);
	fork->fork_of = from;
	fork->fork_base = rest->before;
	fork->forked = true;
}

// Rules 1 and 3 for a list that is in memory. t describes the stream it is to stand under. Forks of
// forks are followed in a loop: a hostile file may hold 10^5 of them, one in another.
bool absorb_list(
    struct absorbing *w, const struct stream *t, const struct change_list *list, struct err *e)
{
	struct stream at = *t, mine;
	struct change_list rest = *list;
	while (rest.count) {
		bool found, end;
		size_t same;
		if (!absorb_mine_find(w->s, w->a, &at.id, &mine, &found, e))
			return false;
		if (!found)
			return absorb_stream_new(w, &at, &rest, e);
		if (!absorb_count_same(w, &mine, &rest, &same, &end, e))
			return false;
		if (end)
			return absorb_append(w, &mine, &rest, same, e);
		if (same == rest.count || (BREAK_flatfork && at.forked))
			return true;
		absorb_fork_off(&at, &rest, same);
		w->forked = true;
		w->forks++;
	}
	return true;
}

static uint64_t absorb_first_seq_before(
    struct db *db, const struct stream *t, bool *ok, struct err *e)
{
	struct err own = { 0 };
	uint64_t first = 1;
	struct ask *q = db_ask(db, "SELECT min(seq) FROM change WHERE sid=?", e);
	*ok = q != NULL;
	if (!q)
		return 0;
	ask_int(q, 1, t->sid);
	if (ask_step(q, &own) && !col_null(q, 0))
		first = (uint64_t)col_int(q, 0);
	*ok = ask_end(q, &own, e);
	return first ? first - 1 : 0;
}

// Rule 1 without reading what both have: only the end that I lack. *done: nothing more to do.
static bool absorb_end(struct absorbing *w, const struct stream *t, const struct stream *mine,
    bool *done, struct err *e)
{
	uint64_t cid, at = mine->seq < t->seq ? mine->seq : t->seq;
	bool found;
	struct change_list list;
	*done = false;
	if (mine->seq == t->seq && mine->tip == t->tip) {
		*done = true;
		return true;
	}
	uint64_t my_cid = mine->tip;
	if ((at != mine->seq && !absorb_cid_at(w->s->db, mine->sid, at, &my_cid, &found, e)) ||
	    !absorb_cid_at(w->theirs, t->sid, at, &cid, &found, e))
		return false;
	if (BREAK_chain ? false : !found || cid != my_cid)
		return true;
	*done = true;
	if (t->seq <= mine->seq)
		return true;
	return absorb_read(w, t, mine->seq, my_cid, &list, e) &&
	       absorb_append(w, mine, &list, 0, e);
}

// --- parcels (rule 7)

// What is missing, and whom to ask for it. `at`: when it was written, or the first thing after it.
static bool absorb_refuse_gap(
    struct absorbing *w, const struct stream *t, int64_t at, const char *when, struct err *e)
{
	const char *who = t->author ? t->author : "someone";
	const char *day = date_show(w->a, env_date(w->s->env, at), store_today(w->s));
	w->gap = true;
	return err_set(e, ERR_DATA,
	    "it needs the changes that %s made on %s %s %s, which are not here; merge the parcels "
	    "that came before it, or ask %s for a whole copy",
	    who, t->device ? t->device : "a computer", when, day ? day : "then", who);
}

static bool absorb_first_read(
    struct absorbing *w, const struct stream *t, struct change *c, bool *found, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(
	    w->theirs, "SELECT " LOG_CHANGE " FROM change WHERE sid=? ORDER BY seq LIMIT 1", e);
	if (!q)
		return false;
	ask_int(q, 1, t->sid);
	*found = ask_step(q, &own);
	if (*found && !log_change_read(q, w->a, c, &own))
		absorb_refuse_form(t, &own);
	return ask_end(q, &own, e);
}

// Does `first` follow what my stream holds just before it? Of an erased change only the name can be
// compared.
static bool absorb_follows(
    const struct stream *t, const struct stream *mine, const struct change *first, uint64_t before)
{
	return first->val ? chain_next(before, first) == first->cid : id_equal(&t->id, &mine->id);
}

// My stream that holds the change onto which `first` is chained: the same one, or (after a fork the
// two copies may call the two ends differently) one of the same family.
// Without `first`: that ends where theirs ends.
static bool absorb_parcel_onto(struct absorbing *w, const struct stream *t,
    const struct change *first, struct stream *mine, uint64_t *before, bool *found, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(w->s->db,
	    "SELECT " LOG_STREAM ",(SELECT cid FROM change c WHERE c.sid=s.sid AND c.seq=?1) AS at"
	    " FROM stream s WHERE author IS ?2 AND device IS ?3 AND opened=?4 AND scope=?5"
	    " AND at NOT NULL ORDER BY id<>?6",
	    e);
	*found = false;
	if (!q)
		return false;
	ask_int(q, 1, (int64_t)(first ? first->seq - 1 : t->seq));
	ask_text(q, 2, t->author);
	ask_text(q, 3, t->device);
	ask_int(q, 4, t->opened);
	ask_id(q, 5, &t->scope);
	ask_id(q, 6, &t->id);
	while (!*found && ask_step(q, &own)) {
		*before = (uint64_t)col_int(q, 11);
		*found = log_stream_read(q, w->a, mine, &own) &&
			 (first ? absorb_follows(t, mine, first, *before) : *before == t->tip);
	}
	return ask_end(q, &own, e);
}

static bool absorb_is_whole(const struct stream *t, const struct change *first)
{
	if (!t->forked)
		return first->seq == 1;
	struct id derived = chain_fork_id(&t->fork_of, first->cid);
	return id_equal(&derived, &t->id);
}

static bool absorb_parcel(struct absorbing *w, const struct stream *t, struct err *e)
{
	struct change first;
	struct stream onto = *t;
	struct change_list list;
	uint64_t before = chain_seed(t);
	bool found;
	if (!absorb_first_read(w, t, &first, &found, e))
		return false;
	if (!found) // it only says that it builds on this stream
		return absorb_parcel_onto(w, t, NULL, &onto, &before, &found, e) &&
		       (found || absorb_refuse_gap(w, t, t->opened, "on", e));
	if (!absorb_is_whole(t, &first)) {
		if (!absorb_parcel_onto(w, t, &first, &onto, &before, &found, e))
			return false;
		if (!found)
			return absorb_refuse_gap(w, t, first.at, "before", e);
	}
	return absorb_read(w, t, first.seq - 1, before, &list, e) &&
	       absorb_list(w, &onto, &list, e);
}

// A stream that was unknown when the merge began, or that ended elsewhere.
static bool absorb_stream(struct absorbing *w, const struct stream *t, bool known, struct err *e)
{
	struct stream mine;
	bool found = false, done = false, ok;
	struct change_list list;
	if (w->parcel)
		return absorb_parcel(w, t, e);
	if (known && (!absorb_mine_find(w->s, w->a, &t->id, &mine, &found, e) ||
			 (found && !absorb_end(w, t, &mine, &done, e))))
		return false;
	if (done)
		return true;
	uint64_t after = absorb_first_seq_before(w->theirs, t, &ok, e);
	if (!ok)
		return false;
	if (!t->forked && after)
		return absorb_refuse(t, "have no beginning", e);
	if (!absorb_read(w, t, after, chain_seed(t), &list, e))
		return false;
	if (t->forked && list.count) {
		struct id derived = chain_fork_id(&t->fork_of, list.item[0].cid);
		if (!id_equal(&derived, &t->id))
			return absorb_refuse(t, "name a fork that they are not", e);
	}
	return absorb_list(w, t, &list, e);
}

// --- which of their streams there is anything to take from

struct absorb_end {
	struct id id;
	uint64_t seq, tip;
};

struct ends {
	struct absorb_end *item;
	size_t count, cap;
	struct index by_id;
};

static uint64_t absorb_id_hash(const struct id *id)
{
	return index_hash(id->b, sizeof id->b, 1);
}

static bool absorb_ends_read(struct db *db, struct arena *a, struct ends *out, struct err *e)
{
	struct err own = { 0 };
	*out = (struct ends){ .by_id = INDEX_IN(a) };
	struct ask *q = db_ask(db, "SELECT id,seq,tip FROM stream", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct absorb_end x = { .seq = (uint64_t)col_int(q, 1),
			.tip = (uint64_t)col_int(q, 2) };
		if (!col_id(q, 0, &x.id))
			continue;
		if (!arena_grow(a, (void **)&out->item, out->count, &out->cap, sizeof x) ||
		    !index_put(&out->by_id, absorb_id_hash(&x.id), out->count))
			err_memory(&own);
		else
			out->item[out->count++] = x;
	}
	return ask_end(q, &own, e);
}

static const struct absorb_end *absorb_ends_find(const struct ends *mine, const struct id *id)
{
	size_t walk = 0, at;
	while ((at = index_next(&mine->by_id, absorb_id_hash(id), &walk)) != SIZE_MAX)
		if (id_equal(&mine->item[at].id, id))
			return &mine->item[at];
	return NULL;
}

// *known: it stands here, but ends elsewhere. What is not in plando's form is wanted, too: reading
// it refuses it.
static bool absorb_is_wanted(
    struct absorbing *w, struct ask *q, const struct ends *mine, bool *known)
{
	struct id id, scope;
	*known = false;
	if (!col_id(q, 1, &id) || !col_id(q, 2, &scope))
		return true;
	if (!scopes_hold(&w->held, &scope) || !scopes_hold(&w->sent, &scope))
		return false;
	const struct absorb_end *end = absorb_ends_find(mine, &id);
	*known = end != NULL;
	return w->parcel || !end || end->seq != (uint64_t)col_int(q, 3) ||
	       end->tip != (uint64_t)col_int(q, 4);
}

// --- all of them

static bool absorb_any_fork(struct db *db, bool *any, struct err *e)
{
	int64_t n;
	bool ok =
	    db_number(db, "SELECT EXISTS(SELECT 1 FROM stream WHERE fork_of NOT NULL)", 0, &n, e);
	*any = ok && n;
	return ok;
}

bool absorb_is_parcel(struct db *theirs, bool *is, struct err *e)
{
	int64_t parcel;
	if (!meta_get_int(theirs, "parcel", 0, &parcel, e))
		return false;
	*is = parcel != 0;
	return true;
}

// A stream's changes are held in memory only while it is taken in.
bool absorb_wanted(struct absorbing *w, int64_t sid, bool known, struct err *e)
{
	struct err own = { 0 };
	struct arena scratch = { 0 };
	struct stream t;
	struct ask *q = db_ask(w->theirs, "SELECT " LOG_STREAM " FROM stream WHERE sid=?", e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	bool ok = ask_step(q, &own) && log_stream_read(q, &scratch, &t, &own);
	if (!ok && !own.code)
		err_set(&own, ERR_DATA,
		    "its list of streams is not in plando's form; ask for a fresh copy");
	w->a = &scratch;
	ok = ask_end(q, &own, e) && ok && absorb_stream(w, &t, known, e);
	w->a = NULL;
	arena_free(&scratch);
	return ok;
}

static bool absorb_items_add(struct absorbing *w, struct absorb_items *all, int64_t sid, bool known)
{
	if (!arena_grow(w->keep, (void **)&all->item, all->count, &all->cap, sizeof *all->item))
		return false;
	all->item[all->count++] = (struct absorb_item){ .sid = sid, .known = known };
	return true;
}

// All of theirs that there is anything to take from.
static bool absorb_items_wanted(
    struct absorbing *w, const struct ends *mine, struct absorb_items *all, struct err *e)
{
	struct err own = { 0 };
	bool known;
	struct ask *q = db_ask(w->theirs, "SELECT sid,id,scope,seq,tip FROM stream ORDER BY id", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own))
		if (absorb_is_wanted(w, q, mine, &known) &&
		    !absorb_items_add(w, all, col_int(q, 0), known))
			err_memory(&own);
	return ask_end(q, &own, e);
}

// Those that were named.
static bool absorb_items_named(struct absorbing *w, struct absorb_items *all, struct err *e)
{
	struct err own = { 0 };
	for (size_t i = 0; !own.code && i < w->only_count; i++) {
		struct ask *q = db_ask(w->theirs, "SELECT sid FROM stream WHERE id=?", &own);
		if (!q)
			break;
		ask_id(q, 1, &w->only[i]);
		if (ask_step(q, &own) && !absorb_items_add(w, all, col_int(q, 0), true))
			err_memory(&own);
		ask_done(q);
	}
	return !own.code || err_set(e, own.code, "%s", own.text);
}

static bool absorb_items(struct absorbing *w, const struct absorb_items *all, struct err *e)
{
	for (size_t i = 0; i < all->count; i++) {
		if (!absorb_wanted(w, all->item[i].sid, all->item[i].known, e))
			return false;
		if (w->step)
			w->step(w, i + 1, all->count);
	}
	return true;
}

static bool absorb_items_find(struct absorbing *w, struct absorb_items *all, struct err *e)
{
	struct arena a = { 0 };
	struct ends ends;
	bool ok = w->only ? absorb_items_named(w, all, e)
			  : absorb_ends_read(w->s->db, &a, &ends, e) &&
				absorb_items_wanted(w, &ends, all, e);
	arena_free(&a);
	return ok;
}

bool absorb_all(struct absorbing *w, struct err *e)
{
	bool mine, theirs;
	struct absorb_items all = { 0 };
	if (!scopes_read(w->s->db, w->keep, &w->held, e) ||
	    !scopes_read(w->theirs, w->keep, &w->sent, e) ||
	    !absorb_is_parcel(w->theirs, &w->parcel, e) || !absorb_any_fork(w->s->db, &mine, e) ||
	    !absorb_any_fork(w->theirs, &theirs, e) || !absorb_items_find(w, &all, e))
		return false;
	w->forked = mine || theirs;
	return w->each ? absorb_each(w, &all, e) : absorb_items(w, &all, e);
}
