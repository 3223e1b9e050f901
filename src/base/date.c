// SPDX-License-Identifier: MIT
#include <plando/date.h>

#include <stdio.h>
#include <string.h>

enum { DAYS_400 = 146097, DAY_MS = 86400000 };

static bool date_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return days[month - 1] + (month == 2 && date_leap(year));
}

// Days from 1 January of year 1 to 1 January of `year`, years before 1 included.
static int64_t date_days_before_year(int64_t year)
{
	int64_t y = year - 1, eras = y >= 0 ? y / 400 : (y - 399) / 400;
	y -= eras * 400;
	return eras * DAYS_400 + y * 365 + y / 4 - y / 100;
}

enum { EPOCH = 719162 }; // days from 1 January of year 1 to 1 January 1970

date_t date_from_civil(struct civil c)
{
	int64_t days = date_days_before_year(c.year) - EPOCH + c.day - 1;
	for (int m = 1; m < c.month; m++)
		days += date_month_days(c.year, m);
	return (date_t)days;
}

struct civil date_to_civil(date_t d)
{
	int64_t days = (int64_t)d + EPOCH;
	int64_t year = days * 400 / DAYS_400; // within one of it, either way
	while (date_days_before_year(year + 1) <= days)
		year++;
	while (date_days_before_year(year) > days)
		year--;
	struct civil c = { .year = (int)year, .month = 1 };
	int left = (int)(days - date_days_before_year(year));
	while (left >= date_month_days(c.year, c.month))
		left -= date_month_days(c.year, c.month++);
	c.day = left + 1;
	return c;
}

int date_weekday(date_t d)
{
	return (int)((((int64_t)d + 3) % 7 + 7) % 7); // 1 January 1970 was a Thursday
}

date_t date_add_months(date_t d, int months)
{
	struct civil c = date_to_civil(d);
	int64_t month = (int64_t)c.year * 12 + c.month - 1 + months;
	int64_t year = month >= 0 ? month / 12 : (month - 11) / 12;
	c.year = (int)year;
	c.month = (int)(month - year * 12) + 1;
	int last = date_month_days(c.year, c.month);
	c.day = c.day < last ? c.day : last;
	return date_from_civil(c);
}

// Exactly n digits; moves *text past them.
static bool date_digits(const char **text, int n, int *out)
{
	*out = 0;
	for (int i = 0; i < n; i++, (*text)++) {
		if (**text < '0' || **text > '9')
			return false;
		*out = *out * 10 + (**text - '0');
	}
	return true;
}

static bool date_skip(const char **text, char c)
{
	return **text == c && (*text)++;
}

static bool date_civil_read(const char **text, struct civil *c)
{
	return date_digits(text, 4, &c->year) && date_skip(text, '-') &&
	       date_digits(text, 2, &c->month) && date_skip(text, '-') &&
	       date_digits(text, 2, &c->day) && c->year >= 1 && c->month >= 1 && c->month <= 12 &&
	       c->day >= 1 && c->day <= date_month_days(c->year, c->month);
}

bool date_parse_iso(const char *text, date_t *out)
{
	struct civil c;
	if (!date_civil_read(&text, &c) || *text)
		return false;
	*out = date_from_civil(c);
	return true;
}

void date_print_iso(date_t d, char out[DATE_TEXT])
{
	struct civil c = date_to_civil(d);
	c.year = c.year < 0 ? 0 : c.year > 9999 ? 9999 : c.year;
	snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)c.year, (unsigned)c.month % 100,
	    (unsigned)c.day % 100);
}

