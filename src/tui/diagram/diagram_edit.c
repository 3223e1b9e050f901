// SPDX-License-Identifier: MIT
// Typing into a box of the driver diagram, in its place. What is typed is a draft at every key and
// saved when the field is left, by whatever key.
#include "tui/diagram/diagram_screen.h"

#include <plando/draft.h>
#include <plando/str.h>

#include <string.h>

enum { ENTRY_LEAST = 30, ENTRY_MOST = 72 };

bool diagram_typing(const struct screen *screen)
{
	return ((const struct diagram_screen *)screen)->entry != ENTRY_NONE;
}

// --- beginning

static bool diagram_edit_can_write(struct app *app, struct err *e)
{
	return store_writable(app->store, e);
}

static bool diagram_edit_is_aim(const struct diagram_screen *s)
{
	return s->entry == ENTRY_TEXT && id_equal(&s->edited, &s->team);
}

// The field of a record in which a box's text stands.
static const char *diagram_edit_field_of(const struct diagram_screen *s)
{
	return diagram_edit_is_aim(s) ? "aim_text" : "text";
}

// The drawing shows what was read last; a text that has come since was not seen.
static void diagram_edit_begin_saw(struct app *app, struct diagram_screen *s, const char *shown)
{
	struct err ignored = { 0 };
	struct record now = { 0 };
	arena_free(&s->typed);
	s->knows = record_saw(app->store, &s->typed, &s->draft, &s->saw, &ignored);
	if (!s->knows || !s->saw.count)
		return;
	s->knows = record_load(app->store, &s->typed, &s->draft, &now, &ignored);
	const char *held = record_get(&now, diagram_edit_field_of(s));
	if (s->knows && !str_equal(held ? held : "", shown))
		s->knows = saw_of_draft(&s->typed, &s->saw, diagram_edit_field_of(s), "", &s->saw);
}

static void diagram_edit_begin(
    struct diagram_screen *s, enum entry entry, const char *text, struct id draft)
{
	s->entry = entry;
	s->draft = draft;
	s->edited = diagram_focus(s)->id;
	line_set(&s->line, text);
	memcpy(s->before, s->line.text, sizeof s->before);
}

// The aim's text stands in the team's charter, whose id is known before it exists.
static bool diagram_edit_charter_id(
    struct app *app, const struct diagram_screen *s, struct id *out, struct err *e)
{
	struct arena a = { 0 };
	char team[ID_TEXT];
	id_print(&s->team, team);
	const char *const key[] = { "team", team, NULL };
	struct save *v = save_begin(app->store, &a, e); // never committed
	bool good = v && save_new(v, "charter", key, out, e);
	arena_free(&a);
	return good;
}

bool diagram_edit_text(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct driver_node *n = diagram_focus(s);
	if (strlen(n->text) >= LINE_MOST || strpbrk(n->text, "\n\t")) // does not go into one line
		return app->open->form(app,
		    n->level == DRIVER_AIM    ? "team"
		    : n->level == DRIVER_IDEA ? "idea"
					      : "driver",
		    &n->id, NULL, e);
	if (!diagram_edit_can_write(app, e))
		return false;
	struct id draft = n->id;
	if (n->level == DRIVER_AIM && !diagram_edit_charter_id(app, s, &draft, e))
		return false;
	diagram_edit_begin(s, ENTRY_TEXT, n->text, draft);
	diagram_edit_begin_saw(app, s, n->text);
	return true;
}

static bool diagram_edit_begin_new(
    struct app *app, struct diagram_screen *s, struct new_box box, struct err *e)
{
	if (!diagram_edit_can_write(app, e))
		return false;
	s->box = box;
	diagram_edit_begin(s, ENTRY_NEW, "", id_random(app->env));
	app_say(app,
	    "Tab goes on to the next one; on an empty line → is a step deeper, ← a step back.");
	return true;
}

// What feeds a primary driver: a secondary one, unless its boxes are all change ideas (a key driver
// diagram has no secondary level).
static enum driver_level diagram_edit_level_below(const struct diagram_screen *s, size_t node)
{
	const struct driver_node *n = &s->d.node[node];
	bool ideas = n->child_count > 0;
	for (size_t i = 0; i < n->child_count; i++)
		ideas = ideas && s->d.node[n->children[i].node].level == DRIVER_IDEA;
	return n->level == DRIVER_PRIMARY && ideas ? DRIVER_IDEA
						   : (enum driver_level)(n->level + 1);
}

