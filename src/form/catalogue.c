// SPDX-License-Identifier: MIT
// The catalogue of forms: the embedded ones, each parsed when it is first asked for, and those that
// a workbook brings, laid over them.
//  1. An own form changes how a built-in kind is asked, never what it holds: no field changes its
//     type, none goes, no choice goes.
//  2. What an own form leaves out stays as it was, after what it names.
#include "base/embedded.h"

#include <plando/form.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

struct catalogue_entry {
	const char *id;
	const struct embedded *file; // NULL: brought by the workbook
	const struct form *built_in; // parsed, or NULL so far
	const struct form *shown;    // with the workbook's changes; NULL = as built in
};

struct forms {
	struct arena *arena;
	struct catalogue_entry *entry;
	size_t count, cap;
};

static bool catalogue_entry_add(struct forms *f, const char *id, const struct embedded *file)
{
	if (!arena_grow(f->arena, (void **)&f->entry, f->count, &f->cap, sizeof *f->entry))
		return false;
	f->entry[f->count++] = (struct catalogue_entry){ .id = id, .file = file };
	return true;
}

static struct catalogue_entry *catalogue_entry_find(struct forms *f, const char *id)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->entry[i].id, id) == 0)
			return &f->entry[i];
	return NULL;
}

// "pdsa.yaml" -> "pdsa"; NULL for a file that is no form. A form's first key is "form".
static char *catalogue_id_of(struct arena *a, const struct embedded *file)
{
	size_t n = strlen(file->name), ending = strlen(".yaml");
	if (n <= ending || strcmp(file->name + n - ending, ".yaml") != 0 ||
	    !str_starts(file->text, "form: "))
		return NULL;
	return arena_copy(a, file->name, n - ending);
}

struct forms *forms_new(struct arena *a, struct err *e)
{
	struct forms *f = arena_alloc(a, sizeof *f);
	if (!f) {
		err_memory(e);
		return NULL;
	}
	f->arena = a;
	bool ok = true;
	for (const struct kind *k = KINDS; ok && k->name; k++) {
		char *file = arena_printf(a, "%s.yaml", k->name);
		const struct embedded *found = file ? embedded_find(file) : NULL;
		ok = file && (!found || catalogue_entry_add(f, k->name, found));
	}
	for (const struct embedded *file = embedded_files; ok && file->name; file++) {
		const char *id = catalogue_id_of(a, file);
		if (id && !catalogue_entry_find(f, id))
			ok = catalogue_entry_add(f, id, file);
	}
	if (ok)
		return f;
	err_memory(e);
	return NULL;
}

// --- the fields that every built-in record has

static const struct form_field COMMON[] = {
	{ .id = "archived",
	    .label = "Archived on",
	    .type = FIELD_DATE,
	    .hidden = true,
	    .help = "Lists and scores leave this out from that day on." },
	{ .id = "archived_why", .label = "Why archived", .type = FIELD_TEXT, .hidden = true },
};

static const struct form_section COMMON_SECTION = {
	.id = "common", .title = "Archive", .fields = COMMON, .field_count = 2
};

static bool catalogue_add_common(struct arena *a, struct form *form)
{
	struct form_section *s = arena_array(a, form->section_count + 1, sizeof *s);
	if (!s)
		return false;
	if (form->section_count)
		memcpy(s, form->sections, form->section_count * sizeof *s);
	s[form->section_count++] = COMMON_SECTION;
	form->sections = s;
	return true;
}

static const struct form *catalogue_built_in(
    struct forms *f, struct catalogue_entry *x, struct err *e)
{
	if (x->built_in)
		return x->built_in;
	struct err why = { 0 };
	struct form *form =
	    form_read(f->arena, x->file->text, x->file->length, x->file->name, &why);
	if (!form) {
		err_set(e, why.code == ERR_DATA ? ERR_INTERNAL : why.code, "%s", why.text);
		return NULL;
	}
	if (kind_find(form->id) && !catalogue_add_common(f->arena, form)) {
		err_memory(e);
		return NULL;
	}
	return x->built_in = form;
}

const struct form *forms_find(struct forms *f, const char *id, struct err *e)
{
	struct catalogue_entry *x = catalogue_entry_find(f, id);
	if (!x) {
		err_set(e, ERR_NOINPUT,
		    "there is no form \"%.60s\"; plando forms list names those that there are", id);
		return NULL;
	}
	return x->shown ? x->shown : catalogue_built_in(f, x, e);
}

void forms_clear(struct forms *f)
{
	size_t n = 0;
	while (n < f->count && f->entry[n].file)
		f->entry[n++].shown = NULL;
	f->count = n;
}

const struct form *forms_built_in(struct forms *f, const char *id, struct err *e)
{
	struct catalogue_entry *x = catalogue_entry_find(f, id);
	return x && x->file ? catalogue_built_in(f, x, e) : NULL;
}

size_t forms_count(struct forms *f)
{
	return f->count;
}

const char *forms_id(struct forms *f, size_t i)
{
	return i < f->count ? f->entry[i].id : NULL;
}

