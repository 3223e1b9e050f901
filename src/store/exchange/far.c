// SPDX-License-Identifier: MIT
// Workbooks on far disks.
//
// Rule 1. The copy here is the workbook: it is opened, saved to and locked, and holds all that this
//         computer has seen. The file there is what the computers exchange. Each window on this
//         computer works on the one copy.
// Rule 2. Theirs comes in before ours goes there, by an ordinary merge; so the order in which
//         computers write does not matter, and who was overwritten by chance writes again.
// Rule 3. Whatever is there and cannot be taken in (another workbook, half a file, an empty one) is
//         not written over.
// Rule 4. A file that was removed there is written anew by the next save, not before: who removed
//         it may have meant it. One whose disk is not there now is away: work goes on here.
// Rule 5. Reading makes no copy: where there is none, the file is read whole into memory.
// Rule 6. What is remembered of the file there is of no weight: lost, it is read again.
//
// What an attempt (far_tick when idle, far_bring when asked, far_saved hastens it) finds there, and what follows:
//
//   found there                          state becomes   what is done
//   ------------------------------------------------------------------------------------------------
//   as it was last seen                  FAR_THERE       write_back, where anything waits here
//   changed                              FAR_THERE       fetch: merged here; then write_back as above
//   changed again while ours was written FAR_THERE       fetch and write once more, TURNS times; then later
//   what cannot be taken in              FAR_REFUSED     told; nothing is written over (rule 3)
//   no file on a disk that stands        FAR_GONE        told; written anew once more than `gone` is to go (rule 4)
//   no disk, or it does not answer       FAR_AWAY        told; looked for each LOOKS_IN_TROUBLE seconds
#include "store/exchange/far.h"
#include "store/file/private.h"
#include "store/file/watch.h"

#include <plando/file.h>
#include <plando/hash.h>
#include <plando/merge.h>
#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

static const char MAGIC[] = "plando far 1";
// Idle seconds before it is looked at again: as a rule, and after it could not be reached.
enum { LOOKS = 5, LOOKS_IN_TROUBLE = 30, NOTE_MOST = 8192, TURNS = 5, WAITS = 50 };

// --- where

static const char *far_place_of(const struct env *env, struct arena *a, const char *path)
{
	struct hash h;
	uint8_t sum[32];
	char hex[17];
	if (str_empty(env->state_home))
		return NULL;
	hash_init(&h);
	hash_text(&h, env->device); // a home that several computers share has a copy for each
	hash_text(&h, path);
	hash_done(&h, sum);
	hash_hex(sum, 8, hex);
	return arena_printf(a, "%s/far/%s", env->state_home, hex);
}

static const char *far_copy_of(struct arena *a, const char *place, const char *path)
{
	char *name = arena_strdup(a, path);
	return place && name ? arena_printf(a, "%s/%s", place, basename(name)) : NULL;
}

static const char *far_name_of(const struct far *f)
{
	const char *slash = strrchr(f->path, '/');
	return slash ? slash + 1 : f->path;
}

static bool far_is_there(const char *path)
{
	return path && access(path, F_OK) == 0;
}

bool far_kept(const struct env *env, const char *path)
{
	struct arena a = { 0 };
	const char *real = far_real(&a, path), *place = real ? far_place_of(env, &a, real) : NULL;
	bool kept = far_is_there(far_copy_of(&a, place, real));
	arena_free(&a);
	return kept;
}

// --- what is remembered of the file there (rule 6)

static void far_note_take(struct store *s, struct far *f, char *text)
{
	char *save = NULL;
	if (!str_equal(strtok_r(text, "\n", &save), MAGIC))
		return;
	const char *kind = strtok_r(NULL, "\n", &save), *changes = strtok_r(NULL, "\n", &save);
	char *seen = strtok_r(NULL, "\n", &save);
	if (!seen || !seen_parse(seen, &f->seen)) {
		f->seen = (struct seen_file){ 0 };
		return;
	}
	f->kind = f->kind ? f->kind : arena_strdup(&s->arena, kind);
	f->changes = strtoll(changes, NULL, 10);
	f->seen.name = f->path;
}

static void far_note_read(struct store *s, struct far *f)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	size_t n;
	char *text;
	const char *path = f->place ? arena_printf(&a, "%s.note", f->place) : NULL;
	f->seen = (struct seen_file){ 0 };
	f->changes = 0;
	if (path && file_read(&a, path, NOTE_MOST, &text, &n, &ignored) && strlen(text) == n)
		far_note_take(s, f, text);
	arena_free(&a);
}

