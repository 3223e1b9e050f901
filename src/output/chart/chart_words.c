// SPDX-License-Identifier: MIT
#include <plando/chart_words.h>

#include <plando/str.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const MONTHS[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
	"Oct", "Nov", "Dec" };

void chart_face_of(const struct measure *m, const struct measure_series *s, struct chart_face *out)
{
	*out = (struct chart_face){ .name = m->name,
		.unit = m->unit,
		.percent = m->data == MEASURE_PERCENT,
		.decimals = m->decimals,
		.interval = m->interval,
		.stratum = s->stratum,
		.zero = str_equal(m->y_axis, "zero"),
		.goal_by = m->goal_by,
		.has_goal_by = m->has_goal_by,
		.counts = m->data == MEASURE_COUNT };
}

const char *chart_centre_name(const struct chart *c)
{
	return c->type == CHART_RUN || c->type == CHART_G ? "median" : "mean";
}

bool chart_hides(const struct chart *c, const struct chart_face *f, const struct chart_point *p)
{
	if (p->missing || !f->least)
		return false;
	if (c->numbered && !isnan(p->n))
		return p->numerator < f->least || p->n < f->least;
	return f->counts && p->y < f->least;
}

// --- values and dates

static bool chart_words_said_with(double v, int decimals)
{
	double times = v * pow(10, decimals);
	return fabs(times - round(times)) < 1e-6;
}

// The decimals that the values were recorded with; where these are none (shares, means), as many as
// leave a digit of the smallest.
static double chart_words_resolution(const struct chart *c)
{
	enum { TYPED_MOST = 4 };
	int typed = 0;
	double least = INFINITY;
	for (size_t i = 0; i < c->count; i++) {
		double v = fabs(c->point[i].y);
		if (isnan(v))
			continue;
		while (typed <= TYPED_MOST && !chart_words_said_with(v, typed))
			typed++;
		least = v > 0 ? fmin(least, v) : least;
	}
	return typed <= TYPED_MOST ? typed : least < 1 ? ceil(-log10(least)) : 0;
}

static int chart_words_decimals_of(const struct chart *c, const struct chart_face *f)
{
	double low = INFINITY, high = -INFINITY;
	if (f->decimals >= 0)
		return f->decimals;
	for (size_t i = 0; i < c->count; i++)
		if (!isnan(c->point[i].y)) {
			low = fmin(low, c->point[i].y);
			high = fmax(high, c->point[i].y);
		}
	double spread = high - low;
	if (!(spread > 0) || !isfinite(spread))
		return isfinite(low) && low == floor(low) ? 0 : 2;
	double digits = fmax(ceil(-log10(spread / 40)), chart_words_resolution(c));
	// Six, or as many as leave six digits of values that are all smaller than a tenth.
	double most = fmax(6, fmin(15, 5 - floor(log10(fmax(fabs(low), fabs(high))))));
	return digits <= 0 ? 0 : (int)fmin(digits, most);
}

static void chart_words_trim_zeros(char *text)
{
	size_t n = strlen(text);
	if (!strchr(text, '.'))
		return;
	while (n && text[n - 1] == '0')
		text[--n] = 0;
	if (n && text[n - 1] == '.')
		text[--n] = 0;
	if (strcmp(text, "-0") == 0) {
		text[0] = '0';
		text[1] = 0;
	}
}

char *chart_number(struct arena *a, const struct chart *c, const struct chart_face *f, double v)
{
	if (isnan(v))
		return arena_strdup(a, f->ascii ? "-" : "–");
	char *text = arena_printf(a, "%.*f", chart_words_decimals_of(c, f), v);
	if (text && f->decimals < 0)
		chart_words_trim_zeros(text);
	return text;
}

static char *chart_words_with_unit(
    struct arena *a, const struct chart_face *f, char *number, double v)
{
	const char *unit = f->percent ? "%" : f->unit;
	if (!number || isnan(v) || str_empty(unit))
		return number;
	return arena_printf(a, "%s %s", number, unit);
}

char *chart_value(struct arena *a, const struct chart *c, const struct chart_face *f, double v)
{
	return chart_words_with_unit(a, f, chart_number(a, c, f, v), v);
}

