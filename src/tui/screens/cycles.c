// SPDX-License-Identifier: MIT
// A team's PDSA cycles: by change idea, and within it along each ramp, with how far each has come.
#include "tui/copies/leaving.h"
#include "tui/screens/screens.h"
#include "tui/screens/ways.h"

#include <plando/conflict.h>
#include <plando/form.h>
#include <plando/pdsa.h>
#include <plando/record.h>
#include <plando/str.h>

struct cycles_row {
	const struct pdsa_cycle *cycle; // of a heading: the first one below it
	bool heading;
	bool in_ramp; // not the first of its ramp: joined to the one above
};

struct cycles_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct id team, start;
	bool has_start, archived;
	bool untested;	// `start` is an idea without a cycle: n makes its first one
	size_t came_at; // the row that the cursor came to then
	const char *team_name;
	const struct form_field *scale, *decision;
	struct pdsa_log log;
	struct cycles_row *row;
	size_t count;
	struct id chosen;
	struct conflict_marks marks;
};

// --- reading

static bool cycles_heading(void *context, size_t i)
{
	return ((const struct cycles_screen *)context)->row[i].heading;
}

static bool cycles_rows_make(struct cycles_screen *c, struct err *e)
{
	c->row = arena_array(&c->rows, c->log.count * 2 + 1, sizeof *c->row);
	c->count = 0;
	if (!c->row)
		return err_memory(e);
	for (size_t i = 0; i < c->log.count; i++) {
		const struct pdsa_cycle *p = &c->log.cycle[i];
		bool first = i == 0 || !id_equal(&p->idea, &p[-1].idea);
		bool joined = !first && !id_zero(&p->ramp) && id_equal(&p->ramp, &p[-1].ramp);
		if (first)
			c->row[c->count++] = (struct cycles_row){ p, .heading = true };
		c->row[c->count++] = (struct cycles_row){ p, .in_ramp = joined };
	}
	return true;
}

static void cycles_choose(struct app *app, struct cycles_screen *c)
{
	bool tested = false;
	list_set(&c->list, c->count);
	for (size_t i = 0; i < c->count; i++)
		if (app_touched(app, &c->row[i].cycle->id))
			c->chosen = c->row[i].cycle->id;
	for (size_t i = c->count; i-- > 0;) {
		const struct pdsa_cycle *p = c->row[i].cycle;
		if (c->row[i].heading)
			continue;
		bool of_start = c->has_start && id_equal(&p->idea, &c->start);
		tested |= of_start;
		if (id_equal(&p->id, &c->chosen) || of_start)
			list_select(&c->list, i);
	}
	if (c->has_start) {
		c->untested = !tested;
		c->came_at = c->list.at;
	}
	c->has_start = false;
}

static bool cycles_load(struct app *app, struct screen *s, struct err *e)
{
	struct cycles_screen *c = (struct cycles_screen *)s;
	if (c->list.at < c->count)
		c->chosen = c->row[c->list.at].cycle->id;
	c->count = 0;
	c->list.heading = cycles_heading;
	c->list.context = c;
	list_set(&c->list, 0);
	arena_free(&c->rows);
	char id[ID_TEXT];
	id_print(&c->team, id);
	c->team_name = record_ref_title(app->store, &c->rows, id);
	const struct form *form = forms_find(store_forms(app->store), "pdsa", e);
	if (!form || !c->team_name)
		return c->team_name ? false : err_memory(e);
	c->scale = form_field(form, "scale");
	c->decision = form_field(form, "decision");
	if (!conflict_marks(app->store, &c->rows, &c->marks, e) ||
	    !pdsa_log(app->store, &c->rows, &c->team, c->archived, &c->log, e) ||
	    !cycles_rows_make(c, e)) {
		c->count = 0;
		return false;
	}
	cycles_choose(app, c);
	return true;
}

// --- drawing

struct cycles_drawing {
	struct app *app;
	const struct cycles_screen *c;
};

static void cycles_heading_draw(
    const struct cycles_drawing *d, struct term *t, const struct pdsa_cycle *p, struct area area)
{
	if (id_zero(&p->idea))
		term_put(t, area.row, area.col - 1, area.cols, ROLE_HEAD, "(no change idea)");
	else
		term_printf(t, area.row, area.col - 1, area.cols, ROLE_HEAD, "%s%s%s", p->idea_code,
		    *p->idea_code ? " " : "", p->idea_text);
	(void)d;
}

static const char *cycles_choice_label(const struct form_field *field, const char *id)
{
	const struct choice *c = field ? field_choice(field, id) : NULL;
	return c ? c->label : id;
}

