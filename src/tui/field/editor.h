// SPDX-License-Identifier: MIT
// A person's own editor for long text: $VISUAL, else $EDITOR, run without a shell on a private
// file. Whatever happens to it, to the terminal or to us, what it wrote is not lost: what differs
// from what was given is handed back, and what nobody came back for is found at the next opening.
#ifndef PLANDO_TUI_EDITOR_H
#define PLANDO_TUI_EDITOR_H

#include "tui/term/term.h"

#include <plando/draft.h>
#include <plando/env.h>

struct editor_job {
	struct term *term; // given back before (term_leave)
	const struct env *env;
	struct store *store;
	const struct draft *given; // the text, and where it belongs
};

// *left (in the arena) is what it wrote, without the line feed that editors add; NULL: nothing else
// than was given. False: there is no editor, or it failed, and e says how; what it left then is for
// the person to judge.
bool editor_run(struct arena *a, const struct editor_job *job, char **left, struct err *e);

// Folders that were left over (killed, the terminal closed) and belong to this workbook: their
// texts become drafts, the folders go.
struct editor_leftovers {
	size_t texts;
	char folder[1024]; // one that stays, for an editor's recovery file in it; "" = none
};
void editor_leftovers_take(struct store *s, const struct env *env, struct editor_leftovers *out);

#endif
