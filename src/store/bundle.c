// SPDX-License-Identifier: MIT
// Bundles into a workbook, all or nothing.
//  1. The whole tree is walked first: every record gets its place and its id, every key is noted.
//  2. Then every value is checked and turned into cells; a mistake is noted and the walk goes on.
//  3. Then natural keys make their ids and what must be there is asked for.
//  4. Only where nothing was wrong is one save made of it.
#include "store/bundle.h"
#include "form/guess.h"

#include <plando/str.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FAULTS_MOST = 1000 }; // nobody reads more; then the walk ends

void bundle_fault(struct bundle *b, const struct yaml *at, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *says = arena_vprintf(b->arena, fmt, ap);
	va_end(ap);
	if (b->faults >= FAULTS_MOST)
		return;
	if (!says ||
	    !arena_grow(b->arena, (void **)&b->fault, b->faults, &b->fault_cap, sizeof *b->fault)) {
		bundle_fail(b);
		return;
	}
	b->fault[b->faults++] = (struct fault){ at->line, at->column, says };
}

bool bundle_stopped(const struct bundle *b)
{
	return b->failed || b->faults >= FAULTS_MOST;
}

bool bundle_fail(struct bundle *b)
{
	if (!b->failed)
		err_memory(b->e);
	b->failed = true;
	return false;
}

// --- records

static uint64_t id_hash(const struct id *id)
{
	return index_hash(id->b, sizeof id->b, 1);
}

struct item *item_by_id(const struct bundle *b, const struct id *id)
{
	size_t walk = 0, at;
	while ((at = index_next(&b->by_id, id_hash(id), &walk)) != SIZE_MAX)
		if (id_equal(&b->item[at]->id, id))
			return b->item[at];
	return NULL;
}

void item_file(struct bundle *b, struct item *x)
{
	const struct item *other = item_by_id(b, &x->id);
	if (other && other != x)
		bundle_fault(b, x->stood, "this %s stands twice; it is already on line %u",
		    kind_find(x->kind) ? kind_find(x->kind)->label : x->kind, other->stood->line);
	else if (!other && !index_put(&b->by_id, id_hash(&x->id), x->at))
		bundle_fail(b);
}

struct item *item_new(
    struct bundle *b, const char *kind, struct item *team, const struct yaml *stood)
{
	struct item *x = arena_alloc(b->arena, sizeof *x);
	if (!x || !arena_grow(
		      b->arena, (void **)&b->item, b->items, &b->item_cap, sizeof(struct item *))) {
		bundle_fail(b);
		return NULL;
	}
	*x = (struct item){ .kind = kind, .team = team, .stood = stood, .at = b->items };
	x->id = id_random(store_env(b->store));
	if (id_zero(&x->id) && !b->failed) {
		b->failed = true;
		err_set(b->e, ERR_IO, "this computer gives no random numbers; nothing was written");
	}
	x->form = form_of(b, kind);
	b->item[b->items++] = x;
	return x;
}

void item_put(struct bundle *b, struct item *x, const char *cell, const char *value)
{
	struct put *p = arena_alloc(b->arena, sizeof *p);
	if (!p || !cell || !value) {
		bundle_fail(b);
		return;
	}
	*p = (struct put){ cell, value, NULL };
	if (x->last)
		x->last->next = p;
	else
		x->first = p;
	x->last = p;
}

void item_put_id(struct bundle *b, struct item *x, const char *cell, const struct id *id)
{
	char uuid[ID_TEXT];
	id_print(id, uuid);
	item_put(b, x, cell, arena_strdup(b->arena, uuid));
}

const char *item_value(const struct item *x, const char *cell)
{
	const char *value = x->stored ? record_get(&x->now, cell) : NULL;
	for (const struct put *p = x->first; p; p = p->next)
		if (strcmp(p->cell, cell) == 0)
			value = p->value;
	return value;
}

// What the workbook knows of a record whose id stands in the file.
static void item_look(struct bundle *b, struct item *x, const struct yaml *at)
{
	struct err why = { 0 };
	if (!record_load(b->store, b->arena, &x->id, &x->now, &why)) {
		if (why.code != ERR_NOINPUT && !b->failed) {
			b->failed = true;
			err_set(b->e, why.code, "%s", why.text);
		}
		return;
	}
	x->stored = true;
	if (!str_equal(x->now.kind, x->kind))
		bundle_fault(
		    b, at, "this id belongs to a record of kind %s, not %s", x->now.kind, x->kind);
}

void item_take_id(struct bundle *b, struct item *x)
{
	const struct yaml *y = yaml_get(x->node, "id");
	if (!y)
		return;
	struct id id;
	if (!id_parse(y->text, &id)) {
		bundle_fault(b, y,
		    "an id has 32 hex digits with hyphens; leave it out for a new "
		    "record");
		return;
	}
	x->id = id;
	x->given = true;
	item_look(b, x, y);
}

// --- pass 1: places

static void take_below(struct bundle *b, struct item *x);

