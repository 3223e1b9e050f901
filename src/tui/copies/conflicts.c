// SPDX-License-Identifier: MIT
// Everything that two people changed differently, and what they made twice: a line each, the two
// sides below.
#include "tui/copies/conflict_rows.h"
#include "tui/loop/when.h"
#include "tui/screens/screens.h"

#include <plando/below.h>
#include <plando/doubles.h>
#include <plando/join.h>
#include <plando/kind.h>
#include <plando/str.h>
#include <plando/words.h>

#include <string.h>

struct line_of { // a conflict, something made twice, or (neither) a heading
	const struct conflict_row *row;
	const struct double_found *twice;
	const char *says;
};

struct conflicts_screen {
	struct screen screen;
	struct list list;
	struct arena rows;
	struct id team; // only this one's; all zero: all
	const char *name;
	struct conflict_rows conflicts;
	struct doubles doubles;
	struct line_of *line;
	size_t count;
};

// --- reading

static bool conflicts_belongs(struct app *app, struct conflicts_screen *s, const struct id *record)
{
	struct id team;
	return id_zero(&s->team) ||
	       (words_team(app->store, &s->rows, record, &team) && id_equal(&team, &s->team));
}

static void conflicts_line_add(struct conflicts_screen *s, struct line_of line)
{
	s->line[s->count++] = line;
}

// Those of one sort, under a heading.
static void conflicts_twices_add(
    struct app *app, struct conflicts_screen *s, bool orphans, const char *heading)
{
	bool headed = false;
	for (size_t i = 0; i < s->doubles.count; i++) {
		const struct double_found *d = &s->doubles.item[i];
		if ((d->what == DOUBLE_ORPHAN) != orphans)
			continue;
		if (!conflicts_belongs(app, s, &d->first) && !conflicts_belongs(app, s, &d->second))
			continue;
		if (!headed)
			conflicts_line_add(s, (struct line_of){ .says = heading });
		headed = true;
		conflicts_line_add(s, (struct line_of){ .twice = d, .says = d->says });
	}
}

static bool conflicts_lines_make(struct app *app, struct conflicts_screen *s, struct err *e)
{
	const char *before = NULL;
	s->count = 0;
	s->line =
	    arena_array(&s->rows, s->conflicts.count * 2 + s->doubles.count + 2, sizeof *s->line);
	if (!s->line)
		return err_memory(e);
	for (size_t i = 0; i < s->conflicts.count; i++) {
		const struct conflict_row *row = &s->conflicts.row[i];
		if (id_zero(&s->team) && !str_equal(row->team, before))
			conflicts_line_add(s,
			    (struct line_of){ .says = *row->team ? row->team : "What all share" });
		before = row->team;
		conflicts_line_add(s, (struct line_of){ .row = row, .says = row->where });
	}
	conflicts_twices_add(app, s, true, "Below something deleted");
	conflicts_twices_add(app, s, false, "Made twice");
	return true;
}

static bool conflicts_heading(void *context, size_t i)
{
	const struct line_of *l = &((const struct conflicts_screen *)context)->line[i];
	return !l->row && !l->twice;
}

static bool conflicts_load(struct app *app, struct screen *screen, struct err *e)
{
	struct conflicts_screen *s = (struct conflicts_screen *)screen;
	char id[ID_TEXT];
	id_print(&s->team, id);
	arena_free(&s->rows);
	s->count = 0;
	list_set(&s->list, 0);
	s->list.heading = conflicts_heading;
	s->list.context = s;
	s->name = id_zero(&s->team) ? "" : record_ref_title(app->store, &s->rows, id);
	if (!s->name)
		return err_memory(e);
	const struct id *team = id_zero(&s->team) ? NULL : &s->team;
	if (!conflict_rows(app, &s->rows, team, &s->conflicts, e) ||
	    !doubles_find(app->store, &s->rows, &s->doubles, e) ||
	    !conflicts_lines_make(app, s, e)) {
		s->count = 0;
		return false;
	}
	list_set(&s->list, s->count);
	return true;
}

// --- drawing

static const char *conflicts_who_says(struct arena *a, const struct conflict *c)
{
	struct str text = STR_IN(a);
	for (size_t i = 0; i < c->count; i++)
		str_printf(&text, "%s%s", i ? ", " : "", c->values[i].author);
	return str_done(&text);
}

struct conflicts_drawing {
	struct app *app;
	const struct conflicts_screen *s;
};

static void conflicts_row_draw(
    void *context, struct term *t, size_t i, struct area row, bool selected)
{
	const struct conflicts_drawing *d = context;
	const struct line_of *l = &d->s->line[i];
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	if (!l->row) {
		bool head = !l->twice;
		term_put(t, row.row, row.col - head, row.cols, head ? ROLE_HEAD : role, l->says);
		return;
	}
	int where = row.cols * 2 / 5, what = row.cols / 3, who = row.cols - where - what - 4;
	term_put(t, row.row, row.col, where, role, l->says);
	term_put(t, row.row, row.col + where + 2, what, role, l->row->what);
	term_put(t, row.row, row.col + where + what + 4, who, ROLE_DIM,
	    conflicts_who_says(&d->app->frame, l->row->conflict));
}

