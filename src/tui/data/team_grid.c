// SPDX-License-Identifier: MIT
// The data grid of a team: measures down, periods across; type, Enter, next.
#include "tui/data/team_grid.h"

#include "tui/screens/screens.h"

#include <plando/str.h>

#include <string.h>

enum { OLDEST_YEAR = 1900 };

static struct team_grid *team_grid_self(struct screen *s)
{
	return (struct team_grid *)s;
}

const struct period_group *team_grid_group(const struct team_grid *g)
{
	return period_group_of(&g->table, g->row);
}

int *team_grid_period(struct team_grid *g)
{
	return &g->period[team_grid_group(g)->kind];
}

struct period_cell team_grid_cell(const struct team_grid *g)
{
	return period_cell(&g->table, g->row, g->period[team_grid_group(g)->kind]);
}

static const struct measure *team_grid_measure_here(const struct team_grid *g)
{
	return &period_measure_of(&g->table, g->row)->m;
}

// --- reading

static bool team_grid_row_find(
    const struct team_grid *g, const struct id *measure, const char *stratum, size_t *row)
{
	for (*row = 0; *row < g->table.rows; ++*row)
		if (id_equal(&period_measure_of(&g->table, *row)->m.id, measure) &&
		    str_equal(g->table.row[*row].stratum, stratum))
			return true;
	return false;
}

bool team_grid_find(
    const struct team_grid *g, const struct point_name *name, size_t *row, int *period)
{
	date_t day;
	if (!date_parse_iso(name->date, &day) ||
	    !team_grid_row_find(g, &name->measure, name->stratum, row))
		return false;
	*period = period_of(period_group_of(&g->table, *row)->kind, day);
	return true;
}

bool team_grid_go(struct team_grid *g, const struct point_name *name)
{
	size_t row;
	int period;
	if (!team_grid_find(g, name, &row, &period))
		return false;
	g->row = row;
	g->on_head = false;
	*team_grid_period(g) = period;
	return true;
}

static void team_grid_due_count(struct team_grid *g)
{
	g->due = 0;
	for (size_t i = 0; i < g->table.rows; i++)
		g->due += period_cell(&g->table, i, period_group_of(&g->table, i)->due).state ==
			  PERIOD_DUE;
}

// The row stays under the cursor however others moved.
static void team_grid_focus_keep(struct team_grid *g)
{
	if (!g->table.rows)
		return;
	g->focus = team_grid_measure_here(g)->id;
	g->focus_stratum = arena_strdup(&g->screen.arena, g->table.row[g->row].stratum);
}

static bool team_grid_load(struct app *app, struct screen *s, struct err *e)
{
	struct team_grid *g = team_grid_self(s);
	struct period_group old[PERIOD_KINDS];
	size_t groups = g->table.groups, row;
	char id[ID_TEXT];
	memcpy(old, g->table.group, sizeof old);
	team_grid_focus_keep(g);
	g->table = (struct period_table){ 0 };
	g->before = NULL;
	arena_free(&g->data);
	id_print(&g->team, id);
	g->name = record_ref_title(app->store, &g->data, id);
	if (!g->name || !conflict_marks(app->store, &g->data, &g->marks, e) ||
	    !period_table_load(app->store, &g->data, &g->team, &g->table, e)) {
		g->table = (struct period_table){ 0 };
		return g->name ? false : err_memory(e);
	}
	for (size_t i = 0; i < g->table.groups; i++) {
		const struct period_group *p = &g->table.group[i];
		bool known = false;
		for (size_t k = 0; k < groups; k++)
			known |= old[k].kind == p->kind;
		if (!known) {
			g->period[p->kind] = p->due;
			g->left[p->kind] = p->due + 2 - g->columns;
		}
	}
	if (g->focus_stratum && team_grid_row_find(g, &g->focus, g->focus_stratum, &row))
		g->row = row;
	if (g->row >= g->table.rows)
		g->row = g->table.rows ? g->table.rows - 1 : 0;
	team_grid_due_count(g);
	team_grid_widths(g, app);
	return true;
}

static const char *team_grid_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	const char *text = arena_printf(
	    a, "%s › Data grid", team_grid_self(s)->name ? team_grid_self(s)->name : "");
	return text ? text : "Data grid";
}

