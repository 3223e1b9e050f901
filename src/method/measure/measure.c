// SPDX-License-Identifier: MIT
// Reads measures from a workbook; measure_series.c makes series of the rows.
#include <plando/measure.h>

#include "method/measure/measure_rows.h"
#include "method/query.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// --- a measure's own fields

struct word {
	const char *id;
	int value;
};

static const struct word TYPES[] = { { "outcome", MEASURE_OUTCOME }, { "process", MEASURE_PROCESS },
	{ "balancing", MEASURE_BALANCING }, { NULL, 0 } };
static const struct word DATA[] = { { "count", MEASURE_COUNT }, { "percent", MEASURE_PERCENT },
	{ "rate", MEASURE_RATE }, { "time_between", MEASURE_TIME_BETWEEN }, { NULL, 0 } };
static const struct word RULES[] = { { "mean", MEASURE_MEAN }, { "sum", MEASURE_SUM },
	{ "median", MEASURE_MEDIAN }, { "each", MEASURE_EACH }, { NULL, 0 } };
static const struct word WAYS[] = { { "up", MEASURE_UP }, { "down", MEASURE_DOWN },
	{ "none", MEASURE_NEITHER }, { NULL, 0 } };
static const struct word DAYS[] = { { "day", 1 }, { "week", 7 }, { "fortnight", 14 },
	{ "month", 31 }, { "quarter", 92 }, { NULL, 0 } };

// 0 where the text is none of them.
static int measure_word(const struct word *words, const char *text)
{
	for (; words->id; words++)
		if (strcmp(words->id, text) == 0)
			return words->value;
	return 0;
}

enum {
	M_ID,
	M_TEAM,
	M_DRIVER,
	M_NAME,
	M_UNIT,
	M_TYPE,
	M_DATA,
	M_AGGREGATE,
	M_DIRECTION,
	M_KEY,
	M_AIM_GOAL,
	M_INTERVAL,
	M_DECIMALS,
	M_PER,
	M_GOAL,
	M_GOAL_BY,
	M_BASELINE_END,
	M_BENCHMARK,
	M_BENCHMARK_SOURCE,
	M_BENCHMARK_DATE,
	M_CHART,
	M_RULES,
	M_RUN_LENGTH,
	M_SCREENING,
	M_Y_AXIS
};

#define FIELDS                                                                                     \
	"SELECT id, team, driver, name, unit, type, data, aggregate, direction, key_measure,"      \
	" aim_goal, interval, decimals_typed, per_typed, goal_typed, goal_by, baseline_end, "      \
	"benchmark_typed,"                                                                         \
	" benchmark_source, benchmark_date, chart, rules, run_length, screening, y_axis"           \
	" FROM measure m WHERE "

// How each field is read, in groups of one kind.
static void measure_read_texts(struct ask *q, struct arena *a, struct measure *m, struct err *e)
{
	const struct {
		int at;
		const char **to;
	} texts[] = { { M_NAME, &m->name }, { M_UNIT, &m->unit }, { M_INTERVAL, &m->interval },
		{ M_GOAL, &m->goal_typed }, { M_BENCHMARK, &m->benchmark_typed },
		{ M_BENCHMARK_SOURCE, &m->benchmark_source },
		{ M_BENCHMARK_DATE, &m->benchmark_date }, { M_CHART, &m->chart },
		{ M_RULES, &m->rules }, { M_RUN_LENGTH, &m->run_length },
		{ M_SCREENING, &m->screening }, { M_Y_AXIS, &m->y_axis } };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i].to = query_text(q, texts[i].at, a, e);
}

static const char *measure_raw(struct ask *q, int at)
{
	const char *text = col_text(q, at);
	return text ? text : "";
}

static int measure_decimals_of(const char *text)
{
	struct decimal d;
	return decimal_parse(text, &d) && d.scale == 0 && d.digits >= 0 &&
		       d.digits <= DECIMAL_DIGITS
		   ? (int)d.digits
		   : -1;
}

static void measure_read_numbers(struct ask *q, struct measure *m)
{
	m->has_goal = decimal_parse(measure_raw(q, M_GOAL), &m->goal);
	m->has_benchmark = decimal_parse(measure_raw(q, M_BENCHMARK), &m->benchmark);
	m->has_goal_by = date_parse_iso(measure_raw(q, M_GOAL_BY), &m->goal_by);
	m->has_baseline_end = date_parse_iso(measure_raw(q, M_BASELINE_END), &m->baseline_end);
	m->decimals = measure_decimals_of(measure_raw(q, M_DECIMALS));
	if (!decimal_parse(measure_raw(q, M_PER), &m->per) || m->per.digits <= 0)
		m->per = decimal_whole(1);
	if (m->data == MEASURE_PERCENT)
		m->per = decimal_whole(100);
	else if (m->data != MEASURE_RATE)
		m->per = decimal_whole(1);
}

