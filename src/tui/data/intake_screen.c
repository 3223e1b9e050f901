// SPDX-License-Identifier: MIT
// What a paste or a file would do to a measure, or to the measures of a team, before it does it:
// each row with its verdict, which column is what, and what is asked. Enter takes it as one save,
// Esc drops it.
#include "tui/data/intake_screen.h"

#include "tui/screens/screens.h"

#include <plando/file.h>
#include <plando/str.h>

#include <string.h>

enum { FILE_MOST = 16 << 20 };

static struct intake_screen *intake_self(struct screen *s)
{
	return (struct intake_screen *)s;
}

// --- reading

static const char *intake_screen_value_of(struct arena *a, const struct intake_row *r)
{
	const char *over = r->field[ENTRY_NUMERATOR], *under = r->field[ENTRY_DENOMINATOR];
	if (*over || *under)
		return arena_printf(a, "%s/%s", over, under);
	return arena_strdup(a, r->field[ENTRY_VALUE]);
}

static const char *intake_screen_note_of(struct arena *a, const struct intake_row *r)
{
	const char *note = r->field[ENTRY_NOTE];
	if (r->verdict == ENTRY_BAD)
		return arena_strdup(a, r->why);
	if (r->verdict == ENTRY_CORRECTED)
		return arena_printf(
		    a, "was %s%s%s", *r->was ? r->was : "empty", *note ? "; " : "", note);
	return arena_printf(a, "%s%s%s", r->note, *r->note && *note ? "; " : "", note);
}

// Of a table's cell that is taken its date, else the period that it stands for.
static const char *intake_screen_date_of(
    const struct intake_screen *s, struct arena *a, const struct intake_row *r)
{
	date_t day;
	if (s->team && r->verdict != ENTRY_BAD && date_parse_iso(r->field[ENTRY_DATE], &day))
		return date_show(a, day, day + 400);
	return arena_strdup(a, s->team ? r->when : r->field[ENTRY_DATE]);
}

static bool intake_screen_row_keep(
    void *context, const struct intake_row *r, size_t done, size_t rows)
{
	struct intake_screen *s = context;
	struct arena *a = &s->rows;
	(void)done, (void)rows;
	if (s->count >= INTAKE_SHOWN_MOST) {
		s->more++;
		return true;
	}
	if (!arena_grow(a, (void **)&s->row, s->count, &s->cap, sizeof *s->row))
		return false;
	struct intake_shown *row = &s->row[s->count++];
	*row = (struct intake_shown){ .verdict = r->verdict,
		.line = r->line,
		.column = r->column,
		.measure = arena_strdup(a, r->measure),
		.date = intake_screen_date_of(s, a, r),
		.stratum = arena_strdup(a, r->field[ENTRY_STRATUM]),
		.value = intake_screen_value_of(a, r),
		.note = intake_screen_note_of(a, r),
		.typed = arena_strdup(a, r->typed) };
	return row->measure && row->date && row->stratum && row->value && row->note && row->typed;
}

static bool intake_screen_has(const struct intake_screen *s, int field)
{
	for (size_t i = 0; i < intake_columns(s->in); i++)
		if (intake_column(s->in, i).field == field)
			return true;
	return false;
}

// What is to be said of the columns before anything can be taken; NULL: nothing.
static const char *intake_screen_missing_of(const struct intake_screen *s)
{
	bool over = intake_screen_has(s, ENTRY_NUMERATOR),
	     under = intake_screen_has(s, ENTRY_DENOMINATOR);
	if (s->team)
		return NULL;
	if (!intake_screen_has(s, ENTRY_DATE) && (s->file || !s->places))
		return "Which column is the date? Go to it with the arrows; c says what it is.";
	if (!intake_screen_has(s, ENTRY_VALUE) && !over && !under)
		return "Which column is the value? Go to it with the arrows; c says what it is.";
	if (!intake_screen_has(s, ENTRY_VALUE) && over != under && s->file)
		return over ? "Which column is the denominator? c says what a column is."
			    : "Which column is the numerator? c says what a column is.";
	return NULL;
}

static bool intake_screen_corner_find(struct intake_screen *s)
{
	for (size_t i = 0; s->placed && i < s->periods.rows; i++)
		if (id_equal(&period_measure_of(&s->periods, i)->m.id, &s->put_measure) &&
		    str_equal(s->periods.row[i].stratum, s->put_stratum)) {
			s->corner = (struct intake_corner){ i, s->put_period };
			return true;
		}
	return false;
}

