// SPDX-License-Identifier: MIT
// The cells of a table: what each would do, and the save of all of them.
#include "method/intake_table.h"

#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

struct weighing {
	struct intake_table *t;
	size_t *slot; // of a target and a period: its cell + 1
	struct err *e;
};

// --- one cell after the other

static struct intake_table_cell *cell_add(struct weighing *w, size_t row, size_t column)
{
	struct intake_table *t = w->t;
	if (!arena_grow(t->arena, (void **)&t->cell, t->cells, &t->cell_cap, sizeof *t->cell)) {
		err_memory(w->e);
		return NULL;
	}
	struct intake_table_cell *c = &t->cell[t->cells++];
	*c = (struct intake_table_cell){
		.typed = table_at(t, row, column), .stratum = "", .was = "", .verdict = ENTRY_SAME
	};
	table_place(t, row, column, &c->line, &c->column);
	return c;
}

static bool bad(struct weighing *w, struct intake_table_cell *c, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// The cell cannot be taken. False only where memory ran out.
static bool bad(struct weighing *w, struct intake_table_cell *c, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	c->why = arena_vprintf(w->t->arena, fmt, ap);
	va_end(ap);
	c->verdict = ENTRY_BAD;
	return c->why || err_memory(w->e);
}

static bool row_has_numbers(const struct intake_table *t, size_t row)
{
	for (size_t i = t->lead; i < table_columns(t); i++)
		if (!table_blank(table_at(t, row, i)))
			return true;
	return false;
}

// A row that says nothing of which measure it is; without numbers it is a heading.
static bool row_bad(struct weighing *w, size_t row)
{
	struct intake_table *t = w->t;
	if (!row_has_numbers(t, row))
		return true;
	struct intake_table_cell *c = cell_add(w, row, 0);
	return c && bad(w, c, "%s", t->head[row].why);
}

static bool column_bad(struct weighing *w, size_t column)
{
	struct table_date *d = &w->t->date[column];
	if (d->said)
		return true;
	d->said = true;
	struct intake_table_cell *c = cell_add(w, 0, column);
	return c && bad(w, c, "%s", d->why);
}

// The period of a column as this row counts them.
static int period_at(const struct intake_table *t, const struct table_head *h, size_t column)
{
	if (t->dated)
		return period_of(h->of->kind, t->date[column].day);
	return t->corner->period + (int)(column - t->lead);
}

static size_t first_column_of(const struct intake_table *t, const struct table_head *h, int period)
{
	size_t i = t->lead;
	while ((t->dated && t->date[i].why) || period_at(t, h, i) != period)
		i++;
	return i;
}

static bool number_read(struct weighing *w, const struct table_head *h, struct intake_table_cell *c)
{
	struct intake_table *t = w->t;
	struct entry_cell *read = arena_alloc(t->arena, sizeof *read);
	if (!read)
		return err_memory(w->e);
	enum block_got got =
	    entry_cell_read(&h->of->m, h->part, c->typed, block_comma(&t->numbers), read);
	memcpy(c->given, read->given, sizeof c->given);
	if (got != BLOCK_BAD)
		return true;
	const char *safe = text_safe(t->arena, c->typed, false);
	const char *cut = safe ? text_cut(t->arena, safe, 40, false) : NULL;
	return bad(w, c, "“%s” %s", cut ? cut : "", read->why);
}

// A measure's numerator and denominator may come in rows of their own: they are one point.
static bool joins(struct intake_table_cell *first, const struct intake_table_cell *second)
{
	for (int i = ENTRY_VALUE; i <= ENTRY_DENOMINATOR; i++)
		if (first->given[i] && second->given[i])
			return false;
	for (int i = ENTRY_VALUE; i <= ENTRY_DENOMINATOR; i++)
		if (second->given[i])
			first->given[i] = second->given[i];
	return true;
}

static bool number_take(struct weighing *w, size_t row, size_t column)
{
	struct intake_table *t = w->t;
	const struct table_head *h = &t->head[row];
	struct intake_table_cell *c = cell_add(w, row, column);
	if (!c)
		return false;
	c->of = h->of;
	c->stratum = h->stratum;
	c->period = period_at(t, h, column);
	if (!number_read(w, h, c) || c->verdict == ENTRY_BAD)
		return c->why || !w->e->code;
	size_t *slot = &w->slot[h->target * table_columns(t) + first_column_of(t, h, c->period)];
	if (!*slot) {
		*slot = t->cells;
		return true;
	}
	struct intake_table_cell *first = &t->cell[*slot - 1];
	if (joins(first, c)) {
		t->cells--;
		return true;
	}
	return bad(w, c, "%s stands twice; it is already in row %u, column %u",
	    period_show(t->arena, h->of->kind, c->period), first->line, first->column);
}

static bool row_take(struct weighing *w, size_t row)
{
	struct intake_table *t = w->t;
	if (t->head[row].why)
		return row_bad(w, row);
	for (size_t i = t->lead; i < table_columns(t); i++) {
		if (table_blank(table_at(t, row, i)))
			t->counts.verdict[ENTRY_EMPTY]++;
		else if (t->dated && t->date[i].why ? !column_bad(w, i) : !number_take(w, row, i))
			return false;
	}
	return true;
}

// --- what they would do

static const struct period_row *row_here(
    const struct intake_table *t, const struct intake_table_cell *c, struct period_row *none)
{
	for (size_t i = 0; i < t->periods->rows; i++) {
		const struct period_row *r = &t->periods->row[i];
		if (&t->periods->measure[r->measure] == c->of && str_equal(r->stratum, c->stratum))
			return r;
	}
	*none = (struct period_row){ .measure = (size_t)(c->of - t->periods->measure),
		.stratum = c->stratum };
	return none;
}

static bool value_agrees(struct weighing *w, struct intake_table_cell *c)
{
	const char *value = c->given[ENTRY_VALUE], *over = c->given[ENTRY_NUMERATOR],
		   *under = c->given[ENTRY_DENOMINATOR];
	if (!value || !over || !under)
		return true;
	c->given[ENTRY_VALUE] = NULL;
	if (entry_agrees(&c->of->m, value, over, under))
		return true;
	return bad(w, c, "the value %s is not %s out of %s", value, over, under);
}

// The day of its point: of one that is there, of the day that the column names where several are,
// else by the measure's habit; without points to learn it from the day that the column names.
static bool day_find(struct weighing *w, struct intake_table_cell *c, const struct period_row *row,
    const date_t *said, date_t *day)
{
	struct intake_table *t = w->t;
	enum period_kind kind = c->of->kind;
	struct period_cell there = period_cell_in(t->periods, row, c->period);
	*day = there.day;
	if (period_first(kind, c->period) > t->periods->today)
		return bad(w, c, "%s has not begun", period_show(t->arena, kind, c->period));
	for (size_t i = 0; there.state == PERIOD_SEVERAL && said && i < row->count; i++)
		if (row->day[i] == *said) {
			*day = *said;
			return true;
		}
	if (there.state == PERIOD_SEVERAL)
		return bad(w, c,
		    "%s holds %zu points already; correct them in the grid of the measure",
		    period_show(t->arena, kind, c->period), there.points);
	if (there.state != PERIOD_POINT && !c->of->habit.points && said)
		*day = *said;
	return true;
}

static bool old_show(struct intake_table *t, struct intake_table_cell *c)
{
	const char *const *f = c->old.field;
	c->was = *f[ENTRY_NUMERATOR] || *f[ENTRY_DENOMINATOR]
		     ? arena_printf(t->arena, "%s/%s", f[ENTRY_NUMERATOR], f[ENTRY_DENOMINATOR])
		     : f[ENTRY_VALUE];
	return c->was != NULL;
}

static bool cell_weigh(struct weighing *w, struct intake_table_cell *c, const date_t *said)
{
	struct intake_table *t = w->t;
	struct period_row none;
	const struct period_row *row = row_here(t, c, &none);
	char *date = arena_alloc(t->arena, DATE_TEXT);
	date_t day;
	if (!date)
		return err_memory(w->e);
	if (!value_agrees(w, c) || !day_find(w, c, row, said, &day))
		return false;
	if (c->verdict == ENTRY_BAD)
		return true;
	date_print_iso(day, date);
	c->given[ENTRY_DATE] = date;
	c->given[ENTRY_STRATUM] = c->stratum;
	struct id id = entry_id(&c->of->m.id, date, c->stratum, "");
	if (!entry_load(t->store, t->arena, &id, &c->old, &c->stored, w->e))
		return false;
	c->verdict = entry_weigh(&c->of->m, c->stored ? &c->old : NULL, c->given, &c->why);
	if (c->verdict == ENTRY_ADDED && row == &none && *c->stratum)
		c->why = "a new group of this measure";
	return c->verdict != ENTRY_CORRECTED || old_show(t, c) || err_memory(w->e);
}

static const date_t *day_said(const struct intake_table *t, const struct intake_table_cell *c)
{
	for (size_t i = t->lead; t->dated && i < table_columns(t); i++)
		if (!t->date[i].why && period_of(c->of->kind, t->date[i].day) == c->period)
			return &t->date[i].day;
	return NULL;
}

static bool all_weigh(struct weighing *w)
{
	struct intake_table *t = w->t;
	for (size_t i = 0; i < t->cells; i++) {
		struct intake_table_cell *c = &t->cell[i];
		if (c->verdict != ENTRY_BAD && !cell_weigh(w, c, day_said(t, c)))
			return false;
		t->counts.verdict[c->verdict]++;
	}
	t->counts.rows = t->cells;
	return true;
}

static void numbers_see(struct intake_table *t)
{
	t->numbers = (struct block_style){ 0 };
	for (size_t r = t->dated; r < table_rows(t); r++)
		for (size_t i = t->lead; i < table_columns(t); i++)
			block_see_number(&t->numbers, table_at(t, r, i));
}

bool intake_table_weigh(struct intake_table *t, const struct period_table *of,
    const struct intake_corner *corner, struct err *e)
{
	struct weighing w = { .t = t, .e = e };
	t->periods = of;
	t->corner = of ? corner : NULL; // it is a place among them
	t->cells = 0;
	t->counts = (struct intake_counts){ 0 };
	numbers_see(t);
	if (!table_heads_read(t, e))
		return false;
	w.slot = arena_array(t->arena, table_rows(t) * table_columns(t) + 1, sizeof *w.slot);
	if (!w.slot)
		return err_memory(e);
	store_hold(t->store);
	bool good = true;
	for (size_t r = t->dated; good && r < table_rows(t); r++)
		good = row_take(&w, r);
	good = good && all_weigh(&w);
	store_release(t->store);
	return good;
}

// --- all of them

size_t intake_table_cells(const struct intake_table *t)
{
	return t->cells;
}

const struct intake_table_cell *intake_table_cell(const struct intake_table *t, size_t i)
{
	return &t->cell[i];
}

const struct intake_counts *intake_table_counts(const struct intake_table *t)
{
	return &t->counts;
}

bool intake_table_save(struct intake_table *t, size_t *changes, struct err *e)
{
	struct arena a = { 0 };
	struct save *v = save_begin(t->store, &a, e);
	bool good = v != NULL;
	for (size_t i = 0; good && i < t->cells; i++) {
		const struct intake_table_cell *c = &t->cell[i];
		if (c->verdict == ENTRY_ADDED || c->verdict == ENTRY_CORRECTED)
			good = entry_put(v, &c->of->m, c->stored ? &c->old : NULL, c->given, e);
	}
	good = good && save_commit(v, changes, e);
	arena_free(&a);
	return good;
}