static void read_measure(struct ask *q, struct arena *a, struct measure *m, struct err *e)
{
	*m = (struct measure){ .id = query_id(q, M_ID),
		.team = query_id(q, M_TEAM),
		.driver = query_id(q, M_DRIVER),
		.type = (enum measure_type)measure_word(TYPES, measure_raw(q, M_TYPE)),
		.data = (enum measure_data)measure_word(DATA, measure_raw(q, M_DATA)),
		.aggregate = (enum measure_rule)measure_word(RULES, measure_raw(q, M_AGGREGATE)),
		.way = (enum measure_way)measure_word(WAYS, measure_raw(q, M_DIRECTION)),
		.key = strcmp(measure_raw(q, M_KEY), "yes") == 0,
		.aim_goal = strcmp(measure_raw(q, M_AIM_GOAL), "yes") == 0 };
	measure_read_texts(q, a, m, e);
	measure_read_numbers(q, m);
	m->interval_days = measure_word(DAYS, m->interval);
	m->interval_said = m->interval_days != 0;
	if (!m->interval_said) {
		m->interval = "month";
		m->interval_days = measure_word(DAYS, m->interval);
	}
}

// --- rows and marks of several measures at once

struct measure_reading {
	struct store *s;
	struct arena *a;
	const struct id *id; // ?1: of a team, or of a measure
	bool one, heads;     // heads: no points, no marks
	char on[DATE_TEXT];  // ?2
	const char *until;   // ?3: of points; as of today those that lie ahead are read too
	struct measures *out;
};

static struct ask *measure_asked(const struct measure_reading *r, const char *sql, struct err *e)
{
	struct ask *q = query_team(r->s->db, r->a, sql, r->id, e);
	if (q)
		ask_text(q, 2, r->on);
	return q;
}

#define LIVE "(x.archived IS NULL OR x.archived>?2)"

static const char OF_TEAM[] = FIELDS
    "team=?1 AND (archived IS NULL OR archived>?2) ORDER BY name IS NULL, name COLLATE NOCASE, id";
static const char OF_ONE[] = FIELDS "id=?1 AND ?2 IS NOT NULL";

static bool measure_read_measures(const struct measure_reading *r, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	struct ask *q = measure_asked(r, r->one ? OF_ONE : OF_TEAM, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		if (!arena_grow(
			r->a, (void **)&r->out->item, r->out->count, &cap, sizeof *r->out->item))
			err_memory(&own);
		else
			read_measure(q, r->a, &r->out->item[r->out->count++], &own);
	}
	return ask_end(q, &own, e);
}

#define ROWS                                                                                       \
	"SELECT x.measure, x.id, x.date, x.stratum, x.value_typed, x.numerator_typed, "            \
	"x.denominator_typed, x.note,"                                                             \
	" x.excluded_why, x.nth FROM point x WHERE x.date<=?3 AND " LIVE " AND "
#define MARKS                                                                                      \
	"SELECT x.measure, x.id, x.date, x.text, x.type FROM mark x WHERE x.date<=?2 AND " LIVE    \
	" AND "
#define BY_TEAM "x.measure IN (SELECT id FROM measure WHERE team=?1)"

// In the order of their index, which holds all of these columns; a series puts them in its own.
static const char ROWS_TEAM[] = ROWS BY_TEAM " ORDER BY x.measure, x.date";
static const char ROWS_ONE[] = ROWS "x.measure=?1 ORDER BY x.measure, x.date";
static const char MARKS_TEAM[] = MARKS BY_TEAM " ORDER BY x.measure, x.date, x.id";
static const char MARKS_ONE[] = MARKS "x.measure=?1 ORDER BY x.measure, x.date, x.id";

static struct measure *measure_of(struct measures *all, const struct id *id)
{
	for (size_t i = 0; i < all->count; i++)
		if (id_equal(&all->item[i].id, id))
			return &all->item[i];
	return NULL;
}

// NULL for what is not written.
static const char *measure_text_or_null(struct ask *q, int at, struct arena *a, struct err *e)
{
	const char *text = query_text(q, at, a, e);
	return *text ? text : NULL;
}

static bool measure_read_row(struct ask *q, struct arena *a, struct measure_row *row, struct err *e)
{
	*row = (struct measure_row){ .id = query_id(q, 1),
		.stratum = query_text(q, 3, a, e),
		.value = measure_text_or_null(q, 4, a, e),
		.numerator = measure_text_or_null(q, 5, a, e),
		.denominator = measure_text_or_null(q, 6, a, e),
		.note = measure_text_or_null(q, 7, a, e),
		.excluded_why = measure_text_or_null(q, 8, a, e),
		.nth = query_text(q, 9, a, e) };
	return !e->code && date_parse_iso(measure_raw(q, 2), &row->date);
}

static bool end_measure(
    const struct measure_reading *r, const struct id *id, struct measure_rows *rows, struct err *e)
{
	struct measure *m = measure_of(r->out, id);
	bool ok = !m || rows->count == 0 || measure_series(r->a, m, rows);
	rows->count = 0;
	return ok ? true : err_memory(e);
}

