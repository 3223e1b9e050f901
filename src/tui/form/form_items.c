// SPDX-License-Identifier: MIT
// Which fields a form shows for what is stored: sections with their counts, lists with their
// elements, conditions, prompts.
#include "tui/form/form_screen.h"

#include <plando/asked.h>
#include <plando/str.h>

#include <string.h>

struct form_items_build {
	struct form_screen *f;
	struct arena *a;
	size_t cap;
	struct form_item *section; // under construction
	bool failed;
};

// --- values

char *form_cell(struct arena *a, const struct form_part *p, const char *field)
{
	return arena_printf(a, "%s%s", p->prefix, field);
}

bool form_filled(const struct form_part *p, const struct form_field *field, struct arena *a)
{
	return asked_filled(&p->record, a, p->prefix, field);
}

// Where the form itself has nothing to say about a field of a cycle, its fidelity may.
static const char *form_items_fidelity_says(const struct form_part *p, const char *field)
{
	for (size_t k = 0; field && p->fidelity && k < FIDELITY_CHECKS; k++)
		if (FIDELITY[k].prompt && str_equal(FIDELITY[k].field, field) &&
		    p->fidelity->answer[k] == FIDELITY_NO)
			return FIDELITY[k].prompt;
	return NULL;
}

const char *form_prompt_at(const struct form_part *p, const char *field, size_t i, struct arena *a)
{
	const char *says = asked_prompt(p->form, &p->record, a, p->prefix, field, i);
	return says || i > 0 ? says : form_items_fidelity_says(p, field);
}

// On a quick log a field also waits for its condition to be answered, for it is asked for by name.
static bool form_items_is_shown(
    struct form_items_build *b, const struct form_part *p, const struct form_field *field)
{
	bool waits = b->f->quick && field->when_field && !field->hidden;
	const char *name = waits ? form_cell(b->a, p, field->when_field) : NULL;
	return (name && !record_get(&p->record, name)) ||
	       asked_shown(&p->record, b->a, p->prefix, field);
}

// --- items

static struct form_item *item_add(struct form_items_build *b, struct form_item item)
{
	struct form_screen *f = b->f;
	void *items = f->item;
	if (b->failed || !arena_grow(b->a, &items, f->count, &b->cap, sizeof item)) {
		b->failed = true;
		return NULL;
	}
	size_t section = b->section ? (size_t)(b->section - f->item) : 0;
	f->item = items;
	if (b->section) // the array may have moved
		b->section = &f->item[section];
	f->item[f->count] = item;
	return &f->item[f->count++];
}

// A score's steps are those of the record's own instrument.
static const struct form_field *form_items_on_scale(
    struct form_items_build *b, const struct form_part *p, const struct form_field *field)
{
	const struct form_part *own = &b->f->part[1];
	bool named = b->f->parts > 1 && p != own && own->prefix && *own->prefix;
	const struct form_field *on = field_on_scale(b->a, field, named ? own->form : NULL);
	b->failed |= !on;
	return on ? on : field;
}

static void form_items_field_add(struct form_items_build *b, struct form_item item)
{
	const struct form_part *p = &b->f->part[item.part];
	item.field = form_items_on_scale(b, p, item.field);
	const struct field_ops *ops = &FIELD_OPS[item.field->type];
	item.type = ITEM_FIELD;
	item.text = item.key && !*item.key ? "" : ops->text(b->a, &p->record, item.cell);
	b->failed |= !item.text || !item.cell;
	item_add(b, item);
}

static void form_items_element_add(
    struct form_items_build *b, struct form_item item, const struct form_field *sub)
{
	const struct form_part *p = &b->f->part[item.part];
	item.field = sub;
	item.cell = arena_printf(b->a, "%s%s.%s.%s", p->prefix, item.list->id, item.key, sub->id);
	form_items_field_add(b, item);
}

// Each element with its fields, and one to be, of which the first field is there to begin it.
static void form_items_list_add(
    struct form_items_build *b, size_t part, const struct form_field *list)
{
	const struct form_part *p = &b->f->part[part];
	struct elements keys = { 0 };
	const char *cell = form_cell(b->a, p, list->id);
	item_add(
	    b, (struct form_item){ .type = ITEM_LIST, .part = part, .field = list, .list = list });
	b->failed |= !cell || !record_elements(&p->record, b->a, cell, &keys);
	for (size_t i = 0; !b->failed && i <= keys.count; i++) {
		struct form_item item = { .part = part,
			.list = list,
			.key = i < keys.count ? keys.key[i] : "",
			.number = i + 1,
			.first = true };
		for (size_t k = 0; k < list->field_count; k++) {
			if (list->fields[k].hidden || (!item.first && i == keys.count))
				continue;
			form_items_element_add(b, item, &list->fields[k]);
			item.first = false;
		}
	}
}

