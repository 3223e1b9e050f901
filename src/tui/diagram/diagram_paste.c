// SPDX-License-Identifier: MIT
// A pasted outline becomes boxes: shown first, made in one save.
#include "tui/diagram/diagram_screen.h"

#include "tui/loop/pick.h"

#include <plando/driver_plan.h>
#include <plando/str.h>

#include <string.h>

static bool diagram_paste_read_plan(
    struct diagram_screen *s, struct arena *a, struct driver_plan *plan, struct err *e)
{
	size_t under = driver_find(&s->d, &s->paste_under);
	if (under == DRIVER_NONE)
		return err_set(e, ERR_NOINPUT, "the box that it was pasted under is gone");
	return plan_outline(a, &s->d, under, s->pasted, strlen(s->pasted), plan, e);
}

static void diagram_paste_pasted(struct app *app, void *context, const struct pick_item *item)
{
	struct diagram_making m;
	struct driver_plan plan = { 0 };
	struct err e = { 0 };
	struct id first, under;
	struct diagram_screen *s = diagram_on_top(app, context);
	if (!item || !s)
		return;
	under = s->paste_under;
	bool good = making_begin(&m, app, s, &e) && diagram_paste_read_plan(s, &m.a, &plan, &e) &&
		    plan_save(m.v, app->store, &m.a, &s->d, &plan, &first, &e);
	size_t count = good ? plan.count : 0;
	if (making_end(&m, good, &first, &under, &e))
		app_say(
		    app, "%zu box%s made; u takes all of it back.", count, count == 1 ? "" : "es");
	else
		app_fail(app, &e);
}

// Each box as it will stand, further to the right the farther from the aim.
static bool diagram_paste_show_plan(
    struct screen *pick, const struct driver_plan *plan, struct err *e)
{
	static const char *const NAME[DRIVER_LEVELS] = { NULL, "primary driver", "secondary driver",
		"change idea" };
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_item *p = &plan->item[i];
		const char *text =
		    arena_printf(&pick->arena, "%*s%s", 3 * ((int)p->level - 1), "", p->text);
		const char *note = p->feeds && p->feed[0].weak
				       ? arena_printf(&pick->arena, "%s, weak", NAME[p->level])
				       : NAME[p->level];
		if (!text || !note)
			return err_memory(e);
		if (!pick_add(pick, (struct pick_item){ .text = text, .note = note }, e))
			return false;
	}
	return true;
}

static bool diagram_paste_offer(struct app *app, struct diagram_screen *s, struct err *e)
{
	struct driver_plan plan = { 0 };
	struct arena a = { 0 };
	struct screen *pick = NULL;
	bool good = diagram_paste_read_plan(s, &a, &plan, e);
	const char *words = good ? plan_words(&a, &plan) : NULL;
	if (words) {
		pick = pick_new("", diagram_paste_pasted, s, e);
		const char *title =
		    pick ? arena_printf(&pick->arena, "Enter makes %s; Esc makes nothing", words)
			 : NULL;
		good = title && diagram_paste_show_plan(pick, &plan, e);
		if (title)
			pick_title_set(pick, title);
	}
	arena_free(&a);
	if (good && pick)
		return app_push(app, pick, e);
	if (pick)
		screen_free(pick);
	return false;
}

bool diagram_paste(
    struct app *app, struct screen *screen, const char *text, size_t n, struct err *e)
{
	struct diagram_screen *s = (struct diagram_screen *)screen;
	const struct driver_node *under = diagram_focus(s);
	if (under->level == DRIVER_IDEA) {
		app_say(app,
		    "Nothing feeds a change idea: go to the driver that the outline should "
		    "stand under, and paste it there.");
		return true;
	}
	if (diagram_is_past(app, s))
		return true;
	if (!store_writable(app->store, e))
		return false;
	arena_free(&s->paste);
	s->pasted = arena_copy(&s->paste, text, n);
	s->paste_under = under->id;
	return s->pasted ? diagram_paste_offer(app, s, e) : err_memory(e);
}
