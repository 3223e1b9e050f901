// SPDX-License-Identifier: MIT
#include "tui/loop/when.h"

enum { WEEK = 7 };

const char *when_told(const struct app *app, int64_t ms, struct arena *a)
{
	static const char *const DAYS[WEEK] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	date_t today = store_today(app->store), day = env_date(app->env, ms);
	const char *clock = app_clock(app, ms, a), *told = clock;
	if (day > today || today - day >= WEEK)
		told = date_show(a, day, today);
	else if (day != today)
		told = arena_printf(a, "%s %s", DAYS[date_weekday(day)], clock);
	return told ? told : "";
}
