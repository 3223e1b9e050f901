// SPDX-License-Identifier: MIT
// What a screen shows, as a file: asks for its name, whose ending says what it becomes. A file that
// is there is replaced only after a yes, and only by a whole one.
#ifndef PLANDO_TUI_EXPORT_H
#define PLANDO_TUI_EXPORT_H

#include "tui/loop/app.h"

#include <plando/picture.h>
#include <plando/str.h>

struct exporter {
	const char *what;    // "diagram": stands in questions and answers
	const char *endings; // of its texts, blank separated: "txt dot"
	// NULL: no picture, but a text, in Markdown where nothing else was said.
	bool (*scene)(struct app *app, struct screen *s, struct arena *a,
	    const struct scene_type *type, struct scene *out, struct err *e);
	// ending: one of them.
	bool (*text)(struct app *app, struct screen *s, struct arena *a, const char *ending,
	    struct str *out, struct err *e);
};

// name: what it is a picture of, "Child health hubs"; made fit for a file's name. The screen and
// the exporter outlive the question.
void export_ask(
    struct app *app, struct screen *s, const struct exporter *exporter, const char *name);

#endif
