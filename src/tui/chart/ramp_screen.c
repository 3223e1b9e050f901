// SPDX-License-Identifier: MIT
// A ramp: its cycles rising with their scale; below, the chosen one with each prediction beside its
// result, and what was learned.
#include "tui/loop/paint.h"
#include "tui/loop/paragraph.h"
#include "tui/screens/screens.h"

#include <plando/pdsa.h>
#include <plando/ramp.h>
#include <plando/record.h>
#include <plando/str.h>

enum { PICTURE = 8, PICTURE_ROOMY = 13, ROOMY = 26, PREDICTIONS = 5 };

struct ramp_screen {
	struct screen screen;
	struct arena rows;
	struct id cycle; // under the cursor
	struct id team;
	const char *name; // of the ramp, else of its idea
	const struct form *form;
	const char *scale[RAMP_SCALES];
	struct pdsa_cycle *item;
	struct ramp_step *step;
	size_t count, at;
	struct record record; // of the cycle under the cursor
};

// --- reading

static const char *ramp_screen_choice(
    const struct ramp_screen *s, const char *field, const char *id)
{
	const struct form_field *f = form_field(s->form, field);
	const struct choice *c = f ? field_choice(f, id) : NULL;
	return c ? c->label : id;
}

// Those of the same ramp; without one, those that test the same idea in no ramp.
static bool same_ramp(const struct pdsa_cycle *a, const struct pdsa_cycle *b)
{
	if (!id_zero(&a->ramp) || !id_zero(&b->ramp))
		return id_equal(&a->ramp, &b->ramp);
	return !id_zero(&a->idea) ? id_equal(&a->idea, &b->idea) : id_equal(&a->id, &b->id);
}

static const char *ramp_screen_safe(struct ramp_screen *s, const char *text)
{
	const char *shown = text ? text_safe(&s->rows, text, false) : NULL;
	return shown ? shown : "";
}

static void ramp_screen_step_make(struct app *app, struct ramp_screen *s, size_t i)
{
	const struct pdsa_cycle *c = &s->item[i];
	date_t day, today = store_today(app->store);
	bool decided = c->stage == PDSA_FINISHED && *c->decision;
	const char *title = *c->title ? c->title : "(no question yet)";
	s->step[i] = (struct ramp_step){ .rank = pdsa_scale_rank(c->scale),
		.label = ramp_screen_safe(s, arena_printf(&s->rows, " %s%s%s ", c->cycle_no,
						 *c->cycle_no ? " " : "", title)),
		.day = date_parse_iso(c->do_start, &day)
			   ? ramp_screen_safe(s, date_show(&s->rows, day, today))
			   : "",
		.decision =
		    decided ? ramp_screen_safe(s, ramp_screen_choice(s, "decision", c->decision))
			    : pdsa_stage_words(c->stage) };
}

static bool ramp_screen_cycles_find(struct app *app, struct ramp_screen *s, struct err *e)
{
	struct pdsa_log log;
	const struct pdsa_cycle *own = NULL;
	if (!pdsa_log(app->store, &s->rows, &s->team, true, &log, e))
		return false;
	for (size_t i = 0; i < log.count; i++)
		if (id_equal(&log.cycle[i].id, &s->cycle))
			own = &log.cycle[i];
	s->item = arena_array(&s->rows, log.count + 1, sizeof *s->item);
	s->step = arena_array(&s->rows, log.count + 1, sizeof *s->step);
	if (!s->item || !s->step)
		return err_memory(e);
	for (size_t i = 0; own && i < log.count; i++) {
		if (!same_ramp(own, &log.cycle[i]) ||
		    (log.cycle[i].archived && !id_equal(&log.cycle[i].id, &s->cycle)))
			continue;
		if (id_equal(&log.cycle[i].id, &s->cycle))
			s->at = s->count;
		s->item[s->count] = log.cycle[i];
		ramp_screen_step_make(app, s, s->count++);
	}
	s->name = !own ? "" : *own->ramp_title ? own->ramp_title : own->idea_text;
	return true;
}

