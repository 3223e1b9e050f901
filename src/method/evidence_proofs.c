// SPDX-License-Identifier: MIT
// Criteria that the rest of the record proves, and the table of all proofs (docs/evidence.md,
// section 4).
#include "method/evidence_judge.h"

#include <plando/text.h>

#include <string.h>

enum { NAME_COLUMNS = 40, NAMES_MOST = 3 };

static void mend(struct judge *j, const char *kind)
{
	j->mend = (struct evidence_mend){ kind, { { 0 } } };
}

static enum evidence_status when(bool met)
{
	return met ? EVIDENCE_MET : EVIDENCE_NOT;
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

// --- 1.0 and 1.5

static enum evidence_status members(struct judge *j)
{
	size_t needed = need_of(j->rule->need, 0);
	mend(j, "membership");
	say(j, "%zu active member%s (%zu needed)", j->f->members, plural(j->f->members), needed);
	return when(j->f->members >= needed);
}

static enum evidence_status team(struct judge *j)
{
	const struct facts *f = j->f;
	mend(j, "membership");
	say(j, "%zu active member%s%s (%d and a lead needed)", f->members, plural(f->members),
	    f->lead ? " and a lead" : ", no lead", f->p[P_TEAM_MIN]);
	return when(f->members >= (size_t)f->p[P_TEAM_MIN] && f->lead);
}

static enum evidence_status population(struct judge *j)
{
	mend(j, "charter");
	say(j, j->f->population ? "the charter says who" : "the charter does not say who");
	return when(j->f->population);
}

static enum evidence_status aim(struct judge *j)
{
	mend(j, "charter");
	say(j, j->f->what ? "the charter says what is to be better"
			  : "the charter does not say what is to be better");
	return when(j->f->what);
}

static enum evidence_status meets(struct judge *j)
{
	mend(j, "meeting");
	say(j, "%zu meeting%s or coaching session%s", j->f->meetings, plural(j->f->meetings),
	    plural(j->f->meetings));
	if (!j->f->meetings && j->f->tests)
		say(j, ", but a test has been done");
	return when(j->f->meetings || j->f->tests);
}

static enum evidence_status aim_whole(struct judge *j)
{
	const struct facts *f = j->f;
	const struct {
		bool there;
		const char *name;
	} parts[] = { { f->what, "what" }, { f->how_much, "how much" }, { f->by_when, "by when" },
		{ f->for_whom, "for whom" } };
	size_t n = 0;
	mend(j, "charter");
	for (size_t i = 0; i < 4; i++)
		if (!parts[i].there)
			say(j, "%s%s", n++ ? ", " : "missing: ", parts[i].name);
	if (f->what && f->how_much && f->by_when && f->for_whom)
		say(j, "it says what, how much, by when and for whom");
	return when(f->what && f->how_much && f->by_when && f->for_whom);
}

static const char *part_words(const struct facts *f)
{
	return f->package ? "item" : "driver";
}

static enum evidence_status plan(struct judge *j)
{
	const struct facts *f = j->f;
	mend(j, "driver");
	say(j, "%zu %s%s and %zu change idea%s (1 of each needed)", f->parts, part_words(f),
	    plural(f->parts), f->ideas, plural(f->ideas));
	return when(f->parts >= 1 && f->ideas >= 1);
}

// --- 2.0 and 2.5

// The most records that lie within so many days of each other.
static size_t together(const struct facts *f)
{
	size_t most = 0;
	for (size_t first = 0, last = 0; last < f->acts; last++) {
		while (f->act[last] - f->act[first] > f->p[P_ACT_DAYS])
			first++;
		if (last - first + 1 > most)
			most = last - first + 1;
	}
	return most;
}

static enum evidence_status active(struct judge *j)
{
	size_t n = together(j->f);
	mend(j, "meeting");
	say(j, "%zu dated record%s of activity within %d days (%d needed)", n, plural(n),
	    j->f->p[P_ACT_DAYS], j->f->p[P_ACT_RECORDS]);
	if (n < (size_t)j->f->p[P_ACT_RECORDS] && j->f->tests)
		say(j, ", but a test has been done");
	return when(j->f->tests || n >= (size_t)j->f->p[P_ACT_RECORDS]);
}

static enum evidence_status developed(struct judge *j)
{
	const struct facts *f = j->f;
	size_t points = 0;
	for (size_t i = 0; i < f->measure.count; i++)
		if (f->seen[i].roles & AS_KEY && f->seen[i].count > points)
			points = f->seen[i].count;
	mend(j, "pdsa");
	say(j, "%zu planned cycle%s, %zu point%s on a key measure, %zu involvement%s", f->planned,
	    plural(f->planned), points, plural(points), f->involved, plural(f->involved));
	return when(f->tests || f->planned || points >= (size_t)f->p[P_DEV_POINTS] || f->involved);
}

// The first cycle that is not yet what is needed.
static void mend_cycle(struct judge *j, bool full)
{
	mend(j, "pdsa");
	for (size_t i = j->f->cycles; i-- > 0;) {
		const struct facts_cycle *c = &j->f->cycle[i];
		if (full ? c->test && !c->full : c->planned && !c->test)
			j->mend.id = c->id;
	}
}

static enum evidence_status tests(struct judge *j)
{
	size_t needed = need_of(j->rule->need, 0);
	mend_cycle(j, false);
	say(j, "%zu test%s done (%zu needed)", j->f->tests, plural(j->f->tests), needed);
	return when(j->f->tests >= needed);
}

static enum evidence_status full_cycles(struct judge *j)
{
	mend_cycle(j, true);
	say(j, "%zu full cycle%s (%d needed)", j->f->full, plural(j->f->full),
	    j->f->p[P_FIRST_CYCLES]);
	return when(j->f->full >= (size_t)j->f->p[P_FIRST_CYCLES]);
}

// --- components

enum part_is { PART_BEGUN, PART_TESTED, PART_IMPLEMENTED, PART_IN_FOCUS };

static bool part_has(const struct facts_part *part, enum part_is is)
{
	switch (is) {
	case PART_BEGUN: return part->begun;
	case PART_TESTED: return part->tested;
	case PART_IMPLEMENTED: return part->implemented;
	case PART_IN_FOCUS: break;
	}
	return part->in_focus;
}

// "; not: S2, Joint triage and 3 more": those that lack it, in the diagram's order.
static void say_lacking(struct judge *j, enum part_is is, size_t lacking)
{
	size_t said = 0;
	for (size_t i = 0; i < j->f->parts && said < NAMES_MOST; i++) {
		const struct facts_part *part = &j->f->part[i];
		if (part_has(part, is))
			continue;
		say(j, "%s%s", said++ ? ", " : "; not yet: ",
		    text_cut(j->f->a, part->name, NAME_COLUMNS, false));
	}
	if (lacking > said)
		say(j, " and %zu more", lacking - said);
}

static enum evidence_status parts(struct judge *j, enum part_is is)
{
	const struct facts *f = j->f;
	size_t n = 0, needed = need_of(j->rule->need, f->parts);
	mend(j, "driver");
	for (size_t i = f->parts; i-- > 0;) {
		n += part_has(&f->part[i], is);
		if (!part_has(&f->part[i], is) && !f->part[i].package)
			j->mend.id = f->part[i].id;
	}
	if (f->parts == 0) {
		say(j, f->package ? "no item of the change package applies"
				  : "no drivers in the diagram");
		return EVIDENCE_UNKNOWN;
	}
	say(j, "%zu of %zu %s%s (%zu needed)", n, f->parts, part_words(f), plural(f->parts),
	    needed);
	if (n < needed)
		say_lacking(j, is, f->parts - n);
	return when(n >= needed);
}

static enum evidence_status begun(struct judge *j)
{
	return parts(j, PART_BEGUN);
}

static enum evidence_status tested(struct judge *j)
{
	return parts(j, PART_TESTED);
}

static enum evidence_status implemented(struct judge *j)
{
	return parts(j, PART_IMPLEMENTED);
}

static enum evidence_status in_focus(struct judge *j)
{
	return parts(j, PART_IN_FOCUS);
}

// --- spread

static enum evidence_status spread(struct judge *j, size_t n, const char *words)
{
	mend(j, "spread");
	say(j, "%zu %s%s", n, n == 1 ? "entry" : "entries", words);
	return when(n > 0);
}

static enum evidence_status spread_planned(struct judge *j)
{
	return spread(j, j->f->spreads, " in the spread log (1 needed)");
}

static enum evidence_status spread_begun(struct judge *j)
{
	return spread(j, j->f->spreads_begun, " of the spread log started (1 needed)");
}

static enum evidence_status spread_elsewhere(struct judge *j)
{
	return spread(j, j->f->spreads_elsewhere, " started in another organisation (1 needed)");
}

static enum evidence_status person(struct judge *j)
{
	mend(j, NULL);
	say(j, "nothing recorded can show this: a person judges");
	return EVIDENCE_UNKNOWN;
}

// --- the table

#define ON(group) (1U << DATA_##group)

const struct proof_row PROOF_ROWS[PROOFS_COUNT] = {
	[PROOF_MEMBERS] = { members, ON(TEAM), 0 },
	[PROOF_TEAM] = { team, ON(TEAM), 0 },
	[PROOF_POPULATION] = { population, ON(CHARTER), 0 },
	[PROOF_AIM] = { aim, ON(CHARTER), 0 },
	[PROOF_BASELINE] = { judge_baseline, ON(KEY), 1 },
	[PROOF_MEETS] = { meets, ON(ACTIVITY) | ON(CYCLES), 0 },
	[PROOF_AIM_WHOLE] = { aim_whole, ON(CHARTER) | ON(GOAL), 0 },
	[PROOF_PLAN] = { plan, ON(PARTS), 0 },
	[PROOF_ACTIVE] = { active, ON(ACTIVITY) | ON(CYCLES), 1 },
	[PROOF_DEVELOPED] = { developed, ON(ACTIVITY) | ON(CYCLES) | ON(KEY), 1 },
	[PROOF_TESTS] = { tests, ON(CYCLES), 2 },
	[PROOF_REPORTED] = { judge_reported, ON(KEY), 1 },
	[PROOF_FULL_CYCLES] = { full_cycles, ON(CYCLES), 2 },
	[PROOF_BEGUN] = { begun, ON(PARTS), 2 },
	[PROOF_COMPONENTS_TESTED] = { tested, ON(PARTS) | ON(CYCLES), 2 },
	[PROOF_IMPLEMENTED] = { implemented, ON(PARTS), 2 },
	[PROOF_IN_FOCUS] = { in_focus, ON(PARTS), 2 },
	[PROOF_PROCESS_BETTER] = { judge_process_better, ON(PROCESS), 3 },
	[PROOF_PROCESS_KEEPS] = { judge_process_keeps, ON(PROCESS), 3 },
	[PROOF_OUTCOME_BETTER] = { judge_outcome_better, ON(OUTCOME), 3 },
	[PROOF_OUTCOME_LASTS] = { judge_outcome_lasts, ON(OUTCOME), 3 },
	[PROOF_GOALS_BEGUN] = { judge_goals_begun, ON(GOAL), 3 },
	[PROOF_GOALS_HALF] = { judge_goals_half, ON(GOAL), 3 },
	[PROOF_GOALS_MET] = { judge_goals_met, ON(GOAL), 3 },
	[PROOF_SPREAD_PLANNED] = { spread_planned, ON(SPREAD), 0 },
	[PROOF_SPREAD_BEGUN] = { spread_begun, ON(SPREAD), 2 },
	[PROOF_SPREAD_ELSEWHERE] = { spread_elsewhere, ON(SPREAD), 2 },
	[PROOF_BENCHMARK] = { judge_benchmark, ON(OUTCOME), 1 },
	[PROOF_PERSON] = { person, 0, 3 },
};
