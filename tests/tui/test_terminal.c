// SPDX-License-Identifier: MIT
// The app on a real pseudo-terminal: what only a terminal can show.
#include "harness.h"
#include "real.h"

#include <plando/str.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct harness h;
static struct pty p;

// A workbook of the usual world on disk; the app in process is closed again.
static const char *workbook(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	char *kept = test_path(&h.arena, "pty.plando");
	remove(kept);
	MUST(store_copy(h.app.store, kept, &e));
	app_close(&h.app);
	term_stop(h.term);
	return kept;
}

static void open_at(int rows, int cols, const char *const *setting)
{
	pty_open(&p, &(struct pty_start){ workbook(), setting, rows, cols });
}

static void finish(void)
{
	pty_close(&p);
	arena_free(&h.arena);
}

static bool sent(const char *bytes)
{
	return memmem(p.bytes, p.length, bytes, strlen(bytes)) != NULL;
}

// As it was found: the first screen back, the cursor to be seen, pastes and mouse as before.
static void left_clean(void)
{
	ck_assert(!p.alternate);
	ck_assert(p.cursor_seen);
	ck_assert(sent("\033[?2004l"));
	ck_assert(sent("\033[?1000l"));
}

START_TEST(it_starts_on_the_board_and_quits_with_a_clean_terminal)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "> Asthma-friendly sch");
	ck_assert(p.alternate);
	pty_key(&p, VTERM_KEY_DOWN);
	pty_expect(&p, "> Child health hubs");
	pty_key(&p, VTERM_KEY_ENTER);
	pty_expect(&p, "By 31 Mar 2027");
	pty_type(&p, "\033");
	pty_expect(&p, "12 months");
	pty_type(&p, "q");
	ck_assert_int_eq(pty_ended(&p), 0);
	left_clean();
	finish();
}
END_TEST

START_TEST(looking_around_leaves_the_file_as_it_was)
{
	open_at(24, 80, NULL);
	char *path = test_path(&h.arena, "pty.plando");
	size_t before, after;
	char *bytes = test_read(&h.arena, path, &before);
	pty_expect(&p, "12 months");
	pty_key(&p, VTERM_KEY_DOWN);
	pty_key(&p, VTERM_KEY_ENTER);
	pty_expect(&p, "By 31 Mar 2027");
	pty_type(&p, "\033");
	pty_type(&p, "q");
	ck_assert_int_eq(pty_ended(&p), 0);
	char *now = test_read(&h.arena, path, &after);
	ck_assert_uint_eq(before, after);
	ck_assert_int_eq(memcmp(bytes, now, after), 0);
	finish();
}
END_TEST

START_TEST(a_resize_is_just_another_draw)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	for (int i = 0; i < 10; i++) {
		pty_resize(&p, 24, 60);
		pty_expect_gone(&p, "12 months");
		pty_resize(&p, 40, 120);
		pty_expect(&p, "To look at");
		pty_resize(&p, 24, 80);
		pty_expect(&p, "Signals  Actions");
	}
	pty_resize(&p, 3, 20);
	pty_expect(&p, "plando needs");
	pty_resize(&p, 24, 80);
	pty_expect(&p, "12 months");
	finish();
}
END_TEST

START_TEST(a_lone_esc_goes_back_and_an_arrow_in_two_parts_is_an_arrow)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	pty_send(&p, "\033", 1);
	pty_send(&p, "OB", 2);
	pty_expect(&p, "> Child health hubs");
	pty_type(&p, "\r");
	pty_expect(&p, "By 31 Mar 2027");
	pty_send(&p, "\033", 1);
	pty_expect(&p, "12 months");
	finish();
}
END_TEST

START_TEST(a_paste_outside_of_a_field_does_nothing_and_says_so)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	ck_assert(sent("\033[?2004h"));
	pty_type(&p, "\033[200~qqq\rxq\033[201~");
	pty_expect(&p, "Pasted text goes into a field only; nothing was changed.");
	pty_expect(&p, "> Asthma");
	finish();
}
END_TEST

