// SPDX-License-Identifier: MIT
// Where records stand in a bundle.
#include "store/bundle/bundle.h"

#include <plando/str.h>

// clang-format off
const struct place PLACES[] = {
	{ NULL, "systems", "system", NULL, true },
	{ NULL, "workstreams", "workstream", NULL, true },
	{ NULL, "components", "component", NULL, true },
	{ NULL, "people", "person", NULL, true },
	{ NULL, "teams", "team", NULL, true },
	{ NULL, "events", "event", NULL, true },
	{ NULL, "highlights", "highlight", NULL, true },
	{ NULL, "notes", "note", NULL, true },
	{ NULL, "forms", "form", NULL, true },
	{ "system", "highlights", "highlight", "system", true },
	{ "system", "notes", "note", "system", true },
	{ "team", "people", "person", "team", true },
	{ "team", "members", "membership", "team", true },
	{ "team", "diagram", NULL, "team", true },
	{ "team", "measures", "measure", "team", true },
	{ "team", "ramps", "ramp", NULL, false },
	{ "team", "cycles", "pdsa", "team", true },
	{ "team", "assessments", "assessment", "team", true },
	{ "team", "not_applicable", "not_applicable", "team", true },
	{ "team", "spread", "spread", "team", true },
	{ "team", "meetings", "meeting", "team", true },
	{ "team", "coaching", "coaching", "team", true },
	{ "team", "actions", "action", "team", true },
	{ "team", "involvement", "involvement", "team", true },
	{ "team", "highlights", "highlight", "team", true },
	{ "team", "notes", "note", "team", true },
	{ "idea", "ramps", "ramp", "idea", true },
	{ "idea", "cycles", "pdsa", "idea", false },
	{ "idea", "spread", "spread", "idea", false },
	{ "ramp", "cycles", "pdsa", "ramp", false },
	{ "measure", "points", "point", "measure", true },
	{ "measure", "marks", "mark", "measure", true },
	{ "coaching", "actions", "action", "from_record", false },
	{ "coaching", "coach_notes", "coach_note", "coaching", false },
	{ "event", "attendance", "attendance", "event", true },
	{ "event", "feedback", "feedback", "event", true },
	{ NULL, NULL, NULL, NULL, false },
};
// clang-format on

const struct place *place_find(const char *under, const char *key)
{
	for (const struct place *p = PLACES; p->key; p++)
		if (str_equal(p->under, under) && str_equal(p->key, key))
			return p;
	return NULL;
}
