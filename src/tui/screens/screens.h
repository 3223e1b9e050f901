// SPDX-License-Identifier: MIT
// The screens, by the calls that open them.
#ifndef PLANDO_TUI_SCREENS_H
#define PLANDO_TUI_SCREENS_H

#include "tui/loop/app.h"

#include <plando/record.h>

bool start_screen_open(struct app *app, struct err *e);
bool board_screen_open(struct app *app, struct err *e);
bool team_screen_open(struct app *app, const struct id *team, struct err *e);
// Records of a kind whose reference `field` names `of` (field NULL: all).
bool list_screen_open(
    struct app *app, const char *kind, const char *field, const struct id *of, struct err *e);
// Every measure of a team (NULL: of all) with its last value, goal and signal.
bool measures_screen_open(struct app *app, const struct id *team, struct err *e);
// A team's PDSA cycles by change idea; idea NULL = all, else it begins there.
bool cycles_screen_open(
    struct app *app, const struct id *team, const struct id *idea, struct err *e);
// What the record proves of a team, level by level.
bool assess_screen_open(struct app *app, const struct id *team, struct err *e);
// The same, and the team's score is asked for at once.
bool assess_screen_score(struct app *app, const struct id *team, struct err *e);
// Changes of a team, or of one record (the other is NULL).
bool history_screen_open(
    struct app *app, const struct id *team, const struct id *record, struct err *e);
// Copies to merge: choosing them; what would come in from these files or folders; the account of a
// merge that was done.
bool merge_screen_open(struct app *app, struct err *e);
bool merge_preview_open(struct app *app, const char *const path[], size_t n, struct err *e);
bool merge_account_open(struct app *app, int64_t batch, const char *source, struct err *e);
// What changed in a team since it was last coached, record by record.
bool since_screen_open(struct app *app, const struct id *team, struct err *e);
// All that came in one batch.
bool history_batch_open(struct app *app, int64_t batch, struct err *e);
// What two people changed differently, or made twice: of a team, or of all (NULL).
bool conflicts_screen_open(struct app *app, const struct id *team, struct err *e);
// One conflict after the other, from that record's on (field NULL: its first; id NULL: the first
// of all). team: only this one's; NULL: all. Says so where none is open.
bool resolver_open(
    struct app *app, const struct id *team, const struct id *id, const char *field, struct err *e);
// The data grid of a team: measures down, periods across; the cursor on that measure (NULL: the
// first).
bool team_grid_open(
    struct app *app, const struct id *team, const struct id *measure, struct err *e);
// Where in that grid a block is put.
struct team_place {
	struct id measure;
	const char *stratum;
	int period;
};
// What a block that was pasted, or a CSV file, would do to a team's measures. name: the team's.
bool team_paste_open(struct app *app, const struct id *team, const char *name, const char *text,
    size_t n, const struct team_place *place, struct err *e);
bool team_file_open(
    struct app *app, const struct id *team, const char *name, const char *path, struct err *e);
// The data grid of a measure; a row of the grid to begin with, or none.
bool grid_screen_open(struct app *app, const struct id *measure, struct err *e);
// Where in the grid the cursor is, and what stands to its right.
struct grid_place {
	size_t row;
	const int *field; // enum entry_field, from the column under the cursor on
	size_t fields;
	const char *next_date, *next_stratum; // of the point that comes next
};
// What a paste, or a CSV file, would do to a measure; taken from there.
bool grid_paste_open(struct app *app, const struct id *measure, const char *text, size_t n,
    const struct grid_place *from, struct err *e);
bool grid_file_open(struct app *app, const struct id *measure, const char *path, struct err *e);
// The driver diagram of a team, the focus on that node (NULL: the aim).
bool diagram_screen_open(
    struct app *app, const struct id *team, const struct id *focus, struct err *e);
// The change package across teams, the cursor on that team (NULL: the first).
bool coverage_screen_open(struct app *app, const struct id *team, struct err *e);
// The chart of a measure.
bool chart_screen_open(struct app *app, const struct id *measure, struct err *e);
// That of one of its groups, come to from all of them: g goes back there.
bool chart_group_open(
    struct app *app, const struct id *measure, const char *stratum, struct err *e);
// The groups of a measure as small multiples.
bool groups_screen_open(struct app *app, const struct id *measure, struct err *e);
// The gap between two groups of a measure over time.
bool gap_screen_open(
    struct app *app, const struct id *measure, const char *one, const char *other, struct err *e);
// The groups of a measure beside each other. ERR_DATA: they cannot be compared, and why.
bool equity_screen_open(struct app *app, const struct id *measure, struct err *e);
// The runs of plando on each computer, and what is added to their times.
bool clock_screen_open(struct app *app, struct err *e);
// What others erased and this computer holds yet.
bool erased_screen_open(struct app *app, struct err *e);
// The form of a record. id NULL: a new one, with these references and values filled in:
// field, value, field, value, NULL. Nothing is saved before something is typed.
bool form_screen_open(struct app *app, const char *kind, const struct id *id,
    const char *const given[], struct err *e);
// The same for a new one, with the fields of the form's quick log only.
bool form_quick_open(struct app *app, const char *kind, const char *const given[], struct err *e);
// What was learned by all teams (both NULL), by one team, or by others about a change idea.
bool learned_screen_open(
    struct app *app, const struct id *team, const struct id *idea, struct err *e);
// The seven checks of PDSA cycles: of a team, or (NULL) of the whole workbook.
bool fidelity_screen_open(struct app *app, const struct id *team, struct err *e);
// The form of the next cycle of its ramp, with what carries over.
bool cycle_next_open(struct app *app, const struct id *cycle, struct err *e);
// The ramp of a PDSA cycle as a picture, that cycle under the cursor.
bool ramp_screen_open(struct app *app, const struct id *cycle, struct err *e);
// All that was written, searched as one types; `words` to begin with.
bool search_screen_open(struct app *app, const char *words, struct err *e);
// Archives a record as of today, or brings it back; says so, with "u undoes".
bool archive_record(struct app *app, const struct id *id, struct err *e);
// A new note of a team (NULL: of none): asks which form first. `team` outlives the question.
bool note_new_open(struct app *app, const struct id *team, struct err *e);
// Begins one by that form.
bool note_begin(struct app *app, const struct id *team, const char *form, struct err *e);
// Asks for a form file and puts it into the workbook. With a team (it outlives the question) and a
// form that makes a kind of note, the first one is begun.
void own_form_ask(struct app *app, const struct id *team);
// What was typed and not saved, on any form: a list to go there from.
bool drafts_open(struct app *app, struct err *e);
// The title of the form of a note's answers, or what it names where that is not here; NULL:
// nothing.
const char *note_form_title(struct app *app, const struct record *r);
// Whatever suits a record: a team's screen, the diagram at a node, else its form.
bool record_screen_open(struct app *app, const char *kind, const struct id *id, struct err *e);

#endif
