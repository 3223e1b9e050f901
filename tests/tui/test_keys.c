// SPDX-License-Identifier: MIT
// Bytes from a terminal into keys.
#include "../support.h"

#include "tui/keys.h"

#include <plando/str.h>

#include <stdlib.h>
#include <string.h>

// All keys of these bytes by name, blank separated; pastes as [length], the mouse as (row,col).
static const char *keys_of(struct arena *a, const char *bytes, size_t n, bool last)
{
	static const struct key_sequence OWN[] = { { "\033[[9", K_F12 }, { NULL, K_NONE } };
	struct key_reader r = { .own = OWN };
	struct str out = STR_IN(a);
	struct key key;
	char word[KEY_WORD];
	while (n || r.start < r.end || (last && r.pasting)) {
		size_t room = key_reader_room(&r), take = n < room ? n : room;
		key_reader_add(&r, bytes, take);
		bytes += take;
		n -= take;
		if (!key_reader_next(&r, last && n == 0, &key)) {
			if (n == 0 && !(last && r.pasting))
				break;
			continue;
		}
		if (out.length && key.type != PRESS_NONE)
			str_add(&out, " ");
		if (key.type == PRESS_PASTE)
			str_printf(&out, "[%zu+%zu]", key.paste_length, key.paste_dropped);
		else if (key.type == PRESS_MOUSE)
			str_printf(&out, "(%d,%d)", key.row, key.col);
		else
			str_add(&out, key_word(&key, word));
	}
	key_reader_free(&r);
	return str_done(&out);
}

static const struct {
	const char *bytes, *keys;
} CASES[] = {
	{ "aé家😀", "a é 家 😀" },
	{ " ", "Space" },
	{ "\r\n\t\177\010", "Enter Enter Tab Backspace Backspace" },
	{ "\020\003\032", "Ctrl-P Ctrl-C Ctrl-Z" },
	{ "\033[A\033OB\033[C\033OD", "Up Down Right Left" },
	{ "\033[H\033[F\033[1~\033[4~\033[5~\033[6~\033[3~\033[2~",
	    "Home End Home End PgUp PgDn Del Ins" },
	{ "\033[Z\033OP\033[11~\033[24~\033[[A", "Shift-Tab F1 F1 F12 F1" },
	{ "\033[1;5C\033[1;2A", "Ctrl-Right Shift-Up" },
	{ "\033", "Esc" },
	{ "\033\033[A", "Esc Up" },
	{ "\033j", "Esc j" },
	{ "\033[", "Esc" },
	{ "\033[99;99;99x\033[?1;2cx", "x" },
	{ "\033[[9", "F12" },
	{ "\302\205\300\200\377\376\355\240\200z", "z" },
	{ "\303(", "(" },
	{ "\033[<0;5;7M\033[<0;5;7m\033[<64;1;1M\033[<2;1;1M", "(6,4) (0,0)" },
	{ "\033[<0;0;0M", "" },
	{ "\033[200~one\ntwo\033[201~x", "[7+0] x" },
	{ "\033[200~a\033[Ab\033[20\033[201~", "[9+0]" },
	{ "\033[200~\033[201~", "[0+0]" },
	{ "\033[200~never ended", "[11+0]" },
};

START_TEST(bytes_become_the_keys_that_a_terminal_means)
{
	struct arena a = { 0 };
	ck_assert_str_eq(
	    keys_of(&a, CASES[_i].bytes, strlen(CASES[_i].bytes), true), CASES[_i].keys);
	arena_free(&a);
}
END_TEST

START_TEST(a_sequence_or_a_character_that_is_not_whole_yet_waits_for_its_rest)
{
	static const char *const HALVES[] = { "\033", "\033[", "\033[1;", "\033O", "\303",
		"\360\237", "\033[200~abc\033[20", NULL };
	for (size_t i = 0; HALVES[i]; i++) {
		struct arena a = { 0 };
		ck_assert_str_eq(keys_of(&a, HALVES[i], strlen(HALVES[i]), false), "");
		arena_free(&a);
	}
}
END_TEST

START_TEST(a_paste_of_a_megabyte_is_kept_whole_and_a_longer_one_is_counted)
{
	struct arena a = { 0 };
	size_t most = PASTE_MOST;
	for (size_t more = 0; more < 2; more++) {
		size_t n = 6 + most + more * 500 + 6;
		char *bytes = arena_alloc(&a, n + 1);
		memset(bytes, 'x', n);
		memcpy(bytes, "\033[200~", 6);
		memcpy(bytes + n - 6, "\033[201~", 6);
		ck_assert_str_eq(
		    keys_of(&a, bytes, n, true), arena_printf(&a, "[%zu+%zu]", most, more * 500));
	}
	arena_free(&a);
}
END_TEST

START_TEST(every_name_of_a_key_is_read_back_as_that_key)
{
	for (int s = K_UP; s <= K_CTRL_Z; s++) {
		struct key key = { .type = PRESS_SPECIAL, .special = (enum special)s }, back;
		char word[KEY_WORD];
		if (s > K_F12 && s < K_CTRL_A)
			continue;
		ck_assert(key_from_name(key_word(&key, word), &back));
		ck_assert_int_eq(back.special, s);
	}
	struct key key;
	ck_assert(!key_from_name("Nokey", &key) && !key_from_name("", &key));
}
END_TEST

START_TEST(no_run_of_random_bytes_stops_the_reader_or_makes_text_that_is_not_text)
{
	struct world w = { .seed = (uint64_t)_i + 1 };
	struct key_reader r = { 0 };
	for (int round = 0; round < 4000; round++) {
		static const char PARTS[] = "\033[O<;0~MA\302\240\360\r\177x2";
		char bytes[24];
		size_t n = world_next(&w) % sizeof bytes;
		for (size_t i = 0; i < n; i++)
			bytes[i] = PARTS[world_next(&w) % (sizeof PARTS - 1)];
		key_reader_add(&r, bytes, n);
		struct key key;
		while (key_reader_next(&r, world_next(&w) % 4 == 0, &key))
			if (key.type == PRESS_TEXT)
				ck_assert(text_valid(key.text, strlen(key.text), NULL) &&
					  (unsigned char)*key.text >= ' ');
		ck_assert_uint_gt(key_reader_room(&r), 0);
	}
	key_reader_free(&r);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("keys");
	TCase *c = tcase_create("keys");
	tcase_add_loop_test(
	    c, bytes_become_the_keys_that_a_terminal_means, 0, (int)(sizeof CASES / sizeof *CASES));
	tcase_add_test(c, a_sequence_or_a_character_that_is_not_whole_yet_waits_for_its_rest);
	tcase_add_test(c, a_paste_of_a_megabyte_is_kept_whole_and_a_longer_one_is_counted);
	tcase_add_test(c, every_name_of_a_key_is_read_back_as_that_key);
	tcase_add_loop_test(
	    c, no_run_of_random_bytes_stops_the_reader_or_makes_text_that_is_not_text, 0, 5);
	suite_add_tcase(s, c);
	return test_run(s);
}
