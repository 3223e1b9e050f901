// SPDX-License-Identifier: MIT
// Transcripts: a text file of commands and what they print, run in a folder and a world of its own.
//
//   $ plando add w.plando team name='Hubs'
//   #1
//   $ plando get w.plando nobody
//   plando: there is no record called "nobody"; …
//   [exit 66]
//
// Words are split as a shell does it ('…', "…", $'\n\x1b'); `< FILE` and `> FILE` at the end
// redirect. Besides plando there are a few commands for the stage: see stage[] in transcript.c.
// What differs from run to run is numbered in the order of its appearance, in the expected text and
// in commands alike: ids #1, elements of lists %1, changes @1, states =1 (equal states, equal
// number). Everything printed under --json must be valid JSON. UPDATE=1 rewrites the files.
#ifndef TESTS_CLI_TRANSCRIPT_H
#define TESTS_CLI_TRANSCRIPT_H

#include <stdbool.h>
#include <stddef.h>

// Runs the transcript at `path`; fails the test with the first line that differs.
void transcript_run(const char *path);

// One JSON document of valid UTF-8 without raw control characters, and nothing after it.
bool json_sound(const char *text, size_t n);

#endif
