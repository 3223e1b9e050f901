// SPDX-License-Identifier: MIT
// Draws the ladder, what is said of the chosen rung, and two charts: the scores over time with the
// gap between them, and the measure of the chosen criterion with the baseline that it is judged by.
#include "tui/screens/assess.h"

#include <plando/str.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct assess_draw_drawing {
	struct app *app;
	const struct assess_screen *x;
};

static const struct {
	const char *sign, *words;
	enum role role;
} SIGNS[EVIDENCE_STATUSES] = {
	[EVIDENCE_MET] = { "+", "shown", ROLE_GOOD },
	[EVIDENCE_NOT] = { "-", "not shown", ROLE_BAD },
	[EVIDENCE_WEAK] = { "~", "weak: a person must confirm", ROLE_WARN },
	[EVIDENCE_STALE] = { "o", "stale: it was shown, the data are too old", ROLE_WARN },
	[EVIDENCE_UNKNOWN] = { "?", "nothing to judge on", ROLE_WARN },
};

// --- the ladder

static void level_draw(const struct assess_draw_drawing *d, struct term *t,
    const struct evidence_level *l, struct area row, bool selected)
{
	bool next = d->x->v.next < d->x->v.count && l == &d->x->v.level[d->x->v.next];
	int room = row.cols - 22;
	term_put(t, row.row, row.col, 5, selected ? ROLE_SELECTED : ROLE_HEAD, l->level->score);
	term_put(t, row.row, row.col + 5, room - 5, selected ? ROLE_SELECTED : ROLE_TEXT,
	    l->level->title);
	if (l->met)
		term_put(t, row.row, row.col + room, 22, ROLE_GOOD, "+ all shown");
	else
		term_printf(t, row.row, row.col + room, 22, next ? ROLE_WARN : ROLE_DIM,
		    "%zu of %zu shown%s", l->shown, l->count, next ? "  next" : "");
}

static const char *assess_draw_with_word(
    const struct assess_draw_drawing *d, const struct evidence_criterion *c)
{
	if (!c->coach.given || c->coach.lapsed)
		return c->shows;
	return arena_printf(
	    &d->app->frame, "coach: %s · %s", c->coach.holds ? "holds" : "does not hold", c->shows);
}

static void criterion_draw(const struct assess_draw_drawing *d, struct term *t,
    const struct evidence_criterion *c, struct area row, bool selected)
{
	int name = row.cols < 70 ? row.cols / 2 : 40;
	term_put(t, row.row, row.col + 5, 2, SIGNS[c->status].role, SIGNS[c->status].sign);
	term_put(
	    t, row.row, row.col + 7, name - 8, selected ? ROLE_SELECTED : ROLE_TEXT, c->rule->says);
	term_put(
	    t, row.row, row.col + name, row.cols - name, ROLE_DIM, assess_draw_with_word(d, c));
}

static void row_draw(void *context, struct term *t, size_t i, struct area row, bool selected)
{
	const struct assess_draw_drawing *d = context;
	const struct rung *r = &d->x->rung[i];
	if (r->criterion)
		criterion_draw(d, t, r->criterion, row, selected);
	else
		level_draw(d, t, r->level, row, selected);
}

// --- the chosen one in full

struct assess_draw_page {
	const struct assess_draw_drawing *d;
	struct area area;
	int row;
};

static void assess_draw_put(struct assess_draw_page *p, enum role role, const char *text)
{
	struct text_lines lines;
	const char *safe = text ? text_safe(&p->d->app->frame, text, false) : NULL;
	int width = p->area.cols - 5;
	if (!safe || !text_wrap(&p->d->app->frame, safe, strlen(safe), width, &lines))
		return;
	for (size_t i = 0; i < lines.count && p->row < p->area.rows; i++)
		term_put_n(p->d->app->term, p->area.row + p->row++, 3, width, role,
		    safe + lines.line[i].start, lines.line[i].end - lines.line[i].start);
}

