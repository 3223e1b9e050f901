// SPDX-License-Identifier: MIT
// The facts of a team's driver diagram, read from its workbook.
#include <plando/driver.h>

#include <plando/aim.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

struct idea { // where its facts are
	struct id id;
	struct driver_fact *fact;
};

struct driver_load_load {
	struct store *s;
	struct arena *a;
	struct driver_facts facts;
	struct idea *idea; // by id
	size_t ideas, links_cap;
	struct id *ramp, *ramp_idea; // that were looked up
	size_t ramps, ramps_cap, ramp_ideas_cap;
};

// Somebody has to choose: a place among siblings is not worth a question (docs/merging.md).
static bool driver_load_in_conflict(const struct record *r)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->cells[i].heads > 1 && !str_equal(r->cells[i].field, "position"))
			return true;
	return r->flag != NULL;
}

static struct driver_fact driver_load_fact_of(
    const struct driver_load_load *l, const struct record *r)
{
	bool idea = str_equal(r->kind, "idea");
	bool primary = str_equal(record_get(r, "type"), "primary");
	return (struct driver_fact){ .id = r->id,
		.level = idea	   ? DRIVER_IDEA
			 : primary ? DRIVER_PRIMARY
				   : DRIVER_SECONDARY,
		.code = record_get(r, "code"),
		.text = record_get(r, "text"),
		.status = idea ? record_get(r, "status") : NULL,
		.position = record_get(r, "position"),
		.archived = record_archived(r, store_today(l->s)),
		.conflict = driver_load_in_conflict(r) };
}

static int driver_load_compare_ideas(const void *x, const void *y)
{
	return id_compare(&((const struct idea *)x)->id, &((const struct idea *)y)->id);
}

static bool load_nodes(struct driver_load_load *l, struct err *e)
{
	struct records drivers, ideas;
	if (!record_list(l->s, l->a, "driver", &l->facts.team, &drivers, e) ||
	    !record_list(l->s, l->a, "idea", &l->facts.team, &ideas, e))
		return false;
	size_t n = drivers.count + ideas.count;
	l->facts.fact = arena_array(l->a, n + 1, sizeof *l->facts.fact);
	l->idea = arena_array(l->a, ideas.count + 1, sizeof *l->idea);
	if (!l->facts.fact || !l->idea)
		return err_memory(e);
	for (size_t i = 0; i < drivers.count; i++)
		l->facts.fact[l->facts.fact_count++] = driver_load_fact_of(l, &drivers.item[i]);
	for (size_t i = 0; i < ideas.count; i++) {
		struct driver_fact *fact = &l->facts.fact[l->facts.fact_count++];
		*fact = driver_load_fact_of(l, &ideas.item[i]);
		l->idea[l->ideas++] = (struct idea){ fact->id, fact };
	}
	qsort(l->idea, l->ideas, sizeof *l->idea, driver_load_compare_ideas);
	return true;
}

static bool driver_load_add_link(struct driver_load_load *l, const struct record *r, struct err *e)
{
	struct driver_join join = { .weak = str_equal(record_get(r, "strength"), "weak") };
	if (!record_ref(r, "from", &join.from) || !record_ref(r, "to", &join.to) ||
	    record_archived(r, store_today(l->s)))
		return true;
	if (!arena_grow(l->a, (void **)&l->facts.join, l->facts.join_count, &l->links_cap,
		sizeof *l->facts.join))
		return err_memory(e);
	l->facts.join[l->facts.join_count++] = join;
	return true;
}

static bool load_links(struct driver_load_load *l, struct err *e)
{
	for (size_t i = 0; i < l->facts.fact_count; i++) {
		struct records links;
		const struct id *from = &l->facts.fact[i].id;
		if (!record_list_by(l->s, l->a, "link", "from", from, &links, e))
			return false;
		for (size_t j = 0; j < links.count; j++)
			if (!driver_load_add_link(l, &links.item[j], e))
				return false;
	}
	return true;
}

