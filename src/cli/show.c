// SPDX-License-Identifier: MIT
// Records and values in the words of people, for lines of text: conflicts, log.
#include "cli/verbs.h"

#include <plando/kind.h>
#include <plando/str.h>
#include <plando/words.h>

#include <inttypes.h>
#include <string.h>

const struct form_field *cli_field(
    struct cli *c, struct store *s, const char *kind, const char *cell)
{
	const struct form *form = kind_find(kind) ? forms_find(store_forms(s), kind, NULL) : NULL;
	const struct form_field *field = form ? form_field(form, cell) : NULL;
	const char *key = strchr(cell, '.'), *sub = key ? strchr(key + 1, '.') : NULL;
	if (!form || field || !sub)
		return field;
	const char *name = arena_printf(c->arena, "%.*s%s", (int)(key - cell), cell, sub);
	return name ? form_field(form, name) : NULL;
}

const char *cli_show(
    struct cli *c, struct store *s, const char *kind, const char *cell, const char *value)
{
	struct id id;
	const struct form_field *field = cli_field(c, s, kind, cell);
	if (str_empty(value))
		return "(empty)";
	if (id_parse(value, &id))
		value = record_ref_named(s, c->arena, field ? field->of : NULL, value);
	else if (field)
		value = field_show(c->arena, field, value, store_today(s));
	return cli_safe(c, cli_or_empty(c, value), false);
}

const char *cli_call(struct cli *c, struct store *s, const struct id *id)
{
	struct record r;
	if (!record_load_brief(s, c->arena, id, &r, NULL))
		return "";
	const struct kind *kind = kind_find(r.kind);
	// A charter is called as its team.
	const char *team = str_equal(r.kind, "charter") ? record_get(&r, "team") : NULL;
	const char *title =
	    team ? record_ref_title(s, c->arena, team) : record_title(s, c->arena, &r);
	const char *text =
	    title ? arena_printf(c->arena, "%s %s", kind ? kind->label : r.kind, title) : NULL;
	return cli_safe(c, cli_or_empty(c, text), false);
}

void cli_did(struct cli *c, struct store *s, const char *what, const struct history *did)
{
	if (did->count == 0 || c->quiet)
		return;
	fprintf(c->out, "%016" PRIx64 "  %s: %s\n", did->item[0].cid, what,
	    cli_safe(c, cli_or_empty(c, words_save(s, c->arena, did)), false));
}

struct csv cli_csv(struct cli *c)
{
	struct csv csv = csv_new(c->arena, c->out);
	if (option_given(c, "excel"))
		csv_mark(&csv);
	return csv;
}