static void form_items_shown_add(
    struct form_items_build *b, size_t part, const struct form_field *field)
{
	const struct form_part *p = &b->f->part[part];
	bool filled = form_filled(p, field, b->a);
	if (field->type == FIELD_LIST || field->type == FIELD_PAIRS)
		form_items_list_add(b, part, field);
	else
		form_items_field_add(
		    b, (struct form_item){
			   .part = part, .field = field, .cell = form_cell(b->a, p, field->id) });
	if (!b->section)
		return;
	b->section->asked += field->required;
	b->section->filled += field->required && filled;
	b->section->any += filled;
}

// All of it under one heading, in the order of the form file.
static void form_items_quick_add(struct form_items_build *b, size_t part)
{
	static const struct form_section QUICK = { .id = "quick",
		.title = "Quick log",
		.help = "F5 shows the whole form. No patient-identifiable data." };
	const struct form_part *p = &b->f->part[part];
	b->section = NULL;
	for (size_t i = 0; p->form->quick[i]; i++) {
		const struct form_field *field = form_field(p->form, p->form->quick[i]);
		if (!field || !form_items_is_shown(b, p, field))
			continue;
		if (!b->section)
			b->section = item_add(
			    b, (struct form_item){
				   .type = ITEM_SECTION, .part = part, .section = &QUICK });
		form_items_shown_add(b, part, field);
	}
}

static void form_items_part_add(struct form_items_build *b, size_t part)
{
	const struct form_part *p = &b->f->part[part];
	if (b->f->quick && p->form->quick[0]) {
		form_items_quick_add(b, part);
		return;
	}
	for (size_t i = 0; i < p->form->section_count; i++) {
		const struct form_section *s = &p->form->sections[i];
		b->section = NULL;
		for (size_t k = 0; k < s->field_count; k++) {
			if (!form_items_is_shown(b, p, &s->fields[k]))
				continue;
			if (!b->section)
				b->section = item_add(
				    b, (struct form_item){
					   .type = ITEM_SECTION, .part = part, .section = s });
			form_items_shown_add(b, part, &s->fields[k]);
		}
	}
}

// --- parts

static const char *form_items_value_of(const struct form_screen *f, const char *field)
{
	if (f->part[0].exists)
		return record_get(&f->part[0].record, field);
	for (size_t i = 0; f->given[i]; i += 2)
		if (str_equal(f->given[i], field))
			return f->given[i + 1];
	return NULL;
}

static bool form_items_part_load(
    struct form_screen *f, struct form_part *p, struct store *s, const char *form, struct err *e)
{
	p->form = forms_find(store_forms(s), form, e);
	if (!p->form)
		return false;
	p->record = (struct record){ .id = p->id, .kind = p->kind };
	p->saw = (struct saw){ 0 };
	return !p->exists || (record_load(s, &f->work, &p->id, &p->record, e) &&
				 record_saw(s, &f->work, &p->id, &p->saw, e));
}

// What a new record will hold is shown as if it were stored.
static bool form_items_given_show(struct form_screen *f, struct err *e)
{
	struct form_part *p = &f->part[0];
	size_t n = 0;
	while (f->given[n])
		n += 2;
	p->record.cells = arena_array(&f->work, n / 2 + 1, sizeof *p->record.cells);
	if (!p->record.cells)
		return err_memory(e);
	for (size_t i = 0; i < n; i += 2)
		p->record.cells[p->record.count++] =
		    (struct cell){ .field = f->given[i], .value = f->given[i + 1], .heads = 1 };
	for (size_t i = 1; i < p->record.count; i++) // few: kept sorted by name
		for (size_t k = i;
		     k > 0 && strcmp(p->record.cells[k - 1].field, p->record.cells[k].field) > 0;
		     k--) {
			struct cell swap = p->record.cells[k];
			p->record.cells[k] = p->record.cells[k - 1];
			p->record.cells[k - 1] = swap;
		}
	return true;
}

// A team's charter: where there is none yet, its id is known all the same.
static bool form_items_charter_load(struct form_screen *f, struct store *s, struct err *e)
{
	struct form_part *p = &f->part[1];
	struct records found = { 0 };
	char team[ID_TEXT];
	*p = (struct form_part){ .kind = "charter", .prefix = "" };
	f->parts = 2;
	id_print(&f->part[0].id, team);
	if (f->part[0].exists &&
	    !record_list_by(s, &f->work, "charter", "team", &f->part[0].id, &found, e))
		return false;
	if (found.count > 0) {
		p->id = found.item[0].id;
		p->exists = true;
	} else {
		const char *key[] = { "team", team, NULL };
		struct err ignored = { 0 };
		struct save *v = save_begin(s, &f->work, &ignored);
		if (v && !save_new(v, "charter", key, &p->id, e))
			return false;
	}
	return form_items_part_load(f, p, s, "charter", e);
}

