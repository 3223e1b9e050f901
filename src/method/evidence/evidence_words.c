// SPDX-License-Identifier: MIT
// What a measure shows, in words: numbers first, in the measure's own decimals.
#include "method/evidence/evidence_judge.h"

#include <plando/text.h>

#include <string.h>

enum { NAME_COLUMNS = 60 };

void say(struct judge *j, const char *fmt, ...)
{
	va_list ap;
	if (j->f->brief)
		return;
	va_start(ap, fmt);
	str_add(&j->words, arena_vprintf(j->f->a, fmt, ap));
	va_end(ap);
}

// "Wait: ", after a semicolon where something stands there already.
static void evidence_words_say_name(struct judge *j, const struct evidence_measure *v)
{
	const char *name = *v->m->name ? v->m->name : "a measure without a name";
	say(j, "%s%s: ", j->words.length ? "; " : "", text_cut(j->f->a, name, NAME_COLUMNS, false));
}

static const char *evidence_words_side(const struct measure *m)
{
	return m->way == MEASURE_DOWN ? "below" : "above";
}

static const char *evidence_words_day(struct judge *j, date_t d)
{
	return date_show(j->f->a, d, j->f->on);
}

static void evidence_words_say_unknown(struct judge *j, const struct evidence_measure *v)
{
	if (v->m->way == MEASURE_NEITHER)
		say(j, "watched only, neither way is better");
	else if (v->m->way == MEASURE_WAY_UNSAID)
		say(j, "which way is better is not said");
	else if (v->m->asks)
		say(j, "groups without denominators: say on the measure how they make a whole");
	else if (v->count == 0)
		say(j, "no points");
	else if (v->base == 0)
		say(j, "no points before the first test, so nothing to compare with");
	else
		say(j, "no points since the baseline");
}

static void evidence_words_say_run(struct judge *j, const struct evidence_measure *v)
{
	const char *median = evidence_median_show(j->f->a, v->m, &v->median);
	if (v->state == STATE_CONTRARY)
		say(j, "worse than %s again, a signal up to %s", median,
		    evidence_words_day(j, v->bad_on));
	else if (v->run >= (size_t)j->f->p[P_SHIFT] || !v->good_signal)
		say(j, "%zu in a row %s %s", v->run, evidence_words_side(v->m), median);
	else
		say(j, "a %s %s %s up to %s", v->good_shift ? "shift" : "trend",
		    evidence_words_side(v->m), median, evidence_words_day(j, v->good_on));
}

void say_measure(struct judge *j, const struct evidence_measure *v)
{
	const int *p = j->f->p;
	evidence_words_say_name(j, v);
	if (v->state == STATE_UNKNOWN) {
		evidence_words_say_unknown(j, v);
		return;
	}
	if (v->state == STATE_WEAK && !v->good_signal) {
		say(j, "%d%% of the way to %s, but no signal yet", v->gap, v->m->goal_typed);
		return;
	}
	evidence_words_say_run(j, v);
	if (v->state == STATE_WEAK && v->base < (size_t)p[P_MIN_BASE])
		say(j, ", but %zu baseline %s of %d", v->base, v->base == 1 ? "point" : "points",
		    p[P_MIN_BASE]);
	else if (v->state == STATE_NONE && v->good_signal)
		say(j, ", but it does not hold");
	else if (v->state == STATE_NONE)
		say(j, " (%d needed)", p[P_SHIFT]);
}

void say_gap(struct judge *j, const struct evidence_measure *v)
{
	evidence_words_say_name(j, v);
	if (v->has_gap)
		say(j, "%d%% of the way to %s", v->gap, v->m->goal_typed);
	else if (!v->has_current)
		say(j, "fewer than %d points since the baseline", j->f->p[P_GOAL_POINTS]);
	else
		say(j, "no baseline to measure the way from");
}
