// SPDX-License-Identifier: MIT
// Finding: `/` narrows a list as one types, Ctrl-F searches everything.
#include "harness.h"

#include <plando/str.h>

static struct harness h;

static void setup(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
}

static void teardown(void)
{
	harness_close(&h);
}

// --- the filter

START_TEST(a_filter_shows_the_rows_that_hold_the_words_whatever_case_and_accents)
{
	harness_keys(&h, "/");
	harness_type(&h, "HÉALTH");
	harness_shows(&h, "> Child health hubs");
	harness_shows(&h, "  Northmarsh\n");
	harness_hides(&h, "Sleep and settle");
	harness_hides(&h, "  Westhaven");
	harness_shows(&h, "1 of 5");
	harness_keys(&h, "Ctrl-U");
	harness_type(&h, "westhaven set");
	harness_shows(&h, "> Sleep and settle");
	harness_shows(&h, "1 of 5");
}
END_TEST

START_TEST(enter_keeps_the_filter_and_esc_shows_all_with_the_selection_where_it_was)
{
	harness_keys(&h, "/");
	harness_type(&h, "e");
	harness_keys(&h, "Down Down Enter");
	harness_shows(&h, "> Early help at home");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Early help at home · Northmarsh");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Filter: e");
	harness_shows(&h, "> Early help at home");
	harness_keys(&h, "Esc");
	harness_hides(&h, "Filter:");
	harness_shows(&h, "> Early help at home");
	harness_shows(&h, "Asthma-friendly");
}
END_TEST

START_TEST(a_filter_that_leaves_nothing_opens_archives_and_breaks_nothing)
{
	harness_keys(&h, "Down /");
	harness_type(&h, "zzz");
	harness_shows(&h, "0 of 5");
	harness_keys(&h, "Enter Enter x d p s a a Down End PgUp");
	harness_shows(&h, "0 of 5");
	harness_keys(&h, "Enter");
	harness_shows(&h, "No row here holds “zzz”; Esc shows them all again.");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Child health hubs");
	harness_shows(&h, "5 teams");
	harness_shows(&h, ">");
}
END_TEST

START_TEST(a_filter_stays_when_rows_are_read_again)
{
	static const char *const MORE[] = { "- team name=Healthy start", "- team name=Cot", NULL };
	harness_keys(&h, "/");
	harness_type(&h, "health");
	harness_keys(&h, "Enter");
	harness_records(&h, h.app.store, MORE);
	app_saved(&h.app);
	app_draw(&h.app);
	harness_shows(&h, "2 of 7");
	harness_shows(&h, "Healthy start");
	harness_hides(&h, "Cot");
	harness_shows(&h, "> Child health hubs");
}
END_TEST

START_TEST(every_list_can_be_filtered)
{
	static const char *const LISTS[][3] = {
		{ "Down Enter", "coach", "> Coaching" },
		{ "Down Enter Down Enter", "rota", "> " },
		{ "Down Enter Down Down Enter", "wait", "> Mean wait" },
		{ "Down Enter End Enter", "huddle", "Weekly huddle" },
	};
	for (size_t i = 0; i < 4; i++) {
		harness_keys(&h, LISTS[i][0]);
		harness_keys(&h, "/");
		harness_type(&h, LISTS[i][1]);
		harness_shows(&h, LISTS[i][2]);
		harness_shows(&h, " of ");
		harness_keys(&h, "Ctrl-U");
		harness_type(&h, "zzz");
		harness_keys(&h, "Enter Enter x y Down");
		harness_shows(&h, "0 of ");
		harness_keys(&h, "Esc");
		for (int back = 0; back < 3; back++)
			harness_keys(&h, "Esc");
		harness_shows(&h, "12 months");
		harness_keys(&h, "Home");
	}
}
END_TEST

// --- search

