// SPDX-License-Identifier: MIT
// The team's grid on the screen: the columns that fit, the lines in view, and below them all that
// is to be said of the cell under the cursor.
#include "tui/data/team_grid.h"

#include <plando/history.h>
#include <plando/str.h>

#include <string.h>

enum {
	GAP = 1,
	MARK = 1,
	NAME_LEAST = 20,
	CELL_LEAST = 9,
	CELL_MOST = 14,
	QUARTER_LEAST = 10,
	EDIT_LEAST = 12
};
enum { FOOT = 3, INDENT = 2, NAME_COL = 3, BEFORE_MOST = 40 };

// --- lines

size_t team_grid_line_of(const struct team_grid *g, size_t row)
{
	size_t line = row;
	for (size_t i = 0; i < g->table.groups && g->table.group[i].row <= row; i++)
		line++;
	return line;
}

bool team_grid_row_at(const struct team_grid *g, size_t line, size_t *row)
{
	for (size_t i = 0; i < g->table.groups; i++) {
		const struct period_group *p = &g->table.group[i];
		*row = p->row;
		if (line == 0)
			return false;
		if (line <= p->rows) {
			*row = p->row + line - 1;
			return true;
		}
		line -= p->rows + 1;
	}
	return false;
}

// --- what fits

static int team_grid_draw_entry_width(const struct entry *p)
{
	const char *const *f = p->field;
	return (int)(strlen(f[ENTRY_VALUE]) + strlen(f[ENTRY_NUMERATOR]) +
		     strlen(f[ENTRY_DENOMINATOR]) + (*f[ENTRY_NUMERATOR] != '\0'));
}

void team_grid_widths(struct team_grid *g, struct app *app)
{
	g->cell_width = CELL_LEAST;
	g->name_widest = NAME_LEAST;
	for (size_t i = 0; i < g->table.measures; i++) {
		const struct period_measure *p = &g->table.measure[i];
		if (p->kind == PERIOD_QUARTER && g->cell_width < QUARTER_LEAST)
			g->cell_width = QUARTER_LEAST;
		for (size_t k = 0; k < p->entries.count; k++) {
			int width = team_grid_draw_entry_width(&p->entries.item[k]);
			g->cell_width = width > g->cell_width ? width : g->cell_width;
		}
	}
	for (size_t i = 0; i < g->table.rows; i++) {
		const struct period_row *r = &g->table.row[i];
		int width = *r->stratum
				? INDENT + term_width(app->term, r->stratum)
				: term_width(app->term, g->table.measure[r->measure].m.name);
		g->name_widest = width > g->name_widest ? width : g->name_widest;
	}
	if (g->cell_width > CELL_MOST)
		g->cell_width = CELL_MOST;
}

// The newest columns stay at the right edge when the window becomes wider or narrower.
static void team_grid_draw_columns_settle(struct team_grid *g, struct area area)
{
	int room = area.cols - NAME_COL - 1, name = g->name_widest;
	int most = room * 2 / 5 > NAME_LEAST ? room * 2 / 5 : NAME_LEAST;
	int was = g->columns;
	g->cell_step = g->cell_width + MARK + GAP;
	g->name_width = name < most ? name : most;
	g->columns = (room - g->name_width) / g->cell_step;
	g->columns = g->columns > 1 ? g->columns : 1;
	g->name_width = room - g->columns * g->cell_step;
	g->cell_col = NAME_COL + g->name_width + GAP;
	for (size_t i = 0; i < g->table.groups; i++) {
		const struct period_group *p = &g->table.group[i];
		int *left = &g->left[p->kind], at = g->period[p->kind];
		*left = g->placed ? *left + was - g->columns : p->due + 2 - g->columns;
		if (at < *left)
			*left = at;
		if (at >= *left + g->columns)
			*left = at - g->columns + 1;
	}
	g->placed = true;
}

static void team_grid_draw_lines_settle(struct team_grid *g, int rows)
{
	size_t at = team_grid_line_of(g, g->row), all = g->table.rows + g->table.groups, row;
	g->lines = rows > 0 ? (size_t)rows : 1;
	size_t most = all > g->lines + 1 ? all - g->lines : 1;
	if (at < g->top)
		g->top = at;
	if (at >= g->top + g->lines)
		g->top = at - g->lines + 1;
	if (g->top > most)
		g->top = most;
	if (g->top == 0 || !team_grid_row_at(g, g->top, &row)) // a heading stands above the lines
		g->top++;
}

