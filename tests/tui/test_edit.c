// SPDX-License-Identifier: MIT
// Text under edit: what is typed, pasted, moved over, deleted and undone (edit.h).
#include "../support.h"

#include "tui/field/edit.h"

#include <plando/str.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static struct edit d;
static struct arena a;
static struct clip clip;

static void setup(void)
{
	ck_assert_ptr_nonnull(setlocale(LC_ALL, "C.UTF-8"));
	edit_init(&d, true, 0);
	d.clip = &clip;
}

static void teardown(void)
{
	edit_free(&d);
	clip_free(&clip);
	arena_free(&a);
}

static enum edit_did press(const char *name)
{
	static const struct named {
		const char *name;
		struct key key;
	} names[] = {
		{ "Left", { .special = K_LEFT } },
		{ "Right", { .special = K_RIGHT } },
		{ "C-Left", { .special = K_LEFT, .ctrl = true } },
		{ "C-Right", { .special = K_RIGHT, .ctrl = true } },
		{ "Up", { .special = K_UP } },
		{ "Down", { .special = K_DOWN } },
		{ "Home", { .special = K_HOME } },
		{ "End", { .special = K_END } },
		{ "C-Home", { .special = K_HOME, .ctrl = true } },
		{ "C-End", { .special = K_END, .ctrl = true } },
		{ "PgDn", { .special = K_PGDN } },
		{ "Enter", { .special = K_ENTER } },
		{ "Tab", { .special = K_TAB } },
		{ "Back", { .special = K_BACKSPACE } },
		{ "C-Back", { .special = K_BACKSPACE, .ctrl = true } },
		{ "Del", { .special = K_DELETE } },
		{ "C-W", { .special = K_CTRL('W') } },
		{ "C-U", { .special = K_CTRL('U') } },
		{ "C-K", { .special = K_CTRL('K') } },
		{ "C-Z", { .special = K_CTRL('Z') } },
		{ "C-Y", { .special = K_CTRL('Y') } },
		{ "S-Left", { .special = K_LEFT, .shift = true } },
		{ "S-Right", { .special = K_RIGHT, .shift = true } },
		{ "S-Up", { .special = K_UP, .shift = true } },
		{ "S-Down", { .special = K_DOWN, .shift = true } },
		{ "CS-Left", { .special = K_LEFT, .ctrl = true, .shift = true } },
		{ "CS-Home", { .special = K_HOME, .ctrl = true, .shift = true } },
		{ "Mark", { .special = K_CTRL_SPACE } },
		{ "C-A", { .special = K_CTRL_A } },
		{ "C-C", { .special = K_CTRL('C') } },
		{ "C-X", { .special = K_CTRL('X') } },
		{ "C-V", { .special = K_CTRL('V') } },
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal(names[i].name, name)) {
			struct key key = names[i].key;
			key.type = PRESS_SPECIAL;
			struct err e = { 0 };
			return edit_key(&d, &key, 10, &e);
		}
	ck_abort_msg("no key %s", name);
}

// Each code point as a key of its own, as a terminal sends them.
static void type(const char *text)
{
	for (size_t n; *text; text += n) {
		struct key key = { .type = PRESS_TEXT };
		for (n = 1; ((unsigned char)text[n] & 0xc0) == 0x80; n++)
			;
		memcpy(key.text, text, n);
		struct err e = { 0 };
		ck_assert_int_eq(edit_key(&d, &key, 10, &e), EDIT_CHANGED);
	}
}

static enum edit_did paste(const char *text, size_t n, struct err *e)
{
	struct key key = { .type = PRESS_PASTE, .paste = text, .paste_length = n };
	return edit_key(&d, &key, 10, e);
}

static void keys(const char *names)
{
	char copy[256];
	ck_assert_uint_lt(strlen(names), sizeof copy);
	strcpy(copy, names);
	for (char *save = NULL, *k = strtok_r(copy, " ", &save); k; k = strtok_r(NULL, " ", &save))
		press(k);
}

