// SPDX-License-Identifier: MIT
// The assessment screen: the levels as a ladder, at each criterion what the record shows and the
// record to open to mend it; a coach's word, the scores of team and coach.
#include "tui/screens/assess.h"
#include "tui/screens/screens.h"
#include "tui/screens/ways.h"

#include <plando/record.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

// --- reading

static bool assess_is_folded(const struct assess_screen *x, size_t level)
{
	return x->folded & (1U << level);
}

// At first only the level that is next is unfolded.
static void assess_fold_first(struct assess_screen *x)
{
	if (!x->known)
		for (size_t i = 0; i < x->v.count; i++)
			if (i != (x->v.next < x->v.count ? x->v.next : x->v.count - 1))
				x->folded |= 1U << i;
	x->known = true;
}

static bool assess_rungs_make(struct assess_screen *x, struct err *e)
{
	size_t most = x->v.count;
	for (size_t i = 0; i < x->v.count; i++)
		most += x->v.level[i].count;
	x->rung = arena_array(&x->rows, most + 1, sizeof *x->rung);
	x->count = 0;
	if (!x->rung)
		return err_memory(e);
	for (size_t i = 0; i < x->v.count; i++) {
		x->rung[x->count++] = (struct rung){ &x->v.level[i], NULL };
		for (size_t k = 0; !assess_is_folded(x, i) && k < x->v.level[i].count; k++)
			x->rung[x->count++] =
			    (struct rung){ &x->v.level[i], &x->v.level[i].criterion[k] };
	}
	return true;
}

static const char *assess_name_of(const struct rung *r)
{
	return r->criterion ? r->criterion->rule->id : r->level->level->score;
}

static void assess_choose(struct assess_screen *x, const char *name)
{
	list_set(&x->list, x->count);
	for (size_t i = 0; i < x->count; i++)
		if (str_equal(assess_name_of(&x->rung[i]), name))
			list_select(&x->list, i);
}

