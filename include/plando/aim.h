// SPDX-License-Identifier: MIT
// A team's aim, from its charter and its diagram.
#ifndef PLANDO_AIM_H
#define PLANDO_AIM_H

#include <plando/store.h>

// The aim in one line, as far as it is known: "By 31 Mar 2027, children wait 20 days, not 40, for
// children under 5", or the aim text of the diagram where the charter says nothing. "" = nothing.
struct aim {
	const char *line;
	bool what, how_much, by_when, for_whom; // the four lamps
	const char *population, *topic;
};
bool aim_read(
    struct store *s, struct arena *a, const struct id *team, struct aim *out, struct err *e);

#endif
