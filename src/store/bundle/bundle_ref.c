// SPDX-License-Identifier: MIT
// What names mean in a bundle: keys, ids, people named in place of a reference, forms.
#include "form/guess.h"
#include "store/bundle/bundle.h"

#include <plando/kind.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { GUESSES_MOST = 2000 }; // keys that a wrong one is held against

// --- keys

static uint64_t bundle_ref_key_hash(const struct item *scope, const char *text)
{
	return index_hash(text, strlen(text), scope ? scope->at + 1 : 0);
}

static struct bundle_key *bundle_ref_key_find(
    const struct bundle *b, const struct item *scope, const char *text)
{
	size_t walk = 0, at;
	while ((at = index_next(&b->by_key, bundle_ref_key_hash(scope, text), &walk)) != SIZE_MAX)
		if (b->key[at].scope == scope && strcmp(b->key[at].text, text) == 0)
			return &b->key[at];
	return NULL;
}

void key_add(struct bundle *b, struct item *scope, struct item *x, const struct yaml *key)
{
	if (key->kind != YAML_SCALAR || !*key->text) {
		bundle_fault(b, key, "a key is one word, used to refer to this record");
		return;
	}
	const struct bundle_key *other = bundle_ref_key_find(b, scope, key->text);
	if (other) {
		bundle_fault(b, key, "the key \"%.60s\" stands twice%s; it is already on line %u",
		    key->text, scope ? " in this team" : "", other->line);
		return;
	}
	if (!arena_grow(b->arena, (void **)&b->key, b->keys, &b->key_cap, sizeof *b->key) ||
	    !index_put(&b->by_key, bundle_ref_key_hash(scope, key->text), b->keys)) {
		bundle_fail(b);
		return;
	}
	b->key[b->keys++] = (struct bundle_key){ key->text, scope, x, key->line };
}

static const struct item *bundle_ref_scope_of(const struct item *x)
{
	return str_equal(x->kind, "team") ? x : x->team;
}

// --- references

static const char *bundle_ref_uuid_of(struct bundle *b, const struct id *id)
{
	char uuid[ID_TEXT];
	id_print(id, uuid);
	const char *kept = arena_strdup(b->arena, uuid);
	if (!kept)
		bundle_fail(b);
	return kept;
}

static const char *bundle_ref_meant(struct bundle *b, const struct yaml *y,
    const struct form_field *f, const char *kind, const struct id *id)
{
	if (kind_among(f->of, kind))
		return bundle_ref_uuid_of(b, id);
	bundle_fault(b, y, "\"%.60s\" is of kind %s; \"%s\" names a record of kind %s", y->text,
	    kind, f->id, f->of);
	return NULL;
}

static const char *bundle_ref_dangling(
    struct bundle *b, const struct item *scope, const struct yaml *y, const struct form_field *f)
{
	struct guess g = guess_for(y->text);
	for (size_t i = 0; i < b->keys && i < GUESSES_MOST; i++)
		if ((!b->key[i].scope || b->key[i].scope == scope) &&
		    kind_among(f->of, b->key[i].of->kind))
			guess_try(&g, b->key[i].text);
	bundle_fault(b, y, "%s: nothing of kind %s has the key \"%.60s\"%s", f->id, f->of, y->text,
	    guess_says(&g));
	return NULL;
}

// An id may name a record that is not in this copy.
static const char *bundle_ref_by_uuid(
    struct bundle *b, const struct yaml *y, const struct form_field *f, const struct id *id)
{
	const struct item *x = item_by_id(b, id);
	struct record r = { 0 };
	if (x)
		return bundle_ref_meant(b, y, f, x->kind, id);
	if (record_load(b->store, b->arena, id, &r, NULL))
		return bundle_ref_meant(b, y, f, r.kind, id);
	return bundle_ref_uuid_of(b, id);
}

// --- people in place

static uint64_t bundle_ref_name_hash(const struct item *team, const char *name)
{
	return index_hash(name, strlen(name), team ? team->at + 1 : 0);
}

