// SPDX-License-Identifier: MIT
// A list of records of one kind, all or those that name one other record, in the columns that its
// form names.
#include "tui/copies/leaving.h"
#include "tui/screens/screens.h"
#include "tui/screens/ways.h"

#include <plando/asked.h>
#include <plando/conflict.h>
#include <plando/kind.h>
#include <plando/record.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MOST = 8, GAP = 2, NARROWEST = 4, MARK = 5 };

struct record_list_row {
	struct id id;
	const char *cell[COLUMNS_MOST]; // as shown
	bool archived, conflict;
	bool settled, late; // of an action
	const char *day;    // of an action: by when, or when it was done; "" = not told
};

struct record_list_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	const char *kind;
	const char *via; // the reference that names `of`; NULL: all records of the kind
	struct id of;
	bool archived;
	const struct form *form;
	const struct form_field *field[COLUMNS_MOST];
	size_t columns, count;
	int wish[COLUMNS_MOST]; // columns that the widest cell takes
	struct record_list_row *row;
	const char *of_name;
	struct id chosen;
	struct conflict_marks marks;
};

// --- reading

static const char *record_list_members_shown(
    struct app *app, struct arena *a, const struct record *r, const struct form_field *f)
{
	struct elements members;
	struct str text = STR_IN(a);
	if (!record_members(r, a, f->id, &members))
		return "";
	for (size_t i = 0; i < members.count; i++) {
		const struct choice *c = field_choice(f, members.key[i]);
		const char *shown = f->type == FIELD_REFS
					? record_ref_named(app->store, a, f->of, members.key[i])
				    : c ? c->label
					: members.key[i];
		str_printf(&text, "%s%s", i ? ", " : "", shown ? shown : "");
	}
	return str_done(&text);
}

static const char *record_list_cell_shown(
    struct app *app, struct arena *a, const struct record *r, const struct form_field *f)
{
	const char *value = record_get(r, f->id), *shown;
	if (f->type == FIELD_CHOICES || f->type == FIELD_REFS)
		shown = record_list_members_shown(app, a, r, f);
	else if (!value)
		return "";
	else if (str_equal(f->id, form_naming(r->kind)))
		shown = note_form_title(app, r);
	else if (f->type == FIELD_REF)
		shown = record_ref_named(app->store, a, f->of, value);
	else
		shown = field_show(a, f, value, store_today(app->store));
	return shown ? shown : "";
}

static bool record_list_row_make(struct app *app, struct record_list_screen *l,
    const struct record *r, struct record_list_row *row)
{
	*row = (struct record_list_row){ .id = r->id,
		.archived = record_archived(r, store_today(app->store)),
		.conflict = conflict_marked(&l->marks, &r->id) };
	for (size_t c = 0; c < l->columns; c++) {
		row->cell[c] = record_list_cell_shown(app, &l->rows, r, l->field[c]);
		int width = term_width(app->term, row->cell[c]);
		if (width > l->wish[c])
			l->wish[c] = width;
	}
	return l->archived || !row->archived;
}

static void record_list_columns_find(struct app *app, struct record_list_screen *l)
{
	l->columns = 0;
	for (size_t i = 0; l->form->list && l->form->list[i] && l->columns < COLUMNS_MOST; i++) {
		const struct form_field *f = form_field(l->form, l->form->list[i]);
		if (!f)
			continue;
		l->wish[l->columns] = term_width(app->term, f->label);
		l->field[l->columns++] = f;
	}
}

static void record_list_action_read(struct app *app, struct record_list_screen *l,
    const struct record *r, struct record_list_row *row)
{
	const char *status = record_get(r, "status"), *due = record_get(r, "due");
	date_t day;
	row->settled = status && !str_equal(status, "open");
	row->late =
	    !row->settled && due && date_parse_iso(due, &day) && day < store_today(app->store);
	const char *of = row->settled ? record_get(r, "done_date") : due;
	const char *kept = of ? arena_strdup(&l->rows, of) : NULL;
	row->day = kept ? kept : "";
}

