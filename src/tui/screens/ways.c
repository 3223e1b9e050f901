// SPDX-License-Identifier: MIT
#include "tui/screens/ways.h"

#include "tui/screens/screens.h"

#include <plando/kind.h>
#include <plando/record.h>
#include <plando/str.h>

#include <string.h>

static bool ways_diagram(struct app *app, const struct id *team, struct err *e)
{
	return app->open->diagram(app, team, NULL, e);
}

static bool ways_cycles(struct app *app, const struct id *team, struct err *e)
{
	return app->open->cycles(app, team, NULL, e);
}

static bool ways_history(struct app *app, const struct id *team, struct err *e)
{
	return app->open->history(app, team, NULL, e);
}

static bool ways_team_form(struct app *app, const struct id *team, struct err *e)
{
	return app->open->form(app, "team", team, NULL, e);
}

static bool ways_learned(struct app *app, const struct id *none, struct err *e)
{
	(void)none;
	return app->open->learned(app, NULL, NULL, e);
}

static bool ways_fidelity(struct app *app, const struct id *none, struct err *e)
{
	(void)none;
	return app->open->fidelity(app, NULL, e);
}

// There is one in each workbook.
static bool ways_collaborative(struct app *app, const struct id *none, struct err *e)
{
	struct arena a = { 0 };
	struct records all;
	(void)none;
	bool read = record_list(app->store, &a, "collaborative", NULL, &all, e);
	bool done = read && app->open->form(
				app, "collaborative", all.count ? &all.item[0].id : NULL, NULL, e);
	arena_free(&a);
	return done;
}

static bool ways_coverage(struct app *app, const struct id *none, struct err *e)
{
	(void)none;
	return app->open->coverage(app, NULL, e);
}

static bool ways_assess(struct app *app, const struct id *team, struct err *e)
{
	return app->open->assess(app, team, e);
}

static bool ways_grid(struct app *app, const struct id *measure, struct err *e)
{
	return app->open->grid(app, measure, e);
}

// clang-format off
const struct way WAYS[] = {
	{ NULL, "event", NULL, "Events", "learning sessions, webinars: who came, what they said", NULL },
	{ NULL, "person", NULL, "People", "everybody who is named in this workbook", NULL },
	{ NULL, "system", NULL, "Systems", "an ICS, board, borough or partner", NULL },
	{ NULL, "workstream", NULL, "Workstreams", "the strands of the work", NULL },
	{ NULL, "component", NULL, "Change package", "the items that teams may test", NULL },
	{ NULL, "", NULL, "Who tests what", "the change package across teams, and what was learned", ways_coverage },
	{ NULL, "measure", NULL, "Measures", "of all teams: last value, goal, course, signal", NULL },
	{ NULL, "team", NULL, "Teams", "all of them, as a plain list", NULL },
	{ NULL, "highlight", NULL, "Highlight reports", "what is told to the region, month by month", NULL },
	{ NULL, "note", NULL, "Notes", "what was written with the workbook's own forms", NULL },
	{ NULL, "same", NULL, "Joined records", "made twice and shown as one; ! finds more", NULL },
	{ NULL, "form", NULL, "Own forms", "the forms that this workbook brought", NULL },
	{ NULL, "", NULL, "What was learned", "by the PDSA cycles of all teams", ways_learned },
	{ NULL, "", NULL, "PDSA fidelity", "how sound the cycles are, beside what was published", ways_fidelity },
	{ NULL, "collaborative", NULL, "The collaborative", "its name, aim, dates and rules", ways_collaborative },

	{ "team", "driver idea link", "team", "Driver diagram", "", ways_diagram },
	{ "team", "pdsa", "team", "PDSA cycles", "", ways_cycles },
	{ "team", "measure", "team", "Measures", "", NULL },
	{ "team", "assessment", "team", "Scores", "", ways_assess },
	{ "team", "coaching", "team", "Coaching", "", NULL },
	{ "team", "membership", "team", "People", "", NULL },
	{ "team", "involvement", "team", "Involvement", "", NULL },
	{ "team", "action", "team", "Actions", "", NULL },
	{ "team", "meeting", "team", "Meetings", "the team's own: who was there, what was agreed", NULL },
	{ "team", "spread", "team", "Spread", "where an idea went on to", NULL },
	{ "team", "not_applicable", "team", "Not applicable", "items of the change package that do not fit here", NULL },
	{ "team", "highlight", "team", "Highlights", "the reports of this team", NULL },
	{ "team", "note", "team", "Notes", "what was written with the workbook's own forms", NULL },
	{ "team", "charter", "team", "Aim and charter", "what, how much, by when, for whom, and why", ways_team_form },
	{ "team", "", NULL, "History", "who changed what, and when", ways_history },

	{ "measure", "point", "measure", "Data points", "a grid to type and paste numbers into", ways_grid },
	{ "measure", "mark", "measure", "Chart annotations", "what happened when, on the chart", NULL },
	{ "event", "attendance", "event", "Attendance", "by person, or a count by system", NULL },
	{ "event", "feedback", "event", "Feedback", "what people said about it", NULL },
	{ "coaching", "coach_note", "coaching", "Private coach notes", "yours alone, in no shared copy", NULL },
	{ "coaching", "action", "from_record", "Actions", "agreed in this session", NULL },
	{ "meeting", "action", "from_record", "Actions", "agreed in this meeting", NULL },
	{ "pdsa", "action", "from_record", "Actions", "that came out of this cycle", NULL },
	{ "idea", "pdsa", "idea", "PDSA cycles", "that test this idea", NULL },
	{ "idea", "ramp", "idea", "Ramps", "linked cycles at growing scale", NULL },
	{ "idea", "spread", "idea", "Spread", "where it went on to", NULL },
	{ NULL, NULL, NULL, NULL, NULL, NULL },
};
// clang-format on