// "6 measures · 2 due"
static const char *team_grid_facts(struct app *app, struct screen *s, struct arena *a)
{
	const struct team_grid *g = team_grid_self(s);
	struct str text = STR_IN(a);
	str_printf(
	    &text, "%zu %s", g->table.measures, g->table.measures == 1 ? "measure" : "measures");
	if (g->due)
		str_printf(&text, " %s %zu due", term_is_ascii(app->term) ? "-" : "·", g->due);
	return str_done(&text);
}

// --- moving

static void team_grid_by_rows(struct team_grid *g, size_t by, bool down)
{
	const struct period_group *was = team_grid_group(g);
	size_t last = g->table.rows - 1;
	if (down)
		g->row = by > last - g->row ? last : g->row + by;
	else
		g->row = by > g->row ? 0 : g->row - by;
	const struct period_group *now = team_grid_group(g);
	if (now == was) // of another interval: to the column that stands below this one
		return;
	int at = g->period[was->kind] - g->left[was->kind] + g->left[now->kind];
	g->period[now->kind] = at < now->newest ? at : now->newest;
}

static void team_grid_by_columns(struct team_grid *g, struct app *app, int by)
{
	const struct period_group *p = team_grid_group(g);
	int *at = team_grid_period(g), to = *at + by;
	int oldest = period_of(p->kind, date_from_civil((struct civil){ OLDEST_YEAR, 1, 1 }));
	if (g->on_head) {
		if (by > 0)
			g->on_head = false;
		return;
	}
	if (to > p->newest && *at == p->newest)
		app_say(app, "The %s after this one has not begun.", PERIOD_NAME[p->kind]);
	*at = to > p->newest ? p->newest : to < oldest ? oldest : to;
}

static void team_grid_go_home(struct team_grid *g)
{
	if (g->on_head) {
		g->on_head = false;
		*team_grid_period(g) = team_grid_group(g)->oldest;
	} else {
		g->on_head = true;
	}
}

static void team_grid_go_end(struct team_grid *g)
{
	const struct period_group *p = team_grid_group(g);
	int *at = team_grid_period(g);
	*at = !g->on_head && *at == p->due ? p->newest : p->due;
	g->on_head = false;
}

// Enter: to the next measure, or along the row and then to the next one, where going right began.
static void team_grid_go_on(struct team_grid *g, struct app *app)
{
	if (!app->grid_right || g->on_head) {
		team_grid_by_rows(g, 1, true);
	} else if (*team_grid_period(g) < team_grid_group(g)->newest) {
		team_grid_by_columns(g, app, 1);
	} else if (g->row + 1 < g->table.rows) {
		team_grid_by_rows(g, 1, true);
		*team_grid_period(g) = g->run;
	}
}

static void team_grid_move(struct team_grid *g, struct app *app, enum special key, bool far)
{
	size_t page = g->lines > 2 ? g->lines - 1 : 1;
	int columns = far && g->columns > 1 ? g->columns - 1 : 1;
	if (key == K_ENTER) {
		team_grid_go_on(g, app);
		return;
	}
	if (key == K_UP || key == K_PGUP)
		team_grid_by_rows(g, key == K_UP ? 1 : page, false);
	else if (key == K_DOWN || key == K_PGDN)
		team_grid_by_rows(g, key == K_DOWN ? 1 : page, true);
	else if (key == K_LEFT || key == K_BACKTAB)
		team_grid_by_columns(g, app, -columns);
	else if (key == K_RIGHT || key == K_TAB)
		team_grid_by_columns(g, app, columns);
	else if (key == K_HOME)
		team_grid_go_home(g);
	else
		team_grid_go_end(g);
	g->run = *team_grid_period(g);
}

// --- typing

void team_grid_begin(struct team_grid *g, struct app *app, const char *text)
{
	struct period_cell c = team_grid_cell(g);
	struct id id = team_grid_point(g);
	point_typed_begin(
	    &g->typed, app, &id, c.entry, c.entry ? c.entry->field[ENTRY_VALUE] : "", text);
	line_set(&g->line, text);
	g->editing = true;
}

// Keys may come faster than frames: what was saved since the last one is read first.
static void team_grid_fresh(struct team_grid *g, struct app *app)
{
	struct err e = { 0 };
	if (g->screen.stale && !team_grid_load(app, &g->screen, &e))
		app_fail(app, &e);
	g->screen.stale = false;
}

// The cell under the cursor is left: what is typed is taken. False: it stays, and says why.
static bool team_grid_leave_cell(struct team_grid *g, struct app *app)
{
	struct err e = { 0 };
	if (g->editing && !point_typed_same(&g->typed, g->line.text) &&
	    !team_grid_take(g, app, g->line.text, &e)) {
		g->line.selected = true;
		app_fail(app, &e);
		return false;
	}
	if (g->editing)
		team_grid_forget_draft(g, app);
	g->editing = false;
	team_grid_fresh(g, app);
	return g->table.rows > 0;
}

