// SPDX-License-Identifier: MIT
#include "tui/find.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

struct search {
	struct app *app;
	struct screen *screen;
	const char *folded;
};

bool find_holds(struct arena *a, const char *text, const char *folded)
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

static bool match(void *context, size_t i)
{
	struct search *s = context;
	struct arena *a = &s->app->frame;
	struct arena_mark mark = arena_mark(a);
	const char *text = s->screen->ops->row_text(s->app, s->screen, i);
	bool holds = text && find_holds(a, text, s->folded);
	arena_release(a, mark);
	return holds;
}

static void look(struct app *app, int dir)
{
	struct screen *screen = app_top(app);
	struct list *list = screen->ops->list ? screen->ops->list(screen) : NULL;
	if (!list || !screen->ops->row_text) {
		app_say(app, "There is no list to find in here.");
		return;
	}
	if (!*app->find) {
		app_say(app, "Nothing was looked for yet; / asks.");
		return;
	}
	struct search search = { app, screen, text_fold(&app->frame, app->find) };
	if (!search.folded || !list_find(list, dir, match, &search))
		app_say(app, "“%s” is not in this list.", app->find);
	else
		app_say(app, "Found “%s”; N the next, P the one before.", app->find);
}

static void asked(struct app *app, void *context, const char *answer)
{
	(void)context;
	if (str_empty(answer))
		return;
	snprintf(app->find, sizeof app->find, "%s", answer);
	look(app, 1);
}

void find_ask(struct app *app)
{
	app_ask(app, "Find", app->find, asked, NULL);
}

void find_next(struct app *app)
{
	look(app, 1);
}

void find_previous(struct app *app)
{
	look(app, -1);
}
