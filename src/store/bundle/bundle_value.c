// SPDX-License-Identifier: MIT
// Values of a bundle into cells: one value, members, elements of lists, answers.
#include "form/guess.h"
#include "store/bundle/bundle.h"

#include <plando/str.h>

#include <string.h>

bool value_empty(const struct yaml *y)
{
	return y->kind == YAML_SCALAR && y->plain &&
	       (!*y->text || str_equal(y->text, "~") || str_equal(y->text, "null"));
}

static const char *bundle_value_join(struct bundle *b, const char *a, const char *c)
{
	const char *s = arena_printf(b->arena, "%s%s", a, c);
	if (!s)
		bundle_fail(b);
	return s ? s : "";
}

// --- one value

// Dates stand in one form only: a bundle means the same on every day and in every country.
static bool bundle_value_iso_only(
    struct bundle *b, const struct form_field *f, const struct yaml *y)
{
	date_t d = 0;
	bool month = f->type == FIELD_MONTH;
	const char *day = month ? bundle_value_join(b, y->text, "-01") : y->text;
	if ((f->type != FIELD_DATE && !month) || date_parse_iso(day, &d))
		return true;
	bundle_fault(b, y, "%s: \"%.60s\" is not a %s; write it as %s", f->id, y->text,
	    month ? "month" : "date", month ? "2026-05" : "2026-05-03");
	return false;
}

static bool bundle_value_is_raw(const struct item *x, const char *cell)
{
	return x->raw && yaml_get(x->raw, cell);
}

static const char *bundle_value_parse_one(
    struct bundle *b, const struct form_field *f, const struct yaml *y)
{
	struct err why = { 0 };
	char *stored = NULL;
	if (y->kind != YAML_SCALAR) {
		bundle_fault(b, y, "%s: here stands one value, not a %s", f->id,
		    y->kind == YAML_LIST ? "list" : "map");
		return NULL;
	}
	if (*y->text && !bundle_value_iso_only(b, f, y))
		return NULL;
	if (!field_parse(b->arena, f, y->text, store_today(b->store), &stored, &why)) {
		if (why.code == ERR_MEMORY)
			bundle_fail(b);
		else
			bundle_fault(b, y, "%s: %s", f->id, why.text);
		return NULL;
	}
	return stored;
}

const struct form *bundle_form_named(struct bundle *b, const struct item *x)
{
	const char *by = form_field(x->form, "form") ? "form" : "instrument";
	const struct yaml *named = yaml_get(x->node, by);
	const char *id = named ? named->text : x->stored ? record_get(&x->now, by) : NULL;
	return id ? form_of(b, id) : NULL;
}

static void bundle_value_put_one(struct bundle *b, struct item *x, const char *cell,
    const struct form_field *f, const struct yaml *y)
{
	if (bundle_value_is_raw(x, cell))
		return;
	bool scale = f->type == FIELD_SCALE && !str_starts(cell, "answers.");
	const struct form_field *on =
	    field_on_scale(b->arena, f, scale ? bundle_form_named(b, x) : NULL);
	if (!on) {
		bundle_fail(b);
		return;
	}
	const char *stored = bundle_value_parse_one(b, on, y);
	if (stored)
		item_put(b, x, cell, stored);
}

static void bundle_value_put_ref(struct bundle *b, struct item *x, const char *cell,
    const struct form_field *f, const struct yaml *y)
{
	bool none = y->kind == YAML_SCALAR && !*y->text, raw = bundle_value_is_raw(x, cell);
	const char *uuid = none ? "" : raw ? NULL : ref_find(b, x, y, f);
	if (uuid && !raw)
		item_put(b, x, cell, uuid);
}

// --- members: one, or a list

static void bundle_value_put_member(struct bundle *b, struct item *x, const char *cell,
    const struct form_field *f, const struct yaml *y)
{
	if (y->kind == YAML_SCALAR &&
	    bundle_value_is_raw(x, bundle_value_join(b, bundle_value_join(b, cell, "."), y->text)))
		return;
	const char *member =
	    f->type == FIELD_REFS ? ref_find(b, x, y, f) : bundle_value_parse_one(b, f, y);
	if (!str_empty(member))
		item_put(b, x, bundle_value_join(b, bundle_value_join(b, cell, "."), member), "1");
}

