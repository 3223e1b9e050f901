// SPDX-License-Identifier: MIT
// The grid's saving: one save a cell, what waits for its other half, drafts.
#include "tui/data/grid.h"

#include <plando/spelling.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

const struct entry *grid_entry(const struct grid_screen *g)
{
	return g->at < g->entries.count ? &g->entries.item[g->at] : NULL;
}

const char *grid_date(const struct grid_screen *g, size_t row)
{
	return row < g->entries.count ? g->entries.item[row].field[ENTRY_DATE] : g->next_date;
}

const char *grid_stratum(const struct grid_screen *g, size_t row)
{
	return row < g->entries.count ? g->entries.item[row].field[ENTRY_STRATUM] : g->next_stratum;
}

static struct point_name grid_name(const struct grid_screen *g, size_t row)
{
	return (struct point_name){ g->id, grid_date(g, row), grid_stratum(g, row),
		row < g->entries.count ? g->entries.item[row].field[ENTRY_NTH] : g->next_nth };
}

struct id grid_id(const struct grid_screen *g, size_t row)
{
	struct point_name name = grid_name(g, row);
	return row < g->entries.count ? g->entries.item[row].id : point_name_id(&name);
}

struct grid_waiting *grid_waiting_of(const struct grid_screen *g, size_t row)
{
	struct id id = g->waiting ? grid_id(g, row) : (struct id){ 0 };
	for (struct grid_waiting *w = g->waiting; w; w = w->next)
		if (!w->gone && id_equal(&w->id, &id))
			return w;
	return NULL;
}

const char *grid_value(const struct grid_screen *g, size_t row, int column)
{
	const struct grid_waiting *w = grid_waiting_of(g, row);
	if (column == ENTRY_DATE)
		return grid_date(g, row);
	if (column == ENTRY_STRATUM)
		return grid_stratum(g, row);
	if (w && w->field[column])
		return w->field[column];
	return row < g->entries.count ? g->entries.item[row].field[column] : "";
}

// --- drafts: a cell half typed, or waiting

static struct point_name grid_save_name_here(const struct grid_screen *g)
{
	return grid_name(g, g->at);
}

static void grid_save_draft_gone(struct grid_screen *g, struct app *app, int column)
{
	struct point_name name = grid_save_name_here(g);
	point_draft_drop(app, &name, column);
}

void grid_forget_draft(struct grid_screen *g, struct app *app)
{
	int column = g->column[g->col];
	if (*g->kept && column != GRID_RESULT)
		grid_save_draft_gone(g, app, column);
	*g->kept = '\0';
}

void grid_keep(struct app *app, struct screen *s)
{
	struct grid_screen *g = (struct grid_screen *)s;
	struct err e = { 0 };
	struct point_name name = grid_save_name_here(g);
	int column = g->column[g->col];
	if (!g->editing || str_empty(app->env->state_home) || column == GRID_RESULT ||
	    str_equal(g->kept, g->line.text))
		return;
	if (point_draft_keep(app, &name, column, g->line.text, point_typed_saw(&g->typed), &e))
		snprintf(g->kept, sizeof g->kept, "%s", g->line.text);
	else
		app_fail(app, &e);
}

static bool grid_save_offer_mine(
    void *context, const struct draft *d, const struct point_name *name)
{
	(void)d;
	return id_equal(&((struct grid_screen *)context)->id, &name->measure);
}

// A number typed in the grid of the team ("value") goes where numerators do, where those are typed.
static bool grid_save_stands_in(int column, const char *field)
{
	return str_equal(ENTRY_NAME[column], field) ||
	       (column == ENTRY_NUMERATOR && str_equal(field, ENTRY_NAME[ENTRY_VALUE]));
}

static void grid_save_offer_take(
    void *context, struct app *app, const struct draft *d, const struct point_name *n)
{
	struct grid_screen *g = context;
	struct err e = { 0 };
	struct id id = point_name_id(n);
	if (!grid_go(g, &id)) {
		snprintf(g->next_date, sizeof g->next_date, "%s", n->date);
		snprintf(g->next_nth, sizeof g->next_nth, "%s", n->nth);
		g->next_stratum = n->stratum;
		g->at = g->entries.count;
	}
	for (size_t c = 0; c < g->columns; c++)
		if (g->column[c] != GRID_RESULT && grid_save_stands_in(g->column[c], d->field))
			g->col = c;
	int column = g->column[g->col];
	if (!str_equal(ENTRY_NAME[column], d->field) &&
	    point_draft_keep(app, n, column, d->text, NULL, &e))
		point_draft_drop(app, n, ENTRY_VALUE);
	grid_begin(g, app, d->text);
	point_typed_draft(&g->typed, d);
	snprintf(g->kept, sizeof g->kept, "%s", g->line.text);
}

