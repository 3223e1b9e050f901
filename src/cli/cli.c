// SPDX-License-Identifier: MIT
#include "cli/cli.h"

#include <plando/err.h>

#include <string.h>

int cli_main(int argc, char **argv, FILE *in, FILE *out, FILE *err)
{
	(void)in;
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		fprintf(out, "plando %s\n", PLANDO_VERSION);
		return ERR_NONE;
	}
	fprintf(err, "plando: no such command; try plando --version\n");
	return ERR_USAGE;
}
