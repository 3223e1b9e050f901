// SPDX-License-Identifier: MIT
#include <plando/chart_measure.h>

#include "method/query.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <math.h>
#include <stdlib.h>

bool chart_rules_load(struct store *s, enum chart_rules *out, struct err *e)
{
	struct err own = { 0 };
	*out = CHART_ANHOEJ;
	struct ask *q = db_ask(s->db, "SELECT rules FROM collaborative WHERE rules IS NOT NULL", e);
	if (!q)
		return false;
	if (ask_step(q, &own))
		chart_rules_of(col_text(q, 0), out);
	return ask_end(q, &own, e);
}

// --- the series

static double chart_measure_times_of(const struct measure *m)
{
	if (m->data == MEASURE_PERCENT)
		return 100;
	return m->data == MEASURE_RATE ? decimal_real(m->per) : 1;
}

static bool chart_measure_has_denominators(const struct measure_series *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (!isnan(s->point[i].denominator))
			return true;
	return false;
}

// A value that stands beside fractions is divided first, since all is multiplied in the end.
static struct chart_datum chart_measure_datum_of(const struct measure_point *p, double times)
{
	struct chart_datum d = { .x = p->date, .y = NAN, .n = NAN, .sd = NAN };
	d.excluded = p->excluded_why != NULL;
	switch (p->state) {
	case POINT_GOOD:
		d.ready = times != 0 && isnan(p->denominator);
		d.y = isnan(p->denominator) ? p->y / (times != 0 ? times : 1) : p->numerator;
		d.n = p->denominator;
		break;
	case POINT_NONE_SEEN:
	case POINT_IMPOSSIBLE:
		d.y = p->numerator;
		d.n = p->denominator;
		break;
	case POINT_EMPTY:
	case POINT_HALF:
	case POINT_LONG:
	case POINT_ASK:
	case POINT_STATES: break;
	}
	return d;
}

enum chart_type chart_type_for(const struct measure *m, enum chart_rules rules)
{
	bool counted = chart_measure_has_denominators(&m->whole);
	if (rules == CHART_MDC)
		return CHART_I;
	switch (m->data) {
	case MEASURE_PERCENT: return counted ? CHART_P : CHART_I;
	case MEASURE_RATE: return counted ? CHART_U : CHART_I;
	case MEASURE_COUNT: return CHART_C;
	case MEASURE_TIME_BETWEEN: return CHART_T;
	case MEASURE_VALUE: break;
	}
	return CHART_I;
}

static void chart_measure_options_of(const struct measure *m, const struct measure_series *series,
    enum chart_rules usual, struct chart_options *o)
{
	static const enum chart_aggregate TOGETHER[] = { [MEASURE_RULE_UNSAID] = CHART_USUAL,
		[MEASURE_MEAN] = CHART_MEAN,
		[MEASURE_SUM] = CHART_SUM,
		[MEASURE_MEDIAN] = CHART_MEDIAN,
		[MEASURE_EACH] = CHART_EACH };
	*o = chart_defaults();
	o->rules = usual;
	chart_rules_of(m->rules, &o->rules);
	chart_type_of(m->chart, &o->type);
	if (o->type == CHART_RUN && (o->rules == CHART_MDC || o->rules == CHART_SHEWHART))
		o->type = chart_type_for(m, o->rules);
	o->direction = m->way == MEASURE_UP	? CHART_UP_IS_GOOD
		       : m->way == MEASURE_DOWN ? CHART_DOWN_IS_GOOD
						: CHART_NEITHER;
	o->target = m->has_goal ? decimal_real(m->goal) : NAN;
	o->baseline = m->has_baseline_end ? CHART_UNTIL : CHART_AUTO;
	o->baseline_until = m->has_baseline_end ? m->baseline_end : 0;
	o->aggregate = measure_each(m) ? CHART_EACH : TOGETHER[m->aggregate];
	o->run_length = (int)strtol(m->run_length, NULL, 10);
	o->unscreened = str_equal(m->screening, "no");
	o->until = m->on;
	o->multiply = chart_measure_has_denominators(series) ? chart_measure_times_of(m) : 1;
}

