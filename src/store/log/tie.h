// SPDX-License-Identifier: MIT
// Joined records: what people made twice and said is one (docs/merging.md, "Joining").
//
// A `same` record names two others. All that are named so, one through the other, are a circle; they
// are read as one record under the least id of those that stand. Records with a natural key that
// names one of a circle are a circle by the id that the key makes with that least id in it. The
// tables hold the circles as one; the log, and what is written, know only the records themselves.
#ifndef PLANDO_STORE_TIE_H
#define PLANDO_STORE_TIE_H

#include "store/log/fold.h"

// --- while records are folded, in a transaction

// Knows what is joined, from the tables as they are. To be asked anew where a transaction begins.
bool tie_know(struct store *s, struct err *e);
void tie_forget(struct store *s);
// Is a record of this copy joined with another?
bool tie_any(const struct store *s);
// A record was folded. *tied: it is not to be written by itself, but with its circle, at the end.
bool tie_takes(struct store *s, const struct id *ent, struct folded *f, bool *tied, struct err *e);
// In the values and names of its cells, ids of joined records become those that they are read
// under. False: out of memory.
bool tie_lay_over(struct store *s, struct folded *f);
// At the end of what was folded: the circles that were touched, or where a join came, went or
// changed, all that has to do with joined records.
bool tie_follow(struct store *s, int64_t until, struct err *e);

// --- tie.c, for tie_make.c
bool tie_put(struct db *db, const struct tie *t, struct err *e); // a row of the table
void tie_sort(struct ties *t);

// May records of this kind be joined?
bool tie_joins(const char *kind);

// --- of the tables as they are

// The records that stand behind what is read under an id: itself where it is joined with none.
struct tied {
	struct id *id;
	size_t count;
};
bool tie_members(
    struct db *db, struct arena *a, const struct id *id, struct tied *out, struct err *e);
// What a cell that is read stands for in the log: cells of its members, under each of the names
// that an id of a circle gives it.
struct tied_cell {
	struct id id;
	const char *fld;
};
struct tied_cells {
	struct tied_cell *item;
	size_t count, cap;
};
bool tie_cells(struct db *db, struct arena *a, const struct id *id, const char *fld,
    struct tied_cells *out, struct err *e);
// The heads of all of them: where a record is joined with none, those of fold_heads.
bool tie_heads(struct store *s, struct arena *a, const struct id *id, const char *fld,
    struct heads *out, struct err *e);
// The living record under which a hidden one is read. *found false: none.
bool tie_shown(struct db *db, const struct id *id, struct id *shown, bool *found, struct err *e);

#endif
