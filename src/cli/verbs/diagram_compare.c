// SPDX-License-Identifier: MIT
// diagram --compare DATE: what became of the team's theory since then.
#include "cli/verbs/diagram_compare.h"

#include <plando/str.h>

static void diagram_compare_put_node(struct json *j, const struct driver_diagram *d, size_t node)
{
	char id[ID_TEXT];
	id_print(&d->node[node].id, id);
	json_object(j);
	json_put_text(j, "id", id);
	json_put_text(j, "type", driver_level_name(d->node[node].level));
	json_put_text(j, "code", d->node[node].code);
	json_put_text(j, "text", d->node[node].text);
}

static void diagram_compare_put_parents(
    struct json *j, const char *key, const struct driver_diagram *d, size_t node)
{
	char id[ID_TEXT];
	json_put_array(j, key);
	for (size_t i = 0; i < d->node[node].parent_count; i++) {
		id_print(&d->node[d->node[node].parents[i].node].id, id);
		json_text(j, id);
	}
	json_end(j);
}

static void diagram_compare_put_changed(
    struct json *j, const char *key, const struct driver_diff *diff, unsigned change)
{
	json_put_array(j, key);
	for (size_t i = 0; i < diff->count; i++) {
		const struct driver_difference *item = &diff->item[i];
		bool retired = change == DRIVER_RETIRED;
		if (!(item->change & change))
			continue;
		diagram_compare_put_node(
		    j, retired ? diff->before : diff->after, retired ? item->before : item->after);
		if (change == DRIVER_MOVED) {
			diagram_compare_put_parents(j, "was", diff->before, item->before);
			diagram_compare_put_parents(j, "now", diff->after, item->after);
		}
		if (change == DRIVER_REWORDED)
			json_put_text(j, "was", diff->before->node[item->before].text);
		json_end(j);
	}
	json_end(j);
}

static bool compare_json(struct cli *c, const struct driver_diff *diff, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_object(&j);
	json_put_text(&j, "team", diff->after->name);
	diagram_compare_put_changed(&j, "added", diff, DRIVER_ADDED);
	diagram_compare_put_changed(&j, "retired", diff, DRIVER_RETIRED);
	diagram_compare_put_changed(&j, "moved", diff, DRIVER_MOVED);
	diagram_compare_put_changed(&j, "reworded", diff, DRIVER_REWORDED);
	json_end(&j);
	return json_done(&j, e);
}

static const char *diagram_compare_parents_of(
    struct cli *c, const struct driver_diagram *d, size_t node)
{
	struct str s = STR_IN(c->arena);
	for (size_t i = 0; i < d->node[node].parent_count; i++) {
		const struct driver_edge *edge = &d->node[node].parents[i];
		str_printf(&s, "%s%s%s", i ? ", " : "",
		    edge->node ? d->node[edge->node].code : "the aim", edge->weak ? " (weak)" : "");
	}
	const char *text = str_done(&s);
	return str_empty(text) ? "nothing" : text;
}

static void diagram_compare_print_item(
    struct cli *c, const struct driver_diff *diff, const struct driver_difference *item)
{
	bool retired = item->change == DRIVER_RETIRED;
	const struct driver_diagram *d = retired ? diff->before : diff->after;
	size_t node = retired ? item->before : item->after;
	const char *sign = retired ? "-" : item->change == DRIVER_ADDED ? "+" : "~";
	struct str s = STR_IN(c->arena);
	str_printf(&s, "%s %s %s", sign, node ? d->node[node].code : "Aim", d->node[node].text);
	if (item->change != DRIVER_RETIRED && item->change != DRIVER_REWORDED && node)
		str_printf(&s, " (feeds %s", diagram_compare_parents_of(c, d, node));
	if (item->change & DRIVER_MOVED)
		str_printf(
		    &s, ", fed %s", diagram_compare_parents_of(c, diff->before, item->before));
	if (item->change != DRIVER_RETIRED && item->change != DRIVER_REWORDED && node)
		str_add_char(&s, ')');
	if (item->change & DRIVER_REWORDED)
		str_printf(&s, " (said: %s)", diff->before->node[item->before].text);
	fprintf(c->out, "%s\n", cli_safe(c, str_done(&s), false));
}

bool diagram_compare_load(struct cli *c, const struct id *team, const struct driver_diagram *after,
    struct driver_diagram *before, struct driver_diff *diff, struct err *e)
{
	int64_t moment;
	struct err none = { 0 };
	if (!option_moment(c, "compare", true, &moment, e))
		return false;
	struct store *s = store_open(c->word[0], STORE_READ, &c->env, e);
	bool good = s && store_as_of(s, moment, e);
	if (good && !driver_load(s, c->arena, team, before, &none)) {
		good = none.code == ERR_NOINPUT; // the team was not there yet: all is new
		if (!good)
			*e = none;
		*before = (struct driver_diagram){ .team = *team, .name = after->name };
	}
	cli_close(c, s);
	return good && driver_diff(c->arena, before, after, diff, e);
}

bool diagram_compare(
    struct cli *c, const struct id *team, const struct driver_diagram *after, struct err *e)
{
	struct driver_diagram before;
	struct driver_diff diff;
	if (!diagram_compare_load(c, team, after, &before, &diff, e))
		return false;
	if (option_given(c, "json"))
		return compare_json(c, &diff, e);
	const char *words = driver_diff_words(c->arena, &diff);
	fprintf(c->out, "%s, since %s: %s\n", cli_safe(c, after->name, false),
	    option_get(c, "compare"), words ? words : "");
	for (size_t i = 0; i < diff.count; i++)
		diagram_compare_print_item(c, &diff, &diff.item[i]);
	return true;
}
