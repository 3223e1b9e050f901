// SPDX-License-Identifier: MIT
#include <plando/point_groups.h>

#include "store/log/store.h"

#include <plando/text.h>

#include <string.h>

bool point_groups_load(struct store *s, struct arena *a, const struct id *measure,
    struct spellings *out, struct err *e)
{
	struct err own = { 0 };
	char id[ID_TEXT];
	struct ask *q = db_ask(s->db,
	    "SELECT DISTINCT stratum FROM point WHERE measure=? AND stratum IS NOT NULL"
	    " AND archived IS NULL ORDER BY 1",
	    e);
	if (!q)
		return false;
	id_print(measure, id);
	ask_text(q, 1, id);
	while (!own.code && ask_step(q, &own))
		if (*col_text(q, 0) && !spelling_of(out, a, col_text(q, 0), NULL))
			err_memory(&own);
	return ask_end(q, &own, e);
}

const char *point_group_known(struct spellings *known, struct arena *a, const char *group)
{
	size_t n = strlen(group);
	const char *bare = text_trim(group, &n), *copy = arena_copy(a, bare, n);
	return copy ? spelling_of(known, a, copy, NULL) : NULL;
}

const char *point_group_written(
    struct store *s, struct arena *a, const struct id *measure, const char *group, struct err *e)
{
	struct spellings known = { 0 };
	if (!point_groups_load(s, a, measure, &known, e))
		return NULL;
	const char *written = point_group_known(&known, a, group);
	return written ? written : (err_memory(e), NULL);
}
