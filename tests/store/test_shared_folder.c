// SPDX-License-Identifier: MIT
// F10: what the tools that carry a folder make of its files. Whatever its name, a copy of this
// workbook is merged by its content; what is empty, half there, not downloaded, still growing, or
// nothing of ours is told in a line each and tried again; nothing is deleted, renamed or written
// to. (Fewer names, FAT, full disks and kills are in test_sync.c.)
#include "../support.h"
#include "cli/cli.h"
#include "desk.h"
#include "store/log/store.h"

#include <plando/record.h>
#include <plando/str.h>
#include <plando/sync.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena a;
static struct world world;
static struct env env, ben;
static const char *folder, *mine, *theirs;

// --- one file whose reading fails, or during whose reading something happens: link with --wrap

enum how { READS, OPEN_FAILS, HEADER_FAILS, READ_FAILS, READ_FAILS_LATE };
static enum how watched;
static const char *watched_path;
static void (*on_read)(void);
static int reads;

static bool is_watched(int fd)
{
	struct stat one, two;
	return watched_path && fstat(fd, &one) == 0 && stat(watched_path, &two) == 0 &&
	       one.st_ino == two.st_ino && one.st_dev == two.st_dev;
}

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...)
{
	va_list ap;
	va_start(ap, flags);
	mode_t mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	if (watched == OPEN_FAILS && watched_path && str_equal(path, watched_path))
		return errno = EIO, -1;
	return __real_open64(path, flags, mode);
}

ssize_t __real_pread64(int fd, void *to, size_t n, off_t at);
ssize_t __wrap_pread64(int fd, void *to, size_t n, off_t at);
ssize_t __wrap_pread64(int fd, void *to, size_t n, off_t at)
{
	if (watched == HEADER_FAILS && is_watched(fd))
		return errno = EIO, -1;
	return __real_pread64(fd, to, n, at);
}

ssize_t __real_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n)
{
	bool ours = is_watched(fd);
	reads += ours;
	if (ours && (watched == READ_FAILS || (watched == READ_FAILS_LATE && reads > 1)))
		return errno = EIO, -1;
	ssize_t got = __real_read(fd, to, ours && n > 8192 ? 8192 : n);
	if (ours && reads == 1 && on_read)
		on_read();
	return got;
}

static void watch(const char *path, enum how how, void (*act)(void))
{
	watched_path = path;
	watched = how;
	on_read = act;
	reads = 0;
}

// --- two computers and a folder between them

static const char *in_folder(const char *name)
{
	return arena_printf(&a, "%s/%s", folder, name);
}

static void setup(void)
{
	const char *root = arena_printf(&a, "%s/shared-%d", test_folder(), (int)getpid());
	world = (struct world){ .now = 1795600000000, .seed = 61, .tick = 1 };
	env = ben = world_env(&world);
	env.state_home = arena_printf(&a, "%s/state", root);
	ben.state_home = arena_printf(&a, "%s/state-ben", root);
	ben.device = "laptop-3";
	ben.author = "Ben";
	folder = arena_printf(&a, "%s/folder", root);
	mine = arena_printf(&a, "%s/hubs.plando", root);
	theirs = arena_printf(&a, "%s/theirs.plando", root);
	mkdir(root, 0700);
	mkdir(folder, 0700);
	MUST(store_create(mine, &env, "Hubs", &e));
	file_copied(mine, theirs);
	watch(NULL, READS, NULL);
}

static void teardown(void)
{
	watch(NULL, READS, NULL);
	arena_free(&a);
}

static struct sync_report synced(void)
{
	struct sync_report r;
	struct err err = { 0 };
	struct store *s = store_open(mine, STORE_WRITE, &env, &err);
	ck_assert_msg(s && sync_folder(s, &a, folder, NULL, &r, &err), "%s", err.text);
	store_close(s);
	return r;
}

static bool has(const char *name)
{
	return team_found_in(&env, mine, name);
}

static const struct sync_file *of(const struct sync_report *r, const char *name)
{
	for (size_t i = 0; i < r->count; i++)
		if (str_equal(r->file[i].name, name))
			return &r->file[i];
	ck_abort_msg("%s is not in the account", name);
	return NULL;
}

static const char *why(const struct sync_report *r, const char *name)
{
	const char *words = of(r, name)->skipped;
	ck_assert_msg(words && *words && !strchr(words, '\n'), "%s: %s", name,
	    words ? words : "was not skipped");
	return words;
}

// Every file that was put there is there as it was.
struct kept {
	const char *name, *bytes;
	size_t n;
};
static struct kept kept[300];
static size_t kept_count;