// --- cells

static char team_grid_draw_mark_of(const struct team_grid *g, const struct period_cell *c)
{
	if (!c->entry)
		return ' ';
	if (conflict_marked(&g->marks, &c->entry->id))
		return '!';
	if (*c->entry->field[ENTRY_EXCLUDED_WHY])
		return 'x';
	return *c->entry->field[ENTRY_NOTE] ? '*' : ' ';
}

static enum role team_grid_draw_role_of(const struct period_cell *c, bool current)
{
	if (c->state == PERIOD_POINT && !*c->entry->field[ENTRY_EXCLUDED_WHY])
		return current ? ROLE_SELECTED : ROLE_TEXT;
	return ROLE_DIM;
}

static void typed_draw(struct team_grid *g, struct app *app, struct area area, int row, int col)
{
	int width = g->cell_width > EDIT_LEAST ? g->cell_width : EDIT_LEAST;
	if (col + width > area.cols)
		col = area.cols - width > 0 ? area.cols - width : 0;
	line_draw(&g->line, app->term, row, col, width);
}

static void cell_draw(struct team_grid *g, struct app *app, size_t row, int period, int at, int col)
{
	struct term *t = app->term;
	struct period_cell c = period_cell(&g->table, row, period);
	bool here = row == g->row && !g->on_head && period == *team_grid_period(g);
	const char *text = c.state == PERIOD_DUE
			       ? (term_is_ascii(t) ? "." : "·")
			       : period_cell_show(&app->frame, &g->table, row, &c);
	char mark[2] = { team_grid_draw_mark_of(g, &c) };
	term_put_right(
	    t, at, col, g->cell_width, team_grid_draw_role_of(&c, false), text ? text : "");
	if (*mark != ' ')
		term_put(t, at, col + g->cell_width, 1, *mark == '!' ? ROLE_WARN : ROLE_DIM, mark);
	if (here) {
		term_paint(t, at, col, g->cell_width, ROLE_MARKED);
		term_cursor(t, at, col + g->cell_width - 1);
	}
	g->formatted++;
}

static void name_draw(struct team_grid *g, struct app *app, size_t row, int at)
{
	const struct period_row *r = &g->table.row[row];
	const struct measure *m = &g->table.measure[r->measure].m;
	int in = *r->stratum ? INDENT : 0;
	enum role role = row == g->row ? ROLE_SELECTED : in ? ROLE_DIM : ROLE_TEXT;
	const char *name = in ? r->stratum : m->name;
	int width = g->name_width - in;
	if (row == g->row)
		term_put(app->term, at, 1, 1, ROLE_SELECTED, ">");
	if (!in && conflict_marked(&g->marks, &m->id))
		term_put(app->term, at, 2, 1, ROLE_WARN, "!");
	term_put(app->term, at, NAME_COL + in, width, role, *name ? name : "(no name yet)");
	if (row == g->row && g->on_head) {
		term_paint(app->term, at, NAME_COL + in, width, ROLE_MARKED);
		term_cursor(app->term, at, NAME_COL + in);
	}
}

static void row_draw(struct team_grid *g, struct app *app, struct area area, size_t row, int at)
{
	const struct period_group *p = period_group_of(&g->table, row);
	int typed = -1;
	name_draw(g, app, row, at);
	for (int i = 0; i < g->columns; i++) {
		int col = g->cell_col + i * g->cell_step;
		bool here = row == g->row && g->left[p->kind] + i == g->period[p->kind];
		if (here && g->editing)
			typed = col;
		else
			cell_draw(g, app, row, g->left[p->kind] + i, at, col);
	}
	if (typed >= 0)
		typed_draw(g, app, area, at, typed);
}

// The dates of a group's columns; the last one that has ended carries a mark.
static void heading_draw(struct team_grid *g, struct app *app, const struct period_group *p, int at)
{
	bool ascii = term_is_ascii(app->term);
	term_put(app->term, at, NAME_COL, g->name_width, ROLE_HEAD, PERIOD_EVERY[p->kind]);
	for (int i = 0; i < g->columns; i++) {
		int period = g->left[p->kind] + i, col;
		const char *text = period_head(&app->frame, p->kind, period);
		bool due = period == p->due;
		col = term_put_right(app->term, at, g->cell_col + i * g->cell_step, g->cell_width,
		    due		      ? ROLE_HEAD
		    : period > p->due ? ROLE_DIM
				      : ROLE_LABEL,
		    text ? text : "");
		if (due)
			term_put(app->term, at, col - 1, 1, ROLE_HEAD, ascii ? "v" : "▾");
	}
}

