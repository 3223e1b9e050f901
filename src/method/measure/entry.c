// SPDX-License-Identifier: MIT
// What a point that is entered would do to what is there, and the save of it.
#include <plando/entry.h>

#include "method/query.h"
#include "store/log/store.h"

#include <plando/str.h>

#include <string.h>

const char *const ENTRY_NAME[ENTRY_FIELDS] = { "date", "stratum", "nth", "value", "numerator",
	"denominator", "note", "excluded_why" };
const char *const ENTRY_LABEL[ENTRY_FIELDS] = { "Date", "Group", "Which of that date", "Value",
	"Numerator", "Denominator", "Note", "Left out because" };

// --- reading

#define COLUMNS                                                                                    \
	"id,date,stratum,nth,value_typed,numerator_typed,denominator_typed,note,excluded_why,"     \
	"archived"

static bool entry_read(struct ask *q, struct arena *a, struct entry *out, struct err *e)
{
	*out = (struct entry){ .id = query_id(q, 0) };
	for (int i = 0; i < ENTRY_FIELDS; i++)
		out->field[i] = query_text(q, i + 1, a, e);
	out->archived = !col_null(q, ENTRY_FIELDS + 1);
	return !e->code;
}

bool entries_load(
    struct store *s, struct arena *a, const struct id *measure, struct entries *out, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	struct ask *q = query_team(s->db, a,
	    "SELECT " COLUMNS " FROM point WHERE measure=? AND archived IS NULL"
	    " ORDER BY date,stratum,length(nth),nth,id",
	    measure, e);
	*out = (struct entries){ 0 };
	if (!q)
		return false;
	while (ask_step(q, &own)) {
		if (!arena_grow(a, (void **)&out->item, out->count, &cap, sizeof *out->item)) {
			err_memory(&own);
			break;
		}
		if (!entry_read(q, a, &out->item[out->count], &own))
			break;
		out->count++;
	}
	return ask_end(q, &own, e);
}

bool entry_load(struct store *s, struct arena *a, const struct id *id, struct entry *out,
    bool *found, struct err *e)
{
	struct err own = { 0 };
	char text[ID_TEXT];
	struct ask *q = db_ask(s->db, "SELECT " COLUMNS " FROM point WHERE id=?", e);
	if (!q)
		return false;
	id_print(id, text);
	ask_text(q, 1, text);
	*found = ask_step(q, &own) && entry_read(q, a, out, &own);
	return ask_end(q, &own, e);
}

size_t entry_count(struct store *s, const struct id *measure)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	size_t n = 0;
	query_count(s->db, &a, "SELECT count(*) FROM point WHERE measure=?", measure, &n, &ignored);
	arena_free(&a);
	return n;
}

bool entry_low_known(struct store *s, const struct id *measure)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	size_t n = 0;
	query_count(s->db, &a,
	    "SELECT count(*) FROM point WHERE measure=? AND archived IS NULL"
	    " AND value>0 AND value<=1",
	    measure, &n, &ignored);
	arena_free(&a);
	return n > 0;
}

// --- weighing

bool entry_fractions(const struct measure *m)
{
	return m->data == MEASURE_PERCENT || m->data == MEASURE_RATE;
}

static bool entry_is_number(enum entry_field f)
{
	return f == ENTRY_VALUE || f == ENTRY_NUMERATOR || f == ENTRY_DENOMINATOR;
}

// 12.5 and 12.50 are the same number.
static bool entry_same(enum entry_field f, const char *a, const char *b)
{
	struct decimal x, y;
	if (strcmp(a, b) == 0)
		return true;
	return entry_is_number(f) && decimal_parse(a, &x) && decimal_parse(b, &y) &&
	       decimal_compare(x, y) == 0;
}

static int entry_sign_of(const char *number)
{
	return *number == '-' ? -1 : strpbrk(number, "123456789") ? 1 : 0;
}

static const char *entry_why_not(const struct measure *m, const char *const field[ENTRY_FIELDS])
{
	static const struct decimal MOST = { 100, 0 };
	const char *over = field[ENTRY_NUMERATOR], *under = field[ENTRY_DENOMINATOR];
	struct decimal x, y, v;
	if (*field[ENTRY_VALUE] && !decimal_parse(field[ENTRY_VALUE], &v))
		return "the value has more digits than are computed with; 18 are the most";
	if (*field[ENTRY_VALUE] && m->data == MEASURE_COUNT && v.digits < 0)
		return "a count cannot be negative";
	if (*field[ENTRY_VALUE] && m->data == MEASURE_PERCENT &&
	    (v.digits < 0 || decimal_compare(v, MOST) > 0))
		return "a percentage lies between 0 and 100";
	if (!*over != !*under)
		return *over ? "a numerator needs its denominator"
			     : "a denominator needs its numerator";
	if (!*over)
		return NULL;
	if (!decimal_parse(over, &x) || !decimal_parse(under, &y))
		return "it has more digits than are computed with; 18 are the most";
	if (x.digits < 0 || y.digits < 0)
		return "numerator and denominator cannot be negative";
	if (entry_sign_of(under) == 0 && entry_sign_of(over) > 0)
		return "some out of none: check the denominator";
	if (m->data == MEASURE_PERCENT && decimal_compare(x, y) > 0)
		return "the numerator is larger than the denominator";
	return NULL;
}

