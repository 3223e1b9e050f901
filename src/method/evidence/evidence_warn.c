// SPDX-License-Identifier: MIT
// What is no criterion and still worth saying (docs/evidence.md, 4, at the end).
#include "method/evidence/evidence_judge.h"

#include "store/log/store.h"

#include <plando/pdsa.h>

struct warn {
	const struct facts *f;
	struct evidence *out;
	size_t cap;
};

static bool evidence_warn_add(
    struct warn *w, const char *text, const char *kind, const struct id *id, struct err *e)
{
	if (!text || !arena_grow(w->f->a, (void **)&w->out->warning, w->out->warnings, &w->cap,
			 sizeof *w->out->warning))
		return err_memory(e);
	w->out->warning[w->out->warnings++] =
	    (struct evidence_warning){ text, { kind, id ? *id : (struct id){ { 0 } } } };
	return true;
}

// Something else that happened while the run grew that the claim rests on.
static bool evidence_warn_other_cause(
    struct warn *w, const struct evidence_measure *v, struct err *e)
{
	bool ok = true;
	for (size_t i = 0; i < v->m->marks && ok; i++) {
		const struct measure_mark *mark = &v->m->mark[i];
		date_t last = v->count ? v->value[v->count - 1].date : 0;
		if (str_equal(mark->type, "other_cause") && v->run && mark->date >= v->run_from &&
		    mark->date <= last && v->state != STATE_NONE)
			ok = evidence_warn_add(w,
			    arena_printf(w->f->a, "%s: another cause is marked in its run: %s",
				v->m->name, mark->text),
			    "measure", &v->m->id, e);
	}
	return ok;
}

// A goal that moved once there were data to see.
static bool evidence_warn_goal_moved(
    struct warn *w, const struct evidence_measure *v, bool *moved, struct err *e)
{
	struct err own = { 0 };
	int64_t first = v->count ? (int64_t)v->value[0].date * 86400000 : 0;
	struct ask *q = db_ask(w->f->s->db,
	    "SELECT count(*) FROM change WHERE ent=?1 AND fld='goal' AND at>?2"
	    " AND at>(SELECT min(at) FROM change WHERE ent=?1 AND fld='goal')",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, &v->m->id);
	ask_int(q, 2, first);
	*moved = ask_step(q, &own) && v->count && col_int(q, 0) > 0;
	return ask_end(q, &own, e);
}

static bool evidence_warn_measure(struct warn *w, const struct evidence_measure *v, struct err *e)
{
	struct arena *a = w->f->a;
	bool ok = true;
	if (v->m->type == MEASURE_BALANCING && v->state == STATE_CONTRARY)
		ok = evidence_warn_add(w,
		    arena_printf(a, "%s, a balancing measure, is getting worse", v->m->name),
		    "measure", &v->m->id, e);
	if (ok && v->roles && v->base && v->count > v->base &&
	    v->base < (size_t)w->f->p[P_GOOD_BASE])
		ok = evidence_warn_add(w,
		    arena_printf(a, "%s: %zu baseline points; %d would be surer", v->m->name,
			v->base, w->f->p[P_GOOD_BASE]),
		    "measure", &v->m->id, e);
	if (ok && v->m->asks)
		ok = evidence_warn_add(w,
		    arena_printf(a, "%s: groups without denominators; say how they make a whole",
			v->m->name),
		    "measure", &v->m->id, e);
	bool moved = false;
	ok = ok && evidence_warn_goal_moved(w, v, &moved, e);
	if (ok && moved)
		ok = evidence_warn_add(w,
		    arena_printf(a, "%s: its goal was changed after data began", v->m->name),
		    "measure", &v->m->id, e);
	return ok && evidence_warn_other_cause(w, v, e);
}

static bool evidence_warn_is_full(const struct facts *f, const struct id *id)
{
	for (size_t i = 0; i < f->cycles; i++)
		if (f->cycle[i].full && id_equal(&f->cycle[i].id, id))
			return true;
	return false;
}

static bool evidence_warn_predictions(struct warn *w, struct err *e)
{
	struct pdsa_log log;
	size_t without = 0;
	struct id first = { { 0 } };
	if (w->f->full == 0)
		return true;
	if (!pdsa_log(w->f->s, w->f->a, &w->f->team, false, &log, e))
		return false;
	for (size_t i = 0; i < log.count; i++)
		if (log.cycle[i].predictions == 0 &&
		    evidence_warn_is_full(w->f, &log.cycle[i].id)) {
			first = without++ ? first : log.cycle[i].id;
		}
	if (!without)
		return true;
	return evidence_warn_add(w,
	    arena_printf(
		w->f->a, "%zu of %zu full cycles without a prediction", without, w->f->full),
	    "pdsa", &first, e);
}

bool facts_warnings(const struct facts *f, struct evidence *out, struct err *e)
{
	struct warn w = { .f = f, .out = out };
	if (f->no_key && facts_in(f, AS_KEY) &&
	    !evidence_warn_add(&w,
		"no measure is marked as key: all outcomes and processes count as such", "measure",
		NULL, e))
		return false;
	for (size_t i = 0; i < f->measure.count; i++)
		if (!evidence_warn_measure(&w, &f->seen[i], e))
			return false;
	return evidence_warn_predictions(&w, e);
}
