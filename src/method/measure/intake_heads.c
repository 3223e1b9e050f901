// SPDX-License-Identifier: MIT
// What stands at the edges of a table: which measure and group a row is, which date a column has.
#include "method/measure/intake.h"

#include <plando/str.h>
#include <plando/text.h>

#include <string.h>
#include <strings.h>

// --- text

static const char *intake_heads_quoted(struct intake *in, const char *text)
{
	const char *safe = text_safe(in->arena, text, false);
	const char *cut = safe ? text_cut(in->arena, safe, 40, false) : NULL;
	return cut ? cut : "";
}

static bool intake_heads_same(struct arena *a, const char *x, const char *y)
{
	const char *fx = text_fold(a, x), *fy = text_fold(a, y);
	return fx && fy && strcmp(fx, fy) == 0;
}

static const char *intake_heads_lead_of(const struct intake *in, size_t row, int field)
{
	for (size_t i = 0; i < in->table.lead; i++) {
		size_t n;
		const char *text = block_plain(intake_table_at(in, row, i), &n);
		if (in->table.field[i] == field)
			return arena_copy(in->arena, text, n);
	}
	return "";
}

// --- measures and groups

// "Seen, numerator" is "Seen" and its numerator; true where a word of that kind was cut off.
static bool intake_heads_half_cut(char *name, enum entry_field *part)
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

static bool intake_heads_ref_find(
    struct intake *in, const char *team, const char *name, struct id *id)
{
	struct err unknown = { 0 };
	struct record r;
	const char *ref = *team ? arena_printf(in->arena, "%s/%s", team, name) : name;
	if (!ref || !*name || !record_find(in->store, in->arena, "measure", ref, &r, &unknown))
		return false;
	*id = r.id;
	return true;
}

// The measure of the stream that a measure of the table is.
static struct intake_measure *intake_heads_measure_known(
    struct intake *in, const struct period_measure *p)
{
	for (size_t i = 0; i < in->measures; i++)
		if (in->measure[i]->periods == p)
			return in->measure[i];
	struct intake_measure *m =
	    in->measures < INTAKE_MEASURES ? intake_measure_add(in, p->m.name) : NULL;
	if (!m)
		return NULL;
	m->found = true;
	m->some = p->entries.count > 0;
	m->measure = p->m;
	m->periods = p;
	return m;
}

// Of the whole workbook by REF, else among the measures of the team.
static struct intake_measure *intake_heads_measure_named(
    struct intake *in, const char *team, const char *name, const char **why)
{
	const struct period_table *p = in->table.periods;
	const struct period_measure *found = NULL;
	struct arena a = { 0 };
	struct id id;
	bool refs = p == &in->table.own, known = refs && intake_heads_ref_find(in, team, name, &id);
	*why = refs ? "is no measure here, or one of several teams; a column \"team\" says which"
		    : "is no measure of this team";
	for (size_t i = 0; i < p->measures; i++) {
		const struct measure *m = &p->measure[i].m;
		if (refs ? !known || !id_equal(&id, &m->id) : !intake_heads_same(&a, m->name, name))
			continue;
		*why = found ? "is the name of two measures here" : NULL;
		found = &p->measure[i];
	}
	arena_free(&a);
	return *why ? NULL : intake_heads_measure_known(in, found);
}

static const char *const BETWEEN[] = { " / ", " · ", ": ", " – ", " - ", "/" };
enum { BETWEENS = sizeof BETWEEN / sizeof *BETWEEN };

// "Measure / East", "Measure: East": the measure, and the rest as its group.
static struct intake_measure *intake_heads_split_named(
    struct intake *in, const char *team, const char *name, const char **group)
{
	const char *why;
	for (size_t i = 0; i < BETWEENS; i++) {
		const char *at = strstr(name, BETWEEN[i]);
		const char *front = at ? arena_copy(in->arena, name, (size_t)(at - name)) : NULL;
		struct intake_measure *m =
		    front ? intake_heads_measure_named(in, team, front, &why) : NULL;
		if (!m)
			continue;
		*group = at + strlen(BETWEEN[i]);
		return m;
	}
	return NULL;
}

