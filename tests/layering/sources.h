// SPDX-License-Identifier: MIT
// The source tree as tests read it: every .c and .h file with its text, and lines one by one.
// Rules about the tree are functions of one file that add a line to `faults` for each breach.
#ifndef PLANDO_TESTS_SOURCES_H
#define PLANDO_TESTS_SOURCES_H

#include <plando/str.h>

#include <stdbool.h>

struct source {
	const char *path; // from the top of the tree: "src/base/str.c"
	const char *text;
};

struct sources {
	struct source *item;
	size_t count;
};

// All C files below the folders named (ending with NULL), sorted by path. Fails the test where the
// tree cannot be read.
struct sources sources_read(struct arena *a, const char *const folders[]);

// The next line of a text without its line feed, in the arena; NULL at the end. *at walks the text.
char *source_line(struct arena *a, const char **at);

typedef void source_rule(struct arena *a, const struct source *s, struct str *faults);

// Runs a rule over files and fails the test with every fault found.
void sources_obey(struct arena *a, const struct sources *all, source_rule *rule);
// Runs a rule over one invented file; true where it found a fault whose line holds `words`.
bool source_breaks(source_rule *rule, const char *path, const char *text, const char *words);

#endif
