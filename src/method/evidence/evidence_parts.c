// SPDX-License-Identifier: MIT
// The components of a team's work, C of the specification: the items of the change package, or
// where there is none the drivers that the team works on; and what its change ideas have made of
// each. The diagram is no tree: an idea that feeds two counts for both.
#include "method/evidence/evidence_facts.h"

#include "method/query.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

struct driver {
	struct id id, component;
	bool primary, out_of_scope;
	const char *name;
};

struct evidence_parts_join {
	struct id from, to;
};

struct evidence_parts_diagram {
	struct facts *f;
	struct driver *driver;
	size_t drivers, drivers_cap;
	struct evidence_parts_join *join;
	size_t joins, joins_cap, parts_cap;
	struct hash hash;
};

static struct ask *evidence_parts_asked(
    const struct evidence_parts_diagram *d, const char *sql, struct err *e)
{
	struct ask *q = query_team(d->f->s->db, d->f->a, sql, &d->f->team, e);
	if (q)
		ask_text(q, 2, d->f->on_text);
	return q;
}

#define LIVE "(x.archived IS NULL OR x.archived>?2)"

// --- what is there

static const char IDEAS[] =
    "SELECT id, component, status, implemented_date, scope FROM idea x WHERE team=?1 AND " LIVE
    " ORDER BY id";
static const char DRIVERS[] =
    "SELECT id, component, type, in_scope, coalesce(code,text) FROM driver x WHERE team=?1"
    " AND " LIVE " ORDER BY position IS NULL, position, code, text, id";
static const char LINKS[] =
    "SELECT from_, to_ FROM link x WHERE from_ IN (SELECT id FROM idea WHERE team=?1"
    " UNION ALL SELECT id FROM driver WHERE team=?1) AND " LIVE " ORDER BY from_, to_";
// Marked as not applicable only with a reason.
static const char PACKAGE[] =
    "SELECT x.id, coalesce(x.code,x.text), EXISTS (SELECT 1 FROM not_applicable n WHERE n.team=?1"
    " AND n.component=x.id AND trim(coalesce(n.why,''))<>''"
    " AND (n.archived IS NULL OR n.archived>?2))"
    " FROM component x WHERE " LIVE " AND ?1 IS NOT NULL ORDER BY x.code, x.text, x.id";

static void evidence_parts_read_idea(const struct facts *f, struct ask *q, struct facts_idea *i)
{
	const char *status = col_text(q, 2), *date = col_text(q, 3), *scope = col_text(q, 4);
	bool done = str_equal(status, "implemented") || str_equal(status, "spread");
	*i = (struct facts_idea){ .id = query_id(q, 0), .component = query_id(q, 1) };
	i->implemented = done && (!date || strcmp(date, f->on_text) <= 0);
	i->begun = i->implemented || str_equal(status, "implementing");
	i->in_focus = i->implemented && (str_equal(scope, "focus") || str_equal(scope, "wider"));
}

static void evidence_parts_read_driver(
    struct facts *f, struct ask *q, struct driver *d, struct err *e)
{
	*d = (struct driver){ .id = query_id(q, 0),
		.component = query_id(q, 1),
		.primary = str_equal(col_text(q, 2), "primary"),
		.out_of_scope = str_equal(col_text(q, 3), "no"),
		.name = query_text(q, 4, f->a, e) };
}

static void evidence_parts_read_join(struct ask *q, struct evidence_parts_join *j)
{
	*j = (struct evidence_parts_join){ query_id(q, 0), query_id(q, 1) };
}

static void evidence_parts_hash_row(struct evidence_parts_diagram *d, struct ask *q)
{
	for (int i = 0; i < col_count(q) && !d->f->brief; i++)
		hash_text(&d->hash, col_text(q, i));
}

static bool evidence_parts_read_ideas(struct evidence_parts_diagram *d, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	struct facts *f = d->f;
	struct ask *q = evidence_parts_asked(d, IDEAS, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(f->a, (void **)&f->idea, f->ideas, &cap, sizeof *f->idea))
			err_memory(&own);
		else
			evidence_parts_read_idea(f, q, &f->idea[f->ideas++]);
		evidence_parts_hash_row(d, q);
	}
	return ask_end(q, &own, e);
}

static bool evidence_parts_read_drivers(struct evidence_parts_diagram *d, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = evidence_parts_asked(d, DRIVERS, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(d->f->a, (void **)&d->driver, d->drivers, &d->drivers_cap,
			sizeof *d->driver))
			err_memory(&own);
		else
			evidence_parts_read_driver(d->f, q, &d->driver[d->drivers++], &own);
		evidence_parts_hash_row(d, q);
	}
	return ask_end(q, &own, e);
}

static bool evidence_parts_read_joins(struct evidence_parts_diagram *d, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = evidence_parts_asked(d, LINKS, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(
			d->f->a, (void **)&d->join, d->joins, &d->joins_cap, sizeof *d->join))
			err_memory(&own);
		else
			evidence_parts_read_join(q, &d->join[d->joins++]);
		evidence_parts_hash_row(d, q);
	}
	return ask_end(q, &own, e);
}

