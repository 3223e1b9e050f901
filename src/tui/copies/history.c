// SPDX-License-Identifier: MIT
// Every change of a team, of one record or one field of it, of one person, or of one merge: when,
// who, what it was and what it became.
#include "tui/copies/leaving.h"
#include "tui/screens/screens.h"

#include <plando/history.h>
#include <plando/kind.h>
#include <plando/record.h>
#include <plando/str.h>
#include <plando/words.h>

#include <stdio.h>
#include <string.h>

enum { CHANGES_MOST = 500 };

struct history_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct id id;
	bool of_team, of_record;
	int64_t batch;		 // of a merge; 0: any
	struct id field_of;	 // only this record's `field`
	char field[96];		 // "" = all
	char author[128];	 // "" = all
	const char *name, *only; // what it is narrowed to, in words
	struct history history;
	const char **title; // of each change's record
};

// --- reading

static const struct form_field *history_field_of(struct app *app, const struct history_change *c)
{
	struct err ignored = { 0 };
	char field[64] = "";
	size_t n = strcspn(c->field, ".");
	const struct form *form = forms_find(store_forms(app->store), c->kind, &ignored);
	if (!form || n >= sizeof field)
		return NULL;
	memcpy(field, c->field, n);
	return form_field(form, field);
}

// To which team, in which place: what nobody typed is not shown. (A link is named after where it
// comes from.)
static bool history_worth_showing(struct app *app, const struct history_change *c)
{
	const struct form_field *f = history_field_of(app, c);
	if (str_equal(c->kind, "link") && str_equal(c->field, "from"))
		return false;
	const char *last = strrchr(c->field, '.');
	bool place = str_equal(c->field, "position") || (last && str_equal(last, ".pos"));
	bool unseen = f && f->hidden && !str_starts(c->field, "archived");
	return !place && !unseen;
}

static void history_sift(struct app *app, struct history_screen *h)
{
	size_t kept = 0;
	for (size_t i = 0; i < h->history.count; i++)
		if (history_worth_showing(app, &h->history.item[i]))
			h->history.item[kept++] = h->history.item[i];
	h->history.count = kept;
}

// A link is told under the box that it comes from.
static const char *history_title_of(
    struct app *app, struct arena *a, const struct history_change *c)
{
	struct record link;
	struct err ignored = { 0 };
	struct id from;
	bool is = str_equal(c->kind, "link") &&
		  record_load(app->store, a, &c->id, &link, &ignored) &&
		  record_ref(&link, "from", &from);
	return words_title(app->store, a, is ? &from : &c->id);
}

// The same record is named once; changes of one save stand together.
static bool history_titles_make(struct app *app, struct history_screen *h, struct err *e)
{
	h->title = arena_array(&h->rows, h->history.count + 1, sizeof *h->title);
	if (!h->title)
		return err_memory(e);
	for (size_t i = 0; i < h->history.count; i++) {
		const struct history_change *c = &h->history.item[i];
		h->title[i] = i && id_equal(&c->id, &c[-1].id) ? h->title[i - 1]
							       : history_title_of(app, &h->rows, c);
		if (!h->title[i])
			return err_memory(e);
	}
	return true;
}

// " › What happened? › Ana Silva"
static bool history_only_told(struct app *app, struct history_screen *h)
{
	const struct history_change *c = h->history.count ? h->history.item : NULL;
	const char *label = *h->field && c
				? words_field(app->store, &h->rows, &c->id, c->kind, c->field)
				: h->field;
	h->only = arena_printf(
	    &h->rows, "%s%s%s%s", *label ? " › " : "", label, *h->author ? " › " : "", h->author);
	return h->only;
}

