// SPDX-License-Identifier: MIT
// Cells as dates. A cell becomes a few numbers and words; what kind of date it is, is told by how
// many there are. Where figures alone can be read in more than one order, the column says which.
#include "form/block_parts.h"

#include <plando/str.h>

#include <string.h>

enum { PARTS = 6, OLDEST_YEAR = 1800, AHEAD = 366, BACK_YEARS = 40, SERIAL_FIRST = 32874 };
enum { SERIAL_EPOCH = 25569, YEAR = 365 }; // 1970-01-01 as Excel counts days; 1990 is SERIAL_FIRST

static const enum block_order ORDERS[] = { BLOCK_DAY_FIRST, BLOCK_MONTH_FIRST, BLOCK_YEAR_FIRST };
enum { ORDER_COUNT = BLOCK_ORDERS_SEEN };

struct date_part {
	int number; // -1: a word
	int digits, month;
	char unit;  // of a word: 'w' week, 'q' quarter, 'm' month, 'f' financial year
	char after; // the sign behind it
};

struct date_parts {
	struct date_part part[PARTS];
	size_t count;
};

// --- words and numbers

static bool date_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int date_month_of(const char *word, size_t n)
{
	static const char *const NAMES[] = { "january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december" };
	if (n == 4 && memcmp(word, "sept", 4) == 0)
		return 9;
	for (int i = 0; i < 12; i++)
		if (n >= 3 && strncmp(NAMES[i], word, n) == 0 && n <= strlen(NAMES[i]))
			return i + 1;
	return 0;
}

static bool date_is_weekday(const char *word, size_t n)
{
	static const char *const NAMES[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday" };
	for (size_t i = 0; i < 7; i++)
		if (n >= 3 && strncmp(NAMES[i], word, n) == 0)
			return true;
	return false;
}

static bool date_ordinal(const char *word, size_t n)
{
	return n == 2 && (memcmp(word, "st", 2) == 0 || memcmp(word, "nd", 2) == 0 ||
			     memcmp(word, "rd", 2) == 0 || memcmp(word, "th", 2) == 0);
}

static char date_unit_of(const char *word, size_t n)
{
	static const struct date_unit {
		const char *word;
		char unit;
	} UNITS[] = { { "w", 'w' }, { "wk", 'w' }, { "week", 'w' }, { "q", 'q' }, { "qtr", 'q' },
		{ "quarter", 'q' }, { "m", 'm' }, { "fy", 'f' } };
	for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
		if (strlen(UNITS[i].word) == n && memcmp(UNITS[i].word, word, n) == 0)
			return UNITS[i].unit;
	return 0;
}

// A time of day at the end goes: " 00:00", "T09:30:00Z", " 9:30:00 am".
static void date_drop_time(char *text)
{
	char *colon = strchr(text, ':');
	if (!colon || colon - text < 8)
		return;
	char *at = colon;
	while (at > text && date_digit(at[-1]))
		at--;
	if (at > text && (at[-1] == ' ' || at[-1] == 't') && colon - at <= 2 && at < colon &&
	    strspn(colon, ":0123456789.z apm+") == strlen(colon))
		at[-1] = '\0';
}

// "w/c 1 Apr 2024": the day that is named.
static const char *date_after_prefix(const char *text)
{
	static const char *const WORDS[] = { "week commencing", "week beginning", "week starting",
		"week ending", "week ended", "week of", "w/c", "w/b", "w/e", "wc ", "wb ", "we " };
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
		if (str_starts(text, WORDS[i])) {
			text += strlen(WORDS[i]);
			return text + strspn(text, " :.");
		}
	return text;
}

static bool date_part_add(struct date_parts *p, struct date_part part)
{
	if (p->count == PARTS)
		return false;
	p->part[p->count++] = part;
	return true;
}

static bool date_number_take(struct date_parts *p, const char **text)
{
	struct date_part part = { 0 };
	for (; date_digit(**text); ++*text) {
		if (++part.digits > 8)
			return false;
		part.number = part.number * 10 + (**text - '0');
	}
	return date_part_add(p, part);
}

static bool date_word_take(struct date_parts *p, const char **text)
{
	size_t n = strspn(*text, "abcdefghijklmnopqrstuvwxyz");
	const char *word = *text;
	struct date_part part = {
		.number = -1, .month = date_month_of(word, n), .unit = date_unit_of(word, n)
	};
	*text += n;
	bool after_number = p->count && p->part[p->count - 1].number >= 0;
	if ((after_number && date_ordinal(word, n)) ||
	    (p->count == 0 && !part.month && date_is_weekday(word, n)))
		return n > 0;
	return (part.month || part.unit) && date_part_add(p, part);
}

static bool date_parts_read(const char *cell, struct date_parts *p)
{
	char copy[BLOCK_CELL_LONGEST + 1] = "";
	*p = (struct date_parts){ 0 };
	if (!block_ascii(cell, copy))
		return false;
	for (char *c = copy; *c; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c | 32) : *c;
	date_drop_time(copy);
	for (const char *at = date_after_prefix(copy); *at;) {
		if (date_digit(*at) ? !date_number_take(p, &at) : !date_word_take(p, &at))
			return false;
		size_t n = strspn(at, " /.,-'");
		if (p->count)
			p->part[p->count - 1].after =
			    n ? at[strspn(at, " ") < n ? strspn(at, " ") : 0] : 0;
		at += n;
	}
	return p->count > 0;
}

// --- days that can be

static const char CENTURY[] =
    "has a year that could be of either century; write it with four digits";
static const char LONG_AGO[] = "lies centuries back; check the year";
static const char FAR_AHEAD[] = "lies more than a year ahead; check the year";

// Of two digits: the latest such year that data can be of; 0: none within reach.
static int date_year_of(const struct date_part *p, date_t today)
{
	if (p->digits == 4)
		return p->number;
	if (p->digits != 2)
		return 0;
	int now = date_to_civil(today).year, latest = date_to_civil(today + AHEAD).year;
	int year = now / 100 * 100 + p->number;
	year -= year > latest ? 100 : 0;
	return now - year <= BACK_YEARS ? year : 0;
}

static const char *date_make(int year, int month, int day, date_t today, date_t *out)
{
	if (year == 0)
		return CENTURY;
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > date_month_days(year, month))
		return "is no day of the calendar";
	*out = date_from_civil((struct civil){ year, month, day });
	if (year < OLDEST_YEAR)
		return LONG_AGO;
	return *out > today + AHEAD ? FAR_AHEAD : NULL;
}

