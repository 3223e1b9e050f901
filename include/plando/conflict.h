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
	uint64_t
	    cid; // the change that wrote it (of "keep": the edit that the deleter had not seen)
};

struct conflict {
	struct id id;
	const char *kind, *field;
	const char *base;		       // value of the newest common ancestor; NULL: none
	const char *base_author, *base_device; // NULL: there was no change before
	int64_t base_at;
	struct conflict_value *values;
	size_t count;
};

struct conflicts {
	struct conflict *item;
	size_t count;
};

// All open ones; those of one record; one of them (ERR_NOINPUT: that is none).
bool conflict_list(struct store *s, struct arena *a, struct conflicts *out, struct err *e);
bool conflict_of_record(
    struct store *s, struct arena *a, const struct id *id, struct conflicts *out, struct err *e);
bool conflict_find(struct store *s, struct arena *a, const struct id *id, const char *field,
    struct conflict *out, struct err *e);

// The records that have any, sorted by id, for marks in lists. Cheap: nearly always none.
struct conflict_marks {
	struct id *id;
	size_t count;
};
bool conflict_marks(struct store *s, struct arena *a, struct conflict_marks *out, struct err *e);
bool conflict_marked(const struct conflict_marks *m, const struct id *id);

// Is it the existence of a record or of an element of a list ("~", "predictions.3fa90b12.~")?
bool conflict_is_existence(const char *field);

// What would be stored for what a person typed in the place of the values: checked by the form
// where it knows the field. Members of choices and refs: yes or no. "~": keep or delete.
bool conflict_read(struct store *s, struct arena *a, const struct conflict *c, const char *typed,
    const char **stored, struct err *e);

// Settles one: take value n, or (n == 0) `value` as stored. For "~": n of the side to keep, or
// value "keep"/"delete". An ordinary save: it merges, and can be undone.
bool conflict_resolve(struct store *s, struct arena *a, const struct id *id, const char *field,
    unsigned n, const char *value, struct err *e);

#endif
