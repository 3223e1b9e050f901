// SPDX-License-Identifier: MIT
// The team's grid: what is typed into a cell, what is emptied, notes, drafts.
#include "tui/data/team_grid.h"

#include <plando/str.h>

#include <stdio.h>

static const struct measure *team_grid_save_measure_here(const struct team_grid *g)
{
	return &period_measure_of(&g->table, g->row)->m;
}

static const char *team_grid_save_day_words(struct app *app, date_t day)
{
	const char *text = date_show(&app->frame, day, store_today(app->store));
	return text ? text : "";
}

// The name of the point that a cell is; `date` is filled.
static struct point_name team_grid_save_name_here(const struct team_grid *g, char date[DATE_TEXT])
{
	struct period_cell c = team_grid_cell(g);
	date_print_iso(c.day, date);
	return (struct point_name){ team_grid_save_measure_here(g)->id, date,
		g->table.row[g->row].stratum, c.entry ? c.entry->field[ENTRY_NTH] : "" };
}

struct id team_grid_point(const struct team_grid *g)
{
	char date[DATE_TEXT];
	struct point_name name = team_grid_save_name_here(g, date);
	return point_name_id(&name);
}

static bool team_grid_save_several(struct team_grid *g, struct err *e)
{
	struct period_cell c = team_grid_cell(g);
	if (c.state != PERIOD_SEVERAL)
		return false;
	return err_set(e, ERR_DATA,
		   "There are %zu points in this %s; Ctrl-G opens the grid of the measure, where "
		   "each has its row.",
		   c.points, PERIOD_NAME[team_grid_group(g)->kind]),
	       true;
}

// --- saving

static bool save_given(struct team_grid *g, struct app *app, const char *given[ENTRY_FIELDS],
    struct entry_saved *done, struct err *e)
{
	char date[DATE_TEXT];
	struct point_name name = team_grid_save_name_here(g, date);
	given[ENTRY_DATE] = date;
	given[ENTRY_STRATUM] = name.stratum;
	given[ENTRY_NTH] = name.nth;
	const struct saw *saw = g->editing ? point_typed_saw(&g->typed) : NULL;
	if (!entry_save(app->store, team_grid_save_measure_here(g), given, saw, done, e))
		return false;
	if (done->verdict == ENTRY_BAD)
		return err_set(e, ERR_DATA, "Not saved: %s.", done->why);
	if (!done->written)
		return true;
	app_saved(app);
	g->screen.stale = true;
	struct id id = point_name_id(&name);
	for (int i = ENTRY_VALUE; saw && i < ENTRY_FIELDS; i++)
		app_crossed(app, &id, ENTRY_NAME[i], ENTRY_LABEL[i], saw);
	return true;
}

static void team_grid_save_said(
    struct team_grid *g, struct app *app, const struct period_cell *was, const char *text)
{
	const char *day = team_grid_save_day_words(app, was->day);
	const char *old = period_cell_show(&app->frame, &g->table, g->row, was);
	if (was->state == PERIOD_MADE)
		app_say(app, "%s: %s stands in place of what its groups make (%s); F3 undoes.", day,
		    text, old ? old + 1 : "");
	else if (!str_empty(old))
		app_say(app, "%s: %s, was %s; F3 undoes.", day, text, old);
	else
		app_say(app, "%s: %s is saved.", day, text);
}

bool team_grid_take(struct team_grid *g, struct app *app, const char *text, struct err *e)
{
	struct period_cell was = team_grid_cell(g);
	struct entry_cell cell;
	struct entry_saved done;
	bool told = *app->standing;
	if (team_grid_save_several(g, e))
		return false;
	enum block_got got = entry_cell_typed(team_grid_save_measure_here(g), ENTRY_VALUE, text,
	    entries_hold_low(&period_measure_of(&g->table, g->row)->entries), &cell);
	if (got == BLOCK_BAD)
		return err_set(e, ERR_DATA, "“%s” %s.", text, cell.why);
	if (got == BLOCK_BLANK)
		return was.state != PERIOD_POINT || team_grid_clear(g, app, false, e);
	if (!save_given(g, app, cell.given, &done, e))
		return false;
	if (done.written && (told || !*app->standing))
		team_grid_save_said(g, app, &was, text);
	return true;
}

static bool team_grid_save_delete_point(struct app *app, const struct id *id, struct err *e)
{
	struct arena a = { 0 };
	struct save *v = save_begin(app->store, &a, e);
	bool good = v && save_delete(v, id, e) && save_commit(v, NULL, e);
	arena_free(&a);
	return good;
}

