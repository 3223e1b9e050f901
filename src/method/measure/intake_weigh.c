// SPDX-License-Identifier: MIT
// The stream of an intake: how it is written, what each point would do, and the save of all.
#include "method/measure/intake.h"

#include <plando/str.h>
#include <plando/text.h>

#include <stdio.h>
#include <string.h>

enum { SPILL_ROWS = 32768, MANY_ROWS = 1000, TEXT_LONGEST = 4096 };

// --- how it is written

// A value beside its numerator and denominator is looked at, not taken.
static bool intake_weigh_is_checked(const struct intake_item *item)
{
	return !str_empty(item->cell[ENTRY_NUMERATOR]) && !str_empty(item->cell[ENTRY_DENOMINATOR]);
}

static bool intake_weigh_item_see(
    struct intake *in, const struct intake_item *item, void *context, struct err *e)
{
	date_t today = store_today(in->store);
	size_t *rows = context;
	(void)e;
	*rows += !in->is_table || !item->blank || item->due;
	if (item->fault)
		return true;
	if (item->cell[ENTRY_DATE])
		block_see_date(&in->dates, item->cell[ENTRY_DATE], item->line, today);
	for (int f = ENTRY_VALUE; f <= ENTRY_DENOMINATOR && item->of; f++) {
		const char *cell = item->cell[f];
		const struct measure *m = &item->of->measure;
		if (!cell || !*cell)
			continue;
		block_see_number(&in->numbers, cell, entry_holds(m, (enum entry_field)f));
		bool percent = f == ENTRY_VALUE && m->data == MEASURE_PERCENT &&
			       !intake_weigh_is_checked(item);
		for (int comma = 0; percent && comma < 2; comma++)
			block_see_percent(
			    &item->of->percents[comma], cell, comma ? BLOCK_COMMA : BLOCK_POINT);
	}
	return true;
}

// The longest interval that all measures have at least; 0 = nobody knows.
static int intake_weigh_interval_of(const struct intake *in)
{
	int least = 0;
	for (size_t i = 0; i < in->measures; i++) {
		const struct intake_measure *m = in->measure[i];
		if (m->found && (!least || m->measure.interval_days < least))
			least = m->measure.interval_days;
	}
	return least;
}

static bool intake_weigh_orders_torn(const struct intake *in, struct err *e)
{
	static const char *const WAYS[] = { "day", "month", "year" };
	const unsigned *line = in->dates.not_line;
	size_t i = line[0] && line[1] ? 0 : line[0] ? 0 : 1, k = i == 0 && line[1] ? 1 : 2;
	return err_set(e, ERR_DATA,
	    "%s: no order fits all dates: the one on line %u cannot have the %s first, the one on "
	    "line %u not the %s; correct the file, or say which is meant with --dates dmy, mdy or "
	    "ymd",
	    in->source.name, line[i], WAYS[i], line[k], WAYS[k]);
}

static bool intake_weigh_dates_settle(struct intake *in, struct err *e)
{
	in->reading.today = store_today(in->store);
	in->reading.order = in->said.order != BLOCK_ORDER_OPEN
				? in->said.order
				: block_order(&in->dates, intake_weigh_interval_of(in));
	in->reading.months = block_dates_are_months(&in->dates);
	return in->reading.order != BLOCK_ORDER_TORN || intake_weigh_orders_torn(in, e);
}

static void intake_weigh_numbers_settle(struct intake *in)
{
	in->reading.decimal =
	    in->said.decimal ? in->said.decimal : block_decimal(&in->numbers, in->shape.delimiter);
	for (size_t i = 0; i < in->measures; i++) {
		struct intake_measure *m = in->measure[i];
		m->scale = in->said.scale
			       ? in->said.scale
			       : block_scale(&m->percents[in->reading.decimal == BLOCK_COMMA],
				     m->low_known);
	}
}

