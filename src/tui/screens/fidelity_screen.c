// SPDX-License-Identifier: MIT
// How sound the PDSA cycles are: the seven checks, here and as published, by quarter; below, what
// proves the one under the cursor and which cycles do not show it.
#include "tui/loop/paragraph.h"
#include "tui/loop/pick.h"
#include "tui/screens/screens.h"

#include <plando/fidelity.h>
#include <plando/record.h>
#include <plando/str.h>

enum { CHECK = 30, HERE = 18, PUBLISHED = 11, QUARTER = 9, QUARTERS_MOST = 8, BELOW = 7 };

struct fidelity_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct id team; // all zero: all
	const char *name;
	struct fidelity f;
};

static bool fidelity_load(struct app *app, struct screen *screen, struct err *e)
{
	struct fidelity_screen *s = (struct fidelity_screen *)screen;
	bool whole = id_zero(&s->team);
	char id[ID_TEXT];
	size_t at = s->list.at;
	arena_free(&s->rows);
	s->f = (struct fidelity){ 0 };
	id_print(&s->team, id);
	s->name = whole ? "" : record_ref_title(app->store, &s->rows, id);
	if (!s->name)
		return err_memory(e);
	list_set(&s->list, FIDELITY_CHECKS);
	list_select(&s->list, at);
	return fidelity_read(app->store, &s->rows, whole ? NULL : &s->team, &s->f, e);
}

// --- drawing

struct fidelity_screen_drawing {
	struct app *app;
	const struct fidelity_screen *s;
	int cols; // of the whole area
};

static const char *fidelity_screen_percent(struct app *app, struct fidelity_tally t)
{
	if (t.of == 0)
		return "–";
	return arena_printf(&app->frame, "%zu %%", (t.yes * 200 + t.of) / (t.of * 2));
}

static size_t fidelity_screen_quarters(const struct fidelity_screen_drawing *d)
{
	int room = (d->cols - 5 - CHECK - HERE - PUBLISHED) / QUARTER;
	size_t most = room < 0 ? 0 : room > QUARTERS_MOST ? QUARTERS_MOST : (size_t)room;
	return d->s->f.periods < most ? d->s->f.periods : most;
}

static const struct fidelity_period *fidelity_screen_first_quarter(
    const struct fidelity_screen_drawing *d)
{
	return d->s->f.period ? d->s->f.period + (d->s->f.periods - fidelity_screen_quarters(d))
			      : NULL;
}

static void fidelity_screen_row_draw(
    void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct fidelity_screen_drawing *d = context;
	const struct fidelity_tally *all = &d->s->f.tally[i];
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	int col = area.col + CHECK;
	term_put(t, area.row, area.col, CHECK - 1, role, FIDELITY[i].words);
	term_printf(t, area.row, col, 11, role, "%zu of %zu", all->yes, all->of);
	term_put_right(t, area.row, col + 10, 6, role, fidelity_screen_percent(d->app, *all));
	col += HERE;
	term_put_right(t, area.row, col, PUBLISHED - 2, ROLE_DIM,
	    arena_printf(&d->app->frame, "%.1f %%", FIDELITY[i].published));
	col += PUBLISHED;
	for (size_t q = 0; q < fidelity_screen_quarters(d); q++, col += QUARTER)
		term_put_right(t, area.row, col, QUARTER - 1, ROLE_TEXT,
		    fidelity_screen_percent(d->app, fidelity_screen_first_quarter(d)[q].tally[i]));
}

static void fidelity_screen_heads_draw(const struct fidelity_screen_drawing *d, struct area area)
{
	struct term *t = d->app->term;
	int col = area.col + 3 + CHECK;
	term_put(t, area.row, area.col + 3, CHECK - 1, ROLE_LABEL, "Check");
	term_put(t, area.row, col, HERE, ROLE_LABEL, "Here");
	col += HERE;
	term_put_right(t, area.row, col, PUBLISHED - 2, ROLE_LABEL, "Published");
	col += PUBLISHED;
	for (size_t q = 0; q < fidelity_screen_quarters(d); q++, col += QUARTER) {
		struct civil day = date_to_civil(fidelity_screen_first_quarter(d)[q].from);
		term_put_right(t, area.row, col, QUARTER - 1, ROLE_LABEL,
		    arena_printf(&d->app->frame, "%d Q%d", day.year, (day.month - 1) / 3 + 1));
	}
}

static const char *fidelity_screen_lacking_words(
    struct app *app, const struct fidelity_screen *s, size_t check)
{
	struct str text = STR_IN(&app->frame);
	size_t lacking = 0;
	for (size_t i = 0; i < s->f.count; i++) {
		const struct fidelity_cycle *c = &s->f.cycle[i];
		if (c->answer[check] != FIDELITY_NO)
			continue;
		str_printf(&text, "%s%s%s%s", lacking++ ? " · " : "", c->cycle_no,
		    *c->cycle_no ? " " : "", *c->title ? c->title : "(no question written yet)");
	}
	if (lacking == 0)
		return "No cycle lacks it.";
	const char *all = str_done(&text);
	return arena_printf(&app->frame, "%zu %s: %s", lacking,
	    lacking == 1 ? "cycle does not show it" : "cycles do not show it", all ? all : "");
}

