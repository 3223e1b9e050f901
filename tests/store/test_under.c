// SPDX-License-Identifier: MIT
// The file under the running program (F3, F5, F7, F8): replaced by rename and in place, with as
// many commits and with others, truncated, removed, renamed, a folder in its place, rights taken
// away, its disk gone, two writers. The next save lands in the file that stands there now, and
// nothing of either side is lost.
#include "../support.h"
#include "desk.h"
#include "disk.h"
#include "store/log/store.h"

#include <plando/merge.h>
#include <plando/outbox.h>
#include <plando/record.h>
#include <plando/str.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena a;
static struct world world;
static struct env env;
static const char *folder, *path, *other;
static struct store *s;

// What happens to the file while a save is being written: at the n-th look at the clock.
typedef void act_fn(void);
static act_fn *mischief;
static int looks;

static int64_t now_and_then(void *w)
{
	struct world *mine = w;
	if (mischief && --looks == 0) {
		act_fn *act = mischief;
		mischief = NULL;
		act();
	}
	return mine->now += mine->tick;
}

static void setup(void)
{
	world = (struct world){ .now = 1795600000000, .seed = 21, .tick = 1 };
	env = world_env(&world);
	env.now = now_and_then;
	env.state_home = arena_printf(&a, "%s/state-%d", test_folder(), (int)getpid());
	folder = arena_printf(&a, "%s/under-%d", test_folder(), (int)getpid());
	mkdir(folder, 0700);
	path = arena_printf(&a, "%s/hubs.plando", folder);
	other = arena_printf(&a, "%s/other.plando", folder);
	unlink(path);
	unlink(other);
	MUST(store_create(path, &env, "Hubs", &e));
	s = NULL;
}

static void teardown(void)
{
	store_close(s);
	arena_free(&a);
}

static void sound(const char *file, const char *const name[])
{
	struct store_problems p;
	struct err err = { 0 };
	struct store *in = store_open(file, STORE_READ, &env, &err);
	ck_assert_msg(in != NULL, "%s", err.text);
	MUST(store_check(in, &a, &p, &e));
	ck_assert_msg(!p.count, "%s: %s", file, p.count ? p.line[0] : "");
	for (; *name; name++)
		ck_assert_msg(team_found(in, *name), "%s: %s is not there", file, *name);
	store_close(in);
}

