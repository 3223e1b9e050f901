// SPDX-License-Identifier: MIT
#include <plando/chart.h>

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

static bool named(const struct chart_name *table, unsigned count, const char *id, unsigned *out)
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
	bool found = named(CHART_TYPE, CHART_TYPES, id, &i);
	if (found)
		*out = (enum chart_type)i;
	return found;
}

bool chart_rules_of(const char *id, enum chart_rules *out)
{
	unsigned i;
	bool found = named(CHART_RULE, CHART_RULES, id, &i);
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

struct chart_options chart_defaults(void)
{
	return (struct chart_options){ .target = NAN, .centre = NAN, .multiply = 1 };
}
