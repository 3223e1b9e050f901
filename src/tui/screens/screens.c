// SPDX-License-Identifier: MIT
// The app, put together: which function opens which screen, and what keys do everywhere.
#include "tui/screens/screens.h"

#include "tui/copies/leaving.h"
#include "tui/copies/past.h"
#include "tui/copies/together.h"
#include "tui/copies/who.h"
#include "tui/form/offer.h"

static void screens_report(struct app *app, bool done, const struct err *e)
{
	if (!done)
		app_fail(app, e);
}

static bool screens_have_workbook(struct app *app)
{
	if (!app->store)
		app_say(app, "Open a workbook first.");
	return app->store;
}

static void screens_search(struct app *app)
{
	struct err e = { 0 };
	if (!app->store)
		app_say(app, "Open a workbook first; then all of it can be searched.");
	else
		screens_report(
		    app, search_screen_open(app, app_top(app)->filter.line.text, &e), &e);
}

static void screens_own_form(struct app *app)
{
	own_form_ask(app, NULL);
}

static void screens_drafts(struct app *app)
{
	struct err e = { 0 };
	screens_report(app, drafts_open(app, &e), &e);
}

// All of them, from wherever one is; on a form those of its record first.
static void screens_conflicts(struct app *app)
{
	struct err e = { 0 };
	if (screens_have_workbook(app))
		screens_report(app, conflicts_screen_open(app, NULL, &e), &e);
}

static void screens_clocks(struct app *app)
{
	struct err e = { 0 };
	if (screens_have_workbook(app))
		screens_report(app, clock_screen_open(app, &e), &e);
}

static void screens_erased(struct app *app)
{
	struct err e = { 0 };
	if (screens_have_workbook(app))
		screens_report(app, erased_screen_open(app, &e), &e);
}

static void screens_merge(struct app *app)
{
	struct err e = { 0 };
	screens_report(app, merge_screen_open(app, &e), &e);
}

static const struct global_action GLOBAL[] = {
	{ ACT_WORKBOOK_AS_OF, past_ask },
	{ ACT_CLOCKS, screens_clocks },
	{ ACT_ERASED, screens_erased },
	{ ACT_TODAY, past_leave },
	{ ACT_SEARCH, screens_search },
	{ ACT_CONFLICTS, screens_conflicts },
	{ ACT_MERGE, screens_merge },
	{ ACT_SYNC, together_sync },
	{ ACT_SYNC_FOLDER, together_folder },
	{ ACT_OUTBOX, together_outbox },
	{ ACT_OUTBOX_REFUSE, together_refuse },
	{ ACT_OUTBOX_AGAIN, together_offer_again },
	{ ACT_SAVE_COPY, together_copy },
	{ ACT_OWN_FORM, screens_own_form },
	{ ACT_DRAFTS, screens_drafts },
	{ ACT_SHARE, share_begin },
	{ ACT_PARCEL, parcel_begin },
	{ ACT_CODE, code_show },
	{ ACT_WHO, who_ask },
	{ ACT_NONE, NULL },
};

const struct screens APP_SCREENS = {
	.start = start_screen_open,
	.board = board_screen_open,
	.team = team_screen_open,
	.list = list_screen_open,
	.measures = measures_screen_open,
	.cycles = cycles_screen_open,
	.assess = assess_screen_open,
	.assess_score = assess_screen_score,
	.history = history_screen_open,
	.merge = merge_screen_open,
	.merge_preview = merge_preview_open,
	.merge_account = merge_account_open,
	.since = since_screen_open,
	.history_batch = history_batch_open,
	.conflicts = conflicts_screen_open,
	.resolver = resolver_open,
	.team_grid = team_grid_open,
	.team_paste = team_paste_open,
	.team_file = team_file_open,
	.grid = grid_screen_open,
	.grid_paste = grid_paste_open,
	.grid_file = grid_file_open,
	.diagram = diagram_screen_open,
	.coverage = coverage_screen_open,
	.chart = chart_screen_open,
	.chart_group = chart_group_open,
	.groups = groups_screen_open,
	.gap = gap_screen_open,
	.equity = equity_screen_open,
	.clock = clock_screen_open,
	.erased = erased_screen_open,
	.form = form_screen_open,
	.form_quick = form_quick_open,
	.learned = learned_screen_open,
	.fidelity = fidelity_screen_open,
	.cycle_next = cycle_next_open,
	.ramp = ramp_screen_open,
	.search = search_screen_open,
	.archive = archive_record,
	.note = note_new_open,
	.note_of = note_begin,
	.own_form = own_form_ask,
	.drafts = drafts_open,
	.record = record_screen_open,
	.global = GLOBAL,
	.opened = together_opened,
	.offer_drafts = offer_drafts,
	.who = who_ask,
	.tick = together_tick,
	.leave = together_leave,
	.today = past_leave,
	.past_banner = past_banner,
};
