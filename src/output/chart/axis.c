// SPDX-License-Identifier: MIT
#include <plando/axis.h>

#include <math.h>

static double axis_round_step(double rough)
{
	double ten = pow(10, floor(log10(rough))), part = rough / ten;
	double step = part <= 1.0001 ? 1 : part <= 2.0001 ? 2 : part <= 5.0001 ? 5 : 10;
	return step * ten;
}

struct axis axis_round(double low, double high, int ticks)
{
	struct axis x = { 0 };
	if (!(high > low)) {
		double room = low != 0 ? fabs(low) / 2 : 1;
		low -= room;
		high += room;
	}
	x.step = axis_round_step((high - low) / (ticks - 1));
	for (;;) {
		x.low = floor(low / x.step + 1e-9) * x.step;
		x.high = ceil(high / x.step - 1e-9) * x.step;
		if ((x.high - x.low) / x.step < ticks - 0.5)
			break;
		x.step = axis_round_step(x.step * 1.5);
	}
	double digits = -floor(log10(x.step) + 1e-9);
	x.decimals = digits > 0 ? (int)fmin(digits, 9) : 0;
	return x;
}

static void axis_widen(double *low, double *high, double v)
{
	if (isnan(v))
		return;
	*low = isnan(*low) ? v : fmin(*low, v);
	*high = isnan(*high) ? v : fmax(*high, v);
}

static void axis_widen_by(
    const struct chart *c, const struct chart_face *f, double *low, double *high)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct chart_point *p = &c->point[i];
		axis_widen(low, high, chart_hides(c, f, p) ? NAN : p->y);
		axis_widen(low, high, p->centre);
		axis_widen(low, high, p->lower);
		axis_widen(low, high, p->upper);
	}
	axis_widen(low, high, c->target);
}

struct axis axis_of(
    const struct chart *const c[], size_t charts, const struct chart_face *f, int ticks)
{
	double low = NAN, high = NAN;
	for (size_t i = 0; i < charts; i++)
		axis_widen_by(c[i], f, &low, &high);
	if (isnan(low))
		low = 0, high = f->percent ? 100 : 1;
	if (f->percent) {
		low = fmax(low, 0);
		high = fmin(high, 100);
		if (high - low > 50)
			low = 0, high = 100;
	}
	bool near_zero = low > 0 && low < (high - low) / 3;
	if (f->zero || near_zero)
		low = fmin(low, 0);
	if (f->percent && low <= 0 && high <= low)
		high = 100; // all at 0: there are none below
	struct axis x = axis_round(low, high, ticks);
	if (f->percent && high <= 100 && x.high > 100)
		x.high = 100;
	return x;
}

double axis_place(const struct axis *x, double v)
{
	double place = (v - x->low) / (x->high - x->low);
	return place < 0 ? 0 : place > 1 ? 1 : place;
}

int axis_steps(const struct axis *x)
{
	double steps = (x->high - x->low) / x->step;
	return steps > 0 && steps < AXIS_TICKS ? (int)lround(steps) : 0;
}

double axis_tick(const struct axis *x, int step)
{
	double v = x->low + step * x->step;
	return fabs(v) < x->step / 1000 ? 0 : v; // no "-0"
}

char *axis_label(struct arena *a, const struct axis *x, int step, bool percent)
{
	return arena_printf(a, "%.*f%s", x->decimals, axis_tick(x, step), percent ? "%" : "");
}
