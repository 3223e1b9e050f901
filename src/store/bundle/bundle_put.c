// SPDX-License-Identifier: MIT
// The second pass over a bundle: every key of a record is a field, a link or a mistake.
#include "form/guess.h"
#include "store/bundle/bundle.h"

#include <plando/str.h>

#include <string.h>

static void put_link(struct bundle *b, struct item *from, const struct yaml *y)
{
	struct item *x = item_new(b, "link", from->team, y);
	if (!x)
		return;
	item_put_id(b, x, "from", &from->id);
	if (y->kind == YAML_MAP) {
		x->node = y;
		return;
	}
	const char *to = ref_find(b, x, y, form_field(x->form, "to"));
	if (to)
		item_put(b, x, "to", to);
	else
		x->broken = true;
}

static void put_links(struct bundle *b, struct item *from, const struct yaml *y)
{
	if (y->kind != YAML_LIST && !value_empty(y))
		put_link(b, from, y);
	for (size_t i = 0; y->kind == YAML_LIST && i < y->count && !bundle_stopped(b); i++)
		put_link(b, from, y->item[i]);
}

static void bundle_put_unknown_key(struct bundle *b, const struct item *x, const struct yaml *key)
{
	struct guess g = guess_for(key->text);
	const struct form *charter = str_equal(x->kind, "team") ? form_of(b, "charter") : NULL;
	for (const struct form_field *f = NULL; (f = form_next(x->form, f));)
		guess_try(&g, f->id);
	for (const struct form_field *f = NULL; charter && (f = form_next(charter, f));)
		guess_try(&g, f->id);
	for (const struct place *p = PLACES; p->key; p++)
		if (str_equal(p->under, x->kind))
			guess_try(&g, p->key);
	if (item_ordered(x->kind))
		guess_try(&g, "feeds");
	bundle_fault(b, key, "there is no key \"%.60s\" in a record of kind %s%s", key->text,
	    x->kind, guess_says(&g));
}

// Fields that the place already gave.
static bool bundle_put_given_by_place(const struct item *x, const char *field)
{
	for (const struct put *p = x->first; p; p = p->next)
		if (strcmp(p->cell, field) == 0 && strcmp(field, "position") != 0)
			return true;
	return false;
}

static bool bundle_put_is_node(const struct item *x)
{
	return str_equal(x->kind, "driver") || str_equal(x->kind, "idea");
}

static void put_key(struct bundle *b, struct item *x, const struct yaml *key, const struct yaml *y)
{
	const char *name = key->text;
	const struct form_field *f = strchr(name, '.') ? NULL : form_field(x->form, name);
	if (str_equal(name, "id") || str_equal(name, "key") || place_find(x->kind, name) ||
	    (str_equal(x->kind, "idea") && str_equal(name, "type")))
		return;
	if (bundle_put_is_node(x) && str_equal(name, "feeds")) {
		put_links(b, x, y);
		return;
	}
	if (str_equal(name, "more")) {
		value_put_raw(b, x, y);
		return;
	}
	if (!f && str_equal(x->kind, "team") && !str_equal(name, "team")) {
		struct item *charter = NULL;
		const struct form *form = form_of(b, "charter");
		f = form && !strchr(name, '.') ? form_field(form, name) : NULL;
		charter = f ? item_charter(b, x, key) : NULL;
		if (charter)
			value_put(b, charter, "", f, y);
	} else if (f && f->type == FIELD_REF && bundle_put_given_by_place(x, name)) {
		bundle_fault(
		    b, key, "\"%s\" is given by where this record stands; leave it out", name);
	} else if (f) {
		value_put(b, x, "", f, y);
	}
	if (!f)
		bundle_put_unknown_key(b, x, key);
}

void bundle_put(struct bundle *b, struct item *x)
{
	size_t before = b->faults;
	if (x->flat && x->form)
		flat_put(b, x);
	for (size_t i = 0;
	     !x->flat && x->node && x->form && i < x->node->count && !bundle_stopped(b); i++)
		put_key(b, x, x->node->key[i], x->node->item[i]);
	x->broken |= b->faults > before;
}
