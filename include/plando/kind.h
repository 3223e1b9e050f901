// SPDX-License-Identifier: MIT
// The kinds of record as the store sees them: to which scope they belong, through which reference,
// and which have a natural key. What a record of a kind holds, its form says (form.h).
#ifndef PLANDO_KIND_H
#define PLANDO_KIND_H

#include <plando/id.h>
#include <stdbool.h>
#include <stddef.h>

enum scope_rule {
	SCOPE_SHARED,  // part of every copy
	SCOPE_TEAM,    // of the team that `via` leads to
	SCOPE_EITHER,  // of the team that `via` leads to; shared where it leads to none
	SCOPE_PRIVATE, // its author's own, never in a shared copy
};

struct kind {
	const char *name;   // "pdsa"
	const char *plural; // "cycles": the list's key in a bundle
	const char *label;  // "PDSA cycle": what a person calls one
	enum scope_rule scope;
	const char *via[4]; // reference fields, in the order in which they are followed to a team
	const char *natural[6]; // fields of the natural key; none: random id
	const char *parent;	// field by which it hangs below another one in a bundle; NULL: none
	// Where the first so many fields of the natural key are all given, the rest do not count.
	// 0: all count.
	size_t enough;
	// The first so many are part of the id whatever they hold, those after them only where they
	// are given, so that ids made before there were such fields stand. 0: all are.
	size_t always;
};

extern const struct kind KINDS[];		// ends with name == NULL; in the order of a bundle
const struct kind *kind_find(const char *name); // NULL: not built in (a note form's kind is "note")
// Is it one of these kinds (blank separated; NULL: any)?
bool kind_among(const char *kinds, const char *kind);
// Does the field belong to its natural key?
bool kind_names(const struct kind *k, const char *field);
// Does it say below what the record hangs, and so to which team it belongs?
bool kind_places(const struct kind *k, const char *field);
// The id that the values of the natural key make (value[i] belongs to natural[i]; NULL = none). The
// kind must have one.
struct id kind_natural_id(const struct kind *k, const char *const value[]);

// What hangs below a record of a kind, through which reference: it means nothing without it. What is only its own
// work, like the PDSA cycles of a change idea, stays when that goes, and is told of (`stays`). What somebody owns
// or wrote does not hang below them; a system has no teams below it.
struct kind_below {
	const char *of, *kind, *field;
	bool stays;
};
extern const struct kind_below KIND_BELOW[]; // ends with of == NULL
bool kind_has_below(const char *kind);

#endif
