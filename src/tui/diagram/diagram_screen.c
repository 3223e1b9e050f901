// SPDX-License-Identifier: MIT
// A team's driver diagram on the screen: what the keys do.
#include "tui/diagram/diagram_screen.h"

#include "tui/loop/filter.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

enum { FIRST_ROWS = 15, FIRST_COLS = 80 }; // taken for the window until the first frame

static struct diagram_screen *diagram_screen_self(struct screen *s)
{
	return (struct diagram_screen *)s;
}

// --- moving

static bool diagram_screen_step(
    struct app *app, struct diagram_screen *s, enum diagram_way way, struct err *e)
{
	size_t to = diagram_step(&s->g, s->at, way);
	if (to == DRIVER_NONE || to == s->at)
		return true;
	return diagram_view_go(app, s, to, e);
}

static bool diagram_screen_left(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_screen_step(app, s, DIAGRAM_LEFT, e);
}

static bool diagram_screen_up(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_screen_step(app, s, DIAGRAM_UP, e);
}

static bool diagram_screen_down(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_screen_step(app, s, DIAGRAM_DOWN, e);
}

static bool diagram_screen_fold(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct driver_node *n = diagram_focus(s);
	struct id id = n->id;
	for (size_t i = 0; i < s->folds; i++)
		if (id_equal(&s->fold[i], &id)) {
			s->fold[i] = s->fold[--s->folds];
			return diagram_view_lay(app, s, e);
		}
	if (!s->g.place[s->at].reference && s->g.place[s->at].first == DRIVER_NONE) {
		app_say(app, "Nothing feeds this box; there is nothing to fold.");
		return true;
	}
	if (!arena_grow(
		&s->screen.arena, (void **)&s->fold, s->folds, &s->fold_cap, sizeof *s->fold))
		return err_memory(e);
	s->fold[s->folds++] = id;
	return diagram_view_lay(app, s, e);
}

static bool diagram_screen_right(struct app *app, struct diagram_screen *s, struct err *e)
{
	bool unfold = s->g.place[s->at].folded > 0;
	return unfold ? diagram_screen_fold(app, s, e)
		      : diagram_screen_step(app, s, DIAGRAM_RIGHT, e);
}

static bool diagram_screen_page(struct app *app, struct diagram_screen *s, int by, struct err *e)
{
	enum diagram_way way = by < 0 ? DIAGRAM_UP : DIAGRAM_DOWN;
	size_t at = s->at;
	if (s->density == DIAGRAM_BRANCH)
		return diagram_view_go(app, s, diagram_step_branch(&s->g, s->at, by), e);
	for (int from = s->g.place[at].y, gone = 0; gone < s->rows - 2;) {
		size_t to = diagram_step(&s->g, at, way);
		if (to == at)
			break;
		at = to;
		gone = (s->g.place[at].y - from) * by;
	}
	return diagram_view_go(app, s, at, e);
}

static bool diagram_screen_page_up(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_screen_page(app, s, -1, e);
}

static bool diagram_screen_page_down(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_screen_page(app, s, 1, e);
}

static bool diagram_screen_first(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_view_go(app, s, 0, e);
}

static bool diagram_screen_last(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_view_go(app, s, s->g.count - 1, e);
}

static bool diagram_screen_density(struct app *app, struct diagram_screen *s, struct err *e)
{
	static const char *const SAYS[] = { "All text; d changes how much is shown.",
		"The whole page: long texts are cut, the box with the focus says all below.",
		"One branch at a time." };
	s->chosen = true;
	s->density = (s->density + 1) % DIAGRAM_DENSITIES;
	app_say(app, "%s", SAYS[s->density]);
	return diagram_view_lay(app, s, e);
}

static bool diagram_screen_arrange(struct app *app, struct diagram_screen *s, struct err *e)
{
	size_t before = s->g.order.crossings;
	s->fewest = !s->fewest;
	s->seen_count = 0;
	if (!diagram_view_lay(app, s, e))
		return false;
	size_t now = s->g.order.crossings;
	if (s->fewest && now >= before)
		app_say(app, "No other order crosses fewer lines: %zu crossing%s.", now,
		    now == 1 ? "" : "s");
	else
		app_say(app, "%s: %zu crossing%s instead of %zu.",
		    s->fewest ? "In the order that crosses fewest lines; nothing was changed"
			      : "In the order that people gave",
		    now, now == 1 ? "" : "s", before);
	return true;
}

// --- finding

static bool diagram_screen_find(struct app *app, struct diagram_screen *s, int by, struct err *e)
{
	struct arena a = { 0 };
	const char *folded = text_fold(&a, app->find);
	size_t at = s->at, n = s->g.count;
	bool found = false;
	for (size_t i = 1; folded && *folded && i <= n && !found; i++) {
		at = (s->at + (by > 0 ? i : n - i)) % n;
		const struct driver_node *node = &s->d.node[s->g.place[at].node];
		const char *text = arena_printf(&a, "%s %s", node->code, node->text);
		found = !s->g.place[at].reference && text && filter_holds(&a, text, folded);
	}
	arena_free(&a);
	if (!found) {
		app_say(app, "“%s” is not in this diagram.", app->find);
		return true;
	}
	app_say(app, "Found “%s”; N the next, P the one before.", app->find);
	return diagram_view_go(app, s, at, e);
}

