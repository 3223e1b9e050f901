// SPDX-License-Identifier: MIT
// The gap between two groups over time as a page: the finding, the difference, the ratio below it
// on the same dates.
#include "output/chart/plot_scene.h"
#include "output/table/page.h"

#include <plando/equity_course_draw.h>

#include <math.h>

enum { TICKS = 6 };
#define APART 26.0 // between the two plots: the heading of the lower one

static void course_draw_plots(struct scene *s, const struct equity_course_face *f,
    const struct plot plot[2], double top, double bottom)
{
	struct scene_font head = { .size = PAGE_BODY, .bold = true };
	struct panel p[2];
	double left = 0, right = 0;
	for (int k = 0; k < 2; k++) {
		p[k] = (struct panel){ .scene = s,
			.plot = &plot[k],
			.size = PAGE_BODY,
			.values = true,
			.dates = k == 1 };
		left = fmax(left, panel_left(&p[k]));
		right = fmax(right, panel_right(&p[k]));
	}
	double high = (bottom - top - panel_below(&p[1]) - APART - panel_below(&p[0])) / 2;
	for (int k = 0; k < 2; k++) {
		const char *name = equity_course_head(f, k);
		double y = k ? top + high + panel_below(&p[0]) + APART : top;
		p[k].at = (struct scene_rect){ PAGE_MARGIN + left, y,
			PAGE_WIDTH - 2 * PAGE_MARGIN - left - right, high };
		scene_group(s, "part", name);
		scene_text(s, &head, p[k].at.x, y - 0.8 * PAGE_BODY, name);
		panel_draw(&p[k]);
		scene_group_end(s);
	}
}

// The alternative text: finding, footer and every date.
static void course_name(struct scene *s, const struct equity_course_face *f)
{
	struct str words = STR_IN(s->arena);
	const struct equity_course *c = f->course;
	str_printf(&words, "%s.\n", page_kept(s, equity_course_finding(s->arena, f)));
	for (size_t i = 0; i < c->count; i++)
		str_printf(&words, "%s: %s\n",
		    page_kept(
			s, chart_when(s->arena, &c->difference, &f->difference, c->pair[i].date)),
		    page_kept(s, equity_course_words(s->arena, f, i)));
	str_printf(&words, "%s\n", page_kept(s, equity_course_footer(s->arena, f, false)));
	scene_name(s, f->title, page_kept(s, str_done(&words)));
}

bool equity_course_scene(struct arena *a, const struct equity_course_face *f, const char *when,
    const struct scene_type *type, struct scene *out, struct err *e)
{
	struct plot plot[2];
	*out = scene_begin(a, type, PAGE_WIDTH, PAGE_HEIGHT);
	for (int k = 0; k < 2; k++)
		if (!equity_course_plot(a, f, k, TICKS, &plot[k], e))
			return false;
	course_name(out, f);
	double top = page_head(out, page_title(a, f->title, f->ratio.team, false),
			 equity_course_finding(a, f), "") +
		     APART - 2;
	const char *footer = equity_course_footer(a, f, false);
	size_t count = out->count;
	double foot =
	    page_foot(out, 0, "", footer, when); // how high: on a page that is thrown away
	out->count = count;
	double bottom = PAGE_HEIGHT - PAGE_MARGIN - foot - 8;
	course_draw_plots(out, f, plot, top, bottom);
	page_foot(out, bottom + 8, "", footer, when);
	return scene_done(out, e);
}
