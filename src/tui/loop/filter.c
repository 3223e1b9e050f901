// SPDX-License-Identifier: MIT
#include "tui/loop/filter.h"

#include "tui/screens/screens.h"

#include <plando/str.h>

#include <string.h>

bool filter_holds(struct arena *a, const char *text, const char *folded)
{
	const char *in = text_fold(a, text);
	if (!in)
		return false;
	while (*folded) {
		size_t n = strcspn(folded, " ");
		if (!memmem(in, strlen(in), folded, n))
			return false;
		folded += n + strspn(folded + n, " ");
	}
	return true;
}

static struct list *filter_list_of(struct screen *s)
{
	return s->ops->list && s->ops->row_text ? s->ops->list(s) : NULL;
}

// --- which rows

static bool filter_row_fits(struct app *app, struct screen *s, const char *folded, size_t i)
{
	struct arena *a = &app->frame;
	struct arena_mark mark = arena_mark(a);
	const char *text = s->ops->row_text(app, s, i);
	bool fits = text && filter_holds(a, text, folded);
	arena_release(a, mark);
	return fits;
}

static bool filter_room_made(struct screen *s, size_t count)
{
	struct filter *f = &s->filter;
	if (f->map && f->cap > count)
		return true;
	f->cap = 2 * count + 1;
	f->map = arena_array(&s->arena, f->cap, sizeof *f->map);
	return f->map != NULL;
}

static void filter_rows_sift(struct app *app, struct screen *s, struct list *l, const char *folded)
{
	struct filter *f = &s->filter;
	size_t kept = 0, head = l->count;
	f->fits = f->all = 0;
	for (size_t i = 0; i < l->count; i++) {
		if (l->heading && l->heading(l->context, i)) {
			head = i;
			continue;
		}
		f->all++;
		if (!filter_row_fits(app, s, folded, i))
			continue;
		if (head < i)
			f->map[kept++] = head;
		head = l->count;
		f->map[kept++] = i;
		f->fits++;
	}
	list_filter(l, f->map, kept);
}

void filter_settle(struct app *app, struct screen *s)
{
	struct filter *f = &s->filter;
	struct list *l = filter_list_of(s);
	bool wanted = f->line.length > 0;
	if (!l || (wanted == (l->map != NULL) && !f->stale))
		return;
	f->stale = false;
	if (l->at < l->count)
		f->home = l->at;
	const char *folded = wanted ? text_fold(&app->frame, f->line.text) : NULL;
	if (folded && filter_room_made(s, l->count))
		filter_rows_sift(app, s, l, folded);
	else
		list_filter(l, NULL, 0);
	if (!l->map && l->at >= l->count)
		list_select(l, f->home);
}

// --- typing

bool filter_open(const struct screen *s)
{
	return s->filter.open;
}

bool filter_on(const struct screen *s)
{
	return s->filter.open || s->filter.line.length > 0;
}

void filter_ask(struct app *app)
{
	struct screen *s = app_top(app);
	if (filter_list_of(s))
		s->filter.open = true;
	else
		app_say(app, "There is no list here to narrow.");
}

void filter_clear(struct app *app)
{
	struct filter *f = &app_top(app)->filter;
	line_set(&f->line, "");
	f->open = false;
	f->stale = true;
	filter_settle(app, app_top(app));
}

static bool filter_is_special(const struct key *key, enum special special)
{
	return key->type == PRESS_SPECIAL && key->special == special;
}

// What goes on while one types, though the line knows some of its keys too.
static bool filter_moves(enum action action)
{
	return action == ACT_UP || action == ACT_DOWN || action == ACT_PAGE_UP ||
	       action == ACT_PAGE_DOWN || action == ACT_SEARCH;
}

void filter_key(struct app *app, const struct key *key)
{
	struct screen *s = app_top(app);
	struct filter *f = &s->filter;
	const struct action_row *row =
	    key->type == PRESS_SPECIAL ? action_for_key(s->ops->on, key) : NULL;
	bool typing = !row || !filter_moves(row->id);
	if (filter_is_special(key, K_ESC))
		filter_clear(app);
	else if (filter_is_special(key, K_ENTER) || filter_is_special(key, K_TAB))
		f->open = false;
	else if (typing && line_key(&f->line, key))
		f->stale = true;
	else if (row)
		app_act(app, row->id);
}

// --- drawing

void filter_draw(struct app *app, int row, int cols)
{
	struct filter *f = &app_top(app)->filter;
	struct list *l = filter_list_of(app_top(app));
	const char *count = arena_printf(&app->frame, "%zu of %zu", f->fits, f->all);
	int used = term_put(app->term, row, 1, cols - 2, ROLE_LABEL, "Filter: ");
	int end = cols - 1;
	if (f->line.length && count)
		end =
		    term_put_right(app->term, row, cols / 2, cols - cols / 2 - 1, ROLE_DIM, count);
	if (f->open || (l && list_empty(l)))
		line_draw(&f->line, app->term, row, 1 + used, end - used - 3);
	else
		term_put(app->term, row, 1 + used, end - used - 3, ROLE_FIELD, f->line.text);
}
