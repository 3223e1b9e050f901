// SPDX-License-Identifier: MIT
// The soft lines of text under edit, the cursor among them, and moves that depend on them.
#include "tui/field/edit.h"

#include <string.h>

static bool edit_view_layout_add(struct edit *d, struct text_line line)
{
	void *items = d->line;
	if (!arena_grow(&d->arena, &items, d->line_count, &d->line_cap, sizeof *d->line))
		return false;
	d->line = items;
	d->line[d->line_count++] = line;
	return true;
}

bool edit_layout(struct edit *d, int columns, struct err *e)
{
	columns = columns > 1 ? columns : 1;
	if (!d->stale && columns == d->columns && d->line_count > 0)
		return true;
	d->columns = columns;
	d->line_count = 0;
	size_t at = 0;
	do {
		if (!edit_view_layout_add(d, text_wrap_next(d->text, d->length, at, columns, &at)))
			return err_memory(e);
	} while (at < d->length);
	if (d->length > 0 && d->text[d->length - 1] == '\n' &&
	    !edit_view_layout_add(d, (struct text_line){ d->length, d->length }))
		return err_memory(e);
	d->stale = false;
	return true;
}

// Lines as of now where they can be had; moves must work also where memory is short.
static bool edit_view_laid_out(struct edit *d)
{
	return d->lines && edit_layout(d, d->columns ? d->columns : 72, NULL);
}

// The last line that begins at or before the cursor.
static size_t edit_view_line_of(const struct edit *d)
{
	size_t low = 0, high = d->line_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (d->line[middle].start <= d->at)
			low = middle;
		else
			high = middle;
	}
	bool soft = low > 0 && d->line[low].start == d->at && d->line[low - 1].end == d->at &&
		    d->text[d->at - 1] != '\n';
	return d->late && soft ? low - 1 : low;
}

void edit_cursor(const struct edit *d, size_t *line, int *column)
{
	*line = edit_view_line_of(d);
	size_t start = d->line[*line].start;
	int width = text_width(d->text + start, d->at - start);
	*column = width < d->columns ? width : d->columns;
}

void edit_settle(struct edit *d, int rows)
{
	size_t line, height = rows > 1 ? (size_t)rows : 1;
	int column;
	edit_cursor(d, &line, &column);
	if (d->top > line)
		d->top = line;
	if (line - d->top >= height)
		d->top = line - height + 1;
	if (d->top + height > d->line_count)
		d->top = d->line_count > height ? d->line_count - height : 0;
}

// The first byte from which the cursor is less than `columns` away.
static size_t edit_view_leftmost(const struct edit *d, int columns)
{
	size_t from = d->at;
	for (int width = 0; from > 0;) {
		size_t before = text_prev(d->text, from);
		width += text_cluster_width(d->text, before, from);
		if (width >= columns)
			break;
		from = before;
	}
	return from;
}

struct text_line edit_window(struct edit *d, int columns, int *column)
{
	columns = columns > 1 ? columns : 1;
	size_t left = edit_view_leftmost(d, columns);
	if (d->top < left)
		d->top = left;
	if (d->top >= d->at) // always something to see before the cursor
		d->top = edit_view_leftmost(d, columns / 2);
	size_t top = left; // a boundary, whatever was deleted
	while (top < d->top)
		top = text_next(d->text, d->length, top);
	d->top = top;
	*column = text_width(d->text + top, d->at - top);
	size_t n = text_fit(d->text + top, d->length - top, columns, NULL);
	return (struct text_line){ top, top + n };
}

void edit_move_to(struct edit *d, size_t at)
{
	d->at = at;
	d->late = false;
	d->goal = -1;
}

bool edit_move_lines(struct edit *d, int by)
{
	size_t line;
	int column;
	if (!edit_view_laid_out(d))
		return false;
	edit_cursor(d, &line, &column);
	size_t last = d->line_count - 1;
	if ((by < 0 && line == 0) || (by > 0 && line == last))
		return false;
	if (by < 0)
		line = (size_t)-by > line ? 0 : line - (size_t)-by;
	else
		line = line + (size_t)by > last ? last : line + (size_t)by;
	int goal = d->goal >= 0 ? d->goal : column;
	struct text_line l = d->line[line];
	edit_move_to(d, l.start + text_fit(d->text + l.start, l.end - l.start, goal, NULL));
	d->late = d->at == l.end;
	d->goal = goal;
	return true;
}

// A visual line of a memo, the whole of a single line.
void edit_line_ends(const struct edit *d, size_t *start, size_t *end)
{
	*start = 0;
	*end = d->length;
	if (!d->lines || d->stale || d->line_count == 0)
		return;
	size_t line = edit_view_line_of(d);
	*start = d->line[line].start;
	*end = d->line[line].end;
	if (d->at > *end) // among the blanks that hang over the edge
		*end = d->at;
}

static bool edit_view_in_word(const struct edit *d, size_t at)
{
	return at < d->length && !strchr(" \t\n.,;:!?()[]{}\"/-", d->text[at]);
}

size_t edit_word_left(const struct edit *d)
{
	size_t at = d->at, before;
	while (at > 0 && !edit_view_in_word(d, before = text_prev(d->text, at)))
		at = before;
	while (at > 0 && edit_view_in_word(d, before = text_prev(d->text, at)))
		at = before;
	return at;
}

size_t edit_word_right(const struct edit *d)
{
	size_t at = d->at;
	while (at < d->length && edit_view_in_word(d, at))
		at = text_next(d->text, d->length, at);
	while (at < d->length && !edit_view_in_word(d, at))
		at = text_next(d->text, d->length, at);
	return at;
}
