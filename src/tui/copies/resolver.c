// SPDX-License-Identifier: MIT
// One conflict: what stood there before, what each side says, with who, when and where; for texts
// both together. Nothing is settled but by a key; l leaves it for later.
#include "tui/copies/conflict_rows.h"
#include "tui/copies/runs.h"
#include "tui/form/form_screen.h"
#include "tui/loop/when.h"
#include "tui/screens/screens.h"

#include <plando/kind.h>
#include <plando/words.h>

#include <string.h>

enum way_out { TOGETHER, TAKE, BOTH, EDIT, LATER };

struct resolver_option {
	enum way_out way;
	unsigned n; // of TAKE
	const char *words;
};

struct todo {
	struct id id;
	const char *field;
};

enum { OPTIONS_ROOM = 12, LABEL_COLUMNS = 28, TEXTS_LEAST = 4 };

struct resolver {
	struct screen screen;
	struct list list; // of the options
	struct arena rows;
	struct todo *todo; // in the screen's arena
	size_t todos, at;
	struct conflict conflict;
	bool settled; // by somebody, meanwhile
	const struct form_field *field;
	const char *where, *what;
	bool blended; // a text of two sides: `blend` says what became of them
	struct blend blend;
	const char *together, *both; // NULL: not to be had
	struct resolver_option option[OPTIONS_ROOM];
	size_t options;
	int top, lines; // of the texts: first in view; all
};

// --- reading

static const char *resolver_value_of(const struct conflict *c, size_t i)
{
	return c->values[i].value ? c->values[i].value : "";
}

static const char *resolver_joined(struct resolver *r)
{
	const struct conflict *c = &r->conflict;
	struct str text = STR_IN(&r->rows);
	bool line = r->field->type == FIELD_TEXT;
	if (r->blended && !r->together && !line)
		return blend_both(&r->rows, &r->blend, c->values[0].author, c->values[1].author);
	for (size_t i = 0; i < c->count; i++) {
		bool gap = text.length && *resolver_value_of(c, i);
		str_printf(&text, "%s%s", !gap ? "" : line ? " / " : "\n", resolver_value_of(c, i));
	}
	return str_done(&text);
}

static bool resolver_texts_make(struct app *app, struct resolver *r, struct err *e)
{
	const struct conflict *c = &r->conflict;
	r->together = r->both = NULL;
	r->blended = false;
	r->field = words_form_field(app->store, &r->rows, &c->id, c->kind, c->field);
	if (!r->field || conflict_is_existence(c->field) || c->count < 2)
		return true;
	bool member = r->field->type == FIELD_CHOICES || r->field->type == FIELD_REFS;
	if (member || !words_is_text(r->field))
		return true;
	if (!words_together(app->store, &r->rows, c, &r->blend, &r->together, e))
		return false;
	r->blended = c->count == 2;
	r->both = resolver_joined(r);
	return r->both || err_memory(e);
}

static void resolver_option_add(struct resolver *r, enum way_out way, unsigned n, const char *words)
{
	if (r->options < OPTIONS_ROOM && words)
		r->option[r->options++] = (struct resolver_option){ way, n, words };
}

static const char *resolver_take_words(struct resolver *r, const struct conflict_value *v)
{
	struct arena *a = &r->rows;
	if (!conflict_is_existence(r->conflict.field))
		return arena_printf(a, "Take what %s says", v->author);
	if (str_equal(v->value, "delete"))
		return arena_printf(a, "Delete it, as %s did", v->author);
	return arena_printf(a, "Keep it, with the change by %s", v->author);
}

static void resolver_options_make(struct resolver *r)
{
	const struct conflict *c = &r->conflict;
	bool existence = conflict_is_existence(c->field);
	r->options = 0;
	if (r->together)
		resolver_option_add(r, TOGETHER, 0, "Take both together, as shown");
	for (size_t i = 0; i < c->count && i < OPTIONS_ROOM - 4; i++)
		resolver_option_add(r, TAKE, c->values[i].n, resolver_take_words(r, &c->values[i]));
	if (r->both)
		resolver_option_add(r, BOTH, 0,
		    r->together ? "Keep both, one after the other"
				: "Keep both; where they differ, one after the other with names");
	if (!existence)
		resolver_option_add(r, EDIT, 0,
		    r->both ? "Put both into the field and edit them" : "Write another value");
	resolver_option_add(r, LATER, 0, "Later: leave it open");
	list_set(&r->list, r->options);
}

