// SPDX-License-Identifier: MIT
// The file under the running program.
//
// Rule 1. Before each write the file is looked at; another one, or another content = opened again
//         (SQLite's page cache cannot be trusted after an overwrite in place). Once more before the
//         commit, and after it.
// Rule 2. What this run wrote or merged is put into the file that stands there now, from the
//         outbox; what cannot be put there is told, and stays in the outbox.
// Rule 3. What the old file held besides and the new one lacks is kept beside it, where the old one
//         can still be read: renamed over or removed, it lives as long as it is open.
// Rule 4. A file that was renamed in its folder is followed. One that is gone is written anew by
//         the next save, not before: who removed it may have meant it.
// Rule 5. Where something else stands at the path, or nothing may be written to it, the next save
//         goes to a copy beside it, and so does all after it. Where there is no copy to be had, the
//         save is refused: the form keeps what is typed.
//
// What a look finds at the path, and what follows. It is looked at when nothing is typed (store_refresh), before
// a write and in its transaction (store_fence), after it (store_written). "Kept" = the form keeps what is typed.
//
//   found                                idle                   a save is waiting
//   ------------------------------------------------------------------------------------------------
//   the file as it was last seen         nothing                written
//   other content or another file        reopen: mend from the outbox, rescue what the old one held
//   the same, that cannot be opened      told                   go_beside; without a copy: refused, kept
//   no longer to be written to           told                   go_beside
//   to be written to again               regained, told         regained, written
//   nothing, our file has a new name     follow                 follow, written
//   nothing at all                       told                   write_anew
//   not even its folder                  told                   refused, kept
#include "store/file/watch.h"
#include "store/exchange/far.h"
#include "store/exchange/outbox.h"
#include "store/file/private.h"

#include <plando/str.h>

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_ROOM = 4200 };

// --- telling

void store_tell(struct store *s, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(s->news, sizeof s->news, fmt, ap);
	va_end(ap);
	s->told = false;
}

const char *store_news(struct store *s)
{
	bool new = *s->news && !s->told;
	s->told = true;
	return new ? s->news : NULL;
}

static const char *watch_name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

// --- looking

void store_look(struct store *s)
{
	struct stat st;
	if (s->path && stat(s->path, &st) == 0)
		s->seen = st;
}

static bool watch_same_moment(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       watch_same_moment(a->st_mtim, b->st_mtim) &&
	       watch_same_moment(a->st_ctim, b->st_ctim);
}

