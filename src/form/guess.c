// SPDX-License-Identifier: MIT
#include "form/guess.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>

struct guess guess_for(const char *word)
{
	return (struct guess){ .word = word };
}

// How many letters may be wrong: two turned letters are two, in all but the shortest words.
static unsigned guess_near_enough(const char *word)
{
	size_t n = strlen(word);
	return n < 4 ? 1 : n < 8 ? 2 : 3;
}

void guess_try(struct guess *g, const char *right)
{
	unsigned d = str_distance(g->word, right);
	if (strlen(g->word) >= 3 && str_starts(right, g->word))
		d = 1;
	if (d > guess_near_enough(g->word) || d >= strlen(right) || (g->best && d >= g->distance))
		return;
	g->best = right;
	g->distance = d;
}

const char *guess_says(struct guess *g)
{
	g->says[0] = '\0';
	if (g->best)
		snprintf(g->says, sizeof g->says, " (did you mean \"%.120s\"?)", g->best);
	return g->says;
}
