// SPDX-License-Identifier: MIT
#include <plando/plot.h>

#include <plando/str.h>

#include <math.h>

const struct plot_sign PLOT_SIGN[PLOT_SHAPES] = {
	[PLOT_ORDINARY] = { "ordinary", "point", "●", "o", CANVAS_PLAIN, SCENE_DISC, SCENE_COMMON,
	    0.62 },
	[PLOT_IMPROVEMENT] = { "signal of improvement", "point improvement", "▲", "^", CANVAS_GOOD,
	    SCENE_UP, SCENE_IMPROVEMENT, 0.95 },
	[PLOT_CONCERN] = { "signal of concern", "point concern", "▼", "v", CANVAS_BAD, SCENE_DOWN,
	    SCENE_CONCERN, 0.95 },
	[PLOT_CHANGE] = { "signal of a change", "point change", "◆", "+", CANVAS_CHANGE,
	    SCENE_DIAMOND, SCENE_NEUTRAL, 0.9 },
	[PLOT_UNCLEAR] = { "signal, direction unclear", "point unclear", "◆", "+", CANVAS_CHANGE,
	    SCENE_DIAMOND, SCENE_NEUTRAL, 0.9 },
	[PLOT_LEFT_OUT] = { "left out", "point excluded", "○", ".", CANVAS_FAINT, SCENE_RING,
	    SCENE_COMMON, 0.62 },
	[PLOT_AHEAD] = { "after today", "point future", "□", "?", CANVAS_FAINT, SCENE_SQUARE,
	    SCENE_COMMON, 0.62 },
	[PLOT_UNUSUAL] = { "unusual", "point unusual", "×", "x", CANVAS_PLAIN, SCENE_CROSS,
	    SCENE_INK, 0.8 },
};

struct plot_building {
	struct arena *arena;
	const struct plot_source *of;
	struct plot *plot;
	size_t room; // for segments
	bool starved;
};

static const char *plot_kept(struct plot_building *b, const char *text)
{
	b->starved = b->starved || !text;
	return text ? text : "";
}

// --- points and what joins them

static enum plot_shape plot_shape_of(const struct plot_building *b, size_t i)
{
	const struct chart_point *p = &b->of->chart->point[i];
	if (p->excluded)
		return p->future ? PLOT_AHEAD : PLOT_LEFT_OUT;
	return b->of->unusual && b->of->unusual[i] ? PLOT_UNUSUAL : (enum plot_shape)p->meaning;
}

static void plot_add(struct plot_building *b, struct plot_segment s)
{
	struct plot *p = b->plot;
	if (arena_grow(b->arena, (void **)&p->segment, p->segments, &b->room, sizeof s))
		p->segment[p->segments++] = s;
	else
		b->starved = true;
}

static bool plot_joined(const struct plot_building *b, size_t i, size_t j)
{
	const struct chart_point *of = b->of->chart->point;
	return !isnan(b->plot->point[i].y) && !isnan(b->plot->point[j].y) &&
	       of[i].phase == of[j].phase && of[i].future == of[j].future;
}

static void plot_add_points(struct plot_building *b)
{
	const struct chart *c = b->of->chart;
	for (size_t i = 0; i < c->count; i++) {
		bool none = c->type == CHART_MR && i == 0; // nothing to range to, nothing is due
		bool hidden = chart_hides(c, b->of->face, &c->point[i]);
		b->plot->point[i] = (struct plot_point){ hidden ? NAN : c->point[i].y,
			plot_shape_of(b, i), c->point[i].missing != CHART_THERE && !none };
	}
	for (size_t i = 0, to; i < c->count; i = to + 1) {
		for (to = i; to + 1 < c->count && plot_joined(b, to, to + 1);)
			to++;
		if (to > i)
			plot_add(b, (struct plot_segment){ PLOT_SERIES, false, i, to, NAN });
	}
}

// --- lines across

static double plot_level(const struct chart_point *p, enum plot_line line)
{
	return line == PLOT_CENTRE ? p->centre : line == PLOT_LOWER ? p->lower : p->upper;
}

