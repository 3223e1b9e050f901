// SPDX-License-Identifier: MIT
// Rule 1. The outbox is a log without tables. It is written by merging and by nothing else, so that
//         it is erased as every log is, and merges like any copy, also by hand. A redaction is in
//         it like any change: an older file in the newer one's place is told of it.
// Rule 2. Its journal guards it against a kill; it is synced once a save, after the workbook. A
//         power cut in between may cost it, never the workbook: what is damaged is set aside.
// Rule 3. Nothing here stops a save: without a disk for it, it is kept in memory.
// Rule 4. It is this user's and nobody else's (0600, same owner), or it is not used.
// Rule 5. It gives back stream by stream (absorb_each.c).
#include "store/exchange/outbox.h"

#include "store/file/local.h"
#include "store/merge/merge.h"

#include <plando/file.h>
#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char NAME[] = "outbox.plando", OFF[] = "no-outbox";

// --- on or off

static const char *outbox_off_path(const struct store *s, struct arena *a)
{
	return str_empty(s->env->state_home) ? NULL
					     : arena_printf(a, "%s/%s", s->env->state_home, OFF);
}

bool outbox_is_on(const struct store *s)
{
	struct arena a = { 0 };
	const char *path = outbox_off_path(s, &a);
	bool on = !str_empty(s->env->state_home) && !s->env->no_outbox &&
		  (!path || access(path, F_OK) != 0);
	arena_free(&a);
	return on;
}

static bool outbox_marker_write(struct arena *a, const char *path, struct err *e)
{
	struct file_out f;
	return file_folders(path, e) && file_begin(&f, a, path, e) && file_commit(&f, e);
}

bool outbox_turn(struct store *s, bool on, struct err *e)
{
	struct arena a = { 0 };
	const char *off = outbox_off_path(s, &a), *kept = local_path(s, &a, NAME, false);
	bool ok = true;
	if (!off)
		ok = err_set(e, ERR_UNAVAILABLE,
		    "there is no folder to keep anything in; set HOME or XDG_STATE_HOME");
	else if (on)
		ok = unlink(off) == 0 || errno == ENOENT || err_errno(e, off, "remove it");
	else
		ok = outbox_marker_write(&a, off, e);
	outbox_close(s);
	if (ok && !on && kept && unlink(kept) != 0 && errno != ENOENT)
		ok = err_errno(e, kept, "remove it");
	arena_free(&a);
	return ok;
}

// --- opening

// One that an older plando filled is a log, too: without a digest, with streams that it emptied.
static bool outbox_box_adopt(struct store *box, struct err *e)
{
	uint64_t digest;
	int64_t batch;
	return log_batch_add(box, "merge", NULL, 0, &batch, e) &&
	       db_exec(box->db,
		   "UPDATE change SET batch=(SELECT max(id) FROM batch);"
		   "DELETE FROM stream WHERE sid NOT IN (SELECT sid FROM change);"
		   "DROP TABLE IF EXISTS held; DROP TABLE IF EXISTS refused;",
		   e) &&
	       log_digest(box->db, &digest, e) &&
	       meta_set_int(box->db, "digest", (int64_t)digest, e);
}

// False with e->code ERR_NONE: another collaborative's.
static bool outbox_box_fits(struct store *s, struct store *box, struct err *e)
{
	struct err own = { 0 };
	struct id collab = { 0 };
	int64_t kept;
	if (!schema_is_log(box->db, e))
		return false;
	struct ask *q = db_ask(box->db, "SELECT v FROM meta WHERE k='collab'", e);
	if (!q)
		return false;
	bool found = ask_step(q, &own) && col_id(q, 0, &collab);
	if (!ask_end(q, &own, e) || !found || !id_equal(&collab, &s->collab) ||
	    !db_number(box->db, "SELECT count(*) FROM meta WHERE k='digest'", 0, &kept, e))
		return false;
	if (kept)
		return true;
	if (db_begin(box->db, e) && lacking_tables(box->db, e) && outbox_box_adopt(box, e) &&
	    db_commit(box->db, e))
		return true;
	db_rollback(box->db);
	return false;
}

