// SPDX-License-Identifier: MIT
// The form of a record beside the world: drafts, other programs, editors, the mouse, a read-only
// workbook.
#include "forms.h"

#include "tui/form/offer.h"

#include <plando/draft.h>
#include <plando/str.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

// --- drafts

static size_t drafts(void)
{
	struct drafts all;
	MUST(draft_list(h.app.store, &h.arena, &all, &e));
	return all.count;
}

START_TEST(half_typed_text_is_a_draft_after_a_second_and_gone_when_saved)
{
	open_cycle("Both clinics, one week");
	harness_type(&h, "Does it");
	app_tick(&h.app);
	ck_assert_uint_eq(drafts(), 1);
	harness_type(&h, " hold");
	h.world.now += 1500;
	harness_type(&h, "?");
	struct drafts all;
	MUST(draft_list(h.app.store, &h.arena, &all, &e));
	ck_assert_str_eq(all.item[0].text, "Does it hold?");
	harness_keys(&h, "Tab");
	ck_assert_uint_eq(drafts(), 0);
}
END_TEST

// As after kill -9: the screens go without leaving.
static void killed(void)
{
	while (h.app.depth > 1)
		screen_free(h.app.stack[--h.app.depth]);
}

START_TEST(text_of_a_killed_program_is_offered_and_not_put_in_unasked)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Does it");
	app_tick(&h.app);
	killed();
	offer_drafts(&h.app);
	app_draw(&h.app);
	harness_shows(&h, "Typed 14:02, not saved: “Does it”. Go there?");
	harness_keys(&h, "y");
	harness_shows(&h, "Typed 14:02, not saved: “Does it”. Take it?");
	ck_assert_ptr_null(stored(&id, "objective"));
	harness_keys(&h, "y");
	ck_assert_ptr_null(stored(&id, "objective"));
	harness_type(&h, " hold?");
	harness_keys(&h, "Esc");
	ck_assert_str_eq(stored(&id, "objective"), "Does it hold?");
	ck_assert_uint_eq(drafts(), 0);
}
END_TEST

START_TEST(a_refused_offer_stays_and_comes_again)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Does it");
	app_tick(&h.app);
	killed();
	open_form("pdsa", &id, NULL);
	harness_keys(&h, "n Esc");
	ck_assert_uint_eq(drafts(), 1);
	open_form("pdsa", &id, NULL);
	harness_shows(&h, "Take it?");
	harness_keys(&h, "y Ctrl-R Esc");
	ck_assert_uint_eq(drafts(), 0);
}
END_TEST

START_TEST(text_of_a_new_record_is_offered_when_a_new_one_is_begun)
{
	const char *given[] = { "team", hubs(), NULL };
	open_form("pdsa", NULL, given);
	harness_type(&h, "Who answers");
	app_tick(&h.app);
	killed();
	offer_drafts(&h.app);
	harness_keys(&h, "y");
	harness_shows(&h, "New: PDSA cycle");
	harness_keys(&h, "y Esc");
	ck_assert_uint_eq(drafts(), 0);
	struct id team = harness_find(&h, "team", "Child health hubs");
	struct records all;
	MUST(record_list(h.app.store, &h.arena, "pdsa", &team, &all, &e));
	ck_assert_uint_eq(all.count, 5);
}
END_TEST

START_TEST(several_drafts_are_counted_and_listed_and_each_leads_to_its_field)
{
	const char *given[] = { "team", hubs(), NULL };
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Does it");
	app_tick(&h.app);
	killed();
	h.world.now += 60000;
	open_form("pdsa", NULL, given);
	harness_type(&h, "Who answers");
	app_tick(&h.app);
	killed();
	offer_drafts(&h.app);
	app_draw(&h.app);
	harness_shows(&h, "2 texts typed and not saved, the last 14:03: “Who answers”. See them?");
	harness_keys(&h, "y");
	harness_shows(&h, "Typed and not saved");
	harness_shows(&h, "new: PDSA cycle, What do we want to learn?: “Who answers”");
	harness_shows(&h, "14:03");
	harness_type(&h, "does it");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Typed 14:02, not saved: “Does it”. Take it?");
	harness_keys(&h, "y Esc");
	ck_assert_str_eq(stored(&id, "objective"), "Does it");
	ck_assert_uint_eq(drafts(), 1);
}
END_TEST

START_TEST(what_is_typed_is_kept_when_the_program_is_stopped)
{
	open_cycle("Both clinics, one week");
	harness_type(&h, "Does it");
	app_key(&h.app, &(struct key){ .type = PRESS_STOP });
	killed();
	offer_drafts(&h.app);
	app_draw(&h.app);
	harness_shows(&h, "not saved: “Does it”. Go there?");
}
END_TEST

