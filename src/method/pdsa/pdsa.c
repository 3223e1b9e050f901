// SPDX-License-Identifier: MIT
#include <plando/pdsa.h>

#include "method/pdsa/predictions.h"
#include "method/query.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *id, *words;
} STAGES[PDSA_STAGES] = {
	[PDSA_PLANNED] = { "planned", "planned" },
	[PDSA_DOING] = { "doing", "doing" },
	[PDSA_STUDY_DUE] = { "study_due", "Study due" },
	[PDSA_ACT_DUE] = { "act_due", "Act due" },
	[PDSA_FINISHED] = { "finished", "finished" },
};

const char *pdsa_stage_id(enum pdsa_stage stage)
{
	return STAGES[stage].id;
}

const char *pdsa_stage_words(enum pdsa_stage stage)
{
	return STAGES[stage].words;
}

const char *const PDSA_SCALES[] = { "case", "few", "day", "week", "site", "sites", NULL };

int pdsa_scale_rank(const char *scale)
{
	for (int i = 0; scale && PDSA_SCALES[i]; i++)
		if (strcmp(scale, PDSA_SCALES[i]) == 0)
			return i;
	return -1;
}

static bool pdsa_come(const char *text, date_t today, bool before_today)
{
	date_t day;
	return text && date_parse_iso(text, &day) && (before_today ? day < today : day <= today);
}

enum pdsa_stage pdsa_stage(const struct pdsa_text *text, date_t today)
{
	if (!str_empty(text->decision))
		return PDSA_FINISHED;
	if (!str_empty(text->learned))
		return PDSA_ACT_DUE;
	if (!str_empty(text->what_happened) || pdsa_come(text->do_end, today, true))
		return PDSA_STUDY_DUE;
	return pdsa_come(text->do_start, today, false) ? PDSA_DOING : PDSA_PLANNED;
}

// --- a team's log

// Its place in its ramp: its number; without one, after what began no later, and after all others
// where it has not begun.
#define PLACE                                                                                      \
	"coalesce(CAST(p.cycle_no AS INTEGER),"                                                    \
	" CASE WHEN coalesce(p.do_start,p.what_happened,p.learned,p.decision) IS NULL"             \
	"  THEN 1000000 END,"                                                                      \
	" (SELECT max(CAST(q.cycle_no AS INTEGER)) FROM pdsa q WHERE q.ramp=p.ramp"                \
	"  AND q.do_start<=p.do_start), 0)"

// A cycle without a team of its own belongs to that of its idea, or of its ramp's idea.
static const char CYCLES[] =
    "SELECT p.id, coalesce(r.idea,p.idea), p.ramp, p.cycle_no, coalesce(p.title,p.objective),"
    " p.scale, p.decision, p.do_start, p.do_end, p.what_happened, p.learned, p.archived,"
    " i.code, i.text, r.title, p.studied_date"
    " FROM pdsa p LEFT JOIN ramp r ON r.id=p.ramp"
    " LEFT JOIN idea i ON i.id=coalesce(r.idea,p.idea)"
    " WHERE p.team=?1 OR p.team IS NULL AND (p.idea IN (SELECT id FROM idea WHERE team=?1)"
    "  OR p.ramp IN (SELECT r2.id FROM ramp r2 JOIN idea i2 ON i2.id=r2.idea WHERE i2.team=?1))"
    " ORDER BY i.id IS NULL, i.position IS NULL, i.position, i.code, i.id,"
    " r.id IS NULL, r.position, r.id, " PLACE ", p.cycle_no IS NULL, p.cycle_no, p.do_start, p.id";

static bool pdsa_archived_on(const char *text, date_t today)
{
	date_t day;
	return text && date_parse_iso(text, &day) && day <= today;
}

// Study is owed from the day that doing ended, a decision from the day that it was studied; where
// that day is not told, from the newest one before it that is.
static void pdsa_due_since(struct pdsa_cycle *c, const char *studied, date_t today)
{
	const char *const day[] = { studied, c->do_end, c->do_start };
	if (c->stage != PDSA_STUDY_DUE && c->stage != PDSA_ACT_DUE)
		return;
	for (size_t i = 0; i < sizeof day / sizeof *day && !c->due_known; i++)
		c->due_known = day[i] && date_parse_iso(day[i], &c->due) && c->due <= today;
}

