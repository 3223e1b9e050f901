// SPDX-License-Identifier: MIT
// Copies come together in the app: choosing them, what would come, the account; what changed since;
// history narrowed, undone and done again; the workbook as it was.
#include "harness.h"

#include <plando/erased.h>
#include <plando/history.h>
#include <plando/redact.h>
#include <plando/str.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAY = 86400000 };

static struct harness h;

static void teardown(void)
{
	harness_close(&h);
}

// A copy in a folder beside the workbook, in which Sam worked on two teams.
static void copy_make(int rows, int cols, enum harness_look look)
{
	static const char *const MORE[] = { "- team name=Lewisham", NULL };
	struct env sam;
	harness_open(&h, rows, cols, look);
	const char *folder = test_path(&h.arena, "copies");
	mkdir(folder, 0700);
	const char *path = arena_printf(&h.arena, "%s/sam.plando", folder);
	struct store *s = harness_copy(&h, path, &sam);
	harness_records(&h, s, MORE);
	harness_edit(&h, s, "pdsa", "All of Tuesday's clinic", "learned", "Ring twice.");
	harness_edit(&h, s, "idea", "Weekly huddle", "status", "testing");
	store_close(s);
}

static void choose_sam(void)
{
	harness_keys(&h, "M");
	harness_type(&h, "copies/");
	harness_type(&h, "sam");
}

START_TEST(the_screens_look_like_their_pictures)
{
	const struct harness_size *size = &HARNESS_SIZES[_i];
	copy_make(size->rows, size->cols, size->look);
	choose_sam();
	harness_keys(&h, "Enter");
	harness_expect(&h, arena_printf(&h.arena, "merge%s", size->suffix));
	harness_keys(&h, "Enter");
	harness_keys(&h, "Esc Esc Down Enter t");
	harness_expect(&h, arena_printf(&h.arena, "since%s", size->suffix));
	harness_keys(&h, "Esc @");
	harness_type(&h, "today");
	harness_keys(&h, "Enter");
	harness_expect(&h, arena_printf(&h.arena, "as-of%s", size->suffix));
}
END_TEST

// Sam erased what two records say: told first, held, brought back, let go.
START_TEST(what_others_erased_is_told_held_and_comes_back)
{
	const struct harness_size *size = &HARNESS_SIZES[_i];
	struct env sam;
	struct redact_report r;
	harness_open(&h, size->rows, size->cols, size->look);
	h.env.state_home = test_path(&h.arena, "state");
	mkdir(test_path(&h.arena, "copies"), 0700);
	struct store *s = harness_copy(&h, test_path(&h.arena, "copies/sam.plando"), &sam);
	struct id cycle = harness_find(&h, "pdsa", "All of Tuesday's clinic");
	struct id idea = harness_find(&h, "idea", "Weekly huddle");
	MUST(store_redact(s, &h.arena, &cycle, "title", NULL, false, &r, &e));
	MUST(store_redact(s, &h.arena, &idea, NULL, NULL, false, &r, &e));
	store_close(s);
	choose_sam();
	harness_keys(&h, "Enter");
	harness_expect(&h, arena_printf(&h.arena, "merge-erases%s", size->suffix));
	harness_keys(&h, "Enter E");
	harness_expect(&h, arena_printf(&h.arena, "erased%s", size->suffix));
	harness_keys(&h, "r");
	harness_shows(&h, "back; u undoes.");
	harness_shows(&h, "Nothing that others erased is held");
	struct id again = harness_find(&h, "pdsa", "All of Tuesday's clinic");
	ck_assert(id_equal(&again, &cycle));
}
END_TEST

START_TEST(what_others_erased_goes_for_good_after_a_question)
{
	struct env sam;
	struct redact_report r;
	struct erased_texts held;
	harness_open(&h, 24, 80, HARNESS_SIZES[0].look);
	h.env.state_home = test_path(&h.arena, "state");
	mkdir(test_path(&h.arena, "copies"), 0700);
	struct store *s = harness_copy(&h, test_path(&h.arena, "copies/sam.plando"), &sam);
	struct id cycle = harness_find(&h, "pdsa", "All of Tuesday's clinic");
	MUST(store_redact(s, &h.arena, &cycle, "title", NULL, false, &r, &e));
	store_close(s);
	choose_sam();
	harness_keys(&h, "Enter Enter E x n");
	MUST(erased_list(h.app.store, &h.arena, &held, &e));
	ck_assert_uint_eq(held.count, 1);
	harness_keys(&h, "x y");
	MUST(erased_list(h.app.store, &h.arena, &held, &e));
	ck_assert_uint_eq(held.count, 0);
	harness_shows(&h, "1 text is gone for good.");
}
END_TEST

