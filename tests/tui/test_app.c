// SPDX-License-Identifier: MIT
// The engine: keys, footer, help, palette, questions, messages, archiving and undoing.
#include "harness.h"
#include "tui/screens/screens.h"

#include <plando/history.h>
#include <plando/str.h>

#include <stdio.h>
#include <string.h>

static struct harness h;

static void setup(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
}

static void teardown(void)
{
	harness_close(&h);
}

START_TEST(every_key_of_a_screen_means_one_thing_there)
{
	for (uint64_t bit = 1; bit & ON_ALL; bit <<= 1) {
		uint64_t on = bit & (ON_MEASURES | ON_TICKED) ? bit | ON_LIST : bit;
		for (const struct action_row *a = ACTION_ROWS; a->id; a++) {
			char *keys = arena_strdup(&h.arena, a->keys);
			for (char *name = strtok(keys, " "); name && (a->screens & on);
			     name = strtok(NULL, " ")) {
				struct key key;
				ck_assert_msg(key_from_name(name, &key), "no key %s", name);
				const struct action_row *found = action_for_key(on, &key);
				ck_assert_msg(found == a, "%s on screen %llx: %s, and %s", name,
				    (unsigned long long)on, a->words,
				    found ? found->words : "nothing");
			}
		}
	}
}
END_TEST

START_TEST(every_action_has_words_and_every_footer_word_has_a_key)
{
	for (const struct action_row *a = ACTION_ROWS; a->id; a++) {
		ck_assert(!str_empty(a->words));
		ck_assert(a->screens);
		ck_assert(!a->brief || *a->keys);
	}
	for (enum action id = ACT_NONE + 1; id < ACTIONS; id++)
		ck_assert_msg(action_for(ON_ALL, id) != NULL, "action %d has no row", (int)id);
}
END_TEST

START_TEST(every_screen_but_the_first_has_a_way_back_and_says_so_in_its_footer)
{
	for (uint64_t on = 1; on & ON_ALL; on <<= 1) {
		if (on & (ON_START | ON_BOARD | ON_MEASURES | ON_TICKED)) // two are lists besides
			continue;
		const struct action_row *back = action_for(on, ACT_BACK);
		ck_assert_msg(back && back->brief, "screen %llx: a trap", (unsigned long long)on);
		struct key escape;
		ck_assert(key_from_name("Esc", &escape));
		ck_assert_ptr_eq(action_for_key(on, &escape), back);
	}
}
END_TEST

START_TEST(a_key_that_does_nothing_here_says_so)
{
	harness_keys(&h, "L");
	harness_shows(&h, "L (Link it to another driver too) does nothing on this screen");
	harness_keys(&h, "F12");
	harness_shows(&h, "F12 does nothing here; ? shows the keys that do.");
	harness_keys(&h, "Down");
	harness_hides(&h, "F12 does nothing");
}
END_TEST

START_TEST(a_paste_outside_of_a_field_changes_nothing_and_says_so)
{
	const char *before = harness_picture(&h);
	harness_paste(&h, "q\nx\nn");
	harness_shows(&h, "Pasted text goes into a field only; nothing was changed.");
	harness_keys(&h, "Up");
	ck_assert_str_eq(harness_picture(&h), before);
	struct key long_one = {
		.type = PRESS_PASTE, .paste = "x", .paste_length = 1, .paste_dropped = 9
	};
	harness_keys(&h, ":");
	app_key(&h.app, &long_one);
	app_draw(&h.app);
	harness_shows(&h, "longer than 1 MB; nothing was taken");
}
END_TEST

START_TEST(help_is_narrowed_by_typing_and_does_what_is_chosen)
{
	harness_keys(&h, "?");
	harness_type(&h, "sort");
	harness_shows(&h, "> Sort by the next column");
	harness_hides(&h, "One row up");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Sorted by name.");
	harness_hides(&h, "  Northmarsh\n");
}
END_TEST