static bool resolver_load(struct app *app, struct screen *screen, struct err *e)
{
	struct resolver *r = (struct resolver *)screen;
	const struct todo *t = &r->todo[r->at];
	struct err why = { 0 };
	arena_free(&r->rows);
	r->options = 0;
	list_set(&r->list, 0);
	r->where = words_title(app->store, &r->rows, &t->id);
	r->settled = !conflict_find(app->store, &r->rows, &t->id, t->field, &r->conflict, &why);
	if (r->settled && why.code != ERR_NOINPUT)
		return err_set(e, why.code, "%s", why.text);
	r->what = r->settled
		      ? t->field
		      : words_field(app->store, &r->rows, &t->id, r->conflict.kind, t->field);
	if (!r->where || !r->what)
		return err_memory(e);
	if (r->settled)
		return true;
	if (!resolver_texts_make(app, r, e))
		return false;
	resolver_options_make(r);
	return true;
}

// --- drawing: blocks of a label and a text

struct block {
	const char *label, *under; // who; when and where
	enum role role;
	struct runs runs;
};

enum { BLOCKS_MOST = 16 };

struct resolver_page {
	struct app *app;
	struct block block[BLOCKS_MOST];
	size_t count;
	int width; // of the texts
};

static struct block *resolver_block_add(
    struct resolver_page *p, const char *label, const char *under, enum role role)
{
	if (p->count == BLOCKS_MOST)
		return NULL;
	struct block *b = &p->block[p->count++];
	*b = (struct block){ label ? label : "", under ? under : "", role,
		runs_new(&p->app->frame) };
	return b;
}

static void resolver_put_text(struct block *b, enum role role, const char *text)
{
	if (b && text)
		runs_add(&b->runs, role, text, strlen(text));
}

static const char *resolver_edit_told(struct app *app, const struct conflict_value *v)
{
	struct history h;
	struct err ignored = { 0 };
	struct history_filter f = HISTORY_ALL;
	f.cid = v->cid;
	if (!v->cid || !history_list(app->store, &app->frame, &f, &h, &ignored) || !h.count)
		return "changed it";
	return words_change(
	    app->store, &app->frame, &h.item[0], term_is_ascii(app->term) ? "->" : "→");
}

static void resolver_side_text(struct app *app, const struct resolver *r, size_t i, struct block *b)
{
	const struct conflict *c = &r->conflict;
	const struct conflict_value *v = &c->values[i];
	struct blend changes;
	if (!b)
		return;
	if (conflict_is_existence(c->field)) {
		resolver_put_text(b, ROLE_TEXT,
		    str_equal(v->value, "delete") ? "Deleted it, not knowing of the change below."
						  : resolver_edit_told(app, v));
		return;
	}
	bool text = words_is_text(r->field) && !str_empty(v->value) && !str_empty(c->base);
	if (text && blend_changes(&app->frame, c->base, v->value, &changes))
		runs_add_blend(&b->runs, &changes, i == 0 ? ROLE_GOOD : ROLE_WARN, ROLE_TEXT);
	else
		resolver_put_text(b, ROLE_TEXT,
		    words_value(app->store, &app->frame, &c->id, c->kind, c->field, v->value));
}

// Whose words are whose, also without colours.
static void resolver_shares_told(struct app *app, const struct resolver *r, struct block *b)
{
	const struct conflict *c = &r->conflict;
	for (int side = 0; side < 2 && b; side++) {
		struct str words = STR_IN(&app->frame);
		enum blend_from from = side ? BLEND_SECOND : BLEND_FIRST;
		size_t gone = 0;
		for (size_t i = 0; i < r->blend.count; i++) {
			const struct blend_run *x = &r->blend.run[i];
			size_t n = x->n;
			const char *text = text_trim(x->text, &n);
			if (x->from == from && !x->gone && n)
				str_printf(
				    &words, "%s“%.*s”", words.length ? " " : "", (int)n, text);
			gone += x->from == from && x->gone;
		}
		const char *said = str_done(&words);
		const char *line = arena_printf(&app->frame, "\nfrom %s: %s%s%s",
		    c->values[side].author, said ? said : "", words.length && gone ? ", and " : "",
		    gone	   ? "took words out"
		    : words.length ? ""
				   : "nothing");
		resolver_put_text(b, ROLE_DIM, line);
	}
}

