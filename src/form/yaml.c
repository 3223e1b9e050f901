// SPDX-License-Identifier: MIT
// Reading YAML from strangers. libyaml turns the text into events; this file builds the tree and
// guards the way there:
//  1. Size and UTF-8 are checked before libyaml sees a byte.
//  2. Events are taken one at a time, so the depth limit stops a flood of brackets after at most
//     the 1024 characters that libyaml looks ahead for a key (its work grows with their square).
//  3. Aliases, anchors and tags are refused where they stand: nothing is ever expanded.
//  4. The tree is built without recursion, its size is counted as it grows.
#include <plando/text.h>
#include <plando/yaml.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

const struct yaml_limits YAML_FORM = { 1 << 20, 32, 20000, 64 << 10 };
const struct yaml_limits YAML_BUNDLE = { 256 << 20, 32, 10000000, 1 << 20 };

enum { DEPTH_MOST = 64 };

struct level {
	struct yaml *node;
	size_t first; // where its children begin on the pile
};

struct reader {
	struct arena *arena;
	const char *name;
	const struct yaml_limits *limits;
	struct err *e;
	struct level level[DEPTH_MOST];
	size_t depth;
	struct yaml **pile; // finished nodes whose parent is not finished: key, value, key, value …
	size_t piled, cap;
	size_t nodes;
	struct yaml *root;
	bool done;
};

static bool __attribute__((format(printf, 3, 4)))
yaml_refuse(struct reader *r, const yaml_mark_t *mark, const char *fmt, ...)
{
	char why[300];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	err_set(r->e, ERR_DATA, "%s", why);
	return err_place(r->e, r->name, (unsigned)mark->line + 1, (unsigned)mark->column + 1);
}

// Line and column of a byte, for what is found before libyaml counts them.
static yaml_mark_t yaml_mark_of(const char *text, size_t at)
{
	yaml_mark_t m = { 0 };
	for (size_t i = 0; i < at; i++) {
		if (text[i] == '\n') {
			m.line++;
			m.column = 0;
		} else if (((unsigned char)text[i] & 0xC0) != 0x80) {
			m.column++;
		}
	}
	return m;
}

static bool yaml_check_bytes(struct reader *r, const char *text, size_t n)
{
	if (n > r->limits->bytes) {
		err_set(r->e, ERR_DATA,
		    "is larger than the %zu KB that such a file may have; split it",
		    r->limits->bytes >> 10);
		return err_place(r->e, r->name, 0, 0);
	}
	size_t bad = 0;
	if (text_valid(text, n, &bad))
		return true;
	yaml_mark_t mark = yaml_mark_of(text, bad);
	return yaml_refuse(
	    r, &mark, "is not UTF-8 text here; save the file as UTF-8 and try again");
}

// A control character other than tab and line feed: what "\e" in quotes turns into.
static bool yaml_has_control(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		if ((*p < ' ' && *p != '\t' && *p != '\n') || *p == 0x7F ||
		    (*p == 0xC2 && p[1] < 0xA0))
			return true;
	return false;
}

static bool yaml_is_normal(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)text[i] >= 0x80 || text[i] == '\r')
			return false;
	return true;
}

static const char *yaml_scalar_text(struct reader *r, const yaml_event_t *ev)
{
	const char *text = (const char *)ev->data.scalar.value;
	size_t n = ev->data.scalar.length;
	if (n > r->limits->scalar) {
		yaml_refuse(r, &ev->start_mark,
		    "this text is longer than %zu KB; shorten it or split it",
		    r->limits->scalar >> 10);
		return NULL;
	}
	if (memchr(text, 0, n)) {
		yaml_refuse(r, &ev->start_mark, "this text holds a NUL character; take it out");
		return NULL;
	}
	char *kept = yaml_is_normal(text, n) ? arena_copy(r->arena, text, n)
					     : text_normal(r->arena, text, n);
	if (!kept) {
		err_memory(r->e);
		return NULL;
	}
	if (!yaml_has_control(kept))
		return kept;
	yaml_refuse(r, &ev->start_mark,
	    "this text holds a control character (an escape such as \\e or \\x07); take it out");
	return NULL;
}

