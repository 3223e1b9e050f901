// SPDX-License-Identifier: MIT
#include "tui/copies/who.h"

#include <plando/str.h>

static void who_answered(struct app *app, void *context, const char *answer)
{
	struct err e = { 0 };
	(void)context;
	if (!answer) {
		app_say(app,
		    "What you write stands there as %s; the palette's “Who I am” changes it.",
		    app->env->author);
		return;
	}
	if (!str_equal(answer, app->env->author) || app->env->author_guessed) {
		if (!env_author_put(app->self, answer, &e) && e.code == ERR_USAGE) {
			app_fail(app, &e);
			return;
		}
		if (app->store)
			store_begin_anew(app->store); // what follows is by somebody else
	}
	app_say(app, "What you write stands there as %s.", app->env->author);
}

void who_ask(struct app *app)
{
	app->who_due = false;
	app_ask(app, "Your name, as colleagues know it:", app->env->author, who_answered, NULL);
}
