// SPDX-License-Identifier: MIT
// What a box of the driver diagram feeds: one more link, one less, how strong, or carried to
// another box. Each is one save.
#include "tui/diagram/diagram_screen.h"

#include "tui/loop/pick.h"

#include <plando/str.h>

#include <string.h>

struct diagram_screen *diagram_on_top(struct app *app, void *context)
{
	return (struct screen *)context == app_top(app) ? context : NULL;
}

static void diagram_links_linked(struct app *app, void *context, const struct pick_item *item)
{
	struct diagram_making m;
	struct err e = { 0 };
	struct diagram_screen *s = diagram_on_top(app, context);
	if (!item || !s)
		return;
	struct id from = s->edited, to = item->id;
	bool good = making_begin(&m, app, s, &e) && making_link(&m, &from, &to, &e);
	if (making_end(&m, good, NULL, NULL, &e))
		app_say(app, "Linked; u undoes.");
	else
		app_fail(app, &e);
}

static bool diagram_links_is_parent(const struct driver_node *n, size_t node)
{
	for (size_t i = 0; i < n->parent_count; i++)
		if (n->parents[i].node == node)
			return true;
	return false;
}

static bool diagram_links_offer(struct screen *pick, const struct driver_node *n, struct err *e)
{
	const char *text = arena_printf(&pick->arena, "%s %s", n->code, n->text);
	const char *note = driver_level_name(n->level);
	return text ? pick_add(pick, (struct pick_item){ text, note, 0, n->id }, e) : err_memory(e);
}

bool diagram_link(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct driver_node *n = diagram_focus(s);
	size_t count = 0;
	struct screen *pick = pick_new("Link it to", diagram_links_linked, s, e);
	s->edited = n->id;
	bool good = pick != NULL;
	for (size_t i = 0; good && i < s->d.count; i++) {
		const struct driver_node *to = &s->d.node[i];
		if (to->archived || to->level >= n->level || diagram_links_is_parent(n, i))
			continue;
		good = diagram_links_offer(pick, to, e);
		count++;
	}
	if (good && count)
		return app_push(app, pick, e);
	if (pick)
		screen_free(pick);
	if (good)
		app_say(app, n->level == DRIVER_AIM ? "The aim feeds nothing; all feeds the aim."
						    : "It is linked to all that it can feed.");
	return good;
}

static bool drop_link(
    struct diagram_making *m, const struct id *from, const struct id *to, struct err *e)
{
	struct records links;
	struct id other;
	if (!record_list_by(m->app->store, &m->a, "link", "from", from, &links, e))
		return false;
	for (size_t i = 0; i < links.count; i++)
		if (record_ref(&links.item[i], "to", &other) && id_equal(&other, to))
			return save_delete(m->v, &links.item[i].id, e);
	return err_set(e, ERR_NOINPUT, "this link is not there any more");
}

static void diagram_links_unlinked(struct app *app, void *context, const struct pick_item *item)
{
	struct diagram_making m;
	struct err e = { 0 };
	struct diagram_screen *s = diagram_on_top(app, context);
	if (!item || !s)
		return;
	struct id from = s->edited, to = item->id;
	bool good = making_begin(&m, app, s, &e) && drop_link(&m, &from, &to, &e);
	if (making_end(&m, good, NULL, NULL, &e))
		app_say(app, "The link is taken away; u undoes.");
	else
		app_fail(app, &e);
}

bool diagram_unlink(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct driver_node *n = diagram_focus(s);
	if (n->parent_count == 0) {
		app_say(app, "It feeds nothing; there is no link to take away.");
		return true;
	}
	struct screen *pick = pick_new("Take away which link", diagram_links_unlinked, s, e);
	s->edited = n->id;
	bool good = pick != NULL;
	for (size_t i = 0; good && i < n->parent_count; i++)
		good = diagram_links_offer(pick, &s->d.node[n->parents[i].node], e);
	if (good)
		return app_push(app, pick, e);
	if (pick)
		screen_free(pick);
	return false;
}

// --- how strong

// The link from the focus to the box above it; its record in the arena of the save.
static bool find_link(struct diagram_making *m, const struct id *from, const struct id *to,
    struct record *out, struct err *e)
{
	struct records links;
	struct id other;
	if (!record_list_by(m->app->store, &m->a, "link", "from", from, &links, e))
		return false;
	for (size_t i = 0; i < links.count; i++)
		if (record_ref(&links.item[i], "to", &other) && id_equal(&other, to)) {
			*out = links.item[i];
			return true;
		}
	return err_set(e, ERR_NOINPUT, "this link is not there any more");
}