// The newest private score of the team: shown here and nowhere else.
static bool assess_draft_read(struct app *app, struct assess_screen *x, struct err *e)
{
	struct records all;
	const char *newest = "";
	x->draft = NULL;
	if (!record_list(app->store, &x->rows, "assessment", &x->team, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		const struct record *r = &all.item[i];
		const char *date = record_get(r, "date"), *score = record_get(r, "score");
		if (!date || !score || !str_equal(record_get(r, "private"), "yes") ||
		    record_archived(r, x->v.on) || strcmp(date, newest) < 0)
			continue;
		newest = date;
		x->draft = score;
		x->draft_id = r->id;
	}
	return true;
}

static bool assess_read_all(struct app *app, struct assess_screen *x, struct err *e)
{
	const struct form *form = *x->by
				      ? evidence_instrument(app->store, x->by, NULL)
				      : evidence_instrument_of(app->store, &x->rows, &x->team, e);
	date_t today = store_today(app->store);
	return form && evidence_assess(app->store, &x->rows, &x->team, today, form, &x->v, e) &&
	       evidence_agenda(app->store, &x->rows, &x->v, &x->agenda, e) &&
	       evidence_history(app->store, &x->rows, &x->v, x->month, ASSESS_MONTHS, e) &&
	       assess_draft_read(app, x, e);
}

static const char *assess_first_unmet(const struct assess_screen *x)
{
	for (size_t i = 0; i < x->agenda.count; i++)
		if (x->agenda.step[i].criterion)
			return x->agenda.step[i].criterion;
	return x->v.count ? x->v.level[x->v.count - 1].level->score : NULL;
}

static bool assess_load(struct app *app, struct screen *s, struct err *e)
{
	struct assess_screen *x = (struct assess_screen *)s;
	char before[64] = "";
	if (x->list.at < x->count)
		snprintf(before, sizeof before, "%s", assess_name_of(&x->rung[x->list.at]));
	x->count = 0;
	list_set(&x->list, 0);
	arena_free(&x->rows);
	x->v = (struct evidence){ .name = "" };
	if (!assess_read_all(app, x, e))
		return false;
	assess_fold_first(x);
	if (!assess_rungs_make(x, e))
		return false;
	assess_choose(x, *before ? before : assess_first_unmet(x));
	return true;
}

const struct rung *assess_chosen(const struct assess_screen *x)
{
	return x->list.at < x->count ? &x->rung[x->list.at] : NULL;
}

static const char *assess_title(struct app *app, struct screen *s, struct arena *a)
{
	const struct assess_screen *x = (const struct assess_screen *)s;
	return arena_printf(a, "%s › Score on %s%s", x->v.name,
	    date_show(a, x->v.on, store_today(app->store)),
	    str_equal(x->v.instrument, "ihi") ? "" : arena_printf(a, " › %s", x->v.scale));
}

static const char *assess_facts(struct app *app, struct screen *s, struct arena *a)
{
	const struct assess_screen *x = (const struct assess_screen *)s;
	const char *team = "–", *coach = "–";
	(void)app;
	for (size_t i = 0; i < x->v.recorded_count; i++)
		if (str_equal(x->v.recorded[i].assessor, "coach"))
			coach = x->v.recorded[i].score;
		else
			team = x->v.recorded[i].score;
	return arena_printf(
	    a, "team %s  coach %s  record %s", team, coach, x->v.supported ? x->v.supported : "–");
}

// --- opening what mends it

// The team's list of a kind: as the table of ways leads to it.
static bool assess_open_kind(
    struct app *app, const char *kind, const struct id *team, struct err *e)
{
	for (const struct way *w = WAYS; w->label; w++)
		if (str_equal(w->from, "team") && str_starts(w->kinds, kind))
			return way_open(app, w, team, e);
	return app->open->list(app, kind, "team", team, e);
}

static bool assess_open_mend(
    struct app *app, struct assess_screen *x, const struct evidence_mend *m, struct err *e)
{
	struct id team = x->team, id = m->id;
	if (!m->kind) {
		app_say(app, "No record shows this; a coach can attest it with a.");
		return true;
	}
	if (str_equal(m->kind, "driver"))
		return app->open->diagram(app, &team, id_zero(&id) ? NULL : &id, e);
	if (str_equal(m->kind, "charter") || id_zero(&id))
		return assess_open_kind(app, m->kind, &team, e);
	return app->open->record(app, m->kind, &id, e);
}

static bool assess_open_chosen(struct app *app, struct assess_screen *x, struct err *e)
{
	const struct rung *r = assess_chosen(x);
	if (!r)
		return true;
	if (r->criterion)
		return assess_open_mend(app, x, &r->criterion->mend, e);
	char name[64];
	snprintf(name, sizeof name, "%s", assess_name_of(r));
	x->folded ^= 1U << (size_t)(r->level - x->v.level);
	if (!assess_rungs_make(x, e))
		return false;
	assess_choose(x, name);
	return true;
}

// --- attesting

static void assess_attested(struct app *app, void *context, const char *why)
{
	struct assess_screen *x = context;
	struct arena a = { 0 };
	struct err e = { 0 };
	if (!why)
		return;
	if (!*why)
		app_say(app, "Nothing is attested without a reason.");
	else if (!evidence_attest(app->store, &a, &x->v, x->asked, x->holds, why, &e))
		app_fail(app, &e);
	else {
		app_saved(app);
		app_say(app, "Attested: %s %s; it lapses after %d days or when its data change.",
		    x->asked, x->holds ? "holds" : "does not hold",
		    x->v.form->rules.p[P_ATTEST_DAYS]);
	}
	arena_free(&a);
}

static void assess_attest(struct app *app, struct assess_screen *x, bool holds)
{
	const struct rung *r = assess_chosen(x);
	struct err why = { 0 };
	if (!r || !r->criterion) {
		app_say(app, "Choose a criterion first; Enter unfolds a level.");
		return;
	}
	if (!store_writable(app->store, &why)) {
		app_fail(app, &why);
		return;
	}
	x->holds = holds;
	snprintf(x->asked, sizeof x->asked, "%s", r->criterion->rule->id);
	app_ask(app,
	    arena_printf(&app->frame, "As the coach: %s %s, because", x->asked,
		holds ? "holds" : "does not hold"),
	    "", assess_attested, x);
}

// --- scores

static void assess_score_saved(struct app *app, void *context, const char *why)
{
	struct assess_screen *x = context;
	struct arena a = { 0 };
	struct err e = { 0 };
	// Esc leaves; Enter saves the score that is claimed, with a reason or without.
	if (!why)
		app_say(app, "No score was given.");
	else if (!evidence_score_save(
		     app->store, &a, &x->v, x->coach ? "coach" : "team", x->score, why, &e))
		app_fail(app, &e);
	else {
		app_saved(app);
		app_say(app, "%s %s is saved; the record shows %s.",
		    x->coach ? "The coach's" : "The team's", x->score, x->v.supported);
	}
	arena_free(&a);
}

// The same record by the next instrument.
static bool assess_next_instrument(struct app *app, struct assess_screen *x, struct err *e)
{
	const struct form *next = evidence_instrument_after(app->store, x->v.form);
	snprintf(x->by, sizeof x->by, "%s", str_equal(next->id, "assessment") ? "ihi" : next->id);
	x->known = false;
	x->folded = 0;
	x->count = 0;
	if (!assess_load(app, &x->screen, e))
		return false;
	app_say(app, "This is by %s; i goes on to the next instrument.", x->v.scale);
	return true;
}

static bool assess_is_score(const struct assess_screen *x, const char *typed)
{
	for (size_t i = 0; i < x->v.count; i++) {
		struct decimal a, b;
		if (decimal_parse(typed, &a) && decimal_parse(x->v.level[i].level->score, &b) &&
		    decimal_compare(a, b) == 0)
			return true;
	}
	return false;
}

static const char *assess_canonical(const struct assess_screen *x, const char *typed)
{
	struct decimal a, b;
	for (size_t i = 0; decimal_parse(typed, &a) && i < x->v.count; i++)
		if (decimal_parse(x->v.level[i].level->score, &b) && decimal_compare(a, b) == 0)
			return x->v.level[i].level->score;
	return typed;
}

static void assess_scored(struct app *app, void *context, const char *typed)
{
	struct assess_screen *x = context;
	if (!typed || !*typed)
		return;
	if (!assess_is_score(x, typed)) {
		app_say(app, "“%s” is no step of this scale; it goes from %s to %s.", typed,
		    x->v.level[0].level->score, x->v.level[x->v.count - 1].level->score);
		return;
	}
	snprintf(x->score, sizeof x->score, "%s", assess_canonical(x, typed));
	enum evidence_claim claim = evidence_claim(&x->v, x->score);
	if (claim == CLAIM_SUPPORTED) {
		assess_score_saved(app, x, "");
		return;
	}
	app_ask(app,
	    arena_printf(&app->frame, "%s: %s. Why is it so?", x->score,
		claim == CLAIM_BEYOND ? "records show otherwise" : "needs your confirmation"),
	    "", assess_score_saved, x);
}

static void assess_score(struct app *app, struct assess_screen *x, bool coach)
{
	struct err why = { 0 };
	if (!store_writable(app->store, &why)) {
		app_fail(app, &why);
		return;
	}
	x->coach = coach;
	app_ask(app, coach ? "The coach's score today" : "The team's score today", "",
	    assess_scored, x);
}

// The team's newest score of its own: kept as a draft, or shown to all.
static bool assess_toggle_private(struct app *app, struct assess_screen *x, struct err *e)
{
	struct id id = x->draft_id;
	bool hide = x->draft == NULL, any = x->draft != NULL;
	struct arena a = { 0 };
	for (size_t i = 0; hide && i < x->v.recorded_count; i++)
		if (str_equal(x->v.recorded[i].assessor, "team")) {
			id = x->v.recorded[i].id;
			any = true;
		}
	if (!any) {
		app_say(app, "The team has given no score yet; s gives one.");
		return true;
	}
	struct save *v = save_begin(app->store, &a, e);
	bool done = v && save_field(v, &id, "assessment", "private", hide ? "yes" : "no", e) &&
		    save_commit(v, NULL, e);
	if (done) {
		app_saved(app);
		app_say(app, hide ? "The team's score is a private draft now: no board, status or "
				    "report shows it."
				  : "The team's score is shown on the board now.");
	}
	arena_free(&a);
	return done;
}

static bool assess_act(struct app *app, struct screen *s, enum action action)
{
	struct assess_screen *x = (struct assess_screen *)s;
	struct id team = x->team;
	struct err e = { 0 };
	bool done = true;
	if (action == ACT_OPEN)
		done = assess_open_chosen(app, x, &e);
	else if (action == ACT_ATTEST || action == ACT_REFUTE)
		assess_attest(app, x, action == ACT_ATTEST);
	else if (action == ACT_SCORE || action == ACT_SCORE_COACH)
		assess_score(app, x, action == ACT_SCORE_COACH);
	else if (action == ACT_PRIVATE)
		done = assess_toggle_private(app, x, &e);
	else if (action == ACT_INSTRUMENT)
		done = assess_next_instrument(app, x, &e);
	else if (action == ACT_CHARTS)
		x->charts = !x->charts;
	else if (action == ACT_MORE)
		done = app->open->list(app, "assessment", "team", &team, &e);
	else
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *assess_list(struct screen *s)
{
	return &((struct assess_screen *)s)->list;
}

static const char *assess_row(struct app *app, struct screen *s, size_t i)
{
	const struct rung *r = &((struct assess_screen *)s)->rung[i];
	if (!r->criterion)
		return r->level->level->title;
	return arena_printf(&app->frame, "%s %s %s", r->criterion->rule->id,
	    r->criterion->rule->says, r->criterion->shows);
}

static void assess_close(struct screen *s)
{
	arena_free(&((struct assess_screen *)s)->rows);
}

static bool assess_again(struct app *app, const struct screen *s, struct err *e)
{
	return assess_screen_open(app, &((const struct assess_screen *)s)->team, e);
}

static const struct screen_ops ASSESS = {
	.on = ON_ASSESS,
	.load = assess_load,
	.title = assess_title,
	.facts = assess_facts,
	.draw = assess_draw,
	.act = assess_act,
	.list = assess_list,
	.row_text = assess_row,
	.close = assess_close,
	.again = assess_again,
};

static struct assess_screen *assess_opened(struct app *app, const struct id *team, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct assess_screen), &ASSESS, e);
	struct assess_screen *x = (struct assess_screen *)s;
	if (!s)
		return NULL;
	x->team = *team;
	return app_push(app, s, e) ? x : NULL;
}

bool assess_screen_open(struct app *app, const struct id *team, struct err *e)
{
	return assess_opened(app, team, e) != NULL;
}

bool assess_screen_score(struct app *app, const struct id *team, struct err *e)
{
	struct assess_screen *x = assess_opened(app, team, e);
	if (x)
		assess_score(app, x, false);
	return x != NULL;
}