// A group of the measure that stands above it.
static const char *intake_heads_group_above(
    struct intake *in, struct intake_measure *m, const char *name)
{
	struct err ignored = { 0 };
	struct arena a = { 0 };
	const char *found = NULL;
	for (size_t i = 0; intake_measure_look(in, m, &ignored) && i < m->groups.count; i++)
		if (!found && intake_heads_same(&a, m->groups.item[i].text, name))
			found = m->groups.item[i].text;
	arena_free(&a);
	return found;
}

// By its name alone: a measure; a measure and a group of it; a group of the measure above it.
static void intake_heads_name_resolve(struct intake *in, const char *team, const char *name,
    const struct intake_head *above, struct intake_head *h)
{
	const char *group = "", *why = NULL;
	char *base = arena_strdup(in->arena, name);
	h->part = ENTRY_VALUE;
	h->of = intake_heads_measure_named(in, team, name, &why);
	if (!h->of && base && intake_heads_half_cut(base, &h->part))
		h->of = intake_heads_measure_named(in, team, base, &why);
	if (!h->of && base)
		h->of = intake_heads_split_named(in, team, base, &group);
	if (!h->of && base && above && above->of) {
		group = intake_heads_group_above(in, above->of, base);
		h->of = group ? above->of : NULL;
	}
	h->stratum = h->of ? group : "";
	if (!h->of)
		h->why = arena_printf(
		    in->arena, "“%s” %s", intake_heads_quoted(in, name), why ? why : "");
}

static void head_read(struct intake *in, size_t row, const struct intake_head *above)
{
	struct intake_head *h = &in->table.head[row];
	const char *name = intake_heads_lead_of(in, row, INTAKE_MEASURE);
	const char *group = intake_heads_lead_of(in, row, ENTRY_STRATUM),
		   *team = intake_heads_lead_of(in, row, INTAKE_TEAM);
	h->blank = str_empty(name);
	if (h->blank && !str_empty(group) && above && above->of) { // named once, for several rows
		h->blank = false;
		h->of = above->of;
		h->part = above->part;
	} else if (h->blank) {
		h->why = "nothing says of which measure these numbers are";
		return;
	} else {
		intake_heads_name_resolve(in, team ? team : "", name, above, h);
	}
	if (h->of && !str_empty(group))
		h->stratum = group;
}

// Rows without names: those of the grid, from the corner down, of one interval.
static void head_place(struct intake *in, size_t row, size_t below)
{
	const struct intake_corner *c = in->table.corner;
	const struct period_table *p = in->table.periods;
	const struct period_group *g = p ? period_group_of(p, c->row) : NULL;
	struct intake_head *h = &in->table.head[row];
	size_t at = c->row + below;
	if (!g) {
		h->why = "there are no rows below it";
		return;
	}
	if (at >= g->row + g->rows) {
		h->why = arena_printf(
		    in->arena, "there are no more rows of %s below it", PERIOD_EVERY[g->kind]);
		return;
	}
	h->of = intake_heads_measure_known(in, period_measure_of(p, at));
	h->stratum = p->row[at].stratum;
	if (!h->of)
		h->why = "there are too many measures";
}

// One spelling a group; rows that mean the same measure and group follow each other.
static bool heads_join(struct intake *in, struct err *e)
{
	struct intake_table *t = &in->table;
	for (size_t i = t->dated; i < intake_table_rows(in); i++) {
		struct intake_head *h = &t->head[i];
		size_t last = 0;
		h->first = true;
		if (!h->of)
			continue;
		if (!intake_measure_look(in, h->of, e))
			return false;
		if (*h->stratum &&
		    !(h->stratum = spelling_of(&h->of->groups, in->arena, h->stratum, NULL)))
			return err_memory(e);
		for (size_t k = t->dated; k < i; k++)
			if (t->head[k].of == h->of && str_equal(t->head[k].stratum, h->stratum))
				last = k + 1;
		if (last) {
			t->head[last - 1].next = i;
			h->first = false;
		}
	}
	return true;
}

