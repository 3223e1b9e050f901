// SPDX-License-Identifier: MIT
// Rows and tables melt into one stream: each item is a point as it stands in what was given.
#include "method/measure/intake.h"

#include <plando/point_groups.h>
#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

// --- measures

struct intake_measure *intake_measure_add(struct intake *in, const char *ref)
{
	struct intake_measure *m = arena_alloc(in->arena, sizeof *m);
	if (!m || in->measures == INTAKE_MEASURES || !(m->ref = arena_strdup(in->arena, ref)))
		return NULL;
	return in->measure[in->measures++] = m;
}

static bool intake_melt_measure_found(struct intake *in, struct intake_measure *m, const char *team)
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

// Files go measure by measure mostly: the newest are looked at first.
struct intake_measure *intake_measure_of(struct intake *in, const char *team, const char *ref)
{
	struct arena a = { 0 };
	struct intake_measure *m = NULL;
	if (intake_find(in, INTAKE_MEASURE) == in->columns)
		return in->measure[0];
	const char *both = *team ? arena_printf(&a, "%s\t%s", team, ref) : ref;
	for (size_t i = in->measures; both && i-- > 0 && !m;)
		if (strcmp(in->measure[i]->ref, both) == 0)
			m = in->measure[i];
	if (!m && both) {
		m = intake_measure_add(in, ref);
		if (m && (!intake_melt_measure_found(in, m, team) ||
			     !(m->ref = arena_strdup(in->arena, both))))
			m = NULL;
	}
	arena_free(&a);
	return m;
}

// The groups that are there, as they are written there.
bool intake_measure_look(struct intake *in, struct intake_measure *m, struct err *e)
{
	if (m->looked || !m->found)
		return true;
	m->looked = true;
	m->low_known = m->measure.data == MEASURE_PERCENT && m->some &&
		       entry_low_known(in->store, &m->measure.id);
	if (!point_groups_load(in->store, in->arena, &m->measure.id, &m->groups, e))
		return false;
	m->stored_groups = m->groups.count;
	return true;
}

// --- rows

static bool row_melt(
    struct intake *in, const struct block_row *row, struct intake_item *item, struct arena *a)
{
	*item = (struct intake_item){ .line = row->line, .fault = row->fault, .why_field = -1 };
	for (size_t i = 0; i < in->columns && i < row->cells; i++) {
		int field = in->column[i].field;
		if (field == INTAKE_LEFT)
			continue;
		item->cell[field] = row->cell[i];
		item->at[field] = (unsigned)i + 1;
	}
	for (size_t i = in->columns; i < row->cells && !item->fault; i++)
		if (strspn(row->cell[i], " ") != strlen(row->cell[i]))
			item->fault = "there are more cells in this row than columns";
	size_t n, m;
	const char *ref = item->cell[INTAKE_MEASURE] ? item->cell[INTAKE_MEASURE] : "";
	const char *team = item->cell[INTAKE_TEAM] ? item->cell[INTAKE_TEAM] : "";
	ref = block_plain(ref, &n);
	team = block_plain(team, &m);
	ref = arena_copy(a, ref, n);
	team = arena_copy(a, team, m);
	struct intake_measure *of = ref && team ? intake_measure_of(in, team, ref) : NULL;
	item->why_field = INTAKE_MEASURE;
	if (!of)
		item->why = "there are too many different measures in it";
	else if (intake_find(in, INTAKE_MEASURE) < in->columns && !n)
		item->why = "the measure is missing";
	else if (!of->found)
		item->why = of->why ? of->why : "there is no such measure";
	else
		item->of = of;
	return ref && team;
}

