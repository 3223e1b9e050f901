// SPDX-License-Identifier: MIT
#include "tui/copies/leaving.h"

#include "tui/loop/path.h"
#include "tui/loop/pick.h"

#include <plando/board.h>
#include <plando/record.h>
#include <plando/redact.h>
#include <plando/share.h>
#include <plando/str.h>
#include <plando/text.h>

#include <stdio.h>
#include <string.h>

enum { ALL_CHOSEN = -1, TITLE_COLUMNS = 24 };

// --- share

static void leaving_share_ask_team(struct app *app);

static void leaving_share_write(struct app *app, void *context, const char *answer)
{
	struct leaving *l = &app->leaving;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct share_report r;
	const char *path = path_whole(&a, answer);
	(void)context;
	if (path && store_share(app->store, l->team, l->teams, path, &r, &e))
		app_say(app, "%s has %zu team%s and what all share; it comes back by merging.",
		    path, l->teams, l->teams == 1 ? "" : "s");
	else if (path)
		app_fail(app, &e);
	arena_free(&a);
}

static void leaving_share_team(struct app *app, void *context, const struct pick_item *item)
{
	struct leaving *l = &app->leaving;
	(void)context;
	if (!item)
		return;
	if (item->tag == ALL_CHOSEN) {
		app_ask(app, "Where shall it be?", "part.plando", leaving_share_write, NULL);
		return;
	}
	l->team[l->teams++] = item->id;
	leaving_share_ask_team(app);
}

static bool leaving_chosen_already(const struct leaving *l, const struct id *team)
{
	for (size_t i = 0; i < l->teams; i++)
		if (id_equal(&l->team[i], team))
			return true;
	return false;
}

static bool leaving_share_rows(struct app *app, struct screen *pick, struct err *e)
{
	struct leaving *l = &app->leaving;
	struct board board;
	struct str names = STR_IN(&pick->arena);
	if (!board_list(app->store, &pick->arena, false, &board, e))
		return false;
	for (size_t i = 0; i < board.count; i++)
		if (leaving_chosen_already(l, &board.team[i].id))
			str_printf(&names, "%s%s", names.length ? ", " : "", board.team[i].name);
	struct pick_item all = { .text = arena_printf(&pick->arena,
				     "That is all: write %s to a file …", str_done(&names)),
		.tag = ALL_CHOSEN };
	if (l->teams && (!all.text || !pick_add(pick, all, e)))
		return false;
	for (size_t i = 0; i < board.count && l->teams < LEAVING_TEAMS; i++) {
		const struct board_team *t = &board.team[i];
		struct pick_item item = { .text = t->name, .note = t->system, .id = t->id };
		if (!leaving_chosen_already(l, &t->id) && store_holds(app->store, &t->id) &&
		    !pick_add(pick, item, e))
			return false;
	}
	return true;
}

static void leaving_share_ask_team(struct app *app)
{
	struct err e = { 0 };
	const char *title = app->leaving.teams ? "Share which team more?"
					       : "Share a part of the workbook: which team?";
	struct screen *pick = pick_new(title, leaving_share_team, NULL, &e);
	bool good = pick && leaving_share_rows(app, pick, &e);
	if (pick && !good)
		screen_free(pick);
	if (!good || !app_push(app, pick, &e))
		app_fail(app, &e);
}

void share_begin(struct app *app)
{
	app->leaving.teams = 0;
	leaving_share_ask_team(app);
}

// --- a parcel

static void leaving_parcel_write(struct app *app, void *context, const char *answer)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct parcel_report r;
	struct parcel_wish wish = { .device = app->leaving.text };
	const char *path = path_whole(&a, answer);
	(void)context;
	if (path && !store_parcel(app->store, &wish, path, &r, &e))
		app_fail(app, &e);
	else if (path && !r.changes)
		app_say(app, "There is nothing new for %s; no file was made.", wish.device);
	else if (path)
		app_say(app, "%s has %lld change%s for %s; there, it is merged.", path,
		    (long long)r.changes, r.changes == 1 ? "" : "s", wish.device);
	arena_free(&a);
}

static void leaving_parcel_device(struct app *app, void *context, const struct pick_item *item)
{
	(void)context;
	if (!item)
		return;
	snprintf(app->leaving.text, sizeof app->leaving.text, "%s", item->text);
	app_ask(app, "Where shall the parcel be?", "parcel.plando", leaving_parcel_write, NULL);
}

