// SPDX-License-Identifier: MIT
// What can be recorded: kinds.
#include "cli/verbs.h"

#include <plando/kind.h>
#include <plando/str.h>

static void kinds_field_json(const struct form_field *f, struct json *j);

static void kinds_fields_json(const struct form_field *f, size_t n, struct json *j)
{
	json_put_array(j, "fields");
	for (size_t i = 0; i < n; i++)
		kinds_field_json(&f[i], j);
	json_end(j);
}

static void kinds_choices_json(const struct form_field *f, struct json *j)
{
	json_put_array(j, "choices");
	for (size_t i = 0; i < f->choice_count; i++) {
		json_object(j);
		json_put_text(j, "id", f->choices[i].id);
		json_put_text(j, "label", f->choices[i].label);
		json_put_text(j, "help", f->choices[i].help);
		json_end(j);
	}
	json_end(j);
}

static void kinds_field_json(const struct form_field *f, struct json *j)
{
	json_object(j);
	json_put_text(j, "id", f->id);
	json_put_text(j, "label", f->label);
	json_put_text(j, "type", field_type_name(f->type));
	json_put_bool(j, "required", f->required);
	json_put_bool(j, "hidden", f->hidden);
	json_put_bool(j, "fixed", f->fixed);
	kinds_choices_json(f, j);
	json_put_text(j, "help", f->help);
	json_put_text(j, "example", f->example);
	json_put_text(j, "unit", f->unit);
	json_put_text(j, "of", f->of);
	if (f->field_count)
		kinds_fields_json(f->fields, f->field_count, j);
	json_end(j);
}

// Walks a kind's fields; a team's charter stands with it, and a note with the form of its answers.
struct kinds_walk {
	const struct form *form, *more;
	const struct form_field *at;
	bool in_more;
};

static bool kinds_walk_begin(
    struct kinds_walk *w, struct forms *forms, const struct named_kind *kind, struct err *e)
{
	*w = (struct kinds_walk){ .form = forms_find(forms, kind->kind->name, e),
		.more = kind->own };
	if (w->form && str_equal(kind->kind->name, "team"))
		w->more = forms_find(forms, "charter", e);
	return w->form != NULL;
}

// Both parts have it; the answers of a form stand for themselves.
static bool kinds_walk_passes(const struct kinds_walk *w)
{
	if (!w->in_more)
		return w->more && w->at->type == FIELD_ANSWERS;
	return form_field(w->form, w->at->id) || str_equal(w->at->id, "team");
}

static const struct form_field *kinds_walk_next(struct kinds_walk *w)
{
	do {
		w->at = form_next(w->in_more ? w->more : w->form, w->at);
		if (!w->at && !w->in_more && w->more) {
			w->in_more = true;
			w->at = form_next(w->more, NULL);
		}
	} while (w->at && kinds_walk_passes(w));
	return w->at;
}

static bool kind_json(
    struct forms *forms, const struct named_kind *kind, struct json *j, struct err *e)
{
	struct kinds_walk w;
	if (!kinds_walk_begin(&w, forms, kind, e))
		return false;
	const struct form *form = kind->own ? kind->own : w.form;
	json_object(j);
	json_put_text(j, "kind", form->id);
	json_put_text(j, "label", form->title ? form->title : kind->kind->label);
	json_put_text(j, "plural", form->plural ? form->plural : kind->kind->plural);
	if (kind->own)
		json_put_text(j, "edits", kind->own->edits);
	json_put_array(j, "fields");
	while (kinds_walk_next(&w))
		kinds_field_json(w.at, j);
	json_end(j);
	json_end(j);
	return true;
}

// Each kind, then what notes and assessments there are by their forms.
typedef bool kind_fn(void *context, const struct named_kind *kind, struct err *e);

