// SPDX-License-Identifier: MIT
// The series of a CSV file. What cannot be read is told with its line, the first of them only:
// a chart of the rest would be a chart of something else.
#include "cli/verbs/import_points.h"
#include "cli/verbs/verb_chart.h"

#include <plando/file.h>
#include <plando/spelling.h>
#include <plando/str.h>
#include <plando/text.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 64 << 20, HEAD_LOOKED = 30 };

enum column { DATE, VALUE, NUMERATOR, DENOMINATOR, SIZE, SD, STRATUM, NOTE, COLUMNS };
static const char *const COLUMN[COLUMNS] = { "date", "value", "numerator", "denominator", "n", "sd",
	"stratum", "note" };

struct csv_row {
	struct chart_datum datum;
	const char *stratum, *note;
	unsigned line;
};

struct csv_read {
	struct cli *cli;
	const char *name; // of the file, in messages
	struct block_reader *reader;
	struct block_bytes bytes;
	struct block_shape shape;
	size_t at[COLUMNS]; // which cell; SIZE_MAX: no such column
	struct intake_said said;
	struct block_dates dates;
	struct block_numbers seen;
	struct block_reading reading;
	enum chart_type type;
	unsigned head; // the line that names the columns
	struct spellings groups;
	bool numbers; // the dates are whole numbers
	bool dated;   // all of them are dates
	struct csv_row *row;
	size_t count, cap;
};

static bool chart_csv_fault(
    const struct csv_read *r, unsigned line, struct err *e, const char *text)
{
	err_set(e, ERR_DATA, "%s", text);
	return err_place(e, r->name, line, 0);
}

static const char *chart_csv_cell_of(
    const struct csv_read *r, const struct block_row *row, enum column c)
{
	return r->at[c] < row->cells ? row->cell[r->at[c]] : "";
}

// --- the line that names the columns

static enum column chart_csv_column_named(const char *name)
{
	static const struct {
		int field;
		enum column column;
	} FIELD[] = { { ENTRY_DATE, DATE }, { ENTRY_VALUE, VALUE }, { ENTRY_NUMERATOR, NUMERATOR },
		{ ENTRY_DENOMINATOR, DENOMINATOR }, { ENTRY_STRATUM, STRATUM },
		{ ENTRY_NOTE, NOTE } };
	size_t n = strlen(name);
	const char *plain = text_trim(name, &n);
	for (int c = 0; c < COLUMNS; c++)
		if (strlen(COLUMN[c]) == n && strncasecmp(COLUMN[c], plain, n) == 0)
			return (enum column)c;
	int field = intake_field_called(name);
	for (size_t i = 0; i < sizeof FIELD / sizeof *FIELD; i++)
		if (FIELD[i].field == field)
			return FIELD[i].column;
	return COLUMNS;
}

static bool chart_csv_column_of(struct csv_read *r, const char *name, size_t cell, struct err *e)
{
	enum column c = chart_csv_column_named(name);
	if (c == COLUMNS)
		return true;
	if (r->at[c] != SIZE_MAX)
		return chart_csv_fault(r, r->head, e,
		    cli_or_empty(r->cli, arena_printf(r->cli->arena,
					     "columns %zu and %zu could both be the %s; rename one",
					     r->at[c] + 1, cell + 1, COLUMN[c])));
	r->at[c] = cell;
	return true;
}

// The first row that names a date; else the first row, of which it is said what it lacks.
static bool chart_csv_is_head(const struct csv_read *r, const struct block_row *row)
{
	if (r->said.header)
		return row->line == r->said.header;
	for (size_t i = 0; i < row->cells; i++)
		if (chart_csv_column_named(row->cell[i]) == DATE)
			return true;
	return false;
}

static bool chart_csv_head_find(struct csv_read *r, struct err *e)
{
	struct block_row row;
	unsigned first = 0;
	r->bytes.at = 0;
	block_open(r->reader, block_more_bytes, &r->bytes, r->shape);
	for (size_t i = 0; (i < HEAD_LOOKED || r->said.header) && !r->head; i++) {
		if (!block_next(r->reader, &row, e))
			break;
		first = first ? first : row.line;
		r->head = chart_csv_is_head(r, &row) ? row.line : 0;
	}
	block_close(r->reader);
	if (e->code)
		return err_place(e, r->name, 0, 0);
	if (!first)
		return chart_csv_fault(
		    r, 0, e, "the file is empty; its first line names the columns");
	r->head = r->head ? r->head : first;
	return true;
}