static size_t line_at(int *column)
{
	size_t line;
	edit_cursor(&d, &line, column);
	return line;
}

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"

START_TEST(typed_marks_and_joiners_make_one_character)
{
	type("cafe\u0301 " FAMILY "!");
	ck_assert_str_eq(d.text, "cafe\u0301 " FAMILY "!");
	keys("Left Back");
	ck_assert_str_eq(d.text, "cafe\u0301 !");
	keys("Left Back");
	ck_assert_str_eq(d.text, "caf !");
	ck_assert_str_eq(edit_done(&d, &a), "caf !");
}
END_TEST

START_TEST(a_mark_typed_after_its_letter_is_stored_composed)
{
	type("Sio\u0302n");
	ck_assert_str_eq(edit_done(&d, &a), "Siôn");
}
END_TEST

START_TEST(a_letter_typed_before_a_lone_mark_takes_it_and_the_cursor_follows)
{
	MUST(edit_set(&d, "\u0301x", &e));
	keys("C-Home");
	type("e");
	ck_assert_uint_eq(d.at, 3);
}
END_TEST

START_TEST(right_to_left_text_keeps_its_order)
{
	type("שלום مرحبا");
	ck_assert_str_eq(edit_done(&d, &a), "שלום مرحبا");
	keys("C-Left");
	ck_assert_uint_eq(d.at, strlen("שלום "));
}
END_TEST

START_TEST(a_paste_of_three_lines_comes_in_whole)
{
	static const char text[] =
	    "Rang 10 families.\r\n7 answered – “glad”\rTwo asked for a text.";
	struct err e = { 0 };
	ck_assert_int_eq(paste(text, sizeof text - 1, &e), EDIT_CHANGED);
	ck_assert_str_eq(d.text, "Rang 10 families.\n7 answered – “glad”\nTwo asked for a text.");
	ck_assert_str_eq(e.text, "");
	keys("C-Z");
	ck_assert_str_eq(d.text, "");
	keys("C-Y");
	ck_assert_uint_eq(
	    d.length, strlen("Rang 10 families.\n7 answered – “glad”\nTwo asked for a text."));
}
END_TEST

START_TEST(what_a_paste_may_not_hold_is_left_out_or_refused_with_words)
{
	struct err e = { 0 };
	ck_assert_int_eq(paste("a\x1b[2Jb\xc2\x9b", 8, &e), EDIT_CHANGED);
	ck_assert_str_eq(d.text, "a[2Jb");
	ck_assert_ptr_nonnull(strstr(e.text, "2 control"));
	ck_assert_int_eq(paste("x\xff", 2, &e), EDIT_REFUSED);
	ck_assert_ptr_nonnull(strstr(e.text, "byte 2"));
	ck_assert_int_eq(paste("x\0y", 3, &e), EDIT_REFUSED);
	struct key key = {
		.type = PRESS_PASTE, .paste = "x", .paste_length = 1, .paste_dropped = 5
	};
	ck_assert_int_eq(edit_key(&d, &key, 10, &e), EDIT_REFUSED);
	ck_assert_str_eq(d.text, "a[2Jb");
}
END_TEST

START_TEST(a_full_field_says_so_and_stays)
{
	edit_init(&d, false, 5);
	struct err e = { 0 };
	type("abc");
	ck_assert_int_eq(paste("def", 3, &e), EDIT_REFUSED);
	ck_assert_ptr_nonnull(strstr(e.text, "5 characters"));
	ck_assert_str_eq(d.text, "abc");
	ck_assert(edit_set(&d, "longer already", &e)); // from the workbook
	ck_assert_int_eq(press("Back"), EDIT_CHANGED);
	ck_assert_str_eq(d.text, "longer alread");
}
END_TEST