// Two copies of the days before, and a folder.
START_TEST(the_choice_of_copies_looks_like_its_picture)
{
	static const char *const NAMES[] = { "sam.plando",
		"Child health hubs (Ana's conflicted copy 2026-11-20).plando", "older" };
	const struct harness_size *size = &HARNESS_SIZES[_i];
	copy_make(size->rows, size->cols, size->look);
	char *home = realpath(test_folder(), NULL);
	setenv("HOME", home, 1);
	free(home);
	size_t n;
	char *bytes = test_read(&h.arena, test_path(&h.arena, "copies/sam.plando"), &n);
	for (int i = 0; i < 3; i++) {
		const char *path =
		    test_path(&h.arena, arena_printf(&h.arena, "copies/%s", NAMES[i]));
		struct timespec at = { .tv_sec = h.world.now / 1000 - (i + 1) * 86400 };
		if (i == 1)
			test_write(path, bytes, n);
		else if (i == 2)
			mkdir(path, 0700);
		utimensat(AT_FDCWD, path, (struct timespec[]){ at, at }, 0);
	}
	harness_keys(&h, "M");
	harness_type(&h, "copies/");
	harness_keys(&h, "Down Tab");
	harness_expect(&h, arena_printf(&h.arena, "merge-choose%s", size->suffix));
	for (int i = 1; i < 3; i++)
		remove(test_path(&h.arena, arena_printf(&h.arena, "copies/%s", NAMES[i])));
}
END_TEST

START_TEST(the_past_is_seen_from_where_one_stands)
{
	copy_make(24, 80, LOOK_PLAIN);
	harness_keys(&h, "Down Enter");
	struct id idea = harness_find(&h, "idea", "Weekly huddle");
	struct id team = harness_find(&h, "team", "Child health hubs");
	MUST(diagram_screen_open(&h.app, &team, &idea, &e));
	harness_keys(&h, "@");
	harness_type(&h, "today");
	harness_keys(&h, "Enter");
	harness_shows(&h, "As it was on");
	harness_shows(&h, "Child health hubs › Driver diagram");
	harness_shows(&h, "Weekly huddle");
	harness_keys(&h, "@"); // another day, from there
	harness_type(&h, "2001-01-01");
	harness_keys(&h, "Enter");
	harness_shows(&h, "As it was on");
	harness_shows(&h, "was not there on that day");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Back to today.");
	harness_shows(&h, "Child health hubs › Driver diagram"); // as it was left
}
END_TEST

START_TEST(what_would_come_is_shown_before_it_comes_and_the_account_stays)
{
	copy_make(24, 80, LOOK_PLAIN);
	choose_sam();
	harness_keys(&h, "Enter");
	harness_shows(&h, "3 changes would come in");
	harness_shows(&h, "Child health hubs");
	harness_shows(&h, "Sam Okoro");
	struct record r;
	REFUSES(ERR_NOINPUT, record_find(h.app.store, &h.arena, "team", "Lewisham", &r, &e));
	harness_keys(&h, "Enter");
	harness_shows(&h, "3 changes came in.");
	harness_find(&h, "team", "Lewisham");
	harness_keys(&h, "y");
	harness_shows(&h, "What came in › History");
	harness_shows(&h, "Status: “Idea” → “Being tested”");
	harness_keys(&h, "Esc Esc Enter");
	harness_shows(&h, "nothing new");
	harness_keys(&h, "Enter Esc");
	harness_shows(&h, "3 changes, 14:02");
	harness_keys(&h, "Down Enter");
	harness_shows(&h, "Merged › sam.plando");
}
END_TEST

START_TEST(a_folder_is_merged_whole_and_several_by_marks)
{
	copy_make(24, 80, LOOK_PLAIN);
	const char *second = test_path(&h.arena, "copies/two.plando");
	remove(second);
	MUST(store_copy(h.app.store, second, &e));
	harness_keys(&h, "M");
	harness_type(&h, "copies/");
	harness_shows(&h, "All copies in this folder");
	harness_keys(&h, "Down Tab Tab");
	harness_shows(&h, "* two.plando");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Merge › 2 copies");
	harness_keys(&h, "Esc Home Tab");
	harness_shows(&h, "Only copies can be marked");
	remove(second);
}
END_TEST

START_TEST(what_is_no_copy_is_refused_in_words)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	const char *bad = test_path(&h.arena, "bad.txt");
	test_write(bad, "no workbook", 11);
	harness_keys(&h, "M");
	harness_type(&h, "bad.txt");
	harness_keys(&h, "Enter");
	harness_shows(&h, "not a plando workbook");
	remove(bad);
}
END_TEST

