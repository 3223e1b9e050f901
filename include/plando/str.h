// SPDX-License-Identifier: MIT
// A growing string in an arena. Errors are sticky: append freely, ask once at the end.
#ifndef PLANDO_STR_H
#define PLANDO_STR_H

#include <plando/arena.h>

struct str {
	struct arena *arena;
	char *text; // never NULL after the first append that worked; NUL-terminated
	size_t length, cap;
	bool failed; // memory ran out at some append
};

#define STR_IN(arena_) ((struct str){ .arena = (arena_) })

void str_add(struct str *s, const char *text); // NULL adds nothing
void str_add_n(struct str *s, const char *text, size_t n);
void str_add_char(struct str *s, char c);
void str_add_times(struct str *s, const char *text, size_t times);
void str_printf(struct str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// The text ("" if nothing was added); NULL if memory ran out at any point.
char *str_done(struct str *s);

// Equal, where NULL equals NULL only. The one string comparison of the program.
bool str_equal(const char *a, const char *b);
// NULL and "" are the same to a person.
bool str_empty(const char *text);
bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *end);
// The edit distance of two short words, for "did you mean …".
unsigned str_distance(const char *a, const char *b);

#endif