static void resolver_together_add(
    struct app *app, const struct resolver *r, struct resolver_page *p)
{
	if (!r->together)
		return;
	struct block *b = resolver_block_add(p, "Together", "", ROLE_HEAD);
	if (!b)
		return;
	if (!r->blended) {
		resolver_put_text(b, ROLE_TEXT, r->together);
		return;
	}
	runs_add_blend(&b->runs, &r->blend, ROLE_GOOD, ROLE_WARN);
	resolver_shares_told(app, r, b);
}

static void resolver_page_make(struct app *app, const struct resolver *r, struct resolver_page *p)
{
	const struct conflict *c = &r->conflict;
	struct arena *a = &app->frame;
	if (c->base_author)
		resolver_put_text(
		    resolver_block_add(p, "Before",
			arena_printf(a, "%s, %s", when_told(app, c->base_at, a), c->base_author),
			ROLE_DIM),
		    ROLE_DIM, words_value(app->store, a, &c->id, c->kind, c->field, c->base));
	for (size_t i = 0; i < c->count; i++) {
		const struct conflict_value *v = &c->values[i];
		const char *under = arena_printf(a, "%s, %s", when_told(app, v->at, a), v->device);
		resolver_side_text(app, r, i,
		    resolver_block_add(
			p, arena_printf(a, "%u %s", v->n, v->author), under, ROLE_LABEL));
	}
	resolver_together_add(app, r, p);
	for (size_t i = 0; i < p->count; i++)
		runs_wrap(&p->block[i].runs, p->width);
}

static int resolver_block_lines(const struct block *b)
{
	int text = (int)b->runs.lines.count, label = *b->under ? 2 : 1;
	return (text > label ? text : label) + 1;
}

static void resolver_block_draw(struct app *app, const struct resolver_page *p,
    const struct block *b, int from, struct area area)
{
	for (int i = from; i < resolver_block_lines(b) - 1 && i - from < area.rows; i++) {
		int row = area.row + i - from;
		if (i == 0)
			term_put(app->term, row, 3, LABEL_COLUMNS - 2, b->role, b->label);
		else if (i == 1)
			term_put(app->term, row, 5, LABEL_COLUMNS - 4, ROLE_DIM, b->under);
		runs_draw(&b->runs, app->term, (size_t)i, row, 3 + LABEL_COLUMNS, p->width);
	}
}

static void resolver_texts_draw(struct app *app, struct resolver *r, struct area area)
{
	struct resolver_page page = { .app = app, .width = area.cols - LABEL_COLUMNS - 6 };
	resolver_page_make(app, r, &page);
	r->lines = 0;
	for (size_t i = 0; i < page.count; i++)
		r->lines += resolver_block_lines(&page.block[i]);
	int most = r->lines - 1 > area.rows ? r->lines - 1 - area.rows : 0;
	r->top = r->top > most ? most : r->top < 0 ? 0 : r->top;
	int at = -r->top;
	for (size_t i = 0; i < page.count && at < area.rows; i++) {
		const struct block *b = &page.block[i];
		int from = at < 0 ? -at : 0, row = at < 0 ? 0 : at;
		resolver_block_draw(app, &page, b, from,
		    (struct area){ area.row + row, area.col, area.rows - row, area.cols });
		at += resolver_block_lines(b);
	}
	if (r->top < most)
		term_put(app->term, area.row + area.rows, 3, area.cols - 4, ROLE_DIM,
		    "PgDn: there is more");
}

static void resolver_option_draw(
    void *context, struct term *t, size_t i, struct area row, bool selected)
{
	static const char *const KEYS[] = {
		[TOGETHER] = "t", [BOTH] = "b", [EDIT] = "e", [LATER] = "l"
	};
	const struct resolver_option *o = &((const struct resolver *)context)->option[i];
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	if (o->way == TAKE)
		term_printf(t, row.row, row.col, 2, ROLE_KEY, "%u", o->n);
	else
		term_put(t, row.row, row.col, 2, ROLE_KEY, KEYS[o->way]);
	term_put(t, row.row, row.col + 3, row.cols - 3, role, o->words);
}

