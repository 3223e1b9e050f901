// SPDX-License-Identifier: MIT
// A copy that holds a part of the workbook: whole scopes, so that the streams it has are complete
// (docs/merging.md, scopes).
#ifndef PLANDO_STORE_PART_H
#define PLANDO_STORE_PART_H

#include "store/log/store.h"

struct part {
	const struct id *scope; // these go along
	size_t count;
	bool teams; // and what all share, and every team: all but the private notes of coaches
};
extern const struct part PART_PUBLIC; // what a folder that others read may hold

// Writes the part into `to`, an empty file that nobody else knows of yet. Nothing of the rest is in
// any of its pages, nor what is local to this copy (where changes came from, bookmarks). Not
// synced. The log's pages stay where they are, so that tools that send blocks send few.
bool part_copy(struct store *s, const char *to, const struct part *part, struct err *e);

// The digest that such a copy would have.
bool part_digest(struct store *s, const struct part *part, uint64_t *digest, struct err *e);

#endif