// Open ones first, the longest due at the top; then what is settled, the newest first.
static int record_list_action_order(const void *x, const void *y)
{
	const struct record_list_row *a = x, *b = y;
	if (a->settled != b->settled)
		return a->settled - b->settled;
	if (!*a->day != !*b->day)
		return !*a->day - !*b->day;
	int order = strcmp(a->day, b->day);
	if (order)
		return a->settled ? -order : order;
	return memcmp(a->id.b, b->id.b, sizeof a->id.b);
}

static bool record_list_is_actions(const struct record_list_screen *l)
{
	return str_equal(l->kind, "action");
}

static bool record_list_rows_read(struct app *app, struct record_list_screen *l, struct err *e)
{
	struct arena scratch = { 0 };
	struct records records;
	l->count = 0;
	bool read = l->via
			? record_list_by(app->store, &scratch, l->kind, l->via, &l->of, &records, e)
			: record_list(app->store, &scratch, l->kind, NULL, &records, e);
	l->row = read ? arena_array(&l->rows, records.count + 1, sizeof *l->row) : NULL;
	if (!l->row) {
		arena_free(&scratch);
		return read ? err_memory(e) : false;
	}
	for (size_t i = 0; i < records.count; i++) {
		struct record_list_row *row = &l->row[l->count];
		l->count += record_list_row_make(app, l, &records.item[i], row);
		if (record_list_is_actions(l))
			record_list_action_read(app, l, &records.item[i], row);
	}
	if (record_list_is_actions(l))
		qsort(l->row, l->count, sizeof *l->row, record_list_action_order);
	// Where the first column is a date, the newest stands first.
	bool dated = l->columns && l->field[0]->type == FIELD_DATE;
	for (size_t i = 0; dated && i < l->count / 2; i++) {
		struct record_list_row row = l->row[i];
		l->row[i] = l->row[l->count - 1 - i];
		l->row[l->count - 1 - i] = row;
	}
	arena_free(&scratch);
	return true;
}

static void record_list_choose(struct app *app, struct record_list_screen *l)
{
	list_set(&l->list, l->count);
	for (size_t i = 0; i < l->count; i++)
		if (app_touched(app, &l->row[i].id))
			l->chosen = l->row[i].id;
	for (size_t i = 0; i < l->count; i++)
		if (id_equal(&l->row[i].id, &l->chosen))
			list_select(&l->list, i);
}

static bool list_load(struct app *app, struct screen *s, struct err *e)
{
	struct record_list_screen *l = (struct record_list_screen *)s;
	if (l->list.at < l->count)
		l->chosen = l->row[l->list.at].id;
	l->count = 0;
	list_set(&l->list, 0);
	arena_free(&l->rows);
	l->of_name = "";
	l->form = forms_find(store_forms(app->store), l->kind, e);
	if (!l->form)
		return false;
	char id[ID_TEXT];
	id_print(&l->of, id);
	if (l->via)
		l->of_name = record_ref_title(app->store, &l->rows, id);
	record_list_columns_find(app, l);
	if (!conflict_marks(app->store, &l->rows, &l->marks, e))
		return false;
	if (!l->of_name || !record_list_rows_read(app, l, e))
		return l->of_name ? false : err_memory(e);
	record_list_choose(app, l);
	return true;
}

// --- drawing

// The widest column gives way until all fit; what is left over goes to the last text column.
static void record_list_widths(
    const struct record_list_screen *l, int room, int width[COLUMNS_MOST])
{
	int all = 0;
	for (size_t c = 0; c < l->columns; c++) {
		width[c] = l->wish[c];
		all += width[c] + GAP;
	}
	while (all - GAP > room) {
		size_t widest = 0;
		for (size_t c = 0; c < l->columns; c++)
			if (width[c] >= width[widest])
				widest = c;
		if (width[widest] <= NARROWEST)
			return;
		width[widest]--;
		all--;
	}
}

struct record_list_drawing {
	struct record_list_screen *l;
	int width[COLUMNS_MOST];
};