static void open_it(void)
{
	struct err err = { 0 };
	s = store_open(path, STORE_WRITE, &env, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
}

// Another computer's copy, with as many commits more as are asked for.
static void make_other(int commits)
{
	struct err err = { 0 };
	struct store *o;
	struct env theirs = env;
	theirs.device = "laptop-3";
	theirs.author = "Ben";
	theirs.state_home = "";
	unlink(other);
	o = store_open(path, STORE_READ, &env, &err);
	ck_assert_msg(o && store_copy(o, other, &err), "%s", err.text);
	store_close(o);
	o = store_open(other, STORE_WRITE, &theirs, &err);
	for (int i = 0; i < commits; i++)
		ck_assert_msg(team_put(o, arena_printf(&a, "Theirs %d", i), &err), "%s", err.text);
	store_close(o);
}

static void copy_bytes_over(void)
{
	size_t n;
	char *text = test_read(&a, other, &n);
	int fd = open(path, O_WRONLY | O_TRUNC);
	ck_assert(fd >= 0 && write(fd, text, n) == (ssize_t)n);
	close(fd);
}

static void rename_over(void)
{
	ck_assert_int_eq(rename(other, path), 0);
}

static const char *news(void)
{
	const char *text = store_news(s);
	return text ? text : "";
}

static const char *rescued(void)
{
	DIR *dir = opendir(folder);
	const char *found = NULL;
	for (struct dirent *f; (f = readdir(dir));)
		if (strstr(f->d_name, ".rescued-"))
			found = arena_printf(&a, "%s/%s", folder, f->d_name);
	closedir(dir);
	return found;
}

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

// --- F5: replaced, before a save

START_TEST(F5_a_copy_put_over_the_file_by_rename_gets_what_this_run_wrote)
{
	open_it();
	make_other(1);
	MUST(team_put(s, "Mine 1", &e));
	rename_over();
	MUST(team_put(s, "Mine 2", &e));
	ck_assert_msg(strstr(news(), "was replaced by another copy"), "%s", s->news);
	sound(path, NAMES("Theirs 0", "Mine 1", "Mine 2"));
	ck_assert_ptr_null(store_news(s));
}
END_TEST

// With as many commits the counter in the header is the same, and SQLite believes its cache.
START_TEST(F5_a_copy_written_over_the_bytes_gets_what_this_run_wrote)
{
	open_it();
	make_other(_i);
	MUST(team_put(s, "Mine 1", &e));
	copy_bytes_over();
	MUST(team_put(s, "Mine 2", &e));
	sound(path, NAMES("Mine 1", "Mine 2"));
	for (int i = 0; i < _i; i++)
		sound(path, NAMES(arena_printf(&a, "Theirs %d", i)));
}
END_TEST

// The same size and times: only the content tells.
START_TEST(F5_a_copy_that_looks_the_same_from_outside_is_noticed_in_the_transaction)
{
	struct stat st;
	open_it();
	make_other(_i);
	MUST(team_put(s, "Mine 1", &e));
	ck_assert_int_eq(stat(path, &st), 0);
	copy_bytes_over();
	struct timespec times[] = { st.st_atim, st.st_mtim };
	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
	ck_assert_int_eq(stat(path, &s->seen), 0); // what no tool can do: ctime too
	MUST(team_put(s, "Mine 2", &e));
	sound(path, NAMES("Mine 1", "Mine 2"));
	for (int i = 0; i < _i; i++)
		sound(path, NAMES(arena_printf(&a, "Theirs %d", i)));
}
END_TEST

START_TEST(F5_the_idle_second_notices_a_copy_put_over_the_file_and_mends_it)
{
	bool changed = false;
	open_it();
	make_other(1);
	MUST(team_put(s, "Mine 1", &e));
	if (_i)
		rename_over();
	else
		copy_bytes_over();
	MUST(store_refresh(s, &changed, &e));
	ck_assert(changed && team_found(s, "Mine 1") && team_found(s, "Theirs 0"));
	ck_assert_msg(
	    strstr(news(), "(2 changes)") || strstr(s->news, "(1 change)"), "%s", s->news);
	MUST(store_refresh(s, &changed, &e));
	ck_assert(!changed);
}
END_TEST

// What the old file had from others since an earlier run, and the new one lacks, is beside it.
START_TEST(F5_what_was_merged_before_is_kept_beside_the_copy_that_lacks_it)
{
	struct merge_report r;
	const char *older = arena_printf(&a, "%s/older.plando", folder);
	open_it();
	MUST(store_copy(s, older, &e));
	make_other(2);
	MUST(merge_file(s, other, false, &r, &e));
	store_close(s);
	open_it();
	ck_assert_int_eq(rename(older, path), 0);
	MUST(team_put(s, "Mine", &e));
	ck_assert(!team_found(s, "Theirs 0"));
	ck_assert_ptr_nonnull(rescued());
	ck_assert_msg(strstr(news(), ".rescued-"), "%s", s->news);
	sound(rescued(), NAMES("Theirs 0", "Theirs 1"));
	MUST(merge_file(s, rescued(), false, &r, &e));
	sound(path, NAMES("Theirs 0", "Theirs 1", "Mine"));
}
END_TEST

// What this run merged is put into the new one, as what it wrote is.
START_TEST(F5_what_was_merged_in_this_run_is_put_into_the_copy_that_lacks_it)
{
	struct merge_report r;
	const char *older = arena_printf(&a, "%s/older.plando", folder);
	open_it();
	MUST(store_copy(s, older, &e));
	make_other(2);
	MUST(merge_file(s, other, false, &r, &e));
	ck_assert_int_eq(rename(older, path), 0);
	MUST(team_put(s, "Mine", &e));
	ck_assert_ptr_null(rescued());
	sound(path, NAMES("Theirs 0", "Theirs 1", "Mine"));
}
END_TEST

// --- F5: replaced while a save is written

START_TEST(F5_a_copy_that_comes_between_begin_and_commit_is_not_written_over)
{
	open_it();
	make_other(1);
	MUST(team_put(s, "Mine 1", &e));
	mischief = _i & 1 ? rename_over : copy_bytes_over;
	looks = 1 + _i / 2;
	MUST(team_put(s, "Mine 2", &e));
	ck_assert(!mischief);
	MUST(team_put(s, "Mine 3", &e));
	sound(path, NAMES("Theirs 0", "Mine 1", "Mine 2", "Mine 3"));
}
END_TEST

START_TEST(F5_a_copy_that_comes_after_the_commit_gets_it_at_the_next_look)
{
	bool changed;
	open_it();
	make_other(1);
	MUST(team_put(s, "Mine 1", &e));
	rename_over();
	store_written(s); // as at the end of that save
	sound(path, NAMES("Theirs 0", "Mine 1"));
	MUST(store_refresh(s, &changed, &e));
	MUST(team_put(s, "Mine 2", &e));
	sound(path, NAMES("Theirs 0", "Mine 1", "Mine 2"));
}
END_TEST

// --- F5: gone

START_TEST(F5_a_file_that_is_renamed_is_followed)
{
	const char *new = arena_printf(&a, "%s/hubs east.plando", folder);
	bool changed = false;
	open_it();
	MUST(team_put(s, "Mine 1", &e));
	ck_assert_int_eq(rename(path, new), 0);
	if (_i)
		MUST(store_refresh(s, &changed, &e));
	MUST(team_put(s, "Mine 2", &e));
	ck_assert_str_eq(store_path(s), new);
	ck_assert_msg(strstr(news(), "hubs.plando is called hubs east.plando now"), "%s", s->news);
	sound(new, NAMES("Mine 1", "Mine 2"));
	ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

START_TEST(F5_a_file_that_is_deleted_is_written_anew_by_the_next_save_and_not_before)
{
	bool changed;
	open_it();
	MUST(team_put(s, "Mine 1", &e));
	ck_assert_int_eq(unlink(path), 0);
	REFUSES(ERR_NOINPUT, store_refresh(s, &changed, &e));
	ck_assert_int_ne(access(path, F_OK), 0);
	MUST(team_put(s, "Mine 2", &e));
	ck_assert_msg(strstr(news(), "was written anew"), "%s", s->news);
	sound(path, NAMES("Mine 1", "Mine 2"));
	MUST(store_refresh(s, &changed, &e));
	ck_assert(!changed);
}
END_TEST

START_TEST(F5_a_folder_in_its_place_sends_the_next_save_to_a_copy_beside)
{
	bool changed;
	open_it();
	MUST(team_put(s, "Mine 1", &e));
	ck_assert(unlink(path) == 0 && mkdir(path, 0700) == 0);
	REFUSES(ERR_NOINPUT, store_refresh(s, &changed, &e));
	ck_assert_ptr_null(rescued());
	MUST(team_put(s, "Mine 2", &e));
	ck_assert_ptr_nonnull(rescued());
	ck_assert_str_eq(store_path(s), rescued());
	sound(rescued(), NAMES("Mine 1", "Mine 2"));
	MUST(team_put(s, "Mine 3", &e));
	sound(rescued(), NAMES("Mine 1", "Mine 2", "Mine 3"));
	ck_assert_int_eq(rmdir(path), 0);
	unlink(rescued());
}
END_TEST

// An empty file in its place has taken the content with it: what this run wrote waits for the file.
START_TEST(F5_a_file_cut_to_nothing_refuses_the_save_and_gets_all_when_it_is_back)
{
	bool changed;
	open_it();
	make_other(1);
	MUST(team_put(s, "Mine 1", &e));
	ck_assert_int_eq(truncate(path, 0), 0);
	REFUSES(ERR_DATA, store_refresh(s, &changed, &e));
	REFUSES(ERR_DATA, team_put(s, "Mine 2", &e));
	copy_bytes_over();
	MUST(team_put(s, "Mine 2", &e));
	sound(path, NAMES("Theirs 0", "Mine 1", "Mine 2"));
}
END_TEST

START_TEST(F5_another_collaboratives_file_in_its_place_is_not_written_to)
{
	size_t n, m;
	open_it();
	MUST(team_put(s, "Mine 1", &e));
	MUST(store_create(other, &env, "Somebody else", &e));
	char *before = test_read(&a, other, &n);
	rename_over();
	MUST(team_put(s, "Mine 2", &e));
	sound(rescued(), NAMES("Mine 1", "Mine 2"));
	char *after = test_read(&a, path, &m);
	ck_assert(n == m && memcmp(before, after, n) == 0);
	unlink(rescued());
}
END_TEST

// Its stick was pulled: the folder is not there. It comes back with an older copy.
START_TEST(F5_a_disk_that_went_away_refuses_the_save_and_gets_all_when_it_is_back)
{
	const char *away = arena_printf(&a, "%s-away", folder);
	bool changed;
	open_it();
	make_other(1);
	MUST(team_put(s, "Mine 1", &e));
	ck_assert_int_eq(rename(folder, away), 0);
	REFUSES(ERR_NOINPUT, store_refresh(s, &changed, &e));
	REFUSES(ERR_NOINPUT, team_put(s, "Mine 2", &e));
	ck_assert_int_eq(rename(away, folder), 0);
	rename_over();
	MUST(team_put(s, "Mine 2", &e));
	sound(path, NAMES("Theirs 0", "Mine 1", "Mine 2"));
}
END_TEST

// --- as somebody who is not root, in a process of its own: 0 = all held

static void as_nobody(void (*act)(void))
{
	pid_t child = fork();
	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(77);
		if (access(folder, X_OK) != 0)
			_exit(77);
		act();
		_exit(0);
	}
	int status;
	waitpid(child, &status, 0);
	ck_assert_msg(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 77),
	    "status %d", status);
	if (WEXITSTATUS(status) == 77)
		printf("# left out: nobody else can reach %s\n", folder);
}

