// SPDX-License-Identifier: MIT
// Reads a team's recorded data as of a day. Nothing dated after it counts, nothing archived by it.
#include "method/evidence/evidence_facts.h"

#include "method/query.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

#define LIVE	"(x.archived IS NULL OR x.archived>?2)"
#define BY_THEN "(x.date IS NULL OR x.date<=?2)"

static struct ask *evidence_facts_asked(const struct facts *f, const char *sql, struct err *e)
{
	struct ask *q = query_team(f->s->db, f->a, sql, &f->team, e);
	if (q)
		ask_text(q, 2, f->on_text);
	return q;
}

static void evidence_facts_hash_row(
    const struct facts *f, struct hash *h, struct ask *q, int columns)
{
	for (int i = 0; i < columns && !f->brief; i++)
		hash_text(h, col_text(q, i));
}

// --- the team and its charter

static const char TEAM[] = "SELECT name FROM team WHERE id=?1 AND ?2 IS NOT NULL";

static bool evidence_facts_read_team(struct facts *f, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = evidence_facts_asked(f, TEAM, e);
	if (!q)
		return false;
	bool row = ask_step(q, &own);
	f->name = row ? query_text(q, 0, f->a, &own) : "";
	if (!ask_end(q, &own, e))
		return false;
	return row ? true : err_set(e, ERR_NOINPUT, "there is no such team in this workbook");
}

// One person may hold several roles: counted once.
static const char MEMBERS[] =
    "SELECT m.person, max(m.role='lead') FROM membership m LEFT JOIN person p ON p.id=m.person"
    " WHERE m.team=?1 AND m.person IS NOT NULL AND (m.archived IS NULL OR m.archived>?2)"
    " AND (m.from_ IS NULL OR m.from_<=?2) AND (m.to_ IS NULL OR m.to_>=?2)"
    " AND (p.archived IS NULL OR p.archived>?2) GROUP BY m.person ORDER BY m.person";

static bool evidence_facts_read_members(struct facts *f, struct err *e)
{
	struct err own = { 0 };
	struct hash h;
	struct ask *q = evidence_facts_asked(f, MEMBERS, e);
	if (!q)
		return false;
	hash_init(&h);
	while (ask_step(q, &own)) {
		f->members++;
		f->lead |= col_int(q, 1) != 0;
		evidence_facts_hash_row(f, &h, q, 2);
	}
	hash_done(&h, f->hash[DATA_TEAM]);
	return ask_end(q, &own, e);
}

static const char CHARTER[] =
    "SELECT population, what, how_much, by_when, for_whom FROM charter x WHERE team=?1 AND " LIVE
    " ORDER BY id";

static bool evidence_facts_filled(struct ask *q, int at)
{
	const char *text = col_text(q, at);
	return text && text[strspn(text, " \t\n")] != '\0';
}

static bool evidence_facts_read_charter(struct facts *f, struct err *e)
{
	struct err own = { 0 };
	struct hash h;
	date_t day;
	struct ask *q = evidence_facts_asked(f, CHARTER, e);
	if (!q)
		return false;
	hash_init(&h);
	if (ask_step(q, &own)) {
		f->population = evidence_facts_filled(q, 0);
		f->what = evidence_facts_filled(q, 1);
		f->how_much = evidence_facts_filled(q, 2);
		f->by_when = evidence_facts_filled(q, 3) && date_parse_iso(col_text(q, 3), &day);
		f->for_whom = evidence_facts_filled(q, 4);
		evidence_facts_hash_row(f, &h, q, 5);
	}
	hash_done(&h, f->hash[DATA_CHARTER]);
	return ask_end(q, &own, e);
}

// --- PDSA cycles

// A cycle without a team of its own belongs to that of its idea, or of its ramp's idea. What does
// not say of which type it is counts as a test.
static const char CYCLES[] =
    "SELECT p.id, coalesce(r.idea,p.idea), p.do_start,"
    " coalesce(p.type,'test') IN ('test','implement'), p.what_happened, p.learned, p.studied_date,"
    " p.decision, p.objective FROM pdsa p LEFT JOIN ramp r ON r.id=p.ramp"
    " WHERE (p.team=?1 OR p.team IS NULL AND (p.idea IN (SELECT id FROM idea WHERE team=?1)"
    "  OR p.ramp IN (SELECT r2.id FROM ramp r2 JOIN idea i2 ON i2.id=r2.idea WHERE i2.team=?1)))"
    " AND (p.archived IS NULL OR p.archived>?2) AND (p.do_start IS NULL OR p.do_start<=?2)"
    " ORDER BY p.do_start, p.id";

// No date, or one that has come.
static bool evidence_facts_by_then(const struct facts *f, struct ask *q, int at)
{
	const char *date = col_text(q, at);
	return !date || strcmp(date, f->on_text) <= 0;
}

