// SPDX-License-Identifier: MIT
#include <plando/str.h>
#include <plando/table.h>
#include <plando/text.h>

#include <string.h>

enum { GAP = 2, LEAST = 8 };

static bool table_write_failed(FILE *out, struct err *e)
{
	if (!ferror(out))
		return false;
	err_set(e, ERR_IO,
	    "the result cannot be written; make room on the disk, or keep the pipe open");
	return true;
}

struct table table_new(
    struct arena *a, const struct table_column *column, size_t columns, bool ascii)
{
	return (struct table){ .arena = a, .column = column, .columns = columns, .ascii = ascii };
}

static char *table_shown(struct table *t, const char *text)
{
	char *safe = text_safe(t->arena, text ? text : "", false);
	return safe && t->ascii ? text_ascii(t->arena, safe) : safe;
}

void table_row(struct table *t, const char *const cell[])
{
	for (size_t i = 0; i < t->columns && !t->failed; i++) {
		size_t at = t->rows * t->columns + i;
		void *cells = t->cell;
		t->failed = !arena_grow(t->arena, &cells, at, &t->cap, sizeof *t->cell);
		t->cell = cells;
		if (t->failed)
			return;
		t->cell[at] = table_shown(t, cell[i]);
		t->failed = !t->cell[at];
	}
	t->rows++;
}

static int table_width_of(const char *text)
{
	return text_width(text, strlen(text));
}

// A heading may be a label from the workbook.
static const char **table_headings(struct table *t)
{
	const char **heading = arena_array(t->arena, t->columns, sizeof *heading);
	for (size_t i = 0; heading && i < t->columns; i++) {
		heading[i] = table_shown(t, t->column[i].heading);
		if (!heading[i])
			return NULL;
	}
	return heading;
}

// The width that every column would like to have.
static int *table_natural_widths(struct table *t, const char *const *heading)
{
	int *width = arena_array(t->arena, t->columns, sizeof *width);
	for (size_t i = 0; width && i < t->columns; i++) {
		width[i] = table_width_of(heading[i]);
		for (size_t row = 0; row < t->rows; row++) {
			int w = table_width_of(t->cell[row * t->columns + i]);
			if (w > width[i])
				width[i] = w;
		}
	}
	return width;
}

static int table_least_of(const struct table_column *column)
{
	return column->least ? column->least : LEAST;
}

// No column is narrower than this, where columns may be left out: its heading stays whole.
static int table_whole_width(const struct table *t, size_t i, const char *const *heading)
{
	int least = table_least_of(&t->column[i]), whole = table_width_of(heading[i]);
	return least > whole ? least : whole;
}

// The column that may be left out first; columns: none may.
static size_t table_drop_next(const struct table *t, const bool *gone)
{
	size_t next = t->columns;
	for (size_t i = 0; i < t->columns; i++)
		if (t->column[i].drop && !gone[i] &&
		    (next == t->columns || t->column[i].drop > t->column[next].drop))
			next = i;
	return next;
}

// Leaves columns out until the page holds the headings of the rest, and says which; the table is
// from then on one without them. NULL: out of memory; "": all stayed.
static const char *table_drop_columns(struct table *t, const char **heading, int page)
{
	struct str said = STR_IN(t->arena);
	bool *gone = arena_array(t->arena, t->columns, sizeof *gone);
	struct table_column *kept = arena_array(t->arena, t->columns, sizeof *kept);
	if (!gone || !kept)
		return NULL;
	memset(gone, 0, t->columns * sizeof *gone);
	if (page <= 0 || table_drop_next(t, gone) == t->columns)
		return "";
	for (size_t next = table_drop_next(t, gone); next != t->columns;
	     next = table_drop_next(t, gone)) {
		int total = -GAP;
		for (size_t i = 0; i < t->columns; i++)
			total += gone[i] ? 0 : table_whole_width(t, i, heading) + GAP;
		if (total <= page)
			break;
		gone[next] = true;
		str_printf(&said, "%s%s", said.length ? ", " : "", heading[next]);
	}
	size_t n = 0, from = t->columns;
	for (size_t i = 0; i < from; i++) {
		if (gone[i])
			continue;
		kept[n] = t->column[i];
		kept[n].least = table_whole_width(t, i, heading);
		heading[n++] = heading[i];
	}
	for (size_t row = 0, to = 0; row < t->rows; row++)
		for (size_t i = 0; i < from; i++)
			if (!gone[i])
				t->cell[to++] = t->cell[row * from + i];
	t->column = kept;
	t->columns = n;
	return str_done(&said);
}

