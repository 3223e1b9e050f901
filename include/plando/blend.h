// SPDX-License-Identifier: MIT
// One text that two people changed apart, put together: by lines, and where both changed the same
// lines, by words. The way of diff3 (Khanna, Kunal, Pierce, "A Formal Investigation of Diff3",
// 2007): what only one changed is taken, what both changed alike is taken once, the rest is left
// to a person. A pure function of three texts; swapping the sides swaps the labels only.
#ifndef PLANDO_BLEND_H
#define PLANDO_BLEND_H

#include <plando/arena.h>

enum blend_from {
	BLEND_BEFORE, // stood there before
	BLEND_FIRST,  // the first side wrote it (or took it out)
	BLEND_SECOND, // the second
	BLEND_EACH,   // both, alike
};

struct blend_run {
	enum blend_from from;
	bool gone;	  // taken out: not part of the result, here to be shown
	bool clash;	  // both changed this: first the one's lines, then the other's
	const char *text; // points into one of the three texts
	size_t n;
};

struct blend {
	struct blend_run *run; // in the order of the result; neighbours differ
	size_t count;
	size_t clashes;	      // 0: clean
	size_t first, second; // words that each side wrote and the result holds
	char *text;	      // the result where it is clean, else NULL
};

// The three texts must outlive the result. Two runs of words are merged only where a word or a
// sign that nobody touched stands between them, not a mere blank. False: out of memory.
bool blend_texts(
    struct arena *a, const char *before, const char *first, const char *second, struct blend *out);

// What became of `before`: a blend whose only author is the first.
bool blend_changes(struct arena *a, const char *before, const char *after, struct blend *out);

// Where it is not clean: the same with the contested lines one after the other, each under the name
// of its writer (NULL: without names). NULL: out of memory.
char *blend_both(struct arena *a, const struct blend *b, const char *first, const char *second);

#endif