START_TEST(a_single_line_takes_line_ends_as_blanks)
{
	edit_init(&d, false, 0);
	struct err e = { 0 };
	paste("one\r\ntwo\tthree\n", 15, &e);
	ck_assert_str_eq(d.text, "one two three");
	ck_assert_int_eq(press("Enter"), EDIT_NOT);
	ck_assert_int_eq(press("Up"), EDIT_NOT);
	ck_assert_int_eq(press("Tab"), EDIT_NOT);
}
END_TEST

START_TEST(undo_goes_back_by_what_a_person_did)
{
	type("one two ");
	keys("Back Back Back");
	type("x");
	static const char *const back[] = { "one t", "one two ", "one ", "" };
	for (size_t i = 0; i < 4; i++) {
		keys("C-Z");
		ck_assert_str_eq(d.text, back[i]);
	}
	ck_assert_int_eq(press("C-Z"), EDIT_REFUSED);
	for (size_t i = 3; i-- > 0;) {
		keys("C-Y");
		ck_assert_str_eq(d.text, back[i]);
	}
	keys("C-Y");
	ck_assert_str_eq(d.text, "one tx");
	ck_assert_int_eq(press("C-Y"), EDIT_REFUSED);
}
END_TEST

START_TEST(typing_after_undo_forgets_what_was_undone)
{
	type("one two");
	keys("C-Z");
	type("2");
	ck_assert_str_eq(d.text, "one 2");
	ck_assert_int_eq(press("C-Y"), EDIT_REFUSED);
	keys("C-Z C-Z");
	ck_assert_str_eq(d.text, "");
}
END_TEST

START_TEST(words_and_lines_are_deleted_by_keys)
{
	MUST(edit_set(&d, "ring the families, daily", &e));
	keys("C-Back");
	ck_assert_str_eq(d.text, "ring the families, ");
	keys("C-W");
	ck_assert_str_eq(d.text, "ring the ");
	keys("C-Home C-Right C-K");
	ck_assert_str_eq(d.text, "ring ");
	keys("C-U");
	ck_assert_str_eq(d.text, "");
	keys("C-Z C-Z");
	ck_assert_str_eq(d.text, "ring the ");
}
END_TEST

// --- selecting

START_TEST(shift_and_the_arrows_select_and_what_is_typed_takes_its_place)
{
	MUST(edit_set(&d, "ring " FAMILY " daily", &e));
	keys("C-Left Left S-Left");
	ck_assert_uint_eq(edit_selected_count(&d), 1);
	type("all");
	ck_assert_str_eq(d.text, "ring all daily");
	ck_assert_uint_eq(edit_selected_count(&d), 0);
	keys("C-Z");
	ck_assert_str_eq(d.text, "ring " FAMILY " daily");
	keys("CS-Home Back");
	ck_assert_str_eq(d.text, FAMILY " daily");
}
END_TEST

START_TEST(a_move_without_shift_ends_the_selection_at_its_side)
{
	MUST(edit_set(&d, "one two three", &e));
	keys("CS-Left CS-Left Left");
	ck_assert_uint_eq(d.at, 4);
	ck_assert_uint_eq(edit_selected_count(&d), 0);
	keys("S-Right S-Right S-Right Right");
	ck_assert_uint_eq(d.at, 7);
	ck_assert_uint_eq(edit_selected_count(&d), 0);
}
END_TEST

START_TEST(a_selection_ends_where_its_field_does)
{
	MUST(edit_set(&d, "one\ntwo", &e));
	MUST(edit_layout(&d, 20, &e));
	ck_assert_int_eq(press("S-Down"), EDIT_MOVED);
	keys("S-Up");
	ck_assert_int_eq(press("S-Up"), EDIT_MOVED);
	ck_assert_uint_eq(edit_selected_count(&d), 7);
	ck_assert_int_eq(press("Up"), EDIT_NOT);
}
END_TEST

START_TEST(a_mark_selects_where_shift_is_not_to_be_had)
{
	MUST(edit_set(&d, "one two", &e));
	keys("Mark C-Left C-X");
	ck_assert_str_eq(d.text, "one ");
	keys("C-Home C-V Right Mark Right Mark Right");
	ck_assert_str_eq(d.text, "twoone ");
	ck_assert_uint_eq(edit_selected_count(&d), 0);
}
END_TEST

