// SPDX-License-Identifier: MIT
#include "tui/copies/together.h"

#include "tui/form/offer.h"
#include "tui/loop/filter.h"
#include "tui/loop/path.h"

#include <plando/clock.h>
#include <plando/erasures.h>
#include <plando/far.h>
#include <plando/outbox.h>
#include <plando/str.h>
#include <plando/sync.h>
#include <plando/text.h>

#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// --- sync

static const char *together_counted(struct arena *a, int64_t n, const char *noun)
{
	const char *text = arena_printf(a, "%" PRId64 " %s%s", n, noun, n == 1 ? "" : "s");
	return text ? text : "";
}

// "" without any.
static const char *together_erased_by(struct arena *a, const struct sync_report *r)
{
	struct merge_report *all = arena_array(a, r->count + 1, sizeof *all);
	for (size_t i = 0; all && i < r->count; i++)
		all[i] = r->file[i].report;
	const char *words = all ? erasures_words(a, all, r->count, true) : NULL;
	return words ? words : "";
}

// The message line has room for who and how many; the screen that it names has the rest.
static void together_erasures_tell(struct str *text, const char *words)
{
	if (!str_empty(words))
		str_printf(
		    text, ". %s “What others erased” among the actions (:) brings it back", words);
}

static void together_tell(
    struct app *app, struct arena *a, const char *folder, const struct sync_report *r)
{
	struct str text = STR_IN(a);
	str_printf(&text, "Synced with %s: ", folder);
	str_add(&text, r->changes ? together_counted(a, r->changes, "change") : "nothing new");
	if (r->changes)
		str_printf(&text, " in %s", together_counted(a, r->records, "record"));
	if (r->conflicts)
		str_printf(&text, ", %s", together_counted(a, r->conflicts, "new conflict"));
	together_erasures_tell(&text, together_erased_by(a, r));
	str_add(&text, r->wrote ? "; this computer's copy there is written." : ".");
	for (size_t i = 0, told = 0; i < r->count && told < 2; i++)
		if (r->file[i].skipped) {
			told++;
			str_printf(&text, " Left for next time: %s (%s).", r->file[i].name,
			    r->file[i].skipped);
		}
	if (r->skipped > 2)
		str_printf(
		    &text, " And %s more.", together_counted(a, (int64_t)r->skipped - 2, "file"));
	const char *said = str_done(&text);
	app_say(app, "%s", said ? said : "Synced.");
}

struct together_showing {
	struct app *app;
	const char *folder;
};

static void together_progress(void *context, size_t done, size_t total, const char *name)
{
	struct together_showing *w = context;
	if (name)
		app_say(
		    w->app, "Syncing with %s: %zu of %zu, %s", w->folder, done + 1, total, name);
	else
		app_say(w->app, "Syncing with %s: writing this computer's copy", w->folder);
	app_draw(w->app);
}

// What is typed is in the file first.
static bool together_run(
    struct app *app, struct arena *a, const char *folder, struct sync_report *r)
{
	struct err e = { 0 };
	struct together_showing showing = { app, folder };
	const struct sync_progress watch = { together_progress, &showing };
	bool ok = sync_folder(app->store, a, folder, &watch, r, &e);
	if (r->changes)
		app_changed(app);
	if (ok)
		together_tell(app, a, folder, r);
	else
		app_fail(app, &e);
	return ok;
}

static void together_always(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	(void)context;
	if (!answer)
		app_say(app, "It is synced when you ask for it.");
	else if (!sync_remember(app->store, app->sync_folder, &e))
		app_fail(app, &e);
	else
		app_say(app, "This workbook is synced with %s when it is opened and left.",
		    app->sync_folder);
}

// The question stands where the account would, and brings its first words.
static void together_ask_always(struct app *app, struct arena *a)
{
	struct sync_report r;
	if (!together_run(app, a, app->sync_folder, &r))
		return;
	const char *erased = together_erased_by(a, &r);
	const char *question = arena_printf(a, "%s%s%s came in. Always, on opening and leaving?",
	    erased, *erased ? " " : "",
	    r.changes ? together_counted(a, r.changes, "change") : "Nothing new");
	if (question)
		app_confirm(app, question, together_always, NULL);
}

