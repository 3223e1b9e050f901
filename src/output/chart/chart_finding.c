// SPDX-License-Identifier: MIT
// What a chart found, in a sentence: verdict, count, side and dates of one signal, then what else
// there is, each with its own.
#include <plando/chart_words.h>

#include <plando/str.h>

#include <math.h>

// What a sentence is made from.
struct chart_finding_finding {
	struct str text;
	const struct chart *c;
	const struct chart_face *f;
	const struct chart_phase *ph; // the last
	bool failed;		      // out of memory
};

static const char *finding_side(int side)
{
	return side > 0 ? "above" : "below";
}

static const char *finding_when(struct chart_finding_finding *s, size_t point)
{
	const char *when = chart_when(s->text.arena, s->c, s->f, s->c->point[point].x);
	s->failed |= !when;
	return when ? when : "";
}

static bool finding_counts(const struct chart_point *p)
{
	return p->missing == CHART_THERE && !p->excluded;
}

// Nothing has come after it that would have belonged to it.
static bool finding_goes_on(const struct chart *c, const struct chart_found *f)
{
	for (size_t i = f->to + 1; i < c->count; i++)
		if (finding_counts(&c->point[i]) &&
		    (c->point[i].side || f->kind == CHART_FOUND_TREND))
			return false;
	return true;
}

// --- one signal

static void finding_add_crossings(struct chart_finding_finding *s)
{
	const struct chart_phase *ph = s->ph;
	str_printf(&s->text, "the %s is crossed ", chart_centre_name(s->c));
	if (ph->crossings > 1)
		str_printf(&s->text, "%d times", ph->crossings);
	else
		str_add(&s->text, ph->crossings ? "once" : "never");
	str_printf(&s->text, " (%d or more expected)", ph->crossings_limit);
}

static void finding_add_outside(struct chart_finding_finding *s, const struct chart_found *f)
{
	if (s->c->rules != CHART_MDC)
		str_printf(&s->text, "%d point%s %s the limits", f->count, f->count == 1 ? "" : "s",
		    finding_side(f->side));
	else if (f->count == 1)
		str_printf(&s->text, "the last point lies %s the limits", finding_side(f->side));
	else
		str_printf(&s->text, "the last %d points lie %s the limits", f->count,
		    finding_side(f->side));
}

// line: "the median", or "it" where that was named before.
static void finding_add(
    struct chart_finding_finding *s, const struct chart_found *f, const char *line)
{
	switch (f->kind) {
	case CHART_FOUND_RUN:
	case CHART_FOUND_SHIFT:
		str_printf(
		    &s->text, "%d points in a row %s %s", f->count, finding_side(f->side), line);
		break;
	case CHART_FOUND_TREND:
		str_printf(
		    &s->text, "%d points in a row going %s", f->count, f->side > 0 ? "up" : "down");
		break;
	case CHART_FOUND_OUTSIDE: finding_add_outside(s, f); break;
	case CHART_FOUND_TWO:
		str_printf(&s->text, "two of three points %s %s and near the limit",
		    finding_side(f->side), line);
		break;
	case CHART_FOUND_CROSSINGS: finding_add_crossings(s); break;
	case CHART_FOUND_RUNS:
		str_printf(&s->text, "%d runs (%d to %d expected)", s->ph->runs, s->ph->runs_low,
		    s->ph->runs_high);
		break;
	}
}

// What makes it one: "(8 or fewer expected)".
static void finding_add_measure(struct chart_finding_finding *s, const struct chart_found *f)
{
	const struct chart *c = s->c;
	if (f->kind == CHART_FOUND_RUN)
		str_printf(&s->text, " (%d or fewer expected)", s->ph->longest_limit);
	else if (f->kind == CHART_FOUND_SHIFT)
		str_printf(&s->text, " (%d or more are a shift)", c->shift_length);
	else if (f->kind == CHART_FOUND_TREND)
		str_printf(&s->text, " (%d or more are a trend)", c->trend_length);
}

static bool finding_dated(const struct chart_found *f)
{
	return f->side && f->kind != CHART_FOUND_OUTSIDE;
}

// --- what else there is

static void finding_add_other(
    struct chart_finding_finding *s, const struct chart_found *f, const char *line)
{
	str_add(&s->text, "; ");
	finding_add(s, f, line);
	if (finding_dated(f) && finding_goes_on(s->c, f))
		str_printf(&s->text, " since %s", finding_when(s, f->from));
	else if (finding_dated(f))
		str_printf(&s->text, " until %s", finding_when(s, f->to));
}

// Of one kind and side the newest; what is over and on the side of the verdict says no more.
static bool finding_is_last(const struct chart *c, size_t at)
{
	for (size_t i = at + 1; i < c->founds; i++)
		if (c->found[i].kind == c->found[at].kind && c->found[i].side == c->found[at].side)
			return false;
	return true;
}

static void finding_add_others(struct chart_finding_finding *s, const char *line)
{
	const struct chart *c = s->c;
	const struct chart_found *said = &c->found[c->said];
	for (size_t i = 0; i < c->founds; i++) {
		const struct chart_found *f = &c->found[i];
		bool same = f->kind == said->kind && f->side == said->side;
		bool old = f->side == said->side && finding_dated(f) && !finding_goes_on(c, f);
		if (i != c->said && !same && !old && finding_is_last(c, i))
			finding_add_other(s, f, line);
	}
}

// --- with and without a signal

