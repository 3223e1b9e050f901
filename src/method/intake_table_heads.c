// SPDX-License-Identifier: MIT
// What stands at the edges of a table: which measure and group a row is, which date a column has.
#include "method/intake_table.h"

#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

// --- text

static const char *quoted(struct intake_table *t, const char *text)
{
	const char *safe = text_safe(t->arena, text, false);
	const char *cut = safe ? text_cut(t->arena, safe, 40, false) : NULL;
	return cut ? cut : "";
}

static bool same(struct arena *a, const char *x, const char *y)
{
	const char *fx = text_fold(a, x), *fy = text_fold(a, y);
	return fx && fy && strcmp(fx, fy) == 0;
}

static const char *lead_of(const struct intake_table *t, size_t row, int field)
{
	for (size_t i = 0; i < t->lead; i++) {
		size_t n;
		const char *text = block_plain(table_at(t, row, i), &n);
		if (t->field[i] == field)
			return arena_copy(t->arena, text, n);
	}
	return "";
}

// --- measures and groups

// "Seen, numerator" is "Seen" and its numerator; true where a word of that kind was cut off.
static bool half_cut(char *name, enum entry_field *part)
{
	static const enum entry_field PARTS[] = { ENTRY_NUMERATOR, ENTRY_DENOMINATOR };
	size_t n = strlen(name);
	while (n && strchr(" )", name[n - 1]))
		n--;
	for (size_t i = 0; i < 2; i++) {
		const char *word = ENTRY_NAME[PARTS[i]];
		size_t length = strlen(word);
		if (n <= length || strncasecmp(name + n - length, word, length) != 0)
			continue;
		n -= length;
		while (n && strchr(" ,;:/(-", name[n - 1]))
			n--;
		name[n] = '\0';
		*part = PARTS[i];
		return n > 0;
	}
	return false;
}

static bool ref_find(struct intake_table *t, const char *team, const char *name, struct id *id)
{
	struct err unknown = { 0 };
	struct record r;
	const char *ref = *team ? arena_printf(t->arena, "%s/%s", team, name) : name;
	if (!ref || !*name || !record_find(t->store, t->arena, "measure", ref, &r, &unknown))
		return false;
	*id = r.id;
	return true;
}

// Of the whole workbook by REF, else among the measures of the team.
static const struct period_measure *measure_named(
    struct intake_table *t, const char *team, const char *name, const char **why)
{
	const struct period_table *p = t->periods;
	const struct period_measure *found = NULL;
	struct arena a = { 0 };
	struct id id;
	bool refs = p == &t->own, known = refs && ref_find(t, team, name, &id);
	*why = refs ? "is no measure here, or one of several teams; a column \"team\" says which"
		    : "is no measure of this team";
	for (size_t i = 0; i < p->measures; i++) {
		const struct measure *m = &p->measure[i].m;
		if (refs ? !known || !id_equal(&id, &m->id) : !same(&a, m->name, name))
			continue;
		*why = found ? "is the name of two measures here" : NULL;
		found = &p->measure[i];
	}
	arena_free(&a);
	return *why ? NULL : found;
}

// The spelling of a group that is there, else as it stands.
static const char *group_known(
    struct intake_table *t, const struct period_measure *m, const char *group, bool *known)
{
	struct arena a = { 0 };
	const struct period_table *p = t->periods;
	*known = false;
	for (size_t i = 0; i < p->rows && !*known; i++)
		if (&p->measure[p->row[i].measure] == m && *p->row[i].stratum &&
		    same(&a, p->row[i].stratum, group)) {
			*known = true;
			group = p->row[i].stratum;
		}
	arena_free(&a);
	return group;
}

static const char *const BETWEEN[] = { " / ", " · ", ": ", " – ", " - ", "/" };
enum { BETWEENS = sizeof BETWEEN / sizeof *BETWEEN };

// "Measure / East", "Measure: East": the measure, and the rest as its group.
static const struct period_measure *split_named(
    struct intake_table *t, const char *team, const char *name, const char **group)
{
	const char *why;
	for (size_t i = 0; i < BETWEENS; i++) {
		const char *at = strstr(name, BETWEEN[i]);
		const char *front = at ? arena_copy(t->arena, name, (size_t)(at - name)) : NULL;
		const struct period_measure *m = front ? measure_named(t, team, front, &why) : NULL;
		if (!m)
			continue;
		*group = at + strlen(BETWEEN[i]);
		return m;
	}
	return NULL;
}

static void group_set(struct intake_table *t, struct table_head *h, const char *group)
{
	bool known;
	h->stratum = *group ? group_known(t, h->of, group, &known) : "";
}

// By its name alone: a measure; a measure and a group of it; a group of the measure above it.
static void name_resolve(struct intake_table *t, const char *team, const char *name,
    const struct table_head *above, struct table_head *h)
{
	const char *group = "", *why = NULL;
	char *base = arena_strdup(t->arena, name);
	bool known = false;
	h->part = ENTRY_VALUE;
	h->of = measure_named(t, team, name, &why);
	if (!h->of && base && half_cut(base, &h->part))
		h->of = measure_named(t, team, base, &why);
	if (!h->of && base)
		h->of = split_named(t, team, base, &group);
	if (!h->of && base && above && above->of) {
		group = group_known(t, above->of, base, &known);
		h->of = known ? above->of : NULL;
	}
	if (h->of)
		group_set(t, h, group);
	else
		h->why = arena_printf(t->arena, "“%s” %s", quoted(t, name), why ? why : "");
}

