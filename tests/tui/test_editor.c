// SPDX-License-Identifier: MIT
// A person's own editor at a real terminal: it may be stopped, killed, outlive the terminal; what
// it wrote is never lost, and the terminal is ours again after it.
#include "harness.h"
#include "real.h"

#include <plando/str.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct harness h;
static struct pty p;
static const char *file;

static void workbook(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	char *kept = test_path(&h.arena, "pty.plando");
	remove(kept);
	MUST(store_copy(h.app.store, kept, &e));
	app_close(&h.app);
	term_stop(h.term);
	file = kept;
}

// On the field "What do you know now that you did not?" of a cycle, in the editor that is this
// script; it says EDITOR when it is there.
static void edit_with(const char *script, bool shell)
{
	workbook();
	char *path = test_path(&h.arena, "editor");
	test_write(path, script, strlen(script));
	chmod(path, 0700);
	const char *const setting[] = { arena_printf(&h.arena, "VISUAL=%s", path), NULL };
	pty_open(&p, &(struct pty_start){ file, setting, 24, 80, .shell = shell });
	pty_expect(&p, "12 months");
	pty_type(&p, "\006Five calls by Ana");
	pty_expect(&p, "1 found");
	pty_type(&p, "\r");
	pty_expect(&p, "What do we want to learn?");
	pty_type(&p, "Learned: ");
	pty_expect(&p, "Learned: ");
	pty_type(&p, "\005");
	pty_expect(&p, "EDITOR");
}

static void finish(void)
{
	pty_close(&p);
	arena_free(&h.arena);
}

static int64_t clock_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static size_t folders(void)
{
	DIR *dir = opendir(arena_printf(&h.arena, "%s/plando", test_folder()));
	size_t n = 0;
	for (struct dirent *f; dir && (f = readdir(dir));)
		n += str_starts(f->d_name, "edit-");
	if (dir)
		closedir(dir);
	return n;
}

// It is offered when the workbook is opened again, and taken.
static void offered_again(const char *words)
{
	pty_close(&p);
	pty_open(&p, &(struct pty_start){ file, NULL, 24, 80 });
	pty_expect(&p, "Go there?");
	pty_type(&p, "y");
	pty_expect(&p, "Take it?");
	pty_type(&p, "y");
	pty_expect(&p, words);
	pty_type(&p, "\t");
	pty_expect(&p, "saved 14:02");
	ck_assert_uint_eq(folders(), 0);
}

static const char HALF_AN_HOUR[] = "#!/bin/sh\necho EDITOR\necho 'half an hour of text' > \"$1\"\n"
				   "echo WRITTEN\nsleep 30\n";

START_TEST(what_was_written_when_the_terminal_goes_or_all_is_to_end_is_offered_again)
{
	static const int SIGNALS[] = { 0, SIGTERM, SIGHUP, SIGINT };
	edit_with(HALF_AN_HOUR, false);
	pty_expect(&p, "WRITTEN");
	int64_t begun = clock_ms();
	if (SIGNALS[_i]) {
		pty_signal(&p, SIGNALS[_i]);
		pty_ended(&p);
	} else {
		pty_hang_up(&p);
		ck_assert_int_eq(pty_ended(&p), 0);
	}
	ck_assert_int_le(clock_ms() - begun, 2000); // a second, and what the sanitisers take
	offered_again("half an hour of text");
	finish();
}
END_TEST

START_TEST(an_editor_that_dies_leaves_its_text_to_be_judged)
{
	edit_with(
	    "#!/bin/sh\necho EDITOR\necho 'half an hour of text' > \"$1\"\nkill -9 $$\n", false);
	pty_expect(&p, "ended with an error");
	pty_expect(&p, "Take it?");
	ck_assert(pty_has(&p, "Learned: "));
	pty_type(&p, "y");
	pty_expect_gone(&p, "Learned: ");
	pty_type(&p, "\t");
	pty_expect(&p, "saved 14:02");
	ck_assert(pty_has(&p, "half an hour of text"));
	ck_assert_uint_eq(folders(), 0);
	finish();
}
END_TEST

// plando is killed under it; the editor goes on, writes, ends.
START_TEST(a_folder_that_nobody_came_back_for_is_taken_over)
{
	edit_with("#!/bin/sh\necho EDITOR\nread x\necho 'half an hour of text' > \"$1\"\n", false);
	kill(p.child, SIGSTOP); // no word from it before its end
	pty_signal(&p, SIGKILL);
	pty_hang_up(&p);
	pty_close(&p);
	for (int i = 0; i < 200 && folders() == 0; i++)
		usleep(10000);
	ck_assert_uint_eq(folders(), 1);
	const char *find = arena_printf(&h.arena,
	    "for i in 1 2 3 4 5 6 7 8 9; do for f in %s/plando/edit-*; do echo 'half an "
	    "hour of text' > $f/text.txt; done; done",
	    test_folder());
	ck_assert_int_eq(system(find), 0); // NOLINT(cert-env33-c): a test's own words
	usleep(500000);
	pty_open(&p, &(struct pty_start){ file, NULL, 24, 80 });
	offered_again("half an hour of text");
	finish();
}
END_TEST

START_TEST(it_can_be_stopped_and_both_go_on_together)
{
	edit_with("#!/bin/sh\necho EDITOR\nread x\necho \"$x\" > \"$1\"\n", true);
	pty_type(&p, "\032");
	pty_expect(&p, "[stopped]");
	pty_type(&p, "fg\r");
	pty_expect(&p, "[goes on]");
	pty_type(&p, "typed in the editor\r");
	pty_expect(&p, "Taken from the editor");
	ck_assert(pty_has(&p, "typed in the editor"));
	// And once more without an editor.
	pty_type(&p, "\t\033");
	pty_expect(&p, "Search");
	pty_type(&p, "\033");
	pty_expect(&p, "12 months");
	pty_type(&p, "\032");
	pty_expect(&p, "[stopped]");
	pty_type(&p, "fg\r");
	pty_expect(&p, "12 months");
	finish();
}
END_TEST

START_TEST(its_signals_are_as_by_default_and_what_was_typed_at_it_is_not_ours)
{
	edit_with(
	    "#!/bin/sh\necho EDITOR\ngrep -h 'Sig[BI]' /proc/$$/status > \"$1\"\nsleep 1\n", false);
	pty_type(&p, "qqq");
	pty_expect(&p, "Taken from the editor");
	pty_settle(&p);
	ck_assert(pty_has(&p, "SigIgn"));
	ck_assert(pty_has(&p, "SigBlk"));
	ck_assert(!pty_has(&p, "qqq"));
	const char *picture = pty_picture(&p);
	for (const char *at = picture; (at = strstr(at, "Sig")); at++)
		ck_assert_msg(strspn(at + 7, " \t0") >= 16, "%s", picture);
	finish();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("editor");
	TCase *c = tcase_create("editor");
	tcase_set_timeout(c, 120);
	tcase_add_loop_test(
	    c, what_was_written_when_the_terminal_goes_or_all_is_to_end_is_offered_again, 0, 4);
	tcase_add_test(c, an_editor_that_dies_leaves_its_text_to_be_judged);
	tcase_add_test(c, a_folder_that_nobody_came_back_for_is_taken_over);
	tcase_add_test(c, it_can_be_stopped_and_both_go_on_together);
	tcase_add_test(c, its_signals_are_as_by_default_and_what_was_typed_at_it_is_not_ours);
	suite_add_tcase(s, c);
	return test_run(s);
}
