// SPDX-License-Identifier: MIT
// Criteria that measures prove: reported, improved, lasting, goals, benchmark (docs/evidence.md,
// section 4).
#include "method/evidence/evidence_judge.h"

enum { SAID_MOST = 4 };

static const struct evidence_measure *evidence_results_seen(const struct judge *j, size_t i)
{
	return &j->f->seen[i];
}

static bool evidence_results_plays(const struct evidence_measure *v, unsigned role)
{
	return (v->roles & role) != 0;
}

static void evidence_results_mend_measure(struct judge *j, const struct evidence_measure *v)
{
	j->mend = (struct evidence_mend){ "measure", { { 0 } } };
	if (v)
		j->mend.id = v->m->id;
}

// The words on each measure in a role, the first few.
static void evidence_results_say_all(
    struct judge *j, unsigned role, void (*one)(struct judge *, const struct evidence_measure *))
{
	size_t said = 0, all = facts_in(j->f, role);
	for (size_t i = 0; i < j->f->measure.count && said < SAID_MOST; i++)
		if (evidence_results_plays(evidence_results_seen(j, i), role)) {
			one(j, evidence_results_seen(j, i));
			said++;
		}
	if (said < all)
		say(j, "; and %zu more", all - said);
}

static size_t evidence_results_need(const struct judge *j, size_t n)
{
	return need_of(j->rule->need, n);
}

// --- reporting

enum evidence_status judge_baseline(struct judge *j)
{
	size_t keys = facts_in(j->f, AS_KEY), with = 0;
	const struct evidence_measure *without = NULL;
	for (size_t i = 0; i < j->f->measure.count; i++) {
		if (!evidence_results_plays(evidence_results_seen(j, i), AS_KEY))
			continue;
		with += evidence_results_seen(j, i)->count > 0;
		if (!evidence_results_seen(j, i)->count && !without)
			without = evidence_results_seen(j, i);
	}
	evidence_results_mend_measure(j, without);
	if (!keys)
		say(j, "no outcome or process measure");
	else
		say(j, "%zu of %zu key %s with data", with, keys,
		    keys == 1 ? "measure" : "measures");
	return with ? EVIDENCE_MET : EVIDENCE_NOT;
}

static void evidence_results_say_last(struct judge *j, const struct evidence_measure *v)
{
	date_t last = v->count ? v->value[v->count - 1].date : 0;
	say(j, "%s%s: ", j->words.length ? "; " : "",
	    *v->m->name ? v->m->name : "a measure without a name");
	if (!v->count)
		say(j, v->m->asks ? "no whole: groups without denominators" : "no points");
	else
		say(j, "last point %s%s", date_show(j->f->a, last, j->f->on),
		    v->fresh ? "" : ", too old");
}

enum evidence_status judge_reported(struct judge *j)
{
	bool none = facts_in(j->f, AS_KEY) == 0, old = false;
	const struct evidence_measure *worst = NULL;
	for (size_t i = 0; i < j->f->measure.count; i++) {
		const struct evidence_measure *v = evidence_results_seen(j, i);
		if (!evidence_results_plays(v, AS_KEY))
			continue;
		none |= v->count == 0;
		old |= v->count && !v->fresh;
		if ((!v->count || !v->fresh) && (!worst || (worst->count && !v->count)))
			worst = v;
	}
	evidence_results_mend_measure(j, worst);
	evidence_results_say_all(j, AS_KEY, evidence_results_say_last);
	if (!j->words.length)
		say(j, "no outcome or process measure");
	return none ? EVIDENCE_NOT : old ? EVIDENCE_STALE : EVIDENCE_MET;
}

// --- improvement

// One that got worse undoes the others; else the one that lacks least.
static void evidence_results_mend_state(struct judge *j, unsigned role)
{
	static const enum evidence_state order[] = { STATE_CONTRARY, STATE_WEAK, STATE_UNKNOWN,
		STATE_NONE };
	evidence_results_mend_measure(j, NULL);
	for (size_t k = 0; k < sizeof order / sizeof *order; k++)
		for (size_t i = 0; i < j->f->measure.count; i++)
			if (evidence_results_plays(evidence_results_seen(j, i), role) &&
			    evidence_results_seen(j, i)->state == order[k]) {
				evidence_results_mend_measure(j, evidence_results_seen(j, i));
				return;
			}
}

