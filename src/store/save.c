// SPDX-License-Identifier: MIT
// Saving: edits are collected, then written in one transaction, log first, fold after it.
//
// Rule 1. Each change names the heads it saw (prev), read inside the transaction.
// Rule 2. One stream touches one scope; a save across scopes is one group in each stream.
// Rule 3. hlc = max(wall, newest hlc of the file + 1); a wall clock that cannot be right does not
// count. Rule 4. Our stream must be as we left it (seq and tip); else the file is an older copy or
// a clone went on:
//         this run goes on in a new stream.
// Rule 5. A cell that shows the value already, undisputed, is not written again.
#include "store/scope.h"

#include <plando/hash.h>
#include <plando/index.h>
#include <plando/kind.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

// A record that this save touches.
struct touched {
	struct id id;
	const char *kind;
	struct id scope;
};

struct edit {
	size_t on; // which touched record
	const char *cell, *value;
	bool tombstone; // "0" of "~" or "list.key.~": has seen all that it buries
	bool always;	// written also where the value is shown already
	bool erasure;	// of "!redact": stands beside the others, has seen nothing
	const char *
	    *side; // values that stand side by side with it: a conflict that an undo reopens
	size_t sides, side_cap;
};

struct save {
	struct store *store;
	struct arena *a;
	struct touched *touched;
	size_t touched_count, touched_cap;
	struct edit *edit;
	size_t count, cap;
	struct index by_id, by_cell;
	bool quiet;
	const char *how;
	int64_t batch;
};

enum { NAME_MOST = 96 };

struct save *save_begin(struct store *s, struct arena *a, struct err *e)
{
	if (!store_may_save(s, e))
		return NULL;
	struct save *v = arena_alloc(a, sizeof *v);
	if (!v)
		return err_memory(e), NULL;
	*v = (struct save){
		.store = s, .a = a, .how = "save", .by_id = INDEX_IN(a), .by_cell = INDEX_IN(a)
	};
	return v;
}

void save_quiet(struct save *v, const char *how)
{
	v->quiet = true;
	v->how = how;
}

void save_how(struct save *v, const char *how)
{
	v->how = how;
}

bool save_new(
    struct save *v, const char *kind, const char *const key[], struct id *out, struct err *e)
{
	const char *value[8] = { 0 };
	const struct kind *k = kind_find(kind);
	for (size_t n = 0; k && key && k->natural[n]; n++)
		for (size_t i = 0; key[i]; i += 2)
			if (strcmp(key[i], k->natural[n]) == 0)
				value[n] = key[i + 1];
	bool natural = k && key && k->natural[0];
	*out = natural ? kind_natural_id(k, value) : id_random(v->store->env);
	if (id_zero(out))
		return err_set(
		    e, ERR_IO, "this computer gives no random numbers; nothing was written");
	for (size_t i = 0; key && key[i]; i += 2)
		if (!save_cell(v, out, kind, key[i], key[i + 1] ? key[i + 1] : "", e))
			return false;
	return true;
}

static bool cell_name_ok(const char *name)
{
	size_t n = strlen(name);
	return n && n <= NAME_MOST &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_~.-!") == n;
}

static uint64_t id_hash(const struct id *id)
{
	return index_hash(id->b, sizeof id->b, 1);
}

// SIZE_MAX: this save does not touch it.
static size_t touched_find(const struct save *v, const struct id *id)
{
	size_t walk = 0, at;
	while ((at = index_next(&v->by_id, id_hash(id), &walk)) != SIZE_MAX)
		if (id_equal(&v->touched[at].id, id))
			break;
	return at;
}

static bool touched_add(struct save *v, const struct id *id, const char *kind, size_t *at)
{
	if ((*at = touched_find(v, id)) != SIZE_MAX)
		return true;
	if (!arena_grow(
		v->a, (void **)&v->touched, v->touched_count, &v->touched_cap, sizeof *v->touched))
		return false;
	v->touched[v->touched_count] =
	    (struct touched){ .id = *id, .kind = arena_strdup(v->a, kind) };
	*at = v->touched_count++;
	return v->touched[*at].kind && index_put(&v->by_id, id_hash(id), *at);
}