static bool each_kind(struct forms *forms, kind_fn *each, void *context, struct err *e)
{
	for (const struct kind *k = KINDS; k->name; k++)
		if (!each(context, &(struct named_kind){ k, NULL }, e))
			return false;
	for (size_t i = 0; i < forms_count(forms); i++) {
		struct named_kind kind;
		if (!cli_kind(forms, forms_id(forms, i), &kind, e) ||
		    (kind.own && !each(context, &kind, e)))
			return false;
	}
	return true;
}

struct listing {
	struct forms *forms;
	struct json *json;
	struct table *table;
};

static bool kinds_list_as_json(void *context, const struct named_kind *kind, struct err *e)
{
	struct listing *l = context;
	return kind_json(l->forms, kind, l->json, e);
}

static bool kinds_all_json(
    struct cli *c, struct forms *forms, const struct named_kind *only, struct err *e)
{
	struct json j;
	struct listing l = { .forms = forms, .json = &j };
	json_init(&j, c->out);
	json_array(&j);
	if (only ? !kind_json(forms, only, &j, e) : !each_kind(forms, kinds_list_as_json, &l, e))
		return false;
	json_end(&j);
	return json_done(&j, e);
}

static bool kinds_list_as_text(void *context, const struct named_kind *kind, struct err *e)
{
	struct listing *l = context;
	const struct form *form = kind->own ? kind->own : forms_find(l->forms, kind->kind->name, e);
	if (form)
		table_row(l->table, (const char *const[]){ form->id, form->title, form->help });
	return form != NULL;
}

static bool kinds_all_text(struct cli *c, struct forms *forms, struct err *e)
{
	static const struct table_column columns[] = { { "kind", false, 14 },
		{ "what it is", false, 0 }, { "about", false, 0 } };
	struct table t = table_new(c->arena, columns, 3, c->ascii);
	struct listing l = { .forms = forms, .table = &t };
	return each_kind(forms, kinds_list_as_text, &l, e) && table_print(&t, c->out, c->width, e);
}

static const char *kinds_type_shown(struct cli *c, const struct form_field *f)
{
	struct str s = STR_IN(c->arena);
	str_add(&s, field_type_name(f->type));
	if (f->of)
		str_printf(&s, " of %s", f->of);
	for (size_t i = 0; i < f->choice_count; i++)
		str_printf(&s, "%s%s", i ? " " : ": ", f->choices[i].id);
	for (size_t i = 0; i < f->field_count; i++)
		str_printf(&s, "%s%s", i ? " " : ": ", f->fields[i].id);
	return str_done(&s);
}

static bool kind_text(
    struct cli *c, struct forms *forms, const struct named_kind *kind, struct err *e)
{
	static const struct table_column columns[] = { { "field", false, 16 },
		{ "label", false, 0 }, { "asked", false, 5 }, { "type", false, 0 },
		{ "help", false, 0 } };
	struct table t = table_new(c->arena, columns, 5, c->ascii);
	struct kinds_walk w;
	if (!kinds_walk_begin(&w, forms, kind, e))
		return false;
	while (kinds_walk_next(&w))
		table_row(
		    &t, (const char *const[]){ w.at->id, w.at->label, w.at->required ? "yes" : "",
			    kinds_type_shown(c, w.at), w.at->help });
	return table_print(&t, c->out, c->width, e);
}

static bool show_kinds(struct cli *c, struct forms *forms, const char *name, struct err *e)
{
	struct named_kind kind;
	if (name && !cli_kind(forms, name, &kind, e))
		return false;
	if (option_given(c, "json"))
		return kinds_all_json(c, forms, name ? &kind : NULL, e);
	return name ? kind_text(c, forms, &kind, e) : kinds_all_text(c, forms, e);
}

bool verb_kinds(struct cli *c, struct err *e)
{
	struct store *s = c->words == 2 ? cli_open(c, STORE_READ, e) : NULL;
	struct forms *forms = c->words < 2 ? forms_new(c->arena, e) : s ? store_forms(s) : NULL;
	bool good = forms && show_kinds(c, forms, c->words ? c->word[c->words - 1] : NULL, e);
	cli_close(c, s);
	return good;
}
