// SPDX-License-Identifier: MIT
// Finding one's way in a form.
#include <plando/form.h>
#include <plando/str.h>

#include <string.h>

static const struct form_field *form_field_in(
    const struct form_field *fields, size_t count, const char *id, size_t n)
{
	for (size_t i = 0; i < count; i++)
		if (fields[i].id && strncmp(fields[i].id, id, n) == 0 && !fields[i].id[n])
			return &fields[i];
	return NULL;
}

const struct form_field *form_field(const struct form *form, const char *id)
{
	const char *dot = strchr(id, '.');
	size_t n = dot ? (size_t)(dot - id) : strlen(id);
	const struct form_field *found = NULL;
	for (size_t i = 0; i < form->section_count && !found; i++)
		found =
		    form_field_in(form->sections[i].fields, form->sections[i].field_count, id, n);
	if (!found || !dot)
		return found;
	const char *sub = strrchr(id, '.') + 1;
	return form_field_in(found->fields, found->field_count, sub, strlen(sub));
}

const struct form_field *form_next(const struct form *form, const struct form_field *after)
{
	bool here = !after;
	for (size_t s = 0; s < form->section_count; s++) {
		const struct form_section *section = &form->sections[s];
		for (size_t i = 0; i < section->field_count; i++) {
			if (here)
				return &section->fields[i];
			here = &section->fields[i] == after;
		}
	}
	return NULL;
}

const char *form_naming(const char *kind)
{
	if (str_equal(kind, "note"))
		return "form";
	return str_equal(kind, "assessment") ? "instrument" : NULL;
}

const struct form_field *field_on_scale(
    struct arena *a, const struct form_field *f, const struct form *instrument)
{
	if (f->type != FIELD_SCALE || !instrument || !instrument->level_count)
		return f;
	struct form_field *own = arena_alloc(a, sizeof *own);
	struct choice *steps = arena_array(a, instrument->level_count, sizeof *steps);
	if (!own || !steps)
		return NULL;
	for (size_t i = 0; i < instrument->level_count; i++) {
		const struct form_level *l = &instrument->levels[i];
		steps[i] = (struct choice){ l->score, l->title, l->text };
	}
	*own = *f;
	own->choices = steps;
	own->choice_count = instrument->level_count;
	return own;
}

const struct choice *field_choice(const struct form_field *field, const char *id)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (str_equal(field->choices[i].id, id))
			return &field->choices[i];
	return NULL;
}
