// SPDX-License-Identifier: MIT
// The gap between two groups of a measure over time: difference and ratio below each other, the
// date under the cursor in words. Reading only.
#include "tui/loop/export.h"
#include "tui/loop/paint.h"
#include "tui/screens/screens.h"

#include <plando/equity_course_draw.h>

enum { FOOTER_ROWS = 4, FINDING_ROWS = 4, PLOT_LEAST = 9, ROWS_SMALL = 28, TEXT_WIDTH = 78 };

struct gap_screen {
	struct screen screen;
	struct id id; // of the measure
	const char *one, *other;
	struct arena data;
	struct measure m;
	struct equity_course course;
	size_t at; // date under the cursor
	bool placed;
};

static struct gap_screen *gap_screen_self(struct screen *s)
{
	return (struct gap_screen *)s;
}

static bool gap_screen_load(struct app *app, struct screen *screen, struct err *e)
{
	struct gap_screen *s = gap_screen_self(screen);
	struct arena data = { 0 };
	struct measure m;
	struct equity_course course;
	enum chart_rules usual;
	int least;
	if (!measure_load(app->store, &data, &s->id, store_today(app->store), &m, e) ||
	    !chart_rules_load(app->store, &usual, e) || !equity_least_load(app->store, &least, e) ||
	    !equity_course_make(&data, &m, s->one, s->other, usual, least, &course, e)) {
		arena_free(&data);
		return false;
	}
	arena_free(&s->data);
	s->data = data;
	s->m = m;
	s->course = course;
	if (!s->placed || s->at >= course.count)
		s->at = course.count ? course.count - 1 : 0;
	s->placed = true;
	return true;
}

static bool gap_screen_face_of(struct app *app, struct gap_screen *s, struct arena *a,
    struct equity_course_face *out, struct err *e)
{
	struct record team;
	const char *name = NULL;
	if (record_load(app->store, a, &s->m.team, &team, NULL))
		name = record_get(&team, "name");
	return equity_course_face(a, &s->course, &s->m, name, term_is_ascii(app->term), out, e);
}

// --- drawing

static void gap_screen_draw_point(
    struct app *app, struct gap_screen *s, const struct equity_course_face *f, struct area at)
{
	struct arena *a = &app->frame;
	if (!s->course.count)
		return;
	const char *when =
	    chart_when(a, &s->course.difference, &f->difference, s->course.pair[s->at].date);
	const char *words = equity_course_words(a, f, s->at);
	if (when && words)
		paint_words(app, at, at.row, 2, ROLE_LABEL, arena_printf(a, "%s: %s", when, words));
}

static void gap_screen_draw(struct app *app, struct screen *screen, struct area area)
{
	struct gap_screen *s = gap_screen_self(screen);
	struct arena *a = &app->frame;
	struct equity_course_face f;
	struct canvas v;
	int row = area.row, end = area.row + area.rows;
	term_cursor(app->term, area.row, 1);
	if (!gap_screen_face_of(app, s, a, &f, NULL))
		return;
	const char *footer = equity_course_footer(a, &f, area.rows < ROWS_SMALL);
	int below = paint_rows(app, area, FOOTER_ROWS, footer);
	row += paint_words(app, area, row, FINDING_ROWS, ROLE_TITLE, equity_course_finding(a, &f));
	int rows = end - below - 2 - row;
	if (s->course.count && rows >= PLOT_LEAST &&
	    canvas_init(&v, a, rows, area.cols - 2, f.ratio.ascii, NULL) &&
	    equity_course_draw(&v, a, &f, s->at, NULL))
		paint_canvas(app, &v, (struct area){ row, area.col + 1, rows, area.cols - 2 });
	gap_screen_draw_point(app, s, &f, (struct area){ end - below - 2, area.col, 2, area.cols });
	paint_words(app, area, end - below, below, ROLE_DIM, footer);
}

static const char *gap_screen_title(struct app *app, struct screen *screen, struct arena *a)
{
	struct equity_course_face f;
	return gap_screen_face_of(app, gap_screen_self(screen), a, &f, NULL) ? f.title : "";
}

// --- a file

static bool gap_screen_make_scene(struct app *app, struct screen *screen, struct arena *a,
    const struct scene_type *type, struct scene *out, struct err *e)
{
	struct gap_screen *s = gap_screen_self(screen);
	struct equity_course_face f;
	date_t today = store_today(app->store);
	return gap_screen_face_of(app, s, a, &f, e) &&
	       equity_course_scene(a, &f, date_show(a, today, today + 366), type, out, e);
}

static bool gap_screen_make_text(struct app *app, struct screen *screen, struct arena *a,
    const char *ending, struct str *out, struct err *e)
{
	struct equity_course_face f;
	(void)ending;
	return gap_screen_face_of(app, gap_screen_self(screen), a, &f, e) &&
	       equity_course_print(a, &f, TEXT_WIDTH, out, e);
}

// --- acting

static bool gap_screen_act(struct app *app, struct screen *screen, enum action action)
{
	static const struct exporter EXPORTER = { "gap", "txt", gap_screen_make_scene,
		gap_screen_make_text };
	struct gap_screen *s = gap_screen_self(screen);
	size_t last = s->course.count ? s->course.count - 1 : 0;
	if (action == ACT_EXPORT)
		export_ask(app, screen, &EXPORTER, s->m.name);
	else if (action == ACT_LEFT)
		s->at -= s->at > 0;
	else if (action == ACT_RIGHT)
		s->at += s->at < last;
	else if (action == ACT_FIRST)
		s->at = 0;
	else if (action == ACT_LAST)
		s->at = last;
	else
		return false;
	return true;
}

static void gap_screen_close(struct screen *s)
{
	arena_free(&gap_screen_self(s)->data);
}

static const struct screen_ops GAP = {
	.on = ON_GAP,
	.load = gap_screen_load,
	.title = gap_screen_title,
	.draw = gap_screen_draw,
	.act = gap_screen_act,
	.close = gap_screen_close,
};

bool gap_screen_open(
    struct app *app, const struct id *measure, const char *one, const char *other, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct gap_screen), &GAP, e);
	if (!screen)
		return false;
	struct gap_screen *s = gap_screen_self(screen);
	s->id = *measure;
	s->one = arena_strdup(&screen->arena, one);
	s->other = arena_strdup(&screen->arena, other);
	if (s->one && s->other)
		return app_push(app, screen, e);
	screen_free(screen);
	return err_memory(e);
}
