// SPDX-License-Identifier: MIT
// What people call columns, which field each is, and what a person says of it.
#include "method/measure/intake.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

// --- fields by name

const char *intake_field_name(int field)
{
	static const char *const MORE[] = { "measure", "team", "-" };
	return field < ENTRY_FIELDS ? ENTRY_NAME[field] : MORE[field - ENTRY_FIELDS];
}

const char *intake_field_label(int field)
{
	static const char *const MORE[] = { "Measure", "Team", "left out" };
	return field < ENTRY_FIELDS ? ENTRY_LABEL[field] : MORE[field - ENTRY_FIELDS];
}

int intake_field_named(const char *name)
{
	for (int i = 0; i <= INTAKE_LEFT; i++)
		if (str_equal(intake_field_name(i), name))
			return i;
	return -1;
}

// What people call columns, folded.
static const struct {
	const char *name;
	int field;
} NAMES[] = {
	{ "date", ENTRY_DATE },
	{ "month", ENTRY_DATE },
	{ "week", ENTRY_DATE },
	{ "day", ENTRY_DATE },
	{ "quarter", ENTRY_DATE },
	{ "period", ENTRY_DATE },
	{ "period start", ENTRY_DATE },
	{ "period end", ENTRY_DATE },
	{ "period ending", ENTRY_DATE },
	{ "reporting period", ENTRY_DATE },
	{ "week beginning", ENTRY_DATE },
	{ "week commencing", ENTRY_DATE },
	{ "week starting", ENTRY_DATE },
	{ "week ending", ENTRY_DATE },
	{ "week ended", ENTRY_DATE },
	{ "week of", ENTRY_DATE },
	{ "w/c", ENTRY_DATE },
	{ "w/b", ENTRY_DATE },
	{ "w/e", ENTRY_DATE },
	{ "month beginning", ENTRY_DATE },
	{ "month starting", ENTRY_DATE },
	{ "month ending", ENTRY_DATE },
	{ "value", ENTRY_VALUE },
	{ "result", ENTRY_VALUE },
	{ "score", ENTRY_VALUE },
	{ "numerator", ENTRY_NUMERATOR },
	{ "num", ENTRY_NUMERATOR },
	{ "denominator", ENTRY_DENOMINATOR },
	{ "denom", ENTRY_DENOMINATOR },
	{ "den", ENTRY_DENOMINATOR },
	{ "out of", ENTRY_DENOMINATOR },
	{ "stratum", ENTRY_STRATUM },
	{ "group", ENTRY_STRATUM },
	{ "subgroup", ENTRY_STRATUM },
	{ "nth", ENTRY_NTH },
	{ "note", ENTRY_NOTE },
	{ "notes", ENTRY_NOTE },
	{ "comment", ENTRY_NOTE },
	{ "comments", ENTRY_NOTE },
	{ "excluded_why", ENTRY_EXCLUDED_WHY },
	{ "left out because", ENTRY_EXCLUDED_WHY },
	{ "measure", INTAKE_MEASURE },
	{ "measure name", INTAKE_MEASURE },
	{ "indicator", INTAKE_MEASURE },
	{ "team", INTAKE_TEAM },
};

// "Month (dd/mm/yyyy):" is called "month".
static void intake_columns_name_cut(char *folded)
{
	size_t n = strlen(folded);
	char *bracket = strchr(folded, '(');
	if (bracket && bracket > folded && folded[n - 1] == ')')
		n = (size_t)(bracket - folded);
	while (n && strchr(" :.*", folded[n - 1]))
		n--;
	folded[n] = '\0';
}

int intake_field_called(const char *heading)
{
	struct arena a = { 0 };
	int field = INTAKE_LEFT;
	char *folded = strlen(heading) < 80 ? text_fold(&a, heading) : NULL;
	if (folded)
		intake_columns_name_cut(folded);
	for (size_t i = 0; folded && i < sizeof NAMES / sizeof *NAMES; i++)
		if (strcmp(folded, NAMES[i].name) == 0)
			field = NAMES[i].field;
	arena_free(&a);
	return field;
}

// A column may have the name of the measure itself.
static int column_field(const struct intake *in, const char *name)
{
	struct arena a = { 0 };
	int field = intake_field_called(name);
	if (field == INTAKE_LEFT && *name && in->measures && in->measure[0]->found &&
	    str_equal(text_fold(&a, name), text_fold(&a, in->measure[0]->measure.name)))
		field = ENTRY_VALUE;
	arena_free(&a);
	return field;
}

