// SPDX-License-Identifier: MIT
// Merging a file: a private copy of it is checked, its log taken in (absorb.c), what it touched
// folded again. The other file is never opened in place (data.md, section 2): no locks, no journal,
// no write.
#include "store/absorb.h"
#include "store/private.h"

#include <plando/merge.h>
#include <plando/str.h>

#include <string.h>

// The clashes of one record as rows "fld|what", to tell new ones from those that were open before.
struct clashes {
	const char **row;
	size_t count, cap;
};

static bool clashes_read(
    struct store *s, struct arena *a, const struct id *ent, struct clashes *out, struct err *e)
{
	struct err own = { 0 };
	struct ask *q = db_ask(s->db, "SELECT fld||'|'||what FROM clash WHERE ent=?", e);
	*out = (struct clashes){ 0 };
	if (!q)
		return false;
	ask_id(q, 1, ent);
	while (!own.code && ask_step(q, &own))
		if (!arena_grow(a, (void **)&out->row, out->count, &out->cap, sizeof *out->row) ||
		    !(out->row[out->count++] = arena_strdup(a, col_text(q, 0))))
			err_memory(&own);
	return ask_end(q, &own, e);
}

static int64_t clashes_new(const struct clashes *before, const struct clashes *now)
{
	int64_t n = 0;
	for (size_t i = 0; i < now->count; i++) {
		bool old = false;
		for (size_t j = 0; j < before->count; j++)
			old = old || strcmp(now->row[i], before->row[j]) == 0;
		n += !old;
	}
	return n;
}

static bool merge_fold(struct absorbing *w, int64_t *conflicts, struct err *e)
{
	*conflicts = 0;
	for (size_t i = 0; i < w->touched_count; i++) {
		struct clashes before, now;
		struct arena a = { 0 };
		bool ok = clashes_read(w->s, &a, &w->touched[i], &before, e) &&
			  fold_record(w->s, &w->touched[i], 0, e) &&
			  clashes_read(w->s, &a, &w->touched[i], &now, e);
		*conflicts += ok ? clashes_new(&before, &now) : 0;
		arena_free(&a);
		if (!ok)
			return false;
	}
	return state_follow_forms(w->s, e);
}

static bool merge_write(
    struct absorbing *w, const char *source, struct merge_report *out, struct err *e)
{
	struct db *db = w->s->db;
	int64_t digest;
	if (!meta_get_int(db, "digest", 0, &digest, e) ||
	    !meta_get_int(db, "hlc_max", 0, &w->newest, e) ||
	    !log_batch_add(w->s, "merge", source, 0, &w->batch, e))
		return false;
	w->digest = (uint64_t)digest;
	if (!absorb_all(w, e) || !merge_fold(w, &out->conflicts, e))
		return false;
	out->changes = w->changes;
	out->records = (int64_t)w->touched_count;
	out->forks = w->forks;
	struct ask *q = db_ask(db, "UPDATE batch SET n=? WHERE id=?", e);
	if (!q)
		return false;
	ask_int(q, 1, w->changes);
	ask_int(q, 2, w->batch);
	return ask_run(q, e) && meta_set_int(db, "digest", (int64_t)w->digest, e) &&
	       meta_set_int(db, "hlc_max", w->newest, e);
}

bool merge_within(struct store *s, struct db *theirs, const char *source, struct merge_report *out,
    int64_t *rows, struct err *e)
{
	struct arena keep = { 0 };
	struct absorbing w = { .s = s, .theirs = theirs, .keep = &keep, .by_ent = INDEX_IN(&keep) };
	bool ok = merge_write(&w, source, out, e);
	*rows = w.rows;
	arena_free(&keep);
	return ok;
}

bool merge_from(struct store *s, struct db *theirs, const char *source, bool dry_run,
    struct merge_report *out, struct err *e)
{
	struct err own = { 0 };
	int64_t rows;
	bool ok = store_fence(s, &own) && store_writable(s, &own) && db_begin(s->db, &own);
	if (ok) {
		ok = merge_within(s, theirs, source, out, &rows, &own);
		if (ok && rows && !dry_run) {
			ok = db_commit(s->db, &own);
			store_look(s);
		} else {
			db_rollback(s->db);
			store_forget(s);
		}
	}
	return ok || err_set(e, own.code, "%s", own.text);
}

// --- is it a copy of this workbook?

static bool same_collaborative(struct store *s, struct db *theirs, const char *path, struct err *e)
{
	struct id other = { 0 };
	struct err own = { 0 };
	int64_t format;
	struct ask *q = db_ask(theirs, "SELECT v FROM meta WHERE k='collab'", e);
	if (!q)
		return false;
	bool found = ask_step(q, &own) && col_id(q, 0, &other);
	if (!ask_end(q, &own, e) || !meta_get_int(theirs, "log_format", 0, &format, e))
		return false;
	if (!found)
		return err_set(
		    e, ERR_DATA, "%s: it is not a plando workbook; check the name", path);
	if (format > LOG_FORMAT)
		return err_set(e, ERR_DATA,
		    "%s: it was made by a newer plando; install that version to merge it", path);
	return id_equal(&other, &s->collab) ||
	       err_set(e, ERR_DATA,
		   "%s: it is another collaborative's workbook, not a copy of this one", path);
}

static bool same_digest(struct store *s, struct db *theirs, bool *same, struct err *e)
{
	int64_t mine, other;
	if (!meta_get_int(s->db, "digest", 0, &mine, e) ||
	    !meta_get_int(theirs, "digest", 0, &other, e))
		return false;
	*same = mine == other;
	return true;
}

bool merge_private(struct store *s, struct private_copy *copy, bool dry_run,
    struct merge_report *out, struct err *e)
{
	struct err own = { 0 };
	bool same = false;
	*out = (struct merge_report){ .path = copy->path };
	if (!same_collaborative(s, copy->db, copy->path, e) || !same_digest(s, copy->db, &same, e))
		return false;
	if (same)
		return true;
	if (!private_verify(copy, e))
		return false;
	if (merge_from(s, copy->db, copy->path, dry_run, out, &own))
		return true;
	if (own.code == ERR_DATA && !str_starts(own.text, copy->path))
		err_place(&own, copy->path, 0, 0);
	return err_set(e, own.code, "%s", own.text);
}

bool merge_file(
    struct store *s, const char *path, bool dry_run, struct merge_report *out, struct err *e)
{
	struct private_copy copy;
	*out = (struct merge_report){ .path = path };
	if (!store_writable(s, e) || !private_open(path, &copy, e))
		return false;
	bool ok = merge_private(s, &copy, dry_run, out, e);
	private_close(&copy);
	return ok;
}
