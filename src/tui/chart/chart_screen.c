// SPDX-License-Identifier: MIT
// A measure's chart on the screen: the finding, the chart, all about the point under the cursor,
// what happened when.
#include "tui/chart/chart_screen.h"
#include "tui/loop/paint.h"
#include "tui/screens/ways.h"

#include <plando/plot_canvas.h>
#include <plando/str.h>
#include <plando/text.h>

enum { TICKS_MOST = 8, PLOT_LEAST = 6, ROWS_TALL = 28, CHROME = 4 };

static struct chart_screen *chart_screen_self(struct screen *s)
{
	return (struct chart_screen *)s;
}

// --- reading

static const struct measure_series *chart_screen_series(const struct chart_screen *s)
{
	return s->group ? &s->m.stratum[s->group - 1] : &s->m.whole;
}

const struct measure_point *chart_point_at(const struct chart_screen *s)
{
	if (s->at >= s->chart.count)
		return NULL;
	size_t row = s->chart.row[s->chart.point[s->at].first];
	return row < chart_screen_series(s)->count + chart_screen_series(s)->ahead
		   ? &chart_screen_series(s)->point[row]
		   : NULL;
}

static bool chart_screen_mark_unusual(struct chart_screen *s, struct err *e)
{
	s->unusual = arena_array(&s->data, s->chart.count + 1, sizeof *s->unusual);
	if (!s->unusual)
		return err_memory(e);
	for (size_t i = 0; i < s->chart.count; i++)
		s->unusual[i] = chart_unusual(&s->m, (date_t)s->chart.point[i].x);
	return true;
}

static void chart_screen_place_cursor(struct chart_screen *s)
{
	size_t count = s->chart.count;
	s->at = count ? count - 1 : 0;
	for (size_t i = 0; s->placed && i < count; i++)
		if (s->chart.point[i].x <= s->day)
			s->at = i;
	if (count)
		s->day = s->chart.point[s->at].x;
	s->placed = true;
}

// What cannot be drawn is said in its place, and the other keys go on working.
static bool chart_screen_make(struct chart_screen *s, struct err *e)
{
	struct chart_options *o = &s->source.options;
	s->fault = (struct err){ 0 };
	if (!chart_source(&s->data, &s->m, chart_screen_series(s), s->usual, &s->source, e))
		return false;
	if (s->own_rules)
		o->rules = s->rules;
	if (s->own_type)
		o->type = s->type;
	bool limits = o->rules == CHART_MDC || o->rules == CHART_SHEWHART;
	if (limits && o->type == CHART_RUN)
		o->type = chart_type_for(&s->m, o->rules);
	s->type = o->type;
	s->rules = o->rules;
	chart_face_of(&s->m, chart_screen_series(s), &s->face);
	if (!chart_make(&s->data, s->source.data, s->source.count, o, &s->chart, NULL, &s->fault)) {
		if (s->fault.code != ERR_DATA)
			return err_set(e, s->fault.code, "%s", s->fault.text);
		s->chart = (struct chart){ 0 };
	}
	return chart_screen_mark_unusual(s, e);
}

static bool chart_load(struct app *app, struct screen *screen, struct err *e)
{
	struct chart_screen *s = chart_screen_self(screen);
	arena_free(&s->data);
	s->chart = (struct chart){ 0 };
	date_t today = store_today(app->store);
	if (!measure_load(app->store, &s->data, &s->id, today, &s->m, e) ||
	    !chart_rules_load(app->store, &s->usual, e) ||
	    !chart_notes_load(app->store, &s->data, &s->m, today, &s->notes, e))
		return false;
	if (s->group > s->m.strata)
		s->group = 0;
	if (!chart_screen_make(s, e))
		return false;
	chart_screen_place_cursor(s);
	return true;
}

bool chart_reload(struct app *app, struct chart_screen *s, struct err *e)
{
	s->screen.stale = false;
	return chart_load(app, &s->screen, e);
}

// --- drawing

