// SPDX-License-Identifier: MIT
// The next cycle of a ramp: what carries over, and the ramp itself where there was none.
#include <plando/pdsa.h>

#include <plando/record.h>
#include <plando/str.h>

#include <stdlib.h>

// Who tests what, where and how it is counted stays; dates, predictions and findings are new.
static const char *const CARRIED[] = { "team", "idea", "ramp", "title", "type", "scale", "leader",
	"objective", "who", "what", "where", "data_plan", "measure", "stop_if" };

// A ramp of the old cycle's idea, with the old cycle in it.
static bool ramp_make(
    struct store *s, struct arena *a, const struct record *r, char ramp[ID_TEXT], struct err *e)
{
	struct id id;
	struct save *v = save_begin(s, a, e);
	const char *idea = record_get(r, "idea"), *title = record_get(r, "title");
	if (!v || !save_new(v, "ramp", NULL, &id, e) || !save_cell(v, &id, "ramp", "idea", idea, e))
		return false;
	id_print(&id, ramp);
	return save_cell(v, &id, "ramp", "title", title ? title : "", e) &&
	       save_cell(v, &r->id, "pdsa", "ramp", ramp, e) && save_commit(v, NULL, e);
}

static const char *number_next(struct arena *a, const char *number)
{
	long n = number ? strtol(number, NULL, 10) : 0;
	return n > 0 && n < 100000 ? arena_printf(a, "%ld", n + 1) : NULL;
}

bool pdsa_next(struct store *s, struct arena *a, const struct id *cycle,
    const char *given[PDSA_GIVEN], struct err *e)
{
	struct record r;
	size_t n = 0;
	char *ramp = arena_alloc(a, ID_TEXT);
	if (!ramp)
		return err_memory(e);
	if (!record_load(s, a, cycle, &r, e))
		return false;
	bool has_ramp = record_get(&r, "ramp") != NULL;
	if (!has_ramp && record_get(&r, "idea") && !ramp_make(s, a, &r, ramp, e))
		return false;
	for (size_t i = 0; i < sizeof CARRIED / sizeof *CARRIED; i++) {
		const char *value = record_get(&r, CARRIED[i]);
		if (str_equal(CARRIED[i], "ramp") && !has_ramp && *ramp)
			value = ramp;
		if (!value)
			continue;
		given[n++] = CARRIED[i];
		given[n++] = value;
	}
	const char *number = number_next(a, record_get(&r, "cycle_no"));
	given[n] = number ? "cycle_no" : NULL;
	given[n + 1] = number;
	given[n + 2] = NULL;
	return true;
}
