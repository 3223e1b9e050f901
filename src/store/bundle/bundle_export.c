// SPDX-License-Identifier: MIT
// A workbook as a bundle. Every cell that a person can see is written once:
//  1. Records stand under what they belong to (KINDS); what hangs below nothing stands under "others".
//  2. A value that the import would not take as it is (a choice from a newer form, a line feed in a
//     line) stands under "more", by the name of its cell.
//  3. Private notes are not written.
#include "store/bundle/bundle_out.h"
#include "store/log/store.h"

#include <plando/str.h>
#include <plando/yaml.h>

#include <string.h>

// --- records

// A point of a group that the measure also writes otherwise (two copies did): by its id it comes
// back as the group that it is.
static bool bundle_export_group_odd(struct out *o, const struct record *r)
{
	const char *measure = record_get(r, "measure"), *group = record_get(r, "stratum");
	struct id id;
	bool first = false;
	if (!str_equal(r->kind, "point") || !group || !id_parse(measure, &id))
		return false;
	if (!str_equal(o->measure, measure)) {
		o->measure = measure;
		o->groups = (struct spellings){ 0 };
		if (!point_groups_load(o->store, o->arena, &id, &o->groups, o->e))
			o->failed = true;
	}
	for (size_t i = 0; i < o->groups.count; i++)
		first |= str_equal(o->groups.item[i].text, group);
	return !first;
}

static void bundle_export_write_id(struct out *o, const struct record *r)
{
	const struct kind *k = kind_find(r->kind);
	const char *value[8] = { 0 };
	char uuid[ID_TEXT];
	for (size_t i = 0; k && k->natural[i]; i++)
		value[i] = record_get(r, k->natural[i]);
	struct id natural = { 0 };
	if (k && k->natural[0])
		natural = kind_natural_id(k, value);
	if (id_equal(&natural, &r->id) && !bundle_export_group_odd(o, r))
		return;
	id_print(&r->id, uuid);
	out_pair(o, "id", uuid);
}

static const struct form *bundle_export_form_for(struct out *o, const char *kind)
{
	const struct form *form = forms_find(store_forms(o->store), kind, o->e);
	if (!form)
		o->failed = true;
	return form;
}

static void bundle_export_write_places(struct out *o, const struct record *r);

static void bundle_export_write_link(
    struct out *o, struct shelf *shelf, size_t at, const struct place *place)
{
	(void)place;
	const struct record *r = &shelf->records.item[at];
	struct id id;
	if (!id_parse(record_get(r, "to"), &id) || !out_cells_begin(o, r))
		return;
	shelf->written[at] = true;
	out_begin(o, NULL, true);
	bundle_export_write_id(o, r);
	out_cell_skip(o, r, "from");
	out_fields(o, r, bundle_export_form_for(o, "link"));
	out_rest(o, r, "more");
	out_end(o);
}

static void bundle_export_write_links(struct out *o, const struct record *r)
{
	struct shelf *links = out_shelf(o, "link");
	if (!out_each_child(o, links, "from", &r->id, NULL, NULL))
		return;
	out_begin(o, "feeds", false);
	out_each_child(o, links, "from", &r->id, bundle_export_write_link, NULL);
	out_end(o);
}

static void bundle_export_write_body(
    struct out *o, struct shelf *shelf, size_t at, const char *place)
{
	const struct record *r = &shelf->records.item[at];
	const struct form *form = bundle_export_form_for(o, shelf->kind);
	shelf->written[at] = true;
	if (!form || !out_cells_begin(o, r))
		return;
	bundle_export_write_id(o, r);
	if (str_equal(shelf->kind, "idea"))
		out_pair(o, "type", "idea");
	out_cell_skip(o, r, place);
	out_fields(o, r, form);
	out_rest(o, r, "more");
	if (str_equal(shelf->kind, "driver") || str_equal(shelf->kind, "idea"))
		bundle_export_write_links(o, r);
	bundle_export_write_places(o, r);
}

// The charter of a team that can stand in it: every cell a field that reads back, and none that the
// team has under the same name.
static struct child *bundle_export_charter_of(struct out *o, const struct record *team)
{
	struct shelf *charters = out_shelf(o, "charter");
	struct sorted *s = charters->records.count ? out_sorted(o, charters, "team") : NULL;
	const struct form *form = bundle_export_form_for(o, "charter"),
			  *own = bundle_export_form_for(o, "team");
	char uuid[ID_TEXT];
	id_print(&team->id, uuid);
	size_t i = s ? out_first_child(s, uuid) : 0, fields = 0;
	if (!s || !form || !own || i >= s->count || strcmp(s->child[i].parent, uuid) != 0)
		return NULL;
	const struct record *r = &charters->records.item[s->child[i].at];
	for (size_t k = 0; k < r->count; k++, fields++) {
		const struct form_field *f = form_field(form, r->cells[k].field);
		if (str_equal(r->cells[k].field, "team"))
			continue;
		if (!f || form_field(own, r->cells[k].field) || !*r->cells[k].value ||
		    !bundle_reads_back(o->arena, f, r->cells[k].value))
			return NULL;
	}
	return fields > 1 ? &s->child[i] : NULL;
}

