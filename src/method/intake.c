// SPDX-License-Identifier: MIT
// An intake begins: what the file is written in, what its columns are called, what they are.
#include "method/intake.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

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
	{ "period", ENTRY_DATE },
	{ "period start", ENTRY_DATE },
	{ "week beginning", ENTRY_DATE },
	{ "week commencing", ENTRY_DATE },
	{ "month beginning", ENTRY_DATE },
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

int intake_field_called(const char *heading)
{
	struct arena a = { 0 };
	int field = INTAKE_LEFT;
	const char *folded = text_fold(&a, heading);
	for (size_t i = 0; folded && i < sizeof NAMES / sizeof *NAMES; i++)
		if (strcmp(folded, NAMES[i].name) == 0)
			field = NAMES[i].field;
	arena_free(&a);
	return field;
}

// A column may have the name of the measure itself.
static int field_called(const struct intake *in, const char *name)
{
	struct arena a = { 0 };
	int field = intake_field_called(name);
	if (field == INTAKE_LEFT && *name && in->measures && in->measure[0].found &&
	    str_equal(text_fold(&a, name), text_fold(&a, in->measure[0].measure.name)))
		field = ENTRY_VALUE;
	arena_free(&a);
	return field;
}

size_t intake_find(const struct intake *in, int field)
{
	size_t i = 0;
	while (i < in->columns && in->column[i].field != field)
		i++;
	return i;
}

const char *intake_cell(const struct intake *in, const struct block_row *row, int field)
{
	size_t at = intake_find(in, field);
	return at < in->columns && at < row->cells ? row->cell[at] : "";
}

// --- measures

static bool measure_found(struct intake *in, struct intake_measure *m, const char *team)
{
	struct err e = { 0 };
	struct record r;
	const char *ref = *team ? arena_printf(in->arena, "%s/%s", team, m->ref) : m->ref;
	if (!ref || !record_find(in->store, in->arena, "measure", ref, &r, &e) ||
	    !measure_head(in->store, in->arena, &r.id, &m->measure, &e)) {
		m->why = arena_strdup(in->arena, e.text);
		return m->why != NULL;
	}
	m->found = true;
	m->some = entry_count(in->store, &r.id) > 0;
	return true;
}

static struct intake_measure *measure_add(struct intake *in, const char *ref)
{
	if (!arena_grow(in->arena, (void **)&in->measure, in->measures, &in->measure_cap,
		sizeof *in->measure))
		return NULL;
	struct intake_measure *m = &in->measure[in->measures];
	*m = (struct intake_measure){ .ref = arena_strdup(in->arena, ref) };
	if (!m->ref)
		return NULL;
	in->measures++;
	return m;
}

// Files go measure by measure mostly: the newest are looked at first.
struct intake_measure *intake_measure_of(struct intake *in, const char *team, const char *ref)
{
	struct arena a = { 0 };
	struct intake_measure *m = NULL;
	if (intake_find(in, INTAKE_MEASURE) == in->columns)
		return &in->measure[0];
	const char *both = *team ? arena_printf(&a, "%s\t%s", team, ref) : ref;
	for (size_t i = in->measures; both && i-- > 0 && !m;)
		if (strcmp(in->measure[i].ref, both) == 0)
			m = &in->measure[i];
	if (!m && both && in->measures < INTAKE_MEASURES) {
		m = measure_add(in, ref);
		if (m && (!measure_found(in, m, team) || !(m->ref = arena_strdup(in->arena, both))))
			m = NULL;
	}
	arena_free(&a);
	return m;
}

// --- the source

static size_t more_of_file(void *context, char *buffer, size_t n)
{
	return fread(buffer, 1, n, context);
}

bool intake_rewind(struct intake *in, struct err *e)
{
	block_close(in->reader);
	in->text.at = 0;
	if (in->in && fseek(in->in, 0, SEEK_SET) != 0)
		return err_errno(e, in->name, "read it again");
	if (in->in)
		block_open(in->reader, more_of_file, in->in, in->shape);
	else
		block_open(in->reader, block_more_bytes, &in->text, in->shape);
	return true;
}