const char *date_month_name(int month)
{
	static const char *const NAME[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	return NAME[month - 1];
}

char *date_show(struct arena *a, date_t d, date_t today)
{
	struct civil c = date_to_civil(d);
	const char *month = date_month_name(c.month);
	if (c.year == date_to_civil(today).year)
		return arena_printf(a, "%d %s", c.day, month);
	return arena_printf(a, "%d %s %d", c.day, month, c.year);
}

enum { TWO_MONTHS = 63, TWO_YEARS = 730 };

char *date_ago(struct arena *a, date_t d, date_t today)
{
	int64_t days = (int64_t)today - d;
	if (days == 0)
		return arena_strdup(a, "today");
	if (days == 1 || days == -1)
		return arena_strdup(a, days == 1 ? "yesterday" : "tomorrow");
	const char *in = days < 0 ? "in " : "";
	int64_t n = days < 0 ? -days : days;
	if (n < 14)
		return arena_printf(a, "%s%d d", in, (int)n);
	if (n < TWO_MONTHS)
		return arena_printf(a, "%s%d wk", in, (int)(n / 7));
	if (n < TWO_YEARS)
		return arena_printf(a, "%s%d mo", in, (int)(n * 12 / 365));
	return arena_printf(a, "%s%d y", in, (int)(n * 4 / 1461));
}

// "Z", "+01:00"; *minutes is what to take off to reach UTC.
static bool date_zone_read(const char **text, int *minutes)
{
	*minutes = 0;
	if (date_skip(text, 'Z') || date_skip(text, 'z'))
		return true;
	int sign = **text == '-' ? -1 : 1, hour, minute;
	if (!date_skip(text, '+') && !date_skip(text, '-'))
		return false;
	if (!date_digits(text, 2, &hour) || !date_skip(text, ':') ||
	    !date_digits(text, 2, &minute) || hour > 23 || minute > 59)
		return false;
	*minutes = sign * (hour * 60 + minute);
	return true;
}

// ".123": *ms gets the first three digits, the rest is dropped.
static bool date_fraction_read(const char **text, int *ms)
{
	*ms = 0;
	if (!date_skip(text, '.'))
		return true;
	int n = 0;
	for (; **text >= '0' && **text <= '9'; n++, (*text)++)
		if (n < 3)
			*ms = *ms * 10 + (**text - '0');
	for (int i = n; i < 3; i++)
		*ms *= 10;
	return n > 0;
}

bool moment_parse(const char *text, int64_t *ms)
{
	struct civil c;
	int hour = 0, minute = 0, second = 0, fraction = 0, zone = 0;
	if (!date_civil_read(&text, &c))
		return false;
	if (*text) {
		if (!date_skip(&text, 'T') && !date_skip(&text, 't') && !date_skip(&text, ' '))
			return false;
		if (!date_digits(&text, 2, &hour) || !date_skip(&text, ':') ||
		    !date_digits(&text, 2, &minute) || !date_skip(&text, ':') ||
		    !date_digits(&text, 2, &second) || !date_fraction_read(&text, &fraction) ||
		    !date_zone_read(&text, &zone) || *text)
			return false;
	}
	if (hour > 23 || minute > 59 || second > 60) // 60: a leap second
		return false;
	int64_t seconds = ((int64_t)hour * 60 + minute - zone) * 60 + second;
	*ms = (int64_t)date_from_civil(c) * DAY_MS + seconds * 1000 + fraction;
	return true;
}

static int64_t date_floor_div(int64_t n, int64_t by)
{
	return n / by - (n % by < 0);
}

void moment_print(int64_t ms, char out[MOMENT_TEXT])
{
	static const int64_t first = -62167219200000, last = 253402300799000; // years 0 and 9999
	ms = ms < first ? first : ms > last ? last : ms;
	int64_t day = date_floor_div(ms, DAY_MS);
	struct civil c = date_to_civil((date_t)day);
	unsigned second = (unsigned)((ms - day * DAY_MS) / 1000);
	snprintf(out, MOMENT_TEXT, "%04u-%02u-%02uT%02u:%02u:%02uZ", (unsigned)c.year % 10000,
	    (unsigned)c.month % 100, (unsigned)c.day % 100, second / 3600, second / 60 % 60,
	    second % 60);
}

date_t moment_date(int64_t ms, int utc_offset_minutes)
{
	static const int64_t most = INT64_MAX / 2;
	enum { FIRST = -EPOCH, LAST = 2932896 }; // 1 January of year 1, 31 December 9999
	ms = ms > most ? most : ms < -most ? -most : ms;
	int64_t day = date_floor_div(ms + (int64_t)utc_offset_minutes * 60000, DAY_MS);
	return day > LAST ? LAST : day < FIRST ? FIRST : (date_t)day;
}