START_TEST(the_palette_finds_actions_with_their_keys_and_teams_and_records)
{
	harness_keys(&h, "Ctrl-P");
	harness_type(&h, "sort");
	harness_shows(&h, "Sort by the next column");
	harness_shows(&h, " s\n");
	harness_keys(&h, "Ctrl-U");
	harness_type(&h, "front DOOR");
	harness_shows(&h, "> One front door");
	harness_shows(&h, "team");
	harness_keys(&h, "Enter");
	harness_shows(&h, "One front door · Westhaven");
	harness_keys(&h, "Esc");
	harness_shows(&h, "12 months");
}
END_TEST

START_TEST(the_palette_left_with_esc_changes_nothing)
{
	const char *before = harness_picture(&h);
	harness_keys(&h, ":");
	harness_type(&h, "zzz");
	harness_shows(&h, "Nothing here holds “zzz”.");
	harness_keys(&h, "Enter Esc");
	ck_assert_str_eq(harness_picture(&h), before);
}
END_TEST

START_TEST(archiving_is_done_at_once_and_undone_with_u)
{
	harness_keys(&h, "Down x");
	harness_shows(&h, "“Child health hubs” is archived; u undoes, a shows it.");
	harness_shows(&h, "4 teams");
	harness_shows(&h, "saved 14:02");
	harness_keys(&h, "a");
	harness_shows(&h, "(archived)");
	harness_keys(&h, "a u");
	harness_shows(&h, "Undone: Child health hubs: ");
	harness_shows(&h, "5 teams");
	harness_shows(&h, "Child health hubs");
}
END_TEST

// The line of the picture that holds a text.
static const char *line_with(const char *text)
{
	const char *picture = harness_picture(&h), *at = strstr(picture, text);
	ck_assert_msg(at != NULL, "“%s” is not in:\n%s", text, picture);
	while (at > picture && at[-1] != '\n')
		at--;
	return arena_copy(&h.arena, at, strcspn(at, "\n"));
}

START_TEST(actions_stand_open_ones_first_late_ones_are_marked_and_one_key_ticks)
{
	harness_records(&h, h.app.store,
	    (const char *const[]){ "- action team=@hubs|what=Long done|due=2026-01-01|status=done",
		"- action team=@hubs|what=Overdue|due=2026-11-01", NULL });
	struct id team = harness_find(&h, "team", "Child health hubs");
	struct id late = harness_find(&h, "action", "Overdue");
	MUST(list_screen_open(&h.app, "action", "team", &team, &e));
	app_draw(&h.app);
	const char *picture = harness_picture(&h);
	ck_assert(strstr(picture, "Overdue") < strstr(picture, "Print the cards"));
	ck_assert(strstr(picture, "Print the cards") < strstr(picture, "Long done"));
	ck_assert_ptr_nonnull(strstr(line_with("Overdue"), "> late"));
	ck_assert_ptr_null(strstr(line_with("Print the cards"), "late"));
	harness_keys(&h, "d");
	harness_shows(&h, "“Overdue” is done; u undoes.");
	struct record r;
	MUST(record_load(h.app.store, &h.arena, &late, &r, &e));
	ck_assert_str_eq(record_get(&r, "status"), "done");
	ck_assert_str_eq(record_get(&r, "done_date"), "2026-11-22");
	picture = harness_picture(&h);
	ck_assert(strstr(picture, "Print the cards") < strstr(picture, " Overdue"));
	harness_keys(&h, "d"); // the cursor stayed with it
	MUST(record_load(h.app.store, &h.arena, &late, &r, &e));
	ck_assert_str_eq(record_get(&r, "status"), "open");
	ck_assert_ptr_null(record_get(&r, "done_date"));
}
END_TEST

