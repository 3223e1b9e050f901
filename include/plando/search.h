// SPDX-License-Identifier: MIT
// Full text over everything people typed: names, titles, sentences. Case and accents do not matter;
// the last word may be unfinished. Kept up by the fold, so it is as fresh as the last save.
#ifndef PLANDO_SEARCH_H
#define PLANDO_SEARCH_H

#include <plando/record.h>

struct search_hit {
	struct id id;
	const char *kind;
	const char *field;   // cell name
	const char *title;   // of the record
	const char *team;    // name of the team it belongs to; NULL: none
	struct id team_id;   // all zero: none
	const char *excerpt; // one line around the first word found
	size_t from, to;     // where that word stands in the excerpt (bytes)
};

struct search_hits {
	struct search_hit *item; // records whose name matches first, then by team, kind and title
	size_t count;
	bool more; // there were more than `most`
};

// Records in which every word stands. At most `most` hits, one a record (the best of its fields).
// No words: no hits.
bool search_find(struct store *s, struct arena *a, const char *words, size_t most,
    struct search_hits *out, struct err *e);

#endif
