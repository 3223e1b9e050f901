// SPDX-License-Identifier: MIT
// The functions behind struct screens, which says what each does (open.h); screens.c alone calls them by name.
#ifndef PLANDO_TUI_SCREENS_H
#define PLANDO_TUI_SCREENS_H

#include "tui/loop/app.h"

extern const struct screens APP_SCREENS;

bool start_screen_open(struct app *app, struct err *e);
bool board_screen_open(struct app *app, struct err *e);
bool team_screen_open(struct app *app, const struct id *team, struct err *e);
bool list_screen_open(
    struct app *app, const char *kind, const char *field, const struct id *of, struct err *e);
bool measures_screen_open(struct app *app, const struct id *team, struct err *e);
bool cycles_screen_open(
    struct app *app, const struct id *team, const struct id *idea, struct err *e);
bool assess_screen_open(struct app *app, const struct id *team, struct err *e);
bool assess_screen_score(struct app *app, const struct id *team, struct err *e);
bool history_screen_open(
    struct app *app, const struct id *team, const struct id *record, struct err *e);
bool merge_screen_open(struct app *app, struct err *e);
bool merge_preview_open(struct app *app, const char *const path[], size_t n, struct err *e);
bool merge_account_open(struct app *app, int64_t batch, const char *source, struct err *e);
bool since_screen_open(struct app *app, const struct id *team, struct err *e);
bool history_batch_open(struct app *app, int64_t batch, struct err *e);
bool conflicts_screen_open(struct app *app, const struct id *team, struct err *e);
bool resolver_open(
    struct app *app, const struct id *team, const struct id *id, const char *field, struct err *e);
bool team_grid_open(
    struct app *app, const struct id *team, const struct id *measure, struct err *e);
bool team_paste_open(struct app *app, const struct id *team, const char *name, const char *text,
    size_t n, const struct team_place *place, struct err *e);
bool team_file_open(
    struct app *app, const struct id *team, const char *name, const char *path, struct err *e);
bool grid_screen_open(struct app *app, const struct id *measure, struct err *e);
bool grid_paste_open(struct app *app, const struct id *measure, const char *text, size_t n,
    const struct grid_place *from, struct err *e);
bool grid_file_open(struct app *app, const struct id *measure, const char *path, struct err *e);
bool diagram_screen_open(
    struct app *app, const struct id *team, const struct id *focus, struct err *e);
bool coverage_screen_open(struct app *app, const struct id *team, struct err *e);
bool chart_screen_open(struct app *app, const struct id *measure, struct err *e);
bool chart_group_open(
    struct app *app, const struct id *measure, const char *stratum, struct err *e);
bool groups_screen_open(struct app *app, const struct id *measure, struct err *e);
bool gap_screen_open(
    struct app *app, const struct id *measure, const char *one, const char *other, struct err *e);
bool equity_screen_open(struct app *app, const struct id *measure, struct err *e);
bool clock_screen_open(struct app *app, struct err *e);
bool erased_screen_open(struct app *app, struct err *e);
bool form_screen_open(struct app *app, const char *kind, const struct id *id,
    const char *const given[], struct err *e);
bool form_quick_open(struct app *app, const char *kind, const char *const given[], struct err *e);
bool learned_screen_open(
    struct app *app, const struct id *team, const struct id *idea, struct err *e);
bool fidelity_screen_open(struct app *app, const struct id *team, struct err *e);
bool cycle_next_open(struct app *app, const struct id *cycle, struct err *e);
bool ramp_screen_open(struct app *app, const struct id *cycle, struct err *e);
bool search_screen_open(struct app *app, const char *words, struct err *e);
bool archive_record(struct app *app, const struct id *id, struct err *e);
bool note_new_open(struct app *app, const struct id *team, struct err *e);
bool note_begin(struct app *app, const struct id *team, const char *form, struct err *e);
void own_form_ask(struct app *app, const struct id *team);
bool drafts_open(struct app *app, struct err *e);
bool record_screen_open(struct app *app, const char *kind, const struct id *id, struct err *e);

// The title of the form of a note's answers, or what it names where that is not here; NULL:
// nothing.
const char *note_form_title(struct app *app, const struct record *r);

#endif