static bool ramp_load(struct app *app, struct screen *screen, struct err *e)
{
	struct ramp_screen *s = (struct ramp_screen *)screen;
	struct id idea;
	arena_free(&s->rows);
	s->count = s->at = 0;
	s->name = "";
	s->form = forms_find(store_forms(app->store), "pdsa", e);
	if (!s->form || !record_load(app->store, &s->rows, &s->cycle, &s->record, e))
		return false;
	for (int i = 0; i < RAMP_SCALES; i++)
		s->scale[i] = ramp_screen_choice(s, "scale", PDSA_SCALES[i]);
	if (!record_ref(&s->record, "team", &s->team)) {
		struct record of;
		if (!record_ref(&s->record, "idea", &idea) ||
		    !record_load(app->store, &s->rows, &idea, &of, e) ||
		    !record_ref(&of, "team", &s->team))
			return err_set(e, ERR_DATA, "this cycle belongs to no team");
	}
	return ramp_screen_cycles_find(app, s, e);
}

// --- drawing

static const char *ramp_screen_sub(const struct ramp_screen *s, const char *key, const char *field)
{
	const char *text = record_element_get(&s->record, "predictions", key, field);
	return text ? text : "–";
}

// "it was" beside "we expect".
static int ramp_screen_predictions_draw(
    struct app *app, const struct ramp_screen *s, struct area area)
{
	struct elements rows;
	const struct form_field *met = form_field(s->form, "predictions.met");
	int third = (area.cols - 14) / 3, row = area.row;
	if (!record_elements(&s->record, &app->frame, "predictions", &rows))
		return 0;
	if (rows.count == 0) {
		term_put(
		    app->term, row, area.col, area.cols, ROLE_WARN, "No prediction was written.");
		return 1;
	}
	static const char *const HEAD[] = { "Question", "We expected", "It was", "As expected?" };
	for (int i = 0; i < 4; i++)
		term_put(app->term, row, area.col + i * third, third - 1, ROLE_LABEL, HEAD[i]);
	for (size_t i = 0; i < rows.count && i < PREDICTIONS && row - area.row + 1 < area.rows;
	     i++) {
		const char *word = ramp_screen_sub(s, rows.key[i], "met");
		const struct choice *c = met ? field_choice(met, word) : NULL;
		const char *const cell[] = { ramp_screen_sub(s, rows.key[i], "question"),
			ramp_screen_sub(s, rows.key[i], "prediction"),
			ramp_screen_sub(s, rows.key[i], "result"), c ? c->label : word };
		row++;
		for (int k = 0; k < 4; k++)
			term_put(app->term, row, area.col + k * third, k < 3 ? third - 1 : 14,
			    ROLE_TEXT, cell[k]);
	}
	return row - area.row + 1;
}

static void ramp_screen_chosen_draw(struct app *app, const struct ramp_screen *s, struct area area)
{
	const struct pdsa_cycle *c = &s->item[s->at];
	const char *objective = record_get(&s->record, "objective");
	const char *learned = record_get(&s->record, "learned");
	struct area left = area;
	bool told = objective && !str_equal(objective, c->title);
	int used = paragraph_draw(app, (struct area){ left.row, left.col, 3, left.cols }, ROLE_HEAD,
	    arena_printf(&app->frame, "%s%s%s%s%s", c->cycle_no, *c->cycle_no ? " " : "", c->title,
		told ? ": " : "", told ? objective : ""));
	left.row += used + (area.rows > 10);
	left.rows -= used + (area.rows > 10);
	if (left.rows < 1)
		return;
	used = ramp_screen_predictions_draw(app, s, left);
	left.row += used + (area.rows > 10);
	left.rows -= used + (area.rows > 10);
	if (learned && left.rows > 0)
		paragraph_draw(
		    app, left, ROLE_TEXT, arena_printf(&app->frame, "Learned: %s", learned));
}

