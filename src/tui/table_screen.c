// SPDX-License-Identifier: MIT
// What a block that is pasted into a team's data grid, or a file opened there, would do before it
// does it: each cell with its measure, its date and its verdict, and all of what cannot be read
// with its place. Enter takes it as one save, Esc drops it.
#include "tui/intake_words.h"
#include "tui/screens.h"

#include <plando/file.h>
#include <plando/intake_table.h>
#include <plando/str.h>

#include <string.h>

enum { HEAD = 4, FOOT = 3, DATE_WIDTH = 13, VALUE_WIDTH = 11, NAME_LEAST = 20, GAP = 2 };
enum { FILE_MOST = 16 << 20 };

struct table_screen {
	struct screen screen;
	struct list list;
	struct id team;
	const char *name, *from;
	struct block_bytes text;
	struct team_place place; // where the block was put
	bool placed;
	enum block_order order; // that was said
	struct arena data;
	struct period_table periods;
	struct intake_corner corner;
	struct intake_table *in;
	const char *missing; // what is wrong with all of it; NULL = nothing
};

static struct table_screen *self(struct screen *s)
{
	return (struct table_screen *)s;
}

// --- reading

static bool corner_find(struct table_screen *s)
{
	for (size_t i = 0; s->placed && i < s->periods.rows; i++)
		if (id_equal(&period_measure_of(&s->periods, i)->m.id, &s->place.measure) &&
		    str_equal(s->periods.row[i].stratum, s->place.stratum)) {
			s->corner = (struct intake_corner){ i, s->place.period };
			return true;
		}
	return false;
}

static bool load(struct app *app, struct screen *screen, struct err *e)
{
	struct table_screen *s = self(screen);
	struct err own = { 0 };
	arena_free(&s->data);
	s->in = NULL;
	s->missing = NULL;
	list_set(&s->list, 0);
	if (!period_table_load(app->store, &s->data, &s->team, &s->periods, e))
		return false;
	s->in = intake_table_open(app->store, &s->data, "the table", &s->text, NULL, true, &own);
	if (s->in)
		intake_table_set_order(s->in, s->order);
	if (!s->in ||
	    !intake_table_weigh(s->in, &s->periods, corner_find(s) ? &s->corner : NULL, &own)) {
		s->missing = arena_strdup(&s->data, own.text);
		return own.code == ERR_DATA && s->missing ? true
							  : err_set(e, own.code, "%s", own.text);
	}
	list_set(&s->list, intake_table_cells(s->in));
	return true;
}

// --- drawing

// "Months go across; Unit is left out"
static const char *shape_words(struct table_screen *s, struct app *app)
{
	struct str text = STR_IN(&app->frame);
	bool dated = intake_table_dated(s->in), named = intake_table_leads(s->in) > 0;
	str_add(&text, !dated && !named ? "No dates and no names in it: it begins at the cursor"
		       : !dated		? "No dates in it: it begins at the cursor's column"
		       : intake_table_turned(s->in) ? "Dates go down, measures across"
						    : "Measures go down, dates across");
	if (dated && !named)
		str_add(&text, "; no names in it: it begins at the cursor's row");
	for (size_t i = 0; i < intake_table_leads(s->in); i++) {
		struct intake_column c = intake_table_lead(s->in, i);
		if (c.field == INTAKE_LEFT)
			str_printf(&text, "; “%s” is left out", c.name);
		else if (c.field != INTAKE_MEASURE)
			str_printf(&text, "; “%s” is the %s", c.name, intake_field_name(c.field));
	}
	return str_done(&text);
}

static const char *order_words(struct table_screen *s)
{
	enum block_order order = intake_table_order(s->in);
	if (intake_table_dates_open(s->in))
		return "Is 1/2/2026 the 1st of February or the 2nd of January? o says which.";
	if (order == BLOCK_DAY_FIRST)
		return "Dates are read with the day first; o changes that.";
	if (order == BLOCK_MONTH_FIRST)
		return "Dates are read with the month first; o changes that.";
	return intake_table_decimal_comma(s->in) ? "Commas are read as decimal commas." : "";
}

static const char *place_words(struct app *app, const struct intake_table_cell *c)
{
	return arena_printf(&app->frame, "row %u, column %u", c->line, c->column);
}

