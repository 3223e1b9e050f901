// SPDX-License-Identifier: MIT
// Cells as numbers and dates, the ways in which people and spreadsheets write them.
#include <plando/block.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { CELL_LONGEST = 60, DIGITS_LONGEST = 40 };

const char *block_plain(const char *cell, size_t *n)
{
	*n = strlen(cell);
	cell = text_trim(cell, n);
	if (*n > 1 && cell[0] == '\'' && strchr("=+-@\t\r", cell[1])) {
		cell++;
		(*n)--;
	}
	return cell;
}

// --- a cell in ASCII: odd blanks, signs and dashes as plain ones

static const struct {
	const char *from, *to;
} PLAIN[] = { { "\u00a0", " " }, { "\u2009", " " }, { "\u202f", " " }, { "\u2007", " " },
	{ "\u2212", "-" }, { "\u2013", "-" }, { "\u2014", "-" }, { "\u2019", "'" }, { "£", "$" },
	{ "€", "$" }, { "\ufeff", "" } };

// False: something else than ASCII is in it, or it is too long to be a number or a date.
static bool ascii(const char *cell, char out[CELL_LONGEST + 1])
{
	size_t n, length = 0, i;
	cell = block_plain(cell, &n);
	for (size_t at = 0; at < n;) {
		const char *put = NULL;
		bool odd = (unsigned char)cell[at] >= 0x80;
		for (i = 0; odd && i < sizeof PLAIN / sizeof *PLAIN && !put; i++)
			if (str_starts(cell + at, PLAIN[i].from))
				put = PLAIN[i].to;
		if (put)
			at += strlen(PLAIN[i - 1].from);
		else if (odd)
			return false;
		if (length == CELL_LONGEST)
			return false;
		out[length] = put ? *put : cell[at++];
		length += !put || *put;
	}
	while (length && out[length - 1] == ' ')
		length--;
	out[length] = '\0';
	return true;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

// --- numbers

static bool blank_word(const char *text)
{
	static const char *const WORDS[] = { "", "-", "--", "..", "n/a", "na", "null" };
	char lower[8];
	size_t n = strlen(text);
	if (n >= sizeof lower)
		return false;
	for (size_t i = 0; i <= n; i++)
		lower[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] | 32) : text[i];
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
		if (strcmp(lower, WORDS[i]) == 0)
			return true;
	return false;
}

// The number within its signs: sign, brackets, currency and percent are taken off.
struct bare {
	char text[CELL_LONGEST + 1];
	bool negative, percent;
};

static void take_first(char *text, size_t n)
{
	memmove(text, text + n, strlen(text + n) + 1);
}

static bool bare_read(const char *cell, struct bare *b)
{
	*b = (struct bare){ 0 };
	if (!ascii(cell, b->text))
		return false;
	size_t n = strlen(b->text);
	if (n > 2 && b->text[0] == '(' && b->text[n - 1] == ')') {
		b->text[n - 1] = '\0';
		take_first(b->text, 1);
		b->negative = true;
	}
	for (bool sign = false; b->text[0] && strchr("+-$ ", b->text[0]);) {
		if ((b->text[0] == '-' || b->text[0] == '+') && (sign || b->negative))
			break;
		sign |= b->text[0] == '-' || b->text[0] == '+';
		b->negative |= b->text[0] == '-';
		take_first(b->text, 1);
	}
	for (n = strlen(b->text); n && strchr("%$ ", b->text[n - 1]); b->text[--n] = '\0') {
		if (b->text[n - 1] == '%' && b->percent)
			break;
		b->percent |= b->text[n - 1] == '%';
	}
	return n > 0;
}