char *chart_line_value(struct arena *a, const struct chart *c, const struct chart_face *f, double v)
{
	int decimals = chart_words_decimals_of(c, f);
	if (isnan(v) || chart_words_said_with(v, decimals) ||
	    !chart_words_said_with(v, decimals + 1))
		return chart_value(a, c, f, v);
	return chart_words_with_unit(a, f, arena_printf(a, "%.*f", decimals + 1, v), v);
}

// One point a month or fewer, each of them on the first of one.
static bool chart_words_monthly(const struct chart *c, const struct chart_face *f)
{
	if (f->interval)
		return str_equal(f->interval, "month") || str_equal(f->interval, "quarter");
	for (size_t i = 0; i < c->count; i++)
		if (date_to_civil((date_t)c->point[i].x).day != 1)
			return false;
	return true;
}

char *chart_when(struct arena *a, const struct chart *c, const struct chart_face *f, int64_t x)
{
	if (f->numbers)
		return arena_printf(a, "%" PRId64, x);
	struct civil day = date_to_civil((date_t)x);
	const char *month = MONTHS[day.month - 1];
	return chart_words_monthly(c, f) ? arena_printf(a, "%s %d", month, day.year)
					 : arena_printf(a, "%d %s %d", day.day, month, day.year);
}

char *chart_title(struct arena *a, const struct chart_face *f)
{
	struct str s = STR_IN(a);
	str_add(&s, str_empty(f->name) ? "Chart" : f->name);
	const char *unit = f->percent ? "%" : f->unit;
	if (!str_empty(unit))
		str_printf(&s, ", %s", unit);
	if (!str_empty(f->stratum))
		str_printf(&s, f->ascii ? " - %s" : " · %s", f->stratum);
	return str_done(&s);
}

// --- icons

// A goal that is the limit itself counts as met and missed, which is said.
static bool chart_words_on_limit(const struct chart *c)
{
	size_t i = c->count;
	while (i-- > 0 && (c->point[i].missing || c->point[i].excluded)) {
	}
	if (i >= c->count || c->assurance != CHART_HIT_AND_MISS || c->withheld || !c->enough)
		return false;
	double least = fabs(c->target) * 1e-9;
	return fabs(c->target - c->point[i].upper) <= least ||
	       fabs(c->target - c->point[i].lower) <= least;
}

char *chart_icons(struct arena *a, const struct chart *c)
{
	static const char *const GOAL[] = { "", "The goal is met throughout.",
		"The goal is met and missed by chance.",
		"The goal will not be met as things are." };
	const char *id = chart_variation_id(c);
	const char *edge = chart_words_on_limit(c) ? " It lies on a limit." : "";
	const char *goal = !c->enough ? ""
			   : c->withheld
			       ? "Whether the goal will be met cannot be told: the measure "
				 "has changed since its baseline; a new phase would say."
			       : GOAL[c->assurance];
	if (!id || !c->enough)
		return arena_printf(a, "%s%s", goal, edge);
	const char *word = c->variation == CHART_IMPROVEMENT ? "improvement"
			   : c->variation == CHART_CONCERN   ? "concern"
			   : c->variation == CHART_CHANGE    ? "change"
							     : "common cause";
	return arena_printf(a, "Variation: %s.%s%s%s", word, *goal ? " " : "", goal, edge);
}

// --- footer

char *chart_unkept_words(struct arena *a, const struct chart *c)
{
	const char *line =
	    chart_has_limits(c->type) && c->type != CHART_G ? "mean and limits" : "median";
	switch (c->unkept) {
	case CHART_AHEAD:
		return arena_printf(
		    a, "the baseline reaches past today: all points so far make the %s", line);
	case CHART_LONGER:
		return arena_printf(a,
		    "the baseline is longer than the %zu point%s there are: all of them make the "
		    "%s",
		    c->count, c->count == 1 ? "" : "s", line);
	case CHART_EARLY:
		return arena_printf(
		    a, "the baseline ends before the first point: all points make the %s", line);
	case CHART_PHASED: return arena_strdup(a, "phases win over the baseline");
	case CHART_SHORT:
		return arena_printf(a,
		    "a baseline of fewer than %d points fixes no limits: all points make them",
		    CHART_FROZEN);
	case CHART_KEPT: break;
	}
	return arena_strdup(a, "");
}

