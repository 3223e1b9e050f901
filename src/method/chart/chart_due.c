// SPDX-License-Identifier: MIT
// What was due and is absent stands on a chart as a missing value at its date, whatever door the
// data came in by: docs/charts.md, section 0.2.
#include <plando/chart_measure.h>

#include <math.h>
#include <stdlib.h>

// A longer gap is one missing value: a year mistyped must not make thousands.
enum { GAP_MOST = 120 };

struct due {
	enum period_kind kind;
	struct period_habit habit;
	bool weekday[7]; // of daily data: those on which there is ever a point
	int64_t until;
};

static int chart_due_by_day(const void *a, const void *b)
{
	date_t x = *(const date_t *)a, y = *(const date_t *)b;
	return (x > y) - (x < y);
}

// The days of the rows, in order.
static date_t *due_days(struct arena *a, const struct chart_datum *data, size_t count)
{
	date_t *day = arena_array(a, count + 1, sizeof *day);
	for (size_t i = 0; day && i < count; i++)
		day[i] = (date_t)data[i].x;
	if (day && count)
		qsort(day, count, sizeof *day, chart_due_by_day);
	return day;
}

static int due_weekday(date_t day)
{
	return (int)((day % 7 + 7) % 7);
}

// Absent periods between two days that follow each other; `to` NULL: they are counted only.
static size_t due_between(const struct due *d, date_t from, date_t next, struct chart_datum *to)
{
	int first = period_of(d->kind, from) + 1, end = period_of(d->kind, next);
	size_t n = 0;
	if (next > d->until)
		return 0;
	end = end - first > GAP_MOST ? first + 1 : end;
	for (int p = first; p < end; p++) {
		date_t day = period_day(d->kind, p, &d->habit);
		if (d->kind == PERIOD_DAY && !d->weekday[due_weekday(day)])
			continue;
		if (to)
			to[n] = (struct chart_datum){
				.x = day, .y = NAN, .n = NAN, .sd = NAN, .due = true
			};
		n++;
	}
	return n;
}

bool chart_due_fill(struct arena *a, enum period_kind kind, int64_t until,
    struct chart_datum **data, size_t *count, struct err *e)
{
	size_t n = *count, more = 0;
	struct due d = { .kind = kind, .until = until };
	date_t *day = due_days(a, *data, n);
	if (!day)
		return err_memory(e);
	d.habit = period_habit(kind, day, n);
	for (size_t i = 0; i < n; i++)
		d.weekday[due_weekday(day[i])] = true;
	for (size_t i = 1; i < n; i++)
		more += due_between(&d, day[i - 1], day[i], NULL);
	if (!more)
		return true;
	struct chart_datum *all = arena_array(a, n + more, sizeof *all);
	if (!all)
		return err_memory(e);
	for (size_t i = 0; i < n; i++)
		all[i] = (*data)[i];
	for (size_t i = 1; i < n; i++)
		*count += due_between(&d, day[i - 1], day[i], all + *count);
	*data = all;
	return true;
}