START_TEST(another_collaboratives_teams_can_be_copied_in)
{
	static const char *const THEIRS[] = { "- team name=Lambeth", NULL };
	struct err why = { 0 };
	harness_open(&h, 24, 80, LOOK_PLAIN);
	const char *other = test_path(&h.arena, "other.plando");
	remove(other);
	MUST(store_create(other, &h.env, "Another one", &e));
	struct store *s = store_open(other, STORE_WRITE, &h.env, &why);
	ck_assert_msg(s != NULL, "%s", why.text);
	harness_records(&h, s, THEIRS);
	store_close(s);
	harness_keys(&h, "M");
	harness_type(&h, "other.plando");
	harness_keys(&h, "Enter");
	harness_shows(&h, "copy its teams in");
	harness_keys(&h, "n");
	struct record r;
	REFUSES(ERR_NOINPUT, record_find(h.app.store, &h.arena, "team", "Lambeth", &r, &e));
	harness_keys(&h, "Enter y");
	harness_find(&h, "team", "Lambeth");
	remove(other);
}
END_TEST

START_TEST(what_changed_since_the_last_coaching_is_told_in_words)
{
	copy_make(24, 80, LOOK_PLAIN);
	harness_edit(&h, h.app.store, "pdsa", "All of Tuesday's clinic", "decision", "adapt");
	choose_sam();
	harness_keys(&h, "Enter Enter Esc Esc Down Enter t");
	harness_shows(&h, "since the coaching session of");
	harness_shows(&h, "cycle 2 finished: ");
	harness_shows(&h, "now Being tested");
	harness_keys(&h, "t");
	harness_type(&h, "never");
	harness_keys(&h, "Enter");
	harness_shows(&h, "is not a day");
	harness_keys(&h, "Esc Esc");
}
END_TEST

START_TEST(history_narrows_to_a_field_and_to_a_person)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	harness_edit(&h, h.app.store, "pdsa", "Rota on paper", "learned", "It holds well.");
	struct id id = harness_find(&h, "pdsa", "Rota on paper");
	MUST(history_screen_open(&h.app, NULL, &id, &e));
	app_draw(&h.app);
	harness_shows(&h, "Done from");
	harness_keys(&h, "f");
	harness_shows(&h, "2 changes");
	harness_hides(&h, "Done from");
	harness_keys(&h, "f w");
	harness_shows(&h, "› Ana Silva");
	harness_keys(&h, "w Esc");
}
END_TEST

START_TEST(undo_and_redo_go_back_and_forth)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	harness_edit(&h, h.app.store, "team", "Sleep and settle", "name", "Sleep well");
	app_saved(&h.app);
	app_draw(&h.app);
	harness_shows(&h, "Sleep well");
	harness_keys(&h, "u");
	harness_shows(&h, "Sleep and settle");
	harness_keys(&h, "Ctrl-Y");
	harness_shows(&h, "Sleep well");
}
END_TEST

START_TEST(the_past_can_be_read_and_not_written_and_is_left_by_esc)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	h.world.now += 3 * (int64_t)DAY;
	harness_edit(&h, h.app.store, "team", "Sleep and settle", "name", "Sleep well");
	app_saved(&h.app);
	harness_keys(&h, "@");
	harness_type(&h, "yesterday");
	harness_keys(&h, "Enter");
	harness_shows(&h, "As it was on 24 Nov, 23:59. To read only");
	harness_shows(&h, "Sleep and settle");
	harness_keys(&h, "Enter");
	harness_shows(&h, "As it was on 24 Nov");
	harness_keys(&h, "Esc x");
	harness_shows(&h, "nothing can be");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Back to today.");
	harness_shows(&h, "Sleep well");
	harness_hides(&h, "As it was");
	harness_keys(&h, "@");
	harness_type(&h, "1 Jan 2020");
	harness_keys(&h, "Enter");
	harness_shows(&h, "There is no team yet");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("merge");
	TCase *cases = tcase_create("app");
	tcase_add_checked_fixture(cases, NULL, teardown);
	tcase_add_loop_test(cases, the_screens_look_like_their_pictures, 0, 4);
	tcase_add_loop_test(cases, what_others_erased_is_told_held_and_comes_back, 0, 4);
	tcase_add_test(cases, what_others_erased_goes_for_good_after_a_question);
	tcase_add_loop_test(cases, the_choice_of_copies_looks_like_its_picture, 0, 4);
	tcase_add_test(cases, the_past_is_seen_from_where_one_stands);
	tcase_add_test(cases, what_would_come_is_shown_before_it_comes_and_the_account_stays);
	tcase_add_test(cases, a_folder_is_merged_whole_and_several_by_marks);
	tcase_add_test(cases, what_is_no_copy_is_refused_in_words);
	tcase_add_test(cases, another_collaboratives_teams_can_be_copied_in);
	tcase_add_test(cases, what_changed_since_the_last_coaching_is_told_in_words);
	tcase_add_test(cases, history_narrows_to_a_field_and_to_a_person);
	tcase_add_test(cases, undo_and_redo_go_back_and_forth);
	tcase_add_test(cases, the_past_can_be_read_and_not_written_and_is_left_by_esc);
	suite_add_tcase(suite, cases);
	return test_run(suite);
}