// "Study due 12 d".
static const char *cycles_stage_words(const struct cycles_drawing *d, const struct pdsa_cycle *p)
{
	if (p->due_known && p->due < store_today(d->app->store))
		return arena_printf(&d->app->frame, "%s %s", pdsa_stage_words(p->stage),
		    date_ago(&d->app->frame, p->due, store_today(d->app->store)));
	return p->stage == PDSA_FINISHED && *p->decision
		   ? cycles_choice_label(d->c->decision, p->decision)
		   : pdsa_stage_words(p->stage);
}

static const char *cycles_day(const struct cycles_drawing *d, const char *iso)
{
	date_t date;
	return date_parse_iso(iso, &date)
		   ? date_show(&d->app->frame, date, store_today(d->app->store))
		   : "";
}

static const char *cycles_predicted(const struct cycles_drawing *d, const struct pdsa_cycle *p)
{
	if (p->predictions == 0)
		return "no prediction";
	return arena_printf(&d->app->frame, "%u of %u compared", p->results, p->predictions);
}

static void cycles_row_draw(
    void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct cycles_drawing *d = context;
	const struct cycles_row *row = &d->c->row[i];
	const struct pdsa_cycle *p = row->cycle;
	if (row->heading) {
		cycles_heading_draw(d, t, p, area);
		return;
	}
	bool wide = area.cols >= 100;
	int col = area.col, end = area.col + area.cols;
	enum role role = selected ? ROLE_SELECTED : p->archived ? ROLE_DIM : ROLE_TEXT;
	bool due = p->stage == PDSA_STUDY_DUE || p->stage == PDSA_ACT_DUE;
	int right = end - (wide ? 64 : 30);
	if (conflict_marked(&d->c->marks, &p->id))
		term_put(t, area.row, col - 1, 1, ROLE_WARN, "!");
	if (row->in_ramp)
		term_put(t, area.row, col, 2, ROLE_DIM, term_is_ascii(t) ? "`-" : "└─");
	term_put(t, area.row, col + 2, 4, role, p->cycle_no);
	term_printf(t, area.row, col + 6, right - col - 8, role, "%s%s",
	    p->archived ? "(archived) " : "", *p->title ? p->title : "(no question written yet)");
	term_put(t, area.row, right, 16, due ? ROLE_WARN : role, cycles_stage_words(d, p));
	term_put(t, area.row, right + 17, 12, role, cycles_day(d, p->do_start));
	if (!wide)
		return;
	term_put(t, area.row, right + 30, 16, role, cycles_choice_label(d->c->scale, p->scale));
	term_put(
	    t, area.row, right + 47, 17, p->predictions ? role : ROLE_WARN, cycles_predicted(d, p));
}

static void cycles_heads_draw(struct term *t, struct area area)
{
	bool wide = area.cols - 5 >= 100;
	int right = area.col + 3 + area.cols - 5 - (wide ? 64 : 30);
	term_put(t, area.row, area.col + 5, 12, ROLE_LABEL, "Cycle");
	term_put(t, area.row, right, 16, ROLE_LABEL, "Stage");
	term_put(t, area.row, right + 17, 12, ROLE_LABEL, "Done");
	if (wide) {
		term_put(t, area.row, right + 30, 16, ROLE_LABEL, "Scale");
		term_put(t, area.row, right + 47, 17, ROLE_LABEL, "Predictions");
	}
}

static void cycles_draw(struct app *app, struct screen *s, struct area area)
{
	struct cycles_screen *c = (struct cycles_screen *)s;
	struct cycles_drawing d = { app, c };
	if (c->count == 0) {
		term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_TEXT,
		    "No cycle yet. Press n to plan the first test.");
		term_cursor(app->term, area.row + 1, 3);
		return;
	}
	cycles_heads_draw(app->term, area);
	list_draw(&c->list, app->term,
	    (struct area){ area.row + 1, area.col, area.rows - 1, area.cols }, cycles_row_draw, &d);
}

static const char *cycles_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	return arena_printf(a, "%s › PDSA cycles", ((struct cycles_screen *)s)->team_name);
}

static const char *cycles_facts(struct app *app, struct screen *s, struct arena *a)
{
	const struct cycles_screen *c = (const struct cycles_screen *)s;
	size_t open = 0;
	(void)app;
	for (size_t i = 0; i < c->log.count; i++)
		open += c->log.cycle[i].stage != PDSA_FINISHED;
	return arena_printf(a, "%zu, %zu open", c->log.count, open);
}

// --- acting

static const struct pdsa_cycle *cycles_chosen(const struct cycles_screen *c)
{
	return c->list.at < c->count && !c->row[c->list.at].heading ? c->row[c->list.at].cycle
								    : NULL;
}