static void resolver_draw(struct app *app, struct screen *screen, struct area area)
{
	struct resolver *r = (struct resolver *)screen;
	if (r->settled) {
		term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_TEXT,
		    "This one is settled. l goes to the next, Esc goes back.");
		term_cursor(app->term, area.row + 1, 3);
		return;
	}
	int options = (int)r->options;
	if (area.rows - options - 1 < TEXTS_LEAST)
		options = area.rows - 1 - TEXTS_LEAST;
	resolver_texts_draw(
	    app, r, (struct area){ area.row, area.col, area.rows - options - 1, area.cols });
	list_draw(&r->list, app->term,
	    (struct area){ area.row + area.rows - options, area.col, options, area.cols },
	    resolver_option_draw, r);
}

static const char *resolver_title(struct app *app, struct screen *screen, struct arena *a)
{
	const struct resolver *r = (const struct resolver *)screen;
	(void)app;
	return arena_printf(
	    a, "Conflict %zu of %zu: %s › %s", r->at + 1, r->todos, r->where, r->what);
}

// --- settling

static void resolver_next(struct app *app, struct resolver *r)
{
	if (r->at + 1 == r->todos) {
		if (app->conflicts == 0)
			app_say(app, "All conflicts are settled; u undoes the last one.");
		app_pop(app);
		return;
	}
	r->at++;
	r->top = 0;
	r->list.at = 0;
	r->screen.stale = true;
}

static bool resolver_settle(
    struct app *app, struct resolver *r, unsigned n, const char *value, bool on, struct err *e)
{
	struct arena a = { 0 };
	const struct todo *t = &r->todo[r->at];
	bool done = conflict_resolve(app->store, &a, &t->id, t->field, n, value, e);
	arena_free(&a);
	if (!done)
		return false;
	app_saved(app);
	app_say(app, "Settled; u undoes.");
	if (on)
		resolver_next(app, r);
	return true;
}

// A charter is a part of its team's form.
static bool resolver_form_at_cell(struct app *app, struct resolver *r, struct err *e)
{
	struct arena a = { 0 };
	struct record record;
	struct todo t = r->todo[r->at];
	struct id team;
	bool found = record_load(app->store, &a, &t.id, &record, e);
	bool charter =
	    found && str_equal(record.kind, "charter") && record_ref(&record, "team", &team);
	bool done = found && app->open->form(app, charter ? "team" : record.kind,
				 charter ? &team : &t.id, NULL, e);
	arena_free(&a);
	if (done)
		form_goto_cell((struct form_screen *)app_top(app), charter ? 1 : 0, t.field);
	return done;
}

static void resolver_value_given(struct app *app, void *context, const char *answer)
{
	struct resolver *r = context;
	struct arena a = { 0 };
	struct err e = { 0 };
	const char *stored;
	if (answer && (!conflict_read(app->store, &a, &r->conflict, answer, &stored, &e) ||
			  !resolver_settle(app, r, 0, stored, true, &e)))
		app_fail(app, &e);
	arena_free(&a);
}

static bool resolver_edit(struct app *app, struct resolver *r, struct err *e)
{
	const struct conflict *c = &r->conflict;
	if (conflict_is_existence(c->field)) {
		app_say(app, "Keep it or delete it: there is nothing to write here.");
		return true;
	}
	if (!r->both) {
		const char *shown = words_value(app->store, &app->frame, &c->id, c->kind, c->field,
		    c->values[c->count - 1].value);
		app_ask(
		    app, arena_printf(&app->frame, "%s:", r->what), shown, resolver_value_given, r);
		return true;
	}
	if (!resolver_settle(app, r, 0, r->together ? r->together : r->both, false, e))
		return false;
	if (!resolver_form_at_cell(app, r, e))
		return false;
	app_say(app, "Both are in the field now; edit them as you like. u on a list undoes.");
	return true;
}

static bool resolver_take(struct app *app, struct resolver *r, unsigned n, struct err *e)
{
	if (n <= r->conflict.count)
		return resolver_settle(app, r, n, NULL, true, e);
	app_say(app, "There are only %zu sides here.", r->conflict.count);
	return true;
}