static const char *note_of(struct app *app, const struct intake_table_cell *c)
{
	if (c->verdict == ENTRY_BAD)
		return arena_printf(&app->frame, "%s: %s", place_words(app, c), c->why);
	if (c->verdict == ENTRY_CORRECTED)
		return arena_printf(&app->frame, "was %s", *c->was ? c->was : "empty");
	return c->why ? c->why : "";
}

static const char *value_of(struct app *app, const struct intake_table_cell *c)
{
	if (c->given[ENTRY_NUMERATOR] || c->given[ENTRY_DENOMINATOR])
		return arena_printf(&app->frame, "%s/%s",
		    c->given[ENTRY_NUMERATOR] ? c->given[ENTRY_NUMERATOR] : "",
		    c->given[ENTRY_DENOMINATOR] ? c->given[ENTRY_DENOMINATOR] : "");
	return c->given[ENTRY_VALUE] ? c->given[ENTRY_VALUE] : "";
}

static const char *name_of(struct app *app, const struct intake_table_cell *c)
{
	if (!c->of)
		return "";
	return *c->stratum ? arena_printf(&app->frame, "%s · %s", c->of->m.name, c->stratum)
			   : c->of->m.name;
}

// Of what is taken its date, else the period that it stands for.
static const char *when_of(struct app *app, const struct intake_table_cell *c)
{
	date_t day;
	if (!c->of)
		return "";
	if (c->given[ENTRY_DATE] && date_parse_iso(c->given[ENTRY_DATE], &day))
		return date_show(&app->frame, day, day + 400);
	return period_show(&app->frame, c->of->kind, c->period);
}

struct drawing {
	struct app *app;
	struct table_screen *s;
};

// What cannot be taken says why from where its measure, or its value, would stand.
static void row_draw(void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct drawing *d = context;
	const struct intake_table_cell *c = intake_table_cell(d->s->in, i);
	bool bad = c->verdict == ENTRY_BAD;
	enum role text = selected ? ROLE_SELECTED : ROLE_TEXT;
	int col = area.col, end = area.col + area.cols, name = (area.cols - 34) * 2 / 5;
	const char *when = when_of(d->app, c), *value = value_of(d->app, c),
		   *note = note_of(d->app, c), *title = name_of(d->app, c);
	name = name > NAME_LEAST ? name : NAME_LEAST;
	col += intake_verdict_draw(t, area.row, col, c->verdict);
	if (c->of) {
		term_put(t, area.row, col, name, text, title ? title : "");
		col += name + GAP;
		term_put(t, area.row, col, DATE_WIDTH, text, when ? when : "");
		col += DATE_WIDTH;
	}
	if (!bad) {
		term_put_right(t, area.row, col, VALUE_WIDTH, text, value ? value : "");
		col += VALUE_WIDTH + GAP;
	}
	term_put(t, area.row, col, end - col, bad ? ROLE_WARN : ROLE_DIM, note ? note : "");
}

// What does not fit into its row.
static void foot_draw(struct table_screen *s, struct app *app, struct area area)
{
	const struct intake_table_cell *c = intake_table_cell(s->in, s->list.at);
	int row = area.row + area.rows - FOOT;
	const char *name = name_of(app, c), *when = when_of(app, c), *note = note_of(app, c);
	term_rule(app->term, row, 1, area.cols - 2);
	term_printf(app->term, row + 1, 3, area.cols - 4, ROLE_TITLE, "%s%s%s",
	    c->of && name ? name : "“", c->of ? " · " : c->typed, c->of && when ? when : "”");
	term_put(app->term, row + 2, 3, area.cols - 4,
	    c->verdict == ENTRY_BAD ? ROLE_WARN : ROLE_DIM, note ? note : "");
}

static void draw(struct app *app, struct screen *screen, struct area area)
{
	struct table_screen *s = self(screen);
	struct drawing d = { app, s };
	term_cursor(app->term, area.row, 3);
	if (s->missing || !s->in) {
		term_put(
		    app->term, area.row, 3, area.cols - 4, ROLE_WARN, s->missing ? s->missing : "");
		return;
	}
	const char *shape = shape_words(s, app);
	term_put(app->term, area.row, 3, area.cols - 4, ROLE_TEXT, shape ? shape : "");
	term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_TITLE,
	    intake_counts_words(&app->frame, intake_table_counts(s->in)));
	term_put(app->term, area.row + 2, 3, area.cols - 4,
	    intake_table_dates_open(s->in) ? ROLE_WARN : ROLE_DIM, order_words(s));
	if (!s->list.count)
		return;
	list_draw(&s->list, app->term,
	    (struct area){ area.row + HEAD, area.col, area.rows - HEAD - FOOT, area.cols },
	    row_draw, &d);
	foot_draw(s, app, area);
}

