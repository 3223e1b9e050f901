// SPDX-License-Identifier: MIT
// Bytes from a terminal into keys.
#include "../support.h"

#include "tui/term/keys.h"

#include <plando/str.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// The keys of these bytes by name, blank separated; pastes as [length], the mouse as (row,col).
// They come in pieces of `piece` bytes, as a slow line brings them: after each the reader is asked,
// and only after the last one is it told that nothing more comes.
static const char *keys_in_pieces(
    struct arena *a, const char *bytes, size_t n, size_t piece, bool last, bool local)
{
	static const struct key_sequence OWN[] = { { "\033[[9", K_F12 }, { NULL, K_NONE } };
	struct key_reader r = { .own = OWN, .local = local };
	struct str out = STR_IN(a);
	struct key key;
	char word[KEY_WORD];
	do {
		size_t room = key_reader_room(&r), take = n < room ? n : room;
		take = take < piece ? take : piece;
		key_reader_add(&r, bytes, take);
		bytes += take;
		n -= take;
		for (;;) {
			bool left = r.start < r.end || r.pasting || r.swallowing;
			if (!key_reader_next(&r, last && n == 0 && left, &key)) {
				if (last && n == 0 && r.pasting)
					continue; // it has begun just now
				break;
			}
			if (out.length && key.type != PRESS_NONE)
				str_add(&out, " ");
			if (key.type == PRESS_PASTE)
				str_printf(&out, "[%zu+%zu]", key.paste_length, key.paste_dropped);
			else if (key.type == PRESS_MOUSE)
				str_printf(&out, "%s(%d,%d)",
				    key.mouse == MOUSE_PRESS ? "" : "wheel", key.row, key.col);
			else
				str_add(&out, key_word(&key, word));
		}
	} while (n);
	key_reader_free(&r);
	return str_done(&out);
}

static const char *keys_of(struct arena *a, const char *bytes, size_t n, bool last)
{
	return keys_in_pieces(a, bytes, n, n ? n : 1, last, false);
}

