// SPDX-License-Identifier: MIT
#include <plando/axis_days.h>

#include <stdio.h>

enum axis_days_unit { DAYS, MONTHS };
static const struct pace {
	enum axis_days_unit unit;
	int each;
} PACES[] = { { DAYS, 1 }, { DAYS, 2 }, { DAYS, 7 }, { DAYS, 14 }, { MONTHS, 1 }, { MONTHS, 2 },
	{ MONTHS, 3 }, { MONTHS, 6 }, { MONTHS, 12 }, { MONTHS, 24 }, { MONTHS, 60 },
	{ MONTHS, 120 }, { MONTHS, 600 }, { MONTHS, 6000 } };
enum { PACE_COUNT = sizeof PACES / sizeof *PACES };

// The first tick at or after a day. Weeks are counted from `from` itself: there is its first point.
static date_t axis_days_first_tick(const struct pace *pace, date_t from)
{
	if (pace->unit == DAYS)
		return from;
	struct civil c = date_to_civil(from);
	int month = c.year * 12 + c.month - 1 + (c.day > 1);
	month += (pace->each - month % pace->each) % pace->each;
	return date_from_civil((struct civil){ month / 12, month % 12 + 1, 1 });
}

static date_t axis_days_next_tick(const struct pace *pace, date_t d)
{
	return pace->unit == DAYS ? d + pace->each : date_add_months(d, pace->each);
}

// At least.
static int64_t days_of(const struct pace *pace)
{
	return pace->unit == DAYS ? pace->each : (int64_t)pace->each * 28;
}

static size_t axis_days_ticks_of(const struct pace *pace, date_t from, date_t to, size_t most)
{
	size_t n = 0;
	for (date_t d = axis_days_first_tick(pace, from); d <= to && n <= most;
	     d = axis_days_next_tick(pace, d))
		n++;
	return n;
}

static void label_day(struct axis_tick *t, const struct pace *pace, struct civil c)
{
	if (pace->unit == DAYS)
		snprintf(t->label, sizeof t->label, "%d %s", c.day, date_month_name(c.month));
	else if (pace->each < 12)
		snprintf(t->label, sizeof t->label, "%s", date_month_name(c.month));
	else
		snprintf(t->label, sizeof t->label, "%d", c.year);
}

struct axis_ticks axis_days(struct arena *a, int64_t from, int64_t to, int64_t apart, size_t most)
{
	date_t first = (date_t)from, last = (date_t)to;
	size_t i = 0;
	while (i + 1 < PACE_COUNT && (days_of(&PACES[i]) < apart ||
					 axis_days_ticks_of(&PACES[i], first, last, most) > most))
		i++;
	const struct pace *pace = &PACES[i];
	struct axis_ticks out = { .tick = arena_array(a, most + 1, sizeof *out.tick) };
	int year = 0;
	date_t d = axis_days_first_tick(pace, first);
	if (d > last) { // no month begins among these days
		pace = &PACES[0];
		d = first;
	}
	for (; out.tick && d <= last && out.count < most; d = axis_days_next_tick(pace, d)) {
		struct civil c = date_to_civil(d);
		struct axis_tick *t = &out.tick[out.count++];
		t->at = d;
		label_day(t, pace, c);
		bool names_year = pace->unit == MONTHS && pace->each >= 12;
		t->year = c.year != year && !names_year ? c.year : 0;
		year = c.year;
	}
	return out;
}

struct axis_ticks axis_numbers(struct arena *a, int64_t from, int64_t to, size_t most)
{
	struct axis_ticks out = { .tick = arena_array(a, most + 1, sizeof *out.tick) };
	int64_t each = 1;
	for (int i = 0; (to - from) / each >= (int64_t)most && each < INT64_MAX / 10; i++)
		each = i % 3 == 1 ? each / 2 * 5 : each * 2; // 1, 2, 5, 10, 20 …
	int64_t at = from - from % each;
	for (at += at < from ? each : 0; out.tick && at <= to && out.count < most; at += each) {
		struct axis_tick *t = &out.tick[out.count++];
		t->at = at;
		snprintf(t->label, sizeof t->label, "%lld", (long long)at);
	}
	return out;
}