static const char *title(struct app *app, struct screen *screen, struct arena *a)
{
	(void)app;
	const char *text = arena_printf(a, "%s › from %s", self(screen)->name, self(screen)->from);
	return text ? text : "";
}

// --- acting

static bool take(struct table_screen *s, struct app *app, struct err *e)
{
	size_t changes = 0;
	if (s->screen.stale && !load(app, &s->screen, e)) // keys came faster than frames
		return false;
	s->screen.stale = false;
	if (s->missing || intake_table_dates_open(s->in)) {
		app_say(app, "%s",
		    s->missing ? s->missing
			       : "Say first with o whether the day or the month comes first.");
		return true;
	}
	struct intake_counts counts = *intake_table_counts(s->in);
	if (counts.verdict[ENTRY_ADDED] + counts.verdict[ENTRY_CORRECTED] == 0) {
		app_say(app, "There is nothing to take in this; Esc goes back.");
		return true;
	}
	if (!intake_table_save(s->in, &changes, e))
		return false;
	app_saved(app);
	app_pop(app);
	intake_taken_say(app, &counts);
	return true;
}

static bool act(struct app *app, struct screen *screen, enum action action)
{
	struct table_screen *s = self(screen);
	struct err e = { 0 };
	if (action == ACT_OPEN) {
		if (!take(s, app, &e))
			app_fail(app, &e);
	} else if (action == ACT_ORDER && s->in) {
		s->order = intake_table_order(s->in) == BLOCK_DAY_FIRST ? BLOCK_MONTH_FIRST
									: BLOCK_DAY_FIRST;
		s->screen.stale = true;
	} else {
		return false;
	}
	return true;
}

static struct list *rows_of(struct screen *screen)
{
	return &self(screen)->list;
}

static const char *row_text(struct app *app, struct screen *screen, size_t i)
{
	const struct intake_table_cell *c = intake_table_cell(self(screen)->in, i);
	return arena_printf(&app->frame, "%s %s %s %s %s", INTAKE_VERDICT[c->verdict],
	    name_of(app, c), when_of(app, c), value_of(app, c), note_of(app, c));
}

static void close(struct screen *screen)
{
	arena_free(&self(screen)->data);
}

static const struct screen_ops TABLE = {
	.on = ON_TABLE,
	.load = load,
	.title = title,
	.draw = draw,
	.act = act,
	.list = rows_of,
	.row_text = row_text,
	.close = close,
};

// --- opening

static struct table_screen *table_new(
    const struct id *team, const char *name, const char *from, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct table_screen), &TABLE, e);
	if (!screen)
		return NULL;
	struct table_screen *s = self(screen);
	s->team = *team;
	s->name = arena_strdup(&screen->arena, name);
	s->from = arena_strdup(&screen->arena, from);
	if (s->name && s->from)
		return s;
	screen_free(screen);
	return err_memory(e), NULL;
}

bool team_paste_open(struct app *app, const struct id *team, const char *name, const char *text,
    size_t n, const struct team_place *place, struct err *e)
{
	struct table_screen *s = table_new(team, name, "the clipboard", e);
	if (!s)
		return false;
	s->text = (struct block_bytes){ arena_copy(&s->screen.arena, text, n), n, 0 };
	s->place = *place;
	s->place.stratum = arena_strdup(&s->screen.arena, place->stratum);
	s->placed = true;
	if (s->text.text && s->place.stratum)
		return app_push(app, &s->screen, e);
	screen_free(&s->screen);
	return err_memory(e);
}

bool team_file_open(
    struct app *app, const struct id *team, const char *name, const char *path, struct err *e)
{
	struct table_screen *s = table_new(team, name, path, e);
	char *text;
	if (!s)
		return false;
	if (file_read(&s->screen.arena, path, FILE_MOST, &text, &s->text.length, e)) {
		s->text.text = text;
		return app_push(app, &s->screen, e);
	}
	screen_free(&s->screen);
	return false;
}
