// SPDX-License-Identifier: MIT
// A new note: which form? One of those that are shipped or that the workbook brings, or one
// from a file.
#include "tui/loop/pick.h"
#include "tui/screens/screens.h"

#include <plando/record.h>
#include <plando/str.h>

enum { FROM_FILE = -1 };

bool note_begin(struct app *app, const struct id *team, const char *form, struct err *e)
{
	char uuid[ID_TEXT] = "", today[DATE_TEXT];
	if (team)
		id_print(team, uuid);
	date_print_iso(store_today(app->store), today);
	const char *const given[] = { "form", form, "date", today, team ? "team" : NULL, uuid,
		NULL };
	return app->open->form(app, "note", NULL, given, e);
}

static void notes_chosen(struct app *app, void *context, const struct pick_item *item)
{
	const struct id *team = context;
	struct err e = { 0 };
	if (!item)
		return;
	if (item->tag == FROM_FILE)
		app->open->own_form(app, team);
	else if (!note_begin(app, team, forms_id(store_forms(app->store), (size_t)item->tag), &e))
		app_fail(app, &e);
}

bool note_new_open(struct app *app, const struct id *team, struct err *e)
{
	struct forms *forms = store_forms(app->store);
	struct screen *pick = pick_new("A new note: which form?", notes_chosen, (void *)team, e);
	bool made = pick != NULL;
	for (size_t i = 0; made && i < forms_count(forms); i++) {
		const struct form *form = forms_find(forms, forms_id(forms, i), e);
		struct pick_item item = { .text = form ? form->title : "", .tag = (long)i };
		made = form && (!str_equal(form->edits, "note") || str_equal(form->id, "note") ||
				   pick_add(pick, item, e));
	}
	struct pick_item from_file = { .text = "A form of your own, from a file …",
		.tag = FROM_FILE };
	if (made && pick_add(pick, from_file, e))
		return app_push(app, pick, e);
	if (pick)
		screen_free(pick);
	return false;
}

const char *note_form_title(struct app *app, const struct record *r)
{
	const char *by = form_naming(r->kind), *id = by ? record_get(r, by) : NULL;
	const struct form *form = id ? forms_find(store_forms(app->store), id, NULL) : NULL;
	return form ? form->title : id;
}