START_TEST(without_drafts_the_list_of_them_says_so)
{
	harness_keys(&h, "Ctrl-P");
	harness_type(&h, "typed and not");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Nothing was typed that is not saved.");
}
END_TEST

// --- a full disk, a file that may no longer be written

// No file grows beyond `most` bytes from here on: writes fail as they do where the disk is full.
static void disk_holds(rlim_t most)
{
	struct rlimit limit;
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = most;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

START_TEST(with_a_full_disk_the_text_is_a_draft_and_saved_when_there_is_room)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Does it hold?");
	disk_holds(1024); // room for a draft, none for the workbook
	harness_keys(&h, "Tab");
	ck_assert_ptr_null(stored(&id, "objective"));
	ck_assert_uint_eq(drafts(), 1);
	harness_keys(&h, "Shift-Tab");
	harness_shows(&h, "Does it hold?");
	harness_shows(&h, "! Not saved:");
	disk_holds(RLIM_INFINITY);
	harness_type(&h, " Yes");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "objective"), "Does it hold? Yes");
	ck_assert_uint_eq(drafts(), 0);
}
END_TEST

START_TEST(where_not_even_a_draft_can_be_kept_the_form_stays_and_says_so)
{
	struct id id = open_cycle("Both clinics, one week");
	char *text = arena_alloc(&h.arena, 40001);
	for (size_t i = 0; i < 40000; i++)
		text[i] = i % 7 ? 'a' : ' ';
	text[40000] = '\0';
	text[0] = 'b';
	text[39999] = 'c';
	harness_paste(&h, text);
	disk_holds(32768);
	harness_keys(&h, "Esc");
	harness_shows(&h, "cannot be kept as a draft; Esc");
	harness_shows(&h, "What do we want to learn?");
	disk_holds(RLIM_INFINITY);
	harness_keys(&h, "Esc");
	harness_shows(&h, "saved 14:02");
	ck_assert(str_equal(stored(&id, "objective"), text));
}
END_TEST

START_TEST(a_file_that_became_read_only_while_typing_costs_no_text)
{
	struct id id = open_cycle("Both clinics, one week");
	struct err e = { 0 };
	harness_type(&h, "Does it hold?");
	store_close(h.app.store);
	h.app.store = store_open(h.path, STORE_READ, &h.env, &e);
	ck_assert_msg(h.app.store != NULL, "%s", e.text);
	for (size_t i = 0; i < h.app.depth; i++)
		h.app.stack[i]->stale = true;
	app_draw(&h.app); // what was typed outlives the loading
	harness_keys(&h, "Tab Shift-Tab");
	harness_shows(&h, "Does it hold?");
	ck_assert_uint_eq(drafts(), 1);
	killed();
	store_close(h.app.store);
	h.app.store = store_open(h.path, STORE_WRITE, &h.env, &e);
	open_form("pdsa", &id, NULL);
	harness_shows(&h, "not saved: “Does it hold?”. Take it?");
	harness_keys(&h, "y Esc");
	ck_assert_str_eq(stored(&id, "objective"), "Does it hold?");
}
END_TEST

// One person, one workbook, two windows.
START_TEST(what_another_window_has_under_its_keys_is_not_offered_until_it_has_gone)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Does it");
	app_tick(&h.app);
	struct drafts all;
	struct err e = { 0 };
	struct store *second = store_open(h.path, STORE_WRITE, &h.env, &e);
	ck_assert_msg(second != NULL, "%s", e.text);
	ck_assert(draft_list(second, &h.arena, &all, &e));
	ck_assert_uint_eq(all.count, 0);
	ck_assert_uint_eq(drafts(), 1);
	killed();
	store_close(h.app.store);
	h.app.store = NULL;
	ck_assert(draft_list(second, &h.arena, &all, &e));
	ck_assert_uint_eq(all.count, 1);
	ck_assert(id_equal(&all.item[0].id, &id));
	h.app.store = second;
}
END_TEST

// --- others, editor, mouse, sizes

START_TEST(a_change_by_another_program_while_typing_is_told)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Mine");
	struct err e = { 0 };
	struct env other = h.env;
	struct store *s = store_open(h.path, STORE_WRITE, &other, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	struct save *v = save_begin(s, &h.arena, &e);
	ck_assert(
	    save_field(v, &id, "pdsa", "objective", "Theirs", &e) && save_commit(v, NULL, &e));
	store_close(s);
	app_tick(&h.app);
	app_draw(&h.app);
	harness_keys(&h, "Tab");
	harness_shows(&h, "While you typed, ");
	harness_shows(&h, "to “Theirs”.");
	ck_assert_str_eq(stored(&id, "objective"), "Mine");
}
END_TEST

