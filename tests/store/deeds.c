// SPDX-License-Identifier: MIT
#include "deeds.h"

#include "../support.h"
#include "store/log/store.h"

#include <plando/bundle.h>
#include <plando/erased.h>
#include <plando/file.h>
#include <plando/merge.h>
#include <plando/outbox.h>
#include <plando/recover.h>
#include <plando/redact.h>
#include <plando/share.h>
#include <plando/sheet.h>
#include <plando/str.h>
#include <plando/sync.h>

#include <dirent.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char SECRET[] = "QQzerasedwords";
static struct arena a;
static struct world world;
static struct env env;
static const char *folder, *shelf, *path, *other, *out, *published;
static struct held {
	char *bytes;
	size_t size;
} before, theirs, aged, sent, bundle, erasing, blanked, kept, boxed;
static struct id event, team;
static int sheets; // files of an export as CSV

// --- the deeds

static bool with_store(
    bool (*act)(struct store *s, struct arena *own, struct err *e), struct err *e)
{
	struct arena own = { 0 };
	struct store *s = store_open(path, STORE_WRITE, &env, e);
	bool ok = s && act(s, &own, e);
	store_close(s);
	arena_free(&own);
	return ok;
}

static bool name_after(struct store *s, struct arena *own, struct err *e)
{
	struct save *v = save_begin(s, own, e);
	return v && save_cell(v, &ID_COLLABORATIVE, "collaborative", "name", "After", e) &&
	       save_cell(v, &ID_COLLABORATIVE, "collaborative", "note", "After too", e) &&
	       save_commit(v, NULL, e);
}

static bool do_save(struct err *e)
{
	return with_store(name_after, e);
}

static bool take_theirs(struct store *s, struct arena *own, struct err *e)
{
	struct merge_report r;
	(void)own;
	return merge_file(s, other, false, &r, e);
}

static bool do_merge(struct err *e)
{
	return with_store(take_theirs, e);
}

// With a place for what this computer keeps, the outbox among it.
static bool with_box(bool (*act)(struct store *s, struct arena *own, struct err *e), struct err *e)
{
	env.state_home = arena_printf(&a, "%s/state", folder);
	bool ok = with_store(act, e);
	env.state_home = "";
	return ok;
}

static bool do_backup(struct err *e)
{
	return with_box(take_theirs, e);
}

static bool bring_together(struct store *s, struct arena *own, struct err *e)
{
	struct sync_report r;
	if (!sync_folder(s, own, shelf, NULL, &r, e))
		return false;
	for (size_t i = 0; i < r.count; i++) // it could not be read this time: told, tried again
		if (r.file[i].skipped)
			return err_set(e, ERR_IO, "%s", r.file[i].skipped);
	return true;
}

static bool do_sync(struct err *e)
{
	return with_store(bring_together, e);
}

static bool share(struct store *s, struct arena *own, struct err *e)
{
	struct share_report r;
	(void)own;
	return store_share(s, &team, 1, out, &r, e);
}

static bool do_share(struct err *e)
{
	return with_store(share, e);
}

static bool parcel(struct store *s, struct arena *own, struct err *e)
{
	struct parcel_report r;
	struct parcel_wish wish = { .since = 1 };
	(void)own;
	return store_parcel(s, &wish, out, &r, e);
}

static bool do_parcel(struct err *e)
{
	return with_store(parcel, e);
}

static bool copy(struct store *s, struct arena *own, struct err *e)
{
	(void)own;
	return store_copy(s, out, e);
}

static bool do_copy(struct err *e)
{
	return with_store(copy, e);
}

static bool do_recover(struct err *e)
{
	struct arena own = { 0 };
	struct recover_report r;
	bool ok = store_recover(&env, &own, other, out, &r, e);
	arena_free(&own);
	return ok;
}

static bool import(struct store *s, struct arena *own, struct err *e)
{
	struct bundle_report r;
	return bundle_import(s, bundle.bytes, bundle.size, "after.yaml", false, &r, own, e);
}

static bool do_import(struct err *e)
{
	return with_store(import, e);
}

static bool export(struct store *s, struct arena *own, struct err *e)
{
	struct str text = STR_IN(own);
	if (!bundle_export(s, own, &text, e))
		return false;
	return str_done(&text) ? file_write(own, out, text.text, text.length, e) : err_memory(e);
}

