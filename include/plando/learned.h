// SPDX-License-Identifier: MIT
// What was learned: the findings of all PDSA cycles, across teams. Answers "has anyone tested this,
// and what did they learn?" for a change idea, a driver, an item of the change package.
//
// Rules (each has a test):
// 1. A cycle is among them as soon as something was learned, or it was decided.
// 2. An idea tests an item of the change package where its `component` is it, or where it feeds, by
//    any path, a driver whose component is it.
// 3. Newest first, by the day that doing ended (else began); without a day last; ties by id.
#ifndef PLANDO_LEARNED_H
#define PLANDO_LEARNED_H

#include <plando/date.h>
#include <plando/record.h>

struct learned_filter { // all that is given must hold; zeroed: all
	const struct id *team;
	const struct id *idea; // the idea itself
	const struct id *node; // a driver: what feeds it, by any path
	const struct id *component;
	const char *decision;	   // choice id
	date_t since, until;	   // inclusive; 0 = open
	const char *words;	   // each must stand somewhere in it, case and accents folded
	const struct id *not_idea; // but not of this one: "has anyone else …?"
};

struct learned {
	struct id id, team, idea;				   // all zero: none
	const char *team_name, *idea_code, *idea_text, *component; // "" = none, as all texts here
	const char *cycle_no, *title, *scale, *decision, *learned, *unexpected, *why, *next_change;
	date_t day; // valid where dated
	bool dated;
	unsigned predictions, results, met; // written; compared; of those, as expected
};

struct learnings {
	struct learned *item;
	size_t count;
};

bool learned_list(struct store *s, struct arena *a, const struct learned_filter *f,
    struct learnings *out, struct err *e);
// What others learned about an idea: of ideas of the same item of the change package, and of those
// that say the same in the same words (folded), its own cycles left out.
bool learned_about(
    struct store *s, struct arena *a, const struct id *idea, struct learnings *out, struct err *e);

#endif
