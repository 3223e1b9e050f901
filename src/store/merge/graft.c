// SPDX-License-Identifier: MIT
// Another collaborative's teams, copied in as new records: what belongs to them and the shared
// records that this leads to. Their history stays behind; what is copied is written by whoever
// copies it, in one save.
//
// Rule 1. Ids are computed from the other collaborative's and the record's: copying again finds
//         what was copied, leaves it as it is by now, and adds what is new.
// Rule 2. References lead to the copies. Systems, workstreams, components and forms that are called
//         the same here are taken as the same.
// Rule 3. The other file is folded from its log; its tables are never read. Private notes stay out.
#include "store/file/private.h"
#include "store/merge/absorb.h"

#include <plando/kind.h>
#include <plando/merge.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

struct grafted {
	struct id from, to;
	struct record r;
	bool here; // nothing is to be written: it is here already
};

struct grafting {
	struct store *s, *other;
	struct arena *a;
	struct grafted *item;
	size_t count, cap;
	struct index by_id;
	const char *origin; // what a copied team says of itself
};

// --- the other workbook, folded in memory

static bool graft_other_fold(struct store *o, struct private_copy *copy, struct err *e)
{
	struct arena keep = { 0 };
	struct absorbing w = {
		.s = o, .theirs = copy->db, .keep = &keep, .by_ent = INDEX_IN(&keep), .batch = 1
	};
	bool ok = schema_log_make(o, e) && absorb_all(&w, e) && state_make(o, 0, e) &&
		  db_commit(o->db, e);
	arena_free(&keep);
	return ok;
}

static struct store *graft_other_open(struct store *s, struct private_copy *copy, struct err *e)
{
	struct id collab;
	bool parcel;
	if (!merge_identity(copy->db, copy->path, &collab, e) || !private_verify(copy, e) ||
	    !absorb_is_parcel(copy->db, &parcel, e))
		return NULL;
	if (id_equal(&collab, &s->collab) || parcel)
		return err_set(e, ERR_DATA,
			   parcel ? "%s: it is a parcel of changes, not a workbook; ask for a copy"
				  : "%s: it is a copy of this workbook; merge it without "
				    "--as-new-records",
			   copy->path),
		       NULL;
	struct store *o = store_new(s->env, NULL, e);
	if (!o)
		return NULL;
	o->collab = collab;
	o->db = db_open(NULL, DB_MEMORY, NULL, e);
	if (o->db && graft_other_fold(o, copy, e))
		return o;
	store_close(o);
	return NULL;
}

// --- what is copied

static struct grafted *graft_find(const struct grafting *g, const struct id *id)
{
	size_t walk = 0, at;
	uint64_t hash = index_hash(id->b, sizeof id->b, 1);
	while ((at = index_next(&g->by_id, hash, &walk)) != SIZE_MAX)
		if (id_equal(&g->item[at].from, id))
			return &g->item[at];
	return NULL;
}

static bool graft_add(struct grafting *g, const struct id *id, struct err *e)
{
	struct grafted x = { .from = *id };
	if (id_equal(id, &ID_COLLABORATIVE) || graft_find(g, id))
		return true;
	if (!record_load(g->other, g->a, id, &x.r, NULL) || x.r.deleted)
		return true; // not in that copy: nothing will lead there
	const struct kind *k = kind_find(x.r.kind);
	if (k && k->scope == SCOPE_PRIVATE)
		return true;
	if (!arena_grow(g->a, (void **)&g->item, g->count, &g->cap, sizeof *g->item))
		return err_memory(e);
	g->item[g->count] = x;
	return index_put(&g->by_id, index_hash(id->b, sizeof id->b, 1), g->count++) ||
	       err_memory(e);
}

// "support.<uuid>": where the member's id begins, or NULL.
static const char *graft_member_id(const char *field, struct id *id)
{
	const char *dot = strrchr(field, '.');
	return dot && id_parse(dot + 1, id) ? dot + 1 : NULL;
}

// What an item's cells lead to, found while the list grows.
static bool graft_follow(struct grafting *g, struct err *e)
{
	for (size_t i = 0; i < g->count; i++) {
		struct record r = g->item[i].r;
		for (size_t c = 0; c < r.count; c++) {
			struct id to;
			if ((id_parse(r.cells[c].value, &to) ||
				graft_member_id(r.cells[c].field, &to)) &&
			    !graft_add(g, &to, e))
				return false;
		}
	}
	return true;
}

static bool graft_choose(struct grafting *g, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(g->other->db,
	    "SELECT ent FROM rec WHERE alive AND (kind='team' OR scope IN (SELECT ent FROM rec "
	    "WHERE kind='team' AND alive)) ORDER BY ent",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct id id;
		if (col_id(q, 0, &id))
			graft_add(g, &id, &own);
	}
	return ask_end(q, &own, e) && graft_follow(g, e);
}

// --- new ids