// What the point will hold: what is given over what is there. A value takes the place of numerator
// and denominator and the other way round.
static void entry_merged(
    const struct entry *old, const char *const given[ENTRY_FIELDS], const char *out[ENTRY_FIELDS])
{
	for (int i = 0; i < ENTRY_FIELDS; i++)
		out[i] = given[i] ? given[i] : old ? old->field[i] : "";
	bool fraction = (given[ENTRY_NUMERATOR] && *given[ENTRY_NUMERATOR]) ||
			(given[ENTRY_DENOMINATOR] && *given[ENTRY_DENOMINATOR]);
	if (fraction)
		out[ENTRY_VALUE] = "";
	else if (given[ENTRY_VALUE] && *given[ENTRY_VALUE])
		out[ENTRY_NUMERATOR] = out[ENTRY_DENOMINATOR] = "";
}

enum entry_verdict entry_weigh(const struct measure *m, const struct entry *old,
    const char *const given[ENTRY_FIELDS], const char **why)
{
	const char *will[ENTRY_FIELDS];
	bool any = false, differs = false;
	entry_merged(old, given, will);
	for (int i = ENTRY_VALUE; i < ENTRY_FIELDS; i++) {
		any |= *will[i] != '\0';
		differs |= !entry_same((enum entry_field)i, will[i], old ? old->field[i] : "");
	}
	*why = NULL;
	if (old && !differs && !old->archived)
		return ENTRY_SAME;
	if (!old && !any)
		return ENTRY_EMPTY;
	*why = entry_why_not(m, will);
	if (*why)
		return ENTRY_BAD;
	return old ? ENTRY_CORRECTED : ENTRY_ADDED;
}

bool entry_put(struct save *v, const struct measure *m, const struct entry *old,
    const char *const given[ENTRY_FIELDS], struct err *e)
{
	const char *will[ENTRY_FIELDS];
	char measure[ID_TEXT];
	struct id id = { 0 };
	entry_merged(old, given, will);
	id_print(&m->id, measure);
	const char *key[9] = { "measure", measure, "date", will[ENTRY_DATE] };
	size_t n = 4;
	for (int i = ENTRY_STRATUM; i <= ENTRY_NTH; i++)
		if (*will[i]) {
			key[n++] = ENTRY_NAME[i];
			key[n++] = will[i];
		}
	if (!old && !save_new(v, "point", key, &id, e))
		return false;
	if (old && old->archived && !save_cell(v, &old->id, "point", "archived", "", e))
		return false;
	for (int i = ENTRY_VALUE; i < ENTRY_FIELDS; i++) {
		if (entry_same((enum entry_field)i, will[i], old ? old->field[i] : ""))
			continue;
		if (!save_cell(v, old ? &old->id : &id, "point", ENTRY_NAME[i], will[i], e))
			return false;
	}
	return true;
}

bool entry_move(struct save *v, const struct measure *m, const struct entry *old, const char *date,
    const char *stratum, struct err *e)
{
	const char *given[ENTRY_FIELDS];
	struct id id = entry_id(&m->id, date, stratum, old->field[ENTRY_NTH]);
	struct entry there;
	bool found;
	if (!entry_load(save_store(v), save_arena(v), &id, &there, &found, e))
		return false;
	if (found)
		return err_set(e, ERR_DATA,
		    "there is a point on %s already; correct that one, or delete it first", date);
	memcpy(given, old->field, sizeof given);
	given[ENTRY_DATE] = date;
	given[ENTRY_STRATUM] = stratum;
	return save_delete(v, &old->id, e) && entry_put(v, m, NULL, given, e);
}

// --- what it amounts to

char *entry_result(struct arena *a, const struct measure *m, const struct entry *p)
{
	const char *over = p->field[ENTRY_NUMERATOR], *under = p->field[ENTRY_DENOMINATOR];
	struct decimal x, y;
	struct fraction f;
	if (!*over && !*under)
		return arena_strdup(a, p->field[ENTRY_VALUE]);
	if (!*over || !*under)
		return arena_strdup(a, "–");
	if (!decimal_parse(over, &x) || !decimal_parse(under, &y))
		return arena_strdup(a, "?");
	if (entry_sign_of(under) == 0)
		return arena_printf(a, "%s of 0", over);
	return fraction_ratio(x, y, m->per, &f) ? measure_show(a, m, f) : arena_strdup(a, "?");
}

date_t entry_next_date(const struct measure *m, date_t date)
{
	int months = m->interval_days == 31 ? 1 : m->interval_days == 92 ? 3 : 0;
	if (!months)
		return date + m->interval_days;
	struct civil c = date_to_civil(date);
	bool last = c.day == date_month_days(c.year, c.month);
	date_t next = date_add_months(date, months);
	struct civil n = date_to_civil(next);
	if (last && c.day > 1)
		n.day = date_month_days(n.year, n.month);
	return date_from_civil(n);
}
