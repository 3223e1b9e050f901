// SPDX-License-Identifier: MIT
// A workbook on a network drive, in the app: what is said when it is opened, while the drive is
// away, when it is back and on leaving. The drive is a folder that statfs is made to call one.
#include "harness.h"
#include "tui/loop/recent.h"

#include <plando/far.h>
#include <plando/str.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static struct harness h;
static const char *drive, *file, *away;
static bool mounted;

int __real_statfs64(const char *path, struct statfs *out);
int __wrap_statfs64(const char *path, struct statfs *out);
int __wrap_statfs64(const char *path, struct statfs *out)
{
	int rc = __real_statfs64(path, out);
	if (rc == 0 && mounted && drive && str_starts(path, drive))
		out->f_type = 0x6969;
	return rc;
}

static void idle(int seconds)
{
	for (int i = 0; i < seconds; i++)
		if (app_tick(&h.app)) // as the loop does
			app_draw(&h.app);
}

static void setup(void)
{
	size_t n;
	harness_open(&h, 24, 80, LOOK_PLAIN);
	h.env.state_home = arena_printf(&h.arena, "%s/state-%d", test_folder(), (int)getpid());
	char *whole = realpath(test_folder(), NULL);
	drive = arena_printf(&h.arena, "%s/drive-%d", whole, (int)getpid());
	free(whole);
	away = arena_printf(&h.arena, "%s-away", drive);
	file = arena_printf(&h.arena, "%s/hubs.plando", drive);
	mkdir(drive, 0700);
	char *bytes = test_read(&h.arena, h.path, &n);
	test_write(file, bytes, n);
	mounted = true;
	MUST(app_open_file(&h.app, file, &e));
	harness_keys(&h, ""); // the board has looked at its teams
}

static void teardown(void)
{
	harness_close(&h);
}

static void unmount(void)
{
	ck_assert_int_eq(rename(drive, away), 0);
	mkdir(drive, 0700);
	mounted = false;
}

static void mount(void)
{
	rmdir(drive);
	ck_assert_int_eq(rename(away, drive), 0);
	mounted = true;
}

static void rename_team(const char *from, const char *to)
{
	struct err err = { 0 };
	struct id id = harness_find(&h, "team", from);
	struct save *v = save_begin(h.app.store, &h.arena, &err);
	MUST(save_cell(v, &id, "team", "name", to, &e));
	MUST(save_commit(v, NULL, &e));
	app_saved(&h.app);
	app_draw(&h.app);
}

// As another computer has it.
static bool there(const char *team)
{
	struct env other = h.env;
	struct err err = { 0 };
	struct record r;
	other.state_home = "";
	struct store *s = store_open(file, STORE_READ, &other, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	bool found = record_find(s, &h.arena, "team", team, &r, &err);
	store_close(s);
	return found;
}

static void says(const char *text)
{
	ck_assert_msg(
	    strstr(h.app.message, text) != NULL, "“%s” is not said: %s", text, h.app.message);
}

START_TEST(opening_says_once_where_one_works)
{
	harness_expect(&h, "far");
	MUST(app_open_file(&h.app, file, &e));
	*h.app.message = '\0';
	app_draw(&h.app);
	harness_hides(&h, "network drive");
}
END_TEST

START_TEST(what_is_saved_stands_here_first_and_is_there_some_idle_seconds_later)
{
	rename_team("Sleep and settle", "Sleep well");
	harness_shows(&h, "saved 14:02 here");
	ck_assert(!there("Sleep well"));
	idle(6);
	harness_shows(&h, "saved 14:02");
	harness_hides(&h, "saved 14:02 here");
	ck_assert(there("Sleep well"));
}
END_TEST

START_TEST(leaving_writes_it_back)
{
	rename_team("Sleep and settle", "Sleep well");
	harness_keys(&h, "q");
	ck_assert(h.app.ending && there("Sleep well"));
}
END_TEST

START_TEST(leaving_while_the_drive_is_away_is_said_and_done_the_second_time)
{
	rename_team("Sleep and settle", "Sleep well");
	unmount();
	harness_keys(&h, "q");
	ck_assert(!h.app.ending);
	says("its drive is not there");
	says("What you save is kept on this computer");
	says("Quit again to leave");
	harness_keys(&h, "q");
	ck_assert(h.app.ending);
	// The next time: opened from here, and there when the drive is.
	h.app.ending = false;
	MUST(app_open_file(&h.app, file, &e));
	app_draw(&h.app);
	harness_shows(&h, "Sleep well");
	mount();
	idle(31);
	says("hubs.plando is there again, and what you saved meanwhile is in it");
	ck_assert(there("Sleep well"));
}
END_TEST

START_TEST(S_brings_the_two_together_at_once)
{
	rename_team("Sleep and settle", "Sleep well");
	harness_keys(&h, "S");
	says("hubs.plando: nothing new came in, 1 change went there.");
	ck_assert(there("Sleep well"));
	unmount();
	harness_keys(&h, "S");
	says("cannot be reached now");
}
END_TEST

START_TEST(what_others_wrote_comes_in_while_one_looks)
{
	struct env ben = h.env;
	struct err err = { 0 };
	struct record r;
	ben.author = "Ben";
	ben.device = "laptop-3";
	ben.state_home = arena_printf(&h.arena, "%s-ben", h.env.state_home);
	struct store *s = store_open(file, STORE_WRITE, &ben, &err);
	MUST(record_find(s, &h.arena, "team", "Sleep and settle", &r, &e));
	struct save *v = save_begin(s, &h.arena, &err);
	MUST(save_cell(v, &r.id, "team", "name", "Sleep tight", &e));
	MUST(save_commit(v, NULL, &e));
	MUST(far_bring(s, NULL, &e));
	store_close(s);
	idle(6);
	harness_shows(&h, "Sleep tight");
	says("1 change came in from another computer");
}
END_TEST

START_TEST(the_last_workbook_is_opened_from_its_copy_and_the_list_says_so)
{
	struct arena a = { 0 };
	struct recent recent;
	recent_add(&h.env, file);
	unmount();
	ck_assert_str_eq(recent_last(&h.env, &a), file);
	recent_read(&h.env, &a, &recent);
	ck_assert_uint_eq(recent.count, 1);
	arena_free(&a);
	const char *state = strdup(h.env.state_home);
	harness_close(&h);
	harness_open_start(&h, 24, 200);
	h.env.state_home = arena_strdup(&h.arena, state);
	free((char *)state);
	h.app.stack[0]->stale = true;
	app_draw(&h.app);
	harness_shows(&h, "(not there now; a copy is here)");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("far");
	TCase *t = tcase_create("far");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, opening_says_once_where_one_works);
	tcase_add_test(t, what_is_saved_stands_here_first_and_is_there_some_idle_seconds_later);
	tcase_add_test(t, leaving_writes_it_back);
	tcase_add_test(t, leaving_while_the_drive_is_away_is_said_and_done_the_second_time);
	tcase_add_test(t, S_brings_the_two_together_at_once);
	tcase_add_test(t, what_others_wrote_comes_in_while_one_looks);
	tcase_add_test(t, the_last_workbook_is_opened_from_its_copy_and_the_list_says_so);
	suite_add_tcase(suite, t);
	return test_run(suite);
}