static void record_list_row_draw(
    void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct record_list_drawing *d = context;
	const struct record_list_row *row = &d->l->row[i];
	int col = area.col, end = area.col + area.cols;
	enum role role = selected ? ROLE_SELECTED : row->archived ? ROLE_DIM : ROLE_TEXT;
	if (row->conflict)
		term_put(t, area.row, col - 1, 1, ROLE_WARN, "!");
	if (row->archived)
		col += term_put(t, area.row, col, end - col, role, "(archived) ");
	if (record_list_is_actions(d->l)) {
		const char *mark = row->late ? "late" : row->settled ? "·" : "";
		term_put(t, area.row, col, MARK - 1, row->late ? ROLE_BAD : ROLE_DIM, mark);
		col += MARK;
	}
	bool any = false;
	for (size_t c = 0; c < d->l->columns && col < end; c++) {
		int room = d->width[c] < end - col ? d->width[c] : end - col;
		term_put(t, area.row, col, room, role, row->cell[c]);
		any |= *row->cell[c] != '\0';
		col += d->width[c] + GAP;
	}
	if (!any)
		term_put(t, area.row, area.col, area.cols, ROLE_DIM, "(nothing filled in yet)");
}

static void list_screen_draw(struct app *app, struct screen *s, struct area area)
{
	struct record_list_screen *l = (struct record_list_screen *)s;
	struct record_list_drawing d = { .l = l };
	if (l->count == 0) {
		term_printf(app->term, area.row + 1, 3, area.cols - 4, ROLE_TEXT,
		    "Nothing here yet. Press n for the first one.");
		term_cursor(app->term, area.row + 1, 3);
		return;
	}
	record_list_widths(l, area.cols - 5 - (record_list_is_actions(l) ? MARK : 0), d.width);
	int col = area.col + 3 + (record_list_is_actions(l) ? MARK : 0);
	for (size_t c = 0; c < l->columns; c++) {
		int room = d.width[c] < area.cols - 2 - col ? d.width[c] : area.cols - 2 - col;
		term_put(app->term, area.row, col, room, ROLE_LABEL, l->field[c]->label);
		col += d.width[c] + GAP;
	}
	list_draw(&l->list, app->term,
	    (struct area){ area.row + 1, area.col, area.rows - 1, area.cols }, record_list_row_draw,
	    &d);
}

static const char *list_title(struct app *app, struct screen *s, struct arena *a)
{
	const struct record_list_screen *l = (const struct record_list_screen *)s;
	(void)app;
	const char *what = l->form->plural ? l->form->plural : l->form->title;
	const char *text = *l->of_name ? arena_printf(a, "%s › %s", l->of_name, what) : what;
	return text ? text : what;
}

static const char *list_facts(struct app *app, struct screen *s, struct arena *a)
{
	const struct record_list_screen *l = (const struct record_list_screen *)s;
	(void)app;
	return arena_printf(a, "%zu%s", l->count, l->archived ? " with archived" : "");
}

// --- acting

// What belongs to a record of a team is the team's too.
static bool record_list_new_one(struct app *app, struct record_list_screen *l, struct err *e)
{
	struct arena a = { 0 };
	struct record of;
	char id[ID_TEXT];
	const char *given[] = { l->via, id, NULL, NULL, NULL };
	if (str_equal(l->kind, "note"))
		return app->open->note(app, l->via ? &l->of : NULL, e);
	if (str_equal(l->kind, "form")) {
		app->open->own_form(app, NULL);
		return true;
	}
	id_print(&l->of, id);
	if (l->via && !record_load(app->store, &a, &l->of, &of, e))
		return false;
	const char *team = l->via ? record_get(&of, "team") : NULL;
	if (team && form_field(l->form, "team")) {
		given[2] = "team";
		given[3] = team;
	}
	bool done = app->open->form(app, l->kind, NULL, given, e);
	arena_free(&a);
	return done;
}

