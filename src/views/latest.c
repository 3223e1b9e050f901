// SPDX-License-Identifier: MIT
// The latest of everything that a team's screen shows beside the board's facts.
#include <plando/board.h>

#include "method/query.h"
#include "store/log/store.h"

#include <plando/pdsa.h>
#include <string.h>

static bool latest_texts(struct store *s, struct arena *a, const struct id *team, const char *sql,
    const char **const out[], int count, struct err *e)
{
	struct err own = { 0 };
	char today[DATE_TEXT];
	struct ask *q = query_team(s->db, a, sql, team, e);
	if (!q)
		return false;
	date_print_iso(store_today(s), today);
	ask_text(q, 2, today);
	bool row = ask_step(q, &own);
	for (int i = 0; i < count; i++)
		*out[i] = row ? query_text(q, i, a, &own) : "";
	return ask_end(q, &own, e);
}

static const char COACHING[] =
    "SELECT c.date, p.name, (SELECT count(*) FROM coaching WHERE team=?1) FROM coaching c"
    " LEFT JOIN person p ON p.id=c.coach WHERE c.team=?1 AND c.date<=?2"
    " ORDER BY c.date DESC, c.id LIMIT 1";

static const char INVOLVED[] =
    "SELECT date, who, what_changed FROM involvement WHERE team=?1 AND date<=?2"
    " ORDER BY date DESC, id LIMIT 1";

// The newest membership of that role that is not over.
static const char ROLES_NOW[] =
    "SELECT (SELECT p.name FROM membership m JOIN person p ON p.id=m.person WHERE m.team=?1"
    "  AND m.role='lead' AND (m.to_ IS NULL OR m.to_>=?2) ORDER BY m.from_ DESC, m.id LIMIT 1),"
    " coalesce((SELECT p.name FROM membership m JOIN person p ON p.id=m.person WHERE m.team=?1"
    "  AND m.role='sponsor' AND (m.to_ IS NULL OR m.to_>=?2) ORDER BY m.from_ DESC, m.id LIMIT 1),"
    "  (SELECT p.name FROM charter c JOIN person p ON p.id=c.sponsor WHERE c.team=?1))";

static const char SCORES[] =
    "SELECT (SELECT score_typed FROM assessment WHERE team=?1 AND assessor='team' AND date<=?2"
    "  AND coalesce(private,'no')<>'yes' AND coalesce(instrument,'ihi') IN ('ihi','assessment')"
    "  ORDER BY date DESC, id LIMIT 1),"
    " (SELECT score_typed FROM assessment WHERE team=?1 AND assessor='coach' AND date<=?2"
    "  AND coalesce(private,'no')<>'yes' AND coalesce(instrument,'ihi') IN ('ihi','assessment')"
    "  ORDER BY date DESC, id LIMIT 1)";

static const char COUNTS[] =
    "SELECT (SELECT count(DISTINCT person) FROM membership WHERE team=?1"
    "  AND (to_ IS NULL OR to_>=?2)), (SELECT count(*) FROM involvement WHERE team=?1),"
    " (SELECT count(*) FROM coaching WHERE team=?1)";

static bool latest_counts(struct store *s, struct arena *a, const struct id *team,
    struct board_latest *out, struct err *e)
{
	struct err own = { 0 };
	char today[DATE_TEXT];
	struct ask *q = query_team(s->db, a, COUNTS, team, e);
	if (!q)
		return false;
	date_print_iso(store_today(s), today);
	ask_text(q, 2, today);
	if (ask_step(q, &own)) {
		out->people = (size_t)col_int(q, 0);
		out->involvements = (size_t)col_int(q, 1);
		out->coachings = (size_t)col_int(q, 2);
	}
	return ask_end(q, &own, e);
}

static bool latest_due(struct store *s, struct arena *a, const struct id *team,
    struct board_latest *out, struct err *e)
{
	struct pdsa_log log;
	const char *oldest = NULL;
	out->cycle_due = "";
	if (!pdsa_log(s, a, team, false, &log, e))
		return false;
	for (size_t i = 0; i < log.count; i++) {
		const struct pdsa_cycle *c = &log.cycle[i];
		bool waits = c->stage == PDSA_STUDY_DUE || c->stage == PDSA_ACT_DUE;
		if (!waits || (oldest && strcmp(c->do_start, oldest) >= 0))
			continue;
		oldest = c->do_start;
		out->cycle_due = *c->title ? c->title : c->idea_text;
		out->cycle_due_act = c->stage == PDSA_ACT_DUE;
		out->cycle_due_days = c->due_known ? store_today(s) - c->due : 0;
	}
	return true;
}

bool board_latest(struct store *s, struct arena *a, const struct id *team, struct board_latest *out,
    struct err *e)
{
	*out = (struct board_latest){ 0 };
	const char **const coaching[] = { &out->coaching_date, &out->coach };
	const char **const involved[] = { &out->involved_date, &out->involved, &out->changed };
	const char **const roles[] = { &out->lead, &out->sponsor };
	const char **const scores[] = { &out->score_team, &out->score_coach };
	return latest_texts(s, a, team, COACHING, coaching, 2, e) &&
	       latest_texts(s, a, team, INVOLVED, involved, 3, e) &&
	       latest_texts(s, a, team, ROLES_NOW, roles, 2, e) &&
	       latest_texts(s, a, team, SCORES, scores, 2, e) &&
	       latest_counts(s, a, team, out, e) && latest_due(s, a, team, out, e);
}