static void together_chosen(struct app *app, void *context, const char *answer)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	const char *folder = answer ? path_whole(&a, answer) : NULL;
	(void)context;
	if (answer && !folder) {
		if (sync_remember(app->store, NULL, &e))
			app_say(app, "This workbook is synced with no folder now.");
		else
			app_fail(app, &e);
	} else if (folder) {
		snprintf(app->sync_folder, sizeof app->sync_folder, "%s", folder);
		together_ask_always(app, &a);
	}
	arena_free(&a);
}

// *folder: the one that is remembered, in the arena, or NULL.
static bool together_may_sync(struct app *app, struct arena *a, const char **folder)
{
	struct err e = { 0 };
	*folder = NULL;
	if (!app->store)
		app_say(app, "Open a workbook first.");
	else if (!store_writable(app->store, &e))
		app_fail(app, &e);
	else
		*folder = sync_remembered(app->store, a);
	return app->store && !e.code;
}

static void together_ask_folder(struct app *app, const char *now)
{
	app_ask(app, now ? "Sync with which folder? (empty: none)" : "Sync with which folder?", now,
	    together_chosen, NULL);
}

// The workbook lies on another disk: what is there and what is here come together.
static bool together_bring(struct app *app)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct far_brought got;
	struct far_facts far = { 0 };
	far_facts(app->store, &far);
	size_t told = far.merges;
	app_say(app, "Bringing %s together with the copy on this computer …",
	    path_file(store_path(app->store)));
	app_draw(app);
	bool ok = far_bring(app->store, &got, &e);
	if (got.came)
		app_changed(app);
	const char *came = got.came ? together_counted(&a, got.came, "change") : "nothing new";
	const char *went = got.went ? together_counted(&a, got.went, "change") : "nothing new";
	struct str text = STR_IN(&a);
	str_printf(
	    &text, "%s: %s came in, %s went there", path_file(store_path(app->store)), came, went);
	if (far_facts(app->store, &far) && far.merges > told)
		together_erasures_tell(
		    &text, erasures_words(&a, &far.merge[told], far.merges - told, true));
	str_add_char(&text, '.');
	const char *said = str_done(&text);
	if (ok)
		app_say(app, "%s", said ? said : "");
	else
		app_fail(app, &e);
	arena_free(&a);
	return ok;
}

void together_sync(struct app *app)
{
	struct arena a = { 0 };
	struct far_facts far;
	struct sync_report r;
	const char *folder;
	bool may = together_may_sync(app, &a, &folder);
	bool is_far = may && far_facts(app->store, &far);
	bool on = may && (!is_far || together_bring(app));
	if (on && folder)
		together_run(app, &a, folder, &r);
	else if (on && !is_far)
		together_ask_folder(app, NULL);
	arena_free(&a);
}

void together_folder(struct app *app)
{
	struct arena a = { 0 };
	const char *folder;
	if (together_may_sync(app, &a, &folder))
		together_ask_folder(app, folder);
	arena_free(&a);
}

// --- the outbox

static void together_mended_say(struct app *app, struct arena *a, const struct outbox_mended *m)
{
	if (m->left)
		app_say(app, "%s put back; %s could not be and stay in the outbox: %s",
		    together_counted(a, m->changes, "change"),
		    together_counted(a, m->left, "change"), m->why ? m->why : "");
	else
		app_say(app, "%s put back.", together_counted(a, m->changes, "change"));
}

// "This file lacks 14 changes you made here on Tuesday. Put them back?"
static const char *together_gap_question(
    struct app *app, struct arena *a, const struct outbox_gap *gap)
{
	date_t day = env_date(app->env, gap->newest), today = store_today(app->store);
	int64_t own = gap->changes - gap->merged;
	const char *who =
	    !gap->merged ? "you made here"
	    : !own	 ? "of others that had come in here"
			 : arena_printf(a, "that were here, %" PRId64 " by others,", gap->merged);
	const char *on =
	    day == today ? " today" : arena_printf(a, " on %s", date_show(a, day, today));
	return !who || !on ? NULL
			   : arena_printf(a, "This file lacks %s %s%s. Put %s back?",
				 together_counted(a, gap->changes, "change"), who, on,
				 gap->changes == 1 ? "it" : "them");
}