static bool do_export(struct err *e)
{
	return with_store(export, e);
}

static bool export_sheets(struct store *s, struct arena *own, struct err *e)
{
	(void)own;
	return sheet_export_csv(s, out, false, e);
}

static bool do_sheets(struct err *e)
{
	return with_store(export_sheets, e);
}

static bool redact(struct store *s, struct arena *own, struct err *e)
{
	struct redact_report r;
	return store_redact(s, own, &event, "note", NULL, false, &r, e);
}

static bool do_redact(struct err *e)
{
	return with_store(redact, e);
}

// … and without the outbox.
static bool with_home(bool (*act)(struct store *s, struct arena *own, struct err *e), struct err *e)
{
	env.no_outbox = true;
	bool ok = with_box(act, e);
	env.no_outbox = false;
	return ok;
}

static bool do_take_erasure(struct err *e)
{
	return with_home(take_theirs, e);
}

static bool restore(struct store *s, struct arena *own, struct err *e)
{
	struct erased_report r;
	return erased_restore(s, own, &event, 1, &r, e);
}

static bool do_restore(struct err *e)
{
	return with_home(restore, e);
}

static bool agree(struct store *s, struct arena *own, struct err *e)
{
	struct erased_report r;
	return erased_agree(s, own, NULL, 0, &r, e);
}

static bool do_agree(struct err *e)
{
	return with_home(agree, e);
}

static bool do_save_guarded(struct err *e)
{
	return with_box(name_after, e);
}

static bool give_back(struct store *s, struct arena *own, struct err *e)
{
	struct outbox_mended m;
	(void)own;
	if (!outbox_put_back(s, &m, e))
		return false;
	return !m.left || err_set(e, ERR_IO, "%s", m.why);
}

static bool do_give_back(struct err *e)
{
	return with_box(give_back, e);
}

static bool do_rebuild(struct err *e)
{
	struct store *s = store_open(path, STORE_WRITE, &env, e);
	store_close(s);
	return s != NULL;
}

// --- what they make

// It merges into a workbook that has nothing of it.
static bool merges(const char *file)
{
	struct merge_report r;
	struct err err = { 0 };
	const char *into = arena_printf(&a, "%s/check.plando", folder);
	if (access(file, F_OK) != 0)
		return false;
	test_write(into, before.bytes, before.size);
	struct store *s = store_open(into, STORE_WRITE, &env, &err);
	ck_assert_msg(s && merge_file(s, file, false, &r, &err), "%s", err.text);
	store_close(s);
	unlink(into);
	return true;
}

static bool workbook_whole(void)
{
	return merges(out);
}

static bool text_whole(void)
{
	size_t n;
	if (access(out, F_OK) != 0)
		return false;
	const char *text = test_read(&a, out, &n);
	ck_assert(text && n > 40 && text[n - 1] == '\n' && strstr(text, "collaborative"));
	return true;
}

static int entries(const char *dir)
{
	int n = 0;
	DIR *d = opendir(dir);
	for (struct dirent *f; d && (f = readdir(d));)
		n += !str_equal(f->d_name, ".") && !str_equal(f->d_name, "..");
	if (d)
		closedir(d);
	return n;
}

static bool folder_whole(void)
{
	if (access(out, F_OK) != 0)
		return false;
	ck_assert_int_eq(entries(out), sheets);
	return true;
}

const struct deed DEEDS[DEED_COUNT] = {
	{ "save", do_save, .renames = true },
	{ "merge", do_merge, .renames = true },
	{ "merge with a backup", do_backup, .renames = true },
	{ "sync", do_sync, .renames = true },
	{ "share", do_share, workbook_whole },
	{ "parcel", do_parcel, workbook_whole },
	{ "copy", do_copy, workbook_whole },
	{ "recover", do_recover, workbook_whole },
	{ "import", do_import, .renames = true },
	{ "export", do_export, text_whole },
	{ "export as CSV", do_sheets, folder_whole },
	{ "redact and VACUUM", do_redact, .erases = true },
	{ "rebuild of the tables", do_rebuild, .rebuilds = true },
	{ "merge of an erasure", do_take_erasure, .erases = true, .holds = true },
	{ "restore", do_restore, .holds = true, .returns = true },
	{ "agree", do_agree, .lets_go = true },
	{ "save with the outbox", do_save_guarded, .renames = true, .guarded = true },
	{ "put back", do_give_back, .renames = true, .guarded = true, .lacks = true },
};