static enum role chart_screen_finding_role(const struct chart *c)
{
	if (!c->signal || !c->enough)
		return ROLE_TEXT;
	return c->meaning == CHART_IMPROVEMENT ? ROLE_GOOD
	       : c->meaning == CHART_CONCERN   ? ROLE_BAD
					       : ROLE_TITLE;
}

static int chart_screen_draw_finding(struct app *app, struct chart_screen *s, struct area area)
{
	struct arena *a = &app->frame;
	if (s->fault.code)
		return 1 + paint_words(app, area, area.row, 3, ROLE_WARN,
			       arena_printf(a, "It cannot be charted so: %s.", s->fault.text));
	int rows = paint_words(app, area, area.row, 3, chart_screen_finding_role(&s->chart),
	    chart_finding(a, &s->chart, &s->face));
	const char *icons = chart_icons(a, &s->chart);
	if (icons && *icons)
		rows += paint_words(app, area, area.row + rows, 1, ROLE_TEXT, icons);
	return rows;
}

static const char *chart_screen_point_words(struct app *app, const struct chart_screen *s)
{
	struct arena *a = &app->frame;
	const struct measure_point *p = chart_point_at(s);
	if (!p)
		return "";
	const char *when = chart_when(a, &s->chart, &s->face, s->chart.point[s->at].x);
	const char *words = chart_point_words(a, &s->chart, &s->face, s->at);
	struct str text = STR_IN(a);
	str_printf(&text, "%s: %s", when ? when : "", words ? words : "");
	if (s->unusual[s->at])
		str_add(&text, ", unusual");
	if (p->excluded_why)
		str_printf(&text, ": %s", p->excluded_why);
	if (p->note)
		str_printf(&text, ". %s", p->note);
	const char *why = chart_phase_why(&s->m, p->date);
	if (*why)
		str_printf(&text, ". A new phase: %s", why);
	return str_done(&text);
}

// The list of changes: where not all have room, those until the point after the cursor's.
static void chart_screen_draw_marks(
    struct app *app, const struct chart_screen *s, const struct plot_marks *marks, struct area at)
{
	const struct chart *c = &s->chart;
	int64_t until = s->at + 1 < c->count ? c->point[s->at + 1].x : INT64_MAX;
	size_t first = 0, end = 0, rows = (size_t)at.rows;
	while (end < marks->count && marks->mark[end].note->date < until)
		end++;
	if (end > rows)
		first = end - rows;
	for (size_t i = first; i < marks->count && i - first < rows; i++) {
		const char *text = plot_mark_words(&app->frame, &marks->mark[i]);
		if (text)
			term_put(app->term, at.row + (int)(i - first), at.col + 1, at.cols - 2,
			    ROLE_DIM, text);
	}
}

// Groups are seen on one axis with the whole, so that they can be compared.
static bool chart_screen_make_plot(
    struct app *app, struct chart_screen *s, int rows, struct plot *out)
{
	struct chart whole;
	const struct chart *all[2] = { &s->chart, &whole };
	bool both = s->group > 0;
	int ticks = rows / 2 < 4 ? 4 : rows / 2;
	ticks = ticks < TICKS_MOST ? ticks : TICKS_MOST;
	s->face.ascii = term_is_ascii(app->term);
	if (both) {
		struct chart_source source;
		both = chart_source(&app->frame, &s->m, &s->m.whole, s->usual, &source, NULL) &&
		       chart_make(&app->frame, source.data, source.count, &source.options, &whole,
			   NULL, NULL);
	}
	struct plot_source of = plot_source_of(&s->chart, &s->face, ticks);
	of.axis = axis_of(all, both ? 2 : 1, &s->face, ticks);
	of.notes = &s->notes;
	of.unusual = s->unusual;
	return plot_make(&app->frame, &of, out, NULL);
}

