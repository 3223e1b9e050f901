// SPDX-License-Identifier: MIT
// What others erased: held on this computer for thirty days. Whoever works here brings a record's
// texts back, or agrees that they go.
#include "tui/screens/screens.h"

#include <plando/erased.h>
#include <plando/str.h>
#include <plando/words.h>

#include <string.h>

struct erased_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct erased_texts held;
	const char **what; // field and record, by row
};

static struct erased_screen *erased_self(struct screen *s)
{
	return (struct erased_screen *)s;
}

static const struct erased_text *erased_chosen(const struct erased_screen *s)
{
	return s->list.at < s->held.count ? &s->held.item[s->list.at] : NULL;
}

static bool erased_name(struct app *app, struct erased_screen *s, struct err *e)
{
	s->what = arena_array(&s->rows, s->held.count + 1, sizeof *s->what);
	for (size_t i = 0; s->what && i < s->held.count; i++) {
		const struct erased_text *x = &s->held.item[i];
		const char *record = words_title(app->store, &s->rows, &x->id);
		const char *field = words_field(app->store, &s->rows, &x->id, x->kind, x->field);
		if (!record || !field ||
		    !(s->what[i] = arena_printf(&s->rows, "%s · %s", field, record)))
			return err_memory(e);
	}
	return s->what || err_memory(e);
}

static bool erased_load(struct app *app, struct screen *screen, struct err *e)
{
	struct erased_screen *s = erased_self(screen);
	size_t at = s->list.at;
	arena_free(&s->rows);
	s->held = (struct erased_texts){ 0 };
	bool read = erased_list(app->store, &s->rows, &s->held, e) && erased_name(app, s, e);
	if (!read)
		s->held.count = 0;
	list_set(&s->list, s->held.count);
	list_select(&s->list, at < s->held.count ? at : 0);
	return read;
}

static const char *erased_title(struct app *app, struct screen *screen, struct arena *a)
{
	(void)app, (void)screen, (void)a;
	return "What others erased";
}

static const char *erased_facts(struct app *app, struct screen *screen, struct arena *a)
{
	size_t n = erased_self(screen)->held.count;
	(void)app;
	return arena_printf(a, "%zu %s", n, n == 1 ? "text" : "texts");
}

// --- drawing

struct erased_columns {
	int text, what, by, until, end;
};

static struct erased_columns erased_columns_of(struct area row)
{
	enum { UNTIL = 12 };
	int rest = row.cols - UNTIL;
	return (struct erased_columns){ row.col, row.col + rest * 2 / 5, row.col + rest * 4 / 5,
		row.col + rest, row.col + row.cols };
}

struct erased_drawing {
	struct app *app;
	struct erased_screen *s;
};

static void erased_row(void *context, struct term *t, size_t i, struct area row, bool selected)
{
	struct erased_drawing *d = context;
	const struct erased_text *x = &d->s->held.item[i];
	struct arena *a = &d->app->frame;
	struct erased_columns c = erased_columns_of(row);
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	const char *says = words_value(d->app->store, a, &x->id, x->kind, x->field, x->text);
	date_t day = env_date(d->app->env, x->until);
	const char *until = x->until ? date_show(a, day, store_today(d->app->store)) : "";
	term_put(t, row.row, c.text, c.what - c.text - 1, role, says);
	term_put(t, row.row, c.what, c.by - c.what - 1, ROLE_TEXT, d->s->what[i]);
	term_put(t, row.row, c.by, c.until - c.by - 1, ROLE_TEXT, x->by);
	term_put(t, row.row, c.until, c.end - c.until, ROLE_DIM, until);
}

static void erased_heads(struct app *app, struct area row)
{
	struct erased_columns c = erased_columns_of(row);
	term_put(app->term, row.row, c.text, c.what - c.text - 1, ROLE_HEAD, "It said");
	term_put(app->term, row.row, c.what, c.by - c.what - 1, ROLE_HEAD, "Of");
	term_put(app->term, row.row, c.by, c.until - c.by - 1, ROLE_HEAD, "Erased by");
	term_put(app->term, row.row, c.until, c.end - c.until, ROLE_HEAD, "Held until");
}

