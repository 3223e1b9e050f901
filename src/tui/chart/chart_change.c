// SPDX-License-Identifier: MIT
// What is changed on a chart: baseline, phases, goal, points left out or marked. Each is one save,
// so one `u` takes it back. A reason is asked for where the picture alone would not tell it.
#include "tui/chart/chart_screen.h"

#include <plando/str.h>

#include <string.h>

// One save in the making.
struct chart_change_making {
	struct app *app;
	struct chart_screen *s;
	struct arena a;
	struct save *v;
};

static bool chart_change_making_begin(
    struct chart_change_making *m, struct app *app, struct chart_screen *s, struct err *e)
{
	*m = (struct chart_change_making){ .app = app, .s = s };
	m->v = save_begin(app->store, &m->a, e);
	return m->v != NULL;
}

static bool chart_change_making_end(
    struct chart_change_making *m, bool good, const char *said, struct err *e)
{
	good = good && save_commit(m->v, NULL, e);
	if (good)
		app_saved(m->app);
	arena_free(&m->a);
	if (!good || !chart_reload(m->app, m->s, e))
		return false;
	app_say(m->app, "%s; u undoes.", said);
	return true;
}

static bool chart_change_save_one(struct app *app, struct chart_screen *s, const char *field,
    const char *value, const char *said, struct err *e)
{
	struct chart_change_making m;
	bool good = chart_change_making_begin(&m, app, s, e) &&
		    save_cell(m.v, &s->id, "measure", field, value, e);
	return chart_change_making_end(&m, good, said, e);
}

static bool chart_change_nothing(struct app *app)
{
	app_say(app, "There is no data point yet; n enters the first one.");
	return true;
}

static void chart_change_cursor_day(const struct chart_screen *s, char day[DATE_TEXT])
{
	date_print_iso((date_t)s->chart.point[s->at].x, day);
}

// --- baseline

bool chart_freeze(struct app *app, struct chart_screen *s, struct err *e)
{
	char day[DATE_TEXT];
	if (!s->chart.count)
		return chart_change_nothing(app);
	bool here = s->m.has_baseline_end && s->m.baseline_end == s->chart.point[s->at].x;
	chart_change_cursor_day(s, day);
	if (here)
		return chart_change_save_one(
		    app, s, "baseline_end", "", "The baseline has no end of its own any more", e);
	const char *when = chart_when(&app->frame, &s->chart, &s->face, s->chart.point[s->at].x);
	const char *said = arena_printf(&app->frame, "The baseline ends at %s%s", when ? when : day,
	    s->at + 1 < CHART_LEAST ? "; ten points or more make a better one" : "");
	return chart_change_save_one(
	    app, s, "baseline_end", day, said ? said : "The baseline ends here", e);
}

// --- marks: phases and unusual points

static const struct measure_mark *chart_change_mark_here(
    const struct chart_screen *s, const char *type)
{
	for (size_t i = 0; i < s->m.marks; i++)
		if (s->m.mark[i].date == s->chart.point[s->at].x &&
		    str_equal(s->m.mark[i].type, type))
			return &s->m.mark[i];
	return NULL;
}

static bool chart_change_mark_save(struct app *app, struct chart_screen *s, const char *type,
    const char *text, const char *said, struct err *e)
{
	struct chart_change_making m;
	struct id id;
	char day[DATE_TEXT], measure[ID_TEXT];
	chart_change_cursor_day(s, day);
	id_print(&s->id, measure);
	bool good = chart_change_making_begin(&m, app, s, e) &&
		    save_new(m.v, "mark", NULL, &id, e) &&
		    save_cell(m.v, &id, "mark", "measure", measure, e) &&
		    save_cell(m.v, &id, "mark", "date", day, e) &&
		    save_cell(m.v, &id, "mark", "type", type, e) &&
		    save_field(m.v, &id, "mark", "text", text, e);
	return chart_change_making_end(&m, good, said, e);
}

static bool chart_change_mark_remove(struct app *app, struct chart_screen *s,
    const struct measure_mark *mark, const char *said, struct err *e)
{
	struct chart_change_making m;
	struct id id = mark->id;
	bool good = chart_change_making_begin(&m, app, s, e) && save_delete(m.v, &id, e);
	return chart_change_making_end(&m, good, said, e);
}

static void chart_change_told(struct app *app, bool good, const struct err *e)
{
	if (!good)
		app_fail(app, e);
}

