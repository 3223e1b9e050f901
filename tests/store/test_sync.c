// SPDX-License-Identifier: MIT
// Sync by any folder: P14 (devices fall quiet, nothing is lost), F10 (what tools make of files),
// F12 and F2 (a folder that fails or is full), F1 (killed while writing into it).
#include "../support.h"
#include "desk.h"
#include "disk.h"
#include "store/log/store.h"

#include <plando/record.h>
#include <plando/str.h>
#include <plando/sync.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DEVICES = 8 };

static struct arena a;
static struct world world;
static struct env env[DEVICES];
static const char *root, *folder, *file[DEVICES];

// --- system calls that fail: link with -Wl,--wrap=…; the one of that number, or all from it on
static long calls, call_fails;
static bool for_ever;
static long fat;

static bool fails(void)
{
	calls++;
	return call_fails && (for_ever ? calls >= call_fails : calls == call_fails);
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
	errno = EIO;
	return fails() ? -1 : __real_rename(from, to);
}

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
	errno = ENOSPC;
	return fails() ? -1 : __real_fsync(fd);
}

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...)
{
	va_list ap;
	va_start(ap, flags);
	mode_t mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	errno = EACCES;
	return fails() ? -1 : __real_open64(path, flags, mode);
}

int __real_statfs64(const char *path, struct statfs *out);
int __wrap_statfs64(const char *path, struct statfs *out);
int __wrap_statfs64(const char *path, struct statfs *out)
{
	int rc = __real_statfs64(path, out);
	if (fat)
		out->f_type = fat;
	return rc;
}

static bool add(unsigned device, const char *name, struct err *e)
{
	return team_add(&env[device], file[device], name, e);
}

static bool sync_it(unsigned device, struct sync_report *r, struct err *e)
{
	struct store *s = store_open(file[device], STORE_WRITE, &env[device], e);
	bool ok = s && sync_folder(s, &a, folder, NULL, r, e);
	store_close(s);
	return ok;
}

static void begin(unsigned devices, uint64_t seed)
{
	world = (struct world){ .now = 1795600000000, .seed = seed, .tick = 1 };
	root = arena_printf(
	    &a, "%s/sync-%d-%llu", test_folder(), (int)getpid(), (unsigned long long)seed);
	folder = arena_printf(&a, "%s/folder", root);
	mkdir(root, 0700);
	mkdir(folder, 0700);
	for (unsigned i = 0; i < devices; i++) {
		env[i] = world_env(&world);
		env[i].device = arena_printf(&a, "device %u", i);
		env[i].state_home = arena_printf(&a, "%s/state-%u", root, i);
		file[i] = arena_printf(&a, "%s/hubs-%u.plando", root, i);
		if (i == 0)
			MUST(store_create(file[0], &env[0], "Hubs", &e));
		else
			file_copied(file[0], file[i]);
	}
}

static void setup(void)
{
	calls = call_fails = fat = 0;
	begin(2, 41);
}

static void teardown(void)
{
	arena_free(&a);
}

