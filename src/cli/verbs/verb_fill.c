// SPDX-License-Identifier: MIT
// `plando fill`: the conversation, question by question.
#include "cli/verbs/verb_fill.h"

#include <plando/asked.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <stdint.h>
#include <stdio.h>

// --- the conversation

static void fill_say_section(struct fill *f, const struct fill_question *q)
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

static void fill_say_prompts(struct fill *f, size_t part, size_t section)
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
static size_t fill_find_question(
    const struct fill *f, size_t part, const char *cell, size_t otherwise)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->question[i].part == part && str_equal(f->question[i].cell, cell))
			return i + 1;
	return otherwise;
}

// What one answer does; *at is then the next question.
static bool fill_act(
    struct fill *f, size_t *at, enum fill_did did, const char *answer, struct err *e)
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
	if (!fill_save_answer(f, q, did, did == FILL_ANSWER ? answer : "", &why)) {
		if (why.code != ERR_DATA)
			return err_set(e, why.code, "%s", why.text);
		fill_refuse(f, &why);
		return true;
	}
	if (!fill_load(f, e))
		return false;
	*at = did == FILL_DROP ? first : fill_find_question(f, part, f->cell, *at);
	return true;
}

// NULL: all have been asked.
static const struct fill_question *fill_question_at(const struct fill *f, size_t at)
{
	return f->question && at < f->count ? &f->question[at] : NULL;
}

static bool fill_converse(struct fill *f, struct err *e)
{
	size_t at = 0, part = SIZE_MAX, section = SIZE_MAX;
	for (const struct fill_question *q; (q = fill_question_at(f, at));) {
		const char *answer = NULL;
		size_t before = at;
		if (q->part != part || q->section != section)
			fill_say_section(f, q);
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
		if (!fill_act(f, &at, did, answer, e))
			return false;
		q = fill_question_at(f, at);
		if (at > before && (!q || q->part != part || q->section != section))
			fill_say_prompts(f, part, section);
	}
	return true;
}

// --- the verb

// A kind, or a form of notes or scores, makes a new record; anything else names one.
static bool fill_begin(struct fill *f, struct err *e)
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
		if (!fill_give(f, note ? "form" : "instrument", word, e))
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
		return fill_load(f, e);
	}
	return fill_load(f, e) && fill_give_words(f, f->part[0].form, e) && fill_load(f, e);
}

// A note is called by the form whose answers it holds.
static const struct form *fill_own_form(const struct fill *f)
{
	const struct fill_part *own = &f->part[1];
	bool answers = f->parts > 1 && own->form && *own->prefix;
	return answers ? own->form : f->part[0].form;
}

static void fill_say_begin(struct fill *f)
{
	struct fill_part *p = &f->part[0];
	if (p->exists)
		fill_say(f, "%s: %s", p->form->title,
		    cli_or_empty(f->c, record_title(f->s, &f->work, &p->record)));
	else
		fill_say(f, "%s, a new one", fill_own_form(f)->title);
	if (!f->c->quiet)
		fill_say(f, "One line answers. Empty keeps it, - clears, < goes back, ? helps, "
			    "! leaves.");
}

// The record as it stands at the end, and its id for scripts.
static void fill_say_end(struct fill *f, bool new_one)
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
	if (!fill_begin(f, e))
		return false;
	new_one = !f->part[0].exists;
	fill_say_begin(f);
	bool good = !new_one || fill_new_ask(f, &over, e);
	if (good && new_one)
		good = fill_load(f, e) && fill_new_make(f, e) && fill_load(f, e);
	if (good)
		good = fill_converse(f, e) && fill_link_ask(f, e);
	if (!good && !over)
		return false;
	fill_say_end(f, new_one);
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
	cli_close(c, f.s);
	return good;
}