START_TEST(a_new_cycle_of_an_idea_that_was_never_tested_knows_its_idea)
{
	struct id team = harness_find(&h, "team", "Child health hubs"), of;
	struct id idea = harness_find(&h, "idea", "Weekly huddle");
	struct record r;
	MUST(cycles_screen_open(&h.app, &team, &idea, &e));
	app_draw(&h.app);
	harness_shows(&h, "No cycle tests this idea yet; n makes its first one.");
	harness_keys(&h, "n");
	harness_type(&h, "Does it hold?");
	harness_keys(&h, "Esc");
	struct id made = harness_find(&h, "pdsa", "Does it hold?");
	MUST(record_load(h.app.store, &h.arena, &made, &r, &e));
	ck_assert(record_ref(&r, "idea", &of) && id_equal(&of, &idea));
}
END_TEST

START_TEST(undo_with_nothing_left_says_so)
{
	struct harness empty;
	teardown();
	harness_open_empty(&empty, 24, 80);
	harness_keys(&empty, "u u");
	harness_shows(&empty, "nothing to undo");
	harness_close(&empty);
	setup();
}
END_TEST

static char answered[64];

static void note_answer(struct app *app, void *context, const char *answer)
{
	(void)app, (void)context;
	snprintf(answered, sizeof answered, "%s", answer ? answer : "(none)");
}

START_TEST(only_y_n_and_esc_answer_a_yes_no_question)
{
	static const char *const NO[] = { "n", "N", "Esc" };
	static const char *const NEITHER[] = { "Enter", "Space", "x", "Down", "Alt-y", "Alt-n", "q",
		"Tab", "F1", "Ctrl-Z" };
	for (size_t i = 0; i < sizeof NO / sizeof *NO; i++) {
		app_confirm(&h.app, "Erase it for good?", note_answer, NULL);
		app_draw(&h.app);
		harness_shows(&h, "Erase it for good?");
		harness_keys(&h, NO[i]);
		ck_assert_str_eq(answered, "(none)");
		harness_hides(&h, "Erase it for good?");
	}
	*answered = '\0';
	app_confirm(&h.app, "Erase it for good?", note_answer, NULL);
	for (size_t i = 0; i < sizeof NEITHER / sizeof *NEITHER; i++) {
		harness_keys(&h, NEITHER[i]);
		harness_shows(&h, "Erase it for good?");
		ck_assert_str_eq(answered, "");
	}
	harness_keys(&h, "y");
	ck_assert_str_eq(answered, "yes");
}
END_TEST

START_TEST(an_offer_is_put_off_by_whoever_goes_on_and_their_key_does_what_it_does)
{
	*answered = '\0';
	app_offer(&h.app, "Typed 14:02, not saved. Go there?", note_answer, NULL);
	harness_keys(&h, "/");
	harness_hides(&h, "Go there?");
	harness_type(&h, "One front");
	harness_shows(&h, "> One front door");
	ck_assert_str_eq(answered, "");
	harness_keys(&h, "Esc Esc");
	app_offer(&h.app, "Typed 14:02, not saved. Go there?", note_answer, NULL);
	harness_keys(&h, "n");
	ck_assert_str_eq(answered, "no");
}
END_TEST

START_TEST(a_window_that_is_too_small_acts_on_no_key_but_esc)
{
	harness_keys(&h, "Down Enter");
	harness_resize(&h, 10, 40);
	harness_keys(&h, "n x a q d p Enter : ? Ctrl-Q");
	harness_shows(&h, "plando needs a window of");
	harness_resize(&h, 24, 80);
	harness_shows(&h, "By 31 Mar 2027");
	harness_resize(&h, 10, 40);
	harness_keys(&h, "Esc");
	harness_resize(&h, 24, 80);
	harness_shows(&h, "12 months");
	ck_assert(!h.app.ending);
}
END_TEST

