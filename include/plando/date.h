// SPDX-License-Identifier: MIT
// Calendar dates and moments. A date is days since 1970-01-01 in the proleptic Gregorian calendar:
// no clock, no zone, no daylight saving. A moment is ms since 1970 UTC.
#ifndef PLANDO_DATE_H
#define PLANDO_DATE_H

#include <plando/arena.h>

#include <stdbool.h>
#include <stdint.h>

typedef int32_t date_t; // days since 1970-01-01

enum { DATE_TEXT = 16 };

struct civil {
	int year; // 1..9999
	int month, day;
};

date_t date_from_civil(struct civil c);
struct civil date_to_civil(date_t d);
int date_weekday(date_t d); // 0 Monday .. 6 Sunday
int date_month_days(int year, int month);
const char *date_month_name(int month);	      // "Jan"; 1..12
date_t date_add_months(date_t d, int months); // 31 Jan + 1 month = 28 or 29 Feb

// Strict ISO: "2026-05-03".
bool date_parse_iso(const char *text, date_t *out);
void date_print_iso(date_t d, char out[DATE_TEXT]);

// What people type, as seen from `today`: "3 May", "3 may 26", "03/05/2026" (day first), "3.5.",
// "today", "yesterday", "tomorrow", "tue", "last tue", "next tue", "+3", "-2 weeks", "in 2 weeks",
// "3 days ago", "end of month", ISO. Case and extra blanks do not matter. A day and month without a
// year is the nearest such date to today. False: not understood.
bool date_parse_human(const char *text, date_t today, date_t *out);
// The same in a field for what is to come: "fri" is the next Friday, "3 May" the next third of May.
bool date_parse_ahead(const char *text, date_t today, date_t *out);
// "2026-05", "May 2026", "this month", "last month", …; *out is the first of the month.
bool date_parse_month(const char *text, date_t today, date_t *out);

// For people: "3 May 2026"; without the year where it is today's year ("3 May").
char *date_show(struct arena *a, date_t d, date_t today);
// "today", "yesterday", "4 d", "3 wk", "5 mo", "2 y" since d (or "in 4 d").
char *date_ago(struct arena *a, date_t d, date_t today);

// RFC 3339: "2026-05-03T14:02:11Z", with fractions and offsets; a bare date is its midnight UTC.
bool moment_parse(const char *text, int64_t *ms);
enum { MOMENT_TEXT = 32 };
void moment_print(
    int64_t ms, char out[MOMENT_TEXT]); // UTC, whole seconds; years outside 0..9999 are clamped
// A wild clock's days are clamped to the years 1..9999, so that days can be added and taken off.
date_t moment_date(int64_t ms, int utc_offset_minutes);

#endif
