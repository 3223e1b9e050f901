// SPDX-License-Identifier: MIT
// Opening, making, copying a workbook, and noticing that its file changed under us.
//
// Rule 1. A file is recognised by its content: header, application id, whole pages, our log's SQL.
// Rule 2. A -journal that names a super-journal is refused before SQLite sees it: SQLite would
//         delete the file that it names. plando never writes one.
// Rule 3. A file is made whole under another name first, then given its name without replacing
// anything.
#include "store/exchange/far.h"
#include "store/exchange/outbox.h"
#include "store/file/looks.h"
#include "store/file/private.h"
#include "store/file/watch.h"
#include "store/log/tie.h"
#include "store/merge/held.h"

#include <plando/kind.h>
#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool store_writable(const struct store *s, struct err *why)
{
	return s->writable || err_set(why, s->why.code, "%s", s->why.text);
}

void store_forbid(struct store *s, enum err_code code, const char *words)
{
	s->writable = false;
	err_set(&s->why, code, "%s: %s", store_path(s), words);
}

// --- the file, before SQLite

enum { HOLES_FROM = 64 << 20 };

static uint32_t open_u32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool open_header_check(
    const char *path, const unsigned char h[100], int64_t size, struct err *e)
{
	uint32_t page = (uint32_t)h[16] << 8 | h[17];
	if (page == 1)
		page = 65536;
	const char *why = looks_say(h, 100);
	if (why)
		return err_set(e, ERR_DATA, "%s: %s", path, why);
	if (h[18] != 1 || h[19] != 1)
		return err_set(e, ERR_DATA,
		    "%s: another program changed how it is stored (WAL); "
		    "run: sqlite3 FILE 'PRAGMA journal_mode=DELETE'",
		    path);
	if (page < 512 || size % page || open_u32(h + 28) != size / page)
		return err_set(e, ERR_DATA,
		    "%s: it is cut short or padded; copy it again from where it came, or save what "
		    "is left with plando recover",
		    path);
	return true;
}

// `-journal` beside our own file: left by a crash (SQLite rolls it back), or planted (rule 2).
static bool open_journal_check(const char *path, bool *hot, struct err *e)
{
	static const unsigned char magic[8] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
	char name[4200];
	unsigned char tail[8] = { 0 }, first = 0;
	struct stat st;
	*hot = false;
	if ((size_t)snprintf(name, sizeof name, "%s-journal", path) >= sizeof name)
		return err_set(
		    e, ERR_NOINPUT, "%s: the name is too long; choose a shorter one", path);
	int fd = open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || err_errno(e, name, "read");
	bool plain = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	// One that begins with 0 was cut off before anything of it counted: SQLite passes it by, too.
	*hot = plain && st.st_size > 0 && pread(fd, &first, 1, 0) == 1 && first;
	bool named = plain && st.st_size >= 8 && pread(fd, tail, 8, st.st_size - 8) == 8 &&
		     !memcmp(tail, magic, 8);
	close(fd);
	if (!plain)
		return err_set(e, ERR_DATA, "%s: it is not a plain file; move it away", name);
	return !named ||
	       err_set(e, ERR_DATA,
		   "%s: it names another file, which plando never does; move it away", name);
}

// A file of holes would fill the disk once it is copied. (A disk that packs its files shows fewer blocks than a file
// has, too, but not a thousandth.)
static bool open_is_solid(const char *path, const struct stat *st, struct err *e)
{
	return st->st_size <= HOLES_FROM || (int64_t)st->st_blocks * 512 >= st->st_size / 1000 ||
	       err_set(e, ERR_DATA,
		   "%s: it says that it has %" PRId64 " MB and is nearly all holes; no workbook is",
		   path, (int64_t)st->st_size >> 20);
}

static bool open_is_plain(const char *path, int fd, struct stat *st, struct err *e)
{
	if (fstat(fd, st) != 0)
		return err_errno(e, path, "read");
	if (S_ISDIR(st->st_mode))
		return err_set(e, ERR_NOINPUT, "%s: it is a folder; name a workbook in it", path);
	if (!S_ISREG(st->st_mode))
		return err_set(e, ERR_NOINPUT, "%s: it is not a plain file; name a workbook", path);
	return st->st_size ||
	       err_set(e, ERR_DATA,
		   "%s: it is empty, not a workbook; it may not have been downloaded yet", path);
}

bool file_plain(const char *path, struct stat *st, struct err *e)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, path, "open");
	bool ok = open_is_plain(path, fd, st, e);
	close(fd);
	return ok;
}

// Rule 1. On success *st is the file's state and *hot tells of a journal to roll back.
bool file_check(const char *path, struct stat *st, bool *hot, struct err *e)
{
	unsigned char header[100] = { 0 };
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, path, "open");
	bool ok = open_is_plain(path, fd, st, e) && open_is_solid(path, st, e);
	ssize_t got = ok ? pread(fd, header, sizeof header, 0) : 0;
	if (got < 0)
		ok = err_set(
		    e, ERR_IO, "%s: it cannot be read; it may not have been downloaded yet", path);
	else if (ok && got != (ssize_t)sizeof header)
		ok = err_set(
		    e, ERR_DATA, "%s: %s", path, looks_say(header, got < 72 ? (size_t)got : 71));
	close(fd);
	if (!ok || !open_journal_check(path, hot, e))
		return false;
	return *hot || open_header_check(path, header, st->st_size, e);
}