static void chart_screen_draw_plot(
    struct app *app, const struct chart_screen *s, const struct plot *plot, struct area body)
{
	struct canvas c;
	struct plot_view v = { .plot = plot,
		.rows = body.rows,
		.cols = body.cols - 2,
		.cursor = s->at,
		.ascii = s->face.ascii,
		.braille = app->braille };
	plot_view_fit(&v);
	if (canvas_init(&c, &app->frame, v.rows, v.cols, v.ascii, NULL) &&
	    plot_view_draw(&c, &app->frame, &v, NULL))
		paint_canvas(app, &c, (struct area){ body.row, body.col + 1, v.rows, v.cols });
}

static int chart_screen_take_rows(int *left, int wanted)
{
	int taken = wanted < *left ? wanted : *left;
	taken = taken > 0 ? taken : 0;
	*left -= taken;
	return taken;
}

// More than half of the screen's rows are the plot's, with its axes; what is left of the others
// goes to by which rules it was made, what happened when, where a new phase would be possible, and
// air.
static void draw_chart(struct app *app, struct chart_screen *s, struct area area, int row)
{
	struct arena *a = &app->frame;
	struct plot plot;
	bool tall = area.rows >= ROWS_TALL;
	int end = area.row + area.rows, most = tall ? area.rows / 4 : 2;
	if (!chart_screen_make_plot(app, s, area.rows * 2 / 3, &plot))
		return;
	const char *hint = chart_suggestion(a, &s->chart, &s->face);
	const char *footer = chart_footer(a, &s->chart, &s->face),
		   *words = chart_screen_point_words(app, s);
	int marks = (int)plot.marks.count, below = marks ? 3 : 2;
	int point = paint_rows(app, area, 2, words);
	int left = end - row - point - below - ((area.rows + CHROME) / 2 - 1);
	int foot = chart_screen_take_rows(&left, 1),
	    listed = chart_screen_take_rows(&left, marks > 0);
	foot += chart_screen_take_rows(&left, paint_rows(app, area, 2, footer) - 1);
	listed += chart_screen_take_rows(&left, (marks < most ? marks : most) - listed);
	bool hinted = hint && *hint;
	int hints =
	    hinted ? chart_screen_take_rows(&left, paint_rows(app, area, tall ? 3 : 1, hint)) : 0;
	int air = chart_screen_take_rows(&left, 1), parted = chart_screen_take_rows(&left, tall);
	row += paint_words(app, area, row, hints, ROLE_DIM, hint) + air;
	struct area body = { row, area.col, end - row - point - listed - parted - foot, area.cols };
	if (body.rows < PLOT_LEAST)
		return;
	chart_screen_draw_plot(app, s, &plot, body);
	row += body.rows;
	row += paint_words(app, area, row, point, ROLE_LABEL, words);
	chart_screen_draw_marks(
	    app, s, &plot.marks, (struct area){ row, area.col, listed, area.cols });
	paint_words(app, area, end - foot, foot, ROLE_DIM, footer);
}

static void chart_draw(struct app *app, struct screen *screen, struct area area)
{
	struct chart_screen *s = chart_screen_self(screen);
	int row = area.row + chart_screen_draw_finding(app, s, area);
	term_cursor(app->term, area.row, 1);
	if (s->chart.count)
		draw_chart(app, s, area, row);
	else if (!s->fault.code)
		term_put(app->term, row + 1, 1, area.cols - 2, ROLE_TEXT,
		    "n enters the first one; m leads to all of them.");
}

static const char *chart_title_line(struct app *app, struct screen *screen, struct arena *a)
{
	struct chart_screen *s = chart_screen_self(screen);
	(void)app;
	const char *title = chart_title(a, &s->face);
	return title ? title : "";
}

static const char *chart_facts(struct app *app, struct screen *screen, struct arena *a)
{
	const struct chart_screen *s = chart_screen_self(screen);
	(void)app;
	bool shown = s->own_type || s->own_rules;
	return arena_printf(a, "%s, %s%s", CHART_TYPE[s->type].title, CHART_RULE[s->rules].title,
	    shown ? " (not saved)" : "");
}

// --- acting