static void diagram_screen_asked(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	if (str_empty(answer) || app_top(app) != context)
		return;
	snprintf(app->find, sizeof app->find, "%s", answer);
	if (!diagram_screen_find(app, context, 1, &e))
		app_fail(app, &e);
}

static bool diagram_screen_find_asked(struct app *app, struct diagram_screen *s, struct err *e)
{
	(void)e;
	app_ask(app, "Find", app->find, diagram_screen_asked, s);
	return true;
}

static bool diagram_screen_find_on(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_screen_find(app, s, 1, e);
}

static bool diagram_screen_find_back(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_screen_find(app, s, -1, e);
}

// --- other screens

static bool diagram_screen_form(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct driver_node *n = diagram_focus(s);
	const char *kind = n->level == DRIVER_AIM    ? "team"
			   : n->level == DRIVER_IDEA ? "idea"
						     : "driver";
	return app->open->form(app, kind, &n->id, NULL, e);
}

static bool diagram_screen_coverage(struct app *app, struct diagram_screen *s, struct err *e)
{
	return app->open->coverage(app, &s->team, e);
}

static bool diagram_screen_cycles(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct driver_node *n = diagram_focus(s);
	return app->open->cycles(app, &s->team, n->level == DRIVER_IDEA ? &n->id : NULL, e);
}

static bool diagram_screen_tested_by(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct driver_node *n = diagram_focus(s);
	if (n->level == DRIVER_IDEA)
		return app->open->learned(app, NULL, &n->id, e);
	app_say(app, "Change ideas are tested; go to one, and w says who else has tested it.");
	return true;
}

static bool diagram_screen_history(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct driver_node *n = diagram_focus(s);
	bool aim = n->level == DRIVER_AIM;
	return app->open->history(app, aim ? &s->team : NULL, aim ? NULL : &n->id, e);
}

static bool diagram_screen_archive(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct diagram_place *p = &s->g.place[s->at];
	struct id id = diagram_focus(s)->id, next = s->above;
	bool below = diagram_focus(s)->child_count > 0;
	if (p->node == 0) {
		app_say(app, "The aim is the team's; archive the team on the board.");
		return true;
	}
	if (p->next != DRIVER_NONE)
		next = s->d.node[s->g.place[p->next].node].id;
	if (!app->open->archive(app, &id, e))
		return false;
	app_say(app, "%s",
	    below ? "Archived. What only fed it is under “Not linked yet” now; u undoes."
		  : "Archived; u undoes.");
	return diagram_reload(app, s, &next, p->next != DRIVER_NONE ? &s->above : NULL, e);
}

static void diagram_screen_reason_given(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	struct diagram_making m;
	struct diagram_screen *s = diagram_on_top(app, context);
	if (!answer || !s)
		return;
	char today[DATE_TEXT];
	date_print_iso(store_today(app->store), today);
	struct id id = s->edited, above = s->above;
	size_t node = driver_find(&s->d, &id);
	const char *kind = node == DRIVER_NONE ? "idea" : diagram_kind(s->d.node[node].level);
	bool good = making_begin(&m, app, s, &e) &&
		    save_cell(m.v, &id, kind, "archived", today, &e) &&
		    save_field(m.v, &id, kind, "archived_why", answer, &e);
	if (making_end(&m, good, &above, NULL, &e))
		app_say(app, "Archived, with the reason; u undoes.");
	else
		app_fail(app, &e);
}

static bool diagram_screen_archive_why(struct app *app, struct diagram_screen *s, struct err *e)
{
	if (s->g.place[s->at].node == 0)
		return diagram_screen_archive(app, s, e);
	if (!store_writable(app->store, e))
		return false;
	s->edited = diagram_focus(s)->id;
	app_ask(app, "Why is it archived? (what was learned)", "", diagram_screen_reason_given, s);
	return true;
}

static bool diagram_screen_enter(struct app *app, struct diagram_screen *s, struct err *e)
{
	return s->carrying ? diagram_drop(app, s, e) : diagram_edit_text(app, s, e);
}

// --- keys