static struct edit *edit_find(const struct save *v, size_t on, const char *cell)
{
	size_t walk = 0, at;
	uint64_t hash = index_hash(cell, strlen(cell), on);
	while ((at = index_next(&v->by_cell, hash, &walk)) != SIZE_MAX)
		if (v->edit[at].on == on && strcmp(v->edit[at].cell, cell) == 0)
			return &v->edit[at];
	return NULL;
}

static bool edit_add(struct save *v, const struct edit *d)
{
	if (!arena_grow(v->a, (void **)&v->edit, v->count, &v->cap, sizeof *v->edit))
		return false;
	v->edit[v->count] = *d;
	return index_put(&v->by_cell, index_hash(d->cell, strlen(d->cell), d->on), v->count++);
}

static bool edit_check(const char *cell, const char *value, struct err *e)
{
	size_t bad, n = strlen(value);
	if (!cell_name_ok(cell))
		return err_set(
		    e, ERR_DATA, "%s: not a field's name; use small letters, digits and _", cell);
	if (n > TEXT_MOST)
		return err_set(
		    e, ERR_DATA, "%s: the text is longer than a megabyte; shorten it", cell);
	return text_valid(value, n, &bad) ||
	       err_set(e, ERR_DATA, "%s: not valid UTF-8 at byte %zu; save the text as UTF-8", cell,
		   bad + 1);
}

// The last word on a cell in one save is the only one.
static bool save_edit(
    struct save *v, const struct id *id, const char *kind, const struct edit *d, struct err *e)
{
	struct edit new = *d;
	if (!edit_check(d->cell, d->value, e))
		return false;
	new.cell = arena_strdup(v->a, d->cell);
	new.value = arena_strdup(v->a, d->value);
	if (!new.cell || !new.value || !touched_add(v, id, kind, &new.on))
		return err_memory(e);
	struct edit *old = new.erasure ? NULL : edit_find(v, new.on, new.cell);
	if (old)
		*old = new;
	return old || edit_add(v, &new) || err_memory(e);
}

bool save_cell(struct save *v, const struct id *id, const char *kind, const char *cell,
    const char *value, struct err *e)
{
	return save_edit(v, id, kind, &(struct edit){ .cell = cell, .value = value }, e);
}

bool save_cell_over(struct save *v, const struct id *id, const char *kind, const char *cell,
    const char *value, struct err *e)
{
	return save_edit(
	    v, id, kind, &(struct edit){ .cell = cell, .value = value, .always = true }, e);
}

bool save_cell_beside(
    struct save *v, const struct id *id, const char *cell, const char *value, struct err *e)
{
	size_t on = touched_find(v, id);
	struct edit *d = on == SIZE_MAX ? NULL : edit_find(v, on, cell);
	const char *copy = arena_strdup(v->a, value);
	if (!d || !copy || !edit_check(cell, value, e) ||
	    !arena_grow(v->a, (void **)&d->side, d->sides, &d->side_cap, sizeof *d->side))
		return err_memory(e);
	d->side[d->sides++] = copy;
	return true;
}

bool save_bury(
    struct save *v, const struct id *id, const char *kind, const char *cell, struct err *e)
{
	return save_edit(v, id, kind,
	    &(struct edit){ .cell = cell, .value = "0", .tombstone = true, .always = true }, e);
}

bool save_erasure(
    struct save *v, const struct id *id, const char *kind, uint64_t cid, struct err *e)
{
	char hex[20];
	uint8_t bytes[8];
	prev_write(bytes, &cid, 1);
	hash_hex(bytes, sizeof bytes, hex);
	return save_edit(v, id, kind,
	    &(struct edit){ .cell = "!redact", .value = hex, .always = true, .erasure = true }, e);
}

// --- the record as this save will leave it: pending edits over what is stored