static void head_read(struct intake_table *t, size_t row, const struct table_head *above)
{
	struct table_head *h = &t->head[row];
	const char *name = lead_of(t, row, INTAKE_MEASURE);
	const char *group = lead_of(t, row, ENTRY_STRATUM), *team = lead_of(t, row, INTAKE_TEAM);
	*h = (struct table_head){ .part = ENTRY_VALUE, .stratum = "" };
	h->blank = str_empty(name);
	if (h->blank && !str_empty(group) && above && above->of) { // named once, for several rows
		h->blank = false;
		h->of = above->of;
		h->part = above->part;
	} else if (h->blank) {
		h->why = "nothing says of which measure these numbers are";
		return;
	} else {
		name_resolve(t, team ? team : "", name, above, h);
	}
	if (h->of && !str_empty(group))
		group_set(t, h, group);
}

// Rows without names: those of the grid, from the corner down, of one interval.
static void head_place(struct intake_table *t, size_t row, size_t below)
{
	const struct intake_corner *c = t->corner;
	const struct period_group *g = period_group_of(t->periods, c->row);
	struct table_head *h = &t->head[row];
	*h = (struct table_head){ .part = ENTRY_VALUE, .stratum = "" };
	size_t at = c->row + below;
	if (at >= g->row + g->rows) {
		h->why = arena_printf(
		    t->arena, "there are no more rows of %s below it", PERIOD_EVERY[g->kind]);
		return;
	}
	h->of = period_measure_of(t->periods, at);
	h->stratum = t->periods->row[at].stratum;
}

static void targets_find(struct intake_table *t)
{
	for (size_t i = t->dated; i < table_rows(t); i++) {
		struct table_head *h = &t->head[i];
		h->target = i;
		for (size_t k = t->dated; k < i && h->of; k++)
			if (t->head[k].of == h->of && str_equal(t->head[k].stratum, h->stratum)) {
				h->target = k;
				break;
			}
	}
}

// --- dates

static void date_read(struct intake_table *t, size_t column)
{
	const char *cell = table_at(t, 0, column);
	struct table_date *d = &t->date[column];
	struct block_date date;
	enum block_got got = block_date(cell, intake_table_order(t), store_today(t->store), &date);
	*d = (struct table_date){ .day = date.date };
	if (got == BLOCK_BLANK)
		d->why = "no date stands with these numbers";
	else if (got == BLOCK_BAD)
		d->why = arena_printf(t->arena, "“%s” %s", quoted(t, cell),
		    table_month(t->arena, cell) ? "has no year" : date.why);
}

static bool monthly(const struct intake_table *t)
{
	for (size_t i = t->dated; i < table_rows(t); i++)
		if (t->head[i].of && t->head[i].of->kind < PERIOD_MONTH)
			return false;
	return true;
}

static void dates_read(struct intake_table *t)
{
	t->dates = (struct block_style){ 0 };
	for (size_t i = t->lead; t->dated && i < table_columns(t); i++)
		block_see_date(&t->dates, table_at(t, 0, i));
	t->order = block_order(&t->dates, monthly(t));
	for (size_t i = t->lead; t->dated && i < table_columns(t); i++)
		date_read(t, i);
}

// --- both

struct found {
	struct id *id;
	size_t count;
};

static void found_add(struct intake_table *t, const char *team, const char *name, struct found *f)
{
	struct id id;
	if (!ref_find(t, team, name, &id))
		return;
	for (size_t i = 0; i < f->count; i++)
		if (id_equal(&f->id[i], &id))
			return;
	f->id[f->count++] = id;
}

// Every measure that a row may mean.
static bool row_measures(struct intake_table *t, size_t row, struct found *f)
{
	const char *name = lead_of(t, row, INTAKE_MEASURE), *team = lead_of(t, row, INTAKE_TEAM);
	enum entry_field part;
	char *base = name ? arena_strdup(t->arena, name) : NULL;
	if (!name || !team || !base)
		return false;
	found_add(t, team, name, f);
	if (half_cut(base, &part))
		found_add(t, team, base, f);
	for (size_t i = 0; i < BETWEENS; i++) {
		const char *at = strstr(base, BETWEEN[i]);
		const char *front = at ? arena_copy(t->arena, base, (size_t)(at - base)) : "";
		if (!front)
			return false;
		found_add(t, team, front, f);
	}
	return true;
}

// Of the whole workbook measures are named by REF: they are looked up before their points are read.
static bool measures_find(struct intake_table *t, struct err *e)
{
	struct found f = {
		arena_array(t->arena, (table_rows(t) + 1) * (BETWEENS + 2), sizeof *f.id), 0
	};
	for (size_t i = t->dated; i < table_rows(t); i++)
		if (!f.id || !row_measures(t, i, &f))
			return err_memory(e);
	t->periods = &t->own;
	return period_table_of(t->store, t->arena, f.id, f.count, &t->own, e);
}

bool table_heads_read(struct intake_table *t, struct err *e)
{
	const struct table_head *above = NULL;
	if (!t->corner && (!t->dated || !t->named))
		return err_set(e, ERR_DATA,
		    t->dated ? "%s: no column before the dates says which measure a row is"
			     : "%s: neither the first row nor the first column holds dates",
		    t->name);
	t->head = arena_array(t->arena, table_rows(t) + 1, sizeof *t->head);
	t->date = arena_array(t->arena, table_columns(t) + 1, sizeof *t->date);
	if (!t->head || !t->date)
		return err_memory(e);
	if (!t->periods && !measures_find(t, e))
		return false;
	for (size_t i = t->dated; i < table_rows(t); i++) {
		if (t->named)
			head_read(t, i, above);
		else if (t->corner && t->periods)
			head_place(t, i, i - t->dated);
		if (t->head[i].of)
			above = &t->head[i];
	}
	targets_find(t);
	dates_read(t);
	return true;
}
