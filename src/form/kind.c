// SPDX-License-Identifier: MIT
#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

// clang-format off
const struct kind KINDS[] = {
	{ "collaborative", "collaborative", "collaborative", SCOPE_SHARED, {0}, {0}, NULL, 0, 0 },
	{ "system", "systems", "system", SCOPE_SHARED, {0}, {0}, NULL, 0, 0 },
	{ "workstream", "workstreams", "workstream", SCOPE_SHARED, {0}, {0}, NULL, 0, 0 },
	{ "component", "components", "component", SCOPE_SHARED, {0}, {0}, NULL, 0, 0 },
	{ "person", "people", "person", SCOPE_EITHER, {"team"}, {0}, NULL, 0, 0 },
	{ "team", "teams", "team", SCOPE_SHARED, {0}, {0}, NULL, 0, 0 },
	{ "charter", "charter", "charter", SCOPE_TEAM, {"team"}, {"team"}, "team", 0, 0 },
	{ "membership", "members", "membership", SCOPE_TEAM, {"team"}, {0}, "team", 0, 0 },
	{ "driver", "diagram", "driver", SCOPE_TEAM, {"team"}, {0}, "team", 0, 0 },
	{ "idea", "diagram", "change idea", SCOPE_TEAM, {"team"}, {0}, "team", 0, 0 },
	{ "link", "feeds", "link", SCOPE_TEAM, {"from", "to"}, {"from", "to"}, NULL, 0, 0 },
	{ "ramp", "ramps", "ramp", SCOPE_TEAM, {"idea"}, {0}, NULL, 0, 0 },
	{ "pdsa", "cycles", "PDSA cycle", SCOPE_TEAM, {"team", "idea", "ramp"}, {0}, "team", 0, 0 },
	{ "measure", "measures", "measure", SCOPE_TEAM, {"team"}, {0}, "team", 0, 0 },
	{ "point", "points", "data point", SCOPE_TEAM, {"measure"}, {"measure", "date", "stratum", "nth"}, "measure", 0, 3 },
	{ "mark", "marks", "chart annotation", SCOPE_TEAM, {"measure"}, {0}, "measure", 0, 0 },
	{ "assessment", "assessments", "assessment", SCOPE_TEAM, {"team"}, {0}, "team", 0, 0 },
	{ "not_applicable", "not_applicable", "item marked not applicable", SCOPE_TEAM, {"team"}, {"team", "component"}, "team", 0, 0 },
	{ "spread", "spread", "spread entry", SCOPE_TEAM, {"team", "idea"}, {0}, "team", 0, 0 },
	{ "meeting", "meetings", "meeting", SCOPE_TEAM, {"team"}, {0}, "team", 0, 0 },
	{ "coaching", "coaching", "coaching session", SCOPE_TEAM, {"team"}, {0}, "team", 0, 0 },
	{ "coach_note", "coach_notes", "private coach note", SCOPE_PRIVATE, {"coaching"}, {0}, "coaching", 0, 0 },
	{ "action", "actions", "action", SCOPE_TEAM, {"team"}, {0}, "team", 0, 0 },
	{ "event", "events", "event", SCOPE_SHARED, {0}, {0}, NULL, 0, 0 },
	{ "attendance", "attendance", "attendance", SCOPE_EITHER, {"person"}, {"event", "person", "system", "team", "mode"}, "event", 2, 0 },
	{ "feedback", "feedback", "feedback", SCOPE_SHARED, {0}, {0}, "event", 0, 0 },
	{ "involvement", "involvement", "involvement", SCOPE_TEAM, {"team"}, {0}, "team", 0, 0 },
	{ "highlight", "highlights", "highlight report", SCOPE_EITHER, {"team"}, {0}, NULL, 0, 0 },
	{ "note", "notes", "note", SCOPE_EITHER, {"team"}, {0}, NULL, 0, 0 },
	{ "form", "forms", "form", SCOPE_SHARED, {0}, {0}, NULL, 0, 0 },
	{ "same", "same", "join", SCOPE_SHARED, {0}, {"one", "other"}, NULL, 0, 0 },
	{ NULL },
};

const struct kind_below KIND_BELOW[] = {
	{ "team", "charter", "team", false },
	{ "team", "membership", "team", false },
	{ "team", "driver", "team", false },
	{ "team", "idea", "team", false },
	{ "team", "pdsa", "team", false },
	{ "team", "measure", "team", false },
	{ "team", "assessment", "team", false },
	{ "team", "not_applicable", "team", false },
	{ "team", "spread", "team", false },
	{ "team", "meeting", "team", false },
	{ "team", "coaching", "team", false },
	{ "team", "action", "team", false },
	{ "team", "involvement", "team", false },
	{ "team", "highlight", "team", false },
	{ "team", "note", "team", false },
	{ "person", "membership", "person", false },
	{ "person", "attendance", "person", false },
	{ "driver", "link", "from", false },
	{ "driver", "link", "to", false },
	{ "idea", "link", "from", false },
	{ "idea", "ramp", "idea", true },
	{ "idea", "pdsa", "idea", true },
	{ "ramp", "pdsa", "ramp", true },
	{ "idea", "spread", "idea", true },
	{ "measure", "point", "measure", false },
	{ "measure", "mark", "measure", false },
	{ "component", "not_applicable", "component", false },
	{ "event", "attendance", "event", false },
	{ "event", "feedback", "event", false },
	{ "coaching", "coach_note", "coaching", false },
	{ .of = NULL },
};
// clang-format on

bool kind_has_below(const char *kind)
{
	for (const struct kind_below *b = KIND_BELOW; b->of; b++)
		if (str_equal(b->of, kind))
			return true;
	return false;
}

const struct kind *kind_find(const char *name)
{
	for (const struct kind *k = KINDS; k->name; k++)
		if (name && strcmp(k->name, name) == 0)
			return k;
	return NULL;
}

bool kind_among(const char *kinds, const char *kind)
{
	size_t n = strlen(kind);
	for (const char *p = kinds; p && *p; p += strcspn(p, " "), p += strspn(p, " "))
		if (strncmp(p, kind, n) == 0 && (p[n] == ' ' || !p[n]))
			return true;
	return !kinds;
}

static bool kind_has(const char *const *field, size_t most, const char *name)
{
	for (size_t i = 0; i < most && field[i]; i++)
		if (strcmp(field[i], name) == 0)
			return true;
	return false;
}

bool kind_names(const struct kind *k, const char *field)
{
	return kind_has(k->natural, sizeof k->natural / sizeof *k->natural, field);
}

bool kind_places(const struct kind *k, const char *field)
{
	return kind_has(k->via, sizeof k->via / sizeof *k->via, field);
}

struct id kind_natural_id(const struct kind *k, const char *const value[])
{
	const char *parts[8] = { k->name };
	size_t n = 0, given = 0;
	for (; k->natural[n]; n++)
		given += n == given && !str_empty(value[n]);
	if (k->enough && given >= k->enough)
		n = k->enough;
	while (k->always && n > k->always && str_empty(value[n - 1]))
		n--;
	for (size_t i = 0; i < n; i++)
		parts[i + 1] = value[i];
	return id_natural(parts, n + 1);
}