static bool chart_csv_head_read(struct csv_read *r, struct err *e)
{
	struct block_row row = { 0 };
	while (row.line < r->head)
		if (!block_next(r->reader, &row, e))
			return e->code
				   ? err_place(e, r->name, 0, 0)
				   : chart_csv_fault(r, 0, e, "the line of --header is not in it");
	for (int c = 0; c < COLUMNS; c++)
		r->at[c] = SIZE_MAX;
	for (size_t i = 0; i < row.cells; i++)
		if (!chart_csv_column_of(r, row.cell[i], i, e))
			return false;
	if (r->at[DENOMINATOR] == SIZE_MAX && r->at[NUMERATOR] != SIZE_MAX) {
		r->at[DENOMINATOR] = r->at[SIZE];
		r->at[SIZE] = SIZE_MAX;
	}
	if (r->at[DATE] == SIZE_MAX)
		return chart_csv_fault(r, row.line, e, "no column is called date; name one so");
	bool fraction = r->at[NUMERATOR] != SIZE_MAX && r->at[DENOMINATOR] != SIZE_MAX;
	if (!fraction && r->at[VALUE] == SIZE_MAX)
		return chart_csv_fault(r, row.line, e,
		    "no column is called value; name one so, or numerator and denominator");
	return true;
}

// --- numbers and dates

static bool chart_csv_whole(const char *cell, int64_t *out)
{
	size_t n;
	const char *plain = block_plain(cell, &n);
	size_t sign = n && (*plain == '-' || *plain == '+');
	if (n == sign || n - sign > 15 || strspn(plain + sign, "0123456789") < n - sign)
		return false;
	*out = strtoll(plain, NULL, 10);
	return true;
}

static bool chart_csv_number_read(const struct csv_read *r, const struct block_row *row,
    enum column c, double *out, struct err *e)
{
	struct block_number n;
	const char *cell = chart_csv_cell_of(r, row, c);
	*out = NAN;
	enum block_got got = block_number(cell, r->reading.decimal, &n);
	const char *ask = n.open	 ? import_question_hint(INTAKE_DECIMAL)
			  : n.suppressed ? "leave it empty: a point that is missing"
					 : "correct it";
	if (got == BLOCK_BLANK)
		return true;
	if (got == BLOCK_BAD)
		return chart_csv_fault(r, row->line, e,
		    cli_or_empty(r->cli, arena_printf(r->cli->arena, "%s: %.60s %s; %s", COLUMN[c],
					     cell, n.why, ask)));
	*out = strtod(n.text, NULL);
	if (isfinite(*out))
		return true;
	return chart_csv_fault(r, row->line, e, "a number is too large; correct it");
}

static bool chart_csv_date_read(
    const struct csv_read *r, const struct block_row *row, int64_t *out, struct err *e)
{
	struct block_date d;
	const char *cell = chart_csv_cell_of(r, row, DATE);
	if (r->numbers && chart_csv_whole(cell, out))
		return true;
	enum block_got got = r->numbers ? BLOCK_BAD : block_date(cell, &r->reading, &d);
	if (got == BLOCK_GOOD) {
		*out = d.date;
		return true;
	}
	if (got == BLOCK_BLANK)
		return chart_csv_fault(
		    r, row->line, e, "the date is empty; fill it in, or take the line out");
	return chart_csv_fault(r, row->line, e,
	    cli_or_empty(
		r->cli, arena_printf(r->cli->arena,
			    "date: %.60s %s; write 2026-05-03, or whole numbers throughout", cell,
			    r->numbers ? "is no whole number" : d.why)));
}

