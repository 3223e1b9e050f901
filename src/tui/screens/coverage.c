// SPDX-License-Identifier: MIT
// The change package across teams: a row an item, a column a team, in each cell how far it has
// come. Enter on a cell says who tested what there, and what they learned.
#include "tui/loop/pick.h"
#include "tui/screens/screens.h"

#include <plando/coverage.h>
#include <plando/learned.h>
#include <plando/str.h>

#include <string.h>

enum { CELL = 13, ITEM_LEAST = 22, ITEM_MOST = 44, BELOW = 5 };
enum { OPENS_IDEA, OPENS_CYCLE };

struct coverage_screen {
	struct screen screen;
	struct arena data;
	struct coverage v;
	struct list list; // row 0: all ideas of the team; then the items
	struct id team;	  // under the cursor; all zero: the first
	size_t at, first; // columns: under the cursor; the first in view
	size_t room;	  // columns in view
};

static struct coverage_screen *coverage_self(struct screen *s)
{
	return (struct coverage_screen *)s;
}

static bool coverage_screen_load(struct app *app, struct screen *screen, struct err *e)
{
	struct coverage_screen *s = coverage_self(screen);
	struct arena data = { 0 };
	struct coverage v;
	if (!coverage_load(app->store, &data, NULL, &v, e)) {
		arena_free(&data);
		return false;
	}
	arena_free(&s->data);
	s->data = data;
	s->v = v;
	s->at = 0;
	for (size_t i = 0; i < v.teams; i++)
		if (id_equal(&v.team[i].id, &s->team))
			s->at = i;
	list_set(&s->list, v.teams ? v.items + 1 : 0);
	return true;
}

// --- drawing

static const char *coverage_item_name(struct app *app, const struct coverage_screen *s, size_t row)
{
	if (row == 0)
		return "All change ideas tested";
	const struct coverage_item *item = &s->v.item[row - 1];
	return arena_printf(&app->frame, "%s%s%s", item->code, *item->code ? " " : "", item->text);
}

static const struct coverage_cell *coverage_cell_of(
    const struct coverage_screen *s, size_t row, size_t team)
{
	return &s->v.cell[(row - 1) * s->v.teams + team];
}

static const char *coverage_cell_words(
    struct app *app, const struct coverage_screen *s, size_t row, size_t team)
{
	const struct coverage_team *t = &s->v.team[team];
	if (row == 0)
		return t->d.shown[DRIVER_IDEA] ? arena_printf(&app->frame, "%zu of %zu",
						     t->d.tested, t->d.shown[DRIVER_IDEA])
					       : "–";
	enum coverage_state state = coverage_cell_of(s, row, team)->state;
	return state == COVERAGE_UNTOUCHED	  ? "·"
	       : state == COVERAGE_NOT_APPLICABLE ? "n/a"
						  : coverage_state_words(state);
}

static enum role coverage_cell_role(const struct coverage_screen *s, size_t row, size_t team)
{
	if (row == 0)
		return ROLE_TEXT;
	enum coverage_state state = coverage_cell_of(s, row, team)->state;
	return state >= COVERAGE_IMPLEMENTED ? ROLE_GOOD
	       : state >= COVERAGE_TESTING   ? ROLE_TEXT
					     : ROLE_DIM;
}

static int coverage_item_cols(const struct area *area)
{
	int cols = area->cols / 3;
	return cols < ITEM_LEAST ? ITEM_LEAST : cols > ITEM_MOST ? ITEM_MOST : cols;
}

struct coverage_drawing {
	struct app *app;
	struct coverage_screen *s;
};

static void coverage_row_draw(
    void *context, struct term *t, size_t i, struct area row, bool selected)
{
	struct coverage_drawing *d = context;
	struct coverage_screen *s = d->s;
	int item = coverage_item_cols(&row);
	term_put(t, row.row, row.col, item - 2, selected ? ROLE_SELECTED : ROLE_TEXT,
	    coverage_item_name(d->app, s, i));
	for (size_t c = 0; c < s->room && s->first + c < s->v.teams; c++) {
		size_t team = s->first + c;
		bool here = selected && team == s->at;
		int col = row.col + item + (int)c * CELL;
		term_put(t, row.row, col, CELL - 1,
		    here ? ROLE_SELECTED : coverage_cell_role(s, i, team),
		    coverage_cell_words(d->app, s, i, team));
		if (here)
			term_put(t, row.row, col - 1, 1, ROLE_SELECTED, ">");
	}
}