// What the team wrote for the diagram, else its aim put together from the charter's parts.
static bool load_aim(struct driver_load_load *l, struct err *e)
{
	struct records charter;
	struct aim aim;
	if (!record_list(l->s, l->a, "charter", &l->facts.team, &charter, e))
		return false;
	if (!charter.count)
		return true;
	const struct cell *cell = record_cell(&charter.item[0], "aim_text");
	l->facts.aim_conflict = cell && cell->heads > 1;
	l->facts.aim = record_get(&charter.item[0], "aim_text");
	if (l->facts.aim)
		return true;
	if (!aim_read(l->s, l->a, &l->facts.team, &aim, e))
		return false;
	l->facts.aim = aim.line;
	return true;
}

// --- cycles

// The idea of a cycle's ramp; the zero id where the ramp is gone.
static bool driver_load_ramp_idea(
    struct driver_load_load *l, const struct id *ramp, struct id *out, struct err *e)
{
	struct record r;
	for (size_t i = l->ramps; i-- > 0;) // cycles of one ramp mostly come together
		if (id_equal(&l->ramp[i], ramp)) {
			*out = l->ramp_idea[i];
			return true;
		}
	if (!arena_grow(l->a, (void **)&l->ramp, l->ramps, &l->ramps_cap, sizeof *l->ramp) ||
	    !arena_grow(
		l->a, (void **)&l->ramp_idea, l->ramps, &l->ramp_ideas_cap, sizeof *l->ramp_idea))
		return err_memory(e);
	struct err gone = { 0 };
	struct id idea = { { 0 } };
	if (record_load(l->s, l->a, ramp, &r, &gone))
		record_ref(&r, "idea", &idea);
	else if (gone.code != ERR_NOINPUT)
		return err_set(e, gone.code, "%s", gone.text);
	l->ramp[l->ramps] = *ramp;
	l->ramp_idea[l->ramps++] = idea;
	*out = idea;
	return true;
}

// Has it begun to be tried out in the world?
static bool driver_load_is_test(const struct driver_load_load *l, const struct record *r)
{
	const char *type = record_get(r, "type"), *start = record_get(r, "do_start");
	date_t began;
	if (!str_equal(type, "test") && !str_equal(type, "implement"))
		return false;
	if (start && date_parse_iso(start, &began))
		return began <= store_today(l->s);
	return record_get(r, "what_happened") != NULL;
}

static bool driver_load_count_cycle(
    struct driver_load_load *l, const struct record *r, struct err *e)
{
	struct idea key = { 0 };
	struct id ramp;
	if (record_archived(r, store_today(l->s)))
		return true;
	record_ref(r, "idea", &key.id);
	if (record_ref(r, "ramp", &ramp)) {
		struct id idea;
		if (!driver_load_ramp_idea(l, &ramp, &idea, e))
			return false;
		if (!id_zero(&idea))
			key.id = idea;
	}
	struct idea *found =
	    bsearch(&key, l->idea, l->ideas, sizeof key, driver_load_compare_ideas);
	if (found) {
		found->fact->cycles++;
		found->fact->tests += driver_load_is_test(l, r);
	}
	return true;
}

static bool load_cycles(struct driver_load_load *l, struct err *e)
{
	struct records cycles;
	if (!record_list(l->s, l->a, "pdsa", &l->facts.team, &cycles, e))
		return false;
	for (size_t i = 0; i < cycles.count; i++)
		if (!driver_load_count_cycle(l, &cycles.item[i], e))
			return false;
	return true;
}

bool driver_load(struct store *s, struct arena *a, const struct id *team,
    struct driver_diagram *out, struct err *e)
{
	struct driver_load_load l = { .s = s, .a = a, .facts = { .team = *team } };
	struct record r;
	if (!record_load(s, a, team, &r, e))
		return false;
	if (!str_equal(r.kind, "team"))
		return err_set(
		    e, ERR_NOINPUT, "only a team has a driver diagram, not a %s", r.kind);
	l.facts.name = record_get(&r, "name");
	return load_aim(&l, e) && load_nodes(&l, e) && load_links(&l, e) && load_cycles(&l, e) &&
	       driver_build(a, &l.facts, out, e);
}