static const char *assess_draw_opens(const struct evidence_mend *m)
{
	static const char *const KINDS[][2] = { { "charter", "the charter" },
		{ "membership", "the members" }, { "measure", "the measure" },
		{ "pdsa", "the PDSA cycle" }, { "driver", "the driver diagram" },
		{ "spread", "the spread log" }, { "meeting", "the meetings" } };
	for (size_t i = 0; m->kind && i < sizeof KINDS / sizeof *KINDS; i++)
		if (str_equal(KINDS[i][0], m->kind))
			return KINDS[i][1];
	return NULL;
}

static void assess_draw_put_word(struct assess_draw_page *p, const struct evidence_criterion *c)
{
	const struct evidence_word *w = &c->coach;
	struct arena *a = &p->d->app->frame;
	if (!w->given)
		return;
	assess_draw_put(p, w->lapsed ? ROLE_DIM : ROLE_TEXT,
	    arena_printf(a, "%s, %s: it %s%s%s%s", w->by ? w->by : "A coach",
		date_show(a, w->date, p->d->x->v.on), w->holds ? "holds" : "does not hold",
		w->why ? ". " : "", w->why ? w->why : "",
		w->lapsed ? arena_printf(a, " (lapsed: %s)", w->lapsed_why) : ""));
}

static void assess_draw_criterion_page(
    struct assess_draw_page *p, const struct evidence_criterion *c)
{
	struct arena *a = &p->d->app->frame;
	assess_draw_put(p, ROLE_TEXT,
	    arena_printf(a, "%s  %s: %s. %s.", c->rule->id, c->rule->says, SIGNS[c->status].words,
		c->shows));
	assess_draw_put_word(p, c);
	if (c->rule->judge)
		assess_draw_put(
		    p, ROLE_DIM, arena_printf(a, "A person judges: %s", c->rule->judge));
	if (assess_draw_opens(&c->mend))
		assess_draw_put(p, ROLE_LABEL,
		    arena_printf(a, "Enter opens %s%s", assess_draw_opens(&c->mend),
			c->status == EVIDENCE_MET ? "" : " to mend it"));
}

// What the levels mean, how the claims stand, what has come to a stop.
static void assess_draw_level_page(struct assess_draw_page *p, const struct evidence_level *l)
{
	const struct evidence *v = &p->d->x->v;
	struct arena *a = &p->d->app->frame;
	assess_draw_put(p, ROLE_TEXT,
	    arena_printf(
		a, "%s  %s", l->level->score, l->level->text ? l->level->text : l->level->title));
	for (size_t i = 0; i < v->recorded_count; i++)
		assess_draw_put(p, ROLE_TEXT,
		    arena_printf(a, "The %s says %s: %s.", v->recorded[i].assessor,
			v->recorded[i].score, evidence_claim_words(a, v, v->recorded[i].score)));
}

static void assess_draw_stalls(struct assess_draw_page *p)
{
	const struct evidence_agenda *g = &p->d->x->agenda;
	if (p->d->x->draft)
		assess_draw_put(p, ROLE_WARN,
		    arena_printf(&p->d->app->frame, "Your draft %s is private; p shows it to all.",
			p->d->x->draft));
	for (size_t i = 0; i < g->count; i++)
		if (g->step[i].stall)
			assess_draw_put(p, ROLE_WARN, g->step[i].text);
}

static void page_draw(const struct assess_draw_drawing *d, struct area area)
{
	const struct rung *r = assess_chosen(d->x);
	struct assess_draw_page p = { d, area, 1 };
	term_rule(d->app->term, area.row, 1, area.cols - 2);
	if (r && r->criterion)
		assess_draw_criterion_page(&p, r->criterion);
	else if (r)
		assess_draw_level_page(&p, r->level);
	assess_draw_stalls(&p);
}

// --- charts, as rows of cells

static double assess_draw_number(const char *score)
{
	return score ? strtod(score, NULL) : -1;
}

static void assess_draw_dot(
    const struct assess_draw_drawing *d, int row, int col, enum role role, const char *sign)
{
	term_put(d->app->term, row, col, 1, role, sign);
}