static void far_note_write(const struct far *f)
{
	struct arena a = { 0 };
	struct err ignored = { 0 };
	struct file_out out;
	const char *path = arena_printf(&a, "%s.note", f->place);
	if (path && f->seen.name && file_begin(&out, &a, path, &ignored)) {
		fprintf(out.stream, "%s\n%s\n%" PRId64 "\n", MAGIC, f->kind, f->changes);
		seen_print(out.stream, &f->seen);
		file_commit(&out, &ignored);
	}
	arena_free(&a);
}

// One window of this computer at a time; -1: another is at it. A disk that knows no such locks does
// without: then the one beside the far file is left.
static int far_place_lock(const struct far *f, bool patient)
{
	const struct timespec moment = { .tv_nsec = 100000000 };
	struct arena a = { 0 };
	struct err ignored = { 0 };
	const char *path = arena_printf(&a, "%s.lock", f->place);
	int fd = path && file_folders(path, &ignored)
		     ? open(path, O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_RDWR, 0600)
		     : -1;
	arena_free(&a);
	for (int i = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK; i++) {
		if (!patient || i == WAITS) {
			close(fd);
			return -1;
		}
		nanosleep(&moment, NULL);
	}
	return fd;
}

// --- the first copy

static bool far_copy_take(struct store *s, struct far *f, struct private_copy *from, struct err *e)
{
	struct making m;
	struct id collab;
	uint64_t digest;
	const char *inside = arena_printf(&s->arena, "%s/-", f->place);
	if (!inside)
		return err_memory(e);
	if (!private_verify(from, e) || !merge_identity(from->db, f->named, &collab, e) ||
	    !far_measure(from->db, &f->changes, &digest, e) || !file_folders(inside, e) ||
	    !new_file_begin(s->env, f->copy, &m, e))
		return false;
	f->seen.digest = digest;
	bool ok = db_backup(from->db, m.temp, f->copy, e) && new_file_done(&m, f->copy, e);
	making_abandon(&m);
	return ok;
}

static bool far_copy_make(struct store *s, struct far *f, struct err *e)
{
	struct private_copy from;
	int lock = far_place_lock(f, true);
	bool ok = far_is_there(f->copy); // another window was quicker
	if (!ok && seen_look(AT_FDCWD, f->path, &f->seen) && private_open(f->path, &from, e)) {
		ok = far_copy_take(s, f, &from, e);
		private_close(&from);
		if (ok)
			far_note_write(f);
		if (ok)
			store_tell(s,
			    "%s lies on a %s. You work in a copy on this computer, and it is "
			    "written back there as you go.",
			    far_name_of(f), f->kind);
	}
	if (lock >= 0)
		close(lock);
	return ok || (e && e->code) || err_errno(e, f->named, "open");
}

// --- opening

// Our own copies are this computer's alone, wherever the home lies.
static bool far_is_a_copy(const struct env *env, const char *path)
{
	struct arena a = { 0 };
	const char *home = file_real(&a, env->state_home);
	const char *below = home ? arena_printf(&a, "%s/far/", home) : NULL;
	bool is = !str_empty(env->state_home) && below && str_starts(path, below);
	arena_free(&a);
	return is;
}

static struct far *far_new(struct store *s, const char *kind)
{
	struct far *f = arena_alloc(&s->arena, sizeof *f);
	const char *path = f ? far_real(&s->arena, s->path) : NULL;
	if (!path)
		return NULL;
	*f = (struct far){ .named = s->path, .path = path, .kind = kind, .arena = &s->arena };
	f->place = far_place_of(s->env, &s->arena, path);
	f->copy = far_copy_of(&s->arena, f->place, path);
	return f;
}

static bool far_may_write_there(struct store *s, const char *path)
{
	char *folder = arena_strdup(&s->arena, path);
	return folder && access(path, W_OK) == 0 && access(dirname(folder), W_OK) == 0;
}

