// SPDX-License-Identifier: MIT
#include <plando/words.h>

#include <plando/kind.h>
#include <plando/redact.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { TITLE_COLUMNS = 60, ROW_COLUMNS = 30, DEPTH_MOST = 8 };

static const char ANSWERS[] = "answers.";

// --- records

static char *words_link_title(struct store *s, struct arena *a, const struct record *r)
{
	const char *from = record_get(r, "from"), *to = record_get(r, "to");
	const char *below = from ? record_ref_title(s, a, from) : "?";
	const char *above = to ? record_ref_title(s, a, to) : "?";
	return below && above ? arena_printf(a, "%s → %s", below, above) : NULL;
}

// marked: what is deleted says so.
static char *words_title_of(struct store *s, struct arena *a, const struct id *id, bool marked)
{
	struct record r;
	struct err ignored = { 0 };
	if (!record_load_brief(s, a, id, &r, &ignored))
		return arena_strdup(a, "(not in this copy)");
	if (str_equal(r.kind, "link"))
		return words_link_title(s, a, &r);
	if (str_equal(r.kind, "charter"))
		return arena_strdup(a, "Aim and charter");
	char *title = record_title(s, a, &r);
	return title && r.deleted && marked ? arena_printf(a, "(deleted) %s", title) : title;
}

char *words_title(struct store *s, struct arena *a, const struct id *id)
{
	return words_title_of(s, a, id, true);
}

// One step towards the team: the reference by which a record hangs below another.
static bool words_step_up(const struct record *r, struct id *up)
{
	const struct kind *k = kind_find(r->kind);
	for (size_t i = 0; k && i < 4 && k->via[i]; i++)
		if (record_ref(r, k->via[i], up))
			return true;
	return false;
}

char *words_team(struct store *s, struct arena *a, const struct id *id, struct id *team)
{
	struct id at = *id;
	struct record r;
	struct err ignored = { 0 };
	if (team)
		*team = (struct id){ 0 };
	for (int depth = 0; depth < DEPTH_MOST; depth++) {
		if (!record_load(s, a, &at, &r, &ignored))
			break;
		if (str_equal(r.kind, "team")) {
			if (team)
				*team = at;
			return record_title(s, a, &r);
		}
		if (!words_step_up(&r, &at))
			break;
	}
	return arena_strdup(a, "");
}

static char *words_record_of(struct store *s, struct arena *a, const struct id *id, bool marked)
{
	struct id team;
	const char *title = words_title_of(s, a, id, marked), *of = words_team(s, a, id, &team);
	if (!title || !of)
		return NULL;
	if (!*of || id_equal(&team, id))
		return arena_strdup(a, title);
	return arena_printf(a, "%s › %s", of, title);
}

char *words_record(struct store *s, struct arena *a, const struct id *id)
{
	return words_record_of(s, a, id, true);
}

// --- cells

// The form that a record's answers belong to.
static const struct form *words_answers_form(
    struct store *s, struct arena *a, const struct id *id, const char *kind)
{
	struct record r;
	struct err ignored = { 0 };
	const char *by = form_naming(kind);
	if (!by || !id ||
	    !record_load_some(s, a, id, (const char *const[]){ by, NULL }, &r, &ignored) ||
	    !record_get(&r, by))
		return NULL;
	return forms_find(store_forms(s), record_get(&r, by), &ignored);
}

struct cell_name {
	const struct form_field *field; // NULL: not known here
	const struct form_field *part;	// of a list's element, or the field itself
	const char *rest;		// after the field's name, with its dot; "" = nothing
};

static struct cell_name words_cell_find(
    struct store *s, struct arena *a, const struct id *id, const char *kind, const char *cell)
{
	struct err ignored = { 0 };
	struct cell_name n = { .rest = "" };
	bool answer = str_starts(cell, ANSWERS);
	const struct form *form = answer ? words_answers_form(s, a, id, kind)
					 : forms_find(store_forms(s), kind, &ignored);
	const char *name = answer ? cell + strlen(ANSWERS) : cell;
	size_t length = strcspn(name, ".");
	const char *own = arena_copy(a, name, length);
	n.field = form && own ? form_field(form, own) : NULL;
	n.rest = name + length;
	n.part = n.field;
	const char *last = strrchr(n.rest, '.');
	for (size_t i = 0; n.field && last && i < n.field->field_count; i++)
		if (str_equal(n.field->fields[i].id, last + 1))
			n.part = &n.field->fields[i];
	return n;
}

