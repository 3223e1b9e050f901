// SPDX-License-Identifier: MIT
// `plando [FILE]`: the app.
#include "cli/verbs.h"
#include "tui/tui.h"

bool verb_app(struct cli *c, const char *path, struct err *e)
{
	struct app_start start = { .file = path, .ascii = option_given(c, "ascii") };
	return app_run(&start, &c->env, e) == ERR_NONE;
}
