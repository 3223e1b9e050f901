// SPDX-License-Identifier: MIT
// Criteria that the rest of the record proves, and the table of all proofs (docs/evidence.md,
// section 4).
#include "method/evidence/evidence_judge.h"

#include <plando/text.h>

#include <string.h>

enum { NAME_COLUMNS = 40, NAMES_MOST = 3 };

static void evidence_proofs_mend(struct judge *j, const char *kind)
{
	j->mend = (struct evidence_mend){ kind, { { 0 } } };
}

static enum evidence_status evidence_proofs_when(bool met)
{
	return met ? EVIDENCE_MET : EVIDENCE_NOT;
}

static const char *evidence_proofs_plural(size_t n)
{
	return n == 1 ? "" : "s";
}

// --- 1.0 and 1.5

static enum evidence_status evidence_proofs_members(struct judge *j)
{
	size_t needed = need_of(j->rule->need, 0);
	evidence_proofs_mend(j, "membership");
	say(j, "%zu active member%s (%zu needed)", j->f->members,
	    evidence_proofs_plural(j->f->members), needed);
	return evidence_proofs_when(j->f->members >= needed);
}

static enum evidence_status evidence_proofs_team(struct judge *j)
{
	const struct facts *f = j->f;
	evidence_proofs_mend(j, "membership");
	say(j, "%zu active member%s%s (%d and a lead needed)", f->members,
	    evidence_proofs_plural(f->members), f->lead ? " and a lead" : ", no lead",
	    f->p[P_TEAM_MIN]);
	return evidence_proofs_when(f->members >= (size_t)f->p[P_TEAM_MIN] && f->lead);
}

static enum evidence_status evidence_proofs_population(struct judge *j)
{
	evidence_proofs_mend(j, "charter");
	say(j, j->f->population ? "the charter says who" : "the charter does not say who");
	return evidence_proofs_when(j->f->population);
}

static enum evidence_status evidence_proofs_aim(struct judge *j)
{
	evidence_proofs_mend(j, "charter");
	say(j, j->f->what ? "the charter says what is to be better"
			  : "the charter does not say what is to be better");
	return evidence_proofs_when(j->f->what);
}

static enum evidence_status evidence_proofs_meets(struct judge *j)
{
	evidence_proofs_mend(j, "meeting");
	say(j, "%zu meeting%s or coaching session%s", j->f->meetings,
	    evidence_proofs_plural(j->f->meetings), evidence_proofs_plural(j->f->meetings));
	if (!j->f->meetings && j->f->tests)
		say(j, ", but a test has been done");
	return evidence_proofs_when(j->f->meetings || j->f->tests);
}

static enum evidence_status evidence_proofs_aim_whole(struct judge *j)
{
	const struct facts *f = j->f;
	const struct {
		bool there;
		const char *name;
	} parts[] = { { f->what, "what" }, { f->how_much, "how much" }, { f->by_when, "by when" },
		{ f->for_whom, "for whom" } };
	size_t n = 0;
	evidence_proofs_mend(j, "charter");
	for (size_t i = 0; i < 4; i++)
		if (!parts[i].there)
			say(j, "%s%s", n++ ? ", " : "missing: ", parts[i].name);
	if (f->what && f->how_much && f->by_when && f->for_whom)
		say(j, "it says what, how much, by when and for whom");
	return evidence_proofs_when(f->what && f->how_much && f->by_when && f->for_whom);
}

static const char *evidence_proofs_part_words(const struct facts *f)
{
	return f->package ? "item" : "driver";
}

static enum evidence_status evidence_proofs_plan(struct judge *j)
{
	const struct facts *f = j->f;
	evidence_proofs_mend(j, "driver");
	say(j, "%zu %s%s and %zu change idea%s (1 of each needed)", f->parts,
	    evidence_proofs_part_words(f), evidence_proofs_plural(f->parts), f->ideas,
	    evidence_proofs_plural(f->ideas));
	return evidence_proofs_when(f->parts >= 1 && f->ideas >= 1);
}

// --- 2.0 and 2.5

// The most records that lie within so many days of each other.
static size_t evidence_proofs_together(const struct facts *f)
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

static enum evidence_status evidence_proofs_active(struct judge *j)
{
	size_t n = evidence_proofs_together(j->f);
	evidence_proofs_mend(j, "meeting");
	say(j, "%zu dated record%s of activity within %d days (%d needed)", n,
	    evidence_proofs_plural(n), j->f->p[P_ACT_DAYS], j->f->p[P_ACT_RECORDS]);
	if (n < (size_t)j->f->p[P_ACT_RECORDS] && j->f->tests)
		say(j, ", but a test has been done");
	return evidence_proofs_when(j->f->tests || n >= (size_t)j->f->p[P_ACT_RECORDS]);
}

