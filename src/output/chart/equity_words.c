// SPDX-License-Identifier: MIT
// Groups beside each other in words, the same for terminal, page and picture.
#include <plando/equity_draw.h>

#include <plando/date.h>
#include <plando/str.h>

#include <math.h>

enum { NAMED_MOST = 6 };

static int equity_words_decimals_of(const struct chart_face *f)
{
	return f->decimals >= 0 ? f->decimals : f->percent ? 1 : 2;
}

static char *equity_words_number(struct arena *a, const struct chart_face *f, double v)
{
	if (isnan(v))
		return arena_strdup(a, f->ascii ? "-" : "–");
	if (fabs(v) < 0.5 * pow(10, -equity_words_decimals_of(f)))
		v = 0; // no "-0"
	return arena_printf(a, "%.*f", equity_words_decimals_of(f), v);
}

char *equity_value(struct arena *a, const struct chart_face *f, double v)
{
	const char *unit = f->percent ? "%" : f->unit;
	char *text = equity_words_number(a, f, v);
	return !text || str_empty(unit) || isnan(v) ? text : arena_printf(a, "%s %s", text, unit);
}

static const char *equity_words_interval(
    struct arena *a, const struct chart_face *f, struct interval i)
{
	const char *low = equity_words_number(a, f, i.lower),
		   *high = equity_words_number(a, f, i.upper);
	return low && high ? arena_printf(a, "%s to %s", low, high) : NULL;
}

char *equity_group_size(struct arena *a, const struct equity_group *g)
{
	return !equity_shown(g) ? arena_strdup(a, "") : arena_printf(a, "%.15g", g->in.n);
}

char *equity_group_value(struct arena *a, const struct equity *q, const struct chart_face *f,
    const struct equity_group *g)
{
	const char *value = equity_words_number(a, f, g->in.value),
		   *range = equity_words_interval(a, f, g->in.ci);
	if (g->in.empty)
		return arena_strdup(a, "no data");
	if (g->in.small)
		return arena_printf(a, "<%d", q->least);
	return value && range ? arena_printf(a, "%s (%s)", value, range) : NULL;
}

// "23 of 134"
static char *equity_words_counts(struct arena *a, const struct equity_group *g)
{
	return arena_printf(a, "%.15g of %.15g", g->in.count, g->in.n);
}

char *equity_group_words(struct arena *a, const struct equity *q, const struct chart_face *f,
    const struct equity_group *g)
{
	static const char *const SIDES[] = { "different from the rest: below the limits",
		"within the limits", "different from the rest: above the limits" };
	if (g->in.empty)
		return arena_strdup(a, "no data on these dates");
	if (g->in.small)
		return arena_printf(a, "fewer than %d counted; not shown", q->least);
	const char *of = equity_words_counts(a, g), *value = equity_value(a, f, g->in.value);
	const char *range = equity_words_interval(a, f, g->in.ci);
	if (!of || !value || !range)
		return NULL;
	return arena_printf(a, "%s, %s (95 %% interval %s)%s%s%s", of, value, range,
	    q->shown < 2 ? "" : "; ", q->shown < 2 ? "" : SIDES[equity_side(g) + 1],
	    g->changing ? "; its own chart shows a signal in these dates" : "");
}

// --- the finding

static void equity_words_name_those(
    struct str *s, const struct equity *q, bool (*is)(const struct equity_group *))
{
	size_t named = 0, all = 0;
	for (size_t i = 0; i < q->count; i++)
		all += is(&q->group[i]);
	for (size_t i = 0; i < q->count && named < NAMED_MOST; i++)
		if (is(&q->group[i]))
			str_printf(s, "%s%s", named++ ? ", " : "", q->group[i].name);
	if (all > named)
		str_printf(s, " and %zu more", all - named);
}

static bool equity_words_above(const struct equity_group *g)
{
	return equity_side(g) > 0;
}

static bool equity_words_below(const struct equity_group *g)
{
	return equity_side(g) < 0;
}

static bool equity_words_changing(const struct equity_group *g)
{
	return g->changing;
}

static size_t equity_words_how_many(const struct equity *q, bool (*is)(const struct equity_group *))
{
	size_t n = 0;
	for (size_t i = 0; i < q->count; i++)
		n += is(&q->group[i]);
	return n;
}

static bool equity_words_shown(const struct equity_group *g)
{
	return equity_shown(g);
}

static char *equity_nothing(struct arena *a, const struct equity *q)
{
	struct str s = STR_IN(a);
	if (!q->shown && !q->empty)
		return arena_printf(
		    a, "Every group counts fewer than %d: there is nothing to compare", q->least);
	if (!q->shown)
		return arena_strdup(
		    a, "No group has data that can be shown: there is nothing to compare");
	str_add(&s, "Only ");
	equity_words_name_those(&s, q, equity_words_shown);
	str_add(&s, " has data that can be shown: there is nothing to compare with");
	return str_done(&s);
}

