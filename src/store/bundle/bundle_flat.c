// SPDX-License-Identifier: MIT
// The records of a JSON export, or of a folder of tables: each stands alone under "records", with
// its id, its kind and its fields as `get --json` shows them. A team's charter is among its fields,
// and the answers of a note or an instrument are called as fields of its own.
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

// --- what a table holds in one cell

// Members stand in one cell, "a, b"; a list has a file of its own, and what its cell says is for
// people.
static const struct yaml *flat_cell(
    struct bundle *b, const struct form_field *f, const struct yaml *y)
{
	bool set = f->type == FIELD_CHOICES || f->type == FIELD_REFS;
	struct yaml *list = NULL;
	if (!b->files || y->kind != YAML_SCALAR || value_empty(y))
		return y;
	if ((f->type == FIELD_LIST || f->type == FIELD_PAIRS)) {
		bundle_fault(b, y,
		    "%s: its entries stand in a file of their own, *.%s.csv, which "
		    "has none for this record",
		    f->id, f->id);
		return NULL;
	}
	if (!set)
		return y;
	for (const char *at = y->text; at; at = strstr(at, ", ") ? strstr(at, ", ") + 2 : NULL) {
		const char *end = strstr(at, ", ");
		size_t n = end ? (size_t)(end - at) : strlen(at);
		list = list ? list : yaml_new(b->arena, YAML_LIST, y->line, y->column);
		if (!list || !yaml_add(b->arena, list, NULL,
				 yaml_new_text(b->arena, at, n, y->line, y->column))) {
			bundle_fail(b);
			return NULL;
		}
	}
	return list;
}

// "owner_title" behind the reference "owner": it is there for people.
static bool flat_is_title(
    const struct bundle *b, const struct yaml *fields, size_t i, const struct form_field *before)
{
	const char *name = fields->key[i]->text;
	size_t n = before ? strlen(fields->key[i - 1]->text) : 0;
	return b->files && before && (before->type == FIELD_REF || before->type == FIELD_REFS) &&
	       strncmp(name, fields->key[i - 1]->text, n) == 0 && str_equal(name + n, "_title");
}

// --- fields

struct flat_forms { // by which the fields of a record are read
	const struct form *charter, *own;
};

// *of: whose field it is; *prefix: of its cell. NULL: nobody's.
static const struct form_field *flat_field(struct item *x, const struct flat_forms *forms,
    const char *name, bool *of_charter, const char **prefix)
{
	const struct form_field *f = form_field(x->form, name);
	*of_charter = false;
	*prefix = "";
	if (f)
		return f;
	f = forms->charter && !str_equal(name, "team") ? form_field(forms->charter, name) : NULL;
	*of_charter = f != NULL;
	if (f || !forms->own)
		return f;
	*prefix = ANSWERS;
	return form_field(forms->own, flat_bare(name));
}

// Returns the field of the i-th key; NULL: there is none.
static const struct form_field *flat_put_field(struct bundle *b, struct item *x,
    const struct flat_forms *forms, const struct yaml *key, const struct yaml *y)
{
	bool of_charter;
	const char *prefix;
	const struct form_field *f = flat_field(x, forms, key->text, &of_charter, &prefix);
	if (!f) {
		if (!yaml_get(x->raw, key->text) &&
		    !yaml_get(yaml_get(x->flat, "charter"), key->text))
			flat_unknown(b, x, forms->charter, forms->own, key);
		return NULL;
	}
	const struct yaml *value = flat_cell(b, f, y);
	struct item *of = !value || (of_charter && flat_is_empty(value)) ? NULL
			  : of_charter					 ? item_charter(b, x, key)
									 : x;
	if (of)
		value_put(b, of, prefix, f, value);
	return f;
}

static void flat_put_charter(struct bundle *b, struct item *x)
{
	const struct yaml *cells = yaml_get(x->flat, "charter");
	struct item *charter =
	    cells && str_equal(x->kind, "team") ? item_charter(b, x, cells) : NULL;
	if (!charter)
		return;
	charter->raw = cells;
	value_put_raw(b, charter, cells);
}

void flat_put(struct bundle *b, struct item *x)
{
	static const char *const PARTS[] = { "archived", "archived_why" };
	const struct yaml *more = x->raw = yaml_get(x->flat, "more");
	const struct flat_forms forms = {
		.charter = str_equal(x->kind, "team") ? form_of(b, "charter") : NULL,
		.own = form_naming(x->kind) ? bundle_form_named(b, x) : NULL,
	};
	const struct form_field *before = NULL;
	flat_put_charter(b, x);
	for (size_t i = 0; i < x->node->count && !bundle_stopped(b); i++)
		before = flat_is_title(b, x->node, i, before)
			     ? NULL
			     : flat_put_field(b, x, &forms, x->node->key[i], x->node->item[i]);
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
		"conflicts", "more", "charter", NULL };
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
