// SPDX-License-Identifier: MIT
// `plando fill`: a record's form, question by question. Which question is next depends on what is
// stored, so the record is read again after every answer.
#include "cli/verb_fill.h"

#include <plando/asked.h>
#include <plando/claim.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// --- what a new record begins with

static bool give(struct fill *f, const char *field, const char *value, struct err *e)
{
	size_t n = 0;
	while (f->given[n] && !str_equal(f->given[n], field))
		n += 2;
	if (n + 2 > FILL_GIVEN)
		return err_set(e, ERR_USAGE, "%s: too many values at once; answer it", field);
	f->given[n] = arena_strdup(f->c->arena, field);
	f->given[n + 1] = arena_strdup(f->c->arena, value);
	return (f->given[n] && f->given[n + 1]) || err_memory(e);
}

static const char *given(const struct fill *f, const char *field)
{
	for (size_t i = 0; f->given[i]; i += 2)
		if (str_equal(f->given[i], field))
			return f->given[i + 1];
	return NULL;
}

// The value of FIELD= as it is stored.
static bool give_typed(
    struct fill *f, const struct form_field *field, const char *typed, struct err *e)
{
	struct record r;
	char *stored = NULL, uuid[ID_TEXT];
	if (field->type != FIELD_REF)
		return (field_parse(f->c->arena, field, typed, store_today(f->s), &stored, e) ||
			   err_place(e, field->id, 0, 0)) &&
		       give(f, field->id, stored, e);
	if (!record_find(f->s, f->c->arena, field->of, typed, &r, e))
		return false;
	id_print(&r.id, uuid);
	return give(f, field->id, uuid, e);
}

static bool one_value(enum field_type type)
{
	return type <= FIELD_CHOICE || type == FIELD_SCALE || type == FIELD_REF;
}

static bool give_words(struct fill *f, const struct form *form, struct err *e)
{
	for (size_t i = 2; i < f->c->words; i++) {
		const char *word = f->c->word[i], *value;
		size_t n = strcspn(word, "=");
		const char *name = arena_copy(f->c->arena, word, n);
		if (!name)
			return err_memory(e);
		if (n == 0 || !word[n])
			return err_set(e, ERR_USAGE, "%s: write it as FIELD=VALUE", word);
		const struct form_field *field = form_field(form, name);
		if (!field || !one_value(field->type))
			return err_set(e, ERR_DATA,
			    "%s has no field %s that can be given here; plando kinds %s lists them",
			    f->kind, name, f->kind);
		if (!cli_value(f->c, word + n + 1, &value, e) || !give_typed(f, field, value, e))
			return false;
	}
	return true;
}

// --- what is there

// What a new record will hold is shown as if it were stored.
static bool show_given(struct fill *f, struct err *e)
{
	struct record *r = &f->part[0].record;
	r->cells = arena_array(&f->work, FILL_GIVEN, sizeof *r->cells);
	if (!r->cells)
		return err_memory(e);
	for (size_t i = 0; f->given[i]; i += 2) {
		size_t at = r->count++;
		for (; at > 0 && strcmp(r->cells[at - 1].field, f->given[i]) > 0; at--)
			r->cells[at] = r->cells[at - 1];
		r->cells[at] =
		    (struct cell){ .field = f->given[i], .value = f->given[i + 1], .heads = 1 };
	}
	return true;
}

static bool load_part(struct fill *f, struct fill_part *p, const char *form, struct err *e)
{
	p->form = forms_find(store_forms(f->s), form, e);
	p->record = (struct record){ .id = p->id, .kind = p->kind };
	return p->form && (!p->exists || record_load(f->s, &f->work, &p->id, &p->record, e));
}

static bool load_charter(struct fill *f, struct err *e)
{
	struct records found = { 0 };
	struct fill_part *team = &f->part[0], *p = &f->part[1];
	*p = (struct fill_part){ .kind = "charter", .prefix = "" };
	f->parts = 2;
	if (team->exists &&
	    !record_list_by(f->s, &f->work, "charter", "team", &team->id, &found, e))
		return false;
	if (found.count) {
		p->id = found.item[0].id;
		p->exists = true;
	}
	return load_part(f, p, "charter", e);
}

