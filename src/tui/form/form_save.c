// SPDX-License-Identifier: MIT
// A form's saving: one save a field when it is left; what cannot be saved stays as a draft.
#include "tui/form/form_screen.h"

#include <plando/asked.h>
#include <plando/claim.h>
#include <plando/entry_name.h>
#include <plando/kind.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

// A natural key is made of fields: they are saved together, when the form is left. (A charter's is
// its team, which is known.)
static bool form_save_waits_for_key(const struct form_screen *f)
{
	const struct kind *k = kind_find(f->kind);
	return !f->part[0].exists && k && k->natural[0];
}

// --- what is typed and not saved

struct unsaved *form_unsaved(const struct form_screen *f, size_t part, const char *cell)
{
	for (struct unsaved *u = f->unsaved; u; u = u->next)
		if (u->text && u->part == part && str_equal(u->cell, cell))
			return u;
	return NULL;
}

static struct unsaved *form_save_unsaved_for(struct form_screen *f, const struct form_item *item)
{
	struct arena *a = &f->screen.arena;
	struct unsaved *u = form_unsaved(f, item->part, item->cell);
	if (u)
		return u;
	u = arena_alloc(a, sizeof *u);
	const char *cell = arena_strdup(a, item->cell);
	if (!u || !cell)
		return NULL;
	*u = (struct unsaved){ .part = item->part, .cell = cell, .next = f->unsaved };
	return f->unsaved = u;
}

static bool form_save_unsaved_put(struct form_screen *f, const struct form_item *item,
    const char *text, const char *why, struct err *e)
{
	struct unsaved *u = form_save_unsaved_for(f, item);
	const char *copy = arena_strdup(&f->screen.arena, text);
	const char *reason = arena_strdup(&f->screen.arena, why);
	if (!u || !copy || !reason)
		return err_memory(e);
	u->text = copy;
	u->why = reason;
	u->saw = saw_print(&f->screen.arena, &f->saw, item->cell);
	return u->saw || err_memory(e);
}

static void form_save_unsaved_settle(struct form_screen *f, size_t part, const char *cell)
{
	struct unsaved *u = form_unsaved(f, part, cell);
	if (u)
		u->text = NULL;
}

// --- drafts

struct draft form_draft_of(struct form_screen *f, struct app *app, const struct form_item *item,
    const char *text, struct arena *a)
{
	const struct form_part *p = &f->part[item->part];
	return (struct draft){ .id = p->id,
		.kind = p->kind,
		.field = item->cell,
		.text = text,
		.at = store_now(app->store),
		.saw = saw_print(a, &f->saw, item->cell),
		.refs = p->exists ? "" : f->refs };
}

static bool form_save_draft_put(struct form_screen *f, struct app *app,
    const struct form_item *item, const char *text, struct err *e)
{
	struct arena a = { 0 };
	struct draft d = form_draft_of(f, app, item, text, &a);
	bool kept = draft_keep(app->store, &d, e);
	arena_free(&a);
	return kept;
}

static void form_save_draft_forget(
    struct form_screen *f, struct app *app, const struct id *id, const char *cell)
{
	struct err ignored = { 0 };
	draft_drop(app->store, id, cell, &ignored);
	f->kept = false;
}

// What is stored stands again.
static void form_save_forget(struct form_screen *f, struct app *app, const struct form_item *item)
{
	form_save_draft_forget(f, app, &f->part[item->part].id, item->cell);
	form_save_unsaved_settle(f, item->part, item->cell);
}

void form_keep(struct app *app, struct screen *s)
{
	struct form_screen *f = (struct form_screen *)s;
	const struct form_item *item = form_focus(f);
	struct err e = { 0 };
	f->kept_at = store_now(app->store);
	if (!item || (f->kept && f->kept_version == f->edit.version) ||
	    str_empty(app->env->state_home))
		return;
	if (!form_changed(f)) {
		if (f->kept)
			form_save_draft_forget(f, app, &f->part[item->part].id, item->cell);
		return;
	}
	if (!form_save_draft_put(f, app, item, f->edit.text, &e)) {
		app_fail(app, &e);
		return;
	}
	f->kept = true;
	f->kept_version = f->edit.version;
}

