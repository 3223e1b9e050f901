// SPDX-License-Identifier: MIT
#include <plando/fidelity.h>

#include "method/pdsa/predictions.h"
#include "method/query.h"
#include "store/log/store.h"

#include <plando/pdsa.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

enum { SERIES_LEAST = 2, POINTS_LEAST = 3 };

// clang-format off
const struct fidelity_words FIDELITY[FIDELITY_CHECKS] = {
	[FIDELITY_STAGES] = { "stages", "All four stages documented",
	    "Plan, Do, Study and Act are all filled in.", NULL, NULL, 71.0, 421, false },
	[FIDELITY_STUDIED] = { "studied", "Studied after doing",
	    "What was learned is written, on or after the day that doing began.", NULL, "learned", 84.6, 421, false },
	[FIDELITY_LEARNING] = { "learning", "A learning activity",
	    "It learns, develops, tests or implements: it is more than a task.",
	    "A task teaches nothing. Is there a question in it that could be tested?", "type", 98.3, 421, false },
	[FIDELITY_PREDICTED] = { "predicted", "Predicted before doing",
	    "A prediction is written on a day before doing began.",
	    "The prediction is not older than the doing. For the next cycle: write it the day before.", "predictions", 12.2, 421, false },
	[FIDELITY_SERIES] = { "series", "Part of a series",
	    "It stands in a ramp with another cycle.",
	    "A cycle on its own. Is there a ramp that it belongs to?", "ramp", 54.5, 421, false },
	[FIDELITY_SCALE] = { "scale", "Scale grows in the series",
	    "The last cycle of the ramp is at a larger scale than the first.",
	    "The ramp is at the scale it began with. Is it time for the next one?", "scale", 29.7, 64, true },
	[FIDELITY_DATA] = { "data", "Regular data over the series",
	    "A linked measure has three points or more while the ramp ran.",
	    "Fewer than three data points of a linked measure while this ramp ran.", "measure", 45.3, 64, true },
};
// clang-format on

static const char CYCLES[] =
    "SELECT p.id, coalesce(p.team,i.team), p.ramp, p.cycle_no, coalesce(p.title,p.objective),"
    " p.objective, p.what_happened, p.do_start, p.do_end, p.learned, p.studied_date, p.decision,"
    " p.type, p.scale, p.measure, p.predicted_date"
    " FROM pdsa p LEFT JOIN ramp r ON r.id=p.ramp"
    " LEFT JOIN idea i ON i.id=coalesce(r.idea,p.idea)"
    " WHERE (?1 IS NULL OR coalesce(p.team,i.team)=?1)"
    " AND (p.archived IS NULL OR p.archived>?2)"
    " ORDER BY coalesce(p.team,i.team), p.ramp IS NULL, p.ramp,"
    " CAST(p.cycle_no AS INTEGER), p.cycle_no, p.do_start, p.id";

struct fidelity_facts { // of one cycle, as stored, "" = empty
	const char *objective, *happened, *do_start, *do_end, *learned, *studied, *decision, *type,
	    *scale, *measure, *predicted;
	bool prediction;
};

struct fidelity_reading {
	struct store *s;
	struct arena *a;
	struct fidelity *out;
	struct fidelity_facts *fact; // by cycle
	date_t today;
	size_t cap, fact_cap, period_cap;
};

// --- one cycle

static bool fidelity_filled(const char *text)
{
	return *text != '\0';
}

static enum fidelity_answer fidelity_answer(bool yes)
{
	return yes ? FIDELITY_YES : FIDELITY_NO;
}

// Doing is over, or told of: from then on Study is owed.
static bool fidelity_is_over(const struct fidelity_facts *f, date_t today)
{
	date_t end;
	return fidelity_filled(f->happened) || fidelity_filled(f->learned) ||
	       fidelity_filled(f->decision) || (date_parse_iso(f->do_end, &end) && end < today);
}

static bool fidelity_is_in(const char *word, const char *const list[])
{
	for (size_t i = 0; list[i]; i++)
		if (strcmp(word, list[i]) == 0)
			return true;
	return false;
}

static enum fidelity_answer fidelity_predicted(
    const struct fidelity_facts *f, bool has_begun, date_t began)
{
	date_t day;
	bool dated = f->prediction && date_parse_iso(f->predicted, &day);
	if (has_begun)
		return fidelity_answer(dated && day < began);
	return FIDELITY_OPEN;
}