static const char *conflicts_side_says(
    struct app *app, const struct conflict *c, const struct conflict_value *v)
{
	struct arena *a = &app->frame;
	if (conflict_is_existence(c->field))
		return str_equal(v->value, "delete") ? "deleted it"
						     : "changed it, not knowing of that";
	return words_value(app->store, a, &c->id, c->kind, c->field, v->value);
}

static void conflicts_sides_draw(struct app *app, const struct conflict *c, struct area area)
{
	struct arena *a = &app->frame;
	int row = area.row + 1, end = area.row + area.rows, left = area.cols / 3;
	if (c->base_author && row < end) {
		const char *base = words_value(app->store, a, &c->id, c->kind, c->field, c->base);
		term_printf(app->term, row, 3, left - 2, ROLE_DIM, "Before, %s",
		    when_told(app, c->base_at, a));
		term_put(app->term, row++, 3 + left, area.cols - left - 4, ROLE_DIM, base);
	}
	for (size_t i = 0; i < c->count && row < end; i++, row++) {
		const struct conflict_value *v = &c->values[i];
		term_printf(app->term, row, 3, left - 2, ROLE_LABEL, "%u %s, %s", v->n, v->author,
		    when_told(app, v->at, a));
		term_put(app->term, row, 3 + left, area.cols - left - 4, ROLE_TEXT,
		    conflicts_side_says(app, c, v));
	}
}

static void conflicts_below_draw(struct app *app, struct conflicts_screen *s, struct area area)
{
	const struct line_of *l = s->list.at < s->count ? &s->line[s->list.at] : NULL;
	term_rule(app->term, area.row, 1, area.cols - 2);
	if (l && l->row)
		conflicts_sides_draw(app, l->row->conflict, area);
	else if (l && l->twice)
		term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_TEXT, l->twice->remedy);
}

static void conflicts_draw(struct app *app, struct screen *screen, struct area area)
{
	struct conflicts_screen *s = (struct conflicts_screen *)screen;
	int below = area.rows >= 12 ? 6 : 0;
	struct conflicts_drawing d = { app, s };
	if (s->count == 0) {
		term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_TEXT,
		    "No conflicts are open: nobody's words stand against another's.");
		term_cursor(app->term, area.row + 1, 3);
		return;
	}
	list_draw(&s->list, app->term,
	    (struct area){ area.row, area.col, area.rows - below, area.cols }, conflicts_row_draw,
	    &d);
	if (below)
		conflicts_below_draw(app, s,
		    (struct area){ area.row + area.rows - below, area.col, below, area.cols });
}

static const char *conflicts_title(struct app *app, struct screen *screen, struct arena *a)
{
	const struct conflicts_screen *s = (const struct conflicts_screen *)screen;
	(void)app;
	return *s->name ? arena_printf(a, "%s › Conflicts", s->name) : "Conflicts";
}

static const char *conflicts_facts(struct app *app, struct screen *screen, struct arena *a)
{
	const struct conflicts_screen *s = (const struct conflicts_screen *)screen;
	(void)app;
	return id_zero(&s->team) ? NULL : arena_printf(a, "%zu of this team", s->conflicts.count);
}

// --- acting

static bool conflicts_orphan_open(struct app *app, const struct id *id, struct err *e)
{
	struct arena a = { 0 };
	struct record r;
	bool done = record_load_brief(app->store, &a, id, &r, e) &&
		    app->open->form(app, r.kind, id, NULL, e);
	arena_free(&a);
	return done;
}

static bool conflicts_twice_open(struct app *app, const struct double_found *d, struct err *e)
{
	struct id id = d->second;
	if (d->what == DOUBLE_CYCLE)
		return app->open->form(app, "pdsa", &id, NULL, e);
	if (d->what == DOUBLE_RECORD)
		return app->open->form(app, d->kind, &id, NULL, e);
	if (d->what == DOUBLE_ORPHAN)
		return conflicts_orphan_open(app, &id, e);
	id = d->first;
	return app->open->record(app, "driver", &id, e);
}

static bool conflicts_chosen_open(struct app *app, struct conflicts_screen *s, struct err *e)
{
	if (s->list.at >= s->count)
		return true;
	const struct line_of *l = &s->line[s->list.at];
	if (l->row)
		return app->open->resolver(app, id_zero(&s->team) ? NULL : &s->team,
		    &l->row->conflict->id, l->row->conflict->field, e);
	return !l->twice || conflicts_twice_open(app, l->twice, e);
}

