// SPDX-License-Identifier: MIT
// The file under the app, in a process of its own on a real terminal (F5): another copy by rename
// and over the bytes, a file gone, its folder gone; and on a disk that is read-only (F7): what a
// person sees, and what the file then holds.
#include "harness.h"
#include "real.h"

#include <plando/str.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct harness h;
static struct pty p;
static const char *folder, *path, *other;

// A workbook of the usual world in a folder of its own, and a colleague's copy of it with one
// change.
static void world_make(void)
{
	struct record r;
	harness_open(&h, 24, 80, LOOK_PLAIN);
	folder = arena_printf(&h.arena, "%s/under-%d", test_folder(), (int)getpid());
	mkdir(folder, 0700);
	path = arena_printf(&h.arena, "%s/hubs.plando", folder);
	other = arena_printf(&h.arena, "%s/theirs.plando", folder);
	MUST(store_copy(h.app.store, path, &e));
	MUST(record_find(h.app.store, &h.arena, "team", "Sleep and settle", &r, &e));
	struct err err = { 0 };
	struct save *v = save_begin(h.app.store, &h.arena, &err);
	MUST(save_cell(v, &r.id, "team", "name", "Sleep well", &e));
	MUST(save_commit(v, NULL, &e));
	MUST(store_copy(h.app.store, other, &e));
	app_close(&h.app);
	term_stop(h.term);
}

static void start(void)
{
	const char *const setting[] = { arena_printf(&h.arena, "XDG_STATE_HOME=%s-state", folder),
		NULL };
	pty_open(
	    &p, &(struct pty_start){ .file = path, .setting = setting, .rows = 24, .cols = 80 });
	pty_expect(&p, "> Asthma-friendly sch");
}

static void setup(void)
{
	world_make();
	start();
}

static void teardown(void)
{
	pty_close(&p);
	arena_free(&h.arena);
}

// The name of the team under the cursor, by hand: e on the team, the first field.
static void type_name(const char *text)
{
	pty_key(&p, VTERM_KEY_ENTER);
	pty_expect(&p, "Aim and charter");
	pty_type(&p, "e");
	pty_expect(&p, "Team name");
	pty_type(&p, text);
	pty_expect(&p, text);
	pty_key(&p, VTERM_KEY_TAB);
	pty_expect(&p, "saved 14:02");
}

static bool file_has(const char *file, const char *name)
{
	struct record r;
	struct err err = { 0 };
	struct store *s = store_open(file, STORE_READ, &h.env, &err);
	bool found = s && record_find(s, &h.arena, "team", name, &r, &err);
	store_close(s);
	return found;
}

static void leave(void)
{
	pty_type(&p, "\021"); // Ctrl-Q
	ck_assert_int_eq(pty_ended(&p), 0);
}

START_TEST(F5_a_copy_put_over_it_while_it_is_open_is_seen_and_gets_what_was_typed)
{
	type_name(" one");
	if (_i) {
		size_t n;
		char *bytes = test_read(&h.arena, other, &n);
		test_write(path, bytes, n);
	} else {
		ck_assert_int_eq(rename(other, path), 0);
	}
	pty_expect(&p, "replaced by another");
	pty_type(&p, "\033\033");
	pty_expect(&p, "Sleep well");
	leave();
	ck_assert(file_has(path, "Asthma-friendly schools one"));
	ck_assert(file_has(path, "Sleep well"));
}
END_TEST

START_TEST(F5_typing_goes_on_while_the_file_is_gone_and_lands_when_it_is_saved)
{
	pty_key(&p, VTERM_KEY_ENTER);
	pty_expect(&p, "Aim and charter");
	pty_type(&p, "e");
	pty_expect(&p, "Team name");
	pty_type(&p, " two");
	ck_assert_int_eq(unlink(path), 0);
	pty_expect(&p, "it was deleted or moved");
	pty_key(&p, VTERM_KEY_TAB);
	pty_expect(&p, "written anew");
	leave();
	ck_assert(file_has(path, "Asthma-friendly schools two"));
}
END_TEST

START_TEST(F5_a_stick_that_is_pulled_keeps_the_words_in_the_form_and_saves_them_when_it_is_back)
{
	const char *away = arena_printf(&h.arena, "%s-away", folder);
	pty_key(&p, VTERM_KEY_ENTER);
	pty_expect(&p, "Aim and charter");
	pty_type(&p, "e");
	pty_expect(&p, "Team name");
	pty_type(&p, " three");
	ck_assert_int_eq(rename(folder, away), 0);
	pty_expect(&p, "its folder is not there");
	pty_key(&p, VTERM_KEY_TAB);
	pty_expect(&p, "! not saved");
	ck_assert(pty_has(&p, " three"));
	ck_assert_int_eq(rename(away, folder), 0);
	pty_type(&p, "\033[Z"); // Shift-Tab: back to it
	pty_type(&p, "!");
	pty_key(&p, VTERM_KEY_TAB);
	pty_expect(&p, "saved 14:02");
	leave();
	ck_assert(file_has(path, "Asthma-friendly schools three!"));
}
END_TEST

START_TEST(F7_a_read_only_disk_is_shown_says_why_and_its_copy_goes_on)
{
	const char *mine = arena_printf(&h.arena, "%s-mine.plando", folder);
	if (!test_lock_folder(folder))
		return;
	start();
	pty_expect(&p, "read-only");
	pty_expect(&p, "Press");
	pty_key(&p, VTERM_KEY_ENTER);
	pty_expect(&p, "Aim and charter");
	pty_type(&p, "y"); // what was written can be reviewed
	pty_expect(&p, "History");
	pty_type(&p, "\033");
	pty_expect(&p, "Aim and charter");
	pty_type(&p, "e");
	pty_expect(&p, "Team name");
	pty_type(&p, "x");
	pty_expect(&p, "elsewhere");
	ck_assert(!pty_has(&p, "schoolsx"));
	pty_type(&p, "\033");
	pty_expect(&p, "Aim and charter");
	pty_type(&p, ":save a copy");
	pty_expect(&p, "Save a copy under another name");
	pty_key(&p, VTERM_KEY_ENTER);
	pty_expect(&p, "Save a copy as");
	pty_type(&p, mine);
	pty_key(&p, VTERM_KEY_ENTER);
	pty_expect(&p, "This is the copy");
	pty_expect(&p, "> Asthma-friendly sch");
	type_name(" four");
	leave();
	ck_assert(file_has(mine, "Asthma-friendly schools four"));
	ck_assert(file_has(path, "Asthma-friendly schools"));
	unlink(mine);
	test_unlock_folder(folder);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("under_terminal");
	TCase *c = tcase_create("under_terminal");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 120);
	tcase_add_loop_test(
	    c, F5_a_copy_put_over_it_while_it_is_open_is_seen_and_gets_what_was_typed, 0, 2);
	tcase_add_test(c, F5_typing_goes_on_while_the_file_is_gone_and_lands_when_it_is_saved);
	tcase_add_test(c,
	    F5_a_stick_that_is_pulled_keeps_the_words_in_the_form_and_saves_them_when_it_is_back);
	suite_add_tcase(s, c);
	TCase *locked = tcase_create("read-only");
	tcase_add_checked_fixture(locked, world_make, teardown);
	tcase_set_timeout(locked, 120);
	tcase_add_test(locked, F7_a_read_only_disk_is_shown_says_why_and_its_copy_goes_on);
	suite_add_tcase(s, locked);
	return test_run(s);
}