// Digits, in groups of three or not, a decimal mark, digits; the exact decimal to `out`. False: not
// so.
static bool digits_read(const char *text, bool comma, char *out)
{
	const char mark = comma ? ',' : '.', *groups = comma ? ". '" : ", '";
	size_t n = 0, run = strspn(text, "0123456789");
	if (run > DIGITS_LONGEST || (run == 0 && *text != mark))
		return false;
	memcpy(out, text, run);
	n = run;
	text += run;
	char group = run && run <= 3 && *text && strchr(groups, *text) ? *text : '\0';
	while (group && *text == group) {
		if (strspn(text + 1, "0123456789") != 3 || n + 3 > DIGITS_LONGEST || out[0] == '0')
			return false;
		memcpy(out + n, text + 1, 3);
		n += 3;
		text += 4;
	}
	size_t zeros = 0;
	while (zeros + 1 < n && out[zeros] == '0')
		zeros++;
	memmove(out, out + zeros, n -= zeros);
	if (n == 0)
		out[n++] = '0';
	if (*text == mark) {
		size_t decimals = strspn(text + 1, "0123456789");
		if (n + 1 + decimals > DIGITS_LONGEST || (!run && !decimals))
			return false;
		if (decimals) {
			out[n++] = '.';
			memcpy(out + n, text + 1, decimals);
			n += decimals;
		}
		text += 1 + decimals;
	}
	out[n] = '\0';
	return *text == '\0';
}

static bool shortened(const char *text)
{
	const char *e = strpbrk(text, "eE");
	return e && e > text && digit(text[0]) && (e[1] == '+' || e[1] == '-' || digit(e[1]));
}

static const char *why_no_number(const char *cell, const struct bare *b, bool comma)
{
	char unused[BLOCK_NUMBER];
	size_t n;
	const char *text = block_plain(cell, &n);
	if (*text == '#')
		return "is an error of the spreadsheet; mend it there, or empty the cell";
	if (*text == '<' || *text == '>' || *text == '*')
		return "is a number held back; leave the cell empty";
	if (shortened(b->text))
		return "is a shortened number; widen the column in the spreadsheet and copy again";
	if (!comma && digits_read(b->text, true, unused))
		return "has a decimal comma; write a point, as in 12.5";
	if (comma && digits_read(b->text, false, unused))
		return "has a decimal point, and others in this column have a comma";
	return "is no number";
}

// Most cells are nothing but a few digits.
static bool plain_number(const char *cell, char out[BLOCK_NUMBER])
{
	size_t n = strspn(cell, "0123456789");
	if (n == 0 || n > DIGITS_LONGEST || cell[n] || (cell[0] == '0' && n > 1))
		return false;
	memcpy(out, cell, n + 1);
	return true;
}

enum block_got block_number(const char *cell, bool comma, struct block_number *out)
{
	char whole[CELL_LONGEST + 1], digits[BLOCK_NUMBER];
	struct bare b = { 0 };
	*out = (struct block_number){ 0 };
	if (plain_number(cell, out->text))
		return BLOCK_GOOD;
	if (ascii(cell, whole) && blank_word(whole))
		return BLOCK_BLANK;
	if (!bare_read(cell, &b) || !digits_read(b.text, comma, digits)) {
		out->why = why_no_number(cell, &b, comma);
		return BLOCK_BAD;
	}
	bool zero = strspn(digits, "0.") == strlen(digits);
	bool negative = b.negative && !zero;
	out->text[0] = '-';
	memcpy(out->text + negative, digits, strlen(digits) + 1); // 40 digits and a point at most
	out->percent = b.percent;
	return BLOCK_GOOD;
}

void block_see_number(struct block_style *s, const char *cell)
{
	struct bare b;
	char unused[BLOCK_NUMBER];
	if (!strpbrk(cell, ".,") || !bare_read(cell, &b))
		return;
	bool point = digits_read(b.text, false, unused), comma = digits_read(b.text, true, unused);
	if (strpbrk(b.text, ".,")) {
		s->points += point && !comma;
		s->commas += comma && !point;
	}
}

bool block_comma(const struct block_style *s)
{
	return s->commas && !s->points;
}

// --- dates

enum { PARTS = 6 };

struct part {
	int number; // -1: a word
	int digits, month;
	char after; // the sign behind it
};

struct parts {
	struct part part[PARTS];
	size_t count;
};

static int month_of(const char *word, size_t n)
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