bool way_open(struct app *app, const struct way *way, const struct id *id, struct err *e)
{
	struct arena a = { 0 };
	if (way->open)
		return way->open(app, id, e);
	const char *end = strchrnul(way->kinds, ' ');
	const char *kind = arena_copy(&a, way->kinds, (size_t)(end - way->kinds));
	bool done = kind ? app->open->list(app, kind, way->field, id, e) : err_memory(e);
	arena_free(&a);
	return done;
}

// --- the screen

enum { WAYS_MOST = 16, LABEL_COLUMNS = 22, COUNT_COLUMNS = 7 };

struct ways_screen {
	struct screen screen;
	struct list list;
	struct id id;
	const char *name; // of the record that they start at
	const struct way *way[WAYS_MOST];
	size_t count[WAYS_MOST]; // records there
	struct arena names;
};

static bool ways_load(struct app *app, struct screen *screen, struct err *e)
{
	struct ways_screen *s = (struct ways_screen *)screen;
	struct arena a = { 0 };
	struct records all;
	char id[ID_TEXT];
	bool good = true;
	id_print(&s->id, id);
	arena_free(&s->names);
	s->name = s->way[0]->from ? record_ref_title(app->store, &s->names, id) : "The programme";
	for (size_t i = 0; good && i < s->list.count; i++) {
		const struct way *w = s->way[i];
		if (w->open)
			continue;
		good = w->field
			   ? record_list_by(app->store, &a, w->kinds, w->field, &s->id, &all, e)
			   : record_list(app->store, &a, w->kinds, NULL, &all, e);
		s->count[i] = good ? all.count : 0;
		arena_free(&a);
	}
	return good && (s->name || err_memory(e));
}

static void ways_row_draw(void *context, struct term *t, size_t i, struct area row, bool selected)
{
	const struct ways_screen *s = context;
	const struct way *w = s->way[i];
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	int col = row.col + LABEL_COLUMNS, end = row.col + row.cols;
	term_put(t, row.row, row.col, LABEL_COLUMNS - 2, role, w->label);
	if (!w->open)
		term_printf(t, row.row, col, COUNT_COLUMNS - 1, ROLE_TEXT, "%zu", s->count[i]);
	term_put(t, row.row, col + COUNT_COLUMNS, end - col - COUNT_COLUMNS, ROLE_DIM, w->about);
}

static void ways_draw(struct app *app, struct screen *screen, struct area area)
{
	struct ways_screen *s = (struct ways_screen *)screen;
	list_draw(&s->list, app->term,
	    (struct area){ area.row + 1, area.col, area.rows - 1, area.cols }, ways_row_draw, s);
}

static const char *ways_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	(void)a;
	return ((struct ways_screen *)s)->name;
}

static bool ways_act(struct app *app, struct screen *screen, enum action action)
{
	struct ways_screen *s = (struct ways_screen *)screen;
	struct err e = { 0 };
	if (action != ACT_OPEN)
		return false;
	if (!way_open(app, s->way[s->list.at], &s->id, &e))
		app_fail(app, &e);
	return true;
}

static struct list *ways_list(struct screen *s)
{
	return &((struct ways_screen *)s)->list;
}

static const char *ways_row(struct app *app, struct screen *screen, size_t i)
{
	const struct way *w = ((struct ways_screen *)screen)->way[i];
	return arena_printf(&app->frame, "%s %s", w->label, w->about);
}

static void ways_close(struct screen *s)
{
	arena_free(&((struct ways_screen *)s)->names);
}

static const struct screen_ops WAYS_SCREEN = {
	.on = ON_WAYS,
	.load = ways_load,
	.title = ways_title,
	.draw = ways_draw,
	.act = ways_act,
	.list = ways_list,
	.row_text = ways_row,
	.close = ways_close,
};

bool ways_screen_open(struct app *app, const char *from, const struct id *id, struct err *e)
{
	const struct way *way[WAYS_MOST];
	size_t n = 0;
	for (const struct way *w = WAYS; w->label && n < WAYS_MOST; w++)
		if (str_equal(w->from, from) || (!w->from && !from))
			way[n++] = w;
	if (n == 0) {
		app_say(app, "Nothing hangs below this record; Enter opens its form.");
		return true;
	}
	if (n == 1)
		return way_open(app, way[0], id, e);
	struct screen *screen = screen_new(sizeof(struct ways_screen), &WAYS_SCREEN, e);
	struct ways_screen *s = (struct ways_screen *)screen;
	if (!screen)
		return false;
	for (size_t i = 0; i < n; i++)
		s->way[i] = way[i];
	if (id)
		s->id = *id;
	list_set(&s->list, n);
	return app_push(app, screen, e);
}
