// SPDX-License-Identifier: MIT
// `plando [FILE]`: the app.
#include "cli/verbs.h"

bool verb_app(struct cli *c, const char *path, struct err *e)
{
	(void)c;
	return err_set(e, ERR_UNAVAILABLE,
	    "%s: the screen is not in this build; plando --help lists what is",
	    path ? path : "plando");
}