// --- below the table

static const char *team_grid_draw_unit_of(const struct measure *m)
{
	return *m->unit ? m->unit : m->data == MEASURE_PERCENT ? "%" : "";
}

static const char *team_grid_draw_full_day(struct app *app, date_t day)
{
	const char *text = date_show(&app->frame, day, day + 400); // always with its year
	return text ? text : "";
}

// "Mean wait · East · 1 Oct 2026 · days, down is better"
static const char *team_grid_draw_where_words(
    struct team_grid *g, struct app *app, const struct period_cell *c)
{
	static const char *const WAY[] = { "", "neither way is better", "up is better",
		"down is better" };
	const struct measure *m = &period_measure_of(&g->table, g->row)->m;
	const char *stratum = g->table.row[g->row].stratum, *dot = " · ";
	struct str text = STR_IN(&app->frame);
	str_printf(&text, "%s%s%s", m->name, *stratum ? dot : "", stratum);
	if (!g->on_head)
		str_printf(&text, "%s%s", dot,
		    c->state == PERIOD_SEVERAL
			? period_show(&app->frame, team_grid_group(g)->kind, *team_grid_period(g))
			: team_grid_draw_full_day(app, c->day));
	str_printf(&text, "%s%s", *team_grid_draw_unit_of(m) ? dot : "", team_grid_draw_unit_of(m));
	str_printf(&text, "%s%s", m->way ? dot : "", WAY[m->way]);
	return str_done(&text);
}

static bool team_grid_draw_is_number_field(const char *field)
{
	return str_equal(field, "value") || str_equal(field, "numerator") ||
	       str_equal(field, "denominator");
}

// "3/10" of the numbers that the newest correction took the place of; "" where there is none.
static const char *team_grid_draw_before_of(struct arena *a, const struct history *h)
{
	const char *old[3] = { "", "", "" };
	int64_t at = 0;
	for (size_t i = 0; i < h->count; i++) {
		const struct history_change *c = &h->item[i];
		if (!team_grid_draw_is_number_field(c->field) || str_empty(c->old) ||
		    (at && c->at != at))
			continue;
		at = c->at;
		old[*c->field == 'v' ? 0 : *c->field == 'n' ? 1 : 2] = c->old;
	}
	if (*old[0])
		return arena_strdup(a, old[0]);
	return at ? arena_printf(a, "%s/%s", *old[1] ? old[1] : "…", *old[2] ? old[2] : "…") : "";
}

static const char *team_grid_draw_before(
    struct team_grid *g, struct app *app, const struct period_cell *c)
{
	struct history_filter f = HISTORY_ALL;
	struct history all;
	struct err ignored = { 0 };
	if (g->before && id_equal(&g->before_id, &c->entry->id))
		return g->before;
	f.id = &c->entry->id;
	f.most = BEFORE_MOST;
	bool good = history_list(app->store, &app->frame, &f, &all, &ignored);
	g->before_id = c->entry->id;
	g->before = good ? team_grid_draw_before_of(&g->data, &all) : "";
	return g->before ? g->before : "";
}

static const char *team_grid_draw_point_words(
    struct team_grid *g, struct app *app, const struct period_cell *c)
{
	const struct measure *m = &period_measure_of(&g->table, g->row)->m;
	const char *const *f = c->entry->field, *was = team_grid_draw_before(g, app, c);
	struct str text = STR_IN(&app->frame);
	const char *typed = period_cell_show(&app->frame, &g->table, g->row, c);
	str_add(&text, str_empty(typed) ? "no number" : typed);
	if (*f[ENTRY_NUMERATOR])
		str_printf(&text, " = %s %s", entry_result(&app->frame, m, c->entry),
		    team_grid_draw_unit_of(m));
	if (*was)
		str_printf(&text, " · before: %s", was);
	if (conflict_marked(&g->marks, &c->entry->id))
		str_add(&text, " · two people wrote different things; F5 shows them");
	if (*f[ENTRY_EXCLUDED_WHY])
		str_printf(&text, " · left out: %s", f[ENTRY_EXCLUDED_WHY]);
	if (*f[ENTRY_NOTE])
		str_printf(&text, " · note: %s", f[ENTRY_NOTE]);
	return str_done(&text);
}