static bool load_parts(struct fill *f, struct err *e)
{
	struct fill_part *p = &f->part[0];
	p->kind = f->kind;
	p->prefix = "";
	f->parts = 1;
	if (!load_part(f, p, f->kind, e) || (!p->exists && !show_given(f, e)))
		return false;
	if (str_equal(f->kind, "team"))
		return load_charter(f, e);
	bool note = str_equal(f->kind, "note"), score = str_equal(f->kind, "assessment");
	const char *own =
	    note || score ? record_get(&p->record, note ? "form" : "instrument") : NULL;
	const struct form *form = own ? forms_find(store_forms(f->s), own, NULL) : NULL;
	if (!form) // none, or one that a newer copy brought: kept, not asked
		return true;
	f->part[1] = *p;
	f->part[1].prefix = "answers.";
	f->part[1].form = form;
	f->parts = 2;
	return true;
}

// --- which questions there are

static bool add_question(struct fill *f, struct fill_question q, size_t *cap, struct err *e)
{
	void *items = f->question;
	if (!q.cell || !arena_grow(&f->work, &items, f->count, cap, sizeof q))
		return err_memory(e);
	f->question = items;
	f->question[f->count++] = q;
	return true;
}

// Each element with its fields, and one to be, of which the first field begins it.
static bool add_list(struct fill *f, struct fill_question q, size_t *cap, struct err *e)
{
	struct fill_part *p = &f->part[q.part];
	struct elements keys = { 0 };
	const char *name = q.cell;
	q.list = q.field;
	if (!name || !record_elements(&p->record, &f->work, name, &keys))
		return err_memory(e);
	for (size_t i = 0; i <= keys.count; i++) {
		q.key = i < keys.count ? keys.key[i] : "";
		q.number = i + 1;
		q.first = true;
		for (size_t k = 0; k < q.list->field_count; k++) {
			q.field = &q.list->fields[k];
			if (q.field->hidden || (!q.first && i == keys.count))
				continue;
			q.cell = arena_printf(&f->work, "%s.%s.%s", name, q.key, q.field->id);
			if (!add_question(f, q, cap, e))
				return false;
			q.first = false;
		}
	}
	return true;
}

// A score's steps are those of the record's own instrument.
static const struct form_field *on_scale(
    struct fill *f, size_t part, const struct form_field *field)
{
	bool named = f->parts > 1 && part == 0 && *f->part[1].prefix;
	return field_on_scale(&f->work, field, named ? f->part[1].form : NULL);
}

static bool add_section(struct fill *f, size_t part, size_t section, size_t *cap, struct err *e)
{
	struct fill_part *p = &f->part[part];
	const struct form_section *s = &p->form->sections[section];
	for (size_t k = 0; k < s->field_count; k++) {
		const struct form_field *field = &s->fields[k];
		bool list = field->type == FIELD_LIST || field->type == FIELD_PAIRS;
		if (field->fixed || !asked_shown(&p->record, &f->work, p->prefix, field))
			continue;
		struct fill_question q = { .part = part,
			.section = section,
			.field = on_scale(f, part, field),
			.cell = arena_printf(&f->work, "%s%s", p->prefix, field->id) };
		if (!q.field)
			return err_memory(e);
		if (!(list ? add_list : add_question)(f, q, cap, e))
			return false;
	}
	return true;
}

static bool load(struct fill *f, struct err *e)
{
	size_t cap = 0;
	arena_free(&f->work);
	f->question = NULL;
	f->count = 0;
	if (!load_parts(f, e))
		return false;
	for (size_t i = 0; i < f->parts; i++)
		for (size_t k = 0; k < f->part[i].form->section_count; k++)
			if (!add_section(f, i, k, &cap, e))
				return false;
	return true;
}

// --- one save an answer

