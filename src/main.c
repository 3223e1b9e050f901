// SPDX-License-Identifier: MIT
// Command line or app: sets the locale, opens the world outside, and holds the only exit.
#include "cli/cli.h"

#include <locale.h>

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	return cli_main(argc, argv, stdin, stdout, stderr);
}