static bool record_list_chosen_act(
    struct app *app, struct record_list_screen *l, enum action action, struct err *e)
{
	if (l->list.at >= l->count) {
		app_say(app, "There is none yet; n makes the first one.");
		return true;
	}
	struct id id = l->row[l->list.at].id;
	if (action == ACT_ARCHIVE)
		return app->open->archive(app, &id, e);
	if (action == ACT_HISTORY)
		return app->open->history(app, NULL, &id, e);
	if (action == ACT_MORE)
		return ways_screen_open(app, l->kind, &id, e);
	if (action == ACT_REDACT)
		return redact_begin(app, &id, NULL, e);
	return app->open->form(app, l->kind, &id, NULL, e);
}

// Done, or open again.
static bool record_list_action_tick(struct app *app, struct record_list_screen *l, struct err *e)
{
	struct arena a = { 0 };
	if (!record_list_is_actions(l) || l->list.at >= l->count) {
		app_say(app, record_list_is_actions(l) ? "There is none yet; n makes the first one."
						       : "Only actions are ticked.");
		return true;
	}
	const struct record_list_row *row = &l->row[l->list.at];
	bool open = row->settled;
	struct save *v = save_begin(app->store, &a, e);
	bool good = v && save_cell(v, &row->id, "action", "status", open ? "open" : "done", e) &&
		    asked_keep(v, &row->id, e) && save_commit(v, NULL, e);
	if (good) {
		app_say(app, open ? "“%s” is open again; u undoes." : "“%s” is done; u undoes.",
		    row->cell[0]);
		l->chosen = row->id;
		app_saved(app);
	}
	arena_free(&a);
	return good;
}

static void record_list_show_archived(struct app *app, struct record_list_screen *l)
{
	l->archived = !l->archived;
	l->screen.stale = true;
	app_say(
	    app, l->archived ? "What is archived is shown too." : "What is archived is hidden.");
}

static bool list_act(struct app *app, struct screen *s, enum action action)
{
	struct record_list_screen *l = (struct record_list_screen *)s;
	struct err e = { 0 };
	bool done = true;
	if (action == ACT_OPEN || action == ACT_ARCHIVE || action == ACT_HISTORY ||
	    action == ACT_MORE || action == ACT_REDACT)
		done = record_list_chosen_act(app, l, action, &e);
	else if (action == ACT_NEW)
		done = record_list_new_one(app, l, &e);
	else if (action == ACT_TICK)
		done = record_list_action_tick(app, l, &e);
	else if (action == ACT_SHOW_ARCHIVED)
		record_list_show_archived(app, l);
	else
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *list_list(struct screen *s)
{
	return &((struct record_list_screen *)s)->list;
}

static const char *list_row(struct app *app, struct screen *s, size_t i)
{
	const struct record_list_screen *l = (const struct record_list_screen *)s;
	struct str text = STR_IN(&app->frame);
	for (size_t c = 0; c < l->columns; c++)
		str_printf(&text, "%s ", l->row[i].cell[c]);
	return str_done(&text);
}

static void list_close(struct screen *s)
{
	arena_free(&((struct record_list_screen *)s)->rows);
}

static bool list_again(struct app *app, const struct screen *s, struct err *e)
{
	const struct record_list_screen *l = (const struct record_list_screen *)s;
	return list_screen_open(app, l->kind, l->via, &l->of, e);
}

static const struct screen_ops RECORD_LIST = {
	.on = ON_LIST | ON_TICKED,
	.load = list_load,
	.title = list_title,
	.facts = list_facts,
	.draw = list_screen_draw,
	.act = list_act,
	.list = list_list,
	.row_text = list_row,
	.close = list_close,
	.again = list_again,
};

bool list_screen_open(
    struct app *app, const char *kind, const char *field, const struct id *of, struct err *e)
{
	if (str_equal(kind, "measure")) // they have a table of their own
		return app->open->measures(app, field ? of : NULL, e);
	struct screen *s = screen_new(sizeof(struct record_list_screen), &RECORD_LIST, e);
	struct record_list_screen *l = (struct record_list_screen *)s;
	if (!s)
		return false;
	l->kind = arena_strdup(&s->arena, kind);
	l->via = field ? arena_strdup(&s->arena, field) : NULL;
	if (field)
		l->of = *of;
	if (l->kind && (l->via || !field))
		return app_push(app, s, e);
	screen_free(s);
	return err_memory(e);
}