static void finding_say_signal(struct chart_finding_finding *s)
{
	static const char *const SAYS[] = { "No signal", "Improvement signal", "Concern signal",
		"Signal of a change", "Signal, direction unclear" };
	const struct chart *c = s->c;
	const struct chart_found *said = &c->found[c->said];
	const char *line = chart_centre_name(c);
	const char *the = arena_printf(s->text.arena, "the %s", line);
	bool named = said->kind != CHART_FOUND_OUTSIDE && said->kind != CHART_FOUND_TREND &&
		     said->kind != CHART_FOUND_RUNS;
	s->failed |= !the;
	str_printf(&s->text, "%s since %s%s: ", SAYS[c->meaning], s->f->numbers ? "point " : "",
	    finding_when(s, said->from));
	finding_add(s, said, the ? the : "");
	finding_add_measure(s, said);
	if (finding_dated(said) && !finding_goes_on(c, said))
		str_printf(&s->text, ", until %s", finding_when(s, said->to));
	finding_add_others(s, named ? "it" : the ? the : "");
}

// The points at the end that are a signal as soon as there is one more. Making Data Count's runs
// are broken by what is missing or on the line, others' are not.
static struct chart_found finding_near_end(const struct chart *c, const struct chart_phase *ph)
{
	struct chart_found f = { 0 };
	bool mdc = c->rules == CHART_MDC;
	for (size_t i = ph->to; i-- > ph->from;) {
		const struct chart_point *p = &c->point[i];
		bool passes = p->excluded || (!mdc && (p->missing || !p->side));
		if (passes)
			continue;
		if (p->missing || !p->side || (f.count && p->side != f.side))
			break;
		f.to = f.count ? f.to : i;
		f.from = i;
		f.side = p->side;
		f.count++;
	}
	return f;
}

// A run that lacks one point: by Anhøj's rules wherever it lies, by others' while it goes on.
static bool finding_near_miss(
    const struct chart *c, const struct chart_phase *ph, struct chart_found *out)
{
	bool useful = c->useful >= CHART_LEAST && ph->longest >= 0;
	if (c->rules == CHART_ANHOEJ && useful) {
		*out = chart_longest_run(c, ph, 0);
		return out->count == ph->longest_limit;
	}
	*out = finding_near_end(c, ph);
	return ((c->rules == CHART_IHI && useful) || c->rules == CHART_MDC) &&
	       out->count == c->shift_length - 1;
}

static void finding_say_none(struct chart_finding_finding *s)
{
	const struct chart *c = s->c;
	struct chart_found near;
	const char *line = chart_centre_name(c);
	const char *value = chart_line_value(s->text.arena, c, s->f, s->ph->centre);
	s->failed |= !value;
	value = value ? value : "";
	if (!finding_near_miss(c, s->ph, &near)) {
		str_printf(&s->text,
		    chart_limits_only(c->type) ? "No signal: no point beyond the limits"
					       : "No signal: the points vary by chance around the "
						 "%s of %s",
		    line, value);
		return;
	}
	bool on = finding_goes_on(c, &near);
	str_printf(&s->text,
	    "No signal: %d points in a row %s the %s of %s %s %s, %d would %s a "
	    "signal",
	    near.count, finding_side(near.side), line, value, on ? "since" : "until",
	    finding_when(s, on ? near.from : near.to), near.count + 1, on ? "be" : "have been");
}

char *chart_needed(struct arena *a, const struct chart *c)
{
	struct str s = STR_IN(a);
	const struct chart_phase *ph = &c->phase[c->phases - 1];
	bool limits = chart_has_limits(c->type);
	size_t more = CHART_LEAST - (limits ? ph->points : c->useful);
	str_printf(&s, "%zu more point%s", more, more == 1 ? "" : "s");
	if (!limits && ph->points > c->useful)
		str_printf(&s, " not on the %s %s", chart_centre_name(c), more == 1 ? "is" : "are");
	str_add(&s, " needed");
	return str_done(&s);
}

static void finding_say_few(struct chart_finding_finding *s)
{
	const char *needed = chart_needed(s->text.arena, s->c);
	s->failed |= !needed;
	str_printf(&s->text, "%s%s before a signal can be told", needed ? needed : "",
	    s->c->phases > 1 ? " in this phase" : "");
}

static double finding_any_value(const struct chart *c, const struct chart_phase *ph)
{
	double v = NAN;
	for (size_t i = ph->from; i < ph->to; i++)
		v = finding_counts(&c->point[i]) ? c->point[i].y : v;
	return v;
}

static bool finding_any_point(const struct chart *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->point[i].missing == CHART_THERE)
			return true;
	return false;
}

char *chart_finding(struct arena *a, const struct chart *c, const struct chart_face *f)
{
	struct chart_finding_finding s = { STR_IN(a), c, f, &c->phase[c->phases - 1], false };
	if (!finding_any_point(c))
		return arena_strdup(a, "No data points yet");
	if (!c->enough)
		finding_say_few(&s);
	else if (c->signal)
		finding_say_signal(&s);
	else if (s.ph->flat && s.ph->points) {
		const char *value = chart_line_value(a, c, f, finding_any_value(c, s.ph));
		s.failed |= !value;
		str_printf(&s.text, "No variation: every point is %s", value ? value : "");
	} else
		finding_say_none(&s);
	char *text = str_done(&s.text);
	return s.failed ? NULL : text;
}

const char *chart_sign(const struct chart *c, bool ascii)
{
	static const char *const SIGN[][2] = { { "·", "." }, { "▲", "^" }, { "▼", "v" },
		{ "◆", "+" }, { "◆", "+" } };
	if (!c->enough)
		return ascii ? "~" : "…";
	return SIGN[c->signal ? c->meaning : CHART_ORDINARY][ascii];
}
