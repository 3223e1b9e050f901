// SPDX-License-Identifier: MIT
// How a run can end, at a real pseudo-terminal: asked to from outside, its window closed, on each
// screen; killed at any moment of a piece of work. And a window that somebody drags about.
#include "harness.h"
#include "real.h"

#include <plando/str.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct harness h;
static struct pty p;
static const char *path, *state;

static void setup(void)
{
	harness_open(&h, 24, 80, LOOK_PLAIN);
	path = test_path(&h.arena, "ends.plando");
	remove(path);
	state = arena_printf(&h.arena, "XDG_STATE_HOME=%s/ends-%d", test_folder(), (int)getpid());
	MUST(store_copy(h.app.store, path, &e));
	app_close(&h.app);
	term_stop(h.term);
}

static void teardown(void)
{
	pty_close(&p);
	arena_free(&h.arena);
}

static void start(void)
{
	const char *setting[] = { state, NULL };
	pty_open(&p, &(struct pty_start){ path, setting, 24, 80 });
	pty_expect(&p, "12 months");
}

static bool sent(const char *bytes)
{
	return memmem(p.bytes, p.length, bytes, strlen(bytes)) != NULL;
}

// --- each screen, each end

// Keys from the board on, and what the screen shows then. typed: that was not saved.
static const struct {
	const char *keys[6], *shows, *typed;
} SCREENS[] = {
	{ { NULL }, "12 months", NULL },
	{ { ":" }, "Actions", NULL },
	{ { "?" }, "Keys on this screen", NULL },
	{ { "/", "hub" }, "hub", NULL },
	{ { "n" }, "New: Team", NULL },
	{ { "n", "Half a na" }, "Half a na", "Half a na" },
	{ { "M" }, "Merge", NULL },
	{ { "\033[B", "\r" }, "By 31 Mar 2027", NULL },
	{ { "\033[B", "\r", "D" }, "Data grid", NULL },
	{ { "\033[B", "\r", "d" }, "P1", NULL },
	{ { "\033[B", "\r", "n" }, "New: PDSA cycle", NULL },
	{ { "\033[B", "\r", "n", "Does a call the day bef" }, "the day bef",
	    "Does a call the day bef" },
	{ { "\033[B", "\r", "n", "Does a call", "?" }, "Does a call?", "Does a call?" },
};
enum { SCREENS_SEEN = sizeof SCREENS / sizeof *SCREENS };

enum { HANG_UP = 0 }; // instead of a signal
static const int ENDS[] = { HANG_UP, SIGTERM, SIGHUP, SIGINT, SIGUSR1 };
enum { ENDS_TRIED = sizeof ENDS / sizeof *ENDS };

static void end_on(size_t screen, int signal)
{
	start();
	for (size_t k = 0; SCREENS[screen].keys[k]; k++)
		pty_type(&p, SCREENS[screen].keys[k]);
	pty_expect(&p, SCREENS[screen].shows);
	if (signal == HANG_UP)
		pty_hang_up(&p);
	else
		pty_signal(&p, signal);
	ck_assert_int_eq(pty_ended(&p), 0);
	ck_assert(signal == HANG_UP || (!p.alternate && p.cursor_seen && sent("\033[?2004l")));
	pty_close(&p);
	if (!SCREENS[screen].typed)
		return;
	start();
	pty_expect(&p, "not saved: “");
	ck_assert_msg(pty_has(&p, arena_printf(&h.arena, "%.12s", SCREENS[screen].typed)), "%s",
	    pty_picture(&p));
	pty_close(&p);
}

// A short run tries one end a screen, in turn.
START_TEST(on_each_screen_it_leaves_at_once_and_clean_and_keeps_what_was_typed)
{
	for (size_t i = 0; i < (size_t)long_amount(1, ENDS_TRIED); i++) {
		if (i) {
			teardown();
			setup();
		}
		end_on((size_t)_i, ENDS[((size_t)_i + i) % ENDS_TRIED]);
	}
}
END_TEST

