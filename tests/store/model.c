// SPDX-License-Identifier: MIT
// Properties, by the numbers of the test plan:
//  P1: merges that connect all copies give equal state and digest
//  P3: merging twice adds nothing
//  P4: A<-B and B<-A are equal
//  P5: nothing written on a copy that still exists is lost; what nobody saw replaced stands
//  P6: heads by prev = heads by the true past; shown = the largest (hlc, cid)
//  P7: no delete hides what its writer had not seen
//  P8: drawn links close no cycle
//  P9: the incremental fold = a fold made afresh
// P11: wrong clocks
// P12: clones and rollbacks of a running copy
// P13: merging writes no change
#include "play.h"

#include <plando/driver.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <string.h>

// --- verdict

static bool same_cell(const struct fact *f, const struct id *ent, const char *fld)
{
	return id_equal(&f->ent, ent) && strcmp(f->fld, fld) == 0;
}

static bool is_head(struct model *m, const struct set *known, size_t i)
{
	for (size_t j = 0; j < m->facts; j++)
		if (j != i && !m->fact[j].outside && model_in(known, j) &&
		    model_in(&m->fact[j].past, i) &&
		    same_cell(&m->fact[j], &m->fact[i].ent, m->fact[i].fld))
			return false;
	return true;
}

// P5, P6 for one cell, told by its first fact.
static void verify_cell(struct model *m, struct copy *c, size_t first)
{
	struct err e = { 0 };
	struct heads h;
	const struct fact *cell = &m->fact[first], *top = NULL;
	size_t n = 0;
	if (!model_works(m, fold_heads(c->s->db, m->a, &cell->ent, cell->fld, &h, &e), &e))
		return;
	for (size_t i = first; i < m->facts; i++) {
		const struct fact *f = &m->fact[i];
		if (!model_in(&c->known, i) || f->outside || !same_cell(f, &cell->ent, cell->fld) ||
		    !is_head(m, &c->known, i))
			continue;
		bool found = false;
		for (size_t k = 0; k < h.count; k++)
			found = found || h.item[k].cid == f->cid;
		if (!found)
			model_wrong(m,
			    "P5/P6: a value of %s that nobody saw replaced does not stand", f->fld);
		if (!top || f->hlc > top->hlc || (f->hlc == top->hlc && f->cid > top->cid))
			top = f;
		n++;
	}
	if (n != h.count)
		model_wrong(
		    m, "P6: %s has %zu heads by prev, %zu by what was seen", cell->fld, h.count, n);
	else if (top && h.item[h.count - 1].cid != top->cid)
		model_wrong(m, "P6: %s does not show its newest head", cell->fld);
}

// P7: all that stands in a hidden record was seen by one who deleted it.
static void verify_hidden(struct model *m, struct copy *c, const struct id *ent)
{
	for (size_t i = 0; i < m->facts; i++) {
		const struct fact *f = &m->fact[i];
		if (!model_in(&c->known, i) || f->outside || !id_equal(&f->ent, ent) ||
		    strcmp(f->fld, "~") == 0 || !is_head(m, &c->known, i))
			continue;
		bool seen = false;
		for (size_t j = 0; j < m->facts; j++)
			seen =
			    seen ||
			    (model_in(&c->known, j) && same_cell(&m->fact[j], ent, "~") &&
				strcmp(m->fact[j].val, "0") == 0 && model_in(&m->fact[j].past, i));
		if (!seen)
			model_wrong(
			    m, "P7: a delete hides %s, which its writer had not seen", f->fld);
	}
}

static void verify_records(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct store *each = store_untied(c->s, &e);
	if (!model_works(m, each != NULL, &e))
		return;
	struct ask *q = db_ask(each->db, "SELECT ent FROM rec WHERE NOT alive", &e);
	if (!model_works(m, q != NULL, &e))
		return;
	while (!m->wrong && ask_step(q, &e)) {
		struct id id;
		if (col_id(q, 0, &id))
			verify_hidden(m, c, &id);
	}
	ask_done(q);
	store_close(each);
}

// What is read, joined records as one, is the same too: all cells, records and conflicts.
static const char *shown(struct model *m, struct copy *c)
{
	static const char *const sql[] = { "SELECT hex(ent)||fld||'='||val||n FROM cell ORDER BY 1",
		"SELECT hex(ent)||kind||alive||coalesce(flag,'') FROM rec ORDER BY 1",
		"SELECT hex(ent)||fld||what FROM clash ORDER BY 1",
		"SELECT hex(ent)||hex(shown)||alive FROM tie ORDER BY 1" };
	struct str all = STR_IN(m->a);
	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
		struct err e = { 0 };
		struct ask *q = db_ask(c->s->db, sql[i], &e);
		while (q && ask_step(q, &e)) {
			str_add(&all, col_text(q, 0));
			str_add_char(&all, '\n');
		}
		ask_done(q);
	}
	return str_done(&all);
}

