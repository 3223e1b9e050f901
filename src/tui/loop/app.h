// SPDX-License-Identifier: MIT
// The app: one loop, one place that reads a key, one stack of screens, one full redraw a batch of
// keys. key → action → the screen on top → record_save → app_draw.
#ifndef PLANDO_TUI_APP_H
#define PLANDO_TUI_APP_H

#include "tui/field/edit.h"
#include "tui/loop/line.h"
#include "tui/loop/open.h"
#include "tui/loop/screen.h"

#include <plando/record.h>

enum { SCREENS_MOST = 32, MESSAGE_MOST = 768, FOOTER_MOST = 32 };

// A question in the footer. The answer is NULL where the person left it (Esc), "yes" or NULL for
// a yes/no question.
typedef void (*answer_fn)(struct app *app, void *context, const char *answer);

struct prompt {
	bool open, yesno, offer; // offer: yes, no, later, or put off
	char question[MESSAGE_MOST];
	struct line line;
	answer_fn answer;
	void *context;
};

// What is to be written, while its file is asked for (export.h).
struct exporter;
struct export_job {
	const struct exporter *exporter;
	struct screen *screen;
	char path[1024];
};

enum { LEAVING_TEAMS = 64 };

// What is being asked about something that leaves, or is blanked (leaving.c).
struct leaving {
	struct id team[LEAVING_TEAMS], record;
	size_t teams;
	char text[256]; // a computer's name, or a field
};

struct footer_spot {
	int from, to; // columns
	enum action action;
};

// What waits while the past is shown (past.h).
struct today {
	struct store *store;
	struct screen *stack[SCREENS_MOST];
	size_t depth;
};

struct app {
	const struct screens *open; // what opens what
	struct term *term;
	const struct env *env;
	struct env *self;    // the same, for who one is
	struct store *store; // NULL on the start screen
	struct arena frame;  // emptied before every draw; for what a draw puts together
	struct screen *stack[SCREENS_MOST];
	size_t depth;
	struct prompt prompt;
	struct export_job export;
	struct leaving leaving;
	char message[MESSAGE_MOST];
	enum role message_role;
	char
	    standing[MESSAGE_MOST]; // stands where no message does, until its conflict is looked at
	int64_t saved_at;	    // ms; 0 = nothing saved in this run
	int64_t conflicts;	    // open ones
	struct id touched; // the record that a form saved last: a list that has it goes there once
	struct clip clip;  // what was cut or copied in a field
	char find[128];	   // what `/` looked for last
	struct footer_spot footer[FOOTER_MOST];
	size_t footer_count;
	int footer_row;
	struct screen *leave_refused;	       // its text could not be saved; leaving again leaves
	bool ending;			       // leave the loop
	bool opened_due, outbox_due, sync_due; // things to do in the first idle seconds
	bool drafts_due;		       // to be offered once no field is open
	bool who_due;			       // who one is, likewise
	bool clock_wrong;		       // this computer's clock, or another's
	bool leave_unsynced;		       // the sync on leaving failed once
	bool braille;			       // a chart joins its points in braille dots
	bool grid_right;		       // Enter in a team's data grid goes right, not down
	char sync_folder[1024];		       // that was chosen last
	int64_t past;			       // ms: the workbook is shown as it was then; 0: today
	struct today today;
};

// --- for screens
// Puts a screen on top (loads it first). False: it was freed; e says why.
bool app_push(struct app *app, struct screen *s, struct err *e);
// Closes the one on top; the one below loads again where it is stale. The last one never goes.
void app_pop(struct app *app);
struct screen *app_top(struct app *app);
// The line above the footer until the next key: what was done, or why not.
void app_say(struct app *app, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void app_fail(struct app *app, const struct err *e);
// The same, but it stands until the conflicts are looked at or settled.
void app_stay(struct app *app, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// What came from elsewhere into a field while it was typed in, with what was seen when it was
// begun: said in words that stay, where both stand side by side now.
void app_crossed(struct app *app, const struct id *id, const char *cell, const char *label,
    const struct saw *saw);
// Something was saved: sets "saved 14:02", makes every screen load again before it is drawn.
void app_saved(struct app *app);
// The workbook changed, but not by a save of this person: every screen loads again.
void app_changed(struct app *app);
// One line of text in the footer, with `initial` in it; or a yes/no question that y, n and Esc (no)
// answer and no other key. context outlives the question.
void app_ask(
    struct app *app, const char *question, const char *initial, answer_fn answer, void *context);
void app_confirm(struct app *app, const char *question, answer_fn answer, void *context);
// An offer: the answer is "yes" (y), "no" (n) or NULL (Esc: later). Any other key puts it off
// without an answer and does what it does; so an offer is made only where no field is open.
void app_offer(struct app *app, const char *question, answer_fn answer, void *context);
// Is this the record that a form saved last? Then it is no more.
bool app_touched(struct app *app, const struct id *id);
// What this person chose on this computer, kept in env->state_home; where there is no place for it,
// it lasts as long as the app runs.
bool app_setting(const struct app *app, const char *name);
void app_setting_put(const struct app *app, const char *name, bool on);
// The local date and time of a moment, "14:02".
const char *app_clock(const struct app *app, int64_t ms, struct arena *a);

// --- for the loop and tests
// Takes over `store` (may be NULL: the start screen) and shows its board.
bool app_open(struct app *app, const struct screens *open, struct term *t, struct env *env,
    struct store *store, struct err *e);
// Closes what is open and opens this workbook's board (the start screen's work).
bool app_open_file(struct app *app, const char *path, struct err *e);
void app_close(struct app *app);
void app_key(struct app *app, const struct key *key);
void app_act(struct app *app, enum action action);
void app_draw(struct app *app);
// Work of the screen on top that can wait for a moment without keys: true = something to draw.
bool app_idle(struct app *app);
// The window is too small to show anything: only Esc and another size do something.
bool app_too_small(const struct app *app);
// The tick of an idle second: true = something to draw.
bool app_tick(struct app *app);

#endif
