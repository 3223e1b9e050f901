// SPDX-License-Identifier: MIT
// What a paste or a file would do to a measure, before it does it: each row with its verdict, which
// column is what, and what comes first in dates. Enter takes it as one save, Esc drops it.
#include "tui/intake_words.h"
#include "tui/screens.h"

#include <plando/file.h>
#include <plando/str.h>

#include <string.h>

enum { SHOWN_MOST = 5000, FIELDS_MOST = 8, DATE_WIDTH = 12, VALUE_WIDTH = 16 };

struct shown {
	enum entry_verdict verdict;
	unsigned line;
	const char *date, *stratum, *value, *note;
};

struct intake_screen {
	struct screen screen;
	struct list list;
	struct id measure;
	const char *name; // of the measure
	const char *from; // "the clipboard", or the file's name
	struct block_bytes text;
	FILE *file;
	struct intake *in;
	struct intake_place *place; // the rows of the grid from the cursor on
	size_t places;
	struct arena rows;
	struct shown *row;
	size_t count, cap, more; // more: rows that are not kept to be shown
	struct intake_counts counts;
	const char *missing; // what must be said first; NULL = nothing
	size_t column;	     // under the cursor
};

// --- reading

static const char *value_of(struct arena *a, const struct intake_row *r)
{
	const char *over = r->field[ENTRY_NUMERATOR], *under = r->field[ENTRY_DENOMINATOR];
	if (*over || *under)
		return arena_printf(a, "%s/%s", over, under);
	return arena_strdup(a, r->field[ENTRY_VALUE]);
}

static const char *note_of(struct arena *a, const struct intake_row *r)
{
	if (r->verdict == ENTRY_BAD)
		return arena_strdup(a, r->why);
	if (r->verdict == ENTRY_CORRECTED)
		return arena_printf(a, "was %s%s%s", *r->was ? r->was : "empty",
		    *r->field[ENTRY_NOTE] ? "; " : "", r->field[ENTRY_NOTE]);
	return arena_strdup(a, r->field[ENTRY_NOTE]);
}

static bool row_keep(void *context, const struct intake_row *r, size_t done, size_t rows)
{
	struct intake_screen *s = context;
	(void)done, (void)rows;
	if (s->count >= SHOWN_MOST) {
		s->more++;
		return true;
	}
	if (!arena_grow(&s->rows, (void **)&s->row, s->count, &s->cap, sizeof *s->row))
		return false;
	struct shown *row = &s->row[s->count++];
	*row = (struct shown){ .verdict = r->verdict,
		.line = r->line,
		.date = arena_strdup(&s->rows, r->field[ENTRY_DATE]),
		.stratum = arena_strdup(&s->rows, r->field[ENTRY_STRATUM]),
		.value = value_of(&s->rows, r),
		.note = note_of(&s->rows, r) };
	return row->date && row->stratum && row->value && row->note;
}

static bool has(struct intake_screen *s, int field)
{
	for (size_t i = 0; i < intake_columns(s->in); i++)
		if (intake_column(s->in, i)->field == field)
			return true;
	return false;
}

// What is to be said before anything can be taken; NULL: nothing.
static const char *missing(struct intake_screen *s)
{
	bool over = has(s, ENTRY_NUMERATOR), under = has(s, ENTRY_DENOMINATOR);
	if (!has(s, ENTRY_DATE) && (s->file || !s->places))
		return "Which column is the date? Go to it with the arrows; c says what it is.";
	if (!has(s, ENTRY_VALUE) && !over && !under)
		return "Which column is the value? Go to it with the arrows; c says what it is.";
	if (!has(s, ENTRY_VALUE) && over != under && s->file)
		return over ? "Which column is the denominator? c says what a column is."
			    : "Which column is the numerator? c says what a column is.";
	return NULL;
}

