// SPDX-License-Identifier: MIT
#include "tui/form_screen.h"

#include "tui/editor.h"
#include "tui/screens.h"
#include "tui/ways.h"

#include <plando/pdsa.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

enum { KEEP_MS = 1000 };

// --- the field under the cursor

struct item *form_focus(struct form_screen *f)
{
	return f->at < f->count && f->item[f->at].type == ITEM_FIELD ? &f->item[f->at] : NULL;
}

struct face form_face(
    struct form_screen *f, struct app *app, const struct item *item, struct arena *a, bool focused)
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

bool form_begin(struct form_screen *f, struct err *e)
{
	const struct item *item = form_focus(f);
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
	return (f->seen || err_memory(e)) && (!u || edit_replace(&f->edit, u->text, e));
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

// The field at or after i (dir 1), at or before it (-1); count: none.
static size_t field_from(const struct form_screen *f, size_t i, int dir)
{
	while (i < f->count && f->item[i].type != ITEM_FIELD)
		i += (size_t)dir; // 0 - 1 is past the end too
	return i < f->count ? i : f->count;
}

bool form_load(struct app *app, struct screen *s, struct err *e)
{
	struct form_screen *f = (struct form_screen *)s;
	bool typed = form_changed(f);
	if (!form_items_load(f, app, e))
		return false;
	s->stale = false;
	if (!form_goto_cell(f, f->cell_part, f->cell)) {
		size_t at = field_from(f, f->at < f->count ? f->at : 0, 1);
		f->at = at < f->count ? at : field_from(f, f->count - 1, -1);
		typed = false;
	}
	return typed || form_begin(f, e);
}

// --- moving

static bool go(struct form_screen *f, struct app *app, size_t at)
{
	struct err e = { 0 };
	f->at = at;
	if (!form_begin(f, &e))
		app_fail(app, &e);
	return true;
}

static bool leave_field(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (form_leave_field(f, app, &e))
		return true;
	app_fail(app, &e);
	return false;
}

static void move(struct form_screen *f, struct app *app, int dir)
{
	if (!leave_field(f, app))
		return;
	size_t to = field_from(f, f->at + (size_t)dir, dir);
	if (to < f->count)
		go(f, app, to);
	else if (!*app->message)
		app_say(app, dir > 0 ? "This is the last field; Esc goes back."
				     : "This is the first field; Esc goes back.");
}

// Up and Down walk through the lines of a memo as if it were part of the page.
static void walk(struct form_screen *f, struct app *app, int dir)
{
	move(f, app, dir);
	if (dir > 0)
		edit_move_to(&f->edit, 0);
}

static void move_section(struct form_screen *f, struct app *app, int dir)
{
	if (!leave_field(f, app))
		return;
	size_t at = f->at, sections = dir > 0 ? 1 : 2;
	while (at < f->count && sections > 0) {
		at += (size_t)dir;
		if (at < f->count && f->item[at].type == ITEM_SECTION)
			sections--;
	}
	size_t to = at < f->count ? field_from(f, at, 1)
		    : dir > 0	  ? field_from(f, f->count - 1, -1)
				  : field_from(f, 0, 1);
	if (to < f->count)
		go(f, app, to);
}

// --- keys

static bool writable(struct form_screen *f, struct app *app, const struct item *item)
{
	struct err why = { 0 };
	if (item->field->fixed && f->part[item->part].exists) {
		app_say(app, "“%s” names the record and cannot be changed.", item->field->label);
		return false;
	}
	if (store_writable(app->store, &why))
		return true;
	app_fail(app, &why);
	return false;
}

static bool is_special(const struct key *key, enum special special)
{
	return key->type == PRESS_SPECIAL && key->special == special;
}

// Moving, selecting and copying are for workbooks too that cannot be written.
static bool only_reads(const struct key *key)
{
	return key->type == PRESS_SPECIAL &&
	       ((key->special >= K_UP && key->special <= K_PGDN) || key->special == K_CTRL_SPACE ||
		   key->special == K_CTRL('A') || key->special == K_CTRL('C'));
}

// Keys that belong to the form whatever the field: those that leave it, and those that move a row.
static bool form_own_key(const struct key *key)
{
	bool rows = key->alt && (is_special(key, K_UP) || is_special(key, K_DOWN));
	return rows || is_special(key, K_ESC) || is_special(key, K_TAB) ||
	       is_special(key, K_BACKTAB);
}

static void typed_on(struct form_screen *f, struct app *app, enum edit_did did, const struct err *e)
{
	if (did == EDIT_REFUSED && e->code != ERR_NONE)
		app_fail(app, e);
	else if (*e->text)
		app_say(app, "%s.", e->text);
	if (did == EDIT_CHANGED && store_now(app->store) - f->kept_at >= KEEP_MS)
		form_keep(app, &f->screen);
}

static bool field_key(
    struct form_screen *f, struct app *app, const struct item *item, const struct key *key)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct face face = form_face(f, app, item, &a, true);
	enum edit_did did = FIELD_OPS[item->field->type].key(&face, key, &e);
	arena_free(&a);
	typed_on(f, app, did, &e);
	if (did != EDIT_NOT)
		return true;
	int dir = is_special(key, K_DOWN) ? 1 : is_special(key, K_UP) ? -1 : 0;
	if (dir == 0 && !is_special(key, K_ENTER))
		return false;
	if (dir == 0)
		move(f, app, 1);
	else
		walk(f, app, dir);
	return true;
}