static const char *bundle_ref_name_of(const struct item *x)
{
	const struct yaml *y = yaml_get(x->node, "name");
	return y ? y->text : record_get(&x->now, "name");
}

static struct item *bundle_ref_name_find(
    const struct bundle *b, const struct item *team, const char *name)
{
	size_t walk = 0, at;
	while ((at = index_next(&b->by_name, bundle_ref_name_hash(team, name), &walk)) != SIZE_MAX)
		if (b->item[at]->team == team && str_equal(bundle_ref_name_of(b->item[at]), name))
			return b->item[at];
	return NULL;
}

// Of several people of one name the first is meant.
void name_add(struct bundle *b, struct item *person)
{
	const char *name = bundle_ref_name_of(person);
	if (str_empty(name) || bundle_ref_name_find(b, person->team, name))
		return;
	if (!index_put(&b->by_name, bundle_ref_name_hash(person->team, name), person->at))
		bundle_fail(b);
}

// The person of that name whom the workbook knows already.
static bool bundle_ref_name_stored(
    struct bundle *b, const struct item *team, const char *name, struct record *out)
{
	struct records all = { 0 };
	if (team && !team->stored)
		return false;
	if (!record_list(b->store, b->arena, "person", team ? &team->id : NULL, &all, b->e)) {
		b->failed = true;
		return false;
	}
	for (size_t i = 0; i < all.count; i++)
		if (str_equal(record_get(&all.item[i], "name"), name) &&
		    (team || !record_get(&all.item[i], "team"))) {
			*out = all.item[i];
			return true;
		}
	return false;
}

static struct item *bundle_ref_person_new(struct bundle *b, struct item *team, const struct yaml *y)
{
	struct item *x = item_new(b, "person", team, y);
	if (!x)
		return NULL;
	struct record known = { 0 };
	x->node = y;
	item_take_id(b, x);
	if (!x->given && bundle_ref_name_stored(b, team, yaml_get(y, "name")->text, &known)) {
		x->id = known.id;
		x->given = x->stored = true;
		x->now = known;
	} else if (team) {
		item_put_id(b, x, "team", &team->id);
	}
	item_file(b, x);
	name_add(b, x);
	if (yaml_get(y, "key"))
		key_add(b, team, x, yaml_get(y, "key"));
	return x;
}

static bool bundle_ref_is_person(const struct yaml *y)
{
	const struct yaml *name = yaml_get(y, "name");
	return name && name->kind == YAML_SCALAR && *name->text;
}

static struct item *bundle_ref_team_of(struct item *x)
{
	return str_equal(x->kind, "team") ? x : x->team;
}

void people_take(struct bundle *b, struct item *from)
{
	const struct form *charter = str_equal(from->kind, "team") ? form_of(b, "charter") : NULL;
	for (size_t i = 0; from->form && i < from->node->count && !bundle_stopped(b); i++) {
		const struct yaml *y = from->node->item[i];
		const char *key = from->node->key[i]->text;
		const struct form_field *f = form_field(from->form, key);
		if (!f && charter)
			f = form_field(charter, key);
		if (f && f->type == FIELD_REF && kind_among(f->of, "person") &&
		    bundle_ref_is_person(y) &&
		    !bundle_ref_name_find(b, bundle_ref_team_of(from), yaml_get(y, "name")->text))
			bundle_ref_person_new(b, bundle_ref_team_of(from), y);
	}
}

// A person who is written out again must be the same.
static void bundle_ref_check_again(struct bundle *b, const struct item *x, const struct yaml *y)
{
	for (size_t i = 0; x->node && x->node != y && i < y->count; i++) {
		const struct yaml *first = yaml_get(x->node, y->key[i]->text);
		if (!first || !str_equal(first->text, y->item[i]->text))
			bundle_fault(b, y->key[i],
			    "%s is written otherwise on line %u; write %s there and here only the "
			    "name",
			    bundle_ref_name_of(x), x->stood->line, y->key[i]->text);
	}
}