bool form_discard(struct form_screen *f, struct app *app, struct err *e)
{
	const struct form_item *item = form_focus(f);
	if (!item)
		return true;
	form_save_forget(f, app, item);
	return edit_replace(&f->edit, item->text, e);
}

// --- one save

struct form_save_saving {
	struct form_screen *f;
	struct app *app;
	struct save *v;
	struct arena *a;
	const char *cell; // as it is called in the end
};

// A score above what the record could show is kept, and its reason asked for in words.
static bool form_save_commit(struct form_save_saving *s, struct err *e)
{
	const char *claim;
	if (!asked_keep(s->v, &s->f->part[0].id, e) ||
	    !claim_keep(s->v, &s->f->part[0].id, &claim, e) || !save_commit(s->v, NULL, e))
		return false;
	if (claim)
		app_say(s->app, "Saved; %s. Why is it so?", claim);
	return true;
}

// Members of "a, b" are cells of their own: those that stay, come and go.
static bool form_save_put_members(struct form_save_saving *s, const struct form_part *p,
    const char *cell, const char *text, struct err *e)
{
	const char *texts[] = { field_text_members(s->a, &p->record, cell), text };
	const char *member;
	size_t n;
	for (size_t turn = 0; turn < 2 && texts[turn]; turn++)
		for (size_t i = 0; (member = member_at(texts[turn], i, &n)); i++) {
			const char *name = arena_printf(s->a, "%s.%.*s", cell, (int)n, member);
			if (!name)
				return err_memory(e);
			if (!save_cell(s->v, &p->id, p->kind, name, turn ? "1" : "0", e))
				return false;
		}
	return texts[0] || err_memory(e);
}

// Answers are fields of another form than the record's own.
static bool form_save_put_answer(struct form_save_saving *s, const struct form_part *p,
    const struct form_field *field, const char *cell, const char *text, struct err *e)
{
	char *stored;
	if (field->type == FIELD_CHOICES || field->type == FIELD_REFS)
		return form_save_put_members(s, p, cell, text, e);
	return field_parse(s->a, field, text, store_today(s->app->store), &stored, e) &&
	       save_cell(s->v, &p->id, p->kind, cell, stored, e);
}

static bool form_save_put_value(struct form_save_saving *s, const struct form_part *p,
    const struct form_field *field, const char *cell, const char *text, struct err *e)
{
	if (*p->prefix)
		return form_save_put_answer(s, p, field, cell, text, e);
	return save_field(s->v, &p->id, p->kind, cell, text, e);
}

static bool form_save_is_given(const struct form_screen *f, const char *field)
{
	for (size_t i = 0; f->given[i]; i += 2)
		if (str_equal(f->given[i], field))
			return true;
	return false;
}

// A field as typed, or a cell of a list's row as stored.
static bool form_save_put_one(struct form_save_saving *s, const struct form_part *p,
    const char *field, const char *value, struct err *e)
{
	return strchr(field, '.') ? save_cell(s->v, &p->id, p->kind, field, value, e)
				  : save_field(s->v, &p->id, p->kind, field, value, e);
}

static bool form_save_put_given(
    struct form_save_saving *s, const struct form_part *p, struct err *e)
{
	for (size_t i = 0; s->f->given[i]; i += 2)
		if (!form_save_put_one(s, p, s->f->given[i], s->f->given[i + 1], e))
			return false;
	const char *field, *value;
	for (size_t i = 0; asked_default(p->kind, i, &field, &value); i++)
		if (!form_save_is_given(s->f, field) &&
		    !save_field(s->v, &p->id, p->kind, field, value, e))
			return false;
	return true;
}