static bool form_key(struct app *app, struct screen *s, const struct key *key)
{
	struct form_screen *f = (struct form_screen *)s;
	const struct item *item = form_focus(f);
	struct err e = { 0 };
	bool closes = f->calendar.open && is_special(key, K_ESC);
	if (!item || (form_own_key(key) && !closes))
		return false;
	const struct field_ops *ops = &FIELD_OPS[item->field->type];
	bool begins = key->type == PRESS_TEXT || key->type == PRESS_PASTE ||
		      is_special(key, K_BACKSPACE) || is_special(key, K_DELETE) ||
		      (is_special(key, K_F4) && ops->key == date_key) ||
		      (ops->picks && is_special(key, K_ENTER));
	if (begins && !writable(f, app, item))
		return true;
	if (ops->picks && (key->type == PRESS_TEXT || is_special(key, K_ENTER))) {
		if (!form_pick_open(f, app, key->type == PRESS_TEXT ? key : NULL, &e))
			app_fail(app, &e);
		return true;
	}
	if (!begins && !only_reads(key) && !is_special(key, K_ENTER) &&
	    !store_writable(app->store, NULL))
		return false;
	return field_key(f, app, item, key);
}

// --- actions

static void editor(struct form_screen *f, struct app *app)
{
	const struct item *item = form_focus(f);
	struct arena a = { 0 };
	struct err e = { 0 };
	char *text = NULL;
	if (!item || !FIELD_OPS[item->field->type].lines) {
		app_say(app, "Your editor is for longer text; this field is typed here.");
		return;
	}
	if (!writable(f, app, item))
		return;
	form_keep(app, &f->screen);
	term_leave(app->term);
	bool good = editor_run(&a, app->env, f->edit.text, &text, &e);
	term_return(app->term);
	if (!good || !edit_replace(&f->edit, text, &e))
		app_fail(app, &e);
	else
		app_say(app, "Taken from the editor; it is saved when you leave the field.");
	arena_free(&a);
}

static void field_help(struct form_screen *f, struct app *app)
{
	const struct item *item = form_focus(f);
	if (!item)
		return;
	const struct form *form = f->part[item->part].form;
	const char *example = item->field->example;
	app_say(app, "%s (%s). %s%s%s%s%s", item->field->label, field_type_name(item->field->type),
	    item->field->help ? item->field->help : "", example ? " For example: " : "",
	    example ? example : "", form->help ? "  " : "", form->help ? form->help : "");
}

static void history(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (!f->part[0].exists)
		app_say(app, "This record is not saved yet; it has no history.");
	else if (!history_screen_open(app, NULL, &f->part[0].id, &e))
		app_fail(app, &e);
}

static void more(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (!f->part[0].exists)
		app_say(app, "This record is not saved yet; nothing belongs to it.");
	else if (!ways_screen_open(app, f->kind, &f->part[0].id, &e))
		app_fail(app, &e);
}

static void discard(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (!form_discard(f, app, &e))
		app_fail(app, &e);
	else
		app_say(app,
		    "The field holds again what is stored; Ctrl-Z brings back what you typed.");
}

