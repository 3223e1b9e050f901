// SPDX-License-Identifier: MIT
// Joining: two records that were made of one thing, on two copies, are read as one. A join is a record
// of its own (kind same) in the shared scope; it names the two and holds no words. What is written
// into a joined record goes to each of its circle. docs/merging.md has the rules.
#ifndef PLANDO_JOIN_H
#define PLANDO_JOIN_H

#include <plando/record.h>

// May records of this kind be joined? Not those whose key names them (a point, a link, a charter:
// these follow what their key names), not forms and private notes.
bool join_allows(const char *kind);

// Reads the two as one from now on, in every copy that this save reaches. Fails for two of different
// kinds, or of a kind that is not joined; for what is one already; for what is deleted. An ordinary
// save: it merges, and can be undone.
bool join_records(
    struct store *s, struct arena *a, const struct id *one, const struct id *other, struct err *e);

// Each of the circle by itself again: deletes the joins between them. ERR_NOINPUT: it is joined with
// none. *parted: how many records there are now.
bool join_part(
    struct store *s, struct arena *a, const struct id *id, size_t *parted, struct err *e);

// A circle: the records that stand behind the one that is read, by their ids.
struct join_circle {
	struct id shown, *id;
	size_t count;
};
struct join_circles {
	struct join_circle *item;
	size_t count;
};
// All of two or more, by what is shown; but for those that only follow a key.
bool join_list(struct store *s, struct arena *a, struct join_circles *out, struct err *e);

#endif