// A record that is not there yet is made in the same save: the note before its answers, the team
// before its charter.
static bool form_save_part_make(struct form_save_saving *s, size_t i, struct err *e)
{
	struct form_part *p = &s->f->part[i], *main = s->f->part;
	char team[ID_TEXT];
	const char *key[] = { "team", team, NULL };
	if (p->exists)
		return true;
	if (i > 0 && !form_save_part_make(s, 0, e))
		return false;
	p->exists = true;
	if (i == 0)
		return save_new(s->v, p->kind, NULL, &p->id, e) && form_save_put_given(s, p, e);
	if (*p->prefix) {
		p->id = main->id;
		return true;
	}
	id_print(&main->id, team);
	return save_new(s->v, p->kind, key, &p->id, e);
}

static bool form_save_put_stamps(struct form_save_saving *s, const struct form_part *p,
    const struct form_item *item, const char *text, struct err *e)
{
	const char *date =
	    asked_stamp(p->kind, item->list ? item->list->id : NULL, item->field->id);
	return !*text || !date || record_get(&p->record, date) ||
	       save_field(s->v, &p->id, p->kind, date, "today", e);
}

static bool form_save_put_item(
    struct form_save_saving *s, const struct form_item *item, const char *text, struct err *e)
{
	const struct form_part *p = &s->f->part[item->part];
	const char *key = item->key;
	s->cell = item->cell;
	if (!form_save_part_make(s, item->part, e))
		return false;
	if (key && !*key) {
		const char *list = form_cell(s->a, p, item->list->id);
		if (!list)
			return err_memory(e);
		if (!save_element(s->v, &p->id, p->kind, list, NULL, &key, e))
			return false;
		s->cell = arena_printf(s->a, "%s.%s.%s", list, key, item->field->id);
		if (!s->cell)
			return err_memory(e);
	}
	return form_save_put_value(s, p, item->field, s->cell, text, e) &&
	       form_save_put_stamps(s, p, item, text, e);
}

// One save of one field: all of it, or the form is as it was.
static bool save_item(struct form_screen *f, struct app *app, const struct form_item *item,
    const char *text, struct err *e)
{
	struct arena a = { 0 };
	struct form_part before[PARTS_MOST];
	memcpy(before, f->part, sizeof before);
	struct form_save_saving s = {
		.f = f, .app = app, .v = save_begin(app->store, &a, e), .a = &a
	};
	bool good = s.v && form_save_put_item(&s, item, text, e) &&
		    save_saw(s.v, &f->part[item->part].id, &f->saw, e) && form_save_commit(&s, e);
	if (good) {
		form_save_draft_forget(f, app, &before[item->part].id, item->cell);
		form_save_unsaved_settle(f, item->part, item->cell);
		snprintf(f->cell, sizeof f->cell, "%s", s.cell);
	} else {
		memcpy(f->part, before, sizeof before);
	}
	arena_free(&a);
	return good;
}

// --- leaving a field

// It stays on the screen with its reason, and as a draft where that can be.
static bool form_save_keep_unsaved(struct form_screen *f, struct app *app,
    const struct form_item *item, const char *text, const char *why, struct err *e)
{
	struct err not_kept = { 0 };
	bool good = form_save_unsaved_put(f, item, text, why, e);
	if (good)
		form_unsaved(f, item->part, item->cell)->kept =
		    form_save_draft_put(f, app, item, text, &not_kept);
	f->kept = false;
	f->seen = arena_strdup(&f->edit.arena, f->edit.text);
	return good && (f->seen || err_memory(e));
}

static bool form_save_leave_changed(struct form_screen *f, struct app *app,
    const struct form_item *item, struct arena *a, struct err *e)
{
	struct err why = { 0 };
	const char *text = edit_done(&f->edit, a);
	if (!text)
		return err_memory(e);
	if (str_equal(text, item->text)) {
		form_save_forget(f, app, item);
		return form_begin(f, e);
	}
	if (form_gone(f, app))
		return form_save_keep_unsaved(
		    f, app, item, text, "the record was deleted meanwhile", e);
	if (form_save_waits_for_key(f))
		return form_save_keep_unsaved(
		    f, app, item, text, "it is saved when you leave the form", e);
	if (!save_item(f, app, item, text, &why)) {
		app_fail(app, &why);
		return form_save_keep_unsaved(f, app, item, text, why.text, e);
	}
	app_saved(app);
	app->touched = f->part->id;
	app_crossed(app, &f->part[item->part].id, f->cell, item->field->label, &f->saw);
	f->seen = f->edit.text; // nothing is changed any more
	return form_load(app, &f->screen, e);
}

