// SPDX-License-Identifier: MIT
// Copies kept together from the app: sync on request, on opening and on leaving; the file replaced,
// renamed, gone; what it lacks put back; a copy under another name; a wrong clock.
#include "harness.h"

#include <plando/merge.h>
#include <plando/outbox.h>
#include <plando/str.h>
#include <plando/sync.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct harness h;
static const char *folder, *other;
static struct env ben;

static void copy(const char *from, const char *to)
{
	size_t n;
	char *bytes = test_read(&h.arena, from, &n);
	test_write(to, bytes, n);
}

static void setup(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	h.env.state_home = arena_printf(&h.arena, "%s/state-%d", test_folder(), (int)getpid());
	folder = arena_printf(&h.arena, "%s/folder-%d", test_folder(), (int)getpid());
	other = arena_printf(&h.arena, "%s.other", h.path);
	mkdir(folder, 0700);
	ben = h.env;
	ben.author = "Ben";
	ben.device = "laptop-3";
	ben.state_home = arena_printf(&h.arena, "%s-ben", h.env.state_home);
	copy(h.path, other);
	MUST(app_open_file(&h.app, h.path, &e)); // with an outbox on the disk
	app_tick(&h.app);
	app_tick(&h.app);
	app_draw(&h.app);
}

static void teardown(void)
{
	remove(other);
	harness_close(&h);
}