// What one chose is there again in the next run; the choice of this computer, not of the workbook.
START_TEST(colours_and_mouse_are_remembered)
{
	h.env.state_home = test_path(&h.arena, "state");
	h.app.env = &h.env;
	app_act(&h.app, ACT_THEME);
	app_act(&h.app, ACT_THEME);
	enum scheme chosen = term_scheme(h.term);
	app_act(&h.app, ACT_MOUSE);
	bool mouse = term_mouse(h.term);
	struct store *s = h.app.store;
	h.app.store = NULL;
	app_close(&h.app);
	term_set_scheme(h.term, SCHEME_COLOUR);
	term_set_mouse(h.term, true);
	MUST(app_open(&h.app, &APP_SCREENS, h.term, &h.env, s, &e));
	ck_assert_int_eq(term_scheme(h.term), chosen);
	ck_assert_int_eq(term_mouse(h.term), mouse);
}
END_TEST

// Opened anew by somebody of whom only the login's name is known.
static void opened_by_a_stranger(void)
{
	struct store *s = h.app.store;
	h.env.state_home = test_path(&h.arena, "state");
	h.env.author = "user";
	h.env.author_guessed = true;
	h.app.store = NULL;
	app_close(&h.app);
	MUST(app_open(&h.app, &APP_SCREENS, h.term, &h.env, s, &e));
	harness_keys(&h, "");
}

START_TEST(who_one_is_is_asked_once_before_the_first_save_and_stands_beside_what_one_writes)
{
	opened_by_a_stranger();
	harness_shows(&h, "Your name, as colleagues know it: user");
	harness_keys(&h, "Backspace Backspace Backspace Backspace N i a Enter");
	harness_shows(&h, "What you write stands there as Nia.");
	app_act(&h.app, ACT_ARCHIVE);
	struct history got;
	struct history_filter newest = HISTORY_ALL;
	newest.most = 1;
	MUST(history_list(h.app.store, &h.arena, &newest, &got, &e));
	ck_assert_str_eq(got.item[0].author, "Nia");
	struct store *s = h.app.store; // and it is not asked again
	h.app.store = NULL;
	app_close(&h.app);
	MUST(app_open(&h.app, &APP_SCREENS, h.term, &h.env, s, &e));
	ck_assert(!h.app.prompt.open);
	app_act(&h.app, ACT_WHO); // but can be changed
	harness_keys(&h, "x Enter");
	harness_shows(&h, "What you write stands there as Niax.");
}
END_TEST

START_TEST(who_does_not_say_who_one_is_is_asked_another_time)
{
	opened_by_a_stranger();
	harness_keys(&h, "Esc");
	harness_shows(&h, "What you write stands there as user");
	ck_assert(h.env.author_guessed);
}
END_TEST

START_TEST(a_question_is_answered_with_every_printable_key_as_text)
{
	app_ask(&h.app, "Called?", "old", note_answer, NULL);
	harness_keys(&h, "q ? : / Space Home Del Left End Backspace");
	harness_paste(&h, "two\nlines");
	harness_shows(&h, "Called?");
	harness_keys(&h, "Enter");
	ck_assert_str_eq(answered, "ldq?:/two lines");
}
END_TEST

START_TEST(a_long_message_takes_rows_and_is_not_cut)
{
	app_say(&h.app,
	    "This is a long sentence that does not fit into one line of eighty columns, so it goes "
	    "on in the next one and its last word is elephant.");
	app_draw(&h.app);
	harness_shows(&h, "elephant.");
	harness_resize(&h, 24, 50);
	harness_shows(&h, "elephant.");
}
END_TEST

START_TEST(the_cursor_is_on_the_chosen_row_or_where_one_types_in_every_frame)
{
	harness_shows(&h, "column 1: >");
	harness_keys(&h, "Down Enter");
	harness_shows(&h, "column 1: >");
	harness_keys(&h, ":");
	harness_type(&h, "ab");
	harness_shows(&h, "-- cursor at row 2, column 10:");
	harness_keys(&h, "Esc /");
	harness_shows(&h, "-- cursor at row 22,");
}
END_TEST

