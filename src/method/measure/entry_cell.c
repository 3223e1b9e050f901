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

static enum block_got cell_number(const char *text, size_t n, enum block_decimal decimal,
    char out[BLOCK_NUMBER], struct entry_cell *c)
{
	char cell[BLOCK_NUMBER];
	struct block_number number = { 0 };
	int length = snprintf(cell, sizeof cell, "%.*s", (int)n, text);
	if (length >= (int)sizeof cell) {
		c->why = "is too long for a number";
		return BLOCK_BAD;
	}
	enum block_got got = block_number(cell, decimal, &number);
	c->open |= number.open;
	c->suppressed |= number.suppressed;
	c->percent |= number.percent;
	c->why = number.why;
	if (got != BLOCK_BAD)
		memcpy(out, got == BLOCK_BLANK ? "" : number.text,
		    got == BLOCK_BLANK ? 1 : BLOCK_NUMBER);
	return got;
}

// "3/10" and "3 of 10" are numerator and denominator; n: the length of the sign between them.
static const char *entry_cell_over_sign(const char *text, size_t *n)
{
	const char *sign = strchr(text, '/');
	*n = 1;
	if (!sign) {
		sign = strstr(text, " of ");
		*n = 4;
	}
	return sign;
}

static enum block_got cell_fraction(
    const char *text, const char *sign, size_t n, enum block_decimal decimal, struct entry_cell *c)
{
	*c = (struct entry_cell){ 0 };
	if (cell_number(text, (size_t)(sign - text), decimal, c->number[0], c) == BLOCK_BAD ||
	    cell_number(sign + n, strlen(sign + n), decimal, c->number[1], c) == BLOCK_BAD)
		return BLOCK_BAD;
	c->given[ENTRY_NUMERATOR] = c->number[0];
	c->given[ENTRY_DENOMINATOR] = c->number[1];
	return BLOCK_GOOD;
}

// A percentage without its sign, as it is stored: 85.
static enum block_got cell_scale(
    const struct measure *m, enum block_scale scale, const char *text, struct entry_cell *c)
{
	struct block_percents seen = { 0 };
	if (m->data != MEASURE_PERCENT || c->percent)
		return BLOCK_GOOD;
	block_see_percent(&seen, text, BLOCK_POINT);
	c->open = c->scale_open = scale == BLOCK_SCALE_OPEN && seen.low;
	if (c->open)
		c->why = "can be a fraction of 1 or so many per cent: nothing here says which";
	else if (scale == BLOCK_FRACTIONS && !block_times_hundred(c->number[0]))
		c->why = "is too long for a number";
	return c->why ? BLOCK_BAD : BLOCK_GOOD;
}

enum block_got entry_cell_read(const struct measure *m, enum entry_field field, const char *text,
    const struct entry_reading *reading, struct entry_cell *out)
{
	size_t n;
	const char *sign = field == ENTRY_VALUE ? entry_cell_over_sign(text, &n) : NULL;
	*out = (struct entry_cell){ 0 };
	enum block_got got = cell_number(text, strlen(text), reading->decimal, out->number[0], out);
	if (got == BLOCK_BAD && sign)
		got = cell_fraction(text, sign, n, reading->decimal, out);
	else if (got != BLOCK_BAD)
		out->given[field] = out->number[0];
	bool fraction = field != ENTRY_VALUE || out->given[ENTRY_NUMERATOR];
	if (got == BLOCK_GOOD && out->percent && (fraction || !entry_takes_percent(m))) {
		out->why = "has a percent sign, and this is no percentage";
		return BLOCK_BAD;
	}
	if (got == BLOCK_GOOD && !fraction)
		got = cell_scale(m, reading->scale, out->number[0], out);
	return got;
}

