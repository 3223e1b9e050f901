// SPDX-License-Identifier: MIT
// A save of a joined record: each record of its circle gets what is written, so that they agree from
// then on, and go on agreeing when they are parted.
//
// Rule 1. A field is written into all that stand; a part of a list's element where the element is.
// Rule 2. A member of a field is written under each of the ids of its circle that the field holds.
// Rule 3. What one save says of two records of a circle by name stays as it says it.
#include "store/log/tie.h"
#include "store/record/save.h"

#include <plando/str.h>

#include <string.h>

static bool save_spread_exists(
    struct db *db, const struct id *id, const char *sql, const char *from, bool *is, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, sql, e);
	if (!q)
		return false;
	ask_id(q, 1, id);
	ask_text(q, 2, from);
	*is = ask_step(q, &own);
	return ask_end(q, &own, e);
}

// Has the record this element of a list? '/' is the sign after '.'.
static bool save_spread_holds(
    struct save *v, const struct id *id, const char *element, bool *holds, struct err *e)
{
	return save_spread_exists(v->store->db, id,
	    "SELECT 1 FROM change WHERE ent=?1 AND fld>=?2||'.' AND fld<?2||'/' LIMIT 1", element,
	    holds, e);
}

// Where an edit goes: into which of the circle.
static bool save_spread_targets(struct save *v, const struct tied *all, const struct save_edit *d,
    struct tied *out, struct err *e)
{
	size_t element = fold_element_prefix(d->cell);
	*out = *all;
	if (!element)
		return true;
	const char *prefix = arena_copy(v->a, d->cell, element);
	out->id = arena_array(v->a, all->count + 1, sizeof *out->id);
	out->count = 0;
	if (!prefix || !out->id)
		return err_memory(e);
	for (size_t i = 0; i < all->count; i++) {
		bool holds;
		if (!save_spread_holds(v, &all->id[i], prefix, &holds, e))
			return false;
		if (holds)
			out->id[out->count++] = all->id[i];
	}
	if (!out->count) // a new one
		out->id[out->count++] = all->id[0];
	return true;
}

// Rule 2.
static bool save_spread_names(
    struct save *v, const struct id *id, const char *kind, const struct save_edit *d, struct err *e)
{
	struct tied_cells cells;
	if (d->erasure || !tie_cells(v->store->db, v->a, id, d->cell, &cells, e))
		return d->erasure;
	for (size_t i = 0; i < cells.count; i++) {
		struct save_edit same = *d;
		bool holds;
		same.cell = cells.item[i].fld;
		if (!id_equal(&cells.item[i].id, id) || str_equal(same.cell, d->cell))
			continue;
		if (!save_spread_exists(v->store->db, id,
			"SELECT 1 FROM change WHERE ent=? AND fld=? LIMIT 1", same.cell, &holds, e))
			return false;
		if (holds && !save_also(v, id, kind, &same, e))
			return false;
	}
	return true;
}

static bool save_spread_edit(
    struct save *v, size_t on, size_t at, const struct tied *all, struct err *e)
{
	struct save_edit d = v->edit[at]; // the array moves
	const struct touched t = v->touched[on];
	struct tied to;
	bool own = false;
	if (d.erasure)
		return true;
	if (!save_spread_targets(v, all, &d, &to, e))
		return false;
	for (size_t i = 0; i < to.count; i++) {
		struct save_edit same = d;
		same.always = d.tombstone;
		own = own || id_equal(&to.id[i], &t.id);
		if ((!id_equal(&to.id[i], &t.id) && !save_also(v, &to.id[i], t.kind, &same, e)) ||
		    !save_spread_names(v, &to.id[i], t.kind, &same, e))
			return false;
	}
	v->edit[at].elsewhere = !own;
	return true;
}

// An edit whose record is new has nothing to go along with, but the ids in its name.
static bool save_spread_record(struct save *v, size_t on, struct err *e)
{
	struct tied all;
	if (!tie_members(v->store->db, v->a, &v->touched[on].id, &all, e))
		return false;
	bool member = false;
	for (size_t i = 0; i < all.count; i++)
		member = member || id_equal(&all.id[i], &v->touched[on].id);
	if (!member && !save_retarget(v, on, &all.id[0]))
		return err_memory(e);
	const struct saw *saw = v->touched[on].saw;
	size_t before = v->touched_count;
	for (size_t i = v->touched[on].first; i != NO_EDIT; i = v->edit[i].next)
		if (!save_spread_edit(v, on, i, &all, e))
			return false;
	for (size_t i = before; i < v->touched_count; i++)
		v->touched[i].saw = saw;
	return true;
}

bool save_spread(struct save *v, struct err *e)
{
	if (v->raw || !tie_any(v->store))
		return true;
	for (size_t i = 0, n = v->touched_count; i < n; i++)
		if (!save_spread_record(v, i, e))
			return false;
	return true;
}