// --- opening

struct store *store_new(const struct env *env, const char *path, struct err *e)
{
	struct arena a = { 0 };
	struct store *s = arena_alloc(&a, sizeof *s);
	if (!s)
		return err_memory(e), NULL;
	s->env = env;
	s->arena = a; // the store lives in its own arena
	s->path = arena_strdup(&s->arena, path);
	s->forms = forms_new(&s->arena, e);
	if ((!path || s->path) && s->forms)
		return s;
	if (s->forms)
		err_memory(e);
	store_close(s);
	return NULL;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	outbox_close(s);
	draft_run_end(s);
	tie_forget(s);
	db_close(s->db);
	struct arena a = s->arena;
	arena_free(&a);
}

static bool open_meta_read(struct store *s, struct id *collab, struct err *e)
{
	int64_t format = 0;
	struct err own = { 0 };
	struct ask *q = db_ask(s->db, "SELECT v FROM meta WHERE k='collab'", e);
	if (!q)
		return false;
	bool found = ask_step(q, &own) && col_id(q, 0, collab);
	if (!ask_end(q, &own, e) || !meta_get_int(s->db, "log_format", 0, &format, e))
		return false;
	if (!found || format < 1)
		return err_set(
		    e, ERR_DATA, "%s: it is not a plando workbook; check the name", store_path(s));
	if (format > LOG_FORMAT)
		return err_set(e, ERR_DATA,
		    "%s: it was made by a newer plando; install that version to open it",
		    store_path(s));
	return true;
}

static bool open_no_parcel(struct store *s, struct err *e)
{
	int64_t parcel;
	if (!meta_get_int(s->db, "parcel", 0, &parcel, e))
		return false;
	return !parcel ||
	       err_set(e, ERR_DATA,
		   "%s: it is a parcel of changes for a copy of the workbook, not a workbook; "
		   "merge it: plando merge YOUR-FILE %s",
		   store_path(s), store_path(s));
}

bool state_renew(struct store *s, struct err *e)
{
	if (!s->writable) {
		struct db *twin = db_twin(s->db, e);
		if (!twin)
			return false;
		db_close(s->db);
		s->db = twin;
	}
	db_room(s->db, true);
	bool ok = db_begin(s->db, e) && state_make(s, 0, e) && db_commit(s->db, e);
	if (!ok) {
		db_rollback(s->db);
		store_forget(s);
	}
	db_room(s->db, false);
	return ok;
}

static bool open_folder_writable(const char *path)
{
	char folder[4200];
	return snprintf(folder, sizeof folder, "%s", path) >= 0 &&
	       access(dirname(folder), W_OK) == 0;
}

static void open_writable_find(struct store *s)
{
	s->writable = s->mode == STORE_WRITE;
	if (s->mode == STORE_READ)
		store_forbid(s, ERR_NOPERM, "it was opened for reading only");
	else if (!s->path || db_read_only(s->db) || access(s->path, W_OK) != 0)
		store_forbid(s, ERR_NOPERM,
		    "the file may not be written to; save a copy elsewhere to go on");
	else if (!open_folder_writable(s->path))
		store_forbid(s, ERR_NOPERM,
		    "its folder may not be written to; save a copy elsewhere to go on");
}

// A save that was cut off is rolled back in the file, or where nothing may be written, in memory.
static struct db *open_connect(struct store *s, bool hot, struct err *e)
{
	if (hot && (access(s->path, W_OK) != 0 || !open_folder_writable(s->path)))
		return private_rolled_back(s->path, e);
	return db_open(s->path, s->mode == STORE_WRITE || hot ? DB_WRITE : DB_READ, s->path, e);
}

// What was opened into s->db is one of ours, with tables of this version. Else s->db is NULL.
static bool open_connected(struct store *s, struct id *collab, struct err *e)
{
	bool sound = false;
	int64_t scrub = 0;
	struct err own = { 0 };
	if (!schema_is_log(s->db, &own)) {
		if (!str_starts(own.text, store_path(s)))
			err_place(&own, store_path(s), 0, 0);
		err_set(e, own.code, "%s", own.text);
		goto fail;
	}
	open_writable_find(s);
	if (!open_meta_read(s, collab, e) || !open_no_parcel(s, e) ||
	    !schema_state_sound(s, &sound, e) || (!sound && !state_renew(s, e)))
		goto fail;
	store_look(s);
	if (!db_number(s->db, "SELECT max(id) FROM batch", 0, &s->kept.taken, e))
		goto fail;
	if (s->writable && meta_get_int(s->db, "scrub", 0, &scrub, NULL) && scrub)
		store_scrub(s, store_scrub_noted(s));
	held_opened(s);
	return true;
fail:
	db_close(s->db);
	s->db = NULL;
	return false;
}

