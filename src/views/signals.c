// SPDX-License-Identifier: MIT
#include <plando/signals.h>

static void signals_count(const struct measure *m, const struct chart *c, struct signals *out)
{
	static const int TYPE[] = { [MEASURE_UNTYPED] = BOARD_MEASURES,
		[MEASURE_OUTCOME] = BOARD_OUTCOME,
		[MEASURE_PROCESS] = BOARD_PROCESS,
		[MEASURE_BALANCING] = BOARD_BALANCING };
	bool improving = c->enough && c->signal && c->meaning == CHART_IMPROVEMENT;
	if (!c->enough)
		out->few++;
	else if (!c->signal)
		out->common++;
	else if (improving)
		out->improvement++;
	else if (c->meaning == CHART_CONCERN)
		out->concern++;
	else
		out->change++;
	if (improving && TYPE[m->type] < BOARD_MEASURES)
		out->improving[TYPE[m->type]]++;
}

// What cannot be charted as it is asked for is counted with those that cannot be told.
static bool signals_measure_count(struct arena *a, const struct measure *m, enum chart_rules usual,
    struct signals *out, struct err *e)
{
	struct chart_source source;
	struct chart chart;
	struct err own = { 0 };
	if (!chart_source(a, m, &m->whole, usual, &source, e))
		return false;
	if (chart_make(a, source.data, source.count, &source.options, &chart, NULL, &own))
		signals_count(m, &chart, out);
	else if (own.code == ERR_DATA)
		out->few++;
	else
		return err_set(e, own.code, "%s", own.text);
	return true;
}

bool signals_load(struct store *s, struct arena *a, const struct id *team, enum chart_rules usual,
    struct signals *out, struct err *e)
{
	struct measures all;
	struct arena_mark mark = arena_mark(a);
	*out = (struct signals){ 0 };
	bool good = measures_load(s, a, team, store_today(s), &all, e);
	for (size_t i = 0; good && i < all.count; i++) {
		struct arena_mark one = arena_mark(a);
		good = signals_measure_count(a, &all.item[i], usual, out, e);
		arena_release(a, one);
	}
	out->measures = good ? all.count : 0;
	arena_release(a, mark);
	return good;
}