static enum block_got date_said(const char *why, enum block_grain grain, struct block_date *out)
{
	out->why = why;
	out->grain = grain;
	return why ? BLOCK_BAD : BLOCK_GOOD;
}

// --- figures in an order that is in question

// "1/2/2026", "26/1/31": two short numbers and a third one.
static bool date_is_triple(const struct date_parts *p)
{
	return p->count == 3 && p->part[0].number >= 0 && p->part[1].number >= 0 &&
	       p->part[2].number >= 0 && p->part[0].digits <= 2 && p->part[1].digits <= 2 &&
	       (p->part[2].digits == 4 || p->part[2].digits == 2);
}

// Why it is none in this order; NULL: *out is the day.
static const char *date_ordered(
    const struct date_parts *p, enum block_order order, date_t today, date_t *out)
{
	static const char at[][3] = { { 2, 1, 0 }, { 2, 0, 1 }, { 0, 1, 2 } }; // year, month, day
	static const char *const NO_MONTH[] = {
		"has no such month; other dates here have the day first",
		"has no such month; other dates here have the month first",
		"has no such month; other dates here have the year first"
	};
	const struct date_part *q = p->part;
	const char *way = at[order - BLOCK_DAY_FIRST];
	if (q[(int)way[2]].digits > 2)
		return "has its year last, and others here have it first";
	if (q[(int)way[0]].digits != 2 && q[(int)way[0]].digits != 4)
		return "has no year where others here have it";
	if (q[(int)way[1]].number > 12)
		return NO_MONTH[order - BLOCK_DAY_FIRST];
	return date_make(date_year_of(&q[(int)way[0]], today), q[(int)way[1]].number,
	    q[(int)way[2]].number, today, out);
}

