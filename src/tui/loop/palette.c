// SPDX-License-Identifier: MIT
// `:` or Ctrl-P: every action of this screen with its key; as one types, records too.
#include "tui/loop/pick.h"
#include "tui/screens/screens.h"

#include <plando/kind.h>
#include <plando/record.h>
#include <plando/search.h>
#include <plando/str.h>

enum { RECORDS_MOST = 40 };

static bool palette_found_open(struct app *app, const struct id *id, struct err *e)
{
	struct arena a = { 0 };
	struct record r;
	bool done = record_load(app->store, &a, id, &r, e) && app->open->record(app, r.kind, id, e);
	arena_free(&a);
	return done;
}

static void palette_chosen(struct app *app, void *context, const struct pick_item *item)
{
	struct err e = { 0 };
	(void)context;
	if (!item)
		return;
	if (id_zero(&item->id))
		app_act(app, (enum action)item->tag);
	else if (!palette_found_open(app, &item->id, &e))
		app_fail(app, &e);
}

static bool palette_actions_add(struct app *app, struct screen *pick, uint64_t on, struct err *e)
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

// Records in which the words stand, the names of which stand first.
static bool palette_records_find(
    struct app *app, struct screen *pick, const char *words, struct err *e)
{
	struct arena a = { 0 };
	struct search_hits hits;
	bool good = search_find(app->store, &a, words, RECORDS_MOST, &hits, e);
	for (size_t i = 0; good && i < hits.count; i++) {
		const struct search_hit *hit = &hits.item[i];
		const struct kind *kind = kind_find(hit->kind);
		const char *text = hit->team && !str_equal(hit->kind, "team")
				       ? arena_printf(&a, "%s › %s", hit->team, hit->title)
				       : hit->title;
		struct pick_item item = {
			.text = text ? text : "", .note = kind ? kind->label : NULL, .id = hit->id
		};
		good = pick_add(pick, item, e);
	}
	arena_free(&a);
	return good;
}

bool palette_open(struct app *app, struct err *e)
{
	uint64_t on = app_top(app)->ops->on;
	struct screen *pick = pick_new("Actions, teams and records", palette_chosen, NULL, e);
	bool made = pick && palette_actions_add(app, pick, on, e);
	if (made && app->store)
		pick_from(pick, palette_records_find);
	if (made)
		return app_push(app, pick, e);
	screen_free(pick);
	return false;
}
