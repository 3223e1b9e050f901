// SPDX-License-Identifier: MIT
// The records of a bundle as they are met, and the mistakes found in it.
#include "store/bundle/bundle.h"

#include <plando/str.h>

#include <stdarg.h>
#include <string.h>

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

const char *bundle_file_of(const struct bundle *b, unsigned *line)
{
	const char *name = b->name;
	for (size_t i = b->files; i > 0; i--)
		if (b->file[i - 1].before < *line) {
			*line -= b->file[i - 1].before;
			return b->file[i - 1].name;
		}
	return name;
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

static uint64_t bundle_item_id_hash(const struct id *id)
{
	return index_hash(id->b, sizeof id->b, 1);
}

struct item *item_by_id(const struct bundle *b, const struct id *id)
{
	size_t walk = 0, at;
	while ((at = index_next(&b->by_id, bundle_item_id_hash(id), &walk)) != SIZE_MAX)
		if (id_equal(&b->item[at]->id, id))
			return b->item[at];
	return NULL;
}

static void bundle_item_twice(struct bundle *b, const struct item *x, const struct item *other)
{
	unsigned line = other->stood->line;
	const char *name = bundle_file_of(b, &line);
	bundle_fault(b, x->stood, "this %s stands twice; it is already on line %u%s%s",
	    kind_find(x->kind) ? kind_find(x->kind)->label : x->kind, line, b->files ? " of " : "",
	    b->files ? name : "");
}

void item_file(struct bundle *b, struct item *x)
{
	const struct item *other = item_by_id(b, &x->id);
	if (other && other != x)
		bundle_item_twice(b, x, other);
	else if (!other && !index_put(&b->by_id, bundle_item_id_hash(&x->id), x->at))
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

void item_look(struct bundle *b, struct item *x, const struct yaml *at)
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

bool item_ordered(const char *kind)
{
	return str_equal(kind, "driver") || str_equal(kind, "idea") || str_equal(kind, "ramp");
}

struct item *item_charter(struct bundle *b, struct item *team, const struct yaml *at)
{
	if (team->charter)
		return team->charter;
	struct item *x = item_new(b, "charter", team, at);
	if (x)
		item_put_id(b, x, "team", &team->id);
	return team->charter = x;
}
