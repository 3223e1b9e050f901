// SPDX-License-Identifier: MIT
// A workbook on its way into a bundle, for the files that write it: bundle_export.c (records in
// their places), bundle_shelf.c (what there is to write), bundle_cells.c (the cells of a record).
#ifndef PLANDO_STORE_BUNDLE_OUT_H
#define PLANDO_STORE_BUNDLE_OUT_H

#include "store/bundle/bundle.h"

struct shelf { // the records of one kind
	const char *kind;
	struct records records;
	bool *written;
};

struct child {
	const char *parent; // UUID
	size_t at;
};

struct sorted { // records of a shelf by the record that a field names
	const struct shelf *shelf;
	const char *field;
	struct child *child;
	size_t count;
};

enum { SORTED_MOST = 64 };

struct out {
	struct store *store;
	struct arena *arena;
	struct yaml_writer *w;
	struct err *e;
	struct shelf *shelf;
	size_t shelves;
	struct sorted sorted[SORTED_MOST];
	size_t sorts;
	bool *cell_done;	 // of the record at hand
	const char *measure;	 // whose points are written, and
	struct spellings groups; // how it writes its groups
	bool failed;
};

// --- bundle_shelf.c
// Memory ran out: the export ends. Always false.
bool out_fail(struct out *o);
// Reads all records that leave; private notes do not.
bool out_fill(struct out *o);
struct shelf *out_shelf(struct out *o, const char *kind); // NULL: no such kind
// The records of a shelf by the record that a field names. NULL: failed.
struct sorted *out_sorted(struct out *o, const struct shelf *shelf, const char *field);
// The first of a parent's children; they follow each other.
size_t out_first_child(const struct sorted *s, const char *parent);
typedef void each_fn(struct out *o, struct shelf *shelf, size_t at, const struct place *place);
// Those that have not been written; each NULL: only counts them. The place is handed on.
size_t out_each_child(struct out *o, struct shelf *shelf, const char *field,
    const struct id *parent, each_fn *each, const struct place *place);

// --- bundle_cells.c
void out_pair(struct out *o, const char *key, const char *value);
void out_begin(struct out *o, const char *key, bool map); // key NULL: an item of a list
void out_end(struct out *o);
// A record's cells: begun, one left out, those that are fields of its form, all others.
bool out_cells_begin(struct out *o, const struct record *r);
void out_cell_skip(struct out *o, const struct record *r, const char *field);
void out_fields(struct out *o, const struct record *r, const struct form *form);
void out_rest(struct out *o, const struct record *r, const char *key);

#endif