static enum block_got date_triple_read(
    const struct date_parts *p, const struct block_reading *r, struct block_date *out)
{
	date_t day = 0;
	size_t ways = 0;
	const char *why = "is no day of the calendar", *one;
	if (r->order == BLOCK_ORDER_TORN)
		return date_said(
		    "and others here cannot have the same order of day, month and year", BLOCK_DAY,
		    out);
	if (r->order != BLOCK_ORDER_OPEN)
		return date_said(date_ordered(p, r->order, r->today, &out->date), BLOCK_DAY, out);
	for (size_t i = 0; i < ORDER_COUNT; i++) {
		one = date_ordered(p, ORDERS[i], r->today, &day);
		if (one) {
			why = one == CENTURY || one == LONG_AGO || one == FAR_AHEAD ? one : why;
			continue;
		}
		ways += !ways || day != out->date;
		out->date = ways > 1 ? out->date : day;
	}
	out->open = ways > 1;
	if (out->open)
		why = p->part[2].digits == 2 && p->part[0].number > 12
			  ? "can be read with the day or with the year first"
			  : "can be read with the day or with the month first";
	return date_said(ways == 1 ? NULL : why, BLOCK_DAY, out);
}

// --- dates that say themselves what is what

// "2023/24", "2009-10": a year and the last two digits of the one after it.
static bool date_is_financial(const struct date_parts *p)
{
	const struct date_part *q = p->part;
	return p->count == 2 && q[0].number >= 0 && q[1].number >= 0 && q[0].digits == 4 &&
	       ((q[1].digits == 2 && q[1].number == (q[0].number + 1) % 100) ||
		   (q[1].digits == 4 && q[1].number == q[0].number + 1)) &&
	       q[0].after && strchr("-/", q[0].after);
}

// "Q1 2024", "2024-W01", "2024-W01-3", "2024M01".
static enum block_got date_unit_read(
    const struct date_parts *p, size_t u, const struct block_reading *r, struct block_date *out)
{
	static const char FINANCIAL[] =
	    "is of a financial year; write the first day of what it stands for";
	const struct date_part *q = p->part, *year, *nth;
	char unit = q[u].unit;
	if (unit == 'f' || p->count > (unit == 'w' ? 4 : 3) || p->count < 3)
		return date_said(unit == 'f' || p->count > 3 ? FINANCIAL
				 : p->count < 3		     ? "has no year"
							     : "is no date",
		    BLOCK_DAY, out);
	bool before = u == 1 && q[0].number >= 0 && q[0].digits <= 2 && unit == 'q'; // "1q24"
	nth = before ? &q[0] : u + 1 < p->count ? &q[u + 1] : NULL;
	year = before || u == 0 ? &q[2] : &q[0];
	if (!nth || nth == year || nth->number < 1 || year->number < 0 || nth->digits > 2)
		return date_said("is no date", BLOCK_DAY, out);
	int y = date_year_of(year, r->today), day = p->count == 4 ? q[3].number : 1;
	if (unit != 'w')
		return date_said(nth->number > (unit == 'q' ? 4 : 12)
				     ? "is no part of a year"
				     : date_make(y, unit == 'q' ? nth->number * 3 - 2 : nth->number,
					   1, r->today, &out->date),
		    unit == 'q' ? BLOCK_QUARTER : BLOCK_MONTH, out);
	const char *why = date_make(y, 1, 4, r->today, &out->date); // always in week 1
	if (why || nth->number > 53 || day < 1 || day > 7)
		return date_said(why ? why : "is no week of the year", BLOCK_WEEK, out);
	out->date += (nth->number - 1) * 7 - date_weekday(out->date) + day - 1;
	return date_said(NULL, p->count == 4 ? BLOCK_DAY : BLOCK_WEEK, out);
}

static enum block_got date_named_read(
    const struct date_parts *p, date_t today, struct block_date *out)
{
	const struct date_part *q = p->part;
	if (p->count == 2 && q[0].month && q[1].number >= 0)
		return date_said(q[1].digits == 1 ? "has no year"
						  : date_make(date_year_of(&q[1], today),
							q[0].month, 1, today, &out->date),
		    BLOCK_MONTH, out);
	if (p->count == 2 && q[1].month && q[0].digits == 4)
		return date_said(
		    date_make(q[0].number, q[1].month, 1, today, &out->date), BLOCK_MONTH, out);
	if (p->count == 1 || (p->count == 2 && q[1].month))
		return date_said("has no year", BLOCK_MONTH, out);
	size_t m = q[0].month ? 0 : 1, year = q[0].digits == 4 ? 0 : 2, day = 3 - m - year;
	if (p->count != 3 || !q[m].month || q[year].number < 0 || q[day].number < 0 || year == m)
		return date_said("is no date", BLOCK_DAY, out);
	return date_said(
	    date_make(date_year_of(&q[year], today), q[m].month, q[day].number, today, &out->date),
	    BLOCK_DAY, out);
}

