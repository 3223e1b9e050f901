// SPDX-License-Identifier: MIT
// Records made and changed: add, set, delete. One command is one save.
#include "cli/links.h"
#include "cli/verbs.h"

#include <plando/asked.h>
#include <plando/below.h>
#include <plando/claim.h>
#include <plando/entry_name.h>
#include <plando/history.h>
#include <plando/kind.h>
#include <plando/sheet.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

// FIELD=VALUE as given, with @PATH and - read.
struct assignment {
	const char *field, *value;
	bool used; // as a part of the natural key
};

// An element of a list that this command made: "predictions.3" is its third.
struct made {
	const char *list, *number, *key;
};

// One add or set.
struct edit_edit {
	struct cli *c;
	struct store *s;
	struct save *save;
	struct record record; // of add: id and kind only
	struct record charter;
	const struct form *own; // of its answers; NULL: it has none
	struct assignment *item;
	size_t count;
	struct made made[32];
	size_t made_count;
};

static bool edit_read_assignments(struct edit_edit *d, size_t from, struct err *e)
{
	struct cli *c = d->c;
	d->item = arena_array(c->arena, c->words, sizeof *d->item);
	if (!d->item)
		return err_memory(e);
	for (size_t i = from; i < c->words; i++) {
		struct assignment *a = &d->item[d->count++];
		size_t n = strcspn(c->word[i], "=");
		if (n == 0 || !c->word[i][n])
			return err_set(e, ERR_USAGE, "%s: write it as FIELD=VALUE", c->word[i]);
		a->field = arena_copy(c->arena, c->word[i], n);
		if (!a->field)
			return err_memory(e);
		if (!cli_value(c, c->word[i] + n + 1, &a->value, e))
			return false;
	}
	return true;
}

static struct assignment *edit_find_assignment(const struct edit_edit *d, const char *field)
{
	for (size_t i = 0; i < d->count; i++)
		if (str_equal(d->item[i].field, field))
			return &d->item[i];
	return NULL;
}

// --- natural keys

// A key field as it is stored: a reference as an id, a date as ISO.
static bool edit_key_value(struct edit_edit *d, const struct form_field *field, const char *typed,
    char **stored, struct err *e)
{
	struct record target;
	if (field->type != FIELD_REF)
		return field_parse(d->c->arena, field, typed, store_today(d->s), stored, e);
	if (!record_find(d->s, d->c->arena, field->of, typed, &target, e))
		return false;
	*stored = arena_alloc(d->c->arena, ID_TEXT);
	if (!*stored)
		return err_memory(e);
	id_print(&target.id, *stored);
	return true;
}

static bool edit_natural_key(
    struct edit_edit *d, const struct kind *kind, const char *key[], struct err *e)
{
	size_t n = 0;
	const struct form *form = forms_find(store_forms(d->s), kind->name, e);
	if (!form)
		return false;
	for (size_t i = 0; i < 5 && kind->natural[i]; i++) {
		struct assignment *a = edit_find_assignment(d, kind->natural[i]);
		const struct form_field *field = form_field(form, kind->natural[i]);
		char *stored;
		if (!a || !field)
			continue;
		if (!edit_key_value(d, field, a->value, &stored, e))
			return false;
		a->used = true;
		key[n++] = kind->natural[i];
		key[n++] = stored;
	}
	key[n] = NULL;
	return true;
}

// --- fields

// The point before the number in "predictions.2.result"; NULL: none stands there.
static const char *edit_number_at(const char *field, size_t *n)
{
	for (const char *dot = strchr(field, '.'); dot; dot = strchr(dot + 1, '.')) {
		*n = strspn(dot + 1, "0123456789");
		if (*n > 0 && *n <= 3 && dot[1 + *n] == '.')
			return dot;
	}
	return NULL;
}

// "predictions.2.result": the second prediction, made where it is the next one.
static bool edit_element_cell(
    struct edit_edit *d, const char *field, const char **cell, struct err *e)
{
	struct arena *a = d->c->arena;
	size_t n = 0;
	const char *dot = edit_number_at(field, &n);
	*cell = field;
	if (!dot)
		return true;
	struct made m = { arena_copy(a, field, (size_t)(dot - field)), arena_copy(a, dot + 1, n),
		NULL };
	struct elements have = { 0 };
	if (!m.list || !m.number || !record_elements(&d->record, a, m.list, &have))
		return err_memory(e);
	unsigned long number = strtoul(m.number, NULL, 10);
	if (number >= 1 && number <= have.count)
		m.key = have.key[number - 1];
	for (size_t i = 0; i < d->made_count; i++)
		if (str_equal(d->made[i].list, m.list) && str_equal(d->made[i].number, m.number))
			m.key = d->made[i].key;
	if (!m.key && d->made_count == sizeof d->made / sizeof *d->made)
		return err_set(e, ERR_USAGE, "%s: too many at once; use several commands", field);
	if (!m.key) {
		if (!save_element(d->save, &d->record.id, d->record.kind, m.list, NULL, &m.key, e))
			return false;
		d->made[d->made_count++] = m;
	}
	*cell = arena_printf(a, "%s.%s%s", m.list, m.key, dot + 1 + n);
	return *cell ? true : err_memory(e);
}