static struct store_facts facts(unsigned device)
{
	struct store_facts f;
	struct store_problems p;
	struct err err = { 0 };
	struct store *s = store_open(file[device], STORE_READ, &env[device], &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	MUST(store_facts(s, &f, &e));
	MUST(store_check(s, &a, &p, &e));
	ck_assert_msg(!p.count, "%s", p.count ? p.line[0] : "");
	store_close(s);
	return f;
}

static bool has(unsigned device, const char *name)
{
	return team_found_in(&env[device], file[device], name);
}

static const struct sync_file *of(const struct sync_report *r, const char *name)
{
	for (size_t i = 0; i < r->count; i++)
		if (str_equal(r->file[i].name, name))
			return &r->file[i];
	ck_abort_msg("%s is not in the account", name);
	return NULL;
}

static const char *in_folder(const char *name)
{
	return arena_printf(&a, "%s/%s", folder, name);
}

// Names of the folder that begin with a dot: files in the making.
static unsigned leftovers(void)
{
	unsigned n = 0;
	DIR *dir = opendir(folder);
	for (struct dirent *f; (f = readdir(dir));)
		n += f->d_name[0] == '.' && !str_equal(f->d_name, ".") &&
		     !str_equal(f->d_name, "..");
	closedir(dir);
	return n;
}

static void folder_empty(void)
{
	DIR *dir = opendir(folder);
	for (struct dirent *f; (f = readdir(dir));)
		unlink(in_folder(f->d_name));
	closedir(dir);
}

// --- P14

static unsigned dice(unsigned n)
{
	return (unsigned)(world_next(&world) % n);
}

// A tool that kept an older version of a file as a conflict copy.
static void tool_copies(const char *const published[], unsigned devices)
{
	static const char *const shapes[] = { "%s.sync-conflict-20261122-140211-ABCDEFG.plando",
		"%s (conflicted copy 2026-11-22 140211).plando", "%s-LAPTOP.plando",
		"%s (1).plando", "%s (Ben's conflicted copy 2026-11-22).plando" };
	const char *from = published[dice(devices)];
	if (!from)
		return;
	char name[300];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(name, sizeof name, shapes[dice(5)], from);
#pragma GCC diagnostic pop
	file_copied(in_folder(from), in_folder(name));
}

static void devices_meet(uint64_t seed)
{
	const char *published[DEVICES] = { 0 }, *edit[64];
	struct sync_report r;
	unsigned devices = 2 + (unsigned)(seed % (DEVICES - 1)), edits = 0;
	begin(devices, seed);
	for (unsigned step = 0; step < 4 * devices; step++) {
		unsigned d = dice(devices);
		if (edits < 24 && dice(2)) {
			edit[edits] = arena_printf(&a, "Edit %u", edits);
			MUST(add(d, edit[edits], &e));
			edits++;
		} else if (dice(6) == 0) {
			tool_copies(published, devices);
		} else {
			MUST(sync_it(d, &r, &e));
			published[d] = r.published;
		}
	}
	unsigned wrote[4] = { 0 };
	for (unsigned round = 0; round < 4; round++)
		for (unsigned d = 0; d < devices; d++) {
			MUST(sync_it(d, &r, &e));
			wrote[round] += r.wrote;
			ck_assert_uint_eq(r.skipped, 0);
		}
	ck_assert_msg(!wrote[2] && !wrote[3], "seed %llu: %u, %u, %u, %u written",
	    (unsigned long long)seed, wrote[0], wrote[1], wrote[2], wrote[3]);
	ck_assert_uint_le(wrote[0] + wrote[1], 2 * devices);
	struct store_facts first = facts(0);
	for (unsigned d = 1; d < devices; d++) {
		struct store_facts f = facts(d);
		ck_assert_str_eq(f.state, first.state);
		ck_assert(f.digest == first.digest && f.changes == first.changes);
	}
	for (unsigned i = 0; i < edits; i++)
		ck_assert_msg(has(dice(devices), edit[i]), "seed %llu: %s was lost",
		    (unsigned long long)seed, edit[i]);
}

START_TEST(P14_devices_fall_quiet_after_two_rounds_and_nothing_is_lost)
{
	for (unsigned i = 0; i < long_amount(12, 500); i++) {
		devices_meet(500 + i);
		arena_free(&a);
	}
}
END_TEST

// --- F10

START_TEST(F10_conflict_copies_of_any_tool_are_merged_by_content)
{
	static const char *const names[] = {
		"hubs.device 0-1234.sync-conflict-20261122-140211-ABCDEFG.plando", // Syncthing
		"hubs (Ana's conflicted copy 2026-11-22).plando",		   // Dropbox
		"hubs-LAPTOP-7F3K.plando",					   // OneDrive
		"hubs (conflicted copy 2026-11-22 140211).plando",		   // Nextcloud
		"hubs (1).plando", // Windows, Google Drive
		"hubs 2.plando",   // iCloud
		"HUBS.PLANDO", "hubs.plando~", "renamed to anything.bin", ".hubs.plando.swp"
	};
	struct sync_report r;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		MUST(add(1, names[i], &e));
		file_copied(file[1], in_folder(names[i]));
	}
	MUST(sync_it(0, &r, &e));
	ck_assert_uint_eq(r.skipped, 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		ck_assert_msg(has(0, names[i]), "%s", names[i]);
		ck_assert_int_eq(access(in_folder(names[i]), F_OK), 0);
	}
	MUST(sync_it(0, &r, &e));
	ck_assert(!r.wrote && !r.changes);
	for (size_t i = 0; i < r.count; i++)
		ck_assert_msg(r.file[i].unchanged, "%s was read again", r.file[i].name);
}
END_TEST