// F5, F7: rights are taken away while it is open.
static void rights_go(void)
{
	bool changed;
	open_it();
	MUST(team_put(s, "Mine 1", &e));
	ck_assert_int_eq(chmod(path, 0400), 0);
	MUST(store_refresh(s, &changed, &e));
	ck_assert(changed && !store_writable(s, NULL));
	ck_assert_msg(strstr(news(), "may not be written to"), "%s", s->news);
	ck_assert_int_eq(chmod(path, 0600), 0);
	MUST(store_refresh(s, &changed, &e));
	ck_assert(changed && store_writable(s, NULL));
	MUST(team_put(s, "Mine 2", &e));
	ck_assert_int_eq(chmod(path, 0), 0);
	MUST(team_put(s, "Mine 3", &e));
	ck_assert_ptr_nonnull(rescued());
	sound(rescued(), NAMES("Mine 1", "Mine 2", "Mine 3"));
	chmod(path, 0600);
	sound(path, NAMES("Mine 1", "Mine 2"));
}

START_TEST(F5_rights_taken_away_are_noticed_and_the_next_save_goes_beside)
{
	chmod(test_folder(), 0755);
	chmod(folder, 0777);
	chown(path, 65534, 65534);
	as_nobody(rights_go);
	chmod(test_folder(), 0700);
	if (rescued())
		unlink(rescued());
}
END_TEST

