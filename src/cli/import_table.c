// SPDX-License-Identifier: MIT
// Data points out of a table, measures down and months across or the other way round: import FILE
// TABLE.csv. Every measure is named in it; all cells are good, or nothing is taken.
#include "cli/import_points.h"

#include <plando/intake_table.h>
#include <plando/str.h>

// Its first row is dates; or its first column is, and its other columns are called nothing that
// rows with a date each have.
static bool is_table(const struct importing *i, const struct intake_table *t)
{
	const char *map = option_get(i->c, "map");
	if (!intake_table_dated(t) || intake_table_leads(t) == 0)
		return false;
	if (!intake_table_turned(t))
		return true;
	return !intake_table_of_rows(t) && (!map || str_starts(map, "dates="));
}

static bool maps_take(struct cli *c, struct intake_table *t, struct err *e)
{
	const char *first = option_get(c, "map");
	if (!first && c->words > 2)
		return err_set(e, ERR_USAGE, "import: one argument too many: %s", c->word[2]);
	if (first && !intake_table_map(t, first, e))
		return false;
	for (size_t i = 2; i < c->words; i++)
		if (!intake_table_map(t, c->word[i], e))
			return false;
	return true;
}

static bool cells_look(struct importing *i, const struct intake_table *t, struct err *e)
{
	i->counts = *intake_table_counts(t);
	for (size_t k = 0; k < intake_table_cells(t); k++) {
		const struct intake_table_cell *c = intake_table_cell(t, k);
		if (c->verdict == ENTRY_BAD && !import_line_add(i, c->line, c->column, c->why))
			return err_memory(e);
	}
	return true;
}

static bool report_json(struct importing *i, const struct intake_table *t, struct err *e)
{
	struct json j;
	import_json_begin(i, &j);
	json_put_text(&j, "dates_go", intake_table_turned(t) ? "down" : "across");
	import_json_shape(
	    &j, intake_table_shape(t), intake_table_order(t), intake_table_decimal_comma(t));
	return import_json_end(i, &j, e);
}

static void report_text(struct importing *i, const struct intake_table *t)
{
	import_shape_print(
	    i->c, intake_table_shape(t), intake_table_order(t), intake_table_decimal_comma(t));
	fprintf(i->c->out, "  a table: %s\n",
	    intake_table_turned(t) ? "dates go down, measures across"
				   : "measures go down, dates across");
	for (size_t k = 0; !intake_table_turned(t) && k < intake_table_leads(t); k++) {
		struct intake_column c = intake_table_lead(t, k);
		fprintf(i->c->out, "  %s: %s\n",
		    cli_safe(i->c, *c.name ? c.name : "(no name)", false),
		    c.field == INTAKE_LEFT ? "(left out)" : intake_field_name(c.field));
	}
	import_counts_print(i);
}

bool import_table(struct importing *i, struct store *s, const struct block_bytes *text, FILE *in,
    bool *is, struct err *e)
{
	struct err unread = { 0 };
	struct intake_table *t =
	    intake_table_open(s, i->c->arena, i->name, text, in, false, &unread);
	*is = t && is_table(i, t);
	if (!*is) // what is wrong with it is said by whoever reads rows
		return true;
	i->what = "cell";
	if (!maps_take(i->c, t, e) || !intake_table_weigh(t, NULL, NULL, e) || !cells_look(i, t, e))
		return false;
	bool good = i->counts.verdict[ENTRY_BAD] == 0;
	if (good && !option_given(i->c, "dry-run") && !intake_table_save(t, &i->changes, e))
		return false;
	if (!good)
		import_complain(i, intake_table_dates_open(t) ? "dates=dmy or dates=mdy" : NULL);
	if (option_given(i->c, "json"))
		return report_json(i, t, e);
	if (good)
		report_text(i, t);
	return true;
}