static void fidelity_cycle_judge(
    const struct fidelity_facts *f, date_t today, struct fidelity_cycle *c)
{
	static const char *const LEARNING[] = { "learn", "develop", "test", "implement", NULL };
	date_t studied;
	bool over = fidelity_is_over(f, today);
	bool all = fidelity_filled(f->objective) && fidelity_filled(f->happened) && c->has_begun &&
		   fidelity_filled(f->learned) && fidelity_filled(f->decision);
	bool after = fidelity_filled(f->learned) && c->has_begun &&
		     date_parse_iso(f->studied, &studied) && studied >= c->began;
	c->answer[FIDELITY_STAGES] = over ? fidelity_answer(all) : FIDELITY_OPEN;
	c->answer[FIDELITY_STUDIED] = over ? fidelity_answer(after) : FIDELITY_OPEN;
	c->answer[FIDELITY_LEARNING] = fidelity_filled(f->type)
					   ? fidelity_answer(fidelity_is_in(f->type, LEARNING))
					   : FIDELITY_OPEN;
	c->answer[FIDELITY_PREDICTED] = fidelity_predicted(f, c->has_begun, c->began);
	c->answer[FIDELITY_SERIES] = FIDELITY_NO;
}

// --- a series: cycles [from, to) of one ramp

// Not where fewer than two say their scale.
static enum fidelity_answer fidelity_scale_grew(
    const struct fidelity_reading *r, size_t from, size_t to)
{
	int first = -1, last = -1, said = 0;
	for (size_t i = from; i < to; i++) {
		int rank = pdsa_scale_rank(r->fact[i].scale);
		if (rank < 0)
			continue;
		first = said++ ? first : rank;
		last = rank;
	}
	return said < SERIES_LEAST ? FIDELITY_NO : fidelity_answer(last > first);
}

static void fidelity_span_of(
    const struct fidelity_reading *r, size_t from, size_t to, date_t *first, date_t *last)
{
	bool any = false;
	*first = *last = r->today;
	for (size_t i = from; i < to; i++) {
		const struct fidelity_cycle *c = &r->out->cycle[i];
		date_t end = c->began;
		if (!c->has_begun)
			continue;
		if (!date_parse_iso(r->fact[i].do_end, &end))
			end = fidelity_is_over(&r->fact[i], r->today) ? c->began : r->today;
		*first = any && *first < c->began ? *first : c->began;
		*last = any && *last > end ? *last : end;
		any = true;
	}
}

static bool fidelity_points_between(struct fidelity_reading *r, const char *measure, date_t first,
    date_t last, int64_t *count, struct err *e)
{
	struct err own = { 0 };
	char from[DATE_TEXT], until[DATE_TEXT];
	struct ask *q = db_ask(r->s->db,
	    "SELECT count(DISTINCT date) FROM point WHERE measure=?1 AND date>=?2 AND date<=?3"
	    " AND (value IS NOT NULL OR numerator IS NOT NULL)",
	    e);
	if (!q)
		return false;
	date_print_iso(first, from);
	date_print_iso(last, until);
	ask_text(q, 1, measure);
	ask_text(q, 2, from);
	ask_text(q, 3, until);
	*count = ask_step(q, &own) ? col_int(q, 0) : 0;
	return ask_end(q, &own, e);
}

static bool fidelity_data_regular(
    struct fidelity_reading *r, size_t from, size_t to, enum fidelity_answer *out, struct err *e)
{
	date_t first, last;
	fidelity_span_of(r, from, to, &first, &last);
	*out = FIDELITY_NO;
	for (size_t i = from; i < to && *out == FIDELITY_NO; i++) {
		int64_t count = 0;
		if (!fidelity_filled(r->fact[i].measure))
			continue;
		if (!fidelity_points_between(r, r->fact[i].measure, first, last, &count, e))
			return false;
		*out = fidelity_answer(count >= POINTS_LEAST);
	}
	return true;
}

// --- totals

static date_t fidelity_quarter_of(date_t day)
{
	struct civil c = date_to_civil(day);
	return date_from_civil((struct civil){ c.year, (c.month - 1) / 3 * 3 + 1, 1 });
}

static struct fidelity_period *fidelity_period_of(
    struct fidelity_reading *r, date_t day, struct err *e)
{
	struct fidelity *out = r->out;
	date_t from = fidelity_quarter_of(day);
	size_t at = 0;
	while (at < out->periods && out->period[at].from < from)
		at++;
	if (at < out->periods && out->period[at].from == from)
		return &out->period[at];
	if (!arena_grow(
		r->a, (void **)&out->period, out->periods, &r->period_cap, sizeof *out->period)) {
		err_memory(e);
		return NULL;
	}
	memmove(&out->period[at + 1], &out->period[at], (out->periods - at) * sizeof *out->period);
	out->period[at] = (struct fidelity_period){ .from = from };
	out->periods++;
	return &out->period[at];
}

static void fidelity_tally_add(struct fidelity_tally *t, enum fidelity_answer a)
{
	t->of += a != FIDELITY_OPEN;
	t->yes += a == FIDELITY_YES;
}

