// SPDX-License-Identifier: MIT
// Dates as people type them. The text becomes a few words, numbers and signs; each rule of the
// table is tried on the whole of them, the first that understands wins.
#include <plando/date.h>
#include <plando/str.h>

#include <string.h>

enum { TOKENS = 8, WORD = 12 };

struct token {
	int number;	 // -1: a word or a sign
	int digits;	 // of the number
	char word[WORD]; // lower case; a sign is a word of one character; "" for a number
};

struct phrase {
	struct token token[TOKENS];
	size_t count;
	date_t today;
	bool ahead; // of days that are named without a year or week the next one
};

// --- words
static bool date_words_read_number(const char **text, struct token *t)
{
	for (t->number = 0; **text >= '0' && **text <= '9'; (*text)++) {
		if (++t->digits > 5)
			return false;
		t->number = t->number * 10 + (**text - '0');
	}
	return true;
}

static bool read_word(const char **text, struct token *t)
{
	t->number = -1;
	for (size_t n = 0; (**text | 32) >= 'a' && (**text | 32) <= 'z'; (*text)++) {
		if (n == WORD - 1)
			return false;
		t->word[n++] = (char)(**text | 32);
	}
	return true;
}

static bool date_words_read_token(const char **text, struct token *t)
{
	*t = (struct token){ 0 };
	if (**text >= '0' && **text <= '9')
		return date_words_read_number(text, t);
	if (!read_word(text, t))
		return false;
	if (t->word[0])
		return true;
	t->word[0] = *(*text)++;
	return strchr("+-/.,", t->word[0]) != NULL;
}

static bool date_words_noise(const struct phrase *p, const struct token *t)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th" };
	if (str_equal(t->word, "of") || str_equal(t->word, "the") || str_equal(t->word, ",") ||
	    str_equal(t->word, "on"))
		return true;
	bool after_number = p->count > 0 && p->token[p->count - 1].number >= 0;
	for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++)
		if (after_number && str_equal(t->word, ordinals[i]))
			return true;
	return false;
}

static bool date_words_phrase_read(const char *text, date_t today, struct phrase *p)
{
	*p = (struct phrase){ .today = today };
	for (;;) {
		text += strspn(text, " \t");
		if (!*text)
			return p->count > 0;
		struct token t;
		if (!date_words_read_token(&text, &t))
			return false;
		if (date_words_noise(p, &t))
			continue;
		if (p->count == TOKENS)
			return false;
		p->token[p->count++] = t;
	}
}

// The index of a word in a list by its whole name or at least `least` letters of it; -1: none.
static int date_words_name_of(const char *const names[], int count, const char *word, size_t least)
{
	for (int i = 0; i < count; i++)
		if (strlen(word) >= least && str_starts(names[i], word))
			return i;
	return -1;
}

static int date_words_month_of(const struct token *t)
{
	static const char *const names[] = { "january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december" };
	if (str_equal(t->word, "sept"))
		return 9;
	return date_words_name_of(names, 12, t->word, 3) + 1; // 0: none
}

static int date_words_weekday_of(const struct token *t)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday" };
	if (str_equal(t->word, "tues") || str_equal(t->word, "weds") || str_equal(t->word, "thurs"))
		return t->word[0] == 'w' ? 2 : t->word[1] == 'u' ? 1 : 3;
	return date_words_name_of(names, 7, t->word, 3);
}

// 'd', 'w', 'm', 'y', or 0.
static char date_words_unit_of(const struct token *t)
{
	static const struct date_words_unit {
		const char *word;
		char unit;
	} units[] = { { "d", 'd' }, { "day", 'd' }, { "days", 'd' }, { "w", 'w' }, { "wk", 'w' },
		{ "wks", 'w' }, { "week", 'w' }, { "weeks", 'w' }, { "m", 'm' }, { "mo", 'm' },
		{ "month", 'm' }, { "months", 'm' }, { "y", 'y' }, { "year", 'y' },
		{ "years", 'y' } };
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_equal(t->word, units[i].word))
			return units[i].unit;
	return 0;
}

static bool is_word(const struct phrase *p, size_t i, const char *word)
{
	return i < p->count && str_equal(p->token[i].word, word);
}

static bool date_words_is_number(const struct phrase *p, size_t i)
{
	return i < p->count && p->token[i].number >= 0;
}

// --- arithmetic that stays within the years 1 to 9999
static bool date_words_in_calendar(int64_t days, date_t *out)
{
	static const date_t first = -719162, last = 2932896;
	if (days < first || days > last)
		return false;
	*out = (date_t)days;
	return true;
}

static bool date_words_move(date_t from, int by, char unit, date_t *out)
{
	switch (unit) {
	case 'd': return date_words_in_calendar((int64_t)from + by, out);
	case 'w': return date_words_in_calendar((int64_t)from + (int64_t)by * 7, out);
	case 'm':
	case 'y': {
		int months = unit == 'y' ? by * 12 : by;
		int64_t year = date_to_civil(from).year + (int64_t)months / 12;
		return year > 1 && year < 9999 &&
		       date_words_in_calendar(date_add_months(from, months), out);
	}
	default: return false;
	}
}

