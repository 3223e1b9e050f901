// SPDX-License-Identifier: MIT
// A team: its aim, the latest of everything, and the ways in.
#include "tui/screens/aim_draw.h"
#include "tui/screens/screens.h"
#include "tui/screens/ways.h"

#include <plando/aim.h>
#include <plando/board.h>
#include <plando/evidence.h>
#include <plando/record.h>
#include <plando/str.h>

#include <string.h>

struct team_screen {
	struct screen screen;
	struct id id;
	struct list list;
	struct arena rows;
	const char *name, *system, *workstream;
	struct aim aim;
	struct board_facts facts;
	struct board_look look;
	struct board_latest latest;
	struct evidence_agenda agenda;
	const char *record, *step; // the supported score; what stands between it and the next
};

// --- the ways in, a line each

typedef const char *(*line_fn)(struct app *app, struct team_screen *t, struct arena *a);

static const char *team_line_done(struct str *text)
{
	const char *done = str_done(text);
	return done ? done : "";
}

static const char *team_plural(size_t n, const char *one, const char *several)
{
	return n == 1 ? one : several;
}

static const char *team_diagram_line(struct app *app, struct team_screen *t, struct arena *a)
{
	const struct board_facts *f = &t->facts;
	struct str text = STR_IN(a);
	(void)app;
	if (f->primary + f->secondary + f->ideas == 0)
		return "nothing drawn yet";
	str_printf(&text, "%zu primary · %zu secondary · %zu %s, %zu tested", f->primary,
	    f->secondary, f->ideas, team_plural(f->ideas, "idea", "ideas"), f->ideas_tested);
	return team_line_done(&text);
}

static const char *team_cycles_line(struct app *app, struct team_screen *t, struct arena *a)
{
	struct str text = STR_IN(a);
	(void)app;
	if (t->facts.cycles == 0)
		return "none yet";
	str_printf(&text, "%zu, %zu open", t->facts.cycles, t->facts.cycles_open);
	if (*t->latest.cycle_due)
		str_printf(&text, " · %s due", t->latest.cycle_due_act ? "Act" : "Study");
	if (*t->latest.cycle_due && t->latest.cycle_due_days > 0)
		str_printf(&text, " for %d %s", t->latest.cycle_due_days,
		    team_plural((size_t)t->latest.cycle_due_days, "day", "days"));
	if (*t->latest.cycle_due)
		str_printf(&text, ": “%s”", t->latest.cycle_due);
	return team_line_done(&text);
}

static const char *team_measures_line(struct app *app, struct team_screen *t, struct arena *a)
{
	const size_t *m = t->facts.measures;
	struct str text = STR_IN(a);
	(void)app;
	if (m[BOARD_OUTCOME] + m[BOARD_PROCESS] + m[BOARD_BALANCING] == 0)
		return "none yet";
	str_printf(&text, "%zu outcome · %zu process · %zu balancing · %zu data %s",
	    m[BOARD_OUTCOME], m[BOARD_PROCESS], m[BOARD_BALANCING], t->facts.points,
	    team_plural(t->facts.points, "point", "points"));
	return team_line_done(&text);
}

static const char *team_day(struct app *app, struct arena *a, const char *iso)
{
	date_t date;
	const char *shown =
	    date_parse_iso(iso, &date) ? date_show(a, date, store_today(app->store)) : iso;
	return shown ? shown : "";
}

static const char *team_scores_line(struct app *app, struct team_screen *t, struct arena *a)
{
	struct str text = STR_IN(a);
	if (!*t->facts.score)
		return arena_printf(a, "none yet · record %s", t->record);
	if (*t->latest.score_team)
		str_printf(&text, "team %s", t->latest.score_team);
	if (*t->latest.score_coach)
		str_printf(&text, "%scoach %s", text.length ? " · " : "", t->latest.score_coach);
	str_printf(&text, "%s(%s)", text.length ? " " : t->facts.score,
	    team_day(app, a, t->facts.score_date));
	str_printf(&text, " · record %s", t->record);
	if (*t->step)
		str_printf(&text, " · %s", t->step);
	return team_line_done(&text);
}