static void rename_team(const struct env *as, const char *file, const char *from, const char *to)
{
	struct err err = { 0 };
	struct record r;
	struct store *s = store_open(file, STORE_WRITE, as, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	MUST(record_find(s, &h.arena, "team", from, &r, &e));
	struct save *v = save_begin(s, &h.arena, &err);
	MUST(save_cell(v, &r.id, "team", "name", to, &e));
	MUST(save_commit(v, NULL, &e));
	store_close(s);
}

static void sync_ben(void)
{
	struct sync_report r;
	struct err err = { 0 };
	struct store *s = store_open(other, STORE_WRITE, &ben, &err);
	MUST(sync_folder(s, &h.arena, folder, NULL, &r, &e));
	store_close(s);
}

static void tick(void)
{
	app_tick(&h.app);
	app_draw(&h.app);
}

// The message, however the lines break.
static void says(const char *text)
{
	ck_assert_msg(
	    strstr(h.app.message, text) != NULL, "“%s” is not said: %s", text, h.app.message);
}

static void action(const char *words)
{
	harness_keys(&h, "Ctrl-P");
	harness_type(&h, words);
	harness_keys(&h, "Enter");
}

static void edit_here(const char *name)
{
	struct err err = { 0 };
	struct id id = harness_find(&h, "team", "Asthma-friendly schools");
	struct save *v = save_begin(h.app.store, &h.arena, &err);
	MUST(save_cell(v, &id, "team", "name", name, &e));
	MUST(save_commit(v, NULL, &e));
	app_saved(&h.app);
	app_draw(&h.app);
}

START_TEST(a_folder_is_chosen_once_and_synced_when_opened_and_left)
{
	rename_team(&ben, other, "Sleep and settle", "Sleep well");
	sync_ben();
	harness_keys(&h, "S");
	harness_shows(&h, "Sync with which folder?");
	harness_type(&h, folder);
	harness_keys(&h, "Enter");
	harness_shows(&h, "Sleep well");
	harness_shows(&h, "1 change came in. Always, on opening and leaving?");
	harness_keys(&h, "y");
	says("when it is opened and left.");
	// On leaving: what was written here is there.
	edit_here("Asthma at school");
	harness_keys(&h, "q");
	ck_assert(h.app.ending);
	sync_ben();
	// On opening: what others wrote comes in.
	rename_team(&ben, other, "One front door", "One door");
	rename_team(&ben, other, "Asthma at school", "Asthma in school");
	sync_ben();
	h.app.ending = false;
	MUST(app_open_file(&h.app, h.path, &e));
	tick();
	tick();
	harness_shows(&h, "One door");
	harness_shows(&h, "Asthma in school");
	says("2 changes in 2 records");
}
END_TEST

START_TEST(a_folder_that_is_not_there_stops_nobody_and_one_that_fails_does_so_once)
{
	MUST(sync_remember(h.app.store, folder, &e));
	const char *away = arena_printf(&h.arena, "%s-away", folder);
	rename(folder, away);
	MUST(app_open_file(&h.app, h.path, &e));
	tick();
	tick();
	says("is not there now; sync waits for it");
	harness_keys(&h, "q");
	ck_assert(h.app.ending);
	h.app.ending = false;
	test_write(folder, "no folder", 9);
	harness_keys(&h, "q");
	ck_assert(!h.app.ending);
	says("Quit again to leave all the same.");
	harness_keys(&h, "q");
	ck_assert(h.app.ending);
	unlink(folder);
	rename(away, folder);
}
END_TEST

START_TEST(F10_what_cannot_be_read_yet_is_said_with_its_name)
{
	test_write(arena_printf(&h.arena, "%s/hubs.plando", folder), "", 0);
	harness_keys(&h, "S");
	harness_type(&h, folder);
	harness_keys(&h, "Enter n");
	harness_keys(&h, "S");
	harness_type(&h, folder);
	harness_keys(&h, "Enter");
	harness_keys(&h, "Esc");
	struct arena a = { 0 };
	ck_assert_ptr_null(sync_remembered(h.app.store, &a));
	arena_free(&a);
	MUST(sync_remember(h.app.store, folder, &e));
	harness_keys(&h, "S");
	says("Left for next time: hubs.plando (it is empty");
}
END_TEST

START_TEST(F13_what_the_file_lacks_is_offered_and_put_back)
{
	edit_here("Asthma at school");
	copy(other, h.path);
	MUST(app_open_file(&h.app, h.path, &e));
	app_draw(&h.app);
	harness_hides(&h, "Asthma at school");
	tick();
	harness_shows(&h, "This file lacks 1 change you made here today. Put it back?");
	harness_shows(&h, "y yes   n no   Esc later");
	harness_keys(&h, "y");
	harness_shows(&h, "Asthma at school");
	says("1 change put back.");
	MUST(app_open_file(&h.app, h.path, &e));
	tick();
	harness_hides(&h, "Put it back?");
}
END_TEST

START_TEST(F13_a_no_is_for_now_and_never_has_words_of_its_own_and_a_way_back)
{
	edit_here("Asthma at school");
	copy(other, h.path);
	MUST(app_open_file(&h.app, h.path, &e));
	tick();
	harness_keys(&h, "Esc");
	MUST(app_open_file(&h.app, h.path, &e));
	tick();
	harness_shows(&h, "Put it back?");
	harness_keys(&h, "n");
	says("this is asked again when the workbook is opened");
	app_act(&h.app, ACT_OUTBOX_REFUSE);
	MUST(app_open_file(&h.app, h.path, &e));
	tick();
	harness_hides(&h, "Put it back?");
	app_act(&h.app, ACT_OUTBOX_AGAIN);
	app_draw(&h.app);
	harness_shows(&h, "Put it back?");
}
END_TEST

// It would come over the name that is being typed.
START_TEST(F13_nothing_is_asked_while_a_field_is_open)
{
	edit_here("Asthma at school");
	copy(other, h.path);
	MUST(app_open_file(&h.app, h.path, &e));
	app_draw(&h.app);
	harness_keys(&h, "n");
	harness_type(&h, "Hubs and");
	tick();
	harness_hides(&h, "Put it back?");
	harness_type(&h, " neighbours");
	harness_shows(&h, "Hubs and neighbours");
	harness_keys(&h, "Esc");
	tick();
	harness_shows(&h, "Put it back?");
}
END_TEST

START_TEST(F5_a_copy_put_over_the_file_is_said_and_shown)
{
	edit_here("Asthma at school");
	rename_team(&ben, other, "Sleep and settle", "Sleep well");
	ck_assert_int_eq(rename(other, h.path), 0);
	tick();
	says("was replaced by another copy.");
	says("(1 change) was put into it.");
	harness_shows(&h, "Sleep well");
	harness_shows(&h, "Asthma at school");
}
END_TEST

START_TEST(F5_a_file_renamed_deleted_or_replaced_by_a_folder_goes_on_and_says_so)
{
	const char *new = arena_printf(&h.arena, "%s.moved.plando", h.path);
	ck_assert_int_eq(rename(h.path, new), 0);
	tick();
	says("plando goes on with it.");
	edit_here("Asthma at school");
	ck_assert_int_eq(unlink(new), 0);
	tick();
	says("deleted or moved away");
	struct err err = { 0 };
	struct id id = harness_find(&h, "team", "Sleep and settle");
	struct save *v = save_begin(h.app.store, &h.arena, &err);
	MUST(save_cell(v, &id, "team", "name", "Sleep well", &e));
	MUST(save_commit(v, NULL, &e));
	app_saved(&h.app);
	app_draw(&h.app);
	says("it was written anew");
	harness_shows(&h, "Sleep well");
	ck_assert_int_eq(access(new, F_OK), 0);
	remove(new);
}
END_TEST

START_TEST(F7_a_workbook_that_cannot_be_written_can_be_copied_and_gone_on_with)
{
	struct err err = { 0 };
	const char *name = arena_printf(&h.arena, "%s/mine.plando", folder);
	store_close(h.app.store);
	h.app.store = store_open(h.path, STORE_READ, &h.env, &err);
	action("save a copy under");
	harness_shows(&h, "Save a copy as");
	harness_type(&h, name);
	harness_keys(&h, "Enter");
	says("This is the copy, mine.plando.");
	ck_assert_str_eq(store_path(h.app.store), name);
	edit_here("Asthma at school");
	harness_shows(&h, "Asthma at school");
}
END_TEST

START_TEST(the_outbox_is_turned_off_and_on)
{
	edit_here("Asthma at school");
	ck_assert(outbox_is_on(h.app.store));
	action("keep what you write");
	says("but the workbook itself");
	ck_assert(!outbox_is_on(h.app.store));
	action("keep what you write");
	says("offered back");
	ck_assert(outbox_is_on(h.app.store));
	h.env.no_outbox = true;
	action("keep what you write");
	says("PLANDO_OUTBOX=off");
}
END_TEST

START_TEST(F9_a_clock_that_looks_wrong_is_said_and_stays_in_the_title_line)
{
	h.world.now = 0;
	h.env.wild_clock = false;
	MUST(app_open_file(&h.app, h.path, &e));
	tick();
	says("This computer's clock looks wrong: it says 1970-01-01.");
	says("“Clocks” among the actions (:) puts times right.");
	harness_keys(&h, "Down");
	harness_shows(&h, "clock?");
}
END_TEST

START_TEST(the_times_of_a_computer_whose_clock_was_wrong_are_put_right)
{
	ben.now = h.env.now;
	h.world.now += 365LL * 86400000;
	rename_team(&ben, h.path, "Sleep and settle", "Sleep well");
	h.world.now -= 365LL * 86400000;
	h.env.wild_clock = false;
	MUST(app_open_file(&h.app, h.path, &e));
	tick();
	says("or the one on “laptop-3”");
	harness_keys(&h, "Down Enter y T"); // the history of a team leads there
	harness_shows(&h, "Clocks: when each computer wrote");
	harness_shows(&h, "laptop-3");
	harness_shows(&h, "ahead of now");
	harness_keys(&h, "Enter");
	harness_type(&h, "soon");
	harness_keys(&h, "Enter");
	says("such as -365d");
	harness_keys(&h, "Enter");
	harness_type(&h, "-365d");
	harness_keys(&h, "Enter");
	harness_shows(&h, "-365d");
	harness_shows(&h, "No clock looks wrong.");
	harness_hides(&h, "ahead of now");
	harness_keys(&h, "a Ctrl-U");
	harness_type(&h, "0");
	harness_keys(&h, "Enter");
	harness_shows(&h, "ahead of now");
}
END_TEST

START_TEST(a_copy_beside_the_workbook_is_told_only_where_it_holds_what_this_one_lacks)
{
	ck_assert_ptr_null(strstr(h.app.message, "lies beside"));
	rename_team(&ben, other, "Child health hubs", "Child health hubs, North");
	MUST(app_open_file(&h.app, h.path, &e));
	tick();
	says("lies beside this workbook and holds changes that it lacks; M merges them.");
	struct merge_report r;
	MUST(merge_file(h.app.store, other, false, &r, &e));
	MUST(app_open_file(&h.app, h.path, &e));
	*h.app.message = '\0';
	tick();
	ck_assert_ptr_null(strstr(h.app.message, "lies beside"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("together");
	TCase *c = tcase_create("together");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, a_folder_is_chosen_once_and_synced_when_opened_and_left);
	tcase_add_test(c, a_folder_that_is_not_there_stops_nobody_and_one_that_fails_does_so_once);
	tcase_add_test(c, F10_what_cannot_be_read_yet_is_said_with_its_name);
	tcase_add_test(c, F13_what_the_file_lacks_is_offered_and_put_back);
	tcase_add_test(c, F13_a_no_is_for_now_and_never_has_words_of_its_own_and_a_way_back);
	tcase_add_test(c, F13_nothing_is_asked_while_a_field_is_open);
	tcase_add_test(c, F5_a_copy_put_over_the_file_is_said_and_shown);
	tcase_add_test(c, F5_a_file_renamed_deleted_or_replaced_by_a_folder_goes_on_and_says_so);
	tcase_add_test(c, F7_a_workbook_that_cannot_be_written_can_be_copied_and_gone_on_with);
	tcase_add_test(c, the_outbox_is_turned_off_and_on);
	tcase_add_test(c, F9_a_clock_that_looks_wrong_is_said_and_stays_in_the_title_line);
	tcase_add_test(c, the_times_of_a_computer_whose_clock_was_wrong_are_put_right);
	tcase_add_test(
	    c, a_copy_beside_the_workbook_is_told_only_where_it_holds_what_this_one_lacks);
	suite_add_tcase(s, c);
	return test_run(s);
}
