// SPDX-License-Identifier: MIT
// A workbook on a network drive: worked on in a copy here, brought together with the file there.
// Its file is never opened by SQLite and never written over unmerged; what was saved here is there
// in the end, the drive away or another computer quicker.
#include "drive.h"

#include <plando/record.h>
#include <plando/redact.h>
#include <plando/str.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int __real_rename(const char *from, const char *to);

static const char *copy_here(struct store *s)
{
	struct far_facts facts;
	ck_assert(far_facts(s, &facts));
	return facts.copy;
}

static const char *trouble(struct store *s)
{
	struct far_facts facts;
	ck_assert(far_facts(s, &facts));
	return facts.trouble ? facts.trouble : "";
}

// Idle seconds, until the drive has been looked at. What was told.
static const char *idle(struct store *s)
{
	bool changed;
	for (int i = 0; i < 31; i++)
		MUST(store_refresh(s, &changed, &e));
	const char *news = store_news(s);
	return news ? news : "";
}

static void says(const char *news, const char *text)
{
	ck_assert_msg(strstr(news, text) != NULL, "“%s” is not said: %s", text, news);
}

static const char *drive_away(void)
{
	const char *away = arena_printf(&a, "%s-away", drive);
	ck_assert_int_eq(__real_rename(drive, away), 0);
	mkdir(drive, 0700);
	drive_is = 0; // an empty folder on this computer's disk, where it was mounted
	return away;
}

static void drive_back(void)
{
	ck_assert_uint_eq(names_in(drive), 0);
	rmdir(drive);
	ck_assert_int_eq(__real_rename(arena_printf(&a, "%s-away", drive), drive), 0);
	drive_is = 0x6969;
}

// --- which disks

START_TEST(a_disk_is_near_only_if_it_is_known_to_be)
{
	static const uint32_t far[] = { 0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x65735546,
		0x01021997, 0x5346414f, 0x73757245, 0x00c36400, 0x786f4256, 0x12345678 };
	static const uint32_t near[] = { 0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x4d44,
		0x2011bab0, 0x2fc12fc1, 0xf2f52010, 0x794c7630 };
	struct far_facts facts;
	for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
		drive_is = far[i];
		one = opened(0, STORE_READ);
		ck_assert_msg(far_facts(one, &facts), "%x", far[i]);
		ck_assert_str_eq(store_path(one), file);
		store_close(one);
	}
	for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
		drive_is = near[i];
		one = opened(0, STORE_WRITE);
		ck_assert_msg(!far_facts(one, &facts), "%x", near[i]);
		store_close(one);
	}
	one = NULL;
}
END_TEST

// --- the copy

START_TEST(it_is_worked_on_in_a_copy_here_and_written_back_whole)
{
	size_t n, m;
	char *before = test_read(&a, file, &n);
	one = opened(0, STORE_WRITE);
	says(store_news(one), "lies on a network drive (NFS). You work in a copy on this computer");
	MUST(add(one, "Here", &e));
	char *after = test_read(&a, file, &m);
	ck_assert(n == m && memcmp(before, after, n) == 0);
	ck_assert_uint_eq(names_in(drive), 1);
	ck_assert(far_waits(one) && str_starts(copy_here(one), env[0].state_home));
	struct stat st;
	ck_assert(stat(copy_here(one), &st) == 0 && (st.st_mode & 0777) == 0600);
	bring(one);
	ck_assert(!far_waits(one));
	THERE("Here");
	ck_assert_uint_eq(names_in(drive), 1);
	store_close(one);
	one = opened(0, STORE_WRITE); // said once
	ck_assert_ptr_null(store_news(one));
	ck_assert(has(one, "Here"));
}
END_TEST

START_TEST(reading_makes_no_copy_and_writes_nothing)
{
	one = opened(0, STORE_READ);
	ck_assert_ptr_null(copy_here(one));
	struct stat st;
	ck_assert(stat(env[0].state_home, &st) != 0);
	ck_assert_uint_eq(names_in(drive), 1);
	two = opened(1, STORE_WRITE);
	MUST(add(two, "Later", &e));
	bring(two);
	idle(one);
	ck_assert(has(one, "Later"));
}
END_TEST

