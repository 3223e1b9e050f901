// SPDX-License-Identifier: MIT
// The gap between two groups over time: in words, on a canvas, as a page of text.
#include <plando/equity_course_draw.h>

#include "output/table/page.h"

#include <plando/plot_canvas.h>
#include <plando/text.h>

#include <math.h>
#include <string.h>

enum { TICKS = 4, PAGE_ROWS = 25 };

bool equity_course_face(struct arena *a, const struct equity_course *c, const struct measure *m,
    const char *team, bool ascii, struct equity_course_face *out, struct err *e)
{
	const char *name = text_safe(a, m->name, false), *of = text_safe(a, c->of, false);
	const char *to = text_safe(a, c->to, false), *unit = text_safe(a, m->unit, false);
	struct chart_face face;
	chart_face_of(m, &m->whole, &face);
	face.percent = false;
	face.zero = false;
	face.ascii = ascii;
	face.team = text_safe(a, team ? team : "", false);
	face.goal = "no gap";
	face.has_goal_by = false;
	*out = (struct equity_course_face){ .course = c, .difference = face, .ratio = face };
	out->difference.unit = c->data == CHART_P ? "points" : unit;
	out->difference.decimals = out->ratio.decimals = -1; // as the spread asks for
	out->ratio.unit = "";
	out->title =
	    name && of && to ? arena_printf(a, "%s: gap between %s and %s", name, of, to) : NULL;
	return (out->title && unit && face.team) || err_memory(e);
}

// --- in words

static char *equity_course_draw_lower(char *text)
{
	if (text && *text >= 'A' && *text <= 'Z')
		*text = (char)(*text + ('a' - 'A'));
	return text;
}

static size_t equity_course_draw_shown(const struct equity_course *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->count; i++)
		n += !c->difference.point[i].missing;
	return n;
}

char *equity_course_finding(struct arena *a, const struct equity_course_face *f)
{
	const struct equity_course *c = f->course;
	if (!equity_course_draw_shown(c) && c->small)
		return arena_printf(a,
		    "No gap is shown: on each date that both have data, one of them counts fewer "
		    "than %d",
		    c->least);
	if (!equity_course_draw_shown(c))
		return arena_strdup(a, "No date has data of both groups");
	const char *difference =
	    equity_course_draw_lower(chart_finding(a, &f->course->difference, &f->difference));
	const char *ratio =
	    equity_course_draw_lower(chart_finding(a, &f->course->ratio, &f->ratio));
	if (!difference || !ratio)
		return NULL;
	return arena_printf(a, "Difference: %s. Ratio: %s", difference, ratio);
}

static void equity_course_draw_add_sizes(
    struct str *s, const struct equity_course *c, int k, const char *name)
{
	double least = INFINITY, most = 0;
	for (size_t i = 0; i < c->count; i++)
		if (!isnan(c->pair[i].n[k]) && !c->pair[i].small) {
			least = fmin(least, c->pair[i].n[k]);
			most = fmax(most, c->pair[i].n[k]);
		}
	if (most > 0 && least < most)
		str_printf(s, "%s %.15g to %.15g", name, least, most);
	else if (most > 0)
		str_printf(s, "%s %.15g", name, most);
	else
		str_printf(s, "%s none that is shown", name);
}

char *equity_course_footer(struct arena *a, const struct equity_course_face *f, bool brief)
{
	const struct equity_course *c = f->course;
	struct str s = STR_IN(a);
	const char *of = text_safe(a, c->of, false), *to = text_safe(a, c->to, false);
	const char *charts = brief ? "" : chart_footer(a, &c->difference, &f->difference);
	if (!of || !to || !charts)
		return NULL;
	str_printf(&s, "%s minus %s, and %s divided by %s. %s%sCounted on a date: ", of, to, of, to,
	    charts, *charts ? " " : "");
	equity_course_draw_add_sizes(&s, c, 0, of);
	str_add(&s, ", ");
	equity_course_draw_add_sizes(&s, c, 1, to);
	str_add(&s, ".");
	if (c->small)
		str_printf(&s, " %zu date%s of numbers below %d %s not shown.", c->small,
		    c->small == 1 ? "" : "s", c->least, c->small == 1 ? "is" : "are");
	return str_done(&s);
}