static enum evidence_status evidence_proofs_developed(struct judge *j)
{
	const struct facts *f = j->f;
	size_t points = 0;
	for (size_t i = 0; i < f->measure.count; i++)
		if (f->seen[i].roles & AS_KEY && f->seen[i].count > points)
			points = f->seen[i].count;
	evidence_proofs_mend(j, "pdsa");
	say(j, "%zu planned cycle%s, %zu point%s on a key measure, %zu involvement%s", f->planned,
	    evidence_proofs_plural(f->planned), points, evidence_proofs_plural(points), f->involved,
	    evidence_proofs_plural(f->involved));
	return evidence_proofs_when(
	    f->tests || f->planned || points >= (size_t)f->p[P_DEV_POINTS] || f->involved);
}

// The first cycle that is not yet what is needed.
static void evidence_proofs_mend_cycle(struct judge *j, bool full)
{
	evidence_proofs_mend(j, "pdsa");
	for (size_t i = j->f->cycles; i-- > 0;) {
		const struct facts_cycle *c = &j->f->cycle[i];
		if (full ? c->test && !c->full : c->planned && !c->test)
			j->mend.id = c->id;
	}
}

static enum evidence_status evidence_proofs_tests(struct judge *j)
{
	size_t needed = need_of(j->rule->need, 0);
	evidence_proofs_mend_cycle(j, false);
	say(j, "%zu test%s done (%zu needed)", j->f->tests, evidence_proofs_plural(j->f->tests),
	    needed);
	return evidence_proofs_when(j->f->tests >= needed);
}

static enum evidence_status evidence_proofs_full_cycles(struct judge *j)
{
	evidence_proofs_mend_cycle(j, true);
	say(j, "%zu full cycle%s (%d needed)", j->f->full, evidence_proofs_plural(j->f->full),
	    j->f->p[P_FIRST_CYCLES]);
	return evidence_proofs_when(j->f->full >= (size_t)j->f->p[P_FIRST_CYCLES]);
}

// --- components

enum part_is { PART_BEGUN, PART_TESTED, PART_IMPLEMENTED, PART_IN_FOCUS };

static bool evidence_proofs_part_has(const struct facts_part *part, enum part_is is)
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
static void evidence_proofs_say_lacking(struct judge *j, enum part_is is, size_t lacking)
{
	size_t said = 0;
	for (size_t i = 0; i < j->f->parts && said < NAMES_MOST; i++) {
		const struct facts_part *part = &j->f->part[i];
		if (evidence_proofs_part_has(part, is))
			continue;
		say(j, "%s%s", said++ ? ", " : "; not yet: ",
		    text_cut(j->f->a, part->name, NAME_COLUMNS, false));
	}
	if (lacking > said)
		say(j, " and %zu more", lacking - said);
}

static enum evidence_status evidence_proofs_parts(struct judge *j, enum part_is is)
{
	const struct facts *f = j->f;
	size_t n = 0, needed = need_of(j->rule->need, f->parts);
	evidence_proofs_mend(j, "driver");
	for (size_t i = f->parts; i-- > 0;) {
		n += evidence_proofs_part_has(&f->part[i], is);
		if (!evidence_proofs_part_has(&f->part[i], is) && !f->part[i].package)
			j->mend.id = f->part[i].id;
	}
	if (f->parts == 0) {
		say(j, f->package ? "no item of the change package applies"
				  : "no drivers in the diagram");
		return EVIDENCE_UNKNOWN;
	}
	say(j, "%zu of %zu %s%s (%zu needed)", n, f->parts, evidence_proofs_part_words(f),
	    evidence_proofs_plural(f->parts), needed);
	if (n < needed)
		evidence_proofs_say_lacking(j, is, f->parts - n);
	return evidence_proofs_when(n >= needed);
}

static enum evidence_status evidence_proofs_begun(struct judge *j)
{
	return evidence_proofs_parts(j, PART_BEGUN);
}

static enum evidence_status evidence_proofs_tested(struct judge *j)
{
	return evidence_proofs_parts(j, PART_TESTED);
}

static enum evidence_status evidence_proofs_implemented(struct judge *j)
{
	return evidence_proofs_parts(j, PART_IMPLEMENTED);
}

