// SPDX-License-Identifier: MIT
// The grid on the screen: columns that fit, the rows in view, the cell under the cursor.
#include "tui/data/grid.h"

#include <plando/str.h>

#include <string.h>

enum { GAP = 2, DATE_COLUMNS = 12, GROUP_COLUMNS = 18, NUMBER_COLUMNS = 11, NOTE_LEAST = 12 };

static int grid_draw_wish(int column)
{
	return column == ENTRY_DATE	      ? DATE_COLUMNS
	       : column == ENTRY_STRATUM      ? GROUP_COLUMNS
	       : column == ENTRY_NOTE	      ? 0
	       : column == ENTRY_EXCLUDED_WHY ? NOTE_LEAST + 6
					      : NUMBER_COLUMNS;
}

// The note takes what is left over; where there is little room the group gives way first.
static void grid_draw_widths(struct grid_screen *g, struct area area)
{
	int left = area.cols - 4, col = area.col + 3;
	for (size_t c = 0; c < g->columns; c++)
		left -= (g->col_width[c] = grid_draw_wish(g->column[c])) + GAP;
	for (size_t c = 0; c < g->columns; c++) {
		if (g->column[c] == ENTRY_STRATUM && left < NOTE_LEAST) {
			g->col_width[c] -= 8;
			left += 8;
		}
		if (g->column[c] == ENTRY_EXCLUDED_WHY && left < NOTE_LEAST) {
			left += g->col_width[c];
			g->col_width[c] = 0;
		}
	}
	for (size_t c = 0; c < g->columns; c++) {
		if (g->column[c] == ENTRY_NOTE)
			g->col_width[c] = left > 0 ? left : 0;
		g->col_from[c] = col;
		col += g->col_width[c] + (g->col_width[c] ? GAP : 0);
	}
}

static const char *grid_draw_heading(const struct grid_screen *g, int column, struct arena *a)
{
	if (column == GRID_RESULT)
		return *g->measure.unit && strlen(g->measure.unit) < 8
			   ? arena_printf(a, "= %s", g->measure.unit)
			   : "Result";
	if (column == ENTRY_VALUE && *g->measure.unit)
		return g->measure.unit;
	return ENTRY_LABEL[column];
}

static bool grid_draw_is_number(int column)
{
	return column >= ENTRY_VALUE && column <= ENTRY_DENOMINATOR;
}

// "Nov 2026" of a month's first day where the measure is monthly, else "22 Nov 2026".
static const char *grid_draw_date_shown(
    const struct grid_screen *g, const char *iso, struct arena *a)
{
	static const char *const MONTHS[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
		"Aug", "Sep", "Oct", "Nov", "Dec" };
	date_t date;
	if (!date_parse_iso(iso, &date))
		return iso;
	struct civil c = date_to_civil(date);
	if (g->measure.interval_days >= 31 && c.day == 1)
		return arena_printf(a, "%s %d", MONTHS[c.month - 1], c.year);
	return arena_printf(a, "%d %s %d", c.day, MONTHS[c.month - 1], c.year);
}

static const char *grid_draw_cell_shown(
    const struct grid_screen *g, size_t row, int column, struct arena *a)
{
	const char *shown;
	if (column == GRID_RESULT)
		shown = row < g->entries.count ? entry_result(a, &g->measure, &g->entries.item[row])
					       : "";
	else if (column == ENTRY_DATE)
		shown = grid_draw_date_shown(g, grid_date(g, row), a);
	else
		shown = grid_value(g, row, column);
	return shown ? shown : "";
}

static enum role grid_draw_role_of(const struct grid_screen *g, size_t row, int column)
{
	const struct grid_waiting *w = grid_waiting_of(g, row);
	if (w && column < ENTRY_FIELDS && w->field[column])
		return ROLE_WARN;
	if (row == g->entries.count || column == GRID_RESULT)
		return ROLE_DIM;
	return *grid_value(g, row, ENTRY_EXCLUDED_WHY) ? ROLE_DIM : ROLE_TEXT;
}

