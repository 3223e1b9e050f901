// SPDX-License-Identifier: MIT
// What the writers of sheets share.
#ifndef OUTPUT_SHEET_H
#define OUTPUT_SHEET_H

#include <plando/sheet.h>

// Fields that are a part of every record and stand beside its fields, not among them.
bool sheet_own_part(const char *cell);
bool sheet_is_set(const struct form_field *field);  // choices, refs: members
bool sheet_is_list(const struct form_field *field); // list, pairs: elements
bool sheet_is_ref(const struct form_field *field);  // ref, refs

// Would the sheet's fields, as export writes them, bring this cell back as it is? Else it goes by
// its name: a cell that no form here knows, a choice from a newer form, why something is archived.
bool sheet_returns(
    const struct sheet *t, struct arena *a, const struct record *r, const struct cell *cell);

// A cell that no form here knows (a newer program wrote it).
bool sheet_unknown(const struct sheet *t, const struct record *r, const struct cell *cell);

#endif