static void editor_set(const char *script)
{
	char *path = test_path(&h.arena, "editor");
	test_write(path, script, strlen(script));
	chmod(path, 0700);
	setenv("VISUAL", path, 1);
}

START_TEST(long_text_goes_to_an_editor_and_comes_back)
{
	struct id id = open_cycle("Five calls by Ana");
	go_to("What do you know now that you did not?");
	editor_set("#!/bin/sh\nprintf 'Two lines\\r\\nfrom outside – ŵ\\n' > \"$1\"\n");
	harness_keys(&h, "Ctrl-E");
	harness_shows(&h, "from outside – ŵ");
	harness_keys(&h, "Tab");
	ck_assert_str_eq(stored(&id, "learned"), "Two lines\nfrom outside – ŵ");
}
END_TEST

START_TEST(an_editor_that_fails_costs_no_text)
{
	struct id id = open_cycle("Five calls by Ana");
	go_to("What do you know now that you did not?");
	harness_type(&h, " More");
	editor_set("#!/bin/sh\necho ruined > \"$1\"\nexit 3\n");
	harness_keys(&h, "Ctrl-E");
	harness_shows(&h, "ended with an error");
	harness_shows(&h, "It left “ruined”. Take it?");
	harness_keys(&h, "n");
	harness_shows(&h, "The field is as it was before.");
	editor_set("#!/bin/sh\nprintf '\\377' > \"$1\"\n");
	harness_keys(&h, "Ctrl-E");
	harness_shows(&h, "no UTF-8 text");
	setenv("VISUAL", "/nowhere/editor; touch /tmp/never", 1);
	harness_keys(&h, "Ctrl-E Tab");
	ck_assert_str_eq(stored(&id, "learned"), "They like it. More");
}
END_TEST

START_TEST(a_click_goes_to_a_field_and_saves_the_one_before)
{
	struct id id = open_cycle("Both clinics, one week");
	harness_type(&h, "Does it hold?");
	harness_click(&h, 14, 10);
	ck_assert_str_eq(stored(&id, "objective"), "Does it hold?");
	harness_hides(&h, "> What do we want");
}
END_TEST

START_TEST(a_workbook_that_cannot_be_written_is_read)
{
	struct id id = harness_find(&h, "pdsa", "Both clinics, one week");
	store_close(h.app.store);
	struct err e = { 0 };
	h.app.store = store_open(h.path, STORE_READ, &h.env, &e);
	ck_assert_msg(h.app.store != NULL, "%s", e.text);
	open_form("pdsa", &id, NULL);
	harness_type(&h, "x");
	harness_keys(&h, "Tab");
	harness_hides(&h, "x?");
	harness_keys(&h, "Esc");
	ck_assert_ptr_null(stored(&id, "objective"));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("form_drafts");
	TCase *c = tcase_create("form_drafts");
	tcase_add_checked_fixture(c, form_setup, form_teardown);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, half_typed_text_is_a_draft_after_a_second_and_gone_when_saved);
	tcase_add_test(c, text_of_a_killed_program_is_offered_and_not_put_in_unasked);
	tcase_add_test(c, a_refused_offer_stays_and_comes_again);
	tcase_add_test(c, text_of_a_new_record_is_offered_when_a_new_one_is_begun);
	tcase_add_test(c, several_drafts_are_counted_and_listed_and_each_leads_to_its_field);
	tcase_add_test(c, what_is_typed_is_kept_when_the_program_is_stopped);
	tcase_add_test(c, without_drafts_the_list_of_them_says_so);
	tcase_add_test(c, with_a_full_disk_the_text_is_a_draft_and_saved_when_there_is_room);
	tcase_add_test(c, where_not_even_a_draft_can_be_kept_the_form_stays_and_says_so);
	tcase_add_test(c, a_file_that_became_read_only_while_typing_costs_no_text);
	tcase_add_test(c, what_another_window_has_under_its_keys_is_not_offered_until_it_has_gone);
	tcase_add_test(c, a_change_by_another_program_while_typing_is_told);
	tcase_add_test(c, long_text_goes_to_an_editor_and_comes_back);
	tcase_add_test(c, an_editor_that_fails_costs_no_text);
	tcase_add_test(c, a_click_goes_to_a_field_and_saves_the_one_before);
	tcase_add_test(c, a_workbook_that_cannot_be_written_is_read);
	suite_add_tcase(s, c);
	return test_run(s);
}