static bool look(struct intake *in, struct err *e)
{
	bool good = in->in ? block_look(more_of_file, in->in, in->copied, &in->shape, e)
			   : block_look(block_more_bytes, &in->text, in->copied, &in->shape, e);
	return good || err_place(e, in->name, 0, 0);
}

// --- the first rows

static bool names_take(struct intake *in, const struct block_row *row, struct err *e)
{
	for (size_t i = 0; i < in->columns; i++) {
		size_t n;
		const char *text = i < row->cells ? block_plain(row->cell[i], &n) : (n = 0, "");
		in->column[i].name = arena_copy(in->arena, text, n);
		if (!in->column[i].name)
			return err_memory(e);
		int field = field_called(in, in->column[i].name);
		in->column[i].field = intake_find(in, field) < i ? INTAKE_LEFT : field;
	}
	return true;
}

static bool sample_take(struct intake *in, const struct block_row *row, struct err *e)
{
	if (row->cells > INTAKE_COLUMNS)
		return err_set(e, ERR_DATA, "%s:%u: more than %d columns; is this the right file?",
		    in->name, row->line, INTAKE_COLUMNS);
	if (row->cells > in->columns)
		in->columns = row->cells;
	for (size_t i = 0; i < row->cells; i++)
		if (!(in->sample[in->samples][i] = arena_strdup(in->arena, row->cell[i])))
			return err_memory(e);
	in->samples++;
	return true;
}

struct kinds { // of a column's cells below the first row
	size_t numbers, dates, texts;
};

static struct kinds kinds_of(const struct intake *in, size_t column)
{
	struct kinds k = { 0 };
	for (size_t i = in->samples > 1; i < in->samples; i++) {
		struct block_date d;
		struct block_number n;
		const char *cell = in->sample[i][column];
		if (!cell || block_number(cell, true, &n) == BLOCK_BLANK)
			continue;
		if (block_date(cell, BLOCK_DAY_FIRST, 0, &d) == BLOCK_GOOD ||
		    block_date(cell, BLOCK_MONTH_FIRST, 0, &d) == BLOCK_GOOD)
			k.dates++;
		else if (n.text[0] || block_number(cell, false, &n) == BLOCK_GOOD)
			k.numbers++;
		else
			k.texts++;
	}
	return k;
}

static bool reads_so(const char *cell)
{
	struct block_date d;
	struct block_number n;
	return block_number(cell, true, &n) != BLOCK_BAD ||
	       block_number(cell, false, &n) != BLOCK_BAD ||
	       block_date(cell, BLOCK_DAY_FIRST, 0, &d) == BLOCK_GOOD ||
	       block_date(cell, BLOCK_MONTH_FIRST, 0, &d) == BLOCK_GOOD;
}

// A row of names: one that is known, or text above numbers or dates.
static bool is_headed(struct intake *in)
{
	bool headed = false;
	for (size_t i = 0; i < in->columns; i++) {
		const char *cell = in->sample[0][i];
		size_t n;
		if (!cell || !*block_plain(cell, &n))
			continue;
		struct kinds k = kinds_of(in, i);
		if (reads_so(cell))
			return false;
		headed |= field_called(in, cell) != INTAKE_LEFT || (in->samples > 1 && !k.texts);
	}
	return headed;
}