START_TEST(search_shows_each_hit_with_its_kind_team_and_words)
{
	harness_keys(&h, "Ctrl-F");
	harness_shows(&h, "Type a word, or its beginning.");
	harness_type(&h, "rang fam");
	harness_shows(&h, "  Five calls by Ana");
	harness_shows(&h, "PDSA cycle · Child health hubs");
	harness_shows(&h, "What happened?: [Rang] 5 families.");
	harness_shows(&h, "> All of Tuesday's clinic");
	harness_shows(&h, "2 found");
}
END_TEST

START_TEST(a_hit_is_opened_where_it_lives_and_esc_comes_back_with_the_words)
{
	harness_keys(&h, "Ctrl-F");
	harness_type(&h, "ring families the day");
	harness_shows(&h, "> Ring families the day before");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Child health hubs › ");
	harness_keys(&h, "Esc");
	harness_shows(&h, "Search ring families the day");
	harness_keys(&h, "Ctrl-U");
	harness_type(&h, "okoro");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Northmarsh ICB");
	harness_keys(&h, "Esc Esc");
	harness_shows(&h, "12 months");
}
END_TEST

START_TEST(search_finds_what_was_just_saved)
{
	static const char *const MORE[] = { "- team name=Cot and kitchen", NULL };
	harness_keys(&h, "Ctrl-F");
	harness_type(&h, "kitch");
	harness_shows(&h, "Nothing in this workbook holds “kitch”.");
	harness_keys(&h, "Enter");
	harness_shows(&h, "There is nothing found to open yet.");
	harness_records(&h, h.app.store, MORE);
	app_saved(&h.app);
	app_draw(&h.app);
	harness_shows(&h, "> Cot and kitchen");
}
END_TEST

START_TEST(keys_in_one_burst_act_on_what_the_words_before_them_found)
{
	harness_keys(&h, "Ctrl-F o k o r o Enter");
	harness_shows(&h, "Northmarsh ICB");
	harness_keys(&h, "Esc Ctrl-U r a n g Down Enter");
	harness_shows(&h, "› Five calls by Ana");
}
END_TEST

START_TEST(search_opens_from_every_screen_of_a_workbook)
{
	static const char *const FROM[] = { "", "Down Enter", "Down Enter Down Enter",
		"Down Enter Down Down Enter", "Down Enter End Enter", "Down d", "Down Enter n" };
	for (size_t i = 0; i < sizeof FROM / sizeof *FROM; i++) {
		teardown();
		setup();
		harness_keys(&h, FROM[i]);
		const char *before = harness_picture(&h);
		harness_keys(&h, "Ctrl-F");
		harness_shows(&h, "Search everything");
		harness_keys(&h, "Esc");
		ck_assert_str_eq(harness_picture(&h), before);
	}
}
END_TEST

START_TEST(the_words_of_a_filter_go_along_to_the_search)
{
	harness_keys(&h, "/");
	harness_type(&h, "okoro");
	harness_shows(&h, "0 of 5");
	harness_keys(&h, "Ctrl-F");
	harness_shows(&h, "> Sam Okoro");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("search");
	TCase *c = tcase_create("search");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_filter_shows_the_rows_that_hold_the_words_whatever_case_and_accents);
	tcase_add_test(c, enter_keeps_the_filter_and_esc_shows_all_with_the_selection_where_it_was);
	tcase_add_test(c, a_filter_that_leaves_nothing_opens_archives_and_breaks_nothing);
	tcase_add_test(c, a_filter_stays_when_rows_are_read_again);
	tcase_add_test(c, every_list_can_be_filtered);
	tcase_add_test(c, search_shows_each_hit_with_its_kind_team_and_words);
	tcase_add_test(c, a_hit_is_opened_where_it_lives_and_esc_comes_back_with_the_words);
	tcase_add_test(c, search_finds_what_was_just_saved);
	tcase_add_test(c, keys_in_one_burst_act_on_what_the_words_before_them_found);
	tcase_add_test(c, search_opens_from_every_screen_of_a_workbook);
	tcase_add_test(c, the_words_of_a_filter_go_along_to_the_search);
	suite_add_tcase(s, c);
	return test_run(s);
}
