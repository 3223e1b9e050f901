// SPDX-License-Identifier: MIT
// `:` or Ctrl-P: every action of this screen with its key, then teams and records by name.
#include "tui/pick.h"
#include "tui/screens.h"

#include <plando/kind.h>
#include <plando/record.h>
#include <plando/str.h>

// Teams and people first, then what is looked for by its text. (All the rest is in lists.)
static const char *const FOUND[] = { "team", "driver", "idea", "pdsa", "measure", "person", "event",
	"system", "action" };
enum { RECORDS_MOST = 5000 };

static void chosen(struct app *app, void *context, const struct pick_item *item)
{
	struct err e = { 0 };
	(void)context;
	if (!item)
		return;
	if (id_zero(&item->id))
		app_act(app, (enum action)item->tag);
	else if (!record_screen_open(app, FOUND[item->tag], &item->id, &e))
		app_fail(app, &e);
}

static bool actions_add(struct app *app, struct screen *pick, unsigned on, struct err *e)
{
	bool ascii = term_is_ascii(app->term);
	for (const struct action_row *row = ACTION_ROWS; row->id; row++) {
		char word[KEY_WORD];
		// Moving about is for keys, not for a list of actions.
		bool useful = row->id > ACT_PREVIOUS && row->id != ACT_PALETTE &&
			      row->id != ACT_OPEN && row->id != ACT_FIND_NEXT &&
			      row->id != ACT_FIND_PREVIOUS;
		if (!useful || !(row->screens & on))
			continue;
		struct pick_item item = {
			.text = row->words, .note = action_key(row, ascii, word), .tag = row->id
		};
		if (!pick_add(pick, item, e))
			return false;
	}
	return true;
}

// "Child health hubs › Ring families": of which team it is.
static const char *with_team(struct app *app, const struct record *r)
{
	struct arena *a = &app->frame;
	const char *title = record_title(app->store, a, r);
	const char *team = record_get(r, "team");
	const char *of = team ? record_ref_title(app->store, a, team) : NULL;
	return of && title ? arena_printf(a, "%s › %s", of, title) : title;
}

static bool kind_add(struct app *app, struct screen *pick, size_t which, struct err *e)
{
	struct records records;
	const struct kind *kind = kind_find(FOUND[which]);
	if (!record_list(app->store, &app->frame, FOUND[which], NULL, &records, e))
		return false;
	for (size_t i = 0; i < records.count && i < RECORDS_MOST; i++) {
		const char *text = with_team(app, &records.item[i]);
		struct pick_item item = { .text = text ? text : "",
			.note = kind ? kind->label : NULL,
			.tag = (long)which,
			.id = records.item[i].id };
		if (!pick_add(pick, item, e))
			return false;
	}
	return true;
}

bool palette_open(struct app *app, struct err *e)
{
	unsigned on = app_top(app)->ops->on;
	struct screen *pick = pick_new("Actions, teams and records", chosen, NULL, e);
	bool made = pick && actions_add(app, pick, on, e);
	for (size_t i = 0; made && app->store && i < sizeof FOUND / sizeof *FOUND; i++)
		made = kind_add(app, pick, i, e);
	if (made)
		return app_push(app, pick, e);
	screen_free(pick);
	return false;
}
