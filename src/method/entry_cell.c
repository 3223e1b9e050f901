// SPDX-License-Identifier: MIT
// One cell with a number, however it got in: typed into a grid, pasted, or out of a file; and the
// save of one point.
#include <plando/entry.h>

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

// --- reading

bool entry_takes_percent(const struct measure *m)
{
	return m->data == MEASURE_PERCENT || strchr(m->unit, '%');
}

static enum block_got number_read(
    const char *text, size_t n, bool comma, char out[BLOCK_NUMBER], struct entry_cell *c)
{
	char cell[BLOCK_NUMBER];
	struct block_number number;
	int length = snprintf(cell, sizeof cell, "%.*s", (int)n, text);
	enum block_got got = block_number(cell, comma, &number);
	if (length >= (int)sizeof cell || got == BLOCK_BAD) {
		c->why = got == BLOCK_BAD ? number.why : "is too long for a number";
		return BLOCK_BAD;
	}
	c->percent |= number.percent;
	memcpy(out, got == BLOCK_BLANK ? "" : number.text, got == BLOCK_BLANK ? 1 : BLOCK_NUMBER);
	return got;
}

// "3/10" and "3 of 10" are numerator and denominator; n: the length of the sign between them.
static const char *over_sign(const char *text, size_t *n)
{
	const char *sign = strchr(text, '/');
	*n = 1;
	if (!sign) {
		sign = strstr(text, " of ");
		*n = 4;
	}
	return sign;
}

static enum block_got fraction_read(
    const char *text, const char *sign, size_t n, bool comma, struct entry_cell *c)
{
	c->why = NULL;
	if (number_read(text, (size_t)(sign - text), comma, c->number[0], c) == BLOCK_BAD ||
	    number_read(sign + n, strlen(sign + n), comma, c->number[1], c) == BLOCK_BAD)
		return BLOCK_BAD;
	c->given[ENTRY_NUMERATOR] = c->number[0];
	c->given[ENTRY_DENOMINATOR] = c->number[1];
	return BLOCK_GOOD;
}

enum block_got entry_cell_read(const struct measure *m, enum entry_field field, const char *text,
    bool comma, struct entry_cell *out)
{
	size_t n;
	const char *sign = field == ENTRY_VALUE ? over_sign(text, &n) : NULL;
	*out = (struct entry_cell){ 0 };
	enum block_got got = number_read(text, strlen(text), comma, out->number[0], out);
	if (got == BLOCK_BAD && sign)
		got = fraction_read(text, sign, n, comma, out);
	else if (got != BLOCK_BAD)
		out->given[field] = out->number[0];
	bool fraction = field != ENTRY_VALUE || out->given[ENTRY_NUMERATOR];
	if (got == BLOCK_GOOD && out->percent && (fraction || !entry_takes_percent(m))) {
		out->why = "has a percent sign, and this is no percentage";
		return BLOCK_BAD;
	}
	return got;
}

// --- a value beside its own numerator and denominator

static int decimals_of(const char *number)
{
	const char *point = strchr(number, '.');
	return point ? (int)strlen(point + 1) : 0;
}

// 2 |value - f| <= the last decimal of the value: it is f, rounded.
static bool rounds_to(struct fraction f, struct decimal value, int decimals)
{
	struct fraction v = fraction_of(value), unit = fraction_of((struct decimal){ 1, decimals });
	const struct part above[] = { { 2, v }, { -2, f }, { -1, unit } };
	const struct part below[] = { { -2, v }, { 2, f }, { -1, unit } };
	return parts_sign(above, 3) <= 0 && parts_sign(below, 3) <= 0;
}

bool entry_agrees(const struct measure *m, const char *value, const char *over, const char *under)
{
	struct decimal v, x, y;
	struct fraction f;
	int decimals = decimals_of(value);
	if (!decimal_parse(value, &v) || !decimal_parse(over, &x) || !decimal_parse(under, &y) ||
	    decimals > DECIMAL_DIGITS || !fraction_ratio(x, y, m->per, &f))
		return true; // what is wrong with them is said by entry_weigh
	if (rounds_to(f, v, decimals))
		return true;
	return m->data == MEASURE_PERCENT && fraction_ratio(x, y, decimal_whole(1), &f) &&
	       rounds_to(f, v, decimals);
}

// --- saving

bool entry_save(struct store *s, const struct measure *m, const char *const given[ENTRY_FIELDS],
    struct entry_saved *out, struct err *e)
{
	struct arena a = { 0 };
	struct id id = entry_id(&m->id, given[ENTRY_DATE], given[ENTRY_STRATUM],
	    given[ENTRY_NTH] ? given[ENTRY_NTH] : "");
	struct entry old;
	bool found;
	*out = (struct entry_saved){ 0 };
	bool good = entry_load(s, &a, &id, &old, &found, e);
	if (good)
		out->verdict = entry_weigh(m, found ? &old : NULL, given, &out->why);
	if (good && (out->verdict == ENTRY_ADDED || out->verdict == ENTRY_CORRECTED)) {
		struct save *v = save_begin(s, &a, e);
		good = v && entry_put(v, m, found ? &old : NULL, given, e) &&
		       save_commit(v, &out->written, e);
	}
	arena_free(&a);
	return good;
}
