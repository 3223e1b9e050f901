// SPDX-License-Identifier: MIT
// Every change of a team or of one record: when, who, what it was and what it became.
#include "tui/screens.h"

#include <plando/history.h>
#include <plando/kind.h>
#include <plando/record.h>
#include <plando/str.h>

#include <string.h>

enum { CHANGES_MOST = 500 };

struct history_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct id id;
	bool of_team;
	const char *name;
	struct history history;
	const char **title; // of each change's record
};

// --- reading

static const struct form_field *field_of(struct app *app, const struct history_change *c)
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
static bool worth_showing(struct app *app, const struct history_change *c)
{
	const struct form_field *f = field_of(app, c);
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
		if (worth_showing(app, &h->history.item[i]))
			h->history.item[kept++] = h->history.item[i];
	h->history.count = kept;
}

static const char *title_of(struct app *app, struct arena *a, const struct history_change *c)
{
	char id[ID_TEXT];
	struct err ignored = { 0 };
	struct record link;
	id_print(&c->id, id);
	if (!str_equal(c->kind, "link") || !record_load(app->store, a, &c->id, &link, &ignored))
		return record_ref_title(app->store, a, id);
	const char *from = record_get(&link, "from");
	return from ? record_ref_title(app->store, a, from) : "";
}

// The same record is named once; changes of one save stand together.
static bool titles_make(struct app *app, struct history_screen *h, struct err *e)
{
	h->title = arena_array(&h->rows, h->history.count + 1, sizeof *h->title);
	if (!h->title)
		return err_memory(e);
	for (size_t i = 0; i < h->history.count; i++) {
		const struct history_change *c = &h->history.item[i];
		h->title[i] =
		    i && id_equal(&c->id, &c[-1].id) ? h->title[i - 1] : title_of(app, &h->rows, c);
		if (!h->title[i])
			return err_memory(e);
	}
	return true;
}

static bool history_load(struct app *app, struct screen *s, struct err *e)
{
	struct history_screen *h = (struct history_screen *)s;
	struct history_filter filter = HISTORY_ALL;
	char id[ID_TEXT];
	filter.most = CHANGES_MOST;
	filter.team = h->of_team ? &h->id : NULL;
	filter.id = h->of_team ? NULL : &h->id;
	h->history.count = 0;
	arena_free(&h->rows);
	id_print(&h->id, id);
	h->name = record_ref_title(app->store, &h->rows, id);
	if (!h->name)
		return err_memory(e);
	bool read = history_list(app->store, &h->rows, &filter, &h->history, e);
	if (read)
		history_sift(app, h);
	if (!read || !titles_make(app, h, e)) {
		h->history.count = 0;
		list_set(&h->list, 0);
		return false;
	}
	list_set(&h->list, h->history.count);
	return true;
}

// --- words

static const char *field_label(struct app *app, const struct history_change *c)
{
	const struct form_field *f = field_of(app, c);
	if (str_equal(c->kind, "link") && str_equal(c->field, "to"))
		return "Feeds";
	return f ? f->label : c->field;
}

// The field itself, or the part of a list's element that changed.
static const struct form_field *part_of(struct app *app, const struct history_change *c)
{
	const struct form_field *f = field_of(app, c);
	const char *last = strrchr(c->field, '.');
	for (size_t i = 0; f && last && i < f->field_count; i++)
		if (str_equal(f->fields[i].id, last + 1))
			return &f->fields[i];
	return f;
}

static const char *value_shown(struct app *app, const struct history_change *c, const char *value)
{
	const struct form_field *f = part_of(app, c);
	const char *shown = value;
	if (str_empty(value))
		return "(empty)";
	if (f && f->type == FIELD_REF)
		shown = record_ref_title(app->store, &app->frame, value);
	else if (f && f->type != FIELD_CHOICES && f->type != FIELD_REFS)
		shown = field_show(&app->frame, f, value, store_today(app->store));
	return arena_printf(&app->frame, "“%s”", shown ? shown : value);
}

static const char *kind_label(const char *name)
{
	const struct kind *kind = kind_find(name);
	return kind ? kind->label : name;
}

// A member of choices or refs that was taken in or out: "What keeps it in place?: + Training".
static const char *member_changed(
    struct app *app, const struct history_change *c, const struct form_field *f)
{
	const char *member = strchr(c->field, '.') + 1;
	const struct choice *choice = field_choice(f, member);
	const char *shown = f->type == FIELD_REFS
				? record_ref_title(app->store, &app->frame, member)
			    : choice ? choice->label
				     : member;
	return arena_printf(&app->frame, "%s: %s %s", f->label, str_equal(c->new, "1") ? "+" : "-",
	    shown ? shown : member);
}

