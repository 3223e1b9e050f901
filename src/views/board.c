// SPDX-License-Identifier: MIT
#include <plando/board.h>

#include "method/query.h"
#include "store/log/store.h"

#include <plando/pdsa.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

// What is archived from a day that has come does not count. ?2 is today.
#define LIVE(table) "(" table ".archived IS NULL OR " table ".archived>?2)"

struct question {
	struct store *s;
	struct arena *a;
	const struct id *team;
	char today[DATE_TEXT];
};

static struct question board_question(struct store *s, struct arena *a, const struct id *team)
{
	struct question q = { s, a, team, "" };
	date_print_iso(store_today(s), q.today);
	return q;
}

static struct ask *board_asked(const struct question *of, const char *sql, struct err *e)
{
	struct ask *q = query_team(of->s->db, of->a, sql, of->team, e);
	if (q)
		ask_text(q, 2, of->today);
	return q;
}

// One row of numbers.
static bool board_numbers(
    const struct question *of, const char *sql, size_t *const out[], size_t count, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = board_asked(of, sql, e);
	if (!q)
		return false;
	bool row = ask_step(q, &own);
	for (size_t i = 0; i < count; i++)
		*out[i] = row ? (size_t)col_int(q, (int)i) : 0;
	return ask_end(q, &own, e);
}

// --- the list of teams

static bool board_head_read(struct store *s, struct arena *a, struct board *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q =
	    db_ask(s->db, "SELECT name, coalesce(system_label,'system') FROM collaborative", e);
	if (!q)
		return false;
	bool row = ask_step(q, &own);
	out->name = row ? query_text(q, 0, a, &own) : "";
	out->system_label = row ? query_text(q, 1, a, &own) : "system";
	return ask_end(q, &own, e);
}

static void board_team_read(struct ask *q, struct arena *a, struct board_team *t, struct err *e)
{
	*t = (struct board_team){ .id = query_id(q, 0),
		.name = query_text(q, 1, a, e),
		.status = query_text(q, 2, a, e),
		.system = query_text(q, 3, a, e),
		.workstream = query_text(q, 4, a, e),
		.system_id = query_id(q, 5),
		.archived = col_int(q, 6) != 0 };
}

static const char TEAMS[] =
    "SELECT t.id, t.name, t.status, s.name, w.name, t.system, coalesce(t.archived<=?1,0)"
    " FROM team t LEFT JOIN system s ON s.id=t.system"
    " LEFT JOIN workstream w ON w.id=t.workstream"
    " WHERE ?2 OR t.archived IS NULL OR t.archived>?1"
    " ORDER BY s.name IS NULL, s.name COLLATE NOCASE, t.system, t.name COLLATE NOCASE, t.id";

static bool board_teams_read(
    struct store *s, struct arena *a, bool archived, struct board *out, struct err *e)
{
	struct err own = { 0 };
	char today[DATE_TEXT];
	size_t cap = 0;
	struct ask *q = db_ask(s->db, TEAMS, e);
	if (!q)
		return false;
	date_print_iso(store_today(s), today);
	ask_text(q, 1, today);
	ask_int(q, 2, archived);
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&out->team, out->count, &cap, sizeof *out->team)) {
			err_memory(&own);
			break;
		}
		struct board_team *t = &out->team[out->count];
		board_team_read(q, a, t, &own);
		out->systems += !id_zero(&t->system_id) &&
				(out->count == 0 || !id_equal(&t->system_id, &t[-1].system_id));
		out->count++;
	}
	return ask_end(q, &own, e);
}

bool board_list(struct store *s, struct arena *a, bool archived, struct board *out, struct err *e)
{
	*out = (struct board){ 0 };
	return board_head_read(s, a, out, e) && board_teams_read(s, a, archived, out, e);
}

bool board_conflicts(struct store *s, int64_t *out, struct err *e)
{
	return db_number(s->db, "SELECT count(*) FROM clash", 0, out, e);
}

// --- one team: scores

static void board_trend_fill(
    const struct question *of, const char *date, double score, double *trend)
{
	date_t today = store_today(of->s), day;
	if (!date_parse_iso(date, &day) || day > today)
		return;
	struct civil now = date_to_civil(today), then = date_to_civil(day);
	int ago = (now.year - then.year) * 12 + now.month - then.month;
	// It stands from its month on, until a newer one.
	for (int i = ago < BOARD_MONTHS ? BOARD_MONTHS - 1 - ago : 0; i < BOARD_MONTHS; i++)
		trend[i] = score;
}