static const char *team_coaching_line(struct app *app, struct team_screen *t, struct arena *a)
{
	struct str text = STR_IN(a);
	if (!*t->latest.coaching_date)
		return t->latest.coachings ? "planned" : "none yet";
	str_printf(
	    &text, "%zu · last %s", t->latest.coachings, team_day(app, a, t->latest.coaching_date));
	if (*t->latest.coach)
		str_printf(&text, ", %s", t->latest.coach);
	return team_line_done(&text);
}

static const char *team_people_line(struct app *app, struct team_screen *t, struct arena *a)
{
	struct str text = STR_IN(a);
	(void)app;
	if (t->latest.people == 0)
		return "nobody is named yet";
	str_printf(&text, "%zu", t->latest.people);
	if (*t->latest.lead)
		str_printf(&text, " · lead %s", t->latest.lead);
	else
		str_add(&text, " · no lead");
	if (*t->latest.sponsor)
		str_printf(&text, " · sponsor %s", t->latest.sponsor);
	else
		str_add(&text, " · no sponsor");
	return team_line_done(&text);
}

static const char *team_involvement_line(struct app *app, struct team_screen *t, struct arena *a)
{
	const struct board_latest *l = &t->latest;
	struct str text = STR_IN(a);
	if (l->involvements == 0)
		return "none yet";
	str_printf(&text, "%s%s%s", l->involved, *l->involved && *l->involved_date ? ", " : "",
	    team_day(app, a, l->involved_date));
	if (*l->changed)
		str_printf(&text, ": %s", l->changed);
	return team_line_done(&text);
}

static const char *team_actions_line(struct app *app, struct team_screen *t, struct arena *a)
{
	const struct board_facts *f = &t->facts;
	(void)app;
	if (f->actions_open == 0)
		return "none open";
	if (f->actions_overdue == 0)
		return arena_printf(a, "%zu open", f->actions_open);
	return arena_printf(a, "%zu open, %zu late", f->actions_open, f->actions_overdue);
}

// What the latest says of a kind; of others the way's own words.
static const struct {
	const char *kinds;
	line_fn line;
} LINES[] = {
	{ "driver idea link", team_diagram_line },
	{ "pdsa", team_cycles_line },
	{ "measure", team_measures_line },
	{ "assessment", team_scores_line },
	{ "coaching", team_coaching_line },
	{ "membership", team_people_line },
	{ "involvement", team_involvement_line },
	{ "action", team_actions_line },
};

static const char *team_way_line(struct app *app, struct team_screen *t, const struct way *way)
{
	for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++)
		if (str_equal(LINES[i].kinds, way->kinds))
			return LINES[i].line(app, t, &app->frame);
	return way->about;
}

// The ways stand together in their table.
static const struct way *team_ways(size_t *count)
{
	const struct way *first = WAYS;
	while (!str_equal(first->from, "team"))
		first++;
	for (*count = 0; str_equal(first[*count].from, "team");)
		++*count;
	return first;
}

// --- reading

static bool team_names_read(struct app *app, struct team_screen *t, struct err *e)
{
	struct record r;
	struct arena *a = &t->rows;
	if (!record_load(app->store, a, &t->id, &r, e))
		return false;
	const char *system = record_get(&r, "system"), *stream = record_get(&r, "workstream");
	t->name = record_title(app->store, a, &r);
	t->system = system ? record_ref_title(app->store, a, system) : "";
	t->workstream = stream ? record_ref_title(app->store, a, stream) : "";
	return t->name && t->system && t->workstream ? true : err_memory(e);
}

