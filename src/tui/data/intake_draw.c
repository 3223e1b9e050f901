// SPDX-License-Identifier: MIT
// What a paste or a file would do, drawn: what it was taken for, the counts, what is asked, and
// each row with its verdict.
#include "tui/data/intake_screen.h"

#include <plando/str.h>

enum { HEAD = 4, FOOT = 3, VERDICT_WIDTH = 9, DATE_WIDTH = 13, VALUE_WIDTH = 12, NAME_LEAST = 20 };
enum { GAP = 2 };

const char *const INTAKE_VERDICT[ENTRY_VERDICTS] = { "add", "correct", "same", "blank",
	"left out" };

static int verdict_draw(struct term *t, int row, int col, enum entry_verdict verdict)
{
	static const enum role ROLE[] = { ROLE_GOOD, ROLE_TITLE, ROLE_DIM, ROLE_DIM, ROLE_WARN };
	term_put(t, row, col, VERDICT_WIDTH, ROLE[verdict], INTAKE_VERDICT[verdict]);
	return VERDICT_WIDTH + 1;
}

// --- the lines above

static void columns_draw(const struct intake_screen *s, struct app *app, int row, int cols)
{
	int col = 3;
	for (size_t i = 0; i < intake_columns(s->in) && col < cols - 4; i++) {
		struct intake_column c = intake_column(s->in, i);
		const char *name = *c.name ? c.name : intake_sample(s->in, 0, i);
		const char *what =
		    intake_checks(s->in, i) ? "Value, to be checked" : intake_field_label(c.field);
		int used = term_printf(app->term, row, col, cols - col - 1,
		    i == s->column ? ROLE_SELECTED : ROLE_TEXT, "%.14s: %s", name ? name : "",
		    what);
		if (i == s->column)
			term_paint(app->term, row, col, used, ROLE_MARKED);
		col += used + 3;
	}
}

// "Months go across; Unit is left out"
static const char *intake_draw_shape_words(const struct intake_screen *s, struct app *app)
{
	struct str text = STR_IN(&app->frame);
	bool dated = intake_is_dated(s->in), named = intake_columns(s->in) > 0;
	str_add(&text, !dated && !named ? "No dates and no names in it: it begins at the cursor"
		       : !dated		? "No dates in it: it begins at the cursor's column"
		       : intake_is_turned(s->in) ? "Dates go down, measures across"
						 : "Measures go down, dates across");
	if (dated && !named)
		str_add(&text, "; no names in it: it begins at the cursor's row");
	for (size_t i = 0; i < intake_columns(s->in); i++) {
		struct intake_column c = intake_column(s->in, i);
		if (c.field == INTAKE_LEFT)
			str_printf(&text, "; “%s” is left out", c.name);
		else if (c.field != INTAKE_MEASURE)
			str_printf(&text, "; “%s” is the %s", c.name, intake_field_name(c.field));
	}
	return str_done(&text);
}

static const char *intake_draw_counts_words(struct arena *a, const struct intake_counts *counts)
{
	const size_t *n = counts->verdict;
	struct str text = STR_IN(a);
	str_printf(&text, "%zu to add · %zu to correct · %zu the same", n[ENTRY_ADDED],
	    n[ENTRY_CORRECTED], n[ENTRY_SAME]);
	if (n[ENTRY_EMPTY])
		str_printf(&text, " · %zu blank", n[ENTRY_EMPTY]);
	if (n[ENTRY_BAD])
		str_printf(&text, " · %zu cannot be taken", n[ENTRY_BAD]);
	if (counts->gaps)
		str_printf(&text, " · %zu %s", counts->gaps, counts->gaps == 1 ? "gap" : "gaps");
	if (counts->ahead)
		str_printf(&text, " · %zu in the future", counts->ahead);
	const char *done = str_done(&text);
	return done ? done : "";
}

// How it was read, where it could be read otherwise.
static const char *intake_draw_read_words(const struct intake_screen *s, struct app *app)
{
	static const char *const ORDER[] = { NULL,
		"Dates are read with the day first; o changes that.",
		"Dates are read with the month first; o changes that.",
		"Dates are read with the year first; o changes that.", NULL };
	struct str text = STR_IN(&app->frame);
	size_t above = s->team ? 0 : intake_skipped(s->in);
	if (s->ends)
		return s->ends;
	if (above)
		str_printf(&text, "%zu %s above the names left out. ", above,
		    above == 1 ? "line is" : "lines are");
	if (ORDER[intake_order(s->in)])
		str_add(&text, ORDER[intake_order(s->in)]);
	else if (intake_decimal(s->in) == BLOCK_COMMA)
		str_add(&text, "Commas are read as decimal commas; d changes that.");
	else if (intake_percents_are_fractions(s->in))
		str_add(&text, "0.85 is read as 85 %; % changes that.");
	for (size_t i = 0; i < intake_columns(s->in) && !text.length; i++)
		if (intake_checks(s->in, i))
			str_add(&text, "Values are checked against numerator and denominator, "
				       "which are kept.");
	return str_done(&text);
}

