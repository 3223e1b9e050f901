// SPDX-License-Identifier: MIT
// What is done to a driver diagram, each as one save: so one `u` takes it back.
#include "tui/diagram/diagram_screen.h"

#include <plando/aim.h>
#include <plando/board.h>
#include <plando/str.h>

#include <string.h>

const char *diagram_kind(enum driver_level level)
{
	return level == DRIVER_IDEA ? "idea" : "driver";
}

bool making_begin(
    struct diagram_making *m, struct app *app, struct diagram_screen *s, struct err *e)
{
	*m = (struct diagram_making){ .app = app, .s = s };
	m->v = save_begin(app->store, &m->a, e);
	return m->v != NULL;
}

// Saves it where all went well so far; the focus goes to `focus` (NULL: stays).
bool making_end(struct diagram_making *m, bool good, const struct id *focus, const struct id *above,
    struct err *e)
{
	good = good && save_commit(m->v, NULL, e);
	if (good)
		app_saved(m->app);
	arena_free(&m->a);
	return good && diagram_reload(m->app, m->s, focus, above, e);
}

static bool diagram_save_gone(struct err *e)
{
	return err_set(
	    e, ERR_NOINPUT, "this box was deleted meanwhile; your text is kept as a draft");
}

// When its text was begun.
static bool diagram_save_saw(struct diagram_making *m, const struct id *id, struct err *e)
{
	return !m->s->knows || save_saw(m->v, id, &m->s->saw, e);
}

// The four-part aim of the charter is what board and team show; the box has words of its own. Where
// they are two, that is said.
static void diagram_save_aim_told(struct app *app, struct diagram_screen *s, const char *text)
{
	struct aim aim;
	struct err ignored = { 0 };
	if (aim_read(app->store, &app->frame, &s->team, &aim, &ignored) && aim.what &&
	    !str_equal(aim.line, text))
		app_say(app,
		    "Saved here. Board and team go on saying the aim of the charter: “%.300s”; "
		    "e on the team changes it.",
		    aim.line);
}

bool diagram_save_text(struct app *app, struct diagram_screen *s, const struct id *box,
    const char *text, struct err *e)
{
	struct diagram_making m;
	char team[ID_TEXT];
	struct id id = *box;
	size_t node = driver_find(&s->d, box);
	if (node == DRIVER_NONE)
		return diagram_save_gone(e);
	if (!making_begin(&m, app, s, e))
		return making_end(&m, false, NULL, NULL, e);
	if (node) {
		const char *kind = diagram_kind(s->d.node[node].level);
		return making_end(&m,
		    save_field(m.v, &id, kind, "text", text, e) && diagram_save_saw(&m, &id, e),
		    NULL, NULL, e);
	}
	id_print(&s->team, team);
	const char *const key[] = { "team", team, NULL };
	bool good = save_new(m.v, "charter", key, &id, e) &&
		    save_field(m.v, &id, "charter", "aim_text", text, e) &&
		    diagram_save_saw(&m, &id, e);
	if (!making_end(&m, good, NULL, NULL, e))
		return false;
	diagram_save_aim_told(app, s, text);
	return true;
}

// --- order among siblings

struct siblings { // in their order; without the one that moves
	size_t *node;
	size_t count;
};

// As they are drawn: under one box, of one level.
static bool diagram_save_siblings_of(struct diagram_making *m, size_t parent,
    enum driver_level level, size_t without, struct siblings *out, struct err *e)
{
	const struct driver_order *order = &m->s->g.order;
	*out = (struct siblings){ .node = arena_array(&m->a, m->s->d.count, sizeof *out->node) };
	if (!out->node)
		return err_memory(e);
	for (size_t i = 0; i < order->count[level]; i++) {
		size_t node = order->node[level][i];
		if (node != without && order->home[node] == parent)
			out->node[out->count++] = node;
	}
	return true;
}

static size_t diagram_save_index_of(const struct siblings *all, size_t node)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->node[i] == node)
			return i;
	return all->count;
}

// The order key for what goes in at `at`. Siblings before it that have no key yet get theirs now.
static const char *diagram_save_key_at(
    struct diagram_making *m, const struct siblings *all, size_t at, struct err *e)
{
	const char *before = NULL;
	for (size_t i = 0; i < at; i++) {
		const struct driver_node *n = &m->s->d.node[all->node[i]];
		const char *own = n->position;
		if (str_empty(own)) {
			own = order_between(&m->a, m->app->env, before, NULL);
			if (!own ||
			    !save_cell(m->v, &n->id, diagram_kind(n->level), "position", own, e))
				return NULL;
		}
		before = own;
	}
	const char *after = at < all->count ? m->s->d.node[all->node[at]].position : NULL;
	const char *key = order_between(&m->a, m->app->env, before, after);
	if (!key)
		err_memory(e);
	return key;
}

