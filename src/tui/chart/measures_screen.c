// SPDX-License-Identifier: MIT
// The summary table: every measure of a team, or of all teams under their names, with its last
// value, its goal, its course in little and what its chart says of it.
#include "tui/copies/leaving.h"
#include "tui/screens/screens.h"
#include "tui/screens/ways.h"

#include <plando/conflict.h>
#include <plando/str.h>
#include <plando/summary.h>

enum { GAP = 2, NAME_LEAST = 14, BELOW = 3, BELOW_ROWS = 10 };

struct measures_screen_row {
	const struct summary_row *measure; // NULL: a heading
	const char *team;
};

struct measures_screen {
	struct screen screen;
	struct arena data;
	struct list list;
	bool one; // of one team
	struct id team;
	bool archived;
	const char *team_name;
	struct summary all;
	struct measures_screen_row *row;
	size_t count;
	struct id chosen;
	struct conflict_marks marks;
};

static struct measures_screen *measures_screen_self(struct screen *s)
{
	return (struct measures_screen *)s;
}

static const struct summary_row *measures_screen_chosen(const struct measures_screen *s)
{
	return s->list.at < s->count ? s->row[s->list.at].measure : NULL;
}

// --- reading

static bool measures_screen_is_heading(void *context, size_t i)
{
	return !((const struct measures_screen *)context)->row[i].measure;
}

static bool measures_screen_rows_make(struct measures_screen *s, struct err *e)
{
	s->row = arena_array(&s->data, 2 * s->all.count + 1, sizeof *s->row);
	if (!s->row)
		return err_memory(e);
	for (size_t i = 0; i < s->all.count; i++) {
		const struct summary_row *m = &s->all.row[i];
		if (!s->one && (i == 0 || !id_equal(&m->team, &m[-1].team)))
			s->row[s->count++] = (struct measures_screen_row){ NULL, m->team_name };
		s->row[s->count++] = (struct measures_screen_row){ m, m->team_name };
	}
	return true;
}

static void measures_screen_choose(struct app *app, struct measures_screen *s)
{
	s->list.heading = measures_screen_is_heading;
	s->list.context = s;
	list_set(&s->list, s->count);
	for (size_t i = 0; i < s->count; i++)
		if (s->row[i].measure && app_touched(app, &s->row[i].measure->id))
			s->chosen = s->row[i].measure->id;
	for (size_t i = 0; i < s->count; i++)
		if (s->row[i].measure && id_equal(&s->row[i].measure->id, &s->chosen))
			list_select(&s->list, i);
}

static bool measures_screen_load(struct app *app, struct screen *screen, struct err *e)
{
	struct measures_screen *s = measures_screen_self(screen);
	char id[ID_TEXT];
	if (measures_screen_chosen(s))
		s->chosen = measures_screen_chosen(s)->id;
	s->count = 0;
	list_set(&s->list, 0);
	arena_free(&s->data);
	id_print(&s->team, id);
	s->team_name = s->one ? record_ref_title(app->store, &s->data, id) : "";
	if (!s->team_name)
		return err_memory(e);
	if (!conflict_marks(app->store, &s->data, &s->marks, e) ||
	    !summary_load(app->store, &s->data, s->one ? &s->team : NULL, s->archived,
		term_is_ascii(app->term), &s->all, e) ||
	    !measures_screen_rows_make(s, e))
		return false;
	measures_screen_choose(app, s);
	return true;
}

// --- drawing: what each column shows, and from which width of the table on

enum { COL_LAST, COL_GOAL, COL_COURSE, COL_SIGNAL, COL_MARK, COL_WHEN, COL_TYPE, COLS };

struct layout {
	int width[COLS]; // 0: not shown
	int name;
};

static const struct {
	const char *heading;
	int room; // columns of the table from which on it is shown
	bool right;
} COLUMN[COLS] = {
	[COL_LAST] = { "Last", 34, true },
	[COL_GOAL] = { "Goal", 56, true },
	[COL_COURSE] = { "Course", 48, false },
	[COL_SIGNAL] = { "", 0, false },
	[COL_MARK] = { "P?F", 60, false },
	[COL_WHEN] = { "Last point", 64, false },
	[COL_TYPE] = { "Type", 134, false },
};

enum { WIDE = 100, COURSE_NARROW = 12, SIGNAL_WORDS = 17, WHEN_STALE = 17, WHEN_NARROW = 10 };

static bool measures_screen_wide(int cols)
{
	return cols >= WIDE;
}