static struct yaml *yaml_node_new(struct reader *r, const yaml_event_t *ev, enum yaml_kind kind)
{
	if (++r->nodes > r->limits->nodes) {
		yaml_refuse(r, &ev->start_mark,
		    "there are more than %zu keys and values; split the file", r->limits->nodes);
		return NULL;
	}
	struct yaml *y = arena_alloc(r->arena, sizeof *y);
	if (!y) {
		err_memory(r->e);
		return NULL;
	}
	y->kind = kind;
	y->line = (unsigned)ev->start_mark.line + 1;
	y->column = (unsigned)ev->start_mark.column + 1;
	y->text = "";
	return y;
}

// True where the next node of the map on top is a key.
static bool yaml_key_is_next(const struct reader *r)
{
	if (r->depth == 0)
		return false;
	const struct level *top = &r->level[r->depth - 1];
	return top->node->kind == YAML_MAP && (r->piled - top->first) % 2 == 0;
}

static bool yaml_put(struct reader *r, struct yaml *y)
{
	if (r->depth == 0) {
		r->root = y;
		return true;
	}
	if (!arena_grow(r->arena, (void **)&r->pile, r->piled, &r->cap, sizeof(struct yaml *)))
		return err_memory(r->e);
	r->pile[r->piled++] = y;
	return true;
}

static bool yaml_take_scalar(struct reader *r, const yaml_event_t *ev)
{
	const char *text = yaml_scalar_text(r, ev);
	struct yaml *y = text ? yaml_node_new(r, ev, YAML_SCALAR) : NULL;
	if (!y)
		return false;
	y->text = text;
	y->plain = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	return yaml_put(r, y);
}

static bool yaml_take_start(struct reader *r, const yaml_event_t *ev, enum yaml_kind kind)
{
	if (r->depth == r->limits->depth || r->depth == DEPTH_MOST)
		return yaml_refuse(r, &ev->start_mark,
		    "lists and maps are nested more than %zu deep; nothing here needs that",
		    r->limits->depth);
	if (yaml_key_is_next(r))
		return yaml_refuse(r, &ev->start_mark, "a key must be a word, not a list or a map");
	struct yaml *y = yaml_node_new(r, ev, kind);
	if (!y)
		return false;
	r->level[r->depth++] = (struct level){ y, r->piled };
	return true;
}