static bool stored_rec(struct store *s, const struct id *id, struct arena *a, const char **kind,
    struct id *scope, bool *found, struct err *e)
{
	struct ask *q = db_ask(s->db, "SELECT kind,scope FROM rec WHERE ent=?", e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_id(q, 1, id);
	*found = ask_step(q, &own) && col_id(q, 1, scope);
	if (*found && kind)
		*kind = arena_strdup(a, col_text(q, 0));
	return ask_end(q, &own, e);
}

const char *save_pending(const struct save *v, const struct id *id, const char *cell)
{
	size_t on = touched_find(v, id);
	const struct edit *d = on == SIZE_MAX ? NULL : edit_find(v, on, cell);
	return d ? d->value : NULL;
}

const char *save_pending_kind(const struct save *v, const struct id *id)
{
	size_t on = touched_find(v, id);
	return on == SIZE_MAX ? NULL : v->touched[on].kind;
}

struct store *save_store(const struct save *v)
{
	return v->store;
}

struct arena *save_arena(const struct save *v)
{
	return v->a;
}

bool save_stored(const struct save *v, const struct id *id)
{
	struct id scope;
	bool found = false;
	return stored_rec(v->store, id, v->a, NULL, &scope, &found, NULL) && found;
}

const char *save_last_pos(const struct save *v, const struct id *id, const char *list)
{
	size_t on = touched_find(v, id), n = strlen(list);
	const char *newest = NULL;
	for (size_t i = v->count; i-- > 0 && v->edit[i].on == on;) {
		const char *cell = v->edit[i].cell;
		if (strncmp(cell, list, n) == 0 && fold_element_prefix(cell) == n + 9 &&
		    strcmp(cell + n + 9, ".pos") == 0 &&
		    (!newest || strcmp(v->edit[i].value, newest) > 0))
			newest = v->edit[i].value;
	}
	return newest;
}

int64_t save_batch(const struct save *v)
{
	return v->batch;
}

bool save_delete(struct save *v, const struct id *id, struct err *e)
{
	const char *kind = save_pending_kind(v, id);
	struct id scope;
	bool found = true;
	if (!kind && !stored_rec(v->store, id, v->a, &kind, &scope, &found, e))
		return false;
	if (!found)
		return err_set(
		    e, ERR_NOINPUT, "there is no such record; list the kind to see what is there");
	return save_bury(v, id, kind, "~", e);
}

// --- scope

// A record keeps the scope it was made in. A new one is of the team that its references lead to.
static bool scope_find(struct save *v, const struct id *id, const char *kind, int depth,
    struct id *scope, struct err *e)
{
	const struct kind *k = kind_find(kind);
	bool found;
	if (!stored_rec(v->store, id, v->a, NULL, scope, &found, e))
		return false;
	if (found)
		return true;
	*scope = ID_COLLABORATIVE;
	if (k && k->scope == SCOPE_PRIVATE) {
		*scope = scope_of_author(v->store->env->author);
		return true;
	}
	for (size_t i = 0; k && k->scope != SCOPE_SHARED && i < 4 && k->via[i]; i++) {
		struct id to;
		const char *value = save_pending(v, id, k->via[i]), *to_kind = NULL;
		if (!id_parse(value, &to))
			continue;
		if (!(to_kind = save_pending_kind(v, &to)) &&
		    !stored_rec(v->store, &to, v->a, &to_kind, scope, &found, e))
			return false;
		if (str_equal(to_kind, "team")) {
			*scope = to;
			return true;
		}
		if (to_kind && depth < 8 && !scope_find(v, &to, to_kind, depth + 1, scope, e))
			return false;
		if (to_kind && !id_equal(scope, &ID_COLLABORATIVE))
			return true;
	}
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
	for (size_t i = 0; i < v->touched_count; i++)
		if (!scope_find(
			v, &v->touched[i].id, v->touched[i].kind, 0, &v->touched[i].scope, e))
			return false;
	return save_held(v, e);
}

// --- clock (rule 3)

static int64_t clock_wall(struct store *s)
{
	static const int64_t day = 86400000, most = day * 366 * 20;
	int64_t built = 0, now = store_now(s);
	moment_parse(PLANDO_BUILD_DAY, &built);
	return now >= built - day && now <= built + most ? now : 0;
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
	struct stream t = { .id = id_random(s->env),
		.scope = *scope,
		.author = s->env->author,
		.device = s->env->device,
		.program = "plando " PLANDO_VERSION,
		.opened = store_now(s),
		.utcoff = s->env->utc_offset };
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
	bool holding;
};

struct writing {
	struct save *v;
	int64_t wall, newest, batch;
	uint64_t digest;
	size_t written;
	struct writing_stream *stream;
	size_t streams, cap;
};

static struct writing_stream *writing_stream(
    struct writing *w, const struct id *scope, struct err *e)
{
	for (size_t i = w->streams; i-- > 0;) // edits of one scope mostly come together
		if (BREAK_scope || id_equal(&w->stream[i].session.scope, scope))
			return &w->stream[i];
	if (!arena_grow(w->v->a, (void **)&w->stream, w->streams, &w->cap, sizeof *w->stream))
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
	bool skip = false;
	if (!writing_prev(w, &c, d, &skip, e))
		return false;
	if (skip)
		return true;
	for (size_t i = 0; i < d->sides; i++)
		if (!writing_put(w, on, c, d->side[i], e))
			return false;
	return writing_put(w, on, c, d->value, e);
}

static bool save_fold(struct save *v, struct err *e)
{
	for (size_t i = 0; i < v->touched_count; i++)
		if (!fold_record(v->store, &v->touched[i].id, 0, e))
			return false;
	return state_follow_forms(v->store, e);
}

static bool save_write(struct writing *w, struct err *e)
{
	struct store *s = w->v->store;
	int64_t digest;
	w->wall = clock_wall(s);
	if (!meta_get_int(s->db, "hlc_max", 0, &w->newest, e) ||
	    !meta_get_int(s->db, "digest", 0, &digest, e) || !save_scopes(w->v, e) ||
	    !log_batch_add(s, w->v->how, NULL, (int64_t)w->v->count, &w->batch, e))
		return false;
	w->digest = (uint64_t)digest;
	for (size_t i = 0; i < w->v->count; i++)
		if (!writing_edit(w, &w->v->edit[i], e))
			return false;
	for (size_t i = 0; i < w->streams; i++) {
		const struct session *n = &w->stream[i].session;
		if (!writing_flush(w, &w->stream[i], true, e) ||
		    !log_stream_tip(s->db, n->sid, n->seq, n->tip, e))
			return false;
	}
	return meta_set_int(s->db, "hlc_max", w->newest, e) &&
	       meta_set_int(s->db, "digest", (int64_t)w->digest, e) && save_fold(w->v, e);
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

// A larger transaction may have written to the file before its end, which looks like a stranger's
// hand.
enum { WRITTEN_FEW = 200 };

// One try. A file that was renamed or replaced between the look and the write tells so: *again.
static bool save_try(struct save *v, size_t *written, bool *again, struct err *e)
{
	struct store *s = v->store;
	struct writing *w = arena_alloc(v->a, sizeof *w);
	*again = false;
	if (!w)
		return err_memory(e);
	w->v = v;
	if (!store_fence(s, e) || !store_writable(s, e) || !db_begin(s->db, e))
		return false;
	bool ok = save_write(w, e);
	if (ok && !w->written) {
		db_rollback(s->db);
		*written = 0;
		return true;
	}
	bool stands = !ok || w->written > WRITTEN_FEW || store_stands(s);
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

bool save_commit(struct save *v, size_t *written, struct err *e)
{
	size_t n;
	bool again;
	struct err own = { 0 };
	bool ok = save_try(v, written ? written : &n, &again, &own);
	if (!ok && again)
		ok = save_try(v, written ? written : &n, &again, &own);

	return ok || err_set(e, own.code, "%s", own.text);
}
