// SPDX-License-Identifier: MIT
// Properties, by the numbers of the test plan:
//  P1 merges that connect all copies give equal state and digest
//  P3 merging twice adds nothing        P4 A<-B and B<-A are equal
//  P5 nothing written on a copy that still exists is lost, every value that nobody saw replaced
//  stands P6 heads by prev = heads by the true past; shown = largest (hlc, cid) P7 no delete hides
//  what its writer had not seen P8 drawn links close no cycle         P9 incremental fold = fold
//  made afresh P11 wrong clocks                      P12 clones and rollbacks of a running copy P13
//  merging writes no change
#include "model.h"

#include "../support.h"
#include "store/private.h"
#include "store/store.h"

#include <plando/conflict.h>
#include <plando/driver.h>
#include <plando/history.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

enum { COPIES = 5, FACTS = 4096, WORDS = FACTS / 64 };

struct set {
	uint64_t bits[WORDS];
};

// A change as the model knows it.
struct fact {
	uint64_t cid;
	int64_t hlc;
	struct id ent;
	const char *fld, *val;
	struct set past; // what its writer had seen
};

struct copy {
	struct store *s;
	struct world world;
	struct env env;
	struct set known;
};

struct model {
	struct arena *a;
	struct world dice;
	struct copy copy[COPIES];
	unsigned copies;
	struct fact *fact;
	size_t facts;
	struct id team;
	const char *wrong;
};

static bool in(const struct set *s, size_t i)
{
	return s->bits[i / 64] >> (i % 64) & 1;
}

static void put(struct set *s, size_t i)
{
	s->bits[i / 64] |= (uint64_t)1 << (i % 64);
}

static void unite(struct set *to, const struct set *from)
{
	for (size_t i = 0; i < WORDS; i++)
		to->bits[i] |= from->bits[i];
}

static unsigned dice(struct model *m, unsigned n)
{
	return (unsigned)(world_next(&m->dice) % n);
}