static const char *equity_course_draw_counted(
    struct arena *a, const struct equity_course *c, size_t i, int k)
{
	const char *name = text_safe(a, k ? c->to : c->of, false);
	const struct equity_pair *p = &c->pair[i];
	if (isnan(p->n[k]))
		return arena_printf(a, "%s: no data", name ? name : "");
	return arena_printf(a, "%s %.15g of %.15g", name ? name : "", p->count[k], p->n[k]);
}

char *equity_course_words(struct arena *a, const struct equity_course_face *f, size_t i)
{
	const struct equity_course *c = f->course;
	const struct chart_point *d = &c->difference.point[i], *r = &c->ratio.point[i];
	if (c->pair[i].small)
		return arena_printf(a, "not shown: numbers below %d", c->least);
	const char *of = equity_course_draw_counted(a, c, i, 0),
		   *to = equity_course_draw_counted(a, c, i, 1);
	if (d->missing)
		return arena_printf(a, "no gap to be told (%s, %s)", of, to);
	const char *points = chart_value(a, &c->difference, &f->difference, d->y);
	const char *times =
	    r->missing ? "not available" : chart_value(a, &c->ratio, &f->ratio, r->y);
	if (!of || !to || !points || !times)
		return NULL;
	return arena_printf(a, "%s, ratio %s (%s, %s)", points, times, of, to);
}

// --- on a canvas

const char *equity_course_head(const struct equity_course_face *f, bool ratio)
{
	return ratio			    ? "Ratio"
	       : f->course->data == CHART_P ? "Difference, percentage points"
					    : "Difference";
}

bool equity_course_plot(struct arena *a, const struct equity_course_face *f, bool ratio, int ticks,
    struct plot *out, struct err *e)
{
	struct plot_source of = plot_source_of(ratio ? &f->course->ratio : &f->course->difference,
	    ratio ? &f->ratio : &f->difference, ticks);
	return plot_make(a, &of, out, e);
}

bool equity_course_draw(struct canvas *v, struct arena *a, const struct equity_course_face *f,
    size_t cursor, struct err *e)
{
	struct plot p[2];
	struct plot_view view[2];
	int margin = 0, ends = 0, half = (v->rows - 1) / 2;
	for (int k = 0; k < 2; k++) {
		if (!equity_course_plot(a, f, k, TICKS, &p[k], e))
			return false;
		view[k] = (struct plot_view){ .plot = &p[k],
			.cursor = cursor,
			.ascii = f->ratio.ascii,
			.cols = v->cols,
			.top = 1 + (k ? half : 0),
			.rows = k ? v->rows - half - 1 : half - 1,
			.bare = k == 0 };
		int left = plot_view_margin(&p[k]), right = plot_view_ends(&view[k]);
		margin = left > margin ? left : margin;
		ends = right > ends ? right : ends;
	}
	for (int k = 0; k < 2; k++) {
		view[k].margin = margin;
		view[k].ends = ends;
		canvas_text(v, view[k].top - 1, margin - 1, equity_course_head(f, k), CANVAS_TITLE);
		plot_view_fit(&view[k]);
		if (!plot_view_draw(v, a, &view[k], e))
			return false;
	}
	return true;
}

// --- a page

static bool equity_course_draw_add_table(
    struct arena *a, const struct equity_course_face *f, int width, struct str *out, struct err *e)
{
	const struct equity_course *c = f->course;
	str_add_char(out, '\n');
	for (size_t i = 0; i < c->count; i++) {
		const char *when = chart_when(a, &c->difference, &f->difference, c->pair[i].date);
		const char *words = equity_course_words(a, f, i);
		const char *line = when && words ? arena_printf(a, "%-12s %s", when, words) : NULL;
		if (!page_add(a, out, line, width, 13, f->ratio.ascii, e))
			return false;
	}
	return true;
}

bool equity_course_print(
    struct arena *a, const struct equity_course_face *f, int width, struct str *out, struct err *e)
{
	struct canvas v;
	bool ascii = f->ratio.ascii;
	const char *title = page_title(a, f->title, f->ratio.team, ascii);
	if (!page_add(a, out, title, width, 0, ascii, e) ||
	    !page_add(a, out, equity_course_finding(a, f), width, 0, ascii, e) ||
	    !canvas_init(&v, a, PAGE_ROWS, width, ascii, e) ||
	    !equity_course_draw(&v, a, f, SIZE_MAX, e))
		return false;
	str_add_char(out, '\n');
	canvas_print(&v, out);
	return page_add(a, out, equity_course_footer(a, f, false), width, 0, ascii, e) &&
	       equity_course_draw_add_table(a, f, width, out, e);
}
