// SPDX-License-Identifier: MIT
// Every screen as a picture, at three sizes, in ASCII and without colour; and drawn at every size.
#include "harness.h"
#include "tui/screens/screens.h"

#include <plando/str.h>

#include <string.h>

static const struct size {
	int rows, cols;
} SIZES[] = { { 24, 80 }, { 40, 120 }, { 60, 200 } };

// From the board, the keys that lead to each screen.
static const struct {
	const char *name, *keys;
} SCREENS[] = {
	{ "board", "" },
	{ "team", "Down Enter" },
	{ "cycles", "Down Enter Down Enter" },
	{ "ladder", "Down Enter Down Down Down Enter" },
	{ "ladder-charts", "Down Enter Down Down Down Enter v" },
	{ "scores", "Down Enter Down Down Down Enter m" },
	{ "people", "Down Enter Down Down Down Down Down Enter" },
	{ "measures", "Down Enter Down Down Enter" },
	{ "history", "Down Enter End Enter" },
	{ "diagram", "Down d" },
	{ "filter", "Down Enter Down Down Down Down Down Enter / m" },
	{ "search", "Ctrl-F c a l l" },
	{ "programme", "m" },
	{ "help", "?" },
	{ "palette", ":" },
	{ "clocks", ": c l o c k s Enter" },
};
enum { SCREENS_COUNT = sizeof SCREENS / sizeof *SCREENS };

START_TEST(each_screen_looks_as_its_picture)
{
	struct harness h;
	for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
		harness_open(&h, SIZES[i].rows, SIZES[i].cols, LOOK_PLAIN);
		harness_keys(&h, SCREENS[_i].keys);
		harness_expect(&h, SCREENS[_i].name);
		harness_close(&h);
	}
}
END_TEST

START_TEST(each_screen_says_the_same_in_ascii)
{
	struct harness h;
	harness_open(&h, 24, 80, LOOK_ASCII);
	harness_keys(&h, SCREENS[_i].keys);
	const char *picture = harness_picture(&h);
	for (const char *p = picture; *p; p++)
		ck_assert_msg((unsigned char)*p < 0x80, "not ASCII:\n%s", picture);
	harness_expect(&h, arena_printf(&h.arena, "%s-ascii", SCREENS[_i].name));
	harness_close(&h);
}
END_TEST

START_TEST(no_screen_says_anything_by_colour_alone)
{
	struct harness h;
	harness_open(&h, 24, 80, LOOK_MONO);
	harness_keys(&h, SCREENS[_i].keys);
	harness_expect(&h, SCREENS[_i].name);
	harness_close(&h);
}
END_TEST

START_TEST(every_size_is_drawn_and_the_cursor_is_on_the_screen)
{
	static const int ROWS[] = { 1, 2, 3, 5, 9, 13, 14, 15, 20, 24, 37, 60, 0 };
	static const int COLS[] = { 1, 2, 3, 7, 20, 49, 50, 51, 62, 79, 80, 101, 120, 160, 200, 0 };
	struct harness h;
	harness_open(&h, 24, 80, LOOK_PLAIN);
	harness_keys(&h, SCREENS[_i].keys);
	harness_every_size(&h, ROWS, COLS);
	harness_resize(&h, 24, 80);
	harness_shows(&h, ">");
	harness_close(&h);
}
END_TEST

START_TEST(a_window_too_small_says_so_in_one_sentence)
{
	struct harness h;
	harness_open(&h, 10, 30, LOOK_PLAIN);
	harness_shows(&h, "plando needs a window of 50 by");
	harness_shows(&h, "14; this one is 30 by 10.");
	harness_resize(&h, 14, 50);
	harness_shows(&h, "Child health");
	harness_close(&h);
}
END_TEST

START_TEST(an_empty_workbook_says_what_to_do_first)
{
	struct harness h;
	harness_open_empty(&h, 24, 80);
	harness_expect(&h, "board-empty");
	harness_keys(&h, "Enter");
	harness_shows(&h, "There is no team yet; n makes the first one.");
	harness_close(&h);
}
END_TEST

START_TEST(the_start_screen_makes_a_workbook_and_remembers_it)
{
	struct harness h;
	harness_open_start(&h, 24, 80);
	harness_expect(&h, "start");
	harness_keys(&h, "n");
	harness_type(&h, "~/new one");
	harness_keys(&h, "Enter");
	harness_type(&h, "Coast and Hill");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Coast and Hill");
	harness_shows(&h, "There is no team yet.");
	app_close(&h.app);
	MUST(app_open(&h.app, &APP_SCREENS, h.term, &h.env, NULL, &e));
	app_draw(&h.app);
	harness_shows(&h, "> new one.plando");
	harness_keys(&h, "Enter");
	harness_shows(&h, "Coast and Hill");
	harness_close(&h);
}
END_TEST

START_TEST(a_file_that_cannot_be_opened_is_said_on_the_start_screen)
{
	struct harness h;
	harness_open_start(&h, 24, 80);
	harness_keys(&h, "o");
	harness_type(&h, "/nowhere/at/all.plando");
	harness_keys(&h, "Enter");
	harness_shows(&h, "/nowhere/at/all.plando");
	harness_shows(&h, "Make a new workbook");
	harness_close(&h);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("screens");
	TCase *c = tcase_create("screens");
	tcase_set_timeout(c, 120);
	tcase_add_loop_test(c, each_screen_looks_as_its_picture, 0, SCREENS_COUNT);
	tcase_add_loop_test(c, each_screen_says_the_same_in_ascii, 0, SCREENS_COUNT);
	tcase_add_loop_test(c, no_screen_says_anything_by_colour_alone, 0, SCREENS_COUNT);
	tcase_add_loop_test(
	    c, every_size_is_drawn_and_the_cursor_is_on_the_screen, 0, SCREENS_COUNT);
	tcase_add_test(c, a_window_too_small_says_so_in_one_sentence);
	tcase_add_test(c, an_empty_workbook_says_what_to_do_first);
	tcase_add_test(c, the_start_screen_makes_a_workbook_and_remembers_it);
	tcase_add_test(c, a_file_that_cannot_be_opened_is_said_on_the_start_screen);
	suite_add_tcase(s, c);
	return test_run(s);
}
