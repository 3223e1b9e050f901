// SPDX-License-Identifier: MIT
// What people call a record, and finding it by that: titles, references, the REF of the command
// line.
#include "store/store.h"

#include <plando/kind.h>
#include <plando/str.h>
#include <plando/text.h>

#include <ctype.h>
#include <string.h>

// Fields that name a record, the first that is filled; a REF must equal one of them.
static const char *const naming[] = { "name", "title", "text", "what", "objective", "code" };
enum { NAMING = sizeof naming / sizeof *naming, TITLE_COLUMNS = 72 };

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

static char *title_line(struct arena *a, const char *text)
{
	char *line = text_safe(a, text, false);
	return line ? text_cut(a, line, TITLE_COLUMNS, false) : NULL;
}

static char *title_unnamed(struct arena *a, const struct record *r)
{
	char id[ID_TEXT];
	const struct kind *k = kind_find(r->kind);
	id_print(&r->id, id);
	char *name = arena_printf(a, "%s %.4s", k ? k->label : r->kind, id);
	if (name)
		name[0] = (char)toupper((unsigned char)name[0]);
	return name;
}

static char *title_called(
    struct store *s, struct arena *a, const struct record *r, const struct called *c)
{
	const char *value = c->field ? record_get(r, c->field) : "";
	date_t day;
	struct id id;
	if (!value)
		return title_unnamed(a, r);
	if (id_parse(value, &id))
		value = record_ref_title(s, a, value);
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

char *record_title(struct store *s, struct arena *a, const struct record *r)
{
	char *title = title_of_form(s, a, r);
	if (title)
		return title;
	if (strcmp(r->kind, "pdsa") == 0 && !record_get(r, "title") && record_get(r, "cycle_no"))
		return arena_printf(a, "Cycle %s", record_get(r, "cycle_no"));
	for (size_t i = 0; i < NAMING; i++)
		if (record_get(r, naming[i]))
			return title_line(a, record_get(r, naming[i]));
	for (size_t i = 0; i < sizeof called / sizeof *called; i++)
		if (strcmp(called[i].kind, r->kind) == 0)
			return title_called(s, a, r, &called[i]);
	return title_unnamed(a, r);
}

char *record_ref_title(struct store *s, struct arena *a, const char *uuid)
{
	struct id id;
	struct record r;
	if (!id_parse(uuid, &id))
		return title_line(a, uuid ? uuid : "");
	if (!record_load(s, a, &id, &r, NULL))
		return arena_strdup(a, "(not in this copy)");
	char *title = record_title(s, a, &r);
	return r.deleted && title ? arena_printf(a, "(deleted) %s", title) : title;
}

// --- REF

struct finding {
	struct store *s;
	struct arena *a;
	const char *kind, *ref;
	struct id found[8];
	size_t count, seen; // kept, and all that matched
};

static bool kind_wanted(const char *kinds, const char *kind)
{
	size_t n = strlen(kind);
	for (const char *p = kinds; p && *p;) {
		size_t m = strcspn(p, " ");
		if (m == n && strncmp(p, kind, n) == 0)
			return true;
		p += m + (p[m] == ' ');
	}
	return !kinds;
}

static void finding_add(struct finding *f, const struct id *id)
{
	for (size_t i = 0; i < f->count; i++)
		if (id_equal(&f->found[i], id))
			return;
	if (f->count < sizeof f->found / sizeof *f->found)
		f->found[f->count++] = *id;
	f->seen++;
}

// Living records of the wanted kinds with that exact text in a naming field.
static bool find_exact(struct finding *f, const char *name, struct err *e)
{
	struct ask *q = db_ask(f->s->db,
	    "SELECT r.ent,r.kind,c.fld FROM cell c JOIN rec r ON r.ent=c.ent WHERE r.alive AND "
	    "c.val=?"
	    " AND c.fld IN ('name','title','text','what','objective','code')",
	    e);
	struct err own = { 0 };
	struct id id;
	if (!q)
		return false;
	ask_text(q, 1, name);
	while (ask_step(q, &own))
		if (kind_wanted(f->kind, col_text(q, 1)) && col_id(q, 0, &id))
			finding_add(f, &id);
	return ask_end(q, &own, e);
}

static bool find_prefix(struct finding *f, struct err *e)
{
	char digits[40];
	size_t n = 0;
	struct err own = { 0 };
	struct id id;
	for (const char *p = f->ref; *p; p++)
		if (*p != '-') {
			if (!isxdigit((unsigned char)*p) || n == 32)
				return true;
			digits[n++] = (char)toupper((unsigned char)*p);
		}
	digits[n] = '\0';
	if (n < 4)
		return true;
	struct ask *q = db_ask(f->s->db,
	    n == 32 ? "SELECT ent,kind FROM rec WHERE hex(ent)=?1"
		    : "SELECT ent,kind FROM rec WHERE alive AND substr(hex(ent),1,length(?1))=?1",
	    e);
	if (!q)
		return false;
	ask_text(q, 1, digits);
	while (ask_step(q, &own))
		if (kind_wanted(f->kind, col_text(q, 1)) && col_id(q, 0, &id))
			finding_add(f, &id);
	return ask_end(q, &own, e);
}

// To which team does a record belong? Its scope says it.
static bool find_of_team(
    struct finding *f, const struct id *id, const char *team, bool *is, struct err *e)
{
	struct ask *q = db_ask(f->s->db,
	    "SELECT 1 FROM rec r JOIN cell c ON c.ent=r.scope AND c.fld='name' WHERE r.ent=? AND "
	    "c.val=?",
	    e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_id(q, 1, id);
	ask_text(q, 2, team);
	*is = ask_step(q, &own);
	return ask_end(q, &own, e);
}

// "TEAM/NAME", at each slash in turn: both may hold slashes of their own.
static bool find_in_team(struct finding *f, struct err *e)
{
	for (const char *slash = strchr(f->ref, '/'); slash && !f->count;
	     slash = strchr(slash + 1, '/')) {
		struct finding all = { .s = f->s, .a = f->a, .kind = f->kind, .ref = f->ref };
		const char *team = arena_copy(f->a, f->ref, (size_t)(slash - f->ref));
		if (!team)
			return err_memory(e);
		if (!find_exact(&all, slash + 1, e))
			return false;
		for (size_t i = 0; i < all.count; i++) {
			bool is;
			if (!find_of_team(f, &all.found[i], team, &is, e))
				return false;
			if (is)
				finding_add(f, &all.found[i]);
		}
	}
	return true;
}

static bool find_ambiguous(struct finding *f, struct err *e)
{
	struct str list = STR_IN(f->a);
	for (size_t i = 0; i < f->count && i < 4; i++) {
		char id[ID_TEXT];
		struct record r;
		if (!record_load(f->s, f->a, &f->found[i], &r, e))
			return false;
		id_print(&r.id, id);
		str_printf(&list, "%s%s %.8s", i ? ", " : "", r.kind, id);
	}
	const char *names = str_done(&list);
	return err_set(e, ERR_USAGE,
	    "\"%.80s\" names %zu records (%s%s); name it by TEAM/NAME or by its id", f->ref,
	    f->seen, names ? names : "", f->count > 4 ? " …" : "");
}

bool record_find(struct store *s, struct arena *a, const char *kind, const char *ref,
    struct record *out, struct err *e)
{
	struct finding f = { .s = s, .a = a, .kind = kind, .ref = ref };
	if (!find_exact(&f, ref, e) || (!f.count && !find_in_team(&f, e)) ||
	    (!f.count && !find_prefix(&f, e)))
		return false;
	if (f.count > 1)
		return find_ambiguous(&f, e);
	if (!f.count)
		return err_set(e, ERR_NOINPUT,
		    "there is no %s called \"%.80s\"; list them to see their names",
		    kind && !strchr(kind, ' ') ? kind : "record", ref);
	return record_load(s, a, &f.found[0], out, e);
}