// Rows come measure by measure.
static bool measure_read_rows(const struct measure_reading *r, struct err *e)
{
	struct err own = { 0 };
	struct measure_rows rows = { 0 };
	struct id of = { 0 };
	char name[ID_TEXT] = "";
	size_t cap = 0;
	struct ask *q = measure_asked(r, r->one ? ROWS_ONE : ROWS_TEAM, e);
	if (!q)
		return false;
	ask_text(q, 3, r->until);
	while (!own.code && ask_step(q, &own)) {
		struct measure_row row;
		if (strcmp(measure_raw(q, 0), name) != 0) { // an id is read once, not with each row
			if (!end_measure(r, &of, &rows, &own))
				break;
			of = query_id(q, 0);
			snprintf(name, sizeof name, "%s", measure_raw(q, 0));
		}
		if (!measure_read_row(q, r->a, &row, &own))
			continue;
		if (!arena_grow(r->a, (void **)&rows.row, rows.count, &cap, sizeof row))
			err_memory(&own);
		else
			rows.row[rows.count++] = row;
	}
	if (!own.code)
		end_measure(r, &of, &rows, &own);
	return ask_end(q, &own, e);
}

static bool measure_add_mark(
    struct ask *q, struct arena *a, struct measure *m, size_t *cap, struct err *e)
{
	struct measure_mark mark = {
		.id = query_id(q, 1), .text = query_text(q, 3, a, e), .type = query_text(q, 4, a, e)
	};
	if (!date_parse_iso(measure_raw(q, 2), &mark.date))
		return true;
	if (!arena_grow(a, (void **)&m->mark, m->marks, cap, sizeof mark))
		return err_memory(e);
	m->mark[m->marks++] = mark;
	return true;
}

static bool measure_read_marks(const struct measure_reading *r, struct err *e)
{
	struct err own = { 0 };
	struct measure *last = NULL;
	size_t cap = 0;
	struct ask *q = measure_asked(r, r->one ? MARKS_ONE : MARKS_TEAM, e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct id of = query_id(q, 0);
		struct measure *m = measure_of(r->out, &of);
		cap = m == last ? cap : 0;
		last = m;
		if (m)
			measure_add_mark(q, r->a, m, &cap, &own);
	}
	return ask_end(q, &own, e);
}

static bool measure_read_all(struct measure_reading *r, date_t on, struct err *e)
{
	*r->out = (struct measures){ 0 };
	date_print_iso(on, r->on);
	r->until = on == store_today(r->s) ? "9999-12-31" : r->on;
	store_hold(r->s);
	bool ok = measure_read_measures(r, e);
	for (size_t i = 0; ok && i < r->out->count; i++)
		r->out->item[i].on = on;
	ok = ok && (r->heads || (measure_read_rows(r, e) && measure_read_marks(r, e)));
	store_release(r->s);
	return ok;
}

bool measures_load(struct store *s, struct arena *a, const struct id *team, date_t on,
    struct measures *out, struct err *e)
{
	struct measure_reading r = { .s = s, .a = a, .id = team, .out = out };
	return measure_read_all(&r, on, e);
}

bool measure_heads(
    struct store *s, struct arena *a, const struct id *team, struct measures *out, struct err *e)
{
	struct measure_reading r = { .s = s, .a = a, .id = team, .heads = true, .out = out };
	return measure_read_all(&r, store_today(s), e);
}

static bool measure_load_one(
    struct measure_reading *r, date_t on, struct measure *out, struct err *e)
{
	if (!measure_read_all(r, on, e))
		return false;
	if (r->out->count == 0)
		return err_set(e, ERR_NOINPUT, "there is no such measure in this workbook");
	*out = r->out->item[0];
	return true;
}

bool measure_load(struct store *s, struct arena *a, const struct id *id, date_t on,
    struct measure *out, struct err *e)
{
	struct measures found = { 0 };
	struct measure_reading r = { .s = s, .a = a, .id = id, .one = true, .out = &found };
	return measure_load_one(&r, on, out, e);
}

bool measure_head(
    struct store *s, struct arena *a, const struct id *id, struct measure *out, struct err *e)
{
	struct measures found = { 0 };
	struct measure_reading r = {
		.s = s, .a = a, .id = id, .one = true, .heads = true, .out = &found
	};
	return measure_load_one(&r, store_today(s), out, e);
}

bool measure_each(const struct measure *m)
{
	if (m->aggregate != MEASURE_RULE_UNSAID)
		return m->aggregate == MEASURE_EACH;
	return m->data == MEASURE_TIME_BETWEEN || str_equal(m->chart, "g") ||
	       str_equal(m->chart, "t");
}

char *measure_show(struct arena *a, const struct measure *m, struct fraction value)
{
	return m->decimals >= 0 ? fraction_show(a, value, m->decimals, false)
				: fraction_show(a, value, 2, true);
}