const struct form_field *words_form_field(
    struct store *s, struct arena *a, const struct id *id, const char *kind, const char *cell)
{
	return words_cell_find(s, a, id, kind, cell).part;
}

bool words_is_text(const struct form_field *f)
{
	return f && (f->type == FIELD_TEXT || f->type == FIELD_MEMO);
}

static bool words_has_members(const struct form_field *f)
{
	return f && (f->type == FIELD_CHOICES || f->type == FIELD_REFS);
}

// More than two sides: one after the other into what is together so far.
bool words_together(struct store *s, struct arena *a, const struct conflict *c, struct blend *blend,
    const char **text, struct err *e)
{
	const struct form_field *f = words_form_field(s, a, &c->id, c->kind, c->field);
	const char *base = c->base ? c->base : "";
	*text = NULL;
	if (conflict_is_existence(c->field) || c->count < 2 || words_has_members(f) ||
	    !words_is_text(f))
		return true;
	const char *so_far = c->values[0].value ? c->values[0].value : "";
	for (size_t i = 1; i < c->count && so_far; i++) {
		const char *next = c->values[i].value ? c->values[i].value : "";
		if (!blend_texts(a, base, so_far, next, blend))
			return err_memory(e);
		so_far = blend->text;
	}
	*text = so_far;
	return true;
}

static const char *words_member_shown(
    struct store *s, struct arena *a, const struct form_field *f, const char *member)
{
	const struct choice *choice = field_choice(f, member);
	if (f->type == FIELD_REFS)
		return record_ref_named(s, a, f->of, member);
	return choice ? choice->label : member;
}

// A row of a list is called by its first field.
static const char *words_row_shown(struct store *s, struct arena *a, const struct id *id,
    const char *cell, const struct form_field *list)
{
	struct record r;
	struct err ignored = { 0 };
	const char *end = strrchr(cell, '.');
	if (!list->field_count || !end)
		return "";
	const char *first = arena_printf(a, "%.*s.%s", (int)(end - cell), cell, list->fields[0].id);
	if (!first ||
	    !record_load_some(s, a, id, (const char *const[]){ first, NULL }, &r, &ignored))
		return "";
	const char *text = record_get(&r, first);
	const char *cut = text ? text_cut(a, text, ROW_COLUMNS, false) : NULL;
	return cut ? arena_printf(a, " “%s”", cut) : "";
}

char *words_field(
    struct store *s, struct arena *a, const struct id *id, const char *kind, const char *cell)
{
	if (str_equal(cell, "~"))
		return arena_strdup(a, "Deleted or kept");
	struct cell_name n = words_cell_find(s, a, id, kind, cell);
	if (!n.field)
		return arena_strdup(a, cell);
	if (words_has_members(n.field) && *n.rest) {
		const char *member = words_member_shown(s, a, n.field, n.rest + 1);
		return member ? arena_printf(a, "%s: %s", n.field->label, member) : NULL;
	}
	if (n.field->field_count && *n.rest) {
		const char *row = words_row_shown(s, a, id, cell, n.field);
		bool whole = n.part == n.field;
		return row ? arena_printf(a, "%s%s%s%s", n.field->label, row, whole ? "" : ": ",
				 whole ? "" : n.part->label)
			   : NULL;
	}
	return arena_strdup(a, n.field->label);
}

char *words_value(struct store *s, struct arena *a, const struct id *id, const char *kind,
    const char *cell, const char *value)
{
	struct cell_name n = words_cell_find(s, a, id, kind, cell);
	if (words_has_members(n.field) && *n.rest)
		return arena_strdup(a, str_equal(value, "1") ? "part of it" : "not part of it");
	if (str_empty(value))
		return arena_strdup(a, "(empty)");
	if (n.part && n.part->type == FIELD_REF)
		return record_ref_named(s, a, n.part->of, value);
	if (n.part && !words_is_text(n.part))
		return field_show(a, n.part, value, store_today(s));
	return arena_strdup(a, value);
}

// --- changes

static char *words_existence_changed(struct arena *a, const struct history_change *c)
{
	bool row = !str_equal(c->field, "~");
	if (str_equal(c->new, "0"))
		return arena_strdup(a, row ? "a row taken out" : "deleted");
	return arena_strdup(a, row ? "a row brought back" : "brought back");
}

