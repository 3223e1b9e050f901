// SPDX-License-Identifier: MIT
// Merging a file: a private copy of it is checked, its log taken in (absorb.c), what it touched
// folded again. The other file is never opened in place (docs/merging.md): no locks, no journal,
// no write.
#include "store/merge/merge.h"
#include "store/exchange/far.h"
#include "store/exchange/outbox.h"
#include "store/file/private.h"
#include "store/log/tie.h"
#include "store/merge/absorb.h"
#include "store/merge/held.h"

#include <plando/merge.h>
#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

// The clashes of one record as rows "fld|what", to tell new ones from those that were open before.
struct clashes {
	const char **row;
	size_t count, cap;
};

static bool merge_clashes_read(
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

// Who is told how far a file among several has come.
struct watching {
	const struct merge_watch *watch;
	size_t file, files;
};

static int64_t merge_clashes_new(const struct clashes *before, const struct clashes *now)
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

// Taking in is the first half of the work, folding the second.
static void merge_told(struct absorbing *w, size_t done, size_t of)
{
	const struct watching *x = w->watch;
	if (x->watch)
		x->watch->step(x->watch->context, x->file, x->files, done, of * 2);
}

static void merge_told_fold(struct absorbing *w, size_t done)
{
	if (w->step)
		w->step(w, w->touched_count + done, w->touched_count);
}

static int merge_by_id(const void *a, const void *b)
{
	return id_compare(a, b);
}

static bool merge_erase(struct absorbing *w, struct err *e)
{
	for (size_t i = 0; i < w->touched_count; i++)
		if (!fold_erase(w->s, &w->touched[i], e))
			return false;
	return true;
}

// In the order of their ids, which is the order of the tables: each page is written once.
static bool merge_fold(struct absorbing *w, int64_t *conflicts, struct err *e)
{
	int64_t joined = 0, left = 0;
	*conflicts = 0;
	if (w->touched_count > 1)
		qsort(w->touched, w->touched_count, sizeof *w->touched, merge_by_id);
	if (w->s->bare)
		return BREAK_boxerase || merge_erase(w, e);
	for (size_t i = 0; i < w->touched_count; i++) {
		struct clashes before, now;
		struct arena a = { 0 };
		bool ok = merge_clashes_read(w->s, &a, &w->touched[i], &before, e) &&
			  fold_record(w->s, &w->touched[i], 0, e) &&
			  merge_clashes_read(w->s, &a, &w->touched[i], &now, e);
		*conflicts += ok ? merge_clashes_new(&before, &now) : 0;
		arena_free(&a);
		if (!ok)
			return false;
		merge_told_fold(w, i + 1);
	}
	// Of joined records it is known when all are folded.
	static const char all[] = "SELECT count(*) FROM clash";
	if (!db_number(w->s->db, all, 0, &left, e) || !state_follow(w->s, e) ||
	    !db_number(w->s->db, all, 0, &joined, e))
		return false;
	*conflicts += joined > left ? joined - left : 0;
	return true;
}

// The batch keeps how many came; one that brought nothing is no batch.
static bool merge_batch_close(struct absorbing *w, struct err *e)
{
	struct ask *q = db_ask(w->s->db,
	    w->rows ? "UPDATE batch SET n=?2 WHERE id=?1"
		    : "DELETE FROM batch WHERE id=?1 AND ?2 NOT NULL",
	    e);
	if (!q)
		return false;
	ask_int(q, 1, w->batch);
	ask_int(q, 2, w->changes);
	return ask_run(q, e);
}

static bool merge_write(
    struct absorbing *w, const char *source, struct merge_report *out, struct err *e)
{
	struct db *db = w->s->db;
	int64_t digest;
	tie_forget(w->s);
	if (!meta_get_int(db, "digest", 0, &digest, e) ||
	    !meta_get_int(db, "hlc_max", 0, &w->newest, e) ||
	    !log_batch_add(w->s, "merge", source, 0, &w->batch, e))
		return false;
	w->digest = (uint64_t)digest;
	if (!w->each) // what is kept here was erased on this computer before, or held then
		held_begin(w->s, w->batch);
	if (!absorb_all(w, e) || !merge_fold(w, &out->conflicts, e) || !merge_batch_close(w, e) ||
	    (!w->s->bare && (!merge_erasures(w->s, &w->s->arena, w->batch, out, e) ||
				!merge_outside(w->s, w->batch, out, e))))
		return false;
	out->changes = w->changes;
	out->records = (int64_t)w->touched_count;
	out->forks = w->forks;
	out->batch = w->rows ? w->batch : 0;
	out->left = w->left;
	out->why = w->left ? arena_strdup(&w->s->arena, w->why.text) : NULL;
	return meta_set_int(db, "digest", (int64_t)w->digest, e) &&
	       meta_set_int(db, "hlc_max", w->newest, e);
}

// `how`: what is taken, and who is told; all else of it is set here.
static bool merge_run(struct store *s, struct db *theirs, const char *source,
    const struct absorbing *how, struct merge_report *out, int64_t *rows, struct err *e)
{
	struct arena keep = { 0 };
	struct absorbing w = *how;
	w.s = s;
	w.theirs = theirs;
	w.keep = &keep;
	w.by_ent = INDEX_IN(&keep);
	bool ok = merge_write(&w, source, out, e);
	out->gap = w.gap;
	*rows = w.rows;
	arena_free(&keep);
	return ok;
}

bool merge_within(struct store *s, struct db *theirs, const char *source, struct merge_report *out,
    int64_t *rows, struct err *e)
{
	return merge_run(s, theirs, source, &(struct absorbing){ 0 }, out, rows, e);
}

bool merge_streams_within(struct store *s, struct db *theirs, const char *source,
    const struct id *stream, size_t n, struct merge_report *out, int64_t *rows, struct err *e)
{
	const struct absorbing how = { .each = true, .only = stream, .only_count = n };
	return merge_run(s, theirs, source, &how, out, rows, e);
}

static bool merge_begin(struct store *s, bool dry_run, struct err *e)
{
	if (!db_begin(s->db, e))
		return false;
	s->trial = dry_run;
	db_room(s->db, true);
	return true;
}

// The end of a transaction that merged: kept where there is something to keep.
static bool merge_end(struct store *s, bool ok, bool keep, struct err *e)
{
	ok = held_end(s, ok && keep, e) && ok;
	if (ok && keep) {
		ok = db_commit(s->db, e);
		db_room(s->db, false);
		store_look(s);
		if (ok)
			outbox_take(s);
		far_saved(s);
		if (ok && s->erased)
			store_scrub(s, false);
		return ok;
	}
	db_rollback(s->db);
	db_room(s->db, false);
	store_forget(s);
	return ok;
}

// In a transaction of its own.
static bool merge_alone(struct store *s, struct db *theirs, const char *source,
    const struct absorbing *how, bool dry_run, struct merge_report *out, struct err *e)
{
	struct err own = { 0 };
	int64_t rows = 0;
	bool ok = store_fence(s, &own) && store_writable(s, &own) && merge_begin(s, dry_run, &own);
	if (ok) {
		ok = merge_run(s, theirs, source, how, out, &rows, &own);
		ok = merge_end(s, ok, rows && !dry_run, &own);
	}
	return ok || err_set(e, own.code, "%s", own.text);
}

bool merge_from(struct store *s, struct db *theirs, const char *source, bool dry_run,
    struct merge_report *out, struct err *e)
{
	return merge_alone(s, theirs, source, &(struct absorbing){ 0 }, dry_run, out, e);
}

bool merge_streams(struct store *s, struct db *theirs, const char *source, const struct id *stream,
    size_t n, struct merge_report *out, struct err *e)
{
	const struct absorbing how = { .each = true, .only = stream, .only_count = n };
	return merge_alone(s, theirs, source, &how, false, out, e);
}

// --- is it a copy of this workbook?

bool merge_identity(struct db *theirs, const char *path, struct id *out, struct err *e)
{
	struct err own = { 0 };
	int64_t format;
	struct ask *q = db_ask(theirs, "SELECT v FROM meta WHERE k='collab'", e);
	if (!q)
		return false;
	bool found = ask_step(q, &own) && col_id(q, 0, out);
	if (!ask_end(q, &own, e) || !meta_get_int(theirs, "log_format", 0, &format, e))
		return false;
	if (!found)
		return err_set(
		    e, ERR_DATA, "%s: it is not a plando workbook; check the name", path);
	return format <= LOG_FORMAT ||
	       err_set(e, ERR_DATA,
		   "%s: it was made by a newer plando; install that version to merge it", path);
}

// What a log calls its collaborative; "" where it does not say.
static const char *merge_collaborative_name(struct db *db, struct arena *a)
{
	struct heads h;
	if (!fold_heads(db, a, &ID_COLLABORATIVE, "name", &h, NULL) || !h.count)
		return "";
	return h.item[h.count - 1].val;
}

bool merge_same_collaborative(struct store *s, struct db *theirs, const char *path, struct err *e)
{
	struct id other = { 0 };
	struct arena a = { 0 };
	if (!merge_identity(theirs, path, &other, e))
		return false;
	if (id_equal(&other, &s->collab))
		return true;
	const char *name = merge_collaborative_name(theirs, &a),
		   *own = merge_collaborative_name(s->db, &a);
	err_set(e, ERR_DATA,
	    "%s: it is %s workbook of \"%.60s\", not a copy of this one, \"%.60s\"; merge "
	    "--as-new-records copies its teams in",
	    path, strcmp(name, own) == 0 ? "another" : "the", name, own);
	arena_free(&a);
	return false;
}

static bool merge_same_digest(struct store *s, struct db *theirs, bool *same, struct err *e)
{
	int64_t mine, other;
	if (!meta_get_int(s->db, "digest", 0, &mine, e) ||
	    !meta_get_int(theirs, "digest", 0, &other, e))
		return false;
	*same = mine == other;
	return true;
}

static bool merge_names_the_file(const char *path, struct err *own, struct err *e)
{
	if (own->code == ERR_DATA && !str_starts(own->text, path))
		err_place(own, path, 0, 0);
	return err_set(e, own->code, "%s", own->text);
}

// Is there something to take from this copy of ours, and is it whole?
static bool merge_copy_sound(struct store *s, struct private_copy *copy, bool *same, struct err *e)
{
	struct err own = { 0 };
	return (merge_same_digest(s, copy->db, same, &own) &&
		   (*same || private_whole(copy, &own))) ||
	       merge_names_the_file(copy->path, &own, e);
}

bool merge_private(struct store *s, struct private_copy *copy, bool dry_run,
    struct merge_report *out, struct err *e)
{
	struct err own = { 0 };
	bool same = false;
	*out = (struct merge_report){ .path = copy->path };
	if (!merge_same_collaborative(s, copy->db, copy->path, e) ||
	    !merge_copy_sound(s, copy, &same, e))
		return false;
	const char *backup = NULL;
	if (!same && !dry_run)
		backup_make(s, &s->arena, &backup);
	if (!same && !merge_from(s, copy->db, copy->path, dry_run, out, &own))
		return merge_names_the_file(copy->path, &own, e);
	out->backup = backup;
	return true;
}

// The workbook itself, under this name or another, or a copy that holds just what it holds. It
// itself must not be opened again: closing it would give up the locks of the transaction (POSIX).
static bool merge_brings_nothing(struct store *s, const char *path, bool *nothing, struct err *e)
{
	struct stat st;
	int64_t digest;
	bool mine = s->path && stat(path, &st) == 0 && st.st_dev == s->seen.st_dev &&
		    st.st_ino == s->seen.st_ino;
	if (!mine && !meta_get_int(s->db, "digest", 0, &digest, e))
		return false;
	*nothing = mine || private_equal(path, &s->collab, digest);
	return true;
}

// One of the files, within the transaction. *theirs: what went wrong is that file's fault.
static bool merge_one(struct store *s, struct arena *a, const char *path,
    const struct watching *watching, struct merge_report *out, bool *theirs, struct err *e)
{
	struct private_copy copy;
	struct err own = { 0 };
	bool same = false;
	int64_t rows = 0;
	*out = (struct merge_report){ .path = path };
	*theirs = false;
	if (!merge_brings_nothing(s, path, &same, e))
		return false;
	if (same)
		return true;
	if (!private_open(path, &copy, e)) {
		*theirs = e->code != ERR_MEMORY;
		return false;
	}
	// What is kept on this computer may be damaged in a part: the rest of it comes.
	const struct absorbing how = {
		.each = outbox_is(s, path), .step = watching ? merge_told : NULL, .watch = watching
	};
	bool ok = merge_same_collaborative(s, copy.db, path, e) &&
		  (how.each || merge_copy_sound(s, &copy, &same, e));
	if (ok && !same && !merge_run(s, copy.db, path, &how, out, &rows, &own))
		ok = merge_names_the_file(path, &own, e);
	private_close(&copy);
	*theirs = !ok && e->code == ERR_DATA;
	return ok && (!rows || !a || merge_parts(s, a, out->batch, out, e));
}

// Whole or not at all. *why: the reason for which it is left out; ERR_NONE: it is not.
static bool merge_try(struct store *s, struct arena *a, const char *path,
    const struct watching *watching, struct merge_report *out, struct err *why, struct err *e)
{
	struct err own = { 0 };
	bool theirs;
	*why = (struct err){ 0 };
	if (!db_exec(s->db, "SAVEPOINT file", e))
		return false;
	if (merge_one(s, a, path, watching, out, &theirs, &own))
		return db_exec(s->db, "RELEASE file", e);
	if (!theirs)
		return err_set(e, own.code, "%s", own.text);
	*why = own;
	bool gap = out->gap;
	*out = (struct merge_report){ .path = path, .gap = gap };
	store_forget(s);
	return db_exec(s->db, "ROLLBACK TO file; RELEASE file", e);
}

// "PATH: what is wrong" -> "what is wrong".
static const char *merge_reason_of(struct arena *a, const char *path, const struct err *why)
{
	const char *words = why->text;
	if (str_starts(words, path) && str_starts(words + strlen(path), ": "))
		words += strlen(path) + 2;
	return arena_strdup(a, words);
}

// Parcels build on one another, and names say nothing of their order: one that waits for another is
// tried again as long as any comes in.
static bool merge_rounds(struct store *s, struct arena *a, const char *const path[], size_t n,
    const struct merge_watch *watch, struct merge_report *report, struct err *first, struct err *e)
{
	bool came = true;
	for (size_t i = 0; i < n; i++)
		report[i] = (struct merge_report){ .left_out = "", .gap = true };
	while (came) {
		came = false;
		for (size_t i = 0; i < n; i++) {
			struct watching watching = { watch, i, n };
			struct err why;
			if (!report[i].left_out || !report[i].gap)
				continue;
			if (!merge_try(s, a, path[i], &watching, &report[i], &why, e))
				return false;
			came = came || report[i].batch;
			report[i].left_out =
			    why.code ? merge_reason_of(a ? a : &s->arena, path[i], &why) : NULL;
			if (why.code && !report[i].left_out)
				return err_memory(e);
			if (why.code)
				*first = why;
		}
	}
	return true;
}

static bool merge_each_file(struct store *s, struct arena *a, const char *const path[], size_t n,
    bool dry_run, bool alone, const struct merge_watch *watch, struct merge_report *report,
    struct err *e)
{
	struct err own = { 0 }, why = { 0 };
	const char *backup = NULL;
	bool any = false;
	if (!store_fence(s, e) || !store_writable(s, e))
		return false;
	if (!dry_run && n)
		backup_make(s, &s->arena, &backup);
	if (!merge_begin(s, dry_run, e))
		return false;
	bool ok = merge_rounds(s, a, path, n, watch, report, &why, &own);
	if (ok && alone && n && report[0].left_out)
		ok = err_set(&own, why.code, "%s", why.text);
	for (size_t i = 0; ok && i < n; i++)
		any = any || report[i].batch;
	ok = merge_end(s, ok, any && !dry_run, &own);
	for (size_t i = 0; dry_run && ok && i < n; i++)
		report[i].batch = 0;
	if (ok && n)
		report[0].backup = backup;
	return ok || err_set(e, own.code, "%s", own.text);
}

bool merge_files(struct store *s, struct arena *a, const char *const path[], size_t n, bool dry_run,
    const struct merge_watch *watch, struct merge_report *report, struct err *e)
{
	return merge_each_file(s, a, path, n, dry_run, n == 1, watch, report, e);
}

bool merge_found(struct store *s, struct arena *a, const char *const path[], size_t n, bool dry_run,
    const struct merge_watch *watch, struct merge_report *report, struct err *e)
{
	return merge_each_file(s, a, path, n, dry_run, false, watch, report, e);
}

bool merge_file(
    struct store *s, const char *path, bool dry_run, struct merge_report *out, struct err *e)
{
	return merge_files(s, NULL, &path, 1, dry_run, NULL, out, e);
}
