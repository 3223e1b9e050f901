// SPDX-License-Identifier: MIT
// A person's own editor for long text: $VISUAL, else $EDITOR, run without a shell on a private
// file.
#ifndef PLANDO_TUI_EDITOR_H
#define PLANDO_TUI_EDITOR_H

#include <plando/arena.h>
#include <plando/env.h>
#include <plando/err.h>

// Runs it on `text`; the terminal was given back before (term_leave). *out is what was saved there,
// without the line feed that editors add. False: no editor, it failed, or what it left is no text;
// the text that was given is then what counts.
bool editor_run(
    struct arena *a, const struct env *env, const char *text, char **out, struct err *e);

#endif
