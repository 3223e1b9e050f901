// SPDX-License-Identifier: MIT
// A workbook as a bundle. Every cell that a person can see is written once:
//  1. Records stand where kinds.md puts them; what hangs below nothing stands under "others".
//  2. A value that the import would not take as it is (a choice from a newer form, a line feed in a
//     line) stands under "more", by the name of its cell.
//  3. Private notes are not written.
#include "store/bundle.h"
#include "store/store.h"

#include <plando/str.h>
#include <plando/yaml.h>

#include <stdlib.h>
#include <string.h>

struct shelf { // the records of one kind
	const char *kind;
	struct records records;
	bool *written;
};

struct child {
	const char *parent; // UUID
	size_t at;
};

struct sorted { // records of a shelf by the record that a field names
	const struct shelf *shelf;
	const char *field;
	struct child *child;
	size_t count;
};

enum { SORTED_MOST = 64 };

struct out {
	struct store *store;
	struct arena *arena;
	struct yaml_writer *w;
	struct err *e;
	struct shelf *shelf;
	size_t shelves;
	struct sorted sorted[SORTED_MOST];
	size_t sorts;
	bool *cell_done; // of the record at hand
	bool failed;
};

static bool fail(struct out *o)
{
	if (!o->failed)
		err_memory(o->e);
	o->failed = true;
	return false;
}

static struct shelf *shelf_of(struct out *o, const char *kind)
{
	for (size_t i = 0; i < o->shelves; i++)
		if (str_equal(o->shelf[i].kind, kind))
			return &o->shelf[i];
	return NULL;
}

// --- children of a record