static bool form_items_parts_load(struct form_screen *f, struct store *s, struct err *e)
{
	struct form_part *p = &f->part[0];
	f->parts = 1;
	if (!form_items_part_load(f, p, s, f->kind, e) ||
	    (!p->exists && !form_items_given_show(f, e)))
		return false;
	if (str_equal(f->kind, "team"))
		return form_items_charter_load(f, s, e);
	const char *own =
	    form_items_value_of(f, str_equal(f->kind, "assessment") ? "instrument" : "form");
	bool answers = str_equal(f->kind, "note") || str_equal(f->kind, "assessment");
	if (!answers || str_empty(own))
		return true;
	struct err unknown = { 0 };
	f->part[1] = *p;
	f->part[1].prefix = "answers.";
	f->part[1].form = forms_find(store_forms(s), own, &unknown);
	f->parts = f->part[1].form ? 2 : 1; // a form that a newer copy brought: kept, not shown
	return true;
}

static bool form_items_scores_load(struct form_screen *f, struct store *s, struct err *e)
{
	struct id team;
	const char *uuid = form_items_value_of(f, "team");
	f->scores = (struct records){ 0 };
	if (!str_equal(f->kind, "assessment") || !uuid || !id_parse(uuid, &team))
		return true;
	return record_list(s, &f->work, "assessment", &team, &f->scores, e);
}

static bool form_items_conflicts_add(
    struct form_screen *f, struct store *s, const struct id *id, struct err *e)
{
	struct conflicts more, *all = &f->conflicts;
	if (!conflict_of_record(s, &f->work, id, &more, e))
		return false;
	size_t n = all->count + more.count;
	struct conflict *item = arena_array(&f->work, n + 1, sizeof *item);
	if (!item)
		return err_memory(e);
	for (size_t i = 0; i < n; i++)
		item[i] = i < all->count ? all->item[i] : more.item[i - all->count];
	*all = (struct conflicts){ item, n };
	return true;
}

static bool form_items_conflicts_load(struct form_screen *f, struct store *s, struct err *e)
{
	bool any = false;
	f->conflicts = (struct conflicts){ 0 };
	for (size_t i = 0; i < f->parts; i++)
		for (size_t k = 0; k < f->part[i].record.count; k++)
			any |= f->part[i].record.cells[k].heads > 1;
	for (size_t i = 0; any && i < f->parts; i++) {
		bool again = i && id_equal(&f->part[i].id, &f->part[0].id);
		if (!again && !form_items_conflicts_add(f, s, &f->part[i].id, e))
			return false;
	}
	return true;
}

// Of this cycle, among those of its team: a ramp is judged as a whole.
static bool form_items_fidelity_load(struct form_screen *f, struct store *s, struct err *e)
{
	struct form_part *p = &f->part[0];
	struct fidelity all;
	struct id team;
	p->fidelity = NULL;
	if (!str_equal(p->kind, "pdsa") || !p->exists || !record_ref(&p->record, "team", &team))
		return true;
	if (!fidelity_read(s, &f->work, &team, &all, e))
		return false;
	p->fidelity = fidelity_of(&all, &p->id);
	return true;
}

static bool form_items_aim_load(struct form_screen *f, struct store *s, struct err *e)
{
	const struct form_part *p = &f->part[0];
	f->aim = (struct aim){ .line = "" };
	return !str_equal(f->kind, "team") || !p->exists ||
	       aim_read(s, &f->work, &p->id, &f->aim, e);
}

static bool items_build(struct form_screen *f)
{
	struct form_items_build b = { .f = f, .a = &f->work };
	f->item = NULL;
	f->count = 0;
	for (size_t i = 0; i < f->parts; i++)
		form_items_part_add(&b, i);
	return !b.failed;
}

bool form_items_load(struct form_screen *f, struct app *app, struct err *e)
{
	struct form_screen before = *f;
	f->work = (struct arena){ 0 };
	bool good =
	    form_items_parts_load(f, app->store, e) && form_items_scores_load(f, app->store, e) &&
	    form_items_conflicts_load(f, app->store, e) && form_items_aim_load(f, app->store, e) &&
	    form_items_fidelity_load(f, app->store, e) && (items_build(f) || err_memory(e));
	if (good) {
		arena_free(&before.work);
		return true;
	}
	arena_free(&f->work);
	*f = before;
	return false;
}
