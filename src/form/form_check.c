// SPDX-License-Identifier: MIT
// What a form must mean. The structures and the tree that they were read from are walked side by
// side, so that every mistake is told with its place.
#include "form/guess.h"
#include "form/reading.h"

#include <plando/decimal.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

enum {
	ID_MOST = 32,	   // cells join two ids and eight digits
	FIELDS_MOST = 400, // of a form, those inside lists included: they are columns of a table
};

// The node of a key, or the map itself where the key is missing.
static const struct yaml *form_check_at_key(const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);
	return y ? y : map;
}

static const struct yaml *form_check_item_of(const struct yaml *map, const char *key, size_t i)
{
	const struct yaml *list = yaml_get(map, key);
	return list && i < list->count ? list->item[i] : map;
}

static void check_id(struct reading *r, const struct yaml *at, const char *id, const char *extra)
{
	if (str_empty(id))
		return;
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	char allowed[64] = "abcdefghijklmnopqrstuvwxyz0123456789_";
	strncat(allowed, extra, sizeof allowed - strlen(allowed) - 1);
	size_t n = strlen(id);
	if (n > ID_MOST || id[strspn(id, allowed)] || (!*extra && !strchr(letters, id[0])))
		reading_fault(r, at,
		    "the id \"%.60s\" is not one: lower-case letters, digits and _, %d at most, "
		    "a letter first",
		    id, ID_MOST);
	else if (id[n - 1] == '_') // such are the columns of from, to, where and when
		reading_fault(r, at, "the id \"%.60s\" ends with _; take that away", id);
}

// Ids of a list of structures whose first member is the id.
static void check_ids(struct reading *r, const struct yaml *map, const char *key, const void *items,
    size_t count, size_t size, const char *extra)
{
	const char *base = items;
	for (size_t i = 0; i < count; i++) {
		const char *id = *(const char *const *)(base + i * size);
		const struct yaml *at = form_check_at_key(form_check_item_of(map, key, i), "id");
		check_id(r, at, id, extra);
		for (size_t j = 0; id && j < i; j++)
			if (str_equal(id, *(const char *const *)(base + j * size)))
				reading_fault(r, at, "the id \"%.60s\" stands twice here", id);
	}
}

// --- what a key needs of the type, and a type of the keys

static bool form_check_is_text(enum field_type t)
{
	return t == FIELD_TEXT || t == FIELD_MEMO;
}

static bool form_check_is_memo(enum field_type t)
{
	return t == FIELD_MEMO;
}

static bool form_check_is_number(enum field_type t)
{
	return t == FIELD_NUMBER || t == FIELD_INTEGER || t == FIELD_PERCENT;
}

static bool form_check_is_chosen(enum field_type t)
{
	return t == FIELD_CHOICE || t == FIELD_CHOICES || t == FIELD_SCALE || t == FIELD_YESNO;
}

static bool form_check_is_ref(enum field_type t)
{
	return t == FIELD_REF || t == FIELD_REFS;
}

static bool form_check_is_list(enum field_type t)
{
	return t == FIELD_LIST || t == FIELD_PAIRS;
}

static const struct {
	const char *key;
	bool (*fits)(enum field_type t);
	const char *types;
	bool needed; // by every such type but yesno and scale, which bring their own
} BELONGS[] = {
	{ "choices", form_check_is_chosen, "choice, choices, scale and yesno", true },
	{ "fields", form_check_is_list, "list and pairs", true },
	{ "of", form_check_is_ref, "ref and refs", true },
	{ "unit", form_check_is_number, "number, integer and percent", false },
	{ "rows", form_check_is_memo, "memo", false },
	{ "most", form_check_is_text, "text and memo", false },
};