static const struct {
	bool (*act)(struct app *app, struct diagram_screen *s, struct err *e);
	enum action action;
	bool changes; // cannot be done to what is past
} ACTS[] = {
	{ diagram_screen_left, ACT_LEFT },
	{ diagram_screen_right, ACT_RIGHT },
	{ diagram_screen_up, ACT_UP },
	{ diagram_screen_down, ACT_DOWN },
	{ diagram_screen_page_up, ACT_PAGE_UP },
	{ diagram_screen_page_down, ACT_PAGE_DOWN },
	{ diagram_screen_first, ACT_FIRST },
	{ diagram_screen_last, ACT_LAST },
	{ diagram_screen_enter, ACT_OPEN, true },
	{ diagram_screen_form, ACT_EDIT, true },
	{ diagram_new_sibling, ACT_NEW_SIBLING, true },
	{ diagram_new_child, ACT_NEW_CHILD, true },
	{ diagram_new_idea, ACT_NEW, true },
	{ diagram_screen_archive, ACT_ARCHIVE, true },
	{ diagram_move_up, ACT_MOVE_UP, true },
	{ diagram_move_down, ACT_MOVE_DOWN, true },
	{ diagram_link, ACT_LINK, true },
	{ diagram_unlink, ACT_UNLINK, true },
	{ diagram_carry, ACT_CARRY, true },
	{ diagram_strength, ACT_STRENGTH, true },
	{ diagram_screen_archive_why, ACT_ARCHIVE_WHY, true },
	{ diagram_screen_fold, ACT_FOLD },
	{ diagram_screen_density, ACT_DENSITY },
	{ diagram_screen_arrange, ACT_ARRANGE },
	{ diagram_as_of, ACT_AS_OF },
	{ diagram_since, ACT_SINCE },
	{ diagram_export, ACT_EXPORT },
	{ diagram_screen_coverage, ACT_COVERAGE },
	{ diagram_screen_cycles, ACT_CYCLES },
	{ diagram_screen_tested_by, ACT_TESTED_BY },
	{ diagram_screen_history, ACT_HISTORY },
	{ diagram_screen_find_asked, ACT_FIND },
	{ diagram_screen_find_on, ACT_FIND_NEXT },
	{ diagram_screen_find_back, ACT_FIND_PREVIOUS },
};

static bool diagram_screen_act(struct app *app, struct screen *screen, enum action action)
{
	struct diagram_screen *s = diagram_screen_self(screen);
	struct err e = { 0 };
	if (action == ACT_BACK && s->carrying) {
		diagram_carry_end(s);
		app_say(app, "It stays where it was.");
		return true;
	}
	for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++) {
		if (ACTS[i].action != action)
			continue;
		if (ACTS[i].changes && diagram_is_past(app, s))
			return true;
		bool fresh = !screen->stale || diagram_reload(app, s, NULL, NULL, &e);
		if (!fresh || !ACTS[i].act(app, s, &e))
			app_fail(app, &e);
		return true;
	}
	return false;
}

static void diagram_screen_click(struct app *app, struct screen *screen, int row, int col)
{
	struct diagram_screen *s = diagram_screen_self(screen);
	struct err e = { 0 };
	int head = s->density == DIAGRAM_BRANCH ? 0 : 1;
	bool inside = row >= 2 + head && row < 2 + head + s->rows;
	size_t at =
	    inside ? diagram_hit(&s->g, row - 2 - head + s->top, col + s->left) : DRIVER_NONE;
	bool edit = at == s->at && at != DRIVER_NONE && !diagram_is_past(app, s);
	if (!diagram_leave(app, screen, &e) || (edit && !diagram_edit_text(app, s, &e)) ||
	    (at != DRIVER_NONE && at != s->at && !diagram_view_go(app, s, at, &e)))
		app_fail(app, &e);
}

static void diagram_screen_close(struct screen *screen)
{
	arena_free(&diagram_screen_self(screen)->data);
	arena_free(&diagram_screen_self(screen)->shape);
	arena_free(&diagram_screen_self(screen)->memory);
	arena_free(&diagram_screen_self(screen)->paste);
	arena_free(&diagram_screen_self(screen)->past);
	arena_free(&diagram_screen_self(screen)->typed);
}

static bool diagram_screen_again(struct app *app, const struct screen *s, struct err *e)
{
	const struct diagram_screen *d = (const struct diagram_screen *)s;
	return diagram_screen_open(app, &d->team, &d->focus, e);
}

static const struct screen_ops DIAGRAM_OPS = {
	.on = ON_DIAGRAM,
	.load = diagram_view_load,
	.title = diagram_view_title,
	.facts = diagram_view_facts,
	.draw = diagram_view_draw,
	.act = diagram_screen_act,
	.typing = diagram_typing,
	.key = diagram_key,
	.click = diagram_screen_click,
	.paste = diagram_paste,
	.leave = diagram_leave,
	.keep = diagram_keep,
	.close = diagram_screen_close,
	.again = diagram_screen_again,
};

bool diagram_screen_open(
    struct app *app, const struct id *team, const struct id *focus, struct err *e)
{
	struct screen *screen = screen_new(sizeof(struct diagram_screen), &DIAGRAM_OPS, e);
	if (!screen)
		return false;
	struct diagram_screen *s = diagram_screen_self(screen);
	s->team = *team;
	s->focus = focus ? *focus : *team;
	s->rows = FIRST_ROWS;
	s->cols = FIRST_COLS;
	s->density = DIAGRAM_BRANCH;
	return app_push(app, screen, e);
}
