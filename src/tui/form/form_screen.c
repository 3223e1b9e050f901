// SPDX-License-Identifier: MIT
#include "tui/form/form_screen.h"

#include "tui/screens/screens.h"

#include <plando/pdsa.h>
#include <plando/str.h>

#include <stdio.h>

// --- the field under the cursor

struct form_item *form_focus(struct form_screen *f)
{
	return f->at < f->count && f->item[f->at].type == ITEM_FIELD ? &f->item[f->at] : NULL;
}

struct face form_face(struct form_screen *f, struct app *app, const struct form_item *item,
    struct arena *a, bool focused)
{
	int most = f->page - 3;
	return (struct face){ .form = f->part[item->part].form,
		.field = item->field,
		.store = app->store,
		.arena = a,
		.text = item->text,
		.edit = focused ? &f->edit : NULL,
		.at = &f->inner,
		.calendar = &f->calendar,
		.most = most > 3 ? most : 3 };
}

bool form_changed(const struct form_screen *f)
{
	return f->seen && !str_equal(f->seen, f->edit.text);
}

bool form_saw(struct form_screen *f, const char *saw, struct err *e)
{
	const struct form_item *item = form_focus(f);
	return saw_of_draft(&f->edit.arena, &f->part[item->part].saw, item->cell, saw, &f->saw) ||
	       err_memory(e);
}

bool form_begin(struct form_screen *f, struct err *e)
{
	const struct form_item *item = form_focus(f);
	f->seen = NULL;
	f->kept = false;
	f->inner = 0;
	f->calendar.open = false;
	edit_free(&f->edit);
	if (!item)
		return true;
	f->edit.lines = FIELD_OPS[item->field->type].lines;
	f->edit.most = item->field->most;
	snprintf(f->cell, sizeof f->cell, "%s", item->cell);
	f->cell_part = item->part;
	if (!edit_set(&f->edit, item->text, e))
		return false;
	f->seen = arena_strdup(&f->edit.arena, item->text);
	const struct unsaved *u = form_unsaved(f, item->part, item->cell);
	return (f->seen || err_memory(e)) && form_saw(f, u ? u->saw : NULL, e) &&
	       (!u || edit_replace(&f->edit, u->text, e));
}

bool form_goto_cell(struct form_screen *f, size_t part, const char *cell)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->item[i].type == ITEM_FIELD && f->item[i].part == part &&
		    str_equal(f->item[i].cell, cell)) {
			f->at = i;
			return true;
		}
	return false;
}

size_t form_field_from(const struct form_screen *f, size_t i, int dir)
{
	while (i < f->count && f->item[i].type != ITEM_FIELD)
		i += (size_t)dir; // 0 - 1 is past the end too
	return i < f->count ? i : f->count;
}

// Keys may come faster than frames: the workbook is asked, not what was loaded.
bool form_gone(const struct form_screen *f, struct app *app)
{
	struct arena a = { 0 };
	struct record now;
	bool gone = f->part[0].exists && record_load(app->store, &a, &f->part[0].id, &now, NULL) &&
		    now.deleted;
	arena_free(&a);
	return gone;
}

// A new record whose making was undone is one to be again.
static bool form_renew(struct form_screen *f, struct app *app, struct err *e)
{
	if (!f->begun_new || !form_gone(f, app))
		return true;
	f->part[0].exists = false;
	f->part[0].id = id_random(app->env);
	return form_items_load(f, app, e);
}

bool form_load(struct app *app, struct screen *s, struct err *e)
{
	struct form_screen *f = (struct form_screen *)s;
	bool typed = form_changed(f);
	if (!form_items_load(f, app, e) || !form_renew(f, app, e))
		return false;
	s->stale = false;
	if (!form_goto_cell(f, f->cell_part, f->cell)) {
		size_t at = form_field_from(f, f->at < f->count ? f->at : 0, 1);
		f->at = at < f->count ? at : form_field_from(f, f->count - 1, -1);
		typed = false;
	}
	return typed || form_begin(f, e);
}

// --- the screen

static const char *form_title(struct app *app, struct screen *s, struct arena *a)
{
	struct form_screen *f = (struct form_screen *)s;
	const struct form_part *p = &f->part[0];
	const char *team = record_get(&p->record, "team"), *title;
	const char *label = p->form->title ? p->form->title : p->form->id;
	const struct form *shown = f->part[f->parts - 1].form;
	if (f->parts > 1 && *f->part[f->parts - 1].prefix && shown->title)
		label = shown->title;
	title =
	    p->exists ? record_title(app->store, a, &p->record) : arena_printf(a, "New: %s", label);
	if (team && title)
		title = arena_printf(a, "%s › %s", record_ref_title(app->store, a, team), title);
	return title ? title : label;
}