static void team_grid_emptied(struct team_grid *g, struct app *app, bool whole)
{
	struct err e = { 0 };
	if (!g->on_head && team_grid_leave_cell(g, app) && !team_grid_clear(g, app, whole, &e))
		app_fail(app, &e);
}

static bool team_grid_special(struct team_grid *g, struct app *app, const struct key *key)
{
	struct err e = { 0 };
	if (g->editing && key->special == K_ESC) {
		team_grid_forget_draft(g, app);
		g->editing = false;
		return true;
	}
	if (g->editing && point_edit_key(key->special))
		return line_key(&g->line, key);
	if (key->special == K_DELETE || key->special == K_BACKSPACE) {
		team_grid_emptied(g, app, false);
		return true;
	}
	bool far = key->ctrl && (key->special == K_LEFT || key->special == K_RIGHT);
	if ((key->ctrl && !far) || key->alt || !point_move_key(key->special))
		return false;
	if (g->on_head && key->special == K_ENTER) {
		if (!app->open->grid(app, &team_grid_measure_here(g)->id, &e))
			app_fail(app, &e);
	} else if (team_grid_leave_cell(g, app)) {
		team_grid_move(g, app, key->special, far);
	}
	return true;
}

// One cell is typed in; several are looked at first.
static bool team_grid_pasted(struct team_grid *g, struct app *app, const struct key *key)
{
	size_t n;
	struct err e = { 0 };
	if (point_paste_one(key, &n) && !g->on_head) {
		if (!g->editing)
			team_grid_begin(g, app, "");
		return line_key(&g->line, key);
	}
	if (!team_grid_leave_cell(g, app))
		return true;
	const struct period_row *r = &g->table.row[g->row];
	struct team_place place = { team_grid_measure_here(g)->id, r->stratum,
		*team_grid_period(g) };
	if (!app->open->team_paste(app, &g->team, g->name, key->paste, n, &place, &e))
		app_fail(app, &e);
	return true;
}

static bool team_grid_key(struct app *app, struct screen *s, const struct key *key)
{
	struct team_grid *g = team_grid_self(s);
	team_grid_fresh(g, app);
	if (!g->table.rows)
		return false;
	if (key->type == PRESS_SPECIAL)
		return team_grid_special(g, app, key);
	if (key->type == PRESS_PASTE)
		return team_grid_pasted(g, app, key);
	if (g->on_head) {
		app_say(app, "This is the name of the measure; Right goes to its numbers.");
		return true;
	}
	if (!g->editing)
		team_grid_begin(g, app, "");
	return line_key(&g->line, key);
}

static bool team_grid_typing(const struct screen *s)
{
	return ((const struct team_grid *)s)->table.rows > 0;
}

// --- acting

static bool team_grid_point_act(
    struct team_grid *g, struct app *app, enum action action, struct err *e)
{
	struct period_cell c = team_grid_cell(g);
	if (c.state == PERIOD_SEVERAL)
		return app->open->grid(app, &team_grid_measure_here(g)->id, e);
	if (c.state != PERIOD_POINT) {
		app_say(app, "There is no point in this cell yet.");
		return true;
	}
	struct id id = c.entry->id;
	if (action == ACT_HISTORY)
		return app->open->history(app, NULL, &id, e);
	return app->open->form(app, "point", &id, NULL, e);
}

static void team_grid_file_named(struct app *app, void *context, const char *answer)
{
	struct team_grid *g = context;
	struct err e = { 0 };
	if (!str_empty(answer) && !app->open->team_file(app, &g->team, g->name, answer, &e))
		app_fail(app, &e);
}

static void team_grid_turn(struct app *app)
{
	app->grid_right = !app->grid_right;
	app_say(app, "Enter goes %s from now on.",
	    app->grid_right ? "to the right, and from the end to the next row" : "down");
}

static bool team_grid_opened(
    struct team_grid *g, struct app *app, enum action action, struct err *e)
{
	struct id id = team_grid_measure_here(g)->id;
	if (action == ACT_DATA)
		return app->open->grid(app, &id, e);
	if (action == ACT_CHART)
		return app->open->chart(app, &id, e);
	if (action == ACT_MEASURE_FORM)
		return app->open->form(app, "measure", &id, NULL, e);
	return team_grid_point_act(g, app, action, e);
}

