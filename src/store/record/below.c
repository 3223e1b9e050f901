// SPDX-License-Identifier: MIT
#include <plando/below.h>

#include "store/log/scope.h"

#include <plando/history.h>
#include <plando/index.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

enum { DEPTH_MOST = 4 }; // team, measure, point; more is a ring that somebody forged

struct below_walk {
	struct store *s;
	struct arena *a;
	struct below *out;
	size_t cap;
	bool stays;
	struct index by_id;
	struct id mine; // the private scope of whoever works here
};

static bool below_known(const struct below_walk *w, const struct id *id, uint64_t hash)
{
	size_t walk = 0, at;
	while ((at = index_next(&w->by_id, hash, &walk)) != SIZE_MAX)
		if (id_equal(&w->out->item[at].id, id))
			return true;
	return false;
}

static bool below_add(struct below_walk *w, const struct id *id, const char *kind, struct err *e)
{
	uint64_t hash = index_hash(id->b, sizeof id->b, 1);
	if (below_known(w, id, hash))
		return true;
	if (!arena_grow(
		w->a, (void **)&w->out->item, w->out->count, &w->cap, sizeof *w->out->item) ||
	    !index_put(&w->by_id, hash, w->out->count))
		return err_memory(e);
	w->out->item[w->out->count++] = (struct below_item){ .id = *id, .kind = kind };
	return true;
}

// May it be deleted here: is it no private note of somebody else?
static bool below_is_ours(
    struct below_walk *w, const struct kind *k, const struct id *id, struct err *e)
{
	struct err own = { 0 };
	struct id scope;
	if (k->scope != SCOPE_PRIVATE)
		return true;
	struct ask *q = db_ask(w->s->db, "SELECT scope FROM rec WHERE ent=?", e);
	if (!q)
		return false;
	ask_id(q, 1, id);
	bool ours = ask_step(q, &own) && col_id(q, 0, &scope) && id_equal(&scope, &w->mine);
	return ask_end(q, &own, e) && ours;
}

static bool below_step(struct below_walk *w, const struct id *id, const char *kind, struct err *e)
{
	for (const struct kind_below *b = KIND_BELOW; b->of; b++) {
		struct records found;
		const struct kind *k = kind_find(b->kind);
		if (!k || !str_equal(b->of, kind) || (b->stays && !w->stays))
			continue;
		if (!record_list_by(w->s, w->a, b->kind, b->field, id, &found, e))
			return false;
		for (size_t i = 0; i < found.count; i++) {
			struct err own = { 0 };
			bool ours = below_is_ours(w, k, &found.item[i].id, &own);
			if (own.code)
				return err_set(e, own.code, "%s", own.text);
			if (ours && !below_add(w, &found.item[i].id, b->kind, e))
				return false;
		}
	}
	return true;
}

bool below_list(struct store *s, struct arena *a, const struct id *id, const char *kind, bool stays,
    struct below *out, struct err *e)
{
	struct below_walk w = { .s = s,
		.a = a,
		.out = out,
		.stays = stays,
		.by_id = INDEX_IN(a),
		.mine = scope_of_author(s->env->author) };
	*out = (struct below){ 0 };
	bool ok = below_step(&w, id, kind, e);
	size_t done = 0;
	for (int depth = 1; ok && depth < DEPTH_MOST && done < out->count; depth++)
		for (size_t end = out->count; ok && done < end; done++) {
			const struct below_item item = out->item[done];
			ok = below_step(&w, &item.id, item.kind, e);
		}
	return ok;
}

// --- in words

static size_t below_count(const struct below *b, const char *kind)
{
	size_t n = 0;
	for (size_t i = 0; i < b->count; i++)
		n += str_equal(b->item[i].kind, kind);
	return n;
}

static void below_kind_words(struct str *text, size_t n, const char *label)
{
	size_t length = strlen(label);
	bool y = length && label[length - 1] == 'y';
	if (n == 1 || str_equal(label, "attendance") || str_equal(label, "feedback") ||
	    str_equal(label, "involvement"))
		str_printf(text, "%zu %s", n, label);
	else
		str_printf(text, "%zu %.*s%s", n, (int)(length - y), label, y ? "ies" : "s");
}