static bool history_load(struct app *app, struct screen *s, struct err *e)
{
	struct history_screen *h = (struct history_screen *)s;
	struct history_filter filter = HISTORY_ALL;
	char id[ID_TEXT];
	filter.most = CHANGES_MOST;
	filter.team = h->of_team ? &h->id : NULL;
	filter.id = *h->field ? &h->field_of : h->of_record ? &h->id : NULL;
	filter.field = *h->field ? h->field : NULL;
	filter.author = *h->author ? h->author : NULL;
	filter.batch = h->batch;
	h->history.count = 0;
	arena_free(&h->rows);
	id_print(&h->id, id);
	h->name = h->batch ? "What came in" : record_ref_title(app->store, &h->rows, id);
	if (!h->name)
		return err_memory(e);
	h->only = "";
	bool read = history_list(app->store, &h->rows, &filter, &h->history, e);
	if (read)
		history_sift(app, h);
	if (!read || !history_titles_make(app, h, e)) {
		h->history.count = 0;
		list_set(&h->list, 0);
		return false;
	}
	list_set(&h->list, h->history.count);
	return history_only_told(app, h) || err_memory(e);
}

// --- words

static const char *history_kind_label(const char *name)
{
	const struct kind *kind = kind_find(name);
	return kind ? kind->label : name;
}

static const char *history_what_changed(struct app *app, const struct history_change *c)
{
	const char *text =
	    words_change(app->store, &app->frame, c, term_is_ascii(app->term) ? "->" : "→");
	return text ? text : "";
}

static const char *history_when(struct app *app, const struct history_change *c)
{
	date_t today = store_today(app->store);
	date_t day = env_date(app->env, c->at);
	if (day == today)
		return app_clock(app, c->at, &app->frame);
	return date_show(&app->frame, day, today);
}

// --- drawing

struct history_drawing {
	struct app *app;
	const struct history_screen *h;
};

static void history_row_draw(
    void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct history_drawing *d = context;
	const struct history_change *c = &d->h->history.item[i];
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	int col = area.col, room = area.cols;
	term_put(t, area.row, col, 11, role, history_when(d->app, c));
	term_put(t, area.row, col + 12, 14, role, c->author);
	col += 27;
	room -= 27;
	if (!d->h->of_record && !*d->h->field) {
		int wide = room / 3;
		term_put(t, area.row, col, wide - 1, ROLE_DIM, d->h->title[i]);
		col += wide;
		room -= wide;
	}
	term_put(t, area.row, col, room, role, history_what_changed(d->app, c));
}

// The chosen change in full below the list.
static void history_below_draw(struct app *app, struct history_screen *h, struct area area)
{
	struct text_lines lines;
	if (h->list.at >= h->history.count)
		return;
	const struct history_change *c = &h->history.item[h->list.at];
	const char *all = arena_printf(&app->frame, "%s, on %s. %s “%s”: %s", c->author, c->device,
	    history_kind_label(c->kind), h->title[h->list.at], history_what_changed(app, c));
	const char *text = all ? text_safe(&app->frame, all, false) : NULL;
	term_rule(app->term, area.row, 1, area.cols - 2);
	if (!text || !text_wrap(&app->frame, text, strlen(text), area.cols - 6, &lines))
		return;
	for (int i = 0; i < (int)lines.count && i < area.rows - 1; i++)
		term_put_n(app->term, area.row + 1 + i, 3, area.cols - 5, ROLE_TEXT,
		    text + lines.line[i].start, lines.line[i].end - lines.line[i].start);
}

static void history_draw(struct app *app, struct screen *s, struct area area)
{
	struct history_screen *h = (struct history_screen *)s;
	struct history_drawing d = { app, h };
	int below = area.rows >= 14 ? 5 : 0;
	if (h->history.count == 0) {
		term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_TEXT,
		    "Nothing was changed here yet.");
		term_cursor(app->term, area.row + 1, 3);
		return;
	}
	list_draw(&h->list, app->term,
	    (struct area){ area.row, area.col, area.rows - below, area.cols }, history_row_draw,
	    &d);
	if (below)
		history_below_draw(app, h,
		    (struct area){ area.row + area.rows - below, area.col, below, area.cols });
}

static const char *history_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	const struct history_screen *h = (const struct history_screen *)s;
	return arena_printf(a, "%s › History%s", h->name, h->only);
}

