// SPDX-License-Identifier: MIT
// An intake's rows: what each would do, and the save of all of them.
#include "method/intake.h"

#include <plando/str.h>
#include <plando/text.h>

#include <string.h>

enum { SPILL_ROWS = 32768, MANY_ROWS = 1000, TEXT_LONGEST = 4096 };

// A row that was seen under an id: open addressing, made for as many rows as there are.
struct seen {
	struct id id;
	unsigned line;
};

struct going {
	struct intake *in;
	struct arena row; // of one row
	struct seen *seen;
	size_t cap;
	struct arena table;
	char date[DATE_TEXT];
	struct entry_cell number[3];
	const char *given[ENTRY_FIELDS]; // NULL: its column is not there, or its cell empty
	struct entry old;
	bool stored;
	struct intake_measure *measure;
	struct intake_row out;
	size_t at; // rows read
	size_t last_at;
	date_t last; // of rows without dates
};

static bool bad(struct going *g, int field, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// The row cannot be taken. Always false.
static bool bad(struct going *g, int field, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *why = arena_vprintf(&g->row, fmt, ap);
	va_end(ap);
	size_t at = field < 0 ? g->in->columns : intake_find(g->in, field);
	g->out.verdict = ENTRY_BAD;
	g->out.why = why ? why : "out of memory";
	g->out.column = at < g->in->columns ? (unsigned)at + 1 : 0;
	return false;
}

// What stands in a cell, short and safe enough for a message.
static const char *quoted(struct going *g, const char *cell)
{
	const char *safe = text_safe(&g->row, cell, false);
	const char *cut = safe ? text_cut(&g->row, safe, 40, false) : NULL;
	return cut ? cut : "";
}

// --- cells

static bool date_read(struct going *g, const char *cell)
{
	struct block_date d;
	date_t today = store_today(g->in->store);
	enum block_got got = block_date(cell, intake_order(g->in), today, &d);
	if (got == BLOCK_BLANK)
		return bad(g, ENTRY_DATE, "the date is missing");
	if (got == BLOCK_BAD)
		return bad(g, ENTRY_DATE, "the date “%s” %s", quoted(g, cell), d.why);
	date_print_iso(d.date, g->date);
	g->given[ENTRY_DATE] = g->date;
	return true;
}

// The i-th of the rows below each other, or what follows the last of them.
static bool date_follows(struct going *g)
{
	struct intake *in = g->in;
	size_t i = g->at - 1, known = i < in->places ? i : in->places - 1;
	if (i < in->places || g->last_at < known) {
		if (!date_parse_iso(in->place[known].date, &g->last))
			return bad(g, -1, "the row of the grid has no date");
		g->last_at = known;
	}
	for (; g->last_at < i; g->last_at++)
		g->last = entry_next_date(&g->measure->measure, g->last);
	date_print_iso(g->last, g->date);
	g->given[ENTRY_DATE] = g->date;
	g->given[ENTRY_STRATUM] = in->place[known].stratum;
	g->given[ENTRY_NTH] = i < in->places ? in->place[known].nth : NULL;
	return true;
}

static bool number_read(struct going *g, int field, const char *cell)
{
	struct entry_cell *n = &g->number[field - ENTRY_VALUE];
	enum block_got got = entry_cell_read(
	    &g->measure->measure, (enum entry_field)field, cell, intake_decimal_comma(g->in), n);
	if (got == BLOCK_BAD)
		return bad(g, field, "“%s” %s", quoted(g, cell), n->why);
	for (int i = ENTRY_VALUE; got == BLOCK_GOOD && i <= ENTRY_DENOMINATOR; i++)
		if (n->given[i])
			g->given[i] = n->given[i];
	return true;
}

static bool text_read(struct going *g, int field, const char *cell)
{
	size_t n;
	const char *text = block_plain(cell, &n);
	if (!n)
		return true;
	char *normal = text_normal(&g->row, text, n);
	if (!normal)
		return bad(g, field, "it is not valid text");
	for (char *c = normal; *c; c++)
		*c = *c == '\n' || *c == '\t' ? ' ' : *c;
	if (text_count(normal, strlen(normal)) > TEXT_LONGEST)
		return bad(g, field, "the text is longer than %d characters", TEXT_LONGEST);
	g->given[field] = normal;
	return true;
}

static bool cells_read(struct going *g, const struct block_row *row)
{
	struct intake *in = g->in;
	if (in->places && intake_find(in, ENTRY_DATE) == in->columns && !date_follows(g))
		return false;
	for (size_t i = 0; i < in->columns && i < row->cells; i++) {
		int field = in->column[i].field;
		const char *cell = row->cell[i];
		bool good = true;
		if (field == ENTRY_DATE)
			good = date_read(g, cell);
		else if (field == ENTRY_VALUE || field == ENTRY_NUMERATOR ||
			 field == ENTRY_DENOMINATOR)
			good = number_read(g, field, cell);
		else if (field == ENTRY_STRATUM || field == ENTRY_NTH || field == ENTRY_NOTE ||
			 field == ENTRY_EXCLUDED_WHY)
			good = text_read(g, field, cell);
		if (!good)
			return false;
	}
	for (size_t i = in->columns; i < row->cells; i++)
		if (strspn(row->cell[i], " ") != strlen(row->cell[i]))
			return bad(g, -1, "there are more cells in this row than columns");
	return g->given[ENTRY_DATE] || bad(g, ENTRY_DATE, "the date is missing");
}

// --- a row as a whole

static bool measure_read(struct going *g, const struct block_row *row)
{
	size_t n, m;
	const char *ref = block_plain(intake_cell(g->in, row, INTAKE_MEASURE), &n);
	const char *team = block_plain(intake_cell(g->in, row, INTAKE_TEAM), &m);
	ref = arena_copy(&g->row, ref, n);
	team = arena_copy(&g->row, team, m);
	g->measure = ref && team ? intake_measure_of(g->in, team, ref) : NULL;
	if (!g->measure)
		return bad(g, INTAKE_MEASURE, "there are too many different measures in it");
	if (intake_find(g->in, INTAKE_MEASURE) < g->in->columns && !n)
		return bad(g, INTAKE_MEASURE, "the measure is missing");
	if (!g->measure->found)
		return bad(g, INTAKE_MEASURE, "%s", g->measure->why ? g->measure->why : "");
	g->out.measure = g->measure->measure.name;
	return true;
}

static size_t slot_of(const struct going *g, const struct id *id)
{
	size_t at = 0;
	memcpy(&at, id->b, sizeof at);
	for (at &= g->cap - 1; g->seen[at].line && !id_equal(&g->seen[at].id, id);)
		at = (at + 1) & (g->cap - 1);
	return at;
}

static bool seen_before(struct going *g, const struct id *id, unsigned line)
{
	if (!g->cap)
		return false;
	struct seen *s = &g->seen[slot_of(g, id)];
	if (s->line)
		return !bad(
		    g, ENTRY_DATE, "this date stands twice; it is already on line %u", s->line);
	*s = (struct seen){ *id, line };
	return false;
}

static const char *old_in_words(struct going *g)
{
	const char *was = entry_result(&g->row, &g->measure->measure, &g->old);
	return was ? was : "";
}

// A fraction's own value may stand beside it in a file: what is kept is the fraction, where both
// say the same. False: they do not.
static bool value_agrees(struct going *g)
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
	return bad(g, ENTRY_VALUE, "the value %s is not %s out of %s, which is %s", value, over,
	    under, result ? result : "");
}