START_TEST(reading_shows_what_waits_here_and_what_others_wrote_there)
{
	one = opened(0, STORE_WRITE);
	MUST(add(one, "Waits", &e));
	store_close(one);
	two = opened(1, STORE_WRITE);
	MUST(add(two, "Theirs", &e));
	bring(two);
	one = opened(0, STORE_READ);
	struct far_facts facts;
	ck_assert(has(one, "Waits") && has(one, "Theirs"));
	ck_assert(far_facts(one, &facts) && facts.waiting == 1);
}
END_TEST

START_TEST(without_a_home_for_a_copy_it_is_opened_for_reading_and_says_why)
{
	struct err why = { 0 };
	one = opened(2, STORE_WRITE);
	ck_assert(!store_writable(one, &why));
	says(why.text, "set HOME or XDG_STATE_HOME");
}
END_TEST

START_TEST(all_names_of_a_workbook_lead_to_one_copy_also_while_the_drive_is_away)
{
	const char *link = arena_printf(&a, "%s/link.plando", root);
	ck_assert_int_eq(symlink(file, link), 0);
	one = opened(0, STORE_WRITE);
	MUST(add(one, "Here", &e));
	bring(one);
	const char *copy = arena_strdup(&a, copy_here(one)), *named = file;
	ck_assert(far_kept(&env[0], link) && !far_kept(&env[1], link));
	for (int away = 0; away < 2; away++) {
		const char *names[] = { link, arena_printf(&a, "%s/../drive/hubs.plando", drive),
			arena_printf(&a, "%s//hubs.plando", drive) };
		for (size_t i = 0; i < 3; i++) {
			file = names[i];
			two = opened(0, STORE_WRITE);
			ck_assert_str_eq(copy_here(two), copy);
			store_close(two);
		}
		file = named;
		if (!away)
			drive_away();
	}
	two = NULL;
	// The copy itself, named, is a workbook like any.
	drive_back();
	file = copy;
	drive_is = 0;
	two = opened(0, STORE_WRITE);
	struct far_facts facts;
	ck_assert(!far_facts(two, &facts));
}
END_TEST

START_TEST(two_windows_work_on_one_copy_and_either_brings_all)
{
	one = opened(0, STORE_WRITE);
	two = opened(0, STORE_WRITE);
	ck_assert_str_eq(copy_here(one), copy_here(two));
	MUST(add(one, "First", &e));
	MUST(add(two, "Second", &e));
	bring(one);
	THERE("First", "Second");
	idle(two);
	ck_assert(!far_waits(two) && has(two, "First"));
}
END_TEST

// --- others

START_TEST(two_computers_end_with_the_same_whoever_wrote_first)
{
	struct store_facts x, y;
	one = opened(0, STORE_WRITE);
	two = opened(1, STORE_WRITE);
	for (int i = 0; i < 6; i++) {
		MUST(add(one, arena_printf(&a, "One %d", i), &e));
		MUST(add(two, arena_printf(&a, "Two %d", i), &e));
		bring(i & 1 ? one : two);
		bring(i & 2 ? two : one);
	}
	bring(one);
	says(idle(two), "came in from another computer");
	bring(one);
	MUST(store_facts(one, &x, &e));
	MUST(store_facts(two, &y, &e));
	ck_assert_str_eq(x.state, y.state);
	THERE("One 0", "Two 0", "One 5", "Two 5");
	ck_assert_uint_eq(names_in(drive), 1);
	store_news(one);
	ck_assert_str_eq(idle(one), "");
}
END_TEST

static void erase_in(struct store *s, const char *name)
{
	struct record r;
	struct redact_report report;
	MUST(record_find(s, &a, "team", name, &r, &e));
	MUST(store_redact(s, &a, &r.id, NULL, NULL, false, &report, &e));
}