static const char *history_facts(struct app *app, struct screen *s, struct arena *a)
{
	size_t n = ((struct history_screen *)s)->history.count;
	(void)app;
	return arena_printf(a, "%zu %s", n, n == 1 ? "change" : "changes");
}

// --- acting

static bool history_undo_this(struct app *app, const struct history_change *c, struct err *e)
{
	struct arena a = { 0 };
	bool done = history_undo(app->store, &a, c->cid, NULL, e);
	arena_free(&a);
	if (!done)
		return false;
	app_saved(app);
	app_say(app, "That change is undone; the undoing stands at the top.");
	return true;
}

// Narrows to the field, or the person, of the chosen change; the same key again shows all.
static void history_narrow(struct app *app, struct history_screen *h, enum action action)
{
	const struct history_change *c =
	    h->list.at < h->history.count ? &h->history.item[h->list.at] : NULL;
	char *to = action == ACT_ONLY_FIELD ? h->field : h->author;
	size_t room = action == ACT_ONLY_FIELD ? sizeof h->field : sizeof h->author;
	if (*to)
		*to = '\0';
	else if (c && action == ACT_ONLY_FIELD) {
		h->field_of = c->id;
		snprintf(to, room, "%s", c->field);
	} else if (c)
		snprintf(to, room, "%s", c->author);
	h->screen.stale = true;
	app_say(app,
	    *to ? "Only these are shown; the same key shows all again." : "All are shown again.");
}

static bool history_chosen_act(
    struct app *app, const struct history_change *c, enum action action, struct err *e)
{
	struct id id = c->id;
	if (action == ACT_UNDO_THIS)
		return history_undo_this(app, c, e);
	if (action == ACT_REDACT)
		return redact_begin(app, &id, c->field, e);
	return app->open->record(app, c->kind, &id, e);
}

static bool history_act(struct app *app, struct screen *s, enum action action)
{
	struct history_screen *h = (struct history_screen *)s;
	struct err e = { 0 };
	if (action == ACT_ONLY_FIELD || action == ACT_ONLY_PERSON)
		history_narrow(app, h, action);
	else if (action != ACT_OPEN && action != ACT_UNDO_THIS && action != ACT_REDACT)
		return false;
	else if (h->list.at >= h->history.count)
		app_say(app, "There is no change here yet.");
	else if (!history_chosen_act(app, &h->history.item[h->list.at], action, &e))
		app_fail(app, &e);
	return true;
}

static struct list *history_screen_list(struct screen *s)
{
	return &((struct history_screen *)s)->list;
}

static const char *history_row(struct app *app, struct screen *s, size_t i)
{
	const struct history_screen *h = (const struct history_screen *)s;
	const struct history_change *c = &h->history.item[i];
	return arena_printf(
	    &app->frame, "%s %s %s", c->author, h->title[i], history_what_changed(app, c));
}

static void history_close(struct screen *s)
{
	arena_free(&((struct history_screen *)s)->rows);
}

static bool history_again(struct app *app, const struct screen *s, struct err *e)
{
	const struct history_screen *h = (const struct history_screen *)s;
	return h->batch ? history_batch_open(app, h->batch, e)
			: history_screen_open(app, h->of_team ? &h->id : NULL, &h->id, e);
}

static const struct screen_ops HISTORY = {
	.on = ON_HISTORY,
	.load = history_load,
	.title = history_title,
	.facts = history_facts,
	.draw = history_draw,
	.act = history_act,
	.list = history_screen_list,
	.row_text = history_row,
	.close = history_close,
	.again = history_again,
};

bool history_screen_open(
    struct app *app, const struct id *team, const struct id *record, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct history_screen), &HISTORY, e);
	struct history_screen *h = (struct history_screen *)s;
	if (!s)
		return false;
	h->of_team = team != NULL;
	h->of_record = !team;
	h->id = team ? *team : *record;
	return app_push(app, s, e);
}

bool history_batch_open(struct app *app, int64_t batch, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct history_screen), &HISTORY, e);
	if (!s)
		return false;
	((struct history_screen *)s)->batch = batch;
	return app_push(app, s, e);
}
