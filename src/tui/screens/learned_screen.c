// SPDX-License-Identifier: MIT
// What was learned: the finished cycles of all teams, or of one; or "has anyone tested this?", from
// a change idea. The chosen one stands below in full, so that one reads by going down the list.
#include "tui/loop/export.h"
#include "tui/loop/paragraph.h"
#include "tui/screens/screens.h"

#include <plando/digest.h>
#include <plando/learned.h>
#include <plando/str.h>

enum { DONE = 8, TEAM = 20, DECISION = 18, BELOW = 9, ROOMY = 18, TEXT_WIDTH = 78 };

struct learned_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct id team, idea; // all zero: none
	const char *name;     // of the team or the idea
	const struct form *form;
	struct learnings all;
	struct id chosen;
};

// --- reading

static bool learned_screen_find(struct app *app, struct learned_screen *s, struct err *e)
{
	struct learned_filter f = { .team = id_zero(&s->team) ? NULL : &s->team };
	if (id_zero(&s->idea))
		return learned_list(app->store, &s->rows, &f, &s->all, e);
	return learned_about(app->store, &s->rows, &s->idea, &s->all, e);
}

static bool learned_load(struct app *app, struct screen *screen, struct err *e)
{
	struct learned_screen *s = (struct learned_screen *)screen;
	char id[ID_TEXT];
	if (s->list.at < s->all.count)
		s->chosen = s->all.item[s->list.at].id;
	s->all = (struct learnings){ 0 };
	list_set(&s->list, 0);
	arena_free(&s->rows);
	id_print(id_zero(&s->idea) ? &s->team : &s->idea, id);
	bool whole = id_zero(&s->idea) && id_zero(&s->team);
	s->name = whole ? "" : record_ref_title(app->store, &s->rows, id);
	s->form = forms_find(store_forms(app->store), "pdsa", e);
	if (!s->name || !s->form)
		return s->name ? false : err_memory(e);
	if (!learned_screen_find(app, s, e)) {
		s->all.count = 0;
		return false;
	}
	list_set(&s->list, s->all.count);
	for (size_t i = 0; i < s->all.count; i++)
		if (id_equal(&s->all.item[i].id, &s->chosen))
			list_select(&s->list, i);
	return true;
}

// --- words

static const char *learned_screen_choice(
    const struct learned_screen *s, const char *field, const char *id)
{
	const struct form_field *f = form_field(s->form, field);
	const struct choice *c = f ? field_choice(f, id) : NULL;
	return c ? c->label : id;
}

static const char *learned_screen_idea_words(struct app *app, const struct learned *l)
{
	const char *text = *l->idea_text ? l->idea_text : l->title;
	return *l->idea_code ? arena_printf(&app->frame, "%s %s", l->idea_code, text) : text;
}

static const char *learned_screen_compared(struct app *app, const struct learned *l)
{
	if (l->predictions == 0)
		return "no prediction";
	if (l->results == 0)
		return "predictions not compared";
	return arena_printf(&app->frame, "%u of %u as predicted", l->met, l->results);
}

// --- drawing

struct learned_screen_drawing {
	struct app *app;
	const struct learned_screen *s;
};

struct learned_screen_columns {
	int team, idea, idea_width, decision;
};

static struct learned_screen_columns learned_screen_columns_of(struct area area)
{
	struct learned_screen_columns c = { .team = area.col + DONE };
	c.idea = c.team + TEAM;
	c.decision = area.col + area.cols - DECISION;
	c.idea_width = c.decision - c.idea - 2;
	return c;
}

static void learned_screen_row_draw(
    void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct learned_screen_drawing *d = context;
	const struct learned *l = &d->s->all.item[i];
	struct learned_screen_columns c = learned_screen_columns_of(area);
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	date_t today = store_today(d->app->store);
	term_put(t, area.row, area.col, DONE - 1, role,
	    l->dated ? date_ago(&d->app->frame, l->day, today) : "–");
	term_put(t, area.row, c.team, TEAM - 2, role, l->team_name);
	term_put(t, area.row, c.idea, c.idea_width, role, learned_screen_idea_words(d->app, l));
	term_put(t, area.row, c.decision, DECISION, role,
	    learned_screen_choice(d->s, "decision", l->decision));
}

