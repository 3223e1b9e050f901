// SPDX-License-Identifier: MIT
// The data grid of a measure: type, Enter, next.
#include "tui/data/grid.h"

#include "tui/screens/screens.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

// --- reading

static void grid_screen_columns_find(struct grid_screen *g)
{
	static const int FRACTIONS[] = { ENTRY_NUMERATOR, ENTRY_DENOMINATOR, GRID_RESULT };
	bool groups = g->next_stratum && *g->next_stratum, over = entry_fractions(&g->measure);
	for (size_t i = 0; i < g->entries.count; i++) {
		const struct entry *p = &g->entries.item[i];
		groups |= *p->field[ENTRY_STRATUM] != '\0';
		over |= *p->field[ENTRY_NUMERATOR] != '\0';
	}
	size_t n = 0;
	g->column[n++] = ENTRY_DATE;
	if (groups || g->measure.strata)
		g->column[n++] = ENTRY_STRATUM;
	for (size_t i = 0; over && i < 3; i++)
		g->column[n++] = FRACTIONS[i];
	if (!over)
		g->column[n++] = ENTRY_VALUE;
	g->column[n++] = ENTRY_NOTE;
	g->column[n++] = ENTRY_EXCLUDED_WHY;
	g->columns = n;
}

// After the last point, in the measure's interval; the first one is of this month, or of today.
static void grid_screen_next_find(struct grid_screen *g, struct app *app)
{
	date_t last, next = store_today(app->store);
	struct civil c = date_to_civil(next);
	if (g->measure.interval_days >= 31)
		next = date_from_civil((struct civil){ c.year, c.month, 1 });
	size_t n = g->entries.count;
	if (n && date_parse_iso(g->entries.item[n - 1].field[ENTRY_DATE], &last))
		next = entry_next_date(&g->measure, last);
	date_print_iso(next, g->next_date);
	g->next_stratum = "";
	*g->next_nth = '\0';
}

bool grid_go(struct grid_screen *g, const struct id *point)
{
	for (size_t i = 0; i < g->entries.count; i++)
		if (id_equal(&g->entries.item[i].id, point)) {
			g->at = i;
			return true;
		}
	return false;
}

static bool grid_load(struct app *app, struct screen *s, struct err *e)
{
	struct grid_screen *g = (struct grid_screen *)s;
	char team[ID_TEXT];
	bool was_next = g->at >= g->entries.count;
	if (!g->editing && id_zero(&g->focus) && !was_next)
		g->focus = grid_id(g, g->at);
	g->entries.count = 0;
	arena_free(&g->rows);
	if (!measure_head(app->store, &g->rows, &g->id, &g->measure, e) ||
	    !entries_load(app->store, &g->rows, &g->id, &g->entries, e))
		return false;
	id_print(&g->measure.team, team);
	g->team = record_ref_title(app->store, &g->rows, team);
	grid_screen_next_find(g, app);
	grid_screen_columns_find(g);
	g->col = g->col < g->columns ? g->col : g->columns - 1;
	bool found = !id_zero(&g->focus) && grid_go(g, &g->focus);
	if (!found && (was_next || g->at > g->entries.count))
		g->at = g->entries.count;
	g->focus = (struct id){ 0 };
	return g->team || err_memory(e);
}

static const char *grid_title(struct app *app, struct screen *s, struct arena *a)
{
	const struct grid_screen *g = (const struct grid_screen *)s;
	(void)app;
	const char *text = arena_printf(a, "%s · %s", g->measure.name, g->team ? g->team : "");
	return text ? text : "";
}

static const char *grid_facts(struct app *app, struct screen *s, struct arena *a)
{
	const struct grid_screen *g = (const struct grid_screen *)s;
	(void)app;
	return arena_printf(
	    a, "%zu data %s", g->entries.count, g->entries.count == 1 ? "point" : "points");
}

// --- typing

void grid_begin(struct grid_screen *g, struct app *app, const char *text)
{
	struct id id = grid_id(g, g->at);
	int column = g->column[g->col];
	point_typed_begin(&g->typed, app, &id, grid_entry(g),
	    column == GRID_RESULT ? "" : grid_value(g, g->at, column), text);
	line_set(&g->line, text);
	g->editing = true;
}

// The cell under the cursor is left: what is typed is taken. False: it stays, and says why.
static bool grid_screen_leave_cell(struct grid_screen *g, struct app *app)
{
	struct err e = { 0 };
	if (!g->editing)
		return true;
	if (!point_typed_same(&g->typed, g->line.text) && !grid_take(g, app, g->line.text, &e)) {
		g->line.selected = true;
		app_fail(app, &e);
		return false;
	}
	grid_forget_draft(g, app);
	g->editing = false;
	if (g->screen.stale && !grid_load(app, &g->screen, &e))
		app_fail(app, &e);
	g->screen.stale = false;
	return true;
}