static bool put_given(struct fill *f, struct save *v, struct err *e)
{
	struct fill_part *p = &f->part[0];
	const char *field, *value;
	for (size_t i = 0; f->given[i]; i += 2)
		if (!save_field(v, &p->id, p->kind, f->given[i], f->given[i + 1], e))
			return false;
	for (size_t i = 0; asked_default(p->kind, i, &field, &value); i++)
		if (!given(f, field) && !save_field(v, &p->id, p->kind, field, value, e))
			return false;
	return true;
}

// A record that is not there yet is made in the same save: a team before its charter.
static bool make_part(struct fill *f, struct save *v, size_t i, struct err *e)
{
	struct fill_part *p = &f->part[i], *main = f->part;
	char team[ID_TEXT];
	const char *key[] = { "team", team, NULL };
	if (p->exists)
		return true;
	if (i > 0 && !make_part(f, v, 0, e))
		return false;
	p->exists = true;
	if (i == 0)
		return save_new(v, p->kind, NULL, &p->id, e) && put_given(f, v, e) &&
		       fill_link_place(f, v, e);
	if (*p->prefix) {
		p->id = main->id;
		return true;
	}
	id_print(&main->id, team);
	return save_new(v, p->kind, key, &p->id, e);
}

// Members of "a, b" are cells of their own: those that stay, come and go.
static bool put_members(struct fill *f, struct save *v, const struct fill_part *p, const char *cell,
    const char *text, struct err *e)
{
	struct elements old = { 0 };
	if (!record_members(&p->record, &f->work, cell, &old))
		return err_memory(e);
	for (size_t i = 0; i < old.count; i++) {
		const char *name = arena_printf(&f->work, "%s.%s", cell, old.key[i]);
		if (!name)
			return err_memory(e);
		if (!save_cell(v, &p->id, p->kind, name, "0", e))
			return false;
	}
	for (size_t n; *text; text += n + strspn(text + n, ", ")) {
		n = strcspn(text, ",");
		const char *name = arena_printf(&f->work, "%s.%.*s", cell, (int)n, text);
		if (!name)
			return err_memory(e);
		if (!save_cell(v, &p->id, p->kind, name, "1", e))
			return false;
	}
	return true;
}

// Answers are fields of another form than the record's own.
static bool put(struct fill *f, struct save *v, const struct fill_question *q, const char *cell,
    const char *text, struct err *e)
{
	const struct fill_part *p = &f->part[q->part];
	char *stored;
	if (!*p->prefix)
		return save_field(v, &p->id, p->kind, cell, text, e);
	if (q->field->type == FIELD_CHOICES || q->field->type == FIELD_REFS)
		return put_members(f, v, p, cell, text, e);
	return field_parse(&f->work, q->field, text, store_today(f->s), &stored, e) &&
	       save_cell(v, &p->id, p->kind, cell, stored, e);
}

static const char *list_cell(struct fill *f, const struct fill_question *q)
{
	return arena_printf(&f->work, "%s%s", f->part[q->part].prefix, q->list->id);
}

static bool put_answer(
    struct fill *f, struct save *v, const struct fill_question *q, const char *text, struct err *e)
{
	const struct fill_part *p = &f->part[q->part];
	const char *cell = q->cell, *key, *list = q->list ? list_cell(f, q) : "";
	if (!list)
		return err_memory(e);
	if (q->list && !*q->key) {
		if (!save_element(v, &p->id, p->kind, list, NULL, &key, e))
			return false;
		cell = arena_printf(&f->work, "%s.%s.%s", list, key, q->field->id);
		if (!cell)
			return err_memory(e);
	}
	snprintf(f->cell, sizeof f->cell, "%s", cell);
	const char *date = asked_stamp(p->kind, q->list ? q->list->id : NULL, q->field->id);
	bool stamps = date && *text && !record_get(&p->record, date);
	return put(f, v, q, cell, text, e) &&
	       (!stamps || save_field(v, &p->id, p->kind, date, "today", e));
}

