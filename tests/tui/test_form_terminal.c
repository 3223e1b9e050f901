// SPDX-License-Identifier: MIT
// The form on a real pseudo-terminal: what is typed there is in the workbook byte for byte, and
// nothing typed is lost when the program is killed.
#include "harness.h"
#include "real.h"

#include <plando/str.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct harness h;
static struct pty p;
static char *path, *state; // the workbook, and where drafts of this test go

// A workbook of the usual world on disk, the app in process closed again.
static void make_workbook(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	path = test_path(&h.arena, "form.plando");
	remove(path);
	state = arena_printf(&h.arena, "XDG_STATE_HOME=%s/state-%d", test_folder(), (int)getpid());
	MUST(store_copy(h.app.store, path, &e));
	app_close(&h.app);
	term_stop(h.term);
}

static void start(void)
{
	const char *setting[] = { state, NULL };
	pty_open(&p, &(struct pty_start){ path, setting, 24, 80 });
}

static void finish(void)
{
	pty_close(&p);
	arena_free(&h.arena);
}

static struct record cycle_with(const char *field, const char *begins)
{
	struct records all;
	struct err e = { 0 };
	struct store *s = store_open(path, STORE_READ, &h.env, &e);
	ck_assert_msg(s && record_list(s, &h.arena, "pdsa", NULL, &all, &e), "%s", e.text);
	store_close(s);
	for (size_t i = 0; i < all.count; i++)
		if (str_starts(record_get(&all.item[i], field), begins))
			return all.item[i];
	ck_abort_msg("no cycle whose %s begins with %s", field, begins);
}

static void new_cycle(void)
{
	pty_expect(&p, "12 months");
	pty_key(&p, VTERM_KEY_DOWN);
	pty_expect(&p, "> Child health hubs");
	pty_key(&p, VTERM_KEY_ENTER);
	pty_expect(&p, "By 31 Mar 2027");
	pty_type(&p, "n");
	pty_expect(&p, "New: PDSA cycle");
}

START_TEST(a_cycle_typed_with_accents_emoji_and_a_paste_is_stored_byte_for_byte)
{
	make_workbook();
	start();
	new_cycle();
	pty_type(&p, "Siôn, Ŵena a \U0001F469\u200D\U0001F52C: ");
	pty_type(&p, "\033[200~Rang 10 families.\r7 answered – “glad”.\rTwo: text?\033[201~");
	pty_expect(&p, "Two: text?");
	pty_type(&p, "\t");
	pty_expect(&p, "saved 14:02");
	pty_type(&p, "\033");
	pty_expect(&p, "By 31 Mar 2027");
	struct record r = cycle_with("objective", "Si");
	ck_assert_str_eq(record_get(&r, "objective"),
	    "Siôn, Ŵena a \U0001F469\u200D\U0001F52C: Rang 10 families.\n7 answered – "
	    "“glad”.\nTwo: "
	    "text?");
	finish();
}
END_TEST

START_TEST(killed_in_mid_word_the_text_is_offered_at_the_next_start)
{
	make_workbook();
	start();
	new_cycle();
	pty_type(&p, "Does a call the day bef");
	pty_expect(&p, "the day bef");
	pty_settle(&p);
	usleep(1300000); // an idle second: the one thing here that only time brings
	pty_signal(&p, SIGKILL);
	pty_ended(&p);
	pty_close(&p);
	start();
	pty_expect(&p, "Go there?");
	pty_type(&p, "y");
	pty_expect(&p, "Take it?");
	pty_type(&p, "y");
	pty_expect(&p, "It is in the field again");
	pty_type(&p, "ore?\033");
	pty_expect(&p, "12 months");
	struct record r = cycle_with("objective", "Does");
	ck_assert_str_eq(record_get(&r, "objective"), "Does a call the day before?");
	finish();
}
END_TEST

// The columns of that row that are reversed, as "from-to".
static const char *reversed(const char *text)
{
	VTermScreenCell cell;
	int from = -1, to = -1, row = 0;
	for (; row < p.rows; row++) {
		VTermRect line = { row, row + 1, 0, p.cols };
		char words[1024];
		size_t n = vterm_screen_get_text(p.screen, words, sizeof words - 1, line);
		words[n] = '\0';
		if (strstr(words, text))
			break;
	}
	for (int col = 0; col < p.cols; col++) {
		vterm_screen_get_cell(p.screen, (VTermPos){ row, col }, &cell);
		if (cell.attrs.reverse && from < 0)
			from = col;
		if (cell.attrs.reverse)
			to = col;
	}
	return arena_printf(&h.arena, "%d-%d", from, to);
}

START_TEST(what_is_selected_is_reversed_counted_and_goes_to_another_field)
{
	make_workbook();
	start();
	new_cycle();
	pty_type(&p, "Who answers?");
	pty_send(&p, "\033[1;2D\033[1;2D\033[1;6D", 18);
	pty_expect(&p, "8 characters selected");
	ck_assert_str_eq(reversed("Who answers?"), "9-16");
	pty_type(&p, "\003");
	pty_expect(&p, "copied");
	pty_type(&p, "\033[C\t\026");
	pty_expect_gone(&p, "selected");
	pty_expect(&p, "  answers?");
	pty_type(&p, "\033");
	finish();
}
END_TEST

START_TEST(a_signal_to_end_in_mid_word_keeps_the_text_too)
{
	make_workbook();
	start();
	new_cycle();
	pty_type(&p, "Who answ");
	pty_expect(&p, "Who answ");
	pty_signal(&p, SIGTERM);
	pty_ended(&p);
	pty_close(&p);
	start();
	pty_expect(&p, "“Who answ”. Go there?");
	finish();
}
END_TEST

START_TEST(a_closed_terminal_in_mid_word_keeps_the_text_too)
{
	make_workbook();
	start();
	new_cycle();
	pty_type(&p, "Who answ");
	pty_expect(&p, "Who answ");
	pty_hang_up(&p);
	pty_ended(&p);
	pty_close(&p);
	start();
	pty_expect(&p, "“Who answ”. Go there?");
	finish();
}
END_TEST

START_TEST(a_megabyte_is_pasted_in_good_time_and_stored_whole)
{
	make_workbook();
	start();
	new_cycle();
	struct str s = STR_IN(&h.arena);
	str_add(&s, "\033[200~");
	str_add_times(&s, "Rang 10 families, 7 answered, 6 were glad of it.\r", 20000);
	str_add(&s, "\033[201~");
	pty_send(&p, str_done(&s), s.length);
	pty_expect(&p, "glad of it.");
	pty_type(&p, "\t");
	pty_expect(&p, "saved 14:02");
	struct record r = cycle_with("objective", "Rang");
	ck_assert_uint_eq(strlen(record_get(&r, "objective")), 20000 * 49);
	finish();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("form_terminal");
	TCase *c = tcase_create("form_terminal");
	tcase_set_timeout(c, 120);
	tcase_add_test(c, a_cycle_typed_with_accents_emoji_and_a_paste_is_stored_byte_for_byte);
	tcase_add_test(c, killed_in_mid_word_the_text_is_offered_at_the_next_start);
	tcase_add_test(c, what_is_selected_is_reversed_counted_and_goes_to_another_field);
	tcase_add_test(c, a_signal_to_end_in_mid_word_keeps_the_text_too);
	tcase_add_test(c, a_closed_terminal_in_mid_word_keeps_the_text_too);
	tcase_add_test(c, a_megabyte_is_pasted_in_good_time_and_stored_whole);
	suite_add_tcase(s, c);
	return test_run(s);
}
