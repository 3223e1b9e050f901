// SPDX-License-Identifier: MIT
// Who writes on this computer.
#include "cli/verbs.h"

bool verb_name(struct cli *c, struct err *e)
{
	if (c->words && !env_author_put(&c->env, c->word[0], e))
		return false;
	fprintf(c->out, "%s\n", cli_safe(c, c->env.author, false));
	if (c->env.author_guessed)
		cli_say(c, "the login's name; plando name NAME sets another for this computer");
	return true;
}