// "What happened: “7 answered” → “8 answered”", "made", "deleted".
static const char *what_changed(struct app *app, const struct history_change *c)
{
	struct arena *a = &app->frame;
	const char *arrow = term_is_ascii(app->term) ? "->" : "→";
	if (str_equal(c->field, "~"))
		return str_equal(c->new, "0") ? "deleted" : c->old ? "brought back" : "made";
	if (str_equal(c->field, "!redact"))
		return "a text was blanked for good";
	if (c->erased)
		return arena_printf(a, "%s: (blanked)", field_label(app, c));
	const struct form_field *f = field_of(app, c);
	if (f && (f->type == FIELD_CHOICES || f->type == FIELD_REFS) && strchr(c->field, '.'))
		return member_changed(app, c, f);
	if (str_empty(c->old))
		return arena_printf(a, "%s: %s", field_label(app, c), value_shown(app, c, c->new));
	return arena_printf(a, "%s: %s %s %s", field_label(app, c), value_shown(app, c, c->old),
	    arrow, value_shown(app, c, c->new));
}

static const char *when(struct app *app, const struct history_change *c)
{
	date_t today = store_today(app->store);
	date_t day = moment_date(c->at, app->env->utc_offset);
	if (day == today)
		return app_clock(app, c->at, &app->frame);
	return date_show(&app->frame, day, today);
}

// --- drawing

struct drawing {
	struct app *app;
	const struct history_screen *h;
};

static void row_draw(void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct drawing *d = context;
	const struct history_change *c = &d->h->history.item[i];
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	int col = area.col, room = area.cols;
	term_put(t, area.row, col, 11, role, when(d->app, c));
	term_put(t, area.row, col + 12, 14, role, c->author);
	col += 27;
	room -= 27;
	if (d->h->of_team) {
		int wide = room / 3;
		term_put(t, area.row, col, wide - 1, ROLE_DIM, d->h->title[i]);
		col += wide;
		room -= wide;
	}
	term_put(t, area.row, col, room, role, what_changed(d->app, c));
}

// The chosen change in full below the list.
static void below_draw(struct app *app, struct history_screen *h, struct area area)
{
	struct text_lines lines;
	if (h->list.at >= h->history.count)
		return;
	const struct history_change *c = &h->history.item[h->list.at];
	const char *all = arena_printf(&app->frame, "%s, on %s. %s “%s”: %s", c->author, c->device,
	    kind_label(c->kind), h->title[h->list.at], what_changed(app, c));
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
	struct drawing d = { app, h };
	int below = area.rows >= 14 ? 5 : 0;
	if (h->history.count == 0) {
		term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_TEXT,
		    "Nothing was changed here yet.");
		term_cursor(app->term, area.row + 1, 3);
		return;
	}
	list_draw(&h->list, app->term,
	    (struct area){ area.row, area.col, area.rows - below, area.cols }, row_draw, &d);
	if (below)
		below_draw(app, h,
		    (struct area){ area.row + area.rows - below, area.col, below, area.cols });
}

static const char *history_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	return arena_printf(a, "%s › History", ((struct history_screen *)s)->name);
}

static const char *history_facts(struct app *app, struct screen *s, struct arena *a)
{
	size_t n = ((struct history_screen *)s)->history.count;
	(void)app;
	return arena_printf(a, "%zu %s", n, n == 1 ? "change" : "changes");
}

// --- acting

static bool undo_this(struct app *app, const struct history_change *c, struct err *e)
{
	struct arena a = { 0 };
	bool done = history_undo(app->store, &a, c->cid, e);
	arena_free(&a);
	if (!done)
		return false;
	app_saved(app);
	app_say(app, "That change is undone; the undoing stands at the top.");
	return true;
}

static bool history_act(struct app *app, struct screen *s, enum action action)
{
	struct history_screen *h = (struct history_screen *)s;
	struct err e = { 0 };
	if (action != ACT_OPEN && action != ACT_UNDO_THIS)
		return false;
	if (h->list.at >= h->history.count) {
		app_say(app, "There is no change here yet.");
		return true;
	}
	const struct history_change *c = &h->history.item[h->list.at];
	struct id id = c->id;
	bool done = action == ACT_UNDO_THIS ? undo_this(app, c, &e)
					    : record_screen_open(app, c->kind, &id, &e);
	if (!done)
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
	return arena_printf(&app->frame, "%s %s %s", c->author, h->title[i], what_changed(app, c));
}

static void history_close(struct screen *s)
{
	arena_free(&((struct history_screen *)s)->rows);
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
};

bool history_screen_open(
    struct app *app, const struct id *team, const struct id *record, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct history_screen), &HISTORY, e);
	struct history_screen *h = (struct history_screen *)s;
	if (!s)
		return false;
	h->of_team = team != NULL;
	h->id = team ? *team : *record;
	return app_push(app, s, e);
}
