// SPDX-License-Identifier: MIT
#include "tui/loop/app.h"

#include "tui/loop/filter.h"
#include "tui/loop/pick.h"
#include "tui/loop/prompt.h"
#include "tui/loop/undo.h"

#include <plando/board.h>
#include <plando/far.h>
#include <plando/remembered.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

// --- words

void app_say(struct app *app, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(app->message, sizeof app->message, fmt, ap);
	va_end(ap);
	app->message_role = ROLE_TEXT;
}

void app_fail(struct app *app, const struct err *e)
{
	snprintf(app->message, sizeof app->message, "%s", e->text);
	app->message_role = ROLE_BAD;
}

void app_stay(struct app *app, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(app->standing, sizeof app->standing, fmt, ap);
	va_end(ap);
	*app->message = '\0';
}

void app_crossed(struct app *app, const struct id *id, const char *cell, const char *label,
    const struct saw *saw)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	struct arrived got;
	struct record now;
	if (saw_arrived(app->store, &a, id, cell, saw, &got, &ignored) && got.value &&
	    record_load(app->store, &a, id, &now, &ignored)) {
		const struct cell *both = record_cell(&now, cell);
		const struct action_row *row = action_for(app_top(app)->ops->on, ACT_CONFLICTS);
		char key[KEY_WORD];
		if (both && both->heads > 1) {
			store_news(app->store); // that something came is said here
			app_stay(app,
			    "While you typed, %s changed “%s” to “%.200s”. Yours and theirs both "
			    "stand: "
			    "%s shows them.",
			    *got.author ? got.author : "somebody", label, got.value,
			    row ? action_key(row, true, key) : "the list of conflicts");
		}
	}
	arena_free(&a);
}