// Where a new value falls, and why there; and how old the row's last point is.
static const char *team_grid_draw_blank_words(
    struct team_grid *g, struct app *app, const struct period_cell *c)
{
	const struct period_measure *m = period_measure_of(&g->table, g->row);
	const struct period_row *r = &g->table.row[g->row];
	struct str text = STR_IN(&app->frame);
	str_add(&text, c->state == PERIOD_DUE ? "Due" : "Nothing yet");
	if (m->kind != PERIOD_DAY)
		str_printf(&text, "; falls on %s, %s",
		    period_habit_show(&app->frame, m->kind, &m->habit),
		    m->habit.points ? "as those before" : "no point says otherwise");
	if (r->count && r->day[r->count - 1] < c->day)
		str_printf(
		    &text, " · last: %s", team_grid_draw_full_day(app, r->day[r->count - 1]));
	return str_done(&text);
}

static const char *team_grid_draw_made_words(
    struct team_grid *g, struct app *app, const struct period_cell *c)
{
	const char *text = period_cell_show(&app->frame, &g->table, g->row, c);
	const char *why = point_state_words(c->made->state);
	return arena_printf(&app->frame,
	    "%s: made of its groups%s%s; a number typed here stands in place of that",
	    text ? text + 1 : "", *why ? ", " : "", why);
}

static const char *team_grid_draw_cell_words(
    struct team_grid *g, struct app *app, const struct period_cell *c)
{
	if (g->on_head)
		return "Enter opens the grid of this measure; F4 its chart";
	if (g->editing && period_measure_of(&g->table, g->row)->m.data != MEASURE_VALUE)
		return "A number, or numerator and denominator as 3/10";
	switch (c->state) {
	case PERIOD_POINT: return team_grid_draw_point_words(g, app, c);
	case PERIOD_MADE: return team_grid_draw_made_words(g, app, c);
	case PERIOD_SEVERAL:
		return arena_printf(&app->frame,
		    "%zu points in this %s; Ctrl-G opens the grid of the measure, to edit them",
		    c->points, PERIOD_NAME[team_grid_group(g)->kind]);
	case PERIOD_BLANK:
	case PERIOD_DUE: break;
	}
	return team_grid_draw_blank_words(g, app, c);
}

static void foot_draw(struct team_grid *g, struct app *app, struct area area)
{
	struct period_cell c = team_grid_cell(g);
	int row = area.row + area.rows - FOOT;
	const char *where = team_grid_draw_where_words(g, app, &c),
		   *says = team_grid_draw_cell_words(g, app, &c);
	term_rule(app->term, row, 1, area.cols - 2);
	term_put(app->term, row + 1, NAME_COL, area.cols - 4, ROLE_TITLE, where ? where : "");
	term_put(app->term, row + 2, NAME_COL, area.cols - 4, ROLE_DIM, says ? says : "");
}

// --- all of it

static void lines_draw(struct team_grid *g, struct app *app, struct area area)
{
	size_t row = 0;
	for (size_t i = 0; i < g->lines && g->top + i < g->table.rows + g->table.groups; i++) {
		int at = g->body_row + (int)i;
		if (team_grid_row_at(g, g->top + i, &row))
			row_draw(g, app, area, row, at);
		else
			heading_draw(g, app, period_group_of(&g->table, row), at);
	}
	bool ascii = term_is_ascii(app->term);
	if (g->top > 1)
		term_put(app->term, g->body_row, area.cols - 1, 1, ROLE_DIM, ascii ? "^" : "↑");
	if (g->top + g->lines < g->table.rows + g->table.groups)
		term_put(app->term, g->body_row + (int)g->lines - 1, area.cols - 1, 1, ROLE_DIM,
		    ascii ? "v" : "↓");
}

void team_grid_draw(struct app *app, struct screen *s, struct area area)
{
	struct team_grid *g = (struct team_grid *)s;
	size_t row = 0;
	if (!g->table.rows) {
		term_put(app->term, area.row + 1, NAME_COL, area.cols - 4, ROLE_TEXT,
		    "This team has no measure yet. Esc, then Measures and n make the first one.");
		term_cursor(app->term, area.row + 1, NAME_COL);
		return;
	}
	team_grid_draw_columns_settle(g, area);
	team_grid_draw_lines_settle(g, area.rows - 1 - FOOT);
	g->formatted = 0;
	g->body_row = area.row + 1;
	team_grid_row_at(g, g->top, &row);
	heading_draw(g, app, period_group_of(&g->table, row), area.row);
	foot_draw(g, app, area);
	lines_draw(g, app, area);
}