// Over the points of one phase, a segment for each value and style.
static void plot_add_level(
    struct plot_building *b, const struct chart_phase *ph, enum plot_line line)
{
	struct plot_segment s = { .line = line, .value = NAN };
	bool few = ph->points < CHART_FROZEN;
	for (size_t i = ph->from; i <= ph->to; i++) {
		const struct chart_point *p = i < ph->to ? &b->of->chart->point[i] : NULL;
		double v = p ? plot_level(p, line) : NAN;
		bool dashed = p && line == PLOT_CENTRE ? few || p->frozen : ph->trial;
		if (!isnan(s.value) && (isnan(v) || fabs(v - s.value) > 0 || dashed != s.dashed)) {
			plot_add(b, s);
			s.value = NAN;
		}
		if (isnan(s.value))
			s = (struct plot_segment){ line, dashed, i, i, v };
		s.to = i;
	}
}

static bool plot_has_lines(const struct chart_phase *ph)
{
	return ph->from < ph->to && ph->points >= CHART_LEAST && !isnan(ph->centre);
}

static void plot_add_lines(struct plot_building *b)
{
	const struct chart *c = b->of->chart;
	const struct plot_segment across[] = { { PLOT_REFERENCE, false, 0,
						   c->count ? c->count - 1 : 0, b->of->reference },
		{ PLOT_GOAL, false, 0, c->count ? c->count - 1 : 0, b->of->target } };
	for (size_t i = 0; i < 2; i++)
		if (!isnan(across[i].value))
			plot_add(b, across[i]);
	for (size_t i = 0; i < c->phases; i++)
		for (int line = PLOT_LOWER; plot_has_lines(&c->phase[i]) && line <= PLOT_CENTRE;
		     line++)
			plot_add_level(b, &c->phase[i], (enum plot_line)line);
}

// --- their names

static void plot_name(
    struct plot_building *b, enum plot_line line, double value, const char *text, const char *brief)
{
	b->plot->label[b->plot->labels++] =
	    (struct plot_label){ line, value, plot_kept(b, text), plot_kept(b, brief) };
}

static void plot_name_goal(struct plot_building *b)
{
	struct arena *a = b->arena;
	const struct chart_face *f = b->of->face;
	const char *name = f->goal ? f->goal : "goal";
	const char *value = plot_kept(b, chart_line_value(a, b->of->chart, f, b->of->target));
	const char *text = arena_printf(a, "%s %s", name, value), *brief = text;
	if (f->has_goal_by) {
		const char *day = plot_kept(b, date_show(a, f->goal_by, f->goal_by + 366));
		text = arena_printf(a, "%s %s by %s", name, value, day);
		struct civil c = date_to_civil(f->goal_by);
		brief = arena_printf(
		    a, "%s %s by %s %02d", name, value, date_month_name(c.month), c.year % 100);
	}
	plot_name(b, PLOT_GOAL, b->of->target, text, brief);
}

static void plot_name_level(struct plot_building *b, enum plot_line line, double v)
{
	struct arena *a = b->arena;
	const struct chart *c = b->of->chart;
	const char *value = plot_kept(b, chart_line_value(a, c, b->of->face, v));
	const char *number = plot_kept(b, chart_number(a, c, b->of->face, v));
	const char *name = line == PLOT_CENTRE	? chart_centre_name(c)
			   : line == PLOT_UPPER ? "upper limit"
						: "lower limit";
	const char *text = arena_printf(a, "%s %s", name, value);
	plot_name(
	    b, line, v, text, line == PLOT_CENTRE ? text : arena_printf(a, "limit %s", number));
}

static void plot_add_names(struct plot_building *b)
{
	const struct chart *c = b->of->chart;
	bool small = b->of->small;
	if (!isnan(b->of->target) && small)
		plot_name(b, PLOT_GOAL, b->of->target, "goal", "goal");
	else if (!isnan(b->of->target))
		plot_name_goal(b);
	if (!isnan(b->of->reference))
		plot_name(b, PLOT_REFERENCE, b->of->reference, "all", "all");
	if (small || !c->count || !plot_has_lines(&c->phase[c->phases - 1]))
		return;
	const struct chart_point *last = &c->point[c->count - 1];
	if (last->upper > last->centre)
		plot_name_level(b, PLOT_UPPER, last->upper);
	if (!isnan(last->centre))
		plot_name_level(b, PLOT_CENTRE, last->centre);
	if (last->lower < last->centre)
		plot_name_level(b, PLOT_LOWER, last->lower);
}