START_TEST(copied_text_goes_into_another_field_by_that_fields_rules)
{
	MUST(edit_set(&d, "one\ntwo", &e));
	ck_assert_int_eq(press("C-V"), EDIT_REFUSED);
	ck_assert_int_eq(press("C-C"), EDIT_REFUSED);
	ck_assert_int_eq(press("C-X"), EDIT_NOT); // the form has something to do for it
	keys("C-A C-C");
	ck_assert_str_eq(d.text, "one\ntwo");
	edit_free(&d);
	d.lines = false;
	d.most = 9;
	keys("C-V");
	ck_assert_str_eq(d.text, "one two");
	ck_assert_int_eq(press("C-V"), EDIT_REFUSED);
	keys("C-A C-V"); // in place of what is selected it fits
	ck_assert_str_eq(d.text, "one two");
	keys("C-Z");
	ck_assert_str_eq(d.text, "one two");
	keys("C-Z");
	ck_assert_str_eq(d.text, "");
}
END_TEST

// --- Unicode's own cases

static void add_code(struct str *s, unsigned long c)
{
	int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
	static const unsigned first[] = { 0, 0xc0, 0xe0, 0xf0 };
	str_add_char(s, (char)(first[more] | (c >> (6 * more))));
	while (more-- > 0)
		str_add_char(s, (char)(0x80 | ((c >> (6 * more)) & 0x3f)));
}

struct breaks {
	struct str text;
	size_t at[32], count; // where a character may end: 0 and the end are among them
};

// "÷ 0020 × 0308 ÷ 0020 ÷": false where the line holds no case.
static bool case_read(char *line, struct breaks *b)
{
	*b = (struct breaks){ .text = STR_IN(&a) };
	line[strcspn(line, "#\n")] = '\0';
	for (char *save = NULL, *w = strtok_r(line, " \t", &save); w;
	     w = strtok_r(NULL, " \t", &save)) {
		if (str_equal(w, "÷"))
			b->at[b->count++] = b->text.length;
		else if (!str_equal(w, "×"))
			add_code(&b->text, strtoul(w, NULL, 16));
	}
	return b->count > 0;
}

static void case_check(const struct breaks *b)
{
	const char *text = b->text.text;
	MUST(edit_set(&d, text, &e));
	keys("C-Home");
	for (size_t i = 0; i < b->count; i++, press("Right"))
		ck_assert_uint_eq(d.at, b->at[i]);
	for (size_t i = b->count; i-- > 0; press("Left"))
		ck_assert_uint_eq(d.at, b->at[i]);
	for (size_t i = b->count - 1; i-- > 0;) {
		MUST(edit_set(&d, text, &e));
		edit_move_to(&d, b->at[i + 1]);
		press("Back");
		size_t taken = b->at[i + 1] - b->at[i];
		ck_assert_uint_eq(d.length, b->text.length - taken);
		ck_assert_int_eq(memcmp(d.text, text, b->at[i]), 0);
		ck_assert_str_eq(d.text + b->at[i], text + b->at[i + 1]);
	}
}

START_TEST(the_cursor_stops_where_unicode_says_that_characters_end)
{
	size_t n, cases = 0;
	char *path = test_source(&a, "tests/data/GraphemeBreakTest-15.0.0.txt");
	char *file = test_read(&a, path, &n);
	ck_assert_ptr_nonnull(file);
	struct breaks b;
	for (char *end; (end = strchr(file, '\n')); file = end + 1) {
		*end = '\0';
		if (!case_read(file, &b))
			continue;
		case_check(&b);
		cases++;
	}
	ck_assert_uint_eq(cases, 602);
}
END_TEST

