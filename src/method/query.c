// SPDX-License-Identifier: MIT
#include "method/query.h"

struct ask *query_team(
    struct db *db, struct arena *a, const char *sql, const struct id *team, struct err *e)
{
	char *text = arena_alloc(a, ID_TEXT);
	if (!text) {
		err_memory(e);
		return NULL;
	}
	id_print(team, text);
	struct ask *q = db_ask(db, sql, e);
	if (q)
		ask_text(q, 1, text);
	return q;
}

const char *query_text(struct ask *q, int at, struct arena *a, struct err *e)
{
	const char *text = col_text(q, at);
	if (!text)
		return "";
	const char *kept = arena_strdup(a, text);
	if (!kept)
		err_memory(e);
	return kept ? kept : "";
}

struct id query_id(struct ask *q, int at)
{
	struct id id = { 0 };
	const char *text = col_text(q, at);
	if (!text || !id_parse(text, &id))
		return (struct id){ 0 };
	return id;
}

bool query_count(struct db *db, struct arena *a, const char *sql, const struct id *team,
    size_t *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = query_team(db, a, sql, team, e);
	if (!q)
		return false;
	*out = ask_step(q, &own) ? (size_t)col_int(q, 0) : 0;
	return ask_end(q, &own, e);
}