static bool chart_screen_step(struct chart_screen *s, long by)
{
	long to = (long)s->at + by, last = (long)s->chart.count - 1;
	to = to < 0 ? 0 : to > last ? last : to;
	if (last >= 0) {
		s->at = (size_t)to;
		s->day = s->chart.point[to].x;
	}
	return true;
}

static bool chart_screen_go_left(struct app *app, struct chart_screen *s, struct err *e)
{
	(void)app;
	(void)e;
	return chart_screen_step(s, -1);
}

static bool chart_screen_go_right(struct app *app, struct chart_screen *s, struct err *e)
{
	(void)app;
	(void)e;
	return chart_screen_step(s, 1);
}

static bool chart_screen_go_first(struct app *app, struct chart_screen *s, struct err *e)
{
	(void)app;
	(void)e;
	return chart_screen_step(s, -(long)CHART_MOST);
}

static bool chart_screen_go_last(struct app *app, struct chart_screen *s, struct err *e)
{
	(void)app;
	(void)e;
	return chart_screen_step(s, CHART_MOST);
}

static bool chart_screen_next_group(struct app *app, struct chart_screen *s, struct err *e)
{
	if (s->m.strata == 0) {
		app_say(app, "This measure has no groups.");
		return true;
	}
	s->group = (s->group + 1) % (s->m.strata + 1);
	return chart_reload(app, s, e);
}

// The next type that these data can be drawn in.
static bool chart_screen_next_type(struct app *app, struct chart_screen *s, struct err *e)
{
	for (int i = 0; i < CHART_TYPES; i++) {
		s->own_type = true;
		s->type = (enum chart_type)((s->type + 1) % CHART_TYPES);
		bool groups = s->type == CHART_XBAR || s->type == CHART_S;
		bool limits = s->rules == CHART_MDC || s->rules == CHART_SHEWHART;
		enum chart_type wish = s->type;
		if (groups || (limits && s->type == CHART_RUN))
			continue;
		if (!chart_reload(app, s, e))
			return false;
		if (!s->fault.code && s->type == wish)
			break;
	}
	app_say(app, "Shown for now; s saves it.");
	return true;
}

static bool chart_screen_next_rules(struct app *app, struct chart_screen *s, struct err *e)
{
	enum chart_rules rules = (enum chart_rules)((s->rules + 1) % CHART_RULES);
	s->own_rules = true;
	s->rules = rules;
	app_say(app, "Shown for now; s saves it.");
	return chart_reload(app, s, e);
}

static bool chart_screen_new_point(struct app *app, struct chart_screen *s, struct err *e)
{
	char id[ID_TEXT];
	const char *given[] = { "measure", id, "stratum", chart_screen_series(s)->stratum, NULL };
	id_print(&s->id, id);
	if (!s->group)
		given[2] = NULL;
	return app->open->form(app, "point", NULL, given, e);
}

static bool chart_screen_edit_point(struct app *app, struct chart_screen *s, struct err *e)
{
	const struct measure_point *p = chart_point_at(s);
	if (!p)
		return chart_screen_new_point(app, s, e);
	if (p->rows > 1)
		return app->open->list(app, "point", "measure", &s->id, e);
	return app->open->form(app, "point", &p->id, NULL, e);
}

static bool chart_screen_edit_measure(struct app *app, struct chart_screen *s, struct err *e)
{
	return app->open->form(app, "measure", &s->id, NULL, e);
}

static bool chart_screen_data(struct app *app, struct chart_screen *s, struct err *e)
{
	return app->open->grid(app, &s->id, e);
}

static bool chart_screen_more(struct app *app, struct chart_screen *s, struct err *e)
{
	return ways_screen_open(app, "measure", &s->id, e);
}

static bool chart_screen_equity(struct app *app, struct chart_screen *s, struct err *e)
{
	return app->open->equity(app, &s->id, e);
}

