// SPDX-License-Identifier: MIT
// The outbox (F13): what was written here is offered where the file lacks it, once; it may be
// missing, damaged, another user's, on a full or read-only disk, copied to another computer: the
// program still saves, and nothing is lost.
#include "../support.h"
#include "cli/cli.h"
#include "desk.h"
#include "disk.h"
#include "outbox_desk.h"

#include <plando/merge.h>
#include <plando/record.h>
#include <plando/redact.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

START_TEST(F13_an_older_copy_in_its_place_is_offered_what_it_lacks_once)
{
	struct outbox_mended m;
	MUST(team_add(&env, path, "Second", &e));
	MUST(team_add(&env, path, "Third", &e));
	ck_assert_int_eq(box_missing(&env), 0);
	file_copied(older, path);
	ck_assert_int_eq(box_missing(&env), 2);
	ck_assert(!box_has("Second"));
	struct store *s = box_open_it(&env);
	MUST(outbox_put_back(s, &m, &e));
	store_close(s);
	ck_assert(m.changes == 2 && !m.left && !m.why);
	ck_assert(box_has("Second") && box_has("Third"));
	ck_assert_int_eq(box_missing(&env), 0);
}
END_TEST

// The command line never asks and never puts back: it says so in one line.
START_TEST(F13_the_command_line_says_in_a_line_what_is_lacking)
{
	char *out, *complaint, program[] = "plando", verb[] = "status";
	char *words[] = { program, verb, arena_strdup(&a, path), NULL };
	size_t n, m;
	MUST(team_add(&env, path, "Second", &e));
	file_copied(older, path);
	FILE *to = open_memstream(&out, &n), *told = open_memstream(&complaint, &m);
	ck_assert_int_eq(cli_run(&env, 3, words, stdin, to, told), 0);
	fclose(to);
	fclose(told);
	ck_assert_msg(
	    strstr(complaint, "this file lacks 1 change made on this computer"), "%s", complaint);
	ck_assert_ptr_nonnull(strstr(complaint, box_path()));
	ck_assert_ptr_eq(strchr(complaint, '\n'), complaint + m - 1);
	ck_assert(!box_has("Second"));
	free(out);
	free(complaint);
}
END_TEST

START_TEST(F13_a_no_is_remembered_and_what_is_written_later_is_offered_again)
{
	MUST(team_add(&env, path, "Second", &e));
	file_copied(older, path);
	struct store *s = box_open_it(&env);
	MUST(outbox_refuse(s, &e));
	store_close(s);
	ck_assert_int_eq(box_missing(&env), 0);
	MUST(team_add(&env, path, "Third", &e));
	file_copied(older, path);
	ck_assert_int_eq(box_missing(&env), 1);
}
END_TEST

