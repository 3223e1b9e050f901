// SPDX-License-Identifier: MIT
// Shifts and trends as the Institute for Healthcare Improvement teaches them (Perla, Provost &
// Murray 2011, doi:10.1136/bmjqs.2009.037895). What lies on the line neither counts nor breaks a
// shift; a value that repeats neither counts nor breaks a trend.
#include "method/chart/chart_parts.h"

// Under other rules these are still counted, with their usual lengths, but mark nothing.
enum { SHIFT = 6, TREND = 5 };

static void chart_ihi_mark(const struct chart *c, struct chart_point *p, unsigned bit, bool up)
{
	if (c->rules != CHART_IHI)
		return;
	p->signals |= bit;
	p->high = p->high || up;
	p->low = p->low || !up;
}

// --- shifts

static void chart_ihi_shift_mark(struct chart_work *w, size_t first, size_t end, int side)
{
	struct chart *c = w->chart;
	for (size_t i = first; i < end; i++) {
		struct chart_point *p = &c->point[i];
		if (!chart_counts(p))
			continue;
		chart_ihi_mark(c, p, CHART_SHIFT, side > 0);
		c->shift[c->shifts++] = i;
	}
}

static void chart_ihi_shifts(struct chart_work *w, const struct chart_phase *ph)
{
	int side = 0, length = 0,
	    need = w->chart->rules == CHART_IHI ? w->chart->shift_length : SHIFT;
	size_t first = ph->from;
	for (size_t i = ph->from; i <= ph->to; i++) {
		const struct chart_point *p = i < ph->to ? &w->chart->point[i] : NULL;
		if (p && (!chart_counts(p) || !p->side))
			continue;
		if (p && p->side == side) {
			length++;
			continue;
		}
		if (length >= need)
			chart_ihi_shift_mark(w, first, i, side);
		if (!p)
			break;
		side = p->side;
		length = 1;
		first = i;
	}
}

// --- trends

struct trend {
	size_t first, last; // of its strict steps
	int way, length;    // points of strict steps, the first one included
};

static bool chart_ihi_trend_keep(
    struct chart_work *w, const struct trend *t, size_t end, struct err *e)
{
	struct chart *c = w->chart;
	size_t cap = c->trends; // exact: there are few
	if (t->length < (c->rules == CHART_IHI ? c->trend_length : TREND))
		return true;
	if (!arena_grow(w->arena, (void **)&c->trend, c->trends, &cap, sizeof *c->trend))
		return err_memory(e);
	struct chart_trend *out = &c->trend[c->trends];
	*out = (struct chart_trend){ .up = t->way > 0, .length = t->length };
	out->point = arena_array(w->arena, end - t->first, sizeof *out->point);
	if (!out->point)
		return err_memory(e);
	c->trends++;
	for (size_t i = t->first; i < end; i++) {
		struct chart_point *p = &c->point[i];
		if (!chart_counts(p))
			continue;
		out->point[out->count++] = i;
		chart_ihi_mark(c, p, CHART_TREND, t->way > 0);
	}
	return true;
}

// A turning point ends one trend and begins the next; so do the values equal to it that follow.
static bool chart_ihi_trends(struct chart_work *w, const struct chart_phase *ph, struct err *e)
{
	struct chart *c = w->chart;
	struct trend t = { 0 };
	for (size_t i = ph->from; i < ph->to; i++) {
		const struct chart_point *p = &c->point[i];
		if (!chart_counts(p))
			continue;
		double step = t.length ? p->y - c->point[t.last].y : 0;
		int way = (step > 0) - (step < 0);
		if (t.length <= 1 && way == 0) { // of equal ones at the beginning the last counts
			t = (struct trend){ i, i, 0, 1 };
		} else if (way && (t.way == 0 || way == t.way)) {
			t.way = way;
			t.length++;
			t.last = i;
		} else if (way) {
			if (!chart_ihi_trend_keep(w, &t, i, e))
				return false;
			t = (struct trend){ t.last, i, way, 2 };
		}
	}
	return chart_ihi_trend_keep(w, &t, ph->to, e);
}

bool chart_ihi(struct chart_work *w, struct chart_phase *ph, struct err *e)
{
	chart_ihi_shifts(w, ph);
	return chart_ihi_trends(w, ph, e);
}
