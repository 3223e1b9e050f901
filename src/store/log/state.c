// SPDX-License-Identifier: MIT
// The state hash: everything a person can see, open conflicts included, and nothing else. No cids,
// scopes or streams, so a workbook rebuilt from an export has the same state. Places of list
// elements count by rank, because their keys hold chance.
#include "store/log/store.h"

#include <plando/hash.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

static int state_compare_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool state_hash_conflict(
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
		qsort(vals, heads.count, sizeof *vals, state_compare_text);
		for (size_t i = 0; i < heads.count; i++)
			if (!i || strcmp(vals[i - 1], vals[i]) != 0)
				hash_text(h, vals[i]);
	}
	arena_free(&a);
	return ok;
}

// The places of one list's elements, sorted by the names of their cells; the ranks of a record's
// lists are asked one list after the other, so each list is read once.
struct rank {
	const char *fld;
	uint64_t rank; // how many of the same list stand before it
};

struct ranks {
	struct arena arena;
	struct id ent;
	const char *list; // "predictions."; NULL: nothing is read yet
	struct rank *item;
	size_t count;
};

static int state_compare_rank(const void *a, const void *b)
{
	return strcmp(((const struct rank *)a)->fld, ((const struct rank *)b)->fld);
}

// '/' is the sign after '.': between the two lie all names that begin with the list's.
static bool state_ranks_read(struct db *db, struct ranks *r, const struct id *ent, const char *fld,
    size_t list, struct err *e)
{
	struct err own = { 0 };
	size_t cap = 0;
	arena_free(&r->arena);
	*r = (struct ranks){ .ent = *ent };
	r->list = arena_copy(&r->arena, fld, list);
	const char *end = r->list ? arena_printf(&r->arena, "%.*s/", (int)list - 1, fld) : NULL;
	struct ask *q = end ? db_ask(db,
				  "SELECT fld FROM cell WHERE ent=?1 AND fld>=?2 AND fld<?3 AND"
				  " length(fld)=length(?2)+12 AND substr(fld,length(?2)+9)='.pos'"
				  " ORDER BY val,fld",
				  e)
			    : (err_memory(e), NULL);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	ask_text(q, 2, r->list);
	ask_text(q, 3, end);
	while (ask_step(q, &own)) {
		if (!arena_grow(&r->arena, (void **)&r->item, r->count, &cap, sizeof *r->item) ||
		    !(r->item[r->count].fld =
			    arena_copy(&r->arena, col_text(q, 0), col_size(q, 0)))) {
			err_memory(&own);
			break;
		}
		r->item[r->count].rank = r->count;
		r->count++;
	}
	if (r->count)
		qsort(r->item, r->count, sizeof *r->item, state_compare_rank);
	return ask_end(q, &own, e);
}

static bool state_hash_rank(struct db *db, struct hash *h, struct ranks *r, const struct id *ent,
    const char *fld, struct err *e)
{
	size_t list = fold_element_prefix(fld) - 8;
	bool known = r->list && id_equal(&r->ent, ent) && strlen(r->list) == list &&
		     strncmp(r->list, fld, list) == 0;
	if (!known && !state_ranks_read(db, r, ent, fld, list, e))
		return false;
	const struct rank key = { .fld = fld };
	const struct rank *found =
	    r->count ? bsearch(&key, r->item, r->count, sizeof key, state_compare_rank) : NULL;
	hash_u64(h, found ? found->rank : 0);
	return true;
}

static bool state_hash_cells(struct db *db, struct hash *h, struct err *e)
{
	struct err own = { 0 };
	struct ranks ranks = { 0 };
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
			state_hash_rank(db, h, &ranks, &ent, fld, &own);
		else if (col_int(q, 4) > 1)
			state_hash_conflict(db, h, &ent, fld, &own);
		else
			hash_text(h, col_text(q, 3));
	}
	arena_free(&ranks.arena);
	return ask_end(q, &own, e);
}

static bool state_hash_rows(
    struct db *db, struct hash *h, const char *sql, int columns, struct err *e)
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

static bool state_hash_tables(struct db *db, char out[65], struct err *e)
{
	struct hash h;
	uint8_t sum[32];
	hash_init(&h);
	if (!state_hash_cells(db, &h, e) ||
	    !state_hash_rows(db, &h,
		"SELECT c.ent,c.fld,c.what FROM clash c JOIN rec r ON r.ent=c.ent WHERE r.alive"
		" ORDER BY c.ent,c.fld,c.what",
		3, e) ||
	    !state_hash_rows(db, &h,
		"SELECT l.from_,l.to_ FROM link l JOIN " LIVING " f ON f.id=l.from_ JOIN " LIVING
		" t ON t.id=l.to_ WHERE " LEVEL("t") "<" LEVEL("f") " ORDER BY 1,2",
		2, e))
		return false;
	hash_done(&h, sum);
	hash_hex(sum, sizeof sum, out);
	return true;
}

// Whether two records are joined is seen in the records of the joins, and an older plando, which
// does not follow them, has the same state.
bool state_hash(struct store *s, char out[65], struct err *e)
{
	int64_t tied;
	if (!db_number(s->db, "SELECT EXISTS(SELECT 1 FROM tie)", 0, &tied, e))
		return false;
	if (!tied)
		return state_hash_tables(s->db, out, e);
	struct store *each = store_untied(s, e);
	bool ok = each && state_hash_tables(each->db, out, e);
	store_close(each);
	return ok;
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
	return state_hash(s, out->state, e);
}
