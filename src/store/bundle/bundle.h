// SPDX-License-Identifier: MIT
// A bundle on its way into a workbook: bundle.c (all or nothing), bundle_take.c (places and ids),
// bundle_put.c (keys of a record), bundle_value.c (values into cells), bundle_ref.c (what keys and
// names mean), bundle_item.c (records and mistakes as they are met), bundle_flat.c (the records of
// a JSON export), bundle_folder.c (a folder of CSV files as such records).
#ifndef PLANDO_STORE_BUNDLE_H
#define PLANDO_STORE_BUNDLE_H

#include <plando/bundle.h>
#include <plando/index.h>
#include <plando/kind.h>
#include <plando/point_groups.h>
#include <plando/record.h>

struct put { // one cell to be saved
	const char *cell, *value;
	struct put *next;
};

// A record of the bundle.
struct item {
	const char *kind;
	const struct form *form;
	const struct yaml *node;  // NULL: made from another record's keys (charter, link)
	const struct yaml *flat;  // of a JSON export: the record whose fields node is
	const struct yaml *raw;	  // cells that are taken as they stand, before any field; or NULL
	struct item *team;	  // inside which it stands; NULL: top level
	struct item *charter;	  // of a team, once a charter field was seen
	const struct yaml *stood; // where it begins, for messages
	size_t at;		  // its place among the items
	struct id id;
	bool broken; // a mistake was found in it
	bool given;  // its id stands in the file
	bool stored; // it is in the workbook already
	struct record now;
	struct put *first, *last;
	const char *position; // of the last sibling before it, for drivers, ideas and ramps
};

struct bundle_groups { // of a measure: those of the workbook, then what the bundle brought so far
	const char *measure;
	struct spellings known;
	struct bundle_groups *next;
};

struct bundle_file { // of a folder: the lines of all its files are counted through
	const char *name;
	unsigned before; // lines of the files before it
};

struct bundle {
	struct store *store;
	struct arena *arena;
	const char *name;
	const struct bundle_file *file; // of a folder of tables; else NULL
	size_t files;
	struct err *e;
	struct bundle_report *report;
	struct fault *fault;
	size_t faults, fault_cap;
	struct item **item;
	size_t items, item_cap;
	struct bundle_key *key;
	size_t keys, key_cap;
	struct index by_key, by_id, by_name;
	struct form **own; // forms that the bundle itself brings
	size_t owns, own_cap;
	struct bundle_groups *groups;
	bool failed; // memory or disk: e says
};

struct bundle_key { // a local name of a record
	const char *text;
	const struct item *scope;
	struct item *of;
	unsigned line;
};

enum { FAULTS_MOST = 1000 }; // nobody reads more; then the walk ends
struct fault {
	unsigned line, column;
	const char *says;
};

// A list of records: where its key may stand, what it holds, by which field that hangs below.
struct place {
	const char *under; // kind; NULL: the top of the bundle
	const char *key, *kind;
	const char *field; // reference to the record it stands in; NULL: none
	bool main;	   // the one place where an export puts such records
};
extern const struct place PLACES[]; // ends with key NULL
const struct place *place_find(const char *under, const char *key);

// --- bundle_item.c
void bundle_fault(struct bundle *b, const struct yaml *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
// The file in which a line stands; *line becomes the line in it.
const char *bundle_file_of(const struct bundle *b, unsigned *line);
// The walk ends: something failed, or there are more mistakes than anybody reads.
bool bundle_stopped(const struct bundle *b);
// False, and the import ends: memory or the disk.
bool bundle_fail(struct bundle *b);

struct item *item_new(
    struct bundle *b, const char *kind, struct item *team, const struct yaml *stood);
void item_put(struct bundle *b, struct item *x, const char *cell, const char *value);
void item_put_id(struct bundle *b, struct item *x, const char *cell, const struct id *id);
const char *item_value(const struct item *x, const char *cell); // NULL: not put
void item_take_id(struct bundle *b, struct item *x); // from the key `id`, where there is one
struct item *item_by_id(const struct bundle *b, const struct id *id);
// What the workbook knows of a record whose id stands in the file.
void item_look(struct bundle *b, struct item *x, const struct yaml *at);
// Notes a record under its id; twice the same id is a mistake.
void item_file(struct bundle *b, struct item *x);
// Do records of this kind stand in an order of their own?
bool item_ordered(const char *kind);
// The charter of a team, made where the first of its fields is met.
struct item *item_charter(struct bundle *b, struct item *team, const struct yaml *at);

// --- bundle_take.c
void bundle_take(struct bundle *b, const struct yaml *root);

// --- bundle_flat.c
void flat_take(struct bundle *b, const struct yaml *list);
void flat_put(struct bundle *b, struct item *x);

// --- bundle_folder.c
// The tables of a folder as such records; mistakes in them are noted. NULL: e says.
const struct yaml *bundle_folder_read(struct bundle *b, const char *folder);

// --- bundle_put.c
void bundle_put(struct bundle *b, struct item *x);

// --- bundle_ref.c
// A key of x; scope: the team inside which it counts, NULL = the file.
void key_add(struct bundle *b, struct item *scope, struct item *x, const struct yaml *key);
// A person by exact name, for those who are named in the place of a reference.
void name_add(struct bundle *b, struct item *person);
// Makes the people who are written out where a record refers to them.
void people_take(struct bundle *b, struct item *from);
// The record that a key, an id or an inline person means, as a UUID; NULL: a mistake was noted.
const char *ref_find(
    struct bundle *b, struct item *from, const struct yaml *y, const struct form_field *f);
// The form of a kind, a note form or an instrument, those that the bundle brings included. NULL:
// unknown.
const struct form *form_of(struct bundle *b, const char *id);
// Reads the forms that the bundle brings.
void forms_take(struct bundle *b, const struct yaml *root);

// --- bundle_value.c
void value_put(struct bundle *b, struct item *x, const char *prefix, const struct form_field *f,
    const struct yaml *y);
void value_put_raw(struct bundle *b, struct item *x, const struct yaml *cells);
// The form that the record names here or, stored before, there; NULL: none, or it is not known.
const struct form *bundle_form_named(struct bundle *b, const struct item *x);
bool value_empty(const struct yaml *y); // nothing, ~ or null, without quotes

#endif