bool chart_due_of(struct arena *a, const struct measure *m, struct chart_datum **data,
    size_t *count, struct err *e)
{
	if (!m->interval_said || measure_each(m))
		return true;
	return chart_due_fill(a, period_kind_of(m->interval_days), m->on, data, count, e);
}

bool chart_source(struct arena *a, const struct measure *m, const struct measure_series *series,
    enum chart_rules usual, struct chart_source *out, struct err *e)
{
	size_t points = series->count + series->ahead;
	*out = (struct chart_source){ .series = series, .count = points };
	chart_measure_options_of(m, series, usual, &out->options);
	out->data = arena_array(a, points + 1, sizeof *out->data);
	out->phase_at = arena_array(a, m->marks + 1, sizeof *out->phase_at);
	if (!out->data || !out->phase_at)
		return err_memory(e);
	double times = chart_measure_has_denominators(series) ? out->options.multiply : 0;
	for (size_t i = 0; i < points; i++)
		out->data[i] = chart_measure_datum_of(&series->point[i], times);
	for (size_t i = 0; i < m->marks; i++)
		if (str_equal(m->mark[i].type, "phase"))
			out->phase_at[out->options.phase_ats++] = m->mark[i].date;
	out->options.phase_at = out->phase_at;
	return chart_due_of(a, m, &out->data, &out->count, e);
}

// --- marks

static const struct measure_mark *chart_measure_mark_on(
    const struct measure *m, const char *type, date_t day)
{
	for (size_t i = 0; i < m->marks; i++)
		if (m->mark[i].date == day && str_equal(m->mark[i].type, type))
			return &m->mark[i];
	return NULL;
}

bool chart_unusual(const struct measure *m, date_t day)
{
	return chart_measure_mark_on(m, "unusual", day) != NULL;
}

const char *chart_phase_why(const struct measure *m, date_t day)
{
	const struct measure_mark *mark = chart_measure_mark_on(m, "phase", day);
	return mark ? mark->text : "";
}

static int chart_measure_by_date(const void *a, const void *b)
{
	const struct chart_note *p = a, *q = b;
	if (p->date != q->date)
		return p->date < q->date ? -1 : 1;
	return id_compare(&p->id, &q->id);
}

static bool chart_measure_cycles_load(struct store *s, struct arena *a, const struct measure *m,
    date_t on, struct chart_notes *out, size_t *cap, struct err *e)
{
	struct err own = { 0 };
	char id[ID_TEXT], day[DATE_TEXT];
	struct ask *q = query_team(s->db, a,
	    "SELECT id, do_start, coalesce(title, objective, 'PDSA cycle ' || "
	    "coalesce(cycle_no,'')) FROM pdsa"
	    " WHERE team=?1 AND do_start<=?2 AND (measure=?3 OR measure IS NULL)"
	    " AND (archived IS NULL OR archived>?2)",
	    &m->team, e);
	if (!q)
		return false;
	id_print(&m->id, id);
	date_print_iso(on, day);
	ask_text(q, 2, day);
	ask_text(q, 3, id);
	while (!own.code && ask_step(q, &own)) {
		struct chart_note n = { .id = query_id(q, 0), .cycle = true, .type = "pdsa" };
		if (!date_parse_iso(query_text(q, 1, a, &own), &n.date))
			continue;
		n.text = query_text(q, 2, a, &own);
		if (!arena_grow(a, (void **)&out->note, out->count, cap, sizeof *out->note))
			err_memory(&own);
		else
			out->note[out->count++] = n;
	}
	return ask_end(q, &own, e);
}

bool chart_notes_load(struct store *s, struct arena *a, const struct measure *m, date_t on,
    struct chart_notes *out, struct err *e)
{
	size_t cap = 0;
	*out = (struct chart_notes){ 0 };
	for (size_t i = 0; i < m->marks; i++) {
		const struct measure_mark *k = &m->mark[i];
		if (!arena_grow(a, (void **)&out->note, out->count, &cap, sizeof *out->note))
			return err_memory(e);
		out->note[out->count++] = (struct chart_note){
			.id = k->id, .date = k->date, .text = k->text, .type = k->type
		};
	}
	if (!chart_measure_cycles_load(s, a, m, on, out, &cap, e))
		return false;
	if (out->count)
		qsort(out->note, out->count, sizeof *out->note, chart_measure_by_date);
	return true;
}