// F7: opened where nothing may be written.
static void read_only(void)
{
	struct err err = { 0 };
	struct store *o = store_open(path, STORE_WRITE, &env, &err);
	ck_assert_msg(o && team_found(o, "Mine"), "%s", err.text);
	ck_assert(!store_writable(o, &err));
	ck_assert_msg(strstr(err.text, "save a copy elsewhere"), "%s", err.text);
	REFUSES(ERR_NOPERM, team_put(o, "More", &e));
	const char *copy = arena_printf(&a, "%s/copy.plando", env.state_home);
	MUST(store_copy(o, copy, &e));
	sound(copy, NAMES("Mine"));
	store_close(o);
}

START_TEST(F7_a_file_or_folder_that_is_read_only_is_shown_and_says_what_to_do)
{
	open_it();
	MUST(team_put(s, "Mine", &e));
	store_close(s);
	s = NULL;
	chmod(test_folder(), 0755);
	mkdir(env.state_home, 0777);
	chmod(env.state_home, 0777);
	chmod(path, _i ? 0666 : 0444);
	chmod(folder, _i ? 0555 : 0777);
	as_nobody(read_only);
	chmod(folder, 0700);
	chmod(test_folder(), 0700);
}
END_TEST

// --- F8: two writers

START_TEST(F8_two_apps_on_one_file_lose_nothing)
{
	bool changed = false;
	struct err err = { 0 };
	open_it();
	struct store *two = store_open(path, STORE_WRITE, &env, &err);
	for (int i = 0; i < 10; i++) {
		MUST(team_put(s, arena_printf(&a, "One %d", i), &e));
		MUST(team_put(two, arena_printf(&a, "Two %d", i), &e));
	}
	MUST(store_refresh(s, &changed, &e));
	ck_assert(changed && team_found(s, "Two 9"));
	ck_assert_msg(strstr(news(), "Another program changed this workbook"), "%s", s->news);
	store_close(two);
	for (int i = 0; i < 10; i++)
		sound(path, NAMES(arena_printf(&a, "One %d", i), arena_printf(&a, "Two %d", i)));
	ck_assert_ptr_null(rescued());
}
END_TEST

