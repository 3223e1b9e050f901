// SPDX-License-Identifier: MIT
// A table comes in: all of its cells, which way round it is, and what stands before the numbers.
#include "method/intake_table.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 5000, CELLS_MOST = 200000 };

// --- reading

static size_t more_of_file(void *context, char *buffer, size_t n)
{
	return fread(buffer, 1, n, context);
}

static bool line_keep(struct intake_table *t, const struct block_row *row, struct err *e)
{
	if (row->fault)
		return err_set(e, ERR_DATA, "%s:%u: %s", t->name, row->line, row->fault);
	if (t->lines == LINES_MOST)
		return err_set(e, ERR_DATA, "%s: more than %d rows; a table has one a measure",
		    t->name, LINES_MOST);
	if (!arena_grow(t->arena, (void **)&t->line, t->lines, &t->line_cap, sizeof *t->line))
		return err_memory(e);
	struct table_line *l = &t->line[t->lines];
	*l = (struct table_line){ .line = row->line, .cells = row->cells };
	l->cell = arena_array(t->arena, row->cells + 1, sizeof *l->cell);
	if (!l->cell)
		return err_memory(e);
	for (size_t i = 0; i < row->cells; i++)
		if (!(l->cell[i] = arena_strdup(t->arena, row->cell[i])))
			return err_memory(e);
	t->lines++;
	t->widest = row->cells > t->widest ? row->cells : t->widest;
	return true;
}

static bool lines_read(struct intake_table *t, block_more more, void *context, struct err *e)
{
	struct block_reader *r = arena_alloc(t->arena, sizeof *r);
	struct block_row row = { 0 };
	struct err own = { 0 };
	bool good = true;
	if (!r)
		return err_memory(e);
	block_open(r, more, context, t->shape);
	while (good && block_next(r, &row, &own))
		good = line_keep(t, &row, e);
	block_close(r);
	if (good && own.code)
		good = err_set(e, own.code, "%s: %s", t->name, own.text);
	if (good && t->lines * t->widest > CELLS_MOST)
		good = err_set(e, ERR_DATA, "%s: more than %d cells; a table has one a point",
		    t->name, CELLS_MOST);
	return good;
}

static bool all_read(
    struct intake_table *t, const struct block_bytes *text, FILE *in, bool copied, struct err *e)
{
	struct block_bytes bytes = text ? *text : (struct block_bytes){ 0 };
	block_more more = in ? more_of_file : block_more_bytes;
	void *context = in ? (void *)in : &bytes;
	if (!block_look(more, context, copied, &t->shape, e))
		return err_place(e, t->name, 0, 0);
	bytes.at = 0;
	if (in && fseek(in, 0, SEEK_SET) != 0)
		return err_errno(e, t->name, "read it again");
	if (!lines_read(t, more, context, e))
		return false;
	return t->lines && t->widest ? true
				     : err_set(e, ERR_DATA, "%s: there is nothing in it", t->name);
}

// --- cells

size_t table_rows(const struct intake_table *t)
{
	return t->turned ? t->widest : t->lines;
}

size_t table_columns(const struct intake_table *t)
{
	return t->turned ? t->lines : t->widest;
}

const char *table_at(const struct intake_table *t, size_t row, size_t column)
{
	size_t line = t->turned ? column : row, at = t->turned ? row : column;
	return line < t->lines && at < t->line[line].cells ? t->line[line].cell[at] : "";
}

void table_place(
    const struct intake_table *t, size_t row, size_t column, unsigned *line, unsigned *at)
{
	*line = t->line[t->turned ? column : row].line;
	*at = (unsigned)(t->turned ? row : column) + 1;
}

bool table_blank(const char *cell)
{
	struct block_number number;
	return block_number(cell, false, &number) == BLOCK_BLANK;
}

// --- which way round

static bool is_number(const char *cell)
{
	struct block_number number;
	return block_number(cell, false, &number) == BLOCK_GOOD ||
	       block_number(cell, true, &number) == BLOCK_GOOD;
}

bool table_month(struct arena *a, const char *cell)
{
	struct block_date date;
	size_t n;
	const char *plain = block_plain(cell, &n);
	const char *first = arena_printf(a, "1 %.*s 2000", (int)n, plain);
	return n >= 3 && first && block_date(first, BLOCK_DAY_FIRST, 0, &date) == BLOCK_GOOD;
}

// A date, or a month without its year, of which it will be said that the year is missing.
static bool is_date(struct arena *a, const char *cell)
{
	struct block_date date;
	if (is_number(cell))
		return false;
	if (block_date(cell, BLOCK_DAY_FIRST, 0, &date) == BLOCK_GOOD ||
	    block_date(cell, BLOCK_MONTH_FIRST, 0, &date) == BLOCK_GOOD)
		return true;
	return table_month(a, cell);
}

// Where dates begin in the first row, as the table is turned now; the columns where they do not.
static size_t dates_begin(const struct intake_table *t)
{
	struct arena a = { 0 };
	size_t first = table_columns(t), dates = 0, others = 0;
	for (size_t i = 0; i < table_columns(t); i++) {
		const char *cell = table_at(t, 0, i);
		bool date = is_date(&a, cell);
		if (date && first == table_columns(t))
			first = i;
		dates += date;
		others += first < table_columns(t) && !date && !table_blank(cell);
	}
	arena_free(&a);
	return dates > others ? first : table_columns(t);
}