static void chart_words_add_baseline(
    struct str *s, struct arena *a, const struct chart *c, const struct chart_face *f)
{
	const struct chart_phase *ph = &c->phase[c->phases - 1];
	if (c->phases > 1)
		str_printf(s, "; %zu phases, each analysed alone", c->phases);
	else if (c->frozen)
		str_printf(s, "; %s of the first %zu points (to %s), kept after",
		    chart_centre_name(c), ph->baseline_to - ph->from,
		    chart_when(a, c, f, c->point[ph->baseline_to - 1].x));
	if (c->unkept && c->unkept != CHART_PHASED) // "each analysed alone" has said that
		str_printf(s, "; %s", chart_unkept_words(a, c));
	if (c->snapped)
		str_add(s, "; a phase whose date has no point begins at the next one");
}

static void chart_words_add_left_out(
    struct str *s, const struct chart *c, const struct chart_face *f)
{
	size_t excluded = 0, missing = 0, zero = 0, several = 0, hidden = 0, future = 0;
	for (size_t i = 0; i < c->count; i++) {
		const struct chart_point *p = &c->point[i];
		excluded += p->excluded && !p->future;
		future += p->future;
		hidden += chart_hides(c, f, p);
		missing += p->missing == CHART_EMPTY && c->type != CHART_MR;
		zero += p->missing == CHART_ZERO_DENOMINATOR || p->missing == CHART_COUNT_OVER_ZERO;
		several += p->values > 1 && c->type != CHART_XBAR && c->type != CHART_S;
	}
	if (excluded)
		str_printf(s, "; %zu left out", excluded);
	if (future)
		str_printf(s, "; %zu after today, in no rule", future);
	if (missing)
		str_printf(s, "; %zu missing", missing);
	if (zero)
		str_printf(s, "; %zu with a denominator of 0", zero);
	if (several)
		str_printf(s, "; %zu made of several values", several);
	if (hidden)
		str_printf(s, "; %zu of numbers below %d not shown", hidden, f->least);
}