static void remove_row(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (!form_remove_element(f, app, &e))
		app_fail(app, &e);
}

// The same record, the same field under the cursor where it is there too.
static void whole(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	if (!f->part[0].form->quick[0]) {
		app_say(app, "This form has no quick log; this is all of it.");
		return;
	}
	if (!leave_field(f, app))
		return;
	f->quick = !f->quick;
	if (!form_load(app, &f->screen, &e))
		app_fail(app, &e);
}

static void move_row(struct form_screen *f, struct app *app, int by)
{
	struct err e = { 0 };
	if (leave_field(f, app) && !form_move_element(f, app, by, &e))
		app_fail(app, &e);
}

static void row_up(struct form_screen *f, struct app *app)
{
	move_row(f, app, -1);
}

static void row_down(struct form_screen *f, struct app *app)
{
	move_row(f, app, 1);
}

static void missing(struct form_screen *f, struct app *app)
{
	size_t all;
	if (!leave_field(f, app))
		return;
	size_t to = form_missing_next(f, &all);
	if (to == f->count) {
		app_say(app, "Nothing that this form asks for is missing.");
		return;
	}
	go(f, app, to);
	if (all == 1 && !*app->message)
		app_say(app, "This is the only thing asked for that is missing.");
	else if (!*app->message)
		app_say(app, "Asked for and empty: this, and %zu more.", all - 1);
}

// The conflict of this field, else the first of its record.
static void conflicts(struct form_screen *f, struct app *app)
{
	struct err e = { 0 };
	const struct item *item = form_focus(f);
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
	else if (leave_field(f, app) && !resolver_open(app, NULL, &id, field, &e))
		app_fail(app, &e);
}

static void next(struct form_screen *f, struct app *app)
{
	move(f, app, 1);
}

static void previous(struct form_screen *f, struct app *app)
{
	move(f, app, -1);
}

static void section_next(struct form_screen *f, struct app *app)
{
	move_section(f, app, 1);
}

static void section_previous(struct form_screen *f, struct app *app)
{
	move_section(f, app, -1);
}

static const struct {
	enum action action;
	void (*act)(struct form_screen *f, struct app *app);
} ACTS[] = {
	{ ACT_NEXT, next },
	{ ACT_PREVIOUS, previous },
	{ ACT_DOWN, next },
	{ ACT_UP, previous },
	{ ACT_PAGE_DOWN, section_next },
	{ ACT_PAGE_UP, section_previous },
	{ ACT_EDITOR, editor },
	{ ACT_FIELD_HELP, field_help },
	{ ACT_DISCARD, discard },
	{ ACT_ROW_REMOVE, remove_row },
	{ ACT_HISTORY, history },
	{ ACT_CONFLICTS, conflicts },
	{ ACT_MORE, more },
	{ ACT_WHOLE, whole },
	{ ACT_MISSING, missing },
	{ ACT_MOVE_UP, row_up },
	{ ACT_MOVE_DOWN, row_down },
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

static bool form_act(struct app *app, struct screen *s, enum action action)
{
	struct form_screen *f = (struct form_screen *)s;
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

static void form_click(struct app *app, struct screen *s, int row, int col)
{
	struct form_screen *f = (struct form_screen *)s;
	int line = row - f->row_first;
	(void)col;
	if (!f->row_item || line < 0 || line >= f->rows || f->row_item[line] < 0)
		return;
	struct item *item = &f->item[f->row_item[line]];
	size_t part = item->part;
	char cell[CELL_MOST];
	snprintf(cell, sizeof cell, "%s", item->cell);
	if (leave_field(f, app) && form_goto_cell(f, part, cell))
		go(f, app, f->at);
}

// --- the screen

static const char *form_title(struct app *app, struct screen *s, struct arena *a)
{
	struct form_screen *f = (struct form_screen *)s;
	const struct part *p = &f->part[0];
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
	const struct part *p = &((struct form_screen *)s)->part[0];
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
	.close = form_close,
};

// --- opening

static bool given_copy(struct form_screen *f, const char *const given[], struct err *e)
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
	f->kind = arena_strdup(&s->arena, kind);
	f->part[0] = (struct part){ .kind = f->kind,
		.prefix = "",
		.id = id ? *id : id_random(app->env),
		.exists = id != NULL };
	if (!f->kind || !given_copy(f, given, e)) {
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