START_TEST(text_from_a_file_cannot_harm_the_screen)
{
	static const char *const EVIL[] = { "Evil \033[31m\342\200\256txet\302\205",
		"\360\237\221\250\342\200\215\360\237\221\251 家族 é" };
	for (size_t i = 0; i < 2; i++) {
		struct err e = { 0 };
		struct id id;
		struct save *v = save_begin(h.app.store, &h.arena, &e);
		ck_assert_msg(v && save_new(v, "team", NULL, &id, &e) &&
				  save_cell(v, &id, "team", "name", EVIL[i], &e) &&
				  save_commit(v, NULL, &e),
		    "%s", e.text);
	}
	app_saved(&h.app);
	app_draw(&h.app);
	const char *picture = harness_picture(&h);
	ck_assert_ptr_null(strchr(picture, '\033'));
	ck_assert_ptr_null(strstr(picture, "\342\200\256"));
	harness_shows(&h, "Evil ^[[31m");
	harness_shows(&h, "家族 é");
}
END_TEST

START_TEST(mouse_and_colours_are_the_person_s_choice)
{
	harness_keys(&h, ":");
	harness_type(&h, "colours");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Colours: ");
	harness_keys(&h, ":");
	harness_type(&h, "the mouse");
	harness_keys(&h, "Enter");
	harness_shows(&h, "The mouse");
}
END_TEST

START_TEST(sorting_goes_through_all_orders_and_back_to_systems)
{
	harness_keys(&h, "s s");
	harness_shows(&h, "Sorted by score, highest first.");
	const char *picture = harness_picture(&h);
	ck_assert(strstr(picture, "One front door") < strstr(picture, "Child health"));
	harness_keys(&h, "s");
	harness_shows(&h, "longest ago first");
	harness_keys(&h, "s");
	harness_shows(&h, "late actions");
	harness_keys(&h, "s");
	harness_shows(&h, "Sorted by system.");
	harness_shows(&h, "  Northmarsh\n");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("app");
	TCase *c = tcase_create("app");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, every_key_of_a_screen_means_one_thing_there);
	tcase_add_test(c, every_action_has_words_and_every_footer_word_has_a_key);
	tcase_add_test(c, every_screen_but_the_first_has_a_way_back_and_says_so_in_its_footer);
	tcase_add_test(c, a_key_that_does_nothing_here_says_so);
	tcase_add_test(c, a_paste_outside_of_a_field_changes_nothing_and_says_so);
	tcase_add_test(c, help_is_narrowed_by_typing_and_does_what_is_chosen);
	tcase_add_test(c, the_palette_finds_actions_with_their_keys_and_teams_and_records);
	tcase_add_test(c, the_palette_left_with_esc_changes_nothing);
	tcase_add_test(c, archiving_is_done_at_once_and_undone_with_u);
	tcase_add_test(c, undo_with_nothing_left_says_so);
	tcase_add_test(c, actions_stand_open_ones_first_late_ones_are_marked_and_one_key_ticks);
	tcase_add_test(c, a_new_cycle_of_an_idea_that_was_never_tested_knows_its_idea);
	tcase_add_test(c, only_y_n_and_esc_answer_a_yes_no_question);
	tcase_add_test(c, an_offer_is_put_off_by_whoever_goes_on_and_their_key_does_what_it_does);
	tcase_add_test(c, a_window_that_is_too_small_acts_on_no_key_but_esc);
	tcase_add_test(c, colours_and_mouse_are_remembered);
	tcase_add_test(
	    c, who_one_is_is_asked_once_before_the_first_save_and_stands_beside_what_one_writes);
	tcase_add_test(c, who_does_not_say_who_one_is_is_asked_another_time);
	tcase_add_test(c, a_question_is_answered_with_every_printable_key_as_text);
	tcase_add_test(c, a_long_message_takes_rows_and_is_not_cut);
	tcase_add_test(c, the_cursor_is_on_the_chosen_row_or_where_one_types_in_every_frame);
	tcase_add_test(c, text_from_a_file_cannot_harm_the_screen);
	tcase_add_test(c, mouse_and_colours_are_the_person_s_choice);
	tcase_add_test(c, sorting_goes_through_all_orders_and_back_to_systems);
	suite_add_tcase(s, c);
	return test_run(s);
}