static bool weekday(const char *word, size_t n)
{
	static const char *const NAMES[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday" };
	for (size_t i = 0; i < 7; i++)
		if (n >= 3 && strncmp(NAMES[i], word, n) == 0)
			return true;
	return false;
}

static bool ordinal(const char *word, size_t n)
{
	return n == 2 && (memcmp(word, "st", 2) == 0 || memcmp(word, "nd", 2) == 0 ||
			     memcmp(word, "rd", 2) == 0 || memcmp(word, "th", 2) == 0);
}

// A time of day at the end goes: " 00:00", "T09:30:00Z", " 9:30:00 am".
static void drop_time(char *text)
{
	char *colon = strchr(text, ':');
	if (!colon || colon - text < 8)
		return;
	char *at = colon;
	while (at > text && digit(at[-1]))
		at--;
	if (at > text && (at[-1] == ' ' || at[-1] == 't') && colon - at <= 2 && at < colon &&
	    strspn(colon, ":0123456789.z apm+") == strlen(colon))
		at[-1] = '\0';
}

static bool part_add(struct parts *p, struct part part)
{
	if (p->count == PARTS)
		return false;
	p->part[p->count++] = part;
	return true;
}

static bool number_take(struct parts *p, const char **text)
{
	struct part part = { 0 };
	for (; digit(**text); ++*text) {
		if (++part.digits > 8)
			return false;
		part.number = part.number * 10 + (**text - '0');
	}
	return part_add(p, part);
}

static bool word_take(struct parts *p, const char **text)
{
	size_t n = strspn(*text, "abcdefghijklmnopqrstuvwxyz");
	const char *word = *text;
	struct part part = { .number = -1, .month = month_of(word, n) };
	*text += n;
	bool after_number = p->count && p->part[p->count - 1].number >= 0;
	if ((after_number && ordinal(word, n)) ||
	    (p->count == 0 && !part.month && weekday(word, n)))
		return n > 0;
	return part.month && part_add(p, part);
}

static bool parts_read(const char *cell, struct parts *p)
{
	char copy[CELL_LONGEST + 1] = "";
	*p = (struct parts){ 0 };
	if (!ascii(cell, copy))
		return false;
	for (char *c = copy; *c; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c | 32) : *c;
	drop_time(copy);
	for (const char *at = copy; *at;) {
		if (digit(*at) ? !number_take(p, &at) : !word_take(p, &at))
			return false;
		size_t n = strspn(at, " /.,-'");
		if (p->count)
			p->part[p->count - 1].after =
			    n ? at[strspn(at, " ") < n ? strspn(at, " ") : 0] : 0;
		at += n;
	}
	return p->count > 0;
}

static int year_of(const struct part *p, date_t today)
{
	if (p->digits == 4)
		return p->number;
	if (p->digits != 2)
		return 0;
	int now = date_to_civil(today).year, year = now / 100 * 100 + p->number;
	return year - now > 50 ? year - 100 : now - year >= 50 ? year + 100 : year;
}

static bool make(int year, int month, int day, date_t *out)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > date_month_days(year, month))
		return false;
	*out = date_from_civil((struct civil){ year, month, day });
	return true;
}

static enum block_got good_if(bool good, struct block_date *out)
{
	out->why = good ? NULL : "is no day of the calendar";
	return good ? BLOCK_GOOD : BLOCK_BAD;
}

// "1/2/2026": two short numbers and a year.
static bool two_and_year(const struct parts *p)
{
	return p->count == 3 && p->part[0].number >= 0 && p->part[1].number >= 0 &&
	       p->part[2].number >= 0 && p->part[0].digits <= 2 && p->part[1].digits <= 2 &&
	       (p->part[2].digits == 4 || p->part[2].digits == 2);
}

static enum block_got numbers_read(
    const struct parts *p, enum block_order order, date_t today, struct block_date *out)
{
	int a = p->part[0].number, b = p->part[1].number, year = year_of(&p->part[2], today);
	if (order == BLOCK_ORDER_OPEN && a <= 12 && b <= 12 && a != b) {
		out->why = "can be read with the day or with the month first";
		return BLOCK_BAD;
	}
	if (order == BLOCK_ORDER_OPEN)
		order = a > 12 || a == b ? BLOCK_DAY_FIRST : BLOCK_MONTH_FIRST;
	bool day_first = order == BLOCK_DAY_FIRST;
	if ((day_first ? b : a) > 12) {
		out->why = day_first ? "has no such month; other dates here have the day first"
				     : "has no such month; other dates here have the month first";
		return BLOCK_BAD;
	}
	return good_if(make(year, day_first ? b : a, day_first ? a : b, &out->date), out);
}

