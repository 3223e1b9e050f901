// SPDX-License-Identifier: MIT
#include "svg_sound.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

#define OUTSIDE ((size_t)-1)

struct reader {
	struct svg *s;
	const char *p;
	size_t open;	  // the element that we are in
	struct str *text; // by element
};

static bool fault(struct reader *r, const char *what)
{
	if (!r->s->fault)
		r->s->fault =
		    arena_printf(r->s->arena, "%s: %.60s", what, *r->p ? r->p : "(the end)");
	return false;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == ':' || c == '_';
}

static const char *read_name(struct reader *r)
{
	const char *begin = r->p;
	while (is_name(*r->p))
		r->p++;
	return arena_copy(r->s->arena, begin, (size_t)(r->p - begin));
}

// One character of text or of a value, entities read.
static bool read_character(struct reader *r, struct str *out)
{
	static const struct {
		const char *entity;
		char is;
	} ENTITIES[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' } };
	for (size_t i = 0; i < sizeof ENTITIES / sizeof *ENTITIES; i++)
		if (str_starts(r->p, ENTITIES[i].entity)) {
			str_add_char(out, ENTITIES[i].is);
			r->p += strlen(ENTITIES[i].entity);
			return true;
		}
	if (*r->p == '&')
		return fault(r, "an entity that XML does not know");
	if ((unsigned char)*r->p < ' ' && *r->p != '\n')
		return fault(r, "a control character");
	if (str_starts(r->p, "\xef\xbf\xbe") || str_starts(r->p, "\xef\xbf\xbf"))
		return fault(r, "no character of XML");
	str_add_char(out, *r->p++);
	return true;
}

static bool read_attribute(struct reader *r, struct svg_element *e)
{
	struct str value = STR_IN(r->s->arena);
	const char *name = read_name(r);
	if (!*name || !str_starts(r->p, "=\""))
		return fault(r, "an attribute without a value");
	if (svg_attribute(e, name))
		return fault(r, "an attribute twice");
	for (r->p += 2; *r->p && *r->p != '"';)
		if (*r->p == '<' || !read_character(r, &value))
			return fault(r, "a bad value");
	if (*r->p++ != '"' || e->attributes == SVG_ATTRIBUTES)
		return fault(r, "a value without an end, or too many");
	e->attribute[e->attributes].name = name;
	e->attribute[e->attributes++].value = str_done(&value);
	return true;
}

static bool read_tag(struct reader *r)
{
	struct svg *s = r->s;
	if (s->count == s->cap) {
		if (!arena_grow(
			s->arena, (void **)&s->element, s->count, &s->cap, sizeof *s->element))
			abort();
	}
	size_t at = s->count++;
	s->element[at] = (struct svg_element){ .name = read_name(r), .inside = r->open };
	r->text[at] = STR_IN(s->arena);
	if (!*s->element[at].name)
		return fault(r, "a tag without a name");
	while (*r->p == ' ') {
		r->p++;
		if (!read_attribute(r, &s->element[at]))
			return false;
	}
	if (str_starts(r->p, "/>")) {
		r->p += 2;
		s->element[at].text = "";
		return true;
	}
	if (*r->p++ != '>')
		return fault(r, "a tag without an end");
	r->open = at;
	return true;
}

static bool read_end(struct reader *r)
{
	const char *name = read_name(r);
	if (r->open == OUTSIDE || !str_equal(name, r->s->element[r->open].name))
		return fault(r, "the end of what was not begun");
	if (*r->p++ != '>')
		return fault(r, "an end without an end");
	struct svg_element *e = &r->s->element[r->open];
	e->text = str_done(&r->text[r->open]);
	if (e->inside != OUTSIDE)
		str_add(&r->text[e->inside], e->text);
	r->open = e->inside;
	return true;
}

static bool read_next(struct reader *r)
{
	if (str_starts(r->p, "</")) {
		r->p += 2;
		return read_end(r);
	}
	if (*r->p == '<') {
		r->p++;
		return read_tag(r);
	}
	if (r->open != OUTSIDE)
		return read_character(r, &r->text[r->open]);
	if (*r->p != '\n')
		return fault(r, "text outside of everything");
	r->p++;
	return true;
}

struct svg svg_read(struct arena *a, const char *text)
{
	static const char HEAD[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
	struct svg s = { .arena = a };
	struct reader r = { .s = &s, .p = text, .open = OUTSIDE };
	size_t most = 1;
	for (const char *p = text; *p; p++)
		most += *p == '<';
	r.text = arena_array(a, most, sizeof *r.text);
	if (!text_valid(text, strlen(text), NULL) || !str_starts(text, HEAD)) {
		fault(&r, "not UTF-8, or not XML");
		return s;
	}
	for (r.p += strlen(HEAD); *r.p;)
		if (!read_next(&r))
			return s;
	if (r.open != OUTSIDE)
		fault(&r, "something does not end");
	return s;
}

const char *svg_attribute(const struct svg_element *e, const char *name)
{
	for (size_t i = 0; i < e->attributes; i++)
		if (str_equal(e->attribute[i].name, name))
			return e->attribute[i].value;
	return NULL;
}

double svg_number(const struct svg_element *e, const char *name)
{
	const char *value = svg_attribute(e, name);
	return value ? strtod(value, NULL) : 0;
}

size_t svg_count(const struct svg *s, const char *name, const char *attribute, const char *begins)
{
	size_t count = 0;
	for (size_t i = 0; i < s->count; i++) {
		const char *value = attribute ? svg_attribute(&s->element[i], attribute) : "";
		count += str_equal(s->element[i].name, name) && value &&
			 str_starts(value, begins ? begins : "");
	}
	return count;
}
