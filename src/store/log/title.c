// SPDX-License-Identifier: MIT
// What people call a record: its own name, or that of what it names, at most three records away.
#include "store/log/store.h"

#include <plando/kind.h>
#include <plando/str.h>
#include <plando/text.h>

#include <ctype.h>
#include <string.h>

// Fields that name a record, the first that is filled; a REF must equal one of them.
static const char *const naming[] = { "name", "title", "text", "what", "objective", "code" };
// A title is TITLE_COLUMNS wide at most, which is a budget for the eye; TITLE_BYTES is one for
// work, because a column holds any number of combining marks.
enum { NAMING = sizeof naming / sizeof *naming, TITLE_COLUMNS = 72, TITLE_BYTES = 4096, DEEP = 3 };

// Kinds that are called by something else: a field, or the thing that a reference names.
static const struct called {
	const char *kind, *field;
	const char *format; // %s = the field's value
} called[] = {
	{ "assessment", "date", "Score on %s" },
	{ "coaching", "date", "Coaching session on %s" },
	{ "meeting", "date", "Meeting on %s" },
	{ "involvement", "who", "%s" },
	{ "point", "date", "Data point of %s" },
	{ "mark", "date", "Note at %s" },
	{ "note", "date", "Note of %s" },
	{ "highlight", "period", "Highlight report %s" },
	{ "charter", NULL, "Charter" },
	{ "membership", "person", "%s" },
	{ "attendance", "person", "%s" },
	{ "feedback", "most_useful", "%s" },
	{ "spread", "where", "%s" },
};

bool record_load_brief(
    struct store *s, struct arena *a, const struct id *id, struct record *out, struct err *e)
{
	static const char *const fields[] = { "code", "cycle_no", "date", "form", "from",
		"instrument", "most_useful", "name", "objective", "period", "person", "team",
		"text", "title", "to", "what", "where", "who", NULL };
	return record_load_some(s, a, id, fields, out, e);
}

static char *title_at(struct store *s, struct arena *a, const struct record *r, int depth);
static char *title_of_ref(struct store *s, struct arena *a, const char *uuid, int depth);

static char *title_line(struct arena *a, const char *text)
{
	if (strlen(text) > TITLE_BYTES) {
		size_t most = TITLE_BYTES;
		while (most && ((unsigned char)text[most] & 0xc0) == 0x80)
			most--;
		text = arena_printf(a, "%.*s…", (int)most, text);
	}
	char *line = text ? text_safe(a, text, false) : NULL;
	return line ? text_cut(a, line, TITLE_COLUMNS, false) : NULL;
}

static char *title_unnamed(struct arena *a, const struct record *r)
{
	char id[ID_TEXT];
	const struct kind *k = kind_find(r->kind);
	id_print(&r->id, id);
	char *name = arena_printf(a, "%.64s %.4s", k ? k->label : r->kind, id);
	if (name)
		name[0] = (char)toupper((unsigned char)name[0]);
	return name;
}

static char *title_called(
    struct store *s, struct arena *a, const struct record *r, const struct called *c, int depth)
{
	const char *value = c->field ? record_get(r, c->field) : "";
	date_t day;
	struct id id;
	if (!value || !depth)
		return title_unnamed(a, r);
	if (id_parse(value, &id))
		value = title_of_ref(s, a, value, depth - 1);
	else if (date_parse_iso(value, &day))
		value = date_show(a, day, store_today(s));
	if (!value)
		return NULL;
	struct str out = STR_IN(a);
	for (const char *p = c->format; *p; p++)
		if (p[0] == '%' && p[1] == 's') {
			str_add(&out, value);
			p++;
		} else
			str_add_char(&out, *p);
	return str_done(&out) ? title_line(a, out.text) : NULL;
}

// A note is called as its form: "Place profile of 3 May".
static char *title_of_form(struct store *s, struct arena *a, const struct record *r)
{
	const char *by = form_naming(r->kind), *id = by ? record_get(r, by) : NULL;
	const struct form *form = id ? forms_find(store_forms(s), id, NULL) : NULL;
	const char *date = record_get(r, "date");
	date_t day;
	if (!form)
		return NULL;
	if (!date || !date_parse_iso(date, &day))
		return title_line(a, form->title);
	char *shown = date_show(a, day, store_today(s));
	char *title = shown ? arena_printf(a, "%s of %s", form->title, shown) : NULL;
	return title ? title_line(a, title) : NULL;
}

static char *title_at(struct store *s, struct arena *a, const struct record *r, int depth)
{
	char *title = title_of_form(s, a, r);
	if (title)
		return title;
	if (strcmp(r->kind, "pdsa") == 0 && !record_get(r, "title") && record_get(r, "cycle_no"))
		return title_line(a, arena_printf(a, "Cycle %.64s", record_get(r, "cycle_no")));
	for (size_t i = 0; i < NAMING; i++)
		if (record_get(r, naming[i]))
			return title_line(a, record_get(r, naming[i]));
	for (size_t i = 0; i < sizeof called / sizeof *called; i++)
		if (strcmp(called[i].kind, r->kind) == 0)
			return title_called(s, a, r, &called[i], depth);
	return title_unnamed(a, r);
}

// depth: how many references may still be followed from here.
static char *title_of_ref(struct store *s, struct arena *a, const char *uuid, int depth)
{
	struct id id;
	struct record r;
	if (!id_parse(uuid, &id))
		return title_line(a, uuid ? uuid : "");
	if (!record_load_brief(s, a, &id, &r, NULL))
		return arena_strdup(a, "(not in this copy)");
	char *title = title_at(s, a, &r, depth);
	return r.deleted && title ? arena_printf(a, "(deleted) %s", title) : title;
}

char *record_title(struct store *s, struct arena *a, const struct record *r)
{
	return title_at(s, a, r, DEEP);
}

char *record_ref_title(struct store *s, struct arena *a, const char *uuid)
{
	return title_of_ref(s, a, uuid, DEEP);
}

char *record_ref_named(struct store *s, struct arena *a, const char *kinds, const char *uuid)
{
	struct id id;
	struct record r;
	char *title = record_ref_title(s, a, uuid);
	if (!title || !id_parse(uuid, &id) ||
	    !record_load_some(s, a, &id, (const char *const[]){ NULL }, &r, NULL) ||
	    kind_among(kinds, r.kind))
		return title;
	const struct kind *is = kind_find(r.kind), *meant = kind_find(kinds);
	return arena_printf(a, "%s (%.64s, not %s)", title, is ? is->label : r.kind,
	    meant ? meant->label : "what belongs here");
}