static void cell_draw(struct grid_screen *g, struct app *app, size_t row, size_t c, int line)
{
	struct term *t = app->term;
	int column = g->column[c], col = g->col_from[c], width = g->col_width[c];
	bool here = row == g->at && c == g->col;
	if (width <= 0)
		return;
	if (here && g->editing) {
		line_draw(&g->line, t, line, col, width);
		return;
	}
	const char *text = grid_draw_cell_shown(g, row, column, &app->frame);
	if (grid_draw_is_number(column) || column == GRID_RESULT)
		term_put_right(t, line, col, width, grid_draw_role_of(g, row, column), text);
	else
		term_put(t, line, col, width, grid_draw_role_of(g, row, column), text);
	if (here) {
		term_paint(t, line, col, width, ROLE_MARKED);
		term_cursor(t, line, col);
	}
}

static void row_draw(struct grid_screen *g, struct app *app, size_t row, int line)
{
	const char *mark = row == g->entries.count ? "+" : " ";
	term_put(app->term, line, 1, 1, ROLE_SELECTED, row == g->at ? ">" : mark);
	for (size_t c = 0; c < g->columns; c++)
		cell_draw(g, app, row, c, line);
	g->formatted++;
}

static void grid_draw_view_settle(struct grid_screen *g, int rows)
{
	g->in_view = rows > 0 ? (size_t)rows : 1;
	if (g->at < g->top)
		g->top = g->at;
	if (g->at >= g->top + g->in_view)
		g->top = g->at - g->in_view + 1;
	size_t all = g->entries.count + 1, most = all > g->in_view ? all - g->in_view : 0;
	if (g->top > most)
		g->top = most;
}

// What the point under the cursor amounts to, and what is not saved of it.
static void foot_draw(struct grid_screen *g, struct app *app, struct area area)
{
	const struct grid_waiting *w = grid_waiting_of(g, g->at);
	int row = area.row + area.rows - 1;
	if (w && w->why)
		term_printf(
		    app->term, row, 3, area.cols - 4, ROLE_WARN, "Not saved yet: %s.", w->why);
	else if (g->entries.count == 0)
		term_put(app->term, row, 3, area.cols - 4, ROLE_DIM,
		    "Type the first number and press Enter, or paste a column from a spreadsheet.");
	else if (*grid_value(g, g->at, ENTRY_EXCLUDED_WHY))
		term_printf(app->term, row, 3, area.cols - 4, ROLE_DIM, "Left out of the rules: %s",
		    grid_value(g, g->at, ENTRY_EXCLUDED_WHY));
}

void grid_draw(struct app *app, struct screen *s, struct area area)
{
	struct grid_screen *g = (struct grid_screen *)s;
	grid_draw_widths(g, area);
	grid_draw_view_settle(g, area.rows - 2);
	g->formatted = 0;
	g->row_first = area.row + 1;
	for (size_t c = 0; c < g->columns; c++) {
		const char *text = grid_draw_heading(g, g->column[c], &app->frame);
		bool right = grid_draw_is_number(g->column[c]) || g->column[c] == GRID_RESULT;
		(right ? term_put_right : term_put)(app->term, area.row, g->col_from[c],
		    g->col_width[c], ROLE_LABEL, text ? text : "");
	}
	for (size_t i = 0; i < g->in_view && g->top + i <= g->entries.count; i++)
		row_draw(g, app, g->top + i, g->row_first + (int)i);
	bool ascii = term_is_ascii(app->term);
	if (g->top > 0)
		term_put(app->term, g->row_first, area.cols - 1, 1, ROLE_DIM, ascii ? "^" : "↑");
	if (g->top + g->in_view <= g->entries.count)
		term_put(app->term, g->row_first + (int)g->in_view - 1, area.cols - 1, 1, ROLE_DIM,
		    ascii ? "v" : "↓");
	foot_draw(g, app, area);
}