static bool grid_screen_skipped(const struct grid_screen *g, size_t col)
{
	return g->column[col] == GRID_RESULT;
}

static void grid_screen_by_columns(struct grid_screen *g, int by)
{
	size_t to = g->col;
	do {
		if (by > 0 ? to + 1 >= g->columns : to == 0)
			return;
		to = by > 0 ? to + 1 : to - 1;
	} while (grid_screen_skipped(g, to));
	g->col = to;
}

static void grid_screen_by_rows(struct grid_screen *g, size_t by, bool down)
{
	if (down)
		g->at = by > g->entries.count - g->at ? g->entries.count : g->at + by;
	else
		g->at = by > g->at ? 0 : g->at - by;
}

// Tab goes on in the next row after the last column that numbers stand in.
static void grid_screen_next_cell(struct grid_screen *g, bool back)
{
	size_t was = g->col;
	bool wraps = !back && g->column[g->col] >= ENTRY_NOTE;
	if (!wraps)
		grid_screen_by_columns(g, back ? -1 : 1);
	if (!wraps && g->col != was)
		return;
	grid_screen_by_rows(g, 1, !back);
	g->col = 0;
	while (g->column[g->col] < ENTRY_VALUE)
		g->col++;
}

static void grid_screen_move(struct grid_screen *g, enum special key)
{
	size_t page = g->in_view > 2 ? g->in_view - 1 : 1;
	if (key == K_UP || key == K_PGUP)
		grid_screen_by_rows(g, key == K_UP ? 1 : page, false);
	else if (key == K_ENTER || key == K_DOWN || key == K_PGDN)
		grid_screen_by_rows(g, key == K_PGDN ? page : 1, true);
	else if (key == K_LEFT || key == K_RIGHT)
		grid_screen_by_columns(g, key == K_LEFT ? -1 : 1);
	else if (key == K_TAB || key == K_BACKTAB)
		grid_screen_next_cell(g, key == K_BACKTAB);
	else
		g->at = key == K_HOME ? 0 : g->entries.count;
}

static void grid_screen_clear_cell(struct grid_screen *g, struct app *app)
{
	grid_begin(g, app, "");
	grid_screen_leave_cell(g, app);
}

static bool grid_screen_special(struct grid_screen *g, struct app *app, const struct key *key)
{
	if (g->editing && key->special == K_ESC) {
		grid_forget_draft(g, app);
		g->editing = false;
		return true;
	}
	if (g->editing && point_edit_key(key->special))
		return line_key(&g->line, key);
	if (key->special == K_DELETE && !g->editing) {
		grid_screen_clear_cell(g, app);
		return true;
	}
	if (key->special == K_BACKSPACE && !g->editing) {
		grid_begin(g, app, "");
		return true;
	}
	if (key->ctrl || key->alt || !point_move_key(key->special))
		return false;
	if (grid_screen_leave_cell(g, app))
		grid_screen_move(g, key->special);
	return true;
}

static bool grid_screen_paste_open(
    struct grid_screen *g, struct app *app, const char *text, size_t n, struct err *e)
{
	int field[GRID_COLUMNS];
	struct grid_place from = { .row = g->at,
		.field = field,
		.next_date = g->next_date,
		.next_stratum = g->next_stratum };
	for (size_t c = g->col; c < g->columns; c++)
		if (g->column[c] != GRID_RESULT)
			field[from.fields++] = g->column[c];
	return app->open->grid_paste(app, &g->id, text, n, &from, e);
}

// One cell is typed in; several are looked at first.
static bool grid_screen_pasted(struct grid_screen *g, struct app *app, const struct key *key)
{
	struct err e = { 0 };
	size_t n;
	if (point_paste_one(key, &n)) {
		if (!g->editing)
			grid_begin(g, app, "");
		return line_key(&g->line, key);
	}
	if (grid_screen_leave_cell(g, app) && !grid_screen_paste_open(g, app, key->paste, n, &e))
		app_fail(app, &e);
	return true;
}

static bool grid_key(struct app *app, struct screen *s, const struct key *key)
{
	struct grid_screen *g = (struct grid_screen *)s;
	if (key->type == PRESS_PASTE)
		return grid_screen_pasted(g, app, key);
	if (key->type == PRESS_SPECIAL)
		return grid_screen_special(g, app, key);
	if (!g->editing)
		grid_begin(g, app, "");
	return line_key(&g->line, key);
}

static bool grid_typing(const struct screen *s)
{
	(void)s;
	return true;
}

// --- acting

static void grid_screen_file_named(struct app *app, void *context, const char *answer)
{
	struct grid_screen *g = context;
	struct err e = { 0 };
	if (answer && *answer && !app->open->grid_file(app, &g->id, answer, &e))
		app_fail(app, &e);
}