static bool civil_date(int year, int month, int day, date_t *out)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > date_month_days(year, month))
		return false;
	*out = date_from_civil((struct civil){ year, month, day });
	return true;
}

// Two digits mean the nearest such year.
static int date_words_whole_year(const struct token *t, date_t today)
{
	if (t->digits == 4)
		return t->number;
	if (t->digits != 2)
		return -1;
	int now = date_to_civil(today).year;
	int year = now / 100 * 100 + t->number;
	return year - now > 50 ? year - 100 : now - year >= 50 ? year + 100 : year;
}

static bool date_words_nearest(const struct phrase *p, int month, int day, date_t *out)
{
	date_t today = p->today;
	int year = date_to_civil(today).year;
	int64_t best = INT64_MAX;
	for (int y = year - 1; y <= year + 1; y++) {
		date_t d;
		if (!civil_date(y, month, day, &d) || (p->ahead && d < today))
			continue;
		int64_t away = d > today ? (int64_t)d - today : (int64_t)today - d;
		if (away < best) {
			best = away;
			*out = d;
		}
	}
	return best != INT64_MAX;
}

// --- the rules
static bool one_word(const struct phrase *p, date_t *out)
{
	static const struct day {
		const char *word;
		int by;
	} days[] = { { "today", 0 }, { "now", 0 }, { "yesterday", -1 }, { "tomorrow", 1 } };
	for (size_t i = 0; p->count == 1 && i < sizeof days / sizeof *days; i++)
		if (is_word(p, 0, days[i].word))
			return date_words_move(p->today, days[i].by, 'd', out);
	return false;
}

// "tue" is the nearest, "last tue" before today, "next tue" after it, "this tue" of this week.
static bool date_words_weekday(const struct phrase *p, date_t *out)
{
	if (p->count < 1 || p->count > 2)
		return false;
	int day = date_words_weekday_of(&p->token[p->count - 1]), today = date_weekday(p->today);
	if (day < 0)
		return false;
	int ahead = (day - today + 7) % 7;
	if (p->count == 1 && p->ahead)
		return date_words_move(p->today, ahead ? ahead : 7, 'd', out);
	if (p->count == 1)
		return date_words_move(p->today, ahead > 3 ? ahead - 7 : ahead, 'd', out);
	if (is_word(p, 0, "last"))
		return date_words_move(p->today, ahead - 7, 'd', out);
	if (is_word(p, 0, "next"))
		return date_words_move(p->today, ahead ? ahead : 7, 'd', out);
	return is_word(p, 0, "this") && date_words_move(p->today, day - today, 'd', out);
}

// "+3", "-2 weeks".
static bool date_words_signed_step(const struct phrase *p, date_t *out)
{
	bool back = is_word(p, 0, "-");
	if ((!back && !is_word(p, 0, "+")) || !date_words_is_number(p, 1) || p->count > 3)
		return false;
	char unit = p->count == 3 ? date_words_unit_of(&p->token[2]) : 'd';
	return date_words_move(
	    p->today, back ? -p->token[1].number : p->token[1].number, unit, out);
}

// "a week", "2 weeks" at i: how many, and the unit after it.
static bool date_words_amount(const struct phrase *p, size_t i, int *n, char *unit)
{
	if (i + 2 > p->count)
		return false;
	*n = is_word(p, i, "a") || is_word(p, i, "an") || is_word(p, i, "one") ? 1
									       : p->token[i].number;
	*unit = date_words_unit_of(&p->token[i + 1]);
	return *n >= 0 && *unit;
}

static bool date_words_in_or_ago(const struct phrase *p, date_t *out)
{
	int n;
	char unit;
	if (p->count != 3)
		return false;
	if (is_word(p, 0, "in") && date_words_amount(p, 1, &n, &unit))
		return date_words_move(p->today, n, unit, out);
	return is_word(p, 2, "ago") && date_words_amount(p, 0, &n, &unit) &&
	       date_words_move(p->today, -n, unit, out);
}

// "next week", "last month": the same day of it.
static bool date_words_whole_step(const struct phrase *p, date_t *out)
{
	if (p->count != 2 || !date_words_unit_of(&p->token[1]))
		return false;
	int by = is_word(p, 0, "next") ? 1 : is_word(p, 0, "last") ? -1 : 0;
	return by && date_words_move(p->today, by, date_words_unit_of(&p->token[1]), out);
}

// "end of month", "start of next week", "end of last year".
static bool date_words_edge(const struct phrase *p, date_t *out)
{
	bool end = is_word(p, 0, "end");
	if ((!end && !is_word(p, 0, "start") && !is_word(p, 0, "beginning")) || p->count < 2 ||
	    p->count > 3)
		return false;
	char unit = date_words_unit_of(&p->token[p->count - 1]);
	int by = is_word(p, 1, "next") ? 1 : is_word(p, 1, "last") ? -1 : 0;
	date_t within;
	if ((p->count == 3 && !by && !is_word(p, 1, "this")) ||
	    !date_words_move(p->today, by, unit, &within))
		return false;
	struct civil c = date_to_civil(within);
	if (unit == 'w')
		return date_words_move(within, (end ? 6 : 0) - date_weekday(within), 'd', out);
	if (unit == 'm')
		return civil_date(c.year, c.month, end ? date_month_days(c.year, c.month) : 1, out);
	return unit == 'y' && civil_date(c.year, end ? 12 : 1, end ? 31 : 1, out);
}