// --- own forms over built-in ones

struct laying {
	struct arena *arena;
	const struct form *under, *over;
	struct err *e;
};

static const char *catalogue_either(const char *own, const char *built_in)
{
	return own ? own : built_in;
}

// Choices in the built-in order with the own labels and help.
static bool catalogue_lay_choices(
    const struct laying *l, const struct form_field *own, struct form_field *out)
{
	struct choice *c = arena_array(l->arena, out->choice_count + 1, sizeof *c);
	if (!c)
		return err_memory(l->e);
	for (size_t i = 0; i < own->choice_count; i++)
		if (!field_choice(out, own->choices[i].id))
			return err_set(l->e, ERR_DATA,
			    "the field \"%s\" gets a new choice \"%s\"; copies without this form "
			    "would not know it: add a field of your own instead",
			    own->id, own->choices[i].id);
	for (size_t i = 0; i < out->choice_count; i++) {
		const struct choice *named = field_choice(own, out->choices[i].id);
		c[i] = out->choices[i];
		c[i].label = named ? named->label : c[i].label;
		c[i].help = named ? catalogue_either(named->help, c[i].help) : c[i].help;
	}
	out->choices = c;
	return true;
}

static bool catalogue_lay_field(const struct laying *l, const struct form_field *built_in,
    const struct form_field *own, struct form_field *out);

static const struct form_field *catalogue_find_sub(const struct form_field *f, const char *id)
{
	for (size_t i = 0; i < f->field_count; i++)
		if (str_equal(f->fields[i].id, id))
			return &f->fields[i];
	return NULL;
}

// Subfields: those that the own form names, in its order, then the rest.
static bool catalogue_lay_subfields(
    const struct laying *l, const struct form_field *own, struct form_field *out)
{
	struct form_field *all =
	    arena_array(l->arena, own->field_count + out->field_count + 1, sizeof *all);
	if (!all)
		return err_memory(l->e);
	size_t n = 0;
	for (size_t i = 0; i < own->field_count; i++)
		if (!catalogue_lay_field(
			l, catalogue_find_sub(out, own->fields[i].id), &own->fields[i], &all[n++]))
			return false;
	for (size_t i = 0; i < out->field_count; i++)
		if (!catalogue_find_sub(own, out->fields[i].id))
			all[n++] = out->fields[i];
	out->fields = all;
	out->field_count = n;
	return true;
}

// built_in NULL: an added field, taken as it is.
static bool catalogue_lay_field(const struct laying *l, const struct form_field *built_in,
    const struct form_field *own, struct form_field *out)
{
	*out = built_in ? *built_in : *own;
	if (!built_in)
		return true;
	if (own->type != built_in->type || (own->of && !str_equal(own->of, built_in->of)))
		return err_set(l->e, ERR_DATA,
		    "the field \"%s\" is of type %s%s%s in every copy and stays so", own->id,
		    field_type_name(built_in->type), built_in->of ? " of " : "",
		    built_in->of ? built_in->of : "");
	out->label = own->label;
	out->required = own->required;
	out->hidden = own->hidden;
	out->help = catalogue_either(own->help, built_in->help);
	out->example = catalogue_either(own->example, built_in->example);
	out->unit = catalogue_either(own->unit, built_in->unit);
	out->rows = own->rows ? own->rows : built_in->rows;
	out->most = own->most ? own->most : built_in->most;
	out->when_field = own->when_field;
	out->when_values = own->when_values;
	return (own->choice_count == 0 || catalogue_lay_choices(l, own, out)) &&
	       (own->field_count == 0 || catalogue_lay_subfields(l, own, out));
}

static const struct form_section *catalogue_find_section(const struct form *form, const char *id)
{
	for (size_t i = 0; i < form->section_count; i++)
		if (str_equal(form->sections[i].id, id))
			return &form->sections[i];
	return NULL;
}

// The fields of a built-in section that the own form names nowhere.
static size_t catalogue_add_rest(
    const struct laying *l, const struct form_section *from, struct form_field *to)
{
	size_t n = 0;
	for (size_t i = 0; from && i < from->field_count; i++)
		if (!form_field(l->over, from->fields[i].id))
			to[n++] = from->fields[i];
	return n;
}

static bool catalogue_lay_section(const struct laying *l, const struct form_section *own,
    const struct form_section *built_in, struct form_section *out)
{
	size_t most = (own ? own->field_count : 0) + (built_in ? built_in->field_count : 0);
	struct form_field *fields = arena_array(l->arena, most + 1, sizeof *fields);
	if (!fields)
		return err_memory(l->e);
	*out = own ? *own : *built_in;
	size_t n = 0;
	for (size_t i = 0; own && i < own->field_count; i++)
		if (!catalogue_lay_field(
			l, form_field(l->under, own->fields[i].id), &own->fields[i], &fields[n++]))
			return false;
	n += catalogue_add_rest(l, built_in, fields + n);
	out->fields = fields;
	out->field_count = n;
	return true;
}