void grid_offer(struct grid_screen *g, struct app *app)
{
	struct err ignored = { 0 };
	g->offers = (struct point_offers){
		.context = g, .mine = grid_save_offer_mine, .take = grid_save_offer_take
	};
	if (point_offers_find(app, &g->screen.arena, &g->offers, &ignored))
		point_offers_next(app, &g->offers);
}

// --- reading what was typed

static bool grid_save_number_take(
    struct grid_screen *g, int column, const char *text, struct entry_cell *cell, struct err *e)
{
	if (column == ENTRY_NUMERATOR && strchr(text, '/'))
		column = ENTRY_VALUE;
	if (entry_cell_typed(&g->measure, (enum entry_field)column, text,
		entries_hold_low(&g->entries), cell) == BLOCK_BAD)
		return err_set(e, ERR_DATA, "“%s” %s.", text, cell->why);
	return true;
}

// --- saving

static bool grid_save_saved(struct grid_screen *g, struct app *app, struct save *v, struct err *e)
{
	size_t written = 0;
	if (!save_commit(v, &written, e))
		return false;
	if (written)
		app_saved(app);
	g->screen.stale = true;
	return true;
}

static struct grid_waiting *grid_save_waiting_make(struct grid_screen *g)
{
	struct grid_waiting *w = grid_waiting_of(g, g->at);
	if (w)
		return w;
	w = arena_alloc(&g->screen.arena, sizeof *w);
	if (!w)
		return NULL;
	w->id = grid_id(g, g->at);
	const struct saw *saw = point_typed_saw(&g->typed);
	struct saw *kept = saw ? arena_alloc(&g->screen.arena, sizeof *kept) : NULL;
	if (kept && saw_of_draft(&g->screen.arena, saw, "", NULL, kept))
		w->saw = kept;
	w->next = g->waiting;
	return g->waiting = w;
}

// All that was typed for this point and is not saved, with what is typed now over it.
static bool grid_save_wait_with(struct grid_screen *g, struct app *app, const char *const given[],
    const char *why, struct err *e)
{
	struct grid_waiting *w = grid_save_waiting_make(g);
	struct point_name name = grid_save_name_here(g);
	if (!w)
		return err_memory(e);
	for (int i = ENTRY_VALUE; i < ENTRY_FIELDS; i++) {
		struct err ignored = { 0 };
		if (!given[i])
			continue;
		w->field[i] = arena_strdup(&g->screen.arena, given[i]);
		if (!w->field[i])
			return err_memory(e);
		point_draft_keep(app, &name, i, given[i], w->saw, &ignored);
	}
	w->why = why;
	app_say(app, "Not saved yet: %s.", why);
	return true;
}

static void grid_save_waiting_settle(struct grid_screen *g, struct app *app)
{
	struct grid_waiting *w = grid_waiting_of(g, g->at);
	for (int i = ENTRY_VALUE; w && i < ENTRY_FIELDS; i++)
		if (w->field[i])
			grid_save_draft_gone(g, app, i);
	if (w)
		w->gone = true;
}

static bool grid_save_point_take(
    struct grid_screen *g, struct app *app, const char *given[ENTRY_FIELDS], struct err *e)
{
	const struct grid_waiting *w = grid_waiting_of(g, g->at);
	struct entry_saved done;
	for (int i = ENTRY_VALUE; w && i < ENTRY_FIELDS; i++)
		if (!given[i])
			given[i] = w->field[i];
	struct point_name name = grid_save_name_here(g);
	given[ENTRY_DATE] = name.date;
	given[ENTRY_STRATUM] = name.stratum;
	given[ENTRY_NTH] = name.nth;
	const struct saw *saw = w && w->saw ? w->saw : point_typed_saw(&g->typed);
	if (!entry_save(app->store, &g->measure, given, saw, &done, e))
		return false;
	if (done.verdict == ENTRY_BAD)
		return grid_save_wait_with(g, app, given, done.why, e);
	grid_save_waiting_settle(g, app);
	if (!done.written)
		return true;
	app_saved(app);
	g->screen.stale = true;
	g->focus = point_name_id(&name);
	for (int i = ENTRY_VALUE; saw && i < ENTRY_FIELDS; i++)
		app_crossed(app, &g->focus, ENTRY_NAME[i], ENTRY_LABEL[i], saw);
	return true;
}