bool intake_order_named(const char *name, enum block_order *out)
{
	static const char *const NAME[] = { "dmy", "mdy", "ymd" };
	for (size_t i = 0; i < 3; i++)
		if (str_equal(name, NAME[i])) {
			*out = BLOCK_DAY_FIRST + (enum block_order)i;
			return true;
		}
	return false;
}

// "Date (dd/mm/yyyy)" says itself what comes first.
static void intake_columns_order_in_heading(struct intake *in, const char *heading)
{
	static const struct {
		const char *words;
		enum block_order order;
	} SAID[] = { { "dd/mm", BLOCK_DAY_FIRST }, { "dd-mm", BLOCK_DAY_FIRST },
		{ "dd.mm", BLOCK_DAY_FIRST }, { "mm/dd", BLOCK_MONTH_FIRST },
		{ "mm-dd", BLOCK_MONTH_FIRST }, { "yy/mm", BLOCK_YEAR_FIRST },
		{ "yy-mm", BLOCK_YEAR_FIRST } };
	for (size_t i = 0; i < sizeof SAID / sizeof *SAID; i++)
		for (const char *at = heading; *at && in->said.order == BLOCK_ORDER_OPEN; at++)
			if (strncasecmp(at, SAID[i].words, strlen(SAID[i].words)) == 0)
				in->said.order = SAID[i].order;
}

// --- the columns of rows

size_t intake_find(const struct intake *in, int field)
{
	size_t i = 0;
	while (i < in->columns && in->column[i].field != field)
		i++;
	return i;
}

static const char *intake_columns_sample_at(const struct intake *in, size_t row, size_t column)
{
	const struct intake_line *l = &in->sample[row];
	return row < in->samples && column < l->cells ? l->cell[column] : "";
}

// Two columns of one name: which of them is meant is asked where it matters.
bool intake_names_take(struct intake *in, struct err *e)
{
	for (size_t i = 0; i < in->columns; i++) {
		size_t n;
		const char *text = block_plain(intake_columns_sample_at(in, in->head, i), &n);
		struct intake_column *c = &in->column[i];
		c->name = arena_copy(in->arena, text, n);
		if (!c->name)
			return err_memory(e);
		int field = column_field(in, c->name);
		c->field = INTAKE_LEFT;
		size_t other = field == INTAKE_LEFT ? i : intake_find(in, field);
		if (other >= i) {
			c->field = field;
		} else if (field != ENTRY_NOTE && field != ENTRY_EXCLUDED_WHY) {
			in->twice[i] = c->name;
			in->twice[other] = in->column[other].name;
		}
		if (field == ENTRY_DATE)
			intake_columns_order_in_heading(in, c->name);
	}
	return true;
}

struct column_kinds { // of a column's cells below its name
	size_t numbers, dates, texts;
};

static struct column_kinds column_kinds_of(const struct intake *in, size_t from, size_t column)
{
	struct column_kinds k = { 0 };
	date_t today = store_today(in->store);
	for (size_t i = from; i < in->samples; i++) {
		struct block_number n;
		const char *cell = intake_columns_sample_at(in, i, column);
		enum block_got got = block_number(cell, BLOCK_DECIMAL_OPEN, &n);
		if (got == BLOCK_BLANK || n.suppressed)
			continue;
		if (block_looks_date(cell, today))
			k.dates++;
		else if (got == BLOCK_GOOD || n.open)
			k.numbers++;
		else
			k.texts++;
	}
	return k;
}

// A row of names: one that is known, or (unless known_only) text above numbers or dates.
bool intake_head_is(const struct intake *in, size_t row, bool known_only)
{
	bool headed = false, dated = false;
	date_t today = store_today(in->store);
	for (size_t i = 0; i < in->columns; i++) {
		const char *cell = intake_columns_sample_at(in, row, i);
		struct block_number number;
		size_t n;
		if (!*block_plain(cell, &n))
			continue;
		enum block_got got = block_number(cell, BLOCK_DECIMAL_OPEN, &number);
		if (got != BLOCK_BAD || number.open || block_looks_date(cell, today))
			return false;
		int field = column_field(in, cell);
		struct column_kinds k = { 0 };
		if (!known_only && field == INTAKE_LEFT && row + 1 < in->samples)
			k = column_kinds_of(in, row + 1, i);
		dated |= field == ENTRY_DATE;
		headed |=
		    field != INTAKE_LEFT || (!known_only && row + 1 < in->samples && !k.texts);
	}
	return headed && (dated || !known_only);
}

