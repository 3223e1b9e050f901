// SPDX-License-Identifier: MIT
// Choosing the record that a field names, from a list that narrows as one types. A person who is
// not there yet is made on the spot.
#include "tui/form_screen.h"
#include "tui/pick.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <string.h>

enum { TAG_RECORD, TAG_NEW };

static void set_member(struct form_screen *f, struct app *app, const struct id *id)
{
	const struct item *item = form_focus(f);
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

// The team whose person is made: that of the record, or of its references.
static bool team_of(struct form_screen *f, struct id *team)
{
	if (str_equal(f->kind, "team") && f->part[0].exists) {
		*team = f->part[0].id;
		return true;
	}
	return record_ref(&f->part[0].record, "team", team);
}

static void person_named(struct app *app, void *context, const char *name)
{
	struct form_screen *f = context;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct id person, team;
	char uuid[ID_TEXT];
	if (str_empty(name))
		return;
	struct save *v = save_begin(app->store, &a, &e);
	bool good = v && save_new(v, "person", NULL, &person, &e) &&
		    save_field(v, &person, "person", "name", name, &e);
	if (good && team_of(f, &team)) {
		id_print(&team, uuid);
		good = save_field(v, &person, "person", "team", uuid, &e);
	}
	if (good && save_commit(v, NULL, &e)) {
		set_member(f, app, &person);
		app_saved(app);
	} else {
		app_fail(app, &e);
	}
	arena_free(&a);
}

static void chosen(struct app *app, void *context, const struct pick_item *item)
{
	struct form_screen *f = context;
	if (item && item->tag == TAG_NEW)
		app_ask(app, "Name of the person: ", "", person_named, f);
	else if (item)
		set_member(f, app, &item->id);
}

// Records of the form's own team come first; those of no team after them; other teams' not at all.
static bool add_kind(struct screen *pick, struct form_screen *f, struct app *app, struct arena *a,
    const char *kind, struct err *e)
{
	struct records all;
	struct id own, team;
	bool has_own = team_of(f, &own);
	const struct kind *k = kind_find(kind);
	if (!record_list(app->store, a, kind, NULL, &all, e))
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

static bool add_kinds(struct screen *pick, struct form_screen *f, struct app *app,
    const struct form_field *field, struct arena *a, struct err *e)
{
	const char *of = field->of ? field->of : "";
	for (size_t n; *of; of += n + strspn(of + n, " ")) {
		n = strcspn(of, " ");
		const char *kind = arena_copy(a, of, n);
		if (!kind)
			return err_memory(e);
		if (!add_kind(pick, f, app, a, kind, e))
			return false;
		struct pick_item person = { .text = "+ somebody who is not in this list yet",
			.tag = TAG_NEW };
		if (str_equal(kind, "person") && !pick_add(pick, person, e))
			return false;
	}
	return true;
}

bool form_pick_open(struct form_screen *f, struct app *app, const struct key *first, struct err *e)
{
	const struct item *item = form_focus(f);
	struct arena a = { 0 };
	struct screen *pick = item ? pick_new(item->field->label, chosen, f, e) : NULL;
	if (!pick)
		return false;
	if (!add_kinds(pick, f, app, item->field, &a, e)) {
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