enum { STEPS = 10 }; // half points from 0.5 to 5.0

static int assess_draw_step_row(const struct area *area, double score)
{
	int step = (int)(score * 2 + 0.5);
	return area->row + STEPS - (step < 1 ? 1 : step > STEPS ? STEPS : step);
}

// One column a month; where two scores stand on one step the letter of the first shows, and the gap
// between record and claim is drawn as a line.
static void month_draw(
    const struct assess_draw_drawing *d, const struct evidence_month *m, struct area area, int col)
{
	double record = assess_draw_number(m->supported), team = assess_draw_number(m->team),
	       coach = assess_draw_number(m->coach);
	double claim = team > coach ? team : coach;
	int from = assess_draw_step_row(&area, record),
	    to = claim < 0 ? from : assess_draw_step_row(&area, claim);
	bool ascii = term_is_ascii(d->app->term);
	for (int row = from < to ? from : to; row <= (from < to ? to : from); row++)
		assess_draw_dot(d, row, col, ROLE_DIM, ascii ? "|" : "│");
	assess_draw_dot(d, from, col, ROLE_GOOD, ascii ? "#" : "■");
	if (coach >= 0)
		assess_draw_dot(d, assess_draw_step_row(&area, coach), col, ROLE_SECONDARY,
		    coach == record ? "=" : "c");
	if (team >= 0)
		assess_draw_dot(d, assess_draw_step_row(&area, team), col, ROLE_PRIMARY,
		    team == record  ? "="
		    : team == coach ? "b"
				    : "t");
}

static void scores_draw(const struct assess_draw_drawing *d, struct area area)
{
	struct term *t = d->app->term;
	bool ascii = term_is_ascii(t);
	int months = area.cols - 6 < ASSESS_MONTHS ? area.cols - 6 : ASSESS_MONTHS;
	int step = (area.cols - 6) / (months > 0 ? months : 1);
	step = step < 1 ? 1 : step > 3 ? 3 : step;
	term_printf(t, area.row, area.col, area.cols, ROLE_LABEL,
	    "t team  c coach  b both  %s record", ascii ? "#" : "■");
	struct area plot = { area.row + 1, area.col + 5, STEPS, area.cols - 5 };
	for (int half = 1; half <= STEPS; half++)
		if (half % 2 == 0)
			term_printf(
			    t, plot.row + STEPS - half, area.col, 4, ROLE_DIM, "%d.0", half / 2);
	for (int i = 0; i < months; i++)
		month_draw(d, &d->x->month[ASSESS_MONTHS - months + i], plot, plot.col + i * step);
	term_printf(t, plot.row + STEPS, plot.col, plot.cols, ROLE_DIM, "%s  to  %s",
	    date_show(&d->app->frame, d->x->month[ASSESS_MONTHS - months].end, 0),
	    date_show(&d->app->frame, d->x->v.on, 0));
}

static const struct evidence_measure *assess_draw_measure_chosen(const struct assess_screen *x)
{
	const struct rung *r = assess_chosen(x);
	bool named = r && r->criterion && str_equal(r->criterion->mend.kind, "measure");
	for (size_t i = 0; i < x->v.measures; i++)
		if (named && id_equal(&x->v.measure[i].m->id, &r->criterion->mend.id))
			return &x->v.measure[i];
	for (size_t i = 0; i < x->v.measures; i++)
		if (x->v.measure[i].roles & AS_KEY && x->v.measure[i].count)
			return &x->v.measure[i];
	return NULL;
}

struct scale {
	double low, high;
	struct area plot;
};

static int assess_draw_value_row(const struct scale *s, double y)
{
	double part = s->high > s->low ? (y - s->low) / (s->high - s->low) : 0.5;
	return s->plot.row + s->plot.rows - 1 - (int)lround(part * (s->plot.rows - 1));
}