static enum evidence_status evidence_proofs_in_focus(struct judge *j)
{
	return evidence_proofs_parts(j, PART_IN_FOCUS);
}

// --- spread

static enum evidence_status evidence_proofs_spread(struct judge *j, size_t n, const char *words)
{
	evidence_proofs_mend(j, "spread");
	say(j, "%zu %s%s", n, n == 1 ? "entry" : "entries", words);
	return evidence_proofs_when(n > 0);
}

static enum evidence_status evidence_proofs_spread_planned(struct judge *j)
{
	return evidence_proofs_spread(j, j->f->spreads, " in the spread log (1 needed)");
}

static enum evidence_status evidence_proofs_spread_begun(struct judge *j)
{
	return evidence_proofs_spread(
	    j, j->f->spreads_begun, " of the spread log started (1 needed)");
}

static enum evidence_status evidence_proofs_spread_elsewhere(struct judge *j)
{
	return evidence_proofs_spread(
	    j, j->f->spreads_elsewhere, " started in another organisation (1 needed)");
}

static enum evidence_status evidence_proofs_person(struct judge *j)
{
	evidence_proofs_mend(j, NULL);
	say(j, "nothing recorded can show this: a person judges");
	return EVIDENCE_UNKNOWN;
}

// --- the table

#define ON(group) (1U << DATA_##group)

const struct proof_row PROOF_ROWS[PROOFS_COUNT] = {
	[PROOF_MEMBERS] = { evidence_proofs_members, ON(TEAM), 0 },
	[PROOF_TEAM] = { evidence_proofs_team, ON(TEAM), 0 },
	[PROOF_POPULATION] = { evidence_proofs_population, ON(CHARTER), 0 },
	[PROOF_AIM] = { evidence_proofs_aim, ON(CHARTER), 0 },
	[PROOF_BASELINE] = { judge_baseline, ON(KEY), 1 },
	[PROOF_MEETS] = { evidence_proofs_meets, ON(ACTIVITY) | ON(CYCLES), 0 },
	[PROOF_AIM_WHOLE] = { evidence_proofs_aim_whole, ON(CHARTER) | ON(GOAL), 0 },
	[PROOF_PLAN] = { evidence_proofs_plan, ON(PARTS), 0 },
	[PROOF_ACTIVE] = { evidence_proofs_active, ON(ACTIVITY) | ON(CYCLES), 1 },
	[PROOF_DEVELOPED] = { evidence_proofs_developed, ON(ACTIVITY) | ON(CYCLES) | ON(KEY), 1 },
	[PROOF_TESTS] = { evidence_proofs_tests, ON(CYCLES), 2 },
	[PROOF_REPORTED] = { judge_reported, ON(KEY), 1 },
	[PROOF_FULL_CYCLES] = { evidence_proofs_full_cycles, ON(CYCLES), 2 },
	[PROOF_BEGUN] = { evidence_proofs_begun, ON(PARTS), 2 },
	[PROOF_COMPONENTS_TESTED] = { evidence_proofs_tested, ON(PARTS) | ON(CYCLES), 2 },
	[PROOF_IMPLEMENTED] = { evidence_proofs_implemented, ON(PARTS), 2 },
	[PROOF_IN_FOCUS] = { evidence_proofs_in_focus, ON(PARTS), 2 },
	[PROOF_PROCESS_BETTER] = { judge_process_better, ON(PROCESS), 3 },
	[PROOF_PROCESS_KEEPS] = { judge_process_keeps, ON(PROCESS), 3 },
	[PROOF_OUTCOME_BETTER] = { judge_outcome_better, ON(OUTCOME), 3 },
	[PROOF_OUTCOME_LASTS] = { judge_outcome_lasts, ON(OUTCOME), 3 },
	[PROOF_GOALS_BEGUN] = { judge_goals_begun, ON(GOAL), 3 },
	[PROOF_GOALS_HALF] = { judge_goals_half, ON(GOAL), 3 },
	[PROOF_GOALS_MET] = { judge_goals_met, ON(GOAL), 3 },
	[PROOF_SPREAD_PLANNED] = { evidence_proofs_spread_planned, ON(SPREAD), 0 },
	[PROOF_SPREAD_BEGUN] = { evidence_proofs_spread_begun, ON(SPREAD), 2 },
	[PROOF_SPREAD_ELSEWHERE] = { evidence_proofs_spread_elsewhere, ON(SPREAD), 2 },
	[PROOF_BENCHMARK] = { judge_benchmark, ON(OUTCOME), 1 },
	[PROOF_PERSON] = { evidence_proofs_person, 0, 3 },
};