static void erased_draw(struct app *app, struct screen *screen, struct area area)
{
	struct erased_screen *s = erased_self(screen);
	struct erased_drawing d = { app, s };
	const char *says =
	    s->held.count
		? "Blank in the workbook and whatever leaves; held on this computer until then."
		: "Nothing that others erased is held on this computer.";
	term_put(app->term, area.row, 3, area.cols - 4, ROLE_TEXT, says);
	term_cursor(app->term, area.row, 3);
	if (!s->held.count)
		return;
	erased_heads(app, (struct area){ area.row + 2, area.col + 3, 1, area.cols - 5 });
	list_draw(&s->list, app->term,
	    (struct area){ area.row + 3, area.col, area.rows - 3, area.cols }, erased_row, &d);
}

// --- acting

static bool erased_bring_back(
    struct app *app, struct screen *screen, const struct id *id, size_t n, struct err *e)
{
	struct arena a = { 0 };
	struct erased_report r;
	bool done = erased_restore(app->store, &a, id, n, &r, e);
	arena_free(&a);
	if (!done)
		return false;
	app_saved(app);
	const char *kept = r.kept ? " What was written there since stays." : "";
	app_say(app, "%lld field%s back; u undoes.%s", (long long)r.restored,
	    r.restored == 1 ? " is" : "s are", kept);
	return erased_load(app, screen, e);
}

// context: the record, or NULL for all.
static void erased_agreed(struct app *app, void *context, const char *answer)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct erased_report r;
	struct screen *s = app_top(app);
	if (!answer)
		app_say(app, "It is held on.");
	else if (!erased_agree(app->store, &a, context, context ? 1 : 0, &r, &e) ||
		 !erased_load(app, s, &e))
		app_fail(app, &e);
	else
		app_say(app, "%lld text%s gone for good.", (long long)r.purged,
		    r.purged == 1 ? " is" : "s are");
	arena_free(&a);
}

static void erased_ask(struct app *app, struct erased_screen *s, bool all)
{
	const struct erased_text *x = erased_chosen(s);
	struct id *id = arena_alloc(&s->rows, sizeof *id);
	if (!x || !id)
		return;
	*id = x->id;
	app_confirm(app,
	    all ? "Let all of this list go for good, in the backups too?"
		: "Let this record's texts go for good, in the backups too?",
	    erased_agreed, all ? NULL : id);
}

static bool erased_act(struct app *app, struct screen *screen, enum action action)
{
	struct erased_screen *s = erased_self(screen);
	const struct erased_text *x = erased_chosen(s);
	struct err e = { 0 };
	bool done = true;
	if (action == ACT_AGREE || action == ACT_AGREE_ALL)
		erased_ask(app, s, action == ACT_AGREE_ALL);
	else if (action == ACT_RESTORE_ALL && x)
		done = erased_bring_back(app, screen, NULL, 0, &e);
	else if (action == ACT_OPEN && x)
		done = erased_bring_back(app, screen, &x->id, 1, &e);
	else if (action == ACT_HISTORY && x)
		done = app->open->history(app, NULL, &x->id, &e);
	else if (action != ACT_OPEN && action != ACT_RESTORE_ALL && action != ACT_HISTORY)
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *erased_list_of(struct screen *s)
{
	return &erased_self(s)->list;
}

static const char *erased_row_text(struct app *app, struct screen *s, size_t i)
{
	const struct erased_screen *x = erased_self(s);
	return arena_printf(
	    &app->frame, "%s %s %s", x->held.item[i].text, x->what[i], x->held.item[i].by);
}

static void erased_close(struct screen *s)
{
	arena_free(&erased_self(s)->rows);
}

static const struct screen_ops ERASED = {
	.on = ON_ERASED,
	.load = erased_load,
	.title = erased_title,
	.facts = erased_facts,
	.draw = erased_draw,
	.act = erased_act,
	.list = erased_list_of,
	.row_text = erased_row_text,
	.close = erased_close,
};

bool erased_screen_open(struct app *app, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct erased_screen), &ERASED, e);
	return s && app_push(app, s, e);
}
