// SPDX-License-Identifier: MIT
// Which team tests which item of the change package, and what the diagrams leave open.
#include "cli/verbs.h"

#include <plando/coverage.h>
#include <plando/str.h>

static const struct coverage_cell *coverage_cell_at(
    const struct coverage *v, size_t item, size_t team)
{
	return &v->cell[item * v->teams + team];
}

// --- JSON

static void coverage_put_id(struct json *j, const char *key, const struct id *id)
{
	char text[ID_TEXT];
	id_print(id, text);
	json_put_text(j, key, text);
}

static void coverage_item_json(struct json *j, const struct coverage *v, size_t item)
{
	json_object(j);
	coverage_put_id(j, "id", &v->item[item].id);
	json_put_text(j, "code", v->item[item].code);
	json_put_text(j, "text", v->item[item].text);
	json_put_array(j, "teams");
	for (size_t t = 0; t < v->teams; t++) {
		const struct coverage_cell *cell = coverage_cell_at(v, item, t);
		json_object(j);
		coverage_put_id(j, "id", &v->team[t].id);
		json_put_text(j, "name", v->team[t].name);
		json_put_text(j, "state", coverage_state_name(cell->state));
		json_put_int(j, "ideas", cell->ideas);
		json_put_int(j, "cycles", cell->cycles);
		json_put_int(j, "tests", cell->tests);
		json_put_int(j, "learned", cell->learned);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static void coverage_nodes_json(struct json *j, const char *key, const struct driver_diagram *d,
    const size_t *node, size_t count)
{
	json_put_array(j, key);
	for (size_t i = 0; i < count; i++) {
		json_object(j);
		coverage_put_id(j, "id", &d->node[node[i]].id);
		json_put_text(j, "type", driver_level_name(d->node[node[i]].level));
		json_put_text(j, "code", d->node[node[i]].code);
		json_put_text(j, "text", d->node[node[i]].text);
		json_end(j);
	}
	json_end(j);
}

static void coverage_team_json(struct json *j, const struct coverage_team *t)
{
	json_object(j);
	coverage_put_id(j, "id", &t->id);
	json_put_text(j, "name", t->name);
	json_put_int(j, "ideas", (int64_t)t->d.shown[DRIVER_IDEA]);
	json_put_int(j, "tested", (int64_t)t->d.tested);
	coverage_nodes_json(j, "untested", &t->d, t->untested, t->untested_count);
	coverage_nodes_json(j, "unmeasured", &t->d, t->unmeasured, t->unmeasured_count);
	coverage_nodes_json(j, "unlinked", &t->d, t->unlinked, t->unlinked_count);
	json_end(j);
}

static bool coverage_json(struct cli *c, const struct coverage *v, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_object(&j);
	json_put_array(&j, "components");
	for (size_t i = 0; i < v->items; i++)
		coverage_item_json(&j, v, i);
	json_end(&j);
	json_put_array(&j, "teams");
	for (size_t t = 0; t < v->teams; t++)
		coverage_team_json(&j, &v->team[t]);
	json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}

// --- CSV: one line an item and team

static bool coverage_csv(struct cli *c, const struct coverage *v, struct err *e)
{
	static const char *const HEADINGS[] = { "code", "component", "team", "state", "ideas",
		"cycles", "tests", "learned" };
	struct csv csv = cli_csv(c);
	csv_row(&csv, HEADINGS, sizeof HEADINGS / sizeof *HEADINGS);
	for (size_t i = 0; i < v->items; i++)
		for (size_t t = 0; t < v->teams; t++) {
			const struct coverage_cell *cell = coverage_cell_at(v, i, t);
			const char *const row[] = { v->item[i].code, v->item[i].text,
				v->team[t].name, coverage_state_name(cell->state),
				cli_number(c, cell->ideas), cli_number(c, cell->cycles),
				cli_number(c, cell->tests), cli_number(c, cell->learned) };
			csv_row(&csv, row, sizeof row / sizeof *row);
		}
	return csv_done(&csv, e);
}

// --- for people

static const char *coverage_teams_in(
    struct cli *c, const struct coverage *v, size_t item, enum coverage_state state)
{
	struct str s = STR_IN(c->arena);
	for (size_t t = 0; t < v->teams; t++)
		if (coverage_cell_at(v, item, t)->state == state)
			str_printf(&s, "%s%s", s.length ? ", " : "", v->team[t].name);
	return str_done(&s);
}

static const char *coverage_count_in(
    struct cli *c, const struct coverage *v, size_t item, enum coverage_state state)
{
	return v->item[item].teams[state]
		   ? arena_printf(c->arena, "%zu", v->item[item].teams[state])
		   : "";
}

// With one team it says how far; with many who is at it.
static bool coverage_items_text(struct cli *c, const struct coverage *v, struct err *e)
{
	static const struct table_column COLUMNS[] = { { "item", false, 16 },
		{ "untouched", true, 3 }, { "planned", true, 3 }, { "testing", false, 8 },
		{ "implementing", false, 8 }, { "implemented", false, 8 },
		{ "tried, left", false, 4 } };
	struct table table =
	    table_new(c->arena, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS, c->ascii);
	for (size_t i = 0; i < v->items; i++) {
		const struct coverage_item *item = &v->item[i];
		table_row(
		    &table, (const char *const[]){ arena_printf(c->arena, "%s%s%s", item->code,
						       *item->code ? " " : "", item->text),
				coverage_count_in(c, v, i, COVERAGE_UNTOUCHED),
				coverage_count_in(c, v, i, COVERAGE_PLANNED),
				coverage_teams_in(c, v, i, COVERAGE_TESTING),
				coverage_teams_in(c, v, i, COVERAGE_IMPLEMENTING),
				coverage_teams_in(c, v, i, COVERAGE_IMPLEMENTED),
				coverage_teams_in(c, v, i, COVERAGE_LEFT) });
	}
	return table_print(&table, c->out, c->width, e);
}

static const char *coverage_codes(
    struct cli *c, const struct driver_diagram *d, const size_t *node, size_t count)
{
	struct str s = STR_IN(c->arena);
	for (size_t i = 0; i < count; i++)
		str_printf(&s, "%s%s", i ? " " : "", d->node[node[i]].code);
	return str_done(&s);
}

static bool coverage_teams_text(struct cli *c, const struct coverage *v, struct err *e)
{
	static const struct table_column COLUMNS[] = { { "team", false, 12 },
		{ "ideas tested/all", true, 5 }, { "untested", false, 8 },
		{ "drivers without a measure", false, 8 }, { "not linked", false, 4 } };
	struct table table =
	    table_new(c->arena, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS, c->ascii);
	for (size_t i = 0; i < v->teams; i++) {
		const struct coverage_team *t = &v->team[i];
		table_row(&table,
		    (const char *const[]){ t->name,
			arena_printf(c->arena, "%zu/%zu", t->d.tested, t->d.shown[DRIVER_IDEA]),
			coverage_codes(c, &t->d, t->untested, t->untested_count),
			coverage_codes(c, &t->d, t->unmeasured, t->unmeasured_count),
			coverage_codes(c, &t->d, t->unlinked, t->unlinked_count) });
	}
	return table_print(&table, c->out, c->width, e);
}

static bool coverage_text(struct cli *c, const struct coverage *v, struct err *e)
{
	if (!v->items)
		fputs("No change package yet: plando add FILE component code=A text=…\n", c->out);
	else if (!coverage_items_text(c, v, e))
		return false;
	fputc('\n', c->out);
	return coverage_teams_text(c, v, e);
}

bool verb_coverage(struct cli *c, struct err *e)
{
	struct coverage v;
	struct record team;
	const char *ref = option_get(c, "team");
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && (!ref || cli_find(c, s, "team", ref, &team, e)) &&
		    coverage_load(s, c->arena, ref ? &team.id : NULL, &v, e);
	if (good)
		good = option_given(c, "json")	? coverage_json(c, &v, e)
		       : option_given(c, "csv") ? coverage_csv(c, &v, e)
						: coverage_text(c, &v, e);
	cli_close(c, s);
	return good;
}
