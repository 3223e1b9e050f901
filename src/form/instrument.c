// SPDX-License-Identifier: MIT
// The words of instruments: facts, thresholds, how much is needed; how they are read, and what an
// instrument must mean.
#include "form/guess.h"
#include "form/reading.h"

#include <plando/str.h>

#include <string.h>

enum { P_MOST = 10000, CRITERIA_MOST = 26 };

const struct proof_name PROOFS[PROOFS_COUNT] = {
	[PROOF_MEMBERS] = { "members", true },
	[PROOF_TEAM] = { "team", false },
	[PROOF_POPULATION] = { "population", false },
	[PROOF_AIM] = { "aim", false },
	[PROOF_BASELINE] = { "baseline", false },
	[PROOF_MEETS] = { "meets", false },
	[PROOF_AIM_WHOLE] = { "aim_whole", false },
	[PROOF_PLAN] = { "plan", false },
	[PROOF_ACTIVE] = { "active", false },
	[PROOF_DEVELOPED] = { "developed", false },
	[PROOF_TESTS] = { "tests", true },
	[PROOF_REPORTED] = { "reported", false },
	[PROOF_FULL_CYCLES] = { "full_cycles", false },
	[PROOF_BEGUN] = { "components_begun", true },
	[PROOF_COMPONENTS_TESTED] = { "components_tested", true },
	[PROOF_IMPLEMENTED] = { "components_implemented", true },
	[PROOF_IN_FOCUS] = { "components_in_focus", true },
	[PROOF_PROCESS_BETTER] = { "process_better", true },
	[PROOF_PROCESS_KEEPS] = { "process_keeps", true },
	[PROOF_OUTCOME_BETTER] = { "outcome_better", true },
	[PROOF_OUTCOME_LASTS] = { "outcome_lasts", true },
	[PROOF_GOALS_BEGUN] = { "goals_begun", true },
	[PROOF_GOALS_HALF] = { "goals_half", false },
	[PROOF_GOALS_MET] = { "goals_met", true },
	[PROOF_SPREAD_PLANNED] = { "spread_planned", false },
	[PROOF_SPREAD_BEGUN] = { "spread_begun", false },
	[PROOF_SPREAD_ELSEWHERE] = { "spread_elsewhere", false },
	[PROOF_BENCHMARK] = { "benchmark", true },
	[PROOF_PERSON] = { "person", false },
};

const struct threshold_name THRESHOLDS[P_COUNT] = {
	[P_TEAM_MIN] = { "team_min", 2, "people make a team" },
	[P_ACT_RECORDS] = { "act_records", 3, "dated records show activity" },
	[P_ACT_DAYS] = { "act_days", 92, "days within which they lie" },
	[P_DEV_POINTS] = { "dev_points", 3, "points of one key measure show preparation" },
	[P_FIRST_CYCLES] = { "first_cycles", 2, "full cycles are the first tests" },
	[P_SHIFT] = { "shift", 6, "points in a row on one side of the median" },
	[P_TREND] = { "trend", 5, "points in a row going one way" },
	[P_HOLDS_POINTS] = { "holds_points", 6, "last points that must hold the gain" },
	[P_HOLDS_MISS] = { "holds_miss", 1, "of them may fail to" },
	[P_GOAL_POINTS] = { "goal_points", 3,
	    "last points whose median is where the measure stands" },
	[P_FRESH] = { "fresh", 2, "intervals after which data are stale" },
	[P_MIN_BASE] = { "min_base", 6, "baseline points for a sure signal" },
	[P_GOOD_BASE] = { "good_base", 10, "baseline points to ask for" },
	[P_GAP_WEAK] = { "gap_weak", 20, "per cent of the way to the goal is a weak sign" },
	[P_HALF] = { "half", 50, "per cent of the way is half way" },
	[P_SUS_POINTS] = { "sus_points", 6, "points in a row show that a gain lasts" },
	[P_SUS_DAYS] = { "sus_days", 90, "days that they span" },
	[P_ATTEST_DAYS] = { "attest_days", 92, "days after which a person's word lapses" },
	[P_STALL_DAYS] = { "stall_days", 92, "days on one level are a stall" },
};

size_t need_of(struct need need, size_t n)
{
	size_t quarter = (n + 3) / 4;
	switch (need.kind) {
	case NEED_NUMBER: return (size_t)need.number;
	case NEED_SEVERAL: quarter = quarter < 2 ? 2 : quarter; return quarter < n ? quarter : n;
	case NEED_MANY: return (n + 1) / 2;
	case NEED_MOST: return (2 * n + 2) / 3;
	case NEED_PERCENT: return (n * (size_t)need.number + 99) / 100;
	case NEED_ALL: break;
	}
	return n;
}

// --- reading

