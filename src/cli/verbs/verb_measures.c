// SPDX-License-Identifier: MIT
// The summary table of all measures: measures.
#include "cli/verbs.h"

#include <plando/str.h>
#include <plando/summary.h>

#include <string.h>

enum { SPARK = 12 };

static const char *measures_or_null(const char *text)
{
	return str_empty(text) ? NULL : text;
}

// --- JSON and CSV

static const char *measures_day_of(struct cli *c, bool known, date_t day)
{
	char text[DATE_TEXT] = "";
	if (known)
		date_print_iso(day, text);
	return known ? cli_or_empty(c, arena_strdup(c->arena, text)) : NULL;
}

static void measures_row_json(struct cli *c, const struct summary_row *r, struct json *j)
{
	char id[ID_TEXT], team[ID_TEXT];
	id_print(&r->id, id);
	id_print(&r->team, team);
	json_object(j);
	json_put_text(j, "id", id);
	json_put_object(j, "team");
	json_put_text(j, "id", team);
	json_put_text(j, "name", r->team_name);
	json_end(j);
	json_put_text(j, "name", r->name);
	json_put_text(j, "type", measures_or_null(summary_type(r)));
	json_put_text(j, "unit", measures_or_null(r->unit));
	json_put_int(j, "points", (int64_t)r->points);
	json_put_object(j, "last");
	json_put_text(j, "date", measures_day_of(c, r->dated, r->date));
	json_key(j, "value");
	json_real(j, r->value);
	json_end(j);
	json_put_bool(j, "stale", r->stale);
	json_key(j, "goal");
	json_decimal(j, measures_or_null(r->goal_typed));
	json_put_text(j, "goal_by", measures_day_of(c, r->has_goal_by, r->goal_by));
	json_put_array(j, "course");
	for (size_t i = 0; i < r->courses; i++)
		json_real(j, r->course[i]);
	json_end(j);
	json_put_bool(j, "enough", r->enough);
	json_put_bool(j, "signal", r->direction != NULL);
	json_put_text(j, "direction", r->direction);
	json_put_text(j, "variation", r->variation);
	json_put_text(j, "assurance", r->assurance);
	json_put_text(j, "finding", r->finding);
	json_end(j);
}

static bool measures_json(struct cli *c, const struct summary *all, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_object(&j);
	json_put_array(&j, "measures");
	for (size_t i = 0; i < all->count; i++)
		measures_row_json(c, &all->row[i], &j);
	json_end(&j);
	json_end(&j);
	return json_done(&j, e);
}

static bool measures_csv(struct cli *c, const struct summary *all, struct err *e)
{
	static const char *const HEADINGS[] = { "team", "measure", "type", "unit", "points",
		"last_date", "last", "stale", "goal", "goal_by", "signal", "assurance", "finding" };
	struct csv csv = cli_csv(c);
	csv_row(&csv, HEADINGS, sizeof HEADINGS / sizeof *HEADINGS);
	for (size_t i = 0; i < all->count; i++) {
		const struct summary_row *r = &all->row[i];
		const char *const cell[] = { r->team_name, r->name, summary_type(r), r->unit,
			cli_number(c, (int64_t)r->points), measures_day_of(c, r->dated, r->date),
			r->dated ? arena_printf(c->arena, "%.15g", r->value) : "",
			r->stale ? "yes" : "no", r->goal_typed,
			measures_day_of(c, r->has_goal_by, r->goal_by), summary_words(r),
			r->assurance, r->finding };
		csv_row(&csv, cell, sizeof cell / sizeof *cell);
	}
	return csv_done(&csv, e);
}

// --- for people

static bool measures_text(struct cli *c, const struct summary *all, bool teams, struct err *e)
{
	static const struct table_column COLUMNS[] = { { "team", false, 8 },
		{ "measure", false, 12 }, { "last", true, 6 }, { "goal", true, 5 },
		{ "last 12 points", false, 12 }, { "signal", false, 8 }, { "last point", false, 8 },
		{ "P ? F", false, 5 } };
	size_t skip = teams ? 0 : 1, columns = sizeof COLUMNS / sizeof *COLUMNS - skip;
	struct table table =
	    table_new(c->arena, COLUMNS + skip, columns - (all->marks ? 0 : 1), c->ascii);
	if (!all->count) {
		fputs("No measure yet: plando add FILE measure team=TEAM name=…\n", c->out);
		return true;
	}
	for (size_t i = 0; i < all->count; i++) {
		const struct summary_row *r = &all->row[i];
		const char *const cell[] = { r->team_name, r->name, r->last, r->goal,
			summary_spark(c->arena, r, SPARK, c->ascii),
			arena_printf(c->arena, "%s %s", r->sign, summary_words(r)),
			r->stale ? arena_printf(c->arena, "%s, stale", r->when) : r->when,
			r->mark };
		table_row(&table, cell + skip);
	}
	return table_print(&table, c->out, c->width, e);
}

bool verb_measures(struct cli *c, struct err *e)
{
	struct summary all;
	struct record team;
	const char *ref = option_get(c, "team");
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && (!ref || cli_find(c, s, "team", ref, &team, e)) &&
		    summary_load(s, c->arena, ref ? &team.id : NULL, false, c->ascii, &all, e);
	if (good)
		good = option_given(c, "json")	? measures_json(c, &all, e)
		       : option_given(c, "csv") ? measures_csv(c, &all, e)
						: measures_text(c, &all, !ref, e);
	cli_close(c, s);
	return good;
}