static bool diagram_save_move_to(
    struct diagram_making *m, size_t node, const struct siblings *all, size_t at, struct err *e)
{
	const struct driver_node *n = &m->s->d.node[node];
	const char *key = diagram_save_key_at(m, all, at, e);
	return key && save_cell(m->v, &n->id, diagram_kind(n->level), "position", key, e);
}

static bool diagram_save_move_by(struct app *app, struct diagram_screen *s, int by, struct err *e)
{
	struct diagram_making m;
	struct siblings all;
	size_t node = s->g.place[s->at].node;
	const struct driver_node *n = &s->d.node[node];
	if (node == 0 || s->g.place[s->at].reference) {
		app_say(app, node ? "It stands elsewhere; Right goes there, to move it."
				  : "There is one aim; it has no neighbours.");
		return true;
	}
	bool good =
	    making_begin(&m, app, s, e) &&
	    diagram_save_siblings_of(&m, s->g.order.home[node], n->level, DRIVER_NONE, &all, e);
	size_t at = good ? diagram_save_index_of(&all, node) : 0;
	if (good && (by < 0 ? at == 0 : at + 1 >= all.count)) {
		app_say(app, by < 0 ? "It is the first here." : "It is the last here.");
		arena_free(&m.a);
		return true;
	}
	good = good &&
	       diagram_save_siblings_of(&m, s->g.order.home[node], n->level, node, &all, e) &&
	       diagram_save_move_to(&m, node, &all, by < 0 ? at - 1 : at + 1, e);
	return making_end(&m, good, NULL, NULL, e);
}

bool diagram_move_up(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_save_move_by(app, s, -1, e);
}

bool diagram_move_down(struct app *app, struct diagram_screen *s, struct err *e)
{
	return diagram_save_move_by(app, s, 1, e);
}

// --- boxes and links

bool making_link(
    struct diagram_making *m, const struct id *from, const struct id *to, struct err *e)
{
	char from_text[ID_TEXT], to_text[ID_TEXT];
	struct id id;
	id_print(from, from_text);
	id_print(to, to_text);
	const char *const key[] = { "from", from_text, "to", to_text, NULL };
	return save_new(m->v, "link", key, &id, e);
}

static bool diagram_save_add_box(struct diagram_making *m, const struct new_box *box,
    const char *text, struct id *id, struct err *e)
{
	size_t parent = DRIVER_NONE;
	if (!id_zero(&box->parent)) {
		parent = driver_find(&m->s->d, &box->parent);
		if (parent == DRIVER_NONE)
			return diagram_save_gone(e);
	}
	const char *kind = diagram_kind(box->level);
	char team[ID_TEXT];
	struct siblings all;
	id_print(&m->s->team, team);
	if (!diagram_save_siblings_of(m, parent, box->level, DRIVER_NONE, &all, e))
		return false;
	size_t at = id_zero(&box->after)
			? all.count
			: diagram_save_index_of(&all, driver_find(&m->s->d, &box->after)) + 1;
	const char *key = diagram_save_key_at(m, &all, at < all.count ? at : all.count, e);
	if (!key || !save_new(m->v, kind, NULL, id, e) ||
	    !save_cell(m->v, id, kind, "team", team, e) ||
	    !save_cell(m->v, id, kind, "position", key, e) ||
	    !save_field(m->v, id, kind, "text", text, e))
		return false;
	return box->level == DRIVER_IDEA ||
	       save_cell(m->v, id, kind, "type", driver_level_name(box->level), e);
}

bool diagram_save_new(struct app *app, struct diagram_screen *s, const struct new_box *box,
    const char *text, struct id *id, struct err *e)
{
	struct diagram_making m;
	bool linked = !id_zero(&box->parent);
	struct new_box as = *box; // may be the screen's own, which goes on
	bool good = making_begin(&m, app, s, e) && diagram_save_add_box(&m, &as, text, id, e) &&
		    (!linked || making_link(&m, id, &as.parent, e));
	return making_end(&m, good, id, linked ? &as.parent : NULL, e);
}

const char *making_last_key(
    struct diagram_making *m, size_t parent, enum driver_level level, size_t without, struct err *e)
{
	struct siblings all;
	return diagram_save_siblings_of(m, parent, level, without, &all, e)
		   ? diagram_save_key_at(m, &all, all.count, e)
		   : NULL;
}
