// SPDX-License-Identifier: MIT
// A text whose parts stand in different roles, wrapped into lines: what two people wrote, side by
// side.
#ifndef PLANDO_TUI_RUNS_H
#define PLANDO_TUI_RUNS_H

#include "tui/term/term.h"

#include <plando/blend.h>
#include <plando/str.h>
#include <plando/text.h>

struct run_span {
	size_t to; // of the text, bytes
	enum role role;
};

struct runs {
	struct arena *arena;
	struct str text; // made safe to show
	struct run_span *span;
	size_t spans, cap;
	struct text_lines lines; // after runs_wrap
	bool failed;
};

struct runs runs_new(struct arena *a);
void runs_add(struct runs *r, enum role role, const char *text, size_t n);
// What a blend did: its own words in `text`, those of the sides in their roles, what went is left
// out.
void runs_add_blend(struct runs *r, const struct blend *b, enum role first, enum role second);
// False: out of memory, also earlier.
bool runs_wrap(struct runs *r, int columns);
void runs_draw(const struct runs *r, struct term *t, size_t line, int row, int col, int width);

#endif