char *equity_mean_name(struct arena *a, const struct equity *q, const struct chart_face *f)
{
	const char *centre = equity_value(a, f, q->centre);
	return centre ? arena_printf(
			    a, "mean of %s %s", q->small ? "the groups shown," : "all", centre)
		      : NULL;
}

char *equity_finding(struct arena *a, const struct equity *q, const struct chart_face *f)
{
	struct str s = STR_IN(a);
	const char *centre = equity_value(a, f, q->centre);
	size_t up = equity_words_how_many(q, equity_words_above),
	       down = equity_words_how_many(q, equity_words_below);
	if (!centre)
		return NULL;
	if (q->shown < 2)
		return equity_nothing(a, q);
	if (!q->outside)
		return arena_printf(a,
		    "No group differs from the rest: all lie within the limits around %s", centre);
	str_printf(&s, "%zu of %zu groups %s from the rest: ", q->outside, q->shown,
	    q->outside == 1 ? "differs" : "differ");
	if (up) {
		equity_words_name_those(&s, q, equity_words_above);
		str_add(&s, " above");
	}
	if (down) {
		str_add(&s, up ? ", " : "");
		equity_words_name_those(&s, q, equity_words_below);
		str_add(&s, " below");
	}
	str_printf(&s, " the limits around %s", centre);
	return str_done(&s);
}

// --- what it stands on

static void equity_words_add_dates(struct str *s, const struct equity *q)
{
	const char *from = date_show(s->arena, q->from, q->from + 366);
	const char *until = date_show(s->arena, q->until, q->until + 366);
	str_printf(s, "%zu date%s, %s to %s", q->dates, q->dates == 1 ? "" : "s", from ? from : "",
	    until ? until : "");
}

char *equity_footer(struct arena *a, const struct equity *q, const struct chart_face *f)
{
	struct str s = STR_IN(a);
	const char *centre = equity_value(a, f, q->centre);
	equity_words_add_dates(&s, q);
	str_add(&s, "; smallest group first; ");
	if (q->shown > 1)
		str_printf(&s, "limits: 3 sigma around the mean of %s, %s; ",
		    q->small ? "the groups shown" : "all", centre ? centre : "");
	str_printf(&s, "intervals: 95 %%, %s.", q->type == CHART_P ? "Wilson" : "Byar");
	if (q->empty)
		str_printf(&s, " %zu group%s no data on these dates.", q->empty,
		    q->empty == 1 ? " has" : "s have");
	if (q->small)
		str_printf(&s, " %zu group%s counting fewer than %d %s not shown, and in no mean.",
		    q->small, q->small == 1 ? "" : "s", q->least, q->small == 1 ? "is" : "are");
	if (q->changing) {
		str_add(&s, " Compare with care: the own chart of ");
		equity_words_name_those(&s, q, equity_words_changing);
		str_add(&s, q->changing == 1 ? " shows a signal in these dates."
					     : " show signals in these dates.");
	}
	return centre ? str_done(&s) : NULL;
}

// --- the gap

char *equity_gap_words(
    struct arena *a, const struct equity *q, const struct chart_face *f, const struct equity_gap *g)
{
	const struct chart_gap *in = &g->in;
	if (g->of->in.empty || g->to->in.empty)
		return arena_printf(a,
		    "Gap between %s and %s: none; %s has no data on these dates.", g->of->name,
		    g->to->name, (g->of->in.empty ? g->of : g->to)->name);
	if (!g->known)
		return arena_printf(a, "Gap between %s and %s: not shown; %s counts fewer than %d.",
		    g->of->name, g->to->name, (g->of->in.small ? g->of : g->to)->name, q->least);
	const char *points = equity_words_number(a, f, in->difference),
		   *wide = equity_words_interval(a, f, in->difference_ci);
	const char *of = equity_words_counts(a, g->of), *to = equity_words_counts(a, g->to);
	const char *unit = q->type == CHART_P ? "percentage points" : f->unit;
	const char *ratio = isnan(in->ratio_ci.lower)
				? "not available"
				: arena_printf(a, "%.2f (%.2f to %.2f)", in->ratio,
				      in->ratio_ci.lower, in->ratio_ci.upper);
	if (!points || !wide || !of || !to || !ratio)
		return NULL;
	return arena_printf(a,
	    "Gap between %s (%s) and %s (%s): difference %s%s%s (95 %% interval %s, %s); ratio %s.",
	    g->of->name, of, g->to->name, to, points, str_empty(unit) ? "" : " ",
	    str_empty(unit) ? "" : unit, wide, q->type == CHART_P ? "Newcombe" : "Zou and Donner",
	    ratio);
}