static bool outbox_box_fill(struct store *box, struct err *e)
{
	return schema_log_make(box, e) && meta_set_int(box->db, "digest", 0, e) &&
	       lacking_tables(box->db, e) && db_commit(box->db, e);
}

// Rule 4. *fresh: there is none yet.
static bool outbox_may_use(const char *path, bool *fresh)
{
	struct stat st;
	*fresh = false;
	if (lstat(path, &st) != 0) {
		*fresh = errno == ENOENT;
		return *fresh;
	}
	*fresh = S_ISREG(st.st_mode) && st.st_size == 0;
	return S_ISREG(st.st_mode) && st.st_uid == geteuid();
}

static bool outbox_box_file_make(const char *path)
{
	int fd = open(path, O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_RDWR, 0600);
	bool durable = fd >= 0 && fsync(fd) == 0;
	return fd >= 0 && close(fd) == 0 && durable;
}

// Opens what is there, or fills it. path NULL: in memory.
static struct store *outbox_box_try(struct store *s, const char *path, bool fresh, struct err *e)
{
	struct store *box = store_new(s->env, NULL, e);
	if (!box)
		return NULL;
	box->bare = box->writable = true;
	box->mode = STORE_WRITE;
	box->collab = s->collab;
	box->db = db_open(path, path ? DB_KEPT : DB_MEMORY, path, e);
	if (box->db && (fresh ? outbox_box_fill(box, e) : outbox_box_fits(s, box, e)))
		return box;
	store_close(box);
	return NULL;
}

// What is damaged is set aside, and another one begun where something is to be kept.
static struct store *outbox_box_renew(struct store *s, struct arena *a, const char *path, bool make)
{
	struct err own = { 0 };
	const char *aside = arena_printf(a, "%s.damaged", path);
	bool free = aside && rename(path, aside) == 0;
	return free && make && outbox_box_file_make(path) ? outbox_box_try(s, path, true, &own)
							  : NULL;
}

// NULL: it cannot be had from the disk. Not made anew: `make` false.
// *why: set where there is one, and it cannot be opened now.
static struct store *outbox_box_from_disk(struct store *s, bool make, struct err *why)
{
	struct arena a = { 0 };
	struct err own = { 0 };
	struct store *box = NULL;
	bool fresh = false;
	bool on = outbox_is_on(s);
	const char *path = on ? local_path(s, &a, NAME, make) : NULL;
	if (on && !path && !make)
		err_memory(&own);
	if (path && outbox_may_use(path, &fresh) &&
	    (!fresh || (make && outbox_box_file_make(path)))) {
		box = outbox_box_try(s, path, fresh, &own);
		if (!box && !fresh && (own.code == ERR_DATA || own.code == ERR_NONE))
			box = outbox_box_renew(s, &a, path, make);
	}
	if (!box && own.code && own.code != ERR_DATA)
		*why = own;
	arena_free(&a);
	return box;
}

void outbox_close(struct store *s)
{
	store_close(s->kept.box);
	s->kept.box = NULL;
	s->kept.on_disk = false;
	s->kept.batches = 0;
}

// The box that is open, or the one on the disk.
static bool outbox_box_open(struct store *s, bool make, struct err *why)
{
	*why = (struct err){ 0 };
	if (!s->path || s->past)
		return false;
	if (!s->kept.box) {
		s->kept.box = outbox_box_from_disk(s, make, why);
		s->kept.on_disk = s->kept.box != NULL;
	}
	return s->kept.box != NULL;
}

bool outbox_is(struct store *s, const char *path)
{
	struct arena a = { 0 };
	struct stat own, st;
	const char *box = s->path ? local_path(s, &a, NAME, false) : NULL;
	bool is = box && lstat(box, &own) == 0 && stat(path, &st) == 0 && own.st_dev == st.st_dev &&
		  own.st_ino == st.st_ino;
	arena_free(&a);
	return is;
}

// --- filling