static enum evidence_status evidence_results_better(
    struct judge *j, unsigned role, const char *none)
{
	size_t all = facts_in(j->f, role), needed = evidence_results_need(j, all);
	size_t strong = facts_state(j->f, role, STATE_STRONG);
	size_t weak = facts_state(j->f, role, STATE_WEAK);
	size_t unknown = facts_state(j->f, role, STATE_UNKNOWN);
	evidence_results_mend_state(j, role);
	evidence_results_say_all(j, role, say_measure);
	if (!all) {
		say(j, "%s", none);
		return EVIDENCE_UNKNOWN;
	}
	if (strong >= needed)
		return EVIDENCE_MET;
	if (strong + weak + unknown < needed)
		return EVIDENCE_NOT;
	return weak ? EVIDENCE_WEAK : EVIDENCE_UNKNOWN;
}

enum evidence_status judge_process_better(struct judge *j)
{
	return evidence_results_better(j, AS_PROCESS, "no process measure");
}

enum evidence_status judge_outcome_better(struct judge *j)
{
	return evidence_results_better(j, AS_OUTCOME, "no outcome measure");
}

enum evidence_status judge_process_keeps(struct judge *j)
{
	size_t contrary = facts_state(j->f, AS_PROCESS, STATE_CONTRARY);
	enum evidence_status status = evidence_results_better(j, AS_PROCESS, "no process measure");
	if (contrary)
		return EVIDENCE_NOT;
	return status;
}

static void evidence_results_say_lasting(struct judge *j, const struct evidence_measure *v)
{
	say_measure(j, v);
	if (v->state != STATE_STRONG || v->sustained)
		return;
	if (!v->fresh)
		say(j, ", but the data are too old");
	else
		say(j, ", but not yet %d in a row over %d days", j->f->p[P_SUS_POINTS],
		    j->f->p[P_SUS_DAYS]);
}

enum evidence_status judge_outcome_lasts(struct judge *j)
{
	size_t all = facts_in(j->f, AS_OUTCOME), lasting = 0;
	evidence_results_mend_measure(j, NULL);
	for (size_t i = 0; i < j->f->measure.count; i++) {
		if (!evidence_results_plays(evidence_results_seen(j, i), AS_OUTCOME))
			continue;
		lasting += evidence_results_seen(j, i)->sustained;
		if (!evidence_results_seen(j, i)->sustained && id_zero(&j->mend.id))
			evidence_results_mend_measure(j, evidence_results_seen(j, i));
	}
	evidence_results_say_all(j, AS_OUTCOME, evidence_results_say_lasting);
	if (!all) {
		say(j, "no outcome measure");
		return EVIDENCE_UNKNOWN;
	}
	if (evidence_results_need(j, all) > 1)
		say(j, " (%zu of %zu lasting, %zu needed)", lasting, all,
		    evidence_results_need(j, all));
	return lasting >= evidence_results_need(j, all) ? EVIDENCE_MET : EVIDENCE_NOT;
}

// --- goals

static const char NO_GOAL[] = "no key measure with a goal";

// How many goals pass; the first that does not is where to mend it.
static size_t evidence_results_goals(
    struct judge *j, bool (*passes)(const struct evidence_measure *))
{
	size_t n = 0;
	evidence_results_mend_measure(j, NULL);
	for (size_t i = 0; i < j->f->measure.count; i++) {
		if (!evidence_results_plays(evidence_results_seen(j, i), AS_GOAL))
			continue;
		n += passes(evidence_results_seen(j, i));
		if (!passes(evidence_results_seen(j, i)) && id_zero(&j->mend.id))
			evidence_results_mend_measure(j, evidence_results_seen(j, i));
	}
	return n;
}

static bool evidence_results_is_begun(const struct evidence_measure *v)
{
	return v->has_gap && v->gap_weak;
}

static bool evidence_results_is_half(const struct evidence_measure *v)
{
	return v->has_gap && v->gap_half;
}

static bool evidence_results_is_met(const struct evidence_measure *v)
{
	return v->goal_met;
}

static bool evidence_results_has_gap(const struct evidence_measure *v)
{
	return v->has_gap;
}

// Met by enough of them, and unknown where too few have a way that can be measured.
enum evidence_status judge_goals_begun(struct judge *j)
{
	size_t all = facts_in(j->f, AS_GOAL),
	       known = evidence_results_goals(j, evidence_results_has_gap),
	       needed = evidence_results_need(j, all);
	size_t begun = evidence_results_goals(j, evidence_results_is_begun);
	evidence_results_say_all(j, AS_GOAL, say_gap);
	if (!all)
		say(j, "%s", NO_GOAL);
	else
		say(j, ", %d%% needed", j->f->p[P_GAP_WEAK]);
	if (all && begun >= needed)
		return EVIDENCE_MET;
	return known < all || !all ? EVIDENCE_UNKNOWN : EVIDENCE_NOT;
}