static void verify_shown(struct model *m, struct copy *a, struct copy *b)
{
	const char *x = shown(m, a), *y = shown(m, b);
	size_t at = 0;
	while (x[at] && x[at] == y[at])
		at++;
	while (at && x[at - 1] != '\n')
		at--;
	if (x[at] || y[at])
		model_wrong(
		    m, "P1: two copies show different things: %.90s, %.90s", x + at, y + at);
}

// A natural key and the id made of it stay together, whatever was corrected.
static void verify_keys(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct records all;
	if (!model_works(m, record_list(c->s, m->a, "point", NULL, &all, &e), &e))
		return;
	for (size_t i = 0; i < all.count; i++) {
		const struct record *r = &all.item[i];
		const char *measure = record_get(r, "measure"), *date = record_get(r, "date"),
			   *nth = record_get(r, "nth");
		struct id id =
		    id_natural((const char *[]){ "point", measure, date, "", nth }, nth ? 5 : 4);
		if (measure && date && !id_equal(&id, &r->id))
			model_wrong(m, "a data point says %s and is another's", date);
	}
}

// P8 on what the driver diagram draws.
static void verify_diagram(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct driver_diagram d;
	if (!model_works(m, driver_load(c->s, m->a, &m->team, &d, &e), &e))
		return;
	for (size_t i = 0; i < d.count; i++)
		for (size_t j = 0; j < d.node[i].parent_count; j++) {
			const struct driver_node *up = &d.node[d.node[i].parents[j].node];
			if (up->level >= d.node[i].level)
				model_wrong(m, "P8: a link is drawn away from the aim");
		}
}

static void verify_sound(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct store_problems p;
	if (model_works(m, store_check(c->s, m->a, &p, &e), &e) && p.count)
		model_wrong(m, "P9: %s", p.line[0]);
}

static void verify_equal(struct model *m, struct copy *a, struct copy *b, const char *what)
{
	struct err e = { 0 };
	struct store_facts x, y;
	if (!model_works(m, store_facts(a->s, &x, &e) && store_facts(b->s, &y, &e), &e))
		return;
	if (strcmp(x.state, y.state) != 0)
		model_wrong(m, "%s: two copies that have seen the same differ", what);
	else if (x.digest != y.digest)
		model_wrong(m, "%s: two equal copies have different digests", what);
}

// P4 on twins, so that it does not disturb the run.
static void verify_commutes(struct model *m, struct copy *a, struct copy *b)
{
	struct err e = { 0 };
	struct copy x = { .s = store_twin(a->s, &a->env, &e), .known = a->known };
	struct copy y = { .s = store_twin(b->s, &b->env, &e), .known = b->known };
	if (model_works(m, x.s && y.s, &e)) {
		model_merge(m, &x, b);
		model_merge(m, &y, a);
		verify_equal(m, &x, &y, "P4");
	}
	store_close(x.s);
	store_close(y.s);
}

static void verify(struct model *m, bool full)
{
	verify_commutes(m, &m->copy[0], &m->copy[m->copies - 1]);
	for (unsigned round = 0; round < 2; round++) // along the line and back: connects all
		for (unsigned i = 1; i < m->copies && !m->wrong; i++) {
			model_merge(m, &m->copy[i], &m->copy[i - 1]);
			model_merge(m, &m->copy[m->copies - 1 - i], &m->copy[m->copies - i]);
		}
	for (unsigned i = 1; i < m->copies && !m->wrong; i++)
		verify_equal(m, &m->copy[0], &m->copy[i], "P1");
	for (unsigned i = 1; i < m->copies && !m->wrong; i++)
		verify_shown(m, &m->copy[0], &m->copy[i]);
	struct err e = { 0 };
	struct merge_report r = { 0 };
	int64_t before = 0, after = 0;
	if (m->wrong ||
	    !model_works(
		m, db_number(m->copy[0].s->db, "SELECT count(*) FROM change", 0, &before, &e), &e))
		return;
	model_works(m, merge_from(m->copy[0].s, m->copy[1].s->db, "copy", false, &r, &e), &e);
	model_works(m, merge_from(m->copy[0].s, m->copy[1].s->db, "copy", false, &r, &e), &e);
	model_works(m,
	    db_number(m->copy[0].s->db, "SELECT count(DISTINCT cid) FROM change", 0, &after, &e),
	    &e);
	if (r.changes || after > before)
		model_wrong(m, "P3: merging again brought %lld changes", (long long)r.changes);
	for (size_t i = 0; i < m->facts && !m->wrong; i++) {
		bool first = model_in(&m->copy[0].known, i);
		for (size_t j = 0; j < i && first; j++)
			first = !model_in(&m->copy[0].known, j) ||
				!same_cell(&m->fact[j], &m->fact[i].ent, m->fact[i].fld);
		if (first)
			verify_cell(m, &m->copy[0], i);
	}
	verify_records(m, &m->copy[0]);
	verify_keys(m, &m->copy[0]);
	verify_diagram(m, &m->copy[0]);
	if (full && !m->wrong)
		verify_sound(m, &m->copy[m->copies - 1]);
}