// What terminals send, and what is meant.
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
	{ "\033[1;5C\033[1;2A\033[1;3A\033[3;5~", "Ctrl-Right Shift-Up Alt-Up Ctrl-Del" },
	{ "\033[5C\033O5D\033O1;5A\033[>1;5B", "Ctrl-Right Ctrl-Left Ctrl-Up Ctrl-Down" },
	{ "\033[1;65A\033[1;129B", "Up Down" }, // Caps Lock, Num Lock
	{ "\033[1;9A", "" },			// the desktop's
	// rxvt
	{ "\033[a\033[b\033Oa\033Od\033[3$\033[7^\033[8@x",
	    "Shift-Up Shift-Down Ctrl-Up Ctrl-Left Shift-Del Ctrl-Home Ctrl-End x" },
	{ "\033[Mx", "" }, // half a click
	{ "\033", "Esc" },
	{ "\033\033", "Esc Esc" },
	// Alt
	{ "\033j\033X", "Alt-j Alt-X" },
	{ "\033x\033é\033家\033 \0331", "Alt-x Alt-é Alt-家 Alt-Space Alt-1" },
	{ "\033\r\033\177\033\t", "Alt-Enter Alt-Backspace Alt-Tab" },
	{ "\033\030\033\003", "Ctrl-Alt-X Ctrl-Alt-C" },
	{ "\033\033[A\033\033OB\033\033[5~\033\033[1;5C", "Alt-Up Alt-Down Alt-PgUp Ctrl-Right" },
	{ "\033\033Oq\033\033x", "Alt-1 Esc Alt-x" },
	{ "\033\033[<0;5;7M\033\033[200~abc\033[201~", "Esc (6,4) Esc [3+0]" },
	{ "\033\033[?62c", "Esc" },
	{ "\033[", "Alt-[" },
	{ "\033]", "Alt-]" },
	{ "\033P", "Alt-P" },
	{ "\033O", "Alt-O" },
	{ "\033[1;5", "" },
	{ "\033[99;99;99x\033[?1;2cx", "x" },
	{ "\033[[9", "F12" },
	{ "\302\205\300\200\377\376\355\240\200z", "z" },
	{ "\303(", "(" },
	// the numeric keypad in application mode
	{ "\033Op\033Oq\033Or\033Os\033Ot\033Ou\033Ov\033Ow\033Ox\033Oy", "0 1 2 3 4 5 6 7 8 9" },
	{ "\033On\033Ol\033Oj\033Ok\033Om\033Oo\033OX\033OM\033OI\033O ",
	    ". , * + - / = Enter Tab Space" },
	{ "\033OE", "" }, // its 5 without Num Lock
	// CSI u and modifyOtherKeys
	{ "\033[97u\033[97;2u\033[97:65;2u\033[97;65u\033[97;2;228u\033[231u", "a A A A ä ç" },
	{ "\033[97;5u\033[99;6u\033[105;5u\033[109;5u\033[32;5u",
	    "Ctrl-A Ctrl-C Tab Enter Ctrl-Space" },
	{ "\033[120;3u\033[120;7u\033[49;5u", "Alt-x Ctrl-Alt-X Ctrl-1" },
	{ "\033[13u\033[9u\033[9;2u\033[27u\033[127u\033[13;2u\033[13;5u",
	    "Enter Tab Shift-Tab Esc Backspace Shift-Enter Ctrl-Enter" },
	{ "\033[97;1:1u\033[97;1:2u\033[97;1:3u\033[1;1:3A\033[3;1:3~", "a a" },
	{ "\033[57399u\033[57408u\033[57409u\033[57414u\033[57419u", "0 9 . Enter Up" },
	{ "\033[57358u\033[57441u\033[97;9u\033[55296u\033[1114112u", "" },
	{ "\033[27;2;65~\033[27;5;9~\033[27;5;97~\033[27;3;120~\033[27;6;90~\033[27;1;27~",
	    "A Ctrl-Tab Ctrl-A Alt-x Ctrl-Z Esc" },
	// the mouse: SGR, X10, 1015
	{ "\033[<0;5;7M\033[<0;5;7m\033[<64;1;1M\033[<2;1;1M", "(6,4) wheel(0,0)" },
	{ "\033[<16;5;7M\033[<65;1;1M\033[<32;1;1M\033[<35;2;2M", "(6,4) wheel(0,0)" },
	{ "\033[<0;0;0M", "" },
	{ "\033[M %'\033[M#%'\033[M`!!\033[M \377\303x", "(6,4) wheel(0,0) (162,222) x" },
	{ "\033[32;5;7M\033[35;5;7M\033[96;1;1M", "(6,4) wheel(0,0)" },
	// focus; reports
	{ "\033[I\033[Ox\033[24;80R\033[?2026;1$y\033[?1;2c\033[>0;10;1c\033[0n\033[8;24;80t\033[?"
	  "97u",
	    "x" },
	{ "\033]11;rgb:0000/0000/0000\033\\x\033]0;a title\007y", "x y" },
	{ "\033P1$r0 q\033\\\033P1+r544e=787465726d\033\\x\033P>|XTerm(367)\033\\", "x" },
	{ "\033Pa title\007 goes on\nn\rq\033\\x", "x" },
	{ "\033_Gi=1;OK\033\\\033^private\033\\\033Xstring\033\\x", "x" },
	{ "\033Pnever ended", "" },
	{ "\033Pbroken off\033[A", "Up" },
	{ "\033Pcancelled\030x\033]0;too\032y", "x y" },
	{ "\033]52;c;0JfRgNGA0LDQstGB0YLQstGD0LnRgtC1\033\\q", "q" },
	{ "\033[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23;24;25;26;27;28;29;30;"
	  "31mx",
	    "x" },
	{ "\033[200~one\ntwo\033[201~x", "[7+0] x" },
	{ "\033[200~a\033[Ab\033[20\033[201~", "[9+0]" },
	{ "\033[200~\033[201~", "[0+0]" },
	{ "\033[200~never ended", "[11+0]" },
	{ "\033[200~\033P\033]0;\033[201~x", "[6+0] x" },
};

START_TEST(bytes_become_the_keys_that_a_terminal_means)
{
	struct arena a = { 0 };
	ck_assert_str_eq(
	    keys_of(&a, CASES[_i].bytes, strlen(CASES[_i].bytes), true), CASES[_i].keys);
	arena_free(&a);
}
END_TEST

