// SPDX-License-Identifier: MIT
// The records of a JSON export: each stands alone under "records", with its id, its kind and its
// fields as `get --json` shows them. A team's charter is among its fields, and the answers of a
// note or an instrument are called as fields of its own.
#include "form/guess.h"
#include "store/bundle/bundle.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

static const char ANSWERS[] = "answers.";

static bool flat_is_empty(const struct yaml *y)
{
	return value_empty(y) || (y->kind != YAML_SCALAR && y->count == 0);
}

static const char *flat_bare(const char *name)
{
	return str_starts(name, ANSWERS) ? name + strlen(ANSWERS) : name;
}

static void flat_guess(struct guess *g, const struct form *form)
{
	for (const struct form_field *f = NULL; form && (f = form_next(form, f));)
		guess_try(g, f->id);
}

static void flat_unknown(struct bundle *b, const struct item *x, const struct form *charter,
    const struct form *own, const struct yaml *key)
{
	struct guess g = guess_for(key->text);
	flat_guess(&g, x->form);
	flat_guess(&g, charter);
	flat_guess(&g, own);
	bundle_fault(b, key, "there is no field \"%.60s\" in a record of kind %s%s", key->text,
	    x->kind, guess_says(&g));
}

static void flat_put_field(
    struct bundle *b, struct item *x, const struct yaml *key, const struct yaml *y)
{
	const struct form_field *f = form_field(x->form, key->text);
	bool team = str_equal(x->kind, "team") && !str_equal(key->text, "team");
	const struct form *charter = team ? form_of(b, "charter") : NULL;
	const struct form *own = form_naming(x->kind) ? bundle_form_named(b, x) : NULL;
	if (f) {
		value_put(b, x, "", f, y);
		return;
	}
	f = charter ? form_field(charter, key->text) : NULL;
	if (f) {
		struct item *of = flat_is_empty(y) ? NULL : item_charter(b, x, key);
		if (of)
			value_put(b, of, "", f, y);
		return;
	}
	f = own ? form_field(own, flat_bare(key->text)) : NULL;
	if (f)
		value_put(b, x, ANSWERS, f, y);
	else if (!yaml_get(yaml_get(x->flat, "more"), key->text))
		flat_unknown(b, x, charter, own, key);
}

void flat_put(struct bundle *b, struct item *x)
{
	static const char *const PARTS[] = { "archived", "archived_why" };
	const struct yaml *more = yaml_get(x->flat, "more");
	for (size_t i = 0; i < x->node->count && !bundle_stopped(b); i++)
		flat_put_field(b, x, x->node->key[i], x->node->item[i]);
	for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
		const struct yaml *y = yaml_get(x->flat, PARTS[i]);
		const struct form_field *f = form_field(x->form, PARTS[i]);
		if (y && f)
			value_put(b, x, "", f, y);
	}
	if (more)
		value_put_raw(b, x, more);
}

static bool flat_keys(struct bundle *b, const struct yaml *y)
{
	static const char *const KEYS[] = { "id", "kind", "fields", "archived", "archived_why",
		"conflicts", "more", NULL };
	for (size_t i = 0; i < y->count; i++) {
		struct guess g = guess_for(y->key[i]->text);
		size_t k = 0;
		while (KEYS[k] && !str_equal(KEYS[k], y->key[i]->text))
			guess_try(&g, KEYS[k++]);
		if (!KEYS[k]) {
			bundle_fault(b, y->key[i], "a record in \"records\" has no key \"%.60s\"%s",
			    y->key[i]->text, guess_says(&g));
			return false;
		}
	}
	return true;
}

static void flat_take_record(struct bundle *b, const struct yaml *y)
{
	const struct yaml *kind = yaml_get(y, "kind"), *fields = yaml_get(y, "fields"),
			  *id = yaml_get(y, "id");
	struct id given;
	if (!kind || kind->kind != YAML_SCALAR || !fields || fields->kind != YAML_MAP || !id) {
		bundle_fault(b, y, "a record in \"records\" has the keys id, kind and fields");
		return;
	}
	if (!id_parse(id->text, &given)) {
		bundle_fault(b, id, "an id has 32 hex digits with hyphens");
		return;
	}
	if (!flat_keys(b, y))
		return;
	if (!kind_find(kind->text)) {
		bundle_fault(
		    b, kind, "there is no kind \"%.60s\"; plando kinds lists them", kind->text);
		return;
	}
	struct item *x = item_new(b, kind->text, NULL, y);
	if (!x)
		return;
	x->node = x->flat = y;
	item_take_id(b, x);
	item_file(b, x);
	x->node = fields;
}

void flat_take(struct bundle *b, const struct yaml *list)
{
	if (list->kind != YAML_LIST)
		bundle_fault(b, list, "\"records\" is a list");
	for (size_t i = 0; list->kind == YAML_LIST && i < list->count && !bundle_stopped(b); i++)
		flat_take_record(b, list->item[i]);
}
