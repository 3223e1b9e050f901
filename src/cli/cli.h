// SPDX-License-Identifier: MIT
// The command line: verbs[] and one file a family of verbs. docs/command-line.md shows them.
#ifndef PLANDO_CLI_CLI_H
#define PLANDO_CLI_CLI_H

#include <plando/env.h>

#include <stdio.h>

// Runs one command; returns the exit status. Prints results to `out`, messages to `err`.
int cli_main(int argc, char **argv, FILE *in, FILE *out, FILE *err);

// The same in a given world (tests); env NULL = the real one.
int cli_run(const struct env *env, int argc, char **argv, FILE *in, FILE *out, FILE *err);

#endif