// Without dates: words before the numbers are names.
static bool names_first(const struct intake_table *t)
{
	size_t words = 0, numbers = 0;
	for (size_t i = 0; i < table_rows(t); i++) {
		const char *cell = table_at(t, i, 0);
		words += !table_blank(cell) && !is_number(cell) && !strchr(cell, '/');
		numbers += is_number(cell);
	}
	return words > numbers && table_columns(t) > 1;
}

static void way_round(struct intake_table *t)
{
	t->lead = dates_begin(t);
	t->dated = t->lead < table_columns(t);
	if (!t->dated) {
		t->turned = true;
		t->lead = dates_begin(t);
		t->dated = t->lead < table_columns(t);
	}
	if (!t->dated) { // names alone, across or down
		bool across = names_first(t);
		t->turned = false;
		t->lead = across || names_first(t);
		t->turned = across && !names_first(t);
	}
	t->named = t->lead > 0;
}

// --- what stands before the numbers

static int field_of_lead(const struct intake_table *t, size_t column)
{
	int field = t->dated ? intake_field_called(table_at(t, 0, column)) : INTAKE_LEFT;
	bool fits = field == INTAKE_MEASURE || field == INTAKE_TEAM || field == ENTRY_STRATUM;
	return fits ? field : INTAKE_LEFT;
}

static bool lead_known(const struct intake_table *t, int field)
{
	for (size_t i = 0; i < t->lead; i++)
		if (t->field[i] == field)
			return true;
	return false;
}

// Called so by their own heads; the first one that is called nothing known is the measure.
static bool leads_find(struct intake_table *t, struct err *e)
{
	if (t->lead > TABLE_LEADS)
		return err_set(e, ERR_DATA,
		    "%s: %zu columns stand before the first date; %d are the most", t->name,
		    t->lead, TABLE_LEADS);
	for (size_t i = 0; i < t->lead; i++)
		t->field[i] = INTAKE_LEFT;
	for (size_t i = 0; i < t->lead; i++) {
		int field = field_of_lead(t, i);
		if (field != INTAKE_LEFT && !lead_known(t, field))
			t->field[i] = field;
	}
	for (size_t i = 0; i < t->lead && !lead_known(t, INTAKE_MEASURE); i++)
		if (t->field[i] == INTAKE_LEFT)
			t->field[i] = INTAKE_MEASURE;
	return true;
}

struct intake_table *intake_table_open(struct store *s, struct arena *a, const char *name,
    const struct block_bytes *text, FILE *in, bool copied, struct err *e)
{
	struct intake_table *t = arena_alloc(a, sizeof *t);
	if (!t)
		return err_memory(e), NULL;
	t->store = s;
	t->arena = a;
	t->name = name;
	if (!all_read(t, text, in, copied, e))
		return NULL;
	way_round(t);
	return leads_find(t, e) ? t : NULL;
}

// --- asking

bool intake_table_dated(const struct intake_table *t)
{
	return t->dated;
}

bool intake_table_turned(const struct intake_table *t)
{
	return t->turned;
}

bool intake_table_of_rows(const struct intake_table *t)
{
	for (size_t i = t->dated; t->turned && i < table_rows(t); i++)
		if (intake_field_called(table_at(t, i, 0)) != INTAKE_LEFT)
			return true;
	return false;
}

const struct block_shape *intake_table_shape(const struct intake_table *t)
{
	return &t->shape;
}

size_t intake_table_leads(const struct intake_table *t)
{
	return t->lead;
}

struct intake_column intake_table_lead(const struct intake_table *t, size_t i)
{
	return (struct intake_column){ t->dated ? table_at(t, 0, i) : "", t->field[i] };
}

void intake_table_set_order(struct intake_table *t, enum block_order order)
{
	t->said = order;
}

enum block_order intake_table_order(const struct intake_table *t)
{
	return t->said != BLOCK_ORDER_OPEN ? t->said : t->order;
}

bool intake_table_dates_open(const struct intake_table *t)
{
	return t->dates.open > 0 && intake_table_order(t) == BLOCK_ORDER_OPEN;
}

bool intake_table_decimal_comma(const struct intake_table *t)
{
	return block_comma(&t->numbers);
}

static size_t lead_called(const struct intake_table *t, const char *name, size_t n)
{
	char *end;
	unsigned long number = strtoul(name, &end, 10);
	for (size_t i = 0; i < t->lead; i++)
		if (t->dated && strlen(table_at(t, 0, i)) == n &&
		    strncasecmp(table_at(t, 0, i), name, n) == 0)
			return i;
	return end == name + n && number >= 1 && number <= t->lead ? number - 1 : t->lead;
}

bool intake_table_map(struct intake_table *t, const char *spec, struct err *e)
{
	const char *equals = strrchr(spec, '=');
	if (str_equal(spec, "dates=dmy") || str_equal(spec, "dates=mdy")) {
		t->said = spec[6] == 'd' ? BLOCK_DAY_FIRST : BLOCK_MONTH_FIRST;
		return true;
	}
	size_t at = equals ? lead_called(t, spec, (size_t)(equals - spec)) : t->lead;
	int field = equals ? intake_field_named(equals + 1) : -1;
	if (at == t->lead || (field != INTAKE_MEASURE && field != INTAKE_TEAM &&
				 field != ENTRY_STRATUM && field != INTAKE_LEFT))
		return err_set(e, ERR_USAGE,
		    "--map %s: this is a table with months; of the columns before them say "
		    "COLUMN=measure, stratum, team, or - for none; dates=dmy or dates=mdy says "
		    "what "
		    "comes first in a date",
		    spec);
	for (size_t i = 0; i < t->lead; i++)
		if (t->field[i] == field)
			t->field[i] = INTAKE_LEFT;
	t->field[at] = field;
	return true;
}