const char *app_clock(const struct app *app, int64_t ms, struct arena *a)
{
	const int64_t day = 24LL * 60;
	int64_t minute = (ms / 60000 - (ms % 60000 < 0)) % day + env_offset(app->env, ms);
	minute = (minute % day + day) % day;
	const char *text = arena_printf(a, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
	return text ? text : "";
}

static void app_conflicts_count(struct app *app)
{
	struct err ignored = { 0 };
	app->conflicts = 0;
	if (app->store)
		board_conflicts(app->store, &app->conflicts, &ignored);
	if (!app->conflicts)
		*app->standing = '\0';
}

static void app_all_stale(struct app *app)
{
	for (size_t i = 0; i < app->depth; i++)
		app->stack[i]->stale = true;
}

void app_changed(struct app *app)
{
	app_all_stale(app);
	app_conflicts_count(app);
}

void app_saved(struct app *app)
{
	app->saved_at = app->env->now(app->env->world);
	app_changed(app);
}

bool app_touched(struct app *app, const struct id *id)
{
	bool touched = id_equal(&app->touched, id);
	if (touched)
		app->touched = (struct id){ 0 };
	return touched;
}

// --- the stack

struct screen *app_top(struct app *app)
{
	return app->depth ? app->stack[app->depth - 1] : NULL;
}

static bool app_load(struct app *app, struct screen *s, struct err *e)
{
	struct store *store = app->store;
	s->stale = false;
	store_hold(store);
	bool ok = !s->ops->load || s->ops->load(app, s, e);
	store_release(store);
	return ok;
}

// What is typed is saved before a screen is covered or left. Where that cannot be, it stays, and
// its words with it; to leave all the same is to do it again: then it becomes a draft.
static bool app_leave(struct app *app, struct screen *s)
{
	struct err e = { 0 };
	const struct screen_ops *ops = s->ops;
	bool again = app->leave_refused == s;
	app->leave_refused = NULL;
	if (!ops->leave || ops->leave(app, s, &e))
		return true;
	if (again && ops->keep)
		ops->keep(app, s);
	if (again)
		return true;
	app->leave_refused = s;
	app_fail(app, &e);
	return false;
}

bool app_push(struct app *app, struct screen *s, struct err *e)
{
	struct screen *top = app_top(app);
	bool room = app->depth < SCREENS_MOST;
	if (!room)
		err_set(e, ERR_USAGE, "so many screens are open; go back with Esc first");
	if (!room || !app_load(app, s, e)) {
		screen_free(s);
		return false;
	}
	if (top && !app_leave(app, top)) {
		screen_free(s);
		return err_set(e, ERR_IO, "%s", app->message);
	}
	if (s->stale && !app_load(app, s, e)) { // what was left was saved, and it shows here
		screen_free(s);
		return false;
	}
	app->stack[app->depth++] = s;
	return true;
}

void app_pop(struct app *app)
{
	if (app->depth < 2 || !app_leave(app, app_top(app)))
		return;
	screen_free(app->stack[--app->depth]);
}

static void app_all_closed(struct app *app)
{
	while (app->depth)
		screen_free(app->stack[--app->depth]);
	app->prompt.open = false; // a question goes with the screen that asked it
}

// --- actions that every screen has

static void app_quit(struct app *app)
{
	if (app->past) // what leaving does, it does to today's
		app->open->today(app);
	for (size_t i = app->depth; i-- > 0;)
		if (!app_leave(app, app->stack[i]))
			return;
	app->ending = app->open->leave(app);
}

static void app_keep_all(struct app *app)
{
	for (size_t i = app->depth; i-- > 0;)
		if (app->stack[i]->ops->keep)
			app->stack[i]->ops->keep(app, app->stack[i]);
}

static void app_keep_and_end(struct app *app)
{
	app_keep_all(app);
	app->ending = true;
}

static void app_back(struct app *app)
{
	if (app->depth > 1)
		app_pop(app);
	else if (app->past)
		app->open->today(app);
	else
		app_say(app, "This is the first screen; q leaves plando.");
}

static void app_theme(struct app *app)
{
	static const char *const NAMES[SCHEMES] = { "colour", "no colour", "high contrast" };
	enum scheme next = (term_scheme(app->term) + 1) % SCHEMES;
	term_set_scheme(app->term, next);
	if (term_scheme(app->term) != next) // no colour to be had: on to the next
		term_set_scheme(app->term, (enum scheme)(next + 1));
	for (int i = SCHEME_MONO; i < SCHEMES; i++)
		app_setting_put(app, NAMES[i], term_scheme(app->term) == (enum scheme)i);
	app_say(app, "Colours: %s.", NAMES[term_scheme(app->term)]);
}

static void app_mouse(struct app *app)
{
	term_set_mouse(app->term, !term_mouse(app->term));
	app_setting_put(app, "no mouse", !term_mouse(app->term));
	app_say(app, term_mouse(app->term) ? "The mouse works here now."
					   : "The mouse is the terminal's now, to mark and copy.");
}

static void app_board(struct app *app)
{
	while (app->depth > 1) {
		size_t depth = app->depth;
		app_pop(app);
		if (app->depth == depth)
			return;
	}
}

static void app_redraw(struct app *app)
{
	term_redraw(app->term);
}

// Who stops it may end it too: what is typed is kept first.
static void app_suspend(struct app *app)
{
	app_keep_all(app);
	term_suspend(app->term);
	app_tick(app);
}

static void app_report(struct app *app, bool done, const struct err *e)
{
	if (!done)
		app_fail(app, e);
}

static void app_help(struct app *app)
{
	struct err e = { 0 };
	app_report(app, help_open(app, &e), &e);
}

static void app_palette(struct app *app)
{
	struct err e = { 0 };
	app_report(app, palette_open(app, &e), &e);
}

// These are about the file as it is, not as it was.
static bool app_today_wanting(struct app *app, enum action action)
{
	static const enum action WANTING[] = { ACT_MERGE, ACT_SYNC, ACT_SYNC_FOLDER, ACT_OUTBOX,
		ACT_SAVE_COPY, ACT_ERASED };
	for (size_t i = 0; app->past && i < sizeof WANTING / sizeof *WANTING; i++)
		if (WANTING[i] == action) {
			app_say(app, "That is for today's workbook; go back to it first.");
			return true;
		}
	return false;
}

// These need a row; a filter may have left none.
static bool app_row_wanting(struct app *app, enum action action)
{
	static const enum action WANTING[] = { ACT_OPEN, ACT_ARCHIVE, ACT_HISTORY, ACT_UNDO_THIS,
		ACT_DIAGRAM, ACT_CYCLES, ACT_NEXT_CYCLE, ACT_REDACT };
	struct screen *s = app_top(app);
	struct list *list = s->ops->list ? s->ops->list(s) : NULL;
	for (size_t i = 0; list && list_empty(list) && i < sizeof WANTING / sizeof *WANTING; i++)
		if (WANTING[i] == action) {
			app_say(app, "No row here holds “%s”; Esc shows them all again.",
			    s->filter.line.text);
			return true;
		}
	return false;
}

static const struct global_action APP_ACTIONS[] = {
	{ ACT_BACK, app_back },
	{ ACT_QUIT, app_quit },
	{ ACT_UNDO, undo_last },
	{ ACT_REDO, undo_redo },
	{ ACT_HELP, app_help },
	{ ACT_PALETTE, app_palette },
	{ ACT_FILTER, filter_ask },
	{ ACT_THEME, app_theme },
	{ ACT_MOUSE, app_mouse },
	{ ACT_BOARD, app_board },
	{ ACT_REDRAW, app_redraw },
	{ ACT_SUSPEND, app_suspend },
	{ ACT_NONE, NULL },
};

static bool app_acted(struct app *app, const struct global_action *row, enum action action)
{
	for (; row->act; row++)
		if (row->action == action) {
			row->act(app);
			return true;
		}
	return false;
}

void app_act(struct app *app, enum action action)
{
	struct screen *s = app_top(app);
	struct list *list = s->ops->list ? s->ops->list(s) : NULL;
	filter_settle(app, s);
	if (action == ACT_CONFLICTS)
		*app->standing = '\0';
	if (app_row_wanting(app, action) || app_today_wanting(app, action) ||
	    (s->ops->act && s->ops->act(app, s, action)))
		return;
	if (list && list_move(list, action))
		return;
	if (!app_acted(app, APP_ACTIONS, action) && !app_acted(app, app->open->global, action))
		app_say(app, "That does nothing here.");
}

// --- keys

static void app_footer_click(struct app *app, int col)
{
	for (size_t i = 0; i < app->footer_count; i++)
		if (col >= app->footer[i].from && col < app->footer[i].to)
			app_act(app, app->footer[i].action);
}

static void app_mouse_key(struct app *app, const struct key *key)
{
	struct screen *s = app_top(app);
	struct list *list = s->ops->list ? s->ops->list(s) : NULL;
	size_t at;
	if (key->mouse != MOUSE_PRESS) {
		enum action way = key->mouse == MOUSE_WHEEL_UP ? ACT_UP : ACT_DOWN;
		if (list)
			list_scroll(list, way == ACT_UP ? -3 : 3);
		else if (s->ops->act)
			s->ops->act(app, s, way);
	} else if (key->row == app->footer_row) {
		app_footer_click(app, key->col);
	} else if (list && list_at(list, key->row, key->col, &at)) {
		// The first click chooses, one on what is chosen opens.
		if (list->at == at)
			app_act(app, ACT_OPEN);
		else
			list_select(list, at);
	} else if (s->ops->click) {
		s->ops->click(app, s, key->row, key->col);
	}
}

static void app_unknown_key(struct app *app, const struct key *key)
{
	char word[KEY_WORD];
	key_word(key, word);
	const struct action_row *other = action_anywhere(key);
	if (other)
		app_say(app, "%s (%s) does nothing on this screen; ? shows what does.", word,
		    other->words);
	else if (*word)
		app_say(app, "%s does nothing here; ? shows the keys that do.", word);
}

static void app_paste_into_screen(struct app *app, const struct key *key)
{
	struct screen *s = app_top(app);
	struct err e = { 0 };
	if (!key->paste_dropped && s->ops->paste) {
		if (!s->ops->paste(app, s, key->paste, key->paste_length, &e))
			app_fail(app, &e);
	} else if (key->paste_dropped)
		app_say(
		    app, "That paste is longer than 1 MB; nothing was taken. Paste it in parts.");
	else
		app_say(app, "Pasted text goes into a field only; nothing was changed.");
}

// Text fields come first: every printable key is text there.
static bool app_typed(struct app *app, const struct key *key)
{
	struct screen *s = app_top(app);
	bool typing = s->ops->typing && s->ops->typing(s);
	bool text = key->type == PRESS_TEXT || key->type == PRESS_PASTE;
	if (key->type == PRESS_PASTE && key->paste_dropped)
		return false;
	if (typing && (text || key->type == PRESS_SPECIAL) && s->ops->key(app, s, key))
		return true;
	return typing && key->type == PRESS_TEXT;
}

static void app_special_key(struct app *app, const struct key *key)
{
	struct screen *s = app_top(app);
	const struct action_row *row = action_for_key(s->ops->on, key);
	if (key->type == PRESS_SPECIAL && key->special == K_ESC && filter_on(s))
		filter_clear(app);
	else if (row)
		app_act(app, row->id);
	else
		app_unknown_key(app, key);
}

// Ctrl-C copies where text is under the cursor.
static bool app_terminal_key(struct app *app, const struct key *key)
{
	bool interrupt = key->type == PRESS_SPECIAL && key->special == K_CTRL('C');
	if (interrupt && !app->prompt.open) {
		*app->message = '\0';
		if (app_typed(app, key))
			return true;
	}
	if (key->type == PRESS_LEAVE || interrupt)
		app_keep_and_end(app);
	else if (key->type == PRESS_STOP)
		app_suspend(app);
	else
		return key->type == PRESS_RESIZE || key->type == PRESS_NONE;
	return true;
}

// A key that answers no question.
static void app_key_into_screen(struct app *app, const struct key *key)
{
	if (key->type != PRESS_MOUSE && filter_open(app_top(app)))
		filter_key(app, key);
	else if (app_typed(app, key))
		return;
	else if (key->type == PRESS_PASTE)
		app_paste_into_screen(app, key);
	else if (key->type == PRESS_MOUSE)
		app_mouse_key(app, key);
	else
		app_special_key(app, key);
}

void app_key(struct app *app, const struct key *key)
{
	if (app_terminal_key(app, key))
		return;
	if (app_too_small(app) && !(key->type == PRESS_SPECIAL && key->special == K_ESC))
		return;
	*app->message = '\0';
	struct screen *refused = app->leave_refused;
	bool answer = app->prompt.open && key->type != PRESS_MOUSE && prompt_key(app, key);
	if (!answer && !app->prompt.open)
		app_key_into_screen(app, key);
	if (app->leave_refused == refused) // only the very next key insists
		app->leave_refused = NULL;
}

// --- the idle second

bool app_idle(struct app *app)
{
	struct screen *top = app_top(app);
	return app->store && top->ops->idle && !top->stale && top->ops->idle(app, top);
}

bool app_tick(struct app *app)
{
	struct err e = { 0 };
	bool changed = false;
	if (!app->store || app->past) // the past does not change
		return false;
	struct screen *top = app_top(app);
	if (top->ops->keep) // half-typed text, before anything else can go wrong
		top->ops->keep(app, top);
	bool waited = far_waits(app->store);
	bool looked = store_refresh(app->store, &changed, &e);
	if (!looked) {
		bool told = str_equal(app->message, e.text);
		app_fail(app, &e);
		return !told;
	}
	if (changed) {
		app_changed(app);
		app->outbox_due = true; // an older copy may stand there now
	}
	const char *news = store_news(app->store);
	if (news)
		app_say(app, "%s", news);
	return app->open->tick(app) || changed || news || waited != far_waits(app->store);
}

// --- what is remembered

static const char *app_settings_path(const struct app *app, struct arena *a)
{
	return str_empty(app->env->state_home)
		   ? NULL
		   : arena_printf(a, "%s/settings", app->env->state_home);
}

bool app_setting(const struct app *app, const char *name)
{
	struct arena a = { 0 };
	bool on = remembered_get(&a, app_settings_path(app, &a), name);
	arena_free(&a);
	return on;
}

void app_setting_put(const struct app *app, const char *name, bool on)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	remembered_put(app_settings_path(app, &a), name, on ? "on" : NULL, &ignored);
	arena_free(&a);
}