static bool intake_begin(struct intake_screen *s, struct app *app, struct err *e)
{
	struct intake_source source = { .name = s->copied ? (s->team ? "the table" : "the paste")
							  : s->from,
		.text = s->file ? NULL : &s->text,
		.in = s->file,
		.copied = s->copied || s->team };
	struct intake_target target = { .measure = s->team ? NULL : &s->id };
	if (s->team) {
		target.team = &s->periods;
		target.corner = intake_screen_corner_find(s) ? &s->corner : NULL;
	}
	s->in = intake_open(
	    app->store, s->team ? &s->data : &s->screen.arena, &source, &target, &s->said, e);
	return s->in != NULL;
}

// A team's measures are read anew each time: what the table means may have changed.
static bool intake_screen_team_begin(
    struct intake_screen *s, struct app *app, struct err *own, struct err *e)
{
	if (s->in)
		s->said = *intake_said(s->in);
	intake_close(s->in);
	s->in = NULL;
	arena_free(&s->data);
	if (!period_table_load(app->store, &s->data, &s->id, &s->periods, e))
		return false;
	return intake_begin(s, app, own) || own->code == ERR_DATA ||
	       err_set(e, own->code, "%s", own->text);
}

static bool intake_load(struct app *app, struct screen *screen, struct err *e)
{
	struct intake_screen *s = intake_self(screen);
	struct err own = { 0 };
	arena_free(&s->rows);
	s->row = NULL;
	s->count = s->cap = s->more = 0;
	s->counts = (struct intake_counts){ 0 };
	list_set(&s->list, 0);
	if (s->team && !intake_screen_team_begin(s, app, &own, e))
		return false;
	s->missing = s->in ? intake_screen_missing_of(s) : NULL;
	if (s->in && !s->missing)
		intake_settle(s->in, &own);
	if (own.code) {
		s->missing = arena_strdup(&s->rows, own.text);
		return s->missing ? true : err_memory(e);
	}
	if (s->missing)
		return true;
	if (!intake_rows(s->in, intake_screen_row_keep, s, &s->counts, &own))
		return own.code ? err_set(e, own.code, "%s", own.text) : err_memory(e);
	list_set(&s->list, s->count);
	return true;
}

const char *intake_asks(const struct intake_screen *s)
{
	static const char *const ASKS[INTAKE_QUESTIONS] = { "",
		"What comes first in a date such as 1/2/2026? o says: day, month or year.",
		"Is 1,234 a decimal number, or thousands? d says which.",
		"Is 0.85 so much as 85 %, or less than one per cent? % says which.",
		"Some numbers were held back ([c], *, <5); b leaves them blank, with a note." };
	return s->missing ? "" : ASKS[intake_question(&s->counts)];
}

static const char *intake_title(struct app *app, struct screen *screen, struct arena *a)
{
	const struct intake_screen *s = intake_self(screen);
	(void)app;
	const char *text = arena_printf(a, "%s › from %s", s->name, s->from);
	return text ? text : "";
}

static const char *intake_facts(struct app *app, struct screen *screen, struct arena *a)
{
	const struct intake_screen *s = intake_self(screen);
	(void)app;
	if (!s->in || s->team)
		return "";
	if (s->more)
		return arena_printf(
		    a, "%zu rows, the first %d shown", s->counts.rows, INTAKE_SHOWN_MOST);
	return arena_printf(a, "%zu %s · %s", s->counts.rows, s->counts.rows == 1 ? "row" : "rows",
	    block_coding_name(intake_shape(s->in)->coding));
}

// --- acting

// What was held back may stay out; what can be read in two ways is answered first.
static const char *intake_blocked(const struct intake_screen *s)
{
	enum intake_question asked = intake_question(&s->counts);
	if (s->missing)
		return s->missing;
	return asked && asked != INTAKE_SUPPRESSED ? intake_asks(s) : NULL;
}

static bool intake_take(struct intake_screen *s, struct app *app, struct err *e)
{
	if (s->screen.stale && !intake_load(app, &s->screen, e)) // keys came faster than frames
		return false;
	s->screen.stale = false;
	struct intake_counts counts = s->counts; // the screen goes before they are told
	const size_t *n = counts.verdict;
	const char *blocked = intake_blocked(s);
	size_t changes = 0;
	if (blocked || n[ENTRY_ADDED] + n[ENTRY_CORRECTED] == 0) {
		app_say(app, "%s",
		    blocked ? blocked : "There is nothing to take in this; Esc goes back.");
		return true;
	}
	if (!intake_save(s->in, true, NULL, NULL, &changes, e))
		return false;
	app_saved(app);
	app_pop(app);
	app_say(app, "%zu added, %zu corrected%s. F3 undoes all of it.", n[ENTRY_ADDED],
	    n[ENTRY_CORRECTED], n[ENTRY_BAD] ? "; what could not be taken was left out" : "");
	return true;
}

