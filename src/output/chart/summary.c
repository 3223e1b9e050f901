// SPDX-License-Identifier: MIT
#include <plando/summary.h>

#include <plando/board.h>
#include <plando/record.h>
#include <plando/str.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct summary_making {
	struct store *store;
	struct arena *arena;  // of the rows
	struct arena scratch; // of the data points: emptied after each team
	enum chart_rules usual;
	date_t today;
	bool archived, ascii;
	struct summary *out;
	size_t cap;
};

static const char *summary_kept(struct summary_making *k, const char *text, struct err *e)
{
	const char *copy = arena_strdup(k->arena, text ? text : "");
	if (!copy)
		err_memory(e);
	return copy ? copy : "";
}

// --- a row

static void summary_course(const struct chart *c, struct summary_row *r)
{
	size_t now = c->count;
	while (now && c->point[now - 1].future)
		now--;
	for (size_t i = now > SUMMARY_POINTS ? now - SUMMARY_POINTS : 0; i < now; i++)
		r->course[r->courses++] = c->point[i].y;
	for (size_t i = 0; i < c->count; i++) {
		if (isnan(c->point[i].y) || c->point[i].future)
			continue;
		r->points++;
		r->value = c->point[i].y;
		r->date = (date_t)c->point[i].x;
		r->dated = true;
	}
}

static void summary_says(struct summary_making *k, const struct chart *c, struct summary_row *r)
{
	static const char *const MARK[] = { [CHART_NO_ASSURANCE] = "",
		[CHART_PASS] = "P",
		[CHART_HIT_AND_MISS] = "?",
		[CHART_FAIL] = "F" };
	r->enough = c->enough;
	r->flat = c->enough && c->phase[c->phases - 1].flat;
	r->sign = chart_sign(c, k->ascii);
	if (!c->enough)
		return;
	r->direction = c->signal ? chart_meaning_id(c->meaning) : NULL;
	r->variation = chart_variation_id(c);
	r->assurance = chart_assurance_id(c);
	r->mark = c->withheld ? "" : MARK[c->assurance];
}

static void summary_words_make(struct summary_making *k, const struct measure *m,
    const struct chart *c, struct summary_row *r, struct err *e)
{
	struct chart_face face;
	chart_face_of(m, &m->whole, &face);
	face.ascii = k->ascii;
	r->last = r->dated ? chart_value(k->arena, c, &face, r->value) : "";
	r->goal = isnan(c->target) ? "" : chart_value(k->arena, c, &face, c->target);
	r->goal_number = isnan(c->target) ? "" : chart_number(k->arena, c, &face, c->target);
	r->when = r->dated ? chart_when(k->arena, c, &face, r->date) : "";
	r->finding = chart_finding(k->arena, c, &face);
	if (!r->last || !r->goal || !r->goal_number || !r->when || !r->finding)
		err_memory(e);
}

// What cannot be drawn by its own options is drawn as a run chart: its values stand in the table
// all the same, without a signal, and the finding is the reason.
static bool summary_chart_of(struct summary_making *k, const struct measure *m, struct chart *out,
    struct err *why, struct err *e)
{
	struct chart_source source;
	if (!chart_source(&k->scratch, m, &m->whole, k->usual, &source, e))
		return false;
	if (chart_make(&k->scratch, source.data, source.count, &source.options, out, NULL, why))
		return true;
	if (why->code != ERR_DATA)
		return err_set(e, why->code, "%s", why->text);
	source.options.type = CHART_RUN;
	source.options.rules = CHART_ANHOEJ;
	return chart_make(&k->scratch, source.data, source.count, &source.options, out, NULL, e);
}

static bool summary_row_add(struct summary_making *k, const struct measure *m,
    const char *team_name, bool archived, struct err *e)
{
	struct chart chart;
	struct err why = { 0 };
	struct summary *all = k->out;
	struct summary_row r = { .id = m->id,
		.team = m->team,
		.team_name = team_name,
		.name = summary_kept(k, m->name, e),
		.unit = summary_kept(k, m->data == MEASURE_PERCENT ? "%" : m->unit, e),
		.type = m->type,
		.value = NAN,
		.goal_by = m->goal_by,
		.has_goal_by = m->has_goal_by,
		.goal_typed = m->has_goal ? summary_kept(k, m->goal_typed, e) : "",
		.sign = k->ascii ? "~" : "…",
		.mark = "",
		.archived = archived };
	if (e->code || !summary_chart_of(k, m, &chart, &why, e))
		return false;
	summary_course(&chart, &r);
	if (!why.code)
		summary_says(k, &chart, &r);
	summary_words_make(k, m, &chart, &r, e);
	r.undrawn = why.code != 0;
	if (r.undrawn)
		r.finding = summary_kept(k, why.text, e);
	r.stale = r.dated && k->today - r.date > SUMMARY_FRESH * m->interval_days;
	if (e->code)
		return false;
	if (!arena_grow(k->arena, (void **)&all->row, all->count, &k->cap, sizeof r))
		return err_memory(e);
	all->row[all->count++] = r;
	all->marks |= *r.mark != '\0';
	return true;
}

