// SPDX-License-Identifier: MIT
#include "tui/loop/undo.h"

#include <plando/history.h>
#include <plando/text.h>
#include <plando/words.h>

// What a save did, safe to show; "" where it cannot be told.
static const char *undo_told(struct app *app, struct arena *a, const struct history *h)
{
	const char *words = words_save(app->store, a, h);
	const char *safe = words ? text_safe(a, words, false) : NULL;
	return safe ? safe : "";
}

static void undo_now(struct app *app)
{
	struct history did;
	struct err e = { 0 };
	struct arena a = { 0 };
	if (!history_undo_last(app->store, &a, &did, &e))
		app_fail(app, &e);
	else {
		app_saved(app);
		app_say(app, "Undone: %s.", undo_told(app, &a, &did));
	}
	arena_free(&a);
}

static void undo_agreed(struct app *app, void *context, const char *answer)
{
	(void)context;
	if (answer)
		undo_now(app);
}

// Does the screen on top show a record that this save wrote? Those that show many say nothing.
static bool undo_is_here(struct app *app, const struct history *h)
{
	struct screen *top = app_top(app);
	if (!top->ops->shows || h->count == 0)
		return true;
	for (size_t i = 0; i < h->count; i++)
		if (top->ops->shows(app, top, &h->item[i].id))
			return true;
	return false;
}

// Where one record is open, what was saved elsewhere is not undone unseen.
void undo_last(struct app *app)
{
	struct history last;
	struct err e = { 0 };
	struct arena a = { 0 };
	if (!app->store)
		app_say(app, "There is nothing to undo here.");
	else if (!history_last(app->store, &a, &last, &e))
		app_fail(app, &e);
	else if (undo_is_here(app, &last))
		undo_now(app);
	else {
		const char *ask = arena_printf(
		    &a, "The last save was elsewhere (%s). Undo it?", undo_told(app, &a, &last));
		app_confirm(
		    app, ask ? ask : "The last save was elsewhere. Undo it?", undo_agreed, NULL);
	}
	arena_free(&a);
}

void undo_redo(struct app *app)
{
	struct history did;
	struct err e = { 0 };
	struct arena a = { 0 };
	if (!app->store)
		app_say(app, "There is nothing to redo here.");
	else if (!history_redo_last(app->store, &a, &did, &e))
		app_fail(app, &e);
	else {
		app_saved(app);
		app_say(app, "Done again: %s.", undo_told(app, &a, &did));
	}
	arena_free(&a);
}
