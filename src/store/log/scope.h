// SPDX-License-Identifier: MIT
// The scopes that a copy holds, for the files of the store.
#ifndef PLANDO_STORE_SCOPE_H
#define PLANDO_STORE_SCOPE_H

#include "store/log/store.h"

struct scopes {
	bool all;
	struct id *id; // sorted; the shared scope is always held and need not be among them
	size_t count;
};

// What the meta table of an open workbook says; one that says nothing holds all.
bool scopes_read(struct db *db, struct arena *a, struct scopes *out, struct err *e);
bool scopes_write(struct db *db, const struct scopes *h, struct err *e);
bool scopes_hold(const struct scopes *h, const struct id *scope);
bool scopes_add(struct arena *a, struct scopes *h, const struct id *scope, struct err *e);

// A person's private scope is computed from the name (version 8); teams have random ids.
bool scope_is_private(const struct id *scope);
struct id scope_of_author(const char *author);
// May a change of this kind stand in that scope? Private notes only in a private one.
bool scope_kind_fits(const struct id *scope, const char *kind);
// May a record of this kind belong to that scope? What all share to none but the shared one, what
// is private to a private one, other kinds to a team or to all; a kind that is not known, to any.
bool scope_suits(const struct id *scope, const char *kind);

#endif
