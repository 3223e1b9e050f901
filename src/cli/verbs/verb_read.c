// SPDX-License-Identifier: MIT
// Records shown: get, list.
#include "cli/verbs.h"

#include <plando/kind.h>
#include <plando/sheet.h>
#include <plando/str.h>

static bool read_show_record(struct cli *c, struct store *s, const struct record *r, struct err *e)
{
	struct sheet t;
	struct json j;
	if (!sheet_read(s, c->arena, r, &t, e))
		return false;
	if (!option_given(c, "json"))
		return sheet_text(&t, c->arena, c->out, c->width, c->ascii, e);
	json_init(&j, c->out);
	return sheet_json(&t, c->arena, &j, e) && json_done(&j, e);
}

bool verb_get(struct cli *c, struct err *e)
{
	struct record r;
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && cli_find(c, s, NULL, c->word[1], &r, e) && read_show_record(c, s, &r, e);
	cli_close(c, s);
	return good;
}

static bool read_list_json(struct cli *c, struct store *s, const struct records *all, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_array(&j);
	for (size_t i = 0; i < all->count; i++) {
		struct sheet t;
		struct arena_mark mark = arena_mark(c->arena);
		if (!sheet_read(s, c->arena, &all->item[i], &t, e) ||
		    !sheet_json(&t, c->arena, &j, e))
			return false;
		arena_release(c->arena, mark);
	}
	json_end(&j);
	return json_done(&j, e);
}

// The heading stands there also where no record does.
static bool read_list_csv(struct cli *c, struct store *s, const struct named_kind *kind,
    const struct records *all, struct err *e)
{
	struct csv csv = cli_csv(c);
	struct sheet t;
	struct record none = { .kind = kind->kind->name };
	if (!sheet_read_as(s, c->arena, &none, kind->own, &t, e) ||
	    !sheet_csv_head(&t, c->arena, &csv, e))
		return false;
	for (size_t i = 0; i < all->count; i++) {
		struct arena_mark mark = arena_mark(c->arena);
		if (!sheet_read_as(s, c->arena, &all->item[i], kind->own, &t, e) ||
		    !sheet_csv_row(&t, c->arena, &csv, e))
			return false;
		arena_release(c->arena, mark);
	}
	return csv_done(&csv, e);
}

enum { LIST_COLUMNS = 16 };

static const struct sheet_field *read_sheet_find(const struct sheet *t, const char *id)
{
	for (size_t i = 0; i < t->count; i++)
		if (str_equal(t->field[i].name, id))
			return &t->field[i];
	return NULL;
}

// The columns that the form names for its lists, after the first digits of the id; of notes of one
// form also whose they are and when.
static size_t read_list_columns(
    const struct form *form, bool own, struct table_column *column, const char **field)
{
	size_t n = 0;
	column[n++] = (struct table_column){ "id", false, LIST_COLUMNS / 2 };
	if (own) {
		field[n] = "team";
		column[n++] = (struct table_column){ "Team", false, 0 };
		field[n] = "date";
		column[n++] = (struct table_column){ "Date", false, 0 };
	}
	for (const char **p = form->list; p && *p && n < LIST_COLUMNS; p++) {
		const struct form_field *f = form_field(form, *p);
		field[n] = *p;
		bool number = f && field_is_number(f) && f->type != FIELD_SCALE; // that is words
		column[n++] = (struct table_column){ f ? f->label : *p, number, 0 };
	}
	return n;
}

static bool read_list_row(struct cli *c, struct store *s, const struct record *r,
    const char **field, size_t columns, struct table *table, struct err *e)
{
	const char *cell[LIST_COLUMNS] = { NULL };
	char id[ID_TEXT];
	struct sheet t;
	if (!sheet_read(s, c->arena, r, &t, e))
		return false;
	id_print(&r->id, id);
	id[8] = '\0';
	cell[0] = id;
	for (size_t i = 1; i < columns; i++) {
		const struct sheet_field *f = read_sheet_find(&t, field[i]);
		cell[i] = f ? sheet_show(&t, c->arena, f) : "";
	}
	table_row(table, cell);
	return true;
}

static bool read_list_text(struct cli *c, struct store *s, const struct named_kind *kind,
    const struct records *all, struct err *e)
{
	struct table_column column[LIST_COLUMNS];
	const char *field[LIST_COLUMNS];
	const struct form *form =
	    kind->own ? kind->own : forms_find(store_forms(s), kind->kind->name, e);
	if (!form)
		return false;
	size_t columns = read_list_columns(form, kind->own != NULL, column, field);
	struct table table = table_new(c->arena, column, columns, c->ascii);
	for (size_t i = 0; i < all->count; i++)
		if (!read_list_row(c, s, &all->item[i], field, columns, &table, e))
			return false;
	return table_print(&table, c->out, c->width, e);
}

// --- whose it is

// The record that was asked about last: many points hang below one measure.
struct owner {
	struct id asked, team;
};

// Follows a record's references to its team, at most so many steps; false: it has none.
static bool read_team_of(struct cli *c, struct store *s, const struct record *r, int steps,
    struct owner *last, struct id *team)
{
	const struct kind *kind = kind_find(r->kind);
	if (str_equal(r->kind, "team")) {
		*team = r->id;
		return true;
	}
	for (size_t i = 0; kind && steps && i < 4 && kind->via[i]; i++) {
		struct record next;
		struct id to;
		if (!record_ref(r, kind->via[i], &to))
			continue;
		if (id_equal(&to, &last->asked)) {
			*team = last->team;
			return true;
		}
		if (!record_load(s, c->arena, &to, &next, NULL) ||
		    !read_team_of(c, s, &next, steps - 1, last, team))
			continue;
		*last = (struct owner){ to, *team };
		return true;
	}
	return false;
}

// Keeps what belongs to the team, be it by way of a measure, an idea or a person.
static bool read_of_team(struct cli *c, struct store *s, const struct kind *kind, const char *ref,
    struct records *all, struct err *e)
{
	struct record team;
	struct owner last = { 0 };
	size_t kept = 0;
	if (!record_find(s, c->arena, "team", ref, &team, e))
		return false;
	if (!kind->via[0] && !str_equal(kind->name, "team"))
		return err_set(e, ERR_USAGE, "--team: a %s does not belong to a team; leave it out",
		    kind->label);
	for (size_t i = 0; i < all->count; i++) {
		struct id own;
		if (read_team_of(c, s, &all->item[i], 4, &last, &own) && id_equal(&own, &team.id))
			all->item[kept++] = all->item[i];
	}
	all->count = kept;
	return true;
}

static bool read_list_find(
    struct cli *c, struct store *s, struct named_kind *kind, struct records *all, struct err *e)
{
	const char *ref = option_get(c, "team");
	if (!cli_kind(store_forms(s), c->word[1], kind, e) ||
	    !record_list(s, c->arena, kind->kind->name, NULL, all, e))
		return false;
	if (kind->own)
		sheet_keep_own(s, all, kind->own);
	return !ref || read_of_team(c, s, kind->kind, ref, all, e);
}

bool verb_list(struct cli *c, struct err *e)
{
	struct records all;
	struct named_kind kind;
	struct store *s = cli_open(c, STORE_READ, e);
	bool good = s && read_list_find(c, s, &kind, &all, e);
	if (good && option_given(c, "json"))
		good = read_list_json(c, s, &all, e);
	else if (good && option_given(c, "csv"))
		good = read_list_csv(c, s, &kind, &all, e);
	else if (good)
		good = read_list_text(c, s, &kind, &all, e);
	cli_close(c, s);
	return good;
}