// --- the world before each

// A file of this collaborative in the state folder.
static const char *state_path(const char *name)
{
	char collab[ID_TEXT];
	struct err err = { 0 };
	struct store *s = store_open(path, STORE_READ, &env, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	id_print(&s->collab, collab);
	store_close(s);
	return arena_printf(&a, "%s/state/%s/%s", folder, collab, name);
}

// What others erased: the file where it is held.
static const char *held_path(void)
{
	return state_path("held.db");
}

static bool is_held(void)
{
	struct err err = { 0 };
	struct erased_texts all;
	env.state_home = arena_printf(&a, "%s/state", folder);
	struct store *s = store_open(path, STORE_READ, &env, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	MUST(erased_list(s, &a, &all, &e));
	store_close(s);
	env.state_home = "";
	return all.count == 1 && str_equal(all.item[0].text, SECRET);
}

static struct id put(struct store *s, const char *kind, const char *field, const char *value)
{
	struct id id;
	struct err err = { 0 };
	struct save *v = save_begin(s, &a, &err);
	MUST(save_new(v, kind, NULL, &id, &e));
	MUST(save_cell(v, &id, kind, field, value, &e));
	MUST(save_commit(v, NULL, &e));
	return id;
}

static struct held held(const char *file)
{
	struct held h;
	h.bytes = test_read(&a, file, &h.size);
	ck_assert_ptr_nonnull(h.bytes);
	return h;
}

static void put_back(const char *file, const struct held *h)
{
	test_write(file, h->bytes, h->size);
}

static int remove_below(const char *file, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type;
	return ftw->level ? remove(file) : 0;
}

static void places(void)
{
	nftw(folder, remove_below, 16, FTW_DEPTH | FTW_PHYS);
	mkdir(shelf, 0700);
	mkdir(arena_printf(&a, "%s/run", folder), 0700);
}

// Tables of an older program.
static void age(void)
{
	sqlite3 *db;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db,
			     "UPDATE meta SET v=12345 WHERE k='state'; DROP TABLE cell;"
			     "CREATE TABLE cell(ent,fld,val,n,newer)",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
}

// This computer's own file on the shelf, as of before.
static const char *publish_first(void)
{
	const char *name = NULL;
	unlink(other);
	MUST(do_sync(&e));
	DIR *d = opendir(shelf);
	for (struct dirent *f; (f = readdir(d));)
		if (*f->d_name != '.')
			name = arena_printf(&a, "%s/%s", shelf, f->d_name);
	closedir(d);
	ck_assert_ptr_nonnull(name);
	return name;
}

// A copy in which somebody else erased the words; the workbook and what is held after it was
// merged.
static void erased_world(void)
{
	put_back(path, &before);
	MUST(do_redact(&e));
	erasing = held(path);
	places();
	put_back(path, &before);
	put_back(other, &erasing);
	MUST(do_take_erasure(&e));
	blanked = held(path);
	kept = held(held_path());
}

void deeds_setup(void)
{
	struct err err = { 0 };
	world = (struct world){ .now = 1795600000000, .seed = 61, .tick = 1 };
	env = world_env(&world);
	folder = test_path(&a, arena_printf(&a, "deeds-%d", (int)getpid()));
	shelf = arena_printf(&a, "%s/shelf", folder);
	path = arena_printf(&a, "%s/hubs.plando", folder);
	other = arena_printf(&a, "%s/shelf/theirs.plando", folder);
	out = arena_printf(&a, "%s/out.plando", folder);
	mkdir(folder, 0700);
	places();
	setenv("XDG_RUNTIME_DIR", arena_printf(&a, "%s/run", folder), 1);
	MUST(store_create(path, &env, "Before", &e));
	struct store *s = store_open(path, STORE_WRITE, &env, &err);
	team = put(s, "team", "name", "North");
	event = put(s, "event", "note", SECRET);
	store_close(s);
	before = held(path);
	MUST(do_sheets(&e));
	sheets = entries(out);
	published = publish_first();
	sent = held(published);
	MUST(do_save(&e));
	theirs = held(path);
	places();
	put_back(path, &theirs);
	MUST(do_export(&e));
	bundle = held(out);
	put_back(path, &before);
	age();
	aged = held(path);
	erased_world();
	places();
	put_back(path, &before);
	MUST(do_save_guarded(&e));
	boxed = held(state_path("outbox.plando"));
}

void deeds_teardown(void)
{
	arena_free(&a);
}

static const struct held *workbook_of(const struct deed *d)
{
	return d->returns || d->lets_go ? &blanked : d->rebuilds ? &aged : &before;
}

static const struct held *theirs_of(const struct deed *d)
{
	return d->holds ? &erasing : &theirs;
}

void deed_begin(const struct deed *d)
{
	places();
	put_back(path, workbook_of(d));
	put_back(other, theirs_of(d));
	put_back(published, &sent);
	const char *file = d->returns || d->lets_go ? held_path()
			   : d->lacks		    ? state_path("outbox.plando")
						    : NULL;
	if (!file)
		return;
	MUST(file_folders(file, &e));
	put_back(file, d->lacks ? &boxed : &kept);
}

bool deed_act(const struct deed *d, struct err *e)
{
	*e = (struct err){ 0 };
	world.seed = 62;
	return d->act(e);
}

// --- what must hold after each

static const char *found_stray;

static int look(const char *file, const struct stat *st, int type, struct FTW *ftw)
{
	const char *name = file + ftw->base;
	(void)st, (void)type;
	// The outbox keeps its journal's name, cut to nothing by each save; what a cut-off one left
	// in it is rolled back when the outbox is opened next.
	if (str_equal(name, "outbox.plando-journal"))
		return 0;
	if (*name == '.' || strstr(name, "-journal") || strstr(name, ".tmp"))
		found_stray = arena_printf(&a, "%s", file);
	return 0;
}

const char *deed_stray(void)
{
	found_stray = NULL;
	nftw(folder, look, 16, FTW_PHYS);
	// A journal that could not be taken away is empty, and goes with the next save; the
	// outbox's always stays, cut to nothing.
	if (found_stray && (str_equal(found_stray, arena_printf(&a, "%s-journal", path)) ||
			       strstr(found_stray, "/held.db-journal") ||
			       strstr(found_stray, "/outbox.plando-journal")))
		found_stray = NULL;
	return found_stray;
}

static bool stands(const char *file, const struct held *h)
{
	size_t n;
	const char *now = test_read(&a, file, &n);
	return now && n == h->size && memcmp(now, h->bytes, n) == 0;
}

// Theirs is not ours to write. Ours is what it was, or whole.
static void shelf_whole(const struct deed *d, long step)
{
	const char *name = d->name;
	ck_assert_msg(
	    stands(other, theirs_of(d)), "%s at step %ld: their file changed", name, step);
	ck_assert_msg(stands(published, &sent) || merges(published),
	    "%s at step %ld: what was published is gone", name, step);
}

static bool is_erased(const struct deed *d, struct store *s, bool done, long step)
{
	struct record r;
	MUST(record_load(s, &a, &event, &r, &e));
	bool is = !str_equal(record_get(&r, "note"), SECRET);
	if (d->returns || d->lets_go)
		ck_assert_msg(is ? !(done && d->returns) : d->returns,
		    "%s at step %ld: brought back", d->name, step);
	else
		ck_assert_msg(is ? d->erases : !(done && d->erases), "%s at step %ld: erasure",
		    d->name, step);
	return is;
}

static void words_gone(const struct deed *d, long step)
{
	struct held h = held(path);
	ck_assert_msg(!memmem(h.bytes, h.size, SECRET, strlen(SECRET)),
	    "%s at step %ld: the words are still in the file", d->name, step);
}

// Byte for byte the workbook that the deed began with: nothing happened, and nothing is to be
// asked.
static bool untouched(const struct deed *d)
{
	return access(arena_printf(&a, "%s-journal", path), F_OK) != 0 &&
	       stands(path, workbook_of(d));
}

static void workbook_stands(const struct deed *d, bool done, long step)
{
	struct err err = { 0 };
	struct record r;
	struct store_problems p;
	struct store *s = store_open(path, STORE_WRITE, &env, &err);
	ck_assert_msg(s != NULL, "%s at step %ld: %s", d->name, step, err.text);
	MUST(store_check(s, &a, &p, &e));
	ck_assert_msg(!p.count, "%s at step %ld: %s", d->name, step, p.count ? p.line[0] : "");
	MUST(record_load(s, &a, &ID_COLLABORATIVE, &r, &e));
	bool after = str_equal(record_get(&r, "name"), "After");
	ck_assert_msg(
	    after || str_equal(record_get(&r, "name"), "Before"), "%s at step %ld", d->name, step);
	ck_assert_msg(after == str_equal(record_get(&r, "note"), "After too"),
	    "%s at step %ld: half of a save", d->name, step);
	ck_assert_msg(!done || after == d->renames,
	    "%s at step %ld: reported as done, is not there", d->name, step);
	bool erased = is_erased(d, s, done, step);
	store_close(s);
	if (erased)
		words_gone(d, step);
}

// Nothing is taken away unseen: what the workbook does not say is held, until somebody agreed.
static void held_on(const struct deed *d, bool done, long step)
{
	struct err err = { 0 };
	struct record r;
	if (!d->holds && !d->lets_go)
		return;
	struct store *s = store_open(path, STORE_READ, &env, &err);
	ck_assert_msg(s != NULL, "%s at step %ld: %s", d->name, step, err.text);
	MUST(record_load(s, &a, &event, &r, &e));
	bool is = !str_equal(record_get(&r, "note"), SECRET), here = is_held();
	store_close(s);
	ck_assert_msg(
	    !is || here || d->lets_go, "%s at step %ld: the words are lost", d->name, step);
	ck_assert_msg(!(done && d->lets_go && here), "%s at step %ld: held on", d->name, step);
}

// Whatever happened to it, the outbox is asked without a fault, and what it gives back is whole; all
// of it where nothing had failed.
static void gives_back(const struct deed *d, bool done, const struct err *why, long step)
{
	struct err err = { 0 };
	struct record r;
	struct outbox_mended m;
	struct outbox_gap gap;
	struct store_problems p;
	if (!d->guarded)
		return;
	put_back(path, &before);
	env.state_home = arena_printf(&a, "%s/state", folder);
	struct store *s = store_open(path, STORE_WRITE, &env, &err);
	ck_assert_msg(s && outbox_missing(s, &a, &gap, &err) && outbox_put_back(s, &m, &err) &&
			  store_check(s, &a, &p, &err) &&
			  record_load(s, &a, &ID_COLLABORATIVE, &r, &err),
	    "%s at step %ld: %s", d->name, step, err.text);
	bool after = str_equal(record_get(&r, "name"), "After");
	bool both = after == str_equal(record_get(&r, "note"), "After too");
	store_close(s);
	env.state_home = "";
	ck_assert_msg(!p.count && !m.left && both,
	    "%s at step %ld: what is given back is not whole", d->name, step);
	ck_assert_msg(after || (!d->lacks && (why || !done)),
	    "%s at step %ld: what was written cannot be given back", d->name, step);
}

void deed_judge(const struct deed *d, bool done, const struct err *why, long step)
{
	struct arena_mark mark = arena_mark(&a);
	if (!untouched(d))
		workbook_stands(d, done, step);
	else
		ck_assert_msg(!done || !(d->renames || d->erases || d->rebuilds || d->returns),
		    "%s at step %ld: reported as done, is not there", d->name, step);
	held_on(d, done, step);
	bool whole = d->whole && d->whole();
	ck_assert_msg(!done || whole == (d->whole != NULL), "%s at step %ld: no file was made",
	    d->name, step);
	ck_assert_msg(
	    done || !why || (why->code && *why->text), "%s at step %ld: no words", d->name, step);
	shelf_whole(d, step);
	gives_back(d, done, why, step);
	arena_release(&a, mark);
}

void deed_again(const struct deed *d, long step)
{
	struct err e = { 0 };
	struct arena_mark mark = arena_mark(&a);
	nftw(out, remove_below, 16, FTW_DEPTH | FTW_PHYS);
	remove(out);
	bool once = d->erases || d->returns || d->lets_go;
	if (once && !deed_act(d, &e)) // there may be nothing left to erase, or held
		e = (struct err){ 0 };
	else if (!once)
		ck_assert_msg(deed_act(d, &e), "%s after step %ld: %s", d->name, step, e.text);
	const char *left = deed_stray();
	ck_assert_msg(!left, "%s at step %ld: %s is left", d->name, step, left);
	arena_release(&a, mark);
}