static void bundle_export_write_charter(struct out *o, const struct record *team)
{
	struct shelf *charters = out_shelf(o, "charter");
	struct child *c = bundle_export_charter_of(o, team);
	const struct record *r = c ? &charters->records.item[c->at] : NULL;
	if (!r || !out_cells_begin(o, r))
		return;
	out_cell_skip(o, r, "team");
	out_fields(o, r, bundle_export_form_for(o, "charter"));
	charters->written[c->at] = true;
}

static void bundle_export_write_child(
    struct out *o, struct shelf *shelf, size_t at, const struct place *place)
{
	out_begin(o, NULL, true);
	bundle_export_write_body(o, shelf, at, place ? place->field : NULL);
	out_end(o);
}

static void bundle_export_write_place(struct out *o, const struct place *p, const struct id *parent)
{
	struct shelf *first = out_shelf(o, p->kind ? p->kind : "driver"),
		     *second = p->kind ? NULL : out_shelf(o, "idea");
	if (out_each_child(o, first, p->field, parent, NULL, p) +
		out_each_child(o, second, p->field, parent, NULL, p) ==
	    0)
		return;
	out_begin(o, p->key, false);
	out_each_child(o, first, p->field, parent, bundle_export_write_child, p);
	out_each_child(o, second, p->field, parent, bundle_export_write_child, p);
	out_end(o);
}

static void bundle_export_write_places(struct out *o, const struct record *r)
{
	if (str_equal(r->kind, "team"))
		bundle_export_write_charter(o, r);
	for (const struct place *p = PLACES; p->key && !o->failed; p++)
		if (p->main && str_equal(p->under, r->kind))
			bundle_export_write_place(o, p, &r->id);
}

// --- the top

// A record of a kind that may also stand below another stands at the top only where it names none.
static bool bundle_export_stands_alone(const struct record *r)
{
	for (const struct place *p = PLACES; p->key; p++)
		if (p->main && p->under && str_equal(p->kind, r->kind) && record_get(r, p->field))
			return false;
	return true;
}

static void bundle_export_write_top(struct out *o, const struct place *p)
{
	struct shelf *shelf = out_shelf(o, p->kind);
	size_t written = 0;
	for (size_t i = 0; i < shelf->records.count && !o->failed; i++) {
		if (shelf->written[i] || !bundle_export_stands_alone(&shelf->records.item[i]))
			continue;
		if (written++ == 0)
			out_begin(o, p->key, false);
		bundle_export_write_child(o, shelf, i, NULL);
	}
	if (written)
		out_end(o);
}

static void bundle_export_write_collaborative(struct out *o)
{
	struct shelf *shelf = out_shelf(o, "collaborative");
	for (size_t i = 0; i < shelf->records.count; i++) {
		const struct record *r = &shelf->records.item[i];
		if (!id_equal(&r->id, &ID_COLLABORATIVE) || !out_cells_begin(o, r))
			continue;
		shelf->written[i] = true;
		out_begin(o, "collaborative", true);
		out_fields(o, r, bundle_export_form_for(o, "collaborative"));
		out_rest(o, r, "more");
		out_end(o);
	}
}

static void bundle_export_write_other(struct out *o, const struct record *r)
{
	char uuid[ID_TEXT];
	if (!out_cells_begin(o, r))
		return;
	id_print(&r->id, uuid);
	out_begin(o, NULL, true);
	out_pair(o, "kind", r->kind);
	out_pair(o, "id", uuid);
	size_t cells = 0;
	for (size_t i = 0; i < r->count; i++)
		cells +=
		    *r->cells[i].value && *r->cells[i].field != '~' && *r->cells[i].field != '!';
	if (cells == 0) {
		out_begin(o, "cells", true);
		out_end(o);
	}
	out_rest(o, r, "cells");
	out_end(o);
}

static void bundle_export_write_others(struct out *o)
{
	size_t written = 0;
	for (size_t k = 0; k < o->shelves; k++)
		for (size_t i = 0; i < o->shelf[k].records.count && !o->failed; i++) {
			if (o->shelf[k].written[i])
				continue;
			if (written++ == 0)
				out_begin(o, "others", false);
			bundle_export_write_other(o, &o->shelf[k].records.item[i]);
		}
	if (written)
		out_end(o);
}

static bool bundle_export_from(struct store *s, struct arena *a, struct str *out, struct err *e)
{
	struct out o = { .store = s, .arena = a, .e = e };
	o.w = yaml_writer_new(a, out, e);
	if (!o.w || !out_fill(&o))
		return false;
	out_begin(&o, NULL, true);
	out_pair(&o, "plando", "1");
	bundle_export_write_collaborative(&o);
	for (const struct place *p = PLACES; p->key && !o.failed; p++)
		if (!p->under)
			bundle_export_write_top(&o, p);
	bundle_export_write_others(&o);
	out_end(&o);
	return !o.failed && yaml_write_done(o.w, e);
}

// Joined records each by itself, and the joins: so that they come back as they are.
bool bundle_export(struct store *s, struct arena *a, struct str *out, struct err *e)
{
	struct store *each = NULL;
	int64_t tied;
	if (!db_number(s->db, "SELECT EXISTS(SELECT 1 FROM tie)", 0, &tied, e) ||
	    (tied && !(each = store_untied(s, e))))
		return false;
	bool ok = bundle_export_from(each ? each : s, a, out, e);
	store_close(each);
	return ok;
}
