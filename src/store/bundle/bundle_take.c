// SPDX-License-Identifier: MIT
// The first pass over a bundle: every record gets its place and its id, every key is noted.
#include "form/guess.h"
#include "store/bundle/bundle.h"

#include <plando/str.h>

#include <string.h>

static void take_below(struct bundle *b, struct item *x);

// The order of the file is the order on the screen.
static void take_position(struct bundle *b, struct item *x, struct item *above)
{
	if (!item_ordered(x->kind) || x->given || yaml_get(x->node, "position"))
		return;
	above->position = order_between(b->arena, store_env(b->store), above->position, NULL);
	item_put(b, x, "position", above->position);
}

static bool bundle_take_has_field(const struct item *x, const char *field)
{
	return x->form && form_field(x->form, field);
}

static void take_record(struct bundle *b, const struct place *p, const char *kind,
    struct item *above, const struct yaml *y)
{
	struct item *team = !above ? NULL : str_equal(above->kind, "team") ? above : above->team;
	struct item *x = item_new(b, kind, team, y);
	if (!x)
		return;
	x->node = y;
	item_take_id(b, x);
	if (x->given || !kind_find(kind)->natural[0])
		item_file(b, x);
	if (p->field)
		item_put_id(b, x, p->field, &above->id);
	if (team && !str_equal(p->field, "team") && bundle_take_has_field(x, "team"))
		item_put_id(b, x, "team", &team->id);
	if (above)
		take_position(b, x, above);
	if (yaml_get(y, "key"))
		key_add(b, team, x, yaml_get(y, "key"));
	if (str_equal(kind, "person"))
		name_add(b, x);
	people_take(b, x);
	take_below(b, x);
}

// The aim in a diagram is the team's: its id is the team's id, its text the charter's.
static void take_aim(struct bundle *b, struct item *team, const struct yaml *y)
{
	static const char *const KEYS[] = { "key", "id", "type", "text", NULL };
	for (size_t i = 0; i < y->count; i++) {
		size_t k = 0;
		while (KEYS[k] && strcmp(KEYS[k], y->key[i]->text) != 0)
			k++;
		if (!KEYS[k])
			bundle_fault(b, y->key[i],
			    "the aim has no key \"%.60s\"; it has key, type and text",
			    y->key[i]->text);
	}
	const struct yaml *id = yaml_get(y, "id"), *text = yaml_get(y, "text");
	struct id given;
	if (id && (!id_parse(id->text, &given) || !id_equal(&given, &team->id)))
		bundle_fault(b, id, "the id of an aim is the id of its team");
	if (yaml_get(y, "key"))
		key_add(b, team, team, yaml_get(y, "key"));
	struct item *charter = text ? item_charter(b, team, y) : NULL;
	if (charter)
		value_put(b, charter, "", form_field(charter->form, "aim_text"), text);
}

static void take_node(
    struct bundle *b, const struct place *p, struct item *team, const struct yaml *y)
{
	static const char *const TYPES[] = { "aim", "primary", "secondary", "idea" };
	const struct yaml *type = yaml_get(y, "type");
	if (!type && yaml_get(y, "id")) { // a driver that lost its type goes out and comes back so
		take_record(b, p, "driver", team, y);
		return;
	}
	if (!type || type->kind != YAML_SCALAR) {
		bundle_fault(b, type ? type : y,
		    "what stands in a diagram needs a type: aim, primary, secondary or idea");
		return;
	}
	struct guess g = guess_for(type->text);
	size_t t = 0;
	while (t < 4 && strcmp(TYPES[t], type->text) != 0)
		guess_try(&g, TYPES[t++]);
	if (t == 4)
		bundle_fault(b, type,
		    "there is no type \"%.60s\" in a diagram; there are aim, primary, secondary "
		    "and idea%s",
		    type->text, guess_says(&g));
	else if (t == 0)
		take_aim(b, team, y);
	else
		take_record(b, p, t == 3 ? "idea" : "driver", team, y);
}

static void take_list(
    struct bundle *b, const struct place *p, struct item *above, const struct yaml *list)
{
	if (value_empty(list))
		return;
	if (list->kind != YAML_LIST) {
		bundle_fault(
		    b, list, "\"%s\" is a list; put a dash before each of its records", p->key);
		return;
	}
	for (size_t i = 0; i < list->count && !bundle_stopped(b); i++) {
		const struct yaml *y = list->item[i];
		if (y->kind != YAML_MAP)
			bundle_fault(
			    b, y, "a record in \"%s\" is written as keys and values", p->key);
		else if (p->kind)
			take_record(b, p, p->kind, above, y);
		else
			take_node(b, p, above, y);
	}
}

static void take_below(struct bundle *b, struct item *x)
{
	for (size_t i = 0; i < x->node->count && !bundle_stopped(b); i++) {
		const struct place *p = place_find(x->kind, x->node->key[i]->text);
		if (p)
			take_list(b, p, x, x->node->item[i]);
	}
}

static void take_collaborative(struct bundle *b, const struct yaml *y)
{
	if (y->kind != YAML_MAP) {
		bundle_fault(b, y, "\"collaborative\" is written as keys and values");
		return;
	}
	struct item *x = item_new(b, "collaborative", NULL, y);
	if (!x)
		return;
	x->id = ID_COLLABORATIVE;
	x->given = true;
	x->node = y;
	item_look(b, x, y);
	item_file(b, x);
}

static void take_other(struct bundle *b, const struct yaml *y)
{
	const struct yaml *kind = yaml_get(y, "kind"), *id = yaml_get(y, "id"),
			  *cells = yaml_get(y, "cells");
	if (!kind || kind->kind != YAML_SCALAR || !*kind->text || strlen(kind->text) > 64 || !id ||
	    !cells || y->count != 3) {
		bundle_fault(b, y, "a record in \"others\" has the keys kind, id and cells");
		return;
	}
	struct item *x = item_new(b, kind->text, NULL, y);
	if (!x)
		return;
	x->node = y;
	item_take_id(b, x);
	item_file(b, x);
	value_put_raw(b, x, cells);
	x->node = NULL;
}

void bundle_take(struct bundle *b, const struct yaml *root)
{
	for (size_t i = 0; i < root->count && !bundle_stopped(b); i++) {
		const struct yaml *key = root->key[i], *y = root->item[i];
		const struct place *p = place_find(NULL, key->text);
		struct guess g = guess_for(key->text);
		if (p) {
			take_list(b, p, NULL, y);
		} else if (str_equal(key->text, "collaborative")) {
			take_collaborative(b, y);
		} else if (str_equal(key->text, "records")) {
			flat_take(b, y);
		} else if (str_equal(key->text, "others") && y->kind == YAML_LIST) {
			for (size_t k = 0; k < y->count; k++)
				take_other(b, y->item[k]);
		} else if (!str_equal(key->text, "plando")) {
			guess_try(&g, "collaborative");
			for (p = PLACES; p->key; p++)
				if (!p->under)
					guess_try(&g, p->key);
			bundle_fault(
			    b, key, "a bundle has no key \"%.60s\"%s", key->text, guess_says(&g));
		}
	}
}
