// SPDX-License-Identifier: MIT
// The form language: which keys stand where, as tables of slots. Reading goes on after a mistake,
// so that all of them are told at once.
#include "form/guess.h"
#include "form/reading.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

typedef void slot_reader(struct reading *r, const struct yaml *y, void *to);

// One key of a map: how its value is read and where it goes.
struct slot {
	const char *key;
	slot_reader *read;
	size_t at; // offset in the structure
	bool must;
};

void reading_fault(struct reading *r, const struct yaml *at, const char *fmt, ...)
{
	if (r->count >= FAULTS_MOST)
		return;
	struct err e = { 0 };
	va_list ap;
	va_start(ap, fmt);
	char *says = arena_vprintf(r->arena, fmt, ap);
	va_end(ap);
	if (!says ||
	    !arena_grow(r->arena, (void **)&r->line, r->count, &r->cap, sizeof(const char *))) {
		r->failed = true;
		return;
	}
	err_set(&e, ERR_DATA, "%s", says);
	err_place(&e, r->name, at ? at->line : 0, at ? at->column : 0);
	r->line[r->count] = arena_strdup(r->arena, e.text);
	r->failed |= !r->line[r->count];
	r->count += !r->failed;
}

static void read_key(struct reading *r, const struct yaml *map, size_t i, const struct slot *slots,
    void *to, const char *what)
{
	for (const struct slot *s = slots; s->key; s++)
		if (strcmp(s->key, map->key[i]->text) == 0) {
			s->read(r, map->item[i], (char *)to + s->at);
			return;
		}
	struct guess g = guess_for(map->key[i]->text);
	for (const struct slot *s = slots; s->key; s++)
		guess_try(&g, s->key);
	reading_fault(r, map->key[i], "%s has no key \"%.60s\"%s", what, g.word, guess_says(&g));
}

static void read_slots(
    struct reading *r, const struct yaml *map, const struct slot *slots, void *to, const char *what)
{
	if (map->kind != YAML_MAP) {
		reading_fault(r, map, "%s is written as keys and values", what);
		return;
	}
	for (size_t i = 0; i < map->count; i++)
		read_key(r, map, i, slots, to, what);
	for (const struct slot *s = slots; s->key; s++)
		if (s->must && !yaml_get(map, s->key))
			reading_fault(r, map, "%s needs the key \"%s\"", what, s->key);
}

// A list of maps into an array of structures; items that are wrong stay zeroed, so that item i of
// the list is element i of the array.
static void *read_array(struct reading *r, const struct yaml *list, const struct slot *slots,
    size_t size, const char *what, size_t *count)
{
	*count = 0;
	if (list->kind != YAML_LIST) {
		reading_fault(r, list, "here stands a list, each item %s", what);
		return NULL;
	}
	char *items = arena_array(r->arena, list->count, size);
	if (!items) {
		r->failed = true;
		return NULL;
	}
	*count = list->count;
	for (size_t i = 0; i < list->count; i++)
		read_slots(r, list->item[i], slots, items + i * size, what);
	return items;
}

// --- values

static void form_read_slot_text(struct reading *r, const struct yaml *y, void *to)
{
	if (y->kind != YAML_SCALAR || !*y->text)
		reading_fault(r, y, "here stands a text");
	else
		*(const char **)to = y->text;
}

static void form_read_slot_flag(struct reading *r, const struct yaml *y, void *to)
{
	bool yes = str_equal(y->text, "true") || str_equal(y->text, "yes");
	if (y->kind != YAML_SCALAR ||
	    (!yes && !str_equal(y->text, "false") && !str_equal(y->text, "no")))
		reading_fault(r, y, "here stands true or false");
	*(bool *)to = yes;
}