void parcel_begin(struct app *app)
{
	struct err e = { 0 };
	struct devices all;
	size_t others = 0;
	struct screen *pick = pick_new(
	    "A parcel of what another computer lacks: which?", leaving_parcel_device, NULL, &e);
	bool good = pick && store_devices(app->store, &pick->arena, &all, &e);
	for (size_t i = 0; good && i < all.count; i++) {
		struct pick_item item = { .text = all.name[i] };
		if (str_equal(all.name[i], app->env->device))
			continue;
		others++;
		good = pick_add(pick, item, &e);
	}
	if (good && others) {
		if (!app_push(app, pick, &e))
			app_fail(app, &e);
		return;
	}
	if (pick)
		screen_free(pick);
	if (good)
		app_say(app, "Nobody has written in this workbook on another computer yet: give "
			     "them a whole copy.");
	else
		app_fail(app, &e);
}

// --- the code

void code_show(struct app *app)
{
	struct err e = { 0 };
	struct store_facts facts;
	char code[COPY_CODE];
	if (!store_facts(app->store, &facts, &e)) {
		app_fail(app, &e);
		return;
	}
	store_copy_code(facts.digest, code);
	app_say(
	    app, "The code of this copy is %s. Whoever reads the same has an equal copy.", code);
}

// --- blanking for good

static const char *leaving_others_of(const struct redact_report *r, struct arena *a)
{
	struct str s = STR_IN(a);
	for (size_t i = 0; i < r->others.count && i < 4; i++)
		str_printf(&s, "%s%s", i ? ", " : "", r->others.name[i]);
	if (r->others.count > 4)
		str_printf(&s, " and %zu more", r->others.count - 4);
	return str_done(&s);
}

static void leaving_redact_say(struct app *app, const struct redact_report *r, struct arena *a)
{
	struct str s = STR_IN(a);
	const char *others = leaving_others_of(r, a);
	str_printf(&s, "%lld text%s blanked.", (long long)r->values, r->values == 1 ? "" : "s");
	if (r->mentions)
		str_printf(&s, " The name stands in %zu longer text%s yet: search for it.",
		    r->mentions, r->mentions == 1 ? "" : "s");
	if (others && *others)
		str_printf(&s, " Copies on %s lose it when they meet this one.", others);
	app_say(app, "%s", str_done(&s));
}

// Esc leaves; an empty answer gives no reason.
static void leaving_redact_why(struct app *app, void *context, const char *why)
{
	struct leaving *l = &app->leaving;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct redact_report r;
	(void)context;
	if (!why)
		app_say(app, "Nothing was blanked.");
	else if (!store_redact(
		     app->store, &a, &l->record, *l->text ? l->text : NULL, why, false, &r, &e))
		app_fail(app, &e);
	else {
		app_saved(app);
		leaving_redact_say(app, &r, &a);
	}
	arena_free(&a);
}

static void leaving_redact_answer(struct app *app, void *context, const char *answer)
{
	if (answer)
		app_ask(app, "Why? It stays in the history (Enter: no reason):", "",
		    leaving_redact_why, context);
	else
		app_say(app, "Nothing was blanked.");
}

bool redact_begin(struct app *app, const struct id *id, const char *field, struct err *e)
{
	struct leaving *l = &app->leaving;
	struct arena a = { 0 };
	struct redact_report r;
	struct record record;
	bool good = store_writable(app->store, e) &&
		    store_redact(app->store, &a, id, field, NULL, true, &r, e) &&
		    record_load(app->store, &a, id, &record, e);
	if (good) {
		const char *title = record_title(app->store, &a, &record);
		l->record = *id;
		snprintf(l->text, sizeof l->text, "%s", field ? field : "");
		const char *name = title ? text_cut(&a, title, TITLE_COLUMNS, false) : NULL;
		const char *question = arena_printf(&a, "Blank %lld text%s of “%s” for good?",
		    (long long)r.values, r.values == 1 ? "" : "s", name ? name : "");
		app_confirm(
		    app, question ? question : "Blank it for good?", leaving_redact_answer, NULL);
	}
	arena_free(&a);
	return good;
}