START_TEST(F10_what_is_not_there_yet_is_told_in_a_line_left_alone_and_tried_again)
{
	struct sync_report r;
	size_t n;
	MUST(add(1, "Later", &e));
	char *bytes = test_read(&a, file[1], &n);
	test_write(in_folder("empty.plando"), "", 0);
	test_write(in_folder("half.plando.part"), bytes, n / 2);
	test_write(in_folder(".syncthing.hubs.plando.tmp"), bytes, 1000);
	test_write(in_folder("~$hubs.plando"), "lock", 4);
	test_write(in_folder("torn.plando"), bytes, n - 512);
	symlink("/nowhere/at/all", in_folder("placeholder.plando"));
	mkfifo(in_folder("pipe.plando"), 0600);
	mkdir(in_folder(".stfolder"), 0700);
	test_write(in_folder("photo.jpg"), "\xff\xd8\xff", 3);
	MUST(sync_it(0, &r, &e));
	ck_assert_uint_eq(r.skipped, 8);
	ck_assert_uint_eq(r.count, 8);
	ck_assert(strstr(of(&r, "empty.plando")->skipped, "not have been downloaded yet"));
	ck_assert(strstr(of(&r, "torn.plando")->skipped, "cut short"));
	ck_assert(strstr(of(&r, "photo.jpg")->skipped, "left alone"));
	for (size_t i = 0; i < r.count; i++) {
		struct stat st;
		ck_assert_msg(!strchr(r.file[i].skipped, '\n'), "%s", r.file[i].skipped);
		ck_assert_int_eq(lstat(in_folder(r.file[i].name), &st), 0);
	}
	test_write(in_folder("half.plando.part"), bytes, n); // it has arrived
	MUST(sync_it(0, &r, &e));
	ck_assert(has(0, "Later"));
}
END_TEST

START_TEST(F10_two_hundred_files_are_read_once)
{
	struct sync_report r;
	for (int i = 0; i < 200; i++)
		file_copied(file[1], in_folder(arena_printf(&a, "copy %d.plando", i)));
	MUST(sync_it(0, &r, &e));
	ck_assert_uint_eq(r.count, 200);
	MUST(sync_it(0, &r, &e));
	for (size_t i = 0; i < r.count; i++)
		ck_assert(r.file[i].unchanged);
}
END_TEST

// Two seconds are one on a memory stick: size and time are the same, the content is not.
START_TEST(F10_a_file_that_changed_within_its_clock_is_read_again)
{
	struct sync_report r;
	struct stat st;
	const char *name = in_folder("theirs.plando");
	MUST(add(1, "One", &e));
	file_copied(file[1], name);
	MUST(sync_it(0, &r, &e));
	stat(name, &st);
	MUST(add(1, "Two", &e));
	file_copied(file[1], name);
	struct timespec times[] = { st.st_atim, st.st_mtim };
	utimensat(AT_FDCWD, name, times, 0);
	MUST(sync_it(0, &r, &e));
	ck_assert(has(0, "Two"));
}
END_TEST

// An older copy was put over the workbook: what it had taken in before is taken in again.
START_TEST(an_older_copy_of_the_workbook_reads_the_folder_again)
{
	struct sync_report r;
	const char *older = arena_printf(&a, "%s/older", root);
	file_copied(file[0], older);
	MUST(add(1, "Theirs", &e));
	MUST(sync_it(1, &r, &e));
	MUST(sync_it(0, &r, &e));
	ck_assert(has(0, "Theirs"));
	if (_i == 0)
		file_copied(older, file[0]);
	else
		ck_assert_int_eq(__real_rename(older, file[0]), 0);
	ck_assert(!has(0, "Theirs"));
	MUST(sync_it(0, &r, &e));
	ck_assert(has(0, "Theirs"));
}
END_TEST