static bool drop_element(
    struct fill *f, struct save *v, const struct fill_question *q, struct err *e)
{
	const struct fill_part *p = &f->part[q->part];
	const char *list = list_cell(f, q);
	return list ? save_element_remove(v, &p->id, p->kind, list, q->key, e) : err_memory(e);
}

// A score above what the record could show is kept, and its reason asked for in words.
static bool commit(struct fill *f, struct save *v, struct err *e)
{
	const char *claim;
	if (!claim_keep(v, &f->part[0].id, &claim, e) || !save_commit(v, NULL, e))
		return false;
	if (claim)
		fill_say(f, "Saved; %s. Why is it so?", claim);
	return true;
}

// All of it, or the record is as it was.
static bool save_answer(struct fill *f, const struct fill_question *q, enum fill_did did,
    const char *text, struct err *e)
{
	struct fill_part before[FILL_PARTS];
	memcpy(before, f->part, sizeof before);
	struct save *v = save_begin(f->s, &f->work, e);
	bool good = v && make_part(f, v, q->part, e) &&
		    (did == FILL_DROP ? drop_element(f, v, q, e) : put_answer(f, v, q, text, e)) &&
		    commit(f, v, e);
	f->saved |= good;
	if (!good)
		memcpy(f->part, before, sizeof before);
	return good;
}

// --- what a new record hangs on is asked first: it can never be changed

static void say_forms(struct fill *f)
{
	struct forms *forms = store_forms(f->s);
	for (size_t i = 0; i < forms_count(forms); i++) {
		const struct form *form = forms_find(forms, forms_id(forms, i), NULL);
		if (form && str_equal(form->edits, "note") && !str_equal(form->id, "note"))
			fill_say(f, "%s: %s", form->id, form->title);
	}
}

static void refuse_without(struct fill *f, const struct form_field *field)
{
	struct err why = { 0 };
	err_set(&why, ERR_DATA, "%s: this is needed first; ! leaves", field->label);
	fill_refuse(f, &why);
}

// False: e says why, or it is to end (*over).
static bool ask_first(struct fill *f, const struct form_field *field, bool *over, struct err *e)
{
	struct fill_question q = { .field = field, .cell = field->id };
	for (;;) {
		const char *answer = NULL;
		struct err why = { 0 };
		if (str_equal(f->kind, "note") && str_equal(field->id, "form"))
			say_forms(f);
		enum fill_did did = fill_ask(f, &q, &answer, e);
		*over = did == FILL_LEAVE || did == FILL_END;
		if (did == FILL_FAIL || *over)
			return false;
		if (did == FILL_ANSWER && field->type == FIELD_TEXT &&
		    str_equal(field->id, "form") && !forms_find(store_forms(f->s), answer, &why))
			fill_refuse(f, &why);
		else if (did == FILL_ANSWER)
			return field->type == FIELD_REF ? give(f, field->id, answer, e)
							: give_typed(f, field, answer, e);
		else if (!field->required && did == FILL_KEEP)
			return true;
		else
			refuse_without(f, field);
	}
}

static bool ask_fixed(struct fill *f, bool *over, struct err *e)
{
	const struct form *form = f->part[0].form;
	for (const struct form_field *field = NULL; (field = form_next(form, field));)
		if (field->fixed && !given(f, field->id) && !ask_first(f, field, over, e))
			return false;
	return true;
}

// A record with a natural key is what its key says: it is made, or found, at once.
static bool make_natural(struct fill *f, struct err *e)
{
	const struct kind *k = kind_find(f->kind);
	const char *key[12] = { NULL };
	size_t n = 0;
	for (size_t i = 0; i < 5 && k->natural[i]; i++)
		if (given(f, k->natural[i])) {
			key[n++] = k->natural[i];
			key[n++] = given(f, k->natural[i]);
		}
	struct save *v = save_begin(f->s, &f->work, e);
	struct fill_part *p = &f->part[0];
	if (!v || !save_new(v, f->kind, key, &p->id, e))
		return false;
	for (size_t i = 0; f->given[i]; i += 2) {
		bool part_of_key = false;
		for (size_t m = 0; m < n; m += 2)
			part_of_key |= str_equal(key[m], f->given[i]);
		if (!part_of_key &&
		    !save_field(v, &p->id, f->kind, f->given[i], f->given[i + 1], e))
			return false;
	}
	p->exists = save_commit(v, NULL, e);
	f->saved = p->exists;
	return p->exists;
}