START_TEST(F8_a_writer_and_a_merger_lose_nothing)
{
	struct merge_report r;
	struct err err = { 0 };
	open_it();
	make_other(3);
	struct store *two = store_open(path, STORE_WRITE, &env, &err);
	MUST(team_put(s, "One", &e));
	MUST(merge_file(two, other, false, &r, &e));
	MUST(team_put(s, "Two", &e));
	store_close(two);
	sound(path, NAMES("One", "Two", "Theirs 0", "Theirs 1", "Theirs 2"));
}
END_TEST

// A network drive whose locks do nothing: somebody else's save comes between any two steps of mine.
static struct store *second;

static void second_saves(void)
{
	MUST(team_put(second, "Second", &e));
}

START_TEST(F8_where_locks_do_nothing_a_save_that_comes_between_is_not_lost)
{
	struct err err = { 0 };
	disk_install();
	disk_no_locks(true);
	open_it();
	second = store_open(path, STORE_WRITE, &env, &err);
	ck_assert_msg(second != NULL, "%s", err.text);
	MUST(team_put(second, "Second, before", &e));
	mischief = second_saves;
	looks = 1 + _i;
	MUST(team_put(s, "Mine 1", &e));
	ck_assert(!mischief);
	MUST(team_put(s, "Mine 2", &e));
	MUST(team_put(second, "Second, after", &e));
	store_close(second);
	sound(path, NAMES("Second, before", "Second", "Second, after", "Mine 1", "Mine 2"));
}
END_TEST