// To the next meaning that no other column has.
static void intake_screen_meaning_next(struct intake_screen *s)
{
	int field = intake_column(s->in, s->column).field;
	bool taken = true;
	while (taken) {
		field = field >= INTAKE_LEFT ? 0 : field + 1;
		if (field == ENTRY_NTH)
			field++;
		if (field == INTAKE_MEASURE || field == INTAKE_TEAM)
			field = INTAKE_LEFT;
		taken = field != INTAKE_LEFT && intake_screen_has(s, field);
	}
	intake_column_set(s->in, s->column, field);
}

static void intake_screen_answer_next(struct intake_screen *s, enum action action)
{
	struct intake_said *said = intake_said(s->in);
	enum block_order order = intake_order(s->in);
	if (action == ACT_ORDER)
		said->order = order == BLOCK_DAY_FIRST	   ? BLOCK_MONTH_FIRST
			      : order == BLOCK_MONTH_FIRST ? BLOCK_YEAR_FIRST
							   : BLOCK_DAY_FIRST;
	else if (action == ACT_DECIMAL)
		said->decimal = said->decimal == BLOCK_POINT ? BLOCK_COMMA : BLOCK_POINT;
	else if (action == ACT_PERCENT)
		said->scale = said->scale == BLOCK_FRACTIONS ? BLOCK_HUNDREDTHS : BLOCK_FRACTIONS;
	else
		said->suppressed_blank = !said->suppressed_blank;
}

static bool intake_act(struct app *app, struct screen *screen, enum action action)
{
	struct intake_screen *s = intake_self(screen);
	struct err e = { 0 };
	if (action == ACT_OPEN) {
		if (!intake_take(s, app, &e))
			app_fail(app, &e);
		return true;
	}
	if (!s->in)
		return false;
	if (action == ACT_LEFT)
		s->column -= s->column > 0;
	else if (action == ACT_RIGHT)
		s->column += s->column + 1 < intake_columns(s->in);
	else if (action == ACT_COLUMN)
		intake_screen_meaning_next(s);
	else if (action >= ACT_ORDER && action <= ACT_SUPPRESSED)
		intake_screen_answer_next(s, action);
	else
		return false;
	s->screen.stale |= action != ACT_LEFT && action != ACT_RIGHT;
	return true;
}

static struct list *intake_list(struct screen *s)
{
	return &intake_self(s)->list;
}

static const char *intake_row_text(struct app *app, struct screen *screen, size_t i)
{
	const struct intake_shown *r = &intake_self(screen)->row[i];
	const char *text = arena_printf(&app->frame, "%s %s %s %s %s %s",
	    INTAKE_VERDICT[r->verdict], r->measure, r->date, r->stratum, r->value, r->note);
	return text ? text : "";
}

static void intake_free(struct screen *screen)
{
	struct intake_screen *s = intake_self(screen);
	intake_close(s->in);
	arena_free(&s->rows);
	arena_free(&s->data);
	if (s->file)
		fclose(s->file);
}

#define INTAKE_OPS(on_)                                                                            \
	{                                                                                          \
		.on = (on_), .load = intake_load, .title = intake_title, .facts = intake_facts,    \
		.draw = intake_draw, .act = intake_act, .list = intake_list,                       \
		.row_text = intake_row_text, .close = intake_free                                  \
	}
static const struct screen_ops INTAKE = INTAKE_OPS(ON_INTAKE);
static const struct screen_ops TABLE = INTAKE_OPS(ON_TABLE);

// --- opening

static struct intake_screen *intake_new(const struct screen_ops *ops, const struct id *id,
    const char *name, const char *from, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct intake_screen), ops, e);
	struct intake_screen *s = intake_self(screen);
	if (!s)
		return NULL;
	s->id = *id;
	s->team = ops == &TABLE;
	s->name = name ? arena_strdup(&screen->arena, name) : NULL;
	s->from = arena_strdup(&screen->arena, from);
	if (s->from && s->name)
		return s;
	screen_free(screen);
	return err_memory(e), NULL;
}

static struct intake_screen *intake_screen_measure_new(
    struct app *app, const struct id *measure, const char *from, struct err *e)
{
	char id[ID_TEXT];
	id_print(measure, id);
	return intake_new(&INTAKE, measure, record_ref_title(app->store, &app->frame, id), from, e);
}

static bool intake_push(struct intake_screen *s, struct app *app, bool good, struct err *e)
{
	if (good)
		return app_push(app, &s->screen, e);
	screen_free(&s->screen);
	return false;
}

// The rows of the grid below the cursor, and the one that comes next.
static bool intake_screen_places_find(
    struct intake_screen *s, struct app *app, const struct grid_place *from, struct err *e)
{
	struct arena *a = &s->screen.arena;
	struct entries all;
	if (!entries_load(app->store, a, &s->id, &all, e))
		return false;
	s->place = arena_array(a, all.count + 1, sizeof *s->place);
	const char *date = arena_strdup(a, from->next_date);
	const char *stratum = arena_strdup(a, from->next_stratum);
	if (!s->place || !date || !stratum)
		return err_memory(e);
	for (size_t i = from->row; i < all.count; i++)
		s->place[s->places++] = (struct intake_place){ all.item[i].field[ENTRY_DATE],
			all.item[i].field[ENTRY_STRATUM], all.item[i].field[ENTRY_NTH] };
	s->place[s->places++] = (struct intake_place){ date, stratum, "" };
	return true;
}

