// SPDX-License-Identifier: MIT
#include <plando/coverage.h>

#include <plando/board.h>
#include <plando/learned.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

struct coverage_load {
	struct store *s;
	struct arena *a;
	struct coverage *out;
	struct learnings learned;
	size_t at;    // team
	size_t *item; // by node of the team's diagram: that it names itself; DRIVER_NONE
	bool *serves; // by item, of the idea that is looked at
};

static const struct {
	const char *name, *words;
} STATES[COVERAGE_STATES] = { { "not_applicable", "not applicable" }, { "untouched", "untouched" },
	{ "planned", "planned" }, { "left", "tried, left" }, { "testing", "testing" },
	{ "implementing", "implementing" }, { "implemented", "implemented" } };

const char *coverage_state_name(enum coverage_state state)
{
	return STATES[state].name;
}

const char *coverage_state_words(enum coverage_state state)
{
	return STATES[state].words;
}

static enum coverage_state coverage_state_of(const struct driver_node *n)
{
	static const struct {
		const char *status;
		enum coverage_state state;
	} OF[] = { { "abandoned", COVERAGE_LEFT }, { "testing", COVERAGE_TESTING },
		{ "adapted", COVERAGE_TESTING }, { "implementing", COVERAGE_IMPLEMENTING },
		{ "implemented", COVERAGE_IMPLEMENTED }, { "spread", COVERAGE_IMPLEMENTED } };
	for (size_t i = 0; i < sizeof OF / sizeof *OF; i++)
		if (str_equal(n->status, OF[i].status))
			return OF[i].state;
	return n->tests ? COVERAGE_TESTING : COVERAGE_PLANNED;
}

static bool coverage_archived(const struct coverage_load *l, const struct record *r)
{
	return record_archived(r, store_today(l->s));
}

static const char *coverage_or_empty(const char *text)
{
	return text ? text : "";
}

static bool coverage_load_items(struct coverage_load *l, struct err *e)
{
	struct records all;
	if (!record_list(l->s, l->a, "component", NULL, &all, e))
		return false;
	l->out->item = arena_array(l->a, all.count + 1, sizeof *l->out->item);
	l->serves = arena_array(l->a, all.count + 1, sizeof *l->serves);
	if (!l->out->item || !l->serves)
		return err_memory(e);
	for (size_t i = 0; i < all.count; i++)
		if (!coverage_archived(l, &all.item[i]))
			l->out->item[l->out->items++] =
			    (struct coverage_item){ .id = all.item[i].id,
				    .code = coverage_or_empty(record_get(&all.item[i], "code")),
				    .text = coverage_or_empty(record_get(&all.item[i], "text")) };
	return true;
}

static size_t coverage_find_item(const struct coverage_load *l, const struct id *id)
{
	for (size_t i = 0; i < l->out->items; i++)
		if (id_equal(&l->out->item[i].id, id))
			return i;
	return DRIVER_NONE;
}

static bool coverage_load_teams(struct coverage_load *l, const struct id *team, struct err *e)
{
	struct board b;
	struct coverage *out = l->out;
	if (!board_list(l->s, l->a, false, &b, e))
		return false;
	out->team = arena_array(l->a, b.count + 1, sizeof *out->team);
	if (!out->team)
		return err_memory(e);
	for (size_t i = 0; i < b.count; i++)
		if (!team || id_equal(&b.team[i].id, team))
			out->team[out->teams++] =
			    (struct coverage_team){ .id = b.team[i].id, .name = b.team[i].name };
	out->cell = arena_array(l->a, out->items * out->teams + 1, sizeof *out->cell);
	if (!out->cell)
		return err_memory(e);
	for (size_t i = 0; i < out->items * out->teams; i++)
		out->cell[i] =
		    (struct coverage_cell){ .state = COVERAGE_UNTOUCHED, .first = DRIVER_NONE };
	return true;
}

static struct coverage_cell *coverage_cell_at(const struct coverage_load *l, size_t item)
{
	return &l->out->cell[item * l->out->teams + l->at];
}

// --- a team