static size_t read_count(struct reading *r, const struct yaml *y)
{
	size_t n = strspn(y->text, "0123456789"), number = 0;
	if (y->kind != YAML_SCALAR || n == 0 || n > 7 || y->text[n]) {
		reading_fault(r, y, "here stands a whole number");
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		number = number * 10 + (size_t)(y->text[i] - '0');
	return number;
}

static void form_read_slot_unsigned(struct reading *r, const struct yaml *y, void *to)
{
	*(unsigned *)to = (unsigned)read_count(r, y);
}

static void form_read_slot_size(struct reading *r, const struct yaml *y, void *to)
{
	*(size_t *)to = read_count(r, y);
}

// Ids: one, several with blanks between, or a list. Ends with NULL.
static void form_read_slot_ids(struct reading *r, const struct yaml *y, void *to)
{
	size_t most = y->kind == YAML_LIST ? y->count : strlen(y->text) / 2 + 1, n = 0;
	const char **ids = arena_array(r->arena, most + 1, sizeof(const char *));
	if (!ids) {
		r->failed = true;
		return;
	}
	for (size_t i = 0; y->kind == YAML_LIST && i < y->count; i++) {
		form_read_slot_text(r, y->item[i], &ids[n]);
		n += ids[n] != NULL;
	}
	for (const char *p = y->text; y->kind == YAML_SCALAR && *p;) {
		size_t length = strcspn(p, " ");
		if (length)
			ids[n++] = arena_copy(r->arena, p, length);
		p += length + strspn(p + length, " ");
	}
	if (n == 0)
		reading_fault(r, y, "here stands a word or a list of words");
	*(const char ***)to = ids;
}

// The same in one text, blanks between.
static void form_read_slot_words(struct reading *r, const struct yaml *y, void *to)
{
	const char **ids = NULL;
	struct str s = STR_IN(r->arena);
	form_read_slot_ids(r, y, &ids);
	for (size_t i = 0; ids && ids[i]; i++) {
		str_add(&s, i ? " " : "");
		str_add(&s, ids[i]);
	}
	*(const char **)to = str_done(&s);
	r->failed |= s.failed;
}

static void form_read_slot_type(struct reading *r, const struct yaml *y, void *to)
{
	for (int t = 0; t < FIELD_TYPES; t++)
		if (strcmp(field_type_name((enum field_type)t), y->text) == 0) {
			*(enum field_type *)to = (enum field_type)t;
			return;
		}
	struct guess g = guess_for(y->text);
	for (int t = 0; t < FIELD_TYPES; t++)
		guess_try(&g, field_type_name((enum field_type)t));
	reading_fault(r, y, "there is no field type \"%.60s\"%s", y->text, guess_says(&g));
}

// --- structures

static const struct slot CHOICE[] = {
	{ "id", form_read_slot_text, offsetof(struct choice, id), true },
	{ "label", form_read_slot_text, offsetof(struct choice, label), true },
	{ "help", form_read_slot_text, offsetof(struct choice, help), false },
	{ NULL },
};

static void form_read_slot_choices(struct reading *r, const struct yaml *y, void *to)
{
	struct form_field *f = to;
	f->choices = read_array(r, y, CHOICE, sizeof(struct choice), "a choice", &f->choice_count);
}

static void form_read_slot_subfields(struct reading *r, const struct yaml *y, void *to);

// { decision: [adapt, increase] }
static void form_read_slot_when(struct reading *r, const struct yaml *y, void *to)
{
	struct form_field *f = to;
	if (y->kind != YAML_MAP || y->count != 1) {
		reading_fault(r, y,
		    "\"when\" names one field and its values, as in when: {decision: [adapt]}");
		return;
	}
	f->when_field = y->key[0]->text;
	form_read_slot_ids(r, y->item[0], &f->when_values);
}

static const struct slot FIELD[] = {
	{ "id", form_read_slot_text, offsetof(struct form_field, id), true },
	{ "label", form_read_slot_text, offsetof(struct form_field, label), true },
	{ "type", form_read_slot_type, offsetof(struct form_field, type), true },
	{ "ahead", form_read_slot_flag, offsetof(struct form_field, ahead), false },
	{ "required", form_read_slot_flag, offsetof(struct form_field, required), false },
	{ "hidden", form_read_slot_flag, offsetof(struct form_field, hidden), false },
	{ "fixed", form_read_slot_flag, offsetof(struct form_field, fixed), false },
	{ "help", form_read_slot_text, offsetof(struct form_field, help), false },
	{ "example", form_read_slot_text, offsetof(struct form_field, example), false },
	{ "unit", form_read_slot_text, offsetof(struct form_field, unit), false },
	{ "rows", form_read_slot_unsigned, offsetof(struct form_field, rows), false },
	{ "most", form_read_slot_size, offsetof(struct form_field, most), false },
	{ "of", form_read_slot_words, offsetof(struct form_field, of), false },
	{ "choices", form_read_slot_choices, 0, false },
	{ "fields", form_read_slot_subfields, 0, false },
	{ "when", form_read_slot_when, 0, false },
	{ NULL },
};

static void form_read_slot_subfields(struct reading *r, const struct yaml *y, void *to)
{
	struct form_field *f = to;
	f->fields = read_array(r, y, FIELD, sizeof(struct form_field), "a field", &f->field_count);
}

static void form_read_slot_section_fields(struct reading *r, const struct yaml *y, void *to)
{
	struct form_section *s = to;
	s->fields = read_array(r, y, FIELD, sizeof(struct form_field), "a field", &s->field_count);
}

static const struct slot SECTION[] = {
	{ "id", form_read_slot_text, offsetof(struct form_section, id), true },
	{ "title", form_read_slot_text, offsetof(struct form_section, title), true },
	{ "help", form_read_slot_text, offsetof(struct form_section, help), false },
	{ "fields", form_read_slot_section_fields, 0, true },
	{ NULL },
};

static const struct slot UNLESS[] = {
	{ "filled", form_read_slot_words, offsetof(struct form_prompt, unless_filled), true },
	{ NULL },
};

static const struct slot WHEN[] = {
	{ "filled", form_read_slot_words, offsetof(struct form_prompt, when_filled), true },
	{ NULL },
};

static void form_read_slot_unless(struct reading *r, const struct yaml *y, void *to)
{
	read_slots(r, y, UNLESS, to, "\"unless\"");
}

static void form_read_slot_prompt_when(struct reading *r, const struct yaml *y, void *to)
{
	read_slots(r, y, WHEN, to, "\"when\"");
}

static const struct slot PROMPT[] = {
	{ "id", form_read_slot_text, offsetof(struct form_prompt, id), true },
	{ "says", form_read_slot_text, offsetof(struct form_prompt, says), true },
	{ "field", form_read_slot_text, offsetof(struct form_prompt, field), false },
	{ "unless", form_read_slot_unless, 0, false },
	{ "when", form_read_slot_prompt_when, 0, false },
	{ NULL },
};

static const struct slot CRITERION[] = {
	{ "id", form_read_slot_text, offsetof(struct form_criterion, id), true },
	{ "says", form_read_slot_text, offsetof(struct form_criterion, says), true },
	{ "proof", slot_proof, offsetof(struct form_criterion, proof), true },
	{ "need", slot_need, offsetof(struct form_criterion, need), false },
	{ "judge", form_read_slot_text, offsetof(struct form_criterion, judge), false },
	{ NULL },
};

static void form_read_slot_criteria(struct reading *r, const struct yaml *y, void *to)
{
	struct form_level *l = to;
	l->criteria = read_array(
	    r, y, CRITERION, sizeof(struct form_criterion), "a criterion", &l->criterion_count);
}

static const struct slot LEVEL[] = {
	{ "score", form_read_slot_text, offsetof(struct form_level, score), true },
	{ "title", form_read_slot_text, offsetof(struct form_level, title), true },
	{ "text", form_read_slot_text, offsetof(struct form_level, text), false },
	{ "criteria", form_read_slot_criteria, 0, false },
	{ NULL },
};

static void form_read_slot_sections(struct reading *r, const struct yaml *y, void *to)
{
	struct form *f = to;
	f->sections =
	    read_array(r, y, SECTION, sizeof(struct form_section), "a section", &f->section_count);
}

static void form_read_slot_prompts(struct reading *r, const struct yaml *y, void *to)
{
	struct form *f = to;
	f->prompts =
	    read_array(r, y, PROMPT, sizeof(struct form_prompt), "a prompt", &f->prompt_count);
}

static void form_read_slot_levels(struct reading *r, const struct yaml *y, void *to)
{
	struct form *f = to;
	f->levels = read_array(r, y, LEVEL, sizeof(struct form_level), "a level", &f->level_count);
}

static const struct slot FORM[] = {
	{ "form", form_read_slot_text, offsetof(struct form, id), true },
	{ "version", form_read_slot_unsigned, offsetof(struct form, version), true },
	{ "title", form_read_slot_text, offsetof(struct form, title), true },
	{ "plural", form_read_slot_text, offsetof(struct form, plural), false },
	{ "help", form_read_slot_text, offsetof(struct form, help), false },
	{ "source", form_read_slot_text, offsetof(struct form, source), false },
	{ "list", form_read_slot_ids, offsetof(struct form, list), false },
	{ "quick", form_read_slot_ids, offsetof(struct form, quick), false },
	{ "sections", form_read_slot_sections, 0, true },
	{ "prompts", form_read_slot_prompts, 0, false },
	{ "levels", form_read_slot_levels, 0, false },
	{ "instrument", form_read_slot_text, offsetof(struct form, rules.id), false },
	{ "below", form_read_slot_text, offsetof(struct form, rules.below), false },
	{ "half_rule", slot_half_rule, offsetof(struct form, rules.half_rule), false },
	{ "thresholds", slot_thresholds, offsetof(struct form, rules.p), false },
	{ NULL },
};

// --- the whole

static bool form_read_fill_in(struct reading *r)
{
	struct form *f = r->form;
	static const char *none[] = { NULL };
	if (!f->id)
		f->id = "";
	if (!f->list)
		f->list = none;
	if (!f->quick)
		f->quick = none;
	if (!f->plural)
		f->plural = f->title;
	f->edits = kind_find(f->id) ? f->id : f->level_count ? "assessment" : "note";
	return !r->failed;
}

// A scale without steps of its own has the form's levels as its steps.
static void form_read_scale_from_levels(struct reading *r)
{
	for (const struct form_field *f = NULL; (f = form_next(r->form, f)) && !r->failed;) {
		const struct form_field *on = f;
		if (f->type == FIELD_SCALE && f->choice_count == 0)
			on = field_on_scale(r->arena, f, r->form);
		if (!on)
			r->failed = true;
		else if (on != f)
			*(struct form_field *)f = *on; // just made here
	}
}

static bool read_form(struct reading *r, const char *text, size_t n, struct err *e)
{
	r->form = arena_alloc(r->arena, sizeof *r->form);
	if (!r->form)
		return err_memory(e);
	struct err why = { 0 };
	const struct yaml *root = yaml_read(r->arena, text, n, r->name, &YAML_FORM, &why);
	if (!root && why.code != ERR_DATA)
		return err_set(e, why.code, "%s", why.text);
	if (root) {
		read_slots(r, root, FORM, r->form, "a form");
		if (form_read_fill_in(r) && root->kind == YAML_MAP)
			check_form(r, root);
		form_read_scale_from_levels(r);
	} else if (arena_grow(
		       r->arena, (void **)&r->line, r->count, &r->cap, sizeof(const char *))) {
		r->line[r->count++] = arena_strdup(r->arena, why.text);
	}
	return r->failed ? err_memory(e) : true;
}

bool form_check(struct arena *a, const char *text, size_t n, const char *name,
    struct form_faults *out, struct err *e)
{
	struct reading r = { .arena = a, .name = name };
	if (!read_form(&r, text, n, e))
		return false;
	*out = (struct form_faults){ r.line, r.count };
	return true;
}

struct form *form_read(struct arena *a, const char *text, size_t n, const char *name, struct err *e)
{
	struct reading r = { .arena = a, .name = name };
	if (!read_form(&r, text, n, e))
		return NULL;
	if (r.count == 0)
		return r.form;
	if (r.count == 1)
		err_set(e, ERR_DATA, "%s", r.line[0]);
	else
		err_set(e, ERR_DATA, "%s (and %zu more: see them with plando forms check)",
		    r.line[0], r.count - 1);
	return NULL;
}
