// SPDX-License-Identifier: MIT
// Memory that is freed all at once. The screen, the command or the merge that began a piece of work
// owns an arena and passes it in; what is made for it lives as long as the arena does.
// Nothing outside base calls malloc. Running out returns NULL: the caller says err_memory().
#ifndef PLANDO_ARENA_H
#define PLANDO_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena {
	struct arena_block *first; // newest block
	size_t total;		   // bytes held, for limits and tests
};

// A zeroed struct arena is an empty arena.
void arena_free(struct arena *a);

// Zeroed memory, aligned for any type; NULL when memory runs out.
void *arena_alloc(struct arena *a, size_t size);
// The same for n elements; NULL also where n * size overflows.
void *arena_array(struct arena *a, size_t n, size_t size);
// A copy of text[0..n) with a NUL after it. Of NULL with n > 0, which stands for text that there
// was no memory for: NULL.
char *arena_copy(struct arena *a, const char *text, size_t n);
char *arena_strdup(struct arena *a, const char *text);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

// Room for one more element in a growing array: doubles *items (in the arena; the old copy stays
// until the arena goes) when count == *cap. False when memory runs out; *items is then unchanged.
bool arena_grow(struct arena *a, void **items, size_t count, size_t *cap, size_t size);

// New work that may be thrown away on its own: everything allocated after the mark goes.
struct arena_mark {
	struct arena_block *block;
	size_t used;
};
struct arena_mark arena_mark(const struct arena *a);
void arena_release(struct arena *a, struct arena_mark mark);

#endif
