// SPDX-License-Identifier: MIT
// The grid's saving: one save a cell, what waits for its other half, drafts.
#include "tui/grid.h"

#include <plando/kind.h>
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

struct grid_waiting *grid_waiting_of(const struct grid_screen *g, size_t row)
{
	for (struct grid_waiting *w = g->waiting; w; w = w->next)
		if (!w->gone && str_equal(w->date, grid_date(g, row)) &&
		    str_equal(w->stratum, grid_stratum(g, row)))
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

// --- drafts: a cell half typed, or waiting; found again by measure, date and group

static const char *refs_of(const struct grid_screen *g, struct arena *a)
{
	char id[ID_TEXT];
	id_print(&g->id, id);
	return arena_printf(
	    a, "measure=%s date=%s stratum=%s", id, grid_date(g, g->at), grid_stratum(g, g->at));
}

static bool draft_put(
    struct grid_screen *g, struct app *app, int column, const char *text, struct err *e)
{
	struct arena a = { 0 };
	struct draft d = { .id = entry_id(&g->id, grid_date(g, g->at), grid_stratum(g, g->at)),
		.kind = "point",
		.field = ENTRY_NAME[column],
		.text = text,
		.at = store_now(app->store),
		.refs = refs_of(g, &a) };
	bool good = d.refs ? draft_keep(app->store, &d, e) : err_memory(e);
	arena_free(&a);
	return good;
}

static void draft_gone(struct grid_screen *g, struct app *app, int column)
{
	struct id id = entry_id(&g->id, grid_date(g, g->at), grid_stratum(g, g->at));
	struct err ignored = { 0 };
	draft_drop(app->store, &id, ENTRY_NAME[column], &ignored);
}

void grid_forget_draft(struct grid_screen *g, struct app *app)
{
	int column = g->column[g->col];
	if (*g->kept && column != GRID_RESULT)
		draft_gone(g, app, column);
	*g->kept = '\0';
}

void grid_keep(struct app *app, struct screen *s)
{
	struct grid_screen *g = (struct grid_screen *)s;
	struct err e = { 0 };
	int column = g->column[g->col];
	if (!g->editing || str_empty(app->env->state_home) || column == GRID_RESULT ||
	    str_equal(g->kept, g->line.text))
		return;
	if (draft_put(g, app, column, g->line.text, &e))
		snprintf(g->kept, sizeof g->kept, "%s", g->line.text);
	else
		app_fail(app, &e);
}

// "measure=… date=… stratum=…" of this measure, as its parts.
static bool refs_split(
    const struct grid_screen *g, const char *refs, char date[DATE_TEXT], const char **stratum)
{
	char id[ID_TEXT], of[ID_TEXT];
	int used = 0;
	id_print(&g->id, id);
	if (sscanf(refs, "measure=%36s date=%10s stratum=%n", of, date, &used) < 2 || !used)
		return false;
	*stratum = refs + used;
	return strcmp(of, id) == 0;
}

bool grid_offers_find(struct grid_screen *g, struct app *app, struct err *e)
{
	char date[DATE_TEXT];
	const char *stratum;
	size_t kept = 0;
	g->offered = 0;
	if (str_empty(app->env->state_home))
		return true;
	if (!draft_list(app->store, &g->screen.arena, &g->offers, e))
		return false;
	for (size_t i = 0; i < g->offers.count; i++)
		if (str_equal(g->offers.item[i].kind, "point") &&
		    refs_split(g, g->offers.item[i].refs, date, &stratum))
			g->offers.item[kept++] = g->offers.item[i];
	g->offers.count = kept;
	return true;
}

static void offer_take(struct grid_screen *g, struct app *app, const struct draft *d)
{
	char date[DATE_TEXT];
	const char *stratum;
	if (!refs_split(g, d->refs, date, &stratum))
		return;
	if (!grid_go(g, date, stratum)) {
		snprintf(g->next_date, sizeof g->next_date, "%s", date);
		g->next_stratum = stratum;
		g->at = g->entries.count;
	}
	for (size_t c = 0; c < g->columns; c++)
		if (g->column[c] != GRID_RESULT && str_equal(ENTRY_NAME[g->column[c]], d->field))
			g->col = c;
	grid_begin(g, d->text);
	snprintf(g->kept, sizeof g->kept, "%s", g->line.text);
	app_say(app, "It is in its cell again; Enter saves it, Esc drops it.");
}

static void offer_answered(struct app *app, void *context, const char *answer)
{
	struct grid_screen *g = context;
	const struct draft *d = &g->offers.item[g->offered++];
	if (answer) {
		offer_take(g, app, d);
		return;
	}
	app_say(app, "It stays kept, and is offered again when this grid is opened.");
	grid_offer_next(g, app);
}

void grid_offer_next(struct grid_screen *g, struct app *app)
{
	char question[256], date[DATE_TEXT];
	const char *stratum;
	if (g->offered >= g->offers.count)
		return;
	const struct draft *d = &g->offers.item[g->offered];
	refs_split(g, d->refs, date, &stratum);
	snprintf(
	    question, sizeof question, "Typed for %s, not saved: “%.40s”. Take it?", date, d->text);
	app_confirm(app, question, offer_answered, g);
}

// --- reading what was typed

static bool number_take(
    struct grid_screen *g, int column, const char *text, struct entry_cell *cell, struct err *e)
{
	if (column == ENTRY_NUMERATOR && strchr(text, '/'))
		column = ENTRY_VALUE;
	if (entry_cell_read(&g->measure, (enum entry_field)column, text, false, cell) == BLOCK_BAD)
		return err_set(e, ERR_DATA, "“%s” %s.", text, cell->why);
	return true;
}

static bool text_take(
    struct app *app, struct arena *a, int column, const char *text, const char **out, struct err *e)
{
	const struct form *form = forms_find(store_forms(app->store), "point", e);
	const struct form_field *field = form ? form_field(form, ENTRY_NAME[column]) : NULL;
	char *stored;
	if (!field || !field_parse(a, field, text, store_today(app->store), &stored, e))
		return false;
	*out = stored;
	return true;
}

// --- saving

static bool saved(struct grid_screen *g, struct app *app, struct save *v, struct err *e)
{
	size_t written = 0;
	if (!save_commit(v, &written, e))
		return false;
	if (written)
		app_saved(app);
	g->screen.stale = true;
	return true;
}

static struct grid_waiting *waiting_make(struct grid_screen *g)
{
	struct grid_waiting *w = grid_waiting_of(g, g->at);
	if (w)
		return w;
	w = arena_alloc(&g->screen.arena, sizeof *w);
	if (!w)
		return NULL;
	snprintf(w->date, sizeof w->date, "%s", grid_date(g, g->at));
	w->stratum = arena_strdup(&g->screen.arena, grid_stratum(g, g->at));
	w->next = g->waiting;
	return w->stratum ? g->waiting = w : NULL;
}

// All that was typed for this point and is not saved, with what is typed now over it.
static bool wait_with(struct grid_screen *g, struct app *app, const char *const given[],
    const char *why, struct err *e)
{
	struct grid_waiting *w = waiting_make(g);
	if (!w)
		return err_memory(e);
	for (int i = ENTRY_VALUE; i < ENTRY_FIELDS; i++) {
		struct err ignored = { 0 };
		if (!given[i])
			continue;
		w->field[i] = arena_strdup(&g->screen.arena, given[i]);
		if (!w->field[i])
			return err_memory(e);
		draft_put(g, app, i, given[i], &ignored);
	}
	w->why = why;
	app_say(app, "Not saved yet: %s.", why);
	return true;
}

static void waiting_settle(struct grid_screen *g, struct app *app)
{
	struct grid_waiting *w = grid_waiting_of(g, g->at);
	for (int i = ENTRY_VALUE; w && i < ENTRY_FIELDS; i++)
		if (w->field[i])
			draft_gone(g, app, i);
	if (w)
		w->gone = true;
}

static bool point_take(
    struct grid_screen *g, struct app *app, const char *given[ENTRY_FIELDS], struct err *e)
{
	const struct grid_waiting *w = grid_waiting_of(g, g->at);
	struct entry_saved done;
	for (int i = ENTRY_VALUE; w && i < ENTRY_FIELDS; i++)
		if (!given[i])
			given[i] = w->field[i];
	given[ENTRY_DATE] = grid_date(g, g->at);
	given[ENTRY_STRATUM] = grid_stratum(g, g->at);
	if (!entry_save(app->store, &g->measure, given, &done, e))
		return false;
	if (done.verdict == ENTRY_BAD)
		return wait_with(g, app, given, done.why, e);
	waiting_settle(g, app);
	if (!done.written)
		return true;
	app_saved(app);
	g->screen.stale = true;
	snprintf(g->focus_date, sizeof g->focus_date, "%s", given[ENTRY_DATE]);
	g->focus_stratum = arena_strdup(&g->screen.arena, given[ENTRY_STRATUM]);
	return true;
}

// Another date or group: of a point that is there it is a move.
static bool name_take(struct grid_screen *g, struct app *app, struct arena *a, int column,
    const char *text, struct err *e)
{
	const struct entry *old = grid_entry(g);
	const char *stored = NULL;
	if (!text_take(app, a, column, text, &stored, e))
		return false;
	if (column == ENTRY_DATE && !*stored)
		return err_set(e, ERR_DATA, "A point needs its date; Ctrl-X deletes a point.");
	const char *date = column == ENTRY_DATE ? stored : grid_date(g, g->at);
	const char *stratum =
	    arena_strdup(&g->screen.arena, column == ENTRY_DATE ? grid_stratum(g, g->at) : stored);
	if (!stratum)
		return err_memory(e);
	if (str_equal(date, grid_date(g, g->at)) && str_equal(stratum, grid_stratum(g, g->at)))
		return true;
	snprintf(g->focus_date, sizeof g->focus_date, "%s", date);
	g->focus_stratum = stratum;
	if (!old) {
		snprintf(g->next_date, sizeof g->next_date, "%s", date);
		g->next_stratum = stratum;
		if (grid_go(g, date, stratum))
			app_say(app, "This point is there already.");
		return true;
	}
	struct save *v = save_begin(app->store, a, e);
	if (!v || !entry_move(v, &g->measure, old, date, stratum, e) || !saved(g, app, v, e)) {
		*g->focus_date = '\0';
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
		good = name_take(g, app, &a, column, text, e);
	else if (column < ENTRY_NOTE)
		good = number_take(g, column, text, &cell, e) && point_take(g, app, cell.given, e);
	else
		good = text_take(app, &a, column, text, &cell.given[column], e) &&
		       point_take(g, app, cell.given, e);
	arena_free(&a);
	return good;
}

bool grid_delete(struct grid_screen *g, struct app *app, struct err *e)
{
	const struct entry *old = grid_entry(g);
	struct arena a = { 0 };
	waiting_settle(g, app);
	if (!old) {
		app_say(app, "There is no point in this row yet.");
		return true;
	}
	struct save *v = save_begin(app->store, &a, e);
	bool good = v && save_delete(v, &old->id, e) && saved(g, app, v, e);
	if (good)
		app_say(app, "The point of %s was deleted; F3 undoes.", old->field[ENTRY_DATE]);
	arena_free(&a);
	return good;
}
