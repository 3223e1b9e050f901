// SPDX-License-Identifier: MIT
// The next cycle of a ramp: what carries over, and the ramp itself where there was none.
#include <plando/pdsa.h>

#include <plando/record.h>
#include <plando/str.h>

#include <stdlib.h>

// Who tests what, where and how it is counted stays; dates, what is predicted and what is
// found are new.
static const char *const CARRIED[] = { "team", "idea", "ramp", "title", "type", "leader",
	"objective", "who", "what", "where", "data_plan", "measure", "stop_if" };

enum { QUESTIONS_MOST = 10 };

// A ramp of the old cycle's idea, with the old cycle in it.
static bool pdsa_next_ramp_make(
    struct store *s, struct arena *a, const struct record *r, char ramp[ID_TEXT], struct err *e)
{
	struct id id;
	struct save *v = save_begin(s, a, e);
	const char *idea = record_get(r, "idea"), *title = record_get(r, "title");
	if (!v || !save_new(v, "ramp", NULL, &id, e) || !save_cell(v, &id, "ramp", "idea", idea, e))
		return false;
	id_print(&id, ramp);
	if (!record_get(r, "cycle_no") && !save_cell(v, &r->id, "pdsa", "cycle_no", "1", e))
		return false;
	return save_cell(v, &id, "ramp", "title", title ? title : "", e) &&
	       save_cell(v, &r->id, "pdsa", "ramp", ramp, e) && save_commit(v, NULL, e);
}

// How many cycles a ramp has; one that is only now a ramp has the old one.
static bool pdsa_next_ramp_count(
    struct store *s, struct arena *a, const struct record *r, size_t *out, struct err *e)
{
	struct id ramp;
	struct records all;
	*out = 1;
	if (!record_ref(r, "ramp", &ramp))
		return true;
	if (!record_list_by(s, a, "pdsa", "ramp", &ramp, &all, e))
		return false;
	*out = all.count;
	return true;
}

// After "3" comes "4", after "1a" "1b"; anything else is the person's to number.
static const char *number_next(struct arena *a, const char *number)
{
	char *end = NULL;
	long n = number ? strtol(number, &end, 10) : 0;
	if (n <= 0 || n >= 100000)
		return NULL;
	if (!*end)
		return arena_printf(a, "%ld", n + 1);
	bool letter = *end >= 'a' && *end < 'z' && !end[1];
	return letter ? arena_printf(a, "%ld%c", n, *end + 1) : NULL;
}

// One larger where the decision was to grow.
static const char *scale_next(const struct record *r)
{
	int rank = pdsa_scale_rank(record_get(r, "scale"));
	const char *decision = record_get(r, "decision");
	bool grows = decision && str_equal(decision, "increase");
	if (rank < 0)
		return NULL;
	return grows && PDSA_SCALES[rank + 1] ? PDSA_SCALES[rank + 1] : PDSA_SCALES[rank];
}

struct giving {
	struct arena *a;
	const char **given;
	size_t count;
};

static void pdsa_next_give(struct giving *g, const char *field, const char *value)
{
	if (!value || !field || g->count + 2 >= PDSA_GIVEN)
		return;
	g->given[g->count++] = field;
	g->given[g->count++] = value;
	g->given[g->count] = NULL;
}

// Each question is a row of its own again, in the old order.
static bool pdsa_next_give_questions(
    struct store *s, struct giving *g, const struct record *r, struct err *e)
{
	struct elements rows;
	const char *last = NULL;
	if (!record_elements(r, g->a, "predictions", &rows))
		return err_memory(e);
	for (size_t i = 0; i < rows.count && i < QUESTIONS_MOST; i++) {
		const char *question =
		    record_element_get(r, "predictions", rows.key[i], "question");
		const char *unit = record_element_get(r, "predictions", rows.key[i], "unit");
		struct id chance = id_random(store_env(s));
		char hex[ID_TEXT];
		if (!question)
			continue;
		id_print(&chance, hex);
		last = order_between(g->a, store_env(s), last, NULL);
		pdsa_next_give(g, arena_printf(g->a, "predictions.%.8s.question", hex), question);
		pdsa_next_give(g, arena_printf(g->a, "predictions.%.8s.unit", hex), unit);
		pdsa_next_give(g, arena_printf(g->a, "predictions.%.8s.pos", hex), last);
		if (!last)
			return err_memory(e);
	}
	return true;
}

bool pdsa_next(struct store *s, struct arena *a, const struct id *cycle,
    const char *given[PDSA_GIVEN], struct err *e)
{
	struct record r;
	struct giving g = { a, given, 0 };
	char *ramp = arena_alloc(a, ID_TEXT);
	if (!ramp)
		return err_memory(e);
	*ramp = '\0';
	given[0] = NULL;
	if (!record_load(s, a, cycle, &r, e))
		return false;
	bool has_ramp = record_get(&r, "ramp") != NULL;
	if (!has_ramp && record_get(&r, "idea") && !pdsa_next_ramp_make(s, a, &r, ramp, e))
		return false;
	for (size_t i = 0; i < sizeof CARRIED / sizeof *CARRIED; i++)
		pdsa_next_give(&g, CARRIED[i], record_get(&r, CARRIED[i]));
	if (!has_ramp && *ramp)
		pdsa_next_give(&g, "ramp", ramp);
	pdsa_next_give(&g, "scale", scale_next(&r));
	const char *number = record_get(&r, "cycle_no");
	size_t count;
	if (!pdsa_next_ramp_count(s, a, &r, &count, e))
		return false;
	// A ramp is numbered from its second cycle on.
	pdsa_next_give(&g, "cycle_no",
	    number || (!has_ramp && !*ramp) ? number_next(a, number)
					    : arena_printf(a, "%zu", count + 1));
	return pdsa_next_give_questions(s, &g, &r, e);
}