bool diagram_new_child(struct app *app, struct diagram_screen *s, struct err *e)
{
	size_t node = s->g.place[s->at].node;
	if (s->d.node[node].level == DRIVER_IDEA) {
		app_say(app, "Nothing feeds a change idea: it is tested. p opens its PDSA cycles.");
		return true;
	}
	return diagram_edit_begin_new(app, s,
	    (struct new_box){
		.parent = s->d.node[node].id, .level = diagram_edit_level_below(s, node) },
	    e);
}

bool diagram_new_idea(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct diagram_place *p = &s->g.place[s->at];
	if (s->d.node[p->node].level == DRIVER_IDEA)
		return diagram_new_sibling(app, s, e);
	return diagram_edit_begin_new(
	    app, s, (struct new_box){ .parent = diagram_focus(s)->id, .level = DRIVER_IDEA }, e);
}

bool diagram_new_sibling(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct diagram_place *p = &s->g.place[s->at];
	if (p->node == 0)
		return diagram_new_child(app, s, e);
	struct new_box box = { .level = s->d.node[p->node].level };
	if (p->parent != DRIVER_NONE)
		box.parent = s->d.node[s->g.place[p->parent].node].id;
	if (!p->reference)
		box.after = s->d.node[p->node].id;
	return diagram_edit_begin_new(app, s, box, e);
}

// --- ending

static void diagram_edit_drop_draft(struct app *app, const struct diagram_screen *s)
{
	draft_drop(app->store, &s->draft, diagram_edit_field_of(s), NULL);
}

static bool diagram_edit_is_blank(const char *text)
{
	return text[strspn(text, " ")] == '\0';
}

// Saves what is typed, where anything was, and closes the field.
static bool diagram_edit_finish(struct app *app, struct diagram_screen *s, struct err *e)
{
	struct id id;
	enum entry entry = s->entry;
	bool nothing = entry == ENTRY_NEW ? diagram_edit_is_blank(s->line.text)
					  : str_equal(s->line.text, s->before);
	if (entry == ENTRY_NONE)
		return true;
	if (!nothing && entry == ENTRY_TEXT &&
	    !diagram_save_text(app, s, &s->edited, s->line.text, e))
		return false;
	if (!nothing && entry == ENTRY_NEW &&
	    !diagram_save_new(app, s, &s->box, s->line.text, &id, e))
		return false;
	diagram_edit_drop_draft(app, s);
	if (!nothing && entry == ENTRY_TEXT && s->knows)
		app_crossed(app, &s->draft, diagram_edit_field_of(s),
		    diagram_edit_is_aim(s) ? "the aim" : diagram_focus(s)->code, &s->saw);
	s->entry = ENTRY_NONE;
	return true;
}

bool diagram_leave(struct app *app, struct screen *screen, struct err *e)
{
	return diagram_edit_finish(app, (struct diagram_screen *)screen, e);
}

void diagram_keep(struct app *app, struct screen *screen)
{
	struct diagram_screen *s = (struct diagram_screen *)screen;
	bool aim = diagram_edit_is_aim(s), whole = s->entry == ENTRY_TEXT && !aim;
	bool idea = s->entry == ENTRY_NEW ? s->box.level == DRIVER_IDEA
					  : diagram_focus(s)->level == DRIVER_IDEA;
	char refs[ID_TEXT + 5] = "team=";
	id_print(&s->team, refs + 5);
	struct draft d = { .id = s->draft,
		.kind = aim    ? "charter"
			: idea ? "idea"
			       : "driver",
		.field = diagram_edit_field_of(s),
		.text = s->line.text,
		.at = app->env->now(app->env->world),
		.refs = whole ? "" : refs };
	struct arena a = { 0 };
	if (s->entry == ENTRY_TEXT && s->knows)
		d.saw = saw_print(&a, &s->saw, d.field);
	if (s->entry != ENTRY_NONE && !str_equal(s->line.text, s->before))
		draft_keep(app->store, &d, NULL);
	arena_free(&a);
}

// --- keys

static bool diagram_edit_line_took(struct app *app, struct diagram_screen *s, const struct key *key)
{
	size_t before = s->line.length;
	if (!line_key(&s->line, key))
		return false;
	if (s->line.length == before && key->type == PRESS_PASTE && key->paste_length)
		app_say(app, "That is too long for one line; e opens the whole form.");
	diagram_keep(app, &s->screen);
	return true;
}

