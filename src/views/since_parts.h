// SPDX-License-Identifier: MIT
// What changed since a day, for the files that tell it: since.c finds the records and the date by
// which each counts, since_lines.c puts them into words.
#ifndef PLANDO_METHOD_SINCE_PARTS_H
#define PLANDO_METHOD_SINCE_PARTS_H

#include <plando/since.h>

#include "method/query.h"
#include "store/log/store.h"

#include <plando/history.h>
#include <plando/index.h>
#include <plando/str.h>

struct since_dated {
	const char *kind, *field, *what;
};

// A cell: what it held before all of it, and what it holds after.
struct since_net {
	const char *field, *old, *new;
	struct since_net *next;
};

// A record that something happened to.
struct since_touched {
	struct id id, subject;
	const char *kind;
	struct since_net *net;
	const char *by; // who wrote it last
	bool made, gone;
	struct record now;
	const struct since_dated
	    *dated; // the date by which it counts; NULL: by when it was written
	date_t date;
	bool silent; // the session from which it counts, or the one that is held
	bool older;  // typed in since, and dates from before
};

// What is told in one line.
struct since_subject {
	struct id id; // of a kind as a whole: all zero
	const char *kind;
	struct str text, by;
	size_t ideas, points;
};

struct since_telling {
	struct store *s;
	struct arena *a;
	struct since *out;
	struct id team;
	int64_t moment; // midnight of the day from which it counts; 0: the beginning
	struct since_touched *touched;
	size_t count, cap, items_cap;
	struct index by_id;
	struct since_subject *subject;
	size_t subjects, subjects_cap;
};

// --- since.c
// What became of a cell; NULL: nothing in the end.
const struct since_net *since_net(const struct since_touched *x, const char *field);
// A field's date; false: it holds none.
bool since_day(const struct record *r, const char *field, date_t *day);
bool since_item_add(struct since_telling *t, const struct since_item *item, struct err *e);

// --- since_lines.c
// The place of a name in a list; its end: not there.
int since_rank(const char *const *order, size_t count, const char *name);
// "finished", "studied", "done", "begun", "planned", "deleted"; NULL: it went no further.
const char *since_cycle_stage(const struct since_touched *x);
// What any record may have: deleted, archived, new, or fields that were written. NULL: nothing.
const char *since_plain(struct since_telling *t, const struct since_touched *x);
// Did the box that a link comes from lose another one? Then it was moved.
bool since_moved(const struct since_telling *t, const struct since_touched *link);
// The lines of what was promised and is late (an item each, too), and of all else; then all into
// out->line.
bool since_late_tell(struct since_telling *t, struct err *e);
bool since_lines_tell(struct since_telling *t, struct err *e);
bool since_lines_make(struct since_telling *t, struct err *e);

#endif