// Whether it comes in while one works or at opening, for work or to be looked at.
START_TEST(what_somebody_else_erased_is_told_by_name_whenever_it_comes_in)
{
	struct far_facts facts;
	one = opened(0, STORE_WRITE);
	MUST(add(one, "ZZsecret name", &e));
	bring(one);
	if (_i) {
		store_close(one);
		one = NULL;
	}
	two = opened(1, STORE_WRITE);
	erase_in(two, "ZZsecret name");
	bring(two);
	if (_i)
		one = opened(0, _i == 1 ? STORE_WRITE : STORE_READ);
	const char *news = idle(one);
	says(news, arena_printf(&a, "%s erased 1 text: 1 of team.", env[1].author));
	says(news, "It is held on this computer for 30 days.");
	ck_assert(far_facts(one, &facts) && facts.merges == 1);
	ck_assert_str_eq(facts.merge[0].erasure[0].by, env[1].author);
	ck_assert_int_eq(facts.merge[0].erasure[0].count, 1);
	ck_assert(!strstr(idle(one), "erased")); // once
}
END_TEST

static void other_brings(void)
{
	MUST(add(two, "Quicker", &e));
	struct arena own = { 0 };
	// Its lock would make it wait; this is a computer that sees none.
	const char *lock = arena_printf(&own, "%s/.hubs.plando.lock", drive);
	unlink(lock);
	bring(two);
	arena_free(&own);
}

START_TEST(one_that_came_in_before_the_rename_is_merged_and_not_written_over)
{
	one = opened(0, STORE_WRITE);
	two = opened(1, STORE_WRITE);
	MUST(add(one, "Slower", &e));
	before_fsync = other_brings;
	bring(one);
	ck_assert(has(one, "Quicker"));
	THERE("Quicker", "Slower");
}
END_TEST

START_TEST(one_that_was_written_over_by_chance_writes_again)
{
	one = opened(0, STORE_WRITE);
	two = opened(1, STORE_WRITE);
	MUST(add(one, "Slower", &e));
	before_rename = other_brings; // after the last look
	bring(one);
	THERE("Slower");
	idle(two);
	THERE("Quicker", "Slower");
	idle(one);
	ck_assert(has(one, "Quicker"));
}
END_TEST

START_TEST(the_lock_of_a_living_computer_is_waited_for_and_a_dead_ones_removed)
{
	struct err err = { 0 };
	const char *lock = arena_printf(&a, "%s/.hubs.plando.lock", drive);
	one = opened(0, STORE_WRITE);
	MUST(add(one, "Here", &e));
	test_write(lock, "7 0 reception\n", 14);
	says(idle(one), "reception is writing it just now");
	ck_assert_int_eq(access(lock, F_OK), 0);
	struct timespec old[] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
	utimensat(AT_FDCWD, lock, old, 0);
	MUST(far_bring(one, NULL, &err));
	THERE("Here");
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	waitpid(child, NULL, 0);
	const char *mine = arena_printf(&a, "%d 0 computer 0\n", (int)child);
	test_write(lock, mine, strlen(mine));
	MUST(add(one, "More", &e));
	bring(one);
	THERE("Here", "More");
	ck_assert_uint_eq(names_in(drive), 1);
}
END_TEST

// Its maker was killed before it could write its name.
START_TEST(a_lock_that_names_nobody_is_waited_for_and_removed_after_seconds)
{
	const char *lock = arena_printf(&a, "%s/.hubs.plando.lock", drive);
	one = opened(0, STORE_WRITE);
	MUST(add(one, "Here", &e));
	test_write(lock, "", 0);
	says(idle(one), "another computer is writing it just now");
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	struct timespec then[] = { { .tv_sec = now.tv_sec - 10 }, { .tv_sec = now.tv_sec - 10 } };
	utimensat(AT_FDCWD, lock, then, 0);
	bring(one);
	THERE("Here");
	ck_assert_uint_eq(names_in(drive), 1);
}
END_TEST

// --- the drive is away

