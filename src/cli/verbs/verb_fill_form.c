// SPDX-License-Identifier: MIT
// `plando fill`: the record as it stands, and which questions its form asks of it. Which one is
// next depends on what is stored, so all is loaded again after every answer.
#include "cli/verbs/verb_fill.h"

#include <plando/asked.h>
#include <plando/str.h>

#include <string.h>

// --- what is there

// What a new record will hold is shown as if it were stored.
static bool fill_form_show_given(struct fill *f, struct err *e)
{
	struct record *r = &f->part[0].record;
	r->cells = arena_array(&f->work, FILL_GIVEN, sizeof *r->cells);
	if (!r->cells)
		return err_memory(e);
	for (size_t i = 0; f->given[i]; i += 2) {
		size_t at = r->count++;
		for (; at > 0 && strcmp(r->cells[at - 1].field, f->given[i]) > 0; at--)
			r->cells[at] = r->cells[at - 1];
		r->cells[at] =
		    (struct cell){ .field = f->given[i], .value = f->given[i + 1], .heads = 1 };
	}
	return true;
}

static bool fill_form_load_part(
    struct fill *f, struct fill_part *p, const char *form, struct err *e)
{
	p->form = forms_find(store_forms(f->s), form, e);
	p->record = (struct record){ .id = p->id, .kind = p->kind };
	p->saw = (struct saw){ 0 };
	return p->form && (!p->exists || (record_load(f->s, &f->work, &p->id, &p->record, e) &&
					     record_saw(f->s, &f->work, &p->id, &p->saw, e)));
}

static bool fill_form_load_charter(struct fill *f, struct err *e)
{
	struct records found = { 0 };
	struct fill_part *team = &f->part[0], *p = &f->part[1];
	*p = (struct fill_part){ .kind = "charter", .prefix = "" };
	f->parts = 2;
	if (team->exists &&
	    !record_list_by(f->s, &f->work, "charter", "team", &team->id, &found, e))
		return false;
	if (found.count) {
		p->id = found.item[0].id;
		p->exists = true;
	}
	return fill_form_load_part(f, p, "charter", e);
}

static bool fill_form_load_parts(struct fill *f, struct err *e)
{
	struct fill_part *p = &f->part[0];
	p->kind = f->kind;
	p->prefix = "";
	f->parts = 1;
	if (!fill_form_load_part(f, p, f->kind, e) || (!p->exists && !fill_form_show_given(f, e)))
		return false;
	if (str_equal(f->kind, "team"))
		return fill_form_load_charter(f, e);
	bool note = str_equal(f->kind, "note"), score = str_equal(f->kind, "assessment");
	const char *own =
	    note || score ? record_get(&p->record, note ? "form" : "instrument") : NULL;
	const struct form *form = own ? forms_find(store_forms(f->s), own, NULL) : NULL;
	if (!form) // none, or one that a newer copy brought: kept, not asked
		return true;
	f->part[1] = *p;
	f->part[1].prefix = "answers.";
	f->part[1].form = form;
	f->parts = 2;
	return true;
}

// --- which questions there are

static bool fill_form_add_question(
    struct fill *f, struct fill_question q, size_t *cap, struct err *e)
{
	void *items = f->question;
	if (!q.cell || !arena_grow(&f->work, &items, f->count, cap, sizeof q))
		return err_memory(e);
	f->question = items;
	f->question[f->count++] = q;
	return true;
}

// Each element with its fields, and one to be, of which the first field begins it.
static bool fill_form_add_list(struct fill *f, struct fill_question q, size_t *cap, struct err *e)
{
	struct fill_part *p = &f->part[q.part];
	struct elements keys = { 0 };
	const char *name = q.cell;
	q.list = q.field;
	if (!name || !record_elements(&p->record, &f->work, name, &keys))
		return err_memory(e);
	for (size_t i = 0; i <= keys.count; i++) {
		q.key = i < keys.count ? keys.key[i] : "";
		q.number = i + 1;
		q.first = true;
		for (size_t k = 0; k < q.list->field_count; k++) {
			q.field = &q.list->fields[k];
			if (q.field->hidden || (!q.first && i == keys.count))
				continue;
			q.cell = arena_printf(&f->work, "%s.%s.%s", name, q.key, q.field->id);
			if (!fill_form_add_question(f, q, cap, e))
				return false;
			q.first = false;
		}
	}
	return true;
}

// A score's steps are those of the record's own instrument.
static const struct form_field *fill_form_on_scale(
    struct fill *f, size_t part, const struct form_field *field)
{
	bool named = f->parts > 1 && part == 0 && *f->part[1].prefix;
	return field_on_scale(&f->work, field, named ? f->part[1].form : NULL);
}

static bool fill_form_add_section(
    struct fill *f, size_t part, size_t section, size_t *cap, struct err *e)
{
	struct fill_part *p = &f->part[part];
	const struct form_section *s = &p->form->sections[section];
	for (size_t k = 0; k < s->field_count; k++) {
		const struct form_field *field = &s->fields[k];
		bool list = field->type == FIELD_LIST || field->type == FIELD_PAIRS;
		if (field->fixed || !asked_shown(&p->record, &f->work, p->prefix, field))
			continue;
		struct fill_question q = { .part = part,
			.section = section,
			.field = fill_form_on_scale(f, part, field),
			.cell = arena_printf(&f->work, "%s%s", p->prefix, field->id) };
		if (!q.field)
			return err_memory(e);
		if (!(list ? fill_form_add_list : fill_form_add_question)(f, q, cap, e))
			return false;
	}
	return true;
}

bool fill_load(struct fill *f, struct err *e)
{
	size_t cap = 0;
	arena_free(&f->work);
	f->question = NULL;
	f->count = 0;
	if (!fill_form_load_parts(f, e))
		return false;
	for (size_t i = 0; i < f->parts; i++)
		for (size_t k = 0; k < f->part[i].form->section_count; k++)
			if (!fill_form_add_section(f, i, k, &cap, e))
				return false;
	return true;
}
