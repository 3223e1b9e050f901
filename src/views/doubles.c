// SPDX-License-Identifier: MIT
#include <plando/doubles.h>

#include "method/query.h"
#include "store/log/store.h"

#include <plando/below.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

struct doubles_finding {
	struct store *s;
	struct arena *a;
	struct doubles *out;
	size_t cap;
};

static bool doubles_found(struct doubles_finding *f, struct double_found d, struct err *e)
{
	if (!d.says || !arena_grow(f->a, (void **)&f->out->item, f->out->count, &f->cap, sizeof d))
		return err_memory(e);
	f->out->item[f->out->count++] = d;
	return true;
}

// --- cycles

static bool doubles_cycles(struct doubles_finding *f, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(f->s->db,
	    "SELECT p.id, q.id, p.cycle_no, coalesce(r.title,i.text,'') FROM pdsa p"
	    " JOIN pdsa q ON p.id<q.id AND p.cycle_no=q.cycle_no"
	    " AND (p.ramp=q.ramp OR p.ramp IS NULL AND q.ramp IS NULL AND p.idea=q.idea)"
	    " LEFT JOIN ramp r ON r.id=p.ramp LEFT JOIN idea i ON i.id=p.idea"
	    " WHERE p.archived IS NULL AND q.archived IS NULL ORDER BY p.id, q.id",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		const char *no = query_text(q, 2, f->a, &own), *of = query_text(q, 3, f->a, &own);
		struct double_found d = { .what = DOUBLE_CYCLE,
			.first = query_id(q, 0),
			.second = query_id(q, 1),
			.says = arena_printf(f->a,
			    "Two PDSA cycles of “%s” have the number %s; shown as %sa and %sb.", of,
			    no, no, no),
			.remedy = "Give one of them another number; both are kept." };
		doubles_found(f, d, &own);
	}
	return ask_end(q, &own, e);
}

// --- teams

struct team {
	struct id id;
	const char *name, *folded;
};

static bool doubles_teams_read(
    struct doubles_finding *f, struct team **team, size_t *n, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*team = NULL;
	*n = 0;
	struct ask *q = db_ask(f->s->db,
	    "SELECT id, name FROM team WHERE name IS NOT NULL AND archived IS NULL ORDER BY id", e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(f->a, (void **)team, *n, &cap, sizeof **team)) {
			err_memory(&own);
			break;
		}
		struct team *t = &(*team)[(*n)++];
		*t = (struct team){ query_id(q, 0), query_text(q, 1, f->a, &own), NULL };
		t->folded = text_fold(f->a, t->name);
		if (!t->folded)
			err_memory(&own);
	}
	return ask_end(q, &own, e);
}

static bool doubles_teams(struct doubles_finding *f, struct err *e)
{
	struct team *team;
	size_t n;
	if (!doubles_teams_read(f, &team, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			if (strcmp(team[i].folded, team[j].folded) != 0)
				continue;
			struct double_found d = { .what = DOUBLE_TEAM,
				.first = team[i].id,
				.second = team[j].id,
				.says =
				    arena_printf(f->a, "Two teams are called “%s”.", team[i].name),
				.remedy = "Rename one; or move what one holds over to the other, "
					  "then archive it." };
			if (!doubles_found(f, d, e))
				return false;
		}
	return true;
}

// --- moves

static const char *doubles_title_of(struct doubles_finding *f, const struct id *id)
{
	char uuid[ID_TEXT];
	id_print(id, uuid);
	const char *title = record_ref_title(f->s, f->a, uuid);
	return title ? title : "";
}

static bool doubles_link_end(struct doubles_finding *f, const struct id *link, const char *field,
    struct id *out, struct err *e)
{
	struct record r;
	return record_load(f->s, f->a, link, &r, e) && record_ref(&r, field, out);
}

// Two people took the same link away without knowing of each other, and the box has two others now.
static bool doubles_move_check(struct doubles_finding *f, const struct id *link, struct err *e)
{
	struct heads h;
	struct id box;
	struct err ignored = { 0 };
	struct records links;
	if (!fold_heads(f->s->db, f->a, link, "~", &h, e))
		return false;
	if (h.count < 2 || !doubles_link_end(f, link, "from", &box, &ignored))
		return true;
	if (!record_list_by(f->s, f->a, "link", "from", &box, &links, e))
		return false;
	if (links.count < 2)
		return true;
	struct double_found d = { .what = DOUBLE_MOVE,
		.first = box,
		.second = *link,
		.says = arena_printf(f->a,
		    "Two people moved “%s” at the same time: it now hangs below %zu boxes.",
		    doubles_title_of(f, &box), links.count),
		.remedy = "In the diagram, U takes a link away; or keep them all." };
	return doubles_found(f, d, e);
}

static bool doubles_moves(struct doubles_finding *f, struct err *e)
{
	struct err own = { 0 };
	struct id *link = NULL;
	size_t n = 0, cap = 0;
	struct ask *q = db_ask(f->s->db,
	    "SELECT c.ent FROM rec r CROSS JOIN change c WHERE r.kind='link' AND NOT r.alive"
	    " AND c.ent=r.ent AND c.fld='~' GROUP BY c.ent HAVING count(DISTINCT c.cid)>1"
	    " ORDER BY c.ent",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own))
		if (!arena_grow(f->a, (void **)&link, n, &cap, sizeof *link))
			err_memory(&own);
		else
			n += col_id(q, 0, &link[n]);
	bool good = ask_end(q, &own, e);
	for (size_t i = 0; good && i < n; i++)
		good = doubles_move_check(f, &link[i], e);
	return good;
}

// --- what stands below what was deleted

static bool doubles_orphans(struct doubles_finding *f, struct err *e)
{
	struct below_all all;
	if (!below_orphans(f->s, f->a, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		const struct below_orphans *o = &all.item[i];
		struct double_found d = { .what = DOUBLE_ORPHAN,
			.first = o->id,
			.second = o->stands.item[0].id,
			.cid = o->cid,
			.says = below_says(f->s, f->a, o),
			.remedy =
			    "b keeps it, with what went along; Del deletes what is below it too; "
			    "Enter opens what stands." };
		if (!doubles_found(f, d, e))
			return false;
	}
	return true;
}

bool doubles_find(struct store *s, struct arena *a, struct doubles *out, struct err *e)
{
	struct doubles_finding f = { .s = s, .a = a, .out = out };
	*out = (struct doubles){ 0 };
	return doubles_cycles(&f, e) && doubles_teams(&f, e) && doubles_moves(&f, e) &&
	       doubles_orphans(&f, e);
}
