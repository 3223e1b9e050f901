// SPDX-License-Identifier: MIT
// A table: all of its cells, which way round it is, and what stands before the numbers.
#include "method/measure/intake.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LINES_MOST = 5000, CELLS_MOST = 200000 };

// --- cells

size_t intake_table_rows(const struct intake *in)
{
	return in->table.turned ? in->table.widest : in->table.lines;
}

size_t intake_table_columns(const struct intake *in)
{
	return in->table.turned ? in->table.lines : in->table.widest;
}

const char *intake_table_at(const struct intake *in, size_t row, size_t column)
{
	const struct intake_table *t = &in->table;
	size_t line = t->turned ? column : row, at = t->turned ? row : column;
	return line < t->lines && at < t->line[line].cells ? t->line[line].cell[at] : "";
}

void intake_table_place(
    const struct intake *in, size_t row, size_t column, unsigned *line, unsigned *at)
{
	*line = in->table.line[in->table.turned ? column : row].line;
	*at = (unsigned)(in->table.turned ? row : column) + 1;
}

static bool intake_table_cell_blank(const char *cell)
{
	struct block_number number;
	return block_number(cell, BLOCK_DECIMAL_OPEN, &number) == BLOCK_BLANK;
}

// --- reading

static bool intake_table_line_keep(struct intake *in, const struct block_row *row, struct err *e)
{
	struct intake_table *t = &in->table;
	const char *name = in->source.name;
	if (row->fault)
		return err_set(e, ERR_DATA, "%s:%u: %s", name, row->line, row->fault);
	if (t->lines == LINES_MOST)
		return err_set(e, ERR_DATA, "%s: more than %d rows; a table has one a measure",
		    name, LINES_MOST);
	if (!arena_grow(in->arena, (void **)&t->line, t->lines, &t->line_cap, sizeof *t->line))
		return err_memory(e);
	struct intake_line *l = &t->line[t->lines];
	*l = (struct intake_line){ .line = row->line, .cells = row->cells };
	l->cell = arena_array(in->arena, row->cells + 1, sizeof *l->cell);
	if (!l->cell)
		return err_memory(e);
	for (size_t i = 0; i < row->cells; i++)
		if (!(l->cell[i] = arena_strdup(in->arena, row->cell[i])))
			return err_memory(e);
	t->lines++;
	t->widest = row->cells > t->widest ? row->cells : t->widest;
	return true;
}

static bool intake_table_leads_find(struct intake *in, struct err *e);

bool intake_table_read(struct intake *in, struct err *e)
{
	struct intake_table *t = &in->table;
	struct block_row row = { 0 };
	struct err own = { 0 };
	unsigned first = in->sample[in->head].line;
	t->line = NULL;
	t->lines = t->line_cap = t->widest = 0;
	bool good = intake_rewind(in, e);
	while (good && block_next(in->reader, &row, &own))
		good = row.line < first || intake_is_comment(&row) ||
		       intake_table_line_keep(in, &row, e);
	if (good && own.code)
		good = err_set(e, own.code, "%s: %s", in->source.name, own.text);
	if (good && t->lines * t->widest > CELLS_MOST)
		good = err_set(e, ERR_DATA, "%s: more than %d cells; a table has one a point",
		    in->source.name, CELLS_MOST);
	if (good && !(t->lines && t->widest))
		good = err_set(e, ERR_DATA, "%s: there is nothing in it", in->source.name);
	if (!good)
		return false;
	intake_table_way(in);
	return intake_table_leads_find(in, e);
}

// --- which way round

bool intake_looks_month(struct arena *a, const char *cell)
{
	const struct block_reading reading = { .today = 20000 };
	struct block_date date;
	size_t n;
	const char *plain = block_plain(cell, &n);
	const char *first = arena_printf(a, "1 %.*s 2000", (int)n, plain);
	return n >= 3 && first && block_date(first, &reading, &date) == BLOCK_GOOD;
}

// "202401" is one where a row or column begins with a date.
static bool intake_table_bare_month(const char *cell, date_t today)
{
	const struct block_reading reading = { .today = today };
	struct block_date date;
	return strlen(cell) == 6 && strspn(cell, "0123456789") == 6 &&
	       block_date(cell, &reading, &date) == BLOCK_GOOD;
}

// A date, or a month without its year, of which it will be said that the year is missing.
static bool intake_table_is_date(const struct intake *in, struct arena *a, const char *cell)
{
	date_t today = store_today(in->store);
	if (intake_table_bare_month(cell, today))
		return true;
	return !block_looks_number(cell) &&
	       (block_looks_date(cell, today) || intake_looks_month(a, cell));
}

// A year that cannot be, a financial year: said of its column, which is one of dates all the same.
static bool intake_table_date_like(const struct intake *in, const char *cell)
{
	const struct block_reading reading = { .today = store_today(in->store) };
	struct block_date date;
	size_t n = strspn(cell, "0123456789");
	return n >= 1 && n <= 4 && cell[n] && block_date(cell, &reading, &date) == BLOCK_BAD &&
	       !str_equal(date.why, "is no date") && strpbrk(cell, "-/") != NULL;
}