START_TEST(work_goes_on_while_the_drive_is_away_and_is_there_when_it_is_back)
{
	one = opened(0, STORE_WRITE);
	store_news(one);
	drive_away();
	MUST(add(one, "Away", &e));
	says(idle(one), "cannot be reached now (its drive is not there). What you save is kept");
	ck_assert_str_eq(idle(one), ""); // said once
	struct err err = { 0 };
	ck_assert(!far_bring(one, NULL, &err) && err.code == ERR_IO);
	store_close(one);
	one = opened(0, STORE_WRITE); // and so is a window that opens meanwhile
	says(store_news(one), "cannot be reached now");
	ck_assert(has(one, "Away"));
	MUST(add(one, "Away too", &e));
	drive_back();
	says(idle(one), "is there again, and what you saved meanwhile is in it");
	THERE("Away", "Away too");
	ck_assert_str_eq(trouble(one), "");
}
END_TEST

START_TEST(a_drive_that_answers_with_errors_is_away)
{
	static const int numbers[] = { EIO, ESTALE, ENOTCONN, EHOSTDOWN, ETIMEDOUT, EACCES };
	one = opened(0, STORE_WRITE);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		const char *name = arena_printf(&a, "Team %zu", i);
		drive_fails = numbers[i];
		MUST(add(one, name, &e));
		REFUSES(ERR_IO, far_bring(one, NULL, &e));
		two = opened(0, STORE_WRITE);
		ck_assert(has(two, name));
		store_close(two);
		drive_fails = 0;
		bring(one);
		THERE(name);
	}
	two = NULL;
}
END_TEST

START_TEST(what_was_never_seen_here_is_not_there_while_the_drive_is_away)
{
	drive_away();
	REFUSES(ERR_NOINPUT, store_open(file, STORE_WRITE, &env[0], &e));
	ck_assert_int_ne(access(env[0].state_home, F_OK), 0);
}
END_TEST

// --- removed, or something else

START_TEST(one_that_was_removed_there_is_written_anew_by_the_next_save_and_not_before)
{
	one = opened(0, STORE_WRITE);
	MUST(add(one, "Before", &e));
	bring(one);
	store_news(one);
	unlink(file);
	says(idle(one), "was deleted or moved away; what you save next writes it anew");
	ck_assert_str_eq(idle(one), "");
	bring(one);
	ck_assert_uint_eq(names_in(drive), 0);
	struct err err = { 0 };
	ck_assert(!store_open(file, STORE_WRITE, &env[0], &err) && err.code == ERR_NOINPUT);
	says(err.text, copy_here(one));
	MUST(add(one, "After", &e));
	says(idle(one), "it was written anew");
	THERE("Before", "After");
}
END_TEST

static void stand(int what)
{
	size_t n;
	char *bytes = test_read(&a, file, &n);
	unlink(file);
	if (what == 0)
		test_write(file, "", 0);
	else if (what == 1)
		test_write(file, bytes, n - 4096);
	else if (what == 2)
		mkdir(file, 0700);
	else if (what == 3)
		test_write(file, "a list of names", 15);
	else
		for (size_t at = 4096; at + 4096 <= n; at += 4096)
			memset(bytes + at, 0x5a, 512), test_write(file, bytes, n);
}

START_TEST(what_cannot_be_taken_in_is_not_written_over_and_stops_nobody)
{
	for (int what = 0; what < 5; what++) {
		const char *name = arena_printf(&a, "Team %d", what);
		struct stat before, after;
		one = opened(0, STORE_WRITE);
		const char *keep = arena_printf(&a, "%s/keep-%d", root, what);
		size_t n;
		char *bytes = test_read(&a, file, &n);
		test_write(keep, bytes, n);
		stand(what);
		ck_assert_int_eq(stat(file, &before), 0);
		MUST(add(one, name, &e));
		struct err err = { 0 };
		ck_assert_msg(!far_bring(one, NULL, &err), "%d was written over", what);
		ck_assert(*idle(one) || *trouble(one));
		store_close(one);
		one = opened(0, STORE_WRITE);
		ck_assert_msg(has(one, name), "%d", what);
		store_close(one);
		ck_assert_int_eq(stat(file, &after), 0);
		ck_assert(before.st_ino == after.st_ino && before.st_size == after.st_size);
		remove(file);
		ck_assert_int_eq(__real_rename(keep, file), 0);
		one = opened(0, STORE_WRITE);
		bring(one);
		THERE(name);
		store_close(one);
	}
	one = NULL;
}
END_TEST