bool diagram_strength(struct app *app, struct diagram_screen *s, struct err *e)
{
	struct diagram_making m;
	struct record link;
	const struct diagram_place *p = &s->g.place[s->at];
	if (p->parent == DRIVER_NONE) {
		app_say(app, "It feeds nothing yet; L links it.");
		return true;
	}
	struct id from = diagram_focus(s)->id, to = s->d.node[s->g.place[p->parent].node].id;
	bool weak = p->weak;
	bool good = making_begin(&m, app, s, e) && find_link(&m, &from, &to, &link, e) &&
		    save_cell(m.v, &link.id, "link", "strength", weak ? "" : "weak", e);
	if (!making_end(&m, good, &from, &to, e))
		return false;
	app_say(app, weak ? "The link is a strong one now; u undoes."
			  : "The link is a weak one now, drawn dashed; u undoes.");
	return true;
}

// --- carried to another box

bool diagram_carry(struct app *app, struct diagram_screen *s, struct err *e)
{
	const struct diagram_place *p = &s->g.place[s->at];
	if (s->carrying)
		return diagram_drop(app, s, e);
	if (p->node == 0) {
		app_say(app, "The aim stays where it is.");
		return true;
	}
	if (!store_writable(app->store, e))
		return false;
	s->carrying = true;
	s->carried = diagram_focus(s)->id;
	s->carried_from = (struct id){ { 0 } };
	if (p->parent != DRIVER_NONE)
		s->carried_from = s->d.node[s->g.place[p->parent].node].id;
	app_say(app, "Go to the box that it should feed, then Enter; Esc leaves it where it is.");
	return p->parent == DRIVER_NONE ? true : diagram_view_go(app, s, p->parent, e);
}

void diagram_carry_end(struct diagram_screen *s)
{
	s->carrying = false;
}

static bool diagram_links_may_drop(
    struct app *app, const struct diagram_screen *s, size_t node, size_t onto)
{
	const struct driver_node *n = &s->d.node[node], *to = &s->d.node[onto];
	if (to->level < n->level && !id_equal(&to->id, &s->carried_from))
		return true;
	app_say(app, "%s",
	    to->level < n->level
		? "It is there already; go to another box, or Esc."
		: "It can only feed what is nearer the aim; go further left, or Esc.");
	return false;
}

static bool diagram_links_save_weak(
    struct diagram_making *m, const struct id *from, const struct id *to, struct err *e)
{
	char from_text[ID_TEXT], to_text[ID_TEXT];
	struct id id;
	id_print(from, from_text);
	id_print(to, to_text);
	const char *const key[] = { "from", from_text, "to", to_text, NULL };
	return save_new(m->v, "link", key, &id, e) &&
	       save_cell(m->v, &id, "link", "strength", "weak", e);
}

// Out of one link, into another, behind those that stand there.
static bool diagram_links_save_carried(
    struct diagram_making *m, size_t node, size_t onto, bool weak, struct err *e)
{
	const struct driver_node *n = &m->s->d.node[node], *to = &m->s->d.node[onto];
	const char *kind = diagram_kind(n->level);
	const char *key = making_last_key(m, onto, n->level, node, e);
	bool good = key && save_cell(m->v, &n->id, kind, "position", key, e);
	if (good && !id_zero(&m->s->carried_from))
		good = drop_link(m, &n->id, &m->s->carried_from, e);
	return good && (diagram_links_is_parent(n, onto) || making_link(m, &n->id, &to->id, e)) &&
	       (!weak || diagram_links_save_weak(m, &n->id, &to->id, e));
}

bool diagram_drop(struct app *app, struct diagram_screen *s, struct err *e)
{
	struct diagram_making m;
	size_t node = driver_find(&s->d, &s->carried), onto = s->g.place[s->at].node;
	if (node == DRIVER_NONE) {
		s->carrying = false;
		return err_set(e, ERR_NOINPUT, "the box that you carry was deleted meanwhile");
	}
	if (!diagram_links_may_drop(app, s, node, onto))
		return true;
	bool weak = false;
	for (size_t i = 0; i < s->d.node[node].parent_count; i++) {
		const struct driver_edge *edge = &s->d.node[node].parents[i];
		weak =
		    weak || (edge->weak && id_equal(&s->d.node[edge->node].id, &s->carried_from));
	}
	struct id carried = s->carried, to = s->d.node[onto].id;
	const char *code = arena_printf(&app->frame, "%s", s->d.node[onto].code);
	bool good =
	    making_begin(&m, app, s, e) && diagram_links_save_carried(&m, node, onto, weak, e);
	s->carrying = false;
	if (!making_end(&m, good, &carried, &to, e))
		return false;
	app_say(app, "It feeds %s now; u undoes.", onto == 0 ? "the aim" : code ? code : "");
	return true;
}
