// SPDX-License-Identifier: MIT
// A form under the fingers: moving from field to field, typing, clicks.
#include "tui/form/form_screen.h"

#include <stdio.h>

enum { KEEP_MS = 1000 };

// --- moving

bool form_go(struct form_screen *f, struct app *app, size_t at)
{
	struct err e = { 0 };
	f->at = at;
	if (!form_begin(f, &e))
		app_fail(app, &e);
	return true;
}

bool form_leave_here(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (form_leave_field(f, app, &e))
		return true;
	app_fail(app, &e);
	return false;
}

void form_move(struct form_screen *f, struct app *app, int dir)
{
	if (!form_leave_here(f, app))
		return;
	size_t to = form_field_from(f, f->at + (size_t)dir, dir);
	if (to < f->count)
		form_go(f, app, to);
	else if (!*app->message)
		app_say(app, dir > 0 ? "This is the last field; Esc goes back."
				     : "This is the first field; Esc goes back.");
}

// Up and Down walk through the lines of a memo as if it were part of the page.
static void form_keys_walk(struct form_screen *f, struct app *app, int dir)
{
	form_move(f, app, dir);
	if (dir > 0)
		edit_move_to(&f->edit, 0);
}

void form_move_section(struct form_screen *f, struct app *app, int dir)
{
	if (!form_leave_here(f, app))
		return;
	size_t at = f->at, sections = dir > 0 ? 1 : 2;
	while (at < f->count && sections > 0) {
		at += (size_t)dir;
		if (at < f->count && f->item[at].type == ITEM_SECTION)
			sections--;
	}
	size_t to = at < f->count ? form_field_from(f, at, 1)
		    : dir > 0	  ? form_field_from(f, f->count - 1, -1)
				  : form_field_from(f, 0, 1);
	if (to < f->count)
		form_go(f, app, to);
}

// --- keys

bool form_writable(struct form_screen *f, struct app *app, const struct form_item *item)
{
	struct err why = { 0 };
	if (item->field->fixed && f->part[item->part].exists) {
		app_say(app, "“%s” names the record and cannot be changed.", item->field->label);
		return false;
	}
	if (form_gone(f, app)) {
		app_say(
		    app, "This record was deleted; Ctrl-P, “History” has that, and can undo it.");
		return false;
	}
	if (store_writable(app->store, &why))
		return true;
	app_fail(app, &why);
	return false;
}

static bool form_keys_is_special(const struct key *key, enum special special)
{
	return key->type == PRESS_SPECIAL && key->special == special;
}

// Moving, selecting and copying are for workbooks too that cannot be written.
static bool form_keys_only_reads(const struct key *key)
{
	return key->type == PRESS_SPECIAL &&
	       ((key->special >= K_UP && key->special <= K_PGDN) || key->special == K_CTRL_SPACE ||
		   key->special == K_CTRL('A') || key->special == K_CTRL('C'));
}

// Keys that belong to the form whatever the field: those that leave it, and those that move a row.
static bool form_own_key(const struct key *key)
{
	bool rows =
	    key->alt && (form_keys_is_special(key, K_UP) || form_keys_is_special(key, K_DOWN));
	return rows || form_keys_is_special(key, K_ESC) || form_keys_is_special(key, K_TAB) ||
	       form_keys_is_special(key, K_BACKTAB);
}

static void form_keys_typed_on(
    struct form_screen *f, struct app *app, enum edit_did did, const struct err *e)
{
	if (did == EDIT_REFUSED && e->code != ERR_NONE)
		app_fail(app, e);
	else if (*e->text)
		app_say(app, "%s.", e->text);
	if (did == EDIT_CHANGED && store_now(app->store) - f->kept_at >= KEEP_MS)
		form_keep(app, &f->screen);
}

static bool field_key(
    struct form_screen *f, struct app *app, const struct form_item *item, const struct key *key)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct face face = form_face(f, app, item, &a, true);
	enum edit_did did = FIELD_OPS[item->field->type].key(&face, key, &e);
	arena_free(&a);
	form_keys_typed_on(f, app, did, &e);
	if (did != EDIT_NOT)
		return true;
	int dir = form_keys_is_special(key, K_DOWN) ? 1 : form_keys_is_special(key, K_UP) ? -1 : 0;
	if (dir == 0 && !form_keys_is_special(key, K_ENTER))
		return false;
	if (dir == 0)
		form_move(f, app, 1);
	else
		form_keys_walk(f, app, dir);
	return true;
}

bool form_key(struct app *app, struct screen *s, const struct key *key)
{
	struct form_screen *f = (struct form_screen *)s;
	const struct form_item *item = form_focus(f);
	struct err e = { 0 };
	bool closes = f->calendar.open && form_keys_is_special(key, K_ESC);
	if (!item || (form_own_key(key) && !closes))
		return false;
	const struct field_ops *ops = &FIELD_OPS[item->field->type];
	bool begins = key->type == PRESS_TEXT || key->type == PRESS_PASTE ||
		      form_keys_is_special(key, K_BACKSPACE) ||
		      form_keys_is_special(key, K_DELETE) ||
		      (form_keys_is_special(key, K_F4) && ops->key == date_key) ||
		      (ops->picks && form_keys_is_special(key, K_ENTER));
	if (begins && !form_writable(f, app, item))
		return true;
	if (ops->picks && (key->type == PRESS_TEXT || form_keys_is_special(key, K_ENTER))) {
		if (!form_pick_open(f, app, key->type == PRESS_TEXT ? key : NULL, &e))
			app_fail(app, &e);
		return true;
	}
	if (!begins && !form_keys_only_reads(key) && !form_keys_is_special(key, K_ENTER) &&
	    !store_writable(app->store, NULL))
		return false;
	return field_key(f, app, item, key);
}

void form_click(struct app *app, struct screen *s, int row, int col)
{
	struct form_screen *f = (struct form_screen *)s;
	int line = row - f->row_first;
	(void)col;
	if (!f->row_item || line < 0 || line >= f->rows || f->row_item[line] < 0)
		return;
	struct form_item *item = &f->item[f->row_item[line]];
	size_t part = item->part;
	char cell[CELL_MOST];
	snprintf(cell, sizeof cell, "%s", item->cell);
	if (form_leave_here(f, app) && form_goto_cell(f, part, cell))
		form_go(f, app, f->at);
}