// Rule 4, at opening.
static bool far_begin_without(struct store *s, struct far *f, int number, struct err *e)
{
	bool missing = number == ENOENT || number == ENOTDIR;
	if (missing && far_disk_stands(f->path))
		return err_set(e, ERR_NOINPUT,
		    "%s: it was deleted or moved away; this computer's copy of it is %s, and "
		    "plando copy puts that where you like",
		    f->named, f->copy);
	if (!f->kind)
		f->kind = "drive";
	f->state = FAR_AWAY;
	err_set(&f->trouble, ERR_IO, "%s: it cannot be reached now (%s)", f->named,
	    missing ? "its drive is not there" : strerror(number));
	s->path = arena_strdup(&s->arena, f->copy);
	return s->path || err_memory(e);
}

static bool far_fetch(struct store *to, struct far *f, struct far_brought *got, struct err *e);

static bool far_is_as_seen(const struct far *f)
{
	struct seen_file now;
	return f->seen.name && seen_look(AT_FDCWD, f->path, &now) && seen_same(&now, &f->seen);
}

// Before it is only read: what others wrote comes into the copy that there is.
static void far_fetch_for_reading(struct store *s, struct far *f)
{
	struct far_brought ignored = { 0 };
	int lock = far_is_as_seen(f) ? -1 : far_place_lock(f, false);
	struct store *to = lock >= 0 ? store_open(f->copy, STORE_WRITE, s->env, &f->trouble) : NULL;
	if (to && far_fetch(to, f, &ignored, &f->trouble))
		far_note_write(f);
	store_close(to);
	if (lock >= 0)
		close(lock);
}

static bool far_begin_with(struct store *s, struct far *f, bool kept, struct err *e)
{
	f->read_only = s->mode == STORE_WRITE && !far_may_write_there(s, f->path);
	bool reads = s->mode == STORE_READ || f->read_only || !f->copy;
	if (reads)
		s->mode = STORE_READ;
	if (reads && !kept) { // rule 5
		s->path = NULL;
		return seen_look(AT_FDCWD, f->path, &f->seen) || err_errno(e, f->named, "open");
	}
	if (!kept && !far_copy_make(s, f, e))
		return false;
	s->path = arena_strdup(&s->arena, f->copy);
	if (reads)
		far_fetch_for_reading(s, f);
	return s->path || err_memory(e);
}

bool far_begin(struct store *s, struct err *e)
{
	int number;
	bool writes = s->mode == STORE_WRITE;
	const char *kind = far_kind(s->path, &number);
	if (!kind && !number)
		return true;
	struct far *f = far_new(s, kind);
	if (!f)
		return err_memory(e);
	bool kept = far_is_there(f->copy);
	if ((!kind && !kept) || far_is_a_copy(s->env, f->path))
		return true;
	s->far = f;
	far_note_read(s, f);
	if (!(kind ? far_begin_with(s, f, kept, e) : far_begin_without(s, f, number, e)))
		return false;
	f->read_only = f->read_only || (writes && s->mode == STORE_READ);
	return true;
}

static bool far_has_unsent(struct store *s, struct far *f)
{
	struct err ignored = { 0 };
	int64_t digest = 0;
	if (!f->copy || !s->path || !meta_get_int(s->db, "digest", 0, &digest, &ignored))
		return false;
	return (uint64_t)digest != (f->state == FAR_GONE ? f->gone : f->seen.digest);
}

static const char KEPT_HERE[] = "What you save is kept on this computer, and goes there when that "
				"can be.";

static void far_tell_trouble(struct store *s)
{
	store_tell(s, "%s. %s", s->far->trouble.text,
	    s->writable ? KEPT_HERE : "This is what was read of it last.");
}

bool far_opened(struct store *s, struct err *e)
{
	struct far *f = s->far;
	struct far_brought got = { 0 };
	if (!f)
		return true;
	if (f->read_only)
		store_forbid(s, ERR_NOPERM,
		    f->copy ? "the file may not be written to; save a copy elsewhere to go on"
			    : "there is no folder on this computer for the copy that is worked on; "
			      "set HOME or XDG_STATE_HOME");
	int lock = s->writable && f->state == FAR_THERE ? far_place_lock(f, true) : -1;
	if (lock >= 0) {
		far_note_read(s, f);
		far_lock_tidy(s->env, f->path);
		if (far_fetch(s, f, &got, &f->trouble))
			far_note_write(f);
		close(lock);
	}
	f->waits = far_has_unsent(s, f);
	const char *erased = far_came_erased(f, 0);
	if (*erased)
		store_tell(s, "%s:%s", far_name_of(f), erased);
	if (f->other)
		return err_set(e, f->trouble.code,
		    "%s. This computer's copy of what was there before is %s", f->trouble.text,
		    f->copy);
	if (f->trouble.code)
		far_tell_trouble(s);
	return true;
}