// "3 May", "3 may 26", "May 3", "May 3, 2026"; "Tue 24 Nov" where it is one.
static bool date_words_named_month(const struct phrase *given, date_t *out)
{
	struct phrase p = *given;
	int day_of_week = p.count > 2 ? date_words_weekday_of(&p.token[0]) : -1;
	if (day_of_week >= 0)
		memmove(p.token, p.token + 1, --p.count * sizeof *p.token);
	if (p.count < 2 || p.count > 3)
		return false;
	size_t d = date_words_is_number(&p, 0) ? 0 : 1;
	int month = date_words_month_of(&p.token[1 - d]);
	if (!month || !date_words_is_number(&p, d) || p.token[d].digits > 2)
		return false;
	int day = p.token[d].number;
	bool good = p.count == 2
			? date_words_nearest(&p, month, day, out)
			: civil_date(date_words_whole_year(&p.token[2], p.today), month, day, out);
	return good && (day_of_week < 0 || date_weekday(*out) == day_of_week);
}

// "03/05/2026", "3.5.", "3/5", "3-5-26": the day first; "2026-5-3": the year first.
static bool date_words_numeric(const struct phrase *given, date_t *out)
{
	struct phrase p = *given;
	if (p.count == 4 && is_word(&p, 1, ".") && is_word(&p, 3, "."))
		p.count--;
	if ((p.count != 3 && p.count != 5) || !date_words_is_number(&p, 0) ||
	    !date_words_is_number(&p, 2))
		return false;
	const char *between = p.token[1].word;
	if (!strchr("/.-", between[0]))
		return false;
	if (p.count == 3)
		return p.token[0].digits <= 2 && p.token[2].digits <= 2 && between[0] != '-' &&
		       date_words_nearest(&p, p.token[2].number, p.token[0].number, out);
	if (!is_word(&p, 3, between) || !date_words_is_number(&p, 4) || p.token[2].digits > 2)
		return false;
	if (p.token[0].digits == 4)
		return p.token[4].digits <= 2 &&
		       civil_date(p.token[0].number, p.token[2].number, p.token[4].number, out);
	return p.token[0].digits <= 2 && civil_date(date_words_whole_year(&p.token[4], p.today),
					     p.token[2].number, p.token[0].number, out);
}

static bool date_parse(const char *text, date_t today, bool ahead, date_t *out)
{
	static bool (*const rules[])(const struct phrase *, date_t *) = { one_word,
		date_words_weekday, date_words_signed_step, date_words_in_or_ago,
		date_words_whole_step, date_words_edge, date_words_named_month,
		date_words_numeric };
	struct phrase p;
	if (date_parse_iso(text, out))
		return true;
	if (!date_words_phrase_read(text, today, &p))
		return false;
	p.ahead = ahead;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (rules[i](&p, out))
			return true;
	return false;
}

bool date_parse_human(const char *text, date_t today, date_t *out)
{
	return date_parse(text, today, false, out);
}

bool date_parse_ahead(const char *text, date_t today, date_t *out)
{
	return date_parse(text, today, true, out);
}

// "May", "May 2026", "may 26", "this month", "2026-05", "05/2026".
static bool date_words_month_read(const struct phrase *p, date_t *out)
{
	int month = date_words_month_of(&p->token[0]);
	struct civil now = date_to_civil(p->today);
	if (p->count == 1 && month)
		return date_words_nearest(p, month, 1, out);
	if (p->count == 2 && month && date_words_is_number(p, 1))
		return civil_date(date_words_whole_year(&p->token[1], p->today), month, 1, out);
	if (p->count == 2 && is_word(p, 1, "month") && is_word(p, 0, "this"))
		return civil_date(now.year, now.month, 1, out);
	if (p->count != 3 || !date_words_is_number(p, 0) || !date_words_is_number(p, 2) ||
	    !strchr("/.-", p->token[1].word[0]))
		return false;
	bool year_first = p->token[0].digits == 4;
	const struct token *y = &p->token[year_first ? 0 : 2], *m = &p->token[year_first ? 2 : 0];
	return y->digits == 4 && m->digits <= 2 && civil_date(y->number, m->number, 1, out);
}

bool date_parse_month(const char *text, date_t today, date_t *out)
{
	struct phrase p;
	if (!date_words_phrase_read(text, today, &p))
		return false;
	if (date_words_month_read(&p, out))
		return true;
	if (!date_parse_human(text, today, out))
		return false;
	struct civil c = date_to_civil(*out);
	return civil_date(c.year, c.month, 1, out);
}