// How far a cycle has come.
static const char *form_facts(struct app *app, struct screen *s, struct arena *a)
{
	const struct form_part *p = &((struct form_screen *)s)->part[0];
	if (!str_equal(p->kind, "pdsa") || !p->exists)
		return NULL;
	struct pdsa_text text = { .do_start = record_get(&p->record, "do_start"),
		.do_end = record_get(&p->record, "do_end"),
		.what_happened = record_get(&p->record, "what_happened"),
		.learned = record_get(&p->record, "learned"),
		.decision = record_get(&p->record, "decision") };
	(void)a;
	return pdsa_stage_words(pdsa_stage(&text, store_today(app->store)));
}

static bool form_shows(struct app *app, const struct screen *s, const struct id *id)
{
	const struct form_screen *f = (const struct form_screen *)s;
	(void)app;
	for (size_t i = 0; i < f->parts; i++)
		if (id_equal(&f->part[i].id, id))
			return true;
	return id_equal(&f->named, id);
}

static bool form_typing(const struct screen *s)
{
	(void)s;
	return true;
}

static bool form_left(struct app *app, struct screen *s, struct err *e)
{
	struct form_screen *f = (struct form_screen *)s;
	bool closing = f->closing;
	f->closing = false;
	return closing ? form_leave(f, app, e) : form_leave_field(f, app, e);
}

static void form_close(struct screen *s)
{
	struct form_screen *f = (struct form_screen *)s;
	edit_free(&f->edit);
	arena_free(&f->work);
}

static const struct screen_ops FORM = {
	.on = ON_FORM,
	.load = form_load,
	.title = form_title,
	.facts = form_facts,
	.draw = form_draw,
	.act = form_act,
	.typing = form_typing,
	.key = form_key,
	.click = form_click,
	.leave = form_left,
	.keep = form_keep,
	.shows = form_shows,
	.close = form_close,
};

// --- opening

static bool form_screen_given_copy(struct form_screen *f, const char *const given[], struct err *e)
{
	struct arena *a = &f->screen.arena;
	struct str refs = STR_IN(a);
	struct id id;
	for (size_t i = 0; given && given[i] && i + 2 <= GIVEN_MOST; i += 2) {
		if (str_empty(given[i + 1]))
			continue;
		size_t n = 0;
		while (f->given[n])
			n++;
		f->given[n] = arena_strdup(a, given[i]);
		f->given[n + 1] = arena_strdup(a, given[i + 1]);
		if (!f->given[n] || !f->given[n + 1])
			return err_memory(e);
		if (id_parse(given[i + 1], &id))
			str_printf(
			    &refs, "%s%s=%s", refs.length ? " " : "", given[i], given[i + 1]);
	}
	f->refs = str_done(&refs);
	return f->refs || err_memory(e);
}

static bool open_form(struct app *app, const char *kind, const struct id *id,
    const char *const given[], bool quick, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct form_screen), &FORM, e);
	if (!s)
		return false;
	struct form_screen *f = (struct form_screen *)s;
	edit_init(&f->edit, false, 0);
	f->edit.clip = &app->clip;
	f->quick = quick;
	f->begun_new = !id;
	f->kind = arena_strdup(&s->arena, kind);
	f->part[0] = (struct form_part){ .kind = f->kind,
		.prefix = "",
		.id = id ? *id : id_random(app->env),
		.exists = id != NULL };
	if (!f->kind || !form_screen_given_copy(f, given, e)) {
		screen_free(s);
		return f->kind ? false : err_memory(e);
	}
	if (!app_push(app, s, e))
		return false;
	struct err unread = { 0 };
	if (form_offers_find(f, app, &unread))
		form_offer_next(f, app);
	else
		app_fail(app, &unread);
	return true;
}

bool form_screen_open(struct app *app, const char *kind, const struct id *id,
    const char *const given[], struct err *e)
{
	return open_form(app, kind, id, given, false, e);
}

bool form_quick_open(struct app *app, const char *kind, const char *const given[], struct err *e)
{
	return open_form(app, kind, NULL, given, true, e);
}