static bool watch_same_place(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool store_stands(struct store *s)
{
	struct stat st;
	return !s->path || (stat(s->path, &st) == 0 && same_file(&st, &s->seen));
}

// --- opening what stands there

// Does the workbook hold all that this run wrote?
static bool watch_holds_this_run(struct store *s)
{
	for (size_t i = 0; i < s->wrote_count; i++) {
		struct err own = { 0 };
		const struct wrote *w = &s->wrote[i];
		struct ask *q = db_ask(s->db,
		    "SELECT cid FROM change JOIN stream USING(sid) WHERE id=? AND change.seq=?",
		    &own);
		if (!q)
			return false;
		ask_id(q, 1, &w->stream);
		ask_int(q, 2, (int64_t)w->seq);
		bool holds = ask_step(q, &own) && (uint64_t)col_int(q, 0) == w->tip;
		ask_done(q);
		if (!holds)
			return false;
	}
	return true;
}

// Opens s->path; on failure s is as before. The old handle goes to *old (to be closed), still open.
static bool watch_reconnect(struct store *s, struct db **old, struct err *e)
{
	struct store before = *s;
	struct id collab = { 0 };
	store_forget(s);
	*old = s->db;
	s->db = NULL;
	if (store_connect(s, &collab, e) && id_equal(&collab, &s->collab))
		return true;
	if (s->db) {
		db_close(s->db);
		err_set(
		    e, ERR_DATA, "%s: another collaborative's workbook now stands there", s->path);
	}
	s->db = before.db;
	s->seen = before.seen;
	s->writable = before.writable;
	s->why = before.why;
	return false;
}

// Rule 2.
static void watch_mend(struct store *s, struct outbox_mended *mended)
{
	*mended = (struct outbox_mended){ 0 };
	if (!watch_holds_this_run(s))
		s->undos = s->redos = 0; // arrivals are numbered otherwise here
	if (s->writable)
		outbox_mend(s, mended);
}

// --- rule 3

// Something of `old` that s lacks; also where that cannot be told.
static bool watch_lacks_of(struct store *s, struct db *old)
{
	struct err own = { 0 };
	bool lacks = false;
	struct ask *q = db_ask(old, "SELECT id,seq FROM stream", &own);
	while (q && !lacks && ask_step(q, &own)) {
		struct id id = { 0 };
		struct ask *mine =
		    db_ask(s->db, "SELECT 1 FROM stream WHERE id=? AND seq>=?", &own);
		if (!mine)
			break;
		lacks = !col_id(q, 0, &id);
		ask_id(mine, 1, &id);
		ask_int(mine, 2, col_int(q, 1));
		lacks = lacks || !ask_step(mine, &own);
		ask_done(mine);
	}
	ask_done(q);
	return lacks || own.code;
}

static const char *watch_folder_of(const char *path, char room[PATH_ROOM])
{
	snprintf(room, PATH_ROOM, "%s", path);
	return dirname(room);
}

// "hubs.rescued-20261122-140200.plando" beside the workbook.
static bool watch_rescue_name(struct store *s, char out[PATH_ROOM], struct err *e)
{
	char at[MOMENT_TEXT], digits[MOMENT_TEXT] = { 0 };
	size_t stem = strlen(s->path), ending = strlen(".plando"), n = 0;
	struct stat st;
	if (stem > ending && strcmp(s->path + stem - ending, ".plando") == 0)
		stem -= ending;
	moment_print(store_now(s), at);
	for (const char *p = at; *p; p++)
		if (*p != '-' && *p != ':' && *p != 'Z')
			digits[n++] = (char)(*p == 'T' ? '-' : *p);
	for (int i = 1; i < 100; i++) {
		char more[8] = "";
		if (i > 1)
			snprintf(more, sizeof more, "-%d", i);
		if (snprintf(out, PATH_ROOM, "%.*s.rescued-%s%s.plando", (int)stem, s->path, digits,
			more) >= PATH_ROOM)
			break;
		if (lstat(out, &st) != 0 && errno == ENOENT)
			return true;
	}
	return err_set(e, ERR_CANTCREAT, "%s: no free name for a copy beside it", s->path);
}

// What an earlier one left unfinished had the name of another moment.
static void watch_rescue_tidy(const char *path)
{
	char folder[PATH_ROOM], begins[256];
	const char *name = watch_name_of(path), *moment = strstr(name, ".rescued-");
	snprintf(begins, sizeof begins, "%.*s", (int)(moment - name + 9), name);
	making_tidy(watch_folder_of(path, folder), begins);
}

// The old file, still open, as a copy beside.
static bool watch_rescue(struct store *s, struct db *old, char out[PATH_ROOM], struct err *e)
{
	struct db *now = s->db;
	if (!watch_rescue_name(s, out, e))
		return false;
	watch_rescue_tidy(out);
	s->db = old;
	bool ok = store_copy(s, out, e);
	s->db = now;
	return ok;
}

static const char *watch_changes_word(int64_t n)
{
	return n == 1 ? "change" : "changes";
}

// "What you wrote … was put into it", and with counts what could not be.
static void watch_tell_mended(const struct outbox_mended *mended, char *out, size_t room)
{
	int n = 0;
	*out = '\0';
	if (mended->changes)
		n = snprintf(out, room,
		    " What %s since you opened it (%" PRId64 " %s) was put into it.",
		    mended->merged ? "came in" : "you wrote", mended->changes,
		    watch_changes_word(mended->changes));
	if (mended->left)
		snprintf(out + n, room - (size_t)n,
		    " %" PRId64 " %s could not be put into it (%.160s) and stay%s in the outbox.",
		    mended->left, watch_changes_word(mended->left), mended->why ? mended->why : "",
		    mended->left == 1 ? "s" : "");
	else if (mended->why)
		snprintf(out + n, room - (size_t)n,
		    " What is kept on this computer could not be read: %.160s.", mended->why);
}

static void watch_tell_replaced(
    struct store *s, const struct outbox_mended *mended, const char *kept)
{
	const char *name = watch_name_of(s->path);
	char put[440], beside[300] = "";
	watch_tell_mended(mended, put, sizeof put);
	if (*kept)
		snprintf(beside, sizeof beside,
		    " What it lacks besides is kept beside it in %.200s.", watch_name_of(kept));
	if (*put || *beside)
		store_tell(s, "%.120s was replaced by another copy.%s%s", name, put, beside);
	else
		store_tell(s, "Another program changed this workbook; this shows it as it is now.");
}

// Another file, or another content, at the path: opened, mended; the old one's rest kept.
static bool watch_reopen(struct store *s, struct err *e)
{
	struct stat before = s->seen;
	struct db *old;
	struct err own = { 0 };
	struct outbox_mended mended;
	char kept[PATH_ROOM] = "";
	bool could = s->writable;
	if (!watch_reconnect(s, &old, e))
		return false;
	watch_mend(s, &mended);
	bool other = !watch_same_place(&before, &s->seen);
	if (other && could && watch_lacks_of(s, old) && !watch_rescue(s, old, kept, &own))
		*kept = '\0';
	db_close(old);
	watch_tell_replaced(s, &mended, kept);
	if (could && !s->writable)
		store_tell(s, "%s", s->why.text);
	return true;
}

// --- rule 4

// Our file under another name in its folder.
static bool watch_renamed(struct store *s, char out[PATH_ROOM])
{
	char room[PATH_ROOM];
	const char *folder = watch_folder_of(s->path, room);
	struct stat st;
	bool found = false;
	DIR *dir = opendir(folder);
	if (!dir)
		return false;
	for (struct dirent *f; !found && (f = readdir(dir));)
		found = f->d_ino == s->seen.st_ino &&
			snprintf(out, PATH_ROOM, "%s/%s", folder, f->d_name) < PATH_ROOM &&
			lstat(out, &st) == 0 && S_ISREG(st.st_mode) &&
			watch_same_place(&st, &s->seen);
	closedir(dir);
	return found;
}

static bool watch_go_to(struct store *s, const char *path, struct err *e)
{
	struct db *old;
	char *before = s->path;
	s->path = arena_strdup(&s->arena, path);
	if (!s->path || !watch_reconnect(s, &old, e)) {
		s->path = before;
		return false;
	}
	db_close(old);
	return true;
}

static bool watch_follow(struct store *s, const char *path, struct err *e)
{
	char before[256];
	snprintf(before, sizeof before, "%s", watch_name_of(s->path));
	if (!watch_go_to(s, path, e))
		return false;
	store_tell(
	    s, "%s is called %s now; plando goes on with it.", before, watch_name_of(s->path));
	return true;
}

// The folder, or the disk that it was on.
static bool watch_folder_stands(struct store *s)
{
	char room[PATH_ROOM];
	struct stat st;
	return stat(watch_folder_of(s->path, room), &st) == 0 && st.st_dev == s->seen.st_dev;
}

static bool watch_write_anew(struct store *s, struct err *e)
{
	struct db *old;
	if (!store_copy(s, s->path, e) || !watch_reconnect(s, &old, e))
		return false;
	db_close(old);
	store_tell(s,
	    "%s had been deleted or moved away; it was written anew from what was open. If it "
	    "stands elsewhere too, plando merge brings the two together.",
	    watch_name_of(s->path));
	return true;
}

static bool watch_gone(struct store *s, bool writing, bool *changed, struct err *e)
{
	char now[PATH_ROOM];
	if (!watch_folder_stands(s))
		return err_set(e, ERR_NOINPUT,
		    "%s: its folder is not there; bring the disk or network drive back, and save "
		    "again: what is typed is kept",
		    s->path);
	*changed = true;
	if (watch_renamed(s, now))
		return watch_follow(s, now, e);
	if (writing)
		return watch_write_anew(s, e);
	*changed = false;
	return err_set(e, ERR_NOINPUT,
	    "%s: it was deleted or moved away; what you save next writes it anew, with all that is "
	    "shown here",
	    s->path);
}

// --- rule 5

// The content that was open can still be read: another file stands at the path, or the same one
// with other rights.
static bool watch_still_readable(const struct store *s, const struct stat *now)
{
	return !watch_same_place(now, &s->seen) ||
	       (now->st_size == s->seen.st_size &&
		   watch_same_moment(now->st_mtim, s->seen.st_mtim));
}

static bool watch_go_beside(struct store *s, const struct err *why, struct err *e)
{
	char path[PATH_ROOM];
	struct err own = { 0 };
	if (!watch_rescue(s, s->db, path, &own) || !watch_go_to(s, path, &own))
		return err_set(e, why->code, "%s", why->text);
	store_tell(s, "%s. So plando went on in a copy beside it, %s, with all that was open.",
	    why->text, watch_name_of(s->path));
	return true;
}

static bool watch_not_to_be_used(
    struct store *s, const struct stat *st, bool writing, const struct err *why, struct err *e)
{
	if (writing && watch_still_readable(s, st))
		return watch_go_beside(s, why, e);
	return err_set(e, why->code, "%s", why->text);
}

// It was not to be written to, and can be again.
static bool watch_regained(struct store *s)
{
	char room[PATH_ROOM];
	struct db *old;
	struct err ignored = { 0 };
	if (s->mode != STORE_WRITE || access(s->path, W_OK) != 0 ||
	    access(watch_folder_of(s->path, room), W_OK) != 0 ||
	    !watch_reconnect(s, &old, &ignored))
		return false;
	db_close(old);
	if (s->writable)
		store_tell(s, "%s can be written to again.", watch_name_of(s->path));
	return s->writable;
}

static bool watch_look(struct store *s, bool writing, bool *changed, struct err *e)
{
	struct stat st;
	struct err why = { 0 };
	if (stat(s->path, &st) != 0)
		return errno == ENOENT ? watch_gone(s, writing, changed, e)
				       : err_errno(e, s->path, "find");
	if (same_file(&st, &s->seen)) {
		*changed = !s->writable && watch_regained(s);
		return true;
	}
	*changed = watch_reopen(s, &why);
	return *changed || watch_not_to_be_used(s, &st, writing, &why, e);
}

static bool watch_look_again(struct store *s, bool writing, bool *changed, struct err *e)
{
	*changed = false;
	if (!s->path || s->past)
		return true;
	s->could = s->could || s->writable;
	if (!watch_look(s, writing, changed, e))
		return false;
	return !writing || s->writable || !s->could || watch_go_beside(s, &s->why, e);
}

bool store_refresh(struct store *s, bool *changed, struct err *e)
{
	if (!watch_look_again(s, false, changed, e))
		return false;
	far_tick(s, changed);
	return true;
}

bool store_may_save(struct store *s, struct err *e)
{
	return (s->could && !s->past) || store_writable(s, e);
}

bool store_fence(struct store *s, struct err *e)
{
	bool changed;
	if (!watch_look_again(s, true, &changed, e))
		return false;
	db_fresh(s->db);
	return true;
}

void store_written(struct store *s)
{
	struct stat st;
	struct err ignored = { 0 };
	bool changed;
	struct outbox_mended mended;
	outbox_take(s);
	far_saved(s);
	if (!s->path)
		return;
	if (stat(s->path, &st) != 0 || !watch_same_place(&st, &s->seen)) {
		watch_look_again(
		    s, true, &changed, &ignored); // what was written went with the old file
		return;
	}
	store_look(s);
	db_fresh(s->db);
	if (!s->lost && watch_holds_this_run(s))
		return;
	s->lost = false; // another copy's content stands in the same place
	watch_mend(s, &mended);
	if (mended.changes || mended.why)
		watch_tell_replaced(s, &mended, "");
}
