// SPDX-License-Identifier: MIT
#include "tui/copies/conflict_rows.h"

#include <plando/words.h>

#include <stdlib.h>
#include <string.h>

static int conflict_rows_by_place(const void *x, const void *y)
{
	const struct conflict_row *a = x, *b = y;
	int order = (*a->team == '\0') - (*b->team == '\0'); // what all share comes last
	if (!order)
		order = strcmp(a->team, b->team);
	if (!order)
		order = strcmp(a->where, b->where);
	if (!order)
		order = id_compare(&a->conflict->id, &b->conflict->id);
	return order ? order : strcmp(a->conflict->field, b->conflict->field);
}

static bool row_make(
    struct app *app, struct arena *a, const struct conflict *c, struct conflict_row *row)
{
	*row = (struct conflict_row){ .conflict = c };
	row->team = words_team(app->store, a, &c->id, &row->team_id);
	row->where = words_title(app->store, a, &c->id);
	row->what = words_field(app->store, a, &c->id, c->kind, c->field);
	return row->team && row->where && row->what;
}

bool conflict_rows(struct app *app, struct arena *a, const struct id *team,
    struct conflict_rows *out, struct err *e)
{
	struct conflicts all;
	*out = (struct conflict_rows){ 0 };
	if (!conflict_list(app->store, a, &all, e))
		return false;
	out->row = arena_array(a, all.count + 1, sizeof *out->row);
	if (!out->row)
		return err_memory(e);
	for (size_t i = 0; i < all.count; i++) {
		struct conflict_row *row = &out->row[out->count];
		if (!row_make(app, a, &all.item[i], row))
			return err_memory(e);
		out->count += !team || id_equal(team, &row->team_id);
	}
	qsort(out->row, out->count, sizeof *out->row, conflict_rows_by_place);
	return true;
}
