// SPDX-License-Identifier: MIT
#include "method/chart/chart_parts.h"

#include <plando/str.h>

#include <math.h>

const struct chart_name CHART_TYPE[CHART_TYPES] = {
	[CHART_RUN] = { "run", "Run chart" },
	[CHART_I] = { "i", "I chart" },
	[CHART_MR] = { "mr", "MR chart" },
	[CHART_P] = { "p", "P chart" },
	[CHART_PP] = { "pp", "P′ chart" },
	[CHART_U] = { "u", "U chart" },
	[CHART_UP] = { "up", "U′ chart" },
	[CHART_C] = { "c", "C chart" },
	[CHART_G] = { "g", "G chart" },
	[CHART_T] = { "t", "T chart" },
	[CHART_XBAR] = { "xbar", "X̄ chart" },
	[CHART_S] = { "s", "S chart" },
	[CHART_IP] = { "ip", "I′ chart" },
};

const struct chart_name CHART_RULE[CHART_RULES] = {
	[CHART_ANHOEJ] = { "anhoej", "Anhøj" },
	[CHART_IHI] = { "ihi", "IHI" },
	[CHART_MDC] = { "mdc", "Making Data Count" },
	[CHART_SHEWHART] = { "shewhart", "Shewhart" },
};

static bool chart_named(
    const struct chart_name *table, unsigned count, const char *id, unsigned *out)
{
	for (unsigned i = 0; i < count; i++)
		if (str_equal(table[i].id, id)) {
			*out = i;
			return true;
		}
	return false;
}

bool chart_type_of(const char *id, enum chart_type *out)
{
	unsigned i;
	bool found = chart_named(CHART_TYPE, CHART_TYPES, id, &i);
	if (found)
		*out = (enum chart_type)i;
	return found;
}

bool chart_rules_of(const char *id, enum chart_rules *out)
{
	unsigned i;
	bool found = chart_named(CHART_RULE, CHART_RULES, id, &i);
	if (found)
		*out = (enum chart_rules)i;
	return found;
}

bool chart_has_limits(enum chart_type type)
{
	return type != CHART_RUN;
}

bool chart_wants_n(enum chart_type type)
{
	static const bool WANTS[CHART_TYPES] = { [CHART_P] = true,
		[CHART_PP] = true,
		[CHART_U] = true,
		[CHART_UP] = true,
		[CHART_IP] = true };
	return WANTS[type];
}

bool chart_limits_only(enum chart_type type)
{
	return type == CHART_MR || type == CHART_S;
}

struct chart_options chart_defaults(void)
{
	return (struct chart_options){
		.target = NAN, .centre = NAN, .multiply = 1, .until = INT64_MAX
	};
}

// --- all of it

static void chart_lengths(struct chart *c, const struct chart_options *o)
{
	bool mdc = o->rules == CHART_MDC;
	c->shift_length = o->run_length ? o->run_length : mdc ? 7 : 6;
	c->trend_length = o->trend_length ? o->trend_length : mdc ? c->shift_length : 5;
}

static void chart_multiply(struct chart *c)
{
	for (size_t k = 0; k < c->phases; k++)
		c->phase[k].centre *= c->multiply;
	for (size_t i = 0; i < c->count; i++) {
		struct chart_point *p = &c->point[i];
		double *const all[] = { &p->y, &p->centre, &p->lower, &p->upper, &p->lower2,
			&p->upper2 };
		for (size_t k = 0; k < sizeof all / sizeof *all; k++)
			*all[k] *= c->multiply;
	}
}

static bool chart_options_good(const struct chart_options *o, struct err *e)
{
	if (o->rules == CHART_MDC && !chart_has_limits(o->type))
		return err_set(e, ERR_DATA,
		    "the rules of Making Data Count need limits, and a run chart has none; take an "
		    "I chart, or other rules");
	if (o->rules == CHART_SHEWHART && !chart_has_limits(o->type))
		return err_set(e, ERR_DATA,
		    "Shewhart's rules need limits, and a run chart has none; take an I chart, or "
		    "other rules");
	return true;
}

bool chart_make(struct arena *a, const struct chart_datum *data, size_t count,
    const struct chart_options *o, struct chart *out, size_t *place, struct err *e)
{
	*out = (struct chart){ .type = o->type,
		.rules = o->rules,
		.direction = o->direction,
		.screened = !o->unscreened,
		.target = o->target,
		.multiply = o->multiply != 0 ? o->multiply : 1 };
	if (chart_limits_only(o->type)) {
		out->rules = CHART_SHEWHART;
		out->direction = CHART_NEITHER;
		out->target = NAN;
	}
	struct chart_work w = { .arena = a, .options = o, .chart = out };
	if (place)
		*place = SIZE_MAX;
	chart_lengths(out, o);
	if (!chart_options_good(o, e) || !chart_prepare(&w, data, count, place, e))
		return false;
	out->shift = arena_array(a, out->count + 1, sizeof *out->shift);
	if (!out->shift)
		return err_memory(e);
	for (size_t k = 0; k < out->phases; k++) {
		struct chart_phase *ph = &out->phase[k];
		chart_limits(&w, ph);
		chart_runs(&w, ph);
		chart_mark(&w, ph);
		if (!chart_limits_only(out->type) && !chart_ihi(&w, ph, e))
			return false;
		if (out->rules == CHART_MDC)
			chart_mdc(&w, ph);
	}
	if (!chart_find(&w, e))
		return false;
	chart_multiply(out);
	return true;
}