// The record's score and the first step of the agenda.
static bool team_evidence_read(struct app *app, struct team_screen *t, struct err *e)
{
	struct evidence v;
	const struct form *scale = evidence_instrument(app->store, NULL, e);
	t->record = t->step = "";
	t->agenda.count = 0;
	if (!scale ||
	    !evidence_assess(app->store, &t->rows, &t->id, store_today(app->store), scale, &v, e) ||
	    !evidence_agenda(app->store, &t->rows, &v, &t->agenda, e))
		return false;
	t->record = v.supported;
	if (t->agenda.count)
		t->step = t->agenda.step[0].text;
	for (size_t i = 0; i < t->agenda.count; i++)
		if (t->agenda.step[i].criterion) {
			t->step = arena_printf(&t->rows, "for %s: %s", v.level[v.next].level->score,
			    t->agenda.step[i].text);
			break;
		}
	return t->step ? true : err_memory(e);
}

static bool team_load(struct app *app, struct screen *s, struct err *e)
{
	struct team_screen *t = (struct team_screen *)s;
	arena_free(&t->rows);
	size_t count;
	team_ways(&count);
	list_set(&t->list, count);
	t->name = t->system = t->workstream = t->record = t->step = "";
	t->aim = (struct aim){ .line = "", .population = "", .topic = "" };
	return team_names_read(app, t, e) && aim_read(app->store, &t->rows, &t->id, &t->aim, e) &&
	       board_facts(app->store, &t->rows, &t->id, &t->facts, e) &&
	       board_look(app->store, &t->rows, &t->id, &t->facts, &t->look, e) &&
	       board_latest(app->store, &t->rows, &t->id, &t->latest, e) &&
	       team_evidence_read(app, t, e);
}

// --- drawing

static const char *team_title(struct app *app, struct screen *s, struct arena *a)
{
	const struct team_screen *t = (const struct team_screen *)s;
	struct str text = STR_IN(a);
	(void)app;
	str_add(&text, t->name);
	if (*t->system)
		str_printf(&text, " · %s", t->system);
	if (*t->workstream)
		str_printf(&text, " · %s", t->workstream);
	return team_line_done(&text);
}

// Rows from which the aim stands above the ways.
enum { ROOMY = 15 };

struct team_drawing {
	struct app *app;
	struct team_screen *team;
};

static void team_row_draw(void *context, struct term *t, size_t i, struct area row, bool selected)
{
	struct team_drawing *d = context;
	size_t count;
	const struct way *way = &team_ways(&count)[i];
	const char *line = team_way_line(d->app, d->team, way);
	term_put(t, row.row, row.col, 17, selected ? ROLE_SELECTED : ROLE_TEXT, way->label);
	term_put(t, row.row, row.col + 18, row.cols - 18, ROLE_TEXT, line);
}

// What stands between the team and its next level, where there is room below the ways.
static void team_agenda_draw(struct app *app, const struct team_screen *t, struct area area)
{
	term_rule(app->term, area.row, 1, area.cols - 2);
	term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_HEAD,
	    "What comes next, the most useful first (Scores leads there)");
	for (size_t i = 0; i < t->agenda.count && (int)i < area.rows - 2; i++) {
		const struct evidence_step *step = &t->agenda.step[i];
		term_printf(app->term, area.row + 2 + (int)i, 3, area.cols - 4,
		    step->stall ? ROLE_WARN : ROLE_TEXT, "%zu  %s", i + 1, step->text);
	}
}

// What to look at; of a conflict, its key too. An empty row keeps it from the ways, where there is
// room. How many rows that takes.
static int team_look_draw(struct app *app, const struct team_screen *t, struct area area)
{
	const char *words = board_look_words(&app->frame, &t->look, " · ");
	int used = 0;
	if (!str_empty(words))
		term_printf(app->term, area.row + used++, 3, area.cols - 5, ROLE_WARN,
		    "To look at: %s", words);
	if (t->look.flags & FLAG_CONFLICT)
		term_put(app->term, area.row + used++, 3, area.cols - 5, ROLE_WARN,
		    "! Two people changed the same thing differently; ! shows and settles it.");
	return used == 0 || used + (int)t->list.count < area.rows ? used + 1 : used;
}

