// SPDX-License-Identifier: MIT
// Fields that are typed: text, memo, numbers.
#include "tui/field/field.h"

#include <plando/str.h>

#include <string.h>

enum { MEMO_ROWS = 3 };

char *field_brief_plain(const struct face *f)
{
	return field_show(f->arena, f->field, f->text, store_today(f->store));
}

enum edit_did text_key(const struct face *f, const struct key *key, struct err *e)
{
	return edit_key(f->edit, key, f->most, e);
}

int line_field_height(const struct face *f, int cols)
{
	(void)f, (void)cols;
	return 1;
}

// What stands after the field: its unit.
static const char *field_text_unit_of(const struct face *f)
{
	if (f->field->unit)
		return f->field->unit;
	return f->field->type == FIELD_PERCENT ? "%" : NULL;
}

// The selected part of text[line] that was put at row, col. A selected line feed is a blank.
static void field_text_mark_selected(
    const struct edit *d, struct term *t, int row, int col, struct text_line line)
{
	size_t from, to;
	if (!edit_selected(d, &from, &to) || to <= line.start || from > line.end)
		return;
	from = from < line.start ? line.start : from;
	bool whole = to > line.end && line.end < d->length && d->text[line.end] == '\n';
	to = to > line.end ? line.end : to;
	int left = text_width(d->text + line.start, from - line.start);
	int width = text_width(d->text + from, to - from) + whole;
	term_paint(t, row, col + left, width, ROLE_MARKED);
}

void line_field_draw(const struct face *f, struct term *t, struct area area)
{
	const char *unit = field_text_unit_of(f);
	int column, width = area.cols;
	if (unit)
		width -= term_width(t, unit) + 1;
	struct text_line seen = edit_window(f->edit, width - 1, &column);
	int used = 0;
	if (f->edit->length == 0 && f->field->example)
		used = term_put(t, area.row, area.col, width, ROLE_HINT, f->field->example);
	else
		used = term_put_n(t, area.row, area.col, width, ROLE_FIELD,
		    f->edit->text + seen.start, seen.end - seen.start);
	field_text_mark_selected(f->edit, t, area.row, area.col, seen);
	if (unit)
		term_put(t, area.row, area.col + used + 1, area.cols - used - 1, ROLE_DIM, unit);
	term_cursor(t, area.row, area.col + column);
}

// One column stays free for the cursor at the end of a full line.
int memo_height(const struct face *f, int cols)
{
	int least = f->field->rows ? (int)f->field->rows : MEMO_ROWS, most = f->most;
	if (!edit_layout(f->edit, cols - 1, NULL))
		return 1;
	size_t lines = f->edit->line_count;
	int rows = lines > (size_t)most ? most : (int)lines;
	rows = rows < least ? least : rows;
	return rows < most ? rows : most;
}

void memo_draw(const struct face *f, struct term *t, struct area area)
{
	struct edit *d = f->edit;
	size_t line;
	int column;
	if (!edit_layout(d, area.cols - 1, NULL))
		return;
	edit_settle(d, area.rows);
	if (d->length == 0 && f->field->example)
		term_put(t, area.row, area.col, area.cols, ROLE_HINT, f->field->example);
	for (int i = 0; i < area.rows && d->top + (size_t)i < d->line_count; i++) {
		struct text_line l = d->line[d->top + (size_t)i];
		term_put_n(t, area.row + i, area.col, area.cols, ROLE_FIELD, d->text + l.start,
		    l.end - l.start);
		field_text_mark_selected(d, t, area.row + i, area.col, l);
	}
	int edge = area.col + area.cols - 1;
	if (d->top > 0)
		term_put(t, area.row, edge, 1, ROLE_DIM, "^");
	if (d->top + (size_t)area.rows < d->line_count)
		term_put(t, area.row + area.rows - 1, edge, 1, ROLE_DIM, "v");
	edit_cursor(d, &line, &column);
	term_cursor(t, area.row + (int)(line - d->top), area.col + column);
}

const char *text_reading(const struct face *f)
{
	size_t count = edit_selected_count(f->edit);
	if (count == 0)
		return NULL;
	return arena_printf(f->arena, "%zu %s selected   Ctrl-C copies   Ctrl-X cuts", count,
	    count == 1 ? "character" : "characters");
}