static bool chart_csv_row_read(struct csv_read *r, const struct block_row *row, struct err *e)
{
	struct csv_row *to = &r->row[r->count];
	*to = (struct csv_row){ .line = row->line };
	enum column top = r->at[NUMERATOR] != SIZE_MAX ? NUMERATOR : VALUE;
	enum column under = r->at[DENOMINATOR] != SIZE_MAX ? DENOMINATOR : SIZE;
	if (!chart_csv_date_read(r, row, &to->datum.x, e) ||
	    !chart_csv_number_read(r, row, top, &to->datum.y, e) ||
	    !chart_csv_number_read(r, row, under, &to->datum.n, e) ||
	    !chart_csv_number_read(r, row, SD, &to->datum.sd, e))
		return false;
	to->stratum =
	    spelling_of(&r->groups, r->cli->arena, chart_csv_cell_of(r, row, STRATUM), NULL);
	to->note = arena_strdup(r->cli->arena, chart_csv_cell_of(r, row, NOTE));
	r->count++;
	return (to->stratum && to->note) || err_memory(e);
}

// --- twice through: first what the columns prove, then what they hold

typedef bool each_row(struct csv_read *r, const struct block_row *row, struct err *e);

static enum block_holds chart_csv_column_holds(const struct csv_read *r, enum column c)
{
	bool counts = c == VALUE
			  ? r->type == CHART_C
			  : c != SIZE && c != SD && (r->type == CHART_P || r->type == CHART_PP);
	return counts ? BLOCK_COUNT : BLOCK_ANYTHING;
}

static bool chart_csv_see_row(struct csv_read *r, const struct block_row *row, struct err *e)
{
	int64_t x;
	const char *date = chart_csv_cell_of(r, row, DATE);
	struct block_date d;
	r->numbers = r->numbers && (chart_csv_whole(date, &x) || !*date);
	r->dated = r->dated && (!*date || block_date(date, &r->reading, &d) == BLOCK_GOOD);
	block_see_date(&r->dates, date, row->line, r->reading.today);
	for (int c = VALUE; c <= SD; c++)
		block_see_number(&r->seen, chart_csv_cell_of(r, row, (enum column)c),
		    chart_csv_column_holds(r, (enum column)c));
	(void)e;
	return true;
}

static bool chart_csv_go_through(struct csv_read *r, each_row *each, struct err *e)
{
	struct block_row row;
	struct err own = { 0 };
	bool good = true;
	r->bytes.at = 0;
	block_open(r->reader, block_more_bytes, &r->bytes, r->shape);
	good = chart_csv_head_read(r, e);
	while (good && block_next(r->reader, &row, &own)) {
		if (intake_is_comment(&row))
			continue;
		if (row.fault)
			good = chart_csv_fault(r, row.line, e, row.fault);
		else if (!arena_grow(
			     r->cli->arena, (void **)&r->row, r->count, &r->cap, sizeof *r->row))
			good = err_memory(e);
		else
			good = each(r, &row, e);
	}
	block_close(r->reader);
	if (good && own.code)
		return err_set(e, own.code, "%s: %s", r->name, own.text);
	return good;
}

static bool chart_csv_reading_settle(struct csv_read *r, struct err *e)
{
	r->numbers = r->numbers && !r->dated; // 20240131 is a day, 7 is the seventh
	r->reading.months = block_dates_are_months(&r->dates);
	r->reading.order = r->said.order ? r->said.order : block_order(&r->dates, 0);
	r->reading.decimal =
	    r->said.decimal ? r->said.decimal : block_decimal(&r->seen, r->shape.delimiter);
	if (r->numbers || !r->dates.cells)
		return true;
	if (r->reading.order == BLOCK_ORDER_TORN)
		return chart_csv_fault(r, 0, e,
		    "no order of day, month and year fits all dates; correct them, or say which is "
		    "meant with --dates dmy, mdy or ymd");
	if (r->reading.order == BLOCK_ORDER_OPEN)
		return chart_csv_fault(r, 0, e, import_question_hint(INTAKE_DATES));
	return true;
}

static bool chart_csv_read_all(struct csv_read *r, const char *path, struct err *e)
{
	char *text;
	size_t n;
	bool standard = str_equal(path, "-");
	r->name = standard ? "standard input" : path;
	bool good =
	    standard ? file_read_stream(r->cli->arena, r->cli->in, r->name, FILE_MOST, &text, &n, e)
		     : file_read(r->cli->arena, path, FILE_MOST, &text, &n, e);
	if (!good)
		return false;
	r->bytes = (struct block_bytes){ text, n, 0 };
	r->reader = arena_alloc(r->cli->arena, sizeof *r->reader);
	if (!r->reader)
		return err_memory(e);
	if (!block_look(block_more_bytes, &r->bytes, false, &r->shape, e))
		return err_place(e, r->name, 0, 0);
	r->shape.delimiter = r->said.delimiter ? r->said.delimiter : r->shape.delimiter;
	r->reading.today = env_today(&r->cli->env);
	r->numbers = r->dated = true;
	if (!chart_csv_head_find(r, e) || !chart_csv_go_through(r, chart_csv_see_row, e) ||
	    !chart_csv_reading_settle(r, e))
		return false;
	return chart_csv_go_through(r, chart_csv_row_read, e);
}

