// SPDX-License-Identifier: MIT
// A small reader of XML, for tests of pictures: is it well formed, and what is in it? It takes what
// our SVG needs and nothing else, so that anything unexpected is a fault.
#ifndef PLANDO_TESTS_SVG_SOUND_H
#define PLANDO_TESTS_SVG_SOUND_H

#include <plando/arena.h>

enum { SVG_ATTRIBUTES = 16 };

struct svg_element {
	const char *name, *text; // text: what stands in it and in what is in it, entities read
	struct {
		const char *name, *value;
	} attribute[SVG_ATTRIBUTES];
	size_t attributes;
	size_t inside; // the element around it; (size_t)-1 of the first
};

struct svg {
	struct arena *arena;
	struct svg_element *element; // in the order in which they begin
	size_t count, cap;
	const char *fault; // NULL: it is well formed
};

struct svg svg_read(struct arena *a, const char *text);
// NULL: it has none.
const char *svg_attribute(const struct svg_element *e, const char *name);
double svg_number(const struct svg_element *e, const char *name);
// Elements of a name, and with an attribute that begins so (NULL: any).
size_t svg_count(const struct svg *s, const char *name, const char *attribute, const char *begins);

#endif