static bool intake_melt_rows_each(
    struct intake *in, intake_item_fn each, void *context, struct err *e)
{
	struct block_row row;
	struct intake_item item;
	struct err own = { 0 };
	struct arena a = { 0 };
	unsigned first = in->sample[in->head].line + in->headed;
	bool good = intake_rewind(in, e);
	while (good && !own.code && block_next(in->reader, &row, &own)) {
		if (row.line < first || intake_is_comment(&row))
			continue;
		good = row_melt(in, &row, &item, &a) ? each(in, &item, context, e) : err_memory(e);
		arena_free(&a);
	}
	arena_free(&a);
	if (!good || !own.code)
		return good;
	err_set(e, own.code, "%s", own.text);
	return err_place(e, in->source.name, 0, 0);
}

// --- tables

static const date_t INTAKE_NEVER = INT32_MAX;

static bool intake_melt_table_blank(const char *cell)
{
	struct block_number number;
	return block_number(cell, BLOCK_DECIMAL_OPEN, &number) == BLOCK_BLANK;
}

// A row or a column as a whole that cannot be read, said once.
static bool intake_melt_edge_bad(struct intake *in, size_t row, size_t column, const char *why,
    intake_item_fn each, void *context, struct err *e)
{
	bool asks = row == 0 && in->table.dated && in->table.date[column].open;
	struct intake_item item = { .why = why,
		.asks = asks ? INTAKE_DATES : INTAKE_NO_QUESTION,
		.why_field = INTAKE_MEASURE,
		.stratum = "" };
	item.cell[INTAKE_MEASURE] = intake_table_at(in, row, column);
	intake_table_place(in, row, column, &item.line, &item.at[INTAKE_MEASURE]);
	return each(in, &item, context, e);
}

static bool intake_melt_row_has_numbers(const struct intake *in, size_t row)
{
	for (size_t i = in->table.lead; i < intake_table_columns(in); i++)
		if (!intake_melt_table_blank(intake_table_at(in, row, i)))
			return true;
	return false;
}

static bool intake_melt_column_has_numbers(const struct intake *in, size_t column)
{
	for (size_t i = in->table.dated; i < intake_table_rows(in); i++)
		if (!intake_melt_table_blank(intake_table_at(in, i, column)))
			return true;
	return false;
}

// A number that stands twice in rows of one measure, group and half.
static bool intake_melt_twice_bad(struct intake *in, const struct intake_item *first,
    enum entry_field part, size_t row, size_t column, intake_item_fn each, void *context,
    struct err *e)
{
	struct intake_item item = { .of = first->of,
		.stratum = first->stratum,
		.date = first->date,
		.placed = first->placed,
		.period = first->period,
		.why_field = (int)part };
	item.cell[part] = intake_table_at(in, row, column);
	intake_table_place(in, row, column, &item.line, &item.at[part]);
	item.why = arena_printf(in->arena, "it stands twice; it is already in row %u, column %u",
	    first->line, first->at[part]);
	return item.why ? each(in, &item, context, e) : err_memory(e);
}

static bool intake_melt_rows_blank(const struct intake *in, size_t row, size_t column)
{
	for (size_t k = row;; k = in->table.head[k].next) {
		if (!intake_melt_table_blank(intake_table_at(in, k, column)))
			return false;
		if (!in->table.head[k].next)
			return true;
	}
}

// When the row has its first number, there or in the workbook; INTAKE_NEVER: it has none there.
static date_t intake_melt_row_begins(const struct intake *in, size_t row)
{
	const struct intake_table *t = &in->table;
	const struct intake_head *h = &t->head[row];
	const struct entries *there = &h->of->periods->entries;
	date_t first = INTAKE_NEVER, day;
	for (size_t i = t->lead; t->dated && i < intake_table_columns(in); i++)
		if (t->date_got[i] == BLOCK_GOOD && t->date[i].date < first &&
		    !intake_melt_rows_blank(in, row, i))
			first = t->date[i].date;
	for (size_t i = 0; first != INTAKE_NEVER && i < there->count; i++)
		if (str_equal(there->item[i].field[ENTRY_STRATUM], h->stratum) &&
		    date_parse_iso(there->item[i].field[ENTRY_DATE], &day) && day < first)
			first = day;
	return first;
}