START_TEST(what_a_closed_pipe_or_a_full_quota_sends_ends_nothing)
{
	start();
	pty_signal(&p, SIGPIPE);
	pty_signal(&p, SIGXFSZ);
	pty_key(&p, VTERM_KEY_DOWN);
	pty_expect(&p, "> Child health hubs");
	pty_type(&p, "q");
	ck_assert_int_eq(pty_ended(&p), 0);
}
END_TEST

// --- killed

// A cycle is begun and its first field left, again and again: what is on the screen when the next
// one shows is saved.
static long work_until(struct world *w, long *seen)
{
	long stop = 1 + (long)(world_next(w) % 6);
	pty_key(&p, VTERM_KEY_DOWN);
	pty_key(&p, VTERM_KEY_ENTER);
	for (*seen = 0; *seen < stop; ++*seen) {
		pty_expect(&p, "By 31 Mar 2027");
		pty_type(&p, "n");
		pty_expect(&p, "New: PDSA cycle");
		pty_type(&p, arena_printf(&h.arena, "question %ld", *seen));
		pty_expect(&p, arena_printf(&h.arena, "question %ld", *seen));
		pty_type(&p, "\t\033");
	}
	usleep((useconds_t)(world_next(w) % 30000)); // any moment of what goes on now
	return stop;
}

static bool cycle_stands(struct store *s, const char *objective)
{
	struct records all;
	MUST(record_list(s, &h.arena, "pdsa", NULL, &all, &e));
	for (size_t i = 0; i < all.count; i++)
		if (str_equal(record_get(&all.item[i], "objective"), objective))
			return true;
	return false;
}

START_TEST(killed_at_any_moment_it_opens_sound_with_all_that_was_left_before)
{
	struct store_problems problems;
	for (long i = 0; i < long_amount(4, 500); i++) {
		struct world w = { .seed = 40 + (uint64_t)i };
		long seen;
		if (i) {
			teardown();
			setup();
		}
		start();
		work_until(&w, &seen);
		pty_signal(&p, SIGKILL);
		pty_ended(&p);
		struct store *s;
		MUST((s = store_open(path, STORE_WRITE, &h.env, &e)) != NULL);
		MUST(store_check(s, &h.arena, &problems, &e));
		ck_assert_msg(
		    !problems.count, "run %ld: %s", i, problems.count ? problems.line[0] : "");
		for (long k = 0; k + 1 < seen; k++)
			ck_assert_msg(cycle_stands(s, arena_printf(&h.arena, "question %ld", k)),
			    "run %ld: question %ld of %ld is lost", i, k, seen);
		store_close(s);
	}
}
END_TEST

// --- dragged about

START_TEST(of_many_quick_changes_of_size_the_last_is_drawn)
{
	start();
	for (long i = 0; i < long_amount(60, 400); i++) {
		pty_resize(&p, 24, 60 + (int)(i % 7));
		pty_resize(&p, i % 5 ? 40 : 1, i % 3 ? 120 : 1);
	}
	pty_resize(&p, 24, 80);
	pty_expect(&p, "Signals  Actions");
	pty_resize(&p, 24, 60);
	pty_expect_gone(&p, "12 months");
	pty_type(&p, "q");
	ck_assert_int_eq(pty_ended(&p), 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("ends");
	TCase *c = tcase_create("ends");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 0);
	tcase_add_loop_test(c, on_each_screen_it_leaves_at_once_and_clean_and_keeps_what_was_typed,
	    0, SCREENS_SEEN);
	tcase_add_test(c, what_a_closed_pipe_or_a_full_quota_sends_ends_nothing);
	tcase_add_test(c, killed_at_any_moment_it_opens_sound_with_all_that_was_left_before);
	tcase_add_test(c, of_many_quick_changes_of_size_the_last_is_drawn);
	suite_add_tcase(s, c);
	return test_run(s);
}