static bool intake_load(struct app *app, struct screen *screen, struct err *e)
{
	struct intake_screen *s = (struct intake_screen *)screen;
	struct err own = { 0 };
	(void)app;
	arena_free(&s->rows);
	s->row = NULL;
	s->count = s->cap = s->more = 0;
	s->missing = missing(s);
	s->counts = (struct intake_counts){ 0 };
	if (!s->missing && !intake_settle(s->in, &own)) {
		s->missing = arena_strdup(&s->rows, own.text);
		if (!s->missing)
			return err_memory(e);
	}
	list_set(&s->list, 0);
	if (s->missing)
		return true;
	if (!intake_rows(s->in, row_keep, s, &s->counts, &own))
		return own.code ? err_set(e, own.code, "%s", own.text) : err_memory(e);
	list_set(&s->list, s->count);
	return true;
}

// --- drawing

static void columns_draw(struct intake_screen *s, struct app *app, int row, int cols)
{
	int col = 3;
	for (size_t i = 0; i < intake_columns(s->in) && col < cols - 4; i++) {
		const struct intake_column *c = intake_column(s->in, i);
		const char *name = *c->name ? c->name : intake_sample(s->in, 0, i);
		const char *what =
		    intake_checks(s->in, i) ? "Value, to be checked" : intake_field_label(c->field);
		int used = term_printf(app->term, row, col, cols - col - 1,
		    i == s->column ? ROLE_SELECTED : ROLE_TEXT, "%.14s: %s", name ? name : "",
		    what);
		if (i == s->column)
			term_paint(app->term, row, col, used, ROLE_MARKED);
		col += used + 3;
	}
}

static void counts_draw(struct intake_screen *s, struct app *app, int row, int cols)
{
	if (s->missing)
		term_put(app->term, row, 3, cols - 4, ROLE_WARN, s->missing);
	else
		term_put(app->term, row, 3, cols - 4, ROLE_TITLE,
		    intake_counts_words(&app->frame, &s->counts));
}

static void order_draw(struct intake_screen *s, struct app *app, int row, int cols)
{
	enum block_order order = intake_order(s->in);
	const char *says =
	    intake_dates_open(s->in)
		? "Is 1/2/2026 the 1st of February or the 2nd of January? o says which."
	    : order == BLOCK_DAY_FIRST	 ? "Dates are read with the day first; o changes that."
	    : order == BLOCK_MONTH_FIRST ? "Dates are read with the month first; o changes that."
					 : "";
	if (intake_decimal_comma(s->in) && !*says)
		says = "Commas are read as decimal commas.";
	for (size_t i = 0; i < intake_columns(s->in) && !*says; i++)
		if (intake_checks(s->in, i))
			says = "Values are checked against numerator and denominator, which are "
			       "kept.";
	term_put(
	    app->term, row, 3, cols - 4, intake_dates_open(s->in) ? ROLE_WARN : ROLE_DIM, says);
}

static void row_draw(void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct intake_screen *s = context;
	const struct shown *r = &s->row[i];
	enum role text = selected ? ROLE_SELECTED : ROLE_TEXT;
	int col = area.col, end = area.col + area.cols;
	col += intake_verdict_draw(t, area.row, col, r->verdict);
	term_put(t, area.row, col, DATE_WIDTH, text, r->date);
	col += DATE_WIDTH;
	if (*r->stratum)
		col += 1 + term_put(t, area.row, col, VALUE_WIDTH, text, r->stratum);
	term_put_right(t, area.row, col, VALUE_WIDTH - 4, text, r->value);
	col += VALUE_WIDTH - 2;
	bool numbered = r->verdict == ENTRY_BAD;
	if (numbered)
		term_printf(
		    t, area.row, col, end - col, ROLE_WARN, "line %u: %s", r->line, r->note);
	else
		term_put(t, area.row, col, end - col, ROLE_DIM, r->note);
}

static void intake_draw(struct app *app, struct screen *screen, struct area area)
{
	struct intake_screen *s = (struct intake_screen *)screen;
	columns_draw(s, app, area.row, area.cols);
	counts_draw(s, app, area.row + 1, area.cols);
	order_draw(s, app, area.row + 2, area.cols);
	if (s->count == 0)
		term_cursor(app->term, area.row, 3);
	list_draw(&s->list, app->term,
	    (struct area){ area.row + 4, area.col, area.rows - 4, area.cols }, row_draw, s);
	if (s->count == 0)
		term_cursor(app->term, area.row, 3);
}