static void bundle_value_put_members(struct bundle *b, struct item *x, const char *cell,
    const struct form_field *f, const struct yaml *y)
{
	if (y->kind == YAML_SCALAR)
		bundle_value_put_member(b, x, cell, f, y);
	else if (y->kind == YAML_MAP)
		bundle_fault(b, y, "%s: here stands a list", f->id);
	else
		for (size_t i = 0; i < y->count; i++)
			bundle_value_put_member(b, x, cell, f, y->item[i]);
}

// --- lists

static bool bundle_value_is_element_key(const char *text)
{
	return strlen(text) == 8 && strspn(text, "0123456789abcdef") == 8;
}

static const char *bundle_value_element_key(struct bundle *b, const struct yaml *y)
{
	const struct yaml *given = yaml_get(y, "id");
	const struct env *env = store_env(b->store);
	uint8_t chance[4] = { 0 };
	if (given && given->kind == YAML_SCALAR && bundle_value_is_element_key(given->text))
		return given->text;
	if (given)
		bundle_fault(b, given,
		    "the id of an element has 8 hex digits; leave it out for a "
		    "new one");
	if (!env->random(env->world, chance, sizeof chance) && !b->failed) {
		b->failed = true;
		err_set(b->e, ERR_IO, "this computer gives no random numbers; nothing was written");
	}
	const char *hex =
	    arena_printf(b->arena, "%02x%02x%02x%02x", chance[0], chance[1], chance[2], chance[3]);
	if (!hex)
		bundle_fail(b);
	return hex ? hex : "";
}

static const struct form_field *bundle_value_subfield(const struct form_field *f, const char *id)
{
	for (size_t i = 0; i < f->field_count; i++)
		if (str_equal(f->fields[i].id, id))
			return &f->fields[i];
	return NULL;
}

static void bundle_value_put_subfield(struct bundle *b, struct item *x, const char *element,
    const struct form_field *f, const struct yaml *key, const struct yaml *y)
{
	const struct form_field *sub = bundle_value_subfield(f, key->text);
	struct guess g = guess_for(key->text);
	if (sub) {
		value_put(b, x, element, sub, y);
		return;
	}
	if (str_equal(key->text, "id"))
		return;
	for (size_t i = 0; i < f->field_count; i++)
		guess_try(&g, f->fields[i].id);
	bundle_fault(b, key, "%s: there is no key \"%.60s\"%s", f->id, key->text, guess_says(&g));
}

// The place of an element after the one before it; one that is stored keeps its place.
static const char *bundle_value_put_place(
    struct bundle *b, struct item *x, const char *element, const char *before)
{
	const char *cell = bundle_value_join(b, element, "pos");
	const char *stored = x->stored ? record_get(&x->now, cell) : NULL;
	if (stored)
		return stored;
	const char *pos = order_between(b->arena, store_env(b->store), before, NULL);
	item_put(b, x, cell, pos);
	return pos;
}

static const char *bundle_value_last_place(
    const struct bundle *b, const struct item *x, const char *cell)
{
	struct elements old = { 0 };
	if (!x->stored || !record_elements(&x->now, b->arena, cell, &old) || old.count == 0)
		return NULL;
	return record_element_get(&x->now, cell, old.key[old.count - 1], "pos");
}

static void bundle_value_put_list(struct bundle *b, struct item *x, const char *cell,
    const struct form_field *f, const struct yaml *y)
{
	const char *pos = bundle_value_last_place(b, x, cell);
	if (y->kind != YAML_LIST) {
		bundle_fault(b, y, "%s: here stands a list; put a dash before each entry", f->id);
		return;
	}
	for (size_t i = 0; i < y->count && !bundle_stopped(b); i++) {
		const struct yaml *map = y->item[i];
		if (map->kind != YAML_MAP) {
			bundle_fault(b, map, "%s: an entry is written as keys and values", f->id);
			continue;
		}
		const char *hex = bundle_value_element_key(b, map);
		const char *element = bundle_value_join(
		    b, bundle_value_join(b, cell, "."), bundle_value_join(b, hex, "."));
		pos = bundle_value_put_place(b, x, element, pos);
		for (size_t k = 0; k < map->count; k++)
			bundle_value_put_subfield(b, x, element, f, map->key[k], map->item[k]);
	}
}

// --- answers: the fields of the form that the record names

static bool bundle_value_cell_name(const char *text, size_t most)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_~.-");
	return n > 0 && n <= most && !text[n] && text[0] >= 'a' && text[0] <= 'z';
}

