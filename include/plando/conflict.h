// SPDX-License-Identifier: MIT
// Open conflicts: cells whose heads have more than one value, and deletes against unseen edits
// (cell "~").
#ifndef PLANDO_CONFLICT_H
#define PLANDO_CONFLICT_H

#include <plando/record.h>

struct conflict_value {
	unsigned n;	   // from 1, in an order that all copies share
	const char *value; // NULL: emptied
	const char *author, *device;
	int64_t at;
};

struct conflict {
	struct id id;
	const char *kind, *field;
	const char *base; // value of the newest common ancestor; NULL: none
	struct conflict_value *values;
	size_t count;
};

struct conflicts {
	struct conflict *item;
	size_t count;
};

bool conflict_list(struct store *s, struct arena *a, struct conflicts *out, struct err *e);

// Settles one: take value n, or (n == 0) `value` as stored. For "~": n of the side to keep, or
// value "keep"/"delete".
bool conflict_resolve(struct store *s, struct arena *a, const struct id *id, const char *field,
    unsigned n, const char *value, struct err *e);

#endif
