// SPDX-License-Identifier: MIT
#include "tui/loop/pick.h"

#include "tui/loop/filter.h"

#include <plando/str.h>

#include <string.h>

struct pick {
	struct screen screen;
	const char *title, *empty;
	pick_fn chosen;
	void *context;
	struct pick_item *item;
	size_t count, cap;
	size_t fixed; // those that are there whatever is typed; the rest was found by the source
	pick_source_fn source;
	struct arena found; // texts of what the source found
	size_t *shown;	    // those that the typed words leave
	size_t room;	    // in shown
	struct list list;
	struct line line;
	bool finished; // Enter was pressed: close without "nothing chosen"
};

static void pick_narrow(struct pick *p)
{
	struct arena scratch = { 0 };
	const char *folded = text_fold(&scratch, p->line.text);
	size_t n = 0;
	for (size_t i = 0; i < p->count; i++) {
		struct arena_mark mark = arena_mark(&scratch);
		const char *text =
		    arena_printf(&scratch, "%s %s", p->item[i].text, p->item[i].note);
		if (i >= p->fixed || p->item[i].makes || !folded || !text ||
		    filter_holds(&scratch, text, folded))
			p->shown[n++] = i;
		arena_release(&scratch, mark);
	}
	list_set(&p->list, n);
	arena_free(&scratch);
}

static const char *pick_title(struct app *app, struct screen *s, struct arena *a)
{
	(void)app;
	(void)a;
	return ((struct pick *)s)->title;
}

// What the source finds for the words typed takes the place of what it found before.
static bool pick_look(struct app *app, struct pick *p, struct err *e)
{
	p->count = p->fixed;
	arena_free(&p->found);
	bool good = !p->source || !p->line.length || p->source(app, &p->screen, p->line.text, e);
	if (!good)
		p->count = p->fixed;
	if (p->count > p->room || !p->shown) {
		p->room = p->count + 1;
		p->shown = arena_array(&p->screen.arena, p->room, sizeof *p->shown);
	}
	if (!p->shown) {
		p->room = 0;
		list_set(&p->list, 0);
		return err_memory(e);
	}
	pick_narrow(p);
	return good;
}

static bool pick_load(struct app *app, struct screen *s, struct err *e)
{
	struct pick *p = (struct pick *)s;
	if (!p->shown)
		p->fixed = p->count;
	return pick_look(app, p, e);
}

static void pick_row_draw(void *context, struct term *t, size_t i, struct area row, bool selected)
{
	const struct pick *p = context;
	const struct pick_item *item = &p->item[p->shown[i]];
	int room = row.cols;
	if (!str_empty(item->note)) {
		int at = term_put_right(t, row.row, row.col + row.cols / 2, row.cols - row.cols / 2,
		    ROLE_DIM, item->note);
		room = at - row.col - 2;
	}
	enum role role = selected ? ROLE_SELECTED : ROLE_TEXT;
	if (item->makes && p->line.length)
		term_printf(t, row.row, row.col, room, role, "%s “%s”", item->text, p->line.text);
	else
		term_put(t, row.row, row.col, room, role, item->text);
}

static void pick_draw(struct app *app, struct screen *s, struct area area)
{
	struct pick *p = (struct pick *)s;
	struct area rows = { area.row + 2, area.col, area.rows - 2, area.cols };
	int used = term_put(app->term, area.row, 3, area.cols, ROLE_LABEL, "Find ");
	line_draw(&p->line, app->term, area.row, 3 + used, area.cols - used - 6);
	if (p->list.count == 0) {
		term_printf(app->term, rows.row, 3, area.cols - 4, ROLE_DIM,
		    p->count ? "Nothing here holds “%s”." : "There is nothing to choose from.",
		    p->line.text);
		return;
	}
	// After the line: the cursor follows the choice, which is what Enter would take.
	list_draw(&p->list, app->term, rows, pick_row_draw, p);
}

static bool pick_key(struct app *app, struct screen *s, const struct key *key)
{
	struct pick *p = (struct pick *)s;
	struct err e = { 0 };
	// Home and End belong to the list: a filter is short.
	if (key->type == PRESS_SPECIAL && (key->special == K_HOME || key->special == K_END))
		return list_move(&p->list, key->special == K_HOME ? ACT_FIRST : ACT_LAST);
	bool moves = key->type == PRESS_SPECIAL && action_for_key(ON_PICK, key);
	if (moves || !line_key(&p->line, key))
		return false;
	if (!pick_look(app, p, &e))
		app_fail(app, &e);
	list_select(&p->list, 0);
	return true;
}

static bool pick_typing(const struct screen *s)
{
	(void)s;
	return true;
}

static struct list *pick_list(struct screen *s)
{
	return &((struct pick *)s)->list;
}

// The picker goes first: what is chosen may open a screen in its place. What it held is copied, for
// its arena goes with it.
static void pick_finish(struct app *app, struct pick *p, const struct pick_item *item)
{
	struct arena kept = { 0 };
	struct pick_item chosen = item ? *item : (struct pick_item){ 0 };
	pick_fn fn = p->chosen;
	void *context = p->context;
	if (item)
		chosen.text = arena_strdup(&kept, item->makes ? p->line.text : item->text);
	chosen.note = NULL;
	app_pop(app);
	fn(app, context, item ? &chosen : NULL);
	arena_free(&kept);
}

static bool pick_act(struct app *app, struct screen *s, enum action action)
{
	struct pick *p = (struct pick *)s;
	if (action == ACT_OPEN && p->list.count)
		pick_finish(app, p, &p->item[p->shown[p->list.at]]);
	else if (action == ACT_BACK)
		pick_finish(app, p, NULL);
	return action == ACT_OPEN || action == ACT_BACK;
}

static void pick_close(struct screen *s)
{
	arena_free(&((struct pick *)s)->found);
}

static const struct screen_ops PICK = {
	.on = ON_PICK,
	.load = pick_load,
	.title = pick_title,
	.draw = pick_draw,
	.act = pick_act,
	.typing = pick_typing,
	.key = pick_key,
	.list = pick_list,
	.close = pick_close,
};

struct screen *pick_new(const char *title, pick_fn chosen, void *context, struct err *e)
{
	struct screen *s = screen_new(sizeof(struct pick), &PICK, e);
	if (!s)
		return NULL;
	struct pick *p = (struct pick *)s;
	p->title = arena_strdup(&s->arena, title);
	p->chosen = chosen;
	p->context = context;
	if (p->title)
		return s;
	err_memory(e);
	screen_free(s);
	return NULL;
}

void pick_title_set(struct screen *pick, const char *title)
{
	((struct pick *)pick)->title = title;
}

bool pick_add(struct screen *s, struct pick_item item, struct err *e)
{
	struct pick *p = (struct pick *)s;
	struct arena *texts =
	    p->shown ? &p->found : &s->arena; // shown: it is open, the source adds
	item.text = arena_strdup(texts, item.text);
	item.note = arena_strdup(texts, item.note ? item.note : "");
	if (!item.text || !item.note ||
	    !arena_grow(&s->arena, (void **)&p->item, p->count, &p->cap, sizeof *p->item))
		return err_memory(e);
	p->item[p->count++] = item;
	return true;
}

void pick_from(struct screen *s, pick_source_fn source)
{
	((struct pick *)s)->source = source;
}