static void fidelity_draw(struct app *app, struct screen *screen, struct area area)
{
	struct fidelity_screen *s = (struct fidelity_screen *)screen;
	struct fidelity_screen_drawing d = { app, s, area.cols };
	int list = FIDELITY_CHECKS < area.rows - 1 ? FIDELITY_CHECKS : area.rows - 1;
	fidelity_screen_heads_draw(&d, area);
	list_draw(&s->list, app->term, (struct area){ area.row + 1, area.col, list, area.cols },
	    fidelity_screen_row_draw, &d);
	struct area below = { area.row + list + 2, 3, area.rows - list - 2, area.cols - 4 };
	if (below.rows < 2)
		return;
	below.row += paragraph_draw(app, below, ROLE_HEAD, FIDELITY[s->list.at].proof);
	below.rows -= below.row - (area.row + list + 2);
	struct area lacking = below;
	lacking.rows = lacking.rows > BELOW ? lacking.rows - 3 : lacking.rows;
	int used = paragraph_draw(
	    app, lacking, ROLE_TEXT, fidelity_screen_lacking_words(app, s, s->list.at));
	below.row += used + 1;
	below.rows -= used + 1;
	paragraph_draw(app, below, ROLE_DIM,
	    "Published: McNicholas and others 2019, 421 cycles and 64 series of 39 teams. It is "
	    "what "
	    "front-line teams achieved, not a target.");
}

static const char *fidelity_title(struct app *app, struct screen *screen, struct arena *a)
{
	const struct fidelity_screen *s = (const struct fidelity_screen *)screen;
	(void)app;
	return *s->name ? arena_printf(a, "%s › PDSA fidelity", s->name) : "PDSA fidelity";
}

static const char *fidelity_facts(struct app *app, struct screen *screen, struct arena *a)
{
	const struct fidelity *f = &((struct fidelity_screen *)screen)->f;
	(void)app;
	return arena_printf(
	    a, "%zu %s, %zu series", f->count, f->count == 1 ? "cycle" : "cycles", f->series);
}

// --- acting

static void fidelity_screen_chosen(struct app *app, void *context, const struct pick_item *item)
{
	struct err e = { 0 };
	(void)context;
	if (item && !app->open->form(app, "pdsa", &item->id, NULL, &e))
		app_fail(app, &e);
}

// The cycles that do not show the check, to go to one.
static bool fidelity_screen_lacking_open(
    struct app *app, const struct fidelity_screen *s, size_t check, struct err *e)
{
	struct screen *pick = pick_new(FIDELITY[check].words, fidelity_screen_chosen, NULL, e);
	size_t count = 0;
	bool made = pick != NULL;
	for (size_t i = 0; made && i < s->f.count; i++) {
		const struct fidelity_cycle *c = &s->f.cycle[i];
		char team[ID_TEXT];
		if (c->answer[check] != FIDELITY_NO)
			continue;
		id_print(&c->team, team);
		struct pick_item item = { .text = arena_printf(&app->frame, "%s%s%s", c->cycle_no,
					      *c->cycle_no ? " " : "", c->title),
			.note = record_ref_title(app->store, &app->frame, team),
			.id = c->id };
		made = item.text ? pick_add(pick, item, e) : err_memory(e);
		count++;
	}
	if (made && count > 0)
		return app_push(app, pick, e);
	screen_free(pick);
	if (made)
		app_say(app, "No cycle lacks it.");
	return made;
}

static bool fidelity_act(struct app *app, struct screen *screen, enum action action)
{
	struct fidelity_screen *s = (struct fidelity_screen *)screen;
	struct err e = { 0 };
	if (action != ACT_OPEN)
		return false;
	if (!fidelity_screen_lacking_open(app, s, s->list.at, &e))
		app_fail(app, &e);
	return true;
}

static struct list *fidelity_list(struct screen *s)
{
	return &((struct fidelity_screen *)s)->list;
}

static const char *fidelity_row(struct app *app, struct screen *s, size_t i)
{
	(void)app;
	(void)s;
	return FIDELITY[i].words;
}

static void fidelity_close(struct screen *s)
{
	arena_free(&((struct fidelity_screen *)s)->rows);
}

static bool fidelity_again(struct app *app, const struct screen *s, struct err *e)
{
	const struct fidelity_screen *f = (const struct fidelity_screen *)s;
	return fidelity_screen_open(app, id_zero(&f->team) ? NULL : &f->team, e);
}

static const struct screen_ops FIDELITY_SCREEN = {
	.on = ON_FIDELITY,
	.load = fidelity_load,
	.title = fidelity_title,
	.facts = fidelity_facts,
	.draw = fidelity_draw,
	.act = fidelity_act,
	.list = fidelity_list,
	.row_text = fidelity_row,
	.close = fidelity_close,
	.again = fidelity_again,
};

bool fidelity_screen_open(struct app *app, const struct id *team, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct fidelity_screen), &FIDELITY_SCREEN, e);
	if (!screen)
		return false;
	if (team)
		((struct fidelity_screen *)screen)->team = *team;
	return app_push(app, screen, e);
}