START_TEST(a_diagram_is_typed_and_pasted_at_a_real_terminal)
{
	open_at(30, 100, NULL);
	pty_expect(&p, "> Asthma");
	pty_type(&p, "d");
	pty_expect(&p, "No diagram yet");
	pty_type(&p, "nInhalers at hand\t");
	pty_expect(&p, "new primary driver:");
	pty_key(&p, VTERM_KEY_RIGHT);
	pty_expect(&p, "new secondary driver:");
	pty_type(&p, "Out of the cupboard\t");
	pty_key(&p, VTERM_KEY_RIGHT);
	pty_expect(&p, "new change idea:");
	pty_type(&p, "A basket in each class\r");
	pty_expect(&p, ">C1 ");
	pty_expect(&p, "1 primary · 1 secondary · 1 idea");
	pty_type(&p, "g\033[200~Parents know\r  Letters home\r\033[201~");
	pty_expect(&p, "Enter makes 1 primary driver, 1 secondary driver");
	pty_type(&p, "\r");
	pty_expect(&p, "2 primary · 2 secondary · 1 idea");
	pty_type(&p, "u");
	pty_expect(&p, "1 primary · 1 secondary · 1 idea");
	finish();
}
END_TEST

START_TEST(a_terminal_that_is_not_known_is_refused_in_words)
{
	static const char *const BOGUS[] = { "TERM=no-such-terminal", NULL };
	open_at(24, 80, BOGUS);
	int status = pty_ended(&p);
	ck_assert_int_eq(status, ERR_UNAVAILABLE);
	ck_assert(pty_has(&p, "no-such-terminal"));
	ck_assert(!p.alternate);
	finish();
}
END_TEST

START_TEST(a_terminal_that_cannot_place_text_is_refused_in_words)
{
	static const char *const DUMB[] = { "TERM=dumb", NULL };
	open_at(24, 80, DUMB);
	ck_assert_int_eq(pty_ended(&p), ERR_UNAVAILABLE);
	ck_assert(pty_has(&p, "dumb"));
	finish();
}
END_TEST

START_TEST(a_signal_to_end_leaves_at_once_and_clean)
{
	static const int SIGNALS[] = { SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGUSR1 };
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	pty_signal(&p, SIGNALS[_i]);
	ck_assert_int_eq(pty_ended(&p), 0);
	left_clean();
	finish();
}
END_TEST

START_TEST(a_crash_puts_the_terminal_back)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	pty_signal(&p, SIGABRT);
	ck_assert_int_ne(pty_ended(&p), 0);
	left_clean();
	finish();
}
END_TEST

START_TEST(ctrl_c_leaves_politely_from_any_screen)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	pty_type(&p, "\r?");
	pty_expect(&p, "Keys on this screen");
	pty_type(&p, "\003");
	ck_assert_int_eq(pty_ended(&p), 0);
	left_clean();
	finish();
}
END_TEST

// Select graphic rendition with a colour in it: 30–49, 90–107.
static bool coloured(const char *bytes, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++) {
		if (bytes[i] != '\033' || bytes[i + 1] != '[')
			continue;
		int number = 0;
		bool colour = false;
		size_t at = i + 2;
		for (; at < n && (bytes[at] == ';' || (bytes[at] >= '0' && bytes[at] <= '9'));
		     at++) {
			number = bytes[at] == ';' ? 0 : number * 10 + bytes[at] - '0';
			colour |= (number >= 30 && number <= 49) || (number >= 90 && number <= 107);
		}
		if (colour && at < n && bytes[at] == 'm')
			return true;
	}
	return false;
}

START_TEST(no_color_sends_no_colour_and_a_colour_terminal_gets_some)
{
	static const char *const NO_COLOR[] = { "NO_COLOR=1", NULL };
	open_at(24, 80, _i ? NO_COLOR : NULL);
	pty_expect(&p, "12 months");
	pty_type(&p, "?");
	pty_expect(&p, "Keys on this screen");
	ck_assert_int_eq(coloured(p.bytes, p.length), _i == 0);
	finish();
}
END_TEST

START_TEST(a_c_locale_gets_ascii_only)
{
	static const char *const C_LOCALE[] = { "LC_ALL=C", NULL };
	open_at(24, 80, C_LOCALE);
	pty_expect(&p, "12 months");
	pty_key(&p, VTERM_KEY_DOWN);
	pty_expect(&p, "> Child health hubs");
	for (size_t i = 0; i < p.length; i++)
		ck_assert_int_lt((unsigned char)p.bytes[i], 0x80);
	finish();
}
END_TEST