// Of the columns of one period (three months of a quarter) the first stands for it, where all are
// blank.
static bool intake_melt_blank_due(const struct intake *in, size_t row, size_t column, date_t begins)
{
	const struct intake_table *t = &in->table;
	enum period_kind kind = t->head[row].of->periods->kind;
	if (!t->dated || t->date[column].date <= begins)
		return false;
	int period = period_of(kind, t->date[column].date);
	for (size_t i = t->lead; i < intake_table_columns(in); i++)
		if (i != column && t->date_got[i] == BLOCK_GOOD &&
		    period_of(kind, t->date[i].date) == period &&
		    (i < column || !intake_melt_rows_blank(in, row, i)))
			return false;
	return true;
}

// A measure's numerator and denominator may come in rows of their own: they are one point. Its
// numbers are melted first (begins NULL), then its blanks.
static bool cell_melt(struct intake *in, size_t row, size_t column, const date_t *begins,
    intake_item_fn each, void *context, struct err *e)
{
	const struct intake_table *t = &in->table;
	const struct intake_head *h = &t->head[row];
	struct intake_item item = { .of = h->of,
		.stratum = h->stratum,
		.why_field = -1,
		.date = t->dated ? &t->date[column] : NULL,
		.placed = !t->dated,
		.blank = true };
	if (!t->dated)
		item.period = t->corner->period + (int)(column - t->lead);
	intake_table_place(in, row, column, &item.line, &(unsigned){ 0 });
	for (size_t k = row;; k = t->head[k].next) {
		const char *cell = intake_table_at(in, k, column);
		enum entry_field part = t->head[k].part;
		unsigned line, at;
		intake_table_place(in, k, column, &line, &at);
		if (!intake_melt_table_blank(cell) && item.cell[part]) {
			if (!begins &&
			    !intake_melt_twice_bad(in, &item, part, k, column, each, context, e))
				return false;
		} else if (!intake_melt_table_blank(cell)) {
			item.line = item.blank ? line : item.line;
			item.cell[part] = cell;
			item.at[part] = at;
			item.blank = false;
		}
		if (!t->head[k].next)
			break;
	}
	item.due = item.blank && begins && intake_melt_blank_due(in, row, column, *begins);
	return item.blank != (begins != NULL) || each(in, &item, context, e);
}

static bool intake_melt_row_of_table(
    struct intake *in, size_t row, intake_item_fn each, void *context, struct err *e)
{
	const struct intake_table *t = &in->table;
	date_t begins = intake_melt_row_begins(in, row);
	for (int blanks = 0; blanks < 2; blanks++)
		for (size_t i = t->lead; i < intake_table_columns(in); i++)
			if ((!t->dated || t->date_got[i] == BLOCK_GOOD) &&
			    !cell_melt(in, row, i, blanks ? &begins : NULL, each, context, e))
				return false;
	return true;
}

static bool intake_melt_table_each(
    struct intake *in, intake_item_fn each, void *context, struct err *e)
{
	const struct intake_table *t = &in->table;
	for (size_t i = t->lead; t->dated && i < intake_table_columns(in); i++)
		if (t->date_got[i] != BLOCK_GOOD && intake_melt_column_has_numbers(in, i) &&
		    !intake_melt_edge_bad(in, 0, i, t->date[i].why, each, context, e))
			return false;
	for (size_t r = t->dated; r < intake_table_rows(in); r++) {
		if (t->head[r].why && intake_melt_row_has_numbers(in, r) &&
		    !intake_melt_edge_bad(in, r, 0, t->head[r].why, each, context, e))
			return false;
		if (!t->head[r].why && t->head[r].first &&
		    !intake_melt_row_of_table(in, r, each, context, e))
			return false;
	}
	return true;
}

bool intake_each(struct intake *in, intake_item_fn each, void *context, struct err *e)
{
	return in->is_table ? intake_melt_table_each(in, each, context, e)
			    : intake_melt_rows_each(in, each, context, e);
}