static bool resolver_option_take(
    struct app *app, struct resolver *r, struct resolver_option o, struct err *e)
{
	if (o.way == TAKE)
		return resolver_take(app, r, o.n, e);
	if (o.way == EDIT)
		return resolver_edit(app, r, e);
	if (o.way == LATER) {
		resolver_next(app, r);
		return true;
	}
	const char *text = o.way == TOGETHER ? r->together : r->both;
	if (text)
		return resolver_settle(app, r, 0, text, true, e);
	app_say(app, r->both ? "They cannot be put together by themselves; choose one, or b keeps "
			       "both."
			     : "Only texts can be put together; choose one side.");
	return true;
}

// The key of an action, as an option.
static bool resolver_option_of(enum action action, struct resolver_option *o)
{
	static const struct {
		enum action action;
		struct resolver_option option;
	} KEYS[] = { { ACT_TAKE_TOGETHER, { TOGETHER, 0, "" } },
		{ ACT_TAKE_FIRST, { TAKE, 1, "" } }, { ACT_TAKE_SECOND, { TAKE, 2, "" } },
		{ ACT_TAKE_BOTH, { BOTH, 0, "" } }, { ACT_EDIT, { EDIT, 0, "" } },
		{ ACT_LATER, { LATER, 0, "" } } };
	for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
		if (KEYS[i].action == action) {
			*o = KEYS[i].option;
			return true;
		}
	return false;
}

static bool resolver_act(struct app *app, struct screen *screen, enum action action)
{
	struct resolver *r = (struct resolver *)screen;
	struct err e = { 0 };
	struct resolver_option o;
	bool done = true;
	if (action == ACT_PAGE_DOWN || action == ACT_PAGE_UP)
		r->top += action == ACT_PAGE_DOWN ? 5 : -5;
	else if (action == ACT_HISTORY)
		done = app->open->history(app, NULL, &r->todo[r->at].id, &e);
	else if (r->settled && (action == ACT_LATER || action == ACT_OPEN))
		resolver_next(app, r);
	else if (action == ACT_OPEN && r->list.at < r->options)
		done = resolver_option_take(app, r, r->option[r->list.at], &e);
	else if (!r->settled && resolver_option_of(action, &o))
		done = resolver_option_take(app, r, o, &e);
	else
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *resolver_list(struct screen *s)
{
	return &((struct resolver *)s)->list;
}

static const char *resolver_row(struct app *app, struct screen *s, size_t i)
{
	(void)app;
	return ((const struct resolver *)s)->option[i].words;
}

static void resolver_close(struct screen *s)
{
	arena_free(&((struct resolver *)s)->rows);
}

static const struct screen_ops RESOLVER = {
	.on = ON_RESOLVER,
	.load = resolver_load,
	.title = resolver_title,
	.draw = resolver_draw,
	.act = resolver_act,
	.list = resolver_list,
	.row_text = resolver_row,
	.close = resolver_close,
};

// --- opening

static bool resolver_todos_make(struct app *app, struct resolver *r, const struct id *team,
    const struct id *id, const char *field, struct err *e)
{
	struct arena a = { 0 };
	struct conflict_rows all;
	bool good = conflict_rows(app, &a, team, &all, e), found = false;
	r->todo = good ? arena_array(&r->screen.arena, all.count + 1, sizeof *r->todo) : NULL;
	good = good && (r->todo || err_memory(e));
	for (size_t i = 0; good && i < all.count; i++) {
		const struct conflict *c = all.row[i].conflict;
		bool here = id && id_equal(&c->id, id) && (!field || str_equal(c->field, field));
		if (here && !found)
			r->at = i;
		found = found || here;
		r->todo[i] = (struct todo){ c->id, arena_strdup(&r->screen.arena, c->field) };
		r->todos = i + 1;
		good = r->todo[i].field || err_memory(e);
	}
	arena_free(&a);
	return good;
}

bool resolver_open(
    struct app *app, const struct id *team, const struct id *id, const char *field, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct resolver), &RESOLVER, e);
	struct resolver *r = (struct resolver *)s;
	if (!s)
		return false;
	if (!resolver_todos_make(app, r, team, id, field, e)) {
		screen_free(s);
		return false;
	}
	if (r->todos)
		return app_push(app, s, e);
	screen_free(s);
	app_say(app, "No conflict is open here.");
	return true;
}