// Values of its own that were given with the command make it at once too.
static bool make_given(struct fill *f, struct err *e)
{
	bool any = false;
	for (size_t i = 0; f->given[i]; i += 2)
		any |= !form_field(f->part[0].form, f->given[i])->fixed && *f->given[i + 1];
	if (kind_find(f->kind)->natural[0])
		return make_natural(f, e);
	if (!any)
		return true;
	struct save *v = save_begin(f->s, &f->work, e);
	f->saved = v && make_part(f, v, 0, e) && commit(f, v, e);
	return f->saved;
}

// --- the conversation

static void say_section(struct fill *f, const struct fill_question *q)
{
	struct fill_part *p = &f->part[q->part];
	const struct form_section *s = &p->form->sections[q->section];
	unsigned asked = 0, filled = 0;
	for (size_t i = 0; i < s->field_count; i++) {
		const struct form_field *field = &s->fields[i];
		if (!field->required || !asked_shown(&p->record, &f->work, p->prefix, field))
			continue;
		asked++;
		filled += asked_filled(&p->record, &f->work, p->prefix, field);
	}
	fputc('\n', f->c->out);
	if (asked)
		fill_say(f, "%s, %u of %u", s->title, filled, asked);
	else
		fill_say(f, "%s", s->title);
	if (s->help)
		fill_say(f, "%s", s->help);
}

static void say_prompts(struct fill *f, size_t part, size_t section)
{
	if (part >= f->parts || section >= f->part[part].form->section_count)
		return;
	struct fill_part *p = &f->part[part];
	const struct form_section *s = &p->form->sections[section];
	const char *says;
	for (size_t k = 0; k < s->field_count; k++)
		for (size_t i = 0; (says = asked_prompt(p->form, &p->record, &f->work, p->prefix,
					s->fields[k].id, i));
		     i++)
			fill_say(f, "Think of it: %s", says);
}

// The question of that cell, or `otherwise` where it is no longer asked.
static size_t find_question(const struct fill *f, size_t part, const char *cell, size_t otherwise)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->question[i].part == part && str_equal(f->question[i].cell, cell))
			return i + 1;
	return otherwise;
}

// What one answer does; *at is then the next question.
static bool act(struct fill *f, size_t *at, enum fill_did did, const char *answer, struct err *e)
{
	const struct fill_question *q = &f->question[*at];
	size_t part = q->part, first = *at;
	struct err why = { 0 };
	bool row = q->list && *q->key;
	if (did == FILL_DROP && !row) {
		err_set(&why, ERR_DATA, "-- takes out a row of a list; this is none");
		fill_refuse(f, &why);
		return true;
	}
	bool nothing = !f->part[q->part].exists || (q->list && !row); // to be cleared
	if (did == FILL_KEEP || (did == FILL_CLEAR && nothing)) {
		++*at;
		return true;
	}
	while (did == FILL_DROP && !f->question[first].first)
		first--;
	if (!save_answer(f, q, did, did == FILL_ANSWER ? answer : "", &why)) {
		if (why.code != ERR_DATA)
			return err_set(e, why.code, "%s", why.text);
		fill_refuse(f, &why);
		return true;
	}
	if (!load(f, e))
		return false;
	*at = did == FILL_DROP ? first : find_question(f, part, f->cell, *at);
	return true;
}

