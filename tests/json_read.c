// SPDX-License-Identifier: MIT
#include "json_read.h"

#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct arena *arena;
	const char *p, *end;
};

static struct node *value(struct reading *r);

static char look(struct reading *r)
{
	while (r->p < r->end && strchr(" \t\r\n", *r->p))
		r->p++;
	ck_assert_msg(r->p < r->end, "the JSON ends too early");
	return *r->p;
}

static void take(struct reading *r, char c)
{
	char found = look(r);
	ck_assert_msg(found == c, "'%c' instead of '%c' before %.40s", found, c, r->p);
	r->p++;
}

// Escapes stay as they are written, but for the quote and the backslash: enough to compare.
static const char *text(struct reading *r)
{
	take(r, '"');
	const char *from = r->p;
	while (r->p < r->end && *r->p != '"')
		r->p += *r->p == '\\' ? 2 : 1;
	ck_assert(r->p < r->end);
	return arena_copy(r->arena, from, (size_t)(r->p++ - from));
}

static void members(struct reading *r, struct node *n, char end)
{
	struct node **to = &n->child;
	r->p++;
	while (look(r) != end) {
		const char *key = NULL;
		if (n->count)
			take(r, ',');
		if (n->kind == NODE_OBJECT) {
			look(r);
			key = text(r);
			take(r, ':');
		}
		*to = value(r);
		(*to)->key = key;
		to = &(*to)->next;
		n->count++;
	}
	r->p++;
}

static void word(struct reading *r, struct node *n)
{
	static const struct {
		const char *word;
		enum node_kind kind;
	} WORDS[] = { { "null", NODE_NULL }, { "false", NODE_FALSE }, { "true", NODE_TRUE } };
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		size_t length = strlen(WORDS[i].word);
		if ((size_t)(r->end - r->p) >= length && memcmp(r->p, WORDS[i].word, length) == 0) {
			n->kind = WORDS[i].kind;
			r->p += length;
			return;
		}
	}
	char *end;
	n->kind = NODE_NUMBER;
	n->number = strtod(r->p, &end);
	ck_assert_msg(end > r->p, "no JSON: %.40s", r->p);
	n->text = arena_copy(r->arena, r->p, (size_t)(end - r->p));
	r->p = end;
}

static struct node *value(struct reading *r)
{
	struct node *n = arena_alloc(r->arena, sizeof *n);
	ck_assert_ptr_nonnull(n);
	switch (look(r)) {
	case '{':
		n->kind = NODE_OBJECT;
		members(r, n, '}');
		break;
	case '[':
		n->kind = NODE_LIST;
		members(r, n, ']');
		break;
	case '"':
		n->kind = NODE_TEXT;
		n->text = text(r);
		break;
	default: word(r, n);
	}
	return n;
}

struct node *json_read(struct arena *a, const char *from, size_t n)
{
	struct reading r = { a, from, from + n };
	return value(&r);
}

const struct node *node_get(const struct node *n, const char *key)
{
	const struct node *c = n && n->kind == NODE_OBJECT ? n->child : NULL;
	while (c && strcmp(c->key, key) != 0)
		c = c->next;
	return c;
}

const struct node *node_at(const struct node *n, size_t i)
{
	const struct node *c = n ? n->child : NULL;
	while (c && i--)
		c = c->next;
	return c;
}

double node_number(const struct node *n)
{
	return n && n->kind == NODE_NUMBER ? n->number : NAN;
}
