// SPDX-License-Identifier: MIT
#include "published.h"

#include <plando/str.h>
#include <plando/yaml.h>

static struct id id_of(size_t n)
{
	struct id id = { { 0 } };
	id.b[0] = 7;
	id.b[14] = (uint8_t)(n >> 8);
	id.b[15] = (uint8_t)n;
	return id;
}

static const char *text_at(const struct yaml *node, const char *key)
{
	const struct yaml *value = yaml_get(node, key);
	return value ? value->text : NULL;
}

static enum driver_level level_named(const char *name)
{
	for (int l = 0; l < DRIVER_LEVELS; l++)
		if (str_equal(driver_level_name((enum driver_level)l), name))
			return (enum driver_level)l;
	return DRIVER_AIM;
}

// A node is its place in the file; the aim stands first in all of them.
static size_t find_key(const struct yaml *diagram, const char *key)
{
	for (size_t i = 0; i < diagram->count; i++)
		if (str_equal(text_at(diagram->item[i], "key"), key))
			return i;
	return diagram->count;
}

static const struct yaml *find_diagram(const struct yaml *all, const char *team)
{
	const struct yaml *teams = all ? yaml_get(all, "teams") : NULL;
	for (size_t i = 0; teams && i < teams->count; i++)
		if (str_equal(text_at(teams->item[i], "key"), team))
			return yaml_get(teams->item[i], "diagram");
	return NULL;
}

static void take_links(const struct yaml *diagram, size_t i, struct driver_facts *out)
{
	const struct yaml *feeds = yaml_get(diagram->item[i], "feeds");
	for (size_t j = 0; feeds && j < feeds->count; j++)
		out->join[out->join_count++] = (struct driver_join){ id_of(i),
			id_of(find_key(diagram, feeds->item[j]->text)), false };
}

bool published(struct arena *a, const char *text, size_t n, const char *team, bool positions,
    struct driver_facts *out)
{
	struct err e = { 0 };
	const struct yaml *diagram =
	    find_diagram(yaml_read(a, text, n, "published", &YAML_BUNDLE, &e), team);
	if (!diagram || !diagram->count)
		return false;
	size_t links = 0;
	for (size_t i = 0; i < diagram->count; i++) {
		const struct yaml *feeds = yaml_get(diagram->item[i], "feeds");
		links += feeds ? feeds->count : 0;
	}
	*out = (struct driver_facts){ .team = id_of(0),
		.name = team,
		.aim = text_at(diagram->item[0], "text"),
		.fact = arena_array(a, diagram->count, sizeof *out->fact),
		.join = arena_array(a, links + 1, sizeof *out->join) };
	if (!out->fact || !out->join)
		return false;
	for (size_t i = 1; i < diagram->count; i++) {
		const struct yaml *node = diagram->item[i];
		out->fact[out->fact_count++] = (struct driver_fact){ .id = id_of(i),
			.level = level_named(text_at(node, "type")),
			.text = text_at(node, "text"),
			.position = positions ? arena_printf(a, "%06zu", i) : NULL };
		take_links(diagram, i, out);
	}
	return true;
}
