// SPDX-License-Identifier: MIT
// An intake begins: what the file is written in, where its names stand, and whether it is rows or a
// table.
#include "method/measure/intake.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdlib.h>
#include <string.h>

enum { HEAD_LOOKED = 30 }; // rows among which the names are looked for

// --- the source

static size_t intake_source_more(void *context, char *buffer, size_t n)
{
	return fread(buffer, 1, n, context);
}

bool intake_rewind(struct intake *in, struct err *e)
{
	block_close(in->reader);
	in->text.at = 0;
	if (in->source.in && fseek(in->source.in, 0, SEEK_SET) != 0)
		return err_errno(e, in->source.name, "read it again");
	if (in->source.in)
		block_open(in->reader, intake_source_more, in->source.in, in->shape);
	else
		block_open(in->reader, block_more_bytes, &in->text, in->shape);
	return true;
}

static bool intake_source_look(struct intake *in, struct err *e)
{
	bool copied = in->source.copied;
	if (in->source.in && fseek(in->source.in, 0, SEEK_SET) != 0)
		return err_errno(e, in->source.name, "read it");
	bool good = in->source.in
			? block_look(intake_source_more, in->source.in, copied, &in->shape, e)
			: block_look(block_more_bytes, &in->text, copied, &in->shape, e);
	if (in->said.delimiter) {
		in->shape.delimiter = in->said.delimiter;
		in->shape.names_itself = false;
	}
	return good || err_place(e, in->source.name, 0, 0);
}

// --- the first rows

static bool intake_cell_blank(const char *cell)
{
	size_t n;
	block_plain(cell, &n);
	return n == 0;
}

bool intake_is_comment(const struct block_row *row)
{
	size_t others = 0, n;
	const char *first = row->cells ? block_plain(row->cell[0], &n) : "";
	if (*first != '#' || first[1] == ' ')
		return *first == '#';
	for (size_t i = 1; i < row->cells; i++)
		others += !intake_cell_blank(row->cell[i]);
	return others == 0;
}

static bool intake_sample_take(struct intake *in, const struct block_row *row, struct err *e)
{
	struct intake_line *l = &in->sample[in->samples];
	*l = (struct intake_line){ .line = row->line, .cells = row->cells };
	l->cell = arena_array(in->arena, row->cells + 1, sizeof *l->cell);
	for (size_t i = 0; l->cell && i < row->cells; i++)
		if (!(l->cell[i] = arena_strdup(in->arena, row->cell[i])))
			return err_memory(e);
	in->samples++;
	return l->cell || err_memory(e);
}

static bool intake_samples_read(struct intake *in, struct err *e)
{
	struct block_row row = { 0 };
	struct err own = { 0 };
	while (in->samples < INTAKE_SAMPLE && block_next(in->reader, &row, &own))
		if (!intake_is_comment(&row) && !intake_sample_take(in, &row, e))
			return false;
	if (own.code) {
		err_set(e, own.code, "%s", own.text);
		return err_place(e, in->source.name, 0, 0);
	}
	if (!in->samples)
		return err_set(e, ERR_DATA, "%s: there is nothing in it", in->source.name);
	return true;
}

// --- where the names stand

static size_t intake_cells_filled(const struct intake_line *l)
{
	size_t n = 0;
	for (size_t i = 0; i < l->cells; i++)
		n += !intake_cell_blank(l->cell[i]);
	return n;
}

static size_t intake_dates_in(const struct intake *in, const struct intake_line *l)
{
	size_t n = 0;
	for (size_t i = 0; i < l->cells; i++)
		n += block_looks_date(l->cell[i], store_today(in->store));
	return n;
}

// Titles above the names have fewer cells than what follows; the names are known ones, or a row of
// dates.
static size_t intake_head_below(const struct intake *in)
{
	for (size_t i = 1; i < in->samples && i < HEAD_LOOKED; i++)
		if (intake_head_is(in, i, true) || (intake_cells_filled(&in->sample[i]) > 2 &&
						       intake_dates_in(in, &in->sample[i]) > 1))
			return i;
	return 0;
}

static bool intake_head_said(struct intake *in, struct err *e)
{
	for (size_t i = 0; i < in->samples; i++)
		if (in->sample[i].line == in->said.header) {
			in->head = i;
			in->headed = true;
			return true;
		}
	return err_set(e, ERR_USAGE, "--header %u: there is nothing on that line of %s",
	    in->said.header, in->source.name);
}

static void intake_columns_count(struct intake *in)
{
	in->columns = 0;
	for (size_t i = in->head; i < in->samples; i++)
		if (in->sample[i].cells > in->columns)
			in->columns = in->sample[i].cells;
}