// Takes columns from the widest, one by one, until the page holds all or none can give more.
static void table_squeeze(const struct table *t, int *width, int page)
{
	int total = -GAP;
	for (size_t i = 0; i < t->columns; i++)
		total += width[i] + GAP;
	while (total > page) {
		size_t widest = t->columns;
		for (size_t i = 0; i < t->columns; i++)
			if (width[i] > table_least_of(&t->column[i]) &&
			    (widest == t->columns || width[i] > width[widest]))
				widest = i;
		if (widest == t->columns)
			return;
		width[widest]--;
		total--;
	}
}

static void table_blanks(FILE *out, int n)
{
	fprintf(out, "%*s", n > 0 ? n : 0, "");
}

// One line; the blanks after its last cell are left out.
static bool table_print_line(struct table *t, FILE *out, const int *width, const char *const *cell)
{
	int owed = 0; // blanks before the next cell
	for (size_t i = 0; i < t->columns; i++) {
		char *text = text_cut(t->arena, cell[i], width[i], t->ascii);
		if (!text)
			return false;
		int rest = width[i] - table_width_of(text);
		if (t->column[i].right)
			owed += rest;
		if (*text) {
			table_blanks(out, owed);
			fputs(text, out);
			owed = 0;
		}
		owed += GAP + (t->column[i].right ? 0 : rest);
	}
	fputc('\n', out);
	return true;
}

static bool table_print_head(
    struct table *t, FILE *out, const int *width, const char *const *heading)
{
	struct str rule = STR_IN(t->arena);
	for (size_t i = 0; i < t->columns; i++) {
		str_add_times(&rule, " ", i ? GAP : 0);
		str_add_times(&rule, t->ascii ? "-" : "─", (size_t)(width[i] > 0 ? width[i] : 0));
	}
	if (!str_done(&rule) || !table_print_line(t, out, width, heading))
		return false;
	fprintf(out, "%s\n", str_done(&rule));
	return true;
}

static bool table_print_rows(struct table *t, FILE *out, int page, const char *const *heading)
{
	int *widths = table_natural_widths(t, heading);
	if (!widths)
		return false;
	if (page > 0)
		table_squeeze(t, widths, page);
	if (!table_print_head(t, out, widths, heading))
		return false;
	for (size_t row = 0; row < t->rows; row++)
		if (!table_print_line(
			t, out, widths, (const char *const *)&t->cell[row * t->columns]))
			return false;
	return true;
}

bool table_print(struct table *t, FILE *out, int width, struct err *e)
{
	const char **heading = t->failed ? NULL : table_headings(t);
	const char *left = heading ? table_drop_columns(t, heading, width) : NULL;
	if (!left || !table_print_rows(t, out, width, heading))
		return err_memory(e);
	if (*left)
		fprintf(out, "\nNot shown for want of room: %s\n", left);
	return !table_write_failed(out, e);
}

struct csv csv_new(struct arena *a, FILE *out)
{
	return (struct csv){ .out = out, .arena = a };
}

void csv_mark(struct csv *c)
{
	fputs("\xef\xbb\xbf", c->out);
}

void csv_cell(struct csv *c, const char *text)
{
	struct arena_mark mark = arena_mark(c->arena);
	bool defuse = text && text_runs(text);
	const char *safe = text_safe(c->arena, text ? text : "", true);
	if (!safe) {
		c->failed = true;
		return;
	}
	if (c->some)
		fputc(',', c->out);
	c->some = true;
	size_t n = strlen(safe);
	bool quote = strpbrk(safe, ",\"\n\r") || (n && (safe[0] == ' ' || safe[n - 1] == ' '));
	if (quote)
		fputc('"', c->out);
	if (defuse)
		fputc('\'', c->out);
	for (const char *p = safe; *p; p++) {
		if (*p == '"')
			fputc('"', c->out);
		fputc(*p, c->out);
	}
	if (quote)
		fputc('"', c->out);
	arena_release(c->arena, mark);
}

void csv_end_row(struct csv *c)
{
	fputs("\r\n", c->out);
	c->some = false;
}

void csv_row(struct csv *c, const char *const cell[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		csv_cell(c, cell[i]);
	csv_end_row(c);
}

bool csv_done(struct csv *c, struct err *e)
{
	if (c->failed)
		return err_memory(e);
	return !table_write_failed(c->out, e);
}
