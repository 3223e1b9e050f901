// SPDX-License-Identifier: MIT
// What changed in a team since it was last coached, or since a day: a line a record, in words.
#include "tui/screens/screens.h"

#include <plando/date.h>
#include <plando/record.h>
#include <plando/since.h>
#include <plando/str.h>

#include <string.h>

struct since_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct id team;
	date_t from; // where `given`; else since the last coaching session
	bool given;
	const char *name;
	struct since since;
};

static bool since_load(struct app *app, struct screen *screen, struct err *e)
{
	struct since_screen *s = (struct since_screen *)screen;
	char id[ID_TEXT];
	arena_free(&s->rows);
	s->since = (struct since){ 0 };
	list_set(&s->list, 0);
	id_print(&s->team, id);
	s->name = record_ref_title(app->store, &s->rows, id);
	if (!s->name)
		return err_memory(e);
	if (!since_find(app->store, &s->rows, &s->team, s->given ? &s->from : NULL, &s->since, e))
		return false;
	list_set(&s->list, s->since.count);
	return true;
}

static const char *since_when(struct app *app, const struct since_screen *s)
{
	const struct since *x = &s->since;
	date_t today = store_today(app->store);
	if (!x->begun)
		return "since the beginning: no coaching session was written down yet";
	const char *when = date_show(&app->frame, x->from, today);
	int days = today - x->from;
	const char *ago =
	    arena_printf(&app->frame, "%s, %d %s", when, days, days == 1 ? "day" : "days");
	return s->given ? arena_printf(&app->frame, "since %s", ago)
			: arena_printf(&app->frame, "since the coaching session of %s", ago);
}

static void since_screen_row_draw(
    void *context, struct term *t, size_t i, struct area row, bool selected)
{
	const struct since_line *l = &((const struct since_screen *)context)->since.line[i];
	int title = row.cols * 2 / 5;
	term_put(t, row.row, row.col, title, selected ? ROLE_SELECTED : ROLE_TEXT, l->title);
	term_put(t, row.row, row.col + title + 2, row.cols - title - 2, ROLE_TEXT, l->text);
}

// The chosen line in full below the list.
static void since_screen_below_draw(struct app *app, const struct since_screen *s, struct area area)
{
	struct text_lines lines;
	term_rule(app->term, area.row, 1, area.cols - 2);
	if (s->list.at >= s->since.count)
		return;
	const struct since_line *l = &s->since.line[s->list.at];
	const char *all = arena_printf(&app->frame, "%s: %s", l->title, l->text);
	const char *text = all ? text_safe(&app->frame, all, false) : NULL;
	if (!text || !text_wrap(&app->frame, text, strlen(text), area.cols - 6, &lines))
		return;
	for (int i = 0; i < (int)lines.count && i < area.rows - 1; i++)
		term_put_n(app->term, area.row + 1 + i, 3, area.cols - 5, ROLE_TEXT,
		    text + lines.line[i].start, lines.line[i].end - lines.line[i].start);
}

static void since_draw(struct app *app, struct screen *screen, struct area area)
{
	struct since_screen *s = (struct since_screen *)screen;
	int below = area.rows >= 14 ? 5 : 0;
	term_printf(
	    app->term, area.row, 3, area.cols - 4, ROLE_DIM, "What changed %s", since_when(app, s));
	term_cursor(app->term, area.row, 3);
	if (s->since.typed_since) {
		area.rows--;
		term_printf(app->term, area.row + area.rows, 3, area.cols - 4, ROLE_DIM,
		    "Typed in since, but from before then: %s", s->since.older);
	}
	if (s->since.count == 0) {
		term_put(app->term, area.row + 2, 3, area.cols - 4, ROLE_TEXT,
		    "Nothing was changed since then.");
		return;
	}
	list_draw(&s->list, app->term,
	    (struct area){ area.row + 2, area.col, area.rows - 2 - below, area.cols },
	    since_screen_row_draw, s);
	if (below)
		since_screen_below_draw(app, s,
		    (struct area){ area.row + area.rows - below, area.col, below, area.cols });
}

static const char *since_title(struct app *app, struct screen *screen, struct arena *a)
{
	(void)app;
	return arena_printf(a, "%s › Since", ((const struct since_screen *)screen)->name);
}

static const char *since_facts(struct app *app, struct screen *screen, struct arena *a)
{
	size_t n = ((const struct since_screen *)screen)->since.items;
	(void)app;
	return arena_printf(a, "%zu %s", n, n == 1 ? "record" : "records");
}

static void since_screen_day_given(struct app *app, void *context, const char *answer)
{
	struct since_screen *s = context;
	date_t day;
	if (!answer)
		return;
	if (*answer && !date_parse_human(answer, store_today(app->store), &day)) {
		app_say(app, "“%s” is not a day; write 3 May, last tue or 2026-05-03.", answer);
		return;
	}
	s->given = *answer != '\0';
	s->from = s->given ? day : 0;
	s->screen.stale = true;
}

static bool since_act(struct app *app, struct screen *screen, enum action action)
{
	struct since_screen *s = (struct since_screen *)screen;
	struct err e = { 0 };
	bool done = true;
	if (action == ACT_TEAM_SINCE)
		app_ask(app, "Since which day? (empty: the last coaching session)", "",
		    since_screen_day_given, s);
	else if (action == ACT_HISTORY)
		done = app->open->history(app, &s->team, NULL, &e);
	else if (action == ACT_OPEN && s->list.at < s->since.count) {
		const struct since_line *l = &s->since.line[s->list.at];
		struct id id = l->id;
		if (id_zero(&id))
			done = app->open->list(app, l->kind, "team", &s->team, &e);
		else
			done = app->open->record(app, l->kind, &id, &e);
	} else if (action != ACT_OPEN)
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *since_list(struct screen *s)
{
	return &((struct since_screen *)s)->list;
}

static const char *since_row(struct app *app, struct screen *s, size_t i)
{
	const struct since_line *l = &((const struct since_screen *)s)->since.line[i];
	return arena_printf(&app->frame, "%s %s", l->title, l->text);
}

static void since_close(struct screen *s)
{
	arena_free(&((struct since_screen *)s)->rows);
}

static const struct screen_ops SINCE = {
	.on = ON_SINCE,
	.load = since_load,
	.title = since_title,
	.facts = since_facts,
	.draw = since_draw,
	.act = since_act,
	.list = since_list,
	.row_text = since_row,
	.close = since_close,
};

bool since_screen_open(struct app *app, const struct id *team, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct since_screen), &SINCE, e);
	if (!s)
		return false;
	((struct since_screen *)s)->team = *team;
	return app_push(app, s, e);
}