static void intake_weigh_dates_see(struct intake *in)
{
	date_t today = store_today(in->store);
	for (size_t i = in->table.lead; i < intake_table_columns(in); i++) {
		unsigned line, at;
		intake_table_place(in, 0, i, &line, &at);
		block_see_date(&in->dates, intake_table_at(in, 0, i), line, today);
	}
}

bool intake_settle(struct intake *in, struct err *e)
{
	in->rows = 0;
	in->numbers = (struct block_numbers){ 0 };
	in->dates = (struct block_dates){ 0 };
	for (size_t i = 0; i < in->measures; i++)
		memset(in->measure[i]->percents, 0, sizeof in->measure[i]->percents);
	if (!intake_map_complete(in, e))
		return false;
	if (in->is_table) {
		if (!intake_heads_read(in, e))
			return false;
		if (in->table.dated)
			intake_weigh_dates_see(in);
		if (!intake_weigh_dates_settle(in, e))
			return false;
		intake_dates_read(in);
	}
	store_hold(in->store);
	bool good = intake_each(in, intake_weigh_item_see, &in->rows, e);
	for (size_t i = 0; good && i < in->measures; i++)
		good = intake_measure_look(in, in->measure[i], e);
	store_release(in->store);
	intake_weigh_numbers_settle(in);
	return good && (in->is_table || intake_weigh_dates_settle(in, e));
}

// --- one point

// A point that was seen under an id: open addressing, made for as many as there are.
struct weigh_seen {
	struct id id;
	unsigned line, column;
	unsigned times; // that its date and group came, where each is a point of its own
};

struct weighing {
	struct intake *in;
	struct arena row; // of one point
	struct weigh_seen *seen;
	size_t cap;
	struct arena table;
	char date[DATE_TEXT], nth[16];
	struct entry_cell number[3];
	const char *given[ENTRY_FIELDS]; // NULL: its column is not there, or its cell empty
	struct entry old;
	bool stored;
	bool gap;  // it is added without a number
	bool held; // some number of it was held back
	struct intake_measure *measure;
	const struct intake_item *item;
	struct intake_row out;
	enum intake_question question;
	size_t at; // points read
	size_t last_at;
	date_t last; // of rows without dates
	date_t day;
};

