// SPDX-License-Identifier: MIT
// The app at the edge of a real pseudo-terminal: types of terminals, the bytes that they send.
#include "harness.h"
#include "real.h"

#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

// Those of ncurses-base, and one as PuTTY's and Cygwin's are: without sizes, made here.
START_TEST(it_starts_on_terminals_of_every_kind_and_sizes_in_the_environment_do_not_matter)
{
	static const char *const TYPES[] = { "linux", "putty", "putty-256color", "cygwin", "screen",
		"tmux-256color", "rxvt", "rxvt-unicode-256color", "xterm", "xterm-mono", "vt100",
		"vt220", "ansi", "Eterm", "plando-no-sizes" };
	struct arena a = { 0 };
	const char *folder = test_path(&a, "terminfo"), *type = TYPES[_i];
	const char *source = test_path(&a, "no-sizes.src");
	static const char NO_SIZES[] =
	    "plando-no-sizes|no sizes, use=xterm-256color, lines@, cols@,\n";
	test_write(source, NO_SIZES, strlen(NO_SIZES));
	const char *make = arena_printf(&a, "tic -x -o %s %s", folder, source);
	ck_assert_int_eq(system(make), 0); // NOLINT(cert-env33-c): a test's own words
	const char *const setting[] = { arena_printf(&a, "TERM=%s", type),
		arena_printf(
		    &a, "TERMINFO_DIRS=%s:/etc/terminfo:/lib/terminfo:/usr/share/terminfo", folder),
		_i % 2 ? "LINES=30000" : "LINES=3", _i % 2 ? "COLUMNS=30000" : "COLUMNS=7", NULL };
	const char *seen = arena_printf(&a, "infocmp %s >/dev/null 2>&1", type);
	setenv("TERMINFO_DIRS", setting[1] + strlen("TERMINFO_DIRS="), 1);
	if (system(seen) != 0) { // NOLINT(cert-env33-c)
		printf("# no description of %s is installed here: left out\n", type);
	} else {
		open_at(24, 80, setting);
		pty_expect(&p, "Child health hubs");
		pty_type(&p, "q");
		ck_assert_int_eq(pty_ended(&p), 0);
		finish();
	}
	arena_free(&a);
}
END_TEST

// PuTTY with NumLock, in the application mode that the app switches on.
START_TEST(the_numeric_keypad_types_digits)
{
	open_at(24, 80, NULL);
	pty_expect(&p, "12 months");
	pty_type(&p, "s");
	pty_type(&p, "/");
	pty_type(&p, "\033Os\033Oq\033On\033Ou");
	pty_expect(&p, "31.5");
	finish();
}
END_TEST

START_TEST(alt_with_a_letter_is_not_that_letter_and_no_reply_of_a_terminal_is_typed)
{
	static const char *const QUIET[] = { "\033x", "\033P1$r0;4mnWait\rx\033\\",
		"\033]10;rgb:ffff/ffff/ffff\033\\", "\033_Gi=31;OK\033\\", "\033[I", "\033[O",
		"\033[120;3u", "\033[?62;22c", NULL };
	open_at(24, 80, NULL);
	char *path = test_path(&h.arena, "pty.plando");
	size_t before, after;
	char *bytes = test_read(&h.arena, path, &before);
	pty_expect(&p, "12 months");
	for (size_t i = 0; QUIET[i]; i++)
		for (size_t cut = 0; cut < strlen(QUIET[i]); cut++) {
			pty_send(&p, QUIET[i], cut);
			pty_send(&p, QUIET[i] + cut, strlen(QUIET[i]) - cut);
		}
	pty_key(&p, VTERM_KEY_DOWN);
	pty_expect(&p, "> Child health hubs");
	ck_assert(pty_has(&p, "12 months") && pty_has(&p, "Asthma-friendly"));
	char *now = test_read(&h.arena, path, &after);
	ck_assert_uint_eq(before, after);
	ck_assert_int_eq(memcmp(bytes, now, after), 0);
	finish();
}
END_TEST