static void put(const char *name, const char *bytes, size_t n)
{
	test_write(in_folder(name), bytes, n);
	kept[kept_count++] = (struct kept){ name, bytes, n };
}

static void put_copy(const char *name)
{
	size_t n;
	char *bytes = test_read(&a, theirs, &n);
	put(name, bytes, n);
}

static void all_stand(void)
{
	for (size_t i = 0; i < kept_count; i++) {
		size_t n;
		char *now = test_read(&a, in_folder(kept[i].name), &n);
		ck_assert_msg(now && n == kept[i].n && memcmp(now, kept[i].bytes, n) == 0,
		    "%s is not as it was", kept[i].name);
	}
}

// --- names

static const char *const COPIES[] = {
	// Syncthing
	"hubs.sync-conflict-20261122-140211-ABCDEFG.plando",
	"hubs.sync-conflict-20261122-140211-ABCDEFG.sync-conflict-20261123-090000-HIJKLMN.plando",
	// Dropbox
	"hubs (Ana's conflicted copy 2026-11-22).plando", "hubs (Case Conflict).plando",
	"hubs (Selective Sync Conflict).plando",
	"hubs (Copia en conflicto de Ana 2026-11-22).plando",
	// OneDrive
	"hubs-LAPTOP-7F3K.plando", "hubs-LAPTOP-7F3K-2.plando",
	// iCloud, macOS
	"hubs 2.plando", "hubs copy.plando",
	// Nextcloud, ownCloud
	"hubs (conflicted copy 2026-11-22 140211).plando", "hubs_conflict-20261122-140211.plando",
	// Windows, Google Drive, Resilio, pCloud, Box
	"hubs (1).plando", "hubs - Copy.plando", "Copy of hubs.plando", "hubs.Conflict.plando",
	"hubs [conflicted].plando", "hubs (Ana Silva).plando",
	// only the case differs
	"HUBS.PLANDO", "Hubs.plando", "hubs.Plando",
	// a temporary name that stayed
	".syncthing.whole.plando.tmp", "~syncthing~whole.plando.tmp", ".whole.plando.Xy12Ab",
	".whole.plando.upload.part", "whole.plando.crdownload", "~$whole.plando", ".~whole.plando",
	"whole.plando.tmp", "whole.plando.filepart", ".whole.plando.swp", "whole.plando~",
	// a name that says nothing, one in other letters, one that no line can show as it is
	"renamed to anything.bin", "مراكز – 中心 – 👩‍⚕️.plando",
	"two\nlines\033[2J.plando"
};
enum { COPY_COUNT = sizeof COPIES / sizeof *COPIES };

START_TEST(F10_a_copy_under_any_name_that_a_tool_gives_it_is_merged)
{
	for (size_t i = 0; i < COPY_COUNT; i++) {
		MUST(team_add(&ben, theirs, COPIES[i], &e));
		put_copy(COPIES[i]);
	}
	struct sync_report r = synced();
	ck_assert_uint_eq(r.count, COPY_COUNT);
	ck_assert_uint_eq(r.skipped, 0);
	for (size_t i = 0; i < COPY_COUNT; i++)
		ck_assert_msg(has(COPIES[i]), "%s", COPIES[i]);
	all_stand();
	r = synced();
	ck_assert(!r.wrote && !r.changes);
	all_stand();
}
END_TEST

// Two names that differ in case only: each has what the other lacks.
START_TEST(F10_names_that_differ_in_case_only_are_two_files)
{
	const char *third = arena_printf(&a, "%s.third", theirs);
	file_copied(theirs, third);
	MUST(team_add(&ben, theirs, "In capitals", &e));
	put_copy("HUBS.PLANDO");
	theirs = third;
	MUST(team_add(&ben, third, "In small letters", &e));
	put_copy("hubs.plando");
	struct sync_report r = synced();
	ck_assert(has("In capitals") && has("In small letters"));
	// This computer's own file, as a system that knows no case would call it.
	char *loud = arena_strdup(&a, r.published);
	for (char *p = loud; *p; p++)
		*p = (char)(*p >= 'a' && *p <= 'z' ? *p - 32 : *p);
	ck_assert_int_eq(rename(in_folder(r.published), in_folder(loud)), 0);
	r = synced();
	ck_assert_uint_eq(r.skipped, 0);
	ck_assert_int_eq(access(in_folder(loud), F_OK), 0);
	ck_assert(!synced().wrote);
	all_stand();
}
END_TEST

// --- what is not there yet