static void chart_change_phase_answered(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	if (str_empty(answer)) {
		app_say(app, "No phase: it needs a reason.");
		return;
	}
	chart_change_told(app,
	    chart_change_mark_save(app, context, "phase", answer, "A new phase begins here", &e),
	    &e);
}

bool chart_phase_ask(struct app *app, struct chart_screen *s, struct err *e)
{
	if (!s->chart.count)
		return chart_change_nothing(app);
	const struct measure_mark *mark = chart_change_mark_here(s, "phase");
	if (mark)
		return chart_change_mark_remove(app, s, mark, "The phase is taken away", e);
	if (s->at == 0) {
		app_say(app, "The first phase begins with the first point; go to a later one.");
		return true;
	}
	app_ask(app, "A new phase begins here. Why?", "", chart_change_phase_answered, s);
	return true;
}

static void chart_change_unusual_answered(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	if (str_empty(answer)) {
		app_say(app, "Not marked: say what was unusual.");
		return;
	}
	chart_change_told(app,
	    chart_change_mark_save(app, context, "unusual", answer, "Marked as unusual", &e), &e);
}

bool chart_unusual_ask(struct app *app, struct chart_screen *s, struct err *e)
{
	if (!s->chart.count)
		return chart_change_nothing(app);
	const struct measure_mark *mark = chart_change_mark_here(s, "unusual");
	if (mark)
		return chart_change_mark_remove(app, s, mark, "Not marked as unusual any more", e);
	app_ask(app, "What was unusual?", "", chart_change_unusual_answered, s);
	return true;
}

// --- points that are left out

static bool chart_change_exclude_save(
    struct app *app, struct chart_screen *s, const char *why, struct err *e)
{
	struct chart_change_making m;
	const struct measure_point *p = chart_point_at(s);
	bool good = p && chart_change_making_begin(&m, app, s, e) &&
		    save_field(m.v, &p->id, "point", "excluded_why", why, e);
	if (!p)
		return chart_change_nothing(app);
	return chart_change_making_end(
	    &m, good, *why ? "Left out: drawn, but no rule counts it" : "It counts again", e);
}

static void chart_change_exclude_answered(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	if (str_empty(answer)) {
		app_say(app, "Not left out: it needs a reason.");
		return;
	}
	chart_change_told(app, chart_change_exclude_save(app, context, answer, &e), &e);
}

bool chart_exclude_ask(struct app *app, struct chart_screen *s, struct err *e)
{
	const struct measure_point *p = chart_point_at(s);
	if (!p)
		return chart_change_nothing(app);
	if (p->rows > 1) {
		app_say(app,
		    "This point is made of %u rows; leave them out one by one, in their group.",
		    p->rows);
		return true;
	}
	if (p->excluded_why)
		return chart_change_exclude_save(app, s, "", e);
	app_ask(
	    app, "Leave this point out of the rules. Why?", "", chart_change_exclude_answered, s);
	return true;
}

// --- goal, type and rules

static void chart_change_goal_answered(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	struct chart_change_making m;
	struct chart_screen *s = context;
	if (!answer)
		return;
	bool good = chart_change_making_begin(&m, app, s, &e) &&
		    save_field(m.v, &s->id, "measure", "goal", answer, &e);
	chart_change_told(app,
	    chart_change_making_end(&m, good, *answer ? "The goal is set" : "No goal any more", &e),
	    &e);
}

bool chart_goal_ask(struct app *app, struct chart_screen *s, struct err *e)
{
	(void)e;
	const char *unit = s->face.percent ? "%" : s->m.unit;
	const char *question =
	    arena_printf(&app->frame, "The goal%s%s?", *unit ? " in " : "", unit);
	app_ask(app, question ? question : "The goal?", s->m.has_goal ? s->m.goal_typed : "",
	    chart_change_goal_answered, s);
	return true;
}

bool chart_keep(struct app *app, struct chart_screen *s, struct err *e)
{
	struct chart_change_making m;
	if (!s->own_type && !s->own_rules) {
		app_say(app, "Nothing to save: the chart is shown as it is saved.");
		return true;
	}
	bool good = chart_change_making_begin(&m, app, s, e);
	if (good && s->own_type)
		good = save_cell(m.v, &s->id, "measure", "chart", CHART_TYPE[s->type].id, e);
	if (good && s->own_rules)
		good = save_cell(m.v, &s->id, "measure", "rules", CHART_RULE[s->rules].id, e);
	s->own_type = s->own_type && !good;
	s->own_rules = s->own_rules && !good;
	return chart_change_making_end(&m, good, "Saved: this measure is charted so", e);
}