static bool converse(struct fill *f, struct err *e)
{
	size_t at = 0, part = SIZE_MAX, section = SIZE_MAX;
	while (at < f->count) {
		const struct fill_question *q = &f->question[at];
		const char *answer = NULL;
		size_t before = at;
		if (q->part != part || q->section != section)
			say_section(f, q);
		part = q->part;
		section = q->section;
		enum fill_did did = fill_ask(f, q, &answer, e);
		if (did == FILL_FAIL)
			return false;
		f->left |= did == FILL_LEAVE;
		if (did == FILL_LEAVE || did == FILL_END)
			return true;
		if (did == FILL_BACK) {
			at -= at > 0;
			continue;
		}
		if (!act(f, &at, did, answer, e))
			return false;
		q = at < f->count ? &f->question[at] : NULL;
		if (at > before && (!q || q->part != part || q->section != section))
			say_prompts(f, part, section);
	}
	return true;
}

// --- the verb

// A kind, or a form of notes or scores, makes a new record; anything else names one.
static bool begin(struct fill *f, struct err *e)
{
	const char *word = f->c->word[1];
	const struct kind *kind = kind_find(word);
	const struct form *form = kind ? NULL : forms_find(store_forms(f->s), word, NULL);
	struct record r;
	if (kind && !str_equal(word, "collaborative")) {
		f->kind = kind->name;
	} else if (form) {
		bool note = str_equal(form->edits, "note");
		f->kind = note ? "note" : "assessment";
		if (!give(f, note ? "form" : "instrument", word, e))
			return false;
	} else {
		if (f->c->words > 2)
			return err_set(e, ERR_USAGE,
			    "%s: FIELD=VALUE goes with a new record; plando set changes one",
			    f->c->word[2]);
		if (!cli_find(f->c, f->s, NULL, word, &r, e))
			return false;
		f->kind = r.kind;
		f->part[0].id = r.id;
		f->part[0].exists = true;
		return load(f, e);
	}
	return load(f, e) && give_words(f, f->part[0].form, e) && load(f, e);
}

// A note is called by the form whose answers it holds.
static const struct form *own_form(const struct fill *f)
{
	const struct fill_part *own = &f->part[1];
	bool answers = f->parts > 1 && own->form && *own->prefix;
	return answers ? own->form : f->part[0].form;
}

static void say_begin(struct fill *f)
{
	struct fill_part *p = &f->part[0];
	if (p->exists)
		fill_say(f, "%s: %s", p->form->title,
		    cli_or_empty(f->c, record_title(f->s, &f->work, &p->record)));
	else
		fill_say(f, "%s, a new one", own_form(f)->title);
	if (!f->c->quiet)
		fill_say(f, "One line answers. Empty keeps it, - clears, < goes back, ? helps, "
			    "! leaves.");
}

// The record as it stands at the end, and its id for scripts.
static void say_end(struct fill *f, bool new_one)
{
	char id[ID_TEXT];
	struct record r;
	id_print(&f->part[0].id, id);
	fputc('\n', f->c->out);
	if (f->saved && !f->part[0].exists)
		fill_say(f, "Only what was made with + is saved.");
	else if (!f->saved || !record_load(f->s, &f->work, &f->part[0].id, &r, NULL))
		fill_say(f, new_one ? "Nothing was saved." : "Nothing was changed.");
	else
		fill_say(
		    f, "Saved: %s\n%s", cli_or_empty(f->c, record_title(f->s, &f->work, &r)), id);
}

static bool fill(struct fill *f, struct err *e)
{
	bool over = false, new_one;
	if (!begin(f, e))
		return false;
	new_one = !f->part[0].exists;
	say_begin(f);
	bool good = !new_one || ask_fixed(f, &over, e);
	if (good && new_one)
		good = load(f, e) && make_given(f, e) && load(f, e);
	if (good)
		good = converse(f, e) && fill_link_ask(f, e);
	if (!good && !over)
		return false;
	say_end(f, new_one);
	if (f->refused)
		f->c->found = ERR_DATA;
	return true;
}

bool verb_fill(struct cli *c, struct err *e)
{
	struct fill f = { .c = c };
	f.s = cli_open(c, STORE_WRITE, e);
	bool good = f.s && fill(&f, e);
	arena_free(&f.work);
	store_close(f.s);
	return good;
}
