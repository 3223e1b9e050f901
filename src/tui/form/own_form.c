// SPDX-License-Identifier: MIT
// A form of one's own, brought into the workbook from a file: asked for by its path, checked, put
// in by one save. A kind of note that it makes is filled in at once where a team's note was wanted.
#include "tui/loop/path.h"
#include "tui/screens/screens.h"

#include <plando/file.h>
#include <plando/installed.h>
#include <plando/str.h>
#include <plando/yaml.h>

static void own_form_told(struct app *app, const struct install *done)
{
	const struct form *form = done->form;
	bool note = str_equal(form->edits, "note");
	if (!done->written)
		app_say(app, "“%s” is in this workbook already, word for word.", form->title);
	else if (done->before)
		app_say(app, "“%s”: version %u takes the place of version %u; u undoes.",
		    form->title, form->version, done->before);
	else
		app_say(app,
		    note ? "“%s” is a kind of note of this workbook now; u undoes."
			 : "“%s” is how this workbook asks now; u undoes.",
		    form->title);
}

static bool own_form_put_in(
    struct app *app, struct arena *a, const char *path, struct install *done, struct err *e)
{
	char *text;
	size_t n;
	if (!file_read(a, path, YAML_FORM.bytes, &text, &n, e) ||
	    !installed_put(app->store, a, text, n, path, done, e))
		return false;
	if (done->written)
		app_saved(app);
	return true;
}

static void own_form_path_given(struct app *app, void *context, const char *answer)
{
	const struct id *team = context;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct install done;
	const char *path = path_whole(&a, answer);
	bool good = !path || own_form_put_in(app, &a, path, &done, &e);
	if (path && good && team && str_equal(done.form->edits, "note"))
		good = app->open->note_of(app, team, done.form->id, &e);
	if (!good)
		app_fail(app, &e);
	else if (path)
		own_form_told(app, &done);
	arena_free(&a);
}

void own_form_ask(struct app *app, const struct id *team)
{
	struct err why = { 0 };
	if (store_writable(app->store, &why))
		app_ask(app, "Which form file (.yaml)?", "", own_form_path_given, (void *)team);
	else
		app_fail(app, &why);
}