static void check_keys(struct reading *r, const struct yaml *map, const struct form_field *f)
{
	for (size_t i = 0; i < sizeof BELONGS / sizeof *BELONGS; i++) {
		const struct yaml *y = yaml_get(map, BELONGS[i].key);
		bool own = f->type == FIELD_YESNO || f->type == FIELD_SCALE;
		if (y && !BELONGS[i].fits(f->type))
			reading_fault(r, y, "\"%s\" belongs to fields of type %s, not %s",
			    BELONGS[i].key, BELONGS[i].types, field_type_name(f->type));
		else if (!y && BELONGS[i].needed && BELONGS[i].fits(f->type) && !own)
			reading_fault(r, map, "a field of type %s needs the key \"%s\"",
			    field_type_name(f->type), BELONGS[i].key);
	}
}

static void check_of(struct reading *r, const struct yaml *map, const struct form_field *f)
{
	char word[ID_MOST + 1];
	for (const char *p = f->of; p && *p;) {
		size_t n = strcspn(p, " "), kept = n < ID_MOST ? n : ID_MOST;
		memcpy(word, p, kept);
		word[kept] = '\0';
		p += n + strspn(p + n, " ");
		if (kind_find(word))
			continue;
		struct guess g = guess_for(word);
		for (const struct kind *k = KINDS; k->name; k++)
			guess_try(&g, k->name);
		reading_fault(r, form_check_at_key(map, "of"), "there is no kind \"%s\"%s", word,
		    guess_says(&g));
	}
}

static bool form_check_is_score(const char *s)
{
	size_t n = strspn(s, "0123456789"), m = s[n] == '.' ? strspn(s + n + 1, "0123456789") : 0;
	return n > 0 && n < 5 && m < 5 && !s[n + (m ? m + 1 : 0)];
}

static void check_scale(struct reading *r, const struct yaml *map, const struct form_field *f)
{
	if (f->choice_count == 0 && r->form->level_count == 0)
		reading_fault(
		    r, map, "a field of type scale needs \"choices\", or \"levels\" in the form");
	for (size_t i = 0; i < f->choice_count; i++)
		if (f->choices[i].id && !form_check_is_score(f->choices[i].id))
			reading_fault(r, form_check_item_of(map, "choices", i),
			    "a step of a scale has a number as its id, not \"%.60s\"",
			    f->choices[i].id);
}

static void check_yesno(struct reading *r, const struct yaml *map, const struct form_field *f)
{
	for (size_t i = 0; i < f->choice_count; i++)
		if (!str_equal(f->choices[i].id, "yes") && !str_equal(f->choices[i].id, "no"))
			reading_fault(r, form_check_item_of(map, "choices", i),
			    "a field of type yesno has the choices yes and no; use type choice");
}

// A choice of several is part of a cell's name.
static void check_choices(struct reading *r, const struct yaml *map, const struct form_field *f)
{
	for (size_t i = 0; i < f->choice_count; i++)
		if (f->choices[i].id && strchr(f->choices[i].id, '.'))
			reading_fault(r,
			    form_check_at_key(form_check_item_of(map, "choices", i), "id"),
			    "a choice of a field of type choices has no point in its id, as "
			    "\"%.60s\" "
			    "has",
			    f->choices[i].id);
}

static void check_field(
    struct reading *r, const struct yaml *map, const struct form_field *f, bool inside);

static void check_subfields(struct reading *r, const struct yaml *map, const struct form_field *f)
{
	check_ids(r, map, "fields", f->fields, f->field_count, sizeof *f->fields, "");
	for (size_t i = 0; i < f->field_count; i++) {
		const struct yaml *at = form_check_item_of(map, "fields", i);
		check_field(r, at, &f->fields[i], true);
		if (str_equal(f->fields[i].id, "pos") || str_equal(f->fields[i].id, "id"))
			reading_fault(r, at,
			    "inside a list \"%s\" means the element itself; "
			    "choose another id",
			    f->fields[i].id);
	}
}

