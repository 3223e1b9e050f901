// SPDX-License-Identifier: MIT
#include "cases.h"

#include <plando/date.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

const char *case_text(const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);
	return y && y->kind == YAML_SCALAR ? y->text : NULL;
}

static bool is_true(const struct yaml *map, const char *key)
{
	return str_equal(case_text(map, key), "true");
}

// , KEY: "value" where there is one
static void put(struct str *s, const char *key, const char *value)
{
	if (!value || !*value)
		return;
	str_printf(s, ", %s: \"", key);
	for (const char *p = value; *p; p++) {
		if (*p == '"' || *p == '\\')
			str_add_char(s, '\\');
		str_add_char(s, *p);
	}
	str_add_char(s, '"');
}

static void put_line(struct str *s, const char *key, const char *value)
{
	struct str line = { .arena = s->arena };
	put(&line, key, value);
	if (line.length)
		str_printf(s, "    %s\n", line.text + 2);
}

static size_t count_of(const struct yaml *list)
{
	return list ? list->count : 0;
}

// --- who, for whom

static void put_team(struct str *s, const struct yaml *c)
{
	const struct yaml *team = yaml_get(c, "team"), *charter = yaml_get(c, "charter");
	const struct yaml *aim = yaml_get(charter, "aim");
	int members = team ? atoi(case_text(team, "members")) : 0;
	put_line(s, "population", case_text(charter, "population"));
	for (size_t i = 0; i < count_of(aim); i++)
		put_line(s, aim->key[i]->text, aim->item[i]->text);
	if (members)
		str_add(s, "    members:\n");
	for (int i = 0; i < members; i++)
		str_printf(s, "      - {person: {name: M%d}, role: %s}\n", i + 1,
		    i == 0 && is_true(team, "lead") ? "lead" : "other");
}

// --- the diagram: a primary driver that all components feed, so that only they count

static void put_diagram(struct str *s, const struct yaml *c)
{
	const struct yaml *parts = yaml_get(c, "components"), *ideas = yaml_get(c, "ideas");
	if (!count_of(parts) && !count_of(ideas))
		return;
	str_add(s, "    diagram:\n      - {key: aim, type: aim, text: Aim}\n");
	if (count_of(parts))
		str_add(s, "      - {key: all, type: primary, text: All, feeds: [aim]}\n");
	for (size_t i = 0; i < count_of(parts); i++)
		str_printf(s, "      - {key: %s, type: secondary, text: %s, feeds: [all]}\n",
		    parts->item[i]->text, parts->item[i]->text);
	for (size_t i = 0; i < count_of(ideas); i++) {
		const struct yaml *idea = ideas->item[i], *to = yaml_get(idea, "components");
		str_printf(s, "      - {key: %s, type: idea, text: %s", case_text(idea, "id"),
		    case_text(idea, "id"));
		put(s, "status", case_text(idea, "status"));
		put(s, "implemented_date", case_text(idea, "impl_date"));
		put(s, "scope", case_text(idea, "scope"));
		put(s, "archived", case_text(idea, "archived"));
		str_add(s, count_of(to) ? ", feeds: [" : "");
		for (size_t k = 0; k < count_of(to); k++)
			str_printf(s, "%s%s", k ? ", " : "", to->item[k]->text);
		str_add(s, count_of(to) ? "]}\n" : "}\n");
	}
}

// --- measures

static void put_point(struct str *s, date_t day, const char *value)
{
	char date[DATE_TEXT];
	const char *slash = strchr(value, '/');
	date_print_iso(day, date);
	str_printf(s, "          - {date: %s", date);
	if (slash) {
		put(s, "numerator", arena_copy(s->arena, value, (size_t)(slash - value)));
		put(s, "denominator", slash + 1);
	} else if (strcmp(value, "~") != 0) {
		put(s, "value", value);
	}
	str_add(s, "}\n");
}

static void put_points(struct str *s, const struct yaml *m)
{
	const struct yaml *monthly = yaml_get(m, "monthly"), *weekly = yaml_get(m, "weekly");
	const struct yaml *values = yaml_get(monthly ? monthly : weekly, "values");
	const char *from = case_text(monthly ? monthly : weekly, "from");
	date_t first = 0;
	if (!values)
		return;
	if (monthly)
		date_parse_iso(arena_printf(s->arena, "%s-01", from), &first);
	else
		date_parse_iso(from, &first);
	str_add(s, "        points:\n");
	for (size_t i = 0; i < values->count; i++)
		put_point(s, monthly ? date_add_months(first, (int)i) : first + 7 * (date_t)i,
		    values->item[i]->text);
}