START_TEST(up_and_down_keep_their_column_over_soft_lines)
{
	int column;
	MUST(edit_set(&d, "abcdefgh ij\nklmnopqrst", &e));
	MUST(edit_layout(&d, 10, &e));
	ck_assert_uint_eq(d.line_count, 3);
	keys("C-Home Right Right Right Right Right");
	keys("Down");
	ck_assert_uint_eq(line_at(&column), 1);
	ck_assert_int_eq(column, 2);
	keys("Down");
	ck_assert_uint_eq(line_at(&column), 2);
	ck_assert_int_eq(column, 5);
	ck_assert_int_eq(press("Down"), EDIT_NOT);
	keys("Up Up");
	ck_assert_uint_eq(line_at(&column), 0);
	ck_assert_int_eq(column, 5);
	ck_assert_int_eq(press("Up"), EDIT_NOT);
}
END_TEST

START_TEST(home_and_end_are_those_of_the_line_that_is_seen)
{
	int column;
	MUST(edit_set(&d, "abcdefghijklmno", &e));
	MUST(edit_layout(&d, 10, &e));
	keys("C-Home End");
	ck_assert_uint_eq(d.at, 10);
	ck_assert_uint_eq(line_at(&column), 0);
	ck_assert_int_eq(column, 10);
	keys("Home");
	ck_assert_uint_eq(d.at, 0);
	keys("End Right Home");
	ck_assert_uint_eq(d.at, 10);
	ck_assert_uint_eq(line_at(&column), 1);
}
END_TEST

START_TEST(the_view_follows_the_cursor)
{
	struct str s = STR_IN(&a);
	for (int i = 0; i < 100; i++)
		str_printf(&s, "line %d\n", i);
	MUST(edit_set(&d, str_done(&s), &e));
	MUST(edit_layout(&d, 40, &e));
	edit_settle(&d, 10);
	ck_assert_uint_eq(d.top, 91);
	keys("C-Home");
	edit_settle(&d, 10);
	ck_assert_uint_eq(d.top, 0);
	keys("PgDn PgDn");
	edit_settle(&d, 10);
	ck_assert_uint_eq(d.top, 9);
}
END_TEST

START_TEST(a_single_line_scrolls_by_whole_characters)
{
	edit_init(&d, false, 0);
	MUST(edit_set(&d, "漢字漢字漢字漢字", &e));
	int column;
	struct text_line seen = edit_window(&d, 7, &column);
	ck_assert_int_lt(column, 7);
	ck_assert_uint_eq(seen.start % 3, 0);
	ck_assert_uint_eq(seen.end, d.length);
	keys("Home");
	seen = edit_window(&d, 7, &column);
	ck_assert_uint_eq(seen.start, 0);
	ck_assert_uint_eq(seen.end, 9);
	ck_assert_int_eq(column, 0);
}
END_TEST

// Any keys in any order: the cursor stays between characters, and undoing all gives the first text.
START_TEST(any_keys_keep_the_rules_and_undo_comes_home)
{
	static const char *const some[] = { "Left", "Right", "C-Left", "C-Right", "Up", "Down",
		"Home", "End", "Enter", "Back", "C-Back", "Del", "C-W", "C-U", "C-K", "C-Z", "C-Y",
		"S-Left", "S-Right", "S-Up", "CS-Left", "Mark", "C-A", "C-C", "C-X", "C-V" };
	static const char *const texts[] = { "a", " ", "\u0301", "\u200D", "\U0001F469", "漢",
		"\U0001F1E9", "ש", "-", "नी" };
	struct world w = { .seed = (uint64_t)_i };
	static const char first[] = "Gŵyl " FAMILY " a-b\nनमस्ते  e\u0301 end";
	MUST(edit_set(&d, first, &e));
	for (int i = 0; i < 400; i++) {
		uint64_t r = world_next(&w);
		if (r % 2)
			type(texts[r / 2 % (sizeof texts / sizeof *texts)]);
		else
			press(some[r / 2 % (sizeof some / sizeof *some)]);
		MUST(edit_layout(&d, 1 + (int)(r / 64 % 30), &e));
		size_t b = 0, line;
		int column;
		while (b < d.at)
			b = text_next(d.text, d.length, b);
		ck_assert_uint_eq(b, d.at);
		edit_cursor(&d, &line, &column);
		ck_assert(line < d.line_count && column <= d.columns);
		ck_assert_uint_eq(strlen(d.text), d.length);
	}
	while (press("C-Z") == EDIT_CHANGED)
		;
	ck_assert_str_eq(d.text, first);
}
END_TEST

