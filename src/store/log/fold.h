// SPDX-License-Identifier: MIT
// What the rules of the fold (fold.c) give to the writing of its outcome (fold_state.c).
#ifndef PLANDO_STORE_FOLD_H
#define PLANDO_STORE_FOLD_H

#include "store/log/store.h"

// One cell's changes while a record is folded: sorted by fld in struct folded.
struct fold_cell {
	const char *fld;
	struct head *change; // all of them, then cut down to the heads
	size_t count, cap;
	uint64_t *seen; // cids that some change of the cell has seen
	size_t seen_count, seen_cap;
	struct heads heads;
};

struct folded {
	struct arena *a;
	struct id scope;
	const char *kind;
	int64_t kind_hlc;
	struct fold_cell *cell;
	size_t count, cap;
};

struct existence {
	bool alive;
	const char *flag;
};

// Reads a record's changes, all or those of one cell (fld) or of cells that begin with a prefix,
// and closes each cell: its heads are known then. until: 0, or only changes up to that moment.
bool fold_read(struct db *db, struct folded *f, const struct id *ent, const char *fld,
    const char *prefix, int64_t until, struct err *e);
// Rule 4, for the cells from..to of one record or one element; `~` is among them or absent.
struct existence fold_existence(const struct folded *f, size_t from, size_t to, const char *tilde);

// The same with what was erased blanked, here and in the log (fold_state.c).
bool fold_load(
    struct store *s, const struct id *ent, int64_t until, struct folded *f, struct err *e);
// Cells of one name become one, with the heads of all; where others say something, one that is
// undisputedly empty does not count. Sorts them. False: out of memory.
bool fold_unite(struct folded *f);
// Into the tables: as it exists by itself; as it is, alive; as not there, with nothing of it; and
// takes out what no record of the log stands for.
bool fold_write(struct store *s, const struct id *ent, struct folded *f, struct err *e);
bool fold_show(
    struct store *s, const struct id *ent, struct folded *f, const char *flag, struct err *e);
bool fold_hide(struct store *s, const struct id *ent, const struct folded *f, struct err *e);
bool fold_wipe(struct store *s, const struct id *ent, struct err *e);

void cids_sort(uint64_t *cid, size_t n);
bool cids_have(const uint64_t *sorted, size_t n, uint64_t cid);

#endif