// --- the rows of a team

static bool summary_archived_add(
    struct summary_making *k, const struct id *team, const char *team_name, struct err *e)
{
	struct records all;
	if (!record_list_by(k->store, &k->scratch, "measure", "team", team, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		struct measure m;
		if (!record_archived(&all.item[i], k->today))
			continue;
		if (!measure_load(k->store, &k->scratch, &all.item[i].id, k->today, &m, e) ||
		    !summary_row_add(k, &m, team_name, true, e))
			return false;
	}
	return true;
}

static bool summary_team_add(
    struct summary_making *k, const struct id *team, const char *name, struct err *e)
{
	static const enum measure_type ORDER[] = { MEASURE_OUTCOME, MEASURE_PROCESS,
		MEASURE_BALANCING, MEASURE_UNTYPED };
	struct measures all;
	const char *team_name = summary_kept(k, name, e);
	if (e->code || !measures_load(k->store, &k->scratch, team, k->today, &all, e))
		return false;
	for (size_t t = 0; t < sizeof ORDER / sizeof *ORDER; t++)
		for (size_t i = 0; i < all.count; i++)
			if (all.item[i].type == ORDER[t] &&
			    !summary_row_add(k, &all.item[i], team_name, false, e))
				return false;
	return !k->archived || summary_archived_add(k, team, team_name, e);
}

static bool summary_teams_add(struct summary_making *k, const struct id *team, struct err *e)
{
	struct board board;
	if (!board_list(k->store, k->arena, team != NULL, &board, e))
		return false;
	for (size_t i = 0; i < board.count; i++) {
		const struct board_team *t = &board.team[i];
		if (team && !id_equal(&t->id, team))
			continue;
		bool good = summary_team_add(k, &t->id, t->name, e);
		arena_free(&k->scratch);
		if (!good)
			return false;
	}
	return true;
}

bool summary_load(struct store *s, struct arena *a, const struct id *team, bool archived,
    bool ascii, struct summary *out, struct err *e)
{
	struct summary_making k = { .store = s,
		.arena = a,
		.today = store_today(s),
		.archived = archived,
		.ascii = ascii,
		.out = out };
	*out = (struct summary){ 0 };
	store_hold(s);
	bool good = chart_rules_load(s, &k.usual, e) && summary_teams_add(&k, team, e);
	store_release(s);
	return good;
}

// --- as words and bars

const char *summary_type(const struct summary_row *r)
{
	static const char *const TYPE[] = { [MEASURE_UNTYPED] = "",
		[MEASURE_OUTCOME] = "outcome",
		[MEASURE_PROCESS] = "process",
		[MEASURE_BALANCING] = "balancing" };
	return TYPE[r->type];
}

const char *summary_words(const struct summary_row *r)
{
	if (r->undrawn)
		return "cannot be drawn";
	if (!r->points)
		return "no data yet";
	if (!r->enough)
		return r->points < CHART_LEAST ? "too few points" : "on the median";
	if (r->flat)
		return "no variation";
	return r->direction ? r->direction : "no signal";
}

char *summary_spark(struct arena *a, const struct summary_row *r, size_t most, bool ascii)
{
	static const char *const BAR[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	const int top = ascii ? 9 : 7;
	struct str s = STR_IN(a);
	double low = INFINITY, high = -INFINITY;
	size_t first = r->courses > most ? r->courses - most : 0;
	for (size_t i = first; i < r->courses; i++)
		if (!isnan(r->course[i])) {
			low = fmin(low, r->course[i]);
			high = fmax(high, r->course[i]);
		}
	for (size_t i = first; i < r->courses; i++) {
		double share = high > low ? (r->course[i] - low) / (high - low) : 0.5;
		int step = isnan(r->course[i]) || !isfinite(share) ? 0 : (int)(share * top + 0.5);
		if (isnan(r->course[i]))
			str_add_char(&s, ' ');
		else if (ascii)
			str_add_char(&s, (char)('0' + step));
		else
			str_add(&s, BAR[step]);
	}
	return str_done(&s);
}