// An answer to a form that is not known here is kept as it stands.
static void bundle_value_put_unknown(struct bundle *b, struct item *x, const char *cell,
    const struct yaml *y, const struct yaml *key)
{
	if (!bundle_value_cell_name(key->text, 32))
		bundle_fault(b, key,
		    "\"%.60s\" is no field: small letters, digits and _, 32 at most", key->text);
	else if (y->kind == YAML_SCALAR)
		item_put(b, x, cell, y->text);
	else if (y->kind == YAML_MAP)
		bundle_fault(b, y, "%s: an answer is a value or a list", key->text);
	const char *pos = y->kind == YAML_LIST ? bundle_value_last_place(b, x, cell) : NULL;
	for (size_t i = 0; y->kind == YAML_LIST && i < y->count; i++) {
		const struct yaml *m = y->item[i];
		const char *element = m->kind == YAML_MAP
					  ? bundle_value_join(b, bundle_value_join(b, cell, "."),
						bundle_value_element_key(b, m))
					  : NULL;
		if (element)
			pos = bundle_value_put_place(b, x, bundle_value_join(b, element, "."), pos);
		for (size_t k = 0; element && k < m->count; k++)
			if (!str_equal(m->key[k]->text, "id"))
				bundle_value_put_unknown(b, x,
				    bundle_value_join(
					b, bundle_value_join(b, element, "."), m->key[k]->text),
				    m->item[k], m->key[k]);
		if (m->kind == YAML_SCALAR && bundle_value_cell_name(m->text, 32))
			item_put(b, x,
			    bundle_value_join(b, bundle_value_join(b, cell, "."), m->text), "1");
		else if (m->kind != YAML_MAP)
			bundle_fault(
			    b, m, "%s: an entry is a word or has keys and values", key->text);
	}
}

static void bundle_value_put_answer(struct bundle *b, struct item *x, const struct form *form,
    const struct yaml *key, const struct yaml *y)
{
	const struct form_field *f =
	    form && !strchr(key->text, '.') ? form_field(form, key->text) : NULL;
	struct guess g = guess_for(key->text);
	if (value_empty(y))
		return;
	if (f) {
		value_put(b, x, "answers.", f, y);
		return;
	}
	if (!form) {
		bundle_value_put_unknown(b, x, bundle_value_join(b, "answers.", key->text), y, key);
		return;
	}
	while ((f = form_next(form, f)))
		guess_try(&g, f->id);
	bundle_fault(b, key, "the form \"%s\" has no field \"%.60s\"%s", form->id, key->text,
	    guess_says(&g));
}

static void bundle_value_put_answers(struct bundle *b, struct item *x, const char *cell,
    const struct form_field *f, const struct yaml *y)
{
	(void)cell;
	const struct form *form = bundle_form_named(b, x);
	if (y->kind != YAML_MAP)
		bundle_fault(b, y, "%s: answers are written as keys and values", f->id);
	for (size_t i = 0; y->kind == YAML_MAP && i < y->count && !bundle_stopped(b); i++)
		bundle_value_put_answer(b, x, form, y->key[i], y->item[i]);
}

// --- the table

typedef void put_fn(struct bundle *b, struct item *x, const char *cell, const struct form_field *f,
    const struct yaml *y);

static put_fn *const PUTS[FIELD_TYPES] = {
	[FIELD_REF] = bundle_value_put_ref,
	[FIELD_REFS] = bundle_value_put_members,
	[FIELD_CHOICES] = bundle_value_put_members,
	[FIELD_LIST] = bundle_value_put_list,
	[FIELD_PAIRS] = bundle_value_put_list,
	[FIELD_ANSWERS] = bundle_value_put_answers,
};

void value_put(struct bundle *b, struct item *x, const char *prefix, const struct form_field *f,
    const struct yaml *y)
{
	if (value_empty(y) || b->failed)
		return;
	put_fn *put = PUTS[f->type] ? PUTS[f->type] : bundle_value_put_one;
	put(b, x, bundle_value_join(b, prefix, f->id), f, y);
}

void value_put_raw(struct bundle *b, struct item *x, const struct yaml *cells)
{
	if (cells->kind != YAML_MAP) {
		bundle_fault(b, cells, "cells are written as names and values");
		return;
	}
	for (size_t i = 0; i < cells->count; i++)
		if (!bundle_value_cell_name(cells->key[i]->text, 96))
			bundle_fault(b, cells->key[i], "\"%.60s\" is not the name of a cell",
			    cells->key[i]->text);
		else if (cells->item[i]->kind != YAML_SCALAR)
			bundle_fault(b, cells->item[i], "a cell holds one value");
		else
			item_put(b, x, cells->key[i]->text, cells->item[i]->text);
}