// --- opening and closing

// Who typed before the first frame meant what they know to be there, not a question.
static void app_drafts_opened(struct app *app)
{
	bool ahead = term_typed_ahead(app->term);
	app->who_due = app->env->author_guessed;
	app->drafts_due = ahead || app->who_due;
	if (!ahead && app->who_due && app->store)
		app->open->who(app);
	else if (!ahead)
		app->open->offer_drafts(app);
}

// What this computer remembers of how the app looks.
static void app_settings_take(struct app *app)
{
	app->braille = app_setting(app, "braille");
	if (app_setting(app, "no colour"))
		term_set_scheme(app->term, SCHEME_MONO);
	if (app_setting(app, "high contrast"))
		term_set_scheme(app->term, SCHEME_CONTRAST);
	if (app_setting(app, "no mouse"))
		term_set_mouse(app->term, false);
}

bool app_open(struct app *app, const struct screens *open, struct term *t, struct env *env,
    struct store *store, struct err *e)
{
	*app = (struct app){ .open = open, .term = t, .env = env, .self = env, .store = store };
	app_settings_take(app);
	app_conflicts_count(app);
	if (!(store ? app->open->board(app, e) : app->open->start(app, e)))
		return false;
	app_drafts_opened(app);
	app->open->opened(app);
	return true;
}

bool app_open_file(struct app *app, const char *path, struct err *e)
{
	struct store *store = store_open(path, STORE_WRITE, app->env, e);
	if (!store)
		return false;
	app_all_closed(app);
	store_close(app->store);
	app->store = store;
	app->saved_at = 0;
	app_conflicts_count(app);
	if (app->open->board(app, e)) {
		app_drafts_opened(app);
		app->open->opened(app);
		return true;
	}
	struct err ignored = { 0 };
	app->store = NULL;
	store_close(store);
	if (!app->open->start(app, &ignored))
		app->ending = true;
	return false;
}

void app_close(struct app *app)
{
	if (app->past)
		app->open->today(app);
	app_all_closed(app);
	store_close(app->store);
	arena_free(&app->frame);
	clip_free(&app->clip);
}