static const char *measures_screen_cell(
    struct app *app, const struct summary_row *r, int column, int cols)
{
	bool ascii = term_is_ascii(app->term);
	switch (column) {
	case COL_LAST: return *r->last ? r->last : ascii ? "-" : "–";
	case COL_GOAL: // its unit stands beside it, with the last value
		return measures_screen_wide(cols) || !r->dated ? r->goal : r->goal_number;
	case COL_COURSE:
		return summary_spark(&app->frame, r,
		    measures_screen_wide(cols) ? SUMMARY_POINTS : COURSE_NARROW, ascii);
	case COL_SIGNAL:
		return measures_screen_wide(cols)
			   ? arena_printf(&app->frame, "%s %s", r->sign, summary_words(r))
			   : r->sign;
	case COL_MARK: return r->mark;
	case COL_WHEN:
		return !r->stale ? r->when
		       : measures_screen_wide(cols)
			   ? arena_printf(&app->frame, "%s, stale", r->when)
			   : "stale";
	default: return summary_type(r);
	}
}

static int measures_screen_widest(
    struct app *app, const struct measures_screen *s, int column, int cols, int least)
{
	int most = least;
	for (size_t i = 0; i < s->all.count; i++) {
		const char *text = measures_screen_cell(app, &s->all.row[i], column, cols);
		int width = text ? term_width(app->term, text) : 0;
		most = width > most ? width : most;
	}
	return most;
}

// Values and goals take what the widest needs, the name the rest.
static struct layout measures_screen_layout(
    struct app *app, const struct measures_screen *s, int cols)
{
	struct layout l = { .name = cols };
	const int room[COLS] = { [COL_LAST] = measures_screen_widest(app, s, COL_LAST, cols, 4),
		[COL_GOAL] = measures_screen_widest(app, s, COL_GOAL, cols, 4),
		[COL_COURSE] = measures_screen_wide(cols) ? SUMMARY_POINTS : COURSE_NARROW,
		[COL_SIGNAL] = measures_screen_wide(cols) ? SIGNAL_WORDS : 1,
		[COL_MARK] = s->all.marks ? 3 : 0,
		[COL_WHEN] = measures_screen_wide(cols) ? WHEN_STALE : WHEN_NARROW,
		[COL_TYPE] = 9 };
	static const int ORDER[] = { COL_SIGNAL, COL_LAST, COL_COURSE, COL_GOAL, COL_MARK, COL_WHEN,
		COL_TYPE };
	for (size_t i = 0; i < COLS; i++) {
		int c = ORDER[i];
		if (!room[c] || cols < COLUMN[c].room || l.name - room[c] - GAP < NAME_LEAST)
			continue;
		l.width[c] = room[c];
		l.name -= room[c] + GAP;
	}
	return l;
}

struct measures_screen_drawing {
	struct app *app;
	struct measures_screen *s;
	struct layout layout;
};

static enum role measures_screen_role_of(const struct summary_row *r, int column)
{
	if (r->archived)
		return ROLE_DIM;
	if (column == COL_WHEN)
		return r->stale ? ROLE_WARN : ROLE_TEXT;
	if (column != COL_SIGNAL)
		return ROLE_TEXT;
	return str_equal(r->direction, "improvement") ? ROLE_GOOD
	       : str_equal(r->direction, "concern")   ? ROLE_BAD
						      : ROLE_TEXT;
}

static void measures_screen_row_draw(
    void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct measures_screen_drawing *d = context;
	const struct summary_row *r = d->s->row[i].measure;
	if (!r) {
		term_put(t, area.row, area.col - 1, area.cols, ROLE_HEAD, d->s->row[i].team);
		return;
	}
	int col = area.col + d->layout.name + GAP;
	const char *name =
	    r->archived ? arena_printf(&d->app->frame, "(archived) %s", r->name) : r->name;
	if (conflict_marked(&d->s->marks, &r->id))
		term_put(t, area.row, area.col - 1, 1, ROLE_WARN, "!");
	term_put(t, area.row, area.col, d->layout.name,
	    selected	  ? ROLE_SELECTED
	    : r->archived ? ROLE_DIM
			  : ROLE_TEXT,
	    str_empty(name) ? "(no name yet)" : name);
	for (int c = 0; c < COLS; c++) {
		int width = d->layout.width[c];
		const char *text = width ? measures_screen_cell(d->app, r, c, area.cols) : NULL;
		if (text && COLUMN[c].right)
			term_put_right(
			    t, area.row, col, width, measures_screen_role_of(r, c), text);
		else if (text)
			term_put(t, area.row, col, width, measures_screen_role_of(r, c), text);
		col += width ? width + GAP : 0;
	}
}