static void together_put_back_answered(struct app *app, void *context, const char *answer)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct outbox_mended mended;
	(void)context;
	bool ok = true;
	if (str_equal(answer, "yes")) {
		ok = outbox_put_back(app->store, &mended, &e);
		app_changed(app);
		together_mended_say(app, &a, &mended);
	} else {
		app_say(app, "Left as it is; this is asked again when the workbook is opened. "
			     "“Never offer” among "
			     "the actions (:) ends that.");
	}
	if (!ok)
		app_fail(app, &e);
	arena_free(&a);
}

static bool together_offer_outbox(struct app *app)
{
	struct arena a = { 0 };
	struct outbox_gap gap = { 0 };
	struct err ignored = { 0 };
	bool asks = store_writable(app->store, &ignored) &&
		    outbox_missing(app->store, &a, &gap, &ignored) && gap.changes > 0;
	const char *question = asks ? together_gap_question(app, &a, &gap) : NULL;
	if (question)
		app_offer(app, question, together_put_back_answered, NULL);
	arena_free(&a);
	return asks;
}

// For good, until more is written; and the way back.
void together_refuse(struct app *app)
{
	struct err e = { 0 };
	if (!app->store)
		app_say(app, "Open a workbook first.");
	else if (!outbox_refuse(app->store, &e))
		app_fail(app, &e);
	else
		app_say(app, "What this file lacks of what you wrote is not offered again; “Offer "
			     "again” among the "
			     "actions (:) takes that back.");
}

void together_offer_again(struct app *app)
{
	struct err e = { 0 };
	if (!app->store)
		app_say(app, "Open a workbook first.");
	else if (!outbox_ask_again(app->store, &e))
		app_fail(app, &e);
	else if (!together_offer_outbox(app))
		app_say(app, "This file has all that was kept here of what you wrote.");
}

void together_outbox(struct app *app)
{
	struct err e = { 0 };
	if (!app->store)
		app_say(app, "Open a workbook first.");
	else if (app->env->no_outbox)
		app_say(app, "PLANDO_OUTBOX=off has turned this off for this login.");
	else if (!outbox_turn(app->store, !outbox_is_on(app->store), &e))
		app_fail(app, &e);
	else if (outbox_is_on(app->store))
		app_say(app,
		    "What you write is also kept on this computer, and offered back where an older "
		    "copy took its place.");
	else
		app_say(app,
		    "Nothing of what you write is kept on this computer but the workbook itself.");
}

// --- a copy under another name

static void together_copy_named(struct app *app, void *context, const char *answer)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	const char *path = answer ? path_whole(&a, answer) : NULL;
	(void)context;
	if (path && (!store_copy(app->store, path, &e) || !app_open_file(app, path, &e)))
		app_fail(app, &e);
	else if (path)
		app_say(app, "This is the copy, %s. The other one is as it was.", path_file(path));
	arena_free(&a);
}

void together_copy(struct app *app)
{
	if (!app->store)
		app_say(app, "Open a workbook first.");
	else
		app_ask(app, "Save a copy as (name.plando), and go on in it:", NULL,
		    together_copy_named, NULL);
}

// --- opening and leaving

void together_opened(struct app *app)
{
	app->opened_due = app->store != NULL;
	app->outbox_due = false;
	app->sync_due = app->store != NULL;
	app->leave_unsynced = false;
}

static bool together_clock_told(struct app *app)
{
	struct arena a = { 0 };
	const char *words = clock_trouble(app->store, &a);
	if (words)
		app_say(app, "%s “Clocks” among the actions (:) puts times right.", words);
	app->clock_wrong = words != NULL;
	arena_free(&a);
	return words != NULL;
}

