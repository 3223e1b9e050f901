// SPDX-License-Identifier: MIT
// Fields of dates and months: typed as people say them, or chosen from a small calendar that F4
// opens below the field. The chosen day stands in [ ], today has a *.
#include "tui/field/field.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

enum {
	DAY_WIDE = 5, // columns of a day
	WEEKS = 6,
	MONTH_WIDE = 6,
	MONTHS_ROW = 4,
	DATE_ROWS = 3 + WEEKS, // the field, the month, the days of the week, the weeks
	MONTH_ROWS = 2 + 12 / MONTHS_ROW,
};

static const char *const DAYS[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
static const char *const MONTHS[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
	"Oct", "Nov", "Dec" };

static const struct move {
	enum special key;
	int days, months;
} DAY_MOVES[] = { { K_LEFT, -1, 0 }, { K_RIGHT, 1, 0 }, { K_UP, -7, 0 }, { K_DOWN, 7, 0 },
	{ K_PGUP, 0, -1 }, { K_PGDN, 0, 1 }, { K_NONE, 0, 0 } },
  MONTH_MOVES[] = { { K_LEFT, 0, -1 }, { K_RIGHT, 0, 1 }, { K_UP, 0, -MONTHS_ROW },
	  { K_DOWN, 0, MONTHS_ROW }, { K_PGUP, 0, -12 }, { K_PGDN, 0, 12 }, { K_NONE, 0, 0 } };

static bool field_date_by_month(const struct face *f)
{
	return f->field->type == FIELD_MONTH;
}

// What is typed, as a date; false: nothing, or nothing that is understood.
static bool typed_date(const struct face *f, date_t *d)
{
	char *stored = NULL;
	struct err ignored = { 0 };
	date_t today = store_today(f->store);
	if (f->edit->length == 0 ||
	    !field_parse(f->arena, f->field, f->edit->text, today, &stored, &ignored))
		return false;
	return field_date_by_month(f) ? date_parse_month(stored, today, d)
				      : date_parse_iso(stored, d);
}

// --- keys

static void field_date_calendar_open(const struct face *f)
{
	date_t d;
	f->calendar->open = true;
	f->calendar->at = typed_date(f, &d) ? d : store_today(f->store);
}

static enum edit_did field_date_calendar_take(const struct face *f, struct err *e)
{
	char text[DATE_TEXT];
	date_print_iso(f->calendar->at, text);
	if (field_date_by_month(f))
		text[strlen("2026-05")] = '\0';
	f->calendar->open = false;
	return edit_replace(f->edit, text, e) ? EDIT_CHANGED : EDIT_REFUSED;
}

static bool field_date_calendar_move(const struct face *f, const struct key *key)
{
	const struct move *m = field_date_by_month(f) ? MONTH_MOVES : DAY_MOVES;
	while (m->key && m->key != key->special)
		m++;
	date_t first = date_from_civil((struct civil){ 1, 1, 1 });
	date_t last = date_from_civil((struct civil){ 9999, 12, 31 });
	date_t *at = &f->calendar->at, to = *at + m->days;
	if (m->months && (to - first < 366 || last - to < 366)) // the calendar has an end
		return true;
	to = m->months ? date_add_months(to, m->months) : to;
	*at = to < first ? first : to > last ? last : to;
	return m->key != K_NONE;
}

// Anything but its own keys closes the calendar, and does what it does in a text.
enum edit_did date_key(const struct face *f, const struct key *key, struct err *e)
{
	bool special = key->type == PRESS_SPECIAL;
	bool toggles = special && key->special == K_F4;
	if (!f->calendar->open && toggles) {
		field_date_calendar_open(f);
		return EDIT_MOVED;
	}
	if (!f->calendar->open)
		return text_key(f, key, e);
	if (special && key->special == K_ENTER)
		return field_date_calendar_take(f, e);
	if (special && field_date_calendar_move(f, key))
		return EDIT_MOVED;
	f->calendar->open = false;
	return toggles || (special && key->special == K_ESC) ? EDIT_MOVED : text_key(f, key, e);
}

// --- drawing

int date_height(const struct face *f, int cols)
{
	(void)cols;
	if (!f->calendar->open)
		return 1;
	return field_date_by_month(f) ? MONTH_ROWS : DATE_ROWS;
}

// "[12]" where it is chosen, " 12*" for today.
static void field_date_cell_draw(
    struct term *t, struct area area, int row, int col, const char *words, bool chosen, bool today)
{
	if (row >= area.rows)
		return;
	int width = (int)strlen(words);
	row += area.row;
	col += area.col;
	term_printf(t, row, col, area.cols - (col - area.col), chosen ? ROLE_SELECTED : ROLE_TEXT,
	    "%s%s%s%s", chosen ? "[" : " ", words, chosen ? "]" : "", today ? "*" : "");
	if (chosen)
		term_cursor(t, row, col + width);
}

static void field_date_days_draw(const struct face *f, struct term *t, struct area area)
{
	date_t at = f->calendar->at, today = store_today(f->store);
	struct civil c = date_to_civil(at);
	date_t first = at - c.day + 1;
	int before = date_weekday(first);
	term_printf(
	    t, area.row, area.col + 1, area.cols, ROLE_HEAD, "%s %d", MONTHS[c.month - 1], c.year);
	for (int i = 0; i < 7 && area.rows > 1; i++)
		term_put(t, area.row + 1, area.col + i * DAY_WIDE, 4, ROLE_LABEL, DAYS[i]);
	for (int i = 0; i < date_month_days(c.year, c.month); i++) {
		char words[12];
		int place = before + i;
		snprintf(words, sizeof words, "%2d", i + 1);
		field_date_cell_draw(t, area, 2 + place / 7, place % 7 * DAY_WIDE, words,
		    first + i == at, first + i == today);
	}
}

static void field_date_months_draw(const struct face *f, struct term *t, struct area area)
{
	struct civil c = date_to_civil(f->calendar->at);
	struct civil today = date_to_civil(store_today(f->store));
	term_printf(t, area.row, area.col + 1, area.cols, ROLE_HEAD, "%d", c.year);
	for (int i = 0; i < 12; i++)
		field_date_cell_draw(t, area, 1 + i / MONTHS_ROW, i % MONTHS_ROW * (MONTH_WIDE + 1),
		    MONTHS[i], i + 1 == c.month, c.year == today.year && i + 1 == today.month);
}

void date_draw(const struct face *f, struct term *t, struct area area)
{
	line_field_draw(f, t, area);
	struct area below = { area.row + 1, area.col, area.rows - 1, area.cols };
	if (!f->calendar->open || below.rows < 1)
		return;
	if (field_date_by_month(f))
		field_date_months_draw(f, t, below);
	else
		field_date_days_draw(f, t, below);
}

// --- words

// "Sun 3 May 2026, 6 mo": how that date is understood.
static const char *date_words(const struct face *f, date_t d)
{
	date_t today = store_today(f->store);
	struct civil c = date_to_civil(d);
	if (field_date_by_month(f))
		return arena_printf(f->arena, "%s %d", MONTHS[c.month - 1], c.year);
	bool this_year = c.year == date_to_civil(today).year;
	return arena_printf(f->arena, "%s %s%s, %s", DAYS[date_weekday(d)],
	    date_show(f->arena, d, today), this_year ? arena_printf(f->arena, " %d", c.year) : "",
	    date_ago(f->arena, d, today));
}

const char *date_reading(const struct face *f)
{
	const char *selected = text_reading(f);
	date_t d;
	if (selected)
		return selected;
	if (f->calendar->open)
		return arena_printf(f->arena,
		    "%s   Arrows, PgUp, PgDn   Enter takes it   Esc closes",
		    date_words(f, f->calendar->at));
	if (f->edit->length == 0)
		return "F4 opens a calendar";
	return typed_date(f, &d) ? arena_printf(f->arena, "= %s", date_words(f, d)) : NULL;
}