// A team's charter, made where there is none.
static bool edit_charter_of(struct edit_edit *d, struct err *e)
{
	char team[ID_TEXT];
	id_print(&d->record.id, team);
	if (d->charter.kind)
		return true;
	d->charter.kind = "charter";
	return save_new(
	    d->save, "charter", (const char *const[]){ "team", team, NULL }, &d->charter.id, e);
}

// An error about a value says of which field.
static bool edit_name_field(struct edit_edit *d, const struct assignment *a, struct err *e)
{
	const struct form *form = forms_find(store_forms(d->s), d->record.kind, NULL);
	bool known = (form && form_field(form, a->field)) ||
		     (d->own && form_field(d->own, a->field)) ||
		     sheet_charter_field(d->s, d->record.kind, a->field);
	return known && e->code == ERR_DATA ? err_place(e, a->field, 0, 0) : false;
}

// "place" of a place profile is a field of its answers; what every note has is not.
static const char *edit_answer_field(struct edit_edit *d, const char *field)
{
	const struct form *form = forms_find(store_forms(d->s), d->record.kind, NULL);
	char *head = arena_copy(d->c->arena, field, strcspn(field, "."));
	if (!d->own || !head || (form && form_field(form, head)))
		return field;
	return cli_or_empty(d->c, arena_printf(d->c->arena, "answers.%s", field));
}

static bool edit_save_assignment(struct edit_edit *d, const struct assignment *a, struct err *e)
{
	const char *cell;
	bool good;
	// Without it nobody can say where in the diagram it stands, nor can it be exported.
	if (str_equal(d->record.kind, "driver") && str_equal(a->field, "type") &&
	    str_empty(a->value))
		return err_set(e, ERR_DATA,
		    "type: a driver is primary or secondary; write type=primary or "
		    "type=secondary");
	if (sheet_charter_field(d->s, d->record.kind, a->field))
		good = edit_charter_of(d, e) &&
		       save_field(d->save, &d->charter.id, "charter", a->field, a->value, e);
	else
		good = edit_element_cell(d, edit_answer_field(d, a->field), &cell, e) &&
		       save_field(d->save, &d->record.id, d->record.kind, cell, a->value, e);
	return good || edit_name_field(d, a, e);
}

// --- links: feeds=REF,REF…

// The team that the record belongs to or will belong to.
static bool edit_team_of(struct edit_edit *d, struct id *team, struct err *e)
{
	struct record found;
	struct assignment *a = edit_find_assignment(d, "team");
	if (!a)
		return record_ref(&d->record, "team", team) ||
		       err_set(e, ERR_USAGE, "feeds: which team? add team=TEAM");
	if (!record_find(d->s, d->c->arena, "team", a->value, &found, e))
		return false;
	*team = found.id;
	return true;
}

static bool edit_save_links(struct edit_edit *d, const char *list, struct err *e)
{
	struct links l = { d->s, d->c->arena, d->save, d->record.id };
	return edit_team_of(d, &l.team, e) && links_set(&l, list, e);
}

// --- the verbs

// A score's steps are those of the instrument that the record names: that is known first.
static bool edit_save_instrument(struct edit_edit *d, struct err *e)
{
	struct assignment *a = edit_find_assignment(d, "instrument");
	if (!a || a->used || !str_equal(d->record.kind, "assessment"))
		return true;
	a->used = true;
	return edit_save_assignment(d, a, e);
}

static bool edit_save_assignments(struct edit_edit *d, struct err *e)
{
	if (!edit_save_instrument(d, e))
		return false;
	for (size_t i = 0; i < d->count; i++) {
		const struct assignment *a = &d->item[i];
		bool good = a->used || (str_equal(a->field, "feeds") && links_kind(d->record.kind)
					       ? edit_save_links(d, a->value, e)
					       : edit_save_assignment(d, a, e));
		if (!good)
			return false;
	}
	return true;
}

static bool edit_place_last(struct edit_edit *d, struct err *e)
{
	struct links l = { d->s, d->c->arena, d->save, d->record.id };
	if (!links_kind(d->record.kind) || edit_find_assignment(d, "position") ||
	    !edit_find_assignment(d, "team"))
		return true;
	return edit_team_of(d, &l.team, e) && links_place_last(&l, d->record.kind, e);
}

// A record is its values: without one of its own there would be nothing to find again.
static bool edit_says_something(
    const struct edit_edit *d, const struct kind *kind, const char *typed, struct err *e)
{
	for (size_t i = 0; i < d->count; i++) {
		const struct assignment *a = &d->item[i];
		if (*a->value && !str_equal(a->field, "feeds") &&
		    !sheet_charter_field(d->s, kind->name, a->field))
			return true;
	}
	return err_set(e, ERR_USAGE,
	    "add: a new %s needs at least one field with a value, as in name=…; plando kinds %s "
	    "lists them",
	    d->own ? d->own->title : kind->label, typed);
}