// As in an outline: on an empty line Right goes a step deeper, below the box before, and Left a
// step back up.
static bool diagram_edit_indent(struct diagram_screen *s)
{
	size_t node = id_zero(&s->box.after) ? DRIVER_NONE : driver_find(&s->d, &s->box.after);
	if (node == DRIVER_NONE || s->d.node[node].level >= DRIVER_IDEA)
		return false;
	s->box = (struct new_box){ .parent = s->d.node[node].id,
		.level = diagram_edit_level_below(s, node) };
	return true;
}

static bool diagram_edit_outdent(struct diagram_screen *s)
{
	size_t node = id_zero(&s->box.parent) ? 0 : driver_find(&s->d, &s->box.parent);
	if (node == 0 || node == DRIVER_NONE)
		return false;
	size_t home = s->g.order.home[node];
	s->box = (struct new_box){ .level = s->d.node[node].level, .after = s->d.node[node].id };
	if (home != DRIVER_NONE)
		s->box.parent = s->d.node[home].id;
	return true;
}

static bool diagram_edit_changed_step(struct diagram_screen *s, const struct key *key)
{
	bool side =
	    key->type == PRESS_SPECIAL && (key->special == K_RIGHT || key->special == K_LEFT);
	if (!side || s->entry != ENTRY_NEW || s->line.length)
		return false;
	return key->special == K_RIGHT ? diagram_edit_indent(s) : diagram_edit_outdent(s);
}

bool diagram_key(struct app *app, struct screen *screen, const struct key *key)
{
	struct diagram_screen *s = (struct diagram_screen *)screen;
	struct err e = { 0 };
	bool tab = key->type == PRESS_SPECIAL && key->special == K_TAB;
	bool end = key->type == PRESS_SPECIAL && (key->special == K_ENTER || key->special == K_ESC);
	if (diagram_edit_changed_step(s, key) || diagram_edit_line_took(app, s, key))
		return true;
	if (!tab && !end)
		return key->type == PRESS_SPECIAL &&
		       (key->special == K_UP || key->special == K_DOWN);
	bool empty = s->entry == ENTRY_NEW && diagram_edit_is_blank(s->line.text);
	bool saved = diagram_edit_finish(app, s, &e);
	if (!saved && key->special == K_ESC) { // nobody is held in a field: the draft is kept
		diagram_keep(app, screen);
		s->entry = ENTRY_NONE;
	}
	if (!saved || (tab && !empty && !diagram_new_sibling(app, s, &e)))
		app_fail(app, &e);
	return true;
}

// --- drawing

static const char *diagram_edit_label(struct app *app, const struct diagram_screen *s)
{
	static const char *const NAME[] = { "aim", "primary driver", "secondary driver",
		"change idea" };
	if (s->entry == ENTRY_TEXT)
		return arena_printf(&app->frame, "%s ", diagram_focus(s)->code);
	return arena_printf(&app->frame, "new %s: ", NAME[s->box.level]);
}

static int diagram_edit_clamp(int value, int low, int high)
{
	return value > high ? high : value < low ? low : value;
}

void diagram_draw_entry(struct app *app, struct diagram_screen *s, struct area body)
{
	const struct diagram_place *p = &s->g.place[s->at];
	const char *says = diagram_edit_label(app, s);
	bool below = s->entry == ENTRY_NEW;
	int row = p->y - s->top + (below ? p->rows : 0);
	int col =
	    (below && s->g.w[s->box.level] && s->density != DIAGRAM_BRANCH ? s->g.x[s->box.level]
									   : p->x) -
	    s->left;
	if (!says)
		return;
	int name = term_width(app->term, says);
	row = body.row + diagram_edit_clamp(row, 0, body.rows - 1);
	col = body.col + diagram_edit_clamp(col, 1, body.cols - name - ENTRY_LEAST - 1);
	int width = diagram_edit_clamp(body.col + body.cols - col - name - 1, 1, ENTRY_MOST);
	term_printf(
	    app->term, row, col - 1, name + width + 2, ROLE_TEXT, "%*s", name + width + 2, "");
	term_put(app->term, row, col - 1, 1, ROLE_SELECTED, ">");
	term_put(app->term, row, col, name, ROLE_LABEL, says);
	line_draw(&s->line, app->term, row, col + name, width);
}