// --- groups

static bool chart_csv_group_take(
    struct csv_read *r, const char *stratum, bool every, struct charted *to, struct err *e)
{
	struct arena *a = r->cli->arena;
	unsigned *line = arena_array(a, r->count + 1, sizeof *line);
	const char **note = arena_array(a, r->count + 1, sizeof *note);
	to->data = arena_array(a, r->count + 1, sizeof *to->data);
	if (!line || !note || !to->data)
		return err_memory(e);
	to->stratum = stratum;
	to->line = line;
	to->note = note;
	for (size_t i = 0; i < r->count; i++) {
		if (!every && !str_equal(r->row[i].stratum, stratum))
			continue;
		to->data[to->count] = r->row[i].datum;
		line[to->count] = r->row[i].line;
		note[to->count++] = *r->row[i].note ? r->row[i].note : NULL;
	}
	to->read = to->count;
	return true;
}

static bool chart_csv_has_group(const struct csv_read *r, const char *stratum)
{
	for (size_t i = 0; i < r->count; i++)
		if (str_equal(r->row[i].stratum, stratum))
			return true;
	return false;
}

static bool chart_csv_one_group(
    struct csv_read *r, const char *stratum, struct charteds *out, struct err *e)
{
	bool fractions = r->at[DENOMINATOR] != SIZE_MAX, grouped = false;
	for (size_t i = 0; i < r->count; i++)
		grouped = grouped || *r->row[i].stratum;
	if (stratum && !chart_csv_has_group(r, stratum))
		return chart_csv_fault(r, 0, e,
		    cli_or_empty(r->cli,
			arena_printf(r->cli->arena,
			    "no row is of the stratum %.80s; see the column stratum", stratum)));
	bool every = !stratum && !chart_csv_has_group(r, "");
	if (every && grouped && !fractions)
		return chart_csv_fault(r, 0, e,
		    "there are only groups, and nothing says how they make a whole; give "
		    "--stratum, or "
		    "numerators and denominators");
	out->count = 1;
	return chart_csv_group_take(r, stratum ? stratum : "", every, out->item, e);
}

// In the order in which they come.
static bool chart_csv_all_groups(struct csv_read *r, struct charteds *out, struct err *e)
{
	out->many = true;
	for (size_t i = 0; i < r->count; i++) {
		bool seen = !*r->row[i].stratum;
		for (size_t k = 0; k < out->count && !seen; k++)
			seen = str_equal(out->item[k].stratum, r->row[i].stratum);
		if (!seen &&
		    !chart_csv_group_take(r, r->row[i].stratum, false, &out->item[out->count++], e))
			return false;
	}
	return out->count || chart_csv_one_group(r, NULL, out, e);
}

bool chart_csv(struct cli *c, const char *path, const char *stratum, enum chart_type type,
    struct charteds *out, struct chart_face *face, struct err *e)
{
	struct csv_read r = { .cli = c, .type = type };
	if (!import_said(c, &r.said, e) || !chart_csv_read_all(&r, path, e))
		return false;
	if (r.at[DENOMINATOR] == SIZE_MAX && r.at[SIZE] != SIZE_MAX && type != CHART_XBAR &&
	    type != CHART_S)
		return chart_csv_fault(&r, 1, e,
		    "n goes with the charts xbar and s; call it denominator, and the counts "
		    "numerator");
	*face = (struct chart_face){ .name = str_equal(path, "-") ? NULL : cli_safe(c, path, false),
		.decimals = -1,
		.numbers = r.numbers && r.count };
	out->path = r.name;
	out->item = arena_array(c->arena, r.count + 1, sizeof *out->item);
	if (!out->item)
		return err_memory(e);
	return str_equal(stratum, "all") ? chart_csv_all_groups(&r, out, e)
					 : chart_csv_one_group(&r, stratum, out, e);
}