static bool catalogue_lay_sections(const struct laying *l, struct form *out)
{
	size_t most = l->over->section_count + l->under->section_count, n = 0;
	struct form_section *s = arena_array(l->arena, most, sizeof *s);
	if (!s)
		return err_memory(l->e);
	for (size_t i = 0; i < l->over->section_count; i++) {
		const struct form_section *own = &l->over->sections[i];
		if (!catalogue_lay_section(
			l, own, catalogue_find_section(l->under, own->id), &s[n++]))
			return false;
	}
	for (size_t i = 0; i < l->under->section_count; i++) {
		const struct form_section *rest = &l->under->sections[i];
		if (catalogue_find_section(l->over, rest->id))
			continue;
		if (!catalogue_lay_section(l, NULL, rest, &s[n]))
			return false;
		n += s[n].field_count > 0;
	}
	out->sections = s;
	out->section_count = n;
	return true;
}

static const struct form_prompt *catalogue_find_prompt(const struct form *form, const char *id)
{
	for (size_t i = 0; i < form->prompt_count; i++)
		if (str_equal(form->prompts[i].id, id))
			return &form->prompts[i];
	return NULL;
}

static bool catalogue_lay_prompts(const struct laying *l, struct form *out)
{
	size_t most = l->over->prompt_count + l->under->prompt_count, n = 0;
	struct form_prompt *p = arena_array(l->arena, most + 1, sizeof *p);
	if (!p)
		return err_memory(l->e);
	for (size_t i = 0; i < l->over->prompt_count; i++)
		p[n++] = l->over->prompts[i];
	for (size_t i = 0; i < l->under->prompt_count; i++)
		if (!catalogue_find_prompt(l->over, l->under->prompts[i].id))
			p[n++] = l->under->prompts[i];
	out->prompts = p;
	out->prompt_count = n;
	return true;
}

// Fields that are named elsewhere must be there: the own form alone could not tell.
static bool catalogue_check_names(const struct laying *l, const struct form *form)
{
	const char *missing = NULL;
	for (size_t i = 0; form->list[i]; i++)
		if (!form_field(form, form->list[i]))
			missing = form->list[i];
	for (size_t i = 0; form->quick[i]; i++)
		if (!form_field(form, form->quick[i]))
			missing = form->quick[i];
	for (const struct form_field *f = NULL; (f = form_next(form, f));)
		if (f->when_field && !form_field(form, f->when_field))
			missing = f->when_field;
	for (size_t i = 0; i < form->prompt_count; i++)
		if (form->prompts[i].field && !form_field(form, form->prompts[i].field))
			missing = form->prompts[i].field;
	if (!missing)
		return true;
	return err_set(l->e, ERR_DATA, "the form \"%s\" names a field \"%s\" that there is not",
	    form->id, missing);
}

// An own reading of the scale: other words, criteria and thresholds for the same scores.
static bool catalogue_lay_levels(const struct laying *l, struct form *out)
{
	if (l->over->level_count == 0)
		return true;
	bool same = l->over->level_count == out->level_count;
	for (size_t i = 0; same && i < out->level_count; i++)
		same = str_equal(l->over->levels[i].score, out->levels[i].score);
	if (!same)
		return err_set(l->e, ERR_DATA,
		    "the scores of \"%s\" are the same in every copy; give an instrument of your "
		    "own "
		    "an id of its own",
		    l->under->id);
	out->levels = l->over->levels;
	out->source = catalogue_either(l->over->source, l->under->source);
	out->rules = l->over->rules;
	out->rules.id = catalogue_either(l->over->rules.id, l->under->rules.id);
	out->rules.below = catalogue_either(l->over->rules.below, l->under->rules.below);
	return true;
}

static const struct form *catalogue_lay_over(
    struct forms *f, const struct form *under, const struct form *own, struct err *e)
{
	struct laying l = { f->arena, under, own, e };
	struct form *out = arena_alloc(f->arena, sizeof *out);
	if (!out) {
		err_memory(e);
		return NULL;
	}
	*out = *under;
	out->version = own->version;
	out->title = own->title;
	out->plural = own->plural;
	out->help = catalogue_either(own->help, under->help);
	out->list = own->list[0] ? own->list : under->list;
	out->quick = own->quick[0] ? own->quick : under->quick;
	if (!catalogue_lay_levels(&l, out))
		return NULL;
	if (!catalogue_lay_sections(&l, out) || !catalogue_lay_prompts(&l, out) ||
	    !catalogue_check_names(&l, out))
		return NULL;
	return out;
}

bool forms_install(struct forms *f, const struct form *own, struct err *e)
{
	struct catalogue_entry *x = catalogue_entry_find(f, own->id);
	if (x && x->file) {
		const struct form *under = catalogue_built_in(f, x, e);
		const struct form *shown = under ? catalogue_lay_over(f, under, own, e) : NULL;
		if (shown)
			x->shown = shown;
		return shown != NULL;
	}
	if (!x && !catalogue_entry_add(f, own->id, NULL))
		return err_memory(e);
	x = x ? x : &f->entry[f->count - 1];
	x->shown = own;
	return true;
}