static const char *const TEMPORARY[] = { ".syncthing.hubs.plando.tmp", "~syncthing~hubs.plando.tmp",
	"hubs.plando.part", ".hubs.plando.upload.part", "hubs.plando.crdownload",
	"hubs.plando.partial", "hubs.plando.filepart", ".hubs.plando.Xy12Ab", "~$hubs.plando",
	".~hubs.plando", "hubs.plando.tmp", ".dropbox.hubs.plando", ".hubs.plando.icloud",
	"hubs.plando.!sync", ".unison.hubs.plando.0a1b.unison.tmp" };
enum { TEMPORARIES = sizeof TEMPORARY / sizeof *TEMPORARY };

START_TEST(F10_a_half_copied_file_of_any_tool_is_told_in_a_line_and_merged_when_it_is_there)
{
	size_t n;
	MUST(team_add(&ben, theirs, "Later", &e));
	char *bytes = test_read(&a, theirs, &n);
	for (size_t i = 0; i < TEMPORARIES; i++)
		switch (i % 5) {
		case 0: put(TEMPORARY[i], bytes, 0); break;
		case 1: put(TEMPORARY[i], bytes, n / 2); break;
		case 2: put(TEMPORARY[i], bytes, 100); break;
		case 3: put(TEMPORARY[i], bytes, n - 512); break;
		default: // room was made for it, and not all of it has come
			put(TEMPORARY[i], memset(arena_copy(&a, bytes, n), 0, n), n);
		}
	for (int again = 0; again < 2; again++) {
		struct sync_report r = synced();
		ck_assert_uint_eq(r.skipped, TEMPORARIES);
		for (size_t i = 0; i < TEMPORARIES; i++)
			why(&r, TEMPORARY[i]);
		ck_assert_ptr_nonnull(
		    strstr(why(&r, TEMPORARY[0]), "not have been downloaded yet"));
		all_stand();
	}
	put_copy("hubs.plando.part");
	synced();
	ck_assert(has("Later"));
}
END_TEST

// A file that is in the folder, and on the tool's server: reading it fails until it is fetched.
START_TEST(F10_a_placeholder_that_cannot_be_read_is_told_so_and_merged_when_it_is_there)
{
	static const enum how ways[] = { OPEN_FAILS, HEADER_FAILS, READ_FAILS, READ_FAILS_LATE };
	MUST(team_add(&ben, theirs, "In the cloud", &e));
	put_copy("cloud.plando");
	const char *other = arena_printf(&a, "%s.other", theirs);
	file_copied(theirs, other);
	theirs = other;
	MUST(team_add(&ben, other, "On the disk", &e));
	put_copy("disk.plando");
	watch(in_folder("cloud.plando"), ways[_i], NULL);
	for (int again = 0; again < 2; again++) {
		reads = 0;
		struct sync_report r = synced();
		ck_assert_uint_eq(r.skipped, 1);
		const char *words = why(&r, "cloud.plando");
		ck_assert_msg(ways[_i] == OPEN_FAILS || strstr(words, "not have been downloaded"),
		    "%s", words);
		ck_assert(has("On the disk"));
		all_stand();
	}
	watch(NULL, READS, NULL);
	struct sync_report r = synced();
	ck_assert_uint_eq(r.skipped, 0);
	ck_assert(has("In the cloud"));
}
END_TEST

// --- what moves while it is read

static void grow(void)
{
	char page[4096] = { 0 };
	int fd = __real_open64(watched_path, O_WRONLY | O_APPEND);
	ck_assert(fd >= 0 && write(fd, page, sizeof page) == (ssize_t)sizeof page);
	close(fd);
}

static void shrink(void)
{
	ck_assert_int_eq(truncate(watched_path, 8192), 0);
}

static void replace(void)
{
	const char *new = in_folder(".new");
	file_copied(theirs, new);
	ck_assert_int_eq(rename(new, watched_path), 0);
}

static void vanish(void)
{
	ck_assert_int_eq(unlink(watched_path), 0);
}

START_TEST(F10_a_file_that_moves_while_it_is_read_waits_for_the_next_time)
{
	static void (*const acts[])(void) = { grow, shrink, replace, vanish };
	MUST(team_add(&ben, theirs, "Moving", &e));
	file_copied(theirs, in_folder("moving.plando"));
	watch(in_folder("moving.plando"), READS, acts[_i]);
	struct sync_report r = synced();
	ck_assert_msg(
	    strstr(why(&r, "moving.plando"), "still being copied"), "%s", why(&r, "moving.plando"));
	ck_assert(!has("Moving"));
	watch(NULL, READS, NULL);
	file_copied(theirs, in_folder("moving.plando"));
	r = synced();
	ck_assert(r.skipped == 0 && has("Moving"));
}
END_TEST