// Without names: by what stands in the columns. Numbers without a date go where the grid says.
static void guess_fields(struct intake *in)
{
	size_t numbers = 0, seen = 0;
	bool fractions = in->measures && entry_fractions(&in->measure[0].measure);
	for (size_t i = 0; i < in->columns; i++) {
		struct kinds k = kinds_of(in, i);
		numbers += k.numbers > 0 && !k.dates && !k.texts;
	}
	for (size_t i = 0; i < in->columns; i++) {
		struct kinds k = kinds_of(in, i);
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

static bool is_known(const struct intake *in)
{
	return intake_find(in, ENTRY_VALUE) < in->columns ||
	       intake_find(in, ENTRY_NUMERATOR) < in->columns ||
	       intake_find(in, ENTRY_DENOMINATOR) < in->columns;
}

void intake_suggest(struct intake *in)
{
	size_t number[2] = { 0 }, numbers = 0;
	for (size_t i = 0; i < in->columns; i++) {
		struct kinds k = kinds_of(in, i);
		if (in->column[i].field != INTAKE_LEFT)
			continue;
		if (k.dates && !k.numbers && !k.texts && intake_find(in, ENTRY_DATE) == in->columns)
			in->column[i].field = ENTRY_DATE;
		else if (k.numbers > k.texts && !k.dates && ++numbers <= 2)
			number[numbers - 1] = i;
	}
	if (is_known(in) || numbers == 0 || numbers > 2)
		return;
	in->column[number[0]].field = numbers == 2 ? ENTRY_NUMERATOR : ENTRY_VALUE;
	if (numbers == 2)
		in->column[number[1]].field = ENTRY_DENOMINATOR;
}

static bool first_rows(struct intake *in, struct err *e)
{
	struct block_row row = { 0 };
	struct err own = { 0 };
	while (in->samples < INTAKE_SAMPLE && block_next(in->reader, &row, &own))
		if (!sample_take(in, &row, e))
			return false;
	if (own.code) {
		err_set(e, own.code, "%s", own.text);
		return err_place(e, in->name, 0, 0);
	}
	if (!in->samples)
		return err_set(e, ERR_DATA, "%s: there is nothing in it", in->name);
	for (size_t i = 0; i < in->columns; i++)
		in->column[i] = (struct intake_column){ "", INTAKE_LEFT };
	in->headed = is_headed(in);
	if (!in->headed) {
		guess_fields(in);
		return true;
	}
	struct block_row names = { .cell = in->sample[0], .cells = in->columns };
	for (size_t i = 0; i < in->columns; i++)
		if (!in->sample[0][i])
			in->sample[0][i] = "";
	return names_take(in, &names, e);
}

static bool measure_given(struct intake *in, const struct id *measure, struct err *e)
{
	struct intake_measure *m = measure_add(in, "");
	if (!m)
		return err_memory(e);
	if (!measure)
		return true;
	m->found = true;
	m->some = entry_count(in->store, measure) > 0;
	return measure_head(in->store, in->arena, measure, &m->measure, e);
}

struct intake *intake_open(struct store *s, struct arena *a, const char *name,
    const struct block_bytes *text, FILE *in, bool copied, const struct id *measure, struct err *e)
{
	struct intake *n = arena_alloc(a, sizeof *n);
	if (!n || !(n->reader = arena_alloc(a, sizeof *n->reader)))
		return err_memory(e), NULL;
	n->store = s;
	n->arena = a;
	n->name = name;
	n->in = in;
	n->copied = copied;
	if (text)
		n->text = *text;
	if (measure_given(n, measure, e) && look(n, e) && intake_rewind(n, e) && first_rows(n, e))
		return n;
	intake_close(n);
	return NULL;
}

void intake_close(struct intake *in)
{
	if (in)
		block_close(in->reader);
}

// --- looking and mapping

size_t intake_columns(const struct intake *in)
{
	return in->columns;
}

struct intake_column *intake_column(struct intake *in, size_t i)
{
	return &in->column[i];
}

bool intake_checks(const struct intake *in, size_t i)
{
	return in->column[i].field == ENTRY_VALUE &&
	       intake_find(in, ENTRY_NUMERATOR) < in->columns &&
	       intake_find(in, ENTRY_DENOMINATOR) < in->columns;
}

const struct block_shape *intake_shape(const struct intake *in)
{
	return &in->shape;
}

bool intake_headed(const struct intake *in)
{
	return in->headed;
}

void intake_places(struct intake *in, const struct intake_place *place, size_t count)
{
	in->place = place;
	in->places = count;
}

void intake_set_order(struct intake *in, enum block_order order)
{
	in->said = order;
}

enum block_order intake_order(const struct intake *in)
{
	return in->said != BLOCK_ORDER_OPEN ? in->said : in->order;
}

bool intake_dates_open(const struct intake *in)
{
	return in->style[0].open > 0 && intake_order(in) == BLOCK_ORDER_OPEN;
}

bool intake_decimal_comma(const struct intake *in)
{
	return block_comma(&in->style[1]);
}

const char *intake_sample(const struct intake *in, size_t row, size_t column)
{
	row += in->headed;
	return row < in->samples && column < in->columns ? in->sample[row][column] : NULL;
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

static bool unknown_column(const struct intake *in, const char *spec, size_t n, struct err *e)
{
	struct arena a = { 0 };
	struct str all = STR_IN(&a);
	for (size_t i = 0; i < in->columns; i++)
		str_printf(&all, "%s%s", i ? ", " : "", in->column[i].name);
	err_set(e, ERR_USAGE, "--map %s: %s has no column \"%.*s\"; it has: %.300s", spec, in->name,
	    (int)n, spec, str_done(&all));
	arena_free(&a);
	return false;
}

bool intake_map(struct intake *in, const char *spec, struct err *e)
{
	const char *equals = strrchr(spec, '=');
	if (!equals || equals == spec)
		return err_set(e, ERR_USAGE,
		    "--map %s: write COLUMN=FIELD, as in --map \"Week beginning=date\"", spec);
	size_t at = column_called(in, spec, (size_t)(equals - spec));
	if (at == in->columns)
		return unknown_column(in, spec, (size_t)(equals - spec), e);
	const char *name = equals + 1;
	if (str_equal(name, "date:dmy") || str_equal(name, "date:mdy")) {
		in->said = name[5] == 'd' ? BLOCK_DAY_FIRST : BLOCK_MONTH_FIRST;
		name = "date";
	}
	int field = intake_field_named(name);
	if (field < 0)
		return err_set(e, ERR_USAGE,
		    "--map %s: there is no field \"%s\"; there are date, stratum, value, "
		    "numerator, denominator, note, excluded_why, measure, team, and - for none",
		    spec, name);
	size_t other = intake_find(in, field);
	if (other < in->columns)
		in->column[other].field = INTAKE_LEFT;
	in->column[at].field = field;
	return true;
}

// --- settling

static bool has(const struct intake *in, int field)
{
	return intake_find(in, field) < in->columns;
}

static bool map_complete(const struct intake *in, struct err *e)
{
	if (!in->headed && !in->copied)
		return err_set(e, ERR_DATA,
		    "%s:1: the first row holds no names of columns; put a row like "
		    "date,value above it",
		    in->name);
	if (!has(in, INTAKE_MEASURE) && !in->measure[0].found)
		return err_set(e, ERR_DATA,
		    "%s: which measure? Name it with --measure REF, or have a column \"measure\"",
		    in->name);
	if (!has(in, ENTRY_DATE) && !in->places)
		return err_set(e, ERR_DATA,
		    "%s:1: no column is known as the date; say which with --map COLUMN=date",
		    in->name);
	if (has(in, ENTRY_VALUE) || (has(in, ENTRY_NUMERATOR) && has(in, ENTRY_DENOMINATOR)) ||
	    in->places)
		return true;
	return err_set(e, ERR_DATA,
	    "%s:1: no column is known as the value (or numerator and denominator); say which with "
	    "--map COLUMN=value",
	    in->name);
}

static bool is_number(int field)
{
	return field == ENTRY_VALUE || field == ENTRY_NUMERATOR || field == ENTRY_DENOMINATOR;
}

static void see(struct intake *in, const struct block_row *row)
{
	for (size_t i = 0; i < in->columns && i < row->cells; i++) {
		if (in->column[i].field == ENTRY_DATE)
			block_see_date(&in->style[0], row->cell[i]);
		else if (is_number(in->column[i].field))
			block_see_number(&in->style[1], row->cell[i]);
	}
}

static bool monthly(const struct intake *in)
{
	for (size_t i = 0; i < in->measures; i++)
		if (in->measure[i].found && in->measure[i].measure.interval_days < 31)
			return false;
	return in->measures > 0 && in->measure[0].found;
}

bool intake_settle(struct intake *in, struct err *e)
{
	struct block_row row;
	struct err own = { 0 };
	in->rows = 0;
	memset(in->style, 0, sizeof in->style);
	if (!map_complete(in, e) || !intake_rewind(in, e))
		return false;
	if (in->headed && !block_next(in->reader, &row, &own))
		return true;
	while (block_next(in->reader, &row, &own)) {
		if (!row.fault)
			see(in, &row);
		in->rows++;
	}
	in->order = block_order(&in->style[0], monthly(in));
	if (!own.code)
		return true;
	err_set(e, own.code, "%s", own.text);
	return err_place(e, in->name, 0, 0);
}