static void ramp_screen_draw(struct app *app, struct screen *screen, struct area area)
{
	struct ramp_screen *s = (struct ramp_screen *)screen;
	struct canvas c;
	int row, col, rows = area.rows >= ROOMY ? PICTURE_ROOMY : PICTURE;
	struct area picture = { area.row, area.col + 1, rows < area.rows ? rows : area.rows,
		area.cols > 2 ? area.cols - 2 : area.cols };
	term_cursor(app->term, area.row, area.col);
	if (s->count == 0 || !canvas_init(&c, &app->frame, picture.rows, picture.cols,
				 term_is_ascii(app->term), NULL))
		return;
	ramp_draw(&c, s->step, s->count, s->at, s->scale);
	paint_canvas(app, &c, picture);
	ramp_place(&c, s->step, s->count, s->at, s->scale, &row, &col);
	term_cursor(app->term, picture.row + row, picture.col + col);
	if (area.rows - picture.rows < 3)
		return;
	term_rule(app->term, area.row + picture.rows, 1, area.cols - 2);
	ramp_screen_chosen_draw(app, s,
	    (struct area){
		area.row + picture.rows + 1, 3, area.rows - picture.rows - 1, area.cols - 4 });
}

static const char *ramp_title(struct app *app, struct screen *screen, struct arena *a)
{
	const struct ramp_screen *s = (const struct ramp_screen *)screen;
	char team[ID_TEXT];
	id_print(&s->team, team);
	return arena_printf(
	    a, "%s › %s", record_ref_title(app->store, a, team), *s->name ? s->name : "Ramp");
}

static const char *ramp_facts(struct app *app, struct screen *screen, struct arena *a)
{
	const struct ramp_screen *s = (const struct ramp_screen *)screen;
	(void)app;
	return arena_printf(a, "%zu of %zu", s->at + 1, s->count);
}

// --- acting

static bool ramp_screen_move(struct app *app, struct ramp_screen *s, int by, struct err *e)
{
	size_t to = s->at + (size_t)by; // 0 - 1 is past the end too
	if (to >= s->count) {
		app_say(app, by > 0 ? "This is the newest cycle of the ramp; + plans the next."
				    : "This is the first cycle of the ramp.");
		return true;
	}
	s->cycle = s->item[to].id;
	return ramp_load(app, &s->screen, e);
}

static bool ramp_act(struct app *app, struct screen *screen, enum action action)
{
	struct ramp_screen *s = (struct ramp_screen *)screen;
	struct err e = { 0 };
	struct id id = s->cycle;
	bool done = true;
	if (action == ACT_LEFT || action == ACT_RIGHT)
		done = ramp_screen_move(app, s, action == ACT_RIGHT ? 1 : -1, &e);
	else if (action == ACT_OPEN)
		done = app->open->form(app, "pdsa", &id, NULL, &e);
	else if (action == ACT_NEXT_CYCLE)
		done = app->open->cycle_next(app, s->count ? &s->item[s->count - 1].id : &id, &e);
	else
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static void ramp_close(struct screen *s)
{
	arena_free(&((struct ramp_screen *)s)->rows);
}

static bool ramp_again(struct app *app, const struct screen *s, struct err *e)
{
	return ramp_screen_open(app, &((const struct ramp_screen *)s)->cycle, e);
}

static const struct screen_ops RAMP = {
	.on = ON_RAMP,
	.load = ramp_load,
	.title = ramp_title,
	.facts = ramp_facts,
	.draw = ramp_screen_draw,
	.act = ramp_act,
	.close = ramp_close,
	.again = ramp_again,
};

bool ramp_screen_open(struct app *app, const struct id *cycle, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct ramp_screen), &RAMP, e);
	if (!screen)
		return false;
	((struct ramp_screen *)screen)->cycle = *cycle;
	return app_push(app, screen, e);
}