// A tool that writes the file where it stands, in small pieces, over and over, as we look.
START_TEST(F10_a_file_that_is_written_in_pieces_as_it_is_read_is_whole_or_left)
{
	enum { PIECE = 512 };
	size_t n;
	for (int i = 0; i < 5; i++)
		MUST(team_add(&ben, theirs, arena_printf(&a, "Piece %d", i), &e));
	char *bytes = test_read(&a, theirs, &n);
	const char *growing = in_folder("growing.plando");
	pid_t child = fork();
	if (child == 0)
		for (;;) {
			int fd = open(growing, O_CREAT | O_TRUNC | O_WRONLY, 0600);
			for (size_t at = 0; at < n; at += PIECE)
				if (write(fd, bytes + at, n - at < PIECE ? n - at : PIECE) < 0)
					_exit(1);
			close(fd);
		}
	for (long i = 0; i < long_amount(20, 1000); i++) {
		struct sync_report r = synced();
		for (size_t k = 0; k < r.count; k++)
			if (r.file[k].skipped)
				why(&r, r.file[k].name);
		ck_assert(has("Piece 0") == has("Piece 4")); // none of it, or all
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	file_copied(theirs, growing);
	synced();
	ck_assert(has("Piece 4"));
}
END_TEST

// --- many

static size_t lines_in(const char *text)
{
	size_t n = 0;
	for (; *text; text++)
		n += *text == '\n';
	return n;
}

// 200 files: versions of the workbook, another collaborative's, and what else lies in a folder.
static void two_hundred(size_t *strangers)
{
	const char *other = arena_printf(&a, "%s.other", theirs);
	size_t n;
	MUST(store_create(other, &ben, "Schools", &e));
	char *bytes = test_read(&a, other, &n);
	*strangers = 0;
	for (int i = 0; i < 200; i++) {
		const char *name = arena_printf(&a, "file %d.plando", i);
		if (i % 5 < 3) {
			MUST(team_add(&ben, theirs, name, &e));
			put_copy(name);
			continue;
		}
		(*strangers)++;
		if (i % 5 == 3)
			put(arena_printf(&a, "schools %d.plando", i), bytes, n);
		else
			put(arena_printf(&a, "photo\n%d\033[31m.jpg", i), "\xff\xd8\xff", 3);
	}
}

START_TEST(F10_two_hundred_files_of_all_sorts_are_told_apart_one_line_each)
{
	size_t strangers, n, m;
	char *out, *told, program[] = "plando", verb[] = "sync";
	char *words[] = { program, verb, arena_strdup(&a, mine), arena_strdup(&a, folder), NULL };
	two_hundred(&strangers);
	FILE *to = open_memstream(&out, &n), *complaint = open_memstream(&told, &m);
	ck_assert_int_eq(cli_run(&env, 4, words, stdin, to, complaint), ERR_DATA);
	fclose(to);
	fclose(complaint);
	ck_assert_uint_eq(lines_in(told), strangers);
	ck_assert_ptr_null(strchr(told, '\033'));
	ck_assert_ptr_nonnull(strstr(told, "schools 3.plando: "));
	free(out);
	free(told);
	for (int i = 0; i < 200; i++)
		ck_assert(i % 5 >= 3 || has(arena_printf(&a, "file %d.plando", i)));
	all_stand();
	struct sync_report r = synced();
	ck_assert(!r.wrote && !r.changes && r.skipped == strangers);
	for (size_t i = 0; i < r.count; i++)
		ck_assert(r.file[i].unchanged != (r.file[i].skipped != NULL));
	all_stand();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("shared folder");
	TCase *t = tcase_create("shared folder");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, F10_a_copy_under_any_name_that_a_tool_gives_it_is_merged);
	tcase_add_test(t, F10_names_that_differ_in_case_only_are_two_files);
	tcase_add_test(
	    t, F10_a_half_copied_file_of_any_tool_is_told_in_a_line_and_merged_when_it_is_there);
	tcase_add_loop_test(
	    t, F10_a_placeholder_that_cannot_be_read_is_told_so_and_merged_when_it_is_there, 0, 4);
	tcase_add_loop_test(
	    t, F10_a_file_that_moves_while_it_is_read_waits_for_the_next_time, 0, 4);
	tcase_add_test(t, F10_a_file_that_is_written_in_pieces_as_it_is_read_is_whole_or_left);
	tcase_add_test(t, F10_two_hundred_files_of_all_sorts_are_told_apart_one_line_each);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