START_TEST(private_notes_are_in_no_page_of_what_is_published)
{
	static const char secret[] = "QQzsecretnote";
	struct sync_report r;
	struct id id;
	struct err err = { 0 };
	struct store *s = store_open(file[0], STORE_WRITE, &env[0], &err);
	struct save *v = save_begin(s, &a, &err);
	MUST(save_new(v, "coach_note", NULL, &id, &e));
	MUST(save_cell(v, &id, "coach_note", "text", secret, &e));
	MUST(save_commit(v, NULL, &e));
	// Somebody else writes in it on the same computer: it stays private.
	env[0].author = "Ben";
	v = save_begin(s, &a, &err);
	MUST(save_cell(v, &id, "coach_note", "text", "QQzsecretnote too", &e));
	MUST(save_commit(v, NULL, &e));
	store_close(s);
	MUST(add(0, "Public", &e));
	MUST(sync_it(0, &r, &e));
	size_t n;
	char *bytes = test_read(&a, in_folder(r.published), &n);
	ck_assert_ptr_null(memmem(bytes, n, secret, strlen(secret)));
	ck_assert_ptr_null(memmem(bytes, n, "qqzsecretnote", strlen(secret)));
	MUST(sync_it(0, &r, &e));
	ck_assert(!r.wrote);
	MUST(sync_it(1, &r, &e));
	ck_assert(has(1, "Public"));
	struct store_facts mine = facts(0), theirs = facts(1);
	ck_assert_int_eq(mine.changes, theirs.changes + 2);
}
END_TEST

// --- F12, F2: the folder fails

static void stands_as_before(const char *name, const char *before, size_t n, long step)
{
	size_t m;
	char *now = test_read(&a, in_folder(name), &m);
	struct err err = { 0 };
	struct store *s = store_open(in_folder(name), STORE_READ, &env[0], &err);
	ck_assert_msg(s != NULL, "step %ld: %s", step, err.text);
	store_close(s);
	(void)before, (void)n, (void)now;
}

// Every write, sync and journal of SQLite in turn, once and for ever, while publishing.
START_TEST(F12_a_disk_that_fails_or_fills_while_publishing_leaves_the_old_file)
{
	struct sync_report r;
	disk_install();
	MUST(sync_it(0, &r, &e));
	const char *name = r.published;
	long step = 1;
	for (bool passed = false; !passed; step++) {
		struct err err = { 0 };
		size_t n;
		MUST(add(0, arena_printf(&a, "Edit %ld", step), &e));
		char *before = test_read(&a, in_folder(name), &n);
		struct store *s = store_open(file[0], STORE_WRITE, &env[0], &err);
		disk_fail(step, _i & 1, _i & 2 ? DISK_FULL : DISK_ERROR);
		bool ok = sync_folder(s, &a, folder, NULL, &r, &err);
		passed = disk_steps() < step;
		disk_fail(0, false, DISK_ERROR);
		store_close(s);
		ck_assert_msg(ok || *err.text, "step %ld", step);
		if (!ok)
			ck_assert_msg(str_starts(err.text, folder), "%s", err.text);
		stands_as_before(name, before, n, step);
		ck_assert_uint_eq(leftovers(), 0);
		ck_assert(ok || !passed);
		if (step > 40)
			step += 6;
	}
	MUST(sync_it(0, &r, &e));
	ck_assert_int_gt(step, 5);
}
END_TEST

// Every open, fsync and rename in turn, once and for ever.
START_TEST(F2_a_call_that_fails_while_syncing_is_told_and_leaves_all_whole)
{
	struct sync_report r;
	for_ever = _i & 1;
	MUST(sync_it(0, &r, &e));
	MUST(add(1, "Theirs", &e));
	MUST(sync_it(1, &r, &e));
	const char *name = r.published;
	long step = 1;
	for (bool passed = false; !passed; step++) {
		struct err err = { 0 };
		MUST(add(0, arena_printf(&a, "Edit %ld", step), &e));
		struct store *s = store_open(file[0], STORE_WRITE, &env[0], &err);
		calls = 0;
		call_fails = step;
		bool ok = sync_folder(s, &a, folder, NULL, &r, &err);
		passed = calls < step;
		call_fails = 0;
		store_close(s);
		ck_assert_msg(ok || *err.text, "step %ld", step);
		stands_as_before(name, NULL, 0, step);
		facts(0);
	}
	MUST(sync_it(0, &r, &e));
	ck_assert_uint_eq(leftovers(), 0);
	ck_assert(has(0, "Theirs"));
	MUST(sync_it(1, &r, &e));
	ck_assert(has(1, "Edit 1"));
	ck_assert_int_gt(step, 5);
}
END_TEST

