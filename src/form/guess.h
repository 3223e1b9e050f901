// SPDX-License-Identifier: MIT
// "Did you mean …": the nearest of the words that would have been right.
#ifndef PLANDO_FORM_GUESS_H
#define PLANDO_FORM_GUESS_H

struct guess {
	const char *word; // what was written
	const char *best; // the nearest so far, NULL = none is near
	unsigned distance;
	char says[160];
};

struct guess guess_for(const char *word);
void guess_try(struct guess *g, const char *right);
// " (did you mean \"…\"?)", or "" where nothing is near. Lives in g.
const char *guess_says(struct guess *g);

#endif