// Oldest first, so that the newer cover the older. A board compares by one scale: what was given by
// another instrument stands on that one's ladder.
static bool board_scores(const struct question *of, struct board_facts *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = board_asked(of,
	    "SELECT date, score_typed FROM assessment x WHERE team=?1 AND score_typed IS NOT NULL"
	    " AND date<=?2 AND coalesce(private,'no')<>'yes'"
	    " AND coalesce(instrument,'ihi') IN ('ihi','assessment') AND " LIVE(
		"x") " ORDER BY date, assessor='coach', id",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		const char *date = query_text(q, 0, of->a, &own);
		if (!str_equal(date, out->score_date))
			out->score_before = out->score;
		out->score = query_text(q, 1, of->a, &own);
		out->score_date = date;
		board_trend_fill(of, date, strtod(out->score, NULL), out->trend);
	}
	return ask_end(q, &own, e);
}

// --- one team: cycles

static void board_cycle_day(struct board_facts *out, const char *text, date_t today)
{
	date_t day;
	if (!date_parse_iso(text, &day) || day > today)
		return;
	if (!out->cycle_known || day > out->cycle_last)
		out->cycle_last = day;
	out->cycle_known = true;
}

static void board_stands(
    struct board_facts *out, unsigned flag, int *days, const struct pdsa_cycle *c, date_t today)
{
	int since = c->due_known ? today - c->due : 0;
	out->owed |= flag;
	*days = since > *days ? since : *days;
}

static bool board_cycles(const struct question *of, struct board_facts *out, struct err *e)
{
	struct pdsa_log log;
	date_t today = store_today(of->s);
	if (!pdsa_log(of->s, of->a, of->team, false, &log, e))
		return false;
	out->cycles = log.count;
	for (size_t i = 0; i < log.count; i++) {
		const struct pdsa_cycle *c = &log.cycle[i];
		out->cycles_open += c->stage != PDSA_FINISHED;
		board_cycle_day(out, c->do_start, today);
		board_cycle_day(out, c->do_end, today);
		if (c->stage == PDSA_STUDY_DUE)
			board_stands(out, FLAG_STUDY_DUE, &out->study_days, c, today);
		if (c->stage == PDSA_ACT_DUE)
			board_stands(out, FLAG_ACT_DUE, &out->act_days, c, today);
		if ((c->stage == PDSA_DOING || c->stage == PDSA_STUDY_DUE) && c->predictions == 0)
			out->owed |= FLAG_NO_PREDICTION;
	}
	return true;
}

// --- one team: counts

// An idea is tested when a cycle on it (or on a ramp of it) of type test or implement has begun:
// rule 6 of driver.h. Its status is the team's word and stands beside it.
static const char IDEAS[] =
    "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM pdsa p WHERE (p.idea=i.id OR p.ramp IN"
    " (SELECT id FROM ramp r WHERE r.idea=i.id)) AND p.type IN ('test','implement')"
    " AND coalesce(p.do_start<=?2, p.what_happened IS NOT NULL) AND " LIVE(
	"p") ")),0),"
	     " coalesce(sum(status IN ('implemented','spread')),0)"
	     " FROM idea i WHERE team=?1 AND " LIVE("i");

static const char DRIVERS[] =
    "SELECT coalesce(sum(type='primary'),0), coalesce(sum(type='secondary'),0)"
    " FROM driver d WHERE team=?1 AND " LIVE("d");

static const char ACTIONS_OPEN[] =
    "SELECT count(*), coalesce(sum(due<?2),0) FROM action x"
    " WHERE team=?1 AND coalesce(status,'open')='open' AND " LIVE("x");

static const char MEASURES[] =
    "SELECT coalesce(sum(type='outcome'),0), coalesce(sum(type='process'),0),"
    " coalesce(sum(type='balancing'),0), (SELECT count(*) FROM point o JOIN measure m2"
    " ON m2.id=o.measure WHERE m2.team=?1) FROM measure m WHERE team=?1 AND " LIVE("m");

static bool board_counts(const struct question *of, struct board_facts *out, struct err *e)
{
	size_t *const ideas[] = { &out->ideas, &out->ideas_tested, &out->ideas_implemented };
	size_t *const drivers[] = { &out->primary, &out->secondary };
	size_t *const actions[] = { &out->actions_open, &out->actions_overdue };
	size_t *const measures[] = { &out->measures[BOARD_OUTCOME], &out->measures[BOARD_PROCESS],
		&out->measures[BOARD_BALANCING], &out->points };
	return board_numbers(of, IDEAS, ideas, 3, e) && board_numbers(of, DRIVERS, drivers, 2, e) &&
	       board_numbers(of, ACTIONS_OPEN, actions, 2, e) &&
	       board_numbers(of, MEASURES, measures, 4, e);
}

bool board_facts(
    struct store *s, struct arena *a, const struct id *team, struct board_facts *out, struct err *e)
{
	struct question of = board_question(s, a, team);
	*out = (struct board_facts){ .score = "", .score_date = "", .score_before = "" };
	for (int i = 0; i < BOARD_MONTHS; i++)
		out->trend[i] = -1;
	store_hold(s);
	bool ok =
	    board_scores(&of, out, e) && board_cycles(&of, out, e) && board_counts(&of, out, e);
	store_release(s);
	return ok;
}