static void learned_screen_heads_draw(struct term *t, struct area area)
{
	struct area rows = { area.row, area.col + 3, 1, area.cols - 5 };
	struct learned_screen_columns c = learned_screen_columns_of(rows);
	term_put(t, area.row, rows.col, DONE - 1, ROLE_LABEL, "Done");
	term_put(t, area.row, c.team, TEAM, ROLE_LABEL, "Team");
	term_put(t, area.row, c.idea, c.idea_width, ROLE_LABEL, "Change idea");
	term_put(t, area.row, c.decision, DECISION, ROLE_LABEL, "Decision");
}

static int learned_screen_told(
    struct app *app, struct area area, int used, const char *label, const char *text)
{
	struct area left = { area.row + used, area.col, area.rows - used, area.cols };
	if (str_empty(text))
		return used;
	const char *line = *label ? arena_printf(&app->frame, "%s: %s", label, text) : text;
	return used + paragraph_draw(app, left, ROLE_TEXT, line);
}

static void learned_screen_below_draw(
    struct app *app, const struct learned_screen *s, struct area area)
{
	term_rule(app->term, area.row, 1, area.cols - 2);
	if (s->list.at >= s->all.count)
		return;
	const struct learned *l = &s->all.item[s->list.at];
	struct area text = { area.row + 1, 3, area.rows - 1, area.cols - 4 };
	const char *number = *l->cycle_no ? arena_printf(&app->frame, "Cycle %s", l->cycle_no) : "";
	const char *const part[] = { number, l->title, learned_screen_choice(s, "scale", l->scale),
		learned_screen_compared(app, l) };
	struct str head = STR_IN(&app->frame);
	for (size_t i = 0; i < sizeof part / sizeof *part; i++)
		if (!str_empty(part[i]))
			str_printf(&head, "%s%s", head.length ? " · " : "", part[i]);
	int used = paragraph_draw(
	    app, (struct area){ text.row, 3, 2, text.cols }, ROLE_HEAD, str_done(&head));
	used = learned_screen_told(app, text, used, "", l->learned);
	used = learned_screen_told(app, text, used, "Unexpected", l->unexpected);
	used = learned_screen_told(app, text, used, "Why", l->why);
	learned_screen_told(app, text, used, "Next", l->next_change);
}

static void learned_screen_empty_draw(
    struct app *app, const struct learned_screen *s, struct area area)
{
	struct area text = { area.row + 1, 3, area.rows - 1, area.cols - 4 };
	term_cursor(app->term, area.row + 1, 3);
	if (id_zero(&s->idea))
		paragraph_draw(app, text, ROLE_TEXT,
		    "Nothing was learned yet. What a PDSA cycle says under Study and Act stands "
		    "here, for all teams.");
	else
		paragraph_draw(app, text, ROLE_TEXT,
		    "No other team has told what it learned about this: none has tested an idea of "
		    "the same item of the change package, or one in the same words. Ctrl-F "
		    "searches everything that was written.");
}

static void learned_draw(struct app *app, struct screen *screen, struct area area)
{
	struct learned_screen *s = (struct learned_screen *)screen;
	struct learned_screen_drawing d = { app, s };
	int below = area.rows >= 2 * ROOMY - 6 ? BELOW + 5 : area.rows >= ROOMY ? BELOW : 0;
	if (s->all.count == 0) {
		learned_screen_empty_draw(app, s, area);
		return;
	}
	learned_screen_heads_draw(app->term, area);
	list_draw(&s->list, app->term,
	    (struct area){ area.row + 1, area.col, area.rows - 1 - below, area.cols },
	    learned_screen_row_draw, &d);
	if (below)
		learned_screen_below_draw(app, s,
		    (struct area){ area.row + area.rows - below, area.col, below, area.cols });
}