static void plot_add_pasts(struct plot_building *b)
{
	const struct chart *c = b->of->chart;
	struct plot *p = b->plot;
	p->past = arena_array(b->arena, c->phases + 1, sizeof *p->past);
	b->starved = b->starved || !p->past;
	for (size_t i = 0; p->past && !b->of->small && i + 1 < c->phases; i++) {
		const struct chart_phase *ph = &c->phase[i];
		if (plot_has_lines(ph))
			p->past[p->pasts++] = (struct plot_past){ ph->from, ph->to - 1, ph->centre,
				plot_kept(
				    b, chart_line_value(b->arena, c, b->of->face, ph->centre)) };
	}
}

// --- axes

static void plot_add_ticks(struct plot_building *b)
{
	struct plot *p = b->plot;
	for (int i = 0; i <= axis_steps(&p->axis); i++)
		p->tick[p->ticks++] = (struct plot_tick){ axis_tick(&p->axis, i),
			plot_kept(b, axis_label(b->arena, &p->axis, i, b->of->face->percent)) };
}

int64_t plot_apart(const struct chart *c)
{
	int64_t apart = INT64_MAX;
	for (size_t i = 1; i < c->count; i++) {
		int64_t days = c->point[i].x - c->point[i - 1].x;
		apart = days < apart ? days : apart;
	}
	return apart;
}

struct axis_ticks plot_dates(
    struct arena *a, const struct plot *p, int64_t from, int64_t to, size_t most)
{
	return p->face->numbers ? axis_numbers(a, from, to, most)
				: axis_days(a, from, to, p->apart, most);
}

enum { MARK_AFTER = 31 }; // days after the last point, in which a change is about to show

bool plot_marks_of(struct arena *a, const struct chart_notes *notes, int64_t from, int64_t to,
    struct plot_marks *out, struct err *e)
{
	size_t n = notes ? notes->count : 0;
	*out = (struct plot_marks){ .mark = arena_array(a, n + 1, sizeof *out->mark) };
	if (!out->mark)
		return err_memory(e);
	for (size_t i = 0; i < n; i++)
		if (notes->note[i].date >= from && notes->note[i].date <= to + MARK_AFTER) {
			struct plot_mark *m = &out->mark[out->count++];
			*m = (struct plot_mark){ out->count, &notes->note[i] };
		}
	return true;
}

char *plot_mark_words(struct arena *a, const struct plot_mark *m)
{
	const char *when = date_show(a, m->note->date, m->note->date + 366); // with the year
	return when ? arena_printf(a, "%2zu  %s  %s%s", m->number, when,
			  m->note->cycle ? "PDSA cycle: " : "", m->note->text)
		    : NULL;
}

void plot_seen(const struct plot *p, bool seen[PLOT_SHAPES])
{
	for (size_t i = 0; i < p->chart->count; i++)
		if (!isnan(p->point[i].y))
			seen[p->point[i].shape] = true;
}

// --- the whole

struct plot_source plot_source_of(const struct chart *c, const struct chart_face *f, int ticks)
{
	return (struct plot_source){ .chart = c,
		.face = f,
		.axis = axis_of(&c, 1, f, ticks),
		.target = c->target,
		.reference = NAN };
}

bool plot_make(struct arena *a, const struct plot_source *of, struct plot *out, struct err *e)
{
	const struct chart *c = of->chart;
	struct plot_building b = { .arena = a, .of = of, .plot = out };
	*out = (struct plot){ .chart = c,
		.face = of->face,
		.axis = of->axis,
		.from = of->from,
		.to = of->to,
		.apart = of->apart ? of->apart : plot_apart(c),
		.small = of->small,
		.point = arena_array(a, c->count + 1, sizeof *out->point) };
	if (!out->point)
		return err_memory(e);
	if (out->apart == INT64_MAX)
		out->apart = 1;
	if (of->from == of->to && c->count) {
		out->from = c->point[0].x;
		out->to = c->point[c->count - 1].x;
	}
	plot_add_lines(&b);
	plot_add_points(&b);
	plot_add_names(&b);
	plot_add_pasts(&b);
	plot_add_ticks(&b);
	if (b.starved)
		return err_memory(e);
	const struct chart_notes *notes = out->from < out->to || c->count ? of->notes : NULL;
	return plot_marks_of(a, notes, out->from, out->to, &out->marks, e);
}