// Without names: by what stands in the columns. Numbers without a date go where the grid says.
void intake_fields_guess(struct intake *in)
{
	size_t numbers = 0, seen = 0;
	bool fractions = in->measures && entry_fractions(&in->measure[0]->measure);
	for (size_t i = 0; i < in->columns; i++) {
		struct column_kinds k = column_kinds_of(in, in->head, i);
		numbers += k.numbers > 0 && !k.dates && !k.texts;
	}
	for (size_t i = 0; i < in->columns; i++) {
		struct column_kinds k = column_kinds_of(in, in->head, i);
		int field = INTAKE_LEFT;
		if (k.dates && !k.numbers && !k.texts)
			field = ENTRY_DATE;
		else if (k.texts && !k.dates)
			field = ENTRY_NOTE;
		else if (k.numbers && numbers == 2 && fractions)
			field = seen++ ? ENTRY_DENOMINATOR : ENTRY_NUMERATOR;
		else if (k.numbers && numbers == 1)
			field = ENTRY_VALUE;
		in->column[i].field = intake_find(in, field) < i ? INTAKE_LEFT : field;
	}
}

static bool intake_columns_has(const struct intake *in, int field)
{
	return intake_find(in, field) < in->columns;
}

static bool intake_columns_has_number(const struct intake *in)
{
	return intake_columns_has(in, ENTRY_VALUE) || intake_columns_has(in, ENTRY_NUMERATOR) ||
	       intake_columns_has(in, ENTRY_DENOMINATOR);
}

void intake_suggest(struct intake *in)
{
	size_t number[2] = { 0 }, numbers = 0;
	for (size_t i = 0; !in->is_table && i < in->columns; i++) {
		struct column_kinds k = column_kinds_of(in, in->head + in->headed, i);
		if (in->column[i].field != INTAKE_LEFT || in->twice[i])
			continue;
		if (k.dates && !k.numbers && !k.texts && !intake_columns_has(in, ENTRY_DATE))
			in->column[i].field = ENTRY_DATE;
		else if (k.numbers > k.texts && !k.dates && ++numbers <= 2)
			number[numbers - 1] = i;
	}
	if (intake_columns_has_number(in) || numbers == 0 || numbers > 2)
		return;
	in->column[number[0]].field = numbers == 2 ? ENTRY_NUMERATOR : ENTRY_VALUE;
	if (numbers == 2)
		in->column[number[1]].field = ENTRY_DENOMINATOR;
}

// Of one measure the only column of numbers is its value, whatever it is called.
void intake_value_find(struct intake *in)
{
	size_t at = 0, numbers = 0;
	for (size_t i = 0; i < in->columns; i++) {
		struct column_kinds k = column_kinds_of(in, in->head + in->headed, i);
		bool free = in->column[i].field == INTAKE_LEFT && !in->twice[i];
		if (!free || !k.numbers || k.texts || k.dates)
			continue;
		at = i;
		numbers++;
	}
	if (numbers == 1 && !intake_columns_has_number(in) && intake_columns_has(in, ENTRY_DATE))
		in->column[at].field = ENTRY_VALUE;
}

// --- looking and mapping

size_t intake_columns(const struct intake *in)
{
	return in->is_table ? in->table.lead : in->columns;
}

struct intake_column intake_column(const struct intake *in, size_t i)
{
	if (!in->is_table)
		return in->column[i];
	const char *name = in->table.dated ? intake_table_at(in, 0, i) : "";
	return (struct intake_column){ name, in->table.field[i] };
}

void intake_column_set(struct intake *in, size_t i, int field)
{
	size_t other = field == INTAKE_LEFT ? in->columns : intake_find(in, field);
	if (in->is_table) {
		in->table.field[i] = field;
		return;
	}
	if (other < in->columns && other != i)
		in->column[other].field = INTAKE_LEFT;
	in->column[i].field = field;
	in->chosen[i] = true;
}

bool intake_checks(const struct intake *in, size_t i)
{
	return !in->is_table && in->column[i].field == ENTRY_VALUE &&
	       intake_columns_has(in, ENTRY_NUMERATOR) && intake_columns_has(in, ENTRY_DENOMINATOR);
}

const char *intake_sample(const struct intake *in, size_t row, size_t column)
{
	row += in->head + in->headed;
	return row < in->samples && column < in->sample[row].cells ? in->sample[row].cell[column]
								   : NULL;
}

