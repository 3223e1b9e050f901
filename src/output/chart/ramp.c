// SPDX-License-Identifier: MIT
#include <plando/ramp.h>

#include <plando/text.h>

#include <string.h>

enum { STEP_LEAST = 13, BELOW = 2, LABEL_MOST = 18 };

struct plan {
	int labels; // columns for the names of scales
	int each;   // columns a step
	int gap;    // rows between two scales
	size_t first, shown;
};

static int ramp_width_of(const char *text)
{
	return text_width(text, strlen(text));
}

static struct plan ramp_plan_of(
    const struct canvas *c, size_t count, size_t focus, const char *const scale[RAMP_SCALES])
{
	struct plan p = { 0 };
	for (int i = 0; i < RAMP_SCALES; i++)
		p.labels = ramp_width_of(scale[i]) > p.labels ? ramp_width_of(scale[i]) : p.labels;
	p.labels = p.labels > LABEL_MOST ? LABEL_MOST : p.labels;
	p.labels = c->cols < 3 * STEP_LEAST ? 0 : p.labels + 2;
	int room = c->cols - p.labels, most = room / STEP_LEAST;
	p.shown = count < (size_t)(most < 1 ? 1 : most) ? count : (size_t)(most < 1 ? 1 : most);
	p.each = p.shown ? room / (int)p.shown : room;
	p.first = focus < p.shown / 2 ? 0 : focus - p.shown / 2;
	p.first = p.first + p.shown > count ? count - p.shown : p.first;
	p.gap = c->rows - BELOW >= 2 * RAMP_SCALES - 1 ? 2 : 1;
	return p;
}

// A step without a scale stands where the one before it does.
static int ramp_height(const struct ramp_step *step, size_t i)
{
	while (i > 0 && step[i].rank < 0)
		i--;
	return step[i].rank < 0 ? 0 : step[i].rank < RAMP_SCALES ? step[i].rank : RAMP_SCALES - 1;
}

static int ramp_row_of(const struct plan *p, int rank)
{
	return (RAMP_SCALES - 1 - rank) * p->gap;
}

static int ramp_col_of(const struct plan *p, size_t i)
{
	return p->labels + (int)(i - p->first) * p->each;
}

static void ramp_put_cut(
    struct canvas *c, int y, int x, int room, const char *text, enum canvas_role role)
{
	size_t n = strlen(text);
	int used = 0;
	if (room < 1)
		return;
	bool cut = text_fit(text, n, room, NULL) < n;
	size_t fits = text_fit(text, n, room - cut, &used);
	canvas_text_n(c, y, x, text, fits, role);
	if (cut)
		canvas_text(c, y, x + used, c->ascii ? "~" : "…", role);
}

static void ramp_step_draw(struct canvas *c, const struct plan *p, const struct ramp_step *step,
    size_t i, size_t count, bool focused)
{
	int x = ramp_col_of(p, i), y = ramp_row_of(p, ramp_height(step, i));
	bool last = i + 1 == p->first + p->shown;
	int end = x + p->each - (last ? 1 : 0);
	enum canvas_role role = focused ? CANVAS_FOCUS : CANVAS_PLAIN;
	canvas_across(c, y, x, end, step[i].rank < 0, CANVAS_LINE);
	int next = last ? y : ramp_row_of(p, ramp_height(step, i + 1));
	if (next != y)
		canvas_down(c, end, next < y ? next : y, next < y ? y : next, false, CANVAS_LINE);
	if (last && i + 1 < count)
		canvas_text(c, y, end, c->ascii ? ">" : "→", CANVAS_FAINT);
	ramp_put_cut(c, y, x + 2, p->each - 3, step[i].label, role);
	ramp_put_cut(c, c->rows - 2, x + 2, p->each - 3, step[i].day, role);
	ramp_put_cut(c, c->rows - 1, x + 2, p->each - 3, step[i].decision, role);
}

void ramp_draw(struct canvas *c, const struct ramp_step *step, size_t count, size_t focus,
    const char *const scale[RAMP_SCALES])
{
	struct plan p = ramp_plan_of(c, count, focus, scale);
	for (int i = 0; i < RAMP_SCALES && p.labels; i++)
		ramp_put_cut(c, ramp_row_of(&p, i), 0, p.labels - 2, scale[i], CANVAS_FAINT);
	if (p.first > 0)
		canvas_text(c, c->rows - 2, p.labels ? p.labels - 2 : 0, c->ascii ? "<" : "←",
		    CANVAS_FAINT);
	for (size_t i = p.first; i < p.first + p.shown; i++)
		ramp_step_draw(c, &p, step, i, count, i == focus);
}

void ramp_place(const struct canvas *c, const struct ramp_step *step, size_t count, size_t focus,
    const char *const scale[RAMP_SCALES], int *row, int *col)
{
	struct plan p = ramp_plan_of(c, count, focus, scale);
	*row = count ? ramp_row_of(&p, ramp_height(step, focus)) : 0;
	*col = count ? ramp_col_of(&p, focus) + 2 : 0;
}