bool team_grid_clear(struct team_grid *g, struct app *app, bool whole, struct err *e)
{
	struct period_cell c = team_grid_cell(g);
	struct entry_saved done;
	if (team_grid_save_several(g, e))
		return false;
	if (c.state != PERIOD_POINT) {
		app_say(app, "There is nothing in this cell.");
		return true;
	}
	const char *const *f = c.entry->field;
	const char *old = period_cell_show(&app->frame, &g->table, g->row, &c);
	if (!whole && (*f[ENTRY_NOTE] || *f[ENTRY_EXCLUDED_WHY])) {
		const char *given[ENTRY_FIELDS] = {
			[ENTRY_VALUE] = "", [ENTRY_NUMERATOR] = "", [ENTRY_DENOMINATOR] = ""
		};
		if (!save_given(g, app, given, &done, e))
			return false;
		app_say(app, "%s: %s is taken out, the note stays; F3 undoes.",
		    team_grid_save_day_words(app, c.day), old ? old : "");
		return true;
	}
	if (!team_grid_save_delete_point(app, &c.entry->id, e))
		return false;
	app_saved(app);
	g->screen.stale = true;
	app_say(app, "%s: %s is deleted; F3 undoes.", team_grid_save_day_words(app, c.day),
	    str_empty(old) ? "the point" : old);
	return true;
}

// --- notes

static void team_grid_save_note_answered(struct app *app, void *context, const char *answer)
{
	struct team_grid *g = context;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct entry_saved done;
	const char *given[ENTRY_FIELDS] = { 0 };
	if (!answer)
		return;
	if (!point_text_read(app, &a, ENTRY_NOTE, answer, &given[ENTRY_NOTE], &e) ||
	    !save_given(g, app, given, &done, &e))
		app_fail(app, &e);
	else if (done.written)
		app_say(app, "The note is %s; F3 undoes.", *answer ? "saved" : "taken out");
	arena_free(&a);
}

void team_grid_note_ask(struct team_grid *g, struct app *app)
{
	struct err e = { 0 };
	struct period_cell c = team_grid_cell(g);
	if (team_grid_save_several(g, &e)) {
		app_fail(app, &e);
		return;
	}
	const char *question =
	    arena_printf(&app->frame, "Note on %s:", team_grid_save_day_words(app, c.day));
	app_ask(app, question ? question : "Note:",
	    c.state == PERIOD_POINT ? c.entry->field[ENTRY_NOTE] : "", team_grid_save_note_answered,
	    g);
}

// --- drafts

void team_grid_forget_draft(struct team_grid *g, struct app *app)
{
	char date[DATE_TEXT];
	struct point_name name = team_grid_save_name_here(g, date);
	if (*g->kept)
		point_draft_drop(app, &name, ENTRY_VALUE);
	*g->kept = '\0';
}

void team_grid_keep(struct app *app, struct screen *s)
{
	struct team_grid *g = (struct team_grid *)s;
	struct err e = { 0 };
	char date[DATE_TEXT];
	if (!g->editing || str_empty(app->env->state_home) || str_equal(g->kept, g->line.text))
		return;
	struct point_name name = team_grid_save_name_here(g, date);
	if (point_draft_keep(app, &name, ENTRY_VALUE, g->line.text, point_typed_saw(&g->typed), &e))
		snprintf(g->kept, sizeof g->kept, "%s", g->line.text);
	else
		app_fail(app, &e);
}

static bool team_grid_save_offer_mine(
    void *context, const struct draft *d, const struct point_name *name)
{
	size_t row;
	int period;
	return str_equal(d->field, ENTRY_NAME[ENTRY_VALUE]) &&
	       team_grid_find(context, name, &row, &period);
}

static void team_grid_save_offer_take(
    void *context, struct app *app, const struct draft *d, const struct point_name *n)
{
	struct team_grid *g = context;
	if (!team_grid_go(g, n))
		return;
	team_grid_begin(g, app, d->text);
	point_typed_draft(&g->typed, d);
	snprintf(g->kept, sizeof g->kept, "%s", g->line.text);
}

void team_grid_offer(struct team_grid *g, struct app *app)
{
	struct err ignored = { 0 };
	g->offers = (struct point_offers){
		.context = g, .mine = team_grid_save_offer_mine, .take = team_grid_save_offer_take
	};
	if (point_offers_find(app, &g->screen.arena, &g->offers, &ignored))
		point_offers_next(app, &g->offers);
}