// Names of teams, in two lines where they are long.
static void coverage_heads_draw(struct app *app, struct coverage_screen *s, struct area area)
{
	int item = coverage_item_cols(&area);
	for (size_t c = 0; c < s->room && s->first + c < s->v.teams; c++) {
		size_t team = s->first + c;
		const char *name = text_safe(&app->frame, s->v.team[team].name, false);
		struct text_lines lines;
		int col = area.col + item + (int)c * CELL;
		if (!name || !text_wrap(&app->frame, name, strlen(name), CELL - 2, &lines))
			return;
		enum role role = team == s->at ? ROLE_SELECTED : ROLE_HEAD;
		size_t n = lines.line[0].end;
		term_put(
		    app->term, area.row, col, CELL - 1, role, arena_copy(&app->frame, name, n));
		if (lines.count > 1)
			term_put(app->term, area.row + 1, col, CELL - 1, role,
			    name + lines.line[1].start);
	}
	bool ascii = term_is_ascii(app->term);
	if (s->first)
		term_put(app->term, area.row, area.col + item - 2, 1, ROLE_KEY, ascii ? "<" : "←");
	if (s->first + s->room < s->v.teams)
		term_put(
		    app->term, area.row, area.col + area.cols - 1, 1, ROLE_KEY, ascii ? ">" : "→");
}

static void coverage_codes(struct str *s, const char *what, const struct driver_diagram *d,
    const size_t *node, size_t count)
{
	if (count)
		str_printf(s, "%s%s:", s->length ? " · " : "", what);
	for (size_t i = 0; i < count; i++)
		str_printf(s, " %s", d->node[node[i]].code);
}

static const char *coverage_counted(struct app *app, unsigned n, const char *what)
{
	return arena_printf(&app->frame, "%u %s%s", n, what, n == 1 ? "" : "s");
}

static const char *coverage_cell_facts(struct app *app, const struct coverage_screen *s)
{
	const struct coverage_cell *cell = coverage_cell_of(s, s->list.at, s->at);
	if (!cell->ideas)
		return coverage_state_words(cell->state);
	return arena_printf(&app->frame, "%s: %s, %s; %s what was learned",
	    coverage_state_words(cell->state), coverage_counted(app, cell->ideas, "change idea"),
	    coverage_counted(app, cell->cycles, "PDSA cycle"),
	    cell->learned ? arena_printf(&app->frame, "%u of them say%s", cell->learned,
				cell->learned == 1 ? "s" : "")
			  : "none says");
}

// The cell in words, and what the team's diagram leaves open.
static void coverage_below_draw(struct app *app, struct coverage_screen *s, struct area area)
{
	const struct coverage_team *t = &s->v.team[s->at];
	struct str open = STR_IN(&app->frame);
	int room = area.cols - 2;
	term_rule(app->term, area.row, 1, room);
	term_put(app->term, area.row + 1, 1, room, ROLE_TITLE,
	    arena_printf(&app->frame, "%s · %s", t->name, coverage_item_name(app, s, s->list.at)));
	if (s->list.at)
		term_put(app->term, area.row + 2, 1, room, ROLE_TEXT, coverage_cell_facts(app, s));
	coverage_codes(&open, "Untested", &t->d, t->untested, t->untested_count);
	coverage_codes(
	    &open, "drivers without a measure", &t->d, t->unmeasured, t->unmeasured_count);
	coverage_codes(&open, "not linked", &t->d, t->unlinked, t->unlinked_count);
	const char *text = str_done(&open);
	term_put(app->term, area.row + (s->list.at ? 3 : 2), 1, room, ROLE_DIM,
	    str_empty(text) ? "Nothing is open in its diagram." : text);
	if (!s->v.items)
		term_put(app->term, area.row + 3, 1, room, ROLE_DIM,
		    "No change package yet: on the board m, then Change package.");
}

static void coverage_keep_in_view(struct coverage_screen *s)
{
	if (s->at < s->first)
		s->first = s->at;
	if (s->at >= s->first + s->room)
		s->first = s->at + 1 - s->room;
}

static void coverage_draw(struct app *app, struct screen *screen, struct area area)
{
	struct coverage_screen *s = coverage_self(screen);
	struct area rows = { area.row + 3, area.col, area.rows - 3 - BELOW, area.cols };
	struct area inner = { area.row, area.col + 3, 2, area.cols - 5 };
	struct coverage_drawing d = { app, s };
	if (!s->v.teams) {
		term_put(app->term, area.row + 1, 3, area.cols - 4, ROLE_DIM,
		    "No team yet: n on the board makes one.");
		return;
	}
	int room = (inner.cols - coverage_item_cols(&inner)) / CELL;
	s->room = room < 1 ? 1 : (size_t)room;
	coverage_keep_in_view(s);
	coverage_heads_draw(app, s, inner);
	if (rows.rows > 0)
		list_draw(&s->list, app->term, rows, coverage_row_draw, &d);
	coverage_below_draw(
	    app, s, (struct area){ area.row + area.rows - BELOW, area.col, BELOW, area.cols });
}

static const char *coverage_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	(void)s;
	(void)a;
	return "Who tests what";
}

static const char *coverage_facts(struct app *app, struct screen *screen, struct arena *a)
{
	(void)app;
	const struct coverage *v = &coverage_self(screen)->v;
	return arena_printf(a, "%zu item%s · %zu team%s", v->items, v->items == 1 ? "" : "s",
	    v->teams, v->teams == 1 ? "" : "s");
}

// --- Enter: who has tested this, and what did they learn?

