// SPDX-License-Identifier: MIT
#include <plando/arena.h>

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 16 * 1024, ALIGN = alignof(max_align_t) };

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

void arena_free(struct arena *a)
{
	arena_release(a, (struct arena_mark){ 0 });
}

static struct arena_block *arena_block_new(struct arena *a, size_t size)
{
	size_t room = size > BLOCK ? size : BLOCK;
	if (room > SIZE_MAX / 2)
		return NULL;
	struct arena_block *b = malloc(sizeof *b + room);
	if (!b)
		return NULL;
	*b = (struct arena_block){ .next = a->first, .size = room };
	a->first = b;
	a->total += room;
	return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
	if (size > SIZE_MAX / 4)
		return NULL;
	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	struct arena_block *b = a->first;
	if (!b || b->size - b->used < size)
		b = arena_block_new(a, size);
	if (!b)
		return NULL;
	void *p = b->bytes + b->used;
	b->used += size;
	return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	return size && n > SIZE_MAX / 4 / size ? NULL : arena_alloc(a, n * size);
}

char *arena_copy(struct arena *a, const char *text, size_t n)
{
	char *p = text || !n ? arena_alloc(a, n + 1) : NULL;
	if (p && n)
		memcpy(p, text, n);
	return p;
}

char *arena_strdup(struct arena *a, const char *text)
{
	return text ? arena_copy(a, text, strlen(text)) : NULL;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	char *p = n < 0 ? NULL : arena_alloc(a, (size_t)n + 1);
	if (p)
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *p = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return p;
}

bool arena_grow(struct arena *a, void **items, size_t count, size_t *cap, size_t size)
{
	if (count < *cap)
		return true;
	size_t more = *cap ? *cap * 2 : 16;
	void *bigger = arena_array(a, more, size);
	if (!bigger)
		return false;
	if (count)
		memcpy(bigger, *items, count * size);
	*items = bigger;
	*cap = more;
	return true;
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->first, a->first ? a->first->used : 0 };
}

void arena_release(struct arena *a, struct arena_mark mark)
{
	while (a->first != mark.block) {
		struct arena_block *b = a->first;
		a->first = b->next;
		a->total -= b->size;
		free(b);
	}
	if (a->first)
		a->first->used = mark.used;
}