static void measures_screen_heads_draw(struct app *app, const struct layout *l, struct area area)
{
	int col = area.col + l->name + GAP;
	term_put(app->term, area.row, area.col, l->name, ROLE_LABEL, "Measure");
	for (int c = 0; c < COLS; c++) {
		const char *text = c == COL_SIGNAL && measures_screen_wide(area.cols)
				       ? "Signal"
				       : COLUMN[c].heading;
		if (l->width[c] && COLUMN[c].right)
			term_put_right(app->term, area.row, col, l->width[c], ROLE_LABEL, text);
		else if (l->width[c])
			term_put(app->term, area.row, col, l->width[c], ROLE_LABEL, text);
		col += l->width[c] ? l->width[c] + GAP : 0;
	}
}

// What the chart says of the one under the cursor, in words.
static void measures_screen_below_draw(
    struct app *app, const struct summary_row *r, struct area area)
{
	struct str facts = STR_IN(&app->frame);
	const char *dot = term_is_ascii(app->term) ? "-" : "·";
	term_rule(app->term, area.row, 1, area.cols - 2);
	term_put(app->term, area.row + 1, 1, area.cols - 2,
	    measures_screen_role_of(r, COL_SIGNAL) == ROLE_TEXT
		? ROLE_TITLE
		: measures_screen_role_of(r, COL_SIGNAL),
	    r->finding);
	str_printf(&facts, "%zu point%s with a value", r->points, r->points == 1 ? "" : "s");
	if (r->dated)
		str_printf(&facts, " %s last %s in %s", dot, r->last, r->when);
	if (r->stale)
		str_add(&facts, ", two intervals ago or more");
	if (*r->goal)
		str_printf(&facts, " %s goal %s", dot, r->goal);
	if (*r->goal && r->has_goal_by)
		str_printf(
		    &facts, " by %s", date_show(&app->frame, r->goal_by, store_today(app->store)));
	term_put(app->term, area.row + 2, 1, area.cols - 2, ROLE_DIM, str_done(&facts));
}

static void measures_screen_draw(struct app *app, struct screen *screen, struct area area)
{
	struct measures_screen *s = measures_screen_self(screen);
	bool below = area.rows >= BELOW_ROWS && measures_screen_chosen(s);
	struct area rows = { area.row + 1, area.col, area.rows - 1 - (below ? BELOW : 0),
		area.cols };
	struct area head = { area.row, area.col + 3, 1, area.cols - 5 };
	if (s->count == 0) {
		term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_TEXT,
		    "Nothing here yet. Press n for the first one.");
		term_cursor(app->term, area.row + 1, 3);
		return;
	}
	struct measures_screen_drawing d = { app, s, measures_screen_layout(app, s, head.cols) };
	measures_screen_heads_draw(app, &d.layout, head);
	list_draw(&s->list, app->term, rows, measures_screen_row_draw, &d);
	if (below)
		measures_screen_below_draw(app, measures_screen_chosen(s),
		    (struct area){ area.row + area.rows - BELOW, area.col, BELOW, area.cols });
}

static const char *measures_screen_title(struct app *app, struct screen *screen, struct arena *a)
{
	const struct measures_screen *s = measures_screen_self(screen);
	(void)app;
	const char *text = s->one ? arena_printf(a, "%s › Measures", s->team_name) : "Measures";
	return text ? text : "Measures";
}

// "6 · 4 improving · 1 stale"
static const char *measures_screen_facts(struct app *app, struct screen *screen, struct arena *a)
{
	const struct measures_screen *s = measures_screen_self(screen);
	const char *dot = term_is_ascii(app->term) ? "-" : "·";
	struct str text = STR_IN(a);
	size_t improving = 0, concern = 0, stale = 0;
	for (size_t i = 0; i < s->all.count; i++) {
		const struct summary_row *r = &s->all.row[i];
		improving += str_equal(r->direction, "improvement");
		concern += str_equal(r->direction, "concern");
		stale += r->stale && !r->archived;
	}
	str_printf(&text, "%zu%s", s->all.count, s->archived ? " with archived" : "");
	const struct {
		size_t n;
		const char *words;
	} PART[] = { { improving, "improving" }, { concern, "of concern" }, { stale, "stale" } };
	for (size_t i = 0; i < sizeof PART / sizeof *PART; i++)
		if (PART[i].n)
			str_printf(&text, " %s %zu %s", dot, PART[i].n, PART[i].words);
	return str_done(&text);
}