// --- theirs comes in (rule 2)

static bool far_not_there(struct store *s, struct far *f, struct err *e)
{
	int number = errno;
	bool missing = number == ENOENT || number == ENOTDIR;
	int64_t digest = 0;
	if (!missing || !far_disk_stands(f->path)) {
		f->state = FAR_AWAY;
		return err_set(e, ERR_IO, "%s: it cannot be reached now (%s)", f->named,
		    missing ? "its drive is not there" : strerror(number));
	}
	if (f->state != FAR_GONE && meta_get_int(s->db, "digest", 0, &digest, e)) {
		f->gone = (uint64_t)digest;
		f->state = FAR_GONE;
	}
	return f->state == FAR_GONE;
}

static bool far_take(struct store *to, struct far *f, const struct seen_file *now,
    struct private_copy *copy, struct far_brought *got, struct err *e)
{
	struct merge_report r;
	struct id collab;
	uint64_t digest;
	int64_t changes;
	if (!merge_identity(copy->db, f->named, &collab, e))
		return false;
	f->other = !id_equal(&collab, &to->collab);
	if (f->other)
		return err_set(
		    e, ERR_DATA, "%s: another collaborative's workbook stands there now", f->named);
	if (!far_measure(copy->db, &changes, &digest, e) || !merge_private(to, copy, false, &r, e))
		return false;
	if (!far_came(f, &r, e))
		return false;
	got->came += r.changes;
	got->conflicts += r.conflicts;
	f->seen = *now;
	f->seen.digest = digest;
	f->changes = changes;
	return true;
}

static bool far_fetch(struct store *to, struct far *f, struct far_brought *got, struct err *e)
{
	struct err own = { 0 };
	struct private_copy copy;
	struct seen_file now;
	if (!seen_look(AT_FDCWD, f->path, &now))
		return far_not_there(to, f, e);
	if (f->seen.name && seen_same(&f->seen, &now)) {
		f->state = FAR_THERE;
		return true;
	}
	bool ok = private_open(f->path, &copy, &own);
	if (ok) {
		ok = far_take(to, f, &now, &copy, got, &own);
		private_close(&copy);
	}
	bool theirs = own.code == ERR_DATA || own.code == ERR_NOINPUT; // rule 3
	f->state = !ok && theirs ? FAR_REFUSED : FAR_THERE;
	return ok || err_set(e, own.code, "%s", own.text);
}

// --- ours goes there

static bool far_write_back(
    struct store *s, struct far *f, bool patient, struct far_brought *got, struct err *e)
{
	char lock[FAR_LOCK_ROOM];
	bool raced = true, ok = far_lock(s->env, f->path, patient, lock, e);
	if (!ok)
		return false;
	for (int turn = 0; ok && raced && turn < TURNS; turn++) {
		int64_t before = f->changes;
		ok = far_fetch(s, f, got, e);
		raced = ok && far_has_unsent(s, f);
		if (!raced)
			break;
		ok = far_write(s, f, &raced, e);
		if (ok && !raced) {
			got->went += f->changes > before ? f->changes - before : 0;
			f->state = FAR_THERE;
		}
	}
	far_unlock(lock);
	return ok && (!raced || err_set(e, ERR_BUSY,
				    "%s: other computers write it all the time; this is tried "
				    "again",
				    f->named));
}

static bool far_exchange(
    struct store *s, struct far *f, bool patient, struct far_brought *got, struct err *e)
{
	if (!far_fetch(s, f, got, e))
		return false;
	return !far_has_unsent(s, f) || far_write_back(s, f, patient, got, e);
}

// Only read here: a copy that others write, or none.
static bool far_look_only(struct store *s, struct far *f, bool *changed, struct err *e)
{
	struct seen_file now;
	if (!seen_look(AT_FDCWD, f->path, &now))
		return far_not_there(s, f, e);
	f->state = FAR_THERE;
	if (f->seen.name && seen_same(&now, &f->seen))
		return true;
	if (s->path) {
		far_fetch_for_reading(s, f);
		return true; // the copy changed, and that is seen as any change of it
	}
	struct db *old = s->db;
	struct id collab;
	store_forget(s);
	if (!store_connect_memory(s, f->path, &collab, e)) {
		s->db = old;
		return false;
	}
	db_close(old);
	f->seen = now;
	*changed = true;
	return true;
}

