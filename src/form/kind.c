// SPDX-License-Identifier: MIT
#include <plando/kind.h>

#include <string.h>

// clang-format off
const struct kind KINDS[] = {
	{ "collaborative", "collaborative", "collaborative", SCOPE_SHARED, {0}, {0}, NULL },
	{ "system", "systems", "system", SCOPE_SHARED, {0}, {0}, NULL },
	{ "workstream", "workstreams", "workstream", SCOPE_SHARED, {0}, {0}, NULL },
	{ "component", "components", "component", SCOPE_SHARED, {0}, {0}, NULL },
	{ "person", "people", "person", SCOPE_EITHER, {"team"}, {0}, NULL },
	{ "team", "teams", "team", SCOPE_SHARED, {0}, {0}, NULL },
	{ "charter", "charter", "charter", SCOPE_TEAM, {"team"}, {"team"}, "team" },
	{ "membership", "members", "membership", SCOPE_TEAM, {"team"}, {0}, "team" },
	{ "driver", "diagram", "driver", SCOPE_TEAM, {"team"}, {0}, "team" },
	{ "idea", "diagram", "change idea", SCOPE_TEAM, {"team"}, {0}, "team" },
	{ "link", "feeds", "link", SCOPE_TEAM, {"from", "to"}, {"from", "to"}, NULL },
	{ "ramp", "ramps", "ramp", SCOPE_TEAM, {"idea"}, {0}, NULL },
	{ "pdsa", "cycles", "PDSA cycle", SCOPE_TEAM, {"team", "idea", "ramp"}, {0}, "team" },
	{ "measure", "measures", "measure", SCOPE_TEAM, {"team"}, {0}, "team" },
	{ "point", "points", "data point", SCOPE_TEAM, {"measure"}, {"measure", "date", "stratum"}, "measure" },
	{ "mark", "marks", "chart annotation", SCOPE_TEAM, {"measure"}, {0}, "measure" },
	{ "assessment", "assessments", "assessment", SCOPE_TEAM, {"team"}, {0}, "team" },
	{ "not_applicable", "not_applicable", "item marked not applicable", SCOPE_TEAM, {"team"}, {"team", "component"}, "team" },
	{ "spread", "spread", "spread entry", SCOPE_TEAM, {"team", "idea"}, {0}, "team" },
	{ "meeting", "meetings", "meeting", SCOPE_TEAM, {"team"}, {0}, "team" },
	{ "coaching", "coaching", "coaching session", SCOPE_TEAM, {"team"}, {0}, "team" },
	{ "coach_note", "coach_notes", "private coach note", SCOPE_PRIVATE, {"coaching"}, {0}, "coaching" },
	{ "action", "actions", "action", SCOPE_TEAM, {"team"}, {0}, "team" },
	{ "event", "events", "event", SCOPE_SHARED, {0}, {0}, NULL },
	{ "attendance", "attendance", "attendance", SCOPE_EITHER, {"person"}, {"event", "person", "system", "team", "mode"}, "event" },
	{ "feedback", "feedback", "feedback", SCOPE_SHARED, {0}, {0}, "event" },
	{ "involvement", "involvement", "involvement", SCOPE_TEAM, {"team"}, {0}, "team" },
	{ "highlight", "highlights", "highlight report", SCOPE_EITHER, {"team"}, {0}, NULL },
	{ "note", "notes", "note", SCOPE_EITHER, {"team"}, {0}, NULL },
	{ "form", "forms", "form", SCOPE_SHARED, {0}, {0}, NULL },
	{ NULL },
};
// clang-format on

const struct kind *kind_find(const char *name)
{
	for (const struct kind *k = KINDS; k->name; k++)
		if (name && strcmp(k->name, name) == 0)
			return k;
	return NULL;
}