static int chart_words_by_length(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

// Where nothing says how often there should be a point: a gap of more than three times the usual
// distance.
static void chart_words_add_gap(
    struct str *s, struct arena *a, const struct chart *c, const struct chart_face *f)
{
	enum { TIMES = 3 };
	int64_t *days = arena_array(a, c->count + 1, sizeof *days), most = 0;
	size_t n = 0, after = 0;
	for (size_t i = 1; days && i < c->count && !c->point[i].future; i++) {
		int64_t gap = c->point[i].x - c->point[i - 1].x;
		days[n++] = gap;
		after = gap > most ? i : after;
		most = gap > most ? gap : most;
	}
	if (!n || f->numbers || c->type == CHART_G || c->type == CHART_T)
		return;
	qsort(days, n, sizeof *days, chart_words_by_length);
	const char *when = chart_when(a, c, f, c->point[after].x);
	if (days[n / 2] && most > TIMES * days[n / 2])
		str_printf(s, "; a gap of %" PRId64 " days before %s", most, when ? when : "");
}

static bool chart_words_sizes_vary(const struct chart *c)
{
	double one = NAN;
	for (size_t i = 0; i < c->count; i++) {
		double n = c->point[i].n;
		if (!isnan(one) && !isnan(n) && fabs(n - one) > 0)
			return true;
		one = isnan(n) ? one : n;
	}
	return false;
}

static void chart_words_add_limits(struct str *s, const struct chart *c)
{
	bool ranges = c->type == CHART_I || c->type == CHART_T || c->type == CHART_PP ||
		      c->type == CHART_UP || c->type == CHART_IP;
	bool sized = c->type == CHART_P || c->type == CHART_PP || c->type == CHART_U ||
		     c->type == CHART_UP || c->type == CHART_IP || c->type == CHART_XBAR ||
		     c->type == CHART_S;
	if (!chart_has_limits(c->type))
		return;
	if (c->phase[c->phases - 1].trial)
		str_printf(s, "; trial limits: fewer than %d points make them", CHART_TRIAL);
	if (ranges)
		str_printf(s, "; extreme moving ranges %s", c->screened ? "screened" : "kept");
	if (sized && chart_words_sizes_vary(c))
		str_add(s, "; limits vary because group sizes vary");
}

static void chart_words_add_rules(struct str *s, const struct chart *c)
{
	if (chart_limits_only(c->type)) {
		str_printf(s, "%s, limits only, no runs analysis", CHART_TYPE[c->type].title);
		return;
	}
	str_printf(s, "%s, %s rules", CHART_TYPE[c->type].title, CHART_RULE[c->rules].title);
	if (c->rules == CHART_IHI)
		str_printf(s,
		    " (shift %d, trend %d, exact number of runs; false signals are common: about 1 "
		    "chart in 3 at 24 points)",
		    c->shift_length, c->trend_length);
	if (c->rules == CHART_MDC)
		str_printf(s, " (%d points, two in three as of 2023)", c->shift_length);
}

char *chart_footer(struct arena *a, const struct chart *c, const struct chart_face *f)
{
	struct str s = STR_IN(a);
	chart_words_add_rules(&s, c);
	str_printf(&s, "; %zu point%s", c->count, c->count == 1 ? "" : "s");
	chart_words_add_baseline(&s, a, c, f);
	chart_words_add_limits(&s, c);
	chart_words_add_left_out(&s, c, f);
	chart_words_add_gap(&s, a, c, f);
	if (c->direction != CHART_NEITHER)
		str_printf(&s, "; %s is good", c->direction == CHART_UP_IS_GOOD ? "up" : "down");
	str_add(&s, ".");
	return str_done(&s);
}

// --- one point

static const char *signal_words(const struct chart *c, const struct chart_point *p, unsigned bit)
{
	if (bit == CHART_OUTSIDE)
		return p->y > p->upper ? "above the limits" : "below the limits";
	for (const struct chart_signal *s = CHART_SIGNAL; s->bit; s++)
		if (s->bit == bit)
			return s->words;
	(void)c;
	return "";
}

char *chart_point_words(
    struct arena *a, const struct chart *c, const struct chart_face *f, size_t point)
{
	static const char *const MISSING[] = { "", "no value", "nobody was counted (0 of 0)",
		"a count over a denominator of 0: a slip?", "numbers too small to be shown" };
	const struct chart_point *p = &c->point[point];
	struct str s = STR_IN(a);
	if (chart_hides(c, f, p))
		return arena_printf(a, "<%d", f->least);
	if (p->missing)
		str_add(&s, MISSING[p->missing]);
	else
		str_add(&s, chart_value(a, c, f, p->y));
	if (!p->missing && c->numbered && !isnan(p->n))
		str_printf(&s, " (%g of %g)", p->numerator, p->n);
	if (p->values > 1)
		str_printf(&s, ", %zu values", p->values);
	if (p->excluded)
		str_add(&s, p->future ? ", after today" : ", left out");
	for (unsigned bit = CHART_OUTSIDE; bit <= CHART_TWO_IN_THREE; bit <<= 1)
		if (p->signals & bit)
			str_printf(&s, ", %s", signal_words(c, p, bit));
	return str_done(&s);
}

// --- suggestions

enum { REBASE_RUN = 9, REBASE_MEDIAN = 12 };

// On a run chart: a median of the last stable run. The chart's own baseline is the first median.
char *chart_suggestion(struct arena *a, const struct chart *c, const struct chart_face *f)
{
	struct chart_rebases found = { 0 };
	const struct chart_phase *ph = &c->phase[c->phases - 1];
	size_t n = ph->to - ph->from;
	size_t base = ph->baseline_to < ph->to ? ph->baseline_to - ph->from : REBASE_MEDIAN;
	double *y = arena_array(a, n + 1, sizeof *y);
	if (!y)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		const struct chart_point *p = &c->point[ph->from + i];
		y[i] = p->excluded ? NAN : p->y;
	}
	if (c->type == CHART_RUN &&
	    !chart_suggest_rebase(a, y, n, base, REBASE_RUN, CHART_EITHER, &found, NULL))
		return NULL;
	if (found.count < 2)
		return arena_strdup(a, "");
	const struct chart_rebase *last = &found.item[found.count - 1];
	const struct chart_point *from = &c->point[ph->from + last->from];
	const char *when = chart_when(a, c, f, from->x),
		   *value = chart_line_value(a, c, f, last->median);
	if (!when || !value)
		return NULL;
	return arena_printf(a,
	    "A new phase is possible since %s (%d points in a row on one side; median %s). Begin "
	    "one "
	    "only where you know the cause and expect it to last.",
	    when, REBASE_RUN, value);
}