static void evidence_facts_read_cycle(struct facts *f, struct ask *q, struct facts_cycle *c)
{
	const char *start = col_text(q, 2);
	*c = (struct facts_cycle){ .id = query_id(q, 0), .idea = query_id(q, 1) };
	c->done = start && date_parse_iso(start, &c->do_start);
	c->test = c->done && col_int(q, 3) != 0 && evidence_facts_filled(q, 4);
	c->full = c->test && evidence_facts_filled(q, 5) && evidence_facts_by_then(f, q, 6) &&
		  evidence_facts_filled(q, 7);
	c->planned = evidence_facts_filled(q, 8);
	f->tests += c->test;
	f->full += c->full;
	f->planned += c->planned;
	if (c->test && (!f->tested || c->do_start < f->first_test))
		f->first_test = c->do_start;
	f->tested |= c->test;
}

static bool evidence_facts_read_cycles(struct facts *f, struct err *e)
{
	struct err own = { 0 };
	struct hash h;
	size_t cap = 0;
	struct ask *q = evidence_facts_asked(f, CYCLES, e);
	if (!q)
		return false;
	hash_init(&h);
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(f->a, (void **)&f->cycle, f->cycles, &cap, sizeof *f->cycle)) {
			err_memory(&own);
			break;
		}
		evidence_facts_read_cycle(f, q, &f->cycle[f->cycles++]);
		evidence_facts_hash_row(f, &h, q, 9);
	}
	hash_done(&h, f->hash[DATA_CYCLES]);
	return ask_end(q, &own, e);
}

// --- activity: by their own dates

static const char MET[] =
    "SELECT (SELECT count(*) FROM meeting x WHERE team=?1 AND " BY_THEN " AND " LIVE ")"
    " + (SELECT count(*) FROM coaching x WHERE team=?1 AND " BY_THEN " AND " LIVE ")";

static const char INVOLVED[] =
    "SELECT count(*) FROM involvement x WHERE team=?1 AND " BY_THEN " AND " LIVE;

// An event was attended by the team where it says so, or where one of its people was there.
static const char ACTS[] =
    "SELECT d FROM (SELECT date d FROM meeting x WHERE team=?1 AND " LIVE
    " UNION ALL SELECT date FROM coaching x WHERE team=?1 AND " LIVE
    " UNION ALL SELECT done_date FROM action x WHERE team=?1 AND status='done' AND " LIVE
    " UNION ALL SELECT x.date FROM event x WHERE " LIVE " AND x.id IN (SELECT t.event"
    "  FROM attendance t WHERE (t.archived IS NULL OR t.archived>?2) AND (t.team=?1"
    "   OR t.person IN (SELECT person FROM membership WHERE team=?1))))"
    " WHERE d<=?2 ORDER BY d";

static bool evidence_facts_count_of(struct facts *f, const char *sql, size_t *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = evidence_facts_asked(f, sql, e);
	if (!q)
		return false;
	*out = ask_step(q, &own) ? (size_t)col_int(q, 0) : 0;
	return ask_end(q, &own, e);
}

static bool evidence_facts_read_acts(struct facts *f, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	struct ask *q = evidence_facts_asked(f, ACTS, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		date_t day;
		if (!date_parse_iso(col_text(q, 0), &day))
			continue;
		if (!arena_grow(f->a, (void **)&f->act, f->acts, &cap, sizeof *f->act))
			err_memory(&own);
		else
			f->act[f->acts++] = day;
	}
	return ask_end(q, &own, e);
}

static bool evidence_facts_read_activity(struct facts *f, struct err *e)
{
	struct hash h;
	// Any test implies it.
	if (f->brief && f->tests)
		return true;
	if (!evidence_facts_count_of(f, MET, &f->meetings, e) ||
	    !evidence_facts_count_of(f, INVOLVED, &f->involved, e) ||
	    !evidence_facts_read_acts(f, e))
		return false;
	hash_init(&h);
	hash_u64(&h, f->meetings);
	hash_u64(&h, f->involved);
	for (size_t i = 0; i < f->acts; i++)
		hash_u64(&h, (uint64_t)f->act[i]);
	hash_done(&h, f->hash[DATA_ACTIVITY]);
	return true;
}

// --- spread

static const char SPREAD[] =
    "SELECT id, type, status FROM spread x WHERE team=?1 AND " BY_THEN " AND " LIVE " ORDER BY id";

static bool evidence_facts_read_spread(struct facts *f, struct err *e)
{
	struct err own = { 0 };
	struct hash h;
	struct ask *q = evidence_facts_asked(f, SPREAD, e);
	if (!q)
		return false;
	hash_init(&h);
	while (ask_step(q, &own)) {
		const char *type = col_text(q, 1), *status = col_text(q, 2);
		bool begun = str_equal(status, "started") || str_equal(status, "done");
		f->spreads++;
		f->spreads_begun += begun;
		f->spreads_elsewhere += begun && str_equal(type, "other_facility");
		evidence_facts_hash_row(f, &h, q, 3);
	}
	hash_done(&h, f->hash[DATA_SPREAD]);
	return ask_end(q, &own, e);
}

bool facts_load(struct facts *f, struct err *e)
{
	date_print_iso(f->on, f->on_text);
	store_hold(f->s);
	bool ok = evidence_facts_read_team(f, e) && evidence_facts_read_members(f, e) &&
		  evidence_facts_read_charter(f, e) && evidence_facts_read_cycles(f, e) &&
		  evidence_facts_read_activity(f, e) && evidence_facts_read_spread(f, e) &&
		  facts_parts(f, e) && facts_measures(f, e);
	store_release(f->s);
	return ok;
}
