// SPDX-License-Identifier: MIT
#include "store/exchange/part.h"

#include <plando/index.h>

const struct part PART_PUBLIC = { .teams = true };

// The streams that stay out.
struct left_out {
	int64_t *sid;
	size_t count, cap;
};

static bool part_goes_along(const struct part *part, const struct id *scope, bool is_team)
{
	if (part->teams && (is_team || id_equal(scope, &ID_COLLABORATIVE)))
		return true;
	for (size_t i = 0; i < part->count; i++)
		if (id_equal(scope, &part->scope[i]))
			return true;
	return false;
}

static bool part_left_out_find(
    struct db *db, struct arena *a, const struct part *part, struct left_out *out, struct err *e)
{
	struct err own = { 0 };
	struct id scope;
	struct ask *q = db_ask(db,
	    "SELECT sid,scope,EXISTS(SELECT 1 FROM change c WHERE c.ent=scope AND c.kind='team')"
	    " FROM stream",
	    e);
	*out = (struct left_out){ 0 };
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		if (col_id(q, 1, &scope) && part_goes_along(part, &scope, col_int(q, 2) != 0))
			continue;
		if (!arena_grow(a, (void **)&out->sid, out->count, &out->cap, sizeof *out->sid))
			err_memory(&own);
		else
			out->sid[out->count++] = col_int(q, 0);
	}
	return ask_end(q, &own, e);
}

// A cid that stands in two lines of a fork counts once: those of one stream and its forks share a
// scope, so both lines stay or go.
static bool part_cids_subtract(
    struct db *db, const struct left_out *out, uint64_t *digest, struct err *e)
{
	struct arena a = { 0 };
	struct err own = { 0 };
	struct index seen = INDEX_IN(&a);
	uint64_t *cid = NULL;
	size_t count = 0, cap = 0;
	for (size_t i = 0; !own.code && i < out->count; i++) {
		struct ask *q = db_ask(db, "SELECT cid FROM change WHERE sid=?", &own);
		if (!q)
			break;
		ask_int(q, 1, out->sid[i]);
		while (!own.code && ask_step(q, &own)) {
			uint64_t c = (uint64_t)col_int(q, 0), hash = index_hash(&c, sizeof c, 1);
			size_t walk = 0, at;
			while ((at = index_next(&seen, hash, &walk)) != SIZE_MAX && cid &&
			       cid[at] != c)
				;
			if (at != SIZE_MAX)
				continue;
			*digest -= c;
			if (!arena_grow(&a, (void **)&cid, count, &cap, sizeof *cid) ||
			    !index_put(&seen, hash, count))
				err_memory(&own);
			else
				cid[count++] = c;
		}
		ask_done(q);
	}
	arena_free(&a);
	return !own.code || err_set(e, own.code, "%s", own.text);
}

static bool part_digest_without(
    struct db *db, const struct left_out *out, uint64_t *digest, struct err *e)
{
	int64_t all;
	if (!meta_get_int(db, "digest", 0, &all, e))
		return false;
	*digest = (uint64_t)all;
	return part_cids_subtract(db, out, digest, e);
}

bool part_digest(struct store *s, const struct part *part, uint64_t *digest, struct err *e)
{
	struct arena a = { 0 };
	struct left_out out;
	bool ok = part_left_out_find(s->db, &a, part, &out, e) &&
		  part_digest_without(s->db, &out, digest, e);
	arena_free(&a);
	return ok;
}

static bool part_delete_one(struct db *db, const char *sql, int64_t sid, struct err *e)
{
	struct ask *q = db_ask(db, sql, e);
	if (!q)
		return false;
	ask_int(q, 1, sid);
	return ask_run(q, e);
}

// Tables are made again from what is left: deleted rows leave traces in the index of words.
static bool part_leave_out(struct store *copy, const struct left_out *out, struct err *e)
{
	uint64_t digest;
	if (!part_digest_without(copy->db, out, &digest, e))
		return false;
	for (size_t i = 0; i < out->count; i++)
		if (!part_delete_one(copy->db, "DELETE FROM change WHERE sid=?", out->sid[i], e) ||
		    !part_delete_one(copy->db, "DELETE FROM stream WHERE sid=?", out->sid[i], e))
			return false;
	return meta_set_int(copy->db, "digest", (int64_t)digest, e) && state_make(copy, 0, e);
}

static bool part_cut(struct store *copy, const struct part *part, struct err *e)
{
	struct left_out out;
	return db_begin(copy->db, e) && part_left_out_find(copy->db, &copy->arena, part, &out, e) &&
	       db_exec(copy->db, "UPDATE batch SET source=NULL; DELETE FROM bookmark;", e) &&
	       (!part->teams || meta_set_int(copy->db, "public", 1, e)) &&
	       (!out.count || part_leave_out(copy, &out, e)) && db_commit(copy->db, e);
}

bool part_copy(struct store *s, const char *to, const struct part *part, struct err *e)
{
	if (!db_backup(s->db, to, to, e))
		return false;
	struct store *copy = store_new(s->env, to, e);
	bool ok = copy && (copy->db = db_open(to, DB_SCRATCH, to, e)) && part_cut(copy, part, e);
	store_close(copy);
	return ok;
}