// --- acting

// In the table of all teams a new one is the team's under the cursor.
static bool measures_screen_new_one(struct app *app, struct measures_screen *s, struct err *e)
{
	char id[ID_TEXT];
	const char *given[] = { "team", id, NULL };
	const struct summary_row *r = measures_screen_chosen(s);
	id_print(s->one || !r ? &s->team : &r->team, id);
	return app->open->form(app, "measure", NULL, s->one || r ? given : NULL, e);
}

static bool measures_screen_chosen_act(
    struct app *app, struct measures_screen *s, enum action action, struct err *e)
{
	if (!measures_screen_chosen(s)) {
		app_say(app, "There is none yet; n makes the first one.");
		return true;
	}
	struct id id = measures_screen_chosen(s)->id;
	if (action == ACT_ARCHIVE)
		return app->open->archive(app, &id, e);
	if (action == ACT_HISTORY)
		return app->open->history(app, NULL, &id, e);
	if (action == ACT_MORE)
		return ways_screen_open(app, "measure", &id, e);
	if (action == ACT_CHART)
		return app->open->chart(app, &id, e);
	if (action == ACT_REDACT)
		return redact_begin(app, &id, NULL, e);
	if (action == ACT_DATA)
		return app->open->grid(app, &id, e);
	return app->open->form(app, "measure", &id, NULL, e);
}

// The team's under the cursor, or the one whose measures these are.
static bool measures_screen_team_data(struct app *app, struct measures_screen *s, struct err *e)
{
	const struct summary_row *r = measures_screen_chosen(s);
	if (!r && !s->one) {
		app_say(app, "There is no measure yet; n makes the first one.");
		return true;
	}
	return app->open->team_grid(app, r ? &r->team : &s->team, r ? &r->id : NULL, e);
}

static void measures_screen_show_archived(struct app *app, struct measures_screen *s)
{
	s->archived = !s->archived;
	s->screen.stale = true;
	app_say(
	    app, s->archived ? "What is archived is shown too." : "What is archived is hidden.");
}

static bool measures_screen_act(struct app *app, struct screen *screen, enum action action)
{
	struct measures_screen *s = measures_screen_self(screen);
	struct err e = { 0 };
	bool done = true;
	if (action == ACT_OPEN || action == ACT_ARCHIVE || action == ACT_HISTORY ||
	    action == ACT_MORE || action == ACT_CHART || action == ACT_DATA || action == ACT_REDACT)
		done = measures_screen_chosen_act(app, s, action, &e);
	else if (action == ACT_NEW)
		done = measures_screen_new_one(app, s, &e);
	else if (action == ACT_TEAM_DATA)
		done = measures_screen_team_data(app, s, &e);
	else if (action == ACT_SHOW_ARCHIVED)
		measures_screen_show_archived(app, s);
	else
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *measures_screen_rows_of(struct screen *s)
{
	return &measures_screen_self(s)->list;
}

static const char *measures_screen_row_text(struct app *app, struct screen *screen, size_t i)
{
	const struct measures_screen_row *row = &measures_screen_self(screen)->row[i];
	const struct summary_row *r = row->measure;
	return r ? arena_printf(&app->frame, "%s %s %s %s %s %s", row->team, r->name,
		       summary_type(r), summary_words(r), r->when, r->stale ? "stale" : "")
		 : row->team;
}

static void measures_screen_close(struct screen *s)
{
	arena_free(&measures_screen_self(s)->data);
}

static bool measures_screen_again(struct app *app, const struct screen *s, struct err *e)
{
	const struct measures_screen *m = (const struct measures_screen *)s;
	return measures_screen_open(app, m->one ? &m->team : NULL, e);
}

static const struct screen_ops MEASURES = {
	.on = ON_LIST | ON_MEASURES,
	.load = measures_screen_load,
	.title = measures_screen_title,
	.facts = measures_screen_facts,
	.draw = measures_screen_draw,
	.act = measures_screen_act,
	.list = measures_screen_rows_of,
	.row_text = measures_screen_row_text,
	.close = measures_screen_close,
	.again = measures_screen_again,
};

bool measures_screen_open(struct app *app, const struct id *team, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct measures_screen), &MEASURES, e);
	if (!screen)
		return false;
	measures_screen_self(screen)->one = team != NULL;
	if (team)
		measures_screen_self(screen)->team = *team;
	return app_push(app, screen, e);
}
