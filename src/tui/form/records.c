// SPDX-License-Identifier: MIT
// What several screens do with a record: open what suits it, archive it.
#include "tui/screens/screens.h"

#include <plando/record.h>
#include <plando/str.h>

bool record_screen_open(struct app *app, const char *kind, const struct id *id, struct err *e)
{
	bool node = str_equal(kind, "driver") || str_equal(kind, "idea");
	struct arena a = { 0 };
	struct record r;
	struct id team;
	if (str_equal(kind, "team"))
		return app->open->team(app, id, e);
	if (!node)
		return app->open->form(app, kind, id, NULL, e);
	bool found = record_load(app->store, &a, id, &r, e);
	bool in_team = found && record_ref(&r, "team", &team);
	arena_free(&a);
	if (!found)
		return false;
	return in_team ? app->open->diagram(app, &team, id, e)
		       : app->open->form(app, kind, id, NULL, e);
}

static bool records_archive_save(
    struct app *app, struct arena *a, const struct record *r, bool back, struct err *e)
{
	char today[DATE_TEXT];
	date_print_iso(store_today(app->store), today);
	struct save *v = save_begin(app->store, a, e);
	return v && save_cell(v, &r->id, r->kind, "archived", back ? "" : today, e) &&
	       save_commit(v, NULL, e);
}

bool archive_record(struct app *app, const struct id *id, struct err *e)
{
	struct arena a = { 0 };
	struct record r;
	bool done = false;
	if (record_load(app->store, &a, id, &r, e)) {
		bool back = record_archived(&r, store_today(app->store));
		const char *title = record_title(app->store, &a, &r);
		done = records_archive_save(app, &a, &r, back, e);
		if (done) {
			app_saved(app);
			app_say(app,
			    back ? "“%s” is back from the archive; u undoes."
				 : "“%s” is archived; u undoes, a shows it.",
			    title ? title : "");
		}
	}
	arena_free(&a);
	return done;
}