static const char *bundle_ref_person_in_place(
    struct bundle *b, struct item *from, const struct yaml *y, const struct form_field *f)
{
	if (!kind_among(f->of, "person") || !bundle_ref_is_person(y)) {
		bundle_fault(b, y, "%s: write the key of a record%s", f->id,
		    kind_among(f->of, "person") ? ", or a person as {name: …}" : "");
		return NULL;
	}
	const struct item *x =
	    bundle_ref_name_find(b, bundle_ref_team_of(from), yaml_get(y, "name")->text);
	if (!x) // inside a list: was not seen on the way
		x = bundle_ref_person_new(b, bundle_ref_team_of(from), y);
	if (!x)
		return NULL;
	bundle_ref_check_again(b, x, y);
	return bundle_ref_uuid_of(b, &x->id);
}

// A person's exact name may stand for the key: one of the team, else of the whole programme.
static const struct item *bundle_ref_person_named(
    const struct bundle *b, struct item *from, const struct yaml *y, const struct form_field *f)
{
	if (!kind_among(f->of, "person"))
		return NULL;
	const struct item *x = bundle_ref_name_find(b, bundle_ref_team_of(from), y->text);
	return x ? x : bundle_ref_name_find(b, NULL, y->text);
}

const char *ref_find(
    struct bundle *b, struct item *from, const struct yaml *y, const struct form_field *f)
{
	struct id id;
	const struct item *scope = bundle_ref_scope_of(from);
	if (y->kind == YAML_MAP)
		return bundle_ref_person_in_place(b, from, y, f);
	if (y->kind == YAML_LIST) {
		bundle_fault(b, y, "%s: here stands one record, not a list", f->id);
		return NULL;
	}
	const struct bundle_key *key = scope ? bundle_ref_key_find(b, scope, y->text) : NULL;
	if (!key)
		key = bundle_ref_key_find(b, NULL, y->text);
	if (key)
		return bundle_ref_meant(b, y, f, key->of->kind, &key->of->id);
	if (id_parse(y->text, &id))
		return bundle_ref_by_uuid(b, y, f, &id);
	const struct item *person = bundle_ref_person_named(b, from, y, f);
	return person ? bundle_ref_uuid_of(b, &person->id) : bundle_ref_dangling(b, scope, y, f);
}

// --- forms

const struct form *form_of(struct bundle *b, const char *id)
{
	for (size_t i = 0; i < b->owns; i++)
		if (str_equal(b->own[i]->id, id))
			return b->own[i];
	struct err none = { 0 };
	const struct form *form = forms_find(store_forms(b->store), id, &none);
	if (!form && none.code != ERR_NOINPUT && !b->failed) {
		b->failed = true;
		err_set(b->e, none.code, "%s", none.text);
	}
	return form;
}

static void bundle_ref_form_take(struct bundle *b, const struct yaml *y)
{
	struct err why = { 0 };
	if (!y || y->kind != YAML_SCALAR)
		return;
	struct form *form = form_read(b->arena, y->text, strlen(y->text), "form", &why);
	if (!form) {
		bundle_fault(b, y, "this form cannot be read: %s", why.text);
		return;
	}
	if (kind_find(form->id)) // laid over the built-in one, which says what there is to check
		return;
	if (!arena_grow(b->arena, (void **)&b->own, b->owns, &b->own_cap, sizeof(struct form *)))
		bundle_fail(b);
	else
		b->own[b->owns++] = form;
}

void forms_take(struct bundle *b, const struct yaml *root)
{
	const struct yaml *forms = yaml_get(root, "forms"), *flat = yaml_get(root, "records");
	for (size_t i = 0; forms && forms->kind == YAML_LIST && i < forms->count; i++)
		bundle_ref_form_take(b, yaml_get(forms->item[i], "yaml"));
	for (size_t i = 0; flat && flat->kind == YAML_LIST && i < flat->count; i++) {
		const struct yaml *kind = yaml_get(flat->item[i], "kind");
		if (kind && str_equal(kind->text, "form"))
			bundle_ref_form_take(
			    b, yaml_get(yaml_get(flat->item[i], "fields"), "yaml"));
	}
}