// --- the components

static bool add_part(struct evidence_parts_diagram *d, const struct facts_part *part, struct err *e)
{
	struct facts *f = d->f;
	if (!arena_grow(f->a, (void **)&f->part, f->parts, &d->parts_cap, sizeof *f->part))
		return err_memory(e);
	f->part[f->parts++] = *part;
	return true;
}

static bool evidence_parts_read_package(struct evidence_parts_diagram *d, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = evidence_parts_asked(d, PACKAGE, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct facts_part part = { .id = query_id(q, 0),
			.package = true,
			.name = query_text(q, 1, d->f->a, &own) };
		d->f->package = true;
		if (!col_int(q, 2))
			add_part(d, &part, &own);
		evidence_parts_hash_row(d, q);
	}
	return ask_end(q, &own, e);
}

static const struct driver *evidence_parts_driver_of(
    const struct evidence_parts_diagram *d, const struct id *id)
{
	for (size_t i = 0; i < d->drivers; i++)
		if (id_equal(&d->driver[i].id, id))
			return &d->driver[i];
	return NULL;
}

static bool evidence_parts_has_secondary(
    const struct evidence_parts_diagram *d, const struct driver *primary)
{
	for (size_t i = 0; i < d->joins; i++) {
		if (!id_equal(&d->join[i].to, &primary->id))
			continue;
		const struct driver *from = evidence_parts_driver_of(d, &d->join[i].from);
		if (from && !from->primary)
			return true;
	}
	return false;
}

static bool evidence_parts_take_drivers(struct evidence_parts_diagram *d, struct err *e)
{
	for (size_t i = 0; i < d->drivers; i++) {
		const struct driver *x = &d->driver[i];
		const struct facts_part part = { .id = x->id, .name = x->name };
		if (x->out_of_scope || (x->primary && evidence_parts_has_secondary(d, x)))
			continue;
		if (!add_part(d, &part, e))
			return false;
	}
	return true;
}

// --- what ideas have made of them

static void evidence_parts_credit(struct facts_part *part, const struct facts_idea *idea)
{
	part->begun |= idea->begun;
	part->tested |= idea->full;
	part->implemented |= idea->implemented;
	part->in_focus |= idea->in_focus;
}

static bool evidence_parts_zero_or_other(const struct id *a, const struct id *b)
{
	return id_zero(a) || !id_equal(a, b);
}

// A driver is the part itself, or stands for it.
static void evidence_parts_credit_driver(
    struct facts *f, const struct driver *driver, const struct facts_idea *idea)
{
	for (size_t i = 0; i < f->parts; i++)
		if (f->part[i].package
			? !evidence_parts_zero_or_other(&driver->component, &f->part[i].id)
			: id_equal(&driver->id, &f->part[i].id))
			evidence_parts_credit(&f->part[i], idea);
}

// By any path: an idea feeds secondary and primary drivers, a secondary one feeds primary ones.
static void evidence_parts_follow(
    struct evidence_parts_diagram *d, const struct id *from, const struct facts_idea *idea)
{
	bool secondary = evidence_parts_driver_of(d, from) != NULL;
	for (size_t i = 0; i < d->joins; i++) {
		if (!id_equal(&d->join[i].from, from))
			continue;
		const struct driver *to = evidence_parts_driver_of(d, &d->join[i].to);
		if (!to || (secondary && !to->primary))
			continue;
		evidence_parts_credit_driver(d->f, to, idea);
		if (!to->primary)
			evidence_parts_follow(d, &to->id, idea);
	}
}

static void evidence_parts_credit_ideas(struct evidence_parts_diagram *d)
{
	struct facts *f = d->f;
	for (size_t i = 0; i < f->cycles; i++)
		for (size_t k = 0; k < f->ideas && f->cycle[i].full; k++)
			f->idea[k].full |= id_equal(&f->cycle[i].idea, &f->idea[k].id);
	for (size_t k = 0; k < f->ideas; k++) {
		for (size_t i = 0; i < f->parts; i++)
			if (f->part[i].package &&
			    !evidence_parts_zero_or_other(&f->idea[k].component, &f->part[i].id))
				evidence_parts_credit(&f->part[i], &f->idea[k]);
		evidence_parts_follow(d, &f->idea[k].id, &f->idea[k]);
	}
}

bool facts_parts(struct facts *f, struct err *e)
{
	struct evidence_parts_diagram d = { .f = f };
	hash_init(&d.hash);
	if (!evidence_parts_read_ideas(&d, e) || !evidence_parts_read_drivers(&d, e) ||
	    !evidence_parts_read_joins(&d, e) || !evidence_parts_read_package(&d, e) ||
	    (!f->package && !evidence_parts_take_drivers(&d, e)))
		return false;
	evidence_parts_credit_ideas(&d);
	hash_done(&d.hash, f->hash[DATA_PARTS]);
	return true;
}