static bool row_weigh(struct going *g, struct err *e)
{
	const char *stratum = g->given[ENTRY_STRATUM] ? g->given[ENTRY_STRATUM] : "";
	struct id id = entry_id(&g->measure->measure.id, g->given[ENTRY_DATE], stratum,
	    g->given[ENTRY_NTH] ? g->given[ENTRY_NTH] : "");
	if (seen_before(g, &id, g->out.line))
		return true;
	g->stored = false;
	if (g->measure->some && !entry_load(g->in->store, &g->row, &id, &g->old, &g->stored, e))
		return false;
	if (!value_agrees(g))
		return true;
	g->given[ENTRY_STRATUM] = stratum;
	g->out.verdict =
	    entry_weigh(&g->measure->measure, g->stored ? &g->old : NULL, g->given, &g->out.why);
	if (g->out.verdict == ENTRY_BAD)
		g->out.column = 0;
	if (g->out.verdict == ENTRY_CORRECTED)
		g->out.was = old_in_words(g);
	return true;
}

// False: something failed, e says what; what is wrong with the row stands in g->out.
static bool row_read(struct going *g, const struct block_row *row, struct err *e)
{
	arena_free(&g->row);
	memset(g->given, 0, sizeof g->given);
	g->out = (struct intake_row){ .line = row->line, .measure = "", .was = "" };
	g->at++;
	bool good = true;
	if (row->fault)
		bad(g, -1, "%s", row->fault);
	else if (measure_read(g, row) && cells_read(g, row))
		good = row_weigh(g, e);
	for (int i = 0; i < ENTRY_FIELDS; i++)
		g->out.field[i] = g->given[i] ? g->given[i] : "";
	return good;
}