static void team_grid_edit(struct team_grid *g, struct app *app)
{
	struct period_cell c = team_grid_cell(g);
	const char *text =
	    c.state == PERIOD_POINT ? period_cell_show(&app->frame, &g->table, g->row, &c) : "";
	if (!g->editing && !g->on_head)
		team_grid_begin(g, app, text ? text : "");
}

static bool team_grid_shows(struct app *app, const struct screen *s, const struct id *id)
{
	const struct team_grid *g = (const struct team_grid *)s;
	for (size_t i = 0; i < g->table.measures; i++)
		if (point_is_of(app, id, &g->table.measure[i].m.id))
			return true;
	return false;
}

static bool team_grid_act(struct app *app, struct screen *s, enum action action)
{
	struct team_grid *g = team_grid_self(s);
	struct err e = { 0 };
	bool done = true;
	team_grid_fresh(g, app);
	if (action == ACT_UNDO)
		return g->editing && team_grid_special(g, app, &(struct key){ .special = K_ESC }) &&
		       point_dropped(app);
	if (!g->table.rows)
		return false;
	if (action == ACT_TURN)
		team_grid_turn(app);
	else if (action == ACT_EDIT)
		team_grid_edit(g, app);
	else if (action == ACT_IMPORT)
		app_ask(
		    app, "CSV file, measures down and months across:", "", team_grid_file_named, g);
	else if (action == ACT_ROW_REMOVE)
		team_grid_emptied(g, app, true);
	else if (action == ACT_UP || action == ACT_DOWN)
		done = team_grid_special(
		    g, app, &(struct key){ .special = action == ACT_UP ? K_UP : K_ENTER });
	else if (action == ACT_NOTE && team_grid_leave_cell(g, app))
		team_grid_note_ask(g, app);
	else if (action == ACT_DATA || action == ACT_CHART || action == ACT_MEASURE_FORM ||
		 action == ACT_HISTORY || action == ACT_WHOLE)
		done = !team_grid_leave_cell(g, app) || team_grid_opened(g, app, action, &e);
	else
		return action == ACT_NOTE;
	if (!done && e.code)
		app_fail(app, &e);
	return true;
}

static void team_grid_click(struct app *app, struct screen *s, int row, int col)
{
	struct team_grid *g = team_grid_self(s);
	size_t to;
	if (!g->table.rows || row < g->body_row || row >= g->body_row + (int)g->lines ||
	    !team_grid_row_at(g, g->top + (size_t)(row - g->body_row), &to) ||
	    !team_grid_leave_cell(g, app))
		return;
	g->row = to;
	g->on_head = col < g->cell_col;
	if (g->on_head)
		return;
	const struct period_group *p = team_grid_group(g);
	int period = g->left[p->kind] + (col - g->cell_col) / g->cell_step;
	*team_grid_period(g) = period < p->newest ? period : p->newest;
	g->run = *team_grid_period(g);
}

static bool team_grid_leave(struct app *app, struct screen *s, struct err *e)
{
	struct team_grid *g = team_grid_self(s);
	if (!g->editing || team_grid_leave_cell(g, app))
		return true;
	return err_set(e, ERR_DATA, "%s Esc again leaves; it is kept as a draft.", app->message);
}

static void team_grid_close(struct screen *s)
{
	arena_free(&team_grid_self(s)->data);
	point_typed_free(&team_grid_self(s)->typed);
}

static const struct screen_ops TEAM_GRID = {
	.on = ON_TEAM_GRID,
	.load = team_grid_load,
	.title = team_grid_title,
	.facts = team_grid_facts,
	.draw = team_grid_draw,
	.act = team_grid_act,
	.typing = team_grid_typing,
	.key = team_grid_key,
	.click = team_grid_click,
	.leave = team_grid_leave,
	.keep = team_grid_keep,
	.shows = team_grid_shows,
	.close = team_grid_close,
};

bool team_grid_open(struct app *app, const struct id *team, const struct id *measure, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct team_grid), &TEAM_GRID, e);
	size_t row;
	if (!s)
		return false;
	struct team_grid *g = team_grid_self(s);
	g->team = *team;
	if (!app_push(app, s, e))
		return false;
	if (measure && team_grid_row_find(g, measure, "", &row))
		g->row = row;
	if (g->table.rows)
		g->run = *team_grid_period(g);
	team_grid_offer(g, app);
	return true;
}