static bool grid_screen_point_act(
    struct grid_screen *g, struct app *app, enum action action, struct err *e)
{
	const struct entry *p = grid_entry(g);
	if (action == ACT_ROW_REMOVE)
		return grid_delete(g, app, e);
	if (!p) {
		app_say(app, "There is no point in this row yet.");
		return true;
	}
	if (action == ACT_HISTORY)
		return app->open->history(app, NULL, &p->id, e);
	return app->open->form(app, "point", &p->id, NULL, e);
}

// To the note of this row, to be typed.
static void grid_screen_note_begin_here(struct grid_screen *g, struct app *app)
{
	if (!grid_screen_leave_cell(g, app))
		return;
	for (size_t c = 0; c < g->columns; c++)
		if (g->column[c] == ENTRY_NOTE)
			g->col = c;
	grid_begin(g, app, grid_value(g, g->at, ENTRY_NOTE));
}

static bool grid_shows(struct app *app, const struct screen *s, const struct id *id)
{
	const struct grid_screen *g = (const struct grid_screen *)s;
	return point_is_of(app, id, &g->id);
}

static bool grid_act(struct app *app, struct screen *s, enum action action)
{
	struct grid_screen *g = (struct grid_screen *)s;
	struct err e = { 0 };
	bool done = true;
	if (action == ACT_UNDO)
		return g->editing &&
		       grid_screen_special(g, app, &(struct key){ .special = K_ESC }) &&
		       point_dropped(app);
	if (action == ACT_EDIT) {
		int column = g->column[g->col];
		if (!g->editing && column != GRID_RESULT)
			grid_begin(g, app, grid_value(g, g->at, column));
	} else if (action == ACT_UP || action == ACT_DOWN) {
		if (grid_screen_leave_cell(g, app))
			grid_screen_by_rows(g, 1, action == ACT_DOWN);
	} else if (action == ACT_NOTE) {
		grid_screen_note_begin_here(g, app);
	} else if (action == ACT_IMPORT) {
		app_ask(app, "CSV file with data points:", "", grid_screen_file_named, g);
	} else if (action == ACT_ROW_REMOVE || action == ACT_HISTORY || action == ACT_WHOLE) {
		done = !grid_screen_leave_cell(g, app) || grid_screen_point_act(g, app, action, &e);
	} else if (action == ACT_CHART) {
		done = !grid_screen_leave_cell(g, app) || app->open->chart(app, &g->id, &e);
	} else if (action == ACT_MEASURE_FORM) {
		done = app->open->form(app, "measure", &g->id, NULL, &e);
	} else {
		return false;
	}
	if (!done)
		app_fail(app, &e);
	return true;
}

static void grid_click(struct app *app, struct screen *s, int row, int col)
{
	struct grid_screen *g = (struct grid_screen *)s;
	if (row < g->row_first || !grid_screen_leave_cell(g, app))
		return;
	size_t to = g->top + (size_t)(row - g->row_first);
	if (to > g->entries.count || (size_t)(row - g->row_first) >= g->in_view)
		return;
	g->at = to;
	for (size_t c = 0; c < g->columns; c++)
		if (col >= g->col_from[c] && col < g->col_from[c] + g->col_width[c] &&
		    !grid_screen_skipped(g, c))
			g->col = c;
}

static bool grid_leave(struct app *app, struct screen *s, struct err *e)
{
	struct grid_screen *g = (struct grid_screen *)s;
	if (grid_screen_leave_cell(g, app))
		return true;
	return err_set(e, ERR_DATA, "%s Esc again leaves; it is kept as a draft.", app->message);
}

static void grid_close(struct screen *s)
{
	struct grid_screen *g = (struct grid_screen *)s;
	arena_free(&g->rows);
	point_typed_free(&g->typed);
}

static const struct screen_ops GRID = {
	.on = ON_GRID,
	.load = grid_load,
	.title = grid_title,
	.facts = grid_facts,
	.draw = grid_draw,
	.act = grid_act,
	.typing = grid_typing,
	.key = grid_key,
	.click = grid_click,
	.leave = grid_leave,
	.keep = grid_keep,
	.shows = grid_shows,
	.close = grid_close,
};

bool grid_screen_open(struct app *app, const struct id *measure, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct grid_screen), &GRID, e);
	struct grid_screen *g = (struct grid_screen *)s;
	if (!s)
		return false;
	g->id = *measure;
	g->next_stratum = "";
	if (!app_push(app, s, e))
		return false;
	g->at = g->entries.count;
	g->col = 0;
	while (g->column[g->col] < ENTRY_VALUE)
		g->col++;
	grid_offer(g, app);
	return true;
}
