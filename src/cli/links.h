// SPDX-License-Identifier: MIT
// "feeds=REF,REF…": what a driver or a change idea serves, as people write it on the command line.
#ifndef PLANDO_CLI_LINKS_H
#define PLANDO_CLI_LINKS_H

#include <plando/record.h>

struct links {
	struct store *store;
	struct arena *arena;
	struct save *save;
	struct id from; // the driver or idea
	struct id team; // whose diagram it stands in
};

// Do records of that kind have links?
bool links_kind(const char *kind);
// The list says all of them: what is not named goes. A team's name stands for its aim; a node of
// this team's diagram is looked for first, then any.
bool links_set(const struct links *l, const char *list, struct err *e);
// A new one stands after its siblings.
bool links_place_last(const struct links *l, const char *kind, struct err *e);

#endif