START_TEST(bytes_that_come_one_by_one_mean_the_same)
{
	struct arena a = { 0 };
	const char *bytes = CASES[_i].bytes;
	for (size_t piece = 1; piece < 8; piece++)
		ck_assert_str_eq(
		    keys_in_pieces(&a, bytes, strlen(bytes), piece, true, false), CASES[_i].keys);
	arena_free(&a);
}
END_TEST

// A megabyte from a terminal that answers for ever, and as much that only looks like a key.
START_TEST(what_a_terminal_says_of_itself_is_swallowed_in_linear_time)
{
	static const char *const BEGINS[] = { "\033]52;c;", "\033P1$r", "\033_G", "\033^", "\033X",
		"\033[" };
	struct arena a = { 0 };
	size_t n = 32 << 20;
	char *bytes = arena_alloc(&a, n);
	clock_t begun = clock();
	for (size_t i = 0; i < sizeof BEGINS / sizeof *BEGINS; i++) {
		memset(bytes, '1', n);
		memcpy(bytes, BEGINS[i], strlen(BEGINS[i]));
		memcpy(bytes + n - 3, i < 5 ? "\033\\x" : "1mx", 3);
		ck_assert_str_eq(keys_in_pieces(&a, bytes, n, 4096, true, false), "x");
	}
	ck_assert_int_lt((clock() - begun) / CLOCKS_PER_SEC, 20);
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

// Made here from the sources of the C library's package; where it is not to be had, that is said.
static bool latin_1(struct arena *a)
{
	const char *folder = test_path(a, "locales");
	const char *make = arena_printf(a,
	    "mkdir -p %s && localedef -c -i en_US -f ISO-8859-1 %s/en_US.ISO-8859-1 >/dev/null "
	    "2>&1",
	    folder, folder);
	int made = system(make); // NOLINT(cert-env33-c): a test's own words
	(void)made;
	setenv("LOCPATH", folder, 1);
	bool has = setlocale(LC_CTYPE, "en_US.ISO-8859-1") != NULL;
	if (!has)
		printf("# no locale of ISO 8859-1 can be made here: left out\n");
	return has;
}

START_TEST(in_a_latin_1_locale_its_bytes_are_its_letters_typed_and_pasted)
{
	struct arena a = { 0 };
	if (latin_1(&a)) {
		static const char TYPED[] = "caf\351 \374\033\344\205\033[A";
		ck_assert_str_eq(keys_in_pieces(&a, TYPED, strlen(TYPED), 1, true, true),
		    "c a f é Space ü Alt-ä Up");
		struct key_reader r = { .local = true };
		struct key key;
		key_reader_add(&r, "\033[200~na\357ve\033[201~", 17);
		ck_assert(key_reader_next(&r, false, &key) && key.type == PRESS_PASTE);
		ck_assert_str_eq(arena_copy(&a, key.paste, key.paste_length), "naïve");
		key_reader_free(&r);
		setlocale(LC_CTYPE, "C.UTF-8");
	}
	arena_free(&a);
}
END_TEST

START_TEST(every_name_of_a_key_is_read_back_as_that_key)
{
	for (int s = K_UP; s <= K_CTRL_Z; s++) {
		struct key key = { .type = PRESS_SPECIAL, .special = (enum special)s }, back;
		char word[KEY_WORD];
		if (s == K_CHAR)
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
	tcase_add_loop_test(
	    c, bytes_that_come_one_by_one_mean_the_same, 0, (int)(sizeof CASES / sizeof *CASES));
	tcase_add_test(c, what_a_terminal_says_of_itself_is_swallowed_in_linear_time);
	tcase_add_test(c, a_sequence_or_a_character_that_is_not_whole_yet_waits_for_its_rest);
	tcase_add_test(c, a_paste_of_a_megabyte_is_kept_whole_and_a_longer_one_is_counted);
	tcase_add_test(c, in_a_latin_1_locale_its_bytes_are_its_letters_typed_and_pasted);
	tcase_add_test(c, every_name_of_a_key_is_read_back_as_that_key);
	tcase_add_loop_test(
	    c, no_run_of_random_bytes_stops_the_reader_or_makes_text_that_is_not_text, 0, 5);
	suite_add_tcase(s, c);
	return test_run(s);
}
