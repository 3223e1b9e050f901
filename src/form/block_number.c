// SPDX-License-Identifier: MIT
// Cells as numbers, the ways in which people and spreadsheets write them.
#include "form/block_parts.h"

#include <plando/str.h>
#include <plando/text.h>

#include <string.h>
#include <strings.h>

enum { DIGITS_LONGEST = 40 };

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

// --- a cell in ASCII

static const struct {
	const char *from, *to;
} PLAIN[] = { { "\u00a0", " " }, { "\u2009", " " }, { "\u202f", " " }, { "\u2007", " " },
	{ "\u2212", "-" }, { "\u2013", "-" }, { "\u2014", "-" }, { "\u2019", "'" }, { "£", "$" },
	{ "€", "$" }, { "\ufeff", "" }, { "％", "%" }, { "≤", "<" }, { "≥", ">" } };

bool block_ascii(const char *cell, char out[BLOCK_CELL_LONGEST + 1])
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
		if (length == BLOCK_CELL_LONGEST)
			return false;
		out[length] = put ? *put : cell[at++];
		length += !put || *put;
	}
	while (length && out[length - 1] == ' ')
		length--;
	out[length] = '\0';
	return true;
}

// --- cells without a number

static bool number_word(const char *text, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(text, words[i]) == 0)
			return true;
	return false;
}

bool block_blank_word(const char *ascii)
{
	static const char *const WORDS[] = { "", "-", "--", ".", "n/a", "na", "null", "none" };
	return number_word(ascii, WORDS, sizeof WORDS / sizeof *WORDS);
}