// Keeps the links that two moves left: the removal of the old one is said once more, by somebody
// who knows of both.
static bool conflicts_moves_keep(struct app *app, const struct double_found *d, struct err *e)
{
	struct arena a = { 0 };
	struct id link = d->second;
	struct save *v = save_begin(app->store, &a, e);
	bool done = v && save_delete(v, &link, e) && save_commit(v, NULL, e);
	arena_free(&a);
	if (done) {
		app_saved(app);
		app_say(app, "Both links stay; u undoes.");
	}
	return done;
}

static bool conflicts_orphans_keep(struct app *app, const struct double_found *d, struct err *e)
{
	struct arena a = { 0 };
	bool done = below_keep(app->store, &a, d->cid, e);
	arena_free(&a);
	if (done) {
		app_saved(app);
		app_say(app, "It is there again, with all that was deleted with it; u undoes.");
	}
	return done;
}

static bool conflicts_orphans_delete(struct app *app, struct conflicts_screen *s, struct err *e)
{
	const struct line_of *l = s->list.at < s->count ? &s->line[s->list.at] : NULL;
	struct arena a = { 0 };
	struct below took;
	if (!l || !l->twice || l->twice->what != DOUBLE_ORPHAN) {
		app_say(app, "That is for what stands below something deleted.");
		return true;
	}
	struct save *v = save_begin(app->store, &a, e);
	bool done = v && below_delete(v, &l->twice->first, &took, e) && save_commit(v, NULL, e);
	const char *words = done ? below_words(&a, &took) : NULL;
	if (done)
		app_saved(app);
	if (words)
		app_say(app, "Deleted: %s; u undoes.", words);
	arena_free(&a);
	return done;
}

static bool conflicts_keep(struct app *app, struct conflicts_screen *s, struct err *e)
{
	const struct line_of *l = s->list.at < s->count ? &s->line[s->list.at] : NULL;
	if (l && l->twice && l->twice->what == DOUBLE_ORPHAN)
		return conflicts_orphans_keep(app, l->twice, e);
	if (l && l->twice && l->twice->what == DOUBLE_MOVE)
		return conflicts_moves_keep(app, l->twice, e);
	app_say(app, "That is for a moved box, or what was deleted; Enter opens this one.");
	return true;
}

static bool conflicts_twice_join(struct app *app, struct conflicts_screen *s, struct err *e)
{
	struct arena a = { 0 };
	const struct line_of *l = s->list.at < s->count ? &s->line[s->list.at] : NULL;
	if (!l || !l->twice || l->twice->what != DOUBLE_RECORD) {
		app_say(app, "That is for two records of one name, below “Made twice”.");
		return true;
	}
	bool done = join_records(app->store, &a, &l->twice->first, &l->twice->second, e);
	arena_free(&a);
	if (done) {
		app_saved(app);
		app_say(app, "They are read as one from now on; u parts them.");
	}
	return done;
}

static bool conflicts_act(struct app *app, struct screen *screen, enum action action)
{
	struct conflicts_screen *s = (struct conflicts_screen *)screen;
	struct err e = { 0 };
	bool done;
	if (action == ACT_OPEN)
		done = conflicts_chosen_open(app, s, &e);
	else if (action == ACT_TAKE_BOTH)
		done = conflicts_keep(app, s, &e);
	else if (action == ACT_ARCHIVE)
		done = conflicts_orphans_delete(app, s, &e);
	else if (action == ACT_JOIN)
		done = conflicts_twice_join(app, s, &e);
	else if (action == ACT_HISTORY && s->list.at < s->count && s->line[s->list.at].row)
		done = app->open->history(app, NULL, &s->line[s->list.at].row->conflict->id, &e);
	else
		return false;
	if (!done)
		app_fail(app, &e);
	return true;
}

static struct list *conflicts_list(struct screen *s)
{
	return &((struct conflicts_screen *)s)->list;
}

static const char *conflicts_row(struct app *app, struct screen *s, size_t i)
{
	const struct line_of *l = &((const struct conflicts_screen *)s)->line[i];
	return arena_printf(&app->frame, "%s %s %s", l->says, l->row ? l->row->what : "",
	    l->row ? conflicts_who_says(&app->frame, l->row->conflict) : "");
}

static void conflicts_close(struct screen *s)
{
	arena_free(&((struct conflicts_screen *)s)->rows);
}

static const struct screen_ops CONFLICTS = {
	.on = ON_CONFLICTS,
	.load = conflicts_load,
	.title = conflicts_title,
	.facts = conflicts_facts,
	.draw = conflicts_draw,
	.act = conflicts_act,
	.list = conflicts_list,
	.row_text = conflicts_row,
	.close = conflicts_close,
};

bool conflicts_screen_open(struct app *app, const struct id *team, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct conflicts_screen), &CONFLICTS, e);
	if (!s)
		return false;
	if (team)
		((struct conflicts_screen *)s)->team = *team;
	return app_push(app, s, e);
}