char *below_words(struct arena *a, const struct below *b)
{
	struct str text = STR_IN(a);
	size_t left = 0;
	for (const struct kind *k = KINDS; k->name; k++)
		left += below_count(b, k->name) > 0;
	for (const struct kind *k = KINDS; k->name; k++) {
		size_t n = below_count(b, k->name);
		if (!n)
			continue;
		below_kind_words(&text, n, k->label);
		left--;
		str_add(&text, left > 1 ? ", " : left ? " and " : "");
	}
	return str_done(&text);
}

// --- deleting

bool below_delete(struct save *v, const struct id *id, struct below *took, struct err *e)
{
	struct record r;
	struct below below;
	struct arena *a = save_arena(v);
	if (!record_load_brief(save_store(v), a, id, &r, e) ||
	    !below_list(save_store(v), a, id, r.kind, r.deleted, &below, e))
		return false;
	bool ok = r.deleted || save_delete(v, id, e);
	for (size_t i = 0; ok && i < below.count; i++)
		ok = save_delete(v, &below.item[i].id, e);
	if (took)
		*took = below;
	return ok;
}

// --- what stands below what was deleted

// Whose deletion is shown: the newest of its heads.
static bool below_deleted_by(
    struct store *s, struct arena *a, struct below_orphans *o, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT c.cid,coalesce(s.author,'somebody')," CLOCK_SHOWN
	    " FROM change c JOIN stream s USING(sid)"
	    " WHERE c.ent=? AND c.fld='~' AND c.val='0' ORDER BY c.hlc DESC,c.cid DESC LIMIT 1",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, &o->id);
	o->by = "somebody";
	if (ask_step(q, &own)) {
		o->cid = (uint64_t)col_int(q, 0);
		o->by = arena_copy(a, col_text(q, 1), col_size(q, 1));
		o->at = col_int(q, 2);
	}
	return ask_end(q, &own, e) && (o->by || err_memory(e));
}

static bool below_hidden(
    struct store *s, struct arena *a, struct below_item **out, size_t *n, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*out = NULL;
	*n = 0;
	struct ask *q = db_ask(s->db, "SELECT ent,kind FROM rec WHERE NOT alive ORDER BY ent", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct below_item item = { 0 };
		const struct kind *k = col_null(q, 1) ? NULL : kind_find(col_text(q, 1));
		if (!k || !kind_has_below(k->name) || !col_id(q, 0, &item.id))
			continue;
		item.kind = k->name;
		if (!arena_grow(a, (void **)out, *n, &cap, sizeof **out))
			err_memory(&own);
		else
			(*out)[(*n)++] = item;
	}
	return ask_end(q, &own, e);
}

bool below_orphans(struct store *s, struct arena *a, struct below_all *out, struct err *e)
{
	struct below_item *hidden;
	size_t n, cap = 0;
	*out = (struct below_all){ 0 };
	if (!below_hidden(s, a, &hidden, &n, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct below_orphans o = { .id = hidden[i].id, .kind = hidden[i].kind };
		if (!below_list(s, a, &o.id, o.kind, true, &o.stands, e))
			return false;
		if (!o.stands.count)
			continue;
		if (!below_deleted_by(s, a, &o, e))
			return false;
		if (!arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item))
			return err_memory(e);
		out->item[out->count++] = o;
	}
	return true;
}

bool below_keep(struct store *s, struct arena *a, uint64_t cid, struct err *e)
{
	struct history_save of;
	struct history h;
	if (!history_save_of(s, cid, &of, e) || !history_of_save(s, a, &of, &h, e))
		return false;
	struct save *v = save_begin(s, a, e);
	bool ok = v != NULL;
	for (size_t i = 0; ok && i < h.count; i++)
		if (str_equal(h.item[i].field, "~") && str_equal(h.item[i].new, "0"))
			ok = save_cell_over(v, &h.item[i].id, h.item[i].kind, "~", "1", e);
	return ok && save_commit(v, NULL, e);
}

char *below_says(struct store *s, struct arena *a, const struct below_orphans *o)
{
	struct record r;
	struct err ignored = { 0 };
	const char *title = record_load(s, a, &o->id, &r, &ignored) ? record_title(s, a, &r) : NULL;
	const struct kind *k = kind_find(o->kind);
	char *words = below_words(a, &o->stands);
	return words ? arena_printf(a, "%s deleted the %s “%s”; %s below it %s.", o->by, k->label,
			   title ? title : "", words, o->stands.count == 1 ? "stands" : "stand")
		     : NULL;
}