// What drivers and ideas name themselves.
static bool coverage_load_parts(
    struct coverage_load *l, struct coverage_team *t, const char *kind, struct err *e)
{
	struct records all;
	if (!record_list(l->s, l->a, kind, &t->id, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		struct id component;
		size_t node = record_ref(&all.item[i], "component", &component)
				  ? driver_find(&t->d, &all.item[i].id)
				  : DRIVER_NONE;
		if (node != DRIVER_NONE)
			l->item[node] = coverage_find_item(l, &component);
	}
	return true;
}

// Rule 1. Parents are nearer the aim: the way up is short.
static void coverage_serve(struct coverage_load *l, const struct driver_diagram *d, size_t node)
{
	if (l->item[node] != DRIVER_NONE)
		l->serves[l->item[node]] = true;
	for (size_t i = 0; i < d->node[node].parent_count; i++)
		coverage_serve(l, d, d->node[node].parents[i].node);
}

static unsigned coverage_taught_by(const struct coverage_load *l, const struct id *idea)
{
	unsigned count = 0;
	for (size_t i = 0; i < l->learned.count; i++)
		count += id_equal(&l->learned.item[i].idea, idea) &&
			 !str_empty(l->learned.item[i].learned);
	return count;
}

static void coverage_count_idea(
    struct coverage_load *l, const struct driver_diagram *d, size_t node)
{
	const struct driver_node *n = &d->node[node];
	enum coverage_state state = coverage_state_of(n);
	unsigned taught = coverage_taught_by(l, &n->id);
	memset(l->serves, 0, l->out->items * sizeof *l->serves);
	coverage_serve(l, d, node);
	for (size_t i = 0; i < l->out->items; i++) {
		struct coverage_cell *cell = coverage_cell_at(l, i);
		if (!l->serves[i])
			continue;
		if (cell->first == DRIVER_NONE || state > cell->state)
			cell->first = node;
		cell->state = state > cell->state ? state : cell->state;
		cell->ideas++;
		cell->cycles += n->cycles;
		cell->tests += n->tests;
		cell->learned += taught;
	}
}

static void coverage_count_nodes(struct coverage_load *l, const struct coverage_team *t)
{
	for (size_t i = 0; i < t->d.count; i++) {
		if (t->d.node[i].archived)
			continue;
		if (t->d.node[i].level == DRIVER_IDEA) {
			coverage_count_idea(l, &t->d, i);
		} else if (l->item[i] != DRIVER_NONE) {
			struct coverage_cell *cell = coverage_cell_at(l, l->item[i]);
			if (cell->state == COVERAGE_UNTOUCHED)
				cell->state = COVERAGE_PLANNED;
		}
	}
}

static bool coverage_set_aside(
    struct coverage_load *l, const struct coverage_team *t, struct err *e)
{
	struct records all;
	if (!record_list(l->s, l->a, "not_applicable", &t->id, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		struct id component;
		size_t item = !coverage_archived(l, &all.item[i]) &&
				      record_ref(&all.item[i], "component", &component)
				  ? coverage_find_item(l, &component)
				  : DRIVER_NONE;
		if (item != DRIVER_NONE && coverage_cell_at(l, item)->state == COVERAGE_UNTOUCHED)
			coverage_cell_at(l, item)->state = COVERAGE_NOT_APPLICABLE;
	}
	return true;
}

// --- what is open

static bool coverage_measured_nodes(
    struct coverage_load *l, const struct coverage_team *t, bool *measured, struct err *e)
{
	struct records all;
	if (!record_list(l->s, l->a, "measure", &t->id, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		struct id driver;
		size_t node = !coverage_archived(l, &all.item[i]) &&
				      record_ref(&all.item[i], "driver", &driver)
				  ? driver_find(&t->d, &driver)
				  : DRIVER_NONE;
		if (node != DRIVER_NONE)
			measured[node] = true;
	}
	return true;
}

static bool coverage_find_gaps(struct coverage_load *l, struct coverage_team *t, struct err *e)
{
	size_t *list = arena_array(l->a, 3 * t->d.count, sizeof *list);
	bool *measured = arena_array(l->a, t->d.count, sizeof *measured);
	if (!list || !measured)
		return err_memory(e);
	size_t *untested = list, *unmeasured = list + t->d.count, *unlinked = list + 2 * t->d.count;
	if (!coverage_measured_nodes(l, t, measured, e))
		return false;
	for (size_t i = 1; i < t->d.count; i++) {
		const struct driver_node *n = &t->d.node[i];
		bool idea = n->level == DRIVER_IDEA;
		if (n->archived)
			continue;
		if (idea && coverage_state_of(n) == COVERAGE_PLANNED)
			untested[t->untested_count++] = i;
		if (!idea && !measured[i])
			unmeasured[t->unmeasured_count++] = i;
		if (n->unplaced)
			unlinked[t->unlinked_count++] = i;
	}
	t->untested = untested;
	t->unmeasured = unmeasured;
	t->unlinked = unlinked;
	return true;
}

static bool coverage_load_team(struct coverage_load *l, struct err *e)
{
	struct coverage_team *t = &l->out->team[l->at];
	if (!driver_load(l->s, l->a, &t->id, &t->d, e))
		return false;
	l->item = arena_array(l->a, t->d.count, sizeof *l->item);
	if (!l->item)
		return err_memory(e);
	for (size_t i = 0; i < t->d.count; i++)
		l->item[i] = DRIVER_NONE;
	if (!coverage_load_parts(l, t, "driver", e) || !coverage_load_parts(l, t, "idea", e))
		return false;
	coverage_count_nodes(l, t);
	return coverage_set_aside(l, t, e) && coverage_find_gaps(l, t, e);
}

bool coverage_load(
    struct store *s, struct arena *a, const struct id *team, struct coverage *out, struct err *e)
{
	struct coverage_load l = { .s = s, .a = a, .out = out };
	struct learned_filter all = { .team = team };
	*out = (struct coverage){ 0 };
	if (!coverage_load_items(&l, e) || !coverage_load_teams(&l, team, e) ||
	    !learned_list(s, a, &all, &l.learned, e))
		return false;
	for (l.at = 0; l.at < out->teams; l.at++)
		if (!coverage_load_team(&l, e))
			return false;
	for (size_t i = 0; i < out->items; i++)
		for (size_t t = 0; t < out->teams; t++)
			out->item[i].teams[out->cell[i * out->teams + t].state]++;
	return true;
}
