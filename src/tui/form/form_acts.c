// SPDX-License-Identifier: MIT
// The actions of a form, from the table of the app: help, editor, history, rows, what is missing.
#include "tui/form/form_screen.h"

#include "tui/field/editor.h"
#include "tui/screens/screens.h"
#include "tui/screens/ways.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdio.h>

static void form_acts_left_answered(struct app *app, void *context, const char *answer)
{
	struct form_screen *f = context;
	struct err e = { 0 };
	if (str_equal(answer, "no")) {
		f->kept_version = f->edit.version - 1; // its draft goes with the next look
		app_say(app, "The field is as it was before.");
	} else if (!answer)
		app_say(app, "It stays kept, and is offered again when this form is opened.");
	else if (!edit_replace(&f->edit, f->left, &e))
		app_fail(app, &e);
	else
		app_say(
		    app, "It is in the field, and saved when you leave it. Ctrl-Z takes it out.");
}

// What a failed editor wrote is a draft, and put in by no one but the person.
static void form_acts_left_ask(
    struct form_screen *f, struct app *app, const struct draft *d, const struct err *why)
{
	char question[MESSAGE_MOST];
	struct err ignored = { 0 };
	f->kept = draft_keep(app->store, d, &ignored);
	f->kept_version = f->edit.version;
	f->left = arena_strdup(&f->screen.arena, d->text);
	const char *line = text_safe(&app->frame, d->text, false);
	const char *glance = line ? text_cut(&app->frame, line, 18, false) : NULL;
	snprintf(question, sizeof question, "%.60s. It left “%s”. Take it?", why->text,
	    glance ? glance : "");
	if (f->left)
		app_offer(app, question, form_acts_left_answered, f);
}

// A draft of what was typed is kept before, and of what the editor left after, whatever its end.
static void form_acts_edited(
    struct form_screen *f, struct app *app, const struct form_item *item, struct arena *a)
{
	struct err e = { 0 };
	char *left = NULL;
	struct draft given = form_draft_of(f, app, item, f->edit.text, a);
	struct editor_job job = { app->term, app->env, app->store, &given };
	term_leave(app->term);
	bool good = editor_run(a, &job, &left, &e);
	term_return(app->term);
	term_flush(app->term);
	if (good && left && edit_replace(&f->edit, left, &e))
		app_say(app, "Taken from the editor; it is saved when you leave the field.");
	else if (good && !left)
		app_say(app, "The editor changed nothing.");
	else
		app_fail(app, &e);
	if (good || !left) {
		form_keep(app, &f->screen);
		return;
	}
	given.text = left;
	form_acts_left_ask(f, app, &given, &e);
}

static void form_acts_editor(struct form_screen *f, struct app *app)
{
	const struct form_item *item = form_focus(f);
	struct arena a = { 0 };
	if (!item || !FIELD_OPS[item->field->type].lines) {
		app_say(app, "Your editor is for longer text; this field is typed here.");
		return;
	}
	if (!form_writable(f, app, item))
		return;
	form_keep(app, &f->screen);
	form_acts_edited(f, app, item, &a);
	arena_free(&a);
}

static void form_acts_field_help(struct form_screen *f, struct app *app)
{
	const struct form_item *item = form_focus(f);
	if (!item)
		return;
	const struct form *form = f->part[item->part].form;
	const char *example = item->field->example;
	app_say(app, "%s (%s). %s%s%s%s%s", item->field->label, field_type_name(item->field->type),
	    item->field->help ? item->field->help : "", example ? " For example: " : "",
	    example ? example : "", form->help ? "  " : "", form->help ? form->help : "");
}

static void form_acts_history(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (!f->part[0].exists)
		app_say(app, "This record is not saved yet; it has no history.");
	else if (!app->open->history(app, NULL, &f->part[0].id, &e))
		app_fail(app, &e);
}

static void form_acts_more(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (!f->part[0].exists)
		app_say(app, "This record is not saved yet; nothing belongs to it.");
	else if (!ways_screen_open(app, f->kind, &f->part[0].id, &e))
		app_fail(app, &e);
}

static void form_acts_discard(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (!form_discard(f, app, &e))
		app_fail(app, &e);
	else
		app_say(app,
		    "The field holds again what is stored; Ctrl-Z brings back what you typed.");
}

// What is typed and not saved goes first; only then does undo reach a save.
static bool form_acts_undo_typed(struct form_screen *f, struct app *app)
{
	const struct form_item *item = form_focus(f);
	if (!item || !(form_changed(f) || form_unsaved(f, item->part, item->cell)))
		return false;
	form_acts_discard(f, app);
	if (!form_changed(f))
		app_say(app,
		    "What you typed here is dropped, Ctrl-Z brings it back; F3 again undoes "
		    "the last save.");
	return true;
}

static void form_acts_remove_row(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (!form_remove_element(f, app, &e))
		app_fail(app, &e);
}