static bool positioned(const char *kind)
{
	return str_equal(kind, "driver") || str_equal(kind, "idea") || str_equal(kind, "ramp");
}

// The order of the file is the order on the screen.
static void take_position(struct bundle *b, struct item *x, struct item *above)
{
	if (!positioned(x->kind) || x->given || yaml_get(x->node, "position"))
		return;
	above->position = order_between(b->arena, store_env(b->store), above->position, NULL);
	item_put(b, x, "position", above->position);
}

static bool has_field(const struct item *x, const char *field)
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
	if (team && !str_equal(p->field, "team") && has_field(x, "team"))
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

static struct item *charter_of(struct bundle *b, struct item *team, const struct yaml *at)
{
	if (team->charter)
		return team->charter;
	struct item *x = item_new(b, "charter", team, at);
	if (x)
		item_put_id(b, x, "team", &team->id);
	return team->charter = x;
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
	struct item *charter = text ? charter_of(b, team, y) : NULL;
	if (charter)
		value_put(b, charter, "", form_field(charter->form, "aim_text"), text);
}

static void take_node(
    struct bundle *b, const struct place *p, struct item *team, const struct yaml *y)
{
	static const char *const TYPES[] = { "aim", "primary", "secondary", "idea" };
	const struct yaml *type = yaml_get(y, "type");
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

static void take_top(struct bundle *b, const struct yaml *root)
{
	for (size_t i = 0; i < root->count && !bundle_stopped(b); i++) {
		const struct yaml *key = root->key[i], *y = root->item[i];
		const struct place *p = place_find(NULL, key->text);
		struct guess g = guess_for(key->text);
		if (p) {
			take_list(b, p, NULL, y);
		} else if (str_equal(key->text, "collaborative")) {
			take_collaborative(b, y);
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

// --- pass 2: values

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

static void unknown_key(struct bundle *b, const struct item *x, const struct yaml *key)
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
	if (positioned(x->kind))
		guess_try(&g, "feeds");
	bundle_fault(b, key, "there is no key \"%.60s\" in a record of kind %s%s", key->text,
	    x->kind, guess_says(&g));
}

// Fields that the place already gave.
static bool given_by_place(const struct item *x, const char *field)
{
	for (const struct put *p = x->first; p; p = p->next)
		if (strcmp(p->cell, field) == 0 && strcmp(field, "position") != 0)
			return true;
	return false;
}

static bool is_node(const struct item *x)
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
	if (is_node(x) && str_equal(name, "feeds")) {
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
		charter = f ? charter_of(b, x, key) : NULL;
		if (charter)
			value_put(b, charter, "", f, y);
	} else if (f && f->type == FIELD_REF && given_by_place(x, name)) {
		bundle_fault(
		    b, key, "\"%s\" is given by where this record stands; leave it out", name);
	} else if (f) {
		value_put(b, x, "", f, y);
	}
	if (!f)
		unknown_key(b, x, key);
}

static void put_item(struct bundle *b, struct item *x)
{
	size_t before = b->faults;
	for (size_t i = 0; x->node && x->form && i < x->node->count && !bundle_stopped(b); i++)
		put_key(b, x, x->node->key[i], x->node->item[i]);
	x->broken |= b->faults > before;
}

// --- pass 3: what the whole must be

static const struct {
	const char *kind, *field;
} MUST_HAVE[] = { { "system", "name" }, { "workstream", "name" }, { "component", "text" },
	{ "person", "name" }, { "team", "name" }, { "membership", "person" }, { "driver", "text" },
	{ "idea", "text" }, { "link", "to" }, { "ramp", "idea" }, { "measure", "name" },
	{ "point", "date" }, { "mark", "date" }, { "assessment", "date" },
	{ "not_applicable", "component" }, { "meeting", "date" }, { "coaching", "date" },
	{ "action", "what" }, { "event", "title" }, { "involvement", "date" },
	{ "highlight", "period" }, { "note", "form" }, { "form", "name" }, { "form", "yaml" } };

// What is there and cannot be read was told already, and so was a link in which anything is wrong.
static bool lacks(const struct item *x, const char *field)
{
	const struct yaml *y = yaml_get(x->node, field);
	bool told = x->broken && (!x->node || str_equal(x->kind, "link"));
	return !told && (!y || value_empty(y)) && str_empty(item_value(x, field));
}

static void check_must(struct bundle *b, struct item *x)
{
	for (size_t i = 0; i < sizeof MUST_HAVE / sizeof *MUST_HAVE; i++) {
		if (x->given || !str_equal(MUST_HAVE[i].kind, x->kind) ||
		    !lacks(x, MUST_HAVE[i].field))
			continue;
		bundle_fault(b, x->stood, "this %s needs the key \"%s\"", kind_find(x->kind)->label,
		    MUST_HAVE[i].field);
		x->broken = true;
	}
}

static void make_natural(struct bundle *b, struct item *x)
{
	const struct kind *k = kind_find(x->kind);
	const char *value[8] = { 0 };
	if (x->given || !k || !k->natural[0])
		return;
	for (size_t i = 0; k->natural[i]; i++)
		value[i] = item_value(x, k->natural[i]);
	x->id = kind_natural_id(k, value);
	if (!x->broken)
		item_file(b, x);
}

// A cycle's idea is its ramp's; a new cycle need not say it twice.
static void idea_of_ramp(struct bundle *b, struct item *x)
{
	struct id ramp;
	if (!str_equal(x->kind, "pdsa") || x->given || item_value(x, "idea") ||
	    !id_parse(item_value(x, "ramp"), &ramp))
		return;
	const struct item *r = item_by_id(b, &ramp);
	if (r && item_value(r, "idea"))
		item_put(b, x, "idea", item_value(r, "idea"));
}

static void check_whole(struct bundle *b, const struct yaml *root)
{
	const struct yaml *version = yaml_get(root, "plando");
	if (!version)
		bundle_fault(b, root, "this is no bundle: it does not begin with plando: 1");
	else if (!str_equal(version->text, "1"))
		bundle_fault(b, version,
		    "this bundle is of format \"%.20s\"; plando reads format 1", version->text);
	for (size_t i = 0; i < b->items && !bundle_stopped(b); i++) {
		check_must(b, b->item[i]);
		idea_of_ramp(b, b->item[i]);
		make_natural(b, b->item[i]);
	}
}

// --- the end

static int by_place(const void *a, const void *b)
{
	const struct fault *x = a, *y = b;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static bool tell_faults(struct bundle *b)
{
	qsort(b->fault, b->faults, sizeof *b->fault, by_place);
	b->report->line = arena_array(b->arena, b->faults, sizeof(const char *));
	if (!b->report->line)
		return bundle_fail(b);
	for (size_t i = 0; i < b->faults; i++) {
		struct err e = { 0 };
		err_set(&e, ERR_DATA, "%s", b->fault[i].says);
		err_place(&e, b->name, b->fault[i].line, b->fault[i].column);
		b->report->line[i] = arena_strdup(b->arena, e.text);
		if (!b->report->line[i])
			return bundle_fail(b);
	}
	b->report->count = b->faults;
	if (b->faults == 1)
		return err_set(b->e, ERR_DATA, "%s (nothing was imported)", b->report->line[0]);
	return err_set(b->e, ERR_DATA, "%s (and %zu%s more; nothing was imported)",
	    b->report->line[0], b->faults - 1, b->faults == FAULTS_MOST ? " or" : "");
}

static bool tally(struct bundle *b)
{
	size_t kinds = 0;
	while (KINDS[kinds].name)
		kinds++;
	struct bundle_tally *t = arena_array(b->arena, kinds, sizeof *t);
	if (!t)
		return bundle_fail(b);
	for (size_t k = 0; k < kinds; k++) {
		t[b->report->tally_count].kind = KINDS[k].name;
		for (size_t i = 0; i < b->items; i++)
			t[b->report->tally_count].records +=
			    str_equal(b->item[i]->kind, KINDS[k].name);
		b->report->tally_count += t[b->report->tally_count].records > 0;
	}
	b->report->tally = t;
	b->report->records = b->items;
	return true;
}

static bool save_all(struct bundle *b)
{
	struct save *v = save_begin(b->store, b->arena, b->e);
	if (!v)
		return false;
	for (size_t i = 0; i < b->items; i++)
		for (const struct put *p = b->item[i]->first; p; p = p->next)
			if (!save_cell(
				v, &b->item[i]->id, b->item[i]->kind, p->cell, p->value, b->e))
				return false;
	return save_commit(v, &b->report->written, b->e);
}

static bool walk_all(struct bundle *b, const struct yaml *root)
{
	if (root->kind != YAML_MAP) {
		bundle_fault(b, root, "this is no bundle: it does not begin with plando: 1");
		return tell_faults(b);
	}
	forms_take(b, yaml_get(root, "forms"));
	take_top(b, root);
	for (size_t i = 0; i < b->items && !bundle_stopped(b); i++) // grows while it runs
		put_item(b, b->item[i]);
	if (!bundle_stopped(b))
		check_whole(b, root);
	if (b->failed)
		return false;
	return b->faults ? tell_faults(b) : tally(b);
}

bool bundle_import(struct store *s, const char *text, size_t n, const char *name, bool dry_run,
    struct bundle_report *out, struct arena *a, struct err *e)
{
	struct bundle b = { .store = s,
		.arena = a,
		.name = name,
		.e = e,
		.report = out,
		.by_key = INDEX_IN(a),
		.by_id = INDEX_IN(a),
		.by_name = INDEX_IN(a) };
	*out = (struct bundle_report){ 0 };
	const struct yaml *root = yaml_read(a, text, n, name, &YAML_BUNDLE, e);
	if (!root || !walk_all(&b, root))
		return false;
	return dry_run || save_all(&b);
}