// The checks of cycles, or those of a series (by one of its cycles).
static bool fidelity_count(struct fidelity_reading *r, const struct fidelity_cycle *c, date_t day,
    bool series, struct err *e)
{
	struct fidelity_period *p = c->has_begun || series ? fidelity_period_of(r, day, e) : NULL;
	if (!p && (c->has_begun || series))
		return false;
	for (size_t k = 0; k < FIDELITY_CHECKS; k++) {
		if (FIDELITY[k].series != series)
			continue;
		fidelity_tally_add(&r->out->tally[k], c->answer[k]);
		if (p)
			fidelity_tally_add(&p->tally[k], c->answer[k]);
	}
	return true;
}

static bool fidelity_series_judge(struct fidelity_reading *r, size_t from, size_t to, struct err *e)
{
	struct fidelity_cycle *c = &r->out->cycle[from];
	enum fidelity_answer data;
	date_t first, last;
	if (to - from < SERIES_LEAST || id_zero(&c->ramp))
		return true;
	if (!fidelity_data_regular(r, from, to, &data, e))
		return false;
	enum fidelity_answer grew = fidelity_scale_grew(r, from, to);
	for (size_t i = from; i < to; i++) {
		r->out->cycle[i].answer[FIDELITY_SERIES] = FIDELITY_YES;
		r->out->cycle[i].answer[FIDELITY_SCALE] = grew;
		r->out->cycle[i].answer[FIDELITY_DATA] = data;
	}
	r->out->series++;
	fidelity_span_of(r, from, to, &first, &last);
	return fidelity_count(r, c, first, true, e);
}

static bool fidelity_judge(struct fidelity_reading *r, struct err *e)
{
	struct fidelity *out = r->out;
	for (size_t i = 0; i < out->count; i++)
		fidelity_cycle_judge(&r->fact[i], r->today, &out->cycle[i]);
	for (size_t from = 0, to; from < out->count; from = to) {
		for (to = from + 1;
		     to < out->count && id_equal(&out->cycle[to].ramp, &out->cycle[from].ramp) &&
		     id_equal(&out->cycle[to].team, &out->cycle[from].team);
		     to++)
			;
		if (!fidelity_series_judge(r, from, to, e))
			return false;
	}
	for (size_t i = 0; i < out->count; i++)
		if (!fidelity_count(r, &out->cycle[i], out->cycle[i].began, false, e))
			return false;
	return true;
}

// --- reading

static bool fidelity_row_read(struct fidelity_reading *r, struct ask *q, struct err *e)
{
	struct fidelity *out = r->out;
	if (!arena_grow(r->a, (void **)&out->cycle, out->count, &r->cap, sizeof *out->cycle) ||
	    !arena_grow(r->a, (void **)&r->fact, out->count, &r->fact_cap, sizeof *r->fact))
		return err_memory(e);
	struct fidelity_facts *f = &r->fact[out->count];
	struct fidelity_cycle *c = &out->cycle[out->count++];
	const char **const text[] = { &f->objective, &f->happened, &f->do_start, &f->do_end,
		&f->learned, &f->studied, &f->decision, &f->type, &f->scale, &f->measure,
		&f->predicted };
	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		*text[i] = query_text(q, 5 + (int)i, r->a, e);
	*c = (struct fidelity_cycle){ .id = query_id(q, 0),
		.team = query_id(q, 1),
		.ramp = query_id(q, 2),
		.cycle_no = query_text(q, 3, r->a, e),
		.title = query_text(q, 4, r->a, e) };
	if (e->code)
		return false;
	c->has_begun = date_parse_iso(f->do_start, &c->began) && c->began <= r->today;
	return true;
}

static bool fidelity_predictions_read(struct fidelity_reading *r, struct err *e)
{
	for (size_t i = 0; i < r->out->count; i++) {
		struct predictions p;
		if (!predictions_count(r->s->db, &r->out->cycle[i].id, &p, e))
			return false;
		r->fact[i].prediction = p.written > 0;
	}
	return true;
}

bool fidelity_read(
    struct store *s, struct arena *a, const struct id *team, struct fidelity *out, struct err *e)
{
	struct err own = { 0 };
	char id[ID_TEXT], today[DATE_TEXT];
	struct fidelity_reading r = { .s = s, .a = a, .out = out, .today = store_today(s) };
	*out = (struct fidelity){ 0 };
	struct ask *q = db_ask(s->db, CYCLES, e);
	if (!q)
		return false;
	if (team)
		id_print(team, id);
	date_print_iso(r.today, today);
	ask_text(q, 1, team ? id : NULL);
	ask_text(q, 2, today);
	while (!own.code && ask_step(q, &own))
		fidelity_row_read(&r, q, &own);
	if (!ask_end(q, &own, e))
		return false;
	return !r.fact || (fidelity_predictions_read(&r, e) &&
			      fidelity_judge(&r, e)); // none: there is no cycle
}

const struct fidelity_cycle *fidelity_of(const struct fidelity *f, const struct id *cycle)
{
	for (size_t i = 0; i < f->count; i++)
		if (id_equal(&f->cycle[i].id, cycle))
			return &f->cycle[i];
	return NULL;
}