void slot_proof(struct reading *r, const struct yaml *y, void *to)
{
	for (int i = 0; i < PROOFS_COUNT; i++)
		if (str_equal(PROOFS[i].id, y->text)) {
			*(enum proof *)to = (enum proof)i;
			return;
		}
	struct guess g = guess_for(y->text);
	for (int i = 0; i < PROOFS_COUNT; i++)
		guess_try(&g, PROOFS[i].id);
	reading_fault(r, y, "there is no proof \"%.60s\"%s", y->text, guess_says(&g));
}

// A whole number from 0 to P_MOST; -1: it is none.
static int instrument_small_number(const char *text, size_t n)
{
	int number = 0;
	if (n == 0 || n > 5)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		number = number * 10 + (text[i] - '0');
	}
	return number <= P_MOST ? number : -1;
}

void slot_need(struct reading *r, const struct yaml *y, void *to)
{
	static const char *const words[] = { [NEED_SEVERAL] = "several",
		[NEED_MANY] = "many",
		[NEED_MOST] = "most",
		[NEED_ALL] = "all" };
	struct need *need = to;
	size_t n = strlen(y->text);
	bool percent = n && y->text[n - 1] == '%';
	for (enum need_kind k = NEED_SEVERAL; k <= NEED_ALL; k++)
		if (str_equal(words[k], y->text)) {
			*need = (struct need){ k, 0 };
			return;
		}
	int number = instrument_small_number(y->text, n - percent);
	if (number < 1 || (percent && number > 100))
		reading_fault(r, y,
		    "\"need\" is a number, several, many, most, all, or a percentage such as 75%%, "
		    "not \"%.60s\"",
		    y->text);
	else
		*need = (struct need){ percent ? NEED_PERCENT : NEED_NUMBER, number };
}

void slot_half_rule(struct reading *r, const struct yaml *y, void *to)
{
	static const char *const words[] = {
		[HALF_EACH] = "each", [HALF_MEAN] = "mean", [HALF_COUNT] = "count"
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(words[i], y->text)) {
			*(enum half_rule *)to = (enum half_rule)i;
			return;
		}
	reading_fault(r, y, "\"half_rule\" is each, mean or count, not \"%.60s\"", y->text);
}

static void instrument_read_threshold(
    struct reading *r, const struct yaml *key, const struct yaml *y, int p[P_COUNT])
{
	for (int i = 0; i < P_COUNT; i++) {
		if (!str_equal(THRESHOLDS[i].id, key->text))
			continue;
		p[i] =
		    y->kind == YAML_SCALAR ? instrument_small_number(y->text, strlen(y->text)) : -1;
		if (p[i] < 1)
			reading_fault(r, y, "a threshold is a whole number from 1 to %d", P_MOST);
		return;
	}
	struct guess g = guess_for(key->text);
	for (int i = 0; i < P_COUNT; i++)
		guess_try(&g, THRESHOLDS[i].id);
	reading_fault(r, key, "there is no threshold \"%.60s\"%s", key->text, guess_says(&g));
}

void slot_thresholds(struct reading *r, const struct yaml *y, void *to)
{
	if (y->kind != YAML_MAP) {
		reading_fault(r, y, "\"thresholds\" are written as keys and numbers");
		return;
	}
	for (size_t i = 0; i < y->count; i++)
		instrument_read_threshold(r, y->key[i], y->item[i], to);
}

// --- what it must mean

static void instrument_check_criterion(
    struct reading *r, const struct yaml *at, const struct form_criterion *c)
{
	const struct yaml *need = yaml_get(at, "need");
	if (!c->id || !yaml_get(at, "proof"))
		return;
	if (need && !PROOFS[c->proof].counts)
		reading_fault(r, need, "the proof \"%s\" counts nothing, so it has no \"need\"",
		    PROOFS[c->proof].id);
	if (!need && PROOFS[c->proof].counts)
		reading_fault(r, at, "the proof \"%s\" needs the key \"need\": how many",
		    PROOFS[c->proof].id);
	for (size_t i = 0; i < r->form->level_count; i++)
		for (size_t k = 0; k < r->form->levels[i].criterion_count; k++) {
			const struct form_criterion *other = &r->form->levels[i].criteria[k];
			if (other == c)
				return;
			if (str_equal(other->id, c->id))
				reading_fault(r, at, "the criterion \"%.60s\" stands twice", c->id);
		}
}

void check_instrument(struct reading *r, const struct yaml *root)
{
	const struct yaml *list = yaml_get(root, "levels");
	for (size_t i = 0; i < r->form->level_count; i++) {
		const struct form_level *level = &r->form->levels[i];
		const struct yaml *criteria = yaml_get(list->item[i], "criteria");
		if (level->criterion_count > CRITERIA_MOST)
			reading_fault(
			    r, criteria, "a level has %d criteria at most", CRITERIA_MOST);
		for (size_t k = 0; k < level->criterion_count; k++)
			instrument_check_criterion(r, criteria->item[k], &level->criteria[k]);
	}
	for (int i = 0; i < P_COUNT; i++)
		if (r->form->rules.p[i] == 0)
			r->form->rules.p[i] = THRESHOLDS[i].usual;
}