static int by_parent(const void *a, const void *b)
{
	const struct child *x = a, *y = b;
	int order = strcmp(x->parent, y->parent);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static struct sorted *sorted_by(struct out *o, const struct shelf *shelf, const char *field)
{
	for (size_t i = 0; i < o->sorts; i++)
		if (o->sorted[i].shelf == shelf && str_equal(o->sorted[i].field, field))
			return &o->sorted[i];
	if (o->sorts == SORTED_MOST)
		return NULL;
	struct sorted *s = &o->sorted[o->sorts];
	*s = (struct sorted){ .shelf = shelf, .field = field };
	s->child = arena_array(o->arena, shelf->records.count, sizeof *s->child);
	if (!s->child) {
		fail(o);
		return NULL;
	}
	for (size_t i = 0; i < shelf->records.count; i++) {
		const char *parent = record_get(&shelf->records.item[i], field);
		if (parent)
			s->child[s->count++] = (struct child){ parent, i };
	}
	qsort(s->child, s->count, sizeof *s->child, by_parent);
	o->sorts++;
	return s;
}

// The first of a parent's children; they follow each other.
static size_t first_child(const struct sorted *s, const char *parent)
{
	size_t low = 0, high = s->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(s->child[middle].parent, parent) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

typedef void each_fn(struct out *o, struct shelf *shelf, size_t at, const struct place *place);

// Those that have not been written; each NULL: only counts them. The place is handed on.
static size_t each_child(struct out *o, struct shelf *shelf, const char *field,
    const struct id *parent, each_fn *each, const struct place *place)
{
	char uuid[ID_TEXT];
	id_print(parent, uuid);
	struct sorted *s = shelf && shelf->records.count ? sorted_by(o, shelf, field) : NULL;
	size_t n = 0;
	for (size_t i = s ? first_child(s, uuid) : 0;
	     s && i < s->count && strcmp(s->child[i].parent, uuid) == 0; i++) {
		if (shelf->written[s->child[i].at])
			continue;
		if (each)
			each(o, shelf, s->child[i].at, place);
		n++;
	}
	return n;
}

// --- cells of a record

static void pair(struct out *o, const char *key, const char *value)
{
	if (!yaml_write_pair(o->w, key, value))
		fail(o);
}

static void begin(struct out *o, const char *key, bool map)
{
	if ((key && !yaml_write_text(o->w, key)) ||
	    !(map ? yaml_write_map(o->w) : yaml_write_list(o->w)))
		fail(o);
}

static void end(struct out *o)
{
	if (!yaml_write_end(o->w))
		fail(o);
}

// Would the import store exactly this for it?
static bool reads_back(struct out *o, const struct form_field *f, const char *value)
{
	struct id id;
	char *stored = NULL;
	date_t d = 0;
	if (f->type == FIELD_REF)
		return id_parse(value, &id);
	if (f->type == FIELD_DATE && !date_parse_iso(value, &d))
		return false;
	if (f->type == FIELD_MONTH && strlen(value) != strlen("2026-05"))
		return false;
	return field_parse(o->arena, f, value, 0, &stored, NULL) && str_equal(stored, value);
}

static size_t cell_at(const struct record *r, const char *name)
{
	const struct cell *c = record_cell(r, name);
	return c ? (size_t)(c - r->cells) : SIZE_MAX;
}

static void write_one(struct out *o, const struct record *r, const char *key, const char *cell,
    const struct form_field *f)
{
	size_t at = cell_at(r, cell);
	if (at == SIZE_MAX || o->cell_done[at] || !*r->cells[at].value ||
	    !reads_back(o, f, r->cells[at].value))
		return;
	pair(o, key, r->cells[at].value);
	o->cell_done[at] = true;
}

// Members whose cell says 1; a member that was taken out says 0 and stays a cell.
static void write_members(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f)
{
	size_t n = strlen(cell), written = 0;
	struct form_field one = *f;
	one.type = f->type == FIELD_REFS ? FIELD_REF : FIELD_CHOICE;
	for (size_t i = 0; i < r->count; i++) {
		const char *name = r->cells[i].field;
		if (strncmp(name, cell, n) != 0 || name[n] != '.' ||
		    !str_equal(r->cells[i].value, "1") || !reads_back(o, &one, name + n + 1))
			continue;
		if (written++ == 0)
			begin(o, f->id, false);
		if (!yaml_write_text(o->w, name + n + 1))
			fail(o);
		o->cell_done[i] = true;
	}
	if (written)
		end(o);
}

static void write_element(struct out *o, const struct record *r, const char *list,
    const struct form_field *f, const char *key)
{
	begin(o, NULL, true);
	pair(o, "id", key);
	char *cell = arena_printf(o->arena, "%s.%s.pos", list, key);
	if (cell && cell_at(r, cell) != SIZE_MAX)
		o->cell_done[cell_at(r, cell)] = true;
	for (size_t i = 0; i < f->field_count; i++) {
		cell = arena_printf(o->arena, "%s.%s.%s", list, key, f->fields[i].id);
		if (cell)
			write_one(o, r, f->fields[i].id, cell, &f->fields[i]);
		else
			fail(o);
	}
	end(o);
}

// An element without a place of its own (a newer copy's, or damaged) goes by its cells.
static void write_list(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f)
{
	struct elements list = { 0 };
	size_t written = 0;
	if (!record_elements(r, o->arena, cell, &list)) {
		fail(o);
		return;
	}
	for (size_t i = 0; i < list.count; i++) {
		if (!record_element_get(r, cell, list.key[i], "pos"))
			continue;
		if (written++ == 0)
			begin(o, f->id, false);
		write_element(o, r, cell, f, list.key[i]);
	}
	if (written)
		end(o);
}

typedef void write_fn(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f);

static void write_answers(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f);

static write_fn *const WRITES[FIELD_TYPES] = {
	[FIELD_CHOICES] = write_members,
	[FIELD_REFS] = write_members,
	[FIELD_LIST] = write_list,
	[FIELD_PAIRS] = write_list,
	[FIELD_ANSWERS] = write_answers,
};

static void write_field(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f)
{
	if (WRITES[f->type])
		WRITES[f->type](o, r, cell, f);
	else
		write_one(o, r, f->id, cell, f);
}

// Would the import of a map take any of it?
static bool any_answer(const struct record *r, const char *cell)
{
	size_t n = strlen(cell);
	for (size_t i = 0; i < r->count; i++)
		if (strncmp(r->cells[i].field, cell, n) == 0 && r->cells[i].field[n] == '.' &&
		    *r->cells[i].value)
			return true;
	return false;
}

// Answers to a form that is not here, as they stand; lists among them go by their cells.
static void write_unknown_answers(struct out *o, const struct record *r, const char *cell)
{
	size_t n = strlen(cell);
	for (size_t i = 0; i < r->count; i++) {
		const char *name = r->cells[i].field;
		if (strncmp(name, cell, n) != 0 || name[n] != '.' || strchr(name + n + 1, '.') ||
		    !*r->cells[i].value)
			continue;
		pair(o, name + n + 1, r->cells[i].value);
		o->cell_done[i] = true;
	}
}

static void write_answers(
    struct out *o, const struct record *r, const char *cell, const struct form_field *f)
{
	const char *by = form_naming(r->kind), *id = by ? record_get(r, by) : NULL;
	const struct form *form = id ? forms_find(store_forms(o->store), id, NULL) : NULL;
	if (!any_answer(r, cell))
		return;
	begin(o, f->id, true);
	if (!form)
		write_unknown_answers(o, r, cell);
	for (const struct form_field *a = NULL; form && !o->failed && (a = form_next(form, a));) {
		const char *name = arena_printf(o->arena, "%s.%s", cell, a->id);
		if (name)
			write_field(o, r, name, a);
		else
			fail(o);
	}
	end(o);
}

// A score reads back by the steps of the record's own instrument.
static void write_fields(struct out *o, const struct record *r, const struct form *form)
{
	const char *by = form_naming(r->kind), *id = by ? record_get(r, by) : NULL;
	const struct form *own = id ? forms_find(store_forms(o->store), id, NULL) : NULL;
	for (const struct form_field *f = NULL; !o->failed && (f = form_next(form, f));) {
		const struct form_field *on = field_on_scale(o->arena, f, own);
		if (on)
			write_field(o, r, f->id, on);
		else
			fail(o);
	}
}

static bool cells_begin(struct out *o, const struct record *r)
{
	o->cell_done = arena_array(o->arena, r->count + 1, sizeof *o->cell_done);
	return o->cell_done || fail(o);
}

static void cell_skip(struct out *o, const struct record *r, const char *field)
{
	size_t at = field ? cell_at(r, field) : SIZE_MAX;
	if (at != SIZE_MAX)
		o->cell_done[at] = true;
}

// Cells that no key above has written. Records' own existence is no cell of a bundle.
static void write_rest(struct out *o, const struct record *r, const char *key)
{
	size_t written = 0;
	for (size_t i = 0; i < r->count; i++) {
		const struct cell *c = &r->cells[i];
		if (o->cell_done[i] || !*c->value || *c->field == '~' || *c->field == '!')
			continue;
		if (written++ == 0)
			begin(o, key, true);
		pair(o, c->field, c->value);
		o->cell_done[i] = true;
	}
	if (written)
		end(o);
}

// --- records

static void write_id(struct out *o, const struct record *r)
{
	const struct kind *k = kind_find(r->kind);
	const char *value[8] = { 0 };
	char uuid[ID_TEXT];
	for (size_t i = 0; k && k->natural[i]; i++)
		value[i] = record_get(r, k->natural[i]);
	struct id natural = { 0 };
	if (k && k->natural[0])
		natural = kind_natural_id(k, value);
	if (id_equal(&natural, &r->id))
		return;
	id_print(&r->id, uuid);
	pair(o, "id", uuid);
}

static const struct form *form_for(struct out *o, const char *kind)
{
	const struct form *form = forms_find(store_forms(o->store), kind, o->e);
	if (!form)
		o->failed = true;
	return form;
}

static void write_places(struct out *o, const struct record *r);

static void write_link(struct out *o, struct shelf *shelf, size_t at, const struct place *place)
{
	(void)place;
	const struct record *r = &shelf->records.item[at];
	struct id id;
	if (!id_parse(record_get(r, "to"), &id) || !cells_begin(o, r))
		return;
	shelf->written[at] = true;
	begin(o, NULL, true);
	write_id(o, r);
	cell_skip(o, r, "from");
	write_fields(o, r, form_for(o, "link"));
	write_rest(o, r, "more");
	end(o);
}

static void write_links(struct out *o, const struct record *r)
{
	struct shelf *links = shelf_of(o, "link");
	if (!each_child(o, links, "from", &r->id, NULL, NULL))
		return;
	begin(o, "feeds", false);
	each_child(o, links, "from", &r->id, write_link, NULL);
	end(o);
}

static void write_body(struct out *o, struct shelf *shelf, size_t at, const char *place)
{
	const struct record *r = &shelf->records.item[at];
	const struct form *form = form_for(o, shelf->kind);
	shelf->written[at] = true;
	if (!form || !cells_begin(o, r))
		return;
	write_id(o, r);
	if (str_equal(shelf->kind, "idea"))
		pair(o, "type", "idea");
	cell_skip(o, r, place);
	write_fields(o, r, form);
	write_rest(o, r, "more");
	if (str_equal(shelf->kind, "driver") || str_equal(shelf->kind, "idea"))
		write_links(o, r);
	write_places(o, r);
}

// The charter of a team that can stand in it: every cell a field that reads back, and none that the
// team has under the same name.
static struct child *charter_of(struct out *o, const struct record *team)
{
	struct shelf *charters = shelf_of(o, "charter");
	struct sorted *s = charters->records.count ? sorted_by(o, charters, "team") : NULL;
	const struct form *form = form_for(o, "charter"), *own = form_for(o, "team");
	char uuid[ID_TEXT];
	id_print(&team->id, uuid);
	size_t i = s ? first_child(s, uuid) : 0, fields = 0;
	if (!s || !form || !own || i >= s->count || strcmp(s->child[i].parent, uuid) != 0)
		return NULL;
	const struct record *r = &charters->records.item[s->child[i].at];
	for (size_t k = 0; k < r->count; k++, fields++) {
		const struct form_field *f = form_field(form, r->cells[k].field);
		if (str_equal(r->cells[k].field, "team"))
			continue;
		if (!f || form_field(own, r->cells[k].field) || !*r->cells[k].value ||
		    !reads_back(o, f, r->cells[k].value))
			return NULL;
	}
	return fields > 1 ? &s->child[i] : NULL;
}

static void write_charter(struct out *o, const struct record *team)
{
	struct shelf *charters = shelf_of(o, "charter");
	struct child *c = charter_of(o, team);
	const struct record *r = c ? &charters->records.item[c->at] : NULL;
	if (!r || !cells_begin(o, r))
		return;
	cell_skip(o, r, "team");
	write_fields(o, r, form_for(o, "charter"));
	charters->written[c->at] = true;
}

static void write_child(struct out *o, struct shelf *shelf, size_t at, const struct place *place)
{
	begin(o, NULL, true);
	write_body(o, shelf, at, place ? place->field : NULL);
	end(o);
}

static void write_place(struct out *o, const struct place *p, const struct id *parent)
{
	struct shelf *first = shelf_of(o, p->kind ? p->kind : "driver"),
		     *second = p->kind ? NULL : shelf_of(o, "idea");
	if (each_child(o, first, p->field, parent, NULL, p) +
		each_child(o, second, p->field, parent, NULL, p) ==
	    0)
		return;
	begin(o, p->key, false);
	each_child(o, first, p->field, parent, write_child, p);
	each_child(o, second, p->field, parent, write_child, p);
	end(o);
}

static void write_places(struct out *o, const struct record *r)
{
	if (str_equal(r->kind, "team"))
		write_charter(o, r);
	for (const struct place *p = PLACES; p->key && !o->failed; p++)
		if (p->main && str_equal(p->under, r->kind))
			write_place(o, p, &r->id);
}

// --- the top

// A record of a kind that may also stand below another stands at the top only where it names none.
static bool stands_alone(const struct record *r)
{
	for (const struct place *p = PLACES; p->key; p++)
		if (p->main && p->under && str_equal(p->kind, r->kind) && record_get(r, p->field))
			return false;
	return true;
}

static void write_top(struct out *o, const struct place *p)
{
	struct shelf *shelf = shelf_of(o, p->kind);
	size_t written = 0;
	for (size_t i = 0; i < shelf->records.count && !o->failed; i++) {
		if (shelf->written[i] || !stands_alone(&shelf->records.item[i]))
			continue;
		if (written++ == 0)
			begin(o, p->key, false);
		write_child(o, shelf, i, NULL);
	}
	if (written)
		end(o);
}

static void write_collaborative(struct out *o)
{
	struct shelf *shelf = shelf_of(o, "collaborative");
	for (size_t i = 0; i < shelf->records.count; i++) {
		const struct record *r = &shelf->records.item[i];
		if (!id_equal(&r->id, &ID_COLLABORATIVE) || !cells_begin(o, r))
			continue;
		shelf->written[i] = true;
		begin(o, "collaborative", true);
		write_fields(o, r, form_for(o, "collaborative"));
		write_rest(o, r, "more");
		end(o);
	}
}

static void write_other(struct out *o, const struct record *r)
{
	char uuid[ID_TEXT];
	if (!cells_begin(o, r))
		return;
	id_print(&r->id, uuid);
	begin(o, NULL, true);
	pair(o, "kind", r->kind);
	pair(o, "id", uuid);
	size_t cells = 0;
	for (size_t i = 0; i < r->count; i++)
		cells +=
		    *r->cells[i].value && *r->cells[i].field != '~' && *r->cells[i].field != '!';
	if (cells == 0) {
		begin(o, "cells", true);
		end(o);
	}
	write_rest(o, r, "cells");
	end(o);
}

static void write_others(struct out *o)
{
	size_t written = 0;
	for (size_t k = 0; k < o->shelves; k++)
		for (size_t i = 0; i < o->shelf[k].records.count && !o->failed; i++) {
			if (o->shelf[k].written[i])
				continue;
			if (written++ == 0)
				begin(o, "others", false);
			write_other(o, &o->shelf[k].records.item[i]);
		}
	if (written)
		end(o);
}

// --- what there is

static bool shelf_fill(struct out *o, const char *kind)
{
	struct shelf *s = &o->shelf[o->shelves];
	*s = (struct shelf){ .kind = kind };
	if (!record_list(o->store, o->arena, kind, NULL, &s->records, o->e))
		return false;
	s->written = arena_array(o->arena, s->records.count + 1, sizeof *s->written);
	o->shelves++;
	return s->written || fail(o);
}

// Kinds that a newer program wrote, none of whose records is in somebody's private scope.
static bool unknown_kinds(struct out *o, struct elements *out)
{
	size_t cap = 0;
	struct err own = { 0 };
	struct ask *q = db_ask(o->store->db,
	    "SELECT kind FROM rec WHERE alive GROUP BY kind HAVING"
	    " sum(NOT (scope=? OR scope IN (SELECT ent FROM rec WHERE kind='team')))=0",
	    o->e);
	if (!q)
		return false;
	ask_id(q, 1, &ID_COLLABORATIVE);
	while (ask_step(q, &own)) {
		const char *kind = arena_strdup(o->arena, col_text(q, 0));
		if (!kind || !arena_grow(o->arena, (void **)&out->key, out->count, &cap,
				 sizeof(const char *))) {
			err_memory(&own);
			break;
		}
		if (!kind_find(kind))
			out->key[out->count++] = kind;
	}
	return ask_end(q, &own, o->e);
}

static bool fill_shelves(struct out *o)
{
	struct elements unknown = { 0 };
	size_t kinds = 0;
	while (KINDS[kinds].name)
		kinds++;
	if (!unknown_kinds(o, &unknown))
		return false;
	o->shelf = arena_array(o->arena, kinds + unknown.count, sizeof *o->shelf);
	if (!o->shelf)
		return fail(o);
	for (size_t i = 0; i < kinds; i++)
		if (KINDS[i].scope != SCOPE_PRIVATE && !shelf_fill(o, KINDS[i].name))
			return false;
	for (size_t i = 0; i < unknown.count; i++)
		if (!shelf_fill(o, unknown.key[i]))
			return false;
	return true;
}

bool bundle_export(struct store *s, struct arena *a, struct str *out, struct err *e)
{
	struct out o = { .store = s, .arena = a, .e = e };
	o.w = yaml_writer_new(a, out, e);
	if (!o.w || !fill_shelves(&o))
		return false;
	begin(&o, NULL, true);
	pair(&o, "plando", "1");
	write_collaborative(&o);
	for (const struct place *p = PLACES; p->key && !o.failed; p++)
		if (!p->under)
			write_top(&o, p);
	write_others(&o);
	end(&o);
	return !o.failed && yaml_write_done(o.w, e);
}