static size_t intake_screen_rows_of_text(const struct block_bytes *text)
{
	size_t rows = 1, n = text->length;
	while (n && strchr("\r\n", text->text[n - 1]))
		n--;
	for (size_t i = 0; i < n; i++)
		rows +=
		    text->text[i] == '\n' || (text->text[i] == '\r' && text->text[i + 1] != '\n');
	return rows;
}

// Past numbers come into a measure without points: the last of them is of the period that today
// lies in, not the first.
static bool intake_screen_places_end_today(struct intake_screen *s, struct app *app, struct err *e)
{
	struct arena *a = &s->screen.arena;
	struct measure m;
	char *date = arena_alloc(a, DATE_TEXT);
	size_t rows = intake_screen_rows_of_text(&s->text) - intake_headed(s->in);
	if (!date || !measure_head(app->store, a, &s->id, &m, e))
		return date ? false : err_memory(e);
	enum period_kind kind = period_kind_of(m.interval_days);
	int now = period_of(kind, store_today(app->store));
	date_print_iso(period_first(kind, now - (int)rows + 1), date);
	s->place[0].date = date;
	const char *last = period_show(a, kind, now);
	s->ends =
	    last ? arena_printf(a, "No dates in it: the last number is put at %s.", last) : NULL;
	return s->ends || err_memory(e);
}

// Cells without names and dates go where they were put: from the cursor to the right.
static bool intake_screen_fields_by_place(
    struct intake_screen *s, struct app *app, const struct grid_place *from, struct err *e)
{
	if (intake_screen_has(s, ENTRY_DATE))
		return true;
	intake_places(s->in, s->place, s->places);
	for (size_t i = 0; !intake_headed(s->in) && i < intake_columns(s->in); i++) {
		bool fits = i < from->fields && from->field[i] != ENTRY_DATE &&
			    from->field[i] != ENTRY_STRATUM;
		intake_column_set(s->in, i, fits ? from->field[i] : INTAKE_LEFT);
	}
	return s->places > 1 || entry_count(app->store, &s->id) > 0 ||
	       intake_screen_places_end_today(s, app, e);
}

bool grid_paste_open(struct app *app, const struct id *measure, const char *text, size_t n,
    const struct grid_place *from, struct err *e)
{
	struct intake_screen *s = intake_screen_measure_new(app, measure, "the clipboard", e);
	if (!s)
		return false;
	s->copied = true;
	s->text = (struct block_bytes){ arena_copy(&s->screen.arena, text, n), n, 0 };
	bool good = s->text.text
			? intake_screen_places_find(s, app, from, e) && intake_begin(s, app, e) &&
			      intake_screen_fields_by_place(s, app, from, e)
			: err_memory(e);
	if (good && (intake_headed(s->in) || intake_screen_has(s, ENTRY_DATE)))
		intake_suggest(s->in);
	return intake_push(s, app, good, e);
}

bool grid_file_open(struct app *app, const struct id *measure, const char *path, struct err *e)
{
	struct intake_screen *s = intake_screen_measure_new(app, measure, path, e);
	if (!s)
		return false;
	s->file = file_open(path, e);
	bool good = s->file && intake_begin(s, app, e);
	if (good)
		intake_suggest(s->in);
	return intake_push(s, app, good, e);
}

bool team_paste_open(struct app *app, const struct id *team, const char *name, const char *text,
    size_t n, const struct team_place *place, struct err *e)
{
	struct intake_screen *s = intake_new(&TABLE, team, name, "the clipboard", e);
	if (!s)
		return false;
	s->copied = s->placed = true;
	s->text = (struct block_bytes){ arena_copy(&s->screen.arena, text, n), n, 0 };
	s->put_measure = place->measure;
	s->put_period = place->period;
	s->put_stratum = arena_strdup(&s->screen.arena, place->stratum);
	return intake_push(s, app, (s->text.text && s->put_stratum) || err_memory(e), e);
}

bool team_file_open(
    struct app *app, const struct id *team, const char *name, const char *path, struct err *e)
{
	struct intake_screen *s = intake_new(&TABLE, team, name, path, e);
	char *text = NULL;
	if (!s)
		return false;
	bool good = file_read(&s->screen.arena, path, FILE_MOST, &text, &s->text.length, e);
	s->text.text = text;
	return intake_push(s, app, good, e);
}