static bool chart_screen_groups(struct app *app, struct chart_screen *s, struct err *e)
{
	if (s->m.strata == 0)
		app_say(app, "This measure has no groups; a data point may name one.");
	else if (s->from_groups)
		app_pop(app);
	else
		return app->open->groups(app, &s->id, e);
	return true;
}

// Remembered: a typeface without these signs shows boxes, and nobody should have to look for the
// way back twice.
static bool chart_screen_braille(struct app *app, struct chart_screen *s, struct err *e)
{
	(void)s;
	(void)e;
	if (term_is_ascii(app->term)) {
		app_say(app, "Braille dots are no ASCII; this terminal shows lines.");
		return true;
	}
	app->braille = !app->braille;
	app_setting_put(app, "braille", app->braille);
	app_say(app, "%s",
	    app->braille ? "Points are joined in braille dots; B goes back to lines."
			 : "Points are joined in lines.");
	return true;
}

static bool chart_screen_history(struct app *app, struct chart_screen *s, struct err *e)
{
	return app->open->history(app, NULL, &s->id, e);
}

static bool chart_act(struct app *app, struct screen *screen, enum action action)
{
	static const struct {
		enum action action;
		bool (*act)(struct app *app, struct chart_screen *s, struct err *e);
	} ACTS[] = { { ACT_LEFT, chart_screen_go_left }, { ACT_RIGHT, chart_screen_go_right },
		{ ACT_FIRST, chart_screen_go_first }, { ACT_LAST, chart_screen_go_last },
		{ ACT_STRATUM, chart_screen_next_group },
		{ ACT_CHART_TYPE, chart_screen_next_type },
		{ ACT_CHART_RULES, chart_screen_next_rules }, { ACT_KEEP_CHART, chart_keep },
		{ ACT_FREEZE, chart_freeze }, { ACT_PHASE, chart_phase_ask },
		{ ACT_EXCLUDE, chart_exclude_ask }, { ACT_UNUSUAL, chart_unusual_ask },
		{ ACT_GOAL, chart_goal_ask }, { ACT_OPEN, chart_screen_edit_point },
		{ ACT_NEW, chart_screen_new_point }, { ACT_EDIT, chart_screen_edit_measure },
		{ ACT_DATA, chart_screen_data }, { ACT_MORE, chart_screen_more },
		{ ACT_EXPORT, chart_export }, { ACT_EQUITY, chart_screen_equity },
		{ ACT_GROUPS, chart_screen_groups }, { ACT_HISTORY, chart_screen_history },
		{ ACT_BRAILLE, chart_screen_braille } };
	struct err e = { 0 };
	for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++) {
		if (ACTS[i].action != action)
			continue;
		if (!ACTS[i].act(app, chart_screen_self(screen), &e))
			app_fail(app, &e);
		return true;
	}
	return false;
}

static void chart_close(struct screen *screen)
{
	arena_free(&chart_screen_self(screen)->data);
}

static bool chart_again(struct app *app, const struct screen *s, struct err *e)
{
	return chart_screen_open(app, &((const struct chart_screen *)s)->id, e);
}

static const struct screen_ops CHART_SCREEN = {
	.on = ON_CHART,
	.load = chart_load,
	.title = chart_title_line,
	.facts = chart_facts,
	.draw = chart_draw,
	.act = chart_act,
	.close = chart_close,
	.again = chart_again,
};

bool chart_screen_open(struct app *app, const struct id *measure, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct chart_screen), &CHART_SCREEN, e);
	if (!screen)
		return false;
	chart_screen_self(screen)->id = *measure;
	return app_push(app, screen, e);
}

bool chart_group_open(struct app *app, const struct id *measure, const char *stratum, struct err *e)
{
	if (!chart_screen_open(app, measure, e))
		return false;
	struct chart_screen *s = chart_screen_self(app_top(app));
	s->from_groups = true;
	for (size_t i = 0; i < s->m.strata; i++)
		if (str_equal(s->m.stratum[i].stratum, stratum))
			s->group = i + 1;
	s->placed = false;
	return chart_reload(app, s, e);
}