// False: it cannot be now. *busy: another window of this computer is at it.
static bool far_attempt(struct store *s, struct far *f, bool patient, struct far_brought *got,
    bool *busy, struct err *e)
{
	int lock = far_place_lock(f, patient);
	*busy = lock < 0;
	if (*busy)
		return true;
	far_note_read(s, f);
	bool ok = far_exchange(s, f, patient, got, e);
	far_note_write(f);
	f->waits = far_has_unsent(s, f);
	close(lock);
	return ok;
}

bool far_bring(struct store *s, struct far_brought *out, struct err *e)
{
	struct far_brought got = { 0 };
	struct far *f = s->far;
	struct err own = { 0 };
	bool busy = false, ok = true;
	if (f && s->writable && !s->past)
		ok = far_attempt(s, f, true, &got, &busy, &own);
	if (ok && busy)
		ok = err_set(&own, ERR_BUSY, "%s: another plando is writing it there", f->named);
	if (f && s->writable)
		f->trouble = own;
	if (out)
		*out = got;
	return ok || err_set(e, own.code, "%s. %s", own.text, KEPT_HERE);
}

// --- idle

// "": nothing.
static const char *far_came_words(const struct far *f, size_t from, int64_t came)
{
	const char *words =
	    came ? arena_printf(f->arena, "%s %" PRId64 " %s came in from another computer.",
		       far_came_erased(f, from), came, came == 1 ? "change" : "changes")
		 : far_came_erased(f, from);
	return words ? words : "";
}

static void far_tell_brought(struct store *s, const struct far_brought *got, size_t from,
    enum far_state before, bool troubled)
{
	struct far *f = s->far;
	const char *came = far_came_words(f, from, got->came);
	if (f->state == FAR_GONE && before != FAR_GONE)
		store_tell(s,
		    "%s was deleted or moved away; what you save next writes it anew, with all "
		    "that is shown here.",
		    far_name_of(f));
	else if (before == FAR_GONE && f->state == FAR_THERE)
		store_tell(s, "%s %s.%s", far_name_of(f),
		    got->went ? "had been deleted or moved away; it was written anew"
			      : "is there again",
		    came);
	else if (troubled)
		store_tell(s, "%s is there again%s.%s", far_name_of(f),
		    got->went ? ", and what you saved meanwhile is in it" : "", came);
	else if (*came)
		store_tell(s, "%s:%s", far_name_of(f), came);
}

void far_tick(struct store *s, bool *changed)
{
	struct far *f = s->far;
	struct err own = { 0 };
	struct far_brought got = { 0 };
	bool busy = false;
	if (!f || s->past)
		return;
	if (++f->looks < (f->trouble.code ? LOOKS_IN_TROUBLE : LOOKS))
		return;
	f->looks = 0;
	enum far_state before = f->state;
	size_t from = f->merges;
	bool troubled = f->trouble.code != ERR_NONE;
	bool ok = s->writable ? far_attempt(s, f, false, &got, &busy, &own)
			      : far_look_only(s, f, changed, &own);
	if (busy)
		return;
	*changed = *changed || got.came;
	if (ok)
		far_tell_brought(s, &got, from, before, troubled);
	bool new = !str_equal(own.text, f->trouble.text);
	f->trouble = own;
	if (!ok && new)
		far_tell_trouble(s);
}

void far_saved(struct store *s)
{
	if (!s->far)
		return;
	s->far->waits = true;
	if (!s->far->trouble.code)
		s->far->looks = 0;
}

// --- asking

bool far_waits(const struct store *s)
{
	return s->far && s->far->waits;
}

bool far_facts(struct store *s, struct far_facts *out)
{
	struct far *f = s->far;
	struct err ignored = { 0 };
	int64_t changes = 0;
	uint64_t digest;
	if (!f)
		return false;
	*out = (struct far_facts){ .path = f->named,
		.kind = f->kind,
		.copy = s->path ? f->copy : NULL,
		.trouble = f->trouble.code ? f->trouble.text : NULL,
		.merge = f->merge,
		.merges = f->merges };
	f->waits = far_has_unsent(s, f);
	if (f->waits && far_measure(s->db, &changes, &digest, &ignored))
		out->waiting = changes > f->changes ? changes - f->changes : 1;
	return true;
}