// Somebody's computer hangs in the middle of a save: the next one waits, then tells, and nothing is
// lost when the lock goes.
START_TEST(F8_a_lock_that_nobody_gives_back_is_waited_for_and_then_told)
{
	int locked[2];
	char byte;
	open_it();
	MUST(team_put(s, "Mine 1", &e));
	ck_assert_int_eq(pipe(locked), 0);
	pid_t child = fork();
	if (child == 0) {
		struct err err = { 0 };
		struct db *db = db_open(path, DB_WRITE, path, &err);
		if (!db || !db_begin(db, &err) || write(locked[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	ck_assert_int_eq(read(locked[0], &byte, 1), 1);
	REFUSES(ERR_BUSY, team_put(s, "Mine 2", &e));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	MUST(team_put(s, "Mine 2", &e));
	sound(path, NAMES("Mine 1", "Mine 2"));
}
END_TEST

// A copy taken by a tool while somebody writes: whole saves or a refusal, never anything else.
START_TEST(F3_a_copy_taken_while_writing_merges_whole_saves_or_is_refused)
{
	pid_t child = fork();
	if (child == 0) {
		struct err err = { 0 };
		open_it();
		for (int i = 0;; i++)
			if (!team_put(s, arena_printf(&a, "Save %d", i), &err))
				_exit(1);
	}
	int merged = 0;
	struct err err = { 0 };
	const char *mine = arena_printf(&a, "%s/mine.plando", folder);
	struct store *first = store_open(path, STORE_READ, &env, &err);
	ck_assert_msg(first && store_copy(first, mine, &err), "%s", err.text);
	store_close(first);
	s = store_open(mine, STORE_WRITE, &env, &err);
	for (int i = 0; i < 60; i++) {
		struct merge_report r;
		size_t n;
		char *bytes = test_read(&a, path, &n);
		test_write(other, bytes, n);
		merged += merge_file(s, other, false, &r, &err);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	sound(mine, (const char *const[]){ NULL });
	unlink(mine);
	(void)merged; // may be none: most copies of a busy file are torn
}
END_TEST

// One stat an idle second, and nothing that wakes a disk.
START_TEST(an_idle_second_leaves_the_file_as_it_is)
{
	bool changed;
	struct stat before, after;
	open_it();
	stat(path, &before);
	for (int i = 0; i < 100; i++)
		MUST(store_refresh(s, &changed, &e));
	stat(path, &after);
	ck_assert_int_eq(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	ck_assert(!changed && !store_news(s));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("under");
	TCase *t = tcase_create("under");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, F5_a_copy_put_over_the_file_by_rename_gets_what_this_run_wrote);
	tcase_add_loop_test(t, F5_a_copy_written_over_the_bytes_gets_what_this_run_wrote, 0, 4);
	tcase_add_loop_test(
	    t, F5_a_copy_that_looks_the_same_from_outside_is_noticed_in_the_transaction, 0, 5);
	tcase_add_loop_test(
	    t, F5_the_idle_second_notices_a_copy_put_over_the_file_and_mends_it, 0, 2);
	tcase_add_test(t, F5_what_was_merged_before_is_kept_beside_the_copy_that_lacks_it);
	tcase_add_test(t, F5_what_was_merged_in_this_run_is_put_into_the_copy_that_lacks_it);
	tcase_add_loop_test(
	    t, F5_a_copy_that_comes_between_begin_and_commit_is_not_written_over, 0, 6);
	tcase_add_test(t, F5_a_copy_that_comes_after_the_commit_gets_it_at_the_next_look);
	tcase_add_loop_test(t, F5_a_file_that_is_renamed_is_followed, 0, 2);
	tcase_add_test(
	    t, F5_a_file_that_is_deleted_is_written_anew_by_the_next_save_and_not_before);
	tcase_add_test(t, F5_a_folder_in_its_place_sends_the_next_save_to_a_copy_beside);
	tcase_add_test(t, F5_a_file_cut_to_nothing_refuses_the_save_and_gets_all_when_it_is_back);
	tcase_add_test(t, F5_another_collaboratives_file_in_its_place_is_not_written_to);
	tcase_add_test(t, F5_a_disk_that_went_away_refuses_the_save_and_gets_all_when_it_is_back);
	tcase_add_test(t, F5_rights_taken_away_are_noticed_and_the_next_save_goes_beside);
	tcase_add_loop_test(
	    t, F7_a_file_or_folder_that_is_read_only_is_shown_and_says_what_to_do, 0, 2);
	tcase_add_test(t, F8_two_apps_on_one_file_lose_nothing);
	tcase_add_test(t, F8_a_writer_and_a_merger_lose_nothing);
	tcase_add_loop_test(
	    t, F8_where_locks_do_nothing_a_save_that_comes_between_is_not_lost, 0, 3);
	tcase_add_test(t, F8_a_lock_that_nobody_gives_back_is_waited_for_and_then_told);
	tcase_add_test(t, F3_a_copy_taken_while_writing_merges_whole_saves_or_is_refused);
	tcase_add_test(t, an_idle_second_leaves_the_file_as_it_is);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