// Where dates begin in the first row, as the table is turned now; the columns where they do not.
static size_t intake_table_dates_begin(const struct intake *in)
{
	struct arena a = { 0 };
	size_t columns = intake_table_columns(in), first = columns, dates = 0, others = 0;
	for (size_t i = 0; i < columns; i++) {
		const char *cell = intake_table_at(in, 0, i);
		bool date = intake_table_is_date(in, &a, cell) ||
			    (!in->table.turned && intake_table_date_like(in, cell));
		if (date && first == columns)
			first = i;
		dates += date;
		others += first < columns && !date && !intake_table_cell_blank(cell);
	}
	arena_free(&a);
	return dates > others ? first : columns;
}

// Without dates: words before the numbers are names.
static bool intake_table_names_first(const struct intake *in)
{
	size_t words = 0, numbers = 0;
	for (size_t i = 0; i < intake_table_rows(in); i++) {
		const char *cell = intake_table_at(in, i, 0);
		bool number = block_looks_number(cell);
		words += !intake_table_cell_blank(cell) && !number && !strchr(cell, '/');
		numbers += number;
	}
	return words > numbers && intake_table_columns(in) > 1;
}

// By the rows that were read so far: the first ones, or all.
void intake_table_way(struct intake *in)
{
	struct intake_table *t = &in->table;
	if (!t->line) {
		t->line = in->sample + in->head;
		t->lines = in->samples - in->head;
		for (size_t i = 0; i < t->lines; i++)
			t->widest = t->line[i].cells > t->widest ? t->line[i].cells : t->widest;
	}
	t->turned = false;
	t->lead = intake_table_dates_begin(in);
	t->dated = t->lead < intake_table_columns(in);
	if (!t->dated) {
		t->turned = true;
		t->lead = intake_table_dates_begin(in);
		t->dated = t->lead < intake_table_columns(in);
	}
	if (!t->dated) { // names alone, across or down
		bool across = intake_table_names_first(in);
		t->turned = false;
		t->lead = across || intake_table_names_first(in);
		t->turned = across && !intake_table_names_first(in);
	}
	t->named = t->lead > 0;
}

bool intake_table_of_rows(const struct intake *in)
{
	const struct intake_table *t = &in->table;
	for (size_t i = t->dated; t->turned && i < intake_table_rows(in); i++)
		if (intake_field_called(intake_table_at(in, i, 0)) != INTAKE_LEFT)
			return true;
	return false;
}

// --- what stands before the numbers

static int intake_table_field_of_lead(const struct intake *in, size_t column)
{
	int field =
	    in->table.dated ? intake_field_called(intake_table_at(in, 0, column)) : INTAKE_LEFT;
	bool fits = field == INTAKE_MEASURE || field == INTAKE_TEAM || field == ENTRY_STRATUM;
	return fits ? field : INTAKE_LEFT;
}

static bool intake_table_lead_known(const struct intake_table *t, int field)
{
	for (size_t i = 0; i < t->lead; i++)
		if (t->field[i] == field)
			return true;
	return false;
}

// Called so by their own heads; the first one that is called nothing known is the measure.
static bool intake_table_leads_find(struct intake *in, struct err *e)
{
	struct intake_table *t = &in->table;
	if (t->lead > INTAKE_LEADS)
		return err_set(e, ERR_DATA,
		    "%s: %zu columns stand before the first date; %d are the most", in->source.name,
		    t->lead, INTAKE_LEADS);
	for (size_t i = 0; i < t->lead; i++)
		t->field[i] = INTAKE_LEFT;
	for (size_t i = 0; i < t->lead; i++) {
		int field = intake_table_field_of_lead(in, i);
		if (field != INTAKE_LEFT && !intake_table_lead_known(t, field))
			t->field[i] = field;
	}
	for (size_t i = 0; i < t->lead && !intake_table_lead_known(t, INTAKE_MEASURE); i++)
		if (t->field[i] == INTAKE_LEFT)
			t->field[i] = INTAKE_MEASURE;
	return true;
}

static size_t intake_table_lead_called(const struct intake *in, const char *name, size_t n)
{
	const struct intake_table *t = &in->table;
	char *end;
	unsigned long number = strtoul(name, &end, 10);
	for (size_t i = 0; i < t->lead; i++)
		if (t->dated && strlen(intake_table_at(in, 0, i)) == n &&
		    strncasecmp(intake_table_at(in, 0, i), name, n) == 0)
			return i;
	return end == name + n && number >= 1 && number <= t->lead ? number - 1 : t->lead;
}

bool intake_table_map(struct intake *in, const char *spec, struct err *e)
{
	struct intake_table *t = &in->table;
	const char *equals = strrchr(spec, '=');
	size_t at = equals ? intake_table_lead_called(in, spec, (size_t)(equals - spec)) : t->lead;
	int field = equals ? intake_field_named(equals + 1) : -1;
	if (at == t->lead || (field != INTAKE_MEASURE && field != INTAKE_TEAM &&
				 field != ENTRY_STRATUM && field != INTAKE_LEFT))
		return err_set(e, ERR_USAGE,
		    "--map %s: this is a table with months; of the columns before them say "
		    "COLUMN=measure, stratum, team, or - for none (--dates says what comes first "
		    "in a "
		    "date)",
		    spec);
	for (size_t i = 0; i < t->lead; i++)
		if (t->field[i] == field)
			t->field[i] = INTAKE_LEFT;
	t->field[at] = field;
	return true;
}
