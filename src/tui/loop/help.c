// SPDX-License-Identifier: MIT
// `?`: the keys that work on the screen below, printed from the table of actions, to filter by
// typing; Enter does the one that is chosen.
#include "tui/loop/pick.h"

#include <plando/str.h>

static void help_chosen(struct app *app, void *context, const struct pick_item *item)
{
	(void)context;
	if (item)
		app_act(app, (enum action)item->tag);
}

static const char *help_keys_shown(struct arena *a, const struct action_row *row)
{
	struct str keys = STR_IN(a);
	for (const char *at = row->keys; *at; at++)
		str_add_n(&keys, *at == ' ' ? "  " : at, *at == ' ' ? 2 : 1);
	return str_done(&keys);
}

bool help_open(struct app *app, struct err *e)
{
	struct screen *top = app_top(app);
	struct screen *pick = pick_new("Keys on this screen", help_chosen, NULL, e);
	if (!pick)
		return false;
	for (const struct action_row *row = ACTION_ROWS; row->id; row++) {
		if (!(row->screens & top->ops->on))
			continue;
		struct pick_item item = { .text = row->words,
			.note = help_keys_shown(&app->frame, row),
			.tag = row->id };
		if (!pick_add(pick, item, e)) {
			screen_free(pick);
			return false;
		}
	}
	return app_push(app, pick, e);
}