// The streams that grew since, by merging or by being written.
static bool outbox_arrivals_read(
    struct store *s, struct arena *a, bool merged, struct arrivals *out, struct err *e)
{
	struct err own = { 0 };
	struct id id;
	*out = (struct arrivals){ 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT t.id FROM stream t JOIN (SELECT DISTINCT c.sid FROM change c JOIN batch b"
	    " ON b.id=c.batch WHERE c.batch>?1 AND (b.how='merge')=?2) x ON x.sid=t.sid",
	    e);
	if (!q)
		return false;
	ask_int(q, 1, s->kept.taken);
	ask_int(q, 2, merged);
	while (!own.code && ask_step(q, &own))
		if (col_id(q, 0, &id))
			outbox_arrival_add(a, out, &id, &own);
	return ask_end(q, &own, e);
}

// Where the outbox is in memory it must hold this run's streams from the first on.
static bool outbox_arrivals_written(
    struct store *s, struct arena *a, struct arrivals *out, struct err *e)
{
	for (size_t i = 0; i < s->wrote_count; i++)
		if (!outbox_arrival_add(a, out, &s->wrote[i].stream, e))
			return false;
	return true;
}

// Of a clock that cannot be right it is not known when that was: it counts as new when one can.
static bool outbox_batch_undated(struct db *box, int64_t batch, struct err *e)
{
	struct ask *q = db_ask(box, "UPDATE batch SET at=?2 WHERE id=?1", e);
	if (!q)
		return false;
	ask_int(q, 1, batch);
	ask_int(q, 2, INT64_MAX);
	return ask_run(q, e);
}

static bool outbox_batch_note(struct store *s, int64_t batch, struct err *e)
{
	struct keeping *k = &s->kept;
	if (!batch)
		return true;
	if (!arena_grow(&s->arena, (void **)&k->batch, k->batches, &k->batch_cap, sizeof *k->batch))
		return err_memory(e);
	k->batch[k->batches++] = batch;
	return clock_believed(s->env) || outbox_batch_undated(k->box->db, batch, e);
}

static bool outbox_box_merge_once(struct store *s, const char *how, const struct arrivals *x,
    struct merge_report *r, struct err *e)
{
	int64_t rows;
	struct store *box = s->kept.box;
	return merge_streams_within(box, s->db, how, x->stream, x->count, r, &rows, e) &&
	       meta_set_int(box->db, "scrub", 0, e) && outbox_batch_note(s, r->batch, e);
}

// The streams of the workbook that blanked something of one of these.
static bool outbox_erasers_add(
    struct store *s, struct arena *a, const struct id *of, struct arrivals *out, struct err *e)
{
	struct err own = { 0 };
	struct id id;
	struct ask *q = db_ask(s->db,
	    "SELECT DISTINCT t.id FROM stream o JOIN change c ON c.sid=o.sid JOIN change r"
	    " ON r.ent=c.ent AND r.fld='!redact' JOIN stream t ON t.sid=r.sid WHERE o.id=? AND"
	    " c.val IS NULL",
	    e);
	if (!q)
		return false;
	ask_id(q, 1, of);
	while (!own.code && ask_step(q, &own)) {
		bool known = !col_id(q, 0, &id);
		for (size_t i = 0; !known && i < out->count; i++)
			known = id_equal(&out->stream[i], &id);
		if (!known)
			outbox_arrival_add(a, out, &id, &own);
	}
	return ask_end(q, &own, e);
}

// A stream of which a part had come blanked, with a copy, stands only beside what blanked it
// (absorb_each.c, rule 2): that comes too.
static bool outbox_box_merge(
    struct store *s, const char *how, const struct arrivals *x, struct err *e)
{
	struct arena a = { 0 };
	struct arrivals all = { 0 };
	struct merge_report r = { 0 };
	bool ok = !x->count || outbox_box_merge_once(s, how, x, &r, e);
	for (size_t i = 0; ok && r.left && i < x->count; i++)
		ok = outbox_arrival_add(&a, &all, &x->stream[i], e);
	for (size_t done = 0; ok && done < all.count; done++)
		ok = outbox_erasers_add(s, &a, &all.stream[done], &all, e);
	if (ok && all.count > x->count)
		ok = outbox_box_merge_once(s, how, &all, &r, e);
	arena_free(&a);
	return ok;
}

static bool outbox_box_take(
    struct store *s, const struct arrivals *written, const struct arrivals *merged, struct err *e)
{
	struct db *box = s->kept.box->db;
	int64_t before;
	if (!db_begin(box, e))
		return false;
	if (meta_get_int(box, "digest", 0, &before, e) &&
	    outbox_box_merge(s, OUTBOX_WRITTEN, written, e) &&
	    (BREAK_boxmerged || outbox_box_merge(s, OUTBOX_MERGED, merged, e)) &&
	    (!s->kept.on_disk || lacking_note_grown(s, (uint64_t)before, e)))
		return db_commit(box, e);
	db_rollback(box);
	return false;
}

// Rule 3.
static void outbox_take_in_memory(struct store *s, struct arena *a)
{
	struct err own = { 0 };
	struct arrivals written = { 0 };
	const struct arrivals none = { 0 };
	if (s->kept.on_disk)
		outbox_close(s);
	if (!s->kept.box)
		s->kept.box = outbox_box_try(s, NULL, true, &own);
	if (s->kept.box && outbox_arrivals_written(s, a, &written, &own))
		outbox_box_take(s, &written, &none, &own);
}

void outbox_take(struct store *s)
{
	struct arena a = { 0 };
	struct err own = { 0 };
	struct arrivals written, merged;
	int64_t newest;
	if (!s->path || !db_number(s->db, "SELECT max(id) FROM batch", 0, &newest, &own) ||
	    newest == s->kept.taken)
		return;
	bool kept = (!s->kept.box || s->kept.on_disk) && outbox_box_open(s, true, &own) &&
		    outbox_arrivals_read(s, &a, false, &written, &own) &&
		    outbox_arrivals_read(s, &a, true, &merged, &own) &&
		    outbox_box_take(s, &written, &merged, &own);
	if (kept)
		db_sync(s->kept.box->db);
	else
		outbox_take_in_memory(s, &a);
	s->kept.taken = newest;
	arena_free(&a);
}

// --- erasing what was erased in the workbook by another hand

static bool outbox_box_has(struct db *box, const struct id *ent, bool *has, struct err *e)
{
	struct err own = { 0 };
	struct ask *q =
	    db_ask(box, "SELECT 1 FROM change WHERE ent=? AND val NOT NULL AND fld<>'!redact'", e);
	if (!q)
		return false;
	ask_id(q, 1, ent);
	*has = ask_step(q, &own);
	return ask_end(q, &own, e);
}

// The streams of the workbook that blank something of a record of which the outbox has words. The
// index alone is read: it holds record, field and stream.
static bool outbox_erasers_read(
    struct store *s, struct arena *a, struct arrivals *out, struct err *e)
{
	struct err own = { 0 };
	struct id ent, id;
	*out = (struct arrivals){ 0 };
	struct ask *q = db_ask(s->db,
	    "SELECT x.ent,t.id FROM (SELECT DISTINCT ent,sid FROM change INDEXED BY change_ent"
	    " WHERE fld='!redact') x JOIN stream t ON t.sid=x.sid",
	    e);
	if (!q)
		return false;
	while (!own.code && ask_step(q, &own)) {
		bool has = false;
		if (col_id(q, 0, &ent) && col_id(q, 1, &id) &&
		    outbox_box_has(s->kept.box->db, &ent, &has, &own) && has)
			outbox_arrival_add(a, out, &id, &own);
	}
	return ask_end(q, &own, e);
}

static bool outbox_box_erase_by(struct store *s, const struct arrivals *erasers, struct err *e)
{
	if (!erasers->count || BREAK_boxscrub)
		return true;
	struct db *box = s->kept.box->db;
	if (db_begin(box, e) && outbox_box_merge(s, OUTBOX_MERGED, erasers, e) && db_commit(box, e))
		return true;
	db_rollback(box);
	return false;
}

static bool outbox_box_erase(struct store *s, struct err *e)
{
	struct arena a = { 0 };
	struct arrivals erasers;
	db_hold(s->db);
	db_hold(s->kept.box->db);
	bool ok = outbox_erasers_read(s, &a, &erasers, e);
	db_release(s->kept.box->db);
	db_release(s->db);
	ok = ok && outbox_box_erase_by(s, &erasers, e);
	arena_free(&a);
	return ok;
}

void outbox_scrub(struct store *s)
{
	struct err ignored = { 0 };
	if (outbox_box_open(s, false, &ignored))
		outbox_box_erase(s, &ignored);
}

// --- giving back

static bool outbox_box_give(
    struct store *s, enum lacking_of of, struct outbox_mended *out, struct err *e)
{
	struct arena a = { 0 };
	struct lacking l;
	struct merge_report r = { 0 };
	struct err own = { 0 };
	*out = (struct outbox_mended){ 0 };
	bool ok = lacking_find(s, &a, of, &l, e);
	if (ok && l.count) {
		ok = merge_streams(
		    s, s->kept.box->db, "kept on this computer", l.stream, l.count, &r, &own);
		out->changes = r.changes;
		out->merged = l.merged;
		out->left = ok ? r.left : l.changes;
		out->why = ok ? r.why : arena_strdup(&s->arena, own.text);
	}
	arena_free(&a);
	return ok || err_set(e, own.code ? own.code : e->code, "%s", own.code ? own.text : e->text);
}

void outbox_mend(struct store *s, struct outbox_mended *out)
{
	struct err own = { 0 };
	*out = (struct outbox_mended){ 0 };
	if (s->kept.box && s->kept.batches && !outbox_box_give(s, LACKING_THIS_RUN, out, &own) &&
	    !out->why)
		out->why = arena_strdup(&s->arena, own.text);
}

bool outbox_put_back(struct store *s, struct outbox_mended *out, struct err *e)
{
	struct err own = { 0 };
	*out = (struct outbox_mended){ 0 };
	if (!outbox_box_open(s, false, &own))
		return !own.code || err_set(e, own.code, "%s", own.text);
	return outbox_box_give(s, LACKING_WANTED, out, &own) ||
	       err_set(e, own.code, "%s", own.text);
}

// --- looking

// At the first look at a file as it is now: what a file that others wrote to erased, and once a day
// what was kept for long enough.
static bool outbox_box_look(struct store *s, struct arena *a, struct lacking *l, struct err *e)
{
	bool gone = false;
	enum lacking_since since;
	struct arrivals erasers;
	struct err ignored = { 0 }; // a disk that cannot be written to: it is looked at again
	*l = (struct lacking){ 0 };
	if (!lacking_since(s, a, &since, &erasers, e) ||
	    (since == LACKING_NOT_KNOWN && !lacking_find(s, a, LACKING_WANTED, l, e)))
		return false;
	if (since != LACKING_AS_SEEN &&
	    (since == LACKING_GREW ? outbox_box_erase_by(s, &erasers, &ignored)
				   : outbox_box_erase(s, &ignored)) &&
	    !l->count)
		lacking_note_none(s, &ignored);
	if (lacking_expire(s, &gone, &ignored) && gone)
		db_vacuum(s->kept.box->db, &ignored);
	return true;
}

bool outbox_missing(struct store *s, struct arena *a, struct outbox_gap *out, struct err *e)
{
	struct lacking l = { 0 };
	*out = (struct outbox_gap){ 0 };
	struct err ignored;
	bool ok = !outbox_box_open(s, false, &ignored) || outbox_box_look(s, a, &l, e);
	out->changes = l.changes;
	out->merged = l.merged;
	out->newest = l.newest;
	out->path = local_path(s, a, NAME, false);
	return ok;
}

bool outbox_ask_again(struct store *s, struct err *e)
{
	struct err own;
	bool box = outbox_box_open(s, false, &own);
	bool ok = box ? lacking_recall(s, e) : !own.code || err_set(e, own.code, "%s", own.text);
	if (ok && box)
		db_sync(s->kept.box->db);
	return ok;
}

bool outbox_refuse(struct store *s, struct err *e)
{
	struct arena a = { 0 };
	struct lacking l;
	struct err own;
	bool box = outbox_box_open(s, false, &own);
	bool ok = box ? lacking_find(s, &a, LACKING_WANTED, &l, e) && lacking_decline(s, &l, e)
		      : !own.code || err_set(e, own.code, "%s", own.text);
	if (ok && box)
		db_sync(s->kept.box->db);
	arena_free(&a);
	return ok;
}