// One number: 20260201, 202602, a spreadsheet's number of a day.
static enum block_got date_single_read(
    const struct date_part *q, date_t today, struct block_date *out)
{
	int n = q->number;
	if (q->digits == 8)
		return date_said(date_make(n / 10000, n / 100 % 100, n % 100, today, &out->date),
		    BLOCK_DAY, out);
	if (q->digits == 6)
		return date_said(n / 100 < OLDEST_YEAR || n / 100 > 2200 || n % 100 > 12
				     ? "is no date"
				     : date_make(n / 100, n % 100, 1, today, &out->date),
		    BLOCK_MONTH, out);
	out->date = n - SERIAL_EPOCH;
	bool serial = q->digits == 5 && n >= SERIAL_FIRST && out->date <= today + AHEAD;
	out->serial = serial;
	if (serial)
		return date_said(NULL, BLOCK_DAY, out);
	bool year = q->digits == 4 && n >= OLDEST_YEAR && n < 2200;
	return date_said(
	    year ? "is a year; write a day of it, as in 2026-01-01" : "is no date", BLOCK_DAY, out);
}

static enum block_got date_figures_read(
    const struct date_parts *p, const struct block_reading *r, struct block_date *out)
{
	const struct date_part *q = p->part;
	if (p->count == 3 && q[0].digits == 4 && q[1].digits <= 2 && q[2].digits <= 2)
		return date_said(
		    date_make(q[0].number, q[1].number, q[2].number, r->today, &out->date),
		    BLOCK_DAY, out);
	bool pair = p->count == 2 && q[0].digits == 4 && q[0].after && strchr("-/", q[0].after);
	if (date_is_financial(p) &&
	    (q[1].number > 12 || !(r->months || r->order == BLOCK_YEAR_FIRST))) {
		out->open = q[1].number <= 12;
		return date_said(out->open ? "can be a month, or a financial year"
					   : "is a financial year; write the first day of what it "
					     "stands for",
		    BLOCK_MONTH, out);
	}
	if (pair && q[1].digits <= 2)
		return date_said(
		    date_make(q[0].number, q[1].number, 1, r->today, &out->date), BLOCK_MONTH, out);
	if (p->count == 2 && q[1].digits == 4 && q[0].digits <= 2)
		return date_said(
		    date_make(q[1].number, q[0].number, 1, r->today, &out->date), BLOCK_MONTH, out);
	if (p->count == 1 || (p->count == 2 && q[0].digits == 5 && q[0].after == '.'))
		return date_single_read(&q[0], r->today, out);
	return date_said(p->count == 2 && q[0].digits <= 2 && q[1].digits <= 2
			     ? "has no year, or no day"
			     : "is no date",
	    BLOCK_DAY, out);
}

enum block_got block_date(
    const char *cell, const struct block_reading *reading, struct block_date *out)
{
	struct date_parts p;
	char whole[BLOCK_CELL_LONGEST + 1];
	*out = (struct block_date){ .why = "is no date" };
	if (block_ascii(cell, whole) && block_blank_word(whole))
		return BLOCK_BLANK;
	if (!date_parts_read(cell, &p))
		return BLOCK_BAD;
	if (date_is_triple(&p))
		return date_triple_read(&p, reading, out);
	for (size_t i = 0; i < p.count; i++)
		if (p.part[i].unit)
			return date_unit_read(&p, i, reading, out);
	for (size_t i = 0; i < p.count; i++)
		if (p.part[i].number < 0)
			return date_named_read(&p, reading->today, out);
	return date_figures_read(&p, reading, out);
}

bool block_looks_date(const char *cell, date_t today)
{
	const struct block_reading reading = { .today = today };
	struct block_date d;
	size_t n = strlen(cell);
	bool bare = (n == 5 || n == 6) && strspn(cell, "0123456789") == n;
	return !bare && (block_date(cell, &reading, &d) == BLOCK_GOOD || d.open);
}

// --- what a column proves

static void date_seen_as(struct block_dates_as *as, date_t day)
{
	struct civil c = date_to_civil(day);
	bool first = !as->good++;
	bool end = c.day == date_month_days(c.year, c.month);
	as->day_stays = first || (as->day_stays && c.day == date_to_civil(as->oldest).day);
	as->end_stays = end && (first || as->end_stays);
	as->weekday_stays =
	    first || (as->weekday_stays && date_weekday(day) == date_weekday(as->oldest));
	as->oldest = first || day < as->oldest ? day : as->oldest;
	as->newest = first || day > as->newest ? day : as->newest;
}

