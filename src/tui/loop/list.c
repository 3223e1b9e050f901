// SPDX-License-Identifier: MIT
#include "tui/loop/list.h"

// --- places: what is shown, counted from 0

static size_t list_places(const struct list *l)
{
	return l->map ? l->mapped : l->count;
}

static size_t list_row_at(const struct list *l, size_t place)
{
	return l->map ? l->map[place] : place;
}

// The place of a row, or of the next one that is shown.
static size_t list_place_of(const struct list *l, size_t row)
{
	size_t from = 0, to = list_places(l);
	if (!l->map)
		return row;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (l->map[middle] < row)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static bool list_heading(const struct list *l, size_t place)
{
	return l->heading && l->heading(l->context, list_row_at(l, place));
}

static bool list_chosen(const struct list *l, size_t place)
{
	return place < list_places(l) && !list_heading(l, place);
}

// The row nearest to a place that can be chosen, first in the direction of dir, then the other way.
static size_t list_near(const struct list *l, size_t from, int dir)
{
	for (int turn = 0; turn < 2; turn++, dir = -dir)
		for (size_t i = from; i < list_places(l); i += (size_t)dir) {
			if (list_chosen(l, i))
				return list_row_at(l, i);
			if (i == 0 && dir < 0)
				break;
		}
	return l->map ? l->count : 0;
}

// --- selecting

void list_set(struct list *l, size_t count)
{
	l->count = count;
	l->map = NULL;
	list_select(l, l->at);
}

void list_select(struct list *l, size_t at)
{
	size_t n = list_places(l), place = list_place_of(l, at);
	l->at = list_near(l, place >= n && n ? n - 1 : place, 1);
}

void list_filter(struct list *l, const size_t *map, size_t mapped)
{
	l->map = map;
	l->mapped = mapped;
	list_select(l, l->at);
}

bool list_empty(const struct list *l)
{
	return l->map && l->mapped == 0;
}

static void list_by(struct list *l, size_t rows, int dir)
{
	size_t n = list_places(l), at = list_place_of(l, l->at), to;
	if (n == 0)
		return;
	if (dir > 0)
		to = at >= n || rows > n - 1 - at ? n - 1 : at + rows;
	else
		to = rows > at ? 0 : at - rows;
	l->at = list_near(l, to, dir);
}

bool list_move(struct list *l, enum action action)
{
	size_t page = l->rows > 2 ? l->rows - 1 : 1;
	if (action == ACT_UP)
		list_by(l, 1, -1);
	else if (action == ACT_DOWN)
		list_by(l, 1, 1);
	else if (action == ACT_PAGE_UP)
		list_by(l, page, -1);
	else if (action == ACT_PAGE_DOWN)
		list_by(l, page, 1);
	else if (action == ACT_FIRST)
		list_by(l, l->count, -1);
	else if (action == ACT_LAST)
		list_by(l, l->count, 1);
	else
		return false;
	return true;
}

void list_scroll(struct list *l, int rows)
{
	for (int i = 0; i < rows; i++)
		list_by(l, 1, 1);
	for (int i = 0; i < -rows; i++)
		list_by(l, 1, -1);
}

// --- the view

void list_settle(struct list *l, size_t rows)
{
	size_t n = list_places(l), at = list_place_of(l, l->at);
	l->rows = rows;
	if (rows == 0)
		return;
	if (at < l->top)
		l->top = at;
	if (at >= l->top + rows)
		l->top = at - rows + 1;
	size_t most = n > rows ? n - rows : 0;
	if (l->top > most)
		l->top = most;
	// A heading just above the first row in view comes along.
	while (l->top > 0 && at + 1 < l->top + rows && list_heading(l, l->top - 1) && at == l->top)
		l->top--;
}

static int list_height(const struct list *l)
{
	return l->high > 1 ? l->high : 1;
}

bool list_at(const struct list *l, int row, int col, size_t *at)
{
	if (row < l->row || col < l->col || col >= l->col + l->cols)
		return false;
	size_t line = (size_t)((row - l->row) / list_height(l));
	if (line >= l->rows || !list_chosen(l, l->top + line))
		return false;
	*at = list_row_at(l, l->top + line);
	return true;
}

static void list_marks_draw(const struct list *l, struct term *t, struct area area)
{
	if (l->rows && l->top > 0)
		term_put(t, area.row, area.col + area.cols - 1, 1, ROLE_DIM,
		    term_is_ascii(t) ? "^" : "↑");
	if (l->rows && l->top + l->rows < list_places(l))
		term_put(t, area.row + area.rows - 1, area.col + area.cols - 1, 1, ROLE_DIM,
		    term_is_ascii(t) ? "v" : "↓");
}

void list_draw(struct list *l, struct term *t, struct area area, list_row_fn draw, void *context)
{
	int high = list_height(l);
	l->row = area.row;
	l->col = area.col;
	l->cols = area.cols;
	list_settle(l, area.rows > 0 ? (size_t)(area.rows / high) : 0);
	for (size_t r = 0; r < l->rows && l->top + r < list_places(l); r++) {
		size_t i = list_row_at(l, l->top + r);
		int row = area.row + (int)r * high;
		bool selected = i == l->at && list_chosen(l, l->top + r);
		draw(context, t, i, (struct area){ row, area.col + 3, high, area.cols - 5 },
		    selected);
		if (selected) {
			term_put(t, row, area.col + 1, 1, ROLE_SELECTED, ">");
			term_cursor(t, row, area.col + 1);
		}
	}
	if (list_empty(l))
		term_cursor(t, area.row, area.col + 1);
	list_marks_draw(l, t, area);
}