// What statistical offices write instead of a small number: "[c]", "*", "<5", ":", "..".
static bool number_suppressed(const char *text)
{
	static const char *const WORDS[] = { "*", "**", ":", "..", "...", "c", "k", "s", "u", "z",
		"low", "supp", "suppressed", "redacted", "confidential", "withheld" };
	size_t n = strlen(text);
	if (n >= 3 && n <= 12 && strchr("[(", text[0]) && strchr("])", text[n - 1]) &&
	    strspn(text + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ*:") == n - 2)
		return true;
	if ((text[0] == '<' || text[0] == '>') && text[1]) {
		size_t at = 1 + strspn(text + 1, "= ");
		return text[at] && strspn(text + at, "0123456789.,% ") == strlen(text + at);
	}
	return number_word(text, WORDS, sizeof WORDS / sizeof *WORDS);
}

// --- numbers

// The number within its signs: sign, brackets, currency and percent are taken off.
struct number_bare {
	char text[BLOCK_CELL_LONGEST + 1];
	bool negative, percent;
};

static void number_skip(char *text, size_t n)
{
	memmove(text, text + n, strlen(text + n) + 1);
}

static bool number_bare_read(const char *cell, struct number_bare *b)
{
	*b = (struct number_bare){ 0 };
	if (!block_ascii(cell, b->text))
		return false;
	size_t n = strlen(b->text);
	if (n > 2 && b->text[0] == '(' && b->text[n - 1] == ')') {
		b->text[n - 1] = '\0';
		number_skip(b->text, 1);
		b->negative = true;
	}
	for (bool sign = false; b->text[0] && strchr("+-$ ", b->text[0]);) {
		if ((b->text[0] == '-' || b->text[0] == '+') && (sign || b->negative))
			break;
		sign |= b->text[0] == '-' || b->text[0] == '+';
		b->negative |= b->text[0] == '-';
		number_skip(b->text, 1);
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
static bool number_digits(const char *text, bool comma, char *out)
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

static bool number_shortened(const char *text)
{
	const char *e = strpbrk(text, "eE");
	return e && e > text && text[0] >= '0' && text[0] <= '9' &&
	       (e[1] == '+' || e[1] == '-' || (e[1] >= '0' && e[1] <= '9'));
}

static const char *why_no_number(
    const char *cell, const struct number_bare *b, enum block_decimal decimal)
{
	char unused[BLOCK_NUMBER];
	char whole[BLOCK_CELL_LONGEST + 1];
	size_t n;
	const char *text = block_plain(cell, &n);
	if (*text == '#')
		return "is an error of the spreadsheet; mend it there, or empty the cell";
	if (n > BLOCK_CELL_LONGEST)
		return "is too long for a number";
	if (!block_ascii(cell, whole))
		return "is no number: a character in it is no plain digit or sign";
	if (number_shortened(b->text))
		return "is a shortened number; widen the column in the spreadsheet and copy again";
	if (decimal == BLOCK_POINT && number_digits(b->text, true, unused))
		return "has a comma where others here have a decimal point; write it as in 12.5";
	if (decimal == BLOCK_COMMA && number_digits(b->text, false, unused))
		return "has a decimal point, and others here have a decimal comma";
	return "is no number";
}

// Most cells are nothing but a few digits.
static bool number_plain(const char *cell, char out[BLOCK_NUMBER])
{
	size_t n = strspn(cell, "0123456789");
	if (n == 0 || n > DIGITS_LONGEST || cell[n] || (cell[0] == '0' && n > 1))
		return false;
	memcpy(out, cell, n + 1);
	return true;
}

// Reads it with a decimal point, or comma; where nothing says which, as it can only be read.
static bool number_marked(
    const struct number_bare *b, enum block_decimal decimal, char *digits, bool *open)
{
	char other[BLOCK_NUMBER];
	*open = false;
	if (decimal == BLOCK_POINT || decimal == BLOCK_COMMA)
		return number_digits(b->text, decimal == BLOCK_COMMA, digits);
	bool point = number_digits(b->text, false, digits);
	bool comma = number_digits(b->text, true, other);
	*open = point && comma && strcmp(digits, other) != 0;
	if (!point && comma)
		memcpy(digits, other, sizeof other);
	return (point || comma) && !*open;
}

enum block_got block_number(const char *cell, enum block_decimal decimal, struct block_number *out)
{
	char whole[BLOCK_CELL_LONGEST + 1], digits[BLOCK_NUMBER];
	struct number_bare b = { 0 };
	*out = (struct block_number){ 0 };
	if (number_plain(cell, out->text))
		return BLOCK_GOOD;
	bool ascii = block_ascii(cell, whole);
	if (ascii && block_blank_word(whole))
		return BLOCK_BLANK;
	if (ascii && number_suppressed(whole)) {
		out->suppressed = true;
		out->why = "stands for a number that was held back";
		return BLOCK_BAD;
	}
	if (!number_bare_read(cell, &b) || !number_marked(&b, decimal, digits, &out->open)) {
		out->why = out->open ? "can be a decimal, or thousands: nothing here says which"
				     : why_no_number(cell, &b, decimal);
		return BLOCK_BAD;
	}
	bool zero = strspn(digits, "0.") == strlen(digits);
	bool negative = b.negative && !zero;
	out->text[0] = '-';
	memcpy(out->text + negative, digits, strlen(digits) + 1); // 40 digits and a point at most
	out->percent = b.percent;
	return BLOCK_GOOD;
}

bool block_looks_number(const char *cell)
{
	struct block_number n;
	return block_number(cell, BLOCK_DECIMAL_OPEN, &n) == BLOCK_GOOD || n.open;
}

// --- what a column proves

void block_see_number(struct block_numbers *s, const char *cell, enum block_holds holds)
{
	struct number_bare b;
	char unused[BLOCK_NUMBER];
	const char *mark = strpbrk(cell, ".,");
	size_t run = mark ? 0 : strspn(cell, "0123456789");
	if (!mark) {
		s->large += run > 3 && !cell[run];
		s->small += run > 0 && run <= 3 && !cell[run];
		return;
	}
	if (!number_bare_read(cell, &b) || !(mark = strpbrk(b.text, ".,")))
		return;
	bool point = number_digits(b.text, false, unused),
	     comma = number_digits(b.text, true, unused);
	// A percentage is not in the thousands: the mark is a decimal one.
	bool decimal = point && comma && holds == BLOCK_PERCENTAGE;
	s->points += (point && !comma) || (decimal && *mark == '.');
	s->commas += (comma && !point) || (decimal && *mark == ',');
	if (point && comma && !decimal)
		s->open[*mark == ','][holds == BLOCK_COUNT]++;
}

// Evidence short of proof: what speaks for a point, and for a comma. Two of a kind decide, where
// nothing speaks against them.
static void number_votes(const struct block_numbers *s, char delimiter, int vote[2])
{
	size_t dots = s->open[0][0] + s->open[0][1], commas = s->open[1][0] + s->open[1][1];
	if (delimiter == ',' && dots)
		vote[0] += 2; // a decimal comma would have parted the cell
	if (delimiter == ',' && commas)
		vote[0]++;
	if (delimiter == ';')
		vote[1]++; // what spreadsheets write where the comma is the decimal mark
	if (delimiter == BLOCK_TYPED && dots)
		vote[0] += 2; // as plando shows numbers itself
	if (s->open[1][1])
		vote[0] += 2; // a count is whole
	if (s->open[0][1])
		vote[1]++;
	for (int m = 0; m < 2; m++) {
		size_t open = m ? commas : dots;
		if (open && s->large)
			vote[m] += 2; // thousands beside it have no mark
		if (open && s->small && !s->large)
			vote[!m]++; // below a thousand it has none
	}
}

enum block_decimal block_decimal(const struct block_numbers *s, char delimiter)
{
	int vote[2] = { 0, 0 };
	bool open = s->open[0][0] || s->open[0][1] || s->open[1][0] || s->open[1][1];
	if (s->points && s->commas)
		return BLOCK_DECIMAL_TORN;
	if (s->points || s->commas) // a count with three decimals is none: it speaks against it
		return s->open[s->commas > 0][1] ? BLOCK_DECIMAL_OPEN
		       : s->points		 ? BLOCK_POINT
						 : BLOCK_COMMA;
	if (!open)
		return BLOCK_POINT;
	number_votes(s, delimiter, vote);
	if ((vote[0] && vote[1]) || vote[0] + vote[1] < 2)
		return BLOCK_DECIMAL_OPEN;
	return vote[0] ? BLOCK_POINT : BLOCK_COMMA;
}

bool block_decimal_open(const struct block_numbers *s)
{
	return s->open[0][0] || s->open[0][1] || s->open[1][0] || s->open[1][1];
}

// --- percentages

// 0, 0.85 and 1; more than ten; between.
void block_see_percent(struct block_percents *s, const char *cell, enum block_decimal decimal)
{
	struct block_number n;
	if (block_number(cell, decimal, &n) != BLOCK_GOOD || *n.text == '-')
		return;
	size_t whole = strcspn(n.text, ".");
	bool some = strpbrk(n.text, "123456789") != NULL;
	bool one = whole == 1 && *n.text == '1' && strspn(n.text + 1, ".0") == strlen(n.text + 1);
	if (n.percent)
		s->signs += some;
	else if (some && (one || (whole == 1 && *n.text == '0')))
		s->low++;
	else if (some)
		*(whole > 1 ? &s->high : &s->middle) += 1;
}

enum block_scale block_scale(const struct block_percents *s, bool low_known)
{
	if (!s->low || low_known)
		return BLOCK_HUNDREDTHS;
	return s->middle && s->low < 3 * s->middle ? BLOCK_HUNDREDTHS : BLOCK_SCALE_OPEN;
}

bool block_times_hundred(char text[BLOCK_NUMBER])
{
	size_t sign = *text == '-', whole = strcspn(text, "."), n = strlen(text), zeros = 0;
	char digits[BLOCK_NUMBER + 4];
	size_t decimals = n > whole ? n - whole - 1 : 0;
	if (n + 3 > BLOCK_NUMBER)
		return false;
	memcpy(digits, text + sign, whole - sign);
	memcpy(digits + whole - sign, text + whole + (decimals > 0), decimals);
	size_t length = whole - sign + decimals, point = whole - sign + 2;
	while (length < point)
		digits[length++] = '0';
	while (zeros + 1 < point && digits[zeros] == '0')
		zeros++;
	memcpy(text + sign, digits + zeros, point - zeros);
	n = sign + point - zeros;
	if (length > point) {
		text[n++] = '.';
		memcpy(text + n, digits + point, length - point);
		n += length - point;
	}
	text[n] = '\0';
	return true;
}