START_TEST(a_long_paragraph_does_not_slow_the_keys)
{
	struct str s = STR_IN(&a);
	str_add_times(&s, "Rang the families – seven answered. ", 64 * 1024 / 38);
	MUST(edit_set(&d, str_done(&s), &e));
	keys("C-Home");
	for (int i = 0; i < 100;
	     i++) { // some seconds here would mean work beyond the text's length
		type("x");
		MUST(edit_layout(&d, 70, &e));
		edit_settle(&d, 20);
	}
}
END_TEST

START_TEST(a_long_paragraph_is_typed_without_memory_for_each_key)
{
	size_t growths = 0, total = 0;
	for (size_t i = 0; i < 64 * 1024 / 8; i++) {
		type("répons ");
		growths += d.arena.total != total;
		total = d.arena.total;
	}
	ck_assert_uint_eq(d.length, 64 * 1024);
	ck_assert_uint_le(growths, 64);
	ck_assert_uint_le(total, 4 * 1024 * 1024);
	for (size_t i = 0; i < 1000; i++)
		keys("Left S-Right Up Home");
	ck_assert_uint_le(d.arena.total, total + 1024 * 1024); // the lines, once
}
END_TEST

int main(void)
{
	Suite *s = suite_create("edit");
	TCase *c = tcase_create("edit");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 20);
	tcase_add_test(c, typed_marks_and_joiners_make_one_character);
	tcase_add_test(c, a_mark_typed_after_its_letter_is_stored_composed);
	tcase_add_test(c, a_letter_typed_before_a_lone_mark_takes_it_and_the_cursor_follows);
	tcase_add_test(c, right_to_left_text_keeps_its_order);
	tcase_add_test(c, a_paste_of_three_lines_comes_in_whole);
	tcase_add_test(c, what_a_paste_may_not_hold_is_left_out_or_refused_with_words);
	tcase_add_test(c, a_full_field_says_so_and_stays);
	tcase_add_test(c, a_single_line_takes_line_ends_as_blanks);
	tcase_add_test(c, undo_goes_back_by_what_a_person_did);
	tcase_add_test(c, typing_after_undo_forgets_what_was_undone);
	tcase_add_test(c, words_and_lines_are_deleted_by_keys);
	tcase_add_test(c, shift_and_the_arrows_select_and_what_is_typed_takes_its_place);
	tcase_add_test(c, a_move_without_shift_ends_the_selection_at_its_side);
	tcase_add_test(c, a_selection_ends_where_its_field_does);
	tcase_add_test(c, a_mark_selects_where_shift_is_not_to_be_had);
	tcase_add_test(c, copied_text_goes_into_another_field_by_that_fields_rules);
	tcase_add_test(c, the_cursor_stops_where_unicode_says_that_characters_end);
	tcase_add_test(c, up_and_down_keep_their_column_over_soft_lines);
	tcase_add_test(c, home_and_end_are_those_of_the_line_that_is_seen);
	tcase_add_test(c, the_view_follows_the_cursor);
	tcase_add_test(c, a_single_line_scrolls_by_whole_characters);
	tcase_add_loop_test(c, any_keys_keep_the_rules_and_undo_comes_home, 0, 50);
	tcase_add_test(c, a_long_paragraph_does_not_slow_the_keys);
	tcase_add_test(c, a_long_paragraph_is_typed_without_memory_for_each_key);
	suite_add_tcase(s, c);
	return test_run(s);
}
