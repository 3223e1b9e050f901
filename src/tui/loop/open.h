// SPDX-License-Identifier: MIT
// What opens what: one table, handed in where the app is put together (screens.c), so that the loop knows no screen
// and no screen another. Each returns false with a reason in e where it could not be opened.
#ifndef PLANDO_TUI_OPEN_H
#define PLANDO_TUI_OPEN_H

#include "tui/loop/actions.h"

#include <plando/record.h>

struct app;

// Where in that grid a block is put.
struct team_place {
	struct id measure;
	const char *stratum;
	int period;
};
// Where in the grid the cursor is, and what stands to its right.
struct grid_place {
	size_t row;
	const int *field; // enum entry_field, from the column under the cursor on
	size_t fields;
	const char *next_date, *next_stratum; // of the point that comes next
};

// What a key does wherever one is, unless the screen on top takes it.
struct global_action {
	enum action action;
	void (*act)(struct app *app);
};

struct screens {
	bool (*start)(struct app *app, struct err *e);
	bool (*board)(struct app *app, struct err *e);
	bool (*team)(struct app *app, const struct id *team, struct err *e);
	// Records of a kind whose reference `field` names `of` (field NULL: all).
	bool (*list)(struct app *app, const char *kind, const char *field, const struct id *of,
	    struct err *e);
	// Every measure of a team (NULL: of all) with its last value, goal and signal.
	bool (*measures)(struct app *app, const struct id *team, struct err *e);
	// A team's PDSA cycles by change idea; idea NULL = all, else it begins there.
	bool (*cycles)(
	    struct app *app, const struct id *team, const struct id *idea, struct err *e);
	// What the record proves of a team, level by level.
	bool (*assess)(struct app *app, const struct id *team, struct err *e);
	// The same, and the team's score is asked for at once.
	bool (*assess_score)(struct app *app, const struct id *team, struct err *e);
	// Changes of a team, or of one record (the other is NULL).
	bool (*history)(
	    struct app *app, const struct id *team, const struct id *record, struct err *e);
	// Copies to merge: choosing them; what would come in from these files or folders; the account of a
	// merge that was done.
	bool (*merge)(struct app *app, struct err *e);
	bool (*merge_preview)(struct app *app, const char *const path[], size_t n, struct err *e);
	bool (*merge_account)(struct app *app, int64_t batch, const char *source, struct err *e);
	// What changed in a team since it was last coached, record by record.
	bool (*since)(struct app *app, const struct id *team, struct err *e);
	// All that came in one batch.
	bool (*history_batch)(struct app *app, int64_t batch, struct err *e);
	// What two people changed differently, or made twice: of a team, or of all (NULL).
	bool (*conflicts)(struct app *app, const struct id *team, struct err *e);
	// One conflict after the other, from that record's on (field NULL: its first; id NULL: the first
	// of all). team: only this one's; NULL: all. Says so where none is open.
	bool (*resolver)(struct app *app, const struct id *team, const struct id *id,
	    const char *field, struct err *e);
	// The data grid of a team: measures down, periods across; the cursor on that measure (NULL: the
	// first).
	bool (*team_grid)(
	    struct app *app, const struct id *team, const struct id *measure, struct err *e);
	// What a block that was pasted, or a CSV file, would do to a team's measures. name: the team's.
	bool (*team_paste)(struct app *app, const struct id *team, const char *name,
	    const char *text, size_t n, const struct team_place *place, struct err *e);
	bool (*team_file)(struct app *app, const struct id *team, const char *name,
	    const char *path, struct err *e);
	// The data grid of a measure; a row of the grid to begin with, or none.
	bool (*grid)(struct app *app, const struct id *measure, struct err *e);
	// What a paste, or a CSV file, would do to a measure; taken from there.
	bool (*grid_paste)(struct app *app, const struct id *measure, const char *text, size_t n,
	    const struct grid_place *from, struct err *e);
	bool (*grid_file)(
	    struct app *app, const struct id *measure, const char *path, struct err *e);
	// The driver diagram of a team, the focus on that node (NULL: the aim).
	bool (*diagram)(
	    struct app *app, const struct id *team, const struct id *focus, struct err *e);
	// The change package across teams, the cursor on that team (NULL: the first).
	bool (*coverage)(struct app *app, const struct id *team, struct err *e);
	// The chart of a measure.
	bool (*chart)(struct app *app, const struct id *measure, struct err *e);
	// That of one of its groups, come to from all of them: g goes back there.
	bool (*chart_group)(
	    struct app *app, const struct id *measure, const char *stratum, struct err *e);
	// The groups of a measure as small multiples.
	bool (*groups)(struct app *app, const struct id *measure, struct err *e);
	// The gap between two groups of a measure over time.
	bool (*gap)(struct app *app, const struct id *measure, const char *one, const char *other,
	    struct err *e);
	// The groups of a measure beside each other. ERR_DATA: they cannot be compared, and why.
	bool (*equity)(struct app *app, const struct id *measure, struct err *e);
	// The runs of plando on each computer, and what is added to their times.
	bool (*clock)(struct app *app, struct err *e);
	// What others erased and this computer holds yet.
	bool (*erased)(struct app *app, struct err *e);
	// The form of a record. id NULL: a new one, with these references and values filled in:
	// field, value, field, value, NULL. Nothing is saved before something is typed.
	bool (*form)(struct app *app, const char *kind, const struct id *id,
	    const char *const given[], struct err *e);
	// The same for a new one, with the fields of the form's quick log only.
	bool (*form_quick)(
	    struct app *app, const char *kind, const char *const given[], struct err *e);
	// What was learned by all teams (both NULL), by one team, or by others about a change idea.
	bool (*learned)(
	    struct app *app, const struct id *team, const struct id *idea, struct err *e);
	// The seven checks of PDSA cycles: of a team, or (NULL) of the whole workbook.
	bool (*fidelity)(struct app *app, const struct id *team, struct err *e);
	// The form of the next cycle of its ramp, with what carries over.
	bool (*cycle_next)(struct app *app, const struct id *cycle, struct err *e);
	// The ramp of a PDSA cycle as a picture, that cycle under the cursor.
	bool (*ramp)(struct app *app, const struct id *cycle, struct err *e);
	// All that was written, searched as one types; `words` to begin with.
	bool (*search)(struct app *app, const char *words, struct err *e);
	// Archives a record as of today, or brings it back; says so, with "u undoes".
	bool (*archive)(struct app *app, const struct id *id, struct err *e);
	// A new note of a team (NULL: of none): asks which form first. `team` outlives the question.
	bool (*note)(struct app *app, const struct id *team, struct err *e);
	// Begins one by that form.
	bool (*note_of)(struct app *app, const struct id *team, const char *form, struct err *e);
	// Asks for a form file and puts it into the workbook. With a team (it outlives the question) and a
	// form that makes a kind of note, the first one is begun.
	void (*own_form)(struct app *app, const struct id *team);
	// What was typed and not saved, on any form: a list to go there from.
	bool (*drafts)(struct app *app, struct err *e);
	// Whatever suits a record: a team's screen, the diagram at a node, else its form.
	bool (*record)(struct app *app, const char *kind, const struct id *id, struct err *e);

	// Not screens, but what goes on beside them.
	const struct global_action *global; // ends with act NULL
	// A workbook was opened: what there is to say, ask and do is done in the first idle seconds.
	void (*opened)(struct app *app);
	// What was typed and not saved is offered, where there is any.
	void (*offer_drafts)(struct app *app);
	void (*who)(struct app *app);	// asks who writes here
	bool (*tick)(struct app *app);	// a second without keys; true: something to draw
	bool (*leave)(struct app *app); // false: not yet, and why was said; leaving again leaves
	void (*today)(struct app *app); // back from the workbook as it was
	const char *(*past_banner)(struct app *app); // the line that stands on every screen there
};

#endif
