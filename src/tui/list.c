// SPDX-License-Identifier: MIT
#include "tui/list.h"

static bool chosen(const struct list *l, size_t i)
{
	return i < l->count && !(l->heading && l->heading(l->context, i));
}

// The nearest row that can be chosen, first in the direction of dir, then the other way.
static size_t near(const struct list *l, size_t from, int dir)
{
	for (int turn = 0; turn < 2; turn++, dir = -dir)
		for (size_t i = from; i < l->count; i += (size_t)dir) {
			if (chosen(l, i))
				return i;
			if (i == 0 && dir < 0)
				break;
		}
	return 0;
}

void list_set(struct list *l, size_t count)
{
	l->count = count;
	list_select(l, l->at);
}

void list_select(struct list *l, size_t at)
{
	if (at >= l->count)
		at = l->count ? l->count - 1 : 0;
	l->at = l->count ? near(l, at, 1) : 0;
}

static void by(struct list *l, size_t rows, int dir)
{
	if (l->count == 0)
		return;
	size_t last = l->count - 1, to;
	if (dir > 0)
		to = rows > last - l->at ? last : l->at + rows;
	else
		to = rows > l->at ? 0 : l->at - rows;
	l->at = near(l, to, dir);
}

bool list_move(struct list *l, enum action action)
{
	size_t page = l->rows > 2 ? l->rows - 1 : 1;
	if (action == ACT_UP)
		by(l, 1, -1);
	else if (action == ACT_DOWN)
		by(l, 1, 1);
	else if (action == ACT_PAGE_UP)
		by(l, page, -1);
	else if (action == ACT_PAGE_DOWN)
		by(l, page, 1);
	else if (action == ACT_FIRST)
		list_select(l, 0);
	else if (action == ACT_LAST)
		by(l, l->count, 1);
	else
		return false;
	return true;
}

void list_settle(struct list *l, size_t rows)
{
	l->rows = rows;
	if (rows == 0)
		return;
	if (l->at < l->top)
		l->top = l->at;
	if (l->at >= l->top + rows)
		l->top = l->at - rows + 1;
	size_t most = l->count > rows ? l->count - rows : 0;
	if (l->top > most)
		l->top = most;
	// A heading just above the first row in view comes along.
	while (l->top > 0 && l->at + 1 < l->top + rows && !chosen(l, l->top - 1) && l->at == l->top)
		l->top--;
}

void list_scroll(struct list *l, int rows)
{
	for (int i = 0; i < rows; i++)
		by(l, 1, 1);
	for (int i = 0; i < -rows; i++)
		by(l, 1, -1);
}

bool list_at(const struct list *l, int row, int col, size_t *at)
{
	if (row < l->row || col < l->col || col >= l->col + l->cols)
		return false;
	size_t i = l->top + (size_t)(row - l->row);
	if ((size_t)(row - l->row) >= l->rows || !chosen(l, i))
		return false;
	*at = i;
	return true;
}

bool list_find(struct list *l, int dir, bool (*match)(void *context, size_t i), void *context)
{
	for (size_t step = 1; step <= l->count; step++) {
		size_t i = (l->at + (dir > 0 ? step : l->count - step)) % l->count;
		if (chosen(l, i) && match(context, i)) {
			l->at = i;
			return true;
		}
	}
	return false;
}

void list_draw(struct list *l, struct term *t, struct area area, list_row_fn draw, void *context)
{
	l->row = area.row;
	l->col = area.col;
	l->cols = area.cols;
	list_settle(l, area.rows > 0 ? (size_t)area.rows : 0);
	for (size_t r = 0; r < l->rows && l->top + r < l->count; r++) {
		size_t i = l->top + r;
		int row = area.row + (int)r;
		bool selected = i == l->at && chosen(l, i);
		draw(context, t, i, (struct area){ row, area.col + 3, 1, area.cols - 5 }, selected);
		if (selected) {
			term_put(t, row, area.col + 1, 1, ROLE_SELECTED, ">");
			term_cursor(t, row, area.col + 1);
		}
	}
	if (l->rows && l->top > 0)
		term_put(t, area.row, area.col + area.cols - 1, 1, ROLE_DIM,
		    term_is_ascii(t) ? "^" : "↑");
	if (l->rows && l->top + l->rows < l->count)
		term_put(t, area.row + area.rows - 1, area.col + area.cols - 1, 1, ROLE_DIM,
		    term_is_ascii(t) ? "v" : "↓");
}
