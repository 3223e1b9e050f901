// SPDX-License-Identifier: MIT
#include <plando/period.h>

#include <string.h>

enum { EPOCH_MONDAY = 4, HABIT_POINTS = 12, DAYS_MOST = 93 };

const char *const PERIOD_NAME[PERIOD_KINDS] = { "day", "week", "fortnight", "month", "quarter" };
const char *const PERIOD_EVERY[PERIOD_KINDS] = { "Every day", "Every week", "Every fortnight",
	"Every month", "Every quarter" };

// Days of a period that are always as many; of the others months.
static const int DAYS[PERIOD_KINDS] = { 1, 7, 14, 0, 0 };
static const int MONTHS_IN[PERIOD_KINDS] = { 0, 0, 0, 1, 3 };

enum period_kind period_kind_of(int interval_days)
{
	return interval_days <= 1    ? PERIOD_DAY
	       : interval_days <= 7  ? PERIOD_WEEK
	       : interval_days <= 14 ? PERIOD_FORTNIGHT
	       : interval_days <= 31 ? PERIOD_MONTH
				     : PERIOD_QUARTER;
}

static int period_floor_divide(int n, int by)
{
	return n >= 0 ? n / by : -((by - 1 - n) / by);
}

int period_of(enum period_kind kind, date_t day)
{
	if (kind == PERIOD_DAY)
		return day;
	if (DAYS[kind])
		return period_floor_divide(day - EPOCH_MONDAY, DAYS[kind]);
	struct civil c = date_to_civil(day);
	return (c.year * 12 + c.month - 1) / MONTHS_IN[kind];
}

date_t period_first(enum period_kind kind, int period)
{
	if (kind == PERIOD_DAY)
		return period;
	if (DAYS[kind])
		return period * DAYS[kind] + EPOCH_MONDAY;
	int month = period * MONTHS_IN[kind];
	return date_from_civil((struct civil){ month / 12, month % 12 + 1, 1 });
}

date_t period_last(enum period_kind kind, int period)
{
	return period_first(kind, period + 1) - 1;
}

// --- in words

// "19 Oct 2026", whatever today's year is.
static char *period_day_show(struct arena *a, date_t day)
{
	return date_show(a, day, day + 400);
}

// "Oct 2026"
static const char *period_month_show(struct arena *a, date_t first)
{
	const char *text = period_day_show(a, first);
	return text ? strchr(text, ' ') + 1 : NULL;
}

static char *period_quarter_show(struct arena *a, date_t first, const char *year)
{
	const char *from = period_month_show(a, first),
		   *to = period_month_show(a, date_add_months(first, 2));
	return from && to ? arena_printf(a, "%.3s–%.3s %s", from, to, year) : NULL;
}

char *period_show(struct arena *a, enum period_kind kind, int period)
{
	date_t first = period_first(kind, period);
	const char *month = period_month_show(a, first), *day = period_day_show(a, first);
	if (!month || !day)
		return NULL;
	switch (kind) {
	case PERIOD_MONTH: return arena_strdup(a, month);
	case PERIOD_QUARTER: return period_quarter_show(a, first, month + 4);
	case PERIOD_WEEK:
	case PERIOD_FORTNIGHT: return arena_printf(a, "%s of %s", PERIOD_NAME[kind], day);
	case PERIOD_DAY:
	case PERIOD_KINDS: break;
	}
	return arena_strdup(a, day);
}

char *period_head(struct arena *a, enum period_kind kind, int period)
{
	date_t first = period_first(kind, period);
	const char *month = period_month_show(a, first), *day = period_day_show(a, first);
	if (!month || !day)
		return NULL;
	size_t year = strlen(month) - 2;
	if (kind == PERIOD_MONTH)
		return arena_strdup(a, month);
	if (kind == PERIOD_QUARTER)
		return period_quarter_show(a, first, month + year);
	return arena_printf(a, "%.*s %s", (int)(strlen(day) - 5), day, month + year);
}

// --- habits

static int period_commonest(const int *count, int *days)
{
	int most = 0;
	for (int i = 0; i < DAYS_MOST; i++)
		if (count[i] > most) {
			most = count[i];
			*days = i;
		}
	return most;
}

struct period_habit period_habit(enum period_kind kind, const date_t day[], size_t count)
{
	int first[DAYS_MOST] = { 0 }, last[DAYS_MOST] = { 0 }, from_first = 0, from_last = 0;
	size_t from = count > HABIT_POINTS ? count - HABIT_POINTS : 0;
	struct period_habit h = { .points = count - from };
	for (size_t i = from; i < count; i++) {
		int period = period_of(kind, day[i]);
		first[day[i] - period_first(kind, period)]++;
		last[period_last(kind, period) - day[i]]++;
	}
	int begin = period_commonest(first, &from_first), end = period_commonest(last, &from_last);
	h.from_last = end > begin || (end == begin && from_last < from_first);
	h.days = h.from_last ? from_last : from_first;
	return h;
}

date_t period_day(enum period_kind kind, int period, const struct period_habit *habit)
{
	date_t first = period_first(kind, period), last = period_last(kind, period);
	date_t day = habit->from_last ? last - habit->days : first + habit->days;
	return day < first ? first : day > last ? last : day;
}

char *period_habit_show(struct arena *a, enum period_kind kind, const struct period_habit *habit)
{
	static const char *const WEEKDAY[] = { "Monday", "Tuesday", "Wednesday", "Thursday",
		"Friday", "Saturday", "Sunday" };
	const char *name = PERIOD_NAME[kind];
	if (kind == PERIOD_WEEK)
		return arena_strdup(a, WEEKDAY[period_day(kind, 0, habit) - period_first(kind, 0)]);
	if (habit->days == 0)
		return arena_printf(
		    a, "the %s day of the %s", habit->from_last ? "last" : "first", name);
	if (habit->from_last && habit->days == 1)
		return arena_printf(a, "the last day but one of the %s", name);
	if (habit->from_last)
		return arena_printf(a, "%d days before the end of the %s", habit->days, name);
	return arena_printf(a, "day %d of the %s", habit->days + 1, name);
}