// --- all rows

typedef bool (*row_fn)(struct going *g, void *context, struct err *e);

static bool table_make(struct going *g, struct err *e)
{
	for (g->cap = 64; g->cap < g->in->rows + g->in->rows / 2;)
		g->cap *= 2;
	g->seen = arena_array(&g->table, g->cap, sizeof *g->seen);
	return g->seen || err_memory(e);
}

static bool each_row(struct going *g, row_fn each, void *context, struct err *e)
{
	struct block_row row;
	struct err own = { 0 };
	bool good = intake_rewind(g->in, e);
	if (good && g->in->headed)
		block_next(g->in->reader, &row, &own);
	while (good && !own.code && block_next(g->in->reader, &row, &own))
		good = row_read(g, &row, e) && each(g, context, e);
	arena_free(&g->row);
	if (!good || !own.code)
		return good;
	err_set(e, own.code, "%s", own.text);
	return err_place(e, g->in->name, 0, 0);
}

struct counting {
	intake_fn each;
	void *context;
	struct intake_counts *counts;
};

static bool count_row(struct going *g, void *context, struct err *e)
{
	struct counting *c = context;
	(void)e;
	c->counts->rows++;
	c->counts->verdict[g->out.verdict]++;
	return !c->each || c->each(c->context, &g->out, g->at, g->in->rows);
}

bool intake_rows(
    struct intake *in, intake_fn each, void *context, struct intake_counts *out, struct err *e)
{
	struct arena a = { 0 };
	struct going *g = arena_alloc(&a, sizeof *g);
	struct counting c = { each, context, out };
	*out = (struct intake_counts){ 0 };
	if (!g)
		return err_memory(e);
	g->in = in;
	store_hold(in->store);
	bool good = table_make(g, e) && each_row(g, count_row, &c, e);
	store_release(in->store);
	arena_free(&g->table);
	arena_free(&a);
	return good;
}

// --- taking them

struct taking {
	struct save *save;
	bool good_only;
	size_t unsaved; // rows since the last part
	intake_fn each;
	void *context;
};

static bool take_row(struct going *g, void *context, struct err *e)
{
	struct taking *t = context;
	if (t->each && !t->each(t->context, &g->out, g->at, g->in->rows))
		return false;
	if (g->out.verdict == ENTRY_BAD && !t->good_only)
		return err_set(e, ERR_DATA, "%s:%u: %s", g->in->name, g->out.line, g->out.why);
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
	struct going *g = arena_alloc(&a, sizeof *g);
	struct taking t = { .good_only = good_only, .each = each, .context = context };
	if (!g)
		return err_memory(e);
	g->in = in;
	t.save = save_begin(in->store, &saved, e);
	// Of many rows the first part is empty: what is asked on the way is asked within the
	// transaction.
	bool good = t.save && (!good_only || table_make(g, e)) &&
		    (in->rows < MANY_ROWS || save_spill(t.save, e)) && each_row(g, take_row, &t, e);
	arena_free(&g->table);
	if (good)
		good = save_commit(t.save, changes, e);
	else if (t.save)
		save_drop(t.save);
	arena_free(&saved);
	arena_free(&a);
	return good;
}