static const char *intake_title(struct app *app, struct screen *screen, struct arena *a)
{
	const struct intake_screen *s = (const struct intake_screen *)screen;
	(void)app;
	const char *text = arena_printf(a, "%s › from %s", s->name, s->from);
	return text ? text : "";
}

static const char *intake_facts(struct app *app, struct screen *screen, struct arena *a)
{
	const struct intake_screen *s = (const struct intake_screen *)screen;
	const struct block_shape *shape = intake_shape(s->in);
	(void)app;
	if (s->more)
		return arena_printf(a, "%zu rows, the first %d shown", s->counts.rows, SHOWN_MOST);
	return arena_printf(a, "%zu %s · %s", s->counts.rows, s->counts.rows == 1 ? "row" : "rows",
	    block_coding_name(shape->coding));
}

// --- acting

static bool take(struct intake_screen *s, struct app *app, struct err *e)
{
	if (s->screen.stale && !intake_load(app, &s->screen, e)) // keys came faster than frames
		return false;
	struct intake_counts counts = s->counts; // the screen goes before they are told
	size_t changes = 0;
	if (s->missing || intake_dates_open(s->in)) {
		app_say(app, "%s",
		    s->missing ? s->missing
			       : "Say first with o whether the day or the month comes first.");
		return true;
	}
	if (counts.verdict[ENTRY_ADDED] + counts.verdict[ENTRY_CORRECTED] == 0) {
		app_say(app, "There is nothing to take in this; Esc goes back.");
		return true;
	}
	if (!intake_save(s->in, true, NULL, NULL, &changes, e))
		return false;
	app_saved(app);
	app_pop(app);
	intake_taken_say(app, &counts);
	return true;
}

// To the next meaning that no other column has.
static void meaning_next(struct intake_screen *s)
{
	struct intake_column *c = intake_column(s->in, s->column);
	bool taken = true;
	while (taken) {
		c->field = c->field >= INTAKE_LEFT ? 0 : c->field + 1;
		if (c->field == INTAKE_MEASURE || c->field == INTAKE_TEAM)
			c->field = INTAKE_LEFT;
		taken = false;
		for (size_t i = 0; i < intake_columns(s->in); i++)
			taken |= i != s->column && c->field != INTAKE_LEFT &&
				 intake_column(s->in, i)->field == c->field;
	}
	s->screen.stale = true;
}

static void order_next(struct intake_screen *s)
{
	intake_set_order(
	    s->in, intake_order(s->in) == BLOCK_DAY_FIRST ? BLOCK_MONTH_FIRST : BLOCK_DAY_FIRST);
	s->screen.stale = true;
}

static bool intake_act(struct app *app, struct screen *screen, enum action action)
{
	struct intake_screen *s = (struct intake_screen *)screen;
	struct err e = { 0 };
	size_t columns = intake_columns(s->in);
	if (action == ACT_OPEN) {
		if (!take(s, app, &e))
			app_fail(app, &e);
	} else if (action == ACT_LEFT) {
		s->column -= s->column > 0;
	} else if (action == ACT_RIGHT) {
		s->column += s->column + 1 < columns;
	} else if (action == ACT_COLUMN) {
		meaning_next(s);
	} else if (action == ACT_ORDER) {
		order_next(s);
	} else {
		return false;
	}
	return true;
}

static struct list *intake_list(struct screen *s)
{
	return &((struct intake_screen *)s)->list;
}

static const char *intake_row_text(struct app *app, struct screen *screen, size_t i)
{
	const struct shown *r = &((struct intake_screen *)screen)->row[i];
	const char *text = arena_printf(&app->frame, "%s %s %s %s %s", INTAKE_VERDICT[r->verdict],
	    r->date, r->stratum, r->value, r->note);
	return text ? text : "";
}