bool form_leave_field(struct form_screen *f, struct app *app, struct err *e)
{
	const struct form_item *item = form_focus(f);
	struct arena a = { 0 };
	bool good = true;
	bool owed = item && form_unsaved(f, item->part, item->cell); // tried before: now it may go
	if (item && (form_changed(f) || owed))
		good = form_save_leave_changed(f, app, item, &a, e);
	else if (item && f->kept)
		form_save_forget(f, app, item);
	arena_free(&a);
	return good;
}

// --- leaving the form

// The natural key of a new record, as stored: field, value, …, NULL.
static bool form_save_key_read(
    struct form_screen *f, struct form_save_saving *s, const char *key[12], struct err *e)
{
	const struct kind *k = kind_find(f->kind);
	const struct form_part *p = f->part;
	size_t n = 0;
	for (size_t i = 0; i < 5 && k->natural[i]; i++) {
		const struct form_field *field = form_field(p->form, k->natural[i]);
		const struct unsaved *u = form_unsaved(f, 0, k->natural[i]);
		const char *typed = u ? u->text : record_get(&p->record, k->natural[i]);
		char *stored = NULL;
		if (!typed || !field)
			continue;
		if (!field_parse(s->a, field, typed, store_today(s->app->store), &stored, e))
			return false;
		key[n++] = k->natural[i];
		key[n++] = stored;
	}
	key[n] = NULL;
	return true;
}

static bool form_save_key_names(const char *const key[], const char *cell)
{
	for (size_t i = 0; key[i]; i += 2)
		if (str_equal(key[i], cell))
			return true;
	return false;
}

// The key is written already, in the words that the workbook has for it.
static bool form_save_put_unsaved(
    struct form_save_saving *s, const char *const key[], struct err *e)
{
	struct form_part *p = s->f->part;
	if (!save_new(s->v, p->kind, key, &p->id, e) || !form_save_put_given(s, p, e))
		return false;
	for (struct unsaved *u = s->f->unsaved; u; u = u->next)
		if (u->text && !form_save_key_names(key, u->cell) &&
		    !save_field(s->v, &p->id, p->kind, u->cell, u->text, e))
			return false;
	static const struct saw NOTHING = { 0 };
	return save_saw(s->v, &p->id, &NOTHING, e);
}

static bool save_waiting(struct form_screen *f, struct app *app, struct err *e)
{
	const char *key[12];
	struct arena a = { 0 };
	bool any = false;
	for (const struct unsaved *u = f->unsaved; u; u = u->next)
		any |= u->text != NULL;
	if (!any)
		return true;
	struct form_part before = f->part[0];
	char nth[ENTRY_NTH_TEXT];
	struct form_save_saving s = {
		.f = f, .app = app, .v = save_begin(app->store, &a, e), .a = &a
	};
	bool good =
	    s.v && form_save_key_read(f, &s, key, e) &&
	    (!str_equal(f->kind, "point") || entry_key_typed(app->store, &a, key, nth, e)) &&
	    form_save_put_unsaved(&s, key, e) && form_save_commit(&s, e);
	for (struct unsaved *u = f->unsaved; good && u; u = u->next) {
		form_save_draft_forget(f, app, &before.id, u->cell);
		u->text = NULL;
	}
	f->part[0].exists = good;
	if (good) {
		app_saved(app);
		app->touched = f->part->id;
	} else {
		f->part[0].id = before.id;
	}
	arena_free(&a);
	return good;
}