// The point that comes next gets its date and group. Where each value of a date is a point of its
// own, a date that is there already means one more.
static bool grid_save_next_name_take(
    struct grid_screen *g, struct app *app, const char *date, const char *stratum, struct err *e)
{
	snprintf(g->next_date, sizeof g->next_date, "%s", date);
	g->next_stratum = stratum;
	*g->next_nth = '\0';
	bool there = grid_go(g, &g->focus);
	if (there && !measure_each(&g->measure)) {
		app_say(app, "This point is there already.");
		return true;
	}
	if (!there)
		return true;
	g->at = g->entries.count;
	if (!entry_nth(app->env, g->next_nth))
		return err_set(e, ERR_IO, "This computer gives no random numbers.");
	g->focus = grid_id(g, g->at);
	app_say(app, "One more on this date.");
	return true;
}

static bool grid_save_date_take(struct grid_screen *g, struct app *app, struct arena *a,
    const char *text, const char **stored, struct err *e)
{
	const char *why;
	date_t day;
	char *date = arena_alloc(a, DATE_TEXT);
	*stored = "";
	if (!date)
		return err_memory(e);
	if (!*text)
		return true;
	if (!entry_date_typed(&g->measure, text, store_today(app->store), &day, &why))
		return err_set(e, ERR_DATA, "“%s” %s.", text, why);
	date_print_iso(day, date);
	*stored = date;
	return true;
}

// As it is written already: North, north, NORTH are one group.
static const char *grid_save_group_known(
    const struct grid_screen *g, struct arena *a, const char *group)
{
	struct spellings s = { 0 };
	for (size_t i = 0; i < g->entries.count; i++)
		if (*g->entries.item[i].field[ENTRY_STRATUM] &&
		    !spelling_of(&s, a, g->entries.item[i].field[ENTRY_STRATUM], NULL))
			return NULL;
	return *group ? spelling_of(&s, a, group, NULL) : group;
}

// Another date or group: of a point that is there it is a move.
static bool grid_save_name_take(struct grid_screen *g, struct app *app, struct arena *a, int column,
    const char *text, struct err *e)
{
	const struct entry *old = grid_entry(g);
	const char *stored = NULL;
	if (column == ENTRY_DATE ? !grid_save_date_take(g, app, a, text, &stored, e)
				 : !point_text_read(app, a, column, text, &stored, e))
		return false;
	if (column == ENTRY_STRATUM && !(stored = grid_save_group_known(g, a, stored)))
		return err_memory(e);
	if (column == ENTRY_DATE && !*stored)
		return err_set(e, ERR_DATA, "A point needs its date; Ctrl-X deletes a point.");
	const char *date = column == ENTRY_DATE ? stored : grid_date(g, g->at);
	const char *stratum =
	    arena_strdup(&g->screen.arena, column == ENTRY_DATE ? grid_stratum(g, g->at) : stored);
	if (!stratum)
		return err_memory(e);
	if (str_equal(date, grid_date(g, g->at)) && str_equal(stratum, grid_stratum(g, g->at)))
		return true;
	g->focus = entry_id(&g->id, date, stratum, old ? old->field[ENTRY_NTH] : "");
	if (!old)
		return grid_save_next_name_take(g, app, date, stratum, e);
	struct save *v = save_begin(app->store, a, e);
	if (!v || !entry_move(v, &g->measure, old, date, stratum, e) ||
	    !grid_save_saved(g, app, v, e)) {
		g->focus = (struct id){ 0 };
		return false;
	}
	app_say(app, "The point is on its new place; F3 undoes.");
	return true;
}

bool grid_take(struct grid_screen *g, struct app *app, const char *text, struct err *e)
{
	int column = g->column[g->col];
	struct arena a = { 0 };
	struct entry_cell cell = { 0 };
	bool good = true;
	if (column == GRID_RESULT)
		app_say(app, "The result is worked out; type into the columns beside it.");
	else if (column == ENTRY_DATE || column == ENTRY_STRATUM)
		good = grid_save_name_take(g, app, &a, column, text, e);
	else if (column < ENTRY_NOTE)
		good = grid_save_number_take(g, column, text, &cell, e) &&
		       grid_save_point_take(g, app, cell.given, e);
	else
		good = point_text_read(app, &a, column, text, &cell.given[column], e) &&
		       grid_save_point_take(g, app, cell.given, e);
	arena_free(&a);
	return good;
}

bool grid_delete(struct grid_screen *g, struct app *app, struct err *e)
{
	const struct entry *old = grid_entry(g);
	struct arena a = { 0 };
	grid_save_waiting_settle(g, app);
	if (!old) {
		app_say(app, "There is no point in this row yet.");
		return true;
	}
	struct save *v = save_begin(app->store, &a, e);
	bool good = v && save_delete(v, &old->id, e) && grid_save_saved(g, app, v, e);
	if (good)
		app_say(app, "The point of %s was deleted; F3 undoes.", old->field[ENTRY_DATE]);
	arena_free(&a);
	return good;
}