// A link is named by the box it goes to; its own fields but that one say little.
static char *words_link_changed(struct store *s, struct arena *a, const struct history_change *c)
{
	struct record r;
	struct err ignored = { 0 };
	const char *to = c->new;
	if (!str_equal(c->field, "to")) {
		if (!record_load_brief(s, a, &c->id, &r, &ignored))
			return arena_strdup(a, "a link");
		to = record_get(&r, "to");
	}
	const char *title = to ? record_ref_title(s, a, to) : "?";
	bool gone = str_equal(c->field, "~") && str_equal(c->new, "0");
	if (!title)
		return NULL;
	if (str_equal(c->field, "strength"))
		return arena_printf(
		    a, "the link to “%s” is %s", title, str_empty(c->new) ? "plain" : c->new);
	return arena_printf(a, gone ? "feeds “%s” no more" : "feeds “%s”", title);
}

static char *words_member_changed(
    struct store *s, struct arena *a, const struct history_change *c, const struct cell_name *n)
{
	const char *member = words_member_shown(s, a, n->field, n->rest + 1);
	if (!member)
		return NULL;
	return arena_printf(
	    a, "%s: %s %s", n->field->label, str_equal(c->new, "1") ? "+" : "-", member);
}

char *words_change(
    struct store *s, struct arena *a, const struct history_change *c, const char *arrow)
{
	size_t length = strlen(c->field);
	if (str_equal(c->field, "!redact"))
		return arena_strdup(a, "a text was blanked for good");
	if (redact_is_reason(c->field))
		return arena_printf(a, "why it was blanked: “%s”", c->new ? c->new : "");
	if (str_equal(c->kind, "link"))
		return words_link_changed(s, a, c);
	if (length && c->field[length - 1] == '~')
		return words_existence_changed(a, c);
	struct cell_name n = words_cell_find(s, a, &c->id, c->kind, c->field);
	if (words_has_members(n.field) && *n.rest)
		return words_member_changed(s, a, c, &n);
	const char *label = words_field(s, a, &c->id, c->kind, c->field);
	const char *new = words_value(s, a, &c->id, c->kind, c->field, c->new);
	const char *old = words_value(s, a, &c->id, c->kind, c->field, c->old);
	if (!label || !new || !old)
		return NULL;
	if (c->erased)
		return arena_printf(a, "%s: (blanked)", label);
	if (str_empty(c->old))
		return arena_printf(a, "%s: “%s”", label, new);
	if (str_empty(c->new))
		return arena_printf(a, "%s: “%s” taken out", label, old);
	return arena_printf(a, "%s: “%s” %s “%s”", label, old, arrow, new);
}

// --- saves

// How a change is named in a list of what a save did: by its label, not by its values.
static char *words_change_named(struct store *s, struct arena *a, const struct history_change *c)
{
	size_t length = strlen(c->field);
	if (*c->field == '!' || str_equal(c->kind, "link"))
		return words_change(s, a, c, "→");
	if (length && c->field[length - 1] == '~')
		return words_existence_changed(a, c);
	return words_field(s, a, &c->id, c->kind, c->field);
}

// What a save did to its first record. Several cells of one label (rows of a list) are told once.
static char *words_first_named(struct store *s, struct arena *a, const struct history *h)
{
	enum { MOST = 3 };
	const char *said[MOST];
	struct str text = STR_IN(a);
	size_t n = 0, more = 0;
	for (size_t i = 0; i < h->count; i++) {
		const struct history_change *c = &h->item[i];
		if (!id_equal(&c->id, &h->item[0].id))
			continue;
		const char *name = words_change_named(s, a, c);
		if (!name)
			return NULL;
		bool again = false;
		for (size_t j = 0; j < n; j++)
			again |= str_equal(said[j], name);
		if (again || n == MOST) {
			more += !again;
			continue;
		}
		str_printf(&text, "%s%s", n ? ", " : "", name);
		said[n++] = name;
	}
	if (more)
		str_printf(&text, " and %zu more", more);
	return str_done(&text);
}

char *words_save(struct store *s, struct arena *a, const struct history *h)
{
	size_t others = 0;
	if (h->count == 0)
		return arena_strdup(a, "");
	for (size_t i = 1; i < h->count; i++) // a save writes a record's cells one after the other
		others += !id_equal(&h->item[i].id, &h->item[i - 1].id);
	const char *title = words_record_of(s, a, &h->item[0].id, false),
		   *did = words_first_named(s, a, h);
	if (!title || !did)
		return NULL;
	if (others == 0)
		return arena_printf(a, "%s: %s", title, did);
	return arena_printf(
	    a, "%s: %s, and %zu more record%s", title, did, others, others == 1 ? "" : "s");
}
