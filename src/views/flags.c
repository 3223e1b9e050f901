// SPDX-License-Identifier: MIT
// What a person should look at in a team: the one place where it is worked out.
#include <plando/aim.h>
#include <plando/board.h>

#include "method/query.h"
#include "store/log/store.h"

#include <plando/evidence.h>
#include <plando/share.h>
#include <plando/str.h>

const struct board_flag BOARD_FLAGS[] = {
	{ FLAG_ABSENT, "not_in_this_copy", "not in this copy" },
	{ FLAG_CONFLICT, "conflict", "conflict" },
	{ FLAG_NO_AIM, "no_aim", "no aim" },
	{ FLAG_STUDY_DUE, "study_due", "Study due" },
	{ FLAG_ACT_DUE, "act_due", "Act due" },
	{ FLAG_NO_PREDICTION, "no_prediction", "no prediction" },
	{ FLAG_NO_DATA, "no_data", "no data" },
	{ FLAG_STALE, "stale_data", "data too old" },
	{ FLAG_STALLED, "stalled", "no step up for long" },
	{ FLAG_QUIET, "quiet", "gone quiet" },
	{ 0, NULL, NULL },
};

struct flags_looking {
	struct store *s;
	struct arena *a;
	const struct id *team;
	const struct board_facts *facts;
	date_t today;
	unsigned flags;
};

// --- gone quiet

// The newest day of anything that people did together, but cycles and scores; the newest data
// point; and what the team says of itself.
static const char HEARD[] =
    "SELECT (SELECT max(d) FROM (SELECT max(date) d FROM meeting WHERE team=?1 AND date<=?2"
    " UNION ALL SELECT max(date) FROM coaching WHERE team=?1 AND date<=?2"
    " UNION ALL SELECT max(date) FROM involvement WHERE team=?1 AND date<=?2)),"
    " (SELECT max(o.date) FROM point o JOIN measure m ON m.id=o.measure"
    "  WHERE m.team=?1 AND o.date<=?2),"
    " status, started FROM team WHERE id=?1";

struct flags_heard {
	const char *newest, *point, *status, *started;
};

static bool flags_heard(const struct flags_looking *l, struct flags_heard *out, struct err *e)
{
	struct err own = { 0 };
	char today[DATE_TEXT];
	struct ask *q = query_team(l->s->db, l->a, HEARD, l->team, e);
	*out = (struct flags_heard){ "", "", "", "" };
	if (!q)
		return false;
	date_print_iso(l->today, today);
	ask_text(q, 2, today);
	if (ask_step(q, &own))
		*out = (struct flags_heard){ query_text(q, 0, l->a, &own),
			query_text(q, 1, l->a, &own), query_text(q, 2, l->a, &own),
			query_text(q, 3, l->a, &own) };
	return ask_end(q, &own, e);
}

static bool flags_later(const char *text, date_t than)
{
	date_t day;
	return date_parse_iso(text, &day) && day > than;
}

// The day on which a team was entered into the workbook.
static bool flags_entered(const struct flags_looking *l, date_t *day, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(l->s->db, "SELECT min(at) FROM change WHERE ent=?", e);
	if (!q)
		return false;
	ask_id(q, 1, l->team);
	*day = ask_step(q, &own) ? env_date(l->s->env, col_int(q, 0)) : 0;
	return ask_end(q, &own, e);
}

// Nothing seen for long. A team that was formed lately is new; so is one that was entered lately
// and did nothing before, however long it has existed and however old the data that came with it.
static bool flags_quiet(struct flags_looking *l, struct err *e)
{
	const struct board_facts *f = l->facts;
	struct flags_heard h;
	date_t since = l->today - BOARD_QUIET_DAYS - 1, entered;
	if (!flags_heard(l, &h, e) || !flags_entered(l, &entered, e))
		return false;
	bool active = !*h.status || str_equal(h.status, "active");
	bool seen = (f->cycle_known && f->cycle_last > since) || flags_later(h.newest, since) ||
		    flags_later(h.point, since) || flags_later(f->score_date, since);
	bool ever = f->cycle_known || *h.newest || *f->score_date;
	bool new = flags_later(h.started, since) || (!ever && entered > since);
	if (active && !seen && !new)
		l->flags |= FLAG_QUIET;
	return true;
}

// --- the others

static bool flags_conflict(struct flags_looking *l, struct err *e)
{
	struct err own = { 0 };
	// CROSS JOIN: clash first, it is nearly always empty.
	struct ask *q = db_ask(l->s->db,
	    "SELECT 1 FROM clash c CROSS JOIN rec r WHERE r.ent=c.ent AND r.alive"
	    " AND (r.scope=?1 OR r.ent=?1) LIMIT 1",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, l->team);
	if (ask_step(q, &own))
		l->flags |= FLAG_CONFLICT;
	return ask_end(q, &own, e);
}

static bool flags_records(struct flags_looking *l, struct err *e)
{
	struct aim aim;
	size_t measures = 0;
	if (!aim_read(l->s, l->a, l->team, &aim, e))
		return false;
	if (!aim.what && !*aim.line)
		l->flags |= FLAG_NO_AIM;
	for (size_t i = 0; i < BOARD_MEASURES; i++)
		measures += l->facts->measures[i];
	if (measures && l->facts->points == 0)
		l->flags |= FLAG_NO_DATA;
	return flags_conflict(l, e) && flags_quiet(l, e);
}

bool board_look(struct store *s, struct arena *a, const struct id *team,
    const struct board_facts *facts, struct board_look *out, struct err *e)
{
	struct flags_looking l = { s, a, team, facts, store_today(s), facts->owed };
	struct evidence_brief brief = { 0 };
	store_hold(s);
	const struct form *scale = evidence_instrument(s, NULL, e);
	bool good =
	    scale && flags_records(&l, e) && evidence_brief(s, a, team, l.today, scale, &brief, e);
	bool here = store_holds(s, team);
	store_release(s);
	l.flags |= brief.stale ? FLAG_STALE : 0;
	l.flags |= brief.stalled ? FLAG_STALLED : 0;
	*out = (struct board_look){ .flags = here ? l.flags : FLAG_ABSENT,
		.study_days = facts->study_days,
		.act_days = facts->act_days,
		.supported = brief.supported };
	return good;
}

char *board_look_words(struct arena *a, const struct board_look *look, const char *between)
{
	struct str text = STR_IN(a);
	for (const struct board_flag *f = BOARD_FLAGS; f->bit; f++) {
		int days = f->bit == FLAG_STUDY_DUE ? look->study_days
			   : f->bit == FLAG_ACT_DUE ? look->act_days
						    : 0;
		if (!(look->flags & f->bit))
			continue;
		str_printf(&text, "%s%s", text.length ? between : "", f->words);
		if (days > 0)
			str_printf(&text, " for %d %s", days, days == 1 ? "day" : "days");
	}
	return str_done(&text);
}