START_TEST(keys_cost_few_bytes_and_fifty_at_once_cost_little_more_than_one)
{
	open_at(40, 120, NULL);
	pty_expect(&p, "12 months");
	pty_settle(&p);
	size_t before = p.total;
	pty_key(&p, VTERM_KEY_DOWN);
	pty_expect(&p, "> Child health hubs");
	pty_settle(&p);
	size_t one = p.total - before;
	ck_assert_uint_le(one, 900); // the team below the list changes too
	before = p.total;
	char burst[150];
	for (size_t i = 0; i < 50; i++)
		memcpy(burst + 3 * i, "\033OB", 3);
	pty_send(&p, burst, sizeof burst);
	pty_expect(&p, "> Sleep and settle");
	pty_settle(&p);
	ck_assert_uint_le(p.total - before, 3000);
	finish();
}
END_TEST

START_TEST(an_idle_second_sends_nothing)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	pty_settle(&p);
	size_t before = p.total;
	struct timespec second = { 1, 200000000 };
	nanosleep(&second, NULL);
	pty_settle(&p);
	ck_assert_uint_eq(p.total, before);
	finish();
}
END_TEST

START_TEST(another_program_s_change_is_shown_by_itself)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	struct err e = { 0 };
	struct store *s = store_open(test_path(&h.arena, "pty.plando"), STORE_WRITE, &h.env, &e);
	ck_assert_msg(s != NULL, "%s", e.text);
	static const char *const MORE[] = { "- team name=Cot and kitchen", NULL };
	harness_records(&h, s, MORE);
	store_close(s);
	pty_expect(&p, "Cot and kitchen");
	pty_expect(&p, "Another program changed this workbook");
	finish();
}
END_TEST

START_TEST(a_click_chooses_and_a_click_on_the_footer_acts)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	pty_type(&p, "\033[<0;10;9M\033[<0;10;9m");
	pty_expect(&p, "> One front door");
	pty_type(&p, "\033[<64;10;9M");
	pty_expect(&p, "> Asthma-friendly");
	pty_type(&p, "\033[<0;4;24M"); // "Enter open"
	pty_expect(&p, "nobody is named yet");
	finish();
}
END_TEST

START_TEST(the_end_of_the_terminal_is_the_end_of_the_app)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	pty_hang_up(&p);
	ck_assert_int_eq(pty_ended(&p), 0);
	finish();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("terminal");
	TCase *c = tcase_create("terminal");
	tcase_set_timeout(c, 120);
	tcase_add_test(c, it_starts_on_the_board_and_quits_with_a_clean_terminal);
	tcase_add_test(c, looking_around_leaves_the_file_as_it_was);
	tcase_add_test(c, a_resize_is_just_another_draw);
	tcase_add_test(c, a_lone_esc_goes_back_and_an_arrow_in_two_parts_is_an_arrow);
	tcase_add_test(c, a_paste_outside_of_a_field_does_nothing_and_says_so);
	tcase_add_test(c, a_diagram_is_typed_and_pasted_at_a_real_terminal);
	tcase_add_test(c, a_terminal_that_is_not_known_is_refused_in_words);
	tcase_add_test(c, a_terminal_that_cannot_place_text_is_refused_in_words);
	tcase_add_loop_test(c, a_signal_to_end_leaves_at_once_and_clean, 0, 5);
	tcase_add_test(c, a_crash_puts_the_terminal_back);
	tcase_add_test(c, ctrl_c_leaves_politely_from_any_screen);
	tcase_add_loop_test(c, no_color_sends_no_colour_and_a_colour_terminal_gets_some, 0, 2);
	tcase_add_test(c, a_c_locale_gets_ascii_only);
	tcase_add_test(c, keys_cost_few_bytes_and_fifty_at_once_cost_little_more_than_one);
	tcase_add_test(c, an_idle_second_sends_nothing);
	tcase_add_test(c, another_program_s_change_is_shown_by_itself);
	tcase_add_test(c, a_click_chooses_and_a_click_on_the_footer_acts);
	tcase_add_test(c, the_end_of_the_terminal_is_the_end_of_the_app);
	suite_add_tcase(s, c);
	return test_run(s);
}