void block_see_date(struct block_dates *s, const char *cell, unsigned line, date_t today)
{
	struct date_parts p;
	date_t day[ORDER_COUNT];
	size_t good = 0, last = 0;
	bool differ = false;
	if (strlen(cell) < 6 || !date_parts_read(cell, &p))
		return;
	if (date_is_financial(&p))
		s->financial += p.part[1].number <= 12;
	else if (p.count == 2 && p.part[0].digits == 4 && p.part[1].digits == 2)
		s->months += p.part[1].number >= 1 && p.part[1].number <= 12;
	if (!date_is_triple(&p))
		return;
	bool can[ORDER_COUNT];
	for (size_t i = 0; i < ORDER_COUNT; i++) {
		can[i] = !date_ordered(&p, ORDERS[i], today, &day[i]);
		differ |= can[i] && good && day[i] != day[last];
		last = can[i] ? i : last;
		good += can[i];
	}
	if (!good)
		return; // it is said of this cell alone
	s->cells++;
	s->today = today;
	s->open += differ;
	for (size_t i = 0; i < ORDER_COUNT; i++)
		if (can[i])
			date_seen_as(&s->as[i], day[i]);
		else if (!s->not_line[i])
			s->not_line[i] = line;
}

static size_t date_orders_left(const bool left[ORDER_COUNT])
{
	return (size_t)left[0] + left[1] + left[2];
}

// Readings that `against` speaks against go, where others stay.
static void date_orders_drop(bool left[ORDER_COUNT], const bool against[ORDER_COUNT])
{
	bool stay[ORDER_COUNT];
	for (size_t i = 0; i < ORDER_COUNT; i++)
		stay[i] = left[i] && !against[i];
	if (date_orders_left(stay))
		memcpy(left, stay, sizeof stay);
}

// The same day of each month or week, and not so seldom that it may be chance.
static bool date_is_regular(const struct block_dates_as *as, int interval)
{
	if (as->oldest == as->newest || interval < 7 ||
	    (as->newest - as->oldest) / interval > 4 * (int64_t)as->good)
		return false;
	return interval >= 28 ? as->day_stays || as->end_stays : as->weekday_stays;
}

// Evidence short of proof: data are not of the future, a column does not leap over years, and has
// the same day of each month or week.
static void date_orders_weigh(const struct block_dates *s, int interval, bool left[ORDER_COUNT])
{
	bool past = false, ahead[ORDER_COUNT] = { 0 }, leaps[ORDER_COUNT] = { 0 },
	     uneven[ORDER_COUNT] = { 0 };
	date_t span = INT32_MAX, newest = INT32_MIN;
	for (size_t i = 0; i < ORDER_COUNT; i++) {
		const struct block_dates_as *as = &s->as[i];
		if (!left[i])
			continue;
		past |= as->newest <= s->today;
		span = as->newest - as->oldest < span ? as->newest - as->oldest : span;
		newest = as->newest > newest ? as->newest : newest;
	}
	for (size_t i = 0; i < ORDER_COUNT; i++) {
		const struct block_dates_as *as = &s->as[i];
		ahead[i] = as->newest > s->today + (interval ? interval : 31);
		leaps[i] =
		    as->newest - as->oldest > span + 5 * YEAR || newest - as->newest > 10 * YEAR;
		uneven[i] = !date_is_regular(as, interval);
	}
	if (past)
		date_orders_drop(left, ahead);
	date_orders_drop(left, leaps);
	date_orders_drop(left, uneven);
}

enum block_order block_order(const struct block_dates *s, int interval)
{
	bool left[ORDER_COUNT];
	for (size_t i = 0; i < ORDER_COUNT; i++)
		left[i] = s->as[i].good == s->cells;
	if (!s->cells)
		return BLOCK_ORDER_OPEN;
	if (!date_orders_left(left))
		return BLOCK_ORDER_TORN;
	if (s->open)
		date_orders_weigh(s, interval, left);
	if (s->open && date_orders_left(left) > 1)
		return BLOCK_ORDER_OPEN;
	return left[0] ? BLOCK_DAY_FIRST : left[1] ? BLOCK_MONTH_FIRST : BLOCK_YEAR_FIRST;
}

bool block_dates_are_months(const struct block_dates *s)
{
	return s->months > 0;
}