static void wrong(struct model *m, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void wrong(struct model *m, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	if (!m->wrong)
		m->wrong = arena_vprintf(m->a, fmt, ap);
	va_end(ap);
}

static bool works(struct model *m, bool ok, const struct err *e)
{
	if (!ok)
		wrong(m, "an operation failed: %s", e->text);
	return ok;
}

// --- clocks (P11): some years out, jumping back, or standing still

static void clock_move(struct model *m, struct copy *c)
{
	static const int64_t year = (int64_t)365 * 86400000;
	static const int64_t jumps[] = { 0, 0, 0, 1, 1000, -1000, 86400000, -86400000, 40 * year,
		-40 * year, 8000 * year };
	static const int64_t base = 1795600000000; // 2026-11-25
	if (m->dice.tick && dice(m, 4) == 0)
		c->world.now = base + jumps[dice(m, sizeof jumps / sizeof *jumps)];
	else
		c->world.now += (int64_t)dice(m, 3);
}

// --- learning what a save wrote

// Two clones that do the same in the same millisecond write one and the same change.
static size_t fact_find(const struct model *m, uint64_t cid)
{
	size_t i = 0;
	while (i < m->facts && m->fact[i].cid != cid)
		i++;
	return i;
}

static void learn(struct model *m, struct copy *c, int64_t batch)
{
	struct err e = { 0 };
	struct set past = c->known;
	struct ask *q = db_ask(
	    c->s->db, "SELECT cid,hlc,ent,fld,val FROM change WHERE batch=? ORDER BY sid,seq", &e);
	if (!works(m, q != NULL, &e))
		return;
	ask_int(q, 1, batch);
	while (ask_step(q, &e)) {
		size_t at = fact_find(m, (uint64_t)col_int(q, 0));
		if (at == FACTS) {
			wrong(m, "the model is full");
			break;
		}
		put(&c->known, at);
		if (at < m->facts)
			continue;
		struct fact *f = &m->fact[m->facts++];
		*f = (struct fact){ .cid = (uint64_t)col_int(q, 0),
			.hlc = col_int(q, 1),
			.fld = arena_strdup(m->a, col_text(q, 3)),
			.val = arena_strdup(m->a, col_text(q, 4)),
			.past = past };
		col_id(q, 2, &f->ent);
	}
	ask_done(q);
}

static void commit(struct model *m, struct copy *c, struct save *v)
{
	struct err e = { 0 };
	size_t written = 0;
	if (works(m, save_commit(v, &written, &e), &e) && written)
		learn(m, c, save_batch(v));
}

// --- operations

static bool pick(struct model *m, struct copy *c, const char *kind, struct record *out)
{
	struct err e = { 0 };
	struct records all;
	if (!works(m, record_list(c->s, m->a, kind, NULL, &all, &e), &e) || !all.count)
		return false;
	*out = all.item[dice(m, (unsigned)all.count)];
	return true;
}

static const char *word(struct model *m)
{
	static const char *const words[] = { "Ring first", "Card with names", "Shared inbox",
		" Ring first ", "" };
	return words[dice(m, sizeof words / sizeof *words)];
}

static void op_new(struct model *m, struct copy *c)
{
	static const char *const kinds[] = { "driver", "driver", "idea", "pdsa", "measure",
		"event" };
	struct err e = { 0 };
	const char *kind = kinds[dice(m, sizeof kinds / sizeof *kinds)];
	char team[ID_TEXT];
	struct id id;
	struct save *v = save_begin(c->s, m->a, &e);
	id_print(&m->team, team);
	bool ok = works(m, v && save_new(v, kind, NULL, &id, &e), &e);
	if (ok && strcmp(kind, "event") != 0)
		ok = works(m, save_cell(v, &id, kind, "team", team, &e), &e);
	if (ok && strcmp(kind, "driver") == 0)
		ok = works(m,
		    save_cell(v, &id, kind, "type", dice(m, 2) ? "primary" : "secondary", &e), &e);
	if (ok && works(m, save_cell(v, &id, kind, "note", word(m), &e), &e))
		commit(m, c, v);
}

static void op_edit(struct model *m, struct copy *c)
{
	static const char *const kinds[] = { "driver", "idea", "pdsa", "measure", "event" };
	static const char *const fields[] = { "note", "note", "text", "position" };
	struct err e = { 0 };
	struct record r;
	if (!pick(m, c, kinds[dice(m, 5)], &r))
		return;
	struct save *v = save_begin(c->s, m->a, &e);
	if (works(m, v && save_cell(v, &r.id, r.kind, fields[dice(m, 4)], word(m), &e), &e))
		commit(m, c, v);
}

static void op_level(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct record r;
	if (!pick(m, c, "driver", &r))
		return;
	struct save *v = save_begin(c->s, m->a, &e);
	if (works(m,
		v &&
		    save_cell(v, &r.id, "driver", "type", dice(m, 2) ? "primary" : "secondary", &e),
		&e))
		commit(m, c, v);
}

static void op_link(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct record from, to;
	struct id id;
	char a[ID_TEXT], b[ID_TEXT];
	if (!pick(m, c, dice(m, 2) ? "driver" : "idea", &from) || !pick(m, c, "driver", &to))
		return;
	id_print(&from.id, a);
	id_print(dice(m, 5) ? &to.id : &m->team, b);
	struct save *v = save_begin(c->s, m->a, &e);
	const char *key[] = { "from", a, "to", b, NULL };
	if (works(m, v && save_new(v, "link", key, &id, &e), &e) &&
	    works(m, save_cell(v, &id, "link", "strength", dice(m, 2) ? "strong" : "weak", &e), &e))
		commit(m, c, v);
}

static void op_delete(struct model *m, struct copy *c)
{
	static const char *const kinds[] = { "driver", "idea", "link", "pdsa", "point" };
	struct err e = { 0 };
	struct record r;
	if (!pick(m, c, kinds[dice(m, 5)], &r))
		return;
	struct save *v = save_begin(c->s, m->a, &e);
	if (works(m, v && save_delete(v, &r.id, &e), &e))
		commit(m, c, v);
}

static void op_element(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct record r;
	struct elements el;
	const char *key;
	if (!pick(m, c, "pdsa", &r) || !record_elements(&r, m->a, "predictions", &el))
		return;
	struct save *v = save_begin(c->s, m->a, &e);
	bool ok = works(m, v != NULL, &e);
	if (ok && (!el.count || dice(m, 3) == 0))
		ok = works(m, save_element(v, &r.id, "pdsa", "predictions", NULL, &key, &e), &e);
	else
		key = ok ? el.key[dice(m, (unsigned)el.count)] : "";
	if (ok && dice(m, 4) == 0 && el.count)
		ok = works(
		    m, save_element_remove(v, &r.id, "pdsa", "predictions", el.key[0], &e), &e);
	else if (ok)
		ok = works(m,
		    save_cell(v, &r.id, "pdsa", arena_printf(m->a, "predictions.%s.result", key),
			word(m), &e),
		    &e);
	if (ok)
		commit(m, c, v);
}

static bool add_point(
    struct model *m, struct save *v, const struct id *measure, const char *date, const char *value)
{
	struct err e = { 0 };
	struct id id;
	char uuid[ID_TEXT];
	id_print(measure, uuid);
	const char *key[] = { "measure", uuid, "date", date, "stratum", "", NULL };
	return works(m,
	    save_new(v, "point", key, &id, &e) && save_cell(v, &id, "point", "value", value, &e),
	    &e);
}

static const char *const dates[] = { "2026-01-01", "2026-02-01", "2026-03-01" };
static const char *const values[] = { "41", "44.50", "39" };

static void op_point(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct record r;
	if (!pick(m, c, "measure", &r))
		return;
	struct save *v = save_begin(c->s, m->a, &e);
	if (works(m, v != NULL, &e) &&
	    add_point(m, v, &r.id, dates[dice(m, 3)], values[dice(m, 3)]))
		commit(m, c, v);
}

// The date of a point was wrong: the key does not change, so it is delete and new.
static void op_redate(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct record r;
	struct id measure;
	if (!pick(m, c, "point", &r) || !record_ref(&r, "measure", &measure))
		return;
	const char *date = dates[dice(m, 3)], *value = record_get(&r, "value");
	struct save *v = save_begin(c->s, m->a, &e);
	if (!works(m, v != NULL, &e) || str_equal(record_get(&r, "date"), date))
		return;
	if (save_field(v, &r.id, "point", "date", date, &e)) // refused, as long as the rule stands
		commit(m, c, v);
	else if (works(m, save_delete(v, &r.id, &e), &e) &&
		 add_point(m, v, &measure, date, value ? value : "41"))
		commit(m, c, v);
}

static void op_resolve(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct conflicts all;
	int64_t before;
	if (!works(m, conflict_list(c->s, m->a, &all, &e), &e) || !all.count)
		return;
	const struct conflict *x = &all.item[dice(m, (unsigned)all.count)];
	db_number(c->s->db, "SELECT max(id) FROM batch", 0, &before, &e);
	unsigned n = x->count ? 1 + dice(m, (unsigned)x->count) : 0;
	if (!x->count || !works(m, conflict_resolve(c->s, m->a, &x->id, x->field, n, NULL, &e), &e))
		return;
	int64_t now;
	db_number(c->s->db, "SELECT max(id) FROM batch", 0, &now, &e);
	if (now > before)
		learn(m, c, now);
}

static void op_undo(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	int64_t before, now;
	db_number(c->s->db, "SELECT max(id) FROM batch", 0, &before, &e);
	if (!history_undo_last(c->s, m->a, NULL, &e)) // refused where somebody changed it since
		return;
	db_number(c->s->db, "SELECT max(id) FROM batch", 0, &now, &e);
	if (now > before)
		learn(m, c, now);
}

static int64_t log_size(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	int64_t n = 0;
	works(m, db_number(c->s->db, "SELECT count(DISTINCT cid) FROM change", 0, &n, &e), &e);
	return n;
}

static size_t set_size(const struct set *s)
{
	size_t n = 0;
	for (size_t i = 0; i < WORDS; i++)
		n += (size_t)__builtin_popcountll(s->bits[i]);
	return n;
}

static void merge(struct model *m, struct copy *to, struct copy *from)
{
	struct err e = { 0 };
	struct merge_report r = { 0 };
	if (to == from || !works(m, merge_from(to->s, from->s->db, "copy", false, &r, &e), &e))
		return;
	unite(&to->known, &from->known);
	if (!m->wrong && log_size(m, to) != (int64_t)set_size(&to->known))
		wrong(m, "P13/P5: after a merge the log holds %lld changes, the union of both %zu",
		    (long long)log_size(m, to), set_size(&to->known));
}

static void op_merge(struct model *m, struct copy *c)
{
	merge(m, c, &m->copy[dice(m, m->copies)]);
}

// A store over the same content whose running session goes on in both (P12): a clone.
static struct store *clone_of(struct model *m, struct store *s, const struct env *env)
{
	struct err e = { 0 };
	struct store *t = store_twin(s, env, &e);
	if (!works(m, t != NULL, &e))
		return NULL;
	t->session = arena_array(&t->arena, s->sessions + 1, sizeof *t->session);
	if (s->sessions)
		memcpy(t->session, s->session, s->sessions * sizeof *t->session);
	t->sessions = t->session_cap = s->sessions;
	return t;
}

// Another copy becomes a clone of this one: what it had and nobody else has goes with it.
static void op_clone(struct model *m, struct copy *c)
{
	struct copy *to = &m->copy[dice(m, m->copies)];
	if (to == c || dice(m, 3))
		return;
	struct store *t = clone_of(m, c->s, &to->env);
	if (!t)
		return;
	store_close(to->s);
	to->s = t;
	to->known = c->known;
}

// --- verdict

static bool same_cell(const struct fact *f, const struct id *ent, const char *fld)
{
	return id_equal(&f->ent, ent) && strcmp(f->fld, fld) == 0;
}

static bool is_head(struct model *m, const struct set *known, size_t i)
{
	for (size_t j = 0; j < m->facts; j++)
		if (j != i && in(known, j) && in(&m->fact[j].past, i) &&
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
	if (!works(m, fold_heads(c->s->db, m->a, &cell->ent, cell->fld, &h, &e), &e))
		return;
	for (size_t i = first; i < m->facts; i++) {
		const struct fact *f = &m->fact[i];
		if (!in(&c->known, i) || !same_cell(f, &cell->ent, cell->fld) ||
		    !is_head(m, &c->known, i))
			continue;
		bool found = false;
		for (size_t k = 0; k < h.count; k++)
			found = found || h.item[k].cid == f->cid;
		if (!found)
			wrong(m, "P5/P6: a value of %s that nobody saw replaced does not stand",
			    f->fld);
		if (!top || f->hlc > top->hlc || (f->hlc == top->hlc && f->cid > top->cid))
			top = f;
		n++;
	}
	if (n != h.count)
		wrong(
		    m, "P6: %s has %zu heads by prev, %zu by what was seen", cell->fld, h.count, n);
	else if (top && h.item[h.count - 1].cid != top->cid)
		wrong(m, "P6: %s does not show its newest head", cell->fld);
}

// P7: all that stands in a hidden record was seen by one who deleted it.
static void verify_hidden(struct model *m, struct copy *c, const struct id *ent)
{
	for (size_t i = 0; i < m->facts; i++) {
		const struct fact *f = &m->fact[i];
		if (!in(&c->known, i) || !id_equal(&f->ent, ent) || strcmp(f->fld, "~") == 0 ||
		    !is_head(m, &c->known, i))
			continue;
		bool seen = false;
		for (size_t j = 0; j < m->facts; j++)
			seen = seen ||
			       (in(&c->known, j) && same_cell(&m->fact[j], ent, "~") &&
				   strcmp(m->fact[j].val, "0") == 0 && in(&m->fact[j].past, i));
		if (!seen)
			wrong(m, "P7: a delete hides %s, which its writer had not seen", f->fld);
	}
}

static void verify_records(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct ask *q = db_ask(c->s->db, "SELECT ent FROM rec WHERE NOT alive", &e);
	if (!works(m, q != NULL, &e))
		return;
	while (!m->wrong && ask_step(q, &e)) {
		struct id id;
		if (col_id(q, 0, &id))
			verify_hidden(m, c, &id);
	}
	ask_done(q);
}

// A natural key and the id made of it stay together, whatever was corrected.
static void verify_keys(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct records all;
	if (!works(m, record_list(c->s, m->a, "point", NULL, &all, &e), &e))
		return;
	for (size_t i = 0; i < all.count; i++) {
		const struct record *r = &all.item[i];
		const char *measure = record_get(r, "measure"), *date = record_get(r, "date");
		struct id id = id_natural((const char *[]){ "point", measure, date, "" }, 4);
		if (measure && date && !id_equal(&id, &r->id))
			wrong(m, "a data point says %s and is another's", date);
	}
}

// P8 on what the driver diagram draws.
static void verify_diagram(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct driver_diagram d;
	if (!works(m, driver_load(c->s, m->a, &m->team, &d, &e), &e))
		return;
	for (size_t i = 0; i < d.count; i++)
		for (size_t j = 0; j < d.node[i].parent_count; j++) {
			const struct driver_node *up = &d.node[d.node[i].parents[j].node];
			if (up->level >= d.node[i].level)
				wrong(m, "P8: a link is drawn away from the aim");
		}
}

static void verify_sound(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct store_problems p;
	if (works(m, store_check(c->s, m->a, &p, &e), &e) && p.count)
		wrong(m, "P9: %s", p.line[0]);
}

static void verify_equal(struct model *m, struct copy *a, struct copy *b, const char *what)
{
	struct err e = { 0 };
	struct store_facts x, y;
	if (!works(m, store_facts(a->s, &x, &e) && store_facts(b->s, &y, &e), &e))
		return;
	if (strcmp(x.state, y.state) != 0)
		wrong(m, "%s: two copies that have seen the same differ", what);
	else if (x.digest != y.digest)
		wrong(m, "%s: two equal copies have different digests", what);
}

// P4 on twins, so that it does not disturb the run.
static void verify_commutes(struct model *m, struct copy *a, struct copy *b)
{
	struct err e = { 0 };
	struct copy x = { .s = store_twin(a->s, &a->env, &e), .known = a->known };
	struct copy y = { .s = store_twin(b->s, &b->env, &e), .known = b->known };
	if (works(m, x.s && y.s, &e)) {
		merge(m, &x, b);
		merge(m, &y, a);
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
			merge(m, &m->copy[i], &m->copy[i - 1]);
			merge(m, &m->copy[m->copies - 1 - i], &m->copy[m->copies - i]);
		}
	for (unsigned i = 1; i < m->copies && !m->wrong; i++)
		verify_equal(m, &m->copy[0], &m->copy[i], "P1");
	struct err e = { 0 };
	struct merge_report r = { 0 };
	int64_t before = 0, after = 0;
	if (m->wrong ||
	    !works(
		m, db_number(m->copy[0].s->db, "SELECT count(*) FROM change", 0, &before, &e), &e))
		return;
	works(m, merge_from(m->copy[0].s, m->copy[1].s->db, "copy", false, &r, &e), &e);
	works(m, merge_from(m->copy[0].s, m->copy[1].s->db, "copy", false, &r, &e), &e);
	works(m,
	    db_number(m->copy[0].s->db, "SELECT count(DISTINCT cid) FROM change", 0, &after, &e),
	    &e);
	if (r.changes || after > before)
		wrong(m, "P3: merging again brought %lld changes", (long long)r.changes);
	for (size_t i = 0; i < m->facts && !m->wrong; i++) {
		bool first = in(&m->copy[0].known, i);
		for (size_t j = 0; j < i && first; j++)
			first = !in(&m->copy[0].known, j) ||
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

static void (*const operations[])(struct model *, struct copy *) = {
	op_new,
	op_new,
	op_edit,
	op_edit,
	op_edit,
	op_edit,
	op_level,
	op_link,
	op_link,
	op_delete,
	op_element,
	op_element,
	op_point,
	op_point,
	op_redate,
	op_resolve,
	op_undo,
	op_merge,
	op_merge,
	op_merge,
	op_clone,
	op_clone,
};

static struct store *template_store; // one empty workbook, copied for every run
static struct world template_world = { .now = 1795600000000, .seed = 1 };
static struct env template_env;

static bool begin(struct model *m, const struct model_run *run)
{
	struct err e = { 0 };
	if (!template_store) {
		template_env = world_env(&template_world);
		template_store = store_memory(&template_env, "Collaborative", &e);
		if (!works(m, template_store != NULL, &e))
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
		if (!works(m, c->s != NULL, &e))
			return false;
	}
	struct save *v = save_begin(m->copy[0].s, m->a, &e);
	learn(m, &m->copy[0], 1); // the collaborative's name
	for (unsigned i = 1; i < m->copies; i++)
		m->copy[i].known = m->copy[0].known;
	if (!works(m,
		v && save_new(v, "team", NULL, &m->team, &e) &&
		    save_cell(v, &m->team, "team", "name", "Hubs", &e),
		&e))
		return false;
	commit(m, &m->copy[0], v);
	for (unsigned i = 1; i < m->copies; i++)
		merge(m, &m->copy[i], &m->copy[0]);
	return !m->wrong;
}

const char *model_check(struct arena *a, const struct model_run *run)
{
	struct model m = { .a = a };
	if (begin(&m, run))
		for (unsigned i = 0; i < run->operations && !m.wrong; i++) {
			struct copy *c = &m.copy[dice(&m, m.copies)];
			clock_move(&m, c);
			operations[dice(&m, sizeof operations / sizeof *operations)](&m, c);
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
		if (!works(m, store_facts(at, &f, &e), &e))
			return;
		if (!want->changes)
			*want = f;
		if (strcmp(f.state, want->state) != 0 || f.digest != want->digest)
			wrong(m, "P2: another order of merging gives another state");
		return;
	}
	for (unsigned i = 0; i < m->copies && !m->wrong; i++) {
		struct merge_report r;
		int64_t rows;
		if (!(left >> i & 1) || !works(m, db_exec(at->db, "SAVEPOINT here", &e), &e))
			continue;
		if (works(m, merge_within(at, m->copy[i].s->db, "copy", &r, &rows, &e), &e))
			orders(m, at, left & ~(1u << i), want);
		works(m, db_exec(at->db, "ROLLBACK TO here; RELEASE here", &e), &e);
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
			struct copy *c = &m.copy[dice(&m, m.copies)];
			clock_move(&m, c);
			operations[dice(&m, 17)](&m, c); // edits only; now and then a clone
			if (dice(&m, 8) == 0)
				op_clone(&m, c);
		}
	struct store *sixth = m.wrong ? NULL : store_twin(template_store, &template_env, &e);
	if (sixth)
		orders(&m, sixth, (1u << copies) - 1, &want);
	store_close(sixth);
	for (unsigned i = 0; i < m.copies; i++)
		store_close(m.copy[i].s);
	return m.wrong;
}
