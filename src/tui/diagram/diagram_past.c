// SPDX-License-Identifier: MIT
// The history of the theory on the screen: the diagram as it was on a date, and what changed since
// one.
#include "tui/diagram/diagram_screen.h"

#include <plando/date.h>
#include <plando/str.h>

static const char *diagram_past_shown_date(struct app *app, int64_t moment, struct arena *a)
{
	date_t day = env_date(app->env, moment);
	const char *text = date_show(a, day, day + 366); // with the year
	return text ? text : "";
}

// The whole of that day counts.
static bool diagram_past_read_date(struct app *app, const char *answer, int64_t *moment)
{
	date_t date;
	if (!date_parse_iso(answer, &date) &&
	    !date_parse_human(answer, store_today(app->store), &date)) {
		app_say(app, "“%s” is no date; write it as 2026-05-03 or 3 May.", answer);
		return false;
	}
	*moment = env_midnight(app->env, date + 1) - 1;
	return true;
}

bool diagram_past_load(struct app *app, const struct id *team, int64_t moment, struct arena *a,
    struct driver_diagram *out, struct err *e)
{
	struct store *s = store_open(store_path(app->store), STORE_READ, app->env, e);
	struct err none = { 0 };
	bool good = s && store_as_of(s, moment, e);
	*out = (struct driver_diagram){ .team = *team, .name = "" };
	if (good && !driver_load(s, a, team, out, &none)) {
		good = false;
		if (none.code == ERR_NOINPUT)
			err_set(e, ERR_NOINPUT, "on %s there was no such team yet",
			    diagram_past_shown_date(app, moment, a));
		else
			*e = none;
	}
	store_close(s);
	return good;
}

bool diagram_past_compare(struct app *app, struct diagram_screen *s, struct err *e)
{
	arena_free(&s->past);
	s->diff = (struct driver_diff){ 0 };
	if (!s->since)
		return true;
	return diagram_past_load(app, &s->team, s->since, &s->past, &s->before_d, e) &&
	       driver_diff(&s->past, &s->before_d, &s->d, &s->diff, e);
}

bool diagram_past_notes(struct diagram_screen *s, const char *const **notes)
{
	*notes = NULL;
	if (!s->since || !s->diff.mark)
		return true;
	const char **note = arena_array(&s->shape, s->d.count, sizeof *note);
	for (size_t i = 0; note && i < s->d.count; i++) {
		unsigned mark = s->diff.mark[i];
		note[i] = mark & DRIVER_ADDED			     ? "+ new"
			  : mark == (DRIVER_MOVED | DRIVER_REWORDED) ? "~ moved, reworded"
			  : mark & DRIVER_MOVED			     ? "~ moved"
			  : mark & DRIVER_REWORDED		     ? "~ reworded"
								     : NULL;
	}
	*notes = note;
	return note != NULL;
}

const char *diagram_past_facts(struct app *app, const struct diagram_screen *s, struct arena *a)
{
	if (s->moment)
		return arena_printf(
		    a, "as it was on %s", diagram_past_shown_date(app, s->moment, a));
	if (s->since)
		return arena_printf(a, "since %s: %s", diagram_past_shown_date(app, s->since, a),
		    driver_diff_words(a, &s->diff));
	return NULL;
}

// --- keys

static void diagram_past_as_of_given(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	struct diagram_screen *s = diagram_on_top(app, context);
	if (str_empty(answer) || !s || !diagram_past_read_date(app, answer, &s->moment))
		return;
	s->since = 0;
	s->seen_count = 0;
	if (diagram_reload(app, s, NULL, NULL, &e)) {
		app_say(
		    app, "This is how it was; nothing can be changed here. a comes back to today.");
		return;
	}
	s->moment = 0;
	app_fail(app, &e);
}

bool diagram_as_of(struct app *app, struct diagram_screen *s, struct err *e)
{
	if (!s->moment) {
		app_ask(
		    app, "The diagram as it was on which date?", "", diagram_past_as_of_given, s);
		return true;
	}
	s->moment = 0;
	s->seen_count = 0;
	app_say(app, "The diagram as it is now.");
	return diagram_reload(app, s, NULL, NULL, e);
}

// What is retired stands nowhere in the drawing: it is named.
static void diagram_past_say_diff(struct app *app, const struct diagram_screen *s)
{
	struct str gone = STR_IN(&app->frame);
	for (size_t i = 0; i < s->diff.count; i++)
		if (s->diff.item[i].change == DRIVER_RETIRED) {
			const struct driver_node *n = &s->before_d.node[s->diff.item[i].before];
			str_printf(
			    &gone, "%s%s %s", gone.length ? "; " : ". Retired: ", n->code, n->text);
		}
	const char *words = driver_diff_words(&app->frame, &s->diff);
	const char *list = str_done(&gone);
	app_say(
	    app, "Since then %s%s. A ends the comparison.", words ? words : "", list ? list : "");
}

static void diagram_past_since_given(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	struct diagram_screen *s = diagram_on_top(app, context);
	if (str_empty(answer) || !s || !diagram_past_read_date(app, answer, &s->since))
		return;
	if (diagram_reload(app, s, NULL, NULL, &e)) {
		diagram_past_say_diff(app, s);
		return;
	}
	s->since = 0;
	app_fail(app, &e);
}

bool diagram_since(struct app *app, struct diagram_screen *s, struct err *e)
{
	if (!s->since) {
		app_ask(app, "What changed since which date?", "", diagram_past_since_given, s);
		return true;
	}
	s->since = 0;
	return diagram_reload(app, s, NULL, NULL, e);
}

bool diagram_is_past(struct app *app, const struct diagram_screen *s)
{
	if (s->moment)
		app_say(app, "This is how it was on %s; a comes back to today.",
		    diagram_past_shown_date(app, s->moment, &app->frame));
	return s->moment != 0;
}
