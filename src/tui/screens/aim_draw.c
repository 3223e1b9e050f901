// SPDX-License-Identifier: MIT
#include "tui/screens/aim_draw.h"

#include <string.h>

static int aim_sentence_draw(struct app *app, const char *sentence, struct area area)
{
	struct text_lines lines;
	const char *text = text_safe(&app->frame, sentence, false);
	if (!text || !text_wrap(&app->frame, text, strlen(text), area.cols - 6, &lines))
		return 0;
	int row = 0;
	for (; row < (int)lines.count && row < AIM_LINES; row++) {
		const struct text_line *l = &lines.line[row];
		bool cut = row == AIM_LINES - 1 && lines.count > AIM_LINES;
		const char *line = arena_copy(&app->frame, text + l->start, l->end - l->start);
		term_printf(app->term, area.row + row, 3, area.cols - 5, ROLE_AIM, "%s%s",
		    line ? line : "", cut ? " …" : "");
	}
	return row;
}

// "+ what" for what the aim says, "- by when" for what it leaves open.
static void aim_lamps_draw(struct app *app, const struct aim *aim, int row, int cols)
{
	const struct {
		bool lit;
		const char *words;
	} lamps[] = { { aim->what, "what" }, { aim->how_much, "how much" },
		{ aim->by_when, "by when" }, { aim->for_whom, "for whom" } };
	int col = 3;
	for (size_t i = 0; i < 4; i++)
		col += 3 + term_printf(app->term, row, col, cols - col - 1,
			       lamps[i].lit ? ROLE_GOOD : ROLE_DIM, "%s %s",
			       lamps[i].lit ? "+" : "-", lamps[i].words);
}

int aim_draw(struct app *app, const struct aim *aim, const char *none, struct area area)
{
	int used = aim_sentence_draw(app, *aim->line ? aim->line : none, area);
	aim_lamps_draw(app, aim, area.row + used, area.cols);
	return used + 1;
}
