// SPDX-License-Identifier: MIT
// `plando fill`: one save an answer, whole or not at all.
#include "cli/verbs/verb_fill.h"

#include <plando/asked.h>
#include <plando/claim.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

// --- one save an answer

static bool fill_save_put_given(struct fill *f, struct save *v, struct err *e)
{
	struct fill_part *p = &f->part[0];
	const char *field, *value;
	for (size_t i = 0; f->given[i]; i += 2)
		if (!save_field(v, &p->id, p->kind, f->given[i], f->given[i + 1], e))
			return false;
	for (size_t i = 0; asked_default(p->kind, i, &field, &value); i++)
		if (!fill_given(f, field) && !save_field(v, &p->id, p->kind, field, value, e))
			return false;
	return true;
}

// A record that is not there yet is made in the same save: a team before its charter.
bool fill_save_part(struct fill *f, struct save *v, size_t i, struct err *e)
{
	struct fill_part *p = &f->part[i], *main = f->part;
	char team[ID_TEXT];
	const char *key[] = { "team", team, NULL };
	if (p->exists)
		return true;
	if (i > 0 && !fill_save_part(f, v, 0, e))
		return false;
	p->exists = true;
	if (i == 0)
		return save_new(v, p->kind, NULL, &p->id, e) && fill_save_put_given(f, v, e) &&
		       fill_link_place(f, v, e);
	if (*p->prefix) {
		p->id = main->id;
		return true;
	}
	id_print(&main->id, team);
	return save_new(v, p->kind, key, &p->id, e);
}

// Members of "a, b" are cells of their own: those that stay, come and go.
static bool fill_save_put_members(struct fill *f, struct save *v, const struct fill_part *p,
    const char *cell, const char *text, struct err *e)
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
static bool fill_save_put(struct fill *f, struct save *v, const struct fill_question *q,
    const char *cell, const char *text, struct err *e)
{
	const struct fill_part *p = &f->part[q->part];
	char *stored;
	if (!*p->prefix)
		return save_field(v, &p->id, p->kind, cell, text, e);
	if (q->field->type == FIELD_CHOICES || q->field->type == FIELD_REFS)
		return fill_save_put_members(f, v, p, cell, text, e);
	return field_parse(&f->work, q->field, text, store_today(f->s), &stored, e) &&
	       save_cell(v, &p->id, p->kind, cell, stored, e);
}

static const char *fill_save_list_cell(struct fill *f, const struct fill_question *q)
{
	return arena_printf(&f->work, "%s%s", f->part[q->part].prefix, q->list->id);
}

static bool fill_save_put_answer(
    struct fill *f, struct save *v, const struct fill_question *q, const char *text, struct err *e)
{
	const struct fill_part *p = &f->part[q->part];
	const char *cell = q->cell, *key, *list = q->list ? fill_save_list_cell(f, q) : "";
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
	return fill_save_put(f, v, q, cell, text, e) &&
	       (!stamps || save_field(v, &p->id, p->kind, date, "today", e));
}

static bool fill_save_drop_element(
    struct fill *f, struct save *v, const struct fill_question *q, struct err *e)
{
	const struct fill_part *p = &f->part[q->part];
	const char *list = fill_save_list_cell(f, q);
	return list ? save_element_remove(v, &p->id, p->kind, list, q->key, e) : err_memory(e);
}

// A score above what the record could show is kept, and its reason asked for in words.
bool fill_save_commit(struct fill *f, struct save *v, struct err *e)
{
	const char *claim;
	if (!asked_keep(v, &f->part[0].id, e) || !claim_keep(v, &f->part[0].id, &claim, e) ||
	    !save_commit(v, NULL, e))
		return false;
	if (claim)
		fill_say(f, "Saved; %s. Why is it so?", claim);
	return true;
}

// What came from elsewhere while the question was open, where both stand now.
static void fill_save_say_arrived(
    struct fill *f, const struct fill_question *q, const struct fill_part *p)
{
	struct err ignored = { 0 };
	struct arrived got;
	struct record now;
	if (!saw_arrived(f->s, &f->work, &p->id, f->cell, &p->saw, &got, &ignored) || !got.value ||
	    !record_load(f->s, &f->work, &p->id, &now, &ignored))
		return;
	const struct cell *both = record_cell(&now, f->cell);
	if (both && both->heads > 1)
		fill_say(f,
		    "While this was open, %s changed “%s” to “%.200s”. Yours and theirs both "
		    "stand; "
		    "plando conflicts shows them.",
		    *got.author ? got.author : "somebody", q->field->label, got.value);
}

// All of it, or the record is as it was.
bool fill_save_answer(struct fill *f, const struct fill_question *q, enum fill_did did,
    const char *text, struct err *e)
{
	struct fill_part before[FILL_PARTS];
	memcpy(before, f->part, sizeof before);
	struct save *v = save_begin(f->s, &f->work, e);
	bool good = v && fill_save_part(f, v, q->part, e) &&
		    (did == FILL_DROP ? fill_save_drop_element(f, v, q, e)
				      : fill_save_put_answer(f, v, q, text, e)) &&
		    save_saw(v, &f->part[q->part].id, &before[q->part].saw, e) &&
		    fill_save_commit(f, v, e);
	f->saved |= good;
	if (good && did != FILL_DROP)
		fill_save_say_arrived(f, q, &f->part[q->part]);
	if (!good)
		memcpy(f->part, before, sizeof before);
	return good;
}
