// SPDX-License-Identifier: MIT
// To which scope each record of a save belongs: it decides which stream its changes go to, and in a
// part of a workbook whether they may be made at all.
#include "store/log/tie.h"
#include "store/record/save_write.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

static bool scope_find(struct save *v, const struct id *id, const char *kind, int depth,
    struct id *scope, bool *stored, struct err *e);

// Of a joined team: the first of its circle of which this copy holds the records.
static bool save_scope_of_team(
    struct save *v, const struct id *team, struct id *scope, struct err *e)
{
	struct scopes held;
	struct tied all;
	*scope = *team;
	if (!tie_any(v->store))
		return true;
	if (!tie_members(v->store->db, v->a, team, &all, e) ||
	    !scopes_read(v->store->db, v->a, &held, e))
		return false;
	for (size_t i = all.count; i-- > 0;)
		if (scopes_hold(&held, &all.id[i]))
			*scope = all.id[i];
	return true;
}

// The scope of a record that another one names; *scope stays the shared one where it leads nowhere.
// Many records in a row name the same one, which is in the workbook.
static bool scope_via(
    struct save *v, const struct id *to, int depth, struct id *scope, struct err *e)
{
	const char *kind = save_pending_kind(v, to);
	bool stored = false;
	struct id own;
	if (!kind && !id_zero(to) && id_equal(&v->via, to)) {
		*scope = v->via_scope;
		return true;
	}
	if (!kind && !save_stored_rec(v->store, to, v->a, &kind, &own, &stored, e))
		return false;
	if (str_equal(kind, "team") && !save_scope_of_team(v, to, scope, e))
		return false;
	if (!str_equal(kind, "team") && kind && depth < 8 &&
	    !scope_find(v, to, kind, depth + 1, scope, &stored, e))
		return false;
	if (stored) {
		v->via = *to;
		v->via_scope = *scope;
	}
	return true;
}

// A record keeps the scope it was made in. A new one is of the team that its references lead to.
static bool scope_find(struct save *v, const struct id *id, const char *kind, int depth,
    struct id *scope, bool *stored, struct err *e)
{
	const struct kind *k = kind_find(kind);
	if (!save_stored_rec(v->store, id, v->a, NULL, scope, stored, e))
		return false;
	if (*stored)
		return true;
	*scope = ID_COLLABORATIVE;
	if (k && k->scope == SCOPE_PRIVATE) {
		*scope = scope_of_author(v->store->env->author);
		return true;
	}
	for (size_t i = 0; k && k->scope != SCOPE_SHARED && i < 4 && k->via[i]; i++) {
		struct id to;
		if (!id_parse(save_pending(v, id, k->via[i]), &to))
			continue;
		if (!scope_via(v, &to, depth, scope, e))
			return false;
		if (!id_equal(scope, &ID_COLLABORATIVE))
			return true;
	}
	return true;
}

// Of a record that is nowhere in the log all is known that its fold needs. A tombstone and a
// redaction look into the log all the same.
static bool save_scope_plain_edits(const struct save *v, const struct touched *t)
{
	for (size_t i = t->first; i != NO_EDIT; i = v->edit[i].next)
		if (v->edit[i].tombstone || v->edit[i].sides || strchr("~!", v->edit[i].cell[0]))
			return false;
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

bool save_scopes(struct save *v, struct err *e)
{
	for (size_t i = 0; i < v->touched_count; i++) {
		struct touched *t = &v->touched[i];
		bool stored;
		if (!scope_find(v, &t->id, t->kind, 0, &t->scope, &stored, e))
			return false;
		t->fresh = !stored && save_scope_plain_edits(v, t);
	}
	return save_held(v, e);
}