START_TEST(F13_the_outbox_merges_like_any_copy)
{
	struct merge_report r;
	MUST(team_add(&env, path, "Second", &e));
	file_copied(older, path);
	struct store *s = box_open_it(&env);
	MUST(merge_file(s, box_path(), false, &r, &e));
	store_close(s);
	ck_assert(box_has("Second"));
	struct stat st;
	ck_assert_int_eq(stat(box_path(), &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
}
END_TEST

START_TEST(F13_a_missing_or_damaged_outbox_stops_no_save_and_is_made_anew)
{
	static const char *const junk[] = { "", "x", "SQLite format 3",
		"not a database, but longer than a header; not a database, but longer than a "
		"header; "
		"not a database, but longer than a header" };
	const char *box = box_path();
	MUST(team_add(&env, path, "Second", &e));
	if (_i == 4)
		ck_assert_int_eq(truncate(box, 5000), 0);
	else if (_i == 5)
		ck_assert_int_eq(unlink(box), 0);
	else
		test_write(box, junk[_i], strlen(junk[_i]));
	ck_assert_int_eq(box_missing(&env), 0);
	MUST(team_add(&env, path, "Third", &e));
	ck_assert(box_has("Second") && box_has("Third"));
	file_copied(older, path);
	ck_assert_int_eq(box_missing(&env), 1); // the third; the second went with the damage
}
END_TEST

START_TEST(F13_another_users_outbox_is_not_used)
{
	size_t n, m;
	const char *box = box_path();
	MUST(team_add(&env, path, "Second", &e));
	if (chown(box, 65534, 65534) != 0)
		return; // only root can give it away
	char *before = test_read(&a, box, &n);
	file_copied(older, path);
	ck_assert_int_eq(box_missing(&env), 0);
	MUST(team_add(&env, path, "Third", &e));
	char *after = test_read(&a, box, &m);
	ck_assert(n == m && memcmp(before, after, n) == 0);
	ck_assert(box_has("Third"));
}
END_TEST

// A link, a folder or a device where the outbox should be; a state folder that is a file.
START_TEST(F13_whatever_stands_in_its_place_stops_no_save)
{
	const char *box = box_path(), *victim = arena_printf(&a, "%s.victim", box);
	MUST(team_add(&env, path, "Second", &e));
	ck_assert_int_eq(unlink(box), 0);
	if (_i == 0)
		ck_assert_int_eq(mkdir(box, 0700), 0);
	else if (_i == 1)
		ck_assert_int_eq(mkfifo(box, 0600), 0);
	else if (_i == 2)
		ck_assert_int_eq(symlink(victim, box), 0);
	else
		env.state_home = "/dev/null/state";
	MUST(team_add(&env, path, "Third", &e));
	ck_assert_int_eq(box_missing(&env), 0);
	ck_assert_int_ne(access(victim, F_OK), 0);
	ck_assert(box_has("Third"));
}
END_TEST

START_TEST(F13_a_home_that_was_copied_to_another_computer_offers_and_loses_nothing)
{
	struct env second = env;
	struct merge_report r;
	MUST(team_add(&env, path, "Second", &e));
	second.device = "laptop-3";
	second.state_home = arena_printf(&a, "%s-copied", env.state_home);
	struct store *s = box_open_it(&second); // makes its folder
	MUST(outbox_turn(s, true, &e));
	const char *box = box_path();
	struct outbox_gap gap;
	MUST(outbox_missing(s, &a, &gap, &e));
	store_close(s);
	mkdir(second.state_home, 0700);
	char *slash = strrchr(arena_strdup(&a, gap.path), '/');
	mkdir(arena_printf(&a, "%.*s", (int)(strlen(gap.path) - strlen(slash)), gap.path), 0700);
	file_copied(box, gap.path);
	// The same home in two places: each goes on, and each has what the other wrote offered
	// once.
	const char *theirs = arena_printf(&a, "%s.theirs", path);
	file_copied(path, theirs);
	MUST(team_add(&env, path, "On the first", &e));
	MUST(team_add(&second, theirs, "On the second", &e));
	ck_assert_int_eq(box_missing(&env), 0);
	s = box_open_it(&env);
	MUST(merge_file(s, theirs, false, &r, &e));
	store_close(s);
	ck_assert(box_has("Second") && box_has("On the first") && box_has("On the second"));
	ck_assert_int_eq(box_missing(&env), 0);
	ck_assert_int_eq(box_missing(&second), 0);
}
END_TEST

// The whole of a folder's files.
static void copy_home(const char *from, const char *to)
{
	const char *command = arena_printf(&a, "cp -r '%s' '%s'", from, to);
	ck_assert_int_eq(system(command), 0); // NOLINT(cert-env33-c): the test's own words
}

// A laptop's image, taken while plando was open, goes on as a second computer: both write on in the
// same stream. What each wrote is offered where it lacks, once, and no more when it is there.
START_TEST(F13_a_home_copied_while_the_program_runs_makes_forks_and_loses_nothing)
{
	struct env second = env;
	struct merge_report r;
	struct outbox_mended m;
	const char *theirs = arena_printf(&a, "%s.theirs", path);
	second.state_home = arena_printf(&a, "%s-image", env.state_home);
	struct store *one = box_open_as(&env, path);
	box_add_here(one, "Before the image");
	file_copied(path, theirs);
	copy_home(env.state_home, second.state_home);
	struct store *two = box_open_as(&second, theirs);
	two->session = arena_array(&two->arena, one->sessions, sizeof *two->session);
	memcpy(two->session, one->session, one->sessions * sizeof *one->session);
	two->sessions = two->session_cap = one->sessions;
	box_add_here(one, "On the first");
	box_add_here(two, "On the second");
	if (_i) // the first wrote more: its stream is the longer one
		box_add_here(one, "More on the first");
	store_close(one);
	store_close(two);
	// The second's file in the place of the first's: what was written here is offered, once.
	const char *mine = arena_printf(&a, "%s.mine", path);
	file_copied(path, mine);
	file_copied(theirs, path);
	ck_assert_int_eq(box_missing(&env), 1 + _i);
	ck_assert(box_has("On the second") && !box_has("On the first"));
	struct store *s = box_open_it(&env);
	MUST(outbox_put_back(s, &m, &e));
	store_close(s);
	ck_assert_int_eq(m.changes, 1 + _i);
	ck_assert(
	    box_has("On the second") && box_has("On the first") && box_has("Before the image"));
	ck_assert_int_eq(box_missing(&env), 0);
	ck_assert_int_eq(box_missing(&second), 0);
	// And the other way round: the first's in the place of the second's, then both together.
	file_copied(mine, path);
	ck_assert_int_eq(box_missing(&env), 0);
	ck_assert_int_eq(box_missing(&second), 1);
	s = box_open_it(&second);
	MUST(merge_file(s, theirs, false, &r, &e));
	struct store_problems p;
	MUST(store_check(s, &a, &p, &e));
	ck_assert_uint_eq(p.count, 0);
	store_close(s);
	ck_assert(box_has("On the second") && box_has("On the first"));
	ck_assert_int_eq(box_missing(&second), 0);
	ck_assert_int_eq(box_missing(&env), 0);
}
END_TEST

// The home is on a disk that became read-only: what was kept there is offered, and saves go on.
START_TEST(F13_a_home_that_is_read_only_stops_no_save_and_offers_what_it_holds)
{
	struct outbox_mended m;
	MUST(team_add(&env, path, "Second", &e));
	if (!test_lock_folder(env.state_home))
		return;
	MUST(team_add(&env, path, "Third", &e));
	ck_assert(box_has("Third"));
	struct store *s = box_open_it(&env);
	box_add_here(s, "Fourth"); // kept in memory
	ck_assert_int_eq(unlink(path), 0);
	file_copied(older, path);
	box_add_here(s, "Fifth");
	store_close(s);
	ck_assert(box_has("Fourth") && box_has("Fifth"));
	file_copied(older, path);
	ck_assert_int_eq(box_missing(&env), 1); // the second
	s = box_open_it(&env);
	MUST(outbox_put_back(s, &m, &e));
	store_close(s);
	ck_assert(m.changes == 1 && box_has("Second"));
	ck_assert_int_eq(box_missing(&env), 0);
	file_copied(older, path);
	s = box_open_it(&env);
	struct err err = { 0 };
	ck_assert(outbox_refuse(s, &err) || *err.text); // a no cannot be remembered there
	store_close(s);
	test_unlock_folder(env.state_home);
}
END_TEST

START_TEST(a_shared_computer_keeps_none_and_what_was_kept_goes_when_it_is_turned_off)
{
	const char *box = box_path();
	env.no_outbox = true;
	ck_assert_int_eq(access(box, F_OK), 0);
	MUST(team_add(&env, path, "Second", &e));
	file_copied(older, path);
	ck_assert_int_eq(box_missing(&env), 0);
	env.no_outbox = false;
	struct store *s = box_open_it(&env);
	ck_assert(outbox_is_on(s));
	MUST(outbox_turn(s, false, &e));
	ck_assert(!outbox_is_on(s));
	store_close(s);
	ck_assert_int_ne(access(box, F_OK), 0);
	MUST(team_add(&env, path, "Third", &e));
	ck_assert_int_ne(access(box, F_OK), 0);
	s = box_open_it(&env);
	MUST(outbox_turn(s, true, &e));
	store_close(s);
	MUST(team_add(&env, path, "Fourth", &e));
	ck_assert_int_eq(access(box, F_OK), 0);
}
END_TEST

START_TEST(what_was_erased_goes_from_it)
{
	struct record r;
	struct store *s;
	MUST(team_add(&env, path, "ZZsecret name", &e));
	s = box_open_it(&env);
	MUST(record_find(s, &a, "team", "ZZsecret name", &r, &e));
	struct redact_report report;
	MUST(store_redact(s, &a, &r.id, NULL, NULL, false, &report, &e));
	store_close(s);
	size_t n;
	char *bytes = test_read(&a, box_path(), &n);
	ck_assert_ptr_null(memmem(bytes, n, "ZZsecret", 8));
}
END_TEST

// Goal 11: a save of some fields is four syncs of the workbook and one of the outbox.
START_TEST(a_save_is_at_most_five_syncs_and_one_for_the_outbox)
{
	struct id id;
	disk_install();
	struct store *s = box_open_it(&env);
	for (int i = 0; i < 3; i++) {
		struct err err = { 0 };
		disk_fail(0, false, DISK_ERROR);
		struct save *v = save_begin(s, &a, &err);
		MUST(save_new(v, "team", NULL, &id, &e));
		MUST(save_cell(v, &id, "team", "name", "Synced", &e));
		MUST(save_commit(v, NULL, &e));
		ck_assert_msg(i == 0 || disk_syncs() <= 6, "%ld syncs", disk_syncs());
	}
	store_close(s);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("outbox");
	TCase *t = tcase_create("outbox");
	tcase_add_checked_fixture(t, box_setup, box_teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, F13_an_older_copy_in_its_place_is_offered_what_it_lacks_once);
	tcase_add_test(t, F13_a_no_is_remembered_and_what_is_written_later_is_offered_again);
	tcase_add_test(t, F13_the_command_line_says_in_a_line_what_is_lacking);
	tcase_add_test(t, F13_the_outbox_merges_like_any_copy);
	tcase_add_loop_test(
	    t, F13_a_missing_or_damaged_outbox_stops_no_save_and_is_made_anew, 0, 6);
	tcase_add_test(t, F13_another_users_outbox_is_not_used);
	tcase_add_loop_test(t, F13_whatever_stands_in_its_place_stops_no_save, 0, 4);
	tcase_add_test(t, F13_a_home_that_was_copied_to_another_computer_offers_and_loses_nothing);
	tcase_add_loop_test(
	    t, F13_a_home_copied_while_the_program_runs_makes_forks_and_loses_nothing, 0, 2);
	tcase_add_test(t, F13_a_home_that_is_read_only_stops_no_save_and_offers_what_it_holds);
	tcase_add_test(
	    t, a_shared_computer_keeps_none_and_what_was_kept_goes_when_it_is_turned_off);
	tcase_add_test(t, what_was_erased_goes_from_it);
	tcase_add_test(t, a_save_is_at_most_five_syncs_and_one_for_the_outbox);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
