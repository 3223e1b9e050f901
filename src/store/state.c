// SPDX-License-Identifier: MIT
// The state hash: everything a person can see, open conflicts included, and nothing else. No cids,
// scopes or streams, so a workbook rebuilt from an export has the same state. Places of list
// elements count by rank, because their keys hold chance.
#include "store/store.h"

#include <plando/hash.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

static int compare_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool hash_conflict(
    struct db *db, struct hash *h, const struct id *ent, const char *fld, struct err *e)
{
	struct arena a = { 0 };
	struct heads heads;
	bool ok = fold_heads(db, &a, ent, fld, &heads, e);
	const char **vals = ok ? arena_array(&a, heads.count + 1, sizeof *vals) : NULL;
	if (ok && !vals)
		ok = err_memory(e);
	for (size_t i = 0; ok && vals && i < heads.count; i++) {
		size_t n = strlen(heads.item[i].val);
		const char *from = heads.item[i].val;
		while (n && strchr(" \t\n", from[n - 1]))
			n--;
		while (n && strchr(" \t\n", *from))
			from++, n--;
		vals[i] = arena_copy(&a, from, n);
		ok = vals[i] || err_memory(e);
	}
	if (ok && vals) {
		qsort(vals, heads.count, sizeof *vals, compare_text);
		for (size_t i = 0; i < heads.count; i++)
			if (!i || strcmp(vals[i - 1], vals[i]) != 0)
				hash_text(h, vals[i]);
	}
	arena_free(&a);
	return ok;
}

// The rank of an element among its siblings: how many of the same list stand before it.
static bool hash_rank(struct db *db, struct hash *h, const struct id *ent, const char *fld,
    const char *val, struct err *e)
{
	size_t list = fold_element_prefix(fld) - 8;
	struct ask *q = db_ask(db,
	    "SELECT count(*) FROM cell WHERE ent=?1 AND substr(fld,1,?2)=substr(?3,1,?2) AND "
	    "length(fld)=length(?3)"
	    " AND substr(fld,?2+9)='.pos' AND (val<?4 OR (val=?4 AND fld<?3))",
	    e);
	struct err own = { 0 };
	if (!q)
		return false;
	ask_id(q, 1, ent);
	ask_int(q, 2, (int64_t)list);
	ask_text(q, 3, fld);
	ask_text(q, 4, val);
	hash_u64(h, ask_step(q, &own) ? (uint64_t)col_int(q, 0) : 0);
	return ask_end(q, &own, e);
}

static bool hash_cells(struct db *db, struct hash *h, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db,
	    "SELECT r.ent,r.kind,c.fld,c.val,c.n FROM rec r JOIN cell c ON c.ent=r.ent WHERE "
	    "r.alive"
	    " ORDER BY r.ent,c.fld",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		struct id ent;
		const char *fld = col_text(q, 2);
		size_t n = strlen(fld);
		if (!col_id(q, 0, &ent))
			continue;
		hash_bytes(h, ent.b, sizeof ent.b);
		hash_text(h, col_text(q, 1));
		hash_text(h, fld);
		if (fold_element_prefix(fld) && n > 4 && strcmp(fld + n - 4, ".pos") == 0)
			hash_rank(db, h, &ent, fld, col_text(q, 3), &own);
		else if (col_int(q, 4) > 1)
			hash_conflict(db, h, &ent, fld, &own);
		else
			hash_text(h, col_text(q, 3));
	}
	return ask_end(q, &own, e);
}

static bool hash_rows(struct db *db, struct hash *h, const char *sql, int columns, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(db, sql, e);
	if (!q)
		return false;
	while (ask_step(q, &own))
		for (int i = 0; i < columns; i++)
			hash_blob(h, col_blob(q, i), col_size(q, i));
	return ask_end(q, &own, e);
}

#define LEVEL(of)                                                                                  \
	"CASE " of ".kind WHEN 'team' THEN 0 WHEN 'idea' THEN 3 ELSE"                              \
	" CASE (SELECT type FROM driver d WHERE d.id=" of                                          \
	".id) WHEN 'primary' THEN 1 ELSE 2 END END"
#define LIVING                                                                                     \
	"(SELECT id,'team' AS kind FROM team UNION ALL SELECT id,'driver' FROM driver"             \
	" UNION ALL SELECT id,'idea' FROM idea)"

bool state_hash(struct db *db, char out[65], struct err *e)
{
	struct hash h;
	uint8_t sum[32];
	hash_init(&h);
	if (!hash_cells(db, &h, e) ||
	    !hash_rows(db, &h,
		"SELECT c.ent,c.fld,c.what FROM clash c JOIN rec r ON r.ent=c.ent WHERE r.alive"
		" ORDER BY c.ent,c.fld,c.what",
		3, e) ||
	    !hash_rows(db, &h,
		"SELECT l.from_,l.to_ FROM link l JOIN " LIVING " f ON f.id=l.from_ JOIN " LIVING
		" t ON t.id=l.to_ WHERE " LEVEL("t") "<" LEVEL("f") " ORDER BY 1,2",
		2, e))
		return false;
	hash_done(&h, sum);
	hash_hex(sum, sizeof sum, out);
	return true;
}

bool store_facts(struct store *s, struct store_facts *out, struct err *e)
{
	int64_t digest;
	*out = (struct store_facts){ 0 };
	if (!db_number(s->db, "SELECT count(*) FROM change", 0, &out->changes, e) ||
	    !db_number(s->db, "SELECT count(*) FROM rec WHERE alive", 0, &out->records, e) ||
	    !db_number(s->db, "SELECT count(*) FROM clash", 0, &out->conflicts, e) ||
	    !meta_get_int(s->db, "digest", 0, &digest, e))
		return false;
	out->digest = (uint64_t)digest;
	return state_hash(s->db, out->state, e);
}