// --- both

struct refs_found {
	struct id *id;
	size_t count;
};

static void intake_heads_refs_add(
    struct intake *in, const char *team, const char *name, struct refs_found *f)
{
	struct id id;
	if (!intake_heads_ref_find(in, team, name, &id))
		return;
	for (size_t i = 0; i < f->count; i++)
		if (id_equal(&f->id[i], &id))
			return;
	f->id[f->count++] = id;
}

// Every measure that a row may mean.
static bool intake_heads_row_measures(struct intake *in, size_t row, struct refs_found *f)
{
	const char *name = intake_heads_lead_of(in, row, INTAKE_MEASURE),
		   *team = intake_heads_lead_of(in, row, INTAKE_TEAM);
	enum entry_field part;
	char *base = name ? arena_strdup(in->arena, name) : NULL;
	if (!name || !team || !base)
		return false;
	intake_heads_refs_add(in, team, name, f);
	if (intake_heads_half_cut(base, &part))
		intake_heads_refs_add(in, team, base, f);
	for (size_t i = 0; i < BETWEENS; i++) {
		const char *at = strstr(base, BETWEEN[i]);
		const char *front = at ? arena_copy(in->arena, base, (size_t)(at - base)) : "";
		if (!front)
			return false;
		intake_heads_refs_add(in, team, front, f);
	}
	return true;
}

// Of the whole workbook measures are named by REF: they are looked up before their points are read.
static bool intake_heads_measures_find(struct intake *in, struct err *e)
{
	struct intake_table *t = &in->table;
	struct refs_found f = { arena_array(in->arena, (intake_table_rows(in) + 1) * (BETWEENS + 2),
				    sizeof *f.id),
		0 };
	for (size_t i = t->dated; i < intake_table_rows(in); i++)
		if (!f.id || !intake_heads_row_measures(in, i, &f))
			return err_memory(e);
	t->periods = &t->own;
	return period_table_of(in->store, in->arena, f.id, f.count, &t->own, e);
}

bool intake_heads_read(struct intake *in, struct err *e)
{
	struct intake_table *t = &in->table;
	const struct intake_head *above = NULL;
	size_t rows = intake_table_rows(in), columns = intake_table_columns(in);
	if (!t->corner && (!t->dated || !t->named))
		return err_set(e, ERR_DATA,
		    t->dated ? "%s: no column before the dates says which measure a row is"
			     : "%s: neither the first row nor the first column holds dates",
		    in->source.name);
	t->head = arena_array(in->arena, rows + 1, sizeof *t->head);
	t->date = arena_array(in->arena, columns + 1, sizeof *t->date);
	t->date_got = arena_array(in->arena, columns + 1, sizeof *t->date_got);
	if (!t->head || !t->date || !t->date_got)
		return err_memory(e);
	if (!t->periods && !intake_heads_measures_find(in, e))
		return false;
	for (size_t i = t->dated; i < rows; i++) {
		t->head[i] = (struct intake_head){ .part = ENTRY_VALUE, .stratum = "" };
		if (t->named)
			head_read(in, i, above);
		else
			head_place(in, i, i - t->dated);
		if (t->head[i].of)
			above = &t->head[i];
	}
	return heads_join(in, e);
}

// --- dates

static void intake_heads_date_read(struct intake *in, size_t column)
{
	const char *cell = intake_table_at(in, 0, column);
	struct block_date *d = &in->table.date[column];
	enum block_got got = in->table.date_got[column] = block_date(cell, &in->reading, d);
	if (got == BLOCK_BLANK)
		d->why = "no date stands with these numbers";
	else if (got == BLOCK_BAD)
		d->why = arena_printf(in->arena, "“%s” %s", intake_heads_quoted(in, cell),
		    intake_looks_month(in->arena, cell) ? "has no year" : d->why);
}

void intake_dates_read(struct intake *in)
{
	for (size_t i = in->table.lead; in->table.dated && i < intake_table_columns(in); i++)
		intake_heads_date_read(in, i);
}