static void check_field(
    struct reading *r, const struct yaml *map, const struct form_field *f, bool inside)
{
	if (map->kind != YAML_MAP)
		return;
	check_keys(r, map, f);
	check_of(r, map, f);
	check_ids(
	    r, map, "choices", f->choices, f->choice_count, sizeof *f->choices, "0123456789.-");
	if (f->type == FIELD_SCALE)
		check_scale(r, map, f);
	if (f->type == FIELD_YESNO)
		check_yesno(r, map, f);
	if (f->type == FIELD_CHOICES)
		check_choices(r, map, f);
	if (inside && (form_check_is_list(f->type) || f->type == FIELD_CHOICES ||
			  f->type == FIELD_REFS || f->type == FIELD_ANSWERS))
		reading_fault(
		    r, map, "a list holds no fields of type %s", field_type_name(f->type));
	else
		check_subfields(r, map, f);
}

// --- fields that are named elsewhere

// A form for a built-in kind may name fields that only the built-in form has: the catalogue checks
// those when it is installed.
static void check_named(struct reading *r, const struct yaml *at, const char *id)
{
	if (form_field(r->form, id) || kind_find(r->form->id))
		return;
	struct guess g = guess_for(id);
	for (const struct form_field *f = NULL; (f = form_next(r->form, f));)
		if (f->id)
			guess_try(&g, f->id);
	reading_fault(r, at, "there is no field \"%.60s\" in this form%s", id, guess_says(&g));
}

static void check_words(struct reading *r, const struct yaml *at, const char *words)
{
	char word[ID_MOST + 1];
	for (const char *p = words; p && *p;) {
		size_t n = strcspn(p, " "), kept = n < ID_MOST ? n : ID_MOST;
		memcpy(word, p, kept);
		word[kept] = '\0';
		check_named(r, at, word);
		p += n + strspn(p + n, " ");
	}
}

static void check_when(struct reading *r, const struct yaml *map, const struct form_field *f)
{
	if (!f->when_field || map->kind != YAML_MAP)
		return;
	const struct yaml *at = form_check_at_key(map, "when");
	check_named(r, at, f->when_field);
	const struct form_field *other = form_field(r->form, f->when_field);
	if (!other || other->choice_count == 0)
		return;
	for (const char **v = f->when_values; v && *v; v++) {
		if (field_choice(other, *v))
			continue;
		struct guess g = guess_for(*v);
		for (size_t i = 0; i < other->choice_count; i++)
			if (other->choices[i].id)
				guess_try(&g, other->choices[i].id);
		reading_fault(
		    r, at, "\"%s\" has no choice \"%.60s\"%s", other->id, *v, guess_says(&g));
	}
}

// Words with a meaning of their own in bundles, on the command line and in every record.
static void check_reserved(struct reading *r, const struct yaml *at, const char *id)
{
	static const char *const OURS[] = { "id", "key", "kind", "archived", "archived_why" };
	for (size_t i = 0; i < sizeof OURS / sizeof *OURS; i++)
		if (str_equal(id, OURS[i]))
			reading_fault(
			    r, at, "\"%s\" is a word of the program; choose another id", id);
	static const char *const NOTES[] = { "team", "system", "form", "date", "by", "answers" };
	for (size_t i = 0; i < sizeof NOTES / sizeof *NOTES; i++)
		if (str_equal(id, NOTES[i]) && str_equal(r->form->edits, "note") &&
		    !kind_find(r->form->id))
			reading_fault(
			    r, at, "every note has a field \"%s\" already; leave it out", id);
}

static void check_size(struct reading *r, const struct yaml *root)
{
	size_t n = 0;
	for (const struct form_field *f = NULL; (f = form_next(r->form, f));)
		n += 1 + f->field_count;
	if (n > FIELDS_MOST)
		reading_fault(r, form_check_at_key(root, "sections"),
		    "this form has %zu fields; %d are the most, so make two forms of it", n,
		    FIELDS_MOST);
}

