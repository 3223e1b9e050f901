// SPDX-License-Identifier: MIT
#include "tui/loop/paint.h"

#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

void paint_canvas(struct app *app, const struct canvas *c, struct area area)
{
	static const enum role ROLE[CANVAS_ROLES] = { [CANVAS_PLAIN] = ROLE_TEXT,
		[CANVAS_TITLE] = ROLE_HEAD,
		[CANVAS_LINE] = ROLE_DIM,
		[CANVAS_FAINT] = ROLE_DIM,
		[CANVAS_AIM] = ROLE_AIM,
		[CANVAS_PRIMARY] = ROLE_PRIMARY,
		[CANVAS_SECONDARY] = ROLE_SECONDARY,
		[CANVAS_IDEA] = ROLE_IDEA,
		[CANVAS_FOCUS] = ROLE_SELECTED,
		[CANVAS_TRACE] = ROLE_KEY,
		[CANVAS_GOOD] = ROLE_GOOD,
		[CANVAS_BAD] = ROLE_BAD,
		[CANVAS_CHANGE] = ROLE_KEY,
		[CANVAS_WARNING] = ROLE_WARN };
	for (int row = 0; row < c->rows; row++)
		for (int col = 0, next; col < c->cols; col = next) {
			struct str run = STR_IN(&app->frame);
			unsigned role = canvas_at(c, row, col)->role;
			for (next = col; next < c->cols; next++) {
				size_t n;
				const char *glyph = canvas_glyph(c, row, next, &n);
				if (canvas_at(c, row, next)->role != role)
					break;
				if (glyph)
					str_add_n(&run, glyph, n);
			}
			const char *text = str_done(&run);
			if (text)
				term_put_n(app->term, area.row + row, area.col + col, next - col,
				    ROLE[role], text, run.length);
		}
}

static const char *paint_wrap(
    struct app *app, struct area area, int most, const char *text, struct text_lines *lines)
{
	const char *safe = text ? text_safe(&app->frame, text, false) : NULL;
	*lines = (struct text_lines){ 0 };
	if (!safe || !text_wrap(&app->frame, safe, strlen(safe), area.cols - 3, lines))
		lines->count = 0;
	if (lines->count > (size_t)most)
		lines->count = (size_t)most;
	return safe;
}

int paint_words(
    struct app *app, struct area area, int row, int most, enum role role, const char *text)
{
	struct text_lines lines;
	const char *safe = paint_wrap(app, area, most, text, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		const struct text_line *l = &lines.line[i];
		bool cut = i + 1 == (size_t)most && l->end < strlen(safe); // ends in "…"
		size_t n = cut ? strlen(safe) - l->start : l->end - l->start;
		const char *line = arena_copy(&app->frame, safe + l->start, n);
		if (line)
			term_put(app->term, row + (int)i, area.col + 1, area.cols - 2, role, line);
	}
	return (int)lines.count;
}

int paint_rows(struct app *app, struct area area, int most, const char *text)
{
	struct text_lines lines;
	paint_wrap(app, area, most, text, &lines);
	return (int)lines.count;
}