static bool pdsa_cycle_read(
    struct store *s, struct ask *q, struct arena *a, struct pdsa_cycle *c, struct err *e)
{
	date_t today = store_today(s);
	struct pdsa_text text = { col_text(q, 7), col_text(q, 8), col_text(q, 9), col_text(q, 10),
		col_text(q, 6) };
	*c = (struct pdsa_cycle){ .id = query_id(q, 0),
		.idea = query_id(q, 1),
		.ramp = query_id(q, 2),
		.cycle_no = query_text(q, 3, a, e),
		.title = query_text(q, 4, a, e),
		.scale = query_text(q, 5, a, e),
		.decision = query_text(q, 6, a, e),
		.do_start = query_text(q, 7, a, e),
		.do_end = query_text(q, 8, a, e),
		.idea_code = query_text(q, 12, a, e),
		.idea_text = query_text(q, 13, a, e),
		.ramp_title = query_text(q, 14, a, e),
		.stage = pdsa_stage(&text, today),
		.archived = pdsa_archived_on(col_text(q, 11), today) };
	pdsa_due_since(c, c->stage == PDSA_ACT_DUE ? col_text(q, 15) : NULL, today);
	return e->code == ERR_NONE;
}

static bool pdsa_cycles_read(struct store *s, struct arena *a, const struct id *team, bool archived,
    struct pdsa_log *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	struct ask *q = query_team(s->db, a, CYCLES, team, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct pdsa_cycle c;
		if (!pdsa_cycle_read(s, q, a, &c, &own) || (c.archived && !archived))
			continue;
		if (!arena_grow(a, (void **)&out->cycle, out->count, &cap, sizeof *out->cycle))
			err_memory(&own);
		else
			out->cycle[out->count++] = c;
	}
	return ask_end(q, &own, e);
}

// --- numbers given twice: the stored label never changes by itself, it is shown as 3a, 3b

struct numbered {
	struct pdsa_cycle *cycle;
	int64_t hlc;
	uint64_t cid; // of the change that gave the number
};

static bool pdsa_number_age(struct store *s, struct numbered *n, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT hlc,cid FROM change WHERE ent=? AND fld='cycle_no' ORDER BY hlc DESC,"
	    " cid<0 DESC, cid DESC LIMIT 1",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, &n->cycle->id);
	if (ask_step(q, &own)) {
		n->hlc = col_int(q, 0);
		n->cid = (uint64_t)col_int(q, 1);
	}
	return ask_end(q, &own, e);
}

static int pdsa_by_age(const void *x, const void *y)
{
	const struct numbered *a = x, *b = y;
	if (a->hlc != b->hlc)
		return a->hlc < b->hlc ? -1 : 1;
	return (a->cid > b->cid) - (a->cid < b->cid);
}

static bool pdsa_same_number(const struct pdsa_cycle *a, const struct pdsa_cycle *b)
{
	bool placed = !id_zero(&a->ramp) || !id_zero(&a->idea);
	return placed && *a->cycle_no && id_equal(&a->ramp, &b->ramp) &&
	       id_equal(&a->idea, &b->idea) && str_equal(a->cycle_no, b->cycle_no);
}

// Those with one number stand together.
static bool pdsa_twins_label(struct store *s, struct arena *a, struct pdsa_log *log, struct err *e)
{
	enum { LETTERS = 26 };
	for (size_t i = 0, to; i < log->count; i = to) {
		struct numbered twin[LETTERS] = { 0 };
		size_t n = 0;
		for (to = i; to < log->count && pdsa_same_number(&log->cycle[i], &log->cycle[to]);
		     to++)
			if (n < LETTERS)
				twin[n++].cycle = &log->cycle[to];
		to += to == i;
		for (size_t k = 0; n > 1 && k < n; k++)
			if (!pdsa_number_age(s, &twin[k], e))
				return false;
		if (n > 1)
			qsort(twin, n, sizeof *twin, pdsa_by_age);
		for (size_t k = 0; n > 1 && k < n; k++) {
			struct pdsa_cycle *c = twin[k].cycle;
			c->cycle_no = arena_printf(a, "%s%c", c->cycle_no, (char)('a' + k));
			if (!c->cycle_no)
				return err_memory(e);
		}
	}
	return true;
}

bool pdsa_log(struct store *s, struct arena *a, const struct id *team, bool archived,
    struct pdsa_log *out, struct err *e)
{
	*out = (struct pdsa_log){ 0 };
	if (!pdsa_cycles_read(s, a, team, archived, out, e))
		return false;
	for (size_t i = 0; i < out->count; i++) {
		struct predictions p;
		if (!predictions_count(s->db, &out->cycle[i].id, &p, e))
			return false;
		out->cycle[i].predictions = p.written;
		out->cycle[i].results = p.results;
	}
	return pdsa_twins_label(s, a, out, e);
}