// Exactly, but where a way is beyond the bounds of a fraction: then it counts rounded down.
static bool evidence_results_mean_half(const struct judge *j)
{
	struct fraction sum = { 0, 1 };
	size_t n = facts_in(j->f, AS_GOAL);
	for (size_t i = 0; i < j->f->measure.count; i++) {
		const struct decimal_part two[] = { { 1, sum },
			{ 1, evidence_results_seen(j, i)->gap_value } };
		if (evidence_results_plays(evidence_results_seen(j, i), AS_GOAL) &&
		    !parts_sum(two, 2, 1, &sum))
			return false;
	}
	const struct decimal_part all[] = { { 1, sum },
		{ -(int64_t)n * j->f->p[P_HALF], { 1, 1 } } };
	return parts_sign(all, 2) >= 0;
}

enum evidence_status judge_goals_half(struct judge *j)
{
	size_t all = facts_in(j->f, AS_GOAL),
	       known = evidence_results_goals(j, evidence_results_has_gap);
	size_t met = evidence_results_goals(j, evidence_results_is_met),
	       half = evidence_results_goals(j, evidence_results_is_half);
	size_t needed = need_of((struct need){ NEED_PERCENT, j->f->p[P_HALF] }, all);
	evidence_results_say_all(j, AS_GOAL, say_gap);
	if (!all) {
		say(j, "%s", NO_GOAL);
		return EVIDENCE_UNKNOWN;
	}
	if (j->rules->half_rule == HALF_COUNT) {
		say(j, "; %zu of %zu goals reached, %zu needed", met, all, needed);
		return met >= needed ? EVIDENCE_MET : EVIDENCE_NOT;
	}
	say(j, ", %d%% needed%s", j->f->p[P_HALF],
	    j->rules->half_rule == HALF_MEAN ? " on average"
	    : all > 1			     ? " of each"
					     : "");
	if (known < all)
		return EVIDENCE_UNKNOWN;
	bool there = j->rules->half_rule == HALF_MEAN ? evidence_results_mean_half(j) : half == all;
	return there ? EVIDENCE_MET : EVIDENCE_NOT;
}

static void evidence_results_say_goal(struct judge *j, const struct evidence_measure *v)
{
	if (v->goal_met)
		say(j, "%s%s: %s reached", j->words.length ? "; " : "", v->m->name,
		    v->m->goal_typed);
	else
		say_gap(j, v);
}

enum evidence_status judge_goals_met(struct judge *j)
{
	size_t all = facts_in(j->f, AS_GOAL),
	       met = evidence_results_goals(j, evidence_results_is_met);
	evidence_results_say_all(j, AS_GOAL, evidence_results_say_goal);
	if (!all) {
		say(j, "%s", NO_GOAL);
		return EVIDENCE_UNKNOWN;
	}
	say(j, " (%zu of %zu reached, %zu needed)", met, all, evidence_results_need(j, all));
	return met >= evidence_results_need(j, all) ? EVIDENCE_MET : EVIDENCE_NOT;
}

static void evidence_results_say_benchmark(struct judge *j, const struct evidence_measure *v)
{
	const char *gap = j->words.length ? "; " : "";
	if (!v->m->has_benchmark)
		say(j, "%s%s: no national figure recorded", gap, v->m->name);
	else if (!v->benchmark_known)
		say(j, "%s%s: no recent value to compare with %s", gap, v->m->name,
		    v->m->benchmark_typed);
	else
		say(j, "%s%s: at %s, the figure is %s%s", gap, v->m->name,
		    evidence_median_show(j->f->a, v->m, &v->current), v->m->benchmark_typed,
		    *v->m->benchmark_source ? "" : " (its source is not said)");
}

static bool evidence_results_is_known(const struct evidence_measure *v)
{
	return v->benchmark_known;
}

// Every outcome (or as many as are needed); one that cannot be compared leaves it open.
enum evidence_status judge_benchmark(struct judge *j)
{
	size_t all = facts_in(j->f, AS_OUTCOME), known = 0, there = 0;
	evidence_results_mend_measure(j, NULL);
	for (size_t i = 0; i < j->f->measure.count; i++) {
		const struct evidence_measure *v = evidence_results_seen(j, i);
		if (!evidence_results_plays(v, AS_OUTCOME))
			continue;
		known += evidence_results_is_known(v);
		there += v->at_benchmark;
		if (!v->at_benchmark && id_zero(&j->mend.id))
			evidence_results_mend_measure(j, v);
	}
	evidence_results_say_all(j, AS_OUTCOME, evidence_results_say_benchmark);
	if (!all)
		say(j, "no outcome measure");
	if (!all || known < all)
		return EVIDENCE_UNKNOWN;
	return there >= evidence_results_need(j, all) ? EVIDENCE_MET : EVIDENCE_NOT;
}
