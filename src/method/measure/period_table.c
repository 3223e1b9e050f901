// SPDX-License-Identifier: MIT
#include <plando/period_table.h>

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

enum { OLD_DAYS = 364 };

// --- reading

static bool period_table_measure_read(struct store *s, struct arena *a, const struct id *id,
    date_t today, struct period_measure *p, struct err *e)
{
	if (!measure_load(s, a, id, today, &p->m, e) || !entries_load(s, a, id, &p->entries, e))
		return false;
	date_t *day = arena_array(a, p->entries.count + 1, sizeof *day);
	size_t n = 0;
	if (!day)
		return err_memory(e);
	for (size_t i = 0; i < p->entries.count; i++) {
		p->grouped |= *p->entries.item[i].field[ENTRY_STRATUM] != '\0';
		n += date_parse_iso(p->entries.item[i].field[ENTRY_DATE], &day[n]);
	}
	p->kind = period_kind_of(p->m.interval_days);
	p->habit = period_habit(p->kind, day, n);
	return true;
}

// Most measures are monthly: they stand first.
static int period_table_rank(enum period_kind kind)
{
	return kind == PERIOD_MONTH ? -1 : (int)kind;
}

static int period_table_by_row(const void *a, const void *b)
{
	const struct period_measure *x = a, *y = b;
	int type = (int)x->m.type - (int)y->m.type;
	if (x->kind != y->kind)
		return period_table_rank(x->kind) < period_table_rank(y->kind) ? -1 : 1;
	if (type) // a measure without a type comes last
		return !x->m.type ? 1 : !y->m.type ? -1 : type;
	int name = strcmp(x->m.name, y->m.name);
	return name ? name : memcmp(&x->m.id, &y->m.id, sizeof x->m.id);
}

// --- rows

static bool period_table_row_fill(
    struct arena *a, const struct period_measure *p, struct period_row *r, struct err *e)
{
	r->entry = arena_array(a, p->entries.count + 1, sizeof(struct entry *));
	r->day = arena_array(a, p->entries.count + 1, sizeof *r->day);
	if (!r->entry || !r->day)
		return err_memory(e);
	for (size_t i = 0; i < p->entries.count; i++) {
		const struct entry *n = &p->entries.item[i];
		if (!str_equal(n->field[ENTRY_STRATUM], r->stratum) ||
		    !date_parse_iso(n->field[ENTRY_DATE], &r->day[r->count]))
			continue;
		r->entry[r->count++] = n;
	}
	return true;
}

static bool period_table_row_known(
    const struct period_table *t, size_t measure, const char *stratum)
{
	for (size_t i = t->rows; i-- > 0 && t->row[i].measure == measure;)
		if (str_equal(t->row[i].stratum, stratum))
			return true;
	return false;
}

static int period_table_by_stratum(const void *a, const void *b)
{
	return strcmp(
	    ((const struct period_row *)a)->stratum, ((const struct period_row *)b)->stratum);
}

// The whole, then the groups by name, each once.
static bool period_table_rows_of(
    struct period_table *t, struct arena *a, size_t at, size_t *cap, struct err *e)
{
	const struct period_measure *p = &t->measure[at];
	size_t first = t->rows;
	for (size_t i = 0; i <= p->entries.count; i++) {
		const char *stratum = i ? p->entries.item[i - 1].field[ENTRY_STRATUM] : "";
		if (period_table_row_known(t, at, stratum))
			continue;
		if (!arena_grow(a, (void **)&t->row, t->rows, cap, sizeof *t->row))
			return err_memory(e);
		t->row[t->rows++] = (struct period_row){ .measure = at, .stratum = stratum };
	}
	qsort(t->row + first, t->rows - first, sizeof *t->row, period_table_by_stratum);
	for (size_t i = first; i < t->rows; i++)
		if (!period_table_row_fill(a, p, &t->row[i], e))
			return false;
	return true;
}

static void period_table_group_of(struct period_table *t, size_t row)
{
	const struct period_row *r = &t->row[row];
	enum period_kind kind = t->measure[r->measure].kind;
	struct period_group *g = t->groups ? &t->group[t->groups - 1] : NULL;
	if (!g || g->kind != kind) {
		int now = period_of(kind, t->today);
		g = &t->group[t->groups++];
		*g = (struct period_group){ .kind = kind,
			.row = row,
			.newest = now,
			.due = now - 1,
			.oldest = period_of(kind, t->today - OLD_DAYS) };
	}
	g->rows++;
	if (!r->count)
		return;
	int oldest = period_of(kind, r->day[0]), newest = period_of(kind, r->day[r->count - 1]);
	g->oldest = oldest < g->oldest ? oldest : g->oldest;
	g->newest = newest > g->newest ? newest : g->newest;
}

