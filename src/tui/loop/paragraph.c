// SPDX-License-Identifier: MIT
#include "tui/loop/paragraph.h"

#include <plando/str.h>

#include <string.h>

int paragraph_draw(struct app *app, struct area area, enum role role, const char *text)
{
	struct text_lines lines;
	const char *safe = str_empty(text) ? NULL : text_safe(&app->frame, text, true);
	if (!safe || area.rows < 1 || area.cols < 3 ||
	    !text_wrap(&app->frame, safe, strlen(safe), area.cols - 2, &lines))
		return 0;
	int used = (int)lines.count < area.rows ? (int)lines.count : area.rows;
	for (int i = 0; i < used; i++) {
		const struct text_line *l = &lines.line[i];
		int col = area.col + term_put_n(app->term, area.row + i, area.col, area.cols - 2,
					 role, safe + l->start, l->end - l->start);
		if (i == used - 1 && (int)lines.count > used)
			term_put(app->term, area.row + i, col, 2, role, " …");
	}
	return used;
}
