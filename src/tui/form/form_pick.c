// SPDX-License-Identifier: MIT
// Choosing the record that a field names, from a list that narrows as one types. What is not there
// yet and needs no more than a name is made on the spot.
#include "tui/form/form_screen.h"
#include "tui/loop/pick.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

enum { TAG_RECORD = -1 }; // else which of MAKERS

static const struct maker {
	const char *kind, *field, *words, *question;
	const char *of; // the reference without which it cannot be; NULL: none
} MAKERS[] = {
	{ "person", "name", "+ new person", "Name of the person: ", NULL },
	{ "system", "name", "+ new system", "Name of the system: ", NULL },
	{ "workstream", "name", "+ new workstream", "Name of the workstream: ", NULL },
	{ "component", "text", "+ new item of the change package", "The item: ", NULL },
	{ "idea", "text", "+ new change idea", "The change idea: ", "team" },
	{ "measure", "name", "+ new measure", "Name of the measure: ", "team" },
	{ "ramp", "title", "+ new ramp", "Name of the ramp: ", "idea" },
};
enum { MAKER_COUNT = sizeof MAKERS / sizeof *MAKERS };

static void form_pick_set_member(struct form_screen *f, struct app *app, const struct id *id)
{
	const struct form_item *item = form_focus(f);
	char uuid[ID_TEXT];
	struct arena a = { 0 };
	struct err e = { 0 };
	const char *text = uuid;
	size_t n;
	id_print(id, uuid);
	if (!item)
		return;
	bool several = item->field->type == FIELD_REFS;
	bool there = several && strstr(f->edit.text, uuid);
	if (several && !there && member_at(f->edit.text, 0, &n))
		text = member_toggle(&a, f->edit.text, uuid);
	if (!there && (!text || !edit_replace(&f->edit, text, &e)))
		app_fail(app, &e);
	f->inner = several && text ? member_count(f->edit.text) - 1 : 0;
	arena_free(&a);
}

// The team or the idea of what is made or chosen: the record on the form, or that of its reference.
static bool form_pick_owner_of(struct form_screen *f, const char *kind, struct id *owner)
{
	if (str_equal(f->kind, kind) && f->part[0].exists) {
		*owner = f->part[0].id;
		return true;
	}
	return record_ref(&f->part[0].record, kind, owner);
}

static bool form_pick_put_named(struct save *v, struct form_screen *f, const struct maker *m,
    const char *name, struct id *id, struct err *e)
{
	struct id owner;
	char uuid[ID_TEXT];
	if (!save_new(v, m->kind, NULL, id, e) || !save_field(v, id, m->kind, m->field, name, e))
		return false;
	const struct kind *k = kind_find(m->kind);
	const char *of = m->of ? m->of : k && str_equal(k->via[0], "team") ? "team" : NULL;
	if (!of || !form_pick_owner_of(f, of, &owner))
		return true;
	id_print(&owner, uuid);
	return save_field(v, id, m->kind, of, uuid, e);
}

// In a save of its own, and the field that names it in the next: the first undo empties the field,
// the second takes the record back.
static void form_pick_named(struct app *app, void *context, const char *name)
{
	const struct form_making *making = context;
	struct form_screen *f = making->f;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct id made;
	if (str_empty(name))
		return;
	struct save *v = save_begin(app->store, &a, &e);
	if (v && form_pick_put_named(v, f, making->maker, name, &made, &e) &&
	    save_commit(v, NULL, &e)) {
		app_saved(app);
		f->named = made;
		form_pick_set_member(f, app, &made);
		if (form_leave_field(f, app, &e))
			app_say(
			    app, "“%.100s” is new in the workbook; F3 twice takes it back.", name);
	}
	if (e.code)
		app_fail(app, &e);
	arena_free(&a);
}

