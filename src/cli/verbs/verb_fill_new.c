// SPDX-License-Identifier: MIT
// `plando fill`: a new record. What was given with the command, and what it hangs on, which is
// asked first because it can never be changed.
#include "cli/verbs/verb_fill.h"

#include <plando/entry_name.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

// --- what a new record begins with

bool fill_give(struct fill *f, const char *field, const char *value, struct err *e)
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

const char *fill_given(const struct fill *f, const char *field)
{
	for (size_t i = 0; f->given[i]; i += 2)
		if (str_equal(f->given[i], field))
			return f->given[i + 1];
	return NULL;
}

// The value of FIELD= as it is stored.
static bool fill_new_give_typed(
    struct fill *f, const struct form_field *field, const char *typed, struct err *e)
{
	struct record r;
	char *stored = NULL, uuid[ID_TEXT];
	if (field->type != FIELD_REF)
		return (field_parse(f->c->arena, field, typed, store_today(f->s), &stored, e) ||
			   err_place(e, field->id, 0, 0)) &&
		       fill_give(f, field->id, stored, e);
	if (!record_find(f->s, f->c->arena, field->of, typed, &r, e))
		return false;
	id_print(&r.id, uuid);
	return fill_give(f, field->id, uuid, e);
}

static bool fill_new_one_value(enum field_type type)
{
	return type <= FIELD_CHOICE || type == FIELD_SCALE || type == FIELD_REF;
}

bool fill_give_words(struct fill *f, const struct form *form, struct err *e)
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
		if (!field || !fill_new_one_value(field->type))
			return err_set(e, ERR_DATA,
			    "%s has no field %s that can be given here; plando kinds %s lists them",
			    f->kind, name, f->kind);
		if (!cli_value(f->c, word + n + 1, &value, e) ||
		    !fill_new_give_typed(f, field, value, e))
			return false;
	}
	return true;
}

// --- what a new record hangs on is asked first: it can never be changed

static void fill_new_say_forms(struct fill *f)
{
	struct forms *forms = store_forms(f->s);
	for (size_t i = 0; i < forms_count(forms); i++) {
		const struct form *form = forms_find(forms, forms_id(forms, i), NULL);
		if (form && str_equal(form->edits, "note") && !str_equal(form->id, "note"))
			fill_say(f, "%s: %s", form->id, form->title);
	}
}

static void fill_new_refuse_without(struct fill *f, const struct form_field *field)
{
	struct err why = { 0 };
	err_set(&why, ERR_DATA, "%s: this is needed first; ! leaves", field->label);
	fill_refuse(f, &why);
}

// False: e says why, or it is to end (*over).
static bool fill_new_ask_first(
    struct fill *f, const struct form_field *field, bool *over, struct err *e)
{
	struct fill_question q = { .field = field, .cell = field->id };
	for (;;) {
		const char *answer = NULL;
		struct err why = { 0 };
		if (str_equal(f->kind, "note") && str_equal(field->id, "form"))
			fill_new_say_forms(f);
		enum fill_did did = fill_ask(f, &q, &answer, e);
		*over = did == FILL_LEAVE || did == FILL_END;
		if (did == FILL_FAIL || *over)
			return false;
		if (did == FILL_ANSWER && field->type == FIELD_TEXT &&
		    str_equal(field->id, "form") && !forms_find(store_forms(f->s), answer, &why))
			fill_refuse(f, &why);
		else if (did == FILL_ANSWER)
			return field->type == FIELD_REF ? fill_give(f, field->id, answer, e)
							: fill_new_give_typed(f, field, answer, e);
		else if (!field->required && did == FILL_KEEP)
			return true;
		else
			fill_new_refuse_without(f, field);
	}
}

bool fill_new_ask(struct fill *f, bool *over, struct err *e)
{
	const struct form *form = f->part[0].form;
	for (const struct form_field *field = NULL; (field = form_next(form, field));) {
		bool known = !field->hidden || field->type == FIELD_REF; // else nobody types it
		if (field->fixed && known && !fill_given(f, field->id) &&
		    !fill_new_ask_first(f, field, over, e))
			return false;
	}
	return true;
}

// A record with a natural key is what its key says: it is made, or found, at once.
static bool fill_new_make_natural(struct fill *f, struct err *e)
{
	const struct kind *k = kind_find(f->kind);
	const char *key[12] = { NULL };
	size_t n = 0;
	for (size_t i = 0; i < 5 && k->natural[i]; i++)
		if (fill_given(f, k->natural[i])) {
			key[n++] = k->natural[i];
			key[n++] = fill_given(f, k->natural[i]);
		}
	char nth[ENTRY_NTH_TEXT];
	if (str_equal(f->kind, "point") && !entry_key_typed(f->s, &f->work, key, nth, e))
		return false;
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
bool fill_new_make(struct fill *f, struct err *e)
{
	bool any = false;
	for (size_t i = 0; f->given[i]; i += 2)
		any |= !form_field(f->part[0].form, f->given[i])->fixed && *f->given[i + 1];
	if (kind_find(f->kind)->natural[0])
		return fill_new_make_natural(f, e);
	if (!any)
		return true;
	struct save *v = save_begin(f->s, &f->work, e);
	f->saved = v && fill_save_part(f, v, 0, e) && fill_save_commit(f, v, e);
	return f->saved;
}
