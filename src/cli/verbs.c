// SPDX-License-Identifier: MIT
// The commands, in the order of the contract (design/cli.md).
#include "cli/verbs.h"

#include <plando/str.h>

const struct verb verbs[] = {
	{ "help", "[COMMAND]", "man completion", 0, 1, "says how plando, or one command, is used",
	    NULL, verb_help },
	{ NULL },
};

const struct verb *verb_find(const char *name)
{
	for (const struct verb *v = verbs; v->name; v++)
		if (str_equal(v->name, name))
			return v;
	return NULL;
}