// The same record, the same field under the cursor where it is there too.
static void form_acts_whole(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (!f->part[0].form->quick[0]) {
		app_say(app, "This form has no quick log; this is all of it.");
		return;
	}
	if (!form_leave_here(f, app))
		return;
	f->quick = !f->quick;
	if (!form_load(app, &f->screen, &e))
		app_fail(app, &e);
}

static void form_acts_move_row(struct form_screen *f, struct app *app, int by)
{
	struct err e = { 0 };
	if (form_leave_here(f, app) && !form_move_element(f, app, by, &e))
		app_fail(app, &e);
}

static void form_acts_row_up(struct form_screen *f, struct app *app)
{
	form_acts_move_row(f, app, -1);
}

static void form_acts_row_down(struct form_screen *f, struct app *app)
{
	form_acts_move_row(f, app, 1);
}

static void form_acts_missing(struct form_screen *f, struct app *app)
{
	size_t all;
	if (!form_leave_here(f, app))
		return;
	size_t to = form_missing_next(f, &all);
	if (to == f->count) {
		app_say(app, "Nothing that this form asks for is missing.");
		return;
	}
	form_go(f, app, to);
	if (all == 1 && !*app->message)
		app_say(app, "This is the only thing asked for that is missing.");
	else if (!*app->message)
		app_say(app, "Asked for and empty: this, and %zu more.", all - 1);
}

// The conflict of this field, else the first of its record.
static void form_acts_conflicts(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	const struct form_item *item = form_focus(f);
	struct id id = f->part[item ? item->part : 0].id;
	const char *field = NULL;
	if (f->conflicts.count)
		id = f->conflicts.item[0].id;
	for (size_t i = 0; item && i < f->conflicts.count; i++)
		if (id_equal(&f->conflicts.item[i].id, &f->part[item->part].id) &&
		    str_equal(f->conflicts.item[i].field, item->cell)) {
			id = f->conflicts.item[i].id;
			field = item->cell;
		}
	if (!f->conflicts.count)
		app_say(app, "Nobody's words stand against another's on this form.");
	else if (form_leave_here(f, app) && !app->open->resolver(app, NULL, &id, field, &e))
		app_fail(app, &e);
}

static void form_acts_next(struct form_screen *f, struct app *app)
{
	form_move(f, app, 1);
}

static void form_acts_previous(struct form_screen *f, struct app *app)
{
	form_move(f, app, -1);
}

static void form_acts_section_next(struct form_screen *f, struct app *app)
{
	form_move_section(f, app, 1);
}

static void form_acts_section_previous(struct form_screen *f, struct app *app)
{
	form_move_section(f, app, -1);
}

static const struct {
	enum action action;
	void (*act)(struct form_screen *f, struct app *app);
} ACTS[] = {
	{ ACT_NEXT, form_acts_next },
	{ ACT_PREVIOUS, form_acts_previous },
	{ ACT_DOWN, form_acts_next },
	{ ACT_UP, form_acts_previous },
	{ ACT_PAGE_DOWN, form_acts_section_next },
	{ ACT_PAGE_UP, form_acts_section_previous },
	{ ACT_EDITOR, form_acts_editor },
	{ ACT_FIELD_HELP, form_acts_field_help },
	{ ACT_DISCARD, form_acts_discard },
	{ ACT_ROW_REMOVE, form_acts_remove_row },
	{ ACT_HISTORY, form_acts_history },
	{ ACT_CONFLICTS, form_acts_conflicts },
	{ ACT_MORE, form_acts_more },
	{ ACT_WHOLE, form_acts_whole },
	{ ACT_MISSING, form_acts_missing },
	{ ACT_MOVE_UP, form_acts_row_up },
	{ ACT_MOVE_DOWN, form_acts_row_down },
};

// Keys of the field under the cursor that stand in the table of actions.
static const struct {
	enum action action;
	enum special key;
} FIELD_KEYS[] = {
	{ ACT_SELECT, K_CTRL_SPACE },
	{ ACT_SELECT_ALL, K_CTRL_A },
	{ ACT_COPY, K_CTRL('C') },
	{ ACT_PASTE, K_CTRL('V') },
	{ ACT_TYPED_UNDO, K_CTRL('Z') },
	{ ACT_TYPED_REDO, K_CTRL('Y') },
	{ ACT_CALENDAR, K_F4 },
};

bool form_act(struct app *app, struct screen *s, enum action action)
{
	struct form_screen *f = (struct form_screen *)s;
	if (action == ACT_UNDO)
		return form_acts_undo_typed(f, app);
	for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++)
		if (ACTS[i].action == action) {
			ACTS[i].act(f, app);
			return true;
		}
	for (size_t i = 0; i < sizeof FIELD_KEYS / sizeof *FIELD_KEYS; i++)
		if (FIELD_KEYS[i].action == action) {
			struct key key = { .type = PRESS_SPECIAL, .special = FIELD_KEYS[i].key };
			if (!form_key(app, s, &key))
				app_say(app, "That does nothing in this field.");
			return true;
		}
	f->closing = action == ACT_BACK || action == ACT_QUIT || action == ACT_BOARD;
	return false;
}
