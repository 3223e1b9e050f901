// SPDX-License-Identifier: MIT
// What nobody means to do: any keys in any order at any size; a window drawn so small that nothing
// shows, and large again.
#include "harness.h"

#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct harness h;

// Ways from the board into what there is.
static const char *const WAYS[] = { "", "Enter", "Enter d", "Enter d Right Enter", "Enter D", ":",
	"?", "Ctrl-F", "/", "Enter Down Enter", "Enter Down Enter Enter",
	"Enter Down Enter Enter End x", "Enter Down Down Enter", "Enter End Enter", "M", "n",
	"n H u b s", "S", "m", "H", "L" };
enum { WAYS_IN = sizeof WAYS / sizeof *WAYS };

static const char *const KEYS[] = { "Enter", "Enter", "Tab", "Shift-Tab", "Esc", "Esc", "Up",
	"Down", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn", "Ins", "Del", "Backspace",
	"Space", "Ctrl-A", "Ctrl-C", "Ctrl-D", "Ctrl-F", "Ctrl-K", "Ctrl-N", "Ctrl-O", "Ctrl-P",
	"Ctrl-R", "Ctrl-T", "Ctrl-U", "Ctrl-V", "Ctrl-W", "Ctrl-X", "Ctrl-Y", "Ctrl-Z",
	"Ctrl-Space", "Alt-x", "Alt-Up", "Alt-Down", "Alt-Enter", "Shift-Right", "Shift-Up",
	"Ctrl-Left", "Ctrl-Right", "Ctrl-Home", "Ctrl-End", "F1", "F2", "F3", "F4", "F5", "F6",
	"F7", "F8", "F9", "F10", "F11", "F12" };
enum { KEYS_KNOWN = sizeof KEYS / sizeof *KEYS };

static const int SIZES[][2] = { { 1, 1 }, { 2, 2 }, { 1, 80 }, { 24, 1 }, { 3, 9 }, { 5, 20 },
	{ 10, 30 }, { 24, 80 }, { 40, 120 }, { 60, 200 }, { 200, 500 } };
enum { SIZES_TRIED = sizeof SIZES / sizeof *SIZES, TOO_SMALL = 5 };

static unsigned dice(struct world *w, unsigned n)
{
	return (unsigned)(world_next(w) % n);
}

static void one(struct world *w)
{
	char text[2] = { (char)(' ' + dice(w, 95)), '\0' };
	switch (dice(w, 8)) {
	case 0:
		harness_resize(&h, SIZES[dice(w, SIZES_TRIED)][0], SIZES[dice(w, SIZES_TRIED)][1]);
		break;
	case 1: harness_paste(&h, "pasted y\nn\r\tÅ家"); break;
	case 2: harness_click(&h, (int)dice(w, 30), (int)dice(w, 90)); break;
	case 3:
	case 4: harness_keys(&h, KEYS[dice(w, KEYS_KNOWN)]); break;
	default: harness_type(&h, text); break;
	}
}

static void sound(uint64_t seed)
{
	struct store_problems p;
	if (!h.app.store)
		return;
	MUST(store_check(h.app.store, &h.arena, &p, &e));
	ck_assert_msg(
	    !p.count, "seed %llu: %s", (unsigned long long)seed, p.count ? p.line[0] : "");
}

// In a folder of its own: a name that is typed by chance may be that of a file to be written.
START_TEST(any_keys_at_any_size_on_any_screen_leave_a_sound_workbook_and_a_picture)
{
	setenv("EDITOR", "true", 1);
	setenv("VISUAL", "true", 1);
	for (long seed = _i; seed < long_amount(24, 2000); seed += 4) {
		struct world w = { .seed = 900 + (uint64_t)seed };
		harness_open(&h, 24, 80, dice(&w, 2) ? LOOK_PLAIN : LOOK_ASCII);
		ck_assert_int_eq(chdir(test_folder()), 0);
		h.env.state_home = test_path(&h.arena, "state");
		harness_keys(&h, WAYS[dice(&w, WAYS_IN)]);
		for (unsigned n = 20 + dice(&w, 120); n > 0; n--) {
			one(&w);
			h.app.ending = false;
		}
		harness_resize(&h, 24, 80);
		ck_assert_uint_gt(strlen(harness_picture(&h)), 80);
		sound((uint64_t)seed);
		harness_close(&h);
	}
}
END_TEST

// Nothing that is pressed there does anything.
START_TEST(a_window_that_was_too_small_comes_back_as_it_was)
{
	for (size_t way = 0; way < WAYS_IN; way++) {
		harness_open(&h, 24, 80, LOOK_PLAIN);
		harness_keys(&h, WAYS[way]);
		const char *before = harness_picture(&h);
		for (size_t i = 0; i < TOO_SMALL; i++) {
			harness_resize(&h, SIZES[i][0], SIZES[i][1]);
			harness_keys(&h, "x Enter y Del Down Ctrl-X");
			harness_resize(&h, 24, 80);
			const char *now = harness_picture(&h);
			ck_assert_msg(str_equal(before, now), "way “%s”, %dx%d:\n%s\nwas:\n%s",
			    WAYS[way], SIZES[i][1], SIZES[i][0], now, before);
		}
		harness_close(&h);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("abuse");
	TCase *c = tcase_create("abuse");
	tcase_set_timeout(c, 0);
	tcase_add_loop_test(
	    c, any_keys_at_any_size_on_any_screen_leave_a_sound_workbook_and_a_picture, 0, 4);
	tcase_add_test(c, a_window_that_was_too_small_comes_back_as_it_was);
	suite_add_tcase(s, c);
	return test_run(s);
}