// A new cycle on the same change idea; or on the one without a cycle from which one came.
static bool new_cycle(struct app *app, struct cycles_screen *c, bool quick, struct err *e)
{
	const struct pdsa_cycle *p = cycles_chosen(c);
	char team[ID_TEXT], idea[ID_TEXT];
	const char *given[5] = { "team", team };
	const struct id *of = p && !id_zero(&p->idea) ? &p->idea : NULL;
	if (c->untested && c->list.at == c->came_at)
		of = &c->start;
	c->untested = false;
	id_print(&c->team, team);
	if (of) {
		id_print(of, idea);
		given[2] = "idea";
		given[3] = idea;
	}
	return quick ? app->open->form_quick(app, "pdsa", given, e)
		     : app->open->form(app, "pdsa", NULL, given, e);
}

bool cycle_next_open(struct app *app, const struct id *id, struct err *e)
{
	const char *given[PDSA_GIVEN];
	struct arena a = { 0 };
	bool done = pdsa_next(app->store, &a, id, given, e);
	if (done) {
		app_saved(app);
		done = app->open->form(app, "pdsa", NULL, given, e);
	}
	arena_free(&a);
	return done;
}

static bool cycles_chosen_act(
    struct app *app, struct cycles_screen *c, enum action action, struct err *e)
{
	const struct pdsa_cycle *p = cycles_chosen(c);
	if (!p) {
		app_say(app, "There is no cycle yet; n plans the first one.");
		return true;
	}
	struct id id = p->id;
	if (action == ACT_ARCHIVE)
		return app->open->archive(app, &id, e);
	if (action == ACT_HISTORY)
		return app->open->history(app, NULL, &id, e);
	if (action == ACT_MORE)
		return ways_screen_open(app, "pdsa", &id, e);
	if (action == ACT_NEXT_CYCLE)
		return cycle_next_open(app, &id, e);
	if (action == ACT_REDACT)
		return redact_begin(app, &id, NULL, e);
	if (action == ACT_RAMP)
		return app->open->ramp(app, &id, e);
	if (action == ACT_TESTED_BY && !id_zero(&p->idea))
		return app->open->learned(app, NULL, &p->idea, e);
	return app->open->form(app, "pdsa", &id, NULL, e);
}

static bool cycles_act(struct app *app, struct screen *s, enum action action)
{
	struct cycles_screen *c = (struct cycles_screen *)s;
	struct err e = { 0 };
	bool done = true;
	if (action == ACT_OPEN || action == ACT_ARCHIVE || action == ACT_HISTORY ||
	    action == ACT_NEXT_CYCLE || action == ACT_MORE || action == ACT_RAMP ||
	    action == ACT_TESTED_BY || action == ACT_REDACT)
		done = cycles_chosen_act(app, c, action, &e);
	else if (action == ACT_NEW || action == ACT_QUICK)
		done = new_cycle(app, c, action == ACT_QUICK, &e);
	else if (action == ACT_FIDELITY)
		done = app->open->fidelity(app, &c->team, &e);
	else if (action == ACT_LEARNED)
		done = app->open->learned(app, &c->team, NULL, &e);
	else if (action == ACT_SHOW_ARCHIVED) {
		c->archived = !c->archived;
		s->stale = true;
		app_say(app,
		    c->archived ? "Archived cycles are shown too." : "Archived cycles are hidden.");
	} else
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *cycles_list(struct screen *s)
{
	return &((struct cycles_screen *)s)->list;
}

static const char *cycles_row(struct app *app, struct screen *s, size_t i)
{
	const struct pdsa_cycle *p = ((struct cycles_screen *)s)->row[i].cycle;
	return arena_printf(
	    &app->frame, "%s %s %s %s", p->idea_code, p->idea_text, p->cycle_no, p->title);
}

static void cycles_close(struct screen *s)
{
	arena_free(&((struct cycles_screen *)s)->rows);
}

static bool cycles_again(struct app *app, const struct screen *s, struct err *e)
{
	const struct cycles_screen *c = (const struct cycles_screen *)s;
	return cycles_screen_open(app, &c->team, c->has_start ? &c->start : NULL, e);
}

static const struct screen_ops CYCLES = {
	.on = ON_CYCLES,
	.load = cycles_load,
	.title = cycles_title,
	.facts = cycles_facts,
	.draw = cycles_draw,
	.act = cycles_act,
	.list = cycles_list,
	.row_text = cycles_row,
	.close = cycles_close,
	.again = cycles_again,
};

bool cycles_screen_open(
    struct app *app, const struct id *team, const struct id *idea, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct cycles_screen), &CYCLES, e);
	struct cycles_screen *c = (struct cycles_screen *)s;
	if (!s)
		return false;
	c->team = *team;
	c->has_start = idea != NULL;
	if (idea)
		c->start = *idea;
	if (!app_push(app, s, e))
		return false;
	if (c->untested)
		app_say(app, "No cycle tests this idea yet; n makes its first one.");
	return true;
}
