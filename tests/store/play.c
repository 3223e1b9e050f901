// SPDX-License-Identifier: MIT
// What people do on their copies, at random: new records, edits, links, deletes, lists, data
// points, conflicts settled, undo, merges, clones of a running copy, wrong clocks.
#include "play.h"

#include "store/file/private.h"
#include "store/record/save_write.h"

#include <plando/conflict.h>
#include <plando/history.h>
#include <plando/join.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <string.h>

bool model_in(const struct set *s, size_t i)
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

unsigned model_dice(struct model *m, unsigned n)
{
	return (unsigned)(world_next(&m->dice) % n);
}

void model_wrong(struct model *m, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	if (!m->wrong)
		m->wrong = arena_vprintf(m->a, fmt, ap);
	va_end(ap);
}

bool model_works(struct model *m, bool ok, const struct err *e)
{
	if (!ok)
		model_wrong(m, "an operation failed: %s", e->text);
	return ok;
}

// --- clocks (P11): some years out, jumping back, or standing still

void model_clock(struct model *m, struct copy *c)
{
	static const int64_t year = (int64_t)365 * 86400000;
	static const int64_t jumps[] = { 0, 0, 0, 1, 1000, -1000, 86400000, -86400000, 40 * year,
		-40 * year, 8000 * year };
	static const int64_t base = 1795600000000; // 2026-11-25
	if (m->dice.tick && model_dice(m, 4) == 0)
		c->world.now = base + jumps[model_dice(m, sizeof jumps / sizeof *jumps)];
	else
		c->world.now += (int64_t)model_dice(m, 3);
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

void model_learn(struct model *m, struct copy *c, int64_t batch)
{
	struct err e = { 0 };
	struct set past = c->known;
	struct ask *q = db_ask(
	    c->s->db, "SELECT cid,hlc,ent,fld,val FROM change WHERE batch=? ORDER BY sid,seq", &e);
	if (!model_works(m, q != NULL, &e))
		return;
	ask_int(q, 1, batch);
	while (ask_step(q, &e)) {
		size_t at = fact_find(m, (uint64_t)col_int(q, 0));
		if (at == FACTS) {
			model_wrong(m, "the model is full");
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

void model_commit(struct model *m, struct copy *c, struct save *v)
{
	struct err e = { 0 };
	size_t written = 0;
	if (model_works(m, save_commit(v, &written, &e), &e) && written)
		model_learn(m, c, save_batch(v));
}

// --- operations

static bool pick(struct model *m, struct copy *c, const char *kind, struct record *out)
{
	struct err e = { 0 };
	struct records all;
	if (!model_works(m, record_list(c->s, m->a, kind, NULL, &all, &e), &e) || !all.count)
		return false;
	*out = all.item[model_dice(m, (unsigned)all.count)];
	return true;
}

static const char *word(struct model *m)
{
	static const char *const words[] = { "Ring first", "Card with names", "Shared inbox",
		" Ring first ", "" };
	return words[model_dice(m, sizeof words / sizeof *words)];
}

static void op_new(struct model *m, struct copy *c)
{
	static const char *const kinds[] = { "driver", "driver", "idea", "pdsa", "measure",
		"event" };
	struct err e = { 0 };
	const char *kind = kinds[model_dice(m, sizeof kinds / sizeof *kinds)];
	char team[ID_TEXT];
	struct id id;
	struct save *v = save_begin(c->s, m->a, &e);
	id_print(&m->team, team);
	bool ok = model_works(m, v && save_new(v, kind, NULL, &id, &e), &e);
	if (ok && strcmp(kind, "event") != 0)
		ok = model_works(m, save_cell(v, &id, kind, "team", team, &e), &e);
	if (ok && strcmp(kind, "driver") == 0)
		ok = model_works(m,
		    save_cell(v, &id, kind, "type", model_dice(m, 2) ? "primary" : "secondary", &e),
		    &e);
	if (ok && model_works(m, save_cell(v, &id, kind, "note", word(m), &e), &e))
		model_commit(m, c, v);
}

static void op_edit(struct model *m, struct copy *c)
{
	static const char *const kinds[] = { "driver", "idea", "pdsa", "measure", "event" };
	static const char *const fields[] = { "note", "note", "text", "position" };
	struct err e = { 0 };
	struct record r;
	if (!pick(m, c, kinds[model_dice(m, 5)], &r))
		return;
	struct save *v = save_begin(c->s, m->a, &e);
	if (model_works(
		m, v && save_cell(v, &r.id, r.kind, fields[model_dice(m, 4)], word(m), &e), &e))
		model_commit(m, c, v);
}

static void op_level(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct record r;
	if (!pick(m, c, "driver", &r))
		return;
	struct save *v = save_begin(c->s, m->a, &e);
	if (model_works(m,
		v && save_cell(v, &r.id, "driver", "type",
			 model_dice(m, 2) ? "primary" : "secondary", &e),
		&e))
		model_commit(m, c, v);
}

static void op_link(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct record from, to;
	struct id id;
	char a[ID_TEXT], b[ID_TEXT];
	if (!pick(m, c, model_dice(m, 2) ? "driver" : "idea", &from) || !pick(m, c, "driver", &to))
		return;
	id_print(&from.id, a);
	id_print(model_dice(m, 5) ? &to.id : &m->team, b);
	struct save *v = save_begin(c->s, m->a, &e);
	const char *key[] = { "from", a, "to", b, NULL };
	if (model_works(m, v && save_new(v, "link", key, &id, &e), &e) &&
	    model_works(m,
		save_cell(v, &id, "link", "strength", model_dice(m, 2) ? "strong" : "weak", &e),
		&e))
		model_commit(m, c, v);
}

static void op_delete(struct model *m, struct copy *c)
{
	static const char *const kinds[] = { "driver", "idea", "link", "pdsa", "point" };
	struct err e = { 0 };
	struct record r;
	if (!pick(m, c, kinds[model_dice(m, 5)], &r))
		return;
	struct save *v = save_begin(c->s, m->a, &e);
	if (model_works(m, v && save_delete(v, &r.id, &e), &e))
		model_commit(m, c, v);
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
	bool ok = model_works(m, v != NULL, &e);
	if (ok && (!el.count || model_dice(m, 3) == 0))
		ok = model_works(
		    m, save_element(v, &r.id, "pdsa", "predictions", NULL, &key, &e), &e);
	else
		key = ok ? el.key[model_dice(m, (unsigned)el.count)] : "";
	if (ok && model_dice(m, 4) == 0 && el.count)
		ok = model_works(
		    m, save_element_remove(v, &r.id, "pdsa", "predictions", el.key[0], &e), &e);
	else if (ok)
		ok = model_works(m,
		    save_cell(v, &r.id, "pdsa", arena_printf(m->a, "predictions.%s.result", key),
			word(m), &e),
		    &e);
	if (ok)
		model_commit(m, c, v);
}

// The first point of a date has no nth, as all had before there was one.
static bool add_point(struct model *m, struct save *v, const struct id *measure, const char *date,
    const char *nth, const char *value)
{
	struct err e = { 0 };
	struct id id;
	char uuid[ID_TEXT];
	id_print(measure, uuid);
	const char *key[] = { "measure", uuid, "date", date, "stratum", "", nth ? "nth" : NULL, nth,
		NULL };
	return model_works(m,
	    save_new(v, "point", key, &id, &e) && save_cell(v, &id, "point", "value", value, &e),
	    &e);
}

static const char *const dates[] = { "2026-01-01", "2026-02-01", "2026-03-01" };
static const char *const nths[] = { NULL, NULL, NULL, "2" };
static const char *const values[] = { "41", "44.50", "39" };

static void op_point(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct record r;
	if (!pick(m, c, "measure", &r))
		return;
	struct save *v = save_begin(c->s, m->a, &e);
	if (model_works(m, v != NULL, &e) && add_point(m, v, &r.id, dates[model_dice(m, 3)],
						 nths[model_dice(m, 4)], values[model_dice(m, 3)]))
		model_commit(m, c, v);
}

// The date of a point was wrong: the key does not change, so it is delete and new.
static void op_redate(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct record r;
	struct id measure;
	if (!pick(m, c, "point", &r) || !record_ref(&r, "measure", &measure))
		return;
	const char *date = dates[model_dice(m, 3)], *value = record_get(&r, "value");
	struct save *v = save_begin(c->s, m->a, &e);
	if (!model_works(m, v != NULL, &e) || str_equal(record_get(&r, "date"), date))
		return;
	if (save_field(v, &r.id, "point", "date", date, &e)) // refused, as long as the rule stands
		model_commit(m, c, v);
	else if (model_works(m, save_delete(v, &r.id, &e), &e) &&
		 add_point(m, v, &measure, date, record_get(&r, "nth"), value ? value : "41"))
		model_commit(m, c, v);
}

static void op_resolve(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	struct conflicts all;
	int64_t before;
	if (!model_works(m, conflict_list(c->s, m->a, &all, &e), &e) || !all.count)
		return;
	const struct conflict *x = &all.item[model_dice(m, (unsigned)all.count)];
	db_number(c->s->db, "SELECT max(id) FROM batch", 0, &before, &e);
	unsigned n = x->count ? 1 + model_dice(m, (unsigned)x->count) : 0;
	if (!x->count ||
	    !model_works(m, conflict_resolve(c->s, m->a, &x->id, x->field, n, NULL, &e), &e))
		return;
	int64_t now;
	db_number(c->s->db, "SELECT max(id) FROM batch", 0, &now, &e);
	if (now > before)
		model_learn(m, c, now);
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
		model_learn(m, c, now);
}

// A hand that writes for another team: a change of a record in a stream of a scope that is not the
// record's, which claims to have seen all that stands in the cell.
static bool cross_write(struct copy *c, const struct id *ent, const char *kind, struct arena *a,
    int64_t *batch, struct err *e)
{
	static const struct id elsewhere = { { 0xe1, 0x5e, 0, 0, 0, 0, 0x40, 1, 0x80, 1 } };
	struct session n;
	struct heads h;
	int64_t hlc, digest;
	if (!meta_get_int(c->s->db, "hlc_max", 0, &hlc, e) ||
	    !meta_get_int(c->s->db, "digest", 0, &digest, e) ||
	    !fold_heads(c->s->db, a, ent, "text", &h, e) ||
	    !log_batch_add(c->s, "save", NULL, 1, batch, e) ||
	    !session_find(c->s, &elsewhere, &n, e))
		return false;
	uint64_t *prev = arena_array(a, h.count + 1, sizeof *prev);
	for (size_t i = 0; prev && i < h.count; i++)
		prev[i] = h.item[i].cid;
	struct change x = { .sid = n.sid,
		.seq = n.seq + 1,
		.grp = n.seq + 1,
		.last = true,
		.hlc = hlc + 1,
		.at = c->world.now,
		.ent = *ent,
		.kind = kind,
		.fld = "text",
		.val = "from elsewhere",
		.prev = prev,
		.prevs = h.count,
		.batch = *batch };
	x.cid = n.tip = chain_next(n.tip, &x);
	n.seq++;
	return log_change_add(c->s->db, &x, e) &&
	       log_stream_tip(c->s->db, n.sid, n.seq, n.tip, e) && session_keep(c->s, &n) &&
	       meta_set_int(c->s->db, "hlc_max", x.hlc, e) &&
	       meta_set_int(c->s->db, "digest", (int64_t)((uint64_t)digest + x.cid), e) &&
	       fold_record(c->s, ent, 0, e) && state_follow(c->s, e);
}

static void op_cross(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	int64_t batch = 0;
	size_t before = m->facts;
	const char *kind = model_dice(m, 2) ? "driver" : "idea";
	struct records all;
	if (!model_works(m, record_list(c->s, m->a, kind, NULL, &all, &e), &e) || !all.count)
		return;
	const struct record *r = &all.item[model_dice(m, (unsigned)all.count)];
	if (!model_works(m, db_begin(c->s->db, &e), &e) ||
	    !model_works(m, cross_write(c, &r->id, kind, m->a, &batch, &e), &e) ||
	    !model_works(m, db_commit(c->s->db, &e), &e))
		return;
	model_learn(m, c, batch);
	for (size_t i = before; i < m->facts; i++)
		m->fact[i].outside = true;
}

static int64_t log_size(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	int64_t n = 0;
	model_works(
	    m, db_number(c->s->db, "SELECT count(DISTINCT cid) FROM change", 0, &n, &e), &e);
	return n;
}

static size_t set_size(const struct set *s)
{
	size_t n = 0;
	for (size_t i = 0; i < WORDS; i++)
		n += (size_t)__builtin_popcountll(s->bits[i]);
	return n;
}

void model_merge(struct model *m, struct copy *to, struct copy *from)
{
	struct err e = { 0 };
	struct merge_report r = { 0 };
	if (to == from || !model_works(m, log_whole(from->s->db, &e), &e) ||
	    !model_works(m, merge_from(to->s, from->s->db, "copy", false, &r, &e), &e))
		return;
	unite(&to->known, &from->known);
	if (!m->wrong && log_size(m, to) != (int64_t)set_size(&to->known))
		model_wrong(m,
		    "P13/P5: after a merge the log holds %lld changes, the union of both %zu",
		    (long long)log_size(m, to), set_size(&to->known));
}

static void op_merge(struct model *m, struct copy *c)
{
	model_merge(m, c, &m->copy[model_dice(m, m->copies)]);
}

// A store over the same content whose running session goes on in both (P12): a clone.
static struct store *clone_of(struct model *m, struct store *s, const struct env *env)
{
	struct err e = { 0 };
	struct store *t = store_twin(s, env, &e);
	if (!model_works(m, t != NULL, &e))
		return NULL;
	t->session = arena_array(&t->arena, s->sessions + 1, sizeof *t->session);
	if (s->sessions)
		memcpy(t->session, s->session, s->sessions * sizeof *t->session);
	t->sessions = t->session_cap = s->sessions;
	return t;
}

// Another copy becomes a clone of this one: what it had and nobody else has goes with it.
void model_clone(struct model *m, struct copy *c)
{
	struct copy *to = &m->copy[model_dice(m, m->copies)];
	if (to == c || model_dice(m, 3))
		return;
	struct store *t = clone_of(m, c->s, &to->env);
	if (!t)
		return;
	store_close(to->s);
	to->s = t;
	to->known = c->known;
}

static int64_t batches(struct model *m, struct copy *c)
{
	struct err e = { 0 };
	int64_t n = 0;
	model_works(m, db_number(c->s->db, "SELECT max(id) FROM batch", 0, &n, &e), &e);
	return n;
}

// Joined records of kinds that others refer to, by name and by key.
void model_join(struct model *m, struct copy *c)
{
	static const char *const kinds[] = { "measure", "driver", "idea", "event", "pdsa" };
	const char *kind = kinds[model_dice(m, 5)], *said = word(m);
	struct err e = { 0 }, ignored = { 0 };
	struct record x, y;
	size_t parted;
	unsigned what = model_dice(m, 5);
	int64_t before = batches(m, c);
	if (!pick(m, c, kind, &x) || !pick(m, c, kind, &y))
		return;
	if (what == 0)
		join_part(c->s, m->a, &x.id, &parted, &ignored);
	else if (what < 4 && !id_equal(&x.id, &y.id))
		model_works(m, join_records(c->s, m->a, &x.id, &y.id, &e), &e);
	if (batches(m, c) > before)
		model_learn(m, c, batches(m, c));
	if (what == 4) {
		struct save *v = save_begin(c->s, m->a, &e);
		if (!model_works(m, v && save_cell(v, &x.id, kind, "note", said, &e), &e))
			return;
		model_commit(m, c, v);
		if (!model_works(m, record_load(c->s, m->a, &x.id, &y, &e), &e))
			return;
		const struct cell *cell = record_cell(&y, "note");
		if (strcmp(cell ? cell->value : "", said) != 0 || (cell && cell->heads > 1))
			model_wrong(m, "what was written into a joined record is not what is read");
	}
}

model_operation *const model_operations[MODEL_OPERATIONS] = {
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
	op_cross,
	op_merge,
	op_merge,
	op_merge,
	model_clone,
	model_clone,
};