static struct scale assess_draw_scale_of(
    const struct evidence_measure *m, double median, size_t first, struct area plot)
{
	struct scale s = { median, median, plot };
	for (size_t i = first; i < m->count; i++) {
		double y = fraction_real(m->value[i].value);
		s.low = fmin(s.low, y);
		s.high = fmax(s.high, y);
	}
	return s;
}

// The points with the median of the scoring baseline: drawn as a line over the baseline, and
// dashed from there on, where it only goes on for comparison.
static void points_draw(
    const struct assess_draw_drawing *d, const struct evidence_measure *m, struct area plot)
{
	bool ascii = term_is_ascii(d->app->term);
	size_t room = plot.cols > 0 ? (size_t)plot.cols : 1;
	size_t first = m->count > room ? m->count - room : 0;
	double median = (fraction_real(m->median.a) + fraction_real(m->median.b)) / 2;
	struct scale s = assess_draw_scale_of(
	    m, m->base ? median : fraction_real(m->value[first].value), first, plot);
	for (size_t i = first; i < m->count; i++) {
		int col = plot.col + (int)(i - first);
		bool base = i < m->base;
		if (m->base)
			assess_draw_dot(d, assess_draw_value_row(&s, median), col, ROLE_LABEL,
			    base ? (ascii ? "=" : "━") : (ascii ? "-" : "╌"));
		assess_draw_dot(d, assess_draw_value_row(&s, fraction_real(m->value[i].value)), col,
		    base ? ROLE_DIM : ROLE_TEXT,
		    ascii  ? (base ? "o" : "*")
		    : base ? "○"
			   : "●");
	}
}

static void measure_draw(const struct assess_draw_drawing *d, struct area area)
{
	const struct evidence_measure *m = assess_draw_measure_chosen(d->x);
	struct term *t = d->app->term;
	struct arena *a = &d->app->frame;
	if (!m || !m->count || area.rows < 5)
		return;
	term_put(t, area.row, area.col, area.cols, ROLE_LABEL, m->m->name);
	points_draw(
	    d, m, (struct area){ area.row + 1, area.col + 5, area.rows - 3, area.cols - 6 });
	const char *last = date_show(a, m->value[m->count - 1].date, d->x->v.on);
	if (m->base)
		term_printf(t, area.row + area.rows - 2, area.col, area.cols, ROLE_DIM,
		    "median %s of %zu to %s; last %s", evidence_median_show(a, m->m, &m->median),
		    m->base, date_show(a, m->value[m->base - 1].date, d->x->v.on), last);
	else
		term_printf(t, area.row + area.rows - 2, area.col, area.cols, ROLE_DIM,
		    "no baseline; last %s", last);
}

static void charts_draw(const struct assess_draw_drawing *d, struct area area)
{
	scores_draw(d, (struct area){ area.row, area.col, STEPS + 2, area.cols });
	measure_draw(
	    d, (struct area){ area.row + STEPS + 3, area.col, area.rows - STEPS - 3, area.cols });
}

void assess_draw(struct app *app, struct screen *s, struct area area)
{
	struct assess_screen *x = (struct assess_screen *)s;
	struct assess_draw_drawing d = { app, x };
	bool wide = area.cols >= WIDE;
	if (x->charts && !wide) { // the chosen rung stays above: Up and Down change the measure
		charts_draw(
		    &d, (struct area){ area.row + 2, area.col + 3, area.rows - 2, area.cols - 6 });
		list_draw(&x->list, app->term, (struct area){ area.row, area.col, 1, area.cols },
		    row_draw, &d);
		return;
	}
	int detail = area.rows > 20 ? DETAIL_ROWS + 2 : DETAIL_ROWS;
	struct area ladder = { area.row, area.col, area.rows - detail,
		area.cols - (wide ? CHART_COLS + 3 : 0) };
	if (wide)
		charts_draw(&d, (struct area){ area.row, area.col + area.cols - CHART_COLS - 1,
				    ladder.rows, CHART_COLS });
	page_draw(&d, (struct area){ area.row + ladder.rows, area.col, detail, area.cols });
	list_draw(&x->list, app->term, ladder, row_draw, &d);
}