enum block_holds entry_holds(const struct measure *m, enum entry_field field)
{
	if (field == ENTRY_VALUE)
		return m->data == MEASURE_COUNT	    ? BLOCK_COUNT
		       : m->data == MEASURE_PERCENT ? BLOCK_PERCENTAGE
						    : BLOCK_ANYTHING;
	return m->data == MEASURE_PERCENT ? BLOCK_COUNT : BLOCK_ANYTHING;
}

enum block_got entry_cell_typed(const struct measure *m, enum entry_field field, const char *text,
    bool low_known, struct entry_cell *out)
{
	struct block_numbers numbers = { 0 };
	struct entry_reading reading = { .scale = low_known ? BLOCK_HUNDREDTHS : BLOCK_SCALE_OPEN };
	block_see_number(&numbers, text, entry_holds(m, field));
	reading.decimal = block_decimal(&numbers, BLOCK_TYPED);
	enum block_got got = entry_cell_read(m, field, text, &reading, out);
	if (got == BLOCK_BAD && out->open)
		out->why =
		    block_decimal_open(&numbers)
			? "can be a decimal, or thousands; for thousands type no sign, for "
			  "a decimal a point"
			: "can be a fraction of 1 or per cent; write it with its sign, as in "
			  "0.85% or 85%";
	return got;
}

bool entry_date_typed(
    const struct measure *m, const char *text, date_t today, date_t *out, const char **why)
{
	const struct block_reading reading = {
		.order = BLOCK_DAY_FIRST, .months = true, .today = today
	};
	struct block_date d = { 0 };
	*why = NULL;
	bool good = block_date(text, &reading, &d) == BLOCK_GOOD;
	bool human = !good && date_parse_human(text, today, &d.date);
	if (good && d.grain >= BLOCK_MONTH && m->interval_days < 28)
		*why = "names no day";
	else if (!good && !human)
		*why = d.why ? d.why : "is no date";
	else if (d.date > today + 366)
		*why = "lies more than a year ahead; check the year";
	*out = d.date;
	return !*why;
}

bool entries_hold_low(const struct entries *all)
{
	struct block_percents seen = { 0 };
	for (size_t i = 0; i < all->count; i++)
		block_see_percent(&seen, all->item[i].field[ENTRY_VALUE], BLOCK_POINT);
	return seen.low > 0;
}

// --- a value beside its own numerator and denominator

static int entry_cell_decimals_of(const char *number)
{
	const char *point = strchr(number, '.');
	return point ? (int)strlen(point + 1) : 0;
}

// 2 |value - f| <= the last decimal of the value: it is f, rounded.
static bool entry_cell_rounds_to(struct fraction f, struct decimal value, int decimals)
{
	struct fraction v = fraction_of(value), unit = fraction_of((struct decimal){ 1, decimals });
	const struct decimal_part above[] = { { 2, v }, { -2, f }, { -1, unit } };
	const struct decimal_part below[] = { { -2, v }, { 2, f }, { -1, unit } };
	return parts_sign(above, 3) <= 0 && parts_sign(below, 3) <= 0;
}

bool entry_agrees(const struct measure *m, const char *value, const char *over, const char *under)
{
	struct decimal v, x, y;
	struct fraction f;
	int decimals = entry_cell_decimals_of(value);
	if (!decimal_parse(value, &v) || !decimal_parse(over, &x) || !decimal_parse(under, &y) ||
	    decimals > DECIMAL_DIGITS || !fraction_ratio(x, y, m->per, &f))
		return true; // what is wrong with them is said by entry_weigh
	if (entry_cell_rounds_to(f, v, decimals))
		return true;
	return m->data == MEASURE_PERCENT && fraction_ratio(x, y, decimal_whole(1), &f) &&
	       entry_cell_rounds_to(f, v, decimals);
}

// --- saving

bool entry_save(struct store *s, const struct measure *m, const char *const given[ENTRY_FIELDS],
    const struct saw *saw, struct entry_saved *out, struct err *e)
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
		       (!saw || save_saw(v, &id, saw, e)) && save_commit(v, &out->written, e);
	}
	arena_free(&a);
	return good;
}
