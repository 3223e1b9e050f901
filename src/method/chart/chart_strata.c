// SPDX-License-Identifier: MIT
// The charts of a measure's groups.
#include <plando/chart_measure.h>

// False: out of memory. What cannot be charted so is a chart without points.
static bool chart_strata_one(struct arena *a, const struct measure *m,
    const struct measure_series *series, enum chart_rules usual, struct chart *out, struct err *e)
{
	struct chart_source source;
	struct err why = { 0 };
	if (!chart_source(a, m, series, usual, &source, e))
		return false;
	if (chart_make(a, source.data, source.count, &source.options, out, NULL, &why))
		return true;
	*out = (struct chart){ 0 };
	return why.code == ERR_DATA || err_memory(e);
}

// Counts add up: the whole is not one of them in size.
static bool chart_strata_adds_up(const struct measure *m)
{
	return m->data == MEASURE_COUNT ||
	       (m->data == MEASURE_VALUE && m->aggregate == MEASURE_SUM);
}

bool chart_of_all(struct arena *a, const struct measure *m, enum chart_rules usual,
    const struct chart **out, struct err *e)
{
	struct chart *whole = arena_alloc(a, sizeof *whole);
	*out = NULL;
	if (!whole || !chart_strata_one(a, m, &m->whole, usual, whole, e))
		return err_memory(e);
	if (whole->enough && !chart_strata_adds_up(m))
		*out = whole;
	return true;
}

static const bool *chart_strata_unusual(
    struct arena *a, const struct measure *m, const struct chart *c)
{
	bool *out = arena_array(a, c->count + 1, sizeof *out);
	for (size_t i = 0; out && i < c->count; i++)
		out[i] = chart_unusual(m, (date_t)c->point[i].x);
	return out;
}

bool chart_strata_make(struct arena *a, const struct measure *m, enum chart_rules usual,
    struct chart_strata *out, struct err *e)
{
	struct chart *chart = arena_array(a, m->strata + 1, sizeof *chart);
	*out = (struct chart_strata){ .count = m->strata };
	out->part = arena_array(a, m->strata + 1, sizeof(void *));
	out->name = arena_array(a, m->strata + 1, sizeof *out->name);
	out->unusual = arena_array(a, m->strata + 1, sizeof *out->unusual);
	if (!chart || !out->part || !out->name || !out->unusual)
		return err_memory(e);
	for (size_t i = 0; i < m->strata; i++) {
		if (!chart_strata_one(a, m, &m->stratum[i], usual, &chart[i], e))
			return false;
		out->part[i] = &chart[i];
		out->name[i] = m->stratum[i].stratum;
		out->unusual[i] = chart_strata_unusual(a, m, &chart[i]);
		if (!out->unusual[i])
			return err_memory(e);
	}
	return chart_of_all(a, m, usual, &out->whole, e);
}