static const char *learned_title(struct app *app, struct screen *screen, struct arena *a)
{
	const struct learned_screen *s = (const struct learned_screen *)screen;
	(void)app;
	if (!id_zero(&s->idea))
		return arena_printf(a, "Has anyone tested this? › %s", s->name);
	return *s->name ? arena_printf(a, "%s › What was learned", s->name) : "What was learned";
}

static const char *learned_facts(struct app *app, struct screen *screen, struct arena *a)
{
	size_t n = ((struct learned_screen *)screen)->all.count;
	(void)app;
	return arena_printf(a, "%zu %s", n, n == 1 ? "cycle" : "cycles");
}

// --- a digest for a learning session

static bool learned_screen_digest_text(struct app *app, struct screen *screen, struct arena *a,
    const char *ending, struct str *out, struct err *e)
{
	const struct learned_screen *s = (const struct learned_screen *)screen;
	bool markdown = str_equal(ending, "md");
	struct digest_options o = { .title = learned_title(app, screen, a),
		.form = s->form,
		.today = store_today(app->store),
		.markdown = markdown,
		.width = markdown ? 0 : TEXT_WIDTH };
	return digest_write(a, &s->all, &o, out, e);
}

// --- acting

static bool learned_act(struct app *app, struct screen *screen, enum action action)
{
	static const struct exporter DIGEST = { "digest", "md txt", NULL,
		learned_screen_digest_text };
	struct learned_screen *s = (struct learned_screen *)screen;
	struct err e = { 0 };
	bool some = s->list.at < s->all.count;
	struct learned l = some ? s->all.item[s->list.at] : (struct learned){ 0 };
	if (action != ACT_OPEN && action != ACT_DIGEST && action != ACT_DIAGRAM)
		return false;
	if (!some)
		app_say(app, "There is nothing to read here yet.");
	else if (action == ACT_DIGEST)
		export_ask(app, screen, &DIGEST, *s->name ? s->name : "What was learned");
	else if (action == ACT_DIAGRAM && id_zero(&l.idea))
		app_say(app, "This cycle tests no change idea; it stands in no diagram.");
	else if (action == ACT_DIAGRAM ? !app->open->diagram(app, &l.team, &l.idea, &e)
				       : !app->open->form(app, "pdsa", &l.id, NULL, &e))
		app_fail(app, &e);
	return true;
}

static struct list *learned_rows(struct screen *s)
{
	return &((struct learned_screen *)s)->list;
}

static const char *learned_row(struct app *app, struct screen *screen, size_t i)
{
	const struct learned_screen *s = (const struct learned_screen *)screen;
	const struct learned *l = &s->all.item[i];
	return arena_printf(&app->frame, "%s %s %s %s %s %s %s %s %s %s", l->team_name,
	    l->idea_code, l->idea_text, l->component, l->title, l->learned, l->unexpected, l->why,
	    l->next_change, learned_screen_choice(s, "decision", l->decision));
}

static void learned_close(struct screen *s)
{
	arena_free(&((struct learned_screen *)s)->rows);
}

static bool learned_again(struct app *app, const struct screen *s, struct err *e)
{
	const struct learned_screen *l = (const struct learned_screen *)s;
	return learned_screen_open(
	    app, id_zero(&l->team) ? NULL : &l->team, id_zero(&l->idea) ? NULL : &l->idea, e);
}

static const struct screen_ops LEARNED = {
	.on = ON_LEARNED,
	.load = learned_load,
	.title = learned_title,
	.facts = learned_facts,
	.draw = learned_draw,
	.act = learned_act,
	.list = learned_rows,
	.row_text = learned_row,
	.close = learned_close,
	.again = learned_again,
};

bool learned_screen_open(
    struct app *app, const struct id *team, const struct id *idea, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct learned_screen), &LEARNED, e);
	struct learned_screen *s = (struct learned_screen *)screen;
	if (!screen)
		return false;
	if (team)
		s->team = *team;
	if (idea)
		s->idea = *idea;
	return app_push(app, screen, e);
}