// One that is called the same here (rule 2).
static bool graft_same_here(struct grafting *g, struct grafted *x, struct err *e)
{
	static const char *const kinds[] = { "system", "workstream", "component", "form" };
	struct records all;
	bool common = false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		common = common || str_equal(x->r.kind, kinds[i]);
	const char *title = common ? record_title(g->other, g->a, &x->r) : NULL;
	const char *called = title ? text_fold(g->a, title) : NULL;
	if (!called)
		return true;
	if (!record_list(g->s, g->a, x->r.kind, NULL, &all, e))
		return false;
	for (size_t i = 0; i < all.count && !x->here; i++) {
		const char *mine = record_title(g->s, g->a, &all.item[i]);
		mine = mine ? text_fold(g->a, mine) : NULL;
		x->here = mine && strcmp(mine, called) == 0;
		x->to = x->here ? all.item[i].id : x->to;
	}
	return true;
}

static struct id graft_new_id(struct grafting *g, const struct id *from)
{
	char collab[ID_TEXT], old[ID_TEXT];
	id_print(&g->other->collab, collab);
	id_print(from, old);
	struct id id = id_natural((const char *[]){ "copied", collab, old }, 3);
	id.b[6] = (uint8_t)((id.b[6] & 0x0f) | 0x40); // as a random one: a team's id is its scope
	return id;
}

// A value that names a record becomes its copy's; NULL: that record is not copied.
static const char *graft_mapped(struct grafting *g, const char *value)
{
	struct id id;
	if (!id_parse(value, &id) || id_equal(&id, &ID_COLLABORATIVE))
		return value;
	const struct grafted *x = graft_find(g, &id);
	char *out = x ? arena_alloc(g->a, ID_TEXT) : NULL;
	if (out)
		id_print(&x->to, out);
	return out;
}

static void graft_key_id(struct grafting *g, struct grafted *x, const struct kind *k)
{
	const char *value[8] = { 0 };
	for (size_t n = 0; k->natural[n]; n++) {
		const char *old = record_get(&x->r, k->natural[n]);
		value[n] = old ? graft_mapped(g, old) : NULL;
	}
	x->to = kind_natural_id(k, value);
}

static bool graft_is_here(struct grafting *g, const struct id *id)
{
	struct record r;
	return record_load(g->s, g->a, id, &r, NULL);
}

// Natural keys are made of other records' ids, and those of records that have none themselves.
static bool graft_name(struct grafting *g, struct err *e)
{
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < g->count; i++) {
			struct grafted *x = &g->item[i];
			const struct kind *k = kind_find(x->r.kind);
			bool natural = k && k->natural[0];
			if (natural != (round == 1))
				continue;
			if (natural)
				graft_key_id(g, x, k);
			else
				x->to = graft_new_id(g, &x->from);
			if (!graft_same_here(g, x, e))
				return false;
			x->here = x->here || graft_is_here(g, &x->to);
		}
	return true;
}

// --- writing

static bool graft_cell(struct grafting *g, struct save *v, const struct grafted *x,
    const struct cell *c, struct err *e)
{
	struct id id;
	const char *field = c->field, *value = graft_mapped(g, c->value),
		   *member = graft_member_id(field, &id);
	if (member) {
		const char *to = graft_mapped(g, member);
		field = to ? arena_printf(g->a, "%.*s%s", (int)(member - field), field, to) : NULL;
	}
	return !value || !field || save_cell(v, &x->to, x->r.kind, field, value, e);
}

static bool graft_write(struct grafting *g, struct save *v, struct merge_report *out, struct err *e)
{
	for (size_t i = 0; i < g->count; i++) {
		const struct grafted *x = &g->item[i];
		if (x->here)
			continue;
		out->records++;
		for (size_t c = 0; c < x->r.count; c++, out->changes++)
			if (!graft_cell(g, v, x, &x->r.cells[c], e))
				return false;
		bool team = str_equal(x->r.kind, "team");
		out->changes += team;
		if (team && !save_cell(v, &x->to, "team", "origin", g->origin, e))
			return false;
	}
	return true;
}

static bool graft_origin(struct grafting *g, struct err *e)
{
	struct record r;
	const char *name = record_load(g->other, g->a, &ID_COLLABORATIVE, &r, NULL)
			       ? record_get(&r, "name")
			       : NULL;
	char day[DATE_TEXT];
	date_print_iso(store_today(g->s), day);
	g->origin = arena_printf(g->a, "%s, %s", name ? name : "another collaborative", day);
	return g->origin || err_memory(e);
}

bool merge_as_new(struct store *s, struct arena *a, const char *path, bool dry_run,
    struct merge_report *out, struct err *e)
{
	struct private_copy copy;
	struct grafting g = { .s = s, .a = a, .by_id = INDEX_IN(a) };
	size_t written = 0;
	*out = (struct merge_report){ .path = path };
	if (!store_fence(s, e) || !private_open(path, &copy, e))
		return false;
	g.other = graft_other_open(s, &copy, e);
	struct save *v = g.other ? save_begin(s, a, e) : NULL;
	bool ok = v && graft_origin(&g, e) && graft_choose(&g, e) && graft_name(&g, e) &&
		  graft_write(&g, v, out, e);
	if (ok && !dry_run && out->records) {
		backup_make(s, &s->arena, &out->backup);
		ok = save_commit(v, &written, e);
		out->changes = (int64_t)written;
	}
	store_close(g.other);
	private_close(&copy);
	return ok;
}