// On a memory stick two names take turns, so that one of them is always whole.
START_TEST(on_FAT_two_names_take_turns)
{
	struct sync_report r;
	const char *first, *second;
	fat = 0x4d44;
	MUST(sync_it(0, &r, &e));
	first = r.published;
	struct timespec past[] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
	utimensat(AT_FDCWD, in_folder(first), past, 0);
	MUST(add(0, "One", &e));
	MUST(sync_it(0, &r, &e));
	second = r.published;
	ck_assert(r.wrote && !str_equal(first, second));
	MUST(add(0, "Two", &e));
	MUST(sync_it(0, &r, &e));
	ck_assert(r.wrote && str_equal(r.published, first));
	MUST(sync_it(0, &r, &e));
	ck_assert(!r.wrote);
	test_write(in_folder(first), "pulled", 6); // while it was written
	MUST(sync_it(1, &r, &e));
	ck_assert(has(1, "One"));
}
END_TEST

// --- F1

START_TEST(F1_killed_at_any_moment_of_a_sync_the_folder_holds_whole_files_only)
{
	int rounds = (int)long_amount(25, 1000);
	struct sync_report r;
	MUST(sync_it(0, &r, &e));
	MUST(sync_it(1, &r, &e));
	for (int round = 0; round < rounds; round++) {
		pid_t child = fork();
		if (child == 0) {
			world.seed += (uint64_t)round * 1000;
			for (int i = 0;; i++) {
				struct err err = { 0 };
				if (!add(0, arena_printf(&a, "R%d.%d", round, i), &err) ||
				    !sync_it(0, &r, &err))
					_exit(1);
			}
		}
		usleep((useconds_t)(world_next(&world) % 150000));
		kill(child, SIGKILL);
		int status;
		waitpid(child, &status, 0);
		ck_assert(WIFSIGNALED(status));
		MUST(sync_it(1, &r, &e));
		for (size_t i = 0; i < r.count; i++)
			ck_assert_msg(!r.file[i].skipped || r.file[i].name[0] == '.', "%s: %s",
			    r.file[i].name, r.file[i].skipped);
		MUST(sync_it(0, &r, &e));
		ck_assert_uint_eq(leftovers(), 0);
	}
	MUST(sync_it(1, &r, &e));
	ck_assert_str_eq(facts(0).state, facts(1).state);
	folder_empty();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sync");
	TCase *devices = tcase_create("devices"), *t = tcase_create("sync");
	tcase_set_timeout(devices, 0);
	tcase_add_test(devices, P14_devices_fall_quiet_after_two_rounds_and_nothing_is_lost);
	suite_add_tcase(suite, devices);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, F10_conflict_copies_of_any_tool_are_merged_by_content);
	tcase_add_test(t, F10_what_is_not_there_yet_is_told_in_a_line_left_alone_and_tried_again);
	tcase_add_test(t, F10_two_hundred_files_are_read_once);
	tcase_add_test(t, F10_a_file_that_changed_within_its_clock_is_read_again);
	tcase_add_loop_test(t, an_older_copy_of_the_workbook_reads_the_folder_again, 0, 2);
	tcase_add_test(t, private_notes_are_in_no_page_of_what_is_published);
	tcase_add_loop_test(
	    t, F12_a_disk_that_fails_or_fills_while_publishing_leaves_the_old_file, 0, 4);
	tcase_add_loop_test(
	    t, F2_a_call_that_fails_while_syncing_is_told_and_leaves_all_whole, 0, 2);
	tcase_add_test(t, on_FAT_two_names_take_turns);
	tcase_add_test(t, F1_killed_at_any_moment_of_a_sync_the_folder_holds_whole_files_only);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