static bool edit_add_record(struct edit_edit *d, const struct kind *kind, struct err *e)
{
	const char *key[11] = { NULL };
	char nth[ENTRY_NTH_TEXT];
	if (kind->natural[0] && !edit_natural_key(d, kind, key, e))
		return false;
	if (str_equal(kind->name, "point") && !entry_key_typed(d->s, d->c->arena, key, nth, e))
		return false;
	d->record.kind = kind->name;
	return save_new(d->save, kind->name, kind->natural[0] ? key : NULL, &d->record.id, e) &&
	       (!d->own || save_field(d->save, &d->record.id, kind->name, form_naming(kind->name),
			       d->own->id, e)) &&
	       edit_place_last(d, e) && edit_save_assignments(d, e);
}

// The id is out before the save is made: where it cannot be told, nothing is written.
static bool edit_print_id(struct edit_edit *d, struct err *e)
{
	char id[ID_TEXT];
	id_print(&d->record.id, id);
	fprintf(d->c->out, "%s\n", id);
	if (fflush(d->c->out) == 0)
		return true;
	return err_errno(e, "standard output", "write the id");
}

// What set and delete did, and how to undo it.
static bool edit_tell(struct edit_edit *d, struct err *e)
{
	struct history did;
	if (!history_saved(d->s, d->c->arena, d->save, &did, e))
		return false;
	cli_did(d->c, d->s, "saved", &did);
	return true;
}

static bool edit_commit(struct edit_edit *d, struct err *e)
{
	const char *claim;
	if (!asked_keep(d->save, &d->record.id, e) ||
	    !claim_keep(d->save, &d->record.id, &claim, e) || !save_commit(d->save, NULL, e))
		return false;
	if (claim && !d->c->quiet)
		cli_complain(
		    d->c, arena_printf(d->c->arena, "saved; %s. Say why with rationale=…", claim));
	return true;
}

static bool edit_begin(struct edit_edit *d, struct err *e)
{
	d->s = cli_open(d->c, STORE_WRITE, e);
	d->save = d->s ? save_begin(d->s, d->c->arena, e) : NULL;
	return d->save != NULL;
}

static bool edit_kind_to_add(struct edit_edit *d, const struct kind **kind, struct err *e)
{
	struct named_kind named;
	if (!cli_kind(store_forms(d->s), d->c->word[1], &named, e))
		return false;
	*kind = named.kind;
	d->own = named.own;
	return !str_equal(named.kind->name, "collaborative") ||
	       err_set(e, ERR_USAGE,
		   "a workbook holds one collaborative; change it with "
		   "plando set FILE collaborative FIELD=VALUE");
}

bool verb_add(struct cli *c, struct err *e)
{
	struct edit_edit d = { .c = c };
	const struct kind *kind;
	bool good = edit_begin(&d, e) && edit_kind_to_add(&d, &kind, e) &&
		    edit_read_assignments(&d, 2, e) &&
		    edit_says_something(&d, kind, c->word[1], e) && edit_add_record(&d, kind, e) &&
		    edit_print_id(&d, e) && edit_commit(&d, e);
	cli_close(c, d.s);
	return good;
}

// The record that is changed, with what belongs to it.
static bool edit_find_record(struct edit_edit *d, struct err *e)
{
	if (!cli_find(d->c, d->s, NULL, d->c->word[1], &d->record, e))
		return false;
	d->own = sheet_own_form(d->s, &d->record);
	return true;
}

static bool edit_find_charter(struct edit_edit *d, struct err *e)
{
	struct records found;
	if (!str_equal(d->record.kind, "team"))
		return true;
	if (!record_list_by(d->s, d->c->arena, "charter", "team", &d->record.id, &found, e))
		return false;
	if (found.count)
		d->charter = found.item[0];
	return true;
}

bool verb_set(struct cli *c, struct err *e)
{
	struct edit_edit d = { .c = c };
	bool good = edit_read_assignments(&d, 2, e) && edit_begin(&d, e) &&
		    edit_find_record(&d, e) && edit_find_charter(&d, e) &&
		    edit_save_assignments(&d, e) && edit_commit(&d, e) && edit_tell(&d, e);
	cli_close(c, d.s);
	return good;
}

bool verb_delete(struct cli *c, struct err *e)
{
	struct edit_edit d = { .c = c };
	bool good = edit_begin(&d, e) && cli_find(c, d.s, NULL, c->word[1], &d.record, e) &&
		    below_delete(d.save, &d.record.id, NULL, e) && save_commit(d.save, NULL, e) &&
		    edit_tell(&d, e);
	cli_close(c, d.s);
	return good;
}