START_TEST(another_collaboratives_workbook_there_is_left_alone_and_said)
{
	struct err err = { 0 };
	one = opened(0, STORE_WRITE);
	MUST(add(one, "Ours", &e));
	unlink(file);
	MUST(store_create(file, &env[1], "Others", &e));
	REFUSES(ERR_DATA, far_bring(one, NULL, &e));
	ck_assert(!store_open(file, STORE_WRITE, &env[0], &err) && err.code == ERR_DATA);
	says(err.text, "another collaborative's workbook");
	says(err.text, copy_here(one));
	ck_assert(has(one, "Ours"));
}
END_TEST

// --- erasure

START_TEST(what_was_erased_is_in_no_page_there_or_here)
{
	static const char secret[] = "QQzsecretname";
	struct redact_report r;
	struct record team;
	size_t n;
	one = opened(0, STORE_WRITE);
	MUST(add(one, secret, &e));
	bring(one);
	char *bytes = test_read(&a, file, &n);
	ck_assert_ptr_nonnull(memmem(bytes, n, secret, strlen(secret)));
	MUST(record_find(one, &a, "team", secret, &team, &e));
	MUST(store_redact(one, &a, &team.id, "name", NULL, false, &r, &e));
	bring(one);
	const char *both[] = { file, copy_here(one) };
	for (int i = 0; i < 2; i++) {
		bytes = test_read(&a, both[i], &n);
		ck_assert_ptr_null(memmem(bytes, n, secret, strlen(secret)));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("far");
	TCase *t = tcase_create("far");
	tcase_add_checked_fixture(t, drive_setup, drive_teardown);
	tcase_set_timeout(t, 0);
	tcase_add_test(t, a_disk_is_near_only_if_it_is_known_to_be);
	tcase_add_test(t, it_is_worked_on_in_a_copy_here_and_written_back_whole);
	tcase_add_test(t, reading_makes_no_copy_and_writes_nothing);
	tcase_add_test(t, reading_shows_what_waits_here_and_what_others_wrote_there);
	tcase_add_test(t, without_a_home_for_a_copy_it_is_opened_for_reading_and_says_why);
	tcase_add_test(t, all_names_of_a_workbook_lead_to_one_copy_also_while_the_drive_is_away);
	tcase_add_test(t, two_windows_work_on_one_copy_and_either_brings_all);
	tcase_add_test(t, two_computers_end_with_the_same_whoever_wrote_first);
	tcase_add_loop_test(
	    t, what_somebody_else_erased_is_told_by_name_whenever_it_comes_in, 0, 3);
	tcase_add_test(t, one_that_came_in_before_the_rename_is_merged_and_not_written_over);
	tcase_add_test(t, one_that_was_written_over_by_chance_writes_again);
	tcase_add_test(t, the_lock_of_a_living_computer_is_waited_for_and_a_dead_ones_removed);
	tcase_add_test(t, a_lock_that_names_nobody_is_waited_for_and_removed_after_seconds);
	tcase_add_test(t, work_goes_on_while_the_drive_is_away_and_is_there_when_it_is_back);
	tcase_add_test(t, a_drive_that_answers_with_errors_is_away);
	tcase_add_test(t, what_was_never_seen_here_is_not_there_while_the_drive_is_away);
	tcase_add_test(
	    t, one_that_was_removed_there_is_written_anew_by_the_next_save_and_not_before);
	tcase_add_test(t, what_cannot_be_taken_in_is_not_written_over_and_stops_nobody);
	tcase_add_test(t, another_collaboratives_workbook_there_is_left_alone_and_said);
	tcase_add_test(t, what_was_erased_is_in_no_page_there_or_here);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