static void coverage_opened(struct app *app, void *context, const struct pick_item *item)
{
	struct err e = { 0 };
	bool good = true;
	(void)context;
	if (!item)
		return;
	if (item->tag == OPENS_CYCLE)
		good = app->open->form(app, "pdsa", &item->id, NULL, &e);
	else
		good = app->open->record(app, "idea", &item->id, &e);
	if (!good)
		app_fail(app, &e);
}

static bool coverage_offer_cycle(struct screen *pick, const struct learned *l, struct err *e)
{
	char day[DATE_TEXT] = "";
	if (l->dated)
		date_print_iso(l->day, day);
	const char *says = !str_empty(l->learned) ? l->learned : l->title;
	const char *text =
	    arena_printf(&pick->arena, "%s%s%s", l->idea_code, *l->idea_code ? ": " : "", says);
	const char *note = arena_printf(
	    &pick->arena, "%s%s%s", l->decision, *l->decision && *day ? ", " : "", day);
	return text && note
		   ? pick_add(pick, (struct pick_item){ text, note, OPENS_CYCLE, l->id, false }, e)
		   : err_memory(e);
}

// The idea that has come farthest, where no cycle says anything yet.
static bool coverage_offer_idea(
    struct screen *pick, const struct coverage_team *t, size_t node, struct err *e)
{
	const struct driver_node *n = &t->d.node[node];
	const char *text = arena_printf(&pick->arena, "%s %s", n->code, n->text);
	const char *note = n->cycles ? "cycles, nothing learned yet" : "no cycle yet";
	return text ? pick_add(pick, (struct pick_item){ text, note, OPENS_IDEA, n->id, false }, e)
		    : err_memory(e);
}

static bool coverage_fill(
    struct app *app, struct coverage_screen *s, struct screen *pick, struct err *e)
{
	struct coverage_team *t = &s->v.team[s->at];
	struct learnings all;
	struct learned_filter filter = { .team = &t->id };
	if (s->list.at)
		filter.component = &s->v.item[s->list.at - 1].id;
	if (!learned_list(app->store, &pick->arena, &filter, &all, e))
		return false;
	for (size_t i = 0; i < all.count; i++)
		if (!coverage_offer_cycle(pick, &all.item[i], e))
			return false;
	size_t first = s->list.at ? coverage_cell_of(s, s->list.at, s->at)->first : DRIVER_NONE;
	return all.count || first == DRIVER_NONE || coverage_offer_idea(pick, t, first, e);
}

static bool coverage_open_cell(struct app *app, struct coverage_screen *s, struct err *e)
{
	const struct coverage_team *t = &s->v.team[s->at];
	if (s->list.at && !coverage_cell_of(s, s->list.at, s->at)->ideas) {
		app_say(app, "%s has no change idea for this yet.", t->name);
		return true;
	}
	struct screen *pick = pick_new("", coverage_opened, s, e);
	if (!pick)
		return false;
	const char *name =
	    arena_printf(&pick->arena, "%s › %s", t->name, coverage_item_name(app, s, s->list.at));
	if (name)
		pick_title_set(pick, name);
	if (name && coverage_fill(app, s, pick, e))
		return app_push(app, pick, e);
	screen_free(pick);
	return name ? false : err_memory(e);
}

static bool coverage_act(struct app *app, struct screen *screen, enum action action)
{
	struct coverage_screen *s = coverage_self(screen);
	struct err e = { 0 };
	bool good = true;
	if (!s->v.teams)
		return false;
	if (action == ACT_LEFT && s->at > 0)
		s->at--;
	else if (action == ACT_RIGHT && s->at + 1 < s->v.teams)
		s->at++;
	else if (action == ACT_OPEN)
		good = coverage_open_cell(app, s, &e);
	else if (action == ACT_DIAGRAM)
		good = app->open->diagram(app, &s->v.team[s->at].id, NULL, &e);
	else if (action == ACT_CYCLES)
		good = app->open->cycles(app, &s->v.team[s->at].id, NULL, &e);
	else
		return action == ACT_LEFT || action == ACT_RIGHT;
	s->team = s->v.team[s->at].id;
	if (!good)
		app_fail(app, &e);
	return true;
}

static struct list *coverage_rows_of(struct screen *s)
{
	return &coverage_self(s)->list;
}

static void coverage_close(struct screen *s)
{
	arena_free(&coverage_self(s)->data);
}

static bool coverage_again(struct app *app, const struct screen *s, struct err *e)
{
	return coverage_screen_open(app, &((const struct coverage_screen *)s)->team, e);
}

static const struct screen_ops COVERAGE = {
	.on = ON_COVERAGE,
	.load = coverage_screen_load,
	.title = coverage_title,
	.facts = coverage_facts,
	.draw = coverage_draw,
	.act = coverage_act,
	.list = coverage_rows_of,
	.close = coverage_close,
	.again = coverage_again,
};

bool coverage_screen_open(struct app *app, const struct id *team, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct coverage_screen), &COVERAGE, e);
	if (!screen)
		return false;
	if (team)
		coverage_self(screen)->team = *team;
	return app_push(app, screen, e);
}