// What is neither saved nor kept would go: that is said once before.
static bool form_save_all_kept(const struct form_screen *f, struct err *e)
{
	for (const struct unsaved *u = f->unsaved; u; u = u->next)
		if (u->text && !u->kept)
			return err_set(e, ERR_IO,
			    "what you typed is not saved (%.400s) and cannot be kept as a draft; "
			    "Esc again leaves without it",
			    u->why);
	return true;
}

bool form_leave(struct form_screen *f, struct app *app, struct err *e)
{
	return form_leave_field(f, app, e) &&
	       (!form_save_waits_for_key(f) || save_waiting(f, app, e)) && form_save_all_kept(f, e);
}

// --- rows of lists

// A row that was taken out comes back by undo.
bool form_remove_element(struct form_screen *f, struct app *app, struct err *e)
{
	const struct form_item *item = form_focus(f);
	struct arena a = { 0 };
	if (!item || str_empty(item->key)) {
		app_say(app, "There is no row of a list under the cursor.");
		return true;
	}
	if (!form_writable(f, app, item))
		return true;
	const struct form_part *p = &f->part[item->part];
	struct save *v = save_begin(app->store, &a, e);
	bool good = v && save_element_remove(v, &p->id, p->kind, item->list->id, item->key, e) &&
		    save_commit(v, NULL, e);
	arena_free(&a);
	if (!good)
		return false;
	form_save_draft_forget(f, app, &p->id, item->cell);
	app_saved(app);
	app->touched = f->part->id;
	app_say(app, "Row %zu was taken out; F3 undoes.", item->number);
	f->seen = f->edit.text;
	return form_load(app, &f->screen, e);
}

// The place of the i-th row, NULL where there is none.
static const char *form_save_place_of(
    const struct record *r, const struct elements *rows, const char *list, size_t i)
{
	return i < rows->count ? record_element_get(r, list, rows->key[i], "pos") : NULL;
}

static bool save_place(struct form_screen *f, struct app *app, const struct form_item *item,
    const char *list, const char *place, struct err *e)
{
	struct arena a = { 0 };
	const struct form_part *p = &f->part[item->part];
	struct save *v = save_begin(app->store, &a, e);
	const char *cell = arena_printf(&a, "%s.%s.pos", list, item->key);
	bool good = v && (cell || err_memory(e)) && save_cell(v, &p->id, p->kind, cell, place, e) &&
		    save_commit(v, NULL, e);
	arena_free(&a);
	return good;
}

// Between the two rows beyond the neighbour, so that one cell says it all.
static bool form_save_move_row(struct form_screen *f, struct app *app, const struct form_item *item,
    int by, struct arena *a, struct err *e)
{
	const struct form_part *p = &f->part[item->part];
	const char *list = form_cell(a, p, item->list->id);
	struct elements rows = { 0 };
	size_t at = 0;
	if (!list || !record_elements(&p->record, a, list, &rows))
		return err_memory(e);
	while (at < rows.count && !str_equal(rows.key[at], item->key))
		at++;
	size_t past = at + (size_t)by;
	if (past >= rows.count) {
		app_say(app, "This row is the %s already.", by < 0 ? "first" : "last");
		return true;
	}
	size_t low = by < 0 ? past - 1 : past; // 0 - 1 is none
	const char *place =
	    order_between(a, app->env, form_save_place_of(&p->record, &rows, list, low),
		form_save_place_of(&p->record, &rows, list, low + 1));
	if (!place)
		return err_memory(e);
	if (!save_place(f, app, item, list, place, e))
		return false;
	app_saved(app);
	app_say(app, "Row %zu is row %zu now; F3 undoes.", at + 1, past + 1);
	return form_load(app, &f->screen, e);
}

bool form_move_element(struct form_screen *f, struct app *app, int by, struct err *e)
{
	const struct form_item *item = form_focus(f);
	struct arena a = { 0 };
	if (!item || str_empty(item->key)) {
		app_say(app, "There is no row of a list under the cursor.");
		return true;
	}
	if (!form_writable(f, app, item))
		return true;
	bool good = form_save_move_row(f, app, item, by, &a, e);
	arena_free(&a);
	return good;
}