static void form_pick_chosen(struct app *app, void *context, const struct pick_item *item)
{
	struct form_screen *f = context;
	if (!item)
		return;
	if (item->tag == TAG_RECORD) {
		form_pick_set_member(f, app, &item->id);
		return;
	}
	f->making = (struct form_making){ f, &MAKERS[item->tag] };
	if (str_empty(item->text))
		app_ask(app, f->making.maker->question, "", form_pick_named, &f->making);
	else
		form_pick_named(app, &f->making, item->text);
}

// What belongs to an idea is chosen among that of the form's own idea.
static bool form_pick_read_kind(struct form_screen *f, struct app *app, struct arena *a,
    const char *kind, struct records *all, struct err *e)
{
	struct id idea;
	const struct kind *k = kind_find(kind);
	bool of_idea = k && str_equal(k->via[0], "idea") && form_pick_owner_of(f, "idea", &idea);
	return of_idea ? record_list_by(app->store, a, kind, "idea", &idea, all, e)
		       : record_list(app->store, a, kind, NULL, all, e);
}

// Records of the form's own team come first; those of no team after them; other teams' not at all.
static bool form_pick_add_kind(struct screen *pick, struct form_screen *f, struct app *app,
    struct arena *a, const char *kind, struct err *e)
{
	struct records all;
	struct id own, team;
	bool has_own = form_pick_owner_of(f, "team", &own);
	const struct kind *k = kind_find(kind);
	if (!form_pick_read_kind(f, app, a, kind, &all, e))
		return false;
	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < all.count; i++) {
			const struct record *r = &all.item[i];
			bool of_team = record_ref(r, "team", &team);
			bool ours = of_team && has_own && id_equal(&own, &team);
			if ((turn == 0) != ours || (turn == 1 && of_team && has_own) ||
			    record_archived(r, store_today(app->store)))
				continue;
			struct pick_item item = { .text = record_title(app->store, a, r),
				.note = k ? k->label : kind,
				.tag = TAG_RECORD,
				.id = r->id };
			if (!item.text || !pick_add(pick, item, e))
				return item.text || err_memory(e);
		}
	return true;
}

static bool form_pick_add_makers(
    struct screen *pick, struct form_screen *f, const char *of, struct err *e)
{
	struct id owner;
	for (size_t n; *of; of += n + strspn(of + n, " ")) {
		n = strcspn(of, " ");
		for (long i = 0; i < MAKER_COUNT; i++) {
			const struct maker *m = &MAKERS[i];
			bool ours = strlen(m->kind) == n && memcmp(m->kind, of, n) == 0;
			struct pick_item item = { .text = m->words, .tag = i, .makes = true };
			if (ours && (!m->of || form_pick_owner_of(f, m->of, &owner)) &&
			    !pick_add(pick, item, e))
				return false;
		}
	}
	return true;
}

static bool form_pick_add_kinds(struct screen *pick, struct form_screen *f, struct app *app,
    const struct form_field *field, struct arena *a, struct err *e)
{
	const char *of = field->of ? field->of : "";
	for (size_t n; *of; of += n + strspn(of + n, " ")) {
		n = strcspn(of, " ");
		const char *kind = arena_copy(a, of, n);
		if (!kind)
			return err_memory(e);
		if (!form_pick_add_kind(pick, f, app, a, kind, e))
			return false;
	}
	return form_pick_add_makers(pick, f, field->of ? field->of : "", e);
}

bool form_pick_open(struct form_screen *f, struct app *app, const struct key *first, struct err *e)
{
	const struct form_item *item = form_focus(f);
	struct arena a = { 0 };
	struct screen *pick = item ? pick_new(item->field->label, form_pick_chosen, f, e) : NULL;
	if (!pick)
		return false;
	if (!form_pick_add_kinds(pick, f, app, item->field, &a, e)) {
		screen_free(pick);
		arena_free(&a);
		return false;
	}
	arena_free(&a);
	if (!app_push(app, pick, e))
		return false;
	if (first)
		app_key(app, first);
	return true;
}
