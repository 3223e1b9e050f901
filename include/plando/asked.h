// SPDX-License-Identifier: MIT
// What a form asks of a record as it stands: which fields are shown, which are filled, which
// prompts speak up, what is filled in unasked. The same for the screen and for `plando fill`.
//
// A field's cells may have a prefix: a note and an instrument keep the fields of their own form as
// "answers.<field>". A record that does not exist yet has its kind and no cells.
#ifndef PLANDO_ASKED_H
#define PLANDO_ASKED_H

#include <plando/record.h>

// Something stands in the field: a value, a member, an element. False also where memory ran out.
bool asked_filled(
    const struct record *r, struct arena *a, const char *prefix, const struct form_field *field);

// Shown where its condition holds, and where something is in it all the same.
bool asked_shown(
    const struct record *r, struct arena *a, const char *prefix, const struct form_field *field);

// What speaks up beside a field (field NULL: beside the whole form), the i-th; NULL = no more.
const char *asked_prompt(const struct form *form, const struct record *r, struct arena *a,
    const char *prefix, const char *field, size_t i);

// The date that is filled in with today when a field (list: of that list's elements; NULL: none) is
// first written; NULL = none. It can be corrected.
const char *asked_stamp(const char *kind, const char *list, const char *field);

// Called in any save before its commit: what follows from what it says. An action that is set to
// done bears today as the day on which it was done, where no other is given; one that is opened
// again loses it.
bool asked_keep(struct save *v, const struct id *id, struct err *e);

// What a new record says of itself where nobody says otherwise: the i-th field and its value;
// false = no more.
bool asked_default(const char *kind, size_t i, const char **field, const char **value);

#endif