// With a long $ESCDELAY the rest of an arrow may come late.
START_TEST(escdelay_is_heeded)
{
	static const char *const SLOW[] = { "ESCDELAY=2000", NULL };
	struct timespec pause = { 0, 300000000 };
	open_at(24, 80, SLOW);
	pty_expect(&p, "12 months");
	pty_send(&p, "\033", 1);
	nanosleep(&pause, NULL);
	pty_send(&p, "[B", 2);
	pty_expect(&p, "> Child health hubs");
	finish();
}
END_TEST

// Texts as a merge can bring them, in what every screen shows.
static void spoil(const char *file)
{
	static const char TEXT[] = "\x1b]52;c;eA==\x07\x1b[2J\rover \xc2\x9b"
				   "31m\xc2\x85 \u202E0.1\u202C \u2066x\u2069 a\u200Eb\u061C "
				   "ag\u200Bree\uFEFF \x7f\b\x0e end";
	static const char *const FIELDS[][2] = { { "team", "name" }, { "pdsa", "title" },
		{ "pdsa", "objective" }, { "driver", "text" }, { "idea", "text" },
		{ "measure", "name" }, { "person", "name" }, { "action", "what" } };
	struct save *v;
	struct store *s;
	MUST((s = store_open(file, STORE_WRITE, &h.env, &e)) != NULL);
	MUST((v = save_begin(s, &h.arena, &e)) != NULL);
	for (size_t k = 0; k < sizeof FIELDS / sizeof *FIELDS; k++) {
		struct records all;
		MUST(record_list(s, &h.arena, FIELDS[k][0], NULL, &all, &e));
		for (size_t i = 0; i < all.count; i++)
			MUST(save_cell(v, &all.item[i].id, FIELDS[k][0], FIELDS[k][1],
			    arena_printf(&h.arena, "%zu %s", i, TEXT), &e));
	}
	MUST(save_commit(v, NULL, &e));
	store_close(s);
}

START_TEST(no_text_of_a_workbook_reaches_the_terminal_raw)
{
	static const char *const NEVER[] = { "\033]52", "\u202E", "\u202C", "\u2066", "\u2069",
		"\u200E", "\u200B", "\u061C", "\uFEFF", "\xc2\x9b", "\xc2\x85" };
	static const char *const WAY[] = { "\033[B", "\r", "\033[B", "\r", "\r", "\033[F", "\033",
		"\033", "d", "\033[C", "\r", "\033", "\033", "D", "\033", ":", "\033", "?", "\033",
		"\006", "over", "\r", "\033", "\033" };
	const char *file = workbook();
	spoil(file);
	pty_open(&p, &(struct pty_start){ file, NULL, 40, 120 });
	pty_expect(&p, "52;c;eA");
	for (size_t i = 0; i < sizeof WAY / sizeof *WAY; i++) {
		pty_type(&p, WAY[i]);
		pty_settle(&p);
	}
	for (size_t i = 0; i < sizeof NEVER / sizeof *NEVER; i++)
		ck_assert_msg(!memmem(p.bytes, p.length, NEVER[i], strlen(NEVER[i])),
		    "number %zu came through", i);
	finish();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("edge");
	TCase *c = tcase_create("edge");
	tcase_set_timeout(c, 120);
	tcase_add_loop_test(c,
	    it_starts_on_terminals_of_every_kind_and_sizes_in_the_environment_do_not_matter, 0, 15);
	tcase_add_test(c, the_numeric_keypad_types_digits);
	tcase_add_test(c, alt_with_a_letter_is_not_that_letter_and_no_reply_of_a_terminal_is_typed);
	tcase_add_test(c, escdelay_is_heeded);
	tcase_add_test(c, no_text_of_a_workbook_reaches_the_terminal_raw);
	suite_add_tcase(s, c);
	return test_run(s);
}
