// SPDX-License-Identifier: MIT
// What the questions of method to the workbook have in common: texts kept in an arena, one team as
// parameter 1.
#ifndef PLANDO_METHOD_QUERY_H
#define PLANDO_METHOD_QUERY_H

#include "store/log/db.h"

// A statement with the team as ?1 (as text, as the tables hold it); NULL: e says why. The text of
// the id is kept in the arena.
struct ask *query_team(
    struct db *db, struct arena *a, const char *sql, const struct id *team, struct err *e);
// A column as text in the arena, "" for NULL. On running out of memory sets e.
const char *query_text(struct ask *q, int at, struct arena *a, struct err *e);
// A column that holds an id as text; all zero where it does not.
struct id query_id(struct ask *q, int at);
// The one number that a question about a team has as its answer.
bool query_count(struct db *db, struct arena *a, const char *sql, const struct id *team,
    size_t *out, struct err *e);

#endif