static void above_draw(const struct intake_screen *s, struct app *app, struct area area)
{
	int cols = area.cols - 4;
	const char *shape = s->team ? intake_draw_shape_words(s, app) : NULL,
		   *asks = intake_asks(s);
	if (s->team)
		term_put(app->term, area.row, 3, cols, ROLE_TEXT, shape ? shape : "");
	else
		columns_draw(s, app, area.row, area.cols);
	if (s->missing)
		term_put(app->term, area.row + 1, 3, cols, ROLE_WARN, s->missing);
	else
		term_put(app->term, area.row + 1, 3, cols, ROLE_TITLE,
		    intake_draw_counts_words(&app->frame, &s->counts));
	const char *read = *asks || s->missing ? asks : intake_draw_read_words(s, app);
	term_put(app->term, area.row + 2, 3, cols, *asks ? ROLE_WARN : ROLE_DIM, read ? read : "");
}

// --- rows

static const char *intake_draw_place_words(struct app *app, const struct intake_shown *r)
{
	const char *text = r->column
			       ? arena_printf(&app->frame, "row %u, column %u", r->line, r->column)
			       : arena_printf(&app->frame, "line %u", r->line);
	return text ? text : "";
}

static const char *intake_draw_note_words(
    const struct intake_screen *s, struct app *app, const struct intake_shown *r)
{
	const char *text = r->note;
	if (r->verdict == ENTRY_BAD)
		text = s->team ? arena_printf(&app->frame, "%s: %s",
				     intake_draw_place_words(app, r), r->note)
			       : arena_printf(&app->frame, "line %u: %s", r->line, r->note);
	return text ? text : "";
}

static const char *intake_draw_name_words(struct app *app, const struct intake_shown *r)
{
	const char *text =
	    *r->stratum ? arena_printf(&app->frame, "%s · %s", r->measure, r->stratum) : r->measure;
	return text ? text : "";
}

struct intake_drawing {
	struct app *app;
	const struct intake_screen *s;
};

// What cannot be taken says why from where its measure, or its value, would stand.
static void table_row_draw(void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct intake_drawing *d = context;
	const struct intake_shown *r = &d->s->row[i];
	bool bad = r->verdict == ENTRY_BAD;
	enum role text = selected ? ROLE_SELECTED : ROLE_TEXT;
	int col = area.col, end = area.col + area.cols, name = (area.cols - 34) * 2 / 5;
	name = name > NAME_LEAST ? name : NAME_LEAST;
	col += verdict_draw(t, area.row, col, r->verdict);
	if (*r->measure) {
		term_put(t, area.row, col, name, text, intake_draw_name_words(d->app, r));
		col += name + GAP;
		term_put(t, area.row, col, DATE_WIDTH, text, r->date);
		col += DATE_WIDTH;
	}
	if (!bad) {
		term_put_right(t, area.row, col, VALUE_WIDTH - 1, text, r->value);
		col += VALUE_WIDTH - 1 + GAP;
	}
	term_put(t, area.row, col, end - col, bad ? ROLE_WARN : ROLE_DIM,
	    intake_draw_note_words(d->s, d->app, r));
}

static void row_draw(void *context, struct term *t, size_t i, struct area area, bool selected)
{
	const struct intake_drawing *d = context;
	const struct intake_shown *r = &d->s->row[i];
	enum role text = selected ? ROLE_SELECTED : ROLE_TEXT;
	int col = area.col, end = area.col + area.cols;
	col += verdict_draw(t, area.row, col, r->verdict);
	term_put(t, area.row, col, DATE_WIDTH - 1, text, r->date);
	col += DATE_WIDTH - 1;
	if (*r->stratum)
		col += 1 + term_put(t, area.row, col, VALUE_WIDTH + 4, text, r->stratum);
	term_put_right(t, area.row, col, VALUE_WIDTH, text, r->value);
	col += VALUE_WIDTH + GAP;
	term_put(t, area.row, col, end - col, r->verdict == ENTRY_BAD ? ROLE_WARN : ROLE_DIM,
	    intake_draw_note_words(d->s, d->app, r));
}

// What does not fit into its row.
static void foot_draw(const struct intake_screen *s, struct app *app, struct area area)
{
	const struct intake_shown *r = &s->row[s->list.at];
	int row = area.row + area.rows - FOOT;
	const char *name = *r->measure ? intake_draw_name_words(app, r) : "“";
	term_rule(app->term, row, 1, area.cols - 2);
	term_printf(app->term, row + 1, 3, area.cols - 4, ROLE_TITLE, "%s%s%s", name,
	    *r->measure ? " · " : r->typed, *r->measure ? r->date : "”");
	term_put(app->term, row + 2, 3, area.cols - 4,
	    r->verdict == ENTRY_BAD ? ROLE_WARN : ROLE_DIM, intake_draw_note_words(s, app, r));
}

void intake_draw(struct app *app, struct screen *screen, struct area area)
{
	struct intake_screen *s = (struct intake_screen *)screen;
	struct intake_drawing d = { app, s };
	int foot = s->team ? FOOT : 0;
	term_cursor(app->term, area.row, 3);
	if (!s->in) {
		term_put(
		    app->term, area.row, 3, area.cols - 4, ROLE_WARN, s->missing ? s->missing : "");
		return;
	}
	above_draw(s, app, area);
	if (!s->count)
		return;
	list_draw(&s->list, app->term,
	    (struct area){ area.row + HEAD, area.col, area.rows - HEAD - foot, area.cols },
	    s->team ? table_row_draw : row_draw, &d);
	if (s->team)
		foot_draw(s, app, area);
}