static bool weigh_bad(struct weighing *g, int field, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// The point cannot be taken. Always false.
static bool weigh_bad(struct weighing *g, int field, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *why = arena_vprintf(&g->row, fmt, ap);
	va_end(ap);
	g->out.verdict = ENTRY_BAD;
	g->out.why = why ? why : "out of memory";
	if (field >= 0 && g->item->at[field])
		g->out.column = g->item->at[field];
	return false;
}

// What stands in a cell, short and safe enough for a message.
static const char *weigh_quoted(struct weighing *g, const char *cell)
{
	const char *safe = text_safe(&g->row, cell, false);
	const char *cut = safe ? text_cut(&g->row, safe, 40, false) : NULL;
	return cut ? cut : "";
}

static bool intake_weigh_date_given(struct weighing *g, date_t day)
{
	g->day = day;
	date_print_iso(day, g->date);
	g->given[ENTRY_DATE] = g->date;
	return true;
}

static bool intake_weigh_date_read(struct weighing *g, const char *cell)
{
	struct block_date d;
	enum block_got got = block_date(cell, &g->in->reading, &d);
	int interval = g->measure->measure.interval_days;
	if (got == BLOCK_BLANK)
		return weigh_bad(g, ENTRY_DATE, "the date is missing");
	if (got == BLOCK_BAD && d.open)
		g->question = INTAKE_DATES;
	if (got == BLOCK_BAD)
		return weigh_bad(g, ENTRY_DATE, "the date “%s” %s", weigh_quoted(g, cell), d.why);
	if (d.grain >= BLOCK_MONTH && interval < 28)
		return weigh_bad(g, ENTRY_DATE,
		    "“%s” names no day, and this measure has a point every %s",
		    weigh_quoted(g, cell), g->measure->measure.interval);
	return intake_weigh_date_given(g, d.date);
}

// The i-th of the rows below each other, or what follows the last of them.
static bool intake_weigh_date_follows(struct weighing *g)
{
	struct intake *in = g->in;
	size_t i = g->at - 1, known = i < in->places ? i : in->places - 1;
	const struct measure *m = &g->measure->measure;
	enum period_kind kind = period_kind_of(m->interval_days);
	if (i < in->places || g->last_at < known) {
		if (!date_parse_iso(in->place[known].date, &g->last))
			return weigh_bad(g, -1, "the row of the grid has no date");
		g->last_at = known;
	}
	for (; g->last_at < i; g->last_at++)
		g->last = entry_next_date(m, g->last);
	intake_weigh_date_given(g, g->last);
	g->given[ENTRY_STRATUM] = in->place[known].stratum;
	g->given[ENTRY_NTH] = i < in->places ? in->place[known].nth : NULL;
	int period = period_of(kind, g->last);
	if (i >= in->places && period_first(kind, period) > store_today(in->store))
		return weigh_bad(g, -1, "%s has not begun", period_show(&g->row, kind, period));
	return true;
}

// --- the day of a table's cell: of its period

// Of a point that is there; of the day that the column names where several are; else by the
// measure's habit; without points to learn it from the day that the column names.
static bool intake_weigh_day_of_period(struct weighing *g, int period, const date_t *said)
{
	const struct period_measure *p = g->measure->periods;
	enum period_kind kind = p->kind;
	date_t first = period_first(kind, period), last = period_last(kind, period), day = 0,
	       there = 0;
	size_t points = 0;
	bool named = false;
	g->out.when = period_show(&g->row, kind, period);
	for (size_t i = 0; i < p->entries.count; i++) {
		const char *const *f = p->entries.item[i].field;
		if (!date_parse_iso(f[ENTRY_DATE], &day) || day < first || day > last ||
		    !str_equal(f[ENTRY_STRATUM], g->item->stratum))
			continue;
		there = day;
		named |= said && day == *said;
		points++;
	}
	if (first > store_today(g->in->store))
		return weigh_bad(g, -1, "%s has not begun", g->out.when);
	if (points > 1 && !named)
		return weigh_bad(g, -1,
		    "%s holds %zu points already; correct them in the grid of the measure",
		    g->out.when, points);
	if (points)
		return intake_weigh_date_given(g, named ? *said : there);
	return intake_weigh_date_given(
	    g, !p->habit.points && said ? *said : period_day(kind, period, &p->habit));
}

static bool intake_weigh_date_find(struct weighing *g)
{
	const struct intake_item *item = g->item;
	struct intake *in = g->in;
	if (item->date)
		return intake_weigh_day_of_period(
		    g, period_of(g->measure->periods->kind, item->date->date), &item->date->date);
	if (item->placed)
		return intake_weigh_day_of_period(g, item->period, NULL);
	if (in->places && intake_find(in, ENTRY_DATE) == in->columns)
		return intake_weigh_date_follows(g);
	return item->cell[ENTRY_DATE] ? intake_weigh_date_read(g, item->cell[ENTRY_DATE])
				      : weigh_bad(g, ENTRY_DATE, "the date is missing");
}

// --- cells

// What was held back becomes a blank with a note.
static bool intake_weigh_suppressed_take(struct weighing *g, int field, const char *cell)
{
	const char *was = g->given[ENTRY_NOTE];
	g->held = true;
	g->given[ENTRY_NOTE] = arena_printf(&g->row, "%s%sheld back in the source: %s%s",
	    was ? was : "", was ? "; " : "", field == ENTRY_VALUE ? "" : ENTRY_NAME[field],
	    arena_printf(&g->row, field == ENTRY_VALUE ? "%s" : " %s", weigh_quoted(g, cell)));
	return g->given[ENTRY_NOTE] != NULL;
}

static bool intake_weigh_number_read(struct weighing *g, int field, const char *cell)
{
	struct entry_cell *n = &g->number[field - ENTRY_VALUE];
	const struct entry_reading reading = { g->in->reading.decimal,
		intake_weigh_is_checked(g->item) ? BLOCK_HUNDREDTHS : g->measure->scale };
	enum block_got got =
	    entry_cell_read(&g->measure->measure, (enum entry_field)field, cell, &reading, n);
	if (got == BLOCK_BAD && n->suppressed && g->in->said.suppressed_blank)
		return intake_weigh_suppressed_take(g, field, cell);
	if (got == BLOCK_BAD && (n->open || n->suppressed))
		g->question = n->suppressed   ? INTAKE_SUPPRESSED
			      : n->scale_open ? INTAKE_SCALE
					      : INTAKE_DECIMAL;
	if (got == BLOCK_BAD)
		return weigh_bad(g, field, "“%s” %s", weigh_quoted(g, cell), n->why);
	for (int i = ENTRY_VALUE; got == BLOCK_GOOD && i <= ENTRY_DENOMINATOR; i++)
		if (n->given[i])
			g->given[i] = n->given[i];
	return true;
}

static bool intake_weigh_text_read(struct weighing *g, int field, const char *cell)
{
	size_t n;
	const char *text = block_plain(cell, &n);
	if (!n)
		return true;
	char *normal = text_normal(&g->row, text, n);
	if (!normal)
		return weigh_bad(g, field, "it is not valid text");
	for (char *c = normal; *c; c++)
		*c = *c == '\n' || *c == '\t' ? ' ' : *c;
	if (text_count(normal, strlen(normal)) > TEXT_LONGEST)
		return weigh_bad(g, field, "the text is longer than %d characters", TEXT_LONGEST);
	g->given[field] = normal;
	return true;
}

static bool intake_weigh_group_read(struct weighing *g)
{
	struct intake_measure *m = g->measure;
	bool stored = false;
	if (g->in->is_table)
		g->given[ENTRY_STRATUM] = g->item->stratum;
	const char *group = g->given[ENTRY_STRATUM];
	if (!group || !*group)
		return true;
	g->given[ENTRY_STRATUM] = group = spelling_of(&m->groups, g->in->arena, group, NULL);
	for (size_t i = 0; group && i < m->stored_groups && !stored; i++)
		stored = strcmp(m->groups.item[i].text, group) == 0;
	if (!stored && (g->in->is_table || m->stored_groups))
		g->out.note = "a new group of this measure";
	return group || weigh_bad(g, ENTRY_STRATUM, "out of memory");
}

static bool intake_weigh_cells_read(struct weighing *g)
{
	static const int TEXTS[] = { ENTRY_STRATUM, ENTRY_NTH, ENTRY_NOTE, ENTRY_EXCLUDED_WHY };
	const char *const *cell = g->item->cell;
	for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
		if (cell[TEXTS[i]] && !intake_weigh_text_read(g, TEXTS[i], cell[TEXTS[i]]))
			return false;
	if (!intake_weigh_date_find(g) || !intake_weigh_group_read(g))
		return false;
	for (int f = ENTRY_VALUE; f <= ENTRY_DENOMINATOR; f++)
		if (cell[f] && !intake_weigh_number_read(g, f, cell[f]))
			return false;
	// One half of a fraction that was held back takes the other with it.
	if (g->held && (!g->given[ENTRY_NUMERATOR] != !g->given[ENTRY_DENOMINATOR]))
		g->given[ENTRY_NUMERATOR] = g->given[ENTRY_DENOMINATOR] = NULL;
	return true;
}

// --- a point as a whole

static size_t intake_weigh_slot_of(const struct weighing *g, const struct id *id)
{
	size_t at = 0;
	memcpy(&at, id->b, sizeof at);
	for (at &= g->cap - 1; g->seen[at].line && !id_equal(&g->seen[at].id, id);)
		at = (at + 1) & (g->cap - 1);
	return at;
}

static struct id intake_weigh_point_id(const struct weighing *g, const char *nth)
{
	const char *stratum = g->given[ENTRY_STRATUM] ? g->given[ENTRY_STRATUM] : "";
	return entry_id(&g->measure->measure.id, g->given[ENTRY_DATE], stratum, nth ? nth : "");
}

// Where each value of a date is a point of its own, the second row of a date has its place in its
// name.
static void intake_weigh_nth_find(struct weighing *g)
{
	struct id first = intake_weigh_point_id(g, "");
	struct weigh_seen *s = &g->seen[intake_weigh_slot_of(g, &first)];
	if (g->given[ENTRY_NTH] || !measure_each(&g->measure->measure) || !s->line)
		return;
	snprintf(g->nth, sizeof g->nth, "%u", s->times + 2);
	s->times++;
	g->given[ENTRY_NTH] = g->nth;
}

static bool intake_weigh_seen_before(struct weighing *g, const struct id *id)
{
	struct weigh_seen *s = &g->seen[intake_weigh_slot_of(g, id)];
	if (s->line && g->in->is_table)
		return !weigh_bad(g, -1, "%s stands twice; it is already in row %u, column %u",
		    g->out.when, s->line, s->column);
	const char *group = str_empty(g->given[ENTRY_STRATUM]) ? NULL : g->given[ENTRY_STRATUM];
	if (s->line)
		return !weigh_bad(g, ENTRY_DATE,
		    "this date stands twice%s%s; it is already on line %u",
		    group ? " for the group " : "", group ? group : "", s->line);
	*s = (struct weigh_seen){ *id, g->out.line, g->out.column, 0 };
	return false;
}

// A fraction's own value may stand beside it in a file: what is kept is the fraction, where both
// say the same. False: they do not.
static bool intake_weigh_value_agrees(struct weighing *g)
{
	const struct measure *m = &g->measure->measure;
	const char *value = g->given[ENTRY_VALUE], *over = g->given[ENTRY_NUMERATOR],
		   *under = g->given[ENTRY_DENOMINATOR];
	if (!value || !over || !under)
		return true;
	g->given[ENTRY_VALUE] = NULL;
	if (entry_agrees(m, value, over, under))
		return true;
	struct entry made = { .field = { "", "", "", "", over, under, "", "" } };
	const char *result = entry_result(&g->row, m, &made);
	return weigh_bad(g, ENTRY_VALUE, "the value %s is not %s out of %s, which is %s", value,
	    over, under, result ? result : "");
}

static bool intake_weigh_old_words(struct weighing *g)
{
	const char *const *f = g->old.field;
	g->out.was = !g->in->is_table ? entry_result(&g->row, &g->measure->measure, &g->old)
		     : *f[ENTRY_NUMERATOR] || *f[ENTRY_DENOMINATOR]
			 ? arena_printf(&g->row, "%s/%s", f[ENTRY_NUMERATOR], f[ENTRY_DENOMINATOR])
			 : f[ENTRY_VALUE];
	return g->out.was != NULL;
}

// A row with a date of a period that has ended and without a number says that it is missing: it
// becomes a point without a value, which a chart shows as a gap and does not reach across.
static bool intake_weigh_gap_is(const struct weighing *g)
{
	const struct measure *m = &g->measure->measure;
	enum period_kind kind = period_kind_of(m->interval_days);
	return (g->item->date || g->item->cell[ENTRY_DATE]) && !measure_each(m) &&
	       period_last(kind, period_of(kind, g->day)) < store_today(g->in->store);
}

static bool point_weigh(struct weighing *g, struct err *e)
{
	const char *stratum = g->given[ENTRY_STRATUM] ? g->given[ENTRY_STRATUM] : "";
	intake_weigh_nth_find(g);
	struct id id = intake_weigh_point_id(g, g->given[ENTRY_NTH]);
	if (intake_weigh_seen_before(g, &id))
		return true;
	g->stored = false;
	if (g->measure->some && !entry_load(g->in->store, &g->row, &id, &g->old, &g->stored, e))
		return false;
	if (!intake_weigh_value_agrees(g))
		return true;
	g->given[ENTRY_STRATUM] = stratum;
	g->out.verdict =
	    entry_weigh(&g->measure->measure, g->stored ? &g->old : NULL, g->given, &g->out.why);
	g->gap = g->out.verdict == ENTRY_EMPTY && intake_weigh_gap_is(g);
	if (g->gap) {
		g->out.verdict = ENTRY_ADDED;
		g->out.note = "no number: a gap";
	}
	if (g->out.verdict == ENTRY_BAD && !g->in->is_table)
		g->out.column = 0;
	return g->out.verdict != ENTRY_CORRECTED || intake_weigh_old_words(g) || err_memory(e);
}

// A blank cell of a table is missing where its row of a file would be: nothing else in the table or
// the workbook is of its period, which has ended.
static bool blank_weigh(struct weighing *g, struct err *e)
{
	const struct measure *m = &g->measure->measure;
	bool finer = g->item->date->grain >= BLOCK_MONTH && m->interval_days < 28;
	if (!finer && intake_weigh_date_find(g) && intake_weigh_group_read(g) &&
	    intake_weigh_gap_is(g)) {
		struct id id = intake_weigh_point_id(g, NULL);
		bool stored = g->seen[intake_weigh_slot_of(g, &id)].line != 0;
		if (!stored && g->measure->some &&
		    !entry_load(g->in->store, &g->row, &id, &g->old, &stored, e))
			return false;
		g->gap = !stored && !intake_weigh_seen_before(g, &id);
	}
	g->stored = false;
	g->out.verdict = g->gap ? ENTRY_ADDED : ENTRY_EMPTY;
	g->out.note = g->gap ? "no number: a gap" : "";
	g->out.why = NULL;
	return true;
}

static void intake_weigh_typed_find(struct weighing *g)
{
	for (int f = 0; g->in->is_table && f < INTAKE_FIELDS; f++)
		if (g->item->at[f] && !g->out.column) {
			g->out.column = g->item->at[f];
			g->out.typed = g->item->cell[f];
		}
}

// False: something failed, e says what; what is wrong with the point stands in g->out.
static bool item_weigh(struct weighing *g, const struct intake_item *item, struct err *e)
{
	bool good = true;
	arena_free(&g->row);
	memset(g->given, 0, sizeof g->given);
	g->item = item;
	g->question = item->asks;
	g->held = g->gap = false;
	g->measure = item->of;
	g->out = (struct intake_row){ .line = item->line,
		.verdict = ENTRY_EMPTY,
		.measure = item->of ? item->of->measure.name : "",
		.typed = "",
		.was = "",
		.when = "",
		.note = "" };
	g->at++;
	intake_weigh_typed_find(g);
	if (item->fault)
		weigh_bad(g, -1, "%s", item->fault);
	else if (item->why)
		weigh_bad(g, item->why_field, "%s", item->why);
	else if (g->in->is_table && item->blank)
		good = !item->due || blank_weigh(g, e);
	else if (intake_weigh_cells_read(g))
		good = point_weigh(g, e);
	for (int i = 0; i < ENTRY_FIELDS; i++)
		g->out.field[i] = g->given[i] ? g->given[i] : "";
	return good;
}

// --- all points

typedef bool (*weigh_fn)(struct weighing *g, void *context, struct err *e);

static bool intake_weigh_table_make(struct weighing *g, struct err *e)
{
	for (g->cap = 64; g->cap < g->in->rows + g->in->rows / 2;)
		g->cap *= 2;
	g->seen = arena_array(&g->table, g->cap, sizeof *g->seen);
	return g->seen || err_memory(e);
}

struct weigh_each {
	struct weighing *g;
	weigh_fn each;
	void *context;
};

static bool intake_weigh_item_take(
    struct intake *in, const struct intake_item *item, void *context, struct err *e)
{
	struct weigh_each *w = context;
	(void)in;
	return item_weigh(w->g, item, e) && w->each(w->g, w->context, e);
}

struct counting {
	intake_fn each;
	void *context;
	struct intake_counts *counts;
};

static bool intake_weigh_row_count(struct weighing *g, void *context, struct err *e)
{
	struct counting *c = context;
	enum entry_verdict verdict = g->out.verdict;
	(void)e;
	c->counts->verdict[verdict]++;
	if (g->in->is_table && g->item->blank && !g->gap)
		return true;
	c->counts->rows++;
	c->counts->open[g->question] += g->question && verdict == ENTRY_BAD;
	c->counts->gaps += g->gap;
	c->counts->ahead += verdict == ENTRY_ADDED && g->day > store_today(g->in->store);
	return !c->each || c->each(c->context, &g->out, c->counts->rows, g->in->rows);
}

bool intake_rows(
    struct intake *in, intake_fn each, void *context, struct intake_counts *out, struct err *e)
{
	struct arena a = { 0 };
	struct weighing *g = arena_alloc(&a, sizeof *g);
	struct counting c = { each, context, out };
	struct weigh_each w = { g, intake_weigh_row_count, &c };
	*out = (struct intake_counts){ 0 };
	if (!g)
		return err_memory(e);
	g->in = in;
	store_hold(in->store);
	bool good = intake_weigh_table_make(g, e) && intake_each(in, intake_weigh_item_take, &w, e);
	store_release(in->store);
	arena_free(&g->row);
	arena_free(&g->table);
	arena_free(&a);
	return good;
}

enum intake_question intake_question(const struct intake_counts *counts)
{
	for (int q = INTAKE_NO_QUESTION + 1; q < INTAKE_QUESTIONS; q++)
		if (counts->open[q])
			return (enum intake_question)q;
	return INTAKE_NO_QUESTION;
}

// --- taking them

struct intake_weigh_taking {
	struct save *save;
	bool good_only;
	size_t unsaved; // rows since the last part
	intake_fn each;
	void *context;
};

static bool intake_weigh_row_take(struct weighing *g, void *context, struct err *e)
{
	struct intake_weigh_taking *t = context;
	if (g->in->is_table && g->item->blank && !g->gap)
		return true;
	if (t->each && !t->each(t->context, &g->out, g->at, g->in->rows))
		return false;
	if (g->out.verdict == ENTRY_BAD && !t->good_only)
		return err_set(
		    e, ERR_DATA, "%s:%u: %s", g->in->source.name, g->out.line, g->out.why);
	if (g->out.verdict != ENTRY_ADDED && g->out.verdict != ENTRY_CORRECTED)
		return true;
	if (!entry_put(t->save, &g->measure->measure, g->stored ? &g->old : NULL, g->given, e))
		return false;
	if (++t->unsaved < SPILL_ROWS)
		return true;
	t->unsaved = 0;
	return save_spill(t->save, e);
}

bool intake_save(struct intake *in, bool good_only, intake_fn each, void *context, size_t *changes,
    struct err *e)
{
	struct arena a = { 0 }, saved = { 0 };
	struct weighing *g = arena_alloc(&a, sizeof *g);
	struct intake_weigh_taking t = { .good_only = good_only, .each = each, .context = context };
	struct weigh_each w = { g, intake_weigh_row_take, &t };
	if (!g)
		return err_memory(e);
	g->in = in;
	t.save = save_begin(in->store, &saved, e);
	// Of many rows the first part is empty: what is asked on the way is asked within the
	// transaction.
	bool good = t.save && intake_weigh_table_make(g, e) &&
		    (in->rows < MANY_ROWS || save_spill(t.save, e)) &&
		    intake_each(in, intake_weigh_item_take, &w, e);
	arena_free(&g->row);
	arena_free(&g->table);
	if (good)
		good = save_commit(t.save, changes, e);
	else if (t.save)
		save_drop(t.save);
	arena_free(&saved);
	arena_free(&a);
	return good;
}