// Opens s->path into s->db. On failure s->db is NULL.
bool store_connect(struct store *s, struct id *collab, struct err *e)
{
	bool hot = false;
	if (!file_check(s->path, &s->seen, &hot, e) ||
	    (hot && !private_rolls_back(s->path, s->env, e)))
		return false;
	s->db = open_connect(s, hot, e);
	return s->db && open_connected(s, collab, e);
}

bool store_connect_memory(struct store *s, const char *path, struct id *collab, struct err *e)
{
	struct private_copy copy;
	if (!private_open(path, &copy, e))
		return false;
	s->db = private_verify(&copy, e) ? db_twin(copy.db, e) : NULL;
	private_close(&copy);
	return s->db && open_connected(s, collab, e);
}

static bool open_connect_near(struct store *s, struct err *e)
{
	if (!far_begin(s, e))
		return false;
	bool opened = s->far && !s->path ? store_connect_memory(s, s->far->path, &s->collab, e)
					 : store_connect(s, &s->collab, e);
	return opened && far_opened(s, e);
}

struct store *store_open(
    const char *path, enum store_mode mode, const struct env *env, struct err *e)
{
	struct store *s = store_new(env, path, e);
	if (!s)
		return NULL;
	s->mode = mode;
	if (open_connect_near(s, e))
		return s;
	store_close(s);
	return NULL;
}

void store_hold(struct store *s)
{
	if (s)
		db_hold(s->db);
}

void store_release(struct store *s)
{
	if (s)
		db_release(s->db);
}

bool store_as_of(struct store *s, int64_t moment, struct err *e)
{
	struct db *twin = db_twin(s->db, e);
	if (!twin)
		return false;
	db_close(s->db);
	s->db = twin;
	store_forget(s);
	s->past = true;
	store_forbid(s, ERR_NOPERM, "it is shown as it was; nothing can be changed there");
	if (!db_begin(s->db, e) || !clock_lay(s->db, e))
		return false;
	// Whatever is asked of the log then (history, conflicts) ends there too.
	struct ask *q = db_ask(s->db, "DELETE FROM change WHERE at>?", e);
	if (!q)
		return false;
	ask_int(q, 1, moment);
	return ask_run(q, e) && state_make(s, moment, e) && db_commit(s->db, e);
}

// --- new files (rule 3)

static bool open_must_be_free(const char *path, struct err *e)
{
	struct stat st;
	if (lstat(path, &st) == 0)
		return err_set(
		    e, ERR_CANTCREAT, "%s: it exists already; choose another name", path);
	return errno == ENOENT || err_output(e, path, "make it");
}

bool new_file_begin(const struct env *env, const char *path, struct making *m, struct err *e)
{
	struct id chance = id_random(env);
	*m = (struct making){ 0 };
	if (id_zero(&chance)) // what is written there later could not be told apart
		return err_set(
		    e, ERR_IO, "this computer gives no random numbers; nothing was written");
	return open_must_be_free(path, e) &&
	       (making_file(m, path) || err_output(e, path, "make it"));
}

bool new_file_done(struct making *m, const char *path, struct err *e)
{
	return making_done(m, path, true) || err_output(e, path, "make it");
}

bool store_create(const char *path, const struct env *env, const char *name, struct err *e)
{
	struct making m;
	if (!new_file_begin(env, path, &m, e))
		return false;
	struct store *s = store_new(env, m.temp, e);
	if (s) {
		s->mode = STORE_WRITE;
		s->writable = true;
		s->db = db_open(m.temp, DB_WRITE, path, e);
		store_look(s);
	}
	bool ok = s && s->db && schema_create(s, name, e);
	store_close(s);
	ok = ok && new_file_done(&m, path, e);
	making_abandon(&m);
	return ok;
}

bool store_copy(struct store *s, const char *to, struct err *e)
{
	struct making m;
	if (!new_file_begin(s->env, to, &m, e))
		return false;
	bool ok = db_backup(s->db, m.temp, to, e) && new_file_done(&m, to, e);
	making_abandon(&m);
	return ok;
}

// --- in memory, for tests

struct store *store_memory(const struct env *env, const char *name, struct err *e)
{
	struct store *s = store_new(env, NULL, e);
	if (!s)
		return NULL;
	s->mode = STORE_WRITE;
	s->writable = true;
	s->db = db_open(NULL, DB_MEMORY, NULL, e);
	if (s->db && schema_create(s, name, e))
		return s;
	store_close(s);
	return NULL;
}

struct store *store_twin(struct store *like, const struct env *env, struct err *e)
{
	struct store *s = store_new(env, NULL, e);
	if (!s)
		return NULL;
	s->mode = STORE_WRITE;
	s->writable = true;
	s->collab = like->collab;
	s->db = db_twin(like->db, e);
	if (s->db)
		return s;
	store_close(s);
	return NULL;
}

struct store *store_untied(struct store *s, struct err *e)
{
	struct store *twin = store_twin(s, s->env, e);
	if (!twin)
		return NULL;
	twin->untied = true;
	if (db_begin(twin->db, e) && state_make(twin, 0, e) && db_commit(twin->db, e))
		return twin;
	store_close(twin);
	return NULL;
}