static size_t column_called(const struct intake *in, const char *name, size_t n)
{
	size_t at = 0;
	for (; at < in->columns; at++)
		if (strlen(in->column[at].name) == n &&
		    strncasecmp(in->column[at].name, name, n) == 0)
			return at;
	char *end;
	unsigned long number = strtoul(name, &end, 10);
	return end == name + n && number >= 1 && number <= in->columns ? number - 1 : in->columns;
}

static bool column_unknown(const struct intake *in, const char *spec, size_t n, struct err *e)
{
	struct arena a = { 0 };
	struct str all = STR_IN(&a);
	for (size_t i = 0; i < in->columns; i++)
		str_printf(&all, "%s%s", i ? ", " : "", in->column[i].name);
	err_set(e, ERR_USAGE, "--map %s: %s has no column \"%.*s\"; it has: %.300s", spec,
	    in->source.name, (int)n, spec, str_done(&all));
	arena_free(&a);
	return false;
}

bool intake_map(struct intake *in, const char *spec, struct err *e)
{
	const char *equals = strrchr(spec, '=');
	if (!equals || equals == spec)
		return err_set(e, ERR_USAGE,
		    "--map %s: write COLUMN=FIELD, as in --map \"Week beginning=date\"", spec);
	if (str_starts(spec, "dates=") && intake_order_named(equals + 1, &in->said.order))
		return true;
	if (in->is_table)
		return intake_table_map(in, spec, e);
	size_t at = column_called(in, spec, (size_t)(equals - spec));
	if (at == in->columns)
		return column_unknown(in, spec, (size_t)(equals - spec), e);
	const char *name = equals + 1;
	if (str_starts(name, "date:") && intake_order_named(name + 5, &in->said.order))
		name = "date";
	int field = intake_field_named(name);
	if (field < 0)
		return err_set(e, ERR_USAGE,
		    "--map %s: there is no field \"%s\"; there are date, stratum, value, "
		    "numerator, denominator, note, excluded_why, measure, team, and - for none",
		    spec, name);
	intake_column_set(in, at, field);
	return true;
}

// Two columns of which nobody said which is the one that is meant.
static bool columns_differ(const struct intake *in, struct err *e)
{
	for (size_t i = 0; i < in->columns; i++) {
		size_t first = i;
		int field = in->column[i].field;
		if (!in->twice[i] || field == INTAKE_LEFT || in->chosen[i])
			continue;
		for (size_t k = 0; k < in->columns; k++)
			if (k != i && in->twice[k] && !in->chosen[k] &&
			    column_field(in, in->column[k].name) == field)
				return err_set(e, ERR_DATA,
				    "%s:%u: columns %zu and %zu could both be the %s; say which "
				    "with --map %zu=%s",
				    in->source.name, in->sample[in->head].line,
				    first < k ? first + 1 : k + 1, first < k ? k + 1 : first + 1,
				    intake_field_name(field), first + 1, intake_field_name(field));
	}
	return true;
}

bool intake_map_complete(const struct intake *in, struct err *e)
{
	const char *name = in->source.name;
	unsigned line = in->samples ? in->sample[in->head].line : 1;
	if (in->is_table)
		return true;
	if (!in->headed && !in->source.copied)
		return err_set(e, ERR_DATA,
		    "%s:%u: no row of names was found, as in date,value; put one above the "
		    "numbers, or say where it stands with --header ROW",
		    name, line);
	if (!intake_columns_has(in, INTAKE_MEASURE) && !in->measure[0]->found)
		return err_set(e, ERR_DATA,
		    "%s: which measure? Name it with --measure REF, or have a column \"measure\"",
		    name);
	if (!columns_differ(in, e))
		return false;
	if (!intake_columns_has(in, ENTRY_DATE) && !in->places)
		return err_set(e, ERR_DATA,
		    "%s:%u: no column is known as the date; say which with --map COLUMN=date", name,
		    line);
	if (intake_columns_has(in, ENTRY_VALUE) ||
	    (intake_columns_has(in, ENTRY_NUMERATOR) &&
		intake_columns_has(in, ENTRY_DENOMINATOR)) ||
	    in->places)
		return true;
	return err_set(e, ERR_DATA,
	    "%s:%u: no column is known as the value (or numerator and denominator); say which with "
	    "--map COLUMN=value",
	    name, line);
}