static void intake_free(struct screen *screen)
{
	struct intake_screen *s = (struct intake_screen *)screen;
	intake_close(s->in);
	arena_free(&s->rows);
	if (s->file)
		fclose(s->file);
}

static const struct screen_ops INTAKE = {
	.on = ON_INTAKE,
	.load = intake_load,
	.title = intake_title,
	.facts = intake_facts,
	.draw = intake_draw,
	.act = intake_act,
	.list = intake_list,
	.row_text = intake_row_text,
	.close = intake_free,
};

// --- opening

static struct intake_screen *intake_new(
    struct app *app, const struct id *measure, const char *from, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct intake_screen), &INTAKE, e);
	struct intake_screen *s = (struct intake_screen *)screen;
	char id[ID_TEXT];
	if (!s)
		return NULL;
	id_print(measure, id);
	s->measure = *measure;
	s->from = arena_strdup(&screen->arena, from);
	s->name = record_ref_title(app->store, &screen->arena, id);
	if (s->from && s->name)
		return s;
	screen_free(screen);
	return err_memory(e), NULL;
}

// The rows of the grid below the cursor, and the one that comes next.
static bool places_find(
    struct intake_screen *s, struct app *app, const struct grid_place *from, struct err *e)
{
	struct arena *a = &s->screen.arena;
	struct entries all;
	if (!entries_load(app->store, a, &s->measure, &all, e))
		return false;
	s->place = arena_array(a, all.count + 1, sizeof *s->place);
	const char *date = arena_strdup(a, from->next_date);
	const char *stratum = arena_strdup(a, from->next_stratum);
	if (!s->place || !date || !stratum)
		return err_memory(e);
	for (size_t i = from->row; i < all.count; i++)
		s->place[s->places++] = (struct intake_place){ all.item[i].field[ENTRY_DATE],
			all.item[i].field[ENTRY_STRATUM], all.item[i].field[ENTRY_NTH] };
	s->place[s->places++] = (struct intake_place){ date, stratum, "" };
	return true;
}

// Cells without names and dates go where they were put: from the cursor to the right.
static void fields_by_place(struct intake_screen *s, const struct grid_place *from)
{
	for (size_t i = 0; i < intake_columns(s->in); i++)
		if (intake_column(s->in, i)->field == ENTRY_DATE)
			return;
	intake_places(s->in, s->place, s->places);
	for (size_t i = 0; !intake_headed(s->in) && i < intake_columns(s->in); i++)
		intake_column(s->in, i)->field = i < from->fields && from->field[i] != ENTRY_DATE &&
							 from->field[i] != ENTRY_STRATUM
						     ? from->field[i]
						     : INTAKE_LEFT;
}

bool grid_paste_open(struct app *app, const struct id *measure, const char *text, size_t n,
    const struct grid_place *from, struct err *e)
{
	struct intake_screen *s = intake_new(app, measure, "the clipboard", e);
	if (!s)
		return false;
	s->text.text = arena_copy(&s->screen.arena, text, n);
	s->text.length = n;
	bool good = s->text.text ? places_find(s, app, from, e) : err_memory(e);
	if (good)
		s->in = intake_open(
		    app->store, &s->screen.arena, "the paste", &s->text, NULL, true, measure, e);
	if (!s->in) {
		screen_free(&s->screen);
		return false;
	}
	fields_by_place(s, from);
	if (intake_headed(s->in) || has(s, ENTRY_DATE))
		intake_suggest(s->in);
	return app_push(app, &s->screen, e);
}

bool grid_file_open(struct app *app, const struct id *measure, const char *path, struct err *e)
{
	struct intake_screen *s = intake_new(app, measure, path, e);
	if (!s)
		return false;
	s->file = file_open(path, e);
	if (s->file)
		s->in = intake_open(
		    app->store, &s->screen.arena, s->from, NULL, s->file, false, measure, e);
	if (!s->in) {
		screen_free(&s->screen);
		return false;
	}
	intake_suggest(s->in);
	return app_push(app, &s->screen, e);
}
