// SPDX-License-Identifier: MIT
// Saving: edits are collected here, and written by save_write.c.
#include "store/record/save.h"

#include <plando/hash.h>
#include <plando/kind.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

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
	v->begun = arena_mark(a);
	return v;
}

void save_quiet(struct save *v, const char *how)
{
	v->quiet = true;
	v->how = how;
}

void save_raw(struct save *v)
{
	v->raw = true;
}

void save_source(struct save *v, const char *source)
{
	v->source = source;
}

void save_how(struct save *v, const char *how)
{
	v->how = how;
}

// What was deleted and is entered again under the same natural key begins empty: what it held is
// history.
static bool save_revive(struct save *v, const struct id *id, const char *kind, struct err *e)
{
	struct record old;
	struct id scope;
	bool stored;
	if (!save_stored_rec(v->store, id, v->a, NULL, &scope, &stored, e))
		return false;
	if (!stored)
		return true;
	if (!record_load(v->store, v->a, id, &old, e))
		return false;
	for (size_t i = 0; old.deleted && i < old.count; i++)
		if (!save_cell(v, id, kind, old.cells[i].field, "", e))
			return false;
	return !old.deleted || save_cell_over(v, id, kind, "~", "1", e);
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
	if (natural && !save_revive(v, out, kind, e))
		return false;
	for (size_t i = 0; key && key[i]; i += 2)
		if (!save_cell(v, out, kind, key[i], key[i + 1] ? key[i + 1] : "", e))
			return false;
	return true;
}

static bool save_cell_name_ok(const char *name)
{
	size_t n = strlen(name);
	return n && n <= NAME_MOST &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_~.-!") == n;
}

static uint64_t save_id_hash(const struct id *id)
{
	return index_hash(id->b, sizeof id->b, 1);
}

// SIZE_MAX: this save does not touch it.
static size_t save_touched_find(const struct save *v, const struct id *id)
{
	size_t walk = 0, at;
	while ((at = index_next(&v->by_id, save_id_hash(id), &walk)) != SIZE_MAX)
		if (id_equal(&v->touched[at].id, id))
			break;
	return at;
}

static bool save_touched_add(struct save *v, const struct id *id, const char *kind, size_t *at)
{
	if ((*at = save_touched_find(v, id)) != SIZE_MAX)
		return true;
	if (!arena_grow(
		v->a, (void **)&v->touched, v->touched_count, &v->touched_cap, sizeof *v->touched))
		return false;
	v->touched[v->touched_count] =
	    (struct touched){ .id = *id, .kind = arena_strdup(v->a, kind), .first = NO_EDIT };
	*at = v->touched_count++;
	return v->touched[*at].kind && index_put(&v->by_id, save_id_hash(id), *at);
}

static struct save_edit *save_edit_find(const struct save *v, size_t on, const char *cell)
{
	size_t walk = 0, at;
	uint64_t hash = index_hash(cell, strlen(cell), on);
	while ((at = index_next(&v->by_cell, hash, &walk)) != SIZE_MAX)
		if (v->edit[at].on == on && strcmp(v->edit[at].cell, cell) == 0)
			return &v->edit[at];
	return NULL;
}

static bool save_edit_add(struct save *v, const struct save_edit *d)
{
	if (!arena_grow(v->a, (void **)&v->edit, v->count, &v->cap, sizeof *v->edit))
		return false;
	struct touched *on = &v->touched[d->on];
	v->edit[v->count] = *d;
	v->edit[v->count].next = NO_EDIT;
	if (on->first == NO_EDIT)
		on->first = v->count;
	else
		v->edit[on->last].next = v->count;
	on->last = v->count;
	return index_put(&v->by_cell, index_hash(d->cell, strlen(d->cell), d->on), v->count++);
}

static bool save_edit_check(const char *cell, const char *value, struct err *e)
{
	size_t bad, n = strlen(value);
	if (!save_cell_name_ok(cell))
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
    struct save *v, const struct id *id, const char *kind, const struct save_edit *d, struct err *e)
{
	struct save_edit new = *d;
	if (!save_edit_check(d->cell, d->value, e))
		return false;
	new.cell = arena_strdup(v->a, d->cell);
	new.value = arena_strdup(v->a, d->value);
	if (!new.cell || !new.value || !save_touched_add(v, id, kind, &new.on))
		return err_memory(e);
	struct save_edit *old = new.erasure ? NULL : save_edit_find(v, new.on, new.cell);
	if (old) {
		new.next = old->next;
		*old = new;
	}
	return old || save_edit_add(v, &new) || err_memory(e);
}