// What may not be written to is for reading: why, and how to go on, is said once.
static bool together_locked_told(struct app *app)
{
	struct err why = { 0 };
	if (store_writable(app->store, &why))
		return false;
	app_say(app, "%s. Press : and type “save a copy”.", why.text);
	return true;
}

// "hubs.plando" and "hubs (conflicted copy).plando": the tools that make such copies keep the beginning of the name.
static bool together_is_named_alike(const char *path, const char *own)
{
	const char *name = path_file(path), *mine = path_file(own);
	size_t stem = strlen(mine), ending = strlen(".plando");
	if (stem > ending && str_equal(mine + stem - ending, ".plando"))
		stem -= ending;
	return !str_equal(name, mine) && strncmp(name, mine, stem) == 0;
}

// A copy beside the workbook that a sync tool or a person left there, and that holds what this one lacks.
static bool together_copy_told(struct app *app)
{
	enum { TRIED_MOST = 4 };
	struct arena a = { 0 };
	struct err ignored = { 0 };
	struct merge_sources found = { 0 };
	const char *own = store_path(app->store);
	char *copy = own ? arena_strdup(&a, own) : NULL;
	const char *folder = copy ? dirname(copy) : NULL, *told = NULL;
	if (folder && merge_sources(app->store, &a, &folder, 1, &found, &ignored))
		for (size_t i = 0, tried = 0; !told && i < found.count && tried < TRIED_MOST; i++) {
			struct merge_report r = { 0 };
			if (!together_is_named_alike(found.path[i], own))
				continue;
			tried++;
			if (merge_file(app->store, found.path[i], true, &r, &ignored) && r.changes)
				told = found.path[i];
		}
	if (told)
		app_say(app,
		    "%s lies beside this workbook and holds changes that it lacks; M merges them.",
		    path_file(told));
	arena_free(&a);
	return told != NULL;
}

// A stick that is not there today is no fault: it is said, and stops nobody.
static bool together_folder_is_there(const char *folder)
{
	return access(folder, F_OK) == 0;
}

static bool together_sync_opened(struct app *app)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	struct sync_report r;
	app->sync_due = false;
	const char *folder =
	    store_writable(app->store, &ignored) ? sync_remembered(app->store, &a) : NULL;
	if (folder && together_folder_is_there(folder))
		together_run(app, &a, folder, &r);
	else if (folder)
		app_say(app, "%s is not there now; sync waits for it.", folder);
	arena_free(&a);
	return folder != NULL;
}

// A question is never put over what is being typed.
static bool together_typing(struct app *app)
{
	struct screen *top = app_top(app);
	return (top->ops->typing && top->ops->typing(top)) || filter_open(top);
}

bool together_tick(struct app *app)
{
	if (!app->store || app->prompt.open || together_typing(app))
		return false;
	if (app->who_due) {
		app->open->who(app);
		return true;
	}
	if (app->drafts_due) {
		app->drafts_due = false;
		offer_drafts(app);
		return true;
	}
	if (!app->opened_due && app->outbox_due) {
		app->outbox_due = false;
		return together_offer_outbox(app);
	}
	if (!app->opened_due)
		return app->sync_due && together_sync_opened(app);
	app->opened_due = app->outbox_due = false;
	bool said =
	    together_clock_told(app) || together_locked_told(app) || together_copy_told(app);
	return together_offer_outbox(app) || said;
}

bool together_leave(struct app *app)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	struct sync_report r;
	if (!app->store || app->leave_unsynced || !store_writable(app->store, &ignored))
		return true;
	const char *folder = sync_remembered(app->store, &a);
	bool synced =
	    !folder || !together_folder_is_there(folder) || together_run(app, &a, folder, &r);
	app->leave_unsynced = !synced || (far_waits(app->store) && !together_bring(app));
	bool leaves = !app->leave_unsynced;
	size_t said = strlen(app->message);
	if (!leaves)
		snprintf(app->message + said, sizeof app->message - said,
		    " Quit again to leave all the same.");
	arena_free(&a);
	return leaves;
}