static void team_draw(struct app *app, struct screen *s, struct area area)
{
	struct team_screen *t = (struct team_screen *)s;
	struct team_drawing d = { app, t };
	bool roomy = area.rows >= ROOMY;
	const char *none = "No aim is written down yet; e writes one.";
	int used = roomy ? aim_draw(app, &t->aim, none, area) : 0;
	if (roomy)
		used += team_look_draw(app, t,
		    (struct area){ area.row + used, area.col, area.rows - used, area.cols });
	int ways_end = used + (int)t->list.count + 1, room = area.rows - ways_end;
	bool agenda = room >= 4 && t->agenda.count;
	list_draw(&t->list, app->term,
	    (struct area){
		area.row + used, area.col, (agenda ? ways_end - 1 : area.rows) - used, area.cols },
	    team_row_draw, &d);
	if (agenda)
		team_agenda_draw(
		    app, t, (struct area){ area.row + ways_end, area.col, room, area.cols });
}

// --- acting

static bool team_new_one(struct app *app, struct team_screen *t, const char *kind, struct err *e)
{
	char id[ID_TEXT];
	id_print(&t->id, id);
	const char *const given[] = { "team", id, NULL };
	return app->open->form(app, kind, NULL, given, e);
}

static bool team_quick_log(struct app *app, struct team_screen *t, struct err *e)
{
	char id[ID_TEXT];
	id_print(&t->id, id);
	const char *const given[] = { "team", id, NULL };
	return app->open->form_quick(app, "pdsa", given, e);
}

static bool team_act(struct app *app, struct screen *s, enum action action)
{
	struct team_screen *t = (struct team_screen *)s;
	struct err e = { 0 };
	size_t count;
	bool done = true;
	if (action == ACT_OPEN)
		done = way_open(app, &team_ways(&count)[t->list.at], &t->id, &e);
	else if (action == ACT_EDIT)
		done = app->open->form(app, "team", &t->id, NULL, &e);
	else if (action == ACT_NEW)
		done = team_new_one(app, t, "pdsa", &e);
	else if (action == ACT_QUICK)
		done = team_quick_log(app, t, &e);
	else if (action == ACT_SCORE)
		done = app->open->assess_score(app, &t->id, &e);
	else if (action == ACT_COACHING)
		done = team_new_one(app, t, "coaching", &e);
	else if (action == ACT_NEW_NOTE)
		done = app->open->note(app, &t->id, &e);
	else if (action == ACT_DIAGRAM)
		done = app->open->diagram(app, &t->id, NULL, &e);
	else if (action == ACT_TEAM_DATA)
		done = app->open->team_grid(app, &t->id, NULL, &e);
	else if (action == ACT_CYCLES)
		done = app->open->cycles(app, &t->id, NULL, &e);
	else if (action == ACT_HISTORY)
		done = app->open->history(app, &t->id, NULL, &e);
	else if (action == ACT_TEAM_SINCE)
		done = app->open->since(app, &t->id, &e);
	else if (action == ACT_CONFLICTS)
		done = app->open->conflicts(app, &t->id, &e);
	else if (action == ACT_LEARNED)
		done = app->open->learned(app, &t->id, NULL, &e);
	else if (action == ACT_FIDELITY)
		done = app->open->fidelity(app, &t->id, &e);
	else
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *team_list(struct screen *s)
{
	return &((struct team_screen *)s)->list;
}

static const char *team_row(struct app *app, struct screen *s, size_t i)
{
	(void)app;
	(void)s;
	size_t count;
	return team_ways(&count)[i].label;
}

static void team_close(struct screen *s)
{
	arena_free(&((struct team_screen *)s)->rows);
}

static bool team_again(struct app *app, const struct screen *s, struct err *e)
{
	return team_screen_open(app, &((const struct team_screen *)s)->id, e);
}

static const struct screen_ops TEAM = {
	.on = ON_TEAM,
	.load = team_load,
	.title = team_title,
	.draw = team_draw,
	.act = team_act,
	.list = team_list,
	.row_text = team_row,
	.close = team_close,
	.again = team_again,
};

bool team_screen_open(struct app *app, const struct id *team, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct team_screen), &TEAM, e);
	if (!s)
		return false;
	((struct team_screen *)s)->id = *team;
	return app_push(app, s, e);
}