static enum block_got named_read(const struct parts *p, date_t today, struct block_date *out)
{
	const struct part *q = p->part;
	if (p->count == 2 && q[0].month)
		return good_if(make(year_of(&q[1], today), q[0].month, 1, &out->date), out);
	if (p->count == 2 && q[1].month && q[0].digits == 4)
		return good_if(make(q[0].number, q[1].month, 1, &out->date), out);
	if (p->count == 2 && q[1].month) {
		out->why = "has no year";
		return BLOCK_BAD;
	}
	size_t m = q[0].month ? 0 : 1, year = q[0].digits == 4 ? 0 : 2, day = 3 - m - year;
	if (p->count == 3 && q[m].month && q[year].number >= 0 && q[day].number >= 0 && year != m)
		return good_if(
		    make(year_of(&q[year], today), q[m].month, q[day].number, &out->date), out);
	out->why = "is no date";
	return BLOCK_BAD;
}

static bool any_word(const struct parts *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->part[i].number < 0)
			return true;
	return false;
}

static enum block_got plain_read(const struct parts *p, struct block_date *out)
{
	const struct part *q = p->part;
	int n = q[0].number;
	if (p->count == 3 && q[0].digits == 4)
		return good_if(make(n, q[1].number, q[2].number, &out->date), out);
	if (p->count == 2 && q[0].digits == 4 && q[1].digits <= 2 && q[0].after == '-')
		return good_if(make(n, q[1].number, 1, &out->date), out);
	if (p->count == 2 && q[1].digits == 4 && q[0].digits <= 2)
		return good_if(make(q[1].number, n, 1, &out->date), out);
	if (p->count == 1 && q[0].digits == 8)
		return good_if(make(n / 10000, n / 100 % 100, n % 100, &out->date), out);
	out->why = p->count == 1 && q[0].digits == 5
		       ? "is a spreadsheet's number of a day; format the column as dates there"
		       : "is no date";
	return BLOCK_BAD;
}

enum block_got block_date(
    const char *cell, enum block_order order, date_t today, struct block_date *out)
{
	struct parts p;
	char whole[CELL_LONGEST + 1];
	*out = (struct block_date){ .why = "is no date" };
	if (date_parse_iso(cell, &out->date)) {
		out->why = NULL;
		return BLOCK_GOOD;
	}
	if (ascii(cell, whole) && blank_word(whole))
		return BLOCK_BLANK;
	if (!parts_read(cell, &p))
		return BLOCK_BAD;
	if (two_and_year(&p))
		return numbers_read(&p, order, today, out);
	return any_word(&p) ? named_read(&p, today, out) : plain_read(&p, out);
}

static void widen(int range[2], int n, bool first)
{
	range[0] = first || n < range[0] ? n : range[0];
	range[1] = first || n > range[1] ? n : range[1];
}

void block_see_date(struct block_style *s, const char *cell)
{
	struct parts p;
	if (strlen(cell) < 6 || !parts_read(cell, &p) || !two_and_year(&p))
		return;
	int a = p.part[0].number, b = p.part[1].number;
	s->days += a > 12 && b <= 12;
	s->months += b > 12 && a <= 12;
	if (a > 12 || b > 12)
		return;
	widen(s->first, a, s->first[1] == 0);
	widen(s->second, b, s->second[1] == 0);
	s->open += a != b;
}

bool block_torn(const struct block_style *s)
{
	return s->days && s->months;
}

enum block_order block_order(const struct block_style *s, bool monthly)
{
	bool first_stays = s->first[0] == s->first[1], second_stays = s->second[0] == s->second[1];
	if (s->days != s->months && (!s->days || !s->months))
		return s->days ? BLOCK_DAY_FIRST : BLOCK_MONTH_FIRST;
	if (s->days || !monthly || !s->open || first_stays == second_stays)
		return BLOCK_ORDER_OPEN;
	return first_stays ? BLOCK_DAY_FIRST : BLOCK_MONTH_FIRST;
}