// --- a run

static struct store *template_store; // one empty workbook, copied for every run
static struct world template_world = { .now = 1795600000000, .seed = 1 };
static struct env template_env;

static bool begin(struct model *m, const struct model_run *run)
{
	struct err e = { 0 };
	if (!template_store) {
		template_env = world_env(&template_world);
		template_store = store_memory(&template_env, "Collaborative", &e);
		if (!model_works(m, template_store != NULL, &e))
			return false;
	}
	m->dice = (struct world){ .seed = run->seed, .tick = (int64_t)(run->seed & 1) };
	m->copies = run->copies;
	m->fact = arena_array(m->a, FACTS, sizeof *m->fact);
	for (unsigned i = 0; i < m->copies; i++) {
		struct copy *c = &m->copy[i];
		c->world = (struct world){ .now = 1795600000000, .seed = run->seed * 31 + i };
		c->env = world_env(&c->world);
		c->env.author = (const char *[]){ "Ana", "Ben", "Chi", "Dot", "Eve" }[i];
		c->s = store_twin(template_store, &c->env, &e);
		if (!model_works(m, c->s != NULL, &e))
			return false;
	}
	struct save *v = save_begin(m->copy[0].s, m->a, &e);
	model_learn(m, &m->copy[0], 1); // the collaborative's name
	for (unsigned i = 1; i < m->copies; i++)
		m->copy[i].known = m->copy[0].known;
	if (!model_works(m,
		v && save_new(v, "team", NULL, &m->team, &e) &&
		    save_cell(v, &m->team, "team", "name", "Hubs", &e),
		&e))
		return false;
	model_commit(m, &m->copy[0], v);
	for (unsigned i = 1; i < m->copies; i++)
		model_merge(m, &m->copy[i], &m->copy[0]);
	return !m->wrong;
}

const char *model_check(struct arena *a, const struct model_run *run)
{
	struct model m = { .a = a };
	if (begin(&m, run))
		for (unsigned i = 0; i < run->operations && !m.wrong; i++) {
			struct copy *c = &m.copy[model_dice(&m, m.copies)];
			model_clock(&m, c);
			if (run->joins && model_dice(&m, 6) == 0)
				model_join(&m, c);
			else
				model_operations[model_dice(&m, MODEL_OPERATIONS)](&m, c);
		}
	if (!m.wrong)
		verify(&m, run->full_check);
	for (unsigned i = 0; i < m.copies; i++)
		store_close(m.copy[i].s);
	return m.wrong;
}

// --- P2: a tree of merges shares the common beginnings of the orders; a savepoint takes each back

static void orders(struct model *m, struct store *at, unsigned left, struct store_facts *want)
{
	struct err e = { 0 };
	struct store_facts f;
	if (!left) {
		if (!model_works(m, store_facts(at, &f, &e), &e))
			return;
		if (!want->changes)
			*want = f;
		if (strcmp(f.state, want->state) != 0 || f.digest != want->digest)
			model_wrong(m, "P2: another order of merging gives another state");
		return;
	}
	for (unsigned i = 0; i < m->copies && !m->wrong; i++) {
		struct merge_report r;
		int64_t rows;
		if (!(left >> i & 1) || !model_works(m, db_exec(at->db, "SAVEPOINT here", &e), &e))
			continue;
		if (model_works(m, merge_within(at, m->copy[i].s->db, "copy", &r, &rows, &e), &e))
			orders(m, at, left & ~(1u << i), want);
		model_works(m, db_exec(at->db, "ROLLBACK TO here; RELEASE here", &e), &e);
	}
}

const char *model_orders(struct arena *a, uint64_t seed, unsigned copies)
{
	struct model m = { .a = a };
	struct model_run run = { .seed = seed, .copies = copies };
	struct store_facts want = { 0 };
	struct err e = { 0 };
	if (begin(&m, &run))
		for (unsigned i = 0; i < 12 * copies && !m.wrong; i++) {
			struct copy *c = &m.copy[model_dice(&m, m.copies)];
			model_clock(&m, c);
			model_operations[model_dice(&m, MODEL_EDITS)](
			    &m, c); // edits only; now and then a clone
			if (model_dice(&m, 8) == 0)
				model_clone(&m, c);
		}
	struct store *sixth = m.wrong ? NULL : store_twin(template_store, &template_env, &e);
	if (sixth)
		orders(&m, sixth, (1u << copies) - 1, &want);
	store_close(sixth);
	for (unsigned i = 0; i < m.copies; i++)
		store_close(m.copy[i].s);
	return m.wrong;
}