static void check_sections(struct reading *r, const struct yaml *root)
{
	const struct form *form = r->form;
	check_ids(
	    r, root, "sections", form->sections, form->section_count, sizeof *form->sections, "");
	for (size_t s = 0; s < form->section_count; s++) {
		const struct form_section *section = &form->sections[s];
		const struct yaml *map = form_check_item_of(root, "sections", s);
		for (size_t i = 0; i < section->field_count; i++) {
			const struct form_field *f = &section->fields[i];
			const struct yaml *at = form_check_item_of(map, "fields", i);
			check_id(r, form_check_at_key(at, "id"), f->id, "");
			check_reserved(r, form_check_at_key(at, "id"), f->id);
			check_field(r, at, f, false);
			check_when(r, at, f);
			if (f->id && form_field(form, f->id) != f)
				reading_fault(r, form_check_at_key(at, "id"),
				    "the id \"%.60s\" stands twice in this form", f->id);
		}
	}
}

static bool form_check_ascending(const struct form *form, size_t i)
{
	struct decimal before, here;
	return !decimal_parse(form->levels[i - 1].score, &before) ||
	       !decimal_parse(form->levels[i].score, &here) || decimal_compare(before, here) < 0;
}

static void check_levels(struct reading *r, const struct yaml *root)
{
	const struct form *form = r->form;
	for (size_t i = 0; i < form->level_count; i++) {
		const char *score = form->levels[i].score;
		if (score && !form_check_is_score(score))
			reading_fault(r, form_check_item_of(root, "levels", i),
			    "the score of a level is a number such as 1.5, not \"%.60s\"", score);
		if (score && i && form->levels[i - 1].score && !form_check_ascending(form, i))
			reading_fault(r, form_check_item_of(root, "levels", i),
			    "levels stand from the lowest to the highest: %s comes after %s", score,
			    form->levels[i - 1].score);
	}
	if (form->rules.below && !form_check_is_score(form->rules.below))
		reading_fault(r, form_check_at_key(root, "below"),
		    "\"below\" is a number such as 0.5, not \"%.60s\"", form->rules.below);
	if (form->level_count && !form->source)
		reading_fault(
		    r, root, "a form with levels needs the key \"source\": who devised it");
}

// The quick log asks for whole fields that are shown, each once.
static void check_quick(struct reading *r, const struct yaml *root)
{
	const char **quick = r->form->quick;
	for (size_t i = 0; quick[i]; i++) {
		const struct yaml *at = form_check_item_of(root, "quick", i);
		const struct form_field *f = form_field(r->form, quick[i]);
		check_named(r, at, quick[i]);
		for (size_t k = 0; k < i; k++)
			if (str_equal(quick[k], quick[i]))
				reading_fault(r, at, "\"quick\" names \"%.60s\" twice", quick[i]);
		if (strchr(quick[i], '.'))
			reading_fault(r, at,
			    "\"quick\" names whole fields; \"%.60s\" is a part of one", quick[i]);
		else if (f && (f->hidden || f->type == FIELD_ANSWERS))
			reading_fault(r, at,
			    "\"%.60s\" is not shown on the form, so \"quick\" cannot name it",
			    quick[i]);
	}
}

void check_form(struct reading *r, const struct yaml *root)
{
	const struct form *form = r->form;
	check_id(r, form_check_at_key(root, "form"), form->id, "-");
	check_sections(r, root);
	check_size(r, root);
	for (size_t i = 0; form->list[i]; i++)
		check_named(r, form_check_item_of(root, "list", i), form->list[i]);
	check_quick(r, root);
	check_ids(
	    r, root, "prompts", form->prompts, form->prompt_count, sizeof *form->prompts, "-");
	for (size_t i = 0; i < form->prompt_count; i++) {
		const struct form_prompt *p = &form->prompts[i];
		const struct yaml *at = form_check_item_of(root, "prompts", i);
		if (p->field)
			check_named(r, form_check_at_key(at, "field"), p->field);
		check_words(r, form_check_at_key(at, "unless"), p->unless_filled);
		check_words(r, form_check_at_key(at, "when"), p->when_filled);
	}
	check_levels(r, root);
	check_instrument(r, root);
}