static bool table_make(struct arena *a, struct period_table *t, struct err *e)
{
	size_t cap = 0;
	qsort(t->measure, t->measures, sizeof *t->measure, period_table_by_row);
	for (size_t i = 0; i < t->measures; i++)
		if (!period_table_rows_of(t, a, i, &cap, e))
			return false;
	for (size_t i = 0; i < t->rows; i++)
		period_table_group_of(t, i);
	return true;
}

bool period_table_of(struct store *s, struct arena *a, const struct id measure[], size_t count,
    struct period_table *out, struct err *e)
{
	*out = (struct period_table){ .measures = count, .today = store_today(s) };
	out->measure = arena_array(a, count + 1, sizeof *out->measure);
	if (!out->measure)
		return err_memory(e);
	for (size_t i = 0; i < count; i++)
		if (!period_table_measure_read(s, a, &measure[i], out->today, &out->measure[i], e))
			return false;
	return table_make(a, out, e);
}

bool period_table_load(struct store *s, struct arena *a, const struct id *team,
    struct period_table *out, struct err *e)
{
	struct measures heads;
	if (!measure_heads(s, a, team, &heads, e))
		return false;
	struct id *id = arena_array(a, heads.count + 1, sizeof *id);
	if (!id)
		return err_memory(e);
	for (size_t i = 0; i < heads.count; i++)
		id[i] = heads.item[i].id;
	return period_table_of(s, a, id, heads.count, out, e);
}

// --- asking

const struct period_group *period_group_of(const struct period_table *t, size_t row)
{
	size_t i = 0;
	while (row >= t->group[i].row + t->group[i].rows)
		i++;
	return &t->group[i];
}

const struct period_measure *period_measure_of(const struct period_table *t, size_t row)
{
	return &t->measure[t->row[row].measure];
}

static size_t period_table_first_from(const struct period_row *r, date_t day)
{
	size_t low = 0, high = r->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (r->day[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

// What the groups of a measure make of a period where the whole was not recorded.
static void period_table_made_find(
    const struct period_measure *p, date_t first, date_t last, struct period_cell *c)
{
	const struct measure_series *whole = &p->m.whole;
	size_t low = 0, high = whole->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (whole->point[middle].date < first)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = low; i < whole->count && whole->point[i].date <= last; i++) {
		c->made = &whole->point[low];
		c->points++;
	}
	if (c->points)
		c->state = c->points > 1 ? PERIOD_SEVERAL : PERIOD_MADE;
	if (c->points)
		c->day = c->made->date;
}

struct period_cell period_cell(const struct period_table *t, size_t row, int period)
{
	return period_cell_in(t, &t->row[row], period);
}

struct period_cell period_cell_in(
    const struct period_table *t, const struct period_row *r, int period)
{
	const struct period_measure *p = &t->measure[r->measure];
	date_t first = period_first(p->kind, period), last = period_last(p->kind, period);
	struct period_cell c = { .day = period_day(p->kind, period, &p->habit) };
	size_t at = period_table_first_from(r, first);
	while (at + c.points < r->count && r->day[at + c.points] <= last)
		c.points++;
	if (c.points) {
		c.state = c.points == 1 ? PERIOD_POINT : PERIOD_SEVERAL;
		c.entry = r->entry[at];
		c.day = r->day[at];
		return c;
	}
	if (!*r->stratum && p->grouped)
		period_table_made_find(p, first, last, &c);
	bool begun = r->count ? r->day[0] < first : period == period_of(p->kind, t->today) - 1;
	bool owed = *r->stratum || !p->grouped || r->count;
	if (c.state == PERIOD_BLANK && last < t->today && begun && owed)
		c.state = PERIOD_DUE;
	return c;
}

char *period_cell_show(
    struct arena *a, const struct period_table *t, size_t row, const struct period_cell *c)
{
	const struct measure *m = &period_measure_of(t, row)->m;
	if (c->state == PERIOD_SEVERAL)
		return arena_printf(a, "%zu points", c->points);
	if (c->state == PERIOD_MADE) {
		const char *value =
		    c->made->state == POINT_GOOD ? measure_show(a, m, c->made->value) : "?";
		return value ? arena_printf(a, "=%s", value) : NULL;
	}
	if (c->state != PERIOD_POINT)
		return arena_strdup(a, "");
	const char *const *f = c->entry->field;
	if (*f[ENTRY_NUMERATOR] || *f[ENTRY_DENOMINATOR])
		return arena_printf(a, "%s/%s", f[ENTRY_NUMERATOR], f[ENTRY_DENOMINATOR]);
	return arena_strdup(a, f[ENTRY_VALUE]);
}