static bool intake_head_find(struct intake *in, struct err *e)
{
	intake_columns_count(in);
	if (in->columns > INTAKE_COLUMNS) // only a table may be so wide
		in->columns = INTAKE_COLUMNS;
	if (in->said.header)
		return intake_head_said(in, e);
	in->headed = intake_head_is(in, 0, false);
	bool known = in->headed && intake_head_is(in, 0, true);
	if (!known && intake_dates_in(in, &in->sample[0]) == 0) {
		size_t below = intake_head_below(in);
		in->headed |= below > 0;
		in->head = below;
	}
	return true;
}

// --- rows or a table

static bool intake_table_wanted(const struct intake *in, const struct intake_target *target)
{
	const struct intake_table *t = &in->table;
	if (target->team)
		return true;
	if (target->measure || !t->dated || t->lead == 0)
		return false;
	return !t->turned || (!intake_table_of_rows(in) && !target->rows);
}

static bool intake_rows_begin(struct intake *in, struct err *e)
{
	intake_columns_count(in);
	for (size_t i = 0; i < in->samples; i++)
		if (in->sample[i].cells > INTAKE_COLUMNS)
			return err_set(e, ERR_DATA,
			    "%s:%u: more than %d columns; is this the right file?", in->source.name,
			    in->sample[i].line, INTAKE_COLUMNS);
	for (size_t i = 0; i < in->columns; i++)
		in->column[i] = (struct intake_column){ "", INTAKE_LEFT };
	if (in->headed && !intake_names_take(in, e))
		return false;
	if (!in->headed)
		intake_fields_guess(in);
	else if (in->measure[0]->found)
		intake_value_find(in);
	return true;
}

static bool intake_shape_find(struct intake *in, const struct intake_target *target, struct err *e)
{
	if (!intake_head_find(in, e))
		return false;
	if (!target->measure)
		intake_table_way(in);
	in->is_table = intake_table_wanted(in, target);
	in->table.periods = target->team;
	in->table.corner = target->team ? target->corner : NULL; // it is a place among them
	return in->is_table ? intake_table_read(in, e) : intake_rows_begin(in, e);
}

static bool intake_measure_given(struct intake *in, const struct id *measure, struct err *e)
{
	struct intake_measure *m = intake_measure_add(in, "");
	if (!m)
		return err_memory(e);
	if (!measure)
		return true;
	m->found = true;
	m->some = entry_count(in->store, measure) > 0;
	return measure_head(in->store, in->arena, measure, &m->measure, e);
}

struct intake *intake_open(struct store *s, struct arena *a, const struct intake_source *source,
    const struct intake_target *target, const struct intake_said *said, struct err *e)
{
	struct intake *n = arena_alloc(a, sizeof *n);
	if (!n || !(n->reader = arena_alloc(a, sizeof *n->reader)))
		return err_memory(e), NULL;
	n->store = s;
	n->arena = a;
	n->source = *source;
	if (said)
		n->said = *said;
	if (source->text)
		n->text = *source->text;
	n->text.at = 0;
	if (intake_measure_given(n, target->measure, e) && intake_source_look(n, e) &&
	    intake_rewind(n, e) && intake_samples_read(n, e) && intake_shape_find(n, target, e))
		return n;
	intake_close(n);
	return NULL;
}

void intake_close(struct intake *in)
{
	if (in)
		block_close(in->reader);
}

// --- asking

bool intake_is_table(const struct intake *in)
{
	return in->is_table;
}

bool intake_is_turned(const struct intake *in)
{
	return in->is_table && in->table.turned;
}

bool intake_is_dated(const struct intake *in)
{
	return in->is_table ? in->table.dated : intake_find(in, ENTRY_DATE) < in->columns;
}

const struct block_shape *intake_shape(const struct intake *in)
{
	return &in->shape;
}

bool intake_headed(const struct intake *in)
{
	return in->headed;
}

size_t intake_skipped(const struct intake *in)
{
	return in->head;
}

void intake_places(struct intake *in, const struct intake_place *place, size_t count)
{
	in->place = place;
	in->places = count;
}

struct intake_said *intake_said(struct intake *in)
{
	return &in->said;
}

enum block_order intake_order(const struct intake *in)
{
	return in->reading.order;
}

enum block_decimal intake_decimal(const struct intake *in)
{
	return in->reading.decimal;
}

bool intake_percents_are_fractions(const struct intake *in)
{
	for (size_t i = 0; i < in->measures; i++)
		if (in->measure[i]->scale == BLOCK_FRACTIONS)
			return true;
	return false;
}