static void put_measures(struct str *s, const struct yaml *c)
{
	static const char *const same[] = { "type", "goal", "benchmark", "interval", "baseline_end",
		"data", "archived", "aggregate" };
	const struct yaml *all = yaml_get(c, "measures");
	str_add(s, count_of(all) ? "    measures:\n" : "");
	for (size_t i = 0; i < count_of(all); i++) {
		const struct yaml *m = all->item[i];
		const char *way = case_text(m, "direction");
		str_printf(s, "      - key: %s\n        name: %s\n", case_text(m, "id"),
		    case_text(m, "id"));
		for (size_t k = 0; k < sizeof same / sizeof *same; k++)
			if (case_text(m, same[k]))
				str_printf(
				    s, "        %s: \"%s\"\n", same[k], case_text(m, same[k]));
		if (way)
			str_printf(s, "        direction: %s\n",
			    strcmp(way, "lower") == 0	 ? "down"
			    : strcmp(way, "higher") == 0 ? "up"
							 : "none");
		else
			str_add(s, "        direction: up\n");
		str_printf(s, "        key_measure: %s\n        aim_goal: %s\n",
		    is_true(m, "key") ? "true" : "false",
		    is_true(m, "aim_goal") ? "true" : "false");
		put_points(s, m);
	}
}

// --- what was done

static bool has_stage(const struct yaml *stages, const char *stage)
{
	for (size_t i = 0; i < count_of(stages); i++)
		if (strcmp(stages->item[i]->text, stage) == 0)
			return true;
	return false;
}

static void put_cycles(struct str *s, const struct yaml *c)
{
	const struct yaml *all = yaml_get(c, "cycles");
	str_add(s, count_of(all) ? "    cycles:\n" : "");
	for (size_t i = 0; i < count_of(all); i++) {
		const struct yaml *x = all->item[i], *stages = yaml_get(x, "stages");
		const char *kind = case_text(x, "kind");
		str_printf(s, "      - {key: %s", case_text(x, "id"));
		put(s, "idea", case_text(x, "idea"));
		put(s, "type", kind ? kind : "test");
		put(s, "objective", has_stage(stages, "plan") ? "Does it work?" : NULL);
		put(s, "do_start", case_text(x, "do_date"));
		put(s, "what_happened", has_stage(stages, "do") ? "We tried it." : NULL);
		put(s, "learned", has_stage(stages, "study") ? "It works by day." : NULL);
		put(s, "decision", has_stage(stages, "act") ? "adapt" : NULL);
		str_add(s, "}\n");
	}
}

static void put_days(struct str *s, const struct yaml *days, const char *kind, const char *before)
{
	str_printf(s, count_of(days) ? "    %s:\n" : "", kind);
	for (size_t i = 0; i < count_of(days); i++)
		str_printf(s, "      - {%s: %s}\n", before, days->item[i]->text);
}

static void put_spread(struct str *s, const struct yaml *c)
{
	const struct yaml *all = yaml_get(c, "spread");
	str_add(s, count_of(all) ? "    spread:\n" : "");
	for (size_t i = 0; i < count_of(all); i++) {
		str_add(s, "      - {where: Elsewhere");
		put(s, "type", case_text(all->item[i], "kind"));
		put(s, "status", case_text(all->item[i], "status"));
		put(s, "date", case_text(all->item[i], "date"));
		str_add(s, "}\n");
	}
}

static void put_attested(struct str *s, const struct yaml *c)
{
	const struct yaml *all = yaml_get(c, "attest");
	for (size_t i = 0; i < count_of(all); i++) {
		const struct yaml *x = all->item[i];
		const char *date = case_text(x, "date"), *by = case_text(x, "assessor");
		str_printf(s, "      - {date: %s, assessor: %s",
		    date ? date : case_text(c, "as_of"), by ? by : "coach");
		put(s, "by", case_text(x, "by"));
		put(s, "private", case_text(x, "private"));
		str_add(s, ", attestations: [{");
		str_printf(s, "holds: %s", is_true(x, "holds") ? "true" : "false");
		put(s, "criterion", all->key[i]->text);
		put(s, "why", case_text(x, "why"));
		put(s, "fingerprint", case_text(x, "fingerprint"));
		str_add(s, "}]}\n");
	}
}

static void put_assessments(struct str *s, const struct yaml *c)
{
	const char *claimed = case_text(c, "claimed");
	if (!claimed && !yaml_get(c, "attest"))
		return;
	str_add(s, "    assessments:\n");
	if (claimed)
		str_printf(s, "      - {date: %s, assessor: team, score: \"%s\"}\n",
		    case_text(c, "as_of"), claimed);
	put_attested(s, c);
}

char *case_bundle(struct arena *a, const struct yaml *c)
{
	struct str s = STR_IN(a);
	str_add(&s, "plando: 1\n");
	str_add(&s, case_text(c, "package"));
	str_printf(&s, "teams:\n  - name: %s\n", case_text(c, "id"));
	put_team(&s, c);
	put_diagram(&s, c);
	put_measures(&s, c);
	put_cycles(&s, c);
	put_days(&s, yaml_get(c, "meetings"), "meetings", "date");
	put_days(&s, yaml_get(c, "activities"), "actions", "what: Rang, status: done, done_date");
	put_spread(&s, c);
	put_assessments(&s, c);
	str_add(&s, case_text(c, "team_more"));
	return str_done(&s);
}
