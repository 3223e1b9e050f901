// SPDX-License-Identifier: MIT
// The gap between two groups over time as a page: the finding, the difference, the ratio below it
// on the same dates.
#include "output/chart_panel.h"

#include <plando/equity_course_draw.h>

#include <plando/str.h>

#include <math.h>

enum { WIDTH = 842, HEIGHT = 595, TICKS = 6 };
#define MARGIN	34.0
#define TITLE	11.0
#define FINDING 15.0
#define BODY	9.5
#define SMALL	8.0
#define APART	26.0 // between the two plots: the heading of the lower one

static const char *kept(struct scene *s, const char *text)
{
	s->failed = s->failed || !text;
	return text ? text : "";
}

static double draw_head(struct scene *s, const struct equity_course_face *f)
{
	struct scene_font title = { .size = TITLE, .role = SCENE_FAINT };
	struct scene_font finding = { .size = FINDING, .bold = true };
	double y = MARGIN, width = WIDTH - 2 * MARGIN;
	const char *called = f->title;
	if (!str_empty(f->ratio.team))
		called = kept(s, arena_printf(s->arena, "%s · %s", called, f->ratio.team));
	scene_group(s, "head", NULL);
	y += scene_block(s, &title, MARGIN, y, width, called) + 2;
	y +=
	    scene_block(s, &finding, MARGIN, y, width, kept(s, equity_course_finding(s->arena, f)));
	scene_group_end(s);
	return y + APART;
}

static double draw_foot(
    struct scene *s, const struct equity_course_face *f, const char *when, double y)
{
	struct scene_font foot = { .size = SMALL, .role = SCENE_FAINT };
	const char *words = kept(s, equity_course_footer(s->arena, f, false));
	if (when)
		words = kept(s, arena_printf(s->arena, "%s Made %s.", words, when));
	scene_group(s, "foot", NULL);
	y += scene_block(s, &foot, MARGIN, y, WIDTH - 2 * MARGIN, words);
	scene_group_end(s);
	return y;
}

static struct panel panel_of(struct scene *s, const struct equity_course_face *f, bool ratio)
{
	const struct chart *c = ratio ? &f->course->ratio : &f->course->difference;
	const struct chart_face *face = ratio ? &f->ratio : &f->difference;
	return (struct panel){ .scene = s,
		.chart = c,
		.face = face,
		.axis = axis_of(&c, 1, face, TICKS),
		.from = c->count ? c->point[0].x : 0,
		.to = c->count ? c->point[c->count - 1].x : 1,
		.size = BODY,
		.reference = NAN,
		.values = true,
		.dates = ratio,
		.ends = true };
}

static void draw_plots(
    struct scene *s, const struct equity_course_face *f, double top, double bottom)
{
	struct scene_font head = { .size = BODY, .bold = true };
	struct panel p[2] = { panel_of(s, f, false), panel_of(s, f, true) };
	const char *name[2] = {
		f->course->data == CHART_P ? "Difference, percentage points" : "Difference", "Ratio"
	};
	double left = fmax(panel_left(&p[0]), panel_left(&p[1]));
	double right = fmax(panel_right(&p[0]), panel_right(&p[1]));
	double high = (bottom - top - panel_below(&p[1]) - APART - panel_below(&p[0])) / 2;
	for (int k = 0; k < 2; k++) {
		double y = k ? top + high + panel_below(&p[0]) + APART : top;
		p[k].plot = (struct scene_rect){ MARGIN + left, y,
			WIDTH - 2 * MARGIN - left - right, high };
		scene_group(s, "part", name[k]);
		scene_text(s, &head, p[k].plot.x, y - 0.8 * BODY, name[k]);
		panel_draw(&p[k]);
		scene_group_end(s);
	}
}

// The alternative text: finding, footer and every date.
static void name(struct scene *s, const struct equity_course_face *f)
{
	struct str words = STR_IN(s->arena);
	const struct equity_course *c = f->course;
	str_printf(&words, "%s.\n", kept(s, equity_course_finding(s->arena, f)));
	for (size_t i = 0; i < c->count; i++)
		str_printf(&words, "%s: %s\n",
		    kept(s, chart_when(s->arena, &c->difference, &f->difference, c->pair[i].date)),
		    kept(s, equity_course_words(s->arena, f, i)));
	str_printf(&words, "%s\n", kept(s, equity_course_footer(s->arena, f, false)));
	scene_name(s, f->title, kept(s, str_done(&words)));
}

bool equity_course_scene(struct arena *a, const struct equity_course_face *f, const char *when,
    const struct scene_type *type, struct scene *out, struct err *e)
{
	*out = scene_begin(a, type, WIDTH, HEIGHT);
	name(out, f);
	double top = draw_head(out, f);
	size_t count = out->count;
	double foot = draw_foot(out, f, when, 0); // how high: drawn on a page that is thrown away
	out->count = count;
	double bottom = HEIGHT - MARGIN - foot - 8;
	draw_plots(out, f, top, bottom);
	draw_foot(out, f, when, bottom + 8);
	return scene_done(out, e);
}