static int yaml_by_text(const void *a, const void *b)
{
	const struct yaml *x = *(struct yaml *const *)a, *y = *(struct yaml *const *)b;
	int order = strcmp(x->text, y->text);
	if (order == 0 && x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (order == 0)
		return (x->column > y->column) - (x->column < y->column);
	return order;
}

static bool yaml_check_twice(struct reader *r, const struct yaml *map)
{
	struct arena_mark before = arena_mark(r->arena);
	struct yaml **sorted = arena_array(r->arena, map->count, sizeof(struct yaml *));
	if (!sorted)
		return err_memory(r->e);
	memcpy(sorted, map->key, map->count * sizeof(struct yaml *));
	qsort(sorted, map->count, sizeof(struct yaml *), yaml_by_text);
	const struct yaml *twice = NULL, *once = NULL;
	for (size_t i = 1; i < map->count && !twice; i++)
		if (strcmp(sorted[i - 1]->text, sorted[i]->text) == 0) {
			once = sorted[i - 1];
			twice = sorted[i];
		}
	arena_release(r->arena, before);
	if (!twice)
		return true;
	err_set(r->e, ERR_DATA, "\"%.80s\" stands twice; it is already on line %u", twice->text,
	    once->line);
	return err_place(r->e, r->name, twice->line, twice->column);
}

static bool yaml_take_children(struct reader *r, struct yaml *y, struct yaml *const *from)
{
	size_t step = y->kind == YAML_MAP ? 2 : 1;
	y->item = arena_array(r->arena, y->count, sizeof(struct yaml *));
	if (step == 2)
		y->key = arena_array(r->arena, y->count, sizeof(struct yaml *));
	if (!y->item || (step == 2 && !y->key))
		return err_memory(r->e);
	for (size_t i = 0; i < y->count; i++) {
		if (step == 2)
			y->key[i] = from[2 * i];
		y->item[i] = from[step * i + step - 1];
	}
	return step == 1 || yaml_check_twice(r, y);
}

static bool yaml_take_end(struct reader *r)
{
	struct level top = r->level[--r->depth];
	struct yaml *y = top.node;
	y->count = (r->piled - top.first) / (y->kind == YAML_MAP ? 2 : 1);
	r->piled = top.first;
	if (y->count && r->pile && !yaml_take_children(r, y, r->pile + top.first))
		return false;
	return yaml_put(r, y);
}

static bool yaml_refuse_dressed(
    struct reader *r, const yaml_event_t *ev, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		return yaml_refuse(r, &ev->start_mark,
		    "anchors (&name) are not read; write the text out where it is meant");
	if (tag)
		return yaml_refuse(r, &ev->start_mark, "tags (!name) are not read; take it out");
	return true;
}

static bool yaml_take(struct reader *r, const yaml_event_t *ev)
{
	switch (ev->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (r->root)
			return yaml_refuse(r, &ev->start_mark,
			    "a second document begins here (---); one file holds one");
		return true;
	case YAML_ALIAS_EVENT:
		return yaml_refuse(r, &ev->start_mark,
		    "aliases (*name) are not read; write the text out where it is meant");
	case YAML_SCALAR_EVENT:
		return yaml_refuse_dressed(r, ev, ev->data.scalar.anchor, ev->data.scalar.tag) &&
		       yaml_take_scalar(r, ev);
	case YAML_SEQUENCE_START_EVENT:
		return yaml_refuse_dressed(
			   r, ev, ev->data.sequence_start.anchor, ev->data.sequence_start.tag) &&
		       yaml_take_start(r, ev, YAML_LIST);
	case YAML_MAPPING_START_EVENT:
		return yaml_refuse_dressed(
			   r, ev, ev->data.mapping_start.anchor, ev->data.mapping_start.tag) &&
		       yaml_take_start(r, ev, YAML_MAP);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: return yaml_take_end(r);
	case YAML_STREAM_END_EVENT: r->done = true; return true;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_DOCUMENT_END_EVENT: return true;
	}
	return true;
}

static bool yaml_refuse_grammar(struct reader *r, const yaml_parser_t *p)
{
	if (p->error == YAML_MEMORY_ERROR)
		return err_memory(r->e);
	return yaml_refuse(r, &p->problem_mark,
	    "cannot be read from here: %s; look for a missing colon, quote or bracket, or a tab "
	    "before the text",
	    p->problem ? p->problem : "not YAML");
}

static bool yaml_read_events(struct reader *r, yaml_parser_t *p)
{
	while (!r->done) {
		yaml_event_t ev;
		if (!yaml_parser_parse(p, &ev))
			return yaml_refuse_grammar(r, p);
		bool ok = yaml_take(r, &ev);
		yaml_event_delete(&ev);
		if (!ok)
			return false;
	}
	return true;
}

// --- JSON

// Reads "\uXXXX" where it is the first (0xD800) or second (0xDC00) half of a character.
static bool yaml_half(const char *text, size_t n, unsigned half, unsigned *out)
{
	char hex[5] = { 0 };
	if (n < 6 || text[0] != '\\' || text[1] != 'u')
		return false;
	memcpy(hex, text + 2, 4);
	*out = (unsigned)strtoul(hex, NULL, 16);
	return strspn(hex, "0123456789abcdefABCDEF") == 4 && *out - half < 0x400;
}

static size_t yaml_put_pair(char *to, unsigned high, unsigned low)
{
	unsigned c = 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
	to[0] = (char)(0xF0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3F));
	to[2] = (char)(0x80 | (c >> 6 & 0x3F));
	to[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

// JSON writes a character above U+FFFF as two escapes, which YAML does not know: they become the
// character, in a copy of the text. NULL: out of memory.
static const char *yaml_join_pairs(struct arena *a, const char *text, size_t *n)
{
	char *to = arena_alloc(a, *n + 1);
	size_t made = 0, used;
	bool quoted = false;
	for (size_t at = 0; to && at < *n; at += used) {
		unsigned high = 0, low = 0;
		used = quoted && text[at] == '\\' && at + 1 < *n ? 2 : 1;
		quoted ^= text[at] == '"';
		if (used == 2 && yaml_half(text + at, *n - at, 0xD800, &high) &&
		    yaml_half(text + at + 6, *n - at - 6, 0xDC00, &low)) {
			made += yaml_put_pair(to + made, high, low);
			used = 12;
		} else {
			memcpy(to + made, text + at, used);
			made += used;
		}
	}
	*n = made;
	return to;
}

struct yaml *yaml_read(struct arena *a, const char *text, size_t n, const char *name,
    const struct yaml_limits *limits, struct err *e)
{
	struct reader r = { .arena = a, .name = name, .limits = limits, .e = e };
	if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) { // the mark that some editors write
		text += 3;
		n -= 3;
	}
	if (!yaml_check_bytes(&r, text, n))
		return NULL;
	if (n && *text == '{' && !(text = yaml_join_pairs(a, text, &n))) {
		err_memory(e);
		return NULL;
	}
	yaml_parser_t parser;
	if (!yaml_parser_initialize(&parser)) {
		err_memory(e);
		return NULL;
	}
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
	bool ok = yaml_read_events(&r, &parser);
	yaml_parser_delete(&parser);
	if (!ok)
		return NULL;
	if (!r.root) {
		err_set(e, ERR_DATA, "is empty");
		err_place(e, name, 0, 0);
	}
	return r.root;
}

struct yaml *yaml_get(const struct yaml *map, const char *key)
{
	if (!map || map->kind != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < map->count; i++)
		if (strcmp(map->key[i]->text, key) == 0)
			return map->item[i];
	return NULL;
}

// --- trees that are made

struct yaml *yaml_new(struct arena *a, enum yaml_kind kind, unsigned line, unsigned column)
{
	struct yaml *y = arena_alloc(a, sizeof *y);
	if (y)
		*y = (struct yaml){ .kind = kind, .line = line, .column = column, .text = "" };
	return y;
}

struct yaml *yaml_new_text(
    struct arena *a, const char *text, size_t n, unsigned line, unsigned column)
{
	struct yaml *y = yaml_new(a, YAML_SCALAR, line, column);
	if (y && !(y->text = text_normal(a, text, n)))
		return NULL;
	if (y)
		y->plain = !*y->text;
	return y;
}

// Room follows from the count, as arena_grow makes it: a tree needs no capacities.
bool yaml_add(struct arena *a, struct yaml *to, struct yaml *key, struct yaml *item)
{
	if (!to || !item || (to->kind == YAML_MAP && !key))
		return false;
	bool full = to->count == 0 || (to->count >= 16 && (to->count & (to->count - 1)) == 0);
	if (full) {
		size_t cap = to->count, keys = cap;
		if (!arena_grow(a, (void **)&to->item, to->count, &cap, sizeof(struct yaml *)) ||
		    (to->kind == YAML_MAP &&
			!arena_grow(a, (void **)&to->key, to->count, &keys, sizeof(struct yaml *))))
			return false;
	}
	if (to->kind == YAML_MAP)
		to->key[to->count] = key;
	to->item[to->count++] = item;
	return true;
}