bool save_also(
    struct save *v, const struct id *id, const char *kind, const struct save_edit *d, struct err *e)
{
	size_t on = save_touched_find(v, id);
	return (on != SIZE_MAX && save_edit_find(v, on, d->cell)) || save_edit(v, id, kind, d, e);
}

bool save_retarget(struct save *v, size_t touched, const struct id *id)
{
	v->touched[touched].id = *id;
	return index_put(&v->by_id, save_id_hash(id), touched);
}

bool save_cell(struct save *v, const struct id *id, const char *kind, const char *cell,
    const char *value, struct err *e)
{
	return save_edit(v, id, kind, &(struct save_edit){ .cell = cell, .value = value }, e);
}

bool save_cell_over(struct save *v, const struct id *id, const char *kind, const char *cell,
    const char *value, struct err *e)
{
	return save_edit(
	    v, id, kind, &(struct save_edit){ .cell = cell, .value = value, .always = true }, e);
}

bool save_cell_beside(
    struct save *v, const struct id *id, const char *cell, const char *value, struct err *e)
{
	size_t on = save_touched_find(v, id);
	struct save_edit *d = on == SIZE_MAX ? NULL : save_edit_find(v, on, cell);
	const char *copy = arena_strdup(v->a, value);
	if (!d || !copy || !save_edit_check(cell, value, e) ||
	    !arena_grow(v->a, (void **)&d->side, d->sides, &d->side_cap, sizeof *d->side))
		return err_memory(e);
	d->side[d->sides++] = copy;
	return true;
}

bool save_bury(
    struct save *v, const struct id *id, const char *kind, const char *cell, struct err *e)
{
	return save_edit(v, id, kind,
	    &(struct save_edit){ .cell = cell, .value = "0", .tombstone = true, .always = true },
	    e);
}

bool save_erasure(
    struct save *v, const struct id *id, const char *kind, uint64_t cid, struct err *e)
{
	char hex[20];
	uint8_t bytes[8];
	prev_write(bytes, &cid, 1);
	hash_hex(bytes, sizeof bytes, hex);
	return save_edit(v, id, kind,
	    &(struct save_edit){ .cell = "!redact", .value = hex, .always = true, .erasure = true },
	    e);
}

// --- the record as this save will leave it: pending edits over what is stored

bool save_stored_rec(struct store *s, const struct id *id, struct arena *a, const char **kind,
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
	size_t on = save_touched_find(v, id);
	const struct save_edit *d = on == SIZE_MAX ? NULL : save_edit_find(v, on, cell);
	return d ? d->value : NULL;
}

const char *save_pending_kind(const struct save *v, const struct id *id)
{
	size_t on = save_touched_find(v, id);
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
	return save_stored_rec(v->store, id, v->a, NULL, &scope, &found, NULL) && found;
}

const char *save_last_pos(const struct save *v, const struct id *id, const char *list)
{
	size_t on = save_touched_find(v, id), n = strlen(list);
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

bool save_saw(struct save *v, const struct id *id, const struct saw *saw, struct err *e)
{
	struct record now;
	struct id scope;
	bool stored;
	size_t at = save_touched_find(v, id);
	if (at == SIZE_MAX)
		return true;
	if (!save_stored_rec(v->store, id, v->a, NULL, &scope, &stored, e) ||
	    (stored && !record_load(v->store, v->a, id, &now, e)))
		return false;
	v->touched[at].saw = stored && now.deleted ? NULL : saw;
	return true;
}

bool save_delete(struct save *v, const struct id *id, struct err *e)
{
	const char *kind = save_pending_kind(v, id);
	struct id scope;
	bool found = true;
	if (!kind && !save_stored_rec(v->store, id, v->a, &kind, &scope, &found, e))
		return false;
	if (!found)
		return err_set(
		    e, ERR_NOINPUT, "there is no such record; list the kind to see what is there");
	return save_bury(v, id, kind, "~", e);
}
