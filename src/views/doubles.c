// SPDX-License-Identifier: MIT
#include <plando/doubles.h>

#include "method/query.h"
#include "store/log/store.h"

#include <plando/below.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
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

// --- records of one name

// Where people look for two of one: what they are called by, and within what.
static const struct doubles_alike_kind {
	const char *kind, *plural, *sql; // id, name, within
} ALIKE[] = {
	{ "person", "people", "SELECT id,name,'' FROM person WHERE archived IS NULL" },
	{ "system", "systems", "SELECT id,name,'' FROM system WHERE archived IS NULL" },
	{ "workstream", "workstreams", "SELECT id,name,'' FROM workstream WHERE archived IS NULL" },
	{ "team", "teams", "SELECT id,name,'' FROM team WHERE archived IS NULL" },
	{ "measure", "measures", "SELECT id,name,team FROM measure WHERE archived IS NULL" },
	{ "driver", "drivers", "SELECT id,text,team FROM driver WHERE archived IS NULL" },
	{ "idea", "change ideas", "SELECT id,text,team FROM idea WHERE archived IS NULL" },
	{ "action", "actions",
	    "SELECT id,what,coalesce(team,'')||coalesce(due,'') FROM action WHERE archived IS NULL"
	    " AND coalesce(status,'open')='open'" },
	{ "event", "events",
	    "SELECT id,title,coalesce(date,'') FROM event WHERE archived IS NULL" },
};

struct doubles_named {
	struct id id;
	const char *name, *folded, *within;
};

static int doubles_named_compare(const void *a, const void *b)
{
	const struct doubles_named *x = a, *y = b;
	int by_name = strcmp(x->folded, y->folded);
	int within = by_name ? by_name : strcmp(x->within, y->within);
	return within ? within : id_compare(&x->id, &y->id);
}

static bool doubles_named_read(struct doubles_finding *f, const struct doubles_alike_kind *k,
    struct doubles_named **out, size_t *n, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	*out = NULL;
	*n = 0;
	struct ask *q = db_ask(f->s->db, k->sql, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct doubles_named x = { .id = query_id(q, 0) };
		if (!col_size(q, 1))
			continue;
		x.name = query_text(q, 1, f->a, &own);
		x.within = query_text(q, 2, f->a, &own);
		x.folded = own.code ? NULL : text_fold(f->a, x.name);
		if (!x.folded || !arena_grow(f->a, (void **)out, *n, &cap, sizeof **out))
			err_memory(&own);
		else
			(*out)[(*n)++] = x;
	}
	return ask_end(q, &own, e);
}

static bool doubles_records(
    struct doubles_finding *f, const struct doubles_alike_kind *k, struct err *e)
{
	struct doubles_named *x;
	size_t n;
	if (!doubles_named_read(f, k, &x, &n, e))
		return false;
	if (n > 1)
		qsort(x, n, sizeof *x, doubles_named_compare);
	for (size_t i = 1; i < n; i++) {
		if (strcmp(x[i - 1].folded, x[i].folded) != 0 ||
		    strcmp(x[i - 1].within, x[i].within) != 0)
			continue;
		struct double_found d = { .what = DOUBLE_RECORD,
			.kind = k->kind,
			.first = x[i - 1].id,
			.second = x[i].id,
			.says =
			    arena_printf(f->a, "Two %s are called “%s”.", k->plural, x[i - 1].name),
			.remedy = "Rename one; or, if they are one, J joins them: they are "
				  "read as one then." };
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
			    "b keeps it; Del deletes what stands below it too; Enter opens that." };
		if (!doubles_found(f, d, e))
			return false;
	}
	return true;
}

static bool doubles_alike_all(struct doubles_finding *f, struct err *e)
{
	*f->out = (struct doubles){ 0 };
	for (size_t i = 0; i < sizeof ALIKE / sizeof *ALIKE; i++)
		if (!doubles_records(f, &ALIKE[i], e))
			return false;
	return true;
}

bool doubles_find(struct store *s, struct arena *a, struct doubles *out, struct err *e)
{
	struct doubles_finding f = { .s = s, .a = a, .out = out };
	return doubles_alike_all(&f, e) && doubles_cycles(&f, e) && doubles_moves(&f, e) &&
	       doubles_orphans(&f, e);
}

bool doubles_alike(struct store *s, struct arena *a, size_t *out, struct err *e)
{
	struct doubles all = { 0 };
	struct doubles_finding f = { .s = s, .a = a, .out = &all };
	bool found = doubles_alike_all(&f, e);
	*out = found ? all.count : 0;
	return found;
}
