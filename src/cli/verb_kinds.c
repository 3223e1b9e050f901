// SPDX-License-Identifier: MIT
// What can be recorded: kinds, forms.
#include "base/embedded.h"
#include "cli/verbs.h"

#include <plando/file.h>
#include <plando/kind.h>
#include <plando/str.h>

static void field_json(const struct form_field *f, struct json *j);

static void fields_json(const struct form_field *f, size_t n, struct json *j)
{
	json_put_array(j, "fields");
	for (size_t i = 0; i < n; i++)
		field_json(&f[i], j);
	json_end(j);
}

static void choices_json(const struct form_field *f, struct json *j)
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

static void field_json(const struct form_field *f, struct json *j)
{
	json_object(j);
	json_put_text(j, "id", f->id);
	json_put_text(j, "label", f->label);
	json_put_text(j, "type", field_type_name(f->type));
	json_put_bool(j, "required", f->required);
	json_put_bool(j, "hidden", f->hidden);
	json_put_bool(j, "fixed", f->fixed);
	choices_json(f, j);
	json_put_text(j, "help", f->help);
	json_put_text(j, "example", f->example);
	json_put_text(j, "unit", f->unit);
	json_put_text(j, "of", f->of);
	if (f->field_count)
		fields_json(f->fields, f->field_count, j);
	json_end(j);
}

// Walks a kind's fields; a team's charter stands with it.
struct walk {
	const struct form *form, *charter;
	const struct form_field *at;
	bool in_charter;
};

static bool walk_begin(struct walk *w, struct forms *forms, const char *kind, struct err *e)
{
	*w = (struct walk){ .form = forms_find(forms, kind, e) };
	if (w->form && str_equal(kind, "team"))
		w->charter = forms_find(forms, "charter", e);
	return w->form != NULL;
}

static const struct form_field *walk_next(struct walk *w)
{
	if (!w->in_charter) {
		w->at = form_next(w->form, w->at);
		w->in_charter = !w->at;
	}
	if (!w->in_charter || !w->charter)
		return w->at;
	do
		w->at = form_next(w->charter, w->at);
	while (w->at && (form_field(w->form, w->at->id) || str_equal(w->at->id, "team")));
	return w->at;
}

static bool kind_json(struct forms *forms, const struct kind *k, struct json *j, struct err *e)
{
	struct walk w;
	if (!walk_begin(&w, forms, k->name, e))
		return false;
	json_object(j);
	json_put_text(j, "kind", k->name);
	json_put_text(j, "label", w.form->title ? w.form->title : k->label);
	json_put_text(j, "plural", w.form->plural ? w.form->plural : k->plural);
	json_put_array(j, "fields");
	while (walk_next(&w))
		field_json(w.at, j);
	json_end(j);
	json_end(j);
	return true;
}

static bool all_json(struct cli *c, struct forms *forms, const struct kind *only, struct err *e)
{
	struct json j;
	json_init(&j, c->out);
	json_array(&j);
	for (const struct kind *k = KINDS; k->name; k++)
		if ((!only || k == only) && !kind_json(forms, k, &j, e))
			return false;
	json_end(&j);
	return json_done(&j, e);
}

static bool all_text(struct cli *c, struct forms *forms, struct err *e)
{
	static const struct table_column columns[] = { { "kind", false, 14 },
		{ "what it is", false, 0 }, { "about", false, 0 } };
	struct table t = table_new(c->arena, columns, 3, c->ascii);
	for (const struct kind *k = KINDS; k->name; k++) {
		const struct form *form = forms_find(forms, k->name, e);
		if (!form)
			return false;
		table_row(&t, (const char *const[]){ k->name, form->title, form->help });
	}
	return table_print(&t, c->out, c->width, e);
}

static const char *type_shown(struct cli *c, const struct form_field *f)
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

static bool kind_text(struct cli *c, struct forms *forms, const struct kind *kind, struct err *e)
{
	static const struct table_column columns[] = { { "field", false, 16 },
		{ "label", false, 0 }, { "asked", false, 5 }, { "type", false, 0 },
		{ "help", false, 0 } };
	struct table t = table_new(c->arena, columns, 5, c->ascii);
	struct walk w;
	if (!walk_begin(&w, forms, kind->name, e))
		return false;
	while (walk_next(&w))
		table_row(&t, (const char *const[]){ w.at->id, w.at->label,
				  w.at->required ? "yes" : "", type_shown(c, w.at), w.at->help });
	return table_print(&t, c->out, c->width, e);
}

bool verb_kinds(struct cli *c, struct err *e)
{
	const struct kind *kind = c->words ? cli_kind(c->word[0], e) : NULL;
	if (c->words && !kind)
		return false;
	struct forms *forms = forms_new(c->arena, e);
	if (!forms)
		return false;
	if (option_given(c, "json"))
		return all_json(c, forms, kind, e);
	return kind ? kind_text(c, forms, kind, e) : all_text(c, forms, e);
}

// --- forms list|show|check

static bool forms_list(struct cli *c, struct err *e)
{
	static const struct table_column columns[] = { { "form", false, 14 }, { "edits", false, 0 },
		{ "title", false, 0 }, { "help", false, 0 } };
	struct table t = table_new(c->arena, columns, 4, c->ascii);
	struct forms *forms = forms_new(c->arena, e);
	for (size_t i = 0; forms && i < forms_count(forms); i++) {
		const struct form *f = forms_find(forms, forms_id(forms, i), e);
		if (!f)
			return false;
		table_row(&t, (const char *const[]){ f->id, f->edits, f->title, f->help });
	}
	return forms && table_print(&t, c->out, c->width, e);
}

static bool forms_show(struct cli *c, struct err *e)
{
	char *name = arena_printf(c->arena, "%s.yaml", c->word[1]);
	if (!name)
		return err_memory(e);
	const struct embedded *file = embedded_find(name);
	if (!file)
		return err_set(e, ERR_NOINPUT,
		    "%s: no form of this name; plando forms list names them", c->word[1]);
	fwrite(file->text, 1, file->length, c->out);
	return true;
}

static bool forms_check(struct cli *c, struct err *e)
{
	char *text;
	size_t n;
	const char *path = c->word[1];
	if (!file_read(c->arena, path, YAML_FORM.bytes, &text, &n, e))
		return false;
	struct form_faults faults;
	if (!form_check(c->arena, text, n, path, &faults, e))
		return false;
	for (size_t i = 0; i < faults.count; i++)
		cli_complain(c, faults.line[i]);
	if (faults.count)
		c->found = ERR_FOUND;
	else
		fprintf(c->out, "%s: a good form\n", cli_safe(c, path, false));
	return true;
}

bool verb_forms(struct cli *c, struct err *e)
{
	static const struct part {
		const char *name;
		size_t words;
		bool (*run)(struct cli *c, struct err *e);
	} parts[] = { { "list", 1, forms_list }, { "show", 2, forms_show },
		{ "check", 2, forms_check } };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (str_equal(parts[i].name, c->word[0]) && parts[i].words == c->words)
			return parts[i].run(c, e);
	if (str_equal(c->word[0], "install"))
		return err_set(e, ERR_UNAVAILABLE,
		    "forms install: this command is not in this build; forms list, show, check "
		    "are");
	return err_set(e, ERR_USAGE, "forms: write: plando forms list|show NAME|check PATH");
}
